"""Pictures made for tests: no photograph of anybody is in the repository."""

from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image

from reports.document import Document, Heading, Picture, Run
from reports.pictures import Photograph, prepared
from tests.pdf_documents import made_of

UPPER, LOWER = (255, 0, 0), (0, 0, 255)  # red above blue, when it stands upright


def two_halves(across: int, down: int) -> Image.Image:
    """The upper half red, the lower half blue, the upper left corner white."""
    image = Image.new("RGB", (across, down), LOWER)
    image.paste(UPPER, (0, 0, across, down // 2))
    image.paste((255, 255, 255), (0, 0, across // 8, down // 8))
    return image


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    packed = BytesIO()
    image.save(packed, kind, **options)
    return packed.getvalue()


@cache
def photograph(size: tuple[int, int] = (30, 40)) -> Photograph:
    """A picture fit to print."""
    return prepared(saved(two_halves(*size), "PNG"))


def opened(blob: bytes) -> Image.Image:
    image = Image.open(BytesIO(blob))
    image.load()
    return image


def kind_of(color: Any) -> str:
    """red, blue, white, or what it is: the colours of a JPEG are never quite the same."""
    red, green, blue = color[:3]
    near = {(True, False, False): "red", (False, False, True): "blue", (True, True, True): "white"}
    return near.get((red > 200, green > 200, blue > 200), str(color))


def picture(shot: Photograph, width: str = "3", said: str = "A. Example") -> Picture:
    return Picture(shot.blob, shot.pixels, Decimal(width), said, (Run(said),))


def shown() -> Document:
    """Two pictures, one of them twice, and one that is wider and higher than a page."""
    first, second = photograph(), photograph((40, 30))
    three = (picture(first), picture(second, "4", 'The head of R&D, "B" <Example>'), picture(first, "2"))
    return made_of(*three, Heading((Run("Large"),), 2), picture(photograph((20, 100)), "40"))
