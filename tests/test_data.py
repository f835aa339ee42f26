"""The data of the repository: it reads, nothing in it is left over, and it has all that the first release needs."""

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from reports.facts.people import titles_on
from reports.facts.profile_records import Office
from reports.facts.records import Data, Event
from reports.facts.values import Amount, Count, Day, Quantity
from reports.sources import SOURCES, observations, schemas, tables, words
from reports.sources.alarms import ALARMS
from reports.sources.csv_files import Columns
from reports.sources.models import SECTIONS

DATA = Path(__file__).parent.parent / "data"
RELEASE = "qazinform-2025-10-20"


@cache
def data() -> Data:
    return SOURCES["folder"](DATA)[0]


def test_the_data_of_the_repository_reads_without_an_unread_alarm() -> None:
    problems = [problem for problem in SOURCES["folder"](DATA)[1] if not problem.where.startswith("words/")]

    assert problems == []


@pytest.mark.parametrize("partner", ["LU", "DE", "UZ", "CN", "TR", "FR", "EU", "WLD"])
def test_every_partner_of_the_first_release_is_there(partner: str) -> None:
    assert ("KZ", partner) in data().pairs


@pytest.mark.parametrize("country", ["KZ", "LU", "DE", "UZ", "CN", "TR", "FR"])
def test_every_country_has_its_leaders_and_capital(country: str) -> None:
    held = {office.office for office in data().countries[country].offices if office.tenure.end is None}

    assert held >= {"head_of_state", "head_of_government", "foreign_minister"}
    assert data().countries[country].capital


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts() -> str:
    files = [*(DATA / "pairs").rglob("*"), *(DATA / "countries").rglob("*")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files if path.is_file())


def used_sources() -> Iterator[str]:
    for country in data().countries.values():
        yield from (source for row in country.observations for source in row.sources)
    for pair in data().pairs.values():
        yield from (source for row in pair.observations for source in row.sources)


def test_no_source_or_person_is_left_over() -> None:
    in_records, in_rows = texts(), set(used_sources())

    assert [
        row["source"] for row in rows("sources.csv") if row["source"] not in in_rows | set(_words(in_records))
    ] == []
    assert [row["name"] for row in rows("people.csv") if row["name"] not in in_records] == []


def _words(text: str) -> Iterator[str]:
    for mark in "[]{},":
        text = text.replace(mark, " ")
    yield from text.split()


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.csv")), ids=lambda path: str(path.relative_to(DATA)))
def test_tables_are_written_as_the_format_says(path: Path) -> None:
    content = path.read_bytes()

    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert not content.startswith(b"\xef\xbb\xbf")


def test_every_status_is_a_letter_of_the_code_list() -> None:
    used = {letter for country in data().countries.values() for row in country.observations for letter in row.status}

    assert used <= set(observations.STATUSES)


# ---------------------------------------------------------------- the release that started the project


def million(digits: str, scale: int = 6) -> Amount:
    return Amount(Decimal(digits), scale, "USD")


@pytest.mark.parametrize(
    ("indicator", "period", "value"),
    [
        ("trade.turnover", "2025-01/2025-08", million("13.6")),
        ("trade.turnover", "2024", million("19.54")),
        ("trade.exports", "2024", million("36.5", 3)),
        ("trade.imports", "2024", million("19.5")),
        ("fdi.inflow.gross", "2024", million("520.5")),
        ("fdi.inflow.gross", "2023", million("424.5")),
        ("fdi.cumulative", "2005/2025-Q2", million("3.5", 9)),
        ("enterprises.active", "2025-10-20", Count(Decimal(178))),
    ],
)
def test_every_figure_of_the_release_is_there(indicator: str, period: str, value: Quantity) -> None:
    found = [
        row for row in data().pairs["KZ", "LU"].observations if (row.indicator, str(row.period)) == (indicator, period)
    ]

    assert [(row.value, row.reporter, row.sources) for row in found] == [(value, "KZ", (RELEASE,))]


def event(day: Day) -> Event:
    return next(event for event in data().pairs["KZ", "LU"].events if event.day == day)


def title(person: str, day: Day) -> str:
    post = titles_on(data(), person, day)
    assert isinstance(post, Office)
    return post.title


def test_every_meeting_of_the_release_is_there() -> None:
    talks, meeting = event(Day(2025, 10, 20)), event(Day(2025, 9, 23))

    assert (talks.kind, talks.who, talks.latest) == ("consultations", ("Issetov", "Olinger"), True)
    assert (meeting.place, meeting.occasion) == ("New York", "80th UN General Assembly")
    assert title("Issetov", Day(2025, 10, 20)) == "Deputy Minister of Foreign Affairs"
    assert title("Olinger", Day(2025, 10, 20)) == "Secretary-General"
    assert title(meeting.who[1], Day(2025, 9, 23)) == "Prime Minister"


def test_the_agreements_relations_and_areas_of_the_release_are_there() -> None:
    agreement = data().pairs["KZ", "EU"].agreements[0]
    relations = data().pairs["KZ", "LU"].relations

    assert agreement.title.startswith("Enhanced Partnership and Cooperation Agreement between the European Union")
    assert (agreement.signed, agreement.place) == (Day(2015, 12, 21), "Astana")
    assert "EU" in data().countries["LU"].memberships[0].groups
    assert relations.diplomatic_relations[0].day == Day(1992, 6, 29)
    assert relations.areas[0].names == (
        "green technologies", "digitalization", "renewable energy", "pharmaceuticals", "agriculture",
    )  # fmt: skip


def test_the_heads_of_luxembourg_are_there_with_their_terms() -> None:
    offices = {office.person: office.tenure for office in data().countries["LU"].offices if office.office != "other"}

    assert (offices["Henri"].start, offices["Henri"].end) == (Day(2000, 10, 7), Day(2025, 10, 3))
    assert (offices["Guillaume V"].start, offices["Guillaume V"].end) == (Day(2025, 10, 3), None)
    assert (offices["Luc Frieden"].start, offices["Luc Frieden"].end) == (Day(2023, 11, 17), None)


# ---------------------------------------------------------------- its documentation


def documented() -> str:
    return (DATA.parent / "docs" / "data-format.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", sorted(SECTIONS))
def test_every_section_and_key_of_yaml_is_documented(file: str) -> None:
    text = documented()
    wanted = {*SECTIONS[file], *(key for keys in SECTIONS[file].values() for key in keys)}

    assert {key for key in wanted if not re.search(rf"\b{key}\b", text)} == set()


@pytest.mark.parametrize("columns", [observations.COLUMNS, words.COLUMNS, *tables.ALL], ids=lambda of: of.names[0])
def test_every_column_is_documented(columns: Columns) -> None:
    text = documented()

    assert {name for name in columns.names if not re.search(rf"\b{name}\b", text)} == set()


def test_every_choice_is_documented() -> None:
    schema = "".join(schemas.schemas().values())
    choices = set(re.findall(r'^\s+"([a-z_]{4,})",?$', schema, re.MULTILINE)) | {*observations.REMARKS, *ALARMS}

    assert "honorary_consulate" in choices
    assert {choice for choice in choices if choice not in documented()} == set()
