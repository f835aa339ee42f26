"""The content of one page. All of it belongs to a tag or is an artifact: there is no third way to draw.

Without a structure it is drawn the same way and nothing is marked.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import quote

from reports.document import Picture
from reports.house.theme import Emblem
from reports.writers.pdf.tagged.objects import Objects, Slot, color, number, text_string
from reports.writers.pdf.tagged.reportlab_fonts import escaped
from reports.writers.pdf.tagged.tags import Structure, Tag

ARTIFACT = "/Artifact BMC"
Corners = tuple[float, float, float, float]  # left, bottom, right, top


class Artifact(NamedTuple):
    """What belongs to the page and not to the document: its operator, and the text that capitals stand for."""

    operator: str
    actual: str = ""

    def mark(self, alternative: str = "") -> str:
        """The operators that open it; a Span inside carries the text, or the words for a picture (ISO 32000-1,
        14.9.3)."""
        said = f"/ActualText{text_string(self.actual)}" if self.actual else ""
        said += f"/Alt{text_string(alternative)}" if alternative else ""
        return f"{self.operator}\n/Span <<{said}>> BDC" if said else self.operator


HEADER, FOOTER, REPEATED = (
    Artifact(f"/Artifact <</Type/Pagination{more}>> BDC")
    for more in ("/Subtype/Header/Attached[/Top]", "/Subtype/Footer/Attached[/Bottom]", "")
)
LAYOUT = Artifact("/Artifact <</Type/Layout>> BDC")
TO_PRINT = 4  # annotation flag Print; PDF/A wants it set
KEPT_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"
INTERNAL = "#"


class Content:
    """Collects the operators of one page and the annotations on it. `mirror` is the width in which everything is turned
    to run from right to left; zero if nothing is."""

    def __init__(self, objects: Objects, structure: Structure | None, page: int, mirror: float) -> None:
        self._objects, self._structure, self._page, self._mirror = objects, structure, page, mirror
        self._code: list[str] = []
        self._annotations: list[str] = []
        self._key, self._marks = structure.open_page() if structure else (0, [])
        self._unmarked = structure is None  # also inside a figure, which is marked as one
        self._pictures: dict[str, None] = {}  # the names of those shown here
        self._set: dict[str, str] = {}  # operators in force: font, colour, rise, word space
        self._look: object = None  # of text, whose operators are in force
        self.entries: list[tuple[str, int, float]] = []  # of the outline: title, level, height on the page
        self.anchors: dict[str, float] = {}

    # ------------------------------------------------------------ marked content

    def _mark(self, wanted: Tag | Artifact, actual: str = "") -> str:
        """The operators that open marked content, with a new MCID if it belongs to a tag; it may say a text of its
        own."""
        if isinstance(wanted, Artifact):
            return wanted.mark()
        assert self._structure  # without one nothing is marked
        actual = wanted.actual or actual
        element = self._structure.element(wanted)
        element.kids.append((self._page, len(self._marks)))
        self._marks.append(element)
        mark = f"MCID {len(self._marks) - 1}"
        if actual:  # some readers take it from a Span only; the element says what it is
            return f"/Span <</{mark}/ActualText{text_string(actual)}>> BDC"
        return f"/{wanted.kind} <</{mark}>> BDC"

    def _put(self, code: list[str], operator: str, operands: str) -> None:
        """Set a part of the state, unless it is so already."""
        if self._set.get(operator, "0") != operands:
            self._set[operator] = operands
            code.append(f"{operands} {operator}")

    def declare(self, tag: Tag) -> None:
        """Makes the element of a tag that may have no content: an empty cell."""
        if self._structure:
            self._structure.element(tag)

    @contextmanager
    def figure(self, tag: Tag, box: Corners, scale: float = 1) -> Iterator[None]:
        """All that is drawn inside is one picture, with its lower left corner as the origin."""
        left, bottom, right, top = box
        if self._mirror:
            left, right = self._mirror - right, self._mirror - left
        if self._structure:
            corners = " ".join(map(number, (left, bottom, right, top)))
            self._structure.element(tag).attributes = f"<</O/Layout/Placement/Block/BBox[{corners}]>>"
            self._code.append(self._mark(tag))
        self._code.append(f"q {number(scale)} 0 0 {number(scale)} {number(left)} {number(bottom)} cm")
        before, self._set, self._unmarked, self._look = self._set, dict(self._set), True, None
        outside, self._mirror = self._mirror, (right - left) / scale if self._mirror else 0
        yield
        self._set, self._unmarked, self._look, self._mirror = before, self._structure is None, None, outside
        self._code += ["Q", "EMC"] if self._structure else ["Q"]

    # ------------------------------------------------------------ pictures, lines and surfaces

    def photograph(self, tag: Tag, box: Corners, shown: Picture) -> None:
        """A photograph that fills a box."""
        left, bottom, right, top = box
        with self.figure(tag, box):
            name = self._objects.photograph(shown)
            self._pictures[name] = None
            self._code.append(f"{number(right - left)} 0 0 {number(top - bottom)} 0 0 cm {name} Do")

    def picture(self, artifact: Artifact, emblem: Emblem, corner: tuple[float, float], *, turned: bool) -> None:
        """A picture of the header or footer with its lower left corner at a point; `turned` with the sheet."""
        left, bottom = corner
        left = self._mirror - left - emblem.width if self._mirror and turned else left
        name = self._objects.picture(emblem.pixels, emblem.rgb, emblem.opacity)
        self._pictures[name] = None
        place = " ".join(map(number, (emblem.width, 0, 0, emblem.height, left, bottom)))
        shown = [f"q {place} cm {name} Do Q"]
        ends = ["EMC"] * (2 if emblem.alternative else 1)
        self._code += shown if self._unmarked else [artifact.mark(emblem.alternative), *shown, *ends]

    def fill(self, box: tuple[float, float, float, float], code: str) -> None:
        """A surface: left, bottom, width, height. An artifact, unless inside a figure."""
        left, bottom, width, height = box
        left = self._mirror - left - width if self._mirror else left
        operands = color(code).removesuffix(" rg")
        self._paint([f"{' '.join(map(number, (left, bottom, width, height)))} re f"], "rg", operands)

    def rule(self, start: tuple[float, float], end: tuple[float, float], look: tuple[float, str]) -> None:
        """A straight line of a width and colour; none where the width is zero."""
        width, code = look
        if width > 0:
            self._paint(
                [f"{number(width)} w", f"{self._path((start, end))} S"], "RG", color(code, "RG").removesuffix(" RG")
            )

    def trace(self, corners: Sequence[tuple[float, float]], look: tuple[float, str], dash: Sequence[int] = ()) -> None:
        """A line through some places, of a width and colour, dashed in widths of itself."""
        width, code = look
        dashes = " ".join(number(part * width) for part in dash)
        code_of = [f"{number(width)} w", f"[{dashes}] 0 d", f"{self._path(corners)} S", "[] 0 d"]
        self._paint(code_of if dash else [code_of[0], code_of[2]], "RG", color(code, "RG").removesuffix(" RG"))

    def shape(self, corners: Sequence[tuple[float, float]], code: str, rim: tuple[float, str]) -> None:
        """A filled shape with a rim of a width and colour."""
        self._paint([f"{self._path(corners)} f"], "rg", color(code).removesuffix(" rg"))
        self.trace((*corners, *corners[:2]), rim)

    def _path(self, corners: Sequence[tuple[float, float]]) -> str:
        turned = [(self._mirror - x if self._mirror else x, y) for x, y in corners]
        return " ".join(f"{number(x)} {number(y)} {'l' if at else 'm'}" for at, (x, y) in enumerate(turned))

    def _paint(self, operators: list[str], state: str, operands: str) -> None:
        code: list[str] = []
        self._put(code, state, operands)
        code += operators
        self._look = None
        self._code += code if self._unmarked else [ARTIFACT, *code, "EMC"]

    # ------------------------------------------------------------ annotations and places

    def outline(self, title: str, level: int, top: float) -> None:
        """Adds an entry to the outline that leads here."""
        self.entries.append((title, level, top))

    def anchor(self, name: str, top: float) -> None:
        """Gives this place a name for links."""
        self.anchors[name] = top

    def link(self, tag: Tag, box: Corners, target: str, words: str) -> None:
        """A place that leads to an address, or to an anchor after INTERNAL; `words` say where to."""
        slot, structure = self._objects.reserve(), self._structure
        parent = f"/StructParent {structure.own_annotation(tag, self._page, slot.reference)}" if structure else ""
        slot.body = (
            f"<</Type/Annot/Subtype/Link/Rect[{' '.join(map(number, box))}]/Border[0 0 0]/F {TO_PRINT}{parent}"
            f"/Contents{text_string(words)}{_target(target)}>>"
        )
        self._annotations.append(slot.reference)

    def finish(self, slot: Slot, size: tuple[float, float]) -> None:
        """Adds the page to the file."""
        content = self._objects.add_stream("\n".join(self._code).encode("latin-1"))
        annotations = f"/Annots[{' '.join(self._annotations)}]" if self._annotations else ""
        box = " ".join(map(number, size))
        order = f"/Tabs/S/StructParents {self._key}" if self._structure else ""
        entries = f"/MediaBox[0 0 {box}]/Contents {content}{order}{annotations}"
        self._objects.add_page(entries, slot, self._pictures)


def closing(opened: Tag | Artifact | None) -> list[str]:
    """The operators that close what was opened."""
    if opened is None:
        return []
    return ["EMC", "EMC"] if isinstance(opened, Artifact) and opened.actual else ["EMC"]


def _target(link: str) -> str:
    if link.startswith(INTERNAL):
        return f"/Dest/{link.removeprefix(INTERNAL)}"
    address = quote(link, safe=KEPT_IN_ADDRESSES)
    return f"/A<</S/URI/URI({escaped(address.encode('ascii'))})>>"
