"""The facts of the real data folder, on days that matter."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from reports.facts.facts import Facts, facts_of, partners
from reports.facts.figures import Figure
from reports.facts.records import Data
from reports.facts.values import Amount, Day, Percent
from reports.sources.folder import read

LATE = date(2026, 3, 15)


@pytest.fixture(scope="module")
def folder() -> Data:
    data, _ = read(Path(__file__).parent.parent / "data")
    return data


def luxembourg(folder: Data, day: date) -> Facts:
    return facts_of(folder, "KZ", "LU", day)


def the(figure: Figure | None) -> Figure:
    assert figure
    return figure


def test_the_grand_duke_is_that_of_the_day(folder: Data) -> None:
    def grand_duke(day: date) -> str:
        holder = luxembourg(folder, day).holder("LU", "head_of_state")
        return holder.person.text if holder else ""

    days = date(2025, 10, 1), date(2025, 10, 2), date(2025, 10, 3), date(2025, 10, 20)
    assert [grand_duke(day) for day in days] == ["Henri", "Henri", "Guillaume V", "Guillaume V"]
    assert [change.day for change in luxembourg(folder, days[3]).successions("LU")] == [Day(2025, 10, 3)]


def test_luxembourg_reads_as_its_release_of_october_2025(folder: Data) -> None:
    facts = luxembourg(folder, date(2025, 10, 20))
    figures = facts.figures
    turnover, year = the(figures.latest_part("trade.turnover")), the(figures.latest_year("trade.turnover"))
    inflow = the(figures.latest_year("fdi.inflow.gross"))

    assert (turnover.key, turnover.value) == ("trade.turnover@2025-01/2025-08", Amount(Decimal("13.6"), 6, "USD"))
    assert (year.key, figures.mainly(turnover), figures.mainly(year)) == ("trade.turnover@2024", "imports", "imports")
    assert the(figures.balance(year.period)).value == Amount(Decimal("-19.5"), 6, "USD")
    assert the(figures.change_percent(inflow)).value == Percent(Decimal("22.6"))
    assert the(figures.change(inflow)).value == Amount(Decimal("96.0"), 6, "USD")
    assert the(figures.latest("fdi.cumulative")).key == "fdi.cumulative@2005/2025-Q2"
    assert facts.cutoff == Day(2025, 10, 20)
    assert [agreement.key for agreement in facts.agreements] == ["agreement/EU/1"]
    assert facts.events[0].key == "event/2025-10-20/1"


def test_before_the_release_its_figures_were_not_yet_known(folder: Data) -> None:
    figures = luxembourg(folder, date(2025, 10, 3)).figures

    assert figures.latest("trade.turnover") is None
    assert all(figures.later(indicator) for indicator in ("trade.turnover", "fdi.inflow.gross", "enterprises"))
    early = facts_of(folder, "KZ", "LU", date(2025, 10, 3), known="all").figures
    assert the(early.latest("trade.turnover")).early


def test_chinese_count_stays_exact_beside_the_kazakh_headline(folder: Data) -> None:
    figures = facts_of(folder, "KZ", "CN", date(2025, 10, 20)).figures
    headline = the(figures.latest_year("trade.turnover"))

    assert headline.value == Amount(Decimal("30.1"), 9, "USD")
    assert [(figure.reporter, figure.value) for figure in figures.mirror(headline)] == [
        ("CN", Amount(Decimal("43.82"), 9, "USD"))
    ]


def test_the_published_change_of_turkish_trade_beats_the_coarse_levels(folder: Data) -> None:
    figures = facts_of(folder, "KZ", "TR", LATE).figures

    assert the(figures.change_percent(the(figures.latest_year("trade.turnover")))).value == Percent(Decimal("8.9"))


@pytest.mark.parametrize("known", ["known", "all"])
def test_keys_are_unique_whichever_way_round(folder: Data, known: str) -> None:
    for partner in partners(folder, "KZ"):
        for home, other in (("KZ", partner), (partner, "KZ")):
            facts = facts_of(folder, home, other, LATE, known="all" if known == "all" else "known")
            figures = [*facts.figures.all(), *facts.profile("KZ").all(), *facts.profile(partner).all()]
            keys = [figure.key for figure in (*figures, *_derived(facts))]
            keys += [holder.key for country in (home, other) for holder in facts.offices(country)]
            keys += [event.key for event in facts.events]
            keys += [agreement.key for agreement in facts.agreements]
            keys += [mission.key for mission in facts.relations.missions]
            keys += [ambassador.key for ambassador in facts.relations.ambassadors]
            keys += [milestone.key for milestone in facts.relations.recognition]

            assert len(keys) == len(set(keys))


def _derived(facts: Facts) -> list[Figure]:
    figures = facts.figures
    published = {figure.key for figure in figures.all()}
    derived = [make(figure) for figure in figures.all() for make in (figures.change, figures.change_percent)]
    derived += [figures.balance(period) for period in figures.columns("trade.exports")]
    return [figure for figure in derived if figure and figure.key not in published]


def test_every_figure_has_sources_of_the_folder_and_a_vintage_in_sight(folder: Data) -> None:
    for partner in partners(folder, "KZ"):
        facts = facts_of(folder, "KZ", partner, date(2025, 10, 20))
        for figure in (*facts.figures.all(), *_derived(facts)):
            assert figure.sources
            assert set(figure.sources) <= set(facts.sources)
            assert figure.known
            assert figure.known <= date(2025, 10, 20)
