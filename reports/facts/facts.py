"""What is known of two countries on a day: Data seen from one of them becomes Facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from reports.errors import UnknownChoice
from reports.facts.agreements import AgreementView, agreements_of
from reports.facts.collection import Figures
from reports.facts.events import EventView, events_of
from reports.facts.keys import Keys
from reports.facts.offices import Holder, Offices, Succession, offices_of
from reports.facts.records import Data, Pair, Source
from reports.facts.relations import RelationsView, relations_of
from reports.facts.reverse import seen_from
from reports.facts.select import select
from reports.facts.standpoint import Disclosure, Known, Standpoint
from reports.facts.values import Day, Name


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a brief may say. `cutoff` is the newest vintage used, None without figures.

    `profiles` has the figures of each country alone (area, population), with keys that begin with its code.
    """

    home: Name
    partner: Name
    as_of: Day
    cutoff: Day | None
    known: Known
    figures: Figures
    profiles: Mapping[str, Figures]
    held: Offices
    events: tuple[EventView, ...]
    agreements: tuple[AgreementView, ...]
    relations: RelationsView
    sources: Mapping[str, Source]

    def offices(self, country: str) -> tuple[Holder, ...]:
        """The heads of state and of government and the foreign minister of one of the two, as far as known."""
        return self.held.holders.get(country, ())

    def holder(self, country: str, office: str) -> Holder | None:
        """Who holds an office; None if it is vacant or nobody knows."""
        return next((holder for holder in self.offices(country) if holder.office == office), None)

    def successions(self, country: str, days: int = 365) -> tuple[Succession, ...]:
        """The changes of head of state and of government in the last days, newest first."""
        since = self.as_of.first - timedelta(days=days)
        return tuple(change for change in self.held.successions.get(country, ()) if change.day.first > since)

    def profile(self, country: str) -> Figures:
        """The figures of one of the two countries alone."""
        return self.profiles[country]


def facts_of(  # noqa: PLR0913  what an order says: two countries, a day, two rules
    data: Data, home: str, partner: str, as_of: date, *, known: Known = "known", disclosure: Disclosure = "internal"
) -> Facts:
    """The facts of two countries on a day. UnknownChoice if there is no folder for the two."""
    pair = _pair(data, home, partner)
    standpoint = Standpoint(data, home, partner, as_of, known, disclosure)
    selection = select(seen_from(home, pair), Keys(home, data.indicators), standpoint)
    vintages = [figure.known for figure in selection.figures if figure.known]
    return Facts(
        home=Name(home),
        partner=Name(partner),
        as_of=Day.of(as_of),
        cutoff=Day.of(max(vintages)) if vintages else None,
        known=known,
        figures=Figures.of_selection(selection, as_of),
        profiles={country: _profile(standpoint, country) for country in (home, partner)},
        held=offices_of(standpoint, home, partner),
        events=events_of(standpoint, pair),
        agreements=agreements_of(standpoint, pair),
        relations=relations_of(standpoint, pair),
        sources=data.sources,
    )


def partners(data: Data, home: str) -> tuple[str, ...]:
    """The countries that share a folder with `home`; groups are none."""
    others = {second if first == home else first for first, second in data.pairs if home in (first, second)}
    return tuple(sorted(others - set(data.groups)))


def _pair(data: Data, home: str, partner: str) -> Pair:
    pair = data.pairs.get((home, partner)) or data.pairs.get((partner, home))
    if pair:
        return pair
    if not partners(data, home):
        homes = {code for codes in data.pairs for code in codes} - set(data.groups)
        raise UnknownChoice("home country", home, homes)
    raise UnknownChoice("partner", partner, partners(data, home))


def _profile(standpoint: Standpoint, country: str) -> Figures:
    found = standpoint.data.countries.get(country)
    keys = Keys(standpoint.home, standpoint.data.indicators, country)
    return Figures.of_selection(select(found.observations if found else (), keys, standpoint), standpoint.day)
