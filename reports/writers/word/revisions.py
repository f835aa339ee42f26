"""What differs between two texts or two lists, for tracked changes: words, and what must never be taken apart.

A figure, a number, a link, a value that was inserted and a group of superiors is one token: `21 400` becomes `21 900`
by one deletion and one insertion. Ideographs, which no space parts, are tokens one by one.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import Literal

from reports.document import Inline, Run, Text

Fate = Literal["", "ins", "del"]

NUMBER = r"[-+\u2212]?\d+(?:[.,\u066b\u066c\u00a0\u202f\u2009 ]\d+)*(?:[\u00a0\u202f ]?%)?"
IDEOGRAPH = r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
LETTER = r"(?:(?!" + IDEOGRAPH + r")\w[\u0300-\u036f\u064b-\u065f\u0670]*)"
TOKEN = re.compile(f"{NUMBER}|{IDEOGRAPH}|{LETTER}+|\\s|.", re.DOTALL)
ISLAND = 2  # characters: so little between two changes is changed with them
ALIKE = 0.4  # of the words: what is less alike is another paragraph, row or item
REWRITTEN = 0.3  # of the tokens: a text of which less stays is deleted and inserted whole


class Revised(tuple[Inline, ...]):
    """The inlines of an old and a new text in one, what is gone before what is new.

    `changes` are pairs of old and new; the two are the same object where nothing changed.
    """

    changes: tuple[tuple[Text, Text], ...]

    def __new__(cls, changes: Iterable[tuple[Text, Text]]) -> "Revised":
        """From the pairs."""
        found = tuple(changes)
        stretches = ((new,) if old is new else (old, new) for old, new in found)
        made = super().__new__(cls, (inline for texts in stretches for text in texts for inline in text))
        made.changes = found
        return made


# ---------------------------------------------------------------- texts


@dataclass(frozen=True, slots=True)
class Token:
    """What is changed whole: `key` is equal where a reader sees the same, `origin` the place of its run in the text."""

    key: Hashable
    inlines: Text
    origin: int

    @property
    def length(self) -> int:
        """The characters that may be taken along with changes around them; more than enough for what is no word."""
        first = self.inlines[0]
        is_word = isinstance(first, Run) and not _is_whole(first)
        return len(first.text) if is_word and isinstance(first, Run) else ISLAND + 1


def tokens(text: Text) -> list[Token]:
    """The tokens of a text.

    >>> [token.inlines[0].text for token in tokens((Run("up 21\u202f400, 4,8 % or 中国"),))]
    ['up', ' ', '21\u202f400', ',', ' ', '4,8 %', ' ', 'or', ' ', '中', '国']
    """
    found: list[Token] = []
    for superior, group in groupby(enumerate(text), key=lambda place: not isinstance(place[1], Run)):
        if superior:
            places = list(group)
            inlines = tuple(inline for _, inline in places)
            found.append(Token(("superiors", inlines), inlines, places[0][0]))
        else:
            found += (token for number, inline in group for token in _of_run(number, inline))
    return found


def _of_run(number: int, run: Inline) -> Iterator[Token]:
    assert isinstance(run, Run)
    if _is_whole(run):
        yield Token((run.text, run.link), (run,), number)
        return
    for piece in TOKEN.findall(run.text):
        yield Token((piece, ""), (replace(run, text=piece),), number)


def _is_whole(run: Run) -> bool:
    return bool(run.figure or run.link or run.isolated or run.language)


def keys(text: Text) -> tuple[Hashable, ...]:
    """What a reader sees of a text: equal where nothing is to be tracked."""
    return tuple(token.key for token in tokens(text))


def revised(old: Text, new: Text) -> Text:
    """The new text with what was in the old one; the new text itself if a reader sees no difference."""
    if old is new:
        return new
    before, after = tokens(old), tokens(new)
    matcher = SequenceMatcher(None, [one.key for one in before], [one.key for one in after], autojunk=False)
    codes = matcher.get_opcodes()
    if all(code[0] == "equal" for code in codes):
        return new
    if matcher.ratio() < REWRITTEN:
        return Revised([(old, new)])
    changes = []
    for changed, first, last in _without_islands(codes, after):
        come = _joined(after[first[1] : last[1]])
        changes.append((_joined(before[first[0] : last[0]]) if changed else come, come))
    return Revised(changes)


Place = tuple[int, int]


def _without_islands(
    codes: Sequence[tuple[str, int, int, int, int]], new: list[Token]
) -> list[tuple[bool, Place, Place]]:
    """Stretches that are changed or not, with their ends in both texts; a few letters between two changes go along."""
    found: list[tuple[bool, Place, Place]] = []
    for number, (kind, i1, i2, j1, j2) in enumerate(codes):
        between = 0 < number < len(codes) - 1
        island = between and sum(token.length for token in new[j1:j2]) <= ISLAND
        changed = kind != "equal" or island
        if changed and found and found[-1][0]:
            found[-1] = (True, found[-1][1], (i2, j2))
        else:
            found.append((changed, (i1, j1), (i2, j2)))
    return found


def _joined(stretch: Sequence[Token]) -> Text:
    """The tokens as inlines again; those of one run are one."""
    inlines: list[Inline] = []
    for _, group in groupby(stretch, key=lambda token: token.origin):
        parts = [inline for token in group for inline in token.inlines]
        if isinstance(parts[0], Run):
            whole = "".join(inline.text for inline in parts if isinstance(inline, Run))
            parts = [replace(parts[0], text=whole)]
        inlines += parts
    return tuple(inlines)


# ---------------------------------------------------------------- likeness


def bag(text: Text) -> Counter[Hashable]:
    """The words of a text, and its figures by what they measure, whatever their values."""
    found: Counter[Hashable] = Counter()
    for inline in text:
        if not isinstance(inline, Run):
            continue
        if inline.figure:
            found["figure", inline.figure.partition("@")[0]] += 1
        else:
            found.update(word.casefold() for word in TOKEN.findall(inline.text) if word[0].isalnum())
    return found


def likeness(old: Counter[Hashable], new: Counter[Hashable]) -> float:
    """The share of words that two texts have in common, from 0 to 1.

    >>> likeness(bag((Run("Trade rose"),)), bag((Run("Trade fell"),)))
    0.5
    """
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 0.0


Pair = tuple[int | None, int | None]


def aligned(old: Sequence[Hashable], new: Sequence[Hashable], alike: Callable[[int, int], float]) -> list[Pair]:
    """The places of two lists in one order: equal ones together, then those that are most alike, the rest alone, what
    is gone before what is new. `alike` compares the things at two places; below ALIKE they are different things."""
    pairs: list[Pair] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs += zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            pairs += _by_likeness(range(i1, i2), range(j1, j2), alike)
    return pairs


def _by_likeness(old: range, new: range, alike: Callable[[int, int], float]) -> list[Pair]:
    """The pairs in order whose likeness is greatest together, and what stands alone between them."""
    scores = {(i, j): score for i in old for j in new if (score := alike(i, j)) >= ALIKE}
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = best[i + 1][j + 1] + scores.get((old[i], new[j]), float("-inf"))
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    matched: list[tuple[int, int]] = [(-1, -1)]
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j + 1] + scores.get((old[i], new[j]), float("-inf")):
            matched.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    pairs: list[Pair] = []
    for (i1, j1), (i2, j2) in pairwise([*matched, (len(old), len(new))]):
        pairs += [(old[i], None) for i in range(i1 + 1, i2)] + [(None, new[j]) for j in range(j1 + 1, j2)]
        pairs += [(old[i2], new[j2])] if i2 < len(old) else []
    return pairs
