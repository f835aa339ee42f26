"""The gate of PDF files: veraPDF, outloud, qpdf, our own structure checks, and planted faults that they must find."""

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import outloud
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from reports.document import Document, Heading
from reports.writers.pdf import write
from tests import pdf_structure
from tests.pdf_documents import arabic, chinese, hard, made_of, structured
from tests.photographs import shown
from tests.sample import sample_document
from tests.tools import house_style, require
from tests.verapdf import broken_rules

LANGUAGES = ("en", "ru", "kk", "fr")

# outloud takes an element's own marks to be read before those of the links inside it, but the tree has them in turn.
# It also wonders that many glyphs mean one letter, as in every script that joins.
FALSE_ALARMS = {"ORD-001", "TXT-004"}


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
    assert aloud(files[name], tmp_path) == []


@pytest.mark.parametrize("name", ["en", "hard", "arabic"])
def test_qpdf_finds_no_fault_of_syntax(name: str, files: dict[str, bytes], tmp_path: Path) -> None:
    require("qpdf")
    path = tmp_path / "file.pdf"
    path.write_bytes(files[name])

    assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0


def aloud(data: bytes, folder: Path) -> list[str]:
    path = folder / "file.pdf"
    path.write_bytes(data)
    result = outloud.check(str(path))
    assert result.error is None
    return [finding.rule for finding in result.findings if finding.rule not in FALSE_ALARMS]


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
        cell = _element(file, "TH")
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


# ---------------------------------------------------------------- planted faults

Fault = Callable[[pikepdf.Pdf], None]


def _first(element: Any, kind: str) -> Any:
    if element.get("/S") == f"/{kind}":
        return element
    kids = element.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid and (found := _first(kid, kind)) is not None:
            return found
    return None


def _element(pdf: pikepdf.Pdf, kind: str) -> Any:
    found = _first(pdf.Root.StructTreeRoot.K, kind)
    assert found is not None
    return found


def no_alternative(pdf: pikepdf.Pdf) -> None:
    del _element(pdf, "Figure").Alt


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def no_outline(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines


def no_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def no_header_cells(pdf: pikepdf.Pdf) -> None:
    for row in _element(pdf, "Table").K:
        for cell in row.K if isinstance(row.get("/K"), Array) else []:
            if isinstance(cell, Dictionary):
                cell.S = Name.TD


def other_order(pdf: pikepdf.Pdf) -> None:
    top: Any = pdf.Root.StructTreeRoot.K
    top.K = Array(list(reversed(list(top.K))))


def wrong_parents(pdf: pikepdf.Pdf) -> None:
    numbers: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
    numbers[1] = Array(list(reversed(list(numbers[1]))))


def lost_link(pdf: pikepdf.Pdf) -> None:
    link = _element(pdf, "Link")
    link.K = Array([kid for kid in link.K if not isinstance(kid, Dictionary)])


def untagged_text(pdf: pikepdf.Pdf) -> None:
    _rewrite(pdf, lambda code: code.replace(b"/P <</MCID", b"/P <</Lost", 1))


def untyped_artifact(pdf: pikepdf.Pdf) -> None:
    _rewrite(pdf, lambda code: code.replace(b"/Artifact <</Type/Pagination", b"/Artifact <<", 1))


def mark_across_text(pdf: pikepdf.Pdf) -> None:
    _rewrite(pdf, lambda code: code.replace(b"EMC\nET", b"ET\nEMC", 1))


def _rewrite(pdf: pikepdf.Pdf, change: Callable[[bytes], bytes]) -> None:
    contents: Any = pdf.pages[0].Contents
    code = contents.read_bytes()
    assert change(code) != code
    contents.write(change(code))


STRUCTURE_FINDS = (no_outline, other_order, wrong_parents, lost_link, untagged_text, untyped_artifact, mark_across_text)
VERAPDF_FINDS = (no_alternative, no_language, no_profile, untagged_text)


def spoilt(data: bytes, fault: Fault) -> bytes:
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fault(pdf)
        pdf.save(changed)
    return changed.getvalue()


@pytest.mark.parametrize("fault", STRUCTURE_FINDS)
def test_our_checks_find_a_planted_fault(fault: Fault, files: dict[str, bytes]) -> None:
    assert pdf_structure.faults(spoilt(files["en"], fault))


def test_verapdf_finds_planted_faults(files: dict[str, bytes], tmp_path: Path) -> None:
    found = broken_rules({fault.__name__: spoilt(files["en"], fault) for fault in VERAPDF_FINDS}, tmp_path)

    assert all(found.values()), found


def test_outloud_finds_a_table_without_header_cells(files: dict[str, bytes], tmp_path: Path) -> None:
    assert aloud(spoilt(files["en"], no_header_cells), tmp_path)
