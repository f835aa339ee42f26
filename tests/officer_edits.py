"""What an officer does to a Word file, at random but the same for one seed: scripts of edits on its parts."""

import copy
import random
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from tests.word_files import BODY, Parts, W, packed, unpacked

Node = Any
WORD = W.strip("{}")
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
AUTHOR, WHEN = "Desk Officer", "2025-11-20T10:00:00Z"
FREE_ID = 5_000_000  # of changes and controls: no generated one is so high among those of bookmarks
HEADED, NOTES = "word/header", "word/footnotes.xml"


def made(xml: str) -> Node:
    """An element with the prefix w."""
    return etree.fromstring(f'<x xmlns:w="{WORD}">{xml}</x>')[0]


def shown(control: Node) -> str:
    """The text of a control with tracked changes accepted."""
    texts = (
        text for text in control.iter(W + "t") if next(text.iterancestors(W + "del", W + "moveFrom"), None) is None
    )
    return "".join(text.text or "" for text in texts)


@dataclass
class Officer:
    """One script on one file. `texts` is what was typed; `held` what figures read that were overwritten, by control;
    `deleted` the controls that were taken out."""

    data: bytes
    seed: int
    texts: list[str] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.parts: Parts = unpacked(self.data)
        self.root: Node = etree.fromstring(self.parts[BODY])
        self.next = FREE_ID

    def edited(self, steps: int) -> bytes:
        """The file after so many edits."""
        for _ in range(steps):
            edit = self.random.choice(EDITS)
            self.said.append(edit.__name__)
            edit(self)
        self.parts[BODY] = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return packed(self.parts)

    # ------------------------------------------------------------ what there is

    def number(self) -> str:
        self.next += 1
        return str(self.next)

    def words(self) -> str:
        text = f"human{self.seed}x{len(self.texts)}"
        self.texts.append(text)
        return text

    def runs(self) -> list[Node]:
        """Runs of text that are no figures and no changes."""
        found = (text.getparent() for text in self.root.iter(W + "t") if (text.text or "").strip())
        around = (W + "sdt", W + "ins", W + "del", W + "hyperlink")
        return [run for run in found if run.tag == W + "r" and next(run.iterancestors(*around), None) is None]

    def controls(self) -> list[Node]:
        """Controls of figures that nobody has touched yet."""
        found = self.root.iter(W + "sdt")
        figures = (one for one in found if one.find(f"{W}sdtPr/{W}tag") is not None)
        untouched = (one for one in figures if self.id_of(one) not in {*self.held, *self.deleted})
        return [one for one in untouched if not self.is_tracked(one)]

    def is_tracked(self, node: Node) -> bool:
        return next(node.iterancestors(W + "ins", W + "del"), None) is not None

    def id_of(self, control: Node) -> str:
        found = control.find(f"{W}sdtPr/{W}id")
        return "" if found is None else str(found.get(W + "val"))

    def paragraphs(self) -> list[Node]:
        """Paragraphs of the body that hold text and no section."""
        found = self.root.iterfind(f"{W}body/{W}p")
        return [one for one in found if one.find(f".//{W}t") is not None and one.find(f".//{W}sectPr") is None]

    def change(self, name: str) -> Node:
        return made(f'<w:{name} w:id="{self.number()}" w:author="{AUTHOR}" w:date="{WHEN}"/>')


def run_of(text: str) -> Node:
    return made(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>')


# ---------------------------------------------------------------- words


def types_into_a_sentence(officer: Officer) -> None:
    text = officer.random.choice(officer.runs()).find(W + "t")
    place = officer.random.randrange(len(text.text) + 1)
    text.text = f"{text.text[:place]} {officer.words()} {text.text[place:]}"
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def deletes_words(officer: Officer) -> None:
    text = officer.random.choice(officer.runs()).find(W + "t")
    if "human" not in text.text:
        text.text = text.text[: len(text.text) // 2]


def tracks_an_insertion(officer: Officer) -> None:
    change = officer.change("ins")
    change.append(run_of(officer.words()))
    officer.random.choice(officer.runs()).addnext(change)


def tracks_a_deletion(officer: Officer) -> None:
    run = officer.random.choice(officer.runs())
    change = officer.change("del")
    run.addprevious(change)
    change.append(run)
    for text in run.iter(W + "t"):
        text.tag = W + "delText"


def comments(officer: Officer) -> None:
    number, text = officer.number(), officer.words()
    said = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    note = f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:date="{WHEN}">{said}</w:comment>'
    if "word/comments.xml" not in officer.parts:
        officer.parts["word/comments.xml"] = f'<w:comments xmlns:w="{WORD}"></w:comments>'.encode()
        _put(officer.parts, "[Content_Types].xml", b"</Types>", (
            '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.comments+xml"/>'
        ))  # fmt: skip
        _put(officer.parts, "word/_rels/document.xml.rels", b"</Relationships>",
             f'<Relationship Id="rIdComments" Type="{OFFICE}/comments" Target="comments.xml"/>')  # fmt: skip
    _put(officer.parts, "word/comments.xml", b"</w:comments>", note)
    target = officer.random.choice([*officer.runs(), *officer.controls()])
    target.addprevious(made(f'<w:commentRangeStart w:id="{number}"/>'))
    target.addnext(made(f'<w:r><w:commentReference w:id="{number}"/></w:r>'))
    target.addnext(made(f'<w:commentRangeEnd w:id="{number}"/>'))


def _put(parts: Parts, name: str, before: bytes, text: str) -> None:
    assert before in parts[name], f"{name} has no {before!r}"
    parts[name] = parts[name].replace(before, text.encode() + before)


def splits_a_paragraph(officer: Officer) -> None:
    paragraph = officer.random.choice(officer.paragraphs())
    children = [child for child in paragraph if child.tag != W + "pPr"]
    place = officer.random.randrange(len(children) + 1)
    second = etree.SubElement(paragraph, W + "p")
    paragraph.addnext(second)
    if paragraph.find(W + "pPr") is not None:
        second.append(copy.deepcopy(paragraph.find(W + "pPr")))
    second.extend(children[place:])


def adds_a_row(officer: Officer) -> None:
    rows = [row for row in officer.root.iter(W + "tr") if row.find(f"{W}trPr/{W}tblHeader") is None]
    rows = [row for row in rows if row.find(f".//{W}bookmarkStart") is None or row.find(f".//{W}sdt") is not None]
    if not rows:
        return
    row = officer.random.choice(rows)
    new = copy.deepcopy(row)
    for cell in new.iter(W + "tc"):
        for paragraph in cell.findall(W + "p"):
            for child in [child for child in paragraph if child.tag != W + "pPr"]:
                paragraph.remove(child)
            paragraph.append(run_of(officer.words()))
    row.addnext(new)


def edits_a_header(officer: Officer) -> None:
    name = next(name for name in sorted(officer.parts) if name.startswith(HEADED) and name.endswith(".xml"))
    root = etree.fromstring(officer.parts[name])
    next(root.iter(W + "p")).append(run_of(officer.words()))
    officer.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def types_into_a_note(officer: Officer) -> None:
    if NOTES not in officer.parts:
        return
    root = etree.fromstring(officer.parts[NOTES])
    note = officer.random.choice([note for note in root if note.get(W + "type") is None])
    officer.random.choice(list(note.iter(W + "r"))[1:]).addnext(run_of(f" {officer.words()} "))
    officer.parts[NOTES] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# ---------------------------------------------------------------- figures


def overwrites_a_figure(officer: Officer) -> None:
    control = officer.random.choice(officer.controls())
    text = officer.words()
    inside = control.find(W + "sdtContent")
    first, *others = inside.findall(W + "r")
    first.find(W + "t").text = text
    for run in others:
        inside.remove(run)
    officer.held[officer.id_of(control)] = text


def tracks_an_overwrite(officer: Officer) -> None:
    control = officer.random.choice(officer.controls())
    inside = control.find(W + "sdtContent")
    for run in inside.findall(W + "r"):
        change = officer.change("del")
        run.addprevious(change)
        change.append(run)
        for text in run.iter(W + "t"):
            text.tag = W + "delText"
    said, change = officer.words(), officer.change("ins")
    change.append(run_of(said))
    inside.append(change)
    officer.held[officer.id_of(control)] = said


def copies_a_paragraph(officer: Officer) -> None:
    """As Word does: controls keep their tags and get new ids, bookmarks stay where they were."""
    paragraph = officer.random.choice(officer.paragraphs())
    new = copy.deepcopy(paragraph)
    for mark in [*new.iter(W + "bookmarkStart", W + "bookmarkEnd")]:
        mark.getparent().remove(mark)
    for control in new.iter(W + "sdt"):
        old, number = officer.id_of(control), officer.number()
        control.find(f"{W}sdtPr/{W}id").set(W + "val", number)
        if old in officer.held:
            officer.held[number] = officer.held[old]
    new.append(run_of(officer.words()))
    officer.random.choice(officer.paragraphs()).addnext(new)


def moves_a_paragraph(officer: Officer) -> None:
    paragraph, target = officer.random.choice(officer.paragraphs()), officer.random.choice(officer.paragraphs())
    if paragraph is not target:
        target.addnext(paragraph)


def deletes_a_figure(officer: Officer) -> None:
    control = officer.random.choice(officer.controls())
    officer.deleted.add(officer.id_of(control))
    control.getparent().remove(control)


def makes_a_figure_bold(officer: Officer) -> None:
    control = officer.random.choice(officer.controls())
    properties = control.find(f"{W}sdtContent/{W}r/{W}rPr")
    if properties is not None and properties.find(W + "b") is None:
        at = 1 if properties.find(W + "rStyle") is not None else 0
        properties.insert(at, made("<w:b/>"))


EDITS: tuple[Callable[[Officer], None], ...] = (
    types_into_a_sentence, deletes_words, tracks_an_insertion, tracks_a_deletion, comments, splits_a_paragraph,
    adds_a_row, edits_a_header, overwrites_a_figure, tracks_an_overwrite, copies_a_paragraph, moves_a_paragraph,
    deletes_a_figure, makes_a_figure_bold, types_into_a_note,
)  # fmt: skip


# ---------------------------------------------------------------- what is seen of a person's work

CHANGES = ("ins", "del", "moveFrom", "moveTo", "commentReference", "commentRangeStart", "commentRangeEnd")


def human_work(data: bytes, anew: Collection[str] = ()) -> dict[str, list[str]]:
    """What stands in each story beside the figures, in order: texts, changes with their authors, comments; without the
    tables that were made anew, by number."""
    return {
        name: [*_work(etree.fromstring(blob), anew)]
        for name, blob in unpacked(data).items()
        if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes|comments)\.xml", name)
    }


def _work(root: Node, anew: Collection[str]) -> Any:
    for mark in list(root.iter(W + "bookmarkStart")):
        if (found := re.fullmatch(r"_rows(\d+)x*", mark.get(W + "name"))) and found[1] in anew:
            table = next(mark.iterancestors(W + "tbl"))
            assert "human" not in "".join(table.itertext())
            assert next(table.iter(W + "ins", W + "del", W + "commentReference", W + "commentRangeStart"), None) is None
            for cell in table.iter(W + "tc"):
                cell.clear()
    for node in root.iter(W + "t", W + "delText", *(W + name for name in CHANGES)):
        if next(node.iterancestors(W + "sdt"), None) is not None:  # no officer of ours makes a control
            continue
        yield node.tag.partition("}")[2] + ":" + (node.text or "") + node.get(W + "id", "") + node.get(W + "author", "")


def is_within(part: list[str], whole: list[str]) -> bool:
    """Whether all of one list is in another, in order."""
    rest = iter(whole)
    return all(any(one == other for other in rest) for one in part)
