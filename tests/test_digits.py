"""A brief in digits of its own: the same values, no other digit anywhere that a reader looks."""

import json
import re
import shutil
from pathlib import Path

import pytest

from reports.cli import main
from tests.reading import docx_text, html_text, json_figures, pdf_tree_text
from tests.tools import require

ROOT = Path(__file__).parent.parent
DIGITS = "٠١٢٣٤٥٦٧٨٩"
PASSPORT = re.compile(
    r"; [\dQ/-]+; \d{4}-\d\d-\d\d|\n1\n\d{4}-\d\d-\d\d"
)  # of a record and of a file, as ISO 8601 has them
FOREIGN = re.compile(r"[A-Za-z][^\u0600-\u06ff]*|EXPO \d+")  # names of pages, addresses: in the language of the data


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The Arabic brief on Luxembourg with Arabic digits, in every format."""
    folder = tmp_path_factory.mktemp("digits")
    templates = shutil.copytree(ROOT / "templates", folder / "templates")
    sheet = templates / "languages" / "ar" / "language.toml"
    text = sheet.read_text("utf-8")
    assert text.count("[number]\n") == 1
    asked = f'[number]\ndigits = "{DIGITS}"\ndecimal = "٫"\ngroup = "٬"\n'
    sheet.write_text(text.replace("[number]\n", asked), encoding="utf-8")
    order = (
        "--templates",
        str(templates),
        "--lang",
        "ar",
        "--as-of",
        "2025-10-20",
        "--format",
        "docx,pdf,html,text,json",
    )
    assert main(["brief", "LU", "--report", "brief", *order, "--out", str(folder / "out")]) == 0
    return {path.suffix: path.read_bytes() for path in (folder / "out").rglob("brief.ar.*")}


def own_words(text: str) -> str:
    """Without what is in another language or a record."""
    return FOREIGN.sub(" ", PASSPORT.sub(" ", text))


def test_no_reader_finds_another_digit(turned: dict[str, bytes]) -> None:
    texts = {
        "text": turned[".txt"].decode(), "html": html_text(turned[".html"]), "pdf": pdf_tree_text(turned[".pdf"]),
        "docx": docx_text(turned[".docx"]),
    }  # fmt: skip

    for name, text in texts.items():
        assert re.search("[٠-٩]{4}", text), name
        found = re.findall(r"[0-9.]*[0-9]", own_words(text))
        assert found == (["424.5", "520.5"] if name == "docx" else []), name  # the data of a chart of Word are numbers


def test_the_pages_and_the_sources_are_counted_in_them(turned: dict[str, bytes]) -> None:
    require("pdftotext")

    assert "[١]" in pdf_tree_text(turned[".pdf"]).replace("\n", "")
    assert "[٢٠] " in turned[".txt"].decode()


def test_the_values_are_the_same(turned: dict[str, bytes], tmp_path: Path) -> None:
    order = ("--lang", "ar", "--as-of", "2025-10-20", "--format", "json", "--out", str(tmp_path))
    assert main(["brief", "LU", "--report", "brief", *order]) == 0
    (usual,) = tmp_path.rglob("brief.*.json")
    back = str.maketrans(DIGITS + "٫٬", "0123456789.,")

    printed = json_figures(turned[".json"])
    assert [(key, text.translate(back)) for key, text in printed] == list(json_figures(usual.read_bytes()))
    assert json.loads(turned[".json"])["figures"] == json.loads(usual.read_text("utf-8"))["figures"]
    assert "١٩٫٥٤" in [text for _, text in printed]


def test_lists_of_a_page_are_counted_in_these_digits(turned: dict[str, bytes]) -> None:
    page = turned[".html"].decode()
    symbols = re.search(r"@counter-style digits { system: numeric; symbols: ([^;]+);", page)

    assert symbols
    assert "".join(chr(int(code, 16)) for code in re.findall(r'"\\([0-9a-f]+)"', symbols[1])) == DIGITS
    assert re.search(r"\.sources[^{]*{ list-style: digits }", page)
