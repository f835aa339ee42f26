"""Every figure of a brief can be asked where it comes from, down to a source that a reader can open."""

import json
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from reports.cli import main
from tests.tools import exhaustive

CHANGE = "change_percent(fdi.inflow.gross@2024)"
FIXED = ("--as-of", "2025-10-20", "--json")


def asked(capsys: pytest.CaptureFixture[str], *order: str) -> Any:
    assert main(["explain", *order]) == 0
    return json.loads(capsys.readouterr().out)


def leaves(told: Any) -> Iterator[Any]:
    if told["inputs"]:
        for inner in told["inputs"]:
            yield from leaves(inner)
    else:
        yield told


def test_a_change_is_told_with_its_sentence_formula_and_the_sources_of_what_it_is_made_of(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = asked(capsys, "LU", CHANGE, "--lang", "ru", *FIXED)

    assert "22,6" in told["printed"][0]
    assert any("больше, чем в 2023 году" in sentence.replace("\u00a0", " ") for sentence in told["sentences"])
    assert told["record"]["formula"] == "(a / b - 1) × 100"
    now, before = (Decimal(inner["record"]["value"]) for inner in told["inputs"])
    change = ((now / before - 1) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert Decimal(told["record"]["value"]) == change
    assert [inner["key"] for inner in told["inputs"]] == ["fdi.inflow.gross@2024", "fdi.inflow.gross@2023"]
    assert all("qazinform.com" in source for inner in told["inputs"] for source in inner["sources"])


def test_a_change_can_be_asked_by_the_name_of_its_figure(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "LU", "fdi.inflow.gross.change@2024", *FIXED) == asked(capsys, "LU", CHANGE, *FIXED)


def test_an_unknown_figure_is_answered_with_the_few_that_are_near(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "LU", "trade.turnover.change@2025-01/2025-08", "--as-of", "2025-10-20"]) == 2
    hint = capsys.readouterr().err

    assert "trade.turnover@2025-01/2025-08" in hint
    assert hint.count("@") < 12


def test_people_are_told_what_they_need_in_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "LU", CHANGE, "--as-of", "2025-10-20"]) == 0
    said = capsys.readouterr().out

    assert "sentence: " in said
    assert "formula: (a / b - 1) × 100, rounded once, half up" in said
    assert said.index("  a =") < said.index("fdi.inflow.gross@2024\n      printed") < said.index("  b =")
    assert "known 2025-10-20" in said


@pytest.mark.parametrize("partner", ["LU", "DE", "CN"] if exhaustive() else ["LU"])
def test_every_figure_of_a_brief_leads_to_a_source(
    capsys: pytest.CaptureFixture[str], tmp_path: Any, partner: str
) -> None:
    assert main(["brief", partner, "--format", "text", "--as-of", "2025-10-20", "--out", str(tmp_path), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    keys = [figure["key"] for figure in figures if figure["unit"] != "text"]

    assert len(keys) > 5
    for key in keys:
        told = asked(capsys, partner, key, *FIXED)
        assert told["printed"], key
        assert all(leaf["sources"] for leaf in leaves(told)), key


def test_a_figure_of_that_day_is_not_explained_before_it_was_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "LU", CHANGE, "--as-of", "2025-10-01"]) == 2
    assert "unknown figure" in capsys.readouterr().err


def test_a_key_that_nearly_is_one_is_answered_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "LU", "trade.turnover@1999", "--as-of", "2025-10-20"]) == 2
    assert "trade.turnover@2024" in capsys.readouterr().err
