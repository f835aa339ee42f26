"""Patterns of a language file: text with fields, and a field may ask for a case."""

import string
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reports.errors import Problem, WordingError


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text with fields, parsed once: literals, each with the field and the case that follow it."""

    pieces: tuple[tuple[str, str, str], ...]

    def fill(self, say: Callable[[str, str], str]) -> str:
        """The text with what `say` gives for each field and case.

        >>> Pattern.parse("{month:loc} {year}", {"month", "year"}, "x.toml").fill(lambda field, case: case or field)
        'loc year'
        """
        return "".join(literal + say(field, case) if field else literal for literal, field, case in self.pieces)

    def order(self) -> list[str]:
        """The fields as they come."""
        return [field for _, field, _ in self.pieces if field]

    @classmethod
    def parse(cls, text: str, fields: Iterable[str], where: str) -> "Pattern":
        """A pattern; WordingError if it has other fields or is not well formed."""
        try:
            found = list(string.Formatter().parse(text))
        except ValueError as error:
            raise WordingError(Problem(where, f"{text!r} is no pattern: {error}")) from error
        pieces = tuple((literal, field or "", case or "") for literal, field, case, _ in found)
        wrong = {field for _, field, _ in pieces if field} - set(fields)
        if wrong or any(field == "" for _, field, _, _ in found):
            message = f"{text!r} has the unknown field {', '.join(sorted(wrong)) or '{}'}"
            raise WordingError(Problem(where, message, f"choose from {', '.join(sorted(fields))}"))
        return cls(pieces)
