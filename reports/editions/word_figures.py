"""The figures of a Word file that Bilateral made and an officer may have changed: as made, and as they read now."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from reports.editions.manifest import Difference
from reports.errors import EditionError, Problem
from reports.house.package import BODY, W, parse

LEDGER = "{urn:bilateral:ledger:1}"
MOST = 200_000_000  # bytes of all parts unpacked: a brief has some hundred thousand
AGAIN = "a .docx that python generate.py brief made"
Node = Any  # an element of lxml, which has no types of its own


def differences(blob: bytes, where: str) -> tuple[Difference, ...]:
    """The figures that read otherwise than they were made, in the order of the file; tracked changes count as accepted.

    EditionError if the file is no Word file or none that we made.
    """
    parts = _parts(blob, where)
    ledgers = (root for root in map(_parsed, parts.values()) if root is not None and root.tag == f"{LEDGER}ledger")
    ledger, body = next(ledgers, None), _parsed(parts.get(BODY, b""))
    if ledger is None or body is None:
        raise EditionError(Problem(where, "no figures of ours in it", AGAIN))
    controls = {_value(control.find(f"{W}sdtPr/{W}id")): control for control in body.iter(f"{W}sdt")}
    bookmarks = {mark.get(f"{W}name"): mark for mark in body.iter(f"{W}bookmarkStart")}
    found = []
    for place in ledger.iter(f"{LEDGER}print"):
        made, control = place.text or "", controls.get(place.get("control"))
        mark = bookmarks.get(place.get("bookmark"))
        now = _text(control.iter()) if control is not None else _text(_within(mark)) if mark is not None else ""
        if now != made:
            found.append(Difference(key=place.get("key", ""), made=made, now=now))
    return tuple(found)


def _parts(blob: bytes, where: str) -> dict[str, bytes]:
    """The XML parts. EditionError if the file is no package, is packed too tightly or is encrypted."""
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as package:
            infos = [info for info in package.infolist() if info.filename.endswith(".xml")]
            if sum(info.file_size for info in infos) > MOST:
                raise EditionError(Problem(where, f"more than {MOST} bytes when unpacked", AGAIN))
            return {info.filename: package.read(info) for info in infos}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise EditionError(Problem(where, f"no Word file: {error}", AGAIN)) from error


def _parsed(part: bytes) -> Node | None:
    try:
        return parse(part)
    except etree.XMLSyntaxError:
        return None


def _value(node: Node | None) -> str:
    return "" if node is None else node.get(f"{W}val", "")


def _within(start: Node) -> Iterator[Node]:
    """What stands between a bookmark's two ends, in the order of the file."""
    number = start.get(f"{W}id")
    for node in start.xpath("following::*"):
        if node.tag == f"{W}bookmarkEnd" and node.get(f"{W}id") == number:
            return
        yield node


def _text(nodes: Iterator[Node]) -> str:
    """The letters of runs; deleted text has another element, and so is none."""
    return "".join(node.text or "" for node in nodes if node.tag == f"{W}t")


def read_file(path: Path) -> bytes:
    """The bytes of an officer's file. EditionError if it cannot be read or is too large."""
    try:
        if path.stat().st_size > MOST:
            raise EditionError(Problem(str(path), f"more than {MOST} bytes", AGAIN))
        return path.read_bytes()
    except OSError as error:
        raise EditionError(Problem(str(path), f"cannot be read: {error.strerror}", AGAIN)) from error
