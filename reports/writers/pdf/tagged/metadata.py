"""What a PDF says of itself: XMP with the standards that it keeps, the colour profile, dates."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from uuid import NAMESPACE_URL, uuid5

from reports.document import Direction
from reports.writers.pdf.tagged.profiles import Profile


@dataclass(frozen=True, slots=True)
class Record:
    """What an archive asks of a file, which XMP alone says: the name by which it is filed, that of the edition that it
    replaces, and its classification; each is empty where there is none."""

    identifier: str = ""
    replaces: str = ""
    classification: str = ""


UNFILED = Record()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says of itself, in Info and in XMP alike, and its record."""

    title: str
    author: str
    subject: str
    creator: str
    producer: str
    language: str
    day: date
    profile: Profile
    direction: Direction = "ltr"
    record: Record = UNFILED

    @property
    def pdf_date(self) -> str:
        """The day as PDF writes it; a document has no hour."""
        return self.day.strftime("D:%Y%m%d000000+00'00'")

    @property
    def xmp_date(self) -> str:
        """The same moment as XMP writes it."""
        return self.day.strftime("%Y-%m-%dT00:00:00+00:00")


NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
FILED = "urn:bilateral:record:"  # before the name of a brief, of which UUIDs are made

# ISO 19005-3, 6.6.2.3.1: a schema that PDF/A does not know must be described, and of these it knows neither. By prefix:
# what the schema is, and its properties with type, category and meaning.
Property = tuple[str, str, str, str]
SCHEMAS: Mapping[str, tuple[str, tuple[Property, ...]]] = {
    "pdfuaid": ("PDF/UA identification schema", (("part", "Integer", "internal", "Part of ISO 14289"),)),
    "dcterms": (
        "DCMI Metadata Terms",
        (
            ("accessRights", "Text", "external", "Security classification as it stands on the pages"),
            ("replaces", "Text", "external", "Identifier of the edition that this one takes the place of"),
        ),
    ),
}


def xmp(metadata: Metadata, content: str) -> bytes:
    """The XMP packet; it says the same as the Info dictionary, and more. `content` is a digest of the file's content.

    The names are those of Dublin Core and of Adobe's media management schema (ISO 16684-1, 8.3 and 8.6): a brief keeps
    its DocumentID when it is made anew, an InstanceID belongs to one content.
    """
    namespaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about=""{namespaces}>\n{_described(metadata)}\n{_filed(metadata, content)}\n'
        f"{_standards(metadata.profile)}\n</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    )
    return packet.encode()


def _described(metadata: Metadata) -> str:
    """What Info says too."""
    creators = f"<rdf:Seq><rdf:li>{_text(metadata.author)}</rdf:li></rdf:Seq>"
    return (
        f"<dc:format>application/pdf</dc:format><dc:title>{_default(metadata.title)}</dc:title>"
        f"<dc:creator>{creators}</dc:creator><dc:description>{_default(metadata.subject)}</dc:description>"
        f"<dc:language><rdf:Bag><rdf:li>{_text(metadata.language)}</rdf:li></rdf:Bag></dc:language>\n"
        f"<xmp:CreatorTool>{_text(metadata.creator)}</xmp:CreatorTool>"
        f"<xmp:CreateDate>{metadata.xmp_date}</xmp:CreateDate><xmp:ModifyDate>{metadata.xmp_date}</xmp:ModifyDate>"
        f"<pdf:Producer>{_text(metadata.producer)}</pdf:Producer>"
    )


def _filed(metadata: Metadata, content: str) -> str:
    """What an archive asks: who publishes it, which day it is of, its names, what it replaces, who may see it."""
    record, day = metadata.record, metadata.day.isoformat()
    document = uuid5(NAMESPACE_URL, FILED + (record.identifier or f"{metadata.title}/{day}/{metadata.language}"))
    instance = uuid5(document, f"{content} {metadata}")
    said = (
        ("dc:identifier", _text(record.identifier)),
        ("dc:publisher", f"<rdf:Bag><rdf:li>{_text(metadata.author)}</rdf:li></rdf:Bag>" if metadata.author else ""),
        ("dc:date", f"<rdf:Seq><rdf:li>{day}</rdf:li></rdf:Seq>"),
        ("dcterms:accessRights", _text(record.classification)),
        ("dcterms:replaces", _text(record.replaces)),
        ("xmpMM:DocumentID", f"uuid:{document}"),
        ("xmpMM:InstanceID", f"uuid:{instance}"),
    )
    return "".join(f"<{name}>{value}</{name}>" for name, value in said if value)


def _standards(profile: Profile) -> str:
    """The identifiers of the standards that the file keeps: ISO 14289-1, 5; ISO 19005-2 and -3, 6.6.4."""
    said = f"<pdfuaid:part>{profile.accessible}</pdfuaid:part>" if profile.accessible else ""
    if profile.archival:
        part, conformance = profile.archival
        said += f"<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{conformance}</pdfaid:conformance>\n"
        said += f"<pdfaExtension:schemas><rdf:Bag>{''.join(map(_schema, SCHEMAS))}</rdf:Bag></pdfaExtension:schemas>"
    return said


def _schema(prefix: str) -> str:
    """The description of a schema."""
    name, properties = SCHEMAS[prefix]
    listed = "".join(
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{one}</pdfaProperty:name>'
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        f"<pdfaProperty:category>{category}</pdfaProperty:category>"
        f"<pdfaProperty:description>{meaning}</pdfaProperty:description></rdf:li>"
        for one, kind, category, meaning in properties
    )
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{name}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{NAMESPACES[prefix]}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{listed}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _text(text: str) -> str:
    """Escaped; a line break as a reference, or XML would normalize it away."""
    return escape(text, quote=False).replace("\r", "&#13;").replace("\n", "&#10;")


def _default(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{_text(text)}</rdf:li></rdf:Alt>'


# ---------------------------------------------------------------- colour profile

# IEC 61966-2-1: the curve; its primaries adapted to the white point D50 as ICC.1 wants them.
CURVE_POINTS = 1024
LINEAR_UP_TO = 0.04045
ICC_VERSION = 0x02100000
HEADER_SIZE, ENTRY_SIZE = 128, 12
WHITE_D50 = (0.9642, 1.0, 0.8249)
SRGB_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}


@cache
def srgb_profile() -> bytes:
    """An ICC v2 profile of sRGB, made from the published constants: no file, no licence, always the same."""
    curve = b"curv" + bytes(4) + struct.pack(">I", CURVE_POINTS)
    curve += b"".join(_curve_point(index / (CURVE_POINTS - 1)) for index in range(CURVE_POINTS))
    description = b"desc" + bytes(4) + struct.pack(">I", 5) + b"sRGB\0" + bytes(8 + 3 + 67)
    tags = [
        (b"desc", description),
        (b"cprt", b"text" + bytes(4) + b"CC0\0"),
        (b"wtpt", _xyz(WHITE_D50)),
        *((name, _xyz(primary)) for name, primary in SRGB_PRIMARIES.items()),
        *((name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")),
    ]
    start = HEADER_SIZE + 4 + ENTRY_SIZE * len(tags)
    table, body, positions = b"", b"", {}
    for name, data in tags:
        if data not in positions:  # the three curves share their bytes
            positions[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += name + struct.pack(">II", positions[data], len(data))
    return _header(start + len(body)) + struct.pack(">I", len(tags)) + table + body


def _curve_point(value: float) -> bytes:
    linear = value / 12.92 if value <= LINEAR_UP_TO else ((value + 0.055) / 1.055) ** 2.4
    return struct.pack(">H", round(linear * 65535))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(_fixed, values))


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _header(size: int) -> bytes:
    created = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    header = struct.pack(">I", size) + bytes(4) + struct.pack(">I", ICC_VERSION) + b"mntrRGB XYZ " + created
    header += b"acsp" + bytes(28) + b"".join(map(_fixed, WHITE_D50))
    return header + bytes(HEADER_SIZE - len(header))
