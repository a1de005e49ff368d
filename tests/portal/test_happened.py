"""What is new around whom is known to everybody in a process who asks; each sees of it what they may see themselves."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from portal import happened as looking
from portal.app import Coplan
from portal.goals.events import GoalNamed
from portal.happened import happened, unchanged_since
from portal.proposals.events import ProposalClosed

BOTH = pytest.mark.both_databases


def named(coplan: Coplan, *clients: UUID | None) -> None:
    """Each of them names a goal, one after the other."""
    with coplan.open_work() as work:
        for client in clients:
            work.record(GoalNamed(client_id=client, subject=uuid4()))


def since(coplan: Coplan, entry: int) -> tuple[int, frozenset[UUID] | None]:
    with coplan.open_reading() as work:
        return happened(coplan.house.memory).since(work.reads, entry)


def unchanged(coplan: Coplan, client: UUID) -> int | None:
    with coplan.open_reading() as work:
        work.reading = True
        return unchanged_since(work, client)


@BOTH
def test_those_are_new_around_whom_something_happened_after_the_last_look(coplan: Coplan) -> None:
    mei, jonas = uuid4(), uuid4()
    assert since(coplan, 0) == (0, frozenset())
    named(coplan, mei, jonas)
    last, around = since(coplan, 0)
    assert around == frozenset({mei, jonas})
    assert since(coplan, last) == (last, frozenset())
    named(coplan, jonas, None)
    assert since(coplan, last) == (last + 2, frozenset({jonas}))
    assert since(coplan, 0)[1] == frozenset({mei, jonas})


@BOTH
def test_work_on_a_draft_is_nothing_new_beside_it_and_anything_else_is(coplan: Coplan) -> None:
    mei, jonas = uuid4(), uuid4()
    named(coplan, mei)
    before = unchanged(coplan, mei)
    with coplan.open_work() as work:
        work.record(ProposalClosed(client_id=mei, subject=uuid4()))
    named(coplan, jonas)
    assert unchanged(coplan, mei) == before
    named(coplan, mei)
    after = unchanged(coplan, mei)
    assert after != before
    assert after is not None


def test_who_began_to_read_before_something_happened_keeps_nothing_of_it(coplan: Coplan) -> None:
    mei, jonas = uuid4(), uuid4()
    named(coplan, mei)
    jonas_before = unchanged(coplan, jonas)
    with coplan.open_reading() as older:
        older.reading = True
        assert unchanged_since(older, mei) is not None
        named(coplan, mei)
        assert unchanged(coplan, mei) is not None  # somebody else has read of it
        assert unchanged_since(older, mei) is None
        assert unchanged_since(older, jonas) == jonas_before  # around whom nothing happened
        last, around = happened(coplan.house.memory).since(older.reads, 1)
    assert (last, around) == (1, frozenset({mei}))
    assert since(coplan, last) == (2, frozenset({mei}))  # and so it is looked at again


def test_after_more_than_is_read_at_once_everybody_is_looked_at_again(
    coplan: Coplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_SINCE", looking._SINCE.limit(3))
    mei, jonas = uuid4(), uuid4()
    named(coplan, mei, jonas)
    last, _ = since(coplan, 0)
    before = unchanged(coplan, jonas)
    named(coplan, mei, mei, mei, mei)
    assert since(coplan, last) == (last + 4, None)
    assert unchanged(coplan, jonas) != before
    assert since(coplan, last + 1)[1] == frozenset({mei})


def test_a_verb_under_way_fills_nothing_that_others_read(coplan: Coplan) -> None:
    mei = uuid4()
    with coplan.open_work() as work:
        work.record(GoalNamed(client_id=mei, subject=uuid4()))
        assert unchanged_since(work, mei) is None
    assert "happened" not in coplan.house.memory
