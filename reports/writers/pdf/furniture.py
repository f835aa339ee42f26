"""What stands on every page: issuer and classification above, the footer and the page number below."""

from dataclasses import dataclass, replace

from reports.document import Furniture, numeral
from reports.house.theme import Page, TextStyle
from reports.writers.pdf.lines import Line, broken, natural_width
from reports.writers.pdf.sheet import FOOTER, HEADER, Artifact, Placed, Sheet
from reports.writers.pdf.typeset import Typesetter

GAP = 12  # between what stands left and right
RULE_GAP = 2.5  # between text and its rule
TO_BODY = 14  # the least space between the furniture and the column
LARGEST_SHARE = 0.6  # of the width for what stands at the right


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """A header or footer: lines at the left and at the right, with the text that capitals stand for."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    right_said: str
    style: TextStyle

    @property
    def height(self) -> float:
        """That of the longer side with the rule."""
        lines = max((self.left, self.right), key=len)
        return sum(line.leading for line in lines) + RULE_GAP


def header(furniture: Furniture, setter: Typesetter, page: Page) -> Strip:
    """Who issues the paper, and how it is classified."""
    return _strip(furniture.issuer, (furniture.classification, "Classification"), "Header", setter, page)


def footer(furniture: Furniture, number: int, pages: int, setter: Typesetter, page: Page) -> Strip:
    """What paper it is, and the page of how many."""
    first, last = numeral(number, furniture.digits), numeral(pages, furniture.digits)
    said = furniture.page.replace("{page}", first).replace("{pages}", last)
    return _strip(furniture.footer, (said, "Footer"), "Footer", setter, page)


def _strip(left: str, right: tuple[str, str], name: str, setter: Typesetter, page: Page) -> Strip:
    style, measure = setter.theme.styles[name], _measure(page)
    said, right_name = right
    right_style = replace(setter.theme.styles[right_name], leading=style.leading)
    pieces = setter.plain(said, right_style)
    taken = min(natural_width(pieces), measure * LARGEST_SHARE)
    left_lines = broken(setter.plain(left, style), measure - taken - GAP)
    return Strip(
        left_lines, broken(pieces, taken), said if right_style.caps and said != setter.raised(said) else "", style
    )


def draw_header(strip: Strip, sheet: Sheet, page: Page) -> None:
    """Draws a strip at the header's place with the rule below."""
    top = page.height - page.header
    _draw(strip, sheet, page, (top, HEADER))
    if strip.style.bottom_rule and (strip.left or strip.right):
        _rule(sheet, page, top - strip.height, strip.style.bottom_rule)


def draw_footer(strip: Strip, sheet: Sheet, page: Page) -> None:
    """Draws a strip at the footer's place with the rule above."""
    top = page.footer + strip.height
    _draw(strip, sheet, page, (top - RULE_GAP, FOOTER))
    if strip.style.top_rule and (strip.left or strip.right):
        _rule(sheet, page, top, strip.style.top_rule)


def _draw(strip: Strip, sheet: Sheet, page: Page, place: tuple[float, Artifact]) -> None:
    top, artifact = place
    sheet.text(artifact, _lines(strip.left, page.left, top, 0))
    sheet.text(artifact._replace(actual=strip.right_said), _lines(strip.right, page.left, top, _measure(page)))


def _lines(lines: tuple[Line, ...], left: float, top: float, flush_right: float) -> list[Placed]:
    placed = []
    for line in lines:
        shift = flush_right - line.width if flush_right else 0
        placed.append(Placed(left + shift, top - line.baseline, line))
        top -= line.leading
    return placed


def _rule(sheet: Sheet, page: Page, height: float, look: tuple[float, str]) -> None:
    sheet.rule((page.left, height), (page.width - page.right, height), look)


def _measure(page: Page) -> float:
    return page.width - page.left - page.right


def column(page: Page, above: Strip, below: Strip) -> tuple[float, float]:
    """How far the column is from the upper and the lower edge: the margins, or more under a tall header."""
    top = max(page.top, page.header + above.height + TO_BODY)
    return top, max(page.bottom, page.footer + below.height + TO_BODY)
