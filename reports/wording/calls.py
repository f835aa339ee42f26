"""What a section may call: panels, table, figure_table, chart, picture, sources, legend, page_break."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from reports.document import (
    Caption,
    Captioned,
    Chart,
    ChartKind,
    ColumnKind,
    Contents,
    CrossReference,
    Heading,
    PageBreak,
    Panel,
    Panels,
    Paragraph,
    Picture,
    Row,
    Run,
    Table,
    Text,
    plain,
)
from reports.facts.figures import Figure
from reports.facts.goods import Goods
from reports.facts.records import Source
from reports.facts.values import Count, Name, Period, Term
from reports.pictures import Photograph
from reports.wording.again import panel_form
from reports.wording.cells import SIGNS
from reports.wording.endings import Endings
from reports.wording.pieces import Pieces, is_blank, only
from reports.wording.tables import Line, Tables, is_series

TEXT: ColumnKind = "text"
FIGURE: ColumnKind = "figure"
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
            "group": self.group,
            "table": self.table,
            "line": self.line,
            "figure_table": self.figure_table,
            "chart": self.chart,
            "picture": self.picture,
            "number_of_table": self.number_of_table,
            "contents": self.contents,
            "compared": self.tables.compared,
            "is_series": is_series,
            "values_of": values_of,
            "lines_of": self.lines_of,
            "indicator_of": lambda found: Term(found.indicator),
            "reporter_of": lambda figure: self.tables.reporter(figure.reporter) if figure.reporter else None,
            "country_of": lambda found: self.country(found.country),
            "is_long": self.is_long,
            "titled": self.titled,
            "number_of": lambda found: Count(Decimal(len(found))),
            "is_incomplete": self.is_incomplete,
            "has_official_name": self.has_official_name,
            "page_break": PageBreak,
            "short": self.tables.short,
            "lines": self.lines,
            "said": self.said,
            **Endings(self.tables, self.sources).named(),
        }

    # ------------------------------------------------------------ key figures

    def panel(self, figure: Figure | None, label: object, detail: object = None) -> Panel | None:
        """One key figure, or None if nobody published it."""
        if figure is None or figure.value is None:
            return None
        speaker = self.tables.speaker
        number, unit, unit_first = speaker.language.panel(figure.value)
        speaker.ledger.facts[figure.key] = figure
        run = Run(number, figure=figure.key, isolated=True, form=panel_form(speaker.language, figure.value))
        text = (run, *speaker.marks(figure))
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

    def group(self, label: object, columns: int) -> Row:
        """The heading of a group of rows of a table with so many columns."""
        said = tuple(replace(part, strong=True) if isinstance(part, Run) else part for part in self._cell(label))
        return Row((said, *((),) * (columns - 1)), ruled=True)

    def _cell(self, value: object) -> Text:
        if value is None:
            return (Run(SIGNS["O"]),)
        if isinstance(value, Figure) and value.value is None:
            return (Run(SIGNS.get(value.status[:1], SIGNS["O"])),)
        return self.tables.text(value)

    def table(  # noqa: PLR0913  what a table may be asked for, by name
        self,
        title: object,
        header: Sequence[object],
        rows: Iterable[Row],
        *,
        empty: Empty = "remove",
        figures: int = 0,
        sparse: bool = False,
        name: str = "",
    ) -> Pieces:
        """A table of texts, with so many columns of figures at its end; a `sparse` one leaves out its empty columns.

        Without rows it is not there, or says that there is no data (`empty`).
        """
        body = tuple(only(row, Row, "wanted row(…)") for row in rows if not is_blank(row))
        if not body and empty == "remove":
            return Pieces()
        heads = tuple(map(self.tables.text, header))
        kinds = (*(TEXT,) * (len(heads) - figures), *(FIGURE,) * figures)
        body = body or (Row((self.tables.words("no_data"), *((),) * (len(heads) - 1))),)
        said = [any(_is_said(row.cells[column]) for row in body) for column in range(len(heads))]
        kept = [column for column in range(len(heads)) if not sparse or said[column]]
        body = tuple(replace(row, cells=tuple(row.cells[column] for column in kept)) for row in body)
        caption: Caption = self.tables.caption("table", title)
        notes = self.tables.notes([cell for row in body for cell in row.cells])
        heads, kinds = tuple(heads[column] for column in kept), tuple(kinds[column] for column in kept)
        return self._named(name, Pieces([Table(caption, kinds, (heads,), body, notes, plain(caption.title))]))

    def lines(self, values: Iterable[object]) -> Pieces:
        """Several values or paragraphs of a macro, one a line of a cell; what is not there is left out."""
        there = [value for value in values if value and not is_blank(value)]
        texts = [value.text if isinstance(value, Paragraph) else self.tables.text(value) for value in there]
        return Pieces([inline for text in texts for inline in (Run("\n"), *text)][1:])

    def said(self, value: object, case: str = "") -> Pieces:
        """The paragraph of a macro, or a value in a case, as a part of a sentence; nothing of nothing."""
        return Pieces(self.tables.speaker.text(value, case) if case else self.tables.text(value))

    def line(self, label: object, figures: Iterable[Figure | None], level: int = 0) -> Line:
        """A measure of a figure table."""
        return Line(self.tables.text(label), tuple(figure for figure in figures if figure), level)

    def lines_of(self, goods: Goods, most: int) -> list[Line]:
        """The goods of a flow whose value is known, so many of the biggest at most."""
        return [self.line(Term(good.item), [good.value]) for good in goods.goods if good.value][:most]

    def figure_table(
        self, title: object, periods: Sequence[Period], lines: Sequence[Line], home: Name, name: str = ""
    ) -> Pieces:
        """A table of figures by period, in groups by whose statistics they are."""
        found = [only(line, Line, "wanted line(…)") for line in lines]
        return self._named(name, self.tables.by_period(title, found, periods, home))

    def chart(self, kind: ChartKind, title: object, figures: Sequence[Figure], name: str = "") -> Pieces:
        """Bars of one series over its periods; nothing of fewer than two values."""
        return self._named(name, self.tables.chart(kind, title, figures))

    def _named(self, name: str, built: Pieces) -> Pieces:
        """What was built, under a name by which a sentence behind it may refer to it."""
        for block in built if name else ():
            if isinstance(block, Table | Chart):
                kind: Captioned = "table" if isinstance(block, Table) else "figure"
                number = block.caption.number
                self.tables.speaker.ledger.named[name] = CrossReference(str(number), kind, number)
        return built

    def number_of_table(self, name: str) -> Pieces | None:
        """The number of the table or figure of a name, which leads to it; None if it is not printed, or not yet."""
        found = self.tables.speaker.ledger.named.get(name)
        return Pieces([found]) if found else None

    def contents(self, depth: int = 2, least: int = 0) -> Contents:
        """The list of the headings, so many levels of them, if the document has so many headings at `least`."""
        self.tables.speaker.ledger.least_headings = least
        return Contents(self.tables.words("contents"), depth)

    # ------------------------------------------------------------ pictures

    def picture(self, shown: Photograph | None, label: object, *, width: int = 3) -> Pieces:
        """A picture so many centimetres wide with its label under it, which is also its alternative text; nothing of
        nothing."""
        if shown is None:
            return Pieces()
        caption = self.tables.text(label)
        return Pieces([Picture(shown.blob, shown.pixels, Decimal(width), plain(caption), caption)])

    # ------------------------------------------------------------ words

    def is_long(self, figure: Figure) -> bool:
        """Whether one would not say all digits of a figure aloud."""
        language, value = self.tables.speaker.language, figure.value
        return value is not None and language.say(value, "spoken") != language.say(value)

    def titled(self, title: object, blocks: Iterable[object]) -> Pieces:
        """A section with its heading, or nothing where nothing is in it."""
        found = [block for block in blocks if not is_blank(block)]
        return Pieces([Heading(self.tables.text(title), 2), *found] if found else [])

    def is_incomplete(self) -> bool:
        """Whether something said so far had no words in the language and stands in another."""
        return bool(self.tables.speaker.ledger.problems)

    def country(self, code: str) -> Name | None:
        """The country of a code; None for a group and for nothing."""
        return Name(code) if code in self.tables.speaker.language.countries else None

    def has_official_name(self, country: Name) -> bool:
        """Whether the language has the long name of a country."""
        return self.tables.speaker.language.has_official_name(country.code)


def _is_said(cell: Text) -> bool:
    """Whether a cell says more than that nothing is known."""
    return bool(cell) and cell != (Run(SIGNS["O"]),)


def values_of(goods: Goods) -> tuple[Figure, ...]:
    """What the goods of a flow are worth, where it is known, the biggest first."""
    return tuple(good.value for good in goods.goods if good.value)
