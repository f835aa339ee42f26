"""Skeletons for a new language and a new report, to be filled in by hand."""

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog as PoCatalog
from babel.messages.pofile import write_po

from reports.errors import OutputError, Problem, UnknownChoice, WordingError
from reports.wording.catalogs import sentences

NEW_LANGUAGE = """\
# A new language. Every text below is still that of the language it was copied from: put your own.
# docs/languages.md tells what each key is; `python generate.py check` tells what is missing.
"""
REPORT_TOML = """\
# A new report: its level, the template of its title, header and footer, and its sections in order.
level = "official"
page = "{name}/page.j2"
sections = ["{name}/first.j2"]
"""
PAGE = """\
{{# What stands on every page, and the title of the file. #}}
{{% set title = t("{{home:nom}} – {{partner:nom}}") %}}
{{% set subject = t("{title}") %}}
{{% set issuer = t("Ministry of Foreign Affairs {{home:of}}") %}}
{{% set classification = t("For official use") %}}
{{% set footer = t("{{home:nom}} – {{partner:nom}} · {{as_of}}") %}}
"""
FIRST = """\
{# One line is one sentence and one message. Values enter as {name} or {name:case}. #}
{% heading 1 %}{home:nom} – {partner:nom}{% endheading %}
{% include "reports/shared/note.j2" %}
{% heading 2 %}Sources{% endheading %}
{{ sources() }}
"""
FAR_PAST = datetime(2000, 1, 1, tzinfo=UTC)  # a catalog carries no clock


def new_report(templates: Path, name: str) -> tuple[Path, ...]:
    """The files of a new report. Raises WordingError for a bad name, OutputError if the report is there."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise WordingError(Problem(name, "is no name for a report", "small letters, digits and _ only"))
    folder = _new_folder(templates / "reports" / name)
    title = name.replace("_", " ").capitalize()
    return _written(folder, {
        "report.toml": REPORT_TOML.format(name=name),
        "page.j2": PAGE.format(title=title),
        "first.j2": FIRST,
    })  # fmt: skip


def new_language(templates: Path, tag: str, like: Path) -> tuple[Path, ...]:
    """The files of a new language, with the texts of the language in the folder `like`.

    Raises UnknownChoice for a tag that CLDR does not know, OutputError if the language is there.
    """
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise UnknownChoice("language", tag, ["a BCP 47 tag such as de, pt-BR"]) from error
    sheet = re.sub(r'^locale = ".*"$', f'locale = "{locale}"', (like / "language.toml").read_text("utf-8"), flags=re.M)
    folder = _new_folder(templates / "languages" / tag)
    return _written(folder, {
        "language.toml": NEW_LANGUAGE + sheet,
        "names.csv": _names(locale, like / "names.csv"),
        "terms.csv": (like / "terms.csv").read_text("utf-8").replace(",reviewed\n", ",proposed\n"),
        "forbidden.csv": "spelling,instead,reason\n",
        "messages.po": _catalog(locale, templates),
    })  # fmt: skip


def _names(locale: Locale, like: Path) -> str:
    """Every country by its CLDR name, as a proposal."""
    with like.open(encoding="utf-8", newline="") as file:
        codes = sorted({row["country"] for row in csv.DictReader(file)})
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["country", "register", "case", "form", "status"])
    writer.writerows([code, "short", "nom", locale.territories.get(code, code), "proposed"] for code in codes)
    return table.getvalue()


def _catalog(locale: Locale, templates: Path) -> str:
    """A .po file with every sentence, none translated."""
    catalog = PoCatalog(locale, creation_date=FAR_PAST, revision_date=FAR_PAST, fuzzy=False)
    for message in sentences(templates):
        if message.id:
            catalog.add(message.id, locations=message.locations, context=message.context)
    file = io.BytesIO()
    write_po(file, catalog, width=0)
    return file.getvalue().decode().replace("python-brace-format", "no-python-brace-format")


def _new_folder(folder: Path) -> Path:
    if folder.exists():
        raise OutputError(Problem(str(folder), "is there already", "edit it, or choose another name"))
    return folder


def _written(folder: Path, texts: dict[str, str]) -> tuple[Path, ...]:
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tuple(folder / name for name in texts)
