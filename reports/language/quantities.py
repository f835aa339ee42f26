"""Amounts, percents, times, counts and measures in words and cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never

from reports.errors import Problem, WordingError
from reports.facts.rounding import arithmetic, round_half_up
from reports.facts.values import Amount, Count, Measure, Percent, Quantity, Times
from reports.language.numbers import Numbers, shifted
from reports.language.patterns import Pattern
from reports.language.sheet import Forms, Sheet, UnitSheet

SIGNS = ("signed", "abs")
STYLES = ("long", "spoken")
SPOKEN_DIGITS = 2  # significant digits of a figure that is spoken, not read
BARE = ("percent", "times")  # units without scale words
FIELDS = ("number", "scale", "unit")
SIGN_CHARACTERS = ("−", "-", "+")


@dataclass(frozen=True, slots=True)
class Plain:
    """Any quantity in the same five parts; unit percent, times, an ISO 4217 code, km, km2, t or none."""

    digits: Decimal
    upper: Decimal | None
    scale: int
    unit: str
    qualifier: str


def plain(value: Quantity) -> Plain:
    """The parts of a quantity."""
    match value:
        case Amount(digits, scale, unit, qualifier, upper):
            return Plain(digits, upper, scale, unit, qualifier)
        case Measure(digits, scale, unit, qualifier, upper):
            return Plain(digits, upper, scale, unit, qualifier)
        case Count(digits, scale, qualifier, upper):
            return Plain(digits, upper, scale, "", qualifier)
        case Percent(digits, qualifier, upper):
            return Plain(digits, upper, 0, "percent", qualifier)
        case Times(digits, qualifier, upper):
            return Plain(digits, upper, 0, "times", qualifier)
        case _:
            assert_never(value)


def spoken(parts: Plain, scales: Sequence[int]) -> Plain:
    """A figure as one says it: two significant digits in the largest unit, with 'about' where that is not exact.

    4,087.3 million is 'about 4.1 billion', 13.60 million 'about 14 million', 3.5 billion itself. Rounded once, half up,
    from the exact value; a range stays as it is.
    """
    if parts.upper is not None or not parts.digits:
        return parts
    exact = parts.digits.scaleb(parts.scale, arithmetic())
    rounded = round_half_up(exact, SPOKEN_DIGITS - 1 - exact.adjusted())
    usual = (scale for scale in scales if parts.unit not in BARE and rounded.copy_abs() >= 10**scale)
    scale = max(usual, default=0)
    digits = rounded.scaleb(-scale, arithmetic()).normalize(arithmetic())
    whole = digits.quantize(Decimal(1), context=arithmetic()) if digits == digits.to_integral_value() else digits
    return replace(parts, digits=whole, scale=scale, qualifier=parts.qualifier or ("" if rounded == exact else "about"))


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of one unit."""

    plain: Pattern
    scaled: Pattern
    caption: Pattern


@dataclass(frozen=True, slots=True)
class Quantities:
    """What a language file says of quantities, its patterns parsed."""

    where: str
    sheet: Sheet
    numbers: Numbers
    general: Patterns
    count: Pattern
    units: Mapping[str, Patterns]
    qualifiers: Mapping[str, Mapping[str, Pattern]]
    short_qualifiers: Mapping[str, Pattern]
    cases: frozenset[str]
    count_cases: frozenset[str]

    def say(self, value: Quantity, case: str) -> str:
        """The quantity in a case, which may follow `signed`, `abs`, `long` or `spoken`; `ordinal` stands for itself."""
        cases = self.count_cases if isinstance(value, Count) else self.cases
        if case not in cases:
            choices = ", ".join(sorted(cases))
            raise WordingError(Problem(self.where, f"a figure has no case {case!r}", f"choose from {choices}"))
        modifier, _, rest = case.partition(" ")
        if modifier == "ordinal":
            return self._ordinal(plain(value), rest)
        if modifier not in (*SIGNS, *STYLES):
            modifier, rest = "", case
        parts = plain(value)
        if modifier == "abs":
            parts = replace(parts, digits=parts.digits.copy_abs(), upper=parts.upper and parts.upper.copy_abs())
        if modifier == "spoken":
            parts = spoken(parts, self.sheet.number.scales)
        return self._qualified(parts, self.sheet.quantity.cases[rest], modifier)

    def unit(self, scale: int, unit: str) -> str:
        """The words of a unit as a caption has them: 'million US dollars'. WordingError for a power without a word.

        Without it the caption would belie its numbers.
        """
        if scale and str(scale) not in self.sheet.scale:
            raise WordingError(Problem(self.where, f"no word for 10 to the power {scale}", f"add [scale.{scale}]"))
        word = self._scale_word(scale, Decimal(10), "word") if scale else ""
        form = self._unit_form(unit, "nom", Decimal(10), bool(scale)) if unit else ""
        if not (word and form):
            return word or form
        words = {"scale": word, "unit": form}
        return self.units.get(unit, self.general).caption.fill(lambda field, _: words[field])

    def panel(self, value: Quantity) -> tuple[str, str, bool]:
        """Number, short unit, and whether the unit stands first."""
        parts = self._written(plain(value))
        number = self._number(parts, plus=False)
        if parts.qualifier:
            number = self.short_qualifiers[parts.qualifier].fill(lambda _field, _case: number)
        patterns = self.units.get(parts.unit, self.general)
        order = patterns.plain.order()
        unit_first = bool(parts.unit) and order.index("unit") < order.index("number")
        return number, self._short_unit(parts), unit_first

    def panel_scale(self, value: Quantity) -> int:
        """The power of ten that the short unit of `panel` stands for."""
        return self._written(plain(value)).scale

    def bare(self, digits: Decimal, upper: Decimal | None, qualifier: str) -> str:
        """The digits of a cell, of a range if `upper` is given, with the short sign of a qualifier."""
        number = self.numbers.number(digits) if upper is None else self.numbers.range(digits, upper)
        return self.short_qualifiers[qualifier].fill(lambda _field, _case: number) if qualifier else number

    def _short_unit(self, parts: Plain) -> str:
        scale = self.sheet.scale[str(parts.scale)].short if parts.scale else ""
        if not parts.unit:
            return scale
        sheet = self.sheet.unit.get(parts.unit)
        unit = sheet.short if sheet and sheet.short else self._unit_form(parts.unit, "nom", parts.digits, False)
        return f"{scale}{self.sheet.gap}{unit}" if scale else unit

    def _qualified(self, parts: Plain, form: str, modifier: str) -> str:
        if not parts.qualifier:
            return self._value(parts, form, modifier)
        governed = self.sheet.qualifier[parts.qualifier].form or form
        text = self._value(parts, governed, modifier)
        words = self.qualifiers[parts.qualifier]
        return words.get(form, words[""]).fill(lambda _field, _case: text)

    def _value(self, parts: Plain, form: str, modifier: str) -> str:
        if parts.upper is not None and self.sheet.number.range_repeats:
            return self._from_to(parts, parts.upper, form, modifier)
        parts = self._written(parts)
        count = parts.digits if parts.upper is None else parts.upper
        number = self._number(parts, plus=modifier == "signed")
        if not parts.unit and not parts.scale:
            return number + _ending(self.sheet.quantity.endings.get(form, {}), count)
        style = "long" if modifier == "long" else "word"
        words = {
            "number": number,
            "scale": self._alone(parts, form, style) if not parts.unit else self._scale_word(parts.scale, count, style),
            "unit": self._unit_form(parts.unit, form, count, bool(parts.scale)),
        }
        return _sign_first(self._pattern(parts).fill(lambda field, _case: words[field]), number)

    def _from_to(self, parts: Plain, upper: Decimal, form: str, modifier: str) -> str:
        """Both ends of a range with what belongs to each: 5000万—1.2亿美元, 10%—15%."""
        start, end = replace(parts, upper=None), replace(parts, digits=upper, upper=None)
        alone = not self._written(start).scale and self._written(end).scale  # 1000美元—1万美元, or it would be 1000万
        repeated = parts.unit if parts.unit in BARE or alone else ""
        first = self._value(replace(start, unit=repeated), form, modifier)
        last = self._value(end, form, modifier)
        return f"{first}{self.numbers.joint(parts.digits, upper)}{last}"

    def _pattern(self, parts: Plain) -> Pattern:
        if not parts.unit:
            return self.count
        patterns = self.units.get(parts.unit, self.general)
        return patterns.scaled if parts.scale else patterns.plain

    def _written(self, parts: Plain) -> Plain:
        if parts.unit in BARE:
            return parts
        digits, scale = self.numbers.written(parts.digits, parts.scale)
        upper = parts.upper if parts.upper is None else shifted(parts.upper, parts.scale - scale)
        return replace(parts, digits=digits, upper=upper, scale=scale)

    def _number(self, parts: Plain, plus: bool) -> str:
        if parts.upper is None:
            return self.numbers.number(parts.digits, plus)
        return self.numbers.range(parts.digits, parts.upper)

    def _scale_word(self, scale: int, count: Decimal, style: str) -> str:
        sheet = self.sheet.scale.get(str(scale)) if scale else None
        if sheet is None:
            return ""
        return self._form(sheet.long if style == "long" else sheet.word, count)

    def _alone(self, parts: Plain, form: str, style: str) -> str:
        alone = self.sheet.scale[str(parts.scale)].alone
        return (
            self._form(alone[form], parts.digits)
            if form in alone
            else self._scale_word(parts.scale, parts.digits, style)
        )

    def _unit_form(self, unit: str, form: str, count: Decimal, scaled: bool) -> str:
        """The unit beside its number; a currency without words is its ISO 4217 code."""
        sheet = self.sheet.unit.get(unit)
        if sheet is None:
            return unit
        if isinstance(sheet.forms, str):
            return sheet.forms
        forms = sheet.forms[form]
        if scaled and not isinstance(forms, str) and "scaled" in forms:
            return forms["scaled"]
        return self._form(forms, count)

    def _form(self, forms: Forms, count: Decimal) -> str:
        return forms if isinstance(forms, str) else forms.get(self.numbers.plural(count), forms["other"])

    def _ordinal(self, parts: Plain, gender: str) -> str:
        return self.numbers.number(parts.digits) + _ending(self.sheet.quantity.ordinal[gender], parts.digits)


def _sign_first(text: str, number: str) -> str:
    """A sign stands before what is glued to its number: −%4 and not %−4, as CLDR has it for currencies too."""
    before, _, after = text.partition(number)
    if number[:1] in SIGN_CHARACTERS and before and not before[-1].isspace():
        word = len(before) - len(before.rsplit(maxsplit=1)[-1])
        return f"{before[:word]}{number[0]}{before[word:]}{number[1:]}{after}"
    return text


def _ending(endings: Mapping[str, str], count: Decimal) -> str:
    """What hangs on the digits as they are read, the fraction last: by all of them ('=1'), else by the longest ending.

    >>> [_ending({"=1": "er", "": "e"}, Decimal(n)) for n in (1, 21)]
    ['er', 'e']
    """
    whole, _, fraction = f"{count.copy_abs():f}".partition(".")
    digits = fraction or whole
    exact = endings.get("=" + digits)
    if exact is not None or not endings:
        return exact or ""
    return endings[max((end for end in endings if digits.endswith(end) and not end.startswith("=")), key=len)]


def quantities(sheet: Sheet, numbers: Numbers, where: str) -> Quantities:
    """The quantities of a language file; WordingError where a pattern or a form is wrong."""

    def parsed(text: str, *fields: str) -> Pattern:
        return Pattern.parse(text, fields or FIELDS, where)

    def patterns(unit: UnitSheet) -> Patterns:
        return Patterns(
            parsed(unit.plain) if unit.plain else general.plain,
            parsed(unit.scaled) if unit.scaled else general.scaled,
            parsed(unit.caption) if unit.caption else general.caption,
        )

    base = sheet.pattern
    general = Patterns(parsed(base.plain), parsed(base.scaled), parsed(base.caption))
    return Quantities(
        where,
        sheet,
        numbers,
        general,
        parsed(base.count),
        {name: patterns(unit) for name, unit in sheet.unit.items()},
        {
            name: {case: parsed(text, "value") for case, text in {"": one.text, **one.cases}.items()}
            for name, one in sheet.qualifier.items()
        },
        {name: parsed(one.short, "value") for name, one in sheet.qualifier.items()},
        _cases(sheet),
        _cases(sheet) | {f"ordinal {form}".strip() for form in sheet.quantity.ordinal},
    )


def _cases(sheet: Sheet) -> frozenset[str]:
    cases = set(sheet.quantity.cases)
    return frozenset(cases | {f"{modifier} {case}".strip() for modifier in (*SIGNS, *STYLES) for case in cases})
