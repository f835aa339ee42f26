"""The look as numbers: what writers take from the house style. Lengths in points, colours as RRGGBB."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Alignment = Literal["start", "end", "center", "justify"]

# The styles that a house file must have, by their names in Word; one for each thing that a document can hold.
STYLES = (
    "Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Lead", "List Bullet", "Note", "Caption",
    "Caption Unit", "Table Text", "Table Figure", "Table Header", "Table Note", "Panel Number", "Panel Unit",
    "Panel Label", "Panel Detail", "Reference Heading", "Reference Text", "Sources", "Header", "Footer",
    "Classification", "Hyperlink", "Superior",
)  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class TableStyle:
    """Rules as (width, colour), cell padding, the indent of a part of the total above it."""

    top: tuple[float, str]
    head: tuple[float, str]
    bottom: tuple[float, str]
    inner: tuple[float, str]
    pad_x: float
    pad_y: float
    indent: float


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
