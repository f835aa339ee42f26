"""Public fault reports about figures, periods and offices, as tests of the whole kind."""

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from reports.cli import PARTLY, PROBLEMS, main
from reports.facts.collection import Figures
from reports.facts.comparison import places, total
from reports.facts.facts import Facts, facts_of
from reports.facts.figures import Figure
from reports.facts.fiscal import fiscal_quarter
from reports.facts.offices import holders_between
from reports.facts.profile_records import Currency, Office
from reports.facts.record import Record, Tenure
from reports.facts.records import Country, Data, Indicator, Observation, Pair, Person
from reports.facts.standpoint import Standpoint
from reports.facts.values import Amount, Day, Percent, Period, Quantity
from tests.data_folders import GOOD, add_row, strict_report, told

ROOT = Path(__file__).parent.parent
INDICATORS = {
    key: Indicator(key, "flow", unit, key)
    for key, unit in {"trade.turnover": "USD", "fdi.inflow.gross": "USD", "gdp.nominal": "USD"}.items()
}


def row(  # noqa: PLR0913, PLR0917  the columns of the data
    indicator: str, period: str, value: Quantity | None, known: str = "2025-01-01", status: str = "", where: str = ""
) -> Observation:
    day = date.fromisoformat(known)
    place = where or f"{indicator} {period} {known}"
    return Observation(indicator, "", Period.parse(period), value, day, ("s",), place, status=status, reporter="KZ")


def money(digits: str, scale: int = 6, currency: str = "USD") -> Amount:
    return Amount(Decimal(digits), scale, currency)


def facts(*rows: Observation, as_of: date = date(2026, 1, 1), countries: dict[str, Country] | None = None) -> Facts:
    people = {name: Person(name, "KZ") for name in ("A. Example", "B. Example", "C. Example")}
    pairs = {("KZ", "LU"): Pair("KZ", "LU", rows)}
    return facts_of(Data("KZ", "en", {}, {}, people, INDICATORS, countries or {}, pairs), "KZ", "LU", as_of)


def the(figure: Figure | None) -> Figure:
    assert figure is not None
    return figure


# ---------------------------------------------------------------- O09: fiscal years


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (4, ["FY2025/26 Q4", "FY2026/27 Q1", "FY2026/27 Q2", "FY2026/27 Q3"]),
        (1, ["2026 Q1", "2026 Q2", "2026 Q3", "2026 Q4"]),
        (10, ["FY2025/26 Q2", "FY2025/26 Q3", "FY2025/26 Q4", "FY2026/27 Q1"]),
    ],
)
def test_a_fiscal_quarter_is_named_by_the_calendar_years_that_its_year_touches(month: int, expected: list[str]) -> None:
    days = [date(2026, 3, 26), date(2026, 4, 1), date(2026, 9, 30), date(2026, 12, 31)]

    assert [fiscal_quarter(day, month) for day in days] == expected


# ---------------------------------------------------------------- O32: zeros and missing values


def gdp(code: str, value: str | None) -> Figure:
    return Figure(
        f"{code}:gdp.nominal@2024", "gdp.nominal", money(value, 9) if value else None, Period.parse("2024"),
        status="" if value else "O", reporter="CIA", sources=("s",),
    )  # fmt: skip


def test_a_total_counts_zero_and_says_how_many_are_missing() -> None:
    figures = [gdp("KZ", "10.0"), gdp("IT", "20.0"), gdp("FR", None), gdp("DE", "0.0"), gdp("ES", None)]
    found = total(figures)

    assert found.figure is not None
    assert found.figure.value == money("30.0", 9)
    assert found.missing == 2
    assert found.figure.inputs == ("KZ:gdp.nominal@2024", "IT:gdp.nominal@2024", "DE:gdp.nominal@2024")


def test_a_place_is_given_to_zero_and_none_to_what_is_missing() -> None:
    figures = [gdp("KZ", "10.0"), gdp("IT", "20.0"), gdp("FR", None), gdp("DE", "0"), gdp("ES", None)]

    assert [(place, figure.key[:2]) for place, figure in places(figures)] == [(1, "IT"), (2, "KZ"), (3, "DE")]


def test_equal_figures_share_a_place_and_different_units_have_none() -> None:
    figures = [gdp("KZ", "10"), gdp("IT", "20"), gdp("DE", "20")]
    assert [place for place, _ in places(figures)] == [1, 1, 3]

    mixed = [*figures, Figure("x", "gdp.nominal", money("1", 9, "EUR"), Period.parse("2024"))]
    assert places(mixed) == ()
    assert total(mixed).figure is None


# ---------------------------------------------------------------- O36: who held a post on which day


def held(*terms: tuple[str, str, str, str | None]) -> dict[str, Country]:
    def day(text: str) -> Day:
        return Day(*map(int, text.split("-")))

    offices = tuple(
        Office(Record(f"o:{n}"), office, "Minister", person, Tenure(day(start), day(end) if end else None))
        for n, (office, person, start, end) in enumerate(terms, start=1)
    )
    return {"KZ": Country("KZ", offices=offices)}


TERMS = (
    ("head_of_government", "A. Example", "2023-05-01", "2026-02-10"),
    ("head_of_government", "B. Example", "2026-02-10", None),
    ("foreign_minister", "C. Example", "2020-01-01", "2025-12-31"),
)


@pytest.mark.parametrize(
    ("as_of", "person"), [("2026-01-31", "A. Example"), ("2026-02-10", "B. Example"), ("2026-03-31", "B. Example")]
)
def test_on_the_day_of_a_change_the_new_holder_counts(as_of: str, person: str) -> None:
    holder = facts(as_of=date.fromisoformat(as_of), countries=held(*TERMS)).holder("KZ", "head_of_government")

    assert holder is not None
    assert holder.person.text == person


def test_all_who_held_a_post_in_a_period_are_told_with_their_days() -> None:
    data = Data("KZ", "en", {}, {}, {}, {}, held(*TERMS), {})
    days = (date(2026, 1, 1), date(2026, 3, 31))
    holders = holders_between(Standpoint(data, "KZ", "LU", date(2026, 3, 31)), "KZ", "head_of_government", days)

    assert [(holder.person.text, str(holder.since), str(holder.until)) for holder in holders] == [
        ("A. Example", "2023-05-01", "2026-02-10"),
        ("B. Example", "2026-02-10", "None"),
    ]


def test_a_post_whose_term_is_over_is_vacant_and_not_forgotten() -> None:
    january = facts(as_of=date(2026, 1, 15), countries=held(*TERMS))

    assert january.holder("KZ", "foreign_minister") is None
    assert [(found.office, str(found.since)) for found in january.held.vacant["KZ"]] == [
        ("foreign_minister", "2025-12-31")
    ]
    assert facts(as_of=date(2025, 12, 30), countries=held(*TERMS)).held.vacant["KZ"] == ()


@pytest.mark.parametrize(("language", "word"), [("en", "Vacant"), ("ru", "Вакантна"), ("kk", "Бос")])
def test_a_vacant_post_is_said_in_the_language_of_the_brief(tmp_path: Path, language: str, word: str) -> None:
    folder = shutil.copytree(ROOT / "data", tmp_path / "data")
    path = folder / "countries" / "LU.yaml"
    text = path.read_text("utf-8")
    changed = text.replace(
        "person: Guillaume V, from: 2025-10-03,", "person: Guillaume V, from: 2025-10-03, to: 2025-10-19,"
    )
    assert changed != text
    path.write_text(changed, "utf-8")

    fixed = ("--as-of", "2025-10-20", "--format", "text", "--data", str(folder), "--out", str(tmp_path))
    assert main(["brief", "LU", "--lang", language, *fixed]) == 0
    assert word in (tmp_path / "KZ-LU" / "2025-10-20" / f"brief.{language}.txt").read_text("utf-8")


# ---------------------------------------------------------------- O37: a currency that another replaced


def test_a_series_over_a_change_of_money_is_in_the_present_one() -> None:
    change = Currency(Record("c:1"), "BYN", "BYR", "10000", Tenure(Day(2016, 7, 1)))
    countries = {"LU": Country("LU", currency=(change,))}
    rows = (
        row("trade.turnover", "2015", money("12500000", 0, "BYR")),
        row("trade.turnover", "2016", money("1400", 0, "BYN")),
    )
    figures = facts(*rows, countries=countries).figures
    now, before = (
        the(figures.latest_year("trade.turnover", unit="BYN")),
        the(figures.of("trade.turnover", Period.parse("2015"))),
    )

    assert now.value == money("1400", 0, "BYN")
    assert before.value == money("1250.00", 0, "BYN")
    assert before.converted
    assert before.inputs == ("trade.turnover@2015!BYR",)
    assert the(figures.change_percent(now)).value == Percent(Decimal("12.0"))


def test_before_the_change_a_figure_stays_in_its_money() -> None:
    change = Currency(Record("c:1"), "BYN", "BYR", "10000", Tenure(Day(2016, 7, 1)))
    rows = (row("trade.turnover", "2015", money("12500000", 0, "BYR"), known="2016-01-01"),)
    found = facts(*rows, as_of=date(2016, 6, 30), countries={"LU": Country("LU", currency=(change,))})

    assert the(found.figures.latest("trade.turnover")).value == money("12500000", 0, "BYR")


@pytest.mark.parametrize(
    ("digits", "scale", "rate", "expected"),
    [
        ("5", 6, "10000", "0.0005"),
        ("1.234", 9, "1000000", "0.000001234"),
        ("100", 0, "1.95583", "51.1"),
        ("7", 0, "1000", "0.01"),
    ],
)
def test_no_digit_is_added_by_a_conversion(digits: str, scale: int, rate: str, expected: str) -> None:
    change = Currency(Record("c:1"), "BBB", "AAA", rate, Tenure(Day(2000)))
    rows = (row("trade.turnover", "2015", money(digits, scale, "AAA")),)
    value = the(
        facts(*rows, countries={"LU": Country("LU", currency=(change,))}).figures.latest("trade.turnover")
    ).value

    assert value == money(expected, scale, "BBB")


# ---------------------------------------------------------------- O38: marks and revisions


def test_a_revision_a_break_and_a_provisional_value_are_marked_and_a_missing_one_is_no_zero() -> None:
    rows = (
        row("trade.turnover", "2021", money("1200.0")),
        row("trade.turnover", "2022", money("1234.5"), status="B"),
        row("trade.turnover", "2023", money("1290.0"), known="2024-03-01", where="a"),
        row("trade.turnover", "2023", money("1300.0"), known="2025-03-01", where="b"),
        row("trade.turnover", "2024", money("1365.0"), known="2025-03-01", status="P"),
        row("trade.turnover", "2025", None, known="2025-12-01", status="O"),
    )
    figures = facts(*rows).figures
    by_year = {year: the(figures.of("trade.turnover", Period.parse(str(year)))) for year in range(2021, 2026)}

    assert by_year[2023].former == money("1290.0")
    assert [figure.status for figure in by_year.values()] == ["", "B", "", "P", "O"]
    assert by_year[2025].value is None
    growth = {year: the(figures.change_percent(by_year[year])) for year in (2022, 2024)}
    assert growth[2024].value == Percent(Decimal("5.0"))
    assert "B" in growth[2022].status


def test_what_was_revised_before_the_last_edition_is_no_news() -> None:
    rows = (
        row("trade.turnover", "2023", money("1290.0"), known="2024-03-01", where="a"),
        row("trade.turnover", "2023", money("1300.0"), known="2025-03-10", where="b"),
    )
    pairs = {("KZ", "LU"): Pair("KZ", "LU", rows)}
    data = Data("KZ", "en", {}, {}, {}, INDICATORS, {}, pairs, edition_day=1)

    def former(day: date) -> Quantity | None:
        return the(facts_of(data, "KZ", "LU", day).figures.latest("trade.turnover")).former

    assert former(date(2025, 3, 20)) == money("1290.0")  # the edition of 1 March had the old value
    assert former(date(2025, 4, 1)) == money("1290.0")
    assert former(date(2025, 4, 2)) is None


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_old_value_of_a_revision_stands_under_the_table(tmp_path: Path, language: str) -> None:
    folder = shutil.copytree(ROOT / "data", tmp_path / "data")
    table = folder / "pairs" / "KZ-LU" / "observations.csv"
    add_row(table, indicator="trade.turnover", period="2024", value="19.99", multiplier="6", unit="USD", reporter="KZ",
            source="astanatimes-2024-10-15")  # fmt: skip

    fixed = ("--as-of", "2025-10-20", "--format", "text", "--data", str(folder), "--out", str(tmp_path))
    assert main(["brief", "LU", "--lang", language, *fixed]) == 0
    text = (tmp_path / "KZ-LU" / "2025-10-20" / f"brief.{language}.txt").read_text("utf-8")
    assert text.count("(r)") >= 2
    assert any("2024" in line and "19.99" in line.replace(",", ".") for line in text.splitlines() if "(r)" not in line)


# ---------------------------------------------------------------- O39: flows below zero

PAIRS = [
    ("-100", "-50", "50", None), ("-50", "-100", "-50", None), ("-40", "60", "100", None), ("0", "5", "5", None),
    ("0", "0", "0", None), ("200", "0", "-200", "-100.0"), ("80", "100", "20", "25"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "now", "change", "percent"), PAIRS)
def test_a_change_in_percent_has_no_meaning_from_zero_or_less(
    before: str, now: str, change: str, percent: str | None
) -> None:
    rows = (row("fdi.inflow.gross", "2023", money(before)), row("fdi.inflow.gross", "2024", money(now)))
    figures: Figures = facts(*rows).figures
    latest = the(figures.latest_year("fdi.inflow.gross"))
    found, told_percent = the(figures.change(latest)), the(figures.change_percent(latest))

    assert found.value is not None
    assert found.value.exact == Decimal(change).scaleb(6)
    if percent is None:
        assert (told_percent.value, told_percent.status[:1]) == (None, "M")
    else:
        assert told_percent.value is not None
        assert abs(told_percent.value.exact - Decimal(percent)) < Decimal("0.5")


def inflows(tmp_path: Path, before: str, now: str, *, form: str = "text") -> str:
    folder = shutil.copytree(ROOT / "data", tmp_path / "data")
    table = folder / "pairs" / "KZ-LU" / "observations.csv"
    kept = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("fdi.inflow.gross")]
    table.write_text("\n".join(kept) + "\n", "utf-8")
    for year, value in (("2023", before), ("2024", now)):
        add_row(table, indicator="fdi.inflow.gross", period=year, value=value, multiplier="6", unit="USD",
                reporter="KZ", source="astanatimes-2024-10-15")  # fmt: skip
    fixed = ("--as-of", "2025-10-20", "--format", form, "--data", str(folder), "--out", str(tmp_path))
    assert main(["brief", "LU", "--lang", "en", *fixed]) == 0
    suffix = {"text": "txt", "json": "json"}[form]
    return (tmp_path / "KZ-LU" / "2025-10-20" / f"brief.en.{suffix}").read_text("utf-8")


def test_a_smaller_net_outflow_is_no_fall(tmp_path: Path) -> None:
    text = inflows(tmp_path, "-100", "-50").replace("\u00a0", " ")

    assert "the net outflow amounted to 50 million US dollars, against a net outflow of 100 million" in text
    assert "The net outflow was 50 million US dollars smaller than in 2023." in text
    assert "less than in 2023" not in text
    assert "×" in text or "%" not in text.split("Investment")[1].split("Enterprises")[0]


def test_bars_of_a_negative_flow_stand_below_zero_with_their_sign(tmp_path: Path) -> None:
    read = json.loads(inflows(tmp_path, "-100", "-50", form="json"))
    charts = [block for block in read["blocks"] if block["type"] == "chart"]
    points = [point for chart in charts for series in chart["series"] for point in series["points"] if point]

    labels = {point["figure"]: point["label"] for point in points}
    assert {"fdi.inflow.gross@2023": "−100", "fdi.inflow.gross@2024": "−50"}.items() <= labels.items()


# ---------------------------------------------------------------- O40: one series in two scales


def test_thousands_and_millions_of_one_series_stand_in_one_unit(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "data", tmp_path / "data")
    table = folder / "pairs" / "KZ-LU" / "observations.csv"
    kept = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("trade.")]
    table.write_text("\n".join(kept) + "\n", "utf-8")
    for year, value, power in (("2023", "1234567", "3"), ("2024", "1358.0", "6")):
        add_row(table, indicator="trade.turnover", period=year, value=value, multiplier=power, unit="USD",
                reporter="KZ", source="astanatimes-2024-10-15")  # fmt: skip
    fixed = ("--as-of", "2025-10-20", "--format", "text", "--data", str(folder), "--out", str(tmp_path))
    assert main(["brief", "LU", "--lang", "ru", *fixed]) == 0
    text = (tmp_path / "KZ-LU" / "2025-10-20" / "brief.ru.txt").read_text("utf-8")
    (line,) = [line for line in text.replace("\u00a0", " ").splitlines() if "1 358,0" in line and "1 234" in line]

    assert "1 234,6" in line
    assert "10,0 %" in text.replace("\u00a0", " ")


def test_a_scale_that_nobody_typed_is_suspected_with_both_years(tmp_path: Path) -> None:
    folder = shutil.copytree(GOOD, tmp_path / "data")
    table = folder / "pairs" / "KZ-LU" / "observations.csv"
    source = next(line for line in (folder / "sources.csv").read_text("utf-8").splitlines()[1:]).split(",")[0]
    for year, value in (("2019", "1234567"), ("2020", "1358.0")):
        add_row(table, indicator="trade.services.exports", period=year, value=value, multiplier="6", unit="USD",
                reporter="KZ", source=source)  # fmt: skip
    said = [str(problem) for problem in told(folder) if "2019" in str(problem) and "2020" in str(problem)]

    assert said
    assert any("thousand" in text for text in said)


# ---------------------------------------------------------------- O29: one country of several fails


def test_one_country_that_fails_leaves_the_others_whole_and_is_named_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    templates, folder = strict_report(tmp_path), shutil.copytree(ROOT / "data", tmp_path / "data")
    table = folder / "countries" / "DE.csv"
    kept = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("gdp.")]
    table.write_text("\n".join(kept) + "\n", "utf-8")
    order = [
        *("brief", "IT", "FR", "DE", "HU", "TR", "--report", "strict", "--lang", "en", "--as-of", "2026-03-05"),
        *("--format", "text", "--templates", str(templates), "--data", str(folder), "--out", str(tmp_path / "out")),
    ]

    assert main(order) == PARTLY != PROBLEMS
    made = {path.parent.parent.name for path in (tmp_path / "out").rglob("*.txt")}
    assert made == {"KZ-IT", "KZ-FR", "KZ-HU", "KZ-TR"}
    assert not list((tmp_path / "out").rglob("*.part"))
    said = capsys.readouterr().err
    assert all(word in said for word in ("strict/one.j2:3", "{total}", "KZ-DE", "(en)", "countries/DE.csv"))
    assert main([*order[:1], "DE", *order[6:]]) == PROBLEMS
