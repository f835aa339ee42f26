"""A template is filled: facts, a language and a Word file of an officer become a document of Word."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, get_args

from lxml import etree

from reports.compose import called, stage
from reports.document import (
    Citation,
    Contents,
    Document,
    FigureRecord,
    Footnote,
    Furniture,
    Mark,
    Paragraph,
    Run,
    Sources,
    headings,
    texts,
)
from reports.errors import Problem, WordingError
from reports.facts.facts import facts_of
from reports.facts.offices import OFFICES
from reports.facts.records import Data
from reports.facts.values import Value
from reports.house import House
from reports.house.package import BODY, NUMBERING, RELATIONSHIPS, W, parse, serialised
from reports.library import Report
from reports.officers.desk import Desk, sections
from reports.officers.naming import Choices
from reports.officers.notes import highest, join, notes_of_template, own_before
from reports.officers.package import TemplateError, as_document
from reports.officers.pages import Bundle, Piece, Setter, freed, renew_contents
from reports.officers.scripts import Examined, examined, rendered
from reports.officers.styles import ALL, NOTES, dressed, plain
from reports.orders import Order, Workshop
from reports.passports import record
from reports.wording.digits import in_digits
from reports.wording.finishing import Stretch, noted
from reports.writers.word.assembly import added, ledger_parts, packed, relationships_part
from reports.writers.word.draft import Draft
from reports.writers.word.furniture import numbering

Node = Any
LEDGER = b"urn:bilateral:ledger:"  # of any version
MARKS = ("Superior",)
NO_REPORT = Report("", "", ())  # a template has the house style of its language
FIRST_BOOKMARK = 100_000  # the ids of bookmarks that are typed are lower


@dataclass(frozen=True, slots=True)
class Made:
    """A filled template: its bytes, its figures with their passports, what went half wrong."""

    data: bytes
    figures: Mapping[str, FigureRecord]
    problems: tuple[Problem, ...]


def choices_of(workshop: Workshop, tags: Iterable[str], data: Data | None) -> Choices:
    """What words in quotes may be: the cases of some languages, the sections of the reports, indicators of the data."""
    languages = [workshop.library.voice(tag).language for tag in tags]
    cases = frozenset(case for language in languages for kind in get_args(Value) for case in language.cases(kind))
    indicators = frozenset(data.indicators) if data else None
    return Choices(cases, indicators, frozenset(sections(workshop.library)), OFFICES)


def fill_template(path: Path, order: Order, workshop: Workshop, data: Data, *, person: str = "") -> Made:
    """A template filled for an order: its pair, day and first language.

    Raises TemplateError with the place of each mistake, UnknownChoice for a person who is not on record.
    """
    tag = order.languages[0]
    found = examined(path, choices_of(workshop, (tag,), data))
    if any(LEDGER in blob for name, blob in found.template.parts.items() if name.startswith("customXml/")):
        hint = "make a template of a copy without its figures: --final makes one"
        raise TemplateError(Problem(found.template.where, "it is a brief that was generated, with its figures", hint))
    facts = facts_of(data, order.home, order.partner, order.as_of, **order.standing)
    speaker, names = stage(facts, data, workshop.library, tag)
    desk = Desk(speaker, names, workshop.library)
    trees, said = rendered(found, desk.fields(facts, person), desk.say)  # type: ignore[arg-type]
    printed: list[Piece] = said  # type: ignore[assignment]  # what the desk says is a piece
    document, pieces = _document(order, desk, _noted(found, printed, trees, desk))
    made, styles = _written(found, trees, document, pieces, workshop)
    told = (*_left_out(found, printed), *_unexplained(found, pieces))
    house = workshop.house(NO_REPORT, tag).path.name
    problems = (*found.problems, *document.problems, *told, *_named(found, styles, house))
    return Made(made, document.figures, tuple(dict.fromkeys(problems)))


# ---------------------------------------------------------------- the document


def _noted(found: Examined, printed: Sequence[Piece], trees: Mapping[str, Node], desk: Desk) -> list[Piece]:
    """What was printed, with the footnotes of its sections counted among those of the template."""
    before = own_before(trees[BODY]) if BODY in trees else {}
    bundles = {number: piece for number, piece in enumerate(printed) if isinstance(piece, Bundle) and number in before}
    stretches = [Stretch(piece.blocks, before[number], piece.sources_as_notes) for number, piece in bundles.items()]
    sources = desk.cited().blocks if any(piece.sources_as_notes for piece in bundles.values()) else ()
    try:
        counted = dict(zip(bundles, noted(stretches, sources), strict=True))
    except WordingError as error:
        raise TemplateError(*(replace(problem, where=found.template.where) for problem in error.problems)) from error
    return [Bundle(counted[number]) if number in counted else piece for number, piece in enumerate(printed)]


def _document(order: Order, desk: Desk, printed: Sequence[Piece]) -> tuple[Document, list[Piece]]:
    """All that was printed as a document, for the writer and the ledger; and the pieces in the language's digits."""
    speaker, language = desk.speaker, desk.speaker.language
    blocks = [piece.blocks if isinstance(piece, Bundle) else (Paragraph(piece),) for piece in printed]
    whole = Document(
        title="",
        subject="",
        language=language.tag,
        direction=language.direction,
        as_of=order.as_of,
        furniture=Furniture("", "", "", "{page} {pages}"),
        blocks=tuple(block for several in blocks for block in several),
        figures={key: record(fact) for key, fact in speaker.ledger.facts.items()},
        problems=tuple(speaker.ledger.problems),
        capitals=language.typography.capitals,
        labels=called(speaker, desk.library, desk.names),
    )
    whole = in_digits(whole, language.quantities.sheet.number.digits)
    left, pieces = iter(whole.blocks), []
    for piece, several in zip(printed, blocks, strict=True):
        own = tuple(next(left) for _ in several)
        pieces.append(Bundle(own) if isinstance(piece, Bundle) else own[0].text)  # type: ignore[union-attr]
    return whole, pieces


def _left_out(found: Examined, printed: Sequence[Piece]) -> list[Problem]:
    """A warning for a list of contents, which would not list the headings of the template."""
    blocks = (block for piece in printed if isinstance(piece, Bundle) for block in piece.blocks)
    if not any(isinstance(block, Contents) for block in blocks):
        return []
    hint = "insert one in Word (References, Table of Contents), if the template is to have it"
    return [Problem(found.template.where, "the list of contents of a section is left out", hint, "warning")]


def _unexplained(found: Examined, pieces: Sequence[Piece]) -> list[Problem]:
    """A warning for numbers of sources and for marks that nothing on the page explains."""
    where, problems = found.template.where, []
    blocks = [block for piece in pieces if isinstance(piece, Bundle) for block in piece.blocks]
    said = " ".join(tag.source for script in found.scripts for tag in script.tags)
    if not any(isinstance(block, Sources) for block in blocks) and _cites(blocks):
        hint = "put {{ sources() }} in a paragraph of its own at the end"
        problems.append(Problem(where, "numbers of sources, and no list of them", hint, "warning"))
    texts = [piece for piece in pieces if not isinstance(piece, Bundle)]
    if any(isinstance(inline, Mark) for text in texts for inline in text) and "legend(" not in said:
        hint = "put {{ legend() }} in a paragraph of its own at the end"
        problems.append(Problem(where, "marks beside figures (provisional, draft), and no legend", hint, "warning"))
    return problems


def _cites(part: object) -> bool:
    """Whether a block, or what it is made of, has a number of a source."""
    if isinstance(part, Citation):
        return True
    if isinstance(part, tuple | list):
        return any(map(_cites, part))
    names = getattr(type(part), "__dataclass_fields__", ())
    return not isinstance(part, Run) and any(_cites(getattr(part, name)) for name in names)


def _named(found: Examined, styles: Sequence[str], house: str) -> list[Problem]:
    """Which styles came from the house, so that the ministry can make its own."""
    if not styles:
        return []
    message = f"styles that it lacks, taken from {house}: {', '.join(styles)}"
    return [Problem(found.template.where, message, "make them in the template to have its look", "warning")]


# ---------------------------------------------------------------- the file


def _written(
    found: Examined, trees: Mapping[str, Node], document: Document, pieces: Sequence[Piece], workshop: Workshop
) -> tuple[bytes, tuple[str, ...]]:
    """The package, and the styles that came from the house."""
    parts = as_document(found.template.parts)
    own = notes_of_template(parts)
    trees = {**{name: parse(parts[name]) for name in (BODY, *own.values())}, **trees}
    for name in (BODY, *own.values()):
        parts |= _renamed(parts, relationships_part(name), trees[name])
    house, styles = _dressed(parts, pieces, workshop.house(NO_REPORT, document.language))
    marked = (mark.get(W + "id", "") for tree in trees.values() for mark in tree.iter(W + "bookmarkStart"))
    first = max((FIRST_BOOKMARK, *(int(said) + 1 for said in marked if said.isdecimal())))
    draft = Draft(document, house, _bookmarks=count(first))
    draft.charts = sum(name.startswith("word/charts/brief") for name in parts)
    for tree in trees.values():
        freed(tree)
    draft.notes_before = highest(trees[own["footnotes"]]) if "footnotes" in own else 0
    setter = Setter(draft, pieces)
    for name, tree in trees.items():
        setter.fill(name, tree)
    join(draft, trees, parts, own)
    if any(isinstance(piece, Bundle) and any(headings(piece.blocks)) for piece in pieces):
        renew_contents(trees[BODY])
    parts = {**house.parts, **{name: serialised(tree) for name, tree in trees.items()}}
    parts |= added(parts, *_new(draft, parts))
    if draft.restarts:
        parts[NUMBERING] = numbering(draft)
    return packed(parts), styles


def _new(draft: Draft, parts: Mapping[str, bytes]) -> tuple[list[Any], list[str]]:
    """The parts and relationships that values brought: charts, and the ledger if there are figures."""
    if not draft.ledger.prints and not draft.ledger.points:
        return draft.parts, draft.relationships
    ledger, properties, related = ledger_parts(draft.ledger, draft.document, parts)
    return [*draft.parts, ledger, properties], [*draft.relationships, related]


def _dressed(parts: Mapping[str, bytes], pieces: Sequence[Piece], house: House) -> tuple[House, tuple[str, ...]]:
    """The template with the styles that what was printed needs."""
    blocks = [block for piece in pieces if isinstance(piece, Bundle) for block in piece.blocks]
    if blocks:
        has_notes = any(isinstance(inline, Footnote) for block in blocks for text in texts(block) for inline in text)
        return dressed(parts, house, (*ALL, *NOTES) if has_notes else ALL)
    marked = any(not isinstance(inline, Run) for piece in pieces if not isinstance(piece, Bundle) for inline in piece)
    return dressed(parts, house, MARKS) if marked else (plain(parts, house), ())


def _renamed(parts: Mapping[str, bytes], related: str, tree: Node) -> dict[str, bytes]:
    """The relationships of a part without ids that the writer gives: a template may once have been a brief."""
    if related not in parts:
        return {}
    root = parse(parts[related])
    own = {said: f"{said}T" for each in root if (said := each.get("Id", "")).startswith(("rIdB", "rIdL"))}
    for each in root:
        each.set("Id", own.get(each.get("Id"), each.get("Id")))
    for node in tree.iter(etree.Element):
        for name, said in node.attrib.items():
            if name.startswith(f"{{{RELATIONSHIPS}}}") and said in own:
                node.set(name, own[said])
    return {related: serialised(root)} if own else {}
