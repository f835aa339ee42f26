"""Names in another language and script: every format says which, wherever they stand."""

from html.parser import HTMLParser

import pytest

from reports.document import (
    Bullets,
    Caption,
    Document,
    Heading,
    Paragraph,
    Reference,
    Row,
    Run,
    SourceEntry,
    Sources,
    Table,
    Text,
)
from reports.writers.html import write as write_html
from reports.writers.pdf import write as write_pdf
from reports.writers.word import write as write_word
from tests.pdf_documents import made_of, said
from tests.pdf_tree import Tree
from tests.tools import house_style
from tests.word_files import W, root, words

NAMES = {"hy": "Հայաստան", "he": "ישראל", "hi": "भारत", "th": "ประเทศไทย", "ka": "საქართველო", "ko": "대한민국"}
PLACES = ("heading", "paragraph", "item", "caption", "header", "cell", "note", "reference", "source")


def text(place: str) -> Text:
    names = [Run(name, language=tag, strong=tag == "hi") for tag, name in NAMES.items()]
    address = Run(f"{NAMES['th']} ", language="th", link="https://example.org")
    return (Run(f"{place} "), *names, Run(" and "), address, Run("."))


def everywhere() -> Document:
    table = Table(
        Caption("Table 1.", 1, text("caption")), ("text", "text"), ((text("header"), said("b")),),
        (Row((text("cell"), said("1"))),), (text("note"),),
    )  # fmt: skip
    reference = Reference(said("Reference"), (Paragraph(text("reference")),))
    sources = Sources((SourceEntry(1, "a", text("source")),))
    blocks = (Heading(text("heading"), 2), Paragraph(text("paragraph")), Bullets((text("item"),)))
    return made_of(*blocks, table, reference, sources)


def test_a_pdf_says_the_language_of_each_name_in_every_place() -> None:
    told = [(one.kind, one.language, one.text) for one in Tree(write_pdf(everywhere(), house_style())).elements]

    for tag, name in NAMES.items():
        assert told.count(("Span", tag, name)) == len(PLACES)
    assert told.count(("Link", "th", f"{NAMES['th']} ")) == len(PLACES)


class Languages(HTMLParser):
    """What is said inside the innermost element with a language."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.told: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br", "link", "img", "hr", "wbr", "col"):
            self.open.append(dict(attrs).get("lang") or (self.open[-1] if self.open else ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.told.append((self.open[-1] if self.open else "", data.strip()))


def test_a_page_says_the_language_of_each_name_in_every_place() -> None:
    page = Languages()
    page.feed(write_html(everywhere(), house_style()).decode())

    for tag, name in NAMES.items():
        assert page.told.count((tag, name)) == len(PLACES) * (2 if tag == "th" else 1)


@pytest.mark.parametrize(
    ("tag", "marks"), [("he", {"rtl"}), ("hi", {"cs"}), ("th", {"cs"}), ("hy", set()), ("ka", set()), ("ko", set())]
)
def test_word_is_told_the_language_of_each_name_and_which_scripts_it_shapes(tag: str, marks: set[str]) -> None:
    """ECMA-376 part 1, 17.3.2.7 and 17.3.2.30."""
    data = write_word(everywhere(), house_style())
    runs = [run for run in root(data).iter(W + "r") if words(run).strip() == NAMES[tag]]

    assert len(runs) >= len(PLACES)
    for run in runs:
        found = {one for one in ("rtl", "cs") if run.find(f"{W}rPr/{W}{one}") is not None}
        assert found == marks
        assert tag in {value.split("-")[0] for value in run.find(f"{W}rPr/{W}lang").attrib.values()}
