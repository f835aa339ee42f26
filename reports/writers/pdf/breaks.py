"""Where a line may end inside what stands between two spaces."""

import re
from functools import lru_cache

from reports.writers.pdf.clusters import clusters
from reports.writers.pdf.faces import INVISIBLE, JOINERS, WORDS_REMEMBERED
from reports.writers.pdf.hyphens import SOFT_HYPHEN
from reports.writers.pdf.thai import THAI, words

# After a hyphen, dash or stroke between letters ("10-летие" and "2005–2025" stay whole); at a zero-width space; beside
# a Chinese character, where neither a sign that opens would end a line nor one that closes begin one (W3C, Requirements
# for Chinese Text Layout, 3.1.3; small kana close as well, JIS X 4051), and never between a number and its word; behind
# a Thai word. U+00A0 and U+202F are no spaces here, so they never break; Korean breaks at its spaces.
WIDE = (
    "\u2e80-\u2fdf\u3001-\u30ff\u3105-\u312f\u31c0-\u31ef\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6"
)
WIDE_CHARACTER = re.compile(f"[{WIDE}]")
OPENING = re.escape("([«“‘（《〈【〔「『［｛")
CLOSING = re.escape(")],.;:?!%†»”’…—–-·）》〉】〕」』］｝，。、；：？！％～ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々")
BREAKS = re.compile(
    "(?<=[^\\W\\d][-‐–—/])(?=[^\\W\\d])|\u200b"
    f"|(?<=[{WIDE}])(?<![{OPENING}])(?=[^{CLOSING}])"
    f"|(?<=[^{OPENING}\\d\u00a0\u202f])(?=[{WIDE}])(?![{CLOSING}])"
)
UNDRAWN = "".join(sorted({*map(chr, INVISIBLE)} - {SOFT_HYPHEN, *JOINERS}))
DROPPED = re.compile(f"[{UNDRAWN}]|(?<![\u0600-\u0dff])[{''.join(JOINERS)}]")  # in scripts that join joiners shape


@lru_cache(WORDS_REMEMBERED)
def gaps(text: str) -> tuple[int, ...]:
    """The places behind each Chinese character and Thai letter with its marks, where justified lines are widened."""
    if not (WIDE_CHARACTER.search(text) or THAI.search(text)):
        return ()
    found, place = [], 0
    for cluster in clusters(text):
        place += len(cluster)
        if WIDE_CHARACTER.match(cluster) or THAI.match(cluster):
            found.append(place)
    return tuple(found)


@lru_cache(WORDS_REMEMBERED)
def parts(word: str) -> tuple[str, ...]:
    """What a line may end between, without what is not drawn; soft hyphens stay inside."""
    found = (DROPPED.sub("", part).strip(SOFT_HYPHEN) for part in BREAKS.split(word))
    return tuple(thai for part in found for thai in (words(part) if THAI.search(part) else (part,)))
