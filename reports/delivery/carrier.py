"""Parcels to destinations: what may go, goes once; what may not is told."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import DBAPIError

from reports.delivery.destinations import Destination, Folder, Mail
from reports.delivery.folder import put
from reports.delivery.ledger import AtWork, Ledger
from reports.delivery.mail import Letter, opened, post
from reports.delivery.parcel import Delivered, Parcel
from reports.delivery.settings import Settings
from reports.delivery.smtp import Line
from reports.errors import Problem


@dataclass(frozen=True, slots=True)
class Carrier:
    """What delivery leans on: the ledger, the mail server, and how it waits between two tries, in seconds."""

    ledger: Ledger
    settings: Settings
    wait: Callable[[float], object] = time.sleep


def deliver(
    parcels: Iterable[Parcel], destinations: Sequence[Destination], carrier: Carrier, now: datetime
) -> tuple[Delivered | Problem, ...]:
    """Bring each parcel to each destination that wants it and may have it. `now` is aware; it is the date of letters.

    The kind of a problem (`what`): withheld, failed (due at the next run), refused and doubtful (a person decides, see
    `Ledger.decide`), edited. If another process delivers, one warning and nothing else;
    if the ledger cannot be written, one error.
    """
    try:
        with carrier.ledger.alone():
            carrier.ledger.left_by_a_crash()
            return tuple(dict.fromkeys(_carried(tuple(parcels), destinations, carrier, now)))
    except AtWork as error:
        return error.problems
    except DBAPIError as error:  # a letter that could not be claimed did not leave
        found = f"the ledger cannot be used: {error.orig}"
        return (Problem("delivery", found, "nothing more is sent; the next run tries again", what="failed"),)


def _carried(
    parcels: Sequence[Parcel], destinations: Sequence[Destination], carrier: Carrier, now: datetime
) -> Iterator[Delivered | Problem]:
    letters: list[Letter] = []
    for destination in destinations:
        for parcel in filter(destination.wants, parcels):
            if parcel.level not in destination.allowed:  # an unknown level too
                yield _withheld(destination, parcel)
                continue
            match destination:
                case Folder():
                    yield from put(destination, parcel, carrier.ledger, now)
                case Mail():
                    letters.append(Letter(destination, parcel))
    yield from _posted(letters, carrier, now)


def _withheld(destination: Destination, parcel: Parcel) -> Problem:
    level = parcel.level or "no level"
    found = f"is {level}, and {destination.name} gets nothing above {destination.allowed[-1]}; it is not delivered"
    return Problem(f"{destination.name}, {parcel}", found, "", "warning", "withheld")


def _posted(letters: Sequence[Letter], carrier: Carrier, now: datetime) -> Iterator[Delivered | Problem]:
    for letter in letters:
        yield from opened(letter, carrier.ledger)
    if not any(letter.waiting for letter in letters):
        return
    server = carrier.settings.server
    if server is None:
        hint = "set BILATERAL_SMTP_URL, for example smtp+starttls://user@host:587"
        for letter in letters:
            yield Problem(str(letter), "no mail server is set", hint, what="failed")
        return
    yield from post(letters, Line(server, carrier.settings), carrier.ledger, now, carrier.wait)
