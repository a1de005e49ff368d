"""Who must agree to what, as dated data: read from who_agrees.toml, and what a change touches."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from budgeting.package import Priority, Weekly
from budgeting.programs import program
from portal.access.table import Scope
from portal.changes.edits import NOBODY, Move, Party, provider_of
from portal.changes.states import AtOnce, Matter
from portal.people.model import AuthorityKind
from portal.proposals.terms import Terms


class Who(StrEnum):
    """Whose yes a change may need."""

    CLIENT = "client"
    AUTHORITY = "authority"
    PROVIDER = "provider"
    LEAVING_PROVIDER = "leaving_provider"
    HELPER = "helper"
    LEAVING_HELPER = "leaving_helper"
    LEAD = "lead"


class Asks(StrEnum):
    """What is asked of somebody."""

    NEEDED = "needed"
    INSTEAD = "instead"  #: may say yes in place of the client
    TOLD = "told"


@dataclass(frozen=True)
class Rule:
    """People, the matters they have a say in, and which say; with its source and how sure we are of it."""

    who: Who
    kinds: frozenset[AuthorityKind]
    programs: frozenset[str]  #: empty: every program
    matters: frozenset[Matter]
    answer: Asks
    at_once: AtOnce
    since: date
    source: str
    confidence: str


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((resources.files("portal.changes") / "who_agrees.toml").read_text(encoding="utf-8"))


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule: those for all programs first, then those of one program; of each the oldest first."""
    read = [
        Rule(
            Who(one["who"]),
            frozenset(map(AuthorityKind, one.get("kinds", ()))),
            frozenset(one.get("programs", ())),
            frozenset(map(Matter, one["matters"])),
            Asks(one["answer"]),
            AtOnce(one.get("urgent", AtOnce.LATER)),
            one["since"],
            one["source"],
            one["confidence"],
        )
        for one in _data()["rule"]
    ]
    return tuple(sorted(read, key=lambda rule: (bool(rule.programs), rule.since)))


def rule_for(who: Who, day: date, key: str, kind: AuthorityKind | None = None) -> Rule | None:
    """The rule about these people that has begun by the day; None: they have no say.

    One about the program ``key`` outweighs one about every program; of several of a kind the latest counts.
    """
    fitting = [
        rule
        for rule in rules()
        if rule.who is who
        and rule.since <= day
        and (kind is None or kind in rule.kinds)
        and (not rule.programs or key in rule.programs)
    ]
    return fitting[-1] if fitting else None


def over_at(kind: AuthorityKind, born: date | None, day: date) -> bool:
    """Whether an authority of this kind has ended by the day because of the person's age; unknown ages end nothing."""
    years: int | None = _data()["ends_at"].get(kind)
    if years is None or born is None:
        return False
    return (day.year - born.year, (day.month, day.day)) >= (years, (born.month, born.day))


def scope_of(matter: Matter) -> Scope:
    """The scope of a legal authority that reaches a matter."""
    return Scope(_data()["scopes"][matter])


def urgent_days_back() -> int:
    """How many days back an urgent change may reach."""
    days: int = _data()["urgent"]["days_back"]
    return days


def days_without_all() -> int:
    """How many days an urgent change holds before everybody has said yes."""
    days: int = _data()["urgent"]["days_without_all"]
    return days


def go_on_days() -> int:
    """How many days more it holds when a person decides that it goes on."""
    days: int = _data()["urgent"]["go_on_days"]
    return days


def remind_days_before() -> Sequence[int]:
    """How many days before its last day everybody is reminded of an urgent change; the longest first."""
    return sorted(_data()["urgent"]["remind_days_before"], reverse=True)


def asked_after() -> int:
    """How many days after a change holds the person is asked whether it helped."""
    days: int = _data()["helped"]["days_after"]
    return days


def relied_on(key: str, *sides: Terms | None) -> bool:
    """Whether a line must not stop by itself: somebody relies on it with their body, or says that it has to be there.

    So does a support of a kind or program we do not know.
    """
    if any(terms.more.priority is Priority.MUST for terms in sides if terms):
        return True
    known = [program(key).family(terms.support) if terms.support else None for terms in sides if terms]
    return None in known or key not in _data()["supports"] or _is(Matter.BODY, key, *sides)


def touched(move: Move, key: str, costs: bool, known: Collection[Party]) -> frozenset[Matter]:
    """What one moved line touches, in the program ``key``; ``costs``: whether its amount changes; ``known``: providers
    that have a part in the plan already."""
    before, after = move.before, move.after
    found = {matter for matter, said in SAYS.items() if said(before) != said(after)}
    if costs or Matter.PRICE in found:
        found.add(Matter.MONEY)
    changed_hands = provider_of(before) != provider_of(after)
    if changed_hands:
        found.add(Matter.DUTY)
    if changed_hands and provider_of(after) not in (NOBODY, *known):
        found.add(Matter.PRIVACY)
    if Matter.TIME in found or Matter.DUTY in found:
        found |= {matter for matter in (Matter.BODY, Matter.HOME) if _is(matter, key, before, after)}
    return frozenset(found or {Matter.TIME})  # a line that only begins on another day


def _price(terms: Terms | None) -> object:
    if terms is None:
        return None
    more = terms.more
    besides = (more.bands, more.boundary, more.third_party, more.fee, more.extras)
    return (terms.price, terms.on_holidays, terms.holiday_price, *besides)


def _money(terms: Terms | None) -> object:
    """Which money pays, what for, and how much the line matters when there is not enough."""
    return (terms.component, terms.goal_id, terms.need, terms.more.payers, terms.more.priority) if terms else None


def _time(terms: Terms | None) -> object:
    return (_rhythm(terms), terms.ends, terms.more.skips) if terms else None


def _duty(terms: Terms | None) -> object:
    if terms is None:
        return None
    more = terms.more
    who = (more.participants, more.workers, more.given, more.helper, more.sought, more.likely)
    return (terms.support, terms.name, _rhythm(terms), terms.ends, more.skips, more.role, more.extras, *who)


def _sharing(terms: Terms | None) -> object:
    return terms.more.participants if terms else 1


SAYS: Mapping[Matter, Callable[[Terms | None], object]] = {
    Matter.PRICE: _price,
    Matter.MONEY: _money,
    Matter.TIME: _time,
    Matter.DUTY: _duty,
    Matter.PRIVACY: _sharing,
}
"""What of a line each matter is about; a change touches it where the two sides say it differently."""


def _rhythm(terms: Terms) -> object:
    """The schedule without the week it counts from: a cut line names that week, and is no other rhythm for it."""
    schedule = terms.schedule
    return replace(schedule, anchor=None) if isinstance(schedule, Weekly) else schedule


def _is(matter: Matter, key: str, *sides: Terms | None) -> bool:
    listed = _data()["supports"].get(key, {}).get(matter, ())
    families = {family.key for terms in sides if terms and (family := program(key).family(terms.support))}
    return bool(families & set(listed))


def reading_of(key: str) -> tuple[str, str]:
    """Where it was read which supports of the program ``key`` touch the body, and how sure that is."""
    said = _data()["supports"].get(key, {})
    return said.get("source", ""), said.get("confidence", "")


def touches_body(key: str, support: str | None) -> bool:
    """Whether a support of the program ``key`` touches the body, by the same data."""
    family = program(key).family(support)
    return family is not None and family.key in _data()["supports"].get(key, {}).get(Matter.BODY, ())
