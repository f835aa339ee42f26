"""Making what is due: under a lock that the system drops when its holder dies, each run kept in the history."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from reports.errors import OutputError, Problem, ReportError
from reports.history import History, Outcome, months_before
from reports.schedule.due import work
from reports.schedule.plan import Plan
from reports.schedule.rules import Run

Now = Callable[[], datetime]  # the clock of the entry point
Make = Callable[[Run], Outcome]
LOCK, HOLDER = "run-due.lock", "run-due.json"


@dataclass(frozen=True, slots=True)
class Done:
    """What `run_due` did: how each run ended, and all problems. `busy` if another process is at work instead."""

    outcomes: tuple[tuple[Run, Outcome], ...] = ()
    problems: tuple[Problem, ...] = ()
    busy: bool = False

    @property
    def ok(self) -> bool:
        """Whether nothing failed; that another process does the work is no failure."""
        return all(outcome.result == "success" for _, outcome in self.outcomes)


def run_due(plan: Plan, history: History, now: Now, make: Make, *, retry: bool = False) -> Done:
    """Make what is due, one run after the other; what another process is making is left to it.

    A run that fails does not stop the others. OutputError if history or lock cannot be written.
    """
    try:
        with locked(history.path.parent, now()):
            return _made(plan, history, now, make, retry)
    except Busy as error:
        return Done(problems=error.problems, busy=True)


class Busy(ReportError):
    """Another process makes what is due."""


@contextmanager
def locked(folder: Path, at: datetime) -> Iterator[None]:
    """Hold the lock of a history. Busy if another does; OutputError if the folder does not allow a lock."""
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(_at_work(folder)) from None
    except (OSError, NotImplementedError) as error:
        hint = "a folder on a disk of this machine that this user may write to"
        raise OutputError(Problem(str(folder / LOCK), f"cannot be locked: {error}", hint)) from error
    try:
        _tell_holder(folder, at)
        yield
    finally:
        lock.release()


def _tell_holder(folder: Path, at: datetime) -> None:
    """Beside the lock, for a Windows lock keeps others from reading the file."""
    text = json.dumps({"process": os.getpid(), "since": at.isoformat(timespec="seconds")})
    try:
        (folder / HOLDER).write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(Problem(str(folder / HOLDER), f"cannot be written: {error.strerror}")) from error


def _at_work(folder: Path) -> Problem:
    try:
        holder = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        who = f" (process {holder['process']} since {holder['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        who = ""
    return Problem("run-due", f"another run is at work{who}", "it makes what is due; nothing to do", "warning")


def _made(plan: Plan, history: History, now: Now, make: Make, retry: bool) -> Done:
    at = now()
    history.interrupt(at)
    history.see({entry.name: entry.timing for entry in plan.entries}, at)
    todo = work(plan, history, at, retry=retry)
    for skipped in todo.skipped:
        history.skip(skipped.run.task, at, skipped.reason)
    problems = [*history.found, *(skipped.problem for skipped in todo.skipped)]
    outcomes = []
    for run in todo.runs:
        outcome = _one(run, history, now, make)
        outcomes.append((run, outcome))
        problems += outcome.problems
    history.prune(months_before(at, plan.retention.history_months))
    return Done(tuple(outcomes), tuple(dict.fromkeys(problems)))


def _one(run: Run, history: History, now: Now, make: Make) -> Outcome:
    """Make a run and keep how it ended, also when it is broken off."""
    number = history.begin(run.task, now())
    try:
        outcome = make(run)
    except ReportError as error:
        outcome = Outcome("failed", error.problems, summary=str(error.problems[0]) if error.problems else "")
    except Exception as error:  # a mistake in the program: the runs after it are made all the same
        problem = Problem(run.key, f"stopped by {type(error).__name__}: {error}", "a fault of the program: report it")
        outcome = Outcome("failed", (problem,), summary=problem.message)
    except BaseException:
        history.end(number, now(), Outcome("interrupted", summary="stopped by hand"))
        raise
    history.end(number, now(), outcome)
    return outcome
