"""How a PDF is laid out: lines, columns, pages, and what a reader takes out of it again."""

import io
import re
import subprocess
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, get_args

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document import (
    Bullets,
    Caption,
    ChartKind,
    Citation,
    Document,
    Furniture,
    Heading,
    Mark,
    PageBreak,
    Panel,
    Panels,
    Paragraph,
    Reference,
    Row,
    Run,
    Series,
    Table,
)
from reports.errors import HouseError
from reports.writers.pdf import write
from reports.writers.pdf.columns import Column, column_widths
from reports.writers.pdf.faces import Palette
from reports.writers.pdf.lines import broken
from reports.writers.pdf.words import Look
from tests.pdf_documents import charted, figures, hard, made_of, point, said
from tests.sample import sample_document
from tests.tools import house_style, require

WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


class Word(NamedTuple):
    page: int
    left: float
    top: float
    right: float
    text: str


def words(document: Document) -> list[Word]:
    """What poppler sees, word by word, with its place."""
    require("pdftotext")
    data = write(document, house_style())
    run = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=data, capture_output=True, check=True)
    pages = run.stdout.decode().split("<page ")[1:]
    return [
        Word(number, float(left), float(top), float(right), text)
        for number, page in enumerate(pages)
        for left, top, right, _, text in WORD.findall(page)
    ]


def shown(document: Document) -> str:
    require("pdftotext")
    data = write(document, house_style())
    return subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


def found(places: list[Word], text: str) -> Word:
    (one,) = [place for place in places if place.text == text]
    return one


# ---------------------------------------------------------------- lines


def look(size: float = 10) -> Look:
    return Look(Palette(house_style().fonts).faces("Noto Serif")[0], size, 14, "000000")


def lines(text: str, width: float) -> list[str]:
    return ["".join(chunk.text for chunk in line.chunks) for line in broken([(look(), text)], width)]


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_a_number_never_parts_from_its_unit(space: str) -> None:
    for width in range(20, 300, 7):
        assert not [line for line in lines(f"amounted to 13{space}600 million", width) if line.endswith("13")]


@pytest.mark.parametrize("word", ["2005–2025", "10-летие", "80-й", "−19.5", "Q2–2025"])
def test_a_line_does_not_end_inside_a_number(word: str) -> None:
    width = look().width(word) + 1

    assert word in lines(f"aaa {word} bbb", width)


def test_a_line_may_end_after_a_hyphen_between_words() -> None:
    assert lines("Касым-Жомарт", look().width("Касым-Ж")) == ["Касым-", "Жомарт"]


def test_a_word_that_is_wider_than_the_line_is_cut() -> None:
    cut = lines("https://example.org/long", 40)

    assert len(cut) > 1
    assert "".join(cut) == "https://example.org/long"


def test_a_run_in_another_style_stays_with_the_word_it_ends() -> None:
    first, second = look(), look(6)

    (one, two) = broken([(first, "aaaa bbbb"), (second, "1")], first.width("aaaa bbbb"))

    assert [chunk.text for chunk in one.chunks] == ["aaaa"]
    assert [chunk.text for chunk in two.chunks] == ["bbbb", "1"]


@given(st.text("ab -–/\n\u00a0ж1", max_size=60), st.floats(5, 200))
def test_breaking_into_lines_loses_no_letter_and_is_never_too_wide(text: str, width: float) -> None:
    given_look = look()

    made = broken([(given_look, text)], width)

    drawn = "".join(chunk.text for line in made for chunk in line.chunks)
    assert re.sub(r"[ \n]", "", drawn) == re.sub(r"[ \n]", "", text)
    assert all(line.width <= max(width, given_look.width("ж")) + 0.01 for line in made)


# ---------------------------------------------------------------- columns


@given(st.lists(st.tuples(st.floats(10, 300), st.sampled_from(["text", "figure"])), min_size=1, max_size=8))
def test_columns_fill_the_room_exactly(columns: list[tuple[float, str]]) -> None:
    measured = [Column(0, width / 2, width, (), 0) for width, _ in columns]

    widths = column_widths(measured, ["figure" if kind == "figure" else "text" for _, kind in columns], 460)

    assert sum(widths) == pytest.approx(460)
    assert min(widths) > 0


def test_figures_stand_with_their_decimal_marks_under_each_other() -> None:
    places = words(made_of(figures([("a", "1,234.5"), ("b", "0.25"), ("c", "17")])))

    marks = [found(places, text).left + _width(text.split(".", maxsplit=1)[0]) for text in ("1,234.5", "0.25", "17")]
    assert max(marks) - min(marks) < 0.1


def _width(text: str) -> float:
    style = house_style().theme.styles["Table Figure"]
    return Palette(house_style().fonts).faces(style.font)[0].width(text) * style.size


def test_the_decimal_mark_is_that_of_the_language() -> None:
    table = figures([("a", "1.234,5"), ("b", "7,25")])

    places = words(made_of(table, language="de"))

    left, right = found(places, "1.234,5"), found(places, "7,25")
    assert left.left + _width("1.234") == pytest.approx(right.left + _width("7"), abs=0.1)


def test_a_superior_does_not_move_a_figure() -> None:
    table = Table(
        Caption("Table 1.", 1, said("Trade")), ("text", "figure"), ((said("Item"), said("2024")),),
        (Row((said("a"), said("1.5"))), Row((said("b"), (Run("2.5"), Mark("p"))))),
    )  # fmt: skip
    places = words(made_of(table))

    assert found(places, "1.5").left == pytest.approx(next(p for p in places if p.text.startswith("2.5")).left, abs=0.1)


def test_a_superior_before_a_figure_does_not_move_it_either() -> None:
    table = Table(
        Caption("Table 1.", 1, said("Trade")), ("text", "figure"), ((said("Item"), said("2024")),),
        (Row((said("a"), said("1.5 a"))), Row((said("b"), (Mark("9"), Run("2.5 b"))))),
    )  # fmt: skip
    places = words(made_of(table))

    first, second = (max(p.left for p in places if p.text == text) for text in ("a", "b"))
    assert first == pytest.approx(second, abs=0.1)


# ---------------------------------------------------------------- pages


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    filled = 0
    for count in range(16, 36):
        body = [Paragraph(said("line")) for _ in range(count)]
        places = words(made_of(*body, Heading(said("Section"), 2), Paragraph(said("Following"))))
        filled += found(places, "Section").page
        assert found(places, "Section").page == found(places, "Following").page
    assert 0 < filled < 20  # both pages were tried


def test_a_caption_stays_with_its_table_and_the_table_with_its_note() -> None:
    for count in range(15, 35):
        body = [Paragraph(said("line")) for _ in range(count)]
        places = words(made_of(*body, figures([("a", "1"), ("b", "2")])))
        together = {place.page for place in places if place.text in ("Table", "Item", "statistics.")}
        assert len(together) == 1


def test_a_chart_stays_with_its_caption_and_notes() -> None:
    for count in range(15, 35):
        body = [Paragraph(said("line")) for _ in range(count)]
        places = words(made_of(*body, charted(Series("s", (point("1"), point("2"))))))
        together = {place.page for place in places if place.text in ("Figure", "2024", "Source.")}
        assert len(together) == 1


def test_the_header_of_a_long_table_stands_on_every_page_and_no_row_is_split() -> None:
    places = words(made_of(figures((f"row{number} and words", str(number)) for number in range(120))))

    pages = {place.page for place in places if re.fullmatch(r"row\d+", place.text)}
    assert {place.page for place in places if place.text == "Item"} == pages
    assert len(pages) > 1


def grouped(size: int) -> Table:
    """Groups of so many rows, each under a row that heads them."""
    rows = []
    for number in range(60 // size):
        rows.append(Row((said(f"heading{number} of all the rows below"), (), ()), ruled=True))
        rows += [Row((said(f"row{number}"), said("a"), said("b"))) for _ in range(size)]
    header = ((said("Item"), said("One"), said("Other")),)
    return Table(Caption("Table 1.", 1, said("Groups")), ("text", "text", "text"), header, tuple(rows))


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_the_heading_of_a_group_of_rows_stays_with_its_first_row(size: int) -> None:
    for count in range(6):
        places = words(made_of(*[Paragraph(said("line")) for _ in range(count)], grouped(size)))
        page = {place.text: place.page for place in reversed(places)}
        headed = [number for number in range(60 // size) if page[f"heading{number}"] == page[f"row{number}"]]
        assert headed == list(range(60 // size))


def test_the_heading_of_a_group_of_rows_takes_the_whole_width() -> None:
    places = [place for place in words(made_of(grouped(2))) if place.text in ("heading0", "below")]

    assert len({round(place.top) for place in places[:2]}) == 1


def test_a_cell_that_is_longer_than_a_page_is_split_and_loses_no_word() -> None:
    """Case O15: github.com/MISP/PyMISP/issues/368."""
    tokens = [f"trade{number}" for number in range(1, 6001)]
    rows = [Row((said("a"), said("b"))), Row((said("c"), said(" ".join(tokens)))), Row((said("d"), said("e")))]
    table = Table(Caption("Table 1.", 1, said("Long")), ("text", "text"), ((said("Item"), said("Text")),), tuple(rows))

    document = made_of(table)

    assert re.findall(r"trade\d+", shown(document)) == tokens
    assert max(place.page for place in words(document)) > 1


def test_a_paragraph_leaves_no_single_line_on_either_page() -> None:
    for count in range(20, 40):
        body = [Paragraph(said("line")) for _ in range(count)]
        places = words(made_of(*body, Paragraph(said("\n".join(f"long{number}" for number in range(6))))))
        pages = [place.page for place in places if place.text.startswith("long")]
        assert 1 not in {pages.count(page) for page in pages}


def test_a_page_break_begins_a_page_and_two_leave_no_empty_one() -> None:
    places = words(made_of(PageBreak(), PageBreak(), Paragraph(said("Next"))))

    assert found(places, "Next").page == 1
    assert max(place.page for place in places) == 1


def test_every_page_says_which_it_is_of_how_many() -> None:
    text = shown(made_of(PageBreak(), Paragraph(said("Next"))))

    assert "page 1 of 2" in text
    assert "page 2 of 2" in text


def test_a_tall_header_moves_the_column_down() -> None:
    tall = Furniture("Ministry of Foreign Affairs " * 20, "For official use only", "Brief", "page {page} of {pages}")

    places = words(made_of(furniture=tall, title="Luxembourg"))

    lowest = max(place.top for place in places if place.text == "Affairs")
    assert found(places, "Luxembourg").top > lowest + 10


# ---------------------------------------------------------------- what a reader takes out


def test_numbers_and_words_come_out_as_they_went_in() -> None:
    document = made_of(Paragraph((Run("It rose by "), Run("13,6\u202fмлн\u00a0долл.", figure="k"), Run(" in 2024."))))

    assert "It rose by 13,6 млн долл. in 2024." in re.sub(r"[\u00a0\u202f]", " ", shown(document))


def test_a_citation_and_a_mark_are_told_apart_from_the_figure_before_them() -> None:
    document = made_of(Paragraph((Run("13.6"), Mark("p"), Run(" and 17"), Citation((1, 2)), Run(" end"))))

    assert re.sub(r"\s", "", "13.6(p) and 17[1, 2] end") in re.sub(r"\s", "", shown(document))


def test_words_at_the_ends_of_lines_are_not_joined() -> None:
    require("pdftotext")
    data = write(made_of(Paragraph(said("word " * 60 + "end"))), house_style())
    with pikepdf.open(io.BytesIO(data)) as file:
        instructions = [(str(op), args) for page in file.pages for args, op in pikepdf.parse_content_stream(page)]  # type: ignore[misc]

    strings = [bytes(args[0]) for operator, args in instructions if operator == "Tj"]
    long = [text for text in strings if len(text) > 60]
    assert long
    assert all(text.endswith(b"\x02") or text.endswith(b" ") for text in long[:-1])


@pytest.mark.parametrize("kind", get_args(ChartKind))
def test_every_label_of_a_chart_is_drawn(kind: ChartKind) -> None:
    chart = charted(Series("Exports", (point("5.2"), point("-3.1"))), Series("Imports", (point("2"), None)), kind=kind)

    text = shown(made_of(chart))

    assert {"Exports", "Imports", "5.2", "−3.1", "2023", "2024"} <= set(text.split())


def test_labels_of_a_chart_do_not_overlap() -> None:
    places = [place for place in words(hard()) if place.page == 0]

    for one, other in pairwise(sorted(places, key=lambda place: (round(place.top), place.left))):
        assert round(one.top) != round(other.top) or one.right <= other.left + 0.5, (one, other)


def test_a_wordy_panel_loses_nothing() -> None:
    label = " ".join(f"label{number}" for number in range(900))
    panel = Panel(said("13.6"), said("million"), said(label))

    assert re.findall(r"label\d+", shown(made_of(Panels((panel, panel))))) == label.split() * 2


def test_the_unit_stands_beside_its_number_on_the_side_that_the_language_wants() -> None:
    panels = Panels((Panel(said("13.6"), said("USD"), said("a")), Panel(said("17"), said("EUR"), said("b"), (), True)))
    places = words(made_of(panels))

    assert found(places, "13.6").right < found(places, "USD").left
    assert found(places, "EUR").right < found(places, "17").left


def test_a_reference_is_set_in_from_its_rule() -> None:
    box = Reference(said("Reference"), (Paragraph(said("Inside")), Bullets((said("Point"),))))
    places = words(made_of(Paragraph(said("Outside")), box))

    assert found(places, "Reference").left == found(places, "Inside").left
    assert found(places, "Inside").left >= found(places, "Outside").left + 10


# ---------------------------------------------------------------- characters


def test_a_character_that_no_font_has_is_named_and_never_left_blank() -> None:
    with pytest.raises(HouseError) as caught:
        write(made_of(Paragraph(said("a ⵣ b አ"))), house_style())

    messages = [problem.message for problem in caught.value.problems]
    assert any("U+2D63" in message and "'a ⵣ b አ'" in message for message in messages)
    assert any("U+12A0" in message for message in messages)


def test_what_is_invisible_needs_no_font_and_is_not_drawn() -> None:
    assert "intergovernmental" in shown(made_of(Paragraph(said("inter\u00adgovern\u00admental"))))


@pytest.mark.parametrize("language", ["en", "ru", "kk", "fr"])
def test_the_sample_is_printed_in_every_language(language: str) -> None:
    document = sample_document(language)
    text = re.sub(r"\s", "", shown(document))

    assert all(re.sub(r"\s", "", word) in text for word in (document.title, document.furniture.issuer))


def test_the_rule_of_a_reference_is_one_line_on_each_page() -> None:
    box = Reference(said("Reference"), (Paragraph(said("Inside")), Bullets((said("Point"),)), Paragraph(said("End"))))
    width, _ = house_style().theme.styles["Reference Text"].side_rule or (0, "")

    with pikepdf.open(io.BytesIO(write(made_of(box), house_style()))) as file:
        code = file.pages[0].Contents.read_bytes().decode("latin-1")
    assert code.count(f"{width:.3f} w") == 1


def test_capitals_of_a_style_are_those_of_the_language() -> None:
    furniture = Furniture("Bakanlık", "Hizmete özel", "Not", "sayfa {page}/{pages}")
    document = replace(made_of(furniture=furniture, language="tr"), capitals={"i": "İ"})
    drawn = re.findall(r"H\S+ ÖZEL", words_drawn(document))

    assert drawn == ["HİZMETE ÖZEL"] * 2  # at the head and at the foot


def words_drawn(document: Document) -> str:
    """The characters of the glyphs, not the text that capitals stand for."""
    with pikepdf.open(io.BytesIO(write(document, house_style()))) as file:
        code = re.sub(rb"/ActualText\s*(?:<[^>]*>|\([^)]*\))", b"", file.pages[0].Contents.read_bytes())
        file.pages[0].Contents.write(code)
        plain = io.BytesIO()
        file.save(plain)
    run = subprocess.run(["pdftotext", "-raw", "-", "-"], input=plain.getvalue(), capture_output=True, check=True)
    return run.stdout.decode()
