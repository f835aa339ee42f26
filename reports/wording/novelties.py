"""What changed since the edition before, as a section sees it."""

from dataclasses import dataclass

from reports.facts.fact import Fact
from reports.facts.news import AgreementNews, FigureNews, News, PostNews
from reports.facts.values import Day, Name
from reports.wording.views import Meeting, meeting

FEW = 7  # changes that a letter tells; the others stand in the brief


@dataclass(frozen=True, slots=True)
class Encounter:
    """A visit or a meeting: how it stands now (`meeting`), or its day and people as told before."""

    kind: str
    meeting: Meeting | None
    day: Fact | None
    people: Fact | None


@dataclass(frozen=True, slots=True)
class Novelties:
    """The changes by kind, each in the order of a brief."""

    day: Day
    posts: tuple[PostNews, ...]
    encounters: tuple[Encounter, ...]
    agreements: tuple[AgreementNews, ...]
    subjects: tuple[str, ...]
    profiles: tuple[Name, ...]
    figures: tuple[FigureNews, ...]

    @property
    def all(self) -> tuple[object, ...]:
        """Every one of them: people, figures, meetings, agreements, the rest."""
        return (*self.posts, *self.figures, *self.encounters, *self.agreements, *self.subjects, *self.profiles)

    @property
    def first(self) -> "Novelties":
        """The first few, for a letter."""
        kept = self.all[:FEW]
        return Novelties(
            self.day,
            tuple(one for one in kept if isinstance(one, PostNews)),
            tuple(one for one in kept if isinstance(one, Encounter)),
            tuple(one for one in kept if isinstance(one, AgreementNews)),
            tuple(one for one in kept if isinstance(one, str)),
            tuple(one for one in kept if isinstance(one, Name)),
            tuple(one for one in kept if isinstance(one, FigureNews)),
        )

    @property
    def rest(self) -> tuple[object, ...]:
        """Those after the first few."""
        return self.all[FEW:]


def news(found: News) -> Novelties:
    """The changes as a section sees them."""
    return Novelties(
        found.day,
        found.posts,
        tuple(
            Encounter(one.kind, meeting(one.event) if one.event else None, one.day, one.people) for one in found.events
        ),
        found.agreements,
        found.subjects,
        found.profiles,
        found.figures,
    )
