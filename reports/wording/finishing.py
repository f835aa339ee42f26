"""What can be settled only once all sections have spoken: footnotes are counted, short lists of contents left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from reports.document import (
    Block,
    Chart,
    Citation,
    Contents,
    CrossReference,
    Footnote,
    Heading,
    Inline,
    Panel,
    Run,
    Sources,
    Table,
    Text,
    flat,
    headings,
    texts,
)
from reports.errors import Problem, WordingError

PLAIN = (Run, Citation, CrossReference)  # what holds no text of its own


def finished(blocks: Sequence[Block], least: int, *, sources_as_notes: bool) -> tuple[Block, ...]:
    """The blocks as they are printed.

    A list of contents stands where `least` headings are there to be listed. Footnotes have their numbers in reading
    order, Roman where a list of sources has numbers too; with `sources_as_notes` each citation of a source is one, and
    the list of sources and its heading go.
    Raises WordingError for a reference to a table or figure that is not printed.
    """
    _refuse_loose(blocks)
    listed = [block for block in blocks if not isinstance(block, Contents) or len(_listed(blocks, block)) >= least]
    entries: Mapping[int, Text] = {}
    if sources_as_notes:
        entries = _entries(blocks)
        listed = _without_sources(listed)
    if not entries and not any(isinstance(inline, Footnote) for inline in _inlines(listed)):
        return tuple(listed)
    counter = _Counter(entries, roman=any(isinstance(block, Sources) for block in listed))
    return tuple(counter.counted(block) for block in listed)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks that stand together in a file of someone else, behind so many footnotes of that file; with
    `sources_as_notes` each citation in them is a footnote."""

    blocks: tuple[Block, ...]
    own_notes: int = 0
    sources_as_notes: bool = False


def noted(stretches: Iterable[Stretch], sources: Sequence[Block]) -> list[tuple[Block, ...]]:
    """The blocks of each stretch, in reading order, with the numbers that Word will count for their footnotes;
    `sources` hold the list of all that is cited.

    Lists of contents are left out: they would list what was brought alone. Raises WordingError for a reference to a
    table or figure that is not printed.
    """
    stretches = list(stretches)
    _refuse_loose([block for each in stretches for block in each.blocks])
    entries, counter, found, before = _entries(sources), _Counter({}, roman=False), list[tuple[Block, ...]](), 0
    for each in stretches:
        counter.last += each.own_notes - before
        before, counter.entries = each.own_notes, entries if each.sources_as_notes else {}
        blocks = _without_sources(each.blocks) if each.sources_as_notes else each.blocks
        found.append(tuple(counter.counted(block) for block in blocks if not isinstance(block, Contents)))
    return found


def _entries(blocks: Sequence[Block]) -> dict[int, Text]:
    lists = (block.entries for block in blocks if isinstance(block, Sources))
    return {entry.number: entry.text for each in lists for entry in each}


def _listed(blocks: Sequence[Block], contents: Contents) -> Sequence[object]:
    return headings(blocks, contents.depth)


def _inlines(blocks: Sequence[Block]) -> list[Inline]:
    return [inline for block in blocks for text in texts(block) for inline in text]


def _refuse_loose(blocks: Sequence[Block]) -> None:
    tables = {("table", block.caption.number) for block in flat(blocks) if isinstance(block, Table)}
    printed = tables | {("figure", block.caption.number) for block in flat(blocks) if isinstance(block, Chart)}
    for inline in _inlines(blocks):
        if isinstance(inline, CrossReference) and (inline.kind, inline.number) not in printed:
            hint = "print what table(…), figure_table(…) or chart(…) gives"
            raise WordingError(Problem("", f"a reference to {inline.kind} {inline.label}, which is not printed", hint))


def _without_sources(blocks: Sequence[Block]) -> list[Block]:
    """Without the list of sources, and a heading that stands over it alone."""
    kept: list[Block] = []
    for block in blocks:
        if not isinstance(block, Sources):
            kept.append(block)
        elif kept and isinstance(kept[-1], Heading):
            kept.pop()
    return kept


@dataclass(slots=True)
class _Counter:
    """Counts the footnotes of a document; `entries` are the sources that become notes, by their number."""

    entries: Mapping[int, Text]
    roman: bool
    last: int = 0
    noted: dict[int, int] = field(default_factory=dict)  # the note that holds a source

    def counted(self, part: Any) -> Any:
        """A part of the document with all that is in it, in reading order."""
        if isinstance(part, tuple):
            return self._inside(part)
        if isinstance(part, Panel):
            order = ("unit", "number") if part.unit_first else ("number", "unit")
            names: tuple[str, ...] = (*order, "label", "detail")
        elif is_dataclass(part) and not isinstance(part, (type, *PLAIN)):
            names = tuple(one.name for one in fields(part))
        else:
            return part
        return replace(part, **{name: self.counted(getattr(part, name)) for name in names})

    def _inside(self, parts: tuple[Any, ...]) -> tuple[Any, ...]:
        found: list[Any] = []
        for part in parts:
            if isinstance(part, Footnote):
                self.last += 1
                found.append(replace(part, number=self.last, text=self._spelt_out(part.text), roman=self.roman))
            elif isinstance(part, Citation) and any(number in self.entries for number in part.numbers):
                found += [self._note(number) for number in part.numbers]
            else:
                found.append(self.counted(part))
        return tuple(found)

    def _note(self, source: int) -> Footnote:
        """The note of a source, or another mark of it."""
        if source in self.noted:
            return Footnote(self.noted[source])
        self.last += 1
        self.noted[source] = self.last
        return Footnote(self.last, self._spelt_out(self.entries[source]))

    def _spelt_out(self, text: Text) -> tuple[Any, ...]:
        """The text of a note: what it cites stands in it, since a note has none of its own."""
        if not self.entries:
            return text
        found: list[Inline] = []
        for inline in text:
            cited = inline.numbers if isinstance(inline, Citation) else ()
            found += [more for number in cited for more in (Run(" "), *self.entries[number])] if cited else [inline]
        return tuple(found)
