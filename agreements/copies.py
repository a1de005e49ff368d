"""Files that are kept for ever under the SHA-256 of their content."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from uuid import uuid4


def keep(folder: Path, content: bytes) -> str:
    """Write a file so that it is whole or absent, and return its SHA-256; keeping it again changes nothing."""
    digest = hashlib.sha256(content).hexdigest()
    path = place(folder, digest)
    if not path.exists():
        write(path, content)
    return digest


def write(path: Path, content: bytes) -> None:
    """Write a file so that it is whole or absent, whatever happens meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{uuid4().hex}.part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def take(folder: Path, digest: str) -> bytes:
    """The content kept under a hash; a file that no longer has that hash is a ValueError."""
    content = place(folder, digest).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise ValueError(f"the file {digest} is not what was kept")
    return content


def place(folder: Path, digest: str) -> Path:
    """Where a file with this hash lies."""
    return folder / digest[:2] / digest


def to_read(folder: Path, digest: str, language: str) -> Path:
    """Where the copy lies that is only to be read, of the file with this hash, in another language."""
    return folder / digest[:2] / f"{digest}.{language}"
