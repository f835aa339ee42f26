"""A Word file from somebody: its parts, and the stories whose figures may be renewed. Nothing in it is trusted."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reports.errors import Problem, RefreshError
from reports.house.package import BODY, CONTENT_TYPES, W, parse
from reports.house.unpacking import UnusableFileError, tree, unpacked
from reports.writers.word.ledger import FAMILY, NAMESPACE

MOST_DIGITS = 10  # of an id
STORY = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
ITEM = re.compile(r"customXml/(?!itemProps)[^/]+\.xml")
MACROS = (b"macroEnabled", b"vbaProject")
AGAIN = "a .docx that python generate.py brief made"
Node = Any  # an element of lxml, which has no types of its own


@dataclass(slots=True)
class Story:
    """A part with text, as it came and as it becomes. `before` has, for each element, the same one as it came."""

    name: str
    root: Node
    before: Mapping[Node, Node] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, root: Node, blob: bytes) -> "Story":
        """The story of a part."""
        return cls(name, root, dict(zip(root.iter(), parse(blob).iter(), strict=True)))

    def controls(self) -> Iterator[Node]:
        """The content controls, in the order of the part."""
        return iter(list(self.root.iter(f"{W}sdt")))


@dataclass(frozen=True, slots=True)
class Package:
    """The parts by name, the stories among them, and the ledger."""

    where: str
    parts: Mapping[str, bytes]
    stories: tuple[Story, ...]
    ledger_name: str
    ledger: Node

    @property
    def body(self) -> Story:
        """The story of the document itself."""
        return next(story for story in self.stories if story.name == BODY)


def opened(blob: bytes, where: str) -> Package:
    """The package of a file that Bilateral made. RefreshError if it is none, or is not one to touch."""
    parts = _parts(blob, where)
    if BODY not in parts or CONTENT_TYPES not in parts:
        raise _refused(where, "no Word document")
    if any(mark in parts[CONTENT_TYPES] for mark in MACROS) or any("vbaproject" in name.lower() for name in parts):
        raise _refused(where, "a file with macros", "save it as a Word document (.docx), which has none")
    ledger_name, ledger = _ledger(parts, where)
    names = sorted((name for name in parts if STORY.fullmatch(name)), key=lambda name: (name != BODY, name))
    stories = tuple(Story.of(name, _tree(parts[name], f"{where}: {name}"), parts[name]) for name in names)
    return Package(where, parts, stories, ledger_name, ledger)


def _parts(blob: bytes, where: str) -> dict[str, bytes]:
    try:
        return unpacked(blob)
    except UnusableFileError as error:
        raise _refused(where, error.message, error.hint) from error


def _ledger(parts: Mapping[str, bytes], where: str) -> tuple[str, Node]:
    """The one ledger of the package."""
    names = [name for name in sorted(parts) if ITEM.fullmatch(name) and FAMILY.encode() in parts[name]]
    found = [(name, _tree(parts[name], f"{where}: {name}")) for name in names]
    ledgers = [(name, root) for name, root in found if str(root.tag).startswith(f"{{{FAMILY}")]
    if not ledgers:
        raise _refused(where, "no figures of ours in it")
    if len(ledgers) > 1:
        raise _refused(where, f"{len(ledgers)} ledgers: two briefs were made one", "refresh each by itself")
    if ledgers[0][1].tag != f"{{{NAMESPACE}}}ledger":
        raise _refused(where, "made by another version of Bilateral")
    return ledgers[0]


def _tree(blob: bytes, where: str) -> Node:
    """The root of a part without DOCTYPE."""
    try:
        return tree(blob)
    except UnusableFileError as error:
        raise _refused(where, error.message, error.hint) from error


def _refused(where: str, message: str, hint: str = AGAIN) -> RefreshError:
    return RefreshError(Problem(where, message, hint))


def is_number(text: str) -> bool:
    """Whether a text is the id of a control or a bookmark."""
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


def fragment(xml: str, namespaces: Mapping[str, str]) -> list[Node]:
    """The elements of a piece of XML that the writer made."""
    declared = "".join(f' xmlns{":" if prefix else ""}{prefix}="{name}"' for prefix, name in namespaces.items())
    return list(parse(f"<all{declared}>{xml}</all>".encode()))
