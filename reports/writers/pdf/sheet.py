"""One page while it is drawn. Everything on it is content with a tag or an artifact: there is no third way to draw.

Without a structure it is drawn the same way and nothing is marked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from reports.document import Picture
from reports.house.theme import Emblem
from reports.writers.pdf.bidi import fences, visual_order
from reports.writers.pdf.glyphs import GlyphFonts, Whole
from reports.writers.pdf.lines import Look
from reports.writers.pdf.objects import Objects, Slot, color, number, text_string
from reports.writers.pdf.reportlab_fonts import Encoder, escaped
from reports.writers.pdf.stretches import THIN_SPACE, Placed, Stretch, saying, stretches, with_last_space
from reports.writers.pdf.tags import Structure, Tag

ARTIFACT = "/Artifact BMC"


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


class Sheet:
    """Collects the operators of one page and the annotations on it."""

    def __init__(
        self, objects: Objects, structure: Structure | None, page: int, glyphs: GlyphFonts, mirror: float
    ) -> None:
        self._objects, self._structure, self._page = objects, structure, page
        self._glyphs = glyphs
        self._mirror = mirror  # the width in which everything is turned to run from right to left; zero if nothing is
        self._code: list[str] = []
        self._annotations: list[str] = []
        self._key, self._marks = structure.open_page() if structure else (0, [])
        self._unmarked = structure is None  # also inside a figure, which is marked as one
        self._pictures: dict[str, None] = {}  # the names of those shown here
        self._set: dict[str, str] = {}  # operators in force: font, colour, rise, word space
        self._look: Look | None = None  # whose operators are in force, and what follows from it
        self._is_shaped, self._size = False, ""
        self._encoder: Encoder | None = None
        self._stretch = 0.0  # of spaces
        self.entries: list[tuple[str, int, float]] = []  # of the outline: title, level, height on the page
        self.anchors: dict[str, float] = {}

    # ------------------------------------------------------------ content

    def text(self, owner: Tag | Artifact, placed: Iterable[Placed]) -> None:
        """Lines that belong to a tag or an artifact."""
        code: list[str] = ["BT"]
        opened: Tag | Artifact | None = None
        for line in placed:
            shown, directed = stretches(line, self._mirror)
            if directed:
                code += _closing(opened)
                opened = None
                self._directed(code, owner, line, shown)
                continue
            if len(shown) > 1 and any(stretch.look.gap for stretch in shown):
                code += _closing(opened)
                opened = None
                self._gapped(code, owner, line, shown)
                continue
            if shown:
                code.append(f"1 0 0 1 {number(shown[0].x)} {number(line.baseline)} Tm")
            for stretch in with_last_space(line, shown):
                wanted = owner if isinstance(owner, Artifact) else stretch.look.tag or owner
                if wanted is not opened and not self._unmarked:
                    code += _closing(opened)
                    code.append(self._mark(wanted))
                    opened = wanted
                self._show(code, wanted, line, stretch)
        if len(code) > 1:
            self._code += [*code, *_closing(opened), "ET"]

    def _directed(self, code: list[str], owner: Tag | Artifact, line: Placed, shown: list[Stretch]) -> None:
        """A line of more than one direction. It is drawn from left to right, as programs that copy text expect it; the
        tree has its parts in the order of the text, each with what it says."""
        spaced = with_last_space(line, shown)
        parts = [list(same) for _, same in groupby(spaced, key=lambda stretch: id(stretch.look.tag))]
        owners = [owner if isinstance(owner, Artifact) else saying(part, owner) for part in parts]
        marks = ["" if self._unmarked else self._mark(wanted) for wanted in owners]
        belongs = [which for which, part in enumerate(parts) for _ in part]
        shown = [*shown, *spaced[len(shown) :]]
        marks_inside = fences([stretch.text for stretch in shown], [stretch.look.level for stretch in shown])
        order = visual_order([stretch.look.level for stretch in shown])
        order = [at for at in order if shown[at].text != THIN_SPACE]  # it keeps its room, and may part "1" of "1, 2"
        for which, same in groupby(order, key=belongs.__getitem__):
            if not self._unmarked:
                code.append(marks[which] or self._mark(owners[which]))
                marks[which] = ""
            for position in same:
                code.append(f"1 0 0 1 {number(shown[position].x)} {number(line.baseline)} Tm")
                self._show(code, owners[which], line, shown[position], marks_inside[position])
            code += [] if self._unmarked else _closing(owners[which])

    def _gapped(self, code: list[str], owner: Tag | Artifact, line: Placed, shown: list[Stretch]) -> None:
        """A line with gaps between ideographs and figures: each part says its text, for programs that copy it would
        take the gaps for spaces."""
        before = self._unmarked
        for _, same in groupby(with_last_space(line, shown), key=lambda stretch: id(stretch.look.tag)):
            part = list(same)
            wanted = owner if isinstance(owner, Artifact) else part[0].look.tag or owner
            code += [] if before else [self._mark(wanted, "".join(stretch.text for stretch in part))]
            self._unmarked = True  # no word inside says itself once more
            for stretch in part:
                code.append(f"1 0 0 1 {number(stretch.x)} {number(line.baseline)} Tm")
                self._show(code, wanted, line, stretch)
            self._unmarked = before
            code += [] if before else _closing(wanted)

    def _show(
        self,
        code: list[str],
        wanted: Tag | Artifact,
        line: Placed,
        stretch: "Stretch",
        marks: Mapping[int, tuple[str, str]] | None = None,
    ) -> None:
        look, text = stretch.look, stretch.text
        if look.link and isinstance(wanted, Tag):
            self._link(look.tag or wanted, look, (stretch.x, line.baseline, stretch.width))
        if look is not self._look:
            self._look, self._is_shaped, self._size = look, look.shaped, number(look.size)
            self._put(code, "rg", color(look.color).removesuffix(" rg"))
            self._put(code, "Ts", number(look.rise))
            self._encoder = None if look.face.shaped else self._objects.fonts.encoder(look.face.font)
        if line.stretch != self._stretch:
            self._stretch = line.stretch
            self._put(code, "Tw", number(line.stretch))
        if marks is not None or self._encoder is None or self._is_shaped:
            font = self._glyphs.font(look.face)
            self._put(code, "Tf", f"{font.key} {self._size}")
            for part in font.strings(look, text, (stretch.x, line.baseline), line.stretch, marks or {}):
                code += [part] if isinstance(part, str) else self._whole(wanted, part)
            return
        for name, string in self._encoder.strings(text):
            self._put(code, "Tf", f"{name} {self._size}")
            code.append(f"({string}) Tj")

    def _put(self, code: list[str], operator: str, operands: str) -> None:
        """Set a part of the state, unless it is so already."""
        if self._set.get(operator, "0") != operands:
            self._set[operator] = operands
            code.append(f"{operands} {operator}")

    def _whole(self, wanted: Tag | Artifact, whole: Whole) -> list[str]:
        """The operators around a word that its glyphs do not spell. It is a part of its element by itself: inside
        another part, programs would take its end for the end of both."""
        if isinstance(wanted, Artifact) or self._unmarked or wanted.actual:
            return []
        return ["EMC", self._mark(wanted, whole.word)]

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

    def declare(self, tag: Tag) -> None:
        """Makes the element of a tag that may have no content: an empty cell."""
        if self._structure:
            self._structure.element(tag)

    @contextmanager
    def figure(self, tag: Tag, box: tuple[float, float, float, float], scale: float = 1) -> Iterator[None]:
        """All that is drawn inside is one picture; `box` is left, bottom, right, top on the page.

        Inside, the origin is the picture's lower left corner.
        """
        left, bottom, right, top = box
        if self._mirror:
            left, right = self._mirror - right, self._mirror - left
        if self._structure:
            corners = " ".join(map(number, (left, bottom, right, top)))
            self._structure.element(tag).attributes = f"<</O/Layout/Placement/Block/BBox[{corners}]>>"
            self._code.append(self._mark(tag))
        self._code.append(f"q {number(scale)} 0 0 {number(scale)} {number(left)} {number(bottom)} cm")
        before, self._set, self._unmarked, self._look = self._set, dict(self._set), True, None
        outside, self._mirror = (self._mirror, self._stretch), (right - left) / scale if self._mirror else 0
        yield
        self._set, self._unmarked, self._look = before, self._structure is None, None
        self._mirror, self._stretch = outside
        self._code += ["Q", "EMC"] if self._structure else ["Q"]

    def photograph(self, tag: Tag, box: tuple[float, float, float, float], shown: Picture) -> None:
        """A photograph that fills a box: left, bottom, right, top."""
        left, bottom, right, top = box
        with self.figure(tag, box):
            name = self._objects.photograph(shown)
            self._pictures[name] = None
            self._code.append(f"{number(right - left)} 0 0 {number(top - bottom)} 0 0 cm {name} Do")

    # ------------------------------------------------------------ lines and surfaces

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

    def picture(self, artifact: Artifact, emblem: Emblem, corner: tuple[float, float], *, turned: bool) -> None:
        """A picture of the header or footer with its lower left corner at a point; `turned` with the sheet."""
        left, bottom = corner
        left = self._mirror - left - emblem.width if self._mirror and turned else left
        name = self._objects.picture(emblem.pixels, emblem.rgb, emblem.opacity)
        self._pictures[name] = None
        place = " ".join(map(number, (emblem.width, 0, 0, emblem.height, left, bottom)))
        shown = [f"q {place} cm {name} Do Q"]
        closing = ["EMC"] * (2 if emblem.alternative else 1)
        self._code += shown if self._unmarked else [artifact.mark(emblem.alternative), *shown, *closing]

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

    def _link(self, tag: Tag, look: Look, start: tuple[float, float, float]) -> None:
        x, baseline, width = start
        low = baseline + look.rise - look.face.descent * look.size
        high = baseline + look.rise + look.face.ascent * look.size
        corners = " ".join(map(number, (x, low, x + width, high)))
        slot = self._objects.reserve()
        structure = self._structure
        parent = f"/StructParent {structure.own_annotation(tag, self._page, slot.reference)}" if structure else ""
        slot.body = (
            f"<</Type/Annot/Subtype/Link/Rect[{corners}]/Border[0 0 0]/F {TO_PRINT}{parent}"
            f"/Contents{text_string(look.tip or look.link)}{_target(look.link)}>>"
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


def _closing(opened: Tag | Artifact | None) -> list[str]:
    """The operators that close what `_mark` opened."""
    if opened is None:
        return []
    return ["EMC", "EMC"] if isinstance(opened, Artifact) and opened.actual else ["EMC"]


def _target(link: str) -> str:
    if link.startswith(INTERNAL):
        return f"/Dest/{link.removeprefix(INTERNAL)}"
    address = quote(link, safe=KEPT_IN_ADDRESSES)
    return f"/A<</S/URI/URI({escaped(address.encode('ascii'))})>>"
