"""YAML records in which every plain value is text: NO, on, 1.10 and 2025-10 stay as typed.

Only the YAML that the data folder needs is read: no tags, anchors, aliases or tabs, no second document,
no key twice. Every value keeps its line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from reports.errors import DataError, Problem
from reports.sources.csv_files import unprintable
from reports.sources.text import FORBIDDEN, clean, decoded

DEEPEST = 8  # the deepest value of the format, a note's text, is at depth 4
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml where it is there: ten times as fast
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """A YAML file: nested dicts, lists and strings, and the line of each by its place: ('offices', 0, 'title')."""

    name: str
    content: dict[str, Any]
    lines: Mapping[Place, int]

    def where(self, *place: str | int) -> str:
        """File and line of a place, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return f"{self.name}:{self.lines.get(place, 1)}"


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one pass over the events of a file gathers."""

    name: str
    events: Iterator[yaml.Event]
    problems: list[Problem]
    lines: dict[Place, int] = field(default_factory=dict)

    def refused(self, event: yaml.Event, message: str, hint: str = "") -> DataError:
        """The error that ends the reading of the file."""
        return DataError(Problem(f"{self.name}:{_line(event)}", message, hint))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def tree(path: Path, folder: Path, problems: list[Problem]) -> Tree | None:
    """The content of a YAML file; None, with problems told, if it cannot be read."""
    text = decoded(path, folder, problems)
    if text is None:
        return None
    name = path.relative_to(folder).as_posix()
    text = _printable(text, name, problems)
    try:
        return _tree(text, name, problems)
    except DataError as error:
        problems.extend(error.problems)
    except yaml.MarkedYAMLError as error:
        problems.append(_syntax(name, error))
    except yaml.YAMLError as error:
        problems.append(Problem(name, f"no YAML: {' '.join(str(error).split())}"))
    return None


def _tree(text: str, name: str, problems: list[Problem]) -> Tree:
    if "\t" in text:
        line = text.count("\n", 0, text.index("\t")) + 1
        raise DataError(Problem(f"{name}:{line}", "a tab", "indent with spaces"))
    reading = _Reading(name, iter(yaml.parse(text, Loader=LOADER)), problems)
    content: Any = {}
    documents = 0
    for event in reading.events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise reading.refused(event, "a second document", "one file holds one document: remove the '---'")
            content = _value(reading, next(reading.events), ())
    if content == "":
        content = {}
    if not isinstance(content, dict):
        raise DataError(Problem(f"{name}:1", "no sections", "begin with the key of a section, for example 'events:'"))
    return Tree(name, content, reading.lines)


def _printable(text: str, name: str, problems: list[Problem]) -> str:
    """The text without what the parser would stumble over, line by line, so that line numbers stay."""
    if not FORBIDDEN.search(text):
        return text
    lines = text.split("\n")
    for index, line in enumerate(lines):
        lines[index], points = clean(line, one_line=False)
        if points:
            keys = re.findall(r"(\w+):", FORBIDDEN.split(line)[0])
            problems.append(unprintable(f"{name}:{index + 1}", keys[-1] if keys else "?", points))
    return "\n".join(lines)


def _value(reading: _Reading, event: yaml.Event, place: Place) -> Any:
    """The value that an event begins, with all that is in it."""
    reading.lines[place] = _line(event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise reading.refused(event, "an anchor or alias (& or *)", "write the value out, or put it in double quotes")
    if getattr(event, "tag", None):
        raise reading.refused(event, f"a tag {getattr(event, 'tag', '')!r}", "put a text that begins with ! in quotes")
    if len(place) > DEEPEST:
        raise reading.refused(event, "nested too deeply", "look for a bracket too many")
    if isinstance(event, yaml.SequenceStartEvent):
        return _list(reading, place)
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(reading, place)
    assert isinstance(event, yaml.ScalarEvent)
    text, points = clean(event.value, one_line=False)
    if points:  # written as an escape: "\0"
        problem = unprintable(f"{reading.name}:{_line(event)}", str(place[-1]) if place else "?", points)
        reading.problems.append(problem)
    return text


def _list(reading: _Reading, place: Place) -> list[Any]:
    values: list[Any] = []
    for event in reading.events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        values.append(_value(reading, event, (*place, len(values))))
    return values


def _mapping(reading: _Reading, place: Place) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for event in reading.events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        if not isinstance(event, yaml.ScalarEvent):
            raise reading.refused(event, "a list or record as a key", "a key is one word")
        begun = reading.lines[place]
        key = _value(reading, event, place)
        reading.lines[place] = begun  # a record stands where it begins, not at its last key
        if key in values:
            raise reading.refused(event, f"the key {key!r} twice", "keep one")
        values[key] = _value(reading, next(reading.events), (*place, key))
    return values


def _syntax(name: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    where = f"{name}:{mark.line + 1}" if mark else name
    return Problem(
        where, f"no YAML: {error.problem or error.context}", "a text with ',' ':' or '#' needs double quotes"
    )
