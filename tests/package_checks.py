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
SAFE = re.compile(r"(?![/\\])[^\\:]+").fullmatch  # no path that leads out of a folder
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
LINKS = ("hyperlink",)  # what alone may lead out of the package
REVISIONS = tuple(W + name for name in (
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange",
    "sectPrChange", "cellIns", "cellDel", "moveFromRangeStart", "moveToRangeStart",
))  # fmt: skip
KINDS = {W + name for name in (
    "bibliography", "citation", "comboBox", "date", "docPartList", "docPartObj", "dropDownList", "equation", "group",
    "picture", "richText", "text",
)}  # fmt: skip  # of a control, ECMA-376 part 1, 17.5.2.38: one at most
GONE = {W + "del", W + "moveFrom"}
Node = Any


def faults(data: bytes) -> list[str]:
    """Every fault of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        parts = {name: package.read(name) for name in names}
    found = [f"{name}: {times} times in the zip" for name, times in Counter(map(str.lower, names)).items() if times > 1]
    found += [f"{name}: no name of a part" for name in names if not SAFE(name) or ".." in name.split("/")]
    trees: dict[str, Node] = {}
    for name in filter(lambda name: name.endswith((".xml", ".rels")), parts):
        try:
            trees[name] = etree.fromstring(parts[name], etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            found.append(f"{name}: not well-formed: {error}")
        else:
            found += [f"{name}: a document type"] if trees[name].getroottree().docinfo.doctype else []
    found += [*_relationships(trees, set(parts)), *_references(trees), *_content_types(trees, set(parts))]
    stories = {name: tree for name, tree in trees.items() if STORY.fullmatch(name)}
    for name, story in stories.items():
        found += [f"{name}: {fault}" for check in STORY_CHECKS for fault in check(story)]
    found += [*_anchors(list(stories.values())), *_footnotes(trees)]
    styles, lists = trees.get("word/styles.xml"), trees.get("word/numbering.xml")
    return [*found, *_unique(stories.values()), *_known(stories.values(), styles, lists), *_notes(trees)]


# ---------------------------------------------------------------- one story


def _controls(story: Node) -> Iterator[str]:
    for control in story.iter(W + "sdt"):
        content = control.find(W + "sdtContent")
        if content is None or not len(content):
            yield "a control without content"
        elif sum(kind.tag in KINDS for kind in control.iterfind(f"{W}sdtPr/*")) > 1:
            yield "a control of two kinds"
        elif control.getparent().tag in (W + "p", W + "hyperlink") and {child.tag for child in content} & BLOCKS:
            yield "a paragraph in an inline control"


def _bookmarks(story: Node) -> Iterator[str]:
    starts = [mark.get(W + "id") for mark in story.iter(W + "bookmarkStart")]
    ends = [mark.get(W + "id") for mark in story.iter(W + "bookmarkEnd")]
    if sorted(starts) != sorted(ends) or len(set(starts)) != len(starts):
        yield "bookmarks do not pair"


def _fields(story: Node) -> Iterator[str]:
    """Begin, separate, end, one inside another if need be; instructions between begin and separate."""
    open_fields: list[bool] = []  # whether the result has begun
    for node in story.iter(W + "fldChar", W + "instrText", W + "delInstrText"):
        kind = node.get(W + "fldCharType")
        if kind == "begin":
            open_fields.append(False)
        elif not open_fields or (open_fields[-1] and kind != "end"):
            yield f"{kind or 'an instruction'} without the beginning of a field"
        elif kind == "separate":
            open_fields[-1] = True
        elif kind == "end":
            open_fields.pop()
    if open_fields:
        yield "a field is not closed"


def _revisions(story: Node) -> Iterator[str]:
    """ECMA-376 part 1, 17.13.5: what is deleted is delText, and only that; who and a number on every change."""
    for text in story.iter(W + "delText", W + "delInstrText"):
        if not any(above.tag in GONE for above in text.iterancestors()):
            yield f"{etree.QName(text).localname} outside a deletion"
    for text in story.iter(W + "t", W + "instrText"):
        if any(above.tag == W + "del" for above in text.iterancestors()):
            yield f"{etree.QName(text).localname} inside a deletion"
    for change in story.iter(*REVISIONS):
        if not change.get(W + "author") or not change.get(W + "id"):
            yield f"{etree.QName(change).localname} without author or id"


def _drawings(story: Node) -> Iterator[str]:
    """WCAG 1.1.1: every drawing says what it shows."""
    for drawing in story.iter("{*}docPr"):
        if not (drawing.get("descr") or "").strip():
            yield f"the drawing {drawing.get('id')} has no alternative text"


def _nesting(story: Node) -> Iterator[str]:
    for name in ("p", "hyperlink", "r"):
        for inner in story.iter(W + name):
            around = inner.getparent()
            while around is not None and around.tag not in (W + name, W + "txbxContent", W + "tc"):
                around = around.getparent()
            if around is not None and around.tag == W + name:
                yield f"{name} inside {name}"


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
    """Empty paragraphs are no space: one may stand only at the front or after a table, be it once tracked changes are
    accepted or rejected."""
    for paragraph in story.iterfind(f"{W}body/{W}p"):
        if not len(paragraph.findall(f".//{W}r")) and all(_behind_text(paragraph, mark) for mark in ("", "del", "ins")):
            yield "an empty paragraph"


def _behind_text(paragraph: Node, mark: str) -> bool:
    """Whether a paragraph stands behind another, once those whose end has this tracked mark are gone."""
    before = paragraph.getprevious()
    while mark and before is not None and before.find(f"{W}pPr/{W}rPr/{W}{mark}") is not None:
        before = before.getprevious()
    return before is not None and before.tag != W + "tbl"


def _lists(story: Node) -> Iterator[str]:
    """A list of contents: as many links as numbers of pages, each number that of the place to which its link leads."""
    for control in story.iter(W + "sdt"):
        if control.find(f"{W}sdtPr/{W}docPartObj") is not None:
            for link in control.iter(W + "hyperlink"):
                asked = [text.text.split()[1] for text in link.iter(W + "instrText") if "PAGEREF" in text.text]
                if asked != [link.get(W + "anchor")]:
                    yield f"a line of the contents leads to {link.get(W + 'anchor')} and counts {asked}"


STORY_CHECKS = (_controls, _bookmarks, _fields, _revisions, _drawings, _nesting, _cells, _empty, _lists)


# ---------------------------------------------------------------- the package


def _anchors(stories: list[Node]) -> Iterator[str]:
    """Every link inside the file and every field that names a bookmark finds it, in whatever story."""
    names = {mark.get(W + "name") for story in stories for mark in story.iter(W + "bookmarkStart")}
    anchors = {link.get(W + "anchor") for story in stories for link in story.iter(W + "hyperlink")} - {None}
    yield from (f"a link to the bookmark {anchor}, which is not there" for anchor in sorted(anchors - names))
    fields = (text.text.split() for story in stories for text in story.iter(W + "instrText"))
    named = {words[1] for words in fields if words[0] in ("REF", "NOTEREF", "PAGEREF")}
    yield from (f"a field of the bookmark {name}, which is not there" for name in sorted(named - names))


def _footnotes(trees: dict[str, Node]) -> Iterator[str]:
    """Each note is marked once, in the order of their numbers, and both separators are there and named."""
    notes, body, settings = (trees.get(f"word/{name}.xml") for name in ("footnotes", "document", "settings"))
    marks = [] if body is None else [mark.get(W + "id") for mark in body.iter(W + "footnoteReference")]
    kept = [] if notes is None else [note for note in notes if note.get(W + "type") is None]
    if marks != [note.get(W + "id") for note in kept]:
        yield f"footnotes are marked {marks}, and there are {[note.get(W + 'id') for note in kept]}"
    if notes is None:
        return
    parts = {note.get(W + "id"): note.get(W + "type") for note in notes if note.get(W + "type")}
    if sorted(parts.values()) != ["continuationSeparator", "separator"]:
        yield f"the separators of footnotes are {sorted(parts.values())}"
    named = [] if settings is None else [one.get(W + "id") for one in settings.iterfind(f"{W}footnotePr/{W}footnote")]
    if sorted(named) != sorted(parts):
        yield f"the settings name the separators {named}, and there are {sorted(parts)}"
    if any(next(note.iter(W + "footnoteRef"), None) is None for note in kept):
        yield "a footnote without its number"


def _unique(stories: Iterable[Node]) -> Iterator[str]:
    trees = list(stories)
    ids = (node.get(W + "val") for tree in trees for node in tree.iterfind(f".//{W}sdtPr/{W}id"))
    names = (node.get(W + "name").lower() for tree in trees for node in tree.iter(W + "bookmarkStart"))
    drawn = (node.get("id") for tree in trees for node in tree.iter("{*}docPr"))
    revised = (node.get(W + "id") for tree in trees for node in tree.iter(*REVISIONS))
    listed = ("control id", ids), ("bookmark", names), ("drawing id", drawn), ("revision id", revised)
    for what, found in listed:
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
    """Every relationship leads to a part, from a part; none but a link leads out."""
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = PurePosixPath(name).parent.parent
        owner = f"{folder}/{PurePosixPath(name).stem}".removeprefix("./")
        if name != "_rels/.rels" and owner not in names:
            yield f"{name}: relationships of no part"
        ids = Counter(link.get("Id") for link in tree)
        yield from (f"{name}: {times} relationships {key}" for key, times in ids.items() if times > 1)
        for link in tree:
            kind = link.get("Type", "").rpartition("/")[2]
            if link.get("TargetMode") == "External":
                if kind not in LINKS:
                    yield f"{name}: {kind} leads out of the package to {link.get('Target')}"
            elif _resolved(folder, link.get("Target")) not in names:
                yield f"{name}: {link.get('Target')} is not in the package"


def _references(trees: dict[str, Node]) -> Iterator[str]:
    """Every r:id, r:embed and r:link of a part is one of its relationships."""
    for name, tree in trees.items():
        if name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("/")
        related = trees.get(f"{folder}/_rels/{file}.rels")
        ids = set() if related is None else {link.get("Id") for link in related}
        used = {node.get(R + key) for node in tree.iter("*") for key in ("id", "embed", "link") if node.get(R + key)}
        yield from (f"{name}: relationship {key} is not defined" for key in sorted(used - ids))


def _content_types(trees: dict[str, Node], names: set[str]) -> Iterator[str]:
    """ISO/IEC 29500-2, 7.2.3: each part has a type, and no type is of a part that there is not."""
    types = trees.get("[Content_Types].xml")
    if types is None:
        yield "no content types"
        return
    defaults = Counter(node.get("Extension", "").lower() for node in types.iterfind("{*}Default"))
    overrides = Counter(node.get("PartName", "").lower() for node in types.iterfind("{*}Override"))
    twice = [key for key, times in (defaults + overrides).items() if times > 1]
    yield from (f"content type of {key} is there twice" for key in twice)
    parts = {f"/{name}".lower() for name in names - {"[Content_Types].xml"}}
    yield from (f"content type of {name}, which is not there" for name in sorted(set(overrides) - parts))
    for part in sorted(parts - set(overrides)):
        if part.rpartition(".")[2] not in defaults:
            yield f"{part} has no content type"
        elif part.startswith("/word/") and part.endswith(".xml"):
            yield f"{part} has no content type but that of its extension"


def _notes(trees: dict[str, Node]) -> Iterator[str]:
    """Every reference to a footnote, an endnote or a comment finds it."""
    body = trees.get("word/document.xml")
    for kind in ("footnote", "endnote", "comment"):
        part = trees.get(f"word/{kind}s.xml")
        there = set() if part is None else {node.get(W + "id") for node in part.iter(W + kind)}
        used = set() if body is None else {node.get(W + "id") for node in body.iter(f"{W}{kind}Reference")}
        yield from (f"{kind} {number} is not there" for number in sorted(used - there))


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
