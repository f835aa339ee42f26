"""The headers and footers of the house style, filled in: places, fields, and what goes with a place without words."""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from lxml import etree

from reports.document import Run, numeral
from reports.house.filling import Part, blank, kept, part_of, places, properties
from reports.house.package import Node, W, furniture_parts, parse, serialised, value
from reports.house.strips import property_asked
from reports.writers.widths import BOLD, width
from reports.writers.word.draft import Draft
from reports.writers.word.runs import field_of, run
from reports.writers.word.xml import Xml, clean

NAMESPACE = W.strip("{}")
PLACEMENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PAGE = re.compile(r"(\{pages?\})")
APART = 12.0  # points between the left and the right of a line
FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
FIRST_PICTURE = 1_000_001  # ids of drawings are unique in a file: those of the body count from 1
# ECMA-376 part 1, 17.3.1.26 and 17.6.17: what comes after w:bidi in a paragraph and in a section.
AFTER_BIDI = {
    W + name
    for name in (
        "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
        "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
        "pPrChange", "rtlGutter", "docGrid", "printerSettings", "sectPrChange",
    )
}  # fmt: skip


def furniture(draft: Draft) -> dict[str, bytes]:
    """The headers and footers of the house style with the document's words in their places."""
    parts, pictures = draft.house.parts, count(FIRST_PICTURE)
    return {name: _filled(draft, parse(parts[name]), pictures) for name in furniture_parts(parts)}


def _filled(draft: Draft, root: Node, pictures: Iterator[int]) -> bytes:
    words = {name: _runs(draft, said) for name, said in places(draft.document).items()}
    words["page"] = "".join(_page(draft))
    for paragraph in list(root.iter(W + "p")):
        _tidy(paragraph, words)
    for control in list(root.iter(W + "sdt")):
        tag = _tag(control)
        if tag in words:
            _replace(control, words[tag])
    asked = properties(draft.document)
    for paragraph in root.iter(W + "p"):
        _answer(paragraph, asked)
        _part(draft, paragraph)
        if draft.rtl:
            turn(_properties(paragraph))
    for described in root.iter(PLACEMENT + "docPr"):
        described.set("id", str(next(pictures)))
    for mark in list(root.iter(W + "bookmarkStart", W + "bookmarkEnd")):
        mark.getparent().remove(mark)
    return serialised(root)


def _tag(node: Node) -> str:
    """The tag of a content control."""
    return value(node.find(W + "sdtPr"), "tag") if node.tag == W + "sdt" else ""


# ---------------------------------------------------------------- what goes with an empty place


def _tidy(paragraph: Node, words: dict[str, Xml]) -> None:
    """Leaves out places without words, with the text that parts them; a line of nothing else goes whole."""
    groups = [(nodes, _part_of(nodes, words)) for nodes in _groups(paragraph)]
    parts = [part for _, part in groups]
    own = _tag(paragraph.getparent().getparent()) if paragraph.getparent().tag == W + "sdtContent" else ""
    block = paragraph.getparent().getparent() if own in words else paragraph
    if (blank(parts) or (own in words and not words[own])) and _spared(block):
        block.getparent().remove(block)
        return
    for (nodes, _), stays in zip(groups, kept(parts), strict=True):
        for node in () if stays else nodes:
            paragraph.remove(node)


def _spared(block: Node) -> bool:
    """Whether a header or cell has another paragraph: it must hold one."""
    return any(other.tag in (W + "p", W + "sdt") for other in block.getparent() if other is not block)


def _groups(paragraph: Node) -> Iterator[list[Node]]:
    """What a paragraph holds, all runs of a field together."""
    group: list[Node] = []
    depth = 0
    for node in paragraph.iterchildren(tag=etree.Element):
        if node.tag == W + "pPr":
            continue
        for mark in node.iter(W + "fldChar"):
            depth += {"begin": 1, "end": -1}.get(mark.get(W + "fldCharType"), 0)
        group.append(node)
        if depth <= 0:
            yield group
            group = []
    if group:
        yield group


def _part_of(nodes: Sequence[Node], words: dict[str, Xml]) -> Part:
    place = _tag(nodes[0]) or property_asked(_code(nodes))
    if place in words:
        return "text" if words[place] else "empty"
    if len(nodes) > 1 or nodes[0].tag != W + "r":
        return "text"
    inside = {child.tag for child in nodes[0].iterchildren(tag=etree.Element)} - {W + "rPr"}
    if inside & {W + "tab", W + "ptab"}:
        return "tab"
    return part_of("".join(text.text or "" for text in nodes[0].iter(W + "t"))) if inside <= {W + "t"} else "text"


# ---------------------------------------------------------------- fields


def _code(nodes: Sequence[Node]) -> str:
    """The code of the field that nodes are; empty if they are none."""
    if nodes[0].tag == W + "fldSimple":
        return str(nodes[0].get(W + "instr", ""))
    return "".join(code.text or "" for node in nodes for code in node.iter(W + "instrText"))


def _answer(paragraph: Node, asked: Mapping[str, str]) -> None:
    """The fields that ask for a property show what the brief says, before Word updates them."""
    for nodes in _groups(paragraph):
        code = _code(nodes)
        name = property_asked(code) or code.strip().split(" ")[0].lower()
        said = asked.get(name)
        if said is None:
            continue
        shown = [text for node in nodes for text in node.iter(W + "t")]
        for text, words in zip(shown, [clean(said), *[""] * len(shown)], strict=False):
            text.text = words


def _runs(draft: Draft, text: str) -> Xml:
    return run(draft, Run(text)) if text else ""


def _page(draft: Draft) -> Iterator[Xml]:
    """'page {page} of {pages}' with fields, which Word and LibreOffice fill on every page."""
    for piece in filter(None, PAGE.split(draft.document.furniture.page)):
        first = numeral(1, draft.document.furniture.digits)
        yield field_of(draft, FIELDS[piece], first) if piece in FIELDS else run(draft, Run(piece))


def _replace(control: Node, runs: Xml) -> None:
    """The runs in place of a control, in the look of the first run that it holds."""
    content = control.find(W + "sdtContent")
    look = content.find(f".//{W}r/{W}rPr")
    made = list(parse(f'<w:p xmlns:w="{NAMESPACE}">{runs}</w:p>'.encode()))
    for made_run in made if look is not None else ():
        _dress(made_run, look)
    paragraph = content.find(W + "p")
    if paragraph is None:
        _unwrap(control, made)
        return
    for old in paragraph.findall(W + "r"):
        paragraph.remove(old)
    paragraph.extend(made)
    _unwrap(control, list(content))


def _dress(made: Node, look: Node) -> None:
    """The run in a look, with its own language and direction."""
    own = made.find(W + "rPr")
    for number, child in enumerate(child for child in look if child.tag not in (W + "lang", W + "rtl")):
        own.insert(number, copy.deepcopy(child))


def _part(draft: Draft, paragraph: Node) -> None:
    """What stands beyond a tab goes to a line of its own where both sides do not fit on one."""
    tabs = paragraph.findall(f"{W}r/{W}tab")
    tab = tabs[0] if len(tabs) == 1 else None
    if tab is not None and _estimated_width(draft, paragraph) + APART > draft.text_width:
        tab.addprevious(tab.makeelement(W + "br"))


def _estimated_width(draft: Draft, paragraph: Node) -> float:
    styles = draft.house.theme.styles
    names = {style_id: name for name, style_id in draft.house.style_ids.items() if name in styles}
    own = styles[names.get(value(paragraph.find(W + "pPr"), "pStyle"), "Normal")]
    total = 0.0
    for part in paragraph.iterfind(W + "r"):
        style = styles[name] if (name := names.get(value(part.find(W + "rPr"), "rStyle"))) else own
        text = "".join(node.text or "" for node in part.iterfind(W + "t"))
        total += width(text.upper() if style.caps else text) * style.size * (BOLD if style.bold else 1)
    return total


def _unwrap(control: Node, nodes: list[Node]) -> None:
    parent, place = control.getparent(), control.getparent().index(control)
    parent[place : place + 1] = nodes


def _properties(paragraph: Node) -> Node:
    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = paragraph.makeelement(W + "pPr")
        paragraph.insert(0, properties)
    return properties


def turn(properties: Node) -> None:
    """Turns a paragraph or section from right to left."""
    if properties.find(W + "bidi") is not None:
        return
    bidi = properties.makeelement(W + "bidi")
    follower = next((child for child in properties if child.tag in AFTER_BIDI), None)
    if follower is None:
        properties.append(bidi)
    else:
        follower.addprevious(bidi)
