"""A rich document in four languages, with every kind of block and inline: what writers are looked at with.

The figures are those of the joint statements on Kazakhstan and Luxembourg of 20 October 2025.
"""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    Citation,
    Document,
    FigureRecord,
    Furniture,
    Heading,
    Mark,
    Note,
    PageBreak,
    Panel,
    Panels,
    Paragraph,
    Point,
    Reference,
    Row,
    Run,
    Series,
    SourceEntry,
    Sources,
    Table,
    Text,
)

FOLDER = Path(__file__).parent / "data" / "sample"
TEXTS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
LANGUAGES = tuple(TEXTS)
AS_OF = date(2025, 10, 20)
URL = "https://qazinform.com/news/kazakhstan-luxembourg?lang=en&id=1"
TURNOVER, TURNOVER_YEAR = "trade.turnover@2025-01/2025-08", "trade.turnover@2024"
EXPORTS, IMPORTS = "trade.exports@2024", "trade.imports@2024"
FDI, FDI_BEFORE, FDI_ALL = "fdi.inflow.gross@2024", "fdi.inflow.gross@2023", "fdi.cumulative@2005/2025-Q2"
FDI_CHANGE, ENTERPRISES = "fdi.inflow.gross.change@2024~2023!%", "enterprises.active@2025-10-20"
MISSING = (Run("…"),)

FIGURES = {
    TURNOVER: FigureRecord("13.6", 6, "USD", "2025-01/2025-08", "P", ("qazinform-2025-10-20",), "2025-10-20"),
    TURNOVER_YEAR: FigureRecord("19.54", 6, "USD", "2024", "", ("qazinform-2025-10-20",), "2025-10-20"),
    EXPORTS: FigureRecord("36.5", 3, "USD", "2024", "", ("qazinform-2025-10-20",), "2025-10-20"),
    IMPORTS: FigureRecord("19.5", 6, "USD", "2024", "", ("qazinform-2025-10-20",), "2025-10-20"),
    FDI: FigureRecord("520.5", 6, "USD", "2024", "", ("qazinform-2025-10-20",), "2025-10-20"),
    FDI_BEFORE: FigureRecord("424.5", 6, "USD", "2023", "", ("qazinform-2025-10-20",), "2025-10-20"),
    FDI_ALL: FigureRecord("3.5", 9, "USD", "2005/2025-Q2", "", ("qazinform-2025-10-20",), "2025-10-20"),
    FDI_CHANGE: FigureRecord("22.6", 0, "%", "2024", "", (), "", "a / b - 1", (FDI, FDI_BEFORE)),
    ENTERPRISES: FigureRecord("178", 0, "", "2025-10-20", "", ("qazinform-2025-10-20",), "2025-10-20"),
}


def sample_document(language: str = "en") -> Document:
    """The brief on Luxembourg in one language."""
    words = TEXTS[language]
    furniture = Furniture(words["issuer"], words["classification"], words["footer"], words["page"])
    blocks = (*_first_page(language), *_trade(language), *_dialogue(language), *_end(language))
    return Document(words["title"], words["subject"], language, "ltr", AS_OF, furniture, blocks, FIGURES)


def _said(language: str, name: str) -> Text:
    """A sentence of the table: `[key|text]` prints a figure, `^1` cites, `^p` marks, `*…*` stresses."""
    return tuple(_pieces(TEXTS[language][name]))


def _pieces(sentence: str) -> list[Run | Citation | Mark]:
    pieces: list[Run | Citation | Mark] = []
    for number, outer in enumerate(sentence.split("*")):
        for piece in outer.replace("]", "[").split("["):
            key, bar, text = piece.partition("|")
            if bar:
                pieces.append(Run(text, figure=KEYS[key], isolated=True, strong=number % 2 == 1))
            else:
                pieces += _superiors(piece, strong=number % 2 == 1)
    return pieces


def _superiors(text: str, strong: bool) -> list[Run | Citation | Mark]:
    words, *rest = text.split("^")
    pieces: list[Run | Citation | Mark] = [Run(words, strong=strong)] if words else []
    for piece in rest:
        sign, after = piece[0], piece[1:]
        pieces.append(Citation((int(sign),)) if sign.isdigit() else Mark(sign))
        pieces += [Run(after, strong=strong)] if after else []
    return pieces


KEYS = {
    "now": TURNOVER, "year": TURNOVER_YEAR, "exports": EXPORTS, "imports": IMPORTS, "fdi": FDI, "before": FDI_BEFORE,
    "all": FDI_ALL, "change": FDI_CHANGE, "firms": ENTERPRISES,
}  # fmt: skip


def _first_page(language: str) -> tuple[Block, ...]:
    said = {name: _said(language, name) for name in TEXTS[language]}
    panels = tuple(
        Panel(said[f"{name}_number"], said[f"{name}_unit"], said[f"{name}_label"], said[f"{name}_detail"])
        for name in ("now", "year", "fdi", "firms")
    )
    return (
        Heading(said["title"], 1),
        Paragraph(said["subtitle"], "subtitle"),
        Panels(panels),
        Heading(said["in_brief"], 2),
        Paragraph(said["lead"], "lead"),
    )


def _trade(language: str) -> tuple[Block, ...]:
    said = {name: _said(language, name) for name in TEXTS[language]}
    number = TEXTS[language]["decimal"]
    provisional = (*_figure(TURNOVER, "13.6", number), Mark(TEXTS[language]["mark"]))
    rows = (
        Row((said["turnover"], MISSING, _figure(TURNOVER_YEAR, "19.54", number), provisional)),
        Row((said["exports"], MISSING, _figure(EXPORTS, "0.0365", number), MISSING), level=1),
        Row((said["imports"], MISSING, _figure(IMPORTS, "19.5", number), MISSING), level=1),
        Row((said["inflow"], _figure(FDI_BEFORE, "424.5", number), _figure(FDI, "520.5", number), MISSING), ruled=True),
    )  # fmt: skip
    header = (((), (Run("2023"),), (Run("2024"),), said["months"]),)
    table = Table(
        Caption(TEXTS[language]["table"], 1, said["trade"], said["unit"]), ("text", "figure", "figure", "figure"),
        header, rows, (said["legend"], said["source"]), TEXTS[language]["table_alternative"],
    )  # fmt: skip
    return (Heading(said["trade"], 2), Paragraph(said["trade_text"]), table, *_charts(language), Note(said["missing"]))


def _figure(key: str, digits: str, mark: str) -> Text:
    return (Run(digits.replace(".", mark), figure=key),)


def _charts(language: str) -> tuple[Block, ...]:
    words = TEXTS[language]
    label, mark = words["figure"], words["decimal"]

    def point(key: str, digits: str, tentative: bool = False) -> Point:
        return Point(Decimal(digits), digits.replace(".", mark), key, tentative)

    inflow = Chart(
        "bar", Caption(label.format(1), 1, _said(language, "inflow_chart"), _said(language, "unit")), ("2023", "2024"),
        (Series(words["inflow"], (point(FDI_BEFORE, "424.5"), point(FDI, "520.5"))),),
        words["inflow_alternative"], (_said(language, "source"),),
    )  # fmt: skip
    turnover = Chart(
        "column", Caption(label.format(2), 2, _said(language, "turnover_chart"), _said(language, "unit")),
        ("2023", "2024", words["months"]),
        (Series(words["turnover"], (None, point(TURNOVER_YEAR, "19.54"), point(TURNOVER, "13.6", tentative=True))),),
        words["turnover_alternative"], (_said(language, "legend"), _said(language, "source")),
    )  # fmt: skip
    return inflow, turnover


def _dialogue(language: str) -> tuple[Block, ...]:
    said = {name: _said(language, name) for name in TEXTS[language]}
    return (
        Heading(said["dialogue"], 2),
        Paragraph(said["dialogue_text"]),
        Heading(said["areas"], 3),
        Bullets((said["area_1"], said["area_2"], said["area_3"])),
        Reference(
            said["reference"], (Paragraph(said["reference_text"]), Bullets((said["reference_1"], said["area_2"])))
        ),
    )


def _end(language: str) -> tuple[Block, ...]:
    publisher = Run("Qazinform", language="en", isolated=True)
    title = Run("Kazakhstan & Luxembourg: “a new chapter”", link=URL, language="en", isolated=True)
    first = (publisher, Run(". "), title, Run(f", {TEXTS[language]['day']}."))
    second = (Run("Astana Times", language="en", emphasis=True), Run(", 15.10.2024."))
    entries = (SourceEntry(1, "qazinform-2025-10-20", first), SourceEntry(2, "astanatimes-2024-10-15", second))
    return PageBreak(), Heading(_said(language, "sources"), 2), Sources(entries)
