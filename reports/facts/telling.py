"""From the ledgers of two editions to news: the records of both made values again, with the facts of now beside."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from reports.document import FigureRecord
from reports.facts.changes import Change, Changes, Ledger, changes_of
from reports.facts.fact import Fact
from reports.facts.facts import Facts
from reports.facts.figures import Figure
from reports.facts.ledger_keys import group_of
from reports.facts.news import AgreementNews, Before, EventNews, FigureNews, News, PostNews
from reports.facts.people import AMBASSADOR
from reports.facts.rebuilt import calendar_day, day_of, figure_of, key_of, officials, said_by_name
from reports.facts.records import Data
from reports.facts.values import Day, Entry, ListOf, Name, Official, Value

One = TypeVar("One")


def with_news(facts: Facts, data: Data, before: Before, now: Ledger) -> Facts:
    """The facts with what changed from an edition before to the figures of now; `data` are those of now."""
    known = _known(facts)
    found = changes_of(before.figures, now, facts.home.code).changes
    changes = Changes(tuple(_unprinted(change) if change.record in known else change for change in found))
    return replace(facts, changes=_Teller(facts, data, before, now, officials(data)).news(changes))


def _known(facts: Facts) -> frozenset[str]:
    """The keys of meetings, agreements and figures that are known now, printed or not."""
    figures = (facts.figures, facts.world, *facts.profiles.values())
    valued = (figure.key for some in figures for figure in some.all() if figure.value is not None)
    views = (*(event.key for event in facts.events), *(agreement.key for agreement in facts.agreements))
    return frozenset((*views, *valued))


def _unprinted(change: Change) -> Change:
    """A list that is cut short no longer has it: that is no news of the two countries."""
    return replace(change, reason="unprinted", told=False) if change.kind == "dropped" else change


@dataclass(frozen=True, slots=True)
class _Teller:
    """Makes values of the records of two ledgers."""

    facts: Facts
    data: Data
    before: Before
    now: Ledger
    known: Mapping[str, Official]

    def news(self, changes: Changes) -> News:
        """All that a reader is told."""
        told = changes.told
        others = [change for change in told if change.family in ("relations", "profile")]
        return News(
            Day.of(self.before.as_of),
            posts=tuple(self.post(change) for change in told if change.family in ("office", "ambassador")),
            events=tuple(self.event(change) for change in told if change.family == "event"),
            agreements=tuple(_there(self.agreement(change) for change in told if change.family == "agreement")),
            subjects=tuple(dict.fromkeys(_subject(change) for change in others if change.family == "relations")),
            profiles=tuple(Name(change.record.partition(":")[0]) for change in others if change.family == "profile"),
            figures=tuple(_there(self.figure(change) for change in told if change.family == "figure")),
            changes=changes,
        )

    # ------------------------------------------------------------ records

    def fact(self, key: str, value: Value | None, record: FigureRecord, prefix: str = "") -> Fact | None:
        """A value with its key; with that of what an edition says of changes, if it has a prefix."""
        sources = tuple(source for source in record.sources if source in self.data.sources)
        name = f"{prefix}({key})" if prefix else key
        return Fact(name, value, sources, day_of(record.vintage)) if value else None

    def person(self, key: str, ledger: Ledger, prefix: str = "") -> Fact | None:
        """The person of a key."""
        record = ledger.get(key)
        return self.fact(key, said_by_name(record.value, self.known), record, prefix) if record else None

    def day(self, key: str, ledger: Ledger, prefix: str = "") -> Fact | None:
        """The day of a key."""
        record = ledger.get(key)
        return self.fact(key, calendar_day(record.value), record, prefix) if record else None

    def post(self, change: Change) -> PostNews:
        """The holder of an office now, and the one before."""
        key = change.record
        leader = self.person(key, self.now)
        old, then = self.person(key, self.before.figures, "before"), self.before.figures.get(key)
        now = self.now.get(key)
        same = then is not None and now is not None and then.value == now.value
        parts = key.split("/")
        envoy = change.family == "ambassador"
        country = Name(parts[1] if envoy else parts[-1])
        host = self.facts.home if country == self.facts.partner else self.facts.partner
        return PostNews(
            office=change.family if envoy else parts[1],
            country=country,
            leader=leader,
            predecessor=None if same else old,
            since=self.day(f"{key}/since", self.now),
            vacant=self.day(f"{key}/vacant", self.now),
            female=self._is_female(leader or old),
            host=host if envoy else None,
            dated=same,
        )

    def _is_female(self, holder: Fact | None) -> bool:
        """Whether the holder is a woman, as grammar needs it; an ambassador is known by name alone."""
        value = holder.value if holder else None
        if isinstance(value, Entry):
            value = self.known.get(f"{AMBASSADOR.text} {value.text}")
        return isinstance(value, Official) and bool(value.female)

    def event(self, change: Change) -> EventNews:
        """A visit or a meeting, with its people under one key."""
        gone = change.kind == "dropped"
        ledger = change.old if gone else self.now
        own = {key: record for key, record in ledger.items() if key.startswith(f"{change.record}/")}
        persons = [own[key] for key in sorted(own) if group_of(key, own[key]).part.startswith("person/")]
        people = ListOf(tuple(said_by_name(record.value, self.known) for record in persons)) if persons else None
        view = next((event for event in self.facts.events if event.key == change.record), None)
        prefix = "before" if gone else ""
        key = f"{change.record}/people"
        return EventNews(
            change.kind,
            None if gone else view,
            self.day(f"{change.record}/day", ledger, prefix),
            self.fact(key, people, persons[0], prefix or "changes") if persons else None,
        )

    def agreement(self, change: Change) -> AgreementNews | None:
        """An agreement with the days that are known of it."""
        key, gone = change.record, change.kind == "dropped"
        ledger, prefix = (self.before.figures, "before") if gone else (self.now, "")
        record = ledger.get(key)
        title = self.fact(key, Entry("agreement", record.value), record, prefix) if record else None
        if title is None:
            return None
        in_force = self.day(f"{key}/in_force", ledger, prefix)
        enters = set(change.new) == {f"{key}/in_force"} and not change.old
        return AgreementNews(change.kind, title, self.day(f"{key}/signed", ledger, prefix), in_force, enters)

    # ------------------------------------------------------------ figures

    def figure(self, change: Change) -> FigureNews | None:
        """A figure before and now; None if neither can be made a value again."""
        ((key, record),) = list((change.new or change.old).items())[:1]
        parts = key_of(key, record)
        old, new = self._figure(change.old, "before"), self._figure(change.new)
        shown = new or old
        if parts is None or shown is None:
            return None
        return FigureNews(
            change.kind,
            change.reason or self._reason(key),
            parts.indicator,
            parts.aspect,
            parts.item,
            parts.base,
            parts.country,
            "" if parts.reporter is None else shown.reporter or "?",
            old,
            new,
        )

    def _figure(self, ledger: Ledger, prefix: str = "") -> Figure | None:
        for key, record in ledger.items():
            found = figure_of(key, record, self.facts.home.code, self.data.sources)
            return replace(found, key=f"{prefix}({key})") if found and prefix else found
        return None

    def _reason(self, key: str) -> str:
        """Why a figure is given no longer: the status of the one without a value that stands in its place."""
        found = (figure for figure in self.facts.figures.all() if figure.key == key and figure.value is None)
        return next((figure.status for figure in found), "")


def _there(found: Iterable[One | None]) -> Iterator[One]:
    return (one for one in found if one is not None)


def _subject(change: Change) -> str:
    """What a record is of, without its number."""
    return change.record.partition("/")[0]
