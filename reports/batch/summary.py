"""What became of a batch: a line for each report of a pair in each language, counts, and the exit status."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from reports.batch.tasks import Result
from reports.errors import Problem
from reports.orders import Order

State = Literal["made", "unchanged", "failed"]
STATES: tuple[State, ...] = ("made", "unchanged", "failed")
MADE, PROBLEMS, PARTLY = 0, 1, 3  # as in reports/cli


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a report of a pair in one language, and the problems that were met."""

    pair: str
    report: str
    language: str
    state: State
    problems: tuple[Problem, ...] = ()

    @property
    def reason(self) -> Problem | None:
        """The first problem, an error before a warning."""
        return min(self.problems, key=lambda problem: problem.severity != "error", default=None)


def outcomes(
    order: Order, problems: Iterable[Problem] = (), state: State = "made", failed: Mapping[str, Problem] | None = None
) -> Iterator[Outcome]:
    """The outcome in each language of an order; those of `failed` for their own reason, the others as `state` says."""
    told, own = tuple(problems), failed or {}
    for tag in order.languages:
        pair = f"{order.home}-{order.partner}"
        if tag in own:
            yield Outcome(pair, order.name, tag, "failed", (own[tag],))
        else:
            yield Outcome(pair, order.name, tag, state, told)


def failures(result: Result[Any]) -> Iterator[Outcome]:
    """The outcomes of a task that has failed: every language of its order."""
    return outcomes(result.task.order, result.problems, "failed")


@dataclass(frozen=True, slots=True)
class Summary:
    """All outcomes of a batch."""

    outcomes: tuple[Outcome, ...]

    @property
    def counts(self) -> dict[State, int]:
        """How many were made, are unchanged, have failed."""
        found = Counter(outcome.state for outcome in self.outcomes)
        return {state: found[state] for state in STATES}

    @property
    def status(self) -> int:
        """The exit status: 0 all made or unchanged, 1 nothing made or errors beside, 3 some made and others not."""
        failed = self.counts["failed"]
        if 0 < failed < len(self.outcomes):
            return PARTLY
        errors = any(problem.severity == "error" for outcome in self.outcomes for problem in outcome.problems)
        return PROBLEMS if failed or errors else MADE

    def lines(self) -> Iterator[str]:
        """For people: the languages of each report of a pair by state, the reason of each failure, and the counts."""
        rows: dict[tuple[str, str], list[Outcome]] = {}
        for outcome in sorted(self.outcomes, key=_place):
            rows.setdefault((outcome.pair, outcome.report), []).append(outcome)
        wide = [max((len(key[column]) for key in rows), default=0) for column in (0, 1)]
        for (pair, report), found in rows.items():
            told = [(state, [one.language for one in found if one.state == state]) for state in STATES]
            states = "; ".join(f"{state} {', '.join(tags)}" for state, tags in told if tags)
            yield f"{pair:{wide[0]}}  {report:{wide[1]}}  {states}"
            yield from _reasons(found)
        yield ", ".join(f"{count} {state}" for state, count in self.counts.items())

    def plain(self) -> dict[str, Any]:
        """For a program: counts, and every outcome with its problems."""
        return {"counts": self.counts, "outcomes": [_plain(outcome) for outcome in sorted(self.outcomes, key=_place)]}


def _reasons(found: Iterable[Outcome]) -> Iterator[str]:
    """Each reason once, with the languages that failed for it."""
    reasons: dict[Problem, list[str]] = {}
    for outcome in found:
        if outcome.state == "failed" and outcome.reason:
            reasons.setdefault(outcome.reason, []).append(outcome.language)
    for reason, tags in reasons.items():
        yield f"  {', '.join(tags)}: {reason.where}: {reason.message}"


def _plain(outcome: Outcome) -> dict[str, Any]:
    problems = [
        {"where": problem.where, "severity": problem.severity, "message": problem.message, "hint": problem.hint}
        for problem in outcome.problems
    ]
    named = {"pair": outcome.pair, "report": outcome.report, "language": outcome.language}
    return {**named, "state": outcome.state, "problems": problems}


def _place(outcome: Outcome) -> tuple[str, str, str]:
    return outcome.pair, outcome.report, outcome.language
