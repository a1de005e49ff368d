"""What may happen to a question to a provider before anything is approved: one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class AskState(StrEnum):
    """How a question to a provider stands before anything is approved."""

    DRAFT = "draft"  #: being looked at before it goes; the provider finds nothing of it
    SENT = "sent"  #: the provider has not read it, or was asked again
    READ = "read"
    YES = "yes"  #: the provider can do it as asked
    COUNTER = "counter"  #: the provider offers something else on its own lines
    NO = "no"
    TAKEN = "taken"  #: what was offered became a suggestion in the draft
    CLOSED = "closed"  #: the asker needs no answer any more; nothing of it is shown to the provider


class Act(StrEnum):
    """What somebody does with a question."""

    SEND = "send"
    READ = "read"
    ANSWER = "answer"
    ASK_AGAIN = "ask_again"
    TAKE = "take"
    CLOSE = "close"


ACTS: Mapping[AskState, frozenset[Act]] = MappingProxyType(
    {
        AskState.DRAFT: frozenset({Act.SEND, Act.CLOSE}),
        AskState.SENT: frozenset({Act.READ, Act.ANSWER, Act.CLOSE}),
        AskState.READ: frozenset({Act.ANSWER, Act.CLOSE}),
        AskState.YES: frozenset({Act.ANSWER, Act.ASK_AGAIN, Act.TAKE, Act.CLOSE}),
        AskState.COUNTER: frozenset({Act.ANSWER, Act.ASK_AGAIN, Act.TAKE, Act.CLOSE}),
        AskState.NO: frozenset({Act.ANSWER, Act.ASK_AGAIN, Act.CLOSE}),
        AskState.TAKEN: frozenset({Act.ASK_AGAIN, Act.CLOSE}),
        AskState.CLOSED: frozenset(),
    }
)
GIVEN = (AskState.YES, AskState.COUNTER, AskState.NO)  #: the answers a provider can give
WAITING = (AskState.SENT, AskState.READ)  #: the provider's turn
LIVE = tuple(state for state in AskState if state not in (AskState.DRAFT, AskState.CLOSED))  #: the provider finds it
