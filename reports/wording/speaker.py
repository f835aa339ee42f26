"""`t` of the templates: says a message in one language and keeps account of the figures and sources it used."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from jinja2 import Undefined

from reports.document import Citation, CrossReference, Inline, Mark, Run, Text
from reports.errors import MissingForm, Problem, WordingError
from reports.facts.fact import Fact
from reports.facts.figures import Figure
from reports.facts.values import Count, Entry, ListOf, Official, Value, Written
from reports.language import Language
from reports.wording.forms import Form, marked
from reports.wording.messages import Catalog, Part, Translation, parts
from reports.wording.pieces import Pieces, wrong

EARLY = "†"  # became known after the as-of day
UNTRANSLATED = "t"  # an officer's text that stands in another language
DRAFT = "w"  # an officer's text that nobody has approved
REVISED = "r"  # another value stood in the last edition; the tables say which
CONVERTED = "m"  # brought from a former currency into the present one
OVERRIDE = "‡"  # came with the order, for this brief alone
MARKED = "PEFBDUN"  # SDMX OBS_STATUS letters that are marked in print; O, M and Q print as signs


@dataclass(slots=True)
class Ledger:
    """What one document has said so far: figures by key, sources by number of first use, tables, half failures."""

    facts: dict[str, Figure | Fact] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    captions: dict[str, int] = field(default_factory=dict)
    problems: dict[Problem, None] = field(default_factory=dict)
    named: dict[str, CrossReference] = field(default_factory=dict)  # tables and figures that a sentence may name
    least_headings: int = 0  # fewer, and a list of contents is left out
    sources_as_notes: bool = False

    def cite(self, keys: tuple[str, ...]) -> tuple[int, ...]:
        """The numbers of these sources, in order; a new source takes the next number."""
        return tuple(sorted(self.sources.setdefault(key, len(self.sources) + 1) for key in keys))

    def next_number(self, kind: str) -> int:
        """1, 2, 3 … for tables, and for figures."""
        self.captions[kind] = self.captions.get(kind, 0) + 1
        return self.captions[kind]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says messages and values. `source` is the language that the messages are written in.

    `fallbacks` are asked in turn for a sentence that the catalog lacks, and `source` last; `foreign` marks what is said
    so as text of another language than the document's.
    """

    language: Language
    catalog: Catalog
    source: Language
    data_language: str = ""
    foreign: str = ""
    fallbacks: tuple[tuple[Language, Catalog], ...] = ()
    ledger: Ledger = field(default_factory=Ledger)

    def __call__(self, one: str, other: str, context: str, values: Mapping[str, object]) -> Pieces:
        """The runs of the sentence; `n` chooses between `one` and `other`, `context` between equal sentences."""
        number = _count(values["n"]) if other else 1
        found = self.catalog.translations.get((context, one))
        if found is None and self.language is not self.source:
            self._warn(f"templates/languages/{self.language.tag}/messages.po", f"not translated: {one!r}")
            return self._in_another(context, one)(one, other, context, values)
        if found and found.outdated:
            self._warn(found.where, f"the sentence is now {one!r}: review the translation")
        form = found.forms[self.catalog.plural(number) if other else 0] if found else _english(one, other, number)
        return self._said(form, values, found)

    def _warn(self, where: str, message: str) -> None:
        self.ledger.problems[Problem(where, message, severity="warning")] = None

    def _in_another(self, context: str, one: str) -> "Speaker":
        """The first fallback that has the sentence, or the source language."""
        has = (pair for pair in self.fallbacks if (context, one) in pair[1].translations)
        language, catalog = next(has, (self.source, Catalog()))
        return replace(self, language=language, catalog=catalog, foreign=language.tag)

    def _said(self, form: str, values: Mapping[str, object], found: Translation | None) -> Pieces:
        try:
            said = [piece for index, part in enumerate(parts(form)) for piece in self._part(form, index, part, values)]
        except WordingError as error:
            raise _placed(error, found.where if found else "") from error
        return Pieces(_capital(self.language, [self._in_language(piece) for piece in _one_stop(said)]))

    def _in_language(self, piece: Inline) -> Inline:
        if not isinstance(piece, Run) or not self.foreign:
            return piece
        said = marked(piece, language=self.foreign)
        return said if said.language else replace(said, language=self.foreign)

    def _part(self, form: str, index: int, part: Part, values: Mapping[str, object]) -> Text:
        if isinstance(part, Run):
            before_value = index + 1 < len(parts(form))
            return (replace(part, text=self._polished(part.text, before_value=before_value)),)
        if part.name not in values:
            raise wrong(f"unknown value {{{part.name}}}", f"choose from {', '.join(sorted(values))}")
        if values[part.name] is None:
            raise wrong(
                f"there is no value here, for {{{part.name}}}", "guard it with {% if … %}, or add it to the data"
            )
        return tuple(_looking(inline, part.look) for inline in self.text(values[part.name], part.case))

    def _polished(self, text: str, *, before_value: bool) -> str:
        """The text with its fixed spaces; a value that follows counts as a word."""
        return self.language.polish(f"{text}0")[:-1] if before_value else self.language.polish(text)

    def text(self, value: object, case: str = "") -> Text:
        """One value as a run with its key and its mark; what was said already as it is."""
        match value:
            case Undefined():
                str(value)  # raises: the strict kind names what is unknown or forbidden
            case Pieces():
                return tuple(value)
            case None:
                raise wrong("there is no value here", "guard it with {% if … %}")
            case Figure(value=None):
                raise wrong(f"{value.key} has no value", "guard it with {% if figure.value %}")
            case Figure() | Fact():
                return self._sourced(value, case)
            case _:
                pass
        return (Run(self._word(value, case), language=self._foreign(value), isolated=True),)

    def _sourced(self, fact: Figure | Fact, case: str) -> Text:
        self.ledger.facts[fact.key] = fact
        (run,) = self.text(fact.value, case)
        assert isinstance(run, Run)
        return (replace(run, figure=fact.key, form=str(Form(case=case))), *self.marks(fact))

    def marks(self, fact: Figure | Fact) -> Text:
        """The signs that follow a provisional, estimated, broken or later figure."""
        letters = [letter.lower() for letter in fact.status if letter in MARKED] if isinstance(fact, Figure) else []
        foreign = isinstance(fact.value, Written) and self._is_foreign(fact.value)
        signs = [*letters, *_signs(fact), *([UNTRANSLATED] if foreign else [])]
        self.ledger.marks.update(signs)
        return tuple(Mark(sign) for sign in signs)

    def _foreign(self, value: object) -> str:
        """The data's language, where a text of the data has no form in this one."""
        if isinstance(value, Entry) and not self.language.has_text(value):
            return self.data_language
        if isinstance(value, Written) and self._is_foreign(value):
            return self._tag_of(value)
        return ""

    def _is_foreign(self, value: Written) -> bool:
        return self._tag_of(value) not in {"", self.language.tag}

    def _tag_of(self, value: Written) -> str:
        """The language in which an officer's text is printed: this one, a fallback, that of the data, any other."""
        wanted = (self.language.tag, *(language.tag for language, _ in self.fallbacks), self.data_language)
        return next((tag for tag in wanted if tag in dict(value.texts)), value.texts[0][0])

    def _word(self, value: object, case: str) -> str:
        if not isinstance(value, Value):
            raise wrong(f"a {type(value).__name__} cannot be printed")
        try:
            return self.language.say(value, case)
        except MissingForm as error:
            if not isinstance(value, Entry | Official | ListOf | Written):
                raise
            self.ledger.problems.update((replace(problem, severity="warning"), None) for problem in error.problems)
            return self._as_it_stands(value, case)
        except WordingError as error:
            (problem, *_) = error.problems  # the mistake is the sentence's: its line is the place to mend
            raise wrong(f"{self.language.tag}: {problem.message}", problem.hint) from error

    def _as_it_stands(self, value: Value, case: str) -> str:
        """The words of the data, where the language lacks them: never a guess of a form."""
        match value:
            case Entry(text=text):
                return text
            case Written():
                return " ".join(dict(value.texts)[self._tag_of(value)].split())
            case Official():
                return f"{self._word(value.title, '')} {self._word(value.person, '')}"
            case ListOf(items):
                return self.language.joined([self._word(item, case) for item in items])
            case _:
                raise wrong(f"a {type(value).__name__} cannot be printed")

    def citation(self, keys: tuple[str, ...]) -> tuple[Citation, ...]:
        """The superior numbers of these sources, or nothing."""
        return (Citation(self.ledger.cite(keys)),) if keys else ()

    def pattern(self, message: str) -> str:
        """The translation with its placeholders as they are, for what a writer fills in: page numbers."""
        found = self.catalog.translations.get(("", message))
        return found.forms[0] if found else message


def _signs(fact: Figure | Fact) -> list[str]:
    if isinstance(fact, Fact):
        return [DRAFT] if fact.draft else []
    signs = {REVISED: fact.former is not None, CONVERTED: fact.converted, EARLY: fact.early, OVERRIDE: fact.override}
    return [sign for sign, stands in signs.items() if stands]


def _english(one: str, other: str, number: Decimal | int) -> str:
    return one if number == 1 or not other else other


def _looking(inline: Inline, look: Run) -> Inline:
    if not isinstance(inline, Run) or not (look.strong or look.emphasis or look.link):
        return inline
    return replace(
        inline,
        strong=inline.strong or look.strong,
        emphasis=inline.emphasis or look.emphasis,
        link=inline.link or look.link,
    )


def _placed(error: WordingError, where: str) -> WordingError:
    """The error at the line of the catalog, where it has no place of its own."""
    return type(error)(*(replace(problem, where=problem.where or where) for problem in error.problems))


def _count(value: object) -> int:
    counted = value.value if isinstance(value, Figure) else value
    if not isinstance(counted, Count):
        raise wrong(f"n must be a count, not a {type(counted).__name__}")
    number = counted.upper.scaleb(counted.scale) if counted.upper else counted.exact
    if number != number.to_integral_value():
        raise wrong(f"n must be a whole number, not {number}", "say decimals with a unit of their own")
    return int(number)


def _one_stop(said: list[Inline]) -> list[Inline]:
    """Without the full stop of a sentence whose last value ends in one: 'Guillaume V.' is no 'Guillaume V..'"""
    for place in range(1, len(said)):
        before, here = said[place - 1], said[place]
        if isinstance(before, Run) and isinstance(here, Run) and before.text.endswith(".") and here.text[:1] == ".":
            said[place] = replace(here, text=here.text[1:])
    return [piece for piece in said if not isinstance(piece, Run) or piece.text]


def _capital(language: Language, said: list[Inline]) -> list[Inline]:
    """A sentence that opens with a value opens with a capital."""
    if said and isinstance(said[0], Run) and said[0].isolated:
        return [marked(replace(said[0], text=language.capital(said[0].text)), capital=True), *said[1:]]
    return said
