"""The gate of pages: axe-core, contrast, the Nu Html Checker, our own checks, and planted faults that they find."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args

import pytest

from reports.document import ChartKind, Document, Series
from reports.writers.html import write
from tests.page_files import MADE, known, made, names
from tests.page_validators import page_faults
from tests.pdf_documents import arabic, charted, chinese, hard, made_of, point, structured
from tests.photographs import shown
from tests.sample import LANGUAGES as SAMPLED
from tests.sample import sample_document
from tests.tools import house_style, require

SERIES = (
    Series("Exports", (point("52"), point("31"), point("12", tentative=True))),
    Series("Imports", (point("22"), None, point("-20"))),
)
HARD = {
    "hard": hard(), "empty": made_of(), "arabic": arabic(), "chinese": chinese(9), "pictures": shown(),
    "structured": structured(), "circulated": sample_document(),
    "charts": made_of(*(charted(*SERIES, kind=kind, names=("2022", "2023", "2024")) for kind in get_args(ChartKind))),
} | {tag: sample_document(tag) for tag in SAMPLED}  # fmt: skip


def written(document: Document) -> bytes:
    return write(known(document), house_style())


def circulated(document: Document) -> Document:
    said = {"number": "No. 7", "copy": "Copy No. 3 of 10", "circulated": "21 October 2025", "department": "Protocol"}
    return replace(document, furniture=replace(document.furniture, **said))


# ---------------------------------------------------------------- planted faults


@dataclass(frozen=True)
class Planted:
    """A page, what is replaced in it, and the words that a judge must say."""

    page: str
    old: str
    new: str
    told: str


PLANTED: Mapping[str, Planted] = {
    "a picture without alternative text": Planted("pictures", r' alt="[^"]*"', "", "dom image-alt"),
    "a level of headings that is skipped": Planted("en", r"<(/?)h3\b", r"<\1h5", "dom heading-order"),
    "a page without language": Planted("en", r'<html lang="en"', "<html", "dom html-has-lang"),
    "a language that is none": Planted("en", r'<html lang="en"', '<html lang="english"', "dom html-lang"),
    "a page in another language": Planted("ru", r'<html lang="ru"', '<html lang="fr"', "own lang"),
    "a page that runs the wrong way": Planted("arabic", r'dir="rtl"', 'dir="ltr"', "own dir"),
    "a header cell that says nothing": Planted("hard", r'("col">)Item<', r"\1<", "dom empty-table"),
    "a scope that is none": Planted("hard", r'scope="row"', 'scope="rows"', "dom scope-attr-valid"),
    "one id twice": Planted("en", r'id="section-2"', 'id="section-1"', "nu "),
    "a link without a name": Planted("en", r'(<a href="#source-1">)1<', r"\1<", "dom link-name"),
    "a link that leads nowhere": Planted("en", r' id="source-2"', "", "own link: #source-2"),
    "an item outside a list": Planted("en", r"<(/?)ul>", r"<\1div>", "dom listitem"),
    "pale text": Planted("en", r"color: #5B6770", "color: #8A949C", "dom contrast: #8A949C"),
    "text on a ground of its colour": Planted("en", r"background: #EDF2F7", "background: #47647A", "dom contrast"),
    "pale words in a drawing": Planted("en", r'(<svg [^>]*)fill="#1D2429"', r'\1fill="#999999"', "dom contrast"),
    "words on a bar": Planted("en", r'(<rect [^>]*width=")[\d.]+', r"\g<1>480", "dom contrast: #1D2429 on"),
    "a role that is none": Planted("en", r'role="img"', 'role="picture"', "dom aria-roles"),
    "a state that a role has not": Planted("en", "<main>", '<main aria-checked="true">', "dom aria-allowed-attr"),
    "a name that is nowhere": Planted("en", r' id="table-1"', "", "own aria-labelledby"),
    "a table without caption": Planted("hard", r"<caption.*?</caption>\n", "", "own table"),
    "an unnamed drawing": Planted("hard", r' aria-\w+="f\S+ \S+"|<(title|desc) id.*?</\1>', "", "dom svg-img-alt"),
    "a page without title": Planted("en", r"<title>Luxembourg</title>", "", "dom document-title"),
    "no main part": Planted("en", r"<(/?)main>", r"<\1div>", "dom region"),
    "text outside all parts": Planted("en", r"<main>", "<p>Outside</p><main>", "dom region"),
    "an order of keys of its own": Planted("en", r'tabindex="0"', 'tabindex="4"', "dom tabindex"),
    "a page that cannot be enlarged": Planted("en", r"initial-scale=1", "user-scalable=no", "dom meta-viewport"),
    "an element that is never closed": Planted("en", r"</section>", "", "nu "),
    "a script": Planted("en", r"</head>", "<script>1</script></head>", "own script"),
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    require("node", "java")
    found = {name: written(document) for name, document in HARD.items()}
    found["circulated"] = written(circulated(sample_document()))
    for order in MADE:
        found |= made(tmp_path_factory.mktemp("pages"), order, "html")
    return found


@pytest.fixture(scope="module")
def faults(pages: dict[str, bytes]) -> dict[str, list[str]]:
    """Of all pages and of those with a planted fault: each program starts once."""
    planted = {}
    for name, fault in PLANTED.items():
        page = pages[fault.page].decode()
        planted[name] = re.sub(fault.old, fault.new, page, flags=re.DOTALL).encode()
        assert planted[name] != pages[fault.page], name
    return page_faults({**pages, **planted})


@pytest.mark.parametrize("name", [*HARD, *names("html")])
def test_a_page_has_no_fault(name: str, faults: dict[str, list[str]]) -> None:
    assert faults[name] == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name: str, faults: dict[str, list[str]]) -> None:
    assert any(fault.startswith(PLANTED[name].told) for fault in faults[name]), faults[name]
