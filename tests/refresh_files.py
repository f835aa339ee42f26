"""Briefs to refresh: as they were made, and the data three weeks later."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from lxml import etree

from reports.facts.records import Data, Event, Observation, Pair
from reports.facts.values import Day, Period
from reports.orders import Order, Workshop, fill
from reports.refresh import AUTHOR, FoundFigure, Refreshed, Tracking, refresh
from reports.sources import SOURCES
from reports.wording.circulation import UNSAID, Circulation
from tests.officer_edits import shown
from tests.photographs import photograph
from tests.tools import ROOT
from tests.word_files import BODY, W, packed, unpacked

OLD, MET, LATER, NEW = date(2025, 11, 11), date(2025, 11, 19), date(2025, 11, 20), date(2025, 12, 1)
NOTES = "word/footnotes.xml"
LEDGER = "{urn:bilateral:ledger:2}"
BRIEFS = (
    ("LU", "brief", "ru"),
    ("DE", "brief", "en"),  # with contents, a reference and a footnote
    ("CN", "visit", "ar"),
    ("UZ", "reference", "kk"),  # with its sources as footnotes
    ("FR", "factsheet", "zh"),
    ("LU", "visit", "en"),  # with internal parts, portraits and all that stands in a header
    ("TR", "brief", "tr"),  # with a chart of lines
)
Which = tuple[str, str, str]
TRACKING = Tracking(AUTHOR, "2025-12-01T00:00:00Z")


@cache
def data() -> Data:
    read = SOURCES["folder"](ROOT / "data")[0]
    return replace(read, people={name: replace(one, picture=photograph()) for name, one in read.people.items()})


@cache
def later() -> Data:
    """The data three weeks later: every number revised, trade of a new period, a new meeting of each pair."""
    return replace(data(), pairs={codes: _changed(pair) for codes, pair in data().pairs.items()})


def _changed(pair: Pair) -> Pair:
    observations, events = (*pair.observations, *_revised(pair)), (*_met(pair), *pair.events)
    return replace(pair, observations=observations, events=events)


def _revised(pair: Pair) -> Iterator[Observation]:
    for row in pair.observations:
        if row.value and row.value.upper is None and row.known <= OLD:
            new = replace(row, known=LATER, value=replace(row.value, digits=_up(row.value.digits)))
            yield new
            if row.indicator.startswith("trade.") and row.period == Period.parse("2024"):
                yield replace(new, period=Period.parse("2025-01/2025-09"))


def _up(digits: Decimal) -> Decimal:
    """One more in the last digit, which never becomes a zero."""
    return digits + Decimal(2 if digits.as_tuple().digits[-1] == 9 else 1).scaleb(int(digits.as_tuple().exponent))


def _met(pair: Pair) -> Iterator[Event]:
    for event in pair.events[:1]:
        yield replace(event, day=Day.of(MET), who=("Kassym-Jomart Tokayev",), latest=False, planned=False)


@cache
def brief(which: Which) -> bytes:
    """A brief as it was made."""
    return made(data(), which, OLD)


@cache
def workshop() -> Workshop:
    return Workshop(ROOT / "templates", ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")


def made(of: Data, which: Which, day: date) -> bytes:
    partner, report, tag = which
    said = Circulation("12/345", 3, 10, day, "Department of Europe") if report == "visit" else UNSAID
    (blob,) = fill(
        Order("KZ", partner, day, report, (tag,), ("docx",), circulation=said), workshop(), of
    ).files.values()
    return blob


@cache
def fresh(which: Which) -> Any:
    """The ledger of a new brief of the later day."""
    return ledger_of(made(later(), which, NEW))


def renewed(blob: bytes, of: Data, *, day: date = NEW, tracking: Tracking | None = None) -> Refreshed:
    return refresh(("brief.docx", blob), of, workshop(), day, tracking)


@cache
def refreshed(which: Which) -> Refreshed:
    """A brief that nobody edited, refreshed three weeks later."""
    return renewed(brief(which), later())


def ledger_of(blob: bytes) -> Any:
    parts = unpacked(blob)
    name = next(
        name
        for name in parts
        if name.startswith("customXml/item") and b"bilateral:ledger" in parts[name] and "Props" not in name
    )
    return etree.fromstring(parts[name])


def controls(blob: bytes) -> Iterator[Which]:
    """Id, tag and text of each figure of the body and its notes that still stands."""
    parts = unpacked(blob)
    for name in filter(parts.__contains__, (BODY, NOTES)):
        for control in etree.fromstring(parts[name]).iter(W + "sdt"):
            tag, number = control.find(f"{W}sdtPr/{W}tag"), control.find(f"{W}sdtPr/{W}id")
            if tag is not None:
                yield number.get(W + "val"), tag.get(W + "val"), shown(control)


def internal_of(blob: bytes) -> tuple[str, list[tuple[str, set[str]]]]:
    """What a later final copy asks of the ledger: the issuer, the bookmark and the hashes of each internal part."""
    ledger = ledger_of(blob)
    parts = ledger.iter(LEDGER + "internal")
    return ledger.get("issuer"), [(part.get("bookmark"), {one.text for one in part}) for part in parts]


def of_status(done: Refreshed, status: str) -> list[FoundFigure]:
    return [figure for figure in done.figures if figure.status == status]


def edited(blob: bytes, edit: Callable[[Any], None], part: str = BODY) -> bytes:
    """The file with its body, or another part, changed."""
    parts = unpacked(blob)
    root = etree.fromstring(parts[part])
    edit(root)
    return packed({**parts, part: etree.tostring(root)})


def control_of(root: Any, key: str) -> Any:
    """The first control of a figure."""
    tags = ((one, one.find(f"{W}sdtPr/{W}tag")) for one in root.iter(W + "sdt"))
    return next(one for one, tag in tags if tag is not None and tag.get(W + "val") == key)
