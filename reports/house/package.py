"""The parts of a Word file."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lxml import etree

from reports.errors import HouseError, Problem

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

BODY, STYLES, THEME, NUMBERING = "word/document.xml", "word/styles.xml", "word/theme/theme1.xml", "word/numbering.xml"
BODY_RELATIONSHIPS = "word/_rels/document.xml.rels"
CONTENT_TYPES, CORE = "[Content_Types].xml", "docProps/core.xml"
NEEDED = (CONTENT_TYPES, "_rels/.rels", BODY, BODY_RELATIONSHIPS, STYLES, NUMBERING, THEME, CORE)
AGAIN = "open it in Word and save it as a Word document (.docx)"

Parts = Mapping[str, bytes]
Node = Any  # an element of lxml, which has no types of its own


def read_parts(path: Path) -> Parts:
    """Every part of the Word file by name.

    Raises HouseError if the file cannot be read or is no Word document.
    """
    try:
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
    except OSError as error:
        raise HouseError(Problem(str(path), f"cannot be read: {error.strerror or error}")) from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise HouseError(Problem(str(path), f"no Word document: {error}", AGAIN)) from error
    missing = [name for name in NEEDED if name not in parts]
    if missing:
        raise HouseError(Problem(str(path), f"no Word document: {', '.join(missing)} not in it", AGAIN))
    return MappingProxyType(parts)


def parsed(parts: Parts, name: str, where: str) -> Node:
    """The root element of a part. Raises HouseError if it is not well-formed."""
    try:
        return parse(parts[name])
    except etree.XMLSyntaxError as error:
        raise HouseError(Problem(f"{where}: {name}", f"not well-formed: {error}", AGAIN)) from error


def parse(blob: bytes) -> Node:
    """The root element; nothing outside the bytes is read. Raises etree.XMLSyntaxError."""
    return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))


def serialised(root: Node) -> bytes:
    """The bytes of a part."""
    blob: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return blob


def value(parent: Node, name: str) -> str:
    """The w:val of a child, empty if there is none."""
    child = None if parent is None else parent.find(W + name)
    return "" if child is None else child.get(W + "val", "")


def furniture_parts(parts: Parts) -> tuple[str, ...]:
    """The names of the headers and footers, in the order of the package."""
    return tuple(name for name in parts if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"))
