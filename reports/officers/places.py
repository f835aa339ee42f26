"""Where a paragraph stands, in the words of someone who looks at the page: 'table 2, row 3, cell 1'."""

from collections.abc import Iterator
from typing import Any

from reports.house.package import W

Node = Any

# What holds blocks, rows or cells without being one (ECMA-376 part 1, 17.5 and 17.13).
AROUND = {W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "footnote", "endnote")}
BOX = W + "txbxContent"
ROW = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tr"  # whole: alone its name is a language's


def places(root: Node, prefix: str = "") -> dict[Node, str]:
    """The place of every paragraph of a part, by its element; `prefix` says which part."""
    found: dict[Node, str] = {}
    body = root.find(W + "body")
    _blocks(root if body is None else body, prefix, found)
    return found


def _blocks(parent: Node, prefix: str, found: dict[Node, str], *, cell: str = "") -> None:
    """The paragraphs of a parent; that of a cell with no other is called by the cell alone."""
    paragraphs = tables = 0
    blocks = list(_inside(parent))
    alone = cell and sum(block.tag == W + "p" for block in blocks) == 1
    for block in blocks:
        if block.tag == W + "p":
            paragraphs += 1
            found[block] = cell if alone else f"{prefix}paragraph {paragraphs}"
            for box in boxes(block):
                _blocks(box, f"{found[block]}, text box, ", found)
        elif block.tag == W + "tbl":
            tables += 1
            _cells(block, f"{prefix}table {tables}", found)


def _cells(table: Node, name: str, found: dict[Node, str]) -> None:
    rows = (row for row in _inside(table) if row.tag == ROW)
    for row_number, row in enumerate(rows, 1):
        cells = (cell for cell in _inside(row) if cell.tag == W + "tc")
        for cell_number, cell in enumerate(cells, 1):
            place = f"{name}, row {row_number}, cell {cell_number}"
            _blocks(cell, f"{place}, ", found, cell=place)


def _inside(parent: Node) -> Iterator[Node]:
    """The children, and those of what only stands around some of them."""
    for child in parent:
        if child.tag in AROUND:
            yield from _inside(child)
        else:
            yield child


def boxes(paragraph: Node) -> Iterator[Node]:
    """The text boxes that are anchored in a paragraph itself."""
    for box in paragraph.iter(BOX):
        if own_paragraph(box.getparent()) is paragraph:
            yield box


def own_paragraph(node: Node) -> Node:
    """The paragraph that a node is in, the innermost; None outside of all."""
    while node is not None and node.tag != W + "p":
        node = node.getparent()
    return node
