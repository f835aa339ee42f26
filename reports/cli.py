"""The command line. Files and JSON go to standard output, everything for people to standard error.

Exit status: 0 made, 1 problems (listed), 2 wrong usage, 3 some briefs made and others not. Heavy modules are imported
inside the commands, so that --help and wrong usage are answered at once.
"""

# ruff: noqa: PLC0415  imports where they are needed

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.exceptions import TyperException

from reports.errors import OutputError, Problem, ReportError, UnknownChoice

if TYPE_CHECKING:
    from reports.facts.records import Data
    from reports.orders import Filled, Order, Workshop

ROOT = Path(__file__).parent.parent
MADE, PROBLEMS, USAGE, PARTLY = 0, 1, 2, 3

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
new_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
messages_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(new_app, name="new", help="Start a pair, a language or a report from a commented skeleton.")
app.add_typer(messages_app, name="messages", help="Catalogs of sentences.")

DataFolder = Annotated[Path, typer.Option("--data", help="Folder of the data.")]
Templates = Annotated[Path, typer.Option("--templates", help="Folder of reports and languages.")]
HouseFile = Annotated[Path, typer.Option("--house", help="The house style, a Word file.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
Home = Annotated[str | None, typer.Option("--home", help="Home country; else that of the data.")]
Known = Literal["known", "all"]
Disclosure = Literal["internal", "public"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    try:
        status = app(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except typer.Exit as error:
        return error.exit_code
    except ReportError as error:
        _tell(error.problems)
        return USAGE if isinstance(error, UnknownChoice) else PROBLEMS
    except TyperException as error:
        _tell([Problem("command line", error.format_message(), "python generate.py --help")])
        return USAGE
    return status if isinstance(status, int) else MADE


def _tell(problems: Iterable[Problem]) -> None:
    for problem in problems:
        print(f"{problem.severity}: {problem}", file=sys.stderr)


# ---------------------------------------------------------------- brief


@app.command()
def brief(  # noqa: PLR0913, PLR0917  as many parameters as options
    partners: Annotated[list[str], typer.Argument(help="Countries (LU, Luxembourg), or all.")],
    home: Home = None,
    report: Annotated[str, typer.Option(help="brief, reference, visit, factsheet or review.")] = "brief",
    lang: Annotated[str, typer.Option(help="Languages, parted by commas; else that of the templates.")] = "",
    format: Annotated[str, typer.Option(help="Formats: docx, pdf, html, text, json.")] = "docx",
    as_of: Annotated[str, typer.Option(help="Day whose knowledge the brief holds; else today.")] = "",
    facts: Annotated[Known, typer.Option(help="all: also what became known after the day, marked.")] = "known",
    disclosure: Annotated[Disclosure, typer.Option(help="public leaves out what is internal.")] = "internal",
    data: DataFolder = ROOT / "data",
    templates: Templates = ROOT / "templates",
    house: HouseFile = ROOT / "templates" / "house" / "brief.docx",
    out: Annotated[Path, typer.Option(help="Folder for the files.")] = Path("output"),
    overrides: Annotated[Path | None, typer.Option("--with", help="Figures for this brief alone, a CSV table.")] = None,
    short: Annotated[bool, typer.Option("--short", help="The short form of a report.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings, too, give exit status 1.")] = False,
    as_json: AsJson = False,
) -> int:
    """Make the briefs of one or more countries."""
    from reports.orders import Order, Workshop

    workshop = Workshop(templates, house, ROOT / "fonts")
    day = _day(as_of)
    languages, formats = (
        _choices("language", lang or workshop.library.source, workshop.tags),
        _choices("format", format, _formats()),
    )
    read, warnings = _data(data)
    us = _country(home, workshop) if home else read.home
    common = (day, report, languages, formats, facts, disclosure, overrides, short)
    orders = [Order(us, partner, *common) for partner in _partners(partners, us, read, workshop)]
    _check_overrides(overrides, orders)
    made, problems = _make(orders, workshop, read, out, list(warnings))
    if as_json:
        print(json.dumps(_report(made, problems), ensure_ascii=False, indent=1))
    else:
        _tell(problems)
        _print_paths(path for _, paths in made for path in paths)
    return PARTLY if len(orders) > len(made) > 0 else _status(problems, strict=strict)


def _check_overrides(overrides: Path | None, orders: Sequence["Order"]) -> None:
    if overrides and len(orders) > 1:
        raise typer.BadParameter(f"{len(orders)} partners", param_hint="--with is for the brief of one partner")


def _make(
    orders: Sequence["Order"], workshop: "Workshop", data: "Data", out: Path, problems: list[Problem]
) -> tuple[list[tuple["Filled", list[Path]]], list[Problem]]:
    """Fill every order and save its files; one that fails does not stop the others."""
    from reports.orders import fill, save

    made: list[tuple[Filled, list[Path]]] = []
    for order in _shown(orders):
        try:
            filled = fill(order, workshop, data)
            saved = list(save(filled.files, out / order.folder))
        except (UnknownChoice, OutputError):
            raise
        except ReportError as error:
            problems += error.problems
            continue
        problems += [*filled.problems, *(found for found in saved if isinstance(found, Problem))]
        made.append((filled, [found for found in saved if isinstance(found, Path)]))
    return made, list(dict.fromkeys(problems))


def _shown(orders: Sequence["Order"]) -> Iterable["Order"]:
    """The orders, with a bar for people if there is more than one document."""
    if len(orders) * len(orders[0].languages) == 1 if orders else True:
        return orders
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(orders, "Briefs", console=console, transient=True) if console.is_terminal else orders


def _report(made: Sequence[tuple["Filled", list[Path]]], problems: Sequence[Problem]) -> dict[str, Any]:
    """What --json prints."""
    return {
        "files": [str(path) for _, paths in made for path in paths],
        "figures": [figure for filled, _ in made for figure in _figures(filled)],
        "problems": [_plain(problem) for problem in problems],
    }


def _figures(filled: "Filled") -> Iterable[dict[str, Any]]:
    """Every figure of an order once, with its passport."""
    from dataclasses import asdict

    pair = f"{filled.order.home}-{filled.order.partner}"
    records = {key: found for document in filled.documents.values() for key, found in document.figures.items()}
    return [{"pair": pair, "key": key, **asdict(records[key])} for key in sorted(records)]


def _plain(problem: Problem) -> dict[str, str]:
    """A problem for a program: `where` is file and line, `what` the kind of an alarm."""
    found = {"where": problem.where, "severity": problem.severity, "what": problem.what}
    return {**found, "message": problem.message, "hint": problem.hint}


def _status(problems: Iterable[Problem], *, strict: bool = False) -> int:
    return PROBLEMS if any(strict or problem.severity == "error" for problem in problems) else MADE


# ---------------------------------------------------------------- choices


def _day(text: str) -> date:
    """The day asked for; the clock enters here and nowhere else."""
    if not text:
        return datetime.now(tz=UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day", param_hint="--as-of YYYY-MM-DD") from error


def _formats() -> Iterable[str]:
    from reports.writers import WRITERS

    return WRITERS


def _choices(what: str, text: str, allowed: Iterable[str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for name in chosen or ("",):
        if name not in allowed:
            raise UnknownChoice(what, name, allowed)
    return chosen


def _data(folder: Path) -> tuple["Data", tuple[Problem, ...]]:
    from reports.sources import SOURCES

    return SOURCES["folder"](folder)


def _partners(wanted: Sequence[str], home: str, data: "Data", workshop: "Workshop") -> list[str]:
    from reports.facts.facts import partners

    if list(wanted) == ["all"]:
        return list(partners(data, home))
    return list(dict.fromkeys(_country(text, workshop) for text in wanted))


def _country(text: str, workshop: "Workshop") -> str:
    """The ISO code of a country by code or by name in any language. UnknownChoice if it is none."""
    from reports.language.countries import resolve

    found = resolve(text, workshop.countries).alpha2
    if found is None:
        raise UnknownChoice("country", text, ["an ISO code such as LU", "a name in one of the languages"])
    return found


# ---------------------------------------------------------------- the rest


@app.command()
def check(
    as_of: Annotated[str, typer.Option(help="Day on which facts are looked at; else today.")] = "",
    data: DataFolder = ROOT / "data",
    templates: Templates = ROOT / "templates",
    as_json: AsJson = False,
) -> int:
    """List the problems of data, templates and catalogs."""
    from reports.checking import problems_of

    return _told(problems_of(data, templates, _day(as_of)), as_json=as_json)


def _told(problems: Sequence[Problem], *, as_json: bool) -> int:
    """Problems listed, for a program or for people."""
    if as_json:
        print(json.dumps({"problems": [_plain(problem) for problem in problems]}, ensure_ascii=False, indent=1))
    else:
        _tell(problems)
        print(f"{len(problems)} problems" if problems else "no problems", file=sys.stderr)
    return _status(problems)


@app.command()
def say(  # noqa: PLR0913, PLR0917  as many parameters as options
    sentence: Annotated[str, typer.Argument(help="A sentence with {names:case} in braces.")],
    lang: Annotated[str, typer.Option(help="One language.")],
    home: Home = None,
    partner: Annotated[str, typer.Option(help="The other country.")] = "",
    values: Annotated[list[str] | None, typer.Option("--set", help="name=type:value, any number of times.")] = None,
    data: DataFolder = ROOT / "data",
    templates: Templates = ROOT / "templates",
) -> int:
    """Try a sentence: turnover=amount:13.6e6:USD, n=count:178, p=period:2025-01/2025-08."""
    from reports.checking import say_sentence
    from reports.orders import Workshop

    workshop = Workshop(templates, templates / "house" / "brief.docx", ROOT / "fonts")
    _choices("language", lang, workshop.tags)
    codes = {"home": _country(home, workshop) if home else _data(data)[0].home}
    codes |= {"partner": _country(partner, workshop)} if partner else {}
    print(say_sentence(workshop.library, lang, sentence, codes, values or []))
    return MADE


@app.command()
def explain(  # noqa: PLR0913, PLR0917  as many parameters as options
    partner: Annotated[str, typer.Argument(help="The other country.")],
    figure: Annotated[str, typer.Argument(help="The key of a figure: fdi.inflow.gross@2024.")],
    home: Home = None,
    report: Annotated[str, typer.Option(help="brief, reference, visit, factsheet or review.")] = "brief",
    lang: Annotated[str, typer.Option(help="The language of the sentences; else that of the templates.")] = "",
    as_of: Annotated[str, typer.Option(help="Day whose knowledge the brief holds; else today.")] = "",
    facts: Annotated[Known, typer.Option(help="all: also what became known after the day.")] = "known",
    data: DataFolder = ROOT / "data",
    templates: Templates = ROOT / "templates",
    as_json: AsJson = False,
) -> int:
    """Tell where a figure comes from: sentences, value, formula, rounding, inputs and their sources."""
    from dataclasses import asdict

    from reports.explaining import explain as explanation_of
    from reports.explaining import told
    from reports.orders import Order, Workshop

    workshop = Workshop(templates, templates / "house" / "brief.docx", ROOT / "fonts")
    languages = _choices("language", lang or workshop.library.source, workshop.tags)
    read, _ = _data(data)
    us = _country(home, workshop) if home else read.home
    (other,) = _partners([partner], us, read, workshop)
    order = Order(us, other, _day(as_of), report, languages[:1], (), facts)
    found = explanation_of(order, figure, workshop, read)
    print(json.dumps(asdict(found), ensure_ascii=False, indent=1) if as_json else "\n".join(told(found)))
    return MADE


@app.command()
def names(
    lang: Annotated[str, typer.Option(help="One language.")],
    register: Annotated[Literal["short", "official"], typer.Option(help="Short or official names.")] = "short",
    templates: Templates = ROOT / "templates",
    as_json: AsJson = False,
) -> int:
    """Print every country in every case."""
    from reports.orders import Workshop

    workshop = Workshop(templates, templates / "house" / "brief.docx", ROOT / "fonts")
    _choices("language", lang, workshop.tags)
    forms = workshop.library.voice(lang).language.all_names(register)
    if as_json:
        print(json.dumps(forms, ensure_ascii=False, indent=1))
    else:
        print("\n".join(f"{code}\t{case}\t{form}" for code, cases in forms.items() for case, form in cases.items()))
    return MADE


@new_app.command("pair")
def new_pair(
    pair: Annotated[str, typer.Argument(help="Two country codes: LU-JP.")],
    data: DataFolder = ROOT / "data",
    templates: Templates = ROOT / "templates",
) -> int:
    """Start the data of a pair of countries."""
    from reports.orders import Workshop
    from reports.sources.skeleton import new_pair as make

    first, _, second = pair.partition("-")
    workshop = Workshop(templates, templates / "house" / "brief.docx", ROOT / "fonts")
    _print_paths(make(data, _country(first, workshop), _country(second, workshop)))
    return MADE


@new_app.command("language")
def new_language(
    tag: Annotated[str, typer.Argument(help="A BCP 47 tag: de, pt-BR.")], templates: Templates = ROOT / "templates"
) -> int:
    """Start a language."""
    from reports.compose import open_library
    from reports.wording.skeleton import new_language as make

    _print_paths(make(templates, tag, templates / "languages" / open_library(templates).source))
    return MADE


@new_app.command("report")
def new_report(
    name: Annotated[str, typer.Argument(help="A short name in small letters.")],
    templates: Templates = ROOT / "templates",
) -> int:
    """Start a report."""
    from reports.wording.skeleton import new_report as make

    _print_paths(make(templates, name))
    return MADE


@messages_app.command("update")
def messages_update(templates: Templates = ROOT / "templates") -> int:
    """Merge new and changed sentences of the templates into every catalog."""
    from reports.checking import update_catalogs

    _print_paths(update_catalogs(templates))
    return MADE


@messages_app.command("check")
def messages_check(templates: Templates = ROOT / "templates", as_json: AsJson = False) -> int:
    """Check every catalog and say every message for every country and every hard value."""
    from reports.checking import catalog_problems

    return _told(catalog_problems(templates), as_json=as_json)


@messages_app.command("status")
def messages_status(data: DataFolder = ROOT / "data", templates: Templates = ROOT / "templates") -> int:
    """Print how far each language is: sentences, and texts of the data."""
    from reports.checking import statuses

    print(f"{'language':10}{'done':>8}{'fuzzy':>8}{'missing':>8}{'texts':>10}{'drafts':>8}{'missing':>8}")
    for row in statuses(data, templates):
        counts = f"{row.done:8}{row.fuzzy:8}{row.missing:8}{row.texts:10}{row.drafts:8}{row.lacking:8}"
        print(f"{row.language:10}{counts}")
    return MADE


def _print_paths(paths: Iterable[Path]) -> None:
    for path in paths:
        print(path)
