"""Every page that links lead to opens, for everybody, in every language; and nothing on it is left untranslated."""

from __future__ import annotations

import calendar
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import lxml.html
import pytest

from portal.demonstration.cast import CAST, ORGANISATIONS, PASSWORD
from portal.language import LANGUAGES
from tests.journeys.ways import kind_of, leads_to

#: Names, codes, and words that somebody typed, which stay in the language they were typed in.
FREE = (
    "ancestor-or-self::*[@translate='no' or @dir='auto' or self::bdi or self::code or self::script"
    " or (@lang and not(self::html))]"
)
#: Proper names, languages by their own name, and instants as the pseudo-language writes them: no sentences of ours.
INSTANT = r"\d{1,2}\s\w+\s\d{4},\s\d{1,2}:\d{2}\s[ap]m"
#: Months, days and hours alone, as on the edges of a calendar or a drawing; and the states by their codes.
NAMED = (*calendar.month_name[1:], *calendar.month_abbr[1:], *calendar.day_name, *calendar.day_abbr)
CALENDAR = r"|".join((*NAMED, r"\d{1,2}\s[ap]m"))
CODES = ["CSV", "ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"]
OURS = [one.name for one in CAST] + [one[1] for one in ORGANISATIONS]
WHOLE = rf"\b({CALENDAR}|{'|'.join(CODES)})\b"
NAMES = re.compile("|".join(["NDIS", "Support at Home", r"(SAH|HCP|AG)-\d", "English", INSTANT, *OURS, WHOLE]))
READ_ALOUD = ("aria-label", "alt", "title", "placeholder", "data-label")


@contextmanager
def signed_in(address: str, key: str) -> Iterator[httpx.Client]:
    """One person of the demonstration at the portal."""
    headers = {"Origin": address, "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
    with httpx.Client(base_url=address, headers=headers, follow_redirects=True, timeout=30) as client:
        door = lxml.html.fromstring(client.get("/sign-in").text)
        form = door.xpath("//form[@id='sign-in']")[0]
        typed = {**dict(form.form_values()), "login": f"{key}@demo.example", "password": PASSWORD}
        assert "/sign-in" not in str(client.post("/sign-in", data=typed).url)
        yield client


def pages(client: httpx.Client, tag: str, known: set[str]) -> Iterator[tuple[str, httpx.Response]]:
    """One page of every kind that links lead to from the first page and that is not known yet, with its answer."""
    start = str(client.get("/").url)
    waiting = deque([(start, client.get(start, params={"lang": tag}))])
    while waiting:
        address, answer = waiting.popleft()
        yield address, answer
        for target in leads_to(str(answer.url), lxml.html.fromstring(answer.text).xpath("//a/@href")):
            if kind_of(target) not in known:
                known.add(kind_of(target))
                joint = "&" if "?" in target else "?"
                waiting.append((target, client.get(f"{target}{joint}lang={tag}")))


#: Who is walked with in a right-to-left script too: a client, a family, a coordinator, a provider, an administrator.
BOTH_WAYS = ("margaret", "amal", "priya", "grace", "sam")


@pytest.mark.parametrize("key", [person.key for person in CAST])
def test_every_page_that_a_link_leads_to_opens(live_portal: str, key: str) -> None:
    with signed_in(live_portal, key) as client:
        for tag in ("en", "ar") if key in BOTH_WAYS else ("en",):
            opened = 0
            for address, answer in pages(client, tag, set()):
                assert answer.status_code == 200, f"{address} answers {answer.status_code}"
                html = lxml.html.fromstring(answer.text)
                assert (html.get("lang"), html.get("dir")) == (LANGUAGES[tag].html_lang, LANGUAGES[tag].dir), address
                assert len(html.xpath("//h1")) == 1, address
                opened += 1
            assert opened > 5


def left_in_english(html: Any) -> Iterator[str]:
    """Latin words outside the marks of the pseudo-language, where people read or hear them."""
    for text in html.xpath(f"//body//text()[not(parent::option) and not({FREE})]"):
        yield from _outside(str(text))
    for choice in html.xpath(f"//body//select[not(@name='language')]/option[not({FREE})]"):
        yield from _outside(choice.text_content())
    for name in READ_ALOUD:
        for value in html.xpath(f"//body//*[@{name}][not({FREE})]/@{name}"):
            yield from _outside(str(value))


def _outside(text: str) -> Iterator[str]:
    isolated = NAMES.sub("", re.sub("[\u2066-\u2068][^\u2069]*\u2069", "", text))
    while "⟦" in isolated and (bare := re.sub("⟦[^⟦⟧]*⟧", "", isolated)) != isolated:
        isolated = bare
    if re.search("[A-Za-z]{2}", isolated):
        yield " ".join(isolated.split())[:80]


def test_nothing_is_left_untranslated(live_portal: str) -> None:
    found: dict[str, str] = {}
    known: set[str] = set()
    for person in CAST:
        with signed_in(live_portal, person.key) as client:
            for address, answer in pages(client, "en-XA", known):
                for text in left_in_english(lxml.html.fromstring(answer.text)):
                    found.setdefault(text, kind_of(address))
    assert not found, "\n".join(f"{where}: {text}" for text, where in found.items())
