"""The rules of a program that says nothing else: what a made-up or new program may leave out of its ``rules.py``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from budgeting.claim_days import ClaimBy
from budgeting.explain import Figure
from budgeting.extras import Telehealth
from budgeting.families import Family
from budgeting.money import Money
from budgeting.package import Component, Funding, FundingPeriod, Management
from budgeting.period import Period, Place
from budgeting.programs import Program, Share

if TYPE_CHECKING:
    from budgeting.lines import Pricer
    from budgeting.quotation import Finding, LineQuote, Quote

WHOLE_PRICE = Share()


class Rules:
    """What ``rules.py`` in the folder of a program may answer; what it leaves out follows from the parameters alone."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def levels(self) -> tuple[str, ...]:
        """What a letter may name that decides the money: nothing, it lists the parts of the money one by one."""
        return ()

    def components(self, funding: Funding) -> tuple[Component, ...]:
        """The parts of the funding: as they were told."""
        return funding.components

    def binds(self, management: Management | None, day: date) -> bool:
        """Whether a price limit binds money managed in this way: as the parameter ``price_limits_bind`` says."""
        bound = self.program.parameters.texts("price_limits_bind", day)
        return management is not None and management.value in bound

    def pools(self, parts: tuple[Component, ...]) -> tuple[tuple[Component, ...], ...]:
        """Groups of components that share their money: none."""
        return ()

    def in_turn(self, parts: tuple[Component, ...]) -> tuple[Component, ...]:
        """The parts in the order in which they are asked to pay: as the parameter ``order_of_parts`` says."""
        if self.program.parameters.text("order_of_parts", date.max) == "for few things first":
            return tuple(sorted(parts, key=lambda one: len(one.categories)))
        return parts

    def carries(self, left: int, released: FundingPeriod) -> int:
        """Minor units that go on to the next funding period: all or none, as the parameter ``carry_over`` says."""
        return left if self.program.parameters.text("carry_over", released.period.last) == "all" else 0

    def group_limit(self, limit: Money, participants: int, workers: int) -> Money:
        """The limit for each person of a group: the limit times workers, divided, in whole cents rounded down."""
        return Money(limit.minor * workers // participants, limit.currency)

    def share(self, funding: Funding | None, family: Family | None, category: str | None, day: date) -> Share:
        """What the client pays of each price: nothing."""
        return WHOLE_PRICE

    def share_changes(self, funding: Funding | None, family: Family | None) -> tuple[date, ...]:
        """Days on which the share of the client changes: none."""
        return ()

    def settle(self, funding: Funding, quoted: tuple[LineQuote, ...]) -> tuple[LineQuote, ...]:
        """The lines with what the client need not pay after all, such as above a cap: as they are."""
        return quoted

    def fixed_share(self, funding: Funding, period: Period) -> Figure | None:
        """What the client pays for these days whatever is used, with its explanation; None: there is no such share."""
        return None

    def add_extras(self, pricer: Pricer) -> None:
        """Add rows for what comes along with a line: nothing, since nothing is known about it."""

    def from_afar(self, place: Place, item: str | None, told: Telehealth) -> tuple[Place, str | None]:
        """The place whose prices count for support by telephone or video, and an item of its own for it: no other."""
        return place, None

    def findings(self, quote: Quote) -> Iterable[Finding]:
        """What only this program notices: nothing."""
        return ()

    def told(self, family: Family | None) -> frozenset[str]:
        """What else may be told about a support of a family, or of none: nothing.

        ``third_party``: the price the worker's own organisation asks; ``arranging``: a fee inside the price;
        ``program_of_support``: a program that is billed as if the person were there.
        """
        return frozenset()

    def claim_by(self, service: date) -> ClaimBy | None:
        """The last day on which a support of a day may be claimed; None: no such day is known."""
        return None

    def usual_price(self, support: str | None, day: date) -> Figure | None:
        """A hint of what one unit of a support costs where no limit is published; None: nothing is published."""
        return None

    def after_leaving(self, funding: Funding | None, last: date) -> Mapping[str, Figure]:
        """What somebody has to do after the last day with a provider, each with its day, by a key that stays the same.

        ``funding`` is None where the reader may not see it. Here nothing is known.
        """
        return {}

    def told_by(self, change: date) -> Figure | None:
        """The day by which a change of a person's circumstances is told; None: no such day is known."""
        return None
