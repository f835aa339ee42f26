"""The pictures of a data folder: those that a table names, read from `pictures/` and made fit to print."""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from reports.errors import Problem
from reports.pictures import BYTES, Photograph, prepared
from reports.sources.text import nearest

FOLDER = "pictures"
HINT = "a photograph as .jpg or .png, of 20 MB and 60 million pixels at most"


def pictures(folder: Path, named: Mapping[str, str], problems: list[Problem]) -> Mapping[str, Photograph]:
    """By file name the pictures of `pictures/` that a table names, with the place where it does; each that cannot be
    used is a problem there, each that nobody names a warning."""
    there = {path.name for path in (folder / FOLDER).glob("*") if path.is_file() and not path.name.startswith(".")}
    problems.extend(_unnamed(there - set(named)))
    found = ((name, _read(folder, name, where, there, problems)) for name, where in named.items())
    return {name: picture for name, picture in found if picture}


def _unnamed(names: set[str]) -> Iterator[Problem]:
    for name in sorted(names):
        yield Problem(f"{FOLDER}/{name}", "a picture that no row names", "write it under picture", "warning")


def _read(folder: Path, name: str, where: str, there: set[str], problems: list[Problem]) -> Photograph | None:
    path = folder / FOLDER / name
    try:
        if name != PurePosixPath(name).name or "\\" in name:
            problems.append(Problem(where, f"picture {name!r} is no name of a file", f"put the file into {FOLDER}/"))
        elif name not in there:
            problems.append(Problem(where, f"picture {name!r} is not in {FOLDER}/", nearest(name, there)))
        elif not path.resolve().is_relative_to(folder.resolve()):
            hint = "put the file itself there"
            problems.append(Problem(where, f"picture {name!r} is a link that leads out of the data folder", hint))
        elif path.stat().st_size > BYTES:
            problems.append(Problem(where, f"picture {name!r}: {path.stat().st_size} bytes", HINT))
        else:
            return prepared(path.read_bytes())
    except OSError as error:
        problems.append(Problem(where, f"picture {name!r} cannot be read: {error.strerror}"))
    except ValueError as error:
        problems.append(Problem(where, f"picture {name!r}: {error}", HINT))
    return None
