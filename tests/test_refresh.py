"""Refresh: new figures in a file that an officer has edited, and not a word of the officer lost."""

import copy
import io
import json
import random
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from reports.cli import MADE, PROBLEMS, main
from reports.editions.word_figures import differences
from reports.errors import RefreshError, ReportError
from reports.orders import Order, fill
from reports.refresh import AUTHOR, Refreshed
from reports.refresh.package import opened
from reports.refresh.proof import Touched, proved
from tests.officer_edits import WHEN, Officer, human_work, is_within, overwrites_a_figure
from tests.refresh_files import (
    BRIEFS,
    LEDGER,
    NEW,
    OLD,
    TRACKING,
    Which,
    brief,
    control_of,
    controls,
    data,
    edited,
    fresh,
    internal_of,
    later,
    ledger_of,
    made,
    of_status,
    refreshed,
    renewed,
    workshop,
)
from tests.tools import exhaustive, require
from tests.validators import WORD, findings
from tests.word_files import BODY, W, packed, replaced, unpacked, words

SCRIPTS = 300 if exhaustive() else 7
STEPS = 8


# ---------------------------------------------------------------- the law


@pytest.mark.parametrize("seed", range(SCRIPTS))
def test_no_change_of_a_person_is_lost_and_no_untouched_figure_is_stale(seed: int) -> None:
    which = BRIEFS[seed % len(BRIEFS)]
    officer = Officer(brief(which), seed)
    file = officer.edited(STEPS)
    done = renewed(file, later(), tracking=TRACKING if seed % 3 == 0 else None)

    anew = {block.number for block in done.blocks if block.change == "replaced"}
    before, after = human_work(file, anew), human_work(done.blob, anew)
    assert before.keys() == after.keys()
    assert all(is_within(before[name], after[name]) for name in before), officer.said
    for text in officer.texts:
        assert any(text in (part.decode("utf-8", "replace")) for part in unpacked(done.blob).values()), text
    _no_stale(done, officer, which)
    assert [name for name, _ in internal_of(done.blob)[1]] == [name for name, _ in internal_of(file)[1]]
    again = renewed(done.blob, later(), tracking=TRACKING if seed % 3 == 0 else None)
    assert again.blob == done.blob
    assert not of_status(again, "updated")
    assert len(of_status(again, "overwritten")) == len(of_status(done, "overwritten"))


def bare(text: str | None) -> str:
    """A figure with its marks, without the comma before a citation."""
    return (text or "").rstrip(",")


def _no_stale(done: Refreshed, officer: Officer, which: Which) -> None:
    """What reads as it was made and is known today says what a new brief says; what was overwritten is reported."""
    today: dict[tuple[str, str], set[str]] = {}
    for node in fresh(which).iter(LEDGER + "print"):
        today.setdefault((node.get("key"), node.get("form")), set()).add(bare(node.text))
    forms = {
        node.get("control"): (node.get("key"), node.get("form")) for node in ledger_of(done.blob).iter(LEDGER + "print")
    }
    held = {figure.now for figure in of_status(done, "overwritten")}
    seen = {}
    for number, tag, text in controls(done.blob):
        seen[number] = text
        if number in officer.held:
            assert text in held
            assert text == officer.held[number]
        elif number in forms and forms[number] in today:
            assert bare(text) in today[forms[number]], (tag, officer.said)
    assert all(seen[number] == text for number, text in officer.held.items() if number in seen)
    gone = {(figure.key, figure.made) for figure in of_status(done, "deleted")}
    was = {node.get("control"): (node.get("key"), node.text) for node in ledger_of(officer.data).iter(LEDGER + "print")}
    assert all(was[number] in gone for number in officer.deleted if number in was)


@pytest.mark.parametrize("which", BRIEFS if exhaustive() else BRIEFS[1::2])
def test_a_file_that_nobody_edited_has_the_figures_of_a_new_brief(which: Which) -> None:
    done = refreshed(which)

    assert of_status(done, "updated")
    assert not of_status(done, "overwritten") + of_status(done, "deleted") + of_status(done, "tracked")
    assert differences(done.blob, "brief.docx") == ()
    _no_stale(done, Officer(brief(which), 0), which)


@pytest.mark.parametrize("which", BRIEFS[:2])
def test_the_same_data_change_nothing(which: Which) -> None:
    blob = brief(which)
    done = renewed(blob, data(), day=OLD)
    before, after = unpacked(blob), unpacked(done.blob)

    assert {figure.status for figure in done.figures} == {"same"}
    assert [name for name in before if before[name] != after[name]] == ["customXml/item1.xml"]
    assert renewed(done.blob, data(), day=OLD).blob == done.blob


# ---------------------------------------------------------------- the gate


@pytest.mark.parametrize("judge", sorted(WORD))
def test_a_refreshed_file_passes_the_gate(judge: str) -> None:
    files = {f"{number}.docx": renewed(brief(which), later(), tracking=TRACKING if number % 2 else None).blob
             for number, which in enumerate(BRIEFS if exhaustive() else BRIEFS[1:2])}  # fmt: skip

    assert not {name: found for name, found in findings(judge, files).items() if found}


# ---------------------------------------------------------------- what is refused


def no_zip(_: bytes) -> bytes:
    return b"not a Word file at all"


def encrypted(_: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


def cut_short(blob: bytes) -> bytes:
    return blob[: len(blob) // 2]


def damaged_inside(blob: bytes) -> bytes:
    at = blob.index(b"word/document.xml") + 200
    return blob[:at] + bytes(255 - each for each in blob[at : at + 50]) + blob[at + 50 :]


def changed(part: str, pattern: str, by: str) -> Callable[[bytes], bytes]:
    def change(blob: bytes) -> bytes:
        parts = unpacked(blob)
        replaced(part, pattern, by)(parts)
        return packed(parts)

    return change


def with_part(name: str, content: bytes) -> Callable[[bytes], bytes]:
    return lambda blob: packed({**unpacked(blob), name: content})


def without_ledger(blob: bytes) -> bytes:
    return packed({name: part for name, part in unpacked(blob).items() if not name.startswith("customXml/")})


def two_ledgers(blob: bytes) -> bytes:
    parts = unpacked(blob)
    return packed({**parts, "customXml/item7.xml": parts["customXml/item1.xml"]})


def a_part_twice(blob: bytes) -> bytes:
    buffer = io.BytesIO(blob)
    with zipfile.ZipFile(buffer, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr(BODY, b"<x/>")
    return buffer.getvalue()


def a_bomb(blob: bytes) -> bytes:
    buffer = io.BytesIO(blob)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for number in range(11):
            package.writestr(f"word/media/{number}.bin", b"\0" * 10_000_000)
    return buffer.getvalue()


def many_parts(blob: bytes) -> bytes:
    return packed({**unpacked(blob), **{f"word/media/{number}.bin": b"" for number in range(5000)}})


ITEM = "customXml/item1.xml"
ENTITY = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "no zip": (no_zip, "no Word document"),
    "encrypted": (encrypted, "encrypted"),
    "cut short": (cut_short, "no Word document"),
    "damaged": (damaged_inside, "damaged"),
    "foreign": (without_ledger, "no figures of ours"),
    "two ledgers": (two_ledgers, "2 ledgers"),
    "macros": (with_part("word/vbaProject.bin", b"x"), "macros"),
    "macros by type": (changed("[Content_Types].xml", "wordprocessingml.document.main", "macroEnabled.main"), "macros"),
    "a part twice": (a_part_twice, "twice"),
    "a bomb": (a_bomb, "unpacks to more than"),
    "many parts": (many_parts, "too many parts"),
    "a body with a DOCTYPE": (changed(BODY, r"\?>\n", f"?>{ENTITY}"), "DOCTYPE"),
    "a ledger with a DOCTYPE": (changed(ITEM, r"\?>\n", f"?>{ENTITY}"), "DOCTYPE"),
    "a ledger that is no XML": (changed(ITEM, "<origin", "<<origin"), "damaged"),
    "a body that is no XML": (changed(BODY, "<w:body>", "<w:body"), "damaged"),
    "another version": (changed(ITEM, "ledger:2", "ledger:999"), "another version"),
    "no order": (changed(ITEM, "<origin[^>]*/>", ""), "does not say of what"),
    "an unknown country": (changed(ITEM, 'partner="[^"]*"', 'partner="ZZ"'), "unknown partner"),
    "an unknown report": (changed(ITEM, 'report="[^"]*"', 'report="../../etc"'), "unknown report"),
    "an unknown language": (changed(ITEM, 'language="[^"]*"', 'language="../xx"'), "unknown language"),
    "no day": (changed(ITEM, 'as-of="[^"]*"', 'as-of="0001-01-01"'), "no day of a brief"),
    "an absurd rule": (changed(ITEM, 'known="[^"]*"', 'known="everything"'), "everything"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_not_to_be_touched_gets_one_clear_error(name: str) -> None:
    harm, said = HOSTILE[name]
    with pytest.raises(RefreshError) as error:
        renewed(harm(brief(BRIEFS[0])), data(), day=OLD)

    (problem,) = error.value.problems
    assert said in str(problem)
    assert problem.where.startswith("brief.docx")
    assert problem.hint


@pytest.mark.parametrize("seed", range(200 if exhaustive() else 6))
def test_a_ledger_with_flipped_bytes_never_ends_in_another_error(seed: int) -> None:
    dice, parts = random.Random(seed), unpacked(brief(BRIEFS[4]))
    blob = bytearray(parts[ITEM])
    for _ in range(dice.choice((1, 1, 2, 5, 20))):
        blob[dice.randrange(len(blob))] = dice.randrange(32, 127)
    try:
        done = renewed(packed({**parts, ITEM: bytes(blob)}), data(), day=OLD)
    except ReportError as error:
        assert error.problems  # noqa: PT017
    else:
        assert is_within(human_work(packed(parts))[BODY], human_work(done.blob)[BODY])


# ---------------------------------------------------------------- what LibreOffice saved


def saved_by_libreoffice(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """The files as LibreOffice saves them, all in one start of it."""
    require("soffice")
    came, went = folder / "came", folder / "went"
    came.mkdir()
    for name, blob in files.items():
        (came / name).write_bytes(blob)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", went, *came.iterdir()],
        check=True, capture_output=True, timeout=120 + 10 * len(files),
    )  # fmt: skip
    return {name: (went / name).read_bytes() for name in files}


@pytest.mark.skipif(not exhaustive(), reason="a start of LibreOffice is for the exhaustive run")
def test_a_file_that_libreoffice_saved_is_healed_and_refreshed(tmp_path: Path) -> None:
    officers = {f"{seed}.docx": Officer(brief(BRIEFS[seed % len(BRIEFS)]), seed) for seed in range(14)}
    files = {name: officer.edited(STEPS) for name, officer in officers.items()}
    for name, blob in saved_by_libreoffice(files, tmp_path).items():
        officer = officers[name]
        which = BRIEFS[officer.seed % len(BRIEFS)]
        done = renewed(blob, later())
        before, after = human_work(blob), human_work(done.blob)

        assert all(is_within(before[story], after[story]) for story in before), (name, officer.said)
        assert not of_status(done, "tracked")
        found = [len(of_status(each, "updated")) for each in (done, renewed(files[name], later()))]
        assert found[0] >= found[1] - len(of_status(done, "unnamed")), officer.said
        _no_stale(done, officer, which)
        assert renewed(done.blob, later()).blob == done.blob


# ---------------------------------------------------------------- one by one

LU = BRIEFS[0]


def test_new_rows_stand_where_todays_brief_has_them() -> None:
    done = refreshed(LU)
    rows = [words(row) for row in etree.fromstring(unpacked(done.blob)[BODY]).iter(W + "tr")]
    (at,) = [number for number, row in enumerate(rows) if "19\u00a0ноября 2025" in row or "19.11.2025" in row]

    today = [words(row) for row in etree.fromstring(unpacked(made(later(), LU, NEW))[BODY]).iter(W + "tr")]
    (there,) = [number for number, row in enumerate(today) if row == rows[at]]
    assert (rows[at - 1], rows[at + 1]) == (today[there - 1], today[there + 1])
    assert any(block.change == "rows" for block in done.blocks)


def test_a_row_that_a_person_deleted_does_not_come_back() -> None:
    parts = unpacked(refreshed(LU).blob)
    root = etree.fromstring(parts[BODY])
    (row,) = [row for row in root.iter(W + "tr") if "19\u00a0ноября 2025" in words(row) or "19.11.2025" in words(row)]
    row.getparent().remove(row)
    file = packed({**parts, BODY: etree.tostring(root)})

    assert human_work(renewed(file, later()).blob) == human_work(file)


def test_charts_are_those_of_a_new_brief() -> None:
    done, new = unpacked(refreshed(LU).blob), unpacked(made(later(), LU, NEW))
    charts = [name for name in done if name.startswith(("word/charts/brief", "word/embeddings/"))]

    assert charts
    assert all(done[name] == new[name] for name in charts)
    said = [node.get("descr") for node in etree.fromstring(done[BODY]).iter("{*}docPr")]
    assert said == [node.get("descr") for node in etree.fromstring(new[BODY]).iter("{*}docPr")]


@pytest.mark.parametrize("part", ["word/charts/brief1.xml", "word/embeddings/brief1.xlsx"])
def test_a_chart_that_was_changed_by_hand_is_left(part: str) -> None:
    parts = unpacked(brief(LU))
    touched = {**parts, part: parts[part] + (b"<!-- mine -->" if part.endswith("xml") else b"\0")}
    done = renewed(packed(touched), later())

    assert unpacked(done.blob)[part] == touched[part]
    assert [block.change for block in done.blocks if block.what == "chart" and block.number == "1"] == ["left"]


def read_as(blob: bytes, *, accepted: bool) -> list[str]:
    """The figures of the body with all tracked changes accepted, or all rejected."""
    root = etree.fromstring(unpacked(blob)[BODY])
    for row in [row for row in root.iter(W + "tr") if row.find(f"{W}trPr/{W}ins") is not None and not accepted]:
        row.getparent().remove(row)
    gone = W + ("del" if accepted else "ins")
    for change in list(root.iter(gone)):
        change.getparent().remove(change)
    return ["".join(text.text or "" for text in one.iter(W + "t", W + "delText")) for one in root.iter(W + "sdt")]


def test_tracked_values_accepted_are_todays_and_rejected_those_of_before() -> None:
    tracked, plainly = renewed(brief(LU), later(), tracking=TRACKING).blob, refreshed(LU).blob

    assert read_as(tracked, accepted=False) == read_as(brief(LU), accepted=True)
    assert len(set(read_as(tracked, accepted=True)) - set(read_as(plainly, accepted=True))) == 0
    changes = etree.fromstring(unpacked(tracked)[BODY]).iter(W + "ins", W + "del")
    assert {change.get(W + "author") for change in changes} == {AUTHOR}


def test_an_overwritten_figure_is_told_again_next_month_and_a_rejected_change_is_one() -> None:
    officer = Officer(brief(LU), 1)
    overwrites_a_figure(officer)
    first = renewed(officer.edited(0), later(), tracking=TRACKING)
    held = [(figure.key, figure.made, figure.now) for figure in of_status(first, "overwritten")]
    assert len(held) == 1
    second = renewed(first.blob, later(), day=date(2026, 1, 5))
    assert held == [(figure.key, figure.made, figure.now) for figure in of_status(second, "overwritten")]

    parts = unpacked(first.blob)
    root = etree.fromstring(parts[BODY])
    change = next(change for change in root.iter(W + "ins") if change.getparent().tag == W + "sdtContent")
    inside = change.getparent()
    for deletion in inside.findall(W + "del"):
        for run in deletion:
            deletion.addprevious(run)
            for text in run.iter(W + "delText"):
                text.tag = W + "t"
        inside.remove(deletion)
    inside.remove(change)
    rejected = renewed(packed({**parts, BODY: etree.tostring(root)}), later())
    assert len(of_status(rejected, "overwritten")) == 2


def test_a_figure_of_a_cable_is_left_and_told(tmp_path: Path) -> None:
    table = tmp_path / "cable.csv"
    table.write_text(
        "indicator,period,value,unit,multiplier,reporter,source,publisher,published\n"
        "trade.turnover,2025-01/2025-08,14.2,USD,6,KZ,Cable 7,Embassy,2025-11-01\n",
        "utf-8",
    )
    order = Order("KZ", "LU", OLD, "brief", ("en",), ("docx",), overrides=table)
    (blob,) = fill(order, workshop(), data()).files.values()
    given = of_status(renewed(blob, later()), "given")

    assert {figure.key for figure in given} == {"trade.turnover@2025-01/2025-08"}
    assert all("14.2" in figure.now for figure in given)


def test_what_is_more_than_a_figure_is_not_written() -> None:
    package = opened(brief(LU), "brief.docx")
    next(package.body.root.iter(W + "t")).text = "something else"

    with pytest.raises(RefreshError, match="more would change"):
        proved(package.body, Touched(), "brief.docx")


# ---------------------------------------------------------------- the command


def test_the_command_writes_beside_the_file_and_never_over_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "brief.ru.docx"
    path.write_bytes(brief(LU))
    asked = ["refresh", str(path), "--as-of", "2025-11-20"]

    assert main([*asked, "--json"]) == MADE
    told = json.loads(capsys.readouterr().out)
    assert told.keys() >= {"files", "figures", "problems"}
    assert told["files"] == [str(tmp_path / "brief.ru.2025-11-20.docx")]
    assert {figure["status"] for figure in told["figures"]} >= {"same"}
    assert path.read_bytes() == brief(LU)
    assert main(asked) == PROBLEMS  # it is there already
    assert main([*asked, "--out", str(path)]) == PROBLEMS
    assert path.read_bytes() == brief(LU)
    assert main([*asked, "--out", str(tmp_path / "brief.ru.2025-11-20.docx")]) == MADE
    assert sorted(each.name for each in tmp_path.iterdir()) == ["brief.ru.2025-11-20.docx", "brief.ru.docx"]


def test_the_command_tells_what_is_no_file_of_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.docx"
    path.write_bytes(without_ledger(brief(LU)))

    assert main(["refresh", str(path)]) == PROBLEMS
    assert "no figures of ours" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [path]


# ---------------------------------------------------------------- what only looks untouched


TURNOVER = "trade.turnover@2024"


def test_a_tracked_change_of_a_person_in_a_figure_stays_though_it_reads_as_made() -> None:
    def retype(root: Any) -> None:
        inside = control_of(root, TURNOVER).find(W + "sdtContent")
        run = inside.find(W + "r")
        deletion = etree.SubElement(inside, W + "del", {W + "id": "900001", W + "author": "Desk", W + "date": WHEN})
        insertion = etree.SubElement(inside, W + "ins", {W + "id": "900002", W + "author": "Desk", W + "date": WHEN})
        insertion.append(copy.deepcopy(run))
        deletion.append(run)
        for text in run.iter(W + "t"):
            text.tag = W + "delText"

    blob = edited(brief(LU), retype)
    done = renewed(blob, later())

    assert [figure.key for figure in of_status(done, "tracked")] == [TURNOVER]
    control = control_of(etree.fromstring(unpacked(done.blob)[BODY]), TURNOVER)
    assert etree.tostring(control) == etree.tostring(control_of(etree.fromstring(unpacked(blob)[BODY]), TURNOVER))
    authors = [
        change.get(W + "author") for change in etree.fromstring(unpacked(done.blob)[BODY]).iter(W + "ins", W + "del")
    ]
    assert authors.count("Desk") == 2


def test_a_figure_that_was_moved_as_a_tracked_change_is_renewed_where_it_went() -> None:
    def move(root: Any) -> None:
        control = control_of(root, TURNOVER)
        new = copy.deepcopy(control)
        new.find(f"{W}sdtPr/{W}id").set(W + "val", "77")
        for mark, each in (("moveFrom", control), ("moveTo", new)):
            change = etree.Element(W + mark, {W + "id": str(len(mark)), W + "author": "Desk", W + "date": WHEN})
            control.getparent().addnext(change) if each is new else control.addprevious(change)
            change.append(each)

    done = renewed(edited(brief(LU), move), later())
    root = etree.fromstring(unpacked(done.blob)[BODY])
    ((before,), (after,)) = ([words(each) for each in root.iter(W + mark)] for mark in ("moveFrom", "moveTo"))

    assert before == words(control_of(etree.fromstring(unpacked(brief(LU))[BODY]), TURNOVER))
    assert after != before
    assert after in [figure.today for figure in of_status(done, "updated")]


def types_in_a_cell(table: Any) -> None:
    next(text for text in table.iter(W + "t") if next(text.iterancestors(W + "sdt"), None) is None).text += " (mine)"


def makes_a_cell_bold(table: Any) -> None:
    next(table.iter(W + "rPr")).append(etree.Element(W + "b"))


def comments_in_a_cell(table: Any) -> None:
    next(table.iter(W + "r")).addprevious(etree.Element(W + "commentRangeStart", {W + "id": "5"}))


@pytest.mark.parametrize("edit", [types_in_a_cell, makes_a_cell_bold, comments_in_a_cell])
def test_a_table_is_made_anew_only_if_nobody_touched_it(edit: Callable[[Any], None]) -> None:
    (anew, *_) = [block.number for block in refreshed(LU).blocks if block.change == "replaced"]

    def touch(root: Any) -> None:
        mark = next(mark for mark in root.iter(W + "bookmarkStart") if mark.get(W + "name") == f"_rows{anew}")
        edit(next(mark.iterancestors(W + "tbl")))

    blob = edited(brief(LU), touch)
    done = renewed(blob, later())

    assert "left" in {block.change for block in done.blocks if (block.what, block.number) == ("table", anew)}
    assert is_within(human_work(blob)[BODY], human_work(done.blob)[BODY])


def test_a_deleted_figure_is_told_though_a_table_that_is_made_anew_has_it_too() -> None:
    def delete(root: Any) -> None:
        control = control_of(root, TURNOVER)
        control.getparent().remove(control)

    done = renewed(edited(brief(LU), delete), later())

    assert [figure.key for figure in of_status(done, "deleted")] == [TURNOVER]


def test_a_figure_whose_text_was_moved_out_of_its_control_counts_as_deleted() -> None:
    def move(root: Any) -> None:
        inside = control_of(root, TURNOVER).find(W + "sdtContent")
        change = etree.SubElement(inside, W + "moveFrom", {W + "id": "8", W + "author": "Desk", W + "date": WHEN})
        change.extend(inside.findall(W + "r"))

    done = renewed(edited(brief(LU), move), later())

    assert [(figure.key, figure.now) for figure in of_status(done, "deleted")] == [(TURNOVER, "")]


def test_marks_that_the_file_may_not_explain_are_told() -> None:
    (problem,) = [each for each in refreshed(LU).problems if "marks" in each.message]

    assert problem.severity == "warning"
    assert "marks r now" in problem.message
