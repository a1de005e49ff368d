"""What the people of the demonstration were granted, and what they have spent; all days move with today."""

from __future__ import annotations

from datetime import date, timedelta

from budgeting.allocation import Allocation, Tier
from budgeting.letters import parts
from budgeting.money import Money, dollars
from budgeting.package import Management
from budgeting.programs.support_at_home.rules import quarter
from portal.demonstration.scene import Scene
from portal.funding import commands
from portal.funding.granted import Granted
from portal.funding.releases import Release, equal
from portal.funding.terms import NDIS, SUPPORT_AT_HOME, Letter, Rate, Terms
from portal.people import queries as people


def fill(scene: Scene) -> None:
    """Three letters: a self-managed plan, one with two managers, and a Support at Home classification."""
    mei(scene)
    yusuf(scene)
    margaret(scene)


def _first_of_month(day: date, back: int) -> date:
    """The first day of the month some months before."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def _year(starts: date) -> date:
    """The last day of the twelve months from a first of a month."""
    return date(starts.year + 1, starts.month, 1) - timedelta(1)


def _quarters(amount: str, starts: date) -> tuple[Release, ...]:
    return equal(dollars(amount), starts, _year(starts), 3)


def mei(scene: Scene) -> None:
    """Mei manages her own plan; her money comes every three months."""
    with scene.acting("mei") as work:
        client = people.client(work, scene.client["mei"])
        today = work.today(client)
        starts = _first_of_month(today, 4)
        last, told = _year(starts), today - timedelta(6)
        letter = Letter(NDIS, starts, last, last, starts - timedelta(16))
        plan = commands.type_letter(work, client, letter)
        for terms in (
            _part("core", Management.SELF, "38400.00", starts, "13862.40", told),
            _part("daily_skills", Management.SELF, "9312.00", starts, "2522.00", told),
        ):
            commands.add_part(work, plan, terms)


def yusuf(scene: Scene) -> None:
    """Yusuf’s mother typed his letter: a plan manager pays for every day, the agency for therapy and coordination."""
    with scene.acting("amal") as work:
        client = people.client(work, scene.client["yusuf"])
        today = work.today(client)
        starts = _first_of_month(today, 3)
        last, told = _year(starts), today - timedelta(9)
        plan = commands.type_letter(work, client, Letter(NDIS, starts, last, last, starts - timedelta(12)))
        for terms in (
            _part("core", Management.PLAN, "61200.00", starts, "15118.75", told),
            _part("daily_skills", Management.AGENCY, "15519.20", starts, "3103.84", told),
            _part("coordination", Management.AGENCY, "4804.80", starts, "961.10", told),
        ):
            commands.add_part(work, plan, terms)
        paid = dollars("148.50")
        aids = Terms("Consumables", Management.SELF, ("03",), dollars("1200.00"), False, (), paid, told, "consumables")
        commands.add_part(work, plan, aids)


def _part(key: str, management: Management, amount: str, starts: date, spent: str, until: date) -> Terms:
    part = parts.of(NDIS)[key]
    return Terms(
        part.name,
        management,
        part.categories,
        dollars(amount),
        part.stated,
        _quarters(amount, starts),
        dollars(spent),
        until,
        key,
    )


def margaret(scene: Scene) -> None:
    """Margaret has Support at Home, classification 5; her shares are those of a letter from Services Australia."""
    with scene.acting("margaret") as work:
        client = people.client(work, scene.client["margaret"])
        today = work.today(client)
        this = quarter(today)
        before = quarter(this.first - timedelta(1))
        letter = Letter(
            SUPPORT_AT_HOME,
            before.first,
            letter_date=before.first - timedelta(20),
            classification="SAH-5",
            entered=before.first,
            means_status="part_pensioner",
            rates=(Rate("independence", 124_000), Rate("everyday_living", 277_800)),
            rates_since=before.first,
            spent=_spent(today, this.first),
            spent_until=max(this.first, today - timedelta(3)),
        )
        plan = commands.type_letter(work, client, letter)
        tiers = (Tier("at", Money(2_000_00), before.first), Tier("hm", Money(15_000_00), this.first, prescribed=True))
        commands.tell_granted(work, plan, plan.version, Granted(Allocation(tiers=tiers)))


def _spent(today: date, first: date) -> Money:
    """About three quarters of what was credited for the days that have passed."""
    return Money(7340 * max(1, (today - first).days))
