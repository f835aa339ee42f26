"""Writers: a Document into bytes; one module a format, one line in WRITERS."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from reports.document import Document

if TYPE_CHECKING:
    from reports.house import House


@dataclass(frozen=True, slots=True)
class Writer:
    """A format: the suffix of its files and the module that writes it, imported when it first writes.

    One without a look takes no house style.
    """

    suffix: str
    module: str
    has_look: bool = True

    def write(self, document: Document, house: "House | None") -> bytes:
        """The whole file; the same document gives the same bytes."""
        written: bytes = import_module(self.module).write(document, house)
        return written


WRITERS: Mapping[str, Writer] = MappingProxyType({
    "docx": Writer(".docx", "reports.writers.word"),
    "pdf": Writer(".pdf", "reports.writers.pdf"),
    "html": Writer(".html", "reports.writers.html"),
    "text": Writer(".txt", "reports.writers.text", has_look=False),
    "json": Writer(".json", "reports.writers.json", has_look=False),
})  # fmt: skip
