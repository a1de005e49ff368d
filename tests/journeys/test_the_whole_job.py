"""The whole job by mouse, in English."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.journeys.story import everybody
from tests.journeys.whole_job import the_whole_job


def test_the_whole_job_from_a_plan_letter_to_its_history_by_mouse(browser: Browser, live_portal: str) -> None:
    with everybody(browser, live_portal, "en") as story:
        the_whole_job(story)
