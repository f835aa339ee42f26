"""A ministry's own template, as a Word or LibreOffice of its language leaves it: names of styles in Russian and Kazakh,
no lists, a letterhead with an emblem; and the picture that stands for the emblem."""

import io
import re
from pathlib import Path

from PIL import Image

from reports.house.package import NUMBERING
from reports.house.parts import MAIN, TEMPLATE
from tests.word_files import BODY, STYLES, Parts, packed, unpacked

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAPPING = """\
# Какой стиль чем служит; остальные берут размеры из стандартного файла.
missing = "derive"

[styles]
Normal = "Обычный"
"Heading 1" = "Заголовок 1"
"Heading 2" = "Заголовок 2"
Lead = "Негізгі мәтін"
Caption = { like = "Кесте атауы" }
"""
BASED = '<w:basedOn w:val="a"/>'
GREEN, RED = "0A6B3A", (200, 30, 40)
NAMES = {
    "a": ("Обычный", '<w:pPr><w:spacing w:after="120"/></w:pPr>', ' w:default="1"'),
    "1": ("Заголовок 1", f'<w:rPr><w:b/><w:color w:val="{GREEN}"/><w:sz w:val="30"/></w:rPr>', ""),
    "2": ("Заголовок 2", f'<w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/><w:color w:val="{GREEN}"/></w:rPr>', ""),
    "a3": ("Негізгі мәтін", '<w:rPr><w:b/><w:sz w:val="24"/></w:rPr>', ""),
    "a4": ("Кесте атауы", '<w:rPr><w:i/><w:sz w:val="18"/></w:rPr>', ""),
}


def emblem(kind: str = "PNG", opacity: int = 255) -> bytes:
    """A picture of one colour; no ministry's emblem."""
    buffer = io.BytesIO()
    picture = Image.new("RGBA", (40, 20), (*RED, opacity))
    (picture if kind == "PNG" else picture.convert("RGB")).save(buffer, kind)
    return buffer.getvalue()


def styles() -> bytes:
    """The styles of the template, and nothing that a brief calls by its name."""
    written = "".join(
        f'<w:style w:type="paragraph"{default} w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f"{BASED * (not default)}{look}</w:style>"
        for style_id, (name, look, default) in NAMES.items()
    )
    fonts = '<w:rFonts w:ascii="Noto Serif" w:hAnsi="Noto Serif" w:cs="Noto Serif"/><w:sz w:val="22"/>'
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:lang w:val="ru-RU"/></w:rPr>'
        f"</w:rPrDefault><w:pPrDefault/></w:docDefaults>{written}</w:styles>"
    ).encode()


def ministry(house: Path, folder: Path) -> Path:
    """The template in a folder, with its mapping beside it; what is not its own is that of a house style."""
    parts: Parts = unpacked(house.read_bytes())
    parts[STYLES] = styles()
    del parts[NUMBERING]
    override = f'<Override PartName="/{NUMBERING}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>'  # noqa: E501
    related = '<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>'  # noqa: E501
    for name, old, new in (
        ("[Content_Types].xml", override, ""),
        ("[Content_Types].xml", MAIN, TEMPLATE),
        ("word/_rels/document.xml.rels", related, ""),
    ):
        assert old.encode() in parts[name], (name, old)
        parts[name] = parts[name].replace(old.encode(), new.encode())
    for name in ("word/header1.xml", "word/footer1.xml"):
        tabs = b'<w:tabs><w:tab w:val="right" w:pos="9185"/></w:tabs>'
        own = re.sub(rb'<w:pStyle w:val="\w+"/>', tabs, parts[name])
        parts[name] = own.replace(b'<w:rStyle w:val="Classification"/>', b"<w:b/>")
    start = parts[BODY].index(b"<w:p>")
    parts[BODY] = parts[BODY][:start] + b"<w:p/>" + parts[BODY][parts[BODY].index(b"<w:sectPr>") :]
    path = folder / "ministry.dotx"
    path.write_bytes(packed(parts))
    path.with_suffix(".toml").write_text(MAPPING, "utf-8")
    return path


def with_emblem(
    parts: Parts, floating: bool = False, blob: bytes | None = None, part: str = "word/header1.xml"
) -> None:
    """Puts the emblem before the first words of a header, 60 by 30 points, in its line or floating."""
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    picture = (
        f'<a:graphic xmlns:a="{drawing}/main"><a:graphicData uri="{drawing}/picture">'
        f'<pic:pic xmlns:pic="{drawing}/picture"><pic:nvPicPr><pic:cNvPr id="1" name="emblem"/><pic:cNvPicPr/>'
        '</pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdE"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="762000" cy="381000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )
    described = '<wp:extent cx="762000" cy="381000"/>{}<wp:docPr id="1" name="Emblem" descr="Emblem of the ministry"/>'
    places = (
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>1270000</wp:posOffset>'
        '</wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>127000</wp:posOffset></wp:positionV>'
    )
    space = f'xmlns:wp="{drawing}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"'
    if floating:
        look = 'simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"'
        placed = f"<wp:anchor {space} {look}>{places}{described.format('<wp:wrapNone/>')}{picture}</wp:anchor>"
    else:
        placed = f"<wp:inline {space}>{described.format('')}{picture}</wp:inline>"
    run = f"<w:r><w:drawing>{placed}</w:drawing></w:r>"
    parts[part] = parts[part].replace(b"</w:pPr>", f"</w:pPr>{run}".encode(), 1)
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    parts[f"word/_rels/{part.removeprefix('word/')}.rels"] = (
        f'<Relationships xmlns="{relations}"><Relationship Id="rIdE" Type="{kind}" Target="media/emblem.png"/>'
        "</Relationships>"
    ).encode()
    parts["word/media/emblem.png"] = blob or emblem()
    picture_type = b'<Default Extension="png" ContentType="image/png"/>'
    if picture_type not in parts["[Content_Types].xml"]:
        first = b'<Default Extension="xml"'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(first, picture_type + first)
