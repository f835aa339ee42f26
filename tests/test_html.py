"""What only the page can get wrong: structure for those who do not see it, links, colours of the house, charts."""

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from reports.document import (
    Block,
    Caption,
    Chart,
    Contents,
    Direction,
    Document,
    Heading,
    Paragraph,
    Picture,
    Reference,
    Row,
    Run,
    Table,
)
from reports.house import House
from reports.house.theme import TextStyle
from reports.writers.html import write
from tests.pdf_documents import made_of, said
from tests.photographs import shown as photographed
from tests.reading import html_text
from tests.sample import sample_document
from tests.tools import house_style


def page(document: Document, house: House | None = None) -> str:
    return write(document, house or house_style()).decode()


def with_blocks(*blocks: Block) -> Document:
    return replace(sample_document(), blocks=blocks)


def read(document: Document) -> Any:
    return html.document_fromstring(page(document))


def sample_chart(kind: str) -> Chart:
    charts = [block for block in sample_document().blocks if isinstance(block, Chart)]
    return next(chart for chart in charts if chart.kind == kind)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_page_says_its_language_and_direction(direction: Direction) -> None:
    document = replace(sample_document("kk"), direction=direction)

    assert f'<html lang="kk" dir="{direction}">' in page(document)


def test_the_heading_of_a_group_of_rows_spans_its_table() -> None:
    rows = (Row(((Run("All"),), (), ()), ruled=True), Row(((Run("a"),), (Run("1"),), (Run("2"),))))
    table = Table(Caption("Table 1.", 1, (Run("T"),)), ("text", "figure", "figure"), (((), (), ()),), rows)

    assert '<tr class="ruled"><th scope="row" colspan="3">All</th></tr>' in page(with_blocks(table))


def test_every_table_has_a_caption_and_every_header_its_scope() -> None:
    shown = page(sample_document())

    assert shown.count("<table") == shown.count("<caption") > 0
    assert shown.count("<th ") == shown.count('scope="col"') + shown.count('scope="row"') > 0
    assert "<th>" not in shown


def test_a_chart_has_a_title_and_says_what_it_shows() -> None:
    chart = sample_chart("bar")
    shown = page(with_blocks(chart))

    named = re.search(r'<svg role="img" aria-labelledby="(\S+) (\S+)"[^>]*>', shown)
    assert named
    assert re.search(rf'<title id="{named[1]}">[^<]+</title>\n<desc id="{named[2]}">[^<]+</desc>', shown)
    assert chart.alternative in shown


@pytest.mark.parametrize("kind", ["bar", "column"])
def test_a_tentative_mark_has_its_own_colour(kind: str) -> None:
    tentative = house_style().theme.chart.tentative
    chart = sample_chart(kind)
    light = replace(chart, series=tuple(
        replace(series, points=tuple(point and replace(point, tentative=True) for point in series.points))
        for series in chart.series
    ))  # fmt: skip
    marks = sum(1 for series in chart.series for point in series.points if point)

    assert page(with_blocks(light)).count('<rect x="') == marks
    assert page(with_blocks(light)).count(f'fill="#{tentative}"') == marks


def test_columns_whose_values_do_not_fit_are_drawn_as_bars() -> None:
    chart = sample_chart("column")
    long = replace(chart, series=tuple(
        replace(series, points=tuple(point and replace(point, label="1" * 60) for point in series.points))
        for series in chart.series
    ))  # fmt: skip

    assert 'text-anchor="middle"' in page(with_blocks(chart))
    assert 'text-anchor="middle"' not in page(with_blocks(long))


def test_only_an_address_of_the_web_or_of_mail_becomes_a_link() -> None:
    links = ("https://example.org/?a=1&b", "mailto:desk@example.org", "javascript:alert(1)", "file:///etc/passwd")
    shown = page(with_blocks(*(Paragraph((Run("here", link=link),)) for link in links)))

    assert re.findall(r'href="([^"]*)"', shown) == ["https://example.org/?a=1&amp;b", "mailto:desk@example.org"]
    assert shown.count("here") == len(links)


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    shown = page(sample_document())

    assert not re.search(r"<(script|link|img|iframe|object)\b|\bsrc=|url\(|@import", shown)


def test_a_colour_changed_in_the_house_style_changes_the_page() -> None:
    house = house_style()
    styles: dict[str, TextStyle] = dict(house.theme.styles)
    styles["Heading 1"] = replace(styles["Heading 1"], color="123ABC")
    changed = replace(house, theme=replace(house.theme, styles=styles))

    assert "123ABC" not in page(sample_document())
    assert "123ABC" in page(sample_document(), changed)


def test_the_title_stands_on_the_page_once() -> None:
    title = Heading((Run("Luxembourg"),), 1)
    document = replace(sample_document(), title="Luxembourg")

    assert page(replace(document, blocks=(title,))).count("Luxembourg</h1>") == 1
    assert page(replace(document, blocks=())).count("Luxembourg</h1>") == 1


def test_a_chart_from_right_to_left_is_turned_and_loses_nothing() -> None:
    """Bars and names begin at the right; their texts have their start there too."""
    usual, turned = page(sample_document()), page(replace(sample_document(), direction="rtl"))
    view = re.search(r'viewBox="0 0 ([\d.]+) ', usual)
    assert view
    width = float(view[1])

    def bars(shown: str) -> list[tuple[float, float]]:
        found = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', shown)
        return [(float(x), float(wide)) for x, wide in found]

    assert bars(usual)
    assert [(x, wide) for x, wide in bars(turned)] == [
        pytest.approx((width - x - wide, wide), abs=0.11) for x, wide in bars(usual)
    ]
    assert html_text(turned.encode()) == html_text(usual.encode())


def test_a_figure_without_letters_does_not_take_the_direction_of_its_sentence() -> None:
    document = replace(
        sample_document(), blocks=(Paragraph((Run("22.6%", isolated=True), Run("3 km", isolated=True))),)
    )

    assert '<bdi dir="ltr">22.6%</bdi><bdi>3 km</bdi>' in page(document)


# ---------------------------------------------------------------- for those who do not see it


def test_levels_of_headings_begin_with_one_and_skip_none() -> None:
    levels = (1, 4, 2, 5, 5, 9, 3)
    box = Reference(said("Box"), (Paragraph(said("Text")),))
    shown = read(made_of(*(Heading(said(f"To {level}"), level) for level in levels[1:]), box))
    found = [(int(heading.tag[1]), heading.get("class")) for heading in shown.xpath("//main//*[self::h1 or self::h2"
             " or self::h3 or self::h4 or self::h5 or self::h6]")]  # fmt: skip

    assert found == [
        (1, None), (2, "level-4"), (2, None), (3, "level-5"), (4, "level-5"), (5, "level-6"), (3, None),
        (4, "reference-heading"),
    ]  # fmt: skip


@pytest.mark.parametrize("level", range(3, 10))
def test_a_heading_that_stands_higher_keeps_its_look(level: int) -> None:
    document = made_of(Heading(said("To"), level))
    (look,) = re.findall(r'<h2 class="(level-\d)"', page(document))

    assert any(f".{look}" in selector.split(", ") for _, selector, _ in style_rules(document))


def test_a_deeper_level_of_the_contents_is_a_list_in_the_item_above_it() -> None:
    levels = (2, 3, 4, 2, 4, 3)
    shown = read(made_of(Contents(said("Contents"), 3), *(Heading(said(f"To {level}"), level) for level in levels)))
    (contents,) = shown.iter("nav")

    depths = [len(item.xpath("ancestor::ul")) for item in contents.iter("li")]
    assert depths == [1, 2, 3, 1, 2, 2]
    assert (contents.get("aria-label"), contents.get("role")) == ("Contents", "doc-toc")


def test_a_list_of_contents_without_headings_is_no_list() -> None:
    assert [child.tag for child in next(read(made_of(Contents(said("Contents")))).iter("nav"))] == ["p"]


def test_key_figures_are_a_list() -> None:
    (panels,) = read(sample_document()).xpath("//ul[@class='panels']")

    assert [panel.xpath("count(p)") for panel in panels.findall("li")] == [3, 3, 3, 3]


def test_the_reference_box_is_a_region_with_a_heading_and_a_name() -> None:
    (box,) = read(sample_document()).xpath("//section[@class='reference']")

    assert box[0].tag == "h4"
    assert box.get("aria-label") == box[0].text_content() != ""


def test_a_keyboard_reaches_and_scrolls_every_table_and_drawing_by_its_name() -> None:
    shown = read(sample_document())
    wide = shown.xpath("//table | //svg")

    assert len(wide) == 3
    for element in wide:
        room = element.getparent()
        assert (room.get("class"), room.get("role"), room.get("tabindex")) == ("scroll", "group", "0")
        (name,) = shown.xpath(f"//*[@id='{room.get('aria-labelledby')}']")
        assert name.tag in ("caption", "figcaption")


def test_a_second_table_of_a_number_has_a_name_of_its_own() -> None:
    (table,) = (block for block in sample_document().blocks if isinstance(block, Table))
    again = replace(table, caption=Caption("Table 1.", 1, (Run("Again"),)))
    rooms = read(with_blocks(table, again)).xpath("//*[@class='scroll']")

    assert [(room.get("aria-labelledby"), room.get("aria-label")) for room in rooms] == [
        ("table-1", None), (None, "Table 1. Again"),
    ]  # fmt: skip


def test_an_empty_corner_of_a_table_is_no_header() -> None:
    corner, *years = next(read(sample_document()).iter("thead"))[0]

    assert (corner.tag, corner.get("scope")) == ("td", None)
    assert {(year.tag, year.get("scope")) for year in years} == {("th", "col")}


def test_a_picture_of_which_nothing_is_said_is_passed_over() -> None:
    (picture, *_) = (block for block in photographed().blocks if isinstance(block, Picture))

    assert [image.get("alt") for image in read(made_of(replace(picture, alternative=""))).iter("img")] == [""]


def test_what_says_nothing_leaves_no_element() -> None:
    (main,) = read(made_of(Paragraph(()), Heading((), 2), Reference((), ()))).iter("main")

    assert [child.tag for child in main] == ["h1"]


def test_a_foreign_name_does_not_turn_its_sentence() -> None:
    name = Run("كازاخستان", language="ar")
    runs = (name, replace(name, link="https://example.org"), replace(name, isolated=True))
    shown = page(with_blocks(Paragraph(runs)))

    assert '<span lang="ar" dir="auto">' in shown
    assert '<a href="https://example.org" dir="auto"><span lang="ar">' in shown
    assert '<span lang="ar"><bdi>' in shown


def test_a_link_is_a_valid_address() -> None:
    document = with_blocks(Paragraph((Run("data", link='https://example.org/a b?c=[KZ].[ü]"{1}%&d=%20'),)))
    (link,) = read(document).xpath("//main//a")

    assert link.get("href") == "https://example.org/a%20b?c=%5BKZ%5D.%5Bü%5D%22%7B1%7D%25&d=%20"


# ---------------------------------------------------------------- for those who enlarge, print, or choose colours


NARROWEST = 240.0  # points: 320 pixels (WCAG 2.2, 1.4.10)


def style_rules(document: Document) -> list[tuple[str, str, str]]:
    """The rules of the style sheet: the medium, the selector, the declarations."""
    shown = page(document)
    found, medium = [], ""
    for line in shown[shown.index("<style>") : shown.index("</style>")].splitlines()[1:]:
        if line.startswith("@media"):
            medium = line.removesuffix(" {")
        elif line == "}":
            medium = ""
        else:
            selector, _, declared = line.partition(" {")
            found.append((medium, selector, declared.removesuffix("}")))
    return found


def too_wide(rules: list[tuple[str, str, str]]) -> list[str]:
    return [
        f"{selector}: {width}{unit}"
        for medium, selector, declared in rules
        for width, unit in re.findall(r"(?<!max-)\bwidth: ([\d.]+)(pt|px|cm)", declared)
        if "print" not in medium and not selector.startswith((".scroll ", "@page"))
        if float(width) * {"pt": 1, "px": 0.75, "cm": 28.35}[unit] > NARROWEST
    ]


def test_nothing_but_what_scrolls_is_wider_than_a_small_window() -> None:
    rules = style_rules(sample_document())

    assert len(rules) > 60
    assert too_wide(rules) == []
    assert too_wide([("", ".panel", "min-width: 400px"), *rules]) == [".panel: 400px"]
    assert ("", ".scroll", "overflow-x: auto; margin: 12pt 0 6pt ") in [(m, s, d.lstrip()) for m, s, d in rules]


def test_lines_grow_with_the_letters_that_a_reader_enlarges() -> None:
    fonts = [declared for _, _, declared in style_rules(sample_document()) if "font: " in declared]

    assert len(fonts) > 25
    assert all(re.search(r"font: (?:italic )?[47]00 [\d.]+pt/[\d.]+ \"", font) for font in fonts)


def test_what_has_the_focus_is_seen() -> None:
    rules = style_rules(sample_document())
    outlines = {selector: declared for _, selector, declared in rules if "outline" in declared}

    assert set(outlines) == {":focus-visible"}
    assert "2px solid" in outlines[":focus-visible"]


def test_drawings_keep_their_paper_where_a_reader_has_chosen_the_colours() -> None:
    chosen = {selector: declared for medium, selector, declared in style_rules(sample_document()) if "forced" in medium}

    assert "background: #fff" in chosen["svg"]
    assert "forced-color-adjust: none" in chosen["svg"]


def test_on_paper_nothing_is_cut_off() -> None:
    print_rules = {selector: said for medium, selector, said in style_rules(sample_document()) if "print" in medium}

    assert "overflow: visible" in print_rules[".scroll"]
    assert "min-width: 0" in print_rules[".scroll svg"]
