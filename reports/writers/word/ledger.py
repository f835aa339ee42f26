"""The ledger: which figure stands where in the file, with its text as generated and its record.

It is a custom XML part that nothing binds to: a bound control would give an officer's correction back to the part's
value. A figure is a rich inline content control, because LibreOffice 7.4 spoils tracked changes in a plain one, within
a hidden bookmark, because LibreOffice 7.4 loses the tags of controls and keeps bookmarks.
"""

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from reports.document import Document, FigureRecord
from reports.writers.word.xml import Xml, attribute, escaped

NAMESPACE = "urn:bilateral:ledger:1"
TAG_LENGTH = 64  # characters, what Word takes in a tag or an alias
POSITIVE = 0x7FFFFFFF  # the id of a control is a signed 32-bit integer


@dataclass(frozen=True, slots=True)
class Print:
    """One place where a figure is printed."""

    key: str
    control: int
    bookmark: str
    text: str


@dataclass(frozen=True, slots=True)
class PlottedPoint:
    """One point of a chart: the number of the chart, of the series and of the category, from 1."""

    key: str
    chart: int
    series: int
    category: int
    label: str


@dataclass(slots=True)
class Ledger:
    """What is gathered while the body of one document is written."""

    prints: list[Print] = field(default_factory=list)
    points: list[PlottedPoint] = field(default_factory=list)
    _occurrences: Counter[str] = field(default_factory=Counter)
    _taken: set[int | str] = field(default_factory=set)

    def control(self, figure: tuple[str, FigureRecord | None], text: str, runs: Xml, number: int) -> Xml:
        """The runs of a figure in a content control of its own; `number` is the id of the bookmark around it."""
        key, record = figure
        occurrence = self._occurrences[key]
        self._occurrences[key] += 1
        place = Print(key, self._id(key, occurrence), self._bookmark(key, occurrence), text)
        self.prints.append(place)
        alias, tag = attribute(alias_of(key, record)), attribute(tag_of(key))
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{place.bookmark}"/>'
            f'<w:sdt><w:sdtPr><w:alias w:val="{alias}"/><w:tag w:val="{tag}"/>'
            f'<w:id w:val="{place.control}"/></w:sdtPr><w:sdtContent>{runs}</w:sdtContent></w:sdt>'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _id(self, key: str, occurrence: int) -> int:
        found = crc(f"{key}#{occurrence}") & POSITIVE
        while not found or found in self._taken:
            found = (found + 1) & POSITIVE
        self._taken.add(found)
        return found

    def _bookmark(self, key: str, occurrence: int) -> str:
        name = f"_f{crc(key):08x}" + (f"_{occurrence}" if occurrence else "")
        while name in self._taken:  # another key with the same checksum
            name += "x"
        self._taken.add(name)
        return name

    def xml(self, document: Document) -> bytes:
        """The part: the record of every figure, the place and text of every print, the points of the charts."""
        records = (_record(key, record) for key, record in sorted(document.figures.items()))
        lines = "".join((*records, *map(_print, self.prints), *map(_point, self.points)))
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<ledger xmlns="{NAMESPACE}" '
            f'language="{attribute(document.language)}" as-of="{document.as_of}">{lines}</ledger>'
        ).encode()


def crc(text: str) -> int:
    """A checksum that is the same on every machine; lone surrogates pass."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def tag_of(key: str) -> str:
    """The key, or a hash of it where Word's tag is too short for it.

    >>> tag_of("trade.turnover@2024"), tag_of("x" * 65)[:8], len(tag_of("x" * 65))
    ('trade.turnover@2024', 'hash:e7d', 37)
    """
    if len(key) <= TAG_LENGTH:
        return key
    return f"hash:{hashlib.blake2b(key.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}"


def alias_of(key: str, record: FigureRecord | None) -> str:
    """What Word shows over a figure: its key and where it comes from, or that alone where both are too long.

    >>> alias_of("trade.turnover@2024", FigureRecord("1", 6, "USD", "2024", sources=("qazinform-2025-10-20",)))
    'trade.turnover@2024 · qazinform-2025-10-20'
    """
    sources = ", ".join(record.sources) if record else ""
    whole = f"{key} · {sources}" if sources else key
    return (whole if len(whole) <= TAG_LENGTH or not sources else sources)[:TAG_LENGTH]


def _record(key: str, record: FigureRecord) -> Xml:
    attributes = {"key": key, "tag": tag_of(key), **dict(_fields(record))}
    said = "".join(f' {name}="{attribute(text)}"' for name, text in attributes.items())
    sources = "".join(f"<source>{escaped(source)}</source>" for source in record.sources)
    inputs = "".join(f"<input>{escaped(key)}</input>" for key in record.inputs)
    return f"<figure{said}>{sources}{inputs}</figure>"


def _fields(record: FigureRecord) -> Iterator[tuple[str, str]]:
    for name in ("value", "multiplier", "unit", "period", "status", "vintage", "formula", "signed", "qualifier"):
        if (found := str(getattr(record, name))) != "":
            yield name, found


def _print(place: Print) -> Xml:
    return (
        f'<print key="{attribute(place.key)}" control="{place.control}" bookmark="{place.bookmark}">'
        f"{escaped(place.text)}</print>"
    )


def _point(point: PlottedPoint) -> Xml:
    return (
        f'<point key="{attribute(point.key)}" chart="{point.chart}" series="{point.series}" '
        f'category="{point.category}">{escaped(point.label)}</point>'
    )
