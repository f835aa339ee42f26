"""Text that is in the file and not on the page: hidden by its own look or by a style (ECMA-376 part 1, 17.3.2.41)."""

from collections.abc import Mapping
from typing import Any

from reports.house.package import W, value
from reports.writers.word.accepting import PARAGRAPH, PROPERTIES, ROW, TABLE, is_empty, merge, remove

Node = Any  # an element of lxml, which has no types of its own
OFF = {"0", "false", "off"}
RUNS = (W + "r", "{http://schemas.openxmlformats.org/officeDocument/2006/math}r")


def hiding_styles(styles: Node | None) -> Mapping[str, bool]:
    """Whether each style hides what is in it, by its id; the paragraph style that counts without another by ''."""
    if styles is None:
        return {}
    known = {style.get(W + "styleId", ""): style for style in styles.iter(W + "style")}
    found = {name: _hides(style, known) for name, style in known.items()}
    for style in known.values():
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
            found[""] = found[style.get(W + "styleId", "")]
    return found


def _hides(style: Node, known: Mapping[str, Node]) -> bool:
    """By the style itself or the nearest that it is based on."""
    seen: set[Node] = set()
    while style is not None and style not in seen:
        seen.add(style)
        if (own := _switch(style.find(W + "rPr"))) is not None:
            return own
        style = known.get(value(style, "basedOn"))
    return False


def _switch(properties: Node | None) -> bool | None:
    """What w:vanish says, None if it is not there."""
    vanish = None if properties is None else properties.find(W + "vanish")
    return None if vanish is None else vanish.get(W + "val", "true") not in OFF


def remove_hidden(story: Node, hiding: Mapping[str, bool]) -> None:
    """Take out hidden runs, rows and pictures, in place. A paragraph whose end is hidden runs on into the next one."""
    remove([row for row in story.iter(ROW) if row.find(f"{W}trPr/{W}hidden") is not None])
    remove([drawn.getparent().getparent() for drawn in story.iter("{*}docPr") if drawn.get("hidden") in ("1", "true")])
    emptied: set[Node] = set()
    for run in [run for run in story.iter(*RUNS) if _is_hidden(run.find(W + "rPr"), run, hiding)]:
        emptied.update(paragraph for paragraph in run.iterancestors(PARAGRAPH))
        remove([run])
    ends = [paragraph for paragraph in story.iter(PARAGRAPH) if _ends_hidden(paragraph, hiding)]
    for paragraph in ends:
        if paragraph in emptied or not is_empty(paragraph):
            merge(paragraph)
    for mark in [mark for mark in story.iter(W + "vanish", W + "specVanish") if mark.getparent().tag == W + "rPr"]:
        if mark.get(W + "val", "true") not in OFF:
            remove([mark])


def _ends_hidden(paragraph: Node, hiding: Mapping[str, bool]) -> bool:
    mark = paragraph.find(f"{PROPERTIES}/{W}rPr")
    return mark is not None and _is_hidden(mark, mark, hiding)


def _is_hidden(properties: Node | None, node: Node, hiding: Mapping[str, bool]) -> bool:
    """By its own look; else by its styles, each of which turns the switch over (17.7.3)."""
    if (own := _switch(properties)) is not None:
        return own
    paragraph = next(node.iterancestors(PARAGRAPH), None)
    table = next(node.iterancestors(TABLE), None)
    names = [
        "" if paragraph is None else value(paragraph.find(PROPERTIES), "pStyle"),
        value(properties, "rStyle") or None,
        None if table is None else value(table.find(W + "tblPr"), "tblStyle") or None,
    ]
    return sum(hiding.get(name, False) for name in names if name is not None) % 2 == 1
