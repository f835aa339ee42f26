"""Hypothesis strategies: any Document that keeps the promises of reports/document.py, with hostile words.

Characters are those of Latin, Greek, Cyrillic (Kazakh too) and the punctuation that a brief uses, so that every
format has a glyph for them; control characters cannot be there, because data is cleaned when it is read.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import count as count_from
from string import ascii_letters, digits, punctuation
from typing import Any, get_args

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    ChartKind,
    Citation,
    ColumnKind,
    Contents,
    CrossReference,
    Document,
    FigureRecord,
    Footnote,
    Furniture,
    Heading,
    Inline,
    Internal,
    Mark,
    Note,
    PageBreak,
    Panel,
    Panels,
    Paragraph,
    Picture,
    Point,
    Reference,
    Row,
    Run,
    Series,
    SourceEntry,
    Sources,
    Table,
    Text,
    texts,
)
from reports.errors import Problem
from tests.photographs import photograph

LETTERS = ascii_letters + "éèàçœæßÄñøŁčğışΑωАяЁёЩъӘәҒғҚқҢңӨөҰұҮүҺһІі"
SIGNS = punctuation + "«»“”„‘’–—…№§°€£₸₽−×±·•"
SPACES = " \n\u00a0\u202f"
ALPHABET = LETTERS + digits + SIGNS + SPACES
HOSTILE = (
    "100<200",
    "R&D <b>spend</b> > 3%",
    "Bross & Co\nsecond line",
    "<select>",
    "\"q\" and 's'",
    "]]>",
    "&amp;lt;",
    "<!-- -->",
    "{{ home }} {% raw %}",
    "%s %(n)d {0}",
    "</w:t></data></style>",
    "C:\\new\\table",
    "Қазақстан мен Люксембург",
    "l’Union économique «eurasienne»",
    "13,6\u202fмлн\u00a0долл.",
)
KEYS = (
    "trade.turnover@2025-01/2025-08",
    "trade.turnover@2025-01/2025-08~2024-01/2024-08!USD*KZ",
    "trade.exports/iron & steel <raw>@2024",
    'fdi.inflow/"total"@2005/2025-Q2',
    "event/2025-10-20/1",
    "trade.exports/an item whose name does not fit into the sixty-four characters of a tag@2024-Q3",
)
LANGUAGES = ("en", "ru", "kk", "fr")
COLUMNS: tuple[ColumnKind, ...] = get_args(ColumnKind)
CHARTS: tuple[ChartKind, ...] = get_args(ChartKind)


@dataclass(frozen=True)
class Printed:
    """A figure as a document prints it everywhere, and its record."""

    text: str
    value: Decimal
    record: FigureRecord


Figures = Mapping[str, Printed]


def words(max_size: int = 24) -> SearchStrategy[str]:
    """Text that is not blank, with spaces and line breaks only between words."""
    free = st.text(ALPHABET, min_size=1, max_size=max_size).map(str.strip).filter(bool)
    return st.one_of(st.sampled_from(HOSTILE), free)


@st.composite
def printed_figures(draw: st.DrawFn) -> Printed:
    """A number with one of the usual decimal marks and its record."""
    value = draw(st.decimals(-(10**6), 10**6, places=draw(st.integers(0, 3))))
    mark = draw(st.sampled_from(".,"))
    text = str(value).replace(".", mark).replace("-", "−")
    record = FigureRecord(
        str(value),
        draw(st.sampled_from([0, 3, 6])),
        draw(st.sampled_from(["USD", "%", ""])),
        "2024",
        draw(st.sampled_from(["", "P", "E"])),
        draw(st.sampled_from([(), ("key-1",), ("key-1", "a & b")])),
        draw(st.sampled_from(["", "2025-09-15"])),
        draw(st.sampled_from(["", "exports - imports"])),
        draw(st.sampled_from([(), KEYS[:2]])),
    )
    return Printed(text, value, record)


def runs(figures: Figures) -> SearchStrategy[Run]:
    """Words with any look, and figures with their keys."""
    plain = st.builds(
        Run,
        words(),
        strong=st.booleans(),
        emphasis=st.booleans(),
        link=st.sampled_from(["", "", "https://example.org/?a=1&b=<2>"]),
        language=st.sampled_from(["", "", "kk", "fr"]),
        isolated=st.booleans(),
    )
    keyed = st.sampled_from(sorted(figures)).map(lambda key: Run(figures[key].text, figure=key, isolated=True))
    return st.one_of(plain, keyed)


def inlines(figures: Figures, sources: int) -> SearchStrategy[Inline]:
    """Runs, citations of the sources there are, marks, references to tables, footnotes yet without their numbers."""
    numbers = st.lists(st.integers(1, sources), min_size=1, max_size=3, unique=True).map(sorted).map(tuple)
    cited, marked = st.builds(Citation, numbers), st.builds(Mark, st.sampled_from("pe*"))
    captioned: SearchStrategy[tuple[str, int]] = st.tuples(st.sampled_from(["table", "figure"]), st.integers(1, 99))
    referring = captioned.map(lambda found: CrossReference(str(found[1]), found[0], found[1]))  # type: ignore[arg-type]
    inner = st.lists(st.one_of(runs(figures), cited, marked), max_size=3).map(tuple)
    noted = st.one_of(st.just(()), st.builds(lambda first, rest: (first, *rest), runs(figures), inner))
    return st.one_of(runs(figures), runs(figures), cited, marked, referring, st.builds(Footnote, st.just(0), noted))


def numbered(part: Any, numbers: Iterator[int]) -> Any:
    """The same part of a document with its footnotes counted in reading order; one without a text repeats the last,
    and the first cannot."""
    if isinstance(part, Footnote):
        if part.text:
            return replace(part, number=next(numbers))
        last = deepcopy(numbers)
        return replace(part, number=next(last) - 1) if next(deepcopy(numbers)) > 1 else Mark("*")
    if isinstance(part, tuple):
        return tuple(numbered(inner, numbers) for inner in part)
    if isinstance(part, Panel):
        order = ("unit", "number") if part.unit_first else ("number", "unit")
        return replace(part, **{name: numbered(getattr(part, name), numbers) for name in (*order, "label", "detail")})
    if is_dataclass(part) and not isinstance(part, type | Run | Point):
        return replace(part, **{one.name: numbered(getattr(part, one.name), numbers) for one in fields(part)})
    return part


@dataclass(frozen=True)
class Parts:
    """The texts from which the blocks of one document are made."""

    text: SearchStrategy[Text]
    cell: SearchStrategy[Text]
    figures: Figures


def parts(figures: Figures, sources: int) -> Parts:
    """Texts begin with a run; a cell may be empty."""
    rest = st.lists(inlines(figures, sources), max_size=3)
    text = st.builds(lambda first, others: (first, *others), runs(figures), rest)
    return Parts(text, st.one_of(st.just(()), text), figures)


def captions(given: Parts, word: str) -> SearchStrategy[Caption]:
    """A label that holds its number once."""
    numbers = st.integers(1, 99)
    units = st.one_of(st.just(()), given.text)
    return numbers.flatmap(lambda n: st.builds(Caption, st.just(f"{word} {n}."), st.just(n), given.text, units))


@st.composite
def tables(draw: st.DrawFn, given: Parts) -> Table:
    """One to four columns, of one width throughout."""
    kinds: tuple[ColumnKind, ...] = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=4).map(tuple))
    cells = st.tuples(*[given.cell] * len(kinds))
    header = draw(st.lists(st.tuples(*[given.text] * len(kinds)), min_size=1, max_size=2).map(tuple))
    row = st.builds(Row, cells, st.integers(0, 2), st.booleans())
    rows = draw(st.lists(row, min_size=1, max_size=4).map(tuple))
    notes = draw(st.lists(given.text, max_size=2).map(tuple))
    return Table(draw(captions(given, "Table")), kinds, header, rows, notes, draw(words()))


@st.composite
def charts(draw: st.DrawFn, given: Parts) -> Chart:
    """Points print what their figures print everywhere; some are unknown."""
    categories = draw(st.lists(words(12), min_size=1, max_size=4).map(tuple))
    point = st.sampled_from(sorted(given.figures)).flatmap(
        lambda key: st.builds(
            Point,
            st.just(given.figures[key].value),
            st.just(given.figures[key].text),
            st.just(key),
            st.booleans(),
            st.sampled_from([(), (), (Mark("p"),), (Mark("e"), Mark("b"))]),
        )
    )
    points = st.tuples(*[st.one_of(st.none(), point, point)] * len(categories))
    series = draw(st.lists(st.builds(Series, words(12), points), min_size=1, max_size=3).map(tuple))
    kind: ChartKind = draw(st.sampled_from(CHARTS))
    notes = draw(st.lists(given.text, max_size=2).map(tuple))
    return Chart(kind, draw(captions(given, "Figure")), categories, series, draw(words()), notes)


def panels(given: Parts) -> SearchStrategy[Panels]:
    """A number with its unit on either side."""
    key = st.sampled_from(sorted(given.figures))
    number = key.map(lambda key: (Run(given.figures[key].text, figure=key),))
    details = st.one_of(st.just(()), given.text)
    panel = st.builds(Panel, number, st.one_of(st.just(()), given.text), given.text, details, st.booleans())
    return st.builds(Panels, st.lists(panel, min_size=1, max_size=4).map(tuple))


def pictures(given: Parts) -> SearchStrategy[Picture]:
    """A photograph of any width, with or without a caption."""
    widths = st.sampled_from([Decimal(3), Decimal("6.5"), Decimal(40)])
    shots = st.sampled_from([(3, 4), (20, 3)]).map(photograph)
    return st.builds(
        lambda shot, width, said, caption: Picture(shot.blob, shot.pixels, width, said, caption),
        shots, widths, words(), st.one_of(st.just(()), given.text),
    )  # fmt: skip


def blocks(given: Parts) -> SearchStrategy[Block]:
    """Every kind of block except the sources, which end a document."""
    roles = st.sampled_from(["body", "lead", "subtitle", "caption", "small"])
    paragraph = st.builds(Paragraph, given.text, roles)
    bullets = st.builds(Bullets, st.lists(given.text, min_size=1, max_size=3).map(tuple))
    inner = st.lists(st.one_of(paragraph, bullets), min_size=1, max_size=3).map(tuple)
    outer = st.one_of(
        st.builds(Heading, given.text, st.integers(1, 3)),
        paragraph,
        bullets,
        st.builds(Note, given.text),
        panels(given),
        tables(given),
        charts(given),
        pictures(given),
        st.builds(Reference, given.text, inner),
        st.builds(Contents, given.text, st.integers(1, 2)),
        st.just(PageBreak()),
    )
    return st.one_of(*[outer] * 9, st.builds(Internal, st.lists(outer, min_size=1, max_size=2).map(tuple)))


def source_lists(count: int) -> SearchStrategy[Sources]:
    """Numbered from one, each with a link."""

    def entry(number: int) -> SearchStrategy[SourceEntry]:
        link = Run("example.org", link=f"https://example.org/{number}?a&b")
        return words().map(lambda said: SourceEntry(number, f"key-{number}", (Run(said), Run(" "), link)))

    return st.tuples(*map(entry, range(1, count + 1))).map(Sources)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document whose figures are exactly those that it prints."""
    figures = draw(st.dictionaries(st.sampled_from(KEYS), printed_figures(), min_size=1, max_size=4))
    count = draw(st.integers(1, 4))
    given = parts(figures, count)
    title = draw(words())
    body = draw(st.lists(blocks(given), max_size=6))
    whole = numbered((Heading((Run(title),), 1), *body, draw(source_lists(count))), count_from(1))
    furniture = draw(st.builds(Furniture, words(), words(), words(), st.just("page {page} of {pages}")))
    problems = draw(st.lists(st.builds(Problem, words(), words(), words(), st.just("warning")), max_size=2).map(tuple))
    return Document(
        title,
        draw(words()),
        draw(st.sampled_from(LANGUAGES)),
        "ltr",
        date(2025, 10, 20),
        furniture,
        whole,
        {key: figures[key].record for key in printed_keys(whole)},
        problems,
    )


def printed_keys(whole: tuple[Block, ...]) -> tuple[str, ...]:
    """The keys that runs and points carry, each once, in reading order."""
    inlines_of = (inline for block in whole for text in texts(block) for inline in text)
    return tuple(dict.fromkeys(inline.figure for inline in inlines_of if isinstance(inline, Run) and inline.figure))
