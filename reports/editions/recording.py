"""What people do to an edition: an officer's file is put on record beside it, and a wrong edition is withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from reports.editions.manifest import Added, Brief, Edition, Withdrawal, digest, recorded
from reports.editions.shelf import Place, bytes_of, committed, opened
from reports.editions.word_figures import differences, read_file
from reports.errors import EditionError, OutputError, Problem

WITHDRAWN = "withdrawn-"  # before the name of a file that must not be used


def added(place: Place, path: Path, by: str, now: datetime) -> Added:
    """Put an officer's Word file on record: its bytes beside the edition, who brought it, and which figures read
    otherwise than they were made. EditionError if it is no brief of this edition, or the very file that was made."""
    blob = read_file(path)
    changed = differences(blob, str(path))
    with opened(place) as found:
        edition = _there(found, place)
        brief, tag = _of_brief(edition, path)
        made = edition.briefs[brief].versions[tag].files
        if digest(blob) in {record.sha256 for record in made.values()}:
            raise EditionError(Problem(str(path), "is the file as it was made, not changed by anybody"))
        name = f"{brief}.{tag}.record-{digest(blob)[:8]}{path.suffix}"
        if any(one.file.name == name for one in edition.added):
            raise EditionError(Problem(str(path), f"is on record already, as {name}"))
        one = Added(file=recorded(name, blob), brief=brief, language=tag, by=by, on=now, differences=changed)
        after = edition.model_copy(update={"added": (*edition.added, one)})
        if problems := committed(place, after, {name: blob}):
            raise OutputError(*problems)
    return one


def _there(edition: Edition | None, place: Place) -> Edition:
    if edition is None:
        raise EditionError(Problem(str(place.folder), "there is no edition", "python generate.py editions list"))
    return edition


def _of_brief(edition: Edition, path: Path) -> tuple[str, str]:
    """The brief and the language that a file is of, by the beginning of its name: brief.ru.edited-….docx."""
    for name, brief in edition.briefs.items():
        for tag in brief.versions:
            if path.name.startswith(f"{name}.{tag}."):
                return name, tag
    names = ", ".join(f"{name}.{tag}….docx" for name, brief in edition.briefs.items() for tag in brief.versions)
    raise EditionError(
        Problem(str(path), f"no name of a brief of {edition.name}", f"begin it as the file made: {names}")
    )


def withdrawn(place: Place, withdrawal: Withdrawal, notices: Mapping[str, str]) -> Edition:
    """Withdraw an edition: its files get names that say so, and a notice in each language stands in their place.

    `notices` has the text of a notice by the name of its file. EditionError if the edition is withdrawn already, or if
    there is none on the day that is said to replace it; OutputError if a file is open elsewhere.
    """
    with opened(place) as found:
        edition = _there(found, place)
        if edition.withdrawn:
            raise EditionError(Problem(place.name, f"was withdrawn before: {edition.withdrawn.reason}"))
        if (day := withdrawal.replaced_by) and not Place(place.out, place.pair, day).record.is_file():
            raise EditionError(Problem(f"{place.pair}/{day}", "no edition that could replace it", "make it first"))
        told = {name: text.encode() for name, text in notices.items()}
        former = {name: blob for name in _made(edition) if (blob := bytes_of(place, name)) is not None}
        new = {WITHDRAWN + name: blob for name, blob in former.items()}
        after = edition.model_copy(
            update={
                "briefs": {name: _set_apart(brief, new) for name, brief in edition.briefs.items()},
                "withdrawn": withdrawal.model_copy(update={"notices": tuple(map(recorded, told, told.values()))}),
                "stale": (*edition.stale, *map(recorded, former, former.values())),
            }
        )
        if problems := committed(place, after, {**new, **told}):
            raise OutputError(*problems)
    with opened(place) as found:  # the files with their former names are swept
        return _there(found, place)


def _made(edition: Edition) -> tuple[str, ...]:
    versions = (version for brief in edition.briefs.values() for version in brief.versions.values())
    return tuple(record.name for version in versions for record in version.files.values())


def _set_apart(brief: Brief, new: Mapping[str, bytes]) -> Brief:
    """The brief with the names that its files have from now on; one that was lost is no part of it any more."""
    versions = {}
    for tag, version in brief.versions.items():
        names = {kind: WITHDRAWN + record.name for kind, record in version.files.items()}
        files = {kind: recorded(name, new[name]) for kind, name in names.items() if name in new}
        versions[tag] = version.model_copy(update={"files": files})
    return brief.model_copy(update={"versions": versions})
