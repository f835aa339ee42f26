"""How far a batch is, for people: a bar on a terminal, a line now and then elsewhere."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TextIO, TypeVar

STEP, PAUSE = 0.1, 30.0  # a line after so much of the work, or after so many seconds
MINUTE, HOUR = 60, 3600


class Ended(Protocol):
    """What became of a piece of work."""

    @property
    def failed(self) -> bool:
        """Whether something of it is missing."""
        ...


T = TypeVar("T", bound=Ended)


def watched(
    results: Iterable[T], total: int, stream: TextIO, *, quiet: bool = False,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[T]:  # fmt: skip
    """The same results; meanwhile `stream` tells how many of `total` there are and how long the rest will take.

    Nothing is told if `quiet`, or of a single task.
    """
    if quiet or total <= 1:
        yield from results
    elif stream.isatty():
        yield from _bar(results, total, stream)
    else:
        yield from _lines(results, total, stream, clock)


def _bar(results: Iterable[T], total: int, stream: TextIO) -> Iterator[T]:
    from rich.console import Console  # noqa: PLC0415  only for a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415  too

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=stream), transient=True, redirect_stdout=False) as progress:
        shown = progress.add_task("Briefs", total=total)
        failed = 0
        for result in results:
            failed += result.failed
            description = f"Briefs ({failed} failed)" if failed else "Briefs"
            progress.update(shown, advance=1, description=description)
            yield result


def _lines(results: Iterable[T], total: int, stream: TextIO, clock: Callable[[], float]) -> Iterator[T]:
    start = said_at = clock()
    failed, said = 0, 0
    for done, result in enumerate(results, 1):
        failed += result.failed
        now = clock()
        if done == total or done - said >= STEP * total or now - said_at >= PAUSE:
            stream.write(f"{_line(done, total, failed, now - start)}\n")
            stream.flush()
            said, said_at = done, now
        yield result


def _line(done: int, total: int, failed: int, seconds: float) -> str:
    """How far it is.

    >>> _line(15, 60, 2, 30)
    '15 of 60, 2 failed, 1 min 30 s left'
    """
    parts = [f"{done} of {total}", *[f"{failed} failed"] * bool(failed)]
    rest = seconds / done * (total - done)
    return ", ".join([*parts, f"{duration(rest)} left" if done < total else f"in {duration(seconds)}"])


def duration(seconds: float) -> str:
    """Seconds as a person says them.

    >>> duration(0.2), duration(59.6), duration(3725)
    ('1 s', '1 min 0 s', '1 h 2 min')
    """
    whole = max(1, round(seconds))
    if whole < MINUTE:
        return f"{whole} s"
    return (
        f"{whole // MINUTE} min {whole % MINUTE} s" if whole < HOUR else f"{whole // HOUR} h {whole % HOUR // 60} min"
    )
