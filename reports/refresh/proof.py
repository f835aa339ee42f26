"""The proof that nothing else changed: both versions of a story, with what was renewed blanked, are the same."""

from dataclasses import dataclass, field

from lxml import etree

from reports.errors import Problem, RefreshError
from reports.house.package import W, parse, serialised
from reports.refresh.package import Node, Story

NAMES = ("alias", "tag", "id")  # what heals a control


@dataclass(slots=True)
class Touched:
    """What was renewed in a story: controls, those that got their name back, rows and tables that were put in, tables
    that gave way to them, drawings of charts."""

    controls: list[Node] = field(default_factory=list)
    healed: list[Node] = field(default_factory=list)
    rows: list[Node] = field(default_factory=list)
    tables: list[tuple[Node, Node]] = field(default_factory=list)
    drawings: list[Node] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.controls, self.healed, self.rows, self.tables, self.drawings))


def proved(story: Story, touched: Touched, where: str) -> bytes:
    """The bytes of the story. RefreshError if more differs than was renewed."""
    blob = serialised(story.root)
    now = parse(blob)
    new = dict(zip(story.root.iter(), now.iter(), strict=True))
    old = story.before
    for control in touched.controls:
        _blank(new[control])
        _blank(old[control])
    for control in touched.healed:
        _unname(new[control])
        _unname(old[control])
    for drawing in touched.drawings:
        _undescribe(new[drawing])
        _undescribe(old[drawing])
    for row in touched.rows:
        _remove(new[row])
    for gone, made in touched.tables:
        _remove(new[made])
        _remove(old[gone])
    before = next(iter(old.values())).getroottree().getroot()
    if etree.tostring(now, method="c14n") != etree.tostring(before, method="c14n"):
        raise RefreshError(Problem(f"{where}: {story.name}", "more would change than figures", "please report it"))
    return blob


def _blank(control: Node) -> None:
    inside = control.find(W + "sdtContent")
    for child in list(inside):
        inside.remove(child)
    for placeholder in control.findall(f"{W}sdtPr/{W}showingPlcHdr"):
        placeholder.getparent().remove(placeholder)


def _unname(control: Node) -> None:
    properties = control.find(W + "sdtPr")
    if properties is None:
        return
    for named in [child for child in properties if child.tag in {W + name for name in NAMES}]:
        properties.remove(named)
    if not len(properties):
        control.remove(properties)


def _undescribe(drawing: Node) -> None:
    for node in drawing.iter("{*}docPr", "{*}extent"):
        for name in ("descr", "cy"):
            node.attrib.pop(name, None)


def _remove(node: Node) -> None:
    node.getparent().remove(node)
