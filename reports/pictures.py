"""Photographs from outside made fit to print: upright, in sRGB, no larger than print needs, without metadata.

A file is taken for what its bytes are, never for what its name says; what it holds beside the picture (the place where
it was taken, a thumbnail, comments) goes no further.
"""

import struct
import warnings
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

KINDS = ("JPEG", "PNG")
BYTES, PIXELS = 20_000_000, 60_000_000  # at most; a telephone takes 50 million pixels
LONGEST = 8  # times as long as wide, at most
WIDEST = Decimal(6)  # centimetres in print
PER_CENTIMETRE = Decimal(300) / Decimal("2.54")  # pixels that a printer can show
QUALITY = 90
MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr")  # eight bits a channel


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture fit to print: a JPEG file and its pixels across and down."""

    blob: bytes
    pixels: tuple[int, int]


def prepared(blob: bytes) -> Photograph:
    """A JPEG or PNG file fit to print up to WIDEST at 300 pixels an inch; ValueError saying what is wrong with it.

    What it says of its size is believed before a pixel is unpacked, and more than that is never unpacked. Turned as
    Exif's Orientation says (CIPA DC-008, 4.6.4).
    """
    from PIL import Image, ImageOps  # noqa: PLC0415  only where there is a picture

    if len(blob) > BYTES:
        raise ValueError(f"{len(blob)} bytes, more than {BYTES}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of sizes that are refused here, and of odd metadata
            with Image.open(BytesIO(blob), formats=KINDS) as opened:
                _refuse(opened)
                opened.draft("RGB", (_wanted(opened.size),) * 2)  # a large JPEG is unpacked at a fraction of its size
                upright = _opaque(ImageOps.exif_transpose(opened))
    except (Image.DecompressionBombError, OSError, SyntaxError, MemoryError, OverflowError, struct.error) as error:
        raise ValueError("no picture that can be read") from error
    upright.thumbnail((_most_across(), _most_across() * LONGEST), Image.Resampling.LANCZOS)
    upright.info.clear()  # a comment would be written again
    packed = BytesIO()
    upright.save(packed, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return Photograph(packed.getvalue(), upright.size)


def _most_across() -> int:
    return int(WIDEST * PER_CENTIMETRE)


def _wanted(size: tuple[int, int]) -> int:
    """The least number of pixels on either side at which the picture may be unpacked: it may lie on its side."""
    longer, shorter = max(size), min(size)
    return _most_across() * longer // shorter + 1


def _refuse(opened: "Image") -> None:
    """ValueError for a picture that is too large, no photograph by its shape, or of a kind that no printer takes."""
    across, down = opened.size
    if across * down > PIXELS:
        raise ValueError(f"{across} × {down} pixels, more than {PIXELS}")
    if max(across, down) > LONGEST * min(across, down):
        raise ValueError(f"{across} × {down} pixels, more than {LONGEST} times as long as wide")
    if opened.mode not in MODES:
        raise ValueError(f"a picture of the kind {opened.mode}, not of eight bits a channel")


def _opaque(image: "Image") -> "Image":
    """In sRGB, on white where it was transparent: PDF/A knows how to print that on any machine."""
    from PIL import Image  # noqa: PLC0415

    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        whole = image.convert("RGBA")
        image = Image.new("RGB", whole.size, "white")
        image.paste(whole, mask=whole.getchannel("A"))
        return image
    return _in_srgb(image, profile) if profile else image.convert("RGB")


def _in_srgb(image: "Image", profile: bytes) -> "Image":
    """By the profile that came with the picture, if it is one."""
    from PIL import ImageCms  # noqa: PLC0415

    image = image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")
    try:
        turned = ImageCms.profileToProfile(image, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image.convert("RGB")
    return turned if turned else image.convert("RGB")
