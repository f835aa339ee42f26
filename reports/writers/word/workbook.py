"""The workbook behind a chart, which opens when an officer edits the data."""

import io
from datetime import datetime
from typing import Any

from reports.document import Chart, Series, plain
from reports.writers.word.xml import clean


def workbook(chart: Chart, created: datetime) -> bytes:
    """The data as the chart's formulas expect it: categories from A2 down, series from B1 on, in A1 their unit.

    Numbers are in the format General, shown as the reader's machine likes; texts are never formulas.
    """
    import xlsxwriter  # noqa: PLC0415  only a document with a chart needs it

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"created": created})
        sheet = book.add_worksheet("Sheet1")
        sheet.write_string(0, 0, clean(plain(chart.caption.unit)))
        for row, category in enumerate(chart.categories, 1):
            sheet.write_string(row, 0, clean(category))
        for column, series in enumerate(chart.series, 1):
            _column(sheet, column, series)
    return buffer.getvalue()


def _column(sheet: Any, column: int, series: Series) -> None:
    sheet.write_string(0, column, clean(series.name))
    for row, point in enumerate(series.points, 1):
        if point:
            sheet.write_number(row, column, point.value)
