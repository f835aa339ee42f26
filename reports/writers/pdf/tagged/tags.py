"""The structure tree: a Tag says what an element is, the tree grows as tags are drawn.

The pieces of something that is split over pages carry the same Tag, so they share one element, and the order
of the tree is the order of drawing, which is the order of reading.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reports.writers.pdf.tagged.objects import Objects, Slot, text_string


class Tag(NamedTuple):
    """What a structure element is. Two tags are never equal: identity tells elements apart.

    `actual` is the text to read in place of what is drawn, `logical` what is drawn in the order of reading where it is
    drawn in another; `attributes` is the value of /A as PDF writes it, `identifier` what tells it from all others,
    which PDF/UA-1, 7.9, asks of a note.
    """

    kind: str
    parent: "Tag | None" = None
    language: str = ""
    alternative: str = ""
    actual: str = ""
    logical: str = ""
    attributes: str = ""
    identifier: str = ""

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


# A row or column header, ISO 32000-1, 14.8.5.7; a list with or without labels, 14.8.5.5.
COLUMN_HEADER, ROW_HEADER = "<</O/Table/Scope/Column>>", "<</O/Table/Scope/Row>>"
BULLETED, NUMBERED, UNMARKED = (f"<</O/List/ListNumbering/{kind}>>" for kind in ("Disc", "Decimal", "None"))


@dataclass(slots=True, eq=False)
class Element:
    """An element that has been drawn. A kid is an element, (page, MCID) or (page, reference of an annotation)."""

    tag: Tag
    slot: Slot
    kids: "list[Element | tuple[int, int | str]]" = field(default_factory=list)
    attributes: str = ""

    def first_page(self) -> int | None:
        """The page of the first content in or under the element; None where there is none."""
        for kid in self.kids:
            page = kid[0] if isinstance(kid, tuple) else kid.first_page()
            if page is not None:
                return page
        return None


class Structure:
    """The tree of one document while it is drawn."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self.top = Element(Tag("Document"), objects.reserve())
        self._elements: dict[Tag, Element] = {}
        self._owners: list[Element | list[Element]] = []  # what the parent tree maps to: of a page, of an annotation

    def element(self, tag: Tag) -> Element:
        """The element of a tag, made with its parents at the first use."""
        found = self._elements.get(tag)
        if found is None:
            found = self._elements[tag] = Element(tag, self._objects.reserve(), attributes=tag.attributes)
            (self.element(tag.parent) if tag.parent else self.top).kids.append(found)
        return found

    def open_page(self) -> tuple[int, list[Element]]:
        """The key of a new page in the parent tree and the list of the owners of its marks."""
        marks: list[Element] = []
        self._owners.append(marks)
        return len(self._owners) - 1, marks

    def own_annotation(self, tag: Tag, page: int, reference: str) -> int:
        """The key of an annotation in the parent tree."""
        element = self.element(tag)
        element.kids.append((page, reference))
        self._owners.append(element)
        return len(self._owners) - 1

    def write(self, pages: Sequence[Slot]) -> str:
        """The reference of the finished tree."""
        root = self._objects.reserve()
        self._write_element(self.top, root.reference, pages)
        numbers = " ".join(f"{key} {_owner(owner)}" for key, owner in enumerate(self._owners))
        parents = self._objects.add(f"<</Nums[{numbers}]>>")
        root.body = (
            f"<</Type/StructTreeRoot/K {self.top.slot.reference}/ParentTree {parents}"
            f"/ParentTreeNextKey {len(self._owners)}{self._identifiers()}>>"
        )
        return root.reference

    def _identifiers(self) -> str:
        """ISO 32000-1, 14.7.2: the elements by their identifiers, in the order of these."""
        named = {tag.identifier: element for tag, element in self._elements.items() if tag.identifier}
        names = " ".join(f"{text_string(name)} {named[name].slot.reference}" for name in sorted(named))
        return f"/IDTree {self._objects.add(f'<</Names[{names}]>>')}" if named else ""

    def _write_element(self, element: Element, parent: str, pages: Sequence[Slot]) -> None:
        tag, page = element.tag, element.first_page()
        kids = " ".join(_kid(kid, page, pages) for kid in element.kids)
        parts = [f"<</Type/StructElem/S/{tag.kind}/P {parent}"]
        parts += [f"/Pg {pages[page].reference}"] if page is not None else []
        parts += [f"/K[{kids}]"] if kids else []
        for key, text in (("Lang", tag.language), ("Alt", tag.alternative), ("ActualText", tag.actual or tag.logical)):
            parts += [f"/{key}{text_string(text)}"] if text else []
        parts += [f"/A{element.attributes}"] if element.attributes else []
        parts += [f"/ID{text_string(tag.identifier)}"] if tag.identifier else []
        element.slot.body = "".join(parts) + ">>"
        for kid in element.kids:
            if isinstance(kid, Element):
                self._write_element(kid, element.slot.reference, pages)


def _kid(kid: Element | tuple[int, int | str], own_page: int | None, pages: Sequence[Slot]) -> str:
    if isinstance(kid, Element):
        return kid.slot.reference
    page, content = kid
    if isinstance(content, str):
        return f"<</Type/OBJR/Pg {pages[page].reference}/Obj {content}>>"
    if page == own_page:
        return str(content)
    return f"<</Type/MCR/Pg {pages[page].reference}/MCID {content}>>"


def _owner(owner: Element | list[Element]) -> str:
    if isinstance(owner, Element):
        return owner.slot.reference
    return f"[{' '.join(element.slot.reference for element in owner)}]"
