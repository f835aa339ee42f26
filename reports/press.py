"""Orders become editions, on one processor, on many, or on a cluster: what every entry point calls."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reports.batch import Machines, Places, run, workshop
from reports.editions.batches import Since
from reports.editions.keeping import Kept, before_of, keep, prepared, unkept
from reports.editions.making import Made, Task, made, task_of
from reports.errors import ReportError
from reports.facts.records import Data
from reports.orders import Order
from reports.stamps import Stamp, stamp_of


@dataclass(frozen=True, slots=True)
class Desk:
    """Where editions go and what they are made with. `since` is the edition whose changes are told: that of a day, the
    last one, or none; `clock` says when something was made."""

    out: Path
    places: Places
    clock: Callable[[], datetime]
    machines: Machines | None = None
    since: Since = None


def press(orders: Iterable[Order], data: Data, desk: Desk) -> Iterator[Kept]:
    """What became of every order, each as soon as it is known. One that fails does not stop the others.

    KeyboardInterrupt leaves whole editions only. ReportError if the templates cannot be read or there is no cluster.
    """
    places = desk.places.absolute()
    stamp = stamp_of(places.templates, places.house_file, places.fonts)
    done: deque[Kept] = deque()
    tasks = (task for order in orders for task in _tasks(order, data, stamp, desk, done))
    for result in run(_work, tasks, places, desk.machines or Machines(jobs=1)):
        task = result.task
        assert isinstance(task, Task)
        yield from _drained(done)
        if result.value is None:
            yield unkept(task.order, desk.out, result.problems)
        else:
            yield _kept(task, result.value, desk, result.seconds)
    yield from _drained(done)


def _tasks(order: Order, data: Data, stamp: Stamp, desk: Desk, done: deque[Kept]) -> Iterator[Task]:
    """The task of an order, unless there is nothing to make of it: that is done."""
    shop = workshop(desk.places.absolute())
    try:
        before = before_of(desk.out, order, None if desk.since == "last" else desk.since) if desk.since else None
        found = prepared(order, desk.out, lambda wanted: task_of(wanted, shop, data, stamp, before))
    except ReportError as error:
        done.append(unkept(order, desk.out, error.problems))
        return
    if isinstance(found, Task):
        yield found
    else:
        done.append(found)


def _work(task: Task, places: Places) -> Made:
    """In a worker, which has no data folder."""
    return made(task, workshop(places))


def _kept(task: Task, value: Made, desk: Desk, seconds: float) -> Kept:
    try:
        return keep(task, value, desk.out, desk.clock(), seconds)
    except ReportError as error:
        return unkept(task.order, desk.out, error.problems)


def _drained(done: deque[Kept]) -> Iterator[Kept]:
    while done:
        yield done.popleft()
