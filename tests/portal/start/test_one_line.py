"""A letter written in one line, read thing by thing."""

from __future__ import annotations

import pytest

from portal.start.letter import understand

ONE_LINE = {
    "en": "NDIS plan from 1 July 2026 to 30 June 2027, core supports $40,000, self-managed, spent so far $3,000.",
    "ar": "خطة NDIS من ١ تموز ٢٠٢٦ إلى ٣٠ يونيو ٢٠٢٧، الدعم الأساسي ٤٠٬٠٠٠ دولار، إدارة ذاتية، أنفقنا ٣٬٠٠٠ دولار",
    "zh": "NDIS计划：2026年7月1日至2027年6月30日，核心支持40,000元，自行管理，已用3,000元。",
}


@pytest.mark.parametrize("line", ONE_LINE.values(), ids=ONE_LINE)
def test_a_letter_in_one_line_is_read_thing_by_thing(line: str) -> None:
    found = understand(line)
    assert (found.letter["starts"], found.letter["ends"]) == ("2026-07-01", "2027-06-30")
    (core,) = found.parts
    assert (core["kind"], core["amount"], core["management"]) == ("core", "40,000.00", "self")
    assert core["spent"] == "3,000.00"
    assert found.unused == []


def test_of_two_shares_in_one_line_each_is_its_own() -> None:
    told = "SAH-5 from 1 July 2026, independence 10%, everyday living 25%"
    shares = understand(told).letter
    assert (shares["classification"], shares["independence"], shares["everyday_living"]) == ("SAH-5", "10", "25")
    unclear = "10% and 25% for independence and everyday living"
    found = understand(f"Support at Home\n{unclear}")
    assert "independence" not in found.letter
    assert found.unused == [unclear]
