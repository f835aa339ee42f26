"""Headers and footers drawn on a page: lines, rules, emblems."""

from reports.house.theme import Emblem, Page
from reports.writers.pdf.furniture import RULE_GAP, Block, Strip, room_of
from reports.writers.pdf.sheet import Sheet
from reports.writers.pdf.stretches import Placed
from reports.writers.pdf.tagged import FOOTER, HEADER, Artifact


def draw_header(strip: Strip, sheet: Sheet, page: Page) -> None:
    """Draws a strip at the header's place."""
    _draw(strip, sheet, page, (page.height - page.header, HEADER))


def draw_footer(strip: Strip, sheet: Sheet, page: Page) -> None:
    """Draws a strip at the footer's place."""
    _draw(strip, sheet, page, (page.footer + strip.height, FOOTER))


def _draw(strip: Strip, sheet: Sheet, page: Page, place: tuple[float, Artifact]) -> None:
    """Pictures where they are in Word, also on a sheet that is turned: what floats has no direction."""
    head, artifact = place
    for number, (down, row, height) in enumerate(strip.standing()):
        first, last = strip.ends(number)
        top, bottom = head - down, head - down - height
        if row.style.top_rule and first:
            _rule(sheet, page, top, row.style.top_rule)
            top -= RULE_GAP
        if row.style.bottom_rule and last:
            _rule(sheet, page, bottom, row.style.bottom_rule)
        for emblem in row.floating:
            sheet.picture(artifact, emblem, _floating(emblem, page, top), turned=False)
        for block in row.blocks:
            _draw_block(block, sheet, (page.left, top, row.height), artifact)


def _draw_block(block: Block, sheet: Sheet, place: tuple[float, float, float], artifact: Artifact) -> None:
    """Text beside a picture stands at its foot, as on one baseline."""
    margin, top, height = place
    lines = sum(line.leading for line in block.lines)
    widest = max((line.width for line in block.lines), default=0)
    left = margin + block.left
    if block.emblem:
        start = left + block.share * (block.width - room_of(block.emblem) - widest)
        sheet.picture(artifact, block.emblem, (start, top - height), turned=True)
        left += room_of(block.emblem)
        top -= height - lines
    room = block.width - room_of(block.emblem)
    placed = []
    for line in block.lines:
        placed.append(Placed(left + block.share * (room - line.width), top - line.baseline, line))
        top -= line.leading
    sheet.text(artifact._replace(actual=block.said), placed)


def _floating(emblem: Emblem, page: Page, line: float) -> tuple[float, float]:
    """The lower left corner of a floating picture; `line` is the top of the line that it hangs on."""
    assert emblem.anchor is not None
    (base, offset, align), (below, depth, stand) = emblem.anchor.across, emblem.anchor.down
    start, room = (
        (0.0, page.width) if base in ("page", "leftMargin") else (page.left, page.width - page.left - page.right)
    )
    share = {"center": 0.5, "right": 1.0, "outside": 1.0}.get(align, 0.0)
    left = start + (share * (room - emblem.width) if align else offset)
    edges = {
        "page": page.height,
        "topMargin": page.height,
        "margin": page.height - page.top,
        "bottomMargin": page.bottom,
    }
    head = edges.get(below, line)
    if below == "page" and stand:
        head -= {"center": 0.5, "bottom": 1.0}.get(stand, 0.0) * (page.height - emblem.height)
    return left, head - depth - emblem.height


def _rule(sheet: Sheet, page: Page, height: float, look: tuple[float, str]) -> None:
    sheet.rule((page.left, height), (page.width - page.right, height), look)
