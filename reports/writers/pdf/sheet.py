"""One page while it is drawn. Everything on it is content with a tag or an artifact: there is no third way to draw."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import quote

from reports.writers.pdf.lines import Chunk, Line, Look
from reports.writers.pdf.objects import Objects, Slot, color, literal, number, text_string
from reports.writers.pdf.tags import Structure, Tag

ARTIFACT = "/Artifact BMC"


class Artifact(NamedTuple):
    """What belongs to the page and not to the document: its operator, and the text that capitals stand for."""

    operator: str
    actual: str = ""


HEADER, FOOTER, REPEATED = (
    Artifact(f"/Artifact <</Type/Pagination{more}>> BDC")
    for more in ("/Subtype/Header/Attached[/Top]", "/Subtype/Footer/Attached[/Bottom]", "")
)
TO_PRINT = 4  # annotation flag Print; PDF/A wants it set
NO_SPACE_AFTER = tuple(" -‐–—/")
KEPT_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"
INTERNAL = "#"


class Placed(NamedTuple):
    """A line where it stands: start of the baseline, and what every space in it is widened by."""

    x: float
    baseline: float
    line: Line
    stretch: float = 0


class Sheet:
    """Collects the operators of one page and the annotations on it."""

    def __init__(self, objects: Objects, structure: Structure, page: int) -> None:
        self._objects, self._structure, self._page = objects, structure, page
        self._code: list[str] = []
        self._annotations: list[str] = []
        self._key, self._marks = structure.open_page()
        self._in_figure = False
        self._set: dict[str, str] = {}  # operators in force: font, colour, rise, word space
        self.entries: list[tuple[str, int, float]] = []  # of the outline: title, level, height on the page
        self.anchors: dict[str, float] = {}

    # ------------------------------------------------------------ content

    def text(self, owner: Tag | Artifact, placed: Iterable[Placed]) -> None:
        """Lines that belong to a tag or an artifact."""
        code: list[str] = ["BT"]
        opened: Tag | Artifact | None = None
        for start, baseline, line, stretch in placed:
            x = start
            code.append(f"1 0 0 1 {number(x)} {number(baseline)} Tm")
            self._put(code, "Tw", number(stretch))
            for chunk, text in _drawn(line):
                wanted = owner if isinstance(owner, Artifact) else chunk.look.tag or owner
                if wanted is not opened and not self._in_figure:
                    code += _closing(opened)
                    code.append(self._mark(wanted))
                    opened = wanted
                width = chunk.width + stretch * (text.count(" ") + text.count("\u00a0"))
                if chunk.look.link and isinstance(wanted, Tag):
                    self._link(wanted, chunk.look, (x, baseline, width))
                self._show(code, chunk.look, text)
                x += width
        if len(code) > 1:
            self._code += [*code, *_closing(opened), "ET"]

    def _show(self, code: list[str], look: Look, text: str) -> None:
        self._put(code, "rg", color(look.color).removesuffix(" rg"))
        self._put(code, "Ts", number(look.rise))
        for font, string in self._objects.encoder(look.face.font).strings(text):
            self._put(code, "Tf", f"{font} {number(look.size)}")
            code.append(f"({string}) Tj")

    def _put(self, code: list[str], operator: str, operands: str) -> None:
        """Set a part of the state, unless it is so already."""
        if self._set.get(operator, "0") != operands:
            self._set[operator] = operands
            code.append(f"{operands} {operator}")

    def _mark(self, wanted: Tag | Artifact) -> str:
        """The operators that open marked content, with a new MCID if it belongs to a tag."""
        if isinstance(wanted, Artifact):
            actual = f"\n/Span <</ActualText{text_string(wanted.actual)}>> BDC" if wanted.actual else ""
            return wanted.operator + actual
        element = self._structure.element(wanted)
        element.kids.append((self._page, len(self._marks)))
        self._marks.append(element)
        mark = f"MCID {len(self._marks) - 1}"
        if wanted.actual:  # some readers take it from a Span only; the element says what it is
            return f"/Span <</{mark}/ActualText{text_string(wanted.actual)}>> BDC"
        return f"/{wanted.kind} <</{mark}>> BDC"

    def declare(self, tag: Tag) -> None:
        """Makes the element of a tag that may have no content: an empty cell."""
        self._structure.element(tag)

    @contextmanager
    def figure(self, tag: Tag, box: tuple[float, float, float, float], scale: float = 1) -> Iterator[None]:
        """All that is drawn inside is one picture; `box` is left, bottom, right, top on the page.

        Inside, the origin is the picture's lower left corner.
        """
        corners = " ".join(map(number, box))
        self._structure.element(tag).attributes = f"<</O/Layout/Placement/Block/BBox[{corners}]>>"
        self._code += [self._mark(tag), f"q {number(scale)} 0 0 {number(scale)} {number(box[0])} {number(box[1])} cm"]
        before, self._set, self._in_figure = self._set, dict(self._set), True
        yield
        self._set, self._in_figure = before, False
        self._code += ["Q", "EMC"]

    # ------------------------------------------------------------ lines and surfaces

    def fill(self, box: tuple[float, float, float, float], code: str) -> None:
        """A surface: left, bottom, width, height. An artifact, unless inside a figure."""
        operands = color(code).removesuffix(" rg")
        self._paint([f"{' '.join(map(number, box))} re f"], "rg", operands)

    def rule(self, start: tuple[float, float], end: tuple[float, float], look: tuple[float, str]) -> None:
        """A straight line of a width and colour; none where the width is zero."""
        width, code = look
        if width <= 0:
            return
        path = f"{number(start[0])} {number(start[1])} m {number(end[0])} {number(end[1])} l S"
        self._paint([f"{number(width)} w", path], "RG", color(code, "RG").removesuffix(" RG"))

    def _paint(self, operators: list[str], state: str, operands: str) -> None:
        code: list[str] = []
        self._put(code, state, operands)
        code += operators
        self._code += code if self._in_figure else [ARTIFACT, *code, "EMC"]

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
        key = self._structure.own_annotation(tag, self._page, slot.reference)
        slot.body = (
            f"<</Type/Annot/Subtype/Link/Rect[{corners}]/Border[0 0 0]/F {TO_PRINT}/StructParent {key}"
            f"/Contents{text_string(look.tip or look.link)}{_target(look.link)}>>"
        )
        self._annotations.append(slot.reference)

    def finish(self, slot: Slot, size: tuple[float, float]) -> None:
        """Adds the page to the file."""
        content = self._objects.add_stream("\n".join(self._code).encode("latin-1"))
        annotations = f"/Annots[{' '.join(self._annotations)}]" if self._annotations else ""
        box = " ".join(map(number, size))
        entries = f"/MediaBox[0 0 {box}]/Contents {content}/Tabs/S/StructParents {self._key}{annotations}"
        self._objects.add_page(entries, slot)


def _closing(opened: Tag | Artifact | None) -> list[str]:
    """The operators that close what `_mark` opened."""
    if opened is None:
        return []
    return ["EMC", "EMC"] if isinstance(opened, Artifact) and opened.actual else ["EMC"]


def _drawn(line: Line) -> Iterator[tuple[Chunk, str]]:
    """The chunks of a line with their text; the space at the end of a line is written, or a reader of the file
    would join the words around it."""
    last = line.chunks[-1]
    for chunk in line.chunks:
        ends_word = line.joins and chunk is last and not chunk.text.endswith(NO_SPACE_AFTER)
        text = f"{chunk.text} " if ends_word else chunk.text
        if text:
            yield chunk, text


def _target(link: str) -> str:
    if link.startswith(INTERNAL):
        return f"/Dest/{link.removeprefix(INTERNAL)}"
    address = quote(link, safe=KEPT_IN_ADDRESSES)
    return f"/A<</S/URI/URI{literal(address.encode('ascii'))}>>"
