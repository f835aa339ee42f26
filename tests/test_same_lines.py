"""Lines of a PDF end where LibreOffice ends those of the Word file of the same document.

What may differ, and why: LibreOffice places letters on a grid of its own, so a line that just fits in one may not fit
in the other. It has no dictionaries of hyphens on most machines; a word is parted only where a fifth of the column
would be free. PDF holds together what LibreOffice parts: "2005-" and "yil" in Uzbek, in Chinese a figure and its word,
a bracket and what it opens, a stop behind a superior. Columns of tables have the widths that Word gives them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from reports.document import Document
from reports.orders import Order, Workshop, fill
from reports.sources import SOURCES
from tests.set_lines import Word, ends, lines_of, said
from tests.tools import LANGUAGES, ROOT, exhaustive, house_style, require
from tests.validators import printed

DAY = date(2025, 10, 20)
PARTNERS = ("LU", "DE", "JP") if exhaustive() else ("LU", "DE")
REPORTS = ("visit", "brief") if exhaustive() else ("brief",)
SHOWN = LANGUAGES if exhaustive() else ("ar", "de", "kk", "zh")
KINDS = {"body": "body", "bullet": "body", "note": "small", "source": "small", "cell": "cell"}
# The share of texts all lines of which end alike, by kind and language.
EQUAL = {"body": 0.97, "small": 0.95, "cell": 0.97}
ALLOWED = {
    ("body", "ar"): 0.9, ("body", "uz"): 0.88, ("small", "uz"): 0.85, ("body", "zh"): 0.7, ("small", "zh"): 0.85,
}  # fmt: skip
FOUND = 0.98  # of all texts, in both files: a page may end inside a paragraph, and a note stand there


class Pair:
    """A document, and where its lines end in PDF and in Word by LibreOffice."""

    def __init__(self, document: Document, ours: Path, theirs: Path) -> None:
        page = house_style().theme.page
        self.document = document
        self.ours, self.theirs = lines_of(document, ours, page), lines_of(document, theirs, page)

    def counted(self) -> Counter[str]:
        """How many texts of each kind there are, how many of them both have, and how many have equal lines."""
        count: Counter[str] = Counter()
        for number, one in enumerate(said(self.document)):
            if kind := KINDS.get(one.kind):
                both = number in self.ours and number in self.theirs
                alike = both and self.ours[number].ends == self.theirs[number].ends
                count.update({kind: 1, f"{kind} in both": both, f"{kind} alike": alike})
        return count

    def unlike(self, kind: str) -> Iterator[str]:
        """The texts of a kind whose lines differ, for a person."""
        for number in sorted(self.ours.keys() & self.theirs.keys()):
            one, other = self.ours[number], self.theirs[number]
            if KINDS.get(one.kind) == kind and one.ends != other.ends:
                yield f"{one.parted}\n{other.parted}\n"


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Pair]]:
    """By language; LibreOffice starts once."""
    require("soffice", "pdftotext")
    folder = tmp_path_factory.mktemp("lines")
    desk = Workshop(ROOT / "templates", ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")
    data, _ = SOURCES["folder"](ROOT / "data")
    documents: dict[str, Document] = {}
    for partner in PARTNERS:
        for report in REPORTS:
            filled = fill(Order("KZ", partner, DAY, report, SHOWN, ("docx", "pdf")), desk, data)
            for name, blob in filled.files.items():
                (folder / f"{partner}.{name}").write_bytes(blob)
            documents |= {f"{partner}.{report}.{tag}": document for tag, document in filled.documents.items()}
    theirs = printed(sorted(folder.glob("*.docx")), tmp_path_factory.mktemp("printed"))
    found: dict[str, list[Pair]] = {}
    for name, document in documents.items():
        pair = Pair(document, folder / f"{name}.pdf", theirs / f"{name}.pdf")
        found.setdefault(document.language, []).append(pair)
    return found


@pytest.mark.parametrize("kind", EQUAL)
@pytest.mark.parametrize("language", SHOWN)
def test_lines_end_where_libreoffice_ends_those_of_the_word_file(
    language: str, kind: str, pairs: Mapping[str, list[Pair]]
) -> None:
    count = sum((pair.counted() for pair in pairs[language]), Counter[str]())
    unlike = "\n".join(line for pair in pairs[language] for line in pair.unlike(kind))

    assert count[kind] > 10
    assert count[f"{kind} in both"] >= FOUND * count[kind]
    assert count[f"{kind} alike"] >= ALLOWED.get((kind, language), EQUAL[kind]) * count[kind], unlike


# ---------------------------------------------------------------- the reader

SAMPLE = [Word("one", 10, 12), Word("two", 10, 12), Word("three", 24, 12), Word("four", 24, 12), Word("five", 38, 12)]


def test_a_reader_tells_where_the_lines_of_a_text_end() -> None:
    assert ends("onetwothreefour", SAMPLE, 0) == ((6,), 4)
    assert ends("twothreefourfive", SAMPLE, 0) == ((3, 12), 5)
    assert ends("threetwo", SAMPLE, 0) == ((3,), 3)  # as drawn from right to left, words stand in any order


def test_a_reader_takes_no_part_of_a_text_for_the_whole() -> None:
    assert ends("onetwothreefourfivesix", SAMPLE, 0) is None
    assert ends("six", SAMPLE, 0) is None
    assert ends("onetwo", SAMPLE, 1) is None
