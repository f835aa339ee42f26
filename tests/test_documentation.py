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

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [line[2:] for line in README.splitlines() if line.startswith("$ ")]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the commands run one after another, as a reader would run them."""
    return tmp_path_factory.mktemp("desk")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_of_the_readme_run(desk: Path, command: str) -> None:
    program, script, *arguments = shlex.split(command)

    assert (program, script) == ("python", "generate.py")
    done = subprocess.run(
        [sys.executable, str(ROOT / script), *arguments], cwd=desk, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.replace("no problems\n", "")) == (0, "")


PAGES = ("officer", "keeper", "author")
FENCE = re.compile(r"^( *)```(\w+)(?: ([\w./-]+))?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def steps(page: str) -> list[tuple[str, str, str]]:
    """The fenced parts of a page in order: kind, file that it is to be written to, text."""
    found = FENCE.findall((ROOT / "docs" / f"{page}.md").read_text("utf-8"))
    return [(kind, path, textwrap.dedent(text)) for _, kind, path, text in found]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_followed_from_start_to_end(tmp_path: Path, page: str) -> None:
    """Commands run, files are written as the page says, in one folder and in order."""
    commands = 0
    for kind, path, text in steps(page):
        if path:
            (tmp_path / path).write_text(text, "utf-8")
        elif kind == "shell":
            assert text == "cp -r templates my-templates\n"
            shutil.copytree(ROOT / "templates", tmp_path / "my-templates")
        elif kind == "console":
            commands += len(text.splitlines())
            for line in text.splitlines():
                _followed(tmp_path, line)
    assert commands >= 4


def _followed(folder: Path, line: str) -> None:
    """Runs a command of a page. What it tells must be no error, but that a new sentence wants its translation."""
    words = shlex.split(line.removeprefix("$ "))
    done = subprocess.run(
        [sys.executable, str(ROOT / "generate.py"), *words[2:]], cwd=folder, capture_output=True, text=True, check=False
    )
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
            names = [option for parameter in command.params for option in parameter.opts]  # type: ignore[attr-defined]
            found[name] = {option for option in names if option.startswith("--")}

    walk(typer.main.get_command(app), "")
    return found


def readme_options() -> dict[str, set[str]]:
    """The same, from the section on the command line."""
    section = README.split("## Command line", 1)[1].split("```", 2)[1]
    found: dict[str, set[str]] = {}
    for usage in section.split("python generate.py ")[1:]:
        words = usage.split()
        name = " ".join(words[:2]) if words[0] in ("new", "messages") else words[0]
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
