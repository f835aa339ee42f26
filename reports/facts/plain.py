"""Facts and records as plain data for JSON, and records back from it: what an edition keeps of what it was made from.

Every dataclass says its name under `is`, so nothing is guessed when it is read; only the classes of records and values
are ever made from a file.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from inspect import isclass
from types import MappingProxyType
from typing import Any

from reports import pictures
from reports.facts import profile_records, record, records, values

Plain = dict[str, "Plain"] | list["Plain"] | str | int | bool | None

CLASSES: Mapping[str, type] = MappingProxyType({
    name: found
    for module in (values, record, profile_records, records, pictures)
    for name, found in vars(module).items()
    if isclass(found) and is_dataclass(found)
})  # fmt: skip
PLACE = "where"  # file and line of a record


def to_plain(value: object, *, places: bool = True) -> Plain:
    """Any value, record or view, however deep; what has its default is left out, and without `places` file and line.

    TypeError for what is none of them.
    """
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple | list):
        return [to_plain(item, places=places) for item in value]
    if isinstance(value, date | Decimal | bytes):
        return _scalar(value)
    if isinstance(value, frozenset):
        return {"set": [to_plain(item, places=places) for item in sorted(value)]}
    if isinstance(value, Mapping):
        return {"map": [[to_plain(key), to_plain(item, places=places)] for key, item in value.items()]}
    if is_dataclass(value):
        kept = (field for field in fields(value) if places or field.name != PLACE)
        told = {field.name: getattr(value, field.name) for field in kept if not _is_default(field, value)}
        return {"is": type(value).__name__, **{name: to_plain(item, places=places) for name, item in told.items()}}
    raise TypeError(f"{type(value).__name__} is no record")


def _scalar(value: date | Decimal | bytes) -> Plain:
    """What JSON has no type for."""
    match value:
        case bytes():
            return {"file": b64encode(value).decode("ascii")}
        case Decimal():
            return {"number": str(value)}
        case date():
            return {"day": value.isoformat()}


def _is_default(field: Field[Any], value: object) -> bool:
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    return bool(getattr(value, field.name) == default)


def from_plain(plain: Plain) -> Any:
    """The record or value that `to_plain` gave. ValueError if it is none."""
    try:
        return _read(plain)
    except (TypeError, KeyError, AttributeError, ArithmeticError) as error:
        raise ValueError(f"no record: {error}") from error


def _read(plain: Plain) -> Any:  # noqa: C901, PLR0911  one line a type
    match plain:
        case list():
            return tuple(map(_read, plain))
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case {"number": str(text)}:
            return Decimal(text)
        case {"file": str(text)}:
            return b64decode(text, validate=True)
        case {"set": list(items)}:
            return frozenset(map(_read, items))
        case {"map": list(pairs)}:
            return {_read(key): _read(item) for key, item in map(_pair, pairs)}
        case dict() if isinstance(name := plain.get("is"), str):
            return CLASSES[name](**{key: _read(item) for key, item in plain.items() if key != "is"})
        case dict():
            raise KeyError(f"{', '.join(map(repr, plain))[:60]} says no kind")
        case _:
            return plain


def _pair(plain: Plain) -> tuple[Plain, Plain]:
    if not isinstance(plain, list):
        raise TypeError(f"{plain!r} is no pair")
    key, item = plain
    return key, item
