"""The house style: a Word file read into a Theme, and the fonts that print it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reports.errors import Problem
from reports.house.fonts import FontBook, read_fonts
from reports.house.mapping import StyleNames, read_mapping, style_ids
from reports.house.package import NUMBERING, Parts
from reports.house.parts import read_parts
from reports.house.read import read_house
from reports.house.theme import Theme


@dataclass(frozen=True, slots=True, eq=False)
class House:
    """What a writer needs of the look, read once: the parts of the Word file, its look as numbers, the fonts.

    `style_ids` has the id of every style by its name in Word, `derived` the names of those that were made because the
    file lacks them; `problems` what only Word can show.
    """

    path: Path
    parts: Parts
    style_ids: Mapping[str, str]
    theme: Theme
    fonts: FontBook
    problems: tuple[Problem, ...] = ()
    derived: tuple[str, ...] = ()


def open_house(path: Path, fonts: Path | FontBook, default: Path | None = None) -> House:
    """The house style of a Word file, with the fonts of a folder, or with fonts that were read before. `default` is the
    one from which a mapping beside the file may have styles derived.

    Raises HouseError if the file, the mapping or a font is missing, damaged, or lacks a style.
    """
    book, names = fonts if isinstance(fonts, FontBook) else read_fonts(fonts), read_mapping(path)
    parts, derived = _parts(path, names, default)
    ids = style_ids(parts, str(path), names)
    theme, problems = read_house(parts, str(path), book, ids)
    return House(path, parts, ids, theme, book, problems, derived)


def _parts(path: Path, names: StyleNames, default: Path | None) -> tuple[Parts, tuple[str, ...]]:
    """The parts of a house style with what its mapping asks for, and the names of the styles that were made."""
    if names == StyleNames():
        return read_parts(path), ()
    from reports.house.derive import complete  # noqa: PLC0415  for a file with a mapping alone

    parts = read_parts(path, spared=(NUMBERING,) if names.derive else ())
    return complete(parts, str(path), names, read_parts(default) if default and names.derive else parts)
