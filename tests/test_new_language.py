"""A language is added by its files alone: Polish, with three plurals, its own scale words and cases, and no Python.

A folder and a table of words are put beside those of the other languages, as a translator would do, and everything
is asked through the command line.
"""

import contextlib
import io
import json
import re
import shutil
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest

from reports.cli import main
from reports.document import Run, plain
from reports.facts.values import Count, Name
from reports.language import Language, read_language
from reports.wording.catalogs import read_catalog
from reports.wording.samples import parse_value
from reports.wording.speaker import Speaker
from reports.writers import WRITERS
from tests.reading import READERS, docx_parts, squashed
from tests.test_briefs import words
from tests.tools import brief_files, exhaustive, require

ROOT = Path(__file__).parent.parent
POLISH = Path(__file__).parent / "data" / "polish"
REPORTS = ("brief", "factsheet", "reference", "review", "visit")
TAGS = tuple(sorted(path.parent.name for path in (ROOT / "templates" / "languages").glob("*/language.toml")))
EVERY_PARTNER = sorted({path.name[-2:] for path in (ROOT / "data" / "pairs").glob("KZ-??")} - {"EU"})
# What the documents are made for: everything, or a sample in which the data and the ways of writing differ most.
PARTNERS = EVERY_PARTNER if exhaustive() else ["CN", "DE", "KG", "LU"]
ASKED = ["all"] if exhaustive() else PARTNERS
ASKED_FOR = ("HU", "KZ", "LU", "SE", "TR", "UZ")
OTHERS = TAGS if exhaustive() else ("ar", "en", "kk")
AS_OF = "2025-10-20"
SUFFIXES = {"docx": "docx", "pdf": "pdf", "html": "html", "text": "txt", "json": "json"}


class Copy(NamedTuple):
    """Templates and data with one folder and one table more."""

    templates: Path
    data: Path
    polish: Path

    def order(self, *arguments: str) -> list[str]:
        return [*arguments, "--templates", str(self.templates), "--data", str(self.data)]


def with_polish(folder: Path, others: Iterable[str] = TAGS) -> Copy:
    """A copy that holds Polish and the languages named; English is that of the templates."""
    left_out = set(TAGS) - {"en", *others}
    templates = shutil.copytree(ROOT / "templates", folder / "templates", ignore=lambda _, names: left_out & {*names})
    own = shutil.ignore_patterns("schedule.toml")  # it asks for languages that are left out here
    data = shutil.copytree(ROOT / "data", folder / "data", ignore=own)
    polish = shutil.copytree(POLISH, templates / "languages" / "pl", ignore=shutil.ignore_patterns("words.csv"))
    shutil.copy(POLISH / "words.csv", data / "words" / "pl.csv")
    return Copy(templates, data, polish)


def spaced(text: str) -> str:
    """Fixed spaces as plain ones."""
    return text.replace("\u00a0", " ")


def problems_of(*order: str) -> list[dict[str, str]]:
    """What a run of the command line tells; it fails if it fails."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert main([*order, "--json"]) == 0
    found: list[dict[str, str]] = json.loads(printed.getvalue())["problems"]
    return found


def made(
    out: Path, report: str, languages: Iterable[str], *order: str
) -> tuple[dict[str, bytes], list[dict[str, str]]]:
    """The files of one report that a run leaves, by path, and the problems that it tells."""
    wanted = ("--report", report, "--lang", ",".join(languages), "--format", ",".join(WRITERS), "--as-of", AS_OF)
    problems = problems_of("brief", *ASKED, *wanted, "--out", str(out), *order)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in brief_files(out)}, problems


class Built(NamedTuple):
    files: dict[str, bytes]
    problems: list[dict[str, str]]

    def text(self, pair: str, report: str, name: str) -> str:
        """What one Polish file says, without white space, in small letters; of JSON the runs alone."""
        data = self.files[f"{report}/{pair}/{AS_OF}/{report}.pl.{SUFFIXES[name]}"]
        return squashed("".join(words(json.loads(data))) if name == "json" else READERS[name](data)).casefold()


def build(folder: Path, languages: Iterable[str], *order: str) -> Built:
    """Every report for the partners in every format, in one run a report."""
    files: dict[str, bytes] = {}
    problems: list[dict[str, str]] = []
    for report in REPORTS:
        found, told = made(folder / report, report, languages, *order)
        files |= {f"{report}/{name}": data for name, data in found.items()}
        problems += told
    return Built(files, problems)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """In Polish and other languages together."""
    copy = with_polish(tmp_path_factory.mktemp("polish"))
    return build(tmp_path_factory.mktemp("built"), (*OTHERS, "pl"), *copy.order())


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """In the other languages, where there is no Polish; its problems are those of the data and of these languages."""
    return build(tmp_path_factory.mktemp("without"), OTHERS)


@pytest.fixture(scope="module")
def polish(tmp_path_factory: pytest.TempPathFactory) -> Language:
    """The language alone, in a folder of its name."""
    return read_language(shutil.copytree(POLISH, tmp_path_factory.mktemp("languages") / "pl"))


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """Polish and English alone, to spoil; a sample has the countries up to France, and those asked for here."""
    copy = with_polish(tmp_path, ())
    if not exhaustive():
        for path in copy.templates.glob("languages/*/names.csv"):
            head, *lines = path.read_text("utf-8").splitlines(keepends=True)
            path.write_text(head + "".join(line for line in lines if line < "FS" or line[:2] in ASKED_FOR), "utf-8")
    return copy


# ---------------------------------------------------------------- what is asked of a language


def test_nothing_but_files_of_the_language_is_added(tmp_path: Path) -> None:
    copy = with_polish(tmp_path)

    def files(folder: Path) -> set[str]:
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

    wanted = files(ROOT / "templates" / "languages" / "es")
    assert files(copy.templates) - files(ROOT / "templates") == {f"languages/pl/{name}" for name in wanted}
    assert files(copy.data) - files(ROOT / "data") == {"words/pl.csv"}


def of_notes(problem: dict[str, str]) -> bool:
    """Notes are what officers wrote in the languages they know: a new language does not translate them."""
    return "/notes.yaml:" in problem["where"]


def test_check_finds_no_problem(tmp_path: Path, without: Built) -> None:
    """Every sentence is said for every country and every hard value; the others are looked at by test_catalogs."""
    copy = with_polish(tmp_path, TAGS if exhaustive() else ())

    found = [problem for problem in problems_of(*copy.order("check", "--as-of", AS_OF)) if not of_notes(problem)]
    assert [problem for problem in found if problem not in without.problems] == []


def test_the_reports_here_are_those_that_there_are() -> None:
    assert {path.parent.name for path in (ROOT / "templates" / "reports").glob("*/report.toml")} == set(REPORTS)


def test_every_report_is_built_for_every_partner_in_every_format_without_a_problem(
    built: Built, without: Built
) -> None:
    """Notes are what officers wrote in the languages they know: a new language does not translate them."""
    polish = {name for name in built.files if ".pl." in name}

    assert polish == {
        f"{report}/KZ-{partner}/{AS_OF}/{report}.pl.{suffix}"
        for report in REPORTS
        for partner in PARTNERS
        for suffix in SUFFIXES.values()
    }
    found = [problem for problem in built.problems if problem not in without.problems]
    assert [problem for problem in found if not of_notes(problem)] == []


def test_no_document_says_that_a_text_stands_in_another_language_but_those_with_notes_of_an_officer(
    built: Built,
) -> None:
    texts = {name: spaced(built.files[name].decode()) for name in built.files if name.endswith(".pl.txt")}
    noted = {path.parent.name for path in (ROOT / "data" / "pairs").glob("*/notes.yaml")}

    assert len(texts) == len(REPORTS) * len(PARTNERS)
    assert {name for name, text in texts.items() if "w innym języku" in text} == {
        f"visit/{pair}/{AS_OF}/visit.pl.txt" for pair in noted
    }


def test_a_document_names_its_language(built: Built) -> None:
    """What a screen reader and a spelling checker go by."""
    folder = f"reference/KZ-LU/{AS_OF}/reference.pl"

    assert b'lang="pl"' in built.files[f"{folder}.html"]
    assert json.loads(built.files[f"{folder}.json"])["language"] == "pl"
    with pikepdf.open(io.BytesIO(built.files[f"{folder}.pdf"])) as file:
        assert str(file.Root.Lang) == "pl"
    assert b'w:val="pl' in docx_parts(built.files[f"{folder}.docx"])["word/styles.xml"]


SAID = (
    "obroty handlowe między Kazachstanem a Luksemburgiem od stycznia do sierpnia 2025 roku wyniosły "
    "13,6 mln dolarów amerykańskich, głównie za sprawą importu z Luksemburga",
    "w 2024 roku obroty wyniosły 19,54 mln dolarów amerykańskich, w tym eksport – 36,5 tys. dolarów amerykańskich, "
    "import – 19,5 mln dolarów amerykańskich",
    "inwestycje bezpośrednie z Luksemburga do Kazachstanu od 2005 roku do drugiego kwartału 2025 roku wyniosły łącznie "
    "3,5 mld dolarów amerykańskich",
    "w Kazachstanie działa 178 przedsiębiorstw z kapitałem z Luksemburga",
    "głową państwa w Luksemburgu jest Wielki Książę Wilhelm V (od 3 października 2025 roku)",
    "na dzień 20 października 2025 roku",
)


@pytest.mark.parametrize("name", sorted(SUFFIXES))
def test_every_format_says_the_same_in_polish(built: Built, name: str) -> None:
    if name == "pdf":
        require("pdftotext")
    text = built.text("KZ-LU", "reference", name)

    assert [said for said in SAID if squashed(said).casefold() not in text] == []


@pytest.mark.parametrize(
    ("report", "partner", "said"),
    [
        ("brief", "LU", "To o 96,0 mln dolarów amerykańskich (22,6%) więcej niż w 2023 roku"),
        ("brief", "DE", "szczyt Azja Środkowa – Niemcy (podpisano 3 dokumenty)"),
        ("brief", "KG", "Strony zamierzają osiągnąć w 2030 roku obroty w wysokości 3 mld dolarów amerykańskich"),
        ("factsheet", "CN", "Karta informacyjna · na dzień 20 października 2025 roku"),
        ("review", "KG", "Pozostało do napisania 5 części notatki na wizytę"),
        ("visit", "CN", "Obroty handlowe w 2024 roku: około 30 mld dolarów amerykańskich (dokładnie 30,1 mld"),
        ("visit", "LU", "Notatka na wizytę lub spotkanie 12 listopada 2025 roku"),
    ],
)
def test_every_report_says_in_polish_what_it_is_for(built: Built, report: str, partner: str, said: str) -> None:
    assert squashed(said).casefold() in built.text(f"KZ-{partner}", report, "text")


def test_other_languages_are_the_same_to_the_byte(built: Built, without: Built) -> None:
    """Those made in one run with the Polish ones, and those made where there is no Polish; but a review of notes
    counts those that Polish lacks."""
    counted = {name for name in without.files if name.startswith("review/KZ-LU/")}
    assert len(without.files) == len(REPORTS) * len(PARTNERS) * len(OTHERS) * len(SUFFIXES)
    assert {name for name in built.files if ".pl." not in name} == set(without.files)
    assert {name for name, data in without.files.items() if built.files[name] != data} == counted


# ---------------------------------------------------------------- what Polish needs and English has not

ENTERPRISES = (
    "There is {n} enterprise with capital from {partner} operating in {home} ({period:as_of}).",
    "There are {n} enterprises with capital from {partner} operating in {home} ({period:as_of}).",
)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ("1", "działa 1 przedsiębiorstwo"),
        ("2", "działają 2 przedsiębiorstwa"),
        ("5", "działa 5 przedsiębiorstw"),
        ("12", "działa 12 przedsiębiorstw"),
        ("22", "działają 22 przedsiębiorstwa"),
        ("25", "działa 25 przedsiębiorstw"),
        ("101", "działa 101 przedsiębiorstw"),
        ("112", "działa 112 przedsiębiorstw"),
        ("0", "działa 0 przedsiębiorstw"),
    ],
)
def test_a_count_takes_one_of_three_forms(polish: Language, count: str, said: str) -> None:
    english = read_language(ROOT / "templates" / "languages" / "en")
    speaker = Speaker(polish, read_catalog(POLISH / "messages.po"), english)
    values = {"n": Count(Decimal(count)), "period": parse_value("period:2025-09")}
    runs = speaker(*ENTERPRISES, "", {**values, "home": Name("KZ"), "partner": Name("LU")})

    text = spaced(plain(tuple(run for run in runs if isinstance(run, Run))))
    assert text == f"W Kazachstanie {said} z kapitałem z Luksemburga (we wrześniu 2025 roku)."


@pytest.mark.parametrize(
    ("value", "case", "said"),
    [
        ("amount:13.6e6:USD", "", "13,6 mln dolarów amerykańskich"),
        ("amount:36.5e3:USD", "", "36,5 tys. dolarów amerykańskich"),
        ("amount:3.5e9:USD", "", "3,5 mld dolarów amerykańskich"),
        ("amount:4.66e12:KZT", "", "4,66 bln tenge"),
        ("amount:1e6:EUR", "long", "1 milion euro"),
        ("amount:2e6:EUR", "long", "2 miliony euro"),
        ("amount:5e6:EUR", "long", "5 milionów euro"),
        ("amount:1.5e6:EUR", "long", "1,5 miliona euro"),
        ("amount:1:USD", "", "1 dolar amerykański"),
        ("amount:3:USD", "", "3 dolary amerykańskie"),
        ("amount:1.5:USD", "", "1,5 dolara amerykańskiego"),
        ("amount:1234:USD", "", "1234 dolary amerykańskie"),
        ("amount:12345:CNY", "", "12 345 juanów"),
        ("amount:2:CNY", "ins", "2 juanami"),
        ("amount:about 1:USD", "", "około 1 dolara amerykańskiego"),
        ("amount:over 26e9:USD", "", "ponad 26 mld dolarów amerykańskich"),
        ("amount:1:TRY", "acc", "1 lirę turecką"),
        ("measure:1:t", "", "1 tona"),
        ("measure:22:t", "", "22 tony"),
        ("measure:112:t", "", "112 ton"),
        ("percent:-12.3", "", "−12,3%"),
        ("times:2.5", "", "2,5 raza"),
        ("count:30", "ordinal", "30."),
    ],
)
def test_an_amount_has_the_words_and_forms_of_polish(polish: Language, value: str, case: str, said: str) -> None:
    assert spaced(polish.say(parse_value(value), case)) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("KZ", "Kazachstan, w Kazachstanie, z Kazachstanu, do Kazachstanu, z Kazachstanem"),
        ("LU", "Luksemburg, w Luksemburgu, z Luksemburga, do Luksemburga, z Luksemburgiem"),
        ("DE", "Niemcy, w Niemczech, z Niemiec, do Niemiec, z Niemcami"),
        ("UZ", "Uzbekistan, w Uzbekistanie, z Uzbekistanu, do Uzbekistanu, z Uzbekistanem"),
        ("CN", "Chiny, w Chinach, z Chin, do Chin, z Chinami"),
        ("TR", "Turcja, w Turcji, z Turcji, do Turcji, z Turcją"),
        ("FR", "Francja, we Francji, z Francji, do Francji, z Francją"),
        ("SE", "Szwecja, w Szwecji, ze Szwecji, do Szwecji, ze Szwecją"),
        ("HU", "Węgry, na Węgrzech, z Węgier, na Węgry, z Węgrami"),
    ],
)
def test_a_name_has_its_cases_and_prepositions(
    copy: Copy, capsys: pytest.CaptureFixture[str], code: str, said: str
) -> None:
    """Tried out as a translator does."""
    sentence = "{partner:nom}, {partner:in}, {partner:from}, {partner:to}, {partner:with}"

    assert main(copy.order("say", "--lang", "pl", "--partner", code, sentence)) == 0
    assert spaced(capsys.readouterr().out.strip()) == said


@pytest.mark.parametrize(
    ("value", "case", "said"),
    [
        ("period:2024", "in", "w 2024 roku"),
        ("period:2025-Q2", "in", "w drugim kwartale 2025 roku"),
        ("period:2025-09", "in", "we wrześniu 2025 roku"),
        ("period:2025-01/2025-08", "in", "od stycznia do sierpnia 2025 roku"),
        ("period:2021/2022", "in", "w latach 2021–2022"),
        ("period:2005/2025-Q2", "in", "od 2005 roku do drugiego kwartału 2025 roku"),
        ("period:P20Y/2025-09", "in", "w ciągu 20 lat do września 2025 roku"),
        ("day:2025-10-20", "as_of", "na dzień 20 października 2025 roku"),
        ("day:2024-11-19/2024-11-21", "on", "19–21 listopada 2024 roku"),
    ],
)
def test_a_month_is_declined_and_a_period_has_its_preposition(
    polish: Language, value: str, case: str, said: str
) -> None:
    assert spaced(polish.say(parse_value(value), case)) == said


# ---------------------------------------------------------------- what a translator does wrong


class Told(NamedTuple):
    """A problem as a person sees it on the screen."""

    where: str
    message: str
    hint: str


def told(copy: Copy, capsys: pytest.CaptureFixture[str], change: Callable[[Path], object]) -> Told:
    """The one error that `check` prints after a change of the Polish folder; what it warns of is in the data."""
    change(copy.polish)

    assert main(copy.order("check", "--as-of", AS_OF)) == 1
    printed = capsys.readouterr().err.replace(f"{copy.templates}/languages/", "")
    found = re.findall(r"error: (\S+): (.*)\n  hint: (.+)\n", printed)
    assert len(found) == 1 == printed.count("error: "), printed
    assert not re.search("warning: (pl|words)/", printed), printed
    return Told(*found[0])


def line_of(name: str, text: str) -> int:
    lines = (POLISH / name).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(text))


def put(name: str, old: str, new: str) -> Callable[[Path], None]:
    """A change of one place in a file."""

    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert text.count(old) == 1
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


def in_imports(new: str) -> Callable[[Path], None]:
    return put("messages.po", 'msgstr "Import {home:gen}"', f'msgstr "{new}"')


IMPORTS = "pl/messages.po:" + str(line_of("messages.po", 'msgid "Imports of {home}"'))
LOCALE = "pl/language.toml:" + str(line_of("language.toml", "locale"))


def test_a_lost_placeholder_is_told_with_file_line_and_hint(copy: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    problem = told(copy, capsys, in_imports("Import"))

    assert problem.where == IMPORTS
    assert problem.message == "placeholders differ: home: 'Import'"
    assert problem.hint == "have each of the English sentence, and no other"


def test_a_wrong_case_is_told_with_file_line_and_the_cases_there_are(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = told(copy, capsys, in_imports("Import {home:geni}"))

    assert problem.where == IMPORTS
    assert "'geni'" in problem.message
    assert {"nom", "gen", "dat", "acc", "ins", "loc", "in", "from", "to", "with"} <= set(
        problem.hint.removeprefix("choose from ").split(", ")
    )


def test_an_invisible_mark_is_told_with_file_line_and_hint(copy: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    problem = told(copy, capsys, in_imports("Import\u200b {home:gen}"))

    assert problem.where == IMPORTS
    assert problem.message.startswith("invisible characters U+200B")
    assert problem.hint == "delete them: type the words around them anew"


def test_a_locale_that_cldr_does_not_know_is_told_with_file_line_and_hint(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = told(copy, capsys, put("language.toml", 'locale = "pl"', 'locale = "polnisch"'))

    assert problem == Told(LOCALE, "unknown locale 'polnisch'", "use a CLDR locale such as pt_BR")


@pytest.mark.parametrize("tag", ["polnisch", "po"])
def test_a_folder_that_is_no_tag_of_its_locale_is_told_with_file_line_and_hint(
    copy: Copy, capsys: pytest.CaptureFixture[str], tag: str
) -> None:
    """A wrong tag would stand in every document as its language."""
    problem = told(copy, capsys, lambda folder: shutil.move(folder, folder.with_name(tag)))

    assert problem.where == LOCALE.replace("pl/", f"{tag}/")
    assert problem.message == f"the folder {tag!r} is no tag of the locale 'pl'"
    assert "such as pt-BR" in problem.hint


def test_a_locale_of_another_language_is_told_with_file_line_and_hint(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its plurals and signs would be those of the other."""
    problem = told(copy, capsys, put("language.toml", 'locale = "pl"', 'locale = "de"'))

    assert problem.where == LOCALE
    assert problem.message == "the folder 'pl' is no tag of the locale 'de'"
    assert problem.hint


def test_a_header_with_fewer_plurals_than_a_message_is_told_with_file_line_and_hint(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = told(copy, capsys, put("messages.po", "nplurals=3", "nplurals=2"))

    assert problem.where == f"pl/messages.po:{line_of('messages.po', 'msgid_plural') - 1}"
    assert "num_plurals" in problem.message
    assert "nplurals" in problem.hint


def test_a_message_that_lost_its_plural_is_told(copy: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    """It would say its singular of every count."""
    problem = told(copy, capsys, put("messages.po", 'msgid_plural "{n} documents signed"\n', ""))

    assert "'{n} document signed'" in problem.message
    assert problem.hint == "run messages update"


def test_an_invisible_mark_in_a_name_is_told_with_file_line_and_hint(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = told(copy, capsys, put("names.csv", "FR,short,gen,Francji", "FR,short,gen,Fran\u200bcji"))

    assert problem.where == f"pl/names.csv:{line_of('names.csv', 'FR,short,gen')}"
    assert "invisible" in problem.message
    assert problem.hint == "type the form anew"


@pytest.mark.parametrize("name", ["messages.po", "names.csv", "forbidden.csv", "language.toml"])
def test_a_file_that_is_saved_in_an_old_encoding_is_one_problem(
    copy: Copy, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """As a spreadsheet or an editor on Windows may save it."""

    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        (folder / name).write_bytes(text.encode("cp1250", "replace"))

    problem = told(copy, capsys, change)
    assert problem.where == f"pl/{name}"
    assert "utf-8" in problem.message
    assert "UTF-8" in problem.hint


def test_a_rule_that_puts_nonsense_is_told_when_it_is_read(copy: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    problem = told(copy, capsys, put("language.toml", 'put = "\\\\1\\u00A0"', "put = '\\1\\u00A0'"))

    assert problem.where == "pl/language.toml"
    assert "bad escape" in problem.message
