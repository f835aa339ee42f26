"""What stands around the body: paper, language, lists."""

from lxml import etree

from reports.house.package import BODY, NUMBERING, SETTINGS, STYLES, Node, W, parse, serialised, value
from reports.house.theme import HYPHENATION_ZONE
from reports.writers.word.blocks import first_free
from reports.writers.word.draft import Draft
from reports.writers.word.notes import count_in_roman, name_separators
from reports.writers.word.runs import twips
from reports.writers.word.scripts import dress, font_table, languages
from reports.writers.word.strips import turn
from reports.writers.word.xml import Xml

NAMESPACE = W.strip("{}")
FONTS = "word/fontTable.xml"
HYPHENS = {"autoHyphenation": "1", "consecutiveHyphenLimit": "2"}  # and the zone
RULES = ("top", "left", "bottom", "right", "between", "bar")  # in the order of ECMA-376 part 1, 17.3.1.24


def section(draft: Draft) -> Xml:
    """The paper and the margins of the house style, and how its notes are counted."""
    properties = parse(draft.house.parts[BODY]).find(f"{W}body/{W}sectPr")
    _count_notes(draft, properties)
    if draft.rtl:
        turn(properties)
        _mirror_margins(properties)
    written: str = etree.tostring(properties, encoding="unicode", with_tail=False)
    return written


def _count_notes(draft: Draft, section: Node) -> None:
    """LibreOffice looks for the format of their numbers here, not in the settings."""
    notes = section.makeelement(W + "footnotePr")
    count_in_roman(draft, notes)
    if len(notes):
        for old in section.findall(W + "footnotePr"):
            section.remove(old)
        strips = [child for child in section if child.tag in (W + "headerReference", W + "footerReference")]
        section.insert(len(strips), notes)


def _mirror_margins(section: Node) -> None:
    """What the house has at the left stands where lines begin, in PDF as in Word."""
    margins = section.find(W + "pgMar")
    left, right = margins.get(W + "left"), margins.get(W + "right")
    margins.set(W + "left", right)
    margins.set(W + "right", left)
    if int(margins.get(W + "gutter", 0)) and section.find(W + "rtlGutter") is None:
        place = section.find(W + "docGrid")
        gutter = section.makeelement(W + "rtlGutter")
        section.append(gutter) if place is None else place.addprevious(gutter)


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
    """Words parted by Word's own dictionary where the language parts words, styles say where not; and the separators
    of footnotes, where there are any."""
    if SETTINGS not in draft.house.parts or not (draft.document.hyphenation or draft.notes):
        return {}
    root = parse(draft.house.parts[SETTINGS])
    if draft.notes:
        name_separators(draft, root)
    if draft.document.hyphenation:
        _part_words(root, draft.text_width * HYPHENATION_ZONE)
    return {SETTINGS: serialised(root)}


def _part_words(root: Node, zone: float) -> None:
    before = root.find(W + "defaultTabStop")  # ECMA-376 part 1, 17.15.1.78: what stands next to it
    if before is None or root.find(W + "autoHyphenation") is not None:
        return
    said = HYPHENS | {"hyphenationZone": str(twips(zone))}
    for name in reversed(said):
        before.addnext(root.makeelement(W + name, {W + "val": said[name]}))


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
