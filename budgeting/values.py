"""Values that never change and are quick to make.

``@dataclass(frozen=True)`` guards every field while an object is made, and takes three times as long for it. Quotes are
made of hundreds of such objects for every edit. For the type checker ``value`` is that very dataclass, and nothing that
assigns to a field passes it; while the program runs, it leaves the guard out and keeps slots, equality and hash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:

    def value(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """A frozen dataclass without its guard; the arguments are those that the type checker wants to see."""
        return dataclass(slots=slots, unsafe_hash=frozen)


class Hashed:
    """A place for the hash of a value with many fields, which is asked for again and again."""

    __slots__ = ("_hash",)


T = TypeVar("T")


def hashed_once(made: type[T]) -> type[T]:
    """A frozen dataclass that works out its hash the first time only; with slots it inherits from ``Hashed``."""
    whole: Callable[[T], int] = made.__hash__

    def known(self: T) -> int:
        try:
            return self._hash  # type: ignore[attr-defined, no-any-return]  # set below
        except AttributeError:
            found = whole(self)
            object.__setattr__(self, "_hash", found)
            return found

    made.__hash__ = known  # type: ignore[method-assign, assignment]  # in place of the one that dataclass made
    return made


__all__ = ["Hashed", "hashed_once", "value"]
