"""YAML sections to checked records, every fault of a model told with its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from reports.errors import Problem
from reports.facts.record import Record
from reports.sources.models import RECORDS, SECTIONS
from reports.sources.text import nearest
from reports.sources.yaml_files import Tree

NONE = "none"


@dataclass(frozen=True, slots=True)
class Checked:
    """One record of a section: what all records have, and its own keys with typed values."""

    record: Record
    keys: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.keys[key]


def sections(
    file: str, tree: Tree, problems: list[Problem]
) -> tuple[Mapping[str, tuple[Checked, ...]], frozenset[str]]:
    """The good records of each section of a file, and the sections that are known to be empty."""
    known = SECTIONS[file]
    for name in tree.content:
        if name not in known:
            problems.append(Problem(tree.where(name), f"unknown section {name!r}", nearest(name, known)))
    empty = frozenset(name for name in known if tree.content.get(name) == NONE)
    return {name: tuple(_records(file, name, tree, problems)) for name in known if name not in empty}, empty


def _records(file: str, section: str, tree: Tree, problems: list[Problem]) -> Iterator[Checked]:
    listed = tree.content.get(section, [])
    if not isinstance(listed, list) or (section in tree.content and not listed):
        hint = f"a section is a list of records, or '{section}: {NONE}' where it is known that there is none"
        problems.append(Problem(tree.where(section), f"{section!r} is no list of records", hint))
        return
    for index, keys in enumerate(listed):
        place = (section, index)
        model = checked(RECORDS[file, section], keys, tree, place, problems)
        if model:
            yield Checked(_record(tree.where(*place), model), dict(_by_alias(model)))


def checked(
    model: type[BaseModel], keys: Any, tree: Tree, place: tuple[str | int, ...], problems: list[Problem]
) -> BaseModel | None:
    """An instance of the model, or None with every fault told at its line."""
    try:
        return model.model_validate(keys)
    except ValidationError as error:
        faults = error.errors(include_url=False)
    told: dict[tuple[str, object], Problem] = {}  # one for a key, though pydantic tells one for each of its types
    for fault in faults:
        problem = _problem(fault, model, tree, place)
        told.setdefault((problem.where, fault["loc"][:1]), problem)
    problems.extend(told.values())
    return None


def _by_alias(model: BaseModel) -> Iterator[tuple[str, Any]]:
    for name, field in type(model).model_fields.items():
        yield field.alias or name, getattr(model, name)


def _record(where: str, model: BaseModel) -> Record:
    keys = dict(_by_alias(model))
    return Record(
        where, tuple(keys["source"] or ()), keys["seen"], keys["known"], keys["use"] is None, keys["confidentiality"]
    )


def _problem(fault: Any, model: type[BaseModel], tree: Tree, place: tuple[str | int, ...]) -> Problem:
    """A fault of pydantic in our words: what was found, and the choices."""
    loc = tuple(part for part in fault["loc"] if isinstance(part, int) or part in _names(model))
    if fault["type"] == "extra_forbidden":
        name = str(fault["loc"][-1])
        return Problem(tree.where(*place, name), f"unknown key {name!r}", nearest(name, _names(model), most=20))
    key = str(loc[0]) if loc else str(fault["loc"][0]) if fault["loc"] else ""
    message, hint = _said(fault, key)
    if fault["type"] == "missing":
        hint = f"required are {', '.join(_required(model))}"
    return Problem(tree.where(*place, *loc), message, hint)


def _said(fault: Any, key: str) -> tuple[str, str]:
    """What was found, and a hint."""
    found = _short(fault["input"])
    match fault["type"]:
        case "missing":
            return f"no {key!r}", ""
        case "literal_error":
            choices = [choice.strip("' ") for choice in fault["ctx"]["expected"].replace(" or ", ",").split(",")]
            return f"{key}: {found} is none of its values", nearest(str(fault["input"]), choices)
        case "value_error":
            return f"{key}: {fault['ctx']['error']}", ""
        case "string_pattern_mismatch":
            return f"{key}: {found} is not written as it should be", _EXAMPLES.get(key, "")
        case "model_type":
            return f"{found} is no record", "write {key: value, key: value}"
        case other:
            return f"{key}: {found} is {_KINDS.get(other, 'of the wrong kind')}", ""


_KINDS = {
    "string_too_short": "empty",
    "string_type": "no text",
    "list_type": "no list",
    "dict_type": "no text by language",
    "too_short": "too short a list",
    "string_too_long": "too long",
    "too_long": "too long a list",
    "greater_than_equal": "too small",
    "less_than_equal": "too great",
    "int_type": "no whole number",
    "date_type": "no day",
    "time_type": "no time",
}
_EXAMPLES = {
    "day": "a day of the year is written 06-23",
    "start": "a day of the year is written 04-01",
    "of": "a country is written LU, a group as in groups.csv",
    "at": "a country is written LU, a group as in groups.csv",
    "by": "a country is written LU",
    "for": "write the code of a country, or both",
    "home": "a country is written KZ",
    "rule": "last working day, first Monday, third Wednesday",
    "timezone": "a zone is written Asia/Almaty",
    "holidays": "a calendar is written KZ or DE-BY",
    "editions": "write 36 months, 3 years or a number",
    "history": "write 24 months or 2 years",
    "disk": "write 20 GB",
    "rate": "how many old units make one new, for example 10000",
}


def _names(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _required(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items() if field.is_required()]


def _short(found: Any) -> str:
    text = repr(found)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004  a terminal line holds it
