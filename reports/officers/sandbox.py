"""The environment in which tags run: what they may say, and how much.

A tag chooses and prints. It calculates nothing, calls nothing but what facts offer, reads no file, and cannot run for
ever. What it prints never enters the text of the page: a mark stands there, and the value comes in its place when all
is rendered, so that no value can become a tag, a paragraph or a part of one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, nodes
from jinja2 import pass_context as with_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from reports.document import Block, Text
from reports.errors import Problem, WordingError
from reports.facts.collection import Figures
from reports.officers.fields import ATTRIBUTES, BOUNDED, METHODS, TESTS
from reports.officers.tags import CLOSE, OPEN

TURNS = 20_000  # of all loops of a template together
SPOKEN = 256  # characters of a text that stands in a tag
# What the language of tags is made of; everything else of Jinja is refused when the template is read.
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Call,
    nodes.Keyword, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.CondExpr, nodes.For, nodes.If, nodes.Assign, nodes.Tuple, nodes.List,
)  # fmt: skip
KINDS = {
    "Add": "a calculation", "Sub": "a calculation", "Mul": "a calculation", "Div": "a calculation",
    "FloorDiv": "a calculation", "Mod": "a calculation", "Pow": "a calculation", "Neg": "a calculation",
    "Pos": "a calculation", "Concat": "a text joined with ~", "Include": "{% include %}", "Import": "{% import %}",
    "FromImport": "{% from … import %}", "Extends": "{% extends %}", "Macro": "{% macro %}", "Slice": "a slice",
    "CallBlock": "{% call %}", "FilterBlock": "{% filter %}", "Block": "{% block %}", "With": "{% with %}",
    "AssignBlock": "{% set %} … {% endset %}", "Dict": "a dictionary", "ScopedEvalContextModifier": "{% autoescape %}",
    "NSRef": "a namespace",
}  # fmt: skip
Printed = Text | tuple[Block, ...]


class Checked(NodeTransformer):
    """After parsing: nothing but what is allowed, and every loop with a bound."""

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        """Raises TemplateSyntaxError, with the line, for what is not allowed."""
        if message := _refused(node):
            raise TemplateSyntaxError(message, node.lineno or 1)
        return super().generic_visit(node, *args, **kwargs)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  Jinja's own name
        """The turns of all loops are counted."""
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, BOUNDED, [], [], None, None).set_lineno(node.lineno)
        return node


def _refused(node: nodes.Node) -> str:  # noqa: C901, PLR0911  one line a rule
    """Why a node is refused; empty if it is not."""
    kind = type(node).__name__
    if not isinstance(node, ALLOWED):
        return f"{KINDS.get(kind, kind)} has no place in a tag"
    match node:
        case nodes.Getattr(attr=str(name)) | nodes.Name(name=str(name)) if name.startswith("_"):
            return f"the name {name} is not for templates"
        case nodes.Getitem(arg=nodes.Const(value=int()), node=inner) if not isinstance(inner, nodes.Const):
            return ""
        case nodes.Getitem():
            return "only a number may stand in square brackets"
        case nodes.Call(node=called) if not isinstance(called, nodes.Name | nodes.Getattr):
            return "only what has a name is called"
        case nodes.Getattr(node=nodes.Const()):
            return "a text has nothing to ask for"
        case nodes.Const(value=str(text)) if len(text) > SPOKEN:
            return f"a text of more than {SPOKEN} characters in a tag"
        case nodes.Assign(target=target) if not isinstance(target, nodes.Name):
            return "one name is set at a time"
        case nodes.For(recursive=True):
            return "a loop in itself (recursive) has no place in a tag"
        case nodes.Call(dyn_args=positional, dyn_kwargs=named) if positional or named:
            return "* and ** have no place in a call"
    return ""


@dataclass(frozen=True, slots=True)
class Worded:
    """A value with the case in which it is to be said, and whether in its official form."""

    value: object
    case: str = ""
    official: bool = False
    capital: bool = False


@dataclass(slots=True)
class Output:
    """What the tags of one filling printed, in order; `say` prints one value."""

    say: Callable[[object], Printed]
    printed: list[Printed] = field(default_factory=list)
    turns: int = 0

    def finalize(self, value: object) -> str:
        """A mark for a printed value."""
        inner = value.value if isinstance(value, Worded) else value
        if isinstance(inner, Undefined):
            return str(inner)  # raises: the strict kind names what is unknown or forbidden
        self.printed.append(self.say(value))
        return f"{OPEN}{len(self.printed) - 1}{CLOSE}"

    def bounded(self, values: Iterable[object]) -> Iterator[object]:
        """The values of a loop, as long as there are not too many turns in all."""
        if not isinstance(values, tuple | list):
            raise SecurityError(f"a loop over {_name(values)}: loops go over rows")
        for value in values:
            self.turns += 1
            if self.turns > TURNS:
                raise SecurityError(f"more than {TURNS} turns of loops")
            yield value


class Environment(ImmutableSandboxedEnvironment):
    """Made anew for each filling: it keeps nothing, knows no loader and no globals."""

    def __init__(self, output: Output) -> None:
        super().__init__(loader=None, undefined=StrictUndefined, autoescape=True, finalize=None, optimized=False)
        self.globals = {}
        self.finalize = cast(Any, _late(output))
        self.filters = {
            "case": _case, "official": _official, "capital": _capital, "default": _default,
            **{name: self.filters[name] for name in ("first", "last", "length")}, BOUNDED: output.bounded,
        }  # fmt: skip
        self.tests = {name: self.tests[name] for name in TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return cast(nodes.Template, Checked().visit(super()._parse(source, name, filename)))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only what the list of fields names; a mapping has no attributes but its keys."""
        return attr in ATTRIBUTES.get(type(obj), ())

    def is_safe_callable(self, obj: Any) -> bool:
        """The functions among the fields, and the methods of figures."""
        owner = getattr(obj, "__self__", None)
        return isinstance(obj, Offered) or (isinstance(owner, Figures) and getattr(obj, "__name__", "") in METHODS)


@dataclass(frozen=True, slots=True)
class Offered:
    """A function that templates may call."""

    function: Callable[..., object]

    def __call__(self, *args: object, **kwargs: object) -> object:
        """What the function says."""
        return self.function(*args, **kwargs)


def _late(output: Output) -> Callable[[Any, object], str]:
    """A finalize that Jinja does not call while it compiles."""

    @with_context
    def finalize(_: Any, value: object) -> str:
        return output.finalize(value)

    return finalize


# ---------------------------------------------------------------- filters


def _worded(value: object) -> Worded:
    return value if isinstance(value, Worded) else Worded(value)


def _case(value: object, case: object) -> Worded:
    if not isinstance(case, str):
        raise WordingError(Problem("", "a case is a word in quotes", 'partner|case("gen")'))
    found = _worded(value)
    return Worded(found.value, case, found.official, found.capital)


def _official(value: object) -> Worded:
    found = _worded(value)
    return Worded(found.value, found.case, official=True, capital=found.capital)


def _capital(value: object) -> Worded:
    found = _worded(value)
    return Worded(found.value, found.case, found.official, capital=True)


def _default(value: object, instead: object = "") -> object:
    inner = value.value if isinstance(value, Worded) else value
    return instead if inner is None or isinstance(inner, Undefined) or getattr(inner, "value", 0) is None else value


def _name(value: object) -> str:
    return "text" if isinstance(value, str) else "a loop" if isinstance(value, LoopContext) else "one value"
