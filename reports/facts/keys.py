"""Keys of figures: short, stable, unique, readable by an officer.

    key      = [country:] indicator [/item] [@period] [~base] [!unit] [*reporter]
    derived  = function(key[,key])        change(trade.turnover@2024), balance(trade.exports@2024,trade.imports@2024)

A part is left out only by a stated default: no country: the two countries of the brief; no item: the total; no
period: none is stated; no base: the same period of the year before; no unit: the indicator's; no reporter: the home
country's statistics. A count where the indicator has a unit is `!count`, a reporter that the page does not name
`*?`. An open period carries the day on which it was said: 2005/..(2024-10-15).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.facts.intervals import unit_of
from reports.facts.records import Indicator, Observation

SUFFIX_UNITS = {"change": "percent", "share": "percent", "rank": "", "quantity": ""}
UNNAMED = "?"
COUNT = "count"


def default_unit(indicator: str, indicators: Mapping[str, Indicator]) -> str:
    """The unit that a key leaves out: by the table of indicators, for .change and the like by the suffix."""
    if indicator in indicators:
        return indicators[indicator].unit
    stem, _, suffix = indicator.rpartition(".")
    if suffix == "target":
        return default_unit(stem, indicators)
    return SUFFIX_UNITS.get(suffix, "")


@dataclass(frozen=True, slots=True)
class Keys:
    """Writes keys for the briefs of one home country; `country` for the figures of one country alone."""

    home: str
    indicators: Mapping[str, Indicator]
    country: str = ""

    def unit(self, row: Observation) -> str:
        """The unit of a row; of a row without value as typed, else the default."""
        if row.value is not None:
            return unit_of(row.value)
        return row.unit or default_unit(row.indicator, self.indicators)

    def key(self, row: Observation) -> str:
        """The key of a row; rows of one key are vintages of one figure."""
        unit = self.unit(row)
        base = base_of(row)
        return "".join(
            (
                f"{self.country}:" if self.country else "",
                row.indicator,
                f"/{row.item}" if row.item else "",
                f"@{row.period}" if row.period else "",
                f"~{base}" if base else "",
                "" if unit == default_unit(row.indicator, self.indicators) else f"!{unit or COUNT}",
                "" if row.reporter == self.home else f"*{row.reporter or UNNAMED}",
            )
        )


def base_of(row: Observation) -> str:
    """The base of a change; empty if it is the same period of the year before."""
    year_before = {"P1Y", str(row.period.year_before) if row.period else ""}
    return "" if row.base in year_before else row.base
