"""Whether a PDF says what its document says: read aloud through the tree, copied from its pages, drawn in its fonts."""

import io
import re
import subprocess
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain, zip_longest
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from reports.document import Document, Table, flat, plain
from tests.pdf_content import SHOW_TEXT, Content
from tests.pdf_spoken import listed, spoken
from tests.spoken_blocks import spoken_blocks, spoken_notes

UNDRAWN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069]")  # marks of direction, hyphens of line ends
LINE_HYPHEN = re.compile("\u00ad\\s+")
PAGE_NUMBER = re.compile(r" \d+$", re.MULTILINE)
NUMBERS = re.compile(r"\d+")
NOT_COPIED = {"Note", "Figure"}
NO_PROSE = {"Note", "Figure", "Table", "L"}
ARABIC = re.compile("[\u0621-\u065f\u0670-\u06d3]+")
VOWEL_SIGNS = re.compile("[\u064b-\u065f\u0670]")
NEAR = 4  # words around a difference that are told

Marks = set[tuple[tuple[int, int], int]]  # the number of the page's object, MCID


def words(text: str) -> list[str]:
    """The words of a text without what is not drawn."""
    return UNDRAWN.sub("", text).split()


# ---------------------------------------------------------------- read aloud


def spoken_faults(data: bytes, document: Document) -> list[str]:
    """Where the words that the tree says, block after block and then the notes, are not those of the document."""
    said = spoken(data)
    found = _difference(
        list(chain.from_iterable(_body(one.kind, one.text) for one in said if one.kind != "Note")),
        words(" ".join(chain.from_iterable(block for _, block in spoken_blocks(document)))),
    )
    notes = words(" ".join(one.text for one in said if one.kind == "Note"))
    return [*found, *_difference(notes, words(" ".join(spoken_notes(document))))]


def _body(kind: str, text: str) -> list[str]:
    """The words of an element; those of a list of contents without the pages, which the model does not know."""
    if kind != "TOC":
        return words(text)
    lines = [line for line in text.splitlines() if line]
    assert all(PAGE_NUMBER.search(line) for line in lines), text
    return words(PAGE_NUMBER.sub("", text))


def _difference(found: list[str], wanted: list[str]) -> Iterator[str]:
    for place, (one, other) in enumerate(zip_longest(found, wanted)):
        if one != other:
            near = slice(max(place - NEAR, 0), place + NEAR)
            yield f"says {found[near]} for {wanted[near]}"
            return


# ---------------------------------------------------------------- left out


def artifact_faults(data: bytes, document: Document) -> list[str]:
    """Words that are no part of the document although neither its furniture nor the header of a table has them."""
    allowed = {".", *_furniture(document)}
    allowed |= {
        word for block in flat(document.blocks) if isinstance(block, Table) for row in block.header for cell in row
        for word in words(plain(cell))
    }  # fmt: skip
    with pikepdf.open(io.BytesIO(data)) as pdf:
        left_out = [word for page in pdf.pages for word in _left_out(Content(page.obj), document.direction == "rtl")]
    return [f"{word!r} is an artifact" for word in left_out if word not in allowed and not NUMBERS.fullmatch(word)]


def _furniture(document: Document) -> set[str]:
    """The words of header and footer, in capitals too, and the marks of superiors."""
    furniture = document.furniture
    lines = (
        furniture.issuer, furniture.classification, furniture.footer, furniture.page, furniture.department,
        furniture.circulated, furniture.number, furniture.copy, document.title,
    )  # fmt: skip
    said = NUMBERS.sub(" ", " ".join(lines).replace("{page}", " ").replace("{pages}", " "))
    return {*words(said), *words(said.upper())}


def _left_out(content: Content, turned: bool) -> Iterator[str]:
    """The words of artifacts; what is drawn from right to left is no text in this order."""
    for one in content.shown():
        if one.artifact and not turned:
            text = content.fonts[one.font].text(one.codes) if one.actual is None else one.actual
            yield from words(NUMBERS.sub(" ", text))


# ---------------------------------------------------------------- copied


def copied_faults(data: bytes, language: str) -> list[str]:
    """Where what poppler copies out of the body is not what the tree says: words, their order, and what parts them."""
    if language == "ar":
        return _arabic_faults(data)
    copied = _copied(_body_alone(data, NOT_COPIED), "-raw")
    return _parted_faults(LINE_HYPHEN.sub("", copied), _said(data, NOT_COPIED))


def _said(data: bytes, kinds: Collection[str]) -> str:
    return " ".join(one.text for one in spoken(data) if one.kind not in kinds)


def _parted_faults(copied: str, said: str) -> list[str]:
    """A line may end inside a word, an address or Chinese, so more parts are found there, and only there."""
    (text, found), (wanted_text, wanted) = _parted(copied), _parted(said)
    if text != wanted_text:
        return list(_difference(text.split(), wanted_text.split())) or ["other letters are copied"]
    joined = [place for place in wanted if place not in found]
    torn = [place for place, space in found.items() if place not in wanted and not {"\n", "\f"} & set(space)]
    told = [("joins words", joined), ("tears a word", torn)]
    return [f"{what}: {text[places[0] - 15 : places[0] + 15]}" for what, places in told if places]


def _parted(text: str) -> tuple[str, dict[int, str]]:
    """The letters of a text without spaces, and the spaces by their place among them."""
    letters, spaces = "", {}
    for found in re.finditer(r"(\s*)(\S+)", UNDRAWN.sub("", text)):
        spaces[len(letters)] = found[1]
        letters += found[2]
    return letters, spaces


def _arabic_faults(data: bytes) -> list[str]:
    """Whole words everywhere; their order in prose alone, for poppler puts cells, and short lines of a list in which
    Latin and Arabic alternate, side by side. A word with a vowel sign may be torn, as poppler does."""
    everything, wanted = _copied(_body_alone(data, NOT_COPIED)), _said(data, NOT_COPIED)
    voweled = {VOWEL_SIGNS.sub("", word) for word in ARABIC.findall(wanted) if VOWEL_SIGNS.search(word)}
    strange = Counter(_arabic(everything)) - Counter(_arabic(wanted))
    found = [f"{word} is no word" for word in strange if not any(word in whole for whole in voweled)]
    prose, prose_wanted = _arabic(_copied(_body_alone(data, NO_PROSE))), _arabic(_said(data, NO_PROSE))
    (text, spaces), (wanted_text, wanted_spaces) = _parted(" ".join(prose)), _parted(" ".join(prose_wanted))
    if text != wanted_text:
        found += _difference(prose, prose_wanted)
    return found + [f"joins words: {text[at - 15 : at + 15]}" for at in wanted_spaces if at not in spaces]


def _arabic(text: str) -> list[str]:
    """The Arabic words of a text, without vowel signs."""
    return [VOWEL_SIGNS.sub("", word) for word in ARABIC.findall(UNDRAWN.sub("", text)) if VOWEL_SIGNS.sub("", word)]


def _body_alone(data: bytes, kinds: Collection[str]) -> bytes:
    """The file without the text of artifacts and of all elements of some kinds."""
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        top: Any = pdf.Root.StructTreeRoot.K
        dropped = {mark for kid in listed(top.K) if str(kid.S)[1:] in kinds for mark in _owned(kid, None)}
        for page in pdf.pages:
            kept, hidden = [], [False]
            for operands, operator in pikepdf.parse_content_stream(page):  # type: ignore[misc]
                name = str(operator)
                if name in ("BMC", "BDC"):
                    hidden.append(hidden[-1] or _hides(operands, page.obj.objgen, dropped))
                elif name == "EMC":
                    hidden.pop()
                if name not in SHOW_TEXT or not hidden[-1]:
                    kept.append((operands, operator))
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
        pdf.save(changed)
    return changed.getvalue()


def _hides(operands: Any, page: tuple[int, int], dropped: Marks) -> bool:
    properties = operands[1] if len(operands) > 1 and isinstance(operands[1], Dictionary) else Dictionary()
    return bool(operands[0] == Name.Artifact) or ("/MCID" in properties and (page, int(properties.MCID)) in dropped)


def _owned(element: Any, page: Any) -> Iterator[tuple[tuple[int, int], int]]:
    page = element.get("/Pg", page)
    for kid in listed(element.get("/K")):
        if not isinstance(kid, Dictionary):
            yield page.objgen, int(kid)
        elif kid.get("/Type") == Name.MCR:
            yield kid.Pg.objgen, int(kid.MCID)
        elif "/S" in kid:
            yield from _owned(kid, page)


def _copied(data: bytes, *options: str) -> str:
    run = subprocess.run(["pdftotext", *options, "-", "-"], input=data, capture_output=True, check=True)
    return run.stdout.decode()


# ---------------------------------------------------------------- fonts


def font_faults(data: bytes) -> list[str]:
    """Fonts that poppler lists as not embedded, not cut, or without a map to Unicode."""
    run = subprocess.run(["pdffonts", "-"], input=data, capture_output=True, check=True)
    head, _, *lines = run.stdout.decode().splitlines()
    at = head.index("emb sub uni")
    listed_so = [line for line in lines if line[at : at + 11].split() != ["yes", "yes", "yes"]]
    return listed_so if lines else ["no fonts"]
