"""The options finder, what is kept for later, and things near home that only one circle knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from budgeting.money import Money
from budgeting.options.coverage import Coverage
from budgeting.period import Band
from portal.accounts import coverage
from portal.accounts.model import Organisation, OrganisationKind, Role
from portal.app import Coplan
from portal.catalogue import book_commands
from portal.jobs import run_now
from portal.options import commands, library_commands, organisation_commands as organisations, queries
from portal.options.commands import Something
from portal.options.library_commands import Material
from portal.options.library_model import LibraryEntry, LibraryKind
from portal.options.library_queries import entries, up_to_date
from portal.options.model import Came
from portal.options.organisation_commands import Declared, Said
from portal.options.organisation_model import InterestKind
from portal.options.organisation_queries import interest, interests_today, organisation
from portal.work import NotVisible, Refusal, Work
from tests.builders import a_membership, acting, an_account, an_organisation, reading, signed_in, somebody_at
from tests.person import Person
from tests.portal.proposals.people import Circle, a_circle


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    """Mei, with Daniel who coordinates, and Grace who works for Sunrise."""
    made = a_circle(coplan)
    with coplan.open_work() as work:
        harbour = an_organisation(work, "Harbour Coordination", OrganisationKind.COORDINATION)
        a_membership(work, made.daniel, harbour, Role.COORDINATOR)
    return made


def home(circle: Circle) -> str:
    return f"/people/{circle.client.id}/options"


def sunrise_offers(circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        grace = somebody_at(work, organisation_of(work, circle))
    with acting(circle.coplan, grace) as work:
        one = organisation(work, circle.sunrise.id)
        an_offer(work, one, "cleaning", 68_00)
        an_offer(work, one, "psychology", 200_00)
        coverage.confirm(work, one.id, one.version, ("NSW",), (0, 1), ("en",), ("morning",), ("home",))


def an_offer(work: Work, one: Organisation, support: str, cents: int) -> None:
    organisations.offer(work, one, "ndis", support)
    book_commands.publish(work, one, "ndis", support, {Band.DAY: Money(cents)}, work.day)


def organisation_of(work, circle: Circle):  # type: ignore[no-untyped-def]  # the row, in a unit of work
    return work.session.get_one(type(circle.sunrise), circle.sunrise.id)


def on_the_board(circle: Circle, title: str = "Men's shed", state: str = "NSW") -> None:
    with acting(circle.coplan, circle.daniel) as work:
        commands.tell(work, Something(title, Coverage(work.day, (state,), (1,)), "Woodwork and tea", cost=Money(0)))


def order(person: Person) -> list[str]:
    """The names of the options as they stand on the page."""
    return [" ".join(one.text_content().split()) for one in person.page.xpath("//section/h3")]


def test_a_person_with_nothing_near_is_told_what_could_be_there(person: Person, circle: Circle) -> None:
    mei = signed_in(person, circle.mei).open(home(circle))
    assert "It has not said here what it offers" in mei.text  # Sunrise, of whom nothing is held against it
    mei.open(f"{home(circle)}?pay=free")
    assert "Nothing fits all of it" in mei.text
    assert "It is not said to be free." in mei.text


def test_a_town_is_looked_for_in_the_places_that_each_names_itself(person: Person, circle: Circle) -> None:
    sunrise_offers(circle)
    on_the_board(circle, "Choir")
    with circle.coplan.open_work() as work:
        grace = somebody_at(work, organisation_of(work, circle))
    with acting(circle.coplan, grace) as work:
        sunrise = organisation(work, circle.sunrise.id)
        organisations.write_page(work, sunrise, Said(places="Parramatta and Westmead"), 0)
    mei = signed_in(person, circle.mei).open(home(circle))
    mei.send("find-options", town="parramatta")
    assert {one.split(" Near")[0] for one in order(mei)} >= {"Choir", "Sunrise Support"}
    assert "whether it works in parramatta" in mei.text  # the choir, which names no place
    assert "among its places" not in mei.text
    mei.send("find-options", town="Dubbo")
    assert "It does not name Dubbo among its places." in mei.text
    assert order(mei)[-1] == "Sunrise Support"


def test_paid_and_free_options_stand_in_one_list_and_go_into_the_draft_by_the_form_of_a_line(
    person: Person, circle: Circle
) -> None:
    sunrise_offers(circle)
    on_the_board(circle, "Cleaning together")
    on_the_board(circle, "Choir", state="WA")
    mei = signed_in(person, circle.mei).open(home(circle))
    names = [one.split(" Near")[0] for one in order(mei)]
    assert names[:2] == ["Cleaning together", "Sunrise Support"]  # both today, by name
    assert names[-1] == "Choir"  # does not fit
    assert "It is not in this state." in mei.text
    mei.send("find-options", place="WA")
    assert order(mei)[0].startswith("Choir")
    mei.send("find-options", place="")
    assert {one.split(" Near")[0] for one in order(mei)} >= {"Choir", "Cleaning together", "Sunrise Support"}
    assert "It is not in this state." not in mei.text
    mei.open(f"{home(circle)}?q=cleaning")
    assert "Cleaning together" in mei.text
    assert "Choir" not in mei.text
    assert "$68.00" in mei.text
    mei.follow("Put it into the draft House cleaning")
    fields = dict(mei.form("line").form_values())
    assert (fields["support"], fields["provider"], fields["price"]) == ("cleaning", str(circle.sunrise.id), "68.00")
    mei.send("line", weekdays=["0"], begins="9:00", finishes="10:00")
    assert [line.terms.provider_id for line in circle.lines()] == [circle.sunrise.id]
    mei.open(f"{home(circle)}?q=psychology&pay=funded")
    assert mei.text.count("No part of your funding pays for this kind of support.") > 1  # why it does not fit
    assert "Out of reach as it is" in mei.text


def test_an_option_is_kept_with_who_and_why_and_only_some_may_drop_it(person: Person, circle: Circle) -> None:
    on_the_board(circle)
    daniel = signed_in(person, circle.daniel).open(f"{home(circle)}?q=woodwork")
    (form,) = daniel.page.xpath("//form[starts-with(@id, 'keep-near-')]/@id")
    daniel.send(form, came="found")
    daniel.open(home(circle))
    assert "found it by searching for “ woodwork ”" in daniel.text
    with reading(circle.coplan, circle.mei) as work:
        (row,) = queries.kept(work, circle.client)
    with pytest.raises(NotVisible), acting(circle.coplan, circle.karim) as work:
        commands.drop(work, row)
    mei = signed_in(person.another(), circle.mei).open(home(circle))
    mei.send(f"drop-{row.id}")
    assert "found it by searching" not in mei.text


def test_what_a_circle_knows_is_not_there_for_anybody_else(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        told = Something("Chess with Lin", Coverage(work.day, ("NSW",)), cost=Money(0))
        row = commands.tell_circle(work, circle.client, told)
        commands.keep(work, circle.client, f"own-{row.id}", Came.ASKED, "", "")
    assert "Chess with Lin" in signed_in(person, circle.karim).open(home(circle)).text
    for account in (circle.tom, circle.stranger):
        other = signed_in(person.another(), account)
        assert other.open(home(circle)).status == 404
        assert "Chess with Lin" not in other.open("/opportunities").text
        with pytest.raises(NotVisible), acting(circle.coplan, account) as work:
            commands.remove_own(work, row)
    with reading(circle.coplan, circle.stranger) as work:
        assert not queries.own_opportunities(work, circle.client)
        assert not queries.kept(work, circle.client)


def test_only_those_who_look_after_the_board_put_something_on_it(person: Person, circle: Circle) -> None:
    with pytest.raises(NotVisible), acting(circle.coplan, circle.mei) as work:
        commands.tell(work, Something("Spam", Coverage(work.day)))
    daniel = signed_in(person, circle.daniel).open("/opportunities")
    daniel.send("near", title="Choir", state="NSW", weekdays=["3"], cost="0")
    assert "Choir" in daniel.text
    assert "Last confirmed on" in daniel.text
    (form,) = daniel.page.xpath("//form[starts-with(@id, 'near-')]/@id")
    daniel.send(form, press="say=gone")
    assert "Choir" not in daniel.text


def test_an_organisation_says_what_it_does_not_offer_and_nobody_says_it_for_it(person: Person, circle: Circle) -> None:
    with circle.coplan.open_work() as work:
        grace = somebody_at(work, organisation_of(work, circle))
    place = f"/organisations/{circle.sunrise.id}"
    signed_in(person, grace).open(f"{place}/write").send("said", offers="Mornings", limits="We do not lift.")
    person.open(f"{place}/write").send("offer", support="ndis:cleaning", price_day="55")
    mei = signed_in(person.another(), circle.mei).open(place)
    assert "We do not lift." in mei.text
    assert "Written by Grace Tan" in mei.text
    assert "$55.00" in mei.text
    assert mei.page.xpath("//a[@href='/speak-up']")
    with pytest.raises(NotVisible), acting(circle.coplan, circle.daniel) as work:
        organisations.write_page(work, organisation(work, circle.sunrise.id), Said("The best"), 1)


def test_what_was_said_on_the_telephone_stands_with_both_names(person: Person, circle: Circle) -> None:
    place = f"/organisations/{circle.sunrise.id}"
    daniel = signed_in(person, circle.daniel).open(f"{place}/write")
    daniel.send("telephone-form", spoke_with="", states=["NSW"])
    assert daniel.status == 422
    daniel.send("telephone-form", spoke_with="Grace", states=["NSW"], access=["woman"])
    assert "by Daniel Okafor , who spoke with Grace on the telephone" in daniel.text
    told = Coverage(date(2026, 7, 6), ("NSW",), spoke_with="Me")
    with pytest.raises(NotVisible), acting(circle.coplan, circle.karim) as work:
        coverage.confirm_by_telephone(work, circle.sunrise, circle.sunrise.version, told)


def test_an_interest_is_said_beside_the_option_and_stays_in_the_register_when_it_ends(
    person: Person, circle: Circle
) -> None:
    sunrise_offers(circle)
    with acting(circle.coplan, circle.daniel) as work:
        one = organisation(work, circle.sunrise.id)
        told = Declared(InterestKind.REFERRAL_FEE, work.day, None, None, "We pay for the first talk.")
        row = organisations.declare(work, one, told)
        with pytest.raises(Refusal):
            organisations.close(work, row, row.version, work.day - timedelta(1))
    mei = signed_in(person, circle.mei).open(f"{home(circle)}?q=cleaning")
    assert "Sunrise Support gets money for a referral." in mei.text
    with acting(circle.coplan, circle.daniel) as work:
        open_one = interest(work, row.id)
        organisations.close(work, open_one, open_one.version, work.day)
    with reading(circle.coplan, circle.mei) as work:
        assert interests_today(work, {circle.sunrise.id})[circle.sunrise.id]  # the last day is inclusive
    assert "We pay for the first talk." in mei.open("/interests").text


def test_fewer_than_three_options_ask_for_a_reason_that_is_kept_with_a_name(person: Person, circle: Circle) -> None:
    circle.add()
    place = f"/people/{circle.client.id}/proposals/scenarios"
    mei = signed_in(person, circle.mei).open(place)
    mei.send("keep", title="Only for me", of=f"draft-{circle.proposal.id}", came="asked")
    scenario = mei.address.rsplit("/", 1)[1]
    pair = f"{place}/compare?draft-{circle.proposal.id}=yes&scenario-{scenario}=yes"
    mei.open(pair)
    assert "These are two options" in mei.text
    assert "Mei Chen made it: you asked for it." in mei.text
    mei.send("fewer", reason="")
    assert mei.status == 422
    assert mei.page.xpath("//table[@id='side-by-side']")  # nothing is lost
    mei.send("fewer", reason="Nobody else comes on Sundays")
    assert "Nobody else comes on Sundays" in mei.text
    daniel = signed_in(person.another(), circle.daniel)
    for address in (pair, f"/people/{circle.client.id}/history"):
        assert "Nobody else comes" not in daniel.open(address).text  # her own scenario stands among them


def test_a_reader_of_the_library_finds_material_in_their_own_language_first(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.daniel) as work:
        for title, language in (("Your rights", "en"), ("你的权利", "zh-Hans"), ("About money", "en")):
            told = Material(title, LibraryKind.REFERENCE, "Harbour", language, work.day, text="Say no.")
            library_commands.keep(work, told)
    mei = signed_in(person, circle.mei)
    for asked, order in (("zh-Hans", ["你的权利", "About money"]), ("en", ["About money", "Your rights"])):
        titles = mei.open(f"/library?lang={asked}").page.xpath("//main//a[contains(@href, '/library/')]")
        assert [" ".join(one.text_content().split()) for one in titles][: len(order)] == order


def test_material_out_of_date_is_marked_and_goes_into_no_pack(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.daniel) as work:
        for title, kind in (("Your rights", LibraryKind.REFERENCE), ("We are great", LibraryKind.PROMOTIONAL)):
            library_commands.keep(work, Material(title, kind, "Harbour", "en", work.day, text="Say no."))
        with pytest.raises(Refusal):
            library_commands.keep(
                work, Material("Old", LibraryKind.REFERENCE, "Harbour", "en", work.day, link="http://x")
            )
        assert [one.title for one in up_to_date(work)] == ["Your rights"]
        rights = entries(work, "rights")[0]
        rights.review_by = work.day - timedelta(1)
    mei = signed_in(person, circle.mei).open("/library")
    assert "Out of date" in mei.text
    assert "Promotional" in mei.text
    assert mei.text.count("up to date until") == 1, "of the two, the one that is"
    assert not mei.page.xpath("//form[@id='material']")
    with reading(circle.coplan, circle.mei) as work:
        assert up_to_date(work) == []
    with pytest.raises(NotVisible), acting(circle.coplan, circle.mei) as work:
        library_commands.remove(work, rights.id, rights.version)
    with circle.coplan.open_work() as work:
        ann = an_account(work)
    assert signed_in(person.another(), ann).open(f"/library/{rights.id}").status == 200


def test_whoever_keeps_material_is_told_once_that_it_is_out_of_date(
    circle: Circle,
) -> None:
    rights = Material("Your rights", LibraryKind.REFERENCE, "Harbour", "en", date(2026, 1, 1), text="Say no.")
    with acting(circle.coplan, circle.daniel) as work:
        kept = library_commands.keep(work, replace(rights, review_by=work.day))
        kept_id = kept.id

    def morning(days_ago: int) -> int:
        with circle.coplan.open_work() as work:
            row = work.session.get_one(LibraryEntry, kept_id)
            row.review_by = work.day - timedelta(days_ago)
        for _ in range(2):
            run_now("options.library_new_day", {}, circle.coplan)
            circle.coplan.jobs.run_waiting()
        letters = [one.read_text() for one in circle.coplan.settings.mail_folder.glob("*.eml")]
        return len([one for one in letters if f"/library/{kept_id}" in one and circle.daniel.login in one])

    assert [morning(days_ago) for days_ago in (0, 1, 1)] == [0, 1, 1]  # today is still its day
