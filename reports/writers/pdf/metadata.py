"""What a PDF says of itself: XMP with the standards that it keeps, the colour profile, dates."""

import struct
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape

from reports.document import Direction
from reports.writers.pdf.profiles import Profile


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says of itself, in Info and in XMP alike."""

    title: str
    author: str
    subject: str
    creator: str
    producer: str
    language: str
    day: date
    profile: Profile
    direction: Direction = "ltr"

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
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}

# ISO 19005-3, 6.6.2.3.1: a schema that PDF/A does not know must be described, and pdfuaid is one.
PDFUA_SCHEMA = (
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    f"<pdfaSchema:namespaceURI>{NAMESPACES['pdfuaid']}</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
)


def xmp(metadata: Metadata) -> bytes:
    """The XMP packet; it says the same as the Info dictionary."""
    namespaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about=""{namespaces}>\n'
        f"<dc:format>application/pdf</dc:format><dc:title>{_default(metadata.title)}</dc:title>"
        f"<dc:creator><rdf:Seq><rdf:li>{_text(metadata.author)}</rdf:li></rdf:Seq></dc:creator>"
        f"<dc:description>{_default(metadata.subject)}</dc:description>"
        f"<dc:language><rdf:Bag><rdf:li>{_text(metadata.language)}</rdf:li></rdf:Bag></dc:language>\n"
        f"<xmp:CreatorTool>{_text(metadata.creator)}</xmp:CreatorTool>"
        f"<xmp:CreateDate>{metadata.xmp_date}</xmp:CreateDate><xmp:ModifyDate>{metadata.xmp_date}</xmp:ModifyDate>"
        f"<pdf:Producer>{_text(metadata.producer)}</pdf:Producer>\n"
        f"{_standards(metadata.profile)}\n</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    ).encode()


def _standards(profile: Profile) -> str:
    """The identifiers of the standards that the file keeps: ISO 14289-1, 5; ISO 19005-2 and -3, 6.6.4."""
    said = f"<pdfuaid:part>{profile.accessible}</pdfuaid:part>" if profile.accessible else ""
    if profile.archival:
        part, conformance = profile.archival
        said += f"<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{conformance}</pdfaid:conformance>\n"
        said += PDFUA_SCHEMA if profile.accessible else ""
    return said


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
