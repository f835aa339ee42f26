"""The proof sheet of a house style: every kind of block, each style with its name printed in it."""

import io
from datetime import date
from decimal import Decimal

from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    Citation,
    Contents,
    CrossReference,
    Document,
    Footnote,
    Furniture,
    Heading,
    Internal,
    Mark,
    Note,
    PageBreak,
    Panel,
    Panels,
    Paragraph,
    Picture,
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
from reports.pictures import prepared

FURNITURE = Furniture(
    "Header: issuer", "Classification", "Footer: footer", "page {page} of {pages}",
    number="number", copy="copy", circulated="circulated", department="department",
)  # fmt: skip
FILLER = " A line of text shows its measure, its colour and the distance of its lines; a second one how they follow."


def proof(language: str, day: date) -> Document:
    """The sheet as a document in a language, which has no other word than names of styles."""
    return Document("Title", "Proof of the house style", language, "ltr", day, FURNITURE, tuple(_blocks()), {})


def _said(text: str) -> Text:
    return (Run(text),)


def _blocks() -> list[Block]:
    return [
        Heading(_said("Title"), 1),
        Paragraph(_said("Subtitle"), "subtitle"),
        Panels(tuple(_panel(number) for number in ("1", "2.5", "1,024"))),
        Paragraph(_said(f"Lead.{FILLER}"), "lead"),
        Contents(_said("TOC Heading, TOC 1, TOC 2")),
        Heading(_said("Heading 1"), 2),
        Paragraph(
            (
                Run(f"Normal.{FILLER} "),
                Run("Hyperlink", link="https://example.org/"),
                Run(" and Superior"),
                Citation((1,)),
                Run(" and"),
                Mark("p"),
                Run(" and Footnote Reference"),
                Footnote(1, (Run(f"Footnote Text.{FILLER}"),), roman=True),
                Run(", a reference to table "),
                CrossReference("1", "table", 1),
            )
        ),
        Heading(_said("Heading 2"), 3),
        Bullets((_said(f"List Bullet.{FILLER}"), _said("List Bullet"))),
        Heading(_said("Heading 3"), 4),
        Note(_said(f"Note.{FILLER}")),
        Paragraph(_said("Note: small"), "small"),
        Paragraph(_said("Caption"), "caption"),
        _table(),
        *(_chart(kind, number) for number, kind in enumerate(("bar", "column", "line", "stacked"), 1)),
        Reference(
            _said("Reference Heading"),
            (Paragraph(_said(f"Reference Text.{FILLER}")), Bullets((_said("Reference Bullet"),))),
        ),
        _picture(),
        Internal((Note(_said("Note: internal")),)),
        PageBreak(),
        Heading(_said("Heading 1"), 2),
        Sources((SourceEntry(1, "first", _said("Sources")), SourceEntry(2, "second", _said(f"Sources.{FILLER}")))),
    ]


def _panel(number: str) -> Panel:
    return Panel(_said(number), _said("Panel Unit"), _said("Panel Label"), _said("Panel Detail"))


def _picture() -> Picture:
    """A grey surface: there is no picture of anybody in a proof."""
    from PIL import Image  # noqa: PLC0415  only for a proof

    drawn = io.BytesIO()
    Image.new("RGB", (480, 320), "#8A949B").save(drawn, "PNG")
    grey = prepared(drawn.getvalue())
    return Picture(grey.blob, grey.pixels, Decimal(4), "A grey surface.", _said("Table Note: of a picture"))


def _table() -> Table:
    caption = Caption("Caption 1.", 1, _said("Caption"), _said("Caption Unit"))
    rows = (
        Row((_said("Table Text"), _said("12.5"), _said("Table Text"))),
        Row((_said("Table Part"), _said("8.25"), _said("Table Text")), level=1),
        Row((_said("Table Part"), _said("4.25"), _said("Table Text")), level=1),
        Row((_said("Table Text: total"), _said("25"), _said("Table Text")), ruled=True),
    )
    header = ((_said("Table Header"), _said("Table Figure"), _said("Table Header")),)
    return Table(caption, ("text", "figure", "text"), header, rows, (_said("Table Note"),), "Every style of a table.")


def _chart(kind: str, number: int) -> Chart:
    caption = Caption(f"Chart {number}.", number, _said("Chart"), _said("Caption Unit"))
    series = tuple(
        Series(
            f"accent {order}",
            tuple(Point(Decimal(order + place), str(order + place), "", place == 1) for place in range(2)),
        )
        for order in (1, 2, 3, 4)
    )
    return Chart(kind, caption, ("first", "second"), series, "The colours of four series.", (_said("Table Note"),))  # type: ignore[arg-type]
