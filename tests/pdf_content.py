"""What the pages of a PDF show, read with pikepdf alone: which glyphs of which fonts, under which mark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name

SHOW_TEXT = ("Tj", "TJ", "'", '"')
HEXADECIMAL = re.compile(rb"<([0-9A-Fa-f]+)>")
CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
SYMBOL_PAGES = (0, 0xF000)  # where a symbolic font may have its codes, ISO 32000-1, 9.6.6.4

Page = tuple[int, int]  # the number of its object


class Shown(NamedTuple):
    """A string on a page. `mark` is the MCID that it belongs to, `actual` what to read instead."""

    font: str
    codes: tuple[int, ...]
    mark: int | None
    artifact: bool
    actual: str | None


@dataclass(frozen=True)
class Font:
    """A font of a page."""

    dictionary: Any

    @cached_property
    def name(self) -> str:
        """Its name in the file."""
        return str(self.dictionary.get("/BaseFont", ""))

    @cached_property
    def wide(self) -> bool:
        """Whether a code has two bytes."""
        return bool(self.dictionary.Subtype == Name.Type0)

    @cached_property
    def embedded(self) -> bool:
        """Whether its file is in this one."""
        owner = self.dictionary.DescendantFonts[0] if self.wide else self.dictionary
        return "/FontFile2" in owner.get("/FontDescriptor", {})

    @cached_property
    def texts(self) -> dict[int, str]:
        """The text of each code, by its ToUnicode map; ISO 32000-1, 9.10.3."""
        found: dict[int, str] = {}
        if "/ToUnicode" not in self.dictionary:
            return found
        code = self.dictionary.ToUnicode.read_bytes()
        for block in CHARACTERS.findall(code):
            values = HEXADECIMAL.findall(block)
            found |= {int(key, 16): _text(value) for key, value in zip(values[::2], values[1::2], strict=True)}
        for block in RANGES.findall(code):
            for line in block.strip().splitlines():
                first, last, *values = HEXADECIMAL.findall(line)
                found |= _ranged(int(first, 16), int(last, 16), values)
        return found

    def codes(self, string: bytes) -> tuple[int, ...]:
        """The codes of a string."""
        if not self.wide:
            return tuple(string)
        return tuple(int.from_bytes(string[at : at + 2], "big") for at in range(0, len(string), 2))

    def text(self, codes: tuple[int, ...]) -> str:
        """What the codes mean; U+FFFD for one of which nothing is known."""
        return "".join(self.texts.get(code, "\ufffd") for code in codes)

    def glyph(self, code: int) -> int:
        """The number of the glyph of a code; 0 is .notdef."""
        if self.wide:
            pairs = self._glyph_numbers
            return int.from_bytes(pairs[2 * code : 2 * code + 2], "big") if pairs else code
        return next((self._glyphs[page + code] for page in SYMBOL_PAGES if page + code in self._glyphs), 0)

    @cached_property
    def _glyph_numbers(self) -> bytes:
        mapped = self.dictionary.DescendantFonts[0].get("/CIDToGIDMap")
        return bytes(mapped.read_bytes()) if isinstance(mapped, pikepdf.Stream) else b""

    @cached_property
    def _glyphs(self) -> dict[int, int]:
        """The glyph of each code by all maps of the embedded font."""
        file = self.dictionary.get("/FontDescriptor", {}).get("/FontFile2")
        if file is None:
            return {}
        font = TTFont(BytesIO(file.read_bytes()), lazy=True)
        maps = [table.cmap for table in font["cmap"].tables]
        return {code: font.getGlyphID(name) for table in maps for code, name in table.items()}


def _text(value: bytes) -> str:
    return bytes.fromhex(value.decode()).decode("utf-16-be", "replace")


def _ranged(first: int, last: int, values: list[bytes]) -> dict[int, str]:
    """A range to one text that counts up, or to a list of texts."""
    if len(values) == last - first + 1:
        return {first + step: _text(value) for step, value in enumerate(values)}
    start = _text(values[0])
    return {first + step: start[:-1] + chr(ord(start[-1]) + step) for step in range(last - first + 1)}


@dataclass
class Content:
    """The content of one page."""

    page: Any
    fonts: dict[str, Font] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, dictionary in self.page.get("/Resources", {}).get("/Font", {}).items():
            self.fonts[str(name)] = Font(dictionary)

    def shown(self) -> Iterator[Shown]:
        """Every string in the order in which it is drawn."""
        font, marks = "", [_Mark(None, artifact=False, actual=None)]
        for operands, operator in pikepdf.parse_content_stream(self.page):  # type: ignore[misc]
            name = str(operator)
            if name == "Tf":
                font = str(operands[0])
            elif name in ("BMC", "BDC"):
                marks.append(_inside(marks[-1], operands))
            elif name == "EMC" and len(marks) > 1:
                marks.pop()
            elif name in SHOW_TEXT and font in self.fonts:
                yield from (Shown(font, self.fonts[font].codes(text), *marks[-1]) for text in _strings(operands[-1]))

    def said(self) -> dict[int, str]:
        """What each mark of the page says; artifacts say nothing."""
        texts: dict[int, str] = {}
        for one in self.shown():
            if one.mark is not None and not one.artifact:
                read = self.fonts[one.font].text(one.codes) if one.actual is None else ""
                texts[one.mark] = texts.get(one.mark, one.actual or "") + read
        return texts


class _Mark(NamedTuple):
    mark: int | None
    artifact: bool
    actual: str | None


def _inside(outer: _Mark, operands: Any) -> _Mark:
    """The mark that is in force inside another."""
    properties = operands[1] if len(operands) > 1 and isinstance(operands[1], Dictionary) else Dictionary()
    return _Mark(
        int(properties.MCID) if "/MCID" in properties else outer.mark,
        outer.artifact or operands[0] == Name.Artifact,
        str(properties.ActualText) if "/ActualText" in properties else outer.actual,
    )


def _strings(operand: Any) -> Iterator[bytes]:
    for part in operand if isinstance(operand, pikepdf.Array) else [operand]:
        if isinstance(part, pikepdf.String):
            yield bytes(part)
