"""A worker: a process of its own with one pipe, so that it is known which task a process died of.

The executor of the standard library gives up all tasks when one process dies, and cannot say whose fault it was.
"""

import multiprocessing
import os
import pickle  # between our own processes, over a pipe that nobody else has
import signal
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from reports.batch.interrupt import without_interrupts
from reports.batch.tasks import Answer, Job, Places, T, Work, read, reply, title
from reports.memory import relax

# Started afresh, not forked: the same on Linux, macOS and Windows, and no lock or open file comes along.
FRESH = multiprocessing.get_context("spawn")
READY = b"ready"
PATIENCE = 2.0  # seconds for a worker to leave by itself


class Worker:
    """A process and the task that it is doing; `job` is None while it starts and while it waits."""

    def __init__(self, work: Work[Any], places: Places) -> None:
        """Start it. OSError if the system cannot."""
        self.job: Job | None = None
        self.ready = False
        self.since = 0.0
        self._pipe, far = FRESH.Pipe()
        # A daemon: it goes with this process even if nobody ends the batch.
        self.process = FRESH.Process(target=_serve, args=(far, work, places), daemon=True)
        try:
            with without_interrupts():
                self.process.start()
        except BaseException:
            self._pipe.close()
            raise
        finally:
            far.close()

    @property
    def signs(self) -> tuple[Connection, int]:
        """What becomes readable when it answers or dies."""
        return self._pipe, self.process.sentinel

    @property
    def dead(self) -> bool:
        """Whether the process has ended, for whatever reason."""
        return self.process.exitcode is not None

    def give(self, job: Job) -> None:
        """Hand over a task. A worker that is dead is noticed later. Raises what pickle raises."""
        task = pickle.dumps(job[1])
        self.job, self.since = job, time.monotonic()
        with suppress(OSError):
            self._pipe.send_bytes(title(job[1]).encode())
            self._pipe.send_bytes(task)

    def answer(self) -> Answer[Any] | None:
        """What it said, or None: that it is ready, or nothing. It is killed if it talks nonsense."""
        try:
            if not self._pipe.poll():
                return None
            data = self._pipe.recv_bytes()
            if data == READY:
                self.ready = True
                return None
            return read(data)
        except Exception:  # half an answer of one that died, or what a task wrote into the pipe
            self.kill()
            return None

    def end(self) -> str:
        """How it died: signal 9, or exit status 1."""
        code = self.process.exitcode or 0
        return f"signal {-code}" if code < 0 else f"exit status {code}"

    def kill(self) -> None:
        """End it at once, whatever it does."""
        self.process.kill()
        self.process.join(PATIENCE)
        self._pipe.close()

    def dismiss(self) -> None:
        """Let it leave by itself; it sees that nobody speaks to it any more."""
        self._pipe.close()

    def gone(self) -> None:
        """Wait until it has left; kill it if it stays."""
        self.process.join(PATIENCE)
        if not self.dead:
            self.kill()


# ---------------------------------------------------------------- in the worker's own process


def _serve(pipe: Connection, work: Work[T], places: Places) -> None:
    """Do tasks until nobody sends any more."""
    relax()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the parent alone answers it
    with suppress(OSError):
        os.dup2(2, 1)  # standard output is the parent's, for files and JSON
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    me = os.getpid()
    with suppress(OSError, EOFError):
        pipe.send_bytes(READY)
        while True:
            name = pipe.recv_bytes().decode()
            found = reply(name, pipe.recv_bytes(), work, places)
            if os.getpid() != me:
                os._exit(1)  # a task has forked, and this is the copy
            pipe.send_bytes(found)


def _leave_with_parent() -> None:
    """A parent that was killed closes nothing: a worker in the middle of a task would go on alone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
