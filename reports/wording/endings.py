"""What stands at the end of a brief: sources, who signed, the next releases, what marks mean."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reports.document import ColumnKind, Inline, Note, Run, SourceEntry, Sources, plain
from reports.facts.fact import Fact
from reports.facts.figures import Figure
from reports.facts.records import Source
from reports.facts.values import Day
from reports.wording.pieces import Pieces
from reports.wording.tables import Tables

TEXT: ColumnKind = "text"
FIGURE: ColumnKind = "figure"
Empty = Literal["remove", "message"]


@dataclass(frozen=True, slots=True)
class Endings:
    """The functions of the templates that look back on all that was said, for one document."""

    tables: Tables
    sources: Mapping[str, Source]

    def named(self) -> Mapping[str, Callable[..., object]]:
        """By the names that templates use."""
        return {
            "sources": self.list_of_sources,
            "short_sources": self.short_sources,
            "signatures": self.signatures,
            "releases": self.releases,
            "legend": self.legend,
        }

    def list_of_sources(self) -> Pieces:
        """The sources that the document has cited so far, by number."""
        numbers = self.tables.speaker.ledger.sources
        entries = tuple(self._entry(number, key) for key, number in numbers.items())
        return Pieces([Sources(entries)] if entries else [])

    def cited(self, keys: Iterable[str]) -> Mapping[str, str]:
        """What sources are, in plain text by key: publisher, title and day as in the list of sources, and address."""
        return {key: self._plainly(key) for key in keys if key in self.sources}

    def _plainly(self, key: str) -> str:
        url = self.sources[key].url
        return f"{plain(self._entry(0, key).text)}{f' <{url}>' if url else ''}"

    def _entry(self, number: int, key: str) -> SourceEntry:
        source, language = self.sources[key], self.tables.speaker.data_language
        publisher = f"{source.publisher} ({source.author})" if source.author else source.publisher
        said = {
            "publisher": Pieces([Run(publisher, language=language, isolated=True)]),
            "title": Pieces([Run(source.title, link=source.url, language=language, isolated=True)]),
        }
        if source.published:
            return SourceEntry(number, key, self.tables.words("source_dated", day=source.published, **said))
        accessed = Day.of(source.accessed)
        return SourceEntry(number, key, self.tables.words("source_undated", day=accessed, **said))

    def short_sources(self) -> Pieces:
        """The sources cited so far on one line: number, publisher and day."""
        language, joints = self.tables.speaker.data_language, self.tables.speaker.language.lists.sheet
        said: list[Inline] = []
        for key, number in self.tables.speaker.ledger.sources.items():
            source = self.sources[key]
            publisher = Pieces([Run(source.publisher, language=language, isolated=True)])
            day = self.tables.short(source.published or Day.of(source.accessed))
            numbers = Pieces([Run(str(number))])
            entry = self.tables.words("source_short", numbers=numbers, publisher=publisher, day=day)
            said += [*([Run(joints.clause)] if said else []), *entry]
        return Pieces([Note(tuple(said))] if said else [])

    def signatures(self) -> Pieces | None:
        """Who stands for the figures said so far and since when, or None if nobody signed one."""
        facts = self.tables.speaker.ledger.facts.values()
        signed = dict.fromkeys(fact.signed for fact in facts if isinstance(fact, Figure) and fact.signed)
        joint = self.tables.speaker.language.lists.sheet.clause
        return Pieces([Run(joint.join(signed), isolated=True)]) if signed else None

    def releases(self, figures: Iterable[Figure | None], as_of: Fact) -> tuple[tuple[Pieces, Day], ...]:
        """Publisher and day of the next release of the sources of some figures, the soonest first, after a day."""
        today = as_of.value.first if isinstance(as_of.value, Day) else date.max
        keys = dict.fromkeys(key for figure in figures if figure for key in figure.sources)
        sources = [self.sources[key] for key in keys]
        ahead = sorted({(each.next, each.publisher) for each in sources if each.next and each.next.last > today})
        language = self.tables.speaker.data_language
        return tuple((Pieces([Run(name, language=language, isolated=True)]), day) for day, name in ahead)

    def legend(self) -> Pieces:
        """What the marks of the whole document mean, or nothing."""
        marks = self.tables.speaker.ledger.marks
        return Pieces([Note(self.tables.legend(marks))] if marks else [])
