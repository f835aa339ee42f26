"""What was found by looking at pages, Word beside PDF, does not come back."""

import subprocess
from dataclasses import replace
from itertools import pairwise
from typing import Any

from reports.document import Block, Citation, Footnote, Heading, Mark, Paragraph, Row, Run, Series, Sources, Table
from reports.document.blocks import SourceEntry
from reports.house import House
from reports.house.checking import contrast
from reports.wording.finishing import finished
from reports.writers import word
from reports.writers.pdf import write
from reports.writers.widths import width
from tests.pdf_documents import charted, figures, made_of, point, said
from tests.test_pdf_layout import found, words
from tests.tools import require
from tests.validators import WORD
from tests.word_files import W, root

PAPER, CHART_PART = "FFFFFF", "word/charts/brief1.xml"


def read(*blocks: Block, house: House) -> str:
    """The text that poppler takes out of a PDF."""
    require("pdftotext")
    run = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=write(made_of(*blocks), house), capture_output=True, check=True
    )
    return run.stdout.decode()


# ---------------------------------------------------------------- spaces


def test_two_paragraphs_are_as_far_apart_in_pdf_as_in_word(house: House) -> None:
    body = house.theme.styles["Normal"]
    assert min(body.before, body.after) > 0  # or this test finds nothing

    above, below = (found(words(made_of(*map(Paragraph, (said("Above"), said("Below"))))), name)
                    for name in ("Above", "Below"))  # fmt: skip

    assert abs(below.top - above.top - body.leading - max(body.before, body.after)) < 0.1


def test_a_short_header_stands_on_the_rule_beside_a_tall_one(house: House) -> None:
    header = ((said("Low"), said("One\nTwo")),)
    table = replace(figures([("Item", "1")]), header=header, columns=("text", "text"))

    places = words(made_of(table))

    assert abs(found(places, "Low").top - found(places, "Two").top) < 0.1


# ---------------------------------------------------------------- superiors


def superiors() -> Paragraph:
    cited = (Run("A"), Mark("p"), Citation((1, 2)), Run(" b"), Footnote(1, (Run("Why."),), roman=True), Citation((2,)))
    return Paragraph(cited)


def sources() -> Sources:
    return Sources((SourceEntry(1, "a", said("First.")), SourceEntry(2, "b", said("Second."))))


def test_two_superiors_are_parted_and_close_in_print(house: House) -> None:
    assert "A(p), [1, 2] b[i], [2]" in " ".join(read(superiors(), sources(), house=house).split())


def test_a_note_has_no_number_that_a_source_has() -> None:
    section = [Paragraph((*said("Text"), Footnote(0, (Run("Why."),)), Citation((1,))))]

    (noted, *_) = finished([*section, sources()], 99, sources_as_notes=False)
    (plain,) = finished(section, 99, sources_as_notes=False)
    (listed,) = finished([*section, sources()], 99, sources_as_notes=True)

    assert _signs(noted) == ["i"]
    assert _signs(plain) == ["1"]
    assert _signs(listed) == ["1", "2"]


def _signs(block: Any) -> list[str]:
    return [inline.sign for inline in block.text if isinstance(inline, Footnote)]


def test_word_counts_notes_as_they_are_printed_elsewhere(house: House) -> None:
    data = word.write(made_of(superiors(), sources()), house)

    formats = [
        node.get(W + "val") for part in ("word/settings.xml", "word/document.xml")
        for node in root(data, part).iterfind(f".//{W}footnotePr/{W}numFmt")
    ]  # fmt: skip
    assert formats == ["lowerRoman", "lowerRoman"]
    assert [WORD[judge](data) for judge in ("audit", "own")] == [[], []]


# ---------------------------------------------------------------- tables


def kept(count: int, lines: int, house: House) -> list[bool]:
    """Whether each row of a table keeps with the next."""
    rows = tuple(Row((said("\n".join([f"line {number}"] * lines)),)) for number in range(count))
    table = Table(figures([("Item", "1")]).caption, ("text",), ((said("Head"),),), rows, said_notes())
    data = word.write(made_of(table), house)
    return [next(row.iter(W + "keepNext"), None) is not None for row in root(data).iter(W + "tr")][1:]


def said_notes() -> tuple[Any, ...]:
    return (said("Legend."), said("Source: 1."))


def test_a_table_stays_whole_in_word_by_its_height_not_by_its_rows(house: House) -> None:
    assert kept(8, 1, house) == [True] * 8
    assert kept(8, 6, house) == [True, *[False] * 5, True, True]


def test_the_notes_of_a_table_run_on_in_pdf_as_in_word(house: House) -> None:
    table = replace(figures([("Item", "1")]), notes=said_notes())

    assert "Legend. Source: 1." in read(table, house=house)


def test_a_column_has_room_for_what_parts_ideographs_and_figures() -> None:
    assert width("2015年12月21日") > sum(map(width, "2015年12月21日"))


# ---------------------------------------------------------------- charts


def test_the_series_of_the_house_go_from_dark_to_light_and_are_told_apart_in_grey(house: House) -> None:
    against = [contrast(colour, PAPER) for colour in house.theme.chart.series]

    assert min(against) >= 3  # WCAG 2.2, 1.4.11
    assert all(above / below > 1.4 for above, below in pairwise(against))


def test_a_tentative_bar_has_a_rim_in_word_as_in_pdf(house: House) -> None:
    shown = charted(Series("A", (point("1"), point("2", tentative=True))), Series("B", (point("3"), point("4"))))
    data = word.write(made_of(Heading(said("Charts"), 2), shown), house)
    chart = root(data, CHART_PART)
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    charts = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"

    (rim,) = (
        colour.get("val") for colour in chart.iterfind(f".//{charts}dPt/{charts}spPr/{drawing}ln//{drawing}srgbClr")
    )

    assert rim == house.theme.chart.series[0]
