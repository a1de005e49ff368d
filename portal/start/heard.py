"""What a pasted letter says of the parts of the money, taken over once the dates of the plan are known."""

from __future__ import annotations

from dataclasses import replace

from portal.funding.forms import PartForm
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
            if not letters.agrees(dict(fields).get("each", ""), terms.releases):
                waiting.append(fields)
                continue
            draft = draft.with_part(replace(terms, key=new_key(terms.key, {one.key for one in draft.parts})))
        except (FieldErrors, Refusal):
            waiting.append(fields)
    return replace(draft, unfinished=tuple(waiting))
