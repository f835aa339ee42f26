"""Word templates of officers: tags healed or named with their place, values in their cases, sections in the
template's own styles."""

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from lxml import etree

from reports.cli import main
from reports.officers.fields import ATTRIBUTES, FIELDS, FILTERS, TESTS
from reports.officers.package import TemplateError
from tests.officer_files import OFFICERS, checked, in_runs, in_table, made, paragraphs, reopened, typed  # fmt: skip
from tests.package_checks import faults
from tests.tools import PARTNERS, ROOT, exhaustive
from tests.validators import audited, sdk_errors
from tests.word_files import BODY, W, packed, root, unpacked, words

SHIPPED = sorted(OFFICERS.glob("*.docx"))


def language_of(path: Path) -> str:
    return path.name.split(".")[-2]


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("lang", "tag", "said"),
    [
        ("ru", '{{ partner|case("gen") }}', "Люксембурга"),
        ("ru", '{{ partner|official|case("gen") }}', "Великого Герцогства Люксембург"),
        ("ru", '{{ partner|case("ins")|official }}', "Великим Герцогством Люксембург"),
        ("en", '{{ partner|official|case("of") }}', "of the Grand Duchy of Luxembourg"),
        ("kk", '{{ home|case("gen") }}', "Қазақстанның"),
        ("en", "{{ head_of_state(partner) }}", "Grand Duke Guillaume V"),
        ("ru", '{{ head_of_state(partner).since|case("since") }}', "с 3 октября 2025 года"),
        ("en", '{{ figures.latest("trade.turnover") }}', "13.6 million US dollars"),
        ("ru", '{{ figures.latest("trade.turnover").period|case("in") }}', "в январе – августе 2025 года"),
        ("en", "{{ as_of }}", "20 October 2025"),
        ("en", "{% if events %}yes{% else %}no{% endif %}", "yes"),
        ("en", "{{ agreements|length }}", "1"),
        ("ru", "{{ last_meeting.place|default('—') }}", "Нью-Йорк"),
        ("en", '{% set who = "A" %}{{ who }}{{ partner }}', "ALuxembourg"),
        ("ru", '{{ term("trade.turnover") }} / {{ term("trade.turnover")|capital }}', "Товарооборот / Товарооборот"),
    ],
)
def test_a_tag_says_a_value_in_its_case(tmp_path: Path, lang: str, tag: str, said: str) -> None:
    path = typed(tmp_path / "t.docx", f"({tag})")

    assert paragraphs(made(path, lang).data)[0].replace("\u00a0", " ") == f"({said})"


def test_tags_work_in_headers_footers_notes_properties_and_alternative_texts(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "H {{ partner }}"
        document.sections[0].footer.paragraphs[0].text = 'F {{ partner|case("gen") }}'
        document.core_properties.title = "T {{ home }}"
        table = in_table(document, ("{{ partner }}", "b"))
        properties = table._tbl.tblPr
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), "A {{ partner }}")
        properties.append(caption)

    blob = made(typed(tmp_path / "t.docx", "x", write=write), "ru").data
    document = reopened(blob)

    assert document.sections[0].header.paragraphs[0]._p.xpath("string(.)") == "H Люксембург"
    assert document.sections[0].footer.paragraphs[0]._p.xpath("string(.)") == "F Люксембурга"
    assert document.core_properties.title == "T Казахстан"
    assert document.tables[0]._tbl.xpath("string(.//w:tblCaption/@w:val)") == "A Люксембург"


TYPED = ["100<200", "R&D <b>spend</b> > 3%", "Bross & Co\nsecond line", "<select>", "\"q\" and 's'", "{{ 7*7 }}", "]]>",
         "{_{ x }_}", "{% if x %}", "&amp;lt;", "\ue0000\ue001", "{# no #}", "a\\b"]  # fmt: skip


@pytest.mark.parametrize("value", TYPED)
def test_what_data_say_comes_out_as_typed_and_is_never_read_as_a_tag(tmp_path: Path, value: str) -> None:
    def write(document: Any) -> None:
        document.core_properties.title = "{{ owner }}"
        document.sections[0].footer.paragraphs[0].text = "{{ owner }}"
        in_table(document, ("{{ owner }}", "b"))

    blob = made(typed(tmp_path / "t.docx", "{{ owner }}", write=write), owner=value).data
    document = reopened(blob)

    assert paragraphs(blob)[0] == value
    assert words(root(blob).find(f".//{W}tc")) == value
    assert words(root(blob, "word/footer1.xml")) == value
    assert document.core_properties.title == value
    assert faults(blob) == []


def test_figures_are_content_controls_that_the_ledger_knows(tmp_path: Path) -> None:
    path = typed(tmp_path / "t.docx", "Turnover: {{ figures.latest('trade.turnover') }}, {{ head_of_state(partner) }}.")
    found = made(path)
    tags = {tag.get(W + "val") for tag in root(found.data).iter(W + "tag")}
    (ledger,) = (blob for blob in unpacked(found.data).values() if b"<print" in blob)

    assert set(found.figures) == tags
    assert "trade.turnover@2025-01/2025-08" in tags
    assert all(tag.encode() in ledger for tag in tags)


def test_a_value_takes_the_look_of_the_first_piece_of_its_tag(tmp_path: Path) -> None:
    path = typed(tmp_path / "t.docx", write=lambda d: in_runs(d, "a ", "{{ part", "ner }}", " b", bold=1))
    bold = [look.get(W + "val") != "0" for look in root(made(path).data).iterfind(f".//{W}r/{W}rPr/{W}b")]
    runs = list(zip(map(words, root(made(path).data).iter(W + "r")), bold, strict=True))

    assert runs == [("a ", False), ("Luxembourg", True), (" b", False)]


def test_a_template_gives_the_same_bytes_every_time(tmp_path: Path) -> None:
    path = OFFICERS / "note-verbale.en.docx"

    assert made(path).data == made(path).data


# ---------------------------------------------------------------- healing


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        (("{{ part", "ner|ca", 'se("of") }}'), "of Luxembourg"),
        (("{", "% if events %", "}yes{% en", "dif %}"), "yes"),
        (("{{ x|default(“n/a”) }}",), "n/a"),
        (("{{ x|default(«n/a») }}",), "n/a"),
        (("{{ x|default(„n/a“) }}",), "n/a"),
        (("{{ x|default(‘n/a’) }}",), "n/a"),
        (('{{ x|default("L’Aquila «a»") }}',), "L’Aquila «a»"),
        (("{{\u00a0partner\u202f|case(“of”)}}",), "of Luxembourg"),
        (("{{- partner -}}",), "Luxembourg"),
        (("{", "{", "partner", "}", "}"), "Luxembourg"),
    ],
)
def test_a_tag_that_is_clear_is_healed(tmp_path: Path, runs: tuple[str, ...], said: str) -> None:
    path = typed(tmp_path / "t.docx", write=lambda document: in_runs(document, *runs))

    assert paragraphs(made(path).data) == [said]
    assert not [problem for problem in checked(path) if problem.severity == "error"]


def test_rows_and_paragraphs_come_and_go_with_loops_and_branches(tmp_path: Path) -> None:
    rows = (("Day", "Place"), ("{%tr for e in events %}", ""), ("{{ e.day }}", "{{ e.place|default('—') }}"),
            ("{%tr endfor %}", ""))  # fmt: skip
    texts = ("{%p if events %}", "yes", "{%p else %}", "no", "{%p endif %}", "{% if not events %}", "a", "{% endif %}")
    blob = made(typed(tmp_path / "t.docx", *texts, write=lambda document: in_table(document, *rows))).data
    table = reopened(blob).tables[0]

    assert paragraphs(blob)[0] == "yes"
    assert "no" not in paragraphs(blob)
    assert "a" not in paragraphs(blob)
    assert len(table.rows) > 3
    assert [words(cell._tc) for cell in table.rows[2].cells] == ["23\u00a0September 2025", "New York"]
    assert faults(blob) == []


def test_a_loop_repeats_no_bookmark_and_no_id(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        table = in_table(document, ("{%tr for e in events %}",), ("{{ e.day }}",), ("{%tr endfor %}",))
        paragraph = table.rows[1].cells[0].paragraphs[0]._p
        for tag, attributes in (("w:bookmarkStart", {"w:id": "7", "w:name": "here"}), ("w:bookmarkEnd", {"w:id": "7"})):
            mark = OxmlElement(tag)
            for name, value in attributes.items():
                mark.set(qn(name), value)
            paragraph.append(mark)

    blob = made(typed(tmp_path / "t.docx", write=write)).data

    assert len([mark for mark in root(blob).iter(W + "bookmarkStart") if mark.get(W + "name") == "here"]) == 1
    assert faults(blob) == []


def test_a_table_whose_loop_finds_nothing_and_a_cell_whose_branch_is_not_taken_stay_whole(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        in_table(document, ("{%tr for a in notes('nothing') %}",), ("{{ a.text }}",), ("{%tr endfor %}",))
        cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
        cell.paragraphs[0].text = "{%p if not events %}"
        cell.add_paragraph("x")
        cell.add_paragraph("{%p endif %}")

    blob = made(typed(tmp_path / "t.docx", "before", write=write)).data

    assert len(reopened(blob).tables) == 1
    assert faults(blob) == []


def test_docxtpl_makes_the_same_text_of_a_template_that_it_can_read(tmp_path: Path) -> None:
    rows = (("Day",), ("{%tr for event in events %}",), ("{{ event.day }}",), ("{%tr endfor %}",))
    path = typed(tmp_path / "t.docx", "To {{ partner }}", "{%p if events %}", "Some.", "{%p endif %}", "{% if home %}y"
                 "{% endif %}", write=lambda document: in_table(document, *rows))  # fmt: skip
    ours = paragraphs(made(path).data)
    days = [text for text in ours if text[-4:].isdigit()]
    theirs = DocxTemplate(str(path))
    theirs.render({"partner": "Luxembourg", "home": "x", "events": [{"day": day} for day in days]}, autoescape=True)
    theirs.save(str(tmp_path / "theirs.docx"))

    assert len(days) > 3
    assert ours[:-1] == paragraphs((tmp_path / "theirs.docx").read_bytes())


# ---------------------------------------------------------------- sections


def sections_of(path: Path, **options: Any) -> bytes:
    return made(typed(path, "Before", '{{ section("investment") }}', "{{ sources() }}", "After"), **options).data


def test_a_section_brings_text_charts_and_sources_in_the_styles_of_the_template(tmp_path: Path) -> None:
    blob = sections_of(tmp_path / "t.docx")
    parts, document = unpacked(blob), reopened(blob)
    texts = [words(paragraph._p) for paragraph in document.paragraphs]
    heading = next(paragraph for paragraph in document.paragraphs if words(paragraph._p) == "Investment")

    assert (texts[0], texts[-1]) == ("Before", "After")
    assert heading.style.name == "Heading 1"
    assert "word/charts/brief1.xml" in parts
    assert b"Calibri" in parts["word/charts/brief1.xml"] or b"Cambria" in parts["word/charts/brief1.xml"]
    assert list(root(blob).iter(W + "hyperlink"))
    assert faults(blob) == []


def test_styles_that_a_template_lacks_come_from_the_house_and_are_named(tmp_path: Path) -> None:
    found = made(typed(tmp_path / "t.docx", '{{ section("trade") }}'))
    (told,) = [problem.message for problem in found.problems if problem.message.startswith("styles")]

    assert "Table Figure" in told
    assert "Normal" not in told
    assert "Heading 1" not in told
    assert {style.name for style in reopened(found.data).styles} >= {"Table Figure", "Brief Table"}
    assert not [problem for problem in made(OFFICERS / "note-verbale.en.docx").problems if "styles" in problem.message]


def test_styles_are_found_by_their_names_in_word_whatever_their_ids(tmp_path: Path) -> None:
    path = typed(tmp_path / "t.docx", '{{ section("trade") }}')
    parts = unpacked(path.read_bytes())
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b'"Heading1"', '"Заголовок1"'.encode())
    path.write_bytes(packed(parts))
    heading = next(one for one in root(made(path).data).iter(W + "p") if words(one) == "Trade")

    assert heading.find(f"{W}pPr/{W}pStyle").get(W + "val") == "Заголовок1"


def test_a_section_of_the_document_that_ends_where_a_section_is_brought_keeps_its_end(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        paper = deepcopy(document.element.body.sectPr)
        document.paragraphs[0]._p.get_or_add_pPr().append(paper)

    blob = made(typed(tmp_path / "t.docx", '{{ section("trade") }}', "After", write=write)).data

    assert len(list(root(blob).iter(W + "sectPr"))) == 2
    assert faults(blob) == ["word/document.xml: an empty paragraph"]


def test_a_template_that_was_once_a_brief_keeps_its_own_links_and_charts(tmp_path: Path) -> None:
    first = tmp_path / "first.docx"
    first.write_bytes(sections_of(tmp_path / "t.docx"))
    with pytest.raises(TemplateError, match="a brief that was generated"):
        made(first)
    parts = {name: blob for name, blob in unpacked(first.read_bytes()).items() if not name.startswith("customXml")}
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        tree = root(packed(parts), name)
        for child in [child for child in tree if "customXml" in str(child.attrib)]:
            tree.remove(child)
        parts[name] = etree.tostring(tree)
    parts[BODY] = parts[BODY].replace(b"Before", b'{{ section("investment") }}')
    first.write_bytes(packed(parts))
    blob = made(first).data

    assert {"word/charts/brief1.xml", "word/charts/brief2.xml"} <= set(unpacked(blob))
    assert faults(blob) == []


def test_numbers_of_sources_without_their_list_are_told(tmp_path: Path) -> None:
    told = [problem.message for problem in made(typed(tmp_path / "t.docx", '{{ section("trade") }}')).problems]

    assert "numbers of sources, and no list of them" in told


# ---------------------------------------------------------------- mistakes


def revised(document: Any) -> None:
    paragraph = document.add_paragraph("T {{ part")
    change = OxmlElement("w:ins")
    for name, value in (("w:id", "1"), ("w:author", "a"), ("w:date", "2026-01-01T00:00:00Z")):
        change.set(qn(name), value)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "ner }} end"
    run.append(text)
    change.append(run)
    paragraph._p.append(change)


def table_of(*rows: tuple[str, ...]) -> Any:
    return lambda document: in_table(document, *rows)


def lines(*texts: str) -> Any:
    return lambda document: [document.add_paragraph(text) for text in texts]


def in_header(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "{{ gpd }}"


MISTAKES = {
    "an unknown field": (lines("{{ partnr }}"), "paragraph 2", "{{ partnr }}", "unknown field partnr", "partner"),
    "a branch never taken": (
        lines("{% if agreements %}{{ agreemnts }}{% endif %}"), "paragraph 2", "{{ agreemnts }}",
        "unknown field", "agreements",
    ),
    "a field of a row": (
        table_of(("{%tr for e in events %}",), ("{{ e.dya }}",), ("{%tr endfor %}",)), "table 1, row 2, cell 1",
        "{{ e.dya }}", "it has no dya", "day",
    ),
    "an unknown filter": (
        lines("{{ partner|cas('gen') }}"), "paragraph 2", "{{ partner|cas('gen') }}", "unknown filter", "case",
    ),
    "an unknown case": (
        lines('{{ partner|case("gne") }}'), "paragraph 2", '{{ partner|case("gne") }}', "unknown case gne", "gen",
    ),
    "an unknown section": (
        lines('{{ section("trede") }}'), "paragraph 2", '{{ section("trede") }}', "unknown section", "trade",
    ),
    "an unknown indicator": (
        lines('{{ figures.latest("trade.turnovr") }}'), "paragraph 2", '{{ figures.latest("trade.turnovr") }}',
        "unknown indicator", "trade.turnover",
    ),
    "an unknown office": (
        lines('{{ holder(home, "king") }}'), "paragraph 2", "{{ holder", "unknown office", "head_of_state",
    ),
    "a cut tag": (lines("{{ partner", "}} x"), "paragraph 2", "{{ partner", "does not end", "in one go"),
    "the end of a cut tag": (lines("{{ partner", "}} x"), "paragraph 3", "}}", "begins nowhere", "in one go"),
    "a brace missing": (
        lines("{{ partner } and {{ home }}"), "paragraph 2", "{{ partner }", "another begins inside", "",
    ),
    "a quotation without end": (
        lines("{{ partner|case(«gen) }}"), "paragraph 2", "{{ partner|case(«gen) }}", "does not end", "straight",
    ),
    "a tracked change": (revised, "paragraph 2", "{{ partner }}", "tracked change", "accept or reject"),
    "a branch never closed": (
        lines("{%p if events %}", "x"), "paragraph 2", "{%p if events %}", "never closed", "endif",
    ),
    "an end too many": (lines("{% endfor %}"), "paragraph 2", "{% endfor %}", "nothing of its kind is open", ""),
    "ends that cross": (
        lines("{% if events %}{% for e in events %}{% endif %}{% endfor %}"), "paragraph 2",
        "{% endif %}", "is open", "",
    ),
    "a row tag outside of a table": (
        lines("{%tr if events %}", "{%tr endif %}"), "paragraph 2", "{%tr if events %}", "outside of a table", "",
    ),
    "two paragraph tags in one": (
        lines("{%p if events %}yes{%p endif %}"), "paragraph 2", "{%p if events %}", "would be lost", "own",
    ),
    "a branch over paragraphs": (
        lines("a {% if events %} b", "c {% endif %}"), "paragraph 3", "{% endif %}", "does not stand as", "prefix p",
    ),
    "a section beside text": (
        lines("See {{ section('trade') }}"), "paragraph 2", "{{ section('trade') }}", "stands beside", "own",
    ),
    "a section in a header": (
        lambda d: setattr(d.sections[0].header.paragraphs[0], "text", "{{ section('trade') }}"),
        "header 1, paragraph 1",
        "{{ section('trade') }}", "as wide as the text", "",
    ),
    "a section in a cell": (
        table_of(("{{ section('trade') }}", "b")), "table 1, row 1, cell 1", "{{ section('trade') }}",
        "as wide as the text", "",
    ),
    "a header": (in_header, "header 1, paragraph 1", "{{ gpd }}", "unknown field", ""),
    "a property": (
        lambda d: setattr(d.core_properties, "title", "{{ gpd }}"), "docProps/core.xml, title", "{{ gpd }}",
        "unknown field", "",
    ),
    "a syntax error": (lines("{{ partner | }}"), "paragraph 2", "{{ partner | }}", "expected", ""),
    "a loop over one value": (
        lines("{% for a in partner %}{% endfor %}"), "paragraph 2", "{% for", "goes over rows", "events",
    ),
    "rows as one value": (lines("{{ events.day }}"), "paragraph 2", "{{ events.day }}", "rows have no day", "for"),
    "another prefix": (lines("{{r partner }}"), "paragraph 2", "{{r partner }}", "no prefix r", ""),
    "two tags in a row": (
        table_of(("{%tr if events %}", "{%tr endif %}"),), "table 1, row 1, cell 2", "{%tr endif %}", "same row", "own",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_place_its_tag_and_what_to_do(tmp_path: Path, name: str) -> None:
    write, place, tag, message, hint = MISTAKES[name]
    path = typed(tmp_path / "t.docx", "First.", write=write)
    found = [problem for problem in checked(path) if problem.severity == "error"]

    assert [problem for problem in found if problem.where == f"t.docx, {place}" and message in problem.message
            and tag in problem.message and hint in problem.hint], list(map(str, found))  # fmt: skip
    with pytest.raises(TemplateError):
        made(path)


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("{{ vacancy(partner, 'foreign_minister') }}", "there is no value"),
        ("{{ figures }}", "cannot be printed"),
        ("{{ holder }}", "cannot be printed"),
        ("{{ as_of|official }}", "only a country has an official name"),
        ("{{ as_of|case('official gen') }}", "has no case"),
        ("{{ holder(partner) }}", "missing 1 required positional argument"),
    ],
)
def test_what_cannot_be_said_stops_with_the_place_and_the_tag(tmp_path: Path, tag: str, message: str) -> None:
    path = typed(tmp_path / "t.docx", "{{ partner }}", "{{ home }}", write=table_of(("a", "b"), ("c", f"x {tag}")))
    with pytest.raises(TemplateError) as caught:
        made(path, "ru" if "gen" in tag else "en")

    (problem,) = caught.value.problems
    assert problem.where == "t.docx, table 1, row 2, cell 2"
    assert problem.message.startswith(f"{tag}: ")
    assert message in problem.message


def test_tracked_changes_elsewhere_and_fields_that_always_fall_back_are_warnings(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        revised(document)
        document.paragraphs[-1].runs[0].text = "no tag"
        next(document.element.body.iter(qn("w:ins"))).find(f".//{qn('w:t')}").text = " new"

    path = typed(tmp_path / "t.docx", "{{ x|default('n/a') }}", write=write)
    told = {problem.severity: problem.message for problem in checked(path)}
    messages = [problem.message for problem in checked(path)]

    assert set(told) == {"warning"}
    assert "tracked changes, which stay in what is made" in messages
    assert "{{ x|default('n/a') }}: unknown field x: always the default" in messages


# ---------------------------------------------------------------- the three that come along


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_templates_that_come_along_are_clean(path: Path) -> None:
    assert checked(path, language_of(path)) == ()


def test_there_are_a_factsheet_a_note_verbale_and_a_biography_in_two_languages() -> None:
    names = {path.name.split(".")[0] for path in SHIPPED}

    assert names == {"biography", "factsheet", "note-verbale"}
    assert all((OFFICERS / f"{name}.{lang}.docx").exists() for name in names for lang in ("en", "ru"))


def test_they_can_be_filled_for_every_pair_and_are_valid() -> None:
    partners = PARTNERS if exhaustive() else ("CN", "LU", "US")
    blobs = {
        f"{path.name}.{partner}.docx": made(path, language_of(path), partner).data
        for path in SHIPPED
        for partner in partners
    }

    assert {name: faults(blob) for name, blob in blobs.items() if faults(blob)} == {}
    if exhaustive():
        assert {name: said for name, said in audited(blobs).items() if said} == {}
        assert {name: said for name, blob in blobs.items() if "LU" in name and (said := sdk_errors(blob))} == {}


def test_a_note_verbale_follows_the_practice_of_diplomacy() -> None:
    english, russian = (paragraphs(made(OFFICERS / f"note-verbale.{tag}.docx", tag).data) for tag in ("en", "ru"))

    assert any(
        text.startswith(
            "The Ministry of Foreign Affairs of the Republic of Kazakhstan presents its compliments to the Embassy of "
            "the Grand Duchy of Luxembourg and has the honour to"
        )
        for text in english
    )
    assert any("avails itself of this opportunity to renew to the Embassy" in text for text in english)
    assert any(
        text.startswith(
            "Министерство иностранных дел Республики Казахстан свидетельствует свое уважение Посольству Великого "
            "Герцогства Люксембург и имеет честь"
        )
        for text in russian
    )


def test_a_biography_is_of_the_person_asked_for() -> None:
    path = OFFICERS / "biography.en.docx"

    assert paragraphs(made(path).data)[0] == "Guillaume V"
    assert paragraphs(made(path, person="head_of_government/KZ").data)[0] == "Olzhas Bektenov"
    with pytest.raises(Exception, match="unknown person"):
        made(path, person="nobody")


# ---------------------------------------------------------------- formats and the command line


def test_a_word_template_becomes_a_document(tmp_path: Path) -> None:
    path = typed(tmp_path / "t.dotx", "{{ partner }}")
    parts = unpacked(path.read_bytes())
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(b"document.main+xml", b"template.main+xml")
    path.write_bytes(packed(parts))
    blob = made(path).data

    assert b"wordprocessingml.document.main+xml" in unpacked(blob)[types]
    assert paragraphs(blob) == ["Luxembourg"]


def fill(*arguments: str) -> int:
    return main(["template", "fill", *arguments, "--partner", "LU", "--as-of", "2025-10-20"])


def test_fill_makes_a_file_and_tells_its_figures_with_their_sources(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = typed(tmp_path / "letter.ru.docx", '{{ partner|case("gen") }}, {{ figures.latest("trade.turnover") }}')

    assert fill(str(path), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["files"] == ["letter.KZ-LU.ru.docx"]
    assert {figure["key"]: figure["sources"] for figure in told["figures"]} == {
        "trade.turnover@2025-01/2025-08": ["qazinform-2025-10-20"]
    }
    assert paragraphs(Path("letter.KZ-LU.ru.docx").read_bytes())[0].startswith("Люксембурга, ")


def test_fill_leaves_another_file_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = typed(tmp_path / "letter.docx", "{{ partner }}"), tmp_path / "out.docx"
    out.write_bytes(b"an officer's work")

    assert fill(str(path), "--out", str(out)) == 1
    assert out.read_bytes() == b"an officer's work"
    assert fill(str(path), "--out", str(path)) == 1
    assert "it is the template itself" in capsys.readouterr().err


def test_check_lists_mistakes_for_people_and_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = typed(tmp_path / "t.docx", "{{ partnr }}")

    assert main(["template", "check", str(path)]) == 1
    assert "t.docx, paragraph 1: {{ partnr }}: unknown field partnr" in capsys.readouterr().err
    assert main(["template", "check", str(path), "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["hint"] == "did you mean partner?"


# ---------------------------------------------------------------- the page that tells of it


def test_every_field_and_filter_is_on_the_page_and_no_other() -> None:
    page = (ROOT / "docs" / "officer-templates.md").read_text("utf-8")
    table, filters = page.split("## The fields")[1].split("Filters:")
    asked = {name for names in ATTRIBUTES.values() for name in names}
    told = set(re.findall(r"\.?([a-z_]+)(?:\([^)]*\))?`", table))

    assert told == {*FIELDS, *asked, "loop"}
    assert set(re.findall(r"`(?:is )?([a-z]+)`", filters)) == {*FILTERS, *TESTS}
