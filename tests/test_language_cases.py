"""Public fault reports on numbers and scripts, each tried as a whole kind of fault in every language."""

import re
import shutil
import unicodedata
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal, localcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.cli import main
from reports.document import Document, Paragraph, Run, plain
from reports.facts.rounding import round_half_up
from reports.facts.values import Amount, Count, Day, Percent
from reports.language import Language, read_language
from reports.sources.numbers import NoNumber, digits
from reports.wording.digits import in_digits
from tests import reader
from tests.pdf_documents import FURNITURE
from tests.reading import Convention, numbers

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "templates" / "languages"
LANGUAGES = {path.name: read_language(path) for path in sorted(FOLDER.iterdir())}
TAGS = tuple(LANGUAGES)
AS_OF = date(2025, 10, 20)
SPACES = " \u00a0\u202f\u2009"
MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
DECIMALS = st.decimals(-(10**12), 10**12, places=3)


def changed(tmp_path: Path, tag: str, *changes: tuple[str, str]) -> Language:
    """A language with some lines of its file changed."""
    folder = shutil.copytree(FOLDER / tag, tmp_path / tag)
    text = (folder / "language.toml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "language.toml").write_text(text, encoding="utf-8")
    return read_language(folder)


def document(tag: str, *blocks: Paragraph) -> Document:
    return Document("Brief", "Subject", tag, LANGUAGES[tag].direction, AS_OF, FURNITURE, blocks, {})


# ---------------------------------------------------------------- O01: groups, printed and read back


def test_groups_are_those_of_cldr(tmp_path: Path) -> None:
    """O01: github.com/python-babel/babel/pull/1007. India groups by two after the first three."""
    value = round_half_up(Decimal("1234567.891"), 1)
    said = {tag: LANGUAGES[tag].number(value) for tag in ("fr", "kk", "ru")}
    indian = changed(tmp_path, "en", ('locale = "en"', 'locale = "en_IN"'))

    assert said == {"fr": "1\u202f234\u202f567,9", "kk": "1\u00a0234\u00a0567,9", "ru": "1\u00a0234\u00a0567,9"}
    assert indian.number(value) == "12,34,567.9"


@given(DECIMALS, st.sampled_from(SPACES))
def test_a_grouped_number_is_read_back_whatever_space_parts_its_groups(value: Decimal, space: str) -> None:
    """O01: a reader, and a program that checks a brief, finds the same number with any of four spaces."""
    for tag, language in LANGUAGES.items():
        printed = re.sub(f"[{SPACES}]", space, language.number(value))
        convention = Convention(reader.TABLES[tag]["decimal"], reader.TABLES[tag]["groups"])
        assert numbers(printed.translate(MARKS), convention) == [value], tag


@given(DECIMALS, st.integers(0, 3), st.sampled_from(SPACES))
def test_a_number_copied_from_a_page_into_the_data_is_never_taken_for_another(
    exact: Decimal, places: int, space: str
) -> None:
    """O01: cells have no groups. What a language prints is refused with advice unless it is what the data mean by it;
    1.234 alone is a number with three decimals there, as docs/data-format.md says."""
    value = round_half_up(exact, places)
    for tag, language in LANGUAGES.items():
        printed = re.sub(f"[{SPACES}]", space, language.number(value)).translate(MARKS).replace("−", "-")
        if tag in ("de", "tr") and re.fullmatch(r"-?\d{1,3}\.\d{3}", printed):
            continue
        assert taken(printed) in (value, "refused"), (tag, printed)


def taken(text: str) -> object:
    """What a cell means to the data."""
    try:
        return digits(text)[0]
    except NoNumber as refused:
        return "refused" if refused.args[1] else "refused without advice"


@pytest.mark.parametrize(
    "text", ["1 234 567,9", "1\u00a0234\u00a0567,9", "1\u202f234\u202f567,9", "1\u2009234\u2009567,9"]
)
def test_a_grouped_number_in_a_cell_is_refused_with_the_reason(text: str) -> None:
    """O01: in German groups too."""
    for one in (text, re.sub(r"\s", ".", text), re.sub(r"\s", "’", text)):
        with pytest.raises(NoNumber) as refused:
            digits(one)
        assert refused.value.args[1] == "digits are not grouped: 1234567"


def test_advice_on_an_english_thousand_does_not_make_it_a_fraction() -> None:
    """O01: 1,234 is a thousand and more in English and hardly more than one in German."""
    with pytest.raises(NoNumber) as refused:
        digits("-1,234")

    assert refused.value.args[1] == "the decimal mark is a point and digits are not grouped: -1.234 or -1234"


# ---------------------------------------------------------------- O02: one set of digits

ARABIC = "٠١٢٣٤٥٦٧٨٩"


def test_arabic_is_printed_in_either_set_of_digits(tmp_path: Path) -> None:
    """O02: github.com/dart-archive/intl/issues/193."""
    values = (Decimal("1234567.5"), Percent(Decimal("12.3")), Day(2026, 3, 5))

    def printed(language: Language) -> list[str]:
        said = (language.number(value) if isinstance(value, Decimal) else language.say(value) for value in values)
        body = document("ar", *(Paragraph((Run(text),)) for text in said))
        turned = in_digits(body, language.quantities.sheet.number.digits)
        texts = (plain(block.text) for block in turned.blocks if isinstance(block, Paragraph))
        return [text.translate(MARKS).replace("\u00a0", " ") for text in texts]

    egyptian = changed(
        tmp_path, "ar", ("[number]\n", f'[number]\ndigits = "{ARABIC}"\ndecimal = "٫"\ngroup = "٬"\n'),
        ('forms = "\\u200E%\\u200E"', 'forms = "٪"'),
    )  # fmt: skip
    assert printed(LANGUAGES["ar"]) == ["1,234,567.5", "12.3%", "5 مارس 2026"]
    assert printed(egyptian) == ["١٬٢٣٤٬٥٦٧٫٥", "١٢٫٣٪", "٥ مارس ٢٠٢٦"]


def test_no_brief_mixes_sets_of_digits(tmp_path: Path) -> None:
    """O02: whatever CLDR takes for the usual digits of a language, and whatever a brief writes."""
    order = ("--lang", ",".join(TAGS), "--as-of", str(AS_OF), "--format", "text", "--out", str(tmp_path))
    assert main(["brief", "LU", "--report", "brief", *order]) == 0

    texts = {path.name: path.read_text("utf-8") for path in tmp_path.rglob("*.txt")}
    assert len(texts) == len(TAGS)
    for name, text in texts.items():
        assert {char for char in text if unicodedata.category(char) == "Nd"} <= set("0123456789"), name


@given(DECIMALS, st.dates(date(1991, 1, 1), date(2050, 1, 1)), st.sampled_from([ARABIC, "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"]))
def test_what_is_said_in_digits_of_ones_own_has_no_other(value: Decimal, day: date, ten: str) -> None:
    """O02: but names and addresses in another script."""
    foreign = Run("Table 12", language="en"), Run("a 3", link="https://example.org/4")
    for tag, language in LANGUAGES.items():
        said = (language.say(Amount(value, 6, "USD")), language.say(Day.of(day)), language.say(Day.of(day), "short"))
        body = document(tag, Paragraph((*map(Run, said), *foreign)))
        (block,) = in_digits(body, ten).blocks
        assert isinstance(block, Paragraph)
        *own, name, address = (run for run in block.text if isinstance(run, Run))
        assert {char for run in own for char in run.text if char.isdecimal()} <= set(ten), tag
        assert (name, address) == foreign


# ---------------------------------------------------------------- O04: the sign of an amount of money

GROUPED = {
    "en": ("1,234.50", "98,765.00"), "fr": ("1\u202f234,50", "98\u202f765,00"), "de": ("1.234,50", "98.765,00"),
    "ru": ("1\u00a0234,50", "98\u00a0765,00"), "kk": ("1\u00a0234,50", "98\u00a0765,00"),
    "tr": ("1.234,50", "98.765,00"),
}  # fmt: skip


@pytest.mark.parametrize("tag", sorted(GROUPED))
def test_a_debt_keeps_its_digits_and_its_sign_stands_first(tag: str) -> None:
    """O04: github.com/python-babel/babel/issues/937; a currency is a word here."""
    for text, (value, currency) in zip(GROUPED[tag], (("-1234.50", "EUR"), ("-98765.00", "KZT")), strict=True):
        said = LANGUAGES[tag].say(Amount(Decimal(value), 0, currency))
        assert re.fullmatch(rf"−{re.escape(text)}\u00a0[^\d−]+", said)


@given(DECIMALS.filter(lambda value: value > 0), st.sampled_from((0, 3, 6, 9, 12)))
def test_an_amount_below_zero_is_the_amount_with_a_sign_before_all_of_it(value: Decimal, scale: int) -> None:
    """O04: in the text, the cell and the panel of every language, for every unit and a currency without words."""
    for language in LANGUAGES.values():
        minus = language.numbers.minus
        for unit in sorted({*language.quantities.sheet.unit, "XDR"} - {"percent", "times"}):
            above, below = Amount(value, scale, unit), Amount(-value, scale, unit)
            assert language.say(below) == minus + language.say(above)
            number, *rest = language.panel(above)
            assert language.panel(below) == (minus + number, *rest)
        assert language.say(Percent(-value)) == minus + language.say(Percent(value))
        assert language.bare(-value) == minus + language.bare(value)


# ---------------------------------------------------------------- O05: rounding

HALVES = (("2.5", 0, "3"), ("3.5", 0, "4"), ("0.125", 2, "0.13"), ("-0.125", 2, "−0.13"), ("1.005", 2, "1.01"),
          ("0.9999", 4, "0.9999"))  # fmt: skip


@pytest.mark.parametrize("tag", TAGS)
def test_halves_are_printed_rounded_away_from_zero(tag: str) -> None:
    """O05: github.com/python-babel/babel/issues/90, half away from zero, once, on exact decimals."""
    mark = reader.TABLES[tag]["decimal"]
    said = [LANGUAGES[tag].number(round_half_up(Decimal(value), places)) for value, places, _ in HALVES]

    assert [text.translate(MARKS) for text in said] == [text.replace(".", mark) for _, _, text in HALVES]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(
    ("value", "said"), [("125", 130), ("-125", -130), ("1250.0", 1300), ("12.5", 13), ("135", 140)]
)
def test_a_spoken_half_goes_away_from_zero_too(tag: str, value: str, said: int) -> None:
    """O05."""
    found = reader.amount(tag, LANGUAGES[tag].say(Amount(Decimal(value), 6, "USD"), "spoken"))

    assert (found.value, found.qualifier) == (Decimal(said * 10**6), "about")


@given(
    st.decimals(-(10**18), 10**18, places=3),
    st.sampled_from((0, 3, 6, 9, 12)),
    st.sampled_from((ROUND_DOWN, ROUND_HALF_EVEN)),
)
def test_digits_do_not_hang_on_how_a_thread_counts(value: Decimal, scale: int, rounding: str) -> None:
    """O05: the precision of Python's decimals is a thread's own, and would round a second time."""
    amount = Amount(value, scale, "USD")
    for language in LANGUAGES.values():
        asked = ("", "abs", "spoken", "signed")
        usual = [language.say(amount, case) for case in asked]
        with localcontext(Context(prec=3, rounding=rounding)):
            assert [reader.digits(language.say(amount, case)) for case in asked] == list(map(reader.digits, usual))
        assert reader.amount(language.tag, usual[0]).value == value.scaleb(scale, reader.ENOUGH)


def test_a_number_of_any_length_is_printed_whole() -> None:
    """O05: 28 digits are all that Python's decimals keep unless they are told."""
    long = "123456789012345678901234567890.5"

    for language in LANGUAGES.values():
        assert reader.digits(language.number(Decimal(long))) == long.replace(".", "")


# ---------------------------------------------------------------- O06: the power that a number is said in


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(
    ("value", "mantissa", "qualifier"), [("999999", "1", "about"), ("999950", "1", "about"), ("1500000", "1.5", "")]
)
def test_the_power_is_chosen_after_rounding(tag: str, value: str, mantissa: str, qualifier: str) -> None:
    """O06: github.com/python-babel/babel/pull/1301. 999,999 is about 1 million, not 1000 thousand, nor 1.0 million."""
    found = reader.amount(tag, LANGUAGES[tag].say(Amount(Decimal(value), 0, "USD"), "spoken"))

    power = 4 if tag == "zh" else 6
    assert found.qualifier == qualifier
    assert (found.powers, str(found.mantissas[0])) == (
        (power,),
        str(Decimal(mantissa) * (100 if tag == "zh" else 1)).removesuffix(".0"),
    )


@given(st.integers(-(10**15) + 10**13, 10**15 - 10**13).filter(bool))
def test_a_spoken_number_is_in_the_largest_power_that_leaves_it_at_least_one(value: int) -> None:
    """O06: and with no zero after the decimal mark, whatever the sign."""
    rounded = round_half_up(Decimal(value), 1 - Decimal(value).adjusted())
    for tag, language in LANGUAGES.items():
        powers = [0, *(power for _, power in reader.TABLES[tag]["scales"] if abs(rounded) >= 10**power)]
        found = reader.amount(tag, language.say(Amount(Decimal(value), 0, "USD"), "spoken"))
        assert (found.value, found.powers) == (rounded, (max(powers),)), tag
        assert not re.search(r"\.\d*0$", str(found.mantissas[0])), tag


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("style", ["", "long", "spoken", "signed"])
def test_every_power_and_plural_has_its_word(tag: str, style: str) -> None:
    """O06: no error in any language, in every case, for powers that it has no word for too."""
    language = LANGUAGES[tag]
    cases = [case for case in language.cases(Amount) if case.split(" ")[0] == style] if style else [""]
    for scale in (0, 3, 4, 6, 8, 9, 12):
        for number in ("0", "1", "2", "3", "5", "11", "21", "1.0", "1.5", "-1", "1000", "123456.789"):
            for case in cases:
                for value in (Amount(Decimal(number), scale, "USD"), Count(Decimal(number), scale)):
                    assert language.say(value, case)
