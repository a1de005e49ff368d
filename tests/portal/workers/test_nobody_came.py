"""Nobody came: three taps, everybody told, money kept, and all of it taken back when they came late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from budgeting.money import Minutes, Money
from budgeting.package import Priority, Unpaid, Weekly
from portal.access.scope import visible
from portal.access.table import Action, Relationship, Resource
from portal.app import Coplan
from portal.living import queries as living
from portal.people import due
from portal.people.model import Tie
from portal.proposals.particulars import Particulars
from portal.work import NotVisible, Refusal
from portal.workers import call_commands, call_pages, calls, jobs, queries
from portal.workers.call_commands import Instead, Missing
from portal.workers.model import Call
from portal.workers.states import CALL_ACTS, BackupKind, CallAct, CallState
from tests.builders import a_client, a_consent, a_tie, acting, an_account, reading, signed_in
from tests.person import Person
from tests.portal.plans.people import OURS, THEIRS, Circle, a_circle

EVERY_DAY = Weekly((0, 1, 2, 3, 4, 5, 6), time(0), time(2))  # has begun whenever this runs
SECRET_PHONE = "0491 570 156"


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    """A shower every day that has begun already, which must be there, and swimming tomorrow, which need not."""
    found = a_circle(coplan)
    tomorrow = Weekly(((found.first + timedelta(days=1)).weekday(),), time(9), time(11))
    shower = found.line("Help in the shower", found.sunrise, OURS, schedule=EVERY_DAY)
    shower = replace(shower, more=Particulars(priority=Priority.MUST))
    found.accepted(shower, found.line("Swimming", found.northside, THEIRS, schedule=tomorrow))
    return found


def _page(circle: Circle) -> str:
    return f"/people/{circle.client.id}/nobody-came"


def _sister(circle: Circle, kind: BackupKind = BackupKind.FAMILY, **told: object) -> None:
    with acting(circle.coplan, circle.mei) as work:
        line = queries.lines(work, circle.client)[0].part.line_id
        instead = Instead(line, kind, "My sister", phone=SECRET_PHONE)
        call_commands.add_backup(work, circle.client, replace(instead, **told), agreed=True)  # type: ignore[arg-type]  # fields by name


def test_three_taps_write_it_down_tell_everybody_and_bring_somebody_else(person: Person, circle: Circle) -> None:
    _sister(circle, BackupKind.PROVIDER, provider_id=circle.northside.id, per_hour=Money(50_00))
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}").follow("Nobody came")
    assert "are you safe right now" in mei.text
    assert mei.page.xpath("//details[@id='not-safe']//a[@href='tel:000']")
    mei.send("tell")
    assert "The provider has still to answer" in mei.text
    (form,) = mei.page.xpath("//form[starts-with(@id, 'backup-')]/@id")
    mei.send(form)
    assert "My sister comes instead" in mei.text
    with reading(circle.coplan, circle.mei) as work:
        (row,) = calls.calls(work, circle.client)
        assert row.reserved == Money(100_00)  # two hours at 50 dollars
        (owed,) = living.missed(work, circle.client)
        assert (owed.id, owed.minutes, owed.fee) == (row.id, 120, Money(136_00))  # two hours at 68 dollars
        assert owed.written_by_id == circle.mei.id
    daniel = signed_in(person.another(), circle.daniel).open(f"/people/{circle.client.id}")
    assert "The provider has still to answer" in daniel.text
    with reading(circle.coplan, circle.daniel) as work:
        (first, *_) = due.all_of(work, {circle.client.id: circle.client})
        assert (first.kind, first.urgent, first.who) == (due.Kind.NOBODY_CAME, True, circle.sunrise.id)
        assert first.href == f"{_page(circle)}/{row.id}"
    assert "Nobody came on" in daniel.open("/due?kind=nobody_came").text
    grace = signed_in(person.another(), circle.grace).open("/workers")
    assert "Nobody came to Mei Chen" in grace.text
    for other in ("My sister", SECRET_PHONE, "100.00", "Swimming"):
        assert other not in grace.text
    assert grace.open("/due").page.xpath(f"//main//a[@href='/workers#call-{row.id}']")
    grace.open("/workers").send(f"call-form-{row.id}", said="On our way, 8:40")
    assert "Nothing is due" in daniel.open("/due?kind=nobody_came").text
    assert "On our way, 8:40" in mei.open(f"{_page(circle)}/{row.id}").text
    mei.send("late")
    assert "taken back" in mei.text
    with reading(circle.coplan, circle.mei) as work:
        assert not living.missed(work, circle.client)
        assert calls.call(work, circle.client, row.id).reserved is None


def test_pressing_twice_tells_it_once_and_after_taking_it_back_it_can_be_told_again(
    person: Person, circle: Circle
) -> None:
    first = signed_in(person, circle.mei).open(_page(circle))
    second = person.another()
    signed_in(second, circle.mei).open(_page(circle))
    first.send("tell")
    second.send("tell")
    assert first.address == second.address
    first.send("late")
    first.open(_page(circle)).send("tell")
    assert first.address != second.address
    with reading(circle.coplan, circle.mei) as work:
        assert len(living.missed(work, circle.client)) == 1


def test_whether_somebody_is_safe_is_asked_without_sending_or_keeping_anything(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        call_commands.add_contact(work, circle.client, "Rosa next door", SECRET_PHONE)
    mei = signed_in(person, circle.mei).open(_page(circle))
    (inside,) = mei.page.xpath("//details[@id='not-safe']")
    assert "Rosa next door" in inside.text_content()
    assert not inside.xpath(".//form | .//button")
    assert not [one for one in inside.xpath(".//a/@href") if not one.startswith("tel:")]
    assert "safe" not in {column.name for column in Call.__table__.columns}
    for account in (circle.grace, circle.tom):
        with reading(circle.coplan, account) as work:
            assert not queries.contacts(work, circle.client)


def test_the_provider_is_told_again_when_its_time_has_run_out(person: Person, circle: Circle) -> None:
    call_id = _told(circle).id
    jobs.look_at_clocks(circle.coplan.open_work)
    with circle.coplan.open_work() as work:
        (row,) = work.session.query(Call).execution_options(scoped="the test").all()
        assert row.reminded_at is None
        assert row.answer_by - row.told_at == timedelta(minutes=30)
        row.answer_by = work.now - timedelta(minutes=1)
    jobs.look_at_clocks(circle.coplan.open_work)
    jobs.look_at_clocks(circle.coplan.open_work)
    with reading(circle.coplan, circle.daniel) as work:
        (row,) = calls.calls(work, circle.client)
        assert row.reminded_at is not None
        assert row.version == 3  # made, moved by the test, told again once
    mei = signed_in(person, circle.mei).open(f"{_page(circle)}/{call_id}")
    assert "Has not answered in time" in mei.text


def test_other_providers_other_clients_and_family_without_consent_find_nothing(person: Person, circle: Circle) -> None:
    _sister(circle)
    call_id = _told(circle).id
    with circle.coplan.open_work() as work:
        other = an_account(work, "Other Person")
        a_client(work, "Other Person", account=other)
    for account in (circle.owen, circle.karim, other):
        with reading(circle.coplan, account) as work:
            assert not calls.calls(work, circle.client)
            assert not calls.our_calls(work)
            assert not queries.backups(work, circle.client)
    grace = signed_in(person, circle.grace)  # the provider answers on its own page, and never sees the person's side
    for page in (f"{_page(circle)}/{call_id}", _page(circle), f"/people/{circle.client.id}/backups"):
        assert grace.open(page).status == 404
    with pytest.raises(NotVisible), acting(circle.coplan, circle.grace) as work:
        call_commands.came_late(work, calls.our_calls(work)[0])


def test_who_helps_tells_it_in_one_press_and_the_record_says_who(person: Person, circle: Circle) -> None:
    _sister(circle, BackupKind.PROVIDER, provider_id=circle.northside.id, per_hour=Money(50_00))
    with circle.coplan.open_work() as work:  # Karim may look at the plan, and say nothing about it
        wanted = visible(work.as_seen_by(circle.mei.id), Tie).where(Tie.account_id == circle.karim.id)
        tie = work.session.scalars(wanted).one()
        a_consent(work, tie, Resource.PLAN)
        a_consent(work, tie, Resource.IDENTITY)
    tom = signed_in(person, circle.tom).open(f"/people/{circle.client.id}").follow("Nobody came")
    assert "is Mei Chen safe right now" in tom.text
    assert "Whom to ring is not shared with you." in tom.text
    tom.send("tell")
    assert "Told by Tom" in tom.text
    (form,) = tom.page.xpath("//form[starts-with(@id, 'backup-')]/@id")
    tom.send(form)
    assert "My sister comes instead" in tom.text
    assert "100.00" not in tom.text  # he may not read the money; it is kept all the same
    with reading(circle.coplan, circle.mei) as work:
        (row,) = calls.calls(work, circle.client)
        (owed,) = living.missed(work, circle.client)
        assert (row.told_by, row.reserved) == (circle.tom.id, Money(100_00))
        assert (owed.written_by_id, owed.fee) == (circle.tom.id, Money(136_00))
    assert "Told by Tom" in signed_in(person.another(), circle.mei).open(f"{_page(circle)}/{row.id}").text
    looker = signed_in(person.another(), circle.karim)
    assert looker.open(_page(circle)).status == 404
    told = "You can say that nobody came once Mei Chen lets you comment on the plan."
    assert told in looker.open(f"/people/{circle.client.id}/workers").text
    with reading(circle.coplan, circle.karim) as work:
        assert not work.can(Resource.PLAN, Action.COMMENT, circle.client.id)
        (seen,) = calls.calls(work, circle.client)
    with pytest.raises(NotVisible), acting(circle.coplan, circle.karim) as work:
        call_commands.came_late(work, seen)
    assert SECRET_PHONE not in looker.open(f"{_page(circle)}/{row.id}").text


def test_a_visit_that_has_not_begun_cannot_be_missed(coplan: Coplan) -> None:
    found = a_circle(coplan)
    noon = Weekly((0, 1, 2, 3, 4, 5, 6), time(12), time(13))
    found.accepted(found.line("Lunch", found.sunrise, OURS, schedule=noon))
    with reading(found.coplan, found.mei) as work:
        for at, offered in ((time(11, 59), []), (time(12), [found.first])):
            moment = datetime.combine(found.first, at, ZoneInfo(found.client.time_zone))
            then = replace(work, now=moment.astimezone(UTC))
            week = call_pages.around(then, found.client)
            assert [one.day for one in call_pages.begun(then, found.client, week)] == offered
        part = queries.lines(work, found.client)[0].part
    tomorrow = Missing(part.line_id, "Lunch", found.first + timedelta(days=1), time(12), 60, part.provider_id)
    with pytest.raises(Refusal), acting(found.coplan, found.mei) as work:
        call_commands.tell_nobody_came(work, found.client, tomorrow)


def _told(circle: Circle) -> Call:
    """Mei told that nobody came for the shower today."""
    with acting(circle.coplan, circle.mei) as work:
        one = queries.lines(work, circle.client)[0].part
        missing = Missing(one.line_id, "Help in the shower", circle.first, time(0), 120, one.provider_id)
        return call_commands.tell_nobody_came(work, circle.client, missing)


@pytest.mark.parametrize(("most", "said"), [(240, "This is 2 hours more."), (480, "They can give 8 hours a week.")])
def test_a_brother_who_could_come_instead_is_not_asked_for_more_than_he_said_he_can_give(
    person: Person, coplan: Coplan, most: int, said: str
) -> None:
    circle = a_circle(coplan)
    sunday = Weekly((6,), time(10), time(14))
    cooking = replace(
        circle.line("Cooking", None, OURS, schedule=sunday),
        provider_name="My sister",
        price=None,
        more=Particulars(given=Unpaid(None, Minutes(most))),
    )
    circle.accepted(circle.line("Help in the shower", circle.sunrise, THEIRS, schedule=EVERY_DAY), cooking)
    _sister(circle)
    page = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/backups")
    assert said in page.text


def test_a_backup_counts_only_with_the_persons_own_yes(person: Person, circle: Circle) -> None:
    with reading(circle.coplan, circle.daniel) as work:
        rosa = Instead(queries.lines(work, circle.client)[0].part.line_id, BackupKind.FAMILY, "Rosa")
    with pytest.raises(Refusal), acting(circle.coplan, circle.daniel) as work:
        call_commands.add_backup(work, circle.client, rosa, agreed=True)
    with acting(circle.coplan, circle.daniel) as work:
        call_commands.add_backup(work, circle.client, rosa, agreed=False)
    first = f"/people/{circle.client.id}"
    mei = signed_in(person, circle.mei).open(first)
    assert "1 person who could come instead waits for your yes." in mei.text
    assert "Who comes instead Waiting for Mei Chen" in signed_in(person.another(), circle.daniel).open(first).text
    mei.open(f"{first}/backups")
    assert "Nobody could come instead yet" in mei.text
    (form,) = mei.page.xpath("//form[starts-with(@id, 'act-')]/@id")
    mei.send(form, press="act=agree")
    assert "Nobody could come instead yet" not in mei.text
    assert "Nobody has tried yet" in mei.text
    mei.send(form, press="act=answered")
    assert "and they answered" in mei.text


def test_what_leads_nowhere_is_refused_in_every_state() -> None:
    for state, acts in CALL_ACTS.items():
        for act in CallAct:
            row = Call(state=state)
            if act in acts:
                row.move(act)
                assert row.state is acts[act]
            else:
                with pytest.raises(Refusal):
                    row.move(act)
    assert not CALL_ACTS[CallState.CAME_LATE]


def test_an_earlier_day_is_told_by_its_support_and_its_day_alone_also_by_who_helps(
    person: Person, circle: Circle
) -> None:
    with acting(circle.coplan, circle.mei) as work:
        tom = an_account(work, "Tom")
        tie = a_tie(work, circle.client, Relationship.SUPPORTER, tom)
        for part in (Resource.IDENTITY, Resource.PLAN):
            a_consent(work, tie, part, comments=True)
        line = queries.lines(work, circle.client)[0].part.line_id
        day = work.today(circle.client) - timedelta(days=21)
    helper = signed_in(person, tom).open(_page(circle))
    helper.send("earlier", line=line, day=(day + timedelta(days=60)).isoformat())
    assert helper.status == 422
    assert "has not begun yet" in helper.text
    helper.open(_page(circle)).send("earlier", line=line, day=day.isoformat())
    with reading(circle.coplan, circle.mei) as work:
        (row,) = calls.calls(work, circle.client)
        assert (row.day, row.begins_at, row.minutes) == (day, time(0), 120)  # as it was agreed
    again = helper.open(_page(circle)).send("earlier", line=line, day=day.isoformat())
    assert again.address.endswith(f"/nobody-came/{row.id}")  # told once, however often it is pressed


def test_of_a_visit_of_days_ago_nobody_is_asked_who_comes_instead(person: Person, circle: Circle) -> None:
    _sister(circle)
    mei = signed_in(person, circle.mei).open(_page(circle)).send("tell")
    assert mei.page.xpath("//*[@id='instead']")
    assert mei.text.count("000") == 1
    with reading(circle.coplan, circle.mei) as work:
        line = queries.lines(work, circle.client)[0].part.line_id
        day = work.today(circle.client) - timedelta(days=3)
    mei.open(_page(circle)).send("earlier", line=line, day=day.isoformat())
    assert "Not safe? Ring" in mei.text
    assert "The hours that are owed" in mei.text
    assert not mei.page.xpath("//*[@id='instead']")
    assert "Nobody is named who could come instead" not in mei.text  # the sister is
