"""The commands on editions: what is there, whether it is whole, what people do to it."""

import getpass
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reports.cli import common
from reports.cli.common import DATA, HOUSE, OUTPUT, TEMPLATES, AsJson, DataFolder, HouseFile, Out, Templates
from reports.errors import Problem, ReportError, quoted

if TYPE_CHECKING:
    from reports.editions.manifest import Edition, Withdrawal
    from reports.editions.shelf import Place
    from reports.orders import Workshop

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Named = Annotated[str, typer.Argument(help="An edition: KZ-LU/2025-10-20, or its folder.")]
By = Annotated[str, typer.Option("--by", help="Who does it; else the user of the machine.")]


@app.command("list")
def list_editions(
    pair: Annotated[str, typer.Argument(help="A pair, KZ-LU; else all.")] = "",
    out: Out = OUTPUT,
    as_json: AsJson = False,
) -> int:
    """List the editions, by pair and day."""
    found = list(_editions(out, pair))
    editions = [edition for edition in found if not isinstance(edition, Problem)]
    problems = [problem for problem in found if isinstance(problem, Problem)]
    if as_json:
        common.print_json({"editions": [_short(edition) for edition in editions], "problems": _plain(problems)})
    else:
        for edition in editions:
            briefs = "; ".join(f"{name} {', '.join(brief.versions)}" for name, brief in edition.briefs.items())
            print(f"{edition.name}  {briefs}{_state(edition)}")
        common.tell(problems)
    return common.status_of(problems)


def _editions(out: Path, pair: str) -> Iterator["Edition | Problem"]:
    from reports.editions.shelf import ALL_PAIRS, places, seen

    for place in places(out, pair or ALL_PAIRS):
        try:
            yield seen(place)
        except ReportError as error:
            yield from error.problems


def _state(edition: "Edition") -> str:
    notes = [f"withdrawn: {edition.withdrawn.reason}"] if edition.withdrawn else []
    notes += [f"{len(edition.added)} on record"] * bool(edition.added)
    return f"  ({'; '.join(notes)})" if notes else ""


def _short(edition: "Edition") -> dict[str, Any]:
    briefs = {
        name: {tag: sorted(version.files) for tag, version in brief.versions.items()}
        for name, brief in edition.briefs.items()
    }
    withdrawn = edition.withdrawn.reason if edition.withdrawn else ""
    return {"edition": edition.name, "briefs": briefs, "withdrawn": withdrawn, "added": len(edition.added)}


def _plain(problems: list[Problem]) -> list[dict[str, str]]:
    return [common.plain(problem) for problem in problems]


@app.command()
def show(name: Named, out: Out = OUTPUT, as_json: AsJson = False) -> int:
    """Show an edition: its files, figures with their sources, problems, what people did to it."""
    from reports.editions.shelf import place_of, seen

    edition = seen(place_of(out, name))
    if as_json:
        common.print_json(edition.model_dump(mode="json"))
    else:
        print("\n".join(_shown(edition)))
    return common.MADE


def _shown(edition: "Edition") -> Iterator[str]:
    yield f"{edition.name}{_state(edition)}"
    for name, brief in edition.briefs.items():
        since = f", changes since {brief.before}" if brief.before else ""
        yield f"{name}: {len(brief.figures)} figures{since}"
        for tag, version in brief.versions.items():
            yield f"  {tag}: {version.title}; made {version.made:%Y-%m-%d %H:%M} UTC in {version.seconds} s"
            yield from (f"    {record.name}  {record.size} bytes  {record.sha256}" for record in version.files.values())
            yield from (f"    {problem.severity}: {problem.where}: {problem.message}" for problem in version.problems)
        for key, entry in brief.figures.items():
            said = next(iter(entry.texts.values()), ())
            yield f"  {key}  {' | '.join(said)}  {', '.join(entry.record.sources)}"
    for one in edition.added:
        yield f"on record: {one.file.name}, by {one.by}, {one.on:%Y-%m-%d}"
        yield from (f"  {each.key}: {quoted(each.made)} is now {quoted(each.now)}" for each in one.differences)


@app.command()
def verify(
    name: Annotated[str, typer.Argument(help="An edition; else all.")] = "", out: Out = OUTPUT, as_json: AsJson = False
) -> int:
    """Check that every file of the editions has the bytes that it was made with."""
    from reports.editions.shelf import place_of, places
    from reports.editions.verifying import verified

    return common.told(list(verified([place_of(out, name)] if name else places(out))), as_json=as_json)


@app.command()
def rebuild(  # noqa: PLR0913, PLR0917  as many parameters as options
    name: Named,
    out: Out = OUTPUT,
    to: Annotated[Path, typer.Option("--to", help="Folder for the files.")] = Path("rebuilt"),
    templates: Templates = TEMPLATES,
    house: HouseFile = HOUSE,
    as_json: AsJson = False,
) -> int:
    """Make the files of an edition again from the rows that it keeps, and tell whether their bytes are the same."""
    from reports.editions.files import saved
    from reports.editions.shelf import place_of
    from reports.editions.verifying import rebuilt
    from reports.stamps import stamp_of

    workshop, place = common.workshop_of(templates, house), place_of(out, name)
    found = list(rebuilt(place, workshop, stamp_of(workshop.templates, workshop.house_file, workshop.fonts)))
    files = {one.name: one for one in found if not isinstance(one, Problem)}
    written = list(saved({key: one.blob for key, one in files.items()}, to / place.pair / f"{place.as_of}"))
    problems = [one for one in (*found, *written) if isinstance(one, Problem)]
    paths = [one for one in written if isinstance(one, Path)]
    if as_json:
        common.print_json({"files": {str(path): files[path.name].same for path in paths}, "problems": _plain(problems)})
    else:
        common.print_paths(paths)
        same = sum(one.same for one in files.values())
        print(f"{same} of {len(files)} files have the same bytes", file=sys.stderr)
        common.tell(problems)
    return common.status_of(problems, strict=True)


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="A Word file that an officer has changed.")],
    edition: Annotated[str, typer.Option(help="The edition that it is of; else the one in whose folder it lies.")] = "",
    by: By = "",
    out: Out = OUTPUT,
    as_json: AsJson = False,
) -> int:
    """Put an officer's file on record beside its edition, with the figures that it changed."""
    from reports.editions.recording import added
    from reports.editions.shelf import place_of

    one = added(place_of(out, edition or str(file.absolute().parent)), file, by or getpass.getuser(), common.now())
    if as_json:
        common.print_json(one.model_dump(mode="json"))
    else:
        print(one.file.name)
        for each in one.differences:
            print(f"{each.key}: made as {quoted(each.made)}, now {quoted(each.now)}", file=sys.stderr)
        print(f"figures that differ: {len(one.differences)}", file=sys.stderr)
    return common.MADE


@app.command()
def withdraw(  # noqa: PLR0913, PLR0917  as many parameters as options
    name: Named,
    reason: Annotated[str, typer.Option(help="Why it must not be used, for everybody who looks for it.")],
    replaced_by: Annotated[str, typer.Option(help="The day of the edition in its place.")] = "",
    by: By = "",
    data: DataFolder = DATA,
    templates: Templates = TEMPLATES,
    out: Out = OUTPUT,
    as_json: AsJson = False,
) -> int:
    """Withdraw an edition: its files are renamed, and a notice says why in each of its languages."""
    from reports.editions.manifest import Withdrawal
    from reports.editions.recording import withdrawn
    from reports.editions.shelf import place_of, seen

    place = place_of(out, name)
    day = common.day_of(replaced_by, "--replaced-by") if replaced_by else None
    withdrawal = Withdrawal(reason=reason, by=by or getpass.getuser(), on=common.now(), replaced_by=day)
    notices = _notices(seen(place), withdrawal, data, common.workshop_of(templates))
    edition = withdrawn(place, withdrawal, notices)
    if as_json:
        common.print_json(edition.model_dump(mode="json")["withdrawn"])
    else:
        common.print_paths(place.folder / notice for notice in notices)
    return common.MADE


def _notices(edition: "Edition", withdrawal: "Withdrawal", data: Path, workshop: "Workshop") -> Mapping[str, str]:
    """The notice in each language of the edition, by the name of its file."""
    from reports.facts.facts import facts_of
    from reports.letters import Withdrawal as Said
    from reports.letters import notice

    read, _ = common.read_data(data)
    facts = facts_of(read, edition.home, edition.partner, edition.as_of)
    first = next(iter(edition.briefs.values()))
    said = Said(first.order.report, withdrawal.on.date(), withdrawal.reason, withdrawal.replaced_by)
    tags = dict.fromkeys(tag for brief in edition.briefs.values() for tag in brief.versions)
    letters = {tag: notice(facts, read, workshop.library, tag, said) for tag in tags}
    return {f"WITHDRAWN.{tag}.txt": f"{found.subject}\n\n{found.text}" for tag, found in letters.items()}


def changes(  # noqa: PLR0913, PLR0917  as many parameters as options
    old: Annotated[str, typer.Argument(help="The edition before: KZ-LU/2025-09-20, or its folder.")],
    new: Annotated[str, typer.Argument(help="A later edition of the same pair.")],
    report: common.Report = "brief",
    lang: Annotated[str, typer.Option(help="The language of the reader; else that of the templates.")] = "",
    format: Annotated[str, typer.Option(help="text, json, or docx: the newer brief with tracked changes.")] = "text",
    to: Annotated[Path, typer.Option("--to", help="Folder for the Word file.")] = Path("changes"),
    data: DataFolder = DATA,
    templates: Templates = TEMPLATES,
    house: HouseFile = HOUSE,
    out: Out = OUTPUT,
) -> int:
    """Print what changed from one edition to another: people, meetings, agreements, figures; or make a Word file of the
    newer one in which it is tracked."""
    from reports.editions.changing import changed
    from reports.editions.shelf import place_of, seen
    from reports.writers import WRITERS

    workshop = common.workshop_of(templates, house)
    (tag,) = common.chosen("language", lang or workshop.library.source, workshop.tags)[:1]
    (kind,) = common.chosen("format", format, ("text", "json", "docx"))[:1]
    if kind == "docx":
        return _redlined((place_of(out, old), place_of(out, new)), report, tag, workshop, to)
    pair = seen(place_of(out, old)), seen(place_of(out, new))
    read, _ = common.read_data(data)
    found = changed(pair, report, read, workshop)
    if kind == "json":
        common.print_json(found.plain())
    else:
        document = found.document(tag)
        print(WRITERS[kind].write(document, None).decode(), end="")
        common.tell(document.problems)
    return common.MADE


def _redlined(places: "tuple[Place, Place]", report: str, tag: str, workshop: "Workshop", to: Path) -> int:
    """The Word file with tracked changes, and its path for people and programs."""
    from reports.editions.changing import redlined
    from reports.editions.files import saved

    newer = places[1]
    written = list(saved(redlined(places, report, tag, workshop), to / newer.pair / f"{newer.as_of}"))
    common.print_paths(one for one in written if isinstance(one, Path))
    problems = [one for one in written if isinstance(one, Problem)]
    common.tell(problems)
    return common.status_of(problems)
