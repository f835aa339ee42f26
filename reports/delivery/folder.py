"""Files go into a folder as they lie in the output folder; what a person changed there stays."""

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from reports.delivery.destinations import Folder
from reports.delivery.ledger import Ledger, Slip
from reports.delivery.parcel import Delivered, Enclosed, Parcel
from reports.editions.files import saved
from reports.errors import DataError, OutputError, Problem

LEFT_OVER = ".????????.part"  # of a copy that was killed; `saved` names them so


def put(folder: Folder, parcel: Parcel, ledger: Ledger, now: datetime) -> Iterator[Delivered | Problem]:
    """Copy the files of a parcel that are not there yet: each whole or not at all, and read back."""
    try:
        place = _place(folder, parcel)
    except DataError as error:
        yield from error.problems
        return
    for path in place.glob(LEFT_OVER) if place.is_dir() else ():
        path.unlink(missing_ok=True)
    for one in parcel.files:
        try:
            yield _put(folder, parcel, one, ledger, now)
        except (DataError, OutputError) as error:
            yield from (replace(problem, where=f"{folder.name}, {problem.where}") for problem in error.problems)
        except OSError as error:
            yield Problem(f"{folder.name}, {place / one.path.name}", f"cannot be written: {error.strerror}",
                          "the next run tries again", what="failed")  # fmt: skip


def _place(folder: Folder, parcel: Parcel) -> Path:
    """The folder of the parcel. DataError: a share that is not there, or a way out of it."""
    where = f"{folder.name}, {parcel}"
    try:
        if not folder.path.is_dir():
            hint = "is the share mounted? The next run tries again"
            raise DataError(Problem(where, f"there is no folder {folder.path}", hint, what="failed"))
        place = folder.place_of(parcel)
        if Path(parcel.pair).name != parcel.pair or not place.resolve().is_relative_to(folder.path.resolve()):
            raise DataError(
                Problem(where, f"{place} leads out of {folder.path}", "look for a link there", what="failed")
            )
    except OSError as error:
        raise DataError(Problem(where, f"{folder.path} cannot be read: {error.strerror}", what="failed")) from error
    return place


def _put(folder: Folder, parcel: Parcel, one: Enclosed, ledger: Ledger, now: datetime) -> Delivered | Problem:
    target = folder.place_of(parcel) / unicodedata.normalize("NFC", one.path.name)  # as `saved` writes it
    slip = Slip(folder.name, str(parcel), one.sha256)
    there = _hash(target)
    entry = ledger.of(slip).get(str(target))
    has_it = entry is not None and entry.state == "sent"
    if there == one.sha256 or (there is None and has_it):  # or its reader took it away
        if not has_it:
            ledger.record(slip, {str(target): "sent"}, now)
        return Delivered(folder.name, parcel, str(target), already=True)
    if there is not None and not ledger.has_sent(folder.name, str(target), there):
        hint = "somebody edited it; move it away, or keep it as the record with: editions add"
        return Problem(f"{folder.name}, {target}", "is not the file that was delivered; it stays", hint, what="edited")
    data = one.read()
    ledger.record(slip, {str(target): "sending"}, now)  # from now on these bytes are known as ours
    done = next(saved({target.name: data}, target.parent))
    if not isinstance(done, Problem) and _hash(target) != one.sha256:
        done = Problem(str(target), "reads otherwise than it was written", "look at the share")
    ledger.record(slip, {str(target): "failed" if isinstance(done, Problem) else "sent"}, now)
    if isinstance(done, Problem):
        return replace(done, where=f"{folder.name}, {done.where}", hint="the next run tries again", what="failed")
    return Delivered(folder.name, parcel, str(target))


def _hash(path: Path) -> str | None:
    """SHA-256 of a file, or None where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
