"""Text: what a reader reads, line by line, for golden texts, diffs and the terminal."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal, assert_never

from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    Citation,
    Contents,
    CrossReference,
    Document,
    Footnote,
    Furniture,
    Heading,
    Inline,
    Internal,
    Mark,
    Note,
    PageBreak,
    Panels,
    Paragraph,
    Picture,
    Reference,
    Run,
    Sources,
    Table,
    Text,
    flat,
    footnotes,
    headings,
    numeral,
    plain,
)

if TYPE_CHECKING:
    from reports.house import House

UNDERLINES = {1: "=", 2: "-", 3: "~"}
GAP = "  "
Side = Literal["left", "right"]
RULE: tuple[str, ...] = ()  # a row without cells is a rule


def write(document: Document, house: "House | None") -> bytes:
    """The document as UTF-8 text: no trailing spaces, one empty line between blocks, a newline at the end."""
    parts = [*_opening(document), *_body(document), _page_footer(document.furniture)]
    return _joined(parts).encode()


def body(document: Document) -> str:
    """The blocks alone, for a letter: one empty line between them, a newline at the end."""
    return _joined(_body(document))


def _joined(parts: Iterable[list[str]]) -> str:
    paragraphs = ("\n".join(line.rstrip() for line in lines) for lines in parts)
    return "\n\n".join(filter(str.strip, paragraphs)) + "\n"


def _body(document: Document) -> Iterator[list[str]]:
    """The blocks and after them the footnotes."""
    for block in flat(document.blocks):
        yield _contents(block, document) if isinstance(block, Contents) else _lines(block)
    notes = ((note.sign, note) for note in footnotes(document.blocks))
    yield [line for number, note in notes for line in _hung(f"[^{number}] ", _said(note.text))]


def _contents(block: Contents, document: Document) -> list[str]:
    """The headings alone: text has no pages."""
    listed = headings(document.blocks, block.depth)
    return [
        *_broken(_said(block.title)),
        *(line for _, heading in listed for line in _hung(GAP * (heading.level - 1), plain(heading.text))),
    ]


def _opening(document: Document) -> Iterator[list[str]]:
    """What stands in the header, and the title where no heading says it."""
    yield _page_header(document.furniture)
    titles = (plain(block.text) for block in flat(document.blocks) if isinstance(block, Heading))
    if document.title not in titles:
        yield _underlined(document.title, 1)


def _page_header(furniture: Furniture) -> list[str]:
    said = filter(None, (furniture.issuer, furniture.classification, furniture.department, furniture.circulated))
    return [line for part in said for line in _broken(part)]


def _page_footer(furniture: Furniture) -> list[str]:
    said = filter(None, (furniture.footer, furniture.number, furniture.copy))
    return [line for part in said for line in _broken(part)]


def _lines(block: Block) -> list[str]:  # noqa: C901, PLR0911, PLR0912  one case a kind of block
    match block:
        case Heading(text, level):
            return _underlined(_said(text), level)
        case Paragraph(text) | Note(text):
            return _broken(_said(text))
        case Bullets(items):
            return [line for item in items for line in _hung("• ", _said(item))]
        case Panels():
            return _panels(block)
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)
        case Picture(alternative=alternative, caption=caption):
            return [*_broken(f"[picture: {alternative}]"), *(_broken(_said(caption)) if caption else [])]
        case Reference(heading, blocks):
            inner = [_broken(_said(heading)), *map(_lines, blocks)]
            return [f"| {line}" for lines in inner for line in lines]
        case Sources(entries):
            return [
                line
                for entry in entries
                for line in _hung(f"[{numeral(entry.number, entry.digits)}] ", _said(entry.text))
            ]
        case Internal(blocks):
            return [line for inner in flat(blocks) for line in _lines(inner)]
        case Contents(title):
            return _broken(_said(title))
        case PageBreak():
            return []
        case _:
            assert_never(block)


# ---------------------------------------------------------------- lines


def _said(text: Text) -> str:
    """A text in one string; marks and citations are set off by a space, addresses follow their words."""
    said = ""
    for inline in text:
        gap = "" if isinstance(inline, Run | CrossReference) or not said or said[-1].isspace() else " "
        said += gap + _inline(inline)
    return said


def _inline(inline: Inline) -> str:
    match inline:
        case Run(text, link=link):
            return f"{text} <{link}>" if link and link != text else text
        case Citation(numbers, digits):
            return f"[{', '.join(numeral(number, digits) for number in numbers)}]"
        case Mark(sign):
            return f"({sign})"
        case Footnote():
            return f"[^{inline.sign}]"
        case CrossReference(label):
            return label
        case _:
            assert_never(inline)


def _broken(said: str) -> list[str]:
    """The lines of a text; the data may hold line breaks."""
    return said.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _hung(sign: str, said: str) -> list[str]:
    first, *rest = _broken(said)
    return [sign + first, *(" " * len(sign) + line for line in rest)]


def _underlined(said: str, level: int) -> list[str]:
    lines = _broken(said)
    return [*lines, UNDERLINES.get(level, "~") * max(map(display_width, lines))]


def display_width(text: str) -> int:
    """The columns that a text takes in a terminal: two for a wide character, none for a combining one.

    >>> display_width("Қазақстан"), display_width("中国"), display_width("e\\u0301")
    (9, 4, 1)
    """
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


# ---------------------------------------------------------------- grids


def _panels(block: Panels) -> list[str]:
    rows = []
    for panel in block.panels:
        number = (panel.unit, panel.number) if panel.unit_first else (panel.number, panel.unit)
        rows.append((" ".join(filter(None, map(_said, number))), _said(panel.label), _said(panel.detail)))
    return _grid(rows, ("left",) * 3)


def _table(table: Table) -> list[str]:
    rows: list[tuple[str, ...]] = [*map(_cells, table.header), RULE]
    for row in table.rows:
        first, *rest = _cells(row.cells)
        rows += [RULE] * row.ruled
        rows.append((GAP * row.level + first, *rest))
    sides: list[Side] = ["right" if column == "figure" else "left" for column in table.columns]
    return [*_caption(table.caption), *_grid(rows, sides), *_notes(table.notes)]


def _chart(chart: Chart) -> list[str]:
    """The table behind the chart."""
    header = ("", *(series.name for series in chart.series))
    columns = ([_said(point.text) if point else "" for point in series.points] for series in chart.series)
    body = [tuple(row) for row in zip_longest(chart.categories, *columns, fillvalue="")]
    sides: list[Side] = ["left", *["right"] * len(chart.series)]  # type: ignore[list-item]
    return [*_caption(chart.caption), *_grid([header, RULE, *body], sides), *_notes(chart.notes)]


def _cells(texts: Iterable[Text]) -> tuple[str, ...]:
    return tuple(map(_said, texts))


def _caption(caption: Caption) -> list[str]:
    title = _broken(f"{caption.label} {_said(caption.title)}")
    return [*title, *_broken(_said(caption.unit))] if caption.unit else title


def _notes(notes: Iterable[Text]) -> list[str]:
    return [line for note in notes for line in _broken(_said(note))]


def _grid(rows: Sequence[tuple[str, ...]], sides: Sequence[Side]) -> list[str]:
    """Rows as aligned columns; a cell with line breaks takes as many lines as it needs."""
    split = [[_broken(cell) for cell in row] for row in rows]
    widths = [0] * len(sides)
    for row in split:
        for column, cell in enumerate(row):
            widths[column] = max(widths[column], *map(display_width, cell))
    rule = "-" * (sum(widths) + len(GAP) * (len(widths) - 1))
    lines: list[str] = []
    for row in split:
        layers = zip_longest(*row, fillvalue="") if row else ()
        lines += [_aligned(layer, widths, sides) for layer in layers] if row else [rule]
    return lines


def _aligned(cells: Sequence[str], widths: Sequence[int], sides: Sequence[Side]) -> str:
    padded = []
    for cell, width, side in zip(cells, widths, sides, strict=True):
        space = " " * (width - display_width(cell))
        padded.append(space + cell if side == "right" else cell + space)
    return GAP.join(padded)
