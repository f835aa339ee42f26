"""The house styles of a folder of templates, by name: one file each, a mapping of its names beside it."""

from collections.abc import Mapping
from pathlib import Path

from reports.errors import UnknownChoice

FOLDER, DEFAULT = "house", "brief"
KINDS = (".docx", ".dotx")
SAID = (f"{FOLDER}/*.docx", f"{FOLDER}/*.dotx", f"{FOLDER}/*.toml")  # all that house styles are read from


def house_files(templates: Path) -> Mapping[str, Path]:
    """The Word files of the folder by their names; of two with one name the document, not the template."""
    paths = (path for kind in reversed(KINDS) for path in sorted((templates / FOLDER).glob(f"*{kind}")))
    return {path.stem: path for path in paths if not path.name.startswith("~$")}  # Word's mark of an open file


def house_path(templates: Path, name: str) -> Path:
    """The file of a house style. UnknownChoice if there is none of that name; the default is given without a look."""
    if name == DEFAULT:
        return house_files(templates).get(name, templates / FOLDER / f"{DEFAULT}{KINDS[0]}")
    found = house_files(templates)
    if name not in found:
        raise UnknownChoice("house style", name, found)
    return found[name]


def mapping_of(path: Path) -> Path:
    """Where the mapping of a house style is, if it has one: brief.toml beside brief.docx."""
    return path.with_suffix(".toml")
