"""Runs, citations and marks as HTML, and the passport that a figure shows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from html import escape
from types import MappingProxyType
from typing import assert_never
from urllib.parse import quote

from reports.document import (
    Caption,
    Captioned,
    Chart,
    Citation,
    CrossReference,
    Document,
    FigureRecord,
    Footnote,
    Inline,
    Mark,
    Run,
    SourceEntry,
    Sources,
    Table,
    Text,
    flat,
    numeral,
    plain,
)

LETTER = re.compile(r"[^\W\d_]")
NO_ADDRESS = re.compile(r'[\s\[\]<>"\\^`{|}]|%(?![0-9A-Fa-f]{2})')  # what a URL cannot hold (WHATWG URL, 4.3)
SAFE_LINKS = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Passport:
    """What a figure shows of itself: its exact value, and source, period and vintage in one line."""

    value: str
    line: str


@dataclass(frozen=True, slots=True)
class Passports:
    """The passports of all figures, and the source entries and the captions that numbers lead to."""

    figures: Mapping[str, Passport]
    entries: Mapping[int, SourceEntry]
    captions: Mapping[tuple[Captioned, int], Caption]


def passports(document: Document) -> Passports:
    """Made once a document."""
    entries: dict[int, SourceEntry] = {}
    for block in flat(document.blocks):
        for entry in block.entries if isinstance(block, Sources) else ():
            entries.setdefault(entry.number, entry)
    names = {entry.key: plain(entry.text) for entry in entries.values()}
    figures = {key: _passport(record, names) for key, record in document.figures.items()}
    return Passports(MappingProxyType(figures), MappingProxyType(entries), MappingProxyType(_captions(document)))


def _captions(document: Document) -> Mapping[tuple[Captioned, int], Caption]:
    """The first caption of each number."""
    found: dict[tuple[Captioned, int], Caption] = {}
    for block in flat(document.blocks):
        if isinstance(block, Table | Chart):
            kind: Captioned = "table" if isinstance(block, Table) else "figure"
            found.setdefault((kind, block.caption.number), block.caption)
    return found


def anchor_of(kind: Captioned, caption: Caption, known: Passports) -> str:
    """Where references to a table or figure lead: to the first caption of its number."""
    return f"{kind}-{caption.number}" if known.captions[kind, caption.number] is caption else ""


def _passport(record: FigureRecord, names: Mapping[str, str]) -> Passport:
    sources = ", ".join(names.get(source, source) for source in record.sources)
    parts = (sources, record.formula, record.period, record.vintage)
    return Passport(exact(record), "; ".join(filter(None, parts)))


def exact(record: FigureRecord) -> str:
    """The value in whole units, in plain digits; what is no number stays as it is.

    >>> exact(FigureRecord("13.6", 6, "USD", "2024")), exact(FigureRecord("n/m", 0, "%", "2024"))
    ('13600000', 'n/m')
    """
    try:
        return format(Decimal(record.value).scaleb(record.multiplier), "f")
    except InvalidOperation:
        return record.value


def attributes(**named: str) -> str:
    """Attributes of an element; empty ones are left out, an underscore is a hyphen.

    >>> attributes(data_key='a"b', lang="")
    ' data-key="a&quot;b"'
    """
    return "".join(f' {name.replace("_", "-")}="{escaped(value, " ")}"' for name, value in named.items() if value)


def element(name: str, inner: str, style: str = "", **named: str) -> str:
    """An element with its class and other attributes; none where nothing is inside.

    >>> element("p", "said", "lead", role="note"), element("p", "")
    ('<p class="lead" role="note">said</p>', '')
    """
    return f"<{name}{attributes(**{'class': style}, **named)}>{inner}</{name}>" if inner.strip() else ""


def escaped(said: str, line_break: str = "<br>") -> str:
    """Text as text: no character of it can be markup."""
    return escape(said).replace("\r\n", "\n").replace("\r", "\n").replace("\n", line_break)


def html_text(text: Text, known: Passports) -> str:
    """A whole text."""
    return "".join(_inline(inline, known) for inline in text)


def _inline(inline: Inline, known: Passports) -> str:
    match inline:
        case Run():
            return _run(inline, known)
        case Citation(numbers, digits):
            said = ", ".join(_number(number, numeral(number, digits), known) for number in numbers)
            return f'<sup class="superior">[{said}]</sup>'
        case Mark(sign):
            return f'<sup class="superior">({escaped(sign)})</sup>'
        case Footnote(number, text):
            place = f' id="note-mark-{number}"' if text else ""
            link = f'<a href="#note-{number}"{place} role="doc-noteref">[{inline.sign}]</a>'
            return f'<sup class="superior">{link}</sup>'
        case CrossReference(label, kind, number):
            said = escaped(label)
            return f'<a href="#{kind}-{number}">{said}</a>' if (kind, number) in known.captions else said
        case _:
            assert_never(inline)


def _number(number: int, said: str, known: Passports) -> str:
    return f'<a href="#source-{number}">{said}</a>' if number in known.entries else said


def _run(run: Run, known: Passports) -> str:
    """The words of a run inside one element for each thing that it is."""
    said = escaped(run.text)
    if run.figure:
        said = f"<data{figure_attributes(run.figure, known)}>{said}</data>"
    if run.isolated:  # a figure without a letter would take the direction of its sentence
        said = f"<bdi>{said}</bdi>" if LETTER.search(run.text) else f'<bdi dir="ltr">{said}</bdi>'
    for wanted, element in ((run.strong, "strong"), (run.emphasis, "em")):
        said = f"<{element}>{said}</{element}>" if wanted else said
    linked = run.link.startswith(SAFE_LINKS)
    turns = "" if run.isolated else "auto"  # a foreign name or an address may run the other way, as in PDF
    if run.language:
        said = f"<span{attributes(lang=run.language, dir='' if linked else turns)}>{said}</span>"
    return f"<a{attributes(href=address(run.link), dir=turns)}>{said}</a>" if linked else said


def address(link: str) -> str:
    """A link as an address that is valid.

    >>> address("https://example.org/a b?codes=[KZ].[LU]&share=5%")
    'https://example.org/a%20b?codes=%5BKZ%5D.%5BLU%5D&share=5%25'
    """
    return NO_ADDRESS.sub(lambda found: quote(found[0]), link)


def figure_attributes(key: str, known: Passports) -> str:
    """Value, key and passport of a figure. HTML demands a value even where it is empty."""
    passport = known.figures[key]
    return f' value="{escaped(passport.value)}"{attributes(data_key=key, title=passport.line)}'
