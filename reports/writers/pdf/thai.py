"""Thai has no spaces between words: where a word ends is learnt (UAX #14, class SA)."""

import re
from functools import cache
from typing import Any

from reports.writers.pdf.clusters import clusters

THAI = re.compile("[\u0e01-\u0e7f]+")


def words(text: str) -> list[str]:
    """A text of any script, parted behind each Thai word.

    The model of BudouX (Apache 2.0, 33 kB, no dependencies) serves: dictionaries for Python weigh megabytes, and ICU
    has to be built. It may part a foreign name, but never what a reader takes for one character.
    """
    found, end = [""], 0
    for stretch in THAI.finditer(text):
        found[-1] += text[end : stretch.start()]
        first, *others = _parted(stretch.group())
        found[-1] += first
        found += others
        end = stretch.end()
    found[-1] += text[end:]
    return found


def _parted(thai: str) -> list[str]:
    ends, place = set(), 0
    for word in _parser().parse(thai):
        place += len(word)
        ends.add(place)
    found, place = [""], 0
    for cluster in clusters(thai):
        if place in ends:
            found.append("")
        found[-1] += cluster
        place += len(cluster)
    return found


@cache
def _parser() -> Any:
    from budoux import load_default_thai_parser  # noqa: PLC0415  only for those who write Thai

    return load_default_thai_parser()
