"""The parts of a Word file by name, and what is in them."""

import posixpath
from collections.abc import Mapping
from typing import Any

from lxml import etree

from reports.errors import HouseError, Problem

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

BODY, STYLES, THEME, NUMBERING = "word/document.xml", "word/styles.xml", "word/theme/theme1.xml", "word/numbering.xml"
BODY_RELATIONSHIPS = "word/_rels/document.xml.rels"
CONTENT_TYPES, CORE = "[Content_Types].xml", "docProps/core.xml"
SETTINGS = "word/settings.xml"
AGAIN = "open it in Word and save it as a Word document (.docx)"

Parts = Mapping[str, bytes]
Node = Any  # an element of lxml, which has no types of its own


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


def relationships_of(parts: Parts, name: str, where: str) -> dict[str, str]:
    """What the relationships of a part lead to inside the file, by id: names of parts. HouseError if they cannot be
    read."""
    folder, file = posixpath.split(name)
    listed = f"{folder}/_rels/{file}.rels"
    if listed not in parts:
        return {}
    return {
        relationship.get("Id", ""): _part_name(folder, relationship.get("Target", ""))
        for relationship in parsed(parts, listed, where)
        if relationship.get("TargetMode") != "External"
    }


def _part_name(folder: str, target: str) -> str:
    """ECMA-376 part 2, 9.3: a target is relative to its part, or begins at the root of the package."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def furniture_parts(parts: Parts) -> tuple[str, ...]:
    """The names of the headers and footers, in the order of the package."""
    return tuple(name for name in parts if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"))
