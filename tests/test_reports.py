"""The five reports: what each holds, on how many pages, for whom; and a figure that came with the order."""

import hashlib
import json
import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from reports.cli import MADE, PROBLEMS, USAGE, main
from tests.reading import READERS, squashed
from tests.tools import LANGUAGES, PARTNERS, REPORTS, brief_files, exhaustive, require

ROOT = Path(__file__).parent.parent
DAY = "2025-10-20"
ONE_PAGE = ("factsheet", "review", "reference")


def made(out: Path, *order: str, status: int = MADE) -> dict[str, bytes]:
    assert main(["brief", *order, "--out", str(out)]) == status
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in brief_files(out)}


def said(data: bytes, form: str = "text") -> str:
    return READERS[form](data).replace("\u00a0", " ")


def everywhere(data: bytes, suffix: str) -> str:
    """All that a file holds, in every part of it: nobody finds in it what it must not say."""
    if suffix == "docx":
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = [package.read(name) for name in package.namelist()]
        return squashed(" ".join(part.decode("utf-8", "ignore") for part in parts)) + squashed(READERS["docx"](data))
    if suffix == "pdf":
        with pikepdf.open(BytesIO(data)) as pdf:
            attached = [bytes(found.get_file().read_bytes()).decode() for found in pdf.attachments.values()]
            info = [str(value) for value in pdf.docinfo.values()]
        return squashed(" ".join([READERS["pdf"](data), *attached, *info]))
    return squashed(data.decode("utf-8"))


def test_there_are_five_reports_on_twenty_two_partners_in_ten_languages() -> None:
    assert set(REPORTS) == {"brief", "factsheet", "reference", "review", "visit"}
    assert (len(PARTNERS), len(LANGUAGES)) == (22, 10)


# ---------------------------------------------------------------- one side of paper


def pages(data: bytes) -> int:
    with pikepdf.open(BytesIO(data)) as pdf:
        return len(pdf.pages)


@pytest.mark.parametrize("report", ONE_PAGE)
def test_these_reports_fit_one_page_for_every_partner_in_every_language(tmp_path: Path, report: str) -> None:
    partners = ("all",) if exhaustive() else ("LU", "DE", "US")
    languages = ",".join(LANGUAGES)
    files = made(
        tmp_path, *partners, "--report", report, "--lang", languages, "--format", "pdf", "--as-of", "2026-03-05"
    )

    assert len(files) == (len(PARTNERS) if exhaustive() else 3) * len(LANGUAGES)
    assert {name: count for name, data in files.items() if (count := pages(data)) > 1} == {}


def charts(data: bytes) -> list[list[str]]:
    return [block["categories"] for block in json.loads(data)["blocks"] if block["type"] == "chart"]


def test_a_factsheet_has_two_charts_where_there_are_data_and_never_more(tmp_path: Path) -> None:
    files = made(tmp_path, "all", "--report", "factsheet", "--as-of", DAY, "--format", "json")
    drawn = {name[3:5]: charts(data) for name, data in files.items()}

    assert drawn["LU"] == [["2023", "2024"], ["Exports of Kazakhstan, 2024", "Imports of Kazakhstan, 2024"]]
    assert {len(found) for found in drawn.values()} == {0, 1, 2}


def test_both_flows_are_drawn_where_three_years_of_them_are_known(tmp_path: Path) -> None:
    """By the statistics of one country; the year that is not known is a gap."""
    files = made(tmp_path, "TR", "CN", "--as-of", "2026-06-01", "--format", "json")
    found = {
        name[3:5]: [block for block in json.loads(data)["blocks"] if block.get("kind") == "line"]
        for name, data in files.items()
    }

    assert {partner for partner, lines in found.items() if lines} == {"TR"}
    (chart,) = found["TR"]
    assert chart["categories"] == ["2021", "2022", "2023", "2024", "2025"]
    assert [series["name"] for series in chart["series"]] == ["Exports of Kazakhstan", "Imports of Kazakhstan"]
    assert [[bool(point) for point in series["points"]] for series in chart["series"]] == [[1, 1, 1, 0, 1]] * 2


def test_a_table_by_years_has_no_column_of_which_nothing_is_known(tmp_path: Path) -> None:
    files = made(tmp_path, "all", "--report", "factsheet", "--as-of", DAY, "--format", "json")
    tables = [block for data in files.values() for block in json.loads(data)["blocks"] if block["type"] == "table"]
    columns = [
        list(zip(*(row["cells"][1:] for row in table["rows"] if row["cells"][1]), strict=True)) for table in tables
    ]

    assert tables
    assert not [column for table in columns for column in table if {cell[0]["text"] for cell in column} == {"…"}]


def test_the_short_brief_for_a_visit_is_one_side_in_every_language(tmp_path: Path) -> None:
    fixed = ("--report", "visit", "--short", "--lang", ",".join(LANGUAGES), "--format", "pdf", "--as-of", DAY)
    files = made(tmp_path, "LU", "DE", *fixed)

    assert {name.split("/")[-1] for name in files} == {f"visit-short.{tag}.pdf" for tag in LANGUAGES}
    assert {name: count for name, data in files.items() if (count := pages(data)) > 1} == {}


def test_only_a_report_with_a_short_form_has_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert made(tmp_path, "LU", "--report", "factsheet", "--short", "--format", "text", status=USAGE) == {}
    assert "choose from visit" in capsys.readouterr().err


# ---------------------------------------------------------------- what may be disclosed

FORMS = "docx,pdf,html,text,json"
INTERNAL = (
    "agree on a day for the next political consultations",
    "compare their figures on trade",
    "how the projects on the list",
    "what the ministry alone should know",
    "must not be disclosed",
    "earlier meetings, in two lines",
    "45 minutes",
)
OPEN = ("the two sides spoke about trade", "11:30 round table")


def test_an_internal_brief_holds_the_points_and_a_public_one_has_none_of_them_in_any_part(tmp_path: Path) -> None:
    require("pdftotext")
    order = ("LU", "--report", "visit", "--lang", "en,ru", "--as-of", DAY, "--format", FORMS)
    internal, public = made(tmp_path / "i", *order), made(tmp_path / "p", *order, "--disclosure", "public")

    for name, data in internal.items():
        if ".en." in name:
            text = everywhere(data, name.rsplit(".", 1)[1])
            assert [part for part in (*INTERNAL, *OPEN) if squashed(part) not in text] == [], name
    assert {name.split("/")[-1].split(".")[0] for name in public} == {"visit-public"}
    for name, data in public.items():
        text = everywhere(data, name.rsplit(".", 1)[1])
        assert [part for part in INTERNAL if squashed(part) in text] == [], name
        if ".en." in name:
            assert [part for part in OPEN if squashed(part) not in text] == [], name


def test_what_is_internal_in_one_language_is_internal_in_all(tmp_path: Path) -> None:
    order = ("LU", "--report", "visit", "--lang", ",".join(LANGUAGES), "--as-of", DAY, "--format", "json")
    internal, public = made(tmp_path / "i", *order), made(tmp_path / "p", *order, "--disclosure", "public")

    def notes(files: dict[str, bytes]) -> set[frozenset[str]]:
        return {
            frozenset(key for key in json.loads(data)["figures"] if key.startswith("note/")) for data in files.values()
        }

    (told,) = notes(internal)
    (left,) = notes(public)
    assert left == {"note/press_line/1", "note/programme/1"} < told


def test_a_sensitive_note_is_never_public_whatever_its_row_says(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    notes = folder / "pairs" / "KZ-LU" / "notes.yaml"
    text = notes.read_text("utf-8")
    notes.write_text(text.replace("    confidentiality: N\n", ""), "utf-8")

    order = ("LU", "--report", "visit", "--as-of", DAY, "--format", "text", "--disclosure", "public")
    files = made(tmp_path / "o", *order, "--data", str(folder))
    (data,) = files.values()
    assert "agree on a day" in said(data)
    assert "must not be disclosed" not in said(data)


# ---------------------------------------------------------------- what officers write


def copied(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "data", tmp_path / "data")


def test_a_brief_without_notes_says_what_is_still_to_be_written_and_invents_nothing(tmp_path: Path) -> None:
    files = made(tmp_path, "DE", "--report", "visit", "--as-of", DAY, "--format", "text")
    text = said(files[f"KZ-DE/{DAY}/visit.en.txt"])

    for wanted in (
        "The aim of the visit.",
        "The points to make.",
        "Their likely points.",
        "Our replies.",
        "The line for the press.",
    ):
        assert f"• {wanted}" in text
    assert "Points to make" not in text


def test_only_one_pair_has_notes_and_each_is_marked_as_a_sample() -> None:
    notes = sorted((ROOT / "data" / "pairs").glob("*/notes.yaml"))
    texts = re.findall(r'^      (\w+): "(.+)"$', notes[0].read_text("utf-8"), re.MULTILINE)

    assert [path.parent.name for path in notes] == ["KZ-LU"]
    assert {tag for tag, _ in texts} == set(LANGUAGES)
    first = {tag: {re.split(r"[\s:：]", text)[0] for found, text in texts if found == tag} for tag in LANGUAGES}
    assert all(len(words) == 1 for words in first.values()), first
    assert len(texts) == 16 * len(LANGUAGES)


def test_a_missing_translation_is_printed_in_its_language_and_marked(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    notes = folder / "pairs" / "KZ-LU" / "notes.yaml"
    kept = [line for line in notes.read_text("utf-8").splitlines() if not line.startswith("      kk: ")]
    notes.write_text("\n".join(kept) + "\n", "utf-8")
    files = made(tmp_path / "o", "LU", "--report", "visit", "--lang", "kk", "--as-of", DAY, "--format", "text,json",
                 "--data", str(folder))  # fmt: skip

    assert "(t)" in said(files[f"KZ-LU/{DAY}/visit.kk.txt"])
    runs = [
        run
        for run in found_runs(json.loads(files[f"KZ-LU/{DAY}/visit.kk.json"]))
        if run.get("figure", "").startswith("note/")
    ]
    assert runs
    assert all(run["language"] not in {"", "kk"} for run in runs)


def found_runs(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, dict):
        own = [part] if part.get("type") == "run" else []
        return own + [run for value in part.values() for run in found_runs(value)]
    return [run for value in part for run in found_runs(value)] if isinstance(part, list) else []


def test_who_met_somebody_lately_is_not_asked_about(tmp_path: Path) -> None:
    """The President of Kazakhstan took part in a meeting of 23 September 2025; the page of his term is of 2019."""
    (data,) = made(tmp_path, "LU", "--report", "review", "--as-of", DAY, "--format", "text").values()

    assert "Olzhas Bektenov" in said(data)
    assert "Tokayev" not in said(data)


def test_the_review_counts_the_notes_that_a_language_lacks(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    notes = folder / "pairs" / "KZ-LU" / "notes.yaml"
    notes.write_text(re.sub(r"      de: .*\n", "", notes.read_text("utf-8"), count=3), "utf-8")
    order = ("LU", "--report", "review", "--as-of", DAY, "--lang", "en", "--format", "text")
    complete = said(made(tmp_path / "a", *order)[f"KZ-LU/{DAY}/review.en.txt"])
    lacking = said(made(tmp_path / "b", *order, "--data", str(folder))[f"KZ-LU/{DAY}/review.en.txt"])

    assert "Texts without a translation" not in complete
    assert re.search(r"German +3$", lacking, re.MULTILINE)


def test_whoever_holds_two_offices_is_met_once(tmp_path: Path) -> None:
    (data,) = made(tmp_path, "TR", "--report", "visit", "--as-of", DAY, "--format", "text").values()
    people = said(data).partition("People we meet")[2].partition("Last meetings")[0]

    assert people.count("Erdoğan") == 1
    assert "Head of government of Türkiye" in people


def test_a_note_for_another_visit_is_left_out(tmp_path: Path) -> None:
    before = made(tmp_path / "a", "LU", "--report", "visit", "--as-of", DAY, "--format", "text")
    after = made(tmp_path / "b", "LU", "--report", "visit", "--as-of", "2025-11-13", "--format", "text")

    assert "invite companies" in said(before[f"KZ-LU/{DAY}/visit.en.txt"])
    assert "12 November 2025" in said(before[f"KZ-LU/{DAY}/visit.en.txt"])
    assert "invite companies" not in said(after["KZ-LU/2025-11-13/visit.en.txt"])


# ---------------------------------------------------------------- tonight's number

HEADER = "indicator,period,value,multiplier,unit,reporter,source,publisher,published,confidentiality\n"
ROW = "trade.turnover,2025-01/2025-08,14.2,6,USD,KZ,Cable 117,Embassy in Brussels,2025-10-19,{}\n"


def overrides(folder: Path, rows: str) -> str:
    path = folder / "cable.csv"
    path.write_text(HEADER + rows, "utf-8")
    return str(path)


def digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


@pytest.mark.parametrize("report", ["brief", "reference", "visit", "factsheet"])
def test_a_figure_of_a_cable_stands_in_place_of_that_of_the_data_and_is_marked(tmp_path: Path, report: str) -> None:
    before = digest(ROOT / "data")
    cable = overrides(tmp_path, ROW.format("N"))
    order = ("LU", "--report", report, "--as-of", DAY, "--format", "text,json", "--with", cable)
    files = made(tmp_path / "o", *order)
    text = said(files[f"KZ-LU/{DAY}/{report}.en.txt"])
    record = json.loads(files[f"KZ-LU/{DAY}/{report}.en.json"])["figures"]["trade.turnover@2025-01/2025-08"]

    assert "14.2" in text
    assert "13.6" not in text
    assert "(‡)" in text
    assert "‡ from a message, for this document alone" in text
    assert "Embassy in Brussels" in text
    assert (record["override"], record["value"]) == (True, "14.2")
    assert digest(ROOT / "data") == before


def test_the_review_lists_the_figures_that_came_with_the_order(tmp_path: Path) -> None:
    order = (
        "LU",
        "--report",
        "review",
        "--as-of",
        DAY,
        "--format",
        "text",
        "--with",
        overrides(tmp_path, ROW.format("")),
    )
    (data,) = made(tmp_path / "o", *order).values()

    assert "Figures for this brief alone, not in the data" in said(data)
    assert "14.2 million US dollars" in said(data)


def test_a_cable_is_internal_unless_its_row_says_otherwise(tmp_path: Path) -> None:
    order = ("LU", "--report", "reference", "--as-of", DAY, "--format", "text", "--disclosure", "public")
    (hidden,) = made(tmp_path / "a", *order, "--with", overrides(tmp_path, ROW.format(""))).values()
    (shown,) = made(tmp_path / "b", *order, "--with", overrides(tmp_path, ROW.format("F"))).values()

    assert "13.6" in said(hidden)
    assert "14.2" not in said(hidden)
    assert "14.2" in said(shown)


def test_what_is_computed_from_a_figure_of_a_cable_is_marked_too(tmp_path: Path) -> None:
    rows = "fdi.inflow.gross,2024,500.0,6,USD,KZ,Cable 118,Embassy in Brussels,2025-10-19,\n"
    (data,) = made(
        tmp_path / "o", "LU", "--as-of", DAY, "--format", "json", "--with", overrides(tmp_path, rows)
    ).values()
    figures = json.loads(data)["figures"]

    assert figures["change_percent(fdi.inflow.gross@2024)"]["override"]
    assert not figures["fdi.inflow.gross@2023"]["override"]


@pytest.mark.parametrize(
    ("rows", "where", "what"),
    [
        ("trade.turnovr,2024,1,6,USD,KZ,Cable,Embassy,2025-10-19,\n", "cable.csv:2", "trade.turnovr"),
        ("trade.turnover,2024,1.5.0,6,USD,KZ,Cable,Embassy,2025-10-19,\n", "cable.csv:2", "1.5.0"),
        ("trade.turnover,2024,1,6,USD,KZ,Cable,Embassy,yesterday,\n", "cable.csv:2", "yesterday"),
        ("trade.turnover,2024,1,6,USD,KZ,,Embassy,2025-10-19,\n", "cable.csv:2", "source"),
        ("", "cable.csv", "no figure"),
    ],
)
def test_a_wrong_row_of_a_cable_is_told_with_its_line_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: str, where: str, what: str
) -> None:
    order = ("LU", "--as-of", DAY, "--format", "text", "--with", overrides(tmp_path, rows))

    assert made(tmp_path / "o", *order, status=PROBLEMS) == {}
    told = capsys.readouterr().err
    assert f"error: {where}" in told
    assert what in told


def test_a_cable_is_for_one_partner_and_must_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cable = overrides(tmp_path, ROW.format("N"))
    assert made(tmp_path / "o", "LU", "DE", "--format", "text", "--with", cable, status=USAGE) == {}
    assert made(tmp_path / "o", "LU", "--format", "text", "--with", str(tmp_path / "none.csv"), status=PROBLEMS) == {}
    assert "no such file" in capsys.readouterr().err


# ---------------------------------------------------------------- as of a day


def test_a_month_earlier_the_office_holders_and_figures_of_that_day_are_told(tmp_path: Path) -> None:
    (data,) = made(tmp_path, "LU", "--as-of", "2025-09-20", "--format", "text").values()
    text = said(data)

    assert "Grand Duke Henri" in text
    assert "Guillaume" not in text
    assert "Murat Nurtleu" in text  # until 26 September
    assert "13.6" not in text
    assert "2.9 billion US dollars" in text  # the total as told in October 2024


def test_on_the_day_of_the_seed_everything_that_it_tells_is_there(tmp_path: Path) -> None:
    (data,) = made(tmp_path, "LU", "--as-of", DAY, "--format", "text").values()
    text = said(data)
    seed = (
        "13.6 million US dollars in January–August 2025, mainly due to imports from Luxembourg",
        "19.54 million US dollars",
        "exports of 36.5 thousand US dollars", "imports of 19.5 million US dollars", "520.5 million US dollars",
        "424.5 million US dollars", "3.5 billion US dollars", "178 enterprises", "Issetov", "Olinger",
        "New York on 23 September 2025", "President Kassym-Jomart Tokayev and Prime Minister Luc Frieden",
        "80th UN General Assembly", "Enhanced Partnership and Cooperation Agreement", "21 Dec 2015",
        "green technologies, digitalization, renewable energy, pharmaceuticals and agriculture",
        "Grand Duke Guillaume V succeeded Grand Duke Henri", "29 June 1992",
    )  # fmt: skip

    assert [part for part in seed if part not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_brief_of_september_reads_as_a_person_accepted_it(golden: Any, tmp_path: Path, language: str) -> None:
    (data,) = made(tmp_path, "LU", "--as-of", "2025-09-20", "--lang", language, "--format", "text").values()

    golden(f"brief-2025-09-20.{language}", data.decode())
