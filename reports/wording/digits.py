"""A document in the digits of its language throughout: ٠١٢٣٤٥٦٧٨٩ where the language file asks for them."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from reports.document import Document, Run

ASCII = "0123456789"
PRINTED = {"title", "subject", "label", "name", "categories", "alternative", "issuer", "classification", "footer",
           "copy", "circulated"}  # fmt: skip


def in_digits(document: Document, digits: str) -> Document:
    """The same document with every digit that a reader sees replaced; names of pages and what is in another language
    stay as they are, as do keys and records. `digits` are ten, from zero on; none, and nothing changes."""
    if not digits:
        return document
    table = str.maketrans(ASCII, digits)
    return replace(
        document,
        title=document.title.translate(table),
        subject=document.subject.translate(table),
        furniture=_part(document.furniture, table),
        blocks=_part(document.blocks, table),
    )


def _part(part: Any, table: dict[int, int]) -> Any:
    """A part of the document with all that is in it."""
    if isinstance(part, tuple):
        return tuple(_part(inner, table) for inner in part)
    if isinstance(part, Run):
        foreign = part.language or part.link
        return part if foreign else replace(part, text=part.text.translate(table))
    if not is_dataclass(part) or isinstance(part, type):
        return part
    inner = {field.name: getattr(part, field.name) for field in fields(part)}
    changed = {name: _text(value, table) if name in PRINTED else _part(value, table) for name, value in inner.items()}
    if "digits" in changed:
        changed["digits"] = "".join(map(chr, table.values()))
    return replace(part, **changed)


def _text(inner: Any, table: dict[int, int]) -> Any:
    """What is a plain string, or several, where other parts have texts."""
    if isinstance(inner, str):
        return inner.translate(table)
    if isinstance(inner, tuple) and all(isinstance(one, str) for one in inner):
        return tuple(one.translate(table) for one in inner)
    return _part(inner, table)
