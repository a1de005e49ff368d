"""What waits, by its kind: the kind of a step is the part of the record that it leads to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from budgeting.words import Words, words
from portal.people.next_steps import NextStep

FEW = 3
SOON = "soon"
NOTHING = "nothing"  # a mark too
#: The kinds in their order, each with the parts of a record it is about.
KINDS: Mapping[str, tuple[Words, tuple[str, ...]]] = {
    "agreements": (words("Agreements"), ("agreements",)),
    "changes": (words("Changes"), ("changes",)),
    "drafts": (words("Working on"), ("proposals", "decisions", "scenarios", "options")),
    "plan": (words("Plan"), ("plan", "briefs", "requests")),
    "daily": (
        words("Daily life"),
        (
            "workers",
            "nobody-came",
            "backups",
            "missed",
            "respite",
            "equipment",
            "progress",
            "living",
            "staff-briefings",
        ),
    ),
    "meetings": (words("Meetings"), ("meetings", "follow-ups", "looks", "asked")),
    "goals": (words("Goals"), ("about", "goals")),
    "payments": (words("Payments"), ("payments", "paying")),
    "money": (words("Money"), ()),
}
_OF = {part: kind for kind, (_, parts) in KINDS.items() for part in parts}


def kind_of(step: NextStep) -> str:
    """The kind of a step; what is about no other part is about the money."""
    path = step.href.partition("#")[0].partition("?")[0].split("/")
    return _OF.get(path[3] if path[1] == "people" and len(path) > 3 else path[1], "money")


def counted(label: Words, count: int) -> Words:
    """What is counted, with how many there are."""
    return words("{what} ({n})", what=label, n=count)


@dataclass(frozen=True)
class Group:
    """The steps of one kind."""

    kind: str
    label: Words
    steps: Sequence[NextStep]

    @property
    def counted(self) -> Words:
        return counted(self.label, len(self.steps))


def groups(steps: Iterable[NextStep]) -> list[Group]:
    """The steps by kind; kinds of which nothing waits are missing."""
    found: dict[str, list[NextStep]] = {kind: [] for kind in KINDS}
    for step in steps:
        found[kind_of(step)].append(step)
    return [Group(kind, KINDS[kind][0], some) for kind, some in found.items() if some]


def first_of(steps: Sequence[NextStep]) -> tuple[Sequence[NextStep], list[Group]]:
    """The few that stand first, and the rest by kind; one alone is not worth opening anything for."""
    urgent_first = sorted(steps, key=lambda step: not step.urgent)
    shown = len(steps) if len(steps) == FEW + 1 else FEW
    return urgent_first[:shown], groups(urgent_first[shown:])


def fits(step: NextStep, kind: str) -> bool:
    """Whether a step is the reader's turn, and of the kind that is asked for; "" is any."""
    return step.yours and (not kind or (step.urgent if kind == SOON else kind_of(step) == kind))


def rank(steps: Iterable[NextStep]) -> tuple[int, int]:
    """Sorts people by what waits for the reader: the most that is urgent first, then the most."""
    mine = [step for step in steps if step.yours]
    return (-sum(step.urgent for step in mine), -len(mine))


def marks(steps: Mapping[UUID, Sequence[NextStep]]) -> dict[UUID, str]:
    """Of each client what changes when something else waits around them; in every language the same."""
    return {one: _digest(repr(_told(step)) for step in some) for one, some in steps.items()}


def together(of_each: Mapping[UUID, str], own: Iterable[NextStep]) -> str:
    """One mark of all that waits, and it tells nothing."""
    said = [f"{one} {mark}" for one, mark in of_each.items() if mark]
    return _digest([*said, *(repr(_told(step)) for step in own)]) or NOTHING


def mark(steps: Mapping[UUID, Sequence[NextStep]], own: Iterable[NextStep]) -> str:
    """Changes when something else waits, or for somebody else."""
    return together(marks(steps), own)


def _told(step: NextStep) -> tuple[object, ...]:
    return step.href, step.words, step.urgent, step.waiting_for


def _digest(said: Iterable[str]) -> str:
    """ "" of nothing."""
    found = sorted(said)
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:16] if found else ""
