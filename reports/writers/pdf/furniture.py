"""What stands on every page: the headers and footers of the house style with the document's words in their places."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from reports.document import Document, numeral
from reports.house.filling import Part, blank, kept, part_of, places, properties
from reports.house.strips import property_asked
from reports.house.theme import Emblem, Page, Piece, StripLine, TextStyle
from reports.writers.pdf.lines import Line, broken
from reports.writers.pdf.typeset import Pieces, Typesetter
from reports.writers.pdf.words import natural_width

GAP = 12  # between what stands left and right
RULE_GAP = 2.5  # between text and its rule
TO_BODY = 14  # the least space between the furniture and the column
LARGEST_SHARE = 0.6  # of the width for the last of what stands side by side
PICTURE_GAP = 6  # between a picture in a line and the text beside it
DEFAULT_TABS = 36.0  # where a line has no stop left (ECMA-376 part 1, 17.15.1.25)
ALONE = 2  # ends of a line without a tab
SAYING = ("text", "place", "field")  # kinds of pieces that have words
SHARES: Mapping[str, float] = {"center": 0.5, "end": 1.0}


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Lines between two tabs: where they begin, in which width and how aligned; the text that capitals stand for."""

    left: float
    width: float
    share: float
    lines: tuple[Line, ...]
    emblem: Emblem | None = None
    said: str = ""

    @property
    def height(self) -> float:
        """That of its lines, or of its picture."""
        return max(sum(line.leading for line in self.lines), self.emblem.height if self.emblem else 0)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A paragraph: its blocks, its look, what floats beside it."""

    blocks: tuple[Block, ...]
    style: TextStyle
    floating: tuple[Emblem, ...] = ()

    @property
    def height(self) -> float:
        """That of its tallest block, or of an empty line."""
        return max((block.height for block in self.blocks), default=0) or self.style.leading


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """A header or footer."""

    rows: tuple[Row, ...]

    @property
    def height(self) -> float:
        """With rules and the space between rows."""
        return max((down + height for down, _, height in self.standing()), default=0)

    def standing(self) -> Iterator[tuple[float, Row, float]]:
        """Each row with its distance from the top and its height, both with its rules.

        Rows with the same rules have them around all of them, as paragraphs have (ECMA-376 part 1, 17.3.1.24).
        """
        down, after = 0.0, 0.0
        for number, row in enumerate(self.rows):
            first, last = self.ends(number)
            down += max(after, row.style.before)
            height = row.height + RULE_GAP * (bool(row.style.top_rule) * first + bool(row.style.bottom_rule) * last)
            yield down, row, height
            down, after = down + height, row.style.after

    def ends(self, number: int) -> tuple[bool, bool]:
        """Whether a row is the first, and the last, of those that share its rules."""
        rules = [(row.style.top_rule, row.style.bottom_rule) for row in self.rows]
        above, below = rules[:number][-1:], rules[number + 1 : number + 2]
        return above != [rules[number]], below != [rules[number]]


@dataclass(frozen=True, eq=False)
class Furnisher:
    """Sets the headers and footers of a document."""

    document: Document
    setter: Typesetter
    page: Page
    _set_rows: dict[tuple[int, tuple[str, ...]], tuple[Row, ...]] = field(default_factory=dict)  # by line and words

    def strips(self, number: int, pages: int) -> tuple[Strip, Strip]:
        """Header and footer of a page of so many."""
        kind, words = self.page.kind(number), self._words(number, pages)
        theme = self.setter.theme
        return self._strip(theme.headers.get(kind, ()), words), self._strip(theme.footers.get(kind, ()), words)

    def _strip(self, lines: Sequence[StripLine], words: Mapping[str, str]) -> Strip:
        return Strip(tuple(row for line in lines for row in self._rows(line, words)))

    def _words(self, number: int, pages: int) -> Mapping[str, str]:
        """What places and fields say on a page, by `place …` and `field …`."""
        furniture = self.document.furniture
        first, last = numeral(number, furniture.digits), numeral(pages, furniture.digits)
        page = furniture.page.replace("{page}", first).replace("{pages}", last)
        counted = {"place page": page, "field PAGE": first, "field NUMPAGES": last, "field SECTIONPAGES": last}
        return {**self._places, **counted}

    @cached_property
    def _places(self) -> Mapping[str, str]:
        return {f"place {tag}": said for tag, said in places(self.document).items()}

    def _said(self, piece: Piece, words: Mapping[str, str]) -> str:
        if piece.kind == "text":
            return piece.said
        if piece.kind == "place":
            return words[f"place {piece.said}"]
        name = piece.said.split()[0].upper()
        asked = property_asked(piece.said) or name.lower()
        return words.get(f"field {name}") or properties(self.document).get(asked, "")

    def _rows(self, line: StripLine, words: Mapping[str, str]) -> tuple[Row, ...]:
        """The row of a line, set once for all pages on which it says the same."""
        said = tuple(self._said(piece, words) if piece.kind in SAYING else "" for piece in line.pieces)
        key = id(line), said
        if key not in self._set_rows:
            self._set_rows[key] = tuple(self._row(line, said))
        return self._set_rows[key]

    def _row(self, line: StripLine, said: Sequence[str]) -> Iterator[Row]:
        """The row of a line; none of one that is there for places alone that have nothing to say."""
        parts = [_part(piece, text) for piece, text in zip(line.pieces, said, strict=True)]
        if blank(parts):
            return
        floating = tuple(piece.emblem for piece in line.pieces if piece.emblem and piece.emblem.anchor)
        stays = zip(line.pieces, said, kept(parts), strict=True)
        runs = [(piece, text) for piece, text, stay in stays if stay and not (piece.emblem and piece.emblem.anchor)]
        yield Row(tuple(self._blocks(line, runs)), line.style, floating)

    def _blocks(self, line: StripLine, runs: Sequence[tuple[Piece, str]]) -> Iterator[Block]:
        """What stands between tabs, beside one another; where it has not the room, in several lines each."""
        sides = list(_sides(line, runs))
        set_sides = [self._set(side.runs) for side in sides]
        widths = [natural_width(pieces) + room_of(side.emblem) for side, pieces in zip(sides, set_sides, strict=True)]
        measure = self._measure - line.style.left - line.style.right
        sides = list(_at_stops(sides, widths, line, measure))
        rooms = _rooms(sides, widths, measure)
        for side, pieces, (left, width) in zip(sides, set_sides, rooms, strict=True):
            lines = broken(pieces, width - room_of(side.emblem))
            yield Block(left + line.style.left, width, side.share, lines, side.emblem, self._raised(side.runs))

    def _set(self, runs: Sequence[tuple[Piece, str]]) -> Pieces:
        return self.setter.strings([(text, piece.style) for piece, text in runs if text])

    def _raised(self, runs: Sequence[tuple[Piece, str]]) -> str:
        """The text of runs of which some stand in capitals; empty if what is drawn says the same."""
        said = "".join(text for _, text in runs)
        drawn = "".join(self.setter.raised(text) if piece.style.caps else text for piece, text in runs)
        return said if said != drawn else ""

    @property
    def _measure(self) -> float:
        return self.page.width - self.page.left - self.page.right


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """What stands at a tab stop, or before the first: `share` of it is before the place. `stopped` asks for a stop."""

    place: float
    share: float
    runs: list[tuple[Piece, str]]
    emblem: Emblem | None
    stopped: bool


def _part(piece: Piece, said: str) -> Part:
    if piece.kind == "tab":
        return "tab"
    if piece.kind == "picture":
        return "text"
    return part_of(said) if piece.kind == "text" else "text" if said else "empty"


def room_of(emblem: Emblem | None) -> float:
    """The width that an emblem takes from the words beside it."""
    return emblem.width + PICTURE_GAP if emblem else 0


def _sides(line: StripLine, runs: Sequence[tuple[Piece, str]]) -> Iterator[_Side]:
    """The runs parted at tabs. A tab may say itself how it is aligned to the margins (ECMA-376 part 1, 17.3.3.23)."""
    starts = [-1, *(number for number, (piece, _) in enumerate(runs) if piece.kind == "tab"), len(runs)]
    for start, end in pairwise(starts):
        inside = [run for run in runs[start + 1 : end] if run[0].kind != "tab"]
        emblem = next((piece.emblem for piece, _ in inside if piece.emblem), None)
        aligned = runs[start][0].said if start >= 0 else line.style.alignment if len(starts) == ALONE else "start"
        yield _Side(0, SHARES.get(aligned, 0.0), inside, emblem, start >= 0 and not aligned)


def _at_stops(sides: Sequence[_Side], widths: Sequence[float], line: StripLine, measure: float) -> Iterator[_Side]:
    """Each side at the next stop behind the text before it. A stop beyond the margin counts as the margin."""
    stops = [(min(place - line.style.left, measure), SHARES.get(alignment, 0.0)) for place, alignment in line.tabs]
    end = 0.0
    for side, width in zip(sides, widths, strict=True):
        place, share = side.share * measure, side.share
        if side.stopped:
            further = (DEFAULT_TABS * (end // DEFAULT_TABS + 1), 0.0)
            place, share = next((stop for stop in stops if stop[0] > end), stops[-1] if stops else further)
        yield replace(side, place=place, share=share)
        end = max(end, place - share * width + width)


def _rooms(sides: Sequence[_Side], widths: Sequence[float], measure: float) -> list[tuple[float, float]]:
    """Where each side begins and how wide it is: as wide as it is where all have room, else as much as there is."""
    if len(sides) == 1:
        return [(0, measure)]
    lefts = [side.place - side.share * width for side, width in zip(sides, widths, strict=True)]
    ends = [left + width for left, width in zip(lefts, widths, strict=True)]
    used = [number for number, width in enumerate(widths) if width]
    fits = all(ends[one] + GAP <= lefts[other] for one, other in pairwise(used))
    if fits and all(end <= measure + 1 for end in ends):
        return [(left, width + 1e-6) for left, width in zip(lefts, widths, strict=True)]
    return _squeezed(sides, widths, measure)


def _squeezed(sides: Sequence[_Side], widths: Sequence[float], measure: float) -> list[tuple[float, float]]:
    """The last as wide as it is, up to most of the measure; those before it share the rest by their widths."""
    last = min(widths[-1], measure * LARGEST_SHARE)
    room = measure - last - GAP * (len(sides) - 1)
    total = sum(widths[:-1]) or 1
    found, left = [], 0.0
    for width in widths[:-1]:
        taken = min(width, room * width / total) if len(sides) > 2 else room  # noqa: PLR2004  two share it all
        found.append((left, taken))
        left += taken + GAP
    return [*found, (measure - last, last)]


def column(page: Page, above: Strip, below: Strip) -> tuple[float, float]:
    """How far the column is from the upper and the lower edge: the margins, or more under a tall header."""
    top = max(page.top, page.header + above.height + TO_BODY) if above.rows else page.top
    return top, max(page.bottom, page.footer + below.height + TO_BODY) if below.rows else page.bottom
