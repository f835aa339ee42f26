"""What is due: of the plan and the history, the runs to make now, and those that are no longer made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from reports.errors import Problem
from reports.history import SETTLED, History, RunRecord, Sighting
from reports.orders import Order
from reports.schedule.plan import Choices, Plan
from reports.schedule.rules import ALL, Edition, Entry, Run, Visit, occurrences

FAILED = ("failed", "partly", "interrupted")
FIRST_WAIT = timedelta(minutes=10)  # after a failed try; it doubles with each
INSTANT = timedelta(microseconds=1)
SLIP = timedelta(days=1)  # by which the clock of the machine may be set back


@dataclass(frozen=True, slots=True)
class Skipped:
    """A run that is not made any more, and why. `lost` if nothing is made in its place."""

    run: Run
    reason: str
    lost: bool = False

    @property
    def problem(self) -> Problem:
        """What a person is told of it."""
        hint = "make it by hand if it is still wanted" if self.lost else ""
        return Problem(self.run.key, self.reason, hint, "warning")


@dataclass(frozen=True, slots=True)
class Work:
    """The runs to make now, the longest due first, and those to be skipped."""

    runs: tuple[Run, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def due(plan: Plan, history: History, now: datetime, *, retry: bool = False) -> tuple[Run, ...]:
    """The runs to make now. `retry` tries again at once what failed, however often it did."""
    return work(plan, history, now, retry=retry).runs


def work(plan: Plan, history: History, now: datetime, *, retry: bool = False) -> Work:
    """What to make and what to skip. It changes nothing.

    Of the runs that an entry missed only the newest is made. An edition does not run for days before the schedule
    first had it; a visit that is entered late is prepared at once, as long as it is not over.
    """
    seen, kept = history.seen(), history.by_entry()
    runs: list[Run] = []
    skipped: list[Skipped] = []
    for entry in plan.entries:
        records = believed(kept.get(entry.name, ()), now)
        missed = unsettled(entry, records, seen, now)
        if not missed:
            continue
        *older, newest = missed
        tried = {record.task.key for record in records}
        if isinstance(entry, Visit) and entry.clock.day(now) > entry.ends:
            reason = f"not made: the visit ended on {entry.ends}"
            skipped += [Skipped(run, reason, lost=True) for run in missed if run.key not in tried]
            continue
        skipped += [Skipped(run, f"caught up by {newest.key}") for run in older if run.key not in tried]
        tries = [record for record in records if record.task.key == newest.key and record.result in FAILED]
        if retry or _may_try(tries, plan.tries, now):
            runs.append(_as_of(newest, entry, now))
    return Work(tuple(sorted(runs, key=lambda run: (run.due, run.key))), tuple(skipped))


def believed(records: Sequence[RunRecord], now: datetime) -> tuple[RunRecord, ...]:
    """The records without those of the future, which are of a clock that went wrong: nothing would be due until then.
    What such a run made is found unchanged, and is not delivered again."""
    return tuple(record for record in records if record.started <= now + SLIP)


def unsettled(entry: Entry, records: Sequence[RunRecord], seen: Mapping[str, Sighting], now: datetime) -> list[Run]:
    """The runs of an entry that ought to have been and of which none succeeded or was skipped, the oldest first."""
    settled = {record.task.key: record.task.due for record in records if record.result in SETTLED}
    tried = {record.task.key: record.task.due for record in records if record.result in FAILED}
    start = _since(entry, seen, now)
    if tried:
        start = min(start, *tried.values())
    if settled:
        start = max(start, max(settled.values()) + INSTANT)
    since = _since(entry, seen, now)
    runs = occurrences(entry, start - INSTANT, now)
    return [run for run in runs if run.key not in settled and (run.due >= since or run.key in tried)]


def _since(entry: Entry, seen: Mapping[str, Sighting], now: datetime) -> datetime:
    """From when on runs are owed: of an edition since the schedule has it with this timing, of a visit all."""
    if isinstance(entry, Visit):
        return min(entry.clock.instant(entry.begins - timedelta(days=max(entry.prepare))), now)
    sighting = seen.get(entry.name)
    return sighting.since if sighting and sighting.timing == entry.timing else now


def _may_try(tries: Sequence[RunRecord], most: int, now: datetime) -> bool:
    """Whether a run that failed so often may be tried: at once after a crash, else after a wait that grows."""
    if not tries:
        return True
    last = tries[-1]
    wait = timedelta() if last.result == "interrupted" else FIRST_WAIT * 2 ** (len(tries) - 1)
    return len(tries) < most and now >= (last.finished or last.started) + wait


def _as_of(run: Run, entry: Entry, now: datetime) -> Run:
    """A brief before a visit holds what is known on the day on which it is made; an edition is of its own day."""
    return replace(run, day=entry.clock.day(now)) if isinstance(entry, Visit) else run


# ---------------------------------------------------------------- orders


def orders_of(run: Run, plan: Plan, home: str, choices: Choices) -> tuple[Order, ...]:
    """The orders of a run, one for each partner and report, in all its languages and formats.

    `all` is every partner, report, language or format of the choices. KeyError if the plan no longer has the entry.
    """
    return tuple(_orders(run, plan.entry(run.entry), home, choices))


def _orders(run: Run, entry: Entry, home: str, choices: Choices) -> Iterator[Order]:
    making = entry.making
    partners = entry.partners if isinstance(entry, Edition) else (entry.partner,)
    languages, formats = _chosen(making.languages, choices.languages), _chosen(making.formats, choices.formats)
    for partner in _chosen(partners, choices.partners):
        for report in _chosen(making.reports, choices.reports):
            yield Order(
                home, partner, run.day, report, languages, formats, disclosure=making.disclosure, visit=run.visit
            )


def _chosen(names: tuple[str, ...], every: tuple[str, ...]) -> tuple[str, ...]:
    return every if ALL in names else names
