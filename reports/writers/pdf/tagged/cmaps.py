"""What text the codes of a font stand for: ISO 32000-1, 9.10.3."""

from collections.abc import Iterable

CODES_A_BLOCK = 100  # Adobe Technical Note 5411, 1.4.1: what a CMap may list at once
CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<{first}> <{last}>
endcodespacerange
{blocks}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def to_unicode(texts: Iterable[tuple[int, str]], size: int) -> bytes:
    """The CMap for codes of so many bytes, each with its text."""
    rows = [f"<{code:0{2 * size}X}> <{text.encode('utf-16-be').hex().upper()}>\n" for code, text in texts]
    parts = [rows[start : start + CODES_A_BLOCK] for start in range(0, len(rows), CODES_A_BLOCK)]
    blocks = "".join(f"{len(part)} beginbfchar\n{''.join(part)}endbfchar\n" for part in parts)
    return CMAP.format(first="00" * size, last="FF" * size, blocks=blocks).encode("ascii")
