"""Keys of a ledger read for comparison: of which record or series they are, and what belongs together in two."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reports.document import FigureRecord
from reports.facts.rebuilt import Key, key_of, period_of
from reports.facts.values import Period

PARTS = ("before(", "changes(")  # keys of what an edition says of changes
RECORD = re.compile(
    r"(?P<family>office|ambassador)/(?P<one>[^/]+(?:/[A-Z]{2})?)(?:/(?P<a>\w+))?"
    r"|succession/(?P<office>\w+)/(?P<of>[A-Z]{2})/(?P<b>.+)"
    r"|(?P<event>event)/(?P<day>[^/]+/\d+)/(?P<c>.+)"
    r"|(?P<agreement>agreement)/(?P<two>(?:[^/]+/)?\d+)(?:/(?P<d>.+))?"
    r"|(?P<numbered>mission|commission|visa)/(?P<number>\d+)(?:/(?P<e>.+))?"
    r"|(?P<relations>recognition|diplomatic_relations|areas|goods)(?P<f>\W.*)?"
    r"|(?P<country>[A-Z][A-Z0-9-]*):(?P<g>capital|currency|languages|groups|national_day|statistics|fiscal_year)(?:/.+)?"
)
NUMBERED = ("event", "agreement", "mission", "commission", "visa")  # their number is no name
# What follows from the calendar alone, or says nothing new of a record: no news for a reader.
UNHEARD = {
    "office": ("seen",),
    "ambassador": ("seen",),
    "profile": ("national_day", "fiscal_year", "statistics"),
    "event": ("people",),  # the persons once more
}
LEAST = 0.5  # the part of the shorter of two records that both say, from which they are one; a house rule
FAMILIES = ("office", "ambassador", "headline", "event", "agreement", "profile", "relations", "figure")
HEADLINES = ("trade.turnover", "trade.exports", "trade.imports", "fdi.", "enterprises.")
STOCKS = ("enterprises.", "residents", "population", "agreements.", "projects.", "transport.")  # told as of a moment
OFFICES = ("head_of_state", "head_of_government", "foreign_minister")


@dataclass(frozen=True, slots=True)
class Group:
    """Where a key belongs: its family, its record and the part of it that it says."""

    family: str
    record: str
    part: str = ""

    def heard(self, now: Mapping[str, object]) -> bool:
        """Whether a reader is told that this part changed; that a succession is older than a year is no news."""
        if self.part.startswith("succession/"):
            return self.part in now
        return self.family != "other" and self.part not in UNHEARD.get(self.family, ())


def group_of(key: str, record: FigureRecord) -> Group:
    """The group of a key.

    >>> group_of("event/2025-10-20/1/day", FigureRecord("2025-10-20", 0, "text", ""))
    Group(family='event', record='event/2025-10-20/1', part='day')
    """
    found = RECORD.fullmatch(key)
    if not found:
        return Group("other" if record.unit == "text" or key.startswith(("note/", "anniversary(")) else "figure", key)
    if found["office"]:
        return Group("office", f"office/{found['office']}/{found['of']}", f"succession/{found['b']}")
    if found["country"]:
        return Group("profile", f"{found['country']}:profile", found["g"])
    if found["relations"]:
        return Group("relations", found["relations"], found["f"] or "")
    family = found["family"] or found["event"] or found["agreement"] or found["numbered"]
    number = found["one"] or found["day"] or found["two"] or found["number"]
    part = found["a"] or found["c"] or found["d"] or found["e"] or ""
    return Group("relations" if found["numbered"] else family, f"{family}/{number}", part)


def rank(family: str, record: str, home: str) -> tuple[object, ...]:
    """The place of a record in a brief: its family, its office or indicator, the partner before the home country."""
    parts = record.split("/")
    if family == "office":
        return (
            FAMILIES.index("office"),
            OFFICES.index(parts[1]) if parts[1] in OFFICES else len(OFFICES),
            parts[-1] == home,
        )
    if family == "figure":
        place = next((number for number, name in enumerate(HEADLINES) if record.startswith(name)), len(HEADLINES))
        headline = place < len(HEADLINES)
        return FAMILIES.index("headline" if headline else "figure"), place, record.partition("@")[0]
    return FAMILIES.index(family) if family in FAMILIES else len(FAMILIES), 0, ""


# ---------------------------------------------------------------- records that belong together

Name = tuple[str, str]


def matched(old: Mapping[Name, Mapping[str, object]], new: Mapping[Name, Mapping[str, object]]) -> dict[Name, Name]:
    """Each old record with the new one that it is: by name, but by what it says where its name is a number."""
    pairs = {name: name for name in old if name in new and not _is_numbered(name)}
    alike = {
        (then, now): _likeness(old[then], new[now])
        for then in old
        for now in new
        if _is_numbered(then) and _kind(then) == _kind(now)
    }
    taken: set[Name] = set()
    for then, now in sorted(alike, key=lambda pair: (-alike[pair], pair[0] != pair[1], sorted(pair))):
        if alike[then, now] >= LEAST and then not in pairs and now not in taken:
            pairs[then] = now
            taken.add(now)
    return pairs


def _kind(name: Name) -> str:
    return name[1].partition("/")[0]


def _is_numbered(name: Name) -> bool:
    return _kind(name) in NUMBERED


def _likeness(old: Mapping[str, object], new: Mapping[str, object]) -> float:
    """How much of the shorter of two records both say; all of both counts more than all of one."""
    same = len(set(old.items()) & set(new.items()))
    return same / min(len(old), len(new)) + (old == new)


# ---------------------------------------------------------------- figures of one series


@dataclass(frozen=True, slots=True)
class Series:
    """What figures of several periods have in common, the kind of their period, and its last day."""

    name: tuple[object, ...]
    shape: str
    end: date | None


def series_of(key: str, record: FigureRecord) -> Series:
    """The series of a figure."""
    parts, period = key_of(key, record) or Key(key), period_of(record.period)
    name = (parts.indicator, parts.aspect, parts.country, parts.item, parts.base, parts.unit, parts.reporter)
    function = key.partition("(")[0] if "(" in key.partition("@")[0] else ""
    moment = parts.indicator.startswith(STOCKS) and period is not None and period.start == period.end
    shape = "moment" if moment else _shape(period)
    return Series((function, *name), shape, period.last if period and period != Period(None, None) else None)


def _shape(period: Period | None) -> str:
    """What kind of period it is: only those of one kind take each other's place."""
    if period is None or period.end is None or period.start is None:
        return f"from {period.start}" if period else ""
    start, end = period.start, period.end
    if start.year != end.year:
        return f"from {start}"
    if start == end:
        return "quarter" if start.quarter else "day" if start.day else "month" if start.month else "year"
    return "part"


def followers(old: Mapping[str, FigureRecord], new: Mapping[str, FigureRecord]) -> dict[str, str]:
    """The newest figure of a series that is gone, with the newest of that series that has come: the one takes the place
    of the other."""
    then, now = _newest(old), _newest(new)
    pairs = {then[series]: now[series] for series in then if series in now}
    return {before: after for before, after in pairs.items() if before not in new and after not in old}


def _newest(ledger: Mapping[str, FigureRecord]) -> Mapping[tuple[object, ...], str]:
    """The key of the newest figure of every series and kind of period."""
    found: dict[tuple[object, ...], list[tuple[date, str]]] = defaultdict(list)
    for key, record in ledger.items():
        series = series_of(key, record)
        if series.end:
            found[(*series.name, series.shape)].append((series.end, key))
    return {series: max(keys)[1] for series, keys in found.items()}
