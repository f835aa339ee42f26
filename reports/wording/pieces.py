"""What the body of a template yields: white space, runs, items, blocks. Never a string of text."""

from collections.abc import Iterable
from typing import Any

from jinja2 import Undefined

from reports.document import Run
from reports.errors import Problem, WordingError


class Pieces(tuple[Any, ...]):
    """Pieces in order. A type of its own, so that a tuple from the data is not taken for one."""

    __slots__ = ()


class Item(tuple[Any, ...]):
    """The text of one bullet."""

    __slots__ = ()


def flat(parts: Iterable[Any]) -> Pieces:
    """All pieces in one flat tuple: what `"".join` is to Jinja."""
    found: list[Any] = []
    for part in parts:
        found.extend(part if isinstance(part, Pieces) else (part,))
    return Pieces(found)


def is_blank(piece: object) -> bool:
    """Whether it is white space of the template."""
    return isinstance(piece, str) and not piece.strip()


def only(piece: Any, wanted: Any, complaint: str) -> Any:
    """The piece, if it is what this place takes; else WordingError."""
    if isinstance(piece, Undefined):
        str(piece)  # raises: the strict kind names what is unknown or forbidden
    if isinstance(piece, wanted):
        return piece
    found = f"the value {piece.text!r}" if isinstance(piece, Run) else f"a {type(piece).__name__}"
    raise wrong(f"{found}: {complaint}")


def wrong(message: str, hint: str = "") -> WordingError:
    """A mistake whose file and line the caller up the stack fills in."""
    return WordingError(Problem("", message, hint))
