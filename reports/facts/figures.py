"""A figure: a value with its key and its passport."""

from dataclasses import dataclass
from datetime import date

from reports.facts.values import Period, Quantity


@dataclass(frozen=True, slots=True)
class Figure:
    """A published or derived value. `key` is written by reports.facts.keys, or by the function that derived it.

    `status` holds SDMX OBS_STATUS letters; `value` None means missing, not applicable or suppressed (O, M, Q).
    A derived figure of status M has no meaning, and `remark` says why: base_zero, base_negative, sign_change.
    `early` marks a figure that became known only after the as-of day (shown by --facts all alone).
    A derived figure has a `formula`, in which a and b are its `inputs` in order; its sources are those of the inputs.
    `base` is empty for a change on the same period of the year before. A figure without a period of its own
    (a target for the next years, the length of a border) has one that is open at both ends. `signed` is who stands
    for it; an `override` was given with the order and is not in the data; `former` is the value that a revision since
    the last edition replaced. `converted` says that the value was published in a currency that another has replaced.
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
    base: str = ""
    signed: str = ""
    override: bool = False
    former: Quantity | None = None
    converted: bool = False
