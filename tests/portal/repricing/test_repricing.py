"""When a price list comes in: every plan is counted again, nothing in force changes, and everybody can act on it."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from budgeting.compare.repricing import Outcome
from budgeting.money import Money
from portal.access.scope import unscoped
from portal.access.table import Relationship, Resource
from portal.accounts.events import Looked, TakenAlong
from portal.accounts.model import OrganisationKind, Role
from portal.app import Coplan
from portal.catalogue.model import Edition
from portal.changes import queries as changes
from portal.changes.model import ChangeRequest
from portal.jobs import JOBS
from portal.journal import JournalEntry
from portal.people import next_steps
from portal.people.model import Client
from portal.repricing import commands, queries
from portal.repricing.model import RunState
from tests.builders import (
    a_consent,
    a_tie,
    acting,
    an_account,
    an_organisation,
    reading,
    signed_in,
    somebody_at,
)
from tests.person import Person
from tests.portal.catalogue.people import an_administrator
from tests.portal.plans.people import Circle, a_circle
from tests.portal.repricing.people import a_list, at_the_limit, contents, dearer, forget_jobs, imported, rows, runs


def test_after_a_price_list_every_plan_in_force_is_counted_again_by_itself(circle: Circle, coplan: Coplan) -> None:
    assert runs(coplan) == []  # the first list came in before there was a plan
    dearer(circle, coplan)
    (run,), (row,) = runs(coplan), rows(coplan)
    assert (run.state, run.looked, run.total) == (RunState.DONE, 1, 1)
    assert row.outcome is Outcome.DEARER
    assert row.more == Money(32 * 3_00)  # three dollars an hour more
    assert (row.touched, row.above, row.ended) == (2, 0, 0)


def test_nothing_in_force_changes_by_itself(circle: Circle, coplan: Coplan) -> None:
    before = contents(coplan)
    dearer(circle, coplan, therapy=150)
    assert contents(coplan) == before
    with coplan.open_reading() as work:
        requests = work.session.scalars(unscoped(select(ChangeRequest), "a test looks")).all()
    assert requests == []


def test_a_run_that_was_stopped_goes_on_where_it_was_and_counts_nothing_twice(
    circle: Circle, coplan: Coplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [a_circle(coplan) for _ in range(2)]
    for other in others:
        other.accepted(at_the_limit(other))
    monkeypatch.setattr(commands, "AT_A_TIME", 1)
    imported_id = imported(coplan, a_list(circle.first, shower=75, therapy=190), jobs=False)
    with coplan.open_work() as work:
        edition = work.session.get(Edition, imported_id)
        assert edition is not None
        run = commands.start_after_import(work, edition)
        assert run is not None
    forget_jobs(coplan)  # the process was killed before the job ran
    with coplan.open_work() as work:
        assert commands.go_on(work, run.id)
    with pytest.raises(KeyboardInterrupt):
        _killed_in_the_middle(coplan, run.id)
    JOBS["repricing.run"].run(coplan.open_work, str(run.id))
    JOBS["repricing.run"].run(coplan.open_work, str(run.id))
    found = rows(coplan)
    assert len(found) == len({one.client_id for one in found}) == 3
    (done,) = [one for one in runs(coplan) if one.id == run.id]
    assert (done.state, done.looked) == (RunState.DONE, 3)


def _killed_in_the_middle(coplan: Coplan, run_id: UUID) -> None:
    with coplan.open_work() as work:
        commands.go_on(work, run_id)
        raise KeyboardInterrupt


# Pages


@pytest.fixture
def repriced(circle: Circle, coplan: Coplan) -> Circle:
    """The same after a list that is dearer, and puts the limit of therapy below the agreed price."""
    dearer(circle, coplan, therapy=150)
    return circle


def address(coplan: Coplan, circle: Circle) -> str:
    return f"/people/{circle.client.id}/price-changes/{runs(coplan)[0].id}"


def test_the_person_reads_what_it_means_and_the_letter(repriced: Circle, coplan: Coplan, person: Person) -> None:
    signed_in(person, repriced.mei).open(address(coplan, repriced))
    assert "What the prices from" in person.text
    assert "you agreed to $180.00" in person.text
    assert "on at most $150.00 may be paid" in person.text
    assert "no price was agreed for this time: Weekday, daytime" in person.text
    for row in person.page.xpath("//*[@id='supports']/tbody/tr"):
        assert len(row.xpath("./td/details[@class='why']")) == 3  # before, after, and the difference
    assert person.page.xpath("//*[@id='cost-before']//details[@class='why']")
    assert "Everybody you may see" not in person.text
    person.follow("Read the letter")
    assert "Dear Mei Chen" in person.text
    assert "Nothing changes by itself." in person.text
    (sums,) = person.page.xpath("//article//h3[.='How these numbers were worked out']/following-sibling::ul")
    said = sums.xpath("string(.)")
    assert "before, less" in said
    assert "Cost before" in said


def test_the_person_alone_is_not_told_of_the_language_of_the_person(
    repriced: Circle, coplan: Coplan, person: Person
) -> None:
    place = f"/price-changes/{runs(coplan)[0].id}/letters"
    signed_in(person, repriced.mei).open(place)
    assert "Dear Mei Chen" in person.text
    assert "language of the person" not in person.text
    assert "language of the person" in signed_in(person, repriced.daniel).open(place).text


def test_a_file_of_everybody_whom_new_prices_touch_is_kept_unless_it_holds_oneself_alone(
    repriced: Circle, coplan: Coplan, person: Person
) -> None:
    file = f"/price-changes/{runs(coplan)[0].id}?table=plans&as=csv"
    for who, kept in ((repriced.mei, 0), (repriced.daniel, 1)):
        reader = signed_in(person.another(), who).open(file)
        assert "Mei" in reader.answer.text
        assert ("Taken along by" in reader.answer.text) == bool(kept)
        with coplan.open_reading() as work:
            taken = work.session.scalars(select(JournalEntry).where(JournalEntry.kind == TakenAlong.kind)).all()
        assert len(taken) == kept


def test_who_read_the_letters_to_everybody_is_kept_for_each_of_them_once_a_day(
    repriced: Circle, coplan: Coplan, person: Person
) -> None:
    for who, kept in ((repriced.mei, 0), (repriced.daniel, 1), (repriced.daniel, 1)):
        signed_in(person, who).open(f"/price-changes/{runs(coplan)[0].id}/letters")
        assert "Dear Mei Chen" in person.text
        with coplan.open_reading() as work:
            looks = work.session.scalars(select(JournalEntry).where(JournalEntry.kind == Looked.kind)).all()
        assert [look.client_id for look in looks] == [repriced.client.id] * kept


def test_the_coordinator_adds_own_words_gives_the_letter_and_drafts_a_change(
    repriced: Circle, coplan: Coplan, person: Person
) -> None:
    signed_in(person, repriced.daniel).open(f"/price-changes/{runs(coplan)[0].id}")
    assert "Mei Chen" in person.text
    (row,) = person.page.xpath("//*[@id='plans']/tbody/tr")
    assert "with the new prices, less" in row.xpath("string(.//details[@class='why'])")
    ends = [str(href).rpartition("#")[2] for href in row.xpath("./td/a/@href")]
    assert ends == ["cost-before", "cost-after"]  # whose sums stand on the page of the plan
    person.follow("Mei Chen").follow("Read the letter")
    person.send("note", note="Ring me on Thursday.")
    assert "Your words are in the letter." in person.text
    person.send("give")
    assert "It stays as it was." in person.text
    person.open(address(coplan, repriced)).send("draft-change")
    person.open(f"/people/{repriced.client.id}/changes")
    assert person.status == 200


def test_a_provider_another_client_and_a_brother_without_consent_see_nothing_of_it(
    repriced: Circle, coplan: Coplan, person: Person
) -> None:
    with coplan.open_work() as work:
        stranger = an_account(work, "Sam Stranger")
    for account in (repriced.grace, stranger, repriced.karim):
        other = signed_in(person.another(), account)
        for page in (address(coplan, repriced), f"{address(coplan, repriced)}/letter"):
            assert other.open(page).status == 404
        assert "Mei" not in other.open(f"/price-changes/{runs(coplan)[0].id}").text


def test_whoever_may_see_the_money_and_not_the_person_reads_no_name_and_no_letter(
    repriced: Circle, coplan: Coplan, person: Person
) -> None:
    with coplan.open_work() as work:
        books = an_organisation(work, "Clear Books", OrganisationKind.PLAN_MANAGER)
        ben = somebody_at(work, books, "Ben A", Role.PLAN_MANAGER_STAFF)
        a_consent(work, a_tie(work, repriced.client, Relationship.PLAN_MANAGER, books), Resource.BUDGET)
    run = f"/price-changes/{runs(coplan)[0].id}"
    signed_in(person, ben).open(run)
    for page in (run, f"{run}/letters", f"{run}?table=plans&as=csv"):
        said = person.open(page).answer.text
        assert "Mei" not in said
        assert "$" not in said


def test_whoever_may_see_the_money_and_not_the_plan_does_not_read_its_supports(
    repriced: Circle, coplan: Coplan, person: Person
) -> None:
    with coplan.open_work() as work:
        uncle = an_account(work, "Uncle Canary")
        tie = a_tie(work, repriced.client, Relationship.FAMILY, uncle)
        for part in (Resource.IDENTITY, Resource.BUDGET):
            a_consent(work, tie, part)
    page, run = address(coplan, repriced), f"/price-changes/{runs(coplan)[0].id}"
    signed_in(person, uncle)
    for hidden in (page, f"{page}/letter"):
        assert person.open(hidden).status == 404
    for empty in (run, f"{run}/letters"):
        assert "Speech therapy" not in person.open(empty).answer.text
        assert "$" not in person.answer.text
    with reading(coplan, uncle) as work:
        assert all("/price-changes/" not in step.href for step in next_steps.steps(work, repriced.client))
    with coplan.open_work() as work:
        a_consent(work, tie, Resource.PLAN)
    assert "Speech therapy" in person.open(page).answer.text


def test_before_a_plan_is_counted_no_zero_stands_for_what_new_prices_do(
    circle: Circle, coplan: Coplan, person: Person
) -> None:
    imported_id = imported(coplan, a_list(circle.first, shower=75, therapy=190), jobs=False)
    with coplan.open_work() as work:
        edition = work.session.get(Edition, imported_id)
        assert edition is not None
        run = commands.start_after_import(work, edition)
        assert run is not None
        sam = an_administrator(work)
    forget_jobs(coplan)
    page = signed_in(person, sam).open(f"/price-changes/{run.id}")
    assert "0 of 1 plans are counted" in page.text
    assert "Everybody together" not in page.text
    JOBS["repricing.run"].run(coplan.open_work, str(run.id))
    assert "Everybody together" in page.open(f"/price-changes/{run.id}").text


def test_the_administrator_sees_counts_without_names_and_no_amounts_of_a_few(
    repriced: Circle, coplan: Coplan, person: Person
) -> None:
    with coplan.open_work() as work:
        sam = an_administrator(work)
    signed_in(person, sam).open(f"/price-changes/{runs(coplan)[0].id}")
    assert "Fewer than 5" in person.text
    assert "Mei" not in person.text
    assert "$" not in person.text
    person.open(address(coplan, repriced))
    assert person.status == 404


def test_the_table_can_be_taken_along_as_a_file(repriced: Circle, coplan: Coplan, person: Person) -> None:
    signed_in(person, repriced.daniel).open(f"/price-changes/{runs(coplan)[0].id}?table=plans&as=csv")
    assert person.status == 200
    assert "Mei Chen" in person.answer.text


def test_it_stands_among_the_next_steps_until_somebody_says_that_it_needs_nothing_more(
    repriced: Circle, coplan: Coplan
) -> None:
    def told() -> list[str]:
        with reading(coplan, repriced.mei) as work:
            return [step.href for step in next_steps.steps(work, repriced.client)]

    assert address(coplan, repriced) in told()
    with acting(coplan, repriced.mei) as work:
        (run,) = queries.runs(work)
        commands.settle(work, queries.of_client(work, repriced.client, run.id), run)
    assert address(coplan, repriced) not in told()


def test_it_stands_there_no_more_once_a_newer_plan_is_agreed_which_has_the_new_prices(
    repriced: Circle, coplan: Coplan
) -> None:
    repriced.accepted(at_the_limit(repriced))
    with reading(coplan, repriced.mei) as work:
        assert address(coplan, repriced) not in [step.href for step in next_steps.steps(work, repriced.client)]


@pytest.mark.both_databases
def test_whether_a_plan_has_the_new_prices_is_asked_of_its_own_versions(circle: Circle, coplan: Coplan) -> None:
    other = a_circle(coplan)
    for _version in range(2):
        other.accepted(at_the_limit(other))
    dearer(circle, coplan)
    for one in (circle, other):
        with reading(coplan, one.mei) as work:
            assert address(coplan, one) in [step.href for step in next_steps.steps(work, one.client)]


def test_the_letter_is_in_the_language_of_the_person(repriced: Circle, coplan: Coplan, person: Person) -> None:
    with coplan.open_work() as work:
        theirs = select(Client).where(Client.id == repriced.client.id)
        work.session.scalars(unscoped(theirs, "a test")).one().language = "ar"
    signed_in(person, repriced.daniel).open(f"{address(coplan, repriced)}/letter")
    (letter,) = person.page.xpath("//article[@id='letter']")
    assert (letter.get("lang"), letter.get("dir")) == ("ar", "rtl")
    person.follow("Read it in your language")
    (letter,) = person.page.xpath("//article[@id='letter']")
    assert letter.get("lang") == "en-AU"


def test_a_coordinator_reads_all_letters_and_has_a_change_drafted_for_everybody(
    repriced: Circle, coplan: Coplan, person: Person
) -> None:
    signed_in(person, repriced.daniel).open(f"/price-changes/{runs(coplan)[0].id}")
    person.send("drafts")
    assert "1 change is being drafted for you." in person.text
    with reading(coplan, repriced.daniel) as work:
        assert len(changes.requests(work, repriced.client)) == 1
    assert not person.page.xpath("//form[@id='drafts']")  # nothing is left to draft
    person.follow("Read and print the letters")
    assert "Dear Mei Chen" in person.text
