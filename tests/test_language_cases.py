"""Public fault reports on numbers, dates and scripts, and the law that all languages carry the same value."""

import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from reports.document import Paragraph, Run
from reports.facts.rounding import round_half_up
from reports.facts.values import Amount, Name, Percent, Qualifier
from reports.language import Language, read_language
from reports.wording.digits import in_digits
from reports.wording.samples import parse_value
from tests import language_reader as reader
from tests.pdf_documents import arabic
from tests.test_languages import FOLDER, LANGUAGES, say
from tests.test_pdf_directions import lines_of

MINUS = "−"


# ---------------------------------------------------------------- O01, O02


@pytest.mark.parametrize("tag", sorted(LANGUAGES))
def test_a_grouped_number_is_read_back_whatever_space_groups_it(tag: str) -> None:
    """O01: a reader takes every kind of space for the sign of thousands."""
    table = reader.TABLES[tag]
    value = Decimal("1234567.9")
    said = LANGUAGES[tag].say(Amount(value, 0, "USD")).replace("\u202f", "\u00a0")

    assert reader.read_amount(said, tag).ends == (value,)
    for space in set(table["groups"]) & {"\u00a0", " "}:
        assert reader.read_amount(said.replace("\u00a0", space), tag).ends == (value,)


def test_arabic_digits_come_with_their_signs_and_never_beside_the_others(tmp_path: Path) -> None:
    """O02: one set of digits in one document, with the decimal, group and percent signs that belong to it."""
    folder = shutil.copytree(FOLDER / "ar", tmp_path / "ar")
    sheet = (folder / "language.toml").read_text("utf-8")
    sheet = sheet.replace("[number]\n", '[number]\ndigits = "٠١٢٣٤٥٦٧٨٩"\ndecimal = "٫"\ngroup = "٬"\n')
    (folder / "language.toml").write_text(
        re.sub(r"percent = .*", 'percent = { plain = "{number}{unit}", forms = "٪" }', sheet)
    )
    eastern, western = read_language(folder), LANGUAGES["ar"]

    def printed(language: Language) -> list[str]:
        values = (Amount(Decimal("1234567.5"), 0, "XXX"), Percent(Decimal("12.3")), parse_value("day:2026-03-05"))
        runs = tuple(Run(language.say(value)) for value in values)
        document = replace(arabic(), blocks=(Paragraph(runs),))
        (paragraph,) = in_digits(document, language.quantities.sheet.number.digits).blocks
        assert isinstance(paragraph, Paragraph)
        texts = (run.text for run in paragraph.text if isinstance(run, Run))
        return [re.sub("[\u200e\u200f\u061c]", "", text).replace("\u00a0", " ") for text in texts]

    assert printed(western) == ["1,234,567.5 XXX", "12.3%", "5 مارس 2026"]
    assert printed(eastern) == ["١٬٢٣٤٬٥٦٧٫٥ XXX", "١٢٫٣٪", "٥ مارس ٢٠٢٦"]


# ---------------------------------------------------------------- O04, O05, O06


@pytest.mark.parametrize("tag", sorted(LANGUAGES))
@pytest.mark.parametrize("value", ["amount:{}1234.5:EUR", "amount:{}98765:KZT", "percent:{}12.3"])
def test_a_negative_value_is_the_positive_one_with_a_minus_before_it(tag: str, value: str) -> None:
    """O04: one real minus, before the number and what is glued to it, and nothing else changes."""
    negative, positive = say(tag, value.format("-")), say(tag, value.format(""))

    assert negative.count(MINUS) == 1
    assert negative.replace(MINUS, "") == positive
    assert re.search(rf"(?:^|[\s]){MINUS}%?\d", negative)


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        ("2.5", 0, "3"), ("3.5", 0, "4"), ("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("1.005", 2, "1.01"),
        ("0.9999", 4, "0.9999"), ("-2.5", 0, "-3"), ("0.045", 2, "0.05"), ("1e-9", 2, "0.00"),
    ],
)  # fmt: skip
def test_a_half_is_rounded_away_from_zero_once_on_the_exact_decimal(number: str, places: int, rounded: str) -> None:
    """O05: Decimal in, Decimal out; no binary fraction is ever between."""
    assert str(round_half_up(Decimal(number), places)) == rounded


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9), st.integers(0, 4)
)
def test_rounding_is_odd_and_never_further_off_than_half_a_step(number: Decimal, places: int) -> None:
    rounded, step = round_half_up(number, places), Decimal(1).scaleb(-places)

    assert round_half_up(-number, places) == -rounded
    assert abs(rounded - number) * 2 <= step
    assert (abs(rounded - number) * 2 < step) or abs(rounded) > abs(number) or rounded == number


@pytest.mark.parametrize("tag", sorted(LANGUAGES))
def test_a_spoken_number_stands_in_the_scale_that_it_rounds_to(tag: str) -> None:
    """O06: 999,999 is a million and no thousand thousands, and its word is that of one."""
    one, largest = say(tag, "amount:1e6:USD"), say(tag, "amount:1e9:USD")

    for number, same in (("999999", one), ("999950", one), ("999999999", largest), ("-999600000", None)):
        said = reader.read_amount(say(tag, f"amount:{number}:USD", "spoken"), tag)
        assert abs(said.ends[0]) == Decimal(10) ** len(number.lstrip("-"))
        assert same is None or say(tag, f"amount:{number}:USD", "spoken").endswith(same)
    assert reader.read_amount(say(tag, "amount:1500000:USD", "spoken"), tag) == reader.Amount((Decimal(1500000),), "")
    assert reader.read_amount(say(tag, "amount:-123456789:USD", "spoken"), tag).ends == (Decimal(-120000000),)


# ---------------------------------------------------------------- O12


def test_chinese_in_a_narrow_cell_is_broken_by_its_own_rules_and_loses_nothing() -> None:
    """O12: no hyphen, no sign where it may not stand, and what is copied is what was written."""
    text = "哈萨克斯坦与中国两国之间的货物贸易额在二〇二四年达到新的高点，其中能源、金属和粮食占大部分（详见附表）。"
    lines = lines_of(text, 120)

    assert "".join(lines) == text
    assert len(lines) > 3
    assert all(len(line) * 10 <= 120 for line in lines)
    assert not any(re.match("[，、。）]", line) or line.endswith("（") for line in lines)


# ---------------------------------------------------------------- the law

DIGITS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-9999, max_value=9999)
SCALES = st.sampled_from((0, 3, 6, 9, 12))


UNITS = st.sampled_from(("USD", "EUR", "KZT", "CNY"))
QUALIFIERS: st.SearchStrategy[Qualifier] = st.sampled_from(get_args(Qualifier))


@given(DIGITS, st.integers(0, 3), SCALES, UNITS, QUALIFIERS)
def test_every_language_carries_the_same_amount(
    number: Decimal, places: int, scale: int, unit: str, about: Qualifier
) -> None:
    digits = number.quantize(Decimal(1).scaleb(-places))
    value = Amount(digits, scale, unit, about)
    expected = reader.Amount(((digits.scaleb(scale)).normalize() if digits else Decimal(0),), about)

    for tag, language in LANGUAGES.items():
        assert reader.read_amount(language.say(value), tag) == expected, tag


@given(st.integers(0, 9999), st.integers(1, 9999), st.integers(0, 1), SCALES)
def test_every_language_carries_the_same_range(first: int, more: int, places: int, scale: int) -> None:
    ends = [Decimal(number).scaleb(-places) for number in (first, first + more)]
    value = Amount(ends[0], scale, "USD", "", ends[1])
    expected = tuple(end.scaleb(scale).normalize() if end else Decimal(0) for end in ends)

    for tag, language in LANGUAGES.items():
        assert reader.read_amount(language.say(value), tag).ends == expected, tag


DAYS = st.dates(date(1992, 1, 1), date(2035, 12, 31))


@given(DAYS, st.integers(1, 900))
def test_every_language_names_the_same_day(first: date, more: int) -> None:
    last = first + timedelta(days=more)

    for tag, language in LANGUAGES.items():
        one = reader.read_time(language.say(parse_value(f"day:{first}"), "on"), tag)
        assert one == reader.Time((first.year,), (), (first.month,), (first.day,)), tag
        both = reader.read_time(language.say(parse_value(f"day:{first}/{last}"), "on"), tag)
        assert both.days == (first.day, last.day), tag
        assert (min(both.years), max(both.years)) == (first.year, last.year), tag
        assert (both.months[0], both.months[-1]) == (first.month, last.month), tag


@given(st.integers(1992, 2034), st.integers(1, 4), st.integers(1, 12), st.integers(1, 12), st.integers(1, 30))
def test_every_language_names_the_same_period(year: int, quarter: int, month: int, other: int, more: int) -> None:
    first, last = sorted((month, other))
    asked = {
        f"{year}": ((year,), (), ()),
        f"{year}-Q{quarter}": ((year,), (quarter,), ()),
        f"{year}-{month:02}": ((year,), (), (month,)),
        f"{year}/{year + more}-Q{quarter}": ((year, year + more), (quarter,), ()),
        f"{year}-{month:02}/{year + more}-{other:02}": ((year, year + more), (), (month, other)),
    }
    if first != last and (first, last) not in ((1, 12),):
        asked[f"{year}-{first:02}/{year}-{last:02}"] = (year,), (), (first, last)

    for period, (years, quarters, months) in asked.items():
        for tag, language in LANGUAGES.items():
            read = reader.read_time(language.say(parse_value(f"period:{period}"), "in"), tag)
            assert (set(read.years), read.quarters, read.months) == (set(years), quarters, months), (tag, period)


@pytest.mark.parametrize("tag", sorted(LANGUAGES))
def test_a_name_leads_back_to_one_country_and_is_never_that_of_another(tag: str) -> None:
    """By the names of Unicode CLDR, which the house's own may differ from but not contradict."""
    language, known = LANGUAGES[tag], Locale.parse(str(LANGUAGES[tag].locale)).territories
    said = {code: language.say(Name(code), "nom") for code in language.countries}
    others = {name: code for code, name in known.items() if len(code) == 2}

    assert len(set(said.values())) == len(said)
    assert [(code, name) for code, name in said.items() if others.get(name, code) != code] == []
    assert sum(known.get(code) == name for code, name in said.items()) > len(said) * 0.6


@pytest.mark.parametrize(
    ("right", "wrong"), [('word = "млн"', 'word = "млрд"'), ('"январь", "февраль"', '"февраль", "январь"')]
)
def test_a_wrong_word_in_one_language_would_be_noticed(tmp_path: Path, right: str, wrong: str) -> None:
    """A planted fault: the reader is not blind."""
    folder = shutil.copytree(FOLDER / "ru", tmp_path / "ru")
    sheet = (folder / "language.toml").read_text("utf-8")
    assert right in sheet
    (folder / "language.toml").write_text(sheet.replace(right, wrong), encoding="utf-8")
    spoilt = read_language(folder)

    def differs(read: str, value: str, case: str) -> bool:
        reading = getattr(reader, read)
        return bool(reading(spoilt.say(parse_value(value), case), "ru") != reading(say("ru", value, case), "ru"))

    assert differs("read_amount", "amount:13.6e6:USD", "") != differs("read_time", "period:2025-01", "nom")
