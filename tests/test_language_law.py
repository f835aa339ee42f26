"""The law of languages: for any amount, period and country, the ten texts carry the same value.

What the texts say is found by tests/reader.py, which shares no code and no table with the product.
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.facts.values import Amount, Count, Name, Percent, Period, Qualifier
from reports.language import Language, read_language
from tests import reader

FOLDER = Path(__file__).parent.parent / "templates" / "languages"
LANGUAGES = {path.name: read_language(path) for path in sorted(FOLDER.iterdir())}
COUNTRIES = LANGUAGES["en"].countries
SCALES = (0, 3, 6, 9, 12)
LESS = ("abs", "spoken", "ordinal")  # what these say is less than the value


def different(read: Callable[[], object], meant: object) -> str:
    """How what is read differs from what was meant; '' where it does not."""
    try:
        found = read()
    except reader.Unreadable as error:
        return f"cannot be read: {error}"
    return "" if found == meant else f"says {found}, not {meant}"


# ---------------------------------------------------------------- any amount


@st.composite
def quantities(draw: st.DrawFn) -> Amount | Percent | Count:
    """Of every scale, with up to three decimals, negative too, ranges, approximations."""
    places = draw(st.integers(0, 3))
    low = draw(st.one_of(st.integers(-9, 1100), st.integers(-(10**6), 10**7)))
    high = low + draw(st.integers(1, 10**5))
    qualifier: Qualifier = draw(st.sampled_from(("", "", "over", "about", "nearly", "under")))
    digits = Decimal(low).scaleb(-places)
    upper = Decimal(high).scaleb(-places) if draw(st.booleans()) and high > 0 else None
    scale, unit = draw(st.sampled_from(SCALES)), draw(st.sampled_from(("USD", "EUR", "KZT", "percent", "")))
    if unit == "percent":
        return Percent(digits, qualifier, upper)
    return Amount(digits, scale, unit, qualifier, upper) if unit else Count(digits, scale, qualifier, upper)


def miscounted(language: Language, value: Amount | Percent | Count) -> Iterator[str]:
    """The texts of a quantity, in any case of the language, that say something else."""
    scale = 0 if isinstance(value, Percent) else value.scale
    unit = value.currency if isinstance(value, Amount) else "percent" if isinstance(value, Percent) else ""
    upper = None if value.upper is None else value.upper.scaleb(scale)
    meant = (value.digits.scaleb(scale), upper, unit, value.qualifier)
    for case in sorted(language.cases(type(value))):
        if case.split(" ")[0] not in LESS:
            text = language.say(value, case)
            read = partial(lambda text: reader.amount(language.tag, text).meaning, text)
            if fault := different(read, meant):
                yield f"{language.tag} {case!r}: {text!r} {fault}"


@given(quantities())
def test_ten_texts_carry_the_same_amount(value: Amount | Percent | Count) -> None:
    assert [fault for language in LANGUAGES.values() for fault in miscounted(language, value)] == []


# ---------------------------------------------------------------- any period

DAYS = st.dates(date(1991, 12, 16), date(2049, 12, 31))
# The kinds of the first and of the last part: one letter is one year, quarter, month or day.
KINDS = ("y", "q", "m", "d", "yy", "qq", "mm", "mm", "dd", "dd", "yq", "ym", "yd", "qy", "qm", "my", "md", "dq")


@st.composite
def periods(draw: st.DrawFn) -> str:
    """A year, quarter, month or day, or from one to another of the same or another kind, as ISO 8601 writes it."""
    kinds = draw(st.sampled_from(KINDS))
    first, second = sorted((draw(DAYS), draw(DAYS)))
    if kinds[0] == kinds[-1] and draw(st.booleans()):  # in one year, where languages say the year once
        second = min(first + timedelta(draw(st.integers(0, 300))), date(first.year, 12, 31))
    start, end = part(kinds[0], first), part(kinds[-1], second)
    mixed_in_one_year = first.year == second.year and kinds[0] != kinds[-1]
    return start if start == end or len(kinds) == 1 or mixed_in_one_year else f"{start}/{end}"


def part(kind: str, day: date) -> str:
    quarter = (day.month + 2) // 3
    return {"y": f"{day:%Y}", "q": f"{day:%Y}-Q{quarter}", "m": f"{day:%Y-%m}", "d": f"{day:%Y-%m-%d}"}[kind]


def misdated(language: Language, period: str) -> Iterator[str]:
    """The texts of a period, in any case of the language, that say another."""
    for case in sorted(language.cases(Period)):
        text = language.say(Period.parse(period), case)
        fault = different(partial(reader.period, language.tag, text), period)
        as_of_the_last = case == "as_of" and not different(partial(reader.period, language.tag, text), period[-10:])
        if fault and not as_of_the_last:  # French: as of some days is as of the last of them
            yield f"{language.tag} {case!r}: {text!r} {fault}"


@given(periods())
def test_ten_texts_carry_the_same_period(period: str) -> None:
    assert [fault for language in LANGUAGES.values() for fault in misdated(language, period)] == []


# ---------------------------------------------------------------- any country


def misnamed(language: Language, code: str) -> Iterator[str]:
    """The name of a country by which a reader would take it for another one, and the forms that are another's too."""
    names = language.all_names("short")
    name = names[code].get("bare", names[code]["nom"])
    if fault := different(partial(reader.country, language.tag, name), code):
        yield f"{language.tag}: {name} {fault}"
    said = {language.say(Name(code), case) for case in names[code]}
    for other in names.keys() - {code}:
        yield from (f"{language.tag}: {form} is {other} too" for form in said & set(names[other].values()))


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_the_names_of_all_countries_lead_back_to_them(language: Language) -> None:
    assert [fault for code in COUNTRIES for fault in misnamed(language, code)] == []


# ---------------------------------------------------------------- a fault would be noticed


def spoilt(tmp_path: Path, tag: str, name: str, *changes: tuple[str, str]) -> Language:
    """A language with some texts of a file exchanged; one that is not there is a mistake of the test."""
    folder = shutil.copytree(FOLDER / tag, tmp_path / tag)
    text = (folder / name).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / name).write_text(text, encoding="utf-8")
    return read_language(folder)


def swapped(one: str, other: str) -> tuple[tuple[str, str], ...]:
    return (one, "\0"), (other, one), ("\0", other)


BILLION, BARE = Amount(Decimal("3.5"), 9, "USD"), Amount(Decimal(5), 0, "USD")


@pytest.mark.parametrize(
    ("tag", "value", "changes"),
    [
        ("ru", BILLION, (('word = "млрд"', 'word = "млн"'),)),
        ("de", BILLION, swapped("Milliarde", "Billion")),
        ("zh", BILLION, (('8 = { word = "亿"', '8 = { word = "万"'),)),
        ("ar", BILLION, swapped("مليون", "مليار")),
        ("en", Amount(Decimal("3.500"), 6, "USD"), (("[number]", '[number]\ndecimal = ","\ngroup = "."'),)),
        ("kk", Amount(Decimal(26), 9, "USD", "over"), swapped("астам", "кем")),
        ("es", Amount(Decimal("-3.5"), 9, "EUR"), (("[number]", '[number]\nminus = ""'),)),
        ("uz", BARE, (("AQSH dollari", "yevro"),)),
        ("fr", Percent(Decimal("22.6")), (('percent = { forms = "%"', 'percent = { forms = "fois"'),)),
    ],
)
def test_a_wrong_word_of_an_amount_is_noticed(
    tmp_path: Path, tag: str, value: Amount, changes: tuple[tuple[str, str], ...]
) -> None:
    assert list(miscounted(LANGUAGES[tag], value)) == []
    assert list(miscounted(spoilt(tmp_path, tag, "language.toml", *changes), value)) != []


@pytest.mark.parametrize(
    ("tag", "period", "changes"),
    [
        ("kk", "2025-03", swapped("наурыз", "мамыр")),
        ("tr", "2025-07/2025-08", swapped('"Temmuz"', '"Ağustos"')),
        ("en", "2025-Q2", swapped('"first"', '"second"')),
        ("zh", "2005/2025-Q2", swapped('"第一季度"', '"第二季度"')),
        ("es", "2021/2024-06", (("{start:short} – {end:short}", "{end:short} – {start:short}"),)),
        ("fr", "2025-10-20", (("{dd}/{mm}", "{mm}/{dd}"),)),
    ],
)
def test_a_wrong_word_of_a_period_is_noticed(
    tmp_path: Path, tag: str, period: str, changes: tuple[tuple[str, str], ...]
) -> None:
    assert list(misdated(LANGUAGES[tag], period)) == []
    assert list(misdated(spoilt(tmp_path, tag, "language.toml", *changes), period)) != []


@pytest.mark.parametrize(
    ("tag", "changes"),
    [
        ("ru", swapped("\nCG,short", "\nCD,short")),
        ("ar", swapped("\nCG,short", "\nSK,short")),
        ("en", (("Slovakia", "Slovenia"),)),
    ],
)
def test_the_name_of_another_country_is_noticed(tmp_path: Path, tag: str, changes: tuple[tuple[str, str], ...]) -> None:
    wrong = spoilt(tmp_path, tag, "names.csv", *changes)

    assert [fault for code in ("CG", "SK") for fault in misnamed(LANGUAGES[tag], code)] == []
    assert [fault for code in ("CG", "SK") for fault in misnamed(wrong, code)] != []
