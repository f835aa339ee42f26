"""A part of a template that holds tags: read with its places, and turned into what Jinja renders."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from reports.errors import Problem
from reports.house.package import BODY, W
from reports.officers import structure
from reports.officers.package import Template, instructions
from reports.officers.places import own_paragraph, places
from reports.officers.tags import HELD_CLOSE, HELD_OPEN, LOOSE, OURS, TAG, Found, Tag, held, short, take, take_text

Node = Any
HELD = re.compile(f"{HELD_OPEN}(\\d+){HELD_CLOSE}")
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
# Attributes that a person reads: the alternative text of pictures and of tables, the name of a content control.
SPOKEN = {
    (DRAWING, "descr"), (DRAWING, "title"), (W + "alias", W + "val"), (W + "tblCaption", W + "val"),
    (W + "tblDescription", W + "val"),
}  # fmt: skip
REVISED = (W + "ins", W + "del", W + "moveFrom", W + "moveTo")
NO_PLACE = "no value is put in here"


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """A part: its tree with marks in place of tags, its tags in order, and what is wrong with their shape."""

    name: str
    kind: str
    root: Node
    tags: list[Tag]
    problems: tuple[Problem, ...]


def read_stories(template: Template) -> tuple[list[Story], tuple[Problem, ...]]:
    """The parts that hold tags, and all that is wrong with the tags of the template: those of other parts too."""
    trees, counts = template.trees(), dict.fromkeys(template.kinds.values(), 0)
    stories = []
    for name, kind in template.kinds.items():
        counts[kind] += 1
        label = {"body": "", "properties": f"{name}, "}.get(kind, f"{kind} {counts[kind]}, ")
        stories.append(_story(name, kind, label, trees[name]))
    problems = [problem for story in stories for problem in story.problems]
    return stories, (*problems, *_strays(template))


def _story(name: str, kind: str, label: str, root: Node) -> Story:
    found = Found([], [])
    _cleared(root)
    if kind == "properties":
        for leaf in (node for node in root.iter(etree.Element) if not len(node) and node.text):
            leaf.text = take_text(leaf.text, f"{label}{etree.QName(leaf).localname}", leaf, found)
    where = places(root, label)
    for paragraph in list(root.iter(W + "p")):
        take(paragraph, where.get(paragraph, f"{label}a paragraph"), found)
    _spoken(root, label, where, found)
    found.problems += _unseen(root, label, kind)
    tags = structure.levelled(_in_order(root, found.tags))
    problems = (*found.problems, *structure.faults(tags), *_revisions(root, label))
    return Story(name, kind, root, tags, problems)


def _cleared(root: Node) -> None:
    """The text without comments of XML, characters that are ours, and line ends, which Word reads as spaces."""
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for node in root.iter(etree.Element):
        node.text = node.text and OURS.sub("", node.text).replace("\n", " ")
        node.tail = node.tail and OURS.sub("", node.tail).replace("\n", " ")
        for name, said in node.attrib.items():
            if OURS.search(said) or "\n" in said:
                node.set(name, OURS.sub("", said).replace("\n", " "))


def _spoken(root: Node, label: str, where: dict[Node, str], found: Found) -> None:
    """Marks in the attributes that a person reads."""
    for node in root.iter(*{name for name, _ in SPOKEN}):
        for name, said in node.attrib.items():
            if (node.tag, name) in SPOKEN and LOOSE.search(said):
                place = where.get(own_paragraph(node), f"{label}a table" if not label else label.strip(", "))
                node.set(
                    name, take_text(said, f"{place}, {etree.QName(name).localname} of a picture or box", node, found)
                )


def _unseen(root: Node, label: str, kind: str) -> Iterator[Problem]:
    """Tags where no value is put in: other attributes, instructions of fields, text outside of paragraphs."""
    part = label.strip(", ") or "text"
    for instruction in instructions(root):
        if LOOSE.search(instruction):
            yield Problem(part, f"{short(instruction)}: a tag in the instruction of a field; {NO_PLACE}", "take it out")
    for node in root.iter(etree.Element):
        texts = [*node.attrib.values(), node.tail or "", *([node.text or ""] if kind != "properties" else [])]
        for said in texts:
            if LOOSE.search(said) and node.tag not in {W + "t", W + "instrText", W + "fldSimple"}:
                name = etree.QName(node).localname
                yield Problem(part, f"{short(said)}: a tag in {name}; {NO_PLACE}", "take it out")


def _in_order(root: Node, tags: list[Tag]) -> list[Tag]:
    """The tags as they follow one another in the part, and their marks by that order."""
    written = etree.tostring(root, encoding="unicode")
    order = {int(number): place for place, number in enumerate(HELD.findall(written))}

    def renumbered(text: str) -> str:
        return HELD.sub(lambda mark: held(order[int(mark[1])]), text)

    for node in root.iter(etree.Element):
        if node.text and HELD_OPEN in node.text:
            node.text = renumbered(node.text)
        for name, said in node.attrib.items():
            if HELD_OPEN in said:
                node.set(name, renumbered(said))
    return [tags[number] for number in order]


def _revisions(root: Node, label: str) -> Iterator[Problem]:
    if next(root.iter(*REVISED), None) is not None:
        part = label.strip(", ") or "text"
        hint = "accept or reject them in Word, if they are no part of the template"
        yield Problem(part, "tracked changes, which stay in what is made", hint, "warning")


def _strays(template: Template) -> Iterator[Problem]:
    """Tags in the parts that hold none: data of forms, charts, comments, targets of links."""
    for name, root in template.roots.items():
        if name in template.kinds or not any(sign in template.parts[name] for sign in (b"{", b"%", b"&#")):
            continue
        texts = (text for node in root.iter(etree.Element) for text in (node.text, node.tail, *node.attrib.values()))
        for text in texts:
            if text and ("{" in text or "%" in text) and (tag := TAG.search(unquote(text))):
                yield Problem(name, f"{short(tag[0])}: a tag where {NO_PLACE}", "take it out")


# ---------------------------------------------------------------- what Jinja renders


def source(story: Story) -> str:
    """The part as a Jinja template with each tag on a line of its own: tag n is on line n + 2. The tree is used up."""
    for number, tag in enumerate(story.tags):
        if tag.level:
            _lift(structure.lifted(tag), held(number))
    written: str = etree.tostring(story.root, encoding="unicode")
    return HELD.sub(lambda mark: "\n" + story.tags[int(mark[1])].source, written)


def _lift(node: Node, mark: str) -> None:
    """The mark in place of a paragraph or row."""
    parent, before = node.getparent(), node.getprevious()
    text = mark + (node.tail or "")
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    parent.remove(node)


def body_of(stories: list[Story]) -> Story:
    """The story of the body."""
    return next(story for story in stories if story.name == BODY)
