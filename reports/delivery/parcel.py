"""What is delivered: the files of one report in one language, with the words that go with them."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from reports.errors import DataError, Problem

ADDRESS = "{address}"

# failed: due at the next run; refused: a person must act; doubtful: the answer of the server never came
State = Literal["sending", "sent", "failed", "refused", "doubtful"]


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file of an edition, with the hash that the edition gives for it."""

    path: Path
    sha256: str

    def read(self) -> bytes:
        """Its bytes; DataError if it cannot be read or is not what the edition made."""
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise DataError(Problem(str(self.path), f"cannot be read: {error.strerror}")) from error
        if hashlib.sha256(data).hexdigest() != self.sha256:
            hint = "an edited file is no part of an edition: add it as a record, or make the edition again"
            raise DataError(
                Problem(str(self.path), "is not the file that the edition lists; it is not delivered", hint)
            )
        return data


@dataclass(frozen=True, slots=True)
class Parcel:
    """One report of a pair, as of a day, in one language: what a reader gets at once.

    `level` is its classification. `subject` and `text` are in the reader's language, and so is `linked`: the text where
    the files are not attached, with ADDRESS in the place of the link; `link` is where the files are found, if a
    destination that needs a link names none.
    """

    pair: str
    as_of: date
    report: str
    language: str
    title: str
    level: str
    files: tuple[Enclosed, ...]
    text: str
    subject: str
    link: str = ""
    linked: str = ""

    def __str__(self) -> str:
        return f"{self.pair}/{self.as_of}/{self.report}.{self.language}"

    @property
    def sha256(self) -> str:
        """A hash of the names and hashes of its files: another when any of them is another."""
        lines = sorted(f"{one.sha256} {one.path.name}\n" for one in self.files)
        return hashlib.sha256("".join(lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Delivered:
    """A parcel, or a file of it, that is where it should be. `already`: since an earlier run."""

    destination: str
    parcel: Parcel
    recipient: str
    already: bool = False
