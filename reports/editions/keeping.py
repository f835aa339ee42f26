"""What was made becomes part of an edition: under a lock, all of it or nothing, and nothing where nothing changed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from reports.document import FigureRecord
from reports.editions.former import inputs_beside, is_beside, replaced, widened
from reports.editions.making import Made, Task, file_name, merged
from reports.editions.manifest import (
    Brief,
    Edition,
    FigureEntry,
    FileRecord,
    OrderRecord,
    ProblemRecord,
    Version,
    digest,
    recorded,
)
from reports.editions.shelf import Place, bytes_of, committed, on_record, opened, places, seen, state
from reports.errors import EditionError, Problem
from reports.facts.fact import STANDING
from reports.facts.news import Before
from reports.orders import Order


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an order: the files of it that the edition now has, whether any byte was written, and all that
    is to be told. `before` is the day of the edition whose changes it tells, `same_as` that of the edition before if no
    figure differs from it; `unmade` has by language why it could not be made."""

    order: Order
    place: Place
    files: tuple[Path, ...]
    figures: Mapping[str, FigureRecord]
    problems: tuple[Problem, ...] = field(default=())
    written: bool = True
    before: date | None = None
    same_as: date | None = None
    unmade: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether a language of it could not be made."""
        return bool(self.unmade)

    @property
    def told(self) -> tuple[Problem, ...]:
        """All problems, each once: of what is there, and why the rest is not."""
        return tuple(dict.fromkeys((*self.problems, *(one for found in self.unmade.values() for one in found))))


def unkept(order: Order, out: Path, problems: tuple[Problem, ...]) -> Kept:
    """What became of an order of which nothing could be made or kept."""
    unmade = dict.fromkeys(order.languages, problems)
    return Kept(order, place_of_order(out, order), (), {}, written=False, unmade=unmade)


def place_of_order(out: Path, order: Order) -> Place:
    """Where the edition of an order is."""
    return Place(out, f"{order.home}-{order.partner}", order.as_of)


# ---------------------------------------------------------------- before it is made


def before_of(out: Path, order: Order, day: date | None = None) -> Before | None:
    """The edition before an order's that has the same brief and was not withdrawn: of a day, or the newest. None if
    there is none; EditionError if the one of the day has no such brief."""
    pair = f"{order.home}-{order.partner}"
    earlier = (place for place in reversed(places(out, pair)) if place.as_of < order.as_of)
    for place in earlier:
        if day is None or place.as_of == day:
            edition = seen(place)
            if order.name in edition.briefs and edition.withdrawn is None:
                return Before(place.as_of, edition.figures(order.name))
    if day is None:
        return None
    raise EditionError(Problem(f"{pair}/{day}", f"no edition with a {order.name}", "python generate.py editions list"))


def prepared(order: Order, out: Path, task_of: Callable[[Order], Task]) -> Task | Kept:
    """The task of an order, or what the edition has of it if nothing is to be made. ReportError as of `task_of`."""
    task = task_of(order)
    if found := unchanged(task, out):
        return found
    wide = widened(order, out, task)
    task = task if wide == order else task_of(wide)
    return replace(task, replaces=replaced(task, out))


def unchanged(task: Task, out: Path) -> Kept | None:
    """What the edition has of a task already, if all of it was made from the same inputs and is still there; None if
    something is to be made. A file that an officer has changed is theirs: it is told and left."""
    place = place_of_order(out, task.order)
    if not place.record.is_file():
        return None
    edition = seen(place)
    _refuse_withdrawn(edition)
    brief = edition.briefs.get(task.order.name)
    if brief is None or not _is_current(brief, task):
        return None
    files = [brief.versions[tag].files[kind] for tag in task.order.languages for kind in task.order.formats]
    states = {record.name: state(place, record) for record in files}
    if "missing" in states.values():
        return None
    changed = (name for name, found in states.items() if found == "changed")
    edited = [_edited(place, name) for name in changed if not on_record(place, edition, name)]
    told = _told(brief, task.order.languages)
    paths = tuple(place.folder / record.name for record in files)
    return Kept(task.order, place, paths, edition.figures(task.order.name), (*told, *edited), False, brief.before)


def _is_current(brief: Brief, task: Task) -> bool:
    """Whether all versions asked for are there, made from what they would be made from now."""
    return all(
        (version := brief.versions.get(tag)) is not None
        and version.inputs == inputs_beside(task, tag, version)
        and set(task.order.formats) <= set(version.files)
        for tag in task.order.languages
    )


def _told(brief: Brief, tags: Iterable[str]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(record.problem() for tag in tags for record in brief.versions[tag].problems))


def _refuse_withdrawn(edition: Edition) -> None:
    if edition.withdrawn:
        message = f"was withdrawn on {edition.withdrawn.on:%Y-%m-%d}: {edition.withdrawn.reason}"
        raise EditionError(Problem(edition.name, message, "make one as of another day with --as-of"))


def _edited(place: Place, name: str) -> Problem:
    hint = f"python generate.py editions add {place.folder / name} puts it on record"
    return Problem(str(place.folder / name), "was changed after it was made; it stays as it is", hint, "warning")


# ---------------------------------------------------------------- after it is made


def keep(task: Task, made: Made, out: Path, now: datetime, seconds: float) -> Kept:
    """Make it part of the edition. OutputError, and nothing has changed, if it cannot be written; EditionError if the
    edition was withdrawn or its record is damaged."""
    place = place_of_order(out, task.order)
    with opened(place) as found:
        edition = found or Edition(home=task.order.home, partner=task.order.partner, as_of=task.order.as_of)
        _refuse_withdrawn(edition)
        shares = seconds / len(made.drafts)
        brief = _with(edition.briefs.get(task.order.name), task, made, now, shares)
        new, aside = _new_files(place, edition, task, made)
        briefs = dict(sorted({**edition.briefs, task.order.name: brief}.items()))  # whichever was made first
        after = edition.model_copy(update={"briefs": briefs})
        after = after.model_copy(update={"stale": _stale(edition, after)})
        refused = committed(place, after, new) if new or _differs(edition, after) else ()
    files = [place.folder / file_name(task.order, tag, kind) for tag in made.drafts for kind in task.order.formats]
    told = dict.fromkeys(problem for draft in made.drafts.values() for problem in draft.problems)
    figures = after.figures(task.order.name)
    names = {problem.where for problem in refused}
    return Kept(
        task.order,
        place,
        tuple(path for path in files if str(path) not in names),
        figures,
        (*told, *aside, *refused),
        written=bool(new.keys() & {path.name for path in files}),
        before=task.before,
        same_as=_same(out, task.order, figures),
        unmade=made.failed,
    )


def _with(old: Brief | None, task: Task, made: Made, now: datetime, seconds: float) -> Brief:
    """The brief with what was made; what it had of languages that were not made stays."""
    versions = dict(old.versions) if old else {}
    rows = recorded(f"rows.{digest(task.rows)[:12]}.json.gz", task.rows)
    for tag, draft in made.drafts.items():
        records = {kind: recorded(file_name(task.order, tag, kind), blob) for kind, blob in draft.files.items()}
        version, inputs = versions.get(tag), task.inputs[tag]
        former: Mapping[str, FileRecord] = {}
        if version and is_beside(task, tag, version):
            former, inputs = version.files, inputs_beside(task, tag, version)
        versions[tag] = Version(
            title=draft.title,
            files={**former, **records},
            inputs=inputs,
            rows=rows,
            made=now,
            seconds=round(seconds, 3),
            problems=tuple(map(ProblemRecord.of, draft.problems)),
            replaces=task.replaces.get(tag),
        )
    order = task.order
    asked = OrderRecord(
        report=order.report,
        short=order.short,
        disclosure=order.disclosure,
        known=order.known,
        overrides=task.overrides,
        visit=order.visit,
        final=order.final,
        circulation=order.circulation,
    )
    figures = merged(_of_others(old, made.drafts), made.figures)
    versions = dict(sorted(versions.items()))
    return Brief(order=asked, level=task.level, before=task.before, figures=figures, versions=versions)


def _of_others(old: Brief | None, made: Iterable[str]) -> Mapping[str, FigureEntry]:
    """The figures with their texts in the languages alone that were not made anew."""
    kept = {}
    for key, entry in (old.figures if old else {}).items():
        texts = {tag: said for tag, said in entry.texts.items() if tag not in set(made)}
        if texts:
            kept[key] = entry.model_copy(update={"texts": texts})
    return kept


def _new_files(place: Place, edition: Edition, task: Task, made: Made) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The files that are to be written, and the warnings of those that somebody had changed: they are kept beside."""
    ours = {
        name: {record.sha256, *(one.file.sha256 for one in edition.added)} for name, record in edition.files().items()
    }
    new, told = {}, []
    for tag, draft in made.drafts.items():
        for kind, blob in draft.files.items():
            name = file_name(task.order, tag, kind)
            found = bytes_of(place, name)
            if found == blob:
                continue
            new[name] = blob
            if found is not None and digest(found) not in ours.get(name, ()):
                path = Path(name)
                aside = f"{path.stem}.edited-{digest(found)[:8]}{path.suffix}"
                new[aside] = found
                told.append(_set_aside(place, name, aside))
    rows = f"rows.{digest(task.rows)[:12]}.json.gz"
    if bytes_of(place, rows) != task.rows:
        new[rows] = task.rows
    return new, tuple(told)


def _set_aside(place: Place, name: str, aside: str) -> Problem:
    hint = f"python generate.py editions add {place.folder / aside} puts it on record"
    return Problem(
        str(place.folder / name), f"had been changed after it was made; that file is now {aside}", hint, "warning"
    )


def _stale(old: Edition, new: Edition) -> tuple[FileRecord, ...]:
    """What the edition had before and has no more."""
    kept = new.files()
    given_up = {record.name: record for record in (*old.stale, *old.files().values()) if record.name not in kept}
    return tuple(given_up.values())


def _differs(old: Edition, new: Edition) -> bool:
    """Whether the record says anything new, beside when and how fast it was made."""
    return _timeless(old) != _timeless(new)


def _timeless(edition: Edition) -> object:
    untimed = {"made", "seconds"}
    return edition.model_dump(exclude={"briefs": {"__all__": {"versions": {"__all__": untimed}}}})


def _same(out: Path, order: Order, figures: Mapping[str, FigureRecord]) -> date | None:
    """The day of the edition before, if it has the same figures with the same values."""
    before = before_of(out, order)
    return before.as_of if before and _values(before.figures) == _values(figures) else None


def _values(figures: Mapping[str, FigureRecord]) -> Mapping[str, tuple[str, int, str, str, str]]:
    """The figures by key, without the days that a brief tells of itself."""
    return {key: _value(one) for key, one in figures.items() if key not in STANDING}


def _value(record: FigureRecord) -> tuple[str, int, str, str, str]:
    return record.value, record.multiplier, record.unit, record.period, record.status
