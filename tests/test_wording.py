"""Section templates: what an author may write, and the answer to what an author may not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document import Block, Bullets, Chart, Citation, Heading, Mark, Note, Paragraph, Row, Run, Table, plain
from reports.errors import ReportError
from reports.facts.collection import Figures
from reports.facts.fact import Fact
from reports.facts.figures import Figure
from reports.facts.values import Amount, Count, Entry, Name, Period
from reports.language import read_language
from reports.library import open_library
from reports.wording.calls import Calls
from reports.wording.catalogs import extract
from reports.wording.messages import Catalog, Translation
from reports.wording.pieces import Pieces
from reports.wording.scene import known
from reports.wording.speaker import Speaker
from reports.wording.tables import Tables, Words
from reports.wording.templates import Environment, exported, section

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
ENGLISH = read_language(TEMPLATES / "languages" / "en").with_words({}, original=True)
WORDING = Path(__file__).parent / "data" / "wording"
TURNOVER = Figure(
    "trade.turnover@2024", "trade.turnover", Amount(Decimal("19.54"), 6, "USD"), Period.parse("2024"), sources=("a",)
)
COUNTED = Figure("n@2024", "n", Count(Decimal(2)), Period.parse("2024"), sources=("b",), status="P")


def names(speaker: Speaker | None = None) -> dict[str, object]:
    speaker = speaker or Speaker(ENGLISH, Catalog(), ENGLISH, "en")
    base: dict[str, object] = {
        "t": speaker,
        "home": Name("KZ"),
        "partner": Name("LU"),
        "turnover": TURNOVER,
        "counted": COUNTED,
        "figures": Figures(date(2025, 1, 1), {}, {}, frozenset()),
        "nothing": None,
        "known": known,
    }
    words = Words(exported(Environment(TEMPLATES), "reports/common.j2", base))  # type: ignore[arg-type]
    return {**base, **Calls(Tables(speaker, words), {}).named()}


def blocks(tmp_path: Path, text: str, **more: object) -> tuple[Block, ...]:
    (tmp_path / "part.j2").write_text(text, encoding="utf-8")
    return section(Environment(tmp_path), "part.j2", {**names(), **more})


def cases(name: str) -> list[tuple[str, str, str]]:
    found = []
    for case in (WORDING / name).read_text(encoding="utf-8").split("# ")[1:]:
        title, _, rest = case.partition("\n")
        text, _, answer = rest.rpartition("=> ")
        found.append((title, text.removesuffix("\n"), answer.strip()))
    return found


@pytest.mark.parametrize(("title", "text", "answer"), cases("mistakes.txt"), ids=lambda text: text[:30])
def test_every_mistake_is_one_error_with_file_and_line(tmp_path: Path, title: str, text: str, answer: str) -> None:
    with pytest.raises(ReportError) as caught:
        blocks(tmp_path, text)

    (problem,) = caught.value.problems
    said, wanted = str(problem), answer.split(": ", 1)
    assert all(part in said for part in wanted), f"{title}: {said}"
    assert said.startswith(wanted[0]) or ": " not in answer


@pytest.mark.parametrize("payload", (WORDING / "escapes.txt").read_text(encoding="utf-8").splitlines())
def test_a_template_reaches_nothing_but_its_names(tmp_path: Path, payload: str) -> None:
    speaker = Speaker(ENGLISH, Catalog(), ENGLISH, "en")
    speaker.ledger.facts[TURNOVER.key] = TURNOVER

    with pytest.raises(ReportError):
        blocks(tmp_path, f"{{% heading 1 %}}{{{{ {payload} }}}}{{% endheading %}}", **names(speaker))

    assert speaker.ledger.facts == {TURNOVER.key: TURNOVER}


def test_no_file_outside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "outside.j2").write_text("secret", encoding="utf-8")
    inside = tmp_path / "templates"
    inside.mkdir()

    with pytest.raises(ReportError, match=r"outside\.j2"):
        blocks(inside, '{% include "../outside.j2" %}')


def test_a_line_is_a_sentence_and_a_value_is_a_run_with_its_key(tmp_path: Path) -> None:
    (paragraph,) = blocks(
        tmp_path, "{% paragraph %}\n  It was {turnover}.\n  It is <b>{partner}</b>.\n{% endparagraph %}"
    )

    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.text) == "It was 19.54\u00a0million US dollars. It is Luxembourg."
    assert [run.figure for run in paragraph.text if isinstance(run, Run) and run.figure] == ["trade.turnover@2024"]
    assert [run.text for run in paragraph.text if isinstance(run, Run) and run.strong] == ["Luxembourg"]


def test_sources_stand_once_after_a_stretch_of_sentences_from_the_same(tmp_path: Path) -> None:
    text = "{% paragraph %}\n{turnover}.\n{turnover}.\n{counted} of {turnover}.\n{% endparagraph %}"
    (paragraph,) = blocks(tmp_path, text)

    assert isinstance(paragraph, Paragraph)
    shape = [inline.numbers for inline in paragraph.text if isinstance(inline, Citation)]
    assert shape == [(1,), (1, 2)]


def test_a_provisional_figure_carries_its_mark(tmp_path: Path) -> None:
    (note,) = blocks(tmp_path, "{% note %}{counted}{% endnote %}")

    assert isinstance(note, Note)
    assert Mark("p") in note.text


def test_an_empty_block_is_no_block(tmp_path: Path) -> None:
    text = "{% paragraph %}{% if nothing %}A.{% endif %}{% endparagraph %}{% bullets %}{% endbullets %}"

    assert blocks(tmp_path, text) == ()


def test_a_value_that_opens_a_sentence_has_a_capital(tmp_path: Path) -> None:
    (heading,) = blocks(tmp_path, "{% heading 2 %}{period:in}{% endheading %}", period=Period.parse("2024"))

    assert isinstance(heading, Heading)
    assert plain(heading.text) == "In 2024"


def test_a_plural_follows_its_count(tmp_path: Path) -> None:
    text = '{% paragraph %}{{ t("{n} firm.", "{n} firms.", n=counted) }}{% endparagraph %}'
    (paragraph,) = blocks(tmp_path, text)

    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.text) == "2 firms."


def test_bullets_hold_items(tmp_path: Path) -> None:
    text = (
        "{% bullets %}{% for country in [home, partner] %}{% item %}{country}{% enditem %}{% endfor %}{% endbullets %}"
    )
    (bullets,) = blocks(tmp_path, text)

    assert isinstance(bullets, Bullets)
    assert [plain(item) for item in bullets.items] == ["Kazakhstan", "Luxembourg"]


def test_two_sentences_of_one_spelling_may_differ_by_context(tmp_path: Path) -> None:
    catalog = Catalog(
        {("female", "Ambassador"): Translation(("Ambassadress",), ""), ("", "Ambassador"): Translation(("Envoy",), "")}
    )
    speaker = Speaker(replace(ENGLISH, tag="xx"), catalog, ENGLISH, "en")
    text = '{% note %}{{ t("Ambassador", context="female") }}{% endnote %}{% note %}Ambassador{% endnote %}'

    assert [plain(note.text) for note in blocks(tmp_path, text, **names(speaker)) if isinstance(note, Note)] == [
        "Ambassadress",
        "Envoy",
    ]


def test_an_untranslated_sentence_is_said_in_the_source_language_marked_and_told(tmp_path: Path) -> None:
    russian = read_language(TEMPLATES / "languages" / "ru")
    speaker = Speaker(russian, Catalog({("", "x"): Translation(("x",), "")}), ENGLISH, "en")
    common = names()
    (note,) = blocks(tmp_path, "{% note %}It was {turnover}.{% endnote %}", **{**common, "t": speaker})

    assert isinstance(note, Note)
    assert plain(note.text) == "It was 19.54\u00a0million US dollars."
    assert {run.language for run in note.text if isinstance(run, Run) and run.text.strip()} == {"en"}
    assert [problem.message for problem in speaker.ledger.problems] == ["not translated: 'It was {turnover}.'"]


def test_a_text_that_the_language_lacks_stands_as_it_is_and_is_a_problem(tmp_path: Path) -> None:
    kazakh = read_language(TEMPLATES / "languages" / "kk")
    speaker = Speaker(kazakh, Catalog({("", "{person}"): Translation(("{person}",), "")}), ENGLISH, "en")
    person = Fact("office/head_of_state/LU", Entry("person", "Henri", "countries/LU.yaml:6"), ("a",))
    (note,) = blocks(tmp_path, "{% note %}{person}{% endnote %}", **{**names(), "t": speaker, "person": person})

    assert isinstance(note, Note)
    assert note.text[0] == Run(
        "Henri", figure="office/head_of_state/LU", language="en", isolated=True, form="say:|capital"
    )
    (problem,) = speaker.ledger.problems
    assert problem.where == "countries/LU.yaml:6"
    assert "words/kk.csv" in problem.message


# ---------------------------------------------------------------- tables


def test_an_empty_table_says_that_there_is_no_data(tmp_path: Path) -> None:
    text = '{{ table(t("Agreements"), [t("Agreement")], [], empty="message") }}'
    (table,) = blocks(tmp_path, text)

    assert isinstance(table, Table)
    assert [[plain(cell) for cell in row.cells] for row in table.rows] == [["No data"]]


@pytest.mark.parametrize(("tag", "said"), [("en", "No data"), ("kk", "Дерек жоқ"), ("ru", "Нет данных")])
def test_no_data_is_said_in_every_language(tag: str, said: str) -> None:
    library = open_library(TEMPLATES)
    voice = library.voice(tag)
    speaker = Speaker(voice.language, voice.catalog, library.voice("en").language, "en")
    values = {**names(), "t": speaker}
    words = Words(exported(Environment(TEMPLATES), "reports/common.j2", values))  # type: ignore[arg-type]
    title = Pieces(words("no_data"))
    (table,) = Calls(Tables(speaker, words), {}).table(title, [title], [], empty="message")

    assert plain(table.rows[0].cells[0]) == said


def test_a_removed_table_leaves_no_gap_in_the_numbers(tmp_path: Path) -> None:
    one = '{{ table(t("A"), [t("B")], [row(partner)]) }}'
    found = blocks(tmp_path, one + '{{ table(t("C"), [t("D")], []) }}' + one)

    assert [table.caption.label for table in found if isinstance(table, Table)] == ["Table 1.", "Table 2."]


def test_what_is_not_known_has_a_sign_and_a_legend(tmp_path: Path) -> None:
    (table,) = blocks(tmp_path, '{{ table(t("A"), [t("B"), t("C")], [row(partner, nothing), row(counted, counted)]) }}')

    assert isinstance(table, Table)
    assert table.rows[0] == Row(((Run("Luxembourg", isolated=True),), (Run("…"),)))
    assert plain(table.notes[0]) == "p provisional; … not available."
    assert plain(table.notes[1]) == "Source: 1."


def test_a_figure_table_has_one_unit_a_group_and_moves_the_decimal_mark(tmp_path: Path) -> None:
    def amount(digits: str, scale: int, period: str, **more: str) -> Figure:
        value = Amount(Decimal(digits), scale, more.get("currency", "USD"))
        reporter = more.get("reporter", "KZ")
        return Figure(f"x@{period}*{reporter}", "x", value, Period.parse(period), reporter=reporter)

    rows = [amount("19.54", 6, "2024"), amount("36.5", 3, "2023"), amount("13.6", 6, "2022")]
    foreign = amount("8.75", 9, "2024", currency="EUR", reporter="DE")
    text = '{{ figure_table(t("A"), periods, [line(t("B"), figs)], home) }}'
    periods = tuple(map(Period.parse, ("2022", "2023", "2024")))
    (table,) = blocks(tmp_path, text, periods=periods, figs=(*rows, foreign))

    assert isinstance(table, Table)
    said = [[plain(cell) for cell in row.cells] for row in table.rows]
    assert said == [
        ["Statistics of Kazakhstan, million US dollars", "", "", ""],
        ["B", "13.6", "0.0365", "19.54"],
        ["Statistics of Germany, billion euros", "", "", ""],
        ["B", "…", "…", "8.75"],
    ]


# ---------------------------------------------------------------- laws

HOSTILE = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)


@given(HOSTILE)
def test_a_text_of_the_data_is_never_structure(text: str) -> None:
    """Whatever a person is called, the sentence has the same runs, and the name is printed as it is."""
    said = Speaker(ENGLISH, Catalog(), ENGLISH, "en")("Met {person}, again.", "", "", {"person": Entry("person", text)})

    assert [run.text for run in said] == ["Met ", text, ", again."]
    assert not any(run.strong or run.link or run.figure for run in said)


def test_block_tags_and_calls_give_the_same_messages(tmp_path: Path) -> None:
    (tmp_path / "a.j2").write_text("{% note %}In {partner}{% endnote %}", encoding="utf-8")
    (tmp_path / "b.j2").write_text('{% note %}{{ t("In {partner}") }}{% endnote %}', encoding="utf-8")

    found = []
    for name in ("a.j2", "b.j2"):
        with (tmp_path / name).open("rb") as file:
            found.append([message for _, _, message, _ in extract(file, (), (), {})])

    assert found[0] == found[1] == ["In {partner}"]


def test_a_sentence_that_ends_in_a_name_with_a_stop_has_one_stop() -> None:
    said = Speaker(ENGLISH, Catalog(), ENGLISH, "en")(
        "The head of state is {leader}.", "", "", {"leader": Pieces([Run("Guillaume V.")])}
    )

    assert plain(tuple(said)) == "The head of state is Guillaume V."


# ---------------------------------------------------------------- charts of several series


def flow(name: str, *values: str | None, unit: str = "USD", maker: str = "KZ", status: str = "") -> list[Figure]:
    """A figure a year from 2021 on."""
    return [
        Figure(
            f"{name}@{2021 + year}", name, Amount(Decimal(value), 6, unit), Period.parse(str(2021 + year)),
            sources=("a",), reporter=maker, status=status,
        )
        for year, value in enumerate(values) if value is not None
    ]  # fmt: skip


LINES = '{{ chart("line", t("Both flows"), [line(t("Exports"), sold), line(t("Imports"), bought)]) }}'


def test_a_chart_of_several_series_has_a_gap_where_one_of_them_is_unknown(tmp_path: Path) -> None:
    sold, bought = flow("exports", "1.5", "2", None, "4"), flow("imports", None, "3", None, "5", status="P")
    (chart,) = blocks(tmp_path, LINES, sold=sold, bought=bought)

    assert isinstance(chart, Chart)
    assert (chart.kind, chart.categories) == ("line", ("2021", "2022", "2023", "2024"))
    assert [one.name for one in chart.series] == ["Exports", "Imports"]
    labels = [[point and (point.label, point.tentative, point.marks) for point in one.points] for one in chart.series]
    early, sign = [(label, False, ()) for label in ("1.5", "2", "4")], (Mark("p"),)
    assert labels == [[early[0], early[1], None, early[2]], [None, ("3", True, sign), None, ("5", True, sign)]]
    assert plain(chart.caption.unit) == "million US dollars"
    assert chart.alternative == (
        "Both flows, million US dollars: Exports: 2021 – 1.5; 2022 – 2; 2023 – …; 2024 – 4; "
        "Imports: 2021 – …; 2022 – 3; 2023 – …; 2024 – 5."
    )
    assert [plain(note) for note in chart.notes] == ["p provisional.", "Source: 1."]


@pytest.mark.parametrize(
    "other",
    [
        flow("imports", "1", "2", unit="EUR"),
        flow("imports", "1", "2", maker="LU"),
        [replace(found, period=Period.parse("2024-01/2024-06")) for found in flow("imports", "1")],
    ],
    ids=["unit", "maker", "part of a year"],
)
def test_what_does_not_compare_is_no_chart(tmp_path: Path, other: list[Figure]) -> None:
    """Neither units nor whose statistics they are nor years and months are mixed."""
    assert len(blocks(tmp_path, LINES, sold=flow("exports", "1", "2"), bought=flow("imports", "1", "2"))) == 1
    assert blocks(tmp_path, LINES, sold=flow("exports", "1", "2"), bought=other) == ()


def test_fewer_than_two_values_are_no_chart(tmp_path: Path) -> None:
    one = '{{ chart("stacked", t("Both flows"), [line(t("Exports"), sold), line(t("Imports"), nothing or [])]) }}'

    assert blocks(tmp_path, one, sold=flow("exports", "1")) == ()
    assert blocks(tmp_path, one, sold=[]) == ()
    assert len(blocks(tmp_path, one, sold=flow("exports", "1", "2"))) == 1
