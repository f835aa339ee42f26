"""The text of a page: lines of any direction and script, drawn so that they are read and copied in their order."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from reports.writers.pdf.bidi import fences, visual_order
from reports.writers.pdf.glyphs import GlyphFonts, Whole
from reports.writers.pdf.stretches import THIN_SPACE, Placed, Stretch, saying, stretches, with_last_space
from reports.writers.pdf.tagged import Artifact, Content, Encoder, Objects, Structure, Tag, closing, color, number


class Sheet(Content):
    """The content of one page, with text."""

    def __init__(
        self, objects: Objects, structure: Structure | None, page: int, glyphs: GlyphFonts, mirror: float
    ) -> None:
        super().__init__(objects, structure, page, mirror)
        self._glyphs = glyphs
        self._is_shaped, self._size = False, ""  # of the look that is in force
        self._encoder: Encoder | None = None

    def text(self, owner: Tag | Artifact, placed: Iterable[Placed]) -> None:
        """Lines that belong to a tag or an artifact."""
        code: list[str] = ["BT"]
        opened: Tag | Artifact | None = None
        for line in placed:
            shown, directed = stretches(line, self._mirror)
            if directed:
                code += closing(opened)
                opened = None
                self._directed(code, owner, line, shown)
                continue
            if len(shown) > 1 and any(stretch.look.gap for stretch in shown):
                code += closing(opened)
                opened = None
                self._gapped(code, owner, line, shown)
                continue
            if shown:
                code.append(f"1 0 0 1 {number(shown[0].x)} {number(line.baseline)} Tm")
            for stretch in with_last_space(line, shown):
                wanted = owner if isinstance(owner, Artifact) else stretch.look.tag or owner
                if wanted is not opened and not self._unmarked:
                    code += closing(opened)
                    code.append(self._mark(wanted))
                    opened = wanted
                self._show(code, wanted, line, stretch)
        if len(code) > 1:
            self._code += [*code, *closing(opened), "ET"]

    def _directed(self, code: list[str], owner: Tag | Artifact, line: Placed, shown: list[Stretch]) -> None:
        """A line of more than one direction. It is drawn from left to right, as programs that copy text expect it; the
        tree has its parts in the order of the text, each with what it says."""
        spaced = with_last_space(line, shown)
        parts = [list(same) for _, same in groupby(spaced, key=lambda stretch: id(stretch.look.tag))]
        owners = [owner if isinstance(owner, Artifact) else saying(part, owner) for part in parts]
        marks = ["" if self._unmarked else self._mark(wanted) for wanted in owners]
        belongs = [which for which, part in enumerate(parts) for _ in part]
        shown = [*shown, *spaced[len(shown) :]]
        marks_inside = fences([stretch.text for stretch in shown], [stretch.look.level for stretch in shown])
        order = visual_order([stretch.look.level for stretch in shown])
        order = [at for at in order if shown[at].text != THIN_SPACE]  # it keeps its room, and may part "1" of "1, 2"
        for which, same in groupby(order, key=belongs.__getitem__):
            if not self._unmarked:
                code.append(marks[which] or self._mark(owners[which]))
                marks[which] = ""
            for position in same:
                code.append(f"1 0 0 1 {number(shown[position].x)} {number(line.baseline)} Tm")
                self._show(code, owners[which], line, shown[position], marks_inside[position])
            code += [] if self._unmarked else closing(owners[which])

    def _gapped(self, code: list[str], owner: Tag | Artifact, line: Placed, shown: list[Stretch]) -> None:
        """A line with gaps between ideographs and figures: each part says its text, for programs that copy it would
        take the gaps for spaces."""
        before = self._unmarked
        for _, same in groupby(with_last_space(line, shown), key=lambda stretch: id(stretch.look.tag)):
            part = list(same)
            wanted = owner if isinstance(owner, Artifact) else part[0].look.tag or owner
            code += [] if before else [self._mark(wanted, "".join(stretch.text for stretch in part))]
            self._unmarked = True  # no word inside says itself once more
            for stretch in part:
                code.append(f"1 0 0 1 {number(stretch.x)} {number(line.baseline)} Tm")
                self._show(code, wanted, line, stretch)
            self._unmarked = before
            code += [] if before else closing(wanted)

    def _show(
        self,
        code: list[str],
        wanted: Tag | Artifact,
        line: Placed,
        stretch: "Stretch",
        marks: Mapping[int, tuple[str, str]] | None = None,
    ) -> None:
        look, text = stretch.look, stretch.text
        if look.link and isinstance(wanted, Tag):
            low = line.baseline + look.rise - look.face.descent * look.size
            high = line.baseline + look.rise + look.face.ascent * look.size
            box = (stretch.x, low, stretch.x + stretch.width, high)
            self.link(look.tag or wanted, box, look.link, look.tip or look.link)
        if look is not self._look:
            self._look, self._is_shaped, self._size = look, look.shaped, number(look.size)
            self._put(code, "rg", color(look.color).removesuffix(" rg"))
            self._put(code, "Ts", number(look.rise))
            self._encoder = None if look.face.shaped else self._objects.fonts.encoder(look.face.font)
        self._put(code, "Tw", number(line.stretch))
        if marks is not None or self._encoder is None or self._is_shaped:
            font = self._glyphs.font(look.face)
            self._put(code, "Tf", f"{font.key} {self._size}")
            for part in font.strings(look, text, (stretch.x, line.baseline), line.stretch, marks or {}):
                code += [part] if isinstance(part, str) else self._whole(wanted, part)
            return
        for name, string in self._encoder.strings(text):
            self._put(code, "Tf", f"{name} {self._size}")
            code.append(f"({string}) Tj")

    def _whole(self, wanted: Tag | Artifact, whole: Whole) -> list[str]:
        """The operators around a word that its glyphs do not spell. It is a part of its element by itself: inside
        another part, programs would take its end for the end of both."""
        if isinstance(wanted, Artifact) or self._unmarked or wanted.actual:
            return []
        return ["EMC", self._mark(wanted, whole.word)]
