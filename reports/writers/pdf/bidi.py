"""The direction of text: levels of embedding by the Unicode Bidirectional Algorithm (UAX #9), and the order on a line.

Isolates are resolved here, part by part, since the library knows none: inside, an isolate is a text of its own;
outside it counts as one neutral character. An isolate is taken to have a space or a sign on either side, as values
in a sentence have.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from bidi import algorithm

# Letters that run from right to left: Hebrew to Arabic Extended, presentation forms, ancient scripts, Adlam and others.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
OBJECT = "\ufffc"
NUMBER_SIGNS = frozenset("،؛,.:;+%-/")  # taken for parts of numbers
MARKS = ("\u200e", "\u200f")  # left-to-right, right-to-left
UNRESOLVED = {"LRE", "RLE", "LRO", "RLO", "PDF", "BN", "LRI", "RLI", "FSI", "PDI"}  # have the level of what is before


class Part(NamedTuple):
    """A part of a paragraph. Parts of one `isolate` are kept from mixing with the rest, in a direction of their own:
    that of their first letter, or the paragraph's where `follows` says so."""

    text: str
    isolate: int | None = None
    follows: bool = False


def levels(parts: Sequence[Part], right_to_left: bool) -> list[list[int]]:
    """The level of each character of each part; odd levels run from right to left."""
    base = int(right_to_left)
    groups = [(key, list(same)) for key, same in groupby(parts, key=lambda part: part.isolate)]
    outside = "".join(_text(same) if key is None else OBJECT for key, same in groups)
    resolved = iter(_resolved(outside, base))
    found: list[list[int]] = []
    for key, same in groups:
        if key is None:
            inside = [next(resolved) for _ in _text(same)]
        else:
            next(resolved)
            inside = _resolved(_text(same), base if same[0].follows else _inner(_text(same), base))
        given = iter(inside)
        found += [[next(given) for _ in part.text] for part in same]
    return found


def _inner(text: str, base: int) -> int:
    """The level of an isolate: the next above the paragraph's that has its direction."""
    return base + 1 if (base + 1) % 2 == _first_is_rtl(text) else base + 2


def _text(parts: Iterable[Part]) -> str:
    return "".join(part.text for part in parts)


def _first_is_rtl(text: str) -> bool:
    """Rules P2 and P3: the direction of the first letter."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind in ("R", "AL") for kind in strong if kind in ("L", "R", "AL")), False)


def _resolved(text: str, base: int) -> list[int]:
    """Line by line: rule P1."""
    found: list[int] = []
    for line in text.splitlines(keepends=True):
        found += _line_levels(line.rstrip("\n"), base)
        found += [base] * (len(line) - len(line.rstrip("\n")))
    return found


def _line_levels(line: str, base: int) -> Iterator[int]:
    kept = [unicodedata.bidirectional(char) not in UNRESOLVED for char in line]
    odd, above = base % 2, base - base % 2
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = odd, "R" if odd else "L"
    algorithm.get_embedding_levels("".join(char for char, stays in zip(line, kept, strict=True) if stays), storage)
    algorithm.explicit_embed_and_overrides(storage)
    for resolve in (algorithm.resolve_weak_types, algorithm.resolve_neutral_types, algorithm.resolve_implicit_levels):
        resolve(storage, False)
    given, level = iter(storage["chars"]), base
    for stays in kept:
        level = next(given)["level"] + above if stays else level
        yield level


def fences(texts: Sequence[str], given: Sequence[int]) -> list[dict[int, tuple[str, str]]]:
    """For each stretch of a line the marks of direction to be copied with a character, at its left and at its right.

    Programs that copy text out of a PDF guess directions from letters and numbers: where a stretch meets another with
    a neutral character, they take that to the wrong side unless a mark tells them.
    """
    found = []
    for position, (text, level) in enumerate(zip(texts, given, strict=True)):
        before, after = given[max(position - 1, 0)] != level, given[min(position + 1, len(given) - 1)] != level
        turned = level % 2 == 1
        marks: dict[int, tuple[str, str]] = {}
        for place, char in enumerate(text):
            first, last = before and place == 0, after and place == len(text) - 1
            sign = turned and char in NUMBER_SIGNS
            if (first or last or sign) and not _is_sure(char, level):
                sides = (last or sign, first) if turned else (first, last)
                marks[place] = MARKS[turned] * sides[0], MARKS[turned] * sides[1]
        found.append(marks)
    return found


def _is_sure(char: str, level: int) -> bool:
    return unicodedata.bidirectional(char) in (("R", "AL") if level % 2 else ("L", "EN", "AN"))


def visual_order(line_levels: Sequence[int]) -> list[int]:
    """Rule L2: which stretch of a line stands where, from left to right.

    >>> visual_order([1, 2, 1]), visual_order([0, 1, 1, 0])
    ([2, 1, 0], [0, 2, 1, 3])
    """
    order = list(range(len(line_levels)))
    for level in range(max(line_levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and line_levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return order
