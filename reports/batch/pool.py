"""The processes of this machine: who does what, who died, who hangs."""

import time
from collections import deque
from collections.abc import Iterator
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import Any

from reports.batch.tasks import Answer, Job, Machines, Places, Result, T, Work, failure, mistake, title
from reports.batch.worker import Worker

TICK = 0.25  # seconds between looks at what gives no sign: a request to stop, a task that hangs
STARTS = 3  # processes in a row that end before their first task: there will be none


def pooled(work: Work[T], jobs: Iterator[Job], places: Places, machines: Machines, size: int) -> Iterator[Result[T]]:
    """The results of all jobs from `size` processes.

    A task whose process died is tried again at the end, alone: a machine that was short of memory has all of it then.
    """
    lost: list[Job] = []
    for found in _Crew(work, jobs, places, machines, size).results():
        if found.answer is None:
            lost.append(found.job)
        else:
            yield found.answer.result(*found.job)
    for found in _Crew(work, iter(lost), places, machines, 1).results():
        answer = found.answer or failure(
            found.job[1], f"the process that made it died ({found.end}) twice", "make it alone; it may need more memory"
        )
        yield answer.result(*found.job)


class _Ended:
    """A job that is done with: its answer, or None and how its process ended."""

    def __init__(self, job: Job, answer: Answer[Any] | None, end: str = "") -> None:
        self.job, self.answer, self.end = job, answer, end


class _Crew:
    """Workers and the jobs that wait for them; no more jobs are taken than there are workers."""

    def __init__(self, work: Work[T], jobs: Iterator[Job], places: Places, machines: Machines, size: int) -> None:
        self._work, self._places, self._machines = work, places, machines
        ahead = list(islice(jobs, size))
        self._jobs, self._waiting, self._size = jobs, deque(ahead), len(ahead)
        self._workers: list[Worker] = []
        self._failed_starts, self._last_end = 0, ""

    def results(self) -> Iterator[_Ended]:
        """All jobs, as they end. Whatever happens, no process is left."""
        try:
            while self._waiting or any(worker.job for worker in self._workers):
                self._hire()
                if not self._workers:
                    yield from self._given_up()
                    return
                for worker in self._heard():
                    yield from self._ended(worker)
            self._dismiss()
        finally:
            for worker in self._workers:
                worker.kill()

    def _hire(self) -> None:
        while self._waiting and len(self._workers) < self._size and self._failed_starts < STARTS:
            try:
                self._workers.append(Worker(self._work, self._places))
            except OSError as error:
                self._failed_starts, self._last_end = self._failed_starts + 1, str(error)

    def _heard(self) -> list[Worker]:
        """The workers, after one of them gave a sign or a moment has passed."""
        wait([sign for worker in self._workers for sign in worker.signs], TICK)
        if self._machines.stop and self._machines.stop.is_set():
            raise KeyboardInterrupt
        return list(self._workers)

    def _ended(self, worker: Worker) -> Iterator[_Ended]:
        """What became of the job of a worker, if it is over; the worker has its next one before anybody is told."""
        dead, job = worker.dead, worker.job  # asked before its answer: what it said before it died counts
        answer, late = worker.answer(), job and self._late(worker)
        if answer is None and late:
            worker.kill()
            answer = failure(late[1], f"took more than {self._machines.limit:g} seconds and was ended")
        if answer is not None:
            worker.job = None
        if dead or worker.dead:
            self._bury(worker)
        elif worker.ready and worker.job is None:
            yield from self._give(worker)
        if job and (answer is not None or worker.dead):
            yield _Ended(job, answer, worker.end())

    def _late(self, worker: Worker) -> Job | None:
        limit = self._machines.limit
        return worker.job if limit is not None and time.monotonic() - worker.since > limit else None

    def _bury(self, worker: Worker) -> None:
        worker.kill()
        self._workers.remove(worker)
        self._failed_starts, self._last_end = 0 if worker.ready else self._failed_starts + 1, worker.end()

    def _give(self, worker: Worker) -> Iterator[_Ended]:
        """The next job that can be sent."""
        self._failed_starts = 0
        while self._waiting:
            job = self._waiting.popleft()
            self._waiting.extend(islice(self._jobs, 1))
            try:
                worker.give(job)
            except Exception as error:  # pickle raises what the task raises
                yield _Ended(job, mistake(title(job[1]), error))
            else:
                return

    def _given_up(self) -> Iterator[_Ended]:
        """Every job that is left, as a problem: no process starts here."""
        for job in chain(self._waiting, self._jobs):
            said = f"is not made: no process starts ({self._last_end})"
            yield _Ended(job, failure(job[1], said, "make the briefs one by one: --jobs 1"))

    def _dismiss(self) -> None:
        """All leave by themselves, all at once."""
        for worker in self._workers:
            worker.dismiss()
        for worker in self._workers:
            worker.gone()
