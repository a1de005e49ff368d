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
from portal.accounts.model import Organisation, SignIn
from portal.app import Coplan
from portal.plans import commands as plan_commands, queries as plans
from portal.plans.states import BriefState
from portal.proposals import commands as proposal_commands, queries as proposals
from tests.agreements.offers import address_of, an_offer, the_agreement, what_is_next
from tests.beginnings import Beginning
from tests.builders import PASSWORD, acting, reading, signed_in
from tests.person import Person
from tests.portal.changes.asking import SWIMMING
from tests.portal.plans.people import OTHER_SUPPORT, SECRET_NEED, Circle


@pytest.fixture
def circle(begins_in_force: Beginning, coplan: Coplan) -> Circle:
    return begins_in_force.everybody(coplan)


def test_from_a_draft_to_a_copy_to_keep(person: Person, circle: Circle) -> None:
    lead = signed_in(person.another(), circle.daniel).open(address_of(circle))
    lead.send("terms-form", place="At home, unit 3", travel="yes")
    assert "At home, unit 3" in lead.text
    assert "30 minutes" in lead.text
    lead.send("offer-form")
    address = address_of(circle)
    mei = signed_in(person.another(), circle.mei).open(address)
    mei.send("sign", name="Mei Chen", helper="Tom", agree="yes")
    assert the_agreement(circle).state is State.SIGNED_BY_CLIENT
    assert "Tom was there to help." in mei.text
    grace = signed_in(person.another(), circle.grace).open("/agreements").follow("Mei Chen")
    grace.send("sign", name="Grace Tan", agree="yes")
    assert the_agreement(circle).state is State.IN_FORCE
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
    an_offer(person, circle)
    mei = signed_in(person.another(), circle.mei).open(address_of(circle))
    mei.send("sign", name="Somebody Else", agree="yes")
    assert the_agreement(circle).state is State.SIGNED_BY_CLIENT
    assert "signed in as Mei Chen" in mei.text
    assert "Somebody Else" in mei.text
    assert "signed in as Mei Chen" in signed_in(person.another(), circle.grace).open(address_of(circle)).text


def test_the_provider_reads_its_own_part_only(person: Person, circle: Circle) -> None:
    address = address_of(circle)
    grace = signed_in(person.another(), circle.grace)
    assert grace.open(address).status == 404
    an_offer(person, circle)
    assert "Help in the shower" in grace.open(address).text
    for canary in (OTHER_SUPPORT, "71.13", SECRET_NEED, "Northside"):
        assert canary not in grace.answer.text
    assert signed_in(person.another(), circle.owen).open(address).status == 404
    assert signed_in(person.another(), circle.karim).open(address).status == 404


def test_a_text_that_changed_is_a_409_and_keeps_what_was_typed(person: Person, circle: Circle) -> None:
    address = an_offer(person, circle)
    mei = signed_in(person.another(), circle.mei).open(address)
    lead = signed_in(person.another(), circle.daniel).open(address).send("change", why="The day is wrong")
    lead.send("terms-form", also="Wednesdays instead of Fridays in the holidays").send("offer-form")
    mei.send("sign", name="Mei Chen", agree="yes")
    assert mei.status == 409
    assert mei.form("sign").fields["name"] == "Mei Chen"
    assert the_agreement(circle).state is State.OFFERED


def test_without_the_tick_nothing_is_signed(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(an_offer(person, circle))
    mei.send("sign", name="Mei Chen")
    assert mei.status == 422
    assert the_agreement(circle).state is State.OFFERED


def test_a_password_is_asked_again_when_the_last_one_is_long_ago(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(an_offer(person, circle))
    with circle.coplan.open_work() as work:
        for sign_in in work.session.scalars(select(SignIn)):
            sign_in.stepped_up_at = work.now - timedelta(minutes=6)
    mei.open(mei.address)
    assert mei.form("sign").xpath(".//input[@name='_password']")  # asked in place, before anything is pressed
    mei.send("sign", name="Mei Chen", agree="yes")
    assert mei.status == 422
    assert len(mei.form("sign").xpath(".//input[@name='_password']")) == 1
    mei.send("sign", name="Mei Chen", agree="yes", _password=PASSWORD)
    assert the_agreement(circle).state is State.SIGNED_BY_CLIENT


def _wrong(person: Person, form_id: str) -> set[str]:
    """The fields that the summary of a refused form leads to."""
    return {href.split("-", 1)[1] for href in person.form(form_id).xpath(".//*[@role='alert']//a/@href")}


def test_signing_names_everything_that_is_missing_at_once(person: Person, circle: Circle) -> None:
    address = an_offer(person, circle)
    mei = signed_in(person, circle.mei).open(address)
    assert _wrong(mei.send("sign", name=""), "sign") == {"name", "agree"}
    with circle.coplan.open_work() as work:
        for sign_in in work.session.scalars(select(SignIn)):
            sign_in.stepped_up_at = work.now - timedelta(minutes=6)
    mei.open(address)
    assert _wrong(mei.send("sign", name=""), "sign") == {"name", "agree", "_password"}
    mei.open(address)
    assert _wrong(mei.send("sign", name="", _password="not mine"), "sign") == {"name", "agree", "_password"}
    assert the_agreement(circle).state is State.OFFERED


def test_a_draft_agreement_names_all_its_wrong_days_at_once(person: Person, circle: Circle) -> None:
    daniel = signed_in(person, circle.daniel).open(address_of(circle))
    daniel.send("terms-form", ends="2020-01-01", review="2020-01-01")
    wrong = {href.removeprefix("#terms-form-") for href in daniel.page.xpath("//*[@role='alert']//a/@href")}
    assert wrong == {"ends", "review"}


def test_no_and_not_like_this_stand_beside_yes_and_need_no_reason(person: Person, circle: Circle) -> None:
    address = an_offer(person, circle)
    mei = signed_in(person, circle.mei).open(address)
    mei.send("change")
    assert the_agreement(circle).state is State.CHANGE_ASKED
    an_offer(person, circle)
    mei.open(address).send("decline", why="I would rather stay with Anna.")
    assert the_agreement(circle).state is State.DECLINED
    lead = signed_in(person.another(), circle.daniel).open(address)
    assert "I would rather stay with Anna." in lead.text
    assert lead.page.xpath("//*[@id='after-a-no']//a/@href") == [
        f"/people/{circle.client.id}/changes/new",
        f"/people/{circle.client.id}/options",
    ]


def test_supports_left_without_an_agreement_stay_among_what_is_next_until_the_plan_says_otherwise(
    person: Person, circle: Circle
) -> None:
    mei = signed_in(person, circle.mei).open(an_offer(person, circle))
    mei.send("decline")
    left = "There is no agreement with Sunrise Support: it was declined. Decide who gives these supports."
    assert what_is_next(circle, circle.mei) == what_is_next(circle, circle.daniel) == {left: True}
    with reading(circle.coplan, circle.mei) as work:
        (accepted,) = {each.proposal_id for each in agreements.of_client(work, circle.client)}
        proposal = proposals.proposal(work, circle.client, accepted)
    circle.goes_on_with(proposal, "Help in the shower", price=Money(70_00))
    assert left not in what_is_next(circle, circle.mei)  # a new draft of an agreement took its place


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


def test_an_agreement_with_a_provider_that_cannot_deliver_says_so_before_anybody_signs(
    person: Person, circle: Circle
) -> None:
    mei = signed_in(person, circle.mei).open(an_offer(person, circle))
    with acting(circle.coplan, circle.grace) as work:
        brief = plans.brief_for_us(work, circle.brief(circle.sunrise).id)
        plan_commands.answer(work, brief, BriefState.CANNOT, "We have nobody on Fridays.")
    said = "Sunrise Support said it cannot deliver its part. Decide about that first: the agreement can wait."
    assert what_is_next(circle, circle.mei) == {said: True}
    assert said in mei.open(mei.address).text
    assert said not in signed_in(person.another(), circle.grace).open(mei.address).text


def test_a_provider_that_answered_that_it_cannot_deliver_changes_that_answer_before_it_signs(
    person: Person, circle: Circle
) -> None:
    address = an_offer(person, circle)
    signed_in(person.another(), circle.mei).open(address).send("sign", name="Mei Chen", agree="yes")
    grace = signed_in(person.another(), circle.grace).open(address)
    late = signed_in(person.another(), circle.grace).open(address)  # another window, opened before the answer
    with acting(circle.coplan, circle.grace) as work:
        brief = plans.brief_for_us(work, circle.brief(circle.sunrise).id)
        plan_commands.answer(work, brief, BriefState.CANNOT, "We have nobody on Fridays.")
    said = "You answered that you cannot deliver this. If you can after all, change that answer first."
    assert said in late.send("sign", name="Grace Tan", agree="yes").text
    assert the_agreement(circle).state is State.SIGNED_BY_CLIENT
    assert said in grace.open(address).text
    assert not grace.page.xpath("//form[@id='sign']")
    for page in ("/", "/due"):
        assert said in grace.open(page).text
        assert "waits for your signature" not in grace.text
    grace.open(address)
    grace.open(grace.page.xpath("//*[@id='cannot']//a/@href")[0]).send("answer", answer="can")
    grace.open(address).send("sign", name="Grace Tan", agree="yes")
    assert the_agreement(circle).state is State.IN_FORCE


def test_whoever_has_to_sign_now_reads_that_it_is_their_turn(person: Person, circle: Circle) -> None:
    address = an_offer(person, circle)
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
    mei = signed_in(person, circle.mei).open(an_offer(person, circle))
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
    mei = signed_in(person, circle.mei).open(an_offer(person, circle))
    (price,) = {cell.text_content().strip() for cell in mei.page.xpath("//article//tbody/tr/td[2]")}
    assert price.endswith("for an hour")


def test_the_prices_of_an_agreement_are_taken_along_as_a_file(person: Person, circle: Circle) -> None:
    page = an_offer(person, circle)
    signed_in(person, circle.grace).open(f"{page}?table=prices&as=csv")
    assert "Help in the shower" in person.answer.text
    assert "68.00" in person.answer.text
    assert "Spreadsheet" in person.open(page).text
    assert signed_in(person.another(), circle.owen).open(f"{page}?table=prices&as=csv").status == 404


def test_right_after_a_yes_the_agreements_are_said_to_be_on_their_way(person: Person, circle: Circle) -> None:
    with circle.coplan.open_work() as work:  # as it is before the job has run
        accepted = the_agreement(circle).proposal_id
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
    mei = signed_in(person, circle.mei).open(an_offer(person, circle))
    made = "The signed copy is being made. It is offered here in a moment."
    assert made not in mei.text
    with circle.coplan.open_work() as work:  # as it is before the job has run
        values = update(Agreement).where(Agreement.id == the_agreement(circle).id).values(state=State.IN_FORCE)
        work.session.execute(unscoped(values, "a test"))
    assert made in mei.open(mei.address).text
    assert not mei.page.xpath("//a[contains(@href, '/copy')]")
    assert mei.page.xpath("//*[@id='copy' and @data-hx-get]")


def test_a_supporter_reads_and_is_told_who_decides(person: Person, circle: Circle) -> None:
    tom = signed_in(person, circle.tom).open(an_offer(person, circle))
    assert "Mei Chen decides." in tom.text
    assert not tom.page.xpath("//main//form")


def test_the_text_is_shown_in_the_readers_language_and_direction(person: Person, circle: Circle) -> None:
    address = an_offer(person, circle)
    mei = signed_in(person, circle.mei).open(f"{address}?lang=ar")
    (text,) = mei.page.xpath("//article[contains(@class, 'agreement')]")
    assert (text.get("lang"), text.get("dir")) == ("ar", "rtl")
