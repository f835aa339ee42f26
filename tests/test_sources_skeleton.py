"""A new pair starts from a skeleton that reads without a word; the schemas that editors use are current."""

from pathlib import Path

import pytest

from reports.errors import DataError, OutputError
from reports.sources import SOURCES, schemas
from reports.sources.skeleton import new_pair

ROOT = Path(__file__).parent.parent


def test_a_new_folder_reads_without_a_word(tmp_path: Path) -> None:
    written = new_pair(tmp_path / "data", "LU", "JP")
    data, problems = SOURCES["folder"](tmp_path / "data")

    assert problems == ()
    assert (data.home, set(data.countries), set(data.pairs)) == ("LU", {"LU", "JP"}, {("LU", "JP")})
    assert all(path.is_file() for path in written)
    assert {path for path in (tmp_path / "data").rglob("*") if path.is_file()} == set(written)


def test_the_examples_of_the_skeleton_are_right_when_filled_in(tmp_path: Path) -> None:
    new_pair(tmp_path / "data", "LU", "JP")
    for path in (tmp_path / "data").rglob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        records = [line.removeprefix("# ") for line in lines if line.startswith(("#   - ", "# ")) and _is_record(line)]
        path.write_text("\n".join(records or lines) + "\n", encoding="utf-8")
    persons = "".join(f"{letter}. Example,LU,,,,\n" for letter in "ABCDEF")
    _append(tmp_path / "data/people.csv", persons)
    _append(tmp_path / "data/sources.csv", "example-2025-01-31,P,T,2025-12-31,,,,,,\n")
    _append(
        tmp_path / "data/countries/JP.yaml",
        "  - {office: other, title: T, person: F. Example, seen: 2024, source: example-2025-01-31}\n",
    )
    data, problems = SOURCES["folder"](tmp_path / "data")

    assert problems == ()
    assert len(data.countries["LU"].offices) == 4
    assert data.pairs["LU", "JP"].events[0].who == ("A. Example", "F. Example")
    assert data.pairs["LU", "JP"].relations.visas[0].days == 30


def _is_record(line: str) -> bool:
    return "{" in line or line.removeprefix("# ").rstrip() in {
        "memberships:", "offices:", "missions:", "ambassadors:", "agreements:", "events:",
    }  # fmt: skip


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_second_pair_keeps_what_is_there(tmp_path: Path) -> None:
    new_pair(tmp_path / "data", "LU", "JP")
    profile = tmp_path / "data/countries/LU.yaml"
    profile.write_text("# mine\n", encoding="utf-8")
    written = new_pair(tmp_path / "data", "LU", "BB")

    assert profile.read_text(encoding="utf-8") == "# mine\n"
    assert {path.name for path in written} == {
        "BB.yaml", "observations.csv", "relations.yaml", "agreements.yaml", "events.yaml",
    }  # fmt: skip
    assert "# LU and BB:" in (tmp_path / "data/pairs/LU-BB/relations.yaml").read_text(encoding="utf-8")
    assert SOURCES["folder"](tmp_path / "data")[1] == ()


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        (("LU", "JP"), "is there already"),
        (("JP", "LU"), "is there already"),
        (("LU", "LU"), "twice the same country"),
        (("LU", "../x"), "unknown country"),
        (("QO", "LU"), "unknown country"),
    ],
)
def test_a_pair_that_is_there_or_is_none_is_refused(tmp_path: Path, codes: tuple[str, str], message: str) -> None:
    new_pair(tmp_path, "LU", "JP")

    with pytest.raises(DataError, match=message):
        new_pair(tmp_path, *codes)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", encoding="utf-8")

    with pytest.raises(OutputError, match="cannot be written"):
        new_pair(tmp_path / "data", "LU", "JP")


@pytest.mark.parametrize("name", sorted(schemas.schemas()))
def test_the_schemas_in_the_repository_are_current(name: str) -> None:
    path = ROOT / "data" / "schemas" / name

    assert path.read_text(encoding="utf-8") == schemas.schemas()[name], "python -m reports.sources.schemas writes them"


def test_the_schemas_in_the_repository_are_all_there_are() -> None:
    assert {path.name for path in (ROOT / "data" / "schemas").iterdir()} == set(schemas.schemas())


def test_the_shipped_indicators_are_those_of_the_repository() -> None:
    shipped = (ROOT / "reports/sources/starters/indicators.csv").read_bytes()

    assert (ROOT / "data/indicators.csv").read_bytes() == shipped
