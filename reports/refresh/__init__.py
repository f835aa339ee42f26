"""New figures in a Word file that an officer has edited, and nothing else changed.

Only figures that still read as they were made are renewed; what a person wrote over, moved, copied or deleted is left
and reported with both values.
"""

from dataclasses import replace
from datetime import date

from reports.errors import Problem, RefreshError, ReportError
from reports.facts.records import Data
from reports.house import House
from reports.house.package import STYLES, W, parse, serialised
from reports.orders import Order, Workshop
from reports.refresh.charts import Charts
from reports.refresh.controls import SUPERIOR, Pen, Tracking, free_ids, healed, tag_value
from reports.refresh.figures import Renewal
from reports.refresh.inside import Known, internal_nodes
from reports.refresh.leads import Leads, leads_of
from reports.refresh.package import Package, is_number, opened
from reports.refresh.proof import Touched, proved
from reports.refresh.record import Record, check_identity, record_of
from reports.refresh.report import FoundFigure, Refreshed
from reports.refresh.tables import Tables
from reports.refresh.today import Today, first_words, today_of
from reports.refresh.words import furniture, otherwise
from reports.writers.word.assembly import packed
from reports.writers.word.draft import Draft
from reports.writers.word.final import final_copy
from reports.writers.word.scripts import enlarged

__all__ = ["AUTHOR", "FoundFigure", "Refreshed", "Tracking", "refresh", "refresh_final"]

AUTHOR = "Bilateral"  # whose tracked changes a later refresh may take back
File = tuple[str, bytes]


def refresh(file: File, data: Data, workshop: Workshop, as_of: date, tracking: Tracking | None = None) -> Refreshed:
    """The file (where it lies, and its bytes) with the figures of a day; as tracked changes if somebody is named.

    RefreshError for a file that is none of ours, damaged, encrypted, with macros or too large, or whose ledger asks for
    what there is not; ReportError where today's brief cannot be made. Nothing is written.
    """
    package = opened(file[1], file[0])
    record = record_of(package)
    today = _today(record.order, as_of, data, workshop, package)
    house = _house(today.order, workshop)
    pen = Pen(free_ids(package.stories), _superior(package, house), tracking)
    return _renewed(package, Renewal(record, today, pen, tracking.author if tracking else AUTHOR), house)


def refresh_final(file: File, data: Data, workshop: Workshop, as_of: date) -> Refreshed:
    """The file with the figures of a day that the public may know, as a copy that goes out: see `final_copy`.

    Nothing is told of internal parts, which go. RefreshError as above, and where an untouched figure outside of them is
    not known to the public or came with the order; WordFileError where the file must not or cannot go out.
    """
    where, blob = file
    package = opened(blob, where)
    record = record_of(package)
    today = _today(replace(record.order, final=True), as_of, data, workshop, package)
    house = _house(today.order, workshop)
    pen = Pen(free_ids(package.stories), _superior(package, house))
    renewal = Renewal(record, today, pen, AUTHOR, internal_nodes(package.stories))
    done = _renewed(package, renewal, house)
    if renewal.doubtful:
        message = f"holds figures that the data do not have for the public: {'; '.join(renewal.doubtful)}"
        raise RefreshError(Problem(where, message, "delete them, or write over them what may go out"))
    return replace(done, blob=final_copy(done.blob, where))


def _renewed(package: Package, renewal: Renewal, house: House) -> Refreshed:
    record, today = renewal.record, renewal.today
    known, inside, tags = dict(record.figures), Known.of(package), record.tags
    touched = {story.name: Touched() for story in package.stories}
    _heal(package, record, touched)
    leads = leads_of(package, today.document)
    draft = _draft(package, renewal, house, leads)
    body = package.body
    tables = Tables(renewal, draft, body, touched[body.name], leads)
    tables.renew()
    charts = Charts(renewal, draft, package, touched[body.name])
    charts.renew()
    for story in package.stories:
        renewal.story(story, touched[story.name])
    found = (*renewal.found, *renewal.absent(), *renewal.news(known, first_words(today.document)))
    inside.remember()
    record.root.set("refreshed", today.order.as_of.isoformat())
    parts = {**package.parts, **charts.parts, package.ledger_name: serialised(record.root)}
    for story in package.stories:
        if touched[story.name]:
            parts[story.name] = proved(story, touched[story.name], package.where)
    problems = (
        *_unexplained(renewal.marks, package.where),
        *otherwise(package, tags, today, renewal.pen.superior),
        *furniture(package, today.document),
        *today.document.problems,
    )
    return Refreshed(packed(parts), found, (*tables.found, *charts.found), problems)


def _unexplained(marks: set[str], where: str) -> tuple[Problem, ...]:
    """The legend is the officer's text, and may lack a mark of today."""
    if not marks:
        return ()
    message = f"figures carry the marks {', '.join(sorted(marks))} now, which the file may not explain"
    return (Problem(where, message, "see the legend of a new brief", "warning"),)


def _today(order: Order, as_of: date, data: Data, workshop: Workshop, package: Package) -> Today:
    """The brief of the ledger's order; what it asks for and there is not, is a fault of the file."""
    try:
        today = today_of(order, as_of, data, workshop)
    except ReportError as error:
        placed = (replace(problem, where=f"{package.where}: {problem.where}") for problem in error.problems)
        raise RefreshError(*placed) from error
    check_identity(package, order)
    return today


def _heal(package: Package, record: Record, touched: dict[str, Touched]) -> None:
    prints = {place.bookmark: place for place in record.prints if place.bookmark}
    labels = {key: node.get("label") or key for key, node in record.figures.items()}
    ids = {tag_value(control, "id") for story in package.stories for control in story.controls()}
    for story in package.stories:
        touched[story.name].healed += healed(story, prints, labels, ids)


def _house(order: Order, workshop: Workshop) -> House:
    return workshop.house(workshop.library.report(order.report, short=order.short), order.languages[0])


def _superior(package: Package, house: House) -> str:
    """The id of the style of superiors, if the file has it."""
    wanted = house.style_ids[SUPERIOR]
    styles = parse(package.parts[STYLES]) if STYLES in package.parts else None
    has = styles is not None and any(style.get(f"{W}styleId") == wanted for style in styles.iter(f"{W}style"))
    return wanted if has else ""


def _draft(package: Package, renewal: Renewal, house: House, leads: Leads) -> Draft:
    """A draft whose controls and bookmarks do not clash with those of the file, or with what was deleted from it."""
    record, document = renewal.record, leads.listed(renewal.today.document)
    draft = Draft(document, enlarged(house, document), _bookmarks=renewal.pen.ids, _links=dict(leads.pages))
    draft.ledger.take(int(place.control) for place in record.prints if is_number(place.control))
    draft.ledger.take(place.bookmark for place in record.prints)
    draft.ledger.take(table.bookmark for table in record.tables)
    for story in package.stories:
        ids = (tag_value(control, "id") for control in story.controls())
        draft.ledger.take(int(number) for number in ids if is_number(number))
        names = (mark.get(f"{W}name", "") for mark in story.root.iter(f"{W}bookmarkStart"))
        draft.ledger.take(names)
    return draft
