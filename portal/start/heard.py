"""What a pasted letter says of the parts of the money, taken over once the dates of the plan are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgeting.words import Words, words
from portal.funding.forms import PartForm
from portal.funding.reading import find
from portal.funding.releases import Release
from portal.funding.terms import Letter, new_key
from portal.site.forms import FieldErrors, Posted, read
from portal.start import letter as letters
from portal.start.draft import Draft
from portal.work import Refusal


def with_heard(draft: Draft, letter: Letter) -> Draft:
    """The components of a pasted letter that lack nothing; the others wait in the form for what is missing."""
    waiting = []
    for fields in draft.unfinished:
        try:
            form = read(PartForm, Posted({name: [value] for name, value in fields if value}))
            terms = form.terms(letter.program, letter.starts, letter.ends or letter.starts)
            if differs(dict(fields).get("each", ""), terms.releases):
                waiting.append(fields)
                continue
            draft = draft.with_part(replace(terms, key=new_key(terms.key, {one.key for one in draft.parts})))
        except (FieldErrors, Refusal):
            waiting.append(fields)
    return replace(draft, unfinished=tuple(waiting))


def differs(each: str, equal: Sequence[Release]) -> Words | None:
    """The question to ask where equal parts are not what the letter says of each funding period."""
    if letters.agrees(each, equal):
        return None
    return words(
        "The letter says {each} for each funding period, but with these dates that does not add up to the whole "
        "amount. When can the money of this part be used?",
        each=find(f"${each}").amounts[0],
    )
