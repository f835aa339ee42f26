"""Fields and structure: contents and their pages, footnotes, references to tables, properties, page of pages."""

import io
import os
import re
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from lxml import etree

from reports.cli import main
from reports.document import (
    Block,
    Caption,
    Citation,
    Contents,
    CrossReference,
    Document,
    Footnote,
    Furniture,
    Heading,
    Mark,
    PageBreak,
    Panel,
    Panels,
    Paragraph,
    Row,
    Run,
    SourceEntry,
    Sources,
    Table,
    footnotes,
    headings,
    plain,
)
from reports.editions.word_figures import differences
from reports.errors import OutputError, WordingError
from reports.house import House, open_house
from reports.language import read_language
from reports.paging import paged
from reports.wording.catalogs import read_catalog
from reports.wording.finishing import finished
from reports.writers.html import write as write_html
from reports.writers.pdf import pages_of
from reports.writers.pdf import write as write_pdf
from reports.writers.text import write as write_text
from reports.writers.word import write as write_word
from tests.package_checks import faults
from tests.pdf_documents import made_of, said
from tests.pdf_structure import faults as structure_faults
from tests.pdf_structure import kinds
from tests.reading import docx_parts, squashed
from tests.sample import sample_document
from tests.strategies import documents
from tests.tools import LANGUAGES, brief_files, exhaustive, require
from tests.validators import WORD, converted
from tests.word_files import BODY, FOOTER, HEADER, STYLES, W, changed, packed, replaced, root, unpacked, words

ROOT = Path(__file__).parent.parent
FONTS = ROOT / "fonts"
NOTES = "word/footnotes.xml"
CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"


def sections(count: int) -> tuple[Block, ...]:
    """Sections that fill pages unevenly."""
    found: list[Block] = []
    for number in range(1, count + 1):
        found += [Heading(said(f"Section {number}"), 2), Heading(said(f"Part {number}"), 3)]
        found += [Paragraph(said(f"Sentence {number}. " * 30))] * (number % 4 + 1)
    return tuple(found)


def listed(depth: int = 2) -> Document:
    return made_of(Paragraph(said("First page"), "lead"), Contents(said("Contents"), depth), *sections(14))


def noted(*texts: str) -> Document:
    """A paragraph for each note, and behind the last a second mark of the first."""
    paragraphs = [
        Paragraph((Run(f"Sentence {number}"), Footnote(number, (Run(text),)), Run(".")))
        for number, text in enumerate(texts, 1)
    ]
    return made_of(*paragraphs, Paragraph((Run("Again"), Footnote(1), Run("."))))


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


# ---------------------------------------------------------------- contents in PDF


def destinations(data: bytes) -> dict[str, int]:
    """The page of each named place, from 1."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        order: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return {str(name)[1:]: order[place[0].objgen] for name, place in pdf.Root.get("/Dests", {}).items()}


def printed_contents(data: bytes) -> dict[str, str]:
    """The words of each line of the contents and the page that stands behind them."""
    found = re.findall(r"^(\S.*?)[ .\u00a0]{3,}(\d+)$", "\n".join(pages(data)), re.MULTILINE)
    return dict(found)


def test_a_pdf_prints_the_page_on_which_each_heading_stands(house: House) -> None:
    data = write_pdf(listed(), house)
    printed = printed_contents(data)
    where = {
        plain(heading.text): next(number for number, text in enumerate(pages(data), 1)
                                  if re.search(rf"^{plain(heading.text)}$", text, re.MULTILINE))
        for _, heading in headings(listed().blocks)
    }  # fmt: skip

    assert len(printed) == 28
    assert {name: int(page) for name, page in printed.items()} == where
    assert len(set(where.values())) > 3


def test_each_line_of_the_contents_leads_to_its_heading(house: House) -> None:
    data = write_pdf(listed(), house)

    places = destinations(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = {str(link.Dest)[1:] for page in pdf.pages for link in page.get("/Annots", [])}
    assert links == {f"section-{number}" for number in range(1, 29)}
    assert [places[f"section-{number}"] for number in range(1, 29)] == list(pages_of(listed(), house, 2))
    assert places["section-1"] < places["section-28"]


def test_a_deeper_level_is_a_list_in_the_item_above_it(house: House) -> None:
    found = [kind for kind in kinds(write_pdf(listed(), house)) if kind.split()[1] in ("TOC", "TOCI", "Link")]

    assert found[:7] == ["1 TOC", "2 TOCI", "4 Link", "3 TOC", "4 TOCI", "6 Link", "2 TOCI"]


def test_no_line_of_the_contents_stands_alone_on_a_page(house: House) -> None:
    for count in range(22, 30):  # one of them would leave the last line to the next page
        blocks = (*[Paragraph(said("A line."))] * count, Contents(said("Contents"), 1), *sections(9))
        listed = [len(re.findall(r"^Section \d+[ .\u00a0]{3,}", text, re.MULTILINE))
                  for text in pages(write_pdf(made_of(*blocks), house))]  # fmt: skip

        assert sum(listed) == 9
        assert 1 not in listed


def test_contents_of_one_level_list_sections_alone(house: House) -> None:
    assert all(name.startswith("Section") for name in printed_contents(write_pdf(listed(1), house)))
    assert len(pages_of(listed(1), house, 1)) == 14


@settings(max_examples=30 if exhaustive() else 8)
@given(document=documents())
def test_the_pages_of_any_document_are_those_where_its_headings_are(house: House, document: Document) -> None:
    places = destinations(write_pdf(document, house))
    numbers = [number for number, _ in headings(document.blocks)]

    assert [places[f"section-{number}"] for number in numbers] == list(pages_of(document, house, 9))


# ---------------------------------------------------------------- contents in Word and elsewhere


def numbered(document: Document, *, settled: bool = False) -> Document:
    blocks = (
        replace(block, pages=tuple(range(1, 29)), settled=settled) if isinstance(block, Contents) else block
        for block in document.blocks
    )
    return replace(document, blocks=tuple(blocks))


def test_word_has_the_contents_as_a_field_filled_in_with_links_and_pages(house: House) -> None:
    data = write_word(numbered(listed()), house)
    (control,) = root(data).iter(W + "sdt")
    lines = list(control.iter(W + "p"))[1:]
    marks = {mark.get(W + "name"): words(mark.getparent()) for mark in root(data).iter(W + "bookmarkStart")}

    assert control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery").get(W + "val") == "Table of Contents"
    assert [words(line).lstrip() for line in lines[:3]] == ["Section 1\t1", "Part 1\t2", "Section 2\t3"]
    anchors = [line.find(W + "hyperlink").get(W + "anchor") for line in lines]
    expected = [f"{marks[anchor]}\t{number}" for number, anchor in enumerate(anchors, 1)]
    assert [words(line).lstrip() for line in lines] == expected
    codes = [code.text.split() for code in control.iter(W + "instrText")]
    assert codes[0] == ["TOC", "\\o", '"1-2"', "\\h", "\\z", "\\u"]
    assert [code[1] for code in codes[1:]] == anchors
    assert faults(data) == []


def test_word_is_asked_to_renew_only_the_pages_of_another_layout(house: House) -> None:
    def dirty(document: Document) -> list[str | None]:
        return [mark.get(W + "dirty") for mark in root(write_word(document, house)).iter(W + "fldChar")]

    assert [mark for mark in dirty(numbered(listed())) if mark] == ["true"]
    assert not any(dirty(numbered(listed(), settled=True)))
    settings_part = unpacked(write_word(numbered(listed()), house))["word/settings.xml"]
    assert b"updateFields" not in settings_part  # Word would ask the reader


def test_a_document_without_contents_is_not_laid_out_for_word(house: House) -> None:
    document = sample_document()

    assert paged(document, house) is document


def test_a_house_file_without_the_styles_of_contents_and_notes_works(tmp_path: Path, house: House) -> None:
    lacking = changed(
        house.path,
        tmp_path / "house.docx",
        *(replaced(STYLES, rf'<w:style [^>]*w:styleId="{name}">.*?</w:style>', "") for name in
          ("TOCHeading", "TOC1", "TOC2", "FootnoteText", "FootnoteReference")),
    )  # fmt: skip
    other = open_house(lacking, FONTS)
    document = replace(listed(), blocks=(*listed().blocks, *noted("one", "two").blocks[1:]))

    assert other.problems == ()
    data = write_word(document, other)
    assert faults(data) == []
    assert WORD["audit"](data) == []
    assert len(printed_contents(write_pdf(document, other))) == 28


def test_html_and_text_list_the_headings_without_pages(house: House) -> None:
    page = write_html(listed(), house).decode()
    text = write_text(listed(), None).decode()

    assert re.findall(r'<a href="#(section-\d+)">', page) == [f"section-{number}" for number in range(1, 29)]
    assert all(page.count(f'id="section-{number}"') == 1 for number in range(1, 29))
    assert "\nContents\n  Section 1\n    Part 1\n  Section 2\n" in text


def test_a_list_of_contents_stands_only_where_there_is_enough_to_list() -> None:
    blocks = (Contents(said("Contents"), 1), *sections(3))

    assert finished(blocks, 3, sources_as_notes=False) == blocks
    assert finished(blocks, 4, sources_as_notes=False) == blocks[1:]


# ---------------------------------------------------------------- LibreOffice counts


def test_the_pages_that_libreoffice_counts_are_those_of_its_layout(tmp_path: Path, house: House) -> None:
    require("soffice")
    document = paged(listed(), house, FONTS)
    (contents,) = (block for block in document.blocks if isinstance(block, Contents))
    laid_out = pages(converted(write_word(document, house), tmp_path).read_bytes())

    def page(title: str) -> int:
        return next(number for number, text in enumerate(laid_out, 1) if re.search(rf"^{title} ?$", text, re.MULTILINE))

    expected = [page(plain(heading.text)) for _, heading in headings(document.blocks)]
    assert list(contents.pages) == expected
    assert contents.settled
    assert re.findall(r"^(?:Section|Part) \d+[ .]+(\d+) ?$", laid_out[0], re.MULTILINE) == list(map(str, expected))


@pytest.mark.parametrize(("script", "told"), [("", "not on this machine"), ("#!/bin/sh\nexit 7\n", "exit status 7")])
def test_a_machine_without_libreoffice_is_told(
    tmp_path: Path, house: House, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    if script:
        program = tmp_path / "soffice"
        program.write_text(script, encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path) + (os.pathsep + "/bin" if script else ""))

    with pytest.raises(OutputError) as caught:
        paged(listed(), house, FONTS)

    (problem,) = caught.value.problems
    assert told in problem.message
    assert "--page-numbers" in problem.hint


def test_an_order_with_page_numbers_and_no_libreoffice_fails_with_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert main(["brief", "LU", "--as-of", "2025-10-20", "--page-numbers", "--out", str(tmp_path / "out")]) == 1
    assert "soffice: not on this machine" in capsys.readouterr().err
    assert brief_files(tmp_path / "out") == []


# ---------------------------------------------------------------- footnotes


def test_word_has_footnotes_in_a_part_of_their_own(house: House) -> None:
    link = Run("a page", link="https://example.org/?a=1&b=2")
    document = made_of(
        Paragraph((Run("One"), Footnote(1, (Run("First "), link)), Run(", two"), Footnote(2, (Run("Second"),)))),
        Paragraph((Run("Again"), Footnote(1))),
    )
    data = write_word(document, house)
    notes = [note for note in root(data, NOTES) if note.get(W + "type") is None]

    assert [words(note).strip() for note in notes] == ["First a page", "Second"]
    assert [mark.get(W + "id") for mark in root(data).iter(W + "footnoteReference")] == ["1", "2"]
    (again,) = [code.text.split() for code in root(data).iter(W + "instrText")]
    assert again == ["NOTEREF", "_n1", "\\f", "\\h"]
    (related,) = root(data, "word/_rels/footnotes.xml.rels")
    assert related.get("Target") == "https://example.org/?a=1&b=2"
    order = [etree.QName(child).localname for child in root(data, "word/settings.xml")]
    assert order.index("footnotePr") + 1 == order.index("compat")
    assert "word/endnotes.xml" not in unpacked(data)
    assert [WORD[judge](data) for judge in ("audit", "own")] == [[], []]


def test_a_figure_in_a_note_is_found_unchanged(house: House) -> None:
    note = Footnote(1, (Run("Of which "), Run("19.54", figure="trade.turnover@2024")))
    data = write_word(made_of(Paragraph((Run("One"), note))), house)
    parts = unpacked(data)
    parts[NOTES] = parts[NOTES].replace(b"19.54", b"20")

    assert differences(data, "brief.docx") == ()
    assert [(one.made, one.now) for one in differences(packed(parts), "brief.docx")] == [("19.54", "20")]


def test_a_word_file_without_notes_has_no_part_for_them(house: House) -> None:
    assert NOTES not in unpacked(write_word(made_of(Paragraph(said("One"))), house))


def test_a_house_file_with_footnotes_of_its_own_is_filled_anew(tmp_path: Path, house: House) -> None:
    """Word writes the part into every file that has ever had a note."""
    own = unpacked(write_word(noted("of the house"), house))
    kept = {name: blob for name, blob in own.items() if "customXml" not in name}
    kept |= {name: unpacked(house.path.read_bytes())[name] for name in (BODY, HEADER, FOOTER)}
    path = tmp_path / "house.docx"
    path.write_bytes(packed(kept))
    data = write_word(noted("of the brief"), open_house(path, FONTS))

    assert "of the house" not in words(root(data, NOTES))
    assert docx_parts(data)["[Content_Types].xml"].count(b"/word/footnotes.xml") == 1
    assert docx_parts(data)["word/_rels/document.xml.rels"].count(b"footnotes.xml") == 1


FAULTS = {
    "separator": replaced(NOTES, '<w:footnote w:type="separator".*?</w:footnote>', ""),
    "separator not named": replaced("word/settings.xml", '<w:footnote w:id="0"/>', ""),
    "note without a mark": replaced(BODY, '<w:footnoteReference w:id="2"/>', ""),
    "mark without a note": replaced(NOTES, '<w:footnote w:id="2">.*?</w:footnote>', ""),
    "note without a number": replaced(NOTES, "<w:footnoteRef/>", ""),
    "number of no note": replaced(BODY, "NOTEREF _n1", "NOTEREF _n9"),
    "page of another heading": replaced(BODY, "PAGEREF _Toc00000001", "PAGEREF _Toc00000002"),
    "page of no heading": replaced(BODY, "_Toc00000003", "_Toc99999999"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str, house: House) -> None:
    document = replace(listed(), blocks=(*listed().blocks, *noted("one", "two").blocks[1:]))
    parts = unpacked(write_word(document, house))
    assert faults(packed(parts)) == []

    FAULTS[fault](parts)

    assert faults(packed(parts)) != []


def test_a_note_stands_at_the_foot_of_the_page_of_its_mark(house: House) -> None:
    document = noted(*(f"Remark {number} " + "and more " * 12 for number in range(1, 60)))
    document = replace(
        document,
        blocks=tuple(
            replace(block, text=(Run("Words " * 40), *block.text)) if isinstance(block, Paragraph) else block
            for block in document.blocks
        ),
    )
    data = write_pdf(document, house)

    texts = pages(data)
    assert len(texts) > 4
    for number in range(1, 60):
        (marked,) = [page for page, text in enumerate(texts) if f"Sentence {number}" in re.sub(r"(\d)\[", r"\1 [", text)
                     and re.search(rf"Sentence {number}\b|Sentence {number}\u2009", text)]  # fmt: skip
        (placed,) = [page for page, text in enumerate(texts) if f"Remark {number} " in text]
        assert marked == placed
    assert structure_faults(data) == []


def test_a_note_longer_than_a_page_loses_nothing(house: House) -> None:
    data = write_pdf(noted("word " * 3000 + "end", "second"), house)

    assert sum(text.count("word") for text in pages(data)) == 3000
    assert "second" in "".join(pages(data))


def test_each_note_of_a_pdf_has_an_identifier_of_its_own(house: House) -> None:
    """ISO 14289-1, 7.9."""
    with pikepdf.open(io.BytesIO(write_pdf(noted("one", "two", "three"), house))) as pdf:
        named = pdf.Root.StructTreeRoot.IDTree.Names
        found = {str(key): element for key, element in zip(named[::2], named[1::2], strict=True)}
        assert list(found) == ["note-1", "note-2", "note-3"]
        assert all(str(element.S) == "/Note" and str(element.ID) == key for key, element in found.items())


def test_html_leads_from_a_mark_to_its_note_and_back(house: House) -> None:
    page = write_html(noted("one & <two>"), house).decode()

    assert page.count('href="#note-1"') == 2  # both marks
    assert page.count('id="note-mark-1"') == 1
    assert '<li id="note-1" value="1">one &amp; &lt;two&gt; <a href="#note-mark-1"' in page


def test_text_has_the_notes_at_its_end() -> None:
    lines = write_text(noted("one", "two"), None).decode().splitlines()

    assert "Sentence 1 [^1]." in lines
    assert "Again [^1]." in lines
    assert lines[-4:-2] == ["[^1] one", "[^2] two"]


# ---------------------------------------------------------------- footnotes are counted when all has been said


def test_notes_are_counted_in_reading_order() -> None:
    def note(text: str) -> Footnote:
        return Footnote(0, (Run(text),))

    panel = Panel((Run("1"), note("number")), (Run("m"), note("unit")), (Run("l"), note("label")), unit_first=True)
    table = Table(
        Caption("Table 1.", 1, (Run("T"), note("title"))), ("text",), (((Run("h"), note("header")),),),
        (Row(((Run("c"), note("cell")),)),), ((Run("n"), note("under")),),
    )  # fmt: skip
    blocks = (Paragraph((Run("a"), note("first"))), Panels((panel,)), table)
    found = footnotes(finished(blocks, 0, sources_as_notes=False))

    assert [plain(one.text) for one in found] == [
        "first", "unit", "number", "label", "title", "header", "cell", "under",
    ]  # fmt: skip
    assert [one.number for one in found] == list(range(1, 9))


def test_sources_as_notes_are_said_once_and_marked_again() -> None:
    entries = tuple(SourceEntry(number, f"k{number}", said(f"Source {number}")) for number in (1, 2))
    blocks = (
        Paragraph((Run("a"), Citation((2,)), Footnote(0, (Run("Remark"), Citation((1,)))))),
        Paragraph((Run("b"), Citation((1, 2)), Mark("p"))),
        Heading(said("Sources"), 2),
        Sources(entries),
    )
    first, second = finished(blocks, 0, sources_as_notes=True)

    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert first.text[1:] == (Footnote(1, (Run("Source 2"),)), Footnote(2, (Run("Remark"), Run(" "), Run("Source 1"))))
    assert second.text[1:] == (Footnote(3, (Run("Source 1"),)), Footnote(1), Mark("p"))


def test_a_reference_to_a_table_that_is_not_printed_is_a_mistake() -> None:
    with pytest.raises(WordingError, match="a reference to table 3, which is not printed"):
        finished((Paragraph((Run("See "), CrossReference("3", "table", 3))),), 0, sources_as_notes=False)


# ---------------------------------------------------------------- references to tables


def referring(label: str = "Table 3.") -> Document:
    table = Table(Caption(label, 3, said("Values")), ("text",), ((said("A"),),), (Row((said("a"),)),))
    return made_of(Paragraph((Run("See table "), CrossReference("3", "table", 3), Run("."))), table)


@pytest.mark.parametrize("label", ["Table 3.", "3-кесте.", "表3"])
def test_a_reference_is_a_field_of_the_number_in_the_caption(label: str, house: House) -> None:
    """The number alone is in the bookmark: the word before it has its case in each sentence."""
    data = write_word(referring(label), house)
    (mark,) = [mark for mark in root(data).iter(W + "bookmarkStart") if mark.get(W + "name") == "_t3"]
    inside = []
    for node in mark.itersiblings():
        if node.tag == W + "bookmarkEnd":
            break
        inside.append(words(node))

    assert "".join(inside) == "3"
    assert ["REF", "_t3", "\\h"] in [code.text.split() for code in root(data).iter(W + "instrText")]
    assert "See table 3." in [words(paragraph) for paragraph in root(data).iter(W + "p")]


def test_a_reference_leads_to_its_table_in_pdf_and_html(house: House) -> None:
    with pikepdf.open(io.BytesIO(write_pdf(referring(), house))) as pdf:
        (link,) = (link for page in pdf.pages for link in page.get("/Annots", []))
        assert str(link.Dest) == "/table-3"
        assert str(link.Contents) == "Table 3. Values"
    page = write_html(referring(), house).decode()
    assert '<a href="#table-3">3</a>' in page
    assert '<caption id="table-3">' in page


@pytest.mark.parametrize("language", LANGUAGES if exhaustive() else ("kk",))
def test_a_brief_refers_to_its_table_of_trade(tmp_path: Path, language: str) -> None:
    fixed = ("--as-of", "2025-10-20", "--lang", language, "--format", "docx,html", "--out", str(tmp_path))
    assert main(["brief", "LU", *fixed]) == 0
    word, page = (path for suffix in ("docx", "html") for path in brief_files(tmp_path) if path.suffix == f".{suffix}")

    assert ["REF", "_t3", "\\h"] in [code.text.split() for code in root(word.read_bytes()).iter(W + "instrText")]
    assert re.search('<a href="#table-3">3</a>', page.read_text("utf-8"))


# ---------------------------------------------------------------- properties


def custom(data: bytes) -> dict[str, str]:
    return {one.get("name"): "".join(one.itertext()) for one in root(data, "docProps/custom.xml").iter(CUSTOM)}


def test_a_word_file_says_what_it_is(house: House) -> None:
    document = replace(sample_document(), identifier="KZ-LU/2025-10-20/brief/en")
    data = write_word(document, house)

    assert custom(data) == {
        "AsOf": "2025-10-20",
        "Classification": document.furniture.classification,
        "Identifier": "KZ-LU/2025-10-20/brief/en",
        "Language": "en",
    }
    core = {etree.QName(one).localname: one.text for one in root(data, "docProps/core.xml")}
    assert (core["identifier"], core["version"]) == ("KZ-LU/2025-10-20/brief/en", "2025-10-20")
    assert (core["keywords"], core["category"]) == ("KZ-LU; 2025-10-20; brief; en", document.subject)


def test_an_order_gives_its_brief_the_name_under_which_it_is_filed(tmp_path: Path) -> None:
    fixed = ("--report", "visit", "--short", "--disclosure", "public", "--as-of", "2025-10-20", "--lang", "kk")
    assert main(["brief", "LU", *fixed, "--out", str(tmp_path)]) == 0
    (path,) = brief_files(tmp_path)

    assert custom(path.read_bytes())["Identifier"] == "KZ-LU/2025-10-20/visit-short-public/kk"


@pytest.mark.parametrize("value", ["R&D <b>", "a\x00b", "]]>"])
def test_properties_are_text(value: str, house: House) -> None:
    document = replace(sample_document(), identifier=value, furniture=Furniture(value, value, value, "{page}{pages}"))
    data = write_word(document, house)

    assert custom(data)["Classification"] == value.replace("\x00", "")
    assert faults(data) == []


def test_the_properties_of_the_house_stay_beside_those_of_the_brief(tmp_path: Path, house: House) -> None:
    own = unpacked(write_word(replace(sample_document(), identifier="old"), house))
    parts = {
        **unpacked(house.path.read_bytes()),
        **{name: own[name] for name in ("_rels/.rels", "docProps/custom.xml")},
    }
    types = parts["[Content_Types].xml"]
    kind = b"application/vnd.openxmlformats-officedocument.custom-properties+xml"
    override = b'<Override PartName="/docProps/custom.xml" ContentType="' + kind + b'"/></Types>'
    parts["[Content_Types].xml"] = types.replace(b"</Types>", override)
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(b'name="Language"', b'name="Label"')
    path = tmp_path / "house.docx"
    path.write_bytes(packed(parts))
    data = write_word(replace(sample_document("kk"), identifier="new"), open_house(path, FONTS))

    assert (custom(data)["Label"], custom(data)["Identifier"], custom(data)["Language"]) == ("en", "new", "kk")
    assert [WORD[judge](data) for judge in ("audit", "own")] == [[], []]


# ---------------------------------------------------------------- what programs for the blind need


@pytest.mark.parametrize("language", ["en", "kk"])
def test_word_says_language_levels_header_rows_and_what_pictures_show(language: str, house: House) -> None:
    data = write_word(sample_document(language), house)
    defaults = root(data, STYLES).find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    levels = {
        style.get(W + "styleId"): style.find(f"{W}pPr/{W}outlineLvl").get(W + "val")
        for style in root(data, STYLES).iter(W + "style")
        if style.find(f"{W}pPr/{W}outlineLvl") is not None
    }

    assert defaults.get(W + "val") == language
    assert all(run.find(f"{W}rPr/{W}lang") is not None for run in root(data).iter(W + "r") if words(run).strip())
    assert levels == {"Heading1": "0", "Heading2": "1", "Heading3": "2"}
    tables = [table for table in root(data).iter(W + "tbl") if table.find(f".//{W}tblHeader") is not None]
    assert len(tables) == 1
    assert all(table.find(f"{W}tblPr/{W}tblDescription") is not None for table in root(data).iter(W + "tbl"))
    assert all(drawn.get("descr") for drawn in root(data).iter("{*}docPr"))


# ---------------------------------------------------------------- case O20: page of pages

PAGE_OF = "page {page} of {pages}"


def page_words(tag: str) -> str:
    found = read_catalog(ROOT / "templates" / "languages" / tag / "messages.po").translations.get(("", PAGE_OF))
    return found.forms[0] if found else PAGE_OF


def three_pages(tag: str) -> Document:
    furniture = Furniture("Ministry", "Internal", "R&D A & B", page_words(tag) if tag != "en" else PAGE_OF)
    blocks = (Paragraph(said("One")), PageBreak(), Paragraph(said("Two")), PageBreak(), Paragraph(said("Three")))
    direction = read_language(ROOT / "templates" / "languages" / tag).direction
    return replace(made_of(*blocks, language=tag, furniture=furniture), direction=direction)


@pytest.mark.parametrize("tag", ["en", "ar", "zh"])
def test_each_page_of_a_pdf_says_which_of_how_many_it_is(tag: str, house: House) -> None:
    """O20: github.com/py-pdf/fpdf2/issues/1514."""
    shown = [squashed(page) for page in pages(write_pdf(three_pages(tag), house))]

    assert len(shown) == 3
    for number, page in enumerate(shown, 1):
        assert sorted(re.findall(r"\d", page)) == sorted([str(number), "3"])
        assert squashed("R&D A & B") in page
    if tag != "ar":  # what a reader of content finds of Arabic is in the order of the page
        said_of = page_words(tag) if tag != "en" else PAGE_OF
        expected = [squashed(said_of.replace("{page}", str(number)).replace("{pages}", "3")) for number in (1, 2, 3)]
        assert all(text in page for text, page in zip(expected, shown, strict=True))


@pytest.mark.parametrize("tag", ["en", "ar", "zh"])
def test_word_counts_its_pages_with_fields(tag: str, house: House) -> None:
    """O20, the footer: Word and LibreOffice fill PAGE and NUMPAGES on each page."""
    data = write_word(three_pages(tag), house)
    footer = root(data, "word/footer1.xml")

    codes = sorted(code.text.strip() for code in footer.iter(W + "instrText"))
    assert codes == ["NUMPAGES", "PAGE"]
    assert "R&D A & B" in words(footer)
    said_of = page_words(tag) if tag != "en" else PAGE_OF
    assert said_of.replace("{page}", "1").replace("{pages}", "1") in words(footer)
