"""Pictures: upright, no larger than print needs, nothing but the picture itself, the same in every format."""

import io
import json
import random
import shutil
import struct
import subprocess
import zlib
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree, html
from PIL import Image, ImageCms

from reports.document import Document, Picture, flat
from reports.editions.making import made, rows_of, task_of
from reports.facts.records import Data
from reports.orders import Order, Workshop, fill
from reports.pictures import BYTES, PER_CENTIMETRE, PIXELS, WIDEST, prepared
from reports.sources import SOURCES
from reports.stamps import stamp_of
from reports.writers import WRITERS
from tests.data_folders import GOOD, told
from tests.pdf_documents import made_of
from tests.photographs import kind_of, opened, photograph, picture, saved, shown, two_halves
from tests.tools import exhaustive, house_style, require
from tests.validators import WORD, converted
from tests.word_files import unpacked

ROOT = Path(__file__).parent.parent
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
EMU, POINT = 360_000, Decimal("2.54") / 72  # a centimetre, a point in centimetres
ORIENTATION, MAKER, COMMENT, PLACE = 0x0112, 0x010F, 0x9286, 0x8825
# How the upright picture was turned before it was saved with each Orientation (CIPA DC-008, 4.6.4).
TURNED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def exif(orientation: int) -> Image.Exif:
    """What a telephone writes: how it was held, where, with what."""
    written = Image.Exif()
    written[ORIENTATION], written[MAKER] = orientation, "Secret Telephones"
    written.get_ifd(PLACE)[1] = "N"
    written.get_ifd(PLACE)[2] = (51.0, 10.0, 2.0)
    return written


def written(document: Document, kind: str) -> bytes:
    return WRITERS[kind].write(document, house_style())


# ---------------------------------------------------------------- case O19


@cache
def case_o19() -> Document:
    """O19: 4000 × 3000 pixels with Exif Orientation 6, the left half red and the right half blue, 6 cm wide."""
    lying = Image.new("RGB", (4000, 3000), "blue")
    lying.paste("red", (0, 0, 2000, 3000))
    return made_of(picture(prepared(saved(lying, exif=exif(6))), "6"))


def halves(image: Image.Image) -> tuple[str, str]:
    """The colours of the upper and of the lower half."""
    across, down = image.size
    return kind_of(image.getpixel((across // 2, down // 4))), kind_of(image.getpixel((across // 2, down * 3 // 4)))


def test_a_photograph_stands_upright_in_word_in_its_size() -> None:
    """Case O19: github.com/python-openxml/python-docx/issues/540."""
    parts = unpacked(written(case_o19(), "docx"))
    drawing = etree.fromstring(parts["word/document.xml"]).find(f".//{WP}inline")
    extents = [drawing.find(f"{WP}extent"), drawing.find(f".//{A}ext")]
    (blob,) = (blob for name, blob in parts.items() if name.startswith("word/media/"))

    assert [(int(size.get("cx")) / EMU, int(size.get("cy")) / EMU) for size in extents] == [(6.0, 8.0)] * 2
    assert halves(opened(blob)) == ("red", "blue")
    assert opened(blob).size == (708, 944)  # 300 pixels an inch


def test_a_photograph_stands_upright_in_pdf_in_its_size(tmp_path: Path) -> None:
    """Case O19: the page as it is printed."""
    require("pdftoppm")
    (tmp_path / "file.pdf").write_bytes(written(case_o19(), "pdf"))
    left, bottom, right, top = (corner * POINT for corner in _box(tmp_path / "file.pdf"))
    page = _page(tmp_path / "file.pdf")

    assert (round(right - left, 2), round(top - bottom, 2)) == (Decimal(6), Decimal(8))
    middle, upper, lower = (left + right) / 2, top - 2, bottom + 2
    assert [kind_of(page(middle, height)) for height in (upper, lower)] == ["red", "blue"]
    assert [kind_of(page(x, upper)) for x in (left - Decimal("0.2"), right + Decimal("0.2"))] == ["white", "white"]


def _box(path: Path) -> list[Decimal]:
    """Left, bottom, right and top of the only picture, as its element says."""
    with pikepdf.open(path) as file:
        (found,) = filter(_is_figure, file.objects)
        return [Decimal(str(corner)) for corner in found.A.BBox]


def _page(path: Path) -> Callable[[Decimal, Decimal], Any]:
    """The colour of the first page at a place, in centimetres from its lower left corner."""
    subprocess.run(["pdftoppm", "-r", "72", "-f", "1", "-l", "1", "-png", path, path.with_suffix("")], check=True)
    image = opened(next(path.parent.glob("*.png")).read_bytes())
    return lambda x, y: image.getpixel((int(x / POINT), int(image.height - y / POINT)))


@pytest.mark.skipif(not exhaustive(), reason="LibreOffice is slow to start")
def test_libreoffice_prints_the_photograph_of_the_word_file_upright(tmp_path: Path) -> None:
    """Case O19."""
    require("soffice", "pdftoppm")
    pdf = converted(written(case_o19(), "docx"), tmp_path)
    subprocess.run(["pdftoppm", "-r", "72", "-f", "1", "-l", "1", "-png", pdf, tmp_path / "page"], check=True)
    page = opened(next(tmp_path.glob("page*.png")).read_bytes())
    kinds = [[kind_of(page.getpixel((x, y))) for y in range(page.height)] for x in range(0, page.width, 20)]
    column = max(kinds, key=lambda column: column.count("red"))

    assert (round(column.count("red") / 72 * 2.54), round(column.count("blue") / 72 * 2.54)) == (4, 4)
    assert column[::-1].index("blue") < column[::-1].index("red")  # from below: the title has dark letters


# ---------------------------------------------------------------- made fit to print


@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_stands_upright_however_the_camera_was_held(orientation: int, kind: str) -> None:
    upright, how = two_halves(80, 120), TURNED[orientation]
    held = upright if how is None else upright.transpose(how)
    found = opened(prepared(saved(held, kind, exif=exif(orientation))).blob)

    assert found.size == (80, 120)
    assert halves(found) == ("red", "blue")
    assert [kind_of(found.getpixel(place)) for place in ((3, 3), (76, 3), (3, 116))] == ["white", "red", "blue"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_nothing_goes_on_but_the_picture_itself(kind: str) -> None:
    """The place where it was taken, the camera, comments and what stands after the end of the file."""
    comment = {"comment": b"secret place"} if kind == "JPEG" else {}
    raw = saved(two_halves(80, 120), kind, exif=exif(1), **comment) + b"secret place"
    blob = prepared(raw).blob
    markers = [blob[at + 1] for at in range(len(blob) - 1) if blob[at] == 0xFF and 0xC0 < blob[at + 1] < 0xFF]

    assert b"Secret Telephones" in raw
    assert b"secret" not in blob.lower()
    assert b"Exif" not in blob
    assert not opened(blob).getexif()
    assert {marker for marker in markers if 0xE0 <= marker <= 0xFE} == {0xE0}  # of all segments JFIF's alone


def test_a_large_picture_is_made_as_fine_as_print_needs_and_a_small_one_is_left() -> None:
    large, small = prepared(saved(two_halves(2000, 3000))), prepared(saved(two_halves(200, 300)))

    assert large.pixels == opened(large.blob).size == (int(WIDEST * PER_CENTIMETRE), 1062)
    assert small.pixels == (200, 300)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK"])
def test_every_usual_kind_of_colour_becomes_srgb(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    found = opened(prepared(saved(Image.new("RGB", (20, 20), "white").convert(mode), kind)).blob)

    assert (found.mode, found.format, kind_of(found.getpixel((10, 10)))) == ("RGB", "JPEG", "white")


def test_what_is_transparent_stands_on_white() -> None:
    clear = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    clear.paste((0, 0, 255, 255), (0, 10, 20, 20))
    palette = clear.convert("RGB").convert("P")

    assert halves(opened(prepared(saved(clear, "PNG")).blob)) == ("white", "blue")
    red = palette.getpixel((1, 1))
    assert halves(opened(prepared(saved(palette, "PNG", transparency=red)).blob)) == ("white", "blue")


def test_a_colour_profile_is_reckoned_into_srgb_and_a_broken_one_is_passed_over() -> None:
    grey = Image.new("L", (20, 20), 120)
    linear = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    plain = opened(prepared(saved(grey, "PNG")).blob).getpixel((10, 10))

    for profile in (linear, b"no profile", b""):
        assert opened(prepared(saved(grey, "PNG", icc_profile=profile)).blob).getpixel((10, 10)) == plain


def test_the_same_file_gives_the_same_bytes() -> None:
    raw = saved(two_halves(900, 1200), exif=exif(3))

    assert prepared(raw) == prepared(raw)


# ---------------------------------------------------------------- what is refused


def bomb(across: int, down: int, kind: int = 2, depth: int = 8) -> bytes:
    """A PNG that says it is so large, and would unpack to that."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", across, down, depth, kind, 0, 0, 0)
    data = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


REFUSED = {
    "a text": (b"Not a picture", "no picture"),
    "nothing": (b"", "no picture"),
    "a GIF": (saved(Image.new("P", (9, 9)), "GIF"), "no picture"),
    "a TIFF": (saved(Image.new("RGB", (9, 9)), "TIFF"), "no picture"),
    "a drawing with a script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "no picture"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no picture"),
    "half a JPEG": (saved(two_halves(300, 400))[:2000], "no picture"),
    "half a PNG": (saved(two_halves(300, 400), "PNG")[:120], "no picture"),
    "too many pixels": (bomb(7800, 7800), f"more than {PIXELS}"),
    "a bomb": (bomb(60000, 60000), "no picture"),
    "too long": (bomb(100, 801), "more than 8 times"),
    "of sixteen bits": (bomb(20, 20, kind=0, depth=16), "not of eight bits"),
    "too many bytes": (saved(two_halves(20, 20)) + bytes(BYTES), f"more than {BYTES}"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photograph_is_refused_with_the_reason(name: str) -> None:
    blob, reason = REFUSED[name]

    with pytest.raises(ValueError, match=reason):
        prepared(blob)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_damaged_file_is_read_or_refused_never_more(kind: str) -> None:
    chance = random.Random(kind)
    good = saved(two_halves(24, 32), kind, exif=exif(6))
    for _ in range(2000 if exhaustive() else 150):
        blob = bytearray(good)
        for _ in range(chance.randint(1, 8)):
            blob[chance.randrange(len(blob))] = chance.randrange(256)
        try:
            found = prepared(bytes(blob))
        except ValueError:
            continue
        assert opened(found.blob).size == found.pixels


# ---------------------------------------------------------------- in every format


def test_a_picture_is_once_in_a_word_file_however_often_it_is_shown() -> None:
    parts = unpacked(written(shown(), "docx"))
    body = etree.fromstring(parts["word/document.xml"])
    drawn = body.findall(f".//{WP}docPr")

    assert len([name for name in parts if name.startswith("word/media/")]) == 3
    assert [node.get("descr") for node in drawn] == [
        "A. Example",
        'The head of R&D, "B" <Example>',
        "A. Example",
        "A. Example",
    ]
    assert len({node.get("id") for node in drawn}) == 4


@pytest.mark.parametrize("judge", WORD)
def test_a_word_file_with_pictures_is_valid(judge: str) -> None:
    assert WORD[judge](written(shown(), "docx")) == []


def test_a_picture_of_a_pdf_is_the_file_itself_with_its_alternative_text() -> None:
    with pikepdf.open(io.BytesIO(written(shown(), "pdf"))) as file:
        images = {name: image for page in file.pages for name, image in page.Resources.get("/XObject", {}).items()}
        blobs = [image.read_raw_bytes() for image in images.values()]
        figures = [str(found.Alt) for found in file.objects if _is_figure(found)]

    assert sorted(blobs) == sorted({block.blob for block in shown().blocks if isinstance(block, Picture)})
    assert figures == ["A. Example", 'The head of R&D, "B" <Example>', "A. Example", "A. Example"]


def _is_figure(found: Any) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/Figure"


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_picture_is_never_larger_than_the_column(kind: str) -> None:
    page = house_style().theme.page
    across, down = page.width - page.left - page.right, page.height - page.top - page.bottom
    data = written(made_of(picture(photograph((20, 100)), "40"), picture(photograph((100, 20)), "40")), kind)

    sizes = _sizes_in_word(data) if kind == "docx" else _sizes_in_pdf(data)
    assert all(width <= across + 1 and height <= down * 0.86 for width, height in sizes)
    assert [round(width / height, 1) for width, height in sizes] == [0.2, 5.0]


def _sizes_in_word(data: bytes) -> list[tuple[float, float]]:
    found = etree.fromstring(unpacked(data)["word/document.xml"]).findall(f".//{WP}extent")
    return [(int(size.get("cx")) / 12700, int(size.get("cy")) / 12700) for size in found]


def _sizes_in_pdf(data: bytes) -> list[tuple[float, float]]:
    with pikepdf.open(io.BytesIO(data)) as file:
        boxes = [[float(corner) for corner in found.A.BBox] for found in file.objects if _is_figure(found)]
    return [(right - left, top - bottom) for left, bottom, right, top in boxes]


def test_a_page_of_html_has_its_pictures_inside_and_says_what_they_show() -> None:
    images = html.fromstring(written(shown(), "html")).findall(".//figure/img")
    first = images[0].get("src").removeprefix("data:image/jpeg;base64,")

    assert b64decode(first, validate=True) == photograph().blob
    assert [image.get("alt") for image in images][:2] == ["A. Example", 'The head of R&D, "B" <Example>']


def test_text_and_json_say_what_a_picture_shows() -> None:
    data = json.loads(written(shown(), "json"))
    first = next(block for block in data["blocks"] if block["type"] == "picture")

    assert "[picture: A. Example]\nA. Example\n" in written(shown(), "text").decode()
    assert (first["alternative"], first["pixels"], first["width"]) == ("A. Example", [30, 40], "3")
    assert first["sha256"] == picture(photograph()).digest
    assert "blob" not in first


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_pictures_give_the_same_bytes(kind: str) -> None:
    assert written(shown(), kind) == written(shown(), kind)


# ---------------------------------------------------------------- from the data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = shutil.copytree(GOOD, tmp_path / "folder")
    (copy / "pictures").mkdir()
    return copy


def name_picture(folder: Path, name: str) -> str:
    """Writes the name of a picture into the last row of people.csv; file and line."""
    path = folder / "people.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([f"{header},picture", *(f"{row}," for row in rows)]) + f'"{name}"\n', "utf-8")
    return f"people.csv:{len(rows) + 1}"


def test_a_person_has_the_picture_that_the_table_names(folder: Path) -> None:
    (folder / "pictures" / "Éx ample.JPG").write_bytes(saved(two_halves(400, 600)))
    name_picture(folder, "Éx ample.JPG")
    data, problems = SOURCES["folder"](folder)

    assert problems == ()
    assert [person.picture.pixels for person in data.people.values() if person.picture] == [(400, 600)]


NAMES = ["../people.csv", "/etc/passwd", "a/b.jpg", "..", "pictures\\b.jpg", "C:\\b.jpg", "."]


@pytest.mark.parametrize("name", [*NAMES, "", "lacking.jpg"])
def test_a_name_that_leads_elsewhere_or_nowhere_is_named(folder: Path, name: str) -> None:
    where = name_picture(folder, name)

    assert [problem.where for problem in told(folder)] == [where] * bool(name)
    assert all(repr(name) in problem.message for problem in told(folder))


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.jpg").write_bytes(saved(two_halves(40, 60)))
    (folder / "pictures" / "inside.jpg").symlink_to(tmp_path / "outside.jpg")
    where = name_picture(folder, "inside.jpg")

    assert [(one.where, "leads out" in one.message) for one in told(folder)] == [(where, True)]


@pytest.mark.parametrize("blob", [b"no picture", bomb(60000, 60000), bytes(BYTES + 1)], ids=["text", "bomb", "size"])
def test_a_file_that_is_no_photograph_is_told_at_the_row(folder: Path, blob: bytes) -> None:
    (folder / "pictures" / "a.jpg").write_bytes(blob)
    where = name_picture(folder, "a.jpg")

    assert [(one.where, one.severity, "'a.jpg'" in one.message) for one in told(folder)] == [(where, "error", True)]


def test_a_picture_that_nobody_names_is_a_warning(folder: Path) -> None:
    (folder / "pictures" / "a.jpg").write_bytes(b"")

    assert [(one.where, one.severity) for one in told(folder)] == [("pictures/a.jpg", "warning")]


# ---------------------------------------------------------------- in a brief


@cache
def with_portraits() -> Data:
    """The data of the repository with a picture of everybody."""
    data, _ = SOURCES["folder"](ROOT / "data")
    return replace(data, people={name: replace(one, picture=photograph()) for name, one in data.people.items()})


@cache
def workshop() -> Workshop:
    return Workshop(ROOT / "templates", ROOT / "templates" / "house" / "brief.docx", ROOT / "fonts")


def order(*formats: str) -> Order:
    return Order("KZ", "LU", date(2025, 10, 20), "visit", ("en", "ar"), formats or ("text",))


def test_the_brief_for_a_visit_shows_whom_one_meets() -> None:
    filled = fill(order(), workshop(), with_portraits())
    shown = [block for block in flat(filled.documents["en"].blocks) if isinstance(block, Picture)]
    without = fill(order(), workshop(), SOURCES["folder"](ROOT / "data")[0])
    lines = filled.files["visit.en.txt"].decode().splitlines()

    assert [block.alternative for block in shown][:2] == ["Grand Duke Guillaume V", "Prime Minister Luc Frieden"]
    assert lines.index("[picture: Grand Duke Guillaume V]") > lines.index("People we meet")
    assert not [block for block in flat(without.documents["en"].blocks) if isinstance(block, Picture)]


def test_an_edition_keeps_the_pictures_that_it_was_made_from() -> None:
    places = workshop().templates, workshop().house_file, workshop().fonts
    task = task_of(order("docx", "pdf"), workshop(), with_portraits(), stamp_of(*places))
    kept, _ = rows_of(task.rows)
    filled = fill(task.order, workshop(), with_portraits())

    assert {person.picture for person in kept.people.values()} == {photograph()}
    again = made(task, workshop()).drafts
    assert {f"visit.{tag}.{kind}": blob for tag, draft in again.items() for kind, blob in draft.files.items()} == dict(
        filled.files
    )


def test_a_new_picture_is_a_new_edition() -> None:
    places = workshop().templates, workshop().house_file, workshop().fonts
    people = {name: replace(one, picture=photograph((40, 30))) for name, one in with_portraits().people.items()}
    inputs = [
        task_of(order(), workshop(), data, stamp_of(*places)).inputs["en"]
        for data in (with_portraits(), replace(with_portraits(), people=people))
    ]

    assert inputs[0].facts != inputs[1].facts
