"""Telling us through the page: named or not, in three languages, without JavaScript."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from feedback import handling_commands, parts, queries, receipts
from feedback.model import Complaint, Message
from feedback.states import Danger, Kind, Outcome, State
from portal.access.table import Action
from portal.app import Coplan
from portal.language import LANGUAGES, plain
from tests.builders import acting, signed_in
from tests.feedback.people import a_cast, a_complaint, an_unnamed_complaint
from tests.person import SENT_BY_A_BROWSER, Person

NETWORK = "testclient"  # what the test's client calls its own address


def told(coplan: Coplan) -> list[Complaint]:
    with coplan.open_reading() as work:
        return list(work.session.query(Complaint))


def code_of(person: Person) -> str:
    return "".join(re.findall(r"\d", "".join(person.page.xpath("//*[@id='receipt-code']//text()"))))


@pytest.mark.parametrize(("tag", "words"), [("en", "Nobody came."), ("ar", "لم يأتِ أحد."), ("zh-Hans", "没有人来。")])
def test_somebody_without_an_account_tells_us_and_comes_back_with_the_code(
    coplan: Coplan, person: Person, tag: str, words: str
) -> None:
    cast = a_cast(coplan)
    person.open(f"/speak-up?lang={tag}").send("speak-up", kind="complaint", text=words)
    assert person.status == 200
    code = code_of(person)
    assert len(code) == receipts.DIGITS
    (complaint,) = told(coplan)
    with acting(coplan, cast.ruth) as work:
        found = queries.handled_one(work, complaint.id, Action.WRITE)
        assert (found.text, found.language) == (words, tag)
        handling_commands.check_safety(work, found, Danger.NONE)
        handling_commands.acknowledge(work, found, "We have it.", "en")
    (link,) = person.page.xpath("//main//a[starts-with(@href, '/receipt')]/@href")
    later = person.another().open(link)  # a browser that keeps nothing: the link says the language
    assert later.page.get("lang") == LANGUAGES[tag].html_lang
    later.send("receipt", code=" ".join(re.findall("....", code)))
    assert words in later.text
    assert "We have it." in later.text
    later.send("write", press="do=write", text="It happened again.")
    assert later.status == 200
    assert "It happened again." in later.text


def test_pages_for_the_unnamed_set_no_cookie_and_know_nobody(coplan: Coplan, person: Person) -> None:
    cast = a_cast(coplan)
    assert not person.open("/speak-up").send("speak-up", kind="feedback", text="A ramp, please.").cookies
    signed_in(other := person.another(), cast.karim).open("/speak-up/code")
    assert cast.karim.name not in other.text


def test_what_is_told_without_a_name_keeps_no_account_network_device_or_time(coplan: Coplan, person: Person) -> None:
    cast = a_cast(coplan)
    signed_in(person, cast.karim).open("/speak-up")
    before = _dump(coplan.settings.data)
    form = person.form("speak-up")
    button = form.xpath(".//button[@formaction]")[0]
    form.set("action", button.get("formaction"))  # as a browser does when this button is pressed
    fields = dict(form.form_values()) | {"kind": "complaint", "text": "Not in my name."}
    person._ask("POST", form.get("action"), data=fields)
    assert len(code_of(person)) == receipts.DIGITS
    (complaint,) = told(coplan)
    assert complaint.unnamed
    assert complaint.teller is None
    new = [row for row in _dump(coplan.settings.data) if row not in before]
    assert [row for row in new if 'INTO "complaint"' in row]
    with coplan.open_reading() as work:
        midnight = f"{work.unnamed().now:%Y-%m-%d %H:%M:%S}"
        today = f"{work.now:%Y-%m-%d}"
    for row in new:
        assert cast.karim.id.hex not in row
        assert NETWORK not in row
        times = re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row)
        assert set(times) <= {midnight}, f"a time of {today} is kept: {row}"
    assert not list(coplan.settings.mail_folder.glob("*"))  # nor does a letter tell when it came


def _dump(data: Path) -> list[str]:
    with sqlite3.connect(data / "coplan.db") as database:
        return list(database.iterdump())


def test_the_same_form_sent_twice_is_kept_once_and_its_code_is_not_shown_again(coplan: Coplan, person: Person) -> None:
    a_cast(coplan)
    person.open("/speak-up")
    first, again = person.another(), person.another()
    for each in (first, again):
        each.answer, each.address = person.answer, person.address
        each.send("speak-up", kind="complaint", text="Once.")
    assert len(told(coplan)) == 1
    assert code_of(first)
    assert urlsplit(again.address).path == "/speak-up/sent"
    assert not code_of(again)


def test_a_form_without_its_key_or_from_elsewhere_is_refused(coplan: Coplan, person: Person) -> None:
    a_cast(coplan)
    person.open("/speak-up")
    fields = {"kind": "complaint", "text": "Forged."}
    assert person.another()._ask("POST", "/speak-up/code", data=fields).status == 403
    key = {"_key": "a" * 20}
    elsewhere = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert person.another()._ask("POST", "/speak-up/code", data=fields | key, headers=elsewhere).status == 403
    assert not told(coplan)


def test_an_unfinished_form_keeps_every_word(coplan: Coplan, person: Person) -> None:
    a_cast(coplan)
    person.open("/speak-up?lang=ar").send("speak-up", text="كلماتي", wish="أريد جوابًا")
    assert person.status == 422
    form = person.form("speak-up")
    assert form.xpath(".//textarea[@name='text']")[0].text.strip() == "كلماتي"
    assert form.xpath(".//textarea[@name='wish']")[0].text.strip() == "أريد جوابًا"
    assert not told(coplan)


def test_somebody_signed_in_chooses_whom_it_is_about_and_sees_the_clock(coplan: Coplan, person: Person) -> None:
    cast = a_cast(coplan)
    signed_in(person, cast.yusuf).open("/speak-up")
    choices = {
        " ".join(label.text_content().split()): label.getprevious().get("value")
        for label in person.page.xpath("//input[@name='parties']/following-sibling::label")
    }
    person.send("speak-up", kind="complaint", text="Three Thursdays.", parties=[choices["Sunrise"]])
    assert person.address.endswith("/speak-up/mine")
    assert "Three Thursdays." in person.text
    assert "You will hear who looks into it by" in person.text
    (complaint,) = told(coplan)
    with coplan.open_reading() as work:
        assert [wall.organisation_id for wall, _ in queries.kept_from(work, complaint)] == [cast.sunrise.id]


def test_a_choice_that_was_not_offered_is_refused(coplan: Coplan, person: Person) -> None:
    cast = a_cast(coplan)
    signed_in(person, cast.yusuf).open("/speak-up")
    made_up = f"account:{cast.lena.id}.{'0' * 32}"
    person.send("speak-up", kind="complaint", text="About somebody.", parties=[made_up])
    assert person.status == 422
    assert not told(coplan)


def test_who_handles_a_complaint_reads_in_the_list_what_is_due_and_not_only_when(
    coplan: Coplan, person: Person
) -> None:
    cast = a_cast(coplan)
    a_complaint(coplan, cast.karim, days_ago=20)
    signed_in(person, cast.ruth).open("/handling")
    assert "Say that we have it: " in person.text


def test_a_missed_promise_says_so_and_where_to_go(coplan: Coplan, person: Person) -> None:
    cast = a_cast(coplan)
    a_complaint(coplan, cast.karim, days_ago=20)
    signed_in(person, cast.karim).open("/speak-up/mine").follow("Open")
    assert "late" in person.text
    assert "1800 035 544" in person.text.replace("\u00a0", " ")


def test_the_officer_works_through_it_on_the_page(coplan: Coplan, person: Person) -> None:
    cast = a_cast(coplan)
    a_complaint(coplan, cast.karim, text="Nobody came.")
    signed_in(person, cast.ruth).open("/handling").follow("Number")
    assert "Nobody came." in person.text
    person.send("safety", danger="none")
    person.send("handler-words", press="do=acknowledge", text="Thank you for telling us.")
    person.send("begin", press="do=begin")
    person.send("handler-words", press="do=answer", text="They had no stand-in. They have one now.")
    person.send("close", outcome="done", text="A stand-in is named for each visit.")
    (complaint,) = told(coplan)
    assert (complaint.state, complaint.kind) == (State.CLOSED, Kind.COMPLAINT)
    reader = signed_in(person.another(), cast.karim).open("/speak-up/mine").follow("Open")
    assert "Ruth Silva" in reader.text
    assert "A stand-in is named for each visit." in reader.text
    reader.send("rate", press="do=no", text="They did not come again.")
    assert told(coplan)[0].state is State.REOPENED


def test_an_acknowledgement_begins_in_the_language_of_whoever_complained(coplan: Coplan, person: Person) -> None:
    cast = a_cast(coplan)
    complaint_id = a_complaint(coplan, cast.karim, language="ar")
    with acting(coplan, cast.ruth) as work:
        handling_commands.check_safety(work, queries.handled_one(work, complaint_id, Action.WRITE), Danger.NONE)
    signed_in(person, cast.ruth).open(f"/handling/{complaint_id}")
    begun = dict(person.form("handler-words").form_values())["text"]
    assert begun.strip() == plain(parts.THANKS, LANGUAGES["ar"]) != parts.THANKS.text
    assert "Thank you for telling us" in person.text  # what it says, for the officer
    person.send("handler-words", press="do=acknowledge")
    with coplan.open_reading() as work:
        assert [one.language for one in work.session.query(Message)] == ["ar"]


def test_an_answer_is_read_in_ones_own_language_and_otherwise_says_in_which_it_is(
    coplan: Coplan, person: Person
) -> None:
    cast = a_cast(coplan)
    complaint_id = a_complaint(coplan, cast.karim, language="ar")
    with acting(coplan, cast.ruth) as work:
        handling_commands.check_safety(work, queries.handled_one(work, complaint_id, Action.WRITE), Danger.NONE)
    ruth = signed_in(person, cast.ruth).open(f"/handling/{complaint_id}")
    ruth.send("handler-words", press="do=acknowledge")
    ruth.send("handler-words", press="do=write", text="I rang them today.", translation="اتصلت بهم اليوم.")
    ruth.send("handler-words", press="do=answer", text="They had no stand-in.")
    karim = signed_in(person.another(), cast.karim).open(f"/speak-up/mine/{complaint_id}?lang=ar")
    (translated,) = karim.page.xpath("//p[@lang='ar'][.='اتصلت بهم اليوم.']")
    told = [each.text_content() for each in karim.page.xpath("//main//blockquote | //main//p[@lang='ar']")]
    assert told.index(translated.text_content()) + 1 == told.index("I rang them today.")
    english = [each.text_content() for each in karim.page.xpath("//blockquote[@lang='en']")]
    assert english[-2:] == ["I rang them today.", "They had no stand-in."]  # the first is what karim wrote himself


def test_the_last_words_and_an_answer_sent_without_a_translation_get_one_later(coplan: Coplan, person: Person) -> None:
    cast = a_cast(coplan)
    complaint_id = a_complaint(coplan, cast.karim, language="ar")
    with acting(coplan, cast.ruth) as work:
        handling_commands.check_safety(work, queries.handled_one(work, complaint_id, Action.WRITE), Danger.NONE)
    ruth = signed_in(person, cast.ruth).open(f"/handling/{complaint_id}")
    ruth.send("handler-words", press="do=acknowledge")
    ruth.send("handler-words", press="do=answer", text="They had no stand-in.")
    ruth.send("close", outcome="done", text="A stand-in is named.", translation="سُمّي بديل.")
    assert not ruth.page.xpath("//form[@id='translation-'] | //form[@id='translation-1']")
    ruth.send("translation-2", text="لم يكن عندهم بديل.")
    assert not ruth.page.xpath("//form[@id='translation-2']")
    karim = signed_in(person.another(), cast.karim).open(f"/speak-up/mine/{complaint_id}?lang=ar")
    translated = [each.text_content() for each in karim.page.xpath("//main//p[@lang='ar']")]
    assert translated == ["لم يكن عندهم بديل.", "سُمّي بديل."]


def test_last_words_without_a_translation_get_one_later(coplan: Coplan, person: Person) -> None:
    cast = a_cast(coplan)
    complaint_id = a_complaint(coplan, cast.karim, language="ar")
    with acting(coplan, cast.ruth) as work:
        complaint = queries.handled_one(work, complaint_id, Action.WRITE)
        handling_commands.check_safety(work, complaint, Danger.NONE)
        handling_commands.acknowledge(work, complaint, "شكرا", "ar")
        handling_commands.answer(work, complaint, "لم يكن عندهم بديل.", "ar")
        handling_commands.close(work, complaint, Outcome.DONE, "A stand-in is named.")
    ruth = signed_in(person, cast.ruth).open(f"/handling/{complaint_id}")
    ruth.send("translation-", text="سُمّي بديل.")
    karim = signed_in(person.another(), cast.karim).open(f"/speak-up/mine/{complaint_id}?lang=ar")
    assert [each.text_content() for each in karim.page.xpath("//main//p[@lang='ar']")] == ["سُمّي بديل."]


def test_the_day_of_the_next_word_is_told_apart_from_the_day_of_the_answer(coplan: Coplan, person: Person) -> None:
    cast = a_cast(coplan)
    complaint_id = a_complaint(coplan, cast.karim)
    reader = signed_in(person, cast.karim).open(f"/speak-up/mine/{complaint_id}")
    assert "You will hear who looks into it by" in reader.text
    assert "That is not yet the answer. We mean to answer with reasons by" in reader.text


# Codes


def test_a_code_is_kept_only_as_a_slow_hash_and_its_first_digits() -> None:
    code = receipts.new_code()
    prefix, stored = receipts.kept(code)
    assert (prefix, len(code)) == (code[:4], 16)
    assert stored.startswith("$argon2id$")
    assert code not in stored


@pytest.mark.parametrize("typed", ["1234 5678 9012 3456", "1234-5678-9012-3456", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦"])
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert receipts.read_code(typed) == "1234567890123456"


@pytest.mark.usefixtures("one_moment")
def test_guessing_codes_ends_soon(coplan: Coplan, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    a_cast(coplan)
    right = "1234567890123456"
    an_unnamed_complaint(coplan, receipts.kept(right), "Mine.")
    few = replace(receipts.TRY_NETWORK, tries=3)
    monkeypatch.setattr(receipts, "TRY_NETWORK", few)
    for guess in range(3):
        person.open("/receipt").send("receipt", code=f"123400000000000{guess}")
        assert person.status == 422
    person.open("/receipt").send("receipt", code=right)  # also the right one has to wait now
    assert person.status == 422
    assert "Mine." not in person.text


def test_a_wrong_code_is_told_as_such_and_never_as_something_not_saved(coplan: Coplan, person: Person) -> None:
    a_cast(coplan)
    person.open("/receipt").send("receipt", code="1111 2222 3333 4444")
    assert "We do not know this code." in person.text
    assert "Nothing could be opened with this." in person.text
    assert "Not saved yet" not in person.text


def test_a_reply_with_a_wrong_code_is_nowhere(coplan: Coplan, person: Person) -> None:
    a_cast(coplan)
    right = "1234567890123456"
    an_unnamed_complaint(coplan, receipts.kept(right), "Mine.")
    person.open("/receipt").send("receipt", code=right)
    assert "Mine." in person.text
    person.send("write", press="do=write", text="Not me.", code="1234567890123457")
    assert person.status == 404
    assert "Mine." not in person.text


@pytest.mark.parametrize("sent", [{"version": "1", "do": "write", "text": "Not me."}, {}], ids=["whole", "broken"])
def test_a_reply_is_no_way_to_try_codes(coplan: Coplan, person: Person, sent: dict[str, str]) -> None:
    a_cast(coplan)
    right = "1234567890123456"
    an_unnamed_complaint(coplan, receipts.kept(right), "Mine.")
    form = {"_key": "k" * 22, "_form": "write", "code": right, **sent}
    answer = person.client.post("/receipt/reply", data=form, headers=SENT_BY_A_BROWSER)
    assert answer.status_code in (404, 422)
    assert "Mine." not in answer.text


def test_a_refused_reply_stays_among_its_messages(coplan: Coplan, person: Person) -> None:
    a_cast(coplan)
    right = "1234567890123456"
    an_unnamed_complaint(coplan, receipts.kept(right), "Mine.")
    person.open("/receipt").send("receipt", code=right).send("write", press="do=write", text="")
    assert person.status == 422
    assert "Mine." in person.text


def test_leaving_quickly_works_from_a_page_that_knows_nobody(coplan: Coplan, person: Person) -> None:
    cast = a_cast(coplan)
    signed_in(person, cast.karim).open("/speak-up/code").send("leave")
    assert person.status == 200
    assert "/sign-in" in person.open("/account").address
