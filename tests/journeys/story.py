"""Who takes part in the whole job, each at a browser of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser

from tests.browser import visitor
from tests.journeys.hands import Mouse
from tests.journeys.people import TONGUES, Tongue


@dataclass
class Story:
    """Who takes part, each at a browser of their own, what the family types, and where the record and its draft are."""

    address: str
    family: Tongue
    nora: Mouse  # whose plan it is
    daniel: Mouse  # coordinates
    grace: Mouse  # of Sunrise Support
    guest: Mouse  # speaks up without a name
    ruth: Mouse  # looks into complaints
    sam: Mouse  # brings in price lists
    record: str = ""  # the paths of both
    draft: str = ""


@contextmanager
def everybody(
    browser: Browser, address: str, tag: str, kind: type[Mouse] = Mouse, script: str = "on"
) -> Iterator[Story]:
    """Everybody at the door, nobody signed in; all work in the same way.

    Axe, which needs script, looks at what the family reads; at what others read in the story in English, by mouse.
    """
    looks = {"family": script == "on", "others": script == "on" and tag == "en"}
    with ExitStack() as leaving:
        nora, daniel, grace, guest, ruth, sam = (
            kind(leaving.enter_context(visitor(browser, script=script)), axe=looks[who])
            for who in ("family", "others", "others", "family", "others", "others")
        )
        yield Story(address, TONGUES[tag], nora, daniel, grace, guest, ruth, sam)
