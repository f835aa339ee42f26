"""Words as lines are made of them: stretches of one look between which a line may end."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import NamedTuple

from reports.writers.pdf.breaks import parts
from reports.writers.pdf.faces import Face
from reports.writers.pdf.tagged import Tag

SPACE, NEW_LINE = " ", "\n"
KNOWN_WORDS = 1 << 11  # of a look: more than a long brief has
HANGING = frozenset("。，")  # may stand behind the end of a line, as in Word (ECMA-376 part 1, 17.3.1.21)
FIRST_WIDE = "\u2e80"


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How a stretch of text looks and what it is: `tag` where it is more than its paragraph, a link or a language."""

    face: Face
    size: float
    leading: float
    color: str
    rise: float = 0
    tag: Tag | None = None
    link: str = ""
    tip: str = ""
    strut: Face | None = None  # what gives lines their height, where it is another face than this
    level: int = 0  # of embedding: odd levels run from right to left
    spacing: float = 0  # what a justified line adds behind each letter of a script without spaces, in points
    note: int = 0  # the number of the footnote that it brings to its page
    strut_size: float = 0  # of the strut; 0 where it follows from the size
    gap: float = 0  # what stays free behind its text: between ideographs and figures
    _words: dict[str, "tuple[Word, ...]"] = field(init=False, default_factory=dict)

    def before_space(self, token: str) -> "tuple[Word, ...]":
        """What stands between two spaces, as the parts between which a line may end; said once, it is known."""
        found = self._words.get(token)
        if found is None:
            *others, last = parts(token)
            chunks = (Chunk(self, last, self.width(last)),) if last else ()
            space = Chunk(self, SPACE, self.width(SPACE))
            words = [word_of((Chunk(self, part, self.width(part)),)) for part in others if part]
            if len(self._words) >= KNOWN_WORDS:
                self._words.clear()
            found = self._words[token] = (*words, word_of(chunks, space))
        return found

    def width(self, text: str) -> float:
        """The width of a text in points."""
        return self.face.width(text) * self.size

    @property
    def turned(self) -> bool:
        """Whether it runs from right to left."""
        return self.level % 2 == 1

    @property
    def shaped(self) -> bool:
        """Whether its text is drawn glyph by glyph."""
        return self.face.shaped or self.turned

    @property
    def hyphenating(self) -> "Look":
        """How a hyphen looks behind it: as it does where its font has one, else as the text around it."""
        return self if self.face.hyphenates or self.strut is None else replace(self, face=self.strut)


class Chunk(NamedTuple):
    """Text of one look."""

    look: Look
    text: str
    width: float


WIDTH = attrgetter("width")


class Word(NamedTuple):
    """`space` stands behind it and is drawn unless a line ends there; `drawn` are its chunks with it, and `advance`
    their width. `ends` says that a line must end there, `hanging` what of it may stand behind the end of a line."""

    chunks: tuple[Chunk, ...]
    width: float
    space: Chunk | None
    ends: bool
    drawn: tuple[Chunk, ...]
    advance: float
    hanging: float


def word_of(chunks: tuple[Chunk, ...], space: Chunk | None = None, ends: bool = False) -> Word:
    """The word of some chunks, and what follows it."""
    width = chunks[0].width if len(chunks) == 1 else sum(map(WIDTH, chunks))
    hanging = _hanging(chunks)
    if space is None:
        return Word(chunks, width, None, ends, chunks, width, hanging)
    return Word(chunks, width, space, ends, (*chunks, space), width + space.width, hanging)


def _hanging(chunks: Sequence[Chunk]) -> float:
    """What of the width of a word may stand behind the end of a line: a gap, or a stop of Chinese."""
    if not chunks:
        return 0
    look, text, _ = chunks[-1]
    return look.width(text[-1]) if text and text[-1] in HANGING else look.gap


def natural_width(pieces: Iterable[tuple[Look, str]]) -> float:
    """The width of a text on one line."""
    return sum(look.width(text) + look.gap for look, text in pieces)


def longest_word(pieces: Iterable[tuple[Look, str]]) -> float:
    """The width of the widest part that is not broken willingly."""
    return max((word.width for word in words_of(pieces)), default=0)


def words_of(pieces: Iterable[tuple[Look, str]]) -> list[Word]:
    """A word may have several looks; what follows a run without a space belongs to its last word."""
    words: list[Word] = []
    chunks: list[Chunk] = []  # of the word that is not at its end
    for look, text in pieces:
        for number, row in enumerate(text.split(NEW_LINE)):
            if number:
                words.append(word_of(tuple(chunks), ends=True))
                chunks.clear()
            first, *others = row.split(SPACE)
            if others:
                words += _closed(look, first, chunks)
                for token in others[:-1]:
                    words += look.before_space(token)
            words += _opened(look, others[-1] if others else first, chunks)
        if look.gap and chunks:
            chunks[-1] = chunks[-1]._replace(width=chunks[-1].width + look.gap)
    return [*words, word_of(tuple(chunks))] if chunks else words


def _closed(look: Look, token: str, chunks: list[Chunk]) -> Iterable[Word]:
    """The words of a token that a space follows, with what is open before it."""
    if not chunks:
        return look.before_space(token)
    words = [*_opened(look, token, chunks), word_of(tuple(chunks), Chunk(look, SPACE, look.width(SPACE)))]
    chunks.clear()
    return words


def _opened(look: Look, token: str, chunks: list[Chunk]) -> Iterator[Word]:
    """The words that a token ends; what is left of it goes on in `chunks`."""
    for number, part in enumerate(parts(token)):
        if chunks and (number or _ends_between(chunks[-1].text, part)):
            yield word_of(tuple(chunks))
            chunks.clear()
        if part:
            chunks.append(Chunk(look, part, look.width(part)))


def _ends_between(before: str, after: str) -> bool:
    """Whether a line may end between two stretches of text of which one is Chinese."""
    pair = before[-1:] + after[:1]
    return len(pair) > 1 and max(pair) >= FIRST_WIDE and len(parts(pair)) > 1
