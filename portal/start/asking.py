"""The one form of the five minutes as it opens: what was typed, or read from a letter, and room for more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from budgeting.letters import parts
from budgeting.letters.parts import OTHER, Part
from budgeting.words import words
from portal.language import plain
from portal.site.forms import Posted
from portal.start.draft import MOST_PARTS, Draft
from portal.start.showing import EMPTY_PART, letter_fields

SPARE_ROWS = 6  # a plan of five or six parts is ordinary, and may be typed in one go


def typed(draft: Draft, program: str, today: date) -> Mapping[str, Any]:
    """The plan as a whole as the one form opens: of another program nothing, and no last day that nobody knows."""
    mine = draft.letter is None or program == draft.letter.program
    fields = dict(letter_fields(draft.letter if mine else None, draft))
    return fields | {
        "ends": "" if draft.ends_unknown else fields["ends"],
        "spent_until": fields["spent_until"] or today.isoformat(),
    }


def rows(draft: Draft, posted: Posted, today: date) -> list[Mapping[str, Any]]:
    """The parts as they were typed or read, then empty rows: never fewer than were sent, nor more than a plan has."""
    told = [_row(dict(one), today) for one in draft.rows]
    sent = max((int(name[5:]) for name in posted.fields if re.fullmatch("kind_[1-9][0-9]?", name)), default=0)
    empty = _row({}, today)
    return (told + [empty] * MOST_PARTS)[: min(MOST_PARTS, max(len(told) + SPARE_ROWS, sent))]


def _row(heard: Mapping[str, str], today: date) -> Mapping[str, Any]:
    row = {**EMPTY_PART, "each": "", **heard, "stated": bool(heard.get("stated"))}
    row["spent_until"] = row["spent_until"] or today.isoformat()
    return row


def week_text(draft: Draft) -> str:
    """The week as it was written, for the one form; lines told by fields are not in it."""
    return "\n".join([*(line.typed for line in draft.week if line.typed), *draft.open_lines])


def kinds(program: str) -> list[tuple[str, str]]:
    """The parts a letter may name, each in the reader's language and by the names that letters themselves use."""
    listed = [(key, _named(part)) for key, part in parts.of(program).items()]
    return [*listed, (OTHER, plain(words("Another name")))]


def _named(part: Part) -> str:
    shown, others = plain(part.words), list[str]()
    for name in (part.name, *(one for one in part.also if one.isascii())):
        known = [one.casefold() for one in (shown, *others)]
        if not any(name.casefold() in one or one in name.casefold() for one in known):
            others.append(name)
    return f"{shown} – \u2068{', '.join(others)}\u2069" if others else shown
