"""Letters go out in rounds: what the server does not take for the moment is tried again after a pause."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from reports.delivery.destinations import Mail
from reports.delivery.ledger import Entry, Ledger, Slip
from reports.delivery.message import compose, is_plain, message_id
from reports.delivery.parcel import Delivered, Parcel
from reports.delivery.smtp import Line, Verdict
from reports.errors import DataError, Problem

if TYPE_CHECKING:
    from email.headerregistry import Address

PAUSES = (5.0, 20.0, 60.0)  # seconds before the second, third and fourth round of a run
NAMED = 3  # letters that a problem of the server names


@dataclass(slots=True)
class Letter:
    """A parcel for a destination, and how it stands with each recipient."""

    mail: Mail
    parcel: Parcel
    waiting: list[str] = field(default_factory=list)
    verdicts: dict[str, Verdict] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.mail.name}, {self.parcel}"

    @property
    def slip(self) -> Slip:
        """Its name in the ledger."""
        return Slip(self.mail.name, str(self.parcel), self.parcel.sha256, message_id(self.mail, self.parcel))


def opened(letter: Letter, ledger: Ledger) -> Iterator[Delivered | Problem]:
    """What the ledger knows of a letter; who still waits for it is written into the letter."""
    known = ledger.of(letter.slip)
    for address in (one.addr_spec for one in letter.mail.recipients):
        entry = known.get(address)
        if entry is None or entry.state == "failed":
            letter.waiting.append(address)
        elif entry.state == "sent":
            yield Delivered(letter.mail.name, letter.parcel, address, already=True)
        else:
            yield _unsettled(letter, entry)


def _unsettled(letter: Letter, entry: Entry) -> Problem:
    """A letter about which a person has to decide."""
    when = f"{entry.at:%Y-%m-%d %H:%M} UTC"
    hint = f"settle delivery {entry.number}: it arrived, or send it again"
    if entry.state == "refused":
        return Problem(str(letter), f"{entry.recipient}: was refused on {when}", hint, "warning", "refused")
    found = f"{entry.recipient}: nobody knows whether it arrived; it was being sent on {when}"
    return Problem(str(letter), f"{found} and is not sent again by itself", hint, what="doubtful")


def post(
    letters: Sequence[Letter], line: Line, ledger: Ledger, now: datetime, wait: Callable[[float], object]
) -> Iterator[Delivered | Problem]:
    """Send what waits; what became of it. A failure is due again at the next run."""
    due = [letter for letter in letters if letter.waiting]
    try:
        for pause in (0.0, *PAUSES):
            if pause and due:
                wait(pause)
                line.next_round()
            for letter in due:
                _attempt(letter, line, ledger, now)
            due = [letter for letter in due if letter.waiting]
    finally:
        line.close()
    yield from _told(letters, str(line.server))


def _attempt(letter: Letter, line: Line, ledger: Ledger, now: datetime) -> None:
    """One round of a letter. Claimed before it leaves, recorded when the server has answered."""
    down = line.open()  # before the claim: a crash while it connects leaves no doubt
    claimed = ledger.claim(letter.slip, letter.waiting, now)
    verdicts = dict.fromkeys(claimed, down) if down else _sent(letter, claimed, line, now)
    ledger.record(letter.slip, {one: verdict.state for one, verdict in verdicts.items()}, now)
    elsewhere = Verdict("sending", "another process sends it at this moment")
    letter.verdicts.update({**dict.fromkeys(letter.waiting, elsewhere), **verdicts})
    letter.waiting = [one for one, verdict in verdicts.items() if verdict.again]


def _sent(letter: Letter, claimed: Sequence[str], line: Line, now: datetime) -> dict[str, Verdict]:
    mail = letter.mail
    people: list[Address] = [mail.sender, *mail.recipients]
    beyond = not all(map(is_plain, people))
    international = beyond and line.is_international
    able = [one for one in claimed if international or (one.isascii() and is_plain(mail.sender))]
    unable = Verdict("failed", "the mail server takes no address beyond ASCII (SMTPUTF8)", "use another address")
    verdicts = {one: unable for one in claimed if one not in able}
    if not able:
        return verdicts
    try:
        message = compose(mail, letter.parcel, now, international=international)
    except DataError as error:
        problem = error.problems[0]
        return dict.fromkeys(claimed, Verdict("failed", f"{problem.where}: {problem.message}", problem.hint))
    return {**verdicts, **line.send(mail.sender.addr_spec, able, message, international=international)}


def _told(letters: Iterable[Letter], server: str) -> Iterator[Delivered | Problem]:
    """What became of the letters; what ails the server is told once."""
    stopped: dict[Verdict, list[str]] = {}
    for letter in letters:
        for recipient, verdict in letter.verdicts.items():
            if verdict.state == "sent":
                yield Delivered(letter.mail.name, letter.parcel, recipient)
            elif verdict.is_server:
                stopped.setdefault(verdict, []).append(str(letter))
            else:
                yield Problem(str(letter), f"{recipient}: {verdict.said}", verdict.hint, what=verdict.state)
    for verdict, names in stopped.items():
        each = list(dict.fromkeys(names))
        more = f" and {len(each) - NAMED} more" if len(each) > NAMED else ""
        waits = f"not delivered: {'; '.join(each[:NAMED])}{more}"
        yield Problem(server, f"{verdict.said}; {waits}", verdict.hint or "the next run tries again", what="failed")
