"""What a page is made of: each block says what it is."""

from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Literal

from reports.document.inlines import Mark, Run, Text


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

    `tentative` marks a provisional or estimated value, drawn lighter or hollow; `marks` are the signs after the label,
    `form` is how that was said.
    """

    value: Decimal
    label: str
    figure: str
    tentative: bool = False
    marks: tuple[Mark, ...] = ()
    form: str = ""

    @property
    def text(self) -> Text:
        """The label with its marks."""
        return (Run(self.label, figure=self.figure), *self.marks)


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one measure, one a category; None where nothing is known."""

    name: str
    points: tuple[Point | None, ...]


ChartKind = Literal["bar", "column", "line", "stacked"]


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars, vertical columns, lines, or columns `stacked` of the parts of a whole; all from zero, with the
    value at each mark. `alternative` says what it shows."""

    kind: ChartKind
    caption: Caption
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alternative: str
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph, printed `width` centimetres wide; `alternative` says what it shows, `caption` stands under it.

    `blob` is a JPEG file in sRGB, upright and without metadata, of so many `pixels` across and down: what came from
    outside never gets here as it came.
    """

    blob: bytes
    pixels: tuple[int, int]
    width: Decimal
    alternative: str
    caption: Text = ()

    @property
    def height(self) -> Decimal:
        """Centimetres from top to bottom: a picture keeps its proportions."""
        across, down = self.pixels
        return self.width * down / across

    @property
    def digest(self) -> str:
        """SHA-256 of the file, in hexadecimal: the same picture has the same."""
        return sha256(self.blob).hexdigest()


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
class Contents:
    """The headings of the document from level 2 on, `depth` levels of them, with the page of each: see `headings`.

    `pages` is known where another program lays out: one for each heading, from 1. They are `settled` if it is the
    program's own layout, else those of another, which it is asked to renew. A writer that lays out counts its own.
    """

    title: Text
    depth: int = 2
    pages: tuple[int, ...] = ()
    settled: bool = False
    digits: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Internal:
    """What must not leave the house; a copy that goes out has none of it. It looks like any other part."""

    blocks: tuple["Block", ...]


Block = (
    Heading | Paragraph | Bullets | Note | Panels | Table | Chart | Picture | Reference | Sources | Contents | PageBreak
    | Internal
)  # fmt: skip
