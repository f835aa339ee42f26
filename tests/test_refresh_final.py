"""A refreshed file that goes out: the public's figures of today in an officer's words, and nothing that is not read."""

import copy
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from reports.cli import MADE, PROBLEMS, USAGE, main
from reports.errors import RefreshError, ReportError
from reports.facts.records import Data, Observation
from reports.facts.values import Amount
from reports.orders import Order, fill
from reports.refresh import Refreshed, refresh_final
from reports.writers.word.final import final_copy
from reports.writers.word.internal import said
from reports.writers.word.prints import hash_of
from tests.officer_edits import Officer, overwrites_a_figure
from tests.package_checks import faults
from tests.refresh_files import (
    LEDGER,
    NEW,
    NOTES,
    OLD,
    Which,
    brief,
    data,
    edited,
    internal_of,
    later,
    made,
    of_status,
    renewed,
    workshop,
)
from tests.test_final_copies import READS, SECRET, everything, of_the_whole, worked_on
from tests.word_files import BODY, W, unpacked, words

LU: Which = ("LU", "brief", "ru")
VISIT: Which = ("LU", "visit", "en")
TURNOVER = "trade.turnover@2024"


def sent(blob: bytes, of: Data, day: date = NEW) -> Refreshed:
    return refresh_final(("brief.docx", blob), of, workshop(), day)


def paragraphs(blob: bytes) -> list[str]:
    return list(map(words, etree.fromstring(unpacked(blob)[BODY]).iter(W + "p")))


def test_nothing_that_is_not_read_is_in_any_part_and_all_that_is_read_stays() -> None:
    officer = Officer(worked_on(brief(LU)), 1)
    overwrites_a_figure(officer)
    file = officer.edited(0)
    done = sent(file, later())
    whole = everything(done.blob)

    assert SECRET not in whole
    for mark in (b"<w:sdt>", b"<w:ins ", b"<w:del ", b"bilateral:ledger", b"commentReference"):
        assert mark not in whole, mark
    assert not re.search(rb'w:name="(_f[0-9a-f]{8}|_rows|_i\d)', whole)
    assert b"<w:vanish/>" not in unpacked(done.blob)[BODY]
    said_there = paragraphs(done.blob)
    assert all(text in said_there for text in READS)
    assert all(text.encode() in whole for text in officer.texts)
    assert of_status(done, "updated")
    assert paragraphs(done.blob) == paragraphs(final_copy(renewed(file, later()).blob, "brief.docx"))
    assert faults(done.blob) == []
    assert sent(file, later()).blob == done.blob


def test_internal_parts_go_and_nothing_is_told_of_their_figures() -> None:
    file = brief(VISIT)
    done = sent(file, later())
    public = Order("KZ", "LU", NEW, "visit", ("en",), ("docx",), disclosure="public")
    (now,) = fill(public, workshop(), later()).files.values()
    (then,) = fill(replace(public, as_of=OLD), workshop(), data()).files.values()

    allowed = {re.sub(r"\d", "", text) for shown in (now, then) for text in paragraphs(shown)}
    extra = [text for text in paragraphs(done.blob) if re.sub(r"\d", "", text) not in allowed]
    assert "Sample: agree on a day" in "".join(paragraphs(file))
    assert [text for text in extra if not of_the_whole(text)] == []
    assert not of_status(done, "unknown") + of_status(done, "deleted")
    assert "public" in " ".join(problem.message for problem in done.problems)  # the header still says otherwise


@pytest.mark.parametrize("which", [VISIT, LU])
def test_a_refreshed_file_can_still_become_a_final_copy(which: Which) -> None:
    blob = brief(which)
    done = renewed(blob, later()).blob

    (issuer, parts), (issued, known) = internal_of(done), internal_of(blob)
    assert issuer == issued != ""
    assert [name for name, _ in parts] == [name for name, _ in known]
    assert all(before <= now for (_, now), (_, before) in zip(parts, known, strict=True))
    assert final_copy(done, "brief.docx") != final_copy(blob, "brief.docx")


# ---------------------------------------------------------------- what is in doubt stays


def test_a_figure_that_came_with_the_order_does_not_go_out_untouched(tmp_path: Path) -> None:
    table = tmp_path / "cable.csv"
    table.write_text(
        "indicator,period,value,unit,multiplier,reporter,source,publisher,published\n"
        "trade.turnover,2025-01/2025-08,14.2,USD,6,KZ,Cable 7,Embassy,2025-11-01\n",
        "utf-8",
    )
    order = Order("KZ", "LU", OLD, "brief", ("en",), ("docx",), overrides=table)
    (blob,) = fill(order, workshop(), data()).files.values()

    with pytest.raises(RefreshError, match="do not have for the public"):
        sent(blob, later())


def secret(row: Observation) -> Observation:
    return replace(row, confidentiality="N") if row.indicator == "fdi.inflow.gross" else row


def test_a_figure_that_is_not_for_the_public_does_not_go_out_untouched() -> None:
    pair = data().pairs["KZ", "LU"]
    hidden = replace(pair, observations=tuple(map(secret, pair.observations)))
    of = replace(data(), pairs={**data().pairs, ("KZ", "LU"): hidden})

    with pytest.raises(RefreshError, match="do not have for the public"):
        sent(made(of, LU, OLD), of, OLD)
    assert sent(brief(LU), data(), OLD).blob


def test_a_copy_of_an_internal_paragraph_is_known_though_its_figure_has_another_unit_now() -> None:
    """Million became billion: the paragraph has other letters than those that the ledger knew."""
    root = etree.fromstring(unpacked(brief(LU))[BODY])
    hashed = hash_of(said(sentence_of(root)))
    assert hashed

    def mark(root: Any) -> None:
        inside = sentence_of(root)
        twin = copy.deepcopy(inside)
        for bookmark in [*twin.iter(W + "bookmarkStart", W + "bookmarkEnd")]:
            bookmark.getparent().remove(bookmark)
        for number, control in enumerate(twin.iter(W + "sdt"), 7_000_000):
            control.find(f"{W}sdtPr/{W}id").set(W + "val", str(number))
        inside.getparent().insert(0, twin)
        inside.insert(1, etree.Element(W + "bookmarkStart", {W + "id": "900001", W + "name": "_i1"}))
        inside.append(etree.Element(W + "bookmarkEnd", {W + "id": "900001"}))

    def enter(ledger: Any) -> None:
        part = etree.SubElement(ledger, LEDGER + "internal", {"bookmark": "_i1"})
        etree.SubElement(part, LEDGER + "paragraph").text = hashed

    file = edited(edited(brief(LU), mark), enter, "customXml/item1.xml")
    pair = data().pairs["KZ", "LU"]
    larger = replace(pair, observations=tuple(map(_thousandfold, pair.observations)))
    of = replace(data(), pairs={**data().pairs, ("KZ", "LU"): larger})
    done = renewed(file, of, day=OLD)
    twin = next(etree.fromstring(unpacked(done.blob)[BODY]).iter(W + "p"))

    assert hash_of(said(twin)) != hashed
    for now in (lambda: final_copy(done.blob, "x"), lambda: sent(file, of, OLD)):
        with pytest.raises(ReportError, match="stands outside its part"):
            now()


def sentence_of(root: Any) -> Any:
    """The first paragraph in which the turnover of the year stands in a sentence."""
    tagged = (tag.getparent().getparent() for tag in root.iter(W + "tag") if tag.get(W + "val") == TURNOVER)
    paragraphs = (next(control.iterancestors(W + "p")) for control in tagged)
    return next(one for one in paragraphs if next(one.iterancestors(W + "tbl"), None) is None)


def _thousandfold(row: Observation) -> Observation:
    if not isinstance(row.value, Amount) or not row.indicator.startswith("trade."):
        return row
    return replace(row, value=replace(row.value, scale=row.value.scale + 3))


# ---------------------------------------------------------------- the command


def test_the_command_names_the_copy_and_never_writes_over_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, copied = tmp_path / "brief.ru.docx", tmp_path / "brief.ru.2025-11-20.final.docx"
    path.write_bytes(brief(LU))
    asked = ["refresh", str(path), "--as-of", "2025-11-20", "--final"]

    assert main([*asked, "--tracked"]) == USAGE
    assert list(tmp_path.iterdir()) == [path]
    capsys.readouterr()
    assert main([*asked, "--json"]) == MADE
    assert json.loads(capsys.readouterr().out)["files"] == [str(copied)]
    assert b"<w:sdt>" not in unpacked(copied.read_bytes())[BODY]
    assert NOTES not in unpacked(copied.read_bytes())
    assert path.read_bytes() == brief(LU)
    before = copied.read_bytes()
    assert main(asked) == PROBLEMS
    assert copied.read_bytes() == before
    with pytest.raises(RefreshError, match="no figures of ours"):
        renewed(before, data())
