"""Where parcels go: the [[delivery]] tables of schedule.toml, checked."""

import re
from collections.abc import Callable, Mapping, Sequence
from email.headerregistry import Address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ByteSize,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from reports.delivery.parcel import Parcel
from reports.errors import DataError, Problem
from reports.sources.text import nearest

MOST = 200  # destinations, and recipients of one: nobody writes more by hand
PLACEHOLDERS = ("pair", "as_of", "report", "language")
_ATOM = r'[^\s<>@,;:"()\[\]\\\x00-\x1f\x7f]+'
ADDRESS = re.compile(
    rf'(?:(?P<name>[^<>@\x00-\x1f\x7f"]*|"[^<>@\x00-\x1f\x7f"]*")\s*<)?(?P<user>{_ATOM})@(?P<domain>{_ATOM})(?P<end>>?)'
)


def _address(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    found = ADDRESS.fullmatch(text.strip())
    if not found or (found["name"] is None) is bool(found["end"]):
        raise ValueError(f"{text!r} is no address: anna@example.org or Anna <anna@example.org>")
    return Address((found["name"] or "").strip().strip('"'), found["user"], ascii_domain(found["domain"]))


def ascii_domain(domain: str) -> str:
    """A domain in the letters that every server takes; ValueError if that cannot be told for certain.

    The codec knows IDNA of 2003, in which a few letters have another meaning than today; what it would change is
    refused.

    >>> ascii_domain("bücher.example")
    'xn--bcher-kva.example'
    """
    try:
        plain = domain.encode("idna").decode("ascii").lower()
        same = plain == domain.lower() or plain.encode().decode("idna") == domain.lower()
    except UnicodeError:
        same = False
    if not same:
        raise ValueError(f"{domain!r} is no domain; write it as the domain is registered, xn--...")
    return plain


def _allowed(level: Any, info: ValidationInfo) -> Any:
    """The levels up to this one; the lowest is the first."""
    assert info.context
    levels = info.context["levels"]
    if level not in levels:
        raise ValueError(f"{level!r} is no level of classification: {', '.join(levels)}")
    return tuple(levels[: levels.index(level) + 1])


def _folder(text: Any, info: ValidationInfo) -> Any:
    if not isinstance(text, str) or not text.strip() or "\0" in text:
        raise ValueError(f"{text!r} is no folder")
    path = Path(text)
    if ".." in path.parts:
        raise ValueError(f"{text!r} climbs out of its folder")
    assert info.context
    return path if path.is_absolute() else info.context["project"] / path


def _link(text: str) -> str:
    plain = re.sub(rf"\{{(?:{'|'.join(PLACEHOLDERS)})\}}", "x", text)
    if "{" in plain or "}" in plain:
        raise ValueError(f"{text!r} has a placeholder that is none of {', '.join(PLACEHOLDERS)}")
    if not re.fullmatch(r"https?://[\w.\[\]:-]+(/[!-~]*)?", plain, re.ASCII):
        raise ValueError(f"{text!r} is no address of a page: https://share.example/{{pair}}/{{as_of}}/")
    return text


AddressKey = Annotated[Address, BeforeValidator(_address)]
Addresses = Annotated[tuple[AddressKey, ...], Field(max_length=MOST)]
Words = tuple[Annotated[str, Field(min_length=1, max_length=35)], ...]


class _Place(BaseModel):
    """What a folder and a mailbox have in common."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, strict=False)

    name: Annotated[str, Field(pattern=r"^[\w.-]{1,64}$")]
    allowed: Annotated[tuple[str, ...], BeforeValidator(_allowed), Field(alias="up_to")]
    partners: Words = ()
    languages: Words = ()

    def wants(self, parcel: Parcel) -> bool:
        """Whether it takes briefs of this partner and in this language; an empty filter takes all."""
        partner = parcel.pair.partition("-")[2]
        return (not self.partners or partner in self.partners) and (
            not self.languages or parcel.language in self.languages
        )


class Folder(_Place):
    """A folder, on a share or below the project; files lie in it as in the output folder: pair, then day."""

    kind: Literal["folder"]
    path: Annotated[Path, BeforeValidator(_folder)]

    def place_of(self, parcel: Parcel) -> Path:
        """The folder in which the files of a parcel lie."""
        return self.path / parcel.pair / parcel.as_of.isoformat()


class Mail(_Place):
    """People who get a letter a parcel: with the files, or with a link where they are too large or not wanted."""

    kind: Literal["mail"]
    sender: Annotated[AddressKey, Field(alias="from")]
    to: Annotated[Addresses, Field(min_length=1)]
    cc: Addresses = ()
    attach: Annotated[bool, Field(strict=True)] = True
    link: Annotated[str, AfterValidator(_link)] | None = None
    max_size: ByteSize = ByteSize(10_000_000)

    @model_validator(mode="after")
    def _has_what_to_send(self) -> "Mail":
        if not self.attach and not self.link:
            raise ValueError("neither files nor a link would be sent: write link = ... or attach = true")
        return self

    @property
    def recipients(self) -> tuple[Address, ...]:
        """All who get the letter, each once."""
        return tuple({one.addr_spec: one for one in (*self.to, *self.cc)}.values())

    def link_of(self, parcel: Parcel) -> str:
        """Where the reader finds the files, or empty."""
        if self.link is None:
            return parcel.link
        link = self.link
        for name in PLACEHOLDERS:
            link = link.replace(f"{{{name}}}", quote(str(getattr(parcel, name)), safe=""))
        return link


Destination = Folder | Mail
_READER: TypeAdapter[Destination] = TypeAdapter(Annotated[Destination, Field(discriminator="kind")])
Where = Callable[[int, str], str]


def destinations(
    tables: Sequence[Mapping[str, object]], levels: tuple[str, ...], project: Path, where: Where | None = None
) -> tuple[Destination, ...]:
    """The destinations of the tables, in their order. DataError with every mistake.

    `levels` of classification begin with the lowest; a relative path lies below `project`; `where(index, key)` names
    the place of a key for a problem, with an empty key that of the table.
    """
    told = where or (lambda index, key: f"schedule.toml: delivery {index + 1}{f': {key}' if key else ''}")
    found: list[Destination] = []
    problems: list[Problem] = []
    for index, table in enumerate(tables[:MOST]):
        try:
            found.append(_READER.validate_python(dict(table), context={"levels": levels, "project": project}))
        except ValidationError as error:
            faults = [_problem(fault, index, told) for fault in reversed(error.errors(include_url=False))]
            problems.extend(reversed({problem.where: problem for problem in faults}.values()))  # one for a key
    if len(tables) > MOST:
        problems.append(Problem(told(MOST, ""), f"{len(tables)} destinations", f"at most {MOST}"))
    names = [table.get("name") for table in tables[:MOST]]
    problems.extend(
        Problem(told(index, "name"), f"{name!r} is the name of an earlier destination", "each has its own")
        for index, name in enumerate(names)
        if isinstance(name, str) and name in names[:index]
    )
    if problems:
        raise DataError(*problems)
    return tuple(found)


def _problem(fault: Any, index: int, where: Where) -> Problem:
    """A fault of pydantic in our words."""
    place = [part for part in fault["loc"] if part not in _KINDS]
    key = str(place[0]) if place else ""
    model = _KINDS.get(str(fault["loc"][0]) if fault["loc"] else "", _Place)
    found = repr(fault["input"])[:60]
    match fault["type"]:
        case "extra_forbidden":
            return Problem(where(index, key), f"unknown key {key!r}", nearest(key, _keys(model), most=20))
        case "missing":
            return Problem(where(index, ""), f"no {key!r}", f"required are {', '.join(_keys(model, required=True))}")
        case "union_tag_not_found" | "union_tag_invalid":
            return Problem(where(index, "kind"), "no kind of a destination", f"choose from {', '.join(_KINDS)}")
        case "value_error":
            return Problem(where(index, key), str(fault["ctx"]["error"]))
        case _:
            wanted = fault["msg"][0].lower() + fault["msg"][1:]
            return Problem(where(index, key), f"{key}: {found} cannot be used", wanted)


_KINDS: Mapping[str, type[_Place]] = {"folder": Folder, "mail": Mail}


def _keys(model: type[_Place], *, required: bool = False) -> list[str]:
    fields = model.model_fields.items()
    return [field.alias or name for name, field in fields if field.is_required() or not required]
