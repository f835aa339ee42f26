"""The tables of words: read, checked, and the texts of the data that want them."""

import shutil
from pathlib import Path

import pytest

from reports.sources import SOURCES
from reports.sources.words import needed_texts
from tests.data_folders import GOOD, add_row, change, only

RU = "words/ru.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "data"))


def test_forms_are_found_by_language_entry_and_case() -> None:
    data, _ = SOURCES["folder"](GOOD)

    forms = {"": "Люк Фриден", "ins": "Люком Фриденом", "short": "Л. Фриден"}
    assert data.words["ru"]["person", "Luc Frieden"] == forms
    assert set(data.words) == {"ru"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"kind": "persn", "entry": "Henri", "form": "Анри", "status": "draft"}, "kind 'persn' is none of its values"),
        ({"kind": "person", "entry": "Henri", "form": "Анри", "status": "good"}, "status 'good' is none of its values"),
        ({"kind": "person", "entry": "Henri", "form": "", "status": "draft"}, "'form' is empty"),
        (
            {"kind": "person", "entry": "Luc Frieden", "case": "ins", "form": "Л", "status": "draft"},
            "in case 'ins' twice",
        ),
    ],
)
def test_a_bad_row_of_words_is_named(folder: Path, row: dict[str, str], message: str) -> None:
    line = add_row(folder / RU, **row)
    problem = only(folder)

    assert (problem.where, problem.severity) == (f"{RU}:{line}", "error")
    assert message in problem.message


def test_words_that_no_data_uses_are_a_warning_with_the_nearest_entry(folder: Path) -> None:
    change(folder / RU, "title,Prime Minister,", "title,Prime Ministr,")
    problem = only(folder)

    assert (problem.where, problem.severity) == (f"{RU}:5", "warning")
    assert problem.message == "no data has the title 'Prime Ministr'"
    assert problem.hint == "did you mean Prime Minister?"


def test_a_table_of_words_is_named_by_a_language_tag(folder: Path) -> None:
    (folder / RU).rename(folder / "words" / "Russian words.csv")

    assert "is no language tag" in only(folder).message


def test_every_text_that_a_brief_can_print_is_needed_once() -> None:
    data, _ = SOURCES["folder"](GOOD)
    texts = needed_texts(data)
    by_kind = {(entry.kind, entry.text): entry.where for entry in texts}

    assert len(by_kind) == len(texts)
    assert by_kind["place", "New York"].startswith("pairs/KZ-EU/events.yaml:")
    assert by_kind["person", "Olinger"].startswith("countries/LU.yaml:")
    for kind, text in [
        ("title", "Grand Duke"), ("occasion", "EXPO 2017"), ("area", "pharmaceuticals"), ("role", "observer"),
        ("group", "European Union"), ("group", "Benelux"), ("place", "Brussels"), ("person", "Benedikt Sobotka"),
    ]:  # fmt: skip
        assert (kind, text) in by_kind


def test_a_text_that_is_never_printed_needs_no_words(folder: Path) -> None:
    change(folder / "pairs/KZ-LU/events.yaml", "occasion: EXPO 2017,", "occasion: EXPO 2017, use: no,")
    texts = needed_texts(SOURCES["folder"](folder)[0])

    assert "EXPO 2017" not in {entry.text for entry in texts}
    assert all(entry.text and entry.where for entry in texts)
