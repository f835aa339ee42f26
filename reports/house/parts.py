"""The parts of a house file. It comes from others: it is read within bounds, and what leads out of it is left out."""

import posixpath
from collections.abc import Container
from pathlib import Path
from types import MappingProxyType

from reports.errors import HouseError, Problem
from reports.house.package import (
    AGAIN,
    BODY,
    BODY_RELATIONSHIPS,
    CONTENT_TYPES,
    CORE,
    NUMBERING,
    SETTINGS,
    STYLES,
    THEME,
    Parts,
    W,
    parsed,
    serialised,
)
from reports.house.unpacking import UnusableFileError, unpacked

NEEDED = (CONTENT_TYPES, "_rels/.rels", BODY, BODY_RELATIONSHIPS, STYLES, NUMBERING, THEME, CORE)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE = MAIN.replace("document.main", "template.main")
_TYPES = (TEMPLATE.encode(), MAIN.encode())


def read_parts(path: Path, spared: Container[str] = ()) -> Parts:
    """Every part of the Word document or template by name, as parts of a document: the content type of a template is
    that of a document, and no relationship but a hyperlink leads out of the file. `spared` are parts that it may lack.

    Raises HouseError if the file cannot be read, is no Word file, is far too large, or carries macros.
    """
    try:
        parts = unpacked(path.read_bytes())
    except OSError as error:
        raise HouseError(Problem(str(path), f"cannot be read: {error.strerror or error}")) from error
    except UnusableFileError as error:
        raise HouseError(Problem(str(path), error.message, error.hint)) from error
    missing = [name for name in NEEDED if name not in parts and name not in spared]
    if missing:
        raise HouseError(Problem(str(path), f"no Word document: {', '.join(missing)} not in it", AGAIN))
    if any(posixpath.basename(name).lower().startswith("vbaproject") for name in parts):
        hint = "save it in Word without macros, as .docx or .dotx"
        raise HouseError(Problem(str(path), "carries macros", hint))
    return MappingProxyType(_closed({**parts, CONTENT_TYPES: parts[CONTENT_TYPES].replace(*_TYPES)}, str(path)))


def _closed(parts: dict[str, bytes], where: str) -> dict[str, bytes]:
    """The parts without relationships that lead out of the file: the template of a template, a linked picture."""
    for name in [name for name in parts if name.endswith(".rels") and b"External" in parts[name]]:
        root = parsed(parts, name, where)
        for relationship in list(root):
            if relationship.get("TargetMode") == "External" and not relationship.get("Type", "").endswith("/hyperlink"):
                root.remove(relationship)
        parts[name] = serialised(root)
    if SETTINGS in parts and b"attachedTemplate" in parts[SETTINGS]:
        root = parsed(parts, SETTINGS, where)
        for attached in root.findall(W + "attachedTemplate"):
            root.remove(attached)
        parts[SETTINGS] = serialised(root)
    return parts
