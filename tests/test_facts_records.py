"""Office holders, events, agreements and relations as of a day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reports.errors import DataError
from reports.facts.facts import Facts, facts_of
from reports.facts.offices import holders_between
from reports.facts.profile_records import Membership, Office
from reports.facts.record import Record, Tenure
from reports.facts.records import (
    Agreement,
    Ambassador,
    Areas,
    Commission,
    Country,
    Data,
    Event,
    Group,
    Mission,
    Pair,
    Person,
    Recognition,
    Relations,
    Source,
    Visa,
)
from reports.facts.standpoint import Disclosure, Known, Standpoint
from reports.facts.values import Count, Day, Days, Name

DAY = date(2025, 10, 20)
RECORD = Record("a.yaml:1", ("page",))
PAGE = Source("page", "Ministry", "Page", date(2026, 11, 25), published=Day(2025, 10, 20))
PEOPLE = {
    name: Person(name, country, sex)
    for name, country, sex in (
        ("Ana", "LU", "f"),
        ("Ben", "LU", "m"),
        ("Cai", "LU", ""),
        ("Kim", "KZ", "m"),
        ("Lea", "KZ", "f"),
    )
}
NO_PAIR = Pair("KZ", "LU")


def day(text: str) -> Day:
    return Day(*map(int, text.split("-")))


def term(person: str, start: str = "", end: str = "", seen: str = "", office: str = "head_of_state") -> Office:
    first, _, last = seen.partition("/")
    record = replace(RECORD, seen=(day(first), day(last or first)) if seen else None)
    tenure = Tenure(day(start) if start else None, day(end) if end else None)
    return Office(record, office, f"Title of {person}", person, tenure)


def data(
    *offices: Office, pair: Pair = NO_PAIR, between: Pair | None = None, memberships: tuple[Membership, ...] = ()
) -> Data:
    kim = term("Kim", "2019-03-20")
    pairs = {(found.first, found.second): found for found in (pair, between) if found}
    countries = {
        "LU": Country("LU", offices=offices, memberships=memberships),
        "KZ": Country("KZ", offices=(kim, term("Lea", "2020", office="other"))),
    }
    groups = {"EU": Group("EU", "European Union", "union")}
    return Data("KZ", "en", {"page": PAGE}, groups, PEOPLE, {}, countries, pairs)


def facts(known_data: Data, as_of: date = DAY, *, known: Known = "known", disclosure: Disclosure = "internal") -> Facts:
    return facts_of(known_data, "KZ", "LU", as_of, known=known, disclosure=disclosure)


def head(*offices: Office, on: str) -> str:
    holder = facts(data(*offices), date.fromisoformat(on)).holder("LU", "head_of_state")
    return holder.person.text if holder else ""


# ---------------------------------------------------------------- offices


def test_a_term_includes_its_first_day_and_not_its_last() -> None:
    terms = term("Ana", "2023-05-01", "2026-02-10"), term("Ben", "2026-02-10")

    assert [head(*terms, on=day) for day in ("2026-01-31", "2026-02-10", "2026-03-31")] == ["Ana", "Ben", "Ben"]
    assert [head(*terms, on=day) for day in ("2023-04-30", "2023-05-01")] == ["", "Ana"]


def test_all_holders_of_a_period_are_told_in_order() -> None:
    terms = term("Ben", "2026-02-10"), term("Ana", "2023-05-01", "2026-02-10")
    standpoint = Standpoint(data(*terms), "KZ", "LU", date(2026, 3, 31))
    holders = holders_between(standpoint, "LU", "head_of_state", (date(2026, 1, 1), date(2026, 3, 31)))

    assert [(holder.person.text, holder.until) for holder in holders] == [("Ana", Day(2026, 2, 10)), ("Ben", None)]


def test_an_office_is_vacant_after_a_term_that_nobody_followed() -> None:
    assert head(term("Ana", "2020-01-01", "2025-12-31"), on="2026-01-15") == ""


def test_a_month_in_from_counts_from_its_beginning() -> None:
    assert head(term("Ana", "2023-11"), on="2023-11-01") == "Ana"
    assert head(term("Ana", "2023"), on="2022-12-31") == ""


def test_inside_the_month_in_which_a_term_ends_the_successor_counts_once_begun() -> None:
    old, new = term("Ana", "2015", "2023-11"), term("Ben", "2023-11-17")

    assert [head(old, new, on=day) for day in ("2023-11-16", "2023-11-17", "2023-12-01")] == ["Ana", "Ben", "Ben"]
    assert head(old, on="2023-11-30") == "Ana"
    assert head(old, on="2023-12-01") == ""


def test_without_from_a_person_is_named_from_the_day_first_seen() -> None:
    seen = term("Ana", seen="2015/2017", end="2023-11-17")

    assert [head(seen, on=day) for day in ("2014-12-31", "2015-01-01", "2023-11-16")] == ["", "Ana", "Ana"]


def test_the_day_last_confirmed_is_told_if_it_is_past_or_all_that_is_known() -> None:
    def confirmed(office: Office) -> Day | None:
        holder = facts(data(office)).holder("LU", "head_of_state")
        assert holder
        return holder.seen

    assert confirmed(term("Ana", "2020", seen="2025-05")) == Day(2025, 5)
    assert confirmed(term("Ana", "2020", seen="2026-01-21")) is None
    assert confirmed(term("Ana", seen="2025-10-20")) == Day(2025, 10, 20)
    assert confirmed(term("Ana", seen="2025-09-01/2026-03-07")) is None
    assert confirmed(term("Ana", "2020")) is None


def test_a_holder_has_what_grammar_and_sources_need() -> None:
    (ana,) = facts(data(term("Ana", "2020"))).offices("LU")
    (cai,) = facts(data(term("Cai", "2020"))).offices("LU")

    assert (ana.key, ana.title.text, ana.female, ana.since, ana.sources) == (
        "office/head_of_state/LU",
        "Title of Ana",
        True,
        Day(2020),
        ("page",),
    )
    assert cai.female is None


def test_a_change_of_the_last_twelve_months_is_told_and_an_older_one_is_not() -> None:
    terms = term("Ana", "2000-10-07", "2025-10-03"), term("Ben", "2025-10-03")
    (change,) = facts(data(*terms)).successions("LU")

    assert (change.office, change.new.person.text, change.day) == ("head_of_state", "Ben", Day(2025, 10, 3))
    assert change.old
    assert change.old.person.text == "Ana"
    assert facts(data(*terms), date(2025, 10, 1)).successions("LU") == ()
    assert facts(data(*terms), date(2026, 10, 4)).successions("LU") == ()


def test_a_second_term_is_no_change() -> None:
    terms = term("Ana", "2020-01-01", "2025-06-01"), term("Ana", "2025-06-01")

    assert facts(data(*terms)).successions("LU") == ()


def test_an_embargo_hides_a_record_until_its_day_but_not_from_all_facts() -> None:
    secret = replace(term("Ana", "2020"), record=replace(RECORD, known=date(2025, 10, 21)))

    assert facts(data(secret)).offices("LU") == ()
    assert facts(data(secret), known="all").offices("LU")
    assert facts(data(secret), date(2025, 10, 21)).offices("LU")


def test_internal_records_are_left_out_of_public_briefs() -> None:
    internal = replace(term("Ana", "2020"), record=replace(RECORD, confidentiality="N"))

    assert facts(data(internal)).offices("LU")
    assert facts(data(internal), disclosure="public").offices("LU") == ()


# ---------------------------------------------------------------- events


def told(*events: Event, as_of: date = DAY, known: Known = "known") -> Facts:
    terms = term("Ana", "2020", "2025-10-03"), term("Ben", "2020", office="foreign_minister")
    return facts(data(*terms, pair=Pair("KZ", "LU", events=events)), as_of, known=known)


def test_the_first_person_of_a_visit_is_the_visitor_with_all_of_that_country() -> None:
    visit = Event(RECORD, "visit", Day(2025, 9, 1), who=("Ana", "Kim", "Ben"), documents=2)
    (event,) = told(visit).events

    assert [person.person.text for person in event.visitors] == ["Ana", "Ben"]
    assert [person.person.text for person in event.hosts] == ["Kim"]
    assert (event.host, event.documents, event.key) == ("KZ", Count(Decimal(2)), "event/2025-09-01/1")
    assert [person.title.text for person in event.people] == ["Title of Ana", "Title of Kim", "Title of Ben"]


def test_events_are_newest_first_and_count_from_their_day_on() -> None:
    past = Event(RECORD, "meeting", Day(2025, 9, 1), who=("Kim",))
    under_way = Event(RECORD, "summit", Days(Day(2025, 10, 20), Day(2025, 10, 22)), who=("Kim",))
    ahead = Event(RECORD, "meeting", Day(2025, 10, 21), who=("Kim",))

    assert [event.kind for event in told(past, ahead, under_way).events] == ["summit", "meeting"]


def test_an_event_of_a_year_counts_once_a_source_has_told_or_the_year_is_over() -> None:
    vague = Event(RECORD, "meeting", Day(2025), who=("Kim",))

    assert told(vague, as_of=date(2025, 10, 19)).events == ()
    assert len(told(vague, as_of=date(2025, 10, 20)).events) == 1
    assert len(told(replace(vague, record=Record("a")), as_of=date(2025, 12, 31)).events) == 1


def test_an_event_on_a_day_at_the_latest_counts_from_that_day() -> None:
    latest = Event(RECORD, "meeting", Day(2025, 10, 20), latest=True, who=("Kim",))

    assert told(latest, as_of=date(2025, 10, 19)).events == ()
    assert told(latest).events[0].latest
    assert len(told(replace(latest, day=Day(2025, 10))).events) == 1


def test_a_planned_event_is_told_ahead_once_it_is_known() -> None:
    record = replace(RECORD, known=date(2025, 10, 1))
    planned = Event(record, "visit", Day(2025, 12, 1), who=("Kim",), planned=True)

    assert [event.planned for event in told(planned).events] == [True]
    assert told(planned, as_of=date(2025, 9, 30)).events == ()
    assert told(planned, as_of=date(2025, 12, 2)).events == ()
    assert told(replace(planned, record=RECORD)).events == ()


def test_the_title_is_that_of_the_day() -> None:
    meeting = Event(RECORD, "meeting", Day(2025, 10, 2), who=("Ana",))

    assert told(meeting).events[0].people[0].title.text == "Title of Ana"
    with pytest.raises(DataError, match="Ana held no office on 2025-10-04"):
        told(replace(meeting, day=Day(2025, 10, 4)))


def test_events_of_one_day_have_keys_of_their_own() -> None:
    twice = [Event(RECORD, "meeting", Day(2025, 9, 1), who=("Kim",))] * 2

    assert {event.key for event in told(*twice).events} == {"event/2025-09-01/1", "event/2025-09-01/2"}


# ---------------------------------------------------------------- agreements


def test_agreements_of_a_group_hold_for_its_full_members() -> None:
    signed = Agreement(RECORD, "Enhanced agreement", "agreement", signed=Day(2015, 12, 21), in_force=Day(2020))
    own = Agreement(RECORD, "Memorandum", "memorandum", signed=Day(2023, 6, 29), parties=("KZ", "LU"))
    between, pair = Pair("KZ", "EU", agreements=(signed,)), Pair("KZ", "LU", agreements=(own,))
    member, observer = Membership(RECORD, ("UN", "EU")), Membership(RECORD, ("EU",), "observer")

    views = facts(data(pair=pair, between=between, memberships=(member,))).agreements
    assert [(view.key, view.through and view.through.text) for view in views] == [
        ("agreement/1", None),
        ("agreement/EU/1", "European Union"),
    ]
    assert views[0].parties == (Name("KZ"), Name("LU"))
    assert len(facts(data(pair=pair, between=between, memberships=(observer,))).agreements) == 1
    seen_from_lu = facts_of(data(pair=pair, between=between, memberships=(member,)), "LU", "KZ", DAY)
    assert [view.key for view in seen_from_lu.agreements] == ["agreement/1", "agreement/EU/1"]


def test_an_agreement_with_a_group_to_which_both_belong_is_not_one_between_them() -> None:
    membership = Membership(RECORD, ("EU",))
    between = Pair("KZ", "EU", agreements=(Agreement(RECORD, "Treaty", "treaty"),))
    known = data(between=between, memberships=(membership,))
    both = replace(known, countries={**known.countries, "KZ": Country("KZ", memberships=(membership,))})

    assert len(facts(known).agreements) == 1
    assert facts(both).agreements == ()


def test_agreements_count_when_signed_until_they_end() -> None:
    def keys(agreement: Agreement) -> int:
        return len(facts(data(pair=Pair("KZ", "LU", agreements=(agreement,)))).agreements)

    agreement = Agreement(RECORD, "Treaty", "treaty")
    assert keys(agreement) == 1
    assert keys(replace(agreement, signed=Day(2025, 10, 20))) == 1
    assert keys(replace(agreement, signed=Day(2025, 10, 21))) == 0
    assert keys(replace(agreement, ends=Day(2025, 10, 20))) == 0


def test_an_agreement_not_yet_in_force_does_not_say_since_when() -> None:
    agreement = Agreement(RECORD, "Treaty", "treaty", signed=Day(2025, 1, 1), in_force=Day(2026, 1, 1))

    assert facts(data(pair=Pair("KZ", "LU", agreements=(agreement,)))).agreements[0].in_force is None


# ---------------------------------------------------------------- relations


def test_relations_are_as_of_the_day() -> None:
    relations = Relations(
        recognition=(Recognition(RECORD, Day(1991, 12, 31), "LU"),),
        diplomatic_relations=(Recognition(RECORD, Day(1992, 6, 29)),),
        missions=(
            Mission(RECORD, "embassy", "LU", "Astana", Day(2017, 6, 10)),
            Mission(RECORD, "embassy", "KZ", "Luxembourg", Day(2019, 5), Day(2024, 1, 1)),
            Mission(RECORD, "consulate", "KZ", "Esch"),
        ),
        ambassadors=(
            Ambassador(replace(RECORD, seen=(Day(2019, 3, 21),) * 2), "KZ", "LU", "Lea", "Brussels"),
            Ambassador(RECORD, "KZ", "LU", "Kim", "Brussels", Tenure(Day(2022, 2, 10))),
        ),
        commissions=(Commission(RECORD, "Council", last=Day(2025, 10, 21), next=Day(2026)),),
        visas=(Visa(RECORD, "both", "visa_free", 30, Tenure(Day(2023, 11, 10))),),
        areas=(Areas(RECORD, ("transport",), Day(2024, 1, 1)), Areas(RECORD, ("space", "trade"), Day(2025, 10, 20))),
        none=frozenset({"consulates"}),
    )
    known = data(pair=Pair("KZ", "LU", relations=relations))
    seen = facts(known).relations

    assert seen.diplomatic_relations
    assert seen.diplomatic_relations.day == Day(1992, 6, 29)
    assert [(milestone.key, milestone.by) for milestone in seen.recognition] == [("recognition/LU", "LU")]
    assert [mission.place.text for mission in seen.missions] == ["Astana", "Esch"]
    assert [mission.key for mission in seen.missions_of("KZ")] == ["mission/3"]
    assert [(found.person.text, found.since, found.key) for found in seen.ambassadors] == [
        ("Kim", Day(2022, 2, 10), "ambassador/KZ")
    ]
    assert (seen.commissions[0].last, seen.commissions[0].next) == (None, Day(2026))
    assert [visa.rule for visa in seen.visas] == ["visa_free"]
    assert seen.areas
    assert [area.text for area in seen.areas.names] == ["space", "trade"]
    assert seen.none == {"consulates"}

    before = facts(known, date(2021, 1, 1)).relations
    assert [found.person.text for found in before.ambassadors] == ["Lea"]
    assert [mission.place.text for mission in before.missions] == ["Astana", "Luxembourg"]
    assert (before.visas, before.areas) == ((), None)
