"""A run of the schedule: its editions are made and delivered, and what became of each report is told."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from reports.batch import workshop
from reports.delivery import ADDRESS, Carrier, Delivered, Destination, Enclosed, Parcel, deliver
from reports.editions.keeping import Kept, before_of
from reports.editions.manifest import Brief
from reports.editions.retention import Keep, retired
from reports.editions.shelf import seen
from reports.errors import Problem, ReportError
from reports.facts.facts import Facts, facts_of, pair_of
from reports.facts.notes import VISIT
from reports.facts.records import Data, Event
from reports.facts.telling import with_news
from reports.facts.values import Day
from reports.history import Outcome, Piece, Result
from reports.letters import Sending, letter
from reports.orders import Order
from reports.press import Desk, press
from reports.schedule.due import orders_of
from reports.schedule.plan import Choices, Plan, Retention
from reports.schedule.rules import Run, Visit


@dataclass(frozen=True, slots=True)
class Office:
    """All that a run needs: what is planned and known, where editions are made, to whom they go."""

    plan: Plan
    data: Data
    choices: Choices
    desk: Desk
    destinations: tuple[Destination, ...] = ()
    carrier: Carrier | None = None
    watch: Callable[[Iterator[Kept], int], Iterable[Kept]] = field(default=lambda results, _: results)


def make(run: Run, office: Office) -> Outcome:
    """Make a run and deliver what it made. What failed is told and stops nothing else; done again, only the rest is
    done."""
    orders = orders_of(run, office.plan, office.data.home, office.choices)
    kept = list(office.watch(press(orders, office.data, office.desk), len(orders)))
    problems = [*_unprepared(run, office), *(problem for one in kept for problem in one.told)]
    problems += (found for found in _delivered(run, kept, office) if isinstance(found, Problem))
    pieces = tuple(piece for one in kept for piece in _pieces(one))
    told = tuple(dict.fromkeys(problems))
    return Outcome(_result(kept, told), told, pieces, _summary(kept))


def _result(kept: Sequence[Kept], problems: Iterable[Problem]) -> Result:
    if not any(one.files for one in kept):
        return "failed"
    wrong = any(one.failed for one in kept) or any(problem.severity == "error" for problem in problems)
    return "partly" if wrong else "success"


def _summary(kept: Sequence[Kept]) -> str:
    new = sum(one.written for one in kept)
    failed = sum(one.failed for one in kept)
    return f"{new} made, {len(kept) - new - failed} unchanged, {failed} failed"


def _pieces(one: Kept) -> Iterator[Piece]:
    """One a language."""
    brief = _brief(one)
    for tag in one.order.languages:
        version = brief.versions.get(tag) if brief and tag not in one.unmade else None
        result: Result = "success" if version else "failed"
        problems = len(version.problems) if version else len(one.unmade.get(tag, ()))
        seconds = version.seconds if version else 0
        yield Piece(one.place.pair, one.order.name, tag, result, seconds, problems)


def _brief(one: Kept) -> Brief | None:
    return seen(one.place).briefs.get(one.order.name) if one.files else None


def _unprepared(run: Run, office: Office) -> Iterator[Problem]:
    """A visit that the data do not know: its brief would be written for another occasion, or for none."""
    entry = office.plan.entry(run.entry)
    if isinstance(entry, Visit):
        pair = pair_of(office.data, office.data.home, entry.partner)
        planned = {_begins(event) for event in pair.events if event.planned}
        written = {note.about.removeprefix(VISIT) for note in pair.notes}
        if entry.begins.isoformat() not in written and entry.begins not in planned:
            hint = f"a planned event on {entry.begins}, or notes with about: visit/{entry.begins}"
            place = f"pairs/{office.data.home}-{entry.partner}"
            yield Problem(place, f"has nothing for the visit of {entry.begins}", hint, "warning")


def _begins(event: Event) -> date:
    return event.day.first if isinstance(event.day, Day) else event.day.first.first


# ---------------------------------------------------------------- delivery


def _delivered(run: Run, kept: Sequence[Kept], office: Office) -> Iterator[Delivered | Problem]:
    """What became of the parcels that the entry sends; briefs of which a language failed go out without it."""
    names = office.plan.entry(run.entry).making.deliver
    wanted = tuple(place for place in office.destinations if place.name in names)
    if not wanted or office.carrier is None:
        return
    parcels: list[Parcel] = []
    for one in kept:
        try:
            parcels += _parcels(one, office)
        except ReportError as error:
            yield from error.problems
    yield from deliver(parcels, wanted, office.carrier, office.desk.clock())


def _parcels(one: Kept, office: Office) -> Iterator[Parcel]:
    """A parcel for each language of what an edition has of an order."""
    brief = _brief(one)
    if brief is None:
        return
    shop, facts = workshop(office.desk.places.absolute()), _facts(one.order, brief, office)
    for tag in one.order.languages:
        if tag in one.unmade or tag not in brief.versions:
            continue
        version = brief.versions[tag]
        sending = Sending(one.order.report, "", len(version.problems))
        said = letter(facts, office.data, shop.library, tag, sending)
        linked = letter(facts, office.data, shop.library, tag, replace(sending, address=ADDRESS))
        wanted = (version.files[kind] for kind in one.order.formats if kind in version.files)
        files = tuple(Enclosed(one.place.folder / record.name, record.sha256) for record in wanted)
        named = (one.place.pair, one.order.as_of, one.order.name, tag, version.title, brief.level)
        yield Parcel(*named, files, said.text, said.subject, linked=linked.text)


def _facts(order: Order, brief: Brief, office: Office) -> Facts:
    """The facts of a brief, with what changed since the edition that it tells of."""
    facts = facts_of(office.data, order.home, order.partner, order.as_of, **order.standing)
    before = before_of(office.desk.out, order, brief.before) if brief.before else None
    figures = {key: entry.record for key, entry in brief.figures.items()}
    return with_news(facts, office.data, before, figures) if before else facts


# ---------------------------------------------------------------- what stays


def tidied(out: Path, retention: Retention, today: date) -> tuple[Problem, ...]:
    """Remove the editions that need not stay; what is to be told of it."""
    keep = Keep(retention.edition_months, retention.edition_count, retention.disk)
    return tuple(found for found in retired(out, keep, today) if isinstance(found, Problem))
