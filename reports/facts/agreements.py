"""Agreements of two countries, and those that hold between them through a group that one belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.facts.people import day_after, first_day
from reports.facts.record import Tenure
from reports.facts.records import Agreement, Pair
from reports.facts.standpoint import Standpoint
from reports.facts.values import Day, Entry, Name


@dataclass(frozen=True, slots=True)
class AgreementView:
    """A treaty or another document. `in_force` only once it is; `through` is the group that is party to it."""

    key: str
    title: Entry
    kind: str
    short: str = ""
    signed: Day | None = None
    place: Entry | None = None
    in_force: Day | None = None
    parties: tuple[Name, ...] = ()
    ends: Day | None = None
    through: Entry | None = None
    sources: tuple[str, ...] = ()
    where: str = ""


def agreements_of(standpoint: Standpoint, pair: Pair) -> tuple[AgreementView, ...]:
    """The agreements signed by the day and not ended, newest first, those without a date last."""
    views = [*_of(standpoint, pair)]
    for group, between in _through_groups(standpoint):
        views += _of(standpoint, between, group)
    return tuple(sorted(views, key=lambda view: view.signed.first.toordinal() if view.signed else 0, reverse=True))


def _through_groups(standpoint: Standpoint) -> Iterator[tuple[str, Pair]]:
    """The pairs of one country and a group to which the other alone belongs."""
    for country, other in ((standpoint.home, standpoint.partner), (standpoint.partner, standpoint.home)):
        for group in standpoint.data.groups:
            between = standpoint.data.pairs.get((country, group)) or standpoint.data.pairs.get((group, country))
            if between and is_member(standpoint, other, group) and not is_member(standpoint, country, group):
                yield group, between


def is_member(standpoint: Standpoint, country: str, group: str) -> bool:
    """Whether a country is a full member of a group on the day.

    A membership of which only a later confirmation is known counts from before: a group is rarely joined.
    """
    found = standpoint.data.countries.get(country)
    return any(
        group in membership.groups
        and not membership.role
        and standpoint.tells(membership.record)
        and (membership.tenure.start is None or first_day(membership.tenure, membership.record) <= standpoint.day)
        and standpoint.day < day_after(membership.tenure)
        for membership in (found.memberships if found else ())
    )


def _of(standpoint: Standpoint, pair: Pair, group: str = "") -> Iterator[AgreementView]:
    for number, agreement in enumerate(pair.agreements, start=1):
        if _counts(standpoint, agreement):
            yield _view(standpoint, agreement, f"agreement/{group}/{number}" if group else f"agreement/{number}", group)


def _counts(standpoint: Standpoint, agreement: Agreement) -> bool:
    signed = agreement.signed is None or standpoint.began(agreement.record, agreement.signed)
    ended = standpoint.day >= day_after(Tenure(end=agreement.ends))
    return standpoint.tells(agreement.record) and signed and not ended


def _view(standpoint: Standpoint, agreement: Agreement, key: str, group: str) -> AgreementView:
    where = agreement.record.where
    in_force = agreement.in_force if agreement.in_force and agreement.in_force.first <= standpoint.day else None
    return AgreementView(
        key=key,
        title=Entry("agreement", agreement.title, where),
        kind=agreement.kind,
        short=agreement.short,
        signed=agreement.signed,
        place=Entry("place", agreement.place, where) if agreement.place else None,
        in_force=in_force,
        parties=tuple(map(Name, agreement.parties)),
        ends=agreement.ends,
        through=Entry("group", standpoint.data.groups[group].name, where) if group else None,
        sources=agreement.record.sources,
        where=where,
    )
