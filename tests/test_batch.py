"""Batches: what is made, what is told of tasks that fail, hang or kill their process, and that nothing is left."""

import io
import logging
import os
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from reports.batch import Machines, Result, run
from reports.batch.processors import processors
from reports.batch.progress import watched
from reports.errors import Problem
from tests.batch_tasks import PLACES, ROOT, Odd, Tried, Unreadable, brief, do, nothing, order, real_order
from tests.tools import exhaustive

TWO = Machines(2)


def tried(folder: Path, *what: str) -> list[Tried]:
    return [Tried(order(), name, folder) for name in what]


def results(tasks: Sequence[Tried], machines: Machines = TWO) -> dict[int, Result[object]]:
    return {result.index: result for result in run(do, tasks, PLACES, machines)}


def said(result: Result[object]) -> str:
    return "\n".join(map(str, result.problems))


def alive(pid: int) -> bool:
    """Whether there is such a process; a zombie is none."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False


def soon(happens: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not happens() and time.monotonic() < end:
        time.sleep(0.02)
    return happens()


# ---------------------------------------------------------------- what is made


def test_two_processes_make_what_one_makes() -> None:
    partners = ("LU", "DE", "KG", "JP")[: 4 if exhaustive() else 2]
    tasks = [Tried(real_order(partner, ("en", "kk"), ("docx", "pdf"))) for partner in partners]

    here = {result.index: result.value for result in run(brief, tasks, PLACES, Machines(1))}
    there = {result.index: result.value for result in run(brief, tasks, PLACES, TWO)}

    assert sorted(here) == list(range(len(tasks)))
    assert all(len(files or ()) == 4 for files in here.values())
    assert here == there


@pytest.mark.parametrize("machines", [Machines(1), TWO])
def test_every_result_stands_beside_its_task(tmp_path: Path, machines: Machines) -> None:
    tasks = [Tried(order(languages=(str(number),)), "slow", tmp_path) for number in range(12)]

    found = results(tasks, machines)

    assert sorted(found) == list(range(12))
    assert all(result.task is tasks[index] for index, result in found.items())
    assert all(0.04 < result.seconds < 5 for result in found.values())


def test_one_task_or_one_process_is_done_here_and_two_are_not(tmp_path: Path) -> None:
    def pids(tasks: int, machines: Machines) -> set[object]:
        return {result.value for result in results(tried(tmp_path, *["slow"] * tasks), machines).values()}

    assert pids(1, TWO) == pids(3, Machines(1)) == {os.getpid()}
    several = pids(20, TWO)
    assert len(several) == 2
    assert os.getpid() not in several


def test_no_tasks_give_no_results() -> None:
    assert not results([])


def test_tasks_are_taken_only_as_they_are_needed(tmp_path: Path) -> None:
    taken = []

    def tasks() -> Iterator[Tried]:
        for number in range(100):
            taken.append(number)
            yield Tried(order(), "pid", tmp_path)

    with closing(run(do, tasks(), PLACES, TWO)) as found:  # type: ignore[type-var]
        next(found)
        assert len(taken) < 10
    assert len(taken) < 10


def test_memory_is_flat_over_hundreds_of_large_results(tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        done = 0
        for result in run(do, (one for one in tried(tmp_path, *["large"] * 300)), PLACES, TWO):
            done += len(result.value) == 2_000_000  # type: ignore[arg-type]
            del result
        assert done == 300
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


# ---------------------------------------------------------------- what fails

# What a task does, and what is told of it.
MISTAKES = {
    "wrong": "pairs/KZ-LU/observations.csv:3: value is 'x'\n  hint: a number",
    "mistaken": "reference KZ-LU (en): ZeroDivisionError: integer division or modulo by zero (tests.batch_tasks:",
    "grumpy": "reference KZ-LU (en): tests.batch_tasks.Grumpy: <exception str() failed> (tests.batch_tasks:",
    "leaves": "reference KZ-LU (en): SystemExit: 0 (tests.batch_tasks:",
    "no_such_thing": "reference KZ-LU (en): KeyError: 'no_such_thing' (tests.batch_tasks:",
}
ATTACKS = {
    "killed": "reference KZ-LU (en): the process that made it died (signal 9) twice",
    "quits": "reference KZ-LU (en): the process that made it died (exit status 7) twice",
    "forks_and_dies": "reference KZ-LU (en): the process that made it died (signal 9) twice",
    "unreadable": "reference KZ-LU (en): the process that made it died (signal 9) twice",
    "unsendable": "reference KZ-LU (en): ValueError: stays here (tests.batch_tasks:",
    "babbles": "reference KZ-LU (en): the process that made it died",
    "greedy": "reference KZ-LU (en): MemoryError (tests.batch_tasks:",
    "hangs": "reference KZ-LU (en): took more than 4 seconds and was ended",
}
HARMLESS = ("killed_once", "forks", "slow")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("batch")


@pytest.fixture(scope="module")
def tale(folder: Path) -> dict[str, Result[object]]:
    """What became of a batch in which everything goes wrong, by what the tasks did."""
    what = [*MISTAKES, *HARMLESS, *ATTACKS]
    found = results(tried(folder, *what), replace(TWO, limit=4.0))
    assert sorted(found) == list(range(len(what)))
    return {name: found[index] for index, name in enumerate(what)}


@pytest.mark.parametrize(("what", "told"), [*MISTAKES.items(), *ATTACKS.items()])
def test_a_task_that_fails_is_told_with_its_order(tale: dict[str, Result[object]], what: str, told: str) -> None:
    assert said(tale[what]).startswith(told)
    assert tale[what].value is None
    assert "Traceback" not in said(tale[what])


def test_a_task_that_fails_stops_no_other(tale: dict[str, Result[object]]) -> None:
    assert not any(tale[what].failed for what in HARMLESS)
    assert tale["killed_once"].value == "made"


def test_a_task_that_kills_its_process_is_tried_twice(tale: dict[str, Result[object]], folder: Path) -> None:
    assert tale["killed"].failed
    assert (folder / "killed").read_text() == "xx"


def test_a_task_that_forks_gives_one_result_and_leaves_no_copy(tale: dict[str, Result[object]], folder: Path) -> None:
    assert tale["forks"].value == "made"
    copies = [int(path.name.removeprefix("copy-")) for path in folder.glob("copy-*")]
    assert len(copies) == 1
    assert soon(lambda: not any(map(alive, copies)), 5)


@pytest.mark.parametrize(("what", "told"), MISTAKES.items())
def test_a_mistake_reads_the_same_without_other_processes(tmp_path: Path, what: str, told: str) -> None:
    found = results(tried(tmp_path, "pid", what, "pid"), Machines(1))

    assert said(found[1]).startswith(told)
    assert [found[index].value for index in (0, 2)] == [os.getpid()] * 2


@pytest.mark.parametrize("machines", [Machines(1), TWO])
def test_the_traceback_of_a_mistake_is_for_the_debug_log_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, machines: Machines
) -> None:
    with caplog.at_level(logging.DEBUG, "reports.batch"):
        results(tried(tmp_path, "pid", "mistaken"), machines)

    (record,) = [record for record in caplog.records if record.name.startswith("reports.batch")]
    assert record.levelno == logging.DEBUG
    assert "Traceback" in record.getMessage()
    assert "1 // 0" in record.getMessage()


def test_a_single_task_that_hangs_is_ended_too(tmp_path: Path) -> None:
    assert results(tried(tmp_path, "hangs"), Machines(1, limit=0.3))[0].failed


def test_a_task_that_cannot_be_sent_or_read_is_told() -> None:
    tasks = [Odd(order(), inside) for inside in (1, lambda: 1, sys.stdout, Unreadable(), 2)]
    found = {result.index: result for result in run(nothing, tasks, PLACES, TWO)}

    assert [found[index].value for index in range(5)] == [1, None, None, None, 1]
    told = [found[index].problems[0] for index in (1, 2, 3)]
    assert {problem.where for problem in told} == {"reference KZ-LU (en)"}
    assert "pickle" in told[0].message
    assert "pickle" in told[1].message
    assert told[2].message.startswith("ModuleNotFoundError: no such module here")


def test_what_a_worker_prints_does_not_come_to_standard_output(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = results(tried(tmp_path, "talks", "talks"))

    assert [result.value for result in found.values()] == ["made", "made"]
    shown = capfd.readouterr()
    assert shown.out == ""
    assert shown.err.count("more garbage") == 2


def test_where_no_process_starts_every_task_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.spawn._python_exe", os.fsencode("/bin/false"))
    found = results(tried(tmp_path, *["pid"] * 30))

    assert len(found) == 30
    assert all("no process starts (exit status 1)" in said(result) for result in found.values())


# ---------------------------------------------------------------- the end


def test_no_process_is_left_when_a_batch_is_over_or_dropped(tmp_path: Path) -> None:
    with closing(run(do, tried(tmp_path, *["slow"] * 50), PLACES, TWO)) as some:  # type: ignore[type-var]
        pids = {next(some).value for _ in range(8)}
    over = {result.value for result in results(tried(tmp_path, *["slow"] * 8)).values()}

    assert len(pids) == len(over) == 2
    assert not any(alive(int(str(pid))) for pid in pids | over)


def test_a_batch_ends_when_another_thread_says_so(tmp_path: Path) -> None:
    stop = threading.Event()
    threading.Timer(1.5, stop.set).start()
    start = time.monotonic()

    with pytest.raises(KeyboardInterrupt):
        results(tried(tmp_path, *["marked"] * 4), replace(TWO, stop=stop))

    assert time.monotonic() - start < 3.5
    assert not any(alive(int(path.name)) for path in tmp_path.iterdir())


def started(folder: Path, what: str) -> "subprocess.Popen[str]":
    """A batch in a process of its own, as soon as both its workers are at work."""
    code = (
        "import pathlib, sys, tests.batch_tasks as tasks; sys.exit(tasks.main(pathlib.Path(sys.argv[1]), sys.argv[2]))"
    )
    command = [sys.executable, "-c", code, str(folder), what]
    pipe = subprocess.PIPE
    batch = subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, start_new_session=True)
    assert soon(lambda: len(list(folder.glob("*"))) == 2, 20)
    return batch


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("whom", [os.kill, os.killpg])
def test_an_interrupted_batch_ends_at_once_and_leaves_no_process(
    tmp_path: Path, by: signal.Signals, whom: Callable[[int, int], None]
) -> None:
    batch = started(tmp_path, "marked")
    workers = [int(path.name) for path in tmp_path.iterdir()]
    assert all(map(alive, workers))
    start = time.monotonic()

    whom(batch.pid, by)
    out, err = batch.communicate(timeout=10)

    assert time.monotonic() - start < 2
    assert (batch.returncode, out, err) == (130, "interrupted\n", "")
    assert not any(map(alive, workers))


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_workers_leave_when_the_batch_is_killed(tmp_path: Path) -> None:
    batch = started(tmp_path, "marked")
    workers = [int(path.name) for path in tmp_path.iterdir()]

    batch.kill()
    batch.communicate(timeout=10)

    assert soon(lambda: not any(map(alive, workers)), 3)


def test_a_batch_gives_the_signals_back(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    results(tried(tmp_path, "pid", "pid"))

    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


# ---------------------------------------------------------------- processors


def group(root: Path, where: str, **files: str) -> None:
    folder = root / "sys/fs/cgroup" / where
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="no affinity here")
@pytest.mark.parametrize(
    ("own", "groups", "wanted"),
    [
        ("0::/\n", {"": {"cpu__max": "max 100000\n"}}, None),
        ("0::/\n", {"": {"cpu__max": "100000 100000\n"}}, 1),
        ("0::/\n", {"": {"cpu__max": "20000 100000\n"}}, 1),
        ("0::/a.slice/b.service\n", {"a.slice": {"cpu__max": "100000 100000"}}, 1),
        ("0::/a.slice/b.service\n", {"c.slice": {"cpu__max": "100000 100000"}}, None),
        ("4:cpu,cpuacct:/\n", {"cpu": {"cpu__cfs_quota_us": "50000\n", "cpu__cfs_period_us": "100000\n"}}, 1),
        ("4:cpu:/\n", {"cpu": {"cpu__cfs_quota_us": "-1\n", "cpu__cfs_period_us": "100000\n"}}, None),
        ("0::/\n", {"": {"cpu__max": "nonsense"}}, None),
        ("", {}, None),
    ],
)
def test_processors_are_what_the_control_group_leaves(
    tmp_path: Path, own: str, groups: dict[str, dict[str, str]], wanted: int | None
) -> None:
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/cgroup").write_text(own)
    for where, files in groups.items():
        group(tmp_path, where, **files)

    assert processors(tmp_path) == (wanted or len(os.sched_getaffinity(0)))


def test_processors_heed_the_affinity_of_the_process() -> None:
    code = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
    code += "from reports.batch.processors import processors; print(processors())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "1\n"


# ---------------------------------------------------------------- progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def made(number: int, *problems: Problem) -> Result[int]:
    return Result(number, Tried(order()), None if problems else 1, problems, 0.1)


def test_a_file_gets_a_line_now_and_then_and_all_results_come_through() -> None:
    ticks = count(0, 2)
    shown = io.StringIO()
    given = [made(number, *[Problem("x", "y")] * (number == 3)) for number in range(60)]

    assert list(watched(iter(given), 60, shown, clock=lambda: float(next(ticks)))) == given
    lines = shown.getvalue().splitlines()
    assert lines[0] == "6 of 60, 1 failed, 1 min 48 s left"
    assert lines[-1] == "60 of 60, 1 failed, in 2 min 0 s"
    assert len(lines) == 10


def test_a_slow_batch_gets_a_line_every_half_minute() -> None:
    ticks = count(0, 31)
    shown = io.StringIO()
    list(watched(map(made, range(20)), 1000, shown, clock=lambda: float(next(ticks))))

    assert len(shown.getvalue().splitlines()) == 20


def test_a_terminal_gets_a_bar_that_is_taken_away() -> None:
    shown = Terminal()

    assert len(list(watched(map(made, range(5)), 5, shown))) == 5
    assert "5/5" in shown.getvalue()
    assert "\x1b" in shown.getvalue()


@pytest.mark.parametrize(("total", "quiet"), [(5, True), (1, False), (0, False)])
def test_nothing_is_told_of_one_task_or_if_quiet(total: int, quiet: bool) -> None:
    for shown in (io.StringIO(), Terminal()):
        assert len(list(watched(map(made, range(total)), total, shown, quiet=quiet))) == total
        assert shown.getvalue() == ""
