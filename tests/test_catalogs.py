"""Catalogs: the linter and its dry run over all countries, extraction, and merging of changed sentences."""

import shutil
import subprocess
from pathlib import Path

import pytest

from reports.checking import language_problems
from reports.cli import main
from reports.errors import WordingError
from reports.library import Library, open_library
from reports.wording.catalogs import forms, ids, read, read_catalog, sentences, update
from reports.wording.messages import names
from reports.wording.samples import read_samples
from reports.wording.spelling import misspelt, read_forbidden
from tests.tools import require

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
TAGS = tuple(sorted(path.name for path in (TEMPLATES / "languages").iterdir()))
TRANSLATED = tuple(tag for tag in TAGS if tag != "en")
TURNOVER = "Trade turnover between {home} and {partner} amounted to {turnover} {period:in}."


@pytest.mark.parametrize("tag", TAGS)
def test_every_message_can_be_said_for_every_country_and_every_hard_value(tag: str) -> None:
    assert language_problems(open_library(TEMPLATES), tag) == ()


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_catalog_has_exactly_the_sentences_of_the_templates(tag: str) -> None:
    catalog = read(TEMPLATES / "languages" / tag / "messages.po")

    translated = {(message.context or "", ids(message)) for message in catalog if message.id}
    assert translated == {(message.context or "", ids(message)) for message in sentences(TEMPLATES) if message.id}
    assert not catalog.obsolete


@pytest.mark.parametrize("tag", TRANSLATED)
def test_gettext_itself_accepts_the_catalog(tag: str) -> None:
    require("msgfmt")
    po = TEMPLATES / "languages" / tag / "messages.po"
    done = subprocess.run(["msgfmt", "-c", "-o", "-", str(po)], capture_output=True, check=False)

    said = [line for line in done.stderr.decode().splitlines() if "missing in header" not in line]
    assert (done.returncode, said) == (0, [])


# ---------------------------------------------------------------- planted faults


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A copy of the templates to spoil."""
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    return open_library(tmp_path / "templates")


def spoilt(library: Library, old: str, new: str, tag: str = "ru") -> str:
    """What the linter says after one change of a catalog."""
    po = library.templates / "languages" / tag / "messages.po"
    text = po.read_text(encoding="utf-8")
    assert old in text
    po.write_text(text.replace(old, new, 1), encoding="utf-8")
    return "\n".join(map(str, language_problems(library, tag)))


SAID = 'msgstr "Товарооборот между {home:ins} и {partner:ins} {period:in} составил {turnover}."'


@pytest.mark.parametrize(
    ("new", "complaint"),
    [
        ('msgstr "Товарооборот между {home:ins} и {partner:ins} составил {turnover}."', "placeholders differ: period"),
        (SAID.replace("{turnover}", "{turnover} {export}"), "placeholders differ: export"),
        (SAID.replace("{home:ins}", "{home:comitative}"), "'comitative'"),
        (SAID.replace("{turnover}", "{turnover:ins_plural}"), "'ins_plural'"),
        (SAID.replace("{turnover}", "{turnover.digits}"), "cannot be read"),
        (SAID.replace("{turnover}", "<u>{turnover}</u>"), "cannot be read"),
        (SAID.replace("{turnover}", "<b>{turnover}"), "is never closed"),
        (SAID.replace("между", "меж\u200bду"), "U+200B"),
        (SAID.replace("между", "меж\u00adду"), "U+00AD"),
        (SAID.replace("Товарооборот", "'Товарооборот'"), "straight quotes"),
        (SAID.replace('.";', '"').replace('{turnover}."', '{turnover}"'), "ends otherwise"),
        (SAID.replace('"Товарооборот', '" Товарооборот'), "begins or ends with a space"),
        ('msgstr ""', "not translated"),
    ],
)
def test_a_fault_in_a_translation_is_named(library: Library, new: str, complaint: str) -> None:
    said = spoilt(library, SAID, new)

    assert complaint in said
    assert "ru/messages.po:" in said


def test_a_fuzzy_translation_is_a_problem_and_is_not_said(library: Library) -> None:
    said = spoilt(
        library, '#, no-python-brace-format\nmsgid "Agreements"', '#, fuzzy, no-python-brace-format\nmsgid "Agreements"'
    )

    assert "fuzzy: 'Agreements'" in said
    assert ("", "Agreements") not in read_catalog(library.templates / "languages/ru/messages.po").translations


def test_a_form_that_one_country_lacks_is_found_by_the_dry_run(library: Library) -> None:
    path = library.templates / "languages" / "ru" / "names.csv"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("TV,short,ins,")]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    said = "\n".join(map(str, language_problems(library, "ru")))
    assert "TV" in said
    assert "'ins'" in said


def test_a_name_without_samples_is_told_with_its_template(library: Library) -> None:
    section = library.templates / "reports" / "brief" / "end.j2"
    section.write_text(section.read_text("utf-8") + "{% note %}By {surprise}.{% endnote %}", encoding="utf-8")

    said = "\n".join(map(str, language_problems(library, "en")))
    assert "brief/end.j2" in said
    assert "{surprise}" in said


def test_a_sentence_that_the_catalog_lacks_is_told_with_its_template(library: Library) -> None:
    section = library.templates / "reports" / "brief" / "end.j2"
    section.write_text(section.read_text("utf-8") + "{% note %}A new remark.{% endnote %}", encoding="utf-8")

    said = "\n".join(map(str, language_problems(library, "kk")))
    assert "'A new remark.'" in said
    assert "brief/end.j2" in said


def test_a_file_that_is_no_catalog_is_one_problem(library: Library) -> None:
    (library.templates / "languages" / "fr" / "messages.po").write_bytes(b'msgid "\xff')

    (problem,) = language_problems(library, "fr")
    assert "fr/messages.po" in problem.where


# ---------------------------------------------------------------- update


def test_update_is_a_fixed_point(library: Library) -> None:
    po = library.templates / "languages" / "kk" / "messages.po"
    update(po, library.templates)
    once = po.read_bytes()

    update(po, library.templates)
    assert po.read_bytes() == once
    assert (
        read_catalog(po).translations.keys() == read_catalog(TEMPLATES / "languages/kk/messages.po").translations.keys()
    )


def test_a_changed_sentence_becomes_fuzzy_with_the_old_text_kept(library: Library) -> None:
    section = library.templates / "reports" / "shared" / "turnover_sentence.j2"
    changed = TURNOVER.replace("amounted to", "came to")
    section.write_text(section.read_text("utf-8").replace(TURNOVER, changed), encoding="utf-8")
    po = library.templates / "languages" / "ru" / "messages.po"

    update(po, library.templates)
    (entry,) = (message for message in read(po) if message.id == changed)
    assert entry.fuzzy
    assert forms(entry)[0].startswith("Товарооборот")
    assert "#| msgid" in po.read_text("utf-8")


# ---------------------------------------------------------------- samples


def test_every_name_of_the_templates_has_a_type_and_every_type_is_used() -> None:
    samples = read_samples(TEMPLATES / "values.toml")
    used = frozenset[str]().union(*(names(text) for message in sentences(TEMPLATES) for text in ids(message)))

    assert used - samples.types.keys() == set()
    assert samples.types.keys() - used == {"exports", "imports"} - used


# ---------------------------------------------------------------- a changed sentence in print


def changed(library: Library, new: str) -> None:
    """Changes a sentence of the templates and merges it into the catalogs of Kazakh and Russian."""
    for section in (library.templates / "reports").rglob("*.j2"):
        section.write_text(section.read_text("utf-8").replace(TURNOVER, new), encoding="utf-8")
    for tag in ("kk", "ru"):
        update(library.templates / "languages" / tag / "messages.po", library.templates)


def brief(library: Library, tag: str, folder: Path, *more: str) -> tuple[int, str]:
    order = ["brief", "FR", "--as-of", "2023-11-20", "--lang", tag, "--format", "text", "--out", str(folder / "out")]
    status = main([*order, "--templates", str(library.templates), *more])
    return status, (folder / "out/KZ-FR/2023-11-20" / f"brief.{tag}.txt").read_text("utf-8").replace("\u00a0", " ")


@pytest.mark.parametrize("new", [TURNOVER.replace("amounted", ", amounted"), TURNOVER.replace("Trade t", "Trade  T")])
def test_a_changed_comma_or_capital_leaves_the_translation_in_print(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str], new: str
) -> None:
    changed(library, new)

    status, text = brief(library, "kk", tmp_path)
    assert status == 0
    assert "Қазақстан мен Франция арасындағы тауар айналымы" in text
    assert "Trade turnover" not in text
    assert "review the translation" in capsys.readouterr().err
    assert brief(library, "kk", tmp_path, "--strict")[0] == 1


def test_a_changed_word_falls_back_along_the_configured_order_and_is_marked(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fall is no rise, though the placeholders are the same: Kazakh falls back to Russian, Russian to English."""
    po = library.templates / "languages" / "ru" / "messages.po"
    changed(library, TURNOVER.replace("amounted to", "fell to"))
    russian = 'msgstr "Товарооборот между {home:ins} и {partner:ins} {period:in} снизился до {turnover:gen}."'
    text = po.read_text("utf-8")
    start = text.index("#, fuzzy")
    po.write_text(text[:start] + text[start:].replace("#, fuzzy, ", "#, ").replace(SAID, russian), encoding="utf-8")

    _, kazakh = brief(library, "kk", tmp_path)
    assert "Товарооборот между Казахстаном и Францией" in kazakh
    assert "снизился до" in kazakh
    assert "басқа тілде" in kazakh
    assert "not translated" in capsys.readouterr().err
    assert brief(library, "kk", tmp_path, "--strict")[0] == 1


def test_without_any_translation_the_sentence_is_english_and_marked(library: Library, tmp_path: Path) -> None:
    changed(library, TURNOVER.replace("amounted to", "fell to"))

    assert "Trade turnover between Kazakhstan and France fell to" in brief(library, "kk", tmp_path)[1]


def test_update_keeps_the_previous_text_however_often_it_runs(library: Library) -> None:
    changed(library, TURNOVER.replace("amounted to", "fell to"))
    po = library.templates / "languages" / "kk" / "messages.po"
    once = po.read_text("utf-8")

    update(po, library.templates)
    assert po.read_text("utf-8") == once
    assert "#| msgid" in once


# ---------------------------------------------------------------- check and status


def test_messages_check_lists_what_is_wrong(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["messages", "check", "--templates", str(library.templates)]) == 0
    spoilt(library, SAID, 'msgstr ""')

    assert main(["messages", "check", "--templates", str(library.templates)]) == 1
    assert "not translated" in capsys.readouterr().err


def test_messages_status_counts_sentences_and_texts(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    spoilt(library, SAID, 'msgstr ""')
    changed(library, TURNOVER.replace("amounted to", "fell to"))

    assert main(["messages", "status", "--templates", str(library.templates)]) == 0
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()}
    total = len([message for message in sentences(TEMPLATES) if message.id])
    assert rows["fr"][:3] == [str(total - 1), "0", "1"]
    assert rows["kk"][:3] == [str(total - 1), "1", "0"]
    assert rows["ru"][0] == str(total - 1)
    assert int(rows["kk"][3]) >= 100
    assert rows["kk"][5] == "0"


# ---------------------------------------------------------------- forbidden spellings


@pytest.mark.parametrize("tag", TAGS)
def test_no_text_has_a_spelling_that_the_house_forbids(tag: str) -> None:
    folder = TEMPLATES / "languages" / tag

    assert list(misspelt(folder, ROOT / "data" / "words")) == []
    assert (folder / "forbidden.csv").exists()


SPOILT = {
    "names.csv": "ZZ,short,ins,Әзірбайжанмен,reviewed",
    "terms.csv": "neighbour,ins,Әзірбайжанмен,reviewed",
    "messages.po": 'msgstr "Әзірбайжанмен"',
    "words": "place,Baku,,Әзірбайжанмен,draft",
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_forbidden_spelling_is_found_in_every_text_of_a_language(library: Library, tmp_path: Path, name: str) -> None:
    folder, words = library.templates / "languages" / "kk", tmp_path / "words"
    words.mkdir()
    path = words / "kk.csv" if name == "words" else folder / name
    text = path.read_text("utf-8") if path.exists() else "kind,entry,case,form,status\n"
    path.write_text(f"{text}{SPOILT[name]}\n", encoding="utf-8")

    (problem,) = misspelt(folder, words)
    assert problem.where == f"{path.parent.name}/{path.name}:{len(text.splitlines()) + 1}"
    assert "Әзербайжан" in problem.hint


def test_letters_are_forbidden_anywhere_after_a_star_but_not_in_english_words_beside_them(tmp_path: Path) -> None:
    folder = tmp_path / "uz"
    folder.mkdir()
    (folder / "forbidden.csv").write_text("spelling,instead,reason\n*g’,gʻ,U+02BB\n", encoding="utf-8")
    (folder / "names.csv").write_text("country,case,form\nLU,gen,Luxembourg\nAF,,Afg’oniston\n", encoding="utf-8")
    (folder / "messages.po").write_text('msgid "Luxembourg’s"\nmsgstr "Lyuksemburg"\n', encoding="utf-8")

    assert [problem.where for problem in misspelt(folder, tmp_path)] == ["uz/names.csv:3"]


def test_a_table_of_forbidden_spellings_with_other_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "forbidden.csv").write_text("wrong,right\n", encoding="utf-8")

    with pytest.raises(WordingError, match="spelling,instead,reason"):
        read_forbidden(tmp_path / "forbidden.csv")


# ---------------------------------------------------------------- what a translator sees


@pytest.mark.parametrize(("tag", "beside"), [("kk", True), ("ru", False)])
def test_a_translator_sees_where_a_sentence_stands_how_it_reads_and_its_russian(
    library: Library, tag: str, beside: bool
) -> None:
    assert main(["messages", "update", "--templates", str(library.templates)]) == 0

    po = library.templates / "languages" / tag / "messages.po"
    (entry,) = (message for message in read(po) if message.id == TURNOVER)
    reads, _, russian = " ".join(entry.auto_comments).partition(" ru: ")
    values = "13.6 million US dollars in January–August 2025"
    assert reads == f"reads: Trade turnover between Kazakhstan and Luxembourg amounted to {values}."
    assert russian == (SAID[8:-1] if beside else "")
    assert [name for name, _ in entry.locations] == ["reports/shared/turnover_sentence.j2"]


def test_the_catalogs_of_the_repository_are_up_to_date(library: Library) -> None:
    assert main(["messages", "update", "--templates", str(library.templates)]) == 0

    for tag in TRANSLATED:
        name = f"languages/{tag}/messages.po"
        assert (library.templates / name).read_text("utf-8") == (TEMPLATES / name).read_text("utf-8"), tag
