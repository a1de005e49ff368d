"""Whether the agency knows a provider as one of a person's, as far as the person says."""

from __future__ import annotations

from enum import StrEnum

from budgeting.words import Words, words


class Standing(StrEnum):
    """Whether the agency knows a provider as one of this person's."""

    RECORDED = "recorded"
    ASKED = "asked"
    NOT_KNOWN = "not_known"

    @property
    def words(self) -> Words:
        """How it stands, in a few words."""
        return _STANDINGS[self]


_STANDINGS = {
    Standing.RECORDED: words("Recorded as “my provider”"),
    Standing.ASKED: words("The agency was asked to record it"),
    Standing.NOT_KNOWN: words("Not known"),
}
