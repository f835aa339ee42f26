"""Our times beside those of the peers, in one run: python -m tests.bench [rounds].

cold: a whole process that writes one brief. warm: one process, one brief apart and then many with other numbers, the
median. Rounds are interleaved and ratios are taken inside a round, because the machine does other work too.
Batches come last (batch.py): python -m tests.bench.batch --quick for a sample of them alone.
"""

import json
import resource
import statistics
import sys
import time
from collections.abc import Iterator

from tests.bench.content import content
from tests.bench.racers import RACERS, Racer, process, say

WARM_DOCUMENTS, LONG_RUN = 30, 1000


# The first brief from a cold start, data and templates included, beside the bare import of what it uses.
BRIEF = ["brief", "LU", "--as-of", "2025-10-20", "--lang", "en", "--format", "docx,pdf", "--out", "build/bench"]
LIBRARIES = (
    "lxml.etree", "reportlab.pdfbase.ttfonts", "pikepdf", "xlsxwriter", "jinja2", "babel.core", "pydantic", "yaml",
    "typer",
)  # fmt: skip
COLD_BUDGET = 2.0
Measures = dict[str, float]


def measured(name: str) -> Measures:
    """One racer in this process."""
    start = time.perf_counter()
    render = RACERS[name].ready()
    first = len(render(content(0)))
    made = (time.perf_counter() - start) * 1000
    times = []
    for seed in range(1, WARM_DOCUMENTS + 1):
        given = content(seed)
        start = time.perf_counter()
        render(given)
        times.append((time.perf_counter() - start) * 1000)
    return {"first": made, "warm": statistics.median(times), "size": first / 1000}


def one_round() -> dict[str, Measures]:
    """Every racer cold and warm, then the whole program."""
    results: dict[str, Measures] = {}
    for name in RACERS:
        cold, _ = process("-m", "tests.bench", "cold", name)
        _, said = process("-m", "tests.bench", "warm", name)
        results[name] = {**json.loads(said), "cold": cold}
    results["bare imports"] = {"cold": process("-c", f"import {', '.join(LIBRARIES)}")[0]}
    results["a whole brief"] = {"cold": process("generate.py", *BRIEF)[0]}
    return results


def median(rounds: list[dict[str, Measures]], name: str, what: str) -> float:
    """Over the rounds."""
    return statistics.median(one[name][what] for one in rounds)


def ratio(rounds: list[dict[str, Measures]], name: str, what: str, against: str) -> float:
    """The median of the ratios inside each round."""
    return statistics.median(one[name][what] / one[against][what] for one in rounds)


def rows(rounds: list[dict[str, Measures]]) -> list[str]:
    """The table; a ratio above its budget is marked."""
    lines = [f"{'':24}{'cold ms':>9}{'warm ms':>9}{'ratio':>7}  {'to':22}{'size kB':>8}  budget"]
    lines += [line for name, racer in RACERS.items() for line in _row(rounds, name, racer)]
    cold = ratio(rounds, "a whole brief", "cold", "bare imports")
    budget = f"{COLD_BUDGET:g}{' EXCEEDED' if cold > COLD_BUDGET else ''}"
    lines.append(f"{'bare imports':24}{median(rounds, 'bare imports', 'cold'):9.0f}")
    whole = median(rounds, "a whole brief", "cold")
    return [*lines, f"{'a whole brief':24}{whole:9.0f}{'':9}{cold:7.2f}  {'bare imports (cold)':22}{'':8}  {budget}"]


def _row(rounds: list[dict[str, Measures]], name: str, racer: Racer) -> Iterator[str]:
    cold, warm, size = (median(rounds, name, what) for what in ("cold", "warm", "size"))
    head = f"{name:24}{cold:9.0f}{warm:9.1f}"
    for against, budget in {racer.against: racer.budget, **racer.also}.items():
        times = ratio(rounds, name, "warm", against)
        said = f"{budget:g}{' EXCEEDED' if times > budget else ''}" if budget else ""
        yield f"{head:42}{times:7.2f}  {against:22}{size:8.0f}  {said}".rstrip()
        head = ""


def memory(name: str = "ours: Word and PDF") -> list[int]:
    """Peak memory in MB after some documents and after many: flat if nothing is kept."""
    render, peaks = RACERS[name].ready(), []
    for seed in range(LONG_RUN):
        render(content(seed))
        if seed in (LONG_RUN // 10, LONG_RUN - 1):
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    return peaks


def main(arguments: list[str]) -> None:
    """The table, or one racer for the process that measures it."""
    match arguments:
        case ["cold", name]:
            RACERS[name].ready()(content(0))
        case ["warm", name]:
            say(json.dumps(measured(name)))
        case ["memory"]:
            say(" ".join(map(str, memory())))
        case _:
            from tests.bench import batch  # noqa: PLC0415  not for those that are measured cold

            rounds = [one_round() for _ in range(int(arguments[0]) if arguments else 3)]
            say("\n".join(rows(rounds)))
            early, late = process("-m", "tests.bench", "memory")[1].split()
            say(f"peak memory: {early} MB after {LONG_RUN // 10} briefs in Word and PDF, {late} MB after {LONG_RUN}")
            say("\n".join(["", *batch.rows(len(rounds))]))


if __name__ == "__main__":
    main(sys.argv[1:])
