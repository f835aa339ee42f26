"""What schedule.toml may hold: pydantic models, of which the JSON Schema for editors is made too.

The file is untrusted: every list and text has a bound, and no name can be a path.
"""

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

CLOSED = ConfigDict(extra="forbid", strict=True, frozen=True)
OPEN = ConfigDict(extra="allow", strict=True, frozen=True)
YEARS = range(1990, 2200)
ORDINALS = ("first", "second", "third", "fourth", "fifth", "last")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NAME = r"\w[\w-]{0,59}"
RULE = rf"^({'|'.join(ORDINALS)}) ({'|'.join(WEEKDAYS)}|working day)$"
AGE = r"^[1-9]\d{0,2} (month|months|year|years)$"


def _time(value: Any) -> Any:
    """A wall-clock time as TOML has it, or as text; ValueError if it is none or carries a zone."""
    if isinstance(value, str):
        try:
            value = dt.time.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value!r} is no time: 06:00") from None
    if isinstance(value, dt.time) and value.tzinfo:
        raise ValueError(f"{value} has a zone of its own: write 06:00 and the zone under timezone")
    return value


def _day(value: Any) -> Any:
    """A day as TOML has it, or as text; ValueError if it is none, or of a year that is a slip."""
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value!r} is no day: 2026-12-03") from None
    if isinstance(value, dt.datetime):
        raise ValueError(f"{value} has a time: write the day alone")
    if isinstance(value, dt.date) and value.year not in YEARS:
        raise ValueError(f"{value} is not of this age")
    return value


def _name(value: str) -> str:
    """A name, which cannot be a path; ValueError if it is none."""
    if not re.fullmatch(NAME, value):
        raise ValueError(f"{value[:60]!r} is no name: letters, digits and hyphens, at most 60")
    return value


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Text = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
Name = Annotated[str, AfterValidator(_name), WithJsonSchema({"type": "string", "pattern": f"^{NAME}$"})]
Names = Annotated[list[Name], Field(min_length=1, max_length=300)]
Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,7}$")]
Partners = Annotated[list[Code | Literal["all"]], Field(min_length=1, max_length=300)]
Zone = Annotated[str, Field(pattern=r"^[A-Za-z][\w+/-]{0,59}$")]
Holidays = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,6})?$")]
Time = Annotated[
    dt.time,
    BeforeValidator(_time),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"}),
]
Day = Annotated[dt.date, BeforeValidator(_day)]
MonthDay = Annotated[int, Field(ge=1, le=31)] | Literal["last"]
Months = Annotated[list[Annotated[int, Field(ge=1, le=12)]], Field(min_length=1, max_length=12)]
Before = Annotated[int, Field(ge=0, le=366)]
Prepare = Annotated[
    Annotated[list[Before], Field(min_length=1, max_length=20)],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "array", "items": {"type": "integer"}}]}),
]
Count = Annotated[int, Field(ge=1, le=100_000)]


class RetentionModel(BaseModel):
    """What is kept: editions by age or number, the run history by age, and how much disk all may take."""

    model_config = CLOSED
    editions: Annotated[str, Field(pattern=AGE)] | Count | None = None
    history: Annotated[str, Field(pattern=AGE)] = "24 months"
    disk: Annotated[str, Field(pattern=r"^[1-9]\d{0,5} (MB|GB|TB)$")] | None = None


class EntryModel(BaseModel):
    """What editions and visits have in common: what is made, when by the clock, and where it goes."""

    model_config = CLOSED
    time: Time
    timezone: Zone | None = None
    reports: Names
    languages: Names
    formats: Names
    disclosure: Literal["internal", "public"] = "internal"
    deliver: Annotated[list[Name], Field(max_length=50)] = Field(default_factory=list)


class EditionModel(EntryModel):
    """Editions that come again and again, on one day of each month."""

    name: Name
    day: MonthDay | None = None
    rule: Annotated[str, Field(pattern=RULE)] | None = None
    months: Months | None = None
    holidays: Holidays | None = None
    shift: Literal["before", "after", "none"] = "none"
    partners: Partners
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None


class VisitModel(EntryModel):
    """A visit, and how many days before it its brief is made."""

    partner: Code
    begins: Day
    ends: Day | None = None
    place: Text | None = None
    level: Text | None = None
    delegation: Annotated[list[Text], Field(max_length=200)] = Field(default_factory=list)
    prepare: Prepare
    reports: Names = Field(default_factory=lambda: ["visit"])


class DeliveryModel(BaseModel):
    """A place to which files go; its kind says which other keys it has."""

    model_config = OPEN
    name: Name


class ScheduleModel(BaseModel):
    """The whole file."""

    model_config = CLOSED
    timezone: Zone = "UTC"
    holidays: Holidays | None = None
    grace: Annotated[int, Field(ge=1, le=720)] = Field(6, description="hours after which a missing run is overdue")
    tries: Annotated[int, Field(ge=1, le=20)] = Field(5, description="how often a run that fails is tried")
    retention: RetentionModel | None = None
    editions: Annotated[list[EditionModel], Field(max_length=200)] = Field(default_factory=list)
    visits: Annotated[list[VisitModel], Field(max_length=1000)] = Field(default_factory=list)
    delivery: Annotated[list[DeliveryModel], Field(max_length=50)] = Field(default_factory=list)
