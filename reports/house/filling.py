"""What headers and footers say, for the writers that fill those of the house style: places, properties, and what goes
with a place that has nothing to say."""

from collections.abc import Mapping, Sequence
from typing import Literal

from reports.document import Document
from reports.errors import Problem
from reports.house.theme import Theme

OPTIONAL = ("number", "copy", "circulated", "department")  # what a brief says only where it was given

# What a line is parted into: `empty` is a place without words, `gap` a text without letter or digit, as a dot between
# two places.
Part = Literal["text", "empty", "gap", "tab"]


def places(document: Document) -> Mapping[str, str]:
    """The words of every place but the page, whose number only the writer knows, by the tags of theme.PLACES."""
    furniture = document.furniture
    return {
        "issuer": furniture.issuer,
        "classification": furniture.classification,
        "footer": furniture.footer,
        "number": furniture.number,
        "copy": furniture.copy,
        "circulated": furniture.circulated,
        "department": furniture.department,
    }


def unplaced(document: Document, theme: Theme) -> tuple[str, ...]:
    """What is given of the number, the copy, the day and the department, but has no place in a header or footer."""
    said = places(document)
    lines = [line for strips in (theme.headers, theme.footers) for kind in strips.values() for line in kind]
    placed = {piece.said for line in lines for piece in line.pieces if piece.kind == "place"}
    return tuple(name for name in OPTIONAL if said[name] and name not in placed)


def no_place(where: str, name: str) -> Problem:
    """The warning for a place that lacks."""
    hint = f"put a content control with the tag {name} there, or --{name} is not printed"
    return Problem(where, f"no place for the {name} in a header or footer", hint, "warning")


def properties(document: Document) -> Mapping[str, str]:
    """What fields ask for, by the name of the property in small letters."""
    own = {"title": document.title, "subject": document.subject, "author": document.furniture.issuer}
    return {**own, "language": document.language, "creator": own["author"], **places(document)}


def part_of(text: str) -> Part:
    """The part that a text plays in its line.

    >>> part_of(" · "), part_of("No. 3")
    ('gap', 'text')
    """
    return "text" if any(map(str.isalnum, text)) else "gap"


def kept(parts: Sequence[Part]) -> list[bool]:
    """Which parts of a line stay: between two tabs, a gap goes with the empty place at its side.

    >>> kept(["text", "gap", "empty", "tab", "empty", "gap", "text"])
    [True, False, False, True, False, False, True]
    >>> kept(["text", "gap", "empty", "gap", "text"])
    [True, False, False, True, True]
    """
    stays = [part != "empty" for part in parts]
    start = 0
    for end in [place for place, part in enumerate((*parts, "tab")) if part == "tab"]:
        if "empty" in parts[start:end]:
            stays[start:end] = _between_texts(parts[start:end])
        start = end + 1
    return stays


def _between_texts(parts: Sequence[Part]) -> list[bool]:
    """Of gaps between two texts the last stays, before the first and after the last none."""
    texts = [place for place, part in enumerate(parts) if part == "text"]
    gaps = [place for place, part in enumerate(parts) if part == "gap"]
    last = {max((gap for gap in gaps if gap < text), default=-1) for text in texts[1:]}
    after = {place: max((text for text in texts if text < place), default=-1) for place in last}
    return [part == "text" or (place in last and after[place] >= 0) for place, part in enumerate(parts)]


def blank(parts: Sequence[Part]) -> bool:
    """Whether a line is there for places alone that have nothing to say."""
    return "empty" in parts and "text" not in parts
