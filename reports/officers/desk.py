"""What a template sees of facts, and how what it prints is said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, cast

from reports.document import Block, Run, Text
from reports.errors import UnknownChoice
from reports.facts.facts import Facts
from reports.facts.offices import OFFICES
from reports.facts.values import Name
from reports.language.language import OFFICIAL
from reports.library import Library
from reports.officers.fields import FIELDS
from reports.officers.pages import Bundle, Piece
from reports.officers.sandbox import Offered, Worded
from reports.wording.pieces import Pieces, is_blank, wrong
from reports.wording.speaker import Speaker
from reports.wording.templates import section as blocks_of


@dataclass(frozen=True, slots=True)
class Desk:
    """One filling: the speaker, all names of a section, the library of sections."""

    speaker: Speaker
    names: Mapping[str, object]
    library: Library

    def fields(self, facts: Facts, person: str) -> dict[str, object]:
        """Every field of `officers.fields` with what it holds; `person` is an office or the name of its holder.

        Raises UnknownChoice for a person who is not on record.
        """
        own: dict[str, Callable[..., object]] = {office: self._holder_of(office) for office in OFFICES}
        own |= {"section": self.section, "sources": self.cited, "legend": self._legend}
        known = {name: self.names[name] for name in FIELDS if name in self.names}
        found = {**known, **own, "person": self._person(facts, person)}
        return {name: Offered(value) if FIELDS[name].gives else value for name, value in found.items()}  # type: ignore[arg-type]

    def _holder_of(self, office: str) -> Callable[[Name], object]:
        holder = cast(Callable[[Name, str], object], self.names["holder"])
        return lambda country: holder(country, office)

    def _person(self, facts: Facts, wanted: str) -> object:
        """The office holder asked for, of the partner or of the home country; else the partner's highest."""
        holder = cast(Callable[[Name, str], Any], self.names["holder"])
        held = (holder(country, office) for country in (facts.partner, facts.home) for office in OFFICES)
        posts = [*(post for post in held if post), *cast(tuple[Any, ...], self.names["ambassadors"])]
        if not wanted:
            return next((post for post in posts if post.country == facts.partner), None)
        for post in posts:
            if wanted in {post.office, f"{post.office}/{post.country.code}", post.person}:
                return post
        choices = [f"{post.office}/{post.country.code}" for post in posts]
        raise UnknownChoice("person", wanted, choices)

    # ------------------------------------------------------------ blocks

    def section(self, name: object) -> Bundle:
        """The blocks of a section of a report: trade, or visit/figures."""
        template = sections(self.library).get(str(name))
        if template is None:
            raise wrong(f"unknown section {name}", f"choose from {', '.join(sorted(sections(self.library)))}")
        ledger, as_notes = self.speaker.ledger, _cites_in_notes(self.library, template)
        before, ledger.sources_as_notes = ledger.sources_as_notes, as_notes
        try:
            return Bundle(blocks_of(self.library.environment, template, self.names), as_notes)
        finally:
            ledger.sources_as_notes = before

    def cited(self) -> Bundle:
        """The list of the sources that have been cited so far."""
        return self._bundle("sources")

    def _legend(self) -> Bundle:
        return self._bundle("legend")

    def _bundle(self, name: str) -> Bundle:
        made = cast(Callable[[], Pieces], self.names[name])()
        return Bundle(tuple(cast(Block, block) for block in made if not is_blank(block)))

    # ------------------------------------------------------------ values

    def say(self, value: object) -> Piece:
        """A value as runs, in the case that the tag asks for. Raises WordingError for what cannot be printed."""
        if isinstance(value, Bundle):
            return value
        worded = value if isinstance(value, Worded) else Worded(value)
        said = self._text(worded)
        if worded.capital and said and isinstance(said[0], Run):
            return (replace(said[0], text=self.speaker.language.capital(said[0].text)), *said[1:])
        return said

    def _text(self, worded: Worded) -> Text:
        value, case = worded.value, worded.case
        if isinstance(value, bool | Offered):
            raise wrong("it cannot be printed", "ask it in {% if … %}, or call it with ( )")
        if isinstance(value, str | int) and not (case or worded.official):
            return (Run(value if isinstance(value, str) else self.speaker.language.number(Decimal(value))),)
        if value is None:
            raise wrong("there is no value here", 'guard it with {% if … %}, or give |default("…")')
        if worded.official:
            inner = getattr(value, "value", value)
            if not isinstance(inner, Name):
                raise wrong("only a country has an official name", "take |official away")
            case = f"{OFFICIAL} {case}".strip()
        return self.speaker.text(getattr(value, "who", None) or value, case)


def _cites_in_notes(library: Library, template: str) -> bool:
    """Whether every report that has the section has its sources as footnotes."""
    reports = map(library.report, library.reports)
    return all(report.sources_as_notes for report in reports if template in report.sections)


def sections(library: Library) -> dict[str, str]:
    """The sections that templates may bring, by name: `report/section`, and `section` alone where it is the only one.

    Raises WordingError for a report that cannot be read.
    """
    whole: dict[str, str] = {}
    for name in library.reports:
        for template in library.report(name).sections:
            whole[template.removeprefix("reports/").removesuffix(".j2")] = template
    stems = [name.rpartition("/")[2] for name in whole]
    alone = {name.rpartition("/")[2]: template for name, template in whole.items()}
    return {**{stem: template for stem, template in alone.items() if stems.count(stem) == 1}, **whole}
