"""How far the money reaches, as it is kept: made anew when something changes, and said to be old when it is."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from budgeting.money import Minutes, Money
from budgeting.words import Name, words
from portal.access.scope import unscoped
from portal.funding import commands as funding, queries as funded
from portal.outlook import queries
from portal.outlook.model import Basis, Outlook
from portal.outlook.told import from_json, to_json
from portal.proposals import commands as proposals
from tests.builders import a_client, acting, an_account, reading
from tests.portal.outlook.people import PAID, Purse, stored


def test_it_is_worked_out_by_itself_from_the_plan_that_was_agreed(mei: Purse) -> None:
    kept = mei.stored()
    assert kept is not None
    assert (kept.basis, kept.until, kept.minutes_left) == (Basis.PLAN, mei.until, PAID * 120)
    assert kept.runs_dry == mei.visits[PAID]
    assert kept.fix is not None


def test_what_was_spent_is_not_known_and_never_zero(mei: Purse) -> None:
    kept = mei.stored()
    assert kept is not None
    assert kept.week_spent is None


def test_noting_what_was_spent_makes_it_anew(mei: Purse) -> None:
    day = mei.circle.first
    with acting(mei.circle.coplan, mei.circle.mei) as work:
        plan = funded.current(work, mei.circle.client)
        assert plan is not None
        part = plan.components[0]
        funding.note_spent(work, part, part.version, Money(136_00), day)
    kept = mei.stored()
    assert kept is not None
    later = [visit for visit in mei.visits if visit > day]
    assert kept.until == later[PAID - 1] - timedelta(days=1)  # eleven more are paid, and the next one is not
    assert kept.week_spent == Money(7 * 136_00)  # 136.00 on the one day that has gone by


def test_a_plan_without_funding_has_no_outlook(mei: Purse) -> None:
    with mei.circle.coplan.open_work() as work:
        noor = an_account(work, "Noor")
        client = a_client(work, "Noor", account=noor)
        work.later("outlook.refresh", client_id=client.id)
    mei.circle.coplan.jobs.run_waiting()
    with reading(mei.circle.coplan, noor) as work:
        assert stored(work, client) is None


def test_it_is_old_the_next_day_and_with_other_prices(mei: Purse) -> None:
    assert not _old(mei)
    assert _old(mei, later=1)
    mei.was(mei.until, "other lists")
    assert _old(mei)
    mei.night()
    assert not _old(mei)


def test_a_draft_moves_nothing_while_a_plan_is_in_force(mei: Purse) -> None:
    with acting(mei.circle.coplan, mei.circle.mei) as work:
        last = mei.circle.first + timedelta(days=55)
        draft = proposals.start(work, mei.circle.client, "Next", "ndis", mei.circle.first, last)
        proposals.add_line(work, draft, mei.circle.line("Swimming", None, Money(1_00)))
    assert not _old(mei)
    with mei.circle.coplan.open_work() as work:
        wanted = select(Outlook).where(Outlook.client_id == mei.circle.client.id)
        work.session.scalars(unscoped(wanted, "as if nothing were agreed")).one().basis = Basis.DRAFT
    with acting(mei.circle.coplan, mei.circle.mei) as work:
        proposals.add_line(work, draft, mei.circle.line("Gardening", None, Money(1_00)))
    assert _old(mei)


def _old(mei: Purse, later: int = 0) -> bool:
    """Whether it still holds, so many days from now."""
    with reading(mei.circle.coplan, mei.circle.mei) as work:
        work.now += timedelta(days=later)
        kept = stored(work, mei.circle.client)
        assert kept is not None
        return bool(queries.old_ones(work, [kept], {mei.circle.client.id: mei.circle.client}))


def test_a_sentence_is_kept_with_the_types_of_its_values(mei: Purse) -> None:
    inner = words("{support}: alone", support=Name("Tuesdays"))
    said = words("{a} {b} {c} {d}", a=Money(5), b=Minutes(3), c=mei.until, d=inner)
    assert from_json(to_json(said)) == said
