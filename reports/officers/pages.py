"""Values and blocks put where the marks stand; the page left whole where branches took or loops repeated parts."""

import copy
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from reports.document import Block, Text, plain
from reports.house.package import BODY, RELATIONSHIPS, W, parse
from reports.officers.places import BOX, ROW
from reports.officers.tags import CLOSE, OPEN
from reports.writers.word import PLACEMENT
from reports.writers.word.blocks import body
from reports.writers.word.charts import CHART, DRAWING
from reports.writers.word.draft import Draft
from reports.writers.word.inlines import inlines
from reports.writers.word.xml import Xml, clean

Node = Any
# Bookmarks that a writer names: sources, notes, tables, figures and values, internal parts, headings.
GIVEN = re.compile(r"\b_(?:[sntfi]\d+|f[0-9a-f]{8}|Toc\d{8})\b")
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
PARA_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
NEEDS_BLOCK = (W + "tc", W + "hdr", W + "ftr", W + "footnote", W + "endnote", BOX)
NAMESPACES = (
    f'xmlns:w="{W.strip("{}")}" xmlns:r="{RELATIONSHIPS}" xmlns:wp="{PLACEMENT}" xmlns:a="{DRAWING}" xmlns:c="{CHART}"'
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Blocks that stand in place of a paragraph; with `sources_as_notes` their sources are at the foot of the page."""

    blocks: tuple[Block, ...]
    sources_as_notes: bool = False


Piece = Text | Bundle


@dataclass(frozen=True, slots=True)
class Setter:
    """Puts the printed pieces into trees."""

    draft: Draft
    pieces: Sequence[Piece]

    def fill(self, name: str, root: Node) -> None:
        """A part with its values: whole paragraphs first, then runs, then the texts that are no runs."""
        _meant(root)
        for node in list(root.iter(W + "t")):
            found = MARK.fullmatch((node.text or "").strip())
            piece = self.pieces[int(found[1])] if found else ()
            if isinstance(piece, Bundle):
                self._blocks(_paragraph(node), piece)
        for node in [node for node in root.iter(W + "t") if OPEN in (node.text or "")]:
            self._runs(node)
        self._texts(root)
        _whole(root)
        if name == BODY:
            _last_paragraph(root)

    def _texts(self, root: Node) -> None:
        for node in root.iter(etree.Element):
            if node.text and OPEN in node.text:
                node.text = MARK.sub(self._plain, node.text)
            for attribute, said in node.attrib.items():
                if OPEN in said:
                    node.set(attribute, MARK.sub(self._plain, said))

    def _plain(self, mark: "re.Match[str]") -> str:
        piece = self.pieces[int(mark[1])]
        return "" if isinstance(piece, Bundle) else clean(plain(piece))

    def _blocks(self, paragraph: Node, bundle: Bundle) -> None:
        """The blocks in place of the paragraph; one that ends a section of the document stays, empty."""
        for node in _parsed(body(self.draft, bundle.blocks)) if bundle.blocks else ():
            paragraph.addprevious(node)
        self.draft.break_before = False
        if paragraph.find(f"{W}pPr/{W}sectPr") is None:
            paragraph.getparent().remove(paragraph)
        else:
            for child in [child for child in paragraph if child.tag != W + "pPr"]:
                paragraph.remove(child)

    def _runs(self, node: Node) -> None:
        """The run of a text parted at its marks, and values between, in the look of the run."""
        run = node.getparent()
        if run.tag != W + "r":
            return
        look = run.find(W + "rPr")
        children = [child for child in run if child.tag != W + "rPr"]
        made: list[Node] = []
        open_run = _like(run, look)
        for child in children:
            if child.tag != W + "t" or OPEN not in (child.text or ""):
                open_run.append(child)
                continue
            for number, text in enumerate(MARK.split(child.text)):
                if number % 2:
                    made += [open_run] * _says(open_run)
                    made += self._value(self.pieces[int(text)], look, controlled=_takes_controls(run))
                    open_run = _like(run, look)
                elif text:
                    open_run.append(_text(run, text))
        made += [open_run] * _says(open_run)
        parent, place = run.getparent(), run.getparent().index(run)
        parent[place : place + 1] = made

    def _value(self, piece: Piece, look: Node, *, controlled: bool) -> list[Node]:
        if isinstance(piece, Bundle):
            return []
        nodes = _parsed(f"<w:p>{inlines(self.draft, piece)}</w:p>")[0]
        for run in nodes.iter(W + "r"):
            _dress(run, look)
        return list(nodes) if controlled else list(nodes.iter(W + "r"))


def freed(root: Node) -> None:
    """The bookmarks of a part without names that the writer gives, with what leads to them: a template may once have
    been a brief."""
    for node in root.iter(W + "bookmarkStart", W + "hyperlink", W + "fldSimple", W + "instrText"):
        for name in (W + "name", W + "anchor", W + "instr"):
            if (said := node.get(name)) and GIVEN.search(said):
                node.set(name, GIVEN.sub(r"\g<0>T", said))
        if node.tag == W + "instrText" and node.text:
            node.text = GIVEN.sub(r"\g<0>T", node.text)


def renew_contents(root: Node) -> None:
    """Lists of contents that Word renews when it opens the file, without asking: sections have brought headings."""
    begins: list[Node] = []
    for node in root.iter(W + "fldSimple", W + "fldChar", W + "instrText"):
        kind = node.get(W + "fldCharType")
        said = node.get(W + "instr", "") if node.tag == W + "fldSimple" else node.text or ""
        if kind == "begin":
            begins.append(node)
        elif kind == "end":
            del begins[-1:]
        elif said.split()[:1] == ["TOC"]:
            (begins[-1] if begins and node.tag == W + "instrText" else node).set(W + "dirty", "true")


def _parsed(written: Xml) -> list[Node]:
    return list(parse(f"<body {NAMESPACES}>{written}</body>".encode()))


def _paragraph(node: Node) -> Node:
    return next(node.iterancestors(W + "p"))


def _like(run: Node, look: Node) -> Node:
    made = run.makeelement(W + "r")
    if look is not None:
        made.append(copy.deepcopy(look))
    return made


def _says(run: Node) -> bool:
    return any(child.tag != W + "rPr" for child in run)


def _text(run: Node, text: str) -> Node:
    made = run.makeelement(W + "t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    made.text = text
    return made


def _dress(run: Node, look: Node) -> None:
    """The run in the look of the tag, with its own language, direction and character style."""
    own = run.find(W + "rPr")
    if look is None or own is None:
        return
    mine = {child.tag for child in own}
    kept = [child for child in look if child.tag not in mine | {W + "rtl", W + "lang", W + "rPrChange"}]
    after = [child for child in own if child.tag in (W + "rtl", W + "lang")]
    before = [child for child in own if child not in after]
    own[:] = [*before[:1], *map(copy.deepcopy, kept), *before[1:], *after]
    own[:] = sorted(own, key=lambda child: ORDER.get(child.tag, len(ORDER)))


# The order of the properties of a run: ECMA-376 part 1, 17.3.2.28 (its group EG_RPrBase).
IN_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz",
    "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
    "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip
ORDER = {W + name: number for number, name in enumerate(IN_ORDER)}


def _takes_controls(run: Node) -> bool:
    """Whether a content control may stand here: not in a plain one, nor in one that gives its text from elsewhere."""
    controls = (control for control in run.iterancestors(W + "sdt"))
    kinds = (W + "text", W + "dataBinding", W + "date", W + "comboBox", W + "dropDownList")
    return not any(control.find(f"{W}sdtPr/{kind}") is not None for control in controls for kind in kinds)


def _meant(root: Node) -> None:
    """A content control whose tag has been filled shows no placeholder any more."""
    for control in root.iter(W + "sdt"):
        placeholder = control.find(f"{W}sdtPr/{W}showingPlcHdr")
        if placeholder is not None and MARK.search("".join(control.itertext())):
            placeholder.getparent().remove(placeholder)


# ---------------------------------------------------------------- the page whole


def _whole(root: Node) -> None:
    """What Word needs: rows in a table, a paragraph in a cell, ids that no loop has repeated."""
    for table in [table for table in root.iter(W + "tbl") if next(table.iter(ROW), None) is None]:
        table.getparent().remove(table)
    for row in [row for row in root.iter(ROW) if row.find(f".//{W}tc") is None]:
        row.getparent().remove(row)
    for room in list(root.iter(*NEEDS_BLOCK)):
        blocks = [child for child in room if child.tag != W + "tcPr"]
        if not blocks or blocks[-1].tag == W + "tbl":
            room.append(room.makeelement(W + "p"))
    _filled_controls(root)
    unrepeated(root)


def _filled_controls(root: Node) -> None:
    """A content control holds something: an inline one without anything goes, another gets a paragraph."""
    for content in [each for each in root.iter(W + "sdtContent") if not len(each)]:
        control = content.getparent()
        if control.getparent().tag in (W + "p", W + "hyperlink"):
            control.getparent().remove(control)
        else:
            content.append(content.makeelement(W + "p"))


def unrepeated(root: Node) -> None:
    """Bookmarks that a loop repeated go, ids that it repeated are given anew."""
    _once(root, W + "bookmarkStart", W + "name", _without_bookmark)
    for tag, name in ((DRAWN, "id"), (f"{W}sdtPr/{W}id", W + "val")):
        seen: set[str] = set()
        for node in root.iter(DRAWN) if tag == DRAWN else root.iterfind(f".//{tag}"):
            said = node.get(name, "")
            if said in seen:
                said = str(next(number for number in range(FIRST, FIRST + len(seen) + 1) if str(number) not in seen))
                node.set(name, said)
            seen.add(said)
    for node in _repeated(root, PARA_ID):
        del node.attrib[PARA_ID]


FIRST = 500_000


def _repeated(root: Node, name: str) -> Iterator[Node]:
    seen: set[str] = set()
    for node in list(root.iter(W + "p", ROW)):
        said = node.get(name)
        if said in seen:
            yield node
        elif said:
            seen.add(said)


def _once(root: Node, tag: str, name: str, drop: Callable[[Node], None]) -> None:
    seen: set[str] = set()
    for node in list(root.iter(tag)):
        said = node.get(name, "")
        if said in seen:
            drop(node)
        seen.add(said)


def _without_bookmark(start: Node) -> None:
    end = next(
        (node for node in start.itersiblings(W + "bookmarkEnd") if node.get(W + "id") == start.get(W + "id")), None
    )
    for node in (start, end):
        if node is not None:
            node.getparent().remove(node)


def _last_paragraph(root: Node) -> None:
    """A table does not end a text: Word wants a paragraph after it."""
    whole = root.find(W + "body")
    blocks = [child for child in whole if child.tag != W + "sectPr"]
    if not blocks or blocks[-1].tag == W + "tbl":
        made = whole.makeelement(W + "p")
        section = whole.find(W + "sectPr")
        whole.append(made) if section is None else section.addprevious(made)
