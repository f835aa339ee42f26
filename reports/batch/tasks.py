"""What a batch is made of: tasks, the places that a worker needs, the answers, and what they run on."""

import logging
import pickle  # between our own processes alone
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from reports.errors import Problem, ReportError

if TYPE_CHECKING:
    from reports.orders import Order, Workshop

LOG = logging.getLogger(__name__)
TOLD = 300  # letters of the message of a mistake in the program; a longer one is in the debug log


class Task(Protocol):
    """Anything that can be pickled and knows its order."""

    @property
    def order(self) -> "Order":
        """The brief that the task makes."""
        ...


@dataclass(frozen=True, slots=True)
class Places:
    """From where a worker makes its workshop; `stamp` parts workshops of one folder before and after a change."""

    templates: Path
    house_file: Path | None
    fonts: Path
    stamp: str = ""

    def absolute(self) -> "Places":
        """The same places for a process that runs in another folder."""
        house_file = self.house_file.absolute() if self.house_file else None
        return Places(self.templates.absolute(), house_file, self.fonts.absolute(), self.stamp)


@lru_cache(maxsize=1)
def workshop(places: Places) -> "Workshop":
    """The workshop of this process, made once and kept: templates and fonts stay warm from task to task.

    The one thing that a process keeps, because a task comes to a worker without its workshop, which cannot be sent.
    """
    from reports.orders import Workshop  # noqa: PLC0415  it is large, and --help needs none

    return Workshop(places.templates, places.house_file, places.fonts)


@dataclass(frozen=True, slots=True)
class Machines:
    """What a batch runs on: processes of this machine (else as many as it has processors) or a cluster.

    `cluster` is the address of a Dask scheduler, `limit` the seconds after which a task counts as hanging, and `stop`
    ends the batch from another thread.
    """

    jobs: int | None = None
    cluster: str = ""
    limit: float | None = None
    stop: Event | None = None


T = TypeVar("T")
Job = tuple[int, Task]


# A function at the top of a module, so that a worker finds it by name: of a task and the places, what is made, which
# can be pickled. It raises ReportError for a bad order.
Work = Callable[[Any, Places], T]


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """What became of a task: its value, or the problems that kept it from being made. `seconds` is its own time."""

    index: int
    task: Task
    value: T | None
    problems: tuple[Problem, ...]
    seconds: float

    @property
    def failed(self) -> bool:
        """Whether there is no value."""
        return bool(self.problems)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A result on its way from a worker: without its task, with the traceback of a mistake for the debug log."""

    value: T | None
    problems: tuple[Problem, ...]
    seconds: float = 0.0
    trace: str = ""

    def result(self, index: int, task: Task) -> Result[T]:
        """The result of the task."""
        if self.trace:
            LOG.debug("%s\n%s", title(task), self.trace)
        return Result(index, task, self.value, self.problems, self.seconds)


def title(task: Task) -> str:
    """How a problem calls a task: brief KZ-LU (xx, yy)."""
    order = task.order
    return f"{order.name} {order.home}-{order.partner} ({', '.join(order.languages)})"


def failure(task: Task, message: str, hint: str = "") -> Answer[T]:
    """The answer for a task that never gave one."""
    return Answer(None, (Problem(title(task), message, hint),))


def answered(work: Work[T], task: Task, places: Places) -> Answer[T]:
    """Do a task here and now. Nothing is raised but KeyboardInterrupt."""
    start = time.perf_counter()
    try:
        value = work(task, places)
    except ReportError as error:
        problems = error.problems or (Problem(title(task), "is not made, and nothing says why"),)
        return Answer(None, problems, time.perf_counter() - start)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a library may leave by SystemExit or by a panic of its own
        return mistake(title(task), error, time.perf_counter() - start)
    return Answer(value, (), time.perf_counter() - start)


def mistake(name: str, error: BaseException, seconds: float = 0.0) -> Answer[T]:
    """The answer for a mistake in the program: type, message and place; the traceback is for the debug log."""
    said = traceback.format_exception_only(error)[-1].strip()  # never fails, whatever the error does
    said = said if len(said) <= TOLD else f"{said[:TOLD]}…"
    problem = Problem(name, f"{said} ({_place(error)})", "a mistake in the program: please report it")
    return Answer(None, (problem,), seconds, "".join(traceback.format_exception(error)))


def _place(error: BaseException) -> str:
    """Module and line where it went wrong, the innermost of ours if any."""
    steps = [(_module(frame), line) for frame, line in traceback.walk_tb(error.__traceback__)]
    steps = [step for step in steps if step[0] != __name__] or steps or [("unknown", 0)]
    ours = [step for step in steps if step[0].split(".")[0] == "reports"]
    module, line = (ours or steps)[-1]
    return f"{module}:{line}"


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", frame.f_code.co_filename))


# ---------------------------------------------------------------- on the way between processes


def reply(name: str, task: bytes, work: Work[T], places: Places) -> bytes:
    """The answer to a pickled task, pickled; a problem if the task cannot be read here or its value not be sent."""
    try:
        return pickle.dumps(answered(work, pickle.loads(task), places))  # noqa: S301  of our own parent alone
    except Exception as error:  # pickle raises what the task or its value raises
        return pickle.dumps(mistake(name, error))


def read(data: bytes) -> Answer[Any]:
    """What `reply` gave. Raises TypeError if it is anything else, and what pickle raises."""
    found = pickle.loads(data)  # noqa: S301  of our own worker alone
    if not isinstance(found, Answer):
        raise TypeError(type(found).__name__)
    return found
