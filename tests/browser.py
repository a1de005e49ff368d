"""A real browser for the tests: Chromium driven by Playwright, with axe-core to look for barriers."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.postgres import missing

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
#: What no test looks at: two pages behind Chromium's own address bar cost each visitor half a second of a processor. A
#: second such list takes the place of Playwright's, so what that names stands here too.
WITHOUT = (
    "AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,"
    "HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,NetworkTimeServiceQuerying,"
    "OptimizationHints,PaintHolding,PreconnectToSearch,SpareRendererForSitePerProcess,TcpPortRandomizationWin,"
    "ThirdPartyStoragePartitioning,WebUIOmniboxAimPopup,WebUIOmniboxPopup"
)
ARGUMENTS = [
    f"--disable-features={WITHOUT}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK, PHONE, SMALL_PHONE = (1280, 900), (390, 844), (320, 640)
AXE = Path(__file__).parent / "journeys" / "vendor" / "axe-core-4.14.1" / "axe.min.js"
PATIENCE = 60_000  # milliseconds until a page must show what is expected; only a test that fails waits so long
#: What a folded explanation of a figure holds is hidden, and nine tenths of some pages: while axe looks, it is out.
FOLDED = ":is(.why, .deeper):not([open]) > :not(summary)"
#: Style sheets are not fetched a second time: no rule that is on by default reads them.
LOOK = f"""async () => {{
  const out = [...document.querySelectorAll('{FOLDED}')].map(held => [held, document.createComment('')]);
  for (const [held, place] of out) held.replaceWith(place);
  const how = {{ resultTypes: ['violations'], preload: {{ assets: ['media'] }} }};
  const {{ violations }} = await axe.run(document, how).finally(() => {{
    for (const [held, place] of out) place.replaceWith(held);
  }});
  return violations;
}}"""


expect.set_options(timeout=PATIENCE)


def program() -> str | None:
    """Where Chromium is installed, or None."""
    named = (shutil.which(name) for name in NAMES)
    return next((path for path in named if path), None) or next((a for a in APPLICATIONS if Path(a).exists()), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser; skips (CI: fails) where Chromium is not installed."""
    path = program()
    if path is None:
        missing("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def visitor(
    browser: Browser, *, size: tuple[int, int] = DESK, script: str = "on", network: str = "steady"
) -> Iterator[Page]:
    """A fresh person with an empty browser: no cookies; ``script="off"`` for someone without JavaScript.

    Of somebody whose network breaks (``network="breaks"``) it is no error that nothing could be fetched.

    What the page's console reports as an error (a refused script or style too) fails the test when the visit ends.
    """
    context: BrowserContext = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=script == "on", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if _is_error(line.type, line.text) else None)
    yield page
    context.close()
    if network == "breaks":
        complaints = [one for one in complaints if not re.search("ERR_INTERNET_DISCONNECTED|Failed to fetch", one)]
    assert not complaints, f"the browser reported: {complaints}"


def _is_error(kind: str, text: str) -> bool:
    # The browser reports each 4xx answer as an error; those are ours on purpose (a form shown again is a 422).
    return kind == "error" and "the server responded with a status of 4" not in text


def violations(page: Page) -> list[str]:
    """What axe-core finds on this page, one readable line for each kind of barrier; empty when there is none."""
    if not page.evaluate("'axe' in window"):
        # A strict content security policy refuses added script elements; evaluating in the page is not one.
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(LOOK)
    return [
        f"{each['id']} ({each['impact']}): {each['help']}: "
        + "; ".join(f"{node['target']} {node.get('failureSummary', '')}" for node in each["nodes"][:3])
        for each in found
    ]


def looked_at_everywhere(page: Page) -> None:
    """Have axe-core come with every page that is opened from now on: quicker than bringing it to each."""
    page.add_init_script(path=AXE)


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window; zero is right."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def picture(page: Page, path: Path) -> Path:
    """A screenshot of the whole page, for a person to look at."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)
    return path
