"""What laying out needs everywhere, and the plain paragraph from which most blocks are made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.document import Caption, Captioned, Footnote, Run, Text
from reports.house.theme import HYPHENATION_ZONE, TextStyle, Theme
from reports.writers.pdf.boxes import Label, ParagraphBox, Side
from reports.writers.pdf.hyphens import Points
from reports.writers.pdf.lines import LOOSE, broken
from reports.writers.pdf.tagged import Tag
from reports.writers.pdf.typeset import Pieces, Typesetter, caption_anchor, note_anchor
from reports.writers.pdf.words import natural_width

LABEL_GAP = 3  # the least space between a label that is too wide for its indent and the text
BULLET = "•"


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The column: its width and height, and how texts are set. `decimals` are the decimal marks of the language.

    Everything is laid out from left to right; a sheet of a language that runs the other way is turned when it is drawn.
    """

    setter: Typesetter
    width: float
    height: float
    decimals: str
    parted: Points | None = None  # where words of running text may be hyphenated

    @property
    def theme(self) -> Theme:
        """The house style."""
        return self.setter.theme

    def style(self, name: str) -> TextStyle:
        """A style by its name in Word."""
        return self.setter.theme.styles[name]

    def paragraph(self, text: Text, style: TextStyle, tag: Tag) -> ParagraphBox:
        """A text in a style over the whole column."""
        return self.lines(self.setter.pieces(text, style, tag), style, tag)

    def lines(self, pieces: Pieces, style: TextStyle, tag: Tag, hanging: bool = False) -> ParagraphBox:
        """Set pieces broken to the column; `hanging` where a label stands in the indent of the first line."""
        measure = self.width - style.left - style.right
        parted = None if style.whole_words else self.parted
        zone = measure * LOOSE if style.alignment == "justify" else self.width * HYPHENATION_ZONE  # Word: if ragged
        lines = broken(pieces, measure, 0 if hanging else style.first_line, parted, zone)
        side = Side(style.side_rule[0] / 2, style.side_rule) if style.side_rule else None
        keep = style.keep_with_next
        return ParagraphBox(lines, style, tag, self.width, style.before, style.after, keep, side)

    def caption(self, caption: Caption, tag: Tag, kind: Captioned) -> ParagraphBox:
        """Label and title, then the unit in its own style, where references lead."""
        style = self.style("Caption")
        unit_style = replace(self.style("Caption Unit"), leading=style.leading)
        pieces = self.setter.pieces((Run(f"{caption.label} "), *caption.title), style, tag)
        if caption.unit:
            pieces += self.setter.pieces((Run(" "), *caption.unit), unit_style, tag)
        return replace(self.lines(pieces, style, tag), keep_with_next=True, anchor=caption_anchor(kind, caption.number))

    def note(self, note: Footnote) -> ParagraphBox:
        """A footnote behind its number, which is a label."""
        style, tag = self.style("Footnote Text"), Tag("Note", identifier=note_anchor(note.number))
        name = note.sign
        label = self.setter.plain(name, style)
        left = max(style.left, natural_width(label) + LABEL_GAP)
        style = replace(style, left=left, first_line=-left)
        body = Tag("P", tag)
        box = self.lines(self.setter.pieces(note.text, style, body), style, body, hanging=True)
        line = broken(label, self.width)[0]
        return replace(box, label=Label(Tag("Lbl", tag), line), anchor=note_anchor(note.number))

    def items(
        self, texts: Sequence[Text], style: TextStyle, names: Sequence[str], numbering: str
    ) -> list[ParagraphBox]:
        """A list: every item with its label, all with the same indent."""
        widest = max((natural_width(self.setter.plain(name, style)) for name in names), default=0)
        left = max(style.left, style.left + style.first_line + widest + LABEL_GAP)
        style = replace(style, left=left, first_line=style.first_line - (left - style.left))
        whole = Tag("L", attributes=numbering)
        return [self._item(text, style, name, Tag("LI", whole)) for text, name in zip(texts, names, strict=True)]

    def _item(self, text: Text, style: TextStyle, name: str, item: Tag) -> ParagraphBox:
        label = Label(Tag("Lbl", item), broken(self.setter.plain(name, style), self.width)[0])
        body = Tag("LBody", item)
        return replace(self.lines(self.setter.pieces(text, style, body), style, body, hanging=True), label=label)
