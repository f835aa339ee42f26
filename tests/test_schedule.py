"""The schedule: its file and mistakes in it, what is due, one run at a time, what a monitor sees, and who calls it."""

import re
import subprocess
import sys
import threading
import time as clock_time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from reports.errors import DataError, OutputError, Problem, ReportError
from reports.history import History, Outcome, Result, open_history
from reports.orders import Order
from reports.schedule.due import due, orders_of, work
from reports.schedule.plan import Choices, Plan, Retention, contradiction, read_plan
from reports.schedule.rules import Run
from reports.schedule.running import Done, run_due
from reports.schedule.status import coming, status
from reports.schedule.watch import Watched, watch
from reports.sources import SOURCES
from reports.sources.schedule_models import EditionModel, RetentionModel, ScheduleModel, VisitModel
from tests.tools import LANGUAGES, PARTNERS, REPORTS

ROOT = Path(__file__).parent.parent
CHOICES = Choices(("DE", "LU"), ("brief", "visit"), ("xx", "yy"), ("docx", "text"))
HEAD = 'timezone = "Asia/Almaty"\nholidays = "KZ"\n'
COMMON = 'reports = ["brief"]\nlanguages = ["xx"]\nformats = ["docx"]\n'
MONTHLY = f'[[editions]]\nname = "monthly"\nday = 1\ntime = 06:00:00\npartners = ["all"]\n{COMMON}'
VISIT = (
    f'[[visits]]\npartner = "LU"\nbegins = 2026-12-20\nends = 2026-12-21\nprepare = [14, 3]\ntime = 06:00:00\n{COMMON}'
)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def plan_of(folder: Path, text: str, choices: Choices | None = CHOICES) -> Plan:
    path = folder / "schedule.toml"
    path.write_text(text, encoding="utf-8")
    return read_plan(path, choices)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return open_history(tmp_path / ".history" / "history.sqlite")


def ran(plan: Plan, history: History, now: str, result: Result = "success", *, retry: bool = False) -> list[str]:
    """The keys of the runs that are made at an instant, each with the result."""
    done = run_due(plan, history, lambda: moment(now), lambda _: Outcome(result), retry=retry)
    return [run.key for run, _ in done.outcomes]


# ---------------------------------------------------------------- the file


def test_every_key_of_a_plan_reads(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        f"""
grace = 12
tries = 3
{HEAD}
[retention]
editions = 24
history = "2 years"
disk = "500 MB"

[[delivery]]
name = "share"
kind = "folder"
path = "S:/briefs"

{MONTHLY}timezone = "Europe/Berlin"
holidays = "DE-BY"
shift = "before"
disclosure = "public"
deliver = ["share"]

{VISIT}place = "Luxembourg"
level = "working visit"
delegation = ["Minister of Foreign Affairs"]
""",
    )
    (monthly,), (visit,), (delivery,) = plan.editions, plan.visits, plan.deliveries

    assert monthly.timing == "day 1, or the working day before (DE-BY) at 06:00 Europe/Berlin"
    assert (monthly.making.disclosure, monthly.making.deliver, monthly.partners) == ("public", ("share",), ("all",))
    assert visit.timing == "14, 3 days before 2026-12-20 at 06:00 Asia/Almaty"
    assert (visit.place, visit.level, visit.delegation) == (
        "Luxembourg", "working visit", ("Minister of Foreign Affairs",)
    )  # fmt: skip
    assert delivery.keys == {"name": "share", "kind": "folder", "path": "S:/briefs"}
    assert delivery.where == "schedule.toml:12"
    assert plan.retention == Retention(None, 24, 24, 500_000_000)
    assert (plan.grace, plan.tries) == (12 * HOUR, 3)


def test_every_key_of_a_plan_is_documented() -> None:
    text = (ROOT / "docs" / "data-format.md").read_text(encoding="utf-8").partition("## schedule.toml")[2]
    models = (ScheduleModel, RetentionModel, EditionModel, VisitModel)
    keys = {found.alias or name for model in models for name, found in model.model_fields.items()}

    assert {key for key in keys if not re.search(rf"\b{key}\b", text)} == set()


def test_an_empty_plan_asks_for_nothing(tmp_path: Path, history: History) -> None:
    plan = plan_of(tmp_path, "")

    assert (plan.entries, coming(plan, moment("2026-12-01T00:00Z"))) == ((), ())
    assert status(plan, history, moment("2026-12-01T00:00Z")).ok


def test_texts_are_read_as_days_and_times_and_one_number_as_a_list(tmp_path: Path) -> None:
    text = VISIT.replace("2026-12-20", '"2026-12-20"').replace("[14, 3]", "7").replace("06:00:00", '"06:00"')
    (visit,) = plan_of(tmp_path, text).visits

    assert (visit.begins, visit.prepare, visit.clock.time) == (date(2026, 12, 20), (7,), time(6))


MISTAKES: list[tuple[str, str, int, str, str]] = [
    ("day = 1", "day = 0", 5, "day: 0 is too small", ""),
    ("day = 1", "day = 32", 5, "day: 32 is too great", ""),
    ("day = 1", 'day = "middle"', 5, "day: 'middle' is", ""),
    ("day = 1", "day = true", 5, "day: True is no whole number", ""),
    ("day = 1", 'rule = "first Mondey"', 5, "rule: 'first Mondey' is not written as it should be", "first Monday"),
    ("day = 1", "day = 1\nrule = 'first Monday'", 3, "both day and rule", "last working day"),
    ("day = 1\n", "", 3, "neither day nor rule", ""),
    ("day = 1", "day = 1\nmonths = [0]", 6, "months: 0 is too small", ""),
    ("day = 1", "day = 1\nmonth = [1]", 6, "unknown key 'month'", "did you mean months?"),
    ("day = 1", "day = 1\nshift = 'later'", 6, "shift: 'later' is none of its values", "after"),
    ("day = 1", "day = 1\nfrom = 2027-01-02\nuntil = 2027-01-01", 7, "until: 2027-01-01 is before 2027-01-02", ""),
    ("day = 1", "day = 1\nfrom = 2027-01-02T10:00:00", 6, "from: 2027-01-02 10:00:00 has a time", ""),
    ("day = 1", "day = 1\nfrom = '2027-02-30'", 6, "from: '2027-02-30' is no day", ""),
    ("time = 06:00:00\npart", "time = '25:00'\npart", 6, "time: '25:00' is no time", ""),
    ("time = 06:00:00\npart", "time = '06:00+05:00'\npart", 6, "time: 06:00:00+05:00 has a zone of its own", ""),
    ("time = 06:00:00\npart", "time = 6\npart", 6, "time: 6 is no time", ""),
    ("time = 06:00:00\npart", "part", 3, "no 'time'", "required are time"),
    ('"Asia/Almaty"', '"Asia/Alma-Ata"', 1, "timezone: unknown zone 'Asia/Alma-Ata'", "Asia/Almaty"),
    ('"Asia/Almaty"', '"Europe"', 1, "timezone: unknown zone 'Europe'", ""),
    ('"Asia/Almaty"', '"../../etc/passwd"', 1, "timezone: '../../etc/passwd' is not written", "Asia/Almaty"),
    ('"KZ"', '"XX"', 2, "holidays: no calendar of 'XX'", "KZ"),
    ('"KZ"', '"DE-ZZ"', 2, "holidays: no calendar of 'DE-ZZ'", "DE-BY"),
    ('holidays = "KZ"\n[', "\n[", 3, "working days, and no calendar that says which", "holidays"),
    ('"monthly"', '"../monthly"', 4, "name: '../monthly' is no name", ""),
    ('"monthly"', '"a/b"', 4, "name: 'a/b' is no name", ""),
    ('"monthly"', f'"{"a" * 61}"', 4, "is no name: letters, digits and hyphens, at most 60", ""),
    ('partners = ["all"]', 'partners = ["L U"]', 7, "partners: 'L U' is not written", ""),
    ('partners = ["all"]', 'partners = ["FR"]', 7, "partners: unknown partner 'FR'", "choose from DE, LU, all"),
    ('partners = ["all"]', "partners = []", 7, "partners: [] is too short a list", ""),
    ('["brief"]', '["breif"]', 8, "reports: unknown report 'breif'", "did you mean brief?"),
    ('["xx"]', '["zz"]', 9, "languages: unknown language 'zz'", "choose from"),
    ('["docx"]', '["doc"]', 10, "formats: unknown format 'doc'", "did you mean docx?"),
    ('["docx"]', '["docx"]\ndisclosure = "secret"', 11, "disclosure: 'secret' is none of its values", "internal"),
    ('["docx"]', '["docx"]\ndeliver = ["desk"]', 11, "deliver: unknown delivery 'desk'", ""),
    ('partner = "LU"', 'partner = "FR"', 13, "partner: unknown partner 'FR'", "choose from"),
    ("ends = 2026-12-21", "ends = 2026-12-19", 15, "ends: 2026-12-19 is before 2026-12-20", ""),
    ("prepare = [14, 3]", "prepare = [14, -3]", 16, "prepare: -3 is too small", ""),
    ("begins = 2026-12-20", "begins = 0001-01-01", 14, "begins: 0001-01-01 is not of this age", ""),
    ("ends = 2026-12-21", "ends = '9999-12-31'", 15, "ends: 9999-12-31 is not of this age", ""),
    ("prepare = [14, 3]", "prepare = 400", 16, "prepare: 400 is too great", ""),
    ("prepare = [14, 3]", "prepare = []", 16, "prepare: [] is too short a list", ""),
    ("prepare = [14, 3]\n", "", 12, "no 'prepare'", "required are"),
    ("prepare = [14, 3]", 'prepare = 3\nplace = "a\\nb"', 17, "place: 'a\\nb' is not written", ""),
    ("[[visits]]", "[[vists]]", 12, "unknown key 'vists'", "did you mean visits?"),
    ("[[visits]]", "[visits]", 12, "'visits' is no list of tables", "write [[visits]]"),
    (HEAD, f"{HEAD}retention = {{ disk = '20 XB' }}\n", 3, "disk: '20 XB' is not written", "20 GB"),
    (HEAD, f"{HEAD}retention = {{ editions = 0 }}\n", 3, "editions: 0 is", ""),
    (HEAD, f"{HEAD}tries = 0\n", 3, "tries: 0 is too small", ""),
    (HEAD, f"{HEAD}[[delivery]]\nkind = 'folder'\n", 3, "no 'name'", "required are name"),
    ("day = 1", "day = ", 5, "no TOML: Invalid value", "data-format.md"),
    ("day = 1", "day = 1\nday = 2", 6, "no TOML: Cannot overwrite a value", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "message", "hint"), MISTAKES, ids=[row[1][:40] for row in MISTAKES])
def test_a_mistake_in_a_plan_is_told_with_its_line(  # noqa: PLR0913, PLR0917  a row of the table
    tmp_path: Path, old: str, new: str, line: int, message: str, hint: str
) -> None:
    text = HEAD + MONTHLY + "\n" + VISIT
    if "working days" in message:
        text = text.replace("day = 1", 'rule = "last working day"')
    assert old in text
    with pytest.raises(DataError) as error:
        plan_of(tmp_path, text.replace(old, new, 1))

    (problem,) = error.value.problems
    assert problem.where == f"schedule.toml:{line}"
    assert message in problem.message
    assert hint in problem.hint


def test_two_entries_of_one_name_are_told(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        plan_of(tmp_path, HEAD + MONTHLY + MONTHLY + VISIT + VISIT)

    assert [(problem.where, problem.message) for problem in error.value.problems] == [
        ("schedule.toml:11", "two editions of the name 'monthly'"),
        ("schedule.toml:28", "two visits of the name 'LU 2026-12-20'"),
    ]


def test_all_mistakes_of_a_plan_are_told_at_once_by_line(tmp_path: Path) -> None:
    text = (HEAD + MONTHLY + VISIT).replace("Asia/Almaty", "Nowhere/X").replace("day = 1", "day = 99")
    with pytest.raises(DataError) as error:
        plan_of(tmp_path, text.replace('partner = "LU"', 'partner = "FR"').replace('["brief"]', '["x y"]'))

    assert [problem.where.partition(":")[2] for problem in error.value.problems] == ["5", "8", "17"]


def test_a_plan_that_is_missing_huge_or_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "schedule.toml"
    with pytest.raises(DataError, match="no such file"):
        read_plan(path)
    path.write_bytes(b"\xff\xfe1")
    with pytest.raises(DataError, match="UTF-16"):
        read_plan(path)
    path.write_text("#" * 1_000_001, encoding="utf-8")
    with pytest.raises(DataError, match="larger than"):
        read_plan(path)
    path.write_text("x = " + "[" * 100_000, encoding="utf-8")
    with pytest.raises(DataError, match="no TOML"):
        read_plan(path)
    path.write_text("[[visits]]\n" * 1001, encoding="utf-8")
    with pytest.raises(DataError, match="more than 1000 visits"):
        read_plan(path)


# ---------------------------------------------------------------- the plan of the repository


def test_the_plan_of_the_repository_reads_and_agrees_with_its_data() -> None:
    data, _ = SOURCES["folder"](ROOT / "data")
    plan = read_plan(ROOT / "data" / "schedule.toml", Choices(PARTNERS, REPORTS, LANGUAGES, ("docx", "pdf")))
    (run,) = coming(plan, moment("2026-12-15T00:00Z"), 1)
    orders = orders_of(run, plan, data.home, Choices(PARTNERS, REPORTS, LANGUAGES, ("docx", "pdf")))

    assert contradiction(plan, data) is None
    assert (run.key, run.due) == ("monthly/2027-01-01", moment("2027-01-01T01:00Z"))
    assert len(orders) == len(PARTNERS) * 2
    assert {(len(order.languages), order.formats, order.as_of) for order in orders} == {
        (3, ("docx", "pdf"), date(2027, 1, 1))
    }


def test_a_schedule_that_contradicts_the_day_that_briefs_print_is_told(tmp_path: Path) -> None:
    data, _ = SOURCES["folder"](ROOT / "data")
    other = plan_of(tmp_path, HEAD + MONTHLY.replace("day = 1", "day = 5"))
    rule = plan_of(tmp_path, HEAD + MONTHLY.replace("day = 1", 'rule = "last working day"'))

    for plan, found in ((other, "day 5"), (rule, "no fixed day of the month")):
        problem = contradiction(plan, data)
        assert problem
        assert problem.message == f"editions come out on {found}, by data.yaml on day 1"
    assert contradiction(other, replace(data, edition_day=0)) is None
    assert contradiction(plan_of(tmp_path, HEAD + VISIT), data) is None


# ---------------------------------------------------------------- what is due


def test_an_entry_that_is_added_late_in_the_month_waits_for_the_next(tmp_path: Path, history: History) -> None:
    plan = plan_of(tmp_path, HEAD + MONTHLY)

    assert ran(plan, history, "2026-11-20T00:00Z") == []
    assert ran(plan, history, "2026-12-01T00:59Z") == []
    assert ran(plan, history, "2026-12-01T01:00Z") == ["monthly/2026-12-01"]
    assert ran(plan, history, "2026-12-01T01:00Z") == []
    assert ran(plan, history, "2026-12-31T23:59Z") == []


def test_a_day_that_is_changed_does_not_run_for_the_past_but_a_failed_run_is_kept(
    tmp_path: Path, history: History
) -> None:
    plan = plan_of(tmp_path, HEAD + MONTHLY)
    ran(plan, history, "2026-11-30T00:00Z")
    ran(plan, history, "2026-12-01T02:00Z")
    changed = plan_of(tmp_path, HEAD + MONTHLY.replace("day = 1", "day = 15"))
    assert ran(changed, history, "2026-12-20T00:00Z") == []
    assert ran(changed, history, "2027-01-15T02:00Z", "failed") == ["monthly/2027-01-15"]

    later = plan_of(tmp_path, HEAD + MONTHLY.replace("day = 1", "day = 15").replace("06:00", "07:00"))
    assert ran(later, history, "2027-03-20T02:00Z") == ["monthly/2027-01-15"]
    assert due(plan, history, moment("2027-04-20T00:00Z")) == ()  # its timing is not the one that was seen


def test_a_run_that_failed_is_over_once_a_later_one_succeeded(tmp_path: Path, history: History) -> None:
    plan = plan_of(tmp_path, HEAD + MONTHLY)
    ran(plan, history, "2026-10-30T00:00Z")
    ran(plan, history, "2026-11-01T02:00Z")
    ran(plan, history, "2026-12-01T02:00Z", "failed")
    ran(plan, history, "2027-01-01T02:00Z")

    assert ran(plan, history, "2027-01-02T02:00Z", retry=True) == []
    assert [record.result for record in history.runs()] == ["success", "failed", "success"]


def test_of_missed_runs_the_newest_is_made_and_the_others_are_kept_as_skipped(tmp_path: Path, history: History) -> None:
    plan = plan_of(tmp_path, HEAD + MONTHLY)
    ran(plan, history, "2026-09-30T00:00Z")

    assert ran(plan, history, "2026-12-09T00:00Z") == ["monthly/2026-12-01"]
    assert [(record.task.key, record.result, record.summary) for record in history.runs()] == [
        ("monthly/2026-10-01", "skipped", "caught up by monthly/2026-12-01"),
        ("monthly/2026-11-01", "skipped", "caught up by monthly/2026-12-01"),
        ("monthly/2026-12-01", "success", ""),
    ]
    assert ran(plan, history, "2026-12-09T00:01Z") == []


def test_a_run_that_fails_is_tried_again_after_growing_waits_and_not_for_ever(tmp_path: Path, history: History) -> None:
    plan = plan_of(tmp_path, "tries = 4\n" + HEAD + MONTHLY)
    start, made = moment("2026-12-01T01:00Z"), []
    ran(plan, history, "2026-11-30T00:00Z")
    for minute in range(0, 200, 5):
        if ran(plan, history, (start + minute * MINUTE).isoformat(), "partly"):
            made.append(minute)

    assert made == [0, 10, 30, 70]
    assert ran(plan, history, "2026-12-20T00:00Z", "failed", retry=True) == ["monthly/2026-12-01"]
    assert ran(plan, history, "2027-01-01T02:00Z") == ["monthly/2027-01-01"]
    assert ran(plan, history, "2027-01-01T02:01Z", retry=True) == []


def test_runs_of_several_entries_are_made_in_the_order_in_which_they_were_due(tmp_path: Path, history: History) -> None:
    other = MONTHLY.replace("monthly", "early").replace("06:00", "05:00")
    plan = plan_of(tmp_path, HEAD + MONTHLY + other + VISIT)
    ran(plan, history, "2026-11-30T00:00Z")

    assert ran(plan, history, "2026-12-06T02:00Z") == [
        "early/2026-12-01", "monthly/2026-12-01", "visit LU 2026-12-20 -14"
    ]  # fmt: skip


def test_a_run_that_fails_or_breaks_does_not_stop_the_others(tmp_path: Path, history: History) -> None:
    names = ["a", "b", "c"]
    plan = plan_of(tmp_path, HEAD + "".join(MONTHLY.replace("monthly", name) for name in names))
    ran(plan, history, "2026-11-30T00:00Z")
    wrong = Problem("data/x.csv:3", "no number", "write one")

    def make(run: Run) -> Outcome:
        if run.entry == "a":
            raise DataError(wrong)
        if run.entry == "b":
            raise ZeroDivisionError("division by zero")
        return Outcome("success")

    done = run_due(plan, history, lambda: moment("2026-12-01T02:00Z"), make)

    assert [outcome.result for _, outcome in done.outcomes] == ["failed", "failed", "success"]
    assert wrong in done.problems
    assert any("ZeroDivisionError: division by zero" in problem.message for problem in done.problems)
    assert not done.ok
    assert history.problems(history.runs("a")[0].id) == (wrong,)


def test_a_run_that_is_stopped_by_hand_is_kept_as_interrupted_and_is_due_again(
    tmp_path: Path, history: History
) -> None:
    plan = plan_of(tmp_path, HEAD + MONTHLY)
    ran(plan, history, "2026-11-30T00:00Z")

    def stop(_: Run) -> Outcome:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_due(plan, history, lambda: moment("2026-12-01T02:00Z"), stop)
    assert [record.result for record in history.runs()] == ["interrupted"]
    assert ran(plan, history, "2026-12-01T02:00Z") == ["monthly/2026-12-01"]


def test_asking_what_is_due_changes_nothing(tmp_path: Path, history: History) -> None:
    plan = plan_of(tmp_path, HEAD + MONTHLY)
    ran(plan, history, "2026-10-30T00:00Z")
    before = history.path.read_bytes()

    assert [run.key for run in due(plan, history, moment("2026-12-02T00:00Z"))] == ["monthly/2026-12-01"]
    assert history.path.read_bytes() == before


def test_old_runs_are_forgotten_but_what_was_made_is_not_made_again(tmp_path: Path, history: History) -> None:
    yearly = MONTHLY.replace("day = 1", "day = 1\nmonths = [1]")
    plan = plan_of(tmp_path, HEAD + '[retention]\nhistory = "1 month"\n' + yearly)
    ran(plan, history, "2026-12-31T00:00Z")
    ran(plan, history, "2027-01-01T02:00Z")

    assert ran(plan, history, "2027-11-01T02:00Z") == []
    assert len(history.runs()) == 1
    ran(plan, history, "2028-01-01T02:00Z")
    ran(plan, history, "2028-01-01T02:15Z")
    assert [record.task.key for record in history.runs()] == ["monthly/2028-01-01"]


# ---------------------------------------------------------------- visits


def test_a_visit_is_prepared_on_each_of_its_days_as_of_that_day(tmp_path: Path, history: History) -> None:
    plan = plan_of(tmp_path, HEAD + VISIT)
    ran(plan, history, "2026-11-30T00:00Z")
    (run,) = due(plan, history, moment("2026-12-06T01:00Z"))

    assert (run.key, run.day, run.visit) == ("visit LU 2026-12-20 -14", date(2026, 12, 6), date(2026, 12, 20))
    assert ran(plan, history, "2026-12-06T01:00Z") == ["visit LU 2026-12-20 -14"]
    assert ran(plan, history, "2026-12-17T00:59Z") == []
    assert ran(plan, history, "2026-12-17T01:00Z") == ["visit LU 2026-12-20 -3"]
    assert ran(plan, history, "2027-02-01T00:00Z") == []


def test_a_visit_that_is_entered_late_is_prepared_at_once_with_what_is_known_today(
    tmp_path: Path, history: History
) -> None:
    plan = plan_of(tmp_path, HEAD + VISIT)
    (run,) = due(plan, history, moment("2026-12-10T19:30Z"))

    assert run.key == "visit LU 2026-12-20 -14"
    assert run.day == date(2026, 12, 11)  # past midnight in Almaty
    (order,) = orders_of(run, plan, "KZ", CHOICES)
    assert order == Order("KZ", "LU", date(2026, 12, 11), "brief", ("xx",), ("docx",), visit=date(2026, 12, 20))


def test_of_the_missed_days_of_a_visit_only_the_newest_is_made(tmp_path: Path, history: History) -> None:
    plan = plan_of(tmp_path, HEAD + VISIT)
    ran(plan, history, "2026-11-30T00:00Z")

    assert ran(plan, history, "2026-12-21T10:00Z") == ["visit LU 2026-12-20 -3"]
    assert history.runs()[0].summary == "caught up by visit LU 2026-12-20 -3"


def test_a_visit_that_is_over_is_told_once_and_not_prepared(tmp_path: Path, history: History) -> None:
    plan = plan_of(tmp_path, HEAD + VISIT)
    found: list[Done] = [
        run_due(plan, history, lambda: moment("2026-12-21T19:00Z"), lambda _: Outcome("success")) for _ in range(2)
    ]

    assert [done.outcomes for done in found] == [(), ()]
    assert [(one.where, one.message, one.severity) for one in found[0].problems] == [
        (f"visit LU 2026-12-20 -{days}", "not made: the visit ended on 2026-12-21", "warning") for days in (14, 3)
    ]
    assert found[1].problems == ()
    assert work(plan, history, moment("2026-12-22T00:00Z")).runs == ()


def test_all_stands_for_every_partner_report_language_and_format(tmp_path: Path) -> None:
    text = MONTHLY.replace('["brief"]', '["all"]').replace('["xx"]', '["all"]').replace('["docx"]', '["all"]')
    plan = plan_of(tmp_path, HEAD + text + 'disclosure = "public"\n')
    (run,) = coming(plan, moment("2026-12-10T00:00Z"), 1)
    orders = orders_of(run, plan, "KZ", CHOICES)

    assert [(order.partner, order.report) for order in orders] == [
        ("DE", "brief"), ("DE", "visit"), ("LU", "brief"), ("LU", "visit")
    ]  # fmt: skip
    assert {(order.languages, order.formats, order.disclosure) for order in orders} == {
        (("xx", "yy"), ("docx", "text"), "public")
    }


# ---------------------------------------------------------------- one at a time

HOLDER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from reports.history import Outcome, open_history
from reports.schedule.plan import read_plan
from reports.schedule.running import run_due

folder, plan, now = Path(sys.argv[1]), read_plan(Path(sys.argv[2])), datetime.fromisoformat(sys.argv[3])

def make(run):
    (folder / "at work").touch()
    while not (folder / "go on").exists():
        time.sleep(0.01)
    with (folder / "made").open("a") as file:
        file.write(run.key + "\\n")
    return Outcome("success")

done = run_due(plan, open_history(folder / ".history" / "history.sqlite"), lambda: now, make)
print(done.busy, len(done.outcomes), *(problem.message for problem in done.problems))
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder), str(folder / "schedule.toml"), "2026-12-01T02:00+00:00"],
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = clock_time.monotonic() + seconds
    while not condition():
        assert clock_time.monotonic() < end, "it took too long"
        clock_time.sleep(0.01)


@pytest.fixture
def at_work(tmp_path: Path, history: History) -> Iterator[subprocess.Popen[str]]:
    """Another process in the middle of a run."""
    ran(plan_of(tmp_path, HEAD + MONTHLY), history, "2026-11-30T00:00Z")
    process = holder(tmp_path)
    wait_for((tmp_path / "at work").exists)
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def test_of_two_processes_one_makes_and_the_other_says_so(
    tmp_path: Path, at_work: subprocess.Popen[str], history: History
) -> None:
    second = holder(tmp_path)
    told, errors = second.communicate(timeout=60)
    (tmp_path / "go on").touch()
    first, _ = at_work.communicate(timeout=60)

    since = "2026-12-01T02:00:00+00:00"
    assert told == f"True 0 another run is at work (process {at_work.pid} since {since})\n"
    assert (second.returncode, errors) == (0, "")
    assert first == "False 1\n"
    assert (tmp_path / "made").read_text() == "monthly/2026-12-01\n"
    assert [record.result for record in history.runs()] == ["success"]


def test_after_the_holder_is_killed_the_next_one_goes_on(
    tmp_path: Path, at_work: subprocess.Popen[str], history: History
) -> None:
    at_work.kill()
    at_work.communicate()
    assert [record.result for record in history.runs()] == ["running"]
    (tmp_path / "go on").touch()
    told, _ = holder(tmp_path).communicate(timeout=60)

    assert told == "False 1\n"
    assert [record.result for record in history.runs()] == ["interrupted", "success"]


def test_a_run_at_work_in_another_process_is_no_failure(
    tmp_path: Path, at_work: subprocess.Popen[str], history: History
) -> None:
    plan = read_plan(tmp_path / "schedule.toml")
    done = run_due(plan, history, lambda: moment("2026-12-01T02:00Z"), lambda _: Outcome("success"))

    assert at_work.poll() is None
    assert done.busy
    assert done.ok
    assert [problem.severity for problem in done.problems] == ["warning"]


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path, history: History) -> None:
    plan = plan_of(tmp_path, HEAD + MONTHLY)
    (history.path.parent / "run-due.lock").mkdir()

    with pytest.raises(OutputError, match="cannot be locked"):
        ran(plan, history, "2026-12-01T02:00Z")


# ---------------------------------------------------------------- what a monitor sees


def test_status_tells_last_success_last_result_and_next_run(tmp_path: Path, history: History) -> None:
    plan = plan_of(tmp_path, HEAD + MONTHLY)
    ran(plan, history, "2026-10-30T00:00Z")
    ran(plan, history, "2026-11-01T02:00Z")
    ran(plan, history, "2026-12-01T02:00Z", "failed")
    found = status(plan, history, moment("2026-12-01T03:00Z"))
    (monthly,) = found.entries

    assert found.ok
    assert found.looked == moment("2026-12-01T02:00Z")
    assert (monthly.success, monthly.succeeded) == ("monthly/2026-11-01", moment("2026-11-01T02:00Z"))
    assert (monthly.last, monthly.result) == ("monthly/2026-12-01", "failed")
    assert (monthly.next, monthly.due) == ("monthly/2027-01-01", moment("2027-01-01T01:00Z"))


@pytest.mark.parametrize(("now", "overdue"), [("07:00", ()), ("06:59", ()), ("07:01", ("monthly/2026-12-01",))])
def test_a_run_that_did_not_happen_is_overdue_after_the_grace(
    tmp_path: Path, history: History, now: str, overdue: tuple[str, ...]
) -> None:
    plan = plan_of(tmp_path, HEAD + MONTHLY)
    ran(plan, history, "2026-11-30T00:00Z")
    found = status(plan, history, moment(f"2026-12-01T{now}Z") - timedelta(microseconds=1))

    assert found.entries[0].overdue == overdue
    assert found.ok is not bool(overdue)


def test_a_run_that_failed_to_the_end_stays_overdue_until_one_succeeds(tmp_path: Path, history: History) -> None:
    plan = plan_of(tmp_path, "tries = 1\n" + HEAD + MONTHLY)
    ran(plan, history, "2026-11-30T00:00Z")
    ran(plan, history, "2026-12-01T02:00Z", "partly")

    assert not status(plan, history, moment("2026-12-20T00:00Z")).ok
    ran(plan, history, "2026-12-20T00:00Z", retry=True)
    assert status(plan, history, moment("2026-12-20T00:00Z")).ok


def test_a_schedule_at_which_nobody_ever_looked_is_not_well(tmp_path: Path, history: History) -> None:
    plan = plan_of(tmp_path, HEAD + MONTHLY)

    assert not status(plan, history, moment("2026-12-01T00:00Z")).ok
    ran(plan, history, "2026-12-01T00:00Z")
    assert status(plan, history, moment("2026-12-01T00:00Z")).ok


def test_an_entry_that_came_in_after_the_last_look_is_overdue_too(tmp_path: Path, history: History) -> None:
    ran(plan_of(tmp_path, HEAD + MONTHLY), history, "2026-11-05T00:00Z")
    plan = plan_of(tmp_path, HEAD + MONTHLY.replace("monthly", "new") + VISIT)

    found = status(plan, history, moment("2026-12-08T00:00Z"))
    assert [entry.overdue for entry in found.entries] == [("new/2026-12-01",), ("visit LU 2026-12-20 -14",)]


def test_a_visit_that_came_in_today_or_is_over_is_not_overdue(tmp_path: Path, history: History) -> None:
    plan = plan_of(tmp_path, HEAD + VISIT)
    ran(plan, history, "2026-12-10T00:00Z", "failed")

    assert status(plan, history, moment("2026-12-10T05:00Z")).ok
    assert not status(plan, history, moment("2026-12-10T07:00Z")).ok
    assert status(plan, history, moment("2026-12-23T07:00Z")).ok


# ---------------------------------------------------------------- watch


def every_month(name: str, at: datetime) -> str:
    """An edition that has its next run at an instant, to the second."""
    text = MONTHLY.replace("monthly", name).replace("day = 1", f"day = {at.day}")
    return text.replace("06:00:00", f"{at:%H:%M:%S}")


@dataclass
class Watching:
    """A schedule that is watched: what it made and what it told."""

    folder: Path
    history: History
    made: list[str] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)

    def put(self, *entries: str) -> None:
        """Another plan, whose entries are known for long, so that a slow machine makes up for them."""
        text = 'timezone = "UTC"\n' + "".join(entries)
        (self.folder / "next").mkdir(exist_ok=True)
        plan = plan_of(self.folder / "next", text)
        self.history.see({entry.name: entry.timing for entry in plan.entries}, datetime.now(UTC) - HOUR)
        plan_of(self.folder, text)

    def make(self, run: Run) -> Outcome:
        self.made.append(run.entry)
        return Outcome("success")

    def act(self, plan: Plan) -> None:
        self.told += run_due(plan, self.history, lambda: datetime.now(UTC), self.make).problems


@pytest.fixture
def watching(tmp_path: Path, history: History) -> Iterator[Watching]:
    """A thread that watches schedule.toml and reads it ten times a second."""
    seen, stop = Watching(tmp_path, history), threading.Event()
    watched = Watched(lambda: read_plan(tmp_path / "schedule.toml"), seen.act, seen.told.extend)
    seen.put()
    thread = threading.Thread(target=watch, args=(watched, stop), kwargs={"pause": 0.1})
    thread.start()
    yield seen
    stop.set()
    thread.join(30)
    assert not thread.is_alive()


def test_a_watched_schedule_runs_at_its_times_and_takes_up_changes(watching: Watching) -> None:
    soon = datetime.now(UTC) + 2 * SECOND
    watching.put(every_month("one", soon), every_month("two", soon + SECOND))
    wait_for(lambda: watching.made == ["one", "two"])
    (watching.folder / "schedule.toml").write_text("day = ", encoding="utf-8")
    wait_for(lambda: bool(watching.told))
    clock_time.sleep(0.5)
    watching.put(every_month("three", datetime.now(UTC) + 2 * SECOND))
    wait_for(lambda: watching.made == ["one", "two", "three"])

    assert [problem.where for problem in watching.told] == ["schedule.toml:1"]
    assert all(record.started >= record.task.due for record in watching.history.runs())
    assert len({record.started.replace(microsecond=0) for record in watching.history.runs()}) == 3


def test_a_plan_that_is_wrong_from_the_start_is_not_watched(tmp_path: Path) -> None:
    watched = Watched(lambda: read_plan(tmp_path / "schedule.toml"), lambda _: None, lambda _: None)

    with pytest.raises(ReportError, match="no such file"):
        watch(watched, threading.Event())
