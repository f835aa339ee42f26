"""Makes the faults that a keeper can make, over any pair that is shipped, in a copy of the data folder.

Each kind is a generator: it first adds what it needs, where the pair has none, and yields None while the folder is
still sound; then it spoils one line and yields what must be found. FAULTS names them all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from reports.facts.intervals import unit_of
from reports.facts.people import day_after, first_day
from reports.facts.profile_records import Office
from reports.facts.records import Data, Observation
from reports.facts.values import Amount, Count
from reports.sources import folder as data_folder
from reports.sources.tables import accepted
from reports.sources.words import printed_texts
from tests.folder_edits import NEW, OLD, Line, Table, line_of, lines_of, record, sources, table

SHIPPED = Path(__file__).parent.parent / "data"
PAIRS = sorted(path.name for path in (SHIPPED / "pairs").iterdir())
DAY = date(2025, 10, 20)
ITEM, REPORTER = "HS99", "NZ"  # a series that no pair has
PAST = ("DEM", "FRF", "ITL", "BEF", "NLG", "TRL", "RUR", "AZM", "TMM", "TJR")  # nowhere in use after 2009


@dataclass(frozen=True)
class Fault:
    """What must be found: on which line, and its kind or words of its message."""

    where: str
    said: str


@dataclass(frozen=True)
class Desk:
    """Where a fault is made: a copy of the shipped folder, one of its pairs, and chance."""

    folder: Path
    pair: str
    chance: Random

    @property
    def rows(self) -> Table:
        return table(self.folder, f"pairs/{self.pair}/observations.csv")

    @property
    def country(self) -> str:
        """The partner if it has a profile with leaders, else the home country."""
        code = self.pair.partition("-")[2]
        found = shipped().countries.get(code)
        return code if found and any(office.office != "other" for office in found.offices) else shipped().home

    def add(self, **values: str) -> int:
        """A sound row of a series that the pair does not have; its line."""
        sources(self.folder)
        common = {"item": ITEM, "unit": "USD", "multiplier": "6", "reporter": REPORTER, "source": NEW}
        return self.rows.add(**{**common, "indicator": "trade.exports", **values})

    def series(self, *, years: int = 4, indicator: str = "trade.exports") -> list[int]:
        """The lines of sound rows of some years up to 2024."""
        level = self.chance.randint(200, 900)
        steps = [level := round(level * self.chance.uniform(0.8, 1.25)) for _ in range(years)]
        return [self.add(indicator=indicator, period=str(2025 - years + at), value=str(value))
                for at, value in enumerate(steps)]  # fmt: skip


Kind = Callable[[Desk], Iterator[Fault | None]]


@cache
def shipped() -> Data:
    return data_folder.read(SHIPPED)[0]


@cache
def accepted_keys() -> frozenset[str]:
    return frozenset(row.key for row in accepted(SHIPPED, []))


def observed(desk: Desk) -> tuple[Observation, ...]:
    first, second = desk.pair.split("-")
    return shipped().pairs[first, second].observations


def line(where: str) -> int:
    return int(where.rpartition(":")[2])


def last_of_series(desk: Desk) -> int:
    """The line of the last year of a series without vintages; of one of our own if the pair has none."""
    found: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for row in observed(desk):
        value, plain = row.value, row.use and "change" not in row.indicator
        if plain and row.period and row.period.is_year and isinstance(value, Amount) and value.scale:
            found[row.indicator, row.item, row.reporter].append(row)
    good = []
    for rows in found.values():
        years = sorted(row.period.last.year for row in rows if row.period)
        alike = len({unit_of(row.value) for row in rows}) == 1
        if alike and len(years) == len(set(years)) > 1 and years[-1] - years[-2] == 1:
            good.append(max(rows, key=lambda row: row.period.last if row.period else DAY))
    return line(desk.chance.choice(good).where) if good else desk.series()[-1]


def before(desk: Desk, at: int) -> Decimal:
    """What the year before the row of a series has, in ones."""
    row = desk.rows.row(at)
    same = {key: row.get(key, "") for key in ("indicator", "item", "reporter")}
    year = str(int(row["period"]) - 1)
    for number in range(2, len(lines_of(desk.rows.path)) + 1):
        other = desk.rows.row(number)
        alike = all(other.get(key, "") == cell for key, cell in same.items()) and other.get("use", "") != "no"
        if alike and other["period"] == year:
            return Decimal(other["value"]).scaleb(int(other["multiplier"] or 0))
    raise AssertionError(f"no year before line {at}")


# ---------------------------------------------------------------- figures


def thousand_for_million(desk: Desk) -> Iterator[Fault | None]:
    at = last_of_series(desk)
    yield None
    row = desk.rows.row(at)
    now = Decimal(row["value"]).scaleb(int(row["multiplier"]))
    step = 3 if now > before(desk, at) else -3
    yield Fault(desk.rows.put(at, multiplier=str(int(row["multiplier"]) + step)), "jump")


def digit_too_many(desk: Desk) -> Iterator[Fault | None]:
    at = last_of_series(desk)
    yield None
    row = desk.rows.row(at)
    more = Decimal(row["value"]).scaleb(int(row["multiplier"])) > before(desk, at)
    value = Decimal(row["value"]) * (10 if more else Decimal("0.1"))
    yield Fault(desk.rows.put(at, value=f"{value:f}"), "jump")


def other_unit(desk: Desk) -> Iterator[Fault | None]:
    at = last_of_series(desk)
    yield None
    unit = desk.chance.choice(sorted({"EUR", "USD", "CNY", "GBP"} - {desk.rows.row(at)["unit"]}))
    yield Fault(desk.rows.put(at, unit=unit), "unit")


def parts_miss_the_whole(desk: Desk) -> Iterator[Fault | None]:
    one, other = desk.chance.randint(100, 999), desk.chance.randint(100, 999)
    period = str(desk.chance.randint(2018, 2024))
    lines = {
        flow: desk.add(indicator=f"trade.{flow}", period=period, value=str(value))
        for flow, value in (("exports", one), ("imports", other), ("turnover", one + other))
    }
    yield None
    if desk.chance.random() < 0.5:
        yield Fault(desk.rows.put(lines["turnover"], value=str(round((one + other) * 1.1))), "parts")
    else:  # the imports typed into the exports
        desk.rows.put(lines["exports"], value=str(other * 2))
        yield Fault(desk.rows.where(lines["turnover"]), "parts")


def flows_swapped(desk: Desk) -> Iterator[Fault | None]:
    much, little = desk.chance.randint(500, 900), desk.chance.randint(20, 60)
    for year in (2022, 2023):
        exports = desk.add(period=str(year), value=str(much))
        imports = desk.add(indicator="trade.imports", period=str(year), value=str(little))
    yield None
    desk.rows.put(imports, value=str(much))
    yield Fault(desk.rows.put(exports, value=str(little)), "swap")


def row_twice(desk: Desk) -> Iterator[Fault | None]:
    at = _any_row(desk)
    yield None
    yield Fault(desk.rows.where(desk.rows.copy(at)), "twice")


def contradicting_rows(desk: Desk) -> Iterator[Fault | None]:
    at = _any_row(desk)
    yield None
    value = Decimal(desk.rows.row(at)["value"]) * 3 + 7
    yield Fault(desk.rows.where(desk.rows.copy(at, value=f"{value:f}")), "conflict")


def _any_row(desk: Desk) -> int:
    plain = [row for row in observed(desk) if row.use and isinstance(row.value, Amount | Count)]
    good = [
        row for row in plain if row.value and not row.value.qualifier and row.value.upper is None and not row.status
    ]
    return line(desk.chance.choice(good).where) if good else desk.series()[-1]


def unknown_source(desk: Desk) -> Iterator[Fault | None]:
    at = _any_row(desk)
    yield None
    yield Fault(desk.rows.put(at, source="no-such-page"), "unknown source")


def share_over_all(desk: Desk) -> Iterator[Fault | None]:
    shares = [row for row in observed(desk) if row.use and row.indicator.endswith(".share") and row.value]
    at = line(desk.chance.choice(shares).where) if shares else _share(desk, "HS98", 40)
    yield None
    yield Fault(desk.rows.put(at, value=str(desk.chance.randint(101, 999))), "share")


def shares_over_all(desk: Desk) -> Iterator[Fault | None]:
    *_, last = (_share(desk, item, desk.chance.randint(25, 32)) for item in ("HS97", "HS98", "HS99"))
    yield None
    yield Fault(desk.rows.put(last, value=str(desk.chance.randint(60, 99))), "share")


def _share(desk: Desk, item: str, value: int) -> int:
    return desk.add(
        indicator="trade.exports.share", item=item, period="2024", value=str(value), unit="percent", multiplier=""
    )


def product_beyond_the_flow(desk: Desk) -> Iterator[Fault | None]:
    period = "2024-01/2024-06"
    desk.add(indicator="transport.passengers", item="", period=period, value="500", unit="", multiplier="3")
    at = desk.add(indicator="transport.passengers", item="HS98", period=period, value="200", unit="", multiplier="3")
    yield None
    yield Fault(desk.rows.put(at, value=str(desk.chance.randint(502, 999))), "whole")


def growth_misses_its_base(desk: Desk) -> Iterator[Fault | None]:
    old, new = desk.chance.randint(400, 600), desk.chance.randint(620, 900)
    desk.add(period="2023", value=str(old))
    desk.add(period="2024", value=str(new))
    growth = (Decimal(new) / old - 1) * 100
    at = desk.add(indicator="trade.exports.change", period="2024", value=f"{growth:.0f}", unit="percent", multiplier="")
    yield None
    yield Fault(desk.rows.put(at, value=f"{growth + desk.chance.choice((-9, 9, 30)):.0f}"), "change")


def part_filed_as_year(desk: Desk) -> Iterator[Fault | None]:
    parts = [
        row
        for row in observed(desk)
        if row.use and isinstance(row.value, Amount) and row.period and row.period.is_part_of_year and not row.status
        and row.known < date(row.period.last.year, 12, 31) and "." in row.indicator and ".target" not in row.indicator
    ]  # fmt: skip
    at = line(desk.chance.choice(parts).where) if parts else desk.add(period="2025-01/2025-08", value="300")
    yield None
    yield Fault(desk.rows.put(at, period=desk.rows.row(at)["period"][:4]), "part-year")


def year_no_larger_than_its_part(desk: Desk) -> Iterator[Fault | None]:
    months = desk.chance.randint(3, 11)
    desk.add(period=f"2024-01/2024-{months:02}", value="412")
    at = desk.add(period="2024", value="650")
    yield None
    yield Fault(desk.rows.put(at, value=desk.chance.choice(("412", "300", "89"))), "part-year")


def part_against_year(desk: Desk) -> Iterator[Fault | None]:
    at = desk.add(
        indicator="trade.exports.change", period="2025-01/2025-08", base="2024-01/2024-08", value="8", unit="percent",
        multiplier="",
    )  # fmt: skip
    yield None
    yield Fault(desk.rows.put(at, base="2024"), "part-year")


def future_as_past(desk: Desk) -> Iterator[Fault | None]:
    rows = [row for row in observed(desk) if row.use and row.value and row.period and not row.status]
    rows = [row for row in rows if ".target" not in row.indicator]
    at = line(desk.chance.choice(rows).where) if rows else desk.series()[-1]
    yield None
    yield Fault(desk.rows.put(at, period=str(desk.chance.randint(2027, 2035))), "future")


def currency_of_the_past(desk: Desk) -> Iterator[Fault | None]:
    at = last_of_series(desk) if desk.chance.random() < 0.5 else desk.series()[-1]
    row = desk.rows.row(at)
    if int(row["period"]) < 2010:
        at = desk.series()[-1]
    yield None
    yield Fault(desk.rows.put(at, unit=desk.chance.choice(PAST)), "currency")


def currency_before_its_day(desk: Desk) -> Iterator[Fault | None]:
    """The country's own record says when the new money came, whatever CLDR has."""
    sources(desk.folder)
    name = f"countries/{desk.country}.yaml"
    text = f"{{code: BYN, replaces: BYR, rate: 10000, from: 2020-01-01, source: {OLD}}}"
    record(desk.folder, name, "currency", text)
    late = desk.chance.random() < 0.5
    at = desk.add(period="2018" if late else "2022", value="300", unit="BYR" if late else "BYN")
    yield None
    yield Fault(desk.rows.put(at, period="2021" if late else "2017"), "currency")


def other_fiscal_year(desk: Desk) -> Iterator[Fault | None]:
    at = _fiscal(desk, "")
    yield None
    period = desk.chance.choice(("2023-07/2024-06", "2022-10/2023-09", "2023-Q2/2024-Q1", "2023-05/2024-04"))
    period = "2023-02/2024-01" if period == "2023-Q2/2024-Q1" else period
    yield Fault(desk.rows.put(at, period=period), "fiscal")


def fiscal_filed_as_calendar_year(desk: Desk) -> Iterator[Fault | None]:
    at = _fiscal(desk, desk.chance.choice(("fiscal year 2023/24", "the page: FY2023", "Financial Year 2023")))
    yield None
    yield Fault(desk.rows.put(at, period="2023"), "fiscal")


def _fiscal(desk: Desk, note: str) -> int:
    sources(desk.folder)
    name = f"countries/{desk.country}.yaml"
    record(desk.folder, name, "fiscal_year", f"{{start: 04-01, source: {OLD}}}")
    return desk.add(period="2023-04/2024-03", value="300", reporter=desk.country, note=note)


def old_figure(desk: Desk) -> Iterator[Fault | None]:
    """An indicator that the pair does not have, the only figure of which is of long ago."""
    known = {row.indicator for row in observed(desk)}
    free = [name for name in ("residents", "transport.passengers", "agreements.total") if name not in known]
    at = desk.add(indicator=desk.chance.choice(free), item="", period="2024", value="30", unit="", multiplier="3")
    yield None
    yield Fault(desk.rows.put(at, period=str(desk.chance.randint(2005, 2018))), "old")


# ---------------------------------------------------------------- records


def term_overlaps(desk: Desk) -> Iterator[Fault | None]:
    earlier, later = _two_terms(desk)
    yield None
    year = int(_key(later, "from")[:4])
    earlier.change(r"\bto: [\d-]+", f"to: {year + 1}-12-31")
    yield Fault(later.where, "overlap")


def term_gap(desk: Desk) -> Iterator[Fault | None]:
    earlier, later = _two_terms(desk)
    yield None
    year = int(_key(later, "from")[:4])
    earlier.change(r"\bto: [\d-]+", f"to: {year - 1}-{desk.chance.randint(1, 11):02}-15")
    yield Fault(later.where, "gap")


def _key(found: Line, key: str) -> str:
    match = re.search(rf"\b{key}: ([\w-]+)", found.text)
    assert match, found.where
    return match[1]


def _two_terms(desk: Desk) -> tuple[Line, Line]:
    """A predecessor put before the first of an office whose beginning is known, and that first one."""
    offices = shipped().countries[desk.country].offices
    first: dict[str, Office] = {}
    for office in sorted(offices, key=lambda office: first_day(office.tenure, office.record)):
        if office.office != "other":
            first.setdefault(office.office, office)
    term = desk.chance.choice([office for office in first.values() if office.tenure.start])
    sources(desk.folder)
    later = line_of(desk.folder, term.record.where)
    start = term.tenure.start
    assert start
    again = f"title: {_quoted(term.title)}, person: {_quoted(term.person)}"
    text = f"{{office: {term.office}, {again}, from: {start.year - 9}, to: {start}, source: {NEW}}}"
    later.insert_above(f"  - {text}")
    moved = f"{later.where.rpartition(':')[0]}:{later.number + 1}"
    return later, Line(later.path, later.number + 1, moved)


def _quoted(text: str) -> str:
    return f'"{text}"'


def stale_person(desk: Desk) -> Iterator[Fault | None]:
    """The newer page that confirmed a holder is not there any more."""
    found = _holder(desk, date(2021, 1, 1))
    yield None
    sources(desk.folder)
    found.change(r"\bsource: (\[[^\]]*\]|[\w.-]+)", f"source: {OLD}")
    if re.search(r"\bseen: ", found.text):
        found.change(r"\bseen: [\d/-]+", "seen: 2021-05-05")
    yield Fault(found.where, "unconfirmed")


def vacant_office(desk: Desk) -> Iterator[Fault | None]:
    found = _holder(desk, date(2025, 1, 1))
    yield None
    yield Fault(found.change(r", source:", ", to: 2025-10-01, source:"), "vacant")


def _holder(desk: Desk, begun: date) -> Line:
    """Somebody in office since before a day, who is in no event: else the error about the event would come first."""
    events = [event for country in shipped().countries.values() for event in country.events]
    events += [event for pair in shipped().pairs.values() for event in pair.events]
    in_events = {person for event in events for person in event.who}
    skipped = {key.rpartition("/")[0] for key in accepted_keys()}
    codes = [desk.country, *sorted(shipped().countries)]
    for code in codes:
        good = [
            office
            for office in shipped().countries[code].offices
            if office.office != "other" and office.record.use and day_after(office.tenure) == date.max
            and office.tenure.start and office.tenure.start.last < begun
            and office.person not in in_events | skipped
        ]  # fmt: skip
        if good:
            return line_of(desk.folder, desk.chance.choice(good).record.where)
    raise AssertionError("nobody is in office")


def in_force_before_signed(desk: Desk) -> Iterator[Fault | None]:
    found = _agreement(desk)
    yield None
    day = f"{desk.chance.randint(1980, 1990)}-03-01"
    if "in_force:" in found.text:
        yield Fault(found.change(r"in_force: [\d-]+", f"in_force: {day}"), "force")
    else:
        yield Fault(found.change(r"\bsigned: ([\d-]+)", rf"signed: \1, in_force: {day}"), "force")


def over_before_it_began(desk: Desk) -> Iterator[Fault | None]:
    found = _agreement(desk)
    yield None
    yield Fault(found.change(r"\bsigned: ([\d-]+)", r"signed: \1, ends: 1985-01-01"), "force")


def agreement_undated(desk: Desk) -> Iterator[Fault | None]:
    found = _agreement(desk)
    yield None
    yield Fault(found.change(r", signed: [\d-]+", ""), "date")


def _agreement(desk: Desk) -> Line:
    first, second = desk.pair.split("-")
    signed = [item for item in shipped().pairs[first, second].agreements if item.signed and item.record.use]
    alone = Counter(item.record.where for item in signed)
    signed = [item for item in signed if alone[item.record.where] == 1]
    if signed:
        return line_of(desk.folder, desk.chance.choice(signed).record.where)
    sources(desk.folder)
    text = f"{{title: Agreement on readmission, kind: agreement, signed: 2018-03-01, source: {OLD}}}"
    return record(desk.folder, f"pairs/{desk.pair}/agreements.yaml", "agreements", text)


def event_in_the_future(desk: Desk) -> Iterator[Fault | None]:
    found = _event(desk, "")
    yield None
    yield Fault(found.change(r"\bdate: [^,}]+", f"date: {desk.chance.randint(2027, 2030)}-05-05"), "future")


def planned_and_past(desk: Desk) -> Iterator[Fault | None]:
    found = _event(desk, "planned: yes, ")
    yield None
    yield Fault(found.change(r"\bdate: [^,}]+", "date: 2025-10-05"), "planned")


def _event(desk: Desk, planned: str) -> Line:
    first, second = desk.pair.split("-")
    real = [event for event in shipped().pairs[first, second].events if event.record.use and not event.planned]
    if real and not planned:
        return line_of(desk.folder, desk.chance.choice(real).record.where)
    sources(desk.folder)
    day = "2026-03-05" if planned else "2025-09-05"
    text = f"{{kind: call, date: {day}, {planned}who: [Kassym-Jomart Tokayev], source: {NEW}}}"
    return record(desk.folder, f"pairs/{desk.pair}/events.yaml", "events", text)


def unknown_person(desk: Desk) -> Iterator[Fault | None]:
    sources(desk.folder)
    text = f"{{kind: call, date: 2025-09-05, who: [Kassym-Jomart Tokayev], source: {NEW}}}"
    found = record(desk.folder, f"pairs/{desk.pair}/events.yaml", "events", text)
    yield None
    yield Fault(found.change("Kassym-Jomart Tokayev", "Nobody Known"), "unknown person")


# ---------------------------------------------------------------- small tables and words


def source_undated(desk: Desk) -> Iterator[Fault | None]:
    rows = [row for row in observed(desk) if row.use and row.value and shipped().sources[row.sources[0]].published]
    rows = [row for row in rows if row.known == shipped().sources[row.sources[0]].known]
    key = desk.chance.choice(rows).sources[0] if rows else desk.rows.row(desk.series()[-1])["source"]
    yield None
    found = table(desk.folder, "sources.csv")
    yield Fault(found.put(found.find("source", key), published=""), "undated")


def sex_untold(desk: Desk) -> Iterator[Fault | None]:
    known = [office.person for office in shipped().countries[desk.country].offices if office.record.use]
    told = [name for name in known if shipped().people[name].sex] or ["Kassym-Jomart Tokayev"]
    person = desk.chance.choice(told)
    yield None
    found = table(desk.folder, "people.csv")
    yield Fault(found.put(found.find("name", person), sex=""), "sex")


def text_untranslated(desk: Desk) -> Iterator[Fault | None]:
    entries = [entry for entry in printed_texts(shipped()) if ":" in entry.where]
    near = [entry for entry in entries if entry.where.startswith(f"pairs/{desk.pair}/")]
    entry = desk.chance.choice(near or entries)
    yield None
    words = table(desk.folder, f"words/{desk.chance.choice(sorted(shipped().words))}.csv")
    words.drop(*_forms(words, entry.kind, entry.text))
    yield Fault(entry.where, "language")


def note_in_one_language(desk: Desk) -> Iterator[Fault | None]:
    path = desk.folder / f"pairs/{desk.pair}/notes.yaml"
    lines = lines_of(path) if path.is_file() else ["notes:"]
    for number in range(2):
        lines += [
            "  - kind: point", "    for: visit/2026-02-02", "    author: Mutator", "    date: 2025-10-15",
            "    status: approved", "    text:", f'      en: "Sample {number}."', f'      ru: "Пример {number}."',
        ]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", "utf-8")
    yield None
    path.write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    yield Fault(f"pairs/{desk.pair}/notes.yaml:{len(lines) - 7}", "language")


def form_missing(desk: Desk) -> Iterator[Fault | None]:
    """A case that all texts of the kind have in this language, taken from one of them."""
    yield None
    asked = []
    for tag, forms in sorted(shipped().words.items()):
        kinds = Counter(kind for kind, _ in forms)
        cases = Counter((kind, case) for (kind, _), known in forms.items() for case in known)
        asked += [(tag, kind, case) for (kind, case), count in sorted(cases.items())
                  if case and count == kinds[kind] >= 10 and not case.endswith("f")]  # fmt: skip
    tag, kind, case = desk.chance.choice(asked)
    text = desk.chance.choice(sorted(text for of, text in shipped().words[tag] if of == kind))
    found = table(desk.folder, f"words/{tag}.csv")
    found.drop(next(at for at in _forms(found, kind, text) if found.row(at)["case"] == case))
    yield Fault(found.where(_forms(found, kind, text)[0]), "form")


def _forms(found: Table, kind: str, text: str) -> list[int]:
    """The lines of an entry in a words table."""
    numbered = enumerate(lines_of(found.path), start=1)
    return [at for at, row in numbered if row.startswith(f"{kind},") and _entry(found, at) == (kind, text)]


def _entry(found: Table, at: int) -> tuple[str, str]:
    row = found.row(at)
    return row["kind"], row["entry"]


FAULTS: tuple[Kind, ...] = (
    thousand_for_million, digit_too_many, other_unit, parts_miss_the_whole, flows_swapped, row_twice,
    contradicting_rows, unknown_source, share_over_all, shares_over_all, product_beyond_the_flow,
    growth_misses_its_base, part_filed_as_year, year_no_larger_than_its_part, part_against_year, future_as_past,
    currency_of_the_past, currency_before_its_day, other_fiscal_year, fiscal_filed_as_calendar_year, old_figure,
    term_overlaps, term_gap, stale_person, vacant_office, in_force_before_signed, over_before_it_began,
    agreement_undated, event_in_the_future, planned_and_past, unknown_person, source_undated, sex_untold,
    text_untranslated, note_in_one_language, form_missing,
)  # fmt: skip
