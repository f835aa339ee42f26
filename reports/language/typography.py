"""Typography of a finished sentence: fixed spaces, and its capital."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.errors import Problem, WordingError
from reports.language.sheet import Rule

OPENING = "«“„\"'‘(\u2066\u2067\u2068"  # quotes, brackets, isolates: a sentence begins after them


@dataclass(frozen=True, slots=True)
class Typography:
    """The rules of a language in their order, and letters whose capital is not Unicode's own (i, İ)."""

    rules: tuple[tuple[re.Pattern[str], str], ...]
    capitals: Mapping[str, str]

    def polish(self, text: str) -> str:
        """The text with fixed spaces where the language wants them; a polished text stays as it is."""
        for find, put in self.rules:
            text = find.sub(put, text)
        return text

    def capital(self, text: str) -> str:
        """The text with its first letter raised; what starts with a digit stays.

        >>> typography((), {}, "x.toml").capital("«ékspo» 2017")
        '«Ékspo» 2017'
        """
        start = len(text) - len(text.lstrip(OPENING))
        first = text[start : start + 1]
        return text[:start] + self.capitals.get(first, first.upper()) + text[start + 1 :]


def typography(rules: Sequence[Rule], capitals: Mapping[str, str], where: str) -> Typography:
    """The typography of a language file; WordingError where a rule is no regular expression or what it puts none."""
    compiled = []
    for rule in rules:
        try:
            find = re.compile(rule.find)
            re.compile("()" * find.groups).sub(rule.put, "")  # what is put is read only where something is found
            compiled.append((find, rule.put))
        except (re.error, IndexError) as error:
            hint = "in quotes of the kind '…' TOML reads no escapes: write the character itself, or use \"…\""
            raise WordingError(Problem(where, f"typography {rule.find!r}, {rule.put!r}: {error}", hint)) from error
    return Typography(tuple(compiled), capitals)
