"""Whether editions are what their records say, and whether they can be made again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reports.document import Document
from reports.editions.making import PAGES, file_name, rows_of
from reports.editions.manifest import Brief, Edition, Version, digest
from reports.editions.shelf import Place, on_record, seen, state
from reports.errors import EditionError, Problem, ReportError
from reports.orders import Order, Workshop, fill
from reports.stamps import Stamp
from reports.writers import PDF_PROFILE


def verified(places: Iterable[Place]) -> Iterator[Problem]:
    """Every file that is missing or has other bytes than its record says, and every record that cannot be read."""
    for place in places:
        try:
            edition = seen(place)
        except ReportError as error:
            yield from error.problems
            continue
        if edition.name != place.name:
            yield Problem(str(place.record), f"is the record of {edition.name}", "put the folder back in its place")
        for record in edition.files().values():
            found = state(place, record)
            if found == "missing":
                yield Problem(str(place.folder / record.name), "missing", f"{_again(place)} makes it again")
            elif found == "changed" and not on_record(place, edition, record.name):
                hint = f"python generate.py editions add puts it on record, {_again(place)} makes it again"
                yield Problem(str(place.folder / record.name), "was changed after it was made", hint)


def _again(place: Place) -> str:
    return f"python generate.py editions rebuild {place.name}"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A file made again from what the edition keeps, and whether it has the same bytes."""

    name: str
    blob: bytes
    same: bool


def rebuilt(place: Place, workshop: Workshop, stamp: Stamp) -> Iterator[Rebuilt | Problem]:
    """Every file of an edition, made again from the rows that it keeps; a problem for each that comes out otherwise,
    which names what has changed since. EditionError if there is no edition, or rows are lost."""
    edition = seen(place)
    for brief in edition.briefs.values():
        for tag, version in brief.versions.items():
            data, before = rows_of(_rows(place, version))
            order = _order(edition, brief, tag, version)
            filled = fill(order, workshop, data, before=before)
            for kind, record in version.files.items():
                blob = filled.files[file_name(order, tag, kind)]
                same = digest(blob) == record.sha256
                yield Rebuilt(record.name, blob, same)
                if not same:
                    yield _otherwise(place, record.name, version, stamp)


def document_of(place: Place, brief: str, tag: str, workshop: Workshop) -> Document:
    """A brief of an edition in a language, composed again from the rows that the edition keeps, by the templates of
    today; from those of another language if it has none in this one. EditionError if there is no such brief, or the
    rows are lost."""
    edition = seen(place)
    if brief not in edition.briefs:
        raise EditionError(Problem(edition.name, f"has no {brief}", f"choose from {', '.join(edition.briefs)}"))
    found = edition.briefs[brief]
    version = found.versions.get(tag) or next(iter(found.versions.values()))
    data, before = rows_of(_rows(place, version))
    order = replace(_order(edition, found, tag, version), formats=())
    return fill(order, workshop, data, before=before).documents[tag]


def _order(edition: Edition, brief: Brief, tag: str, version: Version) -> Order:
    asked = brief.order
    return Order(
        edition.home,
        edition.partner,
        edition.as_of,
        asked.report,
        (tag,),
        tuple(version.files),
        asked.known,
        asked.disclosure,
        short=asked.short,
        visit=asked.visit,
        final=asked.final,
        page_numbers=version.inputs.pages == PAGES,
        pdf_profile=version.inputs.pdf or PDF_PROFILE,
        circulation=asked.circulation,
    )


def _rows(place: Place, version: Version) -> bytes:
    path = place.folder / version.rows.name
    if state(place, version.rows) != "whole":
        raise EditionError(Problem(str(path), "the rows are missing or were changed", "nothing can be made from them"))
    return path.read_bytes()


def _otherwise(place: Place, name: str, version: Version, stamp: Stamp) -> Problem:
    """Why a file comes out otherwise: what has other hashes than then."""
    now = {"templates": stamp.templates, "house": stamp.house, "fonts": stamp.fonts, "program": stamp.program}
    changed = [what for what, found in now.items() if getattr(version.inputs, what) != found]
    since = ", ".join(changed) or "a language"
    hint = f"made by version {version.inputs.version}; give the templates and the house style of then"
    return Problem(str(place.folder / name), f"comes out otherwise: changed since are {since}", hint, "warning")
