"""Tables of figures by period, grouped by whose statistics they are, and charts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reports.document import (
    Caption,
    Chart,
    ChartKind,
    Citation,
    ColumnKind,
    Mark,
    Paragraph,
    Point,
    Row,
    Run,
    Series,
    Table,
    Text,
    plain,
)
from reports.facts.figures import Figure
from reports.facts.values import Count, Name, Part, Period, Term
from reports.wording.again import cell_form
from reports.wording.cells import SIGNS, common_scale, decimals, in_scale, number, statistic, unit_of
from reports.wording.forms import marked, tied
from reports.wording.pieces import Pieces, is_blank
from reports.wording.speaker import EARLY, OVERRIDE, Speaker

FIGURE: ColumnKind = "figure"
TENTATIVE = frozenset("PEF")  # provisional, estimated, forecast
LEGENDS = {"…": "missing", "×": "meaningless", "c": "suppressed", EARLY: "early", OVERRIDE: "override"}


@dataclass(frozen=True, slots=True)
class Words:
    """The macros of templates/reports/common.j2, called from here: labels, legends, 'Source: 1'."""

    macros: Mapping[str, Callable[..., Pieces]]

    def __call__(self, name: str, **values: object) -> Text:
        """The text of the one paragraph that the macro `name` says."""
        (block,) = (piece for piece in self.macros[name](**values) if isinstance(piece, Paragraph))
        return block.text


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of a figure table: its label and its figures, of any statistics and periods."""

    label: Text
    figures: tuple[Figure, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a group of rows: its power of ten, its words, and the most decimals of what was published in it."""

    scale: int
    words: str
    most: int


@dataclass(frozen=True, slots=True)
class Tables:
    """Builds tables and charts in one language."""

    speaker: Speaker
    words: Words

    def text(self, value: object) -> Text:
        """What a template gave as text: nothing, a sentence, the paragraph of a macro or a value."""
        if value is None:
            return ()
        if isinstance(value, Pieces):
            said = [piece for piece in value if not is_blank(piece)]
            return said[0].text if len(said) == 1 and isinstance(said[0], Paragraph) else tuple(said)
        return self.speaker.text(value)

    def short(self, value: object) -> Pieces:
        """A day or a period in its short form, on one line of a cell; the sign for what is not known."""
        said = (Run(SIGNS["O"]),) if value is None else self.speaker.text(value, "short")
        return Pieces(
            marked(replace(part, text=tied(part.text)), tied=True) if isinstance(part, Run) else part for part in said
        )

    def caption(self, kind: str, title: object, unit: object = None) -> Caption:
        """'Table 1.' and its title; kind is table or figure."""
        count = self.speaker.ledger.next_number(kind)
        label = plain(self.words(f"{kind}_label", n=Count(Decimal(count))))
        return Caption(label, count, self.text(title), self.text(unit))

    # ------------------------------------------------------------ what stands under a table

    def notes(self, texts: Sequence[Text]) -> tuple[Text, ...]:
        """The legend of the signs in these texts, and their sources."""
        inlines = [inline for text in texts for inline in text]
        signs = {inline.text for inline in inlines if isinstance(inline, Run) and inline.text in SIGNS.values()}
        signs |= {inline.sign for inline in inlines if isinstance(inline, Mark)}
        return (*((self.legend(signs),) if signs else ()), *self._revisions(texts), *self._sources(texts))

    def _revisions(self, texts: Iterable[Text]) -> Iterator[Text]:
        """What stood in the last edition, for each figure of these texts that was revised."""
        keys = dict.fromkeys(run.figure for text in texts for run in text if isinstance(run, Run) and run.figure)
        for key in keys:
            fact = self.speaker.ledger.facts[key]
            if isinstance(fact, Figure) and fact.former is not None:
                yield self.words("revised_note", period=fact.period, size=fact.former)

    def legend(self, signs: Iterable[str]) -> Text:
        """'… not available; p provisional.'"""
        said: list[Text] = [self.words(f"legend_{LEGENDS.get(sign, sign)}") for sign in sorted(signs)]
        joints = self.speaker.language.lists.sheet
        joined = [inline for text in said for inline in (Run(joints.clause), *text)]
        return (*joined[1:], Run(joints.stop))

    def _sources(self, texts: Iterable[Text]) -> tuple[Text, ...]:
        facts = self.speaker.ledger.facts
        keys = dict.fromkeys(run.figure for text in texts for run in text if isinstance(run, Run) and run.figure)
        sources = dict.fromkeys(source for key in keys for source in facts[key].sources)
        if not sources:
            return ()
        numbers = self.speaker.ledger.cite(tuple(sources))
        listed = Run(self.speaker.language.lists.sheet.comma.join(map(str, numbers)))
        said = Pieces([Citation(numbers) if self.speaker.ledger.sources_as_notes else listed])
        return (self.words("source_note", numbers=said, n=Count(Decimal(len(numbers)))),)

    # ------------------------------------------------------------ figures by period

    def by_period(self, title: object, lines: Sequence[Line], periods: Sequence[Period], home: Name) -> Pieces:
        """A table with a column for each period of which something is known; a group of rows for each country's
        statistics. Nothing if no figure."""
        asked = set(periods)
        shown = [figure for line in lines for figure in line.figures if figure.value and figure.period in asked]
        if not shown:
            return Pieces()
        told = {figure.period for line in lines for figure in line.figures}  # that it is secret is told too
        periods = [period for period in periods if period in told]
        groups = list(dict.fromkeys(map(statistic, shown)))
        units = {group: self._unit(shown, group) for group in groups}
        shared = len({unit.words for unit in units.values()}) == 1
        caption = self.caption("table", title, Pieces([Run(units[groups[0]].words)]) if shared else None)
        rows: list[Row] = []
        for group in groups:
            if len(groups) > 1 or group[0] != home.code:
                rows.append(self._group(group[0], "" if shared else units[group].words, len(periods)))
            rows += self._rows(lines, periods, group, units[group])
        header: tuple[Text, ...] = ((), *((Run(self.speaker.language.say(period, "short")),) for period in periods))
        kinds: tuple[ColumnKind, ...] = ("text", *(FIGURE,) * len(periods))
        notes = self.notes([cell for row in rows for cell in row.cells])
        return Pieces([Table(caption, kinds, (header,), tuple(rows), notes, plain(caption.title))])

    def _unit(self, figures: Iterable[Figure], group: tuple[str, str]) -> Unit:
        """The unit of a group of rows."""
        values = [figure.value for figure in figures if figure.value and statistic(figure) == group]
        scale = common_scale(values)
        return Unit(scale, self.speaker.language.unit(scale, group[1]), decimals(values, scale))

    def reporter(self, code: str) -> Name | Term:
        """Whose statistics a figure is, by its code: a country or a group."""
        return Name(code) if code in self.speaker.language.countries else Term(code)

    def _group(self, reporter: str, unit: str, columns: int) -> Row:
        said = {"reporter": self.reporter(reporter)} if reporter else {}
        label = self.words("statistics_of" if reporter else "statistics_unnamed", **said)
        phrase = self.speaker.language.lists.sheet.phrase
        whole = f"{plain(label)}{phrase}{unit}" if unit else plain(label)
        return Row(((Run(whole, strong=True),), *((),) * columns), ruled=True)

    def _rows(
        self, lines: Sequence[Line], periods: Sequence[Period], group: tuple[str, str], unit: Unit
    ) -> Iterable[Row]:
        for line in lines:
            of_group = {figure.period: figure for figure in line.figures if statistic(figure) == group}
            if any(period in of_group for period in periods):
                cells = (self._number(of_group.get(period), unit) for period in periods)
                yield Row((line.label, *cells), line.level)

    def _number(self, figure: Figure | None, unit: Unit) -> Text:
        if figure is None or figure.value is None:
            return (Run(SIGNS.get(figure.status[:1], SIGNS["O"]) if figure else SIGNS["O"]),)
        self.speaker.ledger.facts[figure.key] = figure
        said = number(self.speaker.language, figure.value, unit.scale, unit.most)
        form = cell_form(figure.value, unit.scale, unit.most)
        return (Run(said, figure=figure.key, isolated=True, form=form), *self.speaker.marks(figure))

    # ------------------------------------------------------------ charts

    def chart(self, kind: ChartKind, title: object, shown: Sequence[Figure] | Sequence[Line]) -> Pieces:
        """One series over its periods, or a series for each line, with a gap for a year unknown.

        Nothing where fewer than two values are known, or where lines are not of whole years, of one unit and of one
        country's statistics: such figures do not compare.
        """
        lines = [line for line in shown if isinstance(line, Line) and any(figure.value for figure in line.figures)]
        figures = [figure for figure in shown if isinstance(figure, Figure)]
        known = [figure for figure in (*figures, *(each for line in lines for each in line.figures)) if figure.value]
        if not is_series(known) or (lines and not _compare(known)):
            return Pieces()
        periods = _without_gaps(_periods(known))
        categories = tuple(self.speaker.language.say(period, "short") for period in periods)
        rows = [(plain(line.label), line.figures) for line in lines] or [("", tuple(figures))]
        by_period = [(name, {figure.period: figure for figure in row}) for name, row in rows]
        series = [(name, [found.get(period) for period in periods]) for name, found in by_period]
        return self._drawn(kind, title, categories, series)

    def compared(self, title: object, lines: Sequence[Line]) -> Pieces:
        """A bar for the first figure of each line; nothing unless two at least are known, all in one unit."""
        shown = [(line.label, line.figures[0]) for line in lines if line.figures and line.figures[0].value]
        figures = [figure for _, figure in shown]
        if not is_series(figures) or len({unit_of(figure.value) for figure in figures if figure.value}) > 1:
            return Pieces()
        return self._drawn("bar", title, tuple(plain(label) for label, _ in shown), [("", figures)])

    def _drawn(
        self,
        kind: ChartKind,
        title: object,
        categories: tuple[str, ...],
        rows: Sequence[tuple[str, Sequence[Figure | None]]],
    ) -> Pieces:
        """The chart of some series by name; one without a name is what the title says."""
        values = [figure.value for _, row in rows for figure in row if figure and figure.value]
        scale, unit = common_scale(values), unit_of(values[0])
        words = self.speaker.language.unit(scale, unit)
        caption = self.caption("figure", title, Pieces([Run(words)]) if words else None)
        of_unit = Unit(scale, words, decimals(values, scale))
        whole = plain(caption.title)
        series = tuple(Series(name or whole, tuple(self._point(each, of_unit) for each in row)) for name, row in rows)
        joints = self.speaker.language.lists.sheet
        said = joints.clause.join(
            self._series_said(name, one, categories) for (name, _), one in zip(rows, series, strict=True)
        )
        alternative = f"{joints.phrase.join(filter(None, (whole, words)))}{joints.colon}{said}{joints.stop}"
        notes = self.notes([point.text for one in series for point in one.points if point])
        return Pieces([Chart(kind, caption, categories, series, alternative, notes)])

    def _series_said(self, name: str, series: Series, categories: Sequence[str]) -> str:
        """Every value of a series in words."""
        joints = self.speaker.language.lists.sheet
        labels = (point.label if point else SIGNS["O"] for point in series.points)
        pairs = joints.clause.join(f"{category} – {label}" for category, label in zip(categories, labels, strict=True))
        return f"{name}{joints.colon}{pairs}" if name else pairs

    def _point(self, figure: Figure | None, unit: Unit) -> Point | None:
        if figure is None or figure.value is None:
            return None
        self.speaker.ledger.facts[figure.key] = figure
        label = number(self.speaker.language, figure.value, unit.scale, unit.most)
        marks = tuple(mark for mark in self.speaker.marks(figure) if isinstance(mark, Mark))
        value, form = in_scale(figure.value, unit.scale), cell_form(figure.value, unit.scale, unit.most)
        return Point(value, label, figure.key, bool(set(figure.status) & TENTATIVE), marks, form)


def is_series(figures: Sequence[Figure]) -> bool:
    """Whether a chart of them compares anything: one bar does not."""
    return len([figure for figure in figures if figure.value]) > 1


def _compare(figures: Sequence[Figure]) -> bool:
    """Whether figures may stand in one chart: whole years, of one unit, by one maker."""
    return all(figure.period.is_year for figure in figures) and len(set(map(statistic, figures))) == 1


def _periods(figures: Sequence[Figure]) -> list[Period]:
    return list(dict.fromkeys(figure.period for figure in figures))


def _without_gaps(periods: list[Period]) -> list[Period]:
    """Whole years with those that lie between; other periods as they are."""
    if not all(period.is_year for period in periods):
        return periods
    years = [period.last.year for period in periods]
    return [Period(Part(year), Part(year)) for year in range(min(years), max(years) + 1)]
