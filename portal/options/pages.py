"""The options finder of one client, what was kept for later, and what the circle knows near home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from budgeting.explain.describe import WEEKDAYS
from budgeting.money import Money
from budgeting.options import TIMES, Wanted, stale
from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.accounts import needs
from portal.accounts.queries import names as names_of
from portal.language import LANGUAGES, OFFERED, show
from portal.options import board_form, commands, finder, organisation_queries as organisations, queries
from portal.options.board_form import BoardForm
from portal.options.finder import Answer, Option, Paying
from portal.options.model import Came, KeptOption
from portal.options.organisation_model import Interest
from portal.options.saying import INTERESTS
from portal.people import queries as people
from portal.people.model import Client
from portal.people.place import STATE_WORDS
from portal.proposals import queries as proposals
from portal.proposals.model import ProposalState
from portal.reading import Unreadable, read_day
from portal.site import forms
from portal.site.page import Asked, Stay, View
from portal.site.routing import get, post
from portal.work import Refusal, Work

HOME = "/people/{client_id:uuid}/options"
READ, SAY = (Resource.DRAFT, Action.READ), (Resource.DRAFT, Action.COMMENT)
MOST = 30  # options shown at once


@get(HOME, access=READ)
def options(work: Work, asked: Asked, client_id: UUID) -> View:
    """What there is for some everyday words: providers and things to do near home, paid and free, as one list."""
    client = people.client(work, client_id)
    words_ = asked.query.get("q", "")[:200]
    wanted, trouble = _wanted(work, client, asked)
    paying = Paying(asked.query["pay"]) if asked.query.get("pay") in set(Paying) else None
    answer = finder.find(work, client, words_, wanted, paying)
    drafts = _draft(work, client)
    shown = _Showing(work, client, answer, words_, drafts)
    values = {
        "asked_for": words_,
        "trouble": trouble,
        "f": _chosen(client, asked, wanted, paying),
        **_choices(work),
        "fitting": [shown.card(one) for one in answer.fitting[:MOST]],
        "others": [shown.card(one) for one in answer.others[:MOST]],
        "further": max(len(answer.fitting) - MOST, 0),
        "supports": [shown.support(one.key, show(one.label)) for one in answer.supports],
        "state": show(STATE_WORDS[wanted.state]) if wanted.state else None,
        "kept": _kept(work, client),
        "may_say": work.can(*SAY, client.id),
        "base": f"/people/{client.id}/options",
        **board_form.options(client),
    }
    return View("options/options.html", values, client=client)


def _wanted(work: Work, client: Client, asked: Asked) -> tuple[Wanted, Any]:
    """What the address asks for; place and language are the client's, the latter a wish, until another is chosen."""
    ticked = asked.query.keys()
    place = asked.query.get("place", client.state)
    chosen = asked.query.get("speaks", "")
    tag = chosen or (client.language if client.language != "en" else "")
    trouble, by = None, None
    try:
        by = read_day(asked.query["by"]) if asked.query.get("by", "").strip() else None
    except Unreadable as error:
        trouble = show(error.why)
    wanted = Wanted(
        state=place if place in STATE_WORDS else "",
        town=asked.query.get("town", "")[:120].strip(),
        weekdays=tuple(day for day in range(7) if f"day-{day}" in ticked),
        times=tuple(one for one in TIMES if f"time-{one}" in ticked),
        language=words("{language}", language=Name(LANGUAGES[tag].own_name)) if tag in OFFERED else None,
        language_tag=tag,
        wished=not chosen,
        needs={key: text for key, text in needs.offered(work.day).items() if f"need-{key}" in ticked},
        by=by,
    )
    return wanted, trouble


def _chosen(client: Client, asked: Asked, wanted: Wanted, paying: Paying | None) -> Mapping[str, Any]:
    return {
        "place": wanted.state,
        "town": wanted.town,
        "speaks": "" if wanted.wished or not wanted.language else wanted.language_tag,
        "pay": paying.value if paying else "",
        "days": [str(one) for one in wanted.weekdays],
        "times": list(wanted.times),
        "needs": list(wanted.needs),
        "by": asked.query.get("by", "")[:20],
        "narrowed": bool(wanted.town or wanted.weekdays or wanted.times or wanted.needs or wanted.by or paying)
        or bool(wanted.language and not wanted.wished)
        or wanted.state != client.state,
    }


def _choices(work: Work) -> Mapping[str, Any]:
    return {
        "spoken": [(tag, LANGUAGES[tag].own_name) for tag in OFFERED],
        "day_options": [(str(number), show(name)) for number, name in enumerate(WEEKDAYS)],
        "time_options": [(key, show(text)) for key, text in TIMES.items()],
        "need_options": [(key, show(text)) for key, text in needs.offered(work.day).items()],
    }


def _draft(work: Work, client: Client) -> tuple[str, str] | None:
    """Where the newest draft is that the reader may add to, and what it is called."""
    if not work.can(Resource.DRAFT, Action.WRITE, client.id):
        return None
    one = next((one for one in proposals.proposals(work, client) if one.state is ProposalState.DRAFT), None)
    return (f"/people/{client.id}/proposals/{one.id}/add", one.title) if one else None


class _Showing:
    """Options as ready values; names and interests are read once for all of them."""

    def __init__(
        self, work: Work, client: Client, answer: Answer, searched: str, draft: tuple[str, str] | None
    ) -> None:
        everything = (*answer.fitting, *answer.others)
        theirs = {one.organisation.id for one in everything if one.organisation}
        self.today, self.searched, self.draft = work.day, searched, draft
        self.client_id = client.id
        self.declared = organisations.interests_today(work, theirs)
        by = {one.told.by for one in everything if one.told and one.told.by}
        others = {one.other_id for rows in self.declared.values() for one in rows if one.other_id}
        gainers = {one.organisation_id for rows in self.declared.values() for one in rows}
        self.names = names_of(work.session, by | others | gainers)

    def card(self, one: Option) -> Mapping[str, Any]:
        """One option."""
        near, who = one.near, finder.who(one, self.names)
        return {
            "key": one.key,
            "id": one.key.replace("_", "-"),
            "name": show(Name(one.name)),
            "organisation": one.organisation.id if one.organisation else None,
            "free": one.free,
            "own": one.key.startswith("own-"),
            "near": near,
            "silent": one.silent,
            "cost": show(one.affording.said) if one.affording else None,
            "add": self._add_near(one) if near else None,
            "supports": [self._offered(one, each) for each in one.supports],
            "misfits": [show(text) for text in one.misfits],
            "ask": [show(text) for text in one.ask],
            "confirmed": one.told.confirmed if one.told else None,
            "who": show(who) if who else None,
            "spoke_with": show(Name(one.told.spoke_with)) if one.told and one.told.spoke_with else None,
            "stale": stale(one.told, self.today, needs.fresh_days()),
            "interests": [self._interest(row) for row in self._declared(one)],
        }

    def _declared(self, one: Option) -> Sequence[Interest]:
        return self.declared.get(one.organisation.id, ()) if one.organisation else ()

    def _interest(self, row: Interest) -> Any:
        who, other = self.names.get(row.organisation_id, ""), self.names.get(row.other_id, "") if row.other_id else ""
        return show(INTERESTS[row.kind](who, other))

    def support(self, key: str, label: Any) -> Mapping[str, Any]:
        """A support that some words mean, with where it is added to the draft."""
        return {"label": label, "add": self._address({"support": key})}

    def _offered(self, one: Option, each: finder.Offered) -> Mapping[str, Any]:
        query = {"support": each.support.key, "provider": str(one.organisation.id) if one.organisation else ""}
        if each.price is not None:
            query["price"] = _typed(each.price)
        return {
            "label": show(each.support.label),
            "price": show(each.price) if each.price is not None else None,
            "since": each.since,
            "said": show(each.affording.said),
            "out_of_reach": each.affording.reaches is False,
            "figure": each.affording.figure,
            "add": self._address(query),
        }

    def _add_near(self, one: Option) -> str | None:
        assert one.near is not None, "only something near home is added in this way"
        query = {"support": "other", "name": one.name, "provider_name": one.name}
        if one.near.cost is not None:
            query["price"] = _typed(one.near.cost)
        if one.free:
            query["component"] = "elsewhere"
        return self._address(query)

    def _address(self, query: Mapping[str, str]) -> str | None:
        return f"{self.draft[0]}?{urlencode(query)}" if self.draft else None


def _typed(amount: Money) -> str:
    return f"{amount.minor // 100}.{amount.minor % 100:02d}"


def _kept(work: Work, client: Client) -> list[Mapping[str, Any]]:
    rows = queries.kept(work, client)
    there = finder.by_key(work, client, {one.option for one in rows})
    names = names_of(work.session, {one.kept_by for one in rows})
    return [_kept_row(work, client, one, there.get(one.option), names.get(one.kept_by, "")) for one in rows]


def _kept_row(work: Work, client: Client, one: KeptOption, option: Option | None, who: str) -> Mapping[str, Any]:
    return {
        "id": one.id,
        "name": show(Name(option.name)) if option else None,
        "organisation": option.organisation.id if option and option.organisation else None,
        "came": show(_came(work, client, one, who)),
        "when": show(one.kept_at),
        "note": one.note,
        "mine": queries.may_remove(work, one, one.kept_by),
    }


def _came(work: Work, client: Client, one: KeptOption, who: str) -> Words:
    """How an option came to be kept, in a sentence."""
    if one.came is Came.ASKED and one.kept_by == people.account_of_client(work, client.id):
        return words("{name} asked for it.", name=Name(who))
    if one.came is Came.ASKED:
        return words("{person} asked for it, and {name} kept it.", person=Name(client.name), name=Name(who))
    if one.came is Came.SUGGESTED:
        return words("{name} suggested it.", name=Name(who))
    if one.searched:
        return words("{name} found it by searching for “{searched}”.", name=Name(who), searched=Name(one.searched))
    return words("{name} found it in the list of everything.", name=Name(who))


@dataclass(frozen=True)
class KeepForm:
    option: str = forms.text(140)
    came: Came = forms.choice(Came)
    searched: str = forms.text(200, required=False)
    note: str = forms.text(500, required=False)


@post(HOME, access=SAY, form=KeepForm, view=options)
def keep(work: Work, form: KeepForm, client_id: UUID) -> Stay:
    """Keep an option for later."""
    client = people.client(work, client_id)
    if not finder.exists(work, client, form.option):
        raise Refusal(words("This option is no longer there."))
    commands.keep(work, client, form.option, form.came, form.searched, form.note)
    return Stay(words("Kept for later. Nothing is decided by that."))


@post(HOME + "/kept/{kept_id:uuid}/drop", access=SAY, view=options)
def drop(work: Work, client_id: UUID, kept_id: UUID) -> Stay:
    """No longer keep an option."""
    client = people.client(work, client_id)
    commands.drop(work, queries.kept_option(work, client, kept_id))
    return Stay(words("It is no longer kept. You can find it again."))


@post(HOME + "/near", access=SAY, form=BoardForm, view=options)
def tell(work: Work, form: BoardForm, client_id: UUID) -> Stay:
    """Tell the circle about something to do near home."""
    commands.tell_circle(work, people.client(work, client_id), board_form.something(form, work.day))
    return Stay(words("It is in the list. Only your circle sees it."))


@dataclass(frozen=True)
class NearForm:
    say: str = forms.one_of(("there", "gone"))


@post(HOME + "/near/{opportunity_id:uuid}", access=SAY, form=NearForm, view=options)
def say(work: Work, form: NearForm, client_id: UUID, opportunity_id: UUID) -> Stay:
    """Say that something near home is still there, or take it out."""
    row = queries.own_opportunity(work, people.client(work, client_id), opportunity_id)
    if form.say == "there":
        commands.confirm_own(work, row)
        return Stay(words("Confirmed as of today."))
    commands.remove_own(work, row)
    return Stay(words("It is taken out."))
