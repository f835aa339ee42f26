"""What an officer must look at before a brief is printed: doubts about its own facts, not about the two countries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal

from reports.facts.collection import Figures
from reports.facts.figures import Figure
from reports.facts.intervals import interval, unit_of
from reports.facts.limits import limit
from reports.facts.notes import Notes, NoteView
from reports.facts.offices import OFFICES, Holder, Offices
from reports.facts.people import attended, confirmed
from reports.facts.records import WordForms
from reports.facts.relations import AmbassadorView, RelationsView
from reports.facts.standpoint import Standpoint
from reports.facts.values import Count, Day, Days, Entry, Part, Period, Written

# The families of indicators of which a brief wants a figure, each asked for its newest.
WANTED = (
    "trade.turnover",
    "trade.exports",
    "trade.imports",
    "trade.services.exports",
    "trade.services.imports",
    "fdi.inflow.gross",
    "fdi.cumulative",
    "enterprises",
)
OLDEST = 5  # as many of the oldest headline figures are named
SUFFIXES = (".change", ".share", ".rank", ".target", ".quantity")  # of levels alone it is asked whether they agree


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """An office holder or ambassador, as the brief prints them, of whom nothing was heard for some days; `last` and
    `days` are None if nothing was heard up to the day of the brief."""

    post: Holder | AmbassadorView
    last: Day | None
    days: Figure | None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Figures of one indicator, item and period that cannot all be right, or count differently."""

    indicator: str
    item: str
    period: Period
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """All that speaks against printing at once.

    `missing` are indicators without any figure, `vacant` the offices without a holder on record, as (office, country);
    `untranslated` has, by language, how many texts of this brief its words table lacks.
    """

    unconfirmed: tuple[Unconfirmed, ...] = ()
    drafts: tuple[NoteView, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    oldest: tuple[Figure, ...] = ()
    overrides: tuple[Figure, ...] = ()
    missing: tuple[str, ...] = ()
    vacant: tuple[tuple[str, str], ...] = ()
    untranslated: tuple[tuple[str, int], ...] = ()


def review_of(
    standpoint: Standpoint, figures: Figures, held: Offices, relations: RelationsView, notes: Notes
) -> Review:
    """The review of a brief on the standpoint's day."""
    newest = {family: _newest(figures, family) for family in WANTED}
    headlines = [figure for figure in newest.values() if figure]
    return Review(
        unconfirmed=tuple(_unconfirmed(standpoint, held, relations)),
        drafts=tuple(note for note in notes.views if not note.approved),
        contradictions=tuple(_contradictions(figures)),
        oldest=tuple(sorted(headlines, key=lambda figure: figure.period.last)[:OLDEST]),
        overrides=tuple(figure for figure in figures.all() if figure.override),
        missing=tuple(family for family, figure in newest.items() if figure is None),
        vacant=tuple(_vacant(standpoint, held)),
    )


def untranslated(words: Mapping[str, WordForms], *views: object) -> tuple[tuple[str, int], ...]:
    """By language tag, how many of the texts in these views have no form; languages that have all are left out."""
    found = {text for view in views for text in _texts(view)}
    lacking = ((tag, sum(not _said(text, tag, forms) for text in found)) for tag, forms in sorted(words.items()))
    return tuple((tag, count) for tag, count in lacking if count)


def _said(text: Entry | Written, tag: str, forms: WordForms) -> bool:
    """Whether a language has a text: in its table, or as its writer wrote it."""
    if isinstance(text, Entry):
        return (text.kind, text.text) in forms
    return bool({"", tag} & {language for language, _ in text.texts})


def _texts(view: object) -> Iterator[Entry | Written]:
    """Every text of the data in a view, however deep."""
    if isinstance(view, Entry | Written):
        yield replace(view, where="")
    elif isinstance(view, tuple):
        for item in view:
            yield from _texts(item)
    elif is_dataclass(view):
        for part in fields(view):
            yield from _texts(getattr(view, part.name))


def _newest(figures: Figures, family: str) -> Figure | None:
    """The newest figure of an indicator, or of any that belongs to a family without levels of its own."""
    names = [family] if "." in family else [name for name in figures.by_indicator if name.startswith(f"{family}.")]
    found = (figures.latest(name) for name in names)
    return max(filter(None, found), key=lambda figure: figure.period.last, default=None)


def _vacant(standpoint: Standpoint, held: Offices) -> Iterator[tuple[str, str]]:
    for country in (standpoint.partner, standpoint.home):
        known = {holder.office for holder in held.holders.get(country, ())}
        yield from ((office, country) for office in OFFICES if office not in known)


def _unconfirmed(standpoint: Standpoint, held: Offices, relations: RelationsView) -> Iterator[Unconfirmed]:
    holders = [holder for country in (standpoint.partner, standpoint.home) for holder in held.holders.get(country, ())]
    posts: list[Holder | AmbassadorView] = [*holders, *relations.ambassadors]
    for post in posts:
        last = last_heard(standpoint, post)
        days = (standpoint.day - last).days if last else 0
        if last is None:
            yield Unconfirmed(post, None, None)
        elif days > limit(standpoint.data.limits, "offices" if isinstance(post, Holder) else "ambassadors"):
            yield Unconfirmed(post, Day.of(last), _days(post.key, days, standpoint.day, post.sources))


def last_heard(standpoint: Standpoint, post: Holder | AmbassadorView) -> date | None:
    """The last day up to the brief's on which somebody is known to have been in office, or on which the term began.

    A source showed them there, or they took part in what the brief may tell.
    """
    met = (event.day for event in attended(standpoint.data, post.person.text) if standpoint.tells(event.record))
    days = (post.seen, post.since, *(day.last if isinstance(day, Days) else day for day in met))
    return confirmed(standpoint.data, post.sources, days, standpoint.day)


def _days(key: str, days: int, today: date, sources: tuple[str, ...]) -> Figure:
    part = Part(today.year, 0, today.month, today.day)
    return Figure(f"{key}/unconfirmed", "unconfirmed", Count(Decimal(days)), Period(part, part), sources=sources)


def _contradictions(figures: Figures) -> Iterator[Contradiction]:
    """Figures that should be one: other makers, the same unit, and no number that both could stand for."""
    groups: dict[tuple[str, str, Period, str], list[Figure]] = {}
    for figure in figures.all():
        if figure.value is not None and not figure.indicator.endswith(SUFFIXES):
            key = (figure.indicator, figure.item, figure.period, f"{figure.base} {unit_of(figure.value)}")
            groups.setdefault(key, []).append(figure)
    for (indicator, item, period, _), found in sorted(groups.items(), key=lambda group: _recent(group[0])):
        if len(found) > 1 and not _agree(found):
            yield Contradiction(indicator, item, period, tuple(found))


def _recent(key: tuple[str, str, Period, str]) -> tuple[int, str]:
    indicator, item, period, _ = key
    return -period.last.toordinal(), f"{indicator}/{item}"


def _agree(figures: Iterable[Figure]) -> bool:
    """Whether some number lies within the rounding of all; what has no other end contradicts nothing."""
    stands = [interval(figure.value, figure.status) for figure in figures if figure.value]
    bounded = [found for found in stands if found]
    if len(bounded) < len(stands):
        return True
    return max(found.low for found in bounded) <= min(found.high for found in bounded)
