"""The mail server and its secrets: from the environment, or from a file outside the project; never from the data.

A secret is kept as SecretStr, which does not show itself; `clean` takes secrets out of what a server says.
"""

import base64
import ipaddress
import os
import re
import ssl
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit

from pydantic import SecretStr

from reports.errors import DataError, Problem
from reports.sources.text import nearest

PREFIX = "BILATERAL_"
FILE = f"{PREFIX}SETTINGS"
KEYS = (
    "smtp_url", "smtp_password", "smtp_password_file", "smtp_plain", "smtp_timeout", "ca_file", "proxy",
    "proxy_password", "proxy_password_file",
)  # fmt: skip
MOST_BYTES = 65_536  # of a file of settings or of a password
PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}
EXAMPLES = "smtps://user@host:465 or smtp+starttls://host:587"
FOR_OTHERS = stat.S_IROTH | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class Server:
    """A host that is spoken to: how, where, as whom. `scheme` is one of PORTS, or http for a proxy."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: SecretStr = field(default_factory=lambda: SecretStr(""))

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def is_here(self) -> bool:
        """Whether it is this machine itself."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


@dataclass(frozen=True, slots=True)
class Settings:
    """How mail leaves: `server` is None where none is set; `timeout` in seconds, for one answer of the server."""

    server: Server | None = None
    proxy: Server | None = None
    ca_file: Path | None = None
    timeout: float = 60.0

    def clean(self, said: bytes | str) -> str:
        """What a server said, on one line and short, without a secret in any form in which it could come back."""
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        for server in (self.server, self.proxy):
            for form in _forms(server) if server else ():
                text = text.replace(form, "***")
        return re.sub(r"[\x00-\x20\x7f-\x9f\u2028-\u202e]+", " ", text).strip()[:200]


def _forms(server: Server) -> list[str]:
    """A password plain, and as protocols write it; the longest first."""
    secret = server.password.get_secret_value()
    if not secret:
        return []
    pairs = (secret, f"\0{server.user}\0{secret}", f"{server.user}:{secret}")
    coded = [base64.b64encode(one.encode()).decode() for one in pairs]
    return sorted({secret, quote(secret), quote(secret, safe=""), *coded}, key=len, reverse=True)


def read_settings(environment: Mapping[str, str], project: Path) -> Settings:
    """The settings of the environment, and of the file that BILATERAL_SETTINGS names, where the environment says
    nothing. DataError with every mistake; no value that may be a secret is told.
    """
    values = _of_file(environment.get(FILE, ""), project)
    values |= {key: environment[name] for key in KEYS if environment.get(name := PREFIX + key.upper())}
    problems: list[Problem] = []
    server = _server(values, "smtp_url", PORTS, problems)
    proxy = _server(values, "proxy", {"http": 3128}, problems)
    passwords = {name: _password(values, name, project, problems) for name in ("smtp", "proxy")}
    ca_file = _authority(values.get("ca_file", ""), problems)
    timeout = _seconds(values.get("smtp_timeout", "60"), problems)
    if server and server.scheme == "smtp" and not problems:
        problems.extend(_plain(server, values.get("smtp_plain", "")))
    if problems:
        raise DataError(*problems)
    return Settings(_with(server, passwords["smtp"]), _with(proxy, passwords["proxy"]), ca_file, timeout)


def _name(key: str) -> str:
    return PREFIX + key.upper()


def _with(server: Server | None, password: SecretStr) -> Server | None:
    return server and Server(server.scheme, server.host, server.port, server.user, password)


def _of_file(name: str, project: Path) -> dict[str, str]:
    """The keys of a file of settings, all as text."""
    if not name:
        return {}
    text = _secret_file(Path(name), FILE, project)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at [^()]*\)", str(error))  # the rest of the message may hold what was read
        raise DataError(Problem(name, f"is no TOML {place[0] if place else ''}".strip())) from None
    problems = [Problem(name, f"unknown key {key!r}", nearest(key, KEYS, most=20)) for key in table if key not in KEYS]
    problems += [
        Problem(name, f"{key} is neither a text nor a number")
        for key, value in table.items()
        if key in KEYS and not isinstance(value, str | int | float)
    ]
    if problems:
        raise DataError(*problems)
    return {key: ("yes" if value is True else str(value)) for key, value in table.items()}


def _secret_file(path: Path, where: str, project: Path) -> str:
    """The text of a file that only its owner and group may read, outside the project. DataError."""
    try:
        if path.resolve().is_relative_to(project.resolve()):
            raise DataError(
                Problem(where, f"{path} lies inside the project", "secrets lie elsewhere, in no repository")
            )
        if os.name == "posix" and path.stat().st_mode & FOR_OTHERS:
            raise DataError(Problem(where, f"everybody may read {path}", f"chmod 600 {path}"))
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise DataError(Problem(where, f"{path} is larger than {MOST_BYTES} bytes"))
        return data.decode("utf-8-sig")
    except OSError as error:
        raise DataError(Problem(where, f"{path} cannot be read: {error.strerror}")) from None
    except UnicodeDecodeError:
        raise DataError(Problem(where, f"{path} is not in UTF-8")) from None


def _password(values: Mapping[str, str], name: str, project: Path, problems: list[Problem]) -> SecretStr:
    plain, file = values.get(f"{name}_password", ""), values.get(f"{name}_password_file", "")
    if plain and file:
        problems.append(Problem(_name(f"{name}_password"), "given twice, in itself and as a file", "keep one of them"))
    if file:
        try:
            plain = _secret_file(Path(file), _name(f"{name}_password_file"), project).rstrip("\r\n")
        except DataError as error:
            problems.extend(error.problems)
    if any(letter in plain for letter in "\r\n\0"):
        problems.append(Problem(_name(f"{name}_password"), "has more than one line", "one line is the password"))
    return SecretStr(plain)


def _server(values: Mapping[str, str], key: str, ports: Mapping[str, int], problems: list[Problem]) -> Server | None:
    if not (text := values.get(key, "").strip()):
        return None
    example = EXAMPLES if key == "smtp_url" else "http://host:3128"
    try:
        url = urlsplit(text)
        server = _of_url(url, ports)
    except ValueError:
        problems.append(Problem(_name(key), "is no address of a server", example))
        return None
    if url.password is not None:
        hint = f"write it into {_name(key.partition('_')[0])}_PASSWORD_FILE; the address has the user alone"
        problems.append(Problem(_name(key), "has a password in it", hint))
    return server


def _of_url(url: SplitResult, ports: Mapping[str, int]) -> Server:
    """ValueError if it is more or less than scheme, user, host and port."""
    user = unquote(url.username or "")
    if url.scheme not in ports or not url.hostname or url.path not in ("", "/") or url.query or url.fragment:
        raise ValueError
    if not re.fullmatch(r"[\w.:-]+", url.hostname, re.ASCII) or re.search(r"[\x00-\x1f\x7f]", user):
        raise ValueError
    return Server(url.scheme, url.hostname, url.port or ports[url.scheme], user)


def _authority(name: str, problems: list[Problem]) -> Path | None:
    """The file of certificates that are trusted, which OpenSSL must be able to read; None for those of the system."""
    try:
        if name:
            ssl.create_default_context(cafile=name)
    except (OSError, ValueError):
        problems.append(Problem(_name("ca_file"), f"{name} has no certificates", "those of your authority, in PEM"))
    return Path(name) if name else None


def _seconds(text: str, problems: list[Problem]) -> float:
    if re.fullmatch(r"\d{1,4}(\.\d+)?", text) and float(text) > 0:
        return float(text)
    problems.append(Problem(_name("smtp_timeout"), "is no number of seconds", "for example 60"))
    return 60.0


def _plain(server: Server, allowed: str) -> list[Problem]:
    """What keeps mail from leaving without TLS: only to this machine, or because somebody said so, then no password."""
    if server.is_here:
        return []
    if allowed != "yes":
        hint = f"use {EXAMPLES}; {_name('smtp_plain')}=yes allows it all the same"
        return [Problem(_name("smtp_url"), f"{server} would get briefs without TLS", hint)]
    if server.user:
        return [Problem(_name("smtp_url"), "a password would travel without TLS", "leave the user out, or use TLS")]
    return []
