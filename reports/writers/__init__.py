"""Writers: a Document into bytes; one module a format, one line in WRITERS."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from reports.document import Document, disclosed

if TYPE_CHECKING:
    from reports.house import House


PdfProfile = Literal["ua1+a3a", "ua1+a2a", "plain"]
PDF_PROFILE: PdfProfile = "ua1+a3a"  # unless another is asked for


@dataclass(frozen=True, slots=True)
class Writer:
    """A format: the suffix of its files and the module that writes it, imported when it first writes.

    One without a look takes no house style; one with fields has page numbers that whoever opens the file counts.
    `finishing` is the module that makes a copy to go out, where a file of the format holds more than a reader sees;
    `profiles` are the kinds of file that it makes, of which the first is made unless another is asked for.
    """

    suffix: str
    module: str
    has_look: bool = True
    finishing: str = ""
    has_fields: bool = False
    profiles: tuple[str, ...] = ()

    def write(self, document: Document, house: "House | None", profile: str = "") -> bytes:
        """The whole file, of a profile if it has some; the same document gives the same bytes."""
        chosen = (profile,) if profile and self.profiles else ()
        written: bytes = import_module(self.module).write(document, house, *chosen)
        return written

    def finished(self, document: Document, house: "House | None", profile: str = "") -> bytes:
        """The whole file as it goes out: without internal parts, and nothing in it that a reader does not see."""
        shown = replace(document, blocks=disclosed(document.blocks))
        written = self.write(shown, house, profile)
        if not self.finishing:
            return written
        copied: bytes = import_module(self.finishing).final_copy(written, document.title)
        return copied


WRITERS: Mapping[str, Writer] = MappingProxyType({
    "docx": Writer(".docx", "reports.writers.word", finishing="reports.writers.word.final", has_fields=True),
    "pdf": Writer(".pdf", "reports.writers.pdf", profiles=get_args(PdfProfile)),
    "html": Writer(".html", "reports.writers.html"),
    "text": Writer(".txt", "reports.writers.text", has_look=False),
    "json": Writer(".json", "reports.writers.json", has_look=False),
})  # fmt: skip
