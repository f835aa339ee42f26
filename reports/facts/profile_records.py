"""The records of one country: capital, currency, languages, days, statistics, memberships, offices."""

from dataclasses import dataclass

from reports.facts.record import ALWAYS, Record, Tenure


@dataclass(frozen=True, slots=True)
class Capital:
    """The seat of government."""

    record: Record
    place: str
    tenure: Tenure = ALWAYS


@dataclass(frozen=True, slots=True)
class Currency:
    """Legal tender by ISO 4217 code; `replaces` an older one at `rate` (1 new = rate old)."""

    record: Record
    code: str
    replaces: str = ""
    rate: str = ""
    tenure: Tenure = ALWAYS


@dataclass(frozen=True, slots=True)
class OfficialLanguages:
    """Languages that the law of a country names, as BCP 47 tags."""

    record: Record
    tags: tuple[str, ...]
    tenure: Tenure = ALWAYS


@dataclass(frozen=True, slots=True)
class NationalDay:
    """The national day by its name, on a month and a day of it."""

    record: Record
    name: str
    month: int
    day: int
    tenure: Tenure = ALWAYS


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """The month and day on which the fiscal year begins."""

    record: Record
    month: int
    day: int
    tenure: Tenure = ALWAYS


@dataclass(frozen=True, slots=True)
class Statistics:
    """How a country counts its trade: the causes of gaps between the figures of two sides.

    `imports` and `exports` are valued cif or fob; partners are told by origin, consignment or destination. Empty: not
    on record.
    """

    record: Record
    agency: str = ""
    imports: str = ""
    exports: str = ""
    imports_by: str = ""
    exports_by: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """Groups that a country belongs to; `role` is empty for a full member."""

    record: Record
    groups: tuple[str, ...]
    role: str = ""
    tenure: Tenure = ALWAYS


@dataclass(frozen=True, slots=True)
class Office:
    """Who holds an office; office: head_of_state, head_of_government, foreign_minister, other."""

    record: Record
    office: str
    title: str
    person: str
    tenure: Tenure = ALWAYS
