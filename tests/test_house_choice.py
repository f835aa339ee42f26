"""Which house style a brief is in, a ministry's own template, what `house check` finds, the proof sheet, and what an
order says of number, copy, day and department."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from reports.cli import main
from reports.document import Block
from reports.errors import HouseError, ReportError, UnknownChoice, WordingError
from reports.facts.records import Data
from reports.house import House, open_house
from reports.house.checking import contrast, problems_of
from reports.house.mapping import ALL
from reports.house.package import STYLES
from reports.house.parts import MAIN, TEMPLATE
from reports.house.shelf import house_path
from reports.house.theme import TABLES
from reports.library import open_library
from reports.orders import Order, Workshop, fill
from reports.proofing import proof
from reports.sources import SOURCES
from reports.stamps import stamp_of
from reports.wording.circulation import Circulation
from reports.writers import WRITERS
from tests.ministry_files import GREEN, MAPPING, ministry, with_emblem
from tests.package_checks import faults
from tests.reading import docx_text, pdf_text
from tests.sample import sample_document
from tests.tools import LANGUAGES, ROOT, house_style
from tests.validators import WORD
from tests.word_files import FOOTER, HEADER, W, changed, packed, replaced, root, unpacked, words

TEMPLATES, FONTS = ROOT / "templates", ROOT / "fonts"
FILE = TEMPLATES / "house" / "brief.docx"
DAY = date(2025, 10, 20)


# ---------------------------------------------------------------- a ministry's own template


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ministry(FILE, tmp_path_factory.mktemp("ministry"))


def test_a_template_with_russian_and_kazakh_names_makes_a_brief(template: Path) -> None:
    house = open_house(template, house_style().fonts, FILE)
    word = WRITERS["docx"].write(sample_document(), house)

    assert TEMPLATE.encode() in unpacked(template.read_bytes())["[Content_Types].xml"]
    assert MAIN.encode() in unpacked(word)["[Content_Types].xml"]
    assert [error for judge in WORD.values() for error in judge(word)] == []
    used = {node.get(W + "val") for node in root(word).iter(W + "pStyle")}
    assert {"1", "a3"} <= used  # Заголовок 1, Негізгі мәтін
    assert house.theme.styles["Heading 1"].color == GREEN
    assert house.theme.styles["Lead"].bold


def test_a_derived_style_has_the_measures_of_the_default_and_the_colour_and_font_of_the_file(template: Path) -> None:
    house, default = open_house(template, house_style().fonts, FILE), house_style()
    made, own = house.theme.styles["Panel Number"], default.theme.styles["Panel Number"]

    assert "Panel Number" in house.derived
    assert (made.size, made.bold, made.color, made.font) == (own.size, own.bold, GREEN, "Noto Serif")
    assert house.theme.table.top == (default.theme.table.top[0], GREEN)
    assert house.theme.styles["Caption"].italic  # { like = … }


def test_a_heading_of_another_name_has_its_level(template: Path) -> None:
    parts = open_house(template, house_style().fonts, FILE).parts
    levels = root(packed(dict(parts)), STYLES).findall(f"{W}style[@{W}styleId='1']/{W}pPr/{W}outlineLvl")

    assert [level.get(W + "val") for level in levels] == ["0"]


def test_derived_lists_number_and_point(template: Path) -> None:
    house = open_house(template, house_style().fonts, FILE)
    word = WRITERS["docx"].write(sample_document(), house)

    kinds = [node.get(W + "val") for node in root(word, "word/numbering.xml").iter(W + "numFmt")]
    assert sorted(set(kinds)) == ["bullet", "decimal"]


def test_the_same_template_gives_the_same_bytes(template: Path) -> None:
    first, second = (open_house(template, house_style().fonts, FILE) for _ in range(2))

    assert WRITERS["docx"].write(sample_document(), first) == WRITERS["docx"].write(sample_document(), second)


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("", "no style Normal"),
        (MAPPING.replace('"Заголовок 1"', '"Заголовок 7"'), "no style Заголовок 7, which is to be Heading 1|Heading 1"),
        (MAPPING.replace("Lead =", "Leed ="), "no style Leed in a brief"),
        (MAPPING.replace('"derive"', '"ignore"'), "missing is 'ignore'"),
        (MAPPING.replace('like = "Кесте атауы"', 'like = "Нет"'), "no style Нет, whose look Caption"),
        (MAPPING + 'Superior = "Заголовок 2"\n', "style Заголовок 2 is a paragraph style"),
        ("[styles\n", "cannot be read"),
        ('colour = "red"\n', "unknown key colour"),
        ('styles = "Normal"\n', "styles is no table"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_told(tmp_path: Path, mapping: str, message: str) -> None:
    path = ministry(FILE, tmp_path)
    path.with_suffix(".toml").write_text(mapping, "utf-8")
    if not mapping:
        path.write_bytes(packed({**unpacked(path.read_bytes()), "word/numbering.xml": b"<x/>"}))

    with pytest.raises(HouseError, match=message):
        open_house(path, house_style().fonts, FILE)


def test_a_file_without_a_mapping_names_what_it_lacks(tmp_path: Path) -> None:
    path = changed(
        FILE, tmp_path / "house.docx", replaced(STYLES, '<w:name w:val="Lead"/>', '<w:name w:val="Leader"/>')
    )

    with pytest.raises(HouseError, match="no style Lead\n"):
        open_house(path, house_style().fonts)


# ---------------------------------------------------------------- the choice


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of templates with several house styles, each with its name in the header."""
    templates = tmp_path_factory.mktemp("shelf") / "templates"
    shutil.copytree(TEMPLATES, templates)
    for name in ("language", "report", "pair", "europe", "asked"):
        mark = f"<w:p><w:r><w:t>STYLE-{name}</w:t></w:r></w:p></w:hdr>"
        changed(FILE, templates / "house" / f"{name}.docx", replaced(HEADER, "</w:hdr>", mark))
    with (templates / "templates.toml").open("a", encoding="utf-8") as file:
        file.write('house_by_language = { kk = "language", ru = "language" }\n')
        file.write('house_by_department = { "Department of Europe" = "europe" }\n')
    with (templates / "reports" / "reference" / "report.toml").open("a", encoding="utf-8") as file:
        file.write('house = "report"\nhouse_by_language = { kk = "pair" }\n')
    return templates


@pytest.mark.parametrize(
    ("tag", "report", "department", "style"),
    [
        ("en", "brief", "", "brief"),
        ("en", "reference", "", "report"),
        ("ru", "brief", "", "language"),
        ("ru", "reference", "", "language"),
        ("kk", "reference", "", "pair"),
        ("kk", "reference", "Department of Europe", "europe"),
        ("kk", "reference", "Another department", "pair"),
    ],
)
def test_the_nearest_choice_of_a_house_style_counts(
    shelf: Path, tag: str, report: str, department: str, style: str
) -> None:
    library = open_library(shelf)
    asked = replace(library.report(report), circulation=Circulation(department=department))

    assert library.house(asked, tag) == style


def test_each_language_of_an_order_is_in_its_own_house_style_and_each_is_opened_once(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def noted(path: Path, *more: Any) -> House:
        opened.append(path.stem)
        return open_house(path, *more)

    monkeypatch.setattr("reports.house.open_house", noted)
    workshop, data = Workshop(shelf, None, FONTS), desk()[1]
    order = Order("KZ", "LU", DAY, "reference", ("en", "ru", "kk"), ("docx",))
    files = {**fill(order, workshop, data).files, **fill(order, workshop, data).files}

    found = {name.split(".")[1]: docx_text(blob) for name, blob in files.items()}
    assert {tag: text[text.index("STYLE-") :].split()[0] for tag, text in found.items()} == {
        "en": "STYLE-report", "ru": "STYLE-language", "kk": "STYLE-pair",
    }  # fmt: skip
    assert sorted(opened) == ["language", "pair", "report"]


def test_a_house_style_that_is_asked_for_beats_all(shelf: Path) -> None:
    workshop = Workshop(shelf, house_path(shelf, "asked"), FONTS)

    assert workshop.house(workshop.library.report("reference"), "kk").path.stem == "asked"


def test_a_house_style_that_there_is_not_is_named(shelf: Path) -> None:
    with pytest.raises(UnknownChoice, match="asked, brief, europe, language, pair, report"):
        house_path(shelf, "missing")


@pytest.mark.parametrize("line", ["house = 3", "house_by_language = 'ru'", "house_by_language = { ru = 3 }"])
def test_a_choice_that_is_none_is_told(tmp_path: Path, line: str) -> None:
    folder = tmp_path / "reports" / "note"
    folder.mkdir(parents=True)
    (folder / "report.toml").write_text(f'page = "p.j2"\nsections = []\n{line}\n', "utf-8")
    library = replace(open_library(TEMPLATES), templates=tmp_path)

    with pytest.raises(WordingError, match="house"):
        library.report("note")


def test_the_stamp_sees_every_house_style_and_mapping_that_may_be_used(shelf: Path) -> None:
    def stamped(chosen: Path | None) -> str:
        return stamp_of(shelf, chosen, FONTS).house

    before, asked = stamped(None), stamped(shelf / "house" / "asked.docx")
    (shelf / "house" / "report.toml").write_text('missing = "derive"\n', "utf-8")
    assert stamped(None) != before
    assert stamped(shelf / "house" / "asked.docx") == asked
    (shelf / "house" / "asked.toml").write_text('missing = "derive"\n', "utf-8")
    assert stamped(shelf / "house" / "asked.docx") != asked
    (shelf / "house" / "report.toml").unlink()
    (shelf / "house" / "asked.toml").unlink()


# ---------------------------------------------------------------- house check and proof


def test_the_shipped_house_style_has_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["house", "check", "--json"]) == 0
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert {problem["severity"] for problem in problems} <= {"warning"}


@pytest.mark.parametrize(
    ("colours", "ratio"), [(("000000", "FFFFFF"), 21), (("777777", "FFFFFF"), 4.48), (("FFFFFF", "FFFFFF"), 1)]
)
def test_contrast_is_that_of_wcag(colours: tuple[str, str], ratio: float) -> None:
    assert contrast(*colours) == pytest.approx(ratio, abs=0.005)
    assert contrast(*colours[::-1]) == contrast(*colours)


COLOUR = r'(w:styleId="{}">.*?<w:color w:val=")\w+'
HEAD = '(w:styleId="BriefTable">.*?"firstRow">.*?</w:tcBorders>)'
DARK = r'\1<w:shd w:val="clear" w:color="auto" w:fill="0B3C5D"/>'


@pytest.mark.parametrize(
    ("change", "message", "severity"),
    [
        ((STYLES, COLOUR.format("Header"), r"\g<1>B0B0B0"), "in header or footer: #B0B0B0 on #FFFFFF", "error"),
        ((STYLES, COLOUR.format("PanelDetail"), r"\g<1>8A929A"), "style Panel Detail: #8A929A on #EDF2F7", "error"),
        ((STYLES, COLOUR.format("Title"), r"\g<1>8A8A8A"), "", ""),  # large: 3 to 1 is enough
        ((STYLES, HEAD, DARK), "style Table Header: #0B3C5D on #0B3C5D", "error"),
        ((HEADER, '<w:tag w:val="department"/>', ""), "no place for the department", "warning"),
        ((FOOTER, '<w:tag w:val="classification"/>', ""), "the footer has no place for the classification", "warning"),
        ((STYLES, '<w:name w:val="Lead"/>', '<w:name w:val="Leader"/>'), "no style Lead", "error"),
        ((STYLES, 'w:ascii="Noto Serif"', 'w:ascii="Garamond"'), "Noto Sans stands in for it in PDF", "warning"),
    ],
)
def test_house_check_names_what_is_wrong(
    tmp_path: Path, change: tuple[str, str, str], message: str, severity: str
) -> None:
    path = changed(FILE, tmp_path / "house.docx", replaced(*change))
    before = {problem.message for problem in problems_of(FILE, house_style().fonts)}
    found = [problem for problem in problems_of(path, house_style().fonts) if problem.message not in before]

    if not message:
        assert [problem for problem in found if problem.severity == "error"] == []
        return
    assert [problem.severity for problem in found if message in problem.message][:1] == [severity]


def test_a_picture_without_words_is_told(tmp_path: Path) -> None:
    path = changed(FILE, tmp_path / "house.docx", with_emblem, replaced(HEADER, 'descr="[^"]*"', 'descr=""'))

    assert "a picture without alternative text" in str(problems_of(path, house_style().fonts))


def test_house_check_goes_by_name_and_by_path_and_its_status_tells_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed(
        FILE, tmp_path / "pale.docx", replaced(STYLES, '(w:styleId="Header">.*?val=")5B6770', r"\g<1>CCCCCC")
    )

    assert main(["house", "check", str(path)]) == 1
    assert "WCAG" in capsys.readouterr().err
    assert main(["house", "check", "brief"]) == 0
    assert main(["house", "check", "nowhere"]) == 2


def test_the_stand_in_of_a_font_is_what_the_machine_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "fc-match"
    program.write_text('#!/bin/sh\nprintf "Liberation Serif"\n', "utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))

    found = [str(problem) for problem in problems_of(FILE, house_style().fonts)]

    assert any("Noto Serif is not installed here: a Word file shows in Liberation Serif" in said for said in found)


def test_the_proof_sheet_has_every_block_and_the_name_of_every_style(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert {type(block) for block in proof("en", DAY).blocks} == set(get_args(Block))
    assert main(["house", "proof", "--out", str(tmp_path)]) == 0

    assert capsys.readouterr().out.split() == [str(tmp_path / f"brief.proof.{kind}") for kind in ("docx", "pdf")]
    word, pdf = ((tmp_path / f"brief.proof.{kind}").read_bytes() for kind in ("docx", "pdf"))
    assert faults(word) == []
    stories = root(word), root(word, "word/footnotes.xml")
    used = {node.get(W + "val") for tree in stories for node in tree.iter(W + "pStyle", W + "rStyle", W + "tblStyle")}
    ids = house_style().style_ids
    assert {name for name in ALL if ids[name] not in used} == {"Header", "Footer", "Classification"}
    assert b'w:val="Classification"' in unpacked(word)[HEADER]
    squashed = " ".join(pdf_text(pdf).split())
    for name in ALL:
        assert name in squashed or name in {"Panel Number", *TABLES}, name


# ---------------------------------------------------------------- number, copy, day, department


GIVEN = Circulation("14/2025", 3, 10, date(2025, 10, 21), "Department of Europe")


@cache
def desk() -> tuple[Workshop, Data]:
    return Workshop(TEMPLATES, None, FONTS), SOURCES["folder"](ROOT / "data")[0]


def furniture(tag: str, circulation: Circulation) -> Mapping[str, str]:
    workshop, data = desk()
    order = Order("KZ", "LU", DAY, "reference", (tag,), (), circulation=circulation)
    found = fill(order, workshop, data).documents[tag].furniture
    return {name: getattr(found, name) for name in ("number", "copy", "circulated", "department")}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_says_number_copy_and_day(tag: str) -> None:
    said = furniture(tag, GIVEN)

    assert "14/2025" in said["number"]
    assert "3" in said["copy"]
    assert "10" in said["copy"]
    assert "2025" in said["circulated"]
    assert said["department"] == "Department of Europe"
    assert len(set(said.values())) == 4


def test_the_words_of_a_lone_copy_and_of_nothing() -> None:
    assert furniture("en", Circulation(copy=3)) == {
        "number": "", "copy": "Copy No. 3", "circulated": "", "department": "",
    }  # fmt: skip
    assert set(furniture("ru", Circulation()).values()) == {""}


def test_what_has_no_place_in_the_house_style_is_told(tmp_path: Path) -> None:
    path = changed(FILE, tmp_path / "house.docx", replaced(FOOTER, '<w:tag w:val="number"/>', ""))
    workshop, data = Workshop(TEMPLATES, path, FONTS), desk()[1]
    order = Order("KZ", "LU", DAY, "reference", ("en",), ("docx",))

    given = fill(replace(order, circulation=GIVEN), workshop, data).problems
    assert ["no place for the number" in str(problem) for problem in given].count(True) == 1
    assert not any("no place" in str(problem) for problem in fill(order, workshop, data).problems)


def test_a_numbered_copy_is_a_file_of_its_own() -> None:
    order = Order("KZ", "LU", DAY, "brief", ("en",), ("docx",))

    assert replace(order, circulation=GIVEN).name == "brief-copy-3"
    assert replace(order, circulation=replace(GIVEN, copy=0)).name == "brief"


@pytest.mark.parametrize("copy", ["three", "0", "3/", "11/10", "-1"])
def test_a_copy_that_is_none_is_refused(copy: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", "LU", "--copy", copy]) == 2
    assert "--copy" in capsys.readouterr().err


def test_an_edition_keeps_what_was_said_and_is_made_again_with_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [
        "brief",
        "LU",
        "--report",
        "reference",
        "--as-of",
        "2025-10-20",
        "--format",
        "docx",
        "--out",
        str(tmp_path),
    ]
    given = ["--number", "14/2025", "--circulated", "2025-10-21", "--department", "Department of Europe"]
    assert main([*asked, *given]) == 0
    path = tmp_path / "KZ-LU" / "2025-10-20" / "reference.en.docx"
    assert "Brief No. 14/2025" in words(root(path.read_bytes(), FOOTER))
    assert (
        main(["editions", "rebuild", "KZ-LU/2025-10-20", "--out", str(tmp_path), "--to", str(tmp_path / "again")]) == 0
    )
    assert "1 of 1 files have the same bytes" in capsys.readouterr().err

    assert main([*asked, *given]) == 0
    assert "unchanged" in capsys.readouterr().err
    assert main([*asked, "--number", "15/2025"]) == 0
    assert "Brief No. 15/2025" in words(root(path.read_bytes(), FOOTER))


def test_a_house_style_that_cannot_be_used_is_told_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "house.docx").write_bytes(b"no zip")
    asked = ["brief", "LU", "--report", "reference", "--as-of", "2025-10-20", "--out", str(tmp_path / "out")]

    assert main([*asked, "--house", str(tmp_path / "house.docx")]) == 1
    assert "no Word document" in capsys.readouterr().err
    assert issubclass(HouseError, ReportError)
