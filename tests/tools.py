"""What a test may lean on: the programs of the system, and how thorough the run is."""

import os
import shutil

import pytest


def exhaustive() -> bool:
    """Whether this run tries everything (CI=true) or samples."""
    return os.environ.get("CI") == "true"


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
