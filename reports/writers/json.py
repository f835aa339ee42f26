"""JSON: the document as data, for programs that take its figures, sources and words.

The names are those of the document model. Blocks and inlines say their type; a figure has the key that its
record has under `figures`, so a reader goes from a printed number to its source without parsing text.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from reports.document import Block, Document, Inline, Picture, Run, SourceEntry, Sources, flat, plain

if TYPE_CHECKING:
    from reports.house import House

IF_ANY = ("replaces", "cited")  # what is left out where it is empty
Data = dict[str, "Data"] | list["Data"] | str | int | bool | None


def write(document: Document, house: "House | None") -> bytes:
    """The document as UTF-8 JSON: keys in one order, no escapes beyond what JSON needs, a newline at the end."""
    said = _record(replace(document, cited={}))  # the sources that are printed stand below
    told = {name: data for name, data in said.items() if data or name not in IF_ANY}
    data = {**told, "sources": [_source(entry) for entry in _entries(document)]}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _entries(document: Document) -> Iterator[SourceEntry]:
    for block in flat(document.blocks):
        if isinstance(block, Sources):
            yield from block.entries


def _source(entry: SourceEntry) -> Data:
    """A source in short; with its runs it stands among the blocks."""
    addresses: list[Data] = [run.link for run in entry.text if isinstance(run, Run) and run.link]
    return {"number": entry.number, "key": entry.key, "text": plain(entry.text), "addresses": addresses}


def _data(value: object) -> Data:
    """Any part of the document; no part has a field that this does not know how to say."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_data(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _data(value[key]) for key in sorted(value)}
    return _object(value)


def _object(value: object) -> Data:
    if isinstance(value, Inline):  # most of a document: what is empty or false is left out
        return _typed(value, {key: data for key, data in _record(value).items() if data})
    if isinstance(value, Picture):  # what it is, not the file itself
        said = {field.name: getattr(value, field.name) for field in fields(value) if field.name != "blob"}
        return _typed(value, {"sha256": value.digest, **{name: _data(part) for name, part in said.items()}})
    if isinstance(value, Block):
        return _typed(value, _record(value))
    return _record(value)


def _typed(value: object, data: dict[str, Data]) -> Data:
    return {"type": type(value).__name__.lower(), **data}


def _record(value: object) -> dict[str, Data]:
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is no part of a document")
    return {field.name: _data(getattr(value, field.name)) for field in fields(value)}
