"""The one Jinja environment: sandboxed, strict, and joining nothing.

A template yields pieces, not a string: `concat` collects them. The {names} of a message are bound to the
template's own names when it is compiled, so scope, loops and `{% set %}` work as in Jinja. Leans on the private
Environment._parse: Jinja2 is pinned.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from traceback import walk_tb
from typing import Any, cast

from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    nodes,
)
from jinja2 import pass_context as with_context
from jinja2.nativetypes import NativeCodeGenerator
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from reports.document import Block, Inline
from reports.errors import Problem, ReportError, WordingError
from reports.wording.blocks import BlockTags
from reports.wording.messages import names
from reports.wording.pieces import Item, Pieces, flat, is_blank

FILTERS = ("first", "last", "length")
ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Concat)


@with_context
def finalize(context: Context, value: object) -> object:
    """What `{{ value }}` yields: a piece as it is, a value as a run."""
    if isinstance(value, Pieces | Item | Inline | Block):
        return value
    if isinstance(value, Undefined):
        return str(value)  # raises
    return Pieces(context["t"].text(value))


class Binder(NodeTransformer):
    """After parsing: binds the names of every t(), keeps a section to blocks, forbids arithmetic."""

    def __init__(self, tags: BlockTags) -> None:
        self.tags, self.inside = tags, False

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:  # noqa: N802
        """Inside our tags text is allowed; it is a message already."""
        before, self.inside = self.inside, isinstance(node.call.node, nodes.ExtensionAttribute)
        self.generic_visit(node)
        self.inside = before
        return node

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        """Outside our tags nothing but blocks."""
        if not self.inside:
            node.nodes = [self._block(child) for child in node.nodes]
        return self.generic_visit(node)

    def _block(self, child: nodes.Expr) -> nodes.Expr:
        if not isinstance(child, nodes.TemplateData):
            return cast(nodes.Expr, self.tags.call_method("only_blocks", [child]).set_lineno(child.lineno))
        for line, text in enumerate(child.data.split("\n"), start=child.lineno):
            if text.strip():
                raise TemplateSyntaxError(f"text outside a block: {text.strip()[:60]!r}", line)
        return child

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        """t("… {home}", n=x) becomes t("… {home}", "", "", {"home": home, "n": x})."""
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name != "t":
            return node
        texts = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
        if len(texts) != len(node.args) or len(texts) not in (1, 2):
            raise TemplateSyntaxError("t() takes a sentence in quotes, or one and its plural", node.lineno)
        given = {keyword.key: keyword.value for keyword in node.kwargs}
        context = given.pop("context", nodes.Const(""))
        if not isinstance(context, nodes.Const):
            raise TemplateSyntaxError("the context of a sentence is a word in quotes", node.lineno)
        node.args = [*map(nodes.Const, (*texts, "")[:2]), context, _values(node.lineno, texts, given)]
        node.kwargs = []
        return node

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        """Templates choose; they do not calculate."""
        if isinstance(node, ARITHMETIC):
            raise TemplateSyntaxError("a template does no arithmetic: add a derived figure", node.lineno)
        return super().generic_visit(node, *args, **kwargs)


def _values(line: int, texts: list[str], given: dict[str, nodes.Expr]) -> nodes.Dict:
    """Both countries, and each name of the sentence: given in the call, or from the template."""
    try:
        wanted = {"home", "partner"}.union(*map(names, texts), {"n"} if texts[1:] else ())
    except WordingError as error:
        raise TemplateSyntaxError(error.problems[0].message, line) from error
    values = {name: given.get(name) or nodes.Name(name, "load") for name in sorted(wanted)}
    return nodes.Dict([nodes.Pair(nodes.Const(name), value) for name, value in values.items()])


class Environment(ImmutableSandboxedEnvironment):
    """Our tags and nothing that a section does not need; share one for all languages."""

    code_generator_class = NativeCodeGenerator
    concat = staticmethod(flat)  # type: ignore[assignment]

    def __init__(self, root: Path) -> None:
        super().__init__(
            loader=FileSystemLoader(root),
            extensions=[BlockTags],
            undefined=StrictUndefined,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.root, self.globals = root, {}
        self.filters = {name: self.filters[name] for name in FILTERS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tags = cast(BlockTags, self.extensions[BlockTags.identifier])
        try:
            return cast(nodes.Template, Binder(tags).visit(super()._parse(source, name, filename)))
        except TemplateSyntaxError as error:
            error.name = error.name or name
            raise


def section(environment: Environment, name: str, values: Mapping[str, object]) -> tuple[Block, ...]:
    """The blocks of one template; every mistake is a WordingError with file and line."""
    template = _template(environment, name)
    try:
        found = cast(Pieces, template.render(values))
    except (TemplateError, ReportError, TypeError, RecursionError) as error:
        raise _located(error, environment.root, name) from error
    blocks = [piece for piece in found if not is_blank(piece)]
    if stray := [piece for piece in blocks if not isinstance(piece, Block)]:
        raise WordingError(Problem(name, f"a {type(stray[0]).__name__} stands outside a block"))
    return tuple(blocks)


def exported(environment: Environment, name: str, values: Mapping[str, object]) -> Mapping[str, object]:
    """What a template sets at its top level: the texts of title, header and footer."""
    template = _template(environment, name)
    try:
        module = template.make_module(dict(values))
    except (TemplateError, ReportError, TypeError, RecursionError) as error:
        raise _located(error, environment.root, name) from error
    return {key: value for key, value in vars(module).items() if not key.startswith("_")}


def _template(environment: Environment, name: str) -> Template:
    try:
        return environment.get_template(name)
    except TemplateSyntaxError as error:
        raise WordingError(Problem(f"{error.name or name}:{error.lineno}", error.message or "")) from error
    except TemplateNotFound as error:
        raise WordingError(Problem(name, "no such template")) from error


def _located(error: Exception, root: Path, name: str) -> Exception:
    """The error with the line of the innermost template; what is no template's fault comes back as it is."""
    where, last = name, None
    for frame, line in walk_tb(error.__traceback__):
        last = Path(frame.f_code.co_filename)
        if last.is_relative_to(root):
            where = f"{last.relative_to(root).as_posix()}:{line}"
    if isinstance(error, ReportError):
        return type(error)(*(replace(problem, where=problem.where or where) for problem in error.problems))
    if isinstance(error, TemplateSyntaxError):
        where = f"{error.name or name}:{error.lineno}"
    if isinstance(error, RecursionError):
        return WordingError(Problem(where, "a macro or an include that calls itself for ever"))
    if isinstance(error, TypeError) and not _is_templates(error, root):
        return error
    return WordingError(Problem(where, getattr(error, "message", None) or str(error)))


def _is_templates(error: TypeError, root: Path) -> bool:
    """Whether a call in a template was made with the wrong arguments: nothing ran below it."""
    frames = [Path(frame.f_code.co_filename) for frame, _ in walk_tb(error.__traceback__)]
    inside = [index for index, path in enumerate(frames) if path.is_relative_to(root)]
    return bool(inside) and all("jinja2" in path.parts for path in frames[inside[-1] + 1 :])
