"""What makes two entries the same: by it an invoice that comes a second time is known, and never counted twice.

The mark of an entry stays when it is edited, so that a file which is imported again changes nothing.
"""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache

from budgeting.spending import Entry


def mark(entry: Entry, number: int = 1) -> str:
    """The mark of an entry: invoice, day, support and amount, in hexadecimal.

    ``number`` tells apart entries that say the same and were both meant: the second is 2. Without an invoice number
    the provider stands in its place.
    """
    parts = (
        squeezed(entry.invoice) or f"by {entry.provider_id or squeezed(entry.provider)}",
        entry.first.isoformat(),
        squeezed(entry.item) or squeezed(entry.description),
        entry.claim_type.value,
        str(entry.amount.minor),
        str(number),
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@lru_cache(maxsize=8192)
def squeezed(text: str) -> str:
    """Text as it is compared: no case, no accents, only letters and digits, so that "INV-007" is "inv 007"."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
