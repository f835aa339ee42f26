"""Public fault reports on scripts that run from right to left or have no spaces, tried in every language."""

import re
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.cli import main
from reports.document import Caption, Document, Paragraph, Row, Run, Table
from reports.language import read_language
from reports.writers.pdf.faces import Palette
from reports.writers.pdf.lines import broken
from reports.writers.pdf.words import Look
from reports.writers.word import write as write_word
from tests.pdf_documents import made_of, said
from tests.test_pdf_layout import Word, shown
from tests.test_pdf_layout import words as places
from tests.tools import house_style
from tests.word_files import W, packed, replaced, root, style_of, unpacked, words

FOLDER = Path(__file__).parent.parent / "templates" / "languages"
LANGUAGES = {path.name: read_language(path) for path in sorted(FOLDER.iterdir())}
TAGS = tuple(LANGUAGES)
RTL = tuple(tag for tag, language in LANGUAGES.items() if language.direction == "rtl")
MARKS = "[\u200e\u200f\u061c]"

# ---------------------------------------------------------------- O10: Word from right to left


def exports() -> Document:
    """The paragraph and the table of case O10."""
    company, sum_of = Run("Example Air SE", language="en", isolated=True), Run("1,234.5", isolated=True)
    body = Run("بلغت صادرات شركة "), company, Run(" إلى مصر (2024) نحو "), sum_of, Run(" مليون يورو.", strong=True)
    header = (said("البلد"), said("2023"), said("2024"))
    rows = (Row((said("مصر"), said("10.0"), said("12.5"))),)
    table = Table(Caption("الجدول 1.", 1, said("التجارة")), ("text", "figure", "figure"), (header,), rows)
    return replace(made_of(Paragraph(body), table, title="مصر", language="ar"), direction="rtl")


def turned(run: Any) -> bool:
    return run.find(f"{W}rPr/{W}rtl") is not None


def test_arabic_runs_are_turned_and_latin_names_and_numbers_are_not() -> None:
    """O10: github.com/python-openxml/python-docx/issues/349."""
    data = write_word(exports(), house_style())
    (paragraph,) = [one for one in root(data).iter(W + "p") if style_of(one) == "Normal"]
    runs = {re.sub(MARKS, "", words(run)): turned(run) for run in paragraph.iter(W + "r")}

    assert paragraph.find(f"{W}pPr/{W}bidi") is not None
    assert root(data).find(f".//{W}tblPr/{W}bidiVisual") is not None
    assert (
        re.sub(MARKS, "", words(paragraph)) == "بلغت صادرات شركة Example Air SE إلى مصر (2024) نحو 1,234.5 مليون يورو."
    )
    assert [text for text, right in runs.items() if text and not right] == ["Example Air SE", "1,234.5"]


def unequal(data: bytes) -> list[tuple[str, ...]]:
    """What the letters of a joining script have otherwise than those beside them."""
    found = []
    for part in (name for name in unpacked(data) if re.fullmatch(r"word/\w+\.xml", name)):
        for properties in root(data, part).iter(W + "rPr"):
            for name in ("sz", "b", "i"):
                pair = [properties.find(W + one) for one in (name, f"{name}Cs")]
                values = ["none" if one is None else one.get(W + "val", "on") for one in pair]
                found += [(part, name, *values)] if values[0] != values[1] else []
    return found


@pytest.mark.parametrize("tag", TAGS)
def test_a_word_brief_is_turned_where_its_language_is(tag: str, tmp_path: Path) -> None:
    """O10: no turned run holds a Latin name, and a joining script has the size and weight of the Latin letters."""
    order = ("--lang", tag, "--as-of", "2025-10-20", "--format", "docx", "--out", str(tmp_path))
    assert main(["brief", "LU", "--report", "brief", *order]) == 0
    (path,) = tmp_path.rglob("*.docx")
    data = path.read_bytes()

    runs = [run for run in root(data).iter(W + "r") if turned(run)]
    assert bool(runs) == (tag in RTL)
    assert (root(data).find(f".//{W}pPr/{W}bidi") is not None) == (tag in RTL)
    assert [words(run) for run in runs if re.search("[A-Za-z]", words(run))] == []
    assert unequal(data) == []


def test_a_size_for_one_script_alone_would_be_noticed() -> None:
    """O10."""
    parts = unpacked(write_word(exports(), house_style()))
    assert unequal(packed(parts)) == []

    replaced("word/document.xml", "<w:bCs/>", "")(parts)
    assert unequal(packed(parts)) == [("word/document.xml", "b", "on", "none")]


# ---------------------------------------------------------------- O12: narrow cells

CHINESE = "哈萨克斯坦与中国两国之间的货物贸易额在二〇二四年达到新的高点，其中能源、金属和粮食占大部分（详见附表）。"
CLOSES, OPENS = "，、。）：；！？”》", "（“《"
CELL = 120


def lines(text: str, width: float) -> list[tuple[str, float]]:
    """The lines of a text in 10 points, each with its width."""
    faces = Palette(house_style().fonts).faces("Noto Sans")
    face = next(face for face in faces if {ord(char) for char in text if char.isalpha()} <= set(face.coverage))
    found = broken([(Look(face, 10, 14, "000000"), text)], width)
    return [("".join(chunk.text for chunk in line.chunks), line.width) for line in found]


def test_a_narrow_cell_breaks_chinese_where_a_typesetter_would() -> None:
    """O12: github.com/diegomura/react-pdf/issues/1662."""
    found = lines(CHINESE, CELL)

    assert all(width <= CELL for _, width in found)
    assert len(found) > 4
    assert [line for line, _ in found if line[0] in CLOSES or line[-1] in OPENS] == []
    assert "".join(line for line, _ in found) == CHINESE


@given(st.text(st.sampled_from("货物贸易额其中能源，、。）（“”《》"), min_size=1, max_size=80), st.integers(60, 200))
def test_no_width_and_no_text_lead_to_a_hyphen(text: str, width: int) -> None:
    """O12: nothing is added and nothing lost, and no line is wider than its cell."""
    found = lines(text, width)

    assert "".join(line for line, _ in found) == text
    assert all(measured <= width + 1e-6 for _, measured in found)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("width", [24, 40, 60, CELL])
def test_names_and_months_in_a_narrow_cell_are_neither_hyphenated_nor_lost(tag: str, width: int) -> None:
    """O12: in any script, words too wide for the cell among them."""
    names = [cases["nom"] for cases in LANGUAGES[tag].all_names("short").values()]
    text = " ".join([*names, *LANGUAGES[tag].calendar.sheet.months["nom"]])
    found = lines(text, width)

    assert "".join(line for line, _ in found).replace(" ", "") == text.replace(" ", "")
    assert all(measured <= width + 1e-6 for _, measured in found)


def narrow() -> Document:
    """The text of case O12 in three cells side by side."""
    header = (said("甲"), said("乙"), said("丙"))
    rows = (Row((said(CHINESE),) * 3),)
    table = Table(Caption("表1", 1, said("贸易")), ("text", "text", "text"), (header,), rows)
    return made_of(table, title="卢森堡", language="zh")


def test_what_is_copied_from_narrow_chinese_cells_is_what_was_written() -> None:
    """O12: in PDF, line by line from their places and all at once; and in Word."""
    word = write_word(narrow(), house_style())
    body = [place for place in places(narrow()) if len(place.text) > 3 or place.text[-1] in CLOSES]
    columns = ["".join(place.text for place in column) for _, column in groupby(sorted(body, key=left), left)]

    assert columns.count(CHINESE) == 3
    assert re.sub(r"\s", "", shown(narrow())).count(CHINESE) == 3
    assert [words(cell) for cell in root(word).iter(W + "tc")].count(CHINESE) == 3


def left(place: Word) -> int:
    return round(place.left)
