"""The controls of figures in a story: found and named again, read as they stand, and their text renewed.

What LibreOffice 7.4 does to them when it saves: it drops tag, alias and id, and moves the start of the hidden bookmark
into the control. What is tracked counts as accepted.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from lxml import etree

from reports.document import Mark, Run
from reports.house.package import NAMESPACES, W
from reports.refresh.package import Node, Story, fragment, is_number
from reports.refresh.record import Printed
from reports.writers.word.inlines import signs_of
from reports.writers.word.ledger import tag_of
from reports.writers.word.xml import content

GONE = (W + "del", W + "moveFrom")
TRACKED = (*GONE, W + "ins", W + "moveTo")
SHOWN = {
    W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011", W + "softHyphen": "\u00ad",
}  # fmt: skip
RUN_PARTS = {W + "rPr", W + "t", W + "delText", W + "lastRenderedPageBreak", *SHOWN}
BESIDE = {
    W + name
    for name in ("pPr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr")
}  # fmt: skip
SUPERIOR = "Superior"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Tracking:
    """Whose tracked changes new values are, and of when (ISO 8601)."""

    author: str
    date: str


# ---------------------------------------------------------------- reading


def text_of(node: Node) -> str:
    """What stands in a part of a story once every tracked change is accepted."""
    said = []
    for inner in node.iter(W + "t", *SHOWN):
        if inner.getparent().tag == W + "r" and not is_gone(inner):
            said.append(SHOWN.get(inner.tag, inner.text or ""))
    return "".join(said)


def is_gone(node: Node) -> bool:
    """Whether it stands in what a tracked change took away."""
    return any(around.tag in GONE for around in node.iterancestors())


def has_revisions(control: Node) -> bool:
    """Whether a tracked change is in the control."""
    return next(control.iter(*TRACKED), None) is not None


def revisers(control: Node) -> set[str]:
    """Whose tracked changes are in the control."""
    return {change.get(W + "author", "") for change in control.iter(*TRACKED)}


def is_plain(control: Node) -> bool:
    """Whether the control holds nothing but runs of text, comments and bookmarks, in one paragraph at most."""
    holder = holder_of(control)
    return holder is not None and all(_is_plain(child) for child in holder) and not _others(control, holder)


def _others(control: Node, holder: Node) -> bool:
    inside = control.find(W + "sdtContent")
    return inside is not holder and len(inside) > 1


def _is_plain(child: Node) -> bool:
    if child.tag in BESIDE or is_comment(child):
        return True
    if child.tag in TRACKED:
        return all(map(_is_plain, child))
    return child.tag == W + "r" and all(part.tag in RUN_PARTS for part in child)


def is_comment(child: Node) -> bool:
    """Whether a run only shows where a comment is."""
    return child.tag == W + "r" and child.find(W + "commentReference") is not None


def holder_of(control: Node) -> Node:
    """Where the runs are: the content itself, or the paragraph of a control that became one of blocks; None without
    content."""
    inside = control.find(W + "sdtContent")
    if inside is None:
        return None
    paragraph = inside.find(W + "p")
    return inside if paragraph is None else paragraph


def tag_value(control: Node, name: str = "tag") -> str:
    """The tag of a control, or its id; empty if it has none."""
    found = control.find(f"{W}sdtPr/{W}{name}")
    return "" if found is None else found.get(W + "val", "")


# ---------------------------------------------------------------- healing


def healed(story: Story, prints: Mapping[str, Printed], labels: Mapping[str, str], ids: set[str]) -> list[Node]:
    """Gives tag, alias and id back to controls that have no tag, by the bookmark around each; those that it healed.

    Only to the control within its own bookmark: else the neighbour of a deleted figure would take its name.
    """
    found = []
    for bookmark in list(story.root.iter(W + "bookmarkStart")):
        place = prints.get(bookmark.get(W + "name", ""))
        control = _within(bookmark) if place else None
        if place is None or control is None or tag_value(control) or not is_number(place.control):
            continue
        _name(control, place, labels.get(place.key, place.key), ids)
        found.append(control)
    return found


def _within(bookmark: Node) -> Node | None:
    """The control in a bookmark, or the one that begins with its start."""
    for sibling in bookmark.itersiblings(W + "sdt", W + "bookmarkEnd"):
        if sibling.tag == W + "sdt":
            return sibling
        if sibling.get(W + "id") == bookmark.get(W + "id"):
            break
    around = next(bookmark.iterancestors(W + "sdt"), None)
    if around is None or holder_of(around) is not bookmark.getparent():
        return None
    before = {child.tag for child in bookmark.itersiblings(preceding=True)}
    return around if before <= {W + "pPr", W + "bookmarkStart", W + "bookmarkEnd"} else None


def _name(control: Node, place: Printed, alias: str, ids: set[str]) -> None:
    properties = control.find(W + "sdtPr")
    if properties is None:
        properties = control.makeelement(W + "sdtPr")
        control.insert(0, properties)
    for stale in (*properties.findall(W + "alias"), *properties.findall(W + "id")):
        properties.remove(stale)
    named = [("alias", alias), ("tag", tag_of(place.key))]
    if place.control not in ids:
        named.append(("id", place.control))
        ids.add(place.control)
    start = 1 if len(properties) and properties[0].tag == W + "rPr" else 0
    for position, (name, value) in enumerate(named, start):
        element = properties.makeelement(W + name)
        element.set(W + "val", value)
        properties.insert(position, element)


# ---------------------------------------------------------------- renewing


@dataclass(frozen=True, slots=True)
class Pen:
    """How new values are written: the ids of tracked changes that are free, the id of the style of superiors."""

    ids: Iterator[int]
    superior: str
    tracking: Tracking | None = None

    def write(self, control: Node, said: Sequence[Run | Mark], *, cited: bool) -> None:
        """Puts a figure and its marks in the place of what the control says; comments and bookmarks in it stay."""
        holder = holder_of(control)
        runs = [run for run in holder.iter(W + "r") if not is_comment(run) and not is_gone(run)]
        fresh = self._runs(runs, said, cited=cited)
        if self.tracking:
            self._tracked(holder, runs, fresh)
        else:
            _replaced(holder, fresh)
        for placeholder in control.findall(f"{W}sdtPr/{W}showingPlcHdr"):
            placeholder.getparent().remove(placeholder)

    def _runs(self, runs: Sequence[Node], said: Sequence[Run | Mark], *, cited: bool) -> list[Node]:
        (first, *marks) = said
        look = next((run.find(W + "rPr") for run in runs), None)
        superior = next((run.find(W + "rPr") for run in runs[1:] if is_raised(run, self.superior)), None)
        text = first.text if isinstance(first, Run) else ""
        raised = self._superior(look) if superior is None else superior
        return [_run(text, look), *(_run(sign, raised) for sign in signs_of(marks, cited=cited))]

    def _superior(self, look: Node | None) -> Node:
        """The look of a mark where there was none."""
        (made,) = fragment("<w:rPr/>", NAMESPACES)
        style = made.makeelement(W + ("rStyle" if self.superior else "vertAlign"))
        style.set(W + "val", self.superior or "superscript")
        made.append(style)
        language = None if look is None else look.find(W + "lang")
        if language is not None:
            made.append(copy.deepcopy(language))
        return made

    def _tracked(self, holder: Node, runs: Sequence[Node], fresh: Sequence[Node]) -> None:
        """The old runs as a tracked deletion, the new ones as an insertion after them."""
        for run in runs:
            deletion = self._change("del")
            run.addprevious(deletion)
            deletion.append(run)
            for text in run.iter(W + "t"):
                text.tag = W + "delText"
                text.set(SPACE, "preserve")
        insertion = self._change("ins")
        insertion.extend(fresh)
        last = next(change for change in reversed(holder) if change.tag in TRACKED)
        last.addnext(insertion)

    def _change(self, name: str) -> Node:
        assert self.tracking, "asked for only where changes are tracked"
        attributes = f'w:id="{next(self.ids)}"'
        (made,) = fragment(f"<w:{name} {attributes}/>", NAMESPACES)
        made.set(W + "author", self.tracking.author)
        made.set(W + "date", self.tracking.date)
        return made

    def mark_row(self, row: Node) -> None:
        """Marks a row that was put in as a tracked insertion, with the runs in it."""
        if not self.tracking:
            return
        properties = row.find(W + "trPr")
        if properties is None:
            (properties,) = fragment("<w:trPr><w:cantSplit/></w:trPr>", NAMESPACES)
            before = row.find(W + "tblPrEx")
            row.insert(0, properties) if before is None else before.addnext(properties)
        properties.append(self._change("ins"))
        for run in list(row.iter(W + "r")):
            insertion = self._change("ins")
            run.addprevious(insertion)
            insertion.append(run)


def _replaced(holder: Node, fresh: Sequence[Node]) -> None:
    places = [place for place, child in enumerate(holder) if child.tag == W + "r" and not is_comment(child)]
    start = places[0] if places else len(holder)
    for child in [child for child in holder if child.tag in {W + "r", *TRACKED} and not is_comment(child)]:
        holder.remove(child)
    for place, run in enumerate(fresh, min(start, len(holder))):
        holder.insert(place, run)


def is_raised(run: Node, superior: str) -> bool:
    """Whether a run is a superior: by the style of that id, or by hand."""
    style, shift = run.find(f"{W}rPr/{W}rStyle"), run.find(f"{W}rPr/{W}vertAlign")
    raised = shift is not None and shift.get(W + "val") == "superscript"
    return raised or (style is not None and style.get(W + "val") in {SUPERIOR, superior})


def _run(text: str, look: Node | None) -> Node:
    (made,) = fragment(f"<w:r>{content(text)}</w:r>", NAMESPACES)
    if look is not None:
        made.insert(0, copy.deepcopy(look))
        for old in made.findall(f"{W}rPr/{W}rPrChange"):
            old.getparent().remove(old)
    return made


def free_ids(stories: Sequence[Story]) -> Iterator[int]:
    """Numbers that no change, comment or bookmark of the file has, each once."""
    nodes = (node for story in stories for node in story.root.iter(etree.Element))
    used = {int(number) for node in nodes if is_number(number := node.get(W + "id", ""))}
    return (number for number in count(1) if number not in used)
