"""What a template may name: the fields, what each holds, and what may be asked of it.

The list is all there is: a name, an attribute or a call that is not on it is refused, by the check from the types
below and by the sandbox again when the template is filled.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from jinja2.runtime import LoopContext

from reports.facts.collection import Figures
from reports.facts.fact import Fact
from reports.facts.figures import Figure
from reports.facts.values import Day, Name, Period
from reports.wording.bonds import Bond, Bonds, Commission, Legation, VisaRule
from reports.wording.desk import Profile, Remark
from reports.wording.views import Change, Meeting, Post, Treaty


class Blocks:
    """Paragraphs, tables and charts: what a section brings."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a name holds: one of a kind or many; what a call of it gives. A kind of None is not known."""

    kind: type | None = None
    many: bool = False
    gives: "Shape | None" = None


def _one(kind: type | None) -> Shape:
    return Shape(kind)


def _many(kind: type) -> Shape:
    return Shape(kind, many=True)


def _call(gives: Shape) -> Shape:
    return Shape(gives=gives)


FIELDS: Mapping[str, Shape] = {
    "home": _one(Name), "partner": _one(Name), "as_of": _one(Day), "as_of_year": _one(Period),
    "figures": _one(Figures), "events": _many(Meeting), "last_meeting": _one(Meeting), "last_summit": _one(Meeting),
    "agreements": _many(Treaty), "ambassadors": _many(Post), "relations": _one(Bonds), "person": _one(Post),
    "visit_day": _one(Fact), "owner": _one(Fact),
    "head_of_state": _call(_one(Post)), "head_of_government": _call(_one(Post)), "foreign_minister": _call(_one(Post)),
    "holder": _call(_one(Post)), "vacancy": _call(_one(Post)), "successions": _call(_many(Change)),
    "profile": _call(_one(Profile)), "notes": _call(_many(Remark)), "biography": _call(_one(Remark)),
    "every": _call(_many(Figure)), "known": _call(_one(Figure)), "term": _call(_one(None)),
    "section": _call(_one(Blocks)), "sources": _call(_one(Blocks)), "legend": _call(_one(Blocks)),
}  # fmt: skip
# What may be asked of each kind; of what is not here, nothing.
METHODS = (
    "latest", "latest_year", "latest_part", "series", "before", "change", "change_percent", "balance", "share", "items",
)  # fmt: skip
ATTRIBUTES: Mapping[type, tuple[str, ...]] = {
    **{kind: tuple(field.name for field in fields(kind)) for kind in (
        Post, Change, Meeting, Treaty, Remark, Profile, Bonds, Bond, Legation, Commission, VisaRule,
    )},
    Figures: METHODS,
    Figure: ("period", "value", "indicator", "item"),
    LoopContext: ("index", "first", "last", "length"),
}  # fmt: skip
FILTERS = ("case", "official", "capital", "default", "first", "last", "length")
TESTS = ("defined", "none")
BOUNDED = "bounded "  # a filter that no template can name, since names have no spaces: it counts the turns of loops
KEEPERS = ("official", "capital", "default", "case")  # filters that give what they take


def attribute(shape: Shape, name: str) -> Shape | None:
    """What an attribute of a shape holds; None if it has no such attribute."""
    if shape.many or shape.gives:
        return None
    if shape.kind is None:
        return Shape()
    if name not in ATTRIBUTES.get(shape.kind, ()):
        return None
    if shape.kind is LoopContext:
        return Shape(int)
    if shape.kind is Figures:
        return Shape(gives=_shape(get_type_hints(getattr(Figures, name))["return"]))
    return _shape(get_type_hints(shape.kind)[name])


def _shape(hint: Any) -> Shape:
    """The shape of a type hint: what may be None is what it is when it is there."""
    if get_origin(hint) in (Union, UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not NoneType]
        return _shape(kinds[0]) if len(kinds) == 1 else Shape()
    if get_origin(hint) is tuple:
        inner = _shape(get_args(hint)[0])
        return Shape(inner.kind, many=True) if not inner.many else Shape()
    if get_origin(hint) is Literal:
        return Shape(str)
    return Shape(hint) if isinstance(hint, type) else Shape()
