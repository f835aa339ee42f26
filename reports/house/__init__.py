"""The house style: a Word file read into a Theme, and the fonts that print it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reports.errors import Problem
from reports.house.fonts import FontBook, read_fonts
from reports.house.package import Parts, read_parts
from reports.house.read import read_house, style_ids
from reports.house.theme import Theme


@dataclass(frozen=True, slots=True, eq=False)
class House:
    """What a writer needs of the look, read once: the parts of the Word file, its look as numbers, the fonts.

    `style_ids` has the id of every style by its name in Word; `problems` what only Word can show.
    """

    path: Path
    parts: Parts
    style_ids: Mapping[str, str]
    theme: Theme
    fonts: FontBook
    problems: tuple[Problem, ...] = ()


def open_house(path: Path, fonts: Path) -> House:
    """The house style of a Word file, with the fonts of a folder.

    Raises HouseError if the file or a font is missing, damaged, or lacks a style.
    """
    parts, book = read_parts(path), read_fonts(fonts)
    theme, problems = read_house(parts, str(path), book)
    return House(path, parts, style_ids(parts, str(path)), theme, book, problems)
