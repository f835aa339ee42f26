"""What a PDF says of itself: Info and XMP alike, the record of an edition, and the edition that it replaces."""

import io
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from reports.cli import main
from reports.document import Document, Paragraph
from reports.orders import Order
from reports.writers.pdf import write
from tests.pdf_documents import FURNITURE, hard, made_of, said
from tests.sample import sample_document
from tests.test_editions import edition_of, order, pressed_one, with_turnover
from tests.tools import house_style
from tests.verapdf import broken_rules

RDF, X_DEFAULT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}", "{http://www.w3.org/XML/1998/namespace}lang"
XMP_OF_INFO = {  # ISO 19005-1, 6.7.3: the properties that mean the same as the entries of Info
    "/Title": "{http://purl.org/dc/elements/1.1/}title",
    "/Author": "{http://purl.org/dc/elements/1.1/}creator",
    "/Subject": "{http://purl.org/dc/elements/1.1/}description",
    "/Creator": "{http://ns.adobe.com/xap/1.0/}CreatorTool",
    "/Producer": "{http://ns.adobe.com/pdf/1.3/}Producer",
    "/CreationDate": "{http://ns.adobe.com/xap/1.0/}CreateDate",
    "/ModDate": "{http://ns.adobe.com/xap/1.0/}ModifyDate",
}
BEFORE, DAY = date(2025, 9, 20), date(2025, 10, 20)


def packet(blob: bytes) -> dict[str, str]:
    """The properties of XMP with their text, by an XML parser that knows nothing of ours."""
    with pikepdf.open(io.BytesIO(blob)) as file:
        root = etree.fromstring(file.Root.Metadata.read_bytes())
    (described,) = root.iter(f"{RDF}Description")
    return {str(node.tag): "".join(node.itertext()) for node in described}


def info(blob: bytes) -> dict[str, str]:
    with pikepdf.open(io.BytesIO(blob)) as file:
        return {str(key): str(value) for key, value in file.docinfo.items()}


def terms(blob: bytes) -> dict[str, str]:
    """The record by short names."""
    return {name.partition("}")[2]: said for name, said in packet(blob).items()}


def filed(document: Document, replaces: str = "") -> Document:
    return replace(document, identifier=f"KZ-LU/2025-10-20/brief/{document.language}", replaces=replaces)


# ---------------------------------------------------------------- alike


@pytest.mark.parametrize("profile", ["ua1+a3a", "ua1+a2a", "plain"])
@pytest.mark.parametrize("title", ["Brief", "Қазақстан – Люксембург", "A <b> & 'c' \"d\"", "two\nlines", "  spaces  "])
def test_info_and_xmp_say_the_same_in_every_field(title: str, profile: str) -> None:
    document = made_of(title=title, furniture=replace(FURNITURE, issuer=f"Ministry {title}"))
    blob = write(replace(document, subject=f"About {title}"), house_style(), profile)
    told, also = info(blob), packet(blob)

    assert set(told) == set(XMP_OF_INFO)
    for key in ("/CreationDate", "/ModDate"):
        day = told.pop(key)
        assert (
            also[XMP_OF_INFO[key]] == f"{day[2:6]}-{day[6:8]}-{day[8:10]}T00:00:00+00:00" == "2025-10-20T00:00:00+00:00"
        )
    assert told == {key: also[XMP_OF_INFO[key]] for key in told}
    assert told["/Title"] == title


# ---------------------------------------------------------------- the record


def test_xmp_has_identifier_publisher_day_classification_and_the_edition_that_it_replaces() -> None:
    found = terms(write(filed(hard(), "KZ-LU/2025-09-20/brief/en"), house_style()))

    assert found["identifier"] == "KZ-LU/2025-10-20/brief/en"
    assert found["replaces"] == "KZ-LU/2025-09-20/brief/en"
    assert found["accessRights"] == hard().furniture.classification
    assert found["publisher"] == found["creator"] == hard().furniture.issuer
    assert found["date"] == "2025-10-20"


def test_what_is_not_known_is_not_there() -> None:
    found = terms(write(replace(made_of(), furniture=replace(FURNITURE, classification="")), house_style()))

    assert not {"identifier", "replaces", "accessRights"} & set(found)
    assert {"DocumentID", "InstanceID"} <= set(found)


def test_a_brief_keeps_its_document_id_and_each_content_has_an_instance_id() -> None:
    first, other = filed(sample_document("en")), filed(sample_document("ru"))
    changed = replace(first, blocks=first.blocks[:-1])
    ids = [terms(write(document, house_style())) for document in (first, first, changed, other)]

    documents, instances = ([one[name] for one in ids] for name in ("DocumentID", "InstanceID"))
    assert documents[0] == documents[1] == documents[2] != documents[3]
    assert instances[0] == instances[1]
    assert len(set(instances)) == 3


def test_letters_that_are_drawn_by_the_same_codes_are_other_content() -> None:
    one, two = (made_of(Paragraph(said(words))) for words in ("abab", "cdcd"))
    ids = [terms(write(document, house_style(), "plain"))["InstanceID"] for document in (one, two)]

    assert ids[0] != ids[1]


def test_the_record_is_valid_pdf_a_and_its_schema_has_to_be_described(tmp_path: Path) -> None:
    valid = write(filed(sample_document("en"), "KZ-LU/2025-09-20/brief/en"), house_style())
    spoilt = io.BytesIO()
    with pikepdf.open(io.BytesIO(valid)) as file:
        told = file.Root.Metadata.read_bytes()
        file.Root.Metadata.write(told.replace(b"<pdfaProperty:name>replaces<", b"<pdfaProperty:name>other<"))
        file.save(spoilt)

    rules = broken_rules({"valid": valid, "spoilt": spoilt.getvalue()}, tmp_path)
    assert rules["valid"] == []
    assert [rule for rule in rules["spoilt"] if "6.6.2.3" in rule]


# ---------------------------------------------------------------- editions


def asked(day: date, *languages: str, formats: tuple[str, ...] = ("pdf",)) -> Order:
    return order(*languages, day=day, formats=formats)


def replaced(out: Path, tag: str, day: date = DAY) -> str:
    return terms((out / "KZ-LU" / str(day) / f"brief.{tag}.pdf").read_bytes()).get("replaces", "")


def test_an_edition_names_the_one_before_of_its_language_and_the_first_names_none(tmp_path: Path) -> None:
    pressed_one(tmp_path, asked(date(2025, 8, 20), "en", "kk"))
    pressed_one(tmp_path, asked(BEFORE, "en"))
    pressed_one(tmp_path, asked(DAY, "en", "kk", "fr"))

    assert replaced(tmp_path, "en") == "KZ-LU/2025-09-20/brief/en"
    assert replaced(tmp_path, "kk") == "KZ-LU/2025-08-20/brief/kk"
    assert replaced(tmp_path, "fr") == replaced(tmp_path, "en", date(2025, 8, 20)) == ""
    assert edition_of(tmp_path).briefs["brief"].versions["en"].replaces == BEFORE


def test_another_form_of_a_brief_replaces_none(tmp_path: Path) -> None:
    pressed_one(tmp_path, replace(asked(BEFORE, "en"), final=True))
    pressed_one(tmp_path, asked(DAY, "en"))

    assert replaced(tmp_path, "en") == ""


def test_a_rebuild_names_the_same_edition_after_that_is_gone(tmp_path: Path) -> None:
    out, again = tmp_path / "out", tmp_path / "again"
    pressed_one(out, asked(BEFORE, "en"))
    pressed_one(out, asked(DAY, "en", formats=("pdf", "docx")))
    shutil.rmtree(out / "KZ-LU" / str(BEFORE))
    assert main(["editions", "rebuild", "KZ-LU/2025-10-20", "--out", str(out), "--to", str(again)]) == 0

    for name in ("brief.en.pdf", "brief.en.docx"):
        (path,) = again.rglob(name)
        assert path.read_bytes() == (out / "KZ-LU" / "2025-10-20" / name).read_bytes()
    assert not pressed_one(out, asked(DAY, "en")).written


def test_what_is_on_record_stays_whatever_editions_come(tmp_path: Path) -> None:
    pressed_one(tmp_path, asked(DAY, "en"))
    pressed_one(tmp_path, asked(BEFORE, "en"))
    assert not pressed_one(tmp_path, asked(DAY, "en")).written
    pressed_one(tmp_path, asked(DAY, "en", formats=("docx",)))

    with zipfile.ZipFile(tmp_path / "KZ-LU" / str(DAY) / "brief.en.docx") as file:
        assert b"Replaces" not in file.read("docProps/custom.xml")
    assert replaced(tmp_path, "en") == ""
    assert main(["editions", "verify", "--out", str(tmp_path)]) == 0


def test_a_correction_keeps_what_an_edition_replaces(tmp_path: Path) -> None:
    pressed_one(tmp_path, asked(BEFORE, "en"))
    first = pressed_one(tmp_path, asked(DAY, "en")).files[0].read_bytes()
    pressed_one(tmp_path, asked(date(2025, 10, 1), "en"))
    second = pressed_one(tmp_path, asked(DAY, "en"), records=with_turnover("14.2")).files[0].read_bytes()

    assert first != second
    assert terms(first)["replaces"] == terms(second)["replaces"] == "KZ-LU/2025-09-20/brief/en"
    assert terms(first)["DocumentID"] == terms(second)["DocumentID"]


def test_word_has_it_as_a_custom_property(tmp_path: Path) -> None:
    pressed_one(tmp_path, asked(BEFORE, "en", formats=("text",)))
    path = pressed_one(tmp_path, asked(DAY, "en", formats=("docx",))).files[0]

    with zipfile.ZipFile(path) as file:
        custom = etree.fromstring(file.read("docProps/custom.xml"))
    said = {node.get("name"): "".join(node.itertext()) for node in custom}
    assert said["Replaces"] == "KZ-LU/2025-09-20/brief/en"
