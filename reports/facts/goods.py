"""Goods of a flow: what is on record of each product for the newest period."""

from dataclasses import dataclass

from reports.facts.collection import Figures
from reports.facts.comparison import total
from reports.facts.figures import Figure
from reports.facts.values import Period

MEASURES = ("", ".share", ".quantity", ".change", ".rank")


@dataclass(frozen=True, slots=True)
class Good:
    """A product of a flow; each measure is None where nobody published it."""

    item: str
    value: Figure | None = None
    share: Figure | None = None
    quantity: Figure | None = None
    change: Figure | None = None
    rank: Figure | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of its measures, each once."""
        measures = (self.value, self.share, self.quantity, self.change, self.rank)
        return tuple(dict.fromkeys(source for measure in measures if measure for source in measure.sources))


@dataclass(frozen=True, slots=True)
class Goods:
    """The products of a flow (trade.exports) in a period, the biggest first."""

    flow: str = ""
    period: Period | None = None
    goods: tuple[Good, ...] = ()

    @property
    def total(self) -> Figure | None:
        """The value of all goods that have one; None of fewer than two."""
        values = [good.value for good in self.goods if good.value]
        return total(values).figure if len(values) > 1 else None

    @property
    def measured(self) -> bool:
        """Whether a table of them would hold a number beside ranks."""
        return any(good.value or good.share or good.quantity or good.change for good in self.goods)


def goods_of(figures: Figures, flow: str) -> Goods:
    """The goods of trade.exports, trade.imports or trade.turnover for the newest period that any is known for."""
    found = [
        figure
        for measure in MEASURES
        for figure in figures.by_indicator.get(flow + measure, ())
        if figure.item and figure.value is not None and not figure.base
    ]
    if not found:
        return Goods(flow)
    newest = max(found, key=lambda figure: (figure.period.last, str(figure.period))).period
    of_period = [figure for figure in found if figure.period == newest]
    goods = [_good(flow, item, of_period) for item in dict.fromkeys(figure.item for figure in of_period)]
    return Goods(flow, newest, tuple(sorted(goods, key=_size)))


def _good(flow: str, item: str, figures: list[Figure]) -> Good:
    """The measures of one product; of several makers the headline, which comes first."""
    measures: dict[str, Figure] = {}
    for figure in figures:
        if figure.item == item:
            measures.setdefault(figure.indicator.removeprefix(flow), figure)
    return Good(item, *(measures.get(measure) for measure in MEASURES))


def _size(good: Good) -> tuple[object, ...]:
    """The biggest first: by value, then by share, then by rank."""
    value, share, rank = (figure.value if figure else None for figure in (good.value, good.share, good.rank))
    return (-value.exact if value else 0, -share.exact if share else 0, rank.exact if rank else 0, good.item)
