"""What changed between two editions as tracked changes: accepted they give the new edition, rejected the old one.

The reader of tests/revisions.py shares nothing with the product.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.cli import main
from reports.document import (
    Block,
    Bullets,
    Caption,
    Chart,
    Citation,
    ColumnKind,
    Contents,
    Document,
    Furniture,
    Heading,
    Internal,
    Panel,
    Panels,
    Paragraph,
    Point,
    Row,
    Run,
    Series,
    SourceEntry,
    Sources,
    Table,
    Text,
    plain,
)
from reports.editions.changing import in_order
from reports.editions.shelf import Place
from reports.errors import EditionError
from reports.orders import Order, Workshop, fill
from reports.sources import SOURCES
from reports.writers.word import write
from reports.writers.word.redline import redline
from reports.writers.word.revisions import Revised, revised
from tests.package_checks import faults
from tests.revisions import resolved
from tests.strategies import documents
from tests.tools import LANGUAGES, PARTNERS, exhaustive, house_style
from tests.validators import WORD, resaved
from tests.word_files import W, root, unpacked

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "templates" / "house" / "brief.docx"
FURNITURE = Furniture("Ministry", "Internal", "Pair", "page {page} of {pages}")
TEXTS: tuple[ColumnKind, ...] = ("text", "text", "text")
EARLY, LATE = date(2025, 9, 20), date(2025, 10, 20)
LAW = settings(max_examples=150 if exhaustive() else 6)


def said(text: str, **look: Any) -> Text:
    return (Run(text, **look),)


def document(*blocks: Block, **changes: Any) -> Document:
    made = Document("Brief", "Subject", "en", "ltr", LATE, FURNITURE, blocks, {})
    return replace(made, **changes)


def unlisted(part: Any) -> Any:
    """A document or block without lists of contents, which a redline leaves out."""
    if not isinstance(part, Document | Internal):
        return part
    return replace(part, blocks=tuple(unlisted(block) for block in part.blocks if not isinstance(block, Contents)))


def assert_law(old: Document, new: Document) -> bytes:
    """Accepted, it is the new edition; rejected, the old one, in words and paragraphs; and it is a sound file."""
    house = house_style()
    marked = redline(old, new, house)

    assert resolved(marked, accept=True) == resolved(write(unlisted(new), house), accept=True)
    assert resolved(marked, accept=False) == resolved(write(unlisted(old), house), accept=True)
    assert faults(marked) == []
    assert ids(marked) == sorted(set(ids(marked)))
    return marked


def ids(data: bytes) -> list[int]:
    """The ids of all annotations of the body, of bookmarks too: an end has that of its beginning."""
    nodes = (node for node in root(data).iter() if node.tag.endswith(("}ins", "}del", "Start")))
    return sorted(int(node.get(W + "id")) for node in nodes)


def changes(data: bytes) -> list[tuple[str, str]]:
    """What was deleted and inserted, in order."""
    words = (
        (node.tag.removeprefix(W), "".join(text.text or "" for text in node.iter(W + "t", W + "delText")))
        for node in root(data).iter(W + "ins", W + "del")
    )
    return [(kind, text) for kind, text in words if text]


# ---------------------------------------------------------------- the law


@LAW
@given(old=documents(), new=documents())
def test_two_documents_that_have_nothing_in_common_obey_the_law(old: Document, new: Document) -> None:
    assert_law(replace(old, language=new.language), new)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Document, Document]:
    """A document and what became of it: parts of it dropped, moved, doubled, taken from another, and told otherwise."""
    old, other = draw(documents()), draw(documents())
    blocks: list[Block] = []
    for block in old.blocks[:-1]:
        fate = draw(st.sampled_from(["same", "same", "changed", "changed", "gone", "twice", "before"]))
        if fate == "before":
            blocks.append(draw(st.sampled_from(other.blocks)))
        blocks += {"gone": [], "twice": [block, block], "changed": [_changed(draw, block)]}.get(fate, [block])
    blocks.append(draw(st.sampled_from([old.blocks[-1], _changed(draw, old.blocks[-1]), other.blocks[-1]])))
    return old, replace(old, blocks=tuple(blocks), figures={**other.figures, **old.figures})


def _changed(draw: st.DrawFn, block: Block) -> Block:  # noqa: PLR0911  one case a kind of block
    match block:
        case Paragraph(text) | Heading(text):
            return replace(block, text=_reworded(draw, text))
        case Bullets(items):
            return Bullets((*(_reworded(draw, item) for item in items[1:]), said("A new item")))
        case Table():
            rows = [replace(row, cells=tuple(_reworded(draw, cell) for cell in row.cells)) for row in block.rows]
            rows[draw(st.integers(0, len(rows) - 1))] = block.rows[0]
            return replace(block, rows=tuple(rows[draw(st.integers(0, 1)) :] or rows), notes=block.notes[1:])
        case Panels((first, *rest)):
            return Panels((replace(first, number=said("77", figure=getattr(first.number[0], "figure", ""))), *rest))
        case Chart():
            return replace(block, categories=tuple(f"{name} x" for name in block.categories))
        case Internal(inner):
            return Internal(tuple(_changed(draw, part) for part in inner))
        case Sources(entries):
            told = tuple(replace(entry, number=entry.number + 1) for entry in entries)
            return Sources((SourceEntry(1, "new", said("A new source")), *told))
        case _:
            return block


def _reworded(draw: st.DrawFn, text: Text) -> Text:
    how = draw(st.sampled_from(["same", "more", "less", "figure"]))
    return {
        "more": (*text, Run(" and more")),
        "less": text[:1],
        "figure": (Run("It was "), Run("21 900", figure="trade.turnover@2025"), *text[1:]),
    }.get(how, text)


@LAW
@given(pair=edited())
def test_a_document_and_what_became_of_it_obey_the_law(pair: tuple[Document, Document]) -> None:
    assert_law(*pair)


@LAW
@given(pair=edited())
def test_documents_that_end_with_anything_obey_the_law(pair: tuple[Document, Document]) -> None:
    old, new = (replace(one, blocks=one.blocks[:-1], figures={}) for one in pair)

    assert_law(old, new)


@cache
def editions(partner: str, report: str) -> tuple[Mapping[str, Document], ...]:
    data = SOURCES["folder"](ROOT / "data")[0]
    workshop = Workshop(ROOT / "templates", HOUSE, ROOT / "fonts")
    tags = LANGUAGES if exhaustive() else ("en", "kk", "ar", "zh")
    orders = (Order("KZ", partner, day, report, tuple(tags), ()) for day in (EARLY, LATE))
    return tuple(fill(order, workshop, data).documents for order in orders)


PAIRS = [("LU", "brief"), ("LU", "visit")]
MORE = [(partner, report) for partner in PARTNERS for report in ("brief", "visit", "factsheet", "reference")]


@pytest.mark.parametrize(("partner", "report"), MORE if exhaustive() else PAIRS)
def test_two_editions_obey_the_law_in_every_language(partner: str, report: str) -> None:
    old, new = editions(partner, report)

    for tag in old:
        assert_law(old[tag], new[tag])


def test_a_document_against_itself_is_the_document_itself() -> None:
    _, new = editions("LU", "visit")

    plain_one = unlisted(new["en"])
    assert redline(plain_one, plain_one, house_style()) == write(plain_one, house_style())


def test_the_same_editions_give_the_same_bytes() -> None:
    old, new = editions("LU", "brief")

    assert redline(old["kk"], new["kk"], house_style()) == redline(old["kk"], new["kk"], house_style())


@pytest.mark.parametrize("name", WORD)
@pytest.mark.parametrize("tag", LANGUAGES if exhaustive() else ["ar"])
def test_tracked_changes_are_valid(name: str, tag: str) -> None:
    old, new = editions("LU", "brief")

    assert WORD[name](redline(old[tag], new[tag], house_style())) == []


def test_libreoffice_keeps_what_was_changed(tmp_path: Path) -> None:
    """It opens the file, saves it, and what was deleted and inserted is what it was."""
    old, new = editions("LU", "brief")
    marked = redline(old["en"], new["en"], house_style())
    saved = resaved(marked, tmp_path)
    for accept, wanted in ((True, new["en"]), (False, old["en"])):
        ours = resolved(write(unlisted(wanted), house_style()), accept=True)
        assert squashed(resolved(saved, accept=accept)) == squashed(ours)


def squashed(found: list[Any]) -> str:
    """The words of paragraphs and tables, whatever their styles and spaces; LibreOffice counts the numbers of captions
    anew, deleted ones too, and tracks no drawing."""
    texts = (squashed(one) if isinstance(one, list) else one[1] for one in found)
    return re.sub(r"(Table|Figure)\s*\d+|\[drawing\]|\s", "", "".join(texts))


# ---------------------------------------------------------------- what is changed whole


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It was 21\u202f400.", "It was 21\u202f900.", [("21\u202f400", "21\u202f900")]),
        ("up 4,8 % in 2024", "up 5,1 % in 2024", [("4,8 %", "5,1 %")]),
        ("exports rose strongly", "exports fell strongly", [("rose", "fell")]),
        ("双方贸易额增长", "双方贸易额大幅增长", [("", "大幅")]),
        ("бұл жыл көп", "бұл жыл аз", [("көп", "аз")]),
        ("cafe\u0301 au lait", "cafe au lait", [("cafe\u0301", "cafe")]),
        ("same", "same", []),
    ],
)
def test_words_and_numbers_are_changed_whole(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    found = revised(said(old), said(new))

    pairs = found.changes if isinstance(found, Revised) else ()
    assert [tuple(map(plain, pair)) for pair in pairs if pair[0] is not pair[1]] == [*expected]


def test_a_figure_in_the_place_of_another_shares_its_control() -> None:
    """Accepted or rejected, a figure stays a figure, and the ledger knows the new one."""
    old, new = (
        document(
            Paragraph((Run("It was "), Run(text, figure="trade.turnover@2024"), Run(" then."))), Paragraph(said("X"))
        )
        for text in ("21 400", "21 900")
    )
    marked = assert_law(old, new)

    (control,) = root(marked).iter(W + "sdt")
    content = control.find(W + "sdtContent")
    assert [child.tag.removeprefix(W) for child in content] == ["del", "ins"]
    assert changes(marked) == [("del", "21 400"), ("ins", "21 900")]
    ledger = unpacked(marked)["customXml/item1.xml"].decode()
    assert ">21 900</print>" in ledger
    assert "21 400" not in ledger


def test_a_new_figure_brings_a_control_that_goes_with_its_insertion() -> None:
    """Without the range around its ends Word would leave an empty control and its prompt."""
    marked = assert_law(
        document(Paragraph(said("Trade rose."))),
        document(Paragraph((Run("Trade rose by "), Run("5", figure="a@2024"), Run(".")))),
    )

    (control,) = root(marked).iter(W + "sdt")
    edges = [node.tag.removeprefix(W) for node in control.find(W + "sdtContent")]
    assert edges == ["customXmlInsRangeEnd", "ins", "customXmlInsRangeStart"]


def test_rows_are_matched_by_their_first_cell_or_their_figures() -> None:
    def table(*rows: tuple[str, str]) -> Document:
        body = tuple(Row((said(name), said(value))) for name, value in rows)
        head = ((said("Partner"), said("USD m")),)
        return document(Table(Caption("Table 1.", 1, said("Trade")), ("text", "figure"), head, body))

    marked = assert_law(
        table(("China", "21"), ("Italy", "18"), ("Togo", "1")), table(("China", "22"), ("Italy", "18"), ("Peru", "4"))
    )

    rows = [row for row in root(marked).iter(W + "tr") if row.find(f"{W}trPr/{W}ins") is not None]
    gone = [row for row in root(marked).iter(W + "tr") if row.find(f"{W}trPr/{W}del") is not None]
    assert len(rows) == len(gone) == 1
    assert changes(marked) == [
        ("del", "21"),
        ("ins", "22"),
        ("del", "Togo"),
        ("del", "1"),
        ("ins", "Peru"),
        ("ins", "4"),
    ]


def test_a_table_with_other_columns_is_replaced_whole() -> None:
    def table(*heads: str) -> Document:
        body = (Row(tuple(said(f"{head} 1") for head in heads)),)
        return document(
            Table(Caption("Table 1.", 1, said("Trade")), TEXTS[: len(heads)], (tuple(map(said, heads)),), body)
        )

    marked = assert_law(table("A", "B"), table("A", "B", "C"))

    fates = ["del" if row.find(f"{W}trPr/{W}del") is not None else "ins" for row in root(marked).iter(W + "tr")]
    assert fates == ["del", "del", "ins", "ins"]


def test_another_chart_stands_behind_the_one_that_it_replaces() -> None:
    def chart(value: str) -> Document:
        series = (Series("S", (Point(Decimal(value), value, "a@2024"),)),)
        return document(Chart("bar", Caption("Figure 1.", 1, said("Flows")), ("2024",), series, f"It was {value}"))

    marked = assert_law(chart("1.5"), chart("2.5"))

    assert [node.getparent().getparent().tag.removeprefix(W) for node in root(marked).iter(W + "drawing")] == [
        "del",
        "ins",
    ]
    assert {"word/embeddings/brief1.xlsx", "word/embeddings/brief2.xlsx"} <= unpacked(marked).keys()
    assert unpacked(marked)["customXml/item1.xml"].decode().count("<point ") == 1


def test_a_link_a_citation_and_the_number_of_a_caption_stay_whole() -> None:
    def brief(word: str, *numbers: int, label: int = 1) -> Document:
        text = (Run(f"The {word} is "), Run("here", link=f"https://example.org/{word}"), Citation(numbers))
        body = (Row((said("A"), said("1"))),)
        table = Table(
            Caption(f"Table {label}.", label, said("Trade")), ("text", "figure"), ((said("x"), said("y")),), body
        )
        sources = Sources(tuple(SourceEntry(number, f"k{number}", said(f"Source {number}")) for number in (1, 2)))
        return document(Paragraph(text), table, sources)

    marked = assert_law(brief("page", 1), brief("place", 1, 2, label=2))

    assert len(list(root(marked).iter(W + "fldChar"))) == 6
    assert root(marked).find(f".//{W}del//{W}delInstrText") is not None
    assert {"page", "place"} <= {text for _, text in changes(marked)}
    links = [link for link in root(marked).iter(W + "hyperlink") if link.get(W + "anchor")]
    assert [link.get(W + "anchor") for link in links] == ["_s1", "_s2"]  # none from what was deleted


def test_who_changed_it_is_the_issuer_and_when_the_day_of_the_newer_edition() -> None:
    marked = assert_law(document(Paragraph(said("old words"))), document(Paragraph(said("quite another thing"))))

    stamps = {(node.get(W + "author"), node.get(W + "date")) for node in root(marked).iter(W + "ins", W + "del")}
    assert stamps == {("Ministry", "2025-10-20T00:00:00Z")}


def test_deleted_internal_words_stay_within_the_internal_part() -> None:
    old, new = (
        document(Heading(said("T"), 1), Internal((Paragraph(said(text)),)), Paragraph(said("open")))
        for text in ("a b", "c d")
    )
    body = root(assert_law(old, new)).find(W + "body")

    paragraphs = list(body.iter(W + "p"))
    marks = [
        number for number, one in enumerate(paragraphs) for mark in one.iter(W + "bookmarkStart", W + "bookmarkEnd")
    ]
    assert marks == [1, len(paragraphs) - 1]


def test_panels_are_revised_in_place_or_replaced() -> None:
    def panels(*numbers: str) -> Document:
        return document(
            Panels(tuple(Panel(said(one, figure=f"k{n}@2024"), (), said("label")) for n, one in enumerate(numbers)))
        )

    assert changes(assert_law(panels("1", "2"), panels("1", "3"))) == [("del", "2"), ("ins", "3")]
    assert len(list(root(assert_law(panels("1"), panels("1", "3"))).iter(W + "tbl"))) == 2


def test_the_last_paragraph_keeps_its_end() -> None:
    """Word can neither insert nor delete the last one of a file: it takes the mark of the one before, and its look."""
    one, two, item = Paragraph(said("One.")), Paragraph(said("Two of them.")), Bullets((said("An item at the end."),))
    ends = [document(*blocks) for blocks in ((one,), (one, two), (one, item), (item,), (two, item, item), ())]

    for old, new in product(ends, ends):
        assert_law(old, new)


# ---------------------------------------------------------------- the command


def test_changes_makes_a_word_file_of_two_editions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for day in (EARLY, LATE):
        assert main(["brief", "LU", "--format", "text", "--as-of", f"{day}", "--out", str(tmp_path)]) == 0
    capsys.readouterr()

    order = ["changes", f"KZ-LU/{EARLY}", f"KZ-LU/{LATE}", "--format", "docx", "--out", str(tmp_path)]
    assert main([*order, "--lang", "kk", "--to", str(tmp_path / "to")]) == 0
    (path,) = capsys.readouterr().out.splitlines()
    assert Path(path) == tmp_path / "to" / "KZ-LU" / f"{LATE}" / f"brief.kk.since-{EARLY}.docx"
    old, new = editions("LU", "brief")
    with zipfile.ZipFile(io.BytesIO(Path(path).read_bytes())) as package:
        assert package.testzip() is None
    assert resolved(Path(path).read_bytes(), accept=True) == resolved(
        write(unlisted(new["kk"]), house_style()), accept=True
    )
    assert resolved(Path(path).read_bytes(), accept=False) == resolved(
        write(unlisted(old["kk"]), house_style()), accept=True
    )


def test_changes_in_word_need_two_editions_in_order(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="no two editions in order"):
        in_order(Place(tmp_path, "KZ-LU", LATE), Place(tmp_path, "KZ-LU", EARLY))
