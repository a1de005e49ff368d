"""Whoever of the circle gives time without pay is asked when it is touched, and sees that part alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from budgeting.package import Unpaid
from portal.access.scope import visible
from portal.access.table import Resource
from portal.changes import answer_commands, queries as changing
from portal.changes.states import Given, RequestState
from portal.people import commands as people, queries as circles
from portal.people.model import Tie
from portal.plans import commands, queries
from portal.plans.narrowed import the_line
from portal.plans.states import BriefState
from portal.proposals import check_queries, commands as drafts, queries as proposals
from portal.proposals.model import Proposal
from portal.proposals.particulars import Particulars
from portal.proposals.scenarios import lines_of
from portal.work import NotVisible
from tests.builders import a_consent, acting, reading, signed_in
from tests.person import Person
from tests.portal.changes.asking import LATER, SHOWER, answered, asked, parties, state_of
from tests.portal.plans.people import OURS, SECRET_NEED, Circle

TRAM = "To the library by tram"


def with_karim(circle: Circle) -> Proposal:
    """A plan in which Sunrise helps in the shower and Mei's brother Karim takes her on the tram, without pay."""
    more = Particulars(given=Unpaid(), helper=circle.karim.id)
    tram = circle.line(TRAM, None, OURS, provider_name="Karim", more=more)
    return circle.accepted(circle.line(SHOWER, circle.sunrise, OURS), tram)


def reads(circle: Circle) -> None:
    with acting(circle.coplan, circle.karim) as work:
        commands.mark_read(work, queries.briefs_for_us(work)[0])


def karims_tie(circle: Circle) -> Tie:
    with reading(circle.coplan, circle.mei) as work:
        return next(one.tie for one in circles.circle(work, circle.client) if one.tie.account_id == circle.karim.id)


def leaves(circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        people.remove(work, work.session.scalars(visible(work, Tie).where(Tie.id == karims_tie(circle).id)).one())


def test_a_helper_is_told_of_a_plan_that_counts_on_their_hours_and_answers_for_them(circle: Circle) -> None:
    with_karim(circle)
    with reading(circle.coplan, circle.karim) as work:
        (brief,) = queries.briefs_for_us(work)
        assert [the_line(part.content).name for part in queries.parts_of(work, brief)] == [TRAM]
    assert TRAM not in circle.going_on(), "nobody's time is taken before they have read of it"
    with acting(circle.coplan, circle.karim) as work:
        commands.answer(work, queries.brief_for_us(work, brief.id), BriefState.CAN, "Gladly.")
    assert TRAM in circle.going_on()


def test_the_version_before_goes_on_for_a_helper_until_they_have_read_the_new_one(circle: Circle) -> None:
    first = with_karim(circle)
    reads(circle)
    circle.goes_on_with(first, TRAM, schedule=LATER)
    before = circle.going_on()[TRAM][0]
    reads(circle)
    assert circle.going_on()[TRAM][0] == before + 1


def test_a_helper_reads_their_own_part_alone_and_nobody_reads_it_for_them(circle: Circle, person: Person) -> None:
    with_karim(circle)
    with reading(circle.coplan, circle.karim) as work:
        (brief,) = queries.briefs_for_us(work)
    page = signed_in(person, circle.karim).open(f"/briefs/{brief.id}")
    assert TRAM in page.text
    for kept in (SHOWER, "68.00", SECRET_NEED, "Sunrise"):
        assert kept not in page.text
    for other in (circle.tom, circle.grace):
        with pytest.raises(NotVisible), reading(circle.coplan, other) as work:
            queries.brief_for_us(work, brief.id)
    with pytest.raises(NotVisible), acting(circle.coplan, circle.daniel) as work:
        commands.mark_read(work, queries.brief_of_client(work, circle.client, brief.id))
    with pytest.raises(NotVisible), acting(circle.coplan, circle.karim) as work:
        commands.record_telephone_answer(work, queries.brief_for_us(work, brief.id), BriefState.CAN, "me", "yes")
    assert person.open(f"/people/{circle.client.id}/plan").status == 404


def test_a_change_of_their_hours_waits_for_the_helper_and_one_of_something_else_does_not(circle: Circle) -> None:
    with_karim(circle)
    reads(circle)
    day = circle.first + timedelta(days=7)
    other = asked(circle, circle.mei, day, (SHOWER, {"schedule": LATER}))
    assert "karim" not in parties(circle, other)
    change = asked(circle, circle.mei, day, (TRAM, {"schedule": LATER}))
    assert parties(circle, change)["karim"] is Given.WAITING
    assert "sunrise" not in parties(circle, change)
    with reading(circle.coplan, circle.karim) as work:
        assert changing.request(work, circle.client, change) is None, "the whole of it is not theirs"
        (own,) = changing.rows(work, circle.client, change)
    with pytest.raises(NotVisible), acting(circle.coplan, circle.tom) as work:
        answer_commands.answer(work, own, Given.AGREED)
    answered(circle, circle.daniel, change)
    assert state_of(circle, change) is RequestState.OPEN
    answered(circle, circle.karim, change, Given.OTHER, "After four, please.")
    assert parties(circle, change)["karim"] is Given.OTHER
    answered(circle, circle.karim, change)
    assert state_of(circle, change) in (RequestState.AGREED, RequestState.DONE)


def test_a_helper_whose_help_ends_is_told_and_has_no_veto(circle: Circle) -> None:
    with_karim(circle)
    reads(circle)
    change = asked(circle, circle.mei, circle.first + timedelta(days=7), (TRAM, None))
    assert parties(circle, change)["karim"] is Given.TOLD


def test_a_helper_finds_what_waits_for_them_and_answers_on_its_page(circle: Circle, person: Person) -> None:
    with_karim(circle)
    with circle.coplan.open_work() as work:
        for part in (Resource.IDENTITY, Resource.PLAN):
            a_consent(work, karims_tie(circle), part)
    karim = signed_in(person, circle.karim)
    assert "1 plan has a part for you to read." in karim.open("/").text
    assert "Karim has not read the new plan yet." not in karim.text
    assert "Mei Chen" in karim.open("/briefs").text
    reads(circle)
    change = asked(circle, circle.mei, circle.first + timedelta(days=7), (TRAM, {"schedule": LATER}))
    assert "1 change waits for your answer." in karim.open("/").text
    page = karim.open("/changes").open(f"/people/{circle.client.id}/changes/{change}")
    assert TRAM in page.text
    assert SHOWER not in page.text
    assert "Daniel Okafor" not in page.text


def test_who_has_left_the_circle_reads_nothing_more_and_the_plan_says_so(circle: Circle, person: Person) -> None:
    with_karim(circle)
    with reading(circle.coplan, circle.karim) as work:
        (brief,) = queries.briefs_for_us(work)
    change = asked(circle, circle.mei, circle.first + timedelta(days=7), (TRAM, {"schedule": LATER}))
    leaves(circle)
    with pytest.raises(NotVisible), reading(circle.coplan, circle.karim) as work:
        queries.brief_for_us(work, brief.id)
    with reading(circle.coplan, circle.karim) as work:
        assert not changing.rows(work, circle.client, change)
    assert parties(circle, change)["Karim"] is Given.WAITING, "known by name alone from now on, and still asked"
    mei = signed_in(person, circle.mei)
    assert "is no longer in the circle" in " ".join(mei.open(f"/people/{circle.client.id}/plan").text.split())


def test_the_one_who_helps_is_chosen_from_the_circle_and_nobody_else_can_be(circle: Circle, person: Person) -> None:
    with acting(circle.coplan, circle.mei) as work:
        draft = drafts.start(work, circle.client, "Next", "ndis", circle.first, circle.first + timedelta(days=55))
        line = drafts.add_line(work, draft, circle.line(TRAM, None, OURS))
    page = f"/people/{circle.client.id}/proposals/{draft.id}/lines/{line.id}"
    mei = signed_in(person, circle.mei).open(page)
    form = next(one.get("id") for one in mei.page.xpath("//form") if one.xpath(".//select[@name='helper']"))
    mei.send(form, given="yes", helper=circle.daniel.id)
    assert mei.status == 422, "who coordinates has no time of their own in the plan"
    mei.open(page).send(form, given="yes", helper=circle.karim.id)
    with reading(circle.coplan, circle.mei) as work:
        now = proposals.lines(work, draft)[0].terms
    assert (now.helper, now.provider_name) == (circle.karim.id, "Karim")
    leaves(circle)
    with reading(circle.coplan, circle.mei) as work:
        shown = proposals.draft(work, circle.client, proposals.proposal(work, circle.client, draft.id))
        assert "helper_gone" in [one.kind for one in check_queries.to_look_at(work, circle.client, shown)]


def test_what_somebody_of_the_same_name_is_paid_for_is_not_read_by_a_helper(circle: Circle) -> None:
    more = Particulars(given=Unpaid(), helper=circle.karim.id)
    tram = circle.line(TRAM, None, OURS, provider_name="Karim", more=more)
    circle.accepted(circle.line(SHOWER, None, OURS, provider_name="Karim"), tram)
    with reading(circle.coplan, circle.karim) as work:
        assert not queries.briefs_for_us(work)
    day = circle.first + timedelta(days=7)
    change = asked(circle, circle.mei, day, (TRAM, {"schedule": LATER}), (SHOWER, {"schedule": LATER}))
    assert parties(circle, change)["Karim"] is Given.WAITING
    with reading(circle.coplan, circle.karim) as work:
        assert not changing.rows(work, circle.client, change)


def test_who_is_tried_out_in_place_of_a_helper_is_not_taken_for_them(circle: Circle) -> None:
    more = Particulars(given=Unpaid(), helper=circle.karim.id)
    terms = circle.line(TRAM, None, OURS, provider_name="Karim", more=more)
    with acting(circle.coplan, circle.mei) as work:
        draft = drafts.start(work, circle.client, "Next", "ndis", circle.first, circle.first + timedelta(days=55))
        drafts.add_line(work, draft, terms)
        before = proposals.draft(work, circle.client, draft).quote.package
    by_lan = replace(before, lines=tuple(replace(line, provider="Lan") for line in before.lines))
    (kept,) = lines_of(by_lan, before, {before.lines[0].id: terms})
    assert (kept.terms.provider_name, kept.terms.helper) == ("Lan", None)
