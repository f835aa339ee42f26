"""What a style of a Word file says once its cascade is resolved: docDefaults, then the chain of basedOn, oldest first.

A theme font beats an explicit one; a theme colour beats the colour beside it, unless it is tinted: then Word has
written the resolved colour (ECMA-376 part 1, 17.3.2.26 and 17.3.2.6).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from reports.house.package import Node, W, value

OFF = ("0", "false", "off", "none")
TWENTIETHS, EIGHTHS, HALVES, LINES = 20, 8, 2, 240  # a point in spacing, in borders, in sizes; a line in multiples
ALIGNMENTS = {"left": "start", "start": "start", "right": "end", "end": "end", "center": "center", "both": "justify"}
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SCHEME_ALIASES = {"text1": "dk1", "text2": "dk2", "background1": "lt1", "background2": "lt2", "dark1": "dk1",
                  "dark2": "dk2", "light1": "lt1", "light2": "lt2", "hyperlink": "hlink"}  # fmt: skip
BLACK = "000000"
HAIRLINE = 4  # eighths: what Word draws for a border without a width

# What needs no counterpart outside Word: it steers Word, or the other writers do it for every style anyway.
SWITCHES = {"b": "bold", "i": "italic", "keepNext": "keep_with_next", "suppressAutoHyphens": "whole_words"}
QUIET = {"bCs", "iCs", "szCs", "lang", "noProof", "widowControl", "keepLines", "outlineLvl",
         "numPr", "rPr", "rsid", "snapToGrid", "adjustRightInd", "autoSpaceDE", "autoSpaceDN", "ligatures"}  # fmt: skip

Look = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Cascade:
    """The styles of a file by id, with what stands under and behind them."""

    styles: Mapping[str, Node]
    defaults: tuple[Node, ...]
    fonts: Mapping[str, str]
    colours: Mapping[str, str]

    def look(self, style_id: str) -> tuple[Look, tuple[str, ...]]:
        """What a style says, by the names of TextStyle; then the elements that have no counterpart there.

        `line` and `line_rule` stand for the leading, which hangs on the font.
        """
        return self.resolved(self.chain(style_id))

    def resolved(self, layers: Iterable[Node]) -> tuple[Look, tuple[str, ...]]:
        """The same of layers over docDefaults, oldest first: styles, paragraphs and runs, whatever has properties."""
        look: Look = {}
        unknown: dict[str, None] = {}
        for layer in (*self.defaults, *layers):
            for name, found in self._changes(layer):
                if name == "unknown":
                    unknown[found] = None
                else:
                    look[name] = found
        return look, tuple(unknown)

    def chain(self, style_id: str) -> list[Node]:
        """The style and its ancestors, oldest first."""
        chain: list[Node] = []
        while style_id in self.styles and self.styles[style_id] not in chain:
            chain.append(self.styles[style_id])
            style_id = value(chain[-1], "basedOn")
        return chain[::-1]

    def _changes(self, layer: Node) -> Iterator[tuple[str, Any]]:
        for properties in (layer.find(W + "rPr"), layer.find(W + "pPr")):
            for node in () if properties is None else properties.iterchildren(tag=etree.Element):
                yield from self._change(node)

    def _change(self, node: Node) -> Iterator[tuple[str, Any]]:  # noqa: C901  one case an element
        name, said = etree.QName(node).localname, node.get(W + "val", "")
        match name:
            case "rFonts":
                yield from self._font(node)
            case "b" | "i" | "caps" | "keepNext" | "suppressAutoHyphens":
                key = SWITCHES.get(name, name)
                yield key, said not in OFF
            case "sz":
                yield "size", int(said) / HALVES
            case "color":
                yield "color", self.colour(node, "val") or BLACK
            case "shd":
                yield "shade", self.colour(node, "fill")
            case "spacing" if node.getparent().tag == W + "pPr":
                yield from _spacing(node)
            case "ind":
                yield from _indents(node)
            case "jc":
                yield "alignment", ALIGNMENTS.get(said, "start")
            case "pBdr":
                yield from self._borders(node)
            case _ if name not in QUIET and said not in OFF:
                yield "unknown", name

    def _font(self, fonts: Node) -> Iterator[tuple[str, str]]:
        themed = self.fonts.get(fonts.get(W + "asciiTheme", ""))
        if font := themed or fonts.get(W + "ascii"):
            yield "font", font

    def _borders(self, borders: Node) -> Iterator[tuple[str, Any]]:
        for edge in borders:
            name = etree.QName(edge).localname
            key = {"left": "side_rule", "start": "side_rule", "bottom": "bottom_rule", "top": "top_rule"}.get(name)
            yield (key, self.rule(edge)) if key else ("unknown", f"pBdr/{name}")

    def rule(self, edge: Node) -> tuple[float, str] | None:
        """The width in points and the colour of a border; None if there is none."""
        if edge is None or edge.get(W + "val") in ("nil", "none"):
            return None
        return int(edge.get(W + "sz", HAIRLINE)) / EIGHTHS, self.colour(edge, "color") or BLACK

    def colour(self, node: Node, attribute: str) -> str:
        """RRGGBB; empty for none or automatic."""
        prefix = "themeFill" if attribute == "fill" else "theme"
        name = node.get(W + ("themeFill" if attribute == "fill" else "themeColor"), "")
        tinted = node.get(f"{W}{prefix}Tint") or node.get(f"{W}{prefix}Shade")
        themed = "" if tinted else self.colours.get(SCHEME_ALIASES.get(name, name), "")
        explicit = node.get(W + attribute, "")
        return (themed or ("" if explicit == "auto" else explicit)).upper()


def cascade(styles: Node, theme: Node) -> Cascade:
    """The cascade of a file, from the roots of its styles and its theme."""
    defaults = [styles.find(f"{W}docDefaults/{W}{kind}") for kind in ("rPrDefault", "pPrDefault")]
    return Cascade(
        {style.get(W + "styleId"): style for style in styles.iterchildren(W + "style")},
        tuple(layer for layer in defaults if layer is not None),
        _theme_fonts(theme),
        _theme_colours(theme),
    )


def _theme_fonts(theme: Node) -> dict[str, str]:
    latin = {kind: theme.find(f".//{DRAWING}{kind}Font/{DRAWING}latin") for kind in ("minor", "major")}
    found = {kind: node.get("typeface") for kind, node in latin.items() if node is not None}
    return {f"{kind}{script}": font for kind, font in found.items() for script in ("HAnsi", "Ascii")}


def _theme_colours(theme: Node) -> dict[str, str]:
    scheme = theme.find(f".//{DRAWING}clrScheme")
    colours = () if scheme is None else scheme.iterchildren(tag=etree.Element)
    return {etree.QName(node).localname: (node[0].get("lastClr") or node[0].get("val", "")).upper() for node in colours}


def _spacing(spacing: Node) -> Iterator[tuple[str, Any]]:
    for name in ("before", "after"):
        if said := spacing.get(W + name):
            yield name, int(said) / TWENTIETHS
    if line := spacing.get(W + "line"):
        rule = spacing.get(W + "lineRule", "auto")
        yield "line_rule", rule
        yield "line", int(line) / (LINES if rule == "auto" else TWENTIETHS)


def _indents(indents: Node) -> Iterator[tuple[str, float]]:
    names = {"left": "left", "start": "left", "right": "right", "end": "right", "firstLine": "first_line"}
    for attribute, name in names.items():
        if said := indents.get(W + attribute):
            yield name, int(said) / TWENTIETHS
    if hanging := indents.get(W + "hanging"):
        yield "first_line", -int(hanging) / TWENTIETHS
