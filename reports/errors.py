"""All that can go wrong: a Problem says where, what was found and what to do; a ReportError carries problems."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, for the person who can mend it.

    `where` is a file and line or the name of an option; `hint` the next step or the valid choices; `what` its kind in
    one word, where a program may want to know.
    """

    where: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    what: str = ""

    def __str__(self) -> str:
        """As a terminal shows it.

        >>> print(Problem("xx", "unknown language", "choose from ar, en, fr"))
        xx: unknown language
          hint: choose from ar, en, fr
        """
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{self.where}: {self.message}{hint}"


class ReportError(Exception):
    """What every entry point catches; it carries one problem or all the problems of a run."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class DataError(ReportError):
    """The data folder holds what cannot be read or cannot be true."""


class WordingError(ReportError):
    """A template, a catalog or a language is wrong."""


class MissingForm(WordingError):
    """A language lacks a form that a sentence needs: a case of a name, a text of the data."""


class HouseError(ReportError):
    """The house style or a font is missing or cannot be used."""


class OutputError(ReportError):
    """A file cannot be written."""


class EditionError(ReportError):
    """An edition is missing, damaged, or no edition of ours."""


class RefreshError(ReportError):
    """A Word file that cannot be refreshed: none of ours, damaged, encrypted, with macros or too large."""


class UnknownChoice(ReportError):
    """A name that is none of the choices: a country, a language, a report, a format."""

    def __init__(self, what: str, found: str, choices: Iterable[str]) -> None:
        super().__init__(Problem(found, f"unknown {what}", f"choose from {', '.join(sorted(choices))}"))


class WordFileError(ReportError):
    """A Word file from outside cannot be used, or holds what must not go out."""


def quoted(text: str) -> str:
    """A text of a file for a message, in quotes: no-break spaces as spaces, what a terminal would act upon escaped.

    >>> quoted("13.6\u00a0million")
    "'13.6 million'"
    """
    return repr(" ".join(text.split()))
