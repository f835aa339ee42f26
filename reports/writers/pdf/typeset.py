"""Inlines in a style become stretches of text with a look: the font of each character, links, superiors."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from reports.document import Citation, Mark, Run, Text
from reports.house.theme import TextStyle, Theme
from reports.writers.pdf.faces import Face, Palette, by_face
from reports.writers.pdf.lines import Look
from reports.writers.pdf.sheet import INTERNAL
from reports.writers.pdf.tags import Tag

Pieces = list[tuple[Look, str]]

# Superiors as type designers draw them: six tenths of the size, their foot a third of it above the baseline.
SUPERIOR_SIZE, SUPERIOR_RISE = 0.62, 0.34
THIN_SPACE = "\u2009"  # keeps a superior off the digit before it; in the same word, so no line ends there

_LookKey = tuple[Face, float, float, str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Typesetter:
    """What texts of one document have in common. `sources` has the words of each numbered source."""

    theme: Theme
    palette: Palette
    sources: Mapping[int, str]
    _looks: dict[_LookKey, Look] = field(default_factory=dict)

    def pieces(self, text: Text, style: TextStyle, owner: Tag) -> Pieces:
        """A text in a style. Links, languages and superiors get tags of their own under `owner`."""
        found: Pieces = []
        for inline in text:
            match inline:
                case Run():
                    found += self._run(inline, style, owner)
                case Citation(numbers):
                    found += self._citation(numbers, style, owner)
                case Mark(sign):
                    found += self._superior(sign, style, Tag("Span", owner, actual=f"({sign})"))
                case _:
                    assert_never(inline)
        return _joined(found)

    def plain(self, text: str, style: TextStyle) -> Pieces:
        """A string in a style."""
        return self._in_style(text, style, style.color)

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
        text = text.upper() if style.caps else text
        return [(self._look((face, style.size, style.leading, color, 0)), part) for face, part in by_face(text, faces)]

    def _look(self, key: _LookKey) -> Look:
        """One object for equal looks: neighbours of the same look are drawn as one string."""
        if key not in self._looks:
            self._looks[key] = Look(*key)
        return self._looks[key]

    def _citation(self, numbers: tuple[int, ...], style: TextStyle, owner: Tag) -> Pieces:
        """The numbers as superiors, each a link to its source; read aloud and extracted as [1, 2]."""
        found: Pieces = []
        for position, number in enumerate(numbers):
            before, after = "[" if position == 0 else "", "]" if number == numbers[-1] else ""
            actual, known = f"{before}{number}{after}", number in self.sources
            tag = Tag("Link" if known else "Span", owner, actual=actual)
            if position:
                found += self._superior(", ", style, None)
            pieces = self._superior(str(number), style, tag, spaced=position == 0)
            if known:
                pieces = _tagged(pieces, tag, f"{INTERNAL}{source_anchor(number)}", self.sources[number])
            found += pieces
        return found

    def _superior(self, text: str, style: TextStyle, tag: Tag | None, spaced: bool = True) -> Pieces:
        faces = self.palette.faces(style.font, style.bold, style.italic)
        size, rise = style.size * SUPERIOR_SIZE, style.size * SUPERIOR_RISE
        looks = (
            (Look(face, size, style.leading, style.color, rise, tag), part.replace(" ", "\u00a0"))
            for face, part in by_face(THIN_SPACE + text if spaced else text, faces)
        )
        return list(looks)


def _joined(pieces: Pieces) -> Pieces:
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


def _tagged(pieces: Iterable[tuple[Look, str]], tag: Tag, link: str, tip: str = "") -> Pieces:
    return list(_retagged(pieces, tag, link, tip))


def _retagged(pieces: Iterable[tuple[Look, str]], tag: Tag, link: str, tip: str) -> Iterator[tuple[Look, str]]:
    for look, text in pieces:
        yield Look(look.face, look.size, look.leading, look.color, look.rise, tag, link, tip), text
