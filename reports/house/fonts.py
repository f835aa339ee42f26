"""The fonts of the house: which file prints which character. `make fonts` puts the files into the folder."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.errors import HouseError, Problem

LIST = "fonts.toml"
INDEX = ".ready"  # what `make fonts` wrote last: metrics and coverage of every file
HINT = "make fonts"

# The style asked for, then what stands in for it: a family may lack italics.
STYLES = {
    (False, False): ("regular",),
    (True, False): ("bold", "regular"),
    (False, True): ("italic", "regular"),
    (True, True): ("bold_italic", "bold", "italic", "regular"),
}
STYLE_NAMES = ("regular", "bold", "italic", "bold_italic")


@dataclass(frozen=True, slots=True, eq=False)
class FontFile:
    """One file: the code points that it prints; how far it reaches above and below the baseline, in ems.

    `shaped` says that its letters join, or that it is too large to be written letter by letter; `scale` how much larger
    it is printed than other scripts to look as large.
    """

    path: Path
    ascent: float
    descent: float
    coverage: frozenset[int]
    shaped: bool = False
    scale: float = 1


@dataclass(frozen=True, slots=True, eq=False)
class FontBook:
    """Every family with its files by style, and the order in which families are asked for a character: its own
    companions first."""

    families: Mapping[str, Mapping[str, FontFile]]
    fallback: tuple[str, ...]
    companions: Mapping[str, tuple[str, ...]]
    substitutes: Mapping[str, str]  # what a Word without a family takes for it

    def faces(self, family: str, bold: bool = False, italic: bool = False) -> tuple[FontFile, ...]:
        """The file of a family in a style, then the files that stand in for the characters that it lacks.

        For a family that is not listed the first of the fallback stands in; `problems` says so.
        """
        order = dict.fromkeys((family, *self.companions.get(family, ()), *self.fallback))
        return tuple(self._file(name, bold, italic) for name in order if name in self.families)

    def family_of(self, char: str) -> str:
        """The first family of the fallback that prints a character; '' if none does."""
        code = ord(char)
        return next((name for name in self.fallback if code in self.families[name]["regular"].coverage), "")

    def scale(self, family: str) -> float:
        """How much larger a family is printed than others to look as large."""
        return self.families[family]["regular"].scale

    def _file(self, family: str, bold: bool, italic: bool) -> FontFile:
        files = self.families[family]
        return next(files[style] for style in STYLES[bold, italic] if style in files)

    def missing(self, text: str) -> str:
        """The characters of a text that no font prints, each once."""
        covered = [files["regular"].coverage for files in self.families.values()]
        return "".join(char for char in dict.fromkeys(text) if not any(ord(char) in known for known in covered))

    def problems(self, families: Iterable[str]) -> tuple[Problem, ...]:
        """A warning for each family that a house style names and that is not listed."""
        unknown = [family for family in dict.fromkeys(families) if family not in self.families]
        hint = f"choose from {', '.join(sorted(self.families))}, or add the family to fonts/{LIST}"
        return tuple(
            Problem(family, f"no such font, {self.fallback[0]} stands in for it in PDF", hint, "warning")
            for family in unknown
        )


def read_fonts(folder: Path) -> FontBook:
    """The fonts that `fonts.toml` in the folder lists.

    Raises HouseError if the list cannot be read or a file is absent.
    """
    listed = read_list(folder)
    index = _index(folder)
    absent = [name for family in listed["families"].values() for name in files_of(family).values()]
    absent = [name for name in absent if not (folder / name).is_file()]
    if absent:
        raise HouseError(*(Problem(str(folder / name), "no such font file", HINT) for name in absent))
    families = {
        family: {style: _font_file(folder / name, index, entry) for style, name in files_of(entry).items()}
        for family, entry in listed["families"].items()
    }
    companions = {family: tuple(entry.get("companions", ())) for family, entry in listed["families"].items()}
    substitutes = {family: entry.get("substitute", "") for family, entry in listed["families"].items()}
    return FontBook(families, tuple(listed["fallback"]), companions, substitutes)


def read_list(folder: Path) -> dict[str, Any]:
    """What `fonts.toml` says. Raises HouseError where it cannot be read or contradicts itself."""
    path = folder / LIST
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise HouseError(Problem(str(path), f"the list of fonts cannot be read: {error}")) from error
    problems = tuple(_contradictions(str(path), listed))
    if problems:
        raise HouseError(*problems)
    return listed


def files_of(family: Mapping[str, Any]) -> dict[str, str]:
    """The file names of a family by style."""
    return {style: family[style] for style in STYLE_NAMES if style in family}


def _contradictions(where: str, listed: Mapping[str, Any]) -> Iterator[Problem]:
    families, fallback = listed.get("families", {}), listed.get("fallback", ())
    if not fallback:
        yield Problem(where, "no family in `fallback`", "name at least one listed family")
    for family in fallback:
        if family not in families:
            yield Problem(where, f"`fallback` names {family}, which is not listed")
    for family, entry in families.items():
        for companion in entry.get("companions", ()):
            if companion not in families:
                yield Problem(where, f"`companions` of {family} names {companion}, which is not listed")
        if "regular" not in entry:
            yield Problem(where, f"{family} has no `regular` file")


def _index(folder: Path) -> dict[str, Any]:
    try:
        files = json.loads((folder / INDEX).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}  # an index is a saving of time, never needed
    return files if isinstance(files, dict) else {}


def _font_file(path: Path, index: Mapping[str, Any], family: Mapping[str, Any]) -> FontFile:
    entry = index.get(path.name)
    if not entry or entry["size"] != path.stat().st_size:
        entry = measured(path)
    covered = frozenset(point for first, last in entry["ranges"] for point in range(first, last + 1))
    return FontFile(
        path, entry["ascent"], entry["descent"], covered, family.get("shaped", False), family.get("scale", 1)
    )


def measured(path: Path) -> dict[str, Any]:
    """Size, metrics and coverage of a font file, as the index keeps them.

    Raises HouseError if it is no TrueType font.
    """
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415  only for a file that the index does not know

    try:
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            points, unit, line = sorted(font.getBestCmap()), font["head"].unitsPerEm, font["hhea"]
            ascent, descent = line.ascent / unit, -line.descent / unit
    except (TTLibError, KeyError) as error:
        raise HouseError(Problem(str(path), f"no TrueType font: {error}")) from error
    return {"size": path.stat().st_size, "ascent": ascent, "descent": descent, "ranges": list(_ranges(points))}


def _ranges(points: list[int]) -> Iterator[tuple[int, int]]:
    """Sorted numbers as first and last of each unbroken stretch.

    >>> list(_ranges([1, 2, 3, 7, 9, 10]))
    [(1, 3), (7, 7), (9, 10)]
    """
    first = last = None
    for point in points:
        if last is None or point != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = point
        last = point
    if first is not None and last is not None:
        yield first, last
