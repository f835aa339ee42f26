"""What is wrong with a house style, for the officer who edits it: styles, places, contrast, fonts, what PDF lacks."""

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from reports.errors import HouseError, Problem
from reports.house import House, open_house
from reports.house.filling import OPTIONAL, no_place
from reports.house.fonts import FontBook
from reports.house.theme import StripLine, TextStyle, Theme

# W3C, WCAG 2.2, 1.4.3 and 1.4.11: ratios of text, of large text, of what is no text; points from which it is large.
TEXT, LARGE, GRAPHIC = 4.5, 3.0, 3.0
LARGE_SIZE, LARGE_BOLD = 18, 14
WHITE = "FFFFFF"
CHANNELS = (0.2126, 0.7152, 0.0722)
LINEAR_UP_TO = 0.04045
SECONDS = 10  # that fontconfig may take for an answer


def problems_of(path: Path, fonts: FontBook, default: Path | None = None) -> tuple[Problem, ...]:
    """All problems of a house style: errors for what keeps briefs from being made or read, warnings for the rest."""
    try:
        house = open_house(path, fonts, default)
    except HouseError as error:
        return error.problems
    where = str(path)
    found = (
        *house.problems,
        *_derived(house),
        *_places(house.theme, where),
        *_contrast(house.theme, where),
        *_installed(house, where),
    )
    return tuple(dict.fromkeys(found))


def _derived(house: House) -> Iterator[Problem]:
    if house.derived:
        message = f"no style {', '.join(house.derived)}: made from the default house style"
        yield Problem(str(house.path), message, "add them in Word where their look is to be another", "warning")


def _places(theme: Theme, where: str) -> Iterator[Problem]:
    """What no page has a place for, and what stands at one end of the page alone."""
    ends = {"header": theme.headers.get("default", ()), "footer": theme.footers.get("default", ())}
    tags = {end: {piece.said for line in lines for piece in line.pieces} for end, lines in ends.items()}
    for name in OPTIONAL:
        if not any(name in found for found in tags.values()):
            yield no_place(where, name)
    for end, found in tags.items():
        if "classification" not in found:
            hint = "put a content control with the tag classification there, too (Developer, Controls)"
            yield Problem(where, f"the {end} has no place for the classification", hint, "warning")
    for line in (line for lines in ends.values() for line in lines):
        for piece in line.pieces:
            if piece.emblem and not piece.emblem.alternative:
                yield Problem(where, "a picture without alternative text", "Edit Alt Text in Word", "warning")


# ---------------------------------------------------------------- contrast


def luminance(colour: str) -> float:
    """The relative luminance of RRGGBB, 0 to 1 (WCAG 2.2, relative luminance).

    >>> luminance("FFFFFF"), luminance("000000")
    (1.0, 0.0)
    """
    parts = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= LINEAR_UP_TO else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip(CHANNELS, linear, strict=True))


def contrast(colour: str, ground: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, contrast ratio).

    >>> round(contrast("767676", "FFFFFF"), 2)
    4.54
    """
    lighter, darker = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _contrast(theme: Theme, where: str) -> Iterator[Problem]:
    for name, style in theme.styles.items():
        for ground in _grounds(name, style, theme):
            yield from _pale(f"style {name}", style, ground, where)
    strips = (lines for strip in (theme.headers, theme.footers) for lines in strip.values())
    for line in (line for lines in strips for line in lines):
        yield from _pale_line(line, where)
    for number, colour in enumerate(theme.chart.series, 1):
        if (ratio := contrast(colour, WHITE)) < GRAPHIC:
            problem = _too_pale(f"series {number} of charts", (colour, WHITE), (ratio, GRAPHIC), where)
            yield replace(problem, severity="warning")  # each mark has its value beside it, which a reader goes by


def _grounds(name: str, style: TextStyle, theme: Theme) -> Iterable[str]:
    """What a style stands on: its own tint, the fill of its rows, white."""
    if name == "Table Header":
        return [theme.table.head_fill or style.shade or WHITE]
    if name.startswith("Table ") and name != "Table Note":
        return {shade or style.shade or WHITE: None for shade in theme.table.bands}
    return [style.shade or WHITE]


def _pale_line(line: StripLine, where: str) -> Iterator[Problem]:
    for piece in line.pieces:
        if piece.kind in ("text", "place", "field") and piece.said.strip():
            yield from _pale(f"“{piece.said.strip()}” in header or footer", piece.style, WHITE, where)


def _pale(what: str, style: TextStyle, ground: str, where: str) -> Iterator[Problem]:
    large = style.size >= LARGE_SIZE or (style.bold and style.size >= LARGE_BOLD)
    wanted = LARGE if large else TEXT
    if (ratio := contrast(style.color, ground)) < wanted:
        yield _too_pale(what, (style.color, ground), (ratio, wanted), where)


def _too_pale(what: str, colours: tuple[str, str], ratios: tuple[float, float], where: str) -> Problem:
    (colour, ground), (found, wanted) = colours, ratios
    message = f"{what}: #{colour} on #{ground} has a contrast of {found:.2f} to 1"
    return Problem(where, message, f"a darker colour, to at least {wanted:g} to 1 (WCAG 2.2 AA)")


# ---------------------------------------------------------------- fonts


def _installed(house: House, where: str) -> Iterator[Problem]:
    """What this machine would show a Word file in, where it lacks a font; PDF carries its own."""
    for family in dict.fromkeys(style.font for style in house.theme.styles.values()):
        found = stand_in(family)
        if found and found.lower() != family.lower():
            own = "; PDF has its own" if family in house.fonts.families else ""
            message = f"font {family} is not installed here: a Word file shows in {found}{own}"
            yield Problem(where, message, "install it, from the folder fonts where it is there", "warning")


def stand_in(family: str) -> str:
    """The family that this machine shows for one; empty where fontconfig does not tell."""
    program = shutil.which("fc-match")
    if program is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603  a program of the system, the name as one argument
            [program, "--format", "%{family[0]}", "--", family],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
