"""Was this your idea? Asked of the client alone, and seen by them alone until they share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from markupsafe import Markup

from budgeting.money import Percent
from budgeting.words import Name, Value, Words, nwords, words
from portal.language import show
from portal.people import queries as people
from portal.people.model import Client
from portal.proposals import queries, voice_commands as commands, voice_queries as voices
from portal.proposals.model import Proposal
from portal.proposals.pages import DECIDE, ONE, READ, address, found
from portal.proposals.queries import people_named
from portal.proposals.voice_model import Idea
from portal.proposals.voices import Act, ActKind, Party, of_hundred, shares
from portal.site import forms
from portal.site.page import Go, Stay, View
from portal.site.routing import get, post
from portal.site.tables import Column, Table
from portal.work import NotVisible, Work

IDEAS: Mapping[Idea, Words] = {
    Idea.MINE: words("Yes, it was mine"),
    Idea.LIKED: words("Somebody suggested it and I like it"),
    Idea.GOING_ALONG: words("I go along with it"),
    Idea.NOT_MINE: words("No, it is not mine"),
}
TOLD: Mapping[Idea, Words] = {
    Idea.MINE: words("It was their own idea"),
    Idea.LIKED: words("Somebody suggested it and they like it"),
    Idea.GOING_ALONG: words("They go along with it"),
    Idea.NOT_MINE: words("It is not their idea"),
}
PARTIES: Mapping[Party, Words] = {
    Party.CLIENT: words("You"),
    Party.FAMILY: words("Family and supporters"),
    Party.STAFF: words("Staff"),
    Party.PROVIDER: words("Providers"),
}
KINDS: Mapping[ActKind, Words] = {
    ActKind.BROUGHT_IN: words("Supports brought in"),
    ActKind.CHANGED: words("Supports changed"),
    ActKind.DECIDED: words("Decisions"),
    ActKind.GOAL: words("Goals named"),
}


@get(ONE + "/voice", access=READ)
def voice(work: Work, client_id: UUID, proposal_id: UUID) -> View:
    """The client's own page; others see only what was shared, and nothing at all where nothing was."""
    client, one = found(work, client_id, proposal_id)
    answers = voices.ideas(work, one)
    own = people.is_own(work, client)
    if not own and not answers:
        raise NotVisible
    given = {row.line_key: row for row in answers}
    rows = [
        {
            "key": line.key,
            "name": show(Name(line.name)),
            "href": f"{address(one)}/lines/{line.id}",
            "idea": given[line.key].idea.value if line.key in given else "",
            "told": show(TOLD[given[line.key].idea]) if line.key in given else None,
            "shared": line.key in given and given[line.key].shared_at is not None,
        }
        for line in queries.lines(work, one)
        if line.counts and (own or line.key in given)
    ]
    values: dict[str, Any] = {
        "proposal": one,
        "base": address(one),
        "own": own,
        "rows": rows,
        "ideas": [(idea.value, show(label)) for idea, label in IDEAS.items()],
        "answered": bool(answers),
        "shared": any(row.shared_at for row in answers),
        "person": show(Name(client.name)),
    }
    values |= _who_did_what(work, client, one) if own else {}
    return View("proposals/voice.html", values, fragment="proposals/_voice.html", client=client)


def _who_did_what(work: Work, client: Client, one: Proposal) -> Mapping[str, Any]:
    """The share of each party, and whose acts are at the client's word; for the client alone."""
    acts, parties = voices.acts(work, client, one), voices.parties(work, client)
    said = voices.at_my_word(work, client)
    counted = shares(acts, parties, voices.words_of(said))
    columns = (
        Column(words("What")),
        *(Column(PARTIES[party], numeric=True) for party in Party),
    )
    rows: list[tuple[Value, ...]] = [
        (KINDS[kind], *(counted[kind][party] for party in Party)) for kind in ActKind if any(counted[kind].values())
    ]
    table = Table("who-did-what", words("Who did what"), columns, rows, show_caption=False)
    mine = counted[ActKind.DECIDED][Party.CLIENT]
    every = sum(counted[ActKind.DECIDED].values())
    return {
        "table": table if rows else None,
        "decisions": show(_decisions(mine, every)) if every else None,
        "shares": _shares(counted[ActKind.DECIDED]) if every else [],
        "others": _others(work, acts, parties, {row.account_id for row in said if row.until is None}),
    }


def _decisions(mine: int, every: int) -> Words:
    return nwords(
        "Of the decisions so far, which are {every}, {n} was yours.",
        "Of the decisions so far, which are {every}, {n} were yours.",
        mine,
        every=every,
    )


def _shares(decided: Mapping[Party, int]) -> list[tuple[int, Markup]]:
    """How much of all that was decided each party decided, as a whole percent and in words."""
    every = sum(decided.values())
    return [
        (
            share,
            show(
                words(
                    "{who}: {share} ({n} of {every})",
                    who=PARTIES[party],
                    share=Percent(share * 10_000),
                    n=decided[party],
                    every=every,
                )
            ),
        )
        for party, share in of_hundred(decided).items()
    ]


def _others(
    work: Work, acts: list[Act], parties: Mapping[UUID, Party], at_word: set[UUID]
) -> list[tuple[UUID, Any, bool]]:
    """Everybody else of the circle who did something here, or acts at the client's word."""
    found = {act.by for act in acts if parties.get(act.by) not in (None, Party.CLIENT)} | at_word
    names = people_named(work, found)
    return [(one, show(Name(names[one])), one in at_word) for one in sorted(names, key=lambda one: names[one])]


@dataclass(frozen=True)
class IdeaForm:
    key: UUID = forms.record_id()
    idea: str = forms.one_of(("", *Idea), required=False)


@post(ONE + "/voice", access=DECIDE, form=IdeaForm, view=voice)
def answer(work: Work, form: IdeaForm, client_id: UUID, proposal_id: UUID) -> Stay:
    """Say whose idea a support was, or take the answer back."""
    _client, one = found(work, client_id, proposal_id)
    commands.answer(work, one, form.key, Idea(form.idea) if form.idea else None)
    return Stay(words("Kept for you alone.") if form.idea else words("Your answer is taken back."))


@dataclass(frozen=True)
class ShareForm:
    how: str = forms.one_of(("share", "keep"))


@post(ONE + "/voice/share", access=DECIDE, form=ShareForm, view=voice)
def share(work: Work, form: ShareForm, client_id: UUID, proposal_id: UUID) -> Go:
    """Share one's answers, or keep them to oneself again."""
    _client, one = found(work, client_id, proposal_id)
    if form.how == "share":
        commands.share(work, one)
        return Go(f"{address(one)}/voice", words("Everybody who works on this draft can now see your answers."))
    commands.keep_to_oneself(work, one)
    return Go(f"{address(one)}/voice", words("Only you see your answers now."))


@dataclass(frozen=True)
class WordForm:
    account: UUID = forms.record_id()
    yes: str = forms.one_of(("yes", "no"))


@post(ONE + "/voice/word", access=DECIDE, form=WordForm, view=voice)
def at_my_word(work: Work, form: WordForm, client_id: UUID, proposal_id: UUID) -> Go:
    """Say that somebody acts at one's word from now on, or no longer."""
    client, one = found(work, client_id, proposal_id)
    commands.at_my_word(work, client, form.account, form.yes == "yes")
    return Go(f"{address(one)}/voice#words", words("Kept. It counts from now on."))
