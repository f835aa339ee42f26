"""Inlines in a style become stretches of text with a look: the font of each character, links, superiors."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from typing import assert_never

from reports.document import (
    Captioned,
    Chart,
    Citation,
    CrossReference,
    Document,
    Footnote,
    Inline,
    Mark,
    Run,
    Sources,
    Table,
    Text,
    flat,
    headings,
    numeral,
    plain,
)
from reports.house.theme import TextStyle, Theme
from reports.writers.pdf.bidi import RIGHT_TO_LEFT, Part, levels
from reports.writers.pdf.faces import Face, Palette, by_face
from reports.writers.pdf.stretches import THIN_SPACE
from reports.writers.pdf.tagged import INTERNAL, Tag
from reports.writers.pdf.words import Look

Pieces = list[tuple[Look, str]]

# Superiors: as wide as LibreOffice draws those of a Word file, their foot a third of the size above the baseline.
SUPERIOR_SIZE, SUPERIOR_RISE = 0.58, 0.34
SUPERIORS = (Mark, Citation, Footnote)
# What parts a superior from the figure before it, with which it would run on from right to left and where text is
# copied; hardly a width, for Word has none.
SLIVER = 0.1
MIXED = re.compile("[\u3400-\u9fff\uf900-\ufaff][0-9A-Za-z]|[0-9A-Za-z][\u3400-\u9fff\uf900-\ufaff]")
GAP = 0.2  # of the size, as LibreOffice has it; Word has a quarter
LOOKS_REMEMBERED = 1 << 10


@lru_cache(LOOKS_REMEMBERED)
def _look(face: Face, size: float, leading: float, color: str, strut: tuple[Face, float]) -> Look:
    """One object for equal looks: neighbours of the same look are drawn as one string, and it knows its words."""
    return Look(face, size, leading, color, strut=strut[0], strut_size=strut[1])


@dataclass(frozen=True, slots=True, eq=False)
class Typesetter:
    """What texts of one document have in common. `places` has the words that stand where a link may lead, by anchor:
    of each numbered source, caption and footnote."""

    theme: Theme
    palette: Palette
    places: Mapping[str, str]
    right_to_left: bool = False
    capitals: Mapping[str, str] = field(default_factory=dict)
    lacking: set[str] = field(default_factory=set)  # the characters that no face had
    letter: str = ""  # of a script that is set larger than others: then all of the document is, as in Word
    _gapped: dict[Look, Look] = field(default_factory=dict)
    _turned: dict[tuple[Look, int], Look] = field(default_factory=dict)

    def pieces(self, text: Text, style: TextStyle, owner: Tag) -> Pieces:
        """A text in a style. Links, languages and superiors get tags of their own under `owner`."""
        if len(text) == 1 and isinstance(text[0], Run):
            return self._together([(text[0], self._run(text[0], style, owner))])
        found: list[tuple[Inline, Pieces]] = []
        for inline in text:
            pieces = self._inline(inline, style, owner)
            if found and isinstance(inline, SUPERIORS) and isinstance(found[-1][0], SUPERIORS):
                pieces = self._comma(style, owner) + _closed_up(pieces)  # two superiors would read as one
            found.append((inline, pieces))
        return self._together(found)

    def raised(self, text: str) -> str:
        """A text in capitals."""
        return "".join(self.capitals.get(char, char) for char in text).upper()

    def size(self, style: TextStyle) -> float:
        """The size of a style in the script of the document."""
        home = self._home(self.palette.faces(style.font, style.bold, style.italic))
        return home.grown(style.size) if home else style.size

    def link(self, text: str, style: TextStyle, tag: Tag, anchor: str) -> Pieces:
        """A string in a style that leads to a place of the document."""
        pieces = self._leading(self._in_style(text, style, style.color), tag, anchor)
        return self._together([(Run(text), pieces)])

    def plain(self, text: str, style: TextStyle) -> Pieces:
        """A string in a style."""
        return self.strings([(text, style)])

    def strings(self, parts: Iterable[tuple[str, TextStyle]]) -> Pieces:
        """Strings that stand in one line, each in a style of its own."""
        return self._together([(Run(text), self._in_style(text, look, look.color)) for text, look in parts])

    def _inline(self, inline: Inline, style: TextStyle, owner: Tag) -> Pieces:
        match inline:
            case Run():
                return self._run(inline, style, owner)
            case Citation():
                return self._citation(inline, style, owner)
            case Mark(sign):
                return self._superior(sign, style, Tag("Span", owner, actual=f"({sign})"))
            case Footnote():
                return self._footnote(inline, style, owner)
            case CrossReference(label, kind, number):
                return self._reference(label, caption_anchor(kind, number), style, owner)
            case _:
                assert_never(inline)

    def _together(self, found: Sequence[tuple[Inline, Pieces]]) -> Pieces:
        """The pieces of each inline in stretches of one look and direction."""
        pieces = [piece for _, part in found for piece in part]
        if self.right_to_left or any(not text.isascii() and RIGHT_TO_LEFT.search(text) for _, text in pieces):
            return _joined(self._directed(found, pieces))
        return self._spaced(_joined(pieces)) if len(pieces) > 1 else pieces

    def _directed(self, found: Sequence[tuple[Inline, Pieces]], pieces: Pieces) -> Iterator[tuple[Look, str]]:
        parts = (
            Part(text, *_isolate(inline, number)) for number, (inline, part) in enumerate(found) for _, text in part
        )
        resolved = levels(list(parts), self.right_to_left)
        for (look, text), given in zip(pieces, resolved, strict=True):
            for level, chars in groupby(zip(given, text, strict=True), key=lambda pair: pair[0]):
                yield self._leveled(look, level), "".join(char for _, char in chars)

    def _spaced(self, pieces: Pieces) -> Pieces:
        """With a gap between ideographs and letters or figures (W3C, Requirements for Chinese Text Layout, 3.2.2), but
        none at the edge of a link: programs that copy text would take it for a space."""
        for place in range(len(pieces) - 1):
            (look, text), (after, next_text) = pieces[place], pieces[place + 1]
            if MIXED.fullmatch(text[-1:] + next_text[:1]) and look.tag is after.tag and not (look.rise or after.rise):
                pieces[place] = self._gapped.setdefault(look, replace(look, gap=GAP * look.size)), text
        return pieces

    def _leveled(self, look: Look, level: int) -> Look:
        if level == 0:
            return look
        if (look, level) not in self._turned:
            self._turned[look, level] = replace(look, level=level)
        return self._turned[look, level]

    def _run(self, run: Run, style: TextStyle, owner: Tag) -> Pieces:
        bold, italic, color = style.bold or run.strong, style.italic or run.emphasis, style.color
        tag = None
        if run.link:
            tag, color = Tag("Link", owner, language=run.language), self.theme.styles["Hyperlink"].color
        elif run.language:
            tag = Tag("Span", owner, language=run.language)
        faces = self.palette.faces(style.font, bold, italic)
        pieces = self._styled(run.text, style, faces, color)
        return _tagged(pieces, tag, run.link) if tag else pieces

    def _in_style(self, text: str, style: TextStyle, color: str) -> Pieces:
        return self._styled(text, style, self.palette.faces(style.font, style.bold, style.italic), color)

    def _styled(self, text: str, style: TextStyle, faces: tuple[Face, ...], color: str) -> Pieces:
        text, home = self.raised(text) if style.caps else text, self._home(faces)
        if home:
            size = home.grown(style.size)
            return [
                (_look(face, size, face.leading(size, style), color, (face, size)), part)
                for face, part in by_face(text, faces, self.lacking, home)
            ]
        if faces[0].coverage.issuperset(map(ord, text)):
            face = faces[0]
            return [(_look(face, style.size * face.scale, style.leading * face.scale, color, (face, 0)), text)]
        return [
            (_look(face, style.size * face.scale, style.leading * face.scale, color, (faces[0], 0)), part)
            for face, part in by_face(text, faces, self.lacking)
        ]

    def _home(self, faces: tuple[Face, ...]) -> Face | None:
        """The face of the document's script, where that is set larger than others."""
        return next((face for face in faces if ord(self.letter) in face.coverage), None) if self.letter else None

    def _citation(self, citation: Citation, style: TextStyle, owner: Tag) -> Pieces:
        """The numbers as superiors, each a link to its source; read aloud and extracted as [1, 2]."""
        found: Pieces = []
        for position, number in enumerate(citation.numbers):
            said, known = numeral(number, citation.digits), source_anchor(number) in self.places
            actual = f"{'[' * (position == 0)}{said}{']' * (number == citation.numbers[-1])}"
            tag = Tag("Link" if known else "Span", owner, actual=actual)
            if position:
                found += self._comma(style, owner)
            pieces = self._superior(said, style, tag, apart=position == 0)
            if known:
                pieces = self._leading(pieces, tag, source_anchor(number))
            found += pieces
        return found

    def _footnote(self, note: Footnote, style: TextStyle, owner: Tag) -> Pieces:
        """The number as a superior that leads to the note; the first one brings the note to its page."""
        said, anchor = note.sign, note_anchor(note.number)
        if anchor not in self.places:
            return self._superior(said, style, Tag("Span", owner, actual=f"[{said}]"))
        tag = Tag("Link", Tag("Reference", owner), actual=f"[{said}]")
        pieces = self._leading(self._superior(said, style, tag), tag, anchor)
        return [(replace(look, note=note.number if note.text else 0), text) for look, text in pieces]

    def _reference(self, label: str, anchor: str, style: TextStyle, owner: Tag) -> Pieces:
        """The number of a table or figure, which leads to it."""
        pieces = self._in_style(label, style, style.color)
        return self._leading(pieces, Tag("Link", owner), anchor) if anchor in self.places else pieces

    def _leading(self, pieces: Pieces, tag: Tag, anchor: str) -> Pieces:
        """The pieces as a link to a place of the document, with the words that stand there."""
        return _tagged(pieces, tag, f"{INTERNAL}{anchor}", self.places[anchor])

    def _comma(self, style: TextStyle, owner: Tag) -> Pieces:
        """What parts two superiors: no space in print, one when it is read."""
        return self._superior(",", style, Tag("Span", owner, actual=", "), apart=False)

    def _superior(self, text: str, style: TextStyle, tag: Tag | None, apart: bool = True) -> Pieces:
        faces = self.palette.faces(style.font, style.bold, style.italic)
        home, whole = self._home(faces), self.size(style)
        size, rise = whole * SUPERIOR_SIZE, whole * SUPERIOR_RISE
        pieces = [
            (Look(face, size, style.leading, style.color, rise, tag, strut=faces[0]), part.replace(" ", "\u00a0"))
            for face, part in by_face(text, faces, self.lacking, home)
        ]
        if apart and pieces:
            return [(replace(pieces[0][0], size=size * SLIVER), THIN_SPACE), *pieces]
        return pieces


def _closed_up(pieces: Pieces) -> Pieces:
    """A superior without the space that keeps it off what stands before it."""
    return pieces[1:] if pieces[0][1] == THIN_SPACE else pieces


def _isolate(inline: Inline, number: int) -> tuple[int | None, bool]:
    """Whether an inline is kept from mixing with the rest, and whether it runs as the paragraph does."""
    if isinstance(inline, Run):
        return (number if inline.isolated or inline.language or inline.link else None), False
    return number, True


def _joined(pieces: Iterable[tuple[Look, str]]) -> Pieces:
    """Neighbours of the same look as one: a figure inside its sentence."""
    joined: Pieces = []
    for look, text in pieces:
        if joined and joined[-1][0] is look:
            joined[-1] = look, joined[-1][1] + text
        else:
            joined.append((look, text))
    return joined


def source_anchor(number: int) -> str:
    """The name of the place in the file where a source stands."""
    return f"source-{number}"


def note_anchor(number: int) -> str:
    """That of a footnote."""
    return f"note-{number}"


def caption_anchor(kind: Captioned, number: int) -> str:
    """That of a table or figure."""
    return f"{kind}-{number}"


def section_anchor(number: int) -> str:
    """That of a heading, by its number among those below the title."""
    return f"section-{number}"


def places_of(document: Document, notes: Iterable[Footnote]) -> dict[str, str]:
    """What a reader sees who points at a link: the words that stand at the place to which it leads, by its anchor."""
    found = {note_anchor(note.number): plain(note.text) for note in notes}
    for number, heading in headings(document.blocks):
        found[section_anchor(number)] = plain(heading.text)
    for block in flat(document.blocks):
        if isinstance(block, Sources):
            found |= {source_anchor(entry.number): plain(entry.text) for entry in block.entries}
        if isinstance(block, Table | Chart):
            kind: Captioned = "table" if isinstance(block, Table) else "figure"
            said = f"{block.caption.label} {plain(block.caption.title)}"
            found.setdefault(caption_anchor(kind, block.caption.number), said)
    return found


def _tagged(pieces: Iterable[tuple[Look, str]], tag: Tag, link: str, tip: str = "") -> Pieces:
    return list(_retagged(pieces, tag, link, tip))


def _retagged(pieces: Iterable[tuple[Look, str]], tag: Tag, link: str, tip: str) -> Iterator[tuple[Look, str]]:
    for look, text in pieces:
        yield replace(look, tag=tag, link=link, tip=tip), text
