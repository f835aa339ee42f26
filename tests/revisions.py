"""What a Word file reads after every tracked change is accepted or rejected: read from outside, with nothing of the
product. Only what a redline and an officer's Word write is known; what is not known stays as it is."""

import copy
from typing import Any

from tests.word_files import W, root

Node = Any
GONE = {True: ("del", "moveFrom"), False: ("ins", "moveTo")}
PRINTED = {W + "br": "\n", W + "tab": "\t", W + "drawing": "[drawing]", W + "footnoteReference": "[note]"}


def resolved(data: bytes, *, accept: bool) -> list[Any]:
    """The body as paragraphs, each its style and words, and tables, each a list of rows of cells of the same."""
    body = copy.deepcopy(root(data).find(W + "body"))
    gone = [W + name for name in GONE[accept]]
    for row in [row for row in body.iter(W + "tr") if _marked(row, "trPr", gone)]:
        row.getparent().remove(row)
    for table in [table for table in body.iter(W + "tbl") if table.find(W + "tr") is None]:
        table.getparent().remove(table)
    ended = [mark.getparent().getparent().getparent() for mark in body.iter(*gone) if _ends_paragraph(mark)]
    for node in [node for node in body.iter(*gone) if len(node)]:
        node.getparent().remove(node)
    for paragraph in dict.fromkeys(ended):
        _merge(paragraph)
    for change in [] if accept else list(body.iter(W + "pPrChange")):
        change.getparent().getparent().replace(change.getparent(), change.find(W + "pPr"))
    return _blocks(body)


def _marked(node: Node, properties: str, gone: list[str]) -> bool:
    own = node.find(W + properties)
    return own is not None and any(own.find(name) is not None for name in gone)


def _ends_paragraph(mark: Node) -> bool:
    return bool(mark.getparent().tag == W + "rPr" and mark.getparent().getparent().tag == W + "pPr")


def _merge(paragraph: Node) -> None:
    """What is left of a paragraph whose end is gone goes to the front of the next."""
    parent, after = paragraph.getparent(), paragraph.getnext()
    rest = [child for child in paragraph if child.tag != W + "pPr"]
    assert after is not None, "the last paragraph of a cell cannot go"
    assert after.tag != W + "sectPr", "the last paragraph of a file cannot go"
    if after.tag != W + "p":
        assert not _words(paragraph), "the end of a paragraph before a table cannot go while words stay"
        parent.remove(paragraph)
        return
    place = 1 if after.find(W + "pPr") is not None else 0
    after[place:place] = rest
    parent.remove(paragraph)


def _blocks(parent: Node) -> list[Any]:
    found: list[Any] = []
    for node in parent:
        if node.tag == W + "p":
            style = node.find(f"{W}pPr/{W}pStyle")
            found.append(("" if style is None else style.get(W + "val"), _words(node)))
        elif node.tag == W + "tbl":
            found.append([[_blocks(cell) for cell in row.iter(W + "tc")] for row in node.iter(W + "tr")])
        elif node.tag in (W + "sdt", W + "sdtContent"):
            found += _blocks(node)
    return found


def _words(node: Node) -> str:
    pieces = []
    for inner in node.iter(W + "t", W + "delText", *PRINTED):
        pieces.append(PRINTED.get(inner.tag) or inner.text or "")
    return "".join(pieces)
