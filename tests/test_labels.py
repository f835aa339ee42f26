"""What hovers over a figure in Word: words of the language of the brief, never a key."""

import re
from datetime import date

import pytest

from reports.document import Document, FigureRecord
from reports.orders import Order, fill
from reports.writers.word.ledger import TAG_LENGTH, alias_of
from tests.officer_files import OFFICERS, data, made, workshop
from tests.tools import LANGUAGES, exhaustive
from tests.word_files import W, root

DAY = date(2025, 10, 20)
SOURCED = FigureRecord("1", 6, "USD", "2024", sources=("qazinform-2025-10-20",))


def composed(partner: str, report: str, language: str) -> Document:
    order = Order("KZ", partner, DAY, report, (language,), ())
    return fill(order, workshop(), data()).documents[language]


@pytest.mark.parametrize("language", LANGUAGES if exhaustive() else ("ru", "ar", "zh"))
@pytest.mark.parametrize("report", ["brief", "visit", "reference", "factsheet", "review"])
def test_every_figure_has_a_name_in_the_language(report: str, language: str) -> None:
    for partner in ("LU", "UZ", "CN", "TR") if exhaustive() else ("UZ",):
        document = composed(partner, report, language)
        nameless = {key for key in document.figures if not document.labels.get(key)}
        assert {key for key in nameless if not key.startswith(("before(", "changes("))} == set()
        assert not [said for said in document.labels.values() if re.search(r"[/@_]\w*[a-z]{3}|\{", said)]


def test_a_name_tells_the_record_and_what_is_said_of_it() -> None:
    said = composed("LU", "brief", "en").labels
    assert said["trade.turnover@2024"] == "Trade turnover, 2024"
    assert said["change_percent(fdi.inflow.gross@2024)"] == "Gross FDI inflow, change, 2024"
    assert said["LU:capital"] == "Capital, Luxembourg"
    assert said["office/head_of_state/LU/since"] == "Head of state, Luxembourg · In office"
    assert said["event/2017/1/place"] == "Event, 2017 · Place"
    assert said["as_of"] == "Day of the brief"
    assert composed("LU", "visit", "en").labels["note/aim/1"] == "Aim"


def test_figures_of_an_officers_template_have_names() -> None:
    shown = [node.get(W + "val") for node in root(made(OFFICERS / "note-verbale.ru.docx", "ru").data).iter(W + "alias")]
    assert "Товарооборот, 2024 · qazinform-2025-10-20" in shown
    assert "Дата справки" in shown


def test_a_name_that_is_too_long_for_word_ends_with_a_whole_word() -> None:
    name = "Operating enterprises with capital from the partner country, 20 Oct 2025"
    shown = alias_of("enterprises.active@2025-10-20", SOURCED, name)
    assert shown == "Operating enterprises with capital from the partner country…"
    assert len(shown) <= TAG_LENGTH
    assert alias_of("x", SOURCED, "字" * 70) == "字" * 63 + "…"
