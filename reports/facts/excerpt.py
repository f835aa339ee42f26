"""What a brief of two countries is made from, out of a whole data set: nothing else of other countries goes with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from reports.facts.notes import SENSITIVE
from reports.facts.people import AMBASSADOR
from reports.facts.records import Country, Data, Event, OfficerNote, Pair, Relations, WordForms
from reports.facts.standpoint import Disclosure

Held = TypeVar("Held", Pair, Country, Relations)
INTERNAL = "N"
SECRET: Mapping[Disclosure, frozenset[str]] = {"internal": frozenset("C"), "public": frozenset({"C", INTERNAL})}
# What says of which kind a record is, and where it counts.
STAYS = frozenset(
    {"record", "kind", "about", "day", "confidentiality", "indicator", "item", "period", "where", "office"}
)


def excerpt(data: Data, home: str, partner: str, disclosure: Disclosure = "internal") -> Data:
    """The data set with the records alone that count for the two countries; a brief of it is the same as of all data.

    Of other countries and pairs only where persons of the two held an office or were seen, what holds through a group
    and the figures of the home country with the world. What may not be told keeps its place and loses its words.
    """
    own, secret = {home, partner}, SECRET[disclosure]
    data = replace(
        data,
        pairs={codes: _without(pair, secret) for codes, pair in data.pairs.items()},
        countries={code: _without(country, secret) for code, country in data.countries.items()},
    )
    ours = {codes: pair for codes, pair in data.pairs.items() if set(codes) == own}
    countries = {code: data.countries[code] for code in sorted(own & set(data.countries))}
    persons = frozenset(_strings([*ours.values(), *countries.values()])) & set(data.people)
    pairs = {
        codes: pair if codes in ours else _of_others(pair, persons, bool(own & set(codes)), data)
        for codes, pair in data.pairs.items()
    }
    countries |= {code: _elsewhere(found, persons) for code, found in data.countries.items() if code not in own}
    kept_pairs = {codes: pair for codes, pair in pairs.items() if codes in ours or _holds(pair)}
    kept_countries = {code: found for code, found in countries.items() if code in own or found != Country(code)}
    order = list(data.countries)
    kept_countries = dict(sorted(kept_countries.items(), key=lambda item: order.index(item[0])))
    said = frozenset(_strings([*kept_pairs.values(), *kept_countries.values()]))
    return replace(
        data,
        countries=kept_countries,
        pairs=kept_pairs,
        people={name: person for name, person in data.people.items() if name in said},
        sources={key: source for key, source in data.sources.items() if key in said},
        words=_words(data, said),
    )


def _without(value: Held, secret: frozenset[str]) -> Held:
    """A pair or a country with its records blanked that are confidential; keys count them, so that they stay."""
    parts = {field.name: getattr(value, field.name) for field in fields(value)}
    return replace(value, **{name: _veiled(part, secret) for name, part in parts.items()})


def _veiled(value: Any, secret: frozenset[str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_veiled(item, secret) for item in value)
    if isinstance(value, Relations):
        return _without(value, secret)
    return replace(value, **_blanks(value)) if _is_secret(value, secret) else value


def _is_secret(value: Any, secret: frozenset[str]) -> bool:
    if isinstance(value, OfficerNote) and value.kind == SENSITIVE and INTERNAL in secret:
        return True
    return getattr(getattr(value, "record", value), "confidentiality", "") in secret


def _blanks(value: Any) -> Mapping[str, Any]:
    """Nothing, in place of words and values."""
    blank: dict[type, Any] = {str: "", tuple: (), dict: {}}
    found = {field.name: getattr(value, field.name) for field in fields(value) if field.name not in STAYS}
    return {name: blank.get(type(part)) for name, part in found.items() if name == "value" or type(part) in blank}


def _of_others(pair: Pair, persons: frozenset[str], shares_a_country: bool, data: Data) -> Pair:
    """Of a pair of others: where our persons were, and their titles; of one country and a group also what they agreed,
    of one and the world the figures."""
    seen = tuple(_seen(pair.events, persons))
    posts = tuple(post for post in pair.relations.ambassadors if post.person in persons)
    groups = [data.groups[code] for code in (pair.first, pair.second) if code in data.groups]
    with_group = shares_a_country and bool(groups)
    with_world = with_group and any(group.kind == "world" for group in groups)
    return Pair(
        pair.first,
        pair.second,
        observations=pair.observations if with_world else (),
        relations=Relations(ambassadors=posts),
        agreements=pair.agreements if with_group else (),
        events=seen,
    )


def _elsewhere(country: Country, persons: frozenset[str]) -> Country:
    offices = tuple(office for office in country.offices if office.person in persons)
    return Country(country.code, offices=offices, events=tuple(_seen(country.events, persons)))


def _seen(events: Iterable[Event], persons: frozenset[str]) -> Iterator[Event]:
    """That our persons were somewhere on a day, which shows them in office; not what it was about."""
    for event in events:
        who = tuple(person for person in event.who if person in persons)
        if who and not event.planned:
            yield replace(event, who=who, text="", occasion="", place="", rank="", documents=None)


def _holds(pair: Pair) -> bool:
    return pair != Pair(pair.first, pair.second)


def _words(data: Data, said: frozenset[str]) -> Mapping[str, WordForms]:
    """The texts of the records that are kept, of groups and of the house, in each language."""
    names = {name for group in data.groups.values() for name in (group.code, group.name)}
    texts = said | names | {AMBASSADOR.text, data.owner}
    return {
        tag: {entry: cases for entry, cases in forms.items() if entry[1] in texts} for tag, forms in data.words.items()
    }


def _strings(value: object) -> Iterator[str]:
    """Every string of a record, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _strings(key)
            yield from _strings(item)
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from _strings(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
