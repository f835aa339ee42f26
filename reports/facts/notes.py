"""What officers wrote for a visit, and which visit it is."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from reports.facts.records import OfficerNote, Pair
from reports.facts.standpoint import Standpoint
from reports.facts.values import Day, Written

VISIT = "visit/"
SENSITIVE = "sensitive"
NEEDED = ("aim", "point", "their_point", "reply", "press_line")  # what a brief before a visit cannot do without
CHANCES = ("certain", "possible", "unlikely", "")  # the order in which points are printed


@dataclass(frozen=True, slots=True)
class NoteView:
    """A text of an officer. `internal` leaves it out of a public brief; `person` is whom a biography is about."""

    key: str
    kind: str
    text: Written
    author: str
    day: Day
    approved: bool
    internal: bool
    chance: str = ""
    topic: str = ""
    person: str = ""
    sources: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes for one visit, or for any. `day` is that of the visit, None if none is known to be ahead."""

    day: Day | None = None
    views: tuple[NoteView, ...] = ()

    def of(self, kind: str) -> tuple[NoteView, ...]:
        """The notes of a kind, the likeliest first, else in the order of the file."""
        found = [view for view in self.views if view.kind == kind]
        return tuple(sorted(found, key=lambda view: CHANCES.index(view.chance)))

    def missing(self) -> tuple[str, ...]:
        """The kinds that a visit needs and nobody has written."""
        return tuple(kind for kind in NEEDED if not self.of(kind))

    def biography(self, person: str) -> NoteView | None:
        """The newest biography of a person."""
        found = [view for view in self.of("biography") if view.person == person]
        return max(found, key=lambda view: view.day.first, default=None)


def notes_of(standpoint: Standpoint, pair: Pair, visit: date | None = None) -> Notes:
    """The notes that may be told on the day, for a visit, else for the next one; those for another are left out."""
    day = Day.of(visit) if visit else _next_visit(standpoint, pair)
    wanted = {"", f"{VISIT}{day}"} if day else {""}
    numbers: Counter[str] = Counter()
    views = []
    for note in pair.notes:
        numbers[note.kind] += 1
        if note.about in wanted and _tells(standpoint, note):
            views.append(_view(note, f"note/{note.kind}/{numbers[note.kind]}"))
    return Notes(day, tuple(views))


def _next_visit(standpoint: Standpoint, pair: Pair) -> Day | None:
    """The soonest visit or meeting ahead that is planned or that notes are for, known on the day."""
    planned = {
        Day.of(event.day.first.first) if not isinstance(event.day, Day) else event.day
        for event in pair.events
        if event.planned and standpoint.tells(event.record) and event.record.known is not None
    }
    written = {
        Day(*map(int, note.about.removeprefix(VISIT).split("-")))
        for note in pair.notes
        if note.about.startswith(VISIT) and _tells(standpoint, note)
    }
    ahead = [day for day in planned | written if day.last >= standpoint.day]
    return min(ahead, key=lambda day: (day.last, day.first), default=None)


def _tells(standpoint: Standpoint, note: OfficerNote) -> bool:
    """Whether a note may be printed on the day; what is sensitive never in public, whatever its confidentiality."""
    sensitive = note.kind == SENSITIVE and standpoint.disclosure == "public"
    return standpoint.tells(note.record) and note.day.first <= standpoint.day and not sensitive


def _view(note: OfficerNote, key: str) -> NoteView:
    return NoteView(
        key=key,
        kind=note.kind,
        text=Written(tuple(sorted(note.text.items())), note.record.where),
        author=note.author,
        day=note.day,
        approved=note.status == "approved",
        internal=note.record.confidentiality != "F" or note.kind == SENSITIVE,
        chance=note.chance,
        topic=note.topic,
        person=note.person,
        sources=note.record.sources,
        where=note.record.where,
    )
