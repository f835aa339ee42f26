"""What the commands share: exit statuses, options, what they mean, and how problems are told."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from reports.errors import Problem, UnknownChoice

if TYPE_CHECKING:
    from threading import Event

    from reports.batch import Machines, Places
    from reports.facts.records import Data
    from reports.orders import Workshop
    from reports.press import Desk
    from reports.wording.circulation import Circulation

ROOT = Path(__file__).parents[2]
MADE, PROBLEMS, USAGE, PARTLY = 0, 1, 2, 3

DataFolder = Annotated[Path, typer.Option("--data", help="Folder of the data.")]
Templates = Annotated[Path, typer.Option("--templates", help="Folder of reports and languages.")]
HouseFile = Annotated[
    str, typer.Option("--house", help="A house style, a Word file or a name in templates/house; else that of each.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
Home = Annotated[str | None, typer.Option("--home", help="Home country; else that of the data.")]
Report = Annotated[str, typer.Option(help="brief, reference, visit, factsheet or review.")]
OneLanguage = Annotated[str, typer.Option(help="One language.")]
Out = Annotated[Path, typer.Option("--out", help="Folder of the editions.")]
Jobs = Annotated[int | None, typer.Option("--jobs", min=1, help="Processes; else as many as there are processors.")]
Cluster = Annotated[str, typer.Option("--cluster", help="A Dask scheduler, tcp://host:8786, instead of processes.")]
Known = Literal["known", "all"]
Disclosure = Literal["internal", "public"]
PdfProfile = Literal["ua1+a3a", "ua1+a2a", "plain"]

DATA = ROOT / "data"
TEMPLATES = ROOT / "templates"
HOUSE = ""  # each report's own
OUTPUT = Path("output")
ALL = "all"


# ---------------------------------------------------------------- telling


def tell(problems: Iterable[Problem]) -> None:
    """Every problem on a line of its own, for people."""
    for problem in problems:
        print(f"{problem.severity}: {problem}", file=sys.stderr)


def told(problems: Sequence[Problem], *, as_json: bool) -> int:
    """Problems listed, for a program or for people; the exit status."""
    if as_json:
        print_json({"problems": [plain(problem) for problem in problems]})
    else:
        tell(problems)
        print(f"{len(problems)} problems" if problems else "no problems", file=sys.stderr)
    return status_of(problems)


def plain(problem: Problem) -> dict[str, str]:
    """A problem for a program: `where` is file and line, `what` the kind of an alarm."""
    found = {"where": problem.where, "severity": problem.severity, "what": problem.what}
    return {**found, "message": problem.message, "hint": problem.hint}


def status_of(problems: Iterable[Problem], *, strict: bool = False) -> int:
    """PROBLEMS if there is an error, or, when strict, a warning; else MADE."""
    return PROBLEMS if any(strict or problem.severity == "error" for problem in problems) else MADE


def print_json(found: Any) -> None:
    """One object on standard output."""
    print(json.dumps(found, ensure_ascii=False, indent=1))


def print_paths(paths: Iterable[Path]) -> None:
    """Each path on a line of its own."""
    for path in paths:
        print(path)


# ---------------------------------------------------------------- choices


def day_of(text: str, option: str = "--as-of") -> date:
    """The day asked for by an option, today if none; the clock enters here and in `now`. BadParameter if it is no
    day."""
    if not text:
        return datetime.now(tz=UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day", param_hint=f"{option} YYYY-MM-DD") from error


def circulation_of(number: str, copy: str, day: str, department: str) -> "Circulation":
    """What is said of number, copy, day and department. BadParameter if the copy is none, or the day."""
    from reports.wording.circulation import Circulation

    which, _, of = copy.partition("/")
    if copy and not (which.isdecimal() and int(which) and (of.isdecimal() if "/" in copy else True)):
        raise typer.BadParameter(f"{copy!r} is no copy", param_hint="--copy 3 or --copy 3/10")
    if of and int(of) < int(which):
        raise typer.BadParameter(f"copy {which} of {of}", param_hint="--copy 3/10")
    on = day_of(day, "--circulated") if day else None
    return Circulation(number, int(which or 0), int(of or 0), on, department)


def since_of(text: str) -> Literal["last"] | date | None:
    """The edition whose changes are to be told: the last one, that of a day, or none. BadParameter if it is no day."""
    return None if not text else "last" if text == "last" else day_of(text, "--since")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(tz=UTC)


def languages_of(text: str, workshop: "Workshop") -> tuple[str, ...]:
    """The tags asked for: all, a list, or that of the templates. UnknownChoice if there is no such language."""
    return workshop.tags if text == ALL else chosen("language", text or workshop.library.source, workshop.tags)


def formats() -> Iterable[str]:
    """The formats that there are."""
    from reports.writers import WRITERS

    return WRITERS


def chosen(what: str, text: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """The names in a list parted by commas, each once. UnknownChoice if one is not allowed or there is none."""
    names = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for name in names or ("",):
        if name not in allowed:
            raise UnknownChoice(what, name, allowed)
    return names


def country_of(text: str, workshop: "Workshop") -> str:
    """The ISO code of a country by code or by name in any language. UnknownChoice if it is none."""
    from reports.language.countries import resolve

    found = resolve(text, workshop.countries).alpha2
    if found is None:
        raise UnknownChoice("country", text, ["an ISO code such as LU", "a name in one of the languages"])
    return found


def home_of(text: str | None, workshop: "Workshop", data: "Data") -> str:
    """The ISO code of the home country: the one asked for, else that of the data. UnknownChoice if it is none."""
    return country_of(text, workshop) if text else data.home


def partners_of(wanted: Sequence[str], home: str, data: "Data", workshop: "Workshop") -> list[str]:
    """The ISO codes of the partners asked for, each once; `all` are those of the data. BadParameter if none is."""
    from reports.facts.facts import partners

    if not wanted:
        raise typer.BadParameter("no country", param_hint="partners")
    if list(wanted) == [ALL]:
        return list(partners(data, home))
    return list(dict.fromkeys(country_of(text, workshop) for text in wanted))


# ---------------------------------------------------------------- what is read


def workshop_of(templates: Path, house: str = "") -> "Workshop":
    """The workshop of a folder of templates, with the house styles that it sets if no other is asked for."""
    from reports.orders import Workshop

    return Workshop(templates, house_of(templates, house), ROOT / "fonts")


def house_of(templates: Path, house: str) -> Path | None:
    """The Word file that is asked for by its path or its name; None if none is. UnknownChoice for a name that no house
    style has."""
    from reports.house.shelf import KINDS, house_path

    if not house:
        return None
    is_path = house.lower().endswith(KINDS) or Path(house).is_file()
    return Path(house) if is_path else house_path(templates, house)


def places_of(workshop: "Workshop") -> "Places":
    """From where other processes make the same workshop."""
    from reports.batch import Places

    return Places(workshop.templates, workshop.house_file, workshop.fonts)


def machines(jobs: int | None, cluster: str, stop: "Event | None" = None) -> "Machines":
    """What a batch runs on; `stop` ends it."""
    from reports.batch import Machines

    return Machines(jobs=jobs, cluster=cluster, stop=stop)


def desk_of(
    out: Path, workshop: "Workshop", machines: "Machines", since: Literal["last"] | date | None, stamp: str = ""
) -> "Desk":
    """Where editions go and what makes them, with the clock of the machine."""
    from reports.press import Desk

    return Desk(out, replace(places_of(workshop), stamp=stamp), now, machines, since)


def read_data(folder: Path) -> tuple["Data", tuple[Problem, ...]]:
    """A data folder and its warnings. ReportError with every problem if it cannot be used."""
    from reports.sources import SOURCES

    return SOURCES["folder"](folder)
