"""HTML: one page that needs nothing else, for the browser and for mail; no script, everything escaped.

Each figure is a <data> element: its exact value, its key, and what a reader sees when pointing at it.
"""

from typing import TYPE_CHECKING

from reports.document import Document, Furniture, Heading, flat
from reports.writers.html.blocks import Pages, body_of
from reports.writers.html.contents import notes_of
from reports.writers.html.inlines import attributes, element, escaped, passports
from reports.writers.html.style import css

if TYPE_CHECKING:
    from reports.house import House


def write(document: Document, house: "House") -> bytes:
    """The page as UTF-8."""
    theme = house.theme
    pages, title = Pages(document, theme, passports(document)), _title(document)
    body = "\n".join(filter(None, body_of(pages, 1 if title else 0)))
    notes = notes_of(document, pages.known)
    look = css(theme, document.furniture.digits)
    page = attributes(lang=document.language, dir=document.direction)
    parts = [
        f"<!DOCTYPE html>\n<html{page}>\n<head>\n{_head(document)}\n<style>\n{look}\n</style>\n</head>\n<body>",
        _header(document),
        f"<main>\n{title}{body}\n{notes}</main>",
        _footer(document),
        "</body>\n</html>\n",
    ]
    return "\n".join(filter(None, parts)).encode()


def _head(document: Document) -> str:
    described = {
        "viewport": "width=device-width, initial-scale=1",
        "description": document.subject,
        "author": document.furniture.issuer,
        "date": document.as_of.isoformat(),
    }
    metas = "".join(f"\n<meta{attributes(name=name, content=said)}>" for name, said in described.items())
    return f'<meta charset="utf-8">\n<title>{escaped(document.title, " ")}</title>{metas}'


def _title(document: Document) -> str:
    """The title, where no heading is that of the document."""
    titled = any(isinstance(block, Heading) and block.level == 1 for block in flat(document.blocks))
    return "" if titled else f"<h1>{escaped(document.title)}</h1>\n"


def _header(document: Document) -> str:
    furniture = document.furniture
    spans = [f'<span class="issuer">{escaped(furniture.issuer)}</span>'] * bool(furniture.issuer)
    spans += _classified(furniture)
    line = element("div", " ".join(spans), "line")
    circulated = element("p", _joined(furniture.department, furniture.circulated), "circulation")
    return element("header", "\n".join(filter(None, (line, circulated))))


def _footer(document: Document) -> str:
    """What the foot of a page says, with the classification once more."""
    furniture = document.furniture
    said = _joined(furniture.footer, furniture.number, furniture.copy)
    spans = [f"<span>{said}</span>"] * bool(said) + _classified(furniture)
    return element("footer", " ".join(spans), "line")


def _classified(furniture: Furniture) -> list[str]:
    said = furniture.classification
    return [f'<strong class="classification">{escaped(said)}</strong>'] if said else []


def _joined(*said: str) -> str:
    return " · ".join(escaped(one) for one in said if one)
