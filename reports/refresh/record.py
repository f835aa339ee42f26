"""The ledger of a file, read: what was printed where, in which form, and what it takes to make the brief again."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast, get_args

from lxml import etree

from reports.errors import Problem, RefreshError
from reports.facts.standpoint import Disclosure, Known
from reports.house.package import parse
from reports.orders import Order
from reports.refresh.package import Node, Package, is_number
from reports.writers.word.ledger import NAMESPACE, tag_of
from reports.writers.word.prints import PrintedRow

L = f"{{{NAMESPACE}}}"
MOST = 100_000  # prints, rows or points of one file
YEARS = range(1990, 2200)
PLOTTED, WORKBOOK = re.compile(r"word/charts/[^/]+\.xml"), re.compile(r"word/embeddings/[^/]+\.xlsx")
IDENTIFIER = re.compile(
    r"([A-Z]{2}-[A-Z]{2})/([\d-]{10})/([^/]+?)(?:-short|-public|-final|-copy-\d+|-\d{4}-\d\d-\d\d)*/([^/]+)"
)
CUSTOM = "docProps/custom.xml"
DAMAGED = "the ledger of the file is damaged: make the brief again"


@dataclass(frozen=True, slots=True)
class Printed:
    """One place where a figure was printed, and its element in the ledger."""

    node: Node
    key: str
    control: str
    bookmark: str
    text: str
    form: str
    cited: bool


@dataclass(frozen=True, slots=True)
class TableRecord:
    """A table as it was made, and its element in the ledger."""

    node: Node
    number: str
    bookmark: str
    header: str
    digest: str
    rows: tuple[PrintedRow, ...]


@dataclass(frozen=True, slots=True)
class ChartRecord:
    """A chart as it was made: its parts and their SHA-256, the keys of its points."""

    node: Node
    number: str
    part: str
    digest: str
    workbook: str
    workbook_digest: str
    height: str
    alternative: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Record:
    """A ledger. `figures` has the element of each key, `tags` the key of each tag."""

    root: Node
    order: Order
    language: str
    prints: tuple[Printed, ...]
    tables: tuple[TableRecord, ...]
    charts: tuple[ChartRecord, ...]
    figures: dict[str, Node]

    @property
    def tags(self) -> Mapping[str, str]:
        """The key of each tag."""
        return {tag_of(key): key for key in (*self.figures, *(place.key for place in self.prints))}


def record_of(package: Package) -> Record:
    """The ledger of a file. RefreshError if it tells no order."""
    root, where = package.ledger, f"{package.where}: {package.ledger_name}"
    order = _order(root, where)
    if sum(1 for _ in root.iter()) > MOST:
        raise RefreshError(Problem(where, f"more than {MOST} entries", DAMAGED))
    charts, tables = tuple(_charts(root)), tuple(map(_table, root.iterfind(f"{L}table")))
    for number in (*(chart.number for chart in charts), *(table.number for table in tables)):
        if not is_number(number):
            raise RefreshError(Problem(where, f"a table or a chart is called {number!r}", DAMAGED))
    for chart in charts:
        if not (PLOTTED.fullmatch(chart.part) and WORKBOOK.fullmatch(chart.workbook)):
            raise RefreshError(Problem(where, f"a chart is said to be in {chart.part!r}, {chart.workbook!r}", DAMAGED))
    return Record(
        root,
        order,
        root.get("language", ""),
        tuple(map(_print, root.iterfind(f"{L}print"))),
        tables,
        charts,
        {node.get("key", ""): node for node in root.iterfind(f"{L}figure")},
    )


def _order(root: Node, where: str) -> Order:
    origin = root.find(f"{L}origin")
    if origin is None:
        raise RefreshError(Problem(where, "does not say of what it was made", DAMAGED))
    known, disclosure = origin.get("known", ""), origin.get("disclosure", "")
    if known not in get_args(Known) or disclosure not in get_args(Disclosure):
        raise RefreshError(Problem(where, f"made with facts {known!r}, disclosure {disclosure!r}", DAMAGED))
    visit = _day(origin.get("visit"), where) if origin.get("visit") else None
    return Order(
        origin.get("home", ""),
        origin.get("partner", ""),
        _day(root.get("as-of"), where),
        origin.get("report", ""),
        (root.get("language", ""),),
        (),
        cast(Known, known),
        cast(Disclosure, disclosure),
        short=origin.get("short") == "yes",
        visit=visit,
    )


def check_identity(package: Package, order: Order) -> None:
    """RefreshError where the properties of the file tell of another brief than its ledger."""
    try:
        properties = parse(package.parts.get(CUSTOM, b"<none/>"))
    except etree.XMLSyntaxError:
        return  # nobody needs them
    said = next((one for one in properties if one.get("name") == "Identifier"), None)
    filed = IDENTIFIER.fullmatch("" if said is None else "".join(said.itertext()))
    wanted = (f"{order.home}-{order.partner}", order.as_of.isoformat(), order.report, order.languages[0])
    if filed and filed.groups() != wanted:
        message = f"its ledger is of {' '.join(wanted)}, the file of {' '.join(filed.groups())}"
        raise RefreshError(Problem(package.where, message, "refresh the file that the brief was made as"))


def _day(text: str | None, where: str) -> date:
    try:
        day = date.fromisoformat(text or "")
    except ValueError as error:
        raise RefreshError(Problem(where, f"{text!r} is no day", DAMAGED)) from error
    if day.year not in YEARS:
        raise RefreshError(Problem(where, f"{text!r} is no day of a brief", DAMAGED))
    return day


def _print(node: Node) -> Printed:
    return Printed(
        node,
        node.get("key", ""),
        node.get("control", ""),
        node.get("bookmark", ""),
        node.text or "",
        node.get("form", ""),
        node.get("cited") == "yes",
    )


def _table(node: Node) -> TableRecord:
    rows = tuple(map(_row, node.iterfind(f"{L}row")))
    number, bookmark, header, digest = (node.get(name, "") for name in ("number", "bookmark", "header", "digest"))
    return TableRecord(node, number, bookmark, header, digest, rows)


def _row(node: Node) -> PrintedRow:
    head = node.find(f"{L}head")
    keys = tuple(key.text or "" for key in node.iterfind(f"{L}key"))
    is_figure = head is not None and head.get("figure") == "yes"
    return PrintedRow(keys, "" if head is None else head.text or "", is_figure)


def _charts(root: Node) -> Iterator[ChartRecord]:
    points: dict[str, set[str]] = {}
    for point in root.iterfind(f"{L}point"):
        points.setdefault(point.get("chart", ""), set()).add(point.get("key", ""))
    for node in root.iterfind(f"{L}chart"):
        yield ChartRecord(
            node,
            number := node.get("number", ""),
            node.get("part", ""),
            node.get("sha256", ""),
            node.get("workbook", ""),
            node.get("workbook-sha256", ""),
            node.get("height", ""),
            node.text or "",
            frozenset(points.get(number, ())),
        )
