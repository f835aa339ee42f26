"""The list of contents, and the footnotes at the end of the page."""

from collections.abc import Iterable

from reports.document import Contents, Document, Heading, footnotes, headings, plain
from reports.writers.html.inlines import Passports, attributes, element, escaped, html_text


def contents_of(contents: Contents, document: Document, known: Passports) -> str:
    """Links to the headings, a deeper level as a list in the item above it: a page of a browser has no page numbers."""
    title = element("p", html_text(contents.title, known), "contents-heading")
    inner = filter(None, (title, _nested(headings(document.blocks, contents.depth))))
    return element("nav", "\n".join(inner), role="doc-toc", aria_label=plain(contents.title))


def _nested(listed: Iterable[tuple[int, Heading]]) -> str:
    """Each list is opened in the item above it, which is closed after it."""
    made, depth = "", 0
    for number, heading in listed:
        wanted = min(heading.level - 1, depth + 1)
        made += "<ul>\n" if wanted > depth else "</li>\n" + "</ul></li>\n" * (depth - wanted)
        made += f'<li><a href="#section-{number}">{escaped(plain(heading.text), " ")}</a>'
        depth = wanted
    return made + "</li>\n" + "</ul></li>\n" * (depth - 1) + "</ul>" if made else ""


def notes_of(document: Document, known: Passports) -> str:
    """The footnotes, each with a link back to its mark."""
    notes = footnotes(document.blocks)
    if not notes:
        return ""
    items = "\n".join(
        f'<li id="note-{note.number}" value="{note.number}">{html_text(note.text, known)} '
        f'<a href="#note-mark-{note.number}" role="doc-backlink">↑ {note.sign}</a></li>'
        for note in notes
    )
    kind = attributes(type="i" if any(note.roman for note in notes) else "")
    return f'<div class="footnotes" role="doc-endnotes"><ol{kind}>\n{items}\n</ol></div>'
