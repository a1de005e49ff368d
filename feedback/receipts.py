"""Receipt codes: how somebody without a name comes back. Sixteen digits, shown once, never kept in clear."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from budgeting.words import words
from portal.accounts.commands import Limit
from portal.accounts.passwords import hash_password, password_fits
from portal.reading import Unreadable, bare

DIGITS, PREFIX = 16, 4  # ten thousand prefixes: enough to find a few rows, too few to know anybody by

#: Whole windows of a day, so that not even a counter tells at what time somebody spoke up.
SPEAK_UP_NETWORK = Limit("unnamed-network", 30, timedelta(days=1), pieces=1)
SPEAK_UP_ALL = Limit("unnamed-all", 2000, timedelta(days=1), pieces=1)
TRY_NETWORK = Limit("receipt-network", 60, timedelta(days=1), pieces=1)
TRY_PREFIX = Limit("receipt-prefix", 200, timedelta(days=1), pieces=1)
TRY_ALL = Limit("receipt-all", 20000, timedelta(days=1), pieces=1)

_OF_THIS_PROCESS = secrets.token_bytes(32)


def new_code() -> str:
    """A code nobody can guess: sixteen digits at random."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def read_code(typed: str) -> str:
    """A code as people type it, with spaces, dashes or digits of another script; Unreadable when it is none."""
    digits = bare(typed.replace("-", "").replace("\u2013", ""))
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdigit():
        raise Unreadable(words("A receipt code has {digits} digits. Look at it again.", digits=DIGITS))
    return digits


def kept(code: str) -> tuple[str, str]:
    """What is stored of a code: its beginning, to look it up by, and a slow hash of the whole."""
    return code[:PREFIX], hash_password(code)


def fits(stored: str, code: str) -> bool:
    """Whether a code belongs to a stored hash; slow on purpose."""
    return password_fits(stored, code)


def somewhere(network: str) -> str:
    """A network address as a counter may know it: under a key that is never stored and ends with this process."""
    return hmac.new(_OF_THIS_PROCESS, network.encode(), hashlib.sha256).hexdigest()
