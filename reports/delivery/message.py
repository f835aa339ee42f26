"""A parcel as a letter: headers that nobody can add to, text in the reader's language, files or a link.

RFC 5322 with MIME; RFC 2231 for names of files; RFC 3834 says that no person wrote it; RFC 6532 where an address
needs it.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

from reports.delivery.destinations import Mail
from reports.delivery.parcel import ADDRESS, Parcel
from reports.errors import DataError, Problem

LONGEST = 60  # characters of a subject that needs no folding


class _Policy(EmailPolicy):
    """Headers with names and sentences: the folding of the library loses a space between words beyond ASCII."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        match name:
            case "Subject":
                folded = _encoded(str(value))
            case "From" | "To" | "Cc":
                folded = ",\r\n ".join(map(_written, value.addresses))
            case _:
                return super().fold_binary(name, value)
        return f"{name}: {folded}\r\n".encode()


def _encoded(text: str) -> str:
    """Text as words of RFC 2047, which no reader takes apart; short and simple text as it is."""
    if text.isascii() and len(text) <= LONGEST and "=?" not in text and text.isprintable():
        return text
    return Header(text, "utf-8", header_name="Subject").encode(linesep="\r\n")


def _written(one: Address) -> str:
    name = one.display_name
    return str(one) if _encoded(name) == name else f"{_encoded(name)} <{one.addr_spec}>"


# Seven bits: not every relay takes eight, and smtplib does not ask.
PLAIN = _Policy(cte_type="7bit", linesep="\r\n")
INTERNATIONAL = PLAIN.clone(utf8=True)
# Of our own: that of the system differs between machines.
TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".txt": "text/plain",
    ".json": "application/json",
}
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def message_id(mail: Mail, parcel: Parcel) -> str:
    """The same for the same files to the same destination, so that a receiver can drop a double."""
    name = hashlib.sha256(f"{mail.name}\n{parcel}\n{parcel.sha256}".encode()).hexdigest()[:32]
    return f"<{name}@{mail.sender.domain}>"


def is_plain(address: Address) -> bool:
    """Whether every server takes it, also one without SMTPUTF8 (RFC 6531)."""
    return address.addr_spec.isascii()


def compose(mail: Mail, parcel: Parcel, now: datetime, *, international: bool) -> bytes:
    """The letter as it is sent. Without `international` it names no address that needs SMTPUTF8.

    DataError: a file is not that of the edition, or the letter is too large and there is no link.
    """
    link = mail.link_of(parcel)
    if mail.attach:
        files = {one.path.name: one.read() for one in parcel.files}
        letter = _letter(mail, parcel, now, files=files, link="", international=international)
        if len(letter) <= mail.max_size:
            return letter
        if not link:
            found = f"a letter of {len(letter)} bytes is over max_size of {int(mail.max_size)}"
            raise DataError(Problem(f"{mail.name}, {parcel}", found, "write link = ... or raise max_size"))
    return _letter(mail, parcel, now, files={}, link=link, international=international)


def _letter(  # noqa: PLR0913  what a letter is made of
    mail: Mail, parcel: Parcel, now: datetime, *, files: Mapping[str, bytes], link: str, international: bool
) -> bytes:
    policy = INTERNATIONAL if international else PLAIN
    message = EmailMessage(policy)
    message["From"] = mail.sender
    for name, addresses in (("To", mail.to), ("Cc", mail.cc)):
        if named := [one for one in addresses if international or is_plain(one)]:
            message[name] = named
    message["Subject"] = one_line(parcel.subject)
    message["Date"] = now
    message["Message-ID"] = message_id(mail, parcel)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_text(parcel, link))
    for name, data in files.items():
        kind, _, subtype = TYPES.get(name[name.rfind(".") :], "application/octet-stream").partition("/")
        message.add_attachment(data, kind, subtype, filename=one_line(name))
    message["Content-Language"] = one_line(parcel.language)  # after the files, which would take it for the text alone
    if files:
        message.set_boundary(f"=={message_id(mail, parcel)[1:33]}==")  # else it is drawn by chance
    return message.as_bytes(policy=policy)


def _text(parcel: Parcel, link: str) -> str:
    """What the reader is told: of the files, or where they are."""
    if not link:
        return parcel.text
    return parcel.linked.replace(ADDRESS, link) if parcel.linked else f"{parcel.text.rstrip()}\n\n{link}\n"


def one_line(text: str) -> str:
    """Text that can be the value of a header: what breaks a line becomes a space.

    >>> one_line("Brief\\r\\nBcc: all@example.org")
    'Brief Bcc: all@example.org'
    """
    return _BREAKS.sub(" ", text).strip()
