"""What stands on every page and around the body: header, footer, paper, language, properties."""

import copy
import re
from collections.abc import Iterator

from lxml import etree

from reports.document import Run, numeral
from reports.house.package import BODY, CORE, NUMBERING, STYLES, Node, W, furniture_parts, parse, serialised, value
from reports.writers.word.blocks import first_free
from reports.writers.word.draft import Draft, field_of, run
from reports.writers.word.scripts import dress, font_table, languages
from reports.writers.word.widths import BOLD, width
from reports.writers.word.xml import Xml, escaped

NAMESPACE = W.strip("{}")
FONTS, SETTINGS = "word/fontTable.xml", "word/settings.xml"
HYPHENS = (("autoHyphenation", "1"), ("consecutiveHyphenLimit", "2"), ("hyphenationZone", "567"))
PAGE = re.compile(r"(\{pages?\})")
RULES = ("top", "left", "bottom", "right", "between", "bar")  # in the order of ECMA-376 part 1, 17.3.1.24
APART = 12.0  # points between the left and the right of a line
FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
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
    """The headers and footers of the house style with the document's words in their placeholders."""
    parts = draft.house.parts
    return {name: _filled(draft, parse(parts[name])) for name in furniture_parts(parts)}


def _filled(draft: Draft, root: Node) -> bytes:
    said = {
        "issuer": _runs(draft, draft.document.furniture.issuer),
        "classification": _runs(draft, draft.document.furniture.classification),
        "footer": _runs(draft, draft.document.furniture.footer),
        "page": "".join(_page(draft)),
    }
    for control in list(root.iter(W + "sdt")):
        tag = value(control.find(W + "sdtPr"), "tag")
        if tag in said:
            _replace(control, said[tag])
    for paragraph in root.iter(W + "p"):
        _part(draft, paragraph)
    if draft.rtl:
        for paragraph in root.iter(W + "p"):
            _turn(_properties(paragraph))
    return serialised(root)


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
    tab = paragraph.find(f"{W}r/{W}tab")
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


def _turn(properties: Node) -> None:
    """A paragraph or section from right to left."""
    if properties.find(W + "bidi") is not None:
        return
    bidi = properties.makeelement(W + "bidi")
    follower = next((child for child in properties if child.tag in AFTER_BIDI), None)
    if follower is None:
        properties.append(bidi)
    else:
        follower.addprevious(bidi)


# ---------------------------------------------------------------- paper, language, lists, properties


def section(draft: Draft) -> Xml:
    """The paper and the margins of the house style."""
    properties = parse(draft.house.parts[BODY]).find(f"{W}body/{W}sectPr")
    if draft.rtl:
        _turn(properties)
    written: str = etree.tostring(properties, encoding="unicode", with_tail=False)
    return written


def styles(draft: Draft) -> bytes:
    """The styles of the house with the document's language as that of every character."""
    root = parse(draft.house.parts[STYLES])
    for spoken in root.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"):
        for script, tag in languages(draft.document.language).items():
            spoken.set(W + script, tag)
    kind, family = draft.script
    if family:
        dress(root, kind, family, draft.house.fonts.scale(family))
    if draft.rtl:
        for rules in root.iter(W + "pBdr"):
            _mirror(rules)
    return serialised(root)


def settings(draft: Draft) -> dict[str, bytes]:
    """Words parted by Word's own dictionary where the language parts words; styles say where not."""
    if draft.document.hyphenation is None or SETTINGS not in draft.house.parts:
        return {}
    root = parse(draft.house.parts[SETTINGS])
    before = root.find(W + "defaultTabStop")  # ECMA-376 part 1, 17.15.1.78: what stands next to it
    if before is None or root.find(W + "autoHyphenation") is not None:
        return {}
    for name, said in reversed(HYPHENS):
        before.addnext(root.makeelement(W + name, {W + "val": said}))
    return {SETTINGS: serialised(root)}


def fonts(draft: Draft) -> dict[str, bytes]:
    """The table of fonts with the family that the script of the document needs beside those of the house style."""
    _, family = draft.script
    if not family or FONTS not in draft.house.parts:
        return {}
    return {FONTS: font_table(draft.house.parts[FONTS], family, draft.house.fonts.substitutes.get(family, ""))}


def _mirror(rules: Node) -> None:
    """Rules at a side stand where lines begin; Word turns indents with the direction, but not rules."""
    other = {W + "left": W + "right", W + "right": W + "left"}
    for rule in rules:
        rule.tag = other.get(rule.tag, rule.tag)
    rules[:] = sorted(rules, key=lambda rule: RULES.index(rule.tag.removeprefix(W)))


def numbering(draft: Draft) -> bytes:
    """The lists of the house style, and one more for each list of sources that starts at another number."""
    blob = draft.house.parts[NUMBERING]
    if not draft.restarts:
        return blob
    root = parse(blob)
    used = _list_of_sources(draft, root)
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{used}"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, start in enumerate(draft.restarts, first_free(draft))
    )
    made = parse(f'<w:numbering xmlns:w="{NAMESPACE}">{lists}</w:numbering>'.encode())
    last = root.findall(W + "num")[-1]
    for number in reversed(list(made)):
        last.addnext(number)
    return serialised(root)


def _list_of_sources(draft: Draft, root: Node) -> str:
    """The abstract list that the style of sources is numbered by; the house is read only if it has one."""
    style_id = draft.house.style_ids["Sources"]
    style = next(
        style for style in parse(draft.house.parts[STYLES]).iter(W + "style") if style.get(W + "styleId") == style_id
    )
    wanted = value(style.find(f"{W}pPr/{W}numPr"), "numId")
    return next(value(num, "abstractNumId") for num in root.iter(W + "num") if num.get(W + "numId") == wanted)


def properties(draft: Draft) -> dict[str, bytes]:
    """The core properties: the clock of a document is the day whose knowledge it holds."""
    document = draft.document
    day = f'xsi:type="dcterms:W3CDTF">{document.as_of.isoformat()}T00:00:00Z'
    issuer = escaped(document.furniture.issuer)
    blob = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escaped(document.title)}</dc:title>'
        f"<dc:subject>{escaped(document.subject)}</dc:subject><dc:creator>{issuer}</dc:creator>"
        f"<cp:lastModifiedBy>{issuer}</cp:lastModifiedBy><cp:revision>1</cp:revision><dcterms:created {day}"
        f"</dcterms:created><dcterms:modified {day}</dcterms:modified>"
        f"<dc:language>{escaped(document.language)}</dc:language></cp:coreProperties>"
    )
    return {CORE: blob.encode()}
