"""No barrier on any kind of page, in English on a desk and in Arabic on a phone; nothing scrolls sideways."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import DESK, PHONE, SMALL_PHONE, looked_at_everywhere, sideways, violations, visitor
from tests.journeys.hands import Mouse, sign_in
from tests.journeys.ways import kind_of, leads_to

#: In each part a kind of page that somebody has opened is not opened again for those after them; in Arabic the last
#: comes first: what differs between the programs is seen in one language, every kind in both. Providers see less.
PARTS = (("mei", "ruth", "sam", "priya", "tom", "ben", "lena", "amal", "margaret"), ("grace", "lucia"))
#: Where each language is looked at: every kind of page is seen on a desk and on a phone, and in both directions.
SIZE = {"en": DESK, "ar": PHONE}
#: One explanation of a figure is unfolded, with one deeper in it; the others look the same. Where the links lead.
OPENED = """() => {
  const one = [...document.querySelectorAll('details.why')].find(why => why.checkVisibility());
  for (const unfolded of [one, one?.querySelector('details.deeper')]) unfolded?.setAttribute('open', '');
  return [...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'));
}"""


def barriers_of(page: Page, sizes: list[tuple[int, int]]) -> list[str]:
    """What stands in the way on the open page, and whether it fits the smallest phone; the next begins at its end."""
    found = []
    for width, height in sizes:
        if page.viewport_size != {"width": width, "height": height}:  # each change is a layout of the whole page
            page.set_viewport_size({"width": width, "height": height})
        if (width, height) == SMALL_PHONE:
            over = sideways(page)
            found += [f"{page.url} at {width}: scrolls sideways by {over}"] if over > 0 else []
        else:
            found += [f"{page.url} at {width}: {each}" for each in violations(page)]
    sizes.reverse()
    return found


def plain_kind(address: str) -> str:
    """The kind of a page, be it filtered or turned: it has the same parts."""
    return kind_of(address).partition("?")[0]


def walk(page: Page, start: str, seen: set[str], size: tuple[int, int]) -> list[str]:
    """Open the first page, and one page of every new kind that links lead to."""
    found, waiting, sizes = list[str](), [start], [size, SMALL_PHONE]
    seen.discard(plain_kind(start))  # of everybody's own
    looked_at_everywhere(page)
    while waiting:
        address = waiting.pop(0)
        kind = plain_kind(address)
        if kind in seen:
            continue
        seen.add(kind)
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            found.append(f"{address} answers {answer.status if answer else 'nothing'}")
            continue
        waiting += leads_to(address, page.evaluate(OPENED))
        found += barriers_of(page, sizes)
    return found


@pytest.mark.parametrize("tag", SIZE)
def test_no_page_of_a_visitor_has_a_barrier(browser: Browser, live_portal: str, tag: str) -> None:
    seen: set[str] = set()
    with visitor(browser) as page:
        page.goto(f"{live_portal}/?lang={tag}")
        found = walk(page, f"{live_portal}/", seen, SIZE[tag])
    assert len(seen) > 5
    assert not found, "\n".join(found)


@pytest.mark.parametrize("tag", SIZE)
@pytest.mark.parametrize("part", PARTS, ids=["clients and office", "providers"])
def test_no_page_has_a_barrier(browser: Browser, live_portal: str, tag: str, part: tuple[str, ...]) -> None:
    seen: set[str] = set()
    found: list[str] = []
    for login in part if tag == "en" else reversed(part):
        with visitor(browser) as page:
            sign_in(Mouse(page), live_portal, login)
            if page.locator("html").get_attribute("lang", timeout=5000) != tag:
                page.locator(f"nav.langs button[value={tag}]").first.click()
                page.wait_for_load_state()
            page.goto(f"{live_portal}/")
            found += walk(page, page.url, seen, SIZE[tag])
    assert len(seen) > 20
    assert not found, "\n".join(found)
