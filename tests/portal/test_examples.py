"""What an empty page shows of itself: an example to open, made up, never stored."""

from __future__ import annotations

from portal.app import Coplan
from portal.proposals import commands as drafts
from tests.builders import a_client, acting, an_account, signed_in
from tests.person import Person

OF_CLIENT = (
    "funding", "funding/new-plan", "balances", "statements", "spending", "claims", "alarms", "review", "house",
    "sharing", "respite", "missed", "family-care", "equipment", "equipment/tiers", "proposals/scenarios",
)  # fmt: skip
OF_DRAFT = ("what-if", "more", "year", "bought")


def test_each_empty_page_about_money_and_daily_life_has_an_example_to_open(coplan: Coplan, person: Person) -> None:
    with coplan.open_work() as work:
        mei = an_account(work, "Mei Chen")
        client = a_client(work, account=mei)
    with acting(coplan, mei) as work:
        draft = drafts.start(work, client, "A first draft", "ndis", work.today(client), work.today(client))
    reader, home = signed_in(person, mei), f"/people/{client.id}"
    pages = [f"{home}/{one}" for one in OF_CLIENT] + [f"{home}/proposals/{draft.id}/{one}" for one in OF_DRAFT]
    assert [one for one in pages if "Show an example" not in reader.open(one).text] == []
