"""The block tags: heading, paragraph, bullets with item, note, reference, internal; `{% heading 2 %}`,
`{% paragraph lead %}`.

`{% sentences %}` holds what several paragraphs include; `{% footnote %}` follows the sentence that it is on.
Each line of text in a block is one message; white space between messages is the language's gap. After a stretch
of sentences from the same sources stand their numbers.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, get_args

from jinja2 import TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context

from reports.document import (
    Block,
    Bullets,
    Footnote,
    Heading,
    Inline,
    Internal,
    Note,
    Paragraph,
    Reference,
    Role,
    Row,
    Run,
    Text,
)
from reports.wording.pieces import Item, Pieces, is_blank, only, wrong
from reports.wording.speaker import Speaker

SENTENCE_END = re.compile(r"[.!?:;…](?:</\w>|[)”»])*$")
STOPS = ".;:。；：؛"
LABELS = ("caption", "small", "subtitle")
ARGUMENTS: dict[str, tuple[object, ...]] = {"heading": (1, 2, 3), "paragraph": (None, *get_args(Role))}
HOLDERS = ("bullets", "reference")
Body = Callable[[], Pieces]


class BlockTags(Extension):
    """Each tag yields one block, or none where an optional body is empty."""

    tags = {  # noqa: RUF012  Jinja's own name
        "heading", "paragraph", "bullets", "item", "note", "reference", "sentences", "footnote", "internal",
    }  # fmt: skip

    def parse(self, parser: Parser) -> nodes.Node:
        """The tag as a call of the method of its name with the body's pieces."""
        tag = next(parser.stream)
        if tag.value == "internal":
            return self._parse_internal(parser, tag.lineno)
        argument = None if parser.stream.current.type == "block_end" else next(parser.stream).value
        allowed = ARGUMENTS.get(tag.value, (None,))
        if argument not in allowed:
            choices = ", ".join(str(choice or "nothing") for choice in allowed)
            parser.fail(f"{{% {tag.value} {argument} %}}: wanted {choices} after {tag.value}", tag.lineno)
        body = _body(parser, tag.lineno, tag.value)
        if tag.value not in HOLDERS:
            _make_messages(parser, body, whole=_is_prose(tag.value, argument))
        call = self.call_method(f"_{tag.value}", [nodes.ContextReference(), nodes.Const(argument)])
        return nodes.CallBlock(call, [], [], body).set_lineno(tag.lineno)

    def _parse_internal(self, parser: Parser, line: int) -> nodes.Node:
        """`{% internal %}`, or `{% internal if … %}`: else its blocks are as open as any."""
        when = parser.parse_expression() if parser.stream.skip_if("name:if") else nodes.Const(True)
        call = self.call_method("_internal", [nodes.ContextReference(), when])
        return nodes.CallBlock(call, [], [], _body(parser, line, "internal")).set_lineno(line)

    def _heading(self, context: Context, level: int, caller: Body) -> Block:
        return Heading(_text(context, caller(), cited=False), level)

    def _paragraph(self, context: Context, role: Role | None, caller: Body) -> Pieces:
        text = _text(context, caller(), cited=role not in LABELS)
        return Pieces([Paragraph(text, role or "body")] if text else [])

    def _note(self, context: Context, _: None, caller: Body) -> Pieces:
        text = _text(context, caller(), cited=True)
        return Pieces([Note(text)] if text else [])

    def _item(self, context: Context, _: None, caller: Body) -> Item:
        return Item(_text(context, caller(), cited=True))

    def _sentences(self, _context: Context, _: None, caller: Body) -> Pieces:
        return caller()

    def _footnote(self, context: Context, _: None, caller: Body) -> Pieces:
        text = _text(context, caller(), cited=True)
        said = tuple(inline for inline in text if not isinstance(inline, Footnote))
        if said != text:
            raise wrong("a footnote in a footnote")
        return Pieces([Footnote(0, said)] if said else [])  # its number is known when all sections have spoken

    def _bullets(self, _context: Context, _: None, caller: Body) -> Pieces:
        items = tuple(tuple(only(piece, Item, "bullets take {% item %}")) for piece in caller() if not is_blank(piece))
        return Pieces([Bullets(items)] if items else [])

    def _reference(self, _context: Context, _: None, caller: Body) -> Pieces:
        heading, *blocks = [piece for piece in caller() if not is_blank(piece)] or [None]
        head = only(heading, Heading, "a reference begins with {% heading 2 %}")
        inner = tuple(only(block, Paragraph | Bullets, "a reference takes paragraphs and bullets") for block in blocks)
        return Pieces([Reference(head.text, inner)] if inner else [])

    def _internal(self, context: Context, when: object, caller: Body) -> Pieces:
        """What must not leave the house: a public brief has none of it, whatever stands in it."""
        if when and context.get("public"):
            return Pieces()
        inner = Pieces(only(piece, Block, "internal takes blocks") for piece in caller() if not is_blank(piece))
        return Pieces([Internal(tuple(inner))]) if when and inner else inner

    def only_blocks(self, value: object) -> Pieces:
        """A block, what a macro built, or a row or an item that a macro builds, where a block is needed."""
        parts = value if isinstance(value, Pieces) else (value,)
        return Pieces(only(part, Block | Row | Item, "a block is needed here") for part in parts if not is_blank(part))


def _is_prose(tag: str, argument: object) -> bool:
    """Whether the lines are whole sentences that end with a stop."""
    return tag in ("sentences", "footnote") or (tag == "paragraph" and argument not in LABELS)


def _body(parser: Parser, line: int, tag: str) -> list[nodes.Node]:
    try:
        return parser.parse_statements((f"name:end{tag}",), drop_needle=True)
    except TemplateSyntaxError:
        if parser.stream.current.type == "eof":
            parser.fail(f"{{% {tag} %}} is never closed", line)
        raise


def _make_messages(parser: Parser, body: list[nodes.Node], *, whole: bool) -> None:
    """Make each line of text t("…"); `whole` asks for a sentence with its full stop."""
    outputs = [o for node in body for o in (node, *node.find_all(nodes.Output)) if isinstance(o, nodes.Output)]
    for output in outputs:
        last, parts = len(output.nodes) - 1, list[nodes.Expr]()
        for index, child in enumerate(output.nodes):
            if isinstance(child, nodes.TemplateData):
                _refuse_fragment(parser, child, after=index > 0, before=index < last)
                parts.extend(_messages(parser, child, whole=whole))
            else:
                parts.append(child)
        output.nodes = parts


def _refuse_fragment(parser: Parser, data: nodes.TemplateData, *, after: bool, before: bool) -> None:
    """Text and {{ value }} on one line would be half a sentence to the translator."""
    lines = data.data.split("\n")
    for is_beside, index in ((after, 0), (before, len(lines) - 1)):
        if is_beside and lines[index].strip():
            message = f"a value beside text: write {{name}} into the sentence {lines[index].strip()!r}"
            parser.fail(message, data.lineno + index)


def _messages(parser: Parser, data: nodes.TemplateData, *, whole: bool) -> Iterator[nodes.Expr]:
    gap = nodes.TemplateData(" ", lineno=data.lineno)
    for line, text in enumerate(data.data.split("\n"), start=data.lineno):
        yield gap
        if sentence := text.strip():
            if whole and not SENTENCE_END.search(sentence):
                parser.fail(f"a sentence is one line and ends with a full stop: {sentence!r}", line)
            name, message = nodes.Name("t", "load", lineno=line), nodes.Const(sentence, lineno=line)
            yield nodes.Call(name, [message], [], None, None, lineno=line)
            yield gap


# ---------------------------------------------------------------- text of a block


def _text(context: Context, body: Pieces, *, cited: bool) -> Text:
    """The sentences with the language's gap between them, and the sources of each stretch."""
    speaker: Speaker = context["t"]
    sentences = _noted(speaker, _sentences(body))
    text: list[Inline] = []
    for sources, stretch in groupby(sentences, key=lambda sentence: _sources(speaker, sentence)):
        for sentence in stretch:
            text += [Run(speaker.language.gap)] * bool(text and speaker.language.gap) + sentence
        if cited and sources:
            _cite(speaker, text, sources)
    return tuple(text)


def _sentences(body: Iterable[Any]) -> Iterator[list[Inline]]:
    """Runs between white space."""
    for blank, group in groupby(body, key=is_blank):
        if not blank:
            yield [only(piece, Inline, "a block cannot hold a block") for piece in group]


def _noted(speaker: Speaker, sentences: Iterable[list[Inline]]) -> list[list[Inline]]:
    """The sentences, each with the footnotes on it."""
    found: list[list[Inline]] = []
    for sentence in sentences:
        notes = [inline for inline in sentence if isinstance(inline, Footnote)]
        said: list[Inline] = [inline for inline in sentence if not isinstance(inline, Footnote)]
        if said:
            found.append(said)
        if notes and not found:
            raise wrong("a footnote on nothing", "write {% footnote %} behind the sentence that it is on")
        if notes:
            _add_superior(speaker, found[-1], notes)
    return found


def _sources(speaker: Speaker, sentence: list[Inline]) -> tuple[str, ...]:
    """The sources of what the sentence says, in order; a sentence that says no fact goes with any."""
    keys = [inline.figure for inline in sentence if isinstance(inline, Run) and inline.figure]
    found = dict.fromkeys(source for key in keys for source in speaker.ledger.facts[key].sources)
    return tuple(found)


def _cite(speaker: Speaker, text: list[Inline], sources: tuple[str, ...]) -> None:
    """Add the numbers."""
    _add_superior(speaker, text, speaker.citation(sources))


def _add_superior(speaker: Speaker, text: list[Inline], superior: Iterable[Inline]) -> None:
    """Add what stands above the line, before the full stop or after it as the language has it."""
    last = text[-1]
    stop = last.text[-1:] if isinstance(last, Run) and not last.isolated else ""
    if speaker.language.cites_before_stop and stop and stop in STOPS:
        assert isinstance(last, Run)
        text[-1:] = [replace(last, text=last.text[:-1])] if last.text[:-1] else []
        text += [*superior, replace(last, text=stop)]
    else:
        text += superior
