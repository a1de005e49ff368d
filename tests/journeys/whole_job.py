"""The whole job in Chromium: from a price list and a plan letter to a plan in force, and its history.

One text for every way of working (see the ``test_the_whole_job*`` beside it): the hands point, or only press keys, and
every page but the first is reached by following links. The family reads its own language; the coordinator, the
provider, the officer and the administrator read English. Each is at a browser of their own, and every page somebody
stops at is looked at for barriers. Public holidays move with the day on which this runs, so it looks at prices and at
one sum that they leave alone: four hours of cleaning at $55, $220.00.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, expect

from portal.language import LANGUAGES
from tests.journeys.hands import PASSWORD, Mouse, comes, confirm, seen, sign_in, stop, unfold
from tests.journeys.story import Story
from tests.portal.catalogue.lists import a_row, as_csv

LOGIN = "nora@example.org"
SUNRISE, LUNCH, NEW = "Sunrise Support", "Lunch together", "Company in the garden"
HOME = ZoneInfo("Australia/Sydney")  # where the family lives
MONDAY = (now := datetime.now(HOME).date()) - timedelta(now.weekday())
ID = "[0-9a-f-]{36}"


def the_whole_job(story: Story) -> None:
    the_family_types_its_letter_and_sees_how_long_the_money_lasts(story)
    the_family_keeps_it_by_making_an_account(story)
    a_coordinator_joins_by_a_code(story)
    the_administrator_brings_in_a_price_list(story)
    the_family_says_what_matters_and_names_a_goal(story)
    the_week_has_become_a_draft_and_a_support_is_added(story)
    a_price_is_suggested_talked_about_and_taken(story)
    the_person_says_yes_to_the_whole(story)
    the_agreement_is_sent_signed_by_both_and_offered_as_pdf(story)
    the_plan_is_in_force_and_the_provider_can_deliver(story)
    a_change_is_asked_for_agreed_and_in_force(story)
    a_complaint_without_a_name_is_answered(story)
    a_contribution_is_asked_for_and_paid(story)
    the_history_tells_of_it(story)


def the_family_types_its_letter_and_sees_how_long_the_money_lasts(s: Story) -> None:
    page, nora = s.nora.page, s.nora
    page.goto(f"{s.address}/?lang={s.family.tag}")
    nora.go("/start")
    stop(nora)
    nora.go("/start?program=ndis")
    nora.day("#letter-starts", MONDAY)
    nora.day("#letter-ends", MONDAY + timedelta(weeks=8, days=-1))
    for field, value in (("state", "NSW"), ("kind_1", "core"), ("management_1", "self"), ("release_1", "once")):
        nora.pick(f"#letter-{field}", value)
    nora.write("#letter-amount_1", "5,000")
    nora.write("#letter-week", s.family.week)
    nora.press("#letter button[type=submit]")
    expect(page.locator("#answer #figures")).to_be_visible()
    expect(page.locator("#answer")).to_contain_text("$68.00")
    nora.press("#figures details.why summary")  # every figure explains itself
    expect(page.locator("#figures details.why p").first).to_be_visible()
    stop(nora)


def the_family_keeps_it_by_making_an_account(s: Story) -> None:
    page, nora = s.nora.page, s.nora
    nora.go("/start/keep")
    stop(nora)
    nora.choose("#keep input[name=whose][value=mine]")
    nora.write("#keep-name", s.family.name)
    nora.write("#keep-login", LOGIN)
    nora.write("#keep-password", PASSWORD)
    nora.press("#keep button[type=submit]:not([data-show])")
    page.wait_for_url(re.compile(f"/people/{ID}"))
    s.record = re.findall(f"/people/{ID}", page.url)[0]
    expect(page.locator("main")).to_contain_text("$5,000.00")
    stop(nora)


def a_coordinator_joins_by_a_code(s: Story) -> None:
    page, daniel = s.nora.page, s.daniel
    s.nora.go("/circle")
    s.nora.go("/circle/invite")
    s.nora.choose("#invite input[name=relationship][value=lead]")
    s.nora.press("#invite button[type=submit]")
    code = " ".join(page.locator("main code").inner_text().split())
    stop(s.nora)
    sign_in(daniel, s.address, "daniel")
    daniel.go("/join")
    daniel.write("#join-code", code)
    daniel.press("#join button[type=submit]")
    expect(daniel.page.locator("h1")).to_contain_text(s.family.name)
    stop(daniel)
    daniel.press("#accept button[type=submit]")
    daniel.page.wait_for_url(f"{s.address}{s.record}")


def the_administrator_brings_in_a_price_list(s: Story) -> None:
    sam = s.sam
    sign_in(sam, s.address, "sam")
    sam.go("/price-lists")
    stop(sam)
    send_prices(sam, "import")
    expect(sam.page.locator("#again-allow_ended")).to_be_visible()  # it lacks nearly all there was: perhaps cut off
    expect(sam.page.locator("[role=alert]")).to_be_visible()
    stop(sam)
    sam.tick("#again-allow_ended")
    send_prices(sam, "again")
    sam.page.wait_for_url(re.compile(f"/price-lists/{ID}$"))
    sam.press("main a[href*='show=new']")
    expect(sam.page.locator("main")).to_contain_text(NEW)
    stop(sam)


def send_prices(hands: Mouse, form: str) -> None:
    """A list of two supports, one of them new, that holds long after the plan and so moves no price of it."""
    rows = [a_row("01_011_0107_1_1", "$71.99"), a_row("01_990_0120_1_1", "$58.11", Support_Item_Name=NEW)]
    hands.file(f"#{form} input[type=file]", "list.csv", as_csv(rows))
    hands.day(f"#{form}-valid_from", MONDAY + timedelta(weeks=60))
    hands.press(f"#{form} button[type=submit]")


def the_family_says_what_matters_and_names_a_goal(s: Story) -> None:
    page, nora = s.nora.page, s.nora
    nora.go("/about")
    nora.write("#say-matters-text", s.family.matters)
    nora.press("#say-matters button[type=submit]")
    expect(page.locator("#about-matters blockquote")).to_contain_text(s.family.matters)
    nora.write("#goal-new-text", s.family.goal)
    nora.press("#goal-new button[type=submit]")
    expect(page.locator("#goals [id^=goal-] blockquote")).to_contain_text(s.family.goal)
    stop(nora)


def the_week_has_become_a_draft_and_a_support_is_added(s: Story) -> None:
    page, nora = s.nora.page, s.nora
    nora.go("/proposals")
    nora.press(f"main h2 a[href^='{s.record}/proposals/']")
    page.wait_for_url(re.compile(f"/proposals/{ID}$"))
    s.draft = page.url.removeprefix(s.address)
    stop(nora)
    nora.press(f"#sheet tbody th a:has-text('{s.family.shower}')")
    unfold(nora, "#line")
    nora.pick("#line-provider", SUNRISE)
    nora.pick("#line-goal", s.family.goal)
    stop(nora)
    nora.press("#line button[type=submit]")
    nora.go(s.draft)
    nora.go(f"{s.draft}/add")
    nora.write("#find-support-q", s.family.cleaning)
    nora.press("#find-support button[type=submit]")
    nora.press("#found a[href*='cleaning']")
    page.wait_for_url(re.compile("support=.*cleaning"))
    nora.write("#line-name", s.family.cleaning)
    nora.choose("#line input[name=how][value=units]")
    nora.write("#line-units", "4")
    nora.write("#line-price", "55")
    nora.pick("#line-provider", "Green Door Home Care")
    stop(nora)
    nora.press("#line button[type=submit]")
    expect(row(nora, s.family.cleaning)).to_contain_text("$220.00")
    stop(nora)


def row(hands: Mouse, name: str) -> Locator:
    """The row of the budget sheet of one support."""
    return hands.page.locator(f"#sheet tbody tr:has(th a:has-text('{name}'))")


def a_price_is_suggested_talked_about_and_taken(s: Story) -> None:
    nora, daniel = s.nora, s.daniel
    to_the_draft(daniel, s)
    daniel.write(f"#sheet tr:has(a:has-text('{s.family.shower}')) form.quick input[name=price]", "65")
    daniel.press(f"#sheet tr:has(a:has-text('{s.family.shower}')) form.quick button[type=submit]")
    expect(daniel.page.locator("[id^=suggestion-]")).to_have_count(1)
    stop(daniel)
    daniel.press(f"#sheet tbody th a:has-text('{s.family.shower}')")
    unfold(daniel, "#say")
    daniel.write("#say-text", "They said yes to 65 dollars.")
    daniel.press("#say button[type=submit]")
    expect(daniel.page.locator("#talk blockquote")).to_contain_text("65")

    to_the_draft(nora, s)
    total = nora.page.locator("#sheet .stat.main").inner_text()
    expect(row(nora, s.family.shower).locator("input[name=price]")).to_have_value(re.compile(r"^68(\.00)?$"))
    nora.press("#sheet a[href*='/lines/'][href$='#talk']")
    nora.press("#talk a[href*='/comments/']")
    nora.write("#reply-text", s.family.matters)
    nora.press("#reply button[type=submit]")
    expect(nora.page.locator("main")).to_contain_text(s.family.matters)
    stop(nora)
    to_the_draft(nora, s)
    nora.press("form[id^=answer-] button[value=yes]")
    expect(nora.page.locator("[id^=suggestion-]")).to_have_count(0)
    expect(row(nora, s.family.shower).locator("input[name=price]")).to_have_value(re.compile(r"^65(\.00)?$"))
    expect(nora.page.locator("#sheet .stat.main")).not_to_have_text(total)


def to_the_draft(hands: Mouse, s: Story) -> None:
    """Open the record where it is linked, what is worked on there, and the draft."""
    if not hands.page.locator(f"a[href='{s.record}/proposals']").count():
        hands.go("/")
        hands.go(s.record)
    hands.go("/proposals")
    hands.go(s.draft)


def the_person_says_yes_to_the_whole(s: Story) -> None:
    page, nora = s.nora.page, s.nora
    nora.go(f"{s.draft}/accept")
    stop(nora)
    nora.press("#accept button[type=submit]")
    expect(page.locator("details code[translate=no]").last).to_have_text(re.compile("^[0-9a-f]{64}$"))
    stop(nora)


def the_agreement_is_sent_signed_by_both_and_offered_as_pdf(s: Story) -> None:
    nora, daniel, grace = s.nora, s.daniel, s.grace
    daniel.go("/agreements")
    comes(daniel, f"main h2 a:has-text('{SUNRISE}')")
    daniel.press("#offer-form button[type=submit]")
    expect(daniel.page.locator("#offer-form")).to_have_count(0)
    stop(daniel)
    nora.go("/agreements")
    nora.press(f"main h2 a:has-text('{SUNRISE}')")
    expect(nora.page.locator("article.agreement")).to_have_attribute("dir", LANGUAGES[s.family.tag].dir)
    stop(nora)
    sign(nora, s.family.name)
    sign_in(grace, s.address, "grace")
    grace.go("/agreements")
    grace.press(f"main h2 a:has-text('{s.family.name}')")
    expect(grace.page.locator("article.agreement")).not_to_contain_text(s.family.cleaning)  # is not theirs to see
    stop(grace)
    sign(grace, "Grace Tan")
    stop(nora)
    with nora.page.expect_download() as kept:
        comes(nora, "#copy a[href$='/copy']")
    expect(nora.page.locator("#who-signed")).to_contain_text("Grace Tan")
    assert kept.value.path().read_bytes().startswith(b"%PDF")


def sign(hands: Mouse, name: str) -> None:
    """Type one's name, tick, and sign."""
    hands.write("#sign-name", name)
    hands.tick("#sign input[name=agree]")
    confirm(hands, "#sign")
    hands.press("#sign button[type=submit]:not([data-show])")
    expect(hands.page.locator("#who-signed")).to_contain_text(name)


def the_plan_is_in_force_and_the_provider_can_deliver(s: Story) -> None:
    nora, grace = s.nora, s.grace
    grace.go("/briefs")
    comes(grace, f"main h2 a:has-text('{s.family.name}')")
    expect(grace.page.locator("#brief")).to_contain_text("$65.00")
    for hidden in (s.family.cleaning, "Green Door Home Care", s.family.goal):
        expect(grace.page.locator("main")).not_to_contain_text(hidden)
    stop(grace)
    grace.choose("#answer input[name=answer][value=can]")
    grace.write("#answer-said", "With pleasure.")
    grace.press("#answer button[type=submit]")
    expect(grace.page.locator("#brief-answer blockquote")).to_contain_text("With pleasure.")
    nora.go("/plan")
    expect(nora.page.locator("#answers")).to_contain_text("With pleasure.")
    stop(nora)


def a_change_is_asked_for_agreed_and_in_force(s: Story) -> None:
    page, nora = s.nora.page, s.nora
    nora.go("/changes")
    nora.go("/changes/new")
    nora.write("#new-change-reason", s.family.wish)
    nora.day("#new-change-effective", datetime.now(HOME).date())
    stop(nora)
    nora.press("#new-change button[type=submit]")
    nora.press(f"main a[href*='/supports/']:has-text('{s.family.shower}')")
    nora.write("#line-price", "70")
    nora.press("#line button[type=submit]")
    for shown in ("$65.00", "$70.00", SUNRISE, s.family.wish):
        expect(page.locator("main")).to_contain_text(shown)
    change = page.url.removeprefix(s.address).partition("#")[0]
    stop(nora)
    nora.press("#ask-everybody button[type=submit]")
    expect(page.locator("#ask-everybody")).to_have_count(0)
    for other in (s.daniel, s.grace):
        other.go("/changes")
        other.go(change)
        stop(other)
        other.press("form[id^=answer-] button[value=agreed]")
        expect(other.page.locator("form[id^=answer-] button[value=agreed]:visible")).to_have_count(0)
    expect(s.grace.page.locator("main")).not_to_contain_text(
        s.family.wish
    )  # the reason was not shared with the provider
    nora.go("/plan")
    seen(nora, "main:has-text('$70.00')")
    stop(nora)


def a_complaint_without_a_name_is_answered(s: Story) -> None:
    guest, ruth = s.guest, s.ruth
    guest.page.goto(f"{s.address}/?lang={s.family.tag}")
    guest.press("a.tell")
    stop(guest)
    guest.choose("#speak-up input[name=kind][value=complaint]")
    guest.write("#speak-up-text", s.family.complaint)
    guest.press("#speak-up button[type=submit]")
    receipt = " ".join(guest.page.locator("#receipt-code").inner_text().split())
    assert len(re.sub(r"\D", "", receipt)) == 16
    stop(guest)
    sign_in(ruth, s.address, "ruth")
    ruth.go("/handling")
    stop(ruth)
    the_newest_is_answered(s)
    guest.press("main a[href^='/receipt']")
    guest.write("#receipt-code", receipt)
    guest.press("#receipt button[type=submit]")
    for said in (s.family.complaint, "We have it.", "The bus was late.", "From now on somebody calls."):
        expect(guest.page.locator("main")).to_contain_text(said)
    stop(guest)


def the_newest_is_answered(s: Story) -> None:
    """The officer finds what was just said, takes it in, answers and closes it with a reason."""
    page, ruth = s.ruth.page, s.ruth
    for nth in range(page.locator(told := "#open a[href^='/handling/']").count()):
        ruth.press(f"{told} >> nth={nth}")
        expect(page.locator("#handle")).to_be_visible()
        if page.get_by_text(s.family.complaint).count():
            break
        ruth.go("/handling")
    expect(page.locator("#handle")).to_contain_text(s.family.complaint)
    ruth.choose("#safety input[name=danger][value=none]")
    ruth.press("#safety button[type=submit]")
    write_back(ruth, "We have it.", "acknowledge")
    ruth.press("#begin button[value=begin]")
    expect(page.locator("#begin")).to_have_count(0)
    write_back(ruth, "The bus was late.", "answer")
    stop(ruth)
    ruth.choose("#close input[name=outcome][value=will_be]")
    ruth.write("#close-text", "From now on somebody calls.")
    ruth.press("#close button[type=submit]")
    expect(page.locator("#close")).to_have_count(0)


def write_back(hands: Mouse, text: str, what: str) -> None:
    hands.write("#handler-words-text", text)
    hands.press(f"#handler-words button[value={what}]")
    expect(hands.page.locator("#handle blockquote", has_text=text)).to_be_visible()


def a_contribution_is_asked_for_and_paid(s: Story) -> None:
    page, nora, daniel = s.nora.page, s.nora, s.daniel
    daniel.go("/payments")
    daniel.write("#ask-amount", "86.40")
    daniel.write("#ask-purpose", LUNCH)
    daniel.day("#ask-due", MONDAY + timedelta(weeks=2))
    daniel.press("#ask button[type=submit]")
    expect(daniel.page.locator("main table")).to_contain_text("$86.40")
    stop(daniel)
    nora.go("/payments")
    nora.press(f"main table a:has-text('{LUNCH}')")
    stop(nora)
    confirm(nora, "#pay")
    nora.press("#pay button[type=submit]:not([data-show])")
    page.wait_for_url(lambda url: not url.startswith(s.address))
    expect(page.locator("main")).to_contain_text("$86.40")  # the stand-in, in the language of the payer
    stop(nora)
    nora.press("#pay button[value=card]")
    page.wait_for_url(re.compile(f"^{re.escape(s.address)}/"))
    comes(nora, "main a[href$='/receipt']")  # when the service has said that it is paid
    expect(page.locator("#facts")).to_contain_text("$86.40")
    stop(nora)


def the_history_tells_of_it(s: Story) -> None:
    page = s.nora.page
    s.nora.go("/history")
    stop(s.nora)
    told, older = page.locator("main").text_content() or "", page.locator("a[rel=next]")
    while older.count():
        s.nora.press("a[rel=next]")
        told += page.locator("main").text_content() or ""
    for expected in ("Daniel", "Grace Tan", "$68.00", "$65.00", "$86.40"):
        assert expected in told, expected
    assert s.family.complaint not in told
