"""What must hold: each slice declares its checks here, and ``coplan verify`` runs them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from portal.work import Work

Check = Callable[[Work], Iterator[str]]

CHECKS: list[tuple[str, Check]] = []


def invariant(name: str) -> Callable[[Check], Check]:
    """Declare a check; it yields one sentence for each broken row, naming it."""

    def declare(check: Check) -> Check:
        CHECKS.append((name, check))
        return check

    return declare
