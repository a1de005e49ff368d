"""Names to choose from in a form: shown as they are, whatever the language around them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from markupsafe import Markup

from budgeting.words import Name
from portal.language import show

K = TypeVar("K")


def choices(named: Iterable[tuple[K, str]]) -> list[tuple[K, Markup]]:
    """The options of a select field, each with a name as somebody typed it."""
    return [(key, show(Name(name))) for key, name in named]
