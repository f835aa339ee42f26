"""Tags as an officer typed them: found over the runs into which Word cuts them, healed, or refused with their place.

A tag that is clear is healed: cut into runs, with no-break spaces, with the quotation marks of any language, a
control tag alone in its paragraph without `p`. What is not clear is a problem, never a guess.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reports.errors import Problem
from reports.house.package import W
from reports.officers.places import own_paragraph

Node = Any

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
LOOSE = re.compile(r"\{\{|\{%|\{#|\}\}|%\}")
PREFIXED = re.compile(r"(\{\{|\{%|\{#)(p|tr|tc|r)\s")
CONTROL = re.compile(r"\{%(?:p|tr)?[-+]?\s*(\w+)")
SECTION = re.compile(r"\{\{(?:p\s)?\s*(section|sources|legend)\s*\(")
# Each mark that opens a quotation, and those that close it (Unicode 6.2; Danish and Swedish turn them).
QUOTES: Mapping[str, str] = {
    "“": "”“",
    "„": "“”",
    "«": "»",
    "»": "«",
    "”": "”",
    "‘": "’‘",
    "‚": "‘’",
    "‹": "›",
    "›": "‹",
}
SPACES = re.compile(r"[\s\u200b\ufeff]+")
TAG_MARKS = ("{{", "{%", "{#")
REVISIONS = {W + name for name in ("ins", "del", "moveFrom", "moveTo")}
PICTURES = (W + "drawing", W + "pict", W + "object")
OPENS, CLOSES = ("if", "for"), {"endif": "if", "endfor": "for", "elif": "if", "else": ""}
TYPED = "type the tag anew in one go, in one paragraph"


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """One tag. `source` is its healed text without prefix, `level` says whether it takes its paragraph or its row away,
    `holder` the element whose text or attribute it is in. `prints` blocks or text."""

    where: str
    said: str
    source: str
    level: str
    holder: Node
    alone: bool = False

    @property
    def keyword(self) -> str:
        """if, for, endif …; empty for what prints."""
        found = CONTROL.match(self.said)
        return found[1] if found else ""

    @property
    def is_block(self) -> bool:
        """Whether it brings blocks: a section, the list of sources, the legend."""
        return bool(SECTION.match(self.said))

    def problem(self, message: str, hint: str = "", severity: str = "error") -> Problem:
        """What is wrong with it, at its place."""
        return Problem(self.where, f"{short(self.said)}: {message}", hint, severity)  # type: ignore[arg-type]


def short(text: str) -> str:
    """A tag as a problem names it, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:77]}…"  # noqa: PLR2004  a line of a terminal


# ---------------------------------------------------------------- healing


class Unhealed(ValueError):
    """Why a tag cannot be healed."""


def healed(said: str) -> tuple[str, str]:
    """The tag as Jinja reads it, and its level: paragraph, row, or none.

    Raises Unhealed for a quotation that does not end, and for a prefix that there is not.

    >>> healed("{%tr\\u00a0for event in events %}")
    ('{% for event in events %}', 'row')
    >>> healed("{{ partner|case(«gen») }}")
    ('{{ partner|case("gen") }}', '')
    """
    found = PREFIXED.match(said)
    prefix = found[2] if found else ""
    if prefix in {"r", "tc"}:
        raise Unhealed(f"there is no prefix {prefix}: p takes the paragraph, tr the row")
    level = {"": "", "p": "paragraph"}.get(prefix, "row")
    opening, closing = said[:2], said[-2:]
    inside = _straight(said[2 + len(prefix) : -2].strip("-+ \u00a0"))
    return f"{opening} {inside} {closing}", "" if opening == "{{" else level


def _straight(inside: str) -> str:
    """The inside of a tag with straight quotation marks and plain spaces; what is quoted stays as it is."""
    pieces, place = [], 0
    while place < len(inside):
        mark = inside[place]
        closing = QUOTES.get(mark, mark if mark in "\"'" else "")
        if not closing:
            pieces.append(" " if SPACES.fullmatch(mark) else mark)
            place += 1
            continue
        ends = [found for close in closing if (found := inside.find(close, place + 1)) >= 0]
        if not ends:
            raise Unhealed(f"the quotation that {mark} begins does not end")
        quoted = inside[place + 1 : min(ends)]
        pieces.append(inside[place : min(ends) + 1] if mark == '"' else _quoted(quoted))
        place = min(ends) + 1
    return "".join(pieces).strip()


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# ---------------------------------------------------------------- finding


@dataclass(slots=True)
class Found:
    """The tags of a part in order, and what is wrong with their shape."""

    tags: list[Tag]
    problems: list[Problem]

    def hold(self, tag: Tag) -> str:
        """A mark in place of the tag, by which it is found again in the text of the part."""
        self.tags.append(tag)
        return held(len(self.tags) - 1)


OPEN, CLOSE, HELD_OPEN, HELD_CLOSE = "\ue000", "\ue001", "\ue002", "\ue003"
OURS = re.compile(f"[{OPEN}{CLOSE}{HELD_OPEN}{HELD_CLOSE}]")


def held(number: int) -> str:
    """The mark of a tag."""
    return f"{HELD_OPEN}{number}{HELD_CLOSE}"


def take(paragraph: Node, where: str, found: Found) -> None:
    """Puts a mark in place of every tag of a paragraph, whole in the run where the tag begins."""
    nodes = [node for node in paragraph.iter(W + "t") if own_paragraph(node) is paragraph]
    text = "".join(node.text or "" for node in nodes)
    if not any(mark in text for mark in ("{{", "{%", "{#", "}}", "%}")):
        return
    spans = list(_spans(nodes))
    marks: list[tuple[int, int, str]] = []
    for match in TAG.finditer(text):
        touched = [node for node, begin, end in spans if begin < match.end() and end > match.start()]
        tag = _tag(match[0], where, touched[0], found)
        if tag is None:
            continue
        if _revised(paragraph, touched):
            found.problems.append(tag.problem("a tracked change is inside the tag", "accept or reject it in Word"))
        alone = text.strip() == match[0].strip() and next(paragraph.iter(*PICTURES), None) is None
        marks.append((match.start(), match.end(), found.hold(replace(tag, alone=alone))))
    _cut(TAG.sub(" ", text), where, found)
    for node, begin, end in spans:
        node.text = _marked(text, begin, end, marks)
        if end > begin and not node.text:
            _remove(node)


def _remove(node: Node) -> None:
    """A text that was but a piece of a tag goes, and its run if nothing else is in it."""
    run = node.getparent()
    run.remove(node)
    if run.tag == W + "r" and all(child.tag == W + "rPr" for child in run):
        run.getparent().remove(run)


def take_text(text: str, where: str, holder: Node, found: Found) -> str:
    """A text that Word does not cut (an alternative text, a property) with marks in place of its tags."""

    def mark(match: "re.Match[str]") -> str:
        tag = _tag(match[0], where, holder, found)
        return found.hold(tag) if tag else ""

    _cut(TAG.sub(" ", text), where, found)
    return TAG.sub(mark, text)


def _tag(said: str, where: str, holder: Node, found: Found) -> Tag | None:
    if any(mark in said[2:] for mark in TAG_MARKS):
        found.problems.append(Problem(where, f"{short(said)}: the tag is cut, another begins inside it", TYPED))
        return None
    try:
        source, level = healed(said)
    except Unhealed as error:
        hint = 'use straight quotation marks: "gen"'
        found.problems.append(Problem(where, f"{short(said)}: {error}", hint))
        return None
    return Tag(where, said, source, level, holder)


def _cut(rest: str, where: str, found: Found) -> None:
    """What is left of a tag that begins or ends in another paragraph."""
    for loose in LOOSE.finditer(rest):
        begins = loose[0] in TAG_MARKS
        near = rest[loose.start() :] if begins else rest[: loose.end()]
        what = "the tag does not end in its paragraph" if begins else "a tag ends here that begins nowhere"
        found.problems.append(Problem(where, f"{short(near)}: {what}", TYPED))


def _spans(nodes: list[Node]) -> Iterator[tuple[Node, int, int]]:
    begin = 0
    for node in nodes:
        end = begin + len(node.text or "")
        yield node, begin, end
        begin = end


def _marked(text: str, begin: int, end: int, marks: list[tuple[int, int, str]]) -> str:
    """The text of a node with marks: a tag is where it begins, and nothing of it elsewhere."""
    pieces, place = [], begin
    for first, last, mark in marks:
        if last <= begin or first >= end:
            continue
        pieces.append(text[place : max(first, place)])
        if first >= begin:
            pieces.append(mark)
        place = min(last, end)
    return "".join((*pieces, text[place:end]))


def _revised(paragraph: Node, touched: list[Node]) -> bool:
    """Whether a tracked change touches the nodes or stands between them."""
    inside = [node for node in paragraph.iter() if own_paragraph(node) is paragraph]
    stretch = inside[inside.index(touched[0]) : inside.index(touched[-1]) + 1]
    above = (ancestor for node in touched for ancestor in node.iterancestors() if ancestor.tag in REVISIONS)
    return any(node.tag in REVISIONS for node in stretch) or next(above, None) is not None
