"""The schedule in processes of its own: two at once, killed, stopped, many processors, a cluster, who calls it."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.dask_processes import cluster
from tests.data_folders import ROOT, strict_report
from tests.schedule_desk import VISIT, WIDE, Desk, desk_in, few_data
from tests.tools import exhaustive, require


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return few_data(tmp_path_factory.mktemp("few"))


@pytest.fixture
def desk(tmp_path: Path, few: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return desk_in(tmp_path, few, capsys)


def soon(found: Callable[[], object], seconds: float = 60) -> None:
    """Waits until something is so."""
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


# ---------------------------------------------------------------- two at once, killed, stopped


def test_of_two_runs_at_once_one_works_and_the_other_says_so(desk: Desk) -> None:
    desk.plan(WIDE.replace('["text"]', '["docx", "text"]'))
    desk.run("2026-08-15")
    first = desk.started("run-due", "--today", "2026-09-01", "--jobs", "1")
    soon(lambda: "monthly/2026-09-01 running" in desk.results)
    second = desk.started("run-due", "--today", "2026-09-01", "--jobs", "1")

    out, told = second.communicate(timeout=60)
    assert (second.returncode, out) == (0, "")
    assert re.match(rf"warning: run-due: another run is at work \(process {first.pid} since 2026-09-01T", told)
    assert first.communicate(timeout=60)[0] == "monthly/2026-09-01  success  4 made, 0 unchanged, 0 failed\n"
    assert first.returncode == 0
    desk.is_sound()


def test_a_run_that_is_killed_at_any_moment_leaves_whole_files_and_the_next_one_does_the_rest(desk: Desk) -> None:
    """kill -9 at random moments after it has begun, in one folder, a hundred times; each month is in the end whole."""
    chance = random.Random("moments of a run")
    desk.plan(WIDE, '[retention]\nhistory = "20 years"')
    desk.run("2026-08-15")
    holder = desk.out / ".history" / "run-due.json"
    months = 100 if exhaustive() else 3
    for number in range(months):
        year, month = divmod(2026 * 12 + 8 + number, 12)
        day = f"{year}-{month + 1:02}-01"
        holder.unlink()
        process = desk.started("run-due", "--today", day, "--jobs", chance.choice("12"))
        soon(holder.exists)
        time.sleep(chance.uniform(0, 1.2))
        if process.poll() is None:
            (os.killpg if chance.random() < 0.5 else os.kill)(process.pid, signal.SIGKILL)
        process.communicate()

        before = dict(desk.shared)
        parts = [name for name in before if name.endswith(".part")]
        for name in parts:
            (desk.share / name).rename(desk.folder / "aside")
        desk.is_sound()
        for name in parts:
            (desk.folder / "aside").rename(desk.share / name)
        assert desk.run(day)[0] == 0
        desk.is_sound()
        assert len([name for name in desk.shared if day in name]) == 4
        assert desk.results[-1].startswith(f"monthly/{day} success")
    assert {result for result in desk.results if "running" in result} == set()
    assert len([result for result in desk.results if "interrupted" in result]) >= months / 4


def test_ctrl_c_ends_a_run_and_the_next_one_does_the_rest(desk: Desk) -> None:
    desk.plan(WIDE.replace('["text"]', '["docx", "text"]'))
    desk.run("2026-08-15")
    process = desk.started("run-due", "--today", "2026-09-01", "--jobs", "1")
    soon(lambda: "monthly/2026-09-01 running" in desk.results)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)

    assert process.returncode == 130
    assert "Traceback" not in told
    assert desk.results == ["monthly/2026-09-01 interrupted"]
    desk.is_sound()
    assert desk.run("2026-09-01")[0] == 0
    assert len(desk.shared) == 8


WATCH = """
import sys
from reports.schedule import watch
watch.watch.__kwdefaults__["pause"] = 0.1  # looks at the file more often than people do
from reports.cli import main
sys.exit(main(sys.argv[1:]))
"""


def watching(desk: Desk) -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", WATCH, "schedule", "watch", *desk.places, "--jobs", "1"]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def visit_of(day: date, partner: str = "LU", languages: str = '["en"]') -> str:
    text = VISIT.replace("2026-12-03", f"{day}").replace('"LU"', f'"{partner}"').replace('["en"]', languages)
    return text.replace("[14, 3]", "14\nreports = ['brief']\ndeliver = ['share']")


def test_watch_makes_what_is_due_takes_up_a_changed_schedule_and_ends_when_told(desk: Desk) -> None:
    day = datetime.now(tz=UTC).date() + timedelta(days=7)
    desk.plan(visit_of(day))
    process = watching(desk)
    try:
        soon(
            lambda: desk.out.joinpath(".history", "history.sqlite").exists() and desk.results and desk.runs[-1].finished
        )
        desk.plan(visit_of(day), "oops")
        time.sleep(0.4)
        desk.plan(visit_of(day), visit_of(day, "DE"))
        soon(lambda: len(desk.results) == 2 and desk.runs[-1].finished)
    finally:
        process.send_signal(signal.SIGTERM)
        start = time.monotonic()
        out, told = process.communicate(timeout=20)

    assert time.monotonic() - start < 5
    assert process.returncode == 0
    assert [line.split("  ")[:2] for line in out.splitlines()] == [
        [f"visit {code} {day} -14", "success"] for code in ("LU", "DE")
    ]
    assert told.count("error: schedule.toml:") == 1
    assert "Traceback" not in told
    assert {name.partition("/")[0] for name in desk.shared} == {"KZ-LU", "KZ-DE"}


def test_watch_that_is_ended_in_the_middle_of_a_batch_leaves_the_rest_to_the_next(desk: Desk) -> None:
    day = datetime.now(tz=UTC).date() + timedelta(days=7)
    plan = visit_of(day, languages='["en", "kk", "ru"]').replace('["text"]', '["docx"]')
    desk.plan(plan.replace("['brief']", "['brief', 'review', 'visit', 'factsheet', 'reference']"))
    process = watching(desk)
    soon(lambda: list(desk.out.glob("KZ-LU/*/edition.json")))
    process.send_signal(signal.SIGTERM)
    start = time.monotonic()
    out, told = process.communicate(timeout=60)

    assert time.monotonic() - start < 8
    assert (process.returncode, out, "Traceback" in told) == (0, "", False)
    assert [result.rpartition(" ")[2] for result in desk.results] == ["interrupted"]
    desk.is_sound()


# ---------------------------------------------------------------- who calls it


def test_the_windows_task_comes_out_as_the_bytes_that_schtasks_reads(desk: Desk) -> None:
    target = desk.folder / "task.xml"
    with target.open("wb") as file:
        command = [sys.executable, str(ROOT / "generate.py"), "schedule", "install", "--windows", *desk.places]
        subprocess.run(command, stdout=file, check=True)
    blob = target.read_bytes()

    assert blob.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = blob.decode("utf-16")
    assert text.startswith('<?xml version="1.0" encoding="UTF-16"?>\r\n')
    assert "\r\r" not in text
    assert str(desk.out) in text


def test_systemd_takes_the_units_that_are_printed(desk: Desk) -> None:
    require("systemd-analyze")
    odd = desk.folder / '100% Ünits $HOME "x"'
    _, out, _ = desk.call("schedule", "install", "--systemd", "--data", str(odd), "--out", str(desk.out))
    units = re.split(r"^# (bilateral\.\w+)\n", out, flags=re.MULTILINE)[1:]
    assert units[::2] == ["bilateral.service", "bilateral.timer"]
    for name, text in zip(units[::2], units[1::2], strict=True):
        (desk.folder / name).write_text(text, "utf-8")
    names = [str(desk.folder / name) for name in units[::2]]
    done = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False)
    assert "bilateral" not in done.stderr, done.stderr


# ---------------------------------------------------------------- many processors, a cluster


def test_two_processes_make_of_the_others_what_one_makes_when_one_partner_fails(desk: Desk) -> None:
    """Case O29 by the command line with --jobs 2: the bytes of one process, and the failure told."""
    templates = strict_report(desk.folder)
    table = desk.data / "countries" / "DE.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join(line for line in lines if not line.startswith("gdp.")), "utf-8")
    order = ("brief", "IT", "DE", "FR", "--report", "strict", "--lang", "en", "--format", "text")
    style = ("--as-of", "2026-03-05", "--templates", str(templates))
    found = []
    for jobs in ("1", "2"):
        out = desk.folder / jobs
        status, paths, told = desk.call(*order, *style, "--data", str(desk.data), "--out", str(out), "--jobs", jobs)
        assert status == 3
        assert "KZ-DE" in told
        assert sorted(paths.split()) == sorted(map(str, out.rglob("*.txt")))
        found.append({path.relative_to(out): path.read_bytes() for path in out.rglob("*.txt")})
    assert found[0] == found[1]
    assert {path.parts[0] for path in found[0]} == {"KZ-IT", "KZ-FR"}


def test_a_cluster_makes_the_bytes_and_the_figures_that_this_machine_makes(desk: Desk) -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    partners = ("all",) if exhaustive() else ("LU", "DE")
    order = ("brief", *partners, "--as-of", "2025-10-20", "--lang", "en,kk", "--format", "docx,text")
    with cluster() as (first, _):
        there = desk.call(*order, "--cluster", first.address, *desk.places)
    here = desk.call(*order, "--jobs", "1", "--data", str(desk.data), "--out", str(desk.folder / "here"))

    assert (there[0], here[0]) == (0, 0)
    other = Desk(desk.folder / "here", desk.capture)
    files = {path.relative_to(other.folder).as_posix(): path for path in other.folder.rglob("*.*")}
    assert desk.made
    assert desk.made == {name: files[name].read_bytes() for name in desk.made}
    for name in [name for name in files if name.endswith("edition.json")]:
        mine, theirs = (json.loads((out / name).read_text("utf-8")) for out in (desk.out, other.folder))
        for record in (mine, theirs):
            for brief in record["briefs"].values():
                for version in brief["versions"].values():
                    del version["made"], version["seconds"]
        assert mine["briefs"]["brief"]["figures"]
        assert mine == theirs
