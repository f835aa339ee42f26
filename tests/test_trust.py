"""What `check` finds: every fault that the mutator makes over a shipped pair, and nothing in the shipped data."""

import csv
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from reports.checking import brief_problems, data_problems, language_problems
from reports.cli import main
from reports.errors import Problem
from reports.library import open_library
from reports.sources.alarms import ALARMS, DESK
from tests.folder_edits import line_of, table
from tests.mutator import DAY, FAULTS, PAIRS, SHIPPED, Desk, Fault, Kind, shipped
from tests.tools import GROUPS, exhaustive

SEEDS = 20 if exhaustive() else 2
SOUND = 2  # seeds of each kind of which it is also looked at whether what the mutator added first is silent
TEMPLATES = SHIPPED.parent / "templates"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(SHIPPED, tmp_path / "data")


@pytest.fixture
def few(copy: Path) -> Path:
    """The data with all partners in an exhaustive run, else with one: each partner takes half a second."""
    for pair in (copy / "pairs").glob("KZ-*"):
        if not (exhaustive() or pair.name.removeprefix("KZ-") in {"LU", *GROUPS}):
            shutil.rmtree(pair)
    return copy


def told(folder: Path, day: date = DAY) -> tuple[Problem, ...]:
    return data_problems(folder, day)


def is_told(fault: Fault, problems: tuple[Problem, ...]) -> bool:
    return any(
        problem.where == fault.where and (fault.said == problem.what or fault.said in problem.message)
        for problem in problems
    )


# ---------------------------------------------------------------- the shipped data


def test_the_shipped_data_raise_no_alarm_that_is_not_reviewed() -> None:
    assert told(SHIPPED) == ()


def test_a_case_that_only_a_printed_sentence_asks_for_is_told(few: Path) -> None:
    assert brief_problems(few, TEMPLATES, DAY) == ()

    words = few / "words" / "es.csv"
    rows = [row for row in words.read_text("utf-8").splitlines() if not row.startswith("group,European Union,gen")]
    words.write_text("\n".join(rows) + "\n", "utf-8")

    (problem,) = brief_problems(few, TEMPLATES, DAY)
    assert problem.where.startswith("pairs/KZ-EU/agreements.yaml:")
    assert "words/es.csv lacks the case 'gen' of the group 'European Union'" in problem.message


def test_every_accepted_alarm_has_its_own_reason_in_words() -> None:
    with (SHIPPED / "accepted.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len({(row["where"], row["what"], row["key"]) for row in rows}) == len(rows)
    assert [row for row in rows if len(row["reason"].split()) < 5] == []


def test_without_its_list_every_reviewed_alarm_sounds(copy: Path) -> None:
    rows = (copy / "accepted.csv").read_text("utf-8").splitlines()
    (copy / "accepted.csv").unlink()
    whats = {problem.what for problem in told(copy)}

    assert len(told(copy)) >= len(rows) - 1
    assert whats == {row["what"] for row in csv.DictReader(rows)} <= set(ALARMS)


def test_on_a_later_day_more_is_old(copy: Path) -> None:
    later = told(copy, date(2035, 1, 1))

    assert {problem.what for problem in later} == {"old", "unconfirmed", "vacant", "planned"} <= DESK
    assert {problem.severity for problem in later} == {"warning"}
    assert len(later) > 200


def test_on_an_earlier_day_nothing_is_asked_back() -> None:
    assert told(SHIPPED, date(2010, 1, 1)) == ()


def test_limits_of_the_folder_count(copy: Path) -> None:
    with (copy / "data.yaml").open("a", encoding="utf-8") as file:
        file.write("limits: {trade: 30}\n")

    assert {problem.what for problem in told(copy)} == {"old"}
    assert all("trade." in problem.message for problem in told(copy))


# ---------------------------------------------------------------- the mutator


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("kind", FAULTS, ids=lambda kind: kind.__name__)
def test_a_fault_is_found_with_its_file_and_line(copy: Path, kind: Kind, seed: int) -> None:
    chance = Random(f"{kind.__name__}/{seed}")
    desk = Desk(copy, chance.choice(PAIRS), chance)
    faults = kind(desk)
    untouched = copy_state(copy)
    next(faults)
    if seed < SOUND and copy_state(copy) != untouched:
        assert told(copy) == (), f"{desk.pair}: not sound before the fault"
    fault = next(faults)
    assert fault is not None
    problems = told(copy)

    assert is_told(fault, problems), f"{desk.pair}: no {fault} among\n" + "\n".join(map(str, problems[:20]))


def copy_state(folder: Path) -> list[tuple[Path, int]]:
    """The files and their sizes: whether something was added."""
    return sorted((path, path.stat().st_size) for path in folder.rglob("*.*"))


HARMLESS = ("a comment", "a note", "an empty line")


@pytest.mark.parametrize("edit", HARMLESS)
def test_a_harmless_edit_is_no_fault(copy: Path, edit: str) -> None:
    match edit:
        case "a comment":
            path = copy / "pairs/KZ-LU/relations.yaml"
            path.write_text("# a keeper's remark\n" + path.read_text("utf-8"), "utf-8")
        case "a note":
            table(copy, "pairs/KZ-LU/observations.csv").put(2, note="looked at again")
        case _:
            path = copy / "countries/LU.yaml"
            path.write_text(path.read_text("utf-8") + "\n", "utf-8")

    assert told(copy) == ()


def test_a_fault_that_is_not_made_is_not_found(copy: Path) -> None:
    """The law above can fail."""
    fault = Fault("pairs/KZ-LU/observations.csv:2", "jump")

    assert not is_told(fault, told(copy))
    line_of(copy, "pairs/KZ-LU/relations.yaml:1").change("1992-06-29", "1992-06-28")
    assert not is_told(fault, told(copy))


# ---------------------------------------------------------------- names and terms of the languages


def missing_forms() -> Iterator[tuple[str, str]]:
    """A country or a term, in a language of many cases."""
    chance = Random(20)
    for _ in range(max(2, SEEDS // 4)):
        yield chance.choice(["ru", "kk", "tr", "uz"]), chance.choice(sorted({pair[1] for pair in shipped().pairs}))


@pytest.mark.parametrize(("tag", "code"), sorted({(tag, code) for tag, code in missing_forms() if len(code) == 2}))
def test_a_name_without_a_form_that_a_sentence_needs_is_found(tmp_path: Path, tag: str, code: str) -> None:
    templates = shutil.copytree(TEMPLATES, tmp_path / "templates")
    path = templates / "languages" / tag / "names.csv"
    lines = path.read_text("utf-8").splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith(f"{code},short,"))
    del lines[first + 1]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    problems = language_problems(open_library(templates), tag)

    assert f"{path}:{first + 1}" in {problem.where for problem in problems if problem.what == "form"}


# ---------------------------------------------------------------- for machines


def test_check_tells_machines_where_what_and_how_grave(few: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table(few, "pairs/KZ-LU/observations.csv").put(6, multiplier="9")
    assert main(["check", "--data", str(few), "--as-of", "2025-10-20", "--json"]) in {0, 1}
    problems = json.loads(capsys.readouterr().out)["problems"]
    jump = next(problem for problem in problems if problem["what"] == "jump")

    assert {key for problem in problems for key in problem} == {"where", "severity", "what", "message", "hint"}
    assert jump["where"] == "pairs/KZ-LU/observations.csv:7"
    assert jump["severity"] == "warning"
    assert "accepted.csv" in jump["hint"]
