"""A made-up program that only its own folder knows goes through the portal: letter, draft, yes, plan, agreement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from budgeting import programs
from portal.app import Coplan
from tests.builders import signed_in
from tests.person import Person
from tests.portal.plans.people import a_circle

MEADOW = Path(__file__).parents[1] / "budgeting" / "programs" / "meadow"
PAGES = (
    *("", "/funding/letter", "/funding/granted", "/funding/new-plan", "/spending", "/balances", "/claims"),
    *("/statements", "/plan/year", "/alarms", "/review"),
)


@pytest.fixture
def meadow() -> Iterator[str]:
    key = programs.add(MEADOW)
    yield key
    programs.remove(key)


def test_a_program_that_only_its_folder_knows_goes_through_the_portal(
    person: Person, coplan: Coplan, meadow: str
) -> None:
    circle = a_circle(coplan)
    home, first, last = f"/people/{circle.client.id}", circle.first, circle.first + timedelta(days=55)
    mei = signed_in(person, circle.mei).open(f"{home}/funding/new").follow("Meadow Allowance")
    for asked in ("Size of the allowance", "First day of the allowance", "Last day of the allowance"):
        assert asked in mei.text, "in the words of its own folder"
    assert "Share for" not in mei.text, "nothing that only another program asks"
    mei.send("letter", classification="large", starts=first, ends=last)
    assert "Program Meadow Allowance" in mei.text
    assert "Meadow Allowance: what can be spent now" in mei.text
    assert "Meadow Allowance Act (made up)" in mei.text
    assert "NDIA Our Guidelines" not in mei.text, "a rule of another program"

    mei.open(f"{home}/proposals").send("start-proposal", title="My meadow", program=meadow, starts=first, ends=last)
    draft = mei.address
    mei.open(f"{draft}/add?support=visit")
    mei.send("line", weekdays=["0"], begins="9:00", finishes="11:00", price="40", provider=circle.sunrise.id)
    # eight Mondays of two hours at 40.00
    assert "$640.00" in mei.open(draft).text
    assert "$640.00" in mei.open(f"{draft}/why/all").text
    for page in ("/year", "/more", "/terms", "/check"):
        assert mei.open(draft + page).status == 200, page
    mei.open(f"{draft}/accept").send("accept")
    assert "A visit at home" in mei.open(f"{home}/plan").text
    assert "The program pays its part to the provider" in mei.text
    for page in PAGES:
        assert mei.open(home + page).status == 200, page

    daniel = signed_in(person.another(), circle.daniel).open(f"{home}/agreements").follow("Sunrise Support")
    daniel.send("offer-form")
    mei.open(daniel.address)
    assert "Who makes this agreement" in mei.text
    mei.send("sign", name="Mei Chen", agree="yes")
    assert mei.status == 200

    mei.open(f"{home}/changes/new").send("new-change", reason="An hour is enough", effective=first)
    mei.follow("Change or end A visit at home").send("line", finishes="10:00")
    # eight Mondays of one hour at 40.00, where there were two
    assert "$640.00" in mei.text
    assert "$320.00" in mei.text
    mei.send("ask-everybody")
    assert "Nothing changes before everybody has agreed" in mei.text


def test_it_is_offered_to_whoever_comes_with_a_letter_and_has_no_account(person: Person, meadow: str) -> None:
    person.open("/start").follow("Meadow Allowance")
    assert "The letter is from the NDIS" in person.text
    person.send("letter", classification="large", starts="2026-07-06", ends="2026-08-30", state="NSW")
    person.open("/start/week").send(
        "line", name="A visit", support="visit", weekdays=["0"], start="9:00", end="11:00", price="40"
    )
    assert "A visit" in person.text
    person.open("/start/answer")
    assert person.status == 200
    assert "$640.00" in person.text, "eight Mondays of two hours at 40.00"


def test_the_parts_its_letters_name_are_those_of_its_own_folder(person: Person, coplan: Coplan, tmp_path: Path) -> None:
    listed, bare = tmp_path / "orchard", tmp_path / "heath"
    copytree(MEADOW, listed, ignore=ignore_patterns("rules.py"))  # no levels, so its letters list parts
    copytree(MEADOW, bare, ignore=ignore_patterns("rules.py", "parts.toml"))
    keys = [programs.add(one) for one in (listed, bare)]
    try:
        circle = a_circle(coplan)
        home, first, last = f"/people/{circle.client.id}/funding", circle.first, circle.first + timedelta(days=55)
        mei = signed_in(person, circle.mei).open(f"{home}/new?program=orchard")
        mei.send("letter", starts=first, ends=last)
        mei.open(f"{home}/parts/new")
        assert "At the hearth" in mei.text
        assert "Core supports" not in mei.text, "a part of another program"
        mei.send("part", kind="meadow_home", amount="900", management="self")
        assert "Whoever comes to your home." in mei.open(home).text
        mei.open(f"{home}/parts/new").send("part", kind="core", amount="900", management="self")
        assert "Give this part the name it has in the letter." in mei.text

        mei.open(f"{home}/new?program=heath").send("letter", starts=first, ends=last)
        mei.open(f"{home}/parts/new").send("part", name="Heather", amount="800", management="self")
        assert "Heather" in mei.open(home).text, "a program without a list takes what the letter says"
        drafts = f"/people/{circle.client.id}/proposals"
        mei.open(drafts).send("start-proposal", title="Out", program="heath", starts=first, ends=last)
        draft = mei.address
        assert "No part of the funding is for this kind" not in mei.open(f"{draft}/add?support=visit").text
        mei.send("line", weekdays=["0"], begins="9:00", finishes="11:00", price="40", provider=circle.sunrise.id)
        # eight Mondays of two hours at 40.00 leave 160.00 of 800.00
        assert "$160.00" in mei.open(draft).text
    finally:
        for key in keys:
            programs.remove(key)
