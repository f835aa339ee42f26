"""The package: the parts of the house style, those of the document, and the same bytes every time."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from reports.document import Document
from reports.house.package import (
    BODY_RELATIONSHIPS,
    CONTENT_TYPES,
    PACKAGE_RELATIONSHIPS,
    RELATIONSHIPS,
    parse,
    serialised,
)
from reports.writers.word.draft import Part
from reports.writers.word.ledger import NAMESPACE, Ledger
from reports.writers.word.ledger_xml import part_of
from reports.writers.word.xml import Xml

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of the zip format: a member has no clock
OWNER_ONLY = 0o600 << 16
FIRST = ("[Content_Types].xml", "_rels/.rels")
STORE = "{8E5E2C6C-6B1F-4E63-9B1B-0C6D3B6E7A10}"  # names the ledger among custom XML parts
CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip file: content types first, the rest by name, no clock."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name in sorted(parts, key=lambda name: (name not in FIRST, name)):
            member = zipfile.ZipInfo(name, FIRST_DAY)
            member.compress_type = zipfile.ZIP_STORED if name.endswith(".xlsx") else zipfile.ZIP_DEFLATED
            member.external_attr, member.create_system = OWNER_ONLY, 0
            package.writestr(member, parts[name])
    return buffer.getvalue()


def added(house: Mapping[str, bytes], parts: Sequence[Part], relationships: Sequence[Xml]) -> dict[str, bytes]:
    """The new parts, with the content types and the relationships of the body that name them."""
    blobs = {part.name: part.blob for part in parts}
    blobs |= {relationships_part(part.name): part.relationships for part in parts if part.relationships}
    own = (part for part in parts if part.name not in house)  # what the house file has already has its type
    types = "".join(f'<Override PartName="/{part.name}" ContentType="{part.content_type}"/>' for part in own)
    blobs[CONTENT_TYPES] = _extended(house[CONTENT_TYPES], TYPES, "Types", types)
    namespace = PACKAGE_RELATIONSHIPS.strip("{}")
    blobs[BODY_RELATIONSHIPS] = _extended(house[BODY_RELATIONSHIPS], namespace, "Relationships", "".join(relationships))
    return blobs


def relationships_part(name: str) -> str:
    """The name of the part that holds the relationships of a part."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels"


def _extended(blob: bytes, namespace: str, root: str, children: Xml) -> bytes:
    tree = parse(blob)
    tree.extend(parse(f'<{root} xmlns="{namespace}">{children}</{root}>'.encode()))
    return serialised(tree)


def ledger_parts(ledger: Ledger, document: Document, house: Mapping[str, bytes]) -> tuple[Part, Part, Xml]:
    """The ledger, its properties, and the relationship of the body to it, under a number that is free."""
    number = next(number for number in range(1, len(house) + 2) if f"customXml/item{number}.xml" not in house)
    relationships = (
        f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS.strip("{}")}"><Relationship Id="rId1" '
        f'Type="{RELATIONSHIPS}/customXmlProps" Target="itemProps{number}.xml"/></Relationships>'
    ).encode()
    properties = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem ds:itemID="{STORE}" '
        f'xmlns:ds="{CUSTOM_XML}"><ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs>'
        "</ds:datastoreItem>"
    ).encode()
    item = Part(f"customXml/item{number}.xml", "application/xml", part_of(ledger, document), relationships)
    related = f'<Relationship Id="rIdL" Type="{RELATIONSHIPS}/customXml" Target="../customXml/item{number}.xml"/>'
    return item, Part(f"customXml/itemProps{number}.xml", PROPERTIES_TYPE, properties), related
