"""The command on deliveries: what went to whom, and what a person decides about a letter that nobody answered."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from reports.cli import common
from reports.cli.common import OUTPUT, AsJson, Out
from reports.cli.schedule import history_of, iso
from reports.errors import Problem

if TYPE_CHECKING:
    from reports.delivery import Entry

DELIVERIES = "python generate.py schedule deliveries lists them"


def deliveries(
    settle: Annotated[int, typer.Option(help="The number of a doubtful delivery that somebody decides.")] = 0,
    arrived: Annotated[bool | None, typer.Option("--arrived/--lost", help="What became of it.")] = None,
    out: Out = OUTPUT,
    as_json: AsJson = False,
) -> int:
    """List what was delivered to whom; decide about a letter of which the answer never came."""
    from reports.delivery import Ledger

    history = history_of(out)
    common.tell(history.found)
    ledger = Ledger(history.engine)
    if settle:
        if arrived is None:
            raise typer.BadParameter("did it arrive?", param_hint="--arrived or --lost")
        if not ledger.decide(settle, common.now(), arrived=arrived):
            common.tell([Problem(str(settle), "no doubtful or refused delivery has this number", DELIVERIES)])
            return common.PROBLEMS
    rows = [_delivery(entry) for entry in ledger.entries()]
    if as_json:
        common.print_json(rows)
    else:
        for row in rows:
            print("  ".join(str(value) for value in row.values()))
    return common.MADE


def _delivery(entry: "Entry") -> dict[str, Any]:
    said = {"number": entry.number, "state": entry.state, "at": iso(entry.at), "recipient": entry.recipient}
    return {**said, "destination": entry.slip.destination, "parcel": entry.slip.parcel}
