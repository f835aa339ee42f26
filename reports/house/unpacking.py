"""A Word file from outside, unpacked: nothing in it is run or followed, and no more is read than a document has."""

import io
import struct
import zipfile
import zlib
from collections import Counter

from lxml import etree

from reports.house.package import Node, parse

MOST_BYTES, MOST_PARTS = 100_000_000, 4_000  # of all parts unpacked; a brief has some hundred thousand bytes
COMPOUND = b"\xd0\xcf\x11\xe0"  # [MS-CFB] 2.2: what a .doc is in, and an encrypted .docx
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4
SAVE = "open it in Word and save it as a Word document (.docx)"
UNLOCK = "take the password away in Word (File, Info, Protect Document)"


class UnusableFileError(ValueError):
    """Why a file is no Word file that can be read safely, and what helps; whoever reads it knows where it lies."""

    def __init__(self, message: str, hint: str = SAVE) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def unpacked(blob: bytes) -> dict[str, bytes]:
    """The parts of a package by name. UnusableFileError if it is none, is damaged, encrypted, or a bomb."""
    if blob.startswith(COMPOUND):
        if ENCRYPTED in blob:
            raise UnusableFileError("the file is encrypted", UNLOCK)
        raise UnusableFileError("a document of Word 97–2003 (.doc), whatever its name")
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as package:
            members = [member for member in package.infolist() if not member.is_dir()]
            _check(members)
            return _read(package, members)
    except UnusableFileError:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError) as error:
        raise UnusableFileError(f"no Word document, or a damaged one: {error}") from error
    except (OSError, EOFError, ValueError) as error:
        raise UnusableFileError(f"a damaged Word document: {error}") from error


def _check(members: list[zipfile.ZipInfo]) -> None:
    """What the directory of the package tells before anything is unpacked."""
    if len(members) > MOST_PARTS:
        raise UnusableFileError(f"too many parts: {len(members)}, more than {MOST_PARTS}")
    if any(member.flag_bits & 1 for member in members):
        raise UnusableFileError("the file is encrypted", UNLOCK)
    names = Counter(member.filename.lower() for member in members)
    if twice := [name for name, times in names.items() if times > 1]:
        raise UnusableFileError(f"a part is there twice: {twice[0]}")
    if out := [name for name in names if "\\" in name or name.startswith("/") or ".." in name.split("/")]:
        raise UnusableFileError(f"the name of a part leads out of it: {out[0]}")


def _read(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """The parts, read no further than the limit whatever the directory says of their size."""
    left, parts = MOST_BYTES, dict[str, bytes]()
    for member in members:
        with package.open(member) as part:
            parts[member.filename] = part.read(left + 1)
        left -= len(parts[member.filename])
        if left < 0:
            raise UnusableFileError(f"unpacks to more than {MOST_BYTES} bytes", "make its pictures smaller")
    return parts


def tree(blob: bytes) -> Node:
    """The root of a part of XML. UnusableFileError if it is not well-formed, or declares a document type: entities
    are not read, and Word writes none."""
    try:
        root = parse(blob)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnusableFileError(f"damaged, not well-formed: {error}") from error
    if root.getroottree().docinfo.doctype:
        raise UnusableFileError("declares a document type (DOCTYPE), which no Word file does")
    return root
