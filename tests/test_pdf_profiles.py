"""The profiles of PDF: what each claims is true, the plain one claims nothing, and an edition knows which it has."""

import io
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pikepdf
import pytest

from reports.cli import common, main
from reports.document import Document
from reports.editions.manifest import Inputs
from reports.orders import Order
from reports.writers import PDF_PROFILE, WRITERS, PdfProfile
from reports.writers.pdf import write
from reports.writers.pdf.tagged.profiles import DEFAULT, PROFILES
from tests.pdf_documents import arabic, hard, structured
from tests.photographs import shown
from tests.sample import sample_document
from tests.test_editions import edition_of, order, pressed_one, tree, with_turnover
from tests.tools import house_style, require
from tests.verapdf import broken_rules

DOCUMENTS = {
    "en": sample_document("en"),
    "hard": hard(),
    "arabic": arabic(),
    "pictures": shown(),
    "notes": structured(),
}
BRIEF = ("brief", "LU", "--as-of", "2025-10-20", "--format", "pdf")


def made(document: Document, profile: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(write(document, house_style(), profile)))


def claims(file: pikepdf.Pdf) -> set[str]:
    """The identifiers of standards in XMP, as they stand there."""
    with file.open_metadata() as found:
        return {f"{name.partition('}')[2]} {said}" for name, said in found.items() if "/ns/id/" in name}


def annotations(file: pikepdf.Pdf) -> list[Any]:
    pages: list[Any] = list(file.pages)
    return [note for page in pages for note in page.get("/Annots", [])]


# ---------------------------------------------------------------- what a file is


def test_every_list_of_profiles_is_the_same() -> None:
    assert get_args(PdfProfile) == get_args(common.PdfProfile) == tuple(PROFILES) == WRITERS["pdf"].profiles
    first = Order("KZ", "LU", date(2025, 10, 20), "brief", ("en",), ("pdf",)).pdf_profile
    assert PDF_PROFILE == DEFAULT == first


def test_the_archival_profile_without_attachments_is_pdf_ua_1_and_pdf_a_2a(tmp_path: Path) -> None:
    files = {name: write(document, house_style(), "ua1+a2a") for name, document in DOCUMENTS.items()}

    assert broken_rules(files, tmp_path, ("ua1", "2a")) == {name: [] for name in files}


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("ua1+a3a", {"part 1", "part 3", "conformance A"}),
        ("ua1+a2a", {"part 1", "part 2", "conformance A"}),
        ("plain", set()),
    ],
)
def test_a_file_claims_what_its_profile_says(profile: str, said: set[str]) -> None:
    with made(DOCUMENTS["en"], profile) as file:
        assert claims(file) == said


@pytest.mark.parametrize("profile", list(PROFILES))
def test_data_are_attached_in_one_profile_alone(profile: str) -> None:
    with made(DOCUMENTS["en"], profile) as file:
        assert bool(file.attachments) == ("/AF" in file.Root) == (profile == "ua1+a3a")


@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_a_plain_file_has_no_tree_no_marks_and_no_colour_profile(name: str) -> None:
    with made(DOCUMENTS[name], "plain") as file:
        assert not {"/StructTreeRoot", "/MarkInfo", "/OutputIntents", "/AF", "/Names"} & set(file.Root.keys())
        pages: list[Any] = list(file.pages)
        for page in pages:
            assert not {"/StructParents", "/Tabs"} & set(page.keys())
            operators = {str(found.operator) for found in pikepdf.parse_content_stream(page)}
            assert not operators & {"BMC", "BDC", "EMC", "MP", "DP"}
        assert not [note for note in annotations(file) if "/StructParent" in note]


def test_a_plain_file_still_has_title_language_outline_links_and_fonts() -> None:
    with made(DOCUMENTS["en"], "plain") as plain, made(DOCUMENTS["en"], "ua1+a3a") as tagged:
        assert plain.Root.Lang == "en"
        assert plain.docinfo["/Title"] == tagged.docinfo["/Title"]
        assert plain.Root.Outlines.Count == tagged.Root.Outlines.Count
        assert plain.Root.Dests.keys() == tagged.Root.Dests.keys()
        assert len(annotations(plain)) == len(annotations(tagged)) > 0
        fonts: list[Any] = list(plain.pages[0].Resources.Font.values())
        assert all("/FontFile2" in font.FontDescriptor for font in fonts if "/FontDescriptor" in font)


@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_the_pages_of_all_profiles_look_the_same(name: str, tmp_path: Path) -> None:
    require("pdftoppm")
    seen = set()
    for profile in PROFILES:
        (tmp_path / "file.pdf").write_bytes(write(DOCUMENTS[name], house_style(), profile))
        command = ["pdftoppm", "-r", "50", str(tmp_path / "file.pdf")]
        seen.add(subprocess.run(command, check=True, capture_output=True).stdout)

    assert len(seen) == 1


@pytest.mark.parametrize("profile", list(PROFILES))
def test_the_same_document_has_the_same_bytes_in_each_profile(profile: str) -> None:
    first, second = (write(hard(), house_style(), profile) for _ in range(2))

    assert first == second


# ---------------------------------------------------------------- orders and editions


def profiled(profile: PdfProfile, *formats: str) -> Order:
    return replace(order("en", formats=formats or ("pdf",)), pdf_profile=profile)


def inputs_of(out: Path) -> Inputs:
    return edition_of(out).briefs["brief"].versions["en"].inputs


def test_another_profile_is_made_anew_and_the_same_is_unchanged(tmp_path: Path) -> None:
    assert pressed_one(tmp_path, profiled("ua1+a3a")).written
    assert pressed_one(tmp_path, profiled("plain")).written
    there = tree(tmp_path)
    assert not pressed_one(tmp_path, profiled("plain")).written
    assert tree(tmp_path) == there
    assert inputs_of(tmp_path).pdf == "plain"
    assert pressed_one(tmp_path, profiled("ua1+a3a")).written
    assert inputs_of(tmp_path).pdf == ""


def test_a_profile_does_not_touch_files_of_other_formats(tmp_path: Path) -> None:
    pressed_one(tmp_path, profiled("ua1+a3a", "text", "pdf"))
    before = tree(tmp_path)
    pressed_one(tmp_path, profiled("plain"))
    after = tree(tmp_path)

    assert {name for name in after if after[name] != before.get(name)} == {
        "KZ-LU/2025-10-20/brief.en.pdf", "KZ-LU/2025-10-20/edition.json",
    }  # fmt: skip
    assert set(edition_of(tmp_path).briefs["brief"].versions["en"].files) == {"text", "pdf"}


def test_another_format_leaves_the_pdf_and_its_profile(tmp_path: Path) -> None:
    pressed_one(tmp_path, profiled("plain"))
    before = tree(tmp_path)["KZ-LU/2025-10-20/brief.en.pdf"]
    pressed_one(tmp_path, profiled("ua1+a3a", "text"))

    assert tree(tmp_path)["KZ-LU/2025-10-20/brief.en.pdf"] == before
    assert inputs_of(tmp_path).pdf == "plain"
    assert not pressed_one(tmp_path, profiled("ua1+a3a", "text")).written


def test_a_brief_that_is_widened_keeps_the_profile_of_its_pdf(tmp_path: Path) -> None:
    pressed_one(tmp_path, profiled("plain", "text", "pdf"))
    pressed_one(tmp_path, profiled("ua1+a3a", "text"), records=with_turnover("14.2"))

    assert inputs_of(tmp_path).pdf == "plain"
    with pikepdf.open(tmp_path / "KZ-LU" / "2025-10-20" / "brief.en.pdf") as file:
        assert "/StructTreeRoot" not in file.Root


@pytest.mark.parametrize("profile", list(PROFILES))
def test_a_rebuild_gives_the_bytes_of_the_profile(profile: str, tmp_path: Path) -> None:
    out, again = str(tmp_path / "out"), str(tmp_path / "again")
    assert main([*BRIEF, "--pdf-profile", profile, "--out", out]) == 0
    assert main(["editions", "rebuild", "KZ-LU/2025-10-20", "--out", out, "--to", again]) == 0

    (first,), (second,) = (list(Path(folder).rglob("*.pdf")) for folder in (out, again))
    assert first.read_bytes() == second.read_bytes()


def test_a_profile_that_there_is_not_is_one_clear_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*BRIEF, "--pdf-profile", "a4", "--out", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "--pdf-profile" in said
    assert all(name in said for name in PROFILES)
    assert list(tmp_path.iterdir()) == []
