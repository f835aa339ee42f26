"""What the schema validators miss in a Word file: read from outside, with nothing of the product."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STORY = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
BLOCKS = {W + name for name in ("p", "tbl", "tr", "tc")}
STYLED = (W + "pStyle", W + "rStyle", W + "tblStyle")
Node = Any


def faults(data: bytes) -> list[str]:
    """Every fault of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        parts = {name: package.read(name) for name in names}
    found = [f"{name}: twice in the zip" for name, times in Counter(names).items() if times > 1]
    trees: dict[str, Node] = {}
    for name in filter(lambda name: name.endswith((".xml", ".rels")), parts):
        try:
            trees[name] = etree.fromstring(parts[name])
        except etree.XMLSyntaxError as error:
            found.append(f"{name}: not well-formed: {error}")
    found += _relationships(trees, set(parts))
    stories = {name: tree for name, tree in trees.items() if STORY.fullmatch(name)}
    for name, story in stories.items():
        found += [f"{name}: {fault}" for check in STORY_CHECKS for fault in check(story)]
    styles, lists = trees.get("word/styles.xml"), trees.get("word/numbering.xml")
    return [*found, *_unique(stories.values()), *_known(stories.values(), styles, lists)]


# ---------------------------------------------------------------- one story


def _controls(story: Node) -> Iterator[str]:
    for control in story.iter(W + "sdt"):
        content = control.find(W + "sdtContent")
        if content is None or not len(content):
            yield "a control without content"
        elif control.getparent().tag in (W + "p", W + "hyperlink") and {child.tag for child in content} & BLOCKS:
            yield "a paragraph in an inline control"


def _bookmarks(story: Node) -> Iterator[str]:
    starts = [mark.get(W + "id") for mark in story.iter(W + "bookmarkStart")]
    ends = [mark.get(W + "id") for mark in story.iter(W + "bookmarkEnd")]
    if sorted(starts) != sorted(ends) or len(set(starts)) != len(starts):
        yield "bookmarks do not pair"
    names = {mark.get(W + "name") for mark in story.iter(W + "bookmarkStart")}
    anchors = {link.get(W + "anchor") for link in story.iter(W + "hyperlink")} - {None}
    yield from (f"a link to the bookmark {anchor}, which is not there" for anchor in sorted(anchors - names))


def _fields(story: Node) -> Iterator[str]:
    kinds = Counter(mark.get(W + "fldCharType") for mark in story.iter(W + "fldChar"))
    if kinds["begin"] != kinds["end"]:
        yield "a field is not closed"


def _cells(story: Node) -> Iterator[str]:
    for cell in story.iter(W + "tc"):
        if len(cell) == 0 or cell[-1].tag != W + "p":
            yield "a cell that does not end in a paragraph"
    for table in story.iter(W + "tbl"):
        follower = table.getnext()
        if follower is None or follower.tag in (W + "tbl", W + "sectPr"):
            yield "a table that no paragraph follows"
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        if any(sum(map(_span, row.findall(W + "tc"))) != columns for row in table.iter(W + "tr")):
            yield "a row that does not fill its table"


def _span(cell: Node) -> int:
    """How many columns a cell stands over."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(W + "val", "0"))


def _empty(story: Node) -> Iterator[str]:
    """Empty paragraphs are no space: one may stand only after a table."""
    for paragraph in story.iterfind(f"{W}body/{W}p"):
        before = paragraph.getprevious()
        if not len(paragraph.findall(f".//{W}r")) and before is not None and before.tag != W + "tbl":
            yield "an empty paragraph"


STORY_CHECKS = (_controls, _bookmarks, _fields, _cells, _empty)


# ---------------------------------------------------------------- the package


def _unique(stories: Iterable[Node]) -> Iterator[str]:
    trees = list(stories)
    ids = (node.get(W + "val") for tree in trees for node in tree.iterfind(f".//{W}sdtPr/{W}id"))
    names = (node.get(W + "name").lower() for tree in trees for node in tree.iter(W + "bookmarkStart"))
    drawn = (node.get("id") for tree in trees for node in tree.iter("{*}docPr"))
    for what, found in (("control id", ids), ("bookmark", names), ("drawing id", drawn)):
        yield from (f"{what} {name} is used {times} times" for name, times in Counter(found).items() if times > 1)


def _known(stories: Iterable[Node], styles: Node, lists: Node) -> Iterator[str]:
    known = set() if styles is None else {style.get(W + "styleId") for style in styles.iter(W + "style")}
    numbers = set() if lists is None else {num.get(W + "numId") for num in lists.iter(W + "num")}
    trees = [*stories, *([] if styles is None else [styles])]
    listed = {node.get(W + "val") for tree in trees for node in tree.iter(W + "numId")}
    yield from (f"list {number} is not defined" for number in sorted(listed - numbers))
    for story in trees:
        used = {node.get(W + "val") for node in story.iter(*STYLED)}
        yield from (f"style {name} is not defined" for name in sorted(used - known))


def _relationships(trees: dict[str, Node], names: set[str]) -> Iterator[str]:
    for name, tree in trees.items():
        if name.endswith(".rels"):
            folder = PurePosixPath(name).parent.parent
            for link in tree:
                if link.get("TargetMode") != "External" and _resolved(folder, link.get("Target")) not in names:
                    yield f"{name}: {link.get('Target')} is not in the package"
    related = trees.get("word/_rels/document.xml.rels")
    ids = set() if related is None else {link.get("Id") for link in related}
    body = trees.get("word/document.xml")
    used = set() if body is None else {node.get(R + "id") for node in body.iter() if node.get(R + "id")}
    yield from (f"relationship {name} is not defined" for name in sorted(used - ids))


def _resolved(folder: PurePosixPath, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    parts: list[str] = []
    for part in (folder / target).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
