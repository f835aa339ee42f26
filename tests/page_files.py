"""Which briefs the tests of pages look at, and those briefs as the command line makes them."""

from dataclasses import replace
from pathlib import Path

from reports.cli import main
from reports.document import Document, FigureRecord, Run, texts
from tests.tools import LANGUAGES, PARTNERS, REPORTS, brief_files, exhaustive

Order = tuple[str, str, tuple[str, ...]]  # partner, report, languages

# Every report on the first pair in all languages, on the others in one language each; in a sample, the first pair's.
FIRST, *OTHERS = sorted(PARTNERS, key=lambda partner: partner != "LU")
EVERY: list[Order] = [(FIRST, report, LANGUAGES) for report in REPORTS]
EVERY += [
    (partner, report, (LANGUAGES[(turn + number) % len(LANGUAGES)],))
    for turn, partner in enumerate(OTHERS)
    for number, report in enumerate(REPORTS)
]
SAMPLE: list[Order] = [(FIRST, report, (language,)) for report, language in zip(REPORTS, LANGUAGES, strict=False)]
MADE = EVERY if exhaustive() else SAMPLE


def names(suffix: str) -> list[str]:
    """What `made` calls its files, for all of MADE."""
    return [f"{partner} {report}.{tag}.{suffix}" for partner, report, languages in MADE for tag in languages]


def made(out: Path, order: Order, formats: str) -> dict[str, bytes]:
    """The files of a report on a pair, by the partner and their name."""
    partner, report, languages = order
    fixed = ("--as-of", "2025-10-20", "--format", formats, "--out", str(out))
    assert main(["brief", partner, "--report", report, "--lang", ",".join(languages), *fixed]) == 0
    return {f"{partner} {path.name}": path.read_bytes() for path in brief_files(out)}


def known(document: Document) -> Document:
    """The document with a record for each of its figures."""
    runs = (inline for block in document.blocks for text in texts(block) for inline in text)
    keys = {run.figure for run in runs if isinstance(run, Run) and run.figure}
    records = {key: FigureRecord("1", 0, "USD", "2024") for key in sorted(keys)}
    return replace(document, figures={**records, **document.figures})
