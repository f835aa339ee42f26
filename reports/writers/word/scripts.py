"""Scripts beside Latin, Greek and Cyrillic: the fonts, sizes and languages that Word keeps apart for them."""

import re
import unicodedata
from dataclasses import replace
from functools import cache

from babel.core import get_global

from reports.document import Document
from reports.house import House
from reports.house.fonts import FontBook
from reports.house.package import Node, W, parse, serialised
from reports.writers.word.xml import Xml, attribute, escaped

NAMESPACE = W.strip("{}")
NO_LANGUAGE = "x-none"
# Scripts that run from left to right and that Word shapes: from Devanagari to Burmese, and Khmer.
SHAPED = re.compile("[\u0900-\u109f\u1780-\u17ff]")
COMPLEX, EAST_ASIAN = "cs", "eastAsia"  # names of w:rFonts for the two other kinds of script
IDEOGRAPHIC = {"Hans", "Hant", "Jpan", "Kore"}


def kind_of(text: str) -> str:
    """Which kind of script a text is written in: cs, eastAsia, or none for the letters that every font has."""
    for char in text:
        if unicodedata.bidirectional(char) in ("R", "AL") or SHAPED.match(char):
            return COMPLEX
        if unicodedata.east_asian_width(char) == "W":
            return EAST_ASIAN
    return ""


def script_font(text: str, fonts: FontBook) -> tuple[str, str]:
    """The kind of script of a text and the family that prints it; two empty texts where the house style's own does."""
    kind = kind_of(text)
    letter = next((char for char in text if kind and kind_of(char) == kind), "")
    family = fonts.family_of(letter) if letter else ""
    return (kind, family) if family else ("", "")


def dress(root: Node, kind: str, family: str, scale: float) -> None:
    """The styles with a family for one kind of script, larger where it looks small: Latin names and figures too, since
    both sizes of a style are to be one."""
    for chosen in root.iter(W + "rFonts"):
        chosen.set(W + kind, family)
    if kind == COMPLEX:
        for size in root.iter(W + "sz", W + "szCs"):
            size.set(W + "val", str(round(int(size.get(W + "val")) * scale)))


def enlarged(house: House, document: Document) -> House:
    """The house style with the sizes that its letters have in a document's script, for what estimates widths."""
    kind, family = script_font(document.title, house.fonts)
    scale = house.fonts.scale(family) if kind == COMPLEX else 1
    if scale == 1:
        return house
    styles = {name: replace(style, size=style.size * scale) for name, style in house.theme.styles.items()}
    return replace(house, theme=replace(house.theme, styles=styles))


def font_table(blob: bytes, family: str, substitute: str) -> bytes:
    """The table of fonts with one more and what stands in for it."""
    root = parse(blob)
    alternative = f'<w:altName w:val="{attribute(substitute)}"/>' if substitute else ""
    font = f'<w:font xmlns:w="{NAMESPACE}" w:name="{attribute(family)}">{alternative}</w:font>'
    root.append(parse(font.encode()))
    return serialised(root)


@cache
def languages(tag: str) -> dict[str, str]:
    """A language as Word keeps it for each of its three kinds of script, by the name of the attribute.

    A language of ideographs has its likely territory (Unicode CLDR), and its figures none: taken for Chinese they
    would be broken between two digits.
    """
    likely = str(get_global("likely_subtags").get(tag, "")).split("_")
    if likely[-2:-1] and likely[-2] in IDEOGRAPHIC:
        return {"val": NO_LANGUAGE, EAST_ASIAN: f"{likely[0]}-{likely[-1]}", "bidi": NO_LANGUAGE}
    return dict.fromkeys(("val", EAST_ASIAN, "bidi"), tag)


@cache
def language(tag: str) -> Xml:
    """The language of a run, whichever kind of script its characters belong to."""
    attributes = "".join(f' w:{name}="{escaped(value)}"' for name, value in languages(tag).items())
    return f"<w:lang{attributes}/>"
