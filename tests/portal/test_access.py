"""The access table against SECURITY, section 2.2, cell by cell, written down here a second time and by hand."""

from __future__ import annotations

import re

import pytest

from portal.access.table import TABLE, Action, Relationship as Who, Resource

#: SECURITY, section 2.2, as it is written there. A guardian's "unless ..." is the safety restriction, tested elsewhere.
MATRIX = """
Resource | Client | Guardian | Supporter| Family  | Lead  | Staff | Provider| Advocate| Interpreter| Admin| Auditor
identity | RW S   | RW l     | R c      | R c     | RW a  | R a   | R i     | R c     | R i        | R    | R
contact  | RW S   | R l      | R c      | R c     | RW a  | R a c | R i c   | R c     | –          | b    | –
safety   | RW S s | R l      | –        | –       | RW a  | R a   | –       | R c     | –          | b    | –
circle   | RW S s | RW l     | R c      | R o     | R a   | –     | –       | R c     | –          | –    | R
consents | RW A s | RW A l s | R c      | R o     | R a, W| R a   | –       | R c     | –          | –    | R
note     | RW S   | –        | –        | –       | R i   | –     | –       | R c     | –          | –    | –
draft    | RW A   | RW A l   | R c, C c | R c, C c| RW a  | R a, W| –       | R c, C c| R i        | –    | –
plan     | R X    | R X l    | R c      | R c     | R a   | R a   | R i     | R c     | R i        | –    | R
request  | RW S   | RW S l   | R c      | R c     | RW S a| R a   | RW i    | R c     | R i        | –    | R
progress | R      | R l      | R c      | R c     | RW a  | RW a  | –       | R c     | –          | b    | R
budget   | R X    | R X l    | R c      | R c     | R a   | –     | R i     | R c     | –          | –    | R
payment  | W s    | W l s    | –        | W c     | R a   | –     | –       | –       | –          | R    | R
agreement| R A s X| R A l s X| R c      | R c     | R A a | R a   | R A i s | R c     | R i        | –    | R
complaint| RW     | RW l     | –        | –       | –     | –     | –       | RW c    | –          | –    | R
handling | –      | –        | –        | –       | RW i  | RW i  | –       | –       | –          | –    | R
feedback | RW o   | RW o     | RW o     | RW o    | R a   | R a   | RW o    | RW o    | RW o       | R    | R
looked   | R      | R l      | –        | –       | –     | –     | –       | R c     | –          | –    | R
audit    | –      | –        | –        | –       | –     | –     | –       | –       | –          | R    | R
settings | –      | –        | –        | –       | –     | –     | –       | –       | –          | RW s | R
"""
HEADS = {
    "Client": Who.CLIENT,
    "Guardian": Who.AUTHORITY,
    "Supporter": Who.SUPPORTER,
    "Family": Who.FAMILY,
    "Lead": Who.LEAD,
    "Staff": Who.STAFF,
    "Provider": Who.PROVIDER,
    "Advocate": Who.ADVOCATE,
    "Interpreter": Who.INTERPRETER,
    "Admin": Who.ADMINISTRATOR,
    "Auditor": Who.AUDITOR,
}
Grants = frozenset[tuple[Action, frozenset[str]]]


def meaning(cell: str) -> Grants:
    """What a cell of the matrix grants: a step-up belongs to the action before it, every other condition to its clause.

    ``a``, "while assigned", is what a valid tie of staff means.
    """
    found = set()
    for clause in cell.split(","):
        tokens = clause.split()
        conditions = {token for token in tokens if token in "cilo"}
        for at, token in enumerate(tokens):
            if re.fullmatch("[RWASXC]+", token):
                rest = tokens[at + 1 :]
                until = next((n for n, t in enumerate(rest) if re.fullmatch("[RWASXC]+", t)), len(rest))
                step_up = {"s"} if "s" in rest[:until] else set()
                found |= {(Action(letter), frozenset(conditions | step_up)) for letter in token}
    return frozenset(found)


def granted(resource: Resource, who: Who) -> Grants:
    return frozenset((action, grant.conditions) for grant in TABLE[resource].get(who, ()) for action in grant.actions)


def cells() -> dict[tuple[Resource, Who], str]:
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in MATRIX.strip().splitlines()]
    return {(Resource(row[0]), HEADS[name]): cell for row in rows for name, cell in zip(head[1:], row[1:], strict=True)}


#: Where the table differs from the matrix on purpose: what stands in the table, and why.
DIFFERENCES: dict[tuple[Resource, Who], tuple[str, str]] = {
    (Resource.IDENTITY, Who.ADMINISTRATOR): (
        "",
        "no care content by role: an administrator needs no client's name yet",
    ),
    (Resource.IDENTITY, Who.AUDITOR): ("", "the audit page shows pseudonyms; a name is never needed"),
    (Resource.SAFETY, Who.CLIENT): ("RW/s S/s", "even reading asks for the password: someone may look at the screen"),
    (Resource.SAFETY, Who.STAFF): ("", "'flagged need' has no flag yet: nothing is safer than a guess"),
    (Resource.CIRCLE, Who.AUTHORITY): (
        "RW/l S/ls",
        "invites too, within their authority and freshly confirmed: who cannot read or write is not left alone",
    ),
    (Resource.CIRCLE, Who.AUDITOR): ("", "counts only, and there are no such counts yet"),
    (Resource.CONSENTS, Who.STAFF): ("", "staff see the effect: what they may open"),
    **{
        (Resource.NOTE, who): ("R/i", "the person may show one note to one person, and nothing else")
        for who in (Who.AUTHORITY, Who.SUPPORTER, Who.FAMILY, Who.STAFF, Who.ADVOCATE)
    },
    (Resource.DRAFT, Who.CLIENT): ("RWCA", "whoever may write may comment"),
    (Resource.DRAFT, Who.AUTHORITY): ("RWCA/l", "whoever may write may comment"),
    (Resource.DRAFT, Who.LEAD): ("RWC", "whoever may write may comment"),
    (Resource.DRAFT, Who.STAFF): ("RC", "'own part' is a suggestion, which is a comment with a change in it"),
    **{
        (Resource.PLAN, who): (cell, "may tell that nobody came to a visit")
        for who, cell in {
            Who.CLIENT: "RCX",
            Who.AUTHORITY: "RCX/l",
            Who.SUPPORTER: "R/c C/c",
            Who.FAMILY: "R/c C/c",
            Who.ADVOCATE: "R/c C/c",
        }.items()
    },
    (Resource.PLAN, Who.LEAD): ("RWC", "writes down what a provider answered by telephone, and that nobody came"),
    (Resource.PLAN, Who.PROVIDER): ("RWC/i", "answers 'can' or 'cannot' for its own parts, and what happens now"),
    (Resource.PLAN, Who.AUDITOR): ("", "samples are drawn by a page that does not exist yet"),
    **{
        (Resource.REQUEST, who): ("R/c RW/i", "reads and answers what is asked of their own time, and nothing else")
        for who in (Who.SUPPORTER, Who.FAMILY)
    },
    (Resource.REQUEST, Who.AUDITOR): ("", "samples are drawn by a page that does not exist yet"),
    (Resource.PROGRESS, Who.CLIENT): ("RC", "replies beside a note, for as long as the note is there"),
    (Resource.PROGRESS, Who.AUTHORITY): ("RC/l", "replies beside a note, within their authority over health"),
    (Resource.PROGRESS, Who.PROVIDER): ("RW/i", "writes about its own parts, and reads what its own people wrote"),
    (Resource.PROGRESS, Who.AUDITOR): ("", "samples are drawn by a page that does not exist yet"),
    (Resource.BUDGET, Who.CLIENT): ("RWX", "types in the own funding letter"),
    (Resource.BUDGET, Who.AUTHORITY): ("RWX/l", "types in the funding letter, within their authority over money"),
    (Resource.BUDGET, Who.LEAD): ("RW", "types in the funding letter with the person"),
    (Resource.BUDGET, Who.AUDITOR): ("", "samples are drawn by a page that does not exist yet"),
    (Resource.PAYMENT, Who.CLIENT): ("R A/s", "paying is agreeing to pay; asking (W) is the coordinator's"),
    (Resource.PAYMENT, Who.AUTHORITY): ("R/l A/ls", "paying is agreeing to pay; asking (W) is the coordinator's"),
    (Resource.PAYMENT, Who.FAMILY): (
        "R/oc A/ocs",
        "sees and pays the amount asked of them, freshly confirmed, and no other",
    ),
    (Resource.PAYMENT, Who.LEAD): ("RW", "asks for a contribution"),
    (Resource.PAYMENT, Who.ADVOCATE): ("R/c", "an advocate may help with money, as far as the person wants"),
    (Resource.AGREEMENT, Who.CLIENT): ("RWX A/s", "asks for a change, or declines, without signing"),
    (Resource.AGREEMENT, Who.AUTHORITY): ("RWX/l A/ls", "asks for a change, or declines, without signing"),
    (Resource.AGREEMENT, Who.LEAD): (
        "RWA",
        "prepares and offers; A never signs for the client, the model sees to that",
    ),
    (Resource.AGREEMENT, Who.PROVIDER): ("RW/i A/is", "asks for a change, or declines, without signing"),
    (Resource.AGREEMENT, Who.AUDITOR): ("", "samples are drawn by a page that does not exist yet"),
    (Resource.COMPLAINT, Who.AUTHORITY): ("RW/lo", "'unless about them': only complaints they made themselves"),
    **{
        (Resource.COMPLAINT, who): ("RW/o", "a complaint of one's own, like anybody's; nothing of others")
        for who in (Who.SUPPORTER, Who.FAMILY, Who.LEAD, Who.STAFF, Who.PROVIDER)
    },
    (Resource.COMPLAINT, Who.AUDITOR): ("", "numbers only, counted without reading"),
    **{
        (Resource.HANDLING, who): ("", "a handler is a handler whatever their tie: see ANYONE with 'i', when assigned")
        for who in (Who.LEAD, Who.STAFF)
    },
    (Resource.HANDLING, Who.ADMINISTRATOR): ("S", "assigns handlers without reading"),
    (Resource.HANDLING, Who.AUDITOR): ("", "samples are drawn by a page that does not exist yet"),
    (Resource.FEEDBACK, Who.LEAD): ("R RW/o", "feedback of one's own besides"),
    (Resource.FEEDBACK, Who.STAFF): ("R RW/o", "feedback of one's own besides"),
    (Resource.FEEDBACK, Who.ADMINISTRATOR): ("", "totals only, counted without reading"),
    (Resource.FEEDBACK, Who.AUDITOR): ("", "totals only, counted without reading"),
    (Resource.SETTINGS, Who.ADMINISTRATOR): ("R W/s", "a step-up guards changes; looking needs none"),
}

#: What the matrix does not name: rows and columns of our own, with where they come from.
BESIDES: dict[tuple[Resource, Who], tuple[str, str]] = {
    **{
        (Resource.STORY, who): (cell, "about me and goals: as a draft, but only the person's own words decide")
        for who, cell in {
            Who.CLIENT: "RW",
            Who.AUTHORITY: "RW/l",
            Who.SUPPORTER: "R/c C/c",
            Who.FAMILY: "R/c C/c",
            Who.LEAD: "RC",
            Who.STAFF: "R",
            Who.ADVOCATE: "R/c C/c",
            Who.INTERPRETER: "R/i",
        }.items()
    },
    **{
        (Resource.CHANGE, who): (cell, "anyone in the circle may ask for a change; who must agree is computed")
        for who, cell in {
            Who.CLIENT: "RWA",
            Who.AUTHORITY: "RWA/l",
            Who.SUPPORTER: "RW/c RA/i",
            Who.FAMILY: "RW/c RA/i",
            Who.LEAD: "RWA",
            Who.STAFF: "RW",
            Who.PROVIDER: "RWA/i",
            Who.ADVOCATE: "RW/c",
            Who.INTERPRETER: "R/i",
        }.items()
    },
    (Resource.BUDGET, Who.PLAN_MANAGER): (
        "R/c C",
        "balances and invoices of the parts it manages, as far as a consent covers them (below the matrix), and what "
        "became of each; its statements are made of these, so nothing else is written; pages of the whole record stay "
        "closed, since they show the person and the parts it does not manage",
    ),
    (Resource.PAYMENT, Who.PLAN_MANAGER): ("R/c", "payment states (below the matrix)"),
    (Resource.COMPLAINT, Who.PLAN_MANAGER): ("RW/o", "a complaint of one's own, like anybody's"),
    (Resource.COMPLAINT, Who.ANYONE): ("RW/o", "a complaint of one's own"),
    (Resource.FEEDBACK, Who.PLAN_MANAGER): ("RW/o", "feedback of one's own"),
    (Resource.FEEDBACK, Who.ANYONE): ("RW/o", "feedback of one's own"),
    (Resource.FEEDBACK, Who.OFFICER): ("RW/i", "what is assigned to them"),
    (Resource.HANDLING, Who.OFFICER): ("RW/i", "what is assigned to them"),
    (Resource.HANDLING, Who.ANYONE): ("RW/i", "a handler who is no officer: what is assigned to them"),
    (Resource.ACCOUNT, Who.ANYONE): ("RW/o", "accounts and settings: own"),
    (Resource.PRICES, Who.ADMINISTRATOR): ("RW", "imports the published price lists"),
    (Resource.PRICES, Who.ANYONE): ("R", "published price lists are for everybody who is signed in"),
}


def in_table_words(cell: str) -> Grants:
    """A cell in the notation of the table: ``"RW A/s"``."""
    pairs = [part.partition("/") for part in cell.split()]
    return frozenset((Action(letter), frozenset(conditions)) for letters, _, conditions in pairs for letter in letters)


@pytest.mark.parametrize("resource", Resource)
@pytest.mark.parametrize("who", Who)
def test_every_cell_means_what_the_security_design_says(resource: Resource, who: Who) -> None:
    written = cells().get((resource, who), "–")
    expected = meaning(written)
    if (resource, who) in DIFFERENCES:
        expected = in_table_words(DIFFERENCES[resource, who][0])
        assert expected != meaning(written), "no longer a difference: take it off the list"
    elif (resource, who) in BESIDES:
        assert (resource, who) not in cells()
        expected = in_table_words(BESIDES[resource, who][0])
    assert granted(resource, who) == expected


def test_every_difference_says_why() -> None:
    assert all(len(reason) > 15 for _, reason in (*DIFFERENCES.values(), *BESIDES.values()))


def test_only_the_client_or_legal_authority_or_an_asked_party_ever_agrees() -> None:
    for resource in Resource:
        for who in Who:
            for action, conditions in granted(resource, who):
                if action is Action.APPROVE and who not in (Who.CLIENT, Who.LEAD):
                    assert conditions & {"l", "i", "o"}, f"{who} agrees to {resource} without authority"


def test_a_supporter_never_decides_shares_or_takes_anything_out() -> None:
    never = {Action.APPROVE, Action.SHARE, Action.EXPORT}
    found = {
        (resource, *each) for resource in Resource for each in granted(resource, Who.SUPPORTER) if each[0] in never
    }
    assert found == {(Resource.CHANGE, Action.APPROVE, frozenset("i"))}, "only the time they give themselves is theirs"


def test_administrators_and_auditors_read_no_care_content() -> None:
    care = {Resource.STORY, Resource.DRAFT, Resource.PLAN, Resource.SAFETY, Resource.CONTACT, Resource.COMPLAINT}
    for who in (Who.ADMINISTRATOR, Who.AUDITOR):
        assert not any(granted(resource, who) for resource in care)
