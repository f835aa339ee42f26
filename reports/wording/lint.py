"""The linter of catalogs: arguments, cases, forms, characters, and a dry run of every message.

The dry run needs no data: every message in every plural form is said for every country and with every hard sample,
so that a branch which today's data never takes is said too.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from babel.messages.catalog import Message

from reports.errors import Problem, WordingError
from reports.facts.records import WordForms
from reports.facts.values import Count, Entry, ListOf, Name, Official
from reports.language import OFFICIAL, Language
from reports.wording.catalogs import forms, ids, is_same_words, place, read, read_catalog, sentences
from reports.wording.messages import Catalog, Placeholder, names, parts
from reports.wording.samples import Samples
from reports.wording.speaker import Speaker

COUNTRIES = {"home", "partner"}  # a translation may name them where the English does not
ALLOWED_INVISIBLE = "\u00a0\u202f\u200e\u200f"
LABEL = 2  # words of a message that is no sentence
ENDS = {"。": ".", "۔": ".", "：": ":", "；": ";", "؛": ";", "？": "?", "؟": "?", "！": "!"}
STRAIGHT_QUOTES = "\"'"


@dataclass(frozen=True, slots=True)
class Linter:
    """Checks one language against the templates. `countries` are all that names.csv must have."""

    language: Language
    source: Language
    samples: Samples
    countries: tuple[str, ...]

    def problems(self, po: Path, templates: Path) -> Iterator[Problem]:
        """Everything that is wrong with a catalog."""
        catalog = read(po)
        known = {(message.context or "", ids(message)) for message in catalog if message.id}
        for message in sentences(templates):
            if message.id and (message.context or "", ids(message)) not in known:
                where = ", ".join(f"{name}:{line}" for name, line in message.locations)
                yield Problem(str(po), f"lacks the message {ids(message)[0]!r} of {where}", "run messages update")
        for message in catalog:
            if message.id:
                yield from self._message(po, message)
        yield from self.dry_run(
            Speaker(self.with_texts(self.language), read_catalog(po), self.with_texts(self.source)), catalog
        )

    def source_problems(self, templates: Path) -> Iterator[Problem]:
        """Everything that is wrong with the sentences themselves, in the language of the templates."""
        speaker = Speaker(self.with_texts(self.language), Catalog(), self.with_texts(self.language))
        yield from self.dry_run(speaker, sentences(templates))

    def _message(self, po: Path, message: Message) -> Iterator[Problem]:
        where = place(po, message)
        if not all(forms(message)):
            yield Problem(where, f"not translated: {ids(message)[0]!r}", "write its msgstr, in every plural form")
            return
        if message.fuzzy:
            kept = is_same_words(message)
            hint = "the words are the same, so it stays in print: review it" if kept else "it is not said: review it"
            yield Problem(where, f"fuzzy: {ids(message)[0]!r}", hint, "warning" if kept else "error")
            return
        for form in forms(message):
            told = _complaints(ids(message)[-1], form)
            yield from (Problem(where, f"{complaint}: {form!r}", hint) for complaint, hint in told)

    def dry_run(self, speaker: Speaker, messages: Iterable[Message]) -> Iterator[Problem]:
        """The first error of each message, said for every country and every sample in every plural form."""
        for message in messages:
            if message.id and not message.fuzzy:
                yield from self._said(speaker, message)

    def _said(self, speaker: Speaker, message: Message) -> Iterator[Problem]:
        one, *other = ids(message)
        try:
            used = frozenset().union(*(names(text) for text in (*ids(message), *forms(message)) if text), COUNTRIES)
        except WordingError:
            return  # what cannot be read has been told
        if unknown := sorted(name for name in used if name not in self.samples.types):
            where = ", ".join(f"{name}:{line}" for name, line in message.locations)
            yield Problem(where, f"unknown name {{{unknown[0]}}} in {one!r}", "add it to templates/values.toml")
            return
        try:
            for values in self._trials(used, self._countries(message), counted=bool(other)):
                speaker(one, other[0] if other else "", message.context or "", values)
        except WordingError as error:
            yield error.problems[0]

    def _countries(self, message: Message) -> tuple[str, ...]:
        """All countries, of a message that names one; those that have an official name, if it asks for that."""
        said = [part for text in (*ids(message), *forms(message)) if text for part in parts(text)]
        named = [part for part in said if isinstance(part, Placeholder) and part.name in COUNTRIES]
        if not named:
            return ()
        if any(part.case.startswith(OFFICIAL) for part in named):
            return tuple(code for code in self.countries if self.language.has_official_name(code))
        return self.countries

    def _trials(
        self, used: frozenset[str], countries: tuple[str, ...], *, counted: bool
    ) -> Iterator[Mapping[str, object]]:
        """Every country in turn, then every sample in turn, else the first of each."""
        first = {name: self.samples.of(name)[0] for name in used}
        numbers = [{"n": Count(Decimal(number))} for number in (0, 1, 2, 5, 11, 21, 100)] if counted else [{}]
        for code in countries:
            yield {**first, "home": Name(code), "partner": Name(code), **numbers[0]}
        for number in numbers:
            yield {**first, **number}
        for name in used - {"n"} - COUNTRIES:
            for value in self.samples.of(name):
                yield {**first, name: value, **numbers[0]}

    def with_texts(self, language: Language) -> Language:
        """The language with a form in every case for the sample texts of the data."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for values in self.samples.values.values():
            for value in values:
                for entry in _entries(value):
                    found[entry.kind, entry.text] = dict.fromkeys(language.text_cases, entry.text)
        words: WordForms = found
        return language.with_words(words, original=False)


def _entries(value: object) -> Iterator[Entry]:
    match value:
        case Entry():
            yield value
        case Official(title=title, person=person):
            yield from (title, person)
        case ListOf(items):
            for item in items:
                yield from _entries(item)
        case _:
            pass


def _complaints(source: str, form: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a translation by itself, and what helps."""
    try:
        wanted, given = names(source), names(form)
    except WordingError as error:
        yield error.problems[0].message, error.problems[0].hint
        return
    if differing := sorted((wanted - given) | (given - wanted - COUNTRIES)):
        yield f"placeholders differ: {', '.join(differing)}", "have each of the English sentence, and no other"
    if invisible := {f"U+{ord(c):04X}" for c in form if _invisible(c)}:
        yield f"invisible characters {', '.join(sorted(invisible))}", "delete them: type the words around them anew"
    if form != form.strip():
        yield "begins or ends with a space", "delete it"
    if any(quote in form for quote in STRAIGHT_QUOTES) and "<a href=" not in form:
        yield "straight quotes", "use those of the language"
    label = len(source.split()) <= LABEL and not _last(form)  # "Table {n}." may do without a stop
    if _last(source) != _last(form) and not label:
        yield f"ends otherwise than the English sentence ({source[-1:]!r})", "end both alike"


def _invisible(character: str) -> bool:
    return character not in ALLOWED_INVISIBLE and unicodedata.category(character) in ("Cf", "Cc", "Zl", "Zp")


def _last(text: str) -> str:
    """The kind of a sentence's end: the stops, colons and marks of all scripts are one."""
    end = text.rstrip(")”»")[-1:]
    return ENDS.get(end, end) if end in "".join(ENDS) + "?!:;." else ""
