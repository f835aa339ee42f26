"""The days of a schedule: every month, every zone, short months, clock changes and leap days, as a person expects."""

import csv
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.history import History, Outcome, open_history
from reports.schedule.plan import Plan, read_plan
from reports.schedule.rules import (
    Clock,
    Edition,
    Making,
    Rule,
    Run,
    Shift,
    Visit,
    calendar,
    occurrences,
    upcoming,
    works,
)
from reports.schedule.running import run_due
from reports.sources.schedule_models import ORDINALS, WEEKDAYS
from tests.tools import exhaustive

HERE = Path(__file__).parent / "data" / "schedule"
MAKING = Making(("brief",), ("xx",), ("text",))
ZONES = ("Asia/Almaty", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Apia")


def edition(rule: Rule, at: str, zone: str, *, shift: Shift = "none", holidays: str = "") -> Edition:
    return Edition("x", rule, Clock(time.fromisoformat(at), ZoneInfo(zone)), MAKING, holidays=holidays, shift=shift)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def days(entry: Edition | Visit, first: str, last: str) -> list[str]:
    """The days of the runs from the beginning of one day to the end of another, in the zone of the entry."""
    zone = entry.clock.zone
    start = datetime.combine(date.fromisoformat(first), time(), zone) - timedelta(microseconds=1)
    end = datetime.combine(date.fromisoformat(last), time.max, zone)
    return [run.day.isoformat() for run in occurrences(entry, start.astimezone(UTC), end.astimezone(UTC))]


# ---------------------------------------------------------------- two years, worked out by hand


def table() -> list[dict[str, str]]:
    with (HERE / "two_years.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def two_years() -> Plan:
    return read_plan(HERE / "two_years.toml")


START, END = moment("2026-12-31T20:00Z"), moment("2028-12-31T20:00Z")
ASLEEP, AWAKE = moment("2027-06-20T12:00Z"), moment("2027-08-10T12:00Z")


def looks() -> list[datetime]:
    """The instants at which the machine looks: when something happens by the table, and a second before what is odd;
    every third hour and a second before everything, too, in a thorough run."""
    happens = {moment(row["utc"]) for row in table()}
    odd = {moment(row["utc"]) for row in table() if row["why"] or exhaustive()}
    steps = [START + timedelta(hours=3 * number) for number in range(5848)] if exhaustive() else []
    return sorted({START, END, AWAKE, *happens, *(instant - timedelta(seconds=1) for instant in odd), *steps})


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder in memory where there is one: a thousand runs are kept one by one, each safe on the disk before the
    next."""
    shared = Path("/dev/shm")
    with TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        yield Path(folder)


def walked(folder: Path, instants: list[datetime]) -> tuple[list[Run], History]:
    """The runs that are made by a machine that looks at these instants."""
    made: list[Run] = []

    def make(run: Run) -> Outcome:
        made.append(run)
        return Outcome("success")

    plan, history = two_years(), open_history(folder / "history.sqlite")
    for instant in instants:
        run_due(plan, history, partial(_same, instant), make)
    return made, history


def _same(instant: datetime) -> datetime:
    return instant


def told(runs: list[Run]) -> list[tuple[str, str, str]]:
    return sorted((run.entry, str(run.day), f"{run.due:%Y-%m-%dT%H:%M:%SZ}") for run in runs)


def rows(*asleep: str) -> list[tuple[str, str, str]]:
    return sorted((row["entry"], row["day"], row["utc"]) for row in table() if row["asleep"] in asleep)


def test_two_years_in_three_zones_run_as_worked_out_by_hand(memory: Path) -> None:
    made, history = walked(memory, looks())

    assert len(made) > 250
    assert told(made) == rows("", "skipped", "caught up")
    assert {record.result for record in history.runs()} == {"success"}


def test_a_machine_that_was_off_for_seven_weeks_makes_up_for_each_entry_once(memory: Path) -> None:
    made, history = walked(memory, [look for look in looks() if not ASLEEP <= look < AWAKE])
    skipped = [record for record in history.runs() if record.result == "skipped"]

    assert told(made) == rows("", "caught up")
    left = [(one.task.entry, one.task.key.rpartition("/")[2], f"{one.task.due:%Y-%m-%dT%H:%M:%SZ}") for one in skipped]
    assert sorted(left) == rows("skipped")
    assert all(record.summary.startswith("caught up by ") for record in skipped)


def test_each_run_of_the_table_comes_at_the_first_look_after_it_is_due(memory: Path) -> None:
    first = [row for row in table() if row["utc"] < "2027-02-15"]
    before = sorted({START, *(moment(row["utc"]) - timedelta(seconds=1) for row in first)})
    made, _ = walked(memory, before)

    assert all(run.due < before[-1] for run in made)
    assert len(made) == len({run.key for run in made}) > 10


# ---------------------------------------------------------------- short months


def test_day_31_is_the_last_day_of_every_shorter_month() -> None:
    runs = upcoming((edition(Rule(31), "06:00", "Asia/Almaty"),), moment("2026-12-31T12:00Z"), 14)

    assert [str(run.day) for run in runs] == [
        "2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30", "2027-07-31",
        "2027-08-31", "2027-09-30", "2027-10-31", "2027-11-30", "2027-12-31", "2028-01-31", "2028-02-29",
    ]  # fmt: skip
    assert {f"{run.due:%H:%M}" for run in runs} == {"01:00"}
    assert days(edition(Rule(30), "06:00", "Asia/Almaty"), "2027-02-01", "2027-02-28") == ["2027-02-28"]


@given(number=st.integers(1, 31), year=st.integers(1990, 2090), month=st.integers(1, 12), zone=st.sampled_from(ZONES))
def test_a_day_runs_once_in_every_month_on_that_day_or_the_last(number: int, year: int, month: int, zone: str) -> None:
    last = monthrange(year, month)[1]
    found = days(edition(Rule(number), "12:00", zone), f"{year}-{month:02}-01", f"{year}-{month:02}-{last}")

    assert found == [f"{year}-{month:02}-{min(number, last):02}"]


@given(
    nth=st.sampled_from([1, 2, 3, 4, 5, -1]), kind=st.sampled_from([*WEEKDAYS, "working day"]),
    year=st.integers(2000, 2060), holidays=st.sampled_from(["KZ", "DE", "US", "AE", "IL"]),
)  # fmt: skip
def test_a_rule_runs_once_a_month_on_a_day_that_it_names(nth: int, kind: str, year: int, holidays: str) -> None:
    found = days(edition(Rule(nth, kind), "08:00", "UTC", holidays=holidays), f"{year}-01-01", f"{year}-12-31")

    assert [day[5:7] for day in found] == [f"{month:02}" for month in range(1, 13)]
    for text in found:
        day = date.fromisoformat(text)
        fits = works(day, holidays) if kind == "working day" else WEEKDAYS[day.weekday()] == kind
        before = [date(year, day.month, number) for number in range(1, day.day)]
        earlier = [
            one for one in before if (works(one, holidays) if kind == "working day" else one.weekday() == day.weekday())
        ]
        assert fits
        assert nth < 0 or len(earlier) == min(nth, len(earlier) + 1) - 1
        assert day not in calendar(holidays) or kind != "working day"


@pytest.mark.parametrize("ordinal", ORDINALS)
def test_a_rule_reads_as_it_was_written(ordinal: str) -> None:
    nth = -1 if ordinal == "last" else ORDINALS.index(ordinal) + 1

    assert str(Rule(nth, "Monday")) == f"{ordinal} Monday"


@given(number=st.integers(1, 31), shift=st.sampled_from(["before", "after"]), year=st.integers(2010, 2050))
def test_a_shifted_day_is_a_working_day_with_none_between(number: int, shift: Shift, year: int) -> None:
    plain, moved = (
        edition(Rule(number), "08:00", "UTC"),
        edition(Rule(number), "08:00", "UTC", shift=shift, holidays="KZ"),
    )
    for month in range(1, 13):
        old, new = plain.day_in(year, month), moved.day_in(year, month)
        between = [
            old + timedelta(days=step * (1 if shift == "after" else -1)) for step in range(abs((new - old).days))
        ]
        assert works(new, "KZ")
        assert not any(works(day, "KZ") for day in between)
        assert new >= old if shift == "after" else new <= old


# ---------------------------------------------------------------- clock changes

INSTANTS: list[tuple[str, str, str, str]] = [
    ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30Z"),  # comes twice: the first of the two, +02:00
    ("Europe/Berlin", "2027-03-28", "02:30", "2027-03-28T01:00Z"),  # leapt over: 03:00+02:00
    ("Europe/Berlin", "2027-03-28", "02:00", "2027-03-28T01:00Z"),
    ("Europe/Berlin", "2027-03-28", "02:59:59", "2027-03-28T01:00Z"),
    ("Europe/Berlin", "2027-03-28", "01:59:59", "2027-03-28T00:59:59Z"),
    ("Europe/Berlin", "2027-03-28", "03:00", "2027-03-28T01:00Z"),
    ("America/New_York", "2027-11-07", "01:30", "2027-11-07T05:30Z"),
    ("America/New_York", "2028-03-12", "02:30", "2028-03-12T07:00Z"),
    ("Australia/Lord_Howe", "2027-10-03", "02:15", "2027-10-02T15:30Z"),  # the clock leaps half an hour
    ("Africa/Cairo", "2027-04-30", "00:30", "2027-04-29T22:00Z"),  # at midnight, so the day begins at one
    ("Pacific/Apia", "2011-12-30", "06:00", "2011-12-30T10:00Z"),  # a day that Samoa never had
    ("Asia/Almaty", "2024-02-29", "06:00", "2024-02-29T00:00Z"),  # UTC+6 for the last day
    ("Asia/Almaty", "2024-03-01", "06:00", "2024-03-01T01:00Z"),  # UTC+5
    ("Asia/Almaty", "2028-02-29", "06:00", "2028-02-29T01:00Z"),
]


@pytest.mark.parametrize(("zone", "day", "at", "instant"), INSTANTS)
def test_a_clock_change_moves_a_run_as_a_person_expects(zone: str, day: str, at: str, instant: str) -> None:
    clock = Clock(time.fromisoformat(at), ZoneInfo(zone))

    assert clock.instant(date.fromisoformat(day)) == moment(instant)


@pytest.mark.parametrize(
    ("month", "number", "instant", "local"),
    [
        ("2026-10", 25, "2026-10-25T00:30Z", "2026-10-25T02:30:00+02:00"),
        ("2027-03", 28, "2027-03-28T01:00Z", "2027-03-28T03:00:00+02:00"),
    ],
)
def test_half_past_two_on_a_day_of_clock_change_runs_once(month: str, number: int, instant: str, local: str) -> None:
    entry = edition(Rule(number), "02:30", "Europe/Berlin")
    runs = list(occurrences(entry, moment(f"{month}-20T00:00Z"), moment(f"{month}-31T23:00Z")))

    assert [(run.due, f"{run.day}") for run in runs] == [(moment(instant), f"{month}-{number}")]
    assert runs[0].due.astimezone(ZoneInfo("Europe/Berlin")).isoformat() == local


@given(
    day=st.dates(date(1990, 1, 1), date(2037, 12, 31)), at=st.times().map(lambda at: at.replace(microsecond=0)),
    zone=st.sampled_from(ZONES),
)  # fmt: skip
def test_no_run_is_in_the_gap_and_none_late(day: date, at: time, zone: str) -> None:
    instant = Clock(at, ZoneInfo(zone)).instant(day)
    wanted, shown = datetime.combine(day, at), instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    before = (instant - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    assert shown >= wanted > before
    assert instant.tzinfo is UTC


EARLY, LATE = (datetime.combine(date(year, 1, 1), time()) for year in (2000, 2060))


@given(
    number=st.integers(1, 31), at=st.times(), zone=st.sampled_from(ZONES),
    start=st.datetimes(EARLY, LATE), span=st.integers(1, 900), cut=st.integers(0, 900),
)  # fmt: skip
def test_runs_are_sorted_and_a_cut_loses_and_doubles_none(  # noqa: PLR0913, PLR0917  drawn
    number: int, at: time, zone: str, start: datetime, span: int, cut: int
) -> None:
    entry = Edition("x", Rule(number), Clock(at, ZoneInfo(zone)), MAKING, shift="after", holidays="DE")
    first = start.replace(tzinfo=UTC)
    last, middle = first + timedelta(days=span), first + timedelta(days=min(span, cut))
    runs = list(occurrences(entry, first, last))

    assert [run.due for run in runs] == sorted(run.due for run in runs)
    assert len({run.key for run in runs}) == len(runs)
    assert runs == [*occurrences(entry, first, middle), *occurrences(entry, middle, last)]


def test_a_run_belongs_to_the_span_that_ends_with_it_and_not_to_the_next() -> None:
    entry, at = edition(Rule(1), "06:00", "UTC"), moment("2027-05-01T06:00Z")

    assert [run.due for run in occurrences(entry, at - timedelta(hours=1), at)] == [at]
    assert list(occurrences(entry, at, at + timedelta(hours=1))) == []


def test_a_day_that_is_shifted_out_of_its_month_is_found() -> None:
    entry = edition(Rule(1), "06:00", "UTC", shift="before", holidays="DE")

    assert days(entry, "2027-04-30", "2027-04-30") == ["2027-04-30"]  # 1 May 2027 is a Saturday and a holiday


def test_the_last_years_of_the_calendar_end_quietly() -> None:
    entry = edition(Rule(31), "06:00", "Asia/Almaty")

    assert upcoming((entry,), datetime(9998, 12, 1, tzinfo=UTC), 3, years=1)
    assert list(occurrences(entry, datetime.min.replace(tzinfo=UTC), datetime(1, 4, 1, tzinfo=UTC)))


# ---------------------------------------------------------------- bounds and visits


def test_from_and_until_bound_the_days_and_months_choose_among_them(make_plan: Callable[[str], Plan]) -> None:
    (entry,) = make_plan("""
        [[editions]]
        name = "quarterly"
        day = "last"
        months = [3, 6, 9, 12]
        time = 06:00:00
        partners = ["all"]
        reports = ["brief"]
        languages = ["all"]
        formats = ["docx"]
        from = 2027-06-01
        until = 2028-03-31
    """).editions

    assert days(entry, "2026-01-01", "2029-12-31") == ["2027-06-30", "2027-09-30", "2027-12-31", "2028-03-31"]
    assert entry.timing == "last day of months 3, 6, 9, 12 at 06:00 UTC"


def test_a_visit_has_a_run_for_each_of_its_days_the_earliest_first() -> None:
    clock = Clock(time(6), ZoneInfo("Asia/Almaty"))
    visit = Visit("LU", date(2027, 1, 10), date(2027, 1, 11), (14, 3, 0), clock, MAKING)
    runs = list(occurrences(visit, moment("2026-01-01T00:00Z"), moment("2028-01-01T00:00Z")))

    assert [(run.key, str(run.day)) for run in runs] == [
        ("visit LU 2027-01-10 -14", "2026-12-27"),
        ("visit LU 2027-01-10 -3", "2027-01-07"),
        ("visit LU 2027-01-10 -0", "2027-01-10"),
    ]
    assert {(run.visit, run.kind) for run in runs} == {(date(2027, 1, 10), "visit")}


@pytest.fixture
def make_plan(tmp_path: Path) -> Callable[[str], Plan]:
    def made(text: str) -> Plan:
        path = tmp_path / "schedule.toml"
        path.write_text(text, encoding="utf-8")
        return read_plan(path)

    return made
