"""What was told in five minutes, kept by making an account: nothing is typed again, and who may do what."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select

from budgeting.money import Money
from portal.access.scope import unscoped
from portal.access.table import Relationship
from portal.app import Coplan
from portal.funding.model import FundingPlan
from portal.funding.queries import current_for_job, ordinary_week
from portal.people.model import Authority, Client, Consent, Tie
from portal.proposals.model import Line
from portal.start.model import StartDraft
from tests.builders import an_account, signed_in
from tests.person import Person
from tests.portal.start.test_journey import ENDS, GRANTED, STARTS, WEEK, part, read, tell_everything

ACCOUNT: dict[str, Any] = {"name": "Nora Quinn", "login": "nora@example.org", "password": "four quiet green chairs"}


def _only_client(coplan: Coplan) -> tuple[Client, Tie]:
    with coplan.open_reading() as work:
        client = work.session.scalars(unscoped(select(Client), "test")).one()
        tie = work.session.scalars(unscoped(select(Tie), "test")).one()
    return client, tie


def test_making_an_account_keeps_everything_with_nothing_retyped(person: Person, coplan: Coplan) -> None:
    tell_everything(person)
    person.open("/start/keep").send("keep", whose="mine", **ACCOUNT)
    client, tie = _only_client(coplan)
    assert person.address.endswith(f"/people/{client.id}")
    assert "$5,000.00" in person.text
    assert "Your money lasts until" in person.text
    assert "Invite someone" in person.text
    assert "Your ordinary week becomes a draft." in person.text  # which a job writes beside it
    assert (client.name, client.state, tie.relationship) == ("Nora Quinn", "NSW", Relationship.CLIENT)
    with coplan.open_reading() as work:
        plan = current_for_job(work, client)
        assert plan is not None
        assert (plan.starts, plan.ends, plan.components[0].amount) == (STARTS, ENDS, GRANTED)
        (line,) = ordinary_week(work, client.id)
        assert (line.name, line.weekdays, line.price) == ("help in the shower", (0, 2), Money(6800))
        assert work.session.scalar(select(func.count()).select_from(StartDraft)) == 0


def test_whoever_leaves_quickly_leaves_nothing_to_whoever_sits_down_next(person: Person) -> None:
    tell_everything(person)
    assert "$5,000.00" in person.open("/start/answer").text
    person.send("leave")
    for page in ("/start", "/start/week", "/start/answer", "/start/keep"):
        assert not [told for told in ("5,000", "shower") if told in person.open(page).text], page


def test_whoever_signs_out_leaves_nothing_they_typed_to_whoever_sits_down_next(person: Person, coplan: Coplan) -> None:
    with coplan.open_work() as work:
        account = an_account(work, "Nora Quinn")
    tell_everything(signed_in(person, account))
    assert "$5,000.00" in person.open("/start/answer").text
    person.open("/account").send("sign-out")
    for page in ("/start", "/start/week", "/start/answer"):
        assert not [told for told in ("5,000", "shower") if told in person.open(page).text], page


def test_nobody_reads_the_draft_of_an_account_by_sending_its_id_as_their_cookie(person: Person, coplan: Coplan) -> None:
    with coplan.open_work() as work:
        account = an_account(work, "Nora Quinn")
    signed_in(person, account).open("/start?program=ndis")
    del person.cookies["visitor"]
    person.send("letter", starts=STARTS, ends=ENDS, state="NSW", **part())
    stranger = person.another()
    stranger.cookies.set("visitor", f"account|{account.id}")
    assert "5,000" not in stranger.open("/start?program=ndis").answer.text
    assert "5,000" in person.open("/start?program=ndis").answer.text


def test_the_week_becomes_the_first_proposal(person: Person, coplan: Coplan) -> None:
    tell_everything(person)
    person.open("/start/keep").send("keep", whose="mine", **ACCOUNT)
    client, _ = _only_client(coplan)
    with coplan.open_reading() as work:
        (line,) = work.session.scalars(unscoped(select(Line), "test")).all()
    assert (line.client_id, line.name) == (client.id, "help in the shower")
    assert (line.weekdays, line.price) == ("0,2", Money(6800))


def test_the_first_proposal_plans_only_what_is_not_spent_yet(person: Person, coplan: Coplan) -> None:
    told = part(spent="100", spent_until="2026-10-31")
    person.open("/start?program=ndis").send("letter", starts=STARTS, ends=ENDS, state="NSW", **told)
    person.open("/start/week").send("say", text=WEEK["en"] + ", sleepover")
    person.open("/start/keep").send("keep", whose="mine", **ACCOUNT)
    with coplan.open_reading() as work:
        (line,) = work.session.scalars(unscoped(select(Line), "test")).all()
    assert (line.starts, line.ends) == (date(2026, 11, 1), ENDS)
    assert line.sleepover


def test_someone_signed_in_keeps_it_straight_away(person: Person, coplan: Coplan) -> None:
    with coplan.open_work() as work:
        account = an_account(work, "Nora Quinn")
    signed_in(person, account)
    tell_everything(person)
    person.open("/start/keep").send("keep", whose="mine")
    client, tie = _only_client(coplan)
    assert person.address.endswith(f"/people/{client.id}")
    assert tie.account_id == account.id


def test_a_parent_may_plan_and_keep_the_money_in_view_but_not_sign(person: Person, coplan: Coplan) -> None:
    tell_everything(person)
    person.open("/start/keep").send("keep", whose="child", person="Sami Quinn", **ACCOUNT)
    client, tie = _only_client(coplan)
    assert (client.name, tie.relationship) == ("Sami Quinn", Relationship.AUTHORITY)
    with coplan.open_reading() as work:
        authority = work.session.scalars(unscoped(select(Authority), "test")).one()
    assert {scope.value for scope in authority.unpacked()} == {"planning", "money"}
    assert authority.checked_by is None
    assert "$5,000.00" in person.text
    assert "Began to use Coplan and kept the funding letter." in person.text, "said to the parent, who reads it"
    circle = read(person.open(f"/people/{client.id}/circle"))
    assert "nobody has seen papers. It decides on what is listed here and on nothing else." in circle
    assert "decides nothing so far" not in circle


def test_a_helper_of_an_adult_looks_and_comments_and_the_person_gets_a_code(person: Person, coplan: Coplan) -> None:
    tell_everything(person)
    person.open("/start/keep").send("keep", whose="adult", person="Ada Quinn", **ACCOUNT)
    client, tie = _only_client(coplan)
    assert tie.relationship is Relationship.SUPPORTER
    code = person.page.xpath("//code")[0].text_content()
    with coplan.open_reading() as work:
        consents = work.session.scalars(unscoped(select(Consent), "test")).all()
    assert all("confirmed by the person" in one.given_how for one in consents)
    assert person.open(f"/people/{client.id}/funding").status == 200
    assert person.open(f"/people/{client.id}/funding/new").status == 404
    assert len(code.replace(" ", "")) == 16


def test_the_person_takes_their_own_plan_with_the_code_their_helper_gave_them(person: Person, coplan: Coplan) -> None:
    tell_everything(person)
    person.open("/start/keep").send("keep", whose="adult", person="Ada Quinn", **ACCOUNT)
    code = person.page.xpath("//code")[0].text_content()
    ada = person.another()
    ada.open("/join").send("join", code=code)
    ada.open("/join/new").send("new", **{**ACCOUNT, "name": "Ada Quinn", "login": "ada@example.org"})
    assert [each.text_content() for each in ada.page.xpath("//p[@class='over']")] == ["Ada Quinn"]
    assert "This is you. It is your plan, and you decide." in ada.text
    ada.send("accept")
    assert ada.status == 200
    with coplan.open_reading() as work:
        ties = work.session.scalars(unscoped(select(Tie), "test")).all()
    assert {tie.relationship for tie in ties} == {Relationship.SUPPORTER, Relationship.CLIENT}
    client = ties[0].client_id
    assert "wrote this for you. Is it right?" in ada.open(f"/people/{client}").text
    assert person.open(f"/people/{client}/told").status == 404, "the helper does not say so for her"
    ada.open(f"/people/{client}/told").send("confirm-told")
    assert "wrote this for you" not in ada.text
    with coplan.open_reading() as work:
        assert {each.given_how for each in work.session.scalars(unscoped(select(Consent), "test"))} == {
            "here, by the person"
        }
    assert person.open(f"/people/{client}/funding").status == 200, "what they may see stays as it is"
    assert ada.open(f"/people/{client}/told").status == 404


def test_the_code_page_is_nobody_elses(person: Person, coplan: Coplan) -> None:
    tell_everything(person)
    person.open("/start/keep").send("keep", whose="adult", person="Ada Quinn", **ACCOUNT)
    page = person.address
    with coplan.open_work() as work:
        stranger = an_account(work, "Someone Else")
    assert signed_in(person.another(), stranger).open(page).status == 404


def test_a_missing_name_or_a_short_password_is_refused_and_the_draft_stays(person: Person, coplan: Coplan) -> None:
    tell_everything(person)
    person.open("/start/keep").send("keep", whose="mine", **{**ACCOUNT, "password": "short"})
    assert person.status == 422
    person.send("keep", whose="adult", **ACCOUNT)
    assert "What name does the person go by?" in person.text
    with coplan.open_reading() as work:
        assert work.session.scalar(unscoped(select(func.count()).select_from(FundingPlan), "test")) == 0
    assert "Your money lasts" in person.open("/start/answer").text


def test_nobody_confirms_what_was_told_after_it_changed_under_them(person: Person, coplan: Coplan) -> None:
    tell_everything(person)
    person.open("/start/keep").send("keep", whose="adult", person="Ada Quinn", **ACCOUNT)
    client, _tie = _only_client(coplan)
    code = person.page.xpath("//code")[0].text_content()
    ada = person.another()
    ada.open("/join").send("join", code=code)
    ada.open("/join/new").send("new", **{**ACCOUNT, "name": "Ada Quinn", "login": "ada@example.org"})
    ada.send("accept")
    ada.open(f"/people/{client.id}/told")
    with coplan.open_work() as work:
        one = work.session.scalars(unscoped(select(Consent).order_by(Consent.id), "test")).first()
        assert one is not None
        one.purpose = "Something else than what was read"
    ada.send("confirm-told")
    assert ada.status == 409, ada.text
    ada.send("confirm-told")
    assert "wrote this for you" not in ada.open(f"/people/{client.id}").text


def test_while_a_price_is_missing_nobody_is_told_that_the_money_lasts(person: Person) -> None:
    person.open("/start?program=support_at_home")
    week = "Monday 9-11, help in the shower"
    person.send("letter", classification="SAH-5", starts="2026-07-01", state="NSW", week=week)
    person.open("/start/keep").send("keep", whose="mine", **ACCOUNT)
    home = person.address
    lasts = person.page.xpath("//section[@id='lasts']")[0].text_content()
    assert "Not known yet" in lasts
    assert "2027" not in lasts
    assert "Hours of support left" not in person.text  # no price says that the money pays them
    main = person.open(f"{home}/proposals").follow("My first plan").page.xpath("//main")[0]
    draft = main.xpath(".//tfoot")[0].text_content()
    assert "Not known yet" in draft
    assert "$0.00" not in draft
    meters = main.xpath("string(.//h2[text()='Left of each part of the funding']/following-sibling::*[1])")
    assert "$0.00 planned" not in meters.translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert "(not known yet) planned of" in meters.translate(dict.fromkeys(range(0x2066, 0x206A)))
    weekly = person.open(f"{home}/alarms").page.xpath("//main")[0].text_content()
    assert weekly.split("Hours of support left")[1].strip().startswith("Not known yet")
    assert "A week as it is planned$0.00" not in weekly.replace("\n", "")
