"""What the system's own scheduler needs in order to call `run-due`: systemd units, a line of cron, a Windows task.

All of them call every quarter of an hour; `run-due` itself decides whether something is due, so that a machine that was
off, a new entry or a failed run needs no change here.
"""

import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from reports.errors import OutputError, Problem

MINUTES = 15
NAME = "bilateral"
TASK = "http://schemas.microsoft.com/windows/2004/02/mit/task"
SCRIPT = 'schtasks /Create /TN "Bilateral" /XML "{file}"'


@dataclass(frozen=True, slots=True)
class Units:
    """The texts of a service and of its timer."""

    service: str
    timer: str


def systemd(command: Sequence[str], folder: PurePath) -> Units:
    """Units for bilateral.service and bilateral.timer, which call the command in the folder.

    `Persistent` makes up for the time in which the machine was off. OutputError for a line end in a name.
    """
    _one_line(*command, str(folder))
    program, *others = map(_unit_word, command)
    words = [program, *(word.replace("$", "$$") for word in others)]  # the name of the program holds no variables
    service = f"""[Unit]
Description=Editions of Bilateral that are due

[Service]
Type=oneshot
WorkingDirectory={str(folder).replace("%", "%%")}
ExecStart={" ".join(words)}
"""
    timer = f"""[Unit]
Description=Ask every quarter of an hour which editions of Bilateral are due

[Timer]
OnCalendar=*:0/{MINUTES}
Persistent=true

[Install]
WantedBy=timers.target
"""
    return Units(service, timer)


def _unit_word(word: str) -> str:
    r"""A word of ExecStart, with what systemd would read as more than itself escaped.

    >>> print(_unit_word('50% of "my" home'))
    "50%% of \"my\" home"
    """
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def cron(command: Sequence[str], folder: PurePath) -> str:
    """The line of a crontab. OutputError for a line end in a name.

    >>> print(cron(["python3", "generate.py", "run-due"], PurePath("/srv/50% done")))
    */15 * * * * cd '/srv/50\\% done' && python3 generate.py run-due
    """
    _one_line(*command, str(folder))
    line = f"cd {shlex.quote(str(folder))} && {shlex.join(command)}"
    return f"*/{MINUTES} * * * * {line.replace('%', chr(92) + '%')}"  # cron takes a bare % for a line end


def windows(command: Sequence[str], folder: PurePath) -> bytes:
    """A task for the Windows Task Scheduler, in UTF-16 as schtasks wants it; `SCRIPT` is the line that registers it.

    OutputError for a line end in a name.
    """
    _one_line(*command, str(folder))
    task = Element("Task", version="1.2", xmlns=TASK)
    about = SubElement(task, "RegistrationInfo")
    SubElement(about, "Description").text = "Makes the editions of Bilateral that are due"
    trigger = SubElement(SubElement(task, "Triggers"), "TimeTrigger")
    SubElement(SubElement(trigger, "Repetition"), "Interval").text = f"PT{MINUTES}M"
    SubElement(trigger, "StartBoundary").text = "2026-01-01T00:00:00"
    SubElement(trigger, "Enabled").text = "true"
    settings = SubElement(task, "Settings")
    for name, value in (
        ("MultipleInstancesPolicy", "IgnoreNew"),
        ("DisallowStartIfOnBatteries", "false"),
        ("StopIfGoingOnBatteries", "false"),
        ("StartWhenAvailable", "true"),
        ("ExecutionTimeLimit", "PT0S"),
    ):
        SubElement(settings, name).text = value
    action = SubElement(SubElement(task, "Actions"), "Exec")
    SubElement(action, "Command").text = command[0]
    SubElement(action, "Arguments").text = subprocess.list2cmdline(command[1:])
    SubElement(action, "WorkingDirectory").text = str(folder)
    indent(task)
    text = '<?xml version="1.0" encoding="UTF-16"?>\n' + tostring(task, encoding="unicode") + "\n"
    return text.replace("\n", "\r\n").encode("utf-16")


def _one_line(*words: str) -> None:
    for word in words:
        if not word.isprintable():
            raise OutputError(Problem(repr(word), "a name that no scheduler can hold", "rename the folder"))
