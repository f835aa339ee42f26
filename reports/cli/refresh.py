"""The command that puts new figures into a Word file that an officer has edited."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reports.cli import common
from reports.cli.common import DATA, HOUSE, TEMPLATES, AsJson, DataFolder, HouseFile, Templates
from reports.errors import OutputError, Problem

if TYPE_CHECKING:
    from reports.refresh import Refreshed


def refresh(  # noqa: PLR0913, PLR0917  as many parameters as options
    file: Annotated[Path, typer.Argument(help="A Word file that brief made and somebody may have edited.")],
    as_of: Annotated[str, typer.Option(help="Day whose knowledge the figures hold; else today.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="The new file; else one beside the old.")] = None,
    tracked: Annotated[bool, typer.Option("--tracked", help="New values as tracked changes.")] = False,
    final: Annotated[bool, typer.Option("--final", help="A copy to go out: public, nothing hidden in it.")] = False,
    data: DataFolder = DATA,
    templates: Templates = TEMPLATES,
    house: HouseFile = HOUSE,
    as_json: AsJson = False,
) -> int:
    """Put the figures of today into a Word file; what a person changed in it stays as it is."""
    from reports.editions.files import saved
    from reports.editions.word_figures import read_file
    from reports.refresh import AUTHOR, Tracking, refresh_final
    from reports.refresh import refresh as renewed

    if final and tracked:
        raise typer.BadParameter("a copy that goes out has no tracked changes", param_hint="--final or --tracked")
    day = common.day_of(as_of)
    target = out or file.with_name(f"{file.stem}.{day}{'.final' if final else ''}{file.suffix}")
    if target.exists() and (not out or target.samefile(file)):
        hint = "choose another name with --out"
        raise OutputError(Problem(str(target), "is there already", hint))
    blob = read_file(file)
    read, warnings = common.read_data(data)
    workshop = common.workshop_of(templates, house)
    if final:
        done = refresh_final((str(file), blob), read, workshop, day)
    else:
        tracking = Tracking(AUTHOR, common.now().strftime("%Y-%m-%dT%H:%M:%SZ")) if tracked else None
        done = renewed((str(file), blob), read, workshop, day, tracking)
    unsaved = [one for one in saved({target.name: done.blob}, target.parent) if isinstance(one, Problem)]
    if unsaved:
        raise OutputError(*unsaved)
    return _told(done, target, (*warnings, *done.problems), as_json=as_json)


def _told(done: "Refreshed", target: Path, problems: tuple[Problem, ...], *, as_json: bool) -> int:
    if as_json:
        told = {"files": [str(target)], **done.plain(), "problems": [common.plain(problem) for problem in problems]}
        common.print_json(told)
    else:
        common.print_paths([target])
        print("\n".join(done.told()), file=sys.stderr)
        common.tell(problems)
    return common.status_of(problems)
