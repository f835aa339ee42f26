"""Laws of reading: digits are kept, and whatever bytes a file holds, problems are told and nothing else is raised."""

import csv
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.errors import Problem
from reports.facts.values import Period
from reports.sources.csv_files import Columns, rows
from reports.sources.keys import parse_day
from reports.sources.numbers import digits
from reports.sources.text import FORBIDDEN, clean
from reports.sources.yaml_files import tree
from tests.data_folders import GOOD, told

NUMBERS = st.from_regex(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,12})?", fullmatch=True)
CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20).map(
    lambda text: clean(text)[0].strip()
)
YAML_PIECES = st.lists(
    st.sampled_from([
        "events: ", "- ", "{", "}", "[", "]", ", ", "kind: call", "date: 2024", "\n", "  ", "'", '"', "&a ", "*a", "%",
        "!!int ", "#", ">\n", "? ", "\\", "---\n", "\v",
    ])
).map("".join)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy for all examples: each of them overwrites the same file."""
    return Path(shutil.copytree(GOOD, tmp_path_factory.mktemp("laws") / "data"))


@given(NUMBERS)
@example("0.000000001")
@example("5.0")
def test_digits_are_kept_as_published(text: str) -> None:
    low, high = digits(text)

    assert f"{low:f}" == text
    assert high is None


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5))
def test_a_table_reads_back_as_it_was_written(folder: Path, table: list[tuple[str, str, str]]) -> None:
    path = folder / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("a", "b", "c"), *table])
    problems: list[Problem] = []
    read = rows(path, folder, Columns((), ("a", "b", "c")), problems)
    path.unlink()

    assert problems == []
    assert [tuple(row.cells.values()) for row in read] == [cells for cells in table if any(cells)]


@given(st.binary(max_size=200) | YAML_PIECES.map(str.encode))
@example(b"[" * 5000)
@example(b"a: " * 5000)
@example(b'a: "\\ud800"')
@example(b"\xef\xbb\xbf\xef\xbb\xbfevents: none")
@example(b"events: \xc2\x85 none")
def test_any_bytes_in_a_yaml_file_are_read_or_told(folder: Path, content: bytes) -> None:
    path = folder / "pairs/KZ-EU/notes.yaml"
    path.write_bytes(content)
    problems: list[Problem] = []
    read = tree(path, folder, problems)

    assert read is not None or any(problem.severity == "error" for problem in problems)
    assert all(isinstance(problem, Problem) for problem in told(folder))


@given(st.binary(max_size=200) | st.text(st.sampled_from('indicator,source;"\n\r\0 20.5')).map(str.encode))
@example(b'indicator,source\n"x')
@example(b"indicator,source\r\r\rx,y")
@example(b'"' + b"x" * 200_000 + b'"\n')
def test_any_bytes_in_a_table_are_read_or_told(folder: Path, content: bytes) -> None:
    path = folder / "pairs/KZ-EU/observations.csv"
    path.write_bytes(content)
    problems = told(folder)
    path.unlink()

    assert not any(FORBIDDEN.search(problem.message) for problem in problems)


@given(st.text("0123456789-/.QPY", max_size=24))
def test_any_text_is_a_day_or_a_value_error(text: str) -> None:
    try:
        day = parse_day(text)
    except ValueError:
        return

    assert str(day) == text
    assert day.first <= day.last


@given(st.text("0123456789-/.QPY", max_size=24))
def test_any_text_is_a_period_or_a_value_error(text: str) -> None:
    try:
        period = Period.parse(text)
    except ValueError:
        return

    assert Period.parse(str(period)) == period
