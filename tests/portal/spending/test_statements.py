"""The months of Support at Home on the page: worked out, compared with the provider's statement, taken along."""

from __future__ import annotations

import ast
import csv
import inspect
import io
import re
from datetime import date, timedelta
from typing import Any

import pytest

from budgeting.money import Money, dollars
from budgeting.package import Funding
from budgeting.period import Period, month_of
from budgeting.programs.support_at_home import (
    account,
    granted,
    idle,
    relieving,
    statement,
    statement_rows,
    tiers,
)
from budgeting.programs.support_at_home.rules import quarter
from budgeting.programs.support_at_home.statement_rows import service
from budgeting.spending import ClaimType, Entry
from budgeting.words import Words
from portal import language
from portal.access.table import Relationship
from portal.app import Coplan
from portal.db import Stale
from portal.equipment import commands as equipment
from portal.equipment.commands import Need, QuoteTold
from portal.equipment.model import Getting
from portal.funding import commands as funding
from portal.funding.terms import SUPPORT_AT_HOME, Letter, Rate
from portal.people.model import Client
from portal.site.page import Asked
from portal.site.spoken import OF_THEM
from portal.spending import claim_commands
from portal.spending.statement_rows import tables
from portal.work import Refusal, Work
from tests.builders import a_client, a_tie, acting, an_account, signed_in
from tests.person import Person
from tests.portal.spending.delivered import a_support


class Margaret:
    """Margaret with classification 5, since the first day of the present quarter, and her coordinator."""

    def __init__(self, coplan: Coplan) -> None:
        self.coplan = coplan
        with coplan.open_work() as work:
            self.account, self.priya = an_account(work, "Margaret W"), an_account(work, "Priya N")
            self.client: Client = a_client(work, "Margaret Wilson", account=self.account)
            a_tie(work, self.client, Relationship.LEAD, self.priya)
            self.today = work.today(self.client)
        self.since = quarter(self.today).first
        with acting(coplan, self.account) as work:
            letter = Letter(
                SUPPORT_AT_HOME,
                self.since,
                classification="SAH-5",
                entered=self.since,
                means_status="part_pensioner",
                rates=(Rate("independence", 50_000), Rate("everyday_living", 175_000)),
                rates_since=self.since,
            )
            funding.type_letter(work, self.client, letter)
        self.month = f"{self.since:%Y-%m}"
        self.base = f"/people/{self.client.id}/statements"

    def cleaned(self, work: Work, day: date, amount: str) -> None:
        values: dict[str, Any] = {"first": day, "last": day, "item": "cleaning", "component": None, "management": None}
        a_support(work, self.client, description="", amount=dollars(amount), unit="hour", **values)


@pytest.fixture
def margaret(coplan: Coplan) -> Margaret:
    return Margaret(coplan)


def test_a_month_shows_each_service_with_subsidy_and_contribution_and_what_is_left(
    margaret: Margaret, person: Person
) -> None:
    with margaret.coplan.open_work() as work:
        margaret.cleaned(work, margaret.since, "120.00")
    signed_in(person, margaret.account).open(margaret.base)
    person.open(f"{margaret.base}/{margaret.month}")
    assert person.status == 200
    for amount in ("$120.00", "$99.00", "$21.00"):
        assert amount in person.text
    person.open(f"{person.address}?table=services-everyday-living&as=csv")
    rows = list(csv.reader(io.StringIO(person.answer.text)))
    assert rows[1][4:] == ["120.00", "99.00", "21.00", ""]
    person.open(f"/people/{margaret.client.id}/spending/new?support=other")
    thing: dict[str, Any] = {"quantity": "1", "price": "385", "item": "equipment", "description": "Shower chair"}
    person.send("entry", day=margaret.since.isoformat(), provider="Steady Aids", **thing)
    assert "Written down" in person.text
    assert "dollars of actual cost" not in person.open(f"{margaret.base}/{margaret.month}").text  # it is one chair
    assert "$385.00" in person.text


def test_a_month_before_anything_was_written_down_does_not_say_that_nothing_was_taken_or_paid(
    margaret: Margaret, person: Person
) -> None:
    signed_in(person, margaret.account).open(f"{margaret.base}/{margaret.month}")
    said = {name: person.page.xpath(f"//p[.='{name}']/following-sibling::*")[0].text_content() for name in KNOWN}
    assert all(text.strip().startswith("Not known yet") for text in said.values()), said
    with margaret.coplan.open_work() as work:
        margaret.cleaned(work, margaret.since, "120.00")
    person.open(f"{margaret.base}/{margaret.month}")
    assert "$21.00" in person.page.xpath("//p[.='You pay for this month']/following-sibling::*")[0].text_content()


KNOWN = ("Left at the end", "You pay for this month")


def test_a_month_of_many_services_is_shown_page_by_page_and_its_file_has_them_all(
    margaret: Margaret, person: Person
) -> None:
    with margaret.coplan.open_work() as work:
        for _ in range(60):
            margaret.cleaned(work, margaret.since, "120.00")
    for reading in (margaret.account, margaret.priya):
        reader = signed_in(person.another(), reading).open(f"{margaret.base}/{margaret.month}")
        assert len(reader.page.xpath("//table[@id='services-everyday-living']/tbody/tr")) == 50
        assert "$7,200.00" in reader.text  # the foot is of all of them
        reader.follow("Next")
        assert len(reader.page.xpath("//table[@id='services-everyday-living']/tbody/tr")) == 10
        reader.open(f"{margaret.base}/{margaret.month}?table=services-everyday-living&as=csv")
        file = csv.reader(io.StringIO(reader.answer.text))
        assert sum(row[:1] == [margaret.since.isoformat()] for row in file) == 60


def test_a_statement_says_which_services_a_third_party_did_and_which_were_called_off() -> None:
    day = date(2026, 7, 6)
    letter = Funding(Period(day, date(2026, 9, 30)), classification="SAH-5", entered=day)
    called_off = Entry("Green Door", day, day, dollars("60.00"), item="nursing", claim_type=ClaimType.CANCELLATION)
    passed_on = Entry("Green Door", day, day, dollars("80.00"), item="nursing")
    services = [service(called_off, letter), service(passed_on, letter, passed_on=True), service(passed_on, letter)]
    made = statement.statement(letter, month_of(day), services)
    (table,) = tables(made, Asked("", {}, False, language.ENGLISH)).groups
    notes = [row[-1].text if isinstance(row[-1], Words) else row[-1] for row in table.table.whole()]
    assert notes == ["Called off at short notice", "A third party did it for the provider", ""]


def test_a_provider_whose_statement_differs_is_told_apart_by_the_service_that_is_missing(
    margaret: Margaret, person: Person
) -> None:
    with margaret.coplan.open_work() as work:
        margaret.cleaned(work, margaret.since, "120.00")
        margaret.cleaned(work, margaret.since, "40.00")
    signed_in(person, margaret.account).open(f"{margaret.base}/{margaret.month}")
    days = (quarter(margaret.since).last - margaret.since).days + 1
    credited = 9788 * days  # SAH-5: $97.88 a day
    theirs = (credited - 3300) / 100  # only the $40.00 of cleaning, of which $33.00 is subsidy
    person.send("theirs", opening="0.00", closing=f"{theirs:.2f}")
    assert person.status == 200
    assert "It is exactly what" in person.text
    assert "$99.00" in person.text
    assert "Differs" in person.open(margaret.base).text


def test_the_tables_of_a_statement_speak_to_the_person_and_to_others_of_the_person(
    margaret: Margaret, person: Person
) -> None:
    with margaret.coplan.open_work() as work:
        margaret.cleaned(work, margaret.since, "120.00")
    with acting(margaret.coplan, margaret.account) as work:
        claim_commands.tell_statement(work, margaret.client, 0, margaret.since, None, dollars("1.00"), None)
    heads = {}
    for reading in (margaret.account, margaret.priya):
        reader = signed_in(person.another(), reading).open(f"{margaret.base}/{margaret.month}")
        figures = reader.page.xpath("string(//main)")
        told = [" ".join(one.text_content().split()) for one in reader.page.xpath("//table//th | //table//caption")]
        reader.open(margaret.base)
        own = reading == margaret.account
        assert ("you pay" in figures, "that the person pays" in figures) == (own, not own)
        heads[reading] = told + [" ".join(one.text_content().split()) for one in reader.page.xpath("//table//th")]
    assert {"You pay", "Beside the statement of your provider", "Your provider says"} <= set(heads[margaret.account])
    others = {"The person’s own share of it", "Beside the statement of the provider", "The provider says"}
    assert others <= set(heads[margaret.priya])
    assert [one for one in heads[margaret.priya] if "your provider" in one.casefold() or "You" in one] == []


def test_a_statement_is_written_down_once_for_each_month_and_never_over_someone_elses(margaret: Margaret) -> None:
    with acting(margaret.coplan, margaret.account) as work:
        claim_commands.tell_statement(work, margaret.client, 0, margaret.since, None, dollars("10.00"), None)
        with pytest.raises(Stale):
            claim_commands.tell_statement(work, margaret.client, 0, margaret.since, None, dollars("11.00"), None)
        with pytest.raises(Refusal):
            claim_commands.tell_statement(work, margaret.client, 1, margaret.since, None, None, None)
        following = month_of(margaret.today).last + timedelta(days=1)
        with pytest.raises(Refusal):
            claim_commands.tell_statement(work, margaret.client, 0, following, None, dollars("1.00"), None)


def test_there_is_no_statement_of_a_month_to_come_or_of_before_the_program(margaret: Margaret, person: Person) -> None:
    signed_in(person, margaret.account)
    following = month_of(margaret.today).last + timedelta(days=1)
    for month in (f"{following:%Y-%m}", "2019-01", "2026-1", "nonsense", "2026-11-01"):
        assert person.open(f"{margaret.base}/{month}").status == 404


def test_the_provider_claims_so_the_page_with_the_claims_leads_to_the_statements(
    margaret: Margaret, person: Person
) -> None:
    page = signed_in(person, margaret.account).open(f"/people/{margaret.client.id}/claims")
    assert "You claim nothing yourself." in page.text
    assert page.follow("Look at the statements").status == 200


def test_the_balances_of_an_account_are_those_of_its_statement(margaret: Margaret, person: Person) -> None:
    with margaret.coplan.open_work() as work:
        margaret.cleaned(work, margaret.since, "120.00")
    signed_in(person, margaret.account).open(f"/people/{margaret.client.id}/balances")
    days = (quarter(margaret.since).last - margaret.since).days + 1
    left = f"${(9788 * days - 9900) // 100:,}.{(9788 * days - 9900) % 100:02d}"
    assert left in person.text
    person.send("tell-1", keeper="provider", left=left.removeprefix("$"), on=margaret.today.isoformat())
    assert "The same as ours" in person.text


def test_nothing_that_a_statement_says_to_the_person_is_said_like_that_to_somebody_else() -> None:
    parts = (account, granted, idle, relieving, statement, statement_rows, tiers)
    said = [
        str(one.args[0].value)
        for part in parts
        for one in ast.walk(ast.parse(inspect.getsource(part)))
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id in ("words", "nwords")
        if isinstance(one.args[0], ast.Constant)
    ]
    to_you = {one for one in said if re.search(r"\byou(r|rs)?\b", one, re.IGNORECASE)}
    assert len(to_you) > 8
    for text in to_you:
        other = OF_THEM[text]
        assert not re.search(r"\byou(r|rs)?\b", f"{other.text} {other.plural or ''}", re.IGNORECASE)


def test_a_tier_shows_what_it_holds_and_the_page_teaches_before_there_is_one(
    margaret: Margaret, person: Person
) -> None:
    page = signed_in(person, margaret.priya).open(f"/people/{margaret.client.id}/equipment/tiers")
    assert "No tier is written down yet" in page.text
    page.open(page.page.xpath("//a[contains(@href, 'kind=tier')]/@href")[0])
    page.send("grant", code="hm", amount="2,000", since=margaret.since.isoformat())
    page.open(f"/people/{margaret.client.id}/equipment/tiers")
    assert "Changes to the home" in page.text
    assert "Changes to your home" not in page.text
    page.open(f"{page.address}?table=tiers&as=csv")
    assert list(csv.reader(io.StringIO(page.answer.text)))[1][1:4] == ["2000.00", "0.00", "2000.00"]


def test_what_is_held_for_equipment_is_the_same_beside_the_things_on_the_tier_and_on_the_statement(
    margaret: Margaret, person: Person
) -> None:
    page = signed_in(person, margaret.priya).open(f"/people/{margaret.client.id}/funding/granted?kind=tier")
    page.send("grant", code="hm", amount="2,000", since=margaret.since.isoformat())
    with acting(margaret.coplan, margaret.priya) as work:
        tier = granted.tier_key("hm", 0)
        rail = equipment.name_need(work, margaret.client, Need("A rail", component=tier))
        quote = equipment.keep_quote(work, rail, QuoteTold("Steady", Money(515_00)))
        equipment.ask_approval(work, rail, quote, Getting.BUY, None, margaret.since)
        equipment.approve(work, rail, "The provider", None, None, given=True)
        month = f"{work.today(margaret.client):%Y-%m}"
    for place in ("equipment", "equipment/tiers"):
        text = page.open(f"/people/{margaret.client.id}/{place}").text
        assert "Left of it $2,000.00" in text
        assert "Free after that $1,485.00" in text
    text = page.open(f"/people/{margaret.client.id}/funding").text
    assert "Can be spent now $1,485.00" in text
    assert "Released and not spent $2,000.00" in text
    assert "Money that is held" in page.open(f"/people/{margaret.client.id}/statements/{month}").text
    assert "A rail" in page.text


def test_who_says_that_nothing_came_in_a_month_knows_what_is_left_of_it_and_can_take_that_back(
    margaret: Margaret, person: Person
) -> None:
    over = quarter(margaret.since - timedelta(days=1))
    with acting(margaret.coplan, margaret.account) as work:
        letter = Letter(SUPPORT_AT_HOME, over.first, classification="SAH-5", entered=over.first)
        funding.type_letter(work, margaret.client, letter)
    unknown, told = "Nothing was told or entered for these days yet.", "nothing came in this month"
    page = f"{margaret.base}/{over.first:%Y-%m}"
    signed_in(person, margaret.account).open(page)
    assert unknown in person.text
    person.send("nothing", nothing="yes")
    person.open(page)
    assert unknown not in person.text
    assert told in person.text
    person.send("nothing")
    person.open(page)
    assert unknown in person.text
    assert told not in person.text


def test_that_nothing_came_is_not_said_of_a_month_that_goes_on(margaret: Margaret, person: Person) -> None:
    signed_in(person, margaret.account).open(f"{margaret.base}/{margaret.today:%Y-%m}")
    assert "Nothing came in this month" not in person.text
    with acting(margaret.coplan, margaret.account) as work, pytest.raises(Refusal):
        claim_commands.tell_nothing_came(work, margaret.client, 0, margaret.today.replace(day=1), True)
