"""Hands at a browser: the same deeds by mouse or by the keyboard alone (Tab, arrows, Enter, Space and typing)."""

from __future__ import annotations

import re
import time
from datetime import date

from playwright.sync_api import Page, expect

from tests.browser import PATIENCE, violations

PASSWORD = "try coplan for a while"
MOST_TABS = 250
MOST_ANSWERS = 60
AT_ONCE = 8  # so often Tab is pressed before one looks where one is
#: Where the focus is, of all that is looked for; and whether one sees it there. Tab goes no further than there, nor
#: than to the link that leads past the menu.
WHERE = """looked => {
  const main = document.getElementById('main'), aside = looked.some(one => main.contains(one));
  const skips = () => aside && document.activeElement?.matches('a.skip');
  const there = () => looked.includes(document.activeElement);
  removeEventListener('keydown', window.noFurther, true);
  window.noFurther = event => { if (event.key === 'Tab' && (there() || skips())) event.preventDefault(); };
  if (!there()) addEventListener('keydown', window.noFurther, true);
  const look = document.activeElement && getComputedStyle(document.activeElement);
  return [there(), skips(), look && (look.outlineStyle !== 'none' || look.boxShadow !== 'none')];
}"""
#: Nothing is on its way, and what had the focus has neither taken it along nor been folded away with it.
SETTLED = """() => {
  const at = document.activeElement, kept = at !== document.body && at.checkVisibility();
  return !window.pressed || (kept && !document.querySelector('[data-busy]'));
}"""


class Mouse:
    """Points and clicks; works with and without script."""

    def __init__(self, page: Page, *, axe: bool = True) -> None:
        self.page = page
        self.axe = axe  # which needs script

    def press(self, selector: str) -> None:
        """Follow a link or press a button, and wait until what it leads to is there."""
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def go(self, end: str) -> None:
        """Follow the first link to an address that ends like this, and wait until it is open."""
        with self.page.expect_navigation():
            self.press(f"a[href$='{end}']:visible")

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

    def pick(self, selector: str, answer: str) -> None:
        """The answer of a list that reads like this, or has this value."""
        self.page.locator(selector).select_option(answer)

    def file(self, selector: str, name: str, content: bytes) -> None:
        """Choose a file in the window that the browser opens for it."""
        with self.page.expect_file_chooser() as window:
            self.press(selector)
        window.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


class Keyboard(Mouse):
    """Never points: goes from field to field with Tab, as people do who cannot use a mouse."""

    def reach(self, selector: str) -> None:
        """Go on with Tab until this is focused; one sees where one is, and hears what it is called."""
        looked_for = self.page.locator(selector)
        expect(looked_for.first).to_be_attached()
        for _ in range(MOST_TABS // AT_ONCE):
            there, skips, ringed = looked_for.evaluate_all(WHERE)
            if there:
                name = self.page.locator(":focus").aria_snapshot()
                assert ringed, f"Nobody sees the focus on {selector} of {self.page.url}"
                assert re.search(r"\"\S|text: \S", name), f"{selector} of {self.page.url} has no name: {name}"
                return
            for key in ["Enter"] if skips else ["Tab"] * AT_ONCE:
                self.page.keyboard.press(key)
        raise AssertionError(f"Tab never reaches {selector} on {self.page.url}")

    def press(self, selector: str) -> None:
        """Enter; when the answer comes into the same page, the focus stays in it."""
        self.reach(selector)
        self.page.evaluate("() => { window.pressed = true }")
        self.page.locator(":focus").press("Enter")
        self.page.wait_for_function(SETTLED)
        self.page.wait_for_load_state()

    def tick(self, selector: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Space")

    def choose(self, selector: str) -> None:
        """Tab leads into the group, the arrows from answer to answer, and Space takes one where none holds yet."""
        name = self.page.locator(selector).first.get_attribute("name")
        self.reach(f"input[type=radio][name='{name}']")
        for _ in range(MOST_ANSWERS):
            if self.page.locator(selector).evaluate_all(WHERE)[0]:
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

    def pick(self, selector: str, answer: str) -> None:
        """From the first answer on with the arrow, until it is this one."""
        self.reach(selector)
        self.page.keyboard.press("Home")
        read = "(list, answer) => [list.value, list.selectedOptions[0].label].includes(answer)"
        for _ in range(MOST_ANSWERS):
            if self.page.locator(selector).evaluate(read, answer):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows never reach {answer} of {selector} on {self.page.url}")


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
    assert not hands.axe or not violations(page), page.url
    return page


def seen(hands: Mouse, selector: str) -> None:
    """Load the page again and again while a job beside it makes what is looked for there."""
    found, until = hands.page.locator(selector), time.monotonic() + PATIENCE / 1000
    while not found.count():
        assert time.monotonic() < until, f"{selector} never came to {hands.page.url}"
        hands.page.wait_for_timeout(250)
        hands.page.reload()


def comes(hands: Mouse, selector: str) -> None:
    """Wait for what a job makes, and press it."""
    seen(hands, selector)
    hands.press(selector)


def unfold(hands: Mouse, selector: str) -> None:
    """Open what is folded around this, if it is."""
    around = f"details:not([open]):has({selector}) > summary"
    while hands.page.locator(around).count():
        hands.press(around)


def confirm(hands: Mouse, form: str) -> None:
    """Type the password where a form asks for it once more."""
    if hands.page.locator(f"{form} input[name=_password]").count():
        hands.write(f"{form} input[name=_password]", PASSWORD)
