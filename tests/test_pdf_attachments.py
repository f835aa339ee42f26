"""The data inside a PDF: what any reader takes out of it is what the document holds, and nothing that it hides."""

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from reports.document import (
    Caption,
    Chart,
    Document,
    FigureRecord,
    Internal,
    Paragraph,
    Point,
    Row,
    Run,
    Series,
    SourceEntry,
    Sources,
    Table,
    Text,
    flat,
    plain,
    texts,
)
from reports.orders import Order, fill
from reports.writers import WRITERS
from reports.writers.pdf import write
from reports.writers.pdf.attachments import FIGURE_COLUMNS, inert, written
from tests.pdf_documents import AS_OF, charted, figures, made_of, point, said
from tests.sample import sample_document
from tests.test_editions import data, workshop
from tests.tools import exhaustive, house_style, require
from tests.verapdf import broken_rules

SECRET = FigureRecord("99.9", 6, "USD", "2025", sources=("cable",))
CITED = {"mfa": "Ministry, Release, 2025. <https://example.org/r>"}
KNOWN = FigureRecord("-13.60", 6, "USD", "2024", "P", ("mfa",), "2025-10-20", "a - b", ("x", "y"), qualifier="over")


def attached(blob: bytes) -> dict[str, bytes]:
    with pikepdf.open(io.BytesIO(blob)) as file:
        return {name: file.attachments[name].get_file().read_bytes() for name in file.attachments}


def rows(blob: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(blob.decode("utf-8-sig"), newline="")))


def grids(document: Document) -> dict[str, list[list[str]]]:
    return {name: rows(blob) for name, blob in attached(write(document, house_style())).items()}


def table(*cells: Text, number: int = 1) -> Table:
    """A table of one row under a header."""
    caption = Caption(f"Table {number}.", number, said("Trade"), said("million USD"))
    header = ((), *(said(str(2024 + column)) for column in range(1, len(cells))))
    kinds = ("text", *["figure"] * (len(cells) - 1))
    return Table(caption, tuple("figure" if kind == "figure" else "text" for kind in kinds), (header,), (Row(cells),))


def hidden() -> Document:
    """A figure and a table for all, and both for the house alone."""
    source = SourceEntry(1, "mfa", (Run("Ministry, "), Run("Release", link="https://example.org/r"), Run(", 2025.")))
    shown = (
        Paragraph((Run("13.6", figure="open@2024"),)),
        table(said("Turnover"), (Run("−13.6", figure="open@2024"),)),
    )
    secret = (Run("99.9", figure="secret@2025"),)
    inside = Internal((Paragraph(secret), table(said("SECRET"), secret, number=2)))
    document = made_of(*shown, inside, Sources((source,)))
    return replace(
        document,
        figures={"open@2024": KNOWN, "secret@2025": SECRET},
        labels={"open@2024": "Turnover, 2024"},
        cited=CITED,
    )


# ---------------------------------------------------------------- what is attached


def test_figures_have_value_unit_period_status_and_a_source_that_a_person_can_read() -> None:
    header, first, second = grids(hidden())["figures.csv"]

    assert tuple(header) == FIGURE_COLUMNS
    assert dict(zip(header, first, strict=True)) == {
        "key": "open@2024", "label": "Turnover, 2024", "qualifier": "over", "value": "-13.60", "multiplier": "6",
        "unit": "USD", "period": "2024", "status": "P", "source": "Ministry, Release, 2025. <https://example.org/r>",
        "source_keys": "mfa", "vintage": "2025-10-20", "formula": "a - b", "inputs": "x y",
    }  # fmt: skip
    assert dict(zip(header, second, strict=True))["source"] == "cable"


def test_a_table_stands_as_it_is_printed_with_the_keys_of_its_figures_behind_it() -> None:
    assert grids(hidden())["table-1.csv"] == [["", "2025", "key 2025"], ["Turnover", "−13.6", "open@2024"]]


def test_a_row_that_is_a_part_of_another_says_so() -> None:
    parts = figures([("Total", "3"), ("of which A", "1")])
    leveled = replace(parts, rows=(parts.rows[0], replace(parts.rows[1], level=1)))

    assert [row[-1] for row in grids(made_of(leveled))["table-1.csv"]] == ["level", "0", "1"]
    assert grids(made_of(parts))["table-1.csv"][0] == ["Item", "2020"]


def test_a_chart_has_the_exact_value_and_the_key_of_each_point() -> None:
    chart = charted(Series("Exports", (point("5.25"), None)), Series("Imports", (point("-3.1"), point("0"))))

    assert grids(made_of(chart))["figure-1.csv"] == [
        ["", "Exports", "key Exports", "Imports", "key Imports"],
        ["2023", "5.25", "key@5.25", "-3.1", "key@-3.1"],
        ["2024", "", "", "0", "key@0"],
    ]


def test_two_tables_of_one_number_have_a_file_each() -> None:
    names = set(grids(made_of(table(said("A")), table(said("B")))))

    assert names == {"table-1.csv", "table-1-2.csv"}


@pytest.mark.parametrize("tag", ["en", "ru", "kk", "ar", "zh"])
def test_every_figure_table_and_chart_of_a_brief_is_attached_and_they_join(tag: str) -> None:
    order = Order("KZ", "LU", AS_OF, "brief", (tag,), ("pdf",))
    filled = fill(order, workshop(), data())
    document = filled.documents[tag]
    found = {name: rows(blob) for name, blob in attached(filled.files[f"brief.{tag}.pdf"]).items()}
    by_key = {row[0]: dict(zip(FIGURE_COLUMNS, row, strict=True)) for row in found["figures.csv"][1:]}

    assert set(by_key) == set(document.figures)
    for key, record in document.figures.items():
        assert by_key[key]["value"] == record.value
        assert by_key[key]["source_keys"] == " ".join(record.sources)
        named = [data().sources[source] for source in record.sources]
        assert all(one.publisher in by_key[key]["source"] and one.url in by_key[key]["source"] for one in named)
    blocks = list(flat(document.blocks))
    for block in (one for one in blocks if isinstance(one, Table)):
        grid = found[f"table-{block.caption.number}.csv"]
        width = len(block.columns)
        printed = [[plain(cell) for cell in cells] for cells in (*block.header, *(row.cells for row in block.rows))]
        assert [row[:width] for row in grid] == printed
        keys = {run.figure for row in block.rows for cell in row.cells for run in cell if isinstance(run, Run)} - {""}
        body = grid[len(block.header) :]
        assert {key for row in body for cell in row[width:] for key in cell.split()} - {"0", "1", "2"} == keys
    for chart in (one for one in blocks if isinstance(one, Chart)):
        assert found[f"figure-{chart.caption.number}.csv"][1:] == [
            [name, *(cell for one in chart.series for cell in _cells(one.points[which]))]
            for which, name in enumerate(chart.categories)
        ]


def _cells(one: Point | None) -> tuple[str, str]:
    return (f"{one.value:f}", one.figure) if one else ("", "")


# ---------------------------------------------------------------- what is not


@pytest.mark.parametrize("profile", ["ua1+a3a", "plain"])
def test_a_copy_that_goes_out_carries_nothing_of_what_is_internal(profile: str) -> None:
    blob = WRITERS["pdf"].finished(hidden(), house_style(), profile)
    with pikepdf.open(io.BytesIO(blob)) as file:
        whole = b"".join(stream.read_bytes() for stream in file.objects if isinstance(stream, pikepdf.Stream))

    assert set(attached(blob)) == ({"figures.csv", "table-1.csv"} if profile == "ua1+a3a" else set())
    assert not [word for word in (b"secret", b"SECRET", b"cable", b"99.9") if word in whole]
    assert {"table-2.csv", "figures.csv"} < set(grids(hidden()))


def test_a_final_copy_of_a_real_brief_has_the_figures_of_its_pages_alone() -> None:
    order = Order("KZ", "LU", AS_OF, "visit", ("en",), ("pdf",), final=True)
    filled = fill(order, workshop(), data())
    document = filled.documents["en"]
    blocks = [block for block in document.blocks if not isinstance(block, Internal)]
    shown = {run.figure for block in blocks for text in texts(block) for run in text if isinstance(run, Run)} - {""}
    (blob,) = filled.files.values()

    assert {row[0] for row in rows(attached(blob)["figures.csv"])[1:]} == shown


# ---------------------------------------------------------------- any reader


def test_poppler_takes_out_the_same_files(tmp_path: Path) -> None:
    require("pdfdetach")
    blob = write(sample_document("kk"), house_style())
    (tmp_path / "file.pdf").write_bytes(blob)
    subprocess.run(["pdfdetach", "-saveall", "-o", str(tmp_path), str(tmp_path / "file.pdf")], check=True)

    taken = {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}
    assert taken == attached(blob)
    assert len(taken) > 1


HOSTILE = ("=1+1", "+1+1", "-A1", "@SUM(A1)", "\t=1", "\r=1", " =1", "=cmd|' /C calc'!A0", "＝1+1", '=HYPERLINK("x")')
HARMLESS = ("-3.1", "Қазақстан – 13,6", "القمة الأولى", "中国", 'a "quoted", cell', "line\nbreak", "0042x", "")


def opened(blob: bytes, folder: Path) -> list[list[object]]:
    """What LibreOffice has in its cells; a formula would come out as what it gives, and as one."""
    require("soffice")
    if not (Path(shutil.which("soffice") or "").resolve().parent / "libsclo.so").exists():
        (pytest.fail if exhaustive() else pytest.skip)("LibreOffice has no Calc: make tools")
    (folder / "in.csv").write_bytes(blob)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    told = ["--infilter=CSV:44,34,76,1", "--convert-to", "xlsx", "--outdir", str(folder)]  # comma, quote, UTF-8
    command = ["soffice", profile, "--headless", *told, str(folder / "in.csv")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    sheet = openpyxl.load_workbook(folder / "in.xlsx").active
    assert sheet is not None
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_libreoffice_reads_every_letter_keeps_numbers_and_runs_no_formula(tmp_path: Path) -> None:
    shown = opened(written([HARMLESS, HOSTILE]), tmp_path)

    assert shown[0][: len(HARMLESS)] == [-3.1, *HARMLESS[1:-1], None]
    texts_shown = [str(cell) for cell in shown[1][: len(HOSTILE)]]
    assert [text.lstrip("'").strip() for text in texts_shown] == [text.strip() for text in HOSTILE]


@pytest.mark.parametrize("cell", HOSTILE)
def test_a_cell_that_would_be_a_formula_stands_behind_an_apostrophe(cell: str) -> None:
    assert inert(cell) == f"'{cell}"
    if cell.strip("\t\r") == cell:  # no font has these two
        assert grids(made_of(table(said(cell))))["table-1.csv"][1] == [f"'{cell}"]


@pytest.mark.parametrize(
    "cell", ["-3.1", "+12,5 %", "13.6", "-5", "3.1..4", "-3..-1", "−13.6", "A=B", "-", "", "1\u00a0000"]
)
def test_numbers_and_words_stand_as_they_are(cell: str) -> None:
    assert inert(cell) == cell


def test_a_file_is_rfc_4180_in_utf_8_with_its_mark() -> None:
    blob = written([["a", 'b"'], ["c,d", "e\nf"]])

    assert blob == b'\xef\xbb\xbfa,"b"""\r\n"c,d","e\nf"\r\n'


# ---------------------------------------------------------------- what the PDF says of them


def test_each_file_is_listed_twice_and_says_what_it_is_to_the_document() -> None:
    with pikepdf.open(io.BytesIO(write(hidden(), house_style()))) as file:
        listed = {str(one.UF): one for one in file.Root.AF}
        assert set(listed) == set(file.attachments) == {"figures.csv", "table-1.csv", "table-2.csv"}
        for one in listed.values():
            assert str(one.AFRelationship) == "/Data"
            assert str(one.EF.F.Subtype) == "/text/csv"
            assert str(one.EF.F.Params.ModDate) == "D:20251020000000+00'00'"
            assert int(one.EF.F.Params.Size) == len(one.EF.F.read_bytes())
        assert str(listed["table-1.csv"].Desc) == "Table 1. Trade (million USD)"


def test_a_file_with_hostile_data_is_still_pdf_ua_1_and_pdf_a_3a(tmp_path: Path) -> None:
    hostile = made_of(*(table(said(cell), number=number) for number, cell in enumerate(HOSTILE[:4], 1)))

    files = {"hostile": write(hostile, house_style()), "hidden": write(hidden(), house_style())}

    assert broken_rules(files, tmp_path) == {"hostile": [], "hidden": []}
