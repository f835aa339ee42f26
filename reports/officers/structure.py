"""Whether the tags of a part fit together and into the page: what opens closes, and takes whole paragraphs or rows.

What is checked here is what would break the page: a branch that takes half of a table with it.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from reports.errors import Problem
from reports.house.package import W
from reports.officers.places import BOX, ROW, own_paragraph
from reports.officers.tags import CLOSES, OPENS, Tag, short

Node = Any
LEVELS = {"paragraph": W + "p", "row": ROW}
PREFIXES = {"paragraph": "the prefix p, each in a paragraph", "row": "the prefix tr, each in a table row"}


def levelled(tags: list[Tag]) -> list[Tag]:
    """The tags; those of a branch or loop that stand alone in their paragraphs take these away, as with `p`."""
    pairs = [chain for chain in _chains(tags) if all(tags[index].alone and not tags[index].level for index in chain)]
    lifted = {index for chain in pairs for index in chain}
    lifted |= {index for index, tag in enumerate(tags) if tag.keyword == "set" and tag.alone and not tag.level}
    lifted |= {index for index, tag in enumerate(tags) if tag.said.startswith("{#") and tag.alone and not tag.level}
    return [replace(tag, level="paragraph") if index in lifted else tag for index, tag in enumerate(tags)]


def _chains(tags: list[Tag]) -> Iterator[list[int]]:
    """Every branch and loop: the indexes of its tags from the opening to the end."""
    stack: list[list[int]] = []
    for index, tag in enumerate(tags):
        if tag.keyword in OPENS:
            stack.append([index])
        elif tag.keyword in CLOSES and stack:
            stack[-1].append(index)
            if tag.keyword.startswith("end"):
                yield stack.pop()


def faults(tags: list[Tag]) -> Iterator[Problem]:
    """What is wrong with how the tags of one part stand."""
    unknown = [tag for tag in tags if tag.said.startswith("{%") and tag.keyword not in (*OPENS, *CLOSES, "set")]
    for tag in unknown:
        yield tag.problem(f"there is no {{% {tag.keyword} %}}", "the words are if, elif, else, endif, for, endfor, set")
    yield from _unpaired(tags)
    for tag in tags:
        yield from _misplaced(tag)
    yield from _crowded(tags)
    for chain in _chains(tags):
        first, *rest = (tags[index] for index in chain)
        for tag in rest:
            if _room(tag) is not _room(first) or tag.level != first.level:
                yield tag.problem(f"it does not stand as {short(first.said)} at {first.where} does", _how(first))


def _how(first: Tag) -> str:
    if first.level:
        return f"give both {PREFIXES[first.level]} of its own, side by side in one place"
    return "put both in one paragraph, or each alone in one with the prefix p, or in a table row with the prefix tr"


def _unpaired(tags: list[Tag]) -> Iterator[Problem]:
    stack: list[Tag] = []
    for tag in tags:
        keyword = tag.keyword
        if keyword in OPENS:
            stack.append(tag)
        elif keyword in CLOSES:
            wanted = CLOSES[keyword]
            if not stack or (wanted and stack[-1].keyword != wanted):
                at = f", but {short(stack[-1].said)} at {stack[-1].where} is open" if stack else ""
                yield tag.problem(f"nothing of its kind is open{at}", "take it out, or put its beginning before it")
            elif keyword.startswith("end"):
                stack.pop()
    for tag in stack:
        yield tag.problem("it is never closed", f"put {{% end{tag.keyword} %}} where it ends")


def _misplaced(tag: Tag) -> Iterator[Problem]:
    paragraph = own_paragraph(tag.holder)
    if tag.level and lifted(tag) is None:
        where = "a table" if tag.level == "row" else "a paragraph"
        yield tag.problem(f"it stands outside of {where}", "tr is for rows of tables, p for paragraphs")
    if tag.level == "paragraph" and paragraph is not None:
        if not tag.alone:
            yield tag.problem("something stands beside it that would be lost", "give it a paragraph of its own")
        if paragraph.find(f"{W}pPr/{W}sectPr") is not None:
            yield tag.problem("a section of the document ends in its paragraph", "put it into another paragraph")
    if tag.is_block and not tag.alone:
        yield tag.problem("it brings paragraphs, and something stands beside it", "give it a paragraph of its own")
    if tag.is_block and (paragraph is None or next(paragraph.iterancestors(BOX), None) is not None):
        yield tag.problem("it brings paragraphs, for which there is no room here", "put it into the text")
    if tag.is_block and not tag.where.startswith("paragraph"):
        yield tag.problem("it brings charts and tables as wide as the text", "put it into the text")


def _crowded(tags: list[Tag]) -> Iterator[Problem]:
    """Two tags that take away the same row; other text of such a row."""
    seen: dict[Node, Tag] = {}
    for tag in tags:
        row = lifted(tag) if tag.level == "row" else None
        if row is None:
            continue
        if row in seen:
            yield tag.problem(f"{short(seen[row].said)} is in the same row", "give each a row of its own")
        seen[row] = tag
        if not tag.alone or len([each for each in row.iter(W + "t") if (each.text or "").strip()]) > 1:
            yield tag.problem("its row has other text, which would be lost", "give it a row of its own")


def lifted(tag: Tag) -> Node:
    """The paragraph or row that the tag takes away; None without one."""
    node = tag.holder
    while node is not None and node.tag != LEVELS.get(tag.level):
        node = node.getparent()
    return node


def _room(tag: Tag) -> Node:
    """What must be the same for the tags of one branch: what holds their paragraphs or rows, or their runs."""
    if tag.level:
        taken = lifted(tag)
        return None if taken is None else taken.getparent()
    run = tag.holder.getparent() if tag.holder.tag == W + "t" else None
    return tag.holder if run is None else run.getparent()
