"""The page has the structure, texts, alternatives, languages, links and notes of the tagged PDF, in the same order."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from reports.document import Document, Heading, Internal, Paragraph, Run
from reports.writers.html import write as write_html
from reports.writers.pdf import write as write_pdf
from tests.page_files import MADE, known, made
from tests.pdf_documents import arabic, chinese, hard, made_of, said, structured
from tests.photographs import shown
from tests.same_structure import Structure, html_structure, pdf_structure
from tests.sample import LANGUAGES, sample_document
from tests.tools import house_style

Files = tuple[bytes, bytes]


def foreign() -> Document:
    """Runs in other languages and directions, linked and not, isolated and not."""
    name = Run("كازاخستان", language="ar")
    linked = replace(name, link="https://example.org/?a=(1)&b=ü")
    return made_of(
        Paragraph((Run("A name, "), name, Run(", its address, "), linked, Run(", both apart: "))),
        Paragraph((replace(name, isolated=True), Run(" and "), replace(linked, isolated=True, language=""))),
        Internal((Heading(said("Inside"), 2), Heading(said("Deeper"), 5), Paragraph(said("Text.")))),
        Heading(said("Back"), 2),
    )


DOCUMENTS: Mapping[str, Callable[[], Document]] = {
    "hard": hard, "empty": made_of, "arabic": arabic, "chinese": chinese, "pictures": shown, "structured": structured,
    "turned": lambda: replace(structured(), language="ar", direction="rtl"), "foreign": foreign,
}  # fmt: skip


def both(document: Document) -> Files:
    return write_html(known(document), house_style()), write_pdf(known(document), house_style())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_page_and_a_pdf_of_any_document_have_one_structure(name: str) -> None:
    page, pdf = both(DOCUMENTS[name]())

    assert html_structure(page) == pdf_structure(pdf)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_and_a_pdf_of_the_sample_have_one_structure(language: str) -> None:
    page, pdf = both(sample_document(language))

    assert html_structure(page) == pdf_structure(pdf)


@pytest.mark.parametrize("order", MADE, ids=lambda order: f"{order[0]} {order[1]} {order[2][0]}")
def test_a_page_and_a_pdf_of_a_brief_have_one_structure(
    order: tuple[str, str, tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = made(tmp_path_factory.mktemp("both"), order, "html,pdf")
    names = sorted({name.rpartition(".")[0] for name in files})

    assert len(names) == len(order[2])
    for name in names:
        structure = html_structure(files[f"{name}.html"])
        assert len(structure.parts) > 5
        assert structure == pdf_structure(files[f"{name}.pdf"])


def test_what_is_compared_is_what_the_document_says() -> None:
    structure = html_structure(both(structured())[0])

    assert structure.parts[:8] == [
        "0 H1: Brief", "0 P: Contents", "0 TOC: ", "1 TOCI: Asection", "1 TOC: ", "2 TOCI: Apartofit",
        "1 TOCI: Anothersection", "0 H2: Asection",
    ]  # fmt: skip
    assert ("Apartofit", "#section-2") in structure.links
    assert ("apage", "https://example.org") in structure.links
    assert structure.notes[0] == "Aremarkwithalink:apage[1]"
    assert "0 TH Row: Product0" in structure.parts


# What a writer might do otherwise: the shape in which it shows, what is replaced on the page, and by what.
OTHERWISE = {
    "another level": ("parts", r"<(/?)h3\b", r"<\1h4"),
    "a paragraph for a heading": ("parts", r"<(/?)h3\b", r"<\1p"),
    "two paragraphs in another order": ("parts", r"(<p>.*?</p>)\n(<h3.*?</h3>)", r"\2\n\1"),
    "a lost item": ("parts", r"<ul><li>.*?</li>", "<ul>"),
    "a header that is none": ("parts", r'<th scope="row">(.*?)</th>', r"<td>\1</td>"),
    "another scope": ("parts", r'scope="row"', 'scope="col"'),
    "another caption": ("parts", r"Table 1\.", "Table 2."),
    "another alternative": ("parts", r"(<desc [^>]*>)", r"\1Not "),
    "another summary": ("parts", r'aria-description="', 'aria-description="Not '),
    "a foreign name without its language": ("languages", r' lang="en"( dir="auto")?>', ">"),
    "another address": ("links", r"qazinform\.com", "example.org"),
    "a citation of another source": ("links", r'href="#source-1"', 'href="#source-2"'),
    "another language": ("about", r'<html lang="en"', '<html lang="fr"'),
    "another direction": ("about", r'dir="ltr">\n<head', 'dir="rtl">\n<head'),
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_page_that_says_something_else_is_noticed(name: str) -> None:
    where, old, new = OTHERWISE[name]
    page, pdf = both(sample_document())
    changed = re.sub(old, new, page.decode(), count=0, flags=re.DOTALL)

    assert changed != page.decode()
    assert differing(html_structure(changed.encode()), pdf_structure(pdf)) == {where}


def test_another_note_is_noticed() -> None:
    page, pdf = both(structured())

    assert differing(html_structure(page.replace(b"A remark", b"No remark")), pdf_structure(pdf)) == {"notes"}


def differing(one: Structure, other: Structure) -> set[str]:
    return {name for name in ("parts", "notes", "links", "languages", "about")
            if getattr(one, name) != getattr(other, name)}  # fmt: skip
