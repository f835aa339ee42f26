"""Letters about briefs in a reader's language: what goes with one that is sent, that one is withdrawn, what changed.

A letter is made by the same templates, catalogs and values as a brief; what it quotes of others is printed as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from reports.compose import compose, page_of
from reports.document import Block, Bullets, Citation, Document, Paragraph, Run, Text
from reports.errors import Problem
from reports.facts.facts import Facts
from reports.facts.records import Data
from reports.facts.values import Count, Day
from reports.library import Library
from reports.wording.pieces import Pieces
from reports.writers.text import body


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject line and a plain text, with the language and what its texts lacked."""

    subject: str
    text: str
    language: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Sending:
    """What a letter says of a brief that is sent: an address, if its files are not attached, and how many problems
    were found, with the place where they are `listed`."""

    report: str
    address: str = ""
    problems: int = 0
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An edition taken back: when, why in the words of whoever did it, and the day of the edition that replaces it."""

    report: str
    day: date
    reason: str
    replacement: date | None = None


def letter(facts: Facts, data: Data, library: Library, tag: str, sending: Sending) -> Letter:
    """The letter that goes with a brief; with the changes, if the facts have them. Raises WordingError."""
    named = _named(facts, data, library, tag, sending.report)
    said = {
        "address": _said(sending.address) if sending.address else None,
        "n": Count(Decimal(sending.problems)) if sending.problems else None,
        "listed": _said(sending.listed) if sending.listed else None,
    }
    return _letter(compose(facts, data, library.letter("mail", {**named, **said}), library, tag))


def notice(facts: Facts, data: Data, library: Library, tag: str, withdrawal: Withdrawal) -> Letter:
    """The notice that the edition of the day of the facts is withdrawn. Raises WordingError."""
    named = _named(facts, data, library, tag, withdrawal.report)
    said = {
        "day": facts.as_of,
        "withdrawn_on": Day.of(withdrawal.day),
        "reason": _said(" ".join(withdrawal.reason.split())),
        "replacement": Day.of(withdrawal.replacement) if withdrawal.replacement else None,
    }
    return _letter(compose(facts, data, library.letter("withdrawn", {**named, **said}), library, tag))


def changes_document(facts: Facts, data: Data, library: Library, tag: str) -> Document:
    """What changed between two editions as a document of its own; the facts have their changes. Raises WordingError."""
    return compose(facts, data, library.letter("changes", {}), library, tag)


def _named(facts: Facts, data: Data, library: Library, tag: str, report: str) -> Mapping[str, object]:
    """The brief as its own pages name it, and its classification."""
    page = page_of(facts, data, library.report(report), library, tag)
    return {"brief_title": _said(page["footer"]), "classification_line": _said(page["classification"])}


def _said(text: str) -> Pieces:
    """What is no sentence of ours: it enters as it is."""
    return Pieces([Run(text, isolated=True)])


def _letter(document: Document) -> Letter:
    """The document as a letter. It has no list of sources: their numbers would point nowhere."""
    plain = replace(document, blocks=tuple(map(_uncited, document.blocks)))
    return Letter(document.title, body(plain), document.language, document.problems)


def _uncited(block: Block) -> Block:
    match block:
        case Paragraph(text):
            return replace(block, text=_own(text))
        case Bullets(items):
            return Bullets(tuple(map(_own, items)))
        case _:
            return block


def _own(text: Text) -> Text:
    return tuple(inline for inline in text if not isinstance(inline, Citation))
