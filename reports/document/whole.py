"""A whole brief: its blocks, the passports of its figures, what stands on every page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from reports.document.blocks import Block
from reports.errors import Problem


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """Where a figure comes from: digits as published or computed, a power of ten, unit, period, SDMX status.

    A derived figure has a `formula` and the keys of its `inputs`; `vintage` is the day it became known, ISO.
    `signed` is who stands for it and since when; an `override` came with the order and is not in the data;
    `qualifier` is over, about, nearly or under where the source says so.
    """

    value: str
    multiplier: int
    unit: str
    period: str
    status: str = ""
    sources: tuple[str, ...] = ()
    vintage: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()
    signed: str = ""
    override: bool = False
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page. `page` holds {page} and {pages} once each: 'page {page} of {pages}'.

    `number`, `copy` and `circulated` are said in the language ('Copy No. 3 of 10'), `department` as it was given; each
    is empty where it was not.
    """

    issuer: str
    classification: str
    footer: str
    page: str
    digits: str = ""
    number: str = ""
    copy: str = ""
    circulated: str = ""
    department: str = ""


Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Hyphenation:
    """How the words of a language are parted at the end of a line: by a dictionary of patterns, named as LibreOffice
    names it, or before the last consonant ahead of one of its `vowels`, letters of one sound `together`.

    `before` and `after` are the least letters on either line.
    """

    dictionary: str = ""
    vowels: str = ""
    together: tuple[str, ...] = ()
    before: int = 2
    after: int = 3


@dataclass(frozen=True, slots=True)
class Document:
    """A whole brief in one language.

    `language` is a BCP 47 tag, `as_of` the day whose knowledge it holds. `figures` has exactly the keys that
    its runs and chart points carry. `problems` is what went half wrong: a fallback, an omission. `capitals` are
    those that are not Unicode's own: İ of the Turkish i. `identifier` is how the brief is filed:
    'KZ-LU/2025-10-20/brief/' and its language; `replaces` is the same of the edition that it takes the place of.
    `origin` is what it takes to make the document again: the order in plain text. `labels` has what a figure is called
    in the document's language, by key, where that is known, `cited` what each source of a figure is, with its address.
    """

    title: str
    subject: str
    language: str
    direction: Direction
    as_of: date
    furniture: Furniture
    blocks: tuple[Block, ...]
    figures: Mapping[str, FigureRecord]
    problems: tuple[Problem, ...] = ()
    hyphenation: Hyphenation | None = None
    capitals: Mapping[str, str] = field(default_factory=dict)
    identifier: str = ""
    replaces: str = ""
    origin: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    cited: Mapping[str, str] = field(default_factory=dict)
