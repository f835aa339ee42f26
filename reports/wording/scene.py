"""What a section sees: the facts of a pair under plain names."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from reports.facts.comparison import places, total
from reports.facts.fact import Fact
from reports.facts.facts import Facts
from reports.facts.figures import Figure
from reports.facts.goods import Goods, goods_of
from reports.facts.intervals import unit_of
from reports.facts.values import Count, Entry, ListOf, Name, Part, Period, Term, Times
from reports.wording import desk, views
from reports.wording.bonds import bonds
from reports.wording.novelties import news

ENTERPRISES = ("active", "capital", "joint", "companies", "represented", "registered", "outward.companies")


def scene(facts: Facts) -> Mapping[str, object]:
    """The names that a section may use, beside `t` and the calls."""
    events = tuple(map(views.meeting, facts.events))
    met = [event for event in events if views.is_past_meeting(event)]
    return {
        "home": facts.home,
        "partner": facts.partner,
        "as_of": Fact("as_of", facts.as_of),
        "as_of_year": Period(Part(facts.as_of.year), Part(facts.as_of.year)),
        "cutoff": Fact("cutoff", facts.cutoff or facts.as_of),
        "next_edition": facts.next_edition,
        "early": facts.known == "all" and any(figure.early for figure in facts.figures.all()),
        "public": facts.disclosure == "public",
        "figures": facts.figures,
        "world": facts.world,
        "events": events,
        "last_meeting": next(iter(met), None),
        "last_summit": next((event for event in met if event.level == "leaders"), None),
        "agreements": tuple(map(views.treaty, facts.agreements)),
        "relations": bonds(facts),
        "ambassadors": tuple(map(views.ambassador, facts.relations.ambassadors)),
        "counted": any(facts.figures.latest(f"enterprises.{kind}") for kind in ENTERPRISES),
        "visit_day": Fact("visit", facts.notes.day) if facts.notes.day else None,
        "changes": news(facts.changes) if facts.changes else None,
        "owner": Fact("owner", Entry("office", facts.owner, "data.yaml")) if facts.owner else None,
        **_of_countries(facts),
        **_of_figures(facts),
        **_of_officers(facts),
        **_doubts(facts),
    }


def _of_countries(facts: Facts) -> Mapping[str, Callable[..., object]]:
    """What a section may ask of a country."""

    def holder(country: Name, office: str) -> views.Post | None:
        found = facts.holder(country.code, office)
        return views.post(found) if found else None

    def vacancy(country: Name, office: str) -> views.Post | None:
        found = (each for each in facts.held.vacant.get(country.code, ()) if each.office == office)
        return next(map(views.vacancy, found), None)

    def successions(country: Name) -> tuple[views.Change, ...]:
        return views.joined(tuple(map(views.change, facts.successions(country.code))))

    def profile(country: Name) -> desk.Profile:
        return desk.profile(facts.countries[country.code], facts.profile(country.code))

    def statistics(country: Name) -> desk.Counting | None:
        found = facts.countries[country.code].statistics
        return desk.counting(country.code, found) if found else None

    return {
        "holder": holder,
        "vacancy": vacancy,
        "successions": successions,
        "profile": profile,
        "statistics": statistics,
    }


def _of_figures(facts: Facts) -> Mapping[str, Callable[..., object]]:
    """What a section may ask of figures."""

    def every(indicator: str) -> tuple[Figure, ...]:
        of_total = (figure for figure in facts.figures.all() if figure.indicator == indicator)
        return tuple(figure for figure in of_total if not figure.item and not figure.base)

    def balances(periods: Iterable[Period]) -> tuple[Figure, ...]:
        found = (facts.figures.balance(period) for period in periods)
        return tuple(figure for figure in found if figure and figure.value)

    def goods(flow: str) -> Goods:
        return goods_of(facts.figures, flow)

    return {
        "every": every,
        "balances": balances,
        "goods": goods,
        "of_maker": of_maker,
        "total_of": total,
        "places": places,
        "term": Term,
        "products_of": lambda goods: Fact(
            f"goods/{goods.flow}@{goods.period}",
            ListOf(tuple(Term(good.item) for good in goods.goods)),
            tuple(dict.fromkeys(source for good in goods.goods for source in good.sources)),
        ),
        "by_status": views.by_status,
        "by_level": views.by_level,
        "known": known,
        "rises": lambda figure: _size(figure) > 0,
        "falls": lambda figure: _size(figure) < 0,
        "is_factor": lambda figure: isinstance(figure.value, Times),
    }


def _of_officers(facts: Facts) -> Mapping[str, Callable[..., object]]:
    """What a section may ask of the texts of officers."""

    def notes(kind: str) -> tuple[desk.Remark, ...]:
        return tuple(map(desk.remark, facts.notes.of(kind)))

    def biography(post: views.Post) -> desk.Remark | None:
        found = facts.notes.biography(post.person)
        return desk.remark(found) if found else None

    def replies(note: desk.Remark) -> tuple[desk.Remark, ...]:
        return tuple(reply for reply in notes("reply") if reply.topic and reply.topic == note.topic)

    def unanswering() -> tuple[desk.Remark, ...]:
        topics = {note.topic for note in notes("their_point")}
        return tuple(reply for reply in notes("reply") if not reply.topic or reply.topic not in topics)

    def restricted(*kinds: str) -> bool:
        return any(note.internal for kind in kinds for note in notes(kind))

    return {
        "notes": notes,
        "restricted": restricted,
        "biography": biography,
        "portrait": lambda post: facts.portraits.get(post.person) if post else None,
        "replies": replies,
        "unanswering": unanswering,
        "texts_of": lambda remarks: tuple(remark.text for remark in remarks),
    }


def _doubts(facts: Facts) -> Mapping[str, object]:
    """What the officer is asked to look at before printing."""
    review = facts.review
    return {
        "unwritten": facts.notes.missing(),
        "drafts": tuple(map(desk.remark, review.drafts)),
        "unconfirmed": tuple(map(desk.doubt, review.unconfirmed)),
        "contradictions": review.contradictions,
        "oldest": review.oldest,
        "overrides": review.overrides,
        "missing": review.missing,
        "untranslated": tuple((Term(tag), Count(Decimal(count))) for tag, count in review.untranslated),
        "vacant": tuple((office, Name(country)) for office, country in review.vacant),
    }


def known(figure: Figure | None) -> Figure | None:
    """The figure, if it has a value."""
    return figure if figure and figure.value else None


def of_maker(figures: Iterable[Figure], like: Figure) -> tuple[Figure, ...]:
    """The figures of the statistics and the unit of another one."""
    wanted = like.reporter, unit_of(like.value)
    return tuple(figure for figure in figures if (figure.reporter, unit_of(figure.value)) == wanted)


def _size(figure: Figure) -> int:
    """The sign of a change: a factor of one is no change."""
    value = figure.value
    if value is None:
        return 0
    return int((value.exact - (1 if isinstance(value, Times) else 0)).compare(0))
