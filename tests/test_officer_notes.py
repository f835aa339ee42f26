"""Footnotes, contents, references and pictures of sections that a Word template of an officer brings."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reports.document import Chart, Contents, CrossReference, Footnote, Paragraph, Run
from reports.errors import WordingError
from reports.wording.finishing import Stretch, noted
from tests.officer_files import data, made, paragraphs, typed
from tests.package_checks import faults
from tests.photographs import photograph
from tests.tools import exhaustive
from tests.validators import audited, laid_out, sdk_errors
from tests.word_files import BODY, W, packed, root, unpacked, words

NOTES, RELS, SETTINGS = "word/footnotes.xml", "word/_rels/footnotes.xml.rels", "word/settings.xml"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = f'xmlns:w="{W.strip("{}")}" xmlns:r="{KINDS}"'
LINK = "https://example.org/own"
TRADE, NOTE = '{{ section("trade") }}', '{{ section("note") }}'
Parts = dict[str, bytes]


def note(number: str, text: str, kind: str = "") -> str:
    inside = f"<w:{kind}/>" if kind else "<w:footnoteRef/>"
    said = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    typed = f' w:type="{kind}"' if kind else ""
    return f'<w:footnote{typed} w:id="{number}"><w:p><w:r>{inside}</w:r>{said}</w:p></w:footnote>'


SEPARATORS = note("-1", "", "separator") + note("0", "", "continuationSeparator")
OWN = SEPARATORS + note("2", "first of {{ partner }}") + (
    '<w:footnote w:id="5"><w:p><w:r><w:footnoteRef/></w:r><w:hyperlink r:id="rIdB1"><w:r><w:t>last</w:t></w:r>'
    "</w:hyperlink></w:p></w:footnote>"
)  # fmt: skip


def with_notes(path: Path, notes: str = OWN) -> Path:
    """The template with footnotes of its own: [2] in a text becomes the mark of note 2."""
    parts = unpacked(path.read_bytes())
    text = re.sub(
        r"\[(\d)\]", r'</w:t></w:r><w:r><w:footnoteReference w:id="\1"/></w:r><w:r><w:t>', parts[BODY].decode()
    )
    parts[BODY] = text.encode()
    parts[NOTES] = f"<w:footnotes {NAMESPACES}>{notes}</w:footnotes>".encode()
    parts[RELS] = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rIdB1" Type="{KINDS}/hyperlink" '
        f'Target="{LINK}" TargetMode="External"/></Relationships>'
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    add(parts, "[Content_Types].xml", f'<Override PartName="/{NOTES}" ContentType="{kind}"/>')
    related = f'<Relationship Id="rIdN" Type="{KINDS}/footnotes" Target="footnotes.xml"/>'
    add(parts, "word/_rels/document.xml.rels", related)
    named = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat'
    parts[SETTINGS] = parts[SETTINGS].replace(b"<w:compat", named.encode(), 1)
    path.write_bytes(packed(parts))
    return path


def add(parts: Parts, name: str, said: str) -> None:
    """One more child of the root of a part."""
    before, end, after = parts[name].rpartition(b"</")
    parts[name] = before + said.encode() + end + after


def changed(path: Path, change: Callable[[Parts], object]) -> Path:
    parts = unpacked(path.read_bytes())
    change(parts)
    path.write_bytes(packed(parts))
    return path


@cache
def filled(folder: Path) -> dict[str, bytes]:
    """What has footnotes in three ways: of a section alone, beside those of the template, instead of sources."""
    alone = made(typed(folder / "alone.docx", "x", TRADE), partner="CN")
    beside = made(with_notes(typed(folder / "beside.docx", "A[2] b", TRADE, "C[5] d", "{{ sources() }}")), partner="CN")
    return {"alone": alone.data, "beside": beside.data, "sources": made(_cited(folder)).data}


def _cited(folder: Path) -> Path:
    return with_notes(typed(folder / "cited.docx", "A[2] b", NOTE, "C[5] d"))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return filled(tmp_path_factory.mktemp("notes"))


def marks(blob: bytes) -> list[str]:
    return [mark.get(W + "id") for mark in root(blob).iter(W + "footnoteReference")]


def styles(blob: bytes) -> set[str]:
    return {style.find(W + "name").get(W + "val").lower() for style in root(blob, "word/styles.xml").iter(W + "style")}


# ---------------------------------------------------------------- footnotes


def test_what_has_footnotes_is_without_fault(files: dict[str, bytes]) -> None:
    assert {name: faults(blob) for name, blob in files.items() if faults(blob)} == {}
    if exhaustive():
        assert {name: found for name, blob in files.items() if (found := sdk_errors(blob))} == {}
        named = {f"{name}.docx": blob for name, blob in files.items()}
        assert {name: found for name, found in audited(named).items() if found} == {}


def test_a_footnote_of_a_section_is_one_of_word_in_a_template_without_any(files: dict[str, bytes]) -> None:
    blob = files["alone"]
    named = [one.get(W + "id") for one in root(blob, SETTINGS).iterfind(f"{W}footnotePr/{W}footnote")]

    assert marks(blob) == ["1"]
    assert "The notes on method explain why the statistics of the two sides differ." in paragraphs(blob, NOTES)[-1]
    assert named == ["-1", "0"]
    assert {"footnote text", "footnote reference"} <= styles(blob)


def test_a_template_whose_sections_have_no_footnote_gets_no_style_for_them(tmp_path: Path) -> None:
    blob = made(typed(tmp_path / "t.docx", TRADE)).data

    assert not {"footnote text", "footnote reference"} & styles(blob)
    assert NOTES not in unpacked(blob)


def test_footnotes_of_a_section_stand_among_those_of_the_template(files: dict[str, bytes]) -> None:
    blob = files["beside"]
    said = paragraphs(blob, NOTES)

    assert marks(blob) == ["1", "2", "3"]
    assert [note.get(W + "id") for note in root(blob, NOTES)] == ["-1", "0", "1", "2", "3"]
    assert said[2] == "first of China"
    assert said[4] == "last"
    (link,) = root(blob, NOTES).iter(W + "hyperlink")
    targets = {one.get("Id"): one.get("Target") for one in root(blob, RELS)}
    assert targets[link.get(f"{{{KINDS}}}id")] == LINK


def test_sources_of_a_report_that_has_them_as_footnotes_are_footnotes_here(files: dict[str, bytes]) -> None:
    blob = files["sources"]
    links = {one.get("Id"): one.get("Target") for one in root(blob, RELS)}
    used = [link.get(f"{{{KINDS}}}id") for link in root(blob, NOTES).iter(W + "hyperlink")]

    assert paragraphs(blob, NOTES)[2] == "first of Luxembourg"
    assert paragraphs(blob, NOTES)[-1] == "last"
    assert any(text.strip().startswith("Qazinform") for text in paragraphs(blob, NOTES))
    assert not any(text.startswith("Qazinform") for text in paragraphs(blob))
    assert len(set(links.values()) - {LINK}) == len(marks(blob)) - 2
    assert set(used) == set(links)


def test_a_second_mark_of_a_note_has_the_number_that_word_counts(files: dict[str, bytes]) -> None:
    """Notes of the template count too: the field that repeats a number says the place of its bookmark among all."""
    body = root(files["sources"])
    places: dict[str, int] = {}
    for start in body.iter(W + "bookmarkStart"):
        if start.get(W + "name").startswith("_n"):
            here = start.getnext()
            found = list(body.iter(W + "footnoteReference"))
            places[start.get(W + "name")] = 1 + found.index(next(here.iter(W + "footnoteReference")))
    repeated = [node for node in body.iter(W + "instrText") if "NOTEREF" in node.text]
    said = {node.text.split()[1]: words(node.getparent().getnext().getnext()) for node in repeated}

    assert repeated
    assert {name: int(number) for name, number in said.items()} == {name: places[name] for name in said}


def test_libreoffice_shows_the_notes_of_both(files: dict[str, bytes], tmp_path: Path) -> None:
    shown = laid_out(files["beside"], tmp_path)

    assert re.search("first of China.*The notes on method explain.*last", shown, re.DOTALL)


def test_no_list_of_sources_is_missed_where_all_are_footnotes(tmp_path: Path) -> None:
    told = [problem.message for problem in made(_cited(tmp_path)).problems]

    assert "numbers of sources, and no list of them" not in told


def test_a_note_goes_with_its_mark_and_a_loop_gives_each_mark_its_own(tmp_path: Path) -> None:
    texts = ("A[2]", "{%p if not events %}", "B[5]", "{%p endif %}", "{%p for one in events %}", "C[3]",
             "{%p endfor %}")  # fmt: skip
    path = with_notes(typed(tmp_path / "t.docx", *texts), OWN + note("3", "repeated"))
    blob = made(path).data
    said = paragraphs(blob, NOTES)[2:]

    assert said[0] == "first of Luxembourg"
    assert set(said[1:]) == {"repeated"}
    assert len(said) > 2
    assert faults(blob) == []


def test_a_template_without_separators_or_settings_gets_them(tmp_path: Path) -> None:
    def without_settings(parts: Parts) -> None:
        del parts[SETTINGS]
        for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
            parts[name] = re.sub(rb"<(Override|Relationship) [^>]*settings\.xml[^>]*/>", b"", parts[name])

    bare = changed(typed(tmp_path / "bare.docx", TRADE), without_settings)
    unparted = with_notes(typed(tmp_path / "unparted.docx", "A[2]", TRADE), note("2", "own"))
    changed(unparted, without_settings)

    assert faults(made(bare, partner="CN").data) == []
    assert faults(made(unparted, partner="CN").data) == []


def test_what_the_settings_say_of_notes_stays(tmp_path: Path) -> None:
    def stars(parts: Parts) -> None:
        said = b'<w:footnotePr><w:numFmt w:val="chicago"/></w:footnotePr><w:compat'
        parts[SETTINGS] = parts[SETTINGS].replace(b"<w:compat", said, 1)

    settings = root(made(changed(typed(tmp_path / "t.docx", TRADE), stars), partner="CN").data, SETTINGS)

    assert [child.tag for child in settings.find(W + "footnotePr")] == [W + "numFmt", W + "footnote", W + "footnote"]


def test_a_note_without_a_number_or_a_mark_without_a_note_gets_no_traceback(tmp_path: Path) -> None:
    path = with_notes(typed(tmp_path / "t.docx", "A[2] b[5]", TRADE), OWN.replace('w:id="5"', 'w:id="x"'))

    blob = made(path, partner="CN").data

    assert marks(blob) == ["1", "2"]
    assert faults(blob) == []


def test_notes_are_counted_over_all_stretches_and_those_between() -> None:
    def counted(*notes: Footnote) -> tuple[Paragraph, ...]:
        return (Paragraph((Run("x"), *notes)),)

    one, two = Footnote(0, (Run("a"),)), Footnote(0, (Run("b"),))
    found = noted([Stretch(counted(one), 2), Stretch(counted(two, one), 3)], ())

    numbers = [inline.number for (block,) in found for inline in block.text if isinstance(inline, Footnote)]  # type: ignore[union-attr]
    assert numbers == [3, 5, 6]


# ---------------------------------------------------------------- contents, references, pictures


def test_a_list_of_contents_of_a_section_is_left_out_and_told(tmp_path: Path) -> None:
    found = made(typed(tmp_path / "t.docx", '{{ section("brief/first_page") }}', "{{ sources() }}"))

    assert not [text for text in root(found.data).iter(W + "instrText") if "TOC" in text.text]
    assert "Contents" not in paragraphs(found.data)
    assert "the list of contents of a section is left out" in [problem.message for problem in found.problems]
    assert faults(found.data) == []
    assert noted([Stretch((Contents((Run("Contents"),), 2),))], ()) == [()]


def field(instruction: str, result: str) -> str:
    kinds = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    begin, separate, end = kinds
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{begin}{code}{separate}<w:r><w:t>{result}</w:t></w:r>{end}"


@pytest.mark.parametrize(("tag", "dirty"), [(TRADE, ["true", None]), ("{{ partner }}", [None, None])])
def test_the_list_of_contents_of_a_template_is_renewed_where_headings_have_come(
    tmp_path: Path, tag: str, dirty: list[str | None]
) -> None:
    def listed(parts: Parts) -> None:
        runs = field("TOC \\o &quot;1-2&quot;", "old") + field("PAGE", "1")
        parts[BODY] = parts[BODY].replace(b"<w:r><w:t>HERE</w:t></w:r>", runs.encode())

    body = root(made(changed(typed(tmp_path / "t.docx", "HERE", tag), listed)).data)
    begins = [mark for mark in body.iter(W + "fldChar") if mark.get(W + "fldCharType") == "begin"]

    assert [mark.get(W + "dirty") for mark in begins][:2] == dirty


def test_a_sentence_of_one_section_refers_to_the_table_of_another(tmp_path: Path) -> None:
    blob = made(typed(tmp_path / "t.docx", TRADE, '{{ section("method") }}', "{{ sources() }}")).data
    references = [text.text.split() for text in root(blob).iter(W + "instrText") if text.text.split()[0] == "REF"]

    assert references == [["REF", "_t1", "\\h"]]
    assert faults(blob) == []


def test_a_reference_to_what_is_not_printed_is_refused() -> None:
    loose = Paragraph((CrossReference("4", "figure", 4),))

    with pytest.raises(WordingError, match="figure 4, which is not printed"):
        noted([Stretch((loose,))], ())
    assert Chart not in map(type, noted([Stretch((replace(loose, text=()),))], ())[0])


def test_pictures_of_a_section_are_in_the_file_once_with_their_words(tmp_path: Path) -> None:
    people = {key: replace(person, picture=photograph()) for key, person in data().people.items()}
    tags = ('{{ section("visit/people") }}', '{{ section("visit/people") }}', "{{ sources() }}")
    blob = made(typed(tmp_path / "t.docx", *tags), people=people).data
    drawn = [one.get("descr") for one in root(blob).iter("{*}docPr")]
    media = [name for name in unpacked(blob) if name.startswith("word/media/")]

    assert "Grand Duke Guillaume V" in drawn
    assert len(drawn) > 2
    assert len(media) == 1
    assert faults(blob) == []


# ---------------------------------------------------------------- what a template had before


def test_bookmarks_of_a_template_that_are_called_as_ours_stay_apart(tmp_path: Path) -> None:
    def write(parts: Parts) -> None:
        mark = '<w:bookmarkStart w:id="100000" w:name="_s1"/><w:r><w:t>own</w:t></w:r><w:bookmarkEnd w:id="100000"/>'
        link = '<w:hyperlink w:anchor="_s1"><w:r><w:t>to it</w:t></w:r></w:hyperlink>' + field("REF _s1 \\h", "own")
        parts[BODY] = parts[BODY].replace(b"<w:r><w:t>HERE</w:t></w:r>", (mark + link).encode())

    blob = made(changed(typed(tmp_path / "t.docx", TRADE, "{{ sources() }}", "HERE"), write)).data
    body = root(blob)
    named: dict[str, Any] = {mark.get(W + "name"): mark for mark in body.iter(W + "bookmarkStart")}
    (link,) = (one for one in body.iter(W + "hyperlink") if words(one) == "to it")

    assert words(named["_s1"].getparent()).startswith("Qazinform")
    assert words(named[link.get(W + "anchor")].getnext()) == "own"
    assert [text.text.split()[1] for text in body.iter(W + "instrText") if "REF _s1" in text.text] == ["_s1T"]
    assert faults(blob) == []
