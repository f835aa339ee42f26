# ruff: noqa: E501  XML as Word writes it
"""The copy that goes out: nothing of what was internal, hidden, tracked or remarked is in any part of it."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from reports.cli import main
from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    Document,
    FigureRecord,
    Furniture,
    Heading,
    Internal,
    Paragraph,
    Point,
    Row,
    Run,
    Series,
    SourceEntry,
    Sources,
    Table,
    disclosed,
)
from reports.errors import WordFileError
from reports.writers import WRITERS
from reports.writers.word import write
from reports.writers.word.final import final_copy
from reports.writers.word.redline import redline
from tests.package_checks import faults
from tests.revisions import resolved
from tests.strategies import documents
from tests.tools import brief_files, exhaustive, house_style
from tests.validators import WORD, laid_out, resaved
from tests.word_files import BODY, STYLES, Parts, W, packed, root, unpacked

FURNITURE = Furniture("Ministry", "Official", "Pair", "page {page} of {pages}")
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WHO = 'w:author="SECRET Officer" w:date="2025-10-21T10:00:00Z"'
SECRET = b"SECRET"


def brief(*blocks: Block) -> Document:
    series = (Series("Inflow", (Point(Decimal("1.5"), "1.5", "fdi@2023"), Point(Decimal("2"), "2.0", "fdi@2024"))),)
    rows = tuple(
        Row(((Run(name),), (Run(value, figure=f"trade@{name}"),))) for name, value in (("2023", "7"), ("2024", "9"))
    )
    head = (((Run("Year"),), (Run("Value"),)),)
    whole = (
        Heading((Run("Brief"),), 1),
        Paragraph((Run("Trade was "), Run("13.6", figure="trade@2025"), Run(" million."))),
        *blocks,
        Paragraph((Run("The last words of all."),)),
        Table(Caption("Table 1.", 1, (Run("Trade"),)), ("text", "figure"), head, rows),
        Chart("bar", Caption("Figure 1.", 1, (Run("Flows"),)), ("2023", "2024"), series, "It rose"),
        Sources((SourceEntry(1, "k", (Run("Source", link="https://example.org"),)),)),
    )
    keys = ("trade@2023", "trade@2024", "trade@2025", "fdi@2023", "fdi@2024")
    figures = {key: FigureRecord("1", 0, "USD", key[-4:]) for key in keys}
    return Document("Brief", "Subject", "en", "ltr", date(2025, 10, 20), FURNITURE, whole, figures)


INSIDE = Internal(
    (
        Heading((Run("SECRET background"),), 2),
        Bullets(((Run("SECRET is what the ministry alone should know of this."),),)),
        Table(
            Caption("Table 9.", 9, (Run("SECRET table"),)), ("text", "text"), (((Run("a"),), (Run("b"),)),),
            (Row(((Run("SECRET first cell of a row"),), (Run("SECRET too"),))),),
        ),
    )
)  # fmt: skip


def written(*blocks: Block) -> bytes:
    return write(brief(*blocks), house_style())


# ---------------------------------------------------------------- an officer's file, full of everything

P = "<w:p>{}</w:p>"
INSERTED = {
    "insertion": P.format(f'<w:ins w:id="901" {WHO}><w:r><w:t>Inserted stays.</w:t></w:r></w:ins>'),
    "deletion": P.format(
        f'<w:r><w:t>Kept.</w:t></w:r><w:del w:id="902" {WHO}><w:r><w:delText>SECRET deleted</w:delText></w:r></w:del>'
    ),
    "move": P.format(
        f'<w:moveFromRangeStart w:id="903" w:name="SECRETmove" {WHO}/><w:moveFrom w:id="904" {WHO}><w:r><w:t>SECRET gone'
        f'</w:t></w:r></w:moveFrom><w:moveFromRangeEnd w:id="903"/><w:moveToRangeStart w:id="905" w:name="SECRETmove" '
        f'{WHO}/><w:moveTo w:id="906" {WHO}><w:r><w:t>Moved here.</w:t></w:r></w:moveTo><w:moveToRangeEnd w:id="905"/>'
    ),
    "looks": (
        f'<w:p><w:pPr><w:jc w:val="left"/><w:rPr><w:b/><w:rPrChange w:id="907" {WHO}><w:rPr/></w:rPrChange></w:rPr>'
        f'<w:pPrChange w:id="908" {WHO}><w:pPr><w:pStyle w:val="SECRETStyle"/></w:pPr></w:pPrChange></w:pPr>'
        f'<w:r><w:rPr><w:i/><w:rPrChange w:id="909" {WHO}><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>Looks.</w:t></w:r></w:p>'
    ),
    "paragraph mark": (
        f'<w:p><w:pPr><w:rPr><w:del w:id="910" {WHO}/></w:rPr></w:pPr><w:r><w:t>Joined </w:t></w:r></w:p>'
        "<w:p><w:r><w:t>with this.</w:t></w:r></w:p>"
    ),
    "rows and cells": (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/>'
        f'<w:tblPrChange w:id="911" {WHO}><w:tblPr/></w:tblPrChange></w:tblPr><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid>'
        "<w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>Cell.</w:t></w:r></w:p></w:tc></w:tr>"
        f'<w:tr><w:trPr><w:cantSplit/><w:ins w:id="912" {WHO}/></w:trPr><w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/>'
        f'<w:cellIns w:id="913" {WHO}/></w:tcPr><w:p><w:r><w:t>New row.</w:t></w:r></w:p></w:tc>'
        f'<w:tc><w:tcPr><w:cellDel w:id="914" {WHO}/></w:tcPr><w:p><w:r><w:t>SECRET cell</w:t></w:r></w:p></w:tc></w:tr>'
        f'<w:tr><w:trPr><w:del w:id="915" {WHO}/></w:trPr><w:tc><w:p><w:r><w:t>SECRET row</w:t></w:r></w:p></w:tc></w:tr>'
        "</w:tbl><w:p/>"
    ),
    "hidden": (
        "<w:p><w:r><w:t>Seen.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>SECRET hidden</w:t></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="Unseen"/></w:rPr><w:t>SECRET by style</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Unseen"/>'
        '<w:vanish w:val="0"/></w:rPr><w:t>Shown.</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>SECRET whole</w:t></w:r></w:p>'
    ),
    "comment": P.format(
        '<w:commentRangeStart w:id="0"/><w:r><w:t>Remarked.</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r><w:permStart w:id="5" w:ed="SECRET"/><w:permEnd w:id="5"/><w:proofErr w:type="spellStart"/>'
    ),
    "control": P.format(
        '<w:sdt><w:sdtPr><w:alias w:val="SECRET"/><w:id w:val="77"/></w:sdtPr><w:sdtContent><w:r><w:t>Chosen.</w:t></w:r>'
        '</w:sdtContent></w:sdt><w:customXml w:uri="SECRET" w:element="SECRET"><w:r><w:t>Marked.</w:t></w:r></w:customXml>'
        '<w:bookmarkStart w:id="990" w:name="_GoBack"/><w:bookmarkEnd w:id="990"/>'
    ),
    "link": P.format(
        f'<w:del w:id="916" {WHO}><w:hyperlink r:id="rIdX"><w:r><w:delText>SECRET link</w:delText></w:r></w:hyperlink></w:del>'
        '<w:r w:rsidR="00SECRET"><w:t>Typed.</w:t></w:r>'
    ),
}  # fmt: skip
READS = [
    "Inserted stays.", "Kept.", "Moved here.", "Looks.", "Joined with this.", "Seen.Shown.", "Remarked.",
    "Chosen.Marked.", "Typed.",
]  # fmt: skip


def add(parts: Parts, name: str, kind: str, relation: str, inner: str) -> None:
    """A part of the body, with its type and relationship."""
    parts[name] = inner.encode()
    types, rels = "[Content_Types].xml", "word/_rels/document.xml.rels"
    parts[types] = parts[types].replace(
        b"</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
    )
    target = name.removeprefix("word/") if name.startswith("word/") else f"../{name}"
    link = f'<Relationship Id="rIdS{len(parts)}" Type="{relation}" Target="{target}"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())


BOOK = "word/embeddings/brief1.xlsx"


def worked_on(data: bytes) -> bytes:
    """The file after officers wrote, remarked, tracked, hid and pasted in it."""
    parts = unpacked(data)
    last = parts[BODY].rindex(b"<w:sectPr")
    parts[BODY] = parts[BODY][:last] + "".join(INSERTED.values()).encode() + parts[BODY][last:]
    unseen = (
        '<w:style w:type="character" w:styleId="Unseen"><w:name w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    parts[STYLES] = parts[STYLES].replace(b"</w:styles>", unseen.encode() + b"</w:styles>")
    comments = f'<w:comments {NAMES}><w:comment w:id="0" {WHO}><w:p><w:r><w:t>SECRET remark</w:t></w:r></w:p></w:comment></w:comments>'
    add(parts, "word/comments.xml", f"{WORD_TYPE}.comments+xml", f"{OFFICE}/comments", comments)
    people = '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="SECRET"/></w15:people>'
    add(
        parts,
        "word/people.xml",
        f"{WORD_TYPE}.people+xml",
        "http://schemas.microsoft.com/office/2011/relationships/people",
        people,
    )
    add(parts, "customXml/item7.xml", "application/xml", f"{OFFICE}/customXml", "<a>SECRET store</a>")
    glossary = f"<w:glossaryDocument {NAMES}><w:docParts/><!-- SECRET --></w:glossaryDocument>"
    add(
        parts,
        "word/glossary/document.xml",
        f"{WORD_TYPE}.document.glossary+xml",
        f"{OFFICE}/glossaryDocument",
        glossary,
    )
    rels = "word/_rels/document.xml.rels"
    link = f'<Relationship Id="rIdX" Type="{OFFICE}/hyperlink" Target="https://SECRET.example" TargetMode="External"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())
    told(parts)
    parts[BOOK] = with_a_secret(parts[BOOK])
    return packed(parts)


def told(parts: Parts) -> None:
    """What settings and properties tell of who worked on it."""
    settings = '<w:trackRevisions/><w:docVars><w:docVar w:name="SECRET" w:val="x"/></w:docVars><w:rsids><w:rsid w:val="00SECRET"/></w:rsids>'
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(
        b"<w:defaultTabStop", settings.encode() + b"<w:defaultTabStop"
    )
    core = parts["docProps/core.xml"].replace(b">Ministry<", b">SECRET Officer<")
    parts["docProps/core.xml"] = core.replace(
        b"</cp:coreProperties>", b"<cp:keywords>SECRET</cp:keywords></cp:coreProperties>"
    )
    parts["docProps/app.xml"] = parts["docProps/app.xml"].replace(
        b"</Properties>", b"<Manager>SECRET</Manager></Properties>"
    )


def with_a_secret(workbook: bytes) -> bytes:
    """A workbook with a sheet and a cell that its chart does not show."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    book.create_sheet("SECRET")["A1"] = "SECRET sheet"
    book.active["H40"] = "SECRET cell"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def everything(data: bytes) -> bytes:
    """The bytes of every part, and of every part of what is packed in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        blobs = [(name, package.read(name)) for name in package.namelist()]
    inner = b"".join(everything(blob) for name, blob in blobs if name.endswith(".xlsx"))
    return b"".join(name.encode() + blob for name, blob in blobs) + inner


def texts_of(found: list[Any]) -> list[str]:
    return [text for one in found for text in (texts_of(one) if isinstance(one, list) else [one[1]]) if text]


def test_nothing_of_what_officers_did_unseen_is_in_any_part_and_the_rest_reads_as_with_all_accepted() -> None:
    full = worked_on(written(INSIDE))
    assert everything(full).count(SECRET) > 40
    copy = final_copy(full, "brief.docx")

    whole = everything(copy)
    assert [whole[max(0, place.start() - 80) : place.end() + 40] for place in re.finditer(SECRET, whole)] == []
    for trace in (
        b"w:sdt",
        b"customXml",
        b"ledger",
        b"<w:ins ",
        b"<w:del ",
        b"w:move",
        b"Change ",
        b"rsid",
        b"comment",
        b"people",
        b'"_rows',
        b'"_i',
    ):
        assert trace not in b"".join(blob for name, blob in unpacked(copy).items() if not name.endswith(".xlsx")), trace
    assert not re.search(rb'"_f[0-9a-f]{8}', whole)  # the bookmark of a figure; that of a caption is _f1
    open_words = texts_of(resolved(written(), accept=True))
    assert texts_of(resolved(copy, accept=True)) == [*open_words, *READS[:5], "Cell.", "New row.", *READS[5:]]


@pytest.mark.parametrize("name", WORD)
def test_a_final_copy_is_valid(name: str) -> None:
    parts = unpacked(worked_on(written(INSIDE)))
    copy = final_copy(packed(parts), "brief.docx")

    assert WORD[name](copy) == []


def test_libreoffice_opens_a_final_copy(tmp_path: Path) -> None:
    shown = laid_out(final_copy(worked_on(written(INSIDE)), "brief.docx"), tmp_path)

    assert "The last words of all." in shown
    assert "SECRET" not in shown


def test_internal_parts_are_known_after_libreoffice_saved_the_file(tmp_path: Path) -> None:
    copy = final_copy(resaved(written(INSIDE, Paragraph((Run("Between."),)), INSIDE), tmp_path), "brief.docx")

    assert SECRET not in everything(copy)
    assert "Between." in texts_of(resolved(copy, accept=True))


@settings(max_examples=100 if exhaustive() else 6)
@given(document=documents())
def test_any_document_loses_its_internal_parts_and_nothing_else(document: Document) -> None:
    house = house_style()
    open_document = replace(document, blocks=disclosed(document.blocks))
    copy = final_copy(write(document, house), "x.docx")

    assert resolved(copy, accept=True) == resolved(write(open_document, house), accept=True)
    assert faults(copy) == []
    assert final_copy(write(document, house), "x.docx") == copy


def test_a_redline_goes_out_as_the_newer_edition() -> None:
    old, new = brief(Paragraph((Run("It was so then."),)), INSIDE), brief(Paragraph((Run("It is so now."),)))
    copy = final_copy(redline(old, new, house_style()), "x.docx")

    assert resolved(copy, accept=True) == resolved(write(new, house_style()), accept=True)
    assert SECRET not in everything(copy)
    assert "word/embeddings/brief2.xlsx" not in unpacked(copy)


def test_a_workbook_holds_what_its_chart_shows() -> None:
    copy = unpacked(final_copy(worked_on(written()), "x.docx"))

    book = openpyxl.load_workbook(io.BytesIO(copy["word/embeddings/brief1.xlsx"]))
    assert [[cell.value for cell in row] for row in book.active.iter_rows()] == [
        [None, "Inflow"],
        ["2023", 1.5],
        ["2024", 2],
    ]


def test_who_worked_on_it_is_the_issuer() -> None:
    core = unpacked(final_copy(worked_on(written()), "x.docx"))["docProps/core.xml"].decode()

    assert re.findall(r"<dc:creator>(.*?)</dc:creator>.*<cp:lastModifiedBy>(.*?)<", core) == [("Ministry", "Ministry")]


def test_a_note_whose_number_was_deleted_goes_with_its_words() -> None:
    parts = unpacked(written())
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:footnote>'
        for n, said in ((1, "SECRET"), (2, "Open note."))
    )
    add(
        parts,
        "word/footnotes.xml",
        f"{WORD_TYPE}.footnotes+xml",
        f"{OFFICE}/footnotes",
        f"<w:footnotes {NAMES}>{notes}</w:footnotes>",
    )
    marks = f'<w:p><w:del w:id="950" {WHO}><w:r><w:footnoteReference w:id="1"/></w:r></w:del><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    last = parts[BODY].rindex(b"<w:sectPr")
    parts[BODY] = parts[BODY][:last] + marks.encode() + parts[BODY][last:]
    whole = everything(final_copy(packed(parts), "x.docx"))

    assert SECRET not in whole
    assert b"Open note." in whole


def test_what_an_officer_adds_at_the_end_of_an_internal_part_is_internal() -> None:
    """Enter at the end of the last bullet: the new paragraph stands before the end of the bookmark."""
    parts = unpacked(written(INSIDE))
    place = parts[BODY].index(b"The last words of all.")
    start = parts[BODY].rindex(b"<w:p>", 0, place)
    parts[BODY] = parts[BODY][:start] + b"<w:p><w:r><w:t>SECRET of an officer</w:t></w:r></w:p>" + parts[BODY][start:]

    assert SECRET not in everything(final_copy(packed(parts), "x.docx"))


# ---------------------------------------------------------------- what does not go out


def replacing(old: str, new: str, part: str = BODY) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        found = re.subn(old.encode(), new.encode(), parts[part], count=1, flags=re.DOTALL)
        assert found[1], old
        parts[part] = found[0]

    return change


def with_relation(kind: str, *, external: bool = False) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        parts["word/thing.bin"] = b"SECRET"
        mode = ' TargetMode="External"' if external else ""
        target = "https://example.org/x" if external else "thing.bin"
        link = f'<Relationship Id="rIdZ" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
        replacing("</Relationships>", link, "word/_rels/document.xml.rels")(parts)
        replacing("<w:sectPr", '<w:p><w:r><w:object r:id="rIdZ"/></w:r></w:p><w:sectPr')(parts)

    return change


COPIED = "<w:p><w:r><w:t>SECRET is what the ministry alone should know of this.</w:t></w:r></w:p>"
REFUSED = {
    "the end of the bookmark": (replacing(r'(<w:bookmarkStart w:id="(\d+)" w:name="_i1"/>.*?)<w:bookmarkEnd w:id="\2"/>', r"\1"), "has no end"),
    "the whole bookmark": (replacing(r'<w:bookmarkStart w:id="(\d+)" w:name="_i1"/>(.*?)<w:bookmarkEnd w:id="\1"/>', r"\2"), "are gone"),
    "the beginning": (replacing(r'<w:bookmarkStart w:id="\d+" w:name="_i1"/>', ""), "are gone"),
    "words before it in its paragraph": (replacing(r'<w:bookmarkStart w:id="\d+" w:name="_i1"/>', r"<w:r><w:t>Open </w:t></w:r>\g<0>"), "shares a paragraph"),
    "a copy of an internal paragraph": (replacing("<w:sectPr", f"{COPIED}<w:sectPr"), "outside its part"),
    "no ledger": (lambda parts: parts.pop("customXml/item1.xml"), "no ledger"),
    "an object": (with_relation("oleObject"), "more than it shows"),
    "a linked picture": (with_relation("image", external=True), "outside of it"),
    "another document": (with_relation("aFChunk"), "more than it shows"),
    "macros": (replacing("document.main", "document.macroEnabled.main", "[Content_Types].xml"), "macros"),
    "an entity": (replacing("<w:document", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document'), "document type"),
    "a torn part": (replacing("</w:body>", ""), "not well-formed"),
    "half a field": (replacing('(.*)<w:fldChar w:fldCharType="end"/>', r"\1"), "a field has lost"),
    "a field that fetches": (replacing(" SEQ Figure", " INCLUDETEXT x"), "from elsewhere"),
    "a way out": (lambda parts: parts.update({"../x.xml": b"<x/>"}), "leads out of it"),
    "two of one name": (lambda parts: parts.update({"WORD/document.xml": b"<x/>"}), "a part is there twice"),
    "a formula": (
        replacing("<w:sectPr", f'<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:f><m:fPr><m:ctrlPr><w:del w:id="970" {WHO}/></m:ctrlPr></m:fPr><m:num/><m:den/></m:f></m:oMath></w:p><w:sectPr'),
        "a formula",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_cleaned_for_sure_is_refused(what: str) -> None:
    change, message = REFUSED[what]
    parts = unpacked(written(INSIDE))
    change(parts)

    with pytest.raises(WordFileError, match=message) as raised:
        final_copy(packed(parts), "brief.docx")
    assert raised.value.problems[0].where.startswith("brief.docx")
    assert raised.value.problems[0].hint


@pytest.mark.parametrize("data", [b"", b"no zip", b"\xd0\xcf\x11\xe0 locked", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(WordFileError, match=r"no Word document|\.doc"):
        final_copy(data, "brief.docx")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", bytes(210_000_000))

    with pytest.raises(WordFileError, match="unpacks to more"):
        final_copy(buffer.getvalue(), "brief.docx")


# ---------------------------------------------------------------- the command


@pytest.mark.parametrize("kind", ["text", "html", "json", "pdf"])
def test_every_format_writes_internal_parts_and_a_final_file_has_none(kind: str) -> None:
    document, house = brief(INSIDE), house_style()

    if kind != "pdf":
        assert SECRET in WRITERS[kind].write(document, house)
    assert WRITERS[kind].finished(document, house) == WRITERS[kind].write(brief(), house)


def test_a_final_brief_is_public_and_never_takes_the_place_of_another(tmp_path: Path) -> None:
    order = [
        "brief",
        "LU",
        "--report",
        "visit",
        "--as-of",
        "2025-10-20",
        "--lang",
        "en",
        "--format",
        "docx,text",
        "--out",
        str(tmp_path),
    ]
    assert main([*order]) == 0
    assert main([*order, "--disclosure", "public"]) == 0
    assert main([*order, "--final"]) == 0
    files = {path.name: path for path in brief_files(tmp_path)}

    assert sorted(files) == [
        f"visit{form}.en.{suffix}" for form in ("-final", "-public", "") for suffix in ("docx", "txt")
    ]
    assert files["visit-final.en.txt"].read_bytes() == files["visit-public.en.txt"].read_bytes()
    final, public = (files[f"visit-{form}.en.docx"].read_bytes() for form in ("final", "public"))
    assert resolved(final, accept=True) == resolved(public, accept=True)
    assert next(root(final).iter(W + "sdt"), None) is None
    assert resolved(final_copy(files["visit.en.docx"].read_bytes(), "x"), accept=True)
    assert main(["editions", "verify", "--out", str(tmp_path)]) == 0
    assert main(["editions", "rebuild", "KZ-LU/2025-10-20", "--out", str(tmp_path), "--to", str(tmp_path / "to")]) == 0


def test_a_final_copy_of_an_internal_visit_brief_says_nothing_that_the_public_one_does_not(tmp_path: Path) -> None:
    order = [
        "brief",
        "LU",
        "--report",
        "visit",
        "--as-of",
        "2025-10-20",
        "--lang",
        "en,kk",
        "--format",
        "docx",
        "--out",
        str(tmp_path),
    ]
    assert main([*order]) == 0
    assert main([*order, "--disclosure", "public"]) == 0
    files = {path.name: path.read_bytes() for path in brief_files(tmp_path)}
    for tag in ("en", "kk"):
        copy, public = final_copy(files[f"visit.{tag}.docx"], "x"), files[f"visit-public.{tag}.docx"]
        allowed = {re.sub(r"\d", "", text) for text in texts_of(resolved(public, accept=True))}
        extra = [text for text in texts_of(resolved(copy, accept=True)) if re.sub(r"\d", "", text) not in allowed]
        assert [text for text in extra if not of_the_whole(text)] == []


def of_the_whole(text: str) -> bool:
    """Sources and the legend serve all parts of a brief: they do not shrink."""
    return len(text) < 40 or bool(re.search(r"\d{4}\.?$|202[56]", text))
