"""A real mail server on the loopback that does what a test asks: TLS, logins, refusals, lost connections."""

import asyncio
import hashlib
import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
USER, PASSWORD = "briefs", "correct horse-Ж-battery"
Tls = Literal["starttls", "implicit", "none"]
Answer = Callable[[Envelope], str | None]


@dataclass
class Inbox:
    """What the server got, and what it answers: a function gives a reply, or None for yes; `drop` hangs up."""

    letters: list[tuple[tuple[str, ...], bytes]] = field(default_factory=list)
    rcpt: Callable[[str], str | None] = lambda address: None
    data: Answer = lambda envelope: None
    login: Callable[[str, str], bool] = lambda user, password: (user, password) == (USER, PASSWORD)
    logins: int = 0
    delay: float = 0.0

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := self.rcpt(address):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        reply = self.data(envelope)
        if reply is not None and reply != "drop":
            return reply
        assert isinstance(envelope.content, bytes)
        self.letters.append((tuple(envelope.rcpt_tos), envelope.content))
        await asyncio.sleep(self.delay)
        if reply == "drop":
            assert server.transport
            server.transport.abort()  # type: ignore[attr-defined]
        return "250 OK"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        self.logins += 1
        assert isinstance(data, LoginPassword)
        right = self.login(data.login.decode(), data.password.decode())
        return AuthResult(
            success=right, handled=False, message=None if right else f"535 {data.password.decode()} is wrong"
        )

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(data, policy=policy.default) for _, data in self.letters]

    def attachments(self) -> list[dict[str, str]]:
        """Name and SHA-256 of what each letter carries, as a reader saves it."""
        return [
            {
                str(part.get_filename()): hashlib.sha256(bytes(part.get_payload(decode=True))).hexdigest()
                for part in message.iter_attachments()
            }
            for message in self.messages
        ]


class Authority:
    """A certificate authority, whose certificate lies in a file, and a server's key under it."""

    def __init__(self, folder: Path, *names: str) -> None:
        self._authority = trustme.CA()
        self.file = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(str(self.file))
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(*(names or (HOST, "localhost"))).configure_cert(self.context)


@contextmanager
def mail_server(
    authority: Authority, tls: Tls = "starttls", *, inbox: Inbox | None = None, login: bool = True, **options: Any
) -> Iterator[tuple[Inbox, int]]:
    """A running server: what it gets, and its port."""
    box = inbox or Inbox()
    named: dict[str, Any] = {"enable_SMTPUTF8": True, "hostname": "mail.test", **options}
    if tls == "starttls":
        named |= {"tls_context": authority.context, "require_starttls": True}
    if login:
        named |= {
            "authenticator": box.authenticate,
            "auth_required": tls != "none",
            "auth_require_tls": tls == "starttls",
        }
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda loop, context: None)  # a client that is killed is no news
    started = threading.Event()
    ports: list[int] = []

    async def serve(stop: asyncio.Event) -> None:
        context = authority.context if tls == "implicit" else None
        server = await loop.create_server(lambda: _smtp(box, loop, named), HOST, 0, ssl=context)
        ports.append(server.sockets[0].getsockname()[1])
        started.set()
        await stop.wait()
        server.close()
        rest = asyncio.all_tasks(loop) - {asyncio.current_task(loop)}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    stop = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(stop),), daemon=True)
    thread.start()
    assert started.wait(10)
    try:
        yield box, ports[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


def _smtp(box: Inbox, loop: asyncio.AbstractEventLoop, named: dict[str, Any]) -> SMTP:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a login without STARTTLS, and TLS is there from the first byte
        return SMTP(box, loop=loop, **named)


@contextmanager
def proxy_server(
    *, status: str = "200 Connection established", greets: bool = True
) -> Iterator[tuple[list[bytes], int]]:
    """An HTTP proxy for CONNECT: the heads that it got, and its port.

    Its answer and the greeting of the mail server come in one piece, as they may on a fast network.
    """
    heads: list[bytes] = []
    with socket.create_server((HOST, 0)) as listening:
        thread = threading.Thread(target=_serve, args=(listening, heads, status, greets), daemon=True)
        thread.start()
        yield heads, listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def _serve(listening: socket.socket, heads: list[bytes], status: str, greets: bool) -> None:
    while True:
        try:
            client, _ = listening.accept()
        except OSError:
            return
        with client:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += client.recv(1)
            heads.append(head)
            answer = f"HTTP/1.1 {status}\r\nVia: test\r\n\r\n".encode()
            if not status.startswith("200"):
                client.sendall(answer)
                continue
            host, port = head.split()[1].decode().split(":")
            with socket.create_connection((host, int(port))) as server:
                client.sendall(answer + (server.recv(1024) if greets else b""))
                _joined(client, server)


def _joined(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until one has hung up."""

    def carry(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)

    back = threading.Thread(target=carry, args=(other, one))
    back.start()
    carry(one, other)
    back.join()
