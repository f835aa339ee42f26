"""Brings the fonts that `fonts.toml` lists from their packages, static ones cut out of variable ones:
python -m reports.house.cut_fonts [FOLDER].

Does nothing when the fonts are there and neither the list nor a package has changed since.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from reports.errors import HouseError, Problem, ReportError
from reports.house.fonts import INDEX, LIST, files_of, measured, read_list

WEIGHTS = {"regular": 400, "bold": 700, "italic": 400, "bold_italic": 700}
STYLE_TITLES = {"regular": "Regular", "bold": "Bold", "italic": "Italic", "bold_italic": "Bold Italic"}
FAMILY_ID, STYLE_ID, FULL_ID, POSTSCRIPT_ID = 1, 2, 4, 6  # OpenType, table name
BOLD_BIT, ITALIC_BIT = 1, 2  # OpenType, head.macStyle
FS_ITALIC, FS_BOLD, FS_REGULAR = 1, 1 << 5, 1 << 6  # OpenType, OS/2.fsSelection


def cut_fonts(folder: Path) -> bool:
    """Whether anything had to be done. Raises HouseError if the list or a package is wrong or absent."""
    listed = read_list(folder)
    packages = [package for package in map(_package, listed["families"].values()) if package]
    stamp = _stamp(folder, packages)
    if _is_ready(folder, listed, stamp):
        return False
    for family, entry in listed["families"].items():
        if "cut" in entry:
            _cut_family(folder, family, entry, listed.get("keep", {}))
        elif "package" in entry:
            for name in files_of(entry).values():
                with _aside(folder / name) as path:
                    shutil.copyfile(_package_file(entry["package"], name), path)
    names = [name for entry in listed["families"].values() for name in files_of(entry).values()]
    files = {name: measured(folder / name) for name in names if (folder / name).is_file()}
    with _aside(folder / INDEX) as path:
        path.write_text(json.dumps({"stamp": stamp, "files": files}), encoding="utf-8")
    return True


@contextmanager
def _aside(path: Path) -> Iterator[Path]:
    """A file beside that takes the place of this one when it is whole: another process may have this one open, and a
    link to another folder must not be written through."""
    beside = path.with_name(f".{path.name}.new")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _package(entry: Mapping[str, Any]) -> str:
    """The package that a family comes from, '' for files put there by hand."""
    package: str = entry.get("cut", entry).get("package", "")
    return package


def _stamp(folder: Path, packages: Iterable[str]) -> str:
    """A digest of all that decides what comes out."""
    versions = [f"{package} {_version(package)}" for package in packages]
    told = [(folder / LIST).read_text(encoding="utf-8"), *versions, version("fonttools")]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError as error:
        raise HouseError(Problem(LIST, f"the package {package} is not installed", f"pip install {package}")) from error


def _is_ready(folder: Path, listed: Mapping[str, Any], stamp: str) -> bool:
    index = folder / INDEX
    names = [name for entry in listed["families"].values() for name in files_of(entry).values()]
    if not index.is_file() or not all((folder / name).is_file() for name in names):
        return False
    try:
        return bool(json.loads(index.read_text(encoding="utf-8"))["stamp"] == stamp)
    except (ValueError, KeyError, TypeError):
        return False


def _cut_family(folder: Path, family: str, entry: Mapping[str, Any], keep: Mapping[str, list[str]]) -> None:
    points = _points([*keep.get("always", ()), *(part for script in entry["scripts"] for part in keep[script])])
    cut = entry["cut"]

    @cache
    def variable(name: str) -> TTFont:
        return _subset(_package_file(cut["package"], name), points, entry.get("shaped", False))

    for style, name in files_of(entry).items():
        source = variable(cut["italic" if "italic" in style else "upright"])
        font = instantiateVariableFont(source, _place(source, WEIGHTS[style]))
        _rename(font, family, style)
        with _aside(folder / name) as path:
            font.save(path)


def _points(ranges: Iterable[str]) -> list[int]:
    ends = [part.split("-") for part in ranges]
    return [point for first, last in ends for point in range(int(first, 16), int(last, 16) + 1)]


def _package_file(package: str, name: str) -> Path:
    for file in distribution(package).files or ():
        if file.name == name:
            return Path(str(file.locate()))
    raise HouseError(Problem(LIST, f"{package} has no file {name}"))


def _subset(path: Path, points: list[int], shaped: bool) -> TTFont:
    """The font with what the PDF writer needs: layout tables only where it shapes, and no hints."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options(hinting=False, notdef_outline=True, name_IDs=["*"])
    if not shaped:
        options.layout_features = []
        options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    options.drop_tables += ["STAT"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    return font


def _place(font: TTFont, weight: int) -> dict[str, float]:
    """The point of the design space: every axis at its default but the weight."""
    return {axis.axisTag: weight if axis.axisTag == "wght" else axis.defaultValue for axis in font["fvar"].axes}


def _rename(font: TTFont, family: str, style: str) -> None:
    """Names and flags of the style, without which every instance calls itself regular."""
    title, names = STYLE_TITLES[style], font["name"]
    postscript = f"{family.replace(' ', '')}-{title.replace(' ', '')}"
    for number, text in (
        (FAMILY_ID, family), (STYLE_ID, title), (FULL_ID, f"{family} {title}"), (POSTSCRIPT_ID, postscript),
    ):  # fmt: skip
        names.setName(text, number, 3, 1, 0x409)
    bold, italic = "bold" in style, "italic" in style
    font["head"].macStyle = bold * BOLD_BIT | italic * ITALIC_BIT
    kept = font["OS/2"].fsSelection & ~(FS_ITALIC | FS_BOLD | FS_REGULAR)
    font["OS/2"].fsSelection = kept | (bold * FS_BOLD | italic * FS_ITALIC or FS_REGULAR)


def main(arguments: list[str]) -> int:
    """Exit status: 0 the fonts are there, 1 they are not."""
    try:
        done = cut_fonts(Path(arguments[0] if arguments else "fonts"))
    except ReportError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stderr.write("fonts: cut\n" if done else "")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
