"""The folder of editions: <out>/<HOME>-<PARTNER>/<as-of>/ with the files and edition.json.

A commit is a folder of new files, made durable under <out>/.work and renamed to …ready: from then on it is carried out,
by this process or by the next that opens the edition. The files are renamed into place, edition.json last.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal
from uuid import uuid4

from filelock import FileLock, Timeout

from reports.editions import manifest
from reports.editions.files import made_folder, moved, staged, swept, synced, unwritable, write
from reports.editions.manifest import Edition, FileRecord
from reports.errors import EditionError, OutputError, Problem

WORK = ".work"
READY, STAGING, LOCK = ".ready", ".part", ".lock"
PAIR = re.compile(r"[A-Z][A-Z0-9]{1,15}-[A-Z][A-Z0-9]{1,15}", re.ASCII)
ALL_PAIRS = "*-*"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
PATIENCE = 60.0  # seconds that one waits for another process to finish with an edition


@dataclass(frozen=True, slots=True)
class Place:
    """Where an edition is: the folder of all editions, the pair, the day."""

    out: Path
    pair: str
    as_of: date

    @property
    def name(self) -> str:
        """KZ-LU/2025-10-20."""
        return f"{self.pair}/{self.as_of}"

    @property
    def folder(self) -> Path:
        """The folder that people open."""
        return self.out / self.pair / self.as_of.isoformat()

    @property
    def record(self) -> Path:
        """Its edition.json."""
        return self.folder / manifest.NAME

    def work(self, suffix: str) -> Path:
        """A path for our own use, on the same disk."""
        return self.out / WORK / f"{self.pair}.{self.as_of}{suffix}"


def places(out: Path, pair: str = ALL_PAIRS) -> tuple[Place, ...]:
    """Where the editions of a pair are, or of all, by pair and day; what only looks like one of our folders is left
    out. EditionError if a folder cannot be read."""
    found = (
        Place(out, path.name, day)
        for path in sorted(out.glob(pair))
        if PAIR.fullmatch(path.name) and path.is_dir()
        for folder in sorted(path.iterdir())
        if (day := _day(folder.name)) and (folder / manifest.NAME).is_file()
    )
    try:
        return tuple(found)
    except OSError as error:
        raise EditionError(Problem(str(error.filename or out), f"cannot be read: {error.strerror}")) from error


def place_of(out: Path, name: str) -> Place:
    """The place that a person names: KZ-LU/2025-10-20, or the path of its folder. EditionError if it has no edition."""
    path = Path(name)
    if len(path.parts) > 2:  # noqa: PLR2004  the folders of a pair and a day
        out, path = path.parent.parent, Path(*path.parts[-2:])
    pair, day = path.parent.name, _day(path.name)
    if not PAIR.fullmatch(pair) or day is None:
        raise EditionError(Problem(name, "no name of an edition", "the pair and the day: KZ-LU/2025-10-20"))
    place = Place(out, pair, day)
    if not place.record.is_file() and not place.work(READY).is_dir():
        hint = "python generate.py editions list"
        raise EditionError(Problem(str(place.folder), "there is no edition", hint))
    return place


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def on_record(place: Place, edition: Edition, name: str) -> bool:
    """Whether a file has the very bytes that an officer put on record."""
    found = bytes_of(place, name)
    return found is not None and manifest.digest(found) in {one.file.sha256 for one in edition.added}


@contextmanager
def opened(place: Place) -> Iterator[Edition | None]:
    """The edition of a place, None if there is none, while no other process may change it; what an interrupted run had
    begun is finished or swept first. OutputError if the folder cannot be written or another process does not let go."""
    made_folder(place.out / WORK)
    lock = FileLock(place.work(LOCK), timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout as error:
        problem = Problem(place.name, f"another run has been at it for {PATIENCE:.0f} seconds", "try again later")
        raise OutputError(problem) from error
    except OSError as error:
        raise OutputError(unwritable(place.work(LOCK), error)) from error
    try:
        for left in place.out.joinpath(WORK).glob(f"{place.pair}.{place.as_of}.*{STAGING}"):
            swept(left)
        if place.work(READY).is_dir() and (problems := settled(place)) and place.work(READY).is_dir():
            raise OutputError(*problems)
        yield _swept_of_stale(place)
    finally:
        lock.release()


def _swept_of_stale(place: Place) -> Edition | None:
    """The edition, its folder without the files that it has given up; one that somebody has changed since stays."""
    if not place.record.is_file():
        return None
    edition = manifest.read(place.record)
    for record in edition.stale:
        if state(place, record) == "whole" and record.name not in edition.files():
            with suppress(OSError):  # open in a word processor: the next time
                (place.folder / record.name).unlink()
    return edition


def bytes_of(place: Place, name: str) -> bytes | None:
    """What a file of the folder holds, None if there is none."""
    path = place.folder / name
    return path.read_bytes() if path.is_file() else None


State = Literal["whole", "missing", "changed"]


def state(place: Place, record: FileRecord) -> State:
    """Whether a file of the edition is there with the bytes that the record names."""
    try:
        path = place.folder / record.name
        same = path.stat().st_size == record.size and manifest.digest(path.read_bytes()) == record.sha256
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "changed"
    return "whole" if same else "changed"


def seen(place: Place) -> Edition:
    """The edition of a place, for a reader. EditionError if there is none."""
    if place.work(READY).is_dir():
        with opened(place) as found:
            if found:
                return found
    return manifest.read(place.record)


def committed(place: Place, edition: Edition, files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Put new files and the record of the edition under their names; call it inside `opened`.

    The problem of each file that could not take its name: it stays as it was, and so does what the record says of it.
    OutputError, and nothing has changed, if the files cannot be written.
    """
    staging = place.work(f".{uuid4().hex[:8]}{STAGING}")
    staged(staging, {**files, manifest.NAME: manifest.dumped(edition)})
    try:
        staging.rename(place.work(READY))
        synced(place.out / WORK)
    except OSError as error:
        swept(staging)
        raise OutputError(unwritable(staging, error)) from error
    return settled(place)


def settled(place: Place) -> tuple[Problem, ...]:
    """Carry out a commit that is ready, whoever prepared it; the problems of files that could not take their names."""
    ready = place.work(READY)
    record = ready / manifest.NAME
    if not record.is_file():  # all was moved, and the folder was left
        swept(ready)
        return ()
    made_folder(place.folder)
    edition = manifest.read(record)
    refused = {
        path.name: problem
        for path in sorted(ready.iterdir())
        if path != record and (problem := moved(path, place.folder / path.name))
    }
    if refused:
        told = record.with_name(f"{uuid4().hex[:8]}{STAGING}")
        write(told, manifest.dumped(_without(place, edition, frozenset(refused))))
        told.replace(record)
    synced(place.folder)
    if problem := moved(record, place.record):
        return (*refused.values(), problem)
    synced(place.folder)
    swept(ready)
    return tuple(refused.values())


def _without(place: Place, edition: Edition, refused: frozenset[str]) -> Edition:
    """The edition with the old record of the files that kept their old bytes, or without them."""
    old = manifest.read(place.record) if place.record.is_file() else None
    briefs = {}
    for name, brief in edition.briefs.items():
        former = old.briefs.get(name) if old else None
        versions = {}
        for tag, version in brief.versions.items():
            before = former.versions.get(tag) if former else None
            files = {kind: record for kind, record in version.files.items() if record.name not in refused}
            kept = {kind: record for kind, record in before.files.items() if record.name in refused} if before else {}
            if kept and before:  # not all is new: the next run makes it again
                older = {"files": {**files, **kept}, "inputs": before.inputs, "rows": before.rows}
                older |= {"replaces": before.replaces}
                versions[tag] = version.model_copy(update=older)
            elif files:
                versions[tag] = version.model_copy(update={"files": files})
        if versions:
            briefs[name] = brief.model_copy(update={"versions": versions})
    added = tuple(one for one in edition.added if one.file.name not in refused)
    return edition.model_copy(update={"briefs": briefs, "added": added})
