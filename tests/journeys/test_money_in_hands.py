"""My money, my year, my choices, in Chromium: each journey once, in the language of the person who makes it.

Mei reads Chinese, Yusuf's mother Amal Arabic, the others English. Whoever came in once stays for the next journey.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import violations, visitor
from tests.journeys.hands import Keyboard, Mouse, sign_in
from tests.journeys.test_in_a_browser import a_new_draft, add_help_in_the_shower
from tests.portal.start.test_letters import LETTERS

#: Opens a page about a person as somebody who may: who, and the rest of the address.
Visit = Callable[..., Page]
RECORD = re.compile("/people/[0-9a-f-]{36}")
DRAFT = re.compile(r"/proposals/[0-9a-f-]{36}$")


@pytest.fixture(scope="module")
def visit(browser: Browser, live_portal: str) -> Iterator[Visit]:
    """``visit("mei", "/alarms")`` opens a page of her record; an address that begins with // is of no person."""
    there: dict[tuple[str, str], tuple[Page, str]] = {}
    with ExitStack() as leaving:

        def open_page(who: str, address: str, script: str = "on") -> Page:
            if (who, script) not in there:
                page = leaving.enter_context(visitor(browser, script=script))
                sign_in(Mouse(page), live_portal, who)
                found = RECORD.search(page.url + page.content())
                there[who, script] = page, live_portal + (found[0] if found else "")
            page, record = there[who, script]
            page.goto(live_portal + address[1:] if address.startswith("//") else record + address)
            return page

        yield open_page


def the_draft(page: Page) -> str:
    """The address of the draft that is worked on, from the page of drafts."""
    found: list[str] = page.locator("main a[href*='/proposals/']").evaluate_all("all => all.map(a => a.href)")
    return next(href for href in found if DRAFT.search(href))


def no_barrier(page: Page) -> None:
    twice = "() => [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, n, all) => all.indexOf(id) < n)"
    assert page.evaluate(twice) == [], page.url
    assert not violations(page), page.url


def test_three_packages_are_compared(visit: Visit) -> None:
    page = visit("mei", "/proposals/scenarios")
    hands = Keyboard(page)
    boxes = page.locator("#compare-form input[type=checkbox]")
    assert boxes.count() == 4  # the plan in force, her draft and what she tried out twice
    for number in range(4):
        hands.tick(f"#{boxes.nth(number).get_attribute('id')}")
    hands.press("#compare-form button")
    expect(page.locator("html")).to_have_attribute("lang", re.compile("^zh"))
    expect(page.locator("#side-by-side thead th")).to_have_count(5)
    expect(page.locator("#side-by-side")).to_contain_text("早上不着急")
    no_barrier(page)


def test_what_breaks_in_the_year_is_mended_in_one_press(visit: Visit) -> None:
    page = visit("mei", "/proposals")
    page.goto(the_draft(page) + "/year")
    no_barrier(page)
    Keyboard(page).press("#fix-1 button[value=scenario]")
    page.wait_for_url(re.compile("/scenarios/[0-9a-f-]{36}"))
    expect(page.locator("form#use")).to_be_visible()


def test_the_last_two_edits_are_undone_one_after_the_other(visit: Visit) -> None:
    page = visit("mei", "")
    hands = Keyboard(page)
    draft = a_new_draft(Mouse(page), page.url, "再想一想")
    add_help_in_the_shower(Mouse(page), draft)
    for finishes in ("12:00", "13:00"):
        page.goto(draft)
        hands.write("#sheet form.quick input[name=finishes]", finishes)
        with page.expect_response(re.compile("/quick$")):
            page.keyboard.press("Tab")
    for finishes in ("12:00", "11:00"):
        hands.press("#undo-step button")
        expect(page.locator("#sheet form.quick input[name=finishes]")).to_have_value(finishes)
    hands.press("#redo-step button")
    expect(page.locator("#sheet form.quick input[name=finishes]")).to_have_value("12:00")


def cleaning(first: date) -> bytes:
    """A month of invoices, 2 hours at 59 dollars each Thursday: one is on it twice, one sum is not 2 times 59."""
    rows = [f"{first + timedelta(7 * week):%d/%m/%Y},打扫房间,2,$59.00,$118.00,C-{week}" for week in range(4)]
    rows[2] = rows[2].replace("$118.00", "$181.00")
    return "\n".join(["Date,Description,Hours,Rate,Total,Invoice no", *rows, rows[0]]).encode()


def test_a_month_of_invoices_with_two_wrong_ones_is_taken_in_and_one_is_questioned(visit: Visit) -> None:
    page = visit("mei", "/spending/files/new")
    hands = Mouse(page)
    today = datetime.now(UTC).date()
    first = today - timedelta(days=(today.weekday() - 3) % 7 + 56)
    page.locator("#send input[type=file]").set_input_files(
        {"name": "cleaning.csv", "mimeType": "text/csv", "buffer": cleaning(first)}
    )
    hands.press("#send button[type=submit]")
    expect(page.locator("#take")).to_be_visible()
    expect(page.locator("#take input[type=checkbox]")).to_have_count(1)  # the row that says the same as another
    expect(page.locator("#worth-a-look tr:has-text('$181.00')")).to_be_visible()
    no_barrier(page)
    hands.write("#take input[name=provider]", "小王清洁")
    hands.press("#take button[type=submit]")
    page.wait_for_url(re.compile("/spending"))
    expect(page.locator("main")).to_contain_text("$181.00")
    hands.press("main tr:has-text('$181.00') a[href*='/spending/']")
    page.wait_for_url(re.compile("/spending/[0-9a-f-]{36}"))
    hands.write("#question textarea", "两个小时应该是 $118，请您再看一下。")
    hands.press("#question button[type=submit]")
    expect(page.locator("#question")).to_have_count(0)


def test_a_coordinator_tells_people_what_new_prices_mean_without_script(visit: Visit) -> None:
    page = visit("priya", "//price-changes", script="off")
    hands = Mouse(page)
    hands.press("main a[href*='/price-changes/']")
    hands.press("main table a[href*='/people/']")
    hands.press("main a[href$='/letter']")
    letter = page.locator("article#letter")
    expect(letter).to_have_attribute("lang", re.compile("^ar"))
    expect(letter).to_have_attribute("dir", "rtl")
    hands.write("#note textarea", "Ring me on Thursday, if you like.")
    hands.press("#note button[type=submit]")
    expect(letter).to_contain_text("Ring me on Thursday, if you like.")
    hands.press("#give button[type=submit]")
    expect(page.locator("#give")).to_have_count(0)


def test_words_that_were_sent_leave_an_empty_box_for_the_next(visit: Visit) -> None:
    page = visit("ruth", "//handling")
    hands = Mouse(page)
    hands.press("main a[href^='/handling/']")
    hands.write("#handler-words textarea", "We spoke with them today.")
    hands.press("#handler-words button[value=write]")
    expect(page.locator("#handle")).to_contain_text("We spoke with them today.")
    expect(page.locator("#handler-words textarea")).to_have_value("")


def test_the_same_week_is_bought_from_three_price_lists(visit: Visit) -> None:
    page = visit("margaret", "/proposals")
    page.goto(the_draft(page) + "/bought")
    hands = Mouse(page)
    ways = page.locator("#bought tbody tr")
    expect(ways).to_have_count(4)  # as it is planned now, two price lists she was given, and a published one
    expect(page.locator("#bought")).to_contain_text("Its published price list")
    hands.tick("#way input[value=provider]")
    hands.write("#way-name", "Price list of River Home Care")
    hands.write("#way-price_day", "91")
    hands.press("#way button[type=submit]")
    expect(ways).to_have_count(5)
    expect(page.locator("#bought")).to_contain_text("River Home Care")
    no_barrier(page)


def test_a_roster_of_a_shared_house_is_kept_by_keyboard(visit: Visit) -> None:
    page = visit("grace", "//houses")
    hands = Keyboard(page)
    hands.press("main a[href*='/houses/']")
    page.wait_for_url("**/houses/*")
    no_barrier(page)
    rows = page.locator("form[id^=edit-]").count()
    hands.tick("#row input[name=weekdays][value='5']")
    hands.time("#row input[name=begins]", 9)
    hands.time("#row input[name=finishes]", 11)
    hands.press("#row button[type=submit]")
    expect(page.locator("form[id^=edit-]")).to_have_count(rows + 1)


def test_a_short_stay_is_planned_and_booked(visit: Visit) -> None:
    page = visit("amal", "/respite")
    hands = Mouse(page)
    arrives = datetime.now(UTC).date() + timedelta(days=100)
    hands.write("#plan-stay input[name=place]", "بيت الشاطئ")
    hands.write("#plan-stay input[name=arrives]", arrives.isoformat())
    hands.write("#plan-stay input[name=leaves]", (arrives + timedelta(days=2)).isoformat())
    hands.write("#plan-stay input[name=per_night]", "640")
    hands.press("#plan-stay button[type=submit]")
    expect(page.locator("main")).to_contain_text("$1,280.00")  # two nights
    planned = page.locator("form[id^=to-booked-]")
    count = planned.count()
    planned.last.locator("button").click()
    expect(planned).to_have_count(count - 1)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    no_barrier(page)


def test_equipment_is_bought_from_the_need_to_the_delivery(visit: Visit) -> None:
    page = visit("amal", "/equipment")
    hands = Mouse(page)
    today = datetime.now(UTC).date().isoformat()
    hands.write("#need input[name=name]", "مقعد للسيارة")
    hands.press("#need button[type=submit]")
    hands.write("#quote input[name=supplier]", "Wheelhouse")
    hands.write("#quote input[name=price]", "400")
    hands.press("#quote button[type=submit]")
    hands.press("#choose button[type=submit]")
    hands.tick("#approval input[value=yes]")
    hands.write("#approval input[name=by]", "Clear Books")
    hands.press("#approval button[type=submit]")
    hands.write("#order input[name=day]", today)
    hands.press("#order button[type=submit]")
    hands.write("#delivery input[name=day]", today)
    no_barrier(page)
    hands.press("#delivery button[type=submit]")
    expect(page.locator("#delivery")).to_have_count(0)
    expect(page.locator("#set-up")).to_have_count(1)


def test_somebody_asks_to_be_told_in_time(visit: Visit) -> None:
    page = visit("margaret", "/alarms")
    alarms = page.locator("form[id^=off-]").count()
    Keyboard(page).press("#example-hours button")
    expect(page.locator("form[id^=off-]")).to_have_count(alarms + 1)
    no_barrier(page)


def test_a_new_plan_is_pasted_looked_at_and_taken_over(visit: Visit) -> None:
    page = visit("amal", "/funding/new-plan")
    hands = Mouse(page)
    hands.press("#away button[type=submit]")  # the half letter she had typed in before
    hands.press("dialog button[value=yes]")
    expect(page.locator("#away")).to_have_count(0)
    page = visit("amal", "/funding/new-plan")
    letter = (LETTERS / "plan_managed.ar.txt").read_text(encoding="utf-8")
    later = letter.replace("٢٠٢٧", "٢٠٢٨").replace("٢٠٢٦", "٢٠٢٧")
    hands.write("#paste textarea", later)
    hands.press("#paste button[type=submit]")
    hands.press("#letter button[type=submit]")
    expect(page.locator("main")).to_contain_text("$23,400.00")
    hands.press("main a[href$='/new-plan/week']")
    no_barrier(page)
    hands.press("#take button[type=submit]")
    page.wait_for_url(DRAFT)
