"""The command line: what it makes, what it says of bad input, and what it leaves alone."""

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from reports.cli import main
from reports.editions.files import saved
from reports.errors import Problem
from tests.tools import brief_files

ROOT = Path(__file__).parent.parent
FIXED = ("--as-of", "2025-10-20", "--format", "text")


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "generate.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def leaves(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in brief_files(folder)]


def test_brief_prints_the_paths_that_it_made(tmp_path: Path) -> None:
    done = run("brief", "LU", *FIXED, "--lang", "en,kk", "--out", str(tmp_path))

    assert (done.returncode, done.stderr) == (0, "")
    assert [Path(line).name for line in done.stdout.splitlines()] == ["brief.en.txt", "brief.kk.txt"]
    assert leaves(tmp_path) == ["KZ-LU/2025-10-20/brief.en.txt", "KZ-LU/2025-10-20/brief.kk.txt"]


def test_json_is_one_object_with_files_figures_and_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", "LU", *FIXED, "--json", "--out", str(tmp_path)]) == 0

    read = json.loads(capsys.readouterr().out)
    assert list(read) == ["files", "figures", "problems"]
    assert [Path(path).exists() for path in read["files"]] == [True]
    (turnover,) = (figure for figure in read["figures"] if figure["key"] == "trade.turnover@2024")
    assert (turnover["value"], turnover["multiplier"], turnover["unit"]) == ("19.54", 6, "USD")
    assert turnover["sources"] == ["qazinform-2025-10-20"]


@pytest.mark.parametrize("partner", ["lu", "LUX", "Luxembourg", "Люксембург"])
def test_a_country_may_be_named_in_any_language(tmp_path: Path, partner: str) -> None:
    assert main(["brief", partner, *FIXED, "--out", str(tmp_path)]) == 0
    assert leaves(tmp_path) == ["KZ-LU/2025-10-20/brief.en.txt"]


@pytest.mark.parametrize(
    ("arguments", "said", "status"),
    [
        (["brief", "Atlantis"], "unknown country", 2),
        (["brief", "BR"], "unknown partner", 2),
        (["brief", "LU", "--lang", "xx"], "unknown language", 2),
        (["brief", "LU", "--lang", ","], "unknown language", 2),
        (["brief", "LU", "--format", "odt"], "unknown format", 2),
        (["brief", "LU", "--report", "poem"], "unknown report", 2),
        (["brief", "LU", "--as-of", "yesterday"], "is no day", 2),
        (["brief", "LU", "--as-of", "2025-02-30"], "is no day", 2),
        (["brief", "LU", "--facts", "some"], "some", 2),
        (["brief", "LU", "--home", "Atlantis"], "unknown country", 2),
        (["brief", "LU", "--data", "nowhere"], "nowhere", 1),
        (["brief", "LU", "--templates", "nowhere"], "nowhere", 1),
        (["brief", "LU", "--house", "nowhere.docx", "--format", "docx"], "nowhere.docx", 1),
        (["brief", "LU", "--colour", "red"], "--colour", 2),
        (["brief"], "partners", 2),
        (["paint"], "paint", 2),
        (["say", "--lang", "en", "{home:comitative}."], "comitative", 1),
        (["say", "--lang", "en", "With {partner}."], "partner", 1),
        (["say", "--lang", "en", "{turnover}."], "turnover", 1),
        (["say", "--lang", "en", "--set", "turnover=amount:much", "{turnover}."], "much", 1),
        (["say", "--lang", "en", "--set", "n", "{n}."], "'n'", 1),
        (["names", "--lang", "xx"], "unknown language", 2),
        (["new", "pair", "LU"], "unknown country", 2),
        (["new", "language", "klingon"], "unknown language", 2),
        (["new", "report", "Two Words"], "no name for a report", 1),
        (["new", "report", "brief"], "is there already", 1),
        (["new", "language", "en"], "is there already", 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_bad_input_gives_one_clear_error_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str, status: int
) -> None:
    out = ["--out", str(tmp_path)] if arguments[0] == "brief" else []

    assert main([*arguments, *out]) == status
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert "Traceback" not in shown.err
    assert leaves(tmp_path) == []


def test_all_problems_of_the_data_are_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = copied_data(tmp_path)
    path = data / "pairs" / "KZ-LU" / "observations.csv"
    path.write_text(path.read_text("utf-8").replace("fdi.cumulative,2005/..", "fdi.cumulativ,2005/..").replace(
        "19.54", "about twenty"), encoding="utf-8")  # fmt: skip

    assert main(["brief", "LU", *FIXED, "--data", str(data), "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert "fdi.cumulativ" in said
    assert "about twenty" in said
    assert "observations.csv:" in said
    assert "hint:" in said
    assert not (tmp_path / "out").exists()


def test_a_text_without_a_translation_is_told_in_the_brief_and_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = copied_data(tmp_path)
    words = data / "words" / "kk.csv"
    kept = [line for line in words.read_text("utf-8").splitlines() if not line.startswith("person,Luc Frieden,")]
    words.write_text("\n".join(kept) + "\n", encoding="utf-8")
    order = ["brief", "LU", *FIXED, "--lang", "kk", "--data", str(data), "--out", str(tmp_path / "out")]

    assert main(order) == 0
    brief = (tmp_path / "out/KZ-LU/2025-10-20/brief.kk.txt").read_text("utf-8")
    assert "Премьер-министр Luc Frieden" in brief
    assert "Кейбір мәтіндер басқа тілде берілген" in brief
    assert "words/kk.csv lacks its form of the person 'Luc Frieden'" in capsys.readouterr().err
    assert main([*order, "--strict"]) == 1


def copied_data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    for path in (ROOT / "data").rglob("*"):
        if path.is_file():
            target = data / path.relative_to(ROOT / "data")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return data


def test_an_output_folder_that_is_a_file_is_one_clear_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")

    assert main(["brief", "LU", *FIXED, "--out", str(tmp_path / "file")]) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_help_and_wrong_usage_import_no_heavy_library() -> None:
    code = (
        "import sys; from reports.cli import main\n"
        "assert main(['--help']) == 0 and main(['brief', '--colour']) == 2\n"
        "print([name for name in ('docx', 'reportlab', 'jinja2', 'babel', 'yaml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


# ---------------------------------------------------------------- say, names, check


def test_say_puts_values_into_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    values = ("--set", "turnover=amount:13.6e6:USD", "--set", "p=period:2025-01/2025-08")
    assert (
        main(
            [
                "say",
                "--lang",
                "ru",
                "--partner",
                "LU",
                *values,
                "{p:in} товарооборот с {partner:ins} составил {turnover}.",
            ]
        )
        == 0
    )

    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert said == "В январе – августе 2025 года товарооборот с Люксембургом составил 13,6 млн долларов США.\n"


def test_names_has_every_country_in_every_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "--lang", "kk", "--json"]) == 0

    forms = json.loads(capsys.readouterr().out)
    assert forms["LU"]["abl"] == "Люксембургтен"
    assert len(forms) >= 249  # ISO 3166-1 has 249 codes


def test_names_are_printed_as_a_table_without_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "--lang", "ru"]) == 0
    assert "LU\tins\tЛюксембургом\n" in capsys.readouterr().out


def test_check_finds_nothing_in_the_repository(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--as-of", "2025-10-20", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"problems": []}


# ---------------------------------------------------------------- new


def test_no_country_is_special(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pair without Kazakhstan, from the skeleton and five numbers."""
    data = tmp_path / "data"
    assert main(["new", "pair", "LU-JP", "--data", str(data)]) == 0
    (data / "sources.csv").write_text(
        "source,publisher,author,title,url,published,accessed,language,licence\n"
        "statec-2025,STATEC,,Trade of Luxembourg,https://example.org/trade,2025-06-30,2025-07-01,en,\n",
        encoding="utf-8",
    )
    (data / "pairs" / "LU-JP" / "observations.csv").write_text(
        "indicator,period,value,unit,multiplier,reporter,source\n"
        "trade.turnover,2023,210.4,EUR,6,LU,statec-2025\n"
        "trade.turnover,2024,231.0,EUR,6,LU,statec-2025\n"
        "trade.exports,2024,95.5,EUR,6,LU,statec-2025\n"
        "trade.imports,2024,135.5,EUR,6,LU,statec-2025\n"
        "enterprises.active,2024,41,,,LU,statec-2025\n",
        encoding="utf-8",
    )
    capsys.readouterr()

    order = ("--as-of", "2025-10-20", "--lang", "en,ru,kk,fr", "--format", "text,docx,pdf", "--data", str(data))
    assert main(["brief", "JP", "--home", "LU", *order, "--out", str(tmp_path / "lu")]) == 0
    assert main(["brief", "LU", "--home", "JP", *order, "--out", str(tmp_path / "jp")]) == 0

    of_luxembourg = (tmp_path / "lu/LU-JP/2025-10-20/brief.en.txt").read_text("utf-8").replace("\u00a0", " ")
    of_japan = (tmp_path / "jp/JP-LU/2025-10-20/brief.en.txt").read_text("utf-8").replace("\u00a0", " ")
    assert "Ministry of Foreign Affairs of the Grand Duchy of Luxembourg" in of_luxembourg
    assert "Exports amounted to 95.5 million euros, imports to 135.5 million euros." in of_luxembourg
    assert "41 enterprises with capital from Japan operating in Luxembourg" in of_luxembourg
    assert "Exports amounted to 135.5 million euros, imports to 95.5 million euros." in of_japan
    assert "Kazakhstan" not in of_luxembourg + of_japan
    assert len(leaves(tmp_path / "lu")) == len(leaves(tmp_path / "jp")) == 12


def copied_templates(tmp_path: Path) -> Path:
    templates = tmp_path / "templates"
    for path in (ROOT / "templates").rglob("*"):
        if path.is_file():
            target = templates / path.relative_to(ROOT / "templates")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return templates


def test_a_new_report_can_be_made_at_once(tmp_path: Path) -> None:
    templates = copied_templates(tmp_path)

    assert main(["new", "report", "two_lines", "--templates", str(templates)]) == 0
    order = ("--report", "two_lines", "--templates", str(templates), "--out", str(tmp_path / "out"))
    assert main(["brief", "LU", *FIXED, *order]) == 0
    assert "13.6" in (tmp_path / "out/KZ-LU/2025-10-20/two_lines.en.txt").read_text("utf-8")


def test_a_new_language_is_readable_and_check_tells_what_it_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    templates = copied_templates(tmp_path)

    assert main(["new", "language", "pt-BR", "--templates", str(templates)]) == 0
    assert main(["check", "--templates", str(templates)]) == 1
    assert "pt-BR/messages.po" in capsys.readouterr().err


# ---------------------------------------------------------------- files (cases O24, O25)


def test_a_file_that_word_holds_open_stays_and_the_others_are_written(tmp_path: Path) -> None:
    """O24: Word leaves an owner file with ~$ in place of the first two letters; nothing is left over."""
    (tmp_path / "Italy_en.docx").write_bytes(b"old")
    (tmp_path / "~$aly_en.docx").write_bytes(b"owner")

    locked, written = saved({"Italy_en.docx": b"new", "Italy_ru.docx": b"new"}, tmp_path)

    assert isinstance(locked, Problem)
    assert "close" in locked.hint
    assert written == tmp_path / "Italy_ru.docx"
    assert (tmp_path / "Italy_en.docx").read_bytes() == b"old"
    assert leaves(tmp_path) == ["Italy_en.docx", "Italy_ru.docx", "~$aly_en.docx"]


@pytest.mark.parametrize("lock", ["~$ief.en.docx", "~$brief.en.docx", ".~lock.brief.en.docx#"])
def test_a_locked_brief_is_told_with_a_status_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lock: str
) -> None:
    folder = tmp_path / "KZ-LU" / "2025-10-20"
    folder.mkdir(parents=True)
    (folder / lock).write_bytes(b"owner")

    assert main(["brief", "LU", "--as-of", "2025-10-20", "--format", "docx,text", "--out", str(tmp_path)]) == 1
    assert "open in another program" in capsys.readouterr().err
    assert leaves(folder) == sorted([lock, "brief.en.txt"])


def test_a_target_that_cannot_be_replaced_is_a_problem_and_leaves_no_part(tmp_path: Path) -> None:
    (tmp_path / "brief.docx").mkdir()

    (problem,) = saved({"brief.docx": b"new"}, tmp_path)

    assert isinstance(problem, Problem)
    assert leaves(tmp_path) == []


def test_names_in_any_script_are_kept_in_composed_form(tmp_path: Path) -> None:
    """O25: folder and file names in Kazakh, French and Chinese; a decomposed accent is composed."""
    folder = tmp_path / "Елдер бойынша 2026"
    names = ["Қазақстан – Италия.docx", "Côte d’Ivoire brief.docx", "哈萨克斯坦.pdf"]
    asked = {unicodedata.normalize("NFD", name): b"bytes" for name in names}

    assert list(saved(asked, folder)) == [folder / name for name in names]
    assert sorted(leaves(folder)) == sorted(unicodedata.normalize("NFC", name) for name in names)
    assert main(["brief", "LU", *FIXED, "--out", str(folder)]) == 0
