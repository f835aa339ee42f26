"""The list of contents: a field that Word renews, filled in before it does (ECMA-376 part 1, 17.16.5.68)."""

from collections.abc import Iterator, Sequence

from reports.document import Contents, Heading, Run, headings, numeral, plain
from reports.writers.word.draft import Draft
from reports.writers.word.inlines import inlines
from reports.writers.word.runs import Place, field_of, paragraph, run, twips
from reports.writers.word.xml import Xml

DEEPEST_STYLE = 2  # TOC 1 and TOC 2 of the house
GALLERY = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'


def contents(draft: Draft, block: Contents) -> Xml:
    """The title and a line for each heading, in the control by which Word knows a list of contents.

    Word is asked to renew page numbers that another program has counted, as it opens the file: it does so without a
    word, where `w:updateFields` of the settings asks the reader.
    """
    title = paragraph(draft, "TOC Heading", inlines(draft, block.title), Place(keep_next=True))
    listed = [heading for _, heading in headings(draft.document.blocks, block.depth)]
    if not listed:
        return title
    number = draft.ledger.free_id("contents")
    lines = "".join(_lines(draft, block, listed))
    known = f'<w:sdtPr><w:id w:val="{number}"/>{GALLERY}</w:sdtPr>'
    return f"<w:sdt>{known}<w:sdtContent>{title}{lines}</w:sdtContent></w:sdt>"


def _lines(draft: Draft, block: Contents, listed: Sequence[Heading]) -> Iterator[Xml]:
    pages = block.pages if len(block.pages) == len(listed) else (0,) * len(listed)
    dirty = "" if block.settled else ' w:dirty="true"'
    begin = (
        f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{block.depth}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    # The tab stands where Word itself puts it when it renews the list: in the line, at the measure of the page.
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(draft.text_width)}"/></w:tabs>'
    for place, (heading, page) in enumerate(zip(listed, pages, strict=True)):
        anchor = draft.places[id(heading)]
        words = run(draft, Run(" ".join(plain(heading.text).split())))
        counted = field_of(draft, f"PAGEREF {anchor} \\h", numeral(page, block.digits) if page else "")
        line = f'<w:hyperlink w:anchor="{anchor}" w:history="1">{words}<w:r><w:tab/></w:r>{counted}</w:hyperlink>'
        first, last = begin if place == 0 else "", end if place == len(listed) - 1 else ""
        style = f"TOC {min(heading.level - 1, DEEPEST_STYLE)}"
        yield paragraph(draft, style, first + line + last, Place(tabs=tab))
