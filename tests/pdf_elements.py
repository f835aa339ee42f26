"""Checks of a tagged PDF beyond its marks: what elements hold, what the file says of itself, fonts, links.

What ISO 14289-1 asks of them and no program can know is in the model; the rest is here, read with pikepdf alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise, takewhile
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree

import pikepdf
from babel import Locale, UnknownLocaleError
from pikepdf import Dictionary, Name

from tests.pdf_content import Content
from tests.pdf_spoken import listed

STANDARD = {
    "Document", "Part", "Sect", "P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "Caption",
    "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Link", "Reference", "Note", "Figure", "TOC", "TOCI",
}  # fmt: skip
# Which elements may stand in which, ISO 32000-1, tables 333 to 337.
INSIDE = {
    "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "LI": {"L"}, "Lbl": {"LI", "Note"},
    "LBody": {"LI"}, "TOCI": {"TOC"},
}  # fmt: skip
HOLDS = {"Table": {"Caption", "TR"}, "TR": {"TH", "TD"}, "L": {"LI"}, "LI": {"Lbl", "LBody"}, "TOC": {"TOCI", "TOC"}}
NEVER_EMPTY = re.compile(r"H\d|P|LBody|Caption")
FILE_NAME = re.compile(r"\S+\.(png|jpe?g|svg|pdf|gif|emf)", re.IGNORECASE)
PRINTED = 4  # annotation flag
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
# Where XMP says what Info says, ISO 19005-3, 6.6.2.
SAME = {
    "/Title": "{http://purl.org/dc/elements/1.1/}title", "/Author": "{http://purl.org/dc/elements/1.1/}creator",
    "/Subject": "{http://purl.org/dc/elements/1.1/}description",
    "/Creator": "{http://ns.adobe.com/xap/1.0/}CreatorTool", "/Producer": "{http://ns.adobe.com/pdf/1.3/}Producer",
    "/CreationDate": "{http://ns.adobe.com/xap/1.0/}CreateDate", "/ModDate": "{http://ns.adobe.com/xap/1.0/}ModifyDate",
}  # fmt: skip


def element_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What is wrong with the elements of a file, one by one and together."""
    top: Any = pdf.Root.StructTreeRoot.K
    every = list(_elements(top))
    for element in every:
        yield from _one(element, _kind(element))
    yield from _headings([_kind(element) for element in every])
    yield from _notes(pdf, [element for element in every if _kind(element) == "Note"])
    languages = {str(element.Lang) for element in every if "/Lang" in element} | {str(pdf.Root.get("/Lang", ""))}
    yield from (f"{tag!r} is no language" for tag in sorted(languages) if not _is_language(tag))


def _elements(element: Any) -> Iterator[Any]:
    yield element
    for kid in _kids(element):
        yield from _elements(kid)


def _kids(element: Any) -> list[Any]:
    return [kid for kid in listed(element.get("/K")) if isinstance(kid, Dictionary) and "/S" in kid]


def _kind(element: Any) -> str:
    return str(element.S)[1:]


def _one(element: Any, kind: str) -> Iterator[str]:
    if kind not in STANDARD:
        yield f"no standard type: {kind}"
    kids = [_kind(kid) for kid in _kids(element)]
    parent = _kind(element.P) if "/S" in element.P else ""
    if (kind in INSIDE and parent not in INSIDE[kind]) or (kind in HOLDS and not HOLDS[kind] >= set(kids)):
        yield f"a {kind} in a {parent} holds {sorted(set(kids))}"
    if NEVER_EMPTY.fullmatch(kind) and element.get("/K") is None:
        yield f"an empty {kind}"
    yield from OF_KIND.get(kind, lambda _: iter(()))(element)


def _item(item: Any) -> Iterator[str]:
    if (kids := [_kind(kid) for kid in _kids(item)]) not in (["LBody"], ["Lbl", "LBody"]):
        yield f"an item holds {kids}"


def _list(whole: Any) -> Iterator[str]:
    if _attribute(whole, "ListNumbering") in (None, Name("/None")) and "Lbl" in _below(whole):
        yield "a list with labels does not say how it is numbered"


def _link(link: Any) -> Iterator[str]:
    if not any(isinstance(kid, Dictionary) and "/Obj" in kid for kid in listed(link.get("/K"))):
        yield "a Link without an annotation"


def _figure(figure: Any) -> Iterator[str]:
    said = str(figure.get("/Alt", "")).strip()
    if not said or FILE_NAME.fullmatch(said):
        yield f"a figure is described by {said!r}"


def _below(element: Any) -> set[str]:
    return {_kind(kid) for item in _kids(element) for kid in _kids(item)}


def _attribute(element: Any, name: str) -> Any:
    for attributes in listed(element.get("/A")):
        if f"/{name}" in attributes:
            return attributes[f"/{name}"]
    return None


def _table(table: Any) -> Iterator[str]:
    """Rows as wide as each other, spans counted; headers at the head and at the side, and nowhere else."""
    rows = [_kids(row) for row in _kids(table) if _kind(row) == "TR"]
    widths: Counter[int] = Counter()
    for number, row in enumerate(rows):
        for cell in row:
            for below in range(int(_attribute(cell, "RowSpan") or 1)):
                widths[number + below] += int(_attribute(cell, "ColSpan") or 1)
    if len(set(widths.values())) > 1 or len(widths) != len(rows):
        yield f"rows are {sorted(set(widths.values()))} cells wide"
    scopes = [[str(_attribute(cell, "Scope")) if _kind(cell) == "TH" else "" for cell in row] for row in rows]
    heads = list(takewhile(lambda row: set(row) == {"/Column"}, scopes))
    if not heads:
        yield "no row of headers is at the head"
    if any(row[0] != "/Row" or any(row[1:]) for row in scopes[len(heads) :]):
        yield "a header stands neither at the head nor at the side, or does not say of what it is one"


OF_KIND: Mapping[str, Callable[[Any], Iterator[str]]] = MappingProxyType(
    {"Table": _table, "LI": _item, "L": _list, "Link": _link, "Figure": _figure}
)


def _headings(kinds: list[str]) -> Iterator[str]:
    """ISO 14289-1, 7.4.2: from one, none skipped."""
    levels = [int(kind[1:]) for kind in kinds if re.fullmatch(r"H\d", kind)]
    if levels[:1] != [1] or any(after > before + 1 for before, after in pairwise(levels)):
        yield f"levels of headings: {levels}"


def _notes(pdf: pikepdf.Pdf, notes: list[Any]) -> Iterator[str]:
    """ISO 14289-1, 7.9: each has a name of its own, by which the tree knows it."""
    names = [str(note.get("/ID", "")) for note in notes]
    tree: Any = pdf.Root.StructTreeRoot
    known = [str(name) for name in listed(tree.get("/IDTree", {}).get("/Names"))[::2]]
    if "" in names or sorted(names) != sorted(set(names)) or sorted(known) != sorted(names):
        yield f"notes are named {names}, the tree knows {known}"


def _is_language(tag: str) -> bool:
    """A tag of BCP 47 of a language that CLDR knows."""
    try:
        return bool(Locale.parse(tag, sep="-"))
    except (ValueError, UnknownLocaleError):
        return False


# ---------------------------------------------------------------- the file


def file_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What is wrong with what a file says of itself."""
    root: Any = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "not marked as tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "the title is not shown"
    packet = ElementTree.fromstring(root.Metadata.read_bytes()) if "/Metadata" in root else ElementTree.Element("none")
    for name, tag in SAME.items():
        told, meant = _of_packet(packet, tag), str(pdf.docinfo.get(name, ""))
        if not told or _same(told) != _same(meant):
            yield f"{name} is {meant!r}, XMP says {told!r}"
    attached = {file.objgen for file in listed(root.get("/AF"))}
    if {file.obj.objgen for file in pdf.attachments.values()} != attached:
        yield "a file is attached and not associated"
    if "/OpenAction" in root:
        yield "an action when the file is opened"


def _of_packet(packet: ElementTree.Element, tag: str) -> str:
    found = packet.find(f".//{tag}")
    if found is None:
        return ""
    item = found.find(f".//{RDF}li")
    return (found if item is None else item).text or ""


def _same(text: str) -> str:
    """Dates are written in two ways: ISO 32000-1, 7.9.4, and ISO 8601."""
    return re.sub(r"\D", "", text) if re.match(r"(D:)?\d{4}-?\d\d-?\d\d[T\d]", text) else text


# ---------------------------------------------------------------- pages


def page_faults(pdf: pikepdf.Pdf, page: Any) -> Iterator[str]:
    """What is wrong with the annotations and fonts of a page."""
    if page.get("/Tabs") != Name.S:
        yield "the tabs do not follow the structure"
    places: Any = pdf.Root.get("/Dests", {})
    for note in page.get("/Annots", []):
        if not str(note.get("/Contents", "")).strip():
            yield "an annotation says nothing"
        if not int(note.get("/F", 0)) & PRINTED:
            yield "an annotation is not printed"
        if "/Dest" in note and str(note.Dest) not in places:
            yield f"a link leads nowhere: {note.Dest}"
    yield from _font_faults(Content(page.obj))


def _font_faults(content: Content) -> Iterator[str]:
    used: dict[str, set[int]] = {}
    for one in content.shown():
        used.setdefault(one.font, set()).update(one.codes)
    for key, codes in used.items():
        font = content.fonts[key]
        silent = [code for code in codes if _means_nothing(font.texts.get(code, ""))]
        yield from [f"{font.name}: no text of the codes {silent[:5]}"] * bool(silent)
        if not font.embedded:
            yield f"{font.name} is not embedded"
        elif not all(map(font.glyph, codes)):
            yield f"{font.name}: .notdef"


def _means_nothing(text: str) -> bool:
    """ISO 14289-1, 7.21.7."""
    return not text or bool({"\0", "\ufeff", "\ufffe", "\ufffd"} & set(text))
