"""A Word file opened for a test: its parts, changed and packed again."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY, STYLES, HEADER, FOOTER = "word/document.xml", "word/styles.xml", "word/header1.xml", "word/footer1.xml"

Parts = dict[str, bytes]
Change = Callable[[Parts], None]


def unpacked(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Parts) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, blob in parts.items():
            package.writestr(name, blob)
    return buffer.getvalue()


def replaced(part: str, pattern: str, by: str) -> Change:
    """Replaces the first match; a pattern that matches nothing is a mistake of the test."""

    def change(parts: Parts) -> None:
        parts[part], times = re.subn(pattern.encode(), by.encode(), parts[part], count=1, flags=re.DOTALL)
        assert times, f"{pattern!r} is not in {part}"

    return change


def changed(source: Path, target: Path, *changes: Change) -> Path:
    """A copy of a Word file with some changes."""
    parts = unpacked(source.read_bytes())
    for change in changes:
        change(parts)
    target.write_bytes(packed(parts))
    return target


def root(data: bytes, part: str = BODY) -> Any:
    return etree.fromstring(unpacked(data)[part])


def words(node: Any) -> str:
    """The text of a paragraph or cell as Word shows it; a line break is a newline."""
    said = {W + "br": "\n", W + "tab": "\t"}
    pieces = (said.get(inner.tag, inner.text or "") for inner in node.iter(W + "t", W + "br", W + "tab"))
    return "".join(pieces)


def style_of(paragraph: Any) -> str:
    name: str = paragraph.find(f"{W}pPr/{W}pStyle").get(W + "val")
    return name
