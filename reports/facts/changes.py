"""What changed between two editions of a pair: their ledgers of figures compared, record by record.

A figure that was provisional, estimated or forecast (SDMX OBS_STATUS P, E, F) and has other digits now is a scheduled
revision; one that was final is revised by its source if that marks it so (R) or published it anew, else it is a
correction: what we told was wrong. Digits are compared exactly: 13.60 million is 13.6 million. A meeting or an
agreement is found again by what is said of it: its number may have moved.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Literal

from reports.document import FigureRecord
from reports.facts.ledger_keys import PARTS, Group, followers, group_of, matched, rank, series_of
from reports.facts.rebuilt import quantity_of

Kind = Literal[
    "new",  # nothing like it stood in the edition before
    "new_period",  # it takes the place of the figure of another period
    "scheduled",  # other digits, where the old ones were provisional, estimated or forecast
    "revised",  # other digits where the old ones were final, by a later publication or marked so by the source
    "correction",  # other digits where the old ones were final, of the same publication
    "confirmed",  # the same digits, provisional no longer
    "status",  # the same digits, of another status
    "changed",  # a record says something else
    "moved",  # a record says the same under another number
    "dropped",  # it is told no longer
]
OPEN = frozenset("PEF")
REVISED = "R"
Ledger = Mapping[str, FigureRecord]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what stood before and what stands now, by key. A record (a meeting, an office) is one change.

    `family` is figure, office, ambassador, event, agreement or the like, `record` the key of the figure or of the
    record as it is now. `reason` is the SDMX status of a figure that is given no longer (M, O, Q), or `superseded`
    where a newer one stands. What is not `told` is for programs alone: what follows from a change that is told, or
    from the calendar; `derived` figures are of that kind where one of their inputs changed.
    """

    kind: Kind
    family: str
    record: str
    old: Ledger = field(default_factory=dict)
    new: Ledger = field(default_factory=dict)
    reason: str = ""
    derived: bool = False
    told: bool = True

    @property
    def period(self) -> str:
        """The period of a figure, that of now before that of then; empty for records."""
        return next((record.period for record in (*self.new.values(), *self.old.values())), "")


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes in the order of a brief: people, headline figures, events, agreements, relations, other figures."""

    changes: tuple[Change, ...]

    @property
    def told(self) -> tuple[Change, ...]:
        """Those that a reader is told."""
        return tuple(change for change in self.changes if change.told)

    def plain(self) -> list[dict[str, object]]:
        """All of them as plain lists and dictionaries, for JSON: kind, family, record, told, derived, old, new."""
        return [asdict(change) for change in self.changes]

    def applied(self, old: Ledger) -> dict[str, FigureRecord]:
        """The old ledger with the changes made."""
        gone = {key for change in self.changes for key in change.old}
        kept = {key: record for key, record in old.items() if key not in gone and counts(key)}
        return kept | {key: record for change in self.changes for key, record in change.new.items()}


def changes_of(old: Ledger, new: Ledger, home: str = "") -> Changes:
    """The changes from one ledger to another. People of the country that is not `home` come first."""
    old, new = _counted(old), _counted(new)
    groups = {key: group_of(key, record) for ledger in (old, new) for key, record in ledger.items()}
    found = [*_of_records(old, new, groups), *_of_figures(old, new, groups)]
    listed = {key for change in found for key in (*change.old, *change.new)}
    found = [_quiet(change, listed) for change in found]
    return Changes(tuple(sorted(found, key=lambda change: _order(change, home))))


def counts(key: str) -> bool:
    """Whether a key is of what the edition itself says, not of what it says of changes."""
    return not key.startswith(PARTS)


def _counted(ledger: Ledger) -> Ledger:
    return {key: record for key, record in ledger.items() if counts(key)}


def _quiet(change: Change, listed: Set[str]) -> Change:
    """A derived figure is told only if it changed and nothing that it follows from is listed."""
    inputs = {key for record in (*change.old.values(), *change.new.values()) for key in record.inputs}
    if change.family != "figure" or not inputs:
        return change
    both = bool(change.old and change.new) and change.kind != "new_period"
    return replace(change, derived=True, told=both and inputs.isdisjoint(listed))


def _order(change: Change, home: str) -> tuple[object, ...]:
    """Rank, the partner first, then the newest period first."""
    return rank(change.family, change.record, home), -_ordinal(change.period), change.record


def _ordinal(period: str) -> int:
    found = series_of("", FigureRecord("", 0, "", period)).end
    return found.toordinal() if found else 0


# ---------------------------------------------------------------- figures


def _of_figures(old: Ledger, new: Ledger, groups: Mapping[str, Group]) -> Iterator[Change]:
    before = {key: record for key, record in old.items() if groups[key].family == "figure"}
    now = {key: record for key, record in new.items() if groups[key].family == "figure"}
    for key in sorted(before.keys() & now.keys()):
        kind = compared(before[key], now[key])
        if kind:
            reason = now[key].status if kind == "dropped" else ""
            yield Change(kind, "figure", key, {key: before[key]}, {key: now[key]}, reason)
    gone, come = before.keys() - now.keys(), now.keys() - before.keys()
    pairs = followers(before, now)
    for then, key in pairs.items():
        yield Change("new_period", "figure", key, {then: before[then]}, {key: now[key]})
    for key in sorted(come - set(pairs.values())):
        yield Change("new", "figure", key, new={key: now[key]})
    newest = _newest(now)
    for key in sorted(gone - set(pairs)):
        series = series_of(key, before[key])
        superseded = series.end is not None and series.end <= newest.get(series.name, date.min)
        reason = "superseded" if superseded else ""
        yield Change("dropped", "figure", key, {key: before[key]}, reason=reason, told=not superseded)


def _newest(ledger: Ledger) -> Mapping[tuple[object, ...], date]:
    """The last day of the newest figure of every series."""
    found: dict[tuple[object, ...], date] = defaultdict(lambda: date.min)
    for key, record in ledger.items():
        series = series_of(key, record)
        if series.end:
            found[series.name] = max(found[series.name], series.end)
    return found


def compared(old: FigureRecord, new: FigureRecord) -> Kind | None:
    """What happened to a figure or a text of one key; None if it says the same.

    >>> old = FigureRecord("13.60", 6, "USD", "2024", status="P")
    >>> compared(old, FigureRecord("13.6", 6, "USD", "2024")), compared(old, FigureRecord("13.7", 6, "USD", "2024"))
    ('confirmed', 'scheduled')
    """
    if bool(old.value) != bool(new.value):
        return "new" if new.value else "dropped"
    was, now = frozenset(old.status), frozenset(new.status)
    if measured(old) == measured(new):
        if was == now:
            return None
        return "confirmed" if was & OPEN and not now & OPEN else "status"
    if was & OPEN:
        return "scheduled"
    published_anew = bool(old.vintage) and new.vintage > old.vintage
    return "revised" if REVISED in now or published_anew else "correction"


def measured(record: FigureRecord) -> tuple[object, ...]:
    """What a record says, so that the same reads the same: the exact number, unit and qualifier; a text as it is."""
    value = quantity_of(record)
    if value is None:
        return record.value, record.multiplier, record.unit, record.qualifier
    upper = None if value.upper is None else value.upper.scaleb(record.multiplier)
    return value.digits.scaleb(record.multiplier), upper, record.unit, record.qualifier


# ---------------------------------------------------------------- records


def _of_records(old: Ledger, new: Ledger, groups: Mapping[str, Group]) -> Iterator[Change]:
    before, now = _grouped(old, groups), _grouped(new, groups)
    pairs = matched(
        {name: _content(ledger) for name, ledger in before.items()},
        {name: _content(ledger) for name, ledger in now.items()},
    )
    for then, name in pairs.items():
        change = _of_record(name, before[then], now[name])
        if change.old or change.new:
            yield change
    for name in sorted(now.keys() - set(pairs.values())):
        yield _of_record(name, {}, now[name])
    for name in sorted(before.keys() - set(pairs)):
        yield _of_record(name, before[name], {})


def _grouped(ledger: Ledger, groups: Mapping[str, Group]) -> dict[tuple[str, str], dict[str, FigureRecord]]:
    """The records of a ledger by family and key of the record, each part under its whole key."""
    found: dict[tuple[str, str], dict[str, FigureRecord]] = {}
    for key, record in ledger.items():
        group = groups[key]
        if group.family != "figure":
            found.setdefault((group.family, group.record), {})[key] = record
    return found


def _content(ledger: Ledger) -> Mapping[str, object]:
    """What a record says, by part."""
    return {group_of(key, record).part: measured(record) for key, record in ledger.items()}


def _of_record(name: tuple[str, str], old: Ledger, new: Ledger) -> Change:
    """The parts of a record that differ, as one change."""
    family, record = name
    was, now = _content(old), _content(new)
    parts = {part for part in was.keys() | now.keys() if was.get(part) != now.get(part)}

    def kept(ledger: Ledger, other: Ledger) -> Ledger:
        differing = (key for key in ledger if group_of(key, ledger[key]).part in parts or key not in other)
        return {key: ledger[key] for key in differing}

    kind: Kind = "dropped" if not new else "new" if not old else "changed" if parts else "moved"
    heard = any(
        group_of(key, found[key]).heard(now) for found in (old, new) for key in found if _part(key, found) in parts
    )
    return Change(kind, family, record, kept(old, new), kept(new, old), told=heard)


def _part(key: str, ledger: Ledger) -> str:
    return group_of(key, ledger[key]).part
