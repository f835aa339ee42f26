"""A batch under way, so that one that was interrupted can go on: its orders, as of the same day, in <out>/.work."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from reports.editions.files import made_folder, unwritable, write
from reports.editions.manifest import digest
from reports.editions.shelf import LOCK, WORK
from reports.errors import EditionError, OutputError, Problem
from reports.orders import Order

Since = Literal["last"] | date | None
BATCH = TypeAdapter(tuple[Since, tuple[Order, ...]])
PREFIX, SUFFIX = "batch-", ".json"


@contextmanager
def under_way(out: Path, orders: Sequence[Order], since: Since) -> Iterator[Callable[[bool], None]]:
    """While the orders are made they are on record, until the function that this gives is told that all were made. One
    order alone is not worth it. OutputError if the folder cannot be written."""
    if len(orders) < 2:  # noqa: PLR2004  one order alone
        yield lambda _: None
        return
    blob = BATCH.dump_json((since, tuple(orders)))
    path = made_folder(out / WORK) / f"{PREFIX}{digest(blob)[:12]}{SUFFIX}"
    lock = _lock(path)
    with suppress(Timeout):  # the same batch in another process: either may bring it to its end
        lock.acquire(timeout=0)
    try:
        path.unlink(missing_ok=True)
        write(path, blob)
    except OSError as error:
        lock.release()
        raise OutputError(unwritable(path, error)) from error

    def ended(whole: bool) -> None:
        if whole:
            path.unlink(missing_ok=True)

    try:
        yield ended
    finally:
        lock.release()


def interrupted(out: Path) -> tuple[tuple[Order, ...], Since]:
    """The orders of the newest batch that did not come to an end, and the edition whose changes they tell. EditionError
    if there is none, or its record cannot be read."""
    paths = sorted((out / WORK).glob(f"{PREFIX}*{SUFFIX}"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in paths:
        with suppress(Timeout), _lock(path).acquire(timeout=0):
            try:
                since, orders = BATCH.validate_json(path.read_bytes())
            except (OSError, ValidationError) as error:
                raise EditionError(Problem(str(path), "no record of a batch", "delete it")) from error
            return orders, since
    raise EditionError(Problem(str(out), "no batch was interrupted", "name the countries"))


def _lock(path: Path) -> FileLock:
    return FileLock(path.with_suffix(LOCK))
