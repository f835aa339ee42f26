"""What a reader takes for one character (grapheme clusters, UAX #29): neither a line end nor another font parts it."""

import re
import unicodedata
from functools import lru_cache

# Beyond combining marks: joiners; Thai and Lao am, which stand as spacing marks in UAX #29 though they are letters; the
# repetition and abbreviation marks of both, which never begin a line (UAX #14, EX); vowels and endings of Korean jamo.
FOLLOWING = frozenset("\u200c\u200d\u0e33\u0eb3\u0e2f\u0e46\u0e45\u0eaf\u0ec6")
JAMO = range(0x1160, 0x1200)
# Tailored, as UAX #29 allows: Thai and Lao vowels that are written before their consonant stay with it.
LEADING = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")
VIRAMA = "\u094d"  # of Devanagari: what it joins is one conjunct (rule GB9c)
NO_CONSONANT = re.compile("[^\u0915-\u0939\u0958-\u095f\u0978-\u097f]")
SINGLE = re.compile("[\u0020-\u02ff\u0370-\u0482\u048a-\u0590\u05d0-\u060f]*")  # no mark among them


def clusters(text: str) -> list[str]:
    """The clusters of a text, one after the other.

    >>> clusters("क्षत्रिय"), clusters("น้ำเดือน")
    (['क्ष', 'त्रि', 'य'], ['น้ำ', 'เดื', 'อ', 'น'])
    """
    if SINGLE.fullmatch(text):
        return list(text)
    found: list[str] = []
    for char in text:
        if found and _stays(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return found


def _stays(before: str, char: str) -> bool:
    if before[-1] in " \n":
        return False  # a mark without a letter is shown by itself
    if follows(char) or before[-1] in LEADING:
        return True
    joined = before[-1] == VIRAMA or (before[-2:-1] == VIRAMA and before[-1] == "\u200d")
    return joined and not NO_CONSONANT.match(char)


@lru_cache(4096)
def follows(char: str) -> bool:
    """Whether a character belongs to the one before it."""
    return char in FOLLOWING or ord(char) in JAMO or unicodedata.category(char).startswith("M")
