"""Which country a code or a name means."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reports.errors import Problem, UnknownChoice, WordingError

COLUMNS = ("alpha2", "alpha3", "numeric", "note", "aliases")


@dataclass(frozen=True, slots=True)
class CountryCode:
    """ISO 3166-1 codes of a country, None for what has none; `note` says how it was found."""

    alpha2: str | None
    alpha3: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Countries:
    """What each code, alias and name may mean; the key is the text in its plain form."""

    meanings: Mapping[str, tuple[CountryCode, ...]]

    def codes(self) -> frozenset[str]:
        """Every alpha-2 code."""
        found = {meaning.alpha2 for meanings in self.meanings.values() for meaning in meanings}
        return frozenset(code for code in found if code)


def resolve(text: str, table: Countries) -> CountryCode:
    """The country that a code, an old code or a name in any of our languages means.

    UnknownChoice if none; WordingError 'COD or COG' if it may be either.
    """
    found = table.meanings.get(_plain(text), ())
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownChoice("country", text, table.codes())
    choice = " or ".join(sorted(meaning.alpha3 or meaning.note for meaning in found))
    raise WordingError(Problem(text, f"may be {choice}", f"write {choice}"))


def read_countries(path: Path) -> Countries:
    """countries.csv and the names of all languages that stand beside it; WordingError with what is wrong.

    An alias is `text` or `text=note`, several are parted by semicolons; an alias of two countries is ambiguous.
    """
    meanings: dict[str, dict[str, CountryCode]] = {}
    by_code: dict[str, CountryCode] = {}
    for row in _rows(path):
        code = CountryCode(row["alpha2"] or None, row["alpha3"] or None, row["note"])
        by_code[row["alpha2"]] = code
        for text, note in _texts(row):
            meaning = CountryCode(code.alpha2, code.alpha3, note or code.note)
            meanings.setdefault(_plain(text), {})[row["alpha3"] or row["numeric"]] = meaning
    for country, name in _names(path.parent / "languages"):
        if country not in by_code:
            raise WordingError(Problem(str(path), f"lacks {country}, which has names"))
        meanings.setdefault(_plain(name), {}).setdefault(by_code[country].alpha3 or "", by_code[country])
    return Countries({text: tuple(found.values()) for text, found in meanings.items()})


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WordingError(Problem(str(path), f"cannot be read: {error}")) from error
    if not set(COLUMNS) <= set(reader.fieldnames or ()):
        raise WordingError(Problem(f"{path}:1", f"the columns are {reader.fieldnames}", f"use {','.join(COLUMNS)}"))
    return rows


def _texts(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Its codes and aliases, each with its own note."""
    yield from ((row[column], "") for column in ("alpha2", "alpha3", "numeric") if row[column])
    for alias in filter(None, row["aliases"].split(";")):
        text, _, note = alias.partition("=")
        yield text.strip(), note.strip()


def _names(languages: Path) -> Iterator[tuple[str, str]]:
    """Every country with its names, in every language, bare and with the article. WordingError if it is no table."""
    for path in sorted(languages.glob("*/names.csv")):
        try:
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            yield from [(row["country"], row["form"]) for row in rows if row["case"] in ("nom", "def", "bare")]
        except (UnicodeDecodeError, csv.Error, KeyError) as error:
            hint = "save it as CSV UTF-8, with the columns of the other languages"
            raise WordingError(Problem(str(path), f"cannot be read: {error}", hint)) from error


def _plain(text: str) -> str:
    """A text without case, accents, punctuation and article.

    >>> _plain("Türkiye"), _plain("Congo, Dem. Rep."), _plain("刚果（金）")
    ('turkiye', 'congo dem rep', '刚果 金')
    """
    letters = unicodedata.normalize("NFKD", text.replace("ı", "i").casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", kept))
