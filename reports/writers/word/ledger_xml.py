"""The ledger as a part of the package."""

from collections.abc import Iterator

from reports.document import Document, FigureRecord
from reports.writers.word.ledger import NAMESPACE, Ledger, tag_of
from reports.writers.word.prints import Inside, PlottedPoint, Print, PrintedChart, PrintedRow, PrintedTable
from reports.writers.word.xml import Xml, attribute, escaped


def part_of(ledger: Ledger, document: Document) -> bytes:
    """The part: the order of the document, the record of every figure, the place and text of every print, tables,
    charts and their points, internal parts."""
    origin = "".join(f' {name}="{attribute(text)}"' for name, text in sorted(document.origin.items()))
    labels = document.labels
    records = (record_xml(key, record, labels.get(key, "")) for key, record in sorted(document.figures.items()))
    tables = (table_xml(number, table) for number, table in enumerate(ledger.tables, 1))
    charts = (chart_xml(number, chart) for number, chart in enumerate(ledger.charts, 1))
    prints, points = map(print_xml, ledger.prints), map(point_xml, ledger.points)
    internal = map(inside_xml, ledger.internal)
    lines = "".join((f"<origin{origin}/>", *records, *prints, *tables, *charts, *points, *internal))
    issuer = attribute(document.furniture.issuer)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<ledger xmlns="{NAMESPACE}" issuer="{issuer}" '
        f'language="{attribute(document.language)}" as-of="{document.as_of}">{lines}</ledger>'
    ).encode()


def record_xml(key: str, record: FigureRecord, label: str = "") -> Xml:
    """The record of a figure, with what it is called."""
    attributes = {"key": key, **({"label": label} if label else {}), "tag": tag_of(key), **dict(_fields(record))}
    said = "".join(f' {name}="{attribute(text)}"' for name, text in attributes.items())
    sources = "".join(f"<source>{escaped(source)}</source>" for source in record.sources)
    inputs = "".join(f"<input>{escaped(key)}</input>" for key in record.inputs)
    return f"<figure{said}>{sources}{inputs}</figure>"


def _fields(record: FigureRecord) -> Iterator[tuple[str, str]]:
    for name in ("value", "multiplier", "unit", "period", "status", "vintage", "formula", "signed", "qualifier"):
        if (found := str(getattr(record, name))) != "":
            yield name, found
    if record.override:
        yield "override", "yes"


def print_xml(place: Print) -> Xml:
    """A place where a figure is printed."""
    form = f' form="{attribute(place.form)}"' if place.form else ""
    cited = ' cited="yes"' if place.cited else ""
    return (
        f'<print key="{attribute(place.key)}" control="{place.control}" bookmark="{place.bookmark}"{form}{cited}>'
        f"{escaped(place.text)}</print>"
    )


def table_xml(number: int, table: PrintedTable) -> Xml:
    """A table with its rows."""
    rows = "".join(map(row_xml, table.rows))
    return (
        f'<table number="{number}" bookmark="{table.bookmark}" header="{table.header}" digest="{table.digest}">'
        f"{rows}</table>"
    )


def row_xml(row: PrintedRow) -> Xml:
    """A row of a table."""
    keys = "".join(f"<key>{escaped(key)}</key>" for key in row.keys)
    named = ' figure="yes"' if row.is_figure else ""
    return f"<row>{keys}<head{named}>{escaped(row.head)}</head></row>"


def chart_xml(number: int, chart: PrintedChart) -> Xml:
    """A chart with its parts."""
    return (
        f'<chart number="{number}" part="{chart.part}" sha256="{chart.digest}" workbook="{chart.workbook}" '
        f'workbook-sha256="{chart.workbook_digest}" height="{chart.height}">{escaped(chart.alternative)}</chart>'
    )


def point_xml(point: PlottedPoint) -> Xml:
    """A point of a chart."""
    return (
        f'<point key="{attribute(point.key)}" chart="{point.chart}" series="{point.series}" '
        f'category="{point.category}">{escaped(point.label)}</point>'
    )


def inside_xml(part: Inside) -> Xml:
    """An internal part."""
    hashes = "".join(f"<paragraph>{found}</paragraph>" for found in part.hashes)
    return f'<internal bookmark="{part.bookmark}">{hashes}</internal>'
