"""Internal parts taken out of a story: what stands between the ends of their bookmarks, whoever wrote it.

What cannot be told apart for sure is refused: a part with one end, or one that begins or ends within a paragraph that
holds other words too.
"""

import re
from collections.abc import Iterable
from typing import Any

from reports.house.package import W
from reports.writers.word.accepting import BOOKMARKS, PARAGRAPH, PROPERTIES, ROW, TABLE, remove
from reports.writers.word.incoming import refused

Node = Any  # an element of lxml, which has no types of its own

NAME = re.compile(r"_i\d+")
PRINTED = tuple(
    W + name
    for name in (
        "t", "delText", "drawing", "pict", "object", "sym", "footnoteReference", "endnoteReference", "fldChar",
        "instrText", "fldSimple",
    )
)  # fmt: skip
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
HINT = "delete the part by hand, or make the copy with python generate.py brief --final"


def take_out(story: Node, where: str) -> set[str]:
    """Take every internal part out of a story, in place; the names of their bookmarks. WordFileError where the ends of
    one cannot be trusted.

    LibreOffice 7.4 makes two bookmarks of one, both with its name, one at either end.
    """
    marks = [mark for mark in story.iter(W + "bookmarkStart") if NAME.fullmatch(mark.get(W + "name", ""))]
    for name in dict.fromkeys(mark.get(W + "name") for mark in marks):
        starts = [mark for mark in marks if mark.get(W + "name") == name]
        numbers = {mark.get(W + "id") for mark in starts}
        ends = [mark for mark in story.iter(W + "bookmarkEnd") if mark.get(W + "id") in numbers]
        if len(ends) != len(starts):
            raise refused(where, f"the internal part {name} has no end", HINT)
        _take_out(story, starts[0], ends[-1], f"{where}: internal part {name}")
    return {mark.get(W + "name") for mark in marks}


def _take_out(story: Node, start: Node, end: Node, where: str) -> None:
    order = {node: place for place, node in enumerate(story.iter())}
    if order[start] > order[end]:
        raise refused(where, "ends before it begins", HINT)
    common = next(node for node in start.iterancestors() if node in set(end.iterancestors()))
    first, last = (_child(common, mark) for mark in (start, end))
    if common.tag == PARAGRAPH or first is last:
        _within(first if common.tag != PARAGRAPH else common, start, end, order, where)
        return
    if common.tag in (TABLE, ROW):
        table = common if common.tag == TABLE else common.getparent()
        _whole(table, start, end, order, where)
        return
    inner = list(common)[common.index(first) + 1 : common.index(last)]
    _drop(inner)
    _cut(first, [node for node in _printed(first) if order[node] < order[start]], where)
    before = [node for node in _printed(last) if order[node] < order[end]]
    after = [node for node in _printed(last) if order[node] > order[end]]
    if before:
        _cut(last, after, where)


def _child(parent: Node, node: Node) -> Node:
    """The child of a node that another is, or is in."""
    while node.getparent() is not parent:
        node = node.getparent()
    return node


def _within(holder: Node, start: Node, end: Node, order: dict[Node, int], where: str) -> None:
    """A part within one paragraph, or one table."""
    inside = [node for node in _printed(holder) if order[start] < order[node] < order[end]]
    if inside:
        _whole(holder, start, end, order, where)


def _whole(holder: Node, start: Node, end: Node, order: dict[Node, int], where: str) -> None:
    outside = [node for node in _printed(holder) if not order[start] < order[node] < order[end]]
    _cut(holder, outside, where)


def _cut(node: Node, outside: Iterable[Node], where: str) -> None:
    """Take out what begins or ends a part, if nothing else is in it."""
    if list(outside):
        raise refused(where, f"shares a paragraph with other words: {said(node)[:60]!r}", HINT)
    _drop([node])


def _drop(nodes: Iterable[Node]) -> None:
    """Nodes go, but for the end of a section, the paper of the document and the ends of other bookmarks."""
    for node in list(nodes):
        if node.tag in (W + "sectPr", *BOOKMARKS):
            continue
        if node.find(f"{PROPERTIES}/{W}sectPr") is not None:
            remove(child for child in node if child.tag != PROPERTIES)
            continue
        for mark in list(node.iter(W + "bookmarkStart", W + "bookmarkEnd")):
            node.addprevious(mark)
        remove([node])


def _printed(node: Node) -> list[Node]:
    """All in a node that a reader would see, or that makes it."""
    return [inner for inner in node.iter(*PRINTED, MATHS) if inner.text or inner.tag not in (W + "t", W + "delText")]


def said(node: Node) -> str:
    """The words in a node."""
    return "".join(text.text or "" for text in node.iter(W + "t"))
