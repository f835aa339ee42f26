"""How a redline ends: the mark of a file's last paragraph can be neither inserted nor deleted."""

import re
from collections.abc import Sequence

from reports.writers.word.draft import Draft
from reports.writers.word.xml import Xml

OPENING = re.compile(r"<w:p>(?:<w:pPr>(?P<look>.*?)(?:<w:rPr>(?P<mark>.*?)</w:rPr>)?</w:pPr>)?")
KINDS = {"<w:ins": "ins", "<w:del": "del"}


def ended(draft: Draft, written: Sequence[Xml]) -> list[Xml]:
    """The blocks with the tracked mark of the last paragraph handed to the paragraph that ends the other edition. The
    last one takes that paragraph's look where the other edition is left."""
    last = _opening(written[-1])
    fate = _fates(last)
    if not fate:
        return list(written)
    at = next(at for at in reversed(range(len(written) - 1)) if _stays(written[at], fate))
    other = _opening(written[at])
    handed = f"{other['mark'] or ''}{last['mark']}"
    looks = (other["look"], last["look"]) if fate == {"del"} else (last["look"], other["look"])
    changed = "" if looks[0] == looks[1] else draft.formerly(f"<w:pPr>{looks[1]}</w:pPr>")
    return [
        *written[:at],
        _opened(written[at], f"{other['look'] or ''}<w:rPr>{handed}</w:rPr>"),
        *written[at + 1 : -1],
        _opened(written[-1], f"{looks[0] or ''}{changed}"),
    ]


def _opening(block: Xml) -> re.Match[str]:
    found = OPENING.match(block)
    if found is None:
        raise ValueError(f"the body ends with {block[:40]!r}, not with a paragraph")
    return found


def _fates(opening: re.Match[str]) -> set[str]:
    return {kind for tag, kind in KINDS.items() if tag in (opening["mark"] or "")}


def _stays(block: Xml, fate: set[str]) -> bool:
    """Whether a block is a paragraph whose end the edition has that is without what has this fate."""
    return block.startswith("<w:p>") and len(fates := _fates(_opening(block))) < len(KINDS) and fates != fate


def _opened(block: Xml, properties: Xml) -> Xml:
    return f"<w:p><w:pPr>{properties}</w:pPr>{block[_opening(block).end() :]}"
