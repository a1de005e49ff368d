"""The whole job in Arabic by people who never point: Tab, arrows, Enter, Space and typing reach everything."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.journeys.hands import Keyboard
from tests.journeys.story import everybody
from tests.journeys.whole_job import the_whole_job


def test_the_whole_job_is_done_by_the_keyboard_alone(browser: Browser, live_portal: str) -> None:
    with everybody(browser, live_portal, "ar", Keyboard) as story:
        the_whole_job(story)
