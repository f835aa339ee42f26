"""What a refresh did and what it left alone, for the officer."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from reports.errors import Problem, quoted

Status = Literal[
    "updated",  # read as it was made, and says today's value now
    "same",  # today's value is what it says
    "overwritten",  # somebody wrote something else: left
    "tracked",  # somebody's tracked changes are in it: left
    "deleted",  # gone from the file
    "given",  # came with the order and is not in the data: left
    "unknown",  # today's data have no value for it, or none that can be said there: left
    "unnamed",  # a copy that another program saved without its name: left
    "new",  # today's brief has it, the file does not
]
HELD = ("overwritten", "tracked", "deleted", "given", "unknown")


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure at one place: as it was made, as it reads now in the file that was given, as today's brief has it."""

    key: str
    status: Status
    made: str = ""
    now: str = ""
    today: str = ""
    called: str = ""


Change = Literal["rows", "replaced", "renewed", "left"]


@dataclass(frozen=True, slots=True)
class FoundBlock:
    """A table that gained rows or was made anew, a chart that was renewed, or why either was left."""

    what: Literal["table", "chart"]
    number: str
    change: Change
    message: str


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The new file, and what became of each figure, table and chart."""

    blob: bytes
    figures: tuple[FoundFigure, ...]
    blocks: tuple[FoundBlock, ...] = ()
    problems: tuple[Problem, ...] = ()

    def counted(self) -> Mapping[Status, int]:
        """How many figures have each status."""
        return Counter(figure.status for figure in self.figures)

    def plain(self) -> dict[str, Any]:
        """For a program: figures, tables and charts."""
        return {"figures": list(map(asdict, self.figures)), "blocks": list(map(asdict, self.blocks))}

    def told(self) -> Iterator[str]:
        """For a person: what was left alone first, then what changed, then the sums."""
        for status in (*HELD, "updated", "new"):
            for figure in self.figures:
                if figure.status == status:
                    yield _line(figure)
        yield from (f"{block.what} {block.number}: {block.message}" for block in self.blocks)
        yield ", ".join(f"{status} {times}" for status, times in sorted(self.counted().items()))


def _line(figure: FoundFigure) -> str:
    made, now, today = map(quoted, (figure.made, figure.now, figure.today or "not known"))
    said = {"updated": f"{now} is {today} now", "new": f"{today} is in today's brief"}
    held = f"made as {made}, reads {now}, today {today}"
    return f"{figure.status}: {figure.called or figure.key}: {said.get(figure.status, held)}"
