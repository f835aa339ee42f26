"""A fact that is no number: a person, a day, a place, with its key and its sources."""

from dataclasses import dataclass
from datetime import date

from reports.facts.values import Value

STANDING = frozenset({"as_of", "cutoff"})  # keys of what a brief says of itself: its day, and that of its data


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of a record: the holder of office/head_of_state/LU, the day of event/2025-09-23/1.

    A `draft` is the text of an officer that nobody has approved yet.
    """

    key: str
    value: Value
    sources: tuple[str, ...] = ()
    known: date | None = None
    draft: bool = False
