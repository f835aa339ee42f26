"""Where a word may be parted: by the patterns of a dictionary, or between syllables where a plain rule does."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import pyphen

from reports.document import Hyphenation

SHORTEST = 6  # letters of a word that is parted at all
WORD = re.compile(r"[^\W\d_]+(?:[ʻʼ’][^\W\d_]+)*")
LETTERS = re.compile(r"[^\W\d_][^\s/–—-]*[^\W\d_]")  # the word, without brackets and stops
SOFT_HYPHEN = "\u00ad"
Points = Callable[[str], tuple[int, ...]]


def points(hyphenation: Hyphenation | None) -> Points | None:
    """What tells the places of a word where it may be parted; None where a language parts no words."""
    if hyphenation is None:
        return None
    return _by_dictionary(hyphenation) if hyphenation.dictionary else _by_syllable(hyphenation)


def places(text: str, parted: Points | None) -> Sequence[int]:
    """Where what stands between two spaces may be parted: at its soft hyphens, else as its language has it."""
    if SOFT_HYPHEN in text:
        return [place for place, char in enumerate(text) if char == SOFT_HYPHEN]
    found = LETTERS.search(text) if parted else None
    return [found.start() + place for place in parted(found.group())] if parted and found else ()


@lru_cache(16)
def _by_dictionary(hyphenation: Hyphenation) -> Points:
    patterns = pyphen.Pyphen(lang=hyphenation.dictionary, left=hyphenation.before, right=hyphenation.after)

    def found(word: str) -> tuple[int, ...]:
        return tuple(int(place) for place in patterns.positions(word)) if _is_word(word) else ()

    return found


@lru_cache(16)
def _by_syllable(hyphenation: Hyphenation) -> Points:
    """Before the last consonant ahead of a vowel, for every syllable has one vowel: ай-на-лы-мы. Two letters of one
    sound stay together; two vowels side by side, one of which may be half a consonant, are not parted."""
    vowels = hyphenation.vowels
    sound = re.compile("|".join([*map(re.escape, hyphenation.together), "."]), re.IGNORECASE | re.DOTALL)

    def found(word: str) -> tuple[int, ...]:
        if not _is_word(word):
            return ()
        sounds = [(piece.start(), piece.group().casefold()) for piece in sound.finditer(word)]
        kinds = [text in vowels for _, text in sounds]
        places = (
            sounds[number][0]
            for number in range(1, len(sounds) - 1)
            if sounds[number][1][0].isalpha() and not kinds[number] and kinds[number + 1] and any(kinds[:number])
        )
        return tuple(place for place in places if hyphenation.before <= place <= len(word) - hyphenation.after)

    return found


def _is_word(word: str) -> bool:
    """Whether it is one word of letters, no abbreviation in capitals."""
    return len(word) >= SHORTEST and WORD.fullmatch(word) is not None and not word.isupper()
