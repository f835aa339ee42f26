"""The schedule in one process that stays: APScheduler calls at every instant of the plan, and between for retries."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from reports.errors import Problem, ReportError
from reports.schedule.plan import Plan
from reports.schedule.rules import upcoming

RETRIES = timedelta(minutes=15)  # how often what failed, or was missed while the machine slept, is looked for
PAUSE = 10.0  # seconds between two looks at the file
JOB = "run-due"


class Occurrences(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """The instants of a plan by our own rules, so that days and clock changes are as everywhere; and every so often."""

    def __init__(self, plan: Plan, every: timedelta = RETRIES) -> None:
        self.plan, self.every = plan, every

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The next instant after the last, of which those that are past count as one."""
        if previous_fire_time is None:
            return now  # what was missed before the process began, or is due by a plan that was changed
        last = max(previous_fire_time, now - self.every)
        runs = upcoming(self.plan.entries, last, 1)
        return min([last + self.every, *(run.due for run in runs)])


@dataclass(frozen=True, slots=True)
class Watched:
    """What `watch` calls: `read` for the plan (it may raise ReportError), `act` for what is due, `tell` for people."""

    read: Callable[[], Plan]
    act: Callable[[Plan], None]
    tell: Callable[[tuple[Problem, ...]], None]


def watch(watched: Watched, stop: Event, *, pause: float = PAUSE, every: timedelta = RETRIES) -> None:
    """Make what is due, at once and at every instant of the plan, until `stop` is set; then the run at work is ended.

    A plan that was changed is taken up within `pause` seconds; one with mistakes is told once, and the last good plan
    stays. The first plan must be good: its ReportError goes to the caller.
    """
    plan = watched.read()
    quiet = logging.Logger(JOB, logging.CRITICAL)  # that a run is still at work when the next is due is nothing to tell
    scheduler = BackgroundScheduler(timezone=UTC, logger=quiet)
    _schedule(scheduler, plan, watched, every)
    scheduler.start()
    told: tuple[Problem, ...] = ()
    try:
        while not stop.wait(pause):
            try:
                new, told = watched.read(), ()
            except ReportError as error:
                if error.problems != told:
                    told = error.problems
                    watched.tell(told)
                continue
            if new != plan:
                plan = new
                _schedule(scheduler, plan, watched, every)
    finally:
        scheduler.shutdown(wait=True)


def _schedule(scheduler: Any, plan: Plan, watched: Watched, every: timedelta) -> None:
    """One job for the whole plan: what is late counts as one call, and no two run at once."""
    scheduler.add_job(
        _act, Occurrences(plan, every), args=(plan, watched), id=JOB, replace_existing=True,
        coalesce=True, max_instances=1, misfire_grace_time=None,
    )  # fmt: skip


def _act(plan: Plan, watched: Watched) -> None:
    """Make what is due; a folder that cannot be written today may be writable at the next look."""
    try:
        watched.act(plan)
    except ReportError as error:
        watched.tell(error.problems)
