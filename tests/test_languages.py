"""Languages: names in every case, numbers as published, periods and days, and that none leaks into another."""

import csv
import itertools
import re
import shutil
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from reports.errors import MissingForm, UnknownChoice, WordingError
from reports.facts.values import Amount, Count, Entry, ListOf, Measure, Name, Official, Percent, Term
from reports.language import Language, read_language
from reports.language.countries import read_countries, resolve
from reports.language.quantities import plain as plain_parts
from reports.language.quantities import spoken
from reports.wording.catalogs import read_catalog
from reports.wording.messages import Catalog, Translation
from reports.wording.samples import parse_value
from reports.wording.speaker import Speaker

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "templates" / "languages"
TAGS = tuple(sorted(path.name for path in FOLDER.iterdir()))
LANGUAGES = {tag: read_language(FOLDER / tag) for tag in TAGS}
TEXTS = Path(__file__).parent / "data" / "language"
COUNTRIES = read_countries(ROOT / "templates" / "countries.csv")


def plain(text: str) -> str:
    """Fixed spaces as plain ones, without marks of direction."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u200e", "")


def say(tag: str, value: str, case: str = "") -> str:
    return plain(LANGUAGES[tag].say(parse_value(value), case))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---------------------------------------------------------------- names


@pytest.mark.parametrize("tag", ["ru", "kk", "fr", "de", "tr", "uz", "ar"])
def test_names_have_exactly_the_reviewed_forms(tag: str) -> None:
    known = [row for row in rows(TEXTS / "names.csv") if row["language"] == tag]
    wrong = {
        (row["country"], row["case"], row["form"], said)
        for row in known
        if (said := LANGUAGES[tag].say(Name(row["country"]), row["case"])) != row["form"]
    }

    assert len(known) > (400 if tag != "ar" else 20)
    assert wrong == set()


@pytest.mark.parametrize("tag", TAGS)
def test_every_country_of_cldr_has_every_case(tag: str) -> None:
    cldr = {code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()}
    # Unions and pseudo-codes of CLDR, and parts of other countries.
    no_countries = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
    names = LANGUAGES[tag].all_names("short")
    cases = {frozenset(forms) for forms in names.values()}

    assert set(names) == cldr - no_countries
    assert len(cases) == 1


@pytest.mark.parametrize("tag", TAGS)
def test_names_are_clean_and_different(tag: str) -> None:
    names = LANGUAGES[tag].all_names("short")
    forms = [form for cases in names.values() for form in cases.values()]
    nominatives = [cases["nom"] for cases in names.values()]

    assert all(form == form.strip() and form.isprintable() and "  " not in form for form in forms)
    assert len(set(nominatives)) == len(nominatives)


@pytest.mark.parametrize("tag", TAGS)
def test_the_two_congos_differ_and_neither_is_the_bare_word(tag: str) -> None:
    """O34."""
    names = LANGUAGES[tag].all_names("short")

    assert names["CD"]["nom"] != names["CG"]["nom"]
    assert {names["CD"]["nom"], names["CG"]["nom"]}.isdisjoint({"Congo", "Конго"})


@pytest.mark.parametrize("tag", TAGS)
def test_a_missing_form_is_told_with_its_table_and_an_unknown_case_with_the_choices(tag: str) -> None:
    with pytest.raises(MissingForm, match=r"names\.csv"):
        LANGUAGES[tag].say(Name("AA"))
    with pytest.raises(WordingError, match="choose from"):
        LANGUAGES[tag].say(Name("FR"), "comitative")


@pytest.mark.parametrize("tag", TAGS)
def test_partners_have_official_names_in_every_case(tag: str) -> None:
    official, short = LANGUAGES[tag].all_names("official"), LANGUAGES[tag].all_names("short")

    assert set(official) >= set("KZ AE AZ BE CH CN CZ DE FR GB HU IT JP KG KR LU NL RU TJ TM TR US UZ".split())  # noqa: SIM905
    assert {frozenset(forms) for forms in official.values()} == {frozenset(short["KZ"])}


def test_official_names_are_declined() -> None:
    said = {tag: LANGUAGES[tag].say(Name("LU"), case) for tag, case in (("ru", "official gen"), ("kk", "official dat"))}

    assert said == {"ru": "Великого Герцогства Люксембург", "kk": "Люксембург Ұлы Герцогтігіне"}
    assert LANGUAGES["en"].say(Name("LU"), "official") == "the Grand Duchy of Luxembourg"
    assert LANGUAGES["fr"].say(Name("FR"), "official in") == "en République française"


# ---------------------------------------------------------------- which country (O34, O35)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Congo-Brazzaville", "COG"),
        ("Congo-Kinshasa", "COD"),
        ("Congo, Dem. Rep.", "COD"),
        ("Congo, Rep.", "COG"),
        ("DR Congo", "COD"),
        ("RDC", "COD"),
        ("刚果（金）", "COD"),
        ("刚果（布）", "COG"),
    ],
)
def test_each_name_of_a_congo_means_one_of_them(text: str, code: str) -> None:
    assert resolve(text, COUNTRIES).alpha3 == code


@pytest.mark.parametrize("text", ["Конго", "Congo"])
def test_the_bare_word_is_refused_with_the_choice(text: str) -> None:
    with pytest.raises(WordingError, match="COD or COG"):
        resolve(text, COUNTRIES)


@pytest.mark.parametrize(
    ("text", "alpha2", "alpha3", "note"),
    [
        ("XKX", "XK", "XKX", "user-assigned"),
        ("KSV", "XK", "XKX", "old World Bank code"),
        ("XK", "XK", "XKX", "user-assigned"),
        ("ROM", "RO", "ROU", "old code"),
        ("ROU", "RO", "ROU", ""),
        ("EL", "GR", "GRC", "Eurostat code"),
        ("UK", "GB", "GBR", "Eurostat code"),
        ("490", None, None, 'label "Other Asia, nes" kept; no ISO code unless configured'),
        ("TUR", "TR", "TUR", ""),
        ("Turkey", "TR", "TUR", ""),
        ("Türkiye", "TR", "TUR", ""),
        ("TURKIYE", "TR", "TUR", ""),
        ("Other Asia, nes", None, None, "label kept"),
        ("Kosovo", "XK", "XKX", "user-assigned"),
    ],
)
def test_codes_and_names_mean_what_their_users_mean(
    text: str, alpha2: str | None, alpha3: str | None, note: str
) -> None:
    found = resolve(text, COUNTRIES)

    assert (found.alpha2, found.alpha3, found.note) == (alpha2, alpha3, note)


def test_turkey_is_printed_as_it_asks_to_be() -> None:
    assert say("en", "name:TR") == "Türkiye"


@pytest.mark.parametrize("tag", TAGS)
def test_every_name_in_every_language_leads_back_to_its_country(tag: str) -> None:
    names = LANGUAGES[tag].all_names("short")

    assert {code: resolve(cases["nom"], COUNTRIES).alpha2 for code, cases in names.items()} == {
        code: code for code in names
    }


def test_what_is_no_country_is_refused() -> None:
    with pytest.raises(UnknownChoice):
        resolve("Atlantis", COUNTRIES)


# ---------------------------------------------------------------- counts (O07)

COUNTS = ("0", "1", "2", "5", "11", "21", "22", "25", "111", "121", "1.5")
READ: dict[str, Any] = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(TEXTS.glob("*.toml"))}
NOUNS = tuple(tag for tag, read in READ.items() if "nouns" in read)


@pytest.mark.parametrize("tag", NOUNS)
def test_a_noun_follows_the_number_before_it(tmp_path: Path, tag: str) -> None:
    """A unit of one's own in language.toml agrees with whole numbers and decimals, as they are printed."""
    folder = shutil.copytree(FOLDER / tag, tmp_path / tag)
    sheet = (folder / "language.toml").read_text("utf-8")
    first = sheet.index("\n[unit")
    asked = tomllib.loads(sheet)["unit"]["USD"]["forms"]
    forms = ", ".join(
        f"{form} = {READ[tag]['unit']}" for form in (("nom", "post") if isinstance(asked, str) else asked)
    )
    unit = f"\n[unit.agreement]\nforms = {{ {forms} }}\n"
    (folder / "language.toml").write_text(sheet[:first] + unit + sheet[first:], encoding="utf-8")
    language = read_language(folder)

    said = [plain(language.say(Measure(Decimal(count), 0, "agreement"))) for count in COUNTS]
    digits = [count.replace(".", READ[tag]["decimal"]) for count in COUNTS]
    gap = LANGUAGES[tag].gap
    assert said == [f"{number}{gap}{noun}" for number, noun in zip(digits, READ[tag]["nouns"], strict=True)]


@pytest.mark.parametrize("tag", NOUNS)
def test_a_sentence_with_a_count_takes_the_plural_of_its_language(tag: str) -> None:
    plural = read_catalog(FOLDER / tag / "messages.po").plural
    catalog = Catalog(
        {("", "{n} a."): Translation(tuple(f"{{n}} {word}." for word in READ[tag]["plurals"]), "")}, plural
    )
    speaker = Speaker(LANGUAGES[tag], catalog, LANGUAGES["en"])

    for count, noun in zip(COUNTS[:-1], READ[tag]["nouns"], strict=False):
        said = speaker("{n} a.", "{n} as.", "", {"n": Count(Decimal(count))})
        assert "".join(run.text for run in said) == f"{count} {noun}."


# ---------------------------------------------------------------- values

VALUES = rows(TEXTS / "values.csv")


@pytest.mark.parametrize("tag", sorted({row["language"] for row in VALUES}))
def test_values_are_said_as_a_native_reader_would(tag: str) -> None:
    """Amounts negative, zero, tiny and huge, ranges, approximations, periods and days of all kinds, names."""
    asked = [row for row in VALUES if row["language"] == tag]
    said = [(row["value"], row["case"], say(tag, row["value"], row["case"])) for row in asked]

    assert said == [(row["value"], row["case"], plain(row["said"])) for row in asked]


# ---------------------------------------------------------------- numbers


def test_numbers_have_the_signs_of_their_language() -> None:
    """O01, O03: groups and decimals of CLDR, a real minus, the place of the percent sign."""
    number = Decimal("1234567.9")
    said = {tag: LANGUAGES[tag].number(number) for tag in ("en", "ru", "kk", "fr")}

    assert said == {
        "en": "1,234,567.9",
        "ru": "1\u00a0234\u00a0567,9",
        "kk": "1\u00a0234\u00a0567,9",
        "fr": "1\u202f234\u202f567,9",
    }
    percents = {tag: LANGUAGES[tag].say(Percent(Decimal("-12.3"))) for tag in said}
    assert percents == {"en": "−12.3%", "ru": "−12,3\u00a0%", "kk": "−12,3%", "fr": "−12,3\u00a0%"}


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12),
    st.integers(0, 3),
)
def test_digits_are_printed_as_published(number: Decimal, places: int) -> None:
    """None lost, none added, in any language: the digits read back are the digits given."""
    value = number.quantize(Decimal(1).scaleb(-places))
    for language in LANGUAGES.values():
        digits = "".join(filter(str.isdigit, language.number(value)))
        assert digits == f"{abs(value):f}".replace(".", "")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("amount:13.6e6:USD", (
            "13.6 million US dollars",
            "13,6 млн долларов США",
            "13,6 млн АҚШ доллары",
            "13,6 millions de dollars américains",
        )),
        ("amount:36.5e3:USD", (
            "36.5 thousand US dollars",
            "36,5 тыс. долларов США",
            "36,5 мың АҚШ доллары",
            "36 500 dollars américains",
        )),
        ("amount:3.5e9:USD", (
            "3.5 billion US dollars",
            "3,5 млрд долларов США",
            "3,5 млрд АҚШ доллары",
            "3,5 milliards de dollars américains",
        )),
        ("amount:1e6:EUR", ("1 million euros", "1 млн евро", "1 млн еуро", "1 million d’euros")),
        ("amount:5.0e6:USD", (
            "5.0 million US dollars",
            "5,0 млн долларов США",
            "5,0 млн АҚШ доллары",
            "5,0 millions de dollars américains",
        )),
        ("amount:over 26e9:USD", (
            "over 26 billion US dollars",
            "более 26 млрд долларов США",
            "26 млрд АҚШ долларынан астам",
            "plus de 26 milliards de dollars américains",
        )),
    ],
)  # fmt: skip
def test_amounts_are_said_in_words(value: str, said: tuple[str, ...]) -> None:
    assert tuple(say(tag, value) for tag in ("en", "ru", "kk", "fr")) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("amount:1e6:USD", ("1 million", "1 миллион", "1 миллион", "1 million")),
        ("amount:1.5e6:USD", ("1.5 million", "1,5 миллиона", "1,5 миллион", "1,5 million")),
        ("amount:5.0e6:USD", ("5.0 million", "5,0 миллиона", "5,0 миллион", "5,0 millions")),
        ("amount:-123.5e6:USD", ("−123.5 million", "−123,5 миллиона", "−123,5 миллион", "−123,5 millions")),
    ],
)
def test_scale_words_written_out_agree_with_the_digits_printed(value: str, said: tuple[str, ...]) -> None:
    """O06: the plural is that of what is printed."""
    for tag, start in zip(("en", "ru", "kk", "fr"), said, strict=True):
        assert say(tag, value, "long").startswith(start + " ")


def test_kazakh_amounts_have_cases() -> None:
    said = [say("kk", "amount:13.6e6:USD", case) for case in ("acc", "dat", "abl")]

    assert said == ["13,6 млн АҚШ долларын", "13,6 млн АҚШ долларына", "13,6 млн АҚШ долларынан"]


def test_the_words_of_an_approximation_take_the_case_where_they_have_one() -> None:
    said = [say("kk", "amount:over 26e9:USD", case) for case in ("", "acc", "dat")]

    assert said == ["26 млрд АҚШ долларынан астам", "26 млрд АҚШ долларынан астамды", "26 млрд АҚШ долларынан астамға"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("amount:4087.3e6:USD", "about 4.1 billion US dollars"),
        ("amount:13.60e6:USD", "about 14 million US dollars"),
        ("amount:3.5e9:USD", "3.5 billion US dollars"),
        ("amount:999600e3:EUR", "about 1 billion euros"),
        ("amount:-19.54e6:USD", "about −20 million US dollars"),
        ("amount:over 26.4e9:USD", "over 26 billion US dollars"),
        ("amount:0e6:USD", "0 million US dollars"),
        ("amount:350..400e6:USD", "350–400 million US dollars"),
        ("percent:22.6", "about 23%"),
        ("count:178", "about 180"),
        ("count:5", "5"),
    ],
)
def test_a_figure_is_spoken_with_two_digits(value: str, said: str) -> None:
    """The exact figure is for reading, the spoken one for saying: one value, one rule."""
    assert say("en", value, "spoken") == said


def test_a_spoken_figure_has_the_cases_of_its_language() -> None:
    assert say("ru", "amount:4087.3e6:USD", "spoken") == "около 4,1 млрд долларов США"
    assert say("kk", "amount:4087.3e6:USD", "spoken acc") == "шамамен 4,1 млрд АҚШ долларын"
    assert say("fr", "amount:4087.3e6:USD", "spoken") == "environ 4,1 milliards de dollars américains"


@given(st.integers(1, 10**14))
def test_a_spoken_figure_is_never_further_off_than_its_second_digit(number: int) -> None:
    parts = spoken(plain_parts(Amount(Decimal(number), 0, "USD")), (3, 6, 9, 12))
    said = parts.digits.scaleb(parts.scale)

    assert abs(said - number) * 2 <= Decimal(10) ** (Decimal(number).adjusted() - 1)
    assert (said == number) == (parts.qualifier == "")


def test_a_key_figure_has_its_number_apart() -> None:
    value = Amount(Decimal("19.54"), 6, "USD")

    assert [LANGUAGES[tag].panel(value)[:2] for tag in ("en", "fr")] == [("19.54", "m USD"), ("19,54", "M USD")]


# ---------------------------------------------------------------- time (O08)


@pytest.mark.parametrize(
    ("value", "case", "said"),
    [
        ("period:2025-01/2025-08", "in", (
            "in January–August 2025",
            "в январе – августе 2025 года",
            "2025 жылғы қаңтар–тамызда",
            "de janvier à août 2025",
        )),
        ("period:2024", "in", ("in 2024", "в 2024 году", "2024 жылы", "en 2024")),
        ("period:2005/2025-Q2", "in", (
            "from 2005 to the second quarter of 2025",
            "с 2005 года по второй квартал 2025 года",
            "2005 жылдан бастап 2025 жылғы екінші тоқсанға дейін",
            "de 2005 au deuxième trimestre 2025",
        )),
        ("period:2005/..@2024-10-15", "in", ("since 2005", "с 2005 года", "2005 жылдан бастап", "depuis 2005")),
        ("period:2026-03", "label", ("March 2026", "март 2026 г.", "2026 ж. наурыз", "mars 2026")),
        ("period:2026-Q1", "label", ("Q1 2026", "1-й кв. 2026 г.", "2026 ж. І тқс.", "T1 2026")),
        ("day:2024-12-30", "nom", (
            "30 December 2024", "30 декабря 2024 года", "2024 жылғы 30 желтоқсан", "30 décembre 2024",
        )),
        ("day:2025-10-01", "on", (
            "on 1 October 2025",
            "1 октября 2025 года",
            "2025 жылғы 1 қазанда",
            "le 1er octobre 2025",
        )),
        ("day:2025-10", "on", ("in October 2025", "в октябре 2025 года", "2025 жылғы қазанда", "en octobre 2025")),
        ("day:2025-10-20", "as_of", (
            "as of 20 October 2025",
            "по состоянию на 20 октября 2025 года",
            "2025 жылғы 20 қазандағы жағдай бойынша",
            "au 20 octobre 2025",
        )),
        ("day:2025-10-20", "short", ("20 Oct 2025", "20.10.2025", "20.10.2025", "20/10/2025")),
        ("day:2024-11-19/2024-11-21", "by", (
            "by 21 November 2024",
            "не позднее 21 ноября 2024 года",
            "2024 жылғы 21 қараша немесе одан бұрын",
            "au plus tard le 21 novembre 2024",
        )),
        ("day:2024-11/2024-12", "since", (
            "since November 2024",
            "с ноября 2024 года",
            "2024 жылғы қараша–желтоқсаннан бастап",
            "depuis novembre 2024",
        )),
        ("day:2024-11-02/2024-12-01", "since", (
            "since 2 November 2024",
            "со 2 ноября 2024 года",
            "2024 жылғы 2 қараша – 1 желтоқсаннан бастап",
            "depuis le 2 novembre 2024",
        )),
        ("day:2024-11-19/2024-11-21", "on", (
            "on 19–21 November 2024",
            "19–21 ноября 2024 года",
            "2024 жылғы 19–21 қарашада",
            "du 19 au 21 novembre 2024",
        )),
    ],
)  # fmt: skip
def test_periods_and_days_are_said_as_a_sentence_needs_them(value: str, case: str, said: tuple[str, ...]) -> None:
    assert tuple(say(tag, value, case) for tag in ("en", "ru", "kk", "fr")) == said


# ---------------------------------------------------------------- lists, officials, terms


def test_a_list_of_two_countries_follows_the_end_of_the_first() -> None:
    pairs = [ListOf((Name(first), Name("LU"))) for first in ("KZ", "US", "LU")]

    assert [LANGUAGES["kk"].say(pair) for pair in pairs] == [
        "Қазақстан мен Люксембург",
        "АҚШ пен Люксембург",
        "Люксембург пен Люксембург",
    ]


def test_spanish_says_e_before_the_sound_of_i_and_joins_de_and_a_with_the_article() -> None:
    spanish = LANGUAGES["es"]
    countries = ["IT", "IE", "HU", "IN", "GB", "SV"]

    assert [spanish.say(Name(code), "and") for code in countries] == [
        "e Italia", "e Irlanda", "y Hungría", "y la India", "y el Reino Unido", "y El Salvador",
    ]  # fmt: skip
    assert [spanish.say(Name(code), "from") for code in countries[3:]] == [
        "de la India", "del Reino Unido", "de El Salvador",
    ]  # fmt: skip
    assert [spanish.say(Name(code), "to") for code in countries[3:]] == [
        "a la India",
        "al Reino Unido",
        "a El Salvador",
    ]
    assert [spanish.joined(["cobre", word]) for word in ("hierro", "hidrógeno", "uranio")] == [
        "cobre y hierro", "cobre e hidrógeno", "cobre y uranio",
    ]  # fmt: skip


def test_spanish_parts_groups_from_five_digits_and_shortens_its_ordinals() -> None:
    said = [say("es", f"amount:{number}:USD") for number in ("1234", "12345", "1e6", "-123.5e6", "3.5e9")]

    assert said == [
        "1234 dólares estadounidenses",
        "12 345 dólares estadounidenses",
        "1 millón de dólares estadounidenses",
        "−123,5 millones de dólares estadounidenses",
        "3,5 mil millones de dólares estadounidenses",
    ]
    assert [say("es", f"count:{number}", "ordinal") for number in (1, 3, 10, 21, 33)] == [
        "1.er", "3.er", "10.º", "21.er", "33.er",
    ]  # fmt: skip


def test_three_are_joined_as_the_language_joins_them() -> None:
    items = ["A", "B", "C"]

    assert {tag: LANGUAGES[tag].joined(items) for tag in ("en", "ru", "kk", "fr")} == {
        "en": "A, B and C",
        "ru": "A, B и C",
        "kk": "A, B және C",
        "fr": "A, B et C",
    }


def test_an_official_is_title_and_person_in_one_case() -> None:
    words = {
        ("title", "Prime Minister"): {"": "Премьер-министр", "gen": "Премьер-министра"},
        ("person", "Luc Frieden"): {"": "Люк Фриден", "gen": "Люка Фридена"},
    }
    language = LANGUAGES["ru"].with_words(words, original=False)
    official = Official(Entry("title", "Prime Minister"), Entry("person", "Luc Frieden"), "LU")

    assert language.say(official) == "Премьер-министр Люк Фриден"
    assert language.say(official, "gen") == "Премьер-министра Люка Фридена"


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_has_the_same_terms(tag: str) -> None:
    terms = {row["term"] for row in rows(FOLDER / tag / "terms.csv")}

    assert terms == {row["term"] for row in rows(FOLDER / "en" / "terms.csv")}
    assert all(LANGUAGES[tag].say(Term(term)) for term in terms)


# ---------------------------------------------------------------- laws


def everything(language: Language) -> tuple[str, ...]:
    values = (
        "period:2025-01/2025-08",
        "period:2025-Q2",
        "amount:13.6e6:USD",
        "day:2025-03-05",
        "name:FR",
        "percent:1.5",
    )
    return tuple(language.say(parse_value(value)) for value in values)


def test_languages_never_leak_into_one_another_whatever_the_order() -> None:
    alone = {tag: everything(read_language(FOLDER / tag)) for tag in TAGS}

    for order in itertools.permutations(TAGS, 2):
        fresh = {tag: read_language(FOLDER / tag) for tag in order}
        assert {tag: everything(fresh[tag]) for tag in order} == {tag: alone[tag] for tag in order}


@pytest.mark.parametrize("tag", TAGS)
def test_typography_is_a_fixed_point(tag: str) -> None:
    text = "В 2024 году экспорт – 36,5 тыс. долларов ; « да » : 13 % и № 5"
    once = LANGUAGES[tag].polish(text)

    assert LANGUAGES[tag].polish(once) == once


def test_typography_puts_the_spaces_of_the_language() -> None:
    assert LANGUAGES["fr"].polish("« Accord » : 13 % ; fin !") == (
        "«\u00a0Accord\u00a0»\u00a0: 13\u00a0%\u202f; fin\u202f!"
    )
    assert LANGUAGES["ru"].polish("экспорт – 5 млн и № 5") == "экспорт\u00a0– 5\u00a0млн и №\u00a05"


@pytest.mark.parametrize("tag", TAGS)
def test_a_slip_in_the_language_file_is_told_with_its_key(tmp_path: Path, tag: str) -> None:
    folder = shutil.copytree(FOLDER / tag, tmp_path / tag)
    path = folder / "language.toml"
    path.write_text("colour = 1\n" + path.read_text("utf-8"), encoding="utf-8")
    assert tomllib.loads(path.read_text("utf-8"))["colour"] == 1

    with pytest.raises(WordingError, match=r"language\.toml.*colour|colour"):
        read_language(folder)


@pytest.mark.parametrize(
    ("found", "put", "told"),
    [
        ("9 = { word", "10 = { word", "scale lacks 9"),
        ("[qualifier]\nover =", "[qualifier]\nbeyond =", "qualifier lacks over"),
        ('other = "euros"', 'many = "euros"', "unit.EUR.forms.nom lacks other"),
        ("t = { forms = { nom", "t = { forms = { gen", "unit.t.forms lacks nom"),
        ("km2 = { forms", "mi2 = { forms", "unit lacks km2"),
        (', "" = "th" }', " }", "ordinal. lacks some last digits"),
        ('on = "=in"', 'on = "=inside"', "refers to inside, which is not there"),
        ('on = "=in"', 'on = "=on"', "refers to on, which is itself"),
        ('nom = "{title} {person}"', 'plain = "{title} {person}"', "official lacks nom"),
        ('last = " and "', 'last = " and "\nbefore = { "(" = " & " }', "list.before"),
    ],
)
def test_a_form_that_the_language_file_lacks_is_told_when_it_is_read(
    tmp_path: Path, found: str, put: str, told: str
) -> None:
    """Not when a figure asks for it, perhaps a year later."""
    folder = shutil.copytree(FOLDER / "en", tmp_path / "en")
    path = folder / "language.toml"
    text = path.read_text("utf-8")
    assert found in text

    path.write_text(text.replace(found, put, 1), encoding="utf-8")
    with pytest.raises(WordingError, match=re.escape(told)):
        read_language(folder)


@pytest.mark.parametrize("tag", TAGS)
def test_a_caption_never_loses_the_power_of_its_numbers(tag: str) -> None:
    """A table in trillions says so, also where running text has no such word."""
    units = [LANGUAGES[tag].unit(scale, "USD") for scale in (0, 3, 6, 9, 12)]

    assert len(set(units)) == len(units)
    with pytest.raises(WordingError, match="no word for 10 to the power 5"):
        LANGUAGES[tag].unit(5, "USD")
