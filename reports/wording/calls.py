"""What a section may call: panels, table, figure_table, chart, sources, legend, page_break."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reports.document import (
    Caption,
    ColumnKind,
    Note,
    PageBreak,
    Panel,
    Panels,
    Row,
    Run,
    SourceEntry,
    Sources,
    Table,
    Text,
    plain,
)
from reports.facts.figures import Figure
from reports.facts.records import Source
from reports.facts.values import Day, Name, Period
from reports.wording.cells import SIGNS
from reports.wording.pieces import Pieces, is_blank, only
from reports.wording.tables import Line, Tables

NBSP = "\u00a0"
TEXT: ColumnKind = "text"
Empty = Literal["remove", "message"]


@dataclass(frozen=True, slots=True)
class Calls:
    """The functions of the templates, for one document."""

    tables: Tables
    sources: Mapping[str, Source]

    def named(self) -> Mapping[str, Callable[..., object]]:
        """By the names that templates use."""
        return {
            "panel": self.panel,
            "panels": self.panels,
            "row": self.row,
            "table": self.table,
            "line": self.line,
            "figure_table": self.figure_table,
            "chart": self.tables.chart,
            "sources": self.list_of_sources,
            "legend": self.legend,
            "is_incomplete": self.is_incomplete,
            "has_official_name": self.has_official_name,
            "page_break": PageBreak,
            "short": self.short,
            "lines": self.lines,
        }

    # ------------------------------------------------------------ key figures

    def panel(self, figure: Figure | None, label: object, detail: object = None) -> Panel | None:
        """One key figure, or None if nobody published it."""
        if figure is None or figure.value is None:
            return None
        speaker = self.tables.speaker
        number, unit, unit_first = speaker.language.panel(figure.value)
        speaker.ledger.facts[figure.key] = figure
        text = (Run(number, figure=figure.key, isolated=True), *speaker.marks(figure))
        about = (*self.tables.text(label), *speaker.citation(figure.sources))
        return Panel(text, (Run(unit),) if unit else (), about, self.tables.text(detail), unit_first)

    def panels(self, panels: Iterable[Panel | None]) -> Pieces:
        """The key figures that are known, or nothing."""
        known = tuple(panel for panel in panels if panel)
        return Pieces([Panels(known)] if known else [])

    # ------------------------------------------------------------ tables

    def row(self, *cells: object, level: int = 0, ruled: bool = False) -> Row:
        """A row of said values; None prints the sign for what is not known."""
        return Row(tuple(map(self._cell, cells)), level, ruled)

    def _cell(self, value: object) -> Text:
        if value is None:
            return (Run(SIGNS["O"]),)
        if isinstance(value, Figure) and value.value is None:
            return (Run(SIGNS.get(value.status[:1], SIGNS["O"])),)
        return self.tables.text(value)

    def table(self, title: object, header: Sequence[object], rows: Iterable[Row], *, empty: Empty = "remove") -> Pieces:
        """A table of texts; without rows it is not there, or says that there is no data (`empty`)."""
        body = tuple(only(row, Row, "wanted row(…)") for row in rows if not is_blank(row))
        if not body and empty == "remove":
            return Pieces()
        heads = tuple(map(self.tables.text, header))
        body = body or (Row((self.tables.words("no_data"), *((),) * (len(heads) - 1))),)
        caption: Caption = self.tables.caption("table", title)
        kinds = (TEXT,) * len(heads)
        notes = self.tables.notes([cell for row in body for cell in row.cells])
        return Pieces([Table(caption, kinds, (heads,), body, notes, plain(caption.title))])

    def lines(self, values: Iterable[object]) -> Pieces:
        """Several values, one a line of a cell; None is left out."""
        said = [inline for value in values if value for inline in (Run("\n"), *self.tables.text(value))]
        return Pieces(said[1:])

    def short(self, value: object) -> Pieces:
        """A day or a period in its short form, on one line of a cell; the sign for what is not known."""
        said = self._cell(None) if value is None else self.tables.speaker.text(value, "short")
        return Pieces(
            replace(part, text=part.text.replace(" ", NBSP)) if isinstance(part, Run) else part for part in said
        )

    def line(self, label: object, figures: Iterable[Figure | None], level: int = 0) -> Line:
        """A measure of a figure table."""
        return Line(self.tables.text(label), tuple(figure for figure in figures if figure), level)

    def figure_table(self, title: object, periods: Sequence[Period], lines: Sequence[Line], home: Name) -> Pieces:
        """A table of figures by period, in groups by whose statistics they are."""
        return self.tables.by_period(title, [only(line, Line, "wanted line(…)") for line in lines], periods, home)

    # ------------------------------------------------------------ the end

    def list_of_sources(self) -> Pieces:
        """The sources that the document has cited so far, by number."""
        numbers = self.tables.speaker.ledger.sources
        entries = tuple(self._entry(number, key) for key, number in numbers.items())
        return Pieces([Sources(entries)] if entries else [])

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

    def is_incomplete(self) -> bool:
        """Whether something said so far had no words in the language and stands in another."""
        return bool(self.tables.speaker.ledger.problems)

    def has_official_name(self, country: Name) -> bool:
        """Whether the language has the long name of a country."""
        return self.tables.speaker.language.has_official_name(country.code)

    def legend(self) -> Pieces:
        """What the marks of the whole document mean, or nothing."""
        marks = self.tables.speaker.ledger.marks
        return Pieces([Note(self.tables.legend(marks))] if marks else [])
