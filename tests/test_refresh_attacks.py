"""Files that somebody made to confuse a refresh: one clear error or the right result, and never a change unasked."""

import copy
import random
import re
from collections.abc import Callable
from time import process_time
from typing import Any

import pytest
from lxml import etree

from reports.errors import ReportError
from reports.refresh import refresh_final
from tests.officer_edits import FREE_ID, human_work, is_within, made
from tests.refresh_files import (
    BRIEFS,
    LEDGER,
    OLD,
    brief,
    control_of,
    controls,
    edited,
    later,
    ledger_of,
    of_status,
    refreshed,
    renewed,
    workshop,
)
from tests.tools import exhaustive
from tests.word_files import BODY, W, packed, replaced, unpacked, words

LU, DE, VISIT = BRIEFS[0], BRIEFS[1], BRIEFS[5]
ITEM = "customXml/item1.xml"
TURNOVER = "trade.turnover@2024"
MANY = 10_000 if exhaustive() else 300
VALUES = ("", "\u202e&lt;w:p/&gt;", "9" * 5000, "-1", "\ue000", "x" * 100_000)
SECONDS = 120 if exhaustive() else 12


def in_ledger(pattern: str, by: str) -> bytes:
    parts = unpacked(brief(LU))
    replaced(ITEM, pattern, by)(parts)
    return packed(parts)


# ---------------------------------------------------------------- ledgers of others


@pytest.mark.parametrize("other", [DE, VISIT])
def test_the_ledger_of_another_brief_is_told_and_nothing_is_written(other: Any) -> None:
    file = packed({**unpacked(brief(LU)), ITEM: unpacked(brief(other))[ITEM]})

    with pytest.raises(ReportError, match=r"its ledger is of KZ-.*, the file of KZ-LU 2025-11-11 brief ru"):
        renewed(file, later())


def test_the_ledger_of_another_pair_gives_no_value_to_a_file_without_properties() -> None:
    parts = {**unpacked(brief(("LU", "brief", "en"))), ITEM: unpacked(brief(DE))[ITEM]}
    parts["docProps/custom.xml"] = parts["docProps/core.xml"]
    file = packed(parts)
    done = renewed(file, later())

    before, after = human_work(file), human_work(done.blob)
    assert before.keys() == after.keys()
    assert all(is_within(before[name], after[name]) for name in before)
    read = {number: text for number, _, text in controls(file)}
    for number, tag, text in controls(done.blob):
        made_as = {node.text for node in ledger_of(file).iter(LEDGER + "print") if node.get("key") == tag}
        assert number not in read or text == read[number] or read[number] in made_as


@pytest.mark.parametrize(
    ("pattern", "by", "said"),
    [
        ('<table number="1"', '<table number="one"', "called 'one'"),
        ('<chart number="1"', '<chart number="-1"', "called '-1'"),
        ('<chart number="1"', f'<chart number="{"9" * 5000}"', "called '999"),
        ('part="word/charts/brief1.xml"', 'part="word/document.xml"', "said to be in 'word/document.xml'"),
        ('workbook="word/embeddings/[^"]*"', 'workbook="../../x.xlsx"', "said to be in"),
        ("<figure ", "<figure " + " ".join(f'a{number}="{"x" * 2_000_000}"' for number in range(6)) + " ", "damaged"),
    ],
)
def test_a_ledger_that_names_what_cannot_be_is_told(pattern: str, by: str, said: str) -> None:
    with pytest.raises(ReportError, match=re.escape(said)):
        renewed(in_ledger(pattern, by), later())


@pytest.mark.parametrize("name", ["control", "bookmark", "key", "form", "digest", "header", "as-of", "series"])
@pytest.mark.parametrize("value", VALUES if exhaustive() else VALUES[:2])
def test_any_value_of_the_ledger_gives_a_result_or_one_clear_error(name: str, value: str) -> None:
    file = in_ledger(f' {name}="[^"]*"', f' {name}="{value}"')
    try:
        done = renewed(file, later())
    except ReportError as error:
        assert error.problems  # noqa: PT017
    else:
        assert is_within(human_work(file, anew(done))[BODY], human_work(done.blob, anew(done))[BODY])


def anew(done: Any) -> set[str]:
    return {block.number for block in done.blocks if block.change == "replaced"}


def test_entries_in_any_order_and_twice_change_no_word_of_a_person() -> None:
    def shuffle(ledger: Any) -> None:
        entries = [*ledger, *map(copy.deepcopy, ledger)]
        random.Random(7).shuffle(entries)
        ledger[:] = entries

    file = edited(brief(LU), shuffle, ITEM)
    done = renewed(file, later())
    assert is_within(human_work(file, anew(done))[BODY], human_work(done.blob, anew(done))[BODY])
    assert of_status(done, "updated")


# ---------------------------------------------------------------- bodies


def test_controls_whose_ids_were_swapped_have_the_values_of_their_tags() -> None:
    def swap(root: Any) -> None:
        ids = [one.find(f"{W}sdtPr/{W}id") for one in root.iter(W + "sdt")]
        values = [one.get(W + "val") for one in ids]
        for one, value in zip(ids, reversed(values), strict=True):
            one.set(W + "val", value)

    done, plainly = renewed(edited(brief(LU), swap), later()), refreshed(LU)
    known = {
        tag: {text for _, one, text in controls(plainly.blob) if one == tag} for _, tag, _ in controls(plainly.blob)
    }
    assert of_status(done, "updated")
    for _, tag, text in controls(done.blob):
        assert text in known[tag] or text in {figure.now for figure in of_status(done, "overwritten")}


def test_bookmarks_of_one_name_twice_and_a_table_copied_with_them_change_nothing_else() -> None:
    def double(root: Any) -> None:
        table = next(mark for mark in root.iter(W + "bookmarkStart") if mark.get(W + "name") == "_rows1")
        table = next(table.iterancestors(W + "tbl"))
        table.addnext(copy.deepcopy(table))
        table.addnext(made("<w:p/>"))
        for mark in [*root.iter(W + "bookmarkStart")][:20]:
            mark.addprevious(copy.deepcopy(mark))

    file = edited(brief(LU), double)
    done = renewed(file, later())
    assert is_within(human_work(file, anew(done))[BODY], human_work(done.blob, anew(done))[BODY])
    assert of_status(done, "updated")


def test_a_bookmark_of_an_officer_keeps_its_table() -> None:
    (number, *_) = anew(refreshed(LU))

    def mark(root: Any) -> None:
        place = next(mark for mark in root.iter(W + "bookmarkStart") if mark.get(W + "name") == f"_rows{number}")
        place.addprevious(made('<w:bookmarkStart w:id="99001" w:name="mine"/>'))
        place.addprevious(made('<w:bookmarkEnd w:id="99001"/>'))

    assert b'w:name="mine"' in unpacked(renewed(edited(brief(LU), mark), later()).blob)[BODY]


@pytest.mark.parametrize("deleted", [False, True])
def test_a_control_of_an_officer_around_a_paragraph_stays_without_a_name(deleted: bool) -> None:
    def wrap(root: Any) -> None:
        found = (one for one in root.iterfind(f"{W}body/{W}p") if one.find(f"{W}sdt") is not None)
        paragraph = next(one for one in found if one[1].tag == W + "r")
        if deleted:
            paragraph.remove(paragraph.find(W + "sdt"))
        control = made('<w:sdt><w:sdtPr><w:id w:val="4711"/></w:sdtPr><w:sdtContent/></w:sdt>')
        paragraph.addprevious(control)
        control.find(W + "sdtContent").append(paragraph)

    done = renewed(edited(brief(LU), wrap), later())
    ids = etree.fromstring(unpacked(done.blob)[BODY]).iter(W + "id")
    (control,) = [one.getparent() for one in ids if one.get(W + "val") == "4711"]
    assert control.find(W + "tag") is None
    assert not of_status(done, "overwritten")


def nested(depth: int) -> Callable[[Any], None]:
    def nest(root: Any) -> None:
        inner = made("<w:r><w:t>deep</w:t></w:r>")
        for _ in range(depth):
            outer = made(f'<w:sdt><w:sdtPr><w:tag w:val="{TURNOVER}"/></w:sdtPr><w:sdtContent/></w:sdt>')
            outer.find(W + "sdtContent").append(inner)
            inner = outer
        next(root.iter(W + "p")).append(inner)

    return nest


@pytest.mark.parametrize("depth", [3, 100, 200])
def test_controls_in_controls_are_left_or_told(depth: int) -> None:
    file = edited(brief(LU), nested(depth))
    if depth > 150:
        with pytest.raises(ReportError, match="damaged"):
            renewed(file, later())
    else:
        assert len(of_status(renewed(file, later()), "overwritten")) == depth


@pytest.mark.parametrize("value", ["9" * 5_000, "2147483647", "-5", "٣", "x" * 3_000_000, ""])
def test_an_id_of_any_kind_is_no_number_of_ours(value: str) -> None:
    def number(root: Any) -> None:
        paragraph = next(root.iter(W + "p"))
        paragraph.append(made('<w:bookmarkStart w:id="1" w:name="mine"/>'))
        paragraph[-1].set(W + "id", value)
        control_of(root, TURNOVER).find(f"{W}sdtPr/{W}id").set(W + "val", value)

    file = edited(brief(LU), number)
    done = renewed(file, later())
    assert of_status(done, "updated")
    ids = re.findall(rb'<w:bookmarkStart w:id="(\d{1,10})"', unpacked(done.blob)[BODY])
    assert max(map(int, ids)) <= 2_147_483_647


RTL = "\u202b\u0645\u0628\u0644\u063a\u202c \u200f"


def test_texts_from_right_to_left_and_rare_signs_stay_and_are_no_figures() -> None:
    def write(root: Any) -> None:
        control = control_of(root, TURNOVER)
        control.addprevious(made(f"<w:r><w:t>{RTL}\U0001f600\ue000\ufffd</w:t></w:r>"))
        next(control.iter(W + "t")).text = f"{RTL}\ue000{TURNOVER}\ue000"

    done = renewed(edited(brief(LU), write), later())
    assert [figure.now for figure in of_status(done, "overwritten")] == [f"{RTL}\ue000{TURNOVER}\ue000"]
    assert f"{RTL}\U0001f600\ue000\ufffd" in words(etree.fromstring(unpacked(done.blob)[BODY]))


@pytest.mark.parametrize("blob", [b"<w:t>\xed\xa0\x80</w:t>", b"&#xD800;", b"&#0;", b"\xff\xfe", b"&x;"])
def test_signs_that_no_xml_has_are_told(blob: bytes) -> None:
    for part in (BODY, ITEM):
        parts = unpacked(brief(LU))
        at = parts[part].rindex(b"</")
        with pytest.raises(ReportError, match="damaged"):
            renewed(packed({**parts, part: parts[part][:at] + blob + parts[part][at:]}), later())


def test_thousands_of_copies_of_a_figure_are_renewed_in_good_time() -> None:
    def multiply(root: Any) -> None:
        control = control_of(root, TURNOVER)
        body = root.find(W + "body")
        for number in range(MANY):
            paragraph = made("<w:p><w:r><w:t>copy </w:t></w:r></w:p>")
            paragraph.append(copy.deepcopy(control))
            paragraph[-1].find(f"{W}sdtPr/{W}id").set(W + "val", str(FREE_ID + number))
            body.insert(0, paragraph)

    file = edited(brief(LU), multiply)
    began = process_time()
    done = renewed(file, later())
    assert len(of_status(done, "updated")) > MANY
    again = renewed(done.blob, later())
    assert again.blob == done.blob
    assert process_time() - began < SECONDS


# ---------------------------------------------------------------- going out


@pytest.mark.parametrize("harm", [nested(3), nested(100)])
def test_a_copy_that_goes_out_has_no_control_however_deep(harm: Callable[[Any], None]) -> None:
    try:
        done = refresh_final(("brief.docx", edited(brief(LU), harm)), later(), workshop(), OLD)
    except ReportError as error:
        assert error.problems  # noqa: PT017
    else:
        assert b"<w:sdt" not in unpacked(done.blob)[BODY]
