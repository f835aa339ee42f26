"""Tracked changes accepted: ECMA-376 part 1, 17.13.5. A story is the body, a header, a footer, or the notes."""

from collections.abc import Iterable
from typing import Any

from reports.house.package import W

Node = Any  # an element of lxml, which has no types of its own

GONE, COME = (W + "del", W + "moveFrom"), (W + "ins", W + "moveTo")
MARKS = tuple(
    W + name
    for name in (
        "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
        "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart",
        "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "rPrChange", "pPrChange",
        "sectPrChange", "tblPrChange", "tblGridChange", "tblPrExChange", "trPrChange", "tcPrChange",
        "numberingChange", "cellIns",
    )
)  # fmt: skip
BOOKMARKS = (W + "bookmarkStart", W + "bookmarkEnd")
PARAGRAPH, TABLE, ROW, CELL, PROPERTIES = (W + name for name in "p tbl tr tc pPr".split())  # noqa: SIM905  one of them alone is a language
MERGED = {"cont": {}, "rest": {W + "val": "restart"}}
AFTER_MERGE = [W + name for name in ("tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign")]


def accept(story: Node) -> None:
    """Accept every tracked change of a story, in place: what was deleted is gone, what was inserted is plain."""
    remove(story.iter(*MARKS))
    _cells(story)
    doomed = [node for node in story.iter(*GONE) if node.getparent().tag not in (W + "rPr", W + "trPr")]
    for node in doomed:
        _keep_bookmarks(node)
    remove(doomed)
    remove(list(story.iter(W + "delText", W + "delInstrText")))
    for node in [node for node in story.iter(*COME) if len(node)]:
        unwrap(node, list(node))
    ended = [paragraph for paragraph in story.iter(PARAGRAPH) if _ends(paragraph)]
    remove([*story.iter(*GONE), *story.iter(*COME)])
    for paragraph in ended:
        merge(paragraph)
    tidy(story)


def remove(nodes: Iterable[Node]) -> None:
    """Take nodes out of their tree, with all that is in them."""
    for node in list(nodes):
        if node.getparent() is not None:
            node.getparent().remove(node)


def unwrap(node: Node, children: list[Node]) -> None:
    """The children of a node in its place."""
    parent, place = node.getparent(), node.getparent().index(node)
    parent[place : place + 1] = children


def _keep_bookmarks(node: Node) -> None:
    """One end of a bookmark may be deleted with its place, while the other stays."""
    for mark in list(node.iter(*BOOKMARKS)):
        node.addprevious(mark)


def _cells(story: Node) -> None:
    """Rows and cells that were deleted go; cells that were joined are joined."""
    remove([row for row in story.iter(ROW) if row.find(f"{W}trPr/{W}del") is not None])
    remove([cell for cell in story.iter(CELL) if cell.find(f"{W}tcPr/{W}cellDel") is not None])
    for mark in list(story.iter(W + "cellMerge")):
        properties, how = mark.getparent(), mark.get(W + "vMerge", "")
        if how in MERGED and properties.find(W + "vMerge") is None:
            made = mark.makeelement(W + "vMerge", MERGED[how])
            follower = next((child for child in properties if child.tag in AFTER_MERGE), mark)
            follower.addprevious(made)
        properties.remove(mark)


def _ends(paragraph: Node) -> bool:
    """Whether the end of a paragraph was deleted or moved away."""
    mark = paragraph.find(f"{PROPERTIES}/{W}rPr")
    return mark is not None and any(mark.find(name) is not None for name in GONE)


def merge(paragraph: Node) -> None:
    """A paragraph without its end: what it holds begins the next one. The last of a cell and of a section keeps its
    end; before a table only an empty one goes."""
    properties = paragraph.find(PROPERTIES)
    if properties is not None and properties.find(W + "sectPr") is not None:
        return
    after = paragraph.getnext()
    between = []
    while after is not None and after.tag in BOOKMARKS:
        between.append(after)
        after = after.getnext()
    if after is not None and after.tag == PARAGRAPH:
        rest = [child for child in paragraph if child.tag != PROPERTIES]
        place = 1 if after.find(PROPERTIES) is not None else 0
        after[place:place] = [*rest, *between]
        remove([paragraph])
    elif after is not None and after.tag == TABLE and is_empty(paragraph):
        _keep_bookmarks(paragraph)
        remove([paragraph])


def is_empty(paragraph: Node) -> bool:
    """Whether nothing of a paragraph is printed."""
    return all(child.tag in (PROPERTIES, *BOOKMARKS) for child in paragraph)


def tidy(story: Node) -> None:
    """What is empty after others went: links, tables and rows; a cell ends in a paragraph (17.4.65)."""
    remove([link for link in story.iter(W + "hyperlink", W + "smartTag") if not len(link)])
    remove([row for row in story.iter(ROW) if row.find(CELL) is None])
    remove([table for table in story.iter(TABLE) if table.find(ROW) is None])
    for cell in story.iter(CELL):
        if not len(cell) or cell[-1].tag != PARAGRAPH:
            cell.append(cell.makeelement(PARAGRAPH))
