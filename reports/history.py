"""The run history, one SQLite file: who made what and when, how long it took, how it ended, and all problems.

Other modules may add tables of their own with their own MetaData on `History.engine`. Instants are aware and in UTC.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sql
from filelock import FileLock
from sqlalchemy.exc import DatabaseError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from reports.errors import OutputError, Problem

Kind = Literal["edition", "visit", "order"]
Result = Literal["running", "success", "partly", "failed", "skipped", "interrupted"]
SETTLED = ("success", "skipped")  # a run that ended so is not made again
VERSION = 1
PATIENCE = 30  # seconds that a reader or writer waits for another


@dataclass(frozen=True, slots=True)
class Actor:
    """Who writes: a machine, a user of it, and the version of the program."""

    host: str = ""
    user: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A run that is to be: its key, unlike that of any other, the entry of the schedule, and when it was due."""

    key: str
    entry: str
    kind: Kind
    due: datetime


@dataclass(frozen=True, slots=True)
class Piece:
    """One report on one pair in one language. `problems` is how many were told of it."""

    pair: str
    report: str
    language: str
    result: Result
    seconds: float = 0
    problems: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended."""

    result: Result
    problems: tuple[Problem, ...] = ()
    pieces: tuple[Piece, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run as it stands in the history; `finished` is None while it is at work."""

    id: int
    task: Task
    started: datetime
    finished: datetime | None
    result: Result
    summary: str
    actor: Actor

    @property
    def seconds(self) -> float | None:
        """How long it took."""
        return (self.finished - self.started).total_seconds() if self.finished else None


@dataclass(frozen=True, slots=True)
class Sighting:
    """Since when an entry of the schedule has been known with its present timing."""

    timing: str
    since: datetime


class Instant(sql.TypeDecorator[datetime]):
    """An aware instant as ISO text in UTC, of one width, so that texts sort as instants do."""

    impl = sql.String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sql.Dialect) -> str | None:
        """The text; ValueError for an instant without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: sql.Dialect) -> datetime | None:
        """The instant."""
        return datetime.fromisoformat(value) if value else None


def _of_run() -> sql.Column[int]:
    return sql.Column("run", sql.ForeignKey("runs.id", ondelete="CASCADE"), nullable=False, index=True)


def _text(*names: str) -> tuple[sql.Column[str], ...]:
    return tuple(sql.Column(name, sql.String, nullable=False) for name in names)


TABLES = sql.MetaData()
RUNS = sql.Table(
    "runs", TABLES,
    sql.Column("id", sql.Integer, primary_key=True),
    *_text("key", "entry", "kind"),
    sql.Column("due", Instant, nullable=False),
    sql.Column("started", Instant, nullable=False),
    sql.Column("finished", Instant),
    *_text("result", "summary", "host", "user", "version"),
    sql.Index("runs_by_entry", "entry", "due"),
)  # fmt: skip
PIECES = sql.Table(
    "pieces", TABLES, _of_run(), *_text("pair", "report", "language", "result"),
    sql.Column("seconds", sql.Float, nullable=False), sql.Column("problems", sql.Integer, nullable=False),
)  # fmt: skip
PROBLEMS = sql.Table("problems", TABLES, _of_run(), *_text("where", "message", "hint", "severity", "what"))
ENTRIES = sql.Table(
    "entries", TABLES, sql.Column("name", sql.String, primary_key=True), *_text("timing"),
    sql.Column("since", Instant, nullable=False),
)  # fmt: skip
LOOKS = sql.Table(
    "looks", TABLES, sql.Column("id", sql.Integer, primary_key=True), sql.Column("at", Instant, nullable=False)
)


def open_engine(path: Path) -> sql.Engine:
    """An engine on an SQLite file. Who finds it busy waits; no connection stays open between two uses.

    The journal is SQLite's own, not the write-ahead log, which a share of the network cannot carry and which a reader
    without the right to write could not open.
    """
    url = sql.URL.create("sqlite", database=str(path))
    engine = sql.create_engine(url, connect_args={"timeout": PATIENCE}, poolclass=NullPool)

    @sql.event.listens_for(engine, "connect")
    def _keep_ties(connection: Any, _: object) -> None:
        connection.execute("PRAGMA foreign_keys=ON")

    return engine


def open_history(path: Path, actor: Actor | None = None) -> "History":
    """The history in a file, made if there is none. A file that is broken is put aside and told in `found`.

    OutputError if the file is of a newer version, or can be neither read nor made.
    """
    engine, found = open_engine(path), []
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _prepare(engine, path)
        except DatabaseError as error:
            if not _broken(error):
                raise
            found.append(_put_aside(path))
            _prepare(engine, path)
    except (OSError, SQLAlchemyError) as error:
        raise OutputError(_unusable(path, error)) from error
    return History(path, engine, actor or Actor(), tuple(found))


def _prepare(engine: sql.Engine, path: Path) -> None:
    if _version(engine, path) == VERSION:
        return
    with FileLock(path.with_suffix(".lock"), timeout=PATIENCE):
        TABLES.create_all(engine)
        with engine.begin() as connection:
            connection.execute(sql.text(f"PRAGMA user_version={VERSION}"))


def _version(engine: sql.Engine, path: Path) -> int:
    """The version of a sound file, 0 of a new one; DatabaseError if it is broken."""
    with engine.connect() as connection:
        version = int(connection.execute(sql.text("PRAGMA user_version")).scalar_one())
        sound = connection.execute(sql.text("PRAGMA quick_check(1)")).scalar_one()
    if sound != "ok":
        raise DatabaseError("quick_check", None, ValueError(f"malformed: {sound}"))
    if version > VERSION:
        found = f"a history of version {version}; this program writes version {VERSION}"
        raise OutputError(Problem(str(path), found, "use the newer program, or name another folder with --out"))
    return version


def _broken(error: DatabaseError) -> bool:
    return any(sign in str(error.orig) for sign in ("not a database", "malformed"))


def _put_aside(path: Path) -> Problem:
    """Rename a broken file and its journal: somebody may yet read them."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.broken-{number}{path.suffix}")).exists():
        number += 1
    path.rename(aside)
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists():
        journal.rename(aside.with_name(f"{aside.name}-journal"))
    hint = "a new history was begun; what was due before now is not caught up"
    return Problem(str(path), f"is broken and was put aside as {aside.name}", hint, "warning")


def _unusable(path: Path, error: Exception) -> Problem:
    cause = getattr(error, "strerror", None) or getattr(error, "orig", None) or error
    return Problem(str(path), f"the history cannot be used: {cause}", "see to the folder, or choose another with --out")


@dataclass(frozen=True, slots=True)
class History:
    """The runs that were. Every method may raise OutputError: a full disk, a file that became unreadable."""

    path: Path
    engine: sql.Engine
    actor: Actor = field(default=Actor())
    found: tuple[Problem, ...] = ()

    @contextmanager
    def _open(self) -> Iterator[sql.Connection]:
        try:
            with self.engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise OutputError(_unusable(self.path, error)) from error

    # ------------------------------------------------------------ writing

    def begin(self, task: Task, at: datetime) -> int:
        """Keep that a run is at work; its number."""
        return self._add(task, at, None, Outcome("running"))

    def skip(self, task: Task, at: datetime, reason: str) -> int:
        """Keep that a run is not made and why; its number."""
        return self._add(task, at, at, Outcome("skipped", summary=reason))

    def _add(self, task: Task, started: datetime, finished: datetime | None, outcome: Outcome) -> int:
        values = {
            **{name: getattr(task, name) for name in ("key", "entry", "kind", "due")},
            **{"started": started, "finished": finished, "result": outcome.result, "summary": outcome.summary},
            **{name: getattr(self.actor, name) for name in ("host", "user", "version")},
        }
        with self._open() as connection:
            return int(connection.execute(sql.insert(RUNS).values(values).returning(RUNS.c.id)).scalar_one())

    def end(self, run: int, at: datetime, outcome: Outcome) -> None:
        """Keep how a run ended."""
        pieces = [{"run": run, **{name: getattr(piece, name) for name in _fields(PIECES)}} for piece in outcome.pieces]
        told = [{"run": run, **{name: getattr(one, name) for name in _fields(PROBLEMS)}} for one in outcome.problems]
        ended = {"finished": at, "result": outcome.result, "summary": outcome.summary}
        with self._open() as connection:
            connection.execute(sql.update(RUNS).where(RUNS.c.id == run).values(ended))
            for table, rows in ((PIECES, pieces), (PROBLEMS, told)):
                if rows:
                    connection.execute(sql.insert(table), rows)

    def interrupt(self, at: datetime) -> int:
        """Mark runs of the schedule that are still at work as interrupted; how many. Only for who holds its lock."""
        ended = {"finished": at, "result": "interrupted", "summary": "the program ended before the run did"}
        dead = sql.and_(RUNS.c.result == "running", RUNS.c.kind != "order")
        with self._open() as connection:
            return connection.execute(sql.update(RUNS).where(dead).values(ended)).rowcount

    def see(self, timings: Mapping[str, str], at: datetime) -> None:
        """Keep that the schedule was looked at, and since when each entry is in it with its timing."""
        known = self.seen()
        with self._open() as connection:
            connection.execute(sql.delete(LOOKS))
            connection.execute(sql.insert(LOOKS).values(at=at))
            # A sighting of the future is of a clock that went wrong: nothing would be owed until then.
            gone = [name for name, sight in known.items() if sight.timing != timings.get(name) or sight.since > at]
            connection.execute(sql.delete(ENTRIES).where(ENTRIES.c.name.in_(gone)))
            new = [name for name in timings if name in gone or name not in known]
            for name in new:
                connection.execute(sql.insert(ENTRIES).values(name=name, timing=timings[name], since=at))

    def prune(self, before: datetime) -> int:
        """Forget runs that started before an instant, but the last of each entry that is settled; how many."""
        kept = sql.select(RUNS.c.entry, sql.func.max(RUNS.c.due)).where(RUNS.c.result.in_(SETTLED))
        newest = sql.tuple_(RUNS.c.entry, RUNS.c.due).in_(kept.group_by(RUNS.c.entry))
        old = sql.and_(RUNS.c.started < before, RUNS.c.result != "running", sql.not_(newest))
        with self._open() as connection:
            return connection.execute(sql.delete(RUNS).where(old)).rowcount

    # ------------------------------------------------------------ reading

    def runs(self, entry: str | None = None, *, last: int | None = None) -> tuple[RunRecord, ...]:
        """The runs of an entry or of all, in the order in which they started; of these only the last so many."""
        query = sql.select(RUNS).order_by(RUNS.c.started.desc(), RUNS.c.id.desc()).limit(last)
        rows = self._rows(query if entry is None else query.where(RUNS.c.entry == entry))
        return tuple(_record(row) for row in reversed(rows))

    def by_entry(self) -> Mapping[str, tuple[RunRecord, ...]]:
        """The runs of every entry that has one, each in the order in which they started."""
        found: dict[str, list[RunRecord]] = {}
        for record in self.runs():
            found.setdefault(record.task.entry, []).append(record)
        return {entry: tuple(records) for entry, records in found.items()}

    def pieces(self, run: int) -> tuple[Piece, ...]:
        """What a run made, in order."""
        return tuple(Piece(**found) for found in self._parts(PIECES, run))

    def problems(self, run: int) -> tuple[Problem, ...]:
        """What a run told, in order."""
        return tuple(Problem(**found) for found in self._parts(PROBLEMS, run))

    def _parts(self, table: sql.Table, run: int) -> Iterator[dict[str, Any]]:
        query = sql.select(table).where(table.c.run == run).order_by(sql.text("rowid"))
        return ({name: row[name] for name in _fields(table)} for row in self._rows(query))

    def seen(self) -> Mapping[str, Sighting]:
        """Since when each entry has been in the schedule."""
        return {row["name"]: Sighting(row["timing"], row["since"]) for row in self._rows(sql.select(ENTRIES))}

    def looked(self) -> datetime | None:
        """When somebody last asked what is due."""
        rows = self._rows(sql.select(LOOKS))
        return rows[0]["at"] if rows else None

    def _rows(self, query: sql.Select[Any]) -> Sequence[sql.RowMapping]:
        with self._open() as connection:
            return connection.execute(query).mappings().all()


def _fields(table: sql.Table) -> list[str]:
    return [column.name for column in table.columns if column.name != "run"]


def _record(row: sql.RowMapping) -> RunRecord:
    task = Task(row["key"], row["entry"], row["kind"], row["due"])
    actor = Actor(row["host"], row["user"], row["version"])
    return RunRecord(row["id"], task, row["started"], row["finished"], row["result"], row["summary"], actor)


def months_before(now: datetime, months: int) -> datetime:
    """An instant about so many months earlier, for retention: a month counts 31 days, so that rather more is kept."""
    return now - timedelta(days=31 * months)
