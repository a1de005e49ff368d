"""What public holidays are called: those that come with the program in each language, others as they are published."""

from __future__ import annotations

import pytest

from budgeting import programs
from budgeting.programs import holiday_names
from budgeting.words import Name, Words, words


def test_every_holiday_that_comes_with_the_program_has_a_name_that_can_be_translated() -> None:
    published = {one.name for one in programs.calendar().holidays}
    assert published
    assert not {name for name in published if not isinstance(holiday_names.named(name), Words)}


def test_a_day_off_for_a_holiday_on_a_weekend_says_so_around_the_name() -> None:
    boxing = words("{holiday} (observed)", holiday=words("Boxing Day"))
    assert holiday_names.named("Boxing Day (observed)") == boxing


@pytest.mark.parametrize("kind", ["Show Day", "Annual Show"])
def test_a_show_keeps_the_name_of_its_town(kind: str) -> None:
    assert holiday_names.named(f"Mount Isa {kind}") == Words(f"{{place}} {kind}", {"place": Name("Mount Isa")})


def test_a_holiday_nobody_here_knows_keeps_its_name_as_published() -> None:
    assert holiday_names.named("Day of the Lighthouse") == Name("Day of the Lighthouse")
