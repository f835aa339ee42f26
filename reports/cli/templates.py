"""The commands for Word templates of officers: look at one, fill one."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reports.cli import common
from reports.cli.common import DATA, HOUSE, TEMPLATES, AsJson, DataFolder, Disclosure, Home, HouseFile, Known, Templates
from reports.errors import OutputError, Problem

if TYPE_CHECKING:
    from reports.officers.filling import Made
    from reports.orders import Workshop

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
File = Annotated[Path, typer.Argument(help="A Word file with {{ tags }}: .docx or .dotx.")]
PARTS = 3  # note-verbale.ru.docx: name, language, suffix


@app.command("check")
def check(
    file: File,
    lang: Annotated[str, typer.Option(help="The language of its cases; else that in its name, else any.")] = "",
    data: DataFolder = DATA,
    templates: Templates = TEMPLATES,
    as_json: AsJson = False,
) -> int:
    """Name each mistake of a Word template with its paragraph or cell; nothing is filled."""
    from reports.officers.filling import choices_of
    from reports.officers.scripts import check_template

    workshop, file = common.workshop_of(templates), _found(file, templates)
    tag = _language(file, lang, workshop)
    read, _ = common.read_data(data)
    choices = choices_of(workshop, (tag,) if tag else workshop.tags, read)
    return common.told(check_template(file, choices), as_json=as_json)


@app.command("fill")
def fill(  # noqa: PLR0913, PLR0917  as many parameters as options
    file: File,
    partner: Annotated[str, typer.Option(help="The other country: LU, Luxembourg.")],
    lang: Annotated[str, typer.Option(help="The language of the values; else that in the template's name.")] = "",
    home: Home = None,
    person: Annotated[str, typer.Option(help="Whose biography: an office (foreign_minister/LU) or a name.")] = "",
    as_of: Annotated[str, typer.Option(help="Day whose knowledge it holds; else today.")] = "",
    facts: Annotated[Known, typer.Option(help="all: also what became known after the day, marked.")] = "known",
    disclosure: Annotated[Disclosure, typer.Option(help="public leaves out what is internal.")] = "internal",
    data: DataFolder = DATA,
    templates: Templates = TEMPLATES,
    house: HouseFile = HOUSE,
    out: Annotated[Path | None, typer.Option("--out", help="The file to make.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings, too, give exit status 1.")] = False,
    as_json: AsJson = False,
) -> int:
    """Fill a template for a pair of countries. A file that is there with other contents is left alone."""
    from reports.officers.filling import fill_template
    from reports.orders import Order

    workshop, file = common.workshop_of(templates, house), _found(file, templates)
    tag = _language(file, lang, workshop) or workshop.library.source
    read, warnings = common.read_data(data)
    us, them = common.home_of(home, workshop, read), common.country_of(partner, workshop)
    order = Order(us, them, common.day_of(as_of), "", (tag,), ("docx",), facts, disclosure)
    made = fill_template(file, order, workshop, read, person=person)
    path = out or Path(f"{file.name.split('.')[0]}.{us}-{them}.{tag}.docx")
    _save(path, made.data, file)
    return _told(path, made, warnings, strict=strict, as_json=as_json)


def _found(file: Path, templates: Path) -> Path:
    """The file; a plain name that is not here is looked for among the templates that come along."""
    beside = templates / "officers" / file
    return beside if not file.exists() and file.name == str(file) and beside.is_file() else file


def _language(file: Path, asked: str, workshop: "Workshop") -> str:
    """The language asked for, or that in the name of the file: note-verbale.ru.docx; empty if neither says one."""
    if asked:
        return common.chosen("language", asked, workshop.tags)[0]
    parts = file.name.split(".")
    return parts[-2] if len(parts) >= PARTS and parts[-2] in workshop.tags else ""


def _save(path: Path, data: bytes, template: Path) -> None:
    """The file, whole or not at all. OutputError where another file stands, which a person may have edited."""
    try:
        if path.exists() and path.read_bytes() != data:
            hint = "name another file with --out, or move it away"
            is_template = path.resolve() == template.resolve()
            what = "it is the template itself" if is_template else "another file is there"
            raise OutputError(Problem(str(path), what, hint))
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.part")
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        hint = "close it in Word, or name another file with --out"
        raise OutputError(Problem(str(path), f"cannot be written: {error.strerror or error}", hint)) from error


def _told(path: Path, made: "Made", warnings: tuple[Problem, ...], *, strict: bool, as_json: bool) -> int:
    """The file, its figures and all problems, for a program or for people; the exit status."""
    problems = list(dict.fromkeys((*warnings, *made.problems)))
    if as_json:
        figures = [{"key": key, **asdict(made.figures[key])} for key in sorted(made.figures)]
        found = {"files": [str(path)], "figures": figures, "problems": [common.plain(each) for each in problems]}
        common.print_json(found)
    else:
        common.tell(problems)
        common.print_paths([path])
    return common.status_of(problems, strict=strict)
