"""How a figure was said: enough to say its value again, next month, in the same place of an officer's file."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from reports.document import Run

Way = Literal["say", "cell", "panel"]
NBSP = "\u00a0"
PARTED, GIVEN = "|", "="
CAPITAL, TIED, FOREIGN = "capital", "tied", "in"
NUMBER = re.compile(r"(?P<way>cell|panel):(?P<scale>[0-9]{1,2}):(?P<most>-1|[0-9]{1,2}):(?P<unit>[A-Za-z0-9]{1,9})")
LONGEST = 200  # characters of a form: one read from a file may be anything


@dataclass(frozen=True, slots=True)
class Form:
    """A value in a case; or the number alone, whose unit stands beside it: 10^`scale` of `unit`, with `most` decimals.

    `unit` is that of the value as reports.wording.again has it. `capital` opens a sentence, `tied` keeps it on one
    line, `language` is that of a sentence that was not translated.
    """

    way: Way = "say"
    case: str = ""
    scale: int = 0
    most: int = -1
    unit: str = ""
    capital: bool = False
    tied: bool = False
    language: str = ""

    def __str__(self) -> str:
        """As a run and the ledger of a file keep it.

        >>> str(Form(case="gen", capital=True)), str(Form("cell", scale=6, most=1, unit="USD"))
        ('say:gen|capital', 'cell:6:1:USD')
        """
        said = f"say:{self.case}" if self.way == "say" else f"{self.way}:{self.scale}:{self.most}:{self.unit}"
        flags = [CAPITAL] * self.capital + [TIED] * self.tied
        return PARTED.join([said, *flags, *([f"{FOREIGN}{GIVEN}{self.language}"] if self.language else [])])


def form_of(text: str) -> Form | None:
    """The form that a text tells; None if it tells none.

    >>> str(form_of("say:official gen|tied")), form_of("cell:6:999:USD"), form_of("run:rm")
    ('say:official gen|tied', None, None)
    """
    if len(text) > LONGEST:
        return None
    said, *flags = text.split(PARTED)
    found = _bare(said)
    for flag in flags:
        found = _flagged(found, flag) if found else None
    return found


def _bare(said: str) -> Form | None:
    if found := NUMBER.fullmatch(said):
        number: Way = "cell" if found["way"] == "cell" else "panel"
        return Form(number, scale=int(found["scale"]), most=int(found["most"]), unit=found["unit"])
    way, colon, case = said.partition(":")
    return Form(case=case) if (way, colon) == ("say", ":") else None


def _flagged(form: Form, flag: str) -> Form | None:
    if flag == CAPITAL:
        return replace(form, capital=True)
    if flag == TIED:
        return replace(form, tied=True)
    name, _, value = flag.partition(GIVEN)
    return replace(form, language=value) if name == FOREIGN and value else None


def marked(run: Run, *, capital: bool = False, tied: bool = False, language: str = "") -> Run:
    """A run whose form says what was done to its text, if it prints a figure."""
    form = form_of(run.form) if run.form else None
    if form is None:
        return run
    form = replace(form, capital=form.capital or capital, tied=form.tied or tied, language=form.language or language)
    return replace(run, form=str(form))


def tied(text: str) -> str:
    """A text that stays on one line."""
    return text.replace(" ", NBSP)
