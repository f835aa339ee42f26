"""The gate of PDF files: veraPDF, outloud, our own checks and poppler judge every brief, and find what is planted."""

import io
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pikepdf
import pytest

from reports.document import Bullets, Citation, Document, Paragraph, Run, Series, SourceEntry, Sources
from reports.writers.pdf import write
from tests import pdf_structure, verapdf
from tests.outloud_reader import EXCUSES, alarms, findings
from tests.pdf_briefs import FORMS, OTHERS, Form, chosen, filled
from tests.pdf_documents import arabic, charted, figures, made_of, point, said
from tests.pdf_words import artifact_faults, copied_faults, font_faults, spoken_faults
from tests.planted_pdf_faults import good_document, good_file, planted, rewritten, spoilt
from tests.tools import LANGUAGES, exhaustive, house_style, require

JUDGES = ("structure", "outloud", "spoken", "artifacts", "copied", "fonts", "bare")

# Which judge must find which fault. That more find it than must is no matter; that one finds it no longer is.
MUST_FIND: Mapping[str, str] = MappingProxyType({
    "no language": "ua1 outloud own",
    "no such language": "ua1 3a outloud own",
    "title not shown": "ua1 outloud own",
    "no title in XMP": "ua1 outloud own",
    "no PDF/UA in XMP": "ua1 outloud",
    "not marked": "ua1 3a outloud own",
    "another title in Info": "outloud own",
    "an action": "3a own",
    "no outline": "own",
    "attached, not associated": "3a outloud own",
    "figure not described": "ua1 outloud own",
    "figure described by nothing": "ua1 outloud own",
    "figure described by a file name": "outloud own",
    "headers without scope": "ua1 outloud own",
    "no header cells": "outloud own",
    "row with a cell less": "ua1 outloud own",
    "row outside a table": "ua1 outloud own",
    "item outside a list": "ua1 outloud own",
    "level of headings skipped": "ua1 outloud own",
    "no standard type": "ua1 3a outloud own",
    "note without a name": "ua1 outloud own",
    "content of no element": "ua1 outloud own",
    "paragraphs swapped": "own",
    "wrong parent tree": "own",
    "no parent tree": "ua1 own",
    "text not marked": "ua1 outloud own",
    "text as artifact": "own",
    "artifact inside a mark": "ua1 outloud own",
    "mark inside an artifact": "ua1 outloud own",
    "mark never closed": "ua1 outloud own",
    "mark across text": "own",
    "same mark twice": "own",
    "page of no parents": "ua1 own",
    "tabs of no order": "ua1 outloud own",
    "link that says nothing": "ua1 outloud own",
    "link without its object": "outloud own",
    "link of no parent": "ua1 own",
    "link not printed": "3a outloud own",
    "font not embedded": "ua1 3a outloud own",
    "no map to Unicode": "ua1 3a outloud own",
    "map to nothing": "ua1 3a outloud own",
    "no glyph": "ua1 3a outloud own",
    "wrong widths": "ua1 3a",
    "standard font": "ua1 3a outloud own",
    "no output intent": "3a",
    "colour of print": "3a",
    "marks of a paragraph turned about": "own",
    "links of a paragraph swapped": "own",
    "one text in two pieces": "own",
    "artifact of no type": "own",
    "element of another parent": "ua1 own",
    "all cells are headers": "own",
    "no title": "ua1 outloud own",
    "span over too much": "ua1 outloud own",
    "two notes of one name": "ua1 outloud own",
    "label after its item": "own",
    "list of no numbering": "own",
    "link to nowhere": "own",
    "another author in XMP": "own",
    "no such language of words": "ua1 3a own",
    "no line end before endstream": "ua1 3a own",
    "cut short": "ua1 3a outloud own",
})  # fmt: skip


class Task(NamedTuple):
    """The briefs of one form on one partner, and where their files go."""

    form: Form
    partner: str
    languages: tuple[str, ...]
    folder: Path


def judged(task: Task) -> dict[str, dict[str, list[str]]]:
    """What each judge but veraPDF says of each brief; the files stay in the folder."""
    told = {}
    for brief in filled(task.form, task.partner, task.languages):
        path = task.folder / f"{brief.name}.pdf"
        path.write_bytes(brief.data)
        path.with_name(f"{brief.name}.bare.pdf").write_bytes(brief.bare)
        told[brief.name] = {
            "structure": pdf_structure.faults(brief.data),
            "outloud": alarms(path, brief.language),
            "spoken": spoken_faults(brief.data, brief.document),
            "artifacts": artifact_faults(brief.data, brief.document),
            "copied": copied_faults(brief.data, brief.language),
            "fonts": font_faults(brief.data),
            "bare": bare_faults(brief.data, brief.bare),
        }
    return told


def bare_faults(data: bytes, bare: bytes) -> list[str]:
    """Where the pages of a file without attachments are not those of the file with them, byte for byte."""
    one, other = page_codes(data), page_codes(bare)
    differing = [
        f"page {number} differs" for number, pair in enumerate(zip(one, other, strict=False), 1) if len(set(pair)) > 1
    ]
    return [*differing, *["other pages"] * (len(one) != len(other)), *pdf_structure.faults(bare)]


def page_codes(data: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [page.Contents.read_bytes() for page in pdf.pages]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gate")


@pytest.fixture(scope="module")
def verdicts(folder: Path) -> dict[str, dict[str, list[str]]]:
    """Of all briefs with CI=true, on all processors; of a few in every language and form else."""
    require("pdftotext", "pdffonts")
    tasks = [Task(form, partner, tags, folder) for (form, partner), tags in chosen().items()]
    if not exhaustive():
        return {name: told for task in tasks for name, told in judged(task).items()}
    with ProcessPoolExecutor() as pool:
        return {name: told for found in pool.map(judged, tasks) for name, told in found.items()}


@pytest.mark.parametrize("judge", JUDGES)
def test_no_judge_finds_fault_with_a_brief(judge: str, verdicts: dict[str, dict[str, list[str]]]) -> None:
    assert {name: told[judge][:3] for name, told in verdicts.items() if told[judge]} == {}


@pytest.mark.parametrize(("suffix", "standards"), [("", ("ua1", "3a")), (".bare", ("ua1", "2a"))])
def test_every_brief_keeps_the_standards_of_its_profile(
    suffix: str, standards: tuple[str, ...], folder: Path, verdicts: dict[str, dict[str, list[str]]]
) -> None:
    paths = [folder / f"{name}{suffix}.pdf" for name in verdicts]

    assert {path.stem: broken for path, broken in verapdf.judged(paths, standards).items() if broken} == {}


def test_the_briefs_that_are_judged_are_in_every_language_and_form() -> None:
    assert {tag for tags in chosen().values() for tag in tags} == set(LANGUAGES)
    assert {form for form, _ in chosen()} == {*FORMS, *OTHERS}


# ---------------------------------------------------------------- planted faults


@cache
def spoilt_files() -> dict[str, bytes]:
    return planted()


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The judges that find fault with each file; veraPDF starts once."""
    place = tmp_path_factory.mktemp("planted")
    files = {"none": good_file(), **spoilt_files()}
    numbered = {str(number): name for number, name in enumerate(files)}
    rules = verapdf.broken_rules({number: files[name] for number, name in numbered.items()}, place)
    judges: dict[str, set[str]] = {}
    for number, name in numbered.items():
        judges[name] = {rule.split()[0] for rule in rules[number]}
        judges[name] |= {"own"} if own_faults(files[name]) else set()
        judges[name] |= {"outloud"} if alarms(place / f"{number}.pdf") else set()
    return judges


def own_faults(data: bytes) -> list[str]:
    """Those of our checks; a file that they cannot read has one."""
    try:
        return pdf_structure.faults(data)
    except Exception as error:  # whatever it is: a planted fault may make a file that no check can read
        return [repr(error)]


def test_no_judge_finds_fault_with_the_good_file(found: dict[str, set[str]]) -> None:
    assert found["none"] == set()
    assert spoken_faults(good_file(), good_document()) == []


@pytest.mark.parametrize("name", MUST_FIND)
def test_a_planted_fault_is_found_by_each_judge_that_must_find_it(name: str, found: dict[str, set[str]]) -> None:
    assert set(MUST_FIND[name].split()) <= found[name]


def test_every_fault_that_is_planted_must_be_found() -> None:
    assert set(MUST_FIND) == set(spoilt_files())
    assert all(MUST_FIND.values())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("no glyph", ".notdef"), ("links of a paragraph swapped", "is read before"),
        ("no title", "levels of headings"),
        ("all cells are headers", "neither at the head nor at the side"), ("same mark twice", "drawn twice"),
        ("two notes of one name", "notes are named"), ("another author in XMP", "/Author"),
    ],
)  # fmt: skip
def test_our_checks_say_what_is_wrong(name: str, told: str) -> None:
    assert any(told in fault for fault in pdf_structure.faults(spoilt_files()[name]))


def test_words_that_are_read_in_another_order_are_noticed() -> None:
    assert spoken_faults(spoilt_files()["paragraphs swapped"], good_document())
    assert spoken_faults(spoilt_files()["links of a paragraph swapped"], good_document())


def test_a_sentence_that_is_left_out_as_an_artifact_is_noticed() -> None:
    assert artifact_faults(good_file(), good_document()) == []
    assert artifact_faults(spoilt_files()["text as artifact"], good_document())


def test_letters_that_are_copied_in_another_order_are_noticed() -> None:
    assert copied_faults(good_file(), "en") == []
    assert copied_faults(spoilt(good_file(), rewritten(rb"(/H1 <</MCID 0>> BDC)", rb"\1 -40 Tc")), "en")


def test_a_font_that_is_not_in_the_file_is_noticed() -> None:
    assert font_faults(good_file()) == []
    assert font_faults(spoilt_files()["font not embedded"])
    assert font_faults(spoilt_files()["no map to Unicode"])


# ---------------------------------------------------------------- false alarms of outloud


def one_page(**other: str) -> Document:
    """Prose alone, with a header in the words of a sentence."""
    plain = made_of(Paragraph(said("The two countries have traded for years.")))
    issuer = "A header that is as long as a sentence and has as many small words"
    return replace(plain, furniture=replace(plain.furniture, issuer=other.get("issuer", issuer)))


def cited(marks: int) -> Document:
    """A paragraph with so many citations."""
    text = tuple(part for _ in range(marks) for part in (Run("Trade grew, "), Citation((1,))))
    return made_of(Paragraph(text), Sources((SourceEntry(1, "a", said("First source.")),)))


def described(words: str) -> Document:
    chart = charted(Series("Investment", (point("1"), point("2"))))
    return made_of(replace(chart, alternative=words))


def arabic_line() -> Document:
    """A short line of words and figures by turns, drawn the other way round."""
    text = said("المصادر: 1 و 2 و 10 و 11 و 12 و 13 و 14. غير متاح …")
    return replace(arabic(), blocks=(*arabic().blocks[:1], Paragraph(text)))


def tabled(columns: int) -> Document:
    return made_of(figures([("row", *["1"] * columns)] * 2))


# For each rule a document in which it finds what is no fault, and the same without the cause that is its excuse.
CAUSES: Mapping[str, tuple[Document, Document]] = MappingProxyType({
    "ORD-001": (cited(12), cited(0)),
    "TBL-010": (tabled(1), tabled(4)),
    "TAG-002": (one_page(), one_page(issuer="Ministry")),
    "FIG-012": (described("2023: 1.5; 2024: 22.5"), described("Investment rose from year to year")),
    "TXT-004": (arabic(), made_of(Bullets((said("five vine olive glove move above"),)))),
    "TAG-032": (arabic_line(), made_of(Paragraph(said("In January 2025 22.")))),
})  # fmt: skip


@pytest.mark.parametrize("rule", EXCUSES)
def test_a_false_alarm_has_the_cause_that_excuses_it(rule: str, tmp_path: Path) -> None:
    rules = []
    for name, document in zip(("with", "without"), CAUSES[rule], strict=True):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(write(document, house_style()))
        rules.append({found.rule for found in findings(path)})
        assert alarms(path, document.language) == []

    assert rule in rules[0]
    assert rule not in rules[1]


def test_an_excuse_for_arabic_is_none_in_another_language(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(write(arabic(), house_style()))

    assert alarms(path, "en")
