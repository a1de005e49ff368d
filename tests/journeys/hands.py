"""Hands at a browser: the same deeds by mouse or by the keyboard alone (Tab, arrows, Enter, Space and typing)."""

from __future__ import annotations

import time
from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.browser import PATIENCE, violations

PASSWORD = "try coplan for a while"
MOST_TABS = 250
MOST_ANSWERS = 12
IS_ON = "s => document.activeElement?.matches(s) ?? false"


class Mouse:
    """Points and clicks; works with and without script."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, selector: str) -> None:
        """Follow a link or press a button, and wait until what it leads to is there."""
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def tick(self, selector: str) -> None:
        self.page.locator(selector).first.check()

    def choose(self, selector: str) -> None:
        """One of several answers of which only one can hold."""
        self.page.locator(selector).first.check()

    def write(self, selector: str, text: str) -> None:
        """Replace what a field holds."""
        self.page.locator(selector).first.fill(text)

    def day(self, selector: str, day: date) -> None:
        self.page.locator(selector).first.fill(day.isoformat())

    def time(self, selector: str, hour: int) -> None:
        """A full hour before noon, in a field for a time of day."""
        self.page.locator(selector).first.fill(f"{hour:02d}:00")


class Keyboard(Mouse):
    """Never points: goes from field to field with Tab, as people do who cannot use a mouse."""

    def reach(self, selector: str) -> None:
        """Go on with Tab until this is focused, once round the page at most."""
        expect(self.page.locator(selector).first).to_be_attached()
        for _ in range(MOST_TABS):
            if self.page.evaluate(IS_ON, selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {selector} on {self.page.url}")

    def press(self, selector: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()

    def tick(self, selector: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Space")

    def choose(self, selector: str) -> None:
        """Tab leads into the group, the arrows from answer to answer, and Space takes one where none holds yet."""
        name = self.page.locator(selector).first.get_attribute("name")
        self.reach(f"input[type=radio][name='{name}']")
        for _ in range(MOST_ANSWERS):
            if self.page.evaluate(IS_ON, selector):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        expect(self.page.locator(selector).first).to_be_checked()

    def write(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def day(self, selector: str, day: date) -> None:
        """Typed as the browser of an American desk asks for it: month, day, year."""
        self.reach(selector)
        self.page.keyboard.type(f"{day:%m%d%Y}")

    def time(self, selector: str, hour: int) -> None:
        self.reach(selector)
        self.page.keyboard.type(f"{hour:02d}00AM")


def sign_in(hands: Mouse, address: str, login: str) -> None:
    """Come in through the door; the password is typed."""
    hands.page.goto(f"{address}/sign-in")
    hands.write("#sign-in-login", f"{login}@demo.example")
    hands.write("#sign-in-password", PASSWORD)
    hands.press("#sign-in button[type=submit]:not([data-show])")
    hands.page.wait_for_url(lambda url: "/sign-in" not in url)


def stop(hands: Mouse) -> Page:
    """Stay on a page for a moment: it has one heading, and nothing on it stands in anybody's way."""
    page = hands.page
    expect(page.locator("h1")).to_have_count(1)
    assert not violations(page), page.url
    return page


def comes(hands: Mouse, address: str, selector: str) -> Locator:
    """Open a page, again and again while a job beside it makes what is looked for there."""
    found, until = hands.page.locator(selector), time.monotonic() + PATIENCE / 1000
    hands.page.goto(address)
    while not found.count():
        assert time.monotonic() < until, f"{selector} never came to {address}"
        hands.page.wait_for_timeout(250)
        hands.page.goto(address)
    return found.first


def pick(hands: Mouse, selector: str, label: str) -> None:
    """The answer of a list that reads like this."""
    hands.page.locator(selector).select_option(label=label)


def unfold(hands: Mouse, selector: str) -> None:
    """Open what is folded around this, if it is."""
    around = hands.page.locator(f"details:not([open]):has({selector}) > summary")
    while around.count():
        around.first.click()


def confirm(hands: Mouse, form: str) -> None:
    """Type the password where a form asks for it once more."""
    if hands.page.locator(f"{form} input[name=_password]").count():
        hands.write(f"{form} input[name=_password]", PASSWORD)
