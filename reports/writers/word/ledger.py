"""The ledger: which figure stands where in the file, with its text as generated, how it was said, and its record; the
rows of the tables, the bytes of the charts, and what it takes to make the document again.

It is a custom XML part that nothing binds to: a bound control would give an officer's correction back to the part's
value. A figure is a rich inline content control, because LibreOffice 7.4 spoils tracked changes in a plain one, within
a hidden bookmark, because LibreOffice 7.4 loses the tags of controls and keeps bookmarks.
"""

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from reports.document import Citation, CrossReference, Document, FigureRecord, Mark, Run, Table, Text, plain
from reports.writers.word.xml import Xml, attribute, clean, escaped

FAMILY = "urn:bilateral:ledger:"
NAMESPACE = f"{FAMILY}2"
TAG_LENGTH = 64  # characters, what Word takes in a tag or an alias
TELLING = 16  # letters: a paragraph with fewer may stand anywhere
POSITIVE = 0x7FFFFFFF  # the id of a control is a signed 32-bit integer


@dataclass(frozen=True, slots=True)
class Print:
    """One place where a figure is printed; `text` has its marks too, and the comma before a citation that follows."""

    key: str
    control: int
    bookmark: str
    text: str
    form: str = ""
    cited: bool = False


@dataclass(frozen=True, slots=True)
class PlottedPoint:
    """One point of a chart: the number of the chart, of the series and of the category, from 1."""

    key: str
    chart: int
    series: int
    category: int
    label: str


@dataclass(frozen=True, slots=True)
class Inside:
    """An internal part: the bookmark around it, and hashes by which its longer paragraphs are known elsewhere."""

    bookmark: str
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row: the keys of its figures, the text of its first cell, and whether that is a figure itself."""

    keys: tuple[str, ...]
    head: str
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table: the bookmark in its first cell, its rows, a digest of its header and one of all that stands in it beside
    its figures."""

    bookmark: str
    rows: tuple["PrintedRow", ...]
    header: str
    digest: str


@dataclass(frozen=True, slots=True)
class PrintedChart:
    """A chart: its parts with their SHA-256, its height in EMU and its alternative text."""

    part: str
    digest: str
    workbook: str
    workbook_digest: str
    height: int
    alternative: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a control has it: its key, its text with marks, how it was said, what Word shows over it."""

    key: str
    text: str
    alias: str
    form: str = ""
    cited: bool = False


@dataclass(slots=True)
class Ledger:
    """What is gathered while the body of one document is written."""

    prints: list[Print] = field(default_factory=list)
    tables: list[PrintedTable] = field(default_factory=list)
    charts: list[PrintedChart] = field(default_factory=list)
    points: list[PlottedPoint] = field(default_factory=list)
    internal: list[Inside] = field(default_factory=list)
    _occurrences: Counter[str] = field(default_factory=Counter)
    _taken: set[int | str] = field(default_factory=set)

    def take(self, names: Iterable[int | str]) -> None:
        """Ids of controls and names of bookmarks that a file has already."""
        self._taken.update(names)

    def control(self, figure: Figure, runs: Xml, number: int) -> Xml:
        """The runs of a figure in a content control of its own; `number` is the id of the bookmark around it."""
        key = figure.key
        occurrence = self._occurrences[key]
        self._occurrences[key] += 1
        control, bookmark = self._id(key, occurrence), self._bookmark(key, occurrence)
        place = Print(key, control, bookmark, clean(figure.text), figure.form, figure.cited)
        self.prints.append(place)
        alias, tag = attribute(figure.alias), attribute(tag_of(key))
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{place.bookmark}"/>'
            f'<w:sdt><w:sdtPr><w:alias w:val="{alias}"/><w:tag w:val="{tag}"/>'
            f'<w:id w:val="{place.control}"/></w:sdtPr><w:sdtContent>{runs}</w:sdtContent></w:sdt>'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def free_id(self, name: str) -> int:
        """An id for a control that holds no figure."""
        return self._id(name, 0)

    def _id(self, key: str, occurrence: int) -> int:
        found = crc(f"{key}#{occurrence}") & POSITIVE
        while not found or found in self._taken:
            found = (found + 1) & POSITIVE
        self._taken.add(found)
        return found

    def _bookmark(self, key: str, occurrence: int) -> str:
        name = f"_f{crc(key):08x}" + (f"_{occurrence}" if occurrence else "")
        while name in self._taken:  # another key with the same checksum
            name += "x"
        self._taken.add(name)
        return name

    def table(self, block: Table) -> str:
        """The name of the bookmark of a table, which is put on record."""
        name = f"_rows{len(self.tables) + 1}"
        while name in self._taken:
            name += "x"
        self._taken.add(name)
        self.tables.append(printed_table(name, block))
        return name

    def xml(self, document: Document) -> bytes:
        """The part: the order of the document, the record of every figure, the place and text of every print, tables,
        charts and their points, internal parts."""
        origin = "".join(f' {name}="{attribute(text)}"' for name, text in sorted(document.origin.items()))
        labels = document.labels
        records = (record_xml(key, record, labels.get(key, "")) for key, record in sorted(document.figures.items()))
        tables = (table_xml(number, table) for number, table in enumerate(self.tables, 1))
        charts = (chart_xml(number, chart) for number, chart in enumerate(self.charts, 1))
        prints, points = map(print_xml, self.prints), map(point_xml, self.points)
        internal = map(inside_xml, self.internal)
        lines = "".join((f"<origin{origin}/>", *records, *prints, *tables, *charts, *points, *internal))
        issuer = attribute(document.furniture.issuer)
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<ledger xmlns="{NAMESPACE}" issuer="{issuer}" '
            f'language="{attribute(document.language)}" as-of="{document.as_of}">{lines}</ledger>'
        ).encode()


def crc(text: str) -> int:
    """A checksum that is the same on every machine; lone surrogates pass."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def tag_of(key: str) -> str:
    """The key, or a hash of it where Word's tag is too short for it.

    >>> tag_of("trade.turnover@2024"), tag_of("x" * 65)[:8], len(tag_of("x" * 65))
    ('trade.turnover@2024', 'hash:e7d', 37)
    """
    if len(key) <= TAG_LENGTH:
        return key
    return f"hash:{hashlib.blake2b(key.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}"


def alias_of(key: str, record: FigureRecord | None, label: str = "") -> str:
    """What Word shows over a figure: what it is called, else its key, and where it comes from.

    Where both are too long the source gives way to a name, and a key to the source; a long name ends with a whole word.

    >>> alias_of("trade.turnover@2024", FigureRecord("1", 6, "USD", "2024", sources=("qazinform-2025-10-20",)))
    'trade.turnover@2024 · qazinform-2025-10-20'
    """
    sources = ", ".join(record.sources) if record else ""
    whole = f"{label or key} · {sources}" if sources else label or key
    shown = whole if len(whole) <= TAG_LENGTH else label or sources or key
    return shown if len(shown) <= TAG_LENGTH else f"{_whole_words(shown[: TAG_LENGTH - 1])}…"


def _whole_words(text: str) -> str:
    """The words of a text that was cut, without the last of them; all of it where no space parts them."""
    return text.rpartition(" ")[0].rstrip(",،") or text


def printed_table(name: str, block: Table) -> PrintedTable:
    """A table as the ledger has it, under the name of its bookmark."""
    header = digest_of([list(map(_beside_figures, row)) for row in block.header])
    cells = [*block.header, *(row.cells for row in block.rows)]
    runs = [inline for row in cells for text in row for inline in text if isinstance(inline, Run)]
    looks = looks_of(sum(run.strong for run in runs), sum(run.emphasis for run in runs))
    digest = digest_of([*(list(map(_beside_figures, row)) for row in cells), [looks]])
    return PrintedTable(name, tuple(printed_row(row.cells) for row in block.rows), header, digest)


def printed_row(cells: Sequence[Text]) -> PrintedRow:
    """A row as the ledger has it."""
    head = cells[0] if cells else ()
    return PrintedRow(tuple(keys_of(cells)), clean(plain(head)), any(keys_of([head])))


def keys_of(cells: Iterable[Text]) -> Iterator[str]:
    """The keys of the figures of a row, each once."""
    inlines = (inline for text in cells for inline in text)
    return iter(dict.fromkeys(inline.figure for inline in inlines if isinstance(inline, Run) and inline.figure))


FIGURE_SIGN = "\ue000"  # stands for a figure in the text of a cell; private use, so that no text has it by chance


def figure_sign(key: str) -> str:
    """What stands for a figure in a digest."""
    return f"{FIGURE_SIGN}{key}{FIGURE_SIGN}"


def _beside_figures(text: Text) -> str:
    """The text of a cell with its figures, and their marks, as signs."""
    said: list[str] = []
    for inline in text:
        if isinstance(inline, Run):
            said.append(figure_sign(inline.figure) if inline.figure else inline.text)
        elif isinstance(inline, Citation):
            said += map(str, inline.numbers)
        elif isinstance(inline, CrossReference):
            said.append(inline.label)
        elif isinstance(inline, Mark) and not (said and said[-1].endswith(FIGURE_SIGN)):
            said.append(inline.sign)
    return "".join(said)


def looks_of(strong: int, emphasised: int) -> str:
    """How many runs of a table stand out, as a digest has it."""
    return f"bold{strong}italic{emphasised}"


def digest_of(rows: Sequence[Sequence[str]]) -> str:
    """A digest of the cells of a table by their letters and digits: spaces and joints are the program's that saved."""
    lines = ("\x1f".join(filter(None, map(letters_of, row))) for row in rows)
    return hashlib.blake2b("\x1e".join(lines).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def letters_of(text: str) -> str:
    """The letters, digits and signs of figures of a text."""
    return "".join(sign for sign in text if sign.isalnum() or sign == FIGURE_SIGN)


def record_xml(key: str, record: FigureRecord, label: str = "") -> Xml:
    """The record of a figure, with what it is called."""
    attributes = {"key": key, **({"label": label} if label else {}), "tag": tag_of(key), **dict(_fields(record))}
    said = "".join(f' {name}="{attribute(text)}"' for name, text in attributes.items())
    sources = "".join(f"<source>{escaped(source)}</source>" for source in record.sources)
    inputs = "".join(f"<input>{escaped(key)}</input>" for key in record.inputs)
    return f"<figure{said}>{sources}{inputs}</figure>"


def _fields(record: FigureRecord) -> Iterator[tuple[str, str]]:
    for name in ("value", "multiplier", "unit", "period", "status", "vintage", "formula", "signed", "qualifier"):
        if (found := str(getattr(record, name))) != "":
            yield name, found
    if record.override:
        yield "override", "yes"


def print_xml(place: Print) -> Xml:
    """A place where a figure is printed."""
    form = f' form="{attribute(place.form)}"' if place.form else ""
    cited = ' cited="yes"' if place.cited else ""
    return (
        f'<print key="{attribute(place.key)}" control="{place.control}" bookmark="{place.bookmark}"{form}{cited}>'
        f"{escaped(place.text)}</print>"
    )


def table_xml(number: int, table: PrintedTable) -> Xml:
    """A table with its rows."""
    rows = "".join(map(row_xml, table.rows))
    return (
        f'<table number="{number}" bookmark="{table.bookmark}" header="{table.header}" digest="{table.digest}">'
        f"{rows}</table>"
    )


def row_xml(row: PrintedRow) -> Xml:
    """A row of a table."""
    keys = "".join(f"<key>{escaped(key)}</key>" for key in row.keys)
    named = ' figure="yes"' if row.is_figure else ""
    return f"<row>{keys}<head{named}>{escaped(row.head)}</head></row>"


def chart_xml(number: int, chart: PrintedChart) -> Xml:
    """A chart with its parts."""
    return (
        f'<chart number="{number}" part="{chart.part}" sha256="{chart.digest}" workbook="{chart.workbook}" '
        f'workbook-sha256="{chart.workbook_digest}" height="{chart.height}">{escaped(chart.alternative)}</chart>'
    )


def point_xml(point: PlottedPoint) -> Xml:
    """A point of a chart."""
    return (
        f'<point key="{attribute(point.key)}" chart="{point.chart}" series="{point.series}" '
        f'category="{point.category}">{escaped(point.label)}</point>'
    )


def inside_xml(part: Inside) -> Xml:
    """An internal part."""
    hashes = "".join(f"<paragraph>{found}</paragraph>" for found in part.hashes)
    return f'<internal bookmark="{part.bookmark}">{hashes}</internal>'


def hash_of(paragraph: str) -> str:
    """A hash of the letters of a paragraph, whatever its figures, spaces and case; empty for what is too short to be
    known by it.

    >>> hash_of("A note of 12 million to nobody") == hash_of("A note of 13 million to nobody."), hash_of("12")
    (True, '')
    """
    letters = "".join(filter(str.isalpha, normalize("NFC", paragraph).casefold()))
    return hashlib.blake2b(letters.encode(), digest_size=8).hexdigest() if len(letters) >= TELLING else ""
