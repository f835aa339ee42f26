"""Styles that a house file lacks, made from those of the default one: its measures, the file's own fonts and colour."""

import copy
from collections.abc import Iterable, Mapping

from reports.errors import HouseError, Problem
from reports.house.cascade import cascade
from reports.house.mapping import ALL, StyleNames, ids_by_name
from reports.house.package import (
    BODY_RELATIONSHIPS,
    CONTENT_TYPES,
    NUMBERING,
    RELATIONSHIPS,
    STYLES,
    THEME,
    Node,
    Parts,
    W,
    parse,
    parsed,
    serialised,
    value,
)

# Whose font a derived style takes; of those that are not here the file must have its own.
NEAR = {
    "Title": "Heading 1", "Subtitle": "Normal", "Heading 2": "Heading 1", "Heading 3": "Heading 1", "Lead": "Normal",
    "List Bullet": "Normal", "Note": "Normal", "Caption": "Normal", "Table Text": "Normal", "Table Figure": "Normal",
    "Table Header": "Normal", "Table Note": "Normal", "Panel Number": "Normal", "Panel Label": "Normal",
    "Panel Detail": "Normal", "Reference Heading": "Normal", "Reference Text": "Normal", "Sources": "Normal",
    "Header": "Normal", "Footer": "Normal", "Table Part": "Normal", "Reference Bullet": "Normal", "Chart": "Normal",
    "Caption Unit": "", "Panel Unit": "", "Classification": "", "Hyperlink": "", "Superior": "",
    "Brief Table": "", "Brief Panels": "",
}  # fmt: skip
HEADINGS = ("Heading 1", "Heading 2", "Heading 3")
ROOTS = ("normal", "default paragraph font", "table normal")  # what every file has of its own
# ECMA-376 part 1, 17.3.1.26 and 17.3.2.28: the order of properties.
ORDER = (
    "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr",
    "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl",
    "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "color", "kern", "position", "sz", "szCs",
    "highlight", "u", "vertAlign", "rtl", "cs", "lang",
)  # fmt: skip
NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"


def complete(parts: Parts, where: str, names: StyleNames, default: Parts) -> tuple[Parts, tuple[str, ...]]:
    """The parts with every style that a brief needs and that can be made, and the names of those that were.

    Raises HouseError if the file has no style of which others could be made, or is damaged.
    """
    made = dict(parts)
    if names.derive and NUMBERING not in made:
        _with_numbering(made, default)
    root, ids = parsed(parts, STYLES, where), ids_by_name(parsed(parts, STYLES, where))
    for ours, theirs in names.like.items():
        if theirs.lower() not in ids:
            raise HouseError(Problem(where, f"no style {theirs}, whose look {ours} is to take"))
        if ours.lower() not in ids:
            root.append(_alike(root, ours, ids[theirs.lower()]))
            ids[ours.lower()] = root[-1].get(W + "styleId")
    lacking = [name for name in ALL if names.names.get(name, name).lower() not in ids] if names.derive else []
    derived = tuple(name for name in lacking if name in NEAR and name not in names.names)
    if derived:
        _Maker(made, root, {name: ids[names.names.get(name, name).lower()] for name in _roots(names, ids, where)},
               default, where).make(derived)  # fmt: skip
    _give_levels(root, {name: ids[theirs.lower()] for name, theirs in names.names.items() if theirs.lower() in ids})
    made[STYLES] = serialised(root)
    return made, derived


def _give_levels(root: Node, ids: Mapping[str, str]) -> None:
    """A heading of any name has its outline level, by which Word and listeners find their way."""
    styles = {style.get(W + "styleId"): style for style in root.iterchildren(W + "style")}
    for level, name in enumerate(HEADINGS):
        style = styles.get(ids.get(name, ""))
        if style is None or style.find(f"{W}pPr/{W}outlineLvl") is not None:
            continue
        properties = style.find(W + "pPr")
        if properties is None:
            properties = style.makeelement(W + "pPr")
            last = style.find(W + "rPr")
            style.append(properties) if last is None else last.addprevious(properties)
        properties.append(properties.makeelement(W + "outlineLvl", {W + "val": str(level)}))


def _roots(names: StyleNames, ids: Mapping[str, str], where: str) -> Iterable[str]:
    """The styles from which others are derived. HouseError if the file lacks one."""
    for name in ("Normal", "Heading 1"):
        if names.names.get(name, name).lower() not in ids:
            hint = "name the style that plays this part in the mapping"
            raise HouseError(Problem(where, f"no style {name}, from which others are derived", hint))
    return "Normal", "Heading 1"


def _alike(root: Node, name: str, based_on: str) -> Node:
    """A style with the look of another and a name of ours."""
    other = next(style for style in root.iterchildren(W + "style") if style.get(W + "styleId") == based_on)
    made = root.makeelement(W + "style", {W + "type": other.get(W + "type"), W + "customStyle": "1"})
    made.set(W + "styleId", _free_id(root, name))
    for tag, said in (("name", name), ("basedOn", based_on)):
        made.append(made.makeelement(W + tag, {W + "val": said}))
    return made


def _free_id(root: Node, name: str) -> str:
    taken = {style.get(W + "styleId") for style in root.iterchildren(W + "style")}
    wanted = "Brief" + name.replace(" ", "").removeprefix("Brief")
    return next(found for found in (wanted, *(f"{wanted}{n}" for n in range(1, len(taken) + 2))) if found not in taken)


class _Maker:
    """Makes styles of the default house style for another file."""

    def __init__(
        self, parts: dict[str, bytes], root: Node, roots: Mapping[str, str], default: Parts, where: str
    ) -> None:
        self._parts, self._root, self._roots, self._where = parts, root, roots, where
        self._styles = cascade(parse(default[STYLES]), parse(default[THEME]))
        self._named = {value(style, "name").lower(): style for style in self._styles.styles.values()}
        self._numbering = parse(default[NUMBERING])
        theirs, _ = cascade(root, parsed(parts, THEME, where)).look(roots["Heading 1"])
        ours, _ = self._styles.look(self._named["heading 1"].get(W + "styleId"))
        self._colours = {ours["color"]: theirs.get("color", ours["color"])}

    def make(self, names: Iterable[str]) -> None:
        """Adds the styles, and the lists that they have."""
        numbering = parsed(self._parts, NUMBERING, self._where)
        for name in names:
            made = self._made(name)
            for number in made.iterfind(f"{W}pPr/{W}numPr/{W}numId"):
                number.set(W + "val", self._list(numbering, number.get(W + "val")))
            self._root.append(made)
        self._parts[NUMBERING] = serialised(numbering)

    def _made(self, name: str) -> Node:
        source = self._named[name.lower()]
        made = copy.deepcopy(source)
        for tag in ("basedOn", "next", "link", "pPr", "rPr"):
            for node in made.findall(W + tag):
                made.remove(node)
        made.set(W + "styleId", _free_id(self._root, name))
        based = self._roots.get(NEAR[name]) or self._default(source.get(W + "type"))
        if based:
            made.find(W + "name").addnext(made.makeelement(W + "basedOn", {W + "val": based}))
        place = next((made.index(node) for node in made if node.tag in (W + "tblPr", W + "tcPr")), len(made))
        made[place:place] = [flat for tag in ("pPr", "rPr") if len(flat := self._flat(source, tag))]
        for node in made.iter():
            for attribute in (W + "color", W + "val", W + "fill"):
                if node.get(attribute, "").upper() in self._colours:
                    node.set(attribute, self._colours[node.get(attribute).upper()])
        return made

    def _default(self, kind: str) -> str:
        """The id of the style of a kind on which others rest; empty if the file has none."""
        styles = (style for style in self._root.iterchildren(W + "style") if style.get(W + "type") == kind)
        return next((style.get(W + "styleId") for style in styles if style.get(W + "default") in ("1", "true")), "")

    def _flat(self, source: Node, tag: str) -> Node:
        """The properties of a style and of those under it, but for the root's and for fonts."""
        flat = source.makeelement(W + tag)
        for style in self._styles.chain(source.get(W + "styleId")):
            properties = () if value(style, "name").lower() in ROOTS else style.find(W + tag)
            for node in () if properties is None else properties:
                former = flat.find(node.tag)
                if former is None:
                    flat.append(copy.deepcopy(node))
                else:
                    former.attrib.update(node.attrib)
        for font in flat.findall(W + "rFonts"):
            flat.remove(font)
        flat[:] = sorted(flat, key=lambda node: ORDER.index(node.tag.removeprefix(W)))
        return flat

    def _list(self, numbering: Node, number: str) -> str:
        """The number, free in the file, of a list of the default house style."""
        own = next(num for num in self._numbering.iter(W + "num") if num.get(W + "numId") == number)
        kinds = self._numbering.iter(W + "abstractNum")
        kind = next(one for one in kinds if one.get(W + "abstractNumId") == value(own, "abstractNumId"))
        made, abstract = copy.deepcopy(own), copy.deepcopy(kind)
        free = str(_next(numbering, "abstractNum"))
        abstract.set(W + "abstractNumId", free)
        for font in list(abstract.iter(W + "pStyle")):
            font.getparent().remove(font)
        made.set(W + "numId", str(_next(numbering, "num")))
        made.find(W + "abstractNumId").set(W + "val", free)
        first = numbering.find(W + "num")
        numbering.append(abstract) if first is None else first.addprevious(abstract)
        last = numbering.findall(W + "num")
        (last[-1] if last else abstract).addnext(made)
        return str(made.get(W + "numId"))


def _next(numbering: Node, kind: str) -> int:
    return max((int(node.get(f"{W}{kind}Id")) for node in numbering.iter(W + kind)), default=0) + 1


def _with_numbering(parts: dict[str, bytes], default: Parts) -> None:
    """Gives a file without lists an empty part for them, with its content type and its relationship."""
    root = parse(default[NUMBERING])
    root[:] = []
    parts[NUMBERING] = serialised(root)
    types = parse(parts[CONTENT_TYPES])
    name = types.tag.replace("}Types", "}Override")
    types.append(types.makeelement(name, {"PartName": f"/{NUMBERING}", "ContentType": NUMBERING_TYPE}))
    parts[CONTENT_TYPES] = serialised(types)
    related = parse(parts[BODY_RELATIONSHIPS])
    name = related.tag.replace("}Relationships", "}Relationship")
    said = {"Id": "rIdNumbering", "Type": f"{RELATIONSHIPS}/numbering", "Target": "numbering.xml"}
    related.append(related.makeelement(name, said))
    parts[BODY_RELATIONSHIPS] = serialised(related)
