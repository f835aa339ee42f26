"""What is known of two countries on a day: Data seen from one of them becomes Facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from reports.errors import UnknownChoice
from reports.facts.agreements import AgreementView, agreements_of
from reports.facts.collection import Figures
from reports.facts.events import EventView, events_of
from reports.facts.keys import Keys
from reports.facts.news import News
from reports.facts.notes import Notes, notes_of
from reports.facts.offices import Holder, Offices, Succession, offices_of
from reports.facts.profile import ProfileView, profile_of
from reports.facts.records import Data, Pair, Source
from reports.facts.redenomination import changes_of_money, in_present_money
from reports.facts.relations import RelationsView, relations_of
from reports.facts.reverse import seen_from
from reports.facts.review import Review, review_of, untranslated
from reports.facts.select import Selection, select
from reports.facts.standpoint import Disclosure, Known, Standpoint
from reports.facts.values import Day, Name
from reports.pictures import Photograph

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a brief may say. `cutoff` is the newest vintage used, None without figures.

    `profiles` has the figures of each country alone (area, population), with keys that begin with its code; `world`
    those of the home country with all countries. `next_edition` is the day on which the next brief comes out, `owner`
    the unit in charge; None and empty if the data do not say. `visit` is the day of the visit that was asked for.
    `changes` is what changed since the edition before, if there is one to compare with. `portraits` has the pictures of
    those in office, by name.
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
    world: Figures
    countries: Mapping[str, ProfileView]
    notes: Notes
    review: Review
    owner: str = ""
    next_edition: Day | None = None
    disclosure: Disclosure = "internal"
    changes: News | None = None
    portraits: Mapping[str, Photograph] = field(default_factory=dict)
    visit: date | None = None

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


def facts_of(  # noqa: PLR0913  what an order says: two countries, a day, two rules, a visit
    data: Data,
    home: str,
    partner: str,
    as_of: date,
    *,
    known: Known = "known",
    disclosure: Disclosure = "internal",
    visit: date | None = None,
    revised: date | None = None,
) -> Facts:
    """The facts of two countries on a day, with the texts for a visit, else the next; `revised` as in Standpoint.
    UnknownChoice: no such pair."""
    pair = pair_of(data, home, partner)
    standpoint = Standpoint(data, home, partner, as_of, known, disclosure, revised)
    selection = select(seen_from(home, pair), Keys(home, data.indicators), standpoint)
    figures = Figures.of_selection(_in_present_money(selection, standpoint, home, partner), as_of)
    held = offices_of(standpoint, home, partner)
    relations, notes = relations_of(standpoint, pair), notes_of(standpoint, pair, visit)
    events, agreements = events_of(standpoint, pair), agreements_of(standpoint, pair)
    lacking = untranslated(data.words, events, agreements, relations, notes, tuple(held.holders.values()))
    return Facts(
        cutoff=_cutoff(selection),
        figures=figures,
        profiles={country: _profile(standpoint, country) for country in (home, partner)},
        held=held,
        events=events,
        agreements=agreements,
        relations=relations,
        sources=data.sources,
        world=_world(standpoint),
        countries={country: profile_of(standpoint, country) for country in (home, partner)},
        notes=notes,
        review=replace(review_of(standpoint, figures, held, relations, notes), untranslated=lacking),
        visit=visit,
        portraits=_portraits(data, held, relations),
        **_standing(standpoint),
    )


def _portraits(data: Data, held: Offices, relations: RelationsView) -> Mapping[str, Photograph]:
    """The pictures of those in office, by name."""
    named = [holder.person.text for holders in held.holders.values() for holder in holders]
    named += [ambassador.person.text for ambassador in relations.ambassadors]
    known = {name: data.people[name].picture for name in named if name in data.people}
    return {name: picture for name, picture in known.items() if picture}


def _standing(standpoint: Standpoint) -> dict[str, Any]:
    """What the brief is by its order and the settings of the data."""
    return {
        "home": Name(standpoint.home),
        "partner": Name(standpoint.partner),
        "as_of": Day.of(standpoint.day),
        "known": standpoint.known,
        "disclosure": standpoint.disclosure,
        "owner": standpoint.data.owner,
        "next_edition": _next_edition(standpoint.day, standpoint.data.edition_day),
    }


def partners(data: Data, home: str) -> tuple[str, ...]:
    """The countries that share a folder with `home`; groups are none."""
    others = {second if first == home else first for first, second in data.pairs if home in (first, second)}
    return tuple(sorted(others - set(data.groups)))


def _cutoff(selection: Selection) -> Day | None:
    """The newest vintage used."""
    newest = max((figure.known for figure in selection.figures if figure.known), default=None)
    return Day.of(newest) if newest else None


def pair_of(data: Data, home: str, partner: str) -> Pair:
    """What the folder of two countries has, whichever is named first. UnknownChoice if there is none."""
    pair = data.pairs.get((home, partner)) or data.pairs.get((partner, home))
    if pair:
        return pair
    if not partners(data, home):
        homes = {code for codes in data.pairs for code in codes} - set(data.groups)
        raise UnknownChoice("home country", home, homes)
    raise UnknownChoice("partner", partner, partners(data, home))


def _world(standpoint: Standpoint) -> Figures:
    """The figures of the home country with all countries: the whole that a share is taken of."""
    data, home = standpoint.data, standpoint.home
    world = next((code for code, group in data.groups.items() if group.kind == "world"), "")
    pair = data.pairs.get((home, world)) or data.pairs.get((world, home)) or Pair(home, world)
    rows = seen_from(home, pair)
    return Figures.of_selection(select(rows, Keys(home, data.indicators, world), standpoint), standpoint.day)


def _next_edition(today: date, edition_day: int) -> Day | None:
    """The first day after today on which an edition comes out, of a month that has 28 days at least."""
    if not edition_day:
        return None
    month = today.month if today.day < edition_day else today.month + 1
    return Day.of(date(today.year + (month > MONTHS), (month - 1) % MONTHS + 1, edition_day))


def _in_present_money(selection: Selection, standpoint: Standpoint, *countries: str) -> Selection:
    changes = changes_of_money(standpoint, *countries)
    return replace(selection, figures=tuple(in_present_money(figure, changes) for figure in selection.figures))


def _profile(standpoint: Standpoint, country: str) -> Figures:
    found = standpoint.data.countries.get(country)
    keys = Keys(standpoint.home, standpoint.data.indicators, country)
    selection = select(found.observations if found else (), keys, standpoint)
    return Figures.of_selection(_in_present_money(selection, standpoint, country), standpoint.day)
