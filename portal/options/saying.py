"""Sentences of options that several pages share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from budgeting.words import Name, Words, words
from portal.options.library_model import LibraryKind
from portal.options.model import Came
from portal.options.organisation_model import InterestKind


def _fee(who: str, other: str) -> Words:
    if other:
        return words("{name} gets money for a referral from {other}.", name=Name(who), other=Name(other))
    return words("{name} gets money for a referral.", name=Name(who))


def _related(who: str, other: str) -> Words:
    if other:
        return words("{name} and {other} belong together.", name=Name(who), other=Name(other))
    return words("{name} belongs together with another company.", name=Name(who))


INTERESTS: Mapping[InterestKind, Callable[[str, str], Words]] = {
    InterestKind.OWN_SERVICE: lambda who, other: words(
        "{name} coordinates and also offers supports itself.", name=Name(who)
    ),
    InterestKind.REFERRAL_FEE: _fee,
    InterestKind.RELATED: _related,
    InterestKind.GIFT: lambda who, other: (
        words("{name} was given something by {other}.", name=Name(who), other=Name(other))
        if other
        else words("{name} was given something.", name=Name(who))
    ),
    InterestKind.OTHER: lambda who, other: words("{name} may gain from it in another way.", name=Name(who)),
}
KINDS_OF_INTEREST: Mapping[InterestKind, Words] = {
    InterestKind.OWN_SERVICE: words("We coordinate, and also offer supports ourselves"),
    InterestKind.REFERRAL_FEE: words("We get money for referring people"),
    InterestKind.RELATED: words("We belong together with another organisation"),
    InterestKind.GIFT: words("We were given something"),
    InterestKind.OTHER: words("Something else"),
}
KINDS_OF_MATERIAL: Mapping[LibraryKind, Words] = {
    LibraryKind.REFERENCE: words("To look things up"),
    LibraryKind.PROMOTIONAL: words("Promotional: somebody recommends themselves"),
    LibraryKind.EASY_READ: words("In easy words, with pictures"),
}
CAME: Mapping[Came, Words] = {
    Came.ASKED: words("the person asked for it"),
    Came.FOUND: words("it was found by searching"),
    Came.SUGGESTED: words("somebody suggested it"),
}
