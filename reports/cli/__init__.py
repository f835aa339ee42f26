"""The command line. Files and JSON go to standard output, everything for people to standard error.

Exit status: 0 made, 1 problems (listed), 2 wrong usage, 3 some briefs made and others not. Heavy modules are imported
inside the commands, so that --help and wrong usage are answered at once.
"""

from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from reports.cli import briefs, catalogs, checks, deliveries, editions, house, making, refresh, schedule, templates
from reports.cli.common import MADE, PARTLY, PROBLEMS, USAGE, tell
from reports.errors import Problem, ReportError, UnknownChoice

__all__ = ["MADE", "PARTLY", "PROBLEMS", "USAGE", "app", "main"]

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
for command in (briefs.brief, checks.check, checks.say, checks.explain, checks.names):
    app.command()(command)
app.command("refresh")(refresh.refresh)
app.command("run-due")(schedule.run_due)
app.command("changes")(editions.changes)
schedule.app.command()(deliveries.deliveries)
app.add_typer(schedule.app, name="schedule", help="What is planned, what comes next, how it stands, who calls it.")
app.add_typer(making.app, name="new", help="Start a pair, a language or a report from a commented skeleton.")
app.add_typer(editions.app, name="editions", help="What was made: list, check, make again, put on record, withdraw.")
app.add_typer(house.app, name="house", help="The look: what is wrong with a house style, a sheet that shows it.")
app.add_typer(templates.app, name="template", help="Word templates of officers: look at one, fill one.")
app.add_typer(catalogs.app, name="messages", help="Catalogs of sentences.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    try:
        status = app(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except typer.Exit as error:
        return error.exit_code
    except ReportError as error:
        tell(error.problems)
        return USAGE if isinstance(error, UnknownChoice) else PROBLEMS
    except TyperException as error:
        tell([Problem("command line", error.format_message(), "python generate.py --help")])
        return USAGE
    return status if isinstance(status, int) else MADE
