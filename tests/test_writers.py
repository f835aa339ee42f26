"""Laws for every writer, proved from the files by readers that share nothing with the product."""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pypdf
import pytest
from hypothesis import given, settings

from reports.document import Caption, Chart, Document, Furniture, Heading, Paragraph, Row, Run, Table, flat, texts
from reports.writers import WRITERS
from reports.writers.pdf.tagged.profiles import PROFILES
from tests.reading import (
    FIGURES,
    READERS,
    Convention,
    docx_parts,
    html_values,
    numbers,
    occurrences,
    pdf_figures,
    squashed,
    strings,
)
from tests.sample import sample_document
from tests.strategies import documents
from tests.tools import exhaustive, house_style, require

FORMATS = sorted(WRITERS)
KEYED = sorted(FIGURES)
CONVENTIONS = {
    "en": Convention(".", ","),
    "ru": Convention(",", "\u00a0\u202f"),
    "kk": Convention(",", "\u00a0\u202f"),
    "fr": Convention(",", "\u00a0\u202f"),
}
LIGHT = settings(max_examples=200 if exhaustive() else 25)
HEAVY = settings(max_examples=100 if exhaustive() else 20)  # a PDF takes two processes an example

# Case O17: data is always text (github.com/elapouya/python-docx-template/issues/447).
HOSTILE = ["100<200", "R&D <b>spend</b> > 3%", "Bross & Co\nsecond line", "<select>", "\"q\" and 's'"]


def written(document: Document, name: str) -> bytes:
    return WRITERS[name].write(document, house_style())


def read(document: Document, name: str) -> str:
    if name == "pdf":
        require("pdftotext")
    return READERS[name](written(document, name))


def runs_of(document: Document) -> list[Run]:
    inlines = (inline for block in document.blocks for text in texts(block) for inline in text)
    return [inline for inline in inlines if isinstance(inline, Run)]


def printed(document: Document) -> Counter[tuple[str, str]]:
    return Counter((run.figure, run.text) for run in runs_of(document) if run.figure)


def small(title: str = "Brief", *, body: str = "Body", cell: str = "Cell", footer: str = "Footer") -> Document:
    """Words in each place where words can stand."""
    table = Table(
        Caption("Table 1.", 1, (Run("Values"),)), ("text", "figure"), (((Run("Item"),), (Run("Value"),)),),
        (Row(((Run("Row"),), (Run(cell),))),),
    )  # fmt: skip
    furniture = Furniture("Ministry", "Internal", footer, "page {page} of {pages}")
    blocks = (Heading((Run(title),), 1), Paragraph((Run(body),)), table)
    return Document(title, "Subject", "en", "ltr", date(2025, 10, 20), furniture, blocks, {})


# ---------------------------------------------------------------- no text lost


def assert_nothing_lost(document: Document, shown: str) -> None:
    """Every word as often as the document has it; the classification in capitals, if the house wants it so.

    A chart of one series needs no legend: its caption says what it shows.
    """
    found, furniture = squashed(shown), document.furniture
    legends = [
        block.series[0].name for block in flat(document.blocks) if isinstance(block, Chart) and len(block.series) == 1
    ]
    body = Counter(" ".join(run.text for run in runs_of(document)).split()) - Counter(" ".join(legends).split())

    lost = [word for word, count in body.items() if occurrences(word, found) < count]
    lost += [
        word
        for said in (document.title, furniture.issuer, furniture.footer)
        for word in said.split()
        if word not in found
    ]
    lost += [word for word in furniture.classification.upper().split() if word not in found.upper()]
    assert not lost


@pytest.mark.parametrize("name", ["html", "json", "text"])
@LIGHT
@given(document=documents())
def test_any_document_can_be_written_and_no_word_is_lost(name: str, document: Document) -> None:
    assert_nothing_lost(document, read(document, name))


@pytest.mark.parametrize("name", ["docx", "pdf"])
@HEAVY
@given(document=documents())
def test_any_document_can_be_typeset_and_no_word_is_lost(name: str, document: Document) -> None:
    assert_nothing_lost(document, read(document, name))


def test_a_lost_word_would_be_noticed() -> None:
    shown = read(small(), "text").replace("Cell", "")

    with pytest.raises(AssertionError):
        assert_nothing_lost(small(), shown)


# ---------------------------------------------------------------- same document, same bytes


@pytest.mark.parametrize("name", FORMATS)
@settings(HEAVY, max_examples=5)
@given(document=documents())
def test_a_document_gives_the_same_bytes_twice(name: str, document: Document) -> None:
    assert written(document, name) == written(document, name)


HASHES = """
import hashlib
from datetime import date
from reports.orders import Order, fill
from reports.writers import WRITERS
from reports.writers.pdf.tagged.profiles import PROFILES
from reports.writers.pdf import write
from reports.writers.pdf.tagged.profiles import PROFILES
from tests.pdf_briefs import desk
from tests.sample import sample_document
from tests.tools import house_style
made = {name: writer.write(sample_document("kk"), house_style()) for name, writer in WRITERS.items()}
made |= {name: write(sample_document("kk"), house_style(), name) for name in PROFILES}
order = Order("KZ", "LU", date(2025, 10, 20), "brief", ("en", "ar", "zh"), tuple(WRITERS))
made |= fill(order, *desk()).files
for name, data in sorted(made.items()):
    print(name, hashlib.sha256(data).hexdigest())
"""
PLACES = (("1", "Asia/Almaty"), ("2", "America/New_York"))  # hash seed and time zone


def test_another_process_with_another_hash_seed_in_another_time_zone_gives_the_same_bytes() -> None:
    """Of a document in every format and profile, and of a brief from its data on."""
    said = [
        subprocess.run(
            [sys.executable, "-c", HASHES],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in PLACES
    ]

    assert said[0].splitlines() == said[1].splitlines()
    assert len(said[0].splitlines()) == 4 * len(WRITERS) + len(PROFILES)


# ---------------------------------------------------------------- figures


@pytest.mark.parametrize("name", KEYED)
@HEAVY
@given(document=documents())
def test_a_file_carries_exactly_the_figures_of_its_document(name: str, document: Document) -> None:
    assert Counter(FIGURES[name](written(document, name))) == printed(document)


@HEAVY
@given(document=documents())
def test_json_has_the_record_of_every_figure(document: Document) -> None:
    data = json.loads(written(document, "json"))

    expected = {key: json.loads(json.dumps(asdict(record))) for key, record in document.figures.items()}
    assert data["figures"] == expected
    assert list(data["figures"]) == sorted(expected)


@HEAVY
@given(document=documents())
def test_html_has_the_exact_value_of_every_figure(document: Document) -> None:
    values = html_values(written(document, "html"))

    assert {key: Decimal(value) for key, value in values.items()} == {
        key: Decimal(record.value) * 10**record.multiplier for key, record in document.figures.items()
    }


@HEAVY
@given(document=documents())
def test_a_pdf_has_the_table_of_its_figures_attached(document: Document) -> None:
    rows = pdf_figures(written(document, "pdf")) if document.figures else []

    assert {row["key"]: row["value"] for row in rows} == {key: record.value for key, record in document.figures.items()}


@pytest.mark.parametrize("language", CONVENTIONS)
def test_the_numbers_are_equal_in_all_formats(language: str) -> None:
    """Word, HTML and JSON have the numbers and keys of the document; each number is printed where a reader sees it."""
    document = sample_document(language)
    convention = CONVENTIONS[language]
    expected = {(key, *numbers(said, convention)) for key, said in printed(document)}

    for name in KEYED:
        shown = FIGURES[name](written(document, name))
        assert {(key, *numbers(said, convention)) for key, said in shown} == expected
    for name in ("docx", "pdf", "text"):
        found = Counter(numbers(read(document, name), convention))
        wanted = Counter(number for _, said in printed(document) for number in numbers(said, convention))
        assert wanted <= found


def test_the_numbers_are_equal_in_all_languages() -> None:
    def shown(language: str) -> dict[str, list[Decimal]]:
        prints = FIGURES["json"](written(sample_document(language), "json"))
        return {key: numbers(said, CONVENTIONS[language]) for key, said in prints}

    assert all(shown(language) == shown("en") for language in CONVENTIONS)
    assert any(shown("en").values())


# ---------------------------------------------------------------- case O17


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("place", ["title", "body", "cell", "footer"])
@pytest.mark.parametrize("name", ["docx", "html", "pdf", "text"])
def test_data_is_always_text_and_its_lines_stay_lines(name: str, place: str, value: str) -> None:
    document = small(value) if place == "title" else small(**{place: value})

    lines = [" ".join(line.split()) for line in read(document, name).splitlines()]

    first, *rest = value.split("\n")
    following = [lines[at + 1 : at + 1 + len(rest)] for at, line in enumerate(lines) if first in line]
    assert any(all(map(str.__contains__, found, rest)) and len(found) == len(rest) for found in following)


@pytest.mark.parametrize("value", HOSTILE)
def test_data_is_exact_in_json(value: str) -> None:
    document = small(value, body=value, cell=value, footer=value)

    data = json.loads(written(document, "json"))

    assert [run.text for run in runs_of(document)].count(value) == 3
    assert strings(data).count(value) == 5  # the title is said by a heading too


@pytest.mark.parametrize("value", HOSTILE)
def test_the_title_is_exact_in_the_properties(value: str) -> None:
    core = ElementTree.fromstring(docx_parts(written(small(value), "docx"))["docProps/core.xml"])
    pdf = pypdf.PdfReader(BytesIO(written(small(value), "pdf"))).metadata

    assert squashed(value) in squashed("".join(core.itertext()))
    assert pdf is not None
    assert " ".join((pdf.title or "").split()) == " ".join(value.split())
