"""What changed between two editions: laws of the comparison, kinds of change, the section, the letters."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from reports.compose import compose
from reports.document import Chart, Document, FigureRecord, Heading, Run, Table, plain, texts
from reports.errors import WordingError
from reports.facts.changes import Change, changes_of, measured
from reports.facts.facts import Facts, facts_of
from reports.facts.news import Before
from reports.facts.rebuilt import calendar_day, figure_of, key_of, period_of, quantity_of
from reports.facts.records import Data
from reports.facts.telling import with_news
from reports.facts.values import Amount, Count, Day, Days, Part, Percent, Period
from reports.letters import Letter, Sending, Withdrawal, changes_document, letter, notice
from reports.library import open_library
from reports.orders import Order, Workshop, fill
from reports.sources import SOURCES
from reports.writers import WRITERS
from reports.writers.widths import columns, width
from tests.pdf_structure import faults as structure_faults
from tests.tools import LANGUAGES, REPORTS, ROOT, exhaustive
from tests.validators import findings

TEMPLATES = ROOT / "templates"
SEPTEMBER, OCTOBER = date(2025, 9, 20), date(2025, 10, 20)
Ledger = Mapping[str, FigureRecord]

# ---------------------------------------------------------------- laws

PERIODS = ("2023", "2024", "2025-01/2025-07", "2025-01/2025-08", "2005/2025-Q2")
SERIES = ("trade.turnover@{}", "trade.exports/HS27@{}", "trade.exports@{}*LU", "enterprises.active@{}")
FIGURES = tuple((series.format(period), period) for series in SERIES for period in PERIODS)
DERIVED = ("change(trade.turnover@2024)", "2024")
RECORDS = (
    "office/head_of_state/LU", "office/head_of_state/LU/since", "office/foreign_minister/KZ", "ambassador/KZ",
    "succession/head_of_state/LU/2025-10-03/new", "event/2025-10-20/1/day", "event/2025-10-20/1/person/1",
    "event/2025-10-20/2/day", "event/2025-10-20/2/person/1", "event/2024/1/day", "agreement/1", "agreement/2",
    "agreement/EU/1", "agreement/1/signed", "mission/1/place", "mission/2/place", "areas", "LU:capital",
    "LU:national_day", "note/aim/1", "owner", "visa/1/days",
)  # fmt: skip


@st.composite
def figures(draw: st.DrawFn) -> tuple[str, FigureRecord]:
    """A published figure, or the one that is derived from two of them, with or without a value."""
    key, period = draw(st.sampled_from((*FIGURES, DERIVED)))
    value = draw(st.sampled_from(["13.6", "13.60", "13.7", "350..400", ""]))
    inputs = ("trade.turnover@2024", "trade.turnover@2023") if key == DERIVED[0] else ()
    status = draw(st.sampled_from(["", "P", "E", "R", "Q"]))
    return key, FigureRecord(value, draw(st.sampled_from([5, 6])), "USD", period, status, inputs=inputs)


@st.composite
def facts_of_records(draw: st.DrawFn) -> tuple[str, FigureRecord]:
    """A part of a record."""
    return draw(st.sampled_from(RECORDS)), FigureRecord(draw(st.sampled_from(["a", "b", "2025-10-20"])), 0, "text", "")


def ledgers() -> SearchStrategy[dict[str, FigureRecord]]:
    """Ledgers of figures and records."""
    return st.lists(st.one_of(figures(), facts_of_records()), max_size=14).map(dict)


def same(one: Ledger, other: Ledger) -> bool:
    """Whether two ledgers say the same to a reader."""
    return {key: _said(record) for key, record in one.items()} == {key: _said(record) for key, record in other.items()}


def _said(record: FigureRecord) -> tuple[object, ...]:
    return measured(record), frozenset(record.status) if record.value else frozenset()


@given(ledgers())
def test_a_ledger_does_not_differ_from_itself(ledger: dict[str, FigureRecord]) -> None:
    assert changes_of(ledger, dict(ledger)).changes == ()


@given(ledgers(), ledgers())
def test_the_changes_applied_to_the_old_ledger_give_the_new(
    old: dict[str, FigureRecord], new: dict[str, FigureRecord]
) -> None:
    assert same(changes_of(old, new).applied(old), new)


@given(ledgers(), ledgers())
def test_what_differs_is_in_exactly_one_change(old: dict[str, FigureRecord], new: dict[str, FigureRecord]) -> None:
    changes = changes_of(old, new).changes
    gone, come = ([key for change in changes for key in side(change)] for side in (_old, _new))

    assert len(set(gone)) == len(gone)
    assert len(set(come)) == len(come)
    differing = {key for key in old.keys() | new.keys() if key not in old or key not in new}
    differing |= {key for key in old.keys() & new.keys() if _said(old[key]) != _said(new[key])}
    assert differing <= {*gone, *come}
    assert set(gone) <= old.keys()
    assert set(come) <= new.keys()


def _old(change: Change) -> Ledger:
    return change.old


def _new(change: Change) -> Ledger:
    return change.new


CLASSES = {"confirmed": "status", "scheduled": "digits", "revised": "digits", "correction": "digits"}


def test_changes_go_into_json() -> None:
    changes = changed().changes
    assert changes
    told = json.loads(json.dumps(changes.changes.plain()))

    assert {"kind", "family", "record", "told", "derived", "reason", "old", "new"} == set(told[0])
    assert any(change["derived"] for change in told)


@given(ledgers(), ledgers())
def test_the_other_way_round_all_is_mirrored(old: dict[str, FigureRecord], new: dict[str, FigureRecord]) -> None:
    there, back = changes_of(old, new).changes, changes_of(new, old).changes

    def seen(change: Change) -> tuple[object, ...]:
        return CLASSES.get(change.kind, change.kind), *(frozenset(side.items()) for side in (change.old, change.new))

    def mirrored(change: Change) -> tuple[object, ...]:
        kind = {"new": "dropped", "dropped": "new"}.get(change.kind, CLASSES.get(change.kind, change.kind))
        return kind, *(frozenset(side.items()) for side in (change.new, change.old))

    assert set(map(seen, there)) == set(map(mirrored, back))


# ---------------------------------------------------------------- kinds of change


def usd(value: str, period: str = "2024", status: str = "", **more: object) -> FigureRecord:
    """An amount in millions of dollars."""
    return replace(FigureRecord(value, 6, "USD", period, status), **more)  # type: ignore[arg-type]


def text(value: str) -> FigureRecord:
    """A part of a record."""
    return FigureRecord(value, 0, "text", "")


KEY = "trade.turnover@2024"


def one(old: Ledger, new: Ledger) -> Change:
    """The one change that there must be."""
    (change,) = changes_of(old, new, "KZ").changes
    return change


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (usd("13.6", status="P"), usd("13.7"), "scheduled"),
        (usd("13.6", status="E"), usd("13.7", status="P"), "scheduled"),
        (usd("13.6", status="F"), usd("14"), "scheduled"),
        (usd("13.6"), usd("13.7", status="R"), "revised"),
        (usd("13.6"), usd("13.7"), "correction"),
        (usd("13.6", vintage="2025-01-01"), usd("13.7", vintage="2025-01-01"), "correction"),
        (usd("13.6", vintage="2025-01-01"), usd("13.7", vintage="2025-02-01"), "revised"),
        (usd("13.6", vintage="2025-02-01"), usd("13.7", vintage="2025-01-01"), "correction"),
        (usd("13.6"), replace(usd("13.6"), unit="EUR"), "correction"),
        (usd("13.6", qualifier="over"), usd("13.6"), "correction"),
        (usd("350"), usd("350..400"), "correction"),
        (usd("13.6", status="P"), usd("13.60"), "confirmed"),
        (usd("13.6"), usd("13.6", status="B"), "status"),
        (usd("13.6", status="P"), usd("", status="Q"), "dropped"),
    ],
)
def test_a_revision_is_told_from_a_correction_by_the_status(old: FigureRecord, new: FigureRecord, kind: str) -> None:
    change = one({KEY: old}, {KEY: new})

    assert (change.kind, change.old, change.new) == (kind, {KEY: old}, {KEY: new})
    assert change.reason == ("Q" if kind == "dropped" else "")


@pytest.mark.parametrize(
    "new", [usd("13.60"), replace(usd("13600"), multiplier=3), usd("13.6", vintage="2025-11-01", sources=("other",))]
)
def test_the_same_amount_in_other_digits_or_from_another_source_is_no_change(new: FigureRecord) -> None:
    assert changes_of({KEY: usd("13.6")}, {KEY: new}).changes == ()


def test_a_newer_period_takes_the_place_of_an_older_one_in_one_line() -> None:
    july, august = "trade.turnover@2025-01/2025-07", "trade.turnover@2025-01/2025-08"
    change = one({july: usd("12.1", "2025-01/2025-07")}, {august: usd("13.6", "2025-01/2025-08")})

    assert (change.kind, change.record, *change.old, *change.new) == ("new_period", august, july, august)


def test_a_year_never_takes_the_place_of_a_part_of_a_year() -> None:
    old, new = {"trade.turnover@2024-01/2024-11": usd("9", "2024-01/2024-11")}, {KEY: usd("13.6")}
    changes = changes_of(old, new).changes

    assert {(change.kind, change.told, change.reason) for change in changes} == {
        ("new", True, ""),
        ("dropped", False, "superseded"),
    }


def test_a_year_that_leaves_a_chart_is_no_news_but_one_that_is_lost_is() -> None:
    years = {f"trade.turnover@{year}": usd(str(year), str(year)) for year in range(2019, 2025)}
    later = {key: record for key, record in years.items() if key != "trade.turnover@2019"}

    assert one(years, later).told is False
    assert one(later, {key: record for key, record in later.items() if key != KEY}).told


def test_what_follows_from_a_revision_is_kept_for_programs_and_not_told() -> None:
    inputs = (KEY, "trade.turnover@2023")
    derived = f"change_percent({KEY})"
    old = {KEY: usd("13.6", status="P"), derived: FigureRecord("5", 0, "percent", "2024", inputs=inputs)}
    new = {KEY: usd("13.7"), derived: FigureRecord("6", 0, "percent", "2024", inputs=inputs)}
    changes = changes_of(old, new)

    assert [change.record for change in changes.told] == [KEY]
    assert {change.record: change.derived for change in changes.changes} == {KEY: False, derived: True}
    alone = one({derived: old[derived]}, {derived: new[derived]})
    assert (alone.derived, alone.told) == (True, True)


def test_a_meeting_keeps_its_name_when_another_of_that_day_is_put_before_it() -> None:
    old = {"event/2025-10-20/1/day": text("2025-10-20"), "event/2025-10-20/1/person/1": text("Minister A")}
    new = {
        "event/2025-10-20/1/day": text("2025-10-20"), "event/2025-10-20/1/person/1": text("President B"),
        "event/2025-10-20/2/day": text("2025-10-20"), "event/2025-10-20/2/person/1": text("Minister A"),
    }  # fmt: skip
    changes = changes_of(old, new)

    assert [(change.kind, change.record) for change in changes.told] == [("new", "event/2025-10-20/1")]
    assert [change.kind for change in changes.changes if not change.told] == ["moved"]


def test_of_two_records_that_say_the_same_each_keeps_its_number() -> None:
    old = {"agreement/2": text("Treaty")}

    assert one(old, {**old, "agreement/1": text("Treaty")}).record == "agreement/1"
    assert one({**old, "agreement/1": text("Treaty")}, old).record == "agreement/1"


def test_a_visit_that_is_put_off_is_one_change() -> None:
    old = {"event/2025-11-10/1/day": text("2025-11-10"), "event/2025-11-10/1/person/1": text("President A"),
           "event/2025-11-10/1/place": text("Paris")}  # fmt: skip
    new = {"event/2025-11-12/1/day": text("2025-11-12"), "event/2025-11-12/1/person/1": text("President A"),
           "event/2025-11-12/1/place": text("Paris")}  # fmt: skip

    assert (one(old, new).kind, one(old, new).record) == ("changed", "event/2025-11-12/1")


def test_a_new_holder_is_one_change_with_the_succession_and_the_day() -> None:
    old = {"office/head_of_state/LU": text("Grand Duke Henri"), "office/head_of_state/LU/since": text("2000-10-07")}
    new = {
        "office/head_of_state/LU": text("Grand Duke Guillaume V"), "office/head_of_state/LU/since": text("2025-10-03"),
        "succession/head_of_state/LU/2025-10-03/new": text("Grand Duke Guillaume V"),
    }  # fmt: skip

    assert (one(old, new).kind, one(old, new).record) == ("changed", "office/head_of_state/LU")


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("LU:national_day", "2025-06-23", "2026-06-23"),
        ("office/foreign_minister/CN/seen", "2025-10-28", "2025-11-28"),
        ("succession/head_of_state/LU/2025-10-03/day", "2025-10-03", ""),
        ("note/aim/1", "a", "b"),
    ],
)
def test_what_the_calendar_does_is_no_news(key: str, old: str, new: str) -> None:
    changes = changes_of({key: text(old)}, {key: text(new)} if new else {})

    assert changes.changes
    assert changes.told == ()


def test_people_come_first_then_headline_figures_then_the_rest() -> None:
    new = {
        "population@2024": FigureRecord("1", 0, "", "2024"),
        "event/2025/1/day": text("2025"),
        KEY: usd("1"),
        "trade.turnover@2025": usd("1", "2025"),
        "office/foreign_minister/KZ": text("B"),
        "office/head_of_state/KZ": text("C"),
        "office/head_of_state/LU": text("A"),
    }
    records = [change.record for change in changes_of({}, new, "KZ").changes]

    assert records == [
        "office/head_of_state/LU", "office/head_of_state/KZ", "office/foreign_minister/KZ", "trade.turnover@2025", KEY,
        "event/2025/1", "population@2024",
    ]  # fmt: skip


# ---------------------------------------------------------------- values again


def test_values_of_a_ledger_are_made_again() -> None:
    assert quantity_of(usd("350..400", qualifier="about")) == Amount(Decimal(350), 6, "USD", "about", Decimal(400))
    assert quantity_of(FigureRecord("6.5", 3, "", "2024")) == Count(Decimal("6.5"), 3)
    assert quantity_of(FigureRecord("22.6", 0, "percent", "2024")) == Percent(Decimal("22.6"))
    assert period_of("2005/..(2024-10-15)") == Period(Part(2005), None, said=date(2024, 10, 15))
    assert calendar_day("2024-11-19/2024-11-21") == Days(Day(2024, 11, 19), Day(2024, 11, 21))
    assert calendar_day("2025-10") == Day(2025, 10)


@pytest.mark.parametrize("value", ["", "much", "NaN", "Infinity", "1e999999999", "9" * 31, "1..", "1..2..3", "٣x"])
def test_a_record_that_cannot_be_read_is_no_value(value: str) -> None:
    assert quantity_of(usd(value)) is None
    assert figure_of(KEY, usd(value), "KZ", {}) is None


@pytest.mark.parametrize(
    ("key", "record", "parts"),
    [
        ("trade.turnover.change@2024-01/2024-07", usd("5.7"), ("trade.turnover", "change", "", "", None)),
        ("trade.exports/HS27.x@2024!EUR*DE", usd("1"), ("trade.exports", "", "", "HS27.x", "DE")),
        ("LU:gdp.nominal@2024*WFB", usd("1"), ("gdp.nominal", "", "LU", "", "WFB")),
        ("language.share/fr@2024", usd("1"), ("language.share", "", "", "fr", None)),
        (
            "balance(a,b)",
            usd("1", inputs=("trade.exports@2024*CN", "trade.imports@2024*CN")),
            ("trade.balance", "", "", "", "CN"),
        ),
        ("share(a,b)", usd("1", inputs=("trade.exports@2024", "b")), ("trade.exports", "share", "", "", None)),
    ],
)  # fmt: skip
def test_a_key_tells_what_a_figure_is_of(key: str, record: FigureRecord, parts: tuple[object, ...]) -> None:
    found = key_of(key, record)

    assert found
    assert (found.indicator, found.aspect, found.country, found.item, found.reporter) == parts


def test_every_figure_of_every_brief_is_made_again_as_it_was() -> None:
    """Rebuilt from the ledger, it has the record that it was made from."""
    facts = known("LU", OCTOBER)
    for figure in facts.figures.all():
        if figure.value is not None:
            key = key_of(figure.key, FigureRecord("", 0, "", ""))
            assert key
            assert f"{key.indicator}{'.' + key.aspect if key.aspect else ''}" == figure.indicator
            assert (key.item, key.base) == (figure.item, figure.base)


# ---------------------------------------------------------------- the section


@cache
def workshop() -> Workshop:
    return Workshop(TEMPLATES, TEMPLATES / "house" / "brief.docx", ROOT / "fonts")


@cache
def data() -> Data:
    return SOURCES["folder"](ROOT / "data")[0]


@cache
def known(partner: str, day: date) -> Facts:
    return facts_of(data(), "KZ", partner, day)


@cache
def ledger(partner: str, day: date) -> Ledger:
    """The figures of the brief without its section on changes."""
    library = workshop().library
    return compose(known(partner, day), data(), library.report("brief"), library, library.source).figures


@cache
def changed(partner: str = "LU", old: date = SEPTEMBER, new: date = OCTOBER) -> Facts:
    """The facts with what changed from one day to another."""
    return with_news(known(partner, new), data(), Before(old, ledger(partner, old)), ledger(partner, new))


def order(*languages: str, formats: tuple[str, ...] = ("text",), day: date = OCTOBER, report: str = "brief") -> Order:
    return Order("KZ", "LU", day, report, languages, formats)


def section(document: Document) -> tuple[object, ...]:
    """The second section of the brief with its heading."""
    starts = [number for number, block in enumerate(document.blocks) if isinstance(block, Heading) and block.level == 2]
    return document.blocks[starts[1] : starts[2]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_changed_reads_as_a_person_accepted_it(golden: Callable[[str, str], None], language: str) -> None:
    document = changes_document(changed(), data(), workshop().library, language)

    assert document.problems == ()
    golden(f"changes.{language}", WRITERS["text"].write(document, None).decode())


def test_the_way_back_tells_what_is_given_no_longer() -> None:
    document = changes_document(changed("LU", OCTOBER, SEPTEMBER), data(), workshop().library, "en")
    said = WRITERS["text"].write(document, None).decode().replace("\u00a0", " ")

    assert "Grand Duke Henri (since 7 October 2000), previously Grand Duke Guillaume V." in said
    assert re.search(r"Trade turnover +2024 +No longer given +19\.54 million US dollars", said)
    assert "President Kassym-Jomart Tokayev and Prime Minister Luc Frieden. This entry has been removed." in re.sub(
        r" \[\d\]", "", said
    )


def test_a_brief_with_an_edition_before_has_the_section_and_others_are_as_they_were() -> None:
    before = Before(SEPTEMBER, ledger("LU", SEPTEMBER))
    without, having = fill(order("en"), workshop(), data()), fill(order("en"), workshop(), data(), before=before)
    heading = section(having.documents["en"])[0]

    assert isinstance(heading, Heading)
    assert plain(heading.text) == "What changed since the last edition"
    assert section(without.documents["en"])[0] != heading
    note = order("en", report="reference")
    assert fill(note, workshop(), data(), before=before).files == fill(note, workshop(), data()).files


def test_when_nothing_changed_a_sentence_says_so() -> None:
    before = Before(SEPTEMBER, ledger("LU", SEPTEMBER))
    blocks = section(fill(order("en", day=SEPTEMBER), workshop(), data(), before=before).documents["en"])

    assert [plain(block.text) for block in blocks] == [  # type: ignore[attr-defined]
        "What changed since the last edition",
        "Nothing has changed since the edition of 20\u00a0September 2025.",
    ]


def test_what_a_section_says_of_changes_is_no_change_in_the_next_month() -> None:
    before = Before(SEPTEMBER, ledger("LU", SEPTEMBER))
    with_section = fill(order("en"), workshop(), data(), before=before).documents["en"].figures

    assert any(key.startswith("before(") for key in with_section)
    assert changes_of(with_section, ledger("LU", OCTOBER)).changes == ()


def keys(document: Document) -> Iterator[str]:
    """The keys that the runs and points of a document carry."""
    for block in document.blocks:
        yield from (run.figure for said in texts(block) for run in said if isinstance(run, Run) and run.figure)
        if isinstance(block, Chart):
            yield from (point.figure for series in block.series for point in series.points if point)


@pytest.mark.parametrize("partner", ["LU", "DE", "CN", "UZ", "HU"])
def test_a_document_has_exactly_the_figures_that_it_prints(partner: str) -> None:
    facts = changed(partner, date(2024, 6, 1), date(2025, 11, 20))
    library = workshop().library
    for document in (
        compose(facts, data(), library.report("brief"), library, "kk"),
        changes_document(facts, data(), library, "ar"),
    ):
        assert document.figures.keys() == set(keys(document))
        sources = {source for record in document.figures.values() for source in record.sources}
        assert sources <= data().sources.keys()


def test_a_value_of_before_has_its_own_record() -> None:
    figures = changes_document(changed(), data(), workshop().library, "en").figures
    key = "fdi.cumulative@2005/..(2024-10-15)"

    assert figures[f"before({key})"] == ledger("LU", SEPTEMBER)[key]
    assert figures["fdi.cumulative@2005/2025-Q2"] == ledger("LU", OCTOBER)["fdi.cumulative@2005/2025-Q2"]


def test_a_source_that_is_gone_is_not_cited_and_a_person_unknown_is_told_as_written() -> None:
    old = {
        KEY: usd("13.6", status="P", sources=("gone-2025",)),
        "office/head_of_state/LU": text("Grand Duke Somebody"),
        "office/head_of_state/LU/since": text("no day"),
    }
    new = {**old, KEY: usd("13.7"), "office/head_of_state/LU": text("Grand Duke Henri")}
    facts = with_news(known("LU", OCTOBER), data(), Before(SEPTEMBER, old), new)
    said = WRITERS["text"].write(changes_document(facts, data(), workshop().library, "en"), None).decode()

    assert re.search(r"Trade turnover +2024 +Scheduled revision +13\.6\smillion\sUS\sdollars \(p\) +13\.7", said)
    assert "Grand Duke Henri, previously Grand Duke Somebody." in said
    assert "gone-2025" not in said


ODD = {
    "enterprises.capital@2024": (FigureRecord("1000", 0, "", "2024", qualifier="over"), "over 1,000"),
    "LU:area": (FigureRecord("2586", 0, "km2", ".."), "2,586 km²"),
    "border.length": (FigureRecord("7644", 0, "km", ".."), "7,644 km"),
    "trade.exports/HS27@2024": (FigureRecord("1.5", 9, "USD", "2024"), "1.5 billion US dollars"),
    "trade.turnover.target@2030": (FigureRecord("10", 9, "USD", "2030", "F"), "10 billion US dollars (f)"),
    "trade.turnover.change@2024~P5Y": (FigureRecord("2.5", 0, "times", "2024"), "2.5 times"),
    "WLD:trade.turnover@2024": (FigureRecord("141", 9, "USD", "2024"), "141 billion US dollars"),
}


@pytest.mark.parametrize("language", LANGUAGES if exhaustive() else ("en", "ar", "uz"))
def test_figures_of_every_kind_are_told(language: str) -> None:
    new = {key: record for key, (record, _) in ODD.items()}
    facts = with_news(known("LU", OCTOBER), data(), Before(SEPTEMBER, {}), new)
    assert facts.changes
    document = changes_document(facts, data(), workshop().library, language)
    said = WRITERS["text"].write(document, None).decode().replace("\u00a0", " ")

    assert len(facts.changes.figures) == len(new)
    assert document.problems == ()
    if language == "en":
        assert all(words in said for _, words in ODD.values())
        assert "Trade turnover, ratio to the earlier value" in said


def test_a_month_keeps_its_small_letter_when_another_period_follows() -> None:
    old, new = (
        {f"enterprises.companies@{period}": FigureRecord("3", 0, "", period)} for period in ("2023-09", "2025-09")
    )
    facts = with_news(known("LU", OCTOBER), data(), Before(SEPTEMBER, old), new)
    document = changes_document(facts, data(), workshop().library, "fr")
    said = WRITERS["text"].write(document, None).decode().replace("\u00a0", " ")

    assert " sept. 2025 (auparavant : sept. 2023)" in said


def test_no_column_of_changes_is_too_narrow_for_a_word() -> None:
    """Amounts with their units are as long as a phrase: they wrap, or the other columns would be squeezed."""
    blocks = changes_document(changed(), data(), workshop().library, "es").blocks
    (table,) = (block for block in blocks if isinstance(block, Table))
    total, pad, size = 450.0, 8.0, 8.0
    words = [max(width(word) for row in table.rows for word in plain(row.cells[place]).split()) for place in range(5)]

    assert all(size * word <= wide - pad for word, wide in zip(words, columns(table, total, pad, size), strict=True))


@pytest.mark.parametrize("language", LANGUAGES if exhaustive() else ("en", "ar"))
def test_the_section_is_valid_in_word_pdf_and_html(language: str) -> None:
    filled = fill(
        order(language, formats=("docx", "pdf", "html", "json")),
        workshop(), data(), before=Before(SEPTEMBER, ledger("LU", SEPTEMBER)),
    )  # fmt: skip

    word = {name: content for name, content in filled.files.items() if name.endswith(".docx")}
    assert {name: found for name, found in findings("own", word).items() if found} == {}
    assert structure_faults(filled.files[f"brief.{language}.pdf"]) == []
    assert b"before(fdi.cumulative" in filled.files[f"brief.{language}.html"]
    assert filled.problems == ()


# ---------------------------------------------------------------- letters


def mail(language: str, **more: object) -> Letter:
    return letter(changed(), data(), workshop().library, language, replace(Sending("brief"), **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_tells_the_brief_its_changes_and_its_problems(
    golden: Callable[[str, str], None], language: str
) -> None:
    sent = mail(language, address="https://share.example/KZ-LU/2025-10-20", problems=3, listed="edition.json")
    back = notice(
        changed(), data(), workshop().library, language,
        Withdrawal("brief", date(2025, 10, 22), "The turnover is of another year.", date(2025, 10, 21)),
    )  # fmt: skip

    assert sent.problems == back.problems == ()
    golden(f"letters.{language}", f"{sent.subject}\n\n{sent.text}\n{back.subject}\n\n{back.text}")


def test_a_letter_has_no_numbers_of_sources_and_tells_no_more_than_a_few_changes() -> None:
    text = mail("en").text

    assert not re.search(r"\[\d", text)
    assert text.count("• ") == 7
    assert "And 6 more." in text
    assert "problem" not in text


def test_a_letter_tells_that_nothing_changed() -> None:
    facts = changed("LU", SEPTEMBER, SEPTEMBER)

    assert "Nothing has changed" in letter(facts, data(), workshop().library, "en", Sending("brief")).text
    assert "hange" not in letter(known("LU", OCTOBER), data(), workshop().library, "en", Sending("brief")).text


@pytest.mark.parametrize("reason", ["{home} <b>not</b> {{ 7*7 }}", "wrong\nminister", "Опечатка в отчёте!"])
def test_the_reason_of_a_withdrawal_is_printed_as_it_is(reason: str) -> None:
    withdrawal = Withdrawal("visit", date(2025, 10, 22), reason)
    text = notice(known("LU", OCTOBER), data(), workshop().library, "en", withdrawal).text

    assert f"Reason: {' '.join(reason.split())}" in text
    assert "No replacement has been issued yet." in text


# ---------------------------------------------------------------- levels

PRINTED = {"public": "For public use", "official": "For official use", "officer": "For the officer alone"}


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("disclosure", ["internal", "public"])
def test_the_level_of_a_report_is_the_one_that_it_prints(report: str, disclosure: str) -> None:
    library = workshop().library
    found = library.report(report)
    facts = facts_of(data(), "KZ", "LU", OCTOBER, disclosure=disclosure)  # type: ignore[arg-type]
    printed = compose(facts, data(), found, library, "en").furniture.classification

    assert tuple(PRINTED) == library.levels
    assert printed == PRINTED[found.level(disclosure)]  # type: ignore[arg-type]


def test_a_report_without_a_level_has_the_highest_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "plain"
    folder.mkdir(parents=True)
    (tmp_path / "templates.toml").write_text('source_language = "en"\nlevels = ["public", "officer"]\n', "utf-8")
    report = folder / "report.toml"
    report.write_text('page = "plain/page.j2"\nsections = []\n', "utf-8")
    assert open_library(tmp_path).report("plain").level("public") == "officer"

    report.write_text('level = "secret"\n' + report.read_text("utf-8"), "utf-8")
    with pytest.raises(WordingError, match="has the level 'secret'"):
        open_library(tmp_path).report("plain")
