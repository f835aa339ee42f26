"""The fonts of the house: what they cover, what stands in for them, what is said when they are absent."""

import json
import shutil
from pathlib import Path

import pytest

from reports.errors import HouseError
from reports.house.cut_fonts import cut_fonts
from reports.house.fonts import INDEX, LIST, read_fonts
from tests.tools import ROOT

FONTS = ROOT / "fonts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the folder that a test may spoil."""
    for path in FONTS.iterdir():
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def test_every_letter_of_the_languages_is_covered() -> None:
    letters = "АаЯяЁёӘәҒғҚқҢңӨөҰұҮүҺһІіÀàÇçŒœßÄöÜñğışŞİʻ€₸₽«»„“–—−…№²³½\u00a0\u202f\u2009\u2011"

    assert read_fonts(FONTS).missing(letters) == ""


def test_a_character_without_a_font_is_named_once() -> None:
    assert read_fonts(FONTS).missing("aአⵣአ") == "አⵣ"


def test_each_style_is_a_file_of_its_own() -> None:
    book = read_fonts(FONTS)

    files = {book.faces("Noto Serif", bold, italic)[0].path for bold in (False, True) for italic in (False, True)}
    assert len(files) == 4


def test_a_family_that_is_not_listed_is_reported_and_another_stands_in() -> None:
    book = read_fonts(FONTS)

    (problem,) = book.problems(["Noto Sans", "Garamond", "Garamond"])
    assert problem.where == "Garamond"
    assert "Noto Sans" in problem.message
    assert book.faces("Garamond")[0] is book.faces("Noto Sans")[0]


def test_a_style_that_a_family_lacks_is_printed_in_the_nearest(folder: Path) -> None:
    listed = (folder / LIST).read_text(encoding="utf-8")
    (folder / LIST).write_text(listed.replace('bold_italic = "NotoSans-BoldItalic.ttf"\n', ""), encoding="utf-8")

    assert read_fonts(folder).faces("Noto Sans", True, True)[0].path.name == "NotoSans-Bold.ttf"


def test_an_absent_file_is_a_problem_that_says_how_to_make_it(folder: Path) -> None:
    (folder / "NotoSans-Bold.ttf").unlink()

    with pytest.raises(HouseError) as caught:
        read_fonts(folder)
    assert [problem.hint for problem in caught.value.problems] == ["make fonts"]


def test_a_file_that_is_no_font_is_a_problem(folder: Path) -> None:
    (folder / "NotoSans-Bold.ttf").write_bytes(b"no font")

    with pytest.raises(HouseError, match=r"NotoSans-Bold\.ttf: no TrueType font"):
        read_fonts(folder)


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("fallback = [", "cannot be read"),
        ('[families."A"]\nregular = "a.ttf"\n', "no family in `fallback`"),
        ('fallback = ["B"]\n[families."A"]\nregular = "a.ttf"\n', "names B, which is not listed"),
        ('fallback = ["A"]\n[families."A"]\nbold = "a.ttf"\n', "A has no `regular` file"),
    ],
)
def test_a_wrong_list_is_a_problem(listed: str, said: str, tmp_path: Path) -> None:
    (tmp_path / LIST).write_text(listed, encoding="utf-8")

    with pytest.raises(HouseError, match=said):
        read_fonts(tmp_path)


def test_the_index_saves_time_and_changes_nothing(folder: Path) -> None:
    quick = read_fonts(folder)
    (folder / INDEX).unlink()
    slow = read_fonts(folder)

    for family, files in quick.families.items():
        for style, file in files.items():
            other = slow.families[family][style]
            assert (file.coverage, file.ascent, file.descent) == (other.coverage, other.ascent, other.descent)


def test_fonts_that_are_there_are_not_made_again() -> None:
    before = {path.name: path.stat().st_mtime_ns for path in FONTS.iterdir()}

    assert not cut_fonts(FONTS)
    assert {path.name: path.stat().st_mtime_ns for path in FONTS.iterdir()} == before


def test_a_font_is_cut_to_the_same_bytes_again(folder: Path) -> None:
    """One style alone: a whole family takes ten seconds."""
    family = (
        'fallback = ["Noto Sans"]\n[families."Noto Sans"]\nscripts = ["Latn"]\nregular = "NotoSans-Regular.ttf"\n'
        '[families."Noto Sans".cut]\npackage = "fontpkg-noto-sans"\nupright = "NotoSans[wdth,wght].ttf"\n'
        '[keep]\nLatn = ["0041-005A"]\nalways = ["0020-0020"]\n'
    )
    (folder / LIST).write_text(family, encoding="utf-8")

    assert cut_fonts(folder)
    first = (folder / "NotoSans-Regular.ttf").read_bytes()
    (folder / "NotoSans-Regular.ttf").unlink()
    assert cut_fonts(folder)

    assert (folder / "NotoSans-Regular.ttf").read_bytes() == first
    assert json.loads((folder / INDEX).read_text(encoding="utf-8"))["files"]["NotoSans-Regular.ttf"]["ranges"]


def test_a_link_is_replaced_and_not_written_through(folder: Path, tmp_path: Path) -> None:
    """Another folder of fonts may be in use."""
    elsewhere = tmp_path / "elsewhere.ttf"
    elsewhere.write_bytes(b"in use")
    listed = 'fallback = ["Amiri"]\n[families.Amiri]\nregular = "Amiri-Regular.ttf"\npackage = "fontpkg-amiri"\n'
    (folder / LIST).write_text(listed, encoding="utf-8")
    (folder / "Amiri-Regular.ttf").unlink()
    (folder / "Amiri-Regular.ttf").symlink_to(elsewhere)

    assert cut_fonts(folder)
    assert elsewhere.read_bytes() == b"in use"
    assert not (folder / "Amiri-Regular.ttf").is_symlink()
    assert not list(folder.glob(".*.new"))


def test_a_package_that_is_not_installed_is_a_problem(folder: Path) -> None:
    listed = (folder / LIST).read_text(encoding="utf-8").replace("fontpkg-noto-sans", "fontpkg-nowhere")
    (folder / LIST).write_text(listed, encoding="utf-8")

    with pytest.raises(HouseError, match="fontpkg-nowhere is not installed"):
        cut_fonts(folder)
