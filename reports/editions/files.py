"""Files that appear whole or not at all: written aside, made durable, moved into place by one rename."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from time import sleep
from unicodedata import normalize
from uuid import uuid4

from reports.errors import OutputError, Problem

TRIES, PAUSE = 3, 0.1  # an indexer or a virus scanner holds a new file for a moment


def write(path: Path, blob: bytes) -> None:
    """Write a new file and make it durable. OSError if that cannot be."""
    with path.open("xb") as file:
        file.write(blob)
        file.flush()
        os.fsync(file.fileno())


def move(source: Path, target: Path) -> None:
    """Put a whole file under its name, in place of an older one. OSError if the system refuses, as Windows does for a
    file that is open in another program."""
    source.replace(target)


def moved(source: Path, target: Path) -> Problem | None:
    """The problem that kept a file from being put under its name, if there was one; the old file is then as it was."""
    if lock := lock_of(target):
        return open_elsewhere(target, lock.name)
    for last in (*[False] * (TRIES - 1), True):
        try:
            move(source, target)
        except PermissionError:
            if last:
                return open_elsewhere(target)
            sleep(PAUSE)
        except OSError as error:
            return unwritable(target, error)
        else:
            return None
    return None


def lock_of(path: Path) -> Path | None:
    """The owner file that Word (~$ and the name less two letters) or LibreOffice puts beside an open document."""
    owners = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return next((lock for name in owners if (lock := path.with_name(name)).exists()), None)


def open_elsewhere(path: Path, by: str = "") -> Problem:
    """That a file is open in a word processor, or may not be written."""
    if by:
        return Problem(str(path), f"is open in another program ({by}); the old file stays", "close it and run again")
    message = "is open in another program or may not be written; the old file stays"
    return Problem(str(path), message, "close Word and run again")


def unwritable(path: Path, error: OSError) -> Problem:
    """That something cannot be written, in the words of the system."""
    return Problem(str(path), f"cannot be written: {error.strerror}", "choose another folder with --out")


def made_folder(path: Path) -> Path:
    """The folder, there from now on. OutputError if it cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(unwritable(path, error)) from error
    return path


def staged(folder: Path, files: Mapping[str, bytes]) -> None:
    """A new folder with these files, all durable. OutputError, and nothing is left, if that cannot be."""
    try:
        folder.mkdir(parents=True)
        for name, blob in files.items():
            write(folder / name, blob)
        synced(folder)
    except OSError as error:
        swept(folder)
        raise OutputError(unwritable(folder, error)) from error


def synced(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    with suppress(OSError):  # Windows opens no folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def swept(folder: Path) -> None:
    """Remove a folder of ours with the files in it; what cannot be removed stays for the next time."""
    for path in folder.glob("*"):
        with suppress(OSError):
            path.unlink()
    with suppress(OSError):
        folder.rmdir()


def saved(files: Mapping[str, bytes], folder: Path) -> Iterator[Path | Problem]:
    """Write each file whole or not at all; the path of each, or the problem that kept it from being written.

    OutputError if the folder cannot be made. Names are put into composed form (NFC).
    """
    made_folder(folder)
    for name, blob in files.items():
        path, part = folder / normalize("NFC", name), folder / f".{uuid4().hex[:8]}.part"
        try:
            write(part, blob)
            yield moved(part, path) or path
        except OSError as error:
            yield unwritable(path, error)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
