"""The main path in Chromium: with script, without it, and with the keyboard alone; what script adds, and the exit."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import portal.site
from tests.browser import PHONE, visitor
from tests.journeys.hands import PASSWORD, Keyboard, Mouse, sign_in

#: Another answer comes before the first has settled: how many rows of the first still let no answer in afterwards.
AT_ONCE = """() => {
  const tell = (what, detail) => document.dispatchEvent(new CustomEvent('htmx:' + what, { detail }));
  const row = document.querySelector('#sheet tbody tr');
  for (const text of [`id="${row.id}" data-same`, '']) tell('before:swap', { ctx: { text } });
  tell('after:swap', {});
  return document.querySelectorAll('tr[data-stays]').length;
}"""
WAYS = {"script": (Mouse, "on"), "no script": (Mouse, "off"), "keyboard": (Keyboard, "on")}


def a_new_draft(hands: Mouse, record: str, title: str) -> str:
    """Begin a draft; its address."""
    page = hands.page
    page.goto(f"{record}/proposals")
    hands.write("#start-proposal-title", title)
    last = date.fromisoformat(page.locator("#start-proposal-ends").input_value()) - timedelta(days=1)
    hands.day("#start-proposal-ends", last)
    expect(page.locator("#start-proposal-ends")).to_have_value(last.isoformat())
    hands.press("#start-proposal button[type=submit]")
    page.wait_for_url(re.compile(r"/proposals/[0-9a-f-]{36}$"))
    return page.url


def add_help_in_the_shower(hands: Mouse, draft: str) -> None:
    """Find it by everyday words and add it: Mondays 9 to 11 at 68 dollars."""
    hands.press("main a[href$='/add']")
    hands.write("#find-support-q", "help in the shower")
    if isinstance(hands, Keyboard):
        hands.page.keyboard.press("Enter")
    else:
        hands.press("#find-support button[type=submit]")
    expect(hands.page.locator("#found h2")).to_have_count(0)  # what is often forgotten goes when the answer is there
    hands.press("#found a[href*='support=self_care']")
    hands.page.wait_for_url(re.compile("support=self_care"))
    hands.tick("#line-weekdays")
    hands.time("#line-begins", 9)
    hands.time("#line-finishes", 11)
    hands.write("#line-price", "68")
    hands.press("#line button[type=submit]")
    hands.page.wait_for_url(f"{draft}#line-*")  # at the new line, with and without script
    expect(hands.page.locator("#sheet tr:focus a").first).to_be_in_viewport()
    expect(hands.page.locator("#sheet form.quick")).to_have_count(1)


def edit_the_hours(hands: Mouse) -> None:
    """One hour more; the sheet then says so, and says the same when it is opened again."""
    page = hands.page
    total = page.locator("#sheet .stat.main").text_content() or ""
    hands.write("#sheet form.quick input[name=finishes]", "12:00")
    hands.press("#sheet form.quick button[type=submit]")
    expect(page.locator("#sheet .stat.main")).not_to_have_text(total)
    page.reload()
    expect(page.locator("#sheet form.quick input[name=finishes]")).to_have_value("12:00")


def the_coordinator_suggests(browser: Browser, address: str, draft: str, way: str) -> None:
    kind, script = WAYS[way]
    with visitor(browser, script=script) as page:
        hands = kind(page)
        sign_in(hands, address, "daniel")
        page.goto(draft)
        hands.write("#sheet form.quick input[name=price]", "65")
        hands.press("#sheet form.quick button[type=submit]")
        expect(page.locator("[id^=suggestion-]")).to_have_count(1)


def accept_the_suggestion(hands: Mouse, draft: str) -> None:
    hands.page.goto(draft)
    hands.press("form[id^=answer-] button[value=yes]")
    expect(hands.page.locator("[id^=suggestion-]")).to_have_count(0)
    if isinstance(hands, Keyboard):  # the button is gone: the focus stays on the row that it was about
        expect(hands.page.locator("#sheet tr:focus form.quick")).to_have_count(1)
    expect(hands.page.locator("#sheet form.quick input[name=price]")).to_have_value(re.compile(r"^65(\.00)?$"))


def speak_up(hands: Mouse, address: str) -> None:
    page = hands.page
    page.goto(f"{address}/")
    hands.press("a.tell")
    page.wait_for_url(re.compile("/speak-up"))
    hands.choose("#speak-up input[name=kind][value=complaint]")
    hands.write("#speak-up-text", "Nobody came on Thursday.")
    hands.press("#speak-up button[type=submit]:not([formaction])")
    page.wait_for_url(re.compile("/speak-up/mine"))
    expect(page.locator("main")).to_contain_text("Nobody came on Thursday.")


@pytest.mark.parametrize("way", WAYS)
def test_someone_plans_agrees_and_speaks_up(browser: Browser, live_portal: str, way: str) -> None:
    kind, script = WAYS[way]
    with visitor(browser, script=script) as page:
        hands = kind(page)
        sign_in(hands, live_portal, "mei")
        record = _record(page, live_portal)
        draft = a_new_draft(hands, record, f"My plan by {way}")
        add_help_in_the_shower(hands, draft)
        edit_the_hours(hands)
        the_coordinator_suggests(browser, live_portal, draft, way)
        accept_the_suggestion(hands, draft)
        speak_up(hands, live_portal)


def _record(page: Page, address: str) -> str:
    found = page.locator("nav a[href*='/people/'][href$='/about']").first.get_attribute("href")
    assert found, page.url
    return address + found.removesuffix("/about")


def test_typing_in_the_next_field_loses_nothing_while_an_edit_returns(browser: Browser, live_portal: str) -> None:
    with visitor(browser) as page:
        hands = Keyboard(page)
        sign_in(Mouse(page), live_portal, "mei")
        draft = a_new_draft(Mouse(page), _record(page, live_portal), "My plan on a slow line")
        add_help_in_the_shower(Mouse(page), draft)
        held: list[Route] = []
        page.route("**/quick", lambda route: held.append(route))
        hands.write("#sheet form.quick input[name=finishes]", "12:00")
        with page.expect_request(re.compile("/quick$")):
            page.keyboard.press("Tab")  # leaving the field sends the edit
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("7")
        page.wait_for_timeout(100)
        assert len(held) == 1
        before = page.locator("#sheet .stat.main").text_content() or ""
        held.pop().continue_()
        expect(page.locator("#sheet .stat.main")).not_to_have_text(before)
        price = page.locator("#sheet form.quick input[name=price]")
        expect(price).to_be_focused()
        expect(price).to_have_value("7")
        page.keyboard.type("1")  # and goes on where it was
        expect(price).to_have_value("71")
        page.unroute("**/quick")
        with page.expect_response(re.compile("/quick$")):
            page.keyboard.press("Tab")
        page.reload()
        expect(page.locator("#sheet form.quick input[name=finishes]")).to_have_value("12:00")
        expect(page.locator("#sheet form.quick input[name=price]")).to_have_value(re.compile(r"^71(\.00)?$"))
        assert page.evaluate(AT_ONCE) == 0  # no row is held back from the next answer


def test_paper_says_how_figures_came_about_and_what_was_said_leaves_room(browser: Browser, live_portal: str) -> None:
    with visitor(browser) as page:
        sign_in(Mouse(page), live_portal, "mei")
        draft = a_new_draft(Mouse(page), _record(page, live_portal), "My plan on paper")
        add_help_in_the_shower(Mouse(page), draft)
        expect(page.locator("#paper li")).to_have_count(0)
        page.pdf()  # as from the browser's own menu
        name = page.locator("#sheet tbody th a").first.inner_text()
        expect(page.locator("#paper li").first).to_contain_text(name)
        expect(page.locator("[data-print]").first).to_be_visible()
        said = page.locator("#live")
        said.evaluate("said => { said.textContent = 'Saved.'; }")
        expect(said).to_be_visible()
        said.click()
        expect(said).to_be_empty()


def test_typed_words_survive_a_change_of_language(browser: Browser, live_portal: str) -> None:
    with visitor(browser, size=PHONE) as page:
        page.goto(f"{live_portal}/speak-up/code?lang=en")
        page.fill("#speak-up-text", "Nobody came on Thursday.")
        page.locator("nav.langs a[lang=ar]").first.click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        expect(page.locator("#speak-up-text")).to_have_value("Nobody came on Thursday.")


def test_without_script_the_languages_below_a_form_keep_what_was_typed_into_it(
    browser: Browser, live_portal: str
) -> None:
    with visitor(browser, size=PHONE, script="off") as page:
        page.goto(f"{live_portal}/speak-up/code?lang=en")
        expect(page.locator("header nav.langs")).to_be_hidden()
        expect(page.locator("header nav.nav")).to_be_hidden()  # folded, as with script
        page.locator("header .menu > summary").click()
        expect(page.locator("header nav.nav")).to_be_visible()
        page.fill("#speak-up-reach", "Nobody came on Thursday.")
        page.locator("#speak-up button[lang=ar]").click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        expect(page.locator("#speak-up-reach")).to_have_value("Nobody came on Thursday.")
        page.locator("#speak-up-reach").press("Enter")  # sends the form: what is missing is said in Arabic
        expect(page.locator("#speak-up-errors")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")


@pytest.mark.parametrize("script", ["on", "off"])
def test_the_quick_exit_leads_away_and_ends_the_session(browser: Browser, live_portal: str, script: str) -> None:
    with visitor(browser, script=script) as page:
        page.route("https://www.bom.gov.au/**", lambda route: route.fulfill(body="<h1>Weather</h1>"))
        sign_in(Mouse(page), live_portal, "margaret")
        home = page.url
        page.locator("[data-leave]").click()
        page.wait_for_url("https://www.bom.gov.au/**")
        for _ in range(20):  # with script the session ends by a message that is sent while the page is left already
            if "/sign-in" in page.request.get(home).url:
                break
            page.wait_for_timeout(200)
        page.goto(home)
        assert "/sign-in" in page.url


def test_three_presses_of_shift_leave_too(browser: Browser, live_portal: str) -> None:
    with visitor(browser) as page:
        page.route("https://www.bom.gov.au/**", lambda route: route.fulfill(body="<h1>Weather</h1>"))
        page.goto(f"{live_portal}/start")
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url("https://www.bom.gov.au/**")
        expect(page.locator("h1")).to_have_text("Weather")


def test_a_password_can_be_shown_and_hidden_again(browser: Browser, live_portal: str) -> None:
    with visitor(browser) as page:
        page.goto(f"{live_portal}/sign-in")
        page.fill("#sign-in-password", PASSWORD)
        page.locator("[data-show=sign-in-password]").click()
        expect(page.locator("#sign-in-password")).to_have_attribute("type", "text")
        page.locator("[data-show=sign-in-password]").click()
        expect(page.locator("#sign-in-password")).to_have_attribute("type", "password")


ALOUD = Path(portal.site.__file__).parent / "static" / "aloud.js"
VOICES = """
    const spoken = [];
    const speak = says => { spoken.push([says.lang, says.text]); setTimeout(says.onend); };
    const getVoices = () => ['zh-CN', 'en-AU'].map(lang => ({ lang }));
    const speechSynthesis = { speak, getVoices, cancel() {}, addEventListener() {} };
    Object.defineProperty(window, 'speechSynthesis', { value: speechSynthesis });
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""
TOLD = """<html lang="zh-Hans"><body><button hidden data-speak="told" data-stop-text="停止">朗读</button><div id="told">
    <p data-say><bdi lang="en">Daniel</bdi>更改了打扫房间：少<bdi>2</bdi>小时。</p>
    <figure data-say><blockquote lang="en">Only if you want it</blockquote><figcaption>说的人</figcaption></figure>
    <p data-say><span lang="vi">Xin chào</span></p></div></body></html>"""


def test_what_somebody_wrote_in_another_language_is_read_by_a_voice_for_that(browser: Browser) -> None:
    with visitor(browser) as page:
        page.set_content(TOLD)
        page.add_script_tag(content=VOICES)
        page.add_script_tag(content=ALOUD.read_text())
        page.get_by_role("button", name="朗读").click()
        expect(page.get_by_role("button", name="朗读")).to_be_visible()  # it has ended
        expect(page.locator("[data-now]")).to_have_count(0)
        spoken = page.evaluate("spoken")
    assert spoken == [
        ["zh-CN", "Daniel更改了打扫房间：少2小时。"],
        ["en-AU", "Only if you want it"],
        ["zh-CN", "说的人"],
        ["zh-CN", "Xin chào"],  # there is no voice for it
    ]
