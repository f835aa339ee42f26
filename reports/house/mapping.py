"""What a file beside a house style says of its styles: which style plays which part, and what becomes of one that it
lacks. `ministry.toml` beside `ministry.dotx`; docs/house-style.md has the whole of it."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from reports.errors import HouseError, Problem
from reports.house.package import STYLES, Node, Parts, W, parsed, value
from reports.house.shelf import mapping_of
from reports.house.theme import PARAGRAPHS, STAND_INS, TABLES
from reports.house.theme import STYLES as NAMES

ALL = (*NAMES, *PARAGRAPHS, *TABLES, *STAND_INS)
CHARACTERS = ("Caption Unit", "Panel Unit", "Classification", "Hyperlink", "Superior", "Footnote Reference")
KEYS = ("styles", "missing")
DERIVE = "derive"


@dataclass(frozen=True, slots=True)
class StyleNames:
    """`names` has the name in the file by ours, `like` the name in the file of the style whose look one of ours takes;
    `derive` says that what lacks is made from the default house style."""

    names: Mapping[str, str] = field(default_factory=dict)
    like: Mapping[str, str] = field(default_factory=dict)
    derive: bool = False


def read_mapping(house: Path) -> StyleNames:
    """The mapping beside a Word file; one that says nothing if there is none. HouseError where it cannot be read or
    names what there is not."""
    path = mapping_of(house)
    if not path.is_file():
        return StyleNames()
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise HouseError(Problem(str(path), f"cannot be read: {error}")) from error
    problems = tuple(_wrong(said, str(path)))
    if problems:
        raise HouseError(*problems)
    styles = said.get("styles", {})
    return StyleNames(
        {ours: theirs for ours, theirs in styles.items() if isinstance(theirs, str)},
        {ours: theirs["like"] for ours, theirs in styles.items() if isinstance(theirs, dict)},
        said.get("missing") == DERIVE,
    )


def _wrong(said: Mapping[str, Any], where: str) -> Iterator[Problem]:
    for key in said:
        if key not in KEYS:
            yield Problem(where, f"unknown key {key}", f"choose from {', '.join(KEYS)}")
    if said.get("missing", DERIVE) != DERIVE:
        yield Problem(where, f"missing is {said['missing']!r}", f'missing = "{DERIVE}", or leave it out')
    styles = said.get("styles", {})
    if not isinstance(styles, dict):
        yield Problem(where, "styles is no table", '[styles] and a line for each: "Heading 1" = "…"')
        return
    for ours, theirs in styles.items():
        if ours not in ALL:
            yield Problem(where, f"no style {ours} in a brief", _near(ours, ALL))
        like = theirs.get("like") if isinstance(theirs, dict) and len(theirs) == 1 else theirs
        if not isinstance(like, str):
            yield Problem(where, f"{ours} is {theirs!r}", '"Heading 1" = "…" or "Lead" = { like = "…" }')


def kind_of(name: str) -> str:
    """Which kind of style one of ours is: paragraph, character or table."""
    return "character" if name in CHARACTERS else "table" if name in TABLES else "paragraph"


def ids_by_name(styles: Node) -> dict[str, str]:
    """The ids of all styles by their names in small letters: Word tells them apart by no more (ECMA-376 part 1,
    17.7.4.9)."""
    return {value(style, "name").lower(): style.get(W + "styleId") for style in styles.iterchildren(W + "style")}


def style_ids(parts: Parts, where: str, names: StyleNames) -> Mapping[str, str]:
    """The id of every style that a brief uses, by our name; a style of ours in a file of another language has another
    there. Raises HouseError if the file lacks one."""
    styles = parsed(parts, STYLES, where)
    ids = ids_by_name(styles)
    called = {name: names.names.get(name, name) for name in ALL}
    missing = (*_missing(called, ids, where), *_unfit(called, styles, where))
    if missing:
        raise HouseError(*missing)
    found = {name: ids.get(theirs.lower(), "") for name, theirs in called.items()}
    return {name: style_id or found[STAND_INS[name]] for name, style_id in found.items()}


def _missing(called: Mapping[str, str], ids: Mapping[str, str], where: str) -> Iterator[Problem]:
    for name, theirs in called.items():
        if theirs.lower() in ids or (theirs == name and name in STAND_INS):
            continue
        if theirs != name:
            yield Problem(where, f"no style {theirs}, which is to be {name}", _near(theirs, ids))
        else:
            add = "add it in Word (Styles, New Style), or copy it from templates/house/brief.docx with the Organizer"
            yield Problem(where, f"no style {name}", f"{add}; a mapping beside the file may name or derive it")


def _unfit(called: Mapping[str, str], styles: Node, where: str) -> Iterator[Problem]:
    kinds = {value(style, "name").lower(): style.get(W + "type") for style in styles.iterchildren(W + "style")}
    for name, theirs in called.items():
        found = kinds.get(theirs.lower(), kind_of(name))
        if found != kind_of(name):
            yield Problem(where, f"style {theirs} is a {found} style", f"{name} is to be a {kind_of(name)} style")


def _near(name: str, names: Iterable[str]) -> str:
    close = get_close_matches(name.lower(), [one.lower() for one in names], n=3)
    return f"nearest: {', '.join(close)}" if close else "python generate.py house check lists what there is"
