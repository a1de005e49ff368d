"""The first five minutes with Support at Home money."""

from __future__ import annotations

from typing import Any

from tests.person import Person


def test_support_at_home_answers_with_quarters_and_the_persons_share(person: Person) -> None:
    person.open("/start?program=support_at_home")
    told: dict[str, Any] = {"classification": "SAH-5", "independence": "10", "everyday_living": "20", "state": "QLD"}
    person.send("letter", starts="2026-07-01", **told)
    week: dict[str, Any] = {"weekdays": ["0"], "start": "09:00", "end": "11:00", "every": "1", "price": "90"}
    person.send("line", name="Shower", support="personal_care", on_holidays="same", **week).open("/start/answer")
    assert person.status == 200
    assert "What you pay yourself" in person.text
    assert "Support at Home account" in person.text
