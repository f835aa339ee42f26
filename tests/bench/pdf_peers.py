"""What users write for PDF: platypus the plain way, reportlab with flowables of one's own, and typst (PDF/UA-1)."""

import json
from collections.abc import Callable
from functools import partial
from html import escape
from io import BytesIO
from itertools import accumulate
from pathlib import Path

import typst
from reportlab import rl_config
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, ListFlowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from tests.bench.content import Columns, Content, Grid

FONTS = Path(__file__).parents[2] / "fonts"
PAGE = (595.3, 841.9)
MARGIN, WIDTH, LEADING = 57.0, 481.0, 1.3
Render = Callable[[Content], bytes]


def _fonts() -> None:
    for name, file in (("Text", "NotoSans-Regular.ttf"), ("Strong", "NotoSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, FONTS / file))


def _built(story: list[Flowable], given: Content) -> bytes:
    buffer = BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), MARGIN)
    template = SimpleDocTemplate(buffer, pagesize=PAGE, title=given.title, lang=given.language, **margins)
    template.build(story, onFirstPage=_foot, onLaterPages=_foot)
    return buffer.getvalue()


def _foot(canvas: object, template: SimpleDocTemplate) -> None:
    canvas.setFont("Text", 8)  # type: ignore[attr-defined]
    canvas.drawCentredString(PAGE[0] / 2, MARGIN / 2, str(template.page))  # type: ignore[attr-defined]


# ---------------------------------------------------------------- platypus, the plain way


def plain() -> Render:
    """A Paragraph for each text and cell, a Table for each table, a chart of reportlab.graphics."""
    _fonts()
    text = ParagraphStyle("text", fontName="Text", fontSize=10, leading=13, spaceAfter=5)
    strong = ParagraphStyle("strong", parent=text, fontName="Strong", keepWithNext=1)
    return partial(_plain, text=text, strong=strong)


def _plain(given: Content, text: ParagraphStyle, strong: ParagraphStyle) -> bytes:
    story: list[Flowable] = [Paragraph(escape(given.title), strong)]
    for section in given.sections:
        story.append(Paragraph(escape(section.heading), strong))
        story += [Paragraph(escape(said), text) for said in section.paragraphs]
        if section.grid:
            rows = [[Paragraph(escape(cell), text) for cell in row] for row in (section.grid.head, *section.grid.rows)]
            grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey)])
            story += [Paragraph(escape(section.grid.title), strong), Table(rows, repeatRows=1, style=grid)]
        if section.chart:
            story += [Paragraph(escape(section.chart.title), strong), _drawing(section.chart)]
    links = [Paragraph(f'<a href="{escape(address)}">{escape(said)}</a>', text) for said, address in given.sources]
    return _built([*story, ListFlowable(links)], given)


def _drawing(chart: Columns) -> Drawing:
    bars = VerticalBarChart()
    bars.x, bars.y, bars.width, bars.height = 40, 25, WIDTH - 50, 120
    bars.data, bars.valueAxis.valueMin = chart.values, 0
    bars.categoryAxis.categoryNames = chart.years
    bars.categoryAxis.labels.fontName = bars.valueAxis.labels.fontName = "Text"
    drawing = Drawing(WIDTH, 170)
    drawing.add(bars)
    return drawing


# ---------------------------------------------------------------- reportlab, with flowables of one's own


def careful() -> Render:
    """Reportlab's pages, canvas and fonts; lines are broken with a cache of word widths, one text object a block."""
    rl_config.useA85 = 0
    _fonts()
    return partial(_careful, widths={})


Widths = dict[tuple[str, str], float]


def _careful(given: Content, widths: Widths) -> bytes:
    story: list[Flowable] = [Lines(given.title, widths, "Strong", 18)]
    for section in given.sections:
        story.append(Lines(section.heading, widths, "Strong", 13))
        story += [Lines(said, widths) for said in section.paragraphs]
        if section.grid:
            story += [Lines(section.grid.title, widths, "Strong"), Cells(section.grid), Spacer(1, 6)]
        if section.chart:
            story += [Lines(section.chart.title, widths, "Strong"), Bars(section.chart)]
    story += [Lines(said, widths, link=address) for said, address in given.sources]
    return _built(story, given)


def broken(said: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """Lines of words that fit the room."""
    lines: list[str] = []
    line: list[str] = []
    used, space = 0.0, measure(" ")
    for word in said.split(" "):
        wide = measure(word)
        if line and used + space + wide > room:
            lines.append(" ".join(line))
            line, used = [], -space
        line.append(word)
        used += space + wide
    return [*lines, " ".join(line)]


class Lines(Flowable):  # type: ignore[misc]
    """A paragraph."""

    def __init__(self, said: str, widths: Widths, font: str = "Text", size: float = 10, link: str = "") -> None:
        super().__init__()
        self.said, self.widths, self.font, self.size, self.link = said, widths, font, size, link
        self.lines: list[str] = []
        self.keepWithNext = font == "Strong"

    def measure(self, word: str) -> float:
        key = (self.font, word)
        if key not in self.widths:
            self.widths[key] = pdfmetrics.stringWidth(word, self.font, 1)
        return self.widths[key]

    def wrap(self, room: float, _: float) -> tuple[float, float]:
        self.lines = self.lines or broken(self.said, room / self.size, self.measure)
        self.width, self.height = room, len(self.lines) * self.size * LEADING + 5
        return self.width, self.height

    def split(self, room: float, height: float) -> list[Flowable]:
        fitting = int((height - 5) // (self.size * LEADING))
        if not 2 <= fitting <= len(self.lines) - 2:
            return []
        parts = [Lines(self.said, self.widths, self.font, self.size) for _ in range(2)]
        parts[0].lines, parts[1].lines = self.lines[:fitting], self.lines[fitting:]
        return [*parts]

    def draw(self) -> None:
        text = self.canv.beginText(0, self.height - self.size)
        text.setFont(self.font, self.size, self.size * LEADING)
        for line in self.lines:
            text.textLine(line)
        self.canv.drawText(text)
        if self.link:
            self.canv.linkURL(self.link, (0, 0, self.width, self.height), relative=1)


class Cells(Flowable):  # type: ignore[misc]
    """A table whose cells take one line."""

    def __init__(self, grid: Grid) -> None:
        super().__init__()
        self.grid = grid
        self.rows = (grid.head, *grid.rows)

    def wrap(self, room: float, _: float) -> tuple[float, float]:
        self.width, self.height = room, len(self.rows) * 15.0
        return self.width, self.height

    def draw(self) -> None:
        count = len(self.grid.head)
        edges = [0.0, *accumulate([self.width * 0.4, *[self.width * 0.6 / (count - 1)] * (count - 1)])]
        text = self.canv.beginText()
        for number, row in enumerate(self.rows):
            text.setFont("Text" if number else "Strong", 9)
            for cell, left, right in zip(row, edges, edges[1:], strict=False):
                x = right - 4 - pdfmetrics.stringWidth(cell, "Text", 9) if left and number else left + 4
                text.setTextOrigin(x, self.height - 15 * number - 11)
                text.textOut(cell)
        self.canv.drawText(text)
        self.canv.grid(edges, [15.0 * number for number in range(len(self.rows) + 1)])


class Bars(Flowable):  # type: ignore[misc]
    """A column chart."""

    def __init__(self, chart: Columns) -> None:
        super().__init__()
        self.chart = chart

    def wrap(self, room: float, _: float) -> tuple[float, float]:
        self.width, self.height = room, 165.0
        return self.width, self.height

    def draw(self) -> None:
        band, high = self.width / len(self.chart.years), max(map(max, self.chart.values))
        self.canv.setFont("Text", 8)
        for number, values in enumerate(self.chart.values):
            self.canv.setFillColorRGB(0.1, 0.3, 0.5 + 0.4 * number)
            for place, value in enumerate(values):
                x = band * place + number * band * 0.4
                self.canv.rect(x, 15, band * 0.4, 140 * value / high, stroke=0, fill=1)
        self.canv.setFillGray(0)
        for place, year in enumerate(self.chart.years):
            self.canv.drawCentredString(band * (place + 0.5), 3, year)


# ---------------------------------------------------------------- typst

TEMPLATE = """
#let brief = json(bytes(sys.inputs.brief))
#set document(title: brief.title)
#set page(paper: "a4", margin: 2cm, numbering: "1 / 1")
#set text(font: "Noto Sans", size: 10pt, lang: brief.language)
#align(center, text(size: 18pt, weight: "bold", brief.title))
#for section in brief.sections {
  heading(level: 1, section.heading)
  for said in section.paragraphs { par(said) }
  if section.grid != none {
    let grid = section.grid
    par(strong(grid.title))
    table(columns: grid.head.len(), table.header(..grid.head), ..grid.rows.flatten())
  }
  if section.chart != none {
    let title = section.chart.title
    figure(image(bytes(section.svg), format: "svg", width: 16cm, alt: title), caption: title)
  }
}
#enum(..brief.sources.map(source => link(source.at(1), source.at(0))))
"""


def typeset() -> Render:
    """One compiler, kept; charts as SVG."""
    folder = Path(__file__).parents[2] / "build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / "brief.typ"
    template.write_text(TEMPLATE, encoding="utf-8")
    compiler = typst.Compiler(str(template), font_paths=[str(FONTS)], ignore_system_fonts=True)
    return partial(_typeset, compiler=compiler)


def _typeset(given: Content, compiler: typst.Compiler) -> bytes:
    sections = [
        {**vars(section), "grid": vars(section.grid) if section.grid else None, "chart": None, "svg": ""}
        | ({"chart": vars(section.chart), "svg": _svg(section.chart)} if section.chart else {})
        for section in given.sections
    ]
    brief = json.dumps({**vars(given), "sections": sections}, ensure_ascii=False)
    pdf: bytes = compiler.compile(
        format="pdf", sys_inputs={"brief": brief}, pdf_standards=["ua-1"], timestamp=1764000000
    )
    return pdf


def _svg(chart: Columns) -> str:
    high, band = max(map(max, chart.values)), 480 / len(chart.years)
    drawn = [
        f'<rect x="{band * (place + 0.4 * number):.1f}" y="{170 - 150 * value / high:.1f}" width="{band * 0.4:.1f}" '
        f'height="{150 * value / high:.1f}" fill="#1f4e{79 + number}"/>'
        for number, values in enumerate(chart.values)
        for place, value in enumerate(values)
    ]
    drawn += [
        f'<text x="{band * (n + 0.5):.1f}" y="185" font-size="9">{year}</text>' for n, year in enumerate(chart.years)
    ]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 190">{"".join(drawn)}</svg>'
