"""Help for tests of whole runs: a desk with data, schedule, editions and a share of its own, worked by commands."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reports.cli import main
from reports.history import History, RunRecord, open_history
from tests.data_folders import ROOT, add_row, told
from tests.mail_server import PASSWORD, USER, Authority
from tests.tools import brief_files

FEW = {"KZ", "LU", "DE", "FR", "IT", "EU", "WLD", "EAEU", "CA5"}
MONTHLY = """
[[editions]]
name = "monthly"
day = 1
time = 06:00:00
partners = ["LU"]
reports = ["brief"]
languages = ["en"]
formats = ["text"]
deliver = ["share"]
"""
WIDE = (
    MONTHLY.replace('["LU"]', '["LU", "DE"]')
    .replace('["brief"]', '["brief", "review"]')
    .replace('["en"]', '["en", "kk"]')
)
VISIT = """
[[visits]]
partner = "LU"
begins = 2026-12-03
prepare = [14, 3]
time = 06:00:00
languages = ["en"]
formats = ["text"]
"""


@dataclass(frozen=True)
class Desk:
    """A folder with all that runs need; `capture` reads what a command prints."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def share(self) -> Path:
        return self.folder / "share"

    @property
    def places(self) -> tuple[str, ...]:
        """Where a command finds data and editions."""
        return "--data", str(self.data), "--out", str(self.out)

    # ------------------------------------------------------------ what a keeper does

    def plan(self, *tables: str) -> None:
        """Write the schedule, with a share that gets what is official."""
        share = f"[[delivery]]\nname = 'share'\nkind = 'folder'\nup_to = 'official'\npath = '{self.share}'\n"
        text = "\n".join(('timezone = "Asia/Almaty"\nholidays = "KZ"', *tables, share))
        (self.data / "schedule.toml").write_text(text, "utf-8")

    def publish(self, day: str, turnover: str) -> None:
        """A figure comes out on a day."""
        source = f"news-{day}"
        add_row(self.data / "sources.csv", source=source, publisher="News", title="Trade", published=day, accessed=day)
        row = {"indicator": "trade.turnover", "period": "2025", "unit": "USD", "multiplier": "6", "reporter": "KZ"}
        add_row(self.data / "pairs" / "KZ-LU" / "observations.csv", **row, value=turnover, source=source)

    # ------------------------------------------------------------ commands

    def call(self, *command: str) -> tuple[int, str, str]:
        """Exit status of a command, what it prints and what it tells."""
        self.capture.readouterr()
        status = main(command)
        return status, *self.capture.readouterr()

    def run(self, today: str, *options: str) -> tuple[int, str, str]:
        """`run-due` as of the end of a day."""
        return self.call("run-due", *self.places, "--jobs", "1", "--today", today, *options)

    def started(self, *command: str) -> "subprocess.Popen[str]":
        """A command in a process of its own, at the head of a group."""
        words = [sys.executable, str(ROOT / "generate.py"), *command, *self.places]
        pipe = subprocess.PIPE
        return subprocess.Popen(words, cwd=self.folder, stdout=pipe, stderr=pipe, text=True, start_new_session=True)

    # ------------------------------------------------------------ what is there

    @property
    def history(self) -> History:
        return open_history(self.out / ".history" / "history.sqlite")

    @property
    def runs(self) -> tuple[RunRecord, ...]:
        return self.history.runs()

    @property
    def results(self) -> list[str]:
        """Key and result of every run, in order."""
        return [f"{run.task.key} {run.result}" for run in self.runs]

    @property
    def made(self) -> Mapping[str, bytes]:
        """The files of the editions by path."""
        paths = (path for path in brief_files(self.out) if ".history" not in path.parts)
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in paths}

    @property
    def shared(self) -> Mapping[str, bytes]:
        """All files of the share by path."""
        paths = (path for path in self.share.rglob("*") if path.is_file())
        return {path.relative_to(self.share).as_posix(): path.read_bytes() for path in paths}

    def edition(self, name: str) -> Any:
        """The record of an edition."""
        return json.loads((self.out / name / "edition.json").read_text("utf-8"))

    def is_verified(self) -> None:
        """Editions are what they say."""
        assert self.call("editions", "verify", "--out", str(self.out)) == (0, "", "no problems\n")

    def is_sound(self) -> None:
        """Editions are what they say, and every file in the share is whole."""
        self.is_verified()
        made = self.made
        assert {name: blob for name, blob in self.shared.items() if blob != made.get(name)} == {}


def few_data(folder: Path) -> Path:
    """The data of the project on four partners, in three languages, without the rows that nothing uses then."""
    data = shutil.copytree(ROOT / "data", folder / "data")
    for path in (*(data / "pairs").iterdir(), *(data / "countries").iterdir()):
        if path.stem.removeprefix("KZ-") not in FEW:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (data / "words").iterdir():
        if path.stem not in {"kk", "ru"}:
            path.unlink()
    while unused := {problem.where for problem in told(data)}:
        for name in {where.rpartition(":")[0] for where in unused}:
            lines = (data / name).read_text("utf-8").splitlines(keepends=True)
            kept = [line for number, line in enumerate(lines, 1) if f"{name}:{number}" not in unused]
            (data / name).write_text("".join(kept), "utf-8")
    return data


def desk_in(folder: Path, data: Path, capture: pytest.CaptureFixture[str]) -> Desk:
    """A new desk with a copy of the data."""
    shutil.copytree(data, folder / "data")
    (folder / "share").mkdir()
    return Desk(folder, capture)


def mailbox(name: str = "desk", **keys: str) -> str:
    """A [[delivery]] by mail."""
    told = {"from": "Briefs <briefs@mfa.example>", "up_to": "official", "name": name, "kind": "mail", **keys}
    lines = [
        f"{key} = {value if value.startswith('[') or value == 'false' else repr(value)}" for key, value in told.items()
    ]
    return "\n".join(("[[delivery]]", *lines, *(["to = ['anna@mfa.example']"] if "to" not in keys else []), ""))


def post_by(monkeypatch: pytest.MonkeyPatch, port: int, authority: Authority, password: str = PASSWORD) -> None:
    """Mail leaves by a server of the loopback; nobody waits between two tries."""
    monkeypatch.setenv("BILATERAL_SMTP_URL", f"smtp+starttls://{USER}@127.0.0.1:{port}")
    monkeypatch.setenv("BILATERAL_SMTP_PASSWORD", password)
    monkeypatch.setenv("BILATERAL_CA_FILE", str(authority.file))
    monkeypatch.setenv("BILATERAL_SMTP_TIMEOUT", "5")
    monkeypatch.setattr("reports.cli.schedule.sleep", lambda seconds: None)
