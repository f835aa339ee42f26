"""Charts of every kind in every format: where marks and labels stand, what an officer can edit, how series differ."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reports.document import Caption, Chart, ChartKind, Document, FigureRecord, Furniture, Mark, Point, Run, Series
from reports.writers import WRITERS
from reports.writers.plots import GAP, PLOT, Plot, Room, Spot, drawn, placed, stacked
from reports.writers.traces import lines
from tests.reading import READERS
from tests.tools import exhaustive, house_style, require
from tests.validators import WORD, laid_out

KINDS: tuple[ChartKind, ...] = get_args(ChartKind)
LOOKS = ("docx", "pdf", "html")
YEARS = ("2021", "2022", "2023", "2024", "2025")
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LETTER, LEADING = 5.0, 10.0


def point(value: str, tentative: bool = False) -> Point:
    marks = (Mark("p"),) if tentative else ()
    return Point(Decimal(value), value.replace("-", "−"), f"key@{value}", tentative, marks)


def series(name: str, *values: str | None) -> Series:
    """A value with a p after it is provisional."""
    points = (None if value is None else point(value.removesuffix("p"), value.endswith("p")) for value in values)
    return Series(name, tuple(points))


def chart(kind: ChartKind, *of: Series, names: tuple[str, ...] = YEARS) -> Chart:
    caption = Caption("Figure 1.", 1, (Run("Trade"),), (Run("million USD"),))
    return Chart(kind, caption, names, of, "Trade grew", ((Run("p provisional."),),))


def document(*charts: Chart, direction: Any = "ltr") -> Document:
    furniture = Furniture("Ministry", "Internal", "Foot", "page {page} of {pages}")
    figures = dict.fromkeys((point.figure for each in charts for _, _, point in placed(each)), RECORD)
    return Document("Brief", "Subject", "en", direction, date(2025, 10, 20), furniture, charts, figures)


RECORD = FigureRecord("1", 6, "USD", "2024")
BOTH = (
    series("Exports", "2894.7", "4751.5", "3911.4", None, "3315.2p"),
    series("Imports", "1244.8", "1604.7", "2119.1", None, "1750.6p"),
)
SIGNED = (series("Flow", "10.5", "-3.1", "7.7", "12.4", "3.3"), series("Rest", "0.5", "-7.2", "0", "0.1", "-0.6p"))
HOSTILE = ("=1+1", "<b>&", "A name of a category that is longer than its place", "@x", "+1")


def written(name: str, *charts: Chart, direction: Any = "ltr") -> bytes:
    return WRITERS[name].write(document(*charts, direction=direction), house_style())


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def native(*charts: Chart) -> str:
    return part(written("docx", *charts), "word/charts/brief1.xml").decode()


def room(width: float = 450.0) -> Room:
    return Room(width, LEADING, lambda text: LETTER * len(text), lambda point: LETTER * len(point.label))


# ---------------------------------------------------------------- where marks stand


def instructions(data: bytes) -> list[tuple[str, list[float]]]:
    """The operators of the picture on the first page with their numbers."""
    with pikepdf.open(io.BytesIO(data)) as file:
        stream = list(pikepdf.parse_content_stream(file.pages[0]))
    code = [(str(one.operator), list(one.operands)) for one in stream]
    start = next(at for at, (name, operands) in enumerate(code) if name == "BDC" and "/Figure" in map(str, operands))
    return [
        (name, [float(each) for each in operands])
        for name, operands in code[start + 1 :]
        if name in ("re", "m", "l", "f", "rg", "cm")
    ]


def boxes(data: bytes) -> list[list[float]]:
    """Left, bottom, width and height of the bars; squares of the legend are no bars."""
    return [numbers for name, numbers in instructions(data) if name == "re" and numbers[2] != numbers[3]]


def markers(data: bytes) -> list[tuple[float, float]]:
    """The middles of the filled shapes."""
    found: list[tuple[float, float]] = []
    corners: list[list[float]] = []
    for name, numbers in instructions(data):
        if name == "m":
            corners = []
        if name in ("m", "l"):
            corners.append(numbers)
        if name == "f" and corners:
            across, up = zip(*corners, strict=True)
            found.append(((min(across) + max(across)) / 2, sum(up) / len(up)))
            corners = []
    return found


@pytest.mark.parametrize(("kind", "side"), [("bar", 2), ("column", 3), ("stacked", 3)])
def test_bars_are_as_long_as_their_values(kind: ChartKind, side: int) -> None:
    values = ["10", "-25", "40", "0", "12.5"]
    found = [box[side] for box in boxes(written("pdf", chart(kind, series("Flow", *values))))]

    assert found == pytest.approx([abs(float(value)) / 40 * found[2] for value in values], abs=0.01)
    assert found[2] > 50


def test_points_of_a_line_stand_at_the_height_of_their_values() -> None:
    values = ["10", "-25", "40", "0", "12.5"]
    found = markers(written("pdf", chart("line", series("Flow", *values))))

    assert len(found) == len(values)
    heights, lefts = [up for _, up in found], [across for across, _ in found]
    zero, most = heights[3], heights[2]
    assert most - zero == pytest.approx(PLOT * 40 / 65, abs=0.01)
    expected = [zero + float(value) / 40 * (most - zero) for value in values]
    assert heights == pytest.approx(expected, abs=0.01)
    steps = [other - one for one, other in pairwise(lefts)]
    assert steps == pytest.approx([steps[0]] * 4, abs=0.01)


def test_a_line_runs_through_its_markers_on_paper_and_on_a_page() -> None:
    flow = chart("line", series("Flow", "10", "-25", "40", "0", "12.5"))
    middles = markers(written("pdf", flow))
    page = written("html", flow).decode()
    (run,) = re.findall(r'<polyline points="([^"]+)"', page)
    corners = re.findall(r'<polygon points="([^"]+)"', page)

    path: list[tuple[float, ...]] = []
    for name, numbers in instructions(written("pdf", flow)):
        if name == "m":
            path = []
        if name in ("m", "l"):
            path.append(tuple(numbers))
        if len(path) == len(middles):
            break
    assert path == [pytest.approx(middle, abs=0.01) for middle in middles]
    centres = [[sum(map(float, each)) / 16 for each in zip(*(at.split(",") for at in found.split()), strict=True)]
               for found in corners]  # fmt: skip
    places = [[float(each) for each in place.split(",")] for place in run.split()]
    assert places == [pytest.approx(centre, abs=0.1) for centre in centres]


def test_stacked_columns_of_word_stand_on_each_other_and_those_side_by_side_do_not() -> None:
    assert '<c:grouping val="stacked"/>' in native(chart("stacked", *BOTH))
    assert '<c:overlap val="100"/>' in native(chart("stacked", *BOTH))
    assert '<c:overlap val="0"/>' in native(chart("column", *BOTH))


def test_parts_of_a_stacked_column_stand_on_each_other_and_negative_ones_hang_down() -> None:
    parts = {(one.series, one.category): one.box for one in stacked(chart("stacked", *SIGNED), room()).segments}

    assert parts[0, 0][1] + parts[0, 0][3] == pytest.approx(parts[1, 0][1])
    assert parts[0, 1][1] == pytest.approx(parts[1, 1][1] + parts[1, 1][3])
    assert parts[0, 1][1] + parts[0, 1][3] == pytest.approx(parts[0, 0][1])  # both end at zero
    assert parts[0, 0][3] / parts[1, 0][3] == pytest.approx(21)


def test_a_line_is_broken_where_a_value_is_unknown() -> None:
    plot = lines(chart("line", series("Flow", "1", "2", None, "4", None)), room())

    assert [len(run) for _, run in plot.runs] == [2]
    assert len(plot.dots) == 3


# ---------------------------------------------------------------- labels

Rectangle = tuple[float, float, float, float]


def rectangles(of: Chart, plot: Plot) -> list[Rectangle]:
    def around(spot: Spot) -> Rectangle:
        found = of.series[spot.series].points[spot.category]
        assert found is not None
        wide = LETTER * len(found.label)
        return spot.x - wide / 2, spot.y - LEADING / 2, spot.x + wide / 2, spot.y + LEADING / 2

    return [around(spot) for spot in plot.labels]


def overlapping(found: list[Rectangle]) -> list[tuple[Rectangle, Rectangle]]:
    slack = 0.01
    return [
        (one, other)
        for one, other in combinations(found, 2)
        if one[0] < other[2] - slack and other[0] < one[2] - slack
        and one[1] < other[3] - slack and other[1] < one[3] - slack
    ]  # fmt: skip


VALUES = st.one_of(st.none(), st.integers(-999, 9999).map(str), st.sampled_from(["0", "0", "1", "1000"]))


@st.composite
def crowds(draw: st.DrawFn, most: int) -> tuple[Series, ...]:
    years = draw(st.integers(1, most))
    count = draw(st.integers(1, 4))
    return tuple(series(f"S{number}", *[draw(VALUES) for _ in range(years)]) for number in range(count))


def named(kind: ChartKind, of: tuple[Series, ...]) -> Chart:
    return chart(kind, *of, names=tuple(str(2000 + year) for year in range(len(of[0].points))))


@settings(max_examples=60)
@given(of=crowds(30))
def test_labels_of_lines_neither_overlap_nor_leave_the_drawing(of: tuple[Series, ...]) -> None:
    drawing = named("line", of)
    plot = lines(drawing, room())
    found = rectangles(drawing, plot)

    assert overlapping(found) == []
    assert all(left >= -0.01 and right <= 450.01 for left, _, right, _ in found)
    assert all(bottom >= plot.foot - 0.01 and top <= plot.top + 0.01 for _, bottom, _, top in found)


@settings(max_examples=60)
@given(of=crowds(6))
def test_every_value_of_a_line_has_its_label_where_there_is_room_beside_its_neighbours(of: tuple[Series, ...]) -> None:
    drawing = named("line", of)

    assert len(lines(drawing, room()).labels) == len(list(placed(drawing)))


@settings(max_examples=60)
@given(of=crowds(8))
def test_labels_of_stacked_columns_neither_overlap_nor_miss_a_part(of: tuple[Series, ...]) -> None:
    drawing = named("stacked", of)
    plot = stacked(drawing, room())
    found = rectangles(drawing, plot)

    assert len(found) == len(list(placed(drawing)))
    if drawn(drawing, room()) == "stacked":
        assert overlapping(found) == []
        assert all(right <= 450.01 for _, _, right, _ in found)
        columns = [(left, 0.0, left + wide, PLOT) for one in plot.segments for left, _, wide, _ in [one.box]]
        assert not [one for one in found for left, _, right, _ in columns if left < one[2] and one[0] < right - GAP / 2]


def test_a_long_line_keeps_its_ends_and_extremes_in_print() -> None:
    values = [str(1000 + year) for year in range(90)]
    values[37], values[53] = "1900", "300"
    long = chart("line", series("Flow", *values), names=tuple(str(1936 + year) for year in range(90)))

    labels = {spot.category for spot in lines(long, room()).labels}
    assert {0, 37, 53, 89} <= labels
    assert len(labels) < 90
    require("pdftotext")
    printed = READERS["pdf"](written("pdf", long)).split()
    assert {values[0], "1900", "300", values[89]} <= set(printed)
    assert native(long).count("<c:dLbl>") == 90
    assert 0 < native(long).count('<c:delete val="1"/></c:dLbl>') < 86
    assert all(f": {value}" in written("html", long).decode() for value in values)  # a page tells when pointed at


@pytest.mark.parametrize("kind", ["column", "stacked"])
def test_columns_that_have_no_room_are_bars_in_every_format(kind: ChartKind) -> None:
    years = tuple(str(2000 + year) for year in range(25))
    wide = chart(kind, series("Exports", *["1000.5"] * 25), series("Imports", *["1500.5"] * 25), names=years)

    lefts = {round(box[0], 1) for box in boxes(written("pdf", wide))}
    rows = re.findall(r'<rect x="([\d.]+)"', written("html", wide).decode())
    assert len(lefts) == 1
    assert len(set(rows[2:])) == 1
    assert '<c:barDir val="bar"/><c:grouping val="clustered"/>' in native(wide)


def places(data: bytes) -> list[tuple[float, float, float, float, str]]:
    require("pdftotext")
    run = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=data, capture_output=True, check=True)
    shape = r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
    return [
        (float(a), float(b), float(c), float(d), text) for a, b, c, d, text in re.findall(shape, run.stdout.decode())
    ]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("of", [BOTH, SIGNED], ids=["gap", "signed"])
def test_labels_on_paper_stay_in_the_column_and_off_each_other(
    kind: ChartKind, direction: str, of: tuple[Series, ...]
) -> None:
    found = places(written("pdf", chart(kind, *of), direction=direction))
    page = house_style().theme.page
    values = [place for place in found if re.search(r"\d\.\d", place[4])]

    assert len(values) >= len(list(placed(chart(kind, *of)))) - 1  # a zero has no decimals
    assert all(page.left - 0.5 <= left and right <= page.width - page.right + 0.5 for left, _, right, _, _ in values)
    shrunk = [(left, top + 3, right, bottom - 3) for left, top, right, bottom, _ in values]  # boxes of whole lines
    assert overlapping(shrunk) == []


# ---------------------------------------------------------------- told without colour


def test_series_of_a_line_differ_by_marker_and_dash_in_every_format() -> None:
    four = chart("line", *(series(f"S{number}", "1", "2", "3", "4", "5") for number in range(4)))
    word = native(four)
    page = written("html", four).decode()
    with pikepdf.open(io.BytesIO(written("pdf", four))) as file:
        code = file.pages[0].Contents.read_bytes().decode("latin-1")

    assert len(set(re.findall(r'<c:symbol val="(\w+)"', word))) == 4
    assert len(set(re.findall(r'<a:prstDash val="(\w+)"', word))) == 4
    assert len(set(re.findall(r'stroke-dasharray="([\d. ]+)"', page))) == 3
    assert len(set(re.findall(r"\[([\d. ]+)\] 0 d", code))) == 3
    corners = {len(found.split()) for found in re.findall(r'<polygon points="([^"]+)"', page)}
    assert corners == {16, 4, 3}


@pytest.mark.parametrize("kind", KINDS)
def test_a_provisional_value_has_its_sign_and_its_look_in_every_format(kind: ChartKind) -> None:
    sure = chart(kind, series("Flow", "1", "2", "3", "4", "5.5"))
    tentative = chart(kind, series("Flow", "1", "2", "3", "4", "5.5p"))
    one, other = native(sure), native(tentative)

    assert '<a:rPr lang="en" baseline="30000"/><a:t>p</a:t>' in other
    assert (one.count("<c:dPt>"), other.count("<c:dPt>")) == (0, 1)
    assert "5.5 (p)" in READERS["text"](written("text", tentative))
    assert re.search(r">5\.5</tspan><tspan [^>]*>\(p\)</tspan>", written("html", tentative).decode())
    looks = [len(re.findall(r"#[0-9A-F]{6}", written("html", each).decode())) for each in (sure, tentative)]
    colours = [{tuple(numbers) for name, numbers in instructions(written("pdf", each)) if name == "rg"}
               for each in (sure, tentative)]  # fmt: skip
    assert looks[0] <= looks[1]
    assert colours[1] - colours[0] == {(1.0, 1.0, 1.0)} if kind == "line" else len(colours[1] - colours[0]) == 1


def test_a_legend_names_several_series_and_one_is_named_by_the_caption() -> None:
    assert "<c:legend>" in native(chart("line", *BOTH))
    assert "<c:legend>" not in native(chart("line", BOTH[0]))


# ---------------------------------------------------------------- the workbook


@pytest.mark.parametrize("kind", KINDS)
def test_the_workbook_opens_with_the_cells_that_the_chart_is_of(kind: ChartKind) -> None:
    """Read by openpyxl: each formula of the chart leads to cells that hold what its cache says, to the last digit."""
    of = chart(kind, *BOTH, series("=SUM(A1:A9)", "0.1", "-2.675", "1234567.891", None, "1e-3"), names=HOSTILE)
    data = written("docx", of)
    book = openpyxl.load_workbook(io.BytesIO(part(data, "word/embeddings/brief1.xlsx")))
    drawn_xml = etree.fromstring(part(data, "word/charts/brief1.xml"))
    sheet = book["Sheet1"]

    assert book.sheetnames == ["Sheet1"]
    assert sheet["A1"].value == "million USD"
    seen = 0
    for reference in (*drawn_xml.iter(f"{C}strRef"), *drawn_xml.iter(f"{C}numRef")):
        where = reference.findtext(f"{C}f").removeprefix("Sheet1!").replace("$", "")
        cells = sheet[where]
        column = [row[0] for row in cells] if isinstance(cells, tuple) else [cells]
        cached = {int(pt.get("idx")): pt.findtext(f"{C}v") for pt in reference.iter(f"{C}pt")}
        assert len(column) == int(reference.find(f".//{C}ptCount").get("val"))
        for at, cell in enumerate(column):
            said = cached.get(at)
            assert cell.data_type in ("n", "s")
            assert cell.value == (said if said is None or reference.tag.endswith("strRef") else float(said))
            seen += 1
    assert seen == 3 * (1 + 5 + 5)
    assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"General"}


def test_the_same_chart_gives_the_same_workbook_and_picture() -> None:
    of = [chart(kind, *BOTH) for kind in KINDS]

    assert [written(name, *of) for name in LOOKS] == [written(name, *of) for name in LOOKS]


# ---------------------------------------------------------------- the gate, LibreOffice


HARD = (
    *(chart(kind, *BOTH) for kind in KINDS),
    *(chart(kind, *SIGNED, names=HOSTILE) for kind in KINDS),
    *(chart(kind, series("Zero", "0", "0"), names=("2023", "2024")) for kind in KINDS),
    *(chart(kind, series("One", "5"), series("None", None), names=("2024",)) for kind in KINDS),
    *(chart(kind, *(series(f"S{n}", *["1.5"] * 25) for n in range(12)), names=YEARS * 5) for kind in KINDS),
)


GATES = [(name, direction) for name in WORD for direction in ("ltr", "rtl")]


@pytest.mark.parametrize(("name", "direction"), GATES if exhaustive() else [("sdk", "rtl"), ("own", "ltr")])
def test_charts_of_every_kind_pass_the_gate(name: str, direction: str) -> None:
    assert list(WORD[name](written("docx", *HARD, direction=direction))) == []


def test_libreoffice_shows_every_label_of_every_kind(tmp_path: Path) -> None:
    """What it does not understand leaves no text behind."""
    shown = laid_out(written("docx", *HARD[:8]), tmp_path)

    for each in HARD[:8]:
        for _, _, found in placed(each):
            assert found.label in shown, (each.kind, found.label)
        assert all(one.name in shown for one in each.series)
    assert all(shown.count(label) == 4 for label in ("2894.7", "4751.5", "2119.1"))
    assert shown.count("3315.2p") + shown.count("3315.2 p") == 4


def test_no_label_is_tied_to_its_mark_by_a_line() -> None:
    """LibreOffice draws one to every label that was moved, unless it is told not to."""
    assert native(chart("stacked", *BOTH)).count('<c15:showLeaderLines val="0"/>') == 2


def test_a_chart_without_a_known_point_is_written() -> None:
    empty = [
        replace(chart(kind, Series("None", (None,))), categories=names) for kind in KINDS for names in ((), ("a",))
    ]

    for name in WRITERS:
        assert written(name, *empty)
