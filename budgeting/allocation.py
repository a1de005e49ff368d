"""What an agency allocates to one person beside a classification, as plain values; the rules give it meaning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from budgeting.money import Money
from budgeting.period import Period


@dataclass(frozen=True, slots=True)
class Reclassified:
    """Another classification from a day on."""

    code: str
    since: date


@dataclass(frozen=True, slots=True)
class Supplement:
    """An amount for each day on top of the classification. ``daily`` None: the published rate of its code."""

    code: str  # as in supplements.csv
    since: date | None = None
    until: date | None = None
    daily: Money | None = None

    def counts_on(self, day: date) -> bool:
        """Whether it is paid for a day; both ends belong to it."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Pathway:
    """Money for a short time: restorative care (RC), which comes beside an ongoing budget, or end of life (EOL)."""

    code: str
    since: date
    units: int = 1


@dataclass(frozen=True, slots=True)
class Tier:
    """Money for equipment (``at``) or changes to the home (``hm``), to be spent within twelve months of ``since``."""

    scheme: str
    amount: Money
    since: date
    remote: bool = False  # a remote loading comes on top of the amount
    extended: bool = False  # twelve more months were granted
    prescribed: bool = False  # a prescription and evidence are there, so that more may be paid


@dataclass(frozen=True, slots=True)
class PackageMoney:
    """Money of an earlier program that was not spent; ``holder``: provider, services_australia or client."""

    holder: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Means:
    """What a person told about income and assets, for an estimate of the client's share.

    ``household`` is single, couple_each (then both amounts are one person's half), or
    couple_separated_by_illness_each. Income is for a year.
    """

    household: str
    income: Money
    assets: Money
    home_owner: bool


@dataclass(frozen=True, slots=True)
class Relief:
    """Hardship: ``daily`` comes off what the client pays for a day; None: nothing is due on these days."""

    period: Period
    daily: Money | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """Unspent money of the quarter before: expected until that quarter is settled, then confirmed."""

    amount: Money
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Contributed:
    """What the client paid in all the years up to and including a day, towards a lifetime cap."""

    amount: Money
    until: date


@dataclass(frozen=True, slots=True)
class Allocation:
    """Everything granted or told beside a classification. What is None or empty was not granted, or not told."""

    changes: tuple[Reclassified, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    interim: Period | None = None  # days on which only a part of the amount is paid
    brought: Brought | None = None
    carry_over_base: str = "service_budget"  # or "published_quarterly_total": sources differ
    pathways: tuple[Pathway, ...] = ()
    tiers: tuple[Tier, ...] = ()
    package_money: tuple[PackageMoney, ...] = ()
    means: Means | None = None
    reliefs: tuple[Relief, ...] = ()
    contributed: Contributed | None = None
    announced: bool | None = None  # whether announced changes count; None: as the parameter of the program says
