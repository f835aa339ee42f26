"""Documentation is executed: the README's commands run, and its command line is the parser's, both ways."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import typer

from reports.cli import app
from tests.tools import exhaustive
from tests.word_files import BODY, changed, replaced

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [line[2:] for line in README.splitlines() if line.startswith("$ ")]
CHECKS = [command for command in COMMANDS if " check" in command]  # ten seconds each: all briefs are made


FENCE = re.compile(r"^( *)```(\w+)(?: ([\w./-]+))?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
# What commands tell people when all is well: nothing to do, how far they are, what an officer changed.
WELL = re.compile(
    r"^(no problems|nothing is due|unchanged: .*|.*: no figure differs from the edition of [\d-]+"
    r"|.*: no earlier edition to compare with"
    r"|\d+ of \d+, (in )?[\d a-z]+( left)?|\d+ of \d+ files have the same bytes|.*: made as '.*', now '.*'"
    r"|figures that differ: \d+|(updated|new|given|overwritten|unknown): .*|(table|chart) \d+: .*"
    r"|(given|new|overwritten|same|unknown|updated) \d+(, \w+ \d+)*"
    r"|warning: .*: (figures carry the marks|reads otherwise today:|its header and footer do not say) .*"
    r"|  hint: (see the legend|change (the words|them) by hand).*)\n",
    re.MULTILINE,
)


def steps(path: Path) -> list[tuple[str, str, str]]:
    """The fenced parts of a page in order: kind, file that it is to be written to, text."""
    return [(kind, name, textwrap.dedent(text)) for _, kind, name, text in FENCE.findall(path.read_text("utf-8"))]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of the page, in which its commands run one after another, as a reader would run them."""
    folder = tmp_path_factory.mktemp("desk")
    for _, path, text in steps(ROOT / "README.md"):
        if path:
            (folder / path).write_text(text, "utf-8")
    return folder


def run(folder: Path, command: str) -> "subprocess.CompletedProcess[str]":
    """Runs a command of a page. What is put on record has been edited by an officer before."""
    program, script, *arguments = shlex.split(command)
    assert (program, script) == ("python", "generate.py")
    if arguments[:2] == ["editions", "add"]:
        edit(folder / arguments[2])
    words = [sys.executable, str(ROOT / script), *arguments]
    return subprocess.run(
        words, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", check=False
    )  # fmt: skip  # a task of Windows is in UTF-16


def edit(path: Path) -> None:
    """An officer types over the turnover."""
    changed(path, path, replaced(BODY, r"(?<=>)1[34]\.[26]\b[^<]*", "15 million US dollars"))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_of_the_readme_run(desk: Path, command: str) -> None:
    if command in CHECKS[1:] and not exhaustive():
        pytest.skip("one check of all sentences is enough in a sample")
    done = run(desk, command)
    assert (done.returncode, WELL.sub("", done.stderr)) == (0, "")


PAGES = ("officer", "officer-templates", "keeper", "author", "editions", "schedule")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_followed_from_start_to_end(tmp_path: Path, page: str) -> None:
    """Commands run, files are written as the page says, in one folder and in order."""
    commands = 0
    for kind, path, text in steps(ROOT / "docs" / f"{page}.md"):
        if path:
            (tmp_path / path).write_text(text, "utf-8")
        elif kind == "shell":
            assert text == "cp -r templates my-templates\n"
            shutil.copytree(ROOT / "templates", tmp_path / "my-templates")
        elif kind == "console":
            commands += len(text.splitlines())
            for line in text.splitlines():
                if exhaustive() or " check" not in line:
                    _followed(tmp_path, line.removeprefix("$ "))
    assert commands >= 4


def _followed(folder: Path, line: str) -> None:
    """Runs a command of a page. What it tells must be no error, but that a new sentence wants its translation."""
    done = run(folder, line)
    wanting = r"messages\.po:\d+: (?:not translated|fuzzy): "
    errors = [said for said in done.stderr.splitlines() if said.startswith("error") and not re.search(wanting, said)]
    assert errors == [], line
    assert done.returncode in {0, 1}, line
    assert done.returncode == 0 or re.search(wanting, done.stderr), f"{line}: {done.stderr}"


def test_the_readme_has_commands() -> None:
    assert len(COMMANDS) >= 8


def parser_options() -> dict[str, set[str]]:
    """The options of every command of the parser."""
    found: dict[str, set[str]] = {}

    def walk(command: object, name: str) -> None:
        commands = getattr(command, "commands", None)
        if commands:
            for inner, child in commands.items():
                walk(child, f"{name} {inner}".strip())
        else:
            names = [option for one in command.params for option in (*one.opts, *one.secondary_opts)]  # type: ignore[attr-defined]
            found[name] = {option for option in names if option.startswith("--")}

    walk(typer.main.get_command(app), "")
    return found


GROUPS = ("editions", "house", "messages", "new", "schedule", "template")


def readme_options() -> dict[str, set[str]]:
    """The same, from the section on the command line."""
    section = README.split("## Command line", 1)[1].split("```", 2)[1]
    found: dict[str, set[str]] = {}
    for usage in section.split("python generate.py ")[1:]:
        words = usage.split()
        name = " ".join(words[:2]) if words[0] in GROUPS else words[0]
        found[name] = set(re.findall(r"--[a-z-]+", usage))
    return found


def test_the_readme_documents_the_command_line_both_ways() -> None:
    assert readme_options() == parser_options()


def test_every_command_says_what_it_does() -> None:
    for name in parser_options():
        done = subprocess.run(
            [sys.executable, str(ROOT / "generate.py"), *name.split(), "--help"],
            capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "200"},
        )  # fmt: skip
        assert re.search(r"\n\n +[A-Z][^\n]*(\n +[^\n]+)*[.:]\n", done.stdout), name


def test_the_files_that_documents_name_are_there() -> None:
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "ARCHITECTURE.md", *(ROOT / "docs").glob("*.md")):
        text = path.read_text("utf-8")
        named = re.findall(r"`((?:docs|templates|tests|reports|data|fonts)/[\w./-]+\.\w+)`", text)
        assert [name for name in named if not (ROOT / name).exists()] == [], path.name


def test_one_page_documents_are_one_page() -> None:
    for name in ("CONTRIBUTING.md", "ARCHITECTURE.md"):
        assert len((ROOT / name).read_text("utf-8").splitlines()) <= 60
