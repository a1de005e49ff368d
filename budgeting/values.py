"""Values that never change and are quick to make.

``@dataclass(frozen=True)`` guards every field while an object is made, and takes three times as long for it. Quotes are
made of hundreds of such objects for every edit. For the type checker ``value`` is that very dataclass, and nothing that
assigns to a field passes it; while the program runs, it leaves the guard out and keeps slots, equality and hash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:

    def value(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """A frozen dataclass without its guard; the arguments are those that the type checker wants to see."""
        return dataclass(slots=slots, unsafe_hash=frozen)


__all__ = ["value"]
