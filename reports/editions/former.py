"""What was there before a task: the version of the same edition that it adds to, and the edition that it replaces."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from reports.editions.making import PDF, Task
from reports.editions.manifest import Inputs, Version
from reports.editions.shelf import Place, places, seen
from reports.orders import Order
from reports.writers import PDF_PROFILE, WRITERS


def inputs_beside(task: Task, tag: str, version: Version | None) -> Inputs:
    """What a language of a task is made from; the profile of a PDF is none of it where the task makes no PDF."""
    inputs = task.inputs[tag]
    return inputs if version is None or PDF in task.order.formats else _with_profile(inputs, version)


def is_beside(task: Task, tag: str, version: Version) -> bool:
    """Whether the files of a version stay beside those of the task: all is the same but perhaps the profile of PDF."""
    return version.inputs == _with_profile(task.inputs[tag], version)


def _with_profile(inputs: Inputs, version: Version) -> Inputs:
    return inputs.model_copy(update={"pdf": version.inputs.pdf})


def replaced(task: Task, out: Path) -> Mapping[str, date]:
    """By language the day of the edition that the brief of a task takes the place of: what is on record, else the
    newest earlier one that has it. What is on record stays so, whatever editions come or go."""
    order = task.order
    here = Place(out, f"{order.home}-{order.partner}", order.as_of)
    brief = seen(here).briefs.get(order.name) if here.record.is_file() else None
    versions = brief.versions if brief else {}
    kept = {tag: version.replaces for tag, version in versions.items() if _is_settled(task, tag, version)}
    wanted = [tag for tag in order.languages if tag not in kept]
    found = {**_earlier(here, order.name, wanted), **kept}
    return {tag: day for tag, day in found.items() if day}


def _is_settled(task: Task, tag: str, version: Version) -> bool:
    """Whether a version has its word on what it replaces: it names an edition, or its files stay."""
    return bool(version.replaces) or (tag in task.inputs and is_beside(task, tag, version))


def _earlier(here: Place, brief: str, tags: list[str]) -> dict[str, date | None]:
    """The day of the newest edition before this one with a brief, by language."""
    found: dict[str, date | None] = {}
    for place in reversed(places(here.out, here.pair)):
        left = [tag for tag in tags if tag not in found]
        if not left:
            break
        if place.as_of < here.as_of:
            former = seen(place).briefs.get(brief)
            found |= {tag: place.as_of for tag in left if former and tag in former.versions}
    return found


def widened(order: Order, out: Path, task: Task) -> Order:
    """The order with the languages and formats that the edition has and that were made from something else: versions
    of one edition may not disagree."""
    place = Place(out, f"{order.home}-{order.partner}", order.as_of)
    brief = seen(place).briefs.get(order.name) if place.record.is_file() else None
    if brief is None or all(_agrees(version, task) for version in brief.versions.values()):
        return order
    languages = dict.fromkeys((*order.languages, *brief.versions))
    formats = dict.fromkeys((*order.formats, *(kind for one in brief.versions.values() for kind in one.files)))
    wide = replace(order, languages=tuple(languages), formats=tuple(kind for kind in formats if kind in WRITERS))
    kept = [one.inputs.pdf for one in brief.versions.values() if PDF in one.files and PDF not in order.formats]
    return replace(wide, pdf_profile=kept[0] or PDF_PROFILE) if kept else wide


def _agrees(version: Version, task: Task) -> bool:
    """Whether a version tells the same facts as the task would."""
    told = next(iter(task.inputs.values()))
    return (version.inputs.facts, version.inputs.before) == (told.facts, told.before)
