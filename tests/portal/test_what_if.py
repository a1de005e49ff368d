"""Trying things out with a draft: what if, more of this for the same money, the year rehearsed. Nothing is stored."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from budgeting.money import Money, Quantity
from budgeting.package import Units, Weekly
from portal.access.scope import unscoped
from portal.app import Coplan
from portal.funding import commands as funding
from portal.funding.model import FundingComponent, FundingPeriod
from portal.funding.terms import SUPPORT_AT_HOME, Letter
from portal.journal import JournalEntry
from portal.proposals import commands
from portal.proposals.model import Line
from tests.builders import acting, signed_in
from tests.clock import stands_still
from tests.person import Person
from tests.portal.proposals.people import CORE, LAST, Circle, a_circle

ALL = selectinload(FundingComponent.periods)
PAGES = ("what-if", "more", "year")


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def key(line: Line) -> str:
    return line.key.hex[:8]


def try_out(mei: Person, circle: Circle, **typed: str | None) -> Person:
    """Open the page and send it with some fields changed."""
    fields: dict[str, object] = dict(typed)
    return mei.open(f"{circle.address}/what-if").send("what-if", **fields)  # type: ignore[arg-type]  # only fields


def test_an_empty_draft_says_what_to_do_first(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei)
    for page in PAGES:
        assert mei.open(f"{circle.address}/{page}").status == 200
        assert "Add a support to the draft first" in mei.text


def test_the_sheet_leads_to_all_three(person: Person, circle: Circle) -> None:
    circle.add()
    mei = signed_in(person, circle.mei)
    for label in ("What if", "More of this, same money", "The year rehearsed"):
        assert mei.open(circle.address).follow(label).status == 200


@pytest.mark.parametrize(("who", "status"), [
    ("mei", 200), ("daniel", 200), ("karim", 200), ("nominee", 200), ("tom", 404), ("stranger", 404),
])  # fmt: skip
def test_whoever_may_read_the_draft_may_try_things_out(person: Person, circle: Circle, who: str, status: int) -> None:
    circle.add()
    reader = signed_in(person, getattr(circle, who))
    for page in PAGES:
        assert reader.open(f"{circle.address}/{page}").status == status


# What if


def test_a_longer_visit_is_shown_before_and_after(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = try_out(signed_in(person, circle.mei), circle, **{f"finishes-{key(line)}": "12:00"})
    assert mei.status == 200
    assert "$1,088.00" in mei.text  # 8 visits of 2 hours at 68 dollars
    assert "$1,632.00" in mei.text  # and of 3 hours
    assert "Help in the shower : 8 hours more." in mei.text


def test_a_day_fewer_is_a_loss_in_visits_and_hours(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = try_out(signed_in(person, circle.mei), circle, **{f"d2-{key(line)}": None})
    assert "4 visits fewer" in mei.text
    assert "What you lose" in mei.text
    assert "What you gain" in mei.text  # more money is left
    assert "Monday, Wednesday" in mei.text


def test_a_support_that_the_address_says_nothing_of_stays_as_it_is(person: Person, circle: Circle) -> None:
    shower, swimming = circle.add(), circle.add(name="Swimming")
    mei = try_out(signed_in(person, circle.mei), circle, **{f"finishes-{key(shower)}": "12:00"})
    of_the_whole_form = mei.page.xpath("string(//*[@id='before-after'])")
    form = mei.form("what-if").fields
    of_one = {name: value for name, value in form.items() if value and (name == "asked" or key(shower) in name)}
    assert any(name.endswith(key(swimming)) for name in form)
    mei.open(f"{circle.address}/what-if?{urlencode(of_one)}")
    assert mei.page.xpath("string(//*[@id='before-after'])") == of_the_whole_form
    assert mei.form("what-if").fields == form


def test_a_draft_without_one_support(person: Person, circle: Circle) -> None:
    line = circle.add()
    circle.add(name="Swimming")
    mei = try_out(signed_in(person, circle.mei), circle, **{f"out-{key(line)}": "yes"})
    assert "Help in the shower is no longer there." in mei.text


def test_units_can_be_changed_too(person: Person, circle: Circle) -> None:
    line = circle.add(name="Garden", schedule=Units(Quantity(10_000), "H"))
    mei = try_out(signed_in(person, circle.mei), circle, **{f"units-{key(line)}": "12.5"})
    assert "Garden : 2 h 30 min more." in mei.text


def test_what_cannot_be_read_is_said_beside_it_and_kept(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = try_out(signed_in(person, circle.mei), circle, **{f"finishes-{key(line)}": "twelve"})
    assert mei.status == 200
    assert "Enter a time like" in mei.text
    assert mei.form("what-if").fields[f"finishes-{key(line)}"] == "twelve"
    assert "Nothing is different yet." in mei.text


def test_trying_things_out_stores_nothing(person: Person, circle: Circle, coplan: Coplan) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei)

    def stored() -> tuple[int, Money | None, int]:
        with coplan.open_work() as work:
            entries = work.session.scalar(select(func.count()).select_from(JournalEntry)) or 0
            lines = work.session.scalars(unscoped(select(Line), "a test counts")).all()
            return len(lines), lines[0].price, entries

    before = stored()
    try_out(mei, circle, **{f"finishes-{key(line)}": "15:00"})
    mei.open(f"{circle.address}/more").send("wish", many="1")
    mei.open(f"{circle.address}/year")
    assert stored() == before


# More of this


def test_more_of_one_support_is_paid_by_another(person: Person, circle: Circle) -> None:
    swim = circle.add(name="Swimming", schedule=Weekly((1,), time(10), time(12)), price=Money(700_00))
    circle.add(name="Cleaning", schedule=Weekly((0, 3), time(9), time(11)), price=Money(700_00))
    mei = signed_in(person, circle.mei).open(f"{circle.address}/more")
    mei.send("wish", line=key(swim), many="1")
    assert "Swimming : 1 visit a week more" in mei.text
    assert "It costs $5,600.00 more." in mei.text  # 4 visits of 2 hours at 700 dollars; the draft cost 16,800 of 20,000
    assert "Choice 1" in mei.text
    assert "Cleaning" in mei.text


def test_what_must_stay_is_left_alone(person: Person, circle: Circle) -> None:
    swim = circle.add(name="Swimming", schedule=Weekly((1,), time(10), time(12)), price=Money(700_00))
    clean = circle.add(name="Cleaning", schedule=Weekly((0, 3), time(9), time(11)), price=Money(700_00))
    mei = signed_in(person, circle.mei).open(f"{circle.address}/more")
    mei.open(f"{circle.address}/more?line={key(swim)}&many=1&keep-{key(clean)}=yes")
    assert "No trade was found that pays for it." in mei.text
    assert "Choice 1" not in mei.text


def test_money_that_is_there_needs_no_trade(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/more")
    mei.send("wish", line=key(line), many="1")
    assert "Nothing has to give way." in mei.text


def test_a_wish_that_makes_no_sense_is_explained(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei)
    answers = {"": "Enter a number", "none": "Enter a number", "0": "above zero", "7": "than a week or a day can hold"}
    for many, answer in answers.items():
        mei.open(f"{circle.address}/more").send("wish", line=key(line), many=many)
        assert mei.status == 200
        assert answer in mei.text


# The year


def test_a_draft_that_works_says_so(person: Person, circle: Circle) -> None:
    circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/year")
    assert "Every day works" in mei.text


def test_the_first_day_that_breaks_is_shown_with_fixes_that_can_be_tried(person: Person, circle: Circle) -> None:
    circle.add(price=Money(1_300_00), ends=LAST)  # 8 visits of two hours: 20,800 of 20,000 dollars
    mei = signed_in(person, circle.mei).open(f"{circle.address}/year")
    assert "29 July 2026" in mei.text  # the last Wednesday
    assert date(2026, 7, 29).weekday() == 2
    mei.follow("See what it changes")
    assert mei.status == 200
    assert "Before and after" in mei.text
    assert "What you lose" in mei.text


def test_a_year_that_works_also_says_what_money_would_be_lost(
    person: Person, coplan: Coplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands_still(monkeypatch, datetime(2026, 11, 22, tzinfo=UTC))  # the account is counted from the quarter of today
    circle = a_circle(coplan)
    letter = Letter(SUPPORT_AT_HOME, date(2026, 7, 1), classification="SAH-5", entered=date(2026, 7, 1))
    with acting(circle.coplan, circle.mei) as work:
        funding.type_letter(work, circle.client, letter)
        draft = commands.start(work, circle.client, "My plan", SUPPORT_AT_HOME, date(2026, 7, 1), date(2026, 12, 31))
        commands.add_line(work, draft, circle.terms(support="personal_care", ends=date(2026, 12, 31)))
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/proposals/{draft.id}/year")
    assert "Every day works" in mei.text
    places = mei.page.xpath("//nav[@aria-label='On this page']//a/@href")
    assert "#lost" in places
    assert all(mei.page.xpath("//*[@id=$place]", place=each[1:]) for each in places)
    # From October to December 92 days at 97.88 are 9,004.96; 26 visits at 136.00 are 3,536.00; 1,000.00 may go on.
    lost = mei.page.xpath("string(//*[@id='lost'])")
    assert "31 December 2026" in lost
    assert "$4,468.96 does not go on" in lost


def test_a_shortage_before_more_money_comes_is_told_with_its_days_and_that_it_is_of_a_draft(
    person: Person, circle: Circle
) -> None:
    with circle.coplan.open_work() as work:
        core = work.session.scalars(unscoped(select(FundingComponent).options(ALL), "a test")).one()
        for first, last, amount in (
            (date(2026, 7, 1), date(2026, 7, 19), Money(150_00)),
            (date(2026, 7, 20), date(2027, 6, 30), CORE - Money(150_00)),
        ):
            core.periods.append(FundingPeriod(client_id=core.client_id, starts=first, ends=last, amount=amount))
    circle.add()  # 136.00 a visit, on Monday 6 and Wednesday 8 July, and so on
    told = "It is short from 8 July 2026 to 19 July 2026 ; more is released on 20 July 2026 ."
    mei = signed_in(person, circle.mei)
    assert told in mei.open(circle.address).text
    assert told in mei.open(f"/people/{circle.client.id}").text
    assert "In the draft you are working on" in mei.text


def test_addresses_that_ask_for_what_is_not_there_show_the_page(person: Person, circle: Circle) -> None:
    circle.add()
    mei = signed_in(person, circle.mei)
    for address in ("year?fix=99", "year?fix=x", "more?line=zz&many=1", "what-if?asked=1&d9-x=1"):
        assert mei.open(f"{circle.address}/{address}").status == 200
