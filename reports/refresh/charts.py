"""The charts of a file: renewed with their workbooks where both have the bytes with which they were made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from reports.document import Chart, flat
from reports.house.package import BODY_RELATIONSHIPS, RELATIONSHIPS, parse
from reports.refresh.figures import Renewal
from reports.refresh.package import Node, Package, fragment
from reports.refresh.proof import Touched
from reports.refresh.record import ChartRecord, L
from reports.refresh.report import FoundBlock
from reports.refresh.words import other_caption, titled
from reports.writers.word.charts import CHART, height_of, parts_of, plotted, sha256
from reports.writers.word.draft import Draft
from reports.writers.word.ledger import NAMESPACE
from reports.writers.word.ledger_xml import point_xml
from reports.writers.word.series import figure_of
from reports.writers.word.xml import clean


@dataclass(slots=True)
class Charts:
    """The charts of the body on their way to today's values; `parts` are those that change."""

    renewal: Renewal
    draft: Draft
    package: Package
    touched: Touched
    parts: dict[str, bytes] = field(default_factory=dict)
    found: list[FoundBlock] = field(default_factory=list)

    def renew(self) -> None:
        """Every chart of the ledger."""
        charts = [block for block in flat(self.renewal.today.document.blocks) if isinstance(block, Chart)]
        for old, new in _matched(self.renewal.record.charts, charts):
            drawn = [drawing for drawing in self._drawings(old.part) if drawing not in self.renewal.skipped]
            message = self._chart(old, new) if drawn or not self.renewal.skipped else ""
            if not message:
                continue
            if drawn and old.part not in self.parts:
                unknown = (key for key in old.keys if self.renewal.is_given(key) or self.renewal.is_unknown(key))
                self.renewal.doubtful |= dict.fromkeys(sorted(unknown))
            self.found.append(FoundBlock("chart", old.number, "renewed" if old.part in self.parts else "left", message))

    def _chart(self, old: ChartRecord, new: Chart | None) -> str:
        """What became of a chart; empty if it is as it was."""
        parts = self.package.parts
        now, book = parts.get(old.part), parts.get(old.workbook)
        if now is None or book is None:
            return "is no longer in the file, or another program saved it"
        if sha256(now) != old.digest or sha256(book) != old.workbook_digest:
            return "was changed by hand: left as it is"
        if any(map(self.renewal.is_given, old.keys)):
            return "shows a figure that came with the order: left as it is"
        if new is None:
            return "is not in today's brief"
        made, workbook = parts_of(self.draft, figure_of(self.draft, new), int(old.number))
        if made.blob == now:
            return ""
        self.parts |= {old.part: made.blob, old.workbook: workbook.blob}
        self._draw(old, new)
        self._remember(old, new)
        style = self.draft.house.style_ids["Caption"]
        for drawing in self._drawings(old.part):
            if said := other_caption(drawing, style, new.caption):
                message = f"its caption still says {said!r}, where today's brief has {titled(new.caption)!r}"
                self.found.append(FoundBlock("chart", old.number, "left", message))
        return "was renewed with its workbook"

    def _draw(self, old: ChartRecord, new: Chart) -> None:
        """The alternative text and the height of the drawing, unless somebody changed them."""
        for drawing in self._drawings(old.part):
            self.touched.drawings.append(drawing)
            for node in drawing.iter("{*}docPr"):
                if node.get("descr") == old.alternative:
                    node.set("descr", clean(new.alternative))
            for node in drawing.iter("{*}extent"):
                if node.get("cy") == old.height:
                    node.set("cy", str(height_of(figure_of(self.draft, new))))

    def _drawings(self, part: str) -> Iterator[Node]:
        """The drawings of the body that show a chart part."""
        try:
            links = parse(self.package.parts.get(BODY_RELATIONSHIPS, b""))
        except etree.XMLSyntaxError:
            return
        ids = {link.get("Id") for link in links if f"word/{link.get('Target', '')}" == part}
        for node in self.package.body.root.iter(f"{{{CHART}}}chart"):
            drawing = next(node.iterancestors("{*}drawing"), None)
            if drawing is not None and node.get(f"{{{RELATIONSHIPS}}}id") in ids:
                yield drawing

    def _remember(self, old: ChartRecord, new: Chart) -> None:
        node = old.node
        node.set("sha256", sha256(self.parts[old.part]))
        node.set("workbook-sha256", sha256(self.parts[old.workbook]))
        node.set("height", str(height_of(figure_of(self.draft, new))))
        node.text = clean(new.alternative)
        root = self.renewal.record.root
        for point in [point for point in root.iterfind(f"{L}point") if point.get("chart") == old.number]:
            root.remove(point)
        for point in plotted(new, int(old.number)):
            root.extend(fragment(point_xml(point), {"": NAMESPACE}))
            self.renewal.remember_figure(point.key)


def _matched(records: Sequence[ChartRecord], charts: Sequence[Chart]) -> Iterator[tuple[ChartRecord, Chart | None]]:
    """Each chart of the ledger with the one of today that shows most of its figures."""
    keys = [{point.figure for series in chart.series for point in series.points if point} for chart in charts]
    free = set(range(len(charts)))
    for old in records:
        best = max(sorted(free), key=lambda number: len(keys[number] & old.keys), default=None)
        if best is None or not keys[best] & old.keys:
            yield old, None
        else:
            free.discard(best)
            yield old, charts[best]
