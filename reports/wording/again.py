"""A figure said again in the form in which it was said once, from its value of today."""

from dataclasses import replace

from reports.document import Inline, Mark, Run
from reports.errors import WordingError
from reports.facts.fact import Fact
from reports.facts.figures import Figure
from reports.facts.values import Quantity
from reports.language import Language
from reports.wording.cells import number, unit_of
from reports.wording.digits import ASCII
from reports.wording.forms import Form, form_of, tied
from reports.wording.speaker import Speaker

DECIMALS = 1  # of a key figure that is said in another unit than its own


def unit_name(value: Quantity) -> str:
    """What a number is of: ISO 4217, km, km2 or t; count, percent or times.

    >>> from decimal import Decimal
    >>> from reports.facts.values import Percent
    >>> unit_name(Percent(Decimal(1)))
    'percent'
    """
    return unit_of(value) or type(value).__name__.lower()


def cell_form(value: Quantity, scale: int, most: int) -> str:
    """The form of a number in a table or a chart."""
    return str(Form("cell", scale=scale, most=most, unit=unit_name(value)))


def panel_form(language: Language, value: Quantity) -> str:
    """The form of the number of a key figure."""
    return str(Form("panel", scale=language.quantities.panel_scale(value), unit=unit_name(value)))


def said_again(speaker: Speaker, fact: Figure | Fact, form: str) -> tuple[Run | Mark, ...] | None:
    """The run of a figure and its marks, as its document would have them today.

    None where the form is none, or the value has another unit than the words beside it, or no such case.
    """
    found = form_of(form)
    if found is None or fact.value is None:
        return None
    try:
        speaker = _in_language(speaker, found.language)
        run = _run(speaker, fact, found)
        marks = speaker.marks(fact)
    except WordingError:
        return None
    return (
        None if run is None else (_finished(speaker, run, found), *(mark for mark in marks if isinstance(mark, Mark)))
    )


def _in_language(speaker: Speaker, tag: str) -> Speaker:
    """The one that says what the document's language has not translated."""
    others = [*(language for language, _ in speaker.fallbacks), speaker.source]
    language = next((other for other in others if other.tag == tag), None)
    return replace(speaker, language=language, foreign=tag) if language else speaker


def _run(speaker: Speaker, fact: Figure | Fact, form: Form) -> Inline | None:
    if form.way == "say":
        (run,) = speaker.text(fact.value, form.case)
        return run
    value = fact.value
    if not isinstance(value, Quantity) or unit_name(value) != form.unit:
        return None
    language = speaker.language
    if form.way == "cell":
        return Run(number(language, value, form.scale, form.most))
    if language.quantities.panel_scale(value) == form.scale:
        return Run(language.panel(value)[0])
    return Run(number(language, value, form.scale, DECIMALS))


def _finished(speaker: Speaker, run: Inline, form: Form) -> Run:
    """With its capital, its fixed spaces and the digits of the language."""
    assert isinstance(run, Run), "a value is one run"
    text = tied(run.text) if form.tied else run.text
    text = speaker.language.capital(text) if form.capital else text
    digits = "" if run.language or speaker.foreign else speaker.language.quantities.sheet.number.digits
    return replace(run, text=text.translate(str.maketrans(ASCII, digits)) if digits else text)
