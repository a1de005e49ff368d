"""Another language where no script runs: a form is sent only to be shown again in it, and nothing is done."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from portal.site.errors import Rejected
from portal.site.forms import Posted

SWITCH = "_language"  #: the name of the buttons that do so; macros/forms.html puts them under every form

#: A field that somebody types into: what is only ticked or chosen is quickly chosen again.
_TYPED = re.compile(r'<textarea |<input (?![^>]*type="(?:hidden|password|file|checkbox|radio)")')


class Typing:
    """Whether somebody can type into a form of this page; its macros ask about each form, from the first to the last.

    Pieces of a page are fetched by script, which keeps what was typed by itself.
    """

    def __init__(self, piece: bool) -> None:
        self._piece = piece
        self._above = Markup()
        self.possible = False

    def into(self, form: str) -> bool:
        """Whether this form needs its languages."""
        found = not self._piece and _TYPED.search(form) is not None
        self.possible = self.possible or found
        return found

    def above(self, leads: Markup) -> Markup:
        """What leads from the head of a page to the languages below; it goes where nobody can type."""
        self._above = leads
        return leads

    def put_together(self, pieces: Iterable[str]) -> bytes:
        """The page as bytes, piece by piece: as a whole, a page in many scripts takes twice as long."""
        written = list(pieces)
        gone = None if self.possible else self._above
        return b"".join([one.encode() for one in written if one is not gone])


def shown_again(posted: Posted) -> Rejected:
    """A form that was sent to be read in another language: nothing about it is wrong."""
    return Rejected(posted.one("_form"), posted, {}, None, False, 200)
