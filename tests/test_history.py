"""The run history: what was kept is read again, by others too, and neither a crash nor a broken file loses it."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sql

from reports.errors import OutputError, Problem
from reports.history import (
    VERSION,
    Actor,
    History,
    Outcome,
    Piece,
    Result,
    Sighting,
    Task,
    months_before,
    open_engine,
    open_history,
)

ROOT = Path(__file__).parent.parent
NOON = datetime(2026, 12, 1, 12, 30, 15, 123456, UTC)
HOUR = timedelta(hours=1)


def task(key: str = "monthly/2026-12-01", due: datetime = NOON) -> Task:
    return Task(key, key.partition("/")[0], "edition", due)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return open_history(tmp_path / ".history" / "history.sqlite", Actor("desk", "anna", "1.2"))


def add(history: History, key: str, result: Result, at: datetime) -> int:
    number = history.begin(task(key, at), at)
    history.end(number, at + HOUR, Outcome(result))
    return number


# ---------------------------------------------------------------- kept and read


def test_a_run_is_read_as_it_was_kept(history: History) -> None:
    problem = Problem("messages.po:7", "not translated: «Trade»", "translate it", "warning", "missing")
    pieces = (Piece("KZ-LU", "brief", "xx", "success", 1.5, 1), Piece("KZ-LU", "brief", "yy", "failed"))
    number = history.begin(task(), NOON)
    history.end(number, NOON + HOUR, Outcome("partly", (problem, replace(problem, hint="")), pieces, "1 of 2"))
    (record,) = history.runs()

    assert (record.task, record.started, record.finished) == (task(), NOON, NOON + HOUR)
    assert (record.result, record.summary, record.seconds) == ("partly", "1 of 2", 3600)
    assert record.actor == Actor("desk", "anna", "1.2")
    assert history.pieces(number) == pieces
    assert history.problems(number) == (problem, replace(problem, hint=""))


def test_a_run_at_work_has_no_end(history: History) -> None:
    history.begin(task(), NOON)
    (record,) = history.runs()

    assert (record.finished, record.seconds, record.result) == (None, None, "running")


def test_an_instant_of_any_zone_comes_back_in_utc(history: History) -> None:
    almaty = NOON.astimezone(timezone(5 * HOUR))
    history.begin(task(due=almaty), almaty)
    (record,) = history.runs()

    assert record.started == NOON
    assert record.started.tzinfo == UTC


def test_an_instant_without_a_zone_is_refused(history: History) -> None:
    with pytest.raises(sql.exc.StatementError, match="has no zone"):
        history.begin(task(), NOON.replace(tzinfo=None))


def test_runs_come_in_the_order_of_their_start_for_all_for_one_and_the_last(history: History) -> None:
    for number, key in enumerate(["b/1", "a/1", "b/2", "a/2"]):
        add(history, key, "success", NOON + number * HOUR)

    assert [record.task.key for record in history.runs()] == ["b/1", "a/1", "b/2", "a/2"]
    assert [record.task.key for record in history.runs("a")] == ["a/1", "a/2"]
    assert [record.task.key for record in history.runs(last=3)] == ["a/1", "b/2", "a/2"]
    assert [record.task.key for record in history.by_entry()["b"]] == ["b/1", "b/2"]


def test_another_process_reads_the_file_with_plain_sqlite(history: History) -> None:
    history.skip(task(), NOON, "caught up by monthly/2027-01-01")
    rows = sqlite3.connect(history.path)

    try:
        found = rows.execute("select key, due, result, summary, host, user, version from runs").fetchall()
    finally:
        rows.close()
    start = ("monthly/2026-12-01", "2026-12-01T12:30:15.123456+00:00", "skipped")
    assert found == [(*start, "caught up by monthly/2027-01-01", "desk", "anna", "1.2")]


def test_a_name_that_looks_like_a_statement_stays_a_name(history: History) -> None:
    key = "x'; drop table runs; --/ä"
    add(history, key, "success", NOON)

    assert [record.task.key for record in history.runs()] == [key]


# ---------------------------------------------------------------- the schedule's memory


def test_an_entry_is_seen_since_it_came_or_its_timing_changed(history: History) -> None:
    history.see({"a": "day 1", "b": "day 2"}, NOON)
    history.see({"a": "day 1", "b": "day 3", "c": "day 4"}, NOON + HOUR)

    late = NOON + HOUR
    assert history.seen() == {
        "a": Sighting("day 1", NOON), "b": Sighting("day 3", late), "c": Sighting("day 4", late)
    }  # fmt: skip
    assert history.looked() == late
    history.see({}, late)
    assert history.seen() == {}


def test_runs_that_nobody_ended_are_marked_but_not_those_by_hand(history: History) -> None:
    history.begin(task(), NOON)
    history.begin(Task("KZ-LU", "", "order", NOON), NOON)

    assert history.interrupt(NOON + HOUR) == 1
    assert [record.result for record in history.runs()] == ["interrupted", "running"]
    assert history.interrupt(NOON + HOUR) == 0


def test_pruning_forgets_old_runs_with_their_parts_but_the_last_settled_of_each_entry(history: History) -> None:
    old = add(history, "a/1", "success", NOON)
    history.end(old, NOON, Outcome("success", (Problem("x", "y"),), (Piece("p", "r", "l", "success"),)))
    add(history, "a/2", "success", NOON + HOUR)
    add(history, "a/3", "failed", NOON + 2 * HOUR)
    add(history, "b/1", "skipped", NOON)
    add(history, "a/4", "failed", NOON + 9 * HOUR)

    assert history.prune(NOON + 5 * HOUR) == 2
    assert {record.task.key for record in history.runs()} == {"a/2", "b/1", "a/4"}
    assert (history.pieces(old), history.problems(old)) == ((), ())


def test_months_of_retention_never_count_short() -> None:
    assert months_before(datetime(2027, 3, 31, tzinfo=UTC), 1) <= datetime(2027, 2, 28, tzinfo=UTC)
    assert months_before(datetime(2028, 2, 29, tzinfo=UTC), 24) <= datetime(2026, 2, 28, tzinfo=UTC)


# ---------------------------------------------------------------- files


def test_a_table_of_another_module_lives_in_the_same_file(history: History) -> None:
    tables = sql.MetaData()
    sent = sql.Table("sent", tables, sql.Column("run", sql.Integer), sql.Column("to", sql.String))
    tables.create_all(history.engine)
    with history.engine.begin() as connection:
        connection.execute(sql.insert(sent).values(run=1, to="desk"))

    again = open_history(history.path)
    with again.engine.connect() as connection:
        assert connection.execute(sql.select(sent)).all() == [(1, "desk")]


@pytest.mark.parametrize("content", [b"this is no database, though it is long enough " * 50, b"SQLite format 3\0junk"])
def test_a_file_that_is_no_history_is_put_aside_and_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "history.sqlite"
    path.write_bytes(content)
    history = open_history(path)
    add(history, "a/1", "success", NOON)

    (problem,) = history.found
    assert "is broken and was put aside as history.broken-1.sqlite" in problem.message
    assert (problem.where, problem.severity) == (str(path), "warning")
    assert (tmp_path / "history.broken-1.sqlite").read_bytes() == content
    assert len(open_history(path).runs()) == 1
    assert open_history(path).found == ()


def test_a_history_with_a_damaged_page_is_put_aside_beside_the_last_one(history: History) -> None:
    for number in range(200):
        add(history, f"a/{number}", "success", NOON)
    data = bytearray(history.path.read_bytes())
    data[4096:12288] = b"\xaa" * 8192
    history.path.write_bytes(data)
    history.path.with_name("history.broken-1.sqlite").touch()

    assert "history.broken-2.sqlite" in open_history(history.path).found[0].message


def test_a_history_of_a_newer_program_is_left_alone(history: History) -> None:
    with open_engine(history.path).begin() as connection:
        connection.execute(sql.text(f"PRAGMA user_version={VERSION + 1}"))
    before = history.path.read_bytes()

    with pytest.raises(OutputError, match=f"version {VERSION + 1}; this program writes version {VERSION}"):
        open_history(history.path)
    assert history.path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")

    with pytest.raises(OutputError, match="the history cannot be used"):
        open_history(tmp_path / "out" / "history.sqlite")


def test_a_history_that_became_unreadable_is_told_and_no_traceback(history: History) -> None:
    history.path.write_bytes(b"junk" * 5000)

    with pytest.raises(OutputError, match=r"history\.sqlite: the history cannot be used: file is not a database"):
        history.runs()


def test_a_path_with_spaces_letters_and_marks_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "дела 50% & ?x=1#y" / "history.sqlite"
    add(open_history(path), "a/1", "success", NOON)

    assert path.is_file()


# ---------------------------------------------------------------- several processes

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from reports.history import Outcome, Task, open_history
history = open_history(Path(sys.argv[1]))
now = datetime(2026, 12, 1, tzinfo=UTC)
for number in range(int(sys.argv[2])):
    history.end(history.begin(Task(f"a/{number}", "a", "edition", now), now), now, Outcome("success"))
"""


def writer(path: Path, runs: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(runs)], cwd=ROOT, text=True, stderr=subprocess.PIPE
    )


def test_writers_that_begin_at_once_and_a_reader_between_them_never_fail(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    writers = [writer(path, 15) for _ in range(3)]
    reads = 0
    while any(process.poll() is None for process in writers):
        assert len(open_history(path).runs()) <= 45
        reads += 1
    told = [process.communicate()[1] for process in writers]

    assert told == ["", "", ""]
    assert reads > 1
    assert {record.result for record in open_history(path).runs()} == {"success"}
    assert len(open_history(path).runs()) == 45


def test_a_writer_that_is_killed_leaves_a_sound_file(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    history = open_history(path)
    process = writer(path, 100_000)
    while len(history.runs()) < 5 and process.poll() is None:
        pass
    process.kill()
    process.communicate()

    again = open_history(path)
    assert again.found == ()
    assert len(again.runs()) >= 5
