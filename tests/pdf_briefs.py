"""The briefs that the gate of PDF files looks at: every report on every partner in every language, and its other forms.

A name chooses the sample of an ordinary run, so that another run takes the same; with CI=true all are taken.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from reports.document import Document, disclosed
from reports.facts.records import Data
from reports.facts.standpoint import Disclosure
from reports.orders import Order, Workshop, fill
from reports.sources import SOURCES
from reports.writers.pdf import write
from tests.tools import LANGUAGES, PARTNERS, REPORTS, ROOT, exhaustive

AS_OF = date(2026, 3, 5)
BARE = "ua1+a2a"
APART = 4  # of so many partners one is looked at in the other forms, which differ in little


@dataclass(frozen=True)
class Form:
    """A report in one of its forms: whole or short, internal, public or a final copy."""

    report: str
    short: bool = False
    disclosure: Disclosure = "internal"
    final: bool = False


@dataclass(frozen=True)
class Brief:
    """A brief as it was composed, without what its reader must not see, and as a reader gets it: `data` with its data
    attached, `bare` in the profile that attaches none."""

    name: str
    language: str
    document: Document
    data: bytes
    bare: bytes


FORMS = tuple(map(Form, REPORTS))
OTHERS = (
    Form("visit", short=True), Form("visit", short=True, final=True), Form("visit", disclosure="public"),
    *(Form(report, final=True) for report in REPORTS),
)  # fmt: skip


@cache
def desk() -> tuple[Workshop, Data]:
    """The templates and the data of the repository, read once."""
    return Workshop(ROOT / "templates", None, ROOT / "fonts"), SOURCES["folder"](ROOT / "data")[0]


def filled(form: Form, partner: str, languages: tuple[str, ...] = LANGUAGES) -> Iterator[Brief]:
    """The briefs of one form on a partner: composed and written once for all languages."""
    order = Order(
        "KZ", partner, AS_OF, form.report, languages, ("pdf",), disclosure=form.disclosure, short=form.short,
        final=form.final,
    )  # fmt: skip
    workshop, data_of_all = desk()
    report = workshop.library.report(form.report, short=form.short)
    found = fill(order, workshop, data_of_all)
    for tag in languages:
        name = f"{partner}.{order.name}.{tag}"
        document = found.documents[tag]
        document = replace(document, blocks=disclosed(document.blocks)) if form.final else document
        data = found.files[f"{order.name}.{tag}.pdf"]
        yield Brief(name, tag, document, data, write(document, workshop.house(report, tag), BARE))


def chosen() -> dict[tuple[Form, str], tuple[str, ...]]:
    """The languages of each form on each partner that this run looks at."""
    pairs = [(form, partner) for form in FORMS for partner in PARTNERS]
    pairs += [(form, partner) for form in OTHERS for partner in PARTNERS[::APART]]
    every = [(form, partner, tag) for form, partner in pairs for tag in LANGUAGES]
    found: dict[tuple[Form, str], tuple[str, ...]] = {}
    for form, partner, tag in every if exhaustive() else _sampled(every):
        found[form, partner] = (*found.get((form, partner), ()), tag)
    return found


def _sampled(every: list[tuple[Form, str, str]]) -> list[tuple[Form, str, str]]:
    """Some, in the order of their digests: each that brings a language or a form that none before it has."""
    taken: list[tuple[Form, str, str]] = []
    for form, partner, tag in sorted(every, key=lambda one: hashlib.blake2b(repr(one).encode()).digest()):
        if form not in {form for form, _, _ in taken} or tag not in {tag for _, _, tag in taken}:
            taken.append((form, partner, tag))
    return taken
