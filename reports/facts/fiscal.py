"""Fiscal years, which do not begin in January everywhere."""

from datetime import date

MONTHS, QUARTER = 12, 3


def fiscal_quarter(day: date, start_month: int) -> str:
    """The fiscal quarter of a day: 'FY2025/26 Q4' for a year that crosses two calendar years, '2026 Q1' for January.

    A house rule: an office that names a fiscal year by one calendar year does not say which.

    >>> fiscal_quarter(date(2026, 3, 26), 4), fiscal_quarter(date(2026, 3, 26), 1)
    ('FY2025/26 Q4', '2026 Q1')
    """
    begun = day.year if day.month >= start_month else day.year - 1
    quarter = (day.month - start_month) % MONTHS // QUARTER + 1
    year = str(begun) if start_month == 1 else f"FY{begun}/{(begun + 1) % 100:02}"
    return f"{year} Q{quarter}"
