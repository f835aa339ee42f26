"""What a desk keeps beside records: profiles of countries, texts of officers, doubts, as a section sees them."""

from dataclasses import dataclass

from reports.facts.collection import Figures
from reports.facts.fact import Fact
from reports.facts.figures import Figure
from reports.facts.notes import NoteView
from reports.facts.offices import Holder
from reports.facts.profile import Detail, ProfileView
from reports.facts.profile_records import Statistics
from reports.facts.review import Unconfirmed
from reports.facts.values import Name
from reports.wording.views import Post, Told, ambassador, post


@dataclass(frozen=True, slots=True)
class Remark:
    """What an officer wrote. `internal` is not for the public, `chance` how likely a point is to come up."""

    kind: str
    text: Fact
    author: str
    day: Fact
    approved: bool
    internal: bool
    chance: str
    topic: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A country by itself; what nobody put on record is None."""

    capital: Fact | None
    languages: Fact | None
    currency: Fact | None
    national_day: Fact | None
    national_day_name: Fact | None
    groups: Fact | None
    fiscal: Fact | None
    area: Figure | None
    population: Figure | None
    gdp: Figure | None


@dataclass(frozen=True, slots=True)
class Counting:
    """How the statistics of a country count trade; empty where that is not on record."""

    country: Fact
    imports: str
    exports: str
    imports_by: str
    exports_by: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """An office holder or ambassador of whom nothing was heard lately."""

    post: Post
    last: Fact | None
    days: Figure | None


def remark(view: NoteView) -> Remark:
    """A note of an officer as a section sees it."""
    said = Fact(view.key, view.text, view.sources, draft=not view.approved)
    day = Told(view.key, view.sources).known("day", view.day)
    return Remark(view.kind, said, view.author, day, view.approved, view.internal, view.chance, view.topic)


def profile(view: ProfileView, figures: Figures) -> Profile:
    """A country by itself as a section sees it."""

    def fact(detail: Detail | None) -> Fact | None:
        return Fact(detail.key, detail.value, detail.sources) if detail else None

    return Profile(
        fact(view.capital),
        fact(view.languages),
        fact(view.currency),
        fact(view.national_day),
        fact(view.national_day_name),
        fact(view.groups),
        fact(view.fiscal),
        figures.latest("area"),
        figures.latest("population"),
        figures.latest("gdp.nominal"),
    )


def counting(code: str, found: Statistics) -> Counting:
    """The statistics of a country as a section sees them."""
    country = Fact(f"{code}:statistics", Name(code), found.record.sources)
    return Counting(country, found.imports, found.exports, found.imports_by, found.exports_by)


def doubt(found: Unconfirmed) -> Doubt:
    """An office holder of whom nothing was heard, as a section sees it."""
    view = found.post
    seen = post(view) if isinstance(view, Holder) else ambassador(view)
    return Doubt(seen, Told(view.key, view.sources)("last", found.last), found.days)
