"""How long editions stay: by age or number of each pair, and as long as there is room on the disk."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from reports.editions.shelf import Place, opened, places, seen, state
from reports.errors import Problem, ReportError

MONTH = timedelta(days=31)  # rather more is kept than less


@dataclass(frozen=True, slots=True)
class Keep:
    """What stays: editions of so many months, or so many of each pair, and no more bytes on the disk than `disk`; None
    is without bound."""

    months: int | None = None
    count: int | None = None
    disk: int | None = None


def retired(out: Path, keep: Keep, today: date) -> Iterator[Place | Problem]:
    """Remove the editions that need not stay, the oldest first; each that is gone, or the problem that kept it.

    The newest edition of a pair stays with the one whose changes it tells, else it could not be made again alike; so do
    those that were withdrawn and those with a file on record. A warning if the disk is full all the same.
    """
    candidates = [place for _, found in groupby(places(out), lambda place: place.pair) for place in tuple(found)[:-1]]
    for place in sorted(_expired(candidates, keep, today), key=lambda place: place.as_of):
        yield from _removed(place)
    if keep.disk is None:
        return
    left = sorted((place for place in candidates if place.record.is_file()), key=lambda place: place.as_of)
    for place in left:
        if used(out) <= keep.disk:
            return
        yield from _removed(place)
    if (size := used(out)) > keep.disk:
        hint = "raise disk under [retention], or move editions elsewhere"
        yield Problem(str(out), f"{size} bytes, more than the {keep.disk} that retention allows", hint, "warning")


def _expired(candidates: Iterable[Place], keep: Keep, today: date) -> Iterator[Place]:
    for _, found in groupby(candidates, lambda place: place.pair):
        older = list(found)  # the newest of the pair is not among them
        spare = len(older) - (keep.count - 1) if keep.count else 0
        first = today - MONTH * keep.months if keep.months else date.min
        yield from (place for number, place in enumerate(older) if number < spare or place.as_of < first)


def _removed(place: Place) -> Iterator[Place | Problem]:
    """Its record goes first: from then on it is no edition. What somebody has changed or added stays in the folder."""
    try:
        edition = seen(place)
        if edition.withdrawn or edition.added or _is_told_of(place):
            return
        with opened(place):
            whole = [record for record in edition.files().values() if state(place, record) == "whole"]
            place.record.unlink()
            for record in whole:
                (place.folder / record.name).unlink()
    except ReportError as error:
        yield from error.problems
        return
    except OSError as error:
        yield Problem(str(place.folder), f"cannot be removed: {error.strerror}", "it goes the next time", "warning")
        return
    with suppress(OSError):  # something of somebody's is in it
        place.folder.rmdir()
        place.folder.parent.rmdir()
    yield place


def _is_told_of(place: Place) -> bool:
    """Whether the newest edition of the pair tells what changed since this one."""
    newest = [other for other in places(place.out) if other.pair == place.pair][-1]
    return any(brief.before == place.as_of for brief in seen(newest).briefs.values())


def used(out: Path) -> int:
    """The bytes of all files below a folder."""
    total = 0
    for path in out.rglob("*"):
        with suppress(OSError):
            total += path.stat().st_size if path.is_file() else 0
    return total
