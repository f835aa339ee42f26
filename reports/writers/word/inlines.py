"""Texts as runs: figures in their controls, citations, notes, references, and what differs between two texts."""

from collections.abc import Sequence
from itertools import takewhile
from typing import assert_never

from reports.document import Citation, CrossReference, Footnote, Inline, Mark, Run, Text, numeral
from reports.writers.word.draft import Draft, caption_mark
from reports.writers.word.ledger import alias_of
from reports.writers.word.prints import Figure
from reports.writers.word.revisions import Revised
from reports.writers.word.runs import field_of, is_rtl, parted, run, run_of
from reports.writers.word.xml import Xml

RIGHT_TO_LEFT = "\u200f"
SUPERIORS = (Mark, Citation, Footnote)


def inlines(draft: Draft, text: Text, style: str = "") -> Xml:
    """A text as runs, in a character style where it has none of its own."""
    if isinstance(text, Revised):
        return "".join(_changed(draft, old, new, style) for old, new in text.changes)
    written: list[Xml] = []
    before: Inline | None = None
    place = 0
    while place < len(text):
        inline, taken = text[place], 1
        if isinstance(inline, SUPERIORS) and isinstance(before, SUPERIORS):
            written.append(run(draft, Run(","), "Superior"))  # two superiors would read as one
        if isinstance(inline, Run) and inline.figure:
            marks = tuple(takewhile(lambda each: isinstance(each, Mark), text[place + 1 :]))
            taken += len(marks)
            cited = isinstance(text[place + taken] if place + taken < len(text) else None, Citation)
            written.append(_linked(draft, inline, style, (marks, cited)))
            inline = inline if cited else text[place + taken - 1]
        else:
            written.append(_inline(draft, inline, style))
        before = inline
        place += taken
    return "".join(written)


def _changed(draft: Draft, old: Text, new: Text, style: str) -> Xml:
    """A stretch of a revised text; a figure in the place of another shares its control, so that either is a figure."""
    if old is new:
        return inlines(draft, new, style)
    former, figure = _only_figure(old), _only_figure(new)
    with draft.tracking("del"):
        gone = run(draft, former, style) if former and figure else inlines(draft, old, style)
    with draft.tracking("ins"):
        if not (former and figure):
            return gone + inlines(draft, new, style)
        come = run(draft, figure, style)
        back = _back(draft, figure)
    with draft.tracking("del"):
        back = _back(draft, former) + back
    return _control(draft, figure, gone + come) + back


def _only_figure(text: Text) -> Run | None:
    """The figure that a text is, if it is one and nothing else."""
    only = text[0] if len(text) == 1 else None
    return only if isinstance(only, Run) and only.figure and not only.link else None


def _inline(draft: Draft, inline: Inline, style: str) -> Xml:
    match inline:
        case Run():
            return _linked(draft, inline, style)
        case Mark(sign):
            return run(draft, Run(sign), "Superior")
        case Citation(numbers, digits):
            said = (_cited(draft, number, numeral(number, digits)) for number in numbers)
            return parted(draft, said, ",", "Superior")
        case Footnote():
            return _noted(draft, inline)
        case CrossReference(label, kind, number):
            if (kind, number) not in draft.captions:
                return run(draft, Run(label), style)
            return field_of(draft, f"REF {caption_mark(kind, number)} \\h", label, style)
        case _:
            assert_never(inline)


def _noted(draft: Draft, note: Footnote) -> Xml:
    """The mark of a note, whose number Word counts, or a field that repeats the number of a note before."""
    name = f"_n{note.number}"
    if note.text:
        draft.notes.append(note)
        note_id = draft.notes_before + len(draft.notes)
        mark = run_of(draft, "Footnote Reference", f'<w:footnoteReference w:id="{note_id}"/>')
        return draft.marked(name, draft.tracked(mark))
    said = note.sign
    if not draft.has(name):
        return run(draft, Run(said), "Footnote Reference")
    return field_of(draft, f"NOTEREF {name} \\f \\h", said, "Footnote Reference")


def _cited(draft: Draft, number: int, said: str) -> Xml:
    superior = run(draft, Run(said), "Superior")
    listed = number in draft.listed and draft.fate != "del"  # what is gone counted otherwise
    return f'<w:hyperlink w:anchor="_s{number}" w:history="1">{superior}</w:hyperlink>' if listed else superior


def _linked(draft: Draft, inline: Run, style: str, behind: tuple[Text, bool] = ((), False)) -> Xml:
    """A run with its link; that of a figure in a control, with the marks behind it and the comma before a citation."""
    runs = run(draft, inline, "Hyperlink" if inline.link else style)
    if inline.figure:
        marks, cited = behind
        signs = signs_of(marks, cited=cited)
        runs += "".join(run(draft, Run(sign), "Superior") for sign in signs)
        if draft.fate == "ins":
            opening, closing = draft.span(), draft.span()
            inside = opening[1] + runs + closing[0]
            runs = opening[0] + _control(draft, inline, inside, signs, cited=cited) + closing[1]
        elif not draft.fate:
            runs = _control(draft, inline, runs, signs, cited=cited)
    if inline.link:
        runs = f'<w:hyperlink r:id="{draft.link(inline.link)}" w:history="1">{runs}</w:hyperlink>'
    return runs + _back(draft, inline)


def _control(draft: Draft, inline: Run, runs: Xml, signs: Sequence[str] = (), *, cited: bool = False) -> Xml:
    """The control of a figure; what is deleted is in none, for the ledger knows the figures that are there."""
    document, key = draft.document, inline.figure
    alias = alias_of(key, document.figures.get(key), document.labels.get(key, ""))
    figure = Figure(key, inline.text + "".join(signs), alias, inline.form, cited)
    return draft.ledger.control(figure, runs, draft.bookmark())


def signs_of(marks: Sequence[Inline], *, cited: bool) -> tuple[str, ...]:
    """The superiors in the control of a figure: its marks, parted by commas, and one before a citation.

    >>> signs_of((Mark("p"), Mark("r")), cited=True), signs_of((), cited=True)
    (('p', ',', 'r', ','), ())
    """
    signs = [sign for mark in marks if isinstance(mark, Mark) for sign in (mark.sign, ",")]
    return tuple(signs if cited else signs[:-1])


def _back(draft: Draft, inline: Run) -> Xml:
    """The mark after a Latin name in a line from right to left: figures behind it would run on with the name."""
    foreign = inline.isolated or inline.link or inline.language
    return run(draft, Run(RIGHT_TO_LEFT)) if draft.rtl and foreign and not is_rtl(inline.text, True) else ""
