"""The parts of a final copy beside its stories: settings, properties, workbooks behind charts."""

import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from reports.house.package import W
from reports.writers.word.accepting import remove

Node = Any  # an element of lxml, which has no types of its own

SETTINGS = {
    W + name
    for name in (
        "rsids", "docVars", "trackRevisions", "doNotTrackMoves", "doNotTrackFormatting", "revisionView", "mailMerge",
        "attachedTemplate", "linkStyles", "proofState", "attachedSchema", "saveThroughXslt", "smartTagType",
    )
}  # fmt: skip
PROTECTION = W + "documentProtection"
CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
KEPT_CORE = {f"{DUBLIN}title", f"{DUBLIN}subject", f"{DUBLIN}language", f"{CORE}category"}
KEPT_APP = {"Application", "AppVersion", "Pages", "Words", "Characters", "Lines", "Paragraphs", "DocSecurity"}
PROPERTY = re.compile(r'DOCPROPERTY\s+(?:"([^"]+)"|(\S+))', re.IGNORECASE)
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PLACE = re.compile(r"'?([^'!]{1,31})'?!\$?([A-Z]{1,3})\$?(\d{1,6})(?::\$?([A-Z]{1,3})\$?(\d{1,6}))?")
MOST = 100_000  # cells of one reference

# ---------------------------------------------------------------- settings and properties


def clean_settings(root: Node) -> None:
    """Without what tells how the document came about, where from, and what officers track."""
    remove([node for node in root if node.tag in SETTINGS])
    remove([node for node in root.iter(PROTECTION) if node.get(W + "edit") in ("trackedChanges", "comments")])


def clean_core(root: Node, issuer: str) -> None:
    """Title, subject and dates stay; whoever worked on it was the issuer."""
    for node in list(root):
        if node.tag in (f"{DUBLIN}creator", f"{CORE}lastModifiedBy"):
            node.text = issuer
        elif node.tag == f"{CORE}revision":
            node.text = "1"
        elif node.tag not in KEPT_CORE and not node.tag.endswith(("}created", "}modified")):
            root.remove(node)


def clean_app(root: Node) -> None:
    """Without company, manager, template, how long it took, and titles of parts that may be gone."""
    remove([node for node in root if node.tag.rpartition("}")[2] not in KEPT_APP])


def clean_custom(root: Node, stories: Iterable[Node]) -> None:
    """The custom properties that a field prints; nobody else needs one."""
    printed = {name for story in stories for name in _printed_properties(story)}
    remove([node for node in root if node.get("name", "").casefold() not in printed])


def _printed_properties(story: Node) -> Iterator[str]:
    codes = "".join(node.text or "" for node in story.iter(W + "instrText"))
    simple = " ".join(node.get(W + "instr", "") for node in story.iter(W + "fldSimple"))
    for quoted, bare in PROPERTY.findall(f"{codes} {simple}"):
        yield (quoted or bare).casefold()


# ---------------------------------------------------------------- charts


def clean_chart(root: Node) -> None:
    """Without series and categories that were filtered out, which a chart keeps unseen."""
    remove([node for node in root.iter() if str(node.tag).rpartition("}")[2].startswith("filtered")])


def workbook_of(chart: Node, created: datetime) -> bytes | None:
    """A workbook with what the chart shows and nothing else, in the cells that it names; None if it names none that we
    understand."""
    import xlsxwriter  # noqa: PLC0415  only a document with a chart needs it

    cells: dict[str, dict[tuple[int, int], str | float]] = {}
    for reference in chart.iter(f"{CHART}strRef", f"{CHART}numRef", f"{CHART}multiLvlStrRef"):
        found = PLACE.fullmatch(reference.findtext(f"{CHART}f", ""))
        if found is None or reference.tag == f"{CHART}multiLvlStrRef":
            return None
        places = _places(found)
        if places is None:
            return None
        for point in reference.iter(f"{CHART}pt"):
            number, said = int(point.get("idx", "0")), point.findtext(f"{CHART}v", "")
            if number < len(places):
                cells.setdefault(found[1], {})[places[number]] = _cell(said, reference.tag)
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": created})
        for name, known in (cells or {"Sheet1": {}}).items():
            sheet = book.add_worksheet(name)
            for (row, column), said in sorted(known.items()):
                sheet.write(row, column, said)
    return buffer.getvalue()


def _cell(said: str, kind: str) -> str | float:
    try:
        return float(said) if kind == f"{CHART}numRef" else said
    except ValueError:
        return said


def _places(found: "re.Match[str]") -> list[tuple[int, int]] | None:
    """The cells of a reference in order, by row and column from 0; None for one too large or turned round."""
    _, column, row, last_column, last_row = found.groups()
    first = int(row) - 1, _column(column)
    last = (int(last_row) - 1, _column(last_column)) if last_row else first
    size = (last[0] - first[0] + 1) * (last[1] - first[1] + 1)
    if first[0] < 0 or last < first or last[1] < first[1] or size > MOST:
        return None
    return [(r, c) for r in range(first[0], last[0] + 1) for c in range(first[1], last[1] + 1)]


def _column(letters: str) -> int:
    """The number of a column from 0.

    >>> _column("A"), _column("AA")
    (0, 26)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
