"""What a test may lean on: the programs of the system, the house style, and how thorough the run is."""

import os
import shutil
from functools import cache
from pathlib import Path

import pytest

from reports.house import House, open_house

ROOT = Path(__file__).parent.parent
LANGUAGES = tuple(sorted(path.parent.name for path in (ROOT / "templates" / "languages").glob("*/language.toml")))
REPORTS = tuple(sorted(path.parent.name for path in (ROOT / "templates" / "reports").glob("*/report.toml")))
GROUPS = {line.split(",")[0] for line in (ROOT / "data" / "groups.csv").read_text("utf-8").splitlines()}
# The countries of a pair with the home country of the data; groups and the world are no partners.
PARTNERS = tuple(sorted({path.name.removeprefix("KZ-") for path in (ROOT / "data" / "pairs").glob("KZ-*")} - GROUPS))


def exhaustive() -> bool:
    """Whether this run tries everything (CI=true) or samples."""
    return os.environ.get("CI") == "true"


def brief_files(out: Path) -> list[Path]:
    """The files that a person looks for below a folder of editions: not the records, not what editions keep."""
    found = (path for path in out.rglob("*.*") if path.is_file() and ".work" not in path.relative_to(out).parts)
    return sorted(path for path in found if path.name != "edition.json" and not path.name.startswith("rows."))


def require(*programs: str) -> None:
    """Skips the test where a program is missing, with a line that says so; with CI=true it fails."""
    if os.environ.get("QUICK") == "true":
        pytest.skip(f"a quick run starts no {', '.join(programs)}")
    missing = [program for program in programs if shutil.which(program) is None]
    if not missing:
        return
    said = f"not on this machine: {', '.join(missing)}"
    if exhaustive():
        pytest.fail(said)
    pytest.skip(said)


@cache
def house_style() -> House:
    """The house style of the repository, read once; a law takes it from here, so that no report prints it."""
    return open_house(ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")
