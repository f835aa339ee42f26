"""Derived figures: pure functions of figures, each with its formula, its inputs and the union of their sources.

Only figures of one maker are combined: one reporter and one unit, and where the page does not say whose
statistics they are, one source. An input with 'over' or 'under' gives nothing; one with 'about', 'nearly' or a
range gives a figure with 'about'.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from reports.facts.figures import Figure
from reports.facts.intervals import Sized, difference, growth, interval, proportion, unit_in_last_place, unit_of
from reports.facts.values import Count, Day, Part, Percent, Period, Quantity

MAINLY = Decimal("0.9")  # the part of turnover from which a flow is what it mainly consists of; a house rule
ROUND_YEARS = 5  # anniversaries of 5, 10, 15 … years are told
SHOWN = "PEFBDU"  # SDMX status letters that a derived figure takes over from its inputs


def change(now: Figure, before: Figure) -> Figure | None:
    """now - before, with the digits that both have."""
    if not one_maker(now, before):
        return None
    value = _difference(now, before)
    return _derived("change", "a - b", value, (now, before)) if value else None


def change_percent(now: Figure, before: Figure) -> Figure | None:
    """The change in percent of `before`; status M without a value where that has no meaning.

    House rule: not meaningful from zero, from below zero, or across a sign.
    """
    if not one_maker(now, before) or not isinstance(now.value, Sized) or not isinstance(before.value, Sized):
        return None
    reason = _meaningless(now.value.exact, before.value.exact)
    if reason:
        figure = _derived("change_percent", "(a / b - 1) × 100", None, (now, before))
        return replace(figure, status="M", remark=reason)
    a, b = interval(now.value, now.status), interval(before.value, before.status)
    value = growth(a, b) if a and b else None
    return _derived("change_percent", "(a / b - 1) × 100", value, (now, before)) if value else None


def _meaningless(now: Decimal, before: Decimal) -> str:
    if before < 0:
        return "base_negative"
    if not before:
        return "base_zero"
    return "sign_change" if now < 0 else ""


def surer(published: Figure | None, computed: Figure | None) -> Figure | None:
    """The computed change, unless a published one has digits that the levels do not leave sure."""
    if published is None or published.value is None:
        return computed
    value = computed.value if computed else None
    if not isinstance(value, Percent) or value.qualifier or not isinstance(published.value, Percent):
        return published
    finer = unit_in_last_place(published.value.digits) < unit_in_last_place(value.digits)
    return published if finer and not published.value.qualifier else computed


def balance(exports: Figure, imports: Figure) -> Figure | None:
    """Exports less imports of one period."""
    if not one_maker(exports, imports) or exports.period != imports.period:
        return None
    value = _difference(exports, imports)
    if value is None:
        return None
    return replace(_derived("balance", "a - b", value, (exports, imports)), indicator="trade.balance")


def share(part: Figure, whole: Figure) -> Figure | None:
    """The part in percent of a whole of the same period."""
    if not one_maker(part, whole) or part.period != whole.period:
        return None
    if not isinstance(part.value, Sized) or not isinstance(whole.value, Sized):
        return None
    if part.value.exact < 0 or part.value.exact > whole.value.exact:
        return None
    a, b = interval(part.value, part.status), interval(whole.value, whole.status)
    value = proportion(a, b) if a and b else None
    if value is None:
        return None
    return replace(_derived("share", "a / b × 100", value, (part, whole)), indicator=f"{part.indicator}.share")


def is_main(part: Figure, whole: Figure) -> bool:
    """Whether the part makes up the bulk of the whole."""
    if not one_maker(part, whole) or part.value is None or whole.value is None:
        return False
    return whole.value.exact > 0 and part.value.exact >= MAINLY * whole.value.exact


def years_since(event: Day, today: date, sources: tuple[str, ...] = ()) -> Figure | None:
    """The whole years completed since an event; None if it is not past, or its day is not known well enough."""
    least, most = (_completed(day, today) for day in (event.last, event.first))
    if least != most or least < 0:
        return None
    return _years("years_since", event, today, least, sources)


def anniversary(event: Day, today: date, sources: tuple[str, ...] = ()) -> Figure | None:
    """The round anniversary that falls in the calendar year of today, or None."""
    years = today.year - event.year
    return _years("anniversary", event, today, years, sources) if years > 0 and not years % ROUND_YEARS else None


def _completed(since: date, today: date) -> int:
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))


def _years(function: str, event: Day, today: date, years: int, sources: tuple[str, ...]) -> Figure:
    part = Part(today.year, 0, today.month, today.day)
    key = f"{function}({event})@{today}"
    return Figure(
        key, function, Count(Decimal(years)), Period(part, part), sources=sources, formula=f"{today} - {event}"
    )


# ---------------------------------------------------------------- what all have in common


def one_maker(a: Figure, b: Figure) -> bool:
    """Whether two figures are of one unit and of one reporter, or of one source that names none."""
    return one_reporter(a, b) and unit_of(a.value) == unit_of(b.value)


def one_reporter(a: Figure, b: Figure) -> bool:
    """Whether two figures are of one reporter, or of one source that names none."""
    return a.reporter == b.reporter and (bool(a.reporter) or not set(a.sources).isdisjoint(b.sources))


def _difference(a: Figure, b: Figure) -> Quantity | None:
    if not isinstance(a.value, Sized) or not isinstance(b.value, Sized):
        return None
    return difference(a.value, b.value, (a.status, b.status))


def _derived(function: str, formula: str, value: Quantity | None, inputs: tuple[Figure, Figure]) -> Figure:
    main, other = inputs
    same_item = main.indicator == other.indicator and main.item == other.item
    return Figure(
        key=f"{function}({main.key})" if same_item else f"{function}({main.key},{other.key})",
        indicator=f"{main.indicator}.{function}",
        value=value,
        period=main.period,
        item=main.item,
        status="".join(letter for letter in SHOWN if letter in main.status + other.status),
        reporter=main.reporter,
        sources=tuple(dict.fromkeys((*main.sources, *other.sources))),
        known=max((day for day in (main.known, other.known) if day), default=None),
        formula=formula,
        inputs=(main.key, other.key),
        early=main.early or other.early,
        override=main.override or other.override,
    )
