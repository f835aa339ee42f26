"""Reads the house style out of a Word file that officers edit in Word."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from reports.errors import HouseError, Problem
from reports.house.cascade import OFF, TWENTIETHS, Cascade, cascade
from reports.house.fonts import FontBook
from reports.house.looks import text_style
from reports.house.package import BODY, SETTINGS, STYLES, THEME, Node, Parts, W, parsed
from reports.house.strips import Reader
from reports.house.theme import (
    PARAGRAPHS,
    STAND_INS,
    ChartStyle,
    Page,
    PanelStyle,
    StripKind,
    Strips,
    TableStyle,
    TextStyle,
    Theme,
)
from reports.house.theme import STYLES as NAMES

LISTS = ("List Bullet", "Reference Bullet", "Sources")
PLACEHOLDERS = ("issuer", "classification", "footer", "page")  # theme.PLACES has those beside that are seldom filled
SERIES, TENTATIVE, AXIS = ("accent1", "accent2", "accent3", "accent4"), "accent5", "accent6"

NO_RULE = (0.0, "000000")
EDGES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")
CONDITIONS = ("firstRow", "lastRow", "band1Horz", "band2Horz")
PADDING = {"top": 0.0, "left": 5.4, "bottom": 0.0, "right": 5.4}
EXPECTED = {  # elements that a style has by its nature
    "Superior": {"vertAlign"}, "Footnote Reference": {"vertAlign"}, "TOC 1": {"tabs"}, "TOC 2": {"tabs"},
    "Header": {"tabs"}, "Footer": {"tabs"}, "Hyperlink": {"u"},
}  # fmt: skip


def read_house(parts: Parts, where: str, fonts: FontBook, ids: Mapping[str, str]) -> tuple[Theme, tuple[Problem, ...]]:
    """The house style as numbers, and a warning for each thing of it that only Word can show. `ids` has the id of every
    style by our name.

    Raises HouseError if the file lacks the place of the classification, or is damaged.
    """
    styles = cascade(parsed(parts, STYLES, where), parsed(parts, THEME, where))
    _refuse_unusable(parts, where, styles, ids)
    try:
        panel = _panel_style(styles, ids)
        texts = {name: _text_style(styles, ids[name], fonts) for name in (*NAMES, *PARAGRAPHS, *STAND_INS)}
        tinted = {name: _on_tint(name, style, panel.shade) for name, style in texts.items()}
        table = _table_style(styles, ids, texts["Table Part"].left - texts["Table Text"].left)
        page = _page(parts, where)
        reader = Reader(parts, styles, fonts, where)
        headers, footers = reader.strips()
    except (ValueError, TypeError, AttributeError, StopIteration) as error:
        raise HouseError(Problem(where, f"a number of a style cannot be read: {error}")) from error
    problems = (
        *_unmapped(styles, ids, where),
        *_unmapped_table(styles, ids, where),
        *_unmapped_page(parts, where),
        *(_word_only(where, what) for what in reader.alone),
        *_placeholders(page, headers, footers, where),
    )
    families = [style.font for style in texts.values()]
    theme = Theme(page, tinted, table, _chart_style(styles), panel, headers, footers)
    return theme, (*problems, *fonts.problems(families))


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
    return text_style(look, fonts)


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
        head_fill=_fill(styles, chain, "firstRow"),
        bands=(_fill(styles, chain, "band1Horz"), _fill(styles, chain, "band2Horz")),
        between=_rule(styles, chain, f"{W}tblPr/{W}tblBorders/{W}insideH"),
        upright=_rule(styles, chain, f"{W}tblPr/{W}tblBorders/{W}insideV"),
        sides=_rule(styles, chain, f"{W}tblPr/{W}tblBorders/{W}left"),
    )


def _fill(styles: Cascade, chain: list[Node], kind: str) -> str:
    """The fill of a conditional format: RRGGBB, empty for none."""
    shades = [style.find(f"{W}tblStylePr[@{W}type='{kind}']/{W}tcPr/{W}shd") for style in chain]
    return next((styles.colour(shade, "fill") for shade in reversed(shades) if shade is not None), "")


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


def _page(parts: Parts, where: str) -> Page:
    """The paper of the last section. Raises ValueError or TypeError where a length is none."""
    section = parsed(parts, BODY, where).find(f"{W}body/{W}sectPr")
    settings = parsed(parts, SETTINGS, where) if SETTINGS in parts else section
    size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
    width, height = (int(size.get(W + name)) / TWENTIETHS for name in ("w", "h"))
    names = ("top", "bottom", "left", "right", "header", "footer")
    top, bottom, left, right, header, footer = (abs(int(margins.get(W + name))) / TWENTIETHS for name in names)
    gutter = int(margins.get(W + "gutter", 0)) / TWENTIETHS
    page = Page(width, height, top, bottom, left + gutter, right, header, footer)
    return replace(
        page,
        mirrored=_on(settings, "mirrorMargins"),
        first=_on(section, "titlePg"),
        even=_on(settings, "evenAndOddHeaders"),
    )


def _on(parent: Node, name: str) -> bool:
    """Whether a switch is there and not off (ECMA-376 part 1, 17.17.4)."""
    switch = parent.find(W + name)
    return switch is not None and switch.get(W + "val", "1") not in OFF


# ---------------------------------------------------------------- what is not carried over


def _unmapped(styles: Cascade, ids: Mapping[str, str], where: str) -> Iterator[Problem]:
    own = (name for name, other in STAND_INS.items() if ids[name] != ids[other])
    for name in (*NAMES, *PARAGRAPHS, *own):
        _, unknown = styles.look(ids[name])
        for element in unknown:
            if element not in EXPECTED.get(name, ()):
                yield _word_only(where, f"style {name}: w:{element}")


def _unmapped_table(styles: Cascade, ids: Mapping[str, str], where: str) -> Iterator[Problem]:
    for style in styles.chain(ids["Brief Table"]):
        for edge in style.findall(f"{W}tblPr/{W}tblBorders/*"):
            side = etree.QName(edge).localname
            if side not in EDGES and styles.rule(edge):
                yield _word_only(where, f"style Brief Table: border {side}")
        for condition in style.findall(W + "tblStylePr"):
            if condition.get(W + "type") not in CONDITIONS:
                yield _word_only(where, f"style Brief Table: {condition.get(W + 'type')}")


def _word_only(where: str, what: str) -> Problem:
    return Problem(
        where, f"{what} shows in Word alone, not in PDF", "docs/house-style.md lists what all show", "warning"
    )


def _placeholders(page: Page, headers: Strips, footers: Strips, where: str) -> Iterator[Problem]:
    """A warning for each placeholder that no header or footer has, or not those of each page. Raises HouseError for the
    classification, which every page must show."""
    asked: dict[StripKind, bool] = {"default": True, "first": page.first, "even": page.even}
    for kind in (kind for kind, own in asked.items() if own):
        lines = (*headers.get(kind, ()), *footers.get(kind, ()))
        tags = {piece.said for line in lines for piece in line.pieces if piece.kind == "place"}
        for name in PLACEHOLDERS if kind == "default" else ("classification",):
            if name not in tags:
                pages = "" if kind == "default" else f" of {kind} pages"
                hint = f"put a content control with the tag {name} there (Developer, Controls)"
                problem = Problem(where, f"no place for the {name} in a header or footer{pages}", hint, "warning")
                if name == "classification":
                    raise HouseError(replace(problem, severity="error"))
                yield problem


def _unmapped_page(parts: Parts, where: str) -> Iterator[Problem]:
    columns = parsed(parts, BODY, where).find(f"{W}body/{W}sectPr/{W}cols")
    if columns is not None and int(columns.get(W + "num", 1)) > 1:
        yield _word_only(where, "text in columns")
