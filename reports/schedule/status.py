"""What a person or a monitor asks of the schedule: last results, next runs, and runs that did not happen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from reports.history import History, RunRecord, Sighting
from reports.schedule.due import believed, unsettled
from reports.schedule.plan import Plan
from reports.schedule.rules import Entry, Run, Visit, upcoming


@dataclass(frozen=True, slots=True)
class EntryStatus:
    """How an entry stands. Instants are in UTC, None where there is none yet.

    `succeeded` is when a run last ended well and `success` the key of that run, `result` how the last run of all
    ended. `overdue` are the keys of runs that ought to have succeeded and have not, later than the grace of the plan.
    """

    entry: str
    timing: str
    success: str
    succeeded: datetime | None
    last: str
    ended: datetime | None
    result: str
    next: str
    due: datetime | None
    overdue: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """How the schedule stands. `looked` is when somebody last asked what is due; `ok` is what a monitor watches."""

    ok: bool
    looked: datetime | None
    entries: tuple[EntryStatus, ...]


def status(plan: Plan, history: History, now: datetime) -> Status:
    """How each entry stands now. Not ok is an overdue run, and a schedule at which nobody ever looked."""
    looked, seen, kept = history.looked(), history.seen(), history.by_entry()
    entries = tuple(
        _entry(entry, believed(kept.get(entry.name, ()), now), _known(entry, seen, looked), now, plan.grace)
        for entry in plan.entries
    )
    on_time = not any(entry.overdue for entry in entries)
    return Status(on_time and (looked is not None or not entries), looked, entries)


def coming(plan: Plan, now: datetime, count: int = 10) -> tuple[Run, ...]:
    """The next runs of all entries, the soonest first."""
    return upcoming(plan.entries, now, count)


def _known(entry: Entry, seen: Mapping[str, Sighting], looked: datetime | None) -> Mapping[str, Sighting]:
    """Since when runs are owed: nobody looked since an entry came in, so it counts from the last look."""
    if looked and (entry.name not in seen or seen[entry.name].timing != entry.timing):
        return {**seen, entry.name: Sighting(entry.timing, looked)}
    return seen


def _entry(
    entry: Entry, records: tuple[RunRecord, ...], seen: Mapping[str, Sighting], now: datetime, grace: timedelta
) -> EntryStatus:
    success, last = _last(records, "success"), _last(records)
    runs = upcoming((entry,), now, 1)
    late = [] if _unowed(entry, seen, now - grace) else unsettled(entry, records, seen, now - grace)
    return EntryStatus(
        entry.name, entry.timing,
        success.task.key if success else "", success.finished if success else None,
        last.task.key if last else "", last.finished if last else None, last.result if last else "",
        runs[0].key if runs else "", runs[0].due if runs else None,
        tuple(run.key for run in late[-1:]),
    )  # fmt: skip


def _unowed(entry: Entry, seen: Mapping[str, Sighting], then: datetime) -> bool:
    """Whether nothing can be overdue: the entry came in after that instant, or its visit was over."""
    new = entry.name not in seen or seen[entry.name].since > then
    return new or (isinstance(entry, Visit) and entry.clock.day(then) > entry.ends)


def _last(records: tuple[RunRecord, ...], result: str = "") -> RunRecord | None:
    found = [record for record in records if result in ("", record.result)]
    return found[-1] if found else None
