"""What the ledger of a Word file puts on record, and the digests by which it is known again."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from reports.document import Citation, CrossReference, Mark, Run, Table, Text, plain
from reports.writers.word.xml import clean

TELLING = 16  # letters: a paragraph with fewer may stand anywhere


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


def hash_of(paragraph: str) -> str:
    """A hash of the letters of a paragraph, whatever its figures, spaces and case; empty for what is too short to be
    known by it.

    >>> hash_of("A note of 12 million to nobody") == hash_of("A note of 13 million to nobody."), hash_of("12")
    (True, '')
    """
    letters = "".join(filter(str.isalpha, normalize("NFC", paragraph).casefold()))
    return hashlib.blake2b(letters.encode(), digest_size=8).hexdigest() if len(letters) >= TELLING else ""
