"""Messages: one sentence with placeholders `{name:case}` and <b>, <i>, <a>, as runs and placeholders.

Only the sentence's own text is read for markup; a value enters later, as a run, so that none can become a tag,
a placeholder or a block.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from reports.document import Run
from reports.wording.pieces import wrong

TOKEN = re.compile(
    r"\{(?P<name>[a-z_]+)(?::(?P<case>[a-z_]+(?: [a-z_]+)?))?\}"
    r"|<(?P<tag>b|i|a(?= ))(?: href=\"(?P<link>https://[^\"<>{}\s]+)\")?>|</(?P<end>[bia])>"
)
UNREAD = re.compile(r"[{}]|</?\w")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Where a value goes, in which case, with which look."""

    name: str
    case: str
    look: Run


Part = Run | Placeholder


@lru_cache(maxsize=8192)
def parts(message: str) -> tuple[Part, ...]:
    """The message as runs and placeholders; WordingError if it cannot be read.

    >>> [part.name for part in parts("From {home} to <b>{partner:dat}</b>") if isinstance(part, Placeholder)]
    ['home', 'partner']
    """
    return tuple(_parts(message))


def _parts(message: str) -> Iterator[Part]:
    looks, position = [("", Run(""))], 0
    for token in TOKEN.finditer(message):
        yield from _own_text(message[position : token.start()], looks[-1][1])
        position = token.end()
        if token["name"]:
            yield Placeholder(token["name"], token["case"] or "", looks[-1][1])
        elif token["tag"]:
            looks.append((token["tag"], _look(looks[-1][1], token["tag"], token["link"] or "")))
        elif looks.pop()[0] != token["end"]:
            raise wrong(f"</{token['end']}> closes nothing in {message!r}")
    yield from _own_text(message[position:], looks[-1][1])
    if len(looks) > 1:
        raise wrong(f"<{looks[-1][0]}> is never closed in {message!r}")


def _own_text(text: str, look: Run) -> Iterator[Run]:
    if unread := UNREAD.search(text):
        hint = "a placeholder is {name} or {name:case}; the tags are <b>, <i>, <a href=…>"
        raise wrong(f"{text[unread.start() :][:30]!r} cannot be read", hint)
    if text:
        yield replace(look, text=text)


def _look(look: Run, tag: str, link: str) -> Run:
    match tag:
        case "b":
            return replace(look, strong=True)
        case "i":
            return replace(look, emphasis=True)
        case _:
            return replace(look, link=link)


def names(message: str) -> frozenset[str]:
    """The names of the placeholders."""
    return frozenset(part.name for part in parts(message) if isinstance(part, Placeholder))


@dataclass(frozen=True, slots=True)
class Translation:
    """The forms of one message (one, or one a plural) and the place they were read from.

    `outdated`: the sentence has changed since in nothing but punctuation, capitals and space.
    """

    forms: tuple[str, ...]
    where: str
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Catalog:
    """What a language says for each English message, by (context, message)."""

    translations: Mapping[tuple[str, str], Translation] = field(default_factory=dict)
    plural: Callable[[int], int] = lambda number: int(number != 1)
