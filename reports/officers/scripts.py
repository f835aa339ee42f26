"""Parts of a template ready to run: looked at as a whole, then rendered with a mark where each value will stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError
from lxml import etree

from reports.errors import Problem, ReportError
from reports.house.package import parse
from reports.officers.naming import Choices, mistakes
from reports.officers.package import Template, TemplateError, open_template
from reports.officers.sandbox import Environment, Output, Printed
from reports.officers.story import Story, read_stories, source
from reports.officers.tags import Tag

Node = Any
IN_MEMORY = "<template>"  # how Jinja calls a template that is no file


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """A part as Jinja reads it, each tag on a line of its own."""

    name: str
    text: str
    tags: tuple[Tag, ...]

    def tag(self, line: int) -> Tag | None:
        """The tag on a line; the first where Jinja names a line before it."""
        if not self.tags:
            return None
        return self.tags[min(max(line - 2, 0), len(self.tags) - 1)]


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """A template that can be filled, and the warnings about it."""

    template: Template
    scripts: tuple[Script, ...]
    problems: tuple[Problem, ...]


def check_template(path: Path, choices: Choices) -> tuple[Problem, ...]:
    """All that is wrong with a template: place, tag and mistake of each. Nothing is filled."""
    try:
        return examined(path, choices).problems
    except TemplateError as error:
        return error.problems


def examined(path: Path, choices: Choices) -> Examined:
    """A template looked at: its file, the shape of its tags, their names in every branch.

    Raises TemplateError with all mistakes and warnings if there is a mistake.
    """
    template = open_template(path)
    stories, problems = read_stories(template)
    scripts: list[Script] = []
    for story in stories:
        if story.tags and not any(problem.severity == "error" for problem in story.problems):
            script = _script(story)
            scripts.append(script)
            problems = (*problems, *_named(script, choices))
    found = tuple(dict.fromkeys((*template.problems, *(_in(template.where, problem) for problem in problems))))
    if any(problem.severity == "error" for problem in found):
        raise TemplateError(*found)
    return Examined(template, tuple(scripts), found)


def _script(story: Story) -> Script:
    return Script(story.name, source(story), tuple(story.tags))


def _in(where: str, problem: Problem) -> Problem:
    return replace(problem, where=f"{where}, {problem.where}")


def _named(script: Script, choices: Choices) -> tuple[Problem, ...]:
    """The mistakes in syntax and in names, in every branch."""
    try:
        tree = Environment(Output(_nothing)).parse(script.text)
    except TemplateSyntaxError as error:
        tag = script.tag(error.lineno)
        return (tag.problem(error.message or "cannot be read", "docs/officer-templates.md shows how"),) if tag else ()
    found = ((script.tag(mistake.line), mistake) for mistake in mistakes(tree, choices))
    return tuple(
        tag.problem(mistake.message, mistake.hint, "warning" if mistake.is_warning else "error")
        for tag, mistake in found
        if tag
    )


def _nothing(_: object) -> Printed:
    return ()


# ---------------------------------------------------------------- running


def rendered(
    examined: Examined, values: Mapping[str, object], say: Callable[[object], Printed]
) -> tuple[dict[str, Node], list[Printed]]:
    """The trees of the parts that hold tags, with marks in place of values, and the values by their number.

    Raises TemplateError with the place and the tag of what cannot be said: a value that is not there, a case that a
    word lacks, what the sandbox forbids.
    """
    output = Output(say)
    trees = {script.name: _run(script, values, output, examined.template.where) for script in examined.scripts}
    return trees, output.printed


def _run(script: Script, values: Mapping[str, object], output: Output, where: str) -> Node:
    try:
        text = Environment(output).from_string(script.text).render(values)
    except (JinjaError, ReportError, TypeError, ValueError, RecursionError) as error:
        raise TemplateError(*(_in(where, problem) for problem in _located(error, script))) from error
    try:
        return parse(text.replace("\n", "").encode())
    except etree.XMLSyntaxError as error:
        hint = "give each {% if %} and {% for %} a paragraph or a row of its own"
        raise TemplateError(Problem(f"{where}, {script.name}", f"its tags break the page: {error}", hint)) from error


def _located(error: Exception, script: Script) -> tuple[Problem, ...]:
    """The problems of an error, at the tag whose line ran last."""
    lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == IN_MEMORY]
    if isinstance(error, TemplateSyntaxError):
        lines = [error.lineno]
    tag = script.tag(lines[-1]) if lines else None
    if tag is None:
        return (Problem(script.name, str(error)),)
    if isinstance(error, ReportError):
        return tuple(tag.problem(problem.message, problem.hint) for problem in error.problems)
    message = getattr(error, "message", None) or str(error)
    return (tag.problem(message, "docs/officer-templates.md lists what a tag may say"),)
