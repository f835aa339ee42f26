"""The same content as a Document, with a figure behind every number of tables and charts and some of the text."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from reports.document import (
    Block,
    Caption,
    Chart,
    ColumnKind,
    Document,
    FigureRecord,
    Furniture,
    Heading,
    Paragraph,
    Point,
    Row,
    Run,
    Series,
    SourceEntry,
    Sources,
    Table,
    Text,
    texts,
)
from reports.house import open_house
from reports.memory import relax
from reports.orders import Order, Workshop, fill
from reports.sources import SOURCES
from reports.writers import WRITERS
from tests.bench.content import Columns, Content, Grid, Section

ROOT = Path(__file__).parents[2]
Render = Callable[[Content], bytes]


def writer(name: str) -> Render:
    """A writer with its house style read once, as a workshop keeps it."""
    relax()
    house = open_house(ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")
    return lambda given: WRITERS[name].write(document(given), house)


def untagged() -> Render:
    """The PDF of a profile without tags and attachments."""
    relax()
    house = open_house(ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")
    return lambda given: WRITERS["pdf"].write(document(given), house, "plain")


def both() -> Render:
    """Word and PDF of one document, one after the other."""
    relax()
    house = open_house(ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")

    def render(given: Content) -> bytes:
        brief = document(given)
        return WRITERS["docx"].write(brief, house) + WRITERS["pdf"].write(brief, house)

    return render


def filled() -> Render:
    """A whole order, from the data in memory to Word and PDF; it has its own content, languages take turns."""
    relax()
    workshop = Workshop(ROOT / "templates", ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")
    data, _ = SOURCES["folder"](ROOT / "data")

    def render(given: Content) -> bytes:
        order = Order("KZ", "LU", date(2025, 10, 20), "brief", (given.language,), ("docx", "pdf"))
        return b"".join(fill(order, workshop, data).files.values())

    return render


def document(given: Content) -> Document:
    """The content as a document."""
    entries = tuple(
        SourceEntry(number, f"source-{number}", (Run(said, link=address),))
        for number, (said, address) in enumerate(given.sources, 1)
    )
    blocks = (Heading((Run(given.title),), 1), *_body(given), Sources(entries))
    furniture = Furniture("Ministry", "Internal", given.title, "page {page} of {pages}")
    figures = {run.figure: _record(run.text) for block in blocks for run in _figures(block)}
    return Document(given.title, "Benchmark", given.language, "ltr", date(2025, 10, 20), furniture, blocks, figures)


def _figures(block: Block) -> Iterator[Run]:
    for text in texts(block):
        yield from (inline for inline in text if isinstance(inline, Run) and inline.figure)


def _record(printed: str) -> FigureRecord:
    return FigureRecord(printed, 6, "USD", "2024", sources=("source-1",), vintage="2025-09-15")


def _body(given: Content) -> Iterator[Block]:
    charts = tables = 0
    for number, section in enumerate(given.sections):
        yield Heading((Run(section.heading),), 2)
        yield from (Paragraph(_text(said, f"text/{number}.{n}")) for n, said in enumerate(section.paragraphs))
        if section.grid:
            tables += 1
            yield _table(section.grid, tables)
        if section.chart:
            charts += 1
            yield _chart(section, section.chart, charts)


def _text(said: str, key: str) -> Text:
    """Words, and decimals as figures."""
    parts = re.split(r"(\d+\.\d)", said)
    return tuple(Run(part, figure=f"{key}.{n}@2024" if n % 2 else "") for n, part in enumerate(parts) if part)


def _table(grid: Grid, number: int) -> Table:
    head = tuple((Run(name),) for name in grid.head)
    rows = tuple(
        Row(
            (
                (Run(first),),
                *((Run(cell, figure=f"table.{number}/{first}@{column}"),) for column, cell in enumerate(rest)),
            )
        )
        for first, *rest in grid.rows
    )
    figures: list[ColumnKind] = ["figure" for _ in grid.head[1:]]
    columns: tuple[ColumnKind, ...] = ("text", *figures)
    return Table(
        Caption(f"Table {number}.", number, (Run(grid.title),)), columns, (head,), rows, alternative=grid.title
    )


def _chart(section: Section, chart: Columns, number: int) -> Chart:
    series = tuple(
        Series(name, tuple(
            Point(Decimal(str(value)), str(value), f"chart.{number}/{name}@{year}")
            for year, value in zip(chart.years, values, strict=True)
        ))
        for name, values in zip(chart.names, chart.values, strict=True)
    )  # fmt: skip
    caption = Caption(f"Figure {number}.", number, (Run(chart.title),))
    return Chart(chart.kind, caption, chart.years, series, f"{section.heading}, {chart.years[0]} to {chart.years[-1]}")
