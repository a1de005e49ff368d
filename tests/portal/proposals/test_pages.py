"""A proposal through HTTP: without script and with it, in place, with every figure explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import lxml.html
import pytest
from sqlalchemy import func, select

from budgeting.money import Money
from budgeting.package import Management
from portal.access.scope import unscoped
from portal.access.table import Action
from portal.app import Coplan
from portal.funding import commands as funding, queries as funding_queries
from portal.funding.terms import Terms as Part
from portal.funding.week import OnHolidays
from portal.language import show
from portal.proposals import commands, pricing, queries, talk_commands
from portal.proposals.line_form import QuickForm, quick_terms
from portal.proposals.lines import title_after
from portal.proposals.model import Line, SuggestionKind
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import FIRST, LAST, Circle, a_circle

LABOUR_DAY = date(2026, 10, 5)  # a Monday, in New South Wales


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def test_a_family_adds_a_support_and_sees_what_it_costs(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(circle.address)
    mei.follow("Add a support").send("find-support", q="help in the shower").follow("Help with personal care")
    mei.send("line", weekdays=["0", "2"], begins="9:00", finishes="11:00", price="68", need="Wash safely", starts=FIRST)
    assert mei.status == 200
    (line,) = circle.lines()
    assert mei.address == f"{circle.address}#line-{line.id}"  # at the new line, not at the top of the page
    assert mei.page.xpath(f"//tr[@id='line-{line.id}']/@tabindex") == ["-1"]
    assert "$1,088.00" in mei.text
    assert "8 visits" in mei.text
    assert "Wash safely" in mei.text


def test_one_support_in_place_of_another_stands_where_the_page_opens(person: Person, circle: Circle) -> None:
    worker = circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/lines/{worker.id}/replace")
    mei.send("find-support", q="my sister, without pay").follow("Help from family or friends, without pay")
    mei.send("line", name="My sister helps me", provider_name="Lan")
    (line,) = circle.lines()
    assert mei.address == f"{circle.address}#line-{line.id}"
    assert line.terms.more.given is not None
    daniel = signed_in(person.another(), circle.daniel).open(f"{circle.address}/lines/{line.id}/replace")
    daniel.follow("Add something that is on no list")
    daniel.send("line", name="Meals on wheels", reason="She is away in May.")
    assert daniel.page.xpath(f"//*[@id='{daniel.address.partition('#')[2]}']//*[contains(., 'Meals on wheels')]")
    mains = mei.open(circle.address).page.xpath("//main//*[@class='btn' or @class='btn ']")
    assert [one.text_content().strip() for one in mains] == ["Add a support"]  # a yes on the sheet is one among others


@pytest.mark.parametrize(("starts", "ends", "first"), [(-30, 60, 0), (10, 60, 10), (-60, -30, -60)])
def test_a_new_support_begins_today_where_its_plan_is_under_way(
    person: Person, circle: Circle, starts: int, ends: int, first: int, one_moment: datetime
) -> None:
    with acting(circle.coplan, circle.mei) as work:
        today = work.today(circle.client)
        days = [today + timedelta(days) for days in (starts, ends, first)]
        made = commands.start(work, circle.client, "Another plan", "ndis", days[0], days[1])
    address = f"/people/{circle.client.id}/proposals/{made.id}"
    form = signed_in(person, circle.mei).open(f"{address}/add?support=self_care").form("line")
    assert (form.fields["starts"], form.fields["ends"]) == (days[2].isoformat(), days[1].isoformat())


def test_a_quick_edit_answers_with_the_whole_sheet_only(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(circle.address)
    mei.send(f"q-{line.id.hex[:12]}", htmx=True, finishes="12")
    assert mei.status == 200
    assert mei.answer.text.lstrip().startswith('<section id="sheet"')
    assert "$1,632.00" in mei.answer.text  # 8 visits of 3 hours at 68 dollars


def test_an_edit_brings_back_only_the_rows_that_are_not_on_the_page_yet(person: Person, circle: Circle) -> None:
    changed, same = circle.add(), circle.add()
    mei = signed_in(person, circle.mei).open(circle.address)
    (mark,) = mei.page.xpath(f"//tr[@id='line-{same.id}']/@data-as")
    mei.send(f"q-{changed.id.hex[:12]}", htmx=True, has=[mark], price="70.00")
    rows = {row.get("id"): row for row in lxml.html.fromstring(mei.answer.text).xpath("//tbody/tr")}
    assert rows[f"line-{same.id}"].get("data-same") is not None
    assert len(rows[f"line-{same.id}"]) == 0
    assert "$1,120.00" in rows[f"line-{changed.id}"].text_content()
    mei.open(circle.address).send(f"q-{same.id.hex[:12]}", htmx=True, has=[mark], price="71.00")
    assert "$1,136.00" in mei.answer.text
    assert "data-same" not in mei.answer.text


def test_a_draft_without_a_support_opens_as_often_as_somebody_asks(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei)
    for _ in range(3):  # what is remembered of the last opening must not hold on to it
        assert mei.open(circle.address).status == 200


def test_the_same_edit_works_without_script_and_can_be_undone(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(circle.address)
    mei.send(f"q-{line.id.hex[:12]}", price="70.00")
    assert "$1,120.00" in mei.text
    mei.send(f"q-{line.id.hex[:12]}", to="/undo")
    assert "$1,088.00" in mei.text


def test_a_piece_of_a_page_comes_in_the_language_its_page_was_asked_for(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}?lang=ar")
    mei.send(f"q-{line.id.hex[:12]}", htmx=True, price="70.00")
    assert "تراجع" in mei.answer.text
    assert "Undo<" not in mei.answer.text


def test_an_amount_that_could_mean_two_things_is_asked_about_and_kept(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(circle.address)
    mei.send(f"q-{line.id.hex[:12]}", price="1.250")
    assert mei.status == 422
    assert mei.form(f"q-{line.id.hex[:12]}").fields["price"] == "1.250"


def test_a_stale_edit_says_who_changed_it_and_keeps_both_texts(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(circle.address)
    circle.edit(circle.nominee, line, price=Money(75_00))
    mei.send(f"q-{line.id.hex[:12]}", price="70")
    assert mei.status == 409
    assert "Amal changed it" in mei.text
    assert mei.form(f"q-{line.id.hex[:12]}").fields["price"] == "70"
    mei.send(f"q-{line.id.hex[:12]}")
    assert circle.lines()[0].price == Money(70_00)


def test_sending_the_same_form_twice_adds_one_line(person: Person, circle: Circle, coplan: Coplan) -> None:
    mei = signed_in(person, circle.mei).open(f"{circle.address}/add?support=self_care")
    again = mei.answer
    mei.send("line", weekdays=["0"], begins="9:00", finishes="10:00")
    mei.answer, mei.address = again, f"{circle.address}/add?support=self_care"
    mei.send("line", weekdays=["0"], begins="9:00", finishes="10:00")
    with coplan.open_reading() as work:
        assert work.session.scalar(unscoped(select(func.count()).select_from(Line), "a test counts")) == 1


def test_a_coordinators_quick_edit_becomes_a_suggestion_that_the_client_answers(person: Person, circle: Circle) -> None:
    line = circle.add()
    daniel = signed_in(person, circle.daniel).open(circle.address)
    daniel.send(f"q-{line.id.hex[:12]}", price="72")
    assert circle.lines()[0].price == Money(68_00)
    mei = signed_in(person.another(), circle.mei).open(circle.address)
    assert "Daniel Okafor suggests" in mei.text
    assert "$1,152.00" in mei.text  # what it would cost: 16 hours at 72 dollars
    answer = mei.page.xpath("//form[starts-with(@id,'answer-')]/@id")[0]
    mei.send(answer, press="say=yes", answer="Fair enough")
    assert circle.lines()[0].price == Money(72_00)
    assert "Answer: Fair enough" in mei.open(f"{circle.address}/lines/{line.id}").text


def test_who_hears_a_draft_finds_its_parts_by_headings_and_each_suggestion_by_its_name(
    person: Person, circle: Circle
) -> None:
    circle.suggest_removal(circle.daniel, circle.add())
    mei = signed_in(person, circle.mei).open(circle.address)
    headings = [one.text_content() for one in mei.page.xpath("//*[@id='sheet']//h2")]
    assert headings == ["What it costs", "Left of each part of the funding", "Supports in this plan"]
    (group,) = mei.page.xpath("//*[@role='group'][starts-with(@id, 'suggestion-')]")
    (name,) = group.xpath(f".//h3[@id='{group.get('aria-labelledby')}']")
    assert name.text_content().startswith("Take out")


def test_every_figure_opens_its_explanation_as_a_page_and_in_place(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(circle.address)
    for figure in ("all", "hours", f"line-{line.id}", "part-core"):
        mei.open(f"{circle.address}/why/{figure}")
        assert mei.status == 200, figure
        mei.open(f"{circle.address}/why/{figure}", **{"HX-Request": "true"})
        assert mei.answer.text.lstrip().startswith(f'<div id="why-{figure}"')
    mei.open(f"{circle.address}/why/line-{circle.proposal.id}")
    assert mei.status == 404


def test_a_printed_draft_says_below_how_each_figure_came_about(person: Person, circle: Circle) -> None:
    circle.add()
    mei = signed_in(person, circle.mei).open(circle.address)
    (paper,) = mei.page.xpath("//*[@id='paper']/@data-paper")
    mei.open(paper, **{"HX-Request": "true"})
    told = [" ".join(one.text_content().split()) for one in mei.page.xpath("//*[@id='on-paper']//li")]
    assert told[0].startswith("Help in the shower, altogether $1,088.00 ")
    assert any(one.startswith("Core supports: left at the end ") for one in told)


def test_a_brother_reads_and_comments_but_is_offered_no_edit(person: Person, circle: Circle) -> None:
    line = circle.add()
    karim = signed_in(person, circle.karim).open(circle.address)
    assert not karim.page.xpath("//form[starts-with(@id,'q-')]")
    karim.open(f"{circle.address}/lines/{line.id}").send("say", text="I can come on Mondays.", disagrees="yes")
    assert "I can come on Mondays." in karim.text
    assert karim.open(f"{circle.address}/accept").status == 404


def test_who_may_not_see_the_draft_finds_nothing(person: Person, circle: Circle) -> None:
    line = circle.add()
    for account in (circle.tom, circle.stranger):
        visitor = signed_in(person.another(), account)
        for address in ("", "/add", "/accept", "/why/all", f"/lines/{line.id}"):
            assert visitor.open(circle.address + address).status == 404


def test_the_client_says_yes_and_the_version_stays(person: Person, circle: Circle) -> None:
    circle.add()
    mei = signed_in(person, circle.mei).open(circle.address).follow("Say yes to this plan")
    mei.send("accept")
    assert "Accepted" in mei.text
    assert "$1,088.00" in mei.text
    assert mei.open(f"{circle.address}/add").status == 422


def test_a_draft_is_begun_and_named(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/proposals")
    mei.send("start-proposal", title="下一年的计划", starts=FIRST.isoformat(), ends=LAST.isoformat())
    assert "下一年的计划" in mei.text
    mei.open(f"/people/{circle.client.id}/proposals").send(
        "start-proposal", starts=LAST.isoformat(), ends=FIRST.isoformat()
    )
    assert mei.status == 422


def test_a_price_above_the_limit_does_not_make_a_plan_cheaper(person: Person, circle: Circle) -> None:
    line = circle.add(price=None)
    typed = QuickForm(begins=None, finishes=None, units=None, price=Money(90_00), version=1)
    with acting(circle.coplan, circle.mei) as work:
        holiday = commands.start(work, circle.client, "October", "ndis", LABOUR_DAY, LABOUR_DAY)
        now = replace(line.terms, starts=LABOUR_DAY, ends=LABOUR_DAY)
        setting = queries.draft(work, circle.client, holiday).setting
        then = quick_terms(typed, now, "ndis")
        before, after = (pricing.quote(work, setting, [("line", terms)]) for terms in (now, then))
    assert after.amount == before.amount > Money(0)
    mei = signed_in(person, circle.mei).open(circle.address)
    mei.send(f"q-{line.id.hex[:12]}", price="90")
    assert circle.lines()[0].on_holidays is OnHolidays.LIMIT
    mei.open(f"{circle.address}/lines/{line.id}")
    assert "On public holidays: the published price limit, as an estimate." in mei.text


def test_after_an_undo_the_price_of_that_support_has_the_focus(person: Person, circle: Circle) -> None:
    line = circle.add()
    circle.add(name="Cleaning")
    form = f"q-{line.id.hex[:12]}"
    mei = signed_in(person, circle.mei).open(circle.address)
    mei.send(form, htmx=True, price="70.00")
    assert not mei.page.xpath("//*[@data-focus]")
    mei.open(circle.address).send(form, to="/undo", htmx=True)
    assert [one.get("id") for one in mei.page.xpath("//*[@data-focus]")] == [f"{form}-price"]


def test_after_the_undo_of_something_new_the_sheet_has_the_focus(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(circle.address)
    mei.send(f"q-{line.id.hex[:12]}", to="/undo", htmx=True)
    assert [one.get("id") for one in mei.page.xpath("//*[@data-focus]")] == ["sheet"]


def test_a_limit_says_what_it_is_for(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(f"{circle.address}/add?support=self_care")
    assert "Weekday, daytime: up to" in mei.text
    assert "for an hour" in mei.text
    mei.open(f"{circle.address}/add")
    hints = [one.text_content() for one in mei.page.xpath("//div[@id='found']//li/p[@class='hint']")]
    limits = [one for one in hints if "$" in one]
    assert limits
    units = ("for", "each", "at what it really costs")
    assert [one for one in limits if not any(unit in one.partition("$")[2] for unit in units)] == []


def test_there_is_no_yes_to_press_while_something_is_open(person: Person, circle: Circle) -> None:
    line = circle.add()
    circle.suggest_removal(circle.daniel, line)
    mei = signed_in(person, circle.mei).open(f"{circle.address}/accept")
    assert "Not yet: something is open" in mei.text
    assert not mei.page.xpath("//form[@id='accept']")
    assert "you can say yes here" in mei.text


def test_an_accepted_version_is_shown_where_it_was_accepted(person: Person, circle: Circle) -> None:
    circle.add()
    circle.accept(circle.mei)
    mei = signed_in(person, circle.mei).open(f"{circle.address}/accept")
    assert mei.status == 200
    assert "This version stays as it is." in mei.text


def test_each_part_of_what_is_left_is_explained_where_it_stands(person: Person, circle: Circle) -> None:
    circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/why/left")
    assert "explained at its own place" not in mei.text
    assert "Core supports: left at the end" in mei.text
    assert mei.page.xpath("//dl[@class='sum']//details")


def test_a_support_that_lacks_something_is_asked_about_with_everything_typed_kept(
    person: Person, circle: Circle
) -> None:
    mei = signed_in(person, circle.mei).open(f"{circle.address}/add?support=self_care")
    mei.send("line", weekdays=["0"], begins="9:00", name="Early help")
    assert mei.status == 422
    assert "When does a visit end?" in mei.text
    assert mei.form("line").fields["name"] == "Early help"
    assert mei.form("line").fields["begins"] == "9:00"


def test_a_suggestion_answered_away_from_the_sheet_leads_to_the_draft(person: Person, circle: Circle) -> None:
    line = circle.add()
    circle.suggest_removal(circle.daniel, line)
    mei = signed_in(person, circle.mei).open(f"{circle.address}/lines/{line.id}")
    (answer,) = [form for form in mei.page.forms if (form.get("id") or "").startswith("answer-")]
    assert answer.get("data-hx-post") is None, "a piece of the sheet has no place on this page"
    mei.follow("Talk about it, answer with something else, or put it off")
    assert mei.form(answer.get("id")).get("data-hx-post") is None
    mei.send(answer.get("id"), press="say=no")
    assert mei.address.endswith(circle.address)
    assert "You said no." in mei.text


def test_a_suggestion_is_put_off_before_a_yes_without_leaving_its_support_out(person: Person, circle: Circle) -> None:
    line = circle.add()
    circle.suggest_removal(circle.daniel, line)
    mei = signed_in(person, circle.mei).open(f"{circle.address}/accept")
    assert "Answer it, or put it off" in mei.text
    assert "Leave out for now" not in mei.text
    daniel = signed_in(person.another(), circle.daniel).open(f"{circle.address}/accept")
    assert "Answer it, or put it off" not in daniel.text  # it is his own


def test_a_line_that_two_parts_may_pay_for_says_that_their_order_is_our_reading(person: Person, circle: Circle) -> None:
    line = circle.add(component=None)
    mei = signed_in(person, circle.mei).open(f"{circle.address}/lines/{line.id}")
    assert "Paid from Core supports" in mei.text
    assert "our reading" not in mei.text
    with acting(circle.coplan, circle.mei) as work:
        plan = funding_queries.current(work, circle.client, Action.WRITE)
        assert plan is not None
        funding.add_part(work, plan, Part("Daily life alone", Management.SELF, ("01",), Money(500_00), key="alone"))
    mei.open(f"{circle.address}/lines/{line.id}")
    assert "Paid from Daily life alone" in mei.text
    assert "In which order they pay is our reading of the rules." in mei.text


def test_a_suggestion_says_what_would_be_left_and_a_yes_leaves_just_that(person: Person, circle: Circle) -> None:
    line = circle.add()
    with acting(circle.coplan, circle.daniel) as work:
        terms = replace(circle.line(work, line).terms, price=Money(72_00))
        made = talk_commands.suggest(
            work, circle.fresh(work), SuggestionKind.CHANGE, circle.line(work, line), terms, ""
        )
    assert made is not None
    mei = signed_in(person, circle.mei).open(circle.address)
    says = [one.text_content() for one in mei.page.xpath(f"//*[@id='suggestion-{made.id}']/p[@class='hint']")]
    circle.say_yes_to(circle.mei, made)
    with reading(circle.coplan, circle.mei) as work:
        left = queries.draft(work, circle.client, circle.fresh(work)).quote.components[0].left
    assert any("Left of" in one and show(left).striptags() in one for one in says)


def test_the_next_draft_never_carries_the_name_of_the_version_it_comes_from(person: Person, circle: Circle) -> None:
    circle.add()
    circle.accept(circle.mei)
    mei = signed_in(person, circle.mei).open(circle.address)
    (agreed,) = mei.page.xpath("//h1")
    mei.send("again")
    (drafted,) = mei.page.xpath("//h1")
    assert drafted.text_content() != agreed.text_content()
    assert title_after("My plan 2", {"My plan 3"}) == "My plan 4"
