"""The whole job in Chinese in browsers that run no script."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.journeys.story import everybody
from tests.journeys.whole_job import the_whole_job


def test_the_whole_job_is_done_without_script(browser: Browser, live_portal: str) -> None:
    with everybody(browser, live_portal, "zh-Hans", script="off") as story:
        the_whole_job(story)
