"""Documents that are hard to print, for the tests of the PDF writer."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    Citation,
    Document,
    Furniture,
    Heading,
    Mark,
    Paragraph,
    Point,
    Reference,
    Row,
    Run,
    Series,
    SourceEntry,
    Sources,
    Table,
    Text,
)

AS_OF = date(2025, 10, 20)
FURNITURE = Furniture("Ministry", "Internal", "Brief", "page {page} of {pages}")


def said(words: str) -> Text:
    return (Run(words),)


def made_of(*blocks: Block, title: str = "Brief", furniture: Furniture = FURNITURE, language: str = "en") -> Document:
    """A document with a title and some blocks."""
    whole = (Heading(said(title), 1), *blocks)
    return Document(title, "Subject", language, "ltr", AS_OF, furniture, whole, {})


def figures(rows: Iterable[tuple[str, ...]]) -> Table:
    """Rows of a label and figures under a header of years."""
    body = tuple(Row(tuple(map(said, row))) for row in rows)
    years = tuple(said(str(2020 + number)) for number in range(len(body[0].cells) - 1))
    kinds = ("text", *["figure"] * len(years))
    return Table(
        Caption("Table 1.", 1, said("Trade"), said("million USD")),
        tuple("figure" if kind == "figure" else "text" for kind in kinds),
        ((said("Item"), *years),),
        body,
        (said("Source: statistics."),),
        "Trade by year",
    )


def point(value: str, tentative: bool = False) -> Point:
    return Point(Decimal(value), value.replace("-", "−"), f"key@{value}", tentative)


def charted(*series: Series, kind: str = "bar", names: tuple[str, ...] = ("2023", "2024")) -> Chart:
    caption = Caption("Figure 1.", 1, said("Investment"), said("million USD"))
    return Chart("bar" if kind == "bar" else "column", caption, names, series, "Investment rose", (said("Source."),))


def hard() -> Document:
    """Everything at once: several series, negative and missing marks, a long table, languages, links over lines."""
    address = (
        "https://example.org/a/path/that/is/much/too/long/for/one/line/of/a/page/so/that/it/has/to/be/cut/somewhere"
    )
    several = (
        Series("Exports", (point("5.2"), point("-3.1"), None)),
        Series("Imports", (point("2.2"), point("3.1", tentative=True), point("0"))),
    )
    mixed = (
        Run("A name in its own language, "), Run("Қазақстан Республикасы", language="kk"), Run(", a figure"),
        Mark("p"), Citation((1, 2)), Run(" and an address: "), Run(address, link="https://example.org/ü?a=(1)"),
        Run(" and\na new line, "), Run("strong", strong=True), Run(" and "), Run("stressed", emphasis=True), Run("."),
    )  # fmt: skip
    inner = (Paragraph(said("Complete in itself. " * 60)), Bullets((mixed, said("second"))))
    return made_of(
        Paragraph(mixed),
        charted(*several, kind="column", names=("2022", "2023", "2024")),
        charted(Series("Balance", (point("-35.2"), point("13.1"))), names=("A long name of a group of goods", "Oil")),
        figures((f"Product {number}", f"{number * 7.3:.1f}", f"{number}") for number in range(80)),
        Reference(said("For reference"), inner),
        Heading(said("A level is skipped"), 3),
        Paragraph(said("Text. " * 500)),
        Sources((SourceEntry(1, "a", said("First source.")), SourceEntry(2, "b", said("Second source.")))),
    )
