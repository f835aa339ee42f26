"""What a refresh tells of words, and what new rows and notes have: sentences, captions, sources, links, footnotes."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from reports.document import Citation, CrossReference, Footnote, Mark, Run, Text
from reports.facts.records import Data, Observation
from reports.orders import Order, Workshop, fill
from reports.refresh import Refreshed, Tracking, refresh
from reports.refresh.leads import Leads
from tests.officer_edits import human_work
from tests.refresh_files import (
    BRIEFS,
    LATER,
    NEW,
    NOTES,
    OLD,
    TRACKING,
    Which,
    brief,
    controls,
    data,
    edited,
    later,
    made,
    of_status,
    refreshed,
    renewed,
)
from tests.tools import ROOT
from tests.word_files import BODY, W, unpacked, words

EN: Which = ("DE", "brief", "en")
TURKEY: Which = ("TR", "brief", "tr")


def otherwise(done: Refreshed) -> list[str]:
    return [problem.message for problem in done.problems if "reads otherwise" in problem.message]


# ---------------------------------------------------------------- sentences


@pytest.fixture(scope="module")
def fallen() -> Data:
    """The data with the trade of all years revised so that what rose falls."""
    pair = data().pairs["KZ", "DE"]
    found = (*pair.observations, *(new for row in pair.observations if (new := _turned(row))))
    return replace(data(), pairs={**data().pairs, ("KZ", "DE"): replace(pair, observations=found)})


def _turned(row: Observation) -> Observation | None:
    if not row.indicator.startswith("trade.") or row.value is None or not (row.period and row.period.start):
        return None
    digits = row.value.digits / 2 ** (row.period.start.year - 2010)
    return replace(row, known=LATER, value=replace(row.value, digits=digits.quantize(Decimal("0.01"))))


def test_a_sentence_that_todays_brief_says_otherwise_is_told_with_both(fallen: Data) -> None:
    done = renewed(brief(EN), fallen)
    (first, *_) = otherwise(done)

    assert "more than in January–July 2023" in first.partition("in today's brief")[0]
    assert "This is as much as in January–July 2023" in first.partition("in today's brief")[2]
    assert {problem.severity for problem in done.problems} == {"warning"}


@pytest.mark.parametrize("which", BRIEFS)
def test_no_sentence_is_told_where_only_figures_change(which: Which) -> None:
    assert otherwise(renewed(brief(which), data(), day=OLD)) == []


def test_a_sentence_that_an_officer_wrote_anew_is_not_told() -> None:
    def write(root: Any) -> None:
        paragraph = next(one for one in sentences(root) if one.find(f".//{W}sdt") is not None)
        for run in paragraph.iterchildren(W + "r"):
            run.find(W + "t").text = " mine "

    assert otherwise(renewed(edited(brief(EN), write), later())) == otherwise(refreshed(EN))


def sentences(root: Any) -> Iterator[Any]:
    return (one for one in root.iterfind(f"{W}body/{W}p") if len(words(one)) > 80)


# ---------------------------------------------------------------- captions, headers, footers


def test_the_caption_of_a_renewed_chart_is_told_where_today_has_another() -> None:
    def retitle(root: Any) -> None:
        drawing = next(root.iter(W + "drawing"))
        caption = next(drawing.iterancestors(W + "p")).getprevious()
        list(caption.iter(W + "t"))[-1].text += ", mine"

    done = renewed(edited(brief(TURKEY), retitle), later())
    told = [block for block in done.blocks if "caption" in block.message]

    assert [(block.what, block.number, block.change) for block in told] == [("chart", "1", "left")]
    assert ", mine" in told[0].message
    assert not [block for block in refreshed(TURKEY).blocks if "caption" in block.message and
                block.what == "chart"]  # fmt: skip


def test_the_caption_of_a_table_that_was_made_anew_is_told_where_today_has_another() -> None:
    (number, *_) = [block.number for block in refreshed(TURKEY).blocks if block.change == "replaced"]

    def retitle(root: Any) -> None:
        mark = next(mark for mark in root.iter(W + "bookmarkStart") if mark.get(W + "name") == f"_rows{number}")
        caption = next(mark.iterancestors(W + "tbl")).getprevious()
        list(caption.iter(W + "t"))[-1].text += ", mine"

    told = [block for block in renewed(edited(brief(TURKEY), retitle), later()).blocks if ", mine" in block.message]
    assert [(block.what, block.number, block.change) for block in told] == [("table", number, "left")]


def test_a_header_or_footer_that_lacks_todays_line_is_told() -> None:
    told = [problem.message for problem in refreshed(BRIEFS[5]).problems if "footer" in problem.message]

    assert len(told) == 1
    assert "1 December 2025" in told[0]
    assert not [
        problem for problem in renewed(brief(BRIEFS[5]), data(), day=OLD).problems if "footer" in problem.message
    ]


@pytest.mark.parametrize("tracking", [None, TRACKING])
def test_headers_contents_pictures_and_references_stay_to_the_byte(tracking: Tracking | None) -> None:
    for which in (EN, BRIEFS[5]):
        before, after = unpacked(brief(which)), unpacked(renewed(brief(which), later(), tracking=tracking).blob)
        changed = {name for name in before if before[name] != after[name]}
        assert before.keys() == after.keys()
        assert not [
            name for name in changed if name.startswith(("word/header", "word/footer", "word/media", "docProps"))
        ]
        assert not [name for name in changed if name.endswith(".rels")]
        for pattern in (
            rb"<w:docPartObj>.*?</w:sdt>",
            rb"<w:instrText[^>]*>[^<]*",
            rb'w:name="(?:_(?:Toc|t|f|s|n|i)[0-9a-f_]+)"/>',
        ):
            found = [re.findall(pattern, parts[BODY], re.DOTALL) for parts in (before, after)]
            assert found[0] or which != EN
            assert set(found[0]) <= set(found[1])


def test_a_chart_of_lines_is_that_of_a_new_brief_with_its_marks() -> None:
    done, new = unpacked(refreshed(TURKEY).blob), unpacked(made(later(), TURKEY, NEW))
    charts = [name for name in done if name.startswith(("word/charts/brief", "word/embeddings/"))]

    assert any(b"lineChart" in done[name] for name in charts)
    assert all(done[name] == new[name] for name in charts)


# ---------------------------------------------------------------- sources and links of new rows


def test_new_rows_cite_the_sources_of_the_file_under_its_numbers() -> None:
    done = refreshed(BRIEFS[0])
    new = [row for row in rows(done.blob) if not {words(row)} & set(map(words, rows(brief(BRIEFS[0]))))]
    anchors = [link.get(W + "anchor") for row in new for link in row.iter(W + "hyperlink") if link.get(W + "anchor")]
    listed = {mark.get(W + "name") for mark in etree.fromstring(unpacked(done.blob)[BODY]).iter(W + "bookmarkStart")}

    assert anchors
    assert set(anchors) <= listed


def rows(blob: bytes) -> list[Any]:
    return list(etree.fromstring(unpacked(blob)[BODY]).iter(W + "tr"))


def test_a_row_leads_only_to_what_the_file_has() -> None:
    leads = Leads({3: 7}, {"https://example.org": "rId9"})
    known, other = Run("a", link="https://example.org"), Run("b", link="https://example.com")
    text: Text = (
        known,
        other,
        Citation((3, 4)),
        Citation((4,)),
        Mark("p"),
        Footnote(1),
        CrossReference("2", "table", 2),
    )

    assert leads.fitted(text) == (known, Run("b"), Citation((7,)), Mark("p"), Run("2"))
    assert [leads.lacks((inline,)) for inline in text] == [False, True, True, True, False, True, False]


# ---------------------------------------------------------------- figures in footnotes


@pytest.fixture(scope="module")
def noting(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Templates whose footnote has a figure."""
    folder = tmp_path_factory.mktemp("templates") / "templates"
    shutil.copytree(ROOT / "templates", folder)
    path = folder / "reports" / "brief" / "trade.j2"
    said = "The notes on method explain why the statistics of the two sides differ."
    text = path.read_text("utf-8")
    assert said in text
    path.write_text(text.replace(said, "The other statistics have {mirror}."), "utf-8")
    return Workshop(folder, None, ROOT / "fonts")


@pytest.mark.parametrize("tracking", [None, TRACKING])
def test_a_figure_in_a_footnote_is_renewed(noting: Workshop, tracking: Tracking | None) -> None:
    def new(of: Data, day: date) -> bytes:
        (blob,) = fill(Order("KZ", "DE", day, "brief", ("en",), ("docx",)), noting, of).files.values()
        return blob

    file = new(data(), OLD)
    assert b"<w:sdt>" in unpacked(file)[NOTES]
    done = refresh(("brief.docx", file), later(), noting, NEW, tracking)
    root = etree.fromstring(unpacked(done.blob)[NOTES])
    for deleted in list(root.iter(W + "del")):
        deleted.getparent().remove(deleted)

    assert words(root) == words(etree.fromstring(unpacked(new(later(), NEW))[NOTES]))
    assert human_work(file)[NOTES] == human_work(done.blob)[NOTES]
    assert refresh(("brief.docx", done.blob), later(), noting, NEW, tracking).blob == done.blob

    def overwrite(root: Any) -> None:
        next(root.iter(W + "sdt")).find(f".//{W}t").text = "mine"

    held = refresh(("brief.docx", edited(file, overwrite, NOTES)), later(), noting, NEW, tracking)
    assert [figure.now for figure in of_status(held, "overwritten")] == ["mine"]
    assert "mine" in [text for _, _, text in controls(held.blob)]
