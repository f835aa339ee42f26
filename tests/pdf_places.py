"""Where the words of a PDF stand, by poppler, and which of them are not where a reader can read them."""

import html
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
BESIDE = 0.8  # points by which two words may run into each other: rounding, and letters that lean
SAME_LINE = 0.3  # of the lower of two words: their middles are nearer than that


class Place(NamedTuple):
    """A word with its box, from the upper left corner of its page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


def places(data: bytes) -> tuple[list[Place], tuple[float, float]]:
    """All words in the order of the content, and the width and height of the pages."""
    run = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=data, capture_output=True, check=True)
    found, size = [], (0.0, 0.0)
    for number, (width, height, page) in enumerate(PAGE.findall(run.stdout.decode())):
        size = float(width), float(height)
        for left, top, right, bottom, text in WORD.findall(page):
            found.append(Place(number, float(left), float(top), float(right), float(bottom), html.unescape(text)))
    return found, size


def place_faults(data: bytes) -> list[str]:
    """Words beyond the edge of the page, and words that are printed over each other."""
    found, (width, height) = places(data)
    outside = [
        f"{one.text!r} is outside page {one.page + 1}" for one in found
        if one.left < 0 or one.right > width or one.top < 0 or one.bottom > height
    ]  # fmt: skip
    return [*outside, *overlapping(found)]


def overlapping(found: Iterable[Place]) -> Iterator[str]:
    """Words that are printed over each other."""
    lines: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for one in found:
        middle = (one.top + one.bottom) / 2
        for band in {int(middle / 8), int(middle / 8 + 0.5)}:
            lines[one.page, band].append(one)
    told = set()
    for line in lines.values():
        for one, other in combinations(line, 2):
            if _run_into(one, other) and (one, other) not in told:
                told.add((one, other))
                yield f"page {one.page + 1}: {one.text!r} and {other.text!r} are printed over each other"


def _run_into(one: Place, other: Place) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    apart = abs(one.top + one.bottom - other.top - other.bottom) / 2
    return across > BESIDE and apart < SAME_LINE * min(one.height, other.height)
