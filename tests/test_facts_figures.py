"""Which rows count on a day, under which key, and what is derived from them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.errors import UnknownChoice
from reports.facts.collection import Figures
from reports.facts.facts import Facts, facts_of, partners
from reports.facts.figures import Figure
from reports.facts.records import Data, Group, Indicator, Observation, Pair
from reports.facts.select import repeats
from reports.facts.standpoint import Disclosure, Known
from reports.facts.values import Amount, Count, Day, Percent, Period, Qualifier, Quantity, Times

DAY = date(2025, 10, 20)
UNITS = {"trade.turnover": "USD", "trade.exports": "USD", "trade.imports": "USD", "fdi.inflow.gross": "USD"}
INDICATORS = {key: Indicator(key, "flow", unit, key) for key, unit in UNITS.items()}


def usd(digits: str, scale: int = 9, qualifier: Qualifier = "") -> Amount:
    return Amount(Decimal(digits), scale, "USD", qualifier)


def row(
    indicator: str, period: str, value: Quantity | None, known: str = "2025-01-01", reporter: str = "KZ"
) -> Observation:
    vintage = date.fromisoformat(known)
    when = Period.parse(period, vintage) if period else None
    return Observation(
        indicator, "", when, value, vintage, (f"source-{known}",), f"{indicator} {known}", reporter=reporter
    )


def facts(
    *rows: Observation,
    home: str = "KZ",
    partner: str = "LU",
    as_of: date = DAY,
    known: Known = "known",
    disclosure: Disclosure = "internal",
) -> Facts:
    pair = Pair("KZ", "LU", rows)
    data = Data(
        "KZ", "en", {}, {"EU": Group("EU", "European Union", "union")}, {}, INDICATORS, {}, {("KZ", "LU"): pair}
    )
    return facts_of(data, home, partner, as_of, known=known, disclosure=disclosure)


def figures(*rows: Observation) -> Figures:
    return facts(*rows).figures


def keys(found: Iterable[Figure]) -> list[str]:
    return [figure.key for figure in found]


def the(figure: Figure | None) -> Figure:
    assert figure
    return figure


# ---------------------------------------------------------------- vintages


def test_a_row_counts_from_the_day_it_became_known() -> None:
    rows = row("trade.turnover", "2023", usd("4"), "2024-02-01"), row("trade.turnover", "2024", usd("5"), "2025-10-21")

    assert keys(facts(*rows).figures.all()) == ["trade.turnover@2023"]
    assert keys(facts(*rows, as_of=date(2025, 10, 21)).figures.all()) == ["trade.turnover@2023", "trade.turnover@2024"]


def test_all_facts_show_what_became_known_later_and_mark_it() -> None:
    found = facts(row("trade.turnover", "2024", usd("5"), "2025-10-21"), known="all")

    assert [(figure.key, figure.early) for figure in found.figures.all()] == [("trade.turnover@2024", True)]
    assert found.cutoff == Day(2025, 10, 21)


def test_the_newest_vintage_wins_and_remembers_what_it_revised() -> None:
    old = replace(row("trade.turnover", "2024", usd("19.0"), "2025-02-01"), status="P")
    found = figures(old, row("trade.turnover", "2024", usd("19.5"), "2025-08-01"))
    figure = the(found.latest("trade.turnover"))
    former = the(found.revised(figure))

    assert figure.value == usd("19.5")
    assert (former.value, former.status, former.key) == (usd("19.0"), "P", "trade.turnover@2024#2025-02-01")


@pytest.mark.parametrize("later", [usd("44"), usd("40", 9, "over"), usd("44", 9, "nearly"), usd("440", 8)])
def test_a_less_exact_repetition_confirms_and_does_not_revise(later: Amount) -> None:
    exact = row("trade.turnover", "2024", usd("43.82"), "2025-01-20")
    found = figures(exact, row("trade.turnover", "2024", later, "2025-08-30"))
    figure = the(found.latest("trade.turnover"))

    assert (figure.value, figure.sources) == (usd("43.82"), ("source-2025-01-20",))
    assert found.revised(figure) is None


@pytest.mark.parametrize("later", [usd("45"), usd("50", 9, "over"), usd("43.9"), usd("43.820"), usd("30", 9, "over")])
def test_what_does_not_agree_or_is_more_exact_is_a_revision(later: Amount) -> None:
    exact = row("trade.turnover", "2024", usd("43.82"), "2025-01-20")

    assert (
        the(figures(exact, row("trade.turnover", "2024", later, "2025-08-30")).latest("trade.turnover")).value == later
    )


def test_an_exact_figure_follows_a_vague_one() -> None:
    vague = row("trade.turnover", "2024", usd("40", 9, "over"), "2025-01-20")

    assert not repeats(usd("44", 9, "about"), usd("40", 9, "over"))
    assert not repeats(usd("44"), usd("44", 9, "about"))
    assert the(
        figures(vague, row("trade.turnover", "2024", usd("44"), "2025-02-20")).latest("trade.turnover")
    ).value == usd("44")


def test_a_provisional_figure_that_is_confirmed_is_provisional_no_longer() -> None:
    old = replace(row("trade.turnover", "2024", usd("19.0"), "2025-02-01"), status="P")
    found = figures(old, row("trade.turnover", "2024", usd("19.0"), "2025-08-01"))
    figure = the(found.latest("trade.turnover"))

    assert (figure.status, figure.known) == ("", date(2025, 8, 1))
    assert found.revised(figure) is None


def test_a_withdrawal_leaves_a_figure_without_value() -> None:
    first = row("trade.turnover", "2024", usd("19"), "2025-02-01")
    withdrawn = replace(row("trade.turnover", "2024", None, "2025-03-01"), status="O", unit="USD")
    found = figures(first, withdrawn)
    figure = the(found.of("trade.turnover", Period.parse("2024")))

    assert (figure.value, figure.status) == (None, "O")
    assert found.latest("trade.turnover") is None
    assert the(found.revised(figure)).value == usd("19")


def test_a_withdrawal_leaves_figures_in_other_units_alone() -> None:
    euro = row("trade.turnover", "2024", Amount(Decimal(18), 9, "EUR"), "2025-02-01")
    withdrawn = replace(row("trade.turnover", "2024", None, "2025-03-01"), status="O")

    assert keys(figures(euro, withdrawn).all()) == ["trade.turnover@2024", "trade.turnover@2024!EUR"]
    assert keys(figures(euro, replace(withdrawn, unit="EUR")).all()) == ["trade.turnover@2024!EUR"]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("43.8", "43.82", "44", "40", "50")),
            st.sampled_from(("", "over", "about")),
            st.integers(min_value=1, max_value=5),
        ),
        min_size=2,
        max_size=4,
        unique=True,
    )
)
def test_the_order_of_rows_in_the_file_does_not_matter(said: list[tuple[str, Qualifier, int]]) -> None:
    rows = [row("trade.turnover", "2024", usd(digits, 9, how), f"2025-0{month}-01") for digits, how, month in said]
    rows = [replace(found, where=str(place)) for place, found in enumerate(rows)]

    assert len({the(figures(*order).latest("trade.turnover")) for order in permutations(rows)}) == 1


def test_what_may_not_be_told_is_not_there() -> None:
    evidence = replace(row("trade.turnover", "2021", usd("1")), use=False)
    secret = replace(row("trade.turnover", "2022", usd("2")), confidentiality="C")
    internal = replace(row("trade.turnover", "2023", usd("3")), confidentiality="N")
    rows = evidence, secret, internal

    assert keys(facts(*rows).figures.all()) == ["trade.turnover@2023"]
    assert facts(*rows, disclosure="public").figures.all() == ()


# ---------------------------------------------------------------- keys and makers


def test_keys_leave_out_only_defaults() -> None:
    change = row("trade.turnover.change", "2023", Percent(Decimal("48.2")))
    rows = (
        replace(row("trade.exports", "2022-01/2022-09", usd("1.7"), reporter=""), item="HS2709"),
        replace(change, base="P5Y"),
        replace(change, base="2022"),
        row("trade.turnover.change", "2022", Times(Decimal("2.5"))),
        row("trade.turnover", "2023", Amount(Decimal("8.75"), 9, "EUR"), reporter="DE"),
        row("trade.turnover", "2020", Count(Decimal(5))),
        row("trade.turnover.target", "", usd("1")),
        row("fdi.cumulative", "2005/..", usd("2.9"), "2024-10-15"),
    )

    assert sorted(keys(figures(*rows).all())) == [
        "fdi.cumulative@2005/..(2024-10-15)!USD",
        "trade.exports/HS2709@2022-01/2022-09*?",
        "trade.turnover.change@2022!times",
        "trade.turnover.change@2023",
        "trade.turnover.change@2023~P5Y",
        "trade.turnover.target",
        "trade.turnover@2020!count",
        "trade.turnover@2023!EUR*DE",
    ]


def test_a_change_on_another_base_is_not_the_change_on_the_year_before() -> None:
    in_five_years = replace(row("trade.turnover.change", "2023", Percent(Decimal("48.2"))), base="P5Y")

    assert figures(in_five_years).latest("trade.turnover.change") is None


def test_the_home_country_comes_first_then_the_partner_then_others() -> None:
    said = {"": "1", "US": "2", "LU": "3", "KZ": "4"}
    rows = [row("trade.turnover", "2024", usd(digits), reporter=reporter) for reporter, digits in said.items()]
    found = figures(*rows)
    headline = the(found.latest("trade.turnover"))

    assert headline.reporter == "KZ"
    assert [figure.reporter for figure in found.mirror(headline)] == ["LU", "US", ""]
    assert the(figures(*rows[:3]).latest("trade.turnover")).reporter == "LU"
    assert the(figures(*rows[:2]).latest("trade.turnover")).reporter == "US"


def test_of_one_maker_the_unit_of_the_indicator_comes_first() -> None:
    euro = row("trade.turnover", "2023", Amount(Decimal("8.75"), 9, "EUR"), reporter="LU")

    assert the(
        figures(euro, row("trade.turnover", "2023", usd("9"), reporter="LU")).latest("trade.turnover")
    ).value == usd("9")


def test_another_unit_stands_beside_and_is_never_mixed_in() -> None:
    euro = row("trade.turnover", "2023", Amount(Decimal("8.75"), 9, "EUR"), reporter="DE")
    older = row("trade.turnover", "2022", Amount(Decimal("9.1"), 9, "EUR"), reporter="DE")
    found = figures(row("trade.turnover", "2023", usd("4", 9, "about")), euro, older)

    assert the(found.latest("trade.turnover")).reporter == "KZ"
    assert keys(found.mirror(the(found.latest("trade.turnover")))) == ["trade.turnover@2023!EUR*DE"]
    assert keys(found.series("trade.turnover")) == ["trade.turnover@2023"]
    assert keys(found.series("trade.turnover", unit="EUR")) == [
        "trade.turnover@2022!EUR*DE",
        "trade.turnover@2023!EUR*DE",
    ]


# ---------------------------------------------------------------- asking by name


def test_latest_is_by_the_end_of_the_period_and_the_part_must_be_newer_than_the_year() -> None:
    rows = (
        row("trade.turnover", "2024", usd("19.54", 6)),
        row("trade.turnover", "2024-07/2024-12", usd("10", 6)),
        row("trade.turnover", "2025-01/2025-08", usd("13.6", 6)),
    )
    found = figures(*rows)

    assert the(found.latest("trade.turnover")).key == "trade.turnover@2025-01/2025-08"
    assert the(found.latest_year("trade.turnover")).key == "trade.turnover@2024"
    assert the(found.latest_part("trade.turnover")).key == "trade.turnover@2025-01/2025-08"
    assert the(figures(*rows[:2]).latest("trade.turnover")).key == "trade.turnover@2024"
    assert figures(*rows[:2]).latest_part("trade.turnover") is None


def test_columns_are_whole_years_of_the_window_and_the_newest_part_after_them() -> None:
    rows = (
        row("trade.turnover", "2011", usd("1")),
        row("trade.turnover", "2023", usd("4")),
        row("trade.exports", "2022", usd("3")),
        row("trade.turnover", "2023-01/2023-06", usd("2")),
        row("trade.turnover", "2024-01/2024-07", usd("2")),
        row("trade.turnover", "2024-01/2024-09", usd("3")),
    )

    columns = figures(*rows).columns("trade.turnover", "trade.exports")
    assert [str(period) for period in columns] == ["2022", "2023", "2024-01/2024-09"]
    assert figures(*rows).columns("fdi.inflow.gross") == ()
    assert [figure.period.last.year for figure in figures(*rows).series("trade.turnover")] == [2023]


def test_flows_together_are_of_one_maker_and_of_three_years_at_least() -> None:
    days = [row("trade.exports", str(year), usd(str(year))) for year in range(2019, 2025)]
    imports = [row("trade.imports", str(year), usd(str(year))) for year in (2019, 2021, 2023, 2024)]

    found = figures(*days, *imports).together("trade.exports", "trade.imports")
    assert [[figure.period.last.year for figure in one] for one in found] == [
        [2020, 2021, 2022, 2023, 2024],
        [2021, 2023, 2024],
    ]
    assert figures(*days, *imports[:3]).together("trade.exports", "trade.imports") == ()


def test_what_nobody_published_is_none() -> None:
    found = figures()

    assert found.latest("trade.turnover") is found.latest_year("trade.turnover") is found.balance(Period.parse("2024"))
    assert facts().cutoff is None


def test_later_tells_of_what_could_have_been_known() -> None:
    found = figures(
        row("trade.turnover", "2024", usd("5"), "2025-11-01"),
        row("fdi.inflow.gross", "2025", usd("5"), "2026-02-01"),
        row("trade.exports", "2024", usd("5.04"), "2025-02-01"),
        row("trade.exports", "2024", usd("5"), "2025-11-01"),
        row("enterprises.active", "2025-10-28", Count(Decimal(178)), "2025-10-28"),
    )

    assert found.later("trade.turnover")
    assert found.later("enterprises")
    assert not found.later("fdi.inflow.gross")
    assert not found.later("trade.exports")


# ---------------------------------------------------------------- derived


def test_a_derived_figure_carries_its_inputs_their_sources_and_the_newest_vintage() -> None:
    found = figures(
        row("fdi.inflow.gross", "2023", usd("424.5", 6), "2024-05-01"),
        replace(row("fdi.inflow.gross", "2024", usd("520.5", 6), "2025-05-01"), status="P"),
    )
    change = the(found.change_percent(the(found.latest("fdi.inflow.gross"))))

    assert change.value == Percent(Decimal("22.6"))
    assert change.key == "change_percent(fdi.inflow.gross@2024)"
    assert change.inputs == ("fdi.inflow.gross@2024", "fdi.inflow.gross@2023")
    assert change.sources == ("source-2025-05-01", "source-2024-05-01")
    assert (change.known, change.status, change.formula) == (date(2025, 5, 1), "P", "(a / b - 1) × 100")
    assert the(found.change(the(found.latest("fdi.inflow.gross")))).value == usd("96.0", 6)


def test_a_part_year_is_compared_with_the_same_part_only() -> None:
    whole_year = row("trade.turnover", "2024", usd("19.54"))
    found = figures(whole_year, row("trade.turnover", "2025-01/2025-08", usd("13.64")))

    assert found.change_percent(the(found.latest("trade.turnover"))) is None
    same_part = row("trade.turnover", "2024-01/2024-08", usd("12.00"))
    found = figures(whole_year, same_part, row("trade.turnover", "2025-01/2025-08", usd("13.64")))
    assert the(found.change_percent(the(found.latest("trade.turnover")))).value == Percent(Decimal(14))


@pytest.mark.parametrize(("reporter", "unit"), [("LU", "USD"), ("KZ", "EUR"), ("", "USD")])
def test_different_makers_and_units_are_never_combined(reporter: str, unit: str) -> None:
    other = Amount(Decimal("17.00"), 9, unit)
    found = figures(
        row("trade.turnover", "2023", other, reporter=reporter), row("trade.turnover", "2024", usd("19.54"))
    )

    assert found.change(the(found.of("trade.turnover", Period.parse("2024")))) is None


def test_figures_of_no_named_maker_are_combined_within_one_source() -> None:
    now = row("trade.turnover", "2024", usd("5.00"), reporter="")
    before = row("trade.turnover", "2023", usd("4.00"), reporter="")

    assert the(figures(now, before).change(the(figures(now, before).latest("trade.turnover")))).value == usd("1.00")
    elsewhere = replace(before, sources=("another",))
    assert figures(now, elsewhere).change(the(figures(now, elsewhere).latest("trade.turnover"))) is None


@pytest.mark.parametrize(
    ("before", "now", "percent", "reason", "change"),
    [
        ("-100.0", "-50.0", None, "base_negative", "50.0"),
        ("-50.0", "-100.0", None, "base_negative", "-50.0"),
        ("-40.0", "60.0", None, "base_negative", "100.0"),
        ("60.0", "-40.0", None, "sign_change", "-100.0"),
        ("0", "5.0", None, "base_zero", "5.0"),
        ("0", "0", None, "base_zero", "0"),
        ("200.0", "0", "-100.0", "", "-200.0"),
        ("80.000", "100.000", "25.0", "", "20.000"),
    ],
)
def test_a_change_from_zero_or_less_or_across_a_sign_is_not_meaningful(
    before: str, now: str, percent: str | None, reason: str, change: str
) -> None:
    found = figures(row("fdi.inflow.gross", "2023", usd(before, 6)), row("fdi.inflow.gross", "2024", usd(now, 6)))
    figure = the(found.change_percent(the(found.latest("fdi.inflow.gross"))))

    assert figure.value == (Percent(Decimal(percent)) if percent else None)
    assert (figure.status, figure.remark) == (("", "") if percent else ("M", reason))
    assert the(found.change(the(found.latest("fdi.inflow.gross")))).value == usd(change, 6)


def test_a_published_change_beats_coarse_levels_and_yields_to_fine_ones() -> None:
    published = row("trade.turnover.change", "2024", Percent(Decimal("8.9")))
    coarse = figures(row("trade.turnover", "2023", usd("5")), row("trade.turnover", "2024", usd("5.4")), published)
    fine = figures(
        row("trade.turnover", "2023", usd("5.0000")), row("trade.turnover", "2024", usd("5.4500")), published
    )

    assert the(coarse.change_percent(the(coarse.latest("trade.turnover")))).key == "trade.turnover.change@2024"
    assert the(fine.change_percent(the(fine.latest("trade.turnover")))).key == "change_percent(trade.turnover@2024)"


def test_a_published_change_beats_one_that_is_only_about_so_much() -> None:
    published = row("trade.turnover.change", "2024", Percent(Decimal(-10)))
    found = figures(row("trade.turnover", "2023", usd("5.4")), row("trade.turnover", "2024", usd("4.9")), published)

    assert the(found.change_percent(the(found.latest("trade.turnover")))).value == Percent(Decimal(-10))


def test_a_published_change_of_another_maker_is_not_taken() -> None:
    published = row("trade.turnover.change", "2024", Percent(Decimal("11.4")), reporter="LU")
    found = figures(row("trade.turnover", "2024", usd("4.3")), published)

    assert found.change_percent(the(found.latest("trade.turnover"))) is None


def test_a_published_factor_stands_where_nothing_can_be_computed() -> None:
    found = figures(
        row("trade.turnover", "2022", usd("5")), row("trade.turnover.change", "2022", Times(Decimal("2.5")))
    )

    assert the(found.change_percent(the(found.latest("trade.turnover")))).value == Times(Decimal("2.5"))


def test_the_balance_is_of_one_maker() -> None:
    year = Period.parse("2024")
    exports = row("trade.exports", "2024", usd("36.5", 3))
    ours, theirs = (
        row("trade.imports", "2024", usd("19.5", 6)),
        row("trade.imports", "2024", usd("21.0", 6), reporter="LU"),
    )

    figure = the(figures(exports, theirs, ours).balance(year))
    assert (figure.value, figure.key) == (usd("-19.5", 6), "balance(trade.exports@2024,trade.imports@2024)")
    assert figures(exports, theirs).balance(year) is None
    both_theirs = figures(exports, theirs, row("trade.exports", "2024", usd("1.0", 6), reporter="LU"))
    assert the(both_theirs.balance(year)).value == usd("-20.0", 6)


def test_a_share_needs_the_same_period() -> None:
    found = figures(
        row("trade.imports", "2024", usd("1.300")),
        row("trade.turnover", "2024", usd("5.000")),
        row("trade.turnover", "2023", usd("5")),
    )
    imports = the(found.latest("trade.imports"))

    assert the(found.share(imports, the(found.latest("trade.turnover")))).value == Percent(Decimal("26.0"))
    assert found.share(imports, the(found.of("trade.turnover", Period.parse("2023")))) is None


def test_one_flow_is_named_where_it_is_nine_tenths_of_the_turnover_of_that_period() -> None:
    turnover = row("trade.turnover", "2024", usd("100"))

    def mainly(*rows: Observation) -> str:
        found = figures(*rows)
        return found.mainly(the(found.latest("trade.turnover")))

    assert mainly(turnover, row("trade.imports", "2024", usd("90"))) == "imports"
    assert (
        mainly(turnover, row("trade.exports", "2024", usd("95")), row("trade.imports", "2024", usd("5"))) == "exports"
    )
    assert mainly(turnover, row("trade.imports", "2024", usd("89"))) == ""
    assert mainly(turnover, row("trade.imports", "2023", usd("99"))) == ""
    assert mainly(turnover, row("trade.imports", "2024", usd("99"), reporter="LU")) == ""


def test_the_remark_of_the_source_counts_where_the_parts_are_not_published() -> None:
    turnover = replace(row("trade.turnover", "2025-01/2025-08", usd("13.6", 6)), remark="mainly_imports")
    parts = [row(f"trade.{flow}", "2025-01/2025-08", usd("6.8", 6)) for flow in ("exports", "imports")]

    assert figures(turnover).mainly(the(figures(turnover).latest("trade.turnover"))) == "imports"
    assert figures(turnover, *parts).mainly(the(figures(turnover, *parts).latest("trade.turnover"))) == ""


def test_years_are_counted_when_completed_and_anniversaries_in_their_year() -> None:
    found = figures()

    assert the(found.years_since(Day(1992, 10, 20))).value == Count(Decimal(33))
    assert the(found.years_since(Day(1992, 10, 21))).value == Count(Decimal(32))
    assert found.years_since(Day(1992)) is None
    assert found.years_since(Day(2026, 1, 1)) is None
    assert found.anniversary(Day(1992, 6, 29)) is None
    assert the(found.anniversary(Day(2000, 12, 31))).value == Count(Decimal(25))
    assert found.anniversary(Day(2025, 1, 1)) is None


# ---------------------------------------------------------------- either way round


def test_the_partner_sees_the_same_folder_with_flows_turned_round() -> None:
    mainly = replace(row("trade.turnover", "2024", usd("19.54", 6)), remark="mainly_imports")
    rows = (
        mainly,
        row("trade.exports", "2024", usd("36.5", 3)),
        row("trade.imports.change", "2024", Percent(Decimal(3))),
        row("fdi.inflow.gross", "2024", usd("520.5", 6)),
        row("fdi.cumulative", "2005/2025-Q2", usd("3.5")),
        row("enterprises.outward.companies", "2024", Count(Decimal(5))),
        row("enterprises.active", "2024", Count(Decimal(178))),
    )
    found = facts(*rows, home="LU", partner="KZ").figures

    assert sorted(keys(found.all())) == [
        "enterprises.companies@2024*KZ",
        "enterprises.outward.active@2024*KZ",
        "fdi.outflow.gross@2024!USD*KZ",
        "fdi.outward.cumulative@2005/2025-Q2!USD*KZ",
        "trade.exports.change@2024*KZ",
        "trade.imports@2024*KZ",
        "trade.turnover@2024*KZ",
    ]
    assert found.mainly(the(found.latest("trade.turnover"))) == "exports"


def test_what_is_true_of_one_side_alone_is_not_turned_round() -> None:
    rank = row("trade.turnover.rank", "2020", Count(Decimal(11)))
    goods = replace(row("trade.exports.rank", "2024", Count(Decimal(1))), item="HS1001")
    residents = row("residents", "2025", Count(Decimal(285)))

    assert keys(facts(rank, goods, residents, home="LU", partner="KZ").figures.all()) == [
        "trade.imports.rank/HS1001@2024*KZ"
    ]


def test_a_pair_without_a_folder_names_the_choices() -> None:
    with pytest.raises(UnknownChoice) as wrong_partner:
        facts(partner="XX")
    with pytest.raises(UnknownChoice) as wrong_home:
        facts(home="YY")

    assert (wrong_partner.value.problems[0].where, wrong_partner.value.problems[0].hint) == ("XX", "choose from LU")
    assert (wrong_home.value.problems[0].where, wrong_home.value.problems[0].hint) == ("YY", "choose from KZ, LU")


def test_groups_are_no_partners() -> None:
    pairs = {("KZ", code): Pair("KZ", code) for code in ("LU", "EU")}
    data = Data("KZ", "en", {}, {"EU": Group("EU", "European Union", "union")}, {}, {}, {}, pairs)

    assert partners(data, "KZ") == ("LU",)
