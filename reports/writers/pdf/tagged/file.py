"""Everything of a PDF that is not on its pages: catalog, outline, colour profile, attachments."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.writers.pdf.tagged.content import Content
from reports.writers.pdf.tagged.metadata import Metadata, srgb_profile, xmp
from reports.writers.pdf.tagged.objects import Objects, Slot, number, text_string
from reports.writers.pdf.tagged.tags import Structure


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the file: the data behind the figures. `kind` is its media type."""

    name: str
    kind: str
    data: bytes
    description: str


def finished(
    objects: Objects,
    structure: Structure | None,
    pages: Sequence[tuple[Slot, Content]],
    metadata: Metadata,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """The file, once all pages are drawn; a tree, a colour profile and identifiers as its profile has them."""
    slots = [slot for slot, _ in pages]
    sheets = [sheet for _, sheet in pages]
    entries = [
        f"/Lang{text_string(metadata.language)}",
        f"/ViewerPreferences<</DisplayDocTitle true{'/Direction/R2L' if metadata.direction == 'rtl' else ''}>>",
        f"/MarkInfo<</Marked true>>/StructTreeRoot {structure.write(slots)}" if structure else "",
        f"/OutputIntents[{_intent(objects)}]" if metadata.profile.archival else "",
        _destinations(slots, sheets),
        _outline(objects, slots, sheets),
        _attached(objects, attachments, metadata),
    ]
    said = objects.add_stream(xmp(metadata, objects.sealed()), "/Type/Metadata/Subtype/XML", compressed=False)
    return objects.packed(f"{''.join(entries)}/Metadata {said}", _info(metadata))


def _info(metadata: Metadata) -> str:
    texts = (
        ("Title", metadata.title), ("Author", metadata.author), ("Subject", metadata.subject),
        ("Creator", metadata.creator), ("Producer", metadata.producer),
    )  # fmt: skip
    dates = "".join(f"/{key}({metadata.pdf_date})" for key in ("CreationDate", "ModDate"))
    return "".join(f"/{key}{text_string(text)}" for key, text in texts) + dates


def _intent(objects: Objects) -> str:
    profile = objects.add_stream(srgb_profile(), "/N 3")
    name = text_string("sRGB IEC61966-2.1")
    return f"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier{name}/Info{name}/DestOutputProfile {profile}>>"


def _place(slot: Slot, top: float) -> str:
    return f"[{slot.reference}/XYZ null {number(top)} null]"


def _destinations(slots: Sequence[Slot], sheets: Sequence[Content]) -> str:
    places = [
        f"/{name}{_place(slot, top)}"
        for slot, sheet in zip(slots, sheets, strict=True)
        for name, top in sheet.anchors.items()
    ]
    return f"/Dests<<{''.join(places)}>>" if places else ""


# ---------------------------------------------------------------- outline


@dataclass(slots=True)
class _Entry:
    slot: Slot
    title: str
    level: int
    place: str
    kids: "list[_Entry]"

    def count(self) -> int:
        return len(self.kids) + sum(kid.count() for kid in self.kids)


def _outline(objects: Objects, slots: Sequence[Slot], sheets: Sequence[Content]) -> str:
    """The headings as a tree; a level is never skipped, so the parent of each is the last of the level above."""
    top = _Entry(objects.reserve(), "", 0, "", [])
    path = [top]
    for slot, sheet in zip(slots, sheets, strict=True):
        for title, level, height in sheet.entries:
            path = path[:level]
            entry = _Entry(objects.reserve(), title, level, _place(slot, height), [])
            path[-1].kids.append(entry)
            path.append(entry)
    if not top.kids:
        return ""
    top.slot.body = f"<</Type/Outlines{_family(top)}>>"
    return f"/Outlines {top.slot.reference}/PageMode/UseOutlines"


def _family(entry: _Entry) -> str:
    """First, last and number of what is under an entry, all of which are written."""
    if not entry.kids:
        return ""
    references = [kid.slot.reference for kid in entry.kids]
    for position, kid in enumerate(entry.kids):
        before = f"/Prev {references[position - 1]}" if position else ""
        after = f"/Next {references[position + 1]}" if position + 1 < len(references) else ""
        kid.slot.body = (
            f"<</Title{text_string(kid.title)}/Parent {entry.slot.reference}/Dest{kid.place}"
            f"{before}{after}{_family(kid)}>>"
        )
    return f"/First {references[0]}/Last {references[-1]}/Count {entry.count()}"


# ---------------------------------------------------------------- attachments


def _attached(objects: Objects, attachments: Sequence[Attachment], metadata: Metadata) -> str:
    """ISO 19005-3, 6.8: each file says what it is to the document. It is Data, which annex E calls what a table or a
    graph is derived from."""
    if not attachments:
        return ""
    references = [(file.name, _attach(objects, file, metadata)) for file in sorted(attachments, key=lambda a: a.name)]
    names = " ".join(f"{text_string(name)} {reference}" for name, reference in references)
    associated = " ".join(reference for _, reference in references)
    return f"/AF[{associated}]/Names<</EmbeddedFiles<</Names[{names}]>>>>"


def _attach(objects: Objects, file: Attachment, metadata: Metadata) -> str:
    kind = file.kind.replace("/", "#2F")
    entries = f"/Type/EmbeddedFile/Subtype/{kind}/Params<</Size {len(file.data)}/ModDate({metadata.pdf_date})>>"
    stream = objects.add_stream(file.data, entries)
    name, said = text_string(file.name), text_string(file.description)
    return objects.add(
        f"<</Type/Filespec/F{name}/UF{name}/Desc{said}/AFRelationship/Data/EF<</F {stream}/UF {stream}>>>>"
    )
