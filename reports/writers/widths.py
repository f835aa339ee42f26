"""How wide the columns of a table are, by their content: an estimate that needs no fonts, in ems of the text."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from types import MappingProxyType

from reports.document import Run, Table, Text, plain

# Advances of Noto Sans in ems; most sans fonts are narrower. Only shapes that are far from the mean are named.
DIGIT, NARROW, SLIM, LOWER, UPPER, BROAD, WIDE = 0.572, 0.27, 0.34, 0.555, 0.645, 0.85, 1.0
SHAPES = MappingProxyType(dict.fromkeys("fijlrtIJіІгғ", SLIM) | dict.fromkeys("mwMWшщжмыюЖМШЩЮФЫ…", BROAD))
BOLD = 1.08
WIDEST = 1.11  # a single word may be so much wider than the estimate: no column may break it
LONGEST = 14.0  # ems of a word that no column should break; what is longer is an address, and lets others have room
SUPERIOR = 0.6  # a superior is set at about this share of the text's size
# Between ideographs and Latin letters or digits Word leaves a quarter of an em (ECMA-376 part 1, 17.3.1.2 and 3).
IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff"
MIXED = re.compile(f"(?<=[{IDEOGRAPHS}])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[{IDEOGRAPHS}])")
AUTOSPACE = 0.25
NUMBER_END = re.compile(r"([.,\u066b])(\d+)(\D*)$")
WHOLE_END = re.compile(r"\d(\D*)$")
GROUP = 3  # digits between two separators of thousands
SPARE = 2.0  # what a column of figures keeps beside its widest one


def width(text: str) -> float:
    """The estimated width of the widest line of a text.

    >>> round(width("19.54"), 2), width("") < width("i") < width("W") < width("中文")
    (2.56, True)
    >>> width("5月") == width("5") + 0.25 + width("月")
    True
    """
    return max(map(_line_width, text.splitlines()), default=0.0)


def _line_width(line: str) -> float:
    advances = sum(map(_advance, line))
    return advances if line.isascii() else advances + AUTOSPACE * len(MIXED.findall(line))


@lru_cache(1 << 12)  # the characters of all languages, a few of Chinese aside
def _advance(char: str) -> float:
    if char.isdecimal():
        return DIGIT
    if unicodedata.east_asian_width(char) in "WF":
        return WIDE
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if char in SHAPES:
        return SHAPES[char]
    if char.isalpha():
        return UPPER if char.isupper() else LOWER
    return NARROW if unicodedata.category(char)[0] in "PZ" else LOWER


def said_width(text: Text) -> float:
    """The estimated width of a cell, superiors included."""
    superiors = sum(_superior(inline) for inline in text)
    return width(plain(text)) + superiors


def _superior(inline: object) -> float:
    return 0.0 if isinstance(inline, Run) else SUPERIOR * LOWER


def grid(table: Table, total: float, pad_x: float, size: float) -> tuple[tuple[float, ...], list[tuple[float, ...]]]:
    """The widths of the columns, and for each column how far the figure of each row stands off its edge for all to
    meet on the decimal mark."""
    figures = [number for number, kind in enumerate(table.columns) if kind == "figure"]
    mark = decimal_mark([cell for column in figures for cell in figure_cells(table, column)])
    indents = [tuple(0.0 for _ in table.rows)] * len(table.columns)
    for column in figures:
        found = tails(figure_cells(table, column), mark)
        indents[column] = tuple(size * (max(found, default=0) - tail) for tail in found)
    spare = max((max(column, default=0) for column in indents), default=0)
    return columns(table, total, 2 * pad_x + min(spare, 3 * size), size), indents


def columns(table: Table, total: float, pad: float, size: float) -> tuple[float, ...]:
    """The widths of the columns in points, `total` together; `pad` stands free in a cell, `size` is the text's."""
    least = [pad + size * max(widths) for widths in _by_column(table, _longest_word)]
    natural = [
        max(pad + size * max(widths), narrow)
        for widths, narrow in zip(_by_column(table, said_width), least, strict=True)
    ]
    least = [
        wide if kind == "figure" else narrow for wide, narrow, kind in zip(natural, least, table.columns, strict=True)
    ]
    if sum(natural) <= total:
        spare = total - sum(natural)
        return _scaled([wide + spare * wide / sum(natural) for wide in natural], total)
    room = total - sum(least)
    wanted = [wide - narrow for wide, narrow in zip(natural, least, strict=True)]
    if room <= 0 or not sum(wanted):
        return _scaled(least, total)
    return _scaled([narrow + room * want / sum(wanted) for narrow, want in zip(least, wanted, strict=True)], total)


def _by_column(table: Table, measure: Callable[[Text], float]) -> list[list[float]]:
    widths = [[1.0] for _ in table.columns]
    for row in table.header:
        for column, cell in zip(widths, row, strict=False):
            column.append(BOLD * measure(cell))
    for body_row in (row for row in table.rows if not row.spans):
        for column, cell in zip(widths, body_row.cells, strict=False):
            column.append(measure(cell) + (body_row.level if column is widths[0] else 0))
    return widths


def _longest_word(text: Text) -> float:
    return max((min(WIDEST * width(word), LONGEST) for word in re.split(r"[ \n\t]+", plain(text))), default=0.0)


def _scaled(widths: Sequence[float], total: float) -> tuple[float, ...]:
    return tuple(width * total / sum(widths) for width in widths)


# ---------------------------------------------------------------- decimal marks


def tails(cells: Sequence[Text], mark: str) -> tuple[float, ...]:
    """How far each figure of a column reaches beyond its units digit, in ems.

    >>> [round(tail, 2) for tail in tails([(Run("19.5"),), (Run("0.0365"),), (Run("…"),)], ".")]
    [0.84, 2.56, 0.0]
    """
    return tuple(_tail(cell, mark) for cell in cells)


def _tail(cell: Text, mark: str) -> float:
    text, superiors = plain(cell), sum(map(_superior, cell))
    found = NUMBER_END.search(text)
    if found and found[1] == mark:
        return NARROW + DIGIT * len(found[2]) + width(found[3]) + superiors
    whole = WHOLE_END.search(text)
    return (width(whole[1]) if whole else 0) + superiors


def decimal_mark(cells: Sequence[Text]) -> str:
    """The decimal mark of a table: what stands before any number of digits but three at the end of a figure.

    >>> decimal_mark([(Run("3,500"),), (Run("520.5"),)]), decimal_mark([(Run("3,500"),)])
    ('.', '')
    """
    found = (NUMBER_END.search(plain(cell)) for cell in cells)
    return next((match[1] for match in found if match and len(match[2]) != GROUP), "")


def figure_cells(table: Table, column: int) -> list[Text]:
    """The body cells of a column."""
    return [row.cells[column] for row in table.rows if column < len(row.cells)]
