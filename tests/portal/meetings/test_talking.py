"""Meetings, prepared words, problems and follow-ups: the person goes first, and what is private stays so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from budgeting.money import dollars
from budgeting.package import Management
from budgeting.words import words
from portal.access.scope import visible
from portal.access.table import Relationship, Resource
from portal.accounts.model import OrganisationKind, Role
from portal.app import Coplan
from portal.funding.commands import add_part, type_letter
from portal.funding.terms import NDIS, SUPPORT_AT_HOME, Letter, Terms
from portal.goals import commands as goals
from portal.goals.model import Prompt
from portal.jobs import JOBS
from portal.journal import JournalEntry
from portal.language import show_plain
from portal.meetings import (
    commands,
    follow_up_commands,
    jobs as jobs,
    pack,
    problem_commands,
    queries,
    speaking_commands,
)
from portal.meetings.commands import MeetingTold
from portal.meetings.follow_up_commands import ToDo
from portal.meetings.model import Content, MeetingPack
from portal.meetings.pages import MeetingForm
from portal.meetings.speaking_commands import Spoken
from portal.meetings.states import FollowUpState, IdeaState, PointState, ProblemAct, ProblemState
from portal.options import library_commands
from portal.options.library_commands import Material
from portal.options.library_model import LibraryKind
from portal.people import history
from portal.proposals import commands as proposals, scenario_commands, scenarios
from portal.work import NotVisible, Refusal
from tests.builders import a_consent, a_membership, a_tie, acting, an_account, an_organisation, reading, signed_in
from tests.person import Person
from tests.portal.plans.people import OTHER_SUPPORT, OURS, Circle, a_circle

EVERYTHING = frozenset(Content)


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def letters(circle: Circle) -> int:
    folder = circle.coplan.settings.mail_folder
    return len(list(folder.glob("*.eml"))) if folder.exists() else 0


def test_the_person_sets_the_agenda_and_the_papers_stay_as_they_were_sent(circle: Circle) -> None:
    proposal = circle.usual()
    told = MeetingTold("Sundays", circle.first, contents=EVERYTHING, proposal_id=proposal.id)
    with acting(circle.coplan, circle.mei) as work:
        goals.say(work, circle.client, Prompt.MATTERS, "My own front door", "en", None)
        row = commands.ask(work, circle.client, told)
        commands.add_point(work, row, "Who comes on Sundays?")
        commands.change(work, row, told, frozenset({circle.daniel.id}))
        commands.want_pack(work, row)
    with acting(circle.coplan, circle.daniel) as work:
        row = queries.meeting(work, circle.client, row.id)
        theirs = commands.add_point(work, row, "What the letter says")
        assert theirs.state is PointState.SUGGESTED
        sent = commands.send(work, row, circle.client)
    with acting(circle.coplan, circle.mei) as work:
        row = queries.meeting(work, circle.client, row.id)
        commands.answer_point(work, queries.point(work, row, theirs.id), row, on=True)
        commands.move_point(work, queries.point(work, row, theirs.id), row)
        assert [one.text for one in pack.points(work, row)] == ["What the letter says", "Who comes on Sundays?"]
        first = pack.opened(work, circle.client, sent)
        assert first.points == ("Who comes on Sundays?",)
        assert {line.name.text for line in first.draft or ()} == {"Help in the shower", OTHER_SUPPORT}
        assert first.amount is not None
        assert [one.value for one in first.amount.parts] == [line.amount.value for line in first.draft or ()]
        assert (first.about or {})[Prompt.MATTERS] == "My own front door"
        assert commands.send(work, row, circle.client).number == 2


def test_what_the_papers_name_of_the_library_is_read_from_there_while_it_is_kept(
    circle: Circle, person: Person
) -> None:
    with circle.coplan.open_work() as work:
        a_membership(work, circle.daniel, an_organisation(work, kind=OrganisationKind.COORDINATION), Role.COORDINATOR)
    with acting(circle.coplan, circle.daniel) as work:
        material = Material("Your rights", LibraryKind.REFERENCE, "Harbour", "en", work.day, text="You may say no.")
        kept = library_commands.keep(work, material)
    with acting(circle.coplan, circle.mei) as work:
        row = commands.ask(work, circle.client, MeetingTold("Sundays", contents=EVERYTHING))
        commands.send(work, row, circle.client)
    address = f"/people/{circle.client.id}/meetings/{row.id}/papers/1"
    mei = signed_in(person, circle.mei).open(address).follow("Your rights")
    assert "You may say no." in mei.text
    with acting(circle.coplan, circle.daniel) as work:
        library_commands.remove(work, kept.id, kept.version)
    assert "Your rights" in mei.open(address).text
    assert not mei.page.xpath("//main//a[starts-with(@href, '/library')]")


def test_each_button_that_saves_something_of_a_meeting_says_what(circle: Circle, person: Person) -> None:
    with acting(circle.coplan, circle.mei) as work:
        row = commands.ask(work, circle.client, MeetingTold("Sundays", contents=EVERYTHING))
    page = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/meetings/{row.id}").page
    saves = [" ".join(one.text_content().split()) for one in page.xpath("//main//button[starts-with(span, 'Save')]")]
    assert len(saves) == len(set(saves)) == 2
    assert "Save" not in saves


def test_a_reader_is_shown_only_the_parts_of_the_papers_they_may_see(circle: Circle) -> None:
    proposal = circle.usual()
    with circle.coplan.open_work() as work:
        friend = an_account(work, "Fred Friend")
        tie = a_tie(work, circle.client, Relationship.SUPPORTER, friend)
        for resource in (Resource.IDENTITY, Resource.DRAFT):
            a_consent(work, tie, resource)
    with acting(circle.coplan, circle.mei) as work:
        told = MeetingTold("Money", contents=EVERYTHING, proposal_id=proposal.id)
        row = commands.ask(work, circle.client, told)
        sent = commands.send(work, row, circle.client)
    with reading(circle.coplan, friend) as work:
        seen = pack.opened(work, circle.client, sent)
        assert seen.draft is not None
        assert (seen.money, seen.about, seen.kept_back) == (None, None, 2)


def test_the_papers_call_every_part_of_the_money_by_its_name(circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        first = circle.first.replace(month=1, day=1)
        type_letter(work, circle.client, Letter(SUPPORT_AT_HOME, first, classification="SAH-5", entered=first))
        row = commands.ask(work, circle.client, MeetingTold("Money", contents=EVERYTHING))
        seen = pack.opened(work, circle.client, commands.send(work, row, circle.client))
    assert [one.label.values["name"] for one in seen.money or ()] == [words("Support at Home account")]


def test_the_papers_say_what_the_money_does_not_pay_to_those_who_may_see_the_money(circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        friend = an_account(work, "Fred Friend")
        tie = a_tie(work, circle.client, Relationship.SUPPORTER, friend)
        for resource in (Resource.IDENTITY, Resource.DRAFT):
            a_consent(work, tie, resource)
    shower = circle.line("Help in the shower", circle.sunrise, OURS, support="self_care")
    with acting(circle.coplan, circle.mei) as work:
        draft = proposals.start(work, circle.client, "My plan", NDIS, shower.starts, shower.ends)
        proposals.add_line(work, draft, shower)
        plan = type_letter(work, circle.client, Letter(NDIS, draft.starts, draft.ends))
        core = ("01", "02", "03", "04")
        add_part(work, plan, Terms("Core supports", Management.SELF, core, dollars("100.00"), key="core"))
    with acting(circle.coplan, circle.mei) as work:
        row = commands.ask(work, circle.client, MeetingTold("Money", contents=EVERYTHING, proposal_id=draft.id))
        sent = commands.send(work, row, circle.client)
        text = [show_plain(said) for said in pack.opened(work, circle.client, sent).noticed]
    assert any("missing up to the end" in said for said in text), text
    with reading(circle.coplan, friend) as work:
        seen = pack.opened(work, circle.client, sent)
        assert seen.draft is not None
        assert not any("missing" in show_plain(said) for said in seen.noticed)


def test_papers_name_nothing_of_a_draft_that_is_kept_to_oneself(circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        for title, kept in (("Two mornings less", False), ("Somewhere else", True)):
            last = circle.first + timedelta(days=55)
            draft = proposals.start(work, circle.client, title, "ndis", circle.first, last, kept=kept)
            scenario_commands.share(work, scenario_commands.keep(work, circle.client, draft, (), title))
        row = commands.ask(work, circle.client, MeetingTold("Where to live", contents=EVERYTHING))
        commands.send(work, row, circle.client)
    with reading(circle.coplan, circle.daniel) as work:
        wanted = visible(work, MeetingPack).where(MeetingPack.client_id == circle.client.id)
        (sent,) = work.session.scalars(wanted)
    assert "Two mornings less" in sent.content
    assert "Somewhere else" not in sent.content


def test_what_is_prepared_stays_private_until_it_is_shared(circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        sheet = speaking_commands.prepare(work, circle.client, Spoken("Sundays", leave_out="My brother"), 0)
    with reading(circle.coplan, circle.amal) as work:
        assert queries.shared_sheets(work, circle.client) == []
        assert not [one for one in history.latest(work, circle.client, 20) if "prepare" in one.what.text.lower()]
    with acting(circle.coplan, circle.mei) as work:
        mine = queries.my_sheet(work, circle.client)
        assert mine is not None
        speaking_commands.share(work, mine, yes=True)
    with acting(circle.coplan, circle.daniel) as work:
        (seen,) = queries.shared_sheets(work, circle.client)
        assert seen.id == sheet.id
        with pytest.raises(NotVisible):
            speaking_commands.share(work, seen, yes=False)


def test_nobody_without_a_part_in_it_finds_anything(circle: Circle, person: Person) -> None:
    with acting(circle.coplan, circle.mei) as work:
        row = commands.ask(work, circle.client, MeetingTold("Canary meeting"))
        problem = problem_commands.open_problem(work, circle.client, "Canary problem", "en", None)
        goal = goals.name_goal(work, circle.client, "Canary goal", "en")
    with circle.coplan.open_work() as work:
        stranger = an_account(work, "Sam Stranger")
    here = f"/people/{circle.client.id}"
    pages = [
        *(f"{here}/{page}" for page in ("meetings", "speaking", "problems", "follow-ups", "looks")),
        f"{here}/meetings/{row.id}",
        f"{here}/problems/{problem.id}",
        f"{here}/goals/{goal.id}",
    ]
    for account in (circle.grace, stranger, circle.karim):
        somebody = signed_in(person.another(), account)
        assert [somebody.open(page).status for page in pages] == [404] * len(pages)
        assert "Canary" not in somebody.open("/").text
    mei = signed_in(person.another(), circle.mei)
    assert [mei.open(page).status for page in pages] == [200] * len(pages)


def test_an_idea_of_somebody_else_waits_and_its_cost_is_worked_out_without_a_coordinator(
    circle: Circle, person: Person
) -> None:
    circle.usual()
    with acting(circle.coplan, circle.mei) as work:
        problem = problem_commands.open_problem(work, circle.client, "Nobody comes on Sundays", "en", None)
        own = problem_commands.add_idea(work, problem, "Start later on Saturdays")
        assert own.state is IdeaState.OPEN
    with acting(circle.coplan, circle.daniel) as work:
        problem = queries.problem(work, circle.client, problem.id)
        assert problem_commands.add_idea(work, problem, "Ask another provider").state is IdeaState.SUGGESTED
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/problems/{problem.id}")
    mei.send(f"cost-{own.id}", of="plan")
    assert mei.status == 200
    with reading(circle.coplan, circle.mei) as work:
        (kept,) = scenarios.scenarios(work, circle.client)
        assert kept.title == "Start later on Saturdays"
        assert kept.shared_at is None
    assert mei.follow("Nobody comes on Sundays").status == 200
    assert "Start later on Saturdays" in mei.text, "from what an idea would cost one comes back to its problem"
    with reading(circle.coplan, circle.daniel) as work:
        assert scenarios.scenarios(work, circle.client) == []
    mei.open(f"/people/{circle.client.id}/problems/{problem.id}")
    assert "The plan with this idea" in mei.text
    mei.send(f"idea-form-{own.id}", press="answer=pick")
    with acting(circle.coplan, circle.mei) as work:
        problem = queries.problem(work, circle.client, problem.id)
        assert problem.state is ProblemState.TRYING
        problem_commands.move(work, problem, ProblemAct.SOLVE, "It works")
        with pytest.raises(Refusal):
            problem_commands.add_idea(work, problem, "Too late")


def test_what_is_to_be_done_counts_once_agreed_and_more_time_needs_a_reason_and_a_yes(circle: Circle) -> None:
    due = circle.first + timedelta(days=1)
    with acting(circle.coplan, circle.daniel) as work:
        told = ToDo("Ask Northside", due, circle.daniel.id)
        row = follow_up_commands.agree_on(work, circle.client, told)
        assert row.state is FollowUpState.SUGGESTED
        with pytest.raises(Refusal):
            follow_up_commands.finish(work, row, "")
    with acting(circle.coplan, circle.mei) as work:
        follow_up_commands.agree(work, queries.follow_up(work, circle.client, row.id))
    with acting(circle.coplan, circle.daniel) as work:
        row = queries.follow_up(work, circle.client, row.id)
        follow_up_commands.ask_later(work, row, due + timedelta(days=7), "They are on leave")
        assert (row.state, row.due) == (FollowUpState.LATER_ASKED, due)
    with acting(circle.coplan, circle.mei) as work:
        row = queries.follow_up(work, circle.client, row.id)
        follow_up_commands.answer_later(work, row, yes=True)
        assert (row.due, row.first_due) == (due + timedelta(days=7), due)


def test_both_sides_are_reminded_once_before_the_day(circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        told = ToDo("Ask Northside", circle.first + timedelta(days=1), circle.daniel.id)
        follow_up_commands.agree_on(work, circle.client, told)
    circle.coplan.jobs.run_waiting()
    before = letters(circle)
    for _ in range(2):
        JOBS["meetings.remind"].run(circle.coplan.open_work)
        circle.coplan.jobs.run_waiting()
    assert letters(circle) - before == 3  # Mei, her nominee, and Daniel: once each
    with circle.coplan.open_reading() as work:
        kinds = [row.kind for row in work.session.query(JournalEntry)]
    assert kinds.count("meetings.reminded") == 1


def test_nobody_outside_the_circle_can_be_invited_or_given_something_to_do(circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        stranger = an_account(work, "Sam Stranger")
    with acting(circle.coplan, circle.mei) as work:
        row = commands.ask(work, circle.client, MeetingTold("Sundays"))
        with pytest.raises(NotVisible):
            commands.change(work, row, MeetingTold("Sundays"), frozenset({stranger.id}))
        with pytest.raises(NotVisible):
            follow_up_commands.agree_on(work, circle.client, ToDo("Look", circle.first, stranger.id))


def test_a_draft_of_somebody_else_cannot_be_put_into_the_papers(circle: Circle) -> None:
    other = a_circle(circle.coplan)
    with acting(circle.coplan, other.mei) as work:
        theirs = proposals.start(work, other.client, "Theirs", "ndis", other.first, other.first)
    with reading(circle.coplan, circle.mei) as work, pytest.raises(NotVisible):
        MeetingForm("Sundays", None, None, "", "", "", theirs.id, ()).told(work, circle.client)


def test_what_is_to_be_done_about_a_draft_of_ones_own_is_ones_own(circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        last = circle.first + timedelta(days=20)
        own = proposals.start(work, circle.client, "My own", "ndis", circle.first, last, kept=True)
    before = letters(circle)
    with acting(circle.coplan, circle.mei) as work:
        told = ToDo("Ring the pool", circle.first, circle.mei.id, about="proposal", about_id=own.id)
        row = follow_up_commands.agree_on(work, circle.client, told)
    for account in (circle.daniel, circle.amal):
        with reading(circle.coplan, account) as work:
            assert not queries.follow_ups(work, circle.client)
    assert letters(circle) == before
    with reading(circle.coplan, circle.mei) as work:
        assert [one.id for one in queries.follow_ups(work, circle.client)] == [row.id]
        kinds = select(JournalEntry.client_id).where(JournalEntry.subject_id == row.id)
        assert set(work.session.scalars(kinds)) == {None}


def test_nobody_hides_a_meeting_of_the_person_behind_a_draft_of_their_own(circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        row = commands.ask(work, circle.client, MeetingTold("Sundays"))
    with acting(circle.coplan, circle.daniel) as work:
        last = circle.first + timedelta(days=20)
        own = proposals.start(work, circle.client, "Quiet", "ndis", circle.first, last, kept=True)
    with acting(circle.coplan, circle.daniel) as work:
        theirs, hides = queries.meeting(work, circle.client, row.id), MeetingTold("Sundays", proposal_id=own.id)
        with pytest.raises(Refusal):
            commands.change(work, theirs, hides, frozenset())
    with reading(circle.coplan, circle.mei) as work:
        assert queries.meetings(work, circle.client)


def test_what_is_to_be_done_stays_tied_to_its_meeting_when_something_was_missing(
    circle: Circle, person: Person
) -> None:
    with acting(circle.coplan, circle.mei) as work:
        row = commands.ask(work, circle.client, MeetingTold("Keys"))
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/follow-ups?meeting={row.id}")
    mei.send("new", what="Ring the pool", due="")
    assert mei.status == 422
    assert mei.send("new", owner_name="Jean", due=circle.first.isoformat()).status == 200
    with reading(circle.coplan, circle.mei) as work:
        assert [one.what for one in queries.follow_ups(work, circle.client, row.id)] == ["Ring the pool"]
