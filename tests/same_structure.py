"""What a tagged PDF and a page of HTML say to those who do not see them, read into one shape.

Neither reader knows the writers. What only one format can have is left out here: page numbers in a list of contents and
the labels of items (PDF), links back from notes, header and footer (HTML; artifacts in PDF).
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import pikepdf
from lxml import html
from pikepdf import Array, Dictionary, Name

from tests.reading import squashed


@dataclass
class Structure:
    """`parts` are the elements in the order of reading, each with its depth in lists and its own words; then the words
    of notes, links with where they lead, and words in another language."""

    parts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    languages: list[tuple[str, str]] = field(default_factory=list)
    about: tuple[str, str] = ("", "")  # language and direction of the whole

    def part(self, depth: int, kind: str, said: str) -> None:
        """One element more; a cell without words is no header in either format."""
        words = bare(said)
        kind = "cell" if kind.startswith("T") and kind[:2] in ("TH", "TD") and not words else kind
        self.parts.append(f"{depth} {kind}: {words}")


def bare(text: str) -> str:
    """The words: PDF parts neighbouring superiors by a comma that it draws, HTML by their brackets."""
    return re.sub(r"(?<=[\])]),(?=[\[(])", "", re.sub("[\u2066-\u2069]", "", squashed(text)))


def _entry(text: str) -> str:
    """A line of the contents without the page at its end."""
    return re.sub(r"\d+$", "", bare(text))


# ---------------------------------------------------------------- HTML

KINDS = {"p": "P", "figcaption": "P", "caption": "Caption", "li": "LI", "ul": "L", "ol": "L", "tr": "TR", "td": "TD"}
BLOCKS = {*KINDS, "table", "thead", "tbody", "th", "h1", "h2", "h3", "h4", "h5", "h6", "div", "section", "nav",
          "figure", "svg", "img"}  # fmt: skip


def html_structure(data: bytes) -> Structure:
    """That of a page."""
    page = html.document_fromstring(data.decode())
    (main,) = page.iter("main")
    found = Structure(about=(page.get("lang"), page.get("dir")))
    for backlink in page.xpath("//a[@role='doc-backlink']"):
        backlink.drop_tree()
    for notes in main.xpath(".//*[@role='doc-endnotes']"):
        found.notes = [bare(note.text_content()) for note in notes.iter("li")]
        _html_inlines(notes, found)
        notes.getparent().remove(notes)
    held = Structure()
    _html_inlines(main, held)
    found.links, found.languages = held.links + found.links, held.languages + found.languages
    _html_part(main, 0, found)
    return found


def _html_part(element: Any, depth: int, found: Structure) -> None:
    tag = element.tag
    listed = bool(element.xpath("ancestor::nav"))
    kind = "H" + tag[1] if re.fullmatch("h[1-6]", tag) else KINDS.get(tag, "")
    if tag == "table":
        found.part(depth, "Table", element.get("aria-description", ""))
    elif tag == "svg":
        found.part(depth, "Figure", element.xpath("string(*[local-name() = 'desc'])"))
        return
    elif tag == "img":
        found.part(depth, "Figure", element.get("alt", ""))
    elif tag == "th":
        found.part(depth, _header({"row": "Row", "col": "Column"}[element.get("scope")], element.get("colspan")),
                   _own_words(element))  # fmt: skip
    elif kind:
        named = {"L": "TOC", "LI": "TOCI"}.get(kind, kind) if listed else kind
        found.part(depth, named, _entry(_own_words(element)) if named == "TOCI" else _own_words(element))
    for child in element:
        _html_part(child, depth + (kind == "L"), found)


def _own_words(element: Any) -> str:
    """Without those of the blocks inside."""
    inner = (_own_words(child) if child.tag not in BLOCKS else "" for child in element)
    tails = (child.tail or "" for child in element)
    return (element.text or "") + "".join(said + tail for said, tail in zip(inner, tails, strict=True))


def _html_inlines(element: Any, found: Structure) -> None:
    for inline in element.iter():
        if inline.tag == "a" and inline.get("href"):
            said = inline.text_content()
            listed = bool(inline.xpath("ancestor::nav"))
            found.links.append((_entry(said) if listed else bare(said).strip("[]"), unquote(inline.get("href"))))
        if isinstance(inline.tag, str) and inline.get("lang"):
            found.languages.append((inline.get("lang"), bare(inline.text_content())))


def _header(scope: str, columns: object) -> str:
    return f"TH {scope}" + (f" over {columns}" if columns else "")


# ---------------------------------------------------------------- PDF

TEXT = {"Tj", "TJ"}
INSIDE = {"Span", "Link", "Reference", "LBody"}  # what is read as part of the element around it


def pdf_structure(data: bytes) -> Structure:
    """That of a tagged PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        texts = {(page.objgen, mark): said for page in pdf.pages for mark, said in _marked(page)}
        turned = str(pdf.Root.get("/ViewerPreferences", Dictionary()).get("/Direction", "")) == "/R2L"
        reader = _Reader(texts)
        reader.part(pdf.Root.StructTreeRoot.K, 0)
        reader.found.about = (str(pdf.Root.Lang), "rtl" if turned else "ltr")
        found = reader.found
        found.links += reader.of_notes.links
        found.languages += reader.of_notes.languages
        return found


class _Reader:
    def __init__(self, texts: dict[tuple[Any, int], str]) -> None:
        self.texts = texts
        self.found = Structure()
        self.of_notes = Structure()

    def part(self, element: Any, depth: int) -> None:
        """Takes in an element and all under it."""
        kind = str(element.S)[1:]
        if kind == "Note":
            said = (self.words(part) for part in (element, *_elements(element)) if str(part.S) != "/Lbl")
            self.found.notes.append(bare("".join(said)))
            self._inlines(element, self.of_notes)
            return
        if kind not in ("Document", *INSIDE, "Lbl"):
            self.found.part(depth, *self._said(kind, element))
        if kind != "TOCI":
            self._inline(element, self.found)
        for kid in _elements(element):
            self.part(kid, depth + (kind in ("L", "TOC")))

    def _said(self, kind: str, element: Any) -> tuple[str, str]:
        own = _attributes(element)
        if kind == "Figure":
            return kind, str(element.get("/Alt", ""))
        if kind == "Table":
            return kind, str(own.get("/Summary", ""))
        if kind == "TH":
            return _header(str(own["/Scope"])[1:], own.get("/ColSpan")), self.words(element)
        return kind, _entry(self.words(element)) if kind == "TOCI" else self.words(element)

    def words(self, element: Any) -> str:
        """The words of an element and of what is read as part of it."""
        if "/ActualText" in element:
            return str(element.ActualText)
        said = ""
        for kid in _kids(element):
            if not isinstance(kid, Dictionary):
                said += self.texts.get((element.Pg.objgen, int(kid)), "")
            elif kid.get("/Type") == Name.MCR:
                said += self.texts.get((kid.Pg.objgen, int(kid.MCID)), "")
            elif "/S" in kid and str(kid.S)[1:] in INSIDE:
                said += self.words(kid)
        return said

    def _inlines(self, element: Any, into: Structure) -> None:
        self._inline(element, into)
        for kid in _elements(element):
            self._inlines(kid, into)

    def _inline(self, element: Any, into: Structure) -> None:
        if str(element.S) == "/Link":
            places = {_place(kid.Obj): None for kid in _kids(element)
                      if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR}  # fmt: skip
            said = self.words(element)
            listed = str(element.P.P.S) == "/TOCI"
            into.links += [(_entry(said) if listed else bare(said).strip("[]"), place) for place in places]
        if "/Lang" in element:
            into.languages.append((str(element.Lang), bare(self.words(element))))


def _place(link: Any) -> str:
    return f"#{str(link.Dest)[1:]}" if "/Dest" in link else unquote(str(link.A.URI))


def _attributes(element: Any) -> dict[str, Any]:
    given = element.get("/A", Dictionary())
    return {str(key): value for one in (given if isinstance(given, Array) else [given]) for key, value in one.items()}


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _elements(element: Any) -> Iterator[Any]:
    return (kid for kid in _kids(element) if isinstance(kid, Dictionary) and "/S" in kid)


def _marked(page: Any) -> Iterator[tuple[int, str]]:
    """The text inside each mark of a page, by its MCID (ISO 32000-1, 14.7.4.2 and 9.10.3)."""
    maps = {name: _to_unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    font = ""
    said: dict[int, str] = {}
    opened: list[tuple[int | None, bool]] = []  # the mark, and whether its words are given
    instructions: list[Any] = list(pikepdf.parse_content_stream(page))
    for operands, operator in instructions:
        name = str(operator)
        mark, given = opened[-1] if opened else (None, False)
        if name in ("BDC", "BMC"):
            about = operands[1] if name == "BDC" else Dictionary()
            inner = int(about.MCID) if "/MCID" in about else mark
            if "/ActualText" in about and inner is not None and not given:
                said[inner] = said.get(inner, "") + str(about.ActualText)
            opened.append((inner, given or "/ActualText" in about))
        elif name == "EMC":
            opened.pop()
        elif name == "Tf":
            font = str(operands[0])
        elif name in TEXT and mark is not None and not given:
            strings = [operands[0]] if name == "Tj" else [one for one in operands[0] if isinstance(one, pikepdf.String)]
            said[mark] = said.get(mark, "") + "".join(_decoded(bytes(one), maps[font]) for one in strings)
    yield from said.items()


def _to_unicode(font: Any) -> dict[bytes, str]:
    blocks = re.findall(rb"beginbfchar(.*?)endbfchar", font.ToUnicode.read_bytes(), re.DOTALL)
    rows = re.findall(rb"<([0-9A-F]+)> *<([0-9A-F]*)>", b"".join(blocks))
    return {bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in rows}


def _decoded(string: bytes, known: dict[bytes, str]) -> str:
    size = max(map(len, known))
    return "".join(known.get(string[start : start + size], "") for start in range(0, len(string), size))
