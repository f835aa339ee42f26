"""Words of the file that today's brief says otherwise: they are the officer's, and only told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from reports.document import Bullets, Caption, Document, Note, Paragraph, Reference, Run, Text, flat, plain, texts
from reports.errors import Problem
from reports.house.package import BODY, W
from reports.refresh.controls import is_gone, is_raised, tag_value, text_of
from reports.refresh.package import Node, Package, Story
from reports.refresh.today import Today
from reports.writers.word.prints import figure_sign, letters_of

PROSE = (Paragraph, Bullets, Note, Reference)
NOTES = "word/footnotes.xml"
STRIPS = ("word/header", "word/footer")
HALF = 0.5  # of the figures of two texts
ALIKE = 0.6  # of their letters, as difflib has it: they count as one in two wordings
AROUND = 24  # letters told on either side of what differs
HINT = "change the words by hand if the figures ask for it"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with figures: their keys, its letters with figures as signs, its words."""

    keys: tuple[str, ...]
    letters: str
    words: str


def otherwise(package: Package, tags: Mapping[str, str], today: Today, superior: str) -> Iterator[Problem]:
    """A warning for each paragraph whose figures stand in other words in a brief of today, unless a brief of the file's
    own day has those words too: then the paragraph reads otherwise because an officer wrote so."""
    now = list(_prose(today.document))
    letters = {sentence.letters for sentence in now}
    for sentence in (one for story in package.stories for one in _sentences(story, tags, superior)):
        new = None if sentence.letters in letters else _nearest(sentence, now)
        if new is None or today.old is None or new.letters in {one.letters for one in _prose(today.old)}:
            continue
        told, said = differing(_spaced(sentence.words), _spaced(new.words))
        yield Problem(package.where, f"reads otherwise today: {told!r}, in today's brief {said!r}", HINT, "warning")


def _nearest(sentence: Sentence, others: Iterable[Sentence]) -> Sentence | None:
    """The text that shares most figures with a sentence, if it is more than half of them and the words are alike."""
    keys = set(sentence.keys)
    shared = {other: len(keys & set(other.keys)) / len(keys | set(other.keys)) for other in others if other.keys}
    best = max(shared, key=lambda other: shared[other], default=None)
    if best is None or shared[best] < HALF:
        return None
    return best if SequenceMatcher(None, sentence.letters, best.letters).quick_ratio() >= ALIKE else None


def _spaced(text: str) -> str:
    return " ".join(text.split())


def furniture(package: Package, document: Document) -> Iterator[Problem]:
    """A warning for what a brief of today has at the head or the foot of its pages and the file does not."""
    strips = [story for story in package.stories if story.name.startswith(STRIPS)]
    said = "".join(letters_of(text_of(story.root)) for story in strips)
    for text in (document.furniture.footer, document.furniture.classification):
        if strips and letters_of(text) not in said:
            message = f"its header and footer do not say {_spaced(text)!r}, as those of today's brief do"
            yield Problem(package.where, message, "change them by hand", "warning")


def other_caption(place: Node, style: str, caption: Caption) -> str:
    """What the caption before a table or a drawing says, where a brief of today has another title or unit."""
    outer = place if place.tag == W + "tbl" else next(place.iterancestors(W + "p"), place)
    before = next(outer.itersiblings(W + "p", W + "tbl", preceding=True), None)
    found = None if before is None else before.find(f"{W}pPr/{W}pStyle")
    if found is None or found.get(W + "val") != style:
        return ""
    text = text_of(before)
    return "" if letters_of(text).endswith(letters_of(titled(caption))) else _spaced(text)


def titled(caption: Caption) -> str:
    """The title of a caption with its unit."""
    return _spaced(f"{plain(caption.title)} {plain(caption.unit)}")


def differing(one: str, other: str) -> tuple[str, str]:
    """What differs between two texts, with some letters around it.

    >>> differing("In 2024 turnover with Luxembourg rose by 5%.", "In 2024 turnover with Luxembourg fell by 5%.")
    ('…urnover with Luxembourg rose by 5%.', '…urnover with Luxembourg fell by 5%.')
    """
    start = max(_common(one, other) - AROUND, 0)
    end = max(_common(one[start:][::-1], other[start:][::-1]) - AROUND, 0)
    return _cut(one, start, len(one) - end), _cut(other, start, len(other) - end)


def _common(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (sign, its) in pairs if sign != its), min(len(one), len(other)))


def _cut(text: str, start: int, end: int) -> str:
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _prose(document: Document) -> Iterator[Sentence]:
    prose = (block for block in flat(document.blocks) if isinstance(block, PROSE))
    return (_said(text) for block in prose for text in texts(block))


def _said(text: Text) -> Sentence:
    runs = [inline for inline in text if isinstance(inline, Run)]
    keys = tuple(run.figure for run in runs if run.figure)
    blanked = (
        Run(figure_sign(inline.figure)) if isinstance(inline, Run) and inline.figure else inline for inline in text
    )
    return Sentence(keys, letters_of(plain(tuple(blanked))), plain(text))


def _sentences(story: Story, tags: Mapping[str, str], superior: str) -> Iterator[Sentence]:
    """The paragraphs with figures of the body and its notes, outside tables."""
    paragraphs = story.root.iter(W + "p") if story.name in {BODY, NOTES} else ()
    for paragraph in paragraphs:
        if next(paragraph.iterancestors(W + "tbl"), None) is not None:
            continue
        pieces = [*_pieces(paragraph.iter(W + "sdt", W + "r"), tags, superior)]
        keys = tuple(key for key, _ in pieces if key)
        if keys:
            letters = letters_of("".join(figure_sign(key) if key else text for key, text in pieces))
            yield Sentence(keys, letters, "".join(text for _, text in pieces))


def _pieces(nodes: Iterable[Node], tags: Mapping[str, str], superior: str) -> Iterator[tuple[str, str]]:
    """The words of a paragraph without superiors; those of a figure with its key."""
    figures: set[Node] = set()
    for node in nodes:
        if is_gone(node) or any(around in figures for around in node.iterancestors(W + "sdt")):
            continue
        if node.tag == W + "r":
            yield "", _shown([node], superior)
        elif key := tags.get(tag_value(node)):
            figures.add(node)
            yield key, _shown(node.iter(W + "r"), superior)


def _shown(runs: Iterable[Node], superior: str) -> str:
    kept = (run for run in runs if not is_raised(run, superior) and not is_gone(run))
    return "".join(text.text or "" for run in kept for text in run.iterchildren(W + "t"))
