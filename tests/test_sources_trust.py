"""What `check` suspects by itself: a jump in a series, a share of more than all, the future told as past.

Each is a warning with its line that a keeper may accept.
"""

import shutil
from pathlib import Path

import pytest

from tests.data_folders import GOOD, add_row, change, only, told

LU, COUNTRY = "pairs/KZ-LU/observations.csv", "countries/LU.csv"
SOURCE = "qazinform-2025-10-20"
ROW = {"unit": "USD", "reporter": "KZ", "source": SOURCE}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(GOOD, tmp_path / "data")


MISREAD = [("424.5", "9"), ("424.5", "3"), ("4245", "6"), ("42.45", "6"), ("42", "6")]


@pytest.mark.parametrize(("value", "multiplier"), MISREAD)
def test_a_year_that_is_many_times_its_neighbour_is_suspected(folder: Path, value: str, multiplier: str) -> None:
    """A thousand for a million, or a digit too many or too few."""
    change(folder / LU, "fdi.inflow.gross,2023,424.5,USD,6", f"fdi.inflow.gross,2023,{value},USD,{multiplier}")
    problem = only(folder)

    assert problem.severity == "warning"
    assert problem.where == f"{LU}:7"
    assert "520,500,000 USD in 2024" in problem.message
    assert "a digit too many" in problem.message
    add_row(
        folder / "accepted.csv", where="KZ-LU", what="jump", key="fdi.inflow.gross@2024", reason="the pages have it"
    )
    assert told(folder) == ()


@pytest.mark.parametrize("value", ["70", "300", "4163.9"])
def test_a_series_may_rise_and_fall(folder: Path, value: str) -> None:
    change(folder / LU, "fdi.inflow.gross,2023,424.5,USD,6", f"fdi.inflow.gross,2023,{value},USD,6")

    assert [problem for problem in told(folder) if "digit" in problem.message] == []


def test_in_another_unit_it_is_the_unit_that_is_suspected(folder: Path) -> None:
    row = ROW | {"unit": "EUR", "source": "luxtime-2026-01-25"}
    add_row(folder / LU, indicator="fdi.inflow.gross", period="2025", value="3.1", multiplier="6", **row)

    assert [problem.what for problem in told(folder)] == ["unit"]


@pytest.mark.parametrize("value", ["100.1", "832", "-0.5"])
def test_a_share_of_more_than_all_or_less_than_nothing_is_suspected(folder: Path, value: str) -> None:
    row = {"unit": "percent", "source": "factbook-lu-2026-01-21"}
    line = add_row(folder / COUNTRY, indicator="language.share", item="lb", period="2021", value=value, **row)
    problem = only(folder)

    assert problem.where == f"{COUNTRY}:{line}"
    assert "is no part of a whole" in problem.message


@pytest.mark.parametrize("period", ["2026", "2026-Q1", "2025-11", "2026-01/2026-03"])
def test_a_period_that_had_not_begun_is_no_fact_unless_it_is_a_forecast(folder: Path, period: str) -> None:
    line = add_row(folder / LU, indicator="trade.exports", period=period, value="31.5", multiplier="3", **ROW)
    problem = only(folder)

    assert problem.where == f"{LU}:{line}"
    assert "told as past" in problem.message


def test_an_event_told_before_it_took_place_is_suspected(folder: Path) -> None:
    events = folder / "pairs/KZ-LU/events.yaml"
    change(events, "kind: meeting, date: 2025-09-23", "kind: meeting, date: 2025-11-23")
    problem = only(folder)

    assert problem.where.startswith("pairs/KZ-LU/events.yaml:")
    assert "comes after 2025-10-20" in problem.message


def test_an_agreement_in_force_before_it_was_signed_is_suspected(folder: Path) -> None:
    path = folder / "pairs/KZ-EU/agreements.yaml"
    text = path.read_text("utf-8")
    assert text.count("signed: 2015-12-21") == 1
    path.write_text(text.replace("signed: 2015-12-21", "signed: 2021-12-21"), encoding="utf-8")
    messages = [problem.message for problem in told(folder)]

    assert any("in force since 2020" in message and "but signed 2021-12-21" in message for message in messages)
