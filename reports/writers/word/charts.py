"""Native charts: an officer can edit the numbers in the workbook behind each.

Labels are text as the brief prints it, because Word and LibreOffice format numbers by the machine's language.
The value axis is left out: every mark has its value.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from reports.document import Chart, Point, Series
from reports.house.package import RELATIONSHIPS
from reports.writers.word.draft import Draft, Part
from reports.writers.word.ledger import PlottedPoint
from reports.writers.word.scripts import COMPLEX, EAST_ASIAN
from reports.writers.word.xml import Xml, attribute, clean, escaped

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EMU = 12700  # DrawingML measures in English metric units, so many to a point
FIRST_ID = 1000  # drawings of the house style have lower ids

# In points: a bar, the space between two groups of bars, above and below, for the legend; a chart of columns.
BAR, BETWEEN, AROUND, LEGEND, COLUMNS_HEIGHT, WIDEST_COLUMN = 14.0, 8.0, 12.0, 20.0, 118.0, 44.0
WIDEST_GAP = 500  # percent of a bar, what the format allows
SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


def drawing(draft: Draft, chart: Chart) -> Xml:
    """The run that shows the chart; its parts go to the package, its points into the ledger."""
    draft.charts += 1
    number = draft.charts
    draft.parts += _parts(draft, chart, number)
    draft.ledger.points += _plotted(chart, number)
    rel_id = draft.relate("chart", f"charts/brief{number}.xml")
    size = f'cx="{round(draft.text_width * EMU)}" cy="{round(_height(chart) * EMU)}"'
    name = attribute(f"{chart.caption.label} {number}")
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{FIRST_ID + number}" name="{name}" descr="{attribute(chart.alternative)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{CHART}"><c:chart r:id="{rel_id}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _parts(draft: Draft, chart: Chart, number: int) -> tuple[Part, Part]:
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONSHIPS}/package" Target="../embeddings/brief{number}.xlsx"/></Relationships>'
    ).encode()
    created = datetime.combine(draft.document.as_of, datetime.min.time())
    return (
        Part(f"word/charts/brief{number}.xml", CHART_TYPE, chart_xml(draft, chart), relationships),
        Part(f"word/embeddings/brief{number}.xlsx", WORKBOOK_TYPE, workbook(chart, created)),
    )


def _plotted(chart: Chart, number: int) -> Iterator[PlottedPoint]:
    for row, series in enumerate(chart.series, 1):
        for column, point in enumerate(series.points, 1):
            if point:
                yield PlottedPoint(point.figure, number, row, column, point.label)


def _height(chart: Chart) -> float:
    legend = LEGEND if len(chart.series) > 1 else 0
    if chart.kind == "column":
        return COLUMNS_HEIGHT + legend
    return len(chart.categories) * (len(chart.series) * BAR + BETWEEN) + AROUND + legend


# ---------------------------------------------------------------- the chart


def chart_xml(draft: Draft, chart: Chart) -> bytes:
    """The chart part; its data is expected at relationship rId1."""
    legend = '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>' if len(chart.series) > 1 else ""
    series = "".join(_series(draft, chart, number) for number in range(len(chart.series)))
    direction = "bar" if chart.kind == "bar" else "col"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}" '
        f'xmlns:r="{RELATIONSHIPS}"><c:date1904 val="0"/><c:lang val="{escaped(draft.document.language)}"/>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart>'
        f'<c:barDir val="{direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{_gap(draft, chart)}"/><c:overlap val="0"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f'{_axes(draft, chart)}</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_font(draft)}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def _gap(draft: Draft, chart: Chart) -> int:
    """The space between two groups, in percent of a bar."""
    bars = len(chart.series) or 1
    if chart.kind == "bar":
        return round(100 * BETWEEN / BAR)
    slot = draft.text_width / (len(chart.categories) or 1)
    column = min(slot / (bars + 1), WIDEST_COLUMN)
    return min(round(100 * (slot - bars * column) / column), WIDEST_GAP)


def _series(draft: Draft, chart: Chart, number: int) -> Xml:
    series, last = chart.series[number], len(chart.categories) + 1
    letter = _letters(number + 1)
    points = [point for point, _ in zip_longest(series.points, chart.categories)][: len(chart.categories)]
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx>{_texts(f'Sheet1!${letter}$1', [series.name])}</c:tx>"
        f"<c:spPr>{_fill(_colour(draft, number))}</c:spPr>"
        f'<c:invertIfNegative val="0"/>{_lighter(draft, chart, number)}{_labels(draft, points)}'
        f"<c:cat>{_texts(f'Sheet1!$A$2:$A${last}', chart.categories)}</c:cat>"
        f"<c:val>{_numbers(f'Sheet1!${letter}$2:${letter}${last}', points)}</c:val></c:ser>"
    )


def _letters(column: int) -> str:
    """The name of a column of a sheet, the first being 0.

    >>> _letters(1), _letters(25), _letters(26)
    ('B', 'Z', 'AA')
    """
    before, place = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + place)


def _colour(draft: Draft, number: int) -> str:
    colours = draft.house.theme.chart.series
    return colours[number % len(colours)]


def _lighter(draft: Draft, chart: Chart, number: int) -> Xml:
    """The provisional and estimated points of a series, lighter than the rest."""
    alone = len(chart.series) == 1
    colour = draft.house.theme.chart.tentative if alone else halved(_colour(draft, number))
    return "".join(
        f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{_fill(colour)}</c:spPr></c:dPt>"
        for index, point in enumerate(chart.series[number].points)
        if point and point.tentative
    )


def halved(colour: str) -> str:
    """A colour half-way to white.

    >>> halved("0B3C5D")
    '859DAE'
    """
    return "".join(f"{(int(colour[place : place + 2], 16) + 255) // 2:02X}" for place in (0, 2, 4))


def _labels(draft: Draft, points: Sequence[Point | None]) -> Xml:
    tag = escaped(draft.document.language)
    labels = "".join(
        f'<c:dLbl><c:idx val="{index}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:p><a:r><a:rPr lang="{tag}" b="1"/>'
        f'<a:t>{escaped(point.label)}</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos val="outEnd"/>{SHOWN}</c:dLbl>'
        for index, point in enumerate(points)
        if point
    )
    plainly = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    return f'<c:dLbls>{labels}{plainly}<c:dLblPos val="outEnd"/>{SHOWN}</c:dLbls>'


def _texts(reference: str, texts: Sequence[str]) -> Xml:
    points = "".join(f'<c:pt idx="{index}"><c:v>{escaped(text)}</c:v></c:pt>' for index, text in enumerate(texts))
    return (
        f'<c:strRef><c:f>{reference}</c:f><c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache></c:strRef>'
    )


def _numbers(reference: str, points: Sequence[Point | None]) -> Xml:
    written = "".join(
        f'<c:pt idx="{index}"><c:v>{point.value:f}</c:v></c:pt>' for index, point in enumerate(points) if point
    )
    return (
        f"<c:numRef><c:f>{reference}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(points)}"/>{written}</c:numCache></c:numRef>'
    )


def _axes(draft: Draft, chart: Chart) -> Xml:
    """Categories from the top down or along the reading direction; values from zero, out of sight."""
    bars = chart.kind == "bar"
    turned = '<c:orientation val="maxMin"/>'
    straight = '<c:orientation val="minMax"/>'
    categories = turned if bars or draft.rtl else straight
    values = turned if bars and draft.rtl else straight
    known = [point.value for series in chart.series for point in series.points if point]
    zero = '<c:min val="0"/>' if all(value >= 0 for value in known) else ""
    line = f'<c:spPr><a:ln w="6350">{_fill(draft.house.theme.chart.axis)}</a:ln></c:spPr>'
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling>{categories}</c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"l" if bars else "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}<c:crossAx val="2"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling>{values}{zero}</c:scaling><c:delete val="1"/>'
        f'<c:axPos val="{"b" if bars else "l"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/>'
        '<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def _font(draft: Draft) -> Xml:
    style = draft.house.theme.styles["Chart"]
    font = attribute(style.font)
    kind, family = draft.script
    wide, joined = (attribute(family) if kind == wanted else font for wanted in (EAST_ASIAN, COMPLEX))
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(style.size * 100)}" b="0">'
        f'{_fill(style.color)}<a:latin typeface="{font}"/><a:ea typeface="{wide}"/><a:cs typeface="{joined}"/>'
        f'</a:defRPr></a:pPr><a:endParaRPr lang="{escaped(draft.document.language)}"/></a:p></c:txPr>'
    )


def _fill(colour: str) -> Xml:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


# ---------------------------------------------------------------- the workbook


def workbook(chart: Chart, created: datetime) -> bytes:
    """The data as the chart's formulas expect it: categories from A2 down, series from B1 on."""
    import xlsxwriter  # noqa: PLC0415  only a document with a chart needs it

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"created": created})
        sheet = book.add_worksheet("Sheet1")
        for row, category in enumerate(chart.categories, 1):
            sheet.write_string(row, 0, clean(category))
        for column, series in enumerate(chart.series, 1):
            _column(sheet, column, series)
    return buffer.getvalue()


def _column(sheet: Any, column: int, series: Series) -> None:
    sheet.write_string(0, column, clean(series.name))
    for row, point in enumerate(series.points, 1):
        if point:
            sheet.write_number(row, column, point.value)
