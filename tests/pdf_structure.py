"""Structure checks of tagged PDF: that marks, elements and the parent tree agree, which neither veraPDF nor outloud
asks, and then those of `pdf_elements`. They read the file with pikepdf alone."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from tests.pdf_elements import element_faults, file_faults, page_faults
from tests.pdf_spoken import INLINE, listed

SHOW_TEXT = {"Tj", "TJ", "'", '"'}
OPENS = {"BT": "text", "BMC": "mark", "BDC": "mark"}
CLOSES = {"ET": "text", "EMC": "mark"}

Mark = tuple[tuple[int, int], int]  # the number of the page's object, MCID


def faults(data: bytes) -> list[str]:
    """Everything that is wrong with the structure of a tagged PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        if root is None:
            return ["no structure tree"]
        tree = Tree()
        tree.read(root.K, None, None)
        owners = _parent_tree(root)
        found = tree.faults + ([] if owners else ["no parent tree"])
        for number, page in enumerate(pdf.pages, 1):
            found += [f"page {number}: {fault}" for fault in _page_faults(page, tree, owners)]
            found += [f"page {number}: {fault}" for fault in page_faults(pdf, page)]
        order: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
        for read in (tree.first_marks, *tree.lines):
            found += _order_faults([(order[page], mark) for page, mark in read])
        found += [*element_faults(pdf), *file_faults(pdf)]
        return found + ([] if "/Outlines" in pdf.Root else ["no outline"])


def kinds(data: bytes) -> list[str]:
    """The structure types of all elements in the order of reading, each after its depth: '1 H1'."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return list(_kinds(pdf.Root.StructTreeRoot.K, 0))


def _kinds(element: Any, depth: int) -> Iterator[str]:
    yield f"{depth} {str(element.S)[1:]}"
    for kid in listed(element.get("/K")):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from _kinds(kid, depth + 1)


@dataclass
class Tree:
    """Who owns which mark and which annotation; in the order of the tree the first marks of all elements, but for
    notes, which stand at the foot of their page and may go on overleaf, and all marks of each paragraph."""

    owner: dict[Mark, Any] = field(default_factory=dict)
    annotation_owner: dict[tuple[int, int], Any] = field(default_factory=dict)
    first_marks: list[Mark] = field(default_factory=list)
    lines: list[list[Mark]] = field(default_factory=list)  # the marks of each paragraph, label or cell
    faults: list[str] = field(default_factory=list)

    def read(self, element: Any, page: Any, parent: Any) -> None:
        """Takes in an element and all under it."""
        if parent is not None and element.P.objgen != parent.objgen:
            self.faults.append(f"a {element.S} does not know its parent")
        if str(element.S)[1:] not in INLINE:
            self.lines.append([])
        page = element.get("/Pg", page)
        first = True
        for kid in listed(element.get("/K")):
            if not isinstance(kid, Dictionary):
                self._own((page.objgen, int(kid)), element, first)
                first = False
            elif kid.get("/Type") == Name.OBJR:
                self.annotation_owner[kid.Obj.objgen] = element
            elif kid.get("/Type") == Name.MCR:
                self._own((kid.Pg.objgen, int(kid.MCID)), element, first)
                first = False
            else:
                self.read(kid, page, element)

    def _own(self, mark: Mark, element: Any, first: bool) -> None:
        if mark in self.owner:
            self.faults.append(f"MCID {mark[1]} has two owners")
        self.owner[mark] = element
        if first or "/ActualText" not in element:  # what stands in a line of two directions may be drawn in pieces
            self.lines[-1].append(mark)
        if first and not _is_in_note(element):
            self.first_marks.append(mark)


def _is_in_note(element: Any) -> bool:
    while "/P" in element:
        if str(element.S) == "/Note":
            return True
        element = element.P
    return False


def _parent_tree(root: Any) -> dict[int, Any]:
    numbers = list(root.ParentTree.Nums) if "/ParentTree" in root else []
    return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def _order_faults(order: list[tuple[int, int]]) -> Iterator[str]:
    """The writer draws in the order of reading, so what stands in the tree in another order is a mistake."""
    for before, after in pairwise(order):
        if after < before:
            yield f"page {after[0] + 1}: MCID {after[1]} is read before what is drawn before it"
            return


# ---------------------------------------------------------------- pages


def _page_faults(page: Any, tree: Tree, owners: dict[int, Any]) -> Iterator[str]:
    content = Content()
    yield from content.read(page)
    marks = set(content.marks)
    owned = {mark for of_page, mark in tree.owner if of_page == page.objgen}
    if owned != marks:
        yield f"owned and drawn marks differ: {sorted(owned ^ marks)[:5]}"
    yield from _parent_faults(page, content.marks, tree, owners)
    pieces = Counter(
        tree.owner[page.objgen, mark].objgen for mark in content.marks if (page.objgen, mark) in tree.owner
    )
    for mark, text in content.actual.items():  # each piece is copied as the whole
        owner = tree.owner.get((page.objgen, mark))
        if owner is not None and str(owner.get("/ActualText", "")) == text and pieces[owner.objgen] > 1:
            yield f"a text that stands for {text} is in {pieces[owner.objgen]} pieces"
    for annotation in page.get("/Annots", []):
        element = owners.get(int(annotation.get("/StructParent", -1)))
        owner = tree.annotation_owner.get(annotation.objgen)
        if owner is None or element is None or element.objgen != owner.objgen:
            yield "an annotation and its element do not point at each other"


@dataclass
class Content:
    """The marks of a page, and whether marks and text objects nest."""

    marks: list[int] = field(default_factory=list)
    actual: dict[int, str] = field(default_factory=dict)  # what is said instead of some of them
    # kind; whether it is a mark of an element or an artifact; whether text inside is accounted for
    _open: list[tuple[str, bool, bool]] = field(default_factory=list)

    def read(self, page: Any) -> Iterator[str]:
        """What is wrong with the content of a page."""
        instructions: list[Any] = list(pikepdf.parse_content_stream(page))
        for operands, operator in instructions:
            name = str(operator)
            if name in OPENS:
                yield from self._push(name, operands)
            elif name in CLOSES:
                if not self._open or self._open[-1][0] != CLOSES[name]:
                    yield f"{name} closes something else"
                    return
                self._open.pop()
            elif name in SHOW_TEXT and not any(accounted for *_, accounted in self._open):
                yield "text is neither tagged nor an artifact of the page"
        if self._open:
            yield "something is never closed"

    def _push(self, name: str, operands: Any) -> Iterator[str]:
        properties = operands[1] if name == "BDC" and isinstance(operands[1], Dictionary) else Dictionary()
        artifact, tagged = name != "BT" and operands[0] == Name.Artifact, "/MCID" in properties
        if (artifact or tagged) and any(marked for _, marked, _ in self._open):
            yield "an artifact or a mark stands inside another"
        if tagged:
            mark = int(properties.MCID)
            if mark in self.marks:
                yield f"MCID {mark} is drawn twice"
            self.marks.append(mark)
            if "/ActualText" in properties:
                self.actual[mark] = str(properties.ActualText)
        self._open.append((OPENS[name], artifact or tagged, tagged or (artifact and "/Type" in properties)))


def _parent_faults(page: Any, marks: list[int], tree: Tree, owners: dict[int, Any]) -> Iterator[str]:
    elements = owners.get(int(page.get("/StructParents", -1)), [])
    for mark in marks:
        owner = tree.owner.get((page.objgen, mark))
        if mark >= len(elements) or (owner is not None and elements[mark].objgen != owner.objgen):
            yield f"the parent tree disagrees about MCID {mark}"
            return
