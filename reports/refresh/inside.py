"""The internal parts of a file: what stands in them, and the hashes by which their paragraphs are known elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.house.package import W
from reports.refresh.package import Node, Package, Story
from reports.refresh.record import L
from reports.writers.word.internal import NAME, said
from reports.writers.word.prints import hash_of


@dataclass(frozen=True, slots=True)
class Known:
    """The paragraphs of a file that its ledger knows as internal, wherever they stand, each with its entry there."""

    paragraphs: tuple[tuple[Node, Node], ...]

    @classmethod
    def of(cls, package: Package) -> "Known":
        """Those of a file as it came."""
        entries = {hashed.text: part for part in package.ledger.iterfind(f"{L}internal") for hashed in part}
        paragraphs = (paragraph for story in package.stories for paragraph in story.root.iter(W + "p"))
        found = ((one, entries.get(hash_of(said(one)))) for one in paragraphs) if entries else ()
        return cls(tuple((paragraph, entry) for paragraph, entry in found if entry is not None))

    def remember(self) -> None:
        """Puts the hashes of the paragraphs as they read now into the ledger: a unit may have other letters, and a copy
        of an internal paragraph must be known by them."""
        for paragraph, entry in self.paragraphs:
            hashed = hash_of(said(paragraph))
            if hashed and all(one.text != hashed for one in entry):
                new = entry.makeelement(f"{L}paragraph")
                new.text = hashed
                entry.append(new)


def internal_nodes(stories: Sequence[Story]) -> frozenset[Node]:
    """All that stands in the internal parts, and in the notes that they alone mark."""
    found = frozenset(node for story in stories for node in _between_ends(story.root))
    marked = [mark for story in stories for mark in story.root.iter(W + "footnoteReference")]
    shown = {mark.get(W + "id") for mark in marked if mark not in found}
    hidden = {mark.get(W + "id") for mark in marked} - shown
    notes = (note for story in stories for note in story.root.iter(W + "footnote") if note.get(W + "id") in hidden)
    return found | {node for note in notes for node in note.iter()}


def _between_ends(root: Node) -> Iterator[Node]:
    """What stands from the first beginning to the last end of the bookmarks of a name: LibreOffice makes two of one."""
    names: dict[str, str] = {}
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    nodes = list(root.iter())
    for place, node in enumerate(nodes):
        name = node.get(W + "name", "") if node.tag == W + "bookmarkStart" else ""
        if NAME.fullmatch(name):
            names[node.get(W + "id", "")] = name
            first.setdefault(name, place)
        elif node.tag == W + "bookmarkEnd" and node.get(W + "id", "") in names:
            last[names[node.get(W + "id")]] = place
    for name, place in first.items():
        yield from nodes[place : last.get(name, place)]
