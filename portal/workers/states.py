"""How a worker stands with a person, and how a visit to which nobody came goes on: tables of what may be done when."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class WorkerState(StrEnum):
    """How far the person’s yes to a worker has come."""

    PROPOSED = "proposed"  # waits for the person's yes
    MEETING = "meeting"  # the person wants to meet them first
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # the provider took the proposal back
    STOPPED = "stopped"  # does not come any more


class WorkerAct(StrEnum):
    """What can be done about a worker."""

    ACCEPT = "accept"
    MEET = "meet"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    AWAY = "away"
    SHADOW = "shadow"
    STOP = "stop"


#: What may be done with a worker in each state, and where it leads.
WORKER_ACTS: Mapping[WorkerState, Mapping[WorkerAct, WorkerState]] = {
    WorkerState.PROPOSED: {
        WorkerAct.ACCEPT: WorkerState.AGREED,
        WorkerAct.MEET: WorkerState.MEETING,
        WorkerAct.DECLINE: WorkerState.DECLINED,
        WorkerAct.WITHDRAW: WorkerState.WITHDRAWN,
        WorkerAct.SHADOW: WorkerState.PROPOSED,
    },
    WorkerState.MEETING: {
        WorkerAct.ACCEPT: WorkerState.AGREED,
        WorkerAct.DECLINE: WorkerState.DECLINED,
        WorkerAct.WITHDRAW: WorkerState.WITHDRAWN,
        WorkerAct.SHADOW: WorkerState.MEETING,
    },
    WorkerState.AGREED: {
        WorkerAct.AWAY: WorkerState.AGREED,
        WorkerAct.SHADOW: WorkerState.AGREED,
        WorkerAct.STOP: WorkerState.STOPPED,
    },
    WorkerState.DECLINED: {WorkerAct.ACCEPT: WorkerState.AGREED},  # the person may think again
    WorkerState.WITHDRAWN: {},
    WorkerState.STOPPED: {},
}
ASKED = (WorkerState.PROPOSED, WorkerState.MEETING)
#: Only the person, or who decides for them, does these; a provider never says yes to its own worker.
THE_PERSONS = frozenset({WorkerAct.ACCEPT, WorkerAct.MEET, WorkerAct.DECLINE})


class ShadowState(StrEnum):
    """Whether a new worker may come along to learn."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    GONE = "gone"  # the plan has no such visit any more


class Told(StrEnum):
    """How the person's answer came."""

    SELF = "self"
    SAID = "said"  # said to the coordinator, who wrote it down


class BackupKind(StrEnum):
    """Who comes instead."""

    WORKER = "worker"  # another worker of the same provider
    PROVIDER = "provider"
    FAMILY = "family"  # who gave their word
    ON_CALL = "on_call"  # a number that answers at any time


class BackupAct(StrEnum):
    """What was done with a backup; for the history."""

    ADDED = "added"
    AGREED = "agreed"
    TAKEN_BACK = "taken_back"
    MOVED = "moved"
    REMOVED = "removed"


class CallState(StrEnum):
    """A visit to which nobody came."""

    WAITING = "waiting"  # the provider's clock runs
    ANSWERED = "answered"
    CAME_LATE = "came_late"  # they came after all: everything is taken back


class CallAct(StrEnum):
    """What can be done when nobody came."""

    BACKUP = "backup"
    LET_GO = "let_go"  # the backup is not needed, or cannot come
    ANSWER = "answer"
    REMIND = "remind"
    CAME_LATE = "came_late"


CALL_ACTS: Mapping[CallState, Mapping[CallAct, CallState]] = {
    CallState.WAITING: {
        CallAct.BACKUP: CallState.WAITING,
        CallAct.LET_GO: CallState.WAITING,
        CallAct.REMIND: CallState.WAITING,
        CallAct.ANSWER: CallState.ANSWERED,
        CallAct.CAME_LATE: CallState.CAME_LATE,
    },
    CallState.ANSWERED: {
        CallAct.BACKUP: CallState.ANSWERED,
        CallAct.LET_GO: CallState.ANSWERED,
        CallAct.ANSWER: CallState.ANSWERED,
        CallAct.CAME_LATE: CallState.CAME_LATE,
    },
    CallState.CAME_LATE: {},
}
