"""Tonight's numbers: figures from a cable for one brief, with their source, never written to the data folder."""

from dataclasses import replace
from pathlib import Path

from reports.errors import DataError, Problem
from reports.facts.records import Data, Observation, Pair, Source
from reports.sources.csv_files import Columns, Row, rows
from reports.sources.keys import parse_day
from reports.sources.observations import COLUMNS, Lists, read_row

# `source` is the title of the cable, `publisher` who sent it; the rest as in observations.csv.
COLUMNS_WITH = Columns(
    ("indicator", "source", "publisher", "published"),
    tuple(name for name in COLUMNS.names if name not in {"indicator", "source", "published"}),
)
INTERNAL = "N"  # a cable is not for the public unless its row says so


def with_overrides(data: Data, path: Path, home: str, partner: str) -> Data:
    """The data with the figures of a file in place of those of the same key, for one pair.

    A figure is internal unless its row says `confidentiality` F. DataError with every fault of the file.
    """
    codes = (home, partner) if (home, partner) in data.pairs else (partner, home)
    pair = data.pairs.get(codes) or Pair(*codes)
    problems: list[Problem] = []
    if not path.is_file():
        raise DataError(Problem(str(path), "no such file", "name a CSV table with --with"))
    read = rows(path, path.parent, COLUMNS_WITH, problems)
    sources = {source.key: source for row in read if (source := _source(row, problems))}
    lists = Lists({**data.sources, **sources}, data.groups, data.indicators)
    found = [_override(row, lists, problems) for row in read if row.where in sources]
    if any(problem.severity == "error" for problem in problems) or not read:
        raise DataError(*(problems or [Problem(path.name, "no figure in it", "one row a figure")]))
    given = tuple(observation for observation in found if observation)
    pairs = {**data.pairs, codes: replace(pair, observations=(*pair.observations, *given))}
    indicators = {key: known for row in given if (known := lists.indicator(key := row.indicator))}
    return replace(data, sources=lists.sources, pairs=pairs, indicators={**data.indicators, **indicators})


def _source(row: Row, problems: list[Problem]) -> Source | None:
    try:
        day = parse_day(row["published"])
    except ValueError as error:
        problems.append(Problem(row.where, f"published: {error}", "the day of the cable: 2025-10-20"))
        return None
    return Source(row.where, row["publisher"], row["source"], day.last, published=day)


def _override(row: Row, lists: Lists, problems: list[Problem]) -> Observation | None:
    cells = {**row.cells, "source": row.where, "confidentiality": row["confidentiality"] or INTERNAL}
    found = read_row(Row(row.where, cells), lists, problems)
    return replace(found, override=True) if found else None
