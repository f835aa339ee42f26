"""What a cascade says of a text, as a TextStyle."""

from collections.abc import Mapping
from typing import Any

from reports.house.fonts import FontBook
from reports.house.theme import TextStyle

# ECMA-376 part 1, 17.7.5: what holds where a file says nothing.
FALLBACK_FONT, FALLBACK_SIZE = "Times New Roman", 10.0


def text_style(said: Mapping[str, Any], fonts: FontBook) -> TextStyle:
    """The look with its leading, which hangs on the font. Raises ValueError or TypeError where it holds no look."""
    look = {"font": FALLBACK_FONT, "size": FALLBACK_SIZE, **said}
    line: float = look.pop("line", 1.0)
    rule = look.pop("line_rule", "auto")
    natural: float = _line_height(look, fonts) * look["size"]
    leading = {"auto": natural * line, "atLeast": max(natural, line)}.get(rule, line)
    return TextStyle(leading=round(float(leading), 2), exact=rule == "exact", **look)


def _line_height(look: Mapping[str, Any], fonts: FontBook) -> float:
    """The line of a font in ems: Word's single spacing is its ascent and descent."""
    face = fonts.faces(look["font"], look.get("bold", False), look.get("italic", False))[0]
    return face.ascent + face.descent
