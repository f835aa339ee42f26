"""The house style: what an officer changes in Word is what every writer sees, and nothing is dropped unsaid."""

from pathlib import Path

import pytest

from reports.errors import HouseError
from reports.house import House, open_house
from reports.house.theme import PARAGRAPHS, STAND_INS
from reports.house.theme import STYLES as NAMES
from tests.validators import WORD
from tests.word_files import BODY, FOOTER, HEADER, STYLES, Change, changed, packed, replaced, unpacked

ROOT = Path(__file__).parent.parent
FILE, FONTS = ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts"
HEADING = 'w:styleId="Heading1">.*?'


def opened(folder: Path, *changes: Change) -> House:
    return open_house(changed(FILE, folder / "house.docx", *changes), FONTS)


def without(name: str) -> Change:
    return lambda parts: parts.__delitem__(name)


def test_the_house_style_has_every_style_and_nothing_is_lost(house: House) -> None:
    assert set(house.theme.styles) == {*NAMES, *PARAGRAPHS, *STAND_INS}
    assert house.problems == ()


@pytest.mark.parametrize("name", WORD)
def test_the_house_style_opens_clean(name: str) -> None:
    assert WORD[name](FILE.read_bytes()) == []


def test_a_new_colour_of_headings_reaches_the_theme(tmp_path: Path, house: House) -> None:
    made = opened(tmp_path, replaced(STYLES, f'({HEADING}<w:color w:val=")0B3C5D', r"\g<1>AA3300"))

    assert house.theme.styles["Heading 1"].color == "0B3C5D"
    assert {made.theme.styles[f"Heading {level}"].color for level in (1, 2, 3)} == {"AA3300"}
    assert made.theme.styles["Title"].color == "0B3C5D"


def test_a_colour_of_the_theme_is_resolved(tmp_path: Path) -> None:
    themed = replaced(STYLES, f'({HEADING}<w:color w:val="0B3C5D")', r'\g<1> w:themeColor="accent2"')
    tinted = replaced(STYLES, f'({HEADING}<w:color w:val="0B3C5D")', r'\g<1> w:themeColor="accent2" w:themeTint="99"')

    assert opened(tmp_path, themed).theme.styles["Heading 1"].color == "1B5784"
    assert opened(tmp_path, tinted).theme.styles["Heading 1"].color == "0B3C5D"


def test_a_font_of_the_theme_beats_the_one_beside_it(tmp_path: Path) -> None:
    made = opened(tmp_path, replaced(STYLES, '<w:rFonts w:ascii="Noto Serif"', r'\g<0> w:asciiTheme="majorHAnsi"'))

    assert made.theme.styles["Normal"].font == "Noto Sans"


def test_a_style_inherits_what_it_does_not_say(house: House) -> None:
    part, text = house.theme.styles["Table Part"], house.theme.styles["Table Text"]

    assert (part.font, part.size, part.color) == (text.font, text.size, text.color)
    assert part.left > text.left


def test_single_spacing_is_the_line_of_the_font(tmp_path: Path) -> None:
    multiple = replaced(STYLES, '(w:styleId="Normal">.*?)w:line="300" w:lineRule="atLeast"', r'\1w:line="360"')

    made = opened(tmp_path, multiple)

    assert made.theme.styles["Normal"].leading == pytest.approx(
        10.5 * 1.362 * 1.5, abs=0.01
    )  # Noto Serif: 1.069 + 0.293


def test_exact_spacing_is_taken_as_it_is(tmp_path: Path) -> None:
    exact = replaced(
        STYLES, '(w:styleId="Normal">.*?)w:line="300" w:lineRule="atLeast"', r'\1w:line="200" w:lineRule="exact"'
    )

    assert opened(tmp_path, exact).theme.styles["Normal"].leading == 10


def test_rules_padding_and_tint_come_from_the_table_styles(tmp_path: Path, house: House) -> None:
    thick = replaced(STYLES, '(w:styleId="BriefTable">.*?<w:top w:val="single" w:sz=")8', r"\g<1>24")
    tint = replaced(STYLES, 'w:fill="EDF2F7"', 'w:fill="FFEECC"')
    made = opened(tmp_path, thick, tint)

    assert (house.theme.table.top, made.theme.table.top) == ((1.0, "0B3C5D"), (3.0, "0B3C5D"))
    assert made.theme.table.inner[0] > 0
    assert made.theme.panel.shade == made.theme.styles["Panel Number"].shade == "FFEECC"


def test_the_page_is_that_of_the_file(tmp_path: Path, house: House) -> None:
    made = opened(tmp_path, replaced(BODY, 'w:top="1474"', 'w:top="2000"'))

    assert (round(house.theme.page.width), round(house.theme.page.height)) == (595, 842)  # A4
    assert made.theme.page.top == 100


def test_charts_take_the_accents_of_the_theme(tmp_path: Path, house: House) -> None:
    made = opened(tmp_path, replaced("word/theme/theme1.xml", '(<a:accent1><a:srgbClr val=")0B3C5D', r"\g<1>112233"))

    assert made.theme.chart.series[0] == "112233"
    assert len(house.theme.chart.series) > 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (replaced(STYLES, f"({HEADING}<w:rPr>)", r"\1<w:smallCaps/>"), "style Heading 1: w:smallCaps"),
        (replaced(STYLES, f"({HEADING}<w:keepLines/>)", r'\1<w:pBdr><w:right w:val="single"/></w:pBdr>'), "pBdr/right"),
        (
            replaced(STYLES, '(w:styleId="BriefTable">.*?)(<w:bottom )', r'\1<w:tl2br w:val="single"/>\2'),
            "border tl2br",
        ),
        (replaced(BODY, '<w:cols w:space="708"/>', '<w:cols w:num="2"/>'), "text in columns"),
        (replaced(HEADER, "<w:r><w:tab/></w:r>", "<w:r><w:sym/><w:tab/></w:r>"), "header1.xml: w:sym"),
        (replaced(STYLES, 'w:ascii="Noto Serif"', 'w:ascii="Garamond"'), "Garamond"),
        (replaced(HEADER, '<w:tag w:val="issuer"/>', ""), "no place for the issuer"),
    ],
)
def test_what_only_word_can_show_is_said(tmp_path: Path, change: Change, said: str) -> None:
    problems = opened(tmp_path, change).problems

    assert {problem.severity for problem in problems} == {"warning"}
    assert said in str(problems[0])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (replaced(STYLES, '<w:name w:val="Lead"/>', '<w:name w:val="Leader"/>'), "no style Lead"),
        (
            lambda parts: (
                [replaced(one, '<w:tag w:val="classification"/>', "")(parts) for one in (HEADER, FOOTER)] and None
            ),
            "no place for the classification",
        ),
        (
            replaced(BODY, "<w:cols ", "<w:titlePg/><w:cols "),
            "no place for the classification in a header or footer of first",
        ),
        (replaced(STYLES, "</w:styles>", ""), "not well-formed"),
        (replaced(STYLES, 'w:val="21"', 'w:val="wide"'), "a number of a style cannot be read"),
        (replaced(BODY, "<w:sectPr>.*</w:sectPr>", ""), "no paper"),
        (replaced("word/theme/theme1.xml", "<a:accent1>.*</a:accent4>", ""), "no colours"),
        (replaced(STYLES, '(w:styleId="Sources">.*?)<w:numPr>.*?</w:numPr>', r"\1"), "style Sources has no list"),
        (without(STYLES), "word/styles.xml not in it"),
    ],
)
def test_a_house_style_that_cannot_be_used_is_refused(tmp_path: Path, change: Change, said: str) -> None:
    with pytest.raises(HouseError) as caught:
        opened(tmp_path, change)

    assert said in str(caught.value)


@pytest.mark.parametrize(("blob", "said"), [(None, "cannot be read"), (b"no zip", "no Word document")])
def test_a_file_that_is_no_word_file_is_refused(tmp_path: Path, blob: bytes | None, said: str) -> None:
    path = tmp_path / "house.docx"
    if blob is not None:
        path.write_bytes(blob)

    with pytest.raises(HouseError, match=said):
        open_house(path, FONTS)


def test_a_damaged_member_of_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "house.docx"
    data = packed(unpacked(FILE.read_bytes()))
    place = data.index(b"<w:docDefaults>")
    path.write_bytes(data[:place] + b"!" + data[place + 1 :])

    with pytest.raises(HouseError, match="no Word document"):
        open_house(path, FONTS)
