"""Text as XML: every character as typed, and none that XML forbids."""

import re

# XML 1.0, 2.2: what a document may hold. A vertical tab or form feed parts words, the rest goes without a trace.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PARTING = str.maketrans({"\v": " ", "\f": " "})
BREAK = re.compile(r"(\r\n|[\n\r\t\u2028\u2029])")

Xml = str


def clean(text: str) -> str:
    """Text without what XML forbids.

    >>> clean("a\\vb\\x00")
    'a b'
    """
    return FORBIDDEN.sub("", text.translate(PARTING))


def escaped(text: str) -> Xml:
    """Text for an element or, without line breaks, an attribute.

    >>> escaped('R&D <b>"x"</b>\\x00')
    'R&amp;D &lt;b&gt;&quot;x&quot;&lt;/b&gt;'
    """
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def attribute(text: str) -> Xml:
    """Text for an attribute, line breaks kept.

    >>> attribute("a\\nb")
    'a&#10;b'
    """
    return escaped(text).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def content(text: str, element: str = "w:t") -> Xml:
    """The inside of a w:r: a line break is w:br, a tab w:tab; deleted text has an element of its own.

    >>> content("Bross & Co\\nsecond")
    '<w:t>Bross &amp; Co</w:t><w:br/><w:t>second</w:t>'
    """
    if not BREAK.search(text):
        return _text(text, element)
    return "".join(_piece(piece, element) for piece in BREAK.split(text) if piece)


def _piece(piece: str, element: str) -> Xml:
    if BREAK.fullmatch(piece):
        return "<w:tab/>" if piece == "\t" else "<w:br/>"
    return _text(piece, element)


def _text(text: str, element: str) -> Xml:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<{element}{space}>{escaped(text)}</{element}>"
