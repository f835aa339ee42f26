"""The sections of the YAML files: a table of their keys, and a pydantic model made of each.

SECTIONS is the one place that says what a file may hold; validation, JSON Schemas and hints come from it.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from reports.facts.limits import LIMITS
from reports.sources.keys import (
    CountryCode,
    CurrencyCode,
    DayKey,
    EventDay,
    KnownKey,
    LanguageTag,
    MonthDay,
    Number,
    OneOrMore,
    SeenKey,
    Text,
    Texts,
)
from reports.sources.schedule_models import ScheduleModel

# YAML 1.1 editors read a plain yes or no as a truth value.
Yes = Annotated[Literal["yes"], WithJsonSchema({"enum": ["yes", True]})]
One = Annotated[Literal["1"], WithJsonSchema({"enum": ["1", 1]})]
MonthsDay = Annotated[str, Field(pattern=r"^([1-9]|1\d|2[0-8])$")]  # a day that every month has
No = Annotated[Literal["no"], WithJsonSchema({"enum": ["no", False]})]
Keys = dict[str, Any]

REQUIRED = ...
SOURCED: Keys = {
    "source": (OneOrMore, REQUIRED),
    "seen": (SeenKey | None, None),
    "known": (KnownKey | None, None),
    "use": (No | None, None),
    "confidentiality": (Literal["F", "N", "C"], "F"),
    "note": (Text, ""),
}
TENURE: Keys = {"from": (DayKey | None, None), "to": (DayKey | None, None)}
OFFICES = ("head_of_state", "head_of_government", "foreign_minister", "other")
EVENT: Keys = {
    "kind": (Literal["visit", "meeting", "call", "consultations", "commission", "summit", "forum"], REQUIRED),
    "date": (EventDay, REQUIRED),
    "rank": (Literal["state", "official", "working"] | None, None),
    "who": (Texts | None, None),
    "text": (Text, ""),
    "place": (Text, ""),
    "occasion": (Text, ""),
    "documents": (Number | None, None),
    "planned": (Yes | None, None),
    **SOURCED,
}
COUNTRY: Mapping[str, Keys] = {
    "capital": {"place": (Text, REQUIRED), **TENURE, **SOURCED},
    "currency": {
        "code": (CurrencyCode, REQUIRED),
        "replaces": (CurrencyCode | None, None),
        "rate": (Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")] | None, None),
        **TENURE,
        **SOURCED,
    },
    "languages": {"official": (Annotated[list[LanguageTag], Field(min_length=1)], REQUIRED), **TENURE, **SOURCED},
    "national_day": {"name": (Text, REQUIRED), "day": (MonthDay, REQUIRED), **TENURE, **SOURCED},
    "fiscal_year": {"start": (MonthDay, REQUIRED), **TENURE, **SOURCED},
    "statistics": {
        "agency": (Text, ""),
        "imports": (Literal["cif", "fob"] | None, None),
        "exports": (Literal["cif", "fob"] | None, None),
        "imports_by": (Literal["origin", "consignment", "destination"] | None, None),
        "exports_by": (Literal["origin", "consignment", "destination"] | None, None),
        **SOURCED,
    },
    "memberships": {"groups": (Texts, REQUIRED), "role": (Text, ""), **TENURE, **SOURCED},
    "offices": {
        "office": (Literal[OFFICES], REQUIRED),
        "title": (Text, REQUIRED),
        "person": (Text, REQUIRED),
        **TENURE,
        **SOURCED,
    },
    "events": EVENT,
}
RELATIONS: Mapping[str, Keys] = {
    "recognition": {"date": (DayKey, REQUIRED), "by": (CountryCode | None, None), **SOURCED},
    "diplomatic_relations": {"date": (DayKey, REQUIRED), **SOURCED},
    "missions": {
        "kind": (Literal["embassy", "consulate_general", "consulate", "honorary_consulate", "trade_office"], REQUIRED),
        "of": (CountryCode, REQUIRED),
        "place": (Text, REQUIRED),
        "opened": (DayKey | None, None),
        "closed": (DayKey | None, None),
        "head": (Text, ""),
        **SOURCED,
    },
    "ambassadors": {
        "of": (CountryCode, REQUIRED),
        "at": (CountryCode, REQUIRED),
        "person": (Text, REQUIRED),
        "seat": (Text, ""),
        **TENURE,
        **SOURCED,
    },
    "commissions": {
        "name": (Text, REQUIRED),
        "kind": (Text, ""),
        "chairs": (Texts | None, None),
        "last": (DayKey | None, None),
        "next": (DayKey | None, None),
        **SOURCED,
    },
    "visas": {
        "for": (CountryCode | Literal["both"], REQUIRED),
        "rule": (Literal["visa_free", "visa_on_arrival", "electronic_visa", "visa_required"], REQUIRED),
        "days": (Number | None, None),
        **TENURE,
        **SOURCED,
    },
    "areas": {"names": (Texts, REQUIRED), "date": (DayKey | None, None), **SOURCED},
}
AGREEMENT: Keys = {
    "title": (Text, REQUIRED),
    "kind": (Literal["treaty", "agreement", "protocol", "memorandum", "programme", "roadmap", "declaration"], REQUIRED),
    "short": (Text, ""),
    "parties": (Annotated[list[CountryCode], Field(min_length=2)] | None, None),
    "signed": (DayKey | None, None),
    "place": (Text, ""),
    "in_force": (DayKey | None, None),
    "ends": (DayKey | None, None),
    **SOURCED,
}
NOTE_KINDS = (
    "aim", "point", "their_point", "reply", "press_line", "agreed", "background", "sensitive", "biography",
    "programme", "delegation", "interpreters", "length",
)  # fmt: skip
NOTE: Keys = {
    "kind": (Literal[NOTE_KINDS], REQUIRED),
    "for": (Text, ""),
    "person": (Text, ""),
    "chance": (Literal["certain", "possible", "unlikely"] | None, None),
    "topic": (Text, ""),
    "author": (Text, REQUIRED),
    "date": (DayKey, REQUIRED),
    "status": (Literal["draft", "approved"], REQUIRED),
    "text": (Annotated[dict[LanguageTag, Text], Field(min_length=1)], REQUIRED),
    **SOURCED,
    "source": (OneOrMore | None, None),
}
SECTIONS: Mapping[str, Mapping[str, Keys]] = {
    "country": COUNTRY,
    "relations": RELATIONS,
    "agreements": {"agreements": AGREEMENT},
    "events": {"events": EVENT},
    "notes": {"notes": NOTE},
}
STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)


def _model(name: str, keys: Keys) -> type[BaseModel]:
    """A model of which no attribute is a Python keyword: `from` and `for` are aliases."""
    fields: Keys = {
        f"{key}_" if key in {"from", "for"} else key: (
            kind,
            Field(alias=key) if default is REQUIRED else Field(default, alias=key),
        )
        for key, (kind, default) in keys.items()
    }
    return create_model(name, __config__=STRICT, **fields)


RECORDS: Mapping[tuple[str, str], type[BaseModel]] = {
    (file, section): _model(section, keys) for file, sections in SECTIONS.items() for section, keys in sections.items()
}
LimitKind: Any = Literal[tuple(LIMITS)]
LimitsKey: Any = dict[LimitKind, Number]
DATA = create_model(
    "data",
    __config__=STRICT,
    format=(One, REQUIRED),
    home=(CountryCode, REQUIRED),
    language=(LanguageTag, REQUIRED),
    owner=(Text, ""),
    edition_day=(MonthsDay | None, None),
    limits=(LimitsKey | None, None),
)


def file_models() -> Mapping[str, type[BaseModel]]:
    """A model of each whole file: a section is a list of records, or `none` where it is known that there is none."""
    return {"data": DATA, "schedule": ScheduleModel, **{name: _file_model(name) for name in SECTIONS}}


def _file_model(file: str) -> type[BaseModel]:
    return create_model(file, __config__=STRICT, **{section: _section(file, section) for section in SECTIONS[file]})


def _section(file: str, section: str) -> Any:
    """The type and the default of a section."""
    record: Any = RECORDS[file, section]
    return Annotated[list[record], Field(min_length=1)] | Literal["none"] | None, None
