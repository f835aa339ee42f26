"""Two editions of a brief as one Word file: the new one, with what differs from the old as tracked changes.

It is made from the two documents, never from their files. Accepting every change gives the new edition, rejecting
every one the old. What stands on every page, properties and the ledger are those of the new edition.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.document import Chart, Document, Panel, Panels, Row, Run, Table, Text
from reports.writers.word import packaged
from reports.writers.word.blocks import (
    blocks_of,
    captioned,
    flush,
    noted,
    opened,
    page_break,
    parting,
    plotted,
    reference,
)
from reports.writers.word.charts import drawing
from reports.writers.word.draft import Draft
from reports.writers.word.ending import ended
from reports.writers.word.matching import Unit, matched, matched_rows, picture_of, units
from reports.writers.word.revisions import Fate, revised
from reports.writers.word.tables import panels, stands_apart, table
from reports.writers.word.xml import Xml

if TYPE_CHECKING:
    from reports.house import House


@dataclass(frozen=True, slots=True)
class Step:
    """A unit as it is written; `old` is what a revised one was."""

    unit: Unit
    fate: Fate = ""
    old: Unit | None = None


def redline(old: Document, new: Document, house: "House") -> bytes:
    """The new document as a Word file with its differences from the old one as tracked insertions and deletions, made
    by the issuer on the day of the new one; the same documents give the same bytes."""
    return packaged(new, house, lambda draft: _body(draft, _steps(draft, old, new)))


def _steps(draft: Draft, old: Document, new: Document) -> list[Step]:
    found: list[Step] = []
    for before, after in matched(units(old.blocks), units(new.blocks)):
        if before and after and _in_place(draft, before, after):
            found.append(Step(after, old=before))
            continue
        found += [Step(before, "del")] if before else []
        found += [Step(after, "ins")] if after else []
    return found


def _in_place(draft: Draft, old: Unit, new: Unit) -> bool:
    """Whether two versions of a unit have the same paragraphs, so that one can be revised into the other."""
    if isinstance(old.block, Panels) and isinstance(new.block, Panels):
        return _shapes(draft, old.block.panels) == _shapes(draft, new.block.panels)
    return True


def _shapes(draft: Draft, items: Sequence[Panel]) -> object:
    shapes = [(item.unit_first, bool(item.number), bool(item.unit), bool(item.detail)) for item in items]
    return shapes, stands_apart(draft, items)


# ---------------------------------------------------------------- the body


def _body(draft: Draft, steps: Sequence[Step]) -> Xml:
    written: list[Xml] = []
    end = ""
    for step in steps:
        unit = step.unit
        if end and not unit.internal:
            draft.marks.append(end)
            end = ""
        if unit.is_table:
            flush(draft, written)
            if written and written[-1].endswith("</w:tbl>"):
                written.append(_neither(draft))
        if unit.internal and not end and (unit.is_table or unit.where != "page"):
            end = opened(draft, [inner.unit.block for inner in _run_of(steps, step)])
        written += _written(draft, step)
    draft.marks += [end] if end else []
    flush(draft, written)
    return "".join(ended(draft, written))


def _run_of(steps: Sequence[Step], first: Step) -> Iterator[Step]:
    """The internal part that begins with a step."""
    begun = False
    for step in steps:
        begun = begun or step is first
        if begun and not step.unit.internal:
            return
        if begun:
            yield step


def _neither(draft: Draft) -> Xml:
    """An empty paragraph between two tables of two editions: inserted and deleted at once, so that neither has it."""
    with draft.tracking("ins"):
        mark = draft.mark("del")
        return parting(draft).replace("</w:rPr></w:pPr>", f"{mark}</w:rPr></w:pPr>", 1)


def _written(draft: Draft, step: Step) -> Iterator[Xml]:
    draft.break_before = draft.break_before or (step.unit.breaks and step.fate != "del")
    if step.old is None or step.fate:
        with draft.tracking(step.fate):
            yield from _plain(draft, step.unit)
        return
    yield from _revised(draft, step.old, step.unit)


def _plain(draft: Draft, unit: Unit) -> Iterator[Xml]:
    """A unit as the writer writes it."""
    if unit.where == "page":
        yield page_break(draft)
    elif unit.where == "parting":
        yield parting(draft)
    elif unit.where == "reference":
        yield from reference(draft, unit.block)  # type: ignore[arg-type]  # only such blocks stand there
    else:
        yield from blocks_of(draft, unit.block)


def _revised(draft: Draft, old: Unit, new: Unit) -> Iterator[Xml]:
    before, after = old.block, new.block
    if old.text is not None and new.text is not None:
        text = revised(old.text, new.text)
        yield from _plain(draft, new if text is new.text else new.saying(text))
    elif isinstance(before, Table) and isinstance(after, Table):
        yield from _table(draft, before, after)
    elif isinstance(before, Chart) and isinstance(after, Chart):
        yield from _chart(draft, before, after)
    elif isinstance(before, Panels) and isinstance(after, Panels):
        pairs = zip(before.panels, after.panels, strict=True)
        yield panels(draft, [_panel(*pair) for pair in pairs], after.panels)
    else:
        yield from _plain(draft, new)


def _panel(old: Panel, new: Panel) -> Panel:
    return replace(
        new,
        number=revised(old.number, new.number),
        unit=revised(old.unit, new.unit),
        label=revised(old.label, new.label),
        detail=revised(old.detail, new.detail),
    )


def _table(draft: Draft, old: Table, new: Table) -> Iterator[Xml]:
    """The table with the rows of both; where no row of either stays, its header does."""
    yield captioned(draft, "table", new.caption, old.caption)
    rows: list[tuple[Fate, Row]] = []
    for before, after in matched_rows(old.rows, new.rows):
        if before and after:
            cells = zip(before.cells, after.cells, strict=True)
            rows.append(("", replace(after, cells=tuple(revised(*pair) for pair in cells))))
        else:
            rows += [("del", before)] if before else []
            rows += [("ins", after)] if after else []
    header = tuple(
        tuple(revised(*cells) for cells in zip(*pair, strict=True)) for pair in zip(old.header, new.header, strict=True)
    )
    merged = replace(new, header=header, rows=tuple(row for _, row in rows), notes=new.notes or old.notes)
    yield table(draft, merged, [fate for fate, _ in rows])
    yield from _notes(draft, old.notes, new.notes)


def _chart(draft: Draft, old: Chart, new: Chart) -> Iterator[Xml]:
    """The chart; another picture stands behind the one that it replaces, each with its own workbook."""
    yield captioned(draft, "figure", new.caption, old.caption)
    if picture_of(old) == picture_of(new):
        drawings = drawing(draft, new)
    else:
        with draft.tracking("del"):
            drawings = drawing(draft, old)
        with draft.tracking("ins"):
            drawings += drawing(draft, new)
    yield plotted(draft, drawings, kept=bool(new.notes or old.notes))
    yield from _notes(draft, old.notes, new.notes)


def _notes(draft: Draft, old: Sequence[Text], new: Sequence[Text]) -> Iterator[Xml]:
    if old and new:
        yield from noted(draft, (revised(_run_on(old), _run_on(new)),))
        return
    with draft.tracking("ins" if new else "del"):
        yield from noted(draft, tuple(new or old))


def _run_on(notes: Sequence[Text]) -> Text:
    return tuple(inline for number, note in enumerate(notes) for inline in ((Run(" "),) if number else ()) + note)
