"""A real scheduler and real workers on the loopback, as processes of their own."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Nothing of the library asks the network, and a worker that dies is noticed soon.
SETTINGS = {
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s",
    "DASK_DISTRIBUTED__DASHBOARD__EXPORT_TOOL": "False",
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
}


class Started:
    """A process and what it says; `address` is where it listens."""

    def __init__(self, module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments]
        told = {**os.environ, **SETTINGS, **(environment or {}), "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(command, cwd=ROOT, env=told, stderr=subprocess.PIPE, text=True)
        self.lines: list[str] = []
        self.address = ""
        self._ready = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line)
            if found := re.search(r"Scheduler at:\s+(\S+)", line) or re.search(r"Start worker at:\s+(\S+)", line):
                self.address = found[1]
            if self.address and ("Scheduler at" in line or "Registered to" in line):
                self._ready.set()
        self._ready.set()

    def wait(self) -> None:
        assert self._ready.wait(30)
        assert self.process.poll() is None, "".join(self.lines)

    def end(self) -> None:
        self.process.kill()
        self.process.wait(10)
        self._reader.join(10)
        if self.process.stderr:
            self.process.stderr.close()


def scheduler(environment: Mapping[str, str] | None = None, protocol: str = "tcp") -> Started:
    options = ("--host", f"{protocol}://127.0.0.1", "--port", "0", "--no-dashboard", "--no-jupyter")
    started = Started("dask_scheduler", *options, environment=environment)
    started.wait()
    return started


def worker(address: str, environment: Mapping[str, str] | None = None, *, wait: bool = True) -> Started:
    """A worker without a nanny: one process, which can be killed."""
    options = (address, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
    started = Started("dask_worker", *options, environment=environment)
    if wait:
        started.wait()
    return started


@contextmanager
def cluster(
    workers: int = 2, environment: Mapping[str, str] | None = None, protocol: str = "tcp"
) -> Iterator[tuple[Started, list[Started]]]:
    """A scheduler and its workers, all at work; all are gone at the end."""
    with ExitStack() as ends:
        first = scheduler(environment, protocol)
        ends.callback(first.end)
        others = [worker(first.address, environment, wait=False) for _ in range(workers)]
        for one in others:
            ends.callback(one.end)
        for one in others:
            one.wait()
        yield first, others
