"""Who writes the brief of content.py, with whom each is compared, and how a whole process is timed."""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from tests.bench.content import Content

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Racer:
    """Who writes: module and function that make a render function, whom it is compared with, and the budget; `also` has
    more of these."""

    module: str
    function: str
    argument: str = ""
    against: str = ""
    budget: float = 0.0
    also: Mapping[str, float] = field(default_factory=dict)

    def ready(self) -> Callable[[Content], bytes]:
        """What is imported and made once a process."""
        make = getattr(import_module(f"tests.bench.{self.module}"), self.function)
        render: Callable[[Content], bytes] = make(self.argument) if self.argument else make()
        return render


RACERS: Mapping[str, Racer] = {
    "ours: Word": Racer("ours", "writer", "docx", "python-docx, careful", 2.0),
    "python-docx, plain": Racer("word_peers", "plain", against="python-docx, careful"),
    "python-docx, careful": Racer("word_peers", "careful", against="python-docx, careful"),
    "ours: PDF": Racer("ours", "writer", "pdf", "typst, PDF/UA-1", 1.0, {"ours: PDF, untagged": 1.4}),
    "ours: PDF, untagged": Racer("ours", "untagged", against="typst, PDF/UA-1"),
    "reportlab, plain": Racer("pdf_peers", "plain", against="typst, PDF/UA-1"),
    "reportlab, careful": Racer("pdf_peers", "careful", against="typst, PDF/UA-1"),
    "typst, PDF/UA-1": Racer("pdf_peers", "typeset", against="typst, PDF/UA-1"),
    "ours: Word and PDF": Racer("ours", "both", against="ours: Word and PDF"),
    "ours: a whole order": Racer("ours", "filled", against="ours: Word and PDF"),
    "ours: HTML": Racer("ours", "writer", "html", "typst, PDF/UA-1"),
    "ours: text": Racer("ours", "writer", "text", "typst, PDF/UA-1"),
    "ours: JSON": Racer("ours", "writer", "json", "typst, PDF/UA-1"),
}


def process(*command: str) -> tuple[float, str]:
    """Milliseconds that a whole process takes, and what it says."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True, text=True)
    return (time.perf_counter() - start) * 1000, done.stdout


def say(line: str) -> None:
    """To standard output."""
    sys.stdout.write(line + "\n")
