"""After each random act: what the stored rows say, held against what must never be. Knows nothing of the rules' code.

Who must say yes is read from the ties and papers that are stored, in words as plain as the promise; what they said yes
to is held against the two versions of the plan that are stored, side by side.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.access.scope import unscoped, visible
from portal.access.table import Relationship
from portal.accounts.model import Membership
from portal.bench.acting import DAYS, DECIDES, Story
from portal.bench.calendared import Cast
from portal.changes import pages
from portal.changes.edits import line_hashes, unpack
from portal.changes.model import Authorisation, ChangeRequest
from portal.changes.states import REFUSED, UNASKED, WAITS, Given, How, RequestState
from portal.language import choose
from portal.people.model import Authority, AuthorityKind, Client, Restriction, Tie
from portal.plans.model import PlanPart, PlanVersion
from portal.plans.states import PartState, VersionState
from portal.proposals.frozen import thaw
from portal.site.page import Asked
from portal.verifying import breaks
from portal.work import Actor, ActorKind, NotVisible, Work

INSTEAD = frozenset({AuthorityKind.PLAN_NOMINEE, AuthorityKind.ATTORNEY})
BESIDE = frozenset({AuthorityKind.GUARDIAN, AuthorityKind.PARENT})
KEPT_FROM_PROVIDERS = frozenset({"component", "goal_id", "need", "payers", "priority"})
Side = Mapping[str, Any] | None
Sides = Mapping[UUID, tuple[Side, Side]]


@dataclass
class Rows:
    """Everything that is stored about changes of the plan, as it is now."""

    work: Work
    cast: Cast

    def every(self, model: Any) -> Sequence[Any]:
        return self.work.session.scalars(unscoped(select(model), "the proof looks at the rows")).all()

    @cached_property
    def client(self) -> Client:
        found: dict[UUID, Client] = {one.id: one for one in self.every(Client)}
        return found[self.cast.client_id]

    @cached_property
    def today(self) -> date:
        return self.work.today(self.client)

    @cached_property
    def versions(self) -> Sequence[PlanVersion]:
        return sorted(self.every(PlanVersion), key=lambda one: one.number)

    @cached_property
    def requests(self) -> Sequence[ChangeRequest]:
        return self.every(ChangeRequest)

    @cached_property
    def authorisations(self) -> Sequence[Authorisation]:
        return self.every(Authorisation)

    @cached_property
    def parts(self) -> Sequence[PlanPart]:
        return self.every(PlanPart)

    @cached_property
    def staff(self) -> Collection[tuple[UUID, UUID]]:
        return {(one.organisation_id, one.account_id) for one in self.every(Membership)}

    @cached_property
    def ties(self) -> Sequence[Tie]:
        """Those that hold today."""
        return [one for one in self.every(Tie) if one.revoked_at is None and _holds(one, self.work.day)]

    @cached_property
    def kept_out(self) -> Collection[UUID]:
        return {one.hidden_from for one in self.every(Restriction) if one.lifted_at is None}

    def papers(self, kinds: Collection[AuthorityKind]) -> dict[UUID, list[Authority]]:
        """Who decides by law today, each with the papers of these kinds."""
        ties = {one.id: one.account_id for one in self.ties if one.relationship is Relationship.AUTHORITY}
        found: dict[UUID, list[Authority]] = {}
        for one in self.every(Authority):
            account = ties.get(one.tie_id)
            if account is None or account in self.kept_out:
                continue
            if one.checked_at and one.kind in kinds and _holds(one, self.work.day):
                found.setdefault(account, []).append(one)
        return found

    def lines(self, version: PlanVersion) -> Mapping[UUID, Mapping[str, Any]]:
        return {line.id: json.loads(line.terms.as_json()) for line in thaw(version.content).lines}

    def changed(self, version: PlanVersion) -> Sides:
        """The lines in which a version says something else than the one before it."""
        before = self.lines(self.versions[version.number - 2]) if version.number > 1 else {}
        after = self.lines(version)
        both = {line: (before.get(line), after.get(line)) for line in {*before, *after}}
        return {line: sides for line, sides in both.items() if sides[0] != sides[1]}


def _holds(one: Any, day: date) -> bool:
    return one.starts <= day and (one.ends is None or one.ends >= day)


@dataclass
class Watch:
    """Looks after each act of one story; ``held`` counts how often something came to hold, by its state."""

    story: Story
    states: dict[UUID, RequestState] = field(default_factory=dict)
    versions: int = 1
    delivered: frozenset[UUID] = frozenset()
    held: dict[RequestState, int] = field(default_factory=dict)

    def look(self, act: str, *, at_all: bool = False) -> None:
        """AssertionError, with what everybody did, when anything is not as it must be.

        What everybody sees and the invariants are looked at in turn, and ``at_all`` of them at the end of a story.
        """
        everybody = list(self.story.cast.accounts)
        try:
            with self.story.coplan.open_reading() as work:
                rows = Rows(work, self.story.cast)
                self._new_versions(rows, act)
                self._new_states(rows)
                self._what_is_delivered(rows)
                broken = list(breaks(work)) if at_all else []
                assert not broken, broken
            for key in everybody if at_all else self.story.dice.sample(everybody, 1):
                self._what_is_seen(rows, key)
        except AssertionError as wrong:
            raise AssertionError("\n".join([str(wrong), "after:", *self.story.done])) from wrong

    # What holds, and by whose yes

    def _new_versions(self, rows: Rows, act: str) -> None:
        became = {one.became_id: one for one in rows.requests if one.became_id}
        back = {one.reverted_id: one for one in rows.requests if one.reverted_id}
        for version in rows.versions[self.versions :]:
            changed = rows.changed(version)
            assert version.hash == hashlib.sha256(version.content.encode()).hexdigest(), "another content than its hash"
            if version.id in became:
                of = became[version.id]
                assert rows.today >= of.effective == version.starts, "it took effect before its day"
                assert set(changed) <= {edit.line_id for edit in unpack(of.edits)}, "more changed than was asked"
                assert of.base_id == rows.versions[version.number - 2].id, "it was agreed to about another plan"
                continue
            assert version.id in back, "a version that nobody asked for"
            of = back[version.id]
            if act != DECIDES:
                assert act == DAYS, f"the plan went back when {act}"
                relied_on = set(changed) & self.story.cast.critical
                assert not relied_on, "what somebody relies on went back without a person's decision"
            else:
                assert of.decided_by is not None, "nobody decided that it goes back"
        self.versions = len(rows.versions)

    def _new_states(self, rows: Rows) -> None:
        somebody_asked = {row.request_id for row in rows.authorisations}
        for one in rows.requests:
            assert one.state not in WAITS or one.id in somebody_asked, "it waits for nobody, for ever"
            was = self.states.get(one.id)
            if one.state is not was:
                self.held[one.state] = self.held.get(one.state, 0) + 1
                if one.state is RequestState.DONE or (one.state is RequestState.RUNNING and was not in _GOES_ON):
                    self._everybody_said_yes(rows, one)
            self.states[one.id] = one.state

    def _everybody_said_yes(self, rows: Rows, one: ChangeRequest) -> None:
        lasting = one.state is RequestState.DONE
        assert lasting or one.urgent, "only what is urgent holds for now"
        version = next(version for version in rows.versions if version.id == one.became_id)
        about = {edit.line_id for edit in unpack(one.edits)}  # less than at first, once some of it has gone back
        changed = {line: sides for line, sides in rows.changed(version).items() if line in about}
        asked = {row.whose: row for row in rows.authorisations if row.request_id == one.id}
        poll = _Poll(rows, self.story, one, changed, {key[:3]: row for key, row in asked.items()}, lasting)
        assert not any(row.state in REFUSED for row in asked.values()), "it holds although somebody did not say yes"
        assert poll.client(), "neither the client nor anybody who may decide instead had said yes"
        guardians = [poll.yes(Relationship.AUTHORITY, account) for account in rows.papers(BESIDE)]
        several = [all(paper.several for paper in papers) for papers in rows.papers(BESIDE).values()]
        if lasting:
            each = [yes for yes, alone in zip(guardians, several, strict=True) if not alone]
            assert all(each), "it holds without a guardian's yes"
            leads = [tie.account_id for tie in rows.ties if tie.relationship is Relationship.LEAD]
            assert all(poll.yes(Relationship.LEAD, lead) for lead in leads if lead not in rows.kept_out), (
                "it holds without the coordinator's yes"
            )
        assert not guardians or any(guardians), "it holds without any guardian's yes"
        for provider in {UUID(after["provider_id"]) for _, after in changed.values() if after and after["provider_id"]}:
            assert poll.yes(Relationship.PROVIDER, provider), "it holds without the yes of one who does the work"

    # What is delivered, and what is seen

    def _what_is_delivered(self, rows: Rows) -> None:
        """A support that somebody relies on goes on as long as the newest plan in force has it."""
        starts = {version.id: version.starts for version in rows.versions}
        for part in rows.parts:
            if part.since is not None:
                assert starts[part.version_id] <= min(part.since, rows.today), "it was delivered before its day"
        begun = [version for version in rows.versions if version.state is not VersionState.AGREED]
        planned = {
            line: terms
            for line, terms in rows.lines(begun[-1]).items()
            if line in self.story.cast.critical
            and terms["starts"] <= rows.today.isoformat() <= terms["ends"]
            and terms["provider_id"]
        }
        going = {
            part.line_id
            for part in rows.parts
            if part.state is PartState.GOING_ON and part.starts <= rows.today <= part.ends
        }
        stopped = (set(planned) & self.delivered) - going
        assert not stopped, "a support that somebody relies on stopped in silence"
        self.delivered = frozenset(going)

    def _what_is_seen(self, rows: Rows, key: str) -> None:
        cast, account = self.story.cast, self.story.cast.accounts[key]
        with self.story.coplan.open_reading(Actor(ActorKind.ACCOUNT, account, key)) as work:
            work.reading = True
            seen = work.session.scalars(visible(work, Authorisation)).all()
            whole = work.session.scalars(visible(work, ChangeRequest)).all()
            parts = work.session.scalars(visible(work, PlanPart)).all()
            home = cast.homes.get(key)
            anything = [*seen, *whole, *parts]
            if account in rows.kept_out or not _belongs(rows, account, home):
                assert anything == [], f"{key} sees what is not theirs any more"
            if home in cast.providers:
                assert {row.organisation_id for row in seen} <= {home}, f"{key} sees somebody else's yes"
                assert {part.provider_id for part in parts} <= {home}, f"{key} sees somebody else's part"
                assert {one.made_for for one in whole} <= {home}, f"{key} sees somebody else's change"
                told = [row.content for row in seen] + [json.dumps({"lines": _of_edits(one)}) for one in whole]
                for line in (line for text in told for line in json.loads(text)["lines"]):
                    by = {side["provider_id"] for side in (line.get("before"), line.get("after")) if side}
                    assert by <= {str(home)}, f"{key} sees a line of somebody else"
            if key == "karim" or (home is not None and home not in cast.providers):
                assert anything == [], f"{key}, without consent or paying invoices only, sees something"
            for one in whole if self.story.dice.random() < 0.03 else ():
                self._page(work, one, key)

    def _page(self, work: Work, one: ChangeRequest, key: str) -> None:
        """The page itself; a provider's names nobody else's support."""
        try:
            view = pages.change(work, one.client_id, one.id)
        except NotVisible:
            assert one.state in UNASKED, "a change that is seen has a page"
            assert one.made_by != work.account_id
            return
        asked = Asked(f"/people/{one.client_id}/changes/{one.id}", {}, False, choose("en"))
        body = self.story.coplan.renderer.view(work, view, asked, "nobody").body.decode()
        assert one.state not in UNASKED or one.made_by == work.account_id, f"{key} reads somebody else's draft"
        assert body


_GOES_ON = frozenset({RequestState.LAPSED})


def _of_edits(one: ChangeRequest) -> list[dict[str, Any]]:
    return [{"after": json.loads(edit.terms.as_json()) if edit.terms else None} for edit in unpack(one.edits)]


def _belongs(rows: Rows, account: UUID, home: UUID | None) -> bool:
    return any(tie.account_id == account or (home and tie.organisation_id == home) for tie in rows.ties)


@dataclass
class _Poll:
    """Who has said yes to exactly what came to hold."""

    rows: Rows
    story: Story
    request: ChangeRequest
    changed: Sides
    asked: Mapping[tuple[Any, ...], Authorisation]
    lasting: bool

    def client(self) -> bool:
        """The client, or those who may decide instead: all who act jointly, or one of those who may act alone."""
        own = [tie.account_id for tie in self.rows.ties if tie.relationship is Relationship.CLIENT]
        if any(self.yes(Relationship.CLIENT, account) for account in own):
            return True
        beside = self.rows.papers(BESIDE)
        instead = {who: papers for who, papers in self.rows.papers(INSTEAD).items() if who not in beside}
        said = {who: self.yes(Relationship.AUTHORITY, who) for who in instead}
        joint = [who for who, papers in instead.items() if not all(paper.several for paper in papers)]
        if not self.lasting:
            return any(said.values())
        return (bool(joint) and all(said[who] for who in joint)) or any(
            said[who] for who in instead if who not in joint
        )

    def yes(self, party: Relationship, who: UUID | None) -> bool:
        """Whether this party has said yes, to exactly its part of what changed, itself, and as its last word."""
        own = (party, None, who) if party is Relationship.PROVIDER else (party, who, None)
        row = self.asked.get(own)
        if row is None or row.state is not Given.AGREED or (row.spoken and self.lasting):
            return False
        assert row.hash == hashlib.sha256(row.content.encode()).hexdigest(), "a yes to something else than it says"
        assert json.loads(row.content) == self._part(row.organisation_id) or self._bare(row), "a yes to another content"
        return self._by_themselves(row) and self._last_word(row)

    def _part(self, provider: UUID | None) -> Mapping[str, Any]:
        lines = [
            {"line": str(line), "before": before, "after": after} for line, (before, after) in self.changed.items()
        ]
        return {"from": self.request.effective.isoformat(), "lines": lines}

    def _bare(self, row: Authorisation) -> bool:
        """The same lines in whatever order; of a provider only its own sides, without what is kept from it."""
        told = json.loads(row.content)
        wanted = {}
        for line, sides in self.changed.items():
            seen = tuple(_seen(side, row.organisation_id) for side in sides)
            if any(seen):
                wanted[str(line)] = seen
        found = {
            one["line"]: tuple(_seen(one[side], row.organisation_id) for side in ("before", "after"))
            for one in told["lines"]
        }
        return told["from"] == self.request.effective.isoformat() and found == wanted

    def _by_themselves(self, row: Authorisation) -> bool:
        if row.how is How.ASKED:
            own = row.account_id == self.request.made_by or (
                row.organisation_id is not None and row.organisation_id == self.request.made_for
            )
            return own and row.answered_by == self.request.made_by
        if row.how is How.TELEPHONE:
            return row.answered_by is not None
        return row.answered_by == row.account_id or (row.organisation_id, row.answered_by) in self.rows.staff

    def _last_word(self, row: Authorisation) -> bool:
        """By the log of what was said: whoever asks has said it by asking."""
        if row.how is How.ASKED:
            return True
        now = frozenset(line_hashes(row.content).values())
        said = self.story.log.get(self.request.id, {}).get(row.whose, ())
        last = next((one for one in reversed(said) if one.asked & now), None)
        if last is None or (self.lasting and not last.lasting):
            return False
        return last.yes == now == last.asked or (last.apart and now <= last.yes)


def _seen(side: Side, provider: UUID | None) -> Side:
    if side is None or (provider is not None and side["provider_id"] != str(provider)):
        return None
    return side if provider is None else {**_bared(side), "more": _bared(side.get("more") or {})}


def _bared(told: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in told.items() if key not in KEPT_FROM_PROVIDERS}
