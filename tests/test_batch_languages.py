"""O28: the languages of a batch do not leak into one another, in whatever order a process meets them."""

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from reports.facts.values import Amount, Day, Part, Percent, Period
from reports.language import read_language
from reports.orders import Order, Workshop, fill
from reports.sources import SOURCES
from tests.tools import LANGUAGES, exhaustive

ROOT = Path(__file__).parent.parent
# A quarter, a month, a range of months, a day, an amount, a percentage: what was wrong in the second language met.
VALUES = (
    Period(Part(2026, quarter=1), Part(2026, quarter=1)),
    Period(Part(2026, month=3), Part(2026, month=3)),
    Period(Part(2026, month=1), Part(2026, month=8)),
    Day(2026, 3, 5),
    Amount(Decimal("19540000.5"), 0, "USD"),
    Percent(Decimal("12.30")),
)
ORDERS = (("ru", "fr", "de", "es", "zh"), ("zh", "es", "de", "fr", "ru"), ("kk", "tr", "ru", "en"))


def said(tags: Sequence[str]) -> dict[str, list[str]]:
    """What each language says, the languages read and asked in turn in one process."""
    languages = {tag: read_language(ROOT / "templates" / "languages" / tag) for tag in tags}
    told: dict[str, list[str]] = {tag: [] for tag in tags}
    for value in VALUES:
        for tag in tags:
            told[tag].append(languages[tag].say(value))
    return told


@cache
def alone(tag: str) -> list[str]:
    """What a language says in a process that has met no other."""
    code = f"import json; from tests.test_batch_languages import said; print(json.dumps(said(({tag!r},))))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    read: dict[str, list[str]] = json.loads(done.stdout)
    return read[tag]


@pytest.mark.parametrize("tags", [*ORDERS, LANGUAGES, LANGUAGES[::-1]], ids="-".join)
def test_a_language_says_the_same_after_any_other_as_in_a_process_of_its_own(tags: tuple[str, ...]) -> None:
    assert said(tags) == {tag: alone(tag) for tag in tags}


def test_the_quarter_and_the_month_are_those_of_the_report() -> None:
    """The fault was a quarter or a month in another language's words."""
    told = said(("ru", "fr", "de", "es", "kk", "tr", "en", "zh"))
    quarters = {tag: texts[0] for tag, texts in told.items()}
    months = {tag: texts[1].lower().replace("\u00a0", " ") for tag, texts in told.items()}

    assert len(set(quarters.values())) == len(quarters)
    wanted = {
        "ru": "март",
        "fr": "mars",
        "de": "märz",
        "es": "marzo",
        "kk": "наурыз",
        "tr": "mart",
        "en": "march",
        "zh": "3月",
    }
    assert {tag: months[tag] for tag, word in wanted.items() if word not in months[tag]} == {}
    assert all("2026" in text for text in (*quarters.values(), *months.values()))


def test_the_files_of_a_language_are_the_same_whatever_was_made_before_them() -> None:
    """Whole briefs, all languages in one process in shuffled orders: a cache that one leaves another would show."""
    data, _ = SOURCES["folder"](ROOT / "data")
    chance, files = random.Random("languages"), dict[str, bytes]()
    for _ in range(6 if exhaustive() else 2):
        shop = Workshop(ROOT / "templates", ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")
        tags = chance.sample(LANGUAGES, len(LANGUAGES))
        for tag in tags:
            made = fill(Order("KZ", "LU", date(2025, 10, 20), "brief", (tag,), ("docx", "pdf")), shop, data).files
            assert {name: blob for name, blob in made.items() if files.setdefault(name, blob) != blob} == {}
    assert len(files) == 2 * len(LANGUAGES)
