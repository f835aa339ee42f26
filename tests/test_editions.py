"""Editions: complete or absent, made again from what they keep, and nothing of a person's is ever lost."""

import gzip
import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from reports.batch import Machines, Places
from reports.cli import main
from reports.editions import manifest
from reports.editions.keeping import Kept, before_of
from reports.editions.making import rows_of
from reports.editions.manifest import Edition
from reports.editions.shelf import Place, places, seen
from reports.editions.verifying import verified
from reports.editions.word_figures import differences
from reports.errors import EditionError
from reports.facts.excerpt import excerpt
from reports.facts.facts import facts_of
from reports.facts.plain import from_plain, to_plain
from reports.facts.records import Data
from reports.facts.standpoint import Disclosure
from reports.facts.values import Amount, Count
from reports.orders import Order, Workshop, fill
from reports.press import Desk, press
from reports.sources import SOURCES
from tests.tools import LANGUAGES, PARTNERS, REPORTS, exhaustive, require

ROOT = Path(__file__).parent.parent
PLACES = Places(ROOT / "templates", ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")
DAY = date(2025, 10, 20)
NOW = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)


@cache
def data() -> Data:
    return SOURCES["folder"](ROOT / "data")[0]


@cache
def workshop() -> Workshop:
    return Workshop(PLACES.templates, PLACES.house_file, PLACES.fonts)


def order(*languages: str, partner: str = "LU", day: date = DAY, formats: tuple[str, ...] = ("text",)) -> Order:
    return Order("KZ", partner, day, "brief", languages or ("en",), formats)


def pressed(out: Path, *orders: Order, records: Data | None = None, now: datetime = NOW) -> list[Kept]:
    desk = Desk(out, PLACES, lambda: now, Machines(jobs=1))
    return list(press(orders, records or data(), desk))


def pressed_one(out: Path, wanted: Order, records: Data | None = None) -> Kept:
    (kept,) = pressed(out, wanted, records=records)
    assert kept.failed is False, kept.told
    return kept


def edition_of(out: Path, day: date = DAY, partner: str = "LU") -> Edition:
    return seen(Place(out, f"KZ-{partner}", day))


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and the time when it was last written."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".work" not in path.parts)
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def with_turnover(digits: str, records: Data | None = None) -> Data:
    """The data after a correction: turnover of January to August 2025 has other digits."""
    before = records or data()
    pair = before.pairs["KZ", "LU"]
    (row,) = (
        row for row in pair.observations if row.indicator == "trade.turnover" and str(row.period) == "2025-01/2025-08"
    )
    assert isinstance(row.value, Amount)
    new = replace(row, value=replace(row.value, digits=type(row.value.digits)(digits)))
    rows = tuple(new if one is row else one for one in pair.observations)
    return replace(before, pairs={**before.pairs, ("KZ", "LU"): replace(pair, observations=rows)})


# ---------------------------------------------------------------- what it keeps


def test_an_edition_records_every_file_figure_and_input(tmp_path: Path) -> None:
    kept = pressed_one(tmp_path, order("en", "kk", formats=("text", "json")))

    edition = edition_of(tmp_path)
    brief = edition.briefs["brief"]
    assert {path.name for path in kept.files} == {
        f"brief.{tag}.{end}" for tag in ("en", "kk") for end in ("txt", "json")
    }
    assert set(edition.files()) == {path.name for path in kept.place.folder.iterdir()} - {manifest.NAME}
    assert not list(verified([kept.place]))
    said = json.loads((kept.place.folder / "brief.kk.json").read_text("utf-8"))
    assert set(said["figures"]) == set(brief.figures)
    turnover = brief.figures["trade.turnover@2025-01/2025-08"]
    assert (turnover.record.value, turnover.record.sources) == ("13.6", ("qazinform-2025-10-20",))
    assert {tag: [text.replace("\u00a0", " ") for text in texts][:1] for tag, texts in turnover.texts.items()} == {
        "en": ["13.6"],
        "kk": ["13,6"],
    }
    assert all(text in (kept.place.folder / "brief.kk.txt").read_text("utf-8") for text in turnover.texts["kk"])


def test_the_record_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    kept = pressed_one(tmp_path, order("en"))
    edition = manifest.read(kept.place.record)

    assert manifest.parsed(manifest.dumped(edition), "again") == edition


@pytest.mark.parametrize("disclosure", ["internal", "public"])
@pytest.mark.parametrize("partner", PARTNERS)
def test_an_excerpt_tells_the_same_facts_as_all_data(partner: str, disclosure: Disclosure) -> None:
    part = excerpt(data(), "KZ", partner, disclosure)
    for day in (date(2026, 11, 1), date(2025, 1, 1)):
        whole, cut = (facts_of(records, "KZ", partner, day, disclosure=disclosure) for records in (data(), part))
        assert replace(whole, sources={}) == replace(cut, sources={})
    assert from_plain(json.loads(json.dumps(to_plain(part)))) == part


def test_a_public_brief_keeps_nothing_internal_among_its_rows(tmp_path: Path) -> None:
    notes = data().pairs["KZ", "LU"].notes
    internal = [note for note in notes if note.record.confidentiality != "F"]
    (kept,) = pressed(tmp_path, replace(order("en"), report="visit", disclosure="public"))
    (rows,) = kept.place.folder.glob("rows.*")
    text = gzip.decompress(rows.read_bytes()).decode()

    assert internal
    assert [said for note in internal for said in note.text.values() if said in text] == []
    (kept,) = pressed(tmp_path / "own", replace(order("en"), report="visit"))
    (rows,) = kept.place.folder.glob("rows.*")
    assert internal[0].text["en"] in gzip.decompress(rows.read_bytes()).decode()


@pytest.mark.parametrize("report", REPORTS)
def test_a_brief_from_an_excerpt_is_a_brief_from_all_data(report: str) -> None:
    for partner in PARTNERS if exhaustive() else ("LU", "UZ"):
        wanted = Order("KZ", partner, date(2026, 11, 1), report, LANGUAGES, ())
        part = excerpt(data(), "KZ", partner)
        assert fill(wanted, workshop(), data()).documents == fill(wanted, workshop(), part).documents


def test_an_excerpt_has_nothing_of_what_other_countries_are_told() -> None:
    """The notes for another visit, and what was talked about elsewhere, do not travel with an edition."""
    text = json.dumps(to_plain(excerpt(data(), "KZ", "DE")), ensure_ascii=False)

    notes = data().pairs["KZ", "LU"].notes
    others = [pair for codes, pair in data().pairs.items() if "DE" not in codes and not set(codes) & set(data().groups)]
    titles = {one.title for pair in others for one in pair.agreements}
    talks = {one.text for pair in others for one in pair.events if one.text}
    own = json.dumps(to_plain([data().pairs["KZ", "DE"], data().groups]), ensure_ascii=False)
    assert notes
    assert titles
    assert talks
    assert not [said for note in notes for said in note.text.values() if said in text]
    assert not [told for told in titles | talks if told in text and told not in own]


@pytest.mark.parametrize("value", [Count(Decimal(1)), {"a": 1}, [1], "x"])
def test_rows_that_are_no_data_set_are_refused(value: object) -> None:
    for blob in (b"", b"\x1f\x8b", gzip.compress(b"{"), gzip.compress(json.dumps({"data": to_plain(value)}).encode())):
        with pytest.raises(EditionError):
            rows_of(blob)


@pytest.mark.parametrize(
    "plain", [{"is": "Path"}, {"is": "eval", "x": "1"}, {"is": "Count"}, {"is": "Count", "nothing": 1}, {"x": 1},
              {"number": "many"}, {"day": "2025-02-30"}, {"map": [1]}, {"map": [[1]]}, {"is": ["Count"]}],
)  # fmt: skip
def test_only_records_are_made_from_a_file(plain: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_plain(plain)  # type: ignore[arg-type]


# ---------------------------------------------------------------- unchanged, changed, wider


def test_unchanged_inputs_write_nothing_and_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["brief", "LU", "--as-of", "2025-10-20", "--format", "text", "--lang", "en,ru", "--out", str(tmp_path)]
    assert main(command) == 0
    first, before = capsys.readouterr(), tree(tmp_path)

    assert main(command) == 0
    second = capsys.readouterr()
    assert tree(tmp_path) == before
    assert second.out == first.out
    assert second.err == "unchanged: KZ-LU/2025-10-20 brief (en, ru)\n"
    assert "unchanged" not in first.err


def test_a_row_that_became_known_later_changes_nothing(tmp_path: Path) -> None:
    pressed_one(tmp_path, order("en"))
    before = tree(tmp_path)
    pair = data().pairs["KZ", "LU"]
    row = replace(pair.observations[0], known=DAY + timedelta(days=1))
    later = replace(data(), pairs={**data().pairs, ("KZ", "LU"): replace(pair, observations=(*pair.observations, row))})

    assert pressed_one(tmp_path, order("en"), later).written is False
    assert tree(tmp_path) == before


def test_a_text_of_another_brief_changes_no_file(tmp_path: Path) -> None:
    """Inputs differ by a word that the brief does not print: it is made, found the same, and no file is touched."""
    pressed_one(tmp_path, order("en"))
    before = tree(tmp_path)
    words = {**data().words, "en": {("title", "Ambassador"): {"": "Envoy"}}}

    assert pressed_one(tmp_path, order("en"), replace(data(), words=words)).written is False
    assert tree(tmp_path)["KZ-LU/2025-10-20/brief.en.txt"] == before["KZ-LU/2025-10-20/brief.en.txt"]


def test_a_correction_makes_every_language_anew_so_that_none_disagrees(tmp_path: Path) -> None:
    pressed_one(tmp_path, order("en", "ru", formats=("text", "json")))

    kept = pressed_one(tmp_path, order("kk"), with_turnover("14.7"))

    assert {path.name for path in kept.files} == {
        f"brief.{tag}.{end}" for tag in ("en", "ru", "kk") for end in ("txt", "json")
    }
    for tag, said in (("en", "14.7"), ("ru", "14,7"), ("kk", "14,7")):
        assert said in (kept.place.folder / f"brief.{tag}.txt").read_text("utf-8")
        assert "13,6" not in (kept.place.folder / f"brief.{tag}.txt").read_text("utf-8").replace("13.6", "13,6")
    assert edition_of(tmp_path).briefs["brief"].figures["trade.turnover@2025-01/2025-08"].record.value == "14.7"
    assert len([name for name in edition_of(tmp_path).files() if name.startswith("rows.")]) == 1


def test_another_language_or_report_extends_the_edition(tmp_path: Path) -> None:
    pressed_one(tmp_path, order("en"))
    before = tree(tmp_path)
    pressed_one(tmp_path, order("fr"))
    pressed_one(tmp_path, replace(order("de"), report="factsheet"))

    after, edition = tree(tmp_path), edition_of(tmp_path)
    assert list(edition.briefs) == ["brief", "factsheet"]
    assert list(edition.briefs["brief"].versions) == ["en", "fr"]
    assert after["KZ-LU/2025-10-20/brief.en.txt"] == before["KZ-LU/2025-10-20/brief.en.txt"]
    assert set(edition.briefs["brief"].figures["trade.turnover@2024"].texts) == {"en", "fr"}


def test_a_new_day_is_always_written_and_says_if_no_figure_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["brief", "LU", "--format", "text", "--out", str(tmp_path), "--report", "reference", "--as-of"]
    assert main([*command, "2026-10-20"]) == 0
    capsys.readouterr()

    assert main([*command, "2026-10-21"]) == 0
    assert "reference (en): no figure differs from the edition of 2026-10-20\n" in capsys.readouterr().err
    assert [place.name for place in places(tmp_path)] == ["KZ-LU/2026-10-20", "KZ-LU/2026-10-21"]


# ---------------------------------------------------------------- what a person did stays


def test_a_file_that_an_officer_changed_is_left_where_nothing_else_changed(tmp_path: Path) -> None:
    kept = pressed_one(tmp_path, order("en"))
    mine = kept.place.folder / "brief.en.txt"
    mine.write_text("mine", "utf-8")

    again = pressed_one(tmp_path, order("en"))
    assert mine.read_text("utf-8") == "mine"
    assert [problem.severity for problem in again.told] == ["warning"]
    assert "was changed after it was made" in str(again.told[0])


def test_a_file_that_an_officer_changed_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    kept = pressed_one(tmp_path, order("en"))
    (kept.place.folder / "brief.en.txt").write_text("mine", "utf-8")

    again = pressed_one(tmp_path, order("en"), with_turnover("14.7"))
    (aside,) = kept.place.folder.glob("brief.en.edited-*.txt")
    assert aside.read_text("utf-8") == "mine"
    assert "14.7" in (kept.place.folder / "brief.en.txt").read_text("utf-8")
    assert aside.name in str(again.told[0])


def test_a_file_that_is_lost_is_made_again(tmp_path: Path) -> None:
    kept = pressed_one(tmp_path, order("en", "ru"))
    (kept.place.folder / "brief.ru.txt").unlink()

    assert pressed_one(tmp_path, order("en", "ru")).written is True
    assert not list(verified(places(tmp_path)))


def test_files_that_no_record_names_are_no_edition_and_are_not_lost(tmp_path: Path) -> None:
    folder = tmp_path / "KZ-LU" / "2025-10-20"
    folder.mkdir(parents=True)
    (folder / "brief.en.txt").write_text("of somebody", "utf-8")
    (folder / "notes.docx").write_bytes(b"own notes")
    assert places(tmp_path) == ()

    pressed_one(tmp_path, order("en"))
    (aside,) = folder.glob("brief.en.edited-*.txt")
    assert aside.read_text("utf-8") == "of somebody"
    assert (folder / "notes.docx").read_bytes() == b"own notes"


# ---------------------------------------------------------------- open elsewhere (O24)


@pytest.mark.parametrize("lock", ["~$ief.en.docx", ".~lock.brief.en.docx#"])
def test_a_file_that_is_open_stays_with_its_record_and_the_next_run_brings_it_up_to_date(
    tmp_path: Path, lock: str
) -> None:
    """O24: the open one is as it was, the other is written, no temporary file is left, the exit status is not 0."""
    wanted = order("en", "ru", formats=("docx",))
    kept = pressed_one(tmp_path, wanted)
    old = (kept.place.folder / "brief.en.docx").read_bytes()
    (kept.place.folder / lock).write_bytes(b"owner")

    again = pressed_one(tmp_path, wanted, with_turnover("14.7"))
    assert [problem.where for problem in again.told] == [str(kept.place.folder / "brief.en.docx")]
    assert "close" in again.told[0].hint
    assert again.files == (kept.place.folder / "brief.ru.docx",)
    assert (kept.place.folder / "brief.en.docx").read_bytes() == old
    assert not list(verified(places(tmp_path)))
    assert not [path for path in (tmp_path / ".work").iterdir() if path.suffix != ".lock"]

    (kept.place.folder / lock).unlink()
    last = pressed_one(tmp_path, wanted, with_turnover("14.7"))
    assert (last.written, last.told) == (True, ())
    assert (kept.place.folder / "brief.en.docx").read_bytes() != old


# ---------------------------------------------------------------- made again


def test_an_edition_is_made_again_to_the_same_bytes_after_the_data_were_corrected(tmp_path: Path) -> None:
    """In another process, with other hash seeds, and without any data folder."""
    wanted = order("en", "ar", "zh", formats=("docx", "pdf", "html", "text", "json"))
    kept = pressed_one(tmp_path / "out", wanted)

    command = [sys.executable, str(ROOT / "generate.py"), "editions", "rebuild", "KZ-LU/2025-10-20", "--to", "again"]
    done = subprocess.run(
        [*command, "--out", "out"], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONHASHSEED": "77", "TZ": "America/New_York"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "15 of 15 files have the same bytes\n")
    for path in kept.files:
        assert (tmp_path / "again" / "KZ-LU" / "2025-10-20" / path.name).read_bytes() == path.read_bytes()


def test_what_comes_out_otherwise_names_what_has_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pressed_one(tmp_path / "out", order("en", formats=("html",)))
    house = tmp_path / "house.docx"
    house.write_bytes((ROOT / "templates" / "house" / "brief.docx").read_bytes() + b"\0")  # the same to its reader

    rebuild = ["editions", "rebuild", "KZ-LU/2025-10-20", "--out", str(tmp_path / "out"), "--to", str(tmp_path / "to")]
    assert main([*rebuild, "--house", str(house)]) == 0  # another house style that looks the same is no difference
    rows = next((tmp_path / "out" / "KZ-LU" / "2025-10-20").glob("rows.*"))
    rows.write_bytes(b"")
    capsys.readouterr()
    assert main(rebuild) == 1
    assert "the rows are missing or were changed" in capsys.readouterr().err


# ---------------------------------------------------------------- verify


def test_verify_tells_of_every_file_that_is_not_as_it_was_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = pressed_one(tmp_path, order("en", "ru", "kk"))
    verify = ["editions", "verify", "--out", str(tmp_path), "--json"]
    assert main(verify) == 0
    (kept.place.folder / "brief.en.txt").unlink()
    (kept.place.folder / "brief.ru.txt").write_text("mine", "utf-8")
    capsys.readouterr()

    assert main(verify) == 1
    told = {Path(one["where"]).name: one["message"] for one in json.loads(capsys.readouterr().out)["problems"]}
    assert told == {"brief.en.txt": "missing", "brief.ru.txt": "was changed after it was made"}


HOSTILE = [
    b"", b"{", b"[]", b"null", b'{"format": 99}', b"[" * 100_000,
    b'{"format":1,"home":"KZ","partner":"../../etc","as_of":"2025-10-20"}',
    b'{"format":1,"home":"KZ","partner":"LU","as_of":"2025-10-20","run":"rm"}',
    b'{"format":1,"home":"KZ","partner":"LU","as_of":"someday"}',
]  # fmt: skip


@pytest.mark.parametrize("blob", HOSTILE, ids=range(len(HOSTILE)))
def test_a_record_that_is_none_of_ours_is_one_clear_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], blob: bytes
) -> None:
    folder = tmp_path / "KZ-LU" / "2025-10-20"
    folder.mkdir(parents=True)
    (folder / manifest.NAME).write_bytes(blob)

    assert main(["editions", "verify", "--out", str(tmp_path)]) == 1
    shown = capsys.readouterr().err
    assert "edition.json" in shown
    assert "Traceback" not in shown
    assert main(["editions", "show", "KZ-LU/2025-10-20", "--out", str(tmp_path)]) == 1
    assert main(["brief", "LU", "--as-of", "2025-10-20", "--format", "text", "--out", str(tmp_path)]) == 1
    assert (folder / manifest.NAME).read_bytes() == blob


@pytest.mark.parametrize("name", ["../x", "a/b", "..", ".hidden", "C:\\x", "", "x" * 300, "a\0b"])
def test_a_record_cannot_name_a_file_elsewhere(name: str) -> None:
    with pytest.raises(ValueError, match="string"):
        manifest.FileRecord(name=name, size=1, sha256="0" * 64)


@pytest.mark.parametrize("name", ["LU", "KZ-LU", "KZ-LU/yesterday", "../KZ-LU/2025-10-20", "KZ-LU/2025-10-21", "x/y/z"])
def test_an_edition_that_is_not_there_is_one_clear_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["editions", "show", name, "--out", str(tmp_path)]) == 1
    assert "edition" in capsys.readouterr().err


def test_list_and_show_tell_what_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pressed(tmp_path, order("en", "ru"), order("en", partner="DE"))
    capsys.readouterr()

    assert main(["editions", "list", "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "KZ-DE/2025-10-20  brief en\nKZ-LU/2025-10-20  brief en, ru\n"
    assert main(["editions", "list", "KZ-DE", "--out", str(tmp_path), "--json"]) == 0
    (only,) = json.loads(capsys.readouterr().out)["editions"]
    assert (only["edition"], only["briefs"]) == ("KZ-DE/2025-10-20", {"brief": {"en": ["text"]}})
    assert main(["editions", "show", "KZ-LU/2025-10-20", "--out", str(tmp_path)]) == 0
    shown = capsys.readouterr().out.replace("\u00a0", " ")
    assert "trade.turnover@2024  19.54 | 19.54 million US dollars  qazinform-2025-10-20" in shown


# ---------------------------------------------------------------- on record, withdrawn


def edited(path: Path, old: str, new: str) -> None:
    """A Word file in which an officer has typed over a text."""
    with zipfile.ZipFile(path) as package:
        parts = {info: package.read(info) for info in package.infolist()}
    body = next(info for info in parts if info.filename == "word/document.xml")
    assert old.encode() in parts[body]
    parts[body] = parts[body].replace(f">{old}<".encode(), f">{new}<".encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for info, part in parts.items():
            package.writestr(info, part)


def test_an_officers_file_is_put_on_record_with_the_figures_that_it_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = pressed_one(tmp_path, order("en", formats=("docx",)))
    path = kept.place.folder / "brief.en.docx"
    assert main(["editions", "add", str(path), "--out", str(tmp_path)]) == 1
    assert "as it was made" in capsys.readouterr().err
    edited(path, "178", "180")

    assert main(["editions", "add", str(path), "--by", "A. Officer", "--out", str(tmp_path)]) == 0
    shown = capsys.readouterr()
    assert "enterprises.active@2025-10-20: made as '178', now '180'" in shown.err
    (one,) = edition_of(tmp_path).added
    assert (one.by, one.brief, one.language, len({each.key for each in one.differences})) == (
        "A. Officer",
        "brief",
        "en",
        1,
    )
    assert (kept.place.folder / one.file.name).read_bytes() == path.read_bytes()
    assert main(["editions", "add", str(path), "--out", str(tmp_path)]) == 1
    assert "on record already" in capsys.readouterr().err
    assert list(verified(places(tmp_path))) == []  # its bytes are known
    assert pressed_one(tmp_path, order("en", formats=("docx",))).told == ()
    again = pressed_one(tmp_path, order("en", formats=("docx",)), with_turnover("14.7"))
    assert again.told == ()
    assert list(kept.place.folder.glob("*.edited-*")) == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_file_that_nobody_changed_has_no_figure_that_differs(tag: str) -> None:
    wanted = Order("KZ", "LU", DAY, "brief", (tag,), ("docx",))
    (blob,) = fill(wanted, workshop(), data()).files.values()
    assert differences(blob, "brief.docx") == ()


def test_a_file_that_libreoffice_saved_is_read_by_its_bookmarks(tmp_path: Path) -> None:
    require("soffice")
    kept = pressed_one(tmp_path, order("en", formats=("docx",)))
    edited(kept.place.folder / "brief.en.docx", "178", "180")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    command += ["docx:MS Word 2007 XML", "--outdir", str(tmp_path / "saved"), str(kept.files[0])]
    subprocess.run(command, check=True, capture_output=True)
    found = differences((tmp_path / "saved" / "brief.en.docx").read_bytes(), "brief.docx")
    assert {(one.key, one.made, one.now) for one in found} == {("enterprises.active@2025-10-20", "178", "180")}


@pytest.mark.parametrize("blob", [b"", b"PK\x03\x04", b"text", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_brief_of_ours_is_one_clear_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], blob: bytes
) -> None:
    kept = pressed_one(tmp_path, order("en"))
    path = kept.place.folder / "brief.en.final.docx"
    path.write_bytes(blob)

    assert main(["editions", "add", str(path), "--out", str(tmp_path)]) == 1
    assert "brief.en.final.docx" in capsys.readouterr().err


def test_one_language_that_fails_does_not_keep_the_others(tmp_path: Path) -> None:
    """The Kazakh names have lost a country: the other languages are there, and the reason is told with its file."""
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", templates)
    names = templates / "languages" / "kk" / "names.csv"
    kept_rows = [line for line in names.read_text("utf-8").splitlines() if not line.startswith("LU,")]
    names.write_text("\n".join(kept_rows) + "\n", "utf-8")
    desk = Desk(tmp_path / "out", replace(PLACES, templates=templates), lambda: NOW, Machines(jobs=1))
    (kept,) = press([order("en", "kk", "ru")], data(), desk)

    assert [path.name for path in kept.files] == ["brief.en.txt", "brief.ru.txt"]
    assert set(kept.unmade) == {"kk"}
    assert any("kk/names.csv" in str(problem) for problem in kept.unmade["kk"])
    assert set(edition_of(tmp_path / "out").briefs["brief"].versions) == {"en", "ru"}
    assert not list(verified(places(tmp_path / "out")))


# ---------------------------------------------------------------- withdrawn


def test_a_withdrawn_edition_says_why_in_each_of_its_languages_and_what_replaces_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pressed(tmp_path, order("en", "ru"), order("en", day=DAY + timedelta(days=1)))
    folder = tmp_path / "KZ-LU" / "2025-10-20"
    (folder / "brief.ru.txt").write_text("with an officer's remark", "utf-8")
    withdraw = [
        "editions",
        "withdraw",
        "KZ-LU/2025-10-20",
        "--reason",
        "The inflow of 2024 was wrong.",
        "--by",
        "A. Keeper",
    ]
    assert main([*withdraw, "--replaced-by", "2025-10-22", "--out", str(tmp_path)]) == 1
    assert "no edition that could replace it" in capsys.readouterr().err

    assert main([*withdraw, "--replaced-by", "2025-10-21", "--out", str(tmp_path)]) == 0
    names = {path.name for path in folder.iterdir() if not path.name.startswith("rows.")}
    assert names == {
        "edition.json",
        "WITHDRAWN.en.txt",
        "WITHDRAWN.ru.txt",
        "withdrawn-brief.en.txt",
        "withdrawn-brief.ru.txt",
    }
    assert (folder / "withdrawn-brief.ru.txt").read_text("utf-8") == "with an officer's remark"
    for tag, day in (("en", "21 October 2025"), ("ru", "21 октября 2025")):
        said = (folder / f"WITHDRAWN.{tag}.txt").read_text("utf-8").replace("\u00a0", " ")
        assert "The inflow of 2024 was wrong." in said
        assert day in said
    assert list(verified(places(tmp_path))) == []
    capsys.readouterr()
    assert main([*withdraw, "--out", str(tmp_path)]) == 1
    assert "was withdrawn before" in capsys.readouterr().err


def test_a_withdrawn_edition_is_neither_made_again_nor_compared_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = DAY - timedelta(days=30)
    pressed(tmp_path, order("en", day=earlier), order("en"))
    withdraw = ["editions", "withdraw", f"KZ-LU/{DAY}", "--reason", "wrong", "--out", str(tmp_path)]
    assert main(withdraw) == 0
    before = tree(tmp_path)

    (kept,) = pressed(tmp_path, order("en", "fr"))
    assert kept.files == ()
    assert "was withdrawn on" in str(kept.told[0])
    assert tree(tmp_path) == before
    later = order("en", day=DAY + timedelta(days=30))
    found = before_of(tmp_path, later)
    assert found is not None
    assert found.as_of == earlier
    capsys.readouterr()
    assert main(["editions", "list", "--out", str(tmp_path)]) == 0
    assert "(withdrawn: wrong)" in capsys.readouterr().out


# ---------------------------------------------------------------- changes


def changes(out: Path, *options: str) -> int:
    return main(["changes", "KZ-LU/2025-09-20", "KZ-LU/2025-10-20", *options, "--out", str(out)])


def test_what_changed_between_two_editions_is_told_in_the_readers_language_and_as_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pressed(tmp_path, order("en", day=date(2025, 9, 20)), order("en"))

    assert changes(tmp_path, "--lang", "ru") == 0
    assert "Глава государства (Люксембург): Великий герцог Гийом V" in capsys.readouterr().out.replace("\u00a0", " ")
    assert changes(tmp_path, "--format", "json") == 0
    read = json.loads(capsys.readouterr().out)
    assert (read["pair"], read["old"], read["new"]) == ("KZ-LU", "2025-09-20", "2025-10-20")
    kinds = {change["record"]: change["kind"] for change in read["changes"]}
    assert kinds["trade.turnover@2024"] == "new"
    assert kinds["office/head_of_state/LU"] == "changed"


def test_the_changes_are_those_of_the_editions_whatever_the_data_say_today(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A figure that was corrected in place: the two editions differ by it, though today's data have one value alone."""
    pressed(tmp_path, order("en"))
    pressed(tmp_path, order("en", day=DAY + timedelta(days=31)), records=with_turnover("14.7"))
    capsys.readouterr()

    assert main(["changes", f"KZ-LU/{DAY}", "KZ-LU/2025-11-20", "--format", "json", "--out", str(tmp_path)]) == 0
    found = {one["record"]: one for one in json.loads(capsys.readouterr().out)["changes"]}
    turnover = found["trade.turnover@2025-01/2025-08"]
    assert turnover["kind"] == "correction"
    assert [next(iter(turnover[side].values()))["value"] for side in ("old", "new")] == ["13.6", "14.7"]


def test_a_brief_tells_what_changed_since_the_last_edition_if_it_is_asked_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["brief", "LU", "--format", "text", "--lang", "en,kk", "--out", str(tmp_path), "--as-of"]
    assert main([*command, "2025-09-20"]) == 0
    assert main([*command, "2025-10-20"]) == 0
    plain = (tmp_path / "KZ-LU" / "2025-10-20" / "brief.en.txt").read_text("utf-8")
    assert "What changed" not in plain

    assert main([*command, "2025-10-20", "--since", "last"]) == 0
    told = (tmp_path / "KZ-LU" / "2025-10-20" / "brief.en.txt").read_text("utf-8").replace("\u00a0", " ")
    assert "What changed since the last edition" in told
    assert "Compared with the edition of 20 September 2025." in told
    assert edition_of(tmp_path).briefs["brief"].before == date(2025, 9, 20)
    assert main(["editions", "rebuild", "KZ-LU/2025-10-20", "--out", str(tmp_path), "--to", str(tmp_path / "to")]) == 0
    capsys.readouterr()
    assert main([*command, "2025-10-20", "--since", "2025-09-01"]) == 1
    assert "no edition with a brief" in capsys.readouterr().err
    assert main([*command, "2025-08-20", "--since", "last"]) == 0
    assert "no earlier edition to compare with" in capsys.readouterr().err
    assert main([*command, "2025-10-20", "--since", "last", "--report", "factsheet"]) == 2
    assert "choose from brief" in capsys.readouterr().err


def test_a_meeting_that_only_left_a_short_list_is_not_told_as_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The brief for a visit prints the latest meetings alone; an older one is on record as before."""
    days = (date(2025, 9, 20), DAY)
    pressed(tmp_path, *(replace(order("en", day=day), report="visit") for day in days))
    then, now = ({key for key in edition_of(tmp_path, day).figures("visit") if "event/" in key} for day in days)
    assert then - now
    capsys.readouterr()

    assert changes(tmp_path, "--report", "visit") == 0
    assert "removed" not in capsys.readouterr().out
    assert changes(tmp_path, "--report", "visit", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)["changes"]
    gone = [one for one in found if one["kind"] == "dropped" and one["family"] == "event"]
    assert {(one["reason"], one["told"]) for one in gone} == {("unprinted", False)}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("KZ-LU/2025-10-20", "KZ-LU/2025-09-20", "no two editions in order"),
        ("KZ-LU/2025-10-20", "KZ-LU/2025-10-20", "no two editions in order"),
        ("KZ-LU/2025-09-20", "KZ-DE/2025-10-20", "no two editions in order"),
        ("KZ-LU/2025-09-20", "KZ-LU/2025-11-20", "there is no edition"),
    ],
)
def test_editions_that_cannot_be_compared_are_one_clear_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    pressed(tmp_path, order("en", day=date(2025, 9, 20)), order("en"), order("en", partner="DE"))
    capsys.readouterr()

    assert main(["changes", old, new, "--out", str(tmp_path)]) == 1
    assert said in capsys.readouterr().err
    assert main(["changes", "KZ-LU/2025-09-20", "KZ-LU/2025-10-20", "--report", "visit", "--out", str(tmp_path)]) == 1
    assert "has no visit" in capsys.readouterr().err


# ---------------------------------------------------------------- what is given up, what is left over


def test_rows_that_an_edition_has_given_up_go_at_the_next_run_unless_somebody_changed_them(tmp_path: Path) -> None:
    kept = pressed_one(tmp_path, order("en"))
    (first,) = kept.place.folder.glob("rows.*")
    pressed_one(tmp_path, order("en"), with_turnover("14.7"))
    (second,) = set(kept.place.folder.glob("rows.*")) - {first}
    pressed_one(tmp_path, order("en"), with_turnover("15.7"))
    assert not first.exists()

    second.write_bytes(b"mine")
    pressed_one(tmp_path, order("en"), with_turnover("16.7"))
    assert second.read_bytes() == b"mine"


def test_what_a_killed_run_left_aside_is_swept_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / ".work" / "KZ-LU.2025-10-20.0123abcd.part"
    left.mkdir(parents=True)
    (left / "brief.en.txt").write_text("half", "utf-8")

    pressed_one(tmp_path, order("en"))
    assert not left.exists()


def test_a_folder_that_was_moved_is_not_taken_for_the_edition_of_its_new_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = pressed_one(tmp_path, order("en"))
    kept.place.folder.rename(kept.place.folder.with_name("2025-10-21"))

    assert main(["editions", "verify", "--out", str(tmp_path)]) == 1
    assert "is the record of KZ-LU/2025-10-20" in capsys.readouterr().err
