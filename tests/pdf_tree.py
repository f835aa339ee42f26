"""A reader of tagged PDF: what the structure tree says, element by element, and what is drawn in which font.

It decodes the content itself by ToUnicode, as a screen reader does, and knows nothing of how it was written.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

UNSAID = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")  # only shapes and orders what is said


class Shown(NamedTuple):
    """A string as it is drawn: the mark it belongs to, its font, its text, the numbers of its glyphs, and its place:
    left end, right end and height of the baseline."""

    mark: int
    font: str
    text: str
    glyphs: tuple[int, ...]
    place: tuple[float, float, float]


class Said(NamedTuple):
    """A structure element with all that it says, its kind, and its language where it has one of its own."""

    kind: str
    language: str
    text: str


@dataclass
class Tree:
    """One file, taken apart."""

    data: bytes
    _fonts: dict[Any, "_Font"] = field(default_factory=dict)

    @cached_property
    def pages(self) -> dict[Any, list[Shown]]:
        """What is drawn on each page, in the order of the content."""
        return {page.objgen: list(self._drawn(page)) for page in self._file.pages}

    @cached_property
    def elements(self) -> list[Said]:
        """All elements in the order of reading."""
        return list(self._elements(self._file.Root.StructTreeRoot.K, None))

    def marks(self, kind: str) -> list[tuple[Any, int]]:
        """The page and mark of all that belongs to elements of a kind or is below them."""
        return list(self._marks(self._file.Root.StructTreeRoot.K, None, kind, False))

    def _marks(self, element: Any, page: Any, kind: str, within: bool) -> Iterator[tuple[Any, int]]:
        page, within = element.get("/Pg", page), within or str(element.S) == f"/{kind}"
        for kid in _kids(element):
            if not isinstance(kid, Dictionary):
                yield from [(page.objgen, int(kid))] * within
            elif kid.get("/Type") == Name.MCR:
                yield from [(kid.Pg.objgen, int(kid.MCID))] * within
            elif "/S" in kid:
                yield from self._marks(kid, page, kind, within)

    def texts(self, *kinds: str) -> list[str]:
        """What the elements of some kinds say, one by one."""
        return [said.text for said in self.elements if said.kind in kinds]

    def fonts_of(self, text: str) -> set[str]:
        """The fonts in which strings are drawn that are a part of a text."""
        return {one.font for page in self.pages.values() for one in page if one.text.strip() and one.text in text}

    def undefined(self) -> list[str]:
        """The strings in which glyph 0 is drawn, which stands for none (OpenType, .notdef)."""
        return [one.text for page in self.pages.values() for one in page if 0 in one.glyphs]

    @cached_property
    def _file(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.data))

    def _elements(self, element: Any, page: Any) -> Iterator[Said]:
        kind, language = str(element.S)[1:], str(element.get("/Lang", ""))
        yield Said(kind, language, self._text(element, page))
        page = element.get("/Pg", page)
        for kid in _kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield from self._elements(kid, page)

    def _text(self, element: Any, page: Any) -> str:
        for key in ("/ActualText", "/Alt"):
            if key in element:
                return str(element[key])
        page, said = element.get("/Pg", page), ""
        for kid in _kids(element):
            if not isinstance(kid, Dictionary):
                said += self._marked(page, int(kid))
            elif kid.get("/Type") == Name.MCR:
                said += self._marked(kid.Pg, int(kid.MCID))
            elif "/S" in kid:
                said += self._text(kid, page)
        return said

    def _marked(self, page: Any, mark: int) -> str:
        return UNSAID.sub("", "".join(one.text for one in self.pages[page.objgen] if one.mark == mark))

    def _drawn(self, page: Any) -> Iterator[Shown]:
        font: _Font | None = None
        size, spacing, x, y = 0.0, 0.0, 0.0, 0.0
        marks: list[tuple[int, str | None]] = [(-1, None)]
        instructions: list[Any] = list(pikepdf.parse_content_stream(page))
        for operands, operator in instructions:
            match str(operator):
                case "BDC" | "BMC":
                    marks.append(_mark(operands, marks[-1][0]))
                case "EMC":
                    marks.pop()
                case "Tf":
                    font, size = self._font(page.Resources.Font[str(operands[0])]), float(operands[1])
                case "Tw":
                    spacing = float(operands[0])
                case "Tm":
                    x, y = float(operands[4]), float(operands[5])
                case "Tj":
                    assert font is not None
                    codes = font.codes(bytes(operands[0]))
                    mark, actual = marks[-1]
                    text = font.text(codes) if actual is None else actual
                    end = x + font.advance(codes) * size + (0 if font.wide else spacing * codes.count(32))
                    yield Shown(mark, font.name, text, tuple(map(font.glyph, codes)), (x, end, y))
                    x = end
                    marks[-1] = mark, actual and ""  # said once
                case _:
                    pass

    def _font(self, font: Any) -> "_Font":
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = _Font(font)
        return self._fonts[font.objgen]


class _Font:
    """A font of a file: simple, one byte a code, or composite, two."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.BaseFont).split("+")[-1]
        self.wide = font.Subtype == Name.Type0
        table = bytes(font.ToUnicode.read_bytes()).decode("ascii")
        self._texts = dict(_mapped(table))
        inner = font.DescendantFonts[0] if self.wide else font
        self._map = bytes(inner.CIDToGIDMap.read_bytes()) if self.wide else b""
        first, listed = (1, inner.W[1]) if self.wide else (int(inner.FirstChar), inner.Widths)
        self._widths = {first + number: float(width) for number, width in enumerate(listed)}
        self._file = bytes(inner.FontDescriptor.FontFile2.read_bytes())

    def codes(self, string: bytes) -> list[int]:
        step = 2 if self.wide else 1
        return [int.from_bytes(string[start : start + step], "big") for start in range(0, len(string), step)]

    def text(self, codes: list[int]) -> str:
        return "".join(self._texts[code] for code in codes)

    def advance(self, codes: list[int]) -> float:
        return sum(self._widths[code] for code in codes) / 1000

    def glyph(self, code: int) -> int:
        if self.wide:
            return int.from_bytes(self._map[2 * code : 2 * code + 2], "big")
        return self._simple[code]

    @cached_property
    def _simple(self) -> dict[int, int]:
        font = TTFont(io.BytesIO(self._file))
        (names,) = {id(table): table.cmap for table in font["cmap"].tables}.values()
        return {code & 0xFF: font.getGlyphID(name) for code, name in names.items()}


def _mapped(table: str) -> Iterator[tuple[int, str]]:
    """The text of each code of a CMap: codes one by one, or in a range with an array (ISO 32000-1, 9.10.3)."""
    for row in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        yield from ((int(code, 16), _utf16(text)) for code, text in re.findall(r"<(\w+)>\s*<(\w*)>", row))
    for row in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, listed in re.findall(r"<(\w+)>\s*<\w+>\s*\[(.*?)\]", row, re.DOTALL):
            texts = re.findall(r"<(\w*)>", listed)
            yield from ((int(first, 16) + number, _utf16(text)) for number, text in enumerate(texts))


def _utf16(text: str) -> str:
    return bytes.fromhex(text).decode("utf-16-be")


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _mark(operands: Any, outer: int) -> tuple[int, str | None]:
    """The MCID of marked content, and the text that stands for what is drawn in it."""
    inner: Any = operands[1] if len(operands) > 1 and isinstance(operands[1], Dictionary) else {}
    actual = inner.get("/ActualText")
    return int(inner.get("/MCID", outer)), None if actual is None else str(actual)
