"""Every script in PDF: what is drawn, what is copied, what the tree says, and what neither lines nor fonts part."""

import io
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document import Bullets, Caption, Document, Heading, Paragraph, Row, Run, Table, plain
from reports.writers.pdf import write
from reports.writers.pdf.clusters import clusters
from reports.writers.pdf.faces import Palette, by_face
from reports.writers.pdf.lines import Line, broken
from reports.writers.pdf.words import HANGING, Look
from tests import pdf_structure
from tests.pdf_documents import made_of, said
from tests.pdf_tree import Shown, Tree
from tests.script_documents import LINK, SENTENCES, document, justified, mixed
from tests.tools import house_style, require
from tests.verapdf import broken_rules

NAMES = (*SENTENCES, "mixed")
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad]")
PAGE = 595.3  # points, the width of A4
SIGNS = "−→←₸€₽₼₾₺£¥₹₪₫₩฿֏\u00a0\u202f№°–—…%"


@cache
def written(name: str) -> bytes:
    return write(mixed() if name == "mixed" else document(name), justified())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", INVISIBLE.sub("", text))


def copied(data: bytes) -> str:
    require("pdftotext")
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return squeezed(run.stdout.decode())


# ---------------------------------------------------------------- whole paragraphs


@pytest.mark.parametrize("name", NAMES)
def test_the_tree_says_every_sentence_in_the_order_of_its_words(name: str) -> None:
    blocks = (mixed() if name == "mixed" else document(name)).blocks

    assert Tree(written(name)).texts("P") == [plain(block.text) for block in blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("name", NAMES)
def test_no_glyph_stands_for_a_letter_that_a_font_lacks(name: str) -> None:
    assert Tree(written(name)).undefined() == []


@pytest.mark.parametrize("name", SENTENCES)
def test_what_is_copied_are_whole_words_in_their_order(name: str) -> None:
    """Line by line: marks of direction may stand between words that change it."""
    text, found = copied(written(name)), []
    for part in SENTENCES[name]:
        found += [word for word in part.split() if word not in text]

    assert [word for word in found if copied_in_halves(word, text) is False] == []
    assert len(found) <= 2  # only words that a line end parts


def copied_in_halves(word: str, text: str) -> bool:
    """Whether a word stands there with the end of a line in it, as Thai and Chinese sentences do."""
    return any(f"{word[:place]} {word[place:]}" in text for place in range(1, len(word)))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_every_script_is_pdf_ua_1_and_pdf_a_3a(name: str, rules: dict[str, list[str]]) -> None:
    assert rules[name] == []
    assert pdf_structure.faults(written(name)) == []


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return broken_rules({name: written(name) for name in NAMES}, tmp_path_factory.mktemp("verapdf"))


@pytest.mark.parametrize("name", SENTENCES)
def test_words_in_bold_are_drawn_in_the_bold_face_of_their_script(name: str) -> None:
    figure = SENTENCES[name][1]
    drawn = [one for page in Tree(written(name)).pages.values() for one in page if one.mark >= 0]
    title, *_ = [one for one in drawn if one.text.strip()]
    bold = [one for one in drawn if one.font.endswith("-Bold") and one.mark != title.mark]

    assert sorted(letters("".join(one.text for one in bold))) == sorted(letters(figure))


def letters(text: str) -> str:
    return re.sub(r"\s", "", INVISIBLE.sub("", text))


@pytest.mark.parametrize("name", SENTENCES)
def test_the_places_of_a_link_hold_its_words_and_no_others(name: str) -> None:
    data = written(name)
    tree = Tree(data)
    with pikepdf.open(io.BytesIO(data)) as file:
        page = file.pages[0]
        boxes = [tuple(map(float, one.Rect)) for one in page.Annots if str(one.A.URI) == LINK]
        marks = {mark for of_page, mark in tree.marks("Link") if of_page == page.objgen}
        drawn = [one for one in tree.pages[page.objgen] if one.text.strip()]

    assert len(boxes) == 2
    for one in drawn:
        assert (one.mark in marks) == any(holds(box, one) for box in boxes), one
    for box in boxes:
        assert abs(min(one.place[0] for one in drawn if holds(box, one)) - box[0]) < 0.3


def holds(box: tuple[float, ...], one: Shown) -> bool:
    left, bottom, right, top = box
    return left - 0.1 <= (one.place[0] + one.place[1]) / 2 <= right + 0.1 and bottom < one.place[2] < top


@pytest.mark.parametrize("name", SENTENCES)
def test_a_foreign_name_says_its_language(name: str) -> None:
    languages = {one.language: one.text for one in Tree(written(name)).elements if one.language}

    assert languages == ({"ar": "محمد بن سلمان"} if name == "zh" else {"en": "European Commission"})


@pytest.mark.parametrize("name", NAMES)
def test_a_justified_line_has_no_holes_and_fills_its_measure(name: str) -> None:
    (page,) = Tree(written(name)).pages.values()
    body = [one for one in page if one.mark >= 0 and one.place[1] - one.place[0] > 0.1]  # marks may stand higher
    heights = list(dict.fromkeys(one.place[2] for one in body))[1:]
    rows = [sorted(one.place[:2] for one in body if one.place[2] == height) for height in heights]
    left = min(start for row in rows for start, _ in row)
    right = PAGE - left

    for row in rows:
        for (_, before), (after, _) in pairwise(row):
            assert after - before < 5
    full = [row for row in rows if max(end for _, end in row) > right - 0.2]
    assert len(full) >= len(rows) - (1 if name in SENTENCES else len(SENTENCES) + 1)


def test_what_follows_a_widened_space_of_a_shaped_script_stands_behind_it() -> None:
    text = (Run("नमन "), Run("कमल ", strong=True), Run("क" * 60))
    (page,) = Tree(write(made_of(Paragraph(text)), justified())).pages.values()
    (first,) = [one for one in page if "नमन" in one.text]
    (second,) = [one for one in page if "कमल" in one.text]

    assert first.place[2] == second.place[2]
    assert abs(second.place[1] - (PAGE - first.place[0])) < 3  # with the space behind it


# ---------------------------------------------------------------- clusters, fonts, lines


LETTERS = {
    "Latin": "Trade é", "Cyrillic": "Қазақстан и\u0301", "Greek": "Ελλάδα", "Arabic": "كازاخستان مُحَمَّد",
    "Persian": "می\u200cخواهم", "Hebrew": "שלום שָׁ", "Devanagari": "क्षत्रिय र्थि श्रृंखला", "Thai": "น้ำผู้นำที่เดือน",
    "Georgian": "საქართველო", "Armenian": "Հայաստան", "Chinese": "哈萨克斯坦，（额）", "Japanese": "日本カナひらがな",
    "Korean": "대한민국 서울", "signs": SIGNS,
}  # fmt: skip
CLUSTERS = tuple({part for text in LETTERS.values() for part in clusters(text)} | {"12.5", "2025", "(", ")", "-", " "})
WORDS = st.lists(st.sampled_from(CLUSTERS), min_size=1, max_size=8).map("".join)
MIXTURES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@pytest.mark.parametrize(("bold", "italic"), [(False, False), (True, False), (False, True), (True, True)])
@pytest.mark.parametrize("family", ["Noto Serif", "Noto Sans"])
def test_every_sign_has_a_font_beside_every_script_in_every_style(family: str, bold: bool, italic: bool) -> None:
    faces = Palette(house_style().fonts).faces(family, bold, italic)
    lacking: set[str] = set()

    for letters_of in LETTERS.values():
        for sign in SIGNS:
            for face, part in by_face(f"{letters_of}{sign}{letters_of}", faces, lacking):
                assert face.coverage.issuperset(map(ord, part))
    assert lacking == set()


@given(MIXTURES)
def test_a_mark_stays_in_the_font_of_its_letter(text: str) -> None:
    faces = Palette(house_style().fonts).faces("Noto Serif")
    parts = [part for _, part in by_face(text, faces, set())]

    assert "".join(parts) == text
    ends = {len("".join(parts[:number])) for number in range(len(parts))}
    assert ends <= cluster_ends(text)


def cluster_ends(text: str) -> set[int]:
    found = clusters(text)
    return {len("".join(found[:number])) for number in range(len(found) + 1)}


@given(st.text(st.sampled_from("aé\u0301กนำ้ผูเที่ๆ क्षि\u200dर्ा한\u1161ש\u05b8")))
def test_no_cluster_begins_with_a_mark_and_none_is_lost(text: str) -> None:
    found = clusters(text)

    assert "".join(found) == text
    for before, after in pairwise(found):
        mark = unicodedata.category(after[0])[0] == "M"
        assert not mark or before[-1] in " \n"
        assert not re.search("[\u0e40-\u0e44]$", before) or after[0] == " "
        assert not (before.endswith("\u094d") and "\u0915" <= after[0] <= "\u0939")


def set_in(text: str, width: float) -> tuple[Line, ...]:
    """A text in ten points, broken to a measure."""
    faces = Palette(house_style().fonts).faces("Noto Serif")
    chosen = by_face(text, faces, set())
    return broken([(Look(face, 10 * face.scale, 14, "000000", strut=faces[0]), part) for face, part in chosen], width)


def words_of(line: Line) -> str:
    return "".join(chunk.text for chunk in line.chunks)


@given(MIXTURES, st.integers(40, 300))
def test_a_line_is_as_wide_as_it_is_drawn_and_not_wider_than_its_measure(text: str, width: int) -> None:
    lines = set_in(text, width)

    assert "".join(map(words_of, lines)).replace(" ", "") == drawn(text).replace(" ", "")
    for line in lines:
        assert abs(line.width - sum(chunk.look.width(chunk.text) for chunk in line.chunks)) < 0.01
        hanging = line.chunks[-1].look.width(words_of(line)[-1]) if words_of(line)[-1] in HANGING else 0
        assert line.width - hanging <= width + 1e-6, words_of(line)


def drawn(text: str) -> str:
    """Without what is not drawn; joiners shape Persian and Devanagari."""
    return re.sub("\u00ad|(?<![\u0600-\u0dff])[\u200c\u200d]", "", text)


def line_ends(text: str, width: float) -> Iterator[int]:
    """The places in a text without spaces at which a line ends."""
    place = 0
    for line in set_in(text, width):
        place += len(words_of(line).replace(" ", ""))
        yield place


@given(MIXTURES, st.integers(20, 120))
def test_no_line_ends_inside_a_cluster(text: str, width: int) -> None:
    text = drawn(text)

    assert set(line_ends(text, width)) <= cluster_ends(text.replace(" ", ""))


def test_a_thai_sentence_is_broken_behind_its_words() -> None:
    words = "และ ทั้ง สอง ฝ่าย ยืน ยัน ความ สำคัญ ของ ความ ตกลง ว่า ด้วย การ ส่งเสริม และ คุ้มครอง การ ลงทุน ระหว่าง ประเทศ"
    text = words.replace(" ", "")
    ends = {len(words[:place].replace(" ", "")) for place in range(len(words)) if words[place] == " "} | {len(text)}

    for width in range(60, 260, 20):
        assert set(line_ends(text, width)) <= ends


def test_a_number_is_not_parted_from_the_thai_word_before_it() -> None:
    assert "ที่13.6" in [words_of(line) for line in set_in("มูลค่าการค้าอยู่ที่13.6", 70)]


def test_joiners_shape_a_persian_word_and_are_not_lost() -> None:
    (apart,), (joined,) = set_in("می\u200cخواهم", 200), set_in("میخواهم", 200)

    assert words_of(apart) == "می\u200cخواهم"
    assert abs(apart.width - joined.width) > 1


# ---------------------------------------------------------------- soft hyphens

SOFT = ("inter\u00adgovern\u00admental", "Қазақ\u00adстан", "საქარ\u00adთველო", "क्षे\u00adत्रीय", "ok")


@given(st.lists(st.sampled_from(SOFT), min_size=1, max_size=12), st.integers(55, 200))
def test_a_soft_hyphen_is_drawn_at_the_end_of_a_line_alone(words: list[str], width: int) -> None:
    lines = set_in(" ".join(words), width)
    texts = list(map(words_of, lines))

    assert all("\u00ad" not in text[:-1] for text in texts)
    assert "".join(texts).replace("\u00ad", "").replace(" ", "") == "".join(words).replace("\u00ad", "")
    assert all(line.width <= width + 1e-6 for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "parts"),
    [
        ("a inter\u00adgovernmental", 75, ["a inter\u00ad", "governmental"]),
        ("საქართვე\u00adლოსთვის", 60, ["საქართვე\u00ad", "ლოსთვის"]),
        ("क्षे\u00adत्रीय", 20, ["क्षे\u00ad", "त्रीय"]),
    ],
)
def test_a_word_is_parted_at_its_soft_hyphens_in_every_script(text: str, width: int, parts: list[str]) -> None:
    assert list(map(words_of, set_in(text, width))) == parts


def test_a_line_that_hangs_out_is_as_wide_as_it_is_drawn_where_it_has_room_for_a_whole_word() -> None:
    look = Look(Palette(house_style().fonts).faces("Noto Serif")[0], 10, 14, "000000")
    (line,) = broken([(look, "inter\u00adgovernmental")], 80, -40)

    assert words_of(line) == "intergovernmental"
    assert abs(line.width - look.width("intergovernmental")) < 0.01


def test_a_link_is_parted_at_its_soft_hyphens_and_copied_without_them() -> None:
    text = (Run("word " * 14), Run("inter\u00adgovern\u00admental", link=LINK), Run(" end"))
    data = write(made_of(Paragraph(text)), house_style())

    assert re.fullmatch("inter(\u00adgovern|govern\u00ad)mental", Tree(data).texts("Link")[0])


# ---------------------------------------------------------------- any mixture anywhere


def everywhere(runs: list[str]) -> Document:
    """Runs, every second in bold, as a heading, a paragraph, the items of a list and the cells of a table."""
    text = tuple(Run(run, strong=number % 2 == 1) for number, run in enumerate(runs))
    table = Table(Caption("Table 1.", 1, text), ("text", "text"), ((text, said("b")),), (Row((text, said("1"))),))
    return made_of(Heading(text, 2), Paragraph(text), Bullets((text, text)), table)


@given(st.lists(MIXTURES, min_size=1, max_size=3), st.booleans())
def test_any_mixture_is_written_everywhere_without_loss(runs: list[str], right_to_left: bool) -> None:
    document = everywhere(runs)
    if right_to_left:
        document = replace(document, direction="rtl", language="ar")
    tree = Tree(write(document, house_style()))
    expected = letters(drawn("".join(runs)))

    assert tree.undefined() == []
    assert [letters(text) for text in tree.texts("H2", "P", "LBody")] == [expected] * 4
    assert [letters(text) for text in tree.texts("TH", "TD")] == [expected, "b", expected, "1"]
