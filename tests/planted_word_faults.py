"""Faults of Word files, each planted alone in a file that has none: what a gate must find.

The first 25 are those at which validators differ: the schema knows no ids, no fields, no styles, no missing parts.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from reports.writers.word import write
from tests.photographs import photograph, picture
from tests.sample import sample_document
from tests.tools import house_style
from tests.word_files import BODY, HEADER, STYLES, Change, Parts, packed, replaced, unpacked

TYPES, RELATED, CHART = "[Content_Types].xml", "word/_rels/document.xml.rels", "word/charts/brief1.xml"
FOOTNOTES, SETTINGS, NUMBERING = "word/footnotes.xml", "word/settings.xml", "word/numbering.xml"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
BY = 'w:author="A" w:date="2026-11-20T10:00:00Z"'
INSERTED = f'<w:ins w:id="900" {BY}><w:r><w:t>inserted</w:t></w:r></w:ins>'
DELETED = f'<w:del w:id="901" {BY}><w:r><w:delText>deleted</w:delText></w:r></w:del>'
PLAIN = (
    '<w:sdt><w:sdtPr><w:tag w:val="plain"/><w:id w:val="77"/><w:text/></w:sdtPr>'
    "<w:sdtContent><w:r><w:t>5.1</w:t></w:r></w:sdtContent></w:sdt>"
)
ELSEWHERE = "https://example.org/"
LAST = "(.*)(<w:sectPr)"  # what stands before the last section of the body


def good_file() -> bytes:
    """A brief with controls, charts, fields, links and a picture, to which an officer added a footnote, a control of
    their own and changes that are tracked."""
    document = sample_document()
    document = replace(document, blocks=(*document.blocks, picture(photograph())))
    parts = unpacked(write(document, house_style()))
    for change in (*_WITH_FOOTNOTE, _with_picture_on_top, _WITH_CHANGES):
        change(parts)
    return packed(parts)


def _added(name: str, blob: str) -> Change:
    return lambda parts: parts.update({name: blob.encode()})


def _separator(number: int, kind: str) -> str:
    return f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'


_WITH_FOOTNOTE = (
    _added(
        FOOTNOTES,
        f'<w:footnotes xmlns:w="{MAIN}">{_separator(-1, "separator")}{_separator(0, "continuationSeparator")}'
        '<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>note</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>",
    ),
    replaced(TYPES, "</Types>", f'<Override PartName="/{FOOTNOTES}" ContentType="{WORD}.footnotes+xml"/></Types>'),
    replaced(
        RELATED, "</Relationships>",
        f'<Relationship Id="rIdN" Type="{KINDS}/footnotes" Target="footnotes.xml"/></Relationships>',
    ),
    replaced(
        SETTINGS, "<w:compat>",
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat>',
    ),
)  # fmt: skip


def _with_picture_on_top(parts: Parts) -> None:
    """The picture of the body once more, in the header."""
    body, related = parts[BODY].decode(), parts[RELATED].decode()
    drawing = re.findall(r"<w:drawing>(?:(?!</w:drawing>).)*<pic:pic.*?</w:drawing>", body)[-1]
    drawing = drawing.replace('<wp:docPr id="501"', '<wp:docPr id="9"')
    drawing = re.sub('r:embed="[^"]*"', 'r:embed="rIdP"', drawing)
    (target,) = re.findall(r'Target="(media/[^"]*)"', related)
    header = parts[HEADER].decode().replace("</w:p></w:hdr>", f"<w:r>{drawing}</w:r></w:p></w:hdr>")
    for prefix, uri in re.findall(r'xmlns:(wp|a)="([^"]*)"', body):
        header = (
            header.replace("<w:hdr ", f'<w:hdr xmlns:{prefix}="{uri}" ') if f"xmlns:{prefix}=" not in header else header
        )
    parts[HEADER] = header.encode()
    parts["word/_rels/header1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rIdP" Type="{KINDS}/image" Target="{target}"/></Relationships>'
    ).encode()


_NOTE = '<w:r><w:footnoteReference w:id="1"/></w:r>'
_WITH_CHANGES = replaced(BODY, LAST, rf"\1<w:p>{INSERTED}{DELETED}{PLAIN}{_NOTE}</w:p>\2")


def _without(name: str) -> Change:
    return lambda parts: parts.__delitem__(name)


def _cell_without_paragraph(parts: Parts) -> None:
    replaced(BODY, "(</w:tcPr>)<w:p>(?:(?!</w:tc>).)*</w:p>(</w:tc>)", r"\1\2")(parts)


FAULTS: Mapping[str, Change] = MappingProxyType({
    "order in pPr": replaced(BODY, r'(<w:pStyle w:val="Caption"/>)(<w:keepNext/>|<w:bidi/>)?', r"<w:keepNext/>\1"),
    "rPr after text": replaced(BODY, "<w:t>13.6</w:t>", "<w:t>13.6</w:t><w:rPr><w:b/></w:rPr>"),
    "order in tblPr": replaced(BODY, r'(<w:tblStyle w:val="[^"]*"/>)(<w:tblW [^>]*/>)', r"\2\1"),
    "same control id twice": replaced(
        BODY, r'(<w:sdt>.*?<w:id w:val="(\d+)"/>.*<w:tag w:val="plain"/><w:id w:val=")77', r"\1\2"
    ),
    "same bookmark name twice": replaced(BODY, r'(w:name="(_[^"]*)"/>.*?w:name=")_[^"]*', r"\1\2"),
    "same docPr id in two parts": replaced(HEADER, '<wp:docPr id="9"', '<wp:docPr id="501"'),
    "same revision id twice": replaced(BODY, '<w:del w:id="901"', '<w:del w:id="900"'),
    "bookmark without end": replaced(BODY, '<w:bookmarkEnd w:id="1"/>', ""),
    "relationship missing": replaced(RELATED, "<Relationship [^>]*charts/brief1.xml[^>]*/>", ""),
    "part missing": _without(CHART),
    "content type missing": replaced(TYPES, "<Override [^>]*footnotes.xml[^>]*/>", ""),
    "footnote missing": replaced(FOOTNOTES, '<w:footnote w:id="1">.*?</w:footnote>', ""),
    "control without content": replaced(
        BODY, '(<w:tag w:val="plain"/>.*?</w:sdtPr>)<w:sdtContent>.*?</w:sdtContent>', r"\1"
    ),
    "paragraph in an inline control": replaced(
        BODY, '(<w:tag w:val="plain"/>.*?<w:sdtContent>)(<w:r>.*?</w:r>)', r"\1<w:p>\2</w:p>"
    ),
    "control of two types": replaced(BODY, '(<w:tag w:val="plain"/>.*?)<w:text/>', r"\1<w:text/><w:date/>"),
    "cell without paragraph": _cell_without_paragraph,
    "field not closed": replaced(BODY, '<w:r>(?:(?!</w:r>).)*<w:fldChar w:fldCharType="end"/></w:r>', ""),
    "delText outside del": replaced(BODY, "<w:t>13.6</w:t>", "<w:delText>13.6</w:delText>"),
    "unknown style": replaced(BODY, 'w:val="Caption"', 'w:val="NoSuchStyle"'),
    "bad on/off value": replaced(BODY, "<w:cantSplit/>", '<w:cantSplit w:val="perhaps"/>'),
    "not well-formed": replaced(BODY, "</w:body>", ""),
    "control character": replaced(BODY, "<w:t>13.6</w:t>", "<w:t>13.6&#x1;</w:t>"),
    "order in the chart": replaced(CHART, "(<c:chart>.*</c:chart>)(.*?)(<c:externalData)", r"\2\1\3"),
    "order in the settings": replaced(SETTINGS, "(<w:footnotePr>.*?</w:footnotePr>)(.*)(</w:settings>)", r"\2\1\3"),
    "list number missing": replaced(
        BODY, '<w:pStyle w:val="Caption"/>', r'\g<0><w:numPr><w:ilvl w:val="0"/><w:numId w:val="99"/></w:numPr>'
    ),
    # what else has happened to files of others
    "text inside a deletion": replaced(BODY, "<w:delText>deleted</w:delText>", "<w:t>deleted</w:t>"),
    "a change of nobody": replaced(BODY, '(<w:ins w:id="900") w:author="A"', r"\1"),
    "field ended before it began": replaced(BODY, 'w:fldCharType="begin"', 'w:fldCharType="end"'),
    "field parted twice": replaced(BODY, '<w:fldChar w:fldCharType="separate"/>', r"\g<0></w:r><w:r>\g<0>"),
    "bookmark id twice": replaced(BODY, r'(<w:bookmarkStart w:id="1" .*?<w:bookmarkStart w:id=")\d+', r"\g<1>1"),
    "link to no bookmark": replaced(BODY, 'w:anchor="_s1"', 'w:anchor="_nowhere"'),
    "drawing without alternative text": replaced(BODY, '(<wp:docPr [^>]*) descr="[^"]*"', r"\1"),
    "style of no style": replaced(STYLES, '(<w:basedOn w:val=")[^"]*', r"\1NoSuchStyle"),
    "paragraph in a paragraph": replaced(BODY, "(<w:p>)(<w:pPr>.*?</w:pPr>)", r"\1\2<w:p/>"),
    "row that lacks a cell": replaced(
        BODY, "(<w:tr>(?:(?!</w:tr>).)*)<w:tc>(?:(?!</w:tc>).)*</w:tc></w:tr>", r"\1</w:tr>"
    ),
    "tables that touch": replaced(BODY, "(<w:tbl>.*?</w:tbl>)", r"\1\1"),
    "picture of a page elsewhere": replaced(
        RELATED, r'(<Relationship [^>]*)Target="media/[^"]*"', rf'\1Target="{ELSEWHERE}x.png" TargetMode="External"'
    ),
    "template of a page elsewhere": replaced(
        RELATED, "</Relationships>",
        rf'<Relationship Id="rIdT" Type="{KINDS}/attachedTemplate" Target="{ELSEWHERE}t" TargetMode="External"/>\g<0>',
    ),
    "relationship id twice": replaced(RELATED, '(Id="rId1" .*?Id=")rId2"', r'\1rId1"'),
    "relationship of the header missing": _without("word/_rels/header1.xml.rels"),
    "content type of a part that is not there": replaced(
        TYPES, "</Types>", r'<Override PartName="/word/gone.xml" ContentType="application/xml"/>\g<0>'
    ),
    "a part of no kind": _added("word/media/file.xyz", "x"),
    "a part outside of the package": _added("../outside.xml", "<x/>"),
    "an entity": replaced(STYLES, r"\?>\s*<w:styles", '?><!DOCTYPE w:styles [<!ENTITY x "y">]><w:styles'),
    "an element that there is not": replaced(BODY, '<w:pgSz ', '<w:bogus/><w:pgSz '),
    "list of no abstract list": replaced(NUMBERING, '(<w:num [^>]*>)<w:abstractNumId w:val="[^"]*"/>', r"\1"),
})  # fmt: skip


def planted() -> dict[str, bytes]:
    """The file with each fault alone, by the fault."""
    whole = good_file()
    files = {}
    for name, change in FAULTS.items():
        parts = unpacked(whole)
        change(parts)
        files[name] = packed(parts)
    return files | {"name twice in the zip": _with_a_name_twice(whole), "names but for capitals": _capitals(whole)}


def _with_a_name_twice(whole: bytes) -> bytes:
    data = io.BytesIO(whole)
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("word/style$.xml", package.read(STYLES))
    return data.getvalue().replace(b"word/style$.xml", b"word/styles.xml")


def _capitals(whole: bytes) -> bytes:
    data = io.BytesIO(whole)
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("word/Styles.xml", package.read(STYLES))
    return data.getvalue()
