"""What a brief says of its own way: its number, which copy it is, when it goes round, and whose it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from reports.document import Run, Text, plain
from reports.facts.values import Day
from reports.wording.pieces import Pieces


@dataclass(frozen=True, slots=True)
class Circulation:
    """What an order says of a brief beside its facts; nothing is printed of what is empty.

    `copy` counts from 1, `copies` is how many there are.
    """

    number: str = ""
    copy: int = 0
    copies: int = 0
    day: date | None = None
    department: str = ""


UNSAID = Circulation()


def circulation_said(circulation: Circulation, words: Callable[..., Text]) -> Mapping[str, str]:
    """The fields of Furniture that say it, in the words of templates/reports/common.j2; those of what is empty lack."""
    said: dict[str, str] = {}
    if circulation.number:
        said["number"] = plain(words("brief_number", brief_number=_as_given(circulation.number)))
    if circulation.copy:
        numbers = {"copy_number": _as_given(str(circulation.copy)), "copies": _as_given(str(circulation.copies))}
        lone = {"copy_number": numbers["copy_number"]}
        said["copy"] = plain(words("copy_of", **numbers) if circulation.copies else words("copy_label", **lone))
    if circulation.day:
        day = Day(circulation.day.year, circulation.day.month, circulation.day.day)
        said["circulated"] = plain(words("circulated", day=day))
    return said | ({"department": circulation.department} if circulation.department else {})


def _as_given(text: str) -> Pieces:
    return Pieces([Run(text)])
