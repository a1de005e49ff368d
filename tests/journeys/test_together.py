"""Two people in one draft, in two browsers side by side: what one changes the other sees, and nobody loses a word."""

from __future__ import annotations

import re

from playwright.sync_api import APIResponse, Browser, Page, Route, expect

from tests.browser import PATIENCE, visitor
from tests.journeys.hands import Mouse, sign_in

SOON = PATIENCE  # two seconds on a machine that does nothing else: portal/bench/together.py holds that
TOTAL, PRICE = "#sheet .stat.main .stat-value", "#sheet form.quick input[name=price]"


def the_draft(page: Page, address: str) -> str:
    """The address of the draft that Mei works on."""
    found = re.search("/people/[0-9a-f-]{36}", page.url + page.content())
    assert found
    page.goto(f"{address}{found[0]}/proposals")
    hrefs: list[str] = page.locator("main a[href*='/proposals/']").evaluate_all("all => all.map(a => a.href)")
    return next(href for href in hrefs if re.search(r"/proposals/[0-9a-f-]{36}$", href))


def save(page: Page, price: str, row: int = 0) -> None:
    page.locator(PRICE).nth(row).fill(price)
    page.locator("#sheet form.quick button[type=submit]:not([formaction])").nth(row).click()


def both_open_it(mei: Page, daniel: Page, portal: str) -> str:
    """Mei opens her draft, then Daniel, who is told that she is there; its address."""
    sign_in(Mouse(mei), portal, "mei")
    draft = the_draft(mei, portal)
    mei.goto(draft)
    sign_in(Mouse(daniel), portal, "daniel")
    daniel.goto(draft)
    expect(daniel.locator("#news")).to_contain_text("Mei", timeout=SOON)
    return draft


def test_two_people_work_on_one_draft_and_neither_loses_anything(browser: Browser, live_portal: str) -> None:
    with visitor(browser) as mei, visitor(browser) as daniel, visitor(browser) as again:
        draft = both_open_it(mei, daniel, live_portal)
        expect(mei.locator("#news")).to_contain_text("Daniel", timeout=SOON)
        total = daniel.locator(TOTAL).text_content() or ""
        save(mei, "61.50")
        expect(daniel.locator(TOTAL)).not_to_have_text(total, timeout=SOON)
        expect(daniel.locator(PRICE).first).to_have_value(re.compile("61.5"))

        total = daniel.locator(TOTAL).text_content() or ""
        mine = daniel.locator(PRICE).nth(0)
        mine.fill("58.25")
        save(mei, "63")
        fresh = daniel.locator("#news [data-fresh]")
        expect(fresh).to_be_visible(timeout=SOON)
        expect(mine).to_have_value("58.25")
        expect(daniel.locator(TOTAL)).to_have_text(total)
        fresh.click()
        expect(daniel.locator(TOTAL)).not_to_have_text(total)
        expect(mine).to_have_value("58.25")

        daniel.locator("#sheet form.quick button[type=submit]").first.click()
        both = daniel.locator("#sheet dl.both").first
        expect(both).to_contain_text("58.25")
        expect(both).to_contain_text("63")
        daniel.locator("#sheet .notice button[type=submit]").first.click()
        expect(daniel.locator("#sheet dl.both")).to_have_count(0)
        expect(daniel.locator("#sheet [id^=suggestion-]").first).to_be_visible()

        again.add_init_script("delete window.EventSource")
        again.clock.install()
        sign_in(Mouse(again), live_portal, "daniel")
        again.goto(draft)
        expect(again.locator("#sheet")).to_be_visible()
        save(mei, "64")
        expect(daniel.locator(PRICE).first).to_have_value("64", timeout=SOON)
        again.clock.fast_forward(16_000)
        expect(again.locator("#news [data-fresh]")).to_be_visible(timeout=SOON)


def test_who_changed_the_draft_stays_said_when_they_leave_and_come_back(browser: Browser, live_portal: str) -> None:
    with visitor(browser) as mei, visitor(browser) as daniel:
        draft = both_open_it(mei, daniel, live_portal)
        save(mei, "62.05")
        expect(daniel.locator(PRICE).first).to_have_value("62.05", timeout=SOON)
        expect(daniel.locator("#news .notice")).to_contain_text("Mei", timeout=SOON)
        here = daniel.locator("#news .hint")
        mei.goto("about:blank")
        expect(here).to_have_count(0, timeout=SOON)
        mei.goto(draft)
        expect(here).to_contain_text("Mei", timeout=SOON)
        daniel.locator("#news .notice a").click()
        expect(daniel.locator("#since")).to_contain_text("62.05")


def test_nobody_is_told_as_news_what_they_changed_themselves(browser: Browser, live_portal: str) -> None:
    with visitor(browser) as mei:
        sign_in(Mouse(mei), live_portal, "mei")
        mei.goto(the_draft(mei, live_portal))
        late: list[tuple[Route, APIResponse]] = []  # the answer comes after the stream has told of the change
        mei.route("**/quick", lambda route: late.append((route, route.fetch())))
        mei.locator(PRICE).nth(0).fill("59.75")
        mei.keyboard.press("Tab")
        for _moment in range(2):
            mei.wait_for_timeout(900)
            expect(mei.locator("#news .notice")).to_have_count(0)
            while late:
                route, answer = late.pop()
                route.fulfill(response=answer)
        expect(mei.locator(PRICE).first).to_have_value("59.75")


def test_what_somebody_changed_while_the_network_was_away_comes_when_it_is_back(
    browser: Browser, live_portal: str
) -> None:
    with visitor(browser) as mei, visitor(browser) as daniel:
        sign_in(Mouse(mei), live_portal, "mei")
        draft = the_draft(mei, live_portal)
        sign_in(Mouse(daniel), live_portal, "daniel")
        daniel.goto(draft)
        mei.goto(draft)
        expect(daniel.locator("#news")).to_contain_text("Mei", timeout=SOON)
        daniel.evaluate("window.there = htmx.ajax; window.lost = 0; htmx.ajax = async () => { window.lost += 1; }")
        save(mei, "57.35")
        daniel.wait_for_function("window.lost > 0")
        daniel.evaluate("htmx.ajax = window.there; dispatchEvent(new Event('online'))")
        expect(daniel.locator(PRICE).first).to_have_value("57.35", timeout=SOON)


def test_what_is_sent_without_network_is_not_lost_and_the_page_says_so(browser: Browser, live_portal: str) -> None:
    with visitor(browser, network="breaks") as mei:
        sign_in(Mouse(mei), live_portal, "mei")
        mei.goto(the_draft(mei, live_portal))
        mei.context.set_offline(True)
        save(mei, "56.45")
        expect(mei.locator("#live strong")).to_be_visible(timeout=SOON)
        expect(mei.locator(PRICE).first).to_have_value("56.45")
        mei.context.set_offline(False)
        total = mei.locator(TOTAL).text_content() or ""
        mei.locator("#sheet form.quick button[type=submit]:not([formaction])").first.click()
        expect(mei.locator(TOTAL)).not_to_have_text(total, timeout=SOON)
        expect(mei.locator(PRICE).first).to_have_value(re.compile("56.45"))


def test_an_open_agreement_says_that_somebody_offered_it_and_keeps_what_is_being_typed(
    browser: Browser, live_portal: str
) -> None:
    with visitor(browser) as mei, visitor(browser) as daniel:
        sign_in(Mouse(mei), live_portal, "mei")
        found = re.search("/people/[0-9a-f-]{36}", mei.url + mei.content())
        assert found
        mei.goto(f"{live_portal}{found[0]}/agreements")
        mei.locator("main h2 a").first.click()
        offer = mei.locator("#offer-form button[type=submit]")
        expect(offer).to_be_visible()
        sign_in(Mouse(daniel), live_portal, "daniel")
        daniel.goto(mei.url)
        daniel.locator("#terms > details > summary").click()
        place = daniel.locator("#terms-form-place")
        place.fill("At the pool")
        expect(daniel.locator("#changed .notice")).to_have_count(0)

        offer.click()
        mei.wait_for_load_state()
        shown = daniel.locator("#changed [data-keep]")
        expect(shown).to_be_visible(timeout=SOON)
        expect(place).to_have_value("At the pool")
        expect(daniel.locator("#offer-form")).to_be_visible()  # nothing is loaded by itself
        expect(mei.locator("#changed .notice")).to_have_count(0)  # what one did oneself is no news
        shown.click()
        expect(daniel.locator("#offer-form")).to_have_count(0)
