"""The commands for the catalogs of sentences."""

import typer

from reports.cli import common
from reports.cli.common import DATA, MADE, TEMPLATES, AsJson, DataFolder, Templates

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command("update")
def messages_update(templates: Templates = TEMPLATES) -> int:
    """Merge new and changed sentences of the templates into every catalog."""
    from reports.checking import update_catalogs

    common.print_paths(update_catalogs(templates))
    return MADE


@app.command("check")
def messages_check(templates: Templates = TEMPLATES, as_json: AsJson = False) -> int:
    """Check every catalog and say every message for every country and every hard value."""
    from reports.checking import catalog_problems

    return common.told(catalog_problems(templates), as_json=as_json)


@app.command("status")
def messages_status(data: DataFolder = DATA, templates: Templates = TEMPLATES) -> int:
    """Print how far each language is: sentences, and texts of the data."""
    from reports.checking import statuses

    print(f"{'language':10}{'done':>8}{'fuzzy':>8}{'missing':>8}{'texts':>10}{'drafts':>8}{'missing':>8}")
    for row in statuses(data, templates):
        counts = f"{row.done:8}{row.fuzzy:8}{row.missing:8}{row.texts:10}{row.drafts:8}{row.lacking:8}"
        print(f"{row.language:10}{counts}")
    return MADE
