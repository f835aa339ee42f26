"""Documents that are hard to print, for the tests of the PDF writer."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    ChartKind,
    Citation,
    Contents,
    CrossReference,
    Document,
    Footnote,
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


def charted(*series: Series, kind: ChartKind = "bar", names: tuple[str, ...] = ("2023", "2024")) -> Chart:
    caption = Caption("Figure 1.", 1, said("Investment"), said("million USD"))
    return Chart(kind, caption, names, series, "Investment rose", (said("Source."),))


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


def structured() -> Document:
    """A list of contents, footnotes that are marked twice or go on overleaf, references to a table."""
    remark = Footnote(1, (Run("A remark with a link: "), Run("a page", link="https://example.org"), Citation((1,))))
    text = (Run("A sentence"), remark, Run(", another"), Footnote(2, (Run("Long. " * 800),)), Mark("p"), Run("."))
    again = (Run("As in table "), CrossReference("1", "table", 1), Footnote(1), Run("."))
    return made_of(
        Contents(said("Contents")),
        Heading(said("A section"), 2),
        Heading(said("A part of it"), 3),
        Paragraph(text),
        Heading(said("Another section"), 2),
        Paragraph(again),
        figures((f"Product {number}", f"{number * 7.3:.1f}", f"{number}") for number in range(9)),
        Sources((SourceEntry(1, "a", said("First source.")),)),
    )


def arabic() -> Document:
    """Right to left, with Latin words, numbers, marks and links inside."""
    value = Run("13.6 مليون دولار أمريكي", isolated=True, figure="now")
    source = Run("Eurostat, table DS-045409 (EU trade)", isolated=True, language="en", link="https://example.org")
    text = (
        Run("في الفترة من يناير إلى أغسطس 2025، بلغ حجم التبادل التجاري "), value,
        Run(" (معظمها واردات)، وارتفع بنسبة "),
        Run("4.8%", isolated=True), Run(" مقارنة بعام 2024 وفق "), source, Run(" وبيانات أخرى."), Citation((1, 2)),
    )  # fmt: skip
    year, before = Run("19.54", isolated=True), Run("−0.3", isolated=True)
    table = Table(
        Caption("الجدول 1.", 1, said("التبادل التجاري"), said("ملايين الدولارات")),
        ("text", "figure", "figure"),
        ((said("البند"), said("2023"), said("2024")),),
        (
            Row((said("المجموع"), said("12.7"), (year, Mark("p")))),
            Row((said("الصادرات"), (before,), said("0.0365")), level=1),
            Row((said("الواردات"), said("13"), said("19.5")), level=1),
        ),
        (said("المصدر: وزارة التجارة (KZ)."),),
        "التجارة حسب السنة",
    )
    caption = Caption("الشكل 1.", 1, said("الاستثمار"), said("ملايين الدولارات"))
    series = Series("الاستثمار", (point("5.2"), point("19.54")))
    chart = Chart("bar", caption, ("عام 2023", "عام 2024"), (series,), "ارتفع الاستثمار", (said("المصدر."),))
    furniture = Furniture("وزارة الخارجية", "للاستخدام الرسمي", "كازاخستان – لوكسمبورغ", "صفحة {page} من {pages}")
    blocks = (
        Heading(said("كازاخستان – لوكسمبورغ"), 1), Heading(said("التجارة"), 2), Paragraph(text),
        Bullets((said("بند أول: 5 شركات"), said("بند ثان"))), table, chart,
        Reference(said("للاطلاع"), (Paragraph(text),)),
        Sources((SourceEntry(1, "a", said("المصدر الأول")), SourceEntry(2, "b", (replace(source, link=""),)))),
    )  # fmt: skip
    return Document("كازاخستان – لوكسمبورغ", "موجز", "ar", "rtl", AS_OF, furniture, blocks, {})


def chinese(paragraphs: int = 1) -> Document:
    """Without spaces, with full-width punctuation, numbers and Latin names inside."""
    text = (
        Run("2025年1月至8月，哈萨克斯坦与卢森堡的贸易额为"), Run("1360万美元", isolated=True, figure="now"),
        Run("（主要为自卢森堡进口），同比增长"), Run("4.8%", isolated=True),
        Run("。根据“联合声明”——双方确认，卢森堡首相吕克·弗里登访问阿斯塔纳，"),
        Run("双方就扩大经贸合作达成共识，并签署了多项文件。"),
        Citation((1,)),
    )  # fmt: skip
    furniture = Furniture("哈萨克斯坦外交部", "内部", "国别简介", "第{page}页，共{pages}页")
    body = [Paragraph(text)] * paragraphs
    sources = Sources((SourceEntry(1, "a", said("来源一")),))
    blocks: tuple[Block, ...] = (Heading(said("哈萨克斯坦—卢森堡"), 1), Heading(said("贸易"), 2), *body, sources)
    return Document("哈萨克斯坦—卢森堡", "国别简介", "zh", "ltr", AS_OF, furniture, blocks, {})
