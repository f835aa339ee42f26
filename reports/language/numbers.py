"""Numbers with exactly the digits given, in the signs of a language."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext

from babel import Locale

from reports.facts.rounding import arithmetic
from reports.language.sheet import NumberSheet


@dataclass(frozen=True, slots=True)
class Numbers:
    """The signs of numbers of a language: CLDR's, but for what its file replaces."""

    decimal: str
    group: str
    minus: str
    plus: str
    sizes: tuple[int, int]
    group_from: int
    scales: tuple[int, ...]
    largest: bool
    joints: tuple[str, str]
    category: Callable[[Decimal], str]

    def number(self, value: Decimal, plus: bool = False) -> str:
        """The digits as given, trailing zeros kept; with `plus` a sign before what is above zero."""
        whole, _, fraction = f"{value.copy_abs():f}".partition(".")
        sign = self.minus if value < 0 else self.plus if plus and value > 0 else ""
        return sign + self._grouped(whole) + (self.decimal + fraction if fraction else "")

    def range(self, first: Decimal, last: Decimal) -> str:
        """From one number to another, with a joint that no minus can be mixed up with."""
        return f"{self.number(first)}{self.joint(first, last)}{self.number(last)}"

    def joint(self, first: Decimal, last: Decimal) -> str:
        """What stands between the two numbers of a range."""
        return self.joints[first < 0 or last < 0]

    def plural(self, value: Decimal) -> str:
        """The plural category of CLDR that the printed digits ask for."""
        with localcontext(arithmetic()):  # Babel counts in the precision of the thread
            return self.category(value)

    def written(self, digits: Decimal, scale: int) -> tuple[Decimal, int]:
        """Digits and power of ten as the language writes them: it may lack a word for the published power.

        The value stays exactly the same; French has no word for thousands in print, Chinese counts in 万 and 亿.
        """
        if (scale == 0 and not self.largest) or (scale in self.scales and not self.largest):
            return digits, scale
        exact = digits.scaleb(scale, arithmetic()).copy_abs()
        fitting = (power for power in sorted(self.scales, reverse=True) if exact >= 10**power)
        power = next(fitting, 0)
        return shifted(digits, scale - power), power

    def _grouped(self, whole: str) -> str:
        first, other = self.sizes
        if len(whole) < self.group_from or len(whole) <= first:
            return whole
        groups, rest = [whole[-first:]], whole[:-first]
        while rest:
            groups.append(rest[-other:])
            rest = rest[:-other]
        return self.group.join(reversed(groups))


def shifted(digits: Decimal, shift: int) -> Decimal:
    """The digits moved by powers of ten. Zeros that only filled a whole number up go: 10000 is 1 times 10^4."""
    moved = digits.scaleb(shift, arithmetic())
    if digits.as_tuple().exponent:
        return moved
    moved = moved.normalize(arithmetic())
    return moved.quantize(Decimal(1), context=arithmetic()) if moved == moved.to_integral_value() else moved


def numbers(locale: Locale, sheet: NumberSheet) -> Numbers:
    """The numbers of a locale; the signs are those of its Latin digits.

    >>> numbers(Locale.parse("en_IN"), NumberSheet(scales=())).number(Decimal("1234567.90"))
    '12,34,567.90'
    """
    signs = locale.number_symbols["latn"]
    return Numbers(
        sheet.decimal or signs["decimal"],
        sheet.group or signs["group"],
        sheet.minus,
        sheet.plus,
        locale.decimal_formats[None].grouping,
        sheet.group_from,
        sheet.scales,
        sheet.largest,
        (sheet.range, sheet.range_signed),
        locale.plural_form,
    )
