"""How long a fact may stand before somebody looks again: house rules, which data.yaml may change by kind."""

from collections.abc import Mapping

# Days by kind: of office holders and ambassadors since they were last confirmed, of visa rules likewise, of figures
# since their newest period ended. A figure is of the first word of its indicator, else of `other`.
LIMITS: Mapping[str, int] = {
    "offices": 180,
    "ambassadors": 180,
    "visas": 1096,
    "trade": 731,
    "fdi": 1096,
    "enterprises": 1096,
    "other": 2192,
}


def limit(changed: Mapping[str, int], kind: str) -> int:
    """The days that a fact of this kind may stand.

    >>> limit({"trade": 400}, "trade"), limit({}, "population")
    (400, 2192)
    """
    known = {**LIMITS, **changed}
    return known.get(kind, known["other"])
