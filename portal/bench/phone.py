"""What-if on a phone: from asking to the new totals on the screen, in Chromium slowed down like a mid-range phone.

The phone is Lighthouse's: a processor four times slower, 150 ms to the server and back, 1.6 Mbit/s down, 0.75 up.
Chromium's own delay hides the server's time inside it, so the way there and back is added to what was measured.
What people type is only asked for after a pause in typing; that pause is told apart.
"""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from portal.bench.figures import Figure, median, percentile
from portal.bench.server import TIMES
from portal.bench.stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAME = "what-if of 40 lines on a phone, asked to new totals, 75th percentile"
TRIES, WARM_UP, GOAL = 20, 3, 300  # GOAL in ms
SCREEN = {"width": 390, "height": 844}
SLOWER = 4
ROUND_TRIP, DOWN, UP = 150, 1_600_000 // 8, 750_000 // 8  # ms, bytes a second
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

#: Changes one time of one support, asks, and waits until the sentence of the answer is another and has been painted.
ASK = """([number, minute]) => new Promise(done => {
  const form = document.getElementById('what-if');
  const fields = form.querySelectorAll('input[name^=finishes-]');
  const field = fields[number % fields.length];
  const said = () => document.getElementById('in-short')?.textContent ?? '';
  const before = said();
  performance.clearResourceTimings();
  const watch = new MutationObserver(() => {
    if (!said() || said() === before) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => {
      const ended = performance.now();
      const asked = performance.getEntriesByType('resource').filter(one => one.name.includes('/what-if')).pop();
      done([ended - began, asked.startTime - began, ended - asked.responseEnd, asked.encodedBodySize]);
    }));
  });
  watch.observe(document.querySelector('main'), {subtree: true, childList: true, characterData: true});
  const began = performance.now();
  field.value = field.value.slice(0, 3) + minute;
  form.requestSubmit();
})"""

PAUSE = "() => document.getElementById('what-if').dataset.hxTrigger.match(/delay:(\\d+)ms/)?.[1] ?? 0"


def measure(stage: Stage, port: int) -> list[Figure]:
    """The waits of twenty what-ifs, and how much of it is the server, the network and the browser."""
    if importlib.util.find_spec("playwright") is None:
        return [Figure(NAME, None, "ms", GOAL, skipped="playwright is not installed")]
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        return [Figure(NAME, None, "ms", GOAL, skipped="Chromium is not installed")]
    with _phone(program, stage, port) as page:
        for number in range(WARM_UP):
            page.evaluate(ASK, [number, f"{50 + number}"])
        _times(page, port)
        found = [page.evaluate(ASK, [number, f"{10 + number}"]) for number in range(TRIES)]
        served = [wall // 1000 for kind, wall, _ in _times(page, port) if kind == "GET"]
        pause = page.evaluate(PAUSE)
    waits, sending, showing, sizes = (list(map(round, each)) for each in zip(*found, strict=True))
    server = median(served)
    between = [wait - one - other for wait, one, other in zip(waits, sending, showing, strict=True)]
    return [
        Figure(NAME, percentile(waits, 75) + ROUND_TRIP, "ms", GOAL),
        Figure("of this the server, median", server, "ms"),
        Figure("of this the network, median", median(between) - server + ROUND_TRIP, "ms"),
        Figure("of this the browser before it asks, median", median(sending), "ms"),
        Figure("of this the browser with the answer, median", median(showing), "ms"),
        Figure("what travels for one what-if, median", median(sizes), "bytes"),
        Figure("the pause in typing after which it is asked for", int(pause), "ms"),
    ]


@contextmanager
def _phone(program: str, stage: Stage, port: int) -> Iterator[Page]:
    """The what-if page of the 40 lines, open on a slow phone; signing in went at full speed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        context = browser.new_context(viewport={"width": SCREEN["width"], "height": SCREEN["height"]}, is_mobile=True)
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}/sign-in")
        page.fill("#sign-in-login", stage.login)
        page.fill("#sign-in-password", stage.password)
        page.locator("#sign-in button[type=submit]:not([data-show])").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        page.goto(f"http://127.0.0.1:{port}{stage.sheet}/what-if")
        slow = context.new_cdp_session(page)
        slow.send("Network.enable")
        network = {"offline": False, "latency": 0, "downloadThroughput": DOWN, "uploadThroughput": UP}
        slow.send("Network.emulateNetworkConditions", network)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        yield page
        browser.close()


def _times(page: Page, port: int) -> list[Any]:
    """What the server noted since it was asked last: kind, µs on the wall, µs of a processor."""
    noted: list[Any] = page.request.get(f"http://127.0.0.1:{port}{TIMES}").json()
    return noted
