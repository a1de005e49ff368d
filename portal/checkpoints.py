"""Signed checkpoints of the journal in a file beside the database: without them nobody would notice an older copy.

One line for each: the number and hash of the last entry then, the instant, and an Ed25519 signature over the three,
by a key that comes from the audit key. The file is worth most on another machine; ``COPLAN_CHECKPOINTS`` says where.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from portal.journal import JournalEntry
from portal.work import Work


def keep(work: Work) -> bool:
    """Add a checkpoint of the journal as it is now; False when nothing happened since the last one."""
    last = work.session.execute(
        select(JournalEntry.seq, JournalEntry.hash).order_by(JournalEntry.seq.desc()).limit(1)
    ).first()
    before = _lines(work)[-1:]
    if last is None or (before and before[0].get("seq") == last.seq):
        return False
    said = {"seq": last.seq, "hash": last.hash.hex(), "at": work.now.isoformat()}
    line = {**said, "signature": _key(work).sign(_signed(said)).hex()}
    path = work.house.settings.checkpoints
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def breaks(work: Work) -> Iterator[str]:
    """Every checkpoint that was changed, or whose entry the journal does not have any more as it was."""
    for number, line in enumerate(_lines(work), 1):
        if not _ours(work, line):
            yield f"checkpoints: line {number} was changed"
            continue
        found = work.session.scalar(select(JournalEntry.hash).where(JournalEntry.seq == line["seq"]))
        if found is None:
            yield f"checkpoints: entry {line['seq']} was there on {line['at']} and is missing from the journal"
        elif found.hex() != line["hash"]:
            yield f"checkpoints: entry {line['seq']} is not the one that was there on {line['at']}"


def _lines(work: Work) -> list[dict[str, Any]]:
    path = work.house.settings.checkpoints
    return [_read(line) for line in path.read_text().splitlines()] if path.exists() else []


def _read(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _ours(work: Work, line: dict[str, Any]) -> bool:
    try:
        _key(work).public_key().verify(bytes.fromhex(line["signature"]), _signed(line))
    except (InvalidSignature, ValueError, TypeError, KeyError):
        return False
    return True


def _signed(line: dict[str, Any]) -> bytes:
    return f"checkpoint-v1|{line['seq']}|{line['hash']}|{line['at']}".encode()


def _key(work: Work) -> Ed25519PrivateKey:
    seed = hmac.new(work.house.keys.audit, b"checkpoint-v1", hashlib.sha256).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)
