"""The figures of a Word file that Bilateral made and an officer may have changed: as made, and as they read now."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from reports.editions.manifest import Difference
from reports.errors import EditionError, Problem
from reports.house.package import BODY, W, parse
from reports.house.unpacking import MOST_BYTES, UnusableFileError, unpacked
from reports.writers.word.ledger import FAMILY

FOOTNOTES = "word/footnotes.xml"
AGAIN = "a .docx that python generate.py brief made"
Node = Any  # an element of lxml, which has no types of its own


def differences(blob: bytes, where: str) -> tuple[Difference, ...]:
    """The figures that read otherwise than they were made, in the order of the file; tracked changes count as accepted.

    EditionError if the file is no Word file or none that we made.
    """
    parts = _parts(blob, where)
    ledgers = (root for root in map(_parsed, parts.values()) if root is not None and is_ledger(root.tag))
    ledger, body = next(ledgers, None), _parsed(parts.get(BODY, b""))
    if ledger is None or body is None:
        raise EditionError(Problem(where, "no figures of ours in it", AGAIN))
    stories = [body, *(root for root in (_parsed(parts.get(FOOTNOTES, b"")),) if root is not None)]
    controls = {_value(node.find(f"{W}sdtPr/{W}id")): node for story in stories for node in story.iter(f"{W}sdt")}
    bookmarks = {mark.get(f"{W}name"): mark for story in stories for mark in story.iter(f"{W}bookmarkStart")}
    found = []
    for place in ledger.iter("{*}print"):
        made, control = place.text or "", controls.get(place.get("control"))
        mark = bookmarks.get(place.get("bookmark"))
        now = _text(control.iter()) if control is not None else _text(_within(mark)) if mark is not None else ""
        if now != made:
            found.append(Difference(key=place.get("key", ""), made=made, now=now))
    return tuple(found)


def is_ledger(tag: object) -> bool:
    """Whether a root element is that of a ledger of ours, of whatever version."""
    return isinstance(tag, str) and tag.startswith(f"{{{FAMILY}") and tag.endswith("}ledger")


def _parts(blob: bytes, where: str) -> dict[str, bytes]:
    """The parts of XML. EditionError if the file is no package, is packed too tightly or is encrypted."""
    try:
        return {name: part for name, part in unpacked(blob).items() if name.endswith(".xml")}
    except UnusableFileError as error:
        raise EditionError(Problem(where, error.message, error.hint)) from error


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
        if path.stat().st_size > MOST_BYTES:
            raise EditionError(Problem(str(path), f"more than {MOST_BYTES} bytes", AGAIN))
        return path.read_bytes()
    except OSError as error:
        raise EditionError(Problem(str(path), f"cannot be read: {error.strerror}", AGAIN)) from error
