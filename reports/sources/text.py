"""Bytes to clean text: decoding that names the offending byte, and control characters taken out of texts.

A data folder is untrusted input: what Word, PDF or a terminal cannot hold must not get past this module.
"""

import codecs
import difflib
import re
from collections.abc import Iterable
from pathlib import Path

from reports.errors import Problem

# A separator that no format can hold becomes a space; line ends only where a text must be one line (a CSV cell).
SEPARATORS = "\v\f\x85\u2028\u2029"
LINE_ENDS = "\t\n\r"
# Removed: other C0 and C1 controls, lone surrogates, bidi controls, byte marks inside, non-characters.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
ONE_LINE = re.compile(FORBIDDEN.pattern[:-1] + LINE_ENDS + "]")
SIGNATURES = {b"PK\x03\x04": "an .xlsx workbook", b"\xd0\xcf\x11\xe0": "an .xls workbook"}


def decoded(path: Path, folder: Path, problems: list[Problem]) -> str | None:
    """The text of a file without its byte mark; None, with a problem told, if it is not UTF-8 text."""
    where = path.relative_to(folder).as_posix()
    if not path.resolve().is_relative_to(folder.resolve()):
        problems.append(Problem(where, "a link that leads out of the data folder", "put the file itself there"))
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.append(Problem(where, f"cannot be read: {error.strerror}"))
        return None
    if refusal := _refusal(data):
        problems.append(Problem(where, *refusal))
        return None
    return data.decode("utf-8-sig")


def _refusal(data: bytes) -> tuple[str, str] | None:
    """Message and hint on bytes that are no UTF-8 text."""
    for signature, what in SIGNATURES.items():
        if data.startswith(signature):
            return f"{what} under another name", "in the spreadsheet choose 'save as: CSV UTF-8'"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16 text", "save the file as UTF-8"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte, line = data[error.start], data.count(b"\n", 0, error.start) + 1
        return (
            f"not UTF-8: byte 0x{byte:02X} at offset {error.start} (line {line})",
            "save the file as UTF-8; files of older Windows programs (cp1251, cp1252) must be converted",
        )
    return None


def clean(text: str, *, one_line: bool = True) -> tuple[str, str]:
    r"""A text without what cannot be printed, and the code points that were replaced or removed.

    >>> clean("Trade\vagreement\0 signed\f2024\uFFFE end")
    ('Trade agreement signed 2024 end', 'U+000B U+0000 U+000C U+FFFE')
    """
    pattern = ONE_LINE if one_line else FORBIDDEN
    found = dict.fromkeys(pattern.findall(text))
    if not found:
        return text, ""
    points = " ".join(f"U+{ord(character):04X}" for character in found)
    return pattern.sub(lambda match: " " if match[0] in SEPARATORS + LINE_ENDS else "", text), points


def nearest(found: str, choices: Iterable[str], *, most: int = 12) -> str:
    """A hint: the nearest valid choice, else all of them if they are few.

    >>> nearest("embasy", ["embassy", "consulate"])
    'did you mean embassy?'
    """
    known = sorted(choices)
    if close := difflib.get_close_matches(found, known, n=1, cutoff=0.7):
        return f"did you mean {close[0]}?"
    return f"choose from {', '.join(known)}" if 0 < len(known) <= most else ""
