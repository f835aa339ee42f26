"""The brief of a file as of another day: what each of its figures is today, said in the form of the file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from reports.compose import composed
from reports.document import Document, Mark, Run, flat, texts
from reports.errors import ReportError, WordingError
from reports.facts.fact import Fact
from reports.facts.facts import Facts, facts_of
from reports.facts.figures import Figure
from reports.facts.records import Data
from reports.orders import Order, Workshop
from reports.wording.again import said_again
from reports.wording.speaker import Speaker

Said = tuple[Run | Mark, ...]


@dataclass(frozen=True)
class Today:
    """The document of an order as of today, who says it, and the facts behind it; `old_day` is that of the file."""

    order: Order
    document: Document
    speaker: Speaker
    facts: Facts
    data: Data
    workshop: Workshop
    old_day: date

    def fact(self, key: str) -> Figure | Fact | None:
        """The figure of a key: of today's brief, of all that is known, or of the old brief in its values of today."""
        if key in self.speaker.ledger.facts:
            return self.speaker.ledger.facts[key]
        return self._all.get(key) or self._former.get(key)

    def said(self, key: str, form: str) -> Said | None:
        """A figure as it would stand there today, with its marks; None if it is not known or cannot be said so."""
        fact = self.fact(key)
        return said_again(self.speaker, fact, form) if fact else None

    @cached_property
    def old(self) -> Document | None:
        """The brief of the file's own day from what was known then; None if it cannot be made any more."""
        order, library = replace(self.order, as_of=self.old_day), self.workshop.library
        try:
            facts = facts_of(self.data, order.home, order.partner, order.as_of, **order.standing)
            report = library.report(order.report, short=order.short)
            return composed(facts, self.data, report, library, order.languages[0])[0]
        except ReportError:
            return None

    @cached_property
    def _all(self) -> Mapping[str, Figure]:
        facts = self.facts
        every = (facts.figures, facts.world, *facts.profiles.values())
        return {figure.key: figure for figures in every for figure in (*figures.former.values(), *figures.all())}

    @cached_property
    def _former(self) -> Mapping[str, Figure | Fact]:
        """What the brief of the file's own day would say, from today's values of all that was known then."""
        old = replace(self.order, as_of=self.old_day)
        try:
            facts = facts_of(self.data, old.home, old.partner, old.as_of, revised=self.order.as_of, **old.standing)
            library = self.workshop.library
            report = library.report(old.report, short=old.short)
            return composed(facts, self.data, report, library, old.languages[0])[1].ledger.facts
        except WordingError:
            return {}  # the old brief cannot be made any more: its figures are not known


def today_of(order: Order, as_of: date, data: Data, workshop: Workshop) -> Today:
    """The brief of an order, as of another day. ReportError: an unknown choice, or a template that fails."""
    library = workshop.library
    tag = order.languages[0]
    library.voice(tag)
    facts = facts_of(data, order.home, order.partner, as_of, **order.standing)
    report = library.report(order.report, short=order.short)
    document, speaker = composed(facts, data, report, library, tag)
    new = replace(order, as_of=as_of)
    return Today(new, document, speaker, facts, data, workshop, order.as_of)


def first_words(document: Document) -> Mapping[str, str]:
    """How a document first says each figure, by key."""
    found: dict[str, str] = {}
    for text in (text for block in flat(document.blocks) for text in texts(block)):
        for inline in text:
            if isinstance(inline, Run) and inline.figure:
                found.setdefault(inline.figure, inline.text)
    return found
