"""The linter of catalogs: arguments, cases, forms, characters, and a dry run of every message.

The dry run needs no data: every message is said in every plural form, and every country and every hard sample in each
case that a message asks for, so that a branch which today's data never takes is said too.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from babel.messages.catalog import Message

from reports.errors import Problem, WordingError
from reports.facts.records import WordForms
from reports.facts.values import Count, Entry, ListOf, Name, Official
from reports.language import OFFICIAL, Language
from reports.wording.catalogs import forms, ids, is_same_words, place, read, read_catalog
from reports.wording.messages import Catalog, Placeholder, names, parts
from reports.wording.samples import Samples
from reports.wording.speaker import Speaker

COUNTRIES = {"home", "partner"}  # a translation may name them where the English does not
ALLOWED_INVISIBLE = "\u00a0\u202f\u200e\u200f"
LABEL = 2  # words of a message that is no sentence
ENDS = {"。": ".", "۔": ".", "：": ":", "；": ";", "؛": ";", "？": "?", "؟": "?", "！": "!"}
NUMBERS = (0, 1, 2, 5, 11, 21, 100)  # of every plural category
STRAIGHT_QUOTES = "\"'"


@dataclass(frozen=True, slots=True)
class Linter:
    """Checks one language against the templates. `countries` are all that names.csv must have."""

    language: Language
    source: Language
    samples: Samples
    countries: tuple[str, ...]

    def problems(self, po: Path, sentences: Iterable[Message]) -> Iterator[Problem]:
        """Everything that is wrong with a catalog of these sentences."""
        catalog = read(po)
        known = {(message.context or "", ids(message)) for message in catalog if message.id}
        for message in sentences:
            if message.id and (message.context or "", ids(message)) not in known:
                where = ", ".join(f"{name}:{line}" for name, line in message.locations)
                yield Problem(str(po), f"lacks the message {ids(message)[0]!r} of {where}", "run messages update")
        for message in catalog:
            if message.id:
                yield from self._message(po, message)
        yield from self.dry_run(
            Speaker(self.with_texts(self.language), read_catalog(po), self.with_texts(self.source)), catalog
        )

    def source_problems(self, sentences: Iterable[Message]) -> Iterator[Problem]:
        """Everything that is wrong with the sentences themselves, in the language of the templates."""
        speaker = Speaker(self.with_texts(self.language), Catalog(), self.with_texts(self.language))
        yield from self.dry_run(speaker, sentences)

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
        """The first error of each message, said in every plural form, and with every country and every sample unless
        that was said in the same cases before: a value is said alike in every sentence."""
        proof = Proof(speaker, {code: Name(code) for code in self.countries})
        for message in messages:
            if message.id and not message.fuzzy:
                yield from self._said(proof, message)

    def _said(self, proof: "Proof", message: Message) -> Iterator[Problem]:
        one, *other = ids(message)
        try:
            used = frozenset().union(*(names(text) for text in _texts(message)), COUNTRIES)
        except WordingError:
            return  # what cannot be read has been told
        if unknown := sorted(name for name in used if name not in self.samples.types):
            where = ", ".join(f"{name}:{line}" for name, line in message.locations)
            yield Problem(where, f"unknown name {{{unknown[0]}}} in {one!r}", "add it to templates/values.toml")
            return
        first = {name: self.samples.of(name)[0] for name in used}
        numbers = [{"n": Count(Decimal(number))} for number in NUMBERS] if other else [{}]
        said_parts = (part for text in _texts(message) for part in parts(text))
        placeholders = frozenset(part for part in said_parts if isinstance(part, Placeholder))
        try:
            for values in self._trials(used, self._countries(proof, placeholders)):
                if not proof.has(values, placeholders):
                    for number in numbers:
                        said = {**first, **values, **number}
                        proof.speaker(one, other[0] if other else "", message.context or "", said)
        except WordingError as error:
            yield error.problems[0]

    def _countries(self, proof: "Proof", placeholders: frozenset[Placeholder]) -> Iterable[Name]:
        """All countries, of a message that names one; those that have an official name, if it asks for that."""
        named = [part for part in placeholders if part.name in COUNTRIES]
        if not named:
            return ()
        if any(part.case.startswith(OFFICIAL) for part in named):
            return [name for code, name in proof.names.items() if self.language.has_official_name(code)]
        return proof.names.values()

    def _trials(self, used: frozenset[str], countries: Iterable[Name]) -> Iterator[Mapping[str, object]]:
        """What to put in the place of the first values: every country in turn, nothing, every sample in turn."""
        for country in countries:
            yield {"home": country, "partner": country}
        yield {}
        for name in sorted(used - {"n"} - COUNTRIES):
            yield from ({name: value} for value in self.samples.of(name))

    def with_texts(self, language: Language) -> Language:
        """The language with a form in every case for the sample texts of the data."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for values in self.samples.values.values():
            for value in values:
                for entry in _entries(value):
                    found[entry.kind, entry.text] = dict.fromkeys(language.text_cases, entry.text)
        words: WordForms = found
        return language.with_words(words, original=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """Which values have been said in which cases. The values are those of the samples and `names`, which stay, so that
    each is known by its identity: equal amounts may be of other digits."""

    speaker: Speaker
    names: Mapping[str, Name]
    _said: set[tuple[int, str]] = field(default_factory=set)

    def has(self, values: Mapping[str, object], placeholders: frozenset[Placeholder]) -> bool:
        """Whether each of some values can be said in every case that the placeholders ask of it; False of none."""
        asked = [(values[part.name], part.case) for part in placeholders if part.name in values]
        return bool(values) and all(self._can_say(value, case) for value, case in asked)

    def _can_say(self, value: object, case: str) -> bool:
        if (id(value), case) not in self._said:
            try:
                self.speaker.text(value, case)
            except WordingError:
                return False  # the sentence tells where
            self._said.add((id(value), case))
        return True


def _texts(message: Message) -> list[str]:
    """The sentence and its translations, in every plural form."""
    return [text for text in (*ids(message), *forms(message)) if text]


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
