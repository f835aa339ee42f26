"""Names, attributes, filters and cases of a template looked at without running it: in every branch, taken or not."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from jinja2 import nodes
from jinja2.runtime import LoopContext

from reports.officers.fields import ATTRIBUTES, BOUNDED, FIELDS, FILTERS, KEEPERS, TESTS, Shape, attribute

UNKNOWN = Shape()


@dataclass(frozen=True, slots=True)
class Choices:
    """What words in quotes may be: cases of the language, indicators of the data, sections, offices. None: any."""

    cases: Collection[str] | None = None
    indicators: Collection[str] | None = None
    sections: Collection[str] | None = None
    offices: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong on a line of the part, and what to do."""

    line: int
    message: str
    hint: str
    is_warning: bool = False


def near(word: str, choices: Collection[str]) -> str:
    """A hint: the choices that look like the word, or all if they are few."""
    found = get_close_matches(word, choices, n=3, cutoff=0.6) or (sorted(choices) if len(choices) <= 12 else [])  # noqa: PLR2004
    return f"did you mean {' or '.join(found)}?" if found else "docs/officer-templates.md lists them"


@dataclass(slots=True)
class Reader:
    """Reads a parsed part; `mistakes` fills up. `scope` has what the names hold that are known so far."""

    choices: Choices
    scope: dict[str, Shape] = field(default_factory=lambda: dict(FIELDS))
    mistakes: list[Mistake] = field(default_factory=list)

    def read(self, node: nodes.Node) -> None:
        """All below a node, in order."""
        match node:
            case nodes.For():
                self._loop(node)
            case nodes.Assign(target=nodes.Name(name=name), node=value):
                self.scope[name] = self.shape(value)
            case nodes.Expr() if not isinstance(node, nodes.TemplateData):
                self.shape(node)
            case _:
                for child in node.iter_child_nodes():
                    self.read(child)

    def _loop(self, node: nodes.For) -> None:
        rows = node.iter.node if isinstance(node.iter, nodes.Filter) and node.iter.name == BOUNDED else node.iter
        found, outer = self.shape(rows or node.iter), dict(self.scope)
        if not found.many and (found.kind or found.gives):
            self._say(node, "a loop goes over rows, and this is one value", f"rows are in {_rows()}")
        if isinstance(node.target, nodes.Name):
            self.scope[node.target.name] = Shape(found.kind) if found.many else UNKNOWN
        else:
            self.scope |= {name.name: UNKNOWN for name in node.target.find_all(nodes.Name)}
        self.scope["loop"] = Shape(LoopContext)
        for child in (*([node.test] if node.test else []), *node.body, *node.else_):
            self.read(child)
        self.scope = outer

    # ------------------------------------------------------------ expressions

    def shape(self, node: nodes.Node) -> Shape:  # noqa: C901, PLR0911  one case a kind of expression
        """What an expression holds, as far as it can be known; its mistakes are noted."""
        match node:
            case nodes.Name(name=name):
                return self._name(node, name)
            case nodes.Getattr(node=inner, attr=name):
                return self._attribute(node, self.shape(inner), name)
            case nodes.Getitem(node=inner):
                found = self.shape(inner)
                return Shape(found.kind) if found.many else UNKNOWN
            case nodes.Call():
                return self._call(node)
            case nodes.Filter():
                return self._filter(node)
            case nodes.Test(node=inner, name=name):
                if name not in TESTS:
                    self._say(node, f"unknown test {name}", near(name, TESTS))
                self.shape(inner)
                return UNKNOWN
            case nodes.Const(value=value):
                return Shape(type(value))
            case _:
                for child in node.iter_child_nodes():
                    self.shape(child)
                return UNKNOWN

    def _say(self, node: nodes.Node, message: str, hint: str = "", *, is_warning: bool = False) -> None:
        self.mistakes.append(Mistake(node.lineno, message, hint, is_warning))

    def _name(self, node: nodes.Node, name: str) -> Shape:
        if name not in self.scope:
            self._say(node, f"unknown field {name}", near(name, self.scope))
        return self.scope.get(name, UNKNOWN)

    def _attribute(self, node: nodes.Node, inner: Shape, name: str) -> Shape:
        found = attribute(inner, name)
        if found is None:
            known = ATTRIBUTES.get(inner.kind, ()) if inner.kind and not inner.many else ()
            what = "rows have" if inner.many else "a call has" if inner.gives else "it has"
            hint = "go through them with {% for … %}" if inner.many else near(name, known)
            self._say(node, f"{what} no {name}", hint)
        return found or UNKNOWN

    def _call(self, node: nodes.Call) -> Shape:
        called = self.shape(node.node)
        for child in (*node.args, *(keyword.value for keyword in node.kwargs)):
            self.shape(child)
        if called.gives is None and called.kind is not None:
            self._say(node, "it is a value, not a call", "take the brackets away")
        name = node.node.attr if isinstance(node.node, nodes.Getattr) else getattr(node.node, "name", "")
        of_figures = isinstance(node.node, nodes.Getattr)
        self._word(node, name, of_figures)
        return called.gives or UNKNOWN

    def _word(self, node: nodes.Call, name: str, of_figures: bool) -> None:
        """The word in quotes that a call is given, against what there is."""
        words = [each.value for each in node.args if isinstance(each, nodes.Const) and isinstance(each.value, str)]
        wanted: dict[str, tuple[str, Collection[str] | None]] = {
            "section": ("section", self.choices.sections),
            "holder": ("office", self.choices.offices), "vacancy": ("office", self.choices.offices),
            "every": ("indicator", self.choices.indicators),
        }  # fmt: skip
        indicators = dict.fromkeys(("latest", "latest_year", "latest_part", "series", "items"), "indicator")
        what, choices = (
            (indicators.get(name, ""), self.choices.indicators) if of_figures else wanted.get(name, ("", None))
        )
        if name == "section" and not words:
            self._say(node, "the name of a section is a word in quotes", 'section("trade")')
        if what and words and choices is not None and words[0] not in choices:
            self._say(node, f"unknown {what} {words[0]}", near(words[0], choices))

    def _filter(self, node: nodes.Filter) -> Shape:
        if node.name not in FILTERS:
            self._say(node, f"unknown filter {node.name}", near(node.name, FILTERS))
        for argument in node.args:
            self.shape(argument)
        if node.name == "default" and isinstance(node.node, nodes.Name) and node.node.name not in self.scope:
            hint = near(node.node.name, self.scope)
            self._say(node, f"unknown field {node.node.name}: always the default", hint, is_warning=True)
            return UNKNOWN
        inner = self.shape(node.node) if node.node else UNKNOWN
        if node.name == "case":
            self._case(node)
        if node.name in ("first", "last"):
            return Shape(inner.kind)
        return inner if node.name in KEEPERS else UNKNOWN

    def _case(self, node: nodes.Filter) -> None:
        said = node.args[0].value if node.args and isinstance(node.args[0], nodes.Const) else None
        if said is None:
            self._say(node, "a case is a word in quotes", 'partner|case("gen")')
        elif self.choices.cases is not None and said not in self.choices.cases:
            self._say(node, f"unknown case {said}", near(str(said), self.choices.cases))


def _rows() -> str:
    return ", ".join(name for name, shape in FIELDS.items() if shape.many)


def mistakes(tree: nodes.Template, choices: Choices) -> Iterator[Mistake]:
    """What is wrong with the names of a part, by the order of its tags."""
    reader = Reader(choices)
    reader.read(tree)
    yield from sorted(reader.mistakes, key=lambda mistake: mistake.line)
