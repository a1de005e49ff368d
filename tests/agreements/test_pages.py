"""Reading and signing an agreement through HTTP, without script, in the reader's language."""

from __future__ import annotations

import io
from datetime import timedelta

import pikepdf
import pytest
from sqlalchemy import delete, select, update

from agreements import document, queries as agreements
from agreements.jobs import draft_for
from agreements.model import Agreement
from agreements.states import State
from budgeting.money import Money
from portal.access.scope import unscoped
from portal.accounts.model import Account, Organisation, SignIn
from portal.app import Coplan
from portal.language import plain
from portal.people import next_steps, queries as people
from portal.plans import commands as plan_commands, queries as plans
from portal.plans.states import BriefState
from portal.proposals import commands as proposal_commands, queries as proposals
from tests.beginnings import Beginning
from tests.builders import PASSWORD, acting, reading, signed_in
from tests.person import Person
from tests.portal.changes.asking import SHOWER, SWIMMING, asked, everybody_agrees, price
from tests.portal.plans.people import OTHER_SUPPORT, SECRET_NEED, Circle


@pytest.fixture
def circle(begins_in_force: Beginning, coplan: Coplan) -> Circle:
    return begins_in_force.everybody(coplan)


def _stored(circle: Circle) -> Agreement:
    with circle.coplan.open_reading() as work:
        wanted = select(Agreement).where(Agreement.provider_id == circle.sunrise.id)
        return work.session.scalars(unscoped(wanted, "a test")).one()


def _address(circle: Circle) -> str:
    return f"/people/{circle.client.id}/agreements/{_stored(circle).id}"


def _offered(person: Person, circle: Circle) -> str:
    lead = signed_in(person.another(), circle.daniel).open(_address(circle))
    assert lead.send("offer-form").status == 200
    assert _stored(circle).state is State.OFFERED
    return _address(circle)


def test_from_a_draft_to_a_copy_to_keep(person: Person, circle: Circle) -> None:
    lead = signed_in(person.another(), circle.daniel).open(_address(circle))
    lead.send("terms-form", place="At home, unit 3", travel="yes")
    assert "At home, unit 3" in lead.text
    assert "30 minutes" in lead.text
    lead.send("offer-form")
    address = _address(circle)
    mei = signed_in(person.another(), circle.mei).open(address)
    mei.send("sign", name="Mei Chen", helper="Tom", agree="yes")
    assert _stored(circle).state is State.SIGNED_BY_CLIENT
    assert "Tom was there to help." in mei.text
    grace = signed_in(person.another(), circle.grace).open("/agreements").follow("Mei Chen")
    grace.send("sign", name="Grace Tan", agree="yes")
    assert _stored(circle).state is State.IN_FORCE
    copy = mei.open(f"{address}/copy")
    assert copy.answer.content.startswith(b"%PDF")
    assert "attachment" in copy.answer.headers["content-disposition"]
    assert not grace.open(address).page.xpath("//a[contains(@href, '/copy/read')]")  # signed in the very language
    assert grace.open(f"{address}/copy/read?lang=ar").status == 404  # nobody has asked for it
    grace.open(f"{address}?lang=ar").send("to-read")
    grace.open(f"{address}?lang=ar").open(grace.page.xpath("//a[contains(@href, '/copy/read')]/@href")[0])
    with pikepdf.open(io.BytesIO(grace.answer.content)) as to_read:
        assert str(to_read.Root.Lang) == "ar"


def test_a_copy_to_read_says_which_copy_counts_and_names_its_mark(circle: Circle) -> None:
    with circle.coplan.open_reading() as work:
        provider = work.session.get_one(Organisation, circle.sunrise.id)
        title = document.title_of(circle.client, provider)
        assert "is the one that counts" not in document.to_print([], [], title, "en")
        to_read = document.to_print([], [], title, "en", "a1b2")
    assert "The signed copy is the one that counts." in to_read
    assert "a1b2" in to_read


def test_beside_a_typed_name_stands_whose_account_it_was(person: Person, circle: Circle) -> None:
    _offered(person, circle)
    mei = signed_in(person.another(), circle.mei).open(_address(circle))
    mei.send("sign", name="Somebody Else", agree="yes")
    assert _stored(circle).state is State.SIGNED_BY_CLIENT
    assert "signed in as Mei Chen" in mei.text
    assert "Somebody Else" in mei.text
    assert "signed in as Mei Chen" in signed_in(person.another(), circle.grace).open(_address(circle)).text


def test_the_provider_reads_its_own_part_only(person: Person, circle: Circle) -> None:
    address = _address(circle)
    grace = signed_in(person.another(), circle.grace)
    assert grace.open(address).status == 404
    _offered(person, circle)
    assert "Help in the shower" in grace.open(address).text
    for canary in (OTHER_SUPPORT, "71.13", SECRET_NEED, "Northside"):
        assert canary not in grace.answer.text
    assert signed_in(person.another(), circle.owen).open(address).status == 404
    assert signed_in(person.another(), circle.karim).open(address).status == 404


def test_a_text_that_changed_is_a_409_and_keeps_what_was_typed(person: Person, circle: Circle) -> None:
    address = _offered(person, circle)
    mei = signed_in(person.another(), circle.mei).open(address)
    lead = signed_in(person.another(), circle.daniel).open(address).send("change", why="The day is wrong")
    lead.send("terms-form", also="Wednesdays instead of Fridays in the holidays").send("offer-form")
    mei.send("sign", name="Mei Chen", agree="yes")
    assert mei.status == 409
    assert mei.form("sign").fields["name"] == "Mei Chen"
    assert _stored(circle).state is State.OFFERED


def test_without_the_tick_nothing_is_signed(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(_offered(person, circle))
    mei.send("sign", name="Mei Chen")
    assert mei.status == 422
    assert _stored(circle).state is State.OFFERED


def test_a_password_is_asked_again_when_the_last_one_is_long_ago(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(_offered(person, circle))
    with circle.coplan.open_work() as work:
        for sign_in in work.session.scalars(select(SignIn)):
            sign_in.stepped_up_at = work.now - timedelta(minutes=6)
    mei.open(mei.address)
    assert mei.form("sign").xpath(".//input[@name='_password']")  # asked in place, before anything is pressed
    mei.send("sign", name="Mei Chen", agree="yes")
    assert mei.status == 422
    assert len(mei.form("sign").xpath(".//input[@name='_password']")) == 1
    mei.send("sign", name="Mei Chen", agree="yes", _password=PASSWORD)
    assert _stored(circle).state is State.SIGNED_BY_CLIENT


def _wrong(person: Person, form_id: str) -> set[str]:
    """The fields that the summary of a refused form leads to."""
    return {href.split("-", 1)[1] for href in person.form(form_id).xpath(".//*[@role='alert']//a/@href")}


def test_signing_names_everything_that_is_missing_at_once(person: Person, circle: Circle) -> None:
    address = _offered(person, circle)
    mei = signed_in(person, circle.mei).open(address)
    assert _wrong(mei.send("sign", name=""), "sign") == {"name", "agree"}
    with circle.coplan.open_work() as work:
        for sign_in in work.session.scalars(select(SignIn)):
            sign_in.stepped_up_at = work.now - timedelta(minutes=6)
    mei.open(address)
    assert _wrong(mei.send("sign", name=""), "sign") == {"name", "agree", "_password"}
    mei.open(address)
    assert _wrong(mei.send("sign", name="", _password="not mine"), "sign") == {"name", "agree", "_password"}
    assert _stored(circle).state is State.OFFERED


def test_a_draft_agreement_names_all_its_wrong_days_at_once(person: Person, circle: Circle) -> None:
    daniel = signed_in(person, circle.daniel).open(_address(circle))
    daniel.send("terms-form", ends="2020-01-01", review="2020-01-01")
    wrong = {href.removeprefix("#terms-form-") for href in daniel.page.xpath("//*[@role='alert']//a/@href")}
    assert wrong == {"ends", "review"}


def test_no_and_not_like_this_stand_beside_yes_and_need_no_reason(person: Person, circle: Circle) -> None:
    address = _offered(person, circle)
    mei = signed_in(person, circle.mei).open(address)
    mei.send("change")
    assert _stored(circle).state is State.CHANGE_ASKED
    _offered(person, circle)
    mei.open(address).send("decline", why="I would rather stay with Anna.")
    assert _stored(circle).state is State.DECLINED
    lead = signed_in(person.another(), circle.daniel).open(address)
    assert "I would rather stay with Anna." in lead.text
    assert lead.page.xpath("//*[@id='after-a-no']//a/@href") == [
        f"/people/{circle.client.id}/changes/new",
        f"/people/{circle.client.id}/options",
    ]


def _next(circle: Circle, account: Account) -> dict[str, bool]:
    """What is next about agreements, and whether it is theirs to do."""
    with reading(circle.coplan, account) as work:
        client = people.client(work, circle.client.id)
        return {
            plain(step.words): step.yours
            for step in next_steps.steps(work, client)
            if "agreement" in plain(step.words) and "Sunrise" in plain(step.words)
        }


def test_supports_left_without_an_agreement_stay_among_what_is_next_until_the_plan_says_otherwise(
    person: Person, circle: Circle
) -> None:
    mei = signed_in(person, circle.mei).open(_offered(person, circle))
    mei.send("decline")
    left = "There is no agreement with Sunrise Support: it was declined. Decide who gives these supports."
    assert _next(circle, circle.mei) == _next(circle, circle.daniel) == {left: True}
    with reading(circle.coplan, circle.mei) as work:
        (accepted,) = {each.proposal_id for each in agreements.of_client(work, circle.client)}
        proposal = proposals.proposal(work, circle.client, accepted)
    circle.goes_on_with(proposal, "Help in the shower", price=Money(70_00))
    assert left not in _next(circle, circle.mei)  # a new draft of an agreement took its place


def test_a_draft_that_nobody_was_offered_ends_by_itself_when_a_later_version_is_accepted(circle: Circle) -> None:
    with reading(circle.coplan, circle.mei) as work:
        former = agreements.of_client(work, circle.client)
        accepted = proposals.proposal(work, circle.client, former[0].proposal_id)
    assert {one.state for one in former} == {State.DRAFT}
    circle.goes_on_with(accepted, "Help in the shower", price=Money(70_00))
    with reading(circle.coplan, circle.mei) as work:
        there = agreements.of_client(work, circle.client)
        former_ones = {one.state for one in there if one.proposal_id == accepted.id}
        assert (former_ones, len(there)) == ({State.WITHDRAWN}, 2 * len(former))
        assert {one.state for one in there if one.proposal_id != accepted.id} == {State.DRAFT}


def test_an_agreement_of_a_former_version_that_was_offered_says_so_and_what_is_next(
    person: Person, circle: Circle
) -> None:
    mei = signed_in(person, circle.mei).open(_offered(person, circle))
    here, said = mei.address, "It is of a former version of the plan."
    assert said not in mei.text
    with reading(circle.coplan, circle.mei) as work:
        former = next(one for one in agreements.of_client(work, circle.client) if one.state is State.OFFERED)
        accepted = proposals.proposal(work, circle.client, former.proposal_id)
    circle.goes_on_with(accepted, "Help in the shower", price=Money(70_00))
    assert said in mei.open(here).text
    assert "take it back below" in mei.text
    assert said in mei.open(f"/people/{circle.client.id}/agreements").text
    step = "The agreement with Sunrise Support is of a former version of the plan. Take it back if nobody needs it."
    assert step in _next(circle, circle.mei)
    mei.open(here).send("withdraw")
    assert step not in _next(circle, circle.mei)
    mei.open(here).follow("The agreement of the new version")
    assert mei.address != here
    assert said not in mei.text


def test_a_provider_is_told_before_it_signs_what_a_newer_version_changed_of_its_own_supports_only(
    person: Person, circle: Circle
) -> None:
    grace = signed_in(person, circle.grace).open(_offered(person, circle))
    here, said = grace.address, "What you deliver is different in the newer one."
    with reading(circle.coplan, circle.mei) as work:
        accepted = proposals.proposal(work, circle.client, _stored(circle).proposal_id)
    second = circle.goes_on_with(accepted, SWIMMING, price=Money(71_00))  # what somebody else delivers
    assert said not in grace.open(here).text
    circle.goes_on_with(second, "Help in the shower", price=Money(70_00))
    assert said in grace.open(here).text
    assert said not in signed_in(person.another(), circle.mei).open(here).text  # it is not Mei who delivers
    grace.follow("Read and answer the newer one")
    assert "70.00" in grace.text


def test_agreements_that_are_over_stand_after_those_that_still_count(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(_offered(person, circle))
    over = _stored(circle)
    with reading(circle.coplan, circle.mei) as work:
        accepted = proposals.proposal(work, circle.client, over.proposal_id)
    circle.goes_on_with(accepted, "Help in the shower", price=Money(70_00))
    with acting(circle.coplan, circle.mei) as work:
        for one in work.session.scalars(unscoped(select(Agreement), "a test")):
            one.starts = over.starts + timedelta(days=one.id != over.id and -1)
    mei.send("withdraw")
    with reading(circle.coplan, circle.mei) as work:
        states = [one.state for one in agreements.of_client(work, circle.client)]
    assert states[-1] is State.WITHDRAWN
    assert len(states) > 1


def test_an_agreement_with_a_provider_that_cannot_deliver_says_so_before_anybody_signs(
    person: Person, circle: Circle
) -> None:
    mei = signed_in(person, circle.mei).open(_offered(person, circle))
    with acting(circle.coplan, circle.grace) as work:
        brief = plans.brief_for_us(work, circle.brief(circle.sunrise).id)
        plan_commands.answer(work, brief, BriefState.CANNOT, "We have nobody on Fridays.")
    said = "Sunrise Support said it cannot deliver its part. Decide about that first: the agreement can wait."
    assert _next(circle, circle.mei) == {said: True}
    assert said in mei.open(mei.address).text
    assert said not in signed_in(person.another(), circle.grace).open(mei.address).text


def test_a_provider_that_answered_that_it_cannot_deliver_changes_that_answer_before_it_signs(
    person: Person, circle: Circle
) -> None:
    address = _offered(person, circle)
    signed_in(person.another(), circle.mei).open(address).send("sign", name="Mei Chen", agree="yes")
    grace = signed_in(person.another(), circle.grace).open(address)
    late = signed_in(person.another(), circle.grace).open(address)  # another window, opened before the answer
    with acting(circle.coplan, circle.grace) as work:
        brief = plans.brief_for_us(work, circle.brief(circle.sunrise).id)
        plan_commands.answer(work, brief, BriefState.CANNOT, "We have nobody on Fridays.")
    said = "You answered that you cannot deliver this. If you can after all, change that answer first."
    assert said in late.send("sign", name="Grace Tan", agree="yes").text
    assert _stored(circle).state is State.SIGNED_BY_CLIENT
    assert said in grace.open(address).text
    assert not grace.page.xpath("//form[@id='sign']")
    for page in ("/", "/due"):
        assert said in grace.open(page).text
        assert "waits for your signature" not in grace.text
    grace.open(address)
    grace.open(grace.page.xpath("//*[@id='cannot']//a/@href")[0]).send("answer", answer="can")
    grace.open(address).send("sign", name="Grace Tan", agree="yes")
    assert _stored(circle).state is State.IN_FORCE


def test_whoever_has_to_sign_now_reads_that_it_is_their_turn(person: Person, circle: Circle) -> None:
    address = _offered(person, circle)
    mei = signed_in(person.another(), circle.mei).open(address).send("sign", name="Mei Chen", agree="yes")
    grace = signed_in(person.another(), circle.grace).open("/agreements")
    ours = f"/people/{circle.client.id}/agreements"
    daniel = signed_in(person.another(), circle.daniel)
    assert "It is your turn" in grace.text
    assert "It is your turn" in grace.open(address).text
    for page in (mei.open(ours), mei.open(address), daniel.open(ours)):
        assert "Waits for the provider" in page.text


def test_the_next_step_of_what_was_agreed_for_later_is_none_of_the_plan_there_is(
    person: Person, circle: Circle
) -> None:
    mei = signed_in(person, circle.mei).open(_offered(person, circle))
    later = circle.first + timedelta(days=30)
    with acting(circle.coplan, circle.mei) as work:
        draft = proposal_commands.start(work, circle.client, "Later", "ndis", later, later + timedelta(days=25))
        line = circle.line(SWIMMING, circle.northside, Money(70_00), starts=later, ends=later + timedelta(days=25))
        proposal_commands.add_line(work, draft, line)
    circle.accept(draft)
    mei.open(f"/people/{circle.client.id}/proposals/{draft.id}/where")
    assert "Look over the draft agreement with Northside Therapy" in mei.text
    assert "Sunrise Support" not in mei.text


def test_each_price_of_an_agreement_says_what_it_is_for(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(_offered(person, circle))
    (price,) = {cell.text_content().strip() for cell in mei.page.xpath("//article//tbody/tr/td[2]")}
    assert price.endswith("for an hour")


def test_right_after_a_yes_the_agreements_are_said_to_be_on_their_way(person: Person, circle: Circle) -> None:
    with circle.coplan.open_work() as work:  # as it is before the job has run
        accepted = _stored(circle).proposal_id
        work.session.execute(unscoped(delete(Agreement).where(Agreement.proposal_id == accepted), "a test"))
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/proposals/{accepted}")
    said = "The draft agreements with your providers are being written."
    assert said in mei.text
    assert mei.page.xpath("//*[@id='what-next' and @data-hx-get]")  # and the page looks again by itself
    assert said not in signed_in(person.another(), circle.tom).open(f"/people/{circle.client.id}").text
    with circle.coplan.open_work() as work:
        draft_for(work, str(accepted))
    assert said not in mei.open(mei.address).text
    assert not mei.page.xpath("//*[@id='what-next' and @data-hx-get]")


def test_a_signed_copy_is_said_to_come_until_it_is_there(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(_offered(person, circle))
    made = "The signed copy is being made. It is offered here in a moment."
    assert made not in mei.text
    with circle.coplan.open_work() as work:  # as it is before the job has run
        values = update(Agreement).where(Agreement.id == _stored(circle).id).values(state=State.IN_FORCE)
        work.session.execute(unscoped(values, "a test"))
    assert made in mei.open(mei.address).text
    assert not mei.page.xpath("//a[contains(@href, '/copy')]")
    assert mei.page.xpath("//*[@id='copy' and @data-hx-get]")


def test_a_supporter_reads_and_is_told_who_decides(person: Person, circle: Circle) -> None:
    tom = signed_in(person, circle.tom).open(_offered(person, circle))
    assert "Mei Chen decides." in tom.text
    assert not tom.page.xpath("//main//form")


def test_the_text_is_shown_in_the_readers_language_and_direction(person: Person, circle: Circle) -> None:
    address = _offered(person, circle)
    mei = signed_in(person, circle.mei).open(f"{address}?lang=ar")
    (text,) = mei.page.xpath("//article[contains(@class, 'agreement')]")
    assert (text.get("lang"), text.get("dir")) == ("ar", "rtl")


def test_a_signed_agreement_points_to_the_changes_agreed_since_that_touch_it_and_to_no_others(
    person: Person, circle: Circle
) -> None:
    address = _offered(person, circle)
    mei, grace = signed_in(person.another(), circle.mei), signed_in(person.another(), circle.grace)
    mei.open(address).send("sign", name="Mei Chen", agree="yes")
    grace.open(address).send("sign", name="Grace Tan", agree="yes")
    everybody_agrees(circle, asked(circle, circle.mei, circle.first, (SWIMMING, price(70))))
    assert "A change agreed on" not in mei.open(address).text
    change = asked(circle, circle.mei, circle.first, (SHOWER, price(65)))
    everybody_agrees(circle, change)
    for reader in (mei, grace):
        reader.open(address)
        assert "A change agreed on" in reader.text
        links = reader.page.xpath("//*[@id='beside']//a/@href")
        assert links == [f"/people/{circle.client.id}/changes/{change}"]
        assert reader.open(links[0]).status == 200
    plan = mei.open(f"/people/{circle.client.id}/plan")
    assert links[0] in plan.page.xpath("//*[@id='changes']//a/@href")
