"""The styles that generated blocks need: the template's own by their names in Word, those that it lacks from the house.

Word keeps the names of its own styles in English whatever its language ('heading 1', shown as 'Заголовок 1'), so that
a Russian or French template has them under the names that we use.
"""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from reports.house import House
from reports.house.cascade import cascade
from reports.house.package import (
    BODY,
    BODY_RELATIONSHIPS,
    CONTENT_TYPES,
    NUMBERING,
    PACKAGE_RELATIONSHIPS,
    RELATIONSHIPS,
    STYLES,
    THEME,
    W,
    parse,
    serialised,
    value,
)
from reports.house.read import LISTS
from reports.house.theme import PARAGRAPHS, STAND_INS, TABLES, Page, TextStyle, Theme
from reports.house.theme import STYLES as NAMES
from reports.officers.package import WORD

Node = Any
ALL = (*NAMES, *PARAGRAPHS, *TABLES)
NOTES = ("Footnote Text", "Footnote Reference")
TWENTIETHS = 20
NO_RELATIONSHIPS = f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS.strip("{}")}"/>'.encode()
EFFECTS = "word/stylesWithEffects.xml"  # the styles once more, as Word 2010 saw them
REFERENCES = ("basedOn", "next", "link")
LEVELS = ("pStyle", "styleLink", "numStyleLink")
OURS = "of briefs"  # after the name of a style of the house where the template's own cannot serve
SIDES = ("top", "bottom", "left", "right", "header", "footer")
LOOKS = {field.name for field in fields(TextStyle)}


@dataclass(slots=True)
class Wardrobe:
    """The styles and lists of a template while those of the house are added."""

    styles: Node
    numbering: Node
    house_styles: Mapping[str, Node]
    house_lists: Node
    ids: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)


def dressed(parts: Mapping[str, bytes], house: House, wanted: Iterable[str]) -> tuple[House, tuple[str, ...]]:
    """The template as a house style for a writer, and the names of the styles that were added to it.

    Its parts are those of the template, with the wanted styles; its theme is that of the house on the template's paper
    and in the template's fonts.
    """
    full = _with_parts(parts, house)
    house_styles = {style.get(W + "styleId"): style for style in parse(house.parts[STYLES]).iter(W + "style")}
    wardrobe = Wardrobe(parse(full[STYLES]), parse(full[NUMBERING]), house_styles, parse(house.parts[NUMBERING]))
    wardrobe.ids = {
        value(style, "name").lower(): style.get(W + "styleId") for style in wardrobe.styles.iter(W + "style")
    }
    for name in wanted:
        if not _serves(wardrobe, name):
            _add(wardrobe, house.style_ids[name], name)
    full |= {STYLES: serialised(wardrobe.styles), NUMBERING: serialised(wardrobe.numbering)}
    if wardrobe.added:
        _drop(full, EFFECTS)
    ids = {name: _id(wardrobe, name) for name in (*ALL, *STAND_INS) if _id(wardrobe, name)}
    ids |= {name: ids[other] for name, other in STAND_INS.items() if name not in ids and other in ids}
    theme = _theme(full, house, ids)
    return replace(house, parts=full, style_ids=ids, theme=theme, problems=()), tuple(wardrobe.added)


def plain(parts: Mapping[str, bytes], house: House) -> House:
    """The template as a house style for values alone, which need no style: its parts as they are."""
    return replace(house, parts={BODY_RELATIONSHIPS: NO_RELATIONSHIPS, **parts}, problems=())


def _id(wardrobe: Wardrobe, name: str) -> str:
    return wardrobe.ids.get(f"{name} {OURS}".lower()) or wardrobe.ids.get(name.lower(), "")


def _serves(wardrobe: Wardrobe, name: str) -> bool:
    """Whether the template has the style, and, where it is to make a list, as one."""
    style_id = wardrobe.ids.get(name.lower(), "")
    styles = {style.get(W + "styleId"): style for style in wardrobe.styles.iter(W + "style")}
    while name in LISTS and style_id in styles:
        if styles[style_id].find(f"{W}pPr/{W}numPr") is not None:
            return True
        style_id = value(styles.pop(style_id), "basedOn")
    return name not in LISTS and bool(style_id)


def _add(wardrobe: Wardrobe, house_id: str, name: str) -> str:
    """The id of a style of the house in the template, copied with all that it is based on."""
    style = copy.deepcopy(wardrobe.house_styles[house_id])
    taken = set(wardrobe.ids.values())
    style_id = next(new for new in (house_id, *(f"{house_id}B{n}" for n in range(len(taken) + 1))) if new not in taken)
    same = value(style, "name").lower() == name.lower()  # Word's own styles have their small letters
    said = f"{name} {OURS}" if name.lower() in wardrobe.ids else value(style, "name") if same else name
    style.find(W + "name").set(W + "val", said)
    style.set(W + "styleId", style_id)
    style.attrib.pop(W + "default", None)
    for fonts in style.findall(f"{W}rPr/{W}rFonts"):  # letters are those of the template
        fonts.getparent().remove(fonts)
    wardrobe.ids[said.lower()] = style_id
    wardrobe.added.append(said)
    for reference in [node for node in style if node.tag in {W + each for each in REFERENCES}]:
        _refer(wardrobe, style, reference)
    for number in style.iterfind(f"{W}pPr/{W}numPr/{W}numId"):
        number.set(W + "val", _list(wardrobe, number.get(W + "val"), house_id, style_id))
    wardrobe.styles.append(style)
    return style_id


def _refer(wardrobe: Wardrobe, style: Node, reference: Node) -> None:
    """A reference to another style of the house, now to that of the template; what it is based on comes along."""
    other = wardrobe.house_styles.get(reference.get(W + "val"))
    name = "" if other is None else value(other, "name")
    known = _id(wardrobe, name)
    if not known and name and reference.tag == W + "basedOn":
        known = _add(wardrobe, reference.get(W + "val"), name)
    if known:
        reference.set(W + "val", known)
    else:
        style.remove(reference)


def _list(wardrobe: Wardrobe, number: str, house_id: str, style_id: str) -> str:
    """The id in the template of a list of the house, copied once."""
    if number in wardrobe.lists:
        return wardrobe.lists[number]
    lists = wardrobe.house_lists
    num = copy.deepcopy(next(each for each in lists.iter(W + "num") if each.get(W + "numId") == number))
    used = value(num, "abstractNumId")
    abstract = next(each for each in lists.iter(W + "abstractNum") if each.get(W + "abstractNumId") == used)
    abstract = copy.deepcopy(abstract)
    new_abstract = _free(wardrobe.numbering, "abstractNum", "abstractNumId")
    new_number = _free(wardrobe.numbering, "num", "numId")
    abstract.set(W + "abstractNumId", new_abstract)
    for reference in list(abstract.iter(*(W + each for each in LEVELS))):
        if reference.get(W + "val") == house_id:
            reference.set(W + "val", style_id)
        else:
            reference.getparent().remove(reference)
    num.set(W + "numId", new_number)
    num.find(W + "abstractNumId").set(W + "val", new_abstract)
    first = wardrobe.numbering.find(W + "num")
    if first is None:
        wardrobe.numbering.append(abstract)
    else:
        first.addprevious(abstract)
    last = wardrobe.numbering.findall(W + "num")
    (last[-1] if last else abstract).addnext(num)
    wardrobe.lists[number] = new_number
    return new_number


def _free(numbering: Node, tag: str, name: str) -> str:
    return str(max((int(each.get(W + name)) for each in numbering.iter(W + tag)), default=0) + 1)


# ---------------------------------------------------------------- parts


def _with_parts(parts: Mapping[str, bytes], house: House) -> dict[str, bytes]:
    """The parts with those that the writer counts on: styles, lists and the relationships of the body."""
    full = dict(parts)
    full.setdefault(BODY_RELATIONSHIPS, NO_RELATIONSHIPS)
    empty = f'<w:numbering xmlns:w="{W.strip("{}")}"/>'.encode()
    for name, kind, blob in ((STYLES, "styles", house.parts[STYLES]), (NUMBERING, "numbering", empty)):
        if name not in full:
            full[name] = blob
            _register(full, name, kind)
    return full


def _register(parts: dict[str, bytes], name: str, kind: str) -> None:
    types, related = parse(parts[CONTENT_TYPES]), parse(parts[BODY_RELATIONSHIPS])
    namespace = types.tag.rpartition("}")[0] + "}"
    types.append(types.makeelement(f"{namespace}Override", PartName=f"/{name}", ContentType=f"{WORD}{kind}+xml"))
    target = {"Id": f"rIdOf_{kind}", "Type": f"{RELATIONSHIPS}/{kind}", "Target": name.removeprefix("word/")}
    related.append(related.makeelement(f"{PACKAGE_RELATIONSHIPS}Relationship", target))
    parts[CONTENT_TYPES], parts[BODY_RELATIONSHIPS] = serialised(types), serialised(related)


def _drop(parts: dict[str, bytes], name: str) -> None:
    """The parts without one that would contradict another."""
    if parts.pop(name, None) is None:
        return
    for holder, attribute in ((CONTENT_TYPES, "PartName"), (BODY_RELATIONSHIPS, "Target")):
        root = parse(parts[holder])
        for each in [each for each in root if each.get(attribute, "").endswith(name.removeprefix("word/"))]:
            root.remove(each)
        parts[holder] = serialised(root)


def _theme(parts: Mapping[str, bytes], house: House, ids: Mapping[str, str]) -> Theme:
    """The numbers of the house on the template's paper, with the sizes and fonts of the template's styles."""
    looks = cascade(parse(parts[STYLES]), parse(parts.get(THEME, house.parts[THEME])))
    styles = dict(house.theme.styles)
    for name, style in styles.items():
        if name in ids:
            look = {key: said for key, said in looks.look(ids[name])[0].items() if key in LOOKS}
            styles[name] = replace(style, **look)
    return replace(house.theme, styles=styles, page=_page(parse(parts[BODY]), house.theme.page))


def _page(body: Node, otherwise: Page) -> Page:
    """The paper of the last section, as far as the template says it."""
    section = body.find(f"{W}body/{W}sectPr")
    found: dict[str, float] = {}
    for tag, names in (("pgSz", {"w": "width", "h": "height"}), ("pgMar", {name: name for name in SIDES})):
        nodes = [] if section is None else section.findall(W + tag)
        for node, (name, ours) in ((node, pair) for node in nodes for pair in names.items()):
            if (said := node.get(W + name, "").lstrip("-")).isdigit():
                found[ours] = int(said) / TWENTIETHS
    return replace(otherwise, **found)  # type: ignore[arg-type]  # lengths alone
