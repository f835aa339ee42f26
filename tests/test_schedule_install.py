"""What `schedule install` hands to systemd, cron and Windows says the same command and folder to each of them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePath, PureWindowsPath

import pytest
from lxml import etree

from reports.errors import OutputError
from reports.schedule.install import SCRIPT, TASK, cron, systemd, windows

FOLDERS = ("plain", "с пробелом и буквами", "50% done", 'it\'s "so" $HOME `x` \\ #1')
SPY = "import json, os, sys; json.dump([os.getcwd(), sys.argv[1:]], open(sys.argv[1], 'w'))"


@pytest.fixture(params=FOLDERS)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path: Path = tmp_path / request.param
    path.mkdir()
    return path


def test_the_line_of_cron_runs_in_its_folder_with_its_words(folder: Path) -> None:
    words = [str(folder / "told.json"), "--out", "a b%c", "it's $PATH"]
    *when, line = cron([sys.executable, "-c", SPY, *words], folder).split(" ", 5)
    seen_by_cron = line.replace("\\%", "\0")  # cron takes a bare % for a line end, and the \ before it away

    assert when == ["*/15", "*", "*", "*", "*"]
    assert "%" not in seen_by_cron
    subprocess.run(["sh", "-c", seen_by_cron.replace("\0", "%")], cwd="/", check=True)
    assert json.loads((folder / "told.json").read_text()) == [str(folder), words]


def test_systemd_takes_the_units(needs: Callable[..., None], folder: Path, tmp_path: Path) -> None:
    needs("systemd-analyze")
    units = systemd([sys.executable, str(folder / "generate.py"), "run-due", "--out", "a $b %c"], folder)
    written = [tmp_path / "bilateral.service", tmp_path / "bilateral.timer"]
    for path, text in zip(written, (units.service, units.timer), strict=True):
        path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, written)], capture_output=True, text=True, check=False
    )
    told = [line for line in done.stderr.splitlines() if "bilateral" in line]

    assert told == []


def test_the_timer_calls_every_quarter_of_an_hour(needs: Callable[..., None]) -> None:
    needs("systemd-analyze")
    (line,) = [line for line in systemd(["x"], PurePath("/")).timer.splitlines() if line.startswith("OnCalendar=")]
    when = line.partition("=")[2]
    done = subprocess.run(["systemd-analyze", "calendar", when], capture_output=True, text=True, check=True)

    assert "Normalized form: *-*-* *:00/15:00" in done.stdout


def test_a_systemd_that_is_told_of_a_wrong_unit_says_so(needs: Callable[..., None], tmp_path: Path) -> None:
    needs("systemd-analyze")
    path = tmp_path / "bilateral.service"
    path.write_text(systemd(["no-such-program"], tmp_path).service, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(path)], capture_output=True, text=True, check=False
    )

    assert "no-such-program" in done.stderr


def test_systemd_reads_the_words_as_they_were_given() -> None:
    service = systemd(["/usr/bin/py $x", "50%", 'a "b"', "c\\d", "$HOME", "ы"], PurePath("/srv/5% of it")).service

    assert r'ExecStart="/usr/bin/py $x" "50%%" "a \"b\"" "c\\d" "$$HOME" "ы"'.replace("c\\d", "c\\\\d") in service
    assert "WorkingDirectory=/srv/5%% of it\n" in service


def test_the_task_of_windows_has_what_its_schema_asks_for() -> None:
    folder = PureWindowsPath("C:\\Дела & briefs")
    content = windows(["C:\\Program Files\\Python\\python.exe", "generate.py", "run-due", "--out", "a b"], folder)
    root = etree.fromstring(content)
    found = {etree.QName(element).localname: element.text for element in root.iter()}

    assert content[:2] == b"\xff\xfe"
    assert content.decode("utf-16").startswith('<?xml version="1.0" encoding="UTF-16"?>\r\n<Task ')
    assert {etree.QName(element).namespace for element in root.iter()} == {TASK}
    assert [etree.QName(child).localname for child in root] == ["RegistrationInfo", "Triggers", "Settings", "Actions"]
    assert (found["Interval"], found["StartBoundary"]) == ("PT15M", "2026-01-01T00:00:00")
    assert (found["StartWhenAvailable"], found["MultipleInstancesPolicy"]) == ("true", "IgnoreNew")
    assert found["Command"] == "C:\\Program Files\\Python\\python.exe"
    assert found["Arguments"] == 'generate.py run-due --out "a b"'
    assert found["WorkingDirectory"] == str(folder)
    assert SCRIPT.format(file="C:\\x y.xml") == 'schtasks /Create /TN "Bilateral" /XML "C:\\x y.xml"'


@pytest.mark.parametrize("make", [systemd, cron, windows])
@pytest.mark.parametrize("name", ["a\nb", "a\rb", "a\0b"])
def test_a_line_end_in_a_name_is_refused(make: Callable[..., object], name: str) -> None:
    with pytest.raises(OutputError, match="a name that no scheduler can hold"):
        make(["python", name], PurePath("/"))
    with pytest.raises(OutputError, match="rename the folder"):
        make(["python"], PurePath(f"/{name}"))
