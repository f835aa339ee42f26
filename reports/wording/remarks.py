"""What a translator sees above a sentence: how it reads with real values, and how another language says it."""

from collections.abc import Callable
from dataclasses import dataclass

from babel.messages.catalog import Message

from reports.document import Run, plain
from reports.errors import WordingError
from reports.wording.catalogs import ids
from reports.wording.messages import Catalog, names
from reports.wording.samples import Samples
from reports.wording.speaker import Speaker

Remark = Callable[[Message], list[str]]


@dataclass(frozen=True, slots=True)
class Remarks:
    """The remarks of one language. `beside` is the catalog of the language shown beside the sentence."""

    speaker: Speaker
    samples: Samples
    beside_tag: str
    beside: Catalog

    def __call__(self, message: Message) -> list[str]:
        """The lines for a message, '#. ' apart; none that would say nothing new."""
        one, *other = ids(message)
        lines = []
        if (read := self._read(one, other[0] if other else "", message.context or "")) not in ("", one):
            lines.append(f"reads: {read}")
        if found := self.beside.translations.get((message.context or "", one)):
            lines.append(f"{self.beside_tag}: {found.forms[-1]}")
        return lines

    def _read(self, one: str, other: str, context: str) -> str:
        """The sentence with the first sample of every name, or nothing if it cannot be said."""
        used = names(one) | (names(other) if other else frozenset()) | {"home", "partner"} | ({"n"} if other else set())
        try:
            values = {name: self.samples.of(name)[0] for name in used}
            said = self.speaker(one, other, context, {**values, "partner": self.samples.of("partner")[-1]})
        except (WordingError, KeyError):
            return ""
        return " ".join(plain(tuple(run for run in said if isinstance(run, Run))).split())
