"""What a line of text is made of."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

# `digits`, wherever they stand, are the ten that a number is printed in, where they are not 0 to 9: see `numeral`.
ROMAN = MappingProxyType(
    {100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}
)  # as far as notes go: 400 is cccc


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look.

    `figure` is the key of the figure that it prints, `language` a BCP 47 tag where it is not the document's,
    `isolated` marks an inserted value whose direction must not mix with the sentence's, `form` is how the figure was
    said, as reports.wording.again writes it.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    figure: str = ""
    link: str = ""
    language: str = ""
    isolated: bool = False
    form: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """The numbers of the sources of what stands before it; printed as a superior, in text as [1, 2]."""

    numbers: tuple[int, ...]
    digits: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """The status mark of the figure before it, explained by a legend; printed as a superior, in text as (p)."""

    sign: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page, and here its number, from 1 in the order of the document.

    Without a text it is one more mark of the note of that number, which stands before it. `roman` where sources have
    numbers of their own, so that no number means two things.
    """

    number: int
    text: tuple["Run | Citation | Mark | CrossReference", ...] = ()
    digits: str = ""
    roman: bool = False

    @property
    def sign(self) -> str:
        """Its number as it is printed."""
        return roman(self.number) if self.roman else numeral(self.number, self.digits)


Captioned = Literal["table", "figure"]


@dataclass(frozen=True, slots=True)
class CrossReference:
    """The number of a table or a figure of this document, which leads to it; `label` is that number as it reads."""

    label: str
    kind: Captioned
    number: int


def numeral(number: int, digits: str = "") -> str:
    """A number in ten digits of its own, from zero on.

    >>> numeral(20), numeral(20, "٠١٢٣٤٥٦٧٨٩")
    ('20', '٢٠')
    """
    return "".join(digits[int(digit)] for digit in str(number)) if digits else str(number)


def roman(number: int) -> str:
    """A number in small Roman numerals, as ECMA-376 part 1, 17.18.59 has them as lowerRoman.

    >>> [roman(number) for number in (1, 4, 9, 14, 90)]
    ['i', 'iv', 'ix', 'xiv', 'xc']
    """
    written = ""
    for value, sign in ROMAN.items():
        written += sign * (number // value)
        number %= value
    return written


Inline = Run | Citation | Mark | Footnote | CrossReference
Text = tuple[Inline, ...]


def plain(text: Text) -> str:
    """The words alone, without citations, marks and footnotes.

    >>> plain((Run("Trade "), Run("rose", strong=True), Citation((1,))))
    'Trade rose'
    """
    said = (
        inline.label if isinstance(inline, CrossReference) else inline.text
        for inline in text
        if isinstance(inline, Run | CrossReference)
    )
    return "".join(said)
