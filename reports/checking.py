"""What `check` and `say` do: every problem of data, templates and catalogs; one sentence tried out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

from babel.messages.catalog import Message

from reports.compose import compose
from reports.document import Run, plain
from reports.errors import Problem, ReportError, WordingError
from reports.facts.facts import facts_of, partners
from reports.facts.records import Data
from reports.facts.values import Name
from reports.library import Library, open_library
from reports.sources import SOURCES
from reports.sources.folder import check
from reports.sources.words import drafts, printed_texts
from reports.wording.catalogs import forms, ids, read, sentences, update
from reports.wording.lint import Linter
from reports.wording.messages import Catalog
from reports.wording.remarks import Remarks
from reports.wording.samples import parse_value, read_samples
from reports.wording.speaker import Speaker
from reports.wording.spelling import misspelt


def problems_of(data: Path, templates: Path, day: date) -> tuple[Problem, ...]:
    """All problems as of a day, of the data first; an unreadable part does not hide the others."""
    found = list(data_problems(data, day))
    for folder in sorted((templates / "languages").glob("*/")):
        try:
            found += misspelt(folder, data / "words")
        except ReportError as error:
            found += error.problems
    found += catalog_problems(templates)
    if not any(problem.severity == "error" for problem in found):
        found += brief_problems(data, templates, day)
    return tuple(dict.fromkeys(found))


def data_problems(data: Path, day: date) -> tuple[Problem, ...]:
    """The problems of a data folder as of a day."""
    try:
        return check(data, day)
    except ReportError as error:
        return error.problems


def brief_problems(data: Path, templates: Path, day: date) -> tuple[Problem, ...]:
    """What the reports on all partners lack in any language, with all facts whenever they become known.

    Data, templates and catalogs have no errors.
    """
    try:
        library, (read_data, _) = open_library(templates), SOURCES["folder"](data)
        found: dict[Problem, None] = {}
        for partner in partners(read_data, read_data.home):
            facts = facts_of(read_data, read_data.home, partner, day, known="all")
            for name, tag in product(library.reports, library.tags):
                found |= dict.fromkeys(compose(facts, read_data, library.report(name), library, tag).problems)
        return tuple(found)
    except ReportError as error:
        return error.problems


def catalog_problems(templates: Path) -> tuple[Problem, ...]:
    """The problems of every language."""
    try:
        library = open_library(templates)
        messages = tuple(sentences(templates))  # read once: as long as a language takes
        return tuple(problem for tag in library.tags for problem in language_problems(library, tag, messages))
    except ReportError as error:
        return error.problems


def language_problems(library: Library, tag: str, messages: Iterable[Message] = ()) -> tuple[Problem, ...]:
    """The problems of a language: its catalog, and every message said for every country and sample. `messages` are the
    sentences of the templates, if they have been read."""
    try:
        messages = messages or tuple(sentences(library.templates))
        voice, source = library.voice(tag), library.voice(library.source)
        samples = read_samples(library.templates / "values.toml")
        linter = Linter(voice.language, source.language, samples, voice.language.countries)
        if tag == library.source:
            return tuple(linter.source_problems(messages))
        return tuple(linter.problems(library.templates / "languages" / tag / "messages.po", messages))
    except ReportError as error:
        return error.problems


def update_catalogs(templates: Path) -> tuple[Path, ...]:
    """Merge new and changed sentences into every catalog, with what helps a translator; the paths of all."""
    library = open_library(templates)
    source = library.voice(library.source)
    samples = read_samples(templates / "values.toml")
    linter = Linter(source.language, source.language, samples, ())
    speaker = Speaker(linter.with_texts(source.language), Catalog(), linter.with_texts(source.language))
    beside = library.voice(library.beside).catalog if library.beside in library.tags else Catalog()
    paths = tuple(sorted(templates.glob("languages/*/messages.po")))
    for po in paths:
        other = Catalog() if po.parent.name == library.beside else beside
        update(po, templates, Remarks(speaker, samples, library.beside, other))
    return paths


@dataclass(frozen=True, slots=True)
class Status:
    """How far a language is: its sentences, and the texts of the data with those that are drafts."""

    language: str
    done: int
    fuzzy: int
    missing: int
    texts: int
    drafts: int
    lacking: int


def statuses(data: Path, templates: Path) -> tuple[Status, ...]:
    """The state of every language but that of the templates. DataError or WordingError if something cannot be read."""
    library, (read_data, _) = open_library(templates), SOURCES["folder"](data)
    wanted = {(message.context or "", ids(message)) for message in sentences(templates) if message.id}
    return tuple(_status(library, read_data, data, tag, wanted) for tag in library.tags if tag != library.source)


def _status(library: Library, data: Data, folder: Path, tag: str, wanted: set[tuple[str, tuple[str, ...]]]) -> Status:
    messages = [message for message in read(library.templates / "languages" / tag / "messages.po") if message.id]
    known = [message for message in messages if (message.context or "", ids(message)) in wanted and all(forms(message))]
    fuzzy = sum(message.fuzzy for message in known)
    texts = [(entry.kind, entry.text) for entry in printed_texts(data)] if tag != data.language else []
    said = sum(text in data.words.get(tag, {}) for text in texts)
    sentences_done = len(known) - fuzzy
    return Status(tag, sentences_done, fuzzy, len(wanted) - len(known), said, drafts(folder, tag), len(texts) - said)


def say_sentence(library: Library, tag: str, sentence: str, codes: Mapping[str, str], given: Sequence[str]) -> str:
    """A sentence in a language, with the two countries and the values given as name=type:value."""
    language = library.voice(tag).language
    values: dict[str, object] = {name: Name(code) for name, code in codes.items()}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise WordingError(Problem("--set", f"{text!r} is no name=type:value", "turnover=amount:13.6e6:USD"))
        values[name] = parse_value(value)
    said = Speaker(language, Catalog(), language, language.tag)(sentence, "", "", values)
    return plain(tuple(run for run in said if isinstance(run, Run)))
