"""A tagged PDF file, of PDF/UA-1 and PDF/A where the profile asks for them. It knows nothing of how text is set.

`Objects` are those of one file, `Structure` is its tree. Each page is a `Content`: whatever is drawn on it belongs to a
`Tag`, whose element is made at the first use and goes on over pages, or is an `Artifact`. `finished` adds what is on no
page, catalog, outline, metadata and attachments, and gives the bytes. `reportlab_fonts` alone leans on ReportLab.
"""

from reports.writers.pdf.tagged.cmaps import to_unicode
from reports.writers.pdf.tagged.content import (
    FOOTER,
    HEADER,
    INTERNAL,
    LAYOUT,
    REPEATED,
    Artifact,
    Content,
    Corners,
    closing,
)
from reports.writers.pdf.tagged.file import Attachment, finished
from reports.writers.pdf.tagged.metadata import Metadata, Record
from reports.writers.pdf.tagged.objects import Objects, Slot, color, number, text_string
from reports.writers.pdf.tagged.profiles import DEFAULT, PROFILES, Profile
from reports.writers.pdf.tagged.reportlab_fonts import VERSION, Encoder, font_name, opened, widths
from reports.writers.pdf.tagged.tags import BULLETED, COLUMN_HEADER, NUMBERED, ROW_HEADER, UNMARKED, Structure, Tag

__all__ = [
    "BULLETED",
    "COLUMN_HEADER",
    "DEFAULT",
    "FOOTER",
    "HEADER",
    "INTERNAL",
    "LAYOUT",
    "NUMBERED",
    "PROFILES",
    "REPEATED",
    "ROW_HEADER",
    "UNMARKED",
    "VERSION",
    "Artifact",
    "Attachment",
    "Content",
    "Corners",
    "Encoder",
    "Metadata",
    "Objects",
    "Profile",
    "Record",
    "Slot",
    "Structure",
    "Tag",
    "closing",
    "color",
    "finished",
    "font_name",
    "number",
    "opened",
    "text_string",
    "to_unicode",
    "widths",
]
