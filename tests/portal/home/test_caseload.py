"""The list of people a coordinator works with: what it tells, to whom, and that it asks the same however long it is."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, select

from budgeting.money import Minutes, Money
from budgeting.words import Words
from portal.access.scope import unscoped
from portal.access.table import Relationship, Resource
from portal.accounts.model import Account, OrganisationKind, Role
from portal.app import Coplan
from portal.bench.people import fill
from portal.goals import commands as goals
from portal.home import caseload, caseload_rows
from portal.home.commands import note_talk
from portal.language import plain
from portal.meetings import follow_up_commands as follow_ups
from portal.meetings.follow_up_commands import ToDo
from portal.outlook.model import Basis, Outlook
from portal.people import ahead, queries as people
from portal.people.model import Client, Tie
from portal.proposals import commands as proposals
from portal.site.tables import Cell
from portal.work import Actor, ActorKind, NotVisible, Work
from tests.builders import (
    a_client,
    a_consent,
    a_restriction,
    a_tie,
    acting,
    an_account,
    an_organisation,
    reading,
    signed_in,
    somebody_at,
)
from tests.person import Person


class Office:
    """Priya leads for Ana, Ben and Cleo; Sam only works beside her for Ana."""

    def __init__(self, coplan: Coplan) -> None:
        self.coplan = coplan
        with coplan.open_work() as work:
            harbour = an_organisation(work, "Harbour", OrganisationKind.COORDINATION)
            self.priya = somebody_at(work, harbour, "Priya Nair", Role.COORDINATOR)
            self.sam = somebody_at(work, harbour, "Sam Reid", Role.COORDINATOR)
            self.ana, self.ben, self.cleo = (an_account(work, name) for name in ("Ana Ito", "Ben Ode", "Cleo Roy"))
            self.clients = [a_client(work, each.name, account=each) for each in (self.ana, self.ben, self.cleo)]
            for client in self.clients:
                a_tie(work, client, Relationship.LEAD, self.priya)
            a_tie(work, self.clients[0], Relationship.STAFF, self.sam)
            self._outlook(work, self.clients[0], 20, Minutes(60 * 41), Money(90_00), Money(100_00))
            self._outlook(work, self.clients[1], 100, Minutes(60 * 7), Money(150_00), Money(100_00))

    def _outlook(self, work: Work, client: Client, days: int, left: Minutes, spent: Money, planned: Money) -> None:
        """Money that ends after so many days."""
        until = work.day + timedelta(days=days)
        row = Outlook(client_id=client.id, computed_on=work.today(client), seen=10_000)
        row.prices, row.program, row.basis = "", "ndis", Basis.PLAN
        row.until, row.runs_dry, row.short = until, until + timedelta(days=1), Money(days * 1_00)
        row.minutes_left, row.week_spent, row.week_planned = left.count, spent, planned
        work.session.add(row)

    def seen(self, who: Account, show: str = "all", sort: str = "name", search: str = "") -> list[str]:
        with reading(self.coplan, who) as work:
            return [one.row.name for one in caseload.page(work, search, show, sort, 1).people]


@pytest.fixture
def office(coplan: Coplan) -> Office:
    return Office(coplan)


SORTED = {
    "name": ["Ana Ito", "Ben Ode", "Cleo Roy"],
    "ends": ["Ana Ito", "Ben Ode", "Cleo Roy"],
    "short": ["Ben Ode", "Ana Ito", "Cleo Roy"],
    "hours": ["Ben Ode", "Ana Ito", "Cleo Roy"],
    "pace": ["Ben Ode", "Ana Ito", "Cleo Roy"],
    "nothing of the kind": ["Ana Ito", "Ben Ode", "Cleo Roy"],
}


def test_it_is_sorted_by_any_column_and_what_is_not_known_comes_last(office: Office) -> None:
    assert {sort: office.seen(office.priya, sort=sort) for sort in SORTED} == SORTED


def test_the_list_begins_with_whom_most_waits_for_and_is_by_name_at_a_press(office: Office, person: Person) -> None:
    with acting(office.coplan, office.cleo) as work:
        client = people.client(work, office.clients[2].id)
        follow_ups.agree_on(work, client, ToDo("Call the physio.", work.today(client), office.priya.id))

    def names() -> list[str]:
        return [one.text_content() for one in priya.page.xpath("//table[@id='people']//th[@scope='row']//bdi")]

    priya = signed_in(person, office.priya).open("/")
    assert names() == ["Cleo Roy", "Ana Ito", "Ben Ode"]
    (by_name,) = priya.page.xpath("//table[@id='people']/thead//a[.='Name']")
    priya.open(by_name.get("href"))
    assert names() == ["Ana Ito", "Ben Ode", "Cleo Roy"]
    assert [one.text_content() for one in priya.page.xpath("//th[@aria-sort]")] == ["Name"]
    priya.open("/?show=ends&q=a&sort=hours")
    assert "/?show=ends&q=a&sort=name" in [one.get("href") for one in priya.page.xpath("//thead//a")]


def test_it_shows_whose_money_ends_soon_and_whom_we_have_not_heard_from(office: Office) -> None:
    assert office.seen(office.priya, "ends") == ["Ana Ito"]
    with acting(office.coplan, office.ben) as work:
        goals.name_goal(work, office.clients[1], "To swim again", "en")
    assert office.seen(office.priya, "silent") == ["Ana Ito", "Cleo Roy"]
    assert office.seen(office.priya, sort="heard")[-1] == "Ben Ode"
    with office.coplan.open_work() as work:  # what somebody does who is not close any more, or not yet, tells nothing
        own = unscoped(select(Tie), "a test ends it").where(Tie.account_id == office.ben.id)
        work.session.scalars(own).one().ends = work.day - timedelta(days=2)
    assert "Ben Ode" in office.seen(office.priya, "silent")


def test_a_talk_is_noted_on_the_persons_page_and_counts_as_heard(office: Office, person: Person) -> None:
    signed_in(person, office.priya).open(f"/people/{office.clients[2].id}").send("talked")
    assert "you talked today" in person.text
    assert office.seen(office.priya, "silent") == ["Ana Ito", "Ben Ode"]


def test_nobody_but_staff_notes_that_somebody_was_heard_from(office: Office) -> None:
    ana = office.clients[0]
    with office.coplan.open_work() as work:
        brother = an_account(work, "Karl Ito")
        tie = a_tie(work, ana, Relationship.FAMILY, brother)
        a_consent(work, tie, Resource.IDENTITY)
        a_consent(work, tie, Resource.DRAFT, comments=True)
    for account in (brother, office.ana):
        with pytest.raises(NotVisible), acting(office.coplan, account) as work:
            note_talk(work, people.client(work, ana.id))
    with acting(office.coplan, office.sam) as work:
        note_talk(work, people.client(work, ana.id))


def test_the_person_is_not_asked_whether_they_talked(office: Office, person: Person) -> None:
    signed_in(person, office.ana).open(f"/people/{office.clients[0].id}")
    assert not person.page.xpath("//form[@id='talked']")


def test_what_waits_for_me_is_what_it_shows(office: Office) -> None:
    assert office.seen(office.priya, "mine") == ["Ana Ito", "Ben Ode", "Cleo Roy"]  # nobody has typed in a letter
    assert office.seen(office.sam, "mine") == []  # who may not


def test_what_waits_is_counted_by_its_kind_and_one_kind_is_shown_alone(office: Office, person: Person) -> None:
    with acting(office.coplan, office.ben) as work:
        client = people.client(work, office.clients[1].id)
        follow_ups.agree_on(work, client, ToDo("Call the physio.", work.today(client), office.priya.id))
    with reading(office.coplan, office.priya) as work:
        assert {kind: count for kind, count in caseload.page(work, "", "mine", "waits", 1).kinds.items() if count} == {
            "meetings": 1,
            "money": 3,
        }
        shown = caseload.page(work, "", "mine", "waits", 1, kind="meetings").people
        assert [one.row.name for one in shown] == ["Ben Ode"]
        assert office.seen(office.priya, "mine", "waits") == ["Ben Ode", "Ana Ito", "Cleo Roy"]  # with him the most
    priya = signed_in(person, office.priya).open("/").follow("Meetings (1)")
    assert [name.text_content() for name in priya.page.xpath("//table//th[@scope='row']//bdi")] == ["Ben Ode"]
    assert priya.open("/?show=mine&kind=nonsense").status == 200


def test_staff_beside_the_lead_see_nothing_of_the_money(office: Office, person: Person) -> None:
    with reading(office.coplan, office.sam) as work:
        (one,) = caseload.page(work, "", "all", "ends", 1).people
    assert (one.row.until, one.row.minutes_left, one.row.week_planned) == (None, None, None)
    signed_in(person, office.sam).open("/")
    assert "Ana Ito" in person.text
    assert "41 hours" not in person.text


def test_someone_hidden_or_left_is_in_no_list_count_or_search(office: Office) -> None:
    with office.coplan.open_work() as work:
        a_restriction(work, office.clients[0], office.priya)
        ties = select(Tie).where(Tie.client_id == office.clients[1].id, Tie.account_id == office.priya.id)
        work.session.scalars(unscoped(ties, "she left")).one().revoked_at = work.now
    assert office.seen(office.priya) == ["Cleo Roy"]
    assert office.seen(office.priya, search="Ana") == []
    with reading(office.coplan, office.priya) as work:
        found = caseload.page(work, "", "all", "name", 1)
    assert (found.total, found.everyone, found.ending) == (1, 1, 0)


def test_an_old_figure_says_of_which_day_it_is(office: Office, person: Person) -> None:
    signed_in(person, office.priya).open("/")
    assert person.page.xpath("string(//tr[contains(., 'Ana Ito')])").count("as of") == 1  # other price lists by now


def test_every_figure_of_the_money_leads_to_where_it_says_how_it_came_about(office: Office, person: Person) -> None:
    signed_in(person, office.priya).open("/")
    (row,) = person.page.xpath("//table[@id='people']/tbody/tr[contains(., 'Ben Ode')]")
    leads = {" ".join(link.text_content().split()): link.get("href") for link in row.xpath(".//a")}
    at = f"/people/{office.clients[1].id}/alarms"
    assert [leads[text] for text in ("7 hours Ben Ode", "$150.00 Ben Ode")] == [at, at]
    assert sum(href == at for href in leads.values()) == 3  # and the day until which it lasts


def test_the_whole_list_as_it_is_filtered_comes_as_a_file(office: Office, person: Person) -> None:
    signed_in(person, office.priya).open("/?show=ends&table=people&as=csv")
    rows = list(csv.reader(io.StringIO(person.answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:-2]] == ["Ana Ito"]
    assert rows[1][3] == "41:00"
    assert rows[-1][0].startswith("Taken along by ")


def test_a_day_that_comes_up_is_the_first_from_today_on(office: Office) -> None:
    with reading(office.coplan, office.priya) as work:
        assert ahead.next_days(work, [client.id for client in office.clients], work.day) == {}


def test_it_asks_the_same_number_of_things_however_long_it_is(coplan: Coplan) -> None:
    with coplan.open_work() as work:
        few = fill(work, 5)
        _more(work, few, 2)
    counts = [_statements(coplan, few, show) for show in ("all", "mine")]
    with coplan.open_work() as work:
        _more(work, few, 20)
    assert counts == [_statements(coplan, few, show) for show in ("all", "mine")]


def test_what_rests_on_a_draft_is_not_told_to_whom_the_draft_is_hidden_from(office: Office) -> None:
    cleo = office.clients[2]
    with acting(office.coplan, office.cleo) as work:
        draft = proposals.start(work, cleo, "My week", "ndis", work.day, work.day + timedelta(days=90))
    with office.coplan.open_work() as work:
        office._outlook(work, cleo, 30, Minutes(60), Money(1_00), Money(2_00))
        row = work.session.scalars(unscoped(select(Outlook).where(Outlook.client_id == cleo.id), "a test")).one()
        row.basis, row.proposal_id = Basis.DRAFT, draft.id
    assert _of_cleo(office).proposal_id == draft.id
    with office.coplan.open_work() as work:
        a_restriction(work, cleo, office.priya, Resource.DRAFT)
    told = _of_cleo(office)
    assert (told.name, told.proposal_id, told.until, told.short, told.basis) == ("Cleo Roy", None, None, None, None)


def _of_cleo(office: Office) -> caseload.Row:
    with reading(office.coplan, office.priya) as work:
        (one,) = caseload.page(work, "Cleo", "all", "name", 1).people
    return one.row


def _more(work: Work, lead: UUID, people: int) -> None:
    """Some people more, with nothing known of them yet."""
    account = work.session.get(Account, lead)
    assert account is not None
    for number in range(people):
        a_tie(work, a_client(work, f"Someone {number}"), Relationship.LEAD, account)


def _statements(coplan: Coplan, who: UUID, show: str = "all") -> int:
    asked: list[int] = []

    def count(*_: object) -> None:
        asked.append(1)

    event.listen(coplan.database.engine, "before_cursor_execute", count)
    with coplan.open_reading(Actor(ActorKind.ACCOUNT, who)) as work:
        work.reading = True
        caseload.page(work, "", show, "name", 1)
    event.remove(coplan.database.engine, "before_cursor_execute", count)
    return len(asked)


def test_a_last_day_says_whether_the_money_ends_there_or_lasts_to_the_end(office: Office) -> None:
    with reading(office.coplan, office.priya) as work:
        known = next(one for one in caseload.page(work, "", "all", "name", 1).people if one.row.until)
        lasting = replace(known, as_of=None, row=replace(known.row, runs_dry=None, short=None))
        ending = replace(lasting, row=replace(lasting.row, runs_dry=known.row.until))
        cells = [caseload_rows.table(work, [one], {}, "name").rows[0][2] for one in (lasting, ending)]
    notes = [one.note for one in cells if isinstance(one, Cell)]
    assert [plain(one) if isinstance(one, Words) else one for one in notes] == ["Lasts to the end", None]
