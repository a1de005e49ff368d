"""Random people do random things with random changes, by the pure rules, and everything they said is checked again.

The checks know nothing of the rules: they read a log of who said what to which lines, and look whether the plan ever
held something without every yes it needs, too early, or stopped a support somebody relies on without a person.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.access.table import Relationship
from portal.changes.engine import Days, Vote, follows, still_agreed
from portal.changes.states import ACTS, ANSWERED_IN, MOVES, WAITS, Act, AtOnce, Given, RequestState

FIRST = date(2026, 3, 2)
MOSTLY = (Act.ANSWER,) * 30 + tuple(Act)
WITHOUT_ALL = 28
LINES = ("shower", "meals", "cleaning", "garden")
RELIED_ON = frozenset({"shower", "meals"})

Line = tuple[str, str, str]  #: the day and what it would say: what a yes is a yes to
Part = frozenset[Line]


@dataclass
class Party:
    """Somebody with a say, and the lines they see; ``needed`` is when their yes is."""

    name: str
    party: Relationship
    lines: frozenset[str]
    instead: bool = False
    several: bool = False
    at_once: AtOnce = AtOnce.NOW
    told: bool = False


ALL = frozenset(LINES)
PARTIES = (
    Party("client", Relationship.CLIENT, ALL),
    Party("nominee", Relationship.AUTHORITY, ALL, instead=True),
    Party("second nominee", Relationship.AUTHORITY, ALL, instead=True),
    Party("attorney", Relationship.AUTHORITY, ALL, instead=True, several=True),
    Party("guardian", Relationship.AUTHORITY, ALL, at_once=AtOnce.ONE),
    Party("lead", Relationship.LEAD, ALL, at_once=AtOnce.LATER),
    Party("provider that leaves", Relationship.PROVIDER, frozenset({"garden"}), told=True),
    *(Party(f"provider of {line}", Relationship.PROVIDER, frozenset({line})) for line in LINES[:3]),
    Party("provider of the rest", Relationship.PROVIDER, frozenset(LINES[2:])),
)
PEOPLE = (*(one.name for one in PARTIES), "supporter", "brother")


@dataclass
class Row:
    """What is kept of one party: their part, and where they stand with it."""

    part: Part
    given: Given
    apart: Part | None = None
    spoken: bool = False


@dataclass
class Said:
    """What somebody really said, and to what: the log that the checks read."""

    part: Part
    yes: Part  #: the lines they said yes to
    apart: bool
    lasting: bool


@dataclass
class Case:
    """One change: what it would make of some lines, and everybody's answers."""

    edits: dict[str, str]
    effective: date
    urgent: bool
    state: RequestState = RequestState.DRAFT
    ratify_by: date | None = None
    base: int = 0
    before: dict[str, str] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    log: dict[str, list[Said]] = field(default_factory=dict)


class World:
    """A plan, the changes that are asked of it, and the days that go by."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.today = FIRST
        self.plan: dict[str, str] = dict.fromkeys(LINES, "as it was")
        self.version = 0
        self.around = {one.name: one for one in PARTIES if one.name == "client" or self.dice.random() < 0.7}
        self.cases: list[Case] = []
        self.acts = 0
        self.held = 0

    # What a person or the clock does

    def act(self) -> None:
        """One random act of a random person, or a new day."""
        self.acts += 1
        if not self.cases or self.dice.random() < 0.03:
            self._start()
            return
        if self.dice.random() < 0.06:
            self._new_day()
            return
        if self.dice.random() < 0.01:
            self._somebody_comes_or_goes()
            return
        case, who = self.dice.choice(self.cases[-3:]), self.dice.choice(PEOPLE)
        act = self.dice.choice(MOSTLY)
        if case.state is RequestState.DRAFT and act is Act.ANSWER:
            act = Act.ASK
        if act not in ACTS[case.state]:
            return
        if act is Act.ANSWER and case.rows and self.dice.random() < 0.9:
            who = self.dice.choice([name for name, row in case.rows.items() if row.given is Given.WAITING] or [who])
        {
            Act.EDIT: self._edit,
            Act.ASK: self._ask,
            Act.ANSWER: self._answer,
            Act.SPLIT: self._split,
            Act.PARK: self._park,
            Act.RESUME: self._resume,
            Act.LOOK_AGAIN: self._look_again,
            Act.WITHDRAW: self._withdraw,
            Act.DECIDE: self._decide,
            Act.TELL: self._tell,
        }[act](case, who)

    def _start(self) -> None:
        some = self.dice.sample(LINES, self.dice.randint(1, 3))
        edits = {line: self.dice.choice(("another day", "more", "less", "ends")) for line in some}
        day = self.today + timedelta(days=self.dice.randint(0, 5))
        self.cases.append(Case(edits, day, self.dice.random() < 0.4, base=self.version))

    def _new_day(self) -> None:
        self.today += timedelta(days=self.dice.choice((1, 1, 1, 7, 30)))
        for case in list(self.cases):
            self._take_effect(case)
            self._lapse(case)

    def _somebody_comes_or_goes(self) -> None:
        one = self.dice.choice(PARTIES[1:6])
        if one.name in self.around:
            del self.around[one.name]
        else:
            self.around[one.name] = one

    def _edit(self, case: Case, who: str) -> None:
        if case.base != self.version:
            return
        line = self.dice.choice(LINES)
        case.edits[line] = self.dice.choice(("another day", "more", "less", "ends"))
        if case.state is not RequestState.DRAFT:
            self._settle(case)
            self._reach(case)

    def _ask(self, case: Case, who: str) -> None:
        if case.base == self.version and self._moved(case):
            self._move(case, RequestState.OPEN)
            self._settle(case)
            self._reach(case)

    def _answer(self, case: Case, who: str) -> None:
        row = case.rows.get(who)
        if row is None or row.given is Given.TOLD or case.state not in ANSWERED_IN:
            return
        if case.state in WAITS and case.base != self.version:
            return
        given = self.dice.choice((Given.AGREED,) * 20 + (Given.PARTLY, Given.DECLINED, Given.OTHER))
        apart, spoken = self.dice.random() < 0.5, case.urgent and self.dice.random() < 0.2
        yes = row.part if given is Given.AGREED else frozenset[Line]()
        if given is Given.PARTLY:
            if len(row.part) < 2:
                return
            yes, apart = frozenset(self.dice.sample(sorted(row.part), len(row.part) - 1)), True
        row.given, row.spoken = given, spoken
        row.apart = yes if apart and given in (Given.AGREED, Given.PARTLY) else None
        case.log.setdefault(who, []).append(Said(row.part, yes, apart, not spoken))
        self._reach(case)

    def _split(self, case: Case, who: str) -> None:
        moved = sorted(self._moved(case))
        if case.base != self.version or len(moved) < 2:
            return
        kept = set(self.dice.sample(moved, self.dice.randint(1, len(moved) - 1)))
        rest = Case({line: case.edits.pop(line) for line in moved if line not in kept}, case.effective, case.urgent)
        rest.base, rest.state, rest.log = case.base, RequestState.OPEN, {k: list(v) for k, v in case.log.items()}
        known = {name: Row(row.part, row.given, row.apart, row.spoken) for name, row in case.rows.items()}
        self.cases.append(rest)
        for one in (case, rest):
            self._settle(one)
            self._carry(one, known)
        for one in (case, rest):
            self._reach(one)

    def _carry(self, case: Case, known: Mapping[str, Row]) -> None:
        for name, row in case.rows.items():
            old = known.get(name)
            if old is None or Given.TOLD in (row.given, old.given) or old.given is Given.WAITING:
                continue
            was, now = frozenset(map(str, old.part)), frozenset(map(str, row.part))
            agreed = None if old.apart is None else frozenset(map(str, old.apart))
            if was == now:
                case.rows[name] = Row(row.part, old.given, old.apart, old.spoken)
            elif old.given in (Given.AGREED, Given.PARTLY) and still_agreed(was, agreed, now):
                case.rows[name] = Row(row.part, Given.AGREED, row.part, old.spoken)

    def _park(self, case: Case, who: str) -> None:
        self._move(case, RequestState.PARKED)
        case.rows = {}

    def _resume(self, case: Case, who: str) -> None:
        self._move(case, RequestState.DRAFT)
        case.effective = max(case.effective, self.today)

    def _look_again(self, case: Case, who: str) -> None:
        case.base = self.version
        if case.state is not RequestState.DRAFT:
            if case.state is not RequestState.OPEN:
                self._move(case, RequestState.OPEN)
            case.effective = max(case.effective, self.today)
            self._settle(case)
            self._reach(case)

    def _withdraw(self, case: Case, who: str) -> None:
        self._move(case, RequestState.WITHDRAWN)

    def _decide(self, case: Case, who: str) -> None:
        if who not in ("client", "nominee", "second nominee", "attorney", "guardian", "lead"):
            return
        if self.dice.random() < 0.5:
            self._go_back(case, set(case.edits), by_a_person=True)
            self._move(case, RequestState.ENDED)
        elif case.state is RequestState.LAPSED:
            self._move(case, RequestState.RUNNING)
            case.ratify_by = self.today + timedelta(days=WITHOUT_ALL)
            self._settle(case)
            self._reach(case)

    def _tell(self, case: Case, who: str) -> None:
        """Whether it helped changes nothing of the plan."""

    # What follows by itself

    def _moved(self, case: Case) -> frozenset[str]:
        return frozenset(line for line, text in case.edits.items() if text != self.plan[line] or case.before)

    def _part(self, case: Case, lines: Iterable[str]) -> Part:
        moved = self._moved(case) & frozenset(lines)
        return frozenset((case.effective.isoformat(), line, case.edits[line]) for line in moved)

    def _settle(self, case: Case) -> None:
        """Everybody with a say now, each with their own part; an answer to a part that moved is void."""
        rows: dict[str, Row] = {}
        for name, party in self.around.items():
            part = self._part(case, party.lines)
            if not part:
                continue
            old = case.rows.get(name)
            same = old is not None and old.part == part and (old.given is Given.TOLD) == party.told
            fresh = Row(part, Given.TOLD if party.told else Given.WAITING)
            rows[name] = old if same and old is not None else fresh
        case.rows = rows

    def votes(self, case: Case) -> list[Vote]:
        """How everybody stands, as the rules take it."""
        who = {one.name: one for one in PARTIES}
        return [
            Vote(p.party, row.given, p.instead, p.several, p.at_once, row.spoken)
            for name, row in case.rows.items()
            for p in (who[name],)
        ]

    def _follows(self, case: Case) -> RequestState:
        days = Days(self.today, case.effective, case.ratify_by)
        return follows(case.state, self.votes(case), days, urgent=case.urgent)

    def _reach(self, case: Case) -> None:
        state = self._follows(case)
        if case.state is RequestState.OPEN and state in (RequestState.AGREED, RequestState.DONE):
            self._move(case, RequestState.AGREED)
        elif case.state is RequestState.AGREED and state is RequestState.OPEN:
            self._move(case, RequestState.OPEN)
        elif case.state is RequestState.RUNNING and state is RequestState.DONE:
            self._settle(case)  # who must agree may have changed since they were asked
            if self._follows(case) is RequestState.DONE:
                self._check(case, lasting=True)
                self._move(case, RequestState.DONE)
        if case.state in WAITS:
            self._take_effect(case)

    def _take_effect(self, case: Case) -> None:
        if case.state not in WAITS or self._follows(case) in WAITS:
            return
        if case.base != self.version:
            self._move(case, RequestState.SUPERSEDED)
            return
        self._settle(case)
        state = self._follows(case)
        if state in WAITS:
            if state is not case.state:
                self._move(case, state)
            return
        self._check(case, lasting=state is RequestState.DONE)
        case.before = {line: self.plan[line] for line in self._moved(case)}
        self.plan |= {line: case.edits[line] for line in case.before}
        if state is RequestState.RUNNING:
            if case.state is RequestState.AGREED:
                self._move(case, RequestState.OPEN)
            self._move(case, RequestState.RUNNING)
            case.ratify_by = self.today + timedelta(days=WITHOUT_ALL)
        else:
            if case.state is RequestState.OPEN:
                self._move(case, RequestState.AGREED)
            self._move(case, RequestState.DONE)
        self._next_version()

    def _lapse(self, case: Case) -> None:
        if case.state is not RequestState.RUNNING or self._follows(case) is not RequestState.LAPSED:
            return
        stays = {line for line in case.before if line in RELIED_ON and self.plan[line] == case.edits.get(line)}
        self._go_back(case, set(case.before) - stays, by_a_person=False)
        self._move(case, RequestState.LAPSED if stays else RequestState.ENDED)
        case.edits = {line: text for line, text in case.edits.items() if line in stays}

    def _go_back(self, case: Case, lines: set[str], *, by_a_person: bool) -> None:
        before = dict(self.plan)
        same = {line for line in lines if line in case.before and self.plan[line] == case.edits.get(line)}
        back = {line: case.before[line] for line in same}
        self.plan |= back
        stopped = {line for line in RELIED_ON if self.plan[line] == "ends" != before[line]}
        assert by_a_person or not stopped, f"{stopped} ended without a person's decision"
        if back:
            self._next_version()

    def _next_version(self) -> None:
        self.version += 1
        self.held += 1
        for other in self.cases:
            if other.state in WAITS:
                self._move(other, RequestState.SUPERSEDED)

    def _move(self, case: Case, state: RequestState) -> None:
        assert state in MOVES[case.state], f"{case.state} cannot become {state}"
        case.state = state

    # What must hold, whatever the rules say

    def _check(self, case: Case, *, lasting: bool) -> None:
        """Read the log: nothing holds too early, unseen parts stay unseen, and every needed yes was really said."""
        assert self.today >= case.effective, "it held before its day"
        for name, row in case.rows.items():
            seen = next(one.lines for one in PARTIES if one.name == name)
            assert {line for _, line, _ in row.part} <= seen, f"{name} was asked about somebody else's part"
        said = {name: self._said(case, party, lasting) for name, party in self.around.items()}
        asked = {n: p for n, p in self.around.items() if not p.told and self._part(case, p.lines)}
        joint = [n for n, p in asked.items() if p.instead and not p.several]
        instead = bool(joint) and all(said[n] for n in joint)
        if not lasting:
            instead = any(said[n] for n in joint)
        client = said["client"] or instead or any(said[n] for n, p in asked.items() if p.instead and p.several)
        assert client, "neither the client nor anybody who may decide instead had said yes"
        for name, party in asked.items():
            if party.instead or name == "client" or (not lasting and party.at_once is AtOnce.LATER):
                continue
            assert said[name], f"it held without the yes of the {name}"

    def _said(self, case: Case, party: Party, lasting: bool) -> bool:
        """Whether the last thing somebody said about these very lines was a yes to each of them."""
        part = self._part(case, party.lines)
        last = next((s for s in reversed(case.log.get(party.name, ())) if s.part & part), None)
        if last is None or (lasting and not last.lasting):
            return False
        return last.yes == part == last.part or (last.apart and part <= last.yes)


def explore(acts: int, seed: int) -> int:
    """Let random people act in many small worlds; how often something came to hold. AssertionError on any breach."""
    held = done = 0
    while done < acts:
        world = World(seed + done)
        for _ in range(min(400, acts - done)):
            world.act()
        done += world.acts
        held += world.held
    return held
