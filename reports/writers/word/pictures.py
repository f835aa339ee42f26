"""Pictures: a drawing in the line, and its file once in the package however often it is shown."""

from reports.document import Picture
from reports.writers.word.draft import Draft, Part
from reports.writers.word.xml import Xml, attribute

FIRST_ID = 500  # drawings of the house style have lower ids, charts higher ones
EMU, OF_POINT = 360_000, 12_700  # of a centimetre, of a point: ECMA-376 part 1, 20.1.2.1
LARGEST = 0.85  # of the height of the column
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def picture(draft: Draft, shown: Picture) -> Xml:
    """The run that shows the picture, ECMA-376 part 1, 20.4.2.8; its file goes to the package."""
    draft.pictures += 1
    name, number = f"{shown.digest[:16]}.jpeg", FIRST_ID + draft.pictures
    size = _size(draft, shown)
    said = f'descr="{attribute(shown.alternative)}"'
    return draft.tracked(
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{number}" name="{name}" {said}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{PICTURE}"><pic:pic xmlns:pic="{PICTURE}">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" {said}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{_related(draft, shown, name)}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def _related(draft: Draft, shown: Picture, name: str) -> str:
    """The id of the relationship to the file; the same file has one."""
    if name not in draft.media:
        draft.parts.append(Part(f"word/media/{name}", "image/jpeg", shown.blob))
        draft.media[name] = draft.relate("image", f"media/{name}")
    return draft.media[name]


def _size(draft: Draft, shown: Picture) -> Xml:
    """Width and height; what is wider than the measure or would leave no room for its caption is printed smaller."""
    page = draft.house.theme.page
    width, height = float(shown.width) * EMU, float(shown.height) * EMU
    column = draft.text_width, (page.height - page.top - page.bottom) * LARGEST
    scale = min(1.0, column[0] * OF_POINT / width, column[1] * OF_POINT / height)
    return f'cx="{round(width * scale)}" cy="{round(height * scale)}"'
