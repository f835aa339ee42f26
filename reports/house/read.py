"""Reads the house style out of a Word file that officers edit in Word."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from reports.errors import HouseError, Problem
from reports.house.cascade import TWENTIETHS, Cascade, cascade
from reports.house.fonts import FontBook
from reports.house.package import BODY, STYLES, THEME, Node, Parts, W, furniture_parts, parsed, value
from reports.house.theme import STYLES as NAMES
from reports.house.theme import ChartStyle, Page, PanelStyle, TableStyle, TextStyle, Theme

# Besides theme.STYLES: a part of a total, a bullet of the reference box, the paragraph that holds a chart; tables.
PARAGRAPHS = ("Table Part", "Reference Bullet", "Chart")
TABLES = ("Brief Table", "Brief Panels")
LISTS = ("List Bullet", "Reference Bullet", "Sources")
PLACEHOLDERS = ("issuer", "classification", "footer", "page")
SERIES, TENTATIVE, AXIS = ("accent1", "accent2", "accent3", "accent4"), "accent5", "accent6"

# ECMA-376 part 1, 17.7.5: what holds where a file says nothing.
FALLBACK_FONT, FALLBACK_SIZE = "Times New Roman", 10.0
NO_RULE = (0.0, "000000")
PADDING = {"top": 0.0, "left": 5.4, "bottom": 0.0, "right": 5.4}
EXPECTED = {  # elements that a style has by its nature
    "Superior": {"vertAlign"}, "Header": {"tabs"}, "Footer": {"tabs"}, "Hyperlink": {"u"},
}  # fmt: skip


def style_ids(parts: Parts, where: str) -> Mapping[str, str]:
    """The id of every style that a brief uses, by its name in Word.

    Raises HouseError if the file lacks one.
    """
    styles = parsed(parts, STYLES, where).iterchildren(W + "style")
    ids = {value(style, "name").lower(): style.get(W + "styleId") for style in styles}
    wanted = (*NAMES, *PARAGRAPHS, *TABLES)
    missing = [name for name in wanted if name.lower() not in ids]
    if missing:
        hint = "add it in Word (Styles, New Style), or copy it from templates/house/brief.docx with the Organizer"
        raise HouseError(*(Problem(where, f"no style {name}", hint) for name in missing))
    return {name: ids[name.lower()] for name in wanted}


def read_house(parts: Parts, where: str, fonts: FontBook) -> tuple[Theme, tuple[Problem, ...]]:
    """The house style as numbers, and a warning for each thing of it that only Word can show.

    Raises HouseError if the file lacks a style or the place of the classification, or is damaged.
    """
    ids = style_ids(parts, where)
    styles = cascade(parsed(parts, STYLES, where), parsed(parts, THEME, where))
    _refuse_unusable(parts, where, styles, ids)
    try:
        panel = _panel_style(styles, ids)
        texts = {name: _text_style(styles, ids[name], fonts) for name in (*NAMES, *PARAGRAPHS)}
        tinted = {name: _on_tint(name, style, panel.shade) for name, style in texts.items()}
        table = _table_style(styles, ids, texts["Table Part"].left - texts["Table Text"].left)
        page = _page(parsed(parts, BODY, where))
    except ValueError as error:
        raise HouseError(Problem(where, f"a number of a style cannot be read: {error}")) from error
    problems = (
        *_unmapped(styles, ids, where),
        *_unmapped_table(styles, ids, where),
        *_unmapped_page(parts, where),
        *_placeholders(parts, where),
    )
    families = [style.font for style in texts.values()]
    return Theme(page, tinted, table, _chart_style(styles), panel), (*problems, *fonts.problems(families))


def _refuse_unusable(parts: Parts, where: str, styles: Cascade, ids: Mapping[str, str]) -> None:
    """Raises HouseError without what a brief needs: paper, colours of charts, bullets, numbers of sources."""
    found = []
    if parsed(parts, BODY, where).find(f"{W}body/{W}sectPr/{W}pgMar") is None:
        found.append(Problem(where, "no paper: the size and the margins of its page are not in it"))
    if not any(name in styles.colours for name in SERIES):
        found.append(Problem(where, "no colours for charts: its theme has no accents", "Design, Colors in Word"))
    for name in LISTS:
        if all(style.find(f"{W}pPr/{W}numPr") is None for style in styles.chain(ids[name])):
            found.append(Problem(where, f"style {name} has no list", "Format, Numbering in the style in Word"))
    if found:
        raise HouseError(*found)


# ---------------------------------------------------------------- styles


def _text_style(styles: Cascade, style_id: str, fonts: FontBook) -> TextStyle:
    look, _ = styles.look(style_id)
    line: float = look.pop("line", 1.0)
    rule = look.pop("line_rule", "auto")
    look.setdefault("font", FALLBACK_FONT)
    look.setdefault("size", FALLBACK_SIZE)
    natural: float = _line_height(look, fonts) * look["size"]
    leading = {"auto": natural * line, "atLeast": max(natural, line)}.get(rule, line)
    return TextStyle(leading=round(float(leading), 2), **look)


def _line_height(look: Mapping[str, Any], fonts: FontBook) -> float:
    """The line of a font in ems: Word's single spacing is its ascent and descent."""
    face = fonts.faces(look["font"], look.get("bold", False), look.get("italic", False))[0]
    return face.ascent + face.descent


def _on_tint(name: str, style: TextStyle, shade: str) -> TextStyle:
    """The styles of a key figure stand on the tint of its cell."""
    return replace(style, shade=shade) if name.startswith("Panel ") and not style.shade else style


def _table_style(styles: Cascade, ids: Mapping[str, str], indent: float) -> TableStyle:
    chain = styles.chain(ids["Brief Table"])
    padding = _padding(chain)
    return TableStyle(
        top=_rule(styles, chain, f"{W}tblPr/{W}tblBorders/{W}top"),
        head=_rule(styles, chain, _condition("firstRow", "bottom")),
        bottom=_rule(styles, chain, f"{W}tblPr/{W}tblBorders/{W}bottom"),
        inner=_rule(styles, chain, _condition("lastRow", "top")),
        pad_x=padding["left"],
        pad_y=padding["top"],
        indent=indent,
    )


def _condition(kind: str, edge: str) -> str:
    return f"{W}tblStylePr[@{W}type='{kind}']/{W}tcPr/{W}tcBorders/{W}{edge}"


def _rule(styles: Cascade, chain: list[Node], path: str) -> tuple[float, str]:
    edges = [style.find(path) for style in chain]
    return styles.rule(next((edge for edge in reversed(edges) if edge is not None), None)) or NO_RULE


def _panel_style(styles: Cascade, ids: Mapping[str, str]) -> PanelStyle:
    chain = styles.chain(ids["Brief Panels"])
    shades = [node for style in chain if (node := style.find(f"{W}tcPr/{W}shd")) is not None]
    padding = _padding(chain)
    gap, _ = _rule(styles, chain, f"{W}tblPr/{W}tblBorders/{W}insideV")
    shade = styles.colour(shades[-1], "fill") if shades else ""
    return PanelStyle(shade, padding["left"], padding["top"], padding["bottom"], gap)


def _padding(chain: list[Node]) -> dict[str, float]:
    padding = dict(PADDING)
    for side in (side for style in chain for side in style.findall(f"{W}tblPr/{W}tblCellMar/*")):
        name = {"start": "left", "end": "right"}.get(etree.QName(side).localname, etree.QName(side).localname)
        padding[name] = int(side.get(W + "w", 0)) / TWENTIETHS
    return padding


def _chart_style(styles: Cascade) -> ChartStyle:
    series = tuple(styles.colours[name] for name in SERIES if name in styles.colours)
    return ChartStyle(series, styles.colours.get(TENTATIVE, series[-1]), styles.colours.get(AXIS, series[0]))


# ---------------------------------------------------------------- page


def _page(body: Node) -> Page:
    """The paper of the last section. Raises ValueError where a length is none."""
    section = body.find(f"{W}body/{W}sectPr")
    size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
    lengths = [int(size.get(W + name)) / TWENTIETHS for name in ("w", "h")]
    names = ("top", "bottom", "left", "right", "header", "footer")
    return Page(*lengths, *(abs(int(margins.get(W + name))) / TWENTIETHS for name in names))


# ---------------------------------------------------------------- what is not carried over


def _unmapped(styles: Cascade, ids: Mapping[str, str], where: str) -> Iterator[Problem]:
    for name in (*NAMES, *PARAGRAPHS):
        _, unknown = styles.look(ids[name])
        for element in unknown:
            if element not in EXPECTED.get(name, ()):
                yield _word_only(where, f"style {name}: w:{element}")


def _unmapped_table(styles: Cascade, ids: Mapping[str, str], where: str) -> Iterator[Problem]:
    for style in styles.chain(ids["Brief Table"]):
        for edge in style.findall(f"{W}tblPr/{W}tblBorders/*"):
            side = etree.QName(edge).localname
            if side not in ("top", "bottom") and styles.rule(edge):
                yield _word_only(where, f"style Brief Table: border {side}")
        for condition in style.findall(W + "tblStylePr"):
            if condition.get(W + "type") not in ("firstRow", "lastRow"):
                yield _word_only(where, f"style Brief Table: {condition.get(W + 'type')}")


def _word_only(where: str, what: str) -> Problem:
    return Problem(
        where, f"{what} shows in Word alone, not in PDF", "docs/house-style.md lists what all show", "warning"
    )


def _placeholders(parts: Parts, where: str) -> Iterator[Problem]:
    """A warning for each placeholder that no header or footer has. Raises HouseError for the classification."""
    roots = [parsed(parts, name, where) for name in furniture_parts(parts)]
    tags = {tag.get(W + "val") for root in roots for tag in root.iter(W + "tag")}
    for name in PLACEHOLDERS:
        if name not in tags:
            hint = f"put a content control with the tag {name} there (Developer, Controls)"
            problem = Problem(where, f"no place for the {name} in a header or footer", hint, "warning")
            if name == "classification":
                raise HouseError(Problem(where, problem.message, hint))
            yield problem


def _unmapped_page(parts: Parts, where: str) -> Iterator[Problem]:
    section = parsed(parts, BODY, where).find(f"{W}body/{W}sectPr")
    columns = section.find(W + "cols")
    if columns is not None and int(columns.get(W + "num", 1)) > 1:
        yield _word_only(where, "text in columns")
    if section.find(W + "titlePg") is not None:
        yield _word_only(where, "a first page with its own header")
    for name in furniture_parts(parts):
        if next(parsed(parts, name, where).iter(W + "drawing", W + "pict"), None) is not None:
            yield _word_only(where, f"the picture in {name}")
