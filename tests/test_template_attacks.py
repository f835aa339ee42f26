"""Templates that try to run code, read files, reach out or run for ever: each refused with its tag, with no effect."""

import io
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import nsdecls
from jinja2 import TemplateError as JinjaError

from reports.cli import main
from reports.document import Run
from reports.errors import ReportError
from reports.facts.values import Name
from reports.house.unpacking import MOST_PARTS
from reports.officers import package, sandbox
from reports.officers.package import TemplateError
from reports.officers.sandbox import Environment, Offered, Output
from tests.officer_files import checked, in_table, made, typed
from tests.package_checks import faults
from tests.word_files import BODY, packed, unpacked

SECRET = "the canary sings"
# The payloads of the study and of public reports on docxtpl, Jinja2 and Word; more of each kind.
PAYLOADS = (
    "{{ cycler.__init__.__globals__.os }}",
    "{{ cycler.__init__.__globals__.os.getcwd() }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    '{% include "../outside.txt" %}',
    '{% import "../outside.txt" as x %}',
    '{% from "../outside.txt" import x %}',
    '{% extends "../outside.txt" %}',
    '{{ "{0.__class__}".format(partner) }}',
    '{{ "{0.__class__}".format_map(partner) }}',
    '{{ "%s"|format(partner) }}',
    '{{ partner|attr("__class__") }}',
    '{{ events|map(attribute="__class__")|list }}',
    '{{ events|selectattr("__class__")|list }}',
    '{{ partner["__class__"] }}',
    "{{ partner.__class__ }}",
    "{{ partner._x }}",
    "{{ figures.all() }}",
    "{{ figures.latest.__globals__ }}",
    "{{ head_of_state.function }}",
    "{{ head_of_state.__call__.__globals__ }}",
    "{{ self }}",
    "{{ self.__init__.__globals__ }}",
    "{{ joiner }}",
    "{{ namespace() }}",
    "{{ lipsum.__globals__ }}",
    "{{ range(10**9) }}",
    "{{ dict(a=1) }}",
    "{% for i in range(10) %}{% endfor %}",
    "{{ 9**9**9 }}",
    '{{ "a" * 1000000000 }}',
    '{{ "a" ~ "b" }}',
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% call partner() %}x{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% set ns = namespace() %}",
    "{% set a, b = events %}",
    "{% autoescape false %}{{ partner }}{% endautoescape %}",
    "{% raw %}{{ partner }}{% endraw %}",
    "{% with a = 1 %}{{ a }}{% endwith %}",
    "{% block x %}{% endblock %}",
    "{% for e in events recursive %}{{ loop(events) }}{% endfor %}",
    "{% for c in 'abc' %}{{ c }}{% endfor %}",
    "{{ partner|case(self) }}",
    "{{ section('../../../etc/passwd') }}",
    "{{ section(partner) }}",
    "{{ figures.latest(*events) }}",
    "{{ config }}",
    "{{ partner() }}",
    "{{ {'a': 1} }}",
    "{{ events[0:9] }}",
    "{{ events|tojson|safe }}",
    "{% do partner %}",
    "{% debug %}",
    "{{ context }}",
    "{{ environment }}",
)


@pytest.fixture(autouse=True)
def canary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A file and a variable that a template must not reach, and a folder in which nothing may appear."""
    (tmp_path / "outside.txt").write_text(SECRET)
    monkeypatch.setenv("CANARY", SECRET)
    before = dict(os.environ)
    yield
    assert dict(os.environ) == {**before, "PYTEST_CURRENT_TEST": os.environ["PYTEST_CURRENT_TEST"]}
    assert (tmp_path / "outside.txt").read_text() == SECRET


def refused(path: Path, tag: str = "") -> str:
    """What the check and the filling say of a template that both refuse, the same way."""
    found = [problem for problem in checked(path, "en") if problem.severity == "error"]
    with pytest.raises(TemplateError) as caught:
        made(path)
    said = str(caught.value)
    assert found
    assert path.name in said
    assert tag in said
    assert SECRET not in said
    return said


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_tag_that_tries_to_run_code_is_refused_with_its_place(tmp_path: Path, payload: str) -> None:
    (tmp_path / "inner").mkdir()
    path = typed(tmp_path / "inner" / "t.docx", "First.", payload)
    said = refused(path)

    assert any(f"t.docx, paragraph 2: {tag}: " in said for tag in re.findall(r"\{[{%].*?[%}]\}", payload))


@pytest.mark.parametrize("payload", ["{{ cycler.__init__.__globals__.os }}", '{% include "../outside.txt" %}'])
def test_nothing_is_made_of_a_template_that_is_refused(
    tmp_path: Path, payload: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    typed(Path("t.docx"), payload)

    assert main(["template", "fill", "t.docx", "--partner", "LU", "--as-of", "2025-10-20", "--json"]) == 1
    output = capsys.readouterr()
    assert "t.docx, paragraph 1: " + payload[:20] in output.err
    assert [path.name for path in Path().iterdir()] == ["t.docx"]
    assert SECRET not in output.out + output.err


# ---------------------------------------------------------------- wherever it stands

NONE = "<w:r><w:t>x</w:t></w:r>"
ATTACK = "{{ cycler.__init__.__globals__.os }}"
TEXT = f"<w:r><w:t>{ATTACK}</w:t></w:r>"
PICTURE = (
    f'<w:r {nsdecls("w", "wp", "a", "pic")}><w:drawing><wp:inline><wp:extent cx="1" cy="1"/>'
    f'<wp:docPr id="1" name="x" descr="{ATTACK}"/></wp:inline></w:drawing></w:r>'
)


def part(name: str, blob: str) -> Callable[[dict[str, bytes]], None]:
    """A part put in, whatever names it."""
    return lambda parts: parts.update({name: blob.encode()})


def replaced(name: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[name]
        parts[name] = parts[name].replace(old.encode(), new.encode(), 1)

    return change


RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(
    kind: str, target: str, *, outside: bool = True, of: str = "document"
) -> Callable[[dict[str, bytes]], None]:
    """A relationship more, of the body or of the settings."""

    def change(parts: dict[str, bytes]) -> None:
        name = f"word/_rels/{of}.xml.rels"
        empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        mode = ' TargetMode="External"' if outside else ""
        one = f'<Relationship Id="rIdX" Type="{RELATIONSHIPS}/{kind}" Target="{target}"{mode}/>'
        whole = parts.get(name, empty.encode())
        parts[name] = whole.replace(b"</Relationships>", one.encode() + b"</Relationships>")

    return change


def field(instruction: str) -> str:
    runs = ("".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>') for piece in instruction)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{''.join(runs)}{end}</w:p>"


PLACES: dict[str, Callable[[dict[str, bytes]], None]] = {
    "an alternative text": replaced(BODY, "HERE</w:t></w:r>", f"x</w:t></w:r>{PICTURE}"),
    "a core property": replaced(
        "docProps/core.xml", "</cp:coreProperties>", f"<cp:category>{ATTACK}</cp:category></cp:coreProperties>",
    ),
    "an extended property": replaced("docProps/app.xml", "</Properties>", f"<Company>{ATTACK}</Company></Properties>"),
    "a custom property": part("docProps/custom.xml", f"<Properties><property>{ATTACK}</property></Properties>"),
    "a part of custom XML": part("customXml/item9.xml", f"<a>{ATTACK}</a>"),
    "an attribute of custom XML": part("customXml/item9.xml", f'<a b="{ATTACK}"/>'),
    "a comment of an officer": part("word/comments.xml", f"<c {nsdecls('w')}><w:p>{TEXT}</w:p></c>"),
    "a chart": part("word/charts/chart1.xml", f"<c><t>{ATTACK}</t></c>"),
    "the name of a control": replaced(
        BODY, "<w:r><w:t>HERE</w:t></w:r>",
        f'<w:sdt><w:sdtPr><w:alias w:val="{ATTACK}"/></w:sdtPr><w:sdtContent>{NONE}</w:sdtContent></w:sdt>',
    ),
    "the tag of a control": replaced(
        BODY, "<w:r><w:t>HERE</w:t></w:r>",
        f'<w:sdt><w:sdtPr><w:tag w:val="{ATTACK}"/></w:sdtPr><w:sdtContent>{NONE}</w:sdtContent></w:sdt>',
    ),
    "the target of a link": related("hyperlink", "https://example.org/%7B%7B cycler.__init__ %7D%7D"),
    "the instruction of a field": replaced(BODY, "<w:p>", field(f"PAGE {ATTACK}") + "<w:p>"),
    "a simple field": replaced(BODY, "HERE</w:t></w:r>", f'x</w:t></w:r><w:fldSimple w:instr=" PAGE {ATTACK} "/>'),
    "a field that is deleted": replaced(BODY, "HERE", f"x</w:t><w:delInstrText>PAGE {ATTACK}</w:delInstrText><w:t>"),
    "a text box": replaced(
        BODY, "HERE</w:t></w:r>",
        f"x</w:t></w:r><w:r><w:pict><w:txbxContent><w:p>{TEXT}</w:p></w:txbxContent></w:pict></w:r>",
    ),
    "a formula": replaced(BODY, "HERE</w:t></w:r>", f'x</w:t></w:r><m:t xmlns:m="urn:m">{ATTACK}</m:t>'),
    "the style of a paragraph": replaced(BODY, "<w:p>", f'<w:p><w:pPr><w:pStyle w:val="{ATTACK}"/></w:pPr></w:p><w:p>'),
}  # fmt: skip


@pytest.mark.parametrize("name", PLACES)
def test_a_tag_that_tries_to_run_code_is_refused_wherever_it_stands(tmp_path: Path, name: str) -> None:
    path = typed(tmp_path / "t.docx", "HERE")
    parts = unpacked(path.read_bytes())
    PLACES[name](parts)
    path.write_bytes(packed(parts))

    assert "cycler" in refused(path)


@pytest.mark.parametrize("where", ["header", "footer", "table", "title"])
def test_code_is_refused_in_headers_footers_cells_and_titles(tmp_path: Path, where: str) -> None:
    def write(document: Any) -> None:
        section = document.sections[0]
        if where == "table":
            in_table(document, ("a", ATTACK))
        elif where == "title":
            document.core_properties.title = ATTACK
        else:
            getattr(section, where).paragraphs[0].text = ATTACK

    said = refused(typed(tmp_path / "t.docx", "x", write=write), ATTACK)
    wanted = {"header": "header 1, paragraph 1", "footer": "footer 1, paragraph 1", "table": "table 1, row 1, cell 2"}
    assert f"t.docx, {wanted.get(where, 'docProps/core.xml, title')}: " in said


# ---------------------------------------------------------------- what reaches out, hides or explodes


REACHING: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "a linked picture": (related("image", "file:///etc/passwd"), "leads to file:///etc/passwd"),
    "a file inside the file": (related("aFChunk", "x.html", outside=False), "altChunk"),
    "an embedded object": (related("oleObject", "embeddings/o.xml", outside=False), "an embedded object"),
    "a frame": (related("frame", "http://evil.example/"), "a frame"),
    "a part of a master document": (related("subDocument", "x.docx"), "master document"),
    "macros": (part("word/vbaProject.bin", "x"), "a program or an object"),
    "DDE, cut into letters": (replaced(BODY, "<w:p>", field('DDEAUTO c:\\cmd "/k calc"') + "<w:p>"), "a field DDEAUTO"),
    "a text of another file": (replaced(BODY, "<w:p>", field("INCLUDETEXT c:/x.txt") + "<w:p>"), "a field INCLUDETEXT"),
    "a picture of another file": (
        replaced(BODY, "HERE</w:t></w:r>", 'x</w:t></w:r><w:fldSimple w:instr=" includepicture http://evil.example/x"/>'),
        "a field includepicture",
    ),
    "a link": (replaced(BODY, "<w:p>", field("LINK Excel.Sheet x.xlsx") + "<w:p>"), "a field LINK"),
    "a document type": (
        replaced(BODY, "<w:document", '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><w:document'), "DOCTYPE",
    ),
    "entities upon entities": (
        replaced("word/styles.xml", "<w:styles", '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY b "&a;&a;">]><w:styles'),
        "DOCTYPE",
    ),
    "a broken part": (replaced("word/styles.xml", "</w:styles>", ""), "not well-formed"),
}  # fmt: skip


@pytest.mark.parametrize("name", REACHING)
def test_what_reaches_out_of_the_file_is_refused(tmp_path: Path, name: str) -> None:
    change, message = REACHING[name]
    path = typed(tmp_path / "t.docx", "HERE")
    parts = unpacked(path.read_bytes())
    change(parts)
    path.write_bytes(packed(parts))

    assert message in refused(path)


ATTACHED = "http://a.example/Letter%20of%20the%20ministry.dotx"


def attached(parts: dict[str, bytes]) -> None:
    """What Word writes into every document that was made from a template other than Normal."""
    related("attachedTemplate", ATTACHED, of="settings")(parts)
    settings = "word/settings.xml"
    name = f'<w:attachedTemplate xmlns:r="{RELATIONSHIPS}" r:id="rIdX"/>'.encode()
    before, zoom, after = parts[settings].partition(b"<w:proofState")
    before, zoom, after = (before, zoom, after) if zoom else parts[settings].partition(b"<w:defaultTabStop")
    assert zoom
    parts[settings] = before + name + zoom + after


def test_a_template_to_which_a_file_is_attached_is_left_out_and_told(tmp_path: Path) -> None:
    path = typed(tmp_path / "t.docx", "HERE {{ partner }}")
    parts = unpacked(path.read_bytes())
    attached(parts)
    path.write_bytes(packed(parts))
    (told,) = checked(path, "en")
    found = made(path)
    whole = b"".join(unpacked(found.data).values())

    assert (told.severity, told.where) == ("warning", "t.docx")
    assert told.message == f"attached to the template {ATTACHED}: left out of what is made"
    assert told in found.problems
    assert b"attachedTemplate" not in whole
    assert ATTACHED.encode() not in whole
    assert faults(found.data) == []


def test_what_else_reaches_out_is_refused_beside_an_attached_template(tmp_path: Path) -> None:
    path = typed(tmp_path / "t.docx", "HERE {{ partner }}")
    parts = unpacked(path.read_bytes())
    attached(parts)
    related("image", "http://evil.example/x.png")(parts)
    path.write_bytes(packed(parts))

    assert "leads to http://evil.example/x.png" in refused(path)


def test_fields_and_links_that_officers_use_are_taken(tmp_path: Path) -> None:
    path = typed(tmp_path / "t.docx", "HERE {{ partner }}")
    parts = unpacked(path.read_bytes())
    replaced(BODY, "<w:p>", field(' SEQ Table \\* ARABIC "x"') + field("NUMPAGES") + "<w:p>")(parts)
    related("hyperlink", "https://example.org/")(parts)
    path.write_bytes(packed(parts))

    assert checked(path, "en") == ()
    assert made(path).data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a document of Word 97–2003 (.doc)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "the file is encrypted"),
        (b"PK\x03\x04 cut", "no Word document"),
        (b"", "no Word document"),
        (b"{\\rtf1 x}", "no Word document"),
    ],
)
def test_a_file_that_is_no_docx_gets_a_plain_word(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(data)

    assert message in refused(path)
    assert main(["template", "fill", str(path), "--partner", "LU", "--out", str(tmp_path / "out.docx")]) == 1
    assert not (tmp_path / "out.docx").exists()


def test_a_document_with_macros_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = typed(tmp_path / "brief.docm", "{{ partner }}")
    parts = unpacked(path.read_bytes())
    old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(old, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    path.write_bytes(packed(parts))

    said = refused(path)
    assert "a document with macros" in said
    assert "save it in Word as a Word document (.docx)" in said


def test_a_file_that_is_missing_or_a_folder_gets_a_plain_word(tmp_path: Path) -> None:
    assert "cannot be read" in refused(tmp_path / "none.docx")
    assert "cannot be read" in refused(tmp_path)


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.house.unpacking.MOST_BYTES", 3_000_000)
    path = typed(tmp_path / "t.docx", "{{ partner }}")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/media/x.png", b"\0" * 4_000_000)

    assert "unpacks to more than" in refused(path)


def test_too_many_parts_and_a_part_twice_are_refused(tmp_path: Path) -> None:
    path, many = typed(tmp_path / "t.docx", "{{ partner }}"), tmp_path / "many.docx"
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as file:
        file.writestr(BODY, "<x/>")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for number in range(MOST_PARTS + 1):
            file.writestr(f"{number}", b"")
    many.write_bytes(buffer.getvalue())

    assert "a part is there twice" in refused(path)
    assert "too many" in refused(many)


def test_a_file_that_is_too_big_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "PACKED", 1000)

    assert "bigger than" in refused(typed(tmp_path / "t.docx", "{{ partner }}"))


# ---------------------------------------------------------------- the sandbox by itself, behind the check


def say(value: object) -> tuple[Run, ...]:
    return (Run(str(value)),)


def run(source: str, **values: object) -> str:
    """What the environment makes of a source that the check has not seen."""
    return Environment(Output(say)).from_string(source).render(values)


@pytest.mark.parametrize(
    "source",
    [
        "{{ x.code }}",
        "{{ x.__class__ }}",
        "{{ call.function }}",
        "{{ free() }}",
        "{{ ''.join(x) }}",
        "{{ text.format(x) }}",
        "{{ text.upper() }}",
        "{{ call(x).real }}",
        "{{ x|attr('code') }}",
        "{{ x|list }}",
        "{% for c in text %}{% endfor %}",
        "{{ loop }}",
    ],
)
def test_the_sandbox_alone_gives_nothing_that_is_not_offered(source: str) -> None:
    with pytest.raises((JinjaError, ReportError)):
        run(source, x=Name("LU"), free=len, text="{0.__class__}", call=Offered(lambda _: 1))


def test_the_sandbox_gives_what_is_offered() -> None:
    output = Output(say)
    source = Environment(output).from_string("{{ call(text) }}{% for x in rows %}{{ x }}{{ loop.index }}{% endfor %}")

    assert source.render(call=Offered(len), text="abc", rows=(7, 8)) == "".join(f"\ue000{n}\ue001" for n in range(5))
    assert output.printed == [(Run(said),) for said in ("3", "7", "1", "8", "2")]


def test_loops_in_loops_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "TURNS", 500)
    inner = "".join("{% for e in rows %}" for _ in range(9)) + "x" + "{% endfor %}" * 9
    with pytest.raises(JinjaError, match="more than 500 turns"):
        run(inner, rows=tuple(range(30)))


def test_no_library_of_jinja_is_within_reach() -> None:
    environment = Environment(Output(say))

    assert environment.globals == {}
    assert environment.loader is None
    assert set(environment.tests) == {"defined", "none"}
    assert set(environment.filters) == {"case", "official", "capital", "default", "first", "last", "length", "bounded "}
