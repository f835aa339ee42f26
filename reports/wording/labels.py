"""What a figure is called in a language, for who hovers over it: 'Trade turnover, 2024', 'Event, 2017 · Place'."""

from collections.abc import Iterator, Mapping

from reports.document import Run, plain
from reports.errors import MissingForm, WordingError
from reports.facts.fact import Fact
from reports.facts.figures import Figure
from reports.facts.values import Name, Period, Term, Value
from reports.language import Language
from reports.wording.pieces import Pieces
from reports.wording.tables import Words

AMBASSADOR = "ambassador"
OFFICES = ("office", "succession", AMBASSADOR)
ASPECT = "label_"  # how the macros of templates/reports/common.j2 begin that name a record or what is said of it
BESIDE = " · "  # between a record and what is said of it, in every language


def labels(language: Language, words: Words, facts: Mapping[str, Figure | Fact]) -> dict[str, str]:
    """What each figure and fact is called, by key; those that the language has no words for lack."""
    named = _Names(language, words)
    return {key: said for key, fact in facts.items() if (said := named(fact))}


class _Names:
    """Names figures by their terms, and records by the words of templates/reports/common.j2."""

    def __init__(self, language: Language, words: Words) -> None:
        self.language, self.words = language, words
        self.spoken: dict[str, str] = {}  # most words are said of many records

    def __call__(self, fact: Figure | Fact) -> str:
        return self._of_figure(fact) if isinstance(fact, Figure) else self._of_record(fact.key)

    def _of_record(self, key: str) -> str:
        """The record, which one it is, what of it is said: of 'office/head_of_state/LU/since' the office, the country
        and 'In office'. Of 'LU:capital' what is said, and the country."""
        family, *rest = key.partition("@")[0].split("/")
        code, colon, family = family.rpartition(":")
        if colon:
            return self._joined(self._word(family), self._name(code))
        if family in OFFICES:
            post, *rest = rest if family != AMBASSADOR else [family, *rest]
            named = self._joined(self._term(post), *map(self._name, rest[:1]))
        else:
            named = self._joined(self._word(family, *rest[:1]) or self._term(family), self._period(*rest[:1]))
        said = next(filter(None, map(self._word, reversed(rest[1:]))), "") if named else ""
        return BESIDE.join(filter(None, (named, said)))

    def _of_figure(self, figure: Figure) -> str:
        """The indicator, its item or country, and its period. What is derived from it follows it: 'Exports, share'."""
        called = self._said(Term(figure.indicator))
        whole, _, aspect = figure.indicator.rpartition(".")
        if not called and self._has(aspect) and (indicator := self._said(Term(whole))):
            called = plain(self.words(f"{ASPECT}{aspect}", figure_name=Pieces([Run(indicator)])))
        if not called:
            return self._of_record(figure.key)
        code = figure.key.partition(":")[0] if ":" in figure.key.partition("@")[0] else ""
        item = self._said(Term(figure.item)) if figure.item else ""
        moment = self._said(figure.period, "short") if figure.period.start or figure.period.end else ""
        return self._joined(called, item, self._name(code) if code else "", moment)

    def _word(self, name: str, kind: str = "") -> str:
        """The word of the templates for a part of a record, a kind of it first ('note/aim'), or nothing."""
        found = next((each for each in (f"{name}_{kind}", name) if self._has(each)), "")
        if found not in self.spoken:
            self.spoken[found] = plain(self.words(f"{ASPECT}{found}")) if found else ""
        return self.spoken[found]

    def _term(self, name: str) -> str:
        return self.language.capital(self._said(Term(name)))

    def _has(self, name: str) -> bool:
        return f"{ASPECT}{name}" in self.words.macros

    def _period(self, text: str = "") -> str:
        """The period in the key of an event; numbers of records are no years of ours."""
        try:
            return self._said(Period.parse(text), "short")
        except ValueError:
            return ""

    def _name(self, code: str) -> str:
        return self._said(Name(code))

    def _joined(self, *names: str) -> str:
        return self.language.lists.sheet.phrase.join(list(_kept(names)))

    def _said(self, value: Value, case: str = "") -> str:
        """The words of a value, or nothing."""
        try:
            return self.language.say(value, case)
        except (MissingForm, WordingError):
            return ""


def _kept(names: tuple[str, ...]) -> Iterator[str]:
    return (name for name in names if name)
