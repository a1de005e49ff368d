"""The papers for a meeting: gathered once, frozen as they are, and shown to each reader as far as they may see them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import select

from budgeting.explain import Confidence, Figure, Source
from budgeting.explain.describe import schedule_words
from budgeting.letters import parts
from budgeting.money import Money
from budgeting.words import Name, Value, Words, words
from budgeting.working import MINUS, TOLD, exactly
from portal.access.scope import unscoped, visible
from portal.access.table import Action, Resource
from portal.accounts.queries import names as account_names
from portal.funding import queries as funding
from portal.goals import queries as goals
from portal.goals.model import Prompt
from portal.meetings.model import Content, Meeting, MeetingGuest, MeetingPack, MeetingPoint
from portal.meetings.speaking_model import SpeakingSheet
from portal.meetings.states import PointState
from portal.options import library_queries
from portal.options.library_model import LibraryEntry
from portal.outlook.told import from_json, to_json
from portal.people.model import Client
from portal.proposals import others, queries as proposals, scenarios
from portal.proposals.check_queries import to_look_at
from portal.proposals.frozen import digest, freeze, thaw
from portal.proposals.reasons import line_figure, proposal_figure
from portal.proposals.terms import canonical, money_of, plain
from portal.work import Work

SAID = Source("", confidence=Confidence.GIVEN)
FORM = 2  # the shape of the text; a new shape gets a new number and old ones stay readable

#: What one must be able to read to be shown a part of a pack.
PART_OF: Mapping[Content, Resource] = {
    Content.DRAFT: Resource.DRAFT,
    Content.OPTIONS: Resource.DRAFT,
    Content.QUESTIONS: Resource.DRAFT,
    Content.ABOUT: Resource.STORY,
    Content.MONEY: Resource.BUDGET,
    Content.LIBRARY: Resource.DRAFT,
    Content.ROUTES: Resource.DRAFT,
}


def gathered(work: Work, client: Client, row: Meeting) -> tuple[str, str]:
    """Everything a pack says at this moment as canonical JSON, and its SHA-256 in hexadecimal."""
    chosen = row.chosen
    data: dict[str, Any] = {
        "form": FORM,
        "title": row.title,
        "day": plain(row.day),
        "begins_at": plain(row.begins_at),
        "place": row.place,
        "interpreter": row.interpreter,
        "others": row.others,
        "guests": sorted(guests(work, row).values()),
        "points": [one.text for one in points(work, row) if one.state is PointState.ON],
        "contents": sorted(chosen),
    }
    for part, gather in GATHER.items():
        if part in chosen and work.can(PART_OF[part], Action.READ, client.id):
            data[part.value] = gather(work, client, row)
    if data.get(Content.DRAFT.value):
        data["noticed"] = _noticed(work, client, row)
    text = canonical(data)
    return text, digest(text)


def points(work: Work, row: Meeting) -> Sequence[MeetingPoint]:
    """Everything somebody wants to talk about, in the order of the list."""
    wanted = visible(work, MeetingPoint).where(MeetingPoint.meeting_id == row.id)
    return work.session.scalars(wanted.order_by(MeetingPoint.position, MeetingPoint.id)).all()


def guests(work: Work, row: Meeting) -> Mapping[UUID, str]:
    """The names of those of the circle who are invited, by account."""
    wanted = select(MeetingGuest.account_id).where(MeetingGuest.meeting_id == row.id)
    ids = set(work.session.scalars(unscoped(wanted, "guests of a meeting that was found")))
    return account_names(work.session, ids)


def _draft(work: Work, client: Client, row: Meeting) -> Any:
    if row.proposal_id is None:
        return None
    one = proposals.proposal(work, client, row.proposal_id)
    if one.frozen is not None:
        return one.frozen
    found = proposals.draft(work, client, one)
    lines = [(line.key, line.terms) for line in proposals.lines(work, one) if line.counts]
    return freeze(one, lines, found.quote, found.setting.providers, found.setting.purposes)[0]


def _noticed(work: Work, client: Client, row: Meeting) -> Any:
    """What the draft cannot pay for or reach, and what else is worth a look in it, unless it is agreed already."""
    assert row.proposal_id is not None, "what is noticed is about a draft"
    one = proposals.proposal(work, client, row.proposal_id)
    if one.frozen is not None:
        return []
    noticed = to_look_at(work, client, proposals.draft(work, client, one))
    return [[TELLS_OF.get(each.kind, Resource.BUDGET).value, to_json(each.words)] for each in noticed]


def _options(work: Work, client: Client, row: Meeting) -> Any:
    """What was tried out and shared; nothing that belongs to a draft that somebody keeps to themselves."""
    shared = [one for one in scenarios.scenarios(work, client) if one.shared_at]
    return [[one.title, scenarios.address(one)] for one in shared if not others.kept_by(work, one.proposal_id)]


def _questions(work: Work, client: Client, row: Meeting) -> Any:
    wanted = visible(work, SpeakingSheet).where(
        SpeakingSheet.client_id == client.id, SpeakingSheet.shared_at.is_not(None), SpeakingSheet.questions != ""
    )
    return [one.questions for one in work.session.scalars(wanted.order_by(SpeakingSheet.written_at))]


def _about(work: Work, client: Client, row: Meeting) -> Any:
    return {prompt.value: text for prompt, text in goals.told(work, client).items()}


def _money(work: Work, client: Client, row: Meeting) -> Any:
    plan = funding.current(work, client)
    if plan is None:
        return []
    return [
        [
            one.component.key,
            _said(one.component.name),
            plain(one.now.value) if isinstance(one.now.value, Money) else None,
            plain(one.released),
        ]
        for one in funding.standing(work, client, plan, work.today(client))
    ]


def _said(name: str | Words) -> Any:
    """What a part is called: as its letter calls it, or in words of ours, which each reader has in their language."""
    return name if isinstance(name, str) else [name.text]


def _library(work: Work, client: Client, row: Meeting) -> Any:
    return [[one.title, plain(one.review_by), str(one.id)] for one in _material(work, client)]


def _material(work: Work, client: Client) -> Sequence[LibraryEntry]:
    """What is up to date in the person's own language, else everything that is."""
    return library_queries.up_to_date(work, client.language) or library_queries.up_to_date(work)


def _routes(work: Work, client: Client, row: Meeting) -> Any:
    return True


GATHER = {
    Content.DRAFT: _draft,
    Content.OPTIONS: _options,
    Content.QUESTIONS: _questions,
    Content.ABOUT: _about,
    Content.MONEY: _money,
    Content.LIBRARY: _library,
    Content.ROUTES: _routes,
}


_OF_DRAFTS = ("no_price", "no_provider", "no_purpose", "sought", "no_backup", "look_open")
_OF_PROVIDERS = ("provider_elsewhere", "provider_other_days", "provider_language")
_OF_AGREEMENTS = ("agreed_elsewhere", "agreed_price", "agreed_times", "review_overdue")
#: What tells of something else than the money: each is for those who may see that.
TELLS_OF: Mapping[str, Resource] = {
    **dict.fromkeys((*_OF_DRAFTS, *_OF_PROVIDERS), Resource.DRAFT),
    **dict.fromkeys(_OF_AGREEMENTS, Resource.AGREEMENT),
    "goal_unmet": Resource.STORY,
    "no_consent": Resource.CIRCLE,
    "helper_gone": Resource.CIRCLE,
}
OF_FORM_1 = {True: Resource.DRAFT, False: Resource.BUDGET}  # an older pack says only whether it is for everybody


@dataclass(frozen=True)
class PackLine:
    """One support of the draft as it was."""

    name: Name
    provider: Name
    when: Words
    amount: Figure
    complete: bool


@dataclass(frozen=True)
class Papers:
    """A version of the pack as one reader may see it; a part that is None was left out, or is not for them."""

    title: Name
    day: date | None
    begins_at: time | None
    place: str
    interpreter: str
    others: str
    guests: tuple[Name, ...]
    points: tuple[str, ...]
    draft: tuple[PackLine, ...] | None
    amount: Figure | None
    noticed: tuple[Words, ...]  #: what the draft cannot pay for or reach, as far as it is for this reader
    options: tuple[tuple[Name, str], ...] | None
    questions: tuple[str, ...] | None
    about: Mapping[Prompt, str] | None
    money: tuple[Figure, ...] | None
    library: tuple[tuple[Name, date | None, str | None], ...] | None  #: the last is where it is read
    routes: bool
    kept_back: int  #: parts that are in the pack and not for this reader


def opened(work: Work, client: Client, pack: MeetingPack) -> Papers:
    """A version of the pack as the reader may see it."""
    data = json.loads(pack.content)
    there = [part for part in Content if part.value in data]
    mine = {part for part in there if work.can(PART_OF[part], Action.READ, client.id)}

    def part(which: Content) -> Any:
        return data[which.value] if which in mine else None

    draft, told = part(Content.DRAFT), part(Content.ABOUT)
    thawed = thaw(draft) if draft else None
    return Papers(
        title=Name(data["title"]),
        day=_day(data["day"]),
        begins_at=time.fromisoformat(data["begins_at"]) if data["begins_at"] else None,
        place=data["place"],
        interpreter=data["interpreter"],
        others=data["others"],
        guests=tuple(map(Name, data["guests"])),
        points=tuple(data["points"]),
        draft=tuple(
            PackLine(
                Name(line.name),
                Name(line.provider),
                schedule_words(line.terms.schedule),
                replace(line_figure(line), rule=None),  # nothing was accepted by sending it
                line.complete,
            )
            for line in thawed.lines
        )
        if thawed
        else None,
        amount=proposal_figure(thawed).brief if thawed else None,
        noticed=_sentences(work, client, data.get("noticed", ())) if thawed else (),
        options=_pairs(part(Content.OPTIONS)),
        questions=tuple(found) if (found := part(Content.QUESTIONS)) is not None else None,
        about={Prompt(key): text for key, text in told.items()} if told is not None else None,
        money=_left(part(Content.MONEY), client.by_the_clock(pack.sent_at).date()),
        library=_items(work, part(Content.LIBRARY)),
        routes=bool(part(Content.ROUTES)),
        kept_back=len(there) - len(mine),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _sentences(work: Work, client: Client, found: Iterable[tuple[str | bool, str]]) -> tuple[Words, ...]:
    tells = [(Resource(of) if isinstance(of, str) else OF_FORM_1[of], said) for of, said in found]
    return tuple(from_json(said) for of, said in tells if work.can(of, Action.READ, client.id))


def _pairs(found: Any) -> tuple[tuple[Name, str], ...] | None:
    return None if found is None else tuple((Name(title), href) for title, href in found)


def _left(found: Any, sent: date) -> tuple[Figure, ...] | None:
    if found is None:
        return None
    return tuple(_left_of(_part_name(key, name), money_of(left), more, sent) for key, name, left, *more in found)


def _left_of(name: Value, left: Money | None, more: Sequence[Any], sent: date) -> Figure:
    """What was left of a part of the money on the day it was sent; older packs do not say what was released."""
    label = words("{name}", name=name)
    if left is None:
        return Figure(label, None, words("What was spent so far is not known yet."))
    released = money_of(more[0]) if more else None
    if released is None:
        return Figure(label, left, source=SAID, working=TOLD)
    spent = released - left
    text = words("{released} was released by {day}, less {spent} spent", released=released, day=sent, spent=spent)
    return Figure(label, left, text, source=SAID, working=exactly(released, MINUS, spent))


def _part_name(key: str, name: Any) -> Value:
    if not isinstance(name, str):
        return Words(name[0])
    known = parts.anywhere(key)
    return Name(name) if name else known.words if known else words("A part of the funding")


def _items(work: Work, found: Any) -> tuple[tuple[Name, date | None, str | None], ...] | None:
    """Material by its title, with where it is read as long as it is there; older packs say only what it is called."""
    if found is None:
        return None
    there = {str(one.id): f"/library/{one.id}" for one in library_queries.entries(work)}
    return tuple((Name(title), _day(until), there.get(more[0]) if more else None) for title, until, *more in found)
