"""Headers, footers and the look of tables: what an officer changes in the house file is in Word and in PDF alike."""

import io
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from reports.document import Document, Furniture, PageBreak, Paragraph, Table
from reports.errors import HouseError
from reports.house import House, open_house
from reports.house.filling import blank, kept
from reports.writers import WRITERS
from tests.ministry_files import RED, emblem, with_emblem
from tests.package_checks import faults
from tests.pdf_documents import arabic, figures, made_of, said
from tests.pdf_structure import faults as pdf_faults
from tests.sample import sample_document
from tests.tools import house_style
from tests.validators import WORD
from tests.word_files import BODY, FOOTER, HEADER, STYLES, Change, changed, replaced, root, unpacked, words

ROOT = Path(__file__).parent.parent
FILE = ROOT / "templates" / "house" / "brief.docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SETTINGS = "word/settings.xml"
FULL = Furniture(
    "Ministry", "Internal", "Brief", "page {page} of {pages}",
    number="Brief No. 14", copy="Copy No. 3 of 10", circulated="Circulated on 21 October", department="Department",
)  # fmt: skip


def opened(folder: Path, *changes: Change) -> House:
    return open_house(changed(FILE, folder / "house.docx", *changes), house_style().fonts)


def brief(pages: int = 1, furniture: Furniture = FULL) -> Document:
    more = [block for _ in range(pages - 1) for block in (PageBreak(), Paragraph(said("Further text")))]
    return made_of(
        Paragraph(said("Text")), figures([("Exports", "5.2"), ("Imports", "3.1")]), *more, furniture=furniture
    )


def table() -> Table:
    return figures([("Exports", "5.2"), ("Imports", "3.1"), ("Balance", "2.1")])


def both(document: Document, house: House) -> tuple[bytes, bytes]:
    """The document as Word and as PDF, neither with a fault."""
    word, pdf = WRITERS["docx"].write(document, house), WRITERS["pdf"].write(document, house)
    assert faults(word) == []
    assert pdf_faults(pdf) == []
    return word, pdf


def page_words(pdf: bytes, page: int = 1) -> list[tuple[str, float, float, float]]:
    """The words of a page: text, left, right, top in points."""
    run = subprocess.run(
        ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), "-", "-"], input=pdf, capture_output=True, check=True
    )
    found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)<', run.stdout.decode())
    return [(text, float(left), float(right), float(top)) for left, top, right, text in found]


def place(pdf: bytes, text: str, page: int = 1) -> tuple[float, float, float]:
    """Left, right and top of the first word of that text."""
    return next(tuple(one[1:]) for one in page_words(pdf, page) if one[0] == text)  # type: ignore[return-value]


def code(pdf: bytes, page: int = 0) -> str:
    """The operators of a page."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return file.pages[page].Contents.read_bytes().decode("latin-1")


def lines(word: bytes, part: str) -> list[str]:
    return [words(paragraph) for paragraph in root(word, part).iter(W + "p")]


@pytest.fixture(autouse=True)
def poppler(needs: Callable[..., None]) -> None:
    needs("pdftotext", "pdftoppm")


# ---------------------------------------------------------------- what stands where


def test_every_page_is_classified_at_its_head_and_its_foot(house: House) -> None:
    word, pdf = both(brief(pages=2), house)

    for part in (HEADER, FOOTER):
        assert "Internal" in "".join(lines(word, part))
    for page in (1, 2):
        tops = [top for text, _, _, top in page_words(pdf, page) if text.upper() == "INTERNAL"]
        assert len(tops) == 2
        assert min(tops) < 60
        assert max(tops) > 780


def test_number_copy_day_and_department_stand_where_they_are_given(house: House) -> None:
    word, pdf = both(brief(), house)

    assert lines(word, HEADER) == ["Ministry\tInternal", "Department\tCirculated on 21 October"]
    assert lines(word, FOOTER) == ["Brief\tpage 1 of 1", "Brief No. 14 · Copy No. 3 of 10\tInternal"]
    shown = " ".join(text for text, *_ in page_words(pdf))
    for text in ("Brief No. 14 · Copy No. 3 of 10", "Department", "Circulated on 21 October"):
        assert text in shown


def test_what_is_not_given_leaves_neither_a_line_nor_a_dot(house: House) -> None:
    bare = replace(FULL, number="", circulated="", department="")
    word, pdf = both(brief(furniture=bare), house)

    assert lines(word, HEADER) == ["Ministry\tInternal"]
    assert lines(word, FOOTER) == ["Brief\tpage 1 of 1", "Copy No. 3 of 10\tInternal"]
    assert "·" not in [text for text, *_ in page_words(pdf)]
    assert f"{841.9 - 39.7 - 11 - 2.5:.3f} m" in code(pdf)  # the rule right below the one line


@pytest.mark.parametrize(
    ("parts", "stays"),
    [
        ("text gap empty", "100"),
        ("empty gap text", "001"),
        ("text gap empty gap text", "10011"),
        ("empty gap empty tab empty gap text", "0001001"),
        ("gap text gap", "111"),
        ("empty gap text gap empty", "00100"),
    ],
)
def test_a_dot_goes_with_the_empty_place_beside_it(parts: str, stays: str) -> None:
    assert "".join(str(int(one)) for one in kept(parts.split())) == stays  # type: ignore[arg-type]


def test_a_line_of_empty_places_goes_and_one_with_words_stays() -> None:
    assert blank(["empty", "tab", "gap", "empty"])
    assert not blank(["empty", "text"])
    assert not blank(["gap"])


# ---------------------------------------------------------------- what an officer changes


def test_words_typed_into_the_header_are_on_every_page(tmp_path: Path) -> None:
    typed = replaced(
        HEADER, "</w:hdr>", "<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:t>Astana</w:t></w:r></w:p></w:hdr>"
    )
    word, pdf = both(brief(pages=2), opened(tmp_path, typed))

    assert "Astana" in lines(word, HEADER)
    for page in (1, 2):
        left, right, top = place(pdf, "Astana", page)
        assert (left + right) / 2 == pytest.approx(595.3 / 2, abs=1)
        assert top < 75


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        (
            '<w:fldSimple w:instr=" DOCPROPERTY &quot;Department&quot; "><w:r><w:t>old</w:t></w:r></w:fldSimple>',
            "Department",
        ),
        ('<w:fldSimple w:instr=" TITLE "><w:r><w:t>old</w:t></w:r></w:fldSimple>', "Brief"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DOCPROPERTY copy </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>old</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "Copy No. 3 of 10",
        ),
    ],
)
def test_a_field_of_the_footer_says_what_the_brief_says(tmp_path: Path, field: str, shown: str) -> None:
    house = opened(tmp_path, replaced(FOOTER, "</w:ftr>", f"<w:p><w:r><w:t>now: </w:t></w:r>{field}</w:p></w:ftr>"))
    word, pdf = both(brief(), house)

    assert lines(word, FOOTER)[-1] == f"now: {shown}"
    assert f"now: {shown}" in " ".join(text for text, *_ in page_words(pdf))


def test_a_page_field_of_the_footer_counts(tmp_path: Path) -> None:
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>9</w:t></w:r></w:fldSimple>'
    house = opened(tmp_path, replaced(FOOTER, "</w:ftr>", f"<w:p><w:r><w:t>sheet </w:t></w:r>{field}</w:p></w:ftr>"))
    _, pdf = both(brief(pages=2), house)

    for page in (1, 2):
        assert f"sheet {page}" in " ".join(text for text, *_ in page_words(pdf, page))


def test_a_field_that_no_brief_answers_is_told(tmp_path: Path) -> None:
    field = '<w:fldSimple w:instr=" FILENAME "><w:r><w:t>letter.dotx</w:t></w:r></w:fldSimple>'
    house = opened(tmp_path, replaced(FOOTER, "</w:ftr>", f"<w:p>{field}</w:p></w:ftr>"))

    assert ["FILENAME" in str(problem) for problem in house.problems] == [True]


@pytest.mark.parametrize(("kind", "share"), [("center", 0.5), ("right", 1.0), ("left", 0.0)])
def test_a_tab_stop_holds_its_text(tmp_path: Path, kind: str, share: float) -> None:
    stop = f"<w:p><w:pPr><w:tabs><w:tab w:val='{kind}' w:pos='4000'/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r>"
    line = f"{stop}<w:r><w:tab/></w:r><w:r><w:t>stopped</w:t></w:r></w:p></w:hdr>"
    _, pdf = both(brief(), opened(tmp_path, replaced(HEADER, "</w:hdr>", line)))

    left, right, _ = place(pdf, "stopped")
    assert left + share * (right - left) == pytest.approx(68 + 200, abs=1)


def test_a_short_text_leaves_the_middle_stop_to_the_next(tmp_path: Path) -> None:
    tabs = "<w:tab w:val='center' w:pos='4000'/><w:tab w:val='right' w:pos='8000'/>"
    words_of = "".join(
        f"<w:r><w:t>{text}</w:t></w:r>" for text in ("left", "</w:t><w:tab/><w:t>middle", "</w:t><w:tab/><w:t>end")
    )
    line = f"<w:p><w:pPr><w:tabs>{tabs}</w:tabs></w:pPr>{words_of}</w:p></w:hdr>"
    _, pdf = both(brief(), opened(tmp_path, replaced(HEADER, "</w:hdr>", line)))

    left, right, _ = place(pdf, "middle")
    assert (left + right) / 2 == pytest.approx(68 + 200, abs=1)
    assert place(pdf, "end")[1] == pytest.approx(68 + 400, abs=1)


def test_the_look_of_a_run_reaches_both(tmp_path: Path) -> None:
    run = '<w:p><w:r><w:rPr><w:b/><w:color w:val="117733"/><w:sz w:val="30"/></w:rPr><w:t>Europe</w:t></w:r></w:p>'
    word, pdf = both(brief(), opened(tmp_path, replaced(HEADER, "</w:hdr>", f"{run}</w:hdr>")))

    assert b'w:val="117733"' in unpacked(word)[HEADER]
    assert "0.067 0.467 0.200 rg" in code(pdf)
    assert re.search(r" 15 Tf", code(pdf))


def test_margins_and_the_distance_of_the_header_move_both(tmp_path: Path) -> None:
    wide = replaced(BODY, 'w:left="1360" w:header="794"', 'w:left="2000" w:header="400"')
    word, pdf = both(brief(), opened(tmp_path, wide))

    assert b'w:left="2000"' in unpacked(word)[BODY]
    left, _, top = place(pdf, "Ministry")
    assert left == pytest.approx(100, abs=1)
    assert top == pytest.approx(20, abs=4)
    assert place(pdf, "Text")[0] == pytest.approx(100, abs=1)
    assert max(right for _, _, right, _ in page_words(pdf)) < 595.3 - 68 + 1


def test_the_rule_of_the_header_takes_its_colour_and_stands_once_below_two_lines(tmp_path: Path) -> None:
    red = replaced(STYLES, '(w:styleId="Header">.*?w:color=")0B3C5D', r"\g<1>FF0000")
    _, pdf = both(brief(), opened(tmp_path, red))

    assert code(pdf).count("1 0 0 RG") == 1


# ---------------------------------------------------------------- pages of their own

FIRST = "word/header9.xml"
FIRST_XML = (
    '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>Letterhead</w:t></w:r>'
    '<w:r><w:tab/></w:r><w:sdt><w:sdtPr><w:tag w:val="classification"/></w:sdtPr><w:sdtContent><w:r><w:t>c</w:t></w:r>'
    "</w:sdtContent></w:sdt></w:p></w:hdr>"
)
HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"


def own_header(kind: str) -> Change:
    """A header for the first page or for even ones, with what switches it on."""

    def change(parts: dict[str, bytes]) -> None:
        parts[FIRST] = FIRST_XML.encode()
        override = f'<Override PartName="/{FIRST}" ContentType="{HEADER_TYPE}"/></Types>'
        replaced("[Content_Types].xml", "</Types>", override)(parts)
        relation = (
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header9.xml"'
        )
        replaced(
            "word/_rels/document.xml.rels", "</Relationships>", f'<Relationship Id="rId9" {relation}/></Relationships>'
        )(parts)
        reference = f'<w:headerReference w:type="{kind}" r:id="rId9"/>'
        replaced(BODY, '<w:headerReference w:type="default"', f'{reference}<w:headerReference w:type="default"')(parts)
        if kind == "first":
            replaced(BODY, "(<w:cols [^>]*/>)", r"\1<w:titlePg/>")(parts)
            replaced(BODY, "(<w:footerReference )", r'<w:footerReference w:type="first" r:id="rId11"/>\1')(parts)
        else:
            replaced(SETTINGS, "(<w:characterSpacingControl)", r"<w:evenAndOddHeaders/>\1")(parts)
            replaced(BODY, "(<w:footerReference )", r'<w:footerReference w:type="even" r:id="rId11"/>\1')(parts)

    return change


@pytest.mark.parametrize(("kind", "pages"), [("first", {1}), ("even", {2})])
def test_pages_have_the_header_of_their_kind(tmp_path: Path, kind: str, pages: set[int]) -> None:
    house = opened(tmp_path, own_header(kind))
    word, pdf = both(brief(pages=3), house)

    assert house.problems == ()
    assert "Letterhead" in lines(word, FIRST)[0]
    for page in (1, 2, 3):
        shown = {text for text, *_ in page_words(pdf, page)}
        assert ("Letterhead" in shown, "Ministry" in shown) == (page in pages, page not in pages)
        assert len({"INTERNAL", "Internal"} & shown) >= 1


def test_a_tall_letterhead_takes_room_from_the_first_page_alone(tmp_path: Path) -> None:
    tall = "<w:p><w:r><w:t>tall</w:t></w:r></w:p>" * 12
    house = opened(tmp_path, own_header("first"), replaced(FIRST, "</w:hdr>", f"{tall}</w:hdr>"))
    _, pdf = both(made_of(*(Paragraph(said(f"Line {number}")) for number in range(60)), furniture=FULL), house)

    lowest = max(top for text, _, _, top in page_words(pdf) if text == "tall")
    assert place(pdf, "Brief")[2] > lowest + 10
    assert max(top for text, _, _, top in page_words(pdf) if text == "Line") < 841.9 - 68 - 8
    assert place(pdf, "Line", 2)[2] < 100


def test_mirrored_margins_change_sides_on_even_pages(tmp_path: Path) -> None:
    wide = replaced(BODY, 'w:left="1360"', 'w:left="2400"')
    mirrored = replaced(SETTINGS, "(<w:zoom [^>]*/>)", r"\1<w:mirrorMargins/>")
    word, pdf = both(brief(pages=3), opened(tmp_path, wide, mirrored))

    assert b"<w:mirrorMargins/>" in unpacked(word)[SETTINGS]
    lefts = [place(pdf, "Ministry", page)[0] for page in (1, 2, 3)]
    assert lefts == pytest.approx([120, 68, 120], abs=1)
    assert place(pdf, "Further", 2)[0] == pytest.approx(68, abs=1)


def test_a_document_from_right_to_left_begins_at_the_margin_of_the_left(tmp_path: Path) -> None:
    house = opened(tmp_path, replaced(BODY, 'w:left="1360"', 'w:left="2400"'))
    word, pdf = both(arabic(), house)

    margins = root(word).find(f".//{W}sectPr/{W}pgMar")
    assert (margins.get(W + "left"), margins.get(W + "right")) == ("1361", "2400")
    assert max(right for _, _, right, _ in page_words(pdf)) == pytest.approx(595.3 - 120, abs=3)


# ---------------------------------------------------------------- the emblem


@pytest.mark.parametrize("floating", [False, True])
@pytest.mark.parametrize("blob", [emblem(), emblem(opacity=128), emblem("JPEG")], ids=["png", "clear", "jpeg"])
def test_an_emblem_is_drawn_at_its_size_and_place(tmp_path: Path, floating: bool, blob: bytes) -> None:
    house = opened(tmp_path, lambda parts: with_emblem(parts, floating, blob))
    word, pdf = both(brief(pages=2), house)

    assert unpacked(word)["word/media/emblem.png"] == blob
    assert house.problems == ()
    drawn = re.findall(r"q 60 0 0 30 ([\d.]+) ([\d.]+) cm /P\w+ Do Q", code(pdf))
    assert len(drawn) == 1
    left, bottom = map(float, drawn[0])
    assert left == pytest.approx(100 if floating else 68, abs=0.1)
    assert 841.9 - bottom == pytest.approx(40 if floating else 39.7 + 30, abs=0.5)
    assert "/Alt(Emblem of the ministry)" in code(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pictures = [picture for page in file.pages for picture in page.Resources.XObject.values()]
        assert len({picture.objgen for picture in pictures}) == 1
        assert ("/SMask" in pictures[0]) == (blob == emblem(opacity=128))


def test_the_pixels_of_an_emblem_are_on_the_page(tmp_path: Path) -> None:
    house = opened(tmp_path, lambda parts: with_emblem(parts, floating=True))
    path = tmp_path / "brief.pdf"
    path.write_bytes(WRITERS["pdf"].write(brief(), house))
    subprocess.run(["pdftoppm", "-r", "72", "-png", "-singlefile", path, tmp_path / "page"], check=True)

    with Image.open(tmp_path / "page.png") as page:
        assert page.convert("RGB").getpixel((130, 25)) == RED
        assert page.convert("RGB").getpixel((165, 25)) == (255, 255, 255)


def test_emblems_and_charts_have_ids_of_their_own(tmp_path: Path) -> None:
    house = opened(tmp_path, with_emblem, lambda parts: with_emblem(parts, part=FOOTER))
    data = WRITERS["docx"].write(sample_document(), house)

    assert WORD["audit"](data) == []
    ids = re.findall(rb'<wp:docPr[^>]* id="(\d+)"', b"".join(unpacked(data).values()))
    assert len(ids) > 2
    assert len(ids) == len(set(ids))


def lost(parts: dict[str, bytes]) -> None:
    with_emblem(parts)
    del parts["word/media/emblem.png"]


def linked(parts: dict[str, bytes]) -> None:
    with_emblem(parts)
    outside = 'Target="file:///etc/passwd" TargetMode="External"'
    replaced("word/_rels/header1.xml.rels", 'Target="[^"]*"', outside)(parts)


def animated(parts: dict[str, bytes]) -> None:
    with_emblem(parts, blob=b"GIF89a" + bytes(20))


@pytest.mark.parametrize(
    ("change", "said_of_it"),
    [(animated, "neither PNG nor JPEG"), (lost, "not in the file"), (linked, "not in the file")],
)
def test_an_emblem_that_cannot_be_drawn_is_told(tmp_path: Path, change: Change, said_of_it: str) -> None:
    house = opened(tmp_path, change)

    assert [problem.severity for problem in house.problems] == ["warning"]
    assert said_of_it in str(house.problems[0])


def test_a_picture_of_too_many_pixels_is_not_opened(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("1", (8000, 8000)).save(buffer, "PNG")
    house = opened(tmp_path, lambda parts: with_emblem(parts, blob=buffer.getvalue()))

    assert "8000 × 8000 pixels" in str(house.problems[0])


# ---------------------------------------------------------------- tables

HEAD = '(w:styleId="BriefTable">.*?<w:tblStylePr w:type="firstRow">.*?<w:tcPr><w:tcBorders>.*?</w:tcBorders>)'
BANDED = (
    '</w:tblStylePr><w:tblStylePr w:type="band1Horz"><w:tblPr/><w:tcPr><w:shd w:val="clear" w:color="auto" '
    'w:fill="EEF4EE"/></w:tcPr></w:tblStylePr></w:style><w:style w:type="table" w:customStyle="1" '
    'w:styleId="BriefPanels">'
)


def test_the_fill_of_a_table_head_is_in_both(tmp_path: Path) -> None:
    filled = replaced(STYLES, HEAD, r'\1<w:shd w:val="clear" w:color="auto" w:fill="DDE8F0"/>')
    house = opened(tmp_path, filled)
    word, pdf = both(brief(), house)

    assert b'w:fill="DDE8F0"' in unpacked(word)[STYLES]
    assert house.problems == ()
    assert code(pdf).count("0.867 0.910 0.941 rg") == 1


def test_bands_fill_every_other_row_in_both(tmp_path: Path) -> None:
    ends = '</w:tblStylePr></w:style><w:style w:type="table" w:customStyle="1" w:styleId="BriefPanels">'
    house = opened(tmp_path, replaced(STYLES, ends, BANDED))
    word, pdf = both(made_of(table()), house)

    assert root(word).find(f".//{W}tblLook").get(W + "noHBand") == "0"
    boxes = re.findall(r"\d+\.?\d* ([\d.]+) [\d.]+ ([\d.]+) re f", code(pdf))
    assert len(boxes) == 2  # the first and the third of three rows
    (upper, height), (lower, _) = [(float(bottom), float(tall)) for bottom, tall in boxes]
    assert upper - lower == pytest.approx(2 * height, abs=0.5)


def test_rules_between_rows_and_columns_are_in_both(tmp_path: Path, house: House) -> None:
    inside = replaced(
        STYLES,
        '(w:styleId="BriefTable">.*?<w:bottom [^>]*/>)',
        r'\1<w:insideH w:val="single" w:sz="4" w:space="0" w:color="00FF00"/>'
        r'<w:insideV w:val="single" w:sz="4" w:space="0" w:color="0000FF"/>',
    )
    _, plain_pdf = both(made_of(table()), house)
    _, pdf = both(made_of(table()), opened(tmp_path, inside))

    strokes = {name: code(data).count(" l S") for name, data in (("plain", plain_pdf), ("ruled", pdf))}
    assert "0 1 0 RG" in code(pdf)
    assert "0 0 1 RG" in code(pdf)
    assert strokes["ruled"] - strokes["plain"] == 2 + 4  # between three rows; one column edge beside four rows


# ---------------------------------------------------------------- trust


def test_no_house_file_brings_macros(tmp_path: Path) -> None:
    with pytest.raises(HouseError, match="carries macros"):
        opened(tmp_path, lambda parts: parts.update({"word/vbaProject.bin": b"x"}))


def test_the_template_of_a_template_is_left_out(tmp_path: Path) -> None:
    attached = '<w:attachedTemplate r:id="rId1"/>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{kind}" Target="file:///Z:/letter.dotm" TargetMode="External"/></Relationships>'
    )
    house = opened(
        tmp_path,
        replaced(SETTINGS, "(<w:zoom [^>]*/>)", rf"\1{attached}"),
        lambda parts: parts.update({"word/_rels/settings.xml.rels": relations.encode()}),
    )
    word, _ = both(brief(), house)

    assert b"letter.dotm" not in b"".join(unpacked(word).values())


def test_a_file_that_unpacks_to_far_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.house.unpacking.MOST_BYTES", 1000)
    with pytest.raises(HouseError, match="more than 1000 bytes"):
        opened(tmp_path)
