"""The one form of the five minutes: the letter and an ordinary week at once, with what nobody knows left out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from budgeting.money import Money
from budgeting.package import Management
from portal.access.scope import unscoped
from portal.app import Coplan
from portal.funding.forms import LetterForm
from portal.funding.kept import from_json
from portal.funding.model import FundingPlan
from portal.site.forms import Posted, read as read_form
from portal.start.draft import Draft
from portal.start.letter import understand
from portal.start.model import StartDraft
from tests.clock import stands_still
from tests.person import Person
from tests.portal.start.test_journey import ENDS, STARTS, WEEK, part, read, tell_the_letter


def draft(coplan: Coplan) -> Draft:
    with coplan.open_reading() as work:
        (kept,) = work.session.scalars(select(StartDraft)).all()
        return from_json(Draft, kept.content)


def tell(person: Person, week: str = WEEK["en"], **told: object) -> Person:
    fields: dict[str, Any] = {"starts": STARTS, "ends": ENDS, "state": "NSW", "week": week, **part(), **told}
    return person.open("/start?program=ndis").send("letter", **fields)


def test_letter_and_week_are_told_at_once_and_answered_on_the_same_page(person: Person) -> None:
    tell(person)
    assert person.address.endswith("/start#answer")
    assert "Your money lasts until 27 December 2026." in read(person)
    assert "help in the shower" in read(person)


def test_with_script_the_answer_comes_into_the_page(person: Person) -> None:
    fields: dict[str, Any] = {"starts": STARTS, "ends": ENDS, "state": "NSW", "week": WEEK["en"], **part()}
    person.open("/start?program=ndis").send("letter", htmx=True, **fields)
    assert person.status == 200
    assert "<html" not in person.answer.text
    assert "Your money lasts until 27 December 2026" in person.text


def test_everything_that_needs_another_look_is_said_at_once_and_nothing_typed_is_lost(
    person: Person, coplan: Coplan
) -> None:
    wrong = part(kind="", amount="a lot") | part(2, amount="0", release="written")
    tell(person, "help in the shower", starts="31/2/2027", state="", **wrong)
    assert person.status == 422
    said = {each.get("id"): each.text_content() for each in person.page.xpath("//p[@class='error']")}
    for name in ("starts", "state", "kind_1", "amount_1", "week"):
        assert f"letter-{name}-error" in said, name
    fields = person.form("letter").fields
    assert (fields["starts"], fields["amount_1"], fields["amount_2"]) == ("31/2/2027", "a lot", "0")
    assert fields["week"].strip() == "help in the shower"
    with coplan.open_reading() as work:
        assert not work.session.scalars(select(StartDraft)).all()


def test_a_part_is_offered_by_the_names_that_letters_use_beside_the_readers_own(person: Person) -> None:
    offered = person.open("/start?program=ndis&lang=ar").form("letter").xpath(".//select[@name='kind_1']/option")
    (choice,) = [one.text_content() for one in offered if one.get("value") == "choice"]
    assert "Choice and control" in choice
    assert "Improved life choices" in choice


def test_support_that_no_part_of_the_money_pays_is_said_beside_the_first_answer(person: Person) -> None:
    outing = WEEK["en"] + "\nSaturday 10am to 1pm, outing to the park, $70 an hour"
    tell(person, outing, **part(kind="daily_life"))
    assert "outing to the park: no part of the funding pays for this yet." in read(person)
    assert "help in the shower: no part of the funding" not in read(person)
    assert "no part of the funding" not in read(tell(person, outing, **part(kind="core")))


def test_an_empty_form_asks_for_all_that_it_needs_at_once(person: Person) -> None:
    person.open("/start?program=ndis").send("letter")
    said = {each.get("id") for each in person.page.xpath("//p[@class='error']")}
    assert said == {f"letter-{name}-error" for name in ("starts", "state", "kind_1", "amount_1")}


def test_a_fold_with_an_error_in_it_is_open(person: Person) -> None:
    tell(person, **part(spent="100", spent_until=""))
    (error,) = person.page.xpath("//p[@id='letter-spent_until_1-error']")
    assert all(fold.get("open") is not None for fold in error.iterancestors("details"))


def test_a_last_day_that_nobody_knows_is_never_made_up(person: Person, coplan: Coplan) -> None:
    tell(person, ends="", **part(amount="50,000"))
    assert "Your money lasts at least until 31 August 2027. We looked no further." in read(person)
    assert "You did not say the last day of the plan." in read(person)
    assert person.form("letter").fields["ends"] == ""
    assert draft(coplan).ends_unknown


def test_a_payer_that_nobody_knows_is_said_to_be_unknown(person: Person, coplan: Coplan) -> None:
    tell(person, **part(management=""))
    assert "You did not say who pays the invoices." in read(person)
    assert draft(coplan).payers_unknown == ("core",)
    assert "You did not say who pays the invoices." not in read(tell(person, **part(management="self")))


def test_what_is_noticed_says_whom_it_takes_to_pay_where_nobody_knows(person: Person) -> None:
    said = "This is what holds if a plan manager pays."
    dear = "Monday 9am to 11am, help in the shower, $190 an hour"
    tell(person, week=dear, **part(management=""))
    answer = read(person.open("/start/answer"))
    assert answer.index(said) < answer.index("is over the limit")
    tell(person, week=dear, **part(management="plan"))
    answer = read(person.open("/start/answer"))
    assert "is over the limit" in answer
    assert said not in answer


def test_who_keeps_it_is_asked_what_nobody_knew(person: Person, coplan: Coplan) -> None:
    tell(person, ends="", **part(management=""))
    assert person.open("/start/keep").text.count("is our guess") == 2
    account: dict[str, Any] = {"name": "Nora Quinn", "login": "nora@example.org", "password": "three words to try"}
    person.send("keep", whose="mine", ends="2027-03-31", management="agency", **account)
    with coplan.open_reading() as work:
        (plan,) = work.session.scalars(unscoped(select(FundingPlan), "test")).unique().all()
        assert (plan.ends, plan.reassessment) == (date(2027, 3, 31), date(2027, 3, 31))
    assert "NDIA-managed" in person.open(f"/people/{plan.client_id}/funding").text


def test_a_further_part_is_as_the_one_above_where_its_row_is_left_empty(person: Person, coplan: Coplan) -> None:
    second = part(2, kind="transport", amount="600", management="", release="")
    third = part(3, kind="consumables", amount="300", management="agency", release="once")
    tell(person, **part(release="3"), **second, **third)
    core, transport, consumables = draft(coplan).parts
    assert transport.management is Management.SELF
    assert [one.amount for one in transport.releases] == [Money(30000), Money(30000)]
    assert len(core.releases) == 2
    assert (consumables.management, consumables.releases) == (Management.AGENCY, ())


def test_a_letter_of_five_parts_is_typed_in_one_go(person: Person, coplan: Coplan) -> None:
    kinds = ("core", "transport", "consumables", "coordination", "daily_skills")
    person.open("/start?program=ndis")
    asked = {name for one in person.page.xpath("//main//select") if (name := one.get("name", "")).startswith("kind_")}
    assert asked >= {f"kind_{number}" for number in range(1, 6)}
    rows = [part(number, kind=kind, amount="500") for number, kind in enumerate(kinds, 1)]
    tell(person, **{name: value for row in rows for name, value in row.items()})
    assert [one.key for one in draft(coplan).parts] == list(kinds)


def test_a_part_whose_row_is_emptied_is_gone(person: Person, coplan: Coplan) -> None:
    tell(person, **part(), **part(2, kind="transport", amount="600"))
    assert len(draft(coplan).parts) == 2
    person.open("/start?change=letter").send("letter", kind_2="", amount_2="")
    assert [one.key for one in draft(coplan).parts] == ["core"]


def test_a_line_of_the_week_that_was_changed_by_fields_stays_so_until_its_words_change(
    person: Person, coplan: Coplan
) -> None:
    tell(person)
    person.open("/start/week?change=1").send("line", price="70")
    person.open("/start").send("letter", week=WEEK["en"] + "\nFri 1pm-3pm cleaning $60")
    shower, cleaning = draft(coplan).week
    assert (shower.price, cleaning.price) == (Money(7000), Money(6000))
    person.open("/start").send("letter", week="Fri 1pm-3pm cleaning $60")
    assert [line.name for line in draft(coplan).week] == ["cleaning"]


def test_what_a_line_of_the_week_leaves_open_is_asked_beside_the_answer(person: Person) -> None:
    tell(person, "shower $62\nThu 9-1 cleaning $60")
    assert "“shower $62”: On which days?" in read(person)
    assert person.page.xpath("//details[@id='typed']/@open")
    person.send("letter", week="Mon 9-11 shower $62\nThu 9-1 cleaning $60")
    assert "On which days?" not in read(person)
    assert not person.page.xpath("//details[@id='typed']/@open")


def test_a_letter_without_a_week_leads_to_the_week(person: Person) -> None:
    assert tell_the_letter(person).address.endswith("/start/week")


@pytest.mark.parametrize(("said", "evening"), [("Friday evening 2 hours", True), ("Friday 2 hours", False)])
def test_times_of_an_evening_are_not_called_times_by_day(person: Person, said: str, evening: bool) -> None:
    tell_the_letter(person).open("/start/week").send("say", text=f"{said} help with dinner $70")
    assert "You did not say from when to when, so we count these times" in read(person)
    assert ("by day" not in read(person)) is evening


def test_a_cohort_of_another_program_counts_for_nothing() -> None:
    sent = {"program": ["ndis"], "starts": ["2026-07-01"], "ends": ["2027-06-30"], "cohort": ["no_worse_off"]}
    assert read_form(LetterForm, Posted(sent)).letter().cohort == "standard"


# letters of Support at Home


def test_what_does_not_carry_over_is_said_beside_the_day(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    stands_still(monkeypatch, datetime(2026, 7, 6, tzinfo=UTC))
    # $73.22 a day is $6,736.24 for each of two quarters of 92 days, and $6,589.80 for 90 days. A visit takes $95 of it:
    # 13, 14 and 12 Thursdays leave $5,501.24, then $6,406.24 and $6,449.80 with the $1,000 that go on each time. The
    # rest, $4,501.24 + $5,406.24 + $5,449.80, does not.
    person.open("/start?program=support_at_home")
    week = "Thursday 9-10, help in the shower, $100 an hour"
    person.send("letter", classification="SAH-4", starts="2026-07-01", independence="5", state="TAS", week=week)
    assert "Your money lasts at least until 30 June 2027. We looked no further." in read(person)
    assert "What does not carry over$15,357.28" in read(person)


def test_while_nobody_told_a_price_for_public_holidays_it_is_not_said_that_they_cost_nothing(person: Person) -> None:
    person.open("/start?program=support_at_home")
    week = "Monday 9-10, help in the shower, $100 an hour"
    person.send("letter", classification="SAH-4", starts="2026-07-01", independence="5", state="NSW", week=week)
    assert "Your money lasts" in read(person)
    assert "What public holidays cost more" not in read(person)


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("Your quarterly budget is about $7,424.", "SAH-4"),
        ("Your budget each quarter: $10,513.83", "HCP-3"),
        ("Your Home Care Package level 3 continues", "HCP-3"),
        ("Support at Home classification 6", "SAH-6"),
    ],
)
def test_a_letter_of_support_at_home_is_read_for_its_classification(line: str, level: str) -> None:
    found = understand(f"My Aged Care\nSupport at Home\nYour services can start from 1 July 2026.\n{line}")
    assert found.letter["classification"] == level
    assert found.letter["starts"] == "2026-07-01"
    assert found.unused == []


def test_a_budget_that_is_not_that_of_the_classification_is_handed_back() -> None:
    found = understand("Support at Home classification 5\nYour quarterly budget is $7,424.")
    assert found.letter["classification"] == "SAH-5"
    assert found.unused == ["Your quarterly budget is $7,424."]


def test_money_of_the_ndis_that_comes_each_quarter_is_no_budget_of_support_at_home() -> None:
    found = understand("NDIS plan from 1 July 2026\nFunding of $7,424 is released each quarter\nCore $29,696")
    assert found.letter["program"] == "ndis"
    assert "classification" not in found.letter
    assert found.unused == ["Funding of $7,424 is released each quarter"]


def test_a_letter_of_support_at_home_is_read_for_whose_rules_count() -> None:
    found = understand("Support at Home classification 5\nYou are on the no worse off rules.\nYou get a full pension.")
    assert (found.letter["cohort"], found.letter["means_status"]) == ("no_worse_off", "full_pensioner")


def test_a_week_that_is_too_long_for_one_form_is_not_read_and_comes_back_whole(person: Person) -> None:
    """Anybody may send it, also without an account: each doubling of a line took four times as long to read."""
    week = "Mon 9-11 shower $68\n" + "every " * 3000
    tell(person, week)
    assert person.status == 422
    said = {each.get("id"): each.text_content() for each in person.page.xpath("//p[@class='error']")}
    assert set(said) == {"letter-week-error"}
    assert "This is too long" in said["letter-week-error"]
    assert person.form("letter").fields["week"].strip() == week.strip()


def test_what_was_typed_in_another_window_is_shown_beside_it_and_not_overwritten(
    person: Person, coplan: Coplan
) -> None:
    tell(person)
    other = person.another()
    other.cookies = person.cookies
    fields: dict[str, Any] = {"starts": STARTS, "ends": ENDS, "state": "NSW", **part()}
    person.open("/start?program=ndis&change=letter")
    other.open("/start?program=ndis&change=letter")
    other.send("letter", week="Mon 9-10, cleaning, $60 an hour", **fields)
    person.send("letter", week="Fri 9-12, swimming, $70 an hour", **fields)
    assert person.status == 409
    assert "Mon 9-10, cleaning, $60 an hour" in person.text
    assert "Fri 9-12, swimming, $70 an hour" in person.text
    assert [one.typed for one in draft(coplan).week] == ["Mon 9-10, cleaning, $60 an hour"]
    person.send("letter")  # seen, and sent again
    assert [one.typed for one in draft(coplan).week] == ["Fri 9-12, swimming, $70 an hour"]
