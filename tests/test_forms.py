"""How a figure was said: from its value and its form the same words come again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from reports.compose import composed
from reports.document import Block, Chart, Document, Run, texts
from reports.facts.facts import facts_of
from reports.facts.figures import Figure
from reports.facts.records import Data
from reports.facts.values import Amount, Period
from reports.library import open_library
from reports.sources import SOURCES
from reports.wording.again import said_again
from reports.wording.forms import form_of
from reports.wording.speaker import Speaker
from tests.tools import LANGUAGES, PARTNERS, REPORTS, ROOT, exhaustive

LIBRARY = open_library(ROOT / "templates")
DAY = date(2025, 11, 11)
ASKED = PARTNERS if exhaustive() else ("LU", "CN")


@cache
def data() -> Data:
    return SOURCES["folder"](ROOT / "data")[0]


def brief(partner: str, report: str, tag: str) -> tuple[Document, Speaker]:
    return composed(facts_of(data(), "KZ", partner, DAY), data(), LIBRARY.report(report), LIBRARY, tag)


def printed(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str, str]]:
    """Key, form and text of each place that prints a figure, points of charts too."""
    for block in blocks:
        if isinstance(block, Chart):
            points = (point for series in block.series for point in series.points if point)
            yield from ((point.figure, point.form, point.label) for point in points)
            continue
        runs = (inline for text in texts(block) for inline in text if isinstance(inline, Run))
        yield from ((run.figure, run.form, run.text) for run in runs if run.figure)


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("partner", ASKED)
def test_every_figure_said_again_in_its_form_is_what_was_printed(partner: str, tag: str) -> None:
    for report in REPORTS:
        document, speaker = brief(partner, report, tag)
        for key, form, text in printed(document.blocks):
            said = said_again(speaker, speaker.ledger.facts[key], form)
            assert said, (report, key, form)
            assert isinstance(said[0], Run)
            assert (key, said[0].text) == (key, text)
            assert str(form_of(form)) == form


def figure(digits: str, scale: int, currency: str = "USD") -> Figure:
    return Figure("k", "trade.turnover", Amount(Decimal(digits), scale, currency), Period.parse("2024"), status="P")


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("panel:6:-1:USD", figure("1.2", 9), "1200"),  # the word beside it is still million
        ("panel:6:-1:USD", figure("13.6", 6), "13.6"),
        ("cell:6:1:USD", figure("1234567", 3), "1234.6"),
        ("say:", figure("13.6", 6), "13.6 million US dollars"),
        ("say:|tied", figure("13.6", 6), "13.6\u00a0million\u00a0US\u00a0dollars"),
    ],
)
def test_a_value_is_said_in_the_unit_that_stands_beside_it(form: str, value: Figure, text: str) -> None:
    said = said_again(brief("LU", "factsheet", "en")[1], value, form)

    assert said
    run, mark = said
    assert isinstance(run, Run)
    assert run.text.replace(",", "").replace("\u00a0", " ") == text.replace("\u00a0", " ")
    assert ("tied" in form) <= (" " not in run.text)
    assert not isinstance(mark, Run)
    assert mark.sign == "p"


@pytest.mark.parametrize(
    "form", ["cell:6:1:EUR", "panel:6:-1:percent", "say:no such case", "", "cell:99999:1:USD", "say:|in=", "x" * 999]
)
def test_what_cannot_be_said_in_a_form_is_not_said(form: str) -> None:
    assert said_again(brief("LU", "factsheet", "en")[1], figure("13.6", 6), form) is None


def test_a_figure_without_a_value_is_not_said() -> None:
    assert said_again(brief("LU", "factsheet", "en")[1], replace(figure("1", 0), value=None), "say:") is None


def test_a_revised_value_counts_in_an_old_brief_and_a_newer_figure_does_not() -> None:
    pair = data().pairs["KZ", "LU"]
    row = next(row for row in pair.observations if row.indicator == "fdi.inflow.gross" and str(row.period) == "2024")
    assert row.value
    later = date(2025, 11, 20)
    revised = replace(row, known=later, value=replace(row.value, digits=row.value.digits + 1))
    newer = replace(revised, period=Period.parse("2025-01/2025-09"))
    changed = replace(data(), pairs={("KZ", "LU"): replace(pair, observations=(*pair.observations, revised, newer))})
    figures = facts_of(changed, "KZ", "LU", DAY, revised=later).figures

    found = figures.of("fdi.inflow.gross", Period.parse("2024"))
    assert found
    assert found.value == revised.value
    assert found.former == row.value
    assert figures.of("fdi.inflow.gross", Period.parse("2025-01/2025-09")) is None
