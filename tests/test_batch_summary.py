"""What is told of a batch: by pair and language, for people and for programs, and by the exit status."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from reports.batch import Machines, Result, run
from reports.batch.summary import MADE, PARTLY, PROBLEMS, Outcome, State, Summary, failures, outcomes
from reports.cli import MADE as CLI_MADE
from reports.cli import PARTLY as CLI_PARTLY
from reports.cli import PROBLEMS as CLI_PROBLEMS
from reports.errors import Problem
from tests.batch_tasks import PLACES, ROOT, Tried, filed, order, real_order
from tests.data_folders import strict_report
from tests.tools import brief_files

ERROR = Problem("names.csv:4", "no accusative of LU")
WARNING = Problem("notes.yaml:2", "older than a year", severity="warning")


def summary(*states: State, problem: Problem | None = None) -> Summary:
    problems = (problem,) if problem else ()
    return Summary(tuple(Outcome("KZ-LU", "brief", str(at), state, problems) for at, state in enumerate(states)))


# ---------------------------------------------------------------- O29: one country of several fails


def test_one_country_that_fails_is_told_by_language_and_leaves_twelve_files_of_the_others(tmp_path: Path) -> None:
    templates, folder = strict_report(tmp_path), shutil.copytree(ROOT / "data", tmp_path / "data")
    table = folder / "countries" / "DE.csv"
    kept = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("gdp.")]
    table.write_text("\n".join(kept) + "\n", "utf-8")
    languages = ("en", "ru", "kk")
    orders = [real_order(partner, languages, ("text",), "strict") for partner in ("IT", "FR", "DE", "HU", "TR")]
    tasks = [Tried(replace(one, known="all"), folder=tmp_path) for one in orders]

    told = Summary(
        tuple(
            outcome
            for result in run(filed, tasks, replace(PLACES, templates=templates), Machines(2))
            for outcome in (failures(result) if result.failed else outcomes(result.task.order))
        )
    )

    files = sorted(path.relative_to(tmp_path / "out").as_posix() for path in brief_files(tmp_path / "out"))
    assert len(files) == 12
    assert not any("KZ-DE" in name or name.endswith(".part") for name in files)
    failed = [outcome for outcome in told.outcomes if outcome.state == "failed"]
    assert [(outcome.pair, outcome.language) for outcome in failed] == [("KZ-DE", tag) for tag in languages]
    for outcome in failed:
        assert all(word in str(outcome.reason) for word in ("strict/one.j2:3", "{total}", "countries/DE.csv"))
    assert told.status == PARTLY
    assert Summary(tuple(failed)).status == PROBLEMS
    assert told.counts == {"made": 12, "unchanged": 0, "failed": 3}
    lines = list(told.lines())
    assert "KZ-DE  strict  failed en, kk, ru" in lines
    assert "KZ-TR  strict  made en, kk, ru" in lines
    assert sum("strict/one.j2:3" in line for line in lines) == 1


# ---------------------------------------------------------------- exit status


@pytest.mark.parametrize(
    ("states", "problem", "status"),
    [
        (("made", "made"), None, MADE),
        (("made", "unchanged"), None, MADE),
        ((), None, MADE),
        (("made", "unchanged"), WARNING, MADE),
        (("made", "made"), ERROR, PROBLEMS),
        (("failed", "failed"), ERROR, PROBLEMS),
        (("failed",), None, PROBLEMS),
        (("made", "failed"), ERROR, PARTLY),
        (("unchanged", "failed"), WARNING, PARTLY),
    ],
)
def test_the_exit_status_tells_all_from_some_and_none(
    states: tuple[State, ...], problem: Problem | None, status: int
) -> None:
    assert summary(*states, problem=problem).status == status


def test_the_exit_statuses_are_those_of_the_command_line() -> None:
    assert (MADE, PROBLEMS, PARTLY) == (CLI_MADE, CLI_PROBLEMS, CLI_PARTLY)


# ---------------------------------------------------------------- lines and plain values


def test_lines_tell_each_report_of_a_pair_by_state_and_each_reason_once() -> None:
    asked = order("LU", ("en", "fr", "kk", "ru"))
    found = [
        *outcomes(asked, [WARNING], failed={"kk": ERROR, "ru": ERROR}),
        *outcomes(order("DE", ("en",)), state="unchanged"),
        *failures(Result(0, Tried(order("KG", ("en", "ru"))), None, (WARNING, Problem("x", "y")), 0.1)),
    ]

    assert list(Summary(tuple(found)).lines()) == [
        "KZ-DE  reference  unchanged en",
        "KZ-KG  reference  failed en, ru",
        "  en, ru: x: y",
        "KZ-LU  reference  made en, fr; failed kk, ru",
        "  kk, ru: names.csv:4: no accusative of LU",
        "2 made, 1 unchanged, 4 failed",
    ]


def test_the_plain_summary_is_json_with_every_outcome_in_order() -> None:
    found = [*outcomes(order("LU", ("ru", "en")), failed={"ru": ERROR}), *outcomes(order("DE", ("en",)))]
    plain = json.loads(json.dumps(Summary(tuple(found)).plain()))

    assert plain["counts"] == {"made": 2, "unchanged": 0, "failed": 1}
    told = [(one["pair"], one["language"], one["state"]) for one in plain["outcomes"]]
    assert told == [("KZ-DE", "en", "made"), ("KZ-LU", "en", "made"), ("KZ-LU", "ru", "failed")]
    (problem,) = plain["outcomes"][2]["problems"]
    assert problem == {"where": "names.csv:4", "severity": "error", "message": "no accusative of LU", "hint": ""}


def test_the_order_of_results_does_not_show() -> None:
    found = [*outcomes(order("LU", ("ru", "en"))), *outcomes(order("DE", ("en",)))]

    one, other = Summary(tuple(found)), Summary(tuple(reversed(found)))
    assert one.plain() == other.plain()
    assert list(one.lines()) == list(other.lines())
