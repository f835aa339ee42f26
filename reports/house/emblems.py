"""Pictures of headers and footers: an emblem, in its line or floating."""

import io
from collections.abc import Iterator

from reports.house.package import RELATIONSHIPS, Node, Parts, W, relationships_of
from reports.house.theme import Anchor, Emblem

PLACEMENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
EMU = 12700  # English metric units in a point
KINDS = ("PNG", "JPEG")
MOST_PIXELS = 20_000_000  # an emblem has some ten thousand
OPAQUE = 255


def pictures(run: Node) -> Iterator[Node]:
    """The placed drawings of a run, wp:inline and wp:anchor, of alternatives the first; each w:pict of old files."""
    for node in run:
        if node.tag == W + "drawing":
            yield from node
        elif node.tag == W + "pict":
            yield node
        elif node.tag.endswith("}AlternateContent"):
            yield from next(node.iter(W + "drawing"), ())


def emblem_of(placed: Node, parts: Parts, place: tuple[str, str]) -> Emblem | str:
    """The picture of a drawing in a part of a file (its name, and the file's); else the words for what it is that only
    Word can show. HouseError if the relationships of the part are damaged."""
    part, where = place
    blip = next(placed.iter(DRAWING + "blip"), None)
    if blip is None:
        return "a drawing that is no picture"
    name = relationships_of(parts, part, where).get(blip.get(f"{{{RELATIONSHIPS}}}embed", ""), "")
    if name not in parts:
        return "a picture that is not in the file"
    extent, described = placed.find(PLACEMENT + "extent"), placed.find(PLACEMENT + "docPr")
    if extent is None:
        return "a picture without a size"
    width, height = (int(extent.get(side, 0)) / EMU for side in ("cx", "cy"))
    said = "" if described is None else described.get("descr", "")
    found = _pixels(parts[name])
    if isinstance(found, str):
        return f"{name}, {found}"
    anchor = _anchor(placed) if placed.tag == PLACEMENT + "anchor" else None
    pixels, rgb, opacity = found
    return Emblem(width, height, pixels, rgb, opacity, said, anchor)


def _pixels(blob: bytes) -> tuple[tuple[int, int], bytes, bytes] | str:
    """Size, colours and opacity of a PNG or JPEG; else why there are none."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  only for a house style with a picture

    try:
        with Image.open(io.BytesIO(blob), formats=KINDS) as image:
            if image.width * image.height > MOST_PIXELS:
                return f"a picture of {image.width} × {image.height} pixels"
            full = image.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return "a picture that is neither PNG nor JPEG"
    opacity = full.getchannel("A").tobytes()
    return full.size, full.convert("RGB").tobytes(), b"" if min(opacity) == OPAQUE else opacity


def _anchor(placed: Node) -> Anchor:
    return Anchor(_position(placed, "H"), _position(placed, "V"))


def _position(placed: Node, axis: str) -> tuple[str, float, str]:
    """From what, how far, and how aligned (ECMA-376 part 1, 20.4.2.10 and 20.4.2.11)."""
    position = placed.find(f"{PLACEMENT}position{axis}")
    if position is None:
        return "page", 0, ""
    offset, align = position.findtext(PLACEMENT + "posOffset"), position.findtext(PLACEMENT + "align")
    return position.get("relativeFrom", "page"), int(offset or 0) / EMU, align or ""
