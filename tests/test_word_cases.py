"""Public fault reports on Word files as tests, in Word and in PDF: addresses, header rows, characters, direction."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pytest

from reports.cli import main
from reports.document import Caption, Document, Row, Run, Table, Text
from reports.writers import WRITERS
from tests.data_folders import GOOD
from tests.pdf_documents import made_of
from tests.test_script_cases import exports
from tests.tools import exhaustive, house_style, require
from tests.validators import WORD, converted
from tests.word_files import W, root, words

POINTS_OF_CENTIMETRE = 72 / 2.54
TWENTIETHS = 20 * POINTS_OF_CENTIMETRE  # of a point, in a centimetre


def said(text: str, link: str = "") -> Text:
    return (Run(text, link=link),)


def written(document: Document, kind: str) -> bytes:
    return WRITERS[kind].write(document, house_style())


class Spot(NamedTuple):
    """A word of a page and where it stands, in points from the upper left corner."""

    page: int
    left: float
    top: float
    right: float
    text: str


SPOT = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>')


def spots(pdf: Path) -> list[Spot]:
    """Every word of a file as it is drawn."""
    done = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True)
    pages = enumerate(done.stdout.split("<page ")[1:], 1)
    found = ((number, *match) for number, page in pages for match in SPOT.findall(page))
    return [Spot(page, float(left), float(top), float(right), text) for page, left, top, right, text in found]


# ---------------------------------------------------------------- O13: a long address in a narrow cell

ADDRESS = (
    "https://stats.example.org/data/v2/query?reporter=KAZ&partner=ITA&flow=X&years=2019,2020,2021,2022,2023,2024"
    "&classification=HS2022AggregatedBySectionAndChapterWithVeryLongIdentifier0123456789#table-7"
)


def addressed() -> Document:
    """O13: the address in the middle of three columns, of which the others ask for room too."""
    prose = said("A long remark on the table that this address leads to, so that the cell is left little room. " * 4)
    header = (said("Before"), said("Address"), said("Remark"))
    rows = (Row((prose, said(ADDRESS, ADDRESS), prose)),)
    return made_of(Table(Caption("Table 1.", 1, said("Sources")), ("text",) * 3, (header,), rows))


def test_a_long_address_in_a_cell_of_word_leads_where_it_says() -> None:
    """O13: github.com/rst2pdf/rst2pdf/issues/437."""
    data = written(addressed(), "docx")
    links = [node for node in root(data, "word/_rels/document.xml.rels") if node.get("TargetMode") == "External"]
    cells = [words(cell) for cell in root(data).iter(W + "tc")]

    assert [link.get("Target") for link in links] == [ADDRESS]
    assert b"&amp;amp;" not in data
    assert cells.count(ADDRESS) == 1
    assert min(int(column.get(W + "w")) for column in root(data).iter(W + "gridCol")) > 2.5 * TWENTIETHS
    assert WORD["sdk"](data) == []


def test_a_long_address_in_a_cell_of_pdf_stays_inside_and_leads_where_it_says(tmp_path: Path) -> None:
    """O13."""
    require("pdftotext")
    path = tmp_path / "file.pdf"
    path.write_bytes(written(addressed(), "pdf"))
    drawn = spots(path)
    column, after = (
        next(one for one in drawn if one.text == "Address"),
        next(one for one in drawn if one.text == "Remark"),
    )
    pieces = [one for one in drawn if column.left - 1 < one.left < after.left - 1 and one.top > column.top + 1]

    assert after.left - column.left < 7 * POINTS_OF_CENTIMETRE
    assert len({one.top for one in pieces}) > 2
    assert all(column.left - 0.5 <= one.left and one.right < after.left for one in pieces)
    assert set(addresses(path)) == {ADDRESS}
    assert copied(path, column.left, after.left) == "Address" + ADDRESS


def addresses(path: Path) -> Iterator[str]:
    """Where the links lead to."""
    with pikepdf.open(path) as file:
        for page in file.pages:
            yield from (str(note.A.URI) for note in page.get("/Annots", []) if "/A" in note)


def copied(path: Path, left: float, right: float) -> str:
    """What a reader gets who copies a column, without the ends of lines."""
    area = ["-x", f"{left - 1:.0f}", "-W", f"{right - left - 1:.0f}", "-y", "120", "-H", "560"]
    done = subprocess.run(
        ["pdftotext", "-f", "1", "-l", "1", *area, path, "-"], check=True, capture_output=True, text=True
    )
    return re.sub(r"[\n\f]", "", done.stdout)


# ---------------------------------------------------------------- O14: two header rows over many pages

ROWS = [f"P{number:03}" for number in range(1, 121)]


def many() -> Document:
    """O14: 120 rows under two header rows."""
    header = ((said("Flows"), said("Actual"), said("Actual")), (said("Partner"), said("2023"), said("2024")))
    rows = tuple(Row((said(name), said("1.0"), said("2.0"))) for name in ROWS)
    kinds = ("text", "figure", "figure")
    return made_of(Table(Caption("Table 1.", 1, said("Trade")), kinds, header, rows))  # type: ignore[arg-type]


def test_the_two_header_rows_of_word_alone_are_repeated() -> None:
    """O14: github.com/python-openxml/python-docx/issues/322."""
    data = written(many(), "docx")
    rows = root(data).findall(f".//{W}tr")
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]

    assert heads == [True] * 2 + [False] * 120
    assert [words(row.find(W + "tc")) for row in rows[2:]] == ROWS
    assert WORD["sdk"](data) == []


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_both_header_rows_stand_on_every_page_and_every_row_once(kind: str, tmp_path: Path) -> None:
    """O14: of PDF, and of Word as LibreOffice prints it."""
    if kind == "docx" and not exhaustive():
        pytest.skip("LibreOffice is slow to start")
    require("pdftotext", *["soffice"] * (kind == "docx"))
    path = tmp_path / "file.pdf"
    data = written(many(), kind)
    if kind == "pdf":
        path.write_bytes(data)
    else:
        path = converted(data, tmp_path)
    drawn = spots(path)
    pages = {one.page for one in drawn if one.text in ROWS}
    tops = [(one.page, one.text) for one in drawn if one.text in ("Flows", "Partner")]

    assert [one.text for one in drawn if one.text in ROWS] == ROWS
    assert len(pages) > 1
    assert sorted(tops) == [(page, text) for page in sorted(pages) for text in ("Flows", "Partner")]


# ---------------------------------------------------------------- O18: characters that no document can hold

BROKEN, MENDED = "Trade\vagreement\0 signed\f2024\ufffe end", "Trade agreement signed 2024 end"
CODE_POINTS = "U+000B U+0000 U+000C U+FFFE"


def test_characters_that_no_document_holds_are_named_and_the_brief_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """O18: github.com/GhostManager/Ghostwriter/issues/709; the row and the field that the warning names."""
    folder = shutil.copytree(GOOD, tmp_path / "data")
    people = (folder / "people.csv").read_text("utf-8").splitlines()
    people[6] = people[6] + BROKEN  # row 7; the field note is its last
    (folder / "people.csv").write_text("\n".join(people) + "\n", "utf-8", newline="")
    sources = (folder / "sources.csv").read_text("utf-8")
    title = "Abdication in Luxembourg"
    (folder / "sources.csv").write_text(sources.replace(title, BROKEN), "utf-8", newline="")
    order = ["LU", "--data", str(folder), "--as-of", "2025-10-20", "--lang", "en", "--format", "docx,pdf"]

    assert main(["brief", *order, "--out", str(tmp_path / "out")]) == 0
    told = " ".join(capsys.readouterr().err.split())
    assert f"people.csv:7: row 7, field note: {CODE_POINTS} replaced by a space or removed" in told
    assert f"sources.csv:2: row 2, field title: {CODE_POINTS} replaced by a space or removed" in told
    (path,) = (tmp_path / "out").rglob("*.docx")
    data = path.read_bytes()
    assert any(MENDED in words(paragraph) for paragraph in root(data).iter(W + "p"))
    assert [judge for judge in WORD if WORD[judge](data)] == []


# ---------------------------------------------------------------- O10: a table from right to left


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_first_column_of_an_arabic_table_is_drawn_at_the_right(kind: str, tmp_path: Path) -> None:
    """O10: of PDF, and of Word as LibreOffice prints it."""
    if kind == "docx" and not exhaustive():
        pytest.skip("LibreOffice is slow to start")
    require("pdftotext", *["soffice"] * (kind == "docx"))
    path = tmp_path / "file.pdf"
    data = written(exports(), kind)
    if kind == "pdf":
        path.write_bytes(data)
    else:
        path = converted(data, tmp_path)
    drawn = spots(path)
    place: dict[str, Any] = {one.text: one for one in drawn if one.text in ("2023", "2024", "10.0", "12.5")}
    first = max(one.right for one in drawn if abs(one.top - place["12.5"].top) < 4)

    assert place["12.5"].right < place["10.0"].left
    assert first > place["10.0"].right + 20
