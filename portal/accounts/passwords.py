"""Passwords: Argon2id, slow on purpose, so never inside a write transaction; use a route's ``prepare``."""

from __future__ import annotations

import secrets
from functools import lru_cache
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from budgeting.words import words
from portal.work import Refusal

SHORTEST = 15  # a password is the only factor so far
HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_TWO_AT_ONCE = Semaphore(2)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return HASHER.hash(secrets.token_hex(16))


def password_fits(stored: str | None, typed: str) -> bool:
    """Whether a password is right; takes the same time when there is no account."""
    with _TWO_AT_ONCE:
        try:
            return HASHER.verify(stored or _nobody(), typed) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def hash_password(typed: str) -> str:
    """A password as it is stored."""
    with _TWO_AT_ONCE:
        return HASHER.hash(typed)


def new_password(password: str, *own: str) -> str:
    """The hash of a new password; refused when it is short, too easy, or made of the person's own names."""
    if len(password) < SHORTEST:
        raise Refusal(
            words("Use at least {least} characters. Three or four words are easy to remember.", least=SHORTEST),
            "password",
        )
    bare = password.lower()
    if len(set(bare)) < 5 or any(
        part and len(part) > 3 and bare.replace(part.lower(), "").strip() == "" for part in own
    ):
        raise Refusal(words("This password is too easy to guess. Use other words."), "password")
    return hash_password(password)
