"""What the file says of itself: core, extended and custom properties (ECMA-376 part 2, 11; part 1, 22.2 and 22.3)."""

from collections.abc import Mapping

from lxml import etree

from reports.document import Document
from reports.house.package import CORE, PACKAGE_RELATIONSHIPS, RELATIONSHIPS, Node, parse, serialised
from reports.writers.word.draft import Draft, Part
from reports.writers.word.xml import Xml, attribute, escaped

APP, CUSTOM, ROOT = "docProps/app.xml", "docProps/custom.xml", "_rels/.rels"
CUSTOM_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006"
PROPERTY = f"{{{PROPERTIES}/custom-properties}}property"
FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that a user defines
FIRST = 2  # property ids 0 and 1 are taken by their dictionary and code page


def said_of(document: Document) -> Mapping[str, str]:
    """The custom properties by name: what a DOCPROPERTY field of a header can print. What is empty is left out."""
    said = {
        "AsOf": document.as_of.isoformat(),
        "Classification": document.furniture.classification,
        "Identifier": document.identifier,
        "Language": document.language,
        "Replaces": document.replaces,
    }
    return {name: text for name, text in said.items() if text}


def properties(draft: Draft) -> dict[str, bytes]:
    """The parts of the properties that every package has, and the relationship to the custom ones."""
    document, house = draft.document, draft.house.parts
    app = {APP: _app(document)} if APP in house else {}
    return {CORE: _core(document), **app, ROOT: _related(house[ROOT])}


def custom_part(draft: Draft) -> Part:
    """The custom properties: those of the house file, and in their place or behind them those of the document."""
    said = said_of(draft.document)
    kept = [node for node in _of_house(draft.house.parts) if node.get("name") not in said]
    own = (f'<vt:lpwstr xmlns:vt="{PROPERTIES}/docPropsVTypes">{escaped(text)}</vt:lpwstr>' for text in said.values())
    values = [*(("".join(map(_written, node)), node.get("name", "")) for node in kept), *zip(own, said, strict=True)]
    rows = "".join(
        f'<property fmtid="{FORMAT_ID}" pid="{number}" name="{attribute(name)}">{inner}</property>'
        for number, (inner, name) in enumerate(values, FIRST)
    )
    blob = f'{DECLARATION}<Properties xmlns="{PROPERTIES}/custom-properties">{rows}</Properties>'
    return Part(CUSTOM, CUSTOM_KIND, blob.encode())


def _of_house(house: Mapping[str, bytes]) -> list[Node]:
    try:
        return list(parse(house[CUSTOM]).iterchildren(PROPERTY)) if CUSTOM in house else []
    except etree.XMLSyntaxError:  # nobody needs a property that cannot be read
        return []


def _written(node: Node) -> Xml:
    node.tail = None
    blob: bytes = serialised(node)
    return blob.decode().split("?>", 1)[-1].strip()


def _related(root: bytes) -> bytes:
    """The relationships of the package with that to the custom properties."""
    tree = parse(root)
    kind = f"{RELATIONSHIPS}/custom-properties"
    if all(link.get("Type") != kind for link in tree):
        tree.append(
            tree.makeelement(PACKAGE_RELATIONSHIPS + "Relationship", {"Id": "rIdC", "Type": kind, "Target": CUSTOM})
        )
    return serialised(tree)


def _app(document: Document) -> bytes:
    """The program and the house, without what Word counted in the house file."""
    company = escaped(document.furniture.issuer)
    return (
        f'{DECLARATION}<Properties xmlns="{PROPERTIES}/extended-properties"><Application>Bilateral</Application>'
        f"<Company>{company}</Company></Properties>"
    ).encode()


def _core(document: Document) -> bytes:
    """The core properties: the clock of a document is the day whose knowledge it holds."""
    day = f'xsi:type="dcterms:W3CDTF">{document.as_of.isoformat()}T00:00:00Z'
    issuer, subject, filed = escaped(document.furniture.issuer), escaped(document.subject), escaped(document.identifier)
    return (
        f"{DECLARATION}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escaped(document.title)}</dc:title>'
        f"<dc:subject>{subject}</dc:subject><dc:creator>{issuer}</dc:creator>"
        f"<cp:category>{subject}</cp:category>"
        f"<cp:keywords>{filed.replace('/', '; ')}</cp:keywords><dc:identifier>{filed}</dc:identifier>"
        f"<cp:lastModifiedBy>{issuer}</cp:lastModifiedBy><cp:revision>1</cp:revision><dcterms:created {day}"
        f"</dcterms:created><dcterms:modified {day}</dcterms:modified><cp:version>{document.as_of.isoformat()}"
        f"</cp:version><dc:language>{escaped(document.language)}</dc:language></cp:coreProperties>"
    ).encode()
