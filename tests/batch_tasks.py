"""Tasks for the tests of batches, in a module of their own: a worker finds what it runs by its name."""

import os
import signal
import sys
import time
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reports.batch import Machines, Places, run, workshop
from reports.errors import DataError, Problem

if TYPE_CHECKING:
    from reports.facts.records import Data
    from reports.orders import Order

ROOT = Path(__file__).parent.parent
PLACES = Places(ROOT / "templates", ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")


class Asked(NamedTuple):
    """As much of an order as a batch looks at: workers of tests start faster without the rest of the program."""

    home: str
    partner: str
    name: str
    languages: tuple[str, ...]


def order(partner: str = "LU", languages: tuple[str, ...] = ("en",)) -> Any:
    return Asked("KZ", partner, "reference", languages)


def real_order(
    partner: str, languages: tuple[str, ...], formats: tuple[str, ...], report: str = "reference"
) -> "Order":
    from reports.orders import Order  # noqa: PLC0415

    return Order("KZ", partner, date(2025, 10, 20), report, languages, formats)


@dataclass(frozen=True)
class Tried:
    """A task that does what it is told: `what` is a function of this module, `folder` where it leaves its marks."""

    order: Any
    what: str = "pid"
    folder: Path = Path()


class Unreadable:
    """Can be sent, and cannot be read where it arrives."""

    def __reduce__(self) -> tuple[object, tuple[()]]:
        return _unreadable, ()


def _unreadable() -> None:
    raise ModuleNotFoundError("no such module here")


class Grumpy(Exception):
    """An error that cannot be told."""

    def __str__(self) -> str:
        raise ValueError


@dataclass(frozen=True)
class Odd:
    """A task with something odd inside."""

    order: Any
    inside: object


def nothing(_task: object, _places: Places) -> int:
    return 1


def do(task: Tried, _places: Places) -> object:
    """The work of most tests."""
    task.folder.mkdir(exist_ok=True, parents=True)
    return globals()[task.what](task)


def pid(_task: Tried) -> int:
    return os.getpid()


def marked(task: Tried) -> int:
    """Tells who does it, and takes its time."""
    (task.folder / str(os.getpid())).touch()
    time.sleep(60)
    return 0


def slow(_task: Tried) -> int:
    time.sleep(0.05)
    return os.getpid()


def large(_task: Tried) -> bytes:
    return bytes(2_000_000)


def wrong(_task: Tried) -> None:
    raise DataError(Problem("pairs/KZ-LU/observations.csv:3", "value is 'x'", "a number"))


def mistaken(_task: Tried) -> int:
    return 1 // 0


def grumpy(_task: Tried) -> None:
    raise Grumpy


def leaves(_task: Tried) -> None:
    sys.exit(0)


def killed(task: Tried) -> None:
    with (task.folder / "killed").open("a") as file:
        file.write("x")
    os.kill(os.getpid(), signal.SIGKILL)


def killed_once(task: Tried) -> str:
    if not (task.folder / "once").exists():
        (task.folder / "once").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "made"


def quits(_task: Tried) -> None:
    os._exit(7)


def hangs(_task: Tried) -> None:
    time.sleep(600)


class Unsendable:
    """Cannot be sent."""

    def __reduce__(self) -> tuple[object, tuple[()]]:
        raise ValueError("stays here")


def unsendable(_task: Tried) -> Unsendable:
    return Unsendable()


def unreadable(_task: Tried) -> Unreadable:
    return Unreadable()


def talks(_task: Tried) -> str:
    os.write(1, b"garbage\n")
    print("more garbage", flush=True)  # noqa: T201
    return "made"


def forks(task: Tried) -> str:
    """Both of them come back, and the copy lives a little longer."""
    if os.fork():
        return "made"
    (task.folder / f"copy-{os.getpid()}").touch()
    return "made by the copy"


def forks_and_dies(_task: Tried) -> None:
    """The copy holds the pipes of the dead open."""
    if os.fork() == 0:
        time.sleep(5)
        os._exit(0)
    os.kill(os.getpid(), signal.SIGKILL)


def babbles(_task: Tried) -> str:
    """Writes into every pipe that it can find."""
    for handle in range(3, 64):
        try:
            os.write(handle, b"\0\0\0\5nonsense")
        except OSError:
            continue
    return "made"


def greedy(_task: Tried) -> int:
    """All the memory that its process is allowed."""
    import resource  # noqa: PLC0415  there is none on Windows

    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (2**31, before[1]))
    try:
        return len([bytes(2**26) for _ in range(64)])
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@cache
def data() -> "Data":
    from reports.sources import SOURCES  # noqa: PLC0415

    read, _ = SOURCES["folder"](ROOT / "data")
    return read


def brief(task: Tried, places: Places) -> dict[str, bytes]:
    """The files of a real order."""
    from reports.orders import fill  # noqa: PLC0415

    return dict(fill(task.order, workshop(places), data()).files)


def filed(task: Tried, places: Places) -> list[str]:
    """A real order from a data folder of its own, saved beside it."""
    from reports.editions.files import saved  # noqa: PLC0415
    from reports.orders import fill  # noqa: PLC0415
    from reports.sources import SOURCES  # noqa: PLC0415

    read, _ = SOURCES["folder"](task.folder / "data")
    files = fill(task.order, workshop(places), read).files
    return [str(path) for path in saved(files, task.folder / "out" / task.order.folder)]


def main(folder: Path, what: str) -> int:
    """A batch for a test to interrupt."""
    try:
        for one in run(do, [Tried(order(), what, folder)] * 6, PLACES, Machines(2)):
            print(one.value, flush=True)  # noqa: T201
    except KeyboardInterrupt:
        print("interrupted", flush=True)  # noqa: T201
        return 130
    return 0
