"""Pages of many rows: where the others are, with all else that was asked for."""

from __future__ import annotations

from portal.language import ENGLISH
from portal.site.page import Asked
from portal.site.paging import paged


def test_the_next_page_keeps_what_was_searched_for_whatever_signs_it_holds() -> None:
    asked = Asked("/", {"q": "Mei & Co", "page": "2"}, htmx=False, language=ENGLISH)
    page = paged(range(60), asked, 20)
    assert (page.rows, page.total) == (range(20, 40), 60)
    assert page.before == "/?q=Mei+%26+Co&page=1"
    assert page.after == "/?q=Mei+%26+Co&page=3"


def test_after_a_form_was_sent_the_other_pages_are_those_of_the_page_that_shows_it() -> None:
    asked = Asked("/claims/told", {}, htmx=True, language=ENGLISH, page="/claims")
    assert paged(range(60), asked, 20).after == "/claims?page=2"


def test_a_page_that_is_not_there_is_the_nearest_that_is() -> None:
    for typed, number in (("0", 1), ("99", 3), ("-1", 1), ("٢", 1), ("9" * 400, 1), ("two", 1)):
        page = paged(range(60), Asked("/", {"page": typed}, htmx=False, language=ENGLISH), 20)
        assert [one for one, _, current in page.pages if current] == [number]
