"""Footnotes of a template and of what was brought into it, as one (ECMA-376 part 1, 17.11)."""

import copy
import posixpath
from collections.abc import Mapping
from typing import Any

from reports.house.package import BODY, BODY_RELATIONSHIPS, PACKAGE_RELATIONSHIPS, SETTINGS, W, parse, serialised
from reports.officers.package import WORD
from reports.officers.pages import MARK, unrepeated
from reports.writers.word.assembly import relationships_part
from reports.writers.word.draft import Draft, Part
from reports.writers.word.notes import FOOTNOTES, SEPARATORS, name_separators, notes_part

Node = Any
MARKED = {"footnotes": (W + "footnote", W + "footnoteReference"), "endnotes": (W + "endnote", W + "endnoteReference")}
OFF = {"0", "false", "off"}


def notes_of_template(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The names of its parts of footnotes and of endnotes, by these words, as far as the body names them."""
    root = parse(parts[BODY_RELATIONSHIPS]) if BODY_RELATIONSHIPS in parts else ()
    found = {each.get("Type", "").rpartition("/")[2]: each.get("Target", "") for each in root}
    names = {kind: posixpath.normpath(posixpath.join("/word", found[kind])) for kind in MARKED if kind in found}
    return {kind: name.lstrip("/") for kind, name in names.items() if name.lstrip("/") in parts}


def own_before(body: Node) -> dict[int, int]:
    """How many numbers of footnotes of the template stand before each piece, by the number of the piece."""
    found: dict[int, int] = {}
    before = 0
    for node in body.iter(W + "t", W + "footnoteReference"):
        if node.tag == W + "footnoteReference":
            before += node.get(W + "customMarkFollows", "0") in OFF  # a mark that is typed is not counted
        else:
            found |= {int(mark[1]): before for mark in MARK.finditer(node.text or "")}
    return found


def highest(notes: Node) -> int:
    """The highest id among the notes of a part, separators too."""
    ids = (note.get(W + "id", "") for note in notes.iterchildren(W + "footnote", W + "endnote"))
    return max((int(said) for said in ids if said.isdecimal()), default=0)


def join(draft: Draft, trees: dict[str, Node], parts: Mapping[str, bytes], own: Mapping[str, str]) -> None:
    """Puts the footnotes that sections brought behind those of the template, and all notes in the order of their marks.

    A template without footnotes gets their part; the settings name the separators.
    """
    name = own.get("footnotes", FOOTNOTES)
    made = notes_part(draft, name)
    if made and "footnotes" in own:
        notes, new = trees[name], parse(made.blob)
        if not _separators(notes):
            notes[:0] = [note for note in new if not _is_note(note)]
        notes.extend([note for note in new if _is_note(note)])
        _link(trees, parts, name, draft)
        _settings(draft, trees, parts, _separators(notes))
    elif made:
        draft.parts.append(made)
        _settings(draft, trees, parts, tuple(SEPARATORS.values()))
    for kind, part in own.items():
        _settle(trees[BODY], kind, trees[part])


def _is_note(note: Node) -> bool:
    """Whether it is no separator: ECMA-376 part 1, 17.18.33."""
    return bool(note.get(W + "type", "normal") == "normal")


def _separators(notes: Node) -> tuple[str, ...]:
    return tuple(note.get(W + "id", "") for note in notes.iterchildren(W + "footnote") if not _is_note(note))


def _link(trees: dict[str, Node], parts: Mapping[str, bytes], name: str, draft: Draft) -> None:
    """The links of the new notes among those of the part."""
    related, namespace = relationships_part(name), PACKAGE_RELATIONSHIPS.strip("{}")
    empty = f'<Relationships xmlns="{namespace}"/>'
    new = parse(f'<Relationships xmlns="{namespace}">{"".join(draft.note_relationships)}</Relationships>'.encode())
    if len(new):
        trees[related] = parse(parts.get(related, empty.encode()))
        trees[related].extend(new)


def _settings(draft: Draft, trees: dict[str, Node], parts: Mapping[str, bytes], ids: tuple[str, ...]) -> None:
    """The settings with the separators, by which Word finds them."""
    if SETTINGS in parts:
        trees[SETTINGS] = parse(parts[SETTINGS])
        name_separators(draft, trees[SETTINGS], ids)
        return
    root = parse(f'<w:settings xmlns:w="{W.strip("{}")}"/>'.encode())
    name_separators(draft, root, ids)
    draft.parts.append(Part(SETTINGS, f"{WORD}settings+xml", serialised(root)))
    draft.relate("settings", SETTINGS.removeprefix("word/"))


def _settle(body: Node, kind: str, notes: Node) -> None:
    """The notes in the order in which the text marks them, numbered by it: none whose mark a branch took away, and one
    for each mark that a loop repeated. LibreOffice takes another note where the numbers do not follow one another."""
    tag, mark = MARKED[kind]
    known = {note.get(W + "id"): note for note in notes.iterchildren(tag) if _is_note(note)}
    for note in known.values():
        notes.remove(note)
    first = highest(notes) + 1
    kept: list[Node] = []
    taken: set[Node] = set()
    for reference in list(body.iter(mark)):
        note = known.get(reference.get(W + "id"))
        if note is None:  # Word would repair the file
            reference.getparent().remove(reference)
            continue
        note = copy.deepcopy(note) if note in taken else note
        taken.add(note)
        number = str(first + len(kept))
        note.set(W + "id", number)
        reference.set(W + "id", number)
        kept.append(note)
    notes.extend(kept)
    unrepeated(notes)
