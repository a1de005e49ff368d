"""Pages take turns in a few threads; a long one keeps nobody from theirs."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Callable
from typing import Any

from portal.site.turns import MOST_EACH, THREADS, Left, Turns


def told(*works: Callable[[], Any], patience: float = 0.01, senders: Callable[[], str] = lambda: "") -> list[Any]:
    """What each piece of work came to, all asked for at once."""

    async def all_at_once() -> list[Any]:
        turns = Turns(patience)
        try:
            asked = [turns.take(work, senders()) for work in works]
            return list(await asyncio.gather(*asked, return_exceptions=True))
        finally:
            turns.stop()

    return asyncio.run(all_at_once())


def test_quick_pages_are_computed_one_after_the_other() -> None:
    inside, most, lock = 0, 0, threading.Lock()

    def quick() -> None:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        sum(range(1_000))
        with lock:
            inside -= 1

    told(*[quick] * 50, patience=60)
    assert most == 1


def test_a_page_that_was_passed_by_takes_no_other_with_it() -> None:
    inside, most, lock = 0, 0, threading.Lock()
    passed_by = threading.Event()

    def quick() -> None:
        nonlocal inside, most
        passed_by.set()
        with lock:
            inside += 1
            most = max(most, inside)
        sum(range(1_000))
        with lock:
            inside -= 1

    told(lambda: passed_by.wait(30), *[quick] * 200, patience=0.3)
    assert most == 1


def test_a_page_that_waits_gives_up_its_turn_and_still_ends() -> None:
    others_ended = threading.Event()

    def waiting() -> bool:
        return others_ended.wait(30)

    assert told(waiting, lambda: others_ended.set()) == [True, None]


def test_a_page_that_fails_gives_up_its_turn() -> None:
    def failing() -> None:
        raise LookupError("broken")

    broken, made = told(failing, lambda: "made")
    assert isinstance(broken, LookupError)
    assert made == "made"


def test_long_pages_wait_for_a_thread_and_nothing_is_lost() -> None:
    together = threading.Barrier(THREADS)

    def long() -> int:
        return together.wait(30)

    numbers = itertools.count()
    found = told(*[long] * THREADS * 2, senders=lambda: f"192.0.2.{next(numbers)}")
    assert sorted(found) == sorted([*range(THREADS)] * 2)


def test_whoever_asks_for_many_long_pages_at_once_keeps_nobody_else_waiting() -> None:
    came = threading.Event()
    senders = iter(["192.0.2.1"] * MOST_EACH * 4 + ["192.0.2.2"])
    *long, other = told(*[lambda: came.wait(30)] * MOST_EACH * 4, came.set, senders=lambda: next(senders))
    assert long == [True] * MOST_EACH * 4
    assert other is None


def test_pages_of_who_hung_up_are_not_begun_and_what_has_begun_is_finished() -> None:
    begun, ends = threading.Event(), threading.Event()
    made: list[str] = []

    async def hang_up() -> list[Any]:
        turns, gone = Turns(60), asyncio.Event()

        async def left() -> None:
            await gone.wait()

        def long() -> str:
            begun.set()
            ends.wait(30)
            return "finished"

        first = asyncio.create_task(turns.take(long, "them", left))
        await asyncio.to_thread(begun.wait, 30)
        waiting = [asyncio.create_task(turns.take(lambda: made.append("theirs"), "them", left)) for _ in range(60)]
        other = asyncio.create_task(turns.take(lambda: made.append("ours"), "us"))
        await asyncio.sleep(0)
        gone.set()
        told = await asyncio.gather(*waiting, return_exceptions=True)  # while the long one is still being made
        ends.set()
        await other
        turns.stop()
        return [*told, await first]

    *told, first = asyncio.run(hang_up())
    assert all(isinstance(one, Left) for one in told)
    assert (len(told), first, made) == (60, "finished", ["ours"])
