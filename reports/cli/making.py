"""The commands that start a pair, a language or a report."""

from typing import Annotated

import typer

from reports.cli import common
from reports.cli.common import DATA, MADE, TEMPLATES, DataFolder, Templates

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command("pair")
def new_pair(
    pair: Annotated[str, typer.Argument(help="Two country codes: LU-JP.")],
    data: DataFolder = DATA,
    templates: Templates = TEMPLATES,
) -> int:
    """Start the data of a pair of countries."""
    from reports.sources.skeleton import new_pair as make

    first, _, second = pair.partition("-")
    workshop = common.workshop_of(templates)
    common.print_paths(make(data, common.country_of(first, workshop), common.country_of(second, workshop)))
    return MADE


@app.command("language")
def new_language(
    tag: Annotated[str, typer.Argument(help="A BCP 47 tag: de, pt-BR.")], templates: Templates = TEMPLATES
) -> int:
    """Start a language."""
    from reports.library import open_library
    from reports.wording.skeleton import new_language as make

    common.print_paths(make(templates, tag, templates / "languages" / open_library(templates).source))
    return MADE


@app.command("report")
def new_report(
    name: Annotated[str, typer.Argument(help="A short name in small letters.")], templates: Templates = TEMPLATES
) -> int:
    """Start a report."""
    from reports.wording.skeleton import new_report as make

    common.print_paths(make(templates, name))
    return MADE
