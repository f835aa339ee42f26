"""What changed between two editions of a pair, in a reader's language or as data."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from reports.document import Document
from reports.editions.manifest import Edition
from reports.editions.shelf import Place, seen
from reports.editions.verifying import document_of
from reports.errors import EditionError, Problem
from reports.facts.facts import Facts, facts_of
from reports.facts.news import Before
from reports.facts.records import Data
from reports.facts.telling import with_news
from reports.letters import changes_document
from reports.orders import Workshop


@dataclass(frozen=True, slots=True)
class Changed:
    """The facts of the newer edition with what changed since the older one."""

    facts: Facts
    data: Data
    workshop: Workshop

    def document(self, tag: str) -> Document:
        """What a reader is told, in a language. Raises WordingError."""
        return changes_document(self.facts, self.data, self.workshop.library, tag)

    def plain(self) -> dict[str, Any]:
        """Every change, also those that a reader is not told, with the records of both editions."""
        news = self.facts.changes
        assert news is not None
        return {
            "pair": f"{self.facts.home.code}-{self.facts.partner.code}",
            "old": str(news.day),
            "new": str(self.facts.as_of),
            "changes": [asdict(change) for change in news.changes.changes],
        }


def changed(editions: tuple[Edition, Edition], brief: str, data: Data, workshop: Workshop) -> Changed:
    """What changed from the first edition to the second, by the figures that both recorded; the data give the words.

    EditionError if they are of two pairs, in the wrong order, or one has no such brief.
    """
    old, new = editions
    in_order(old, new)
    for edition in editions:
        if brief not in edition.briefs:
            raise EditionError(Problem(edition.name, f"has no {brief}", f"choose from {', '.join(edition.briefs)}"))
    asked = new.briefs[brief].order
    codes, day = (new.home, new.partner), new.as_of
    facts = facts_of(data, *codes, day, known=asked.known, disclosure=asked.disclosure, visit=asked.visit)
    return Changed(with_news(facts, data, Before(old.as_of, old.figures(brief)), new.figures(brief)), data, workshop)


def in_order(old: Edition | Place, new: Edition | Place) -> None:
    """EditionError if two editions are of two pairs, or the first is not the older one."""
    if old.pair != new.pair or old.as_of >= new.as_of:
        hint = "first the older, then the newer edition of one pair"
        raise EditionError(Problem(f"{old.name} and {new.name}", "are no two editions in order", hint))


def redlined(places: tuple[Place, Place], brief: str, tag: str, workshop: Workshop) -> Mapping[str, bytes]:
    """The newer of two editions as a Word file in which the differences from the older one are tracked changes, by the
    name of the file: brief.ru.since-2025-09-20.docx. EditionError as of `changed`, or if rows are lost."""
    from reports.writers.word.redline import redline  # noqa: PLC0415  only these changes are drawn

    old, new = places
    in_order(old, new)
    before, after = (document_of(place, brief, tag, workshop) for place in places)
    report = workshop.library.report(seen(new).briefs[brief].order.report)
    return {f"{brief}.{tag}.since-{old.as_of}.docx": redline(before, after, workshop.house(report, tag))}
