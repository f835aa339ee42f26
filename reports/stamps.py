"""Hashes of all that briefs are made from, beside the data: templates, languages, house style, fonts, the program."""

import json
import platform
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from reports.errors import OutputError, Problem
from reports.house.shelf import SAID as HOUSES
from reports.house.shelf import mapping_of

PACKAGE = Path(__file__).parent
# The libraries whose bytes or words are in a file.
LIBRARIES = ("Babel", "fonttools", "Jinja2", "lxml", "pikepdf", "Pillow", "pyphen", "python-bidi", "reportlab",
             "uharfbuzz", "XlsxWriter")  # fmt: skip
NAMES, CATALOGS = ("reports/**/*", "templates.toml", "countries.csv", "values.toml"), "languages"


@dataclass(frozen=True, slots=True)
class Stamp:
    """SHA-256 of the program with its libraries, of templates, each language, the house style and the fonts; and the
    version of the program."""

    program: str
    templates: str
    languages: Mapping[str, str]
    house: str
    fonts: str
    version: str

    def catalogs(self, tags: Iterable[str]) -> str:
        """One hash of some languages."""
        return sha256("".join(f"{tag} {self.languages[tag]}\n" for tag in sorted(set(tags))).encode()).hexdigest()

    def differences(self, other: "Stamp") -> str:
        """What is not the same, in words; empty if all is.

        >>> Stamp("a", "b", {}, "c", "d", "1").differences(Stamp("a", "x", {}, "c", "y", "1"))
        'templates, fonts'
        """
        return ", ".join(
            field.name for field in fields(self) if getattr(self, field.name) != getattr(other, field.name)
        )


def stamp_of(templates: Path, house_file: Path | None, fonts: Path) -> Stamp:
    """The stamp of the files at these places, of all house styles if none is chosen for all briefs. OutputError if
    something cannot be read."""
    try:
        return Stamp(
            program=program(),
            templates=_of_files(templates, NAMES),
            languages={path.name: _of_files(path, ("*",)) for path in sorted((templates / CATALOGS).glob("*/"))},
            house=_of_files(templates, HOUSES) if house_file is None else _of_house(house_file),
            fonts=_of_files(fonts, ("*.ttf", "*.otf", "*.toml")),
            version=release(),
        )
    except OSError as error:
        where = str(error.filename or templates)
        raise OutputError(Problem(where, f"cannot be read: {error.strerror}", "--templates, --house")) from error


def _of_house(path: Path) -> str:
    """The Word file alone, or with the mapping beside it; zeros if there is none: opening it tells so."""
    if not path.is_file():
        return "0" * 64
    found, mapping = sha256(path.read_bytes()), mapping_of(path)
    if mapping.is_file():
        found.update(mapping.read_bytes())
    return found.hexdigest()


def _of_files(folder: Path, patterns: Iterable[str]) -> str:
    """Names and contents of the files of a folder; where the folder is does not count."""
    paths = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    total = sha256()
    for path in sorted(paths, key=lambda path: path.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix()
        total.update(f"{name} {sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


@cache
def program() -> str:
    """The hash of our own code and the versions of what it makes files with; it cannot change while we run."""
    versions = {name: version(name) for name in LIBRARIES}
    versions |= {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    code = _of_files(PACKAGE, ("**/*.py", "**/*.css", "**/*.xml"))
    return sha256(json.dumps([code, versions], sort_keys=True).encode()).hexdigest()


@cache
def release() -> str:
    """The version of the program; of a checkout that is not installed the one in pyproject.toml."""
    try:
        return version("bilateral")
    except PackageNotFoundError:
        import tomllib  # noqa: PLC0415  only from a checkout

        return str(tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))["project"]["version"])
