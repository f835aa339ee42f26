"""The commands on house styles: what is wrong with one, and a sheet that shows all of it."""

from pathlib import Path
from typing import Annotated

import typer

from reports.cli import common
from reports.cli.common import TEMPLATES, AsJson, Templates
from reports.errors import Problem

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
File = Annotated[str, typer.Argument(help="A Word file, or a name in templates/house.")]
FORMATS = ("docx", "pdf")


@app.command()
def check(file: File = "", templates: Templates = TEMPLATES, as_json: AsJson = False) -> int:
    """List the problems of a house style, else of all: styles, places, contrast, fonts, what PDF cannot show."""
    from reports.house.checking import problems_of
    from reports.house.shelf import DEFAULT, house_files, house_path

    asked = common.house_of(templates, file)
    paths = [asked] if asked else list(house_files(templates).values())
    book, default = common.workshop_of(templates).font_book, house_path(templates, DEFAULT)
    found = dict.fromkeys(problem for path in paths for problem in problems_of(path, book, default))
    return common.told(tuple(found), as_json=as_json)


@app.command()
def proof(
    file: File = "",
    out: Annotated[Path, typer.Option("--out", help="Folder for the sheet.")] = Path("proof"),
    templates: Templates = TEMPLATES,
) -> int:
    """Make a sheet with every block and every style, its name printed in it, as docx and pdf."""
    from reports.editions.files import saved
    from reports.house import open_house
    from reports.house.shelf import DEFAULT, house_path
    from reports.paging import paged
    from reports.proofing import proof as sheet_of
    from reports.writers import WRITERS

    workshop, default = common.workshop_of(templates), house_path(templates, DEFAULT)
    house = open_house(common.house_of(templates, file) or default, workshop.font_book, default)
    sheet = paged(sheet_of(workshop.library.source, common.day_of("")), house)
    files = {f"{house.path.stem}.proof.{kind}": WRITERS[kind].write(sheet, house) for kind in FORMATS}
    written = list(saved(files, out))
    problems = [*house.problems, *(one for one in written if isinstance(one, Problem))]
    common.tell(problems)
    common.print_paths(one for one in written if isinstance(one, Path))
    return common.status_of(problems)
