"""Delivery: each parcel arrives once, whole, and only where its level may go; a secret is never told."""

import base64
import hashlib
import os
import quopri
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine

from reports.delivery import Carrier, Delivered, Destination, Enclosed, Ledger, Parcel, Settings, deliver, destinations
from reports.delivery import read_settings as read
from reports.delivery.ledger import Slip
from reports.delivery.message import compose, message_id
from reports.errors import DataError, Problem
from tests.mail_server import PASSWORD, USER, Authority, Inbox, Tls, mail_server, proxy_server
from tests.tools import exhaustive

LEVELS = ("public", "official", "officer")
NOW = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
ROOT = Path(__file__).parent.parent
Result = tuple[Delivered | Problem, ...]
# Of a brief and what is in it: Kazakh, Arabic, Chinese, and words of ASCII between them.
SUBJECTS = {
    "kk": "Қазақстан — Люксембург: 2026 жылғы 1 желтоқсандағы анықтама, бұрынғы басылымнан бері өзгерістер KZ-LU brief",
    "ar": "كازاخستان ولوكسمبورغ: ملف إحاطة في 1 ديسمبر 2026 — ما الذي تغيّر منذ الإصدار السابق KZ-LU brief",
    "zh": "哈萨克斯坦与卢森堡：双边关系简报（2026年12月1日）自上一版以来的变化 KZ-LU brief 文件",
}
NAMES = {
    "kk": "Люксембург туралы қысқаша анықтама, желтоқсан.docx",
    "ar": "ملف إحاطة عن لوكسمبورغ.pdf",
    "zh": "卢森堡简报.docx",
}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'history.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture
def ledger(engine: Engine) -> Ledger:
    return Ledger(engine)


def parcel(
    folder: Path, language: str = "kk", *, level: str = "public", partner: str = "LU", data: bytes = b"PK brief"
) -> Parcel:
    """A parcel of one file that lies in the output folder."""
    path = folder / "output" / f"KZ-{partner}" / "2026-12-01" / NAMES.get(language, f"brief.{language}.docx")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    file = Enclosed(path, hashlib.sha256(data).hexdigest())
    subject = SUBJECTS.get(language, "Brief")
    text = f"{subject}\n\n" + "Өзгерістер: 1. ".strip() * 90 + "\n.\nFrom the desk\n"
    return Parcel(f"KZ-{partner}", date(2026, 12, 1), "brief", language, "t", level, (file,), text, subject)


def desk(**keys: object) -> dict[str, object]:
    return {"name": "desk", "kind": "mail", "up_to": "public", "from": "Briefs <briefs@mfa.example>",
            "to": ["anna@mfa.example"], **keys}  # fmt: skip


def share(path: Path, **keys: object) -> dict[str, object]:
    return {"name": "share", "kind": "folder", "up_to": "official", "path": str(path), **keys}


def places(*tables: Mapping[str, object], project: Path = ROOT) -> tuple[Destination, ...]:
    return destinations(tables, LEVELS, project)


def settings(port: int, authority: Authority | None, scheme: str = "smtp+starttls", **keys: str) -> Settings:
    """As the environment gives them, with a short patience."""
    named = {"smtp_url": f"{scheme}://{USER}@127.0.0.1:{port}", "smtp_password": PASSWORD, "smtp_timeout": "5", **keys}
    if authority:
        named.setdefault("ca_file", str(authority.file))
    return read({f"BILATERAL_{key.upper()}": value for key, value in named.items()}, ROOT)


class Desk:
    """A ledger, a server and a destination: what a test sends through."""

    def __init__(self, ledger: Ledger, settings: Settings, *tables: Mapping[str, object]) -> None:
        self.ledger, self.settings = ledger, settings
        self.destinations = places(*(tables or (desk(),)))
        self.waits: list[float] = []

    def send(self, *parcels: Parcel) -> Result:
        return deliver(parcels, self.destinations, Carrier(self.ledger, self.settings, self.waits.append), NOW)

    def states(self) -> list[str]:
        return [entry.state for entry in self.ledger.entries()]


def problems(result: Result) -> list[Problem]:
    return [one for one in result if isinstance(one, Problem)]


def arrived(result: Result, *, already: bool = False) -> list[str]:
    return [one.recipient for one in result if isinstance(one, Delivered) and one.already is already]


# ---------------------------------------------------------------- letters


@pytest.mark.parametrize("way", [("starttls", "smtp+starttls"), ("implicit", "smtps")])
@pytest.mark.parametrize("language", sorted(NAMES))
def test_a_letter_arrives_with_its_files_and_its_words(
    tmp_path: Path, ledger: Ledger, authority: Authority, way: tuple[Tls, str], language: str
) -> None:
    tls, scheme = way
    one = parcel(tmp_path, language, data=os.urandom(70_000))
    with mail_server(authority, tls) as (inbox, port):
        result = Desk(ledger, settings(port, authority, scheme)).send(one)

    assert arrived(result) == ["anna@mfa.example"]
    assert problems(result) == []
    (message,) = inbox.messages
    assert message["Subject"] == SUBJECTS[language]
    assert message.get_body(("plain",)).get_content().splitlines() == one.text.splitlines()  # type: ignore[union-attr]
    assert inbox.attachments() == [{NAMES[language]: one.files[0].sha256}]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == NOW
    assert message["Content-Language"] == language
    raw = inbox.letters[0][1]
    assert raw.isascii()
    assert max(map(len, raw.splitlines())) <= 90  # the kind of a Word file is 85 long
    assert inbox.logins == 1


def test_a_parcel_is_sent_once_however_often_it_is_delivered(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    with mail_server(authority) as (inbox, port):
        office = Desk(ledger, settings(port, authority))
        office.send(parcel(tmp_path))
        second = office.send(parcel(tmp_path))
        changed = office.send(parcel(tmp_path, data=b"PK another brief"))

    assert arrived(second, already=True) == ["anna@mfa.example"]
    assert arrived(changed) == ["anna@mfa.example"]
    assert len(inbox.letters) == 2
    assert inbox.messages[0]["Message-ID"] != inbox.messages[1]["Message-ID"]
    assert inbox.logins == 2  # where nothing is due, nobody calls


def test_the_same_letter_has_the_same_bytes(tmp_path: Path) -> None:
    (mail,) = places(desk())
    one = replace(parcel(tmp_path), text="Өзгеріс жоқ.\n")
    (letter,) = {compose(mail, one, NOW, international=False) for _ in range(2)}  # type: ignore[arg-type]

    assert letter.isascii()  # short lines too, for a relay without 8BITMIME


WORDS = (
    "Қазақстан",
    "Республикасының",
    "Люксембург",
    "Ұлы",
    "Герцогтігіндегі",
    "Елшілігі",
    "12",
    "KZ-LU",
    "哈萨克斯坦",
)
ANY = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=120)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join) | ANY)
def test_any_subject_and_any_name_come_back_as_they_were(text: str) -> None:
    words = text.strip() or "x"
    name = _name(words).strip() or "x"
    (mail,) = places(
        desk(to=["Anna <anna@mfa.example>", *(f"{name} <{one}@mfa.example>" for one in "bcd"), "e@mfa.example"])
    )
    one = Parcel("KZ-LU", date(2026, 12, 1), "brief", "en", "t", "public", (), words, words)
    head = compose(mail, one, NOW, international=False).decode().split("\r\n\r\n")[0]  # type: ignore[arg-type]
    headers = dict(line.split(": ", 1) for line in re.sub(r"\r\n(?=[ \t])", "", head).split("\r\n"))

    if "=?" not in text:  # what looks like a coded word is read as one
        assert coded_words(headers["Subject"]) == words
        named = ", ".join(f"{name} <{one}@mfa.example>" for one in "bcd")
        assert coded_words(headers["To"]).replace('"', "") == f"Anna <anna@mfa.example>, {named}, e@mfa.example"
    assert max(map(len, head.split("\r\n"))) <= 998


def coded_words(text: str) -> str:
    """A header as RFC 2047 has it read: space between two coded words is none, and each word is whole in itself."""

    def word(found: re.Match[str]) -> str:
        coded = found[2].encode()
        data = base64.b64decode(coded) if found[1] in "bB" else quopri.decodestring(coded, header=True)
        return data.decode()

    return re.sub(r"=\?utf-8\?([bBqQ])\?(.*?)\?=", word, re.sub(r"(\?=)\s+(?==\?)", r"\1", text))


def _name(text: str) -> str:
    return "".join(letter for letter in text if letter not in '<>@"\\')


@pytest.mark.parametrize("breaks", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\0", "\x1c"])
def test_no_header_can_be_smuggled_in(tmp_path: Path, breaks: str) -> None:
    (mail,) = places(desk())
    one = replace(
        parcel(tmp_path), subject=f"Brief{breaks}Bcc: all@example.org{breaks}{breaks}x", language=f"kk{breaks}X: y"
    )
    file = tmp_path / f"brief{breaks.replace(chr(0), '')}Bcc: all@example.org"
    file.write_bytes(b"x")
    one = replace(one, files=(Enclosed(file, hashlib.sha256(b"x").hexdigest()),))
    message = message_from_bytes(compose(mail, one, NOW, international=False), policy=policy.default)  # type: ignore[arg-type]

    assert not {"Bcc", "X"} & set(message.keys())
    assert message.get_content_type() == "multipart/mixed"
    with pytest.raises(DataError):
        places(desk(to=[f"Anna{breaks}Bcc: all@example.org <anna@mfa.example>"]))


def test_an_address_beyond_ascii_travels_where_the_server_knows_it(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    with mail_server(authority) as (inbox, port):
        result = Desk(ledger, settings(port, authority), desk(to=["Әлия <әлия@мысал.қаз>"])).send(parcel(tmp_path))

    assert arrived(result) == ["әлия@xn--80awbu3c.xn--80ao21a"]
    assert inbox.letters[0][0] == ("әлия@xn--80awbu3c.xn--80ao21a",)
    assert inbox.messages[0]["Subject"] == SUBJECTS["kk"]


def test_where_the_server_does_not_know_it_the_others_get_their_letter(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    tables = desk(to=["Әлия <әлия@мысал.қаз>", "anna@mfa.example"])
    with mail_server(authority, enable_SMTPUTF8=False) as (inbox, port):
        result = Desk(ledger, settings(port, authority), tables).send(parcel(tmp_path))

    assert arrived(result) == ["anna@mfa.example"]
    assert "SMTPUTF8" in problems(result)[0].message
    assert inbox.letters[0][1].isascii()


def test_over_its_largest_size_a_letter_has_a_link(tmp_path: Path, ledger: Ledger, authority: Authority) -> None:
    link = "https://share.example/{pair}/{as_of}/"
    with mail_server(authority) as (inbox, port):
        office = Desk(ledger, settings(port, authority), desk(max_size="10 kB", link=link))
        office.send(parcel(tmp_path, data=bytes(20_000)))

    assert inbox.attachments() == [{}]
    assert inbox.messages[0].get_content().splitlines()[-2:] == ["", "https://share.example/KZ-LU/2026-12-01/"]


def test_without_a_link_a_letter_that_is_too_large_is_told(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    with mail_server(authority) as (inbox, port):
        office = Desk(ledger, settings(port, authority), desk(max_size="10 kB"))
        result = office.send(parcel(tmp_path, data=bytes(20_000)))

    assert "over max_size of 10000" in problems(result)[0].message
    assert (inbox.letters, office.states()) == ([], ["failed"])


def test_a_file_that_was_edited_is_not_sent_as_the_edition(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    one = parcel(tmp_path)
    one.files[0].path.write_bytes(b"PK edited")
    with mail_server(authority) as (inbox, port):
        result = Desk(ledger, settings(port, authority), desk(), share(tmp_path)).send(one)

    assert all("is not the file that the edition lists" in problem.message for problem in problems(result))
    assert (len(problems(result)), inbox.letters) == (2, [])


# ---------------------------------------------------------------- levels and filters


@pytest.mark.parametrize("level", ["public", "official", "officer", "", "OFFICER", "secret", "Public "])
@pytest.mark.parametrize("up_to", LEVELS)
def test_nothing_goes_above_the_level_of_a_destination(tmp_path: Path, ledger: Ledger, up_to: str, level: str) -> None:
    there = tmp_path / "share"
    there.mkdir()
    may = level in LEVELS and LEVELS.index(level) <= LEVELS.index(up_to)
    office = Desk(ledger, Settings(), share(there, up_to=up_to))
    result = office.send(parcel(tmp_path, level=level))

    assert bool(list(there.rglob("*.docx"))) is may
    if not may:
        (problem,) = problems(result)
        assert (problem.severity, problem.what) == ("warning", "withheld")
        assert "share" in problem.where
        assert f"gets nothing above {up_to}" in problem.message
        assert office.states() == []


def test_a_brief_above_the_level_is_not_mailed(tmp_path: Path, ledger: Ledger, authority: Authority) -> None:
    with mail_server(authority) as (inbox, port):
        result = Desk(ledger, settings(port, authority)).send(parcel(tmp_path, level="official"))

    assert ([one.what for one in problems(result)], inbox.letters, inbox.logins) == (["withheld"], [], 0)


def test_a_destination_gets_its_partners_and_languages_alone(tmp_path: Path, ledger: Ledger) -> None:
    there = tmp_path / "share"
    there.mkdir()
    office = Desk(ledger, Settings(), share(there, partners=["LU"], languages=["kk", "ar"]))
    office.send(parcel(tmp_path), parcel(tmp_path, "zh"), parcel(tmp_path, partner="DE"), parcel(tmp_path, "ar"))

    assert {path.name for path in there.rglob("*") if path.is_file()} == {NAMES["kk"], NAMES["ar"]}


# ---------------------------------------------------------------- the server says no


@contextmanager
def refusing(
    authority: Authority, ledger: Ledger, inbox: Inbox, *tables: Mapping[str, object], **options: Any
) -> Iterator[Desk]:
    with mail_server(authority, inbox=inbox, **options) as (_, port):
        yield Desk(ledger, settings(port, authority), *tables)


def after(times: int, reply: str) -> Callable[[Any], str | None]:
    """Gives the reply so often, then yes."""
    calls = iter(range(times))
    return lambda _: reply if next(calls, None) is not None else None


def test_what_is_not_taken_for_the_moment_is_tried_again_after_a_while(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    inbox = Inbox(rcpt=after(1, "450 4.2.0 greylisted"), data=after(1, "451 4.3.0 later"))
    with refusing(authority, ledger, inbox) as office:
        result = office.send(parcel(tmp_path))

    assert (arrived(result), problems(result)) == (["anna@mfa.example"], [])
    assert (office.waits, len(inbox.letters)) == ([5.0, 20.0], 1)
    assert ledger.entries()[0].tries == 3


def test_what_is_never_taken_is_told_and_due_at_the_next_run(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    inbox = Inbox(data=lambda _: "451 4.3.0 later")
    with refusing(authority, ledger, inbox) as office:
        first = office.send(parcel(tmp_path), parcel(tmp_path, "zh"))
        waits = len(office.waits)
        inbox.data = lambda _: None
        second = office.send(parcel(tmp_path), parcel(tmp_path, "zh"))

    assert [problem.what for problem in problems(first)] == ["failed", "failed"]
    assert "451 4.3.0 later" in problems(first)[0].message
    assert waits == 3  # pauses of a run, not of a letter
    assert len(arrived(second)) == len(inbox.letters) == 2


def test_what_is_refused_is_told_at_once_and_waits_for_a_person(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    inbox = Inbox(data=after(1, "554 5.7.1 looks like spam"))
    with refusing(authority, ledger, inbox) as office:
        first, second = office.send(parcel(tmp_path)), office.send(parcel(tmp_path))
        assert ledger.decide(1, NOW, arrived=False)
        third = office.send(parcel(tmp_path))

    assert "554 5.7.1 looks like spam" in problems(first)[0].message
    assert (problems(second)[0].what, problems(second)[0].severity) == ("refused", "warning")
    assert "delivery 1" in problems(second)[0].hint
    assert arrived(third) == ["anna@mfa.example"]
    assert office.waits == []


def test_a_recipient_who_is_refused_is_named_and_the_others_count(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    inbox = Inbox(rcpt=lambda address: "550 5.1.1 no such person" if address.startswith("bob") else None)
    with refusing(
        authority, ledger, inbox, desk(to=["anna@mfa.example", "bob@mfa.example"], cc=["c@mfa.example"])
    ) as office:
        result = office.send(parcel(tmp_path))
        again = office.send(parcel(tmp_path))

    assert sorted(arrived(result)) == ["anna@mfa.example", "c@mfa.example"]
    assert [one.message for one in problems(result)] == ["bob@mfa.example: refused: 550 5.1.1 no such person"]
    assert len(inbox.letters) == 1
    assert len(arrived(again, already=True)) == 2


def test_a_recipient_who_is_put_off_gets_the_letter_alone(tmp_path: Path, ledger: Ledger, authority: Authority) -> None:
    bob = after(1, "450 4.2.1 mailbox busy")
    inbox = Inbox(rcpt=lambda address: bob(address) if address.startswith("bob") else None)
    with refusing(authority, ledger, inbox, desk(to=["anna@mfa.example", "bob@mfa.example"])) as office:
        result = office.send(parcel(tmp_path))

    assert sorted(arrived(result)) == ["anna@mfa.example", "bob@mfa.example"]
    assert [people for people, _ in inbox.letters] == [("anna@mfa.example",), ("bob@mfa.example",)]
    assert len({message["Message-ID"] for message in inbox.messages}) == 1


def test_a_letter_over_the_size_of_the_server_is_told(tmp_path: Path, ledger: Ledger, authority: Authority) -> None:
    with refusing(authority, ledger, Inbox(), data_size_limit=10_000) as office:
        result = office.send(parcel(tmp_path, data=bytes(20_000)))

    assert "552" in problems(result)[0].message
    assert office.states() == ["failed"]  # with a link it goes out by itself


def test_a_connection_lost_before_the_answer_leaves_a_doubt_and_no_double(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    inbox = Inbox(data=after(1, "drop"))
    with refusing(authority, ledger, inbox) as office:
        first = office.send(parcel(tmp_path), parcel(tmp_path, "zh"))
        second = office.send(parcel(tmp_path), parcel(tmp_path, "zh"))
        assert len(inbox.letters) == 2
        assert ledger.decide(1, NOW, arrived=False)
        office.send(parcel(tmp_path))

    assert [problem.what for problem in (*problems(first), *problems(second))] == ["doubtful", "doubtful"]
    assert problems(second)[0].severity == "error"
    assert office.waits == []
    assert len(inbox.letters) == 3  # a person wanted it
    assert inbox.messages[0]["Message-ID"] == inbox.messages[2]["Message-ID"]


def test_a_person_who_knows_that_it_arrived_ends_the_doubt(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    inbox = Inbox(data=after(1, "drop"))
    with refusing(authority, ledger, inbox) as office:
        office.send(parcel(tmp_path))
        assert ledger.decide(1, NOW, arrived=True)
        assert not ledger.decide(1, NOW, arrived=False)  # what is sent is sent
        result = office.send(parcel(tmp_path))

    assert (arrived(result, already=True), len(inbox.letters)) == (["anna@mfa.example"], 1)


def test_a_server_that_hangs_up_between_letters_is_called_again(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    inbox = Inbox(rcpt=after(1, "421 4.7.0 too many letters"))
    with refusing(authority, ledger, inbox) as office:
        result = office.send(parcel(tmp_path), parcel(tmp_path, "zh"))

    assert (len(arrived(result)), problems(result), len(inbox.letters)) == (2, [], 2)


# ---------------------------------------------------------------- the way to the server


def test_a_server_that_is_down_is_told_once_for_all_letters(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    with mail_server(authority) as (_, port):
        pass
    office = Desk(ledger, settings(port, authority))
    result = office.send(*(parcel(tmp_path, language) for language in (*NAMES, "en", "fr")))

    (problem,) = result
    assert isinstance(problem, Problem)
    assert problem.where == f"127.0.0.1:{port}"
    assert "cannot be reached" in problem.message
    assert "and 2 more" in problem.message
    assert office.waits == [5.0, 20.0, 60.0]
    assert set(office.states()) == {"failed"}


def test_a_certificate_of_another_authority_is_not_trusted(
    tmp_path: Path, ledger: Ledger, authority: Authority
) -> None:
    (tmp_path / "other").mkdir()
    with mail_server(authority) as (inbox, port):
        office = Desk(ledger, settings(port, Authority(tmp_path / "other")))
        result = office.send(parcel(tmp_path), parcel(tmp_path, "zh"))

    assert len(result) == 1
    assert "certificate is not trusted" in problems(result)[0].message
    assert (inbox.letters, inbox.logins, office.waits) == ([], 0, [])


@pytest.mark.parametrize(("tls", "scheme"), [("starttls", "smtp+starttls"), ("implicit", "smtps")])
def test_a_certificate_of_another_host_is_not_trusted(tmp_path: Path, ledger: Ledger, tls: Tls, scheme: str) -> None:
    other = Authority(tmp_path, "mail.example")
    with mail_server(other, tls) as (inbox, port):
        result = Desk(ledger, settings(port, other, scheme)).send(parcel(tmp_path))

    assert "certificate is not trusted" in problems(result)[0].message
    assert (inbox.letters, inbox.logins) == ([], 0)


@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
def test_nothing_is_said_to_a_server_without_tls(
    tmp_path: Path, ledger: Ledger, authority: Authority, scheme: str
) -> None:
    with mail_server(authority, "none") as (inbox, port):
        result = Desk(ledger, settings(port, authority, scheme, smtp_timeout="2")).send(parcel(tmp_path))

    assert len(problems(result)) == 1
    assert (inbox.letters, inbox.logins) == ([], 0)


def test_a_wrong_password_is_tried_once_a_run(tmp_path: Path, ledger: Ledger, authority: Authority) -> None:
    with mail_server(authority, auth_exclude_mechanism=["LOGIN"]) as (inbox, port):
        office = Desk(ledger, settings(port, authority, smtp_password="wrong-but-secret"))
        result = office.send(parcel(tmp_path), parcel(tmp_path, "zh"), parcel(tmp_path, "ar"))

    assert [one.message.split(";")[0] for one in problems(result)] == ["the login was refused (535)"]
    assert (inbox.logins, inbox.letters, office.waits) == (1, [], [])


def test_this_machine_may_be_told_without_tls(tmp_path: Path, ledger: Ledger, authority: Authority) -> None:
    with mail_server(authority, "none", login=False) as (inbox, port):
        given = read({"BILATERAL_SMTP_URL": f"smtp://127.0.0.1:{port}"}, ROOT)
        result = Desk(ledger, given).send(parcel(tmp_path))

    assert (arrived(result), len(inbox.letters)) == (["anna@mfa.example"], 1)


@pytest.mark.parametrize(("tls", "scheme"), [("starttls", "smtp+starttls"), ("implicit", "smtps")])
def test_a_letter_goes_through_a_proxy(
    tmp_path: Path, ledger: Ledger, authority: Authority, tls: Tls, scheme: str
) -> None:
    with mail_server(authority, tls) as (inbox, port), proxy_server(greets=tls == "starttls") as (heads, proxy):
        keys = {"proxy": f"http://staff@127.0.0.1:{proxy}", "proxy_password": "p:w"}
        result = Desk(ledger, settings(port, authority, scheme, **keys)).send(parcel(tmp_path))

    assert (arrived(result), len(inbox.letters)) == (["anna@mfa.example"], 1)
    assert f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\n".encode() in heads[0]
    assert b"Proxy-Authorization: Basic " + base64.b64encode(b"staff:p:w") in heads[0]


def test_a_proxy_that_refuses_is_told(tmp_path: Path, ledger: Ledger, authority: Authority) -> None:
    with mail_server(authority) as (inbox, port), proxy_server(status="407 Who are you") as (_, proxy):
        result = Desk(ledger, settings(port, authority, proxy=f"http://127.0.0.1:{proxy}")).send(parcel(tmp_path))

    assert f"the proxy 127.0.0.1:{proxy} answered 407" in problems(result)[0].message
    assert inbox.letters == []


# ---------------------------------------------------------------- secrets


def forms(secret: str) -> set[str]:
    """A secret as it is, and as protocols write it."""
    pairs = (secret, f"\0{USER}\0{secret}", f"{USER}:{secret}")
    return {secret, *(base64.b64encode(one.encode()).decode() for one in pairs)}


@pytest.mark.parametrize("secret", ["hunter2-very-secret", "Құпия-сөз-42", "a b%20c"])
def test_a_secret_is_told_nowhere_whatever_the_server_answers(
    tmp_path: Path, ledger: Ledger, authority: Authority, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The server repeats it at each step, in each form; the last round refuses the login itself."""
    echo = " ".join(sorted(forms(secret)))
    ascii_echo = echo.encode().decode("latin-1")
    inbox = Inbox(login=lambda user, password: password == secret, rcpt=after(1, f"450 4.0.0 {ascii_echo}"))
    told = []
    with mail_server(authority, inbox=inbox, login=True) as (_, port):
        given = settings(port, authority, smtp_password=secret)
        office = Desk(ledger, given)
        office.send(parcel(tmp_path))
        for reply in (f"550 5.0.0 {secret}", f"451 {secret}", f"554 {base64.b64encode(secret.encode()).decode()}"):
            inbox.data = lambda _, reply=reply: reply  # type: ignore[misc]
            told.append(office.send(parcel(tmp_path, data=reply.encode())))
        inbox.login = lambda user, password: False
        told.append(office.send(parcel(tmp_path, "zh")))

    said = f"{told!r} {''.join(str(one) for result in told for one in result)} {given!r} {given} {office.settings!r}"
    everywhere = said + caplog.text + "".join(path.read_bytes().decode("latin-1") for path in tmp_path.glob("*sqlite*"))
    assert len(told) == 4
    assert all(problems(result) for result in told)
    for form in forms(secret):
        assert form not in everywhere
        assert form.encode().decode("latin-1") not in everywhere


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"SMTP_URL": "smtps://user:hunter2@mail.example"}, "has a password in it"),
        ({"SMTP_URL": "https://hunter2.example"}, "is no address of a server"),
        ({"SMTP_URL": "smtps://mail.example:hunter2"}, "is no address of a server"),
        ({"SMTP_URL": "smtps://mail.example/hunter2"}, "is no address of a server"),
        ({"SMTP_URL": "smtp://mail.example"}, "without TLS"),
        ({"SMTP_URL": "smtp://user@mail.example", "SMTP_PLAIN": "yes"}, "a password would travel without TLS"),
        ({"SMTP_PASSWORD": "hunter2\r\nQUIT"}, "more than one line"),
        ({"SMTP_PASSWORD": "hunter2", "SMTP_PASSWORD_FILE": "x"}, "given twice"),
        ({"SMTP_PASSWORD_FILE": "nowhere/hunter"}, "cannot be read"),
        ({"CA_FILE": "nowhere.pem"}, "nowhere.pem has no certificates"),
        ({"PROXY": "socks5://proxy"}, "is no address of a server"),
        ({"PROXY": "http://user:hunter2@proxy"}, "has a password in it"),
        ({"SMTP_TIMEOUT": "hunter2"}, "no number of seconds"),
        ({"SETTINGS": "nowhere.toml"}, "cannot be read"),
    ],
)
def test_a_wrong_setting_is_told_without_its_value(tmp_path: Path, environment: dict[str, str], said: str) -> None:
    with pytest.raises(DataError) as caught:
        read({f"BILATERAL_{key}": value for key, value in environment.items()}, tmp_path)

    assert said in str(caught.value)
    assert "hunter2" not in f"{caught.value} {caught.value!r} {caught.value.__cause__!r}"


def private(path: Path, text: str, mode: int = 0o600) -> str:
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return str(path)


def test_settings_come_from_a_file_and_the_environment_goes_first(tmp_path: Path) -> None:
    password = private(tmp_path / "password", "құпия\n")
    file = private(
        tmp_path / "mail.toml",
        f'smtp_url = "smtps://a@mail.example"\nsmtp_password_file = "{password}"\nsmtp_timeout = 9\n',
    )
    given = read({"BILATERAL_SETTINGS": file, "BILATERAL_SMTP_URL": "smtp+starttls://b@relay.example"}, ROOT)

    assert given.server
    assert (given.server.scheme, given.server.user, str(given.server)) == ("smtp+starttls", "b", "relay.example:587")
    assert (given.server.password.get_secret_value(), given.timeout) == ("құпия", 9.0)
    assert read({}, ROOT) == Settings()


@pytest.mark.parametrize("name", ["SETTINGS", "SMTP_PASSWORD_FILE"])
def test_a_file_with_a_secret_is_for_its_owner_and_outside_the_project(tmp_path: Path, name: str) -> None:
    outside = private(tmp_path / "secret", "", 0o644)
    with pytest.raises(DataError, match="everybody may read"):
        read({f"BILATERAL_{name}": outside}, tmp_path / "project")
    inside = private(tmp_path / "secret", "")
    with pytest.raises(DataError, match="inside the project"):
        read({f"BILATERAL_{name}": inside}, tmp_path)


@pytest.mark.parametrize(
    "text",
    ["smtp_password = hunter2", "smtp_pasword = 'hunter2'", "smtp_password = ['hunter2']", "'hunter2", "x" * 70_000],
)
def test_a_wrong_file_of_settings_is_told_without_what_is_in_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataError) as caught:
        read({"BILATERAL_SETTINGS": private(tmp_path / "mail.toml", text)}, ROOT)

    assert "mail.toml" in str(caught.value)
    assert "hunter2" not in f"{caught.value!r} {caught.value.__cause__!r}"


# ---------------------------------------------------------------- destinations


@pytest.mark.parametrize(
    ("table", "where", "said"),
    [
        (desk(up_to="secret"), "up_to", "'secret' is no level"),
        ({key: value for key, value in desk().items() if key != "up_to"}, "delivery 1", "no 'up_to'"),
        ({key: value for key, value in share(ROOT).items() if key != "up_to"}, "delivery 1", "no 'up_to'"),
        (desk(kind="fax"), "kind", "no kind"),
        (desk(kind=["mail"]), "kind", "no kind"),
        (desk(to=[]), "to", "cannot be used"),
        (desk(to="anna@mfa.example"), "to", "cannot be used"),
        (desk(to=["anna"]), "to", "'anna' is no address"),
        (desk(to=["Anna <anna@mfa.example"]), "to", "no address"),
        (desk(to=["anna@mfa.example>"]), "to", "no address"),
        (desk(to=["a@x.example, b@x.example"]), "to", "no address"),
        (desk(to=["a@faß.example"]), "to", "is no domain"),
        (desk(to=["a@..example"]), "to", "is no domain"),
        (desk(too=["a@x.example"]), "too", "unknown key 'too'"),
        (desk(attach=False), "delivery 1", "neither files nor a link"),
        (desk(attach="no"), "attach", "cannot be used"),
        (desk(max_size="large"), "max_size", "cannot be used"),
        (desk(link="https://x.example/{pair.__class__}"), "link", "placeholder"),
        (desk(link="https://x.example/{0}"), "link", "placeholder"),
        (desk(link="javascript:alert(1)"), "link", "no address of a page"),
        (desk(name="a\nb"), "name", "cannot be used"),
        (share(Path("../other")), "path", "climbs out"),
        (share(Path("x"), link="https://x.example"), "link", "unknown key 'link'"),
    ],
)
def test_a_mistake_in_a_destination_is_told_with_its_place(table: dict[str, object], where: str, said: str) -> None:
    with pytest.raises(DataError) as caught:
        places(table)

    (problem,) = caught.value.problems
    assert problem.where.endswith(where)
    assert said in problem.message


def test_all_mistakes_are_told_at_once_and_a_name_is_given_once() -> None:
    with pytest.raises(DataError) as caught:
        places(desk(), desk(to=["x"], cc=["y"]), share(ROOT, name="desk"))

    assert [problem.where.rpartition(": ")[2] for problem in caught.value.problems] == ["to", "cc", "name", "name"]


# ---------------------------------------------------------------- folders


@pytest.fixture
def there(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def test_files_lie_in_a_folder_as_in_the_output_folder(tmp_path: Path, ledger: Ledger, there: Path) -> None:
    office = Desk(ledger, Settings(), share(there))
    one = parcel(tmp_path)
    result = office.send(one)
    target = there / "KZ-LU" / "2026-12-01" / NAMES["kk"]
    stamp = target.stat().st_mtime_ns, target.stat().st_ino

    assert arrived(result) == [str(target)]
    assert target.read_bytes() == one.files[0].path.read_bytes()
    assert arrived(office.send(one), already=True) == [str(target)]
    assert (target.stat().st_mtime_ns, target.stat().st_ino) == stamp  # nothing was written


def test_a_new_edition_takes_the_place_of_the_old_but_not_of_an_edited_file(
    tmp_path: Path, ledger: Ledger, there: Path
) -> None:
    office = Desk(ledger, Settings(), share(there))
    office.send(parcel(tmp_path, data=b"first"))
    office.send(parcel(tmp_path, data=b"second"))
    target = there / "KZ-LU" / "2026-12-01" / NAMES["kk"]
    assert target.read_bytes() == b"second"

    target.write_bytes(b"by hand")
    (problem,) = office.send(parcel(tmp_path, data=b"third"))
    assert isinstance(problem, Problem)
    assert (problem.what, target.read_bytes()) == ("edited", b"by hand")

    target.unlink()
    assert arrived(office.send(parcel(tmp_path, data=b"third"))) == [str(target)]
    target.unlink()  # its reader took it away
    assert arrived(office.send(parcel(tmp_path, data=b"third")), already=True) == [str(target)]
    assert not target.exists()


def test_a_share_that_is_not_there_is_not_made(tmp_path: Path, ledger: Ledger) -> None:
    office = Desk(ledger, Settings(), share(tmp_path / "unmounted"))
    (problem,) = office.send(parcel(tmp_path))
    assert isinstance(problem, Problem)
    assert "is the share mounted?" in problem.hint
    assert not (tmp_path / "unmounted").exists()

    (tmp_path / "unmounted").mkdir()
    assert len(arrived(office.send(parcel(tmp_path)))) == 1


def test_no_link_and_no_name_leads_out_of_a_share(tmp_path: Path, ledger: Ledger, there: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (there / "KZ-LU").symlink_to(outside)
    office = Desk(ledger, Settings(), share(there))
    results = office.send(
        parcel(tmp_path), replace(parcel(tmp_path), pair="../outside"), replace(parcel(tmp_path), pair="..")
    )

    assert ["leads out of" in one.message for one in problems(results)] == [True] * 3
    assert list(outside.iterdir()) == []


def test_what_a_killed_copy_left_is_swept(tmp_path: Path, ledger: Ledger, there: Path) -> None:
    place = there / "KZ-LU" / "2026-12-01"
    place.mkdir(parents=True)
    (place / ".abcd1234.part").write_bytes(b"half")
    (place / ".mine.part").write_bytes(b"of somebody")
    Desk(ledger, Settings(), share(there)).send(parcel(tmp_path))

    assert {path.name for path in place.iterdir()} == {".mine.part", NAMES["kk"]}


UNPRIVILEGED = """
import os, sys
from tests.test_delivery import *
folder = Path(sys.argv[1])
office = Desk(Ledger(create_engine("sqlite://")), Settings(), share(folder / "share"))
print(len(office.send(parcel(folder, partner="DE"))))  # imports all that it needs
one = parcel(folder)
os.setuid(65534) if os.getuid() == 0 else None
for problem in office.send(one):
    print(problem.what, problem.message)
"""


def test_a_share_without_permission_to_write_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = Path("/tmp") / f"bilateral-delivery-{os.getpid()}"  # below it nobody's way is barred
    try:
        (folder / "share" / "KZ-LU" / "2026-12-01").mkdir(parents=True)
        for path in (folder / "share" / "KZ-LU" / "2026-12-01", folder / "share" / "KZ-LU"):
            path.chmod(0o555)
        folder.chmod(0o755)
        done = subprocess.run(
            [sys.executable, "-B", "-c", UNPRIVILEGED, str(folder)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.startswith("1\nfailed cannot be written: Permission denied")
        assert list((folder / "share" / "KZ-LU").rglob("*.*")) == []
    finally:
        subprocess.run(["rm", "-rf", str(folder)], check=True)


# ---------------------------------------------------------------- nothing twice, whatever dies


def test_of_many_who_claim_a_letter_one_gets_it(engine: Engine) -> None:
    ledger, slip = Ledger(engine), Slip("desk", "KZ-LU/2026-12-01/brief.kk", "00", "<1@x>")
    got: list[str] = []
    for state in (None, "failed"):  # a new row, and one that failed before
        if state:
            ledger.record(slip, {"anna@mfa.example": "failed"}, NOW)
        threads = [
            threading.Thread(target=lambda: got.extend(ledger.claim(slip, ["anna@mfa.example"], NOW))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert got == ["anna@mfa.example"] * 2


# Started once; makes a process that delivers for each line that it reads, so that a test can kill it.
WORKER = """
import os, sys
from tests.test_delivery import *
folder, port, authority = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
print("ready", flush=True)
for line in sys.stdin:
    base = folder / line.strip()
    pid = os.fork()
    if not pid:
        engine = create_engine(f"sqlite:///{base / 'history.sqlite'}")
        given = settings(port, None, ca_file=authority)
        office = Desk(Ledger(engine), given, desk(to=["a@x.example", "b@x.example"]))
        office.send(*(parcel(base, one) for one in WAITING))
        os._exit(0)
    print(pid, flush=True)
    os.waitpid(pid, 0)
    print("done", flush=True)
"""
WAITING = ("kk", "ar", "zh", "en")


class Worker:
    """A real process that makes real processes that deliver."""

    def __init__(self, folder: Path, port: int, authority: Authority) -> None:
        arguments = [sys.executable, "-c", WORKER, str(folder), str(port), str(authority.file)]
        self._process = subprocess.Popen(
            arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        assert self._said() == "ready"

    def _said(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def deliver(self, folder: str, *, kill_after: float | None = None) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{folder}\n")
        pid = int(self._said())
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert self._said() == "done"

    def close(self) -> None:
        self._process.communicate()


def received(inbox: Inbox) -> Counter[tuple[str, str]]:
    """How often each recipient got each letter."""
    return Counter(
        (str(message["Content-Language"]), person)
        for message, (people, _) in zip(inbox.messages, inbox.letters, strict=True)
        for person in people
    )


def test_kill_9_while_it_sends_makes_no_double(tmp_path: Path, authority: Authority) -> None:
    """The next run sends the rest; what it does not send is doubtful, and nothing that is doubtful came twice."""
    random = Random(5)
    inbox = Inbox(delay=0.01)
    doubts = 0
    with mail_server(authority, inbox=inbox) as (_, port):
        worker = Worker(tmp_path, port, authority)
        try:
            (tmp_path / "whole").mkdir()
            start = time.monotonic()
            worker.deliver("whole")
            whole = time.monotonic() - start
            for index in range(100 if exhaustive() else 20):
                inbox.letters.clear()
                (tmp_path / str(index)).mkdir()
                worker.deliver(str(index), kill_after=random.uniform(0, whole))
                worker.deliver(str(index))
                doubts += _is_settled(tmp_path / str(index), inbox)
        finally:
            worker.close()
    assert doubts  # some of the moments hit a letter on its way


def _is_settled(folder: Path, inbox: Inbox) -> int:
    """Every letter is sent and came once, or is doubtful and came at most once; how many are doubtful."""
    engine = create_engine(f"sqlite:///{folder / 'history.sqlite'}")
    entries = Ledger(engine).entries()
    engine.dispose()
    came = received(inbox)
    assert len(entries) == 2 * len(WAITING)
    for entry in entries:
        times = came[entry.slip.parcel.rpartition(".")[2], entry.recipient]
        assert entry.state in ("sent", "doubtful")
        assert times == 1 or (times == 0 and entry.state == "doubtful")
    return sum(entry.state == "doubtful" for entry in entries)


def test_of_two_processes_at_once_one_sends(tmp_path: Path, authority: Authority) -> None:
    inbox = Inbox(delay=0.05)
    with mail_server(authority, inbox=inbox) as (_, port):
        workers = [Worker(tmp_path, port, authority) for _ in range(2)]
        try:
            (tmp_path / "both").mkdir()
            threads = [threading.Thread(target=worker.deliver, args=("both",)) for worker in workers]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            for worker in workers:
                worker.close()

    assert set(received(inbox).values()) == {1}
    assert len(received(inbox)) == 2 * len(WAITING)


def test_who_finds_another_at_work_says_so_and_leaves(tmp_path: Path, ledger: Ledger, engine: Engine) -> None:
    with Ledger(engine).alone():
        (problem,) = Desk(ledger, Settings()).send(parcel(tmp_path))

    assert isinstance(problem, Problem)
    assert (problem.severity, problem.where) == ("warning", "delivery")


def test_what_the_ledger_cannot_hold_does_not_leave(
    tmp_path: Path, ledger: Ledger, engine: Engine, authority: Authority
) -> None:
    with mail_server(authority) as (inbox, port), engine.begin() as connection:
        connection.exec_driver_sql(
            "create trigger full before insert on deliveries begin select raise(abort, 'full'); end"
        )
        connection.commit()
        (problem,) = Desk(ledger, settings(port, authority)).send(parcel(tmp_path))

    assert isinstance(problem, Problem)
    assert problem.message == "the ledger cannot be used: full"
    assert inbox.letters == []


def test_without_a_mail_server_the_folders_are_served_and_the_letters_told(
    tmp_path: Path, ledger: Ledger, there: Path
) -> None:
    result = Desk(ledger, Settings(), desk(), share(there)).send(parcel(tmp_path))

    assert [problem.message for problem in problems(result)] == ["no mail server is set"]
    assert len(arrived(result)) == 1


def test_a_message_id_is_of_the_sender_and_of_what_is_sent(tmp_path: Path) -> None:
    one, other = places(desk(), desk(name="b"))
    ids: Sequence[str] = [
        message_id(mail, replace(parcel(tmp_path), as_of=day))  # type: ignore[arg-type]
        for mail in (one, other)
        for day in (date(2026, 12, 1), date(2027, 1, 1))
    ]

    assert len(set(ids)) == 4
    assert all(name.endswith("@mfa.example>") and name.isascii() for name in ids)
