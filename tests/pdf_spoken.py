"""The text of a PDF as a program for the blind reads it: through the structure tree, artifacts left out."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.pdf_content import Content, Page

INLINE = {"Span", "Link", "Reference"}  # what goes on in the line of its parent, ISO 32000-1, 14.8.4.4


@dataclass(frozen=True)
class Said:
    """What an element under the document says, and its kind."""

    kind: str
    text: str


def spoken(data: bytes) -> list[Said]:
    """All elements right under the document, in the order of reading."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        marks: dict[Page, dict[int, str]] = {page.obj.objgen: Content(page.obj).said() for page in pdf.pages}
        top: Any = pdf.Root.StructTreeRoot.K
        return [Said(str(kid.S)[1:], "".join(_texts(kid, marks, top.get("/Pg")))) for kid in listed(top.get("/K"))]


def _texts(element: Any, marks: dict[Page, dict[int, str]], page: Any) -> Iterator[str]:
    """What an element says: the text that stands for it, or what its kids say one after another."""
    page = element.get("/Pg", page)
    apart = str(element.S)[1:] not in INLINE
    if apart:
        yield "\n"
    if "/ActualText" in element or "/Alt" in element:
        yield str(element.get("/ActualText", element.get("/Alt")))
    else:
        for kid in listed(element.get("/K")):
            if not isinstance(kid, Dictionary):
                yield marks[page.objgen].get(int(kid), "")
            elif kid.get("/Type") == Name.MCR:
                yield marks[kid.Pg.objgen].get(int(kid.MCID), "")
            elif "/S" in kid:
                yield from _texts(kid, marks, page)
    if apart:
        yield "\n"


def listed(kids: Any) -> list[Any]:
    """The kids of an element, of which one alone need not be in a list."""
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]
