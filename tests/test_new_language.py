"""A language is added by its files alone: Polish, with three plurals, its own scale words and cases, and no Python."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.cli import main
from reports.facts.values import Name
from reports.language import read_language
from reports.wording.samples import parse_value
from tests.reading import docx_text, html_text, pdf_text, squashed
from tests.tools import require

ROOT = Path(__file__).parent.parent
POLISH = Path(__file__).parent / "data" / "polish"
REPORTS = sorted(
    path.name for path in (ROOT / "templates" / "reports").iterdir() if path.is_dir() and path.name != "shared"
)
ORDER = ("--as-of", "2025-10-20", "--format", "docx,pdf,html,text,json")


def with_polish(folder: Path) -> tuple[Path, Path]:
    """Templates and data with one folder and one file more."""
    templates, data = shutil.copytree(ROOT / "templates", folder / "t"), shutil.copytree(ROOT / "data", folder / "d")
    shutil.copytree(POLISH, templates / "languages" / "pl", ignore=shutil.ignore_patterns("words.csv"))
    shutil.copy(POLISH / "words.csv", data / "words" / "pl.csv")
    return templates, data


def made(out: Path, *order: str) -> dict[str, bytes]:
    assert main(["brief", *order, "--out", str(out)]) == 0
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*.*"))}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every report for every partner in Polish and two languages of the house."""
    templates, data = with_polish(tmp_path_factory.mktemp("polish"))
    files: dict[str, bytes] = {}
    for report in REPORTS:
        order = ("all", "--report", report, "--lang", "pl,en,kk", "--templates", str(templates), "--data", str(data))
        files |= made(tmp_path_factory.mktemp(report), *order, *ORDER)
    return files


def test_the_linter_finds_nothing_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every sentence is said for every country and every hard value."""
    templates, data = with_polish(tmp_path)

    assert main(["check", "--templates", str(templates), "--data", str(data), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == []


def test_every_report_is_built_for_every_partner_in_every_format(built: dict[str, bytes]) -> None:
    polish = [name for name in built if ".pl." in name]
    partners = {name.split("/")[0] for name in polish}

    assert set(REPORTS) >= {"brief", "reference"}
    assert len(polish) == len(REPORTS) * len(partners) * 5
    assert partners >= {"KZ-LU", "KZ-DE", "KZ-UZ", "KZ-CN", "KZ-TR", "KZ-FR"}


def test_every_format_says_the_same_in_polish(built: dict[str, bytes]) -> None:
    require("pdftotext")
    readers: dict[str, Callable[[bytes], str]] = {
        "docx": docx_text, "pdf": pdf_text, "html": html_text, "txt": bytes.decode,
    }  # fmt: skip
    said = (
        "obroty handlowe między Kazachstanem a Luksemburgiem od stycznia do sierpnia 2025 roku wyniosły "
        "13,6 mln dolarów amerykańskich, głównie za sprawą importu z Luksemburga",
        "w tym eksport – 36,5 tys. dolarów amerykańskich, import – 19,5 mln dolarów amerykańskich",
        "od 2005 roku do drugiego kwartału 2025 roku wyniosły łącznie 3,5 mld dolarów amerykańskich",
        "w Kazachstanie działa 178 przedsiębiorstw z kapitałem z Luksemburga",
        "3 października 2025 roku zmieniła się głowa państwa w Luksemburgu: następca – Wielki Książę Wilhelm V",
    )
    for suffix, read in readers.items():
        text = squashed(read(built[f"KZ-LU/2025-10-20/reference.pl.{suffix}"])).casefold()
        for sentence in said:
            assert squashed(sentence).casefold() in text, (suffix, sentence)


def test_other_languages_are_the_same_to_the_byte(built: dict[str, bytes], tmp_path: Path) -> None:
    without = made(tmp_path, "LU", "--report", "brief", "--lang", "en,kk", *ORDER)

    assert without
    for name, data in without.items():
        assert built[name] == data, name


def test_a_noun_takes_the_plural_of_polish(tmp_path: Path) -> None:
    polish = read_language(with_polish(tmp_path)[0] / "languages" / "pl")
    counts = ("1", "2", "5", "12", "22", "25", "101", "112", "1.5")

    said = [polish.say(parse_value(f"measure:{count}:t")).replace("\u00a0", " ") for count in counts]
    assert said == [
        "1 tona", "2 tony", "5 ton", "12 ton", "22 tony", "25 ton", "101 ton", "112 ton", "1,5 tony",
    ]  # fmt: skip
    assert [polish.say(Name("FR"), case) for case in ("in", "from", "ins")] == ["we Francji", "z Francji", "Francją"]


# ---------------------------------------------------------------- what a translator does wrong


def complaint(folder: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], None]) -> dict[str, str]:
    """The one problem that the linter finds after a change of the Polish folder; other languages are left out."""
    templates, data = with_polish(folder)
    for other in (templates / "languages").iterdir():
        if other.name not in ("en", "pl"):
            shutil.rmtree(other)
    change(templates / "languages" / "pl")

    assert main(["check", "--templates", str(templates), "--data", str(data), "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    found: dict[str, str] = problem
    return found


def in_catalog(old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / "messages.po").read_text("utf-8")
        assert text.count(old) == 1
        (folder / "messages.po").write_text(text.replace(old, new), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('msgstr "Import {home:gen}"', 'msgstr "Import"', "placeholders differ: home"),
        ('msgstr "Import {home:gen}"', 'msgstr "Import {home:geni}"', "geni"),
        ('msgstr "Import {home:gen}"', 'msgstr "Import\u200b {home:gen}"', "U+200B"),
    ],
    ids=["a lost placeholder", "a wrong case", "an invisible mark"],
)
def test_a_mistake_in_a_message_is_told_with_file_line_and_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    problem = complaint(tmp_path, capsys, in_catalog(old, new))
    lines = (POLISH / "messages.po").read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text == old) - 1  # that of its msgid

    assert said in problem["message"]
    assert re.search(rf"pl/messages\.po:({line}|{line + 1})$", problem["where"])
    assert problem["hint"]


def test_a_folder_or_locale_that_is_no_language_is_told_with_its_file_and_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(folder: Path) -> None:
        sheet = (folder / "language.toml").read_text("utf-8")
        (folder / "language.toml").write_text(sheet.replace('locale = "pl"', 'locale = "polnisch"'), encoding="utf-8")

    problem = complaint(tmp_path, capsys, change)
    assert problem["where"].endswith("pl/language.toml:2")
    assert "polnisch" in problem["message"]
    assert problem["hint"]


def test_a_rule_that_puts_nonsense_is_told_when_it_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def change(folder: Path) -> None:
        sheet = (folder / "language.toml").read_text("utf-8")
        spoilt = sheet.replace('put = "\\\\1\\u00A0"', "put = '\\1\\u00A0'")
        assert spoilt != sheet
        (folder / "language.toml").write_text(spoilt, encoding="utf-8")

    problem = complaint(tmp_path, capsys, change)
    assert problem["where"].endswith("pl/language.toml")
    assert "bad escape" in problem["message"]
    assert problem["hint"]
