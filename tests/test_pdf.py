"""Documents that are hard to print, before the judges of PDF files; and what the structure says."""

import io
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from reports.document import Document, Heading
from reports.writers.pdf import write
from tests import pdf_structure
from tests.outloud_reader import alarms
from tests.pdf_documents import arabic, chinese, hard, made_of, structured
from tests.photographs import shown
from tests.planted_pdf_faults import first
from tests.sample import sample_document
from tests.tools import house_style, require
from tests.verapdf import broken_rules

LANGUAGES = ("en", "ru", "kk", "fr")


def written(document: Document) -> bytes:
    return write(document, house_style())


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    samples = {tag: written(sample_document(tag)) for tag in LANGUAGES}
    hard_ones = {"hard": hard(), "empty": made_of(), "arabic": arabic(), "chinese": chinese(9), "pictures": shown()}
    hard_ones |= {"structured": structured(), "turned": replace(structured(), language="ar", direction="rtl")}
    return samples | {name: written(document) for name, document in hard_ones.items()}


# ---------------------------------------------------------------- valid


@pytest.fixture(scope="module")
def rules(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return broken_rules(files, tmp_path_factory.mktemp("verapdf"))


@pytest.mark.parametrize("name", [*LANGUAGES, "hard", "empty", "arabic", "chinese", "pictures", "structured", "turned"])
def test_a_file_is_pdf_ua_1_and_pdf_a_3a(name: str, rules: dict[str, list[str]]) -> None:
    assert rules[name] == []


@pytest.mark.parametrize("name", [*LANGUAGES, "hard", "empty", "arabic", "chinese", "pictures", "structured", "turned"])
def test_the_structure_and_the_content_say_the_same(name: str, files: dict[str, bytes]) -> None:
    assert pdf_structure.faults(files[name]) == []


@pytest.mark.parametrize("name", [*LANGUAGES, "hard", "arabic", "chinese", "pictures", "structured"])
def test_a_file_reads_well_aloud(name: str, files: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(files[name])

    assert alarms(path, "ar" if name == "arabic" else "en") == []


@pytest.mark.parametrize("name", ["en", "hard", "arabic"])
def test_qpdf_finds_no_fault_of_syntax(name: str, files: dict[str, bytes], tmp_path: Path) -> None:
    require("qpdf")
    path = tmp_path / "file.pdf"
    path.write_bytes(files[name])

    assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0


# ---------------------------------------------------------------- what the structure says


def test_the_elements_stand_in_the_order_of_reading() -> None:
    kinds = pdf_structure.kinds(written(hard()))

    assert kinds[:3] == ["0 Document", "1 H1", "1 P"]
    first_table = kinds.index("1 Table")
    assert kinds[first_table : first_table + 6] == ["1 Table", "2 Caption", "2 TR", "3 TH", "3 TH", "3 TH"]
    assert kinds[first_table + 6 : first_table + 10] == ["2 TR", "3 TH", "3 TD", "3 TD"]
    assert kinds.count("2 TR") == 81  # a header that is repeated on every page is one row
    assert kinds[-7:-3] == ["1 L", "2 LI", "3 Lbl", "3 LBody"]


def test_a_repeated_header_is_read_once() -> None:
    with pikepdf.open(io.BytesIO(written(hard()))) as file:
        cell = first(file, "TH")
        assert len(cell.K) == 1


def test_no_level_of_headings_is_skipped() -> None:
    levels = [int(kind[-1]) for kind in pdf_structure.kinds(written(hard())) if " H" in kind]

    assert levels == [1, 2, 2]


def test_the_catalog_names_language_title_and_outline(files: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(files["kk"])) as file:
        root = file.Root
        assert str(root.Lang) == "kk"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(file.docinfo.Title) == sample_document("kk").title
        assert str(root.Outlines.First.Title) == sample_document("kk").title
        headings = [block for block in sample_document("kk").blocks if isinstance(block, Heading)]
        assert int(root.Outlines.Count) == len(headings)


def test_a_citation_leads_to_its_source_and_shows_its_words() -> None:
    with pikepdf.open(io.BytesIO(written(hard()))) as file:
        annotations: list[Any] = [note for page in file.pages for note in page.get("/Annots", [])]
        citations = [note for note in annotations if "/Dest" in note]
        assert {str(note.Contents) for note in citations} == {"First source.", "Second source."}
        assert {str(note.Dest) for note in citations} <= set(file.Root.Dests.keys())


def test_an_address_is_kept_as_ascii() -> None:
    with pikepdf.open(io.BytesIO(written(hard()))) as file:
        annotations: list[Any] = [note for page in file.pages for note in page.get("/Annots", [])]
        addresses = {str(note.A.URI) for note in annotations if "/A" in note}
    assert addresses == {"https://example.org/%C3%BC?a=(1)"}
