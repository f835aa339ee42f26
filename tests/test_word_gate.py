"""The gate of Word files finds what it is there for, and nothing in a file that is good."""

from functools import cache

import pytest

from tests.package_checks import faults
from tests.planted_word_faults import good_file, planted
from tests.tools import exhaustive
from tests.validators import WORD, audited, sdk_errors

OF_THE_SCHEMA = {
    "order in pPr", "rPr after text", "order in tblPr", "bad on/off value", "order in the chart",
    "order in the settings", "style of no style", "an element that there is not", "list of no abstract list",
}  # fmt: skip


@cache
def files() -> dict[str, bytes]:
    return planted()


@cache
def found_by_audit() -> dict[str, list[str]]:
    """What openxml-audit says of each; it starts once."""
    names = {f"{number}.docx": name for number, name in enumerate(files())}
    found = audited({number: files()[name] for number, name in names.items()})
    return {names[number]: said for number, said in found.items()}


@pytest.mark.parametrize("judge", WORD)
def test_no_judge_finds_fault_with_the_good_file(judge: str) -> None:
    assert WORD[judge](good_file()) == []


@pytest.mark.parametrize("name", planted())
def test_a_planted_fault_is_found(name: str) -> None:
    """By one of the judges; the SDK, which takes a second, is asked last."""
    assert faults(files()[name]) or found_by_audit()[name] or sdk_errors(files()[name])


def test_each_judge_finds_what_another_does_not() -> None:
    """None of the three may be left out: the schema knows no ids and no fields, our own checks know no schema."""
    own = {name for name, data in files().items() if faults(data)}
    audit = {name for name, said in found_by_audit().items() if said}

    assert files().keys() - own == OF_THE_SCHEMA
    assert len(own - audit) > 15


def test_the_schema_of_the_sdk_finds_faults_of_order() -> None:
    of_order = sorted(name for name in files() if name.startswith("order in"))
    chosen = of_order if exhaustive() else of_order[:1]

    assert [name for name in chosen if not sdk_errors(files()[name])] == []
