"""A Word file from outside: its parts, or a problem. Nothing in it is run, followed or unpacked without measure."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reports.errors import Problem, WordFileError
from reports.house.package import BODY, CONTENT_TYPES, PACKAGE_RELATIONSHIPS, W
from reports.house.unpacking import UnusableFileError, tree, unpacked

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OURS = "give a .docx that python generate.py brief made"
Node = Any  # an element of lxml, which has no types of its own


def parts_of(blob: bytes, where: str) -> dict[str, bytes]:
    """The parts of a Word document by name; WordFileError if it is none, is encrypted, has macros or is too large."""
    try:
        parts = unpacked(blob)
    except UnusableFileError as error:
        raise refused(where, error.message, error.hint) from error
    if CONTENT_TYPES not in parts or BODY not in parts:
        raise refused(where, f"no Word document: {CONTENT_TYPES} or {BODY} is not in it", OURS)
    types = {one.get("PartName"): one.get("ContentType", "") for one in root_of(parts, CONTENT_TYPES, where)}
    if any("macro" in kind.lower() or "vba" in kind.lower() for kind in types.values()):
        raise refused(where, "has macros", "save it as a Word document without macros (.docx)")
    if types.get(f"/{BODY}") != MAIN or root_of(parts, BODY, where).tag != f"{W}document":
        raise refused(where, "no Word document of the usual kind", "save it as a Word document (.docx), not as Strict")
    return parts


def refused(where: str, message: str, hint: str = "") -> WordFileError:
    """The error with one problem."""
    return WordFileError(Problem(where, message, hint))


def root_of(parts: Mapping[str, bytes], name: str, where: str) -> Node:
    """The root element of a part; WordFileError if it is not well-formed or declares a document type."""
    try:
        return tree(parts[name])
    except UnusableFileError as error:
        raise refused(f"{where}: {name}", error.message, error.hint) from error


# ---------------------------------------------------------------- relationships


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: its id, the last word of its type, the part that it leads to or an address outside."""

    id: str
    kind: str
    target: str
    external: bool
    node: Node


def relations_name(part: str) -> str:
    """The part with the relationships of a part; of the package itself, if its name is empty.

    >>> relations_name("word/document.xml"), relations_name("")
    ('word/_rels/document.xml.rels', '_rels/.rels')
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(parts: Mapping[str, bytes], part: str, where: str) -> Iterator[Relation]:
    """The relationships of a part, or of the package if its name is empty."""
    name = relations_name(part)
    if name not in parts:
        return
    for node in root_of(parts, name, where).iter(f"{PACKAGE_RELATIONSHIPS}Relationship"):
        kind, target = node.get("Type", "").rsplit("/", 1)[-1], node.get("Target", "")
        external = node.get("TargetMode") == "External"
        if not external:
            folder = "" if target.startswith("/") else posixpath.dirname(part)
            target = posixpath.normpath(posixpath.join(folder, target.lstrip("/")))
        yield Relation(node.get("Id", ""), kind, target, external, node)
