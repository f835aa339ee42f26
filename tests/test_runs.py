"""The schedule from the command to the reader: made, delivered once, told, caught up, whatever goes wrong between."""

import hashlib
import json
import shutil
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.data_folders import ROOT, change, strict_report
from tests.mail_server import Authority, Inbox, mail_server
from tests.schedule_desk import MONTHLY, VISIT, WIDE, Desk, desk_in, few_data, mailbox, post_by

POSTED = MONTHLY.replace('["share"]', '["share", "desk"]')


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return few_data(tmp_path_factory.mktemp("few"))


@pytest.fixture
def desk(tmp_path: Path, few: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return desk_in(tmp_path, few, capsys)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the clock that the entry points read."""

    def set_to(moment: str) -> None:
        monkeypatch.setattr("reports.cli.common.now", lambda: datetime.fromisoformat(moment).astimezone(UTC))

    return set_to


# ---------------------------------------------------------------- months go by


def test_editions_come_month_by_month_and_each_reader_is_told_once_what_changed(
    desk: Desk, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.plan(WIDE.replace('"LU", "DE"', '"LU"').replace('["share"]', '["share", "desk"]'), mailbox(languages="['kk']"))
    with mail_server(authority) as (inbox, port):
        post_by(monkeypatch, port, authority)
        assert desk.run("2026-08-15") == (0, "", "nothing is due\n")
        status, out, told = desk.run("2026-09-01")
        assert (status, out) == (0, "monthly/2026-09-01  success  2 made, 0 unchanged, 0 failed\n")
        assert told.count("is officer, and share gets nothing above official; it is not delivered") == 2
        assert told.count("is officer, and desk gets") == 1
        desk.publish("2026-09-20", "27.3")
        assert desk.run("2026-10-01")[:2] == (0, "monthly/2026-10-01  success  2 made, 0 unchanged, 0 failed\n")
        before = desk.shared, desk.made, desk.results
        for again in ((), ("--retry",)):
            assert desk.run("2026-10-02", *again) == (0, "", "nothing is due\n")
        assert (desk.shared, desk.made, desk.results) == before

    assert desk.results == ["monthly/2026-09-01 success", "monthly/2026-10-01 success"]
    names = [f"KZ-LU/2026-{month}-01/brief.{tag}.txt" for month in ("09", "10") for tag in ("en", "kk")]
    assert sorted(desk.shared) == names
    desk.is_sound()
    assert [str(letter["Content-Language"]) for letter in inbox.messages] == ["kk", "kk"]
    assert inbox.attachments() == [
        {"brief.kk.txt": hashlib.sha256(desk.made[name]).hexdigest()} for name in names if "kk" in name
    ]
    first, second = (letter.get_body(("plain",)).get_content() for letter in inbox.messages)  # type: ignore[union-attr]
    assert "2026 жылғы 1 қыркүйек" in second.replace("\u00a0", " ")
    assert "Тауар айналымы, 2025: 27,3" in second
    assert "27,3" not in first
    pieces = [(piece.report, piece.language, piece.result) for piece in desk.history.pieces(desk.runs[-1].id)]
    assert pieces == [(report, tag, "success") for report in ("brief", "review") for tag in ("en", "kk")]


def test_of_missed_months_the_newest_is_made_and_the_others_are_told(desk: Desk) -> None:
    desk.plan(MONTHLY)
    desk.run("2026-08-15")
    status, out, _ = desk.run("2026-12-20", "--json")
    found = json.loads(out)

    assert status == 0
    assert found["runs"] == {"monthly/2026-12-01": {"result": "success", "summary": "1 made, 0 unchanged, 0 failed"}}
    missed = [problem["where"] for problem in found["problems"] if "caught up" in problem["message"]]
    assert missed == [f"monthly/2026-{month:02}-01" for month in (9, 10, 11)]
    assert sorted(path.name for path in (desk.out / "KZ-LU").iterdir()) == ["2026-12-01"]
    assert desk.run("2026-12-20")[1:] == ("", "nothing is due\n")


def test_how_it_stands_is_told_to_people_and_to_monitors(desk: Desk, clock: Callable[[str], None]) -> None:
    desk.plan(MONTHLY)
    clock("2026-08-14T12:00Z")
    status, out, _ = desk.call("schedule", "status", *desk.places)
    assert (status, out.splitlines()[0]) == (1, "nobody ever looked what is due")
    desk.run("2026-08-15")
    desk.run("2026-09-01")

    clock("2026-09-15T12:00Z")
    status, out, _ = desk.call("schedule", "status", *desk.places)
    assert (status, out) == (0, "all is well\nmonthly: last success 2026-09-01 18:59 UTC\n")
    _, out, _ = desk.call("schedule", "list", *desk.places)
    lines = out.splitlines()
    assert lines[0] == "monthly: day 1 at 06:00 Asia/Almaty"
    assert lines[1] == (
        "  last: monthly/2026-09-01 success 2026-09-01 18:59 UTC; next: monthly/2026-10-01 2026-10-01 06:00 Asia/Almaty"
    )
    assert lines[2].startswith("  1 made, 0 unchanged, 0 failed; by ")
    _, out, _ = desk.call("schedule", "next", "--data", str(desk.data), "--count", "2")
    assert out == "2026-10-01 06:00 Asia/Almaty  monthly/2026-10-01\n2026-11-01 06:00 Asia/Almaty  monthly/2026-11-01\n"
    _, out, _ = desk.call("schedule", "deliveries", *desk.places[2:])
    assert len(out.splitlines()) == 1
    assert f"{desk.share}/KZ-LU/2026-09-01/brief.en.txt  share  KZ-LU/2026-09-01/brief.en" in out

    clock("2026-10-01T08:00Z")  # an hour after the grace has ended
    status, out, _ = desk.call("schedule", "status", *desk.places, "--json")
    found = json.loads(out)
    assert (status, found["ok"], found["looked"]) == (1, False, "2026-09-01T18:59:59+00:00")
    assert found["entries"][0]["overdue"] == ["monthly/2026-10-01"]
    assert found["entries"][0]["success"] == "monthly/2026-09-01"


# ---------------------------------------------------------------- a letter that does not go out


def test_a_run_whose_letters_fail_is_due_again_and_only_the_letters_go_out_then(
    desk: Desk, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.plan(POSTED, mailbox(to="['anna@mfa.example', 'berik@mfa.example']"), "[retention]\neditions = 1")
    desk.run("2026-08-15")
    with mail_server(authority) as (_, port):
        post_by(monkeypatch, port, authority)
        desk.run("2026-09-01")
    box = Inbox(rcpt=lambda address: "450 greylisted" if address.startswith("berik") else None)
    with mail_server(authority, inbox=box) as (inbox, port):
        post_by(monkeypatch, port, authority)
        status, out, told = desk.run("2026-10-01")
        assert (status, out) == (1, "monthly/2026-10-01  partly  1 made, 0 unchanged, 0 failed\n")
        assert "desk, KZ-LU/2026-10-01/brief.en: berik@mfa.example" in told
        assert "greylisted" in told
        assert {to for tos, _ in inbox.letters for to in tos} == {"anna@mfa.example"}
        made, shared = desk.made, desk.shared
        assert desk.run("2026-10-01") == (0, "", "nothing is due\n")  # it waits some minutes
        inbox.rcpt = lambda address: None
        inbox.letters.clear()
        assert desk.run("2026-10-01", "--retry")[:2] == (
            0,
            "monthly/2026-10-01  success  0 made, 1 unchanged, 0 failed\n",
        )
        assert sorted(tos for tos, _ in inbox.letters) == [("berik@mfa.example",)]
        assert (desk.made, desk.shared) == (made, shared)
        desk.run("2026-10-02", "--retry")
        assert len(inbox.letters) == 1
    assert desk.results[1:] == ["monthly/2026-10-01 partly", "monthly/2026-10-01 success"]


def test_a_run_whose_server_was_down_is_tried_again_by_itself_the_next_time(
    desk: Desk, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.plan(POSTED, mailbox())
    desk.run("2026-08-15")
    with mail_server(authority) as (inbox, port):
        post_by(monkeypatch, 9, authority)  # nobody listens there
        status, out, told = desk.run("2026-09-01")
        assert (status, out.split()[1]) == (1, "partly")
        assert told.count("127.0.0.1:9: ") == 1
        post_by(monkeypatch, port, authority)
        assert desk.run("2026-09-02")[:2] == (0, "monthly/2026-09-01  success  0 made, 1 unchanged, 0 failed\n")
        assert len(inbox.letters) == 1
    assert len(desk.shared) == 1


def test_a_letter_whose_answer_was_lost_is_settled_by_a_person(
    desk: Desk, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.plan(POSTED, mailbox())
    desk.run("2026-08-15")
    with mail_server(authority, inbox=Inbox(data=lambda envelope: "drop")) as (inbox, port):
        post_by(monkeypatch, port, authority)
        assert desk.run("2026-09-01")[0] == 1
        inbox.data = lambda envelope: None
        assert desk.run("2026-09-02")[0] == 1  # nobody knows whether it arrived: it is not sent again
        found = json.loads(desk.call("schedule", "deliveries", *desk.places[2:], "--json")[1])
        (number,) = [entry["number"] for entry in found if entry["state"] == "doubtful"]
        settle = ("schedule", "deliveries", *desk.places[2:], "--settle", str(number))
        assert desk.call(*settle)[0] == 2
        assert desk.call(*settle, "--arrived")[0] == 0
        status, out, told = desk.call(*settle, "--arrived")
        assert (status, out) == (1, "")
        assert told.startswith(f"error: {number}: no doubtful or refused delivery has this number\n  hint: ")
        assert desk.run("2026-09-03")[:2] == (0, "monthly/2026-09-01  success  0 made, 1 unchanged, 0 failed\n")
        assert len(inbox.letters) == 1


def test_a_letter_without_files_tells_where_they_are_and_not_that_they_are_attached(
    desk: Desk, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = mailbox(attach="false", link="https://share.example/{pair}/{as_of}/{report}.{language}.txt")
    desk.plan(POSTED, page)
    desk.run("2026-08-15")
    with mail_server(authority) as (inbox, port):
        post_by(monkeypatch, port, authority)
        assert desk.run("2026-09-01")[0] == 0

    (letter,) = inbox.messages
    text = str(letter.get_content()).splitlines()
    assert "https://share.example/KZ-LU/2026-09-01/brief.en.txt" in text
    assert any(line.startswith("Available at the address below: ") for line in text)
    assert not any("Attached" in line or "{" in line for line in text)


def test_a_password_that_is_refused_is_nowhere(
    desk: Desk, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "hunter2 + Пароль/==&%"
    desk.plan(POSTED, mailbox())
    desk.run("2026-08-15")
    with mail_server(authority) as (inbox, port):
        post_by(monkeypatch, port, authority, secret)
        status, out, told = desk.run("2026-09-01")
    listed = "".join(desk.call("schedule", "list", *desk.places)[1:])

    assert (status, inbox.logins > 0) == (1, True)
    assert "535" in told
    kept = b"".join(path.read_bytes() for path in desk.out.rglob("*") if path.is_file())
    for form in (secret, "hunter2", "Пароль", "aHVudGVyMg"):
        assert form not in out + told + listed
        assert form.encode() not in kept


def test_a_mail_server_that_is_set_wrongly_is_told_and_folders_are_served(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILATERAL_SMTP_URL", "smtps://briefs:secret@mail.example")
    desk.plan(POSTED, mailbox())
    desk.run("2026-08-15")
    status, out, told = desk.run("2026-09-01")

    assert (status, out.split()[1]) == (1, "partly")
    assert told.count("error: BILATERAL_SMTP_URL: has a password in it") == 1
    assert "secret" not in told
    assert len(desk.shared) == 1
    assert "no mail server is set" in told


# ---------------------------------------------------------------- one of several fails


def test_a_partner_whose_data_are_broken_stops_no_other(desk: Desk) -> None:
    templates = strict_report(desk.folder)
    desk.plan(MONTHLY.replace('"brief"', '"strict"').replace('"LU"', '"FR", "DE", "IT"'))
    table = desk.data / "countries" / "DE.csv"
    whole = table.read_text("utf-8")
    table.write_text("".join(line for line in whole.splitlines(True) if not line.startswith("gdp.")), "utf-8")
    options = ("--templates", str(templates))
    desk.run("2026-08-15", *options)
    status, out, told = desk.run("2026-09-01", *options)

    assert (status, out) == (1, "monthly/2026-09-01  partly  2 made, 0 unchanged, 1 failed\n")
    assert "strict/one.j2:3" in told
    assert {name.partition("/")[0] for name in desk.made} == {"KZ-FR", "KZ-IT"}
    pieces = desk.history.pieces(desk.runs[-1].id)
    assert {piece.pair for piece in pieces if piece.result == "failed"} == {"KZ-DE"}

    table.write_text(whole, "utf-8")
    assert desk.run("2026-09-02", *options)[:2] == (0, "monthly/2026-09-01  success  1 made, 2 unchanged, 0 failed\n")
    assert {name.partition("/")[0] for name in desk.made} == {"KZ-FR", "KZ-IT", "KZ-DE"}


# ---------------------------------------------------------------- visits


def note(day: str, text: str) -> str:
    return (
        f"  - {{kind: aim, for: visit/{day}, author: Desk, date: 2026-10-15, status: approved, confidentiality: N, "
        f'text: {{en: "{text}"}}}}\n'
    )


def test_a_visit_is_prepared_on_each_of_its_days_with_its_own_notes_and_for_no_other_meeting(desk: Desk) -> None:
    desk.plan(VISIT.replace("[14, 3]", "[14, 3]\ndeliver = ['share']"))
    notes = desk.data / "pairs" / "KZ-LU" / "notes.yaml"
    notes.write_text(notes.read_text("utf-8") + note("2026-12-03", "Agree on flights.") + note("2026-12-01", "No."))
    planned = "{kind: meeting, planned: yes, date: 2026-12-01, who: [Xavier Bettel], source: qazinform-2025-10-20}"
    change(desk.data / "pairs" / "KZ-LU" / "events.yaml", "events:\n", f"events:\n  - {planned}\n")
    assert desk.run("2026-11-18")[1:] == ("", "nothing is due\n")
    assert desk.run("2026-11-19")[0] == 0
    assert desk.run("2026-11-30")[0] == 0

    assert desk.results == ["visit LU 2026-12-03 -14 success", "visit LU 2026-12-03 -3 success"]
    assert list(desk.made) == [f"KZ-LU/2026-11-{day}/visit-2026-12-03.en.txt" for day in ("19", "30")]
    for text in map(bytes.decode, desk.made.values()):
        assert "Agree on flights." in text
        assert "No." not in text.split()
    record = desk.edition("KZ-LU/2026-11-30")["briefs"]["visit-2026-12-03"]
    assert (record["order"]["visit"], record["before"]) == ("2026-12-03", "2026-11-19")
    assert desk.shared == desk.made
    rebuilt = desk.call("editions", "rebuild", "KZ-LU/2026-11-30", *desk.places[2:], "--to", str(desk.folder / "again"))
    assert rebuilt[0] == 0
    assert "1 of 1 files have the same bytes" in rebuilt[2]


def test_two_visits_that_are_prepared_on_one_day_have_a_brief_each(desk: Desk) -> None:
    """Eleven days apart, so that three days before the one are fourteen before the other."""
    first = VISIT.replace("[14, 3]", "[14, 3]\ndeliver = ['share']")
    desk.plan(first, first.replace("2026-12-03", "2026-12-14"))
    notes = desk.data / "pairs" / "KZ-LU" / "notes.yaml"
    notes.write_text(notes.read_text("utf-8") + note("2026-12-03", "Flights.") + note("2026-12-14", "Trains."))
    desk.run("2026-11-19")
    assert desk.run("2026-11-30")[0] == 0

    assert desk.results[1:] == ["visit LU 2026-12-03 -3 success", "visit LU 2026-12-14 -14 success"]
    for day, mine, other in (("03", b"Flights.", b"Trains."), ("14", b"Trains.", b"Flights.")):
        text = desk.shared[f"KZ-LU/2026-11-30/visit-2026-12-{day}.en.txt"]
        assert mine in text
        assert other not in text
    desk.is_sound()


def test_a_visit_of_which_the_data_know_nothing_is_prepared_and_told(desk: Desk) -> None:
    desk.plan(VISIT)
    status, out, told = desk.run("2026-11-19")

    assert (status, out.split()[4]) == (0, "success")
    assert "warning: pairs/KZ-LU: has nothing for the visit of 2026-12-03" in told


# ---------------------------------------------------------------- what stays


def days(desk: Desk, pair: str = "KZ-LU") -> list[str]:
    return sorted(path.name for path in (desk.out / pair).iterdir())


def test_retention_takes_the_oldest_whole_and_leaves_what_people_did(desk: Desk) -> None:
    word = MONTHLY.replace('"text"', '"docx"')
    desk.plan(word)
    for month in range(4, 9):
        assert desk.run(f"2026-{month:02}-01")[0] == 0
    assert days(desk) == [f"2026-{month:02}-01" for month in range(4, 9)]
    assert desk.call("editions", "withdraw", "KZ-LU/2026-04-01", "--reason", "wrong", *desk.places)[0] == 0
    edited = desk.out / "KZ-LU" / "2026-05-01" / "brief.en.edited.docx"
    shutil.copy(desk.out / "KZ-LU" / "2026-05-01" / "brief.en.docx", edited)
    with edited.open("ab") as file:
        file.write(b"\0")  # zip files may have a tail
    assert desk.call("editions", "add", str(edited), *desk.places[2:])[0] == 0
    mine = desk.out / "KZ-LU" / "2026-06-01" / "notes of mine.txt"
    mine.write_text("tea at five")

    desk.plan(word, "[retention]\neditions = 1")
    assert desk.run("2026-08-02")[0] == 0
    assert days(desk) == [f"2026-{month:02}-01" for month in (4, 5, 6, 7, 8)]
    assert [path.name for path in mine.parent.iterdir()] == [mine.name]
    assert (desk.out / "KZ-LU" / "2026-07-01" / "edition.json").is_file()  # the newest tells what changed since
    assert desk.run("2026-09-01")[0] == 0
    assert days(desk) == [f"2026-{month:02}-01" for month in (4, 5, 6, 8, 9)]  # of July nothing is left
    desk.is_verified()


def test_retention_counts_months_editions_and_bytes(desk: Desk) -> None:
    desk.plan(MONTHLY)
    for month in range(6, 9):
        desk.run(f"2026-{month:02}-01")
    (desk.out / "KZ-LU" / "other.bin").write_bytes(bytes(1_000_000))
    for keep, left in (
        ("", ["06", "07", "08"]),
        ('editions = "2 months"', ["07", "08"]),
        ("editions = 2", ["07", "08"]),
        ('disk = "1 MB"', ["07", "08"]),
    ):
        other = Desk(desk.folder / left[0] / str(len(keep)), desk.capture)
        shutil.copytree(desk.data, other.data)
        shutil.copytree(desk.out, other.out)
        other.plan(MONTHLY, f"[retention]\n{keep}")
        status, _, told = other.run("2026-08-20")
        assert status == 0
        assert [day[5:7] for day in days(other) if day != "other.bin"] == left
        assert ("more than the 1000000 that retention allows" in told) is keep.startswith("disk")


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("schedule", "told"),
    [
        (None, "schedule.toml: no such file"),
        ("oops", "schedule.toml:1: no TOML"),
        (MONTHLY, "schedule.toml:10: deliver: unknown delivery 'share'"),
        (MONTHLY.replace('"LU"', '"XX"').replace("deliver", "# "), "schedule.toml:6: partners: unknown partner 'XX'"),
        (MONTHLY.replace("06:00:00", "25:00:00"), "schedule.toml:5: "),
        ('timezone = "Asia/Nowhere"' + MONTHLY.replace("deliver", "# "), "schedule.toml:1: timezone: unknown zone"),
        (
            f"{MONTHLY}[[delivery]]\nname = 'share'\nkind = 'folder'\npath = 'x'\nup_to = 'secret'\n",
            "schedule.toml:11: ",
        ),
        (
            f"{MONTHLY}[[delivery]]\nname = 'share'\nkind = 'pigeon'\n",
            "schedule.toml:11: kind: no kind of a destination",
        ),
        (f"{MONTHLY}[[delivery]]\nname = 'share'\nkind = 'folder'\nup_to = 'public'\npath = '../x'\n", "climbs out"),
    ],
)
def test_a_schedule_with_a_mistake_is_one_error_and_makes_nothing(desk: Desk, schedule: str | None, told: str) -> None:
    path = desk.data / "schedule.toml"
    path.unlink() if schedule is None else path.write_text(schedule, "utf-8")
    for today in (("--today", "2026-09-01"), ()):
        status, out, said = desk.call("run-due", *desk.places, *today)
        assert (status, out) == (1, "")
        assert said.count("error: ") == 1
        assert told in said
    assert not desk.made


def test_a_day_that_is_none_is_told_by_the_name_of_its_option(desk: Desk) -> None:
    desk.plan(MONTHLY)
    status, _, told = desk.run("2026-02-30")

    assert status == 2
    assert "--today YYYY-MM-DD: '2026-02-30' is no day" in told


def test_a_folder_of_editions_that_cannot_be_is_one_error(desk: Desk) -> None:
    desk.plan(MONTHLY)
    (desk.folder / "file").write_text("x")
    for command in (("run-due",), ("schedule", "list"), ("schedule", "status")):
        status, out, told = desk.call(*command, "--data", str(desk.data), "--out", str(desk.folder / "file" / "out"))
        assert (status, out, told.count("error: ")) == (1, "", 1)
        assert "cannot be used: Not a directory" in told


def test_editions_that_cannot_be_compared_or_withdrawn_twice_are_one_error(desk: Desk) -> None:
    desk.plan(MONTHLY.replace('"LU"', '"LU", "DE"'))
    for day in ("2026-08-15", "2026-09-01", "2026-10-01"):
        desk.run(day)
    first, second = "KZ-LU/2026-09-01", "KZ-LU/2026-10-01"
    assert desk.call("changes", first, second, *desk.places)[0] == 0
    assert (
        json.loads(desk.call("changes", first, second, "--format", "json,text", *desk.places)[1])["new"] == "2026-10-01"
    )
    for pair in ((first, "KZ-DE/2026-10-01"), (second, first), (first, first), (first, "KZ-LU/2026-11-01"), ("x", "y")):
        status, out, told = desk.call("changes", *pair, *desk.places)
        assert (status, out, told.count("error: ")) == (1, "", 1)
    withdraw = ("editions", "withdraw", first, "--reason", "wrong figure", *desk.places)
    assert desk.call(*withdraw)[0] == 0
    status, out, told = desk.call(*withdraw)
    assert (status, out) == (1, "")
    assert told.count("error: ") == 1
    assert "was withdrawn before: wrong figure" in told


def test_one_country_is_explained_at_a_time(desk: Desk) -> None:
    status, out, told = desk.call("explain", "all", "trade.turnover@2024")

    assert (status, out, told.count("error: ")) == (2, "", 1)
    assert told.startswith("error: all: unknown country")


# ---------------------------------------------------------------- what else may happen


def test_templates_that_change_while_a_process_stays_are_those_of_the_next_run(desk: Desk) -> None:
    templates = shutil.copytree(ROOT / "templates", desk.folder / "templates")
    desk.plan(MONTHLY)
    for day in ("2026-08-15", "2026-09-01"):
        desk.run(day, "--templates", str(templates))
    section = templates / "reports" / "brief" / "profile.j2"
    change(section, "Country profile", "Portrait of the country")
    assert desk.run("2026-10-01", "--templates", str(templates))[0] == 0

    first, second = (blob.decode() for blob in desk.made.values())
    assert "Country profile" in first
    assert "Portrait of the country" in second


def test_data_that_break_between_two_runs_are_told_and_caught_up_when_they_are_mended(desk: Desk) -> None:
    desk.plan(MONTHLY)
    desk.run("2026-08-15")
    table = desk.data / "pairs" / "KZ-LU" / "observations.csv"
    whole = table.read_text("utf-8")
    table.write_text(whole + "nonsense\n", "utf-8")
    status, out, told = desk.run("2026-09-01")
    assert (status, out) == (1, "")
    assert "KZ-LU/observations.csv" in told
    assert (desk.results, desk.made) == ([], {})

    table.write_text(whole, "utf-8")
    assert desk.run("2026-09-03")[:2] == (0, "monthly/2026-09-01  success  1 made, 0 unchanged, 0 failed\n")


def test_a_history_that_breaks_is_put_aside_and_told_and_nothing_is_delivered_twice(
    desk: Desk, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.plan(MONTHLY)
    desk.run("2026-08-15")
    desk.run("2026-09-01")
    stamps = {path: path.stat().st_mtime_ns for path in desk.share.rglob("*.txt")}
    (desk.out / ".history" / "history.sqlite").write_bytes(b"no database" * 1000)
    status, _, told = desk.call("schedule", "deliveries", *desk.places[2:])
    assert "history.sqlite: is broken and was put aside as history.broken-1.sqlite" in told

    (desk.out / ".history" / "history.sqlite").write_bytes(b"no database" * 1000)
    status, out, told = desk.run("2026-09-02")
    assert (status, out) == (0, "")
    assert "was put aside as history.broken-2.sqlite" in told
    assert desk.run("2026-10-01")[0] == 0
    assert stamps.items() <= {path: path.stat().st_mtime_ns for path in desk.share.rglob("*.txt")}.items()
    desk.is_sound()


def test_a_history_that_cannot_be_written_is_one_error_and_nothing_is_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a file system that is read-only: SQLite opens the file and may not write."""
    desk.plan(MONTHLY)
    desk.run("2026-08-15")
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda name, **keys: real(f"file:{name}?mode=ro", uri=True, **keys))
    monkeypatch.setattr(sqlite3.dbapi2, "connect", sqlite3.connect)
    for command in (("run-due", "--today", "2026-09-01"), ("schedule", "deliveries", "--settle", "1", "--lost")):
        places = desk.places if command[0] == "run-due" else desk.places[2:]
        status, out, told = desk.call(*command, *places)
        assert (status, out, told.count("error: ")) == (1, "", 1)
        assert "readonly database" in told
    monkeypatch.undo()
    assert not desk.made
    assert desk.run("2026-09-01")[0] == 0


def test_a_clock_that_was_years_ahead_stops_nothing_when_it_is_right_again(desk: Desk) -> None:
    desk.plan(MONTHLY)
    desk.run("2026-08-15")
    desk.run("2026-09-01")
    assert desk.run("2036-01-01")[0] == 0
    shared = len(desk.shared)

    assert desk.run("2026-09-15")[1] in ("", "monthly/2026-09-01  success  0 made, 1 unchanged, 0 failed\n")
    assert desk.run("2026-10-01")[:2] == (0, "monthly/2026-10-01  success  1 made, 0 unchanged, 0 failed\n")
    assert len(desk.shared) == shared + 1
    assert desk.run("2026-10-02")[1:] == ("", "nothing is due\n")


def test_a_schedule_first_seen_by_a_clock_years_ahead_is_followed_when_it_is_right(desk: Desk) -> None:
    desk.plan(MONTHLY)
    desk.run("2036-01-15")
    desk.run("2026-08-15")

    assert desk.run("2026-09-01")[1].startswith("monthly/2026-09-01  success")


def test_an_entry_that_is_renamed_owes_nothing_of_before_and_repeats_no_file(desk: Desk) -> None:
    desk.plan(MONTHLY)
    desk.run("2026-08-15")
    desk.run("2026-09-01")
    before = desk.shared
    desk.plan(MONTHLY.replace('"monthly"', '"ай-сайын"'))

    assert desk.run("2026-09-02")[1:] == ("", "nothing is due\n")
    assert desk.shared == before
    assert desk.run("2026-10-01")[1].startswith("ай-сайын/2026-10-01  success")


def test_a_link_out_of_the_share_gets_nothing_and_is_told_until_it_is_gone(desk: Desk) -> None:
    desk.plan(MONTHLY)
    desk.run("2026-08-15")
    (desk.folder / "elsewhere").mkdir()
    (desk.share / "KZ-LU").symlink_to(desk.folder / "elsewhere")
    status, out, told = desk.run("2026-09-01")
    assert (status, out.split()[1]) == (1, "partly")
    assert "leads out of" in told
    assert list((desk.folder / "elsewhere").iterdir()) == []

    (desk.share / "KZ-LU").unlink()
    assert desk.run("2026-09-02")[0] == 0
    assert len(desk.shared) == 1


def test_files_and_folders_of_others_among_the_editions_stop_nothing(desk: Desk) -> None:
    desk.plan(MONTHLY, "[retention]\neditions = 2")
    desk.run("2026-08-15")
    for name in ("KZ-FR", "notes-of mine", "KZ-IT"):
        (desk.out / name).write_text("x")
    (desk.out / "KZ-LU" / "2026-09-01").mkdir(parents=True)
    (desk.out / "KZ-LU" / "2026-09-01" / "brief.en.txt").write_text("mine")
    (desk.out / "KZ-LU" / "old").symlink_to("/nowhere")

    status, out, told = desk.run("2026-09-01")
    assert (status, out) == (0, "monthly/2026-09-01  success  1 made, 0 unchanged, 0 failed\n")
    assert "had been changed after it was made" in told
    assert (desk.out / "KZ-FR").read_text() == "x"
    assert [path.read_text() for path in (desk.out / "KZ-LU" / "2026-09-01").glob("*edited*")] == ["mine"]


def test_a_schedule_of_three_hundred_partners_is_checked_at_once(desk: Desk) -> None:
    codes = [f"{first}{second}" for first in "ABCDEFGHIJKL" for second in "ABCDEFGHIJKLMNOPQRSTUVWXY"]
    desk.plan(MONTHLY.replace('["LU"]', json.dumps(codes)))
    start = time.monotonic()
    status, _, told = desk.run("2026-08-15")

    assert (status, len(codes)) == (1, 300)
    assert told.count("unknown partner") > 250
    assert time.monotonic() - start < 5
    desk.plan(MONTHLY.replace('["LU"]', json.dumps(["LU"] * 300)))
    desk.run("2026-08-15")
    assert desk.run("2026-09-01")[1] == "monthly/2026-09-01  success  1 made, 0 unchanged, 0 failed\n"
