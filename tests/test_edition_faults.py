"""What can go wrong while an edition is written: a killed process, a full disk, no permission, a file that is open.

Whatever happens, a file under its name is whole, what the records say is there, and the next run does the rest.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reports.batch import Machines, Places
from reports.cli import main
from reports.editions import files
from reports.editions.keeping import Kept
from reports.editions.shelf import places
from reports.editions.verifying import verified
from reports.facts.records import Data
from reports.orders import Order
from reports.press import Desk, press
from reports.sources import SOURCES
from tests.tools import exhaustive

ROOT = Path(__file__).parent.parent
PLACES = Places(ROOT / "templates", ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")
DAY = date(2025, 10, 20)
NOW = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)
PARTNERS = ("LU", "DE", "UZ", "CN")
COMMAND = ("brief", *PARTNERS, "--as-of", "2025-10-20", "--lang", "en,kk", "--format", "text,docx")


@pytest.fixture(scope="module")
def data() -> Data:
    return SOURCES["folder"](ROOT / "data")[0]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the batch as they must be, by path below the output folder."""
    out = tmp_path_factory.mktemp("whole")
    assert main([*COMMAND, "--jobs", "1", "--out", str(out)]) == 0
    return named(out)


def named(out: Path) -> dict[str, bytes]:
    """The files that people see, without the records."""
    found = (path for path in out.rglob("*.*") if path.is_file() and ".work" not in path.parts)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found if path.suffix in {".txt", ".docx"}}


def order(partner: str = "LU", *, languages: tuple[str, ...] = ("en", "kk")) -> Order:
    return Order("KZ", partner, DAY, "brief", languages, ("text", "docx"))


def pressed(out: Path, data: Data, *orders: Order) -> list[Kept]:
    return list(press(orders, data, Desk(out, PLACES, lambda: NOW, Machines(jobs=1))))


def started(out: Path, *options: str, told: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
    """The batch in a process group of its own."""
    command = [sys.executable, str(ROOT / "generate.py"), *COMMAND, "--out", str(out), *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told, start_new_session=True)


def is_sound(out: Path, whole: dict[str, bytes]) -> None:
    """No file under its name is anything but whole, and no record says what is not there."""
    assert {name: blob for name, blob in named(out).items() if blob != whole[name]} == {}
    assert list(map(str, verified(places(out)))) == []


# ---------------------------------------------------------------- killed


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_batch_killed_at_any_moment_leaves_whole_files_and_the_next_run_does_the_rest(
    tmp_path: Path, whole: dict[str, bytes], jobs: str
) -> None:
    """kill -9 at random moments, of the parent alone or of all its processes, a hundred times."""
    chance = random.Random(f"moments {jobs}")
    longest = 4.0
    for number in range(50 if exhaustive() else 2):
        out = tmp_path / str(number)
        process = started(out, "--jobs", jobs)
        time.sleep(chance.uniform(0.5, longest))
        if process.poll() is None:
            (os.killpg if chance.random() < 0.5 else os.kill)(process.pid, signal.SIGKILL)
        process.wait()

        is_sound(out, whole)
        again = ["--resume"] if list((out / ".work").glob("batch-*.json")) else list(COMMAND[1:])
        assert main(["brief", *again, "--jobs", "1", "--out", str(out)]) == 0
        assert named(out) == whole
        is_sound(out, whole)
        assert [path.name for path in (out / ".work").iterdir() if path.suffix != ".lock"] == []
        shutil.rmtree(out)


DYING = """
import os, sys
from pathlib import Path
from reports.cli import main
from reports.editions import files

left = int(sys.argv[1])

def dies_at(real):
    def step(*arguments, **options):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), 9)
        return real(*arguments, **options)
    return step

Path.rename, Path.replace, Path.unlink, os.fsync = map(dies_at, (Path.rename, Path.replace, Path.unlink, os.fsync))
print(main(sys.argv[2:]), left)
"""


def test_a_process_that_dies_between_any_two_steps_of_a_commit_leaves_a_sound_edition(
    tmp_path: Path, data: Data
) -> None:
    """Every step, one after another, of writing over an edition of which all files change."""
    first = ("brief", "LU", "--as-of", "2025-10-20", "--lang", "en,kk", "--format", "text", "--out")
    assert main([*first, str(tmp_path / "old")]) == 0
    changed = tmp_path / "data"
    shutil.copytree(ROOT / "data", changed)
    table = changed / "pairs" / "KZ-LU" / "observations.csv"
    table.write_text(table.read_text("utf-8").replace("13.6", "14.7"), "utf-8")
    assert main([*first, str(tmp_path / "new"), "--data", str(changed)]) == 0
    old, new = named(tmp_path / "old"), named(tmp_path / "new")
    assert not old.items() & new.items()

    step, died = 0, True
    while died:
        step += 1 if exhaustive() or step < 2 else 5
        out = tmp_path / f"at-{step}"
        shutil.copytree(tmp_path / "old", out)
        command = [sys.executable, "-c", DYING, str(step), *first, str(out), "--data", str(changed)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        died = done.returncode == -signal.SIGKILL
        assert died or done.stdout.splitlines()[-1].startswith("0 "), done.stderr
        for name, blob in named(out).items():
            assert blob in (old[name], new[name])
        assert list(map(str, verified(places(out)))) == []  # a reader finishes what was begun
        assert named(out) in (old, new)
        assert main([*first, str(out), "--data", str(changed)]) == 0
        assert named(out) == new
        assert list(map(str, verified(places(out)))) == []
    assert step > 8


def test_ctrl_c_leaves_whole_editions_and_resume_makes_the_rest(tmp_path: Path) -> None:
    batch = ("brief", "all", "--as-of", "2025-10-20", "--format", "docx", "--lang", "en,kk")
    assert main([*batch, "--jobs", "1", "--out", str(tmp_path / "whole")]) == 0
    whole, out = named(tmp_path / "whole"), tmp_path / "out"
    command = [sys.executable, str(ROOT / "generate.py"), *batch, "--jobs", "2", "--out", str(out)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    end = time.monotonic() + 60
    while not list(out.glob("*/*/edition.json")) and time.monotonic() < end:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)

    assert process.returncode == 130
    assert f"interrupted: what is there is whole; brief --resume --out {out} makes the rest".encode() in said
    assert 0 < len(named(out)) < len(whole)
    is_sound(out, whole)
    assert main(["brief", "--resume", "--out", str(out)]) == 0
    assert named(out) == whole


def test_there_is_nothing_to_resume_after_a_whole_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", "LU", "DE", "--as-of", "2025-10-20", "--format", "text", "--out", str(tmp_path)]) == 0
    capsys.readouterr()

    assert main(["brief", "--resume", "--out", str(tmp_path)]) == 1
    assert "no batch was interrupted" in capsys.readouterr().err


# ---------------------------------------------------------------- two at once


def test_two_batches_at_once_make_every_edition_once(tmp_path: Path, whole: dict[str, bytes]) -> None:
    both = [started(tmp_path, "--jobs", "1") for _ in range(2)]

    assert [process.wait(120) for process in both] == [0, 0]
    assert named(tmp_path) == whole
    is_sound(tmp_path, whole)


# ---------------------------------------------------------------- no space, no permission, no rename


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system of its own with little room."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        if exhaustive():
            pytest.fail("this machine mounts no small disk")
        pytest.skip("only root can mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("size", ["32k", "100k", "200k", "300k", "400k"])
def test_a_full_disk_loses_nothing_and_is_one_clear_problem(
    tmp_path: Path, data: Data, whole: dict[str, bytes], size: str
) -> None:
    with small_disk(tmp_path / "disk", size) as out:
        made = pressed(out, data, *map(order, PARTNERS))

        told = [problem for one in made for problem in one.told]
        assert any("No space left on device" in problem.message for problem in told)
        is_sound(out, whole)
        assert len([one for one in made if one.files]) == len(places(out))
        subprocess.run(["mount", "-o", "remount,size=100m", str(out)], check=True)  # room is made
        assert [problem for one in pressed(out, data, *map(order, PARTNERS)) for problem in one.told] == []
        assert named(out) == whole
        is_sound(out, whole)


@pytest.fixture
def open_desk() -> Iterator[Path]:
    """A folder that every user can read, with templates, fonts and data of its own."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder)
        desk.chmod(0o755)
        for name in ("templates", "fonts", "data"):
            shutil.copytree(ROOT / name, desk / name)
        yield desk


def as_nobody(say: Callable[[], str]) -> str:
    """What a function says in a process of a user who is not root."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            os.write(writing, say().encode())
        except BaseException as error:
            os.write(writing, repr(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        return pipe.read().decode()


def test_a_folder_without_write_permission_is_one_clear_problem(open_desk: Path) -> None:
    shared = Places(open_desk / "templates", open_desk / "templates" / "house" / "brief.docx", open_desk / "fonts")
    records, _ = SOURCES["folder"](open_desk / "data")
    assert all(one.files for one in press([order()], records, Desk(open_desk / "warm", shared, lambda: NOW)))
    out = open_desk / "out"
    (out / "KZ-LU").mkdir(parents=True)
    out.chmod(0o555)

    def say() -> str:
        (one,) = press([order()], records, Desk(out, shared, lambda: NOW))
        return f"{len(one.files)} files; {'; '.join(map(str, one.told))}"

    told = as_nobody(say)
    assert told.startswith("0 files; "), told
    assert "cannot be written: Permission denied" in told
    assert "--out" in told
    assert [path for path in out.rglob("*") if path.is_file()] == []


def test_a_rename_that_is_refused_leaves_the_old_file_and_its_record(
    tmp_path: Path, data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses to replace a file that a program holds open; the one fault that is planted, where files move."""
    pressed(tmp_path, data, order())
    before = named(tmp_path)
    real = files.move

    def refusing(source: Path, target: Path) -> None:
        if target.name == "brief.en.docx":
            raise PermissionError(13, "The process cannot access the file", str(target))
        real(source, target)

    monkeypatch.setattr(files, "move", refusing)
    later = Order("KZ", "LU", DAY, "brief", ("en", "kk"), ("text", "docx"), known="all")
    (one,) = pressed(tmp_path, data, later)
    assert [Path(problem.where).name for problem in one.told if problem.severity == "error"] == ["brief.en.docx"]
    assert named(tmp_path)["KZ-LU/2025-10-20/brief.en.docx"] == before["KZ-LU/2025-10-20/brief.en.docx"]
    assert list(verified(places(tmp_path))) == []

    monkeypatch.undo()
    (last,) = pressed(tmp_path, data, later)
    assert len(last.files) == 4
    assert list(verified(places(tmp_path))) == []


def test_a_record_that_cannot_be_replaced_is_told_and_the_commit_is_finished_later(
    tmp_path: Path, data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed(tmp_path, data, order())
    real = files.move

    def refusing(source: Path, target: Path) -> None:
        if target.name == "edition.json":
            raise PermissionError(13, "The process cannot access the file", str(target))
        real(source, target)

    monkeypatch.setattr(files, "move", refusing)
    (one,) = pressed(tmp_path, data, order(languages=("en", "kk", "ru")))
    assert any("edition.json" in problem.where for problem in one.told)
    (two,) = pressed(tmp_path, data, order(languages=("fr",)))
    assert any("edition.json" in problem.where for problem in two.told)

    monkeypatch.undo()
    assert list(verified(places(tmp_path))) == []
    (place,) = places(tmp_path)
    assert {path.name for path in place.folder.glob("*.txt")} == {f"brief.{tag}.txt" for tag in ("en", "kk", "ru")}
