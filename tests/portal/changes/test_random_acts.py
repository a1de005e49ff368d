"""Random people do random things through the real verbs on a real database, and nothing that was promised breaks."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings as hypothesis_settings, strategies as st

from budgeting.money import Money
from budgeting.package import Management
from portal.access.table import Relationship, Resource
from portal.accounts.model import OrganisationKind, Role
from portal.bench.calendared import Calendar, Cast
from portal.bench.exploring import Stage
from portal.changes import rules, settling
from portal.changes.engine import Days, Vote, follows
from portal.changes.settling import newest
from portal.changes.states import Matter, RequestState
from portal.funding import commands as funding
from portal.funding.terms import NDIS, Letter, Terms as Part
from portal.plans import commands, queries
from portal.plans.states import BriefState
from portal.proposals.frozen import thaw
from portal.proposals.particulars import PLAIN
from portal.proposals.terms import Terms
from portal.settings import from_environment
from tests.builders import a_consent, a_tie, acting, an_account, an_organisation, somebody_at
from tests.portal.plans.people import a_circle

STORIES = 8


def everybody(coplan: Calendar) -> Cast:
    """Mei, her nominee, her supporter, her brother without consent, three providers, a coordinator and a plan manager.

    Her shower touches the body; what the swimming is nobody has said, so she may rely on it too; cleaning does not.
    """
    circle = a_circle(coplan)
    with coplan.open_work() as work:
        zara = an_account(work, "Zara Chen")
        a_tie(work, circle.client, Relationship.FAMILY, zara)
        helper = an_account(work, "Hana")
        tie = a_tie(work, circle.client, Relationship.SUPPORTER, helper)
        for part in (Resource.IDENTITY, Resource.PLAN, Resource.CHANGE):
            a_consent(work, tie, part, comments=True)
        green = an_organisation(work, "Green Door")
        books = an_organisation(work, "Clear Books", OrganisationKind.PLAN_MANAGER)
        lucia = somebody_at(work, green, "Lucia Romano")
        ben = somebody_at(work, books, "Ben Adler", Role.PLAN_MANAGER_STAFF)
        a_tie(work, circle.client, Relationship.PROVIDER, green)
        a_tie(work, circle.client, Relationship.PLAN_MANAGER, books)
    with acting(coplan, circle.mei) as work:
        plan = funding.type_letter(work, circle.client, Letter(NDIS, circle.first, circle.first + timedelta(days=55)))
        own, theirs = Money(20_000_00), Money(5_000_00)
        funding.add_part(work, plan, Part("Core supports", Management.SELF, ("01", "04"), own, key="core"))
        funding.add_part(work, plan, Part("House and garden", Management.PLAN, ("01", "04"), theirs, key="house"))
    circle.accepted(
        circle.line("Help in the shower", circle.sunrise, Money(68_00), support="self_care", component="core"),
        circle.line("Swimming", circle.northside, Money(71_00), component="core"),
        circle.line("Cleaning", green, Money(55_00), support="cleaning", component="house"),
    )
    for account, provider in ((circle.grace, circle.sunrise), (circle.owen, circle.northside), (lucia, green)):
        brief = circle.brief(provider)
        with acting(coplan, account) as work:
            commands.answer(work, queries.brief_for_us(work, brief.id), BriefState.CAN, "")
    with coplan.open_reading() as work:
        lines = thaw(newest(work, circle.client.id).content).lines
    around = {"mei": circle.mei, "amal": circle.amal, "daniel": circle.daniel, "karim": circle.karim, "hana": helper}
    staff = {"grace": circle.sunrise, "owen": circle.northside, "lucia": green, "ben": books}
    working = {"grace": circle.grace, "owen": circle.owen, "lucia": lucia, "ben": ben}
    return Cast(
        circle.client.id,
        {key: account.id for key, account in {**around, "zara": zara, **working}.items()},
        {key: organisation.id for key, organisation in staff.items()},
        [circle.sunrise.id, circle.northside.id, green.id],
        frozenset(line.id for line in lines if line.name != "Cleaning"),
    )


@pytest.fixture(scope="module")
def stage(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Everybody once; each story begins from a copy."""
    data = tmp_path_factory.mktemp("stories")
    shutil.copy(migrated, data / "coplan.db")
    coplan = Calendar(from_environment({"COPLAN_DATA": str(data), "COPLAN_JOBS": "inline"}))
    return Stage(coplan, everybody(coplan))


def test_whatever_people_do_with_changes_no_promise_breaks(stage: Stage) -> None:
    """A few stories here; thousands in ``make soak``."""

    @given(st.integers(0, 1_000_000))
    @hypothesis_settings(max_examples=STORIES, phases=[Phase.generate])
    def told(seed: int) -> None:
        stage.story(seed)

    told()
    assert stage.held[RequestState.DONE] > 0, "nothing came to hold, so nothing was tried"


def test_the_stories_find_a_rule_that_would_forget_the_coordinator(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgets(state: RequestState, found: list[Vote], days: Days, *, urgent: bool) -> RequestState:
        return follows(state, [v for v in found if v.party is not Relationship.LEAD], days, urgent=urgent)

    monkeypatch.setattr(settling, "follows", forgets)
    with pytest.raises(AssertionError, match="without the coordinator's yes"):
        stage.stories(range(30))


def test_the_stories_find_a_rule_that_would_ask_nobody_who_has_to_send_more_workers(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def duty(terms: Terms | None) -> Terms | None:
        return replace(terms, more=PLAIN, price=None) if terms else None

    monkeypatch.setattr(rules, "SAYS", {**rules.SAYS, Matter.DUTY: duty, Matter.MONEY: lambda terms: terms})
    with pytest.raises(AssertionError, match="without the yes of one who does the work"):
        stage.stories(range(20, 80))  # an early one of these finds it
