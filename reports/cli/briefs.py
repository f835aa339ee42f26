"""The command that makes briefs."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reports.cli import common
from reports.cli.common import DATA, HOUSE, TEMPLATES, AsJson, DataFolder, Disclosure, Home, HouseFile, Known, Templates
from reports.errors import Problem, UnknownChoice

if TYPE_CHECKING:
    from reports.batch.summary import Summary
    from reports.editions.batches import Since
    from reports.editions.keeping import Kept
    from reports.facts.records import Data
    from reports.orders import Order, Workshop
    from reports.press import Desk


FEW = 5  # unchanged briefs that are named one by one


def brief(  # noqa: PLR0913, PLR0917  as many parameters as options
    partners: Annotated[list[str] | None, typer.Argument(help="Countries (LU, Luxembourg), or all.")] = None,
    home: Home = None,
    report: common.Report = "brief",
    lang: Annotated[str, typer.Option(help="Languages, parted by commas, or all; else that of the templates.")] = "",
    format: Annotated[str, typer.Option(help="Formats: docx, pdf, html, text, json.")] = "docx",
    as_of: Annotated[str, typer.Option(help="Day whose knowledge the brief holds; else today.")] = "",
    facts: Annotated[Known, typer.Option(help="all: also what became known after the day, marked.")] = "known",
    disclosure: Annotated[Disclosure, typer.Option(help="public leaves out what is internal.")] = "internal",
    data: DataFolder = DATA,
    templates: Templates = TEMPLATES,
    house: HouseFile = HOUSE,
    out: common.Out = common.OUTPUT,
    overrides: Annotated[Path | None, typer.Option("--with", help="Figures for this brief alone, a CSV table.")] = None,
    short: Annotated[bool, typer.Option("--short", help="The short form of a report.")] = False,
    final: Annotated[bool, typer.Option("--final", help="Copies to go out: public, nothing hidden in them.")] = False,
    page_numbers: Annotated[bool, typer.Option("--page-numbers", help="Contents in Word with LibreOffice's.")] = False,
    pdf_profile: Annotated[common.PdfProfile, typer.Option(help="Standards of the PDF; plain: none.")] = "ua1+a3a",
    number: Annotated[str, typer.Option(help="Number of the brief, as it is to be printed.")] = "",
    copy: Annotated[str, typer.Option(help="Which copy it is, of how many: 3 or 3/10.")] = "",
    circulated: Annotated[str, typer.Option(help="Day on which it goes round.")] = "",
    department: Annotated[str, typer.Option(help="Who issues it; may have a house style of its own.")] = "",
    since: Annotated[str, typer.Option(help="Tell what changed since an edition: last, or its day.")] = "",
    jobs: common.Jobs = None,
    cluster: common.Cluster = "",
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the batch that was interrupted.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings, too, give exit status 1.")] = False,
    as_json: AsJson = False,
) -> int:
    """Make the briefs of one or more countries: an edition each, or what has changed of it."""
    workshop = common.workshop_of(templates, house)
    read, warnings = common.read_data(data)
    said = common.circulation_of(number, copy, circulated, department)
    forms = {"short": short, "final": final, "page_numbers": page_numbers, "pdf_profile": pdf_profile}
    rules = {"known": facts, "disclosure": disclosure, "overrides": overrides, "circulation": said} | forms
    asked = (home, report, lang, format, as_of), partners, since
    orders, told_since = _interrupted(out, partners) if resume else _asked(asked, workshop, read, **rules)
    _check(orders, read, workshop, since=bool(told_since))
    desk = common.desk_of(out, workshop, common.machines(jobs, cluster), told_since)
    return _told(_made(orders, read, desk), warnings, since=bool(told_since), strict=strict, as_json=as_json)


def _asked(
    typed: tuple[tuple[str | None, str, str, str, str], list[str] | None, str],
    workshop: "Workshop",
    read: "Data",
    **rules: Any,
) -> tuple[Sequence["Order"], "Since"]:
    """The orders of the partners, from home, report, languages, formats and day as they were typed, and the edition
    whose changes are to be told. UnknownChoice or BadParameter if there is no such thing."""
    from reports.orders import Order

    (home, report, lang, format, as_of), partners, since = typed
    us = common.home_of(home, workshop, read)
    languages, formats = common.languages_of(lang, workshop), common.chosen("format", format, common.formats())
    order = Order(us, us, common.day_of(as_of), report, languages, formats, **rules)
    codes = common.partners_of(partners or [], us, read, workshop)
    return tuple(replace(order, partner=code) for code in codes), common.since_of(since)


def _interrupted(out: Path, partners: list[str] | None) -> tuple[Sequence["Order"], "Since"]:
    """The batch that did not come to its end. BadParameter if countries are named too."""
    from reports.editions.batches import interrupted

    if partners:
        raise typer.BadParameter("the batch knows its countries", param_hint="--resume")
    return interrupted(out)


def _check(orders: Sequence["Order"], read: "Data", workshop: "Workshop", *, since: bool) -> None:
    """UnknownChoice for a report or a pair that there is not, before anything is made."""
    from reports.facts.facts import pair_of

    library = workshop.library
    for order in orders:
        if since and not library.report(order.report, short=order.short).tells_changes:
            telling = (name for name in library.reports if library.report(name).tells_changes)
            raise UnknownChoice("report with a section on changes", order.report, telling)
        library.report(order.report, short=order.short)
        pair_of(read, order.home, order.partner)
    if len(orders) > 1 and any(order.overrides for order in orders):
        raise typer.BadParameter(f"{len(orders)} partners", param_hint="--with is for the brief of one partner")


def _made(orders: Sequence["Order"], read: "Data", desk: "Desk") -> list["Kept"]:
    """What became of every order; one that fails does not stop the others."""
    from reports.batch.progress import watched
    from reports.editions.batches import under_way
    from reports.press import press

    try:
        with under_way(desk.out, orders, desk.since) as ended:
            made = list(watched(press(orders, read, desk), len(orders), sys.stderr))
            ended(not any(one.failed for one in made))
    except KeyboardInterrupt:
        again = f"; brief --resume --out {desk.out} makes the rest" if len(orders) > 1 else ""
        print(f"interrupted: what is there is whole{again}", file=sys.stderr)
        raise
    rank = {(order.partner, order.name): number for number, order in enumerate(orders)}
    return sorted(made, key=lambda one: rank[one.order.partner, one.order.name])


def _told(made: Sequence["Kept"], warnings: Iterable[Problem], *, since: bool, strict: bool, as_json: bool) -> int:
    """What became of the orders: all for a program, or paths and, for people, problems; the exit status."""
    problems = list(dict.fromkeys((*warnings, *(problem for one in made for problem in one.told))))
    if as_json:
        common.print_json(_report(made, problems))
    else:
        _remark(made, since=since)
        common.tell(problems)
        common.print_paths(path for one in made for path in one.files)
    some = any(one.files for one in made)
    return common.PARTLY if some and any(one.failed for one in made) else common.status_of(problems, strict=strict)


def _remark(made: Sequence["Kept"], *, since: bool) -> None:
    """What was as it should be, what tells nothing new, and of several briefs how many there are of each kind."""
    told = [f"unchanged: {_name(one)}" for one in made if not one.written and not one.failed]
    told = told if len(told) <= FEW else [f"unchanged: {len(told)} briefs of {len(made)}"]
    told += [f"{_name(one)}: no figure differs from the edition of {one.same_as}" for one in made if one.same_as]
    if since:
        told += [f"{_name(one)}: no earlier edition to compare with" for one in made if one.files and not one.before]
    for line in told:
        print(line, file=sys.stderr)
    if any(one.failed for one in made) and len(made) > 1:
        print("\n".join(_summary(made).lines()), file=sys.stderr)


def _name(one: "Kept") -> str:
    return f"{one.place.name} {one.order.name} ({', '.join(one.order.languages)})"


def _summary(made: Sequence["Kept"]) -> "Summary":
    """What became of each report of a pair in each language."""
    from reports.batch.summary import Summary, outcomes

    return Summary(
        tuple(
            outcome
            for one in made
            for outcome in outcomes(
                one.order,
                one.problems,
                "made" if one.written else "unchanged",
                {tag: found[0] for tag, found in one.unmade.items()},
            )
        )
    )


def _report(made: Sequence["Kept"], problems: Sequence[Problem]) -> dict[str, Any]:
    """What --json prints."""
    return {
        "files": [str(path) for one in made for path in one.files],
        "figures": [figure for one in made for figure in _figures(one)],
        "problems": [common.plain(problem) for problem in problems],
    }


def _figures(one: "Kept") -> Iterable[dict[str, Any]]:
    """Every figure of an edition once, with its passport."""
    pair = f"{one.order.home}-{one.order.partner}"
    return [{"pair": pair, "key": key, **asdict(one.figures[key])} for key in sorted(one.figures)]
