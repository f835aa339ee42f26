"""The headers and footers of a Word file: what its paragraphs hold, in which look, and where it stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from lxml import etree

from reports.house.cascade import ALIGNMENTS, TWENTIETHS, Cascade
from reports.house.emblems import emblem_of, pictures
from reports.house.fonts import FontBook
from reports.house.looks import text_style
from reports.house.package import BODY, RELATIONSHIPS, Node, Parts, W, parsed, relationships_of, value
from reports.house.theme import PLACES, Alignment, Piece, StripKind, StripLine, Strips, Tab, TextStyle

KINDS: tuple[StripKind, ...] = ("default", "first", "even")
# What stands around runs; what was deleted is none of it, what was inserted is, as Word shows it.
WRAPPERS = {W + name for name in ("hyperlink", "smartTag", "ins", "moveTo", "sdt", "sdtContent", "customXml")}
SIGNS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "br": "\n", "cr": "\n"}
TABS, MARKS = ("tab", "ptab"), ("fldChar", "instrText")
QUIET = {"rPr", "lastRenderedPageBreak", "delText", "drawing", "pict", "AlternateContent"}
OWN = {"tabs", "rStyle", "pStyle", "rtl", "bidi"}  # of a paragraph or run: said elsewhere
# ECMA-376 part 1, 17.16.5: the fields that a brief can answer wherever it is printed.
FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "DOCPROPERTY", "TITLE", "SUBJECT", "AUTHOR"}
DOCPROPERTY = re.compile(r'DOCPROPERTY\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)
SHARES = {"center": 0.5, "end": 1.0}


class _Mark(NamedTuple):
    """A part of a complex field: begin, code, separate or end."""

    kind: str
    text: str
    style: TextStyle


@dataclass(slots=True, eq=False)
class Reader:
    """Reads the headers and footers of one file and gathers what only Word can show of them."""

    parts: Parts
    styles: Cascade
    fonts: FontBook
    where: str
    alone: dict[str, None] = field(default_factory=dict)  # what shows in Word alone, each once
    part: str = ""

    def strips(self) -> tuple[Strips, Strips]:
        """Headers and footers of the last section, by the kind of page. HouseError if a part is damaged."""
        section = parsed(self.parts, BODY, self.where).find(f"{W}body/{W}sectPr")
        names = relationships_of(self.parts, BODY, self.where)
        found: list[Strips] = []
        for kind in ("header", "footer"):
            references = {
                node.get(W + "type", "default"): names.get(node.get(f"{{{RELATIONSHIPS}}}id"), "")
                for node in section.iterfind(f"{W}{kind}Reference")
            }
            found.append({page: tuple(self._lines(references.get(page, ""))) for page in KINDS})
        return found[0], found[1]

    def _lines(self, part: str) -> Iterator[StripLine]:
        if part not in self.parts:
            return
        self.part = part
        for block in parsed(self.parts, part, self.where):
            yield from self._block(block)

    def _block(self, block: Node, tag: str = "") -> Iterator[StripLine]:
        if block.tag == W + "p":
            yield self._line(block, tag)
        elif block.tag == W + "tbl":
            self.alone[f"{self.part}: a table, of which PDF has the first line of each cell, row by row,"] = None
            for row in (node for node in block if node.find(W + "tc") is not None):
                yield self._row(row)
        elif block.tag == W + "sdt":
            for inner in block.iterfind(f"{W}sdtContent/*"):
                yield from self._block(inner, _tag(block))

    def _row(self, row: Node) -> StripLine:
        """The cells of a row as a line with a tab at each."""
        cells = row.findall(W + "tc")
        lines = [self._line(next(cell.iter(W + "p")), "") for cell in cells]
        widths = [_cell_width(cell) for cell in cells]
        tabs: list[Tab] = []
        pieces, left = list(lines[0].pieces), sum(widths[:1])
        for line, width in zip(lines[1:], widths[1:], strict=False):
            share = SHARES.get(line.style.alignment, 0)
            tabs.append((left + width * share, line.style.alignment))
            pieces += (Piece("tab", "", line.style), *line.pieces)
            left += width
        return StripLine(lines[0].style, tuple(tabs), tuple(pieces))

    def _line(self, paragraph: Node, tag: str) -> StripLine:
        layers = [*self.styles.chain(value(paragraph.find(W + "pPr"), "pStyle") or self._normal()), paragraph]
        style = self._style(layers)
        pieces = tuple(self._answered(self._pieces(paragraph, layers)))
        if tag in PLACES:
            pieces = (Piece("place", tag, pieces[0].style if pieces else style),)
        return StripLine(style, _tabs(layers), pieces)

    def _normal(self) -> str:
        ids = (name for name, style in self.styles.styles.items() if _is_default(style))
        return next(ids, "")

    def _style(self, layers: Sequence[Node]) -> TextStyle:
        look, _ = self.styles.resolved(layers)
        _, unknown = self.styles.resolved([layer for layer in layers if layer.tag != W + "style"])
        self.alone |= {f"{self.part}: w:{name}": None for name in unknown if name not in OWN}
        return text_style(look, self.fonts)

    # ------------------------------------------------------------ what a line holds

    def _pieces(self, parent: Node, layers: list[Node]) -> Iterator[Piece | _Mark]:
        """Pieces, and between them the marks of complex fields."""
        for node in parent.iterchildren(tag=etree.Element):
            tag = _tag(node)
            if node.tag == W + "r":
                yield from self._run(node, layers)
            elif tag in PLACES:
                yield Piece("place", tag, self._style_inside(node, layers))
            elif node.tag == W + "fldSimple":
                shown = "".join(text.text or "" for text in node.iter(W + "t"))
                yield self._field(node.get(W + "instr", ""), self._style_inside(node, layers), shown)
            elif node.tag in WRAPPERS:
                yield from self._pieces(node, layers)

    def _style_inside(self, node: Node, layers: list[Node]) -> TextStyle:
        """The look of the first run in a control or field, which its content takes."""
        return self._style([*layers, *self._dress(next(node.iter(W + "r"), None))])

    def _dress(self, run: Node | None) -> list[Node]:
        return [] if run is None else [*self.styles.chain(value(run.find(W + "rPr"), "rStyle")), run]

    def _run(self, run: Node, layers: list[Node]) -> Iterator[Piece | _Mark]:
        style = self._style([*layers, *self._dress(run)])
        for node in run.iterchildren(tag=etree.Element):
            name = etree.QName(node).localname
            if name == "t" or name in SIGNS:
                yield Piece("text", SIGNS.get(name) or node.text or "", style)
            elif name in TABS:
                yield Piece("tab", ALIGNMENTS.get(node.get(W + "alignment", ""), ""), style)
            elif name in MARKS:
                yield _Mark(node.get(W + "fldCharType", "code"), node.text or "", style)
            elif name not in QUIET:
                self.alone[f"{self.part}: w:{name}"] = None
        for drawing in pictures(run):
            found = emblem_of(drawing, self.parts, (self.part, self.where))
            if isinstance(found, str):
                self.alone[f"{self.part}: {found}"] = None
            else:
                yield Piece("picture", "", style, found)

    def _answered(self, found: Iterable[Piece | _Mark]) -> Iterator[Piece]:
        """The pieces, complex fields as one piece each (ECMA-376 part 1, 17.16.18)."""
        depth, code, shown = 0, "", ""
        inside = False  # the code ends where the result begins
        for one in found:
            if isinstance(one, Piece):
                if depth:
                    shown += one.said
                else:
                    yield one
                continue
            depth += {"begin": 1, "end": -1}.get(one.kind, 0)
            if one.kind == "begin" and depth == 1:
                code, shown, inside = "", "", True
            elif one.kind == "separate":
                inside = False
            elif one.kind == "code" and inside:
                code += one.text
            elif one.kind == "end" and depth == 0:
                yield self._field(code, one.style, shown)

    def _field(self, code: str, style: TextStyle, shown: str) -> Piece:
        """A field as a place of the brief, as a field that it answers, or, else, as the text that Word showed last."""
        words = code.split() or [""]
        asked = property_asked(code)
        if asked in PLACES:
            return Piece("place", asked, style)
        if words[0].upper() in FIELDS:
            return Piece("field", " ".join(words), style)
        self.alone[f"{self.part}: the field {words[0]}, of which PDF has what it showed when the file was saved"] = None
        return Piece("text", shown, style)


def property_asked(code: str) -> str:
    """The name of the document property that a field asks for, in small letters; empty for another field.

    >>> property_asked(r' DOCPROPERTY "Classification"  \\* MERGEFORMAT '), property_asked("PAGE")
    ('classification', '')
    """
    asked = DOCPROPERTY.match(code.strip())
    return (asked[1] or asked[2] or "").lower() if asked else ""


def _tag(node: Node) -> str:
    """The tag of a content control."""
    return value(node.find(W + "sdtPr"), "tag") if node.tag == W + "sdt" else ""


def _cell_width(cell: Node) -> float:
    width = cell.find(f"{W}tcPr/{W}tcW")
    return 0 if width is None else int(width.get(W + "w", 0)) / TWENTIETHS


def _is_default(style: Node) -> bool:
    return style.get(W + "default") in ("1", "true") and style.get(W + "type") == "paragraph"


def _tabs(layers: Iterable[Node]) -> tuple[Tab, ...]:
    """The tab stops in force, in order (ECMA-376 part 1, 17.3.1.38)."""
    stops: dict[float, Alignment] = {}
    for layer in layers:
        for tab in layer.iterfind(f"{W}pPr/{W}tabs/{W}tab"):
            place, kind = int(tab.get(W + "pos", 0)) / TWENTIETHS, tab.get(W + "val", "")
            if kind == "clear":
                stops.pop(place, None)
            else:
                stops[place] = cast("Alignment", ALIGNMENTS.get(kind, "start"))
    return tuple(sorted(stops.items()))
