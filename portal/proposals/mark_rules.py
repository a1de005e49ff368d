"""What a program leaves open or fixes, as dated data: read from marks.toml, with a sentence for each rule."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from budgeting.explain import Confidence
from budgeting.package import Management
from budgeting.words import Words, words
from portal.proposals.mark_states import SaidBy, Stands, Term

SENTENCES: Mapping[str, Words] = {
    "ndis_price_limit": words(
        "No more than the price limit of the NDIS may be charged. Any price up to it can be agreed."
    ),
    "ndis_price_self": words(
        "The person manages this money, so the price limits do not bind. The price is agreed with the provider."
    ),
    "ndis_registered_only": words("The agency pays only registered providers. Which of them is open."),
    "ndis_any_provider": words("The provider need not be registered with the NDIS. Who it is can be chosen freely."),
    "ndis_own_part": words("Money of one part of the funding cannot pay for supports of another part."),
    "ndis_no_extra_fees": words(
        "No fee may be charged for leaving, for paying late or for paying by card. Notice can be agreed."
    ),
    "sah_no_price_caps": words("There are no price caps today. The price is agreed with the provider."),
    "sah_share": words(
        "Which share the person pays of each kind of service is set by the government, not by the provider."
    ),
}


@dataclass(frozen=True)
class Rule:
    """What one program says about one term, on which days, where it can be read, and how sure that is."""

    key: str
    program: str
    of_a_line: bool
    term: Term
    stands: Stands
    comes_from: SaidBy
    management: frozenset[Management]  #: of the money that pays the line; empty: whichever
    since: date
    until: date | None
    source: str
    confidence: Confidence
    unless: str  #: the kind of finding about a line for which it does not hold; empty: it always does

    @property
    def words(self) -> Words:
        """The rule in a sentence."""
        return SENTENCES[self.key]


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the file."""
    text = (resources.files("portal.proposals") / "marks.toml").read_text(encoding="utf-8")
    return tuple(
        Rule(
            key=one["key"],
            program=one["program"],
            of_a_line=one["about"] == "line",
            term=Term(one["term"]),
            stands=Stands(one["stands"]),
            comes_from=SaidBy(one["comes_from"]),
            management=frozenset(map(Management, one.get("management", ()))),
            since=one["since"],
            until=one.get("until"),
            source=one["source"],
            confidence=Confidence(one["confidence"]),
            unless=one.get("unless", ""),
        )
        for one in tomllib.loads(text)["rule"]
    )


def of_the_whole(program: str, day: date) -> Sequence[Rule]:
    """The rules about a whole plan on a day."""
    return [one for one in _in_force(program, day) if not one.of_a_line]


def of_a_line(program: str, day: date, management: Management | None, noticed: Collection[str] = ()) -> Sequence[Rule]:
    """The rules about a line whose money is managed in this way, on a day; ``noticed``: the kinds of its findings."""
    return [
        one
        for one in _in_force(program, day)
        if one.of_a_line and (not one.management or management in one.management) and one.unless not in noticed
    ]


def _in_force(program: str, day: date) -> Sequence[Rule]:
    return [
        one
        for one in rules()
        if one.program == program and one.since <= day and (one.until is None or day <= one.until)
    ]
