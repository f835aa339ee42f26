"""The pager: fills pages with boxes, and their feet with the footnotes that are marked on them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reports.writers.pdf.boxes import TOLERANCE, Box, NewPage, ParagraphBox, Rule, Side
from reports.writers.pdf.sheet import Sheet

NOTES_SHARE = 0.5  # of the column: more notes than this go on at the foot of the next page
NOTES_GAP, NOTES_RULE, NOTES_PAD = 10.0, (0.5, "8A949B"), 3.0  # above the notes: free space, a rule, free space
RULE_SHARE = 1 / 3  # of the column, the length of that rule


class Standing(NamedTuple):
    """A box and how far its top is below the top of the column."""

    box: Box
    down: float


@dataclass(frozen=True, slots=True, eq=False)
class NotesBox:
    """The footnotes of a page under a short rule."""

    boxes: tuple[ParagraphBox, ...]
    width: float
    rule: Rule = NOTES_RULE
    before: float = NOTES_GAP
    after: float = 0
    keep_with_next: bool = False
    side: Side | None = None
    anchor: str = ""
    notes: tuple[int, ...] = ()

    @property
    def height(self) -> float:
        """Of the rule and of all notes."""
        return _height_of(self.boxes) - self.before

    @property
    def smallest(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float, anywhere: bool) -> None:
        """Never: the pager parts notes when it chooses them."""

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draws the rule, then the notes."""
        sheet.rule((left, top), (left + self.width * RULE_SHARE, top), self.rule)
        top -= NOTES_PAD
        for box in self.boxes:
            box.draw(sheet, left, top - box.before)
            top -= box.before + box.height + box.after


def _height_of(notes: Sequence[ParagraphBox]) -> float:
    """Of notes at the foot of a page, with what parts them from the text."""
    return NOTES_GAP + NOTES_PAD + sum(box.before + box.height + box.after for box in notes) if notes else 0


@dataclass(slots=True, eq=False)
class _Foot:
    """The notes that wait for a place, those of this page and what was left over from the last. `room` is the height of
    this page, `others` that of the next ones."""

    known: Mapping[int, ParagraphBox]
    room: float
    others: float
    waiting: list[ParagraphBox] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def needed(self, marks: Sequence[int]) -> float:
        """The height of the foot of this page once these notes, too, are marked on it."""
        fresh = [self.known[mark] for mark in dict.fromkeys(marks) if mark in self.known and mark not in self.taken]
        return min(_height_of([*self.waiting, *fresh]), self.room * NOTES_SHARE)

    def take(self, marks: Sequence[int]) -> None:
        """These notes are marked on this page."""
        for mark in marks:
            if mark in self.known and mark not in self.taken:
                self.taken.add(mark)
                self.waiting.append(self.known[mark])

    def close(self, page: "list[Standing]") -> None:
        """As many of the notes as fit stand at the foot of the page."""
        end = page[-1].down + page[-1].box.height if page else 0
        placed: list[ParagraphBox] = []
        while self.waiting:
            free = self.room - end - _height_of(placed) - (0 if placed else NOTES_GAP + NOTES_PAD)
            note = self.waiting[0]
            alone = not page and not placed
            parts = note.split(free - note.before, anywhere=alone)
            if note.before + note.height <= free + TOLERANCE or (alone and not parts):
                placed.append(self.waiting.pop(0))
                continue
            if parts:
                placed.append(parts[0])
                self.waiting[0] = parts[1]
            break
        if placed:
            box = NotesBox(tuple(placed), placed[0].width)
            page.append(Standing(box, max(self.room - box.height, end)))
        self.room = self.others


def paginated(
    boxes: Sequence[Box | NewPage],
    room: float,
    notes: Mapping[int, ParagraphBox] | None = None,
    first: float | None = None,
) -> list[list[Standing]]:
    """The boxes on pages with a column of this height, with the footnotes by number; the `first` page may have another
    height. There is always one page."""
    pages: list[list[Standing]] = [[]]
    foot = _Foot(notes or {}, room if first is None else first, room)
    waiting = list(reversed(boxes))
    while waiting:
        box, page = waiting.pop(), pages[-1]
        if isinstance(box, NewPage):
            if page:
                foot.close(page)
                pages.append([])
            continue
        down = page[-1].down + page[-1].box.height + _gap(page[-1].box, box) if page else 0
        free = foot.room - down - foot.needed(_marks(box, waiting))
        fits, rest = _placed_on(box, waiting, free, empty=not page)
        if fits:
            page.append(Standing(fits, down))
            foot.take(fits.notes)
        if rest:
            waiting.append(rest)
            foot.close(page)
            pages.append([])
    foot.close(pages[-1])
    while foot.waiting:
        pages.append([])
        foot.close(pages[-1])
    return pages


def _marks(box: Box, waiting: Sequence[Box | NewPage]) -> list[int]:
    """The notes of a box and of what it may not be parted from."""
    marks = list(box.notes)
    for follower in reversed(waiting):
        if not box.keep_with_next or isinstance(follower, NewPage):
            break
        marks += follower.notes
        box = follower
    return marks


def _placed_on(box: Box, waiting: Sequence[Box | NewPage], room: float, empty: bool) -> tuple[Box | None, Box | None]:
    """What of the box stands on this page, and what goes to the next."""
    follower = _needed(box, waiting, len(waiting) - 1) if box.keep_with_next else 0
    if box.height + follower <= room + TOLERANCE:
        return box, None
    fits = box.height <= room + TOLERANCE  # alone, but not with what it may not be parted from
    if empty or box.smallest <= room + TOLERANCE:
        parts = box.split(min(room, box.height - 1), anywhere=empty and not fits)
        if parts:
            return parts
    return (box, None) if empty else (None, box)


def _gap(above: Box, below: Box) -> float:
    """The space between two boxes: the larger of the two that they ask for, as Word has it between paragraphs."""
    return max(above.after, below.before)


def _needed(above: Box, waiting: Sequence[Box | NewPage], position: int) -> float:
    """The height that the next box needs at least, with its space above and what it may not be parted from."""
    if position < 0:
        return 0
    box = waiting[position]
    if isinstance(box, NewPage):
        return 0
    needed = _gap(above, box) + box.smallest
    if box.keep_with_next and box.smallest >= box.height:
        needed += _needed(box, waiting, position - 1)
    return needed


def side_rules(page: Sequence[Standing]) -> Iterator[tuple[Side, float, float]]:
    """The rules at the side of a page's boxes, from where to where below the top of the column."""
    current: tuple[Side, float, float] | None = None
    for box, down in page:
        if current and box.side == current[0]:
            current = current[0], current[1], down + box.height
            continue
        if current:
            yield current
        current = (box.side, down, down + box.height) if box.side else None
    if current:
        yield current
