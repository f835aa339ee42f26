"""What every record of a YAML file has, and the time in which one holds.

`where` is always the file and line, for problems. `to` is the first day no longer.
"""

from dataclasses import dataclass
from datetime import date

from reports.facts.values import Day


@dataclass(frozen=True, slots=True)
class Record:
    """What every record has: sources, confirmation, embargo, use. `seen` is the first and last day confirmed."""

    where: str
    sources: tuple[str, ...] = ()
    seen: tuple[Day, Day] | None = None
    known: date | None = None
    use: bool = True
    confidentiality: str = "F"


@dataclass(frozen=True, slots=True)
class Tenure:
    """From the first day on, up to the first day no longer; either may be unknown."""

    start: Day | None = None
    end: Day | None = None


ALWAYS = Tenure()
