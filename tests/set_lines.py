"""Where the lines of a brief end in a PDF, whoever laid it out: read by poppler, in the order in which it was drawn."""

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    Document,
    Heading,
    Note,
    Paragraph,
    Picture,
    Reference,
    Run,
    Sources,
    Table,
    Text,
    flat,
    plain,
)
from reports.house.theme import Page

WORD = "{http://www.w3.org/1999/xhtml}word"
PAGE = "{http://www.w3.org/1999/xhtml}page"
UNSEEN = {"Cf", "Cc", "Mn", "Zs", "Pd"}  # marks of direction, vowel signs, spaces; hyphens, which parting adds
SAME_LINE = 5.0  # points: the middles of words of several fonts in one line are nearer to each other
SMALL = 0.75  # of the height of the words around: superiors, which both print, but one reads in brackets
SHORTEST = 4  # signs: a shorter text might be taken for another
OTHERS = re.compile("[^\u0590-\u08ff]")  # from right to left figures of two fonts are of two heights, as superiors are


Reading = Callable[[str], str]


class Said(NamedTuple):
    """A text of the document and what it is."""

    kind: str
    text: str


class Word(NamedTuple):
    """What stands together, and the middle of its line from the top of all pages."""

    signs: str
    middle: float
    height: float


# ---------------------------------------------------------------- what a document says


def said(document: Document) -> list[Said]:
    """Every text that is set in lines, in reading order."""
    found = (one for block in flat(document.blocks) for one in _said(block))
    read = reading(document)
    return [one for one in found if len(read(one.text)) >= SHORTEST]


def _said(block: Block) -> Iterator[Said]:  # noqa: C901  one case a kind of block
    match block:
        case Heading(text):
            yield Said("heading", plain(text))
        case Paragraph(text, role):
            yield Said("body" if role in ("body", "lead") else role, plain(text))
        case Bullets(items):
            yield from (Said("bullet", plain(item)) for item in items)
        case Note(text):
            yield Said("note", plain(text))
        case Table():
            yield _caption(block.caption)
            cells = [cell for row in (*block.header, *(row.cells for row in block.rows)) for cell in row]
            yield from (Said("cell", plain(cell)) for cell in cells)
            yield from _notes(block.notes)
        case Chart():
            yield _caption(block.caption)
            yield from _notes(block.notes)
        case Picture(caption=caption):
            yield Said("note", plain(caption))
        case Reference():
            yield Said("heading", plain(block.heading))
            yield from (one for inner in block.blocks for one in _said(inner))
        case Sources(entries):
            yield from (Said("source", plain(entry.text)) for entry in entries)
        case _:
            return


def _caption(caption: Caption) -> Said:
    return Said("caption", " ".join((caption.label, plain(caption.title), plain(caption.unit))))


def _notes(notes: Sequence[Text]) -> Iterator[Said]:
    if notes:
        yield Said("note", plain(tuple(inline for note in notes for inline in (*note, Run(" ")))))


def signs(text: str) -> str:
    """A text without what a reader of lines may see or not."""
    kept = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) not in UNSEEN)
    return re.sub(r"\s", "", "".join(kept)).casefold()


def letters(text: str) -> str:
    """Of a text from right to left its letters alone."""
    return OTHERS.sub("", signs(text))


def reading(document: Document) -> Reading:
    """What is read of the texts of a document."""
    return letters if document.direction == "rtl" else signs


# ---------------------------------------------------------------- what a PDF shows


def words_of(pdf: Path, page: Page, read: Reading) -> list[Word]:
    """The words in the column of each page, as they were drawn; without superiors."""
    run = subprocess.run(["pdftotext", "-raw", "-bbox", pdf, "-"], check=True, capture_output=True)
    tree = ElementTree.fromstring(run.stdout)
    words: list[Word] = []
    for number, leaf in enumerate(tree.iter(PAGE)):
        for word in leaf.iter(WORD):
            top, bottom, text = float(word.get("yMin", 0)), float(word.get("yMax", 0)), read(word.text or "")
            middle = (top + bottom) / 2
            if text and page.top < middle < page.height - page.bottom:
                words.append(Word(text, number * page.height + middle, bottom - top))
    return [word for place, word in enumerate(words) if not _superior(place, words)]


def _superior(place: int, words: Sequence[Word]) -> bool:
    word = words[place]
    near = (one for one in words[max(place - 2, 0) : place + 3] if abs(one.middle - word.middle) < 2 * SAME_LINE)
    return word.height < SMALL * max(one.height for one in near)


def ends(wanted: str, words: Sequence[Word], start: int) -> tuple[tuple[int, ...], int] | None:
    """How many signs of a text stand before the end of each of its lines, and the word behind it; None if it is not
    found from a word on. Words of a line may have any order: from right to left they are drawn as they stand."""
    for first in range(start, len(words)):
        if words[first].signs[0] in wanted and (found := _from(wanted, words, first)):
            return found
    return None


def _from(wanted: str, words: Sequence[Word], first: int) -> tuple[tuple[int, ...], int] | None:
    left, used, ended = Counter(wanted), 0, []
    for place in range(first, len(words)):
        word = words[place]
        if used and abs(word.middle - words[place - 1].middle) > SAME_LINE:
            ended.append(used)
        left.subtract(word.signs)
        if min(left[sign] for sign in word.signs) < 0:
            return None
        used += len(word.signs)
        if used == len(wanted):
            return tuple(ended), place + 1
    return None


class Found(NamedTuple):
    """A text and the ends of its lines."""

    kind: str
    text: str
    ends: tuple[int, ...]
    read: Reading

    @property
    def parted(self) -> str:
        """The text with strokes where its lines end."""
        shown, count = "", 0
        for char in self.text:
            if count in self.ends and self.read(char) and not shown.endswith("|"):
                shown += "|"
            shown += char
            count += len(self.read(char))
        return shown


def lines_of(document: Document, pdf: Path, page: Page) -> dict[int, Found]:
    """Each text that was found, by its number in the document."""
    read = reading(document)
    words, place, found = words_of(pdf, page, read), 0, {}
    for number, one in enumerate(said(document)):
        result = ends(read(one.text), words, place)
        if result:
            found[number] = Found(one.kind, one.text, result[0], read)
            place = result[1]
    return found
