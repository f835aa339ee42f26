"""Word: what only that format can get wrong. The laws that hold for every writer are in test_writers.py."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from lxml import etree

from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    ChartKind,
    Citation,
    Document,
    FigureRecord,
    Furniture,
    Heading,
    Mark,
    PageBreak,
    Panel,
    Panels,
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
from reports.house import House, open_house
from reports.writers.widths import columns, width
from reports.writers.word import write
from tests.package_checks import faults
from tests.sample import LANGUAGES, sample_document
from tests.strategies import documents
from tests.validators import WORD, converted, laid_out
from tests.word_files import BODY, FOOTER, HEADER, STYLES, W, changed, replaced, root, style_of, unpacked, words

ROOT = Path(__file__).parent.parent
CHART_PART = "word/charts/brief1.xml"
LEDGER = "{urn:bilateral:ledger:2}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
FURNITURE = Furniture("Ministry", "Internal", "Pair", "page {page} of {pages}")
HOSTILE = ["100<200", "R&D <b>spend</b> > 3%", "Bross & Co\nsecond line", "<select>", "\"q\" and 's'"]


def said(text: str, **look: Any) -> Text:
    return (Run(text, **look),)


def document(*blocks: Block, **changes: Any) -> Document:
    made = Document("Brief", "Subject", "en", "ltr", date(2025, 10, 20), FURNITURE, blocks, {})
    return replace(made, **changes)


def table(*rows: Row, header: int = 1) -> Table:
    heads = ((said("Item"), said("Value")),) * header
    return Table(Caption("Table 1.", 1, said("Values")), ("text", "figure"), heads, rows, (), "What it shows")


def chart(kind: Any = "bar", *series: Series) -> Chart:
    points = (Point(Decimal("1.50"), "1.5", "a"), Point(Decimal("2"), "2.0", "b", tentative=True), None)
    return Chart(
        kind, Caption("Figure 1.", 1, said("Flows")), ("2022", "2023", "2024"), series or (Series("S", points),), "Alt"
    )


def paragraphs(data: bytes, style: str) -> list[Any]:
    return [paragraph for paragraph in root(data).iter(W + "p") if style_of(paragraph) == style]


# ---------------------------------------------------------------- the gate


@pytest.mark.parametrize("name", WORD)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brief_is_valid(name: str, language: str, house: House) -> None:
    assert WORD[name](write(sample_document(language), house)) == []


@settings(max_examples=8)
@given(document=documents())
def test_any_document_passes_the_schema(house: House, document: Document) -> None:
    data = write(document, house)

    assert WORD["sdk"](data) == []
    assert faults(data) == []


@given(document=documents())
def test_any_document_passes_the_checks_of_the_package(house: House, document: Document) -> None:
    assert faults(write(document, house)) == []


# ---------------------------------------------------------------- text is text


@pytest.mark.parametrize("value", HOSTILE)
def test_data_is_text_in_every_place(value: str, house: House) -> None:
    furniture = Furniture(value, value, value, "page {page} of {pages}")
    panel = Panels((Panel(said(value), (), said("label")),))
    blocks = (Heading(said(value), 1), Paragraph(said(value)), panel, table(Row((said("Row"), said(value)))))
    data = write(document(*blocks, title=value, subject=value, furniture=furniture), house)

    shown = [words(paragraph) for paragraph in root(data).iter(W + "p")]
    title = root(data, "docProps/core.xml").findtext("{http://purl.org/dc/elements/1.1/}title")
    assert shown.count(value) == 4
    assert title == value
    assert value in words(root(data, HEADER))
    assert value in words(root(data, FOOTER))
    assert WORD["sdk"](data) == []


def test_what_xml_forbids_never_reaches_the_file(house: House) -> None:
    text = "Trade\vagreement\0 signed\f2024\ufffe end\ud800"
    record = FigureRecord(text, 0, text, text, text, (text,), text, text, (text,))
    run = Run(text, figure=text, link=text, language=text)
    picture = Chart("bar", Caption(text, 1, (run,)), (text,), (Series(text, (Point(Decimal(1), text, text),)),), text)
    data = write(document(Paragraph((run,)), picture, title=text, subject=text, figures={text: record}), house)

    assert faults(data) == []
    assert words(paragraphs(data, "Normal")[0]) == "Trade agreement signed 2024 end"


def test_a_tab_in_the_data_is_a_tab(house: House) -> None:
    assert words(paragraphs(write(document(Paragraph(said("a\tb"))), house), "Normal")[0]) == "a\tb"


# ---------------------------------------------------------------- figures


def controls(data: bytes) -> list[tuple[str, str, str]]:
    """Tag, hidden bookmark and text of every figure, in order."""
    found = []
    for control in root(data).iter(W + "sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag").get(W + "val")
        found.append((tag, control.getprevious().get(W + "name"), words(control)))
    return found


def test_a_figure_is_a_rich_control_in_a_hidden_bookmark(house: House) -> None:
    data = write(document(Paragraph((Run("It was "), Run("13.6", figure="trade.turnover@2024")))), house)

    (control,) = root(data).iter(W + "sdt")
    properties = {etree.QName(child).localname for child in control.find(W + "sdtPr")}
    assert properties == {"alias", "tag", "id"}  # neither plain nor bound
    assert control.getprevious().get(W + "id") == control.getnext().get(W + "id")
    assert re.fullmatch("_f[0-9a-f]{8}", control.getprevious().get(W + "name"))


def test_a_figure_that_prints_twice_has_one_tag_and_two_ids(house: House) -> None:
    twice = Paragraph((Run("13.6", figure="a@2024"), Run(" and "), Run("13.6 million", figure="a@2024")))
    data = write(document(twice), house)

    ids = [node.get(W + "val") for node in root(data).iterfind(f".//{W}sdtPr/{W}id")]
    (first, name, _), (second, other, _) = controls(data)
    assert first == second == "a@2024"
    assert len(set(ids)) == 2
    assert name != other


def test_keys_with_the_same_checksum_keep_their_own_names(house: House) -> None:
    keys = ("plumless", "buckeroo")  # the textbook collision of CRC-32
    data = write(document(Paragraph(tuple(Run(key, figure=key) for key in keys))), house)

    assert len({name for _, name, _ in controls(data)}) == 2
    assert faults(data) == []


def test_a_key_too_long_for_a_tag_is_in_the_ledger(house: House) -> None:
    key = "trade.turnover/" + "x" * 80
    data = write(document(Paragraph((Run("1", figure=key),)), figures={key: FigureRecord("1", 0, "", "2024")}), house)

    ((tag, _, _),) = controls(data)
    assert len(tag) <= 64
    assert [
        (node.get("key"), node.get("tag")) for node in root(data, "customXml/item1.xml").iter(LEDGER + "figure")
    ] == [(key, tag)]


def test_the_ledger_holds_every_print_and_every_record(house: House) -> None:
    brief = sample_document()
    data = write(brief, house)
    ledger = root(data, "customXml/item1.xml")

    prints = [(node.get("key"), node.get("bookmark"), node.text) for node in ledger.iter(LEDGER + "print")]
    points = Counter(node.get("key") for node in ledger.iter(LEDGER + "point"))
    records = {node.get("key"): node for node in ledger.iter(LEDGER + "figure")}
    assert prints == controls(data)
    assert sum(points.values()) == 4
    assert records.keys() == brief.figures.keys()
    change = records["fdi.inflow.gross.change@2024~2023!%"]
    assert (change.get("value"), change.get("formula")) == ("22.6", "a / b - 1")
    assert [node.text for node in change.iter(LEDGER + "input")] == ["fdi.inflow.gross@2024", "fdi.inflow.gross@2023"]


def test_the_ledger_goes_beside_the_custom_parts_of_the_house(tmp_path: Path, house: House) -> None:
    path = changed(house.path, tmp_path / "house.docx", lambda parts: parts.update({"customXml/item1.xml": b"<own/>"}))
    data = write(document(Paragraph((Run("1", figure="a"),))), open_house(path, ROOT / "fonts"))

    assert unpacked(data)["customXml/item1.xml"] == b"<own/>"
    assert [node.text for node in root(data, "customXml/item2.xml").iter(LEDGER + "print")] == ["1"]


# ---------------------------------------------------------------- blocks


@pytest.mark.parametrize(
    ("level", "style"), [(1, "Title"), (2, "Heading1"), (3, "Heading2"), (4, "Heading3"), (6, "Heading3")]
)
def test_a_heading_has_the_style_of_its_level(level: int, style: str, house: House) -> None:
    assert [words(found) for found in paragraphs(write(document(Heading(said("Trade"), level)), house), style)] == [
        "Trade"
    ]


def test_marks_and_citations_are_superiors_that_lead_to_their_source(house: House) -> None:
    text = (Run("13.6"), Mark("p"), Citation((1, 7)))
    data = write(document(Paragraph(text), Sources((SourceEntry(1, "k", said("Source")),))), house)

    (paragraph,) = paragraphs(data, "Normal")
    superior = [words(run) for run in paragraph.iter(W + "r") if run.find(f"{W}rPr/{W}rStyle") is not None]
    assert superior == ["p", ",", "1", ",", "7"]
    assert [link.get(W + "anchor") for link in paragraph.iter(W + "hyperlink")] == ["_s1"]  # 7 is not listed


def test_a_link_keeps_its_address(house: House) -> None:
    url = 'https://example.org/?a=1&b="x"'
    data = write(document(Paragraph((Run("one", link=url), Run("two", link=url)))), house)

    links = [node.get("Target") for node in root(data, "word/_rels/document.xml.rels") if node.get("TargetMode")]
    assert links == [url]


def test_what_follows_a_page_break_begins_a_page(house: House) -> None:
    data = write(document(Paragraph(said("a")), PageBreak(), Paragraph(said("b")), Paragraph(said("c"))), house)

    breaks = [found.find(f"{W}pPr/{W}pageBreakBefore") is not None for found in paragraphs(data, "Normal")]
    assert breaks == [False, True, False]


def test_panels_after_a_page_break_begin_a_page(house: House) -> None:
    panels = Panels((Panel(said("1"), (), said("one")),))
    data = write(document(Paragraph(said("a")), PageBreak(), panels), house)

    assert len(list(root(data).iter(W + "br"))) == 1
    assert faults(data) == []


def test_two_tables_do_not_run_into_one(house: House) -> None:
    panels = Panels((Panel(said("1"), (), said("one")),))

    assert faults(write(document(panels, panels, table(Row((said("a"), said("1")))), panels), house)) == []


def test_sources_keep_numbers_that_jump(house: House, tmp_path: Path) -> None:
    entries = tuple(SourceEntry(number, "k", said(f"source {number}")) for number in (1, 2, 5, 6, 9))
    data = write(document(Sources(entries)), house)

    assert WORD["sdk"](data) == []
    lines = laid_out(data, tmp_path).splitlines()
    assert [line.split() for line in lines if "source" in line] == [
        [f"{n}.", "source", f"{n}"] for n in (1, 2, 5, 6, 9)
    ]


@pytest.mark.parametrize("label", ["Table 3.", "3-кесте.", "Table 3", "الجدول ٣."])
def test_the_number_of_a_caption_is_a_field(label: str, house: House) -> None:
    block = replace(table(Row((said("a"), said("1")))), caption=Caption(label, 3, said("Values"), said("tonnes")))
    data = write(document(block), house)

    (caption,) = paragraphs(data, "Caption")
    (instruction,) = caption.iter(W + "instrText")
    assert words(caption) == f"{label} Values tonnes"
    assert instruction.text.split()[:2] == ["SEQ", "Table"]


def test_a_reference_keeps_its_rule_at_bullets_too(house: House) -> None:
    block = Reference(said("For reference"), (Paragraph(said("text")), Bullets((said("point"),))))
    data = write(document(block), house)

    styles = {style.get(W + "styleId"): style for style in root(data, STYLES).iter(W + "style")}
    used = [style_of(paragraph) for paragraph in root(data).iter(W + "p")]
    assert used == ["ReferenceHeading", "ReferenceText", "ReferenceBullet"]
    assert styles["ReferenceBullet"].find(W + "basedOn").get(W + "val") == "ReferenceText"


# ---------------------------------------------------------------- tables


def rows(data: bytes) -> list[Any]:
    return list(root(data).iter(W + "tr"))


def test_every_header_row_repeats_and_no_other(house: House) -> None:
    body = tuple(Row((said(str(number)), said("1"))) for number in range(120))
    data = write(document(table(*body, header=2)), house)

    repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows(data)]
    assert repeated == [True, True] + [False] * 120


def test_the_heading_of_a_group_of_rows_spans_its_table(house: House) -> None:
    data = write(document(table(Row((said("All"), ()), ruled=True), Row((said("a"), said("1"))))), house)
    _, heading, plain_row = rows(data)

    assert [span.get(f"{W}val") for span in heading.iter(f"{W}gridSpan")] == ["2"]
    assert [len(list(row.iter(f"{W}tc"))) for row in (heading, plain_row)] == [1, 2]
    assert faults(data) == []


def test_a_row_that_no_page_can_hold_may_break(house: House) -> None:
    data = write(document(table(Row((said("word " * 2000), said("1"))), Row((said("short"), said("1"))))), house)

    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows(data)] == [True, False, True]


def test_columns_fill_the_measure_and_follow_their_content(house: House) -> None:
    data = write(document(table(Row((said("A long name of a product"), said("1"))))), house)

    first, second = (int(column.get(W + "w")) for column in root(data).iter(W + "gridCol"))
    assert first > 2 * second
    assert first + second == pytest.approx(20 * (595.3 - 68.0 - 68.05), abs=2)


def test_figures_align_on_the_decimal_mark(house: House) -> None:
    body = (Row((said("a"), said("19.5"))), Row((said("b"), said("0.0365"))), Row((said("c"), said("…"))))
    data = write(document(table(*body)), house)

    indents = [found.find(f"{W}pPr/{W}ind") for found in paragraphs(data, "TableFigure")]
    right = [0 if indent is None else int(indent.get(W + "right")) / 20 / 8.5 for indent in indents]  # in ems
    assert right == pytest.approx([3 * 0.572, 0, 0.27 + 4 * 0.572], abs=0.01)


def test_a_small_table_stays_whole_and_with_its_notes(house: House) -> None:
    noted = replace(table(*(Row((said("a"), said("1"))),) * 3), notes=(said("Note."),))
    data = write(document(noted, Paragraph(said("after"))), house)

    kept = [found.find(f"{W}pPr/{W}keepNext") is not None for found in paragraphs(data, "TableText")]
    assert kept == [True, True, True]


def test_a_table_says_what_it_shows(house: House) -> None:
    data = write(document(table(Row((said("a"), said("1"))))), house)

    assert root(data).find(f".//{W}tblCaption").get(W + "val") == "Table 1. Values"
    assert root(data).find(f".//{W}tblDescription").get(W + "val") == "What it shows"


# ---------------------------------------------------------------- charts


def test_a_chart_has_its_numbers_as_text_and_in_its_workbook(house: House) -> None:
    data = write(document(chart()), house)
    drawn = root(data, CHART_PART)
    book = unpacked(unpacked(data)["word/embeddings/brief1.xlsx"])

    labels = [node.text for node in drawn.iterfind(f".//{CHART}dLbl//{{*}}t")]
    values = [node.text for node in drawn.iterfind(f".//{CHART}val//{CHART}v")]
    cells = re.findall(rb'<c r="B[2-9]"><v>([^<]*)</v>', book["xl/worksheets/sheet1.xml"])
    assert labels == ["1.5", "2.0"]
    assert values == ["1.50", "2"]
    assert [Decimal(cell.decode()) for cell in cells] == [Decimal("1.5"), Decimal(2)]
    assert root(data).find(".//{*}docPr").get("descr") == "Alt"


def test_a_tentative_point_is_lighter(house: House) -> None:
    drawn = root(write(document(chart()), house), CHART_PART)

    series = drawn.find(f".//{CHART}ser/{CHART}spPr//{{*}}srgbClr").get("val")
    (point,) = drawn.iter(CHART + "dPt")
    lighter = point.find(".//{*}srgbClr").get("val")
    assert point.find(CHART + "idx").get("val") == "1"
    assert int(lighter[:2], 16) > int(series[:2], 16)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_charts_of_any_size_are_valid(count: int, house: House) -> None:
    points = (Point(Decimal(-1), "−1", "a"), None, Point(Decimal("0.5"), "0.5", "b", tentative=True))
    series = tuple(Series(f"S{number}", points) for number in range(count))
    every = (chart(kind, *series) for kind in get_args(ChartKind))

    assert WORD["sdk"](write(document(*every), house)) == []


def test_bars_begin_at_zero(house: House) -> None:
    negative = Series("S", (Point(Decimal(-1), "−1", "a"), None, None))

    scales = [
        root(write(document(drawn), house), CHART_PART).find(f".//{CHART}valAx/{CHART}scaling/{CHART}min")
        for drawn in (chart(), chart("bar", negative))
    ]
    assert scales[0].get("val") == "0"
    assert scales[1] is None


# ---------------------------------------------------------------- language, direction, properties


def test_every_run_says_its_language(house: House) -> None:
    text = (Run("Торговля"), Run("Qazinform", language="en"))
    data = write(document(Paragraph(text), language="ru"), house)

    spoken = [node.get(W + "val") for node in root(data).iterfind(f".//{W}r/{W}rPr/{W}lang")]
    assert spoken == ["ru", "en"]
    assert root(data, STYLES).find(f"{W}docDefaults//{W}lang").get(W + "val") == "ru"


def right_to_left() -> Document:
    """Case O10: github.com/python-openxml/python-docx/issues/349."""
    body = (
        Run("بلغت صادرات شركة "), Run("Example Air SE", language="en", isolated=True),
        Run(" إلى مصر (2024) نحو 1,234.5 مليون يورو."),
    )  # fmt: skip
    header = (said("البلد"), said("2023"), said("2024"))
    flows = Table(
        Caption("الجدول 1.", 1, said("التجارة")), ("text", "figure", "figure"), (header,),
        (Row((said("مصر"), said("10.0"), said("12.5"))),),
    )  # fmt: skip
    reference = Reference(said("للاطلاع"), (Paragraph(said("نص")),))
    return document(Paragraph(body), flows, chart(), reference, language="ar", direction="rtl")


def test_a_document_from_right_to_left_is_turned_as_a_whole(house: House) -> None:
    data = write(right_to_left(), house)

    turned = [found for part in (BODY, HEADER, FOOTER) for found in root(data, part).iterfind(f".//{W}p")]
    assert turned
    for found in turned:  # a chart's labels would be turned with its line
        assert (found.find(f"{W}pPr/{W}bidi") is None) == (found.find(f".//{W}drawing") is not None)
    assert root(data).find(f".//{W}tblPr/{W}bidiVisual") is not None
    assert root(data).find(f".//{W}sectPr/{W}bidi") is not None
    rules = {etree.QName(rule).localname for rule in root(data, STYLES).iterfind(f".//{W}style/{W}pPr/{W}pBdr/*")}
    assert "right" in rules
    assert "left" not in rules
    assert WORD["sdk"](data) == []


def test_latin_names_stay_from_left_to_right(house: House) -> None:
    (paragraph,) = paragraphs(write(right_to_left(), house), "Normal")

    turned = [run.find(f"{W}rPr/{W}rtl") is not None for run in paragraph.iter(W + "r")]
    assert turned == [True, False, True, True]  # the third is a mark: figures after a Latin name do not run on with it


def test_arabic_styles_have_one_size_and_weight_for_both_kinds_of_letters(house: House) -> None:
    """Case O10: without w:szCs and w:bCs Arabic would be printed in Word's own size, and never bold."""
    data = write(replace(right_to_left(), title="كازاخستان"), house)

    for look in root(data, STYLES).iter(W + "rPr"):
        sizes = [found.get(W + "val") for found in look.iterfind(W + "sz")]
        assert [found.get(W + "val") for found in look.iterfind(W + "szCs")] == sizes
        assert (look.find(W + "b") is None) == (look.find(W + "bCs") is None)


def test_a_figure_inside_arabic_is_no_run_from_right_to_left(house: House) -> None:
    """Case O10: it is read from left to right, and its minus stands before it."""
    body = (Run("نحو "), Run("1,234.5", isolated=True), Run(" مليون يورو، "), Run("\u200e−20", isolated=True))
    (paragraph,) = paragraphs(write(document(Paragraph(body), language="ar", direction="rtl"), house), "Normal")

    said = ["".join(run.itertext()) for run in paragraph.iter(W + "r") if run.find(f"{W}rPr/{W}rtl") is None]
    assert said == ["1,234.5", "\u200e−20"]


def test_each_script_has_its_font_and_language(house: House) -> None:
    """A Word file names a font that prints the script, and no language by which figures would be broken."""
    arabic = write(replace(right_to_left(), title="كازاخستان"), house)
    chinese = write(replace(document(Paragraph(said("2024年，贸易额")), language="zh"), title="卢森堡"), house)

    for data, kind, family in ((arabic, "cs", "Amiri"), (chinese, "eastAsia", "Noto Sans SC")):
        fonts = {found.get(W + kind) for found in root(data, STYLES).iter(W + "rFonts")}
        assert fonts == {family}
        assert family in [font.get(W + "name") for font in root(data, "word/fontTable.xml")]
        assert WORD["sdk"](data) == []
    languages = [found.attrib for found in root(chinese).iter(W + "lang")]
    assert {(found[W + "val"], found[W + "eastAsia"]) for found in languages} == {("x-none", "zh-CN")}
    # Between Chinese and figures Word leaves a gap unless it is told not to, as PDF and LibreOffice do.
    assert not list(root(chinese, STYLES).iter(W + "autoSpaceDE", W + "autoSpaceDN"))


def test_a_document_from_left_to_right_turns_nothing(house: House) -> None:
    parts = unpacked(write(sample_document(), house))

    assert not any(
        b"<w:bidi/>" in blob or b"<w:rtl/>" in blob for name, blob in parts.items() if name.startswith("word/")
    )


def test_the_properties_have_no_clock(house: House) -> None:
    core = root(write(sample_document("fr"), house), "docProps/core.xml")

    found = {etree.QName(node).localname: node.text for node in core}
    assert found["title"] == "Luxembourg"
    assert found["language"] == "fr"
    assert found["creator"].startswith("Ministère")
    assert found["created"] == found["modified"] == "2025-10-20T00:00:00Z"


def test_no_member_of_the_package_has_a_clock(house: House) -> None:
    data = write(sample_document(), house)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names, days = package.namelist(), {member.date_time for member in package.infolist()}

    assert days == {(1980, 1, 1, 0, 0, 0)}
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]


# ---------------------------------------------------------------- header, footer, house


def test_pages_are_counted_by_fields(house: House) -> None:
    footer = root(write(document(), house), FOOTER)

    assert [node.text.strip() for node in footer.iter(W + "instrText")] == ["PAGE", "NUMPAGES"]
    assert words(footer) == "Pair\tpage 1 of 1\tInternal"


def test_a_header_too_long_for_its_line_takes_two(house: House) -> None:
    long = replace(FURNITURE, issuer="Қазақстан Республикасының Сыртқы істер министрлігі · Еуропа департаменті бөлімі",
                   classification="Қызмет бабында пайдалану үшін")  # fmt: skip

    assert words(root(write(document(), house), HEADER)) == "Ministry\tInternal"
    assert "\n\t" in words(root(write(document(furniture=long), house), HEADER))


def test_a_placeholder_around_a_whole_paragraph_is_filled(tmp_path: Path, house: House) -> None:
    header = (
        '<w:sdt><w:sdtPr><w:tag w:val="classification"/></w:sdtPr><w:sdtContent><w:p><w:pPr><w:pStyle w:val="Header"/>'
        "</w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>here</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    path = changed(house.path, tmp_path / "house.docx", replaced(HEADER, "<w:p>.*</w:p>", header))
    data = write(document(), open_house(path, ROOT / "fonts"))

    assert words(root(data, HEADER)) == "Internal"
    assert root(data, HEADER).find(f".//{W}r/{W}rPr/{W}b") is not None
    assert faults(data) == []


def test_a_changed_house_changes_the_brief(tmp_path: Path, house: House) -> None:
    path = changed(house.path, tmp_path / "house.docx", replaced(STYLES, "0B3C5D", "AA3300"))
    data = write(document(Heading(said("Trade"), 2)), open_house(path, ROOT / "fonts"))

    assert b"AA3300" in unpacked(data)[STYLES]


# ---------------------------------------------------------------- as LibreOffice lays it out


@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_prints_every_page(language: str, house: House, tmp_path: Path) -> None:
    brief = sample_document(language)
    printed = laid_out(write(brief, house), tmp_path)

    pages = printed.split("\f")[:-1]
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        assert brief.furniture.page.format(page=number, pages=3) in page
        assert brief.furniture.classification.upper() in page


def test_panels_and_charts_are_drawn(house: House, tmp_path: Path, needs: Callable[..., None]) -> None:
    """A chart that LibreOffice cannot read leaves no text behind."""
    needs("soffice", "pdftotext")
    printed = laid_out(write(document(chart("column")), house), tmp_path)

    assert {"2022", "2023", "2024", "1.5", "2.0"} <= set(printed.split())
    assert converted(write(document(), house), tmp_path).stat().st_size


def test_no_column_breaks_a_word_of_its_header(house: House, tmp_path: Path) -> None:
    header = (said("Соглашение"), said("Подписано"), said("Место"), said("В силе"))
    long = said("Соглашение о расширенном партнёрстве и сотрудничестве между Европейским союзом и Казахстаном " * 2)
    agreements = Table(
        Caption("Таблица 3.", 3, said("Соглашения")), ("text",) * 4, (header,),
        (Row((long, said("21.12.2015"), said("Астана"), said("2020"))),),
    )  # fmt: skip

    printed = laid_out(write(document(agreements, language="ru"), house), tmp_path)
    assert {"Соглашение", "Подписано", "Место", "силе", "21.12.2015", "Астана"} <= set(printed.split())


def test_a_column_is_as_wide_as_what_fixed_spaces_hold_together() -> None:
    """A date with fixed spaces is one word: its column may not break it."""
    caption = Caption("Table 1.", 1, (Run("Visits"),))
    rows = (Row(((Run("14–15\u00a0Nov\u00a02025"),), (Run("President Kassym-Jomart Tokayev and others " * 4),))),)
    table = Table(caption, ("text", "text"), (((Run("Date"),), (Run("Event"),)),), rows)

    narrow, _ = columns(table, 450, 8, 8.5)
    assert narrow >= 8 + 8.5 * width("14–15\u00a0Nov\u00a02025")
