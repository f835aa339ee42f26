"""Word: the house style filled in. The house's file is the only place of the look; here stands what is said.

Nothing is formatted by hand where a style exists; every figure is a content control that the ledger knows.
"""

from collections.abc import Callable

from reports.document import Document
from reports.house import House
from reports.house.package import BODY, NUMBERING, RELATIONSHIPS, STYLES
from reports.writers.word.assembly import added, ledger_parts, packed
from reports.writers.word.blocks import body
from reports.writers.word.charts import CHART, DRAWING
from reports.writers.word.draft import Draft
from reports.writers.word.furniture import NAMESPACE, fonts, numbering, section, settings, styles
from reports.writers.word.notes import notes_part
from reports.writers.word.properties import custom_part, properties
from reports.writers.word.scripts import enlarged
from reports.writers.word.strips import furniture
from reports.writers.word.xml import Xml

PLACEMENT = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def write(document: Document, house: House) -> bytes:
    """The document as a Word file; the same document and house give the same bytes."""
    return packaged(document, house, body)


def packaged(document: Document, house: House, body_of: Callable[[Draft], Xml]) -> bytes:
    """A Word file of a document, whose body is written by a function of the draft."""
    draft = Draft(document, enlarged(house, document))
    written = _body(body_of(draft), section(draft))
    notes = notes_part(draft)
    ledger, ledger_properties, related = ledger_parts(draft.ledger, document, house.parts)
    new = (*draft.parts, *((notes,) if notes else ()), custom_part(draft), ledger, ledger_properties)
    parts = {
        **house.parts,
        **added(house.parts, new, (*draft.relationships, related)),
        **furniture(draft),
        **properties(draft),
        BODY: written,
        STYLES: styles(draft),
        NUMBERING: numbering(draft),
        **fonts(draft),
        **settings(draft),
    }
    return packed(parts)


def _body(blocks: Xml, paper: Xml) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{NAMESPACE}" '
        f'xmlns:r="{RELATIONSHIPS}" xmlns:wp="{PLACEMENT}" xmlns:a="{DRAWING}" xmlns:c="{CHART}">'
        f"<w:body>{blocks}{paper}</w:body></w:document>"
    ).encode()
