"""A figure: a value with its key and its passport."""

from dataclasses import dataclass
from datetime import date

from reports.facts.values import Period, Quantity


@dataclass(frozen=True, slots=True)
class Figure:
    """A published or derived value. `key` is indicator[/item]@period[~base][!unit][*reporter].

    `status` holds SDMX OBS_STATUS letters; `value` None means missing, not applicable or suppressed (O, M, Q).
    `early` marks a figure that became known only after the as-of day (shown by --facts all alone).
    A derived figure has a `formula` and the keys of its `inputs`; its sources are those of the inputs.
    """

    key: str
    indicator: str
    value: Quantity | None
    period: Period
    item: str = ""
    status: str = ""
    reporter: str = ""
    sources: tuple[str, ...] = ()
    known: date | None = None
    remark: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()
    early: bool = False
