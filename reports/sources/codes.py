"""Code lists: countries by ISO 3166-1 alpha-2 and currencies by ISO 4217, as CLDR knows them."""

from babel.core import get_global

_TENDER = get_global("territory_currencies")
# What CLDR lists beside the countries: former states, exceptional reservations, the European Union, unknown.
NO_COUNTRY = frozenset(["AC", "BU", "CP", "CS", "DD", "DG", "EA", "EU", "IC", "SU", "TA", "TP", "YD", "YU", "ZR", "ZZ"])
COUNTRIES: frozenset[str] = frozenset(_TENDER) - NO_COUNTRY
CURRENCIES: frozenset[str] = frozenset(row[0] for rows in _TENDER.values() for row in rows) - {"XXX", "XTS"}
