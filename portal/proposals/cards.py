"""The cards of suggestions: what each would do is worked out and written once, and read again while nothing changes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from markupsafe import Markup, escape

from budgeting.words import Name, words
from portal.catalogue import queries as catalogue
from portal.language import Places, filled, markup
from portal.proposals.draft_rows import Asked
from portal.proposals.model import SuggestionKind
from portal.proposals.pricing import provider_name, purpose_words
from portal.proposals.queries import Draft
from portal.proposals.terms import Terms
from portal.work import Work

Pairs = Sequence[tuple[Terms | None, Terms | None]]  #: what lines say now, and then
DRAFTS = 64  #: so many drafts are remembered, in each language, whatever the number of drafts


@dataclass(frozen=True, slots=True)
class SheetPart:
    """What a suggestion would do with one line."""

    title: Markup
    adds: bool  #: nothing is there yet, so there is no before
    changes: Sequence[tuple[Markup, Markup, Markup]]  #: what, before, after
    note: Markup = Markup()  #: that its days are others by now; empty where they are not


@dataclass(slots=True)
class Would:
    """What a suggestion would change, in words, money and hours: the same for everybody who may see the draft."""

    title: Markup
    parts: Sequence[SheetPart]  #: line by line
    together: Sequence[tuple[Markup, Markup, Markup]]  #: hours and money of all parts, where there are several
    left: Markup  #: what is left of the funding then; empty where there is none, or it stays the same
    written: Markup | None = None  #: its parts as a template wrote them, the first time it was asked to


@dataclass(frozen=True, slots=True)
class SheetSuggestion:
    """One suggestion as its reader sees it."""

    id: UUID
    version: int
    who: Markup
    mine: bool
    would: Would
    reason: str
    asked: Markup | None  #: whom it goes back to, when it answers somebody's suggestion
    asks_me: bool
    answers: bool
    owner: Markup | None  #: who sees to it, when it was put off
    due: Markup | None
    late: bool
    over: bool  #: what it concerns is over by now, and nobody can say yes to it

    @property
    def title(self) -> Markup:
        """What it is called."""
        return self.would.title

    @property
    def parts(self) -> Sequence[SheetPart]:
        """What it would do, line by line."""
        return self.would.parts

    @property
    def adds(self) -> bool:
        """Whether there is nothing yet of all that it would do."""
        return all(part.adds for part in self.would.parts)

    @property
    def together(self) -> Sequence[tuple[Markup, Markup, Markup]]:
        """Hours and money of all parts, where there are several."""
        return self.would.together

    @property
    def left(self) -> Markup:
        """What is left of the funding then; empty where there is none, or it stays the same."""
        return self.would.left


@dataclass(frozen=True, slots=True)
class Kept:
    """What the suggestions of one draft would do, and everything that this rests on besides the suggestions."""

    rests_on: tuple[object, ...]
    known: dict[tuple[object, ...], Would] = field(default_factory=dict)

    def once(self, draft: Draft, one: Asked, work_out: Callable[[], Would]) -> Would:
        """What a suggestion would do, worked out the first time it is asked for."""
        key = (one.id, one.version, *_named(draft, one))
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = work_out()
        return found


def kept(work: Work, draft: Draft, tag: str) -> Kept:
    """What was worked out in this language when the draft was shown last, while its lines and all prices are the same.

    Only so many drafts are remembered, whatever the number of drafts: a slot has the one that was opened last.
    """
    of, quote = (draft.proposal.id, tag), draft.quote
    priced = (draft.setting.funding, catalogue.editions(work, draft.proposal.program), quote.components, quote.lines)
    memory, slot = work.memory, ("proposals.cards", hash(of) % DRAFTS)
    found, rests_on = memory.get(slot), (*of, *priced, *draft.lines)
    if not isinstance(found, Kept) or found.rests_on != rests_on:
        found = Kept(rests_on)
        memory.keep(slot, found)
    return found


def _named(draft: Draft, one: Asked) -> list[str]:
    """The names in a suggestion, which come from elsewhere and may change there."""
    said, at = [terms for act in one.acts if (terms := act.terms) is not None], draft.setting
    return [name for one in said for name in (provider_name(one, at.providers), purpose_words(one, at.purposes))]


def titled(kind: SuggestionKind, pairs: Pairs) -> Markup | None:
    """What a suggestion of several parts is called; None for one with a single part, which names it."""
    names = [Name(terms.name) if (terms := then or now) else Name("") for now, then in pairs]
    if kind is SuggestionKind.REPLACE:
        return markup(words("{other} in place of {support}", support=names[0], other=names[-1]))
    if kind is SuggestionKind.MOVE:
        return markup(words("Move from {support} to {other}", support=names[0], other=names[-1]))
    return None


class Cards:
    """The cards of a sheet: the template writes one of each kind, and the others of that kind fill its places."""

    PLACES = ("id", "version", "who", "title", "left", "reason", "asked", "terms", "key")

    def __init__(self) -> None:
        self._shapes: dict[tuple[bool, ...], str] = {}
        self._key = secrets.token_urlsafe(16)  # each card adds its own to it: one key for each form

    def card(
        self, one: SheetSuggestion, write: Callable[[Any, str], Markup], base: str, terms: Callable[[Any], Markup]
    ) -> Markup:
        """The card of one suggestion; ``terms`` writes what it would change, which every one has for itself."""
        would = one.would
        if would.written is None:
            would.written = terms(one)
        said = {"mine": one.mine, "answers": one.answers, "asks_me": one.asks_me, "over": one.over, "adds": one.adds}
        kind = (*said.values(), one.asked is not None, bool(would.left), bool(one.reason))
        shape = self._shapes.get(kind)
        if shape is None:
            blank: dict[str, object] = {name: escape(f"{{{name}}}") for name in self.PLACES}
            blank |= said
            blank |= {} if one.asked else {"asked": None}
            blank |= {} if would.left else {"left": ""}
            blank |= {} if one.reason else {"reason": ""}
            shape = self._shapes[kind] = str(write(blank, base))
        filling = {name: getattr(one, name) for name in ("version", "who", "title", "left", "reason", "asked")}
        of_it = str(one.id)
        return filled(shape, Places({**filling, "id": of_it, "terms": would.written, "key": f"{self._key}-{of_it}"}))
