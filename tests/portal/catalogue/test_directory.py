"""Finding supports: everyday words first, in several languages."""

from __future__ import annotations

from datetime import date

import pytest

from budgeting.period import Band
from portal.app import Coplan
from portal.catalogue import directory
from portal.work import NotVisible

DAY = date(2026, 8, 3)


@pytest.mark.parametrize(
    ("words", "key"),
    [("help in the shower", "self_care"), ("SHOWER", "self_care"), ("cleaning", "cleaning"), ("garden", "garden")],
)
def test_everyday_words_find_the_support_first(coplan: Coplan, words: str, key: str) -> None:
    with coplan.open_reading() as work:
        assert directory.find(work, "ndis", words, DAY)[0].key == key


def test_a_support_comes_with_its_items_in_force_on_the_day(coplan: Coplan) -> None:
    with coplan.open_reading() as work:
        for day, cents in ((date(2026, 6, 30), 7023), (date(2026, 7, 1), 7358)):
            items = dict(directory.support(work, "ndis", "self_care", day).items)
            limit = items[Band.DAY].limit("national")
            assert limit is not None
            assert limit.minor == cents, "as the agency published it"


def test_no_words_show_every_support(coplan: Coplan) -> None:
    with coplan.open_reading() as work:
        assert len(directory.find(work, "ndis", " ", DAY)) > 50
        assert all(not found.items for found in directory.find(work, "support_at_home", "", DAY))


def test_an_item_number_finds_its_row(coplan: Coplan) -> None:
    with coplan.open_reading() as work:
        assert [found.key for found in directory.find(work, "ndis", "01_011_0107", DAY)] == ["01_011_0107_1_1"]
        with pytest.raises(NotVisible):
            directory.find(work, "no_program", "shower", DAY)


@pytest.mark.parametrize(
    ("wanted", "phrases", "fits"),
    [
        ("帮我洗澡", "洗澡、穿衣、起床", True),
        ("洗澡", "帮助洗澡，穿衣", True),
        ("园艺", "洗澡、穿衣", False),
        ("الاستحمام", "استحمام، ارتداء الملابس", True),
        ("أحتاج مساعدة في الاستحمام", "استحمام، ارتداء الملابس", True),
        ("حديقة", "استحمام، ارتداء الملابس", False),
        ("help in the shower", "shower, bath", True),
        ("her", "shower, bath", False),
        ("", "shower", False),
    ],
)
def test_phrases_are_found_in_languages_without_spaces_and_with_prefixes(wanted: str, phrases: str, fits: bool) -> None:
    assert (directory.shared(wanted, phrases) > 0) is fits
