"""HTML: one page that needs nothing else, for the browser and for mail; no script, everything escaped.

Each figure is a <data> element: its exact value, its key, and what a reader sees when pointing at it.
"""

from typing import TYPE_CHECKING

from reports.document import Document, Heading, plain
from reports.writers.html.blocks import Pages, html_of
from reports.writers.html.inlines import attributes, escaped, passports
from reports.writers.html.style import css

if TYPE_CHECKING:
    from reports.house import House


def write(document: Document, house: "House") -> bytes:
    """The page as UTF-8."""
    theme = house.theme
    pages = Pages(document, theme, passports(document))
    body = "\n".join(filter(None, (html_of(block, pages) for block in document.blocks)))
    page = attributes(lang=document.language, dir=document.direction)
    parts = [
        f"<!DOCTYPE html>\n<html{page}>\n<head>\n{_head(document)}\n<style>\n{css(theme)}\n</style>\n</head>\n<body>",
        _header(document),
        f"<main>\n{_title(document)}{body}\n</main>",
        _paragraph("footer", document.furniture.footer, "footer"),
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
    """The title, where no heading says it."""
    titles = (plain(block.text) for block in document.blocks if isinstance(block, Heading))
    return "" if document.title in titles else f"<h1>{escaped(document.title)}</h1>\n"


def _header(document: Document) -> str:
    furniture = document.furniture
    spans = [f'<span class="issuer">{escaped(furniture.issuer)}</span>'] * bool(furniture.issuer)
    if furniture.classification:
        spans.append(f'<strong class="classification">{escaped(furniture.classification)}</strong>')
    return f"<header>{' '.join(spans)}</header>" if spans else ""


def _paragraph(element: str, said: str, style: str) -> str:
    return f'<{element} class="{style}">{escaped(said)}</{element}>' if said else ""
