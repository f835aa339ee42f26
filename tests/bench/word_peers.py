"""What users write with python-docx: the plain way, and the careful way that makes the body in one piece."""

from collections.abc import Callable
from html import escape
from io import BytesIO
from itertools import count

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE

from tests.bench.content import Columns, Content, Grid

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)


def plain() -> Callable[[Content], bytes]:
    """One call of python-docx for each paragraph, cell and link."""
    return _plain


def careful() -> Callable[[Content], bytes]:
    """The package by python-docx, the body as one string that is parsed once; the template is read once."""
    buffer = BytesIO()
    docx.Document().save(buffer)
    return lambda given: _careful(given, buffer.getvalue())


def _plain(given: Content) -> bytes:
    word = docx.Document()
    word.core_properties.title = given.title
    word.add_heading(given.title, 0)
    numbers = count(1)
    for section in given.sections:
        word.add_heading(section.heading, 1)
        for said in section.paragraphs:
            word.add_paragraph(said)
        if section.grid:
            _plain_table(word, section.grid)
        if section.chart:
            word.add_paragraph(section.chart.title, style="Caption")
            relation = _chart_part(word, section.chart, next(numbers), with_workbook=True)
            word.add_paragraph().add_run()._r.append(parse_xml(_drawing(relation, section.chart.title)))
    for said, address in given.sources:
        _plain_link(word.add_paragraph(style="List Number"), said, address)
    return _saved(word)


def _plain_table(word: docx.document.Document, grid: Grid) -> None:
    word.add_paragraph(grid.title, style="Caption")
    table = word.add_table(rows=0, cols=len(grid.head), style="Table Grid")
    for row in (grid.head, *grid.rows):
        for cell, said in zip(table.add_row().cells, row, strict=True):
            cell.text = said


def _plain_link(paragraph: docx.text.paragraph.Paragraph, said: str, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, f"{OFFICE}/relationships/hyperlink", is_external=True))
    link.append(paragraph.add_run(said)._r)
    paragraph._p.append(link)


def _chart_part(word: docx.document.Document, chart: Columns, number: int, *, with_workbook: bool) -> str:
    data = CategoryChartData()
    data.categories = chart.years
    for name, values in zip(chart.names, chart.values, strict=True):
        data.add_series(name, values)
    drawn = XL_CHART_TYPE.LINE_MARKERS if chart.kind == "line" else XL_CHART_TYPE.COLUMN_CLUSTERED
    xml, package = ChartXmlWriter(drawn, data).xml, word.part.package
    kind = "application/vnd.openxmlformats-officedocument"
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), f"{kind}.drawingml.chart+xml", xml.encode(), package)
    if with_workbook:
        name = PackURI(f"/word/embeddings/book{number}.xlsx")
        book = Part(name, f"{kind}.spreadsheetml.sheet", data._workbook_writer.xlsx_blob, package)
        relation = part.relate_to(book, f"{OFFICE}/relationships/package")
        external = f'<c:externalData xmlns:r="{OFFICE}/relationships" r:id="{relation}"/></c:chartSpace>'
        part._blob = xml.replace("</c:chartSpace>", external).encode()
    relation_id: str = word.part.relate_to(part, f"{OFFICE}/relationships/chart")
    return relation_id


def _drawing(relation: str, title: str) -> str:
    return (
        f'<w:drawing {NAMESPACES}><wp:inline><wp:extent cx="5760000" cy="2300000"/>'
        f'<wp:docPr id="{relation[3:]}" name="{escape(title)}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def _careful(given: Content, template: bytes) -> bytes:
    word = docx.Document(BytesIO(template))
    word.core_properties.title = given.title
    body, numbers = [f"<w:body {NAMESPACES}>", _paragraph(given.title, "Title")], count(1)
    for section in given.sections:
        body += [_paragraph(section.heading, "Heading1"), *map(_paragraph, section.paragraphs)]
        if section.grid:
            body += [_paragraph(section.grid.title, "Caption"), _table(section.grid)]
        if section.chart:
            relation = _chart_part(word, section.chart, next(numbers), with_workbook=False)
            body.append(_paragraph(section.chart.title, "Caption"))
            body.append(f"<w:p><w:r>{_drawing(relation, section.chart.title)}</w:r></w:p>")
    for said, address in given.sources:
        relation = word.part.relate_to(address, f"{OFFICE}/relationships/hyperlink", is_external=True)
        body.append(f'<w:p><w:hyperlink r:id="{relation}">{_run(said)}</w:hyperlink></w:p>')
    made, old = parse_xml("".join([*body, "</w:body>"])), word.element.body
    made.append(old.sectPr)
    word.element.replace(old, made)
    return _saved(word)


def _run(said: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(said)}</w:t></w:r>'


def _paragraph(said: str, style: str = "") -> str:
    dressed = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{dressed}{_run(said)}</w:p>"


def _table(grid: Grid) -> str:
    rows = (
        "<w:tr>" + "".join(f"<w:tc>{_paragraph(said)}</w:tc>" for said in row) + "</w:tr>"
        for row in (grid.head, *grid.rows)
    )
    columns = '<w:gridCol w:w="1500"/>' * len(grid.head)
    look = f'<w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    return f"<w:tbl>{look}{''.join(rows)}</w:tbl>"


def _saved(word: docx.document.Document) -> bytes:
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()
