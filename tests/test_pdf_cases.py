"""Public fault reports, each as a test of its whole kind, for PDF.

O12 and O10's Word file are in test_script_cases, O13, O14 and the places of O10's table in test_word_cases, O15 in
test_pdf_layout, O20 in test_structure, the digits of O02 in test_language_cases.
"""

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont

from reports.document import Document, PageBreak, Paragraph, Run, flat, texts
from reports.errors import HouseError
from reports.house import House
from reports.house.fonts import read_fonts
from reports.wording.digits import in_digits
from reports.writers.pdf import write
from tests.pdf_briefs import Form, filled
from tests.pdf_content import Content
from tests.pdf_documents import figures, made_of, said
from tests.pdf_spoken import spoken
from tests.pdf_structure import faults
from tests.pdf_words import copied_faults, font_faults, spoken_faults, words
from tests.test_pdf_layout import shown
from tests.test_script_cases import exports
from tests.tools import ROOT, house_style, require

ARABIC = "٠١٢٣٤٥٦٧٨٩"
LATIN = "0123456789"
KAZAKH = "Әлемдік банк, Қостанай, Ұлытау, Жеңіс, Түркістан, Өскемен, ғылым, Һһ"
LACKING = "ӘәҒғҚқҢңӨөҰұҮүҺһ"

# ---------------------------------------------------------------- O02: one set of digits


def drawn(data: bytes) -> str:
    """All characters on the pages, furniture and charts too."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = [Content(page.obj) for page in pdf.pages]
        return "".join(page.fonts[one.font].text(one.codes) for page in pages for one in page.shown())


@pytest.mark.parametrize("report", ["factsheet", "visit"])
def test_an_arabic_brief_is_drawn_in_one_set_of_digits_throughout(report: str) -> None:
    """O02: github.com/dart-archive/intl/issues/193; Latin names and addresses keep theirs."""
    (brief,) = filled(Form(report), "LU", ("ar",))
    egyptian = in_digits(brief.document, ARABIC)
    data = write(egyptian, house_style())

    assert set(drawn(brief.data)) & set(ARABIC) == set()
    foreign = [one.text for block in flat(egyptian.blocks) for text in texts(block) for one in text
               if isinstance(one, Run) and (one.language or one.link)]  # fmt: skip
    latin = sum(char in LATIN for text in foreign for char in text)
    assert sum(char in LATIN for char in drawn(data)) <= latin
    assert sum(char in ARABIC for char in drawn(data)) > 20
    assert [*spoken_faults(data, egyptian), *copied_faults(data, "ar"), *faults(data)] == []


def test_numbers_of_either_set_are_copied_as_they_were_written() -> None:
    """O02: with the group and decimal marks of each."""
    require("pdftotext")
    for numbers in ("1,234,567.5 12.3%", "١٬٢٣٤٬٥٦٧٫٥ ١٢٫٣٪"):
        values = [Run(number, isolated=True) for number in numbers.split()]
        body = Paragraph((Run("القيمة "), values[0], Run(" والنسبة "), values[1], Run(" تقريبا")))
        document = replace(made_of(body, language="ar"), direction="rtl")
        data = write(document, house_style())
        assert spoken_faults(data, document) == []
        for number in numbers.split():
            assert number in re.sub("[\u200e\u200f]", "", drawn(data))


# ---------------------------------------------------------------- O10: from right to left


def test_what_is_read_of_an_arabic_paragraph_is_its_text_in_logical_order() -> None:
    """O10: github.com/python-openxml/python-docx/issues/349."""
    data = write(exports(), house_style())
    said_of = [" ".join(words(one.text)) for one in spoken(data)]

    assert "بلغت صادرات شركة Example Air SE إلى مصر (2024) نحو 1,234.5 مليون يورو." in said_of
    assert [*faults(data), *spoken_faults(data, exports()), *copied_faults(data, "ar")] == []


def test_the_catalog_of_an_arabic_file_says_that_it_runs_from_right_to_left() -> None:
    """O10: so that a reader puts two pages side by side the right way."""
    with pikepdf.open(io.BytesIO(write(exports(), house_style()))) as pdf:
        assert str(pdf.Root.ViewerPreferences.Direction) == "/R2L"
        assert str(pdf.Root.Lang) == "ar"


# ---------------------------------------------------------------- O11: a font without some letters


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fonts of the names of the house without the letters of Kazakh, and the whole ones under another name."""
    place = tmp_path_factory.mktemp("fonts")
    rows = []
    for family in ("Noto Sans", "Noto Serif"):
        rows.append(f'[families."{family}"]\nscripts = ["Latn", "Cyrl"]')
        for style in ("Regular", "Bold", "Italic", "BoldItalic"):
            name = f"{family.replace(' ', '')}-{style}.ttf"
            font = TTFont(ROOT / "fonts" / name)
            cutter = subset.Subsetter()
            cutter.populate(unicodes=[code for code in font.getBestCmap() if chr(code) not in LACKING])
            cutter.subset(font)
            font.save(place / name)
            rows.append(f'{re.sub("(?<=d)I", "_i", style).lower()} = "{name}"')
    (place / "Whole.ttf").write_bytes((ROOT / "fonts" / "NotoSans-Regular.ttf").read_bytes())
    (place / "families").write_text("\n".join(rows), encoding="utf-8")
    return place


def house_with(folder: Path, *more: str) -> House:
    """The house with these fonts, and where they lack a letter, some more."""
    asked = ", ".join(f'"{name}"' for name in ("Noto Sans", *more))
    families = (folder / "families").read_text(encoding="utf-8")
    for name in more:
        families += f'\n[families."{name}"]\nscripts = ["Cyrl"]\nregular = "{name}.ttf"\n'
    (folder / "fonts.toml").write_text(f"fallback = [{asked}]\n{families}\n", encoding="utf-8")
    return replace(house_style(), fonts=read_fonts(folder))


def in_kazakh() -> Document:
    """The letters in a sentence, a cell and a title."""
    return made_of(Paragraph(said(KAZAKH)), figures([(KAZAKH, "1.5")]), title=KAZAKH, language="kk")


def test_letters_that_a_font_lacks_are_drawn_in_another_and_copied_as_they_were(folder: Path) -> None:
    """O11: github.com/indestructible-type/Jost/issues/119; no glyph is .notdef."""
    require("pdftotext", "pdffonts")
    data = write(in_kazakh(), house_with(folder, "Whole"))

    assert [*faults(data), *spoken_faults(data, in_kazakh()), *copied_faults(data, "kk"), *font_faults(data)] == []
    assert "+Whole" in " ".join(used_fonts(data))


def used_fonts(data: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {font.name for page in pdf.pages for font in Content(page.obj).fonts.values()}


def test_letters_that_no_font_has_are_named_by_their_code_points_and_nothing_is_written(folder: Path) -> None:
    """O11: with the text in which each stands."""
    with pytest.raises(HouseError) as refused:
        write(in_kazakh(), house_with(folder))

    messages = [problem.message for problem in refused.value.problems]
    assert len(messages) == len(set(LACKING) & set(KAZAKH))
    assert all(any(f"U+{ord(char):04X}" in message and KAZAKH in message for message in messages)
               for char in set(LACKING) & set(KAZAKH))  # fmt: skip


# ---------------------------------------------------------------- O15, O20: what is long


def test_no_token_of_a_cell_of_many_pages_is_read_twice_or_lost() -> None:
    """O15: github.com/MISP/PyMISP/issues/368; the tree has one cell, whose parts stand on many pages."""
    tokens = [f"trade{number}" for number in range(1, 6001)]
    table = figures([("a", "1"), (" ".join(tokens), "2"), ("c", "3")])
    data = write(made_of(table), house_style())

    read = " ".join(one.text for one in spoken(data))
    assert re.findall(r"trade\d+", read) == tokens
    assert faults(data) == []


@pytest.mark.parametrize("template", ["Page {page} of {pages}", "第{page}页，共{pages}页", "{page}/{pages}"])
def test_the_number_of_pages_is_right_however_many_there_are(template: str) -> None:
    """O20: github.com/py-pdf/fpdf2/issues/1514; ten pages and more have wider numbers."""
    require("pdftotext")
    for count in (1, 3, 12):
        document = made_of(*[block for _ in range(count - 1) for block in (PageBreak(), Paragraph(said("Next")))])
        document = replace(document, furniture=replace(document.furniture, page=template, footer="R&D A & B"))
        text = re.sub(r"\s", "", shown(document))
        for number in range(1, count + 1):
            wanted = re.sub(r"\s", "", template.replace("{pages}", str(count)).replace("{page}", str(number)))
            assert text.count(wanted) >= 1
        assert text.count("R&DA&B") == count
        assert "{" not in text
