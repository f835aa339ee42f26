"""What all tests share: the profiles of Hypothesis, golden texts, the programs they need, the house style."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from reports.house import House
from tests.tools import exhaustive, house_style, require

collect_ignore_glob = ["bench/*", "node_modules/*"]  # benchmarks are no tests, and need what tests do not
GOLDEN = Path(__file__).parent / "golden"

# Examples are drawn the same way in every run, so that a red test is red again on the next machine.
settings.register_profile("sample", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("exhaustive", max_examples=300, deadline=None, derandomize=True)
settings.load_profile("exhaustive" if exhaustive() else "sample")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden texts; then read the diff")


@pytest.fixture(scope="session")
def needs() -> Callable[..., None]:
    """needs("soffice", "qpdf"): skips where a program is missing, fails with CI=true."""
    return require


@pytest.fixture(scope="session")
def house() -> House:
    """The house style of the repository."""
    return house_style()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """golden("brief.en", text): the text reads as a person accepted it; with --accept it is written."""

    def reads_as_accepted(name: str, text: str) -> None:
        path = GOLDEN / f"{name}.txt"
        if request.config.getoption("--accept"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"no accepted text {path.name}: make accept writes it"
        assert text == path.read_text(encoding="utf-8")

    return reads_as_accepted
