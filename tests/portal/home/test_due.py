"""What is due for everybody a coordinator works with: by its day, and nothing of what the reader may not see."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from portal.app import Coplan
from portal.meetings.follow_up_commands import ToDo, agree_on
from portal.proposals import commands as proposals
from tests.builders import acting, signed_in
from tests.person import Person
from tests.portal.plans.people import Circle, a_circle


def _to_do(circle: Circle, what: str, days: int, about_id: UUID | None = None) -> None:
    with acting(circle.coplan, circle.mei) as work:
        due = circle.first + timedelta(days=days)
        about = "proposal" if about_id else ""
        agree_on(work, circle.client, ToDo(what, due, circle.daniel.id, about=about, about_id=about_id))


def test_what_is_due_stands_by_its_day_and_is_found_by_person_kind_and_day(coplan: Coplan, person: Person) -> None:
    circle = a_circle(coplan)
    _to_do(circle, "Call the physio", 9)
    _to_do(circle, "Write to the gym", 2)
    with acting(coplan, circle.mei) as work:
        last = circle.first + timedelta(days=55)
        own = proposals.start(work, circle.client, "Mine", "ndis", circle.first, last, kept=True)
    _to_do(circle, "Canary of mine alone", 1, own.id)
    daniel = signed_in(person, circle.daniel).open("/due")
    assert daniel.text.index("Write to the gym") < daniel.text.index("Call the physio")
    assert "Canary" not in daniel.text
    assert "Call the physio" not in daniel.open(f"/due?until={circle.first + timedelta(days=3)}").text
    assert "Write to the gym" in daniel.text
    for nothing in ("?kind=change", "?q=somebody+else", f"?until={circle.first - timedelta(days=1)}"):
        assert "Nothing is due" in daniel.open(f"/due{nothing}").text
    assert b"Write to the gym" in daniel.open("/due?table=due&as=csv").answer.content
    for other in (circle.karim, circle.tom, circle.grace):
        found = signed_in(person.another(), other).open("/due").text
        assert "the gym" not in found
        assert "Mei Chen" not in found.partition("What is due")[2].partition("Nothing is due")[0]
