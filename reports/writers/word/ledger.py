"""The ledger: which figure stands where in the file, with its text as generated, how it was said, and its record; the
rows of the tables, the bytes of the charts, and what it takes to make the document again.

It is a custom XML part that nothing binds to: a bound control would give an officer's correction back to the part's
value. A figure is a rich inline content control, because LibreOffice 7.4 spoils tracked changes in a plain one, within
a hidden bookmark, because LibreOffice 7.4 loses the tags of controls and keeps bookmarks.
"""

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from reports.document import FigureRecord, Table
from reports.writers.word.prints import Figure, Inside, PlottedPoint, Print, PrintedChart, PrintedTable, printed_table
from reports.writers.word.xml import Xml, attribute, clean

FAMILY = "urn:bilateral:ledger:"
NAMESPACE = f"{FAMILY}2"
TAG_LENGTH = 64  # characters, what Word takes in a tag or an alias
POSITIVE = 0x7FFFFFFF  # the id of a control is a signed 32-bit integer


@dataclass(slots=True)
class Ledger:
    """What is gathered while the body of one document is written."""

    prints: list[Print] = field(default_factory=list)
    tables: list[PrintedTable] = field(default_factory=list)
    charts: list[PrintedChart] = field(default_factory=list)
    points: list[PlottedPoint] = field(default_factory=list)
    internal: list[Inside] = field(default_factory=list)
    _occurrences: Counter[str] = field(default_factory=Counter)
    _taken: set[int | str] = field(default_factory=set)

    def take(self, names: Iterable[int | str]) -> None:
        """Ids of controls and names of bookmarks that a file has already."""
        self._taken.update(names)

    def control(self, figure: Figure, runs: Xml, number: int) -> Xml:
        """The runs of a figure in a content control of its own; `number` is the id of the bookmark around it."""
        key = figure.key
        occurrence = self._occurrences[key]
        self._occurrences[key] += 1
        control, bookmark = self._id(key, occurrence), self._bookmark(key, occurrence)
        place = Print(key, control, bookmark, clean(figure.text), figure.form, figure.cited)
        self.prints.append(place)
        alias, tag = attribute(figure.alias), attribute(tag_of(key))
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{place.bookmark}"/>'
            f'<w:sdt><w:sdtPr><w:alias w:val="{alias}"/><w:tag w:val="{tag}"/>'
            f'<w:id w:val="{place.control}"/></w:sdtPr><w:sdtContent>{runs}</w:sdtContent></w:sdt>'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def free_id(self, name: str) -> int:
        """An id for a control that holds no figure."""
        return self._id(name, 0)

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

    def table(self, block: Table) -> str:
        """The name of the bookmark of a table, which is put on record."""
        name = f"_rows{len(self.tables) + 1}"
        while name in self._taken:
            name += "x"
        self._taken.add(name)
        self.tables.append(printed_table(name, block))
        return name


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


def alias_of(key: str, record: FigureRecord | None, label: str = "") -> str:
    """What Word shows over a figure: what it is called, else its key, and where it comes from.

    Where both are too long the source gives way to a name, and a key to the source; a long name ends with a whole word.

    >>> alias_of("trade.turnover@2024", FigureRecord("1", 6, "USD", "2024", sources=("qazinform-2025-10-20",)))
    'trade.turnover@2024 · qazinform-2025-10-20'
    """
    sources = ", ".join(record.sources) if record else ""
    whole = f"{label or key} · {sources}" if sources else label or key
    shown = whole if len(whole) <= TAG_LENGTH else label or sources or key
    return shown if len(shown) <= TAG_LENGTH else f"{_whole_words(shown[: TAG_LENGTH - 1])}…"


def _whole_words(text: str) -> str:
    """The words of a text that was cut, without the last of them; all of it where no space parts them."""
    return text.rpartition(" ")[0].rstrip(",،") or text
