"""The commands on the schedule: make what is due, what comes next, how it stands, and who calls it."""

import getpass
import os
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from pathlib import Path, PurePath
from time import sleep
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reports.cli import common
from reports.cli.common import DATA, HOUSE, OUTPUT, ROOT, TEMPLATES, AsJson, DataFolder, HouseFile, Out, Templates
from reports.errors import DataError

if TYPE_CHECKING:
    from reports.batch import Machines
    from reports.delivery import Settings
    from reports.editions.keeping import Kept
    from reports.facts.records import Data
    from reports.history import History
    from reports.orders import Workshop
    from reports.runs import Office
    from reports.schedule.plan import Choices, Plan
    from reports.schedule.rules import Entry
    from reports.schedule.running import Done
    from reports.schedule.status import EntryStatus

DAY = timedelta(days=1)
HISTORY = Path(".history", "history.sqlite")  # below the folder of the editions
PLAN = "schedule.toml"

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Today = Annotated[str, typer.Option("--today", help="Make what is due up to the end of that day; else up to now.")]


def run_due(  # noqa: PLR0913, PLR0917  as many parameters as options
    today: Today = "",
    retry: Annotated[bool, typer.Option("--retry", help="Try again at once what failed.")] = False,
    data: DataFolder = DATA,
    templates: Templates = TEMPLATES,
    house: HouseFile = HOUSE,
    out: Out = OUTPUT,
    jobs: common.Jobs = None,
    cluster: common.Cluster = "",
    as_json: AsJson = False,
) -> int:
    """Make what is due by the schedule, once; safe to call at any time and from any scheduler."""
    from reports.runs import make, tidied
    from reports.schedule.running import run_due as made_by

    clock = _clock(today, data)
    office, history = _office(data, (templates, house), out, common.machines(jobs, cluster))
    if today:  # what falls on the day is owed, also by an entry that nobody has seen before
        history.see({entry.name: entry.timing for entry in office.plan.entries}, clock() - DAY)
    done = made_by(office.plan, history, clock, lambda run: make(run, office), retry=retry)
    problems = (*done.problems, *(() if done.busy else tidied(out, office.plan.retention, clock().date())))
    if as_json:
        runs = {run.key: {"result": outcome.result, "summary": outcome.summary} for run, outcome in done.outcomes}
        common.print_json({"runs": runs, "problems": [common.plain(problem) for problem in problems]})
    else:
        _tell(done)
        common.tell(problems)
    return common.MADE if done.ok else common.PROBLEMS


def _tell(done: "Done") -> None:
    for run, outcome in done.outcomes:
        print(f"{run.key}  {outcome.result}  {outcome.summary}")
    if not done.outcomes and not done.busy:
        print("nothing is due", file=sys.stderr)


def _clock(today: str, data: Path) -> Callable[[], datetime]:
    """The clock of a run: of the machine, or standing at the end of a day where the first entry of the plan is."""
    if not today:
        return common.now
    zone = next((entry.clock.zone for entry in _plan(data).entries), UTC)
    end = datetime.combine(common.day_of(today, "--today"), time.max, zone).replace(microsecond=0).astimezone(UTC)
    return lambda: end


def _office(data: Path, style: tuple[Path, str], out: Path, machines: "Machines") -> tuple["Office", "History"]:
    """What runs need. ReportError with every mistake of data, schedule, destinations and settings."""
    from reports.delivery import Carrier, Ledger, destinations
    from reports.runs import Office
    from reports.stamps import stamp_of

    workshop, (read, warnings) = common.workshop_of(*style), common.read_data(data)
    common.tell(warnings)
    choices = _choices(read, workshop)
    plan, history = _plan(data, choices), history_of(out)
    tables = [table.keys for table in plan.deliveries]
    places = [table.where for table in plan.deliveries]
    levels = workshop.library.levels
    found = destinations(tables, levels, ROOT, lambda index, key: f"{places[index]}{f': {key}' if key else ''}")
    wait: Callable[[float], object] = machines.stop.wait if machines.stop else sleep
    carrier = Carrier(Ledger(history.engine), _settings(), wait) if found else None
    stamp = str(stamp_of(workshop.templates, workshop.house_file, workshop.fonts))  # in `watch` templates may change
    desk = common.desk_of(out, workshop, machines, "last", stamp)
    return Office(plan, read, choices, desk, found, carrier, _watched), history


def _watched(results: Iterable["Kept"], total: int) -> Iterator["Kept"]:
    """The same results; how far they are is told to people."""
    from reports.batch.progress import watched

    return watched(results, total, sys.stderr)


def _settings() -> "Settings":
    """The settings of the mail server; if they are wrong that is told, and folders are served all the same."""
    from reports.delivery import Settings, read_settings

    try:
        return read_settings(os.environ, ROOT)
    except DataError as error:
        common.tell(error.problems)
        return Settings()


def _choices(read: "Data", workshop: "Workshop") -> "Choices":
    from reports.facts.facts import partners
    from reports.schedule.plan import Choices

    return Choices(partners(read, read.home), workshop.library.reports, workshop.tags, tuple(common.formats()))


def plan_of(data: Path, read: "Data", workshop: "Workshop") -> "Plan":
    """The plan of a data folder, with what it asks for looked at. DataError with all its mistakes."""
    return _plan(data, _choices(read, workshop))


def _plan(data: Path, choices: "Choices | None" = None) -> "Plan":
    from reports.schedule.plan import read_plan

    return read_plan(data / PLAN, choices)


def history_of(out: Path) -> "History":
    """The log of runs below the folder of the editions."""
    from reports.history import Actor, open_history
    from reports.stamps import release

    return open_history(out / HISTORY, Actor(socket.gethostname(), getpass.getuser(), release()))


# ---------------------------------------------------------------- how it stands


@app.command("list")
def list_entries(data: DataFolder = DATA, out: Out = OUTPUT, as_json: AsJson = False) -> int:
    """List what is planned, how the last run of each ended, and when the next is due."""
    from reports.schedule.status import status

    history = history_of(out)
    plan = _plan(data)
    found = status(plan, history, common.now())
    if as_json:
        common.print_json([_plain(entry) for entry in found.entries])
    else:
        for entry in found.entries:
            print(f"{entry.entry}: {entry.timing}")
            last = f"{entry.last} {entry.result} {_said(entry.ended)}" if entry.last else "none yet"
            due = _local(entry.due, plan.entry(entry.entry)) if entry.due else ""
            print(f"  last: {last}; next: {entry.next or 'none'} {due}".rstrip())
            for record in history.runs(entry.entry, last=1):
                print(f"  {record.summary}; by {record.actor.user} on {record.actor.host}".rstrip())
    common.tell(history.found)
    return common.MADE


@app.command()
def status(data: DataFolder = DATA, out: Out = OUTPUT, as_json: AsJson = False) -> int:
    """Say whether every run happened; exit status 1 if one is overdue, for a monitor."""
    from reports.schedule.status import status as status_of

    history = history_of(out)
    found = status_of(_plan(data), history, common.now())
    if as_json:
        entries = [_plain(entry) for entry in found.entries]
        common.print_json({"ok": found.ok, "looked": iso(found.looked), "entries": entries})
    else:
        print("all is well" if found.ok else "runs are overdue" if found.looked else "nobody ever looked what is due")
        for entry in found.entries:
            print(f"{entry.entry}: last success {_said(entry.succeeded) or 'none'}", *_overdue(entry))
    common.tell(history.found)
    return common.MADE if found.ok else common.PROBLEMS


def _overdue(entry: "EntryStatus") -> Iterator[str]:
    if entry.overdue:
        yield f"(overdue: {', '.join(entry.overdue)})"


@app.command("next")
def next_runs(
    count: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 10,
    data: DataFolder = DATA,
    as_json: AsJson = False,
) -> int:
    """Print the coming runs: when they are due by the clock on the wall, in JSON in UTC; in JSON also their day."""
    from reports.schedule.status import coming

    plan = _plan(data)
    runs = coming(plan, common.now(), count)
    if as_json:
        common.print_json([{"run": run.key, "due": iso(run.due), "as_of": run.day.isoformat()} for run in runs])
    else:
        for run in runs:
            print(f"{_local(run.due, plan.entry(run.entry))}  {run.key}")
    return common.MADE


def _plain(entry: "EntryStatus") -> dict[str, Any]:
    return {name: iso(value) if isinstance(value, datetime) else value for name, value in asdict(entry).items()}


def iso(moment: datetime | None) -> str | None:
    """An instant for a program, in ISO 8601."""
    return moment.isoformat(timespec="seconds") if moment else None


def _local(moment: datetime, entry: "Entry") -> str:
    return f"{moment.astimezone(entry.clock.zone):%Y-%m-%d %H:%M} {entry.clock.zone.key}"


def _said(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""


# ---------------------------------------------------------------- who calls it


@app.command()
def watch(  # noqa: PLR0913, PLR0917  as many parameters as options
    data: DataFolder = DATA,
    templates: Templates = TEMPLATES,
    house: HouseFile = HOUSE,
    out: Out = OUTPUT,
    jobs: common.Jobs = None,
    cluster: common.Cluster = "",
) -> int:
    """Stay, and make what is due when it is due, until Ctrl-C; a changed schedule is taken up."""
    import signal
    from contextlib import suppress
    from threading import Event

    from reports.runs import make, tidied
    from reports.schedule.running import run_due as made_by
    from reports.schedule.watch import Watched
    from reports.schedule.watch import watch as stay

    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())

    def act(_: "Plan") -> None:
        machines = common.machines(jobs, cluster, stop)
        office, history = _office(data, (templates, house), out, machines)  # of today's data
        with suppress(KeyboardInterrupt):  # stopped in the middle of a batch: the next look makes the rest
            done = made_by(office.plan, history, common.now, lambda run: make(run, office))
            for run, outcome in done.outcomes:
                print(f"{run.key}  {outcome.result}  {outcome.summary}", flush=True)
            common.tell(done.problems)
            common.tell(() if done.busy else tidied(out, office.plan.retention, common.now().date()))

    stay(Watched(lambda: _plan(data), act, common.tell), stop)
    return common.MADE


@app.command()
def install(
    systemd: Annotated[bool, typer.Option("--systemd", help="Units for systemd.")] = False,
    cron: Annotated[bool, typer.Option("--cron", help="A line of a crontab.")] = False,
    windows: Annotated[bool, typer.Option("--windows", help="A task of the Windows Task Scheduler.")] = False,
    data: DataFolder = DATA,
    out: Out = OUTPUT,
) -> int:
    """Print what the scheduler of the system needs to call run-due every quarter of an hour; it installs nothing."""
    from reports.schedule import install as units

    if [systemd, cron, windows].count(True) != 1:
        raise typer.BadParameter("say which one", param_hint="--systemd, --cron or --windows")
    command = [sys.executable, str(ROOT / "generate.py"), "run-due"]
    command += ["--data", str(data.absolute()), "--out", str(out.absolute())]
    if cron:
        print(units.cron(command, ROOT))
    elif windows:
        sys.stdout.buffer.write(units.windows(command, PurePath(ROOT)))
    else:
        made = units.systemd(command, ROOT)
        print(f"# {units.NAME}.service\n{made.service}\n# {units.NAME}.timer\n{made.timer}", end="")
    return common.MADE
