"""The figures of a file, one by one: renewed where they read as they were made, else left and reported."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reports.document import Mark, Run
from reports.house.package import W
from reports.passports import record
from reports.refresh.controls import Pen, has_revisions, is_gone, is_plain, revisers, tag_value, text_of
from reports.refresh.package import Node, Story, fragment, is_number
from reports.refresh.proof import Touched
from reports.refresh.record import L, Printed, Record
from reports.refresh.report import FoundFigure, Status
from reports.refresh.today import Said, Today
from reports.writers.word.inlines import signs_of
from reports.writers.word.ledger import NAMESPACE
from reports.writers.word.ledger_xml import print_xml, record_xml
from reports.writers.word.prints import Print
from reports.writers.word.xml import clean


@dataclass(slots=True)
class Renewal:
    """The figures of a file on their way to today's values."""

    record: Record
    today: Today
    pen: Pen
    author: str
    skipped: frozenset[Node] = frozenset()  # of which nothing is renewed or told
    found: list[FoundFigure] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)  # ids of controls
    marks: set[str] = field(default_factory=set)  # that figures did not have before
    doubtful: dict[str, None] = field(default_factory=dict)  # untouched figures that the data do not have
    _like: dict[tuple[str, str], Printed] = field(default_factory=dict, init=False)  # by key and text
    _made: dict[str, str] = field(default_factory=dict, init=False)  # how a figure was first made
    of_control: dict[str, list[Printed]] = field(default_factory=dict, init=False)  # by control
    _last: Node = field(default=None, init=False)  # behind which new places go

    def __post_init__(self) -> None:
        """Puts the places of the ledger in order, for files with very many."""
        for place in self.record.prints:
            self._like.setdefault((place.key, place.text), place)
            self._made.setdefault(place.key, place.text)
            self.of_control.setdefault(place.control, []).append(place)

    def story(self, story: Story, touched: Touched) -> None:
        """Renews the figures of one story."""
        tags = self.record.tags
        made = (*touched.rows, *(new for _, new in touched.tables))
        fresh = {control for node in made for control in node.iter(f"{W}sdt")}
        for control in story.controls():
            tag = tag_value(control)
            if control in self.skipped:
                self.seen.add(tag_value(control, "id"))
                continue
            if is_gone(control) or control in fresh:
                continue
            if not tag:
                self._unnamed(control)
            elif tag in tags:
                places = self.of_control.get(tag_value(control, "id"), ())
                original = next((place for place in places if place.key == tags[tag]), None)
                self._control(control, tags[tag], original, touched)

    def _unnamed(self, control: Node) -> None:
        """A control without a name, in a line of text."""
        inline = control.getparent().tag in {W + "p", W + "ins", W + "hyperlink"}
        if inline and control.find(f"{W}sdtPr/{W}docPartObj") is None:
            self.found.append(FoundFigure("", "unnamed", now=text_of(control)))

    def _control(self, control: Node, key: str, original: Printed | None, touched: Touched) -> None:
        now = "" if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None else text_of(control)
        place = original or self._like.get((key, now))
        if original:
            self.seen.add(original.control)
        said = self.today.said(key, place.form) if place else None
        today = written(said, cited=place.cited) if said and place else ""
        made = place.text if place else self._made.get(key, "")
        status = self._status(control, key, (made, now, today))
        if status in {"updated", "same"} and place and said:
            if status == "updated":
                self.pen.write(control, said, cited=place.cited)
                touched.controls.append(control)
                self.marks |= {mark.sign for mark in said if isinstance(mark, Mark) and mark.sign not in made}
            self._remember(control, place, today, original=bool(original))
        elif status == "given" or (status == "unknown" and self.is_unknown(key)):
            self.doubtful[self._called(key) or key] = None
        self.found.append(FoundFigure(key, status, made, now, today, self._called(key)))

    def _status(self, control: Node, key: str, texts: tuple[str, str, str]) -> Status:  # noqa: PLR0911  one line a status
        made, now, today = texts
        if not now:
            return "deleted"
        if now != made or not is_plain(control):
            return "overwritten"
        if self.is_given(key):
            return "given"
        if not today:
            return "unknown"
        if now == today:
            return "same"
        if has_revisions(control) and revisers(control) != {self.author}:
            return "tracked"
        return "updated"

    def is_unknown(self, key: str) -> bool:
        """Whether the data have no value of a figure for the readers of today's brief."""
        fact = self.today.fact(key)
        return fact is None or fact.value is None

    def is_given(self, key: str) -> bool:
        """Whether a figure came with the order of the file, and is not in the data."""
        node = self.record.figures.get(key)
        return node is not None and node.get("override") == "yes"

    def _called(self, key: str) -> str:
        node = self.record.figures.get(key)
        return "" if node is None else node.get("label", "")

    # ------------------------------------------------------------ the ledger

    def _remember(self, control: Node, place: Printed, today: str, *, original: bool) -> None:
        """Today's text as the one that was made; a copy gets a place of its own."""
        if original:
            place.node.text = today
        elif (number := tag_value(control, "id")) not in self.seen and is_number(number):
            self.add(Print(place.key, int(number), "", today, place.form, place.cited))
        self.remember_figure(place.key)

    def add(self, place: Print) -> None:
        """A new place in the ledger, after the others."""
        (node,) = fragment(print_xml(place), {"": NAMESPACE})
        self.seen.add(str(place.control))
        if self._last is None or self._last.getparent() is None:
            self._last = (self.record.root.findall(f"{L}print") or self.record.root)[-1]
        self._last.addnext(node)
        self._last = node

    def forget(self, control: str) -> None:
        """Takes the places of a control that gave way to another out of the ledger."""
        for place in self.of_control.get(control, ()):
            if place.node.getparent() is not None:
                place.node.getparent().remove(place.node)
                self.seen.add(control)

    def remember_figure(self, key: str) -> None:
        """Today's record of a figure, in the place of the old one."""
        fact = self.today.fact(key)
        if fact is None:
            return
        labels = self.today.document.labels
        (node,) = fragment(record_xml(key, record(fact), labels.get(key) or self._called(key)), {"": NAMESPACE})
        old = self.record.figures.get(key)
        self.record.figures[key] = node
        if old is None:
            self.record.root.find(f"{L}origin").addnext(node)
        else:
            old.getparent().replace(old, node)

    # ------------------------------------------------------------ what is not there

    def absent(self) -> Iterator[FoundFigure]:
        """The figures that the file no longer has, and those of today's brief that it never had."""
        for place in self.record.prints:
            if place.control not in self.seen:
                said = self.today.said(place.key, place.form)
                today = written(said, cited=place.cited) if said else ""
                yield FoundFigure(place.key, "deleted", place.text, "", today, self._called(place.key))

    def news(self, known: Mapping[str, Node], words: Mapping[str, str]) -> Iterator[FoundFigure]:
        """The figures of today's brief that the file lacks."""
        for key, text in words.items():
            if key not in known:
                yield FoundFigure(key, "new", today=text, called=self.today.document.labels.get(key, ""))


def written(said: Said, *, cited: bool) -> str:
    """A figure and its marks as the control has them."""
    (first, *marks) = said
    return clean((first.text if isinstance(first, Run) else "") + "".join(signs_of(marks, cited=cited)))
