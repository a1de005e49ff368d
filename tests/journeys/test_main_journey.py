"""The main journey through HTTP, in three languages: from a plan letter to a plan that the provider sees, and on.

One family, one coordinator, three providers. Each step is a function; what it types is in ``people.py``. The sums:

- the letter: $5,000.00 in core supports, self-managed, for eight weeks from Monday 6 July 2026;
- the week: Monday and Wednesday 9 to 11 at $68 an hour: 16 visits of $136.00, $2,176.00 in all, $2,824.00 left;
- cleaning: Friday 13 to 15 at $55 an hour: 8 visits of $110.00, $880.00; both together $3,056.00;
- swimming with somebody: 4 times an hour at $60: $240.00; the three together $3,296.00;
- the coordinator suggests $65 for the shower: 32 hours, $2,080.00; then all together $3,200.00;
- the change: the shower at $70 an hour instead of $65: $2,240.00, all together $3,360.00.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
import pytest
from litestar.testing import TestClient

from budgeting.words import words
from portal.accounts.model import Account
from portal.language import LANGUAGES, plain
from tests.builders import PASSWORD, signed_in
from tests.journeys.people import TONGUES, House, Tongue
from tests.person import ADDRESS, Person
from tests.portal.catalogue.lists import a_row, as_csv

FIRST, LAST = date(2026, 7, 6), date(2026, 8, 30)  # eight whole weeks, Monday to Sunday
MARKS = dict.fromkeys(range(0x2066, 0x206A))


@dataclass
class Journey:
    """Who is on the way, each at a browser of their own, and where the record is."""

    house: House
    tongue: Tongue
    person: Person  # the one whose plan it is
    lead: Person
    grace: Person
    portal: TestClient[Any]
    record: str = ""  # /people/<id>
    draft: str = ""

    def is_titled(self, person: Person, heading: str) -> None:
        """The page bears this heading in the family's own language."""
        expected = plain(words(heading), LANGUAGES[self.tongue.tag])
        assert expected == " ".join(person.page.xpath("//h1")[0].text_content().split())


def read(person: Person) -> str:
    """What the main part of the page says, its values standing in their sentences."""
    text = person.page.xpath("//main")[0].text_content()
    return " ".join(text.translate(MARKS).split())


def went_well(person: Person, tag: str) -> None:
    """The page is there, in the reader's language and direction, with one heading."""
    assert person.status == 200, f"{person.status} {person.address}: {person.text[:800]}"
    language = LANGUAGES[tag]
    assert (person.page.get("lang"), person.page.get("dir")) == (language.html_lang, language.dir)
    assert len(person.page.xpath("//h1")) == 1
    assert person.page.xpath("//title")[0].text_content().strip()


def only(person: Person, path: str) -> str:
    found = person.page.xpath(path)
    assert len(found) == 1, f"{path} on {person.address}: {found} {person.text[:600]}"
    return str(found[0])


@pytest.fixture(params=["en", "ar", "zh-Hans"])
def journey(request: pytest.FixtureRequest, house: House, person: Person, portal: TestClient[Any]) -> Journey:
    grace = signed_in(person.another(), house.grace)
    return Journey(house, TONGUES[request.param], person, person.another(), grace, portal)


def test_the_whole_way_from_a_plan_letter_to_a_paid_contribution_and_back_to_its_history(journey: Journey) -> None:
    the_administrator_brings_in_a_price_list(journey)
    the_family_types_its_letter_and_its_week(journey)
    the_family_keeps_it_by_making_an_account(journey)
    a_coordinator_is_invited_by_a_code_and_joins(journey)
    the_family_says_what_matters_and_names_a_goal(journey)
    the_week_has_become_a_draft_and_gets_a_provider(journey)
    a_support_is_found_by_everyday_words_and_added(journey)
    something_that_is_on_no_list_is_added(journey)
    the_coordinator_suggests_and_the_person_says_yes(journey)
    the_person_says_yes_to_the_whole(journey)
    an_agreement_is_offered_and_signed_by_both(journey)
    the_plan_is_in_force_and_the_providers_answer(journey)
    a_change_is_asked_for_agreed_and_holds(journey)
    somebody_speaks_up_without_a_name(journey)
    the_person_speaks_up_with_a_name_and_the_provider_finds_no_trace(journey)
    a_contribution_is_asked_for_and_paid(journey)
    the_history_tells_what_happened_and_who_looked(journey)


def the_administrator_brings_in_a_price_list(j: Journey) -> None:
    sam = signed_in(j.person.another(), j.house.sam).open("/price-lists")
    rows = [a_row("01_011_0107_1_1", "$71.99"), a_row("01_020_0120_1_1", "$58.11", Support_Item_Name="House cleaning")]
    sam.upload("import", "file", "list.csv", as_csv(rows), valid_from="2026-07-01")
    assert "The price list is in." in sam.text
    assert "New: 2." in read(sam)


def the_family_types_its_letter_and_its_week(j: Journey) -> None:
    person, tag = j.person, j.tongue.tag
    went_well(person.open(f"/start?lang={tag}"), tag)
    core: dict[str, Any] = {"kind_1": "core", "amount_1": "5,000", "management_1": "self", "release_1": "once"}
    person.open("/start?program=ndis").send("letter", starts=FIRST, ends=LAST, state="NSW", **core)
    went_well(person.open("/start/week"), tag)
    j.is_titled(person, "An ordinary week")
    person.send("say", text=j.tongue.week, support="self_care")
    went_well(person.open("/start/answer"), tag)
    assert "$2,824.00" in person.text
    assert all(figure.xpath(".//p") for figure in person.page.xpath("//section[@id='figures']//details[@class='why']"))


def the_family_keeps_it_by_making_an_account(j: Journey) -> None:
    person = j.person.open("/start/keep")
    person.send("keep", whose="mine", name=j.tongue.name, login="nora@example.org", password=PASSWORD)
    went_well(person, j.tongue.tag)
    j.record = re.findall(r"/people/[0-9a-f-]{36}", person.address)[0]
    assert "$5,000.00" in person.text
    went_well(person.open(j.record), j.tongue.tag)


def a_coordinator_is_invited_by_a_code_and_joins(j: Journey) -> None:
    person, lead = j.person.open(f"{j.record}/circle/invite"), j.lead
    person.send("invite", relationship="lead")
    went_well(person, j.tongue.tag)
    code = "".join(person.page.xpath("//code//text()")).split()
    lead.open(f"/join?lang={j.tongue.tag}").send("join", code=" ".join(code)).open("/join/new")
    lead.send("new", name="Priya Nair", login="priya@example.org", password="six brown wooden boats")
    went_well(lead, j.tongue.tag)
    assert j.tongue.name in lead.text
    lead.send("accept")
    assert lead.address.endswith(j.record)
    assert "Priya Nair" in person.open(f"{j.record}/circle").text


def the_family_says_what_matters_and_names_a_goal(j: Journey) -> None:
    person = j.person.open(f"{j.record}/about").send("say-matters", text=j.tongue.matters)
    person.send("goal-new", text=j.tongue.goal)
    went_well(person, j.tongue.tag)
    j.is_titled(person, "About me")
    lead = j.lead.open(f"{j.record}/about")
    assert j.tongue.matters in lead.text
    (own,) = [each for each in lead.page.xpath("//*[@lang]") if each.text_content().strip() == j.tongue.goal][-1:]
    assert own.get("lang") == LANGUAGES[j.tongue.tag].html_lang


def _choice(person: Person, form_id: str, field: str, label: str) -> str:
    """The value of the option that reads like this."""
    options = person.form(form_id).xpath(f".//select[@name='{field}']/option")
    found = [each.get("value") for each in options if each.text_content().strip() == label]
    assert found, f"no {label!r} among {[each.text_content() for each in options]}"
    return str(found[0])


def the_week_has_become_a_draft_and_gets_a_provider(j: Journey) -> None:
    person = j.person.open(f"{j.record}/proposals")
    went_well(person, j.tongue.tag)
    j.draft = only(person, f"//main//h2/a[starts-with(@href, '{j.record}/proposals/')]/@href")
    went_well(person.open(j.draft), j.tongue.tag)
    assert "$2,176.00" in person.text
    person.follow(j.tongue.shower)
    provider, goal = (_choice(person, "line", *of) for of in (("provider", "Sunrise Support"), ("goal", j.tongue.goal)))
    person.send("line", provider=provider, goal=goal)
    went_well(person, j.tongue.tag)
    assert "Sunrise Support" in person.open(j.draft).text


def a_support_is_found_by_everyday_words_and_added(j: Journey) -> None:
    person = j.person.open(f"{j.draft}/add").send("find-support", q=j.tongue.cleaning)
    found = person.page.xpath("//div[@id='found']//li//a/@href")
    assert found, person.text[:600]
    assert "cleaning" in found[0]
    went_well(person.open(found[0]), j.tongue.tag)
    provider = _choice(person, "line", "provider", "Northside Cleaning")
    typed: dict[str, Any] = {"weekdays": ["4"], "begins": "13:00", "finishes": "15:00", "price": "55"}
    person.send("line", provider=provider, need=j.tongue.matters, **typed)
    went_well(person, j.tongue.tag)
    assert "$880.00" in person.text
    assert "$3,056.00" in person.text  # with the shower's $2,176.00


def something_that_is_on_no_list_is_added(j: Journey) -> None:
    person = j.person.open(f"{j.draft}/add?support=other")
    provider = _choice(person, "line", "provider", "Green Door")
    typed: dict[str, Any] = {"name": "Swimming", "how": "units", "units": "4", "unit": "H", "price": "60"}
    person.send("line", provider=provider, need=j.tongue.goal, **typed)
    went_well(person, j.tongue.tag)
    assert "$240.00" in person.text
    assert "$3,296.00" in person.text
    figure = only(person, "//a[contains(@href, '/why/all')]/@href")
    went_well(person.open(figure), j.tongue.tag)
    assert "$3,296.00" in person.text


def the_coordinator_suggests_and_the_person_says_yes(j: Journey) -> None:
    lead = j.lead.open(j.draft)
    went_well(lead, j.tongue.tag)
    row = lead.page.xpath(f"//tr[.//a[normalize-space()='{j.tongue.shower}']]")[0]
    lead.send(row.xpath(".//form[starts-with(@id, 'q-')]/@id")[0], price="65")
    person = j.person.open(j.draft)
    assert "$3,296.00" in person.text  # nothing has changed
    assert "Priya Nair" in person.text
    assert "$2,080.00" in person.text  # what it would be: 32 hours at $65
    person.send(only(person, "//form[starts-with(@id, 'answer-')]/@id"), press="say=yes")
    went_well(person, j.tongue.tag)
    assert "$3,200.00" in person.text


def the_person_says_yes_to_the_whole(j: Journey) -> None:
    person = j.person.open(f"{j.draft}/accept")
    went_well(person, j.tongue.tag)
    j.is_titled(person, "Say yes to this plan")
    assert "$3,200.00" in person.text
    person.send("accept")
    went_well(person, j.tongue.tag)
    assert re.fullmatch(r"[0-9a-f]{64}", person.page.xpath("//code")[-1].text_content())
    assert j.lead.open(f"{j.draft}/accept").status == 404  # the coordinator never decides


def an_agreement_is_offered_and_signed_by_both(j: Journey) -> None:
    lead = j.lead.open(f"{j.record}/agreements")
    went_well(lead, j.tongue.tag)
    lead.follow("Sunrise Support")
    address = lead.address
    assert j.grace.open(address).status == 404  # a draft is nobody else's
    lead.send("offer-form")
    went_well(lead, j.tongue.tag)
    person = j.person.open(address)
    went_well(person, j.tongue.tag)
    article = person.page.xpath("//article[contains(@class, 'agreement')]")[0]
    assert article.get("lang") == LANGUAGES[j.tongue.tag].html_lang
    assert "$2,080.00" in article.text_content()
    person.send("sign", name=j.tongue.name, agree="yes")
    went_well(person, j.tongue.tag)
    grace = j.grace.open("/agreements").follow(j.tongue.name)
    assert "Northside" not in grace.answer.text
    grace.send("sign", name="Grace Tan", agree="yes")
    went_well(grace, "en")
    copy = person.open(f"{address}/copy").answer
    assert copy.content.startswith(b"%PDF")
    assert "attachment" in copy.headers["content-disposition"]


def _brief(lead: Person, kind: str, provider: str) -> str:
    """The id of the form of this kind that stands with this provider."""
    forms = lead.page.xpath(f"//form[starts-with(@id, '{kind}-')]")
    near = [f.get("id") for f in forms if provider in _card_of(f)]
    assert near, f"no {kind} for {provider}: {lead.text[:1500]}"
    return str(near[0])


def _card_of(form: Any) -> str:
    """The text of the smallest part around a form that names a provider."""
    for around in form.iterancestors():
        text = str(around.text_content())
        if any(name in text for name in ("Sunrise Support", "Northside Cleaning", "Green Door")):
            return text
    return ""


def the_plan_is_in_force_and_the_providers_answer(j: Journey) -> None:
    went_well(j.person.open(f"{j.record}/plan"), j.tongue.tag)
    assert "$3,200.00" in j.person.text
    grace = j.grace.open("/briefs").follow(j.tongue.name)
    assert "$65.00" in grace.text
    for hidden in ("Northside", "Green Door", "$55.00", j.tongue.goal):
        assert hidden not in grace.answer.text
    grace.send("answer", answer="can", said="With pleasure.")
    went_well(grace, "en")
    lead = j.lead.open(f"{j.record}/plan")
    lead.send(_brief(lead, "link", "Northside Cleaning"))
    link = re.findall(r"/brief/[\w-]+", lead.text)[0]
    guest = j.person.another().open(link)
    went_well(guest, "en")
    guest.send("answer", answer="can", who="Pat of Northside")
    assert guest.open(link).status == 404
    lead.open(f"{j.record}/plan")
    lead.send(_brief(lead, "phone", "Green Door"), answer="can", spoke_with="Lucia", said="Yes, from Monday.")
    went_well(lead, j.tongue.tag)
    person = j.person.open(f"{j.record}/plan")
    for heard in ("With pleasure.", "Pat of Northside", "Yes, from Monday."):
        assert heard in person.text
    assert j.grace.open(f"{j.record}/plan").status == 404


def a_change_is_asked_for_agreed_and_holds(j: Journey) -> None:
    person = j.person.open(f"{j.record}/changes/new")
    person.send("new-change", reason=j.tongue.wish, effective=FIRST)
    person.follow(j.tongue.shower).send("line", price="70")
    went_well(person, j.tongue.tag)
    for shown in ("$65.00", "$70.00", "$3,200.00", "$3,360.00", "Sunrise Support", j.tongue.wish):
        assert shown in person.text
    person.send("ask-everybody")
    went_well(person, j.tongue.tag)
    here = person.address
    for other in (j.lead, j.grace):
        other.open(here).send(only(other, "//form[starts-with(@id, 'answer-')]/@id"), press="given=agreed")
        assert other.status == 200
    assert j.tongue.wish not in j.grace.answer.text  # the reason was not shared with the provider
    went_well(person.open(here), j.tongue.tag)
    went_well(person.open(f"{j.record}/changes/versions"), j.tongue.tag)
    assert "$70.00" in person.text
    assert "$65.00" in person.text


def somebody_speaks_up_without_a_name(j: Journey) -> None:
    tag = j.tongue.tag
    guest = j.person.another().open(f"/speak-up?lang={tag}")
    went_well(guest, tag)
    j.is_titled(guest, "Tell us")
    guest.send("speak-up", kind="complaint", text=j.tongue.complaint)
    code = "".join(re.findall(r"\d", "".join(guest.page.xpath("//*[@id='receipt-code']//text()"))))
    assert len(code) == 16
    ruth = signed_in(j.person.another(), j.house.ruth).open("/handling")
    ruth.open(only(ruth, "//main//a[starts-with(@href, '/handling/') and not(contains(@href, 'waiting'))]/@href"))
    assert j.tongue.complaint in ruth.text
    ruth.send("safety", danger="none").send("handler-words", press="do=acknowledge", text="We have it.")
    ruth.send("begin", press="do=begin").send("handler-words", press="do=answer", text="The bus was late.")
    ruth.send("close", outcome="will_be", text="From now on somebody calls.")
    went_well(ruth, "en")
    later = j.person.another().open(f"/receipt?lang={tag}").send("receipt", code=code)
    went_well(later, tag)
    for said in (j.tongue.complaint, "We have it.", "The bus was late.", "From now on somebody calls."):
        assert said in later.text


def the_person_speaks_up_with_a_name_and_the_provider_finds_no_trace(j: Journey) -> None:
    person = j.person.open("/speak-up")
    went_well(person, j.tongue.tag)
    labels = {label.text_content().strip(): label for label in person.page.xpath("//fieldset//label")}
    party = labels["Sunrise Support"].getprevious().get("value")
    person.send("speak-up", kind="complaint", text=j.tongue.complaint, parties=[party])
    assert person.address.endswith("/speak-up/mine")
    went_well(person, j.tongue.tag)
    assert j.tongue.complaint in person.text
    for address in ("/", "/handling", "/speak-up/mine", "/briefs", "/changes", "/agreements"):
        assert j.tongue.complaint not in j.grace.open(address).answer.text


def _pay(person: Person) -> str:
    """Press "pay"; the address of the payment page it leads to."""
    form = person.form("pay")
    fields = dict(form.form_values())
    person.client.cookies = person.cookies
    headers = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}
    answer = person.client.post(form.get("action"), data=fields, headers=headers, follow_redirects=False)
    assert answer.status_code == 303, answer.text[:500]
    return str(answer.headers["location"])


def a_contribution_is_asked_for_and_paid(j: Journey) -> None:
    j.lead.open(f"{j.record}/payments").send("ask", amount="86.40", purpose="Lunch", due=LAST)
    went_well(j.lead, j.tongue.tag)
    person = j.person.open(f"{j.record}/payments").follow("Lunch")
    went_well(person, j.tongue.tag)
    page = _pay(person)
    assert f'lang="{LANGUAGES[j.tongue.tag].html_lang}"' in httpx.get(page).text
    back = httpx.URL(j.house.service.press(page, "card")).path
    went_well(person.open(back), j.tongue.tag)
    assert not person.page.xpath("//a[contains(@href, '/receipt') and contains(@href, '/payments/')]")  # not paid yet
    j.house.deliver(j.portal)
    person.open(back)
    receipt = only(person, "//main//a[contains(@href, '/payments/') and contains(@href, '/receipt')]/@href")
    went_well(person.open(receipt), j.tongue.tag)
    assert "$86.40" in person.text


def the_history_tells_what_happened_and_who_looked(j: Journey) -> None:
    person = j.person.open(f"{j.record}/history")
    went_well(person, j.tongue.tag)
    j.is_titled(person, "History")
    told = person.text
    while older := person.page.xpath("//a[@rel='next']/@href"):
        went_well(person.open(older[0]), j.tongue.tag)
        told += person.text
    for expected in ("Priya Nair", "Grace Tan", j.tongue.name, "$68.00", "$65.00"):
        assert expected in told
    assert j.tongue.complaint not in told


def test_a_stranger_finds_nothing_of_the_record(journey: Journey, house: House) -> None:
    the_family_types_its_letter_and_its_week(journey)
    the_family_keeps_it_by_making_an_account(journey)
    stranger: Account = house.grace
    for part in ("", "/about", "/funding", "/proposals", "/plan", "/agreements", "/changes", "/payments", "/circle"):
        assert signed_in(journey.person.another(), stranger).open(journey.record + part).status == 404
