"""The copy that goes out: what a reader of the page sees, and nothing else in any part of the file.

Refused, with a reason, is what cannot be cleaned for sure: a file whose internal parts are not known, a part of them
that was moved or torn, what holds more than it shows (embedded objects), what is read from elsewhere, macros.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml import etree

from reports.house.package import BODY, CONTENT_TYPES, RELATIONSHIPS, W, parse, serialised
from reports.writers.word import copying, hidden
from reports.writers.word.accepting import accept, remove, tidy, unwrap
from reports.writers.word.assembly import packed
from reports.writers.word.incoming import Relation, parts_of, refused, relations, relations_name, root_of
from reports.writers.word.internal import HINT, said, take_out
from reports.writers.word.prints import hash_of

Node = Any  # an element of lxml, which has no types of its own

LEDGER = re.compile(r"\{urn:bilateral:ledger:\d+\}ledger")
STORIES = {"header", "footer", "footnotes", "endnotes"}
# Relationships by the last word of their type: always kept, kept where the part says so, and dropped.
IMPLIED = {
    "officeDocument", "core-properties", "extended-properties", "custom-properties", "styles", "settings",
    "webSettings", "fontTable", "numbering", "theme", "footnotes", "endnotes", "chartStyle", "chartColorStyle",
    "themeOverride", "diagramDrawing",
}  # fmt: skip
NAMED = {
    "header", "footer", "hyperlink", "image", "chart", "chartUserShapes", "package", "font", "diagramData",
    "diagramLayout", "diagramQuickStyle", "diagramColors",
}  # fmt: skip
DROPPED = {
    "customXml", "customXmlProps", "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people",
    "glossaryDocument", "attachedTemplate", "thumbnail", "keyMapCustomizations", "stylesWithEffects", "documenttasks",
    "extensibility", "webextensiontaskpanes", "origin", "printerSettings", "mailMergeSource", "mailMergeHeaderSource",
    "recipientData", "transform",
}  # fmt: skip
BOOKMARK = re.compile(r"_f[0-9a-f]{8}(_\d+)?x*|_rows\d+x*|_i\d+|_GoBack|OLE_LINK\d+")
PLAIN = tuple(
    W + name
    for name in (
        "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "permStart", "permEnd",
        "proofErr", "printerSettings",
    )
)  # fmt: skip
WRAPPERS = (W + "customXml", W + "smartTag")
FETCHING = re.compile(r"\s*(INCLUDETEXT|INCLUDEPICTURE|LINK|DDE|DDEAUTO|DATABASE|RD)\b", re.IGNORECASE)


@dataclass(slots=True)
class Copy:
    """A package on its way out: the trees that were read, by the names of their parts."""

    parts: dict[str, bytes]
    where: str
    trees: dict[str, Node] = field(default_factory=dict)

    def tree(self, name: str) -> Node:
        """The root element of a part, read once."""
        if name not in self.trees:
            self.trees[name] = root_of(self.parts, name, self.where)
        return self.trees[name]


def final_copy(blob: bytes, where: str) -> bytes:
    """The Word file as it goes out: without controls, ledger, comments, hidden text, internal parts, tracked changes,
    who worked on it and what it was made from; its words otherwise as they read with every change accepted. The same
    file gives the same copy. WordFileError, with `where` as the name of the file, if it must not or cannot go out."""
    copy = Copy(parts_of(blob, where), where)
    ledger = _ledger(copy)
    found = {one.kind: one.target for one in relations(copy.parts, BODY, where) if not one.external}
    stories = [BODY, *_stories(copy)]
    styles = copy.tree(found["styles"]) if found.get("styles") in copy.parts else None
    hiding = hidden.hiding_styles(styles)
    _take_out_internal(copy, stories, ledger)
    for name in stories:
        _clean(copy.tree(name), hiding, f"{where}: {name}")
    _notes(copy, stories)
    _refuse_moved(copy, stories, {one.text for one in ledger.iter("{*}paragraph")})
    _clean_rest(copy, ledger, [copy.tree(name) for name in stories])
    return packed(_kept(copy))


def _ledger(copy: Copy) -> Node:
    """The ledger: it says what is internal. WordFileError if there is none."""
    for name in sorted(copy.parts):
        if name.startswith("customXml/") and name.endswith(".xml"):
            root = copy.tree(name)
            if LEDGER.fullmatch(str(root.tag)):
                return root
    hint = "give a .docx that python generate.py brief made, and that is no final copy yet"
    raise refused(copy.where, "no ledger of ours in it, so that nobody knows what of it is internal", hint)


def _stories(copy: Copy) -> Iterator[str]:
    seen = set()
    for one in relations(copy.parts, BODY, copy.where):
        if one.kind in STORIES and not one.external and one.target in copy.parts and one.target not in seen:
            seen.add(one.target)
            yield one.target


# ---------------------------------------------------------------- stories


def _take_out_internal(copy: Copy, stories: Iterable[str], ledger: Node) -> None:
    """Take out the internal parts; WordFileError if one that the ledger knows is not marked any more."""
    found: set[str] = set()
    for name in stories:
        for control in list(copy.tree(name).iter(W + "sdt")):
            _unwrap_control(control)
        found |= take_out(copy.tree(name), f"{copy.where}: {name}")
    lost = [one.get("bookmark", "") for one in ledger.iter("{*}internal") if one.get("bookmark") not in found]
    if lost:
        message = f"the marks around its internal part {lost[0]} are gone, so that nobody knows whether the part is"
        raise refused(
            copy.where, message, "undo what took them away, or make the copy with python generate.py brief --final"
        )


def _clean(story: Node, hiding: Mapping[str, bool], where: str) -> None:
    if any(len(list(math.iter(W + "del", W + "moveFrom"))) for math in story.iter("{*}ctrlPr")):
        raise refused(where, "a formula holds a tracked deletion", "accept or reject it in Word first")
    accept(story)
    hidden.remove_hidden(story, hiding)
    remove(story.iter(*PLAIN))
    remove([run for run in story.iter(W + "r") if not [child for child in run if child.tag != W + "rPr"]])
    for wrapper in list(story.iter(*WRAPPERS)):
        kept = [child for child in wrapper if child.tag not in (W + "customXmlPr", W + "smartTagPr")]
        unwrap(wrapper, kept)
    _clean_bookmarks(story)
    _clean_attributes(story)
    tidy(story)
    _check_fields(story, where)


def _unwrap_control(control: Node) -> None:
    """What stands in a control, in its place; the prompt of an empty one is nothing."""
    content = control.find(W + "sdtContent")
    if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None and content is not None:
        remove(list(content.iter(W + "r")))
    unwrap(control, [] if content is None else list(content))


def _clean_bookmarks(story: Node) -> None:
    """Those of figures and of programs go, and those that lost an end."""
    starts = {mark.get(W + "id"): mark for mark in story.iter(W + "bookmarkStart")}
    ends = {mark.get(W + "id") for mark in story.iter(W + "bookmarkEnd")}
    kept = {
        number for number, mark in starts.items() if number in ends and not BOOKMARK.fullmatch(mark.get(W + "name", ""))
    }
    remove([mark for mark in story.iter(W + "bookmarkStart", W + "bookmarkEnd") if mark.get(W + "id") not in kept])


def _clean_attributes(story: Node) -> None:
    """Without the marks of who edited in which session (17.15.1.71)."""
    for node in story.iter(etree.Element):
        for name in [name for name in node.attrib if name.startswith(f"{W}rsid")]:
            del node.attrib[name]


def _check_fields(story: Node, where: str) -> None:
    """WordFileError for a field that lost an end, or that fetches something from elsewhere."""
    kinds = [mark.get(W + "fldCharType") for mark in story.iter(W + "fldChar")]
    if kinds.count("begin") != kinds.count("end"):
        raise refused(where, "a field has lost its beginning or its end to a deletion or to hidden text", "mend it")
    codes = [node.text or "" for node in story.iter(W + "instrText")]
    codes += [node.get(W + "instr", "") for node in story.iter(W + "fldSimple")]
    fetching = next((code for code in codes if FETCHING.match(code)), "")
    if fetching:
        hint = "turn it into text: put the cursor in it and press Ctrl+Shift+F9"
        raise refused(where, f"a field fetches something from elsewhere: {fetching.strip()[:60]!r}", hint)


def _notes(copy: Copy, stories: Iterable[str]) -> None:
    """Notes to which no number leads any more go with their text."""
    trees = [copy.tree(name) for name in stories]
    for kind in ("footnote", "endnote"):
        used = {mark.get(W + "id") for tree in trees for mark in tree.iter(f"{W}{kind}Reference")}
        for tree in trees:
            doomed = [note for note in tree.iter(W + kind) if note.getparent() is tree and _is_note(note)]
            remove([note for note in doomed if note.get(W + "id") not in used])


def _is_note(note: Node) -> bool:
    """Whether it is a note, not the line above notes."""
    return bool(note.get(W + "type", "normal") == "normal")


def _refuse_moved(copy: Copy, stories: Iterable[str], hashes: set[str | None]) -> None:
    """WordFileError if a paragraph of an internal part stands elsewhere, or its bookmark was lost."""
    for name in stories:
        for paragraph in copy.tree(name).iter(W + "p"):
            if hash_of(said(paragraph)) in hashes - {"", None}:
                message = f"an internal paragraph stands outside its part: {said(paragraph)[:60]!r}"
                raise refused(f"{copy.where}: {name}", message, HINT)


# ---------------------------------------------------------------- the other parts


def _clean_rest(copy: Copy, ledger: Node, stories: list[Node]) -> None:
    issuer, day = ledger.get("issuer", ""), ledger.get("as-of", "")
    cleaners: dict[str, Callable[[Node], None]] = {
        "styles": _clean_styles,
        "numbering": _clean_styles,
        "settings": copying.clean_settings,
        "core-properties": lambda root: copying.clean_core(root, issuer),
        "extended-properties": copying.clean_app,
        "custom-properties": lambda root: copying.clean_custom(root, stories),
    }
    for owner in ("", BODY):
        for one in list(relations(copy.parts, owner, copy.where)):
            if one.kind in cleaners and not one.external and one.target in copy.parts:
                cleaners[one.kind](copy.tree(one.target))
    created = datetime.fromisoformat(day) if day else datetime(1980, 1, 1)  # noqa: DTZ001  a workbook has no zone
    for name in [name for name in copy.parts if re.fullmatch(r"word/charts/[^/]+\.xml", name)]:
        _clean_chart(copy, name, created)


def _clean_styles(root: Node) -> None:
    accept(root)
    _clean_attributes(root)


def _clean_chart(copy: Copy, name: str, created: datetime) -> None:
    """A chart keeps a workbook of what it shows, or none."""
    root = copy.tree(name)
    copying.clean_chart(root)
    targets = {one.id: one for one in relations(copy.parts, name, copy.where)}
    for data in list(root.iter(f"{copying.CHART}externalData")):
        one = targets.get(data.get(f"{{{RELATIONSHIPS}}}id"))
        book = copying.workbook_of(root, created) if one and one.kind == "package" and not one.external else None
        if one and book is not None:
            copy.parts[one.target] = book
        else:
            remove([data])


def _kept(copy: Copy) -> dict[str, bytes]:
    """The parts that something leads to, with the relationships that are used."""
    kept: dict[str, bytes] = {}
    waiting = [""]
    while waiting:
        part = waiting.pop()
        if part:
            tree = copy.trees.get(part)
            kept[part] = copy.parts[part] if tree is None else serialised(tree)
        used = _used(copy, part, kept.get(part, b""))
        name = relations_name(part)
        if used:
            kept[name] = _relations(copy.parts[name], {one.id for one in used})
        waiting += [one.target for one in used if not one.external and one.target not in kept]
    kept[CONTENT_TYPES] = _types(copy, kept)
    return kept


def _used(copy: Copy, part: str, blob: bytes) -> list[Relation]:
    used = []
    for one in relations(copy.parts, part, copy.where):
        if one.kind in DROPPED:
            continue
        is_named = f'"{one.id}"'.encode() in blob
        if one.kind not in IMPLIED and not is_named and one.kind in NAMED:
            continue
        if one.kind not in IMPLIED | NAMED or (one.external and one.kind != "hyperlink"):
            _refuse_relation(copy, part, one)
        if one.kind == "package" and "/charts/" not in part:
            _refuse_relation(copy, part, one)
        if one.external or one.target in copy.parts:
            used.append(one)
    return used


def _refuse_relation(copy: Copy, part: str, one: Relation) -> None:
    """WordFileError for what would go along unseen, or be read from elsewhere."""
    what = f"{one.kind} {one.target!r}" + (" outside of it" if one.external else "")
    hint = "put a picture, or plain text, in its place"
    raise refused(f"{copy.where}: {part or 'the package'}", f"leads to {what}, which may hold more than it shows", hint)


def _relations(blob: bytes, ids: set[str]) -> bytes:
    root = parse(blob)
    remove([node for node in root if node.get("Id", "") not in ids])
    return serialised(root)


def _types(copy: Copy, kept: Mapping[str, bytes]) -> bytes:
    root = copy.tree(CONTENT_TYPES)
    remove([node for node in root if node.get("PartName") and node.get("PartName").lstrip("/") not in kept])
    return serialised(root)
