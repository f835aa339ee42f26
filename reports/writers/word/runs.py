"""Runs, fields and paragraphs: the smallest things that a body is written of."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from reports.document import Run
from reports.writers.word.draft import Draft
from reports.writers.word.scripts import SHAPED, language
from reports.writers.word.xml import Xml, content, escaped

TWENTIETHS = 20  # Word measures lengths in twentieths of a point


def run_of(draft: Draft, style: str, content: Xml) -> Xml:
    """One w:r that holds no text of the document."""
    return f'<w:r><w:rPr><w:rStyle w:val="{draft.house.style_ids[style]}"/></w:rPr>{content}</w:r>'


def parted(draft: Draft, pieces: Iterable[Xml], sign: str, style: str = "") -> Xml:
    """Runs with a sign between any two, each a run of its own."""
    written = ""
    for number, piece in enumerate(pieces):
        written += run(draft, Run(sign), style) + piece if number else piece
    return written


def run(draft: Draft, inline: Run, style: str = "") -> Xml:
    """One w:r with its language and direction."""
    properties = [f'<w:rStyle w:val="{draft.house.style_ids[style]}"/>'] if style else []
    if inline.strong:
        properties.append("<w:b/><w:bCs/>")
    if inline.emphasis:
        properties.append("<w:i/><w:iCs/>")
    if is_rtl(inline.text, draft.rtl):
        properties.append("<w:rtl/>")
    elif SHAPED.search(inline.text):
        properties.append("<w:cs/>")  # ECMA-376 part 1, 17.3.2.7
    properties.append(language(inline.language or draft.document.language))
    said = content(inline.text, "w:delText" if draft.fate == "del" else "w:t")
    return draft.tracked(f"<w:r><w:rPr>{''.join(properties)}</w:rPr>{said}</w:r>")


def is_rtl(text: str, otherwise: bool) -> bool:
    """Whether a text runs from right to left by its first strong character, as UAX 9 has it (P2); figures never do.

    >>> is_rtl("2024: Luxembourg", True), is_rtl("لوكسمبورغ", False), is_rtl("20.5", True), is_rtl(", ", True)
    (False, True, False, True)
    """
    if text.isascii() and not otherwise:
        return False
    kinds = map(unicodedata.bidirectional, text)
    figure = any(char.isdigit() for char in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), otherwise and not figure)


@dataclass(frozen=True, slots=True)
class Place:
    """What a paragraph says of itself beside its style: only what hangs on what stands around it."""

    keep_next: bool = False
    numbering: int = 0
    indent: Xml = ""
    align: str = ""
    straight: bool = False  # from left to right whatever the document
    tabs: Xml = ""


HERE = Place()


def paragraph(draft: Draft, style: str, runs: Xml, place: Place = HERE) -> Xml:
    """A w:p; the order of its properties is that of ECMA-376 part 1, 17.3.1.26."""
    properties = [f'<w:pStyle w:val="{draft.house.style_ids[style]}"/>']
    if place.keep_next:
        properties.append("<w:keepNext/>")
    if draft.break_before and draft.fate != "del":
        properties.append("<w:pageBreakBefore/>")
        draft.break_before = False
    if place.numbering:
        properties.append(f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{place.numbering}"/></w:numPr>')
    properties.append(place.tabs)
    if draft.rtl and not place.straight:
        properties.append("<w:bidi/>")
    properties.append(place.indent)
    if place.align:
        properties.append(f'<w:jc w:val="{place.align}"/>')
    if draft.fate:
        properties.append(f"<w:rPr>{draft.mark(draft.fate)}</w:rPr>")
    marks, draft.marks = "".join(draft.marks), []
    return f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{marks}{runs}</w:p>"


def field_of(draft: Draft, instruction: str, result: str, style: str = "") -> Xml:
    """A field with its result filled in, so that it is right before any update."""
    look = f'<w:rStyle w:val="{draft.house.style_ids[style]}"/>' if style else ""
    properties = f"<w:rPr>{look}{language(draft.document.language)}</w:rPr>"
    gone = draft.fate == "del"
    command = "w:delInstrText" if gone else "w:instrText"
    pieces = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<{command} xml:space="preserve"> {escaped(instruction)} </{command}>',
        '<w:fldChar w:fldCharType="separate"/>',
        content(result, "w:delText" if gone else "w:t"),
        '<w:fldChar w:fldCharType="end"/>',
    )
    return draft.tracked("".join(f"<w:r>{properties}{piece}</w:r>" for piece in pieces))


def twips(points: float) -> int:
    """Points as Word's twentieths."""
    return round(points * TWENTIETHS)
