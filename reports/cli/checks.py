"""The commands that look and make no file: problems, one sentence, one figure, the names of countries."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from reports.cli import common
from reports.cli.common import DATA, MADE, TEMPLATES, AsJson, DataFolder, Home, Known, OneLanguage, Templates
from reports.errors import DataError, Problem


def check(
    as_of: Annotated[str, typer.Option(help="Day on which facts are looked at; else today.")] = "",
    data: DataFolder = DATA,
    templates: Templates = TEMPLATES,
    as_json: AsJson = False,
) -> int:
    """List the problems of data, templates, catalogs and the schedule."""
    from reports.checking import problems_of

    problems = (*problems_of(data, templates, common.day_of(as_of)), *_of_schedule(data, templates))
    return common.told(problems, as_json=as_json)


def _of_schedule(data: Path, templates: Path) -> tuple[Problem, ...]:
    """What is wrong with schedule.toml, if there is one and the data can be read."""
    from reports.cli.schedule import PLAN, plan_of
    from reports.schedule.plan import contradiction

    if not (data / PLAN).is_file():
        return ()
    try:
        read, _ = common.read_data(data)
    except DataError:
        return ()  # told already
    try:
        found = contradiction(plan_of(data, read, common.workshop_of(templates)), read)
    except DataError as error:
        return error.problems
    return (found,) if found else ()


def say(  # noqa: PLR0913, PLR0917  as many parameters as options
    sentence: Annotated[str, typer.Argument(help="A sentence with {names:case} in braces.")],
    lang: OneLanguage,
    home: Home = None,
    partner: Annotated[str, typer.Option(help="The other country.")] = "",
    values: Annotated[list[str] | None, typer.Option("--set", help="name=type:value, any number of times.")] = None,
    data: DataFolder = DATA,
    templates: Templates = TEMPLATES,
) -> int:
    """Try a sentence: turnover=amount:13.6e6:USD, n=count:178, p=period:2025-01/2025-08."""
    from reports.checking import say_sentence

    workshop = common.workshop_of(templates)
    common.chosen("language", lang, workshop.tags)
    codes = {"home": common.country_of(home, workshop) if home else common.read_data(data)[0].home}
    codes |= {"partner": common.country_of(partner, workshop)} if partner else {}
    print(say_sentence(workshop.library, lang, sentence, codes, values or []))
    return MADE


def explain(  # noqa: PLR0913, PLR0917  as many parameters as options
    partner: Annotated[str, typer.Argument(help="The other country.")],
    figure: Annotated[str, typer.Argument(help="The key of a figure: fdi.inflow.gross@2024.")],
    home: Home = None,
    report: common.Report = "brief",
    lang: Annotated[str, typer.Option(help="The language of the sentences; else that of the templates.")] = "",
    as_of: Annotated[str, typer.Option(help="Day whose knowledge the brief holds; else today.")] = "",
    facts: Annotated[Known, typer.Option(help="all: also what became known after the day.")] = "known",
    data: DataFolder = DATA,
    templates: Templates = TEMPLATES,
    as_json: AsJson = False,
) -> int:
    """Tell where a figure comes from: sentences, value, formula, rounding, inputs and their sources."""
    from dataclasses import asdict

    from reports.explaining import explain as explanation_of
    from reports.explaining import told
    from reports.orders import Order

    workshop = common.workshop_of(templates)
    languages = common.chosen("language", lang or workshop.library.source, workshop.tags)
    read, _ = common.read_data(data)
    us = common.home_of(home, workshop, read)
    order = Order(us, common.country_of(partner, workshop), common.day_of(as_of), report, languages[:1], (), facts)
    found = explanation_of(order, figure, workshop, read)
    if as_json:
        common.print_json(asdict(found))
    else:
        print("\n".join(told(found)))
    return MADE


def names(
    lang: OneLanguage,
    register: Annotated[Literal["short", "official"], typer.Option(help="Short or official names.")] = "short",
    templates: Templates = TEMPLATES,
    as_json: AsJson = False,
) -> int:
    """Print every country in every case."""
    workshop = common.workshop_of(templates)
    common.chosen("language", lang, workshop.tags)
    forms = workshop.library.voice(lang).language.all_names(register)
    if as_json:
        common.print_json(forms)
    else:
        print("\n".join(f"{code}\t{case}\t{form}" for code, cases in forms.items() for case, form in cases.items()))
    return MADE
