"""Languages: say(value, case) is the only place that prints a value."""

from reports.language.countries import Countries, CountryCode, read_countries, resolve
from reports.language.language import OFFICIAL, Language, read_language

__all__ = ["OFFICIAL", "Countries", "CountryCode", "Language", "read_countries", "read_language", "resolve"]
