"""Footnotes: their part with the two separators, and what the settings say of them (ECMA-376 part 1, 17.11)."""

from collections.abc import Iterable

from reports.document import Footnote
from reports.house.package import PACKAGE_RELATIONSHIPS, RELATIONSHIPS, Node, W
from reports.writers.word.draft import Draft, Part
from reports.writers.word.inlines import inlines
from reports.writers.word.runs import paragraph
from reports.writers.word.xml import Xml

FOOTNOTES = "word/footnotes.xml"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
SEPARATORS = {"separator": "-1", "continuationSeparator": "0"}
# ECMA-376 part 1, 17.15.1.78: what the settings have behind w:footnotePr.
AFTER_NOTES = {
    W + name
    for name in (
        "endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping",
        "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown",
        "smartTagType", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator",
    )
}  # fmt: skip


def notes_part(draft: Draft, name: str = FOOTNOTES) -> Part | None:
    """The footnotes that the body has marked, or None, as a part of this name; their links are its relationships."""
    if not draft.notes:
        return None
    draft.break_before = False
    with draft.in_notes():
        first = draft.notes_before + 1
        notes = "".join(_note(draft, number, note) for number, note in enumerate(draft.notes, first))
    separators = "".join(_separator(draft, kind, number) for kind, number in SEPARATORS.items())
    blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes xmlns:w="{W.strip("{}")}" '
        f'xmlns:r="{RELATIONSHIPS}">{separators}{notes}</w:footnotes>'
    )
    links = "".join(draft.note_relationships)
    related = f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS.strip("{}")}">{links}</Relationships>'
    if name not in draft.house.parts:  # Word writes the part even where a file has no note
        draft.relate("footnotes", name.removeprefix("word/"))
    return Part(name, KIND, blob.encode(), related.encode())


def _separator(draft: Draft, kind: str, number: str) -> Xml:
    direction = "<w:bidi/>" if draft.rtl else ""
    return (
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr>{direction}<w:spacing w:before="0" w:after="0" '
        f'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    )


def _note(draft: Draft, number: int, note: Footnote) -> Xml:
    """The note behind its number, which Word counts."""
    hangs = draft.house.theme.styles["Footnote Text"].first_line < 0
    gap = "<w:r><w:tab/></w:r>" if hangs else '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
    runs = "<w:r><w:footnoteRef/></w:r>" + gap + inlines(draft, note.text)  # no superior: small type made smaller
    return f'<w:footnote w:id="{number}">{paragraph(draft, "Footnote Text", runs)}</w:footnote>'


def count_in_roman(draft: Draft, properties: Node) -> None:
    """Those of a section (ECMA-376 part 1, 17.11.11) or of the settings count as the notes of this document do."""
    if any(note.roman for note in draft.notes) and properties.find(W + "numFmt") is None:
        properties.insert(
            len(properties.findall(W + "pos")), properties.makeelement(W + "numFmt", {W + "val": "lowerRoman"})
        )


def name_separators(draft: Draft, settings: Node, ids: Iterable[str] = tuple(SEPARATORS.values())) -> None:
    """The settings with the two separators; without them Word repairs the file. What they say of the numbers and the
    place of notes stays."""
    named = settings.find(W + "footnotePr")
    if named is None:
        named = settings.makeelement(W + "footnotePr")
        _insert(settings, named)
    for old in named.findall(W + "footnote"):
        named.remove(old)
    for number in ids:
        named.append(named.makeelement(W + "footnote", {W + "id": number}))
    count_in_roman(draft, named)


def _insert(settings: Node, named: Node) -> None:
    follower = next((child for child in settings if child.tag in AFTER_NOTES), None)
    if follower is None:
        settings.append(named)
    else:
        follower.addprevious(named)
