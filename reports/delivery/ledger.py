"""What has been delivered to whom: the table that lets nothing go out twice, in the database of the run history.

A row is claimed as `sending` before a letter leaves and becomes `sent` after the server took it. A row that is found as
`sending` when nobody is at work was left by a crash: whether the letter arrived only its receiver knows.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import (
    Column,
    ColumnElement,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    and_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Row
from sqlalchemy.exc import DBAPIError

from reports.delivery.parcel import State
from reports.errors import OutputError, Problem, ReportError

UNIQUE = ("destination", "parcel", "files", "recipient")
METADATA = MetaData()
DELIVERIES = Table(
    "deliveries", METADATA,
    Column("number", Integer, primary_key=True),
    Column("destination", String, nullable=False),
    Column("parcel", String, nullable=False),
    Column("files", String, nullable=False),  # SHA-256
    Column("recipient", String, nullable=False),
    Column("state", String, nullable=False),
    Column("at", String, nullable=False),  # ISO 8601 in UTC
    Column("tries", Integer, nullable=False),
    Column("message_id", String, nullable=False),
    UniqueConstraint(*UNIQUE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slip:
    """What is delivered: the name of the destination, the name of the parcel, the hash of its files."""

    destination: str
    parcel: str
    files: str
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger. `number` names it for a person who decides; `at` is of its last change."""

    number: int
    slip: Slip
    recipient: str
    state: State
    at: datetime
    tries: int


class AtWork(ReportError):
    """Another process delivers at this moment."""


class Ledger:
    """The table of deliveries in a SQLite database, which is opened and closed by the caller.

    OutputError, when it is made, listed or decided on, if the database cannot be used.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with _readable():
            METADATA.create_all(engine)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """As long as it lasts no other process delivers; AtWork if one does. The system drops the lock of the dead."""
        database = self._engine.url.database
        if not database or database == ":memory:":
            yield
            return
        lock = FileLock(f"{Path(database).resolve()}.delivery.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            hint = "what it leaves is delivered by the next run"
            raise AtWork(Problem("delivery", "another process delivers at this moment", hint, "warning")) from None
        try:
            yield
        finally:
            lock.release()

    def entries(self, state: State | None = None) -> tuple[Entry, ...]:
        """All rows, or those of a state, the oldest first."""
        wanted = select(DELIVERIES).order_by(DELIVERIES.c.number)
        if state:
            wanted = wanted.where(DELIVERIES.c.state == state)
        with _readable(), self._engine.connect() as connection:
            return tuple(_entry(row) for row in connection.execute(wanted))

    def of(self, slip: Slip) -> Mapping[str, Entry]:
        """The rows of a slip by recipient."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(DELIVERIES).where(_is(slip)))
            return {row.recipient: _entry(row) for row in rows}

    def has_sent(self, destination: str, recipient: str, files: str) -> bool:
        """Whether these bytes are what the destination once got there."""
        where = and_(
            DELIVERIES.c.destination == destination, DELIVERIES.c.recipient == recipient, DELIVERIES.c.files == files
        )
        with self._engine.connect() as connection:
            return connection.execute(select(DELIVERIES.c.number).where(where)).first() is not None

    def left_by_a_crash(self) -> None:
        """Letters of which nobody knows whether they left become doubtful, copies of files are due; only for who is
        alone."""
        sending = update(DELIVERIES).where(DELIVERIES.c.state == "sending")
        with self._engine.begin() as connection:
            connection.execute(sending.where(DELIVERIES.c.message_id != "").values(state="doubtful"))
            connection.execute(sending.where(DELIVERIES.c.message_id == "").values(state="failed"))

    def claim(self, slip: Slip, recipients: Collection[str], now: datetime) -> tuple[str, ...]:
        """Those recipients that are now ours to send to; the others have it, or somebody else sends.

        One transaction: it is on the disk before a letter leaves, and of two processes one gets each row.
        """
        changed = {"state": "sending", "at": _text(now), "message_id": slip.message_id}
        mine = []
        with self._engine.begin() as connection:
            for recipient in recipients:
                fresh = insert(DELIVERIES).values(**_key(slip), recipient=recipient, tries=1, **changed)
                done = connection.execute(fresh.on_conflict_do_nothing())
                if not done.rowcount:
                    where = and_(_is(slip), DELIVERIES.c.recipient == recipient, DELIVERIES.c.state == "failed")
                    again = update(DELIVERIES).where(where).values(tries=DELIVERIES.c.tries + 1, **changed)
                    done = connection.execute(again)
                if done.rowcount:
                    mine.append(recipient)
        return tuple(mine)

    def record(self, slip: Slip, states: Mapping[str, State], now: datetime) -> None:
        """How it stands with each recipient."""
        changed = {"at": _text(now), "message_id": slip.message_id}
        with self._engine.begin() as connection:
            for recipient, state in states.items():
                row = insert(DELIVERIES).values(**_key(slip), recipient=recipient, state=state, tries=1, **changed)
                connection.execute(
                    row.on_conflict_do_update(index_elements=list(UNIQUE), set_={"state": state, **changed})
                )

    def decide(self, number: int, now: datetime, *, arrived: bool) -> bool:
        """A person settles a doubtful or refused delivery: it arrived, or it is to be sent again by the next run.

        Whether there was such a one.
        """
        where = and_(DELIVERIES.c.number == number, DELIVERIES.c.state.in_(("doubtful", "refused")))
        changed = update(DELIVERIES).where(where).values(state="sent" if arrived else "failed", at=_text(now))
        with _readable(), self._engine.begin() as connection:
            return bool(connection.execute(changed).rowcount)


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        found = f"the ledger cannot be used: {error.orig}"
        raise OutputError(Problem("delivery", found, "see to the folder, or choose another with --out")) from error


def _key(slip: Slip) -> dict[str, str]:
    return {"destination": slip.destination, "parcel": slip.parcel, "files": slip.files}


def _is(slip: Slip) -> ColumnElement[bool]:
    return and_(*(DELIVERIES.c[name] == value for name, value in _key(slip).items()))


def _entry(row: Row[Any]) -> Entry:
    slip = Slip(row.destination, row.parcel, row.files, row.message_id)
    return Entry(row.number, slip, row.recipient, row.state, datetime.fromisoformat(row.at), row.tries)


def _text(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds")
