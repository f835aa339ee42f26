"""A connection to the mail server: TLS or none, certificates verified, and what each answer means for a letter."""

import base64
import re
import smtplib
import socket
import ssl
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from reports.delivery.parcel import State
from reports.delivery.settings import Server, Settings

PATIENCE = 10  # times the timeout: a server that checks a letter takes its time (RFC 5321, 4.5.3.2.6: ten minutes)
MOST_HEAD = 8192  # bytes of the answer of a proxy
TRANSIENT, PERMANENT, LAST = 400, 500, 599
OKAY, AUTHENTICATED = 200, 235


@dataclass(frozen=True, slots=True)
class Verdict:
    """How it ended for a recipient: what was said, what to do, whether to try again at once.

    `is_server` tells that no letter gets through, not only this one.
    """

    state: State
    said: str = ""
    hint: str = ""
    again: bool = False
    is_server: bool = False


class ProxyError(OSError):
    """The proxy does not let us through."""


class Line:
    """One connection, opened when it is needed and again when it was lost. Not to be shared between threads."""

    def __init__(self, server: Server, settings: Settings) -> None:
        self.server = server
        self._settings = settings
        self._connection: _Connection | None = None
        self._down: Verdict | None = None

    def open(self) -> Verdict | None:
        """Why no letter can leave in this round, or None."""
        if self._down is None and not (self._connection and self._connection.sock):
            try:
                self._connection = _connected(self.server, self._settings)
            except (OSError, smtplib.SMTPException, UnicodeError) as error:
                self._down = _trouble(error, self._settings)
        return self._down

    @property
    def is_international(self) -> bool:
        """Whether the server takes addresses beyond ASCII (RFC 6531)."""
        return bool(self._connection and self._connection.has_extn("smtputf8"))

    def send(
        self, sender: str, recipients: Sequence[str], letter: bytes, *, international: bool
    ) -> Mapping[str, Verdict]:
        """One letter; the verdict for each recipient. The line is open."""
        connection = self._connection
        assert connection
        options = ("SMTPUTF8", "BODY=8BITMIME") if international else ()
        try:
            refused = connection.sendmail(sender, recipients, letter, options)
        except smtplib.SMTPRecipientsRefused as error:
            return self._answers(recipients, error.recipients)
        except (OSError, smtplib.SMTPException) as error:
            verdict = self._verdict(error, handed=connection.handed)
            if verdict.state == "doubtful":
                connection.close()  # whatever else comes from there is no answer to the next letter
            return dict.fromkeys(recipients, verdict)
        return {one: Verdict("sent") for one in recipients} | self._answers(refused, refused)

    def _answers(self, recipients: Iterable[str], refused: Mapping[str, tuple[int, bytes]]) -> dict[str, Verdict]:
        """What the server says of each; one that it was not asked about any more is tried again."""
        lost = Verdict("failed", "the server hung up before the letter", again=True)
        return {one: self._refusal(*refused[one]) if one in refused else lost for one in recipients}

    def _refusal(self, code: int, reply: bytes | str, *, final: State = "refused") -> Verdict:
        said = f"{code} {self._settings.clean(reply)}".strip()
        if PERMANENT <= code <= LAST:
            hint = "it is not sent again by itself" if final == "refused" else "it is tried again by the next run"
            return Verdict(final, f"refused: {said}", hint)
        return Verdict("failed", f"not taken: {said}", again=True)

    def _verdict(self, error: Exception, *, handed: bool) -> Verdict:
        """What an error of a letter means. `handed`: the whole letter was given away, and no answer came."""
        match error:
            case smtplib.SMTPSenderRefused():  # also a letter over SIZE: what a person can mend, then it goes out
                return self._refusal(error.smtp_code, error.smtp_error, final="failed")
            case smtplib.SMTPResponseException() if TRANSIENT <= error.smtp_code <= LAST:
                return self._refusal(error.smtp_code, error.smtp_error)
            case _ if handed:
                hint = "ask whether it arrived, then settle it; it is not sent again by itself"
                return Verdict("doubtful", "given to the server, whose answer never came", hint)
            case _:
                return Verdict("failed", f"the connection was lost: {self._settings.clean(str(error))}", again=True)

    def next_round(self) -> None:
        """Try a server again that could not be reached for the moment."""
        if self._down and self._down.again:
            self._down = None

    def close(self) -> None:
        """Say goodbye, if the server still listens."""
        if self._connection:
            with suppress(OSError, smtplib.SMTPException):
                self._connection.quit()
            self._connection.close()
            self._connection = None


class _Connection(smtplib.SMTP):
    """smtplib with a proxy and TLS from the first byte, and it knows when a letter has been given away."""

    def __init__(self, server: Server, settings: Settings, context: ssl.SSLContext) -> None:
        self._server, self._settings, self._context = server, settings, context
        self.handed = False
        super().__init__(server.host, server.port, timeout=settings.timeout)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # as SMTP_SSL does it
        proxy = self._settings.proxy
        plain = tunnel(proxy, host, port, timeout) if proxy else socket.create_connection((host, port), timeout)
        if self._server.scheme != "smtps":
            return plain
        try:
            return self._context.wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise

    def send(self, s: bytes | str) -> None:  # type: ignore[override]
        """Commands are str, a letter with its last dot is bytes: once these are out, it may have arrived."""
        self.handed = False
        super().send(s)
        if isinstance(s, bytes):
            self.handed = True
            assert self.sock
            self.sock.settimeout(PATIENCE * self._settings.timeout)
        elif self.sock:
            self.sock.settimeout(self._settings.timeout)


def _connected(server: Server, settings: Settings) -> _Connection:
    """A connection that is encrypted and logged in. OSError or SMTPException."""
    context = ssl.create_default_context(cafile=settings.ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    connection = _Connection(server, settings, context)
    try:
        if server.scheme == "smtp+starttls":
            connection.starttls(context=context)
        if server.user:
            _log_in(connection, server)
        else:
            connection.ehlo_or_helo_if_needed()
    except BaseException:
        connection.close()
        raise
    return connection


def _log_in(connection: smtplib.SMTP, server: Server) -> None:
    """smtplib knows passwords in ASCII alone; RFC 4616 has them in UTF-8."""
    secret = server.password.get_secret_value()
    try:
        if (server.user + secret).isascii():
            connection.login(server.user, secret)
            return
        connection.ehlo_or_helo_if_needed()
        if "PLAIN" not in connection.esmtp_features.get("auth", "").split():
            raise smtplib.SMTPNotSupportedError(
                "the server takes no password beyond ASCII: it does not know AUTH PLAIN"
            )
        given = _base64("\0".join(("", server.user, secret)))
        code, reply = connection.docmd("AUTH", f"PLAIN {given}")
        if code != AUTHENTICATED:
            raise smtplib.SMTPAuthenticationError(code, reply)
    finally:
        connection.password = ""  # smtplib would keep it


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


def _trouble(error: Exception, settings: Settings) -> Verdict:
    """Why there is no connection. After a login the server is not quoted: it may repeat what it was given."""
    hint, again = "", False
    match error:
        case smtplib.SMTPAuthenticationError():
            said, hint = f"the login was refused ({error.smtp_code})", "look at user and password"
            again = TRANSIENT <= error.smtp_code < PERMANENT
        case ssl.SSLCertVerificationError():
            said = f"its certificate is not trusted: {error.verify_message}"
            hint = "name the certificates of your authority with BILATERAL_CA_FILE, and the host as they do"
        case smtplib.SMTPNotSupportedError():
            said, hint = settings.clean(str(error)), "mail leaves encrypted or not at all"
        case smtplib.SMTPResponseException():
            said = f"does not take our call: {error.smtp_code} {settings.clean(error.smtp_error)}"
            again = not PERMANENT <= error.smtp_code <= LAST
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            said, again = "hung up while TLS began", True
        case ssl.SSLError():
            said = f"speaks no TLS that we do: {error.reason}"
            hint = "smtps:// is TLS from the first byte, smtp+starttls:// after a greeting"
        case _:
            said, again = f"cannot be reached: {settings.clean(str(error))}", True
    return Verdict("failed", said, hint, again, is_server=True)


def tunnel(proxy: Server, host: str, port: int, timeout: float) -> socket.socket:
    """A socket to the host through CONNECT of an HTTP proxy (RFC 9110, 9.3.6). OSError.

    http.client would read ahead, and a mail server greets first: its greeting would be lost.
    """
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if proxy.user:
        lines.append(f"Proxy-Authorization: Basic {_base64(f'{proxy.user}:{proxy.password.get_secret_value()}')}")
    plain = socket.create_connection((proxy.host, proxy.port), timeout)
    try:
        plain.sendall("".join(f"{line}\r\n" for line in (*lines, "")).encode())
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            byte = plain.recv(1)
            if not byte or len(answer) > MOST_HEAD:
                raise ProxyError(f"the proxy {proxy} hung up")
            answer += byte
        status = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
        if not status or int(status[1]) // 100 * 100 != OKAY:
            raise ProxyError(f"the proxy {proxy} answered {status[1].decode() if status else 'no HTTP'}")
    except BaseException:
        plain.close()
        raise
    return plain
