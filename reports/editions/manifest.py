"""edition.json: the record of an edition. What it does not list is no part of the edition.

It is read back from a folder that others can write to, so all of it is checked: a name of a file is a plain name, a
hash a hash, and nothing is there that is not known.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from reports.document import FigureRecord
from reports.errors import EditionError, Problem, Severity
from reports.wording.circulation import UNSAID, Circulation
from reports.writers import PdfProfile

NAME = "edition.json"
FORMAT = 1
MOST = 64_000_000  # bytes of a manifest that are read; a real one has some hundred thousand

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,15}$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[^/\\\x00-\x1f.][^/\\\x00-\x1f]*$", max_length=200)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Model(BaseModel):
    """Frozen, and without a field that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FileRecord(Model):
    """A file of the edition: its name in the folder, bytes, SHA-256."""

    name: FileName
    size: int
    sha256: Sha256


class OrderRecord(Model):
    """What was asked for, beside languages and formats. `overrides` is the name of the file of figures given, `final`
    that its files are copies that go out."""

    report: str
    short: bool = False
    disclosure: Literal["internal", "public"] = "internal"
    known: Literal["known", "all"] = "known"
    overrides: str = ""
    visit: date | None = None
    final: bool = False
    circulation: Circulation = UNSAID


class Inputs(Model):
    """SHA-256 of all that the files of a language were made from, and the version of the program.

    `facts` covers every row that the brief may use as of its day and what is said of its circulation, `words` the texts
    of the data in the language,
    `templates` the reports, `catalogs` the languages that take part; `rows` names the file that keeps rows and texts;
    `before` is the figures of the edition that changes were told from, empty if they were not. `pages` is office where
    LibreOffice has counted the page numbers in Word, `pdf` the profile of the PDF where it is not the first that there
    is.
    """

    facts: Sha256
    words: Sha256
    templates: Sha256
    catalogs: Sha256
    house: Sha256
    fonts: Sha256
    program: Sha256
    version: str
    before: str = ""
    pages: str = ""
    pdf: PdfProfile | Literal[""] = ""


class ProblemRecord(Model):
    """A problem told when the files were made."""

    where: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    what: str = ""

    @classmethod
    def of(cls, problem: Problem) -> "ProblemRecord":
        """The record of a problem."""
        return cls(**{name: getattr(problem, name) for name in cls.model_fields})

    def problem(self) -> Problem:
        """The problem again."""
        return Problem(**self.model_dump())


class Version(Model):
    """A brief in one language: its title, its files by format, what they were made from, when, and the problems."""

    title: str
    files: dict[str, FileRecord]
    inputs: Inputs
    rows: FileRecord
    made: datetime
    seconds: float
    problems: tuple[ProblemRecord, ...] = ()


class FigureEntry(Model):
    """A figure: its passport, and by language the texts that stand for it, each once, in reading order."""

    record: FigureRecord
    texts: dict[str, tuple[str, ...]]


class Brief(Model):
    """A report of the edition in all its languages. `before` is the day of the edition whose changes it tells."""

    order: OrderRecord
    level: str = ""
    before: date | None = None
    figures: dict[str, FigureEntry]
    versions: dict[str, Version]


class Difference(Model):
    """A figure that an officer's file prints otherwise than it was made; `now` is empty where it is no longer there."""

    key: str
    made: str
    now: str


class Added(Model):
    """A file that an officer put on record beside the edition."""

    file: FileRecord
    brief: str
    language: str
    by: str
    on: datetime
    differences: tuple[Difference, ...] = ()


class Withdrawal(Model):
    """Why an edition must not be used, since when, by whom, the day of the edition in its place, and the notices."""

    reason: str
    by: str
    on: datetime
    replaced_by: date | None = None
    notices: tuple[FileRecord, ...] = ()


class Edition(Model):
    """All that is known of the edition of a pair as of a day. `stale` are files that it has given up: they are removed
    unless somebody has changed them."""

    format: Literal[1] = 1
    home: Code
    partner: Code
    as_of: date
    briefs: dict[str, Brief] = Field(default_factory=dict)
    added: tuple[Added, ...] = ()
    withdrawn: Withdrawal | None = None
    stale: tuple[FileRecord, ...] = ()

    @property
    def pair(self) -> str:
        """KZ-LU."""
        return f"{self.home}-{self.partner}"

    @property
    def name(self) -> str:
        """KZ-LU/2025-10-20."""
        return f"{self.pair}/{self.as_of}"

    def files(self) -> Mapping[str, FileRecord]:
        """Every file of the edition by its name: of briefs, rows that were kept, files put on record, notices."""
        versions = [version for brief in self.briefs.values() for version in brief.versions.values()]
        found = [record for version in versions for record in (*version.files.values(), version.rows)]
        found += [*(added.file for added in self.added), *(self.withdrawn.notices if self.withdrawn else ())]
        return {record.name: record for record in found}

    def figures(self, brief: str) -> Mapping[str, FigureRecord]:
        """The passports of a brief of it; none if there is no such brief."""
        found = self.briefs.get(brief)
        return {key: entry.record for key, entry in found.figures.items()} if found else {}


def dumped(edition: Edition) -> bytes:
    """The bytes of edition.json: UTF-8, keys of figures in order, readable by people."""
    content = edition.model_dump(mode="json", exclude_defaults=True)
    content = {"format": FORMAT, **content}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read(path: Path) -> Edition:
    """The edition that a manifest records. EditionError if there is none, or if it is none of ours."""
    try:
        with path.open("rb") as file:
            blob = file.read(MOST + 1)
    except OSError as error:
        hint = "python generate.py editions list"
        raise EditionError(Problem(str(path), f"cannot be read: {error.strerror}", hint)) from error
    if len(blob) > MOST:
        raise EditionError(Problem(str(path), f"more than {MOST} bytes, no record of an edition"))
    return parsed(blob, str(path))


def parsed(blob: bytes, where: str) -> Edition:
    """The edition in the bytes of a manifest. EditionError with what is wrong in it."""
    try:
        content: Any = json.loads(blob)
    except (ValueError, RecursionError) as error:
        raise EditionError(Problem(where, f"no JSON: {error}", "python generate.py editions rebuild")) from error
    found = content.get("format") if isinstance(content, dict) else None
    if isinstance(found, int) and found > FORMAT:
        raise EditionError(Problem(where, f"format {found}, of a newer Bilateral", f"this one reads {FORMAT}"))
    try:
        return Edition.model_validate_json(blob)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise EditionError(Problem(where, f"{place}: {first['msg']}", "no record of an edition of ours")) from error


def recorded(name: str, blob: bytes) -> FileRecord:
    """The record of a file."""
    return FileRecord(name=name, size=len(blob), sha256=digest(blob))


def digest(blob: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return sha256(blob).hexdigest()
