"""Facts, a report and a language become a Document: the only place where they meet."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from reports.document import Block, Document, Furniture, plain
from reports.errors import WordingError
from reports.facts.fact import STANDING, Fact
from reports.facts.facts import Facts
from reports.facts.records import Data
from reports.language import Language
from reports.library import Library, Report
from reports.passports import record
from reports.wording.calls import Calls
from reports.wording.circulation import UNSAID, circulation_said
from reports.wording.digits import in_digits
from reports.wording.endings import Endings
from reports.wording.finishing import finished
from reports.wording.labels import labels
from reports.wording.scene import scene
from reports.wording.speaker import Speaker
from reports.wording.tables import Tables, Words
from reports.wording.templates import exported, section

COMMON = "reports/common.j2"
PAGE_NUMBERS = "page {page} of {pages}"


def compose(facts: Facts, data: Data, report: Report, library: Library, tag: str) -> Document:
    """The document of a report in a language; what it lacks is among its problems. Raises WordingError."""
    return composed(facts, data, report, library, tag)[0]


def composed(facts: Facts, data: Data, report: Report, library: Library, tag: str) -> tuple[Document, Speaker]:
    """The document and who said it, for what is to be said again. Raises WordingError."""
    speaker = _speaker(data, library, tag)
    speaker.ledger.sources_as_notes = report.sources_as_notes
    names = _names(facts, report, library, speaker)
    page = _page(report, library, names)
    blocks: list[Block] = []
    for name in report.sections:
        blocks += section(library.environment, name, names)
    document = Document(
        title=page["title"],
        subject=page["subject"],
        language=tag,
        direction=speaker.language.direction,
        as_of=facts.as_of.first,
        furniture=_furniture(page, speaker, _circulated(report, library, names)),
        blocks=_finished(blocks, report, speaker),
        figures={key: record(fact) for key, fact in speaker.ledger.facts.items()},
        problems=tuple(speaker.ledger.problems),
        hyphenation=speaker.language.hyphenation,
        capitals=speaker.language.typography.capitals,
        origin=_origin(facts, report),
        labels=called(speaker, library, names),
        cited=_cited(speaker, facts, _words(library, names)),
    )
    return in_digits(document, speaker.language.quantities.sheet.number.digits), speaker


def _cited(speaker: Speaker, facts: Facts, words: Words) -> Mapping[str, str]:
    """What the sources of all figures are that were said so far, by key."""
    keys = dict.fromkeys(key for fact in speaker.ledger.facts.values() for key in fact.sources)
    return Endings(Tables(speaker, words), facts.sources).cited(keys)


def _origin(facts: Facts, report: Report) -> Mapping[str, str]:
    """The order of the document in plain text; what is empty is left out."""
    found = {
        "home": facts.home.code,
        "partner": facts.partner.code,
        "report": report.name,
        "short": "yes" if report.short else "",
        "known": facts.known,
        "disclosure": facts.disclosure,
        "visit": facts.visit.isoformat() if facts.visit else "",
    }
    return {name: value for name, value in found.items() if value}


def _finished(blocks: list[Block], report: Report, speaker: Speaker) -> tuple[Block, ...]:
    """The blocks as printed; a mistake is told of the report, since no section made it alone."""
    ledger = speaker.ledger
    try:
        return finished(blocks, ledger.least_headings, sources_as_notes=report.sources_as_notes)
    except WordingError as error:
        raise WordingError(*(replace(problem, where=report.name) for problem in error.problems)) from error


def stage(facts: Facts, data: Data, library: Library, tag: str) -> tuple[Speaker, Mapping[str, object]]:
    """What a text that is no report is made of: the speaker of a language and all names that a section may use.

    Raises WordingError for a language that cannot be read.
    """
    speaker = _speaker(data, library, tag)
    return speaker, _names(facts, Report("", "", ()), library, speaker)


def page_of(facts: Facts, data: Data, report: Report, library: Library, tag: str) -> Mapping[str, str]:
    """The title of a report and what stands on its pages: issuer, classification, footer. Raises WordingError."""
    return _page(report, library, _names(facts, report, library, _speaker(data, library, tag)))


def _names(facts: Facts, report: Report, library: Library, speaker: Speaker) -> Mapping[str, object]:
    """All that the templates of a document see."""
    names: dict[str, object] = {"t": speaker, **scene(facts), **report.given}
    return {**names, **Calls(Tables(speaker, _words(library, names)), facts.sources).named()}


def _page(report: Report, library: Library, names: Mapping[str, object]) -> Mapping[str, str]:
    """The title of the document and what stands on every page."""
    days = {key: cast(Fact, names[key]).value for key in STANDING}  # what stands on every page is no figure
    found = exported(library.environment, report.page, {**names, **days})
    return {key: plain(cast(Any, text)) for key, text in found.items()}


def _furniture(page: Mapping[str, str], speaker: Speaker, circulated: Mapping[str, str]) -> Furniture:
    numbers = speaker.pattern(PAGE_NUMBERS)
    return Furniture(page["issuer"], page["classification"], page["footer"], numbers, **circulated)


def _circulated(report: Report, library: Library, names: Mapping[str, object]) -> Mapping[str, str]:
    """What the order says of the number, the copies and the way of the brief, if anything."""
    if report.circulation == UNSAID:
        return {}
    return circulation_said(report.circulation, _words(library, names))


def called(speaker: Speaker, library: Library, names: Mapping[str, object]) -> Mapping[str, str]:
    """What each figure is called that was said so far, by key; `names` are those that templates see."""
    return labels(speaker.language, _words(library, names), speaker.ledger.facts)


def _words(library: Library, names: Mapping[str, object]) -> Words:
    return Words(cast(Mapping[str, Any], exported(library.environment, COMMON, names)))


def _speaker(data: Data, library: Library, tag: str) -> Speaker:
    voice, source = library.voice(tag), library.voice(library.source)
    said, original = (_with_words(found.language, data) for found in (voice, source))
    others = (library.voice(other) for other in voice.language.fallback if other in library.tags)
    fallbacks = tuple((_with_words(other.language, data), other.catalog) for other in others)
    source_language = said if tag == library.source else original
    return Speaker(said, voice.catalog, source_language, data.language, fallbacks=fallbacks)


def _with_words(language: Language, data: Data) -> Language:
    return language.with_words(data.words.get(language.tag, {}), original=language.tag == data.language)
