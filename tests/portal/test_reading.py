"""What somebody typed is read or asked about, never guessed; and what is asked about names what they typed."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from portal.language import LANGUAGES, plain
from portal.reading import Unreadable, read_decimal, read_money


def refusal(typed: str, places: int = 2) -> str:
    with pytest.raises(Unreadable) as found:
        read_decimal(typed, places, 10**12)
    return plain(found.value.why, LANGUAGES["en"])


@pytest.mark.parametrize(
    ("typed", "places", "both"),
    [
        ("1.250", 2, "1250 or 1.25"),
        ("19.000", 2, "19000 or 19"),
        ("١٫٢٥٠", 2, "1250 or 1.25"),
        ("7.125", 0, "7125 or 7"),
    ],
)
def test_what_could_be_two_numbers_is_asked_about_with_both_of_them(typed: str, places: int, both: str) -> None:
    assert refusal(typed, places) == f"This could mean two different numbers. Write {both}."


def test_less_than_one_is_one_number_only() -> None:
    assert "Enter at most 2 digits after the point." in refusal("0.125")


@given(st.integers(1, 999), st.integers(0, 999))
def test_both_numbers_that_are_offered_can_be_typed(whole: int, rest: int) -> None:
    large, small = refusal(f"{whole}.{rest:03}").removesuffix(".").rsplit("Write ", 1)[1].split(" or ")
    assert read_money(large).minor == (whole * 1000 + rest) * 100
    assert read_money(small).minor == whole * 100 + rest // 10
