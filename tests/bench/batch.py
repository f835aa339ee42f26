"""Batches: sixty briefs on two cores beside the careful peers, then all that there is to make, on one core and on two.

python -m tests.bench.batch [rounds]     all pairs, reports and languages in Word and PDF
python -m tests.bench.batch --quick      one round with a sample, under a minute, too short for a verdict on either

Sixty briefs are whole processes, from the start of the interpreter to the last brief. The whole batch is timed from its
first order to its last file on disk, the start of the workers included. For memory the batch is made three times over
by the same two workers and read from /proc (Linux) whenever an order is done. In the first pass it grows: languages and
templates are read, and what is remembered of words fills up to its limits. In the last pass nothing is new; what still
grows would grow for ever.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any

from reports.batch import Machines, Places, workshop
from reports.facts.facts import partners
from reports.facts.records import Data
from reports.orders import Order, Workshop
from reports.press import Desk, press
from reports.sources import SOURCES
from tests.bench.content import Content, content
from tests.bench.racers import RACERS, process, say

ROOT = Path(__file__).parents[2]
PLACES = Places(ROOT / "templates", ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")
CORES = 2

SIXTY, SIXTY_BUDGET = 60, 2.0
OURS, ORDERS, PEERS = "ours: Word and PDF", "ours: a whole order", ("python-docx, careful", "reportlab, careful")

AS_OF, FORMATS = date(2025, 10, 20), ("docx", "pdf")
SAMPLE = 2  # pairs of the quick form
SPEED_UP_ASKED = 1.8
PASSES = 3
FLAT = 40.0  # KB an order, whose twenty files take about 600: what stays behind is no file and no document


# ---------------------------------------------------------------- sixty briefs


def sixty(name: str) -> None:
    """Sixty briefs of one racer on two cores, languages in turn."""
    with ProcessPoolExecutor(CORES, get_context("spawn")) as pool:
        sizes = list(pool.map(_size, [name] * SIXTY, range(1, SIXTY + 1)))
    assert all(sizes)


def _size(name: str, seed: int) -> int:
    return len(_ready(name)(content(seed)))


@cache  # a worker makes a racer ready once
def _ready(name: str) -> Callable[[Content], bytes]:
    return RACERS[name].ready()


def sixty_rows(rounds: int) -> list[str]:
    """Ours and the peers' in one run, and whether the budget is met; ratios inside a round, then the median."""
    names = (OURS, ORDERS, *PEERS)
    measured = [{name: process("-m", "tests.bench.batch", "sixty", name)[0] / 1000 for name in names}
                for _ in range(rounds)]  # fmt: skip
    lines = [f"{f'sixty briefs, {CORES} cores':24}{'s':>9}{'ratio':>7}  to both peers together"]
    for name in names:
        times = statistics.median(one[name] / sum(one[peer] for peer in PEERS) for one in measured)
        budget = f"budget {SIXTY_BUDGET:g}: {'met' if times <= SIXTY_BUDGET else 'EXCEEDED'}" if name == OURS else ""
        seconds = statistics.median(one[name] for one in measured)
        lines.append(f"{name:24}{seconds:9.2f}{times:7.2f}  {budget}".rstrip())
    return lines


# ---------------------------------------------------------------- everything in one batch


def every_order(data: Data, shop: Workshop, passes: int, pairs: int | None = None) -> list[Order]:
    """All pairs (or so many) by all reports, each in all languages and both formats; another pass is as of another day.

    Pair by pair, so that small and large reports take turns and growth of memory is not hidden behind them.
    """
    return [
        Order(data.home, partner, AS_OF + timedelta(days=number), report, shop.tags, FORMATS)
        for number in range(passes)
        for partner in partners(data, data.home)[:pairs]
        for report in shop.library.reports
    ]


@dataclass(frozen=True)
class Batch:
    """One run: files, seconds, and of each process the memory in KB by orders done and at its peak."""

    files: int
    seconds: float
    growth: Mapping[str, list[tuple[int, int]]]
    peaks: Mapping[str, int]


def batch(jobs: int, passes: int, pairs: int | None = None) -> Batch:
    """Everything, or a sample, made into editions below build/bench, so many times over."""
    data, _ = SOURCES["folder"](ROOT / "data")
    orders = every_order(data, workshop(PLACES.absolute()), passes, pairs)
    growth, peaks, files = defaultdict[str, list[tuple[int, int]]](list), dict[str, int](), 0
    (ROOT / "build" / "bench").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build" / "bench") as folder:
        desk = Desk(Path(folder), PLACES, lambda: datetime.now(tz=UTC), Machines(jobs=jobs))
        start = time.perf_counter()
        for done, kept in enumerate(press(orders, data, desk), 1):
            assert not kept.failed, kept.told
            files += len(kept.files)
            for name, (now, peak) in _memory().items():
                growth[name].append((done, now))
                peaks[name] = peak
        seconds = time.perf_counter() - start
    return Batch(files, seconds, growth, peaks)


def _memory() -> dict[str, tuple[int, int]]:
    """KB now and at the peak, of this process and of each worker."""
    names = {os.getpid(): "parent"} | {child.pid: f"worker {child.pid}" for child in active_children()}
    read = {name: Path(f"/proc/{pid}/status") for pid, name in names.items()}
    return {name: _kilobytes(path.read_text("utf-8")) for name, path in read.items() if path.exists()}


def _kilobytes(status: str) -> tuple[int, int]:
    lines = dict(line.split(":", 1) for line in status.splitlines())
    return int(lines["VmRSS"].split()[0]), int(lines["VmHWM"].split()[0])


def slope(points: Sequence[tuple[int, int]]) -> float:
    """KB that each further order adds, by least squares.

    >>> slope([(1, 100), (2, 102), (3, 104)])
    2.0
    """
    return statistics.linear_regression(*zip(*points, strict=True)).slope


def batch_rows(rounds: int, pairs: int | None = None) -> list[str]:
    """Rate and speed-up, the median of the rounds, and memory."""
    runs = [{jobs: _run(jobs, 1, pairs) for jobs in (1, CORES)} for _ in range(rounds)]
    one, two = (statistics.median(run[jobs].seconds for run in runs) for jobs in (1, CORES))
    times, files = statistics.median(run[1].seconds / run[CORES].seconds for run in runs), runs[0][1].files
    lines = [f"{f'{files} files in one batch':24}{'s':>9}{'files/s':>9}"]
    for label, taken in (("one core", one), ("two cores", two)):
        lines.append(f"{label:24}{taken:9.1f}{files / taken:9.1f}")
    met = _verdict(times >= SPEED_UP_ASKED, "met", "MISSED", pairs)
    lines.append(f"{'speed-up':24}{times:9.2f}{'':9}  asked {SPEED_UP_ASKED:g}: {met}")
    return [*lines, "", *_memory_rows(_run(CORES, PASSES, pairs), pairs)]


def _verdict(holds: bool, yes: str, no: str, pairs: int | None) -> str:
    """None on a sample: there the start of the workers and what they meet for the first time weigh too much."""
    return "a sample does not tell" if pairs is not None else yes if holds else no


def _memory_rows(run: Batch, pairs: int | None) -> list[str]:
    lines = [f"{'memory of the batch':24}{'peak MB':>9}{'KB an order, first pass and last':>34}"]
    for name, points in run.growth.items():
        a_pass = points[-1][0] // PASSES
        first = slope([(done, size) for done, size in points if done <= a_pass])
        last = slope([(done, size) for done, size in points if done > a_pass * (PASSES - 1)])
        flat = _verdict(last < FLAT, "yes", "NO", pairs)
        lines.append(
            f"{name:24}{run.peaks[name] / 1024:9.0f}{first:+25.1f}{last:+9.1f}  flat (less than {FLAT:g}): {flat}"
        )
    return lines


def _run(jobs: int, passes: int, pairs: int | None) -> Batch:
    asked = map(str, (jobs, passes) if pairs is None else (jobs, passes, pairs))
    read: dict[str, Any] = json.loads(process("-m", "tests.bench.batch", "batch", *asked)[1])
    return Batch(**read)


# ---------------------------------------------------------------- the command line


def rows(rounds: int, pairs: int | None = None) -> list[str]:
    """Both tables."""
    return [*sixty_rows(rounds), "", *batch_rows(rounds, pairs)]


def main(arguments: Sequence[str]) -> None:
    """Both tables, or one part of them for the process that measures it."""
    match arguments:
        case ["sixty", name]:
            sixty(name)
        case ["batch", *asked]:
            say(json.dumps(vars(batch(*map(int, asked)))))
        case ["--quick"]:
            say("\n".join(rows(1, SAMPLE)))
        case _:
            say("\n".join(rows(int(arguments[0]) if arguments else 3)))


if __name__ == "__main__":
    main(sys.argv[1:])
