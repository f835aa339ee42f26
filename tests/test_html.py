"""What only the page can get wrong: structure for those who do not see it, links, colours of the house, charts."""

import re
from dataclasses import replace

import pytest

from reports.document import Caption, Chart, Direction, Document, Heading, Paragraph, Row, Run, Table
from reports.house import House
from reports.house.theme import TextStyle
from reports.writers.html import write
from tests.reading import html_text
from tests.sample import sample_document
from tests.tools import house_style


def page(document: Document, house: House | None = None) -> str:
    return write(document, house or house_style()).decode()


def with_blocks(*blocks: Heading | Paragraph | Chart | Table) -> Document:
    return replace(sample_document(), blocks=blocks)


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
