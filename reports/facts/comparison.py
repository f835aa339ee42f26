"""Several figures of one kind side by side: their total and their places, with what is missing told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reports.facts.figures import Figure
from reports.facts.intervals import Sized, summed, unit_of


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of the figures that have a value, and how many have none. None if units differ or nothing is known."""

    figure: Figure | None
    missing: int


def total(figures: Iterable[Figure]) -> Total:
    """The sum of figures of one period and unit: a zero counts, a missing value is counted as missing."""
    found = list(figures)
    known = [figure for figure in found if isinstance(figure.value, Sized)]
    missing = len(found) - len(known)
    values = [figure.value for figure in known if isinstance(figure.value, Sized)]
    value = summed(values, [figure.status for figure in known]) if _comparable(known) else None
    if value is None:
        return Total(None, missing)
    keys = tuple(figure.key for figure in known)
    sources = tuple(dict.fromkeys(source for figure in known for source in figure.sources))
    first = replace(known[0], key=f"total({','.join(keys)})", value=value, item="", sources=sources)
    return Total(replace(first, formula="a + b + …", inputs=keys, former=None), missing)


def places(figures: Iterable[Figure]) -> tuple[tuple[int, Figure], ...]:
    """The figures from the largest down, each with its place; equal ones share it, what is missing has none.

    Nothing if they differ in unit or period: such figures have no order.
    """
    known = [(figure.value.exact, figure) for figure in figures if figure.value is not None]
    if not _comparable([figure for _, figure in known]):
        return ()
    placed = [(1 + sum(size > own for size, _ in known), figure) for own, figure in known]
    return tuple(sorted(placed, key=lambda pair: (pair[0], pair[1].key)))


def _comparable(figures: Sequence[Figure]) -> bool:
    return len({(unit_of(figure.value), figure.period) for figure in figures}) <= 1
