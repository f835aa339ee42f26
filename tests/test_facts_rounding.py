"""Rounding, published digits as intervals, and what follows from them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.facts.intervals import Interval, difference, growth, interval, proportion
from reports.facts.rounding import round_half_up, sure_digits
from reports.facts.values import Amount, Count, Percent, Qualifier

AMOUNTS = st.builds(
    Amount, st.decimals(min_value=1, max_value=999, places=1), st.sampled_from((3, 6, 9)), st.just("USD")
)


def usd(digits: str, scale: int = 6, qualifier: Qualifier = "") -> Amount:
    return Amount(Decimal(digits), scale, "USD", qualifier)


def stands_for(value: Amount | Count, status: str = "") -> Interval:
    found = interval(value, status)
    assert found
    return found


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),
        ("-2.5", 0, "-3"),
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("1.005", 2, "1.01"),
        ("0.9999", 4, "0.9999"),
        ("-0.04", 1, "0.0"),
        ("123456789012345678901234567890.5", 0, "123456789012345678901234567891"),
    ],
)
def test_halves_are_rounded_away_from_zero_on_exact_decimals(value: str, places: int, rounded: str) -> None:
    assert str(round_half_up(Decimal(value), places)) == rounded


@settings(max_examples=25, deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_rounding_is_symmetric_and_never_further_off_than_half_a_unit(value: Decimal) -> None:
    rounded = round_half_up(value, 1)

    assert abs(rounded - value) <= Decimal("0.05")
    assert round_half_up(-value, 1) == -rounded
    assert round_half_up(rounded, 1) == rounded


def test_a_change_of_precise_levels_has_a_decimal() -> None:
    assert growth(stands_for(usd("520.5")), stands_for(usd("424.5"))) == Percent(Decimal("22.6"))


def test_a_change_of_coarse_levels_is_about_so_much() -> None:
    assert growth(stands_for(usd("4.9", 9)), stands_for(usd("5.4", 9))) == Percent(Decimal(-9), "about")
    assert growth(stands_for(usd("100")), stands_for(usd("80"))) == Percent(Decimal(25), "about")


def test_a_change_whose_sign_the_levels_leave_open_is_not_told() -> None:
    assert growth(stands_for(usd("6", 9)), stands_for(usd("6.3", 9))) is None
    assert difference(usd("6", 9), usd("6.3", 9)) is None


def test_counts_of_things_and_true_zeros_are_exact() -> None:
    assert growth(stands_for(Count(Decimal(178))), stands_for(Count(Decimal(171)))) == Percent(Decimal("4.1"))
    assert difference(Count(Decimal(178)), Count(Decimal(171))) == Count(Decimal(7))
    assert growth(stands_for(Count(Decimal(178))), stands_for(Count(Decimal(178)))) == Percent(Decimal(0))
    assert difference(Count(Decimal(178)), Count(Decimal(178))) == Count(Decimal(0))
    assert growth(stands_for(usd("0")), stands_for(usd("200"))) == Percent(Decimal("-100.0"))
    assert stands_for(usd("0"), "N") == Interval(Decimal(0), Decimal("0E+6"), Decimal("5E5"))


def test_thousands_of_things_are_not_exact() -> None:
    change = growth(stands_for(Count(Decimal("6.8"), 3)), stands_for(Count(Decimal("6.4"), 3)))

    assert change == Percent(Decimal(6), "about")


def test_a_difference_has_the_digits_that_both_have_in_the_scale_of_the_coarser() -> None:
    assert difference(usd("520.5"), usd("424.5")) == usd("96.0")
    assert difference(usd("36.5", 3), usd("19.5", 6)) == usd("-19.5", 6)
    assert difference(usd("1.9", 9), usd("13.6", 6)) == usd("1.9", 9)
    assert difference(usd("520.5"), usd("0")) == usd("520.5")


def test_over_and_under_have_no_other_end_and_about_is_inherited() -> None:
    assert interval(usd("40", 9, "over")) is None
    assert interval(usd("5", 0, "nearly")) == Interval(Decimal(4), Decimal(5), Decimal(5), loose=True)
    assert difference(usd("40", 9, "over"), usd("30", 9)) is None
    assert difference(usd("40", 9, "about"), usd("30", 9)) == usd("10", 9, "about")
    assert difference(Amount(Decimal(350), 6, "USD", "", Decimal(400)), usd("100")) == usd("275", 6, "about")


def test_part_of_the_whole_that_rounds_to_all_of_it_is_nearly_all() -> None:
    assert proportion(stands_for(usd("19.5")), stands_for(usd("19.54"))) == Percent(Decimal(100), "nearly")
    assert proportion(stands_for(usd("19.54")), stands_for(usd("19.54"))) == Percent(Decimal(100))
    assert proportion(stands_for(usd("1.300", 9)), stands_for(usd("5.000", 9))) == Percent(Decimal("26.0"))


@settings(max_examples=60, deadline=None)
@given(AMOUNTS, AMOUNTS)
def test_digits_without_about_hold_whatever_the_exact_levels_were(now: Amount, before: Amount) -> None:
    a, b = stands_for(now), stands_for(before)
    told = growth(a, b)

    if told and not told.qualifier:
        decimals = -int(told.digits.as_tuple().exponent)
        for exact_now in (a.low, a.value, a.high):
            for exact_before in (b.low, b.value, b.high):
                exact = (exact_now / exact_before - 1) * 100
                assert round_half_up(exact, decimals) == told.digits


@settings(max_examples=60, deadline=None)
@given(AMOUNTS, AMOUNTS)
def test_a_difference_is_the_opposite_of_its_reverse(left: Amount, right: Amount) -> None:
    there, back = difference(left, right), difference(right, left)

    assert (there is None) == (back is None)
    if there and back:
        assert there.exact == -back.exact
        assert abs(there.exact - (left.exact - right.exact)) <= abs(there.exact)


def test_small_changes_keep_their_first_digit() -> None:
    assert sure_digits(Decimal("0.0312"), Decimal("0.0310"), Decimal("0.0314")) == (Decimal("0.03"), True)


def test_an_error_of_half_the_value_leaves_nothing_to_say() -> None:
    assert sure_digits(Decimal("4.0"), Decimal("1.0"), Decimal("7.0")) is None
    assert sure_digits(Decimal("3.5"), Decimal("1.6"), Decimal("5.4")) is None
    assert sure_digits(Decimal("3.5"), Decimal("2.0"), Decimal("5.0")) == (Decimal(4), False)
