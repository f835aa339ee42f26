"""Documents that are hard to print: nothing stops them, nothing in them is lost, torn apart or printed over another."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, get_args
from xml.etree import ElementTree

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    ChartKind,
    Citation,
    Contents,
    Document,
    FigureRecord,
    Heading,
    Mark,
    Paragraph,
    Point,
    Reference,
    Run,
    Series,
    SourceEntry,
    Sources,
)
from reports.writers.html import write as write_html
from reports.writers.pdf import write
from reports.writers.pdf.faces import Palette
from tests.pdf_documents import charted, figures, made_of, said
from tests.pdf_places import Place, overlapping, place_faults, places
from tests.pdf_spoken import spoken
from tests.pdf_structure import faults
from tests.pdf_words import spoken_faults
from tests.strategies import documents
from tests.tools import exhaustive, house_style, require

TORTURE = settings(max_examples=150 if exhaustive() else 15)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ADDRESS = "https://stats.example.org/data/v2/query?reporter=KAZ&partner=ITA&years=2019,2020,2021,2022,2023,2024#table-7"


def troubles(document: Document) -> list[str]:
    """Everything that is wrong with a document as PDF."""
    data = write(document, house_style())
    return [*faults(data), *spoken_faults(data, document), *place_faults(data)]


@TORTURE
@given(document=documents())
def test_any_document_is_whole_and_legible(document: Document) -> None:
    require("pdftotext")
    assert troubles(document) == []


# ---------------------------------------------------------------- pages


def lines(name: str, count: int) -> str:
    """So many lines, each a word that says of which block it is and which line."""
    return "\n".join(f"{name}x{number}" for number in range(count))


@st.composite
def stories(draw: st.DrawFn) -> tuple[Block, ...]:
    """Blocks of every kind, of which each line is known by its word."""
    kinds = draw(st.lists(st.sampled_from(["p", "p", "p", "h", "t", "c", "b", "r"]), min_size=4, max_size=24))
    return tuple(_block(draw, kind, f"{kind}{number}") for number, kind in enumerate(kinds))


def _block(draw: st.DrawFn, kind: str, name: str) -> Block:
    count = draw(st.sampled_from([1, 2, 3, 4, 5, 7, 12]))
    match kind:
        case "h":
            return Heading(said(lines(name, 1)), draw(st.integers(2, 3)))
        case "t":
            rows = [(f"{name}x{number}", "1.5") for number in range(count * draw(st.sampled_from([1, 1, 6])))]
            return replace(figures(rows), caption=Caption("Table 1.", 1, said(f"{name}caption")))
        case "c":
            chart = charted(Series("s", (point("1"), point("2"))), names=(f"{name}x0", f"{name}x1"))
            return replace(chart, caption=Caption("Figure 1.", 1, said(f"{name}caption")))
        case "b":
            return Bullets(tuple(said(lines(f"{name}i{item}", draw(st.integers(1, 5)))) for item in range(count)))
        case "r":
            return Reference(said(f"{name}heading"), (Paragraph(said(lines(name, count))),))
        case _:
            return Paragraph(said(lines(name, count)))


def pages_of(found: list[Place]) -> dict[str, list[int]]:
    """The pages of the lines of each block, in their order."""
    pages: dict[str, list[int]] = defaultdict(list)
    for one in found:
        if spot := re.fullmatch(r"(\w+?)(?:x\d+|caption|heading)", one.text):
            pages[spot[1]].append(one.page)
    return pages


@settings(TORTURE, max_examples=400 if exhaustive() else 60)
@given(story=stories())
def test_no_line_stands_alone_and_nothing_is_parted_from_what_it_heads(story: tuple[Block, ...]) -> None:
    require("pdftotext")
    found, _ = places(write(made_of(*story), house_style()))

    assert list(parted(pages_of(found))) == []


def parted(pages: dict[str, list[int]]) -> Iterator[str]:
    """Widows, orphans, headings and captions that stand on a page without what follows them."""
    for name, of in pages.items():
        alone = [page for page in set(of) if of.count(page) == 1]
        if name[0] in "pb" and len(of) >= 4 and alone:
            yield f"a line of {name} stands alone: {of}"
        if name[0] in "tc" and of[0] != of[1]:
            yield f"{name} is parted from its caption: {of}"
        if name[0] == "r" and of[0] != of[1]:
            yield f"{name} is parted from its heading: {of}"
    for (name, of), (after, others) in pairwise(pages.items()):
        if name[0] == "h" and of[-1] != others[0]:
            yield f"{name} is parted from {after}"


def point(value: str, label: str = "") -> Point:
    return Point(Decimal(value), label or value.replace("-", "−"), f"key@{value}")


# ---------------------------------------------------------------- charts


def row(name: str, *values: str | None) -> Series:
    return Series(name, tuple(None if value is None else point(value) for value in values))


def years(count: int) -> tuple[str, ...]:
    return tuple(str(1990 + number) for number in range(count))


WORDY = "A category whose name has many more words than a bar or a column has room for, and goes on"
EXTREMES: dict[str, Chart] = {
    "one point": charted(row("s", "5.2"), names=("2024",)),
    "no point": charted(row("s", None, None)),
    "no category": charted(Series("s", ()), names=()),
    "no series": charted(names=("2023", "2024")),
    "all zero": charted(row("s", "0", "0"), row("t", "0", "0")),
    "all negative": charted(row("s", "-5.2", "-13.6"), row("t", "-0.1", "-22")),
    "both signs": charted(row("s", "-5.2", "13.6"), row("t", "4", "-22")),
    "huge and tiny": charted(row("s", "123456789012345.6", "0.0000001"), row("t", "-98765432109876.5", "-0.0000001")),
    "tiny alone": charted(row("s", "0.0000001", "0.0000002")),
    "forty categories": charted(row("s", *map(str, range(40))), names=years(40)),
    "forty of three": charted(
        *(row(name, *(f"{number * 111.1:.1f}" for number in range(40))) for name in "abc"), names=years(40)
    ),
    "long names": charted(row("s", "1", "2"), names=(WORDY, f"{LONG} {WORDY}")),
    "a long word": charted(row("s", "1", "-2", "3"), names=(LONG, "short", LONG[:40])),
    "long series": charted(row(WORDY * 2, "1", "2"), row(LONG * 2, "3", "4"), names=("2023", "2024")),
    "nine series": charted(*(row(f"Series number {number}", "1.5", "22.5") for number in range(9))),
    "long values": charted(Series("s", (point("1", WORDY), point("2", LONG)))),
    "long values of several": charted(
        Series("s", (point("1", WORDY), point("-2", LONG))), Series("t", (point("2", WORDY), point("-1", WORDY)))
    ),
    "lines in names": charted(row("s", "1", "2"), names=("one\ntwo\nthree", "four")),
}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("kind", get_args(ChartKind))
@pytest.mark.parametrize("name", EXTREMES)
def test_an_extreme_chart_is_drawn_inside_its_page_and_no_label_over_another(
    name: str, kind: ChartKind, direction: Any
) -> None:
    require("pdftotext")
    document = replace(made_of(replace(EXTREMES[name], kind=kind)), direction=direction)
    data = write(document, house_style())

    assert [*faults(data), *place_faults(data), *drawn_outside(data)] == []


def drawn_outside(data: bytes) -> list[str]:
    """Surfaces and lines of a file that reach beyond the edge of their page, or are at no place."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            _, _, width, height = map(float, page.MediaBox)
            code = page.Contents.read_bytes()
            found += ["a number that is none"] * bool(re.search(rb"\b(nan|inf)\b", code, re.IGNORECASE))
            for x, y in _corners(page):
                if not (-1 <= x <= width + 1 and -1 <= y <= height + 1):
                    found.append(f"drawn at {x:.0f} {y:.0f}")
    return found


def _corners(page: Any) -> Iterator[tuple[float, float]]:
    """The corners of all paths, on the page."""
    frames = [(1.0, 0.0, 0.0)]
    for operands, operator in pikepdf.parse_content_stream(page):  # type: ignore[misc]
        name, numbers = str(operator), [float(one) for one in operands if not isinstance(one, pikepdf.Object)]
        scale, left, bottom = frames[-1]
        match name:
            case "q":
                frames.append(frames[-1])
            case "Q":
                frames.pop()
            case "cm":
                frames[-1] = scale * numbers[0], left + scale * numbers[4], bottom + scale * numbers[5]
            case "m" | "l":
                yield left + scale * numbers[0], bottom + scale * numbers[1]
            case "re":
                x, y, width, height = numbers
                yield left + scale * x, bottom + scale * y
                yield left + scale * (x + width), bottom + scale * (y + height)
            case _:
                pass


@pytest.mark.parametrize("kind", get_args(ChartKind))
@pytest.mark.parametrize("name", EXTREMES)
def test_an_extreme_chart_of_a_page_has_a_place_for_everything(name: str, kind: ChartKind) -> None:
    document = made_of(replace(EXTREMES[name], kind=kind))
    page = write_html(replace(document, figures=records(document)), house_style()).decode()

    assert re.search(r'="[^"]*\b(nan|inf)\b', page, re.IGNORECASE) is None
    for found in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        assert list(svg_faults(ElementTree.fromstring(found))) == []


def records(document: Document) -> dict[str, FigureRecord]:
    """Passports for the points of its chart."""
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    points = [point for chart in charts for series in chart.series for point in series.points if point]
    return {point.figure: FigureRecord(str(point.value), 0, "USD", "2024") for point in points}


def svg_faults(picture: ElementTree.Element) -> Iterator[str]:
    """What is beyond the edge of a picture, and labels over each other, by the letters of the house."""
    _, _, width, height = map(float, picture.attrib["viewBox"].split())
    moved = [(0.0, picture)]
    moved += [(float(group.attrib["transform"].split()[-1].strip(")")), group) for group in picture.findall("g")]
    labels: list[Place] = []
    for down, group in moved:
        for element in group.iter() if group is not picture else picture:
            if element.tag == "text":
                labels += _labels(element, down, float(picture.attrib["font-size"]))
            for x, y in _corners_of(element):
                if not (-2 <= x <= width + 2 and -2 <= y + down <= height + 2):
                    yield f"a {element.tag} at {x:.0f} {y + down:.0f} of {width:.0f} {height:.0f}"
    yield from (f"{one.text!r} is beyond the edge" for one in labels if one.left < -1 or one.right > width + 1)
    yield from (f"{one.text!r} is above or below" for one in labels if one.top < -2 or one.bottom > height + 2)
    yield from overlapping(labels)


def _labels(text: ElementTree.Element, down: float, size: float) -> Iterator[Place]:
    """The lines of a label, each where it stands."""
    style = house_style().theme.styles["Table Text"]
    face = Palette(house_style().fonts).faces(style.font)[0]
    y = float(text.attrib["y"]) + down
    lines = [line for line in text.iter("tspan") if "x" in line.attrib] or [text]
    for line in lines:
        said = "".join(line.itertext())
        wide, x = face.width(said) * size, float(line.attrib["x"])
        y += float(line.attrib.get("dy", 0))
        left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.attrib["text-anchor"]]
        yield Place(0, left, y - 0.75 * size, left + wide, y + 0.2 * size, said)


def _corners_of(element: ElementTree.Element) -> Iterator[tuple[float, float]]:
    """The corners of a mark of SVG."""
    of = element.attrib
    match element.tag:
        case "rect":
            x, y, width, height = (float(of[name]) for name in ("x", "y", "width", "height"))
            assert min(width, height) >= 0
            yield from ((x, y), (x + width, y + height))
        case "line":
            yield from ((float(of["x1"]), float(of["y1"])), (float(of["x2"]), float(of["y2"])))
        case "polygon" | "polyline":
            for pair in of["points"].split():
                x, y = map(float, pair.split(","))
                yield x, y
        case _:
            pass


# ---------------------------------------------------------------- what stands at the ends of lines


def test_a_dash_at_the_end_of_a_line_is_no_minus_of_the_number_below() -> None:
    """It is read with the space after it."""
    for width in range(1, 12):
        document = made_of(
            Paragraph(said(f"{'x' * width} " + "trade – 36.5, of it exports – 13.6 and «EU – Asia», " * 9))
        )
        assert spoken_faults(write(document, house_style()), document) == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_superior_at_the_end_of_a_line_is_read_apart_from_what_follows(direction: Any) -> None:
    entries = Sources((SourceEntry(1, "a", said("First source.")),))
    for width in range(1, 12):
        text = (Run("x" * width), *(Run(" five"), Mark("p"), Run(" of ten"), Citation((1,))) * 30, Run("."))
        document = replace(made_of(Paragraph(text), entries), direction=direction)
        data = write(document, house_style())
        assert [*spoken_faults(data, document), *faults(data)] == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_page_in_the_contents_is_read_apart_from_the_words(direction: Any) -> None:
    document = replace(made_of(Contents(said("Contents")), Heading(said("Trade in 2024"), 2)), direction=direction)
    data = write(document, house_style())

    assert [one.text.split() for one in spoken(data) if one.kind == "TOC"] == [["Trade", "in", "2024", "1"]]
    assert spoken_faults(data, document) == []
