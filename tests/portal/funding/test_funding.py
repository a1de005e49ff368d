"""The funding letter: who may type it in and see it, what it refuses, and what is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from budgeting.money import Money, dollars
from budgeting.package import Funding, Management
from budgeting.period import Period
from portal.access.table import Relationship, Resource, Scope
from portal.app import Coplan
from portal.db import Stale
from portal.funding import commands, queries
from portal.funding.left import all_together
from portal.funding.model import FundingState
from portal.funding.releases import Release, as_text, equal, written
from portal.funding.terms import NDIS, SUPPORT_AT_HOME, Letter, Rate, Terms
from portal.people.model import Client
from portal.reading import Unreadable
from portal.work import NotVisible, Refusal
from tests.builders import a_client, a_consent, a_nominee, a_tie, acting, an_account, signed_in
from tests.person import Person

LETTER = Letter(NDIS, date(2026, 7, 1), date(2027, 6, 30))
HALVES = (
    Release(date(2026, 7, 1), date(2026, 12, 31), dollars("4000.00")),
    Release(date(2027, 1, 1), date(2027, 6, 30), dollars("6000.00")),
)
FLEXIBLE = ("01", "02", "03", "04")
CORE = Terms("Core supports", Management.SELF, FLEXIBLE, dollars("10000.00"), releases=HALVES, key="core")


def read(person: Person) -> str:
    """The page as it is read, values standing in their sentences."""
    return " ".join(str(person.page.xpath("//main")[0].text_content()).split())


class Family:
    """Yusuf, his mother with authority over money, his brother who may comment on drafts."""

    def __init__(self, coplan: Coplan) -> None:
        self.coplan = coplan
        with coplan.open_work() as work:
            self.yusuf, self.amal, self.karim, self.priya = (
                an_account(work, name) for name in ("Yusuf Haddad", "Amal Haddad", "Karim Haddad", "Priya Nair")
            )
            self.client: Client = a_client(work, "Yusuf Haddad", account=self.yusuf)
            a_nominee(work, self.client, self.amal, Scope.MONEY, Scope.PLANNING)
            brother = a_tie(work, self.client, Relationship.FAMILY, self.karim)
            a_consent(work, brother, Resource.DRAFT, comments=True)
            a_consent(work, brother, Resource.IDENTITY)
            a_tie(work, self.client, Relationship.LEAD, self.priya)
        self.page = f"/people/{self.client.id}/funding"

    def has_core(self, terms: Terms = CORE, letter: Letter = LETTER) -> None:
        with acting(self.coplan, self.yusuf) as work:
            plan = commands.type_letter(work, self.client, letter)
            commands.add_part(work, plan, terms)


@pytest.fixture
def family(coplan: Coplan) -> Family:
    return Family(coplan)


def test_the_client_the_nominee_and_the_lead_type_in_the_letter(family: Family) -> None:
    for who in (family.yusuf, family.amal, family.priya):
        with acting(family.coplan, who) as work:
            plan = commands.type_letter(work, family.client, LETTER)
            assert plan.typed_by == who.id


def test_a_brother_without_consent_neither_sees_nor_edits_it(family: Family, person: Person) -> None:
    family.has_core()
    signed_in(person, family.karim)
    assert person.open(family.page).status == 404
    assert "10,000" not in person.text
    with pytest.raises(NotVisible), acting(family.coplan, family.karim) as work:
        commands.type_letter(work, family.client, LETTER)


def test_a_nominee_without_money_in_scope_may_not_edit_it(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        helper = an_account(work, "Planning Only")
        client = a_client(work)
        a_nominee(work, client, helper, Scope.PLANNING)
    with pytest.raises(NotVisible), acting(coplan, helper) as work:
        commands.type_letter(work, client, LETTER)


def test_consent_lets_someone_look_but_not_edit(family: Family, person: Person) -> None:
    family.has_core()
    with family.coplan.open_work() as work:
        friend = an_account(work, "A Friend")
        tie = a_tie(work, family.client, Relationship.SUPPORTER, friend)
        a_consent(work, tie, Resource.BUDGET)
        a_consent(work, tie, Resource.IDENTITY)
    signed_in(person, friend)
    assert "$4,000.00" in person.open(family.page).text
    assert person.open(f"{family.page}/letter").status == 404
    assert not person.page.xpath("//form[starts-with(@id, 'spent-')]")


def test_history_names_a_part_in_the_language_of_the_reader_and_a_name_of_their_own_as_typed(
    family: Family, person: Person
) -> None:
    family.has_core()
    family.has_core(replace(CORE, name="Money from Aunt Salma", key="other"))
    signed_in(person, family.yusuf)
    page = person.open(f"/people/{family.client.id}/history?lang=ar").text
    assert "Core supports" not in page
    assert "الدعم الأساسي" in page
    assert "Money from Aunt Salma" in page


def test_a_new_letter_keeps_the_earlier_one_as_past(family: Family) -> None:
    family.has_core()
    with acting(family.coplan, family.amal) as work:
        later = commands.type_letter(work, family.client, replace(LETTER, starts=date(2026, 9, 1)))
        assert queries.current(work, family.client) is later
        (before,) = queries.past(work, family.client)
        assert (before.state, before.components[0].amount) == (FundingState.PAST, dollars("10000.00"))
        with pytest.raises(Refusal):
            commands.add_part(work, before, CORE)


def test_a_correction_made_from_an_old_page_is_refused(family: Family) -> None:
    family.has_core()
    with acting(family.coplan, family.yusuf) as work:
        plan = queries.current(work, family.client)
        assert plan is not None
        with pytest.raises(Stale):
            commands.change_part(work, plan.components[0], 99, CORE)


def test_the_rows_become_the_values_the_calculator_takes(family: Family) -> None:
    family.has_core(replace(CORE, spent=dollars("1500.00"), spent_until=date(2026, 10, 31)))
    with acting(family.coplan, family.yusuf) as work:
        plan = queries.current(work, family.client)
        assert plan is not None
        funding = queries.funding_values(plan, date(2026, 11, 22))
    (core,) = funding.components
    assert (core.key, core.amount, core.management) == ("core", dollars("10000.00"), Management.SELF)
    assert [(one.period, one.amount) for one in core.periods] == [
        (Period(date(2026, 7, 1), date(2026, 12, 31)), dollars("4000.00")),
        (Period(date(2027, 1, 1), date(2027, 6, 30)), dollars("6000.00")),
    ]
    assert (core.spent, core.spent_until) == (dollars("1500.00"), date(2026, 10, 31))


def _the_money(family: Family, program: str) -> Funding | None:
    """The money as a page reads it: what was read before is remembered while it may be the same."""
    with acting(family.coplan, family.yusuf) as work:
        work.reading = True
        return queries.values(work, family.client, program, work.today(family.client))


def test_a_page_never_remembers_money_that_was_written_down_otherwise_since(family: Family) -> None:
    family.has_core()
    assert _the_money(family, NDIS) == _the_money(family, NDIS)
    later = (replace(HALVES[0], amount=dollars("6000.00")), replace(HALVES[1], amount=dollars("4000.00")))
    for terms in (replace(CORE, releases=later), replace(CORE, spent=dollars("10.00"), spent_until=LETTER.starts)):
        with acting(family.coplan, family.yusuf) as work:
            plan = queries.current(work, family.client)
            assert plan is not None
            commands.change_part(work, plan.components[0], plan.components[0].version, terms)
        money = _the_money(family, NDIS)
        assert money is not None
        assert [one.amount for one in money.components[0].periods] == [one.amount for one in terms.releases]
        assert money.components[0].spent == (terms.spent or dollars("0.00"))
    with acting(family.coplan, family.yusuf) as work:
        plan = queries.current(work, family.client)
        assert plan is not None
        commands.remove_part(work, plan.components[0], plan.components[0].version)
    money = _the_money(family, NDIS)
    assert money is not None
    assert money.components == ()


def test_a_page_never_remembers_a_rate_that_another_letter_changed(family: Family) -> None:
    letter = Letter(SUPPORT_AT_HOME, date(2026, 7, 1), classification="SAH-5", rates=(Rate("independence", 125_000),))
    family.has_core(CORE, letter)
    assert _the_money(family, SUPPORT_AT_HOME) is not None
    with acting(family.coplan, family.yusuf) as work:
        plan = queries.current(work, family.client)
        assert plan is not None
        commands.correct_letter(work, plan, plan.version, replace(letter, rates=(Rate("independence", 200_000),)))
    money = _the_money(family, SUPPORT_AT_HOME)
    assert money is not None
    assert [one.rate.ppm for one in money.rates] == [200_000]


@pytest.mark.parametrize(("today", "left"), [(date(2026, 11, 22), "2500.00"), (date(2027, 1, 1), "8500.00")])
def test_only_money_that_is_released_can_be_spent_now(family: Family, today: date, left: str) -> None:
    family.has_core(replace(CORE, spent=dollars("1500.00"), spent_until=date(2026, 10, 31)))
    with acting(family.coplan, family.yusuf) as work:
        plan = queries.current(work, family.client)
        assert plan is not None
        (core,) = queries.standing(work, family.client, plan, today)
    assert core.now.value == dollars(left)
    assert core.whole.value == dollars("8500.00")


def test_what_is_not_known_is_never_zero(family: Family, person: Person) -> None:
    family.has_core()
    with acting(family.coplan, family.yusuf) as work:
        plan = queries.current(work, family.client)
        assert plan is not None
        (core,) = queries.standing(work, family.client, plan, date(2026, 11, 22))
        released = core.released_by_now
        assert (released.value, released.adds_up) == (core.released, len(released.parts) > 1)
        assert sum(part.known.minor for part in released.parts if isinstance(part.known, Money)) == core.released.minor
        assert core.now.value is None
        assert all_together((core,)).value is None
    assert "Not known yet" in signed_in(person, family.yusuf).open(family.page).text


def test_noting_what_was_spent_updates_the_page_at_once(family: Family, person: Person) -> None:
    family.has_core()
    signed_in(person, family.amal).open(family.page)
    person.send("spent-core", htmx=True, spent="1,234.50", until="2026-10-31")
    assert person.status == 200
    assert "$1,234.50" in person.answer.text


@pytest.mark.parametrize(
    ("spent", "until"), [("", "2026-10-31"), ("-3", "2026-10-31"), ("5", "31/02/2026"), ("5", "2090-01-01")]
)
def test_spending_that_cannot_be_is_refused_in_place(family: Family, person: Person, spent: str, until: str) -> None:
    family.has_core()
    signed_in(person, family.amal).open(family.page).send("spent-core", spent=spent, until=until)
    assert person.status == 422
    assert person.form("spent-core").fields["spent"] == spent


def test_periods_that_do_not_add_up_are_a_note_not_an_error(family: Family, person: Person) -> None:
    family.has_core(replace(CORE, amount=dollars("12000.00")))
    text = read(signed_in(person, family.yusuf).open(family.page))
    assert "The funding periods add up to $10,000.00, but the whole amount is $12,000.00" in text


def test_the_table_of_releases_is_called_by_its_part(family: Family, person: Person) -> None:
    family.has_core()
    signed_in(person, family.yusuf).open(family.page)
    captions = [" ".join(one.text_content().split()) for one in person.page.xpath("//caption")]
    assert "When the money is released: Core supports" in captions


def test_a_letter_is_typed_in_and_corrected_on_the_pages(family: Family, person: Person) -> None:
    signed_in(person, family.amal).open(family.page)
    assert "No funding letter yet" in person.text
    person.follow("Type in my letter").follow("It is the NDIS")
    person.send("letter", starts="2026-07-01", ends="2026-06-30")
    assert person.status == 422
    assert person.form("letter").fields["starts"] == "2026-07-01"
    person.send("letter", ends="2027-06-30")
    person.send("part", kind="core", amount="8,000", management="plan", release="3")
    assert "$2,000.00" in person.text
    person.follow("Correct this part").send("part", amount="9,000")
    assert "but the whole amount is $9,000.00" in read(person)
    person.follow("Correct this part").send("remove")
    assert "$9,000.00" not in person.text


def test_support_at_home_credits_days_and_keeps_the_rates_of_the_letter(family: Family, person: Person) -> None:
    rates = (Rate("independence", 125_000), Rate("everyday_living", 277_800))
    letter = Letter(SUPPORT_AT_HOME, date(2026, 7, 1), classification="SAH-5", entered=date(2026, 7, 1), rates=rates)
    with acting(family.coplan, family.yusuf) as work:
        plan = commands.type_letter(work, family.client, letter)
        funding = queries.funding_values(plan, date(2026, 11, 22))
        (account,) = queries.standing(work, family.client, plan, date(2026, 11, 22))
    assert account.released == Money(9788 * 92)  # $97.88 a day, 92 days from October to December
    assert [(one.category, one.rate.ppm) for one in funding.rates] == [
        ("independence", 125_000),
        ("everyday_living", 277_800),
    ]
    text = signed_in(person, family.yusuf).open(family.page).text
    assert "12.5%" in text
    assert "27.78%" in text


def test_a_classification_is_needed_for_support_at_home() -> None:
    with pytest.raises(Refusal):
        Letter(SUPPORT_AT_HOME, date(2026, 7, 1)).check()


@pytest.mark.parametrize("months", [1, 3, 6, 12])
def test_equal_parts_cover_every_day_once_and_add_up(months: int) -> None:
    parts = equal(Money(1_000_01), date(2026, 8, 31), date(2027, 8, 30), months)
    assert sum(one.amount.minor for one in parts) == 1_000_01
    assert parts[0].starts == date(2026, 8, 31)
    assert parts[-1].ends == date(2027, 8, 30)
    assert all((b.starts - a.ends).days == 1 for a, b in pairwise(parts))


def test_funding_periods_read_back_as_they_were_written() -> None:
    assert written(as_text(HALVES)) == HALVES


def test_periods_that_overlap_are_refused() -> None:
    with pytest.raises(Unreadable):
        written("1/7/2026 - 30/9/2026 $5\n30/9/2026 - 1/12/2026 $5")
