"""Reading a data folder: the good one as it is, and one fault at a time told with file, line and a hint."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.errors import DataError
from reports.facts.people import titles_on
from reports.facts.profile_records import Office
from reports.facts.values import Amount, Count, Day, Days, Measure, Part, Percent, Times
from reports.sources import SOURCES, numbers
from reports.sources.freshness import unconfirmed
from reports.sources.text import FORBIDDEN, clean
from tests.data_folders import GOOD, add_row, change, only, told

LU = "pairs/KZ-LU/observations.csv"
SOURCE = "qazinform-2025-10-20"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "data"))


# ---------------------------------------------------------------- the good folder


def test_the_good_folder_reads_without_a_word() -> None:
    assert SOURCES["folder"](GOOD)[1] == ()


def test_values_keep_the_digits_as_published() -> None:
    data, _ = SOURCES["folder"](GOOD)
    values = {row.indicator: row.value for row in data.countries["LU"].observations if not row.item}
    pair = {(row.indicator, str(row.period)): row for row in data.pairs["KZ", "LU"].observations}

    assert values["area"] == Measure(Decimal(2586), 0, "km2")
    assert values["population"] == Count(Decimal(671254))
    assert values["gdp.nominal"] == Amount(Decimal("93.197"), 9, "USD")
    assert pair["trade.exports", "2024"].value == Amount(Decimal("36.5"), 3, "USD")
    assert pair["trade.turnover.change", "2022"].value == Times(Decimal("2.5"))
    assert pair["trade.turnover", "2025-01/2025-08"].remark == "mainly_imports"


def test_trailing_zeros_are_kept() -> None:
    value = numbers.quantity("5.0", "USD", "9", "")

    assert isinstance(value, Amount)
    assert str(value.digits) == "5.0"


def test_a_range_has_two_ends() -> None:
    assert numbers.quantity("350..400", "", "", "about") == Count(Decimal(350), 0, "about", Decimal(400))
    assert numbers.quantity("-5.3", "percent", "", "") == Percent(Decimal("-5.3"))


def test_a_figure_is_known_from_the_day_of_its_first_source(folder: Path) -> None:
    row = {"indicator": "fdi.inflow.gross", "value": "1", "unit": "USD"}
    add_row(folder / LU, **row, period="2001", source=f"tageblatt-2019-05 {SOURCE}")
    add_row(folder / LU, **row, period="2002", source="jeudi")  # an undated page: the day on which it was read
    data, _ = SOURCES["folder"](folder)
    known = {str(row.period): row.known for row in data.pairs["KZ", "LU"].observations}

    assert (known["2024"], known["2001"]) == (date(2025, 10, 20), date(2019, 5, 31))
    assert known["2002"] == data.sources["jeudi"].accessed


def test_an_open_period_was_said_on_the_day_of_its_source() -> None:
    data, _ = SOURCES["folder"](GOOD)
    row = next(row for row in data.pairs["KZ", "LU"].observations if row.period and row.period.end is None)

    assert row.period is not None
    assert (row.period.start, row.period.said) == (Part(2005), date(2024, 10, 15))


def test_the_column_published_is_the_vintage(folder: Path) -> None:
    change(folder / LU, "indicator,period", "published,indicator,period")
    path = folder / LU
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], *(f"2025-09,{line}" for line in lines[1:])]) + "\n", encoding="utf-8")
    data, _ = SOURCES["folder"](folder)

    assert {row.known for row in data.pairs["KZ", "LU"].observations} == {date(2025, 9, 30)}


def test_plain_yaml_values_are_text(folder: Path) -> None:
    path = folder / "pairs/KZ-LU/events.yaml"
    change(path, "occasion: EXPO 2017", "occasion: NO")
    change(path, "place: New York", "place: 1.10")
    data, _ = SOURCES["folder"](folder)
    events = {f"{event.day}{event.place}": event for event in data.pairs["KZ", "LU"].events}

    assert (events["2017Astana"].occasion, events["2025-09-231.10"].place) == ("NO", "1.10")
    assert (events["2025-10-20"].latest, events["2017Astana"].latest) == (True, False)
    assert [event.documents for event in events.values() if event.documents] == [2]


def test_a_section_known_to_be_empty_is_not_an_unknown_one(folder: Path) -> None:
    (folder / "pairs/KZ-LU/agreements.yaml").write_text("agreements: none\n", encoding="utf-8")
    data, _ = SOURCES["folder"](folder)

    assert data.pairs["KZ", "LU"].none == {"agreements"}
    assert data.pairs["KZ", "DE"].none == frozenset()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_table_reads_the_same_however_it_was_saved(folder: Path, newline: str, mark: bytes, delimiter: str) -> None:
    path = folder / "countries/LU.csv"
    text = path.read_text(encoding="utf-8").replace(",", delimiter).replace("\n", newline)
    path.write_bytes(mark + text.encode())

    assert SOURCES["folder"](folder)[0].countries == SOURCES["folder"](GOOD)[0].countries


def test_columns_are_known_by_name_in_any_order(folder: Path) -> None:
    path = folder / "countries/LU.csv"
    rows = [line.split(",")[::-1] for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")

    assert SOURCES["folder"](folder)[0].countries == SOURCES["folder"](GOOD)[0].countries


def test_an_indicator_with_suffixes_is_measured_by_the_last() -> None:
    data, _ = SOURCES["folder"](GOOD)

    assert data.indicators["trade.turnover.change"].unit == "percent"
    assert data.indicators["trade.turnover"].unit == "USD"


# ---------------------------------------------------------------- rows

BAD_CELLS = [
    ({"indicator": "trade.turnovr"}, "unknown indicator 'trade.turnovr'", "did you mean trade.turnover?"),
    ({"period": "2025-13"}, "period '2025-13' is none", "write 2024"),
    ({"period": "2025-02-30"}, "period '2025-02-30' is none", "write 2024"),
    ({"period": "2025/2024"}, "period '2025/2024' is none", "write 2024"),
    ({"period": ""}, "no period for a flow", "write 2024"),
    ({"period": "Aug-25"}, "period 'Aug-25' is none", "a spreadsheet turned it into a date"),
    ({"period": "45292"}, "period '45292' is none", "a spreadsheet turned it into a date"),
    ({"period": "08.2025"}, "period '08.2025' is none", "write 2024"),
    ({"value": "13.июн"}, "value '13.июн' is no number", "a spreadsheet turned it into a date"),
    ({"value": "13.06.2025"}, "value '13.06.2025' is no number", "a spreadsheet turned it into a date"),
    ({"value": '"13,6"'}, "value '13,6' is no number", "the decimal mark is a point: 13.6"),
    ({"value": "1 234"}, "value '1 234' is no number", "digits are not grouped"),
    ({"value": "−5"}, "value '−5' is no number", "the minus sign is a hyphen"),
    ({"value": "1e6"}, "value '1e6' is no number", "digits as published"),
    ({"value": "n/a"}, "value 'n/a' is no number", "what is not known has no row"),
    ({"value": "٣"}, "value '٣' is no number", "digits as published"),
    ({"value": "400..350"}, "value '400..350' is a range that does not rise", "the lower number first"),
    ({"value": ""}, "neither value nor status", "status O"),
    ({"unit": "USDD"}, "unknown unit 'USDD'", "currency"),
    ({"unit": "km"}, "km for trade.turnover", "it is measured in USD"),
    ({"unit": ""}, "no unit for trade.turnover", "it is measured in USD"),
    ({"unit": "percent"}, "percent with a multiplier", "leave the multiplier empty"),
    ({"multiplier": "7"}, "multiplier '7' is none of its values", "choose from 3, 4, 6"),
    ({"reporter": "QQ"}, "unknown reporter 'QQ'", "choose from CIA"),
    ({"source": "qazinform-2025-10-21"}, "unknown source 'qazinform-2025-10-21'", f"did you mean {SOURCE}?"),
    ({"source": ""}, "'source' is empty", "no row"),
    ({"remark": "mainly_import"}, "remark 'mainly_import' is none of its values", "mainly_imports"),
]


@pytest.mark.parametrize(("cells", "message", "hint"), BAD_CELLS)
def test_a_bad_cell_is_named_with_its_line(folder: Path, cells: dict[str, str], message: str, hint: str) -> None:
    good = {"indicator": "trade.turnover", "period": "2019", "value": "20", "unit": "USD", "multiplier": "6"}
    line = add_row(folder / LU, **{**good, "source": SOURCE, **cells})
    problem = only(folder)

    assert problem.where == f"{LU}:{line}"
    assert message in problem.message
    assert hint in problem.hint
    assert problem.severity == "error"


MORE_BAD_CELLS = [
    ({"status": "R"}, "status 'R' is none", "R is never typed"),
    ({"status": "PP"}, "status 'PP' is none", "each once"),
    ({"status": "O"}, "value '5' with status O", "stand for a value"),
    ({"status": "N"}, "value '5' with status N", "the value is 0"),
    ({"base": "2019"}, "base '2019' for population", "only a .change"),
    ({"confidentiality": "X"}, "confidentiality 'X' is none of its values", "choose from F, N, C"),
    ({"use": "yes"}, "use 'yes' is none of its values", "choose from no"),
    ({"published": "soon"}, "published: 'soon' is no day", ""),
    ({"qualifier": "circa"}, "qualifier 'circa' is none of its values", "choose from over"),
]


@pytest.mark.parametrize(("cells", "message", "hint"), MORE_BAD_CELLS)
def test_a_bad_mark_is_named_with_its_line(folder: Path, cells: dict[str, str], message: str, hint: str) -> None:
    row = {"indicator": "population", "period": "2020", "value": "5", "source": "factbook-kz-2026-01-22", **cells}
    path = folder / "pairs/KZ-EU/observations.csv"
    path.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    problem = only(folder)

    assert problem.where == "pairs/KZ-EU/observations.csv:2"
    assert message in problem.message
    assert hint in problem.hint


def test_a_withheld_value_has_a_status_alone(folder: Path) -> None:
    path = folder / "pairs/KZ-EU/observations.csv"
    path.write_text(f"indicator,period,status,source\ntrade.exports,2020,Q,{SOURCE}\n", encoding="utf-8")
    row = SOURCES["folder"](folder)[0].pairs["KZ", "EU"].observations[0]

    assert (row.value, row.status) == (None, "Q")


def test_every_fault_of_a_run_is_told_at_once(folder: Path) -> None:
    add_row(folder / LU, indicator="trade.exports", period="x", value="y", unit="USD", source="z")
    change(folder / "countries/LU.yaml", "place: Luxembourg", "plaice: Luxembourg")
    messages = [problem.message for problem in told(folder)]

    assert len(messages) == 5  # source, period, value; unknown key, missing key


# ---------------------------------------------------------------- tables as files


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("indicator,period", "indicator,perod", "unknown column 'perod'", "did you mean period?"),
        ("unit,multiplier", "unit,unit", "column 'unit' stands there 2 times", ""),
        ("reporter,source", "reporter,remark", "no column 'source'", "required are indicator, source"),
    ],
)
def test_a_wrong_header_is_named(folder: Path, old: str, new: str, message: str, hint: str) -> None:
    change(folder / LU, old, new)
    problem = next(problem for problem in told(folder) if message in problem.message)

    assert problem.where == f"{LU}:1"
    assert hint in problem.hint


def test_a_ragged_row_is_named(folder: Path) -> None:
    change(folder / LU, "trade.imports,2024,19.5,USD", "trade.imports,2024,19,5,USD")
    problem = only(folder)

    assert (problem.where, problem.message) == (f"{LU}:9", "10 cells under 9 columns")


def test_lines_count_on_after_a_cell_of_two_lines(folder: Path) -> None:
    path = folder / "countries/DE.csv"
    path.write_text('indicator,source,note\n\n"x","y","one\ntwo"\nz,y,\n', encoding="utf-8")
    lines = {problem.where for problem in told(folder) if "unknown indicator" in problem.message}

    assert lines == {"countries/DE.csv:3", "countries/DE.csv:5"}


def test_a_file_that_is_not_utf8_names_the_byte(folder: Path) -> None:
    path = folder / "people.csv"
    data = path.read_bytes() + "Иванов,KZ,m,,\n".encode("cp1251")
    path.write_bytes(data)
    problem = next(problem for problem in told(folder) if problem.where == "people.csv")

    assert f"byte 0xC8 at offset {data.index(bytes([0xC8]))}" in problem.message
    assert "cp1251" in problem.hint


@pytest.mark.parametrize(
    ("start", "found"),
    [(b"PK\x03\x04", "an .xlsx workbook"), (b"\xff\xfei\0", "UTF-16"), (b"\xd0\xcf\x11\xe0", ".xls")],
)
def test_a_workbook_under_the_name_of_a_table_is_named(folder: Path, start: bytes, found: str) -> None:
    (folder / LU).write_bytes(start + b"\0" * 40)

    assert found in only(folder).message


@pytest.mark.parametrize("name", ["data.yaml", "sources.csv", "indicators.csv"])
def test_a_missing_required_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    problem = only(folder)

    assert (problem.where, problem.message) == (name, "missing")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder"):
        SOURCES["folder"](tmp_path / "nowhere")


def test_a_misspelt_file_is_not_passed_over_in_silence(folder: Path) -> None:
    (folder / LU).rename(folder / "pairs/KZ-LU/observation.csv")
    problem = only(folder)

    assert (problem.message, problem.severity) == ("a file that nobody reads", "warning")
    assert problem.hint == "did you mean observations.csv?"


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    (folder / LU).rename(outside)
    (folder / LU).symlink_to(outside)

    assert "leads out of the data folder" in only(folder).message


def test_a_pair_has_one_folder(folder: Path) -> None:
    (folder / "pairs/LU-KZ").mkdir()
    problem = only(folder)

    assert (problem.where, problem.message) == ("pairs/LU-KZ", "pairs/KZ-LU is there too")


@pytest.mark.parametrize(
    ("name", "message"),
    [("KZ-QO", "unknown country 'QO'"), ("KZ-KZ", "no name"), ("kz-lu", "no name"), ("KZ-UN", "'UN'")],
)
def test_a_folder_of_no_pair_is_named(folder: Path, name: str, message: str) -> None:
    (folder / "pairs" / name).mkdir()
    problem = only(folder)

    assert problem.where == f"pairs/{name}"
    assert message in problem.message


def test_a_country_of_a_pair_needs_its_profile(folder: Path) -> None:
    (folder / "pairs/KZ-XK").mkdir()

    assert only(folder).where == "countries/XK.yaml"


@pytest.mark.parametrize(
    ("file", "row", "message"),
    [
        ("sources.csv", {"source": SOURCE, "publisher": "P", "title": "T", "accessed": "2026-11-25"}, "twice"),
        (
            "sources.csv",
            {"source": "new", "publisher": "P", "title": "T", "accessed": "2026-13-25"},
            "not in the calendar",
        ),
        ("sources.csv", {"source": "new", "publisher": "P", "title": "T", "accessed": "2026-11"}, "is no day"),
        (
            "sources.csv",
            {"source": "a b", "publisher": "P", "title": "T", "accessed": "2026-11-25"},
            "a space in the key",
        ),
        ("groups.csv", {"group": "FR", "name": "N", "kind": "union"}, "'FR' is no code of a group"),
        ("groups.csv", {"group": "ots", "name": "N", "kind": "union"}, "'ots' is no code of a group"),
        ("people.csv", {"name": "Henri", "country": "LU"}, "name 'Henri' twice"),
        ("people.csv", {"name": "A. Example", "country": "LX"}, "unknown country 'LX'"),
        ("people.csv", {"name": "A. Example", "country": "LU", "sex": "w"}, "sex 'w' is none"),
        ("groups.csv", {"group": "OTS", "name": "N", "kind": "club"}, "kind 'club' is none"),
        ("indicators.csv", {"indicator": "x.y", "measure": "level", "meaning": "M"}, "measure 'level' is none"),
        (
            "indicators.csv",
            {"indicator": "x.y", "measure": "flow", "unit": "mile", "meaning": "M"},
            "unknown unit 'mile'",
        ),
        ("accepted.csv", {"where": "KZ-LU", "what": "silence", "key": "k", "reason": "r"}, "what 'silence' is none"),
    ],
)
def test_a_bad_row_of_a_small_table_is_named(folder: Path, file: str, row: dict[str, str], message: str) -> None:
    line = add_row(folder / file, **row)
    problems = [problem for problem in told(folder) if problem.severity == "error"]

    assert [problem.where for problem in problems] == [f"{file}:{line}"]
    assert message in problems[0].message


# ---------------------------------------------------------------- figures against one another


def test_two_values_of_one_key_and_day_are_an_error(folder: Path) -> None:
    row = {"period": "2024", "unit": "USD", "multiplier": "6", "reporter": "KZ", "source": SOURCE}
    line = add_row(folder / LU, indicator="trade.imports", value="19.9", **row)
    problem = next(problem for problem in told(folder) if problem.severity == "error")

    assert problem.where == f"{LU}:{line}"
    assert "trade.imports@2024 known on 2025-10-20 is 19 900 000 USD, but 19 500 000 USD" in problem.message
    assert "use=no" in problem.hint


@pytest.mark.parametrize(("value", "multiplier"), [("19.5", "6"), ("19500", "3"), ("20", "6")])
def test_a_repetition_or_a_less_exact_one_is_fine(folder: Path, value: str, multiplier: str) -> None:
    row = {"period": "2024", "unit": "USD", "reporter": "KZ", "source": f"{SOURCE} jeudi"}
    add_row(folder / LU, indicator="trade.imports", value=value, multiplier=multiplier, **row)

    assert told(folder) == ()


def test_the_same_row_twice_is_a_warning(folder: Path) -> None:
    row = {"period": "2023", "value": "424.5", "unit": "USD", "multiplier": "6", "reporter": "KZ", "source": SOURCE}
    line = add_row(folder / LU, indicator="fdi.inflow.gross", **row)
    problem = only(folder)

    assert (problem.where, problem.severity) == (f"{LU}:{line}", "warning")
    assert problem.message == f"the row of {LU}:6 again"


def test_parts_that_miss_the_whole_are_a_warning_that_can_be_accepted(folder: Path) -> None:
    change(folder / LU, "trade.imports,2024,19.5,USD", "trade.imports,2024,18.5,USD")
    problem = only(folder)

    assert problem.severity == "warning"
    assert problem.where == f"{LU}:10"
    assert "exports 36 500 USD and imports 18 500 000 USD make 18 536 500" in problem.message

    add_row(folder / "accepted.csv", where="KZ-LU", what="parts", key="trade.turnover@2024", reason="the page has it")

    assert told(folder) == ()


def test_what_rounding_allows_is_no_alarm(folder: Path) -> None:
    change(folder / LU, "trade.turnover,2024,19.54,USD", "trade.turnover,2024,19.6,USD")

    assert told(folder) == ()


def test_a_published_change_that_the_levels_contradict_is_a_warning(folder: Path) -> None:
    row = {
        "indicator": "fdi.inflow.gross.change",
        "period": "2024",
        "unit": "percent",
        "reporter": "KZ",
        "source": SOURCE,
    }
    add_row(folder / LU, value="22.6", **row)

    assert told(folder) == ()

    change(folder / LU, ",22.6,", ",32.6,")

    assert "32.6 percent published as the change, but from 424 500 000 USD to 520 500 000 USD" in only(folder).message


def test_an_acceptance_that_no_alarm_needs_is_a_warning(folder: Path) -> None:
    line = add_row(folder / "accepted.csv", where="KZ-LU", what="parts", key="trade.turnover@1999", reason="old")
    problem = only(folder)

    assert (problem.where, problem.severity) == (f"accepted.csv:{line}", "warning")


# ---------------------------------------------------------------- records

LU_YAML, EVENTS, RELATIONS = "countries/LU.yaml", "pairs/KZ-LU/events.yaml", "pairs/KZ-LU/relations.yaml"


@pytest.mark.parametrize(
    ("file", "edit", "message", "hint"),
    [
        (
            RELATIONS,
            ("kind: honorary_consulate, of: LU", "kind: embasy, of: LU"),
            "kind: 'embasy'",
            "did you mean embassy?",
        ),
        (RELATIONS, ("of: LU, place", "off: LU, place"), "unknown key 'off'", "did you mean of?"),
        (RELATIONS, ("of: LU, place: Astana", "of: DE, place: Astana"), "DE is none of the two", "choose from KZ, LU"),
        (RELATIONS, ("opened: 2017-06-10", "opened: 2017-06-31"), "'2017-06-31' is not in the calendar", ""),
        (RELATIONS, ("opened: 2017-06-10", "opened: 10.06.2017"), "'10.06.2017' is no day", ""),
        (RELATIONS, ("opened: 2017-06-10", 'opened: ""'), "'' is no day", ""),
        (RELATIONS, ("source: jeudi}", "source: judi}"), "unknown source 'judi'", "did you mean jeudi?"),
        (
            RELATIONS,
            ("head: Benedikt Sobotka", "head: Benedict Sobotka"),
            "unknown person",
            "did you mean Benedikt Sobotka?",
        ),
        (RELATIONS, ("\nareas:", "\nareal:"), "unknown section 'areal'", "did you mean areas?"),
        (
            EVENTS,
            ("Luc Frieden], place: New", "Luc Friden], place: New"),
            "unknown person 'Luc Friden'",
            "Luc Frieden?",
        ),
        (EVENTS, ("documents: 2", "documents: two"), "'two' is no whole number", ""),
        (EVENTS, ("date: ../2025-10-20", "date: ../.."), "'..' is no day", ""),
        (EVENTS, ("who: [Issetov, Olinger], ", ""), "neither 'who' nor 'text'", "name the persons"),
        (LU_YAML, ("seen: 2015/2017", "seen: 2017/2015"), "'2017/2015' ends before it starts", ""),
        (
            LU_YAML,
            ("from: 2000-10-07", "from: 2025-10-03"),
            "the term of Henri ends on 2025-10-03, before it starts",
            "",
        ),
        (EVENTS, ("date: 2023-06-29", "date: 2023-06-30/2023-06-29"), "ends before it starts", ""),
        ("pairs/KZ-EU/agreements.yaml", ("signed:", "parties: [KZ, QQ], signed:"), "unknown country 'QQ'", "CIA"),
        (LU_YAML, ("code: EUR", "code: EUX"), "'EUX' is no currency of ISO 4217", ""),
        (LU_YAML, ("day: 06-23", "day: 23.06"), "'23.06' is not written", "06-23"),
        (LU_YAML, ("seen: 2025-10-20, source", "source"), "neither 'from' nor 'seen' of Olinger", "seen:"),
        (
            LU_YAML,
            ("[{place: Luxembourg, source: factbook-lu-2026-01-21}]", "Luxembourg"),
            "is no list of records",
            "none",
        ),
        (
            LU_YAML,
            ("[{place: Luxembourg, source: factbook-lu-2026-01-21}]", "[Luxembourg]"),
            "is no record",
            "key: value",
        ),
        ("data.yaml", ("home: KZ", "home: QQ"), "unknown country 'QQ'", "ISO 3166-1"),
        ("data.yaml", ("format: 1", "format: 2"), "format: '2' is none of its values", "choose from 1"),
    ],
)
def test_a_bad_record_is_named_with_its_line(
    folder: Path, file: str, edit: tuple[str, str], message: str, hint: str
) -> None:
    path, (old, new) = folder / file, edit
    line = path.read_text(encoding="utf-8").partition(old)[0].count("\n") + 1 + new.startswith("\n")
    change(path, old, new)
    problem = next(problem for problem in told(folder) if message in problem.message)

    assert problem.where == f"{file}:{line}"
    assert hint in problem.hint
    assert problem.severity == "error"


def test_office_terms_must_not_overlap(folder: Path) -> None:
    change(folder / LU_YAML, "to: 2025-10-03", "to: 2025-10-04")
    problem = only(folder)

    assert problem.message.startswith("Guillaume V becomes head_of_state while Henri is (at countries/LU.yaml:")


def test_on_the_day_of_the_change_the_new_holder_counts() -> None:
    data, _ = SOURCES["folder"](GOOD)

    assert titles_on(data, "Henri", Day(2025, 10, 2)) is not None
    assert titles_on(data, "Henri", Day(2025, 10, 3)) is None
    assert titles_on(data, "Guillaume V", Day(2025, 10, 3)) is not None


def test_the_title_is_that_of_the_day() -> None:
    data, _ = SOURCES["folder"](GOOD)

    def title(person: str, day: Day | Days) -> str:
        post = titles_on(data, person, day)
        assert isinstance(post, Office)
        return post.title

    assert title("Xavier Bettel", Day(2017)) == "Prime Minister"
    assert title("Xavier Bettel", Day(2023, 11, 10)) == "Prime Minister"
    assert title("Xavier Bettel", Day(2024, 10, 14)).startswith("Deputy Prime Minister")
    assert title("Jean Asselborn", Days(Day(2023, 11, 30), Day(2023, 12, 1))) == "Minister of Foreign Affairs"
    assert titles_on(data, "Jean Asselborn", Day(2023, 12)) is None


def test_of_several_titles_the_highest_counts(folder: Path) -> None:
    office = "  - {office: other, title: Minister of State, person: Luc Frieden, from: 2023-11-17"
    change(folder / LU_YAML, "offices:\n", f"offices:\n{office}, to: 2023-11-18, source: {SOURCE}}}\n")
    post = titles_on(SOURCES["folder"](folder)[0], "Luc Frieden", Day(2023, 11, 17))

    assert isinstance(post, Office)
    assert post.office == "head_of_government"


def test_an_office_that_is_not_to_be_used_gives_no_title(folder: Path) -> None:
    change(folder / LU_YAML, "person: Olinger, ", "person: Olinger, use: no, ")

    assert [problem.message for problem in told(folder)] == ["Olinger held no office on 2025-10-20"]


def test_a_key_that_may_be_two_things_is_told_once(folder: Path) -> None:
    change(folder / RELATIONS, "\nareas:", f"\nvisas: [{{for: all, rule: visa_free, source: {SOURCE}}}]\nareas:")
    problem = only(folder)

    assert problem.message == "for: 'all' is not written as it should be"
    assert problem.hint == "write the code of a country, or both"


def test_an_event_without_a_title_for_a_person_is_an_error(folder: Path) -> None:
    change(folder / EVENTS, "date: 2023-06-29", "date: 2023-12-29")
    messages = [problem.message for problem in told(folder)]

    assert messages == ["Jean Asselborn held no office on 2023-12-29"]


def test_who_was_not_confirmed_for_long_is_told_to_the_keeper() -> None:
    data, _ = SOURCES["folder"](GOOD)
    posts = {alarm.key for alarm in unconfirmed(data, date(2026, 7, 1))}
    persons = {key.rpartition("/")[0] for key in posts}

    assert "Margulan Baimukhan/2022-02-11" in posts
    assert "Nurlan Onzhanov" in persons
    assert "Aigul Kuspan" not in persons  # has a successor
    assert "Henri" not in persons  # has an end


def test_an_announced_end_and_an_undated_agreement_are_warnings(folder: Path) -> None:
    change(folder / "pairs/KZ-EU/agreements.yaml", "signed: 2015-12-21, ", "")
    change(folder / LU_YAML, "seen: 2026-01-22, source: chronicle", "to: 2028-01-01, source: chronicle")
    messages = {problem.message: problem.severity for problem in told(folder)}

    assert set(messages.values()) == {"warning"}
    assert any(message.startswith("the term of Luc Frieden ends on 2028-01-01") for message in messages)
    assert any(message.startswith("no day of signing of 'Enhanced Partnership") for message in messages)


# ---------------------------------------------------------------- YAML as files


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("events: [{kind: call, kind: visit}]", "the key 'kind' twice"),
        ("events:\n\t- a", "a tab"),
        ("a: &a [x]\nb: *a", "an anchor or alias"),
        ("events: &a none", "an anchor or alias"),
        ("events: !!python/object:os.system x", "a tag 'tag:yaml.org,2002:python/object:os.system'"),
        ("events: [" * 30 + "]" * 30, "nested too deeply"),
        ("events: []\n---\nevents: []", "a second document"),
        ("? [a, b]\n: c", "a list or record as a key"),
        ("- a", "no sections"),
        ("events: [", "no YAML"),
        ("events: [{kind: call: visit}]", "no YAML"),
    ],
)
def test_yaml_that_the_folder_does_not_need_is_refused(folder: Path, text: str, message: str) -> None:
    (folder / EVENTS).write_text(text + "\n", encoding="utf-8")
    problem = only(folder)

    assert problem.where.startswith(f"{EVENTS}:")
    assert message in problem.message


def test_an_empty_file_has_no_sections(folder: Path) -> None:
    (folder / EVENTS).write_text("# nothing yet\n", encoding="utf-8")

    assert SOURCES["folder"](folder)[0].pairs["KZ", "LU"].events == ()


# ---------------------------------------------------------------- characters that no document can hold

BROKEN, MENDED = "Trade\vagreement\0 signed\f2024\ufffe end", "Trade agreement signed 2024 end"
POINTS = "U+000B U+0000 U+000C U+FFFE"


def test_broken_characters_in_a_cell_are_mended_with_a_warning(folder: Path) -> None:
    line = add_row(folder / "sources.csv", source="new", publisher="P", title=BROKEN, accessed="2026-11-25", url="u")
    data, problems = SOURCES["folder"](folder)

    assert data.sources["new"].title == MENDED
    assert problems[0].where == f"sources.csv:{line}"
    assert problems[0].message.startswith(f"row {line}, field title: {POINTS}")
    assert problems[0].severity == "warning"


def test_broken_characters_in_yaml_are_mended_with_a_warning(folder: Path) -> None:
    change(folder / EVENTS, "occasion: EXPO 2017", f'occasion: "{BROKEN}"')
    data, problems = SOURCES["folder"](folder)

    assert any(event.occasion == MENDED for event in data.pairs["KZ", "LU"].events)
    assert problems[0].message.startswith(f"row 7, field occasion: {POINTS}")
    assert problems[0].where == f"{EVENTS}:7"


def test_broken_characters_written_as_escapes_are_mended_too(folder: Path) -> None:
    change(folder / EVENTS, "occasion: EXPO 2017", r'occasion: "Trade\vagreement\0 signed\f2024\uFFFE end"')
    data, problems = SOURCES["folder"](folder)

    assert any(event.occasion == MENDED for event in data.pairs["KZ", "LU"].events)
    assert problems[0].message.startswith(f"row 7, field occasion: {POINTS}")


@pytest.mark.parametrize("point", ["\u202e", "\u2066", "\ufeff", "\ud800", "\x1b", "\x7f"])
def test_marks_that_mislead_a_reader_are_removed(point: str) -> None:
    assert clean(f"a{point}b") == ("ab", f"U+{ord(point):04X}")


@given(st.text())
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    once, points = clean(text)

    assert not FORBIDDEN.search(once)
    assert clean(once) == (once, "")
    assert points or once == text
