"""Where a figure of a brief comes from: its sentences, its value, the formula and every figure behind it."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reports.compose import compose
from reports.document import Document, FigureRecord, Run, Text, plain, texts
from reports.errors import UnknownChoice
from reports.facts.facts import Facts, facts_of
from reports.facts.records import Data
from reports.orders import Order, Workshop
from reports.passports import record

# trade.turnover.change@2024 is short for the change in percent, or for the difference where a percentage says nothing.
CHANGE = re.compile(r"(?P<indicator>.+)\.change@(?P<period>.+)")
ROUNDING = "rounded once, half up, to the last digit that the inputs leave sure"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One figure: its key, how the brief prints it and in which sentences, its record, its sources in words, and what
    it was computed from, in the order of the letters of the formula."""

    key: str
    printed: tuple[str, ...]
    sentences: tuple[str, ...]
    record: FigureRecord
    sources: tuple[str, ...]
    inputs: "tuple[Explanation, ...]" = ()


def explain(order: Order, key: str, workshop: Workshop, data: Data) -> Explanation:
    """A figure of an order, told in its first language.

    UnknownChoice for a key that the brief and its figures lack.

    `fdi.inflow.gross.change@2024` asks for the change of that figure against the period before.
    """
    facts = facts_of(data, order.home, order.partner, order.as_of, known=order.known, disclosure=order.disclosure)
    library = workshop.library
    document = compose(facts, data, library.report(order.report), library, order.languages[0])
    records = {**_records(facts), **document.figures}
    found = next((spelt for spelt in _spelt(key) if spelt in records), "")
    if not found:
        raise UnknownChoice("figure", key, _near(key, records))
    return _explained(found, document, facts, records)


def _spelt(key: str) -> tuple[str, ...]:
    """A key as it was written, and those that it may be short for."""
    if short := CHANGE.fullmatch(key):
        figure = f"{short['indicator']}@{short['period']}"
        return key, f"change_percent({figure})", f"change({figure})"
    return (key,)


def _near(key: str, known: Iterable[str]) -> tuple[str, ...]:
    """The keys most like an unknown one."""
    return tuple(difflib.get_close_matches(max(_spelt(key), key=len), known, n=8, cutoff=0.5))


def _records(facts: Facts) -> dict[str, FigureRecord]:
    """Every published figure that counts on the day, printed or not."""
    profiles = (figure for figures in facts.profiles.values() for figure in figures.all())
    figures = (*facts.figures.all(), *facts.figures.former.values(), *profiles)
    return {figure.key: record(figure) for figure in figures}


def _explained(key: str, document: Document, facts: Facts, records: Mapping[str, FigureRecord]) -> Explanation:
    found = records[key]
    said = list(_said(document, key))
    inputs = tuple(_explained(one, document, facts, records) for one in found.inputs if one in records)
    sources = () if inputs else tuple(_source(facts, source) for source in found.sources)
    printed = tuple(dict.fromkeys(text for text, _ in said))
    sentences = tuple(dict.fromkeys(sentence for text, sentence in said if sentence != text))
    return Explanation(key, printed, sentences, found, sources, inputs)


def _said(document: Document, key: str) -> Iterator[tuple[str, str]]:
    """How and in which sentence each place of a document prints a figure."""
    for block in document.blocks:
        for text in texts(block):
            for sentence in _sentences(text):
                printed = [inline.text for inline in sentence if isinstance(inline, Run) and inline.figure == key]
                yield from ((one, plain(sentence).strip()) for one in printed)


def _sentences(text: Text) -> Iterator[Text]:
    """A paragraph parted where a stop is followed by a gap; a cell or heading as it is."""
    start = 0
    for place, inline in enumerate(text):
        gap = isinstance(inline, Run) and not inline.isolated and inline.text.isspace()
        if gap and plain(text[start:place]).rstrip()[-1:] in (".", "!", "?"):
            yield text[start:place]
            start = place + 1
    yield text[start:]


def _source(facts: Facts, key: str) -> str:
    """Publisher, title, address and the day on which it became known."""
    source = facts.sources[key]
    author = f" ({source.author})" if source.author else ""
    return f"{source.publisher}{author}, {source.title}, {source.url}, known {source.known.isoformat()}"


def told(explanation: Explanation, depth: int = 0) -> Iterator[str]:
    """The explanation in lines for a person; what a figure was computed from stands under it."""
    indent, of = "  " * depth, explanation.record
    scale = f" × 10^{of.multiplier}" if of.multiplier else ""
    yield f"{indent}{explanation.key}"
    if explanation.printed:
        yield f"{indent}  printed: {'; '.join(explanation.printed)}"
    yield from (f"{indent}  sentence: {sentence}" for sentence in explanation.sentences if depth == 0)
    status = f", status {of.status}" if of.status else ""
    yield f"{indent}  value: {of.value or 'none'}{scale} {of.unit}".rstrip() + f", {of.period}{status}"
    if of.formula:
        yield f"{indent}  formula: {of.formula}, {ROUNDING}"
    yield from (f"{indent}  source: {source}" for source in explanation.sources)
    for letter, inner in zip("abcdefghij", explanation.inputs, strict=False):
        yield f"{indent}  {letter} ="
        yield from told(inner, depth + 2)
