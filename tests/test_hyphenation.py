"""Words parted at the end of a line: where a language parts them, only in running text, and so that none is lost."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document import Document, Heading, Hyphenation, Paragraph
from reports.house.package import W, parse
from reports.language import read_language
from reports.writers.pdf.faces import Palette
from reports.writers.pdf.hyphens import points
from reports.writers.pdf.lines import broken
from reports.writers.pdf.words import Look
from reports.writers.word import write as write_word
from tests.pdf_documents import figures, made_of, said
from tests.test_pdf_layout import shown
from tests.tools import house_style
from tests.validators import WORD
from tests.word_files import unpacked

LANGUAGES = Path(__file__).parent.parent / "templates" / "languages"
GERMAN = Hyphenation("de_DE")
SOFT_HYPHEN = "\u00ad"
LONG = "Handelsbilanzdefizit Direktinvestitionen Außenministerium Wirtschaftszusammenarbeit "


def parted(tag: str, word: str) -> str:
    """A word with all the hyphens that its language allows."""
    told = points(read_language(LANGUAGES / tag).hyphenation)
    assert told is not None
    places = (0, *told(word), len(word))
    return "-".join(word[start:end] for start, end in pairwise(places))


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", "in-vest-ment"), ("ru", "ин-ве-сти-ций"), ("fr", "in-ves-tis-se-ments"), ("es", "es-ta-dou-ni-den-ses"),
        ("de", "Han-dels-vo-lu-men"), ("kk", "ин-вес-ти-ция-лар-дың"), ("kk", "ай-на-лы-мы"),
        ("kk", "Люк-сем-бург-тен"), ("kk", "тауар"),
        ("tr", "ba-ğım-sız-lı-ğı-nı"), ("tr", "Cum-hur-baş-ka-nı"), ("tr", "Ka-za-kis-tan’ın"),
        ("uz", "Qo-zo-gʻis-ton-ning"), ("uz", "mash-hur"), ("uz", "toʻgʻ-ri-dan"),
    ],
)  # fmt: skip
def test_words_are_parted_by_the_rules_of_their_language(tag: str, words: str) -> None:
    assert parted(tag, words.replace("-", "")) == words


@pytest.mark.parametrize("word", ["АҚШ", "США", "USD", "2024", "ЕАЭО-мен", "қала"])
def test_abbreviations_numbers_and_short_words_stay_whole(word: str) -> None:
    assert parted("kk", word) == word


@pytest.mark.parametrize("tag", ["ar", "zh"])
def test_a_language_without_hyphens_parts_no_word(tag: str) -> None:
    assert points(read_language(LANGUAGES / tag).hyphenation) is None


# ---------------------------------------------------------------- lines


@given(
    st.lists(st.sampled_from([*LONG.split(), "und", "der", "19,5", "US-Dollar"]), min_size=1, max_size=40),
    st.integers(60, 300),
)
def test_nothing_is_lost_or_added_but_hyphens_that_fit(words: list[str], width: int) -> None:
    look = Look(Palette(house_style().fonts).faces("Noto Serif")[0], 10, 14, "000000")
    lines = broken([(look, " ".join(words))], width, parted=points(GERMAN))
    texts = ["".join(chunk.text for chunk in line.chunks) for line in lines]

    joined = "".join(f"{text}{' ' * line.joins}" for text, line in zip(texts, lines, strict=True))
    assert joined.replace(SOFT_HYPHEN, "").split() == " ".join(words).split()
    assert all(line.width <= width + 1e-6 or len(text) == 1 for line, text in zip(lines, texts, strict=True))
    assert all(text.endswith(SOFT_HYPHEN) for text in texts if SOFT_HYPHEN in text)
    assert all(text.count(SOFT_HYPHEN) <= 1 for text in texts)


def german(*blocks: Heading | Paragraph) -> Document:
    return replace(made_of(*blocks, language="de"), hyphenation=GERMAN)


def test_running_text_is_parted_and_what_is_copied_knows_the_hyphen() -> None:
    text = shown(german(Paragraph(said(f"{LONG}und der " * 12))))

    assert re.search(rf"[a-zß]{SOFT_HYPHEN}\n", text)
    assert text.replace(f"{SOFT_HYPHEN}\n", "").split().count("Wirtschaftszusammenarbeit") == 12


def test_neither_headings_nor_tables_are() -> None:
    heading = german(Heading(said(LONG * 4), 2))
    table = replace(heading, blocks=(figures([(LONG * 3, "1"), (LONG, "2")]),))

    assert SOFT_HYPHEN not in shown(heading)
    assert SOFT_HYPHEN not in shown(table)


def test_word_parts_words_itself_and_not_in_headings() -> None:
    data = write_word(german(Heading(said("Handel"), 2), Paragraph(said(LONG))), house_style())
    settings, styles = (parse(unpacked(data)[f"word/{name}.xml"]) for name in ("settings", "styles"))

    assert settings.find(W + "autoHyphenation") is not None
    sans = next(style for style in styles.iter(W + "style") if style.get(W + "styleId") == "HouseSans")
    assert sans.find(f"{W}pPr/{W}suppressAutoHyphens") is not None
    assert WORD["sdk"](data) == []
    plain = write_word(made_of(Paragraph(said("a"))), house_style())
    assert b"autoHyphenation" not in unpacked(plain)["word/settings.xml"]
