"""Amounts on a page without a way to how they came about: nothing to open, to press or to follow beside them."""

from __future__ import annotations

import re
from typing import Any

from lxml.etree import XPath

AMOUNT = re.compile(r"\$[\d,]+(?:\.\d\d)?")
MARKS = dict.fromkeys(range(0x2066, 0x206A))
#: Pages whose amounts are what somebody told, wrote, published or was asked for: they say who and when beside it.
TOLD = {
    "/supports": "published prices, with their list and its day",
    "/supports/{program:str}/{key:str}": "published prices, with their list and its day",
    "/opportunities": "what others say that they ask for",
    "/organisations/{organisation_id:uuid}": "what a provider says that it asks for, with the day",
    "/people/{client_id:uuid}/options": "what others say that they ask for, with the day",
    "/people/{client_id:uuid}/history": "what was recorded, beside the page where it is explained",
    "/people/{client_id:uuid}/payments": "what was asked to be paid",
    "/people/{client_id:uuid}/payments/{payment_id:uuid}": "what was asked to be paid",
    "/people/{client_id:uuid}/funding/granted": "what was granted, as it was typed",
    "/people/{client_id:uuid}/funding/new-plan": "a letter that was just typed in",
    "/people/{client_id:uuid}/funding/parts/new": "an example of how to type a period",
    "/people/{client_id:uuid}/funding/parts/{part_id:uuid}": "an example of how to type a period",
    "/people/{client_id:uuid}/proposals/{proposal_id:uuid}/add": "published prices, to choose from",
    "/people/{client_id:uuid}/spending/{entry_id:uuid}": "what an invoice says, and what that makes",
    "/people/{client_id:uuid}/spending/files/{file_id:uuid}": "what the rows of a file say",
    "/people/{client_id:uuid}/statements": "what the statement of the provider says",
    "/people/{client_id:uuid}/statements/{month:str}": "what the statement of the provider says, beside ours",
    "/people/{client_id:uuid}/equipment/{equipment_id:uuid}": "what suppliers ask, each part of a quote by itself",
    "/people/{client_id:uuid}/proposals/{proposal_id:uuid}/requests": "the prices that a provider is asked about",
    "/people/{client_id:uuid}/proposals/{proposal_id:uuid}/requests/{request_id:uuid}": "the same, and its answer",
    "/people/{client_id:uuid}/proposals/{proposal_id:uuid}/lines/{line_id:uuid}/replace": "published prices",
    "/people/{client_id:uuid}/proposals/scenarios/{scenario_id:uuid}/add": "published prices, to choose from",
    "/style": "every component with made-up amounts",
    "/start": "an example of what to write",
    "/paying": "what was asked to be paid",
    "/payments": "what was asked to be paid",
    "/organisations/{organisation_id:uuid}/write": "what a provider says that it asks for",
    "/requests/{request_id:uuid}": "the prices that a provider is asked about",
    "/claiming": "what invoices say, row by row with number and price",
    "/people/{client_id:uuid}/managed": "what invoices say, row by row with number and price",
    "/price-lists/{edition_id:uuid}": "published prices",
}
#: Pages that say in words by how much two amounts differ that stand and explain themselves beside it.
BETWEEN = {
    "/people/{client_id:uuid}/proposals/scenarios/{scenario_id:uuid}": "two packages side by side",
    "/people/{client_id:uuid}/proposals/scenarios/compare": "packages side by side",
    "/people/{client_id:uuid}/balances": "what is left of a difference once each reason is taken off",
    "/people/{client_id:uuid}/proposals/{proposal_id:uuid}/suggestions/{suggestion_id:uuid}/counter": "the suggestion",
}
#: Pages that are the explanation, or have it in their own text.
EXPLANATIONS = {
    "/people/{client_id:uuid}/proposals/{proposal_id:uuid}/why": "how every figure of a draft came about",
    "/people/{client_id:uuid}/proposals/{proposal_id:uuid}/why/{figure:str}": "how one came about",
    "/people/{client_id:uuid}/price-changes/{run_id:uuid}/letter": "says below how each amount was worked out",
    "/price-changes/{run_id:uuid}/letters": "says below how each amount was worked out",
}
SPARED = {*TOLD, *BETWEEN, *EXPLANATIONS}
#: What explains is built of these: what is opened there, printed below, drawn beside a table, typed, or made up.
EXPLAINS = "self::details[contains(concat(' ', @class, ' '), ' why ')] or contains(@class, 'on-paper')"
INVOICES = "@id='entries'"  # each leads to its own page
TYPED = "starts-with(@id, 'example-') or self::script or self::template or self::textarea or self::option or self::svg"
#: Links that lead to how an amount came about, and what they stand in; a row of people leads to each of them.
WAYS = ("/why/", "/suggestions/", "/spending/")
LEADS = " or ".join(["contains(@class, 'why-ask')", "ancestor::td", *(f"contains(@href, '{one}')" for one in WAYS)])
BESIDE = "ancestor::*[self::tr or self::td or self::li or self::p or contains(@class, 'stat')] | ancestor::div[1]"


#: Texts with an amount (asked first: few have one) that stand in nothing that explains, is typed or made up.
BARE = XPath(f"//main//text()[contains(., '$')][not(ancestor::*[{EXPLAINS} or {TYPED} or self::a or {INVOICES}])]")
EXPLAINED, LED = XPath(f"//main//*[{EXPLAINS}]"), XPath(f"//main//a[{LEADS}]")


def unexplained(page: Any) -> list[str]:
    """The sentences of a page with an amount that is explained nowhere on it, and leads nowhere either."""
    bare = [str(text) for text in BARE(page)]
    if not bare:
        return []
    known = {found for part in EXPLAINED(page) for found in _amounts(part.text_content())}
    for link in LED(page):
        known |= {found for part in link.xpath(BESIDE) for found in _amounts(part.text_content())}
    return [" ".join(text.translate(MARKS).split()) for text in bare if set(_amounts(text)) - known]


def _amounts(text: str) -> list[str]:
    return AMOUNT.findall(text)
