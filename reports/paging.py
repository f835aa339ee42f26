"""The page numbers of a list of contents in Word, which lays out only when it opens the file: counted before.

They are those of our own PDF of the same document, and Word is asked to renew them; or, where an order asks for it,
those of LibreOffice's layout of the very file.
"""

import io
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reports.document import DEEPEST, Contents, Document, headings
from reports.errors import OutputError, Problem
from reports.writers import WRITERS

if TYPE_CHECKING:
    from reports.house import House

OFFICE, SECONDS = "soffice", 180
PASSES = 3  # a number may be wider than the one before it and break a line: then the pages are counted again
PLACE = re.compile(r"Toc(\d{8})$")  # of a heading, as LibreOffice names the destinations of a PDF: 5FToc00000001
FILTER = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
HINT = "install LibreOffice Writer, or leave --page-numbers out"


def paged(document: Document, house: "House", fonts: Path | None = None) -> Document:
    """The document with page numbers in its lists of contents; the same where it has none.

    They are LibreOffice's if the folder of `fonts` is given that it is to lay out with. Raises OutputError if it is not
    on this machine, fails, or takes too long.
    """
    if not any(isinstance(block, Contents) for block in document.blocks):
        return document
    from reports.writers.pdf import pages_of  # noqa: PLC0415  only where there is something to count

    counted = _with(document, pages_of(document, house, DEEPEST))
    return _settled(counted, house, fonts) if fonts else counted


def _settled(document: Document, house: "House", fonts: Path) -> Document:
    """The document as LibreOffice lays it out, once another pass changes nothing."""
    for _ in range(PASSES):
        found = _with(document, _counted(WRITERS["docx"].write(document, house), document, fonts), settled=True)
        if found == document:
            return document
        document = found
    return document


def _with(document: Document, pages: Sequence[int], *, settled: bool = False) -> Document:
    """The document with the pages of all its headings, one for each."""

    def of(contents: Contents) -> Contents:
        listed = {number for number, _ in headings(document.blocks, contents.depth)}
        numbers = tuple(page for number, page in enumerate(pages, 1) if number in listed)
        return replace(contents, pages=numbers, settled=settled)

    blocks = tuple(of(block) if isinstance(block, Contents) else block for block in document.blocks)
    return replace(document, blocks=blocks)


# ---------------------------------------------------------------- LibreOffice


def _counted(word: bytes, document: Document, fonts: Path) -> tuple[int, ...]:
    """The page of each heading in LibreOffice's layout of a Word file."""
    known = _destinations(_converted(word, fonts))
    numbers = [number for number, _ in headings(document.blocks)]
    if lacking := [number for number in numbers if number not in known]:
        raise OutputError(Problem(OFFICE, f"{len(lacking)} headings are on none of its pages", HINT))
    return tuple(known[number] for number in numbers)


def _destinations(data: bytes) -> dict[int, int]:
    """The page of each heading, by its number, from the names that LibreOffice gives places of a PDF."""
    import pikepdf  # noqa: PLC0415  see above

    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        names = pdf.Root.get("/Dests", pikepdf.Dictionary())
        found: dict[int, int] = {}
        for name, place in names.items():
            if match := PLACE.search(str(name)):
                leads_to: Any = place[0]  # pikepdf's objects have no types of their own
                found[int(match[1])] = pages[leads_to.objgen]
        return found


def _converted(word: bytes, fonts: Path) -> bytes:
    """LibreOffice's PDF of a Word file, made with a profile of its own, which is gone afterwards."""
    program = shutil.which(OFFICE)
    if program is None:
        raise OutputError(Problem(OFFICE, "not on this machine: it cannot count page numbers", HINT))
    with TemporaryDirectory() as place:
        folder = Path(place)
        source = folder / "brief.docx"
        source.write_bytes(word)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", FILTER, "--outdir", place, str(source)]
        environment = {**os.environ, "FONTCONFIG_FILE": str(_font_settings(folder, fonts))}
        try:
            _run(command, environment)
            return source.with_suffix(".pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise OutputError(Problem(OFFICE, f"did not lay out the file: {error}", HINT)) from error


def _run(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Raises SubprocessError if it fails or takes too long; then nothing of it goes on, its children neither."""
    with subprocess.Popen(  # noqa: S603  a program of the machine and our own file
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            status = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if status:
        raise subprocess.CalledProcessError(status, OFFICE)


def _font_settings(folder: Path, fonts: Path) -> Path:
    """Settings by which it finds the fonts of the house beside those of the machine."""
    settings = folder / "fonts.conf"
    settings.write_text(
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>"
        "<include ignore_missing='yes'>/etc/fonts/fonts.conf</include>"
        f"<dir>{escape(str(fonts.resolve()))}</dir><cachedir>{escape(str(folder / 'cache'))}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return settings
