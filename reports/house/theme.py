"""The look as numbers: what writers take from the house style. Lengths in points, colours as RRGGBB."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Alignment = Literal["start", "end", "center", "justify"]

# The styles that a house file must have, by their names in Word; one for each thing that a document can hold.
STYLES = (
    "Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Lead", "List Bullet", "Note", "Caption",
    "Caption Unit", "Table Text", "Table Figure", "Table Header", "Table Note", "Panel Number", "Panel Unit",
    "Panel Label", "Panel Detail", "Reference Heading", "Reference Text", "Sources", "Header", "Footer",
    "Classification", "Hyperlink", "Superior",
)  # fmt: skip
# Besides: a part of a total, a bullet of the reference box, the paragraph that holds a chart; tables.
PARAGRAPHS = ("Table Part", "Reference Bullet", "Chart")
TABLES = ("Brief Table", "Brief Panels")

# Styles that a house file may lack, by their names in Word, each with the one that stands in for it.
STAND_INS = {
    "TOC Heading": "Caption", "TOC 1": "Normal", "TOC 2": "Normal", "Footnote Text": "Note",
    "Footnote Reference": "Superior",
}  # fmt: skip

# Of the column: where less is free at the end of a line, no word is parted. Word's hyphenationZone (ECMA-376 part 1,
# 17.15.1.53), wider than its own 6.3 mm: a ragged line is better than a hyphen, and without a dictionary Word and
# LibreOffice part no word.
HYPHENATION_ZONE = 0.2


@dataclass(frozen=True, slots=True)
class TextStyle:
    """One paragraph or character style with its cascade resolved. `leading` is the distance of baselines."""

    font: str
    size: float
    leading: float
    bold: bool = False
    italic: bool = False
    caps: bool = False
    color: str = "000000"
    before: float = 0
    after: float = 0
    left: float = 0
    right: float = 0
    first_line: float = 0
    alignment: Alignment = "start"
    exact: bool = False  # taller letters do not push lines apart
    keep_with_next: bool = False
    whole_words: bool = False
    shade: str = ""
    side_rule: tuple[float, str] | None = None
    bottom_rule: tuple[float, str] | None = None
    top_rule: tuple[float, str] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Paper, margins and the distance of header and footer from the edge."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header: float
    footer: float
    mirrored: bool = False  # on even pages left and right change places
    first: bool = False  # the first page has its own header and footer
    even: bool = False  # so have even pages

    def facing(self, number: int) -> "Page":
        """The page of a number, which counts from 1: the even ones of two that face each other have their margins
        mirrored (ECMA-376 part 1, 17.15.1.57)."""
        turned = self.mirrored and number % 2 == 0
        return replace(self, left=self.right, right=self.left) if turned else self

    def kind(self, number: int) -> "StripKind":
        """Which header and footer the page of a number has."""
        return "first" if self.first and number == 1 else "even" if self.even and number % 2 == 0 else "default"


# ---------------------------------------------------------------- headers and footers

StripKind = Literal["default", "first", "even"]  # as w:type of a w:headerReference names them
PieceKind = Literal["text", "place", "field", "tab", "picture"]

# What a brief says in a header or footer, by the tags of its content controls.
PLACES = ("issuer", "classification", "footer", "page", "number", "copy", "circulated", "department")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a floating picture stands: from what it is measured, how far, and how it is aligned if at all; across,
    then down."""

    across: tuple[str, float, str]
    down: tuple[str, float, str]


@dataclass(frozen=True, slots=True, eq=False)
class Emblem:
    """A picture of a header or footer: its size on paper, its pixels as RGB and, if any is transparent, their
    opacity. One without an anchor stands in its line."""

    width: float
    height: float
    pixels: tuple[int, int]
    rgb: bytes
    opacity: bytes = b""
    alternative: str = ""
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A part of a line: a text, the tag of a place, the code of a field, a tab, or a picture."""

    kind: PieceKind
    said: str
    style: TextStyle
    emblem: Emblem | None = None


Tab = tuple[float, Alignment]  # how far from the margin, and how the text at it stands


@dataclass(frozen=True, slots=True, eq=False)
class StripLine:
    """A paragraph of a header or footer."""

    style: TextStyle
    tabs: tuple[Tab, ...]
    pieces: tuple[Piece, ...]


Strips = Mapping[StripKind, tuple[StripLine, ...]]


# ---------------------------------------------------------------- tables, charts, all of it


@dataclass(frozen=True, slots=True)
class TableStyle:
    """Rules as (width, colour), cell padding, the indent of a part of the total above it; fills as RRGGBB, empty for
    none. `between` stands between rows, `upright` between columns, `sides` at both ends; `bands` are the fills of odd
    and even rows."""

    top: tuple[float, str]
    head: tuple[float, str]
    bottom: tuple[float, str]
    inner: tuple[float, str]
    pad_x: float
    pad_y: float
    indent: float
    head_fill: str = ""
    bands: tuple[str, str] = ("", "")
    between: tuple[float, str] = (0.0, "000000")
    upright: tuple[float, str] = (0.0, "000000")
    sides: tuple[float, str] = (0.0, "000000")


@dataclass(frozen=True, slots=True)
class PanelStyle:
    """The tint behind a key figure, what stands free inside it, and the gap between two and below them."""

    shade: str = ""
    pad_x: float = 7
    pad_top: float = 4.5
    pad_bottom: float = 6.5
    gap: float = 9


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """Colours of series from dark to light, and of tentative marks."""

    series: tuple[str, ...]
    tentative: str
    axis: str


@dataclass(frozen=True, slots=True)
class Theme:
    """The whole house style."""

    page: Page
    styles: Mapping[str, TextStyle]
    table: TableStyle
    chart: ChartStyle
    panel: PanelStyle = PanelStyle()
    headers: Strips = field(default_factory=dict)
    footers: Strips = field(default_factory=dict)

    @property
    def typed(self) -> tuple[str, ...]:
        """The texts that stand in its headers and footers beside what the brief says."""
        lines = [line for strips in (self.headers, self.footers) for kind in strips.values() for line in kind]
        return tuple(piece.said for line in lines for piece in line.pieces if piece.kind == "text")
