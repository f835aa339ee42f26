"""The briefs themselves, made by the command line from the data of the repository and read from the files."""

import json
import re
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from reports.cli import main
from tests.pdf_structure import faults as structure_faults
from tests.reading import (
    FIGURES,
    READERS,
    Convention,
    docx_text,
    html_text,
    json_figures,
    json_text,
    numbers,
    pdf_body,
    pdf_figures,
    pdf_text,
    squashed,
    text_text,
)
from tests.tools import LANGUAGES, PARTNERS, REPORTS, brief_files, exhaustive, require
from tests.validators import findings
from tests.verapdf import broken_rules

FOLDER = Path(__file__).parent / "data" / "language"
# What a reader finds in the note on Luxembourg as of 20 October 2025, and how numbers are written, by language.
READ: Mapping[str, Any] = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
SUFFIXES = {"docx": "docx", "pdf": "pdf", "html": "html", "text": "txt", "json": "json"}
# What is made in all languages and read figure by figure.
SHOWN = tuple((partner, report) for partner in PARTNERS for report in REPORTS if exhaustive() or partner == "LU")
EIGHT = ("13.6", "19.54", "36.5", "19.5", "520.5", "424.5", "3.5", "178")


def made(out: Path, *arguments: str) -> dict[str, bytes]:
    """The files that a run of the command line leaves, by name."""
    assert main(["brief", *arguments, "--out", str(out)]) == 0
    return {path.name: path.read_bytes() for path in brief_files(out)}


def reference(out: Path, as_of: str, *more: str) -> dict[str, bytes]:
    languages, formats = ",".join(LANGUAGES), ",".join(SUFFIXES)
    fixed = ("LU", "--report", "reference", "--as-of", as_of, "--lang", languages, "--format", formats)
    return made(out, *fixed, *more)


def shown(files: Mapping[str, bytes], language: str, name: str) -> str:
    """The text of one file without white space and soft hyphens."""
    data = files[f"reference.{language}.{SUFFIXES[name]}"]
    text = "".join(words(json.loads(data))) if name == "json" else READERS[name](data)
    return squashed(text).replace("\u00ad", "").casefold()


def words(part: Any) -> Iterator[str]:
    """The texts of runs, in order."""
    if isinstance(part, dict):
        if part.get("type") == "run":
            yield part["text"]
        else:
            yield from (said for value in part.values() for said in words(value))
    elif isinstance(part, list):
        yield from (said for value in part for said in words(value))


@pytest.fixture(scope="module")
def october(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    require("pdftotext")
    return reference(tmp_path_factory.mktemp("october"), "2025-10-20")


@pytest.mark.parametrize("name", SUFFIXES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_on_luxembourg_says_what_the_ministry_said(
    october: dict[str, bytes], language: str, name: str
) -> None:
    text = shown(october, language, name)

    for said in (*READ[language]["said"], *READ[language]["periods"], *READ[language]["leaders"]):
        assert squashed(said).casefold() in text, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_first_of_october_the_figures_are_not_yet_known(tmp_path: Path, language: str) -> None:
    files = made(
        tmp_path, "LU", "--report", "reference", "--as-of", "2025-10-01", "--lang", language, "--format", "text,json"
    )
    text = text_text(files[f"reference.{language}.txt"])

    assert READ[language]["henri"] in text
    assert READ[language]["leaders"][0] not in text
    assert READ[language]["not_yet"] in text.replace("\u00a0", " ")
    printed = {
        digits
        for digits in READ[language].get("digits", EIGHT)
        if re.search(rf"(?<![\d.,]){re.escape(digits).replace('[.]', '[.,]')}", text)
    }
    assert printed == set()
    keys = {key for key, _ in json_figures(files[f"reference.{language}.json"])}
    assert not any(key.startswith(("trade.", "fdi.inflow", "enterprises")) for key in keys)


def test_with_all_facts_the_figures_are_printed_and_marked(tmp_path: Path) -> None:
    require("pdftotext")
    files = reference(tmp_path, "2025-10-01", "--facts", "all")

    for language in LANGUAGES:
        text = text_text(files[f"reference.{language}.txt"])
        assert text.count("(†)") >= len(EIGHT)
        plain = squashed(text).replace("(†)", "").casefold()
        assert all(squashed(said).casefold() in plain for said in READ[language]["said"][4:6])
        assert READ[language]["henri"] in text


def test_on_the_third_of_october_the_new_grand_duke_is_named(tmp_path: Path) -> None:
    files = made(
        tmp_path, "LU", "--report", "reference", "--as-of", "2025-10-03", "--lang", "en,kk", "--format", "text"
    )

    assert "is Grand Duke Guillaume V (since 3 October 2025)" in files["reference.en.txt"].decode().replace(
        "\u00a0", " "
    )
    assert "Гийом V" in files["reference.kk.txt"].decode()


# ---------------------------------------------------------------- all files


def folder(partner: str) -> str:
    """Where the files on a partner are."""
    return f"KZ-{partner}/2025-10-20"


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Every report on every partner in every format, by path: in all languages, sampled in one but for one partner."""
    out = tmp_path_factory.mktemp("all")
    for report in REPORTS:
        fixed = ("--report", report, "--as-of", "2025-10-20", "--format", ",".join(SUFFIXES), "--out", str(out))
        everywhere = "all" if exhaustive() else "LU"
        assert main(["brief", everywhere, "--lang", ",".join(LANGUAGES), *fixed]) == 0
        assert exhaustive() or main(["brief", "all", "--lang", "kk", *fixed]) == 0
    return {path.relative_to(out).as_posix(): path for path in brief_files(out)}


# ---------------------------------------------------------------- numbers

Numbers = tuple[Decimal, ...]


class Read(NamedTuple):
    """The significant digits of every print of a figure, and its value where a print says its scale and unit."""

    digits: frozenset[Numbers]
    value: Numbers


def value(text: str, language: str) -> Numbers:
    """The numbers of a printed figure times the scale word beside them."""
    read = READ[language]
    scale = next((power for word, power in read["scales"] if word in text), 0)
    convention = Convention(read["decimal"], read["groups"])
    return tuple(number.scaleb(scale).normalize() for number in numbers(text, convention))


def digits_of(found: Numbers) -> Numbers:
    """Without the power of ten, which in a cell or a key figure stands elsewhere."""
    return tuple(number.scaleb(-number.adjusted()).normalize() for number in found)


def quantities(files: Mapping[str, bytes], report: str, language: str) -> set[str]:
    """The keys of figures, as against persons, days and places."""
    read = json.loads(files[f"{report}.{language}.json"])
    return {key for key, record in read["figures"].items() if record["unit"] != "text"}


def by_key(prints: Sequence[tuple[str, str]], keys: set[str], language: str) -> dict[str, Read]:
    digits, values = defaultdict(set), defaultdict(set)
    for key, said in prints:
        if key in keys:
            found = value(said, language)
            digits[key].add(digits_of(found))
            if re.search(r"[^\W\d_]|%", said):
                values[key].add(found)
    return {key: Read(frozenset(found), _fullest(values[key])) for key, found in digits.items()}


def _fullest(values: Iterable[Numbers]) -> Numbers:
    """The largest: in a cell or key figure the scale word stands elsewhere."""
    return max(values, key=lambda found: [abs(number) for number in found], default=())


def differing(one: Mapping[str, Read], other: Mapping[str, Read]) -> list[str]:
    """The figures of which two files say different things."""
    return [
        key
        for key in one.keys() | other.keys()
        if key not in one
        or key not in other
        or one[key].digits != other[key].digits
        or (one[key].value and other[key].value and one[key].value != other[key].value)
    ]


@pytest.mark.parametrize(("partner", "report"), SHOWN)
def test_numbers_and_keys_are_equal_in_all_formats_and_languages(
    every: Mapping[str, Path], partner: str, report: str
) -> None:
    """Read from the files by readers that share no code with the writers."""
    require("pdftotext")
    files = {path.name: path.read_bytes() for name, path in every.items() if name.startswith(f"{folder(partner)}/")}
    keys = quantities(files, report, "en")
    expected = by_key(json_figures(files[f"{report}.en.json"]), keys, "en")

    assert keys
    for language in LANGUAGES:
        name = f"{report}.{language}"
        printed = json_figures(files[f"{name}.json"])
        assert quantities(files, report, language) == keys
        assert differing(by_key(printed, keys, language), expected) == []
        assert differing(by_key(FIGURES["docx"](files[f"{name}.docx"]), keys, language), expected) == []
        assert {row["key"] for row in pdf_figures(files[f"{name}.pdf"])} >= keys
        pdf = files[f"{name}.pdf"]
        laid_out = pdf_text(pdf) + pdf_body(pdf)  # a figure may go on overleaf, behind the footer
        for text in (laid_out, text_text(files[f"{name}.txt"]), html_text(files[f"{name}.html"])):
            missing = [said for key, said in printed if key in keys and squashed(said) not in squashed(text)]
            assert missing == []


def test_another_number_in_one_language_would_be_noticed(october: dict[str, bytes]) -> None:
    """A planted fault: the reader is not blind."""
    keys = quantities(october, "reference", "en")
    expected = by_key(json_figures(october["reference.en.json"]), keys, "en")
    printed = json_figures(october["reference.ru.json"])

    assert differing(by_key(printed, keys, "ru"), expected) == []
    for right, wrong in (("19,54", "19,45"), ("13,6 млн", "13,6 млрд")):
        spoilt = [(key, said.replace("\u00a0", " ").replace(right, wrong)) for key, said in printed]
        assert len(differing(by_key(spoilt, keys, "ru"), expected)) == 1


# ---------------------------------------------------------------- every brief


def sampled(files: Mapping[str, Path], suffix: str) -> dict[str, bytes]:
    """All files of a kind in an exhaustive run, else those on one partner and a tenth of the others."""
    names = [name for name in sorted(files) if name.endswith(suffix)]
    others = [name for name in names if not name.startswith(f"{folder('LU')}/")]
    chosen = names if exhaustive() else [name for name in names if name not in others] + others[::10]
    return {name.replace("/", " "): files[name].read_bytes() for name in chosen}


def test_every_report_is_made_on_every_partner_in_every_format(every: Mapping[str, Path]) -> None:
    made_of = {(name.split("/")[0], name.split(".")[0].split("/")[-1], name.split(".")[-1]) for name in every}
    pairs = {folder(partner).split("/")[0] for partner in PARTNERS}

    assert made_of == {(pair, report, suffix) for pair in pairs for report in REPORTS for suffix in SUFFIXES.values()}
    assert len(every) == len(PARTNERS) * len(REPORTS) * len(LANGUAGES) * len(SUFFIXES) == 5500 or not exhaustive()
    assert all(path.stat().st_size for path in every.values())


@pytest.mark.parametrize("judge", ["sdk", "audit", "own"])
def test_every_word_file_is_valid(every: Mapping[str, Path], judge: str) -> None:
    """By the Open XML SDK, openxml-audit and our own checks."""
    files = sampled(every, ".docx")
    if judge == "sdk" and not exhaustive():  # a second a file: of three languages one, another in each report
        files = dict(list(files.items())[::3])
    found = findings(judge, files)

    assert found.keys() == files.keys()
    assert {name: said for name, said in found.items() if said} == {}


def test_every_pdf_is_accessible_and_archival(every: Mapping[str, Path], tmp_path: Path) -> None:
    """PDF/UA-1 and PDF/A-3a by veraPDF, and our own checks of the structure."""
    require("java")
    files = sampled(every, ".pdf")

    assert {name: rules for name, rules in broken_rules(files, tmp_path).items() if rules} == {}
    assert {name: found for name in files if (found := structure_faults(files[name]))} == {}


def test_every_pdf_is_sound(every: Mapping[str, Path]) -> None:
    require("qpdf")
    for path in (path for name, path in every.items() if name.endswith(".pdf")):
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{path}: {done.stdout}{done.stderr}"


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("as_of", ["2023-06-30", "2025-10-20", "2026-11-25"])
def test_no_report_prints_an_empty_table_or_the_word_none(tmp_path: Path, report: str, as_of: str) -> None:
    languages = ",".join(LANGUAGES) if exhaustive() else "kk"
    made(tmp_path, "all", "--report", report, "--lang", languages, "--as-of", as_of, "--format", "text,json")
    texts = [json.loads(path.read_text("utf-8")) for path in brief_files(tmp_path) if path.suffix == ".json"]

    assert len(texts) == len(PARTNERS) * len(languages.split(","))
    for path in tmp_path.rglob("*.txt"):
        assert not re.search(r"\bNone\b|Undefined|\{|\}", path.read_text("utf-8")), path
    tables = [block for read in texts for block in read["blocks"] if block["type"] == "table"]
    assert all(table["rows"] for table in tables)


@pytest.mark.parametrize("report", REPORTS)
def test_no_report_lacks_a_text_or_a_translation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], report: str
) -> None:
    fixed = ("--as-of", "2025-10-20", "--lang", ",".join(LANGUAGES), "--format", "json", "--out", str(tmp_path))
    assert main(["brief", "all", "--report", report, "--json", *fixed]) == 0

    assert json.loads(capsys.readouterr().out)["problems"] == []


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_reads_as_a_person_accepted_it(golden: "object", tmp_path: Path, report: str, language: str) -> None:
    files = made(tmp_path, "LU", "--report", report, "--as-of", "2025-10-20", "--lang", language, "--format", "text")

    assert callable(golden)
    golden(f"{report}.{language}", files[f"{report}.{language}.txt"].decode())


def test_the_same_order_gives_the_same_bytes(tmp_path: Path) -> None:
    fixed = ("LU", "--lang", "en,kk", "--as-of", "2025-10-20", "--format", "docx,pdf,html,text,json")

    assert made(tmp_path / "one", *fixed) == made(tmp_path / "two", *fixed)


def test_word_and_json_say_the_same(october: dict[str, bytes]) -> None:
    for language in LANGUAGES:
        word = squashed(docx_text(october[f"reference.{language}.docx"]))
        said = [text for _, text in json_figures(october[f"reference.{language}.json"])]
        assert all(squashed(text) in word for text in said)
        assert json_text(october[f"reference.{language}.json"])
