"""What a provider reads besides its supports is decided by the client, part by part, and ends when they end it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import select

from budgeting.money import Money
from budgeting.package import Management
from portal.access.scope import unscoped
from portal.access.table import Resource
from portal.app import Coplan
from portal.funding import commands as funding
from portal.funding.terms import NDIS, Letter, Terms as Part
from portal.goals import commands as goals
from portal.goals.model import Prompt
from portal.language import plain
from portal.people.model import Client
from portal.plans import access_ends
from portal.plans.sharing_model import Shared
from portal.plans.sharing_parts import SHOWN_AT_FIRST, Sensitive
from portal.plans.sharing_queries import shown_to
from portal.plans.spoken import WHO_PAYS
from portal.work import Work
from tests.builders import a_restriction, acting, signed_in
from tests.person import Person
from tests.portal.plans.people import OTHER_SUPPORT, OURS, SECRET_NEED, THEIRS, Circle, a_circle

CANARIES = {
    Sensitive.COMMUNICATE: "Canary: write to me, do not call",
    Sensitive.CULTURE: "Canary: please take your shoes off",
    Sensitive.GOAL: "Canary: shower in my own time",
    Sensitive.STORY: "Canary: painting on Sundays",
    Sensitive.ADDRESS: "Canary Street 9",
    Sensitive.PHONE: "0299990000",
}


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    """A plan in force, with something said in every part that could be shown."""
    made = a_circle(coplan)
    with acting(coplan, made.mei) as work:
        client = _client(work, made)
        goals.say(work, client, Prompt.PLEASE, CANARIES[Sensitive.CULTURE], "en", None)
        goals.say(work, client, Prompt.MATTERS, CANARIES[Sensitive.STORY], "en", None)
        goal = goals.name_goal(work, client, CANARIES[Sensitive.GOAL], "en")
    with coplan.open_work() as work:
        client = _client(work, made)
        client.how_to_communicate = CANARIES[Sensitive.COMMUNICATE]
        client.address, client.phone = CANARIES[Sensitive.ADDRESS], CANARIES[Sensitive.PHONE]
    shower = made.line("Help in the shower", made.sunrise, OURS, goal_id=goal.id, need="")
    made.accepted(shower, made.line(OTHER_SUPPORT, made.northside, THEIRS))
    return made


def _client(work: Work, made: Circle) -> Client:
    return work.session.scalars(unscoped(select(Client), "a test").where(Client.id == made.client.id)).one()


def found(person: Person) -> set[Sensitive]:
    """The parts whose words stand on the open page."""
    return {part for part, words in CANARIES.items() if words in person.answer.text}


def test_a_provider_reads_what_the_client_shows_it_and_nothing_of_anybody_else(person: Person, circle: Circle) -> None:
    ours, theirs = circle.brief(circle.sunrise), circle.brief(circle.northside)
    sees = f"/people/{circle.client.id}/providers/{ours.id}"
    grace = signed_in(person.another(), circle.grace).open(f"/briefs/{ours.id}")
    owen = signed_in(person.another(), circle.owen).open(f"/briefs/{theirs.id}")
    assert found(grace) == found(owen) == {Sensitive.COMMUNICATE}
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/providers").follow("See what they see")
    mei.open(sees)
    yes = "yes"
    mei.send("switches", communicate=yes, culture=yes, goal=yes, story=yes, address=yes, phone=yes)
    assert found(grace.open(f"/briefs/{ours.id}")) == set(Sensitive)
    assert found(owen.open(f"/briefs/{theirs.id}")) == {Sensitive.COMMUNICATE}, "each provider is decided about alone"
    assert OTHER_SUPPORT not in grace.answer.text
    assert "71.13" not in grace.answer.text
    assert SECRET_NEED not in grace.answer.text
    mei.open(sees)
    assert "Grace Tan opened version" in mei.text
    mei.send("switches", communicate=None, address=None)
    now = set(Sensitive) - {Sensitive.COMMUNICATE, Sensitive.ADDRESS}
    assert found(grace.open(f"/briefs/{ours.id}")) == now, "hiding acts on the next page they open"
    for other in (signed_in(person.another(), circle.karim), grace, owen):
        assert other.open(sees).status == 404
        assert other.open(f"/people/{circle.client.id}/providers").status == 404


def test_how_to_communicate_is_read_in_another_language_and_marked_as_a_translation(
    person: Person, circle: Circle
) -> None:
    brief, page = f"/briefs/{circle.brief(circle.sunrise).id}", f"/people/{circle.client.id}/communicate"
    mei = signed_in(person, circle.mei).open(page)
    mei.send("communicate", text="请写字，不要打电话。")
    mei.send("translate", language="en", text="Please write, do not call.")
    grace = signed_in(person.another(), circle.grace).open(brief)
    assert "请写字，不要打电话。 A translation, by Mei Chen Please write, do not call." in grace.text
    assert "there is no translation here" not in grace.text
    assert "Please write" not in grace.open(f"{brief}?lang=ar").text, "it is shown to those who read its language"
    mei.open(page).send("communicate", text="请发短信。")
    assert "Please write" not in grace.open(brief).text, "a translation of earlier words is shown to nobody"
    daniel = signed_in(person.another(), circle.daniel).open(page).send("translation-en", text="Please text me.")
    assert "A translation, by Daniel Okafor Please text me." in grace.open(brief).text
    daniel.open(page).send("translation-en", text="")
    assert "Please text me" not in grace.open(brief).text
    for other in (circle.tom, circle.karim, circle.grace):
        assert signed_in(person.another(), other).open(page).status == 404


def test_what_is_hidden_from_a_nominee_is_not_in_the_preview_of_what_a_provider_sees(
    person: Person, circle: Circle
) -> None:
    ours = circle.brief(circle.sunrise)
    sees = f"/people/{circle.client.id}/providers/{ours.id}"
    mei = signed_in(person.another(), circle.mei).open(sees)
    mei.send("switches", communicate="yes", address="yes", phone="yes")
    with circle.coplan.open_work() as work:
        a_restriction(work, circle.client, circle.amal, Resource.CONTACT)
    amal = signed_in(person, circle.amal).open(sees)
    assert amal.status == 200
    assert not found(amal) & {Sensitive.ADDRESS, Sensitive.PHONE}, "the preview shows no more than the reader may read"
    amal.send("switches", communicate=None)
    grace = signed_in(person.another(), circle.grace).open(f"/briefs/{ours.id}")
    assert found(grace) == {Sensitive.ADDRESS, Sensitive.PHONE}, "what somebody does not see they do not switch either"


def test_ended_access_is_gone_at_the_next_page_and_the_client_has_a_receipt(person: Person, circle: Circle) -> None:
    ours = circle.brief(circle.sunrise)
    grace = signed_in(person.another(), circle.grace).open(f"/briefs/{ours.id}")
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/plan")
    with circle.nobody_at(circle.sunrise):
        mei.open(f"/people/{circle.client.id}/plan").send(f"link-{ours.id}")
        link = next(part for part in mei.text.split() if "/brief/" in part).split("8000")[-1]
        assert person.another().open(link).status == 200
        mei.open(f"/people/{circle.client.id}/providers/{ours.id}").send("end-link")
        assert person.another().open(link).status == 404, "a link ends by one press, if its provider is known or not"
        mei.open(f"/people/{circle.client.id}/plan").send(f"link-{ours.id}")
    link = next(part for part in mei.text.split() if "/brief/" in part).split("8000")[-1]
    mei.open(f"/people/{circle.client.id}/providers/{ours.id}").follow("End the access of").send("remove")
    assert "Receipt: Sunrise Support sees nothing more" in mei.text
    for words in ("Help in the shower", "Grace Tan opened version", "It was ended at once"):
        assert words in mei.text
    assert OTHER_SUPPORT not in mei.answer.text
    assert grace.open(f"/briefs/{ours.id}").status == 404
    for page in ("/briefs", "/progress", "/requests"):
        assert "Mei Chen" not in grace.open(page).text
    assert person.another().open(link).status == 404, "and so does the link that was sent"
    assert "Access that has ended" in mei.open(f"/people/{circle.client.id}/providers").text


def test_a_receipt_names_all_they_were_shown_and_none_of_it_for_longer_than_their_access(
    person: Person, circle: Circle
) -> None:
    ours = circle.brief(circle.sunrise)
    mei = signed_in(person, circle.mei).open(f"/people/{circle.client.id}/providers/{ours.id}")
    long = circle.first + timedelta(days=900)
    mei.send("switches", address="yes", communicate="yes", ends=long.isoformat())
    mei.follow("End the access of").send("remove")
    assert mei.page.xpath("//li[starts-with(normalize-space(), 'How to communicate')]")
    (address,) = mei.page.xpath("//li[starts-with(normalize-space(), 'Address')]")
    assert str(long.year) not in address.text_content().split(" to ")[1], "no part was shown after their access ended"


def test_access_lasts_some_days_after_the_last_support_and_the_data_say_how_many() -> None:
    rule = access_ends.after(date(2026, 7, 1))
    assert rule.source
    assert rule.confidence in "ABCU"
    assert access_ends.last_day(date(2026, 7, 1)) == date(2026, 7, 1) + timedelta(days=rule.days)


DAY = date(2026, 3, 2)
decided = st.builds(
    lambda part, shows, starts, ends, at, over: Shared(
        client_id=uuid4(),
        part=part,
        shows=shows,
        starts=DAY + timedelta(days=starts),
        ends=None if ends is None else DAY + timedelta(days=ends),
        decided_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=at),
        ended_at=datetime(2026, 2, 1, tzinfo=UTC) if over else None,
    ),
    st.sampled_from(Sensitive),
    st.booleans(),
    st.integers(-40, 5),
    st.none() | st.integers(-5, 400),
    st.integers(0, 999),
    st.booleans(),
)


@settings(max_examples=40)
@given(st.lists(decided, max_size=8))
def test_nothing_is_shown_without_a_decision_that_holds_today(decisions: list[Shared]) -> None:
    shown = shown_to(decisions, DAY)
    for part in Sensitive:
        holding = [one for one in decisions if one.part is part and one.holds(DAY)]
        if not holding:
            assert (part in shown) is (part in SHOWN_AT_FIRST)
        elif not any(one.shows for one in holding):
            assert part not in shown


def test_the_preview_says_the_very_sentences_that_the_provider_reads(person: Person, circle: Circle) -> None:
    with acting(circle.coplan, circle.mei) as work:
        days = circle.first, circle.first + timedelta(days=55)
        plan = funding.type_letter(work, circle.client, Letter(NDIS, days[0], days[1], days[1], days[0]))
        funding.add_part(work, plan, Part("Core", Management.SELF, ("01", "04"), Money(9_000_00)))
    circle.accepted(circle.line("Help in the shower", circle.sunrise, OURS, support="self_care"))
    brief = circle.brief(circle.sunrise)
    sees, reads = f"/people/{circle.client.id}/providers/{brief.id}", f"/briefs/{brief.id}"
    provider = signed_in(person.another(), circle.grace).open(reads)
    assert plain(WHO_PAYS[Management.SELF]) in said_in_the_brief(provider)
    for reader in (circle.mei, circle.daniel):
        preview = signed_in(person.another(), reader).open(sees)
        assert said_in_the_brief(preview) == said_in_the_brief(provider)
    assert "The page as Sunrise Support reads it" in preview.text


def said_in_the_brief(person: Person) -> list[str]:
    """What stands in the brief, sentence by sentence, without marks of direction."""
    (brief,) = person.page.xpath("//*[@id='brief']")
    texts = (text.translate(dict.fromkeys(range(0x2066, 0x206A))) for text in brief.xpath(".//text()"))
    return [" ".join(text.split()) for text in texts if text.strip()]
