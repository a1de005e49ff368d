"""What a page in the pseudo-language holds that is not marked: a sentence of ours that nobody can translate."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import XPath

from portal.demonstration.cast import CAST, ORGANISATIONS

#: Names of programs, which are what they are in every language.
PROGRAMS = {"Support at Home"}
#: Where text is not ours to translate: people's own words, codes and names.
OTHERS = "ancestor-or-self::*[self::bdi or self::script or self::style or self::title or self::code or self::kbd]"
ELSEWHERE = "ancestor-or-self::*[@translate='no' or @dir='auto' or (@lang and @lang != 'en-XA')]"
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
#: The same, asked of the element around a text; only where a text has words that could be ours, which is seldom.
NOT_OURS = XPath(f"boolean({OTHERS} or {ELSEWHERE} or ancestor-or-self::textarea)")
TYPED = XPath(f"boolean({FREE})")
READ_ALOUD = ("aria-label", "alt", "title", "placeholder", "data-label")


def sentences(html: Any) -> list[str]:
    """The first few texts of two words and more that bear no mark."""
    plain = (text for text in html.xpath("//body//text()") if re.search(r"[A-Za-z]{3,} [a-z]{2,}", text))
    words = [" ".join(text.split()) for text in plain if not NOT_OURS(_around(text))]
    return [text for text in words if text not in PROGRAMS][:5]


def left_in_english(html: Any) -> Iterator[str]:
    """Latin words outside the marks of the pseudo-language, where people read or hear them."""
    for text in html.xpath("//body//text()[not(parent::option)]"):
        yield from (words for words in _outside(str(text)) if not TYPED(_around(text)))
    for choice in html.xpath(f"//body//select[not(@name='language')]/option[not({FREE})]"):
        yield from _outside(choice.text_content())
    for name in READ_ALOUD:
        for value in html.xpath(f"//body//*[@{name}][not({FREE})]/@{name}"):
            yield from _outside(str(value))


def _around(text: Any) -> Any:
    """The element that a text of a page stands in."""
    element = text.getparent()
    return element.getparent() if text.is_tail else element


def _outside(text: str) -> Iterator[str]:
    isolated = NAMES.sub("", re.sub("[\u2066-\u2068][^\u2069]*\u2069", "", text))
    while "⟦" in isolated and (bare := re.sub("⟦[^⟦⟧]*⟧", "", isolated)) != isolated:
        isolated = bare
    if re.search("[A-Za-z]{2}", isolated):
        yield " ".join(isolated.split())[:80]
