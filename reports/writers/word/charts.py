"""Native charts: an officer can edit the numbers in the workbook behind each.

Labels are text as the brief prints it, because Word and LibreOffice format numbers by the machine's language. The value
axis is left out: every mark has its value. Where labels stand beside their marks they are moved there from where the
format would put them, by shares of the chart (ECMA-376 part 1, 21.2.2.88, 21.2.2.95): so they go with their marks when
the numbers are edited.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from reports.document import Chart
from reports.house.package import RELATIONSHIPS
from reports.writers.plots import PLOT, placed
from reports.writers.word.draft import Draft, Part
from reports.writers.word.prints import PlottedPoint, PrintedChart
from reports.writers.word.scripts import COMPLEX, EAST_ASIAN
from reports.writers.word.series import AROUND, BAR, BETWEEN, EMU, Figure, figure_of, fill, one_series
from reports.writers.word.workbook import workbook
from reports.writers.word.xml import Xml, attribute, clean, escaped

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_ID = 1000  # drawings of the house style have lower ids
WIDEST_COLUMN = 44.0
WIDEST_GAP = 500  # percent of a bar, what the format allows


def drawing(draft: Draft, chart: Chart) -> Xml:
    """The run that shows the chart; its parts go to the package, its points into the ledger."""
    draft.charts += 1
    number = draft.charts
    shown = figure_of(draft, chart)
    part, book = parts_of(draft, shown, number)
    draft.parts += part, book
    height = height_of(shown)
    if draft.fate != "del":
        hashes = sha256(part.blob), book.name, sha256(book.blob)
        draft.ledger.charts.append(PrintedChart(part.name, *hashes, height, clean(chart.alternative)))
        draft.ledger.points += plotted(chart, number)
    rel_id = draft.relate("chart", f"charts/brief{number}.xml")
    size = f'cx="{round(draft.text_width * EMU)}" cy="{height}"'
    name = attribute(f"{chart.caption.label} {number}")
    return draft.tracked(
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{FIRST_ID + number}" name="{name}" descr="{attribute(chart.alternative)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{CHART}"><c:chart r:id="{rel_id}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def sha256(blob: bytes) -> str:
    """The SHA-256 of a part, in hexadecimal."""
    return hashlib.sha256(blob).hexdigest()


def parts_of(draft: Draft, shown: Figure, number: int) -> tuple[Part, Part]:
    """The chart part and its workbook, with the relationship between them."""
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONSHIPS}/package" Target="../embeddings/brief{number}.xlsx"/></Relationships>'
    ).encode()
    created = datetime.combine(draft.document.as_of, datetime.min.time())
    return (
        Part(f"word/charts/brief{number}.xml", CHART_TYPE, chart_xml(draft, shown), relationships),
        Part(f"word/embeddings/brief{number}.xlsx", WORKBOOK_TYPE, workbook(shown.chart, created)),
    )


def plotted(chart: Chart, number: int) -> Iterator[PlottedPoint]:
    """The points of a chart as the ledger has them."""
    for row, series in enumerate(chart.series, 1):
        for column, point in enumerate(series.points, 1):
            if point:
                yield PlottedPoint(point.figure, number, row, column, point.label)


def height_of(shown: Figure) -> int:
    """The height of the drawing in EMU."""
    return round(shown.height * EMU)


# ---------------------------------------------------------------- the chart


def chart_xml(draft: Draft, shown: Figure) -> bytes:
    """The chart part; its data is expected at relationship rId1."""
    legend = '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>' if shown.legend else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}" '
        f'xmlns:r="{RELATIONSHIPS}"><c:date1904 val="0"/><c:lang val="{escaped(draft.document.language)}"/>'
        f'<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{_inner(draft, shown)}'
        f"{_group(draft, shown)}{_axes(draft, shown)}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_font(draft)}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def _group(draft: Draft, shown: Figure) -> Xml:
    """The series of the kind that is drawn."""
    series = "".join(one_series(draft, shown, number) for number in range(len(shown.chart.series)))
    axes = '<c:axId val="1"/><c:axId val="2"/>'
    if shown.kind == "line":
        return (
            f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>{axes}'
            "</c:lineChart>"
        )
    direction = "bar" if shown.kind == "bar" else "col"
    grouping, overlap = ("stacked", 100) if shown.kind == "stacked" else ("clustered", 0)
    return (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{_gap(draft, shown)}"/><c:overlap val="{overlap}"/>{axes}</c:barChart>'
    )


def _inner(draft: Draft, shown: Figure) -> Xml:
    """Where the plot is, if labels were placed: above it and beside its last column they need room."""
    if shown.plot is None:
        return "<c:layout/>"
    wide = shown.plot.slot * len(shown.chart.categories) / draft.text_width
    place = {
        "x": 1 - wide if draft.rtl else 0.0,
        "y": (shown.legend + shown.plot.above + AROUND / 2) / shown.height,
        "w": wide,
        "h": PLOT / shown.height,
    }
    sizes = "".join(f'<c:{name} val="{share:.4f}"/>' for name, share in place.items())
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    return f"<c:layout><c:manualLayout>{modes}{sizes}</c:manualLayout></c:layout>"


def _gap(draft: Draft, shown: Figure) -> int:
    """The space between two groups, in percent of a bar."""
    bars = 1 if shown.kind == "stacked" else len(shown.chart.series) or 1
    if shown.kind == "bar":
        return round(100 * BETWEEN / BAR)
    slot = shown.plot.slot if shown.plot else draft.text_width / (len(shown.chart.categories) or 1)
    column = min(slot / (bars + 1), WIDEST_COLUMN)
    if shown.plot and shown.plot.segments:
        _, _, column, _ = shown.plot.segments[0].box
    return min(round(100 * (slot - bars * column) / column), WIDEST_GAP)


def _axes(draft: Draft, shown: Figure) -> Xml:
    """Categories from the top down or along the reading direction; values from zero, out of sight."""
    bars = shown.kind == "bar"
    turned = '<c:orientation val="maxMin"/>'
    straight = '<c:orientation val="minMax"/>'
    categories = turned if bars or draft.rtl else straight
    values = turned if bars and draft.rtl else straight
    zero = '<c:min val="0"/>' if all(point.value >= 0 for _, _, point in placed(shown.chart)) else ""
    skipped = f'<c:tickLblSkip val="{shown.plot.every}"/>' if shown.plot and shown.plot.every > 1 else ""
    line = f'<c:spPr><a:ln w="6350">{fill(draft.house.theme.chart.axis)}</a:ln></c:spPr>'
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling>{categories}</c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"l" if bars else "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}<c:crossAx val="2"/>'
        f'<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>{skipped}'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling>{values}{zero}</c:scaling><c:delete val="1"/>'
        f'<c:axPos val="{"b" if bars else "l"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/>'
        '<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def _font(draft: Draft) -> Xml:
    """The style of the house for all that is written."""
    style = draft.house.theme.styles["Chart"]
    font = attribute(style.font)
    kind, family = draft.script
    wide, joined = (attribute(family) if kind == wanted else font for wanted in (EAST_ASIAN, COMPLEX))
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(style.size * 100)}" b="0">'
        f'{fill(style.color)}<a:latin typeface="{font}"/><a:ea typeface="{wide}"/><a:cs typeface="{joined}"/>'
        f'</a:defRPr></a:pPr><a:endParaRPr lang="{escaped(draft.document.language)}"/></a:p></c:txPr>'
    )
