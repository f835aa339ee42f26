"""outloud, which reads a PDF as programs for the blind do, and its false alarms by rule, each with its reason.

None is passed over for good: what the rule looks for is asked by a check of our own, which is named with the reason.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import outloud

JOINED = re.compile(r"font \S+: \d+ different codes all map to U\+06[0-9A-F]{2} '.'")


class Excuse(NamedTuple):
    """Why a finding of a rule is none, in which files; `instead` is the check that asks what the rule means."""

    reason: str
    instead: str
    holds: Callable[[str, str], bool] = lambda _message, _language: True


EXCUSES: Mapping[str, Excuse] = MappingProxyType({
    "ORD-001": Excuse(
        "it puts all marks of a paragraph before those of the links in it; the tree has them in turn",
        "pdf_structure: marks are drawn in the order of the tree",
    ),
    "TBL-010": Excuse(
        "it counts headers against data: a small table with headers above and at the side has more headers",
        "pdf_elements: headers stand at the head and at the side, and nowhere else",
    ),
    "TAG-002": Excuse(
        "it knows headers and footers by their coming back, and a brief of one page has them once",
        "pdf_words: what is an artifact are words of the furniture and of headers that are repeated",
    ),
    "FIG-012": Excuse(
        "it counts words between spaces, which Chinese has not, and letters against figures, which a chart shows",
        "pdf_words: the description is that of the document",
    ),
    "TXT-004": Excuse(
        "letters that join have four forms and more, each a glyph with a code of its own",
        "pdf_elements: each code means something; pdf_words: what is copied is what was written",
        lambda message, language: language == "ar" and JOINED.fullmatch(message) is not None,
    ),
    "TAG-032": Excuse(
        "it compares a line as it is drawn with the text for it, and a line from right to left is drawn the other way",
        "pdf_words: the texts for lines are those of the document",
        lambda _message, language: language == "ar",
    ),
})  # fmt: skip


def findings(path: Path) -> list[Any]:
    """All that outloud finds."""
    result = outloud.check(str(path))
    return [*result.findings] if result.error is None else [result.error]


def alarms(path: Path, language: str = "en") -> list[str]:
    """What it finds that has no excuse."""
    return [str(found) for found in findings(path) if not _is_excused(found, language)]


def _is_excused(found: Any, language: str) -> bool:
    excuse = EXCUSES.get(getattr(found, "rule", ""))
    return excuse is not None and excuse.holds(found.message, language)
