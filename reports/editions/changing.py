"""What changed between two editions of a pair, in a reader's language or as data."""

from dataclasses import asdict, dataclass
from typing import Any

from reports.document import Document
from reports.editions.manifest import Edition
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
    if old.pair != new.pair or old.as_of >= new.as_of:
        hint = "first the older, then the newer edition of one pair"
        raise EditionError(Problem(f"{old.name} and {new.name}", "are no two editions in order", hint))
    for edition in editions:
        if brief not in edition.briefs:
            raise EditionError(Problem(edition.name, f"has no {brief}", f"choose from {', '.join(edition.briefs)}"))
    asked = new.briefs[brief].order
    codes, day = (new.home, new.partner), new.as_of
    facts = facts_of(data, *codes, day, known=asked.known, disclosure=asked.disclosure, visit=asked.visit)
    return Changed(with_news(facts, data, Before(old.as_of, old.figures(brief)), new.figures(brief)), data, workshop)
