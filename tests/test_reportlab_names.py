"""What the PDF writer leans on in ReportLab: one file imports it, and each name there still means what it meant.

A release that changes one fails here with the name, before any file looks wrong.
"""

import ast
import inspect
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import reportlab
from fontTools.ttLib import TTFont
from reportlab.pdfbase.ttfonts import TTFontFile

from reports.writers.pdf.tagged.reportlab_fonts import FIRST

ROOT = Path(__file__).parent.parent
HERE = ROOT / "reports" / "writers" / "pdf" / "tagged" / "reportlab_fonts.py"
FONT = ROOT / "fonts" / "NotoSans-Bold.ttf"
LETTERS = "Aқ7"


@cache
def theirs() -> Any:
    return TTFontFile(str(FONT))


@cache
def ours() -> TTFont:
    """The same file by a program that shares nothing with ReportLab."""
    return TTFont(FONT)


def scaled(units: float) -> float:
    found: float = units * 1000 / ours()["head"].unitsPerEm
    return found


def advance(letter: str) -> float:
    return scaled(ours()["hmtx"][ours().getBestCmap()[ord(letter)]][0])


def outline(font: TTFont, name: str) -> tuple[int, int, int, int]:
    glyph = font["glyf"][name]
    return glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax


def subset_has_each_glyph_under_its_code() -> bool:
    """The font that is cut has a cmap of its own: the code of a letter is its place in the list."""
    cut = TTFont(io.BytesIO(theirs().makeSubset([0] * FIRST + list(map(ord, LETTERS)))))
    codes = cut["cmap"].tables[0].cmap
    found = [outline(cut, codes[FIRST + place]) for place in range(len(LETTERS))]
    return found == [outline(ours(), ours().getBestCmap()[ord(letter)]) for letter in LETTERS]


# Each name with what it has to mean; sizes are in thousandths of the em, as PDF has them.
NAMES: dict[str, Callable[[], bool]] = {
    "Version": lambda: reportlab.Version.startswith("5.1."),
    "TTFontFile": lambda: next(iter(inspect.signature(TTFontFile).parameters)) == "file",
    "charWidths": lambda: all(abs(theirs().charWidths[ord(one)] - advance(one)) <= 1 for one in LETTERS),
    "defaultWidth": lambda: abs(theirs().defaultWidth - scaled(ours()["hmtx"][".notdef"][0])) <= 1,
    "makeSubset": subset_has_each_glyph_under_its_code,
    "name": lambda: theirs().name == b"NotoSans-Bold",
    "bbox": lambda: (
        [round(one) for one in theirs().bbox]
        == [round(scaled(getattr(ours()["head"], side))) for side in ("xMin", "yMin", "xMax", "yMax")]
    ),
    "flags": lambda: isinstance(theirs().flags, int) and theirs().flags & ~0x7FFFF == 0,
    "italicAngle": lambda: theirs().italicAngle == ours()["post"].italicAngle,
    "ascent": lambda: abs(theirs().ascent - scaled(ours()["OS/2"].sTypoAscender)) <= 1,
    "descent": lambda: abs(theirs().descent - scaled(ours()["OS/2"].sTypoDescender)) <= 1,
    "capHeight": lambda: abs(theirs().capHeight - scaled(ours()["OS/2"].sCapHeight)) <= 1,
    "stemV": lambda: 50 < theirs().stemV < 300,
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_reportlab_means_what_the_writer_takes_it_for(name: str) -> None:
    try:
        meant = NAMES[name]()
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        pytest.fail(f"ReportLab {reportlab.Version} has another {name}: {error!r}; see {HERE.name}")
    assert meant, f"ReportLab {reportlab.Version} means something else by {name}; see {HERE.name}"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("charWidths", dict.fromkeys(map(ord, LETTERS), 1.0)),
        ("makeSubset", lambda codes: TTFontFile(str(FONT)).makeSubset(codes[:FIRST] + codes[: FIRST - 1 : -1])),
        ("name", "NotoSans-Bold"),
        ("stemV", None),
        ("bbox", [0, 0, 1, 1]),
    ],
)
def test_a_name_with_another_meaning_would_be_noticed(
    name: str, other: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theirs(), name, other)

    with pytest.raises(pytest.fail.Exception if other is None else AssertionError, match=name):
        test_a_name_of_reportlab_means_what_the_writer_takes_it_for(name)


def imports(source: str) -> set[str]:
    """The names that a module takes from ReportLab: modules, and names from modules."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.partition(".")[0] == "reportlab"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "reportlab":
            found |= {alias.name for alias in node.names}
    return found


def leant_on(source: str) -> set[str]:
    """What is imported from ReportLab, and the attributes of it and of its faces that are used."""
    owners = {"face", "reportlab"}
    used = {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute) and _is(node, owners)}
    return (imports(source) | used) - {"reportlab"}


def _is(node: ast.Attribute, owners: set[str]) -> bool:
    value = node.value
    return (
        value.id if isinstance(value, ast.Name) else value.attr if isinstance(value, ast.Attribute) else ""
    ) in owners


def test_one_file_leans_on_reportlab() -> None:
    found = {path for path in (ROOT / "reports").rglob("*.py") if imports(path.read_text("utf-8"))}

    assert found == {HERE}


def test_every_name_that_is_leant_on_is_checked() -> None:
    assert leant_on(HERE.read_text("utf-8")) == set(NAMES)


def test_another_name_would_be_noticed() -> None:
    source = "from reportlab.pdfbase import pdfdoc\ndef f(face, one): return face.hmm, one.face.aha, one.other"

    assert leant_on(source) == {"pdfdoc", "hmm", "aha"}
    assert imports("import reportlab.lib") == {"reportlab.lib"}
