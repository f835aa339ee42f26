"""Readers of what the writers make. They share no code and no table with the product, and know its formats only
from outside: zip and XML, HTML, JSON, and what poppler extracts from a PDF."""

import csv
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pypdf

Reader = Callable[[bytes], str]
Prints = tuple[tuple[str, str], ...]  # (figure key, printed text), in reading order

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def squashed(text: str) -> str:
    """Text without white space, hyphens of line ends and marks of direction.

    Lines are broken where the format likes, a PDF has no line ends of its own, and draws no marks.
    """
    return re.sub(r"[\s\u00ad\u200e\u200f]", "", text)


def occurrences(word: str, text: str) -> int:
    """How often a word stands in a text, overlapping ones too."""
    return len(re.findall(f"(?={re.escape(word)})", text))


# ---------------------------------------------------------------- Word


def docx_parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def docx_text(data: bytes) -> str:
    """Body, headers, footers, notes and charts, then the title and subject of the properties."""
    parts = docx_parts(data)
    shown = [name for name in sorted(parts) if re.fullmatch(r"word/(charts/)?\w+\d*\.xml", name)]
    texts = ["".join(_xml_text(ElementTree.fromstring(parts[name]))) for name in shown]
    return "\n".join([*texts, *(ElementTree.fromstring(parts["docProps/core.xml"]).itertext())])


def _xml_text(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag in (f"{W}t", f"{A}t", f"{C}v"):
            yield element.text or ""
        elif element.tag in (f"{W}br", f"{W}p", f"{A}p", f"{W}cr", f"{C}pt"):
            yield "\n"
        elif element.tag == f"{W}tab":
            yield "\t"
        elif element.tag == f"{W}noBreakHyphen":
            yield "\u2011"


def docx_figures(data: bytes) -> Prints:
    """The controls of the body and of the footnotes without their marks, by the key that the ledger has for their tag,
    then the points of charts."""
    parts = docx_parts(data)
    stories = [ElementTree.fromstring(parts[name]) for name in ("word/document.xml", "word/footnotes.xml")
               if name in parts]  # fmt: skip
    ledger = [element for name in parts if re.fullmatch(r"customXml/item\d+\.xml", name) for element in
              ElementTree.fromstring(parts[name])]  # fmt: skip
    keys = {element.attrib["tag"]: element.attrib["key"] for element in ledger if "tag" in element.attrib}
    found = []
    for control in (control for story in stories for control in story.iter(f"{W}sdt")):
        tag = control.find(f"{W}sdtPr/{W}tag")
        content = control.find(f"{W}sdtContent")
        if tag is not None and content is not None and (key := keys.get(tag.attrib[f"{W}val"])):
            for superior in [run for run in content if run.find(f"{W}rPr/{W}rStyle[@{W}val='Superior']") is not None]:
                content.remove(superior)  # the marks of the figure
            found.append((key, "".join(_xml_text(content)).strip("\n")))
    points = [(point.attrib["key"], point.text or "") for point in ledger if point.tag.endswith("}point")]
    return (*found, *points)


# ---------------------------------------------------------------- PDF


def pdf_text(data: bytes) -> str:
    """What poppler reads, in the order of the content; of a file that runs from right to left, what its tree says."""
    with pikepdf.open(io.BytesIO(data)) as file:
        if str(file.Root.ViewerPreferences.get("/Direction", "")) == "/R2L":
            return pdf_tree_text(data)
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()


def pdf_body(data: bytes) -> str:
    """The same without the lines that stand on every page, whatever their digits: what goes on overleaf is whole."""
    pages = [page.splitlines() for page in pdf_text(data).split("\f") if page.strip()]
    edges = (
        {_undated(line) for line in (*page[:3], *page[-3:])} for page in pages
    )  # a sentence may be there twice, too
    running = set.intersection(*edges) if len(pages) > 1 else set()
    return "\n".join(line for page in pages for line in page if _undated(line) not in running)


def _undated(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def pdf_tree_text(data: bytes) -> str:
    """What the tree of a PDF says in its order, as a program for the blind reads it aloud."""
    with pikepdf.open(io.BytesIO(data)) as file:
        return "\n".join(_element_texts(file.Root.StructTreeRoot.K))


def _element_texts(element: Any) -> Iterator[str]:
    for key in ("/ActualText", "/Alt"):
        if key in element:
            yield str(element[key])
            return
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _element_texts(kid)


def pdf_text_by_pypdf(data: bytes) -> str:
    """The same by a reader that needs no program of the system."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def pdf_attachments(data: bytes) -> Mapping[str, bytes]:
    """The files attached to a PDF."""
    return {name: contents[0] for name, contents in pypdf.PdfReader(io.BytesIO(data)).attachments.items()}


def pdf_figures(data: bytes) -> list[dict[str, str]]:
    """The rows of figures.csv: a PDF carries its figures as an attached table."""
    text = pdf_attachments(data)["figures.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


# ---------------------------------------------------------------- HTML


@dataclass
class _Shown:
    """What a page shows: its text, and the text inside each element that carries a key."""

    texts: list[str] = field(default_factory=list)
    figures: list[tuple[str, str]] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)


VOID = ("meta", "br", "link", "img", "hr", "rect", "line")
INLINE = ("data", "strong", "em", "bdi", "span", "a", "sup")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown = _Shown()
        self.open: list[str] = []
        self.key = ""
        self.depth = 0
        self.printed = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag not in INLINE:
            self.shown.texts.append("\n")
        if tag in VOID:
            return
        self.open.append(tag)
        if key := named.get("data-key"):
            self.key, self.depth, self.printed = key, len(self.open), ""
            self.shown.values[key] = named.get("value") or named.get("data-value") or ""

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], f"</{tag}> closes {self.open}"
        if self.key and len(self.open) == self.depth:
            self.shown.figures.append((self.key, self.printed))
            self.key = ""
        self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shown.texts.append("\n")

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.shown.texts.append(data)
        if self.key and self.open[-1] not in ("title", "desc"):
            self.printed += data


def _page(data: bytes) -> _Shown:
    page = _Page()
    page.feed(data.decode())
    page.close()
    assert not page.open, f"never closed: {page.open}"
    return page.shown


def html_text(data: bytes) -> str:
    """All that a page says, titles of charts and bars too."""
    return "".join(_page(data).texts)


def html_figures(data: bytes) -> Prints:
    """Elements with a key."""
    return tuple(_page(data).figures)


def html_values(data: bytes) -> Mapping[str, str]:
    """The exact value of each key."""
    return _page(data).values


# ---------------------------------------------------------------- JSON and text


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON value, in order."""
    if isinstance(data, dict):
        yield data
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _objects(inner)


def strings(data: Any) -> list[str]:
    """Every string of a JSON value, in order; keys are none."""
    if isinstance(data, str):
        return [data]
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [found for one in inner for found in strings(one)]


def json_text(data: bytes) -> str:
    """Every string of the document."""
    return "\n".join(strings(json.loads(data)))


def json_figures(data: bytes) -> Prints:
    """Runs and points that carry a key, with their words."""
    found = ((one.get("figure"), one.get("text", one.get("label"))) for one in _objects(json.loads(data)["blocks"]))
    return tuple((key, said) for key, said in found if isinstance(key, str) and isinstance(said, str))


def text_text(data: bytes) -> str:
    """Text as it is."""
    return data.decode()


READERS: Mapping[str, Reader] = MappingProxyType(
    {"docx": docx_text, "pdf": pdf_text, "html": html_text, "json": json_text, "text": text_text}
)
FIGURES: Mapping[str, Callable[[bytes], Prints]] = MappingProxyType(
    {"docx": docx_figures, "html": html_figures, "json": json_figures}
)

# ---------------------------------------------------------------- numbers


@dataclass(frozen=True)
class Convention:
    """How a language writes numbers; `groups` are all the characters that may part thousands."""

    decimal: str
    groups: str


MINUS = "−-"
WORDS = r"A-Za-z\d\u00c0-\u052f"  # after these a number is part of a name


def numbers(text: str, convention: Convention) -> list[Decimal]:
    """The numbers of a text in order.

    A minus counts where no letter or digit stands before it (2024-2025 and COVID-19 have none), Chinese characters and
    Arabic letters apart, which are written on to a number, as is a percent sign; a group has exactly three digits.
    Citations and footnotes in brackets are no numbers of the text.

    >>> numbers("1 234,5 after −2,0 in 2024 [3, 4]", Convention(",", " "))
    [Decimal('1234.5'), Decimal('-2.0'), Decimal('2024')]
    """
    groups = f"[{re.escape(convention.groups)}]" if convention.groups else "(?!)"
    digits = rf"\d{{1,3}}(?:{groups}\d{{3}}(?!\d))+|\d+"
    shape = rf"(?<![{WORDS}])([{MINUS}]?)%?({digits})({re.escape(convention.decimal)}\d+)?"
    bare = re.sub(r"\[\^?\d+(?:, \d+)*\]", " ", text)
    found = re.finditer(shape, bare)
    return [_number(match[1], match[2], match[3] or "", convention) for match in found]


def _number(sign: str, whole: str, fraction: str, convention: Convention) -> Decimal:
    digits = "".join(filter(str.isdigit, whole))
    return Decimal(f"{'-' * bool(sign)}{digits}.{fraction.removeprefix(convention.decimal)}")
