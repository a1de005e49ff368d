"""Claims: the sheet of a self-manager, ticking off, "my provider", and the file of a plan manager or a provider."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from budgeting.money import dollars
from budgeting.package import Management
from budgeting.programs import rules
from budgeting.spending import ClaimType, EntryState
from portal.access.scope import unscoped, visible
from portal.access.table import Relationship, Resource
from portal.accounts.model import SignIn
from portal.app import Coplan
from portal.db import Stale
from portal.funding import commands as funding
from portal.funding.terms import SUPPORT_AT_HOME, Letter
from portal.journal import JournalEntry
from portal.language import LANGUAGES, show_plain
from portal.people.model import Consent
from portal.spending import book as book_of, claim_commands, claim_queries, commands, queries
from portal.spending.model import Delivered
from portal.spending.standing import Standing
from portal.work import NotVisible, Refusal
from tests.builders import (
    PASSWORD,
    a_consent,
    a_restriction,
    a_tie,
    acting,
    an_account,
    reading,
    signed_in,
    somebody_at,
)
from tests.person import Person
from tests.portal.spending.delivered import Family, a_support


@pytest.fixture
def family(coplan: Coplan) -> Family:
    return Family(coplan)


def states(family: Family) -> list[EntryState]:
    with family.coplan.open_reading() as work:
        wanted = unscoped(select(Delivered).order_by(Delivered.first), "a test looks at what was kept")
        return [one.state for one in work.session.scalars(wanted)]


def test_a_self_manager_sees_the_most_urgent_claim_first_and_ticks_off_claimed_then_paid(
    family: Family, person: Person
) -> None:
    family.has_a_letter()
    with family.coplan.open_work() as work:
        a_support(work, family.client, 5, description="Second")
        a_support(work, family.client, 40, description="First", amount=dollars("90.00"))
        a_support(work, family.client, 3, description="Not mine", state=EntryState.QUESTIONED)
    signed_in(person, family.amal).open(f"{family.base}/claims")
    assert "$210.00" in person.text
    amounts = person.page.xpath("//table[@id='claim-sheet']/tbody/tr/td/details[@class='why']")
    assert len(amounts) == 2  # every row says how its amount came about
    assert person.text.index("First") < person.text.index("Second")
    assert "Not mine" not in person.text
    ticks = [str(box.get("value")) for box in person.page.xpath("//form[@id='claimed']//input[@name='entries']")]
    person.send("claimed", entries=ticks[:1], reference="C-100")
    assert states(family) == [EntryState.CLAIMED, EntryState.ENTERED, EntryState.QUESTIONED]
    paid = [str(box.get("value")) for box in person.page.xpath("//form[@id='paid']//input[@name='entries']")]
    person.send("paid", entries=paid, outcome="paid")
    assert states(family)[0] is EntryState.PAID


def test_before_claiming_a_person_is_told_that_one_visit_was_billed_twice(family: Family, person: Person) -> None:
    with family.coplan.open_work() as work:
        for invoice in ("SR-1", "SR-2"):
            a_support(work, family.client, 5, description="Morning", invoice=invoice, provider_name="Sunrise")
        a_support(work, family.client, 9, description="Evening", invoice="SR-1", provider_name="Sunrise")
    page = signed_in(person, family.amal).open(f"{family.base}/claims").page
    (told,) = page.xpath("//li[contains(@class, 'finding')]")
    assert "Morning" in told.text_content()
    assert "says the same support" in told.text_content()
    assert told.xpath(".//a/@href")[0].startswith(f"{family.base}/spending/")
    assert "1 entry is worth a look" in person.text


def test_by_when_a_plan_manager_or_provider_claims_stands_beside_what_is_not_claimed_yet(
    family: Family, person: Person
) -> None:
    with family.coplan.open_work() as work:
        service = a_support(work, family.client, 3, management=Management.PLAN).first
        a_support(work, family.client, 4, management=Management.AGENCY, provider_id=family.sunrise.id)
    by = rules("ndis").claim_by(service)
    assert by is not None
    amal = signed_in(person, family.amal).open(f"{family.base}/claims")
    for table in ("plan-managed", "agency-managed"):
        heads = [head.text_content().strip() for head in amal.page.xpath(f"//table[@id='{table}']/thead//th")]
        assert "Claim by" in heads
    assert show_plain(by.day, LANGUAGES["en"]) in amal.page.xpath("string(//table[@id='plan-managed'])")
    for who in (family.ben, family.grace):
        said = signed_in(person.another(), who).open("/claiming")
        assert said.page.xpath("//table[starts-with(@id, 'claims-')]//th[contains(., 'Claim by')]")


def test_many_claims_come_in_pages_and_their_file_is_whole(family: Family, person: Person) -> None:
    with family.coplan.open_work() as work:
        for number in range(120):
            a_support(work, family.client, 3 + number, description=f"Visit {number}", invoice=f"I-{number}")
        for number in range(60):
            a_support(work, family.client, 2, invoice=f"P-{number}", management=Management.PLAN)
    amal = signed_in(person, family.amal).open(f"{family.base}/claims")
    assert len(amal.page.xpath("//table[@id='claim-sheet']/tbody/tr")) == 50
    assert len(amal.page.xpath("//table[@id='plan-managed']/tbody/tr")) == 50
    assert "$14,400.00" in amal.text  # the foot has all of them
    amal.open(f"{family.base}/claims?claim-sheet=3&plan-managed=2")
    assert len(amal.page.xpath("//table[@id='claim-sheet']/tbody/tr")) == 20
    assert len(amal.page.xpath("//table[@id='plan-managed']/tbody/tr")) == 10
    amal.open(f"{family.base}/claims?table=claim-sheet&as=csv")
    assert len(list(csv.reader(io.StringIO(amal.answer.text)))) == 124  # with its heads, its foot, and who took it


def test_who_takes_a_file_along_stands_in_the_history_every_time(family: Family, person: Person) -> None:
    with family.coplan.open_work() as work:
        a_support(work, family.client, 3)
    priya = signed_in(person, family.priya)
    for _ in range(2):
        priya.open(f"{family.base}/claims?table=claim-sheet&as=csv")
    taken = "Took a file along from the funding and the budget."
    signed_in(person.another(), family.amal).open(f"/people/{family.client.id}/history")
    with reading(family.coplan, family.amal) as work:
        kinds = list(work.session.scalars(select(JournalEntry.kind).order_by(JournalEntry.seq)))
    assert kinds.count("access.taken_along") == 2
    amal = signed_in(person.another(), family.amal).open(f"/people/{family.client.id}/history")
    assert amal.text.count(taken) == 2


def test_what_was_worked_out_of_many_entries_is_remembered_until_one_of_them_changes(
    family: Family, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_of, "MANY", 2)
    with family.coplan.open_work() as work:
        entry, other = (a_support(work, family.client, 5, invoice=f"I-{number}") for number in range(2))
        entry_id, version = entry.id, entry.version
    with reading(family.coplan, family.amal) as work:
        first = book_of.book(work, family.client)
        assert "double" in {one.kind for one in first.findings(other)} | {one.kind for one in first.findings(entry)}
    with reading(family.coplan, family.amal) as work:
        assert book_of.book(work, family.client).kept is first.kept
    with acting(family.coplan, family.amal) as work:
        commands.question(work, queries.entry(work, family.client, entry_id), version, "Did this happen?")
        assert book_of.book(work, family.client).kept is not first.kept
    with reading(family.coplan, family.amal) as work:
        second = book_of.book(work, family.client)
        assert {one.state for one in second.rows} == {EntryState.ENTERED, EntryState.QUESTIONED}
        assert not any(one.kind == "double" for row in second.rows for one in second.findings(row))


def test_ticking_nothing_or_a_day_to_come_is_refused_and_what_was_typed_stays(family: Family, person: Person) -> None:
    with family.coplan.open_work() as work:
        a_support(work, family.client)
        later = (work.day + timedelta(days=3)).isoformat()
    signed_in(person, family.yusuf).open(f"{family.base}/claims")
    person.send("claimed", reference="C-7")
    assert person.status == 422
    assert "Tick at least one" in person.text
    assert person.form("claimed").fields["reference"] == "C-7"
    tick = person.page.xpath("//form[@id='claimed']//input[@name='entries']")[0].get("value")
    person.send("claimed", entries=[tick], on=later)
    assert person.status == 422
    assert states(family) == [EntryState.ENTERED]


def test_a_claim_ticked_on_a_page_that_is_out_of_date_changes_nothing(family: Family, person: Person) -> None:
    with family.coplan.open_work() as work:
        entry = a_support(work, family.client)
    signed_in(person, family.yusuf).open(f"{family.base}/claims")
    with family.coplan.open_work() as work:
        changed = work.session.scalars(unscoped(select(Delivered), "a test")).one()
        changed.note = "Changed meanwhile"
    person.send("claimed", entries=[f"{entry.id}.1"])
    assert person.status == 409
    assert states(family) == [EntryState.ENTERED]


def test_each_claim_says_its_last_day_and_that_the_announced_earlier_one_is_not_confirmed(
    family: Family, person: Person
) -> None:
    with family.coplan.open_work() as work:
        a_support(work, family.client, first=date(2026, 11, 20), last=date(2026, 11, 20))
    page = signed_in(person, family.yusuf).open(f"{family.base}/claims").text
    assert "19 November 2028" in page  # two years, counting the day of the support
    assert "17 February 2027" in page  # ninety days, which are announced
    assert "It is not confirmed." in page


def test_nobody_without_the_budget_sees_the_claims(family: Family, person: Person) -> None:
    with family.coplan.open_work() as work:
        a_support(work, family.client, provider_id=family.sunrise.id, provider_name="", management=Management.AGENCY)
    for who in (family.karim, family.mei, family.grace, family.owen):
        someone = signed_in(person.another(), who)
        for page in ("claims", "balances", "statements"):
            assert someone.open(f"{family.base}/{page}").status == 404, (who.name, page)


def test_a_provider_that_is_not_recorded_is_warned_about_until_the_person_says_it_is(
    family: Family, person: Person
) -> None:
    with family.coplan.open_work() as work:
        a_support(work, family.client, provider_id=family.sunrise.id, provider_name="", management=Management.AGENCY)
    signed_in(person, family.amal).open(f"{family.base}/claims")
    assert "Ask the agency to record it" in person.text
    person.send("provider-1", standing="recorded")
    assert person.status == 422  # the day is missing
    person.send("provider-1", standing="recorded", since="2026-01-05")
    assert "Ask the agency to record it" not in person.text
    assert "Recorded as" in person.text


def test_the_ndis_number_is_sealed_and_reaches_a_provider_only_once_it_is_recorded(family: Family) -> None:
    with family.coplan.open_work() as work:
        a_support(work, family.client, provider_id=family.sunrise.id, provider_name="", management=Management.AGENCY)
    with acting(family.coplan, family.yusuf) as work:
        claim_commands.tell_number(work, family.client, 0, "430 000 001")
        with pytest.raises(Refusal):
            claim_commands.tell_number(work, family.client, 1, "43")
        with pytest.raises(Stale):
            claim_commands.tell_number(work, family.client, 0, "430000002")
        kept = claim_queries.number(work, family.client)
        assert kept is not None
        assert kept.number == "430000001"
        assert b"430000001" not in kept.number_sealed
    with reading(family.coplan, family.grace) as work:
        (found,) = claim_queries.claimable(work, claim_queries.parties(work)[0])
        assert found.number == ""
    with acting(family.coplan, family.yusuf) as work:
        claim_commands.tell_standing(
            work, family.client, 0, family.sunrise.id, "", Standing.RECORDED, work.day - timedelta(days=9)
        )
    with reading(family.coplan, family.grace) as work:
        (found,) = claim_queries.claimable(work, claim_queries.parties(work)[0])
        assert found.number == "430000001"


def test_a_provider_claims_its_own_agency_managed_supports_and_sees_no_others(family: Family, person: Person) -> None:
    mine = {"provider_id": family.sunrise.id, "provider_name": ""}
    with family.coplan.open_work() as work:
        a_support(work, family.client, 5, management=Management.AGENCY, description="Mine", **mine)
        a_support(work, family.client, 6, management=Management.PLAN, description="Of the plan manager", **mine)
        a_support(work, family.client, 7, management=Management.SELF, description="Paid by himself", **mine)
        asked = {"description": "Asked", "state": EntryState.QUESTIONED}
        a_support(work, family.client, 8, management=Management.AGENCY, **asked, **mine)
        a_support(
            work,
            family.client,
            9,
            management=Management.AGENCY,
            description="Of another",
            provider_id=family.other.id,
            provider_name="",
        )
    with reading(family.coplan, family.grace) as work:
        assert [one.description for one in work.session.scalars(visible(work, Delivered))] == ["Mine"]
    page = signed_in(person, family.grace).open("/claiming").text
    assert "Mine" in page
    for other in ("Of the plan manager", "Paid by himself", "Asked", "Of another"):
        assert other not in page


def test_a_plan_manager_needs_consent_and_takes_out_the_file_only_after_the_password(
    family: Family, person: Person
) -> None:
    with family.coplan.open_work() as work:
        a_support(work, family.client, 5, management=Management.PLAN)
        a_support(work, family.client, 6, management=Management.PLAN, unit_price=None, thousandths=None, minutes=None)
        a_support(work, family.client, 7, management=Management.SELF)
    with acting(family.coplan, family.yusuf) as work:
        claim_commands.tell_number(work, family.client, 0, "430000001")
    signed_in(person, family.ben).open("/claiming")
    assert "The NDIS registration number of whoever claims is missing." in person.text
    person.send("number-1", registration="4050000001")
    assert "1 of 2 claims is ready" in person.text
    assert "The entries, added up" in person.page.xpath("string(//tfoot//details[@class='why'])")
    with family.coplan.open_work() as work:
        for sign_in in work.session.scalars(select(SignIn)):
            sign_in.stepped_up_at = None
    person.open("/claiming").send("file-1")
    assert person.status in (403, 422)
    person.send("file-1", _password=PASSWORD)
    rows = list(csv.reader(io.StringIO(person.answer.text)))
    assert (len(rows), rows[1][0], rows[1][1], rows[1][7], rows[1][8], rows[1][15]) == (
        2,
        "4050000001",
        "430000001",
        "002:00",
        "60.00",
        "83914571673",
    )
    with family.coplan.open_reading() as work:
        kinds = work.session.scalars(select(JournalEntry.kind).where(JournalEntry.client_id == family.client.id)).all()
        assert "claims.file" in kinds


def test_without_consent_a_plan_manager_sees_nothing_to_claim(coplan: Coplan) -> None:
    family = Family(coplan)
    with coplan.open_work() as work:
        a_support(work, family.client, 5, management=Management.PLAN)
        other = an_account(work, "Other")
        a_consent(work, a_tie(work, family.client, Relationship.SUPPORTER, other), Resource.BUDGET)
    with reading(coplan, family.ben) as work:
        assert len(claim_queries.claimable(work, claim_queries.parties(work)[0])) == 1
    with coplan.open_work() as work:
        for consent in work.session.scalars(unscoped(select(Consent), "a test withdraws it")):
            consent.withdrawn_at = work.now
    with reading(coplan, family.ben) as work:
        assert claim_queries.claimable(work, claim_queries.parties(work)[0]) == []
    with pytest.raises(NotVisible), reading(coplan, other) as work:
        claim_queries.parties(work)


def test_a_cancellation_waits_for_its_reason_and_goes_into_the_file_with_it(family: Family, person: Person) -> None:
    with family.coplan.open_work() as work:
        entry = a_support(work, family.client, 5, management=Management.PLAN, claim_type=ClaimType.CANCELLATION)
    with acting(family.coplan, family.yusuf) as work:
        claim_commands.tell_number(work, family.client, 0, "430000001")
    signed_in(person, family.ben).open("/claiming").send("number-1", registration="4050000001")
    assert "Choose why the visit was called off." in person.text
    person.send("file-1", because=f"{entry.id}:NSDF")
    row = list(csv.reader(io.StringIO(person.answer.text)))[1]
    assert row[13:15] == ["CANC", "NSDF"]


def test_only_members_write_down_the_registration_number_of_an_organisation(family: Family) -> None:
    with pytest.raises(NotVisible), acting(family.coplan, family.grace) as work:
        claim_commands.tell_registration(work, family.books.id, 0, "4050000001")
    with acting(family.coplan, family.ben) as work:
        with pytest.raises(Refusal):
            claim_commands.tell_registration(work, family.books.id, 0, "40")
        claim_commands.tell_registration(work, family.books.id, 0, "4050 000 001")
        assert claim_queries.parties(work)[0].registration == "4050000001"


def test_what_another_program_pays_is_no_claim_to_the_agency(family: Family) -> None:
    with family.coplan.open_work() as work:
        a_support(
            work,
            family.client,
            provider_id=family.sunrise.id,
            provider_name="",
            component="account",
            management=Management.AGENCY,
        )
    with reading(family.coplan, family.grace) as work:
        assert len(claim_queries.claimable(work, claim_queries.party(work, family.sunrise.id))) == 1
    with acting(family.coplan, family.amal) as work:
        letter = Letter(SUPPORT_AT_HOME, work.day - timedelta(days=30), classification="SAH-5")
        funding.type_letter(work, family.client, letter)
    with reading(family.coplan, family.grace) as work:
        assert claim_queries.claimable(work, claim_queries.party(work, family.sunrise.id)) == []


def test_a_claim_names_nobody_to_a_member_from_whom_the_person_hides_their_name(family: Family) -> None:
    with family.coplan.open_work() as work:
        sunrise = family.sunrise.id
        a_support(work, family.client, management=Management.AGENCY, provider_id=sunrise, provider_name="")
        colleague = somebody_at(work, family.sunrise, "Gus T")
        a_restriction(work, family.client, family.grace, Resource.IDENTITY)
    for account, seen in ((colleague, 1), (family.grace, 0)):
        with reading(family.coplan, account) as work:
            assert len(claim_queries.claimable(work, claim_queries.party(work, family.sunrise.id))) == seen
