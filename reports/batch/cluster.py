"""The same tasks on the workers of a Dask cluster.

A scheduler runs what anyone sends it who can reach it: docs/cluster.md.
"""

import asyncio
import logging
import pickle  # for workers that run this very program
import threading
import time
import uuid
from collections.abc import Awaitable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from reports.batch.stamp import stamp
from reports.batch.tasks import Answer, Job, Machines, Places, Result, T, Work, failure, mistake, read, reply, title
from reports.errors import Problem, ReportError
from reports.stamps import Stamp

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT = 5.0  # seconds for a scheduler to answer and for a first worker to be there
PATIENCE = 60.0  # seconds without any worker after which a cluster is given up
TICK = 0.5
AHEAD = 2  # tasks under way for each worker: one that is done and one that waits
KEYS = "DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__CLIENT__CERT and …__CLIENT__KEY"
LOGGERS = ("distributed", "distributed.client", "distributed.core", "tornado.application")
# A worker may have many threads, and the libraries that draw keep tables of their own for a whole process.
ONE_AT_A_TIME = threading.Lock()


def clustered(work: Work[T], jobs: Iterator[Job], places: Places, machines: Machines) -> Iterator[Result[T]]:
    """The results of all jobs from a cluster.

    ReportError if the library is missing, nobody answers, there is no worker, or a worker has another program, other
    templates or fonts than this machine.
    """
    batch = uuid.uuid4().hex
    places = replace(places.absolute(), stamp=batch)
    mine = stamp(places, batch)
    with _quiet(), _connected(machines.cluster) as client:
        _check(client, places, mine)
        for job, answer in _Batch(client, work, places, machines, mine).answers(jobs):
            yield answer.result(*job)


# ---------------------------------------------------------------- the connection


@contextmanager
def _connected(address: str) -> Iterator["Client"]:
    try:
        from distributed import Client  # noqa: PLC0415  an optional library
        from distributed.comm import connect  # noqa: PLC0415  of the same library
        from distributed.security import Security  # noqa: PLC0415  of the same library
    except ImportError as error:
        said = "the library distributed is not installed"
        raise ReportError(Problem("--cluster", said, 'pip install "bilateral[cluster]"')) from error
    try:
        secured = Security(require_encryption=address.startswith("tls"))
        asyncio.run(_knock(connect(address, CONNECT, **secured.get_connection_args("client"))))
        client = Client(address, timeout=CONNECT, security=secured, set_as_default=False)
    except Exception as error:  # of many kinds: no such host, no such protocol, no certificate
        hint = f"start one with `dask scheduler`; for tls:// set {KEYS}"
        raise ReportError(Problem(address, f"no scheduler answers: {_said(error)}", hint)) from error
    try:
        yield client
    finally:
        with suppress(Exception):  # it may be gone; what was under way is dropped with the client
            client.close(timeout=1)


async def _knock(connection: Awaitable[Any]) -> None:
    """Whether anybody is there: a client that finds nobody talks of it for long."""
    comm = await connection
    await comm.close()


def _said(error: BaseException) -> str:
    """One line of what a library says."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _check(client: "Client", places: Places, mine: Stamp) -> None:
    """ReportError unless there are workers and all are as this machine."""
    address = client.scheduler.address
    try:
        client.wait_for_workers(1, timeout=CONNECT)
    except TimeoutError as error:
        raise ReportError(Problem(address, "has no workers", f"start one with `dask worker {address}`")) from error
    try:
        found = client.run(stamp, places, places.stamp, on_error="return")
    except Exception as error:  # the scheduler has just gone
        raise ReportError(Problem(address, f"no longer answers: {_said(error)}", "run again")) from error
    problems = [problem for name, theirs in sorted(found.items()) for problem in _unlike(name, theirs, mine)]
    if problems:
        raise ReportError(*problems)


def _unlike(worker: str, theirs: object, mine: Stamp) -> Iterator[Problem]:
    """What is wrong with a worker."""
    hint = "give every worker this version of Bilateral and these templates and fonts, in the same folders; restart it"
    if not isinstance(theirs, Stamp):
        said = _said(theirs) if isinstance(theirs, BaseException) else type(theirs).__name__
        yield Problem(f"worker {worker}", f"has no such Bilateral: {said}", hint)
    elif different := mine.differences(theirs):
        yield Problem(f"worker {worker}", f"has not the same {different} as this machine", hint)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the log of the library: what it has to say to a person is a problem here."""
    levels = {name: logging.getLogger(name).level for name in LOGGERS}
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


# ---------------------------------------------------------------- the work


class _Batch:
    """What is under way on a cluster."""

    def __init__(self, client: "Client", work: Work[Any], places: Places, machines: Machines, mine: Stamp) -> None:
        self._client, self._work, self._places, self._machines, self._mine = client, work, places, machines, mine
        self._under_way: dict[Future[bytes], Job] = {}
        self._asked = self._served = self._heard = time.monotonic()
        self._workers = len(client.nthreads())

    def answers(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Answer[Any]]]:
        """All jobs with their answers, as they come; those that a lost cluster took along, too."""
        while not (lost := self._lost()):
            yield from self._send(jobs)
            if not self._under_way:
                return
            for future in self._done():
                job = self._under_way.pop(future)
                yield job, self._answer(future, job)
            yield from self._late()
        for job in chain(self._under_way.values(), jobs):
            yield job, failure(job[1], f"is not made: {lost}", "run again with --resume")

    def _send(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Answer[Any]]]:
        """As many as the workers have room for."""
        for job in islice(jobs, max(0, AHEAD * max(self._workers, 1) - len(self._under_way))):
            try:
                data = pickle.dumps(job[1])
            except Exception as error:  # pickle raises what the task raises
                yield job, mistake(title(job[1]), error)
                continue
            call = (title(job[1]), data, self._work, self._places, self._mine)
            self._under_way[self._client.submit(_on_worker, *call, pure=False)] = job

    def _done(self) -> list["Future[bytes]"]:
        """Those that ended in this moment, well or not."""
        from distributed import wait  # noqa: PLC0415  an optional library

        with suppress(TimeoutError, CancelledError), self._client.as_current():
            wait(list(self._under_way), TICK, "FIRST_COMPLETED")
        if self._machines.stop and self._machines.stop.is_set():
            raise KeyboardInterrupt
        done = [future for future in self._under_way if future.done()]
        self._heard = time.monotonic() if done else self._heard
        return done

    def _answer(self, future: "Future[bytes]", job: Job) -> Answer[Any]:
        """What came back; the cluster keeps nothing of it."""
        from distributed import KilledWorker  # noqa: PLC0415  an optional library

        try:
            return read(future.result(timeout=PATIENCE))
        except KilledWorker as error:
            said = f"every worker that made it died, {error.allowed_failures + 1} of them"
            return failure(job[1], said, "make it alone; it may need more memory")
        except (CancelledError, TimeoutError, OSError) as error:
            return failure(job[1], f"was lost by the cluster: {_said(error)}", "run again with --resume")
        except Exception as error:  # what the library raises for a worker that fell over, of many kinds
            return mistake(title(job[1]), error)
        finally:
            future.release()

    def _late(self) -> Iterator[tuple[Job, Answer[Any]]]:
        """If nothing came for longer than a task may take: all that is under way, and its workers start anew."""
        limit = self._machines.limit
        if limit is None or not self._under_way or time.monotonic() - self._heard < limit:
            return
        with suppress(Exception):  # a worker without a nanny cannot be restarted
            keys = {future.key for future in self._under_way}
            stuck = [name for name, theirs in self._client.processing().items() if keys & set(theirs)]
            self._client.restart_workers(stuck, timeout=CONNECT, raise_for_error=False)
        for future, job in self._under_way.items():
            future.release()
            yield job, failure(job[1], f"gave nothing in {limit:g} seconds on the cluster and was dropped")
        self._under_way.clear()
        self._heard = time.monotonic()

    def _lost(self) -> str:
        """Why nothing more will come, if so."""
        now = time.monotonic()
        if self._client.status == "running" and now - self._asked > TICK:
            self._asked = now
            with suppress(Exception):  # the status tells it the next time
                self._workers = len(self._client.nthreads())
        if self._client.status != "running":
            return f"the scheduler {self._machines.cluster} was lost"
        self._served = now if self._workers else self._served
        return f"no worker is left at {self._machines.cluster}" if now - self._served > PATIENCE else ""


def _on_worker(name: str, task: bytes, work: Work[T], places: Places, mine: Stamp) -> bytes:
    """On a worker: do a task and send the answer. A worker that came later may be unlike the others."""
    with ONE_AT_A_TIME:
        if different := mine.differences(stamp(places, places.stamp)):
            said = f"is not made: worker {_address()} has not the same {different} as the machine that asks"
            return pickle.dumps(Answer(None, (Problem(name, said, "give it the same version; run with --resume"),)))
        return reply(name, task, work, places)


def _address() -> str:
    from distributed import get_worker  # noqa: PLC0415  an optional library

    return str(get_worker().address)
