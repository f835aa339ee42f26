"""The figures of a brief, asked by name: what templates see as `figures`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reports.facts import derived
from reports.facts.figures import Figure
from reports.facts.intervals import unit_of
from reports.facts.select import Selection
from reports.facts.values import Day, Period

Flow = str  # "imports", "exports", or empty
CHANGE = ".change"
SERIES = 3  # years that tell a development


@dataclass(frozen=True, slots=True)
class Figures:
    """Every figure that counts on the day. What nobody published is None.

    Where several makers have a figure of one indicator, item and period, the headline is the home country's, then
    the partner's, another named reporter's, an unnamed one's; `unit` asks for the headline in one unit.
    """

    today: date
    by_indicator: Mapping[str, tuple[Figure, ...]]
    former: Mapping[str, Figure]
    awaited: frozenset[str]

    @classmethod
    def of_selection(cls, selection: Selection, today: date) -> "Figures":
        """The figures of a selection."""
        indicators: dict[str, tuple[Figure, ...]] = {}
        for figure in selection.figures:
            indicators[figure.indicator] = (*indicators.get(figure.indicator, ()), figure)
        return cls(today, indicators, selection.former, selection.awaited)

    # ------------------------------------------------------------ as published

    def all(self) -> tuple[Figure, ...]:
        """Every figure, mirrors included."""
        return tuple(figure for figures in self.by_indicator.values() for figure in figures)

    def items(self, indicator: str) -> tuple[str, ...]:
        """The items of which something is known: products, languages; without the total."""
        return tuple(sorted({figure.item for figure in self.by_indicator.get(indicator, ()) if figure.item}))

    def latest(self, indicator: str, item: str = "", unit: str = "") -> Figure | None:
        """The newest figure by the end of its period; of two that end together the longer."""
        return _newest(self._valued(indicator, item, unit))

    def latest_year(self, indicator: str, item: str = "", unit: str = "") -> Figure | None:
        """The newest figure of a whole year."""
        return _newest(figure for figure in self._valued(indicator, item, unit) if figure.period.is_year)

    def latest_part(self, indicator: str, item: str = "", unit: str = "") -> Figure | None:
        """The newest figure of a part of a year that ends after the latest whole year."""
        year = self.latest_year(indicator, item, unit)
        parts = [figure for figure in self._valued(indicator, item, unit) if figure.period.is_part_of_year]
        return _newest(part for part in parts if year is None or part.period.last > year.period.last)

    def of(self, indicator: str, period: Period, item: str = "", unit: str = "") -> Figure | None:
        """The figure of exactly this period; its value is None where it is missing, suppressed or withdrawn."""
        return next((figure for figure in self._headlines(indicator, item, unit) if figure.period == period), None)

    def series(self, indicator: str, last: int = 5, item: str = "", unit: str = "") -> tuple[Figure, ...]:
        """The whole years, ascending, by the maker of the newest: the last so many calendar years up to it."""
        newest = self.latest_year(indicator, item, unit)
        if newest is None:
            return ()
        years = [
            figure
            for figure in self.by_indicator.get(indicator, ())
            if figure.period.is_year
            and (figure.item, figure.base, figure.reporter) == (item, "", newest.reporter)
            and unit_of(figure.value) == unit_of(newest.value)
        ]
        return tuple(sorted((figure for figure in years if _year(figure) > _year(newest) - last), key=_year))

    def together(self, *indicators: str, last: int = 5) -> tuple[tuple[Figure, ...], ...]:
        """The whole years of several indicators, ascending, by one maker in one unit: the last so many calendar years
        before the day. Empty unless three years at least are known of each."""
        whole = [self._whole_years(indicator, last) for indicator in indicators]
        for maker in dict.fromkeys(map(_maker, self.by_indicator.get(indicators[0], ()))):
            found = tuple(tuple(figure for figure in figures if _maker(figure) == maker) for figures in whole)
            if len(set.intersection(*(set(map(_year, figures)) for figures in found))) >= SERIES:
                return found
        return ()

    def _whole_years(self, indicator: str, last: int) -> list[Figure]:
        """Of the total, with a value."""
        figures = self.by_indicator.get(indicator, ())
        known = (figure for figure in figures if figure.value and not figure.item and not figure.base)
        return sorted(
            (figure for figure in known if figure.period.is_year and _year(figure) >= self.today.year - last), key=_year
        )

    def columns(self, *indicators: str, years: int = 5, unit: str = "") -> tuple[Period, ...]:
        """The periods of a table: whole years, ascending; after them the newest part-year, and before it the same part
        of the year before, if its figure is known."""
        figures = [figure for indicator in indicators for figure in self._headlines(indicator, "", unit)]
        newest = max((_year(figure) for figure in figures if figure.period.is_year), default=0)
        whole = {figure.period for figure in figures if figure.period.is_year and _year(figure) > newest - years}
        part = _newest(figure for figure in figures if figure.period.is_part_of_year)
        after = part is not None and (not newest or part.period.last > date(newest, 12, 31))
        parts = (part.period.year_before, part.period) if part and after else ()
        valued = {figure.period for figure in figures if figure.value}
        return (*sorted(whole, key=lambda period: period.last), *(period for period in parts if period in valued))

    def beside(self, figure: Figure, indicator: str) -> Figure | None:
        """The figure of another indicator for the same period, by the same maker in the same unit."""
        return self._of_maker(figure, indicator, figure.period)

    def mirror(self, figure: Figure) -> tuple[Figure, ...]:
        """What others say of the same indicator, item and period, in whatever unit."""
        return tuple(
            other
            for other in self.by_indicator.get(figure.indicator, ())
            if (other.item, other.period, other.base) == (figure.item, figure.period, figure.base)
            and other.reporter != figure.reporter
        )

    def has_mirrors(self, family: str) -> bool:
        """Whether two named statistics speak of one figure of indicators whose name begins so."""
        reporters: dict[tuple[object, ...], set[str]] = {}
        for figure in self.all():
            if figure.indicator.startswith(f"{family}.") and figure.value is not None and figure.reporter:
                what = (figure.indicator, figure.item, figure.period, figure.base)
                reporters.setdefault(what, set()).add(figure.reporter)
        return any(len(found) > 1 for found in reporters.values())

    def later(self, indicator: str) -> bool:
        """Whether something of this indicator, or of any whose name begins so, became known only after the day.

        What could not be known, because its year or months were not over, does not count.
        """
        return any(name == indicator or name.startswith(f"{indicator}.") for name in self.awaited)

    def revised(self, figure: Figure) -> Figure | None:
        """The figure that this one replaced; a scheduled revision if that was provisional (P), else a correction."""
        return self.former.get(figure.key)

    # ------------------------------------------------------------ derived

    def before(self, figure: Figure) -> Figure | None:
        """The figure of the same maker for the same part of the previous year."""
        if not (figure.period.is_year or figure.period.is_part_of_year):
            return None
        return self._of_maker(figure, figure.indicator, figure.period.year_before)

    def change(self, figure: Figure) -> Figure | None:
        """The absolute change on the same part of the previous year."""
        before = self.before(figure)
        return derived.change(figure, before) if before else None

    def change_percent(self, figure: Figure) -> Figure | None:
        """The change in percent: computed, or published by the same maker where the levels are too coarse.

        A published one may be a factor (Times). Status M, without a value, where a change has no meaning.
        """
        before = self.before(figure)
        computed = derived.change_percent(figure, before) if before else None
        published = self._of_maker(figure, figure.indicator + CHANGE, figure.period, any_unit=True)
        return derived.surer(published, computed)

    def balance(self, period: Period) -> Figure | None:
        """Exports less imports, of the first maker that has both."""
        for exports in self._of_period("trade.exports", period):
            imports = self._of_maker(exports, "trade.imports", period)
            if imports:
                return derived.balance(exports, imports)
        return None

    def share(self, part: Figure, whole: Figure) -> Figure | None:
        """The part in percent of the whole."""
        return derived.share(part, whole)

    def mainly(self, turnover: Figure) -> Flow:
        """What the turnover mainly consists of, or empty.

        Counted where both flows are published for this very period; else the source's own remark.
        """
        flows = {flow: self._of_maker(turnover, f"trade.{flow}", turnover.period) for flow in ("imports", "exports")}
        for flow, part in flows.items():
            if part and derived.is_main(part, turnover):
                return flow
        remarked = "" if all(flows.values()) else turnover.remark
        return remarked.removeprefix("mainly_") if remarked in ("mainly_imports", "mainly_exports") else ""

    def years_since(self, day: Day, sources: tuple[str, ...] = ()) -> Figure | None:
        """The whole years completed since a day."""
        return derived.years_since(day, self.today, sources)

    def anniversary(self, day: Day, sources: tuple[str, ...] = ()) -> Figure | None:
        """The round anniversary of a day in this calendar year."""
        return derived.anniversary(day, self.today, sources)

    # ------------------------------------------------------------ finding

    def _headlines(self, indicator: str, item: str, unit: str = "") -> Iterator[Figure]:
        """The first figure of each period."""
        periods = set()
        for figure in self.by_indicator.get(indicator, ()):
            fits = figure.item == item and not figure.base and (not unit or unit_of(figure.value) == unit)
            if fits and figure.period not in periods:
                periods.add(figure.period)
                yield figure

    def _valued(self, indicator: str, item: str, unit: str) -> Iterator[Figure]:
        return (figure for figure in self._headlines(indicator, item, unit) if figure.value is not None)

    def _of_period(self, indicator: str, period: Period) -> Iterator[Figure]:
        figures = self.by_indicator.get(indicator, ())
        return (figure for figure in figures if figure.period == period and not figure.item and not figure.base)

    def _of_maker(self, like: Figure, indicator: str, period: Period, *, any_unit: bool = False) -> Figure | None:
        """The figure by the maker of another one, of its item."""
        for figure in self.by_indicator.get(indicator, ()):
            same = (figure.item, figure.period, figure.base) == (like.item, period, "")
            if same and (derived.one_reporter(like, figure) if any_unit else derived.one_maker(like, figure)):
                return figure
        return None


def _maker(figure: Figure) -> tuple[str, str]:
    return figure.reporter, unit_of(figure.value)


def _year(figure: Figure) -> int:
    return figure.period.last.year


def _newest(figures: Iterable[Figure]) -> Figure | None:
    return max(figures, key=_ending, default=None)


def _ending(figure: Figure) -> tuple[date, int]:
    start = figure.period.start
    return figure.period.last, -(start.first.toordinal() if start else 0)
