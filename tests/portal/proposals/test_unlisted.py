"""A support that is on none of the price lists that came in: its price is not known, and what to do is said."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from budgeting.money import Money
from portal.app import Coplan
from portal.proposals import commands
from tests.builders import acting, signed_in
from tests.person import Person
from tests.portal.plans.people import OURS, a_circle

UNLISTED = ("01_003_0107_1_1", "99_999_9999_9_9")  # published but not among ours; and no item at all
PAGES = ("", "/why/all", "/year", "/more", "/terms", "/check", "/accept")
WHAT_TO_DO = "ask whoever runs this site to bring in the whole list"


@pytest.mark.parametrize("item", UNLISTED)
def test_a_support_on_no_list_has_no_known_price_in_a_draft_which_says_what_to_do(
    person: Person, coplan: Coplan, item: str
) -> None:
    circle = a_circle(coplan)
    terms = replace(circle.line("Night watch", circle.sunrise, OURS, support=item), price=None)
    with acting(coplan, circle.mei) as work:
        draft = commands.start(work, circle.client, "Unlisted", "ndis", terms.starts, terms.ends)
        commands.add_line(work, draft, terms)
    home = f"/people/{circle.client.id}"
    mei, address = signed_in(person, circle.mei), f"{home}/proposals/{draft.id}"
    for page in PAGES:
        assert mei.open(address + page).status == 200, page
    shown = mei.open(address).text
    assert WHAT_TO_DO in shown
    assert "not known yet" in shown.lower()
    assert "All supports together: $0.00" not in shown
    form = mei.open(f"{address}/what-if").form("what-if")
    begins = next(str(name) for name in form.fields if name.startswith("begins-"))
    mei.send("what-if", htmx=False, **{begins: "8:00"})
    tried = mei.text
    mei.send("keep-tried", title="Longer")
    for said in (tried, mei.text):
        assert "All supports together: Not known yet" in said
        assert "$0.00" not in said
    mei.open(f"{address}/accept").send("accept")
    for page in ("", "/plan", "/plan/year", "/spending", "/alarms", "/review", "/changes"):
        assert mei.open(home + page).status == 200, page
        assert "$0.00" not in mei.text, page


def test_a_file_of_a_draft_never_says_that_a_support_without_a_price_costs_nothing(
    person: Person, coplan: Coplan
) -> None:
    circle = a_circle(coplan)
    terms = replace(circle.line("Night watch", circle.sunrise, OURS, support=UNLISTED[1]), price=None)
    known = circle.line("Cleaning", None, Money(68_00))  # eight weeks, two visits a week of two hours
    with acting(coplan, circle.mei) as work:
        alone, both = (
            commands.start(work, circle.client, title, "ndis", terms.starts, terms.ends) for title in ("Alone", "Both")
        )
        for draft, line in ((alone, terms), (both, terms), (both, known)):
            commands.add_line(work, draft, line)
    drafts = f"/people/{circle.client.id}/proposals"
    mei, address = signed_in(person, circle.mei), f"{drafts}/{both.id}"

    def totals(at: str, key: str) -> list[str]:
        answer = mei.open(f"{at}?table={key}&as=csv").answer
        return [row for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) if row][-1]

    assert [totals(f"{drafts}/{alone.id}", "lines")[at] for at in (0, -2)] == ["All supports together", ""]
    for at, key, amount in ((address, "lines", -2), (f"{address}/accept", "asked", -1)):
        assert "This is the least it will cost." in totals(at, key)[0]
        assert totals(at, key)[amount] == "2176.00"
    mei.open(f"{address}/accept").send("accept")
    for at, key, amount in ((address, "accepted", -1), (f"/people/{circle.client.id}/plan", "plan-lines", -2)):
        assert "This is the least it will cost." in totals(at, key)[0]
        assert totals(at, key)[amount] == "2176.00"
