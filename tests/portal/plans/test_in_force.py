"""A new version takes the place of the one before it provider by provider, and never by silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from budgeting.money import Money
from budgeting.words import Name
from portal.app import Coplan
from portal.jobs import run_now
from portal.people import due, next_steps
from portal.plans import commands, queries
from portal.plans.model import Brief
from portal.plans.states import Answered, BriefState, PartState, VersionState
from portal.proposals import commands as proposals, queries as proposal_queries
from portal.proposals.frozen import digest
from portal.work import NotVisible, Refusal
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.plans.people import OTHER_SUPPORT, OURS, SECRET_NEED, THEIRS, Circle, a_circle, parts_of

DEARER = Money(70_00)


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def _reads(circle: Circle) -> None:
    with acting(circle.coplan, circle.grace) as work:
        commands.mark_read(work, queries.brief_for_us(work, circle.brief(circle.sunrise).id))


def test_accepting_makes_one_version_whose_hash_is_that_of_its_content(circle: Circle) -> None:
    proposal = circle.usual()
    with circle.coplan.open_work() as work:
        commands.put_in_force(work, circle.client, proposal.frozen or "", "", proposal_id=proposal.id)
    with reading(circle.coplan, circle.mei) as work:
        (version,) = queries.versions(work, circle.client)
        assert (version.number, version.state) == (1, VersionState.IN_FORCE)
        assert version.hash == digest(version.content) == proposal.frozen_hash


def test_a_first_plan_begins_with_a_provider_only_when_it_has_read_it(circle: Circle) -> None:
    circle.usual()
    assert circle.going_on() == {}
    _reads(circle)
    assert circle.going_on() == {"Help in the shower": (1, OURS)}


def test_the_version_before_goes_on_until_the_new_one_is_read(circle: Circle) -> None:
    first = circle.usual()
    _reads(circle)
    circle.goes_on_with(first, "Help in the shower", price=DEARER)
    assert circle.going_on() == {"Help in the shower": (1, OURS)}
    _reads(circle)
    assert circle.going_on() == {"Help in the shower": (2, DEARER)}


def test_a_provider_that_says_cannot_changes_nothing_by_that_and_its_client_is_told(circle: Circle) -> None:
    first = circle.usual()
    _reads(circle)
    circle.goes_on_with(first, "Help in the shower", price=DEARER)
    before = set(_letters(circle))
    with acting(circle.coplan, circle.grace) as work:
        brief = queries.brief_for_us(work, circle.brief(circle.sunrise).id)
        commands.answer(work, brief, BriefState.CANNOT, "We have nobody on Fridays.")
    assert circle.going_on() == {"Help in the shower": (1, OURS)}
    told = {name for name in set(_letters(circle)) - before if name.startswith("answer-")}
    for account in (circle.daniel, circle.mei, circle.amal):
        assert any(str(account.id) in name for name in told)
    with reading(circle.coplan, circle.daniel) as work:
        (one,) = (one for one in due.all_of(work, {circle.client.id: circle.client}) if one.href.endswith("/plan"))
    assert (one.day, one.who, one.urgent) == (circle.first, Name("Mei Chen"), True)


def _letters(circle: Circle) -> list[str]:
    return [path.name for path in circle.coplan.settings.mail_folder.glob("*.eml")]


def test_a_provider_whose_part_is_unchanged_need_not_answer_again(circle: Circle) -> None:
    first = circle.usual()
    with acting(circle.coplan, circle.owen) as work:
        brief = queries.brief_for_us(work, circle.brief(circle.northside).id)
        commands.answer(work, brief, BriefState.CAN, "")
    circle.goes_on_with(first, "Help in the shower", price=DEARER)
    again = circle.brief(circle.northside)
    assert (again.state, again.answered_how) == (BriefState.CAN, Answered.UNCHANGED)
    assert circle.going_on() == {OTHER_SUPPORT: (2, THEIRS)}


def test_a_provider_that_is_no_longer_in_the_plan_goes_on_until_it_and_the_next_have_read_so(circle: Circle) -> None:
    first = circle.usual()
    _reads(circle)
    circle.goes_on_with(first, "Help in the shower", provider_id=circle.northside.id)
    assert circle.brief(circle.sunrise).parts == 0
    assert circle.going_on() == {"Help in the shower": (1, OURS)}
    _reads(circle)
    assert circle.going_on() == {"Help in the shower": (1, OURS)}, "nobody is left without it in silence"
    with acting(circle.coplan, circle.owen) as work:
        commands.mark_read(work, queries.brief_for_us(work, circle.brief(circle.northside).id))
    assert circle.going_on()["Help in the shower"] == (2, OURS)


def test_a_version_for_a_later_day_waits_for_that_day(circle: Circle) -> None:
    proposal = circle.usual()
    _reads(circle)
    with circle.coplan.open_work() as work:
        later = work.today(circle.client) + timedelta(days=7)
        version = commands.put_in_force(work, circle.client, proposal.frozen or "", "On holiday", starts=later)
        assert (version.number, version.state) == (2, VersionState.AGREED)
    assert circle.going_on() == {"Help in the shower": (1, OURS)}


def test_a_silent_provider_is_reminded_at_growing_distances_and_then_the_lead_is_told_to_ring(circle: Circle) -> None:
    circle.usual()

    def told_after(days: int) -> set[str]:
        """Who is told on the morning so many days after the parts were sent."""
        with circle.coplan.open_work() as work:
            for provider in (circle.sunrise, circle.northside):
                brief = work.session.get_one(Brief, circle.brief(provider).id, execution_options={"scoped": "test"})
                moved = brief.sent_at - (work.now - timedelta(days=days))
                brief.sent_at -= moved
                brief.reminded_at = brief.reminded_at - moved if brief.reminded_at else None
        before = set(_letters(circle))
        run_now("plans.new_day", {}, circle.coplan)
        circle.coplan.jobs.run_waiting()
        told = [name for name in set(_letters(circle)) - before if name.startswith("unread-")]
        who = {"grace": circle.grace, "owen": circle.owen, "daniel": circle.daniel}
        found = [key for key, account in who.items() for name in told if str(account.id) in name]
        assert len(found) == len(set(found))  # one letter to each
        return set(found)

    providers = {"grace", "owen"}
    assert told_after(2) == set()
    assert [told_after(days) for days in (3, 7, 14)] == [providers, providers, providers]
    assert told_after(16) == set()
    assert told_after(17) == {"daniel"}
    assert told_after(60) == set()
    with reading(circle.coplan, circle.daniel) as work:
        assert any("Ring them." in one.words.text for one in next_steps.steps(work, circle.client))


def test_a_provider_sees_its_own_parts_and_nothing_of_goals_or_of_other_providers(circle: Circle) -> None:
    circle.usual()
    (part,) = parts_of(circle, circle.grace)
    assert part.provider_id == circle.sunrise.id
    assert part.state is PartState.WAITING
    for canary in (OTHER_SUPPORT, str(THEIRS.minor), SECRET_NEED, "Northside"):
        assert canary not in part.content


def test_only_the_provider_reads_for_itself_and_only_others_write_down_a_telephone_call(circle: Circle) -> None:
    circle.usual()
    brief_id = circle.brief(circle.sunrise).id
    with pytest.raises(NotVisible), acting(circle.coplan, circle.daniel) as work:
        commands.mark_read(work, queries.brief_of_client(work, circle.client, brief_id))
    with pytest.raises(NotVisible), acting(circle.coplan, circle.grace) as work:
        commands.record_telephone_answer(work, queries.brief_for_us(work, brief_id), BriefState.CAN, "me", "yes")
    with acting(circle.coplan, circle.daniel) as work:
        brief = queries.brief_of_client(work, circle.client, brief_id)
        commands.record_telephone_answer(work, brief, BriefState.CAN, "Grace Tan", "Yes, from Tuesday.")
    kept = circle.brief(circle.sunrise)
    assert (kept.answered_how, kept.spoke_with, kept.said) == (Answered.TELEPHONE, "Grace Tan", "Yes, from Tuesday.")
    assert kept.answered_by == circle.daniel.id
    assert circle.going_on() == {"Help in the shower": (1, OURS)}


def test_an_old_brief_cannot_be_answered_once_there_is_a_newer_one(circle: Circle) -> None:
    first = circle.usual()
    old = circle.brief(circle.sunrise)
    circle.goes_on_with(first, "Help in the shower", price=DEARER)
    with pytest.raises(Refusal), acting(circle.coplan, circle.grace) as work:
        commands.answer(work, queries.brief_for_us(work, old.id), BriefState.CAN, "")


def test_before_a_yes_it_is_said_what_would_end_by_being_left_out(circle: Circle, person: Person) -> None:
    first = circle.usual()
    _reads(circle)
    with acting(circle.coplan, circle.mei) as work:
        draft = proposals.go_on_from(work, first, "Next")
        for line in proposal_queries.lines(work, draft):
            proposals.park(work, line, draft)
        proposals.add_line(work, draft, circle.line("Swimming", None, OURS))
    page = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/proposals/{draft.id}/accept")
    assert "Help in the shower is part of the plan in force. Left out, it ends there" in page.text
    assert "Swimming is part of the plan" not in page.text
    assert f"{OTHER_SUPPORT} is part of the plan" not in page.text, "its provider has not read it, so it has not begun"


def test_a_provider_without_an_account_is_told_of_the_plan_by_those_who_look_after_it(
    person: Person, circle: Circle
) -> None:
    circle.accepted(circle.line("Cleaning", None, OURS, provider_name="Bright Mops"))
    home = f"/people/{circle.client.id}"
    daniel = signed_in(person, circle.daniel).open(home)
    assert "Tell Bright Mops of the new plan" in daniel.text
    with reading(circle.coplan, circle.daniel) as work:
        (brief,) = queries.briefs(work, circle.client, queries.versions(work, circle.client)[0])
    daniel.open(f"{home}/plan").send(f"link-{brief.id}")
    assert "Bright Mops has not read the new plan yet." in daniel.open(home).text
    assert "Tell Bright Mops" not in daniel.text
