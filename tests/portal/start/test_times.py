"""A time of day as people type it: with its colon, without it, or not one at all."""

from __future__ import annotations

from datetime import time

import pytest

from portal.reading import Unreadable, read_time


@pytest.mark.parametrize("typed", ["0730", "730", "7:30", "٠٧٣٠", "7.30am"])
def test_a_time_is_read_with_or_without_its_colon(typed: str) -> None:
    assert read_time(typed) == time(7, 30)


@pytest.mark.parametrize("typed", ["2430", "960", "12345", "93"])
def test_a_time_that_is_none_is_asked_for_again(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_time(typed)
