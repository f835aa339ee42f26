"""PDF in scripts that join, run from right to left, or have no spaces: order, places, line ends, what is copied."""

import re
import subprocess
from itertools import pairwise

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from reports.document import Document, Paragraph, Run
from reports.writers.pdf import write
from reports.writers.pdf.bidi import Part, levels, visual_order
from reports.writers.pdf.breaks import CLOSING, OPENING
from reports.writers.pdf.faces import Palette
from reports.writers.pdf.lines import broken
from reports.writers.pdf.words import Look
from tests.pdf_documents import arabic, chinese, made_of, said
from tests.reading import pdf_tree_text
from tests.test_pdf_layout import Word, found, shown, words
from tests.tools import house_style, require

FSI, PDI = "\u2068", "\u2069"
LETTERS = st.sampled_from([*"abאבجدهو0123٤٥ ,.:-+%$…–", "كاز", " في ", "USD", "12.5"])


# ---------------------------------------------------------------- the algorithm


def displayed(parts: list[Part], right_to_left: bool) -> str:
    """The characters from left to right, by our levels."""
    text = "".join(part.text for part in parts)
    flat = [level for given in levels(parts, right_to_left) for level in given]
    return "".join(text[position] for position in visual_order(flat))


@given(st.lists(LETTERS, min_size=1, max_size=12), st.booleans())
def test_a_line_stands_as_another_implementation_of_the_algorithm_puts_it(
    pieces: list[str], right_to_left: bool
) -> None:
    text = "".join(pieces)

    assert displayed([Part(text)], right_to_left) == get_display(text, base_dir="R" if right_to_left else "L")


@given(st.lists(LETTERS, max_size=5), st.lists(LETTERS, min_size=1, max_size=5), st.lists(LETTERS, max_size=5))
def test_an_isolate_does_not_mix_with_the_text_around_it(
    before: list[str], inside: list[str], after: list[str]
) -> None:
    texts = [f"{''.join(before)} ", "".join(inside), f" {''.join(after)}"]
    parts = [Part(texts[0]), Part(texts[1], 1), Part(texts[2])]
    expected = get_display(f"{texts[0]}{FSI}{texts[1]}{PDI}{texts[2]}", base_dir="R")

    assert displayed(parts, True) == re.sub(f"[{FSI}{PDI}]", "", expected)


def test_an_exclamation_mark_after_a_latin_name_stays_with_the_arabic_sentence() -> None:
    assert displayed([Part("قال "), Part("Eurostat", 1), Part("!")], True) == "!Eurostat لاق"


# ---------------------------------------------------------------- places


@pytest.fixture(scope="module")
def places() -> list[Word]:
    return words(arabic())


def test_the_first_column_of_an_arabic_table_is_at_the_right(places: list[Word]) -> None:
    first, last = found(places, "12.7"), found(places, "0.0365")
    labels = [place for place in places if place.text == "المجموع"[::-1]]

    assert labels
    assert all(label.left > first.right and first.left > last.right for label in labels)


def test_figures_of_an_arabic_table_stand_on_the_decimal_mark(places: list[Word]) -> None:
    """The widths of digits are alike, so what stands after the mark says where the mark is."""
    halves = 2 * house_style().theme.styles["Table Figure"].size * house_style().fonts.scale("Amiri")
    size = round(halves) / 2
    digit = Look(Palette(house_style().fonts).faces("Amiri")[0], size, size, "000000").width("0")
    (year,) = [place for place in places if place.text == "19.54" and abs(place.top - found(places, "12.7").top) < 1]
    less = found(places, "0.0365")

    assert abs((year.right - 2 * digit) - (less.right - 4 * digit)) < 0.1


def test_issuer_stands_right_and_classification_left(places: list[Word]) -> None:
    lefts = {text: min(place.left for place in places if place.text == text[::-1]) for text in ("وزارة", "الرسمي")}

    assert lefts["وزارة"] > 400
    assert lefts["الرسمي"] < 100


def test_letters_join() -> None:
    """Four letters that join take less room than the four alone."""
    face = next(face for face in Palette(house_style().fonts).faces("Noto Serif") if face.shaped)

    assert face.width("محمد") < sum(map(face.width, "محمد"))


# ---------------------------------------------------------------- what is copied and read aloud


def test_the_tree_says_every_sentence_of_an_arabic_file_in_its_order() -> None:
    said_aloud = re.sub(r"\s+", " ", pdf_tree_text(write(arabic(), house_style())))

    assert "في الفترة من يناير إلى أغسطس 2025، بلغ حجم التبادل التجاري 13.6 مليون دولار أمريكي" in said_aloud
    assert "(معظمها واردات)، وارتفع بنسبة 4.8% مقارنة بعام 2024 وفق Eurostat, table DS-045409 (EU trade)" in said_aloud


def test_what_is_copied_from_an_arabic_file_are_its_words_in_order() -> None:
    require("pdftotext")
    run = subprocess.run(["pdftotext", "-", "-"], input=write(arabic(), house_style()), capture_output=True, check=True)
    copied = re.sub("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", run.stdout.decode())
    copied = re.sub(r"\s+", " ", copied)

    assert "في الفترة من يناير إلى أغسطس 2025، بلغ حجم التبادل التجاري 13.6 مليون دولار" in copied
    assert "مقارنة بعام 2024 وفق" in copied


def test_what_is_copied_from_a_chinese_file_is_what_was_written() -> None:
    copied = re.sub(r"\s", "", shown(chinese()))

    assert "贸易额为1360万美元（主要为自卢森堡进口），同比增长4.8%。根据“联合声明”——双方确认，" in copied


# ---------------------------------------------------------------- lines without spaces

HAN = st.text(st.sampled_from("贸易额为亿美元，。（）“”、：；《》—·%5A "), min_size=1, max_size=60)


def lines_of(text: str, width: float) -> list[str]:
    face = next(face for face in Palette(house_style().fonts).faces("Noto Sans") if ord("额") in face.coverage)
    look = Look(face, 10, 14, "000000")
    return ["".join(chunk.text for chunk in line.chunks) for line in broken([(look, text)], width)]


@given(HAN, st.integers(60, 200))
def test_no_line_begins_with_what_closes_or_ends_with_what_opens(text: str, width: int) -> None:
    lines = [line for line in lines_of(text, width) if line]

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line, after in pairwise(lines):
        room = len(line) > width / 10 - 4  # a run of signs longer than the line must be cut somewhere
        assert not (
            room and re.match(f"[{CLOSING}]", after) and re.search("[贸易额为亿美元]$", line) and " " not in text
        )


def test_a_line_of_chinese_ends_between_characters_and_keeps_a_number_with_its_word() -> None:
    lines = lines_of("哈萨克斯坦与卢森堡的贸易额为1360万美元，同比增长。", 160)

    assert len(lines) == 2
    assert not any(line.endswith(("1", "13", "136", "1360")) or re.match(f"[{CLOSING}]", line) for line in lines)
    assert not any(re.search(f"[{OPENING}]$", line) for line in lines)


def test_an_arabic_word_in_a_left_to_right_document_is_joined_and_in_order() -> None:
    document: Document = made_of(Paragraph((*said("The name "), Run("لوكسمبورغ", isolated=True), *said(" is Arabic."))))
    data = write(document, house_style())

    assert "The name لوكسمبورغ is Arabic." in re.sub(r"\s+", " ", pdf_tree_text(data))
