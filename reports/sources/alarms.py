"""Alarms: what is odd and may yet be true of the pages, so that a keeper may accept it after review."""

import csv
import io
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from reports.errors import Problem

ALARMS = (
    "change", "currency", "date", "fiscal", "force", "form", "future", "gap", "jump", "language", "old", "part-year",
    "parts", "planned", "sex", "share", "swap", "term", "unconfirmed", "undated", "unit", "vacant", "whole",
)  # fmt: skip
# What concerns the keeper alone, or depends on the day of the check: no brief warns of it.
DESK = frozenset({"form", "language", "old", "planned", "sex", "unconfirmed", "undated", "vacant"})
UNNEEDED = "unneeded"  # an acceptance without its alarm


@dataclass(frozen=True, slots=True)
class Alarm:
    """A warning that a keeper may accept after review: of which kind, on which pair or country, about what."""

    place: str
    what: str
    key: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Accepted:
    """A reviewed alarm that is true of the pages: `check` is silent on it."""

    place: str
    what: str
    key: str
    where: str


def alarm(what: str, key: str, of: tuple[str, str], message: str, hint: str = "") -> Alarm:
    """An alarm about something `of` a place and a line; the hint ends with the row that accepts it."""
    place, where = of
    accept = f"if it is so, add {_cells(place, what, key)} with the reason to accepted.csv"
    return Alarm(place, what, key, Problem(where, message, f"{hint}; {accept}" if hint else accept, "warning", what))


def _cells(*cells: str) -> str:
    """The beginning of a row of CSV."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def judged(
    found: Iterable[Alarm], accepted: Iterable[Accepted], others: Container[tuple[str, str, str]] = ()
) -> Iterator[Problem]:
    """The alarms that nobody has accepted, and the acceptances that no alarm needs, now or among the `others`."""
    silent = {(row.place, row.what, row.key): row for row in accepted}
    sounded = set()
    for one in found:
        identity = (one.place, one.what, one.key)
        sounded.add(identity)
        if identity not in silent:
            yield one.problem
    for identity, row in silent.items():
        if identity not in sounded and identity not in others:
            yield Problem(row.where, f"no alarm {','.join(identity)}", "remove the row", "warning", UNNEEDED)
