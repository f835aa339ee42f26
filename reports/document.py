"""A brief as data: what each thing is, never how it looks. Imports nothing of ours but problems.

The model is poorer than every format: a heading has a level and no size. A writer ends its `match` over
blocks or inlines with `assert_never`, so that the type checker names every writer that a new kind needs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from reports.errors import Problem

# ---------------------------------------------------------------- inlines
#
# `digits`, wherever they stand, are the ten that a number is printed in, where they are not 0 to 9: see `numeral`.


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look.

    `figure` is the key of the figure that it prints, `language` a BCP 47 tag where it is not the document's,
    `isolated` marks an inserted value whose direction must not mix with the sentence's.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    figure: str = ""
    link: str = ""
    language: str = ""
    isolated: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """The numbers of the sources of what stands before it; printed as a superior, in text as [1, 2]."""

    numbers: tuple[int, ...]
    digits: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """The status mark of the figure before it, explained by a legend; printed as a superior, in text as (p)."""

    sign: str


def numeral(number: int, digits: str = "") -> str:
    """A number in ten digits of its own, from zero on.

    >>> numeral(20), numeral(20, "٠١٢٣٤٥٦٧٨٩")
    ('20', '٢٠')
    """
    return "".join(digits[int(digit)] for digit in str(number)) if digits else str(number)


Inline = Run | Citation | Mark
Text = tuple[Inline, ...]


def plain(text: Text) -> str:
    """The words alone, without citations and marks.

    >>> plain((Run("Trade "), Run("rose", strong=True), Citation((1,))))
    'Trade rose'
    """
    return "".join(inline.text for inline in text if isinstance(inline, Run))


# ---------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Heading:
    """A section title; level 1 is the title of the document, 2 a section, 3 a part of it."""

    text: Text
    level: int


Role = Literal["body", "lead", "subtitle", "caption", "small"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph and the part it plays. `subtitle` is the grey line under the title."""

    text: Text
    role: Role = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small type on what stands before it, or on what is missing."""

    text: Text


@dataclass(frozen=True, slots=True)
class Panel:
    """One key figure: the number large, its unit small, what it is, how it changed.

    `number` and `unit` together are the figure as the language prints it; each may be empty, but not both.
    `unit_first` says that the unit stands before the number.
    """

    number: Text
    unit: Text
    label: Text
    detail: Text = ()
    unit_first: bool = False


@dataclass(frozen=True, slots=True)
class Panels:
    """Three to five key figures side by side."""

    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """Label and number ('Table 1.'), title, and after it the unit. `label` holds `number` in digits, once."""

    label: str
    number: int
    title: Text
    unit: Text = ()


ColumnKind = Literal["text", "figure"]


@dataclass(frozen=True, slots=True)
class Row:
    """One body row; its first cell is the row header. `level` indents a part of the total above it,
    `ruled` asks for a thin rule above."""

    cells: tuple[Text, ...]
    level: int = 0
    ruled: bool = False

    @property
    def spans(self) -> bool:
        """Whether it heads the rows under it: its first cell says what they are, over all columns."""
        return self.ruled and len(self.cells) > 1 and bool(self.cells[0]) and not any(self.cells[1:])


@dataclass(frozen=True, slots=True)
class Table:
    """Header rows and body rows of one width. Figure columns align on the decimal mark.

    `alternative` says in a sentence what the table shows; `notes` (legend, rounding, source) stand under it.
    """

    caption: Caption
    columns: tuple[ColumnKind, ...]
    header: tuple[tuple[Text, ...], ...]
    rows: tuple[Row, ...]
    notes: tuple[Text, ...] = ()
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One mark of a chart: its exact value in the chart's unit, its label as the text prints it, its figure.

    `tentative` marks a provisional or estimated value, drawn lighter.
    """

    value: Decimal
    label: str
    figure: str
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one measure, one a category; None where nothing is known."""

    name: str
    points: tuple[Point | None, ...]


ChartKind = Literal["bar", "column"]


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars or vertical columns from zero, with the value on each; `alternative` says what it shows."""

    kind: ChartKind
    caption: Caption
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alternative: str
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """The 'For reference' box: complete in itself, set apart by a rule at its side."""

    heading: Text
    blocks: tuple[Paragraph | Bullets, ...]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A numbered source as the reader sees it: publisher, title, date, with a run that links."""

    number: int
    key: str
    text: Text
    digits: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """The numbered list of sources."""

    entries: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Bullets | Note | Panels | Table | Chart | Reference | Sources | PageBreak

# ---------------------------------------------------------------- the document


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """Where a figure comes from: digits as published or computed, a power of ten, unit, period, SDMX status.

    A derived figure has a `formula` and the keys of its `inputs`; `vintage` is the day it became known, ISO.
    `signed` is who stands for it and since when; an `override` came with the order and is not in the data;
    `qualifier` is over, about, nearly or under where the source says so.
    """

    value: str
    multiplier: int
    unit: str
    period: str
    status: str = ""
    sources: tuple[str, ...] = ()
    vintage: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()
    signed: str = ""
    override: bool = False
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page. `page` holds {page} and {pages} once each: 'page {page} of {pages}'."""

    issuer: str
    classification: str
    footer: str
    page: str
    digits: str = ""


Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Hyphenation:
    """How the words of a language are parted at the end of a line: by a dictionary of patterns, named as LibreOffice
    names it, or before the last consonant ahead of one of its `vowels`, letters of one sound `together`.

    `before` and `after` are the least letters on either line.
    """

    dictionary: str = ""
    vowels: str = ""
    together: tuple[str, ...] = ()
    before: int = 2
    after: int = 3


@dataclass(frozen=True, slots=True)
class Document:
    """A whole brief in one language.

    `language` is a BCP 47 tag, `as_of` the day whose knowledge it holds. `figures` has exactly the keys that
    its runs and chart points carry. `problems` is what went half wrong: a fallback, an omission. `capitals` are
    those that are not Unicode's own: İ of the Turkish i.
    """

    title: str
    subject: str
    language: str
    direction: Direction
    as_of: date
    furniture: Furniture
    blocks: tuple[Block, ...]
    figures: Mapping[str, FigureRecord]
    problems: tuple[Problem, ...] = ()
    hyphenation: Hyphenation | None = None
    capitals: Mapping[str, str] = field(default_factory=dict)


def texts(block: Block) -> Iterator[Text]:  # noqa: C901  one case a kind of block
    """Every text of a block, in reading order."""
    match block:
        case Heading(text) | Paragraph(text) | Note(text):
            yield text
        case Bullets(items):
            yield from items
        case Panels(panels):
            for panel in panels:
                number = (panel.unit, panel.number) if panel.unit_first else (panel.number, panel.unit)
                yield from (*number, panel.label, panel.detail)
        case Table():
            yield from _captioned(block.caption)
            for cells in (*block.header, *(row.cells for row in block.rows)):
                yield from cells
            yield from block.notes
        case Chart():
            yield from _captioned(block.caption)
            yield from ((Run(category),) for category in block.categories)
            for series in block.series:
                yield (Run(series.name),)
                yield from ((Run(point.label, figure=point.figure),) for point in series.points if point)
            yield from block.notes
        case Reference(heading, blocks):
            yield heading
            for inner in blocks:
                yield from texts(inner)
        case Sources(entries):
            yield from (entry.text for entry in entries)
        case PageBreak():
            pass


def _captioned(caption: Caption) -> tuple[Text, ...]:
    return ((Run(caption.label),), caption.title, caption.unit)
