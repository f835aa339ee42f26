"""What a folder does not say though a brief needs it: the day of a source, a translation, a form, a person's sex."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from reports.facts.record import Record
from reports.facts.records import Data, Pair, WordForms
from reports.sources.alarms import Alarm, alarm
from reports.sources.words import Places, printed_texts

COMMON = 10  # entries of a kind from which on their cases show what sentences need


def undated(data: Data, records: Iterator[Record]) -> Iterator[Alarm]:
    """Sources without a day of their own, from which a fact takes its day: it counts from the day of reading alone."""
    used: Counter[str] = Counter()
    for record in records:
        if record.use and record.known is None:
            used.update(record.sources)
    for rows in (
        *(of.observations for of in data.countries.values()),
        *(of.observations for of in data.pairs.values()),
    ):
        for row in rows:
            source = data.sources.get(row.sources[0]) if row.use else None
            if source and row.known == source.known:  # else the row has a day of its own
                used[source.key] += 1
    for key, source in data.sources.items():
        if used[key] and source.published is None:
            message = (
                f"no day of publication of {key}: {used[key]} facts count from {source.accessed}, when it was read"
            )
            hint = "give the day, month or year of the page as 'published'"
            yield alarm("undated", key, ("sources", source.where), message, hint)


def sexless(data: Data, persons: frozenset[str]) -> Iterator[Alarm]:
    """Persons in use whose sex is not told, though titles in many languages have two forms."""
    for name in sorted(persons & data.people.keys()):
        if not data.people[name].sex:
            message = f"the sex of {name} is not told: a title would stand in the form for a man"
            yield alarm("sex", name, ("people", data.people[name].where), message, "write f or m, as a page shows it")


def untranslated(data: Data) -> Iterator[Alarm]:
    """Texts of the data without a form in a language that has a words table."""
    entries = printed_texts(data)
    for tag, forms in data.words.items():
        for entry in entries:
            if tag != data.language and (entry.kind, entry.text) not in forms:
                message = f"no {tag} for the {entry.kind} {entry.text!r}"
                hint = f"add {entry.kind},…,,… to words/{tag}.csv"
                yield alarm("language", f"{tag}/{entry.kind}/{entry.text}", ("words", entry.where), message, hint)
    for pair in data.pairs.values():
        yield from _notes(pair)


def _notes(pair: Pair) -> Iterator[Alarm]:
    """Officers' texts that lack a language which others for the same occasion have."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for note in pair.notes:
        wanted[note.about].update(note.text)
    for note in pair.notes:
        for tag in sorted(wanted[note.about] - note.text.keys() if note.record.use else ()):
            key = "/".join(filter(None, (tag, note.kind, note.about, note.person)))
            message = f"this {note.kind} is not there in {tag}, though others for the same occasion are"
            yield alarm("language", key, (f"{pair.first}-{pair.second}", note.record.where), message, "write it")


def formless(words: Mapping[str, WordForms], places: Mapping[str, Places]) -> Iterator[Alarm]:
    """Texts without a case that nine in ten of their kind have: a sentence asks for it."""
    for tag, forms in words.items():
        needed = _needed(forms)
        for (kind, text), known in forms.items():
            for case in needed[kind]:
                if case not in known:
                    message = f"the {kind} {text!r} has no form {case!r}, which sentences need"
                    hint = f"add {kind},…,{case},…: a form is never guessed"
                    where = places[tag][kind, text]
                    yield alarm("form", f"{tag}/{kind}/{text}/{case}", ("words", where), message, hint)


def _needed(forms: WordForms) -> Mapping[str, list[str]]:
    """By kind, the cases that nearly all of its entries have; not those of one country or of women alone."""
    entries = Counter(kind for kind, _ in forms)
    cases = Counter((kind, case) for (kind, _), known in forms.items() for case in known)
    needed: dict[str, list[str]] = defaultdict(list)
    for (kind, case), count in cases.items():
        own = any(part.isupper() or part == "f" for part in case.split())
        if entries[kind] >= COMMON and count * 10 >= entries[kind] * 9 and not own:
            needed[kind].append(case)
    return needed
