"""Claims, balances and statements of the demonstration: what claims need, what others say, and why that differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from budgeting import programs
from budgeting.money import ZERO, Money, total
from budgeting.package import Management
from budgeting.period import Period, month_of
from budgeting.programs.support_at_home.granted import ACCOUNT
from budgeting.programs.support_at_home.statement import statement
from budgeting.programs.support_at_home.statement_rows import Service
from budgeting.spending import ClaimType
from budgeting.spending.balances import Keeper, Told
from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of
from portal.spending import claim_commands, commands, entering
from portal.spending.balance_pages import reckoning
from portal.spending.balance_rows import Reckoning
from portal.spending.book import book
from portal.spending.standing import Standing

LATE = Money(34_00)  # what nothing explains


def fill(scene: Scene) -> None:
    """Mei compares with the funder, Yusuf's plan manager and therapist can claim, Margaret looks at a month."""
    _mei(scene)
    _yusuf(scene)
    _claimants(scene)
    _margaret(scene)


def _mei(scene: Scene) -> None:
    """The funder shows more, since most claims are not made yet; and today a little less than that explains."""
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        claim_commands.tell_number(work, client, 0, "430418273")
        money, today = reckoning(work, client), work.today(client)
        if money is None:
            return
        core = next(one for one in money.parts() if one.key == "core")
        for days, off in ((2, Money(0)), (0, LATE)):
            on = today - timedelta(days=days)
            mine = money.left(core, on)
            if mine is None or not isinstance(mine.value, Money):
                continue
            as_ours = money.beside(core, Told(Keeper.FUNDER, on, mine.value))
            open_claims = total([one.by for one in as_ours.reasons if one.by is not None]) if as_ours else ZERO
            claim_commands.tell_balance(work, client, Keeper.FUNDER, core.key, on, mine.value + open_claims - off)


def _yusuf(scene: Scene) -> None:
    """Two sessions of speech therapy, which the therapist claims; the agency was asked to record her."""
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        claim_commands.tell_number(work, client, 0, "430552019")
        known, today = book(work, client), work.today(client)
        therapy = next((one for one in known.plan.planned if one.management is Management.AGENCY), None)
        if therapy is not None:
            family = programs.program("ndis").family(therapy.line.support)
            item = next(iter(family.items.values()), "") if family else ""
            form = entering.NewForm(
                day=today - timedelta(days=12),
                last=None,
                support=therapy.line.id,
                quantity="1",
                price=Money(193_99),
                amount=None,
                credit=False,
                provider="",
                invoice="NT-90",
                kind=ClaimType.STANDARD,
                part="",
                description="",
                item=item,
                contribution=None,
                note="",
                again=False,
            )
            for days in (12, 5):
                told = entering.told(replace(form, day=today - timedelta(days=days)), known)
                commands.add(work, client, told, False)
            asked = today - timedelta(days=10)
            claim_commands.tell_standing(work, client, 0, therapy.provider_id, "", Standing.ASKED, asked)
        money = reckoning(work, client)
        core = next((one for one in money.parts() if one.key == "core"), None) if money else None
        mine = money.left(core, today) if money and core else None
        if core and mine is not None and isinstance(mine.value, Money):
            claim_commands.tell_balance(work, client, Keeper.PLAN_MANAGER, core.key, today, mine.value)


def _claimants(scene: Scene) -> None:
    """The plan manager and the therapist have told their registration numbers."""
    for who, organisation, number in (("ben", "clearbooks", "4050031187"), ("owen", "northside", "4050022645")):
        with scene.acting(who) as work:
            claim_commands.tell_registration(work, scene.organisation[organisation], 0, number)


def _opening(money: Reckoning, month: Period, services: list[Service], today: date) -> Money:
    """What there was when the month began, so that statement and told spending agree."""
    made = statement(money.funding, month, services, {month.first: ZERO})
    account = next((one for one in money.parts() if one.key == ACCOUNT), None)
    left, change = money.left(account, today) if account else None, made.balances[0].closing.value
    if left is None or not isinstance(left.value, Money) or not isinstance(change, Money):
        return Money(4_312_60)
    return max(ZERO, left.value - change)


def _margaret(scene: Scene) -> None:
    """Her provider's statement of this month leaves one visit out."""
    with scene.acting("margaret") as work:
        client = client_of(work, scene, "margaret")
        money, today = reckoning(work, client), work.today(client)
        if money is None:
            return
        month = month_of(today)
        services = money.book.kept.services(money.funding)
        opening = _opening(money, month, services, today)
        made = statement(money.funding, month, services, {month.first: opening})
        closing = next((one.closing.value for one in made.balances if one.key == ACCOUNT), None)
        taken = next((one.taken for one in services if one.posted in month and one.taken), None)
        theirs = closing + taken if isinstance(closing, Money) and taken else None
        claim_commands.tell_statement(work, client, 0, month.first, opening, theirs, None)
