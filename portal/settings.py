"""One frozen Settings, read once from the environment, and the keys that live beside the data."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

T = TypeVar("T")


class Mode(StrEnum):
    """What this installation is for; only in production are the strictest settings demanded."""

    DEMO = "demo"
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class JobsMode(StrEnum):
    """Where jobs run: in this process, in a worker of their own, or at once after each commit (command line, tests)."""

    EMBEDDED = "embedded"
    WORKER = "worker"
    INLINE = "inline"


class SettingsError(Exception):
    """The environment asks for something that cannot be; the sentence says what to change."""


@dataclass(frozen=True)
class Settings:
    """Everything the environment decides; see docs/operating.md for each variable."""

    mode: Mode
    data: Path
    database_url: str
    host: str
    port: int
    base_url: str
    jobs: JobsMode
    smtp_url: str | None
    stripe_key: str | None
    stripe_webhook_secrets: tuple[str, ...]
    stripe_api_base: str | None
    time_zone: str
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()  #: who may say where a request came from
    checkpoints_at: Path | None = None

    @property
    def demo(self) -> bool:
        return self.mode is Mode.DEMO

    @property
    def secure(self) -> bool:
        """Whether people reach the portal through https, which decides the cookie's name and flags."""
        return self.base_url.startswith("https://")

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def files(self) -> Path:
        return self.data / "files"

    @property
    def checkpoints(self) -> Path:
        """The file of the journal's checkpoints, best on another machine."""
        return self.checkpoints_at or self.data / "checkpoints.jsonl"

    @property
    def mail_folder(self) -> Path:
        return self.data / "mail"


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raises SettingsError with one sentence when something is missing or cannot be."""
    env = os.environ if environ is None else environ
    data = Path(env.get("COPLAN_DATA") or "var").resolve()
    mode = _read(env, "COPLAN_MODE", "development", Mode, "be demo, development or production")
    jobs = _read(env, "COPLAN_JOBS", "embedded", JobsMode, "be embedded or worker")
    port = _read(env, "PORT", "8000", a_port, "be a number from 1 to 65535")
    proxies = _read(env, "COPLAN_TRUSTED_PROXIES", "", _networks, "be networks such as 10.0.0.0/8, with commas between")
    here = f"sqlite:///{data / 'coplan.db'}"
    url = _read(env, "DATABASE_URL", here, _database, "begin with postgresql:// or sqlite:///")
    base_url = _read(env, "COPLAN_BASE_URL", f"http://127.0.0.1:{port}", _address, "be an http or https address")
    time_zone = _read(env, "COPLAN_TIME_ZONE", "Australia/Sydney", _zone, "be a place such as Australia/Sydney")
    smtp_url = _read(env, "SMTP_URL", "", _mail_server, "be smtp://, smtp+starttls:// or smtps:// and name a server")
    if mode is Mode.PRODUCTION and not base_url.startswith("https://"):
        raise SettingsError("In production COPLAN_BASE_URL must be the https address people use.")
    return Settings(
        mode=mode,
        data=data,
        database_url=url,
        host=env.get("HOST") or "127.0.0.1",
        port=port,
        base_url=base_url,
        jobs=jobs,
        smtp_url=smtp_url or None,
        stripe_key=env.get("STRIPE_SECRET_KEY") or None,
        stripe_webhook_secrets=tuple(filter(None, (env.get("STRIPE_WEBHOOK_SECRET") or "").split(","))),
        stripe_api_base=env.get("STRIPE_API_BASE") or None,
        time_zone=time_zone,
        proxies=proxies,
        checkpoints_at=Path(env["COPLAN_CHECKPOINTS"]).resolve() if env.get("COPLAN_CHECKPOINTS") else None,
    )


def _read(env: Mapping[str, str], name: str, otherwise: str, reader: Callable[[str], T], must: str) -> T:
    """One setting; a SettingsError names it and says what it must be, not what it held: that may be secret."""
    try:
        return reader((env.get(name) or otherwise).strip())
    except (ValueError, LookupError, OSError) as error:
        raise SettingsError(f"{name} must {must}.") from error


def a_port(typed: str) -> int:
    """A port to listen at; ValueError when there can be no such one."""
    port = int(typed)
    if not 0 < port < 65_536:
        raise ValueError
    return port


def _networks(typed: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(one.strip()) for one in typed.split(",") if one.strip())


def _database(typed: str) -> str:
    scheme, mark, rest = typed.partition("://")
    if scheme in ("postgres", "postgresql", "postgresql+psycopg") and mark and rest:
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite" and mark and rest.startswith("/"):
        return typed
    raise ValueError


def _address(typed: str) -> str:
    found = urlsplit(typed)
    if found.scheme not in ("http", "https") or not found.hostname or found.query or found.fragment or found.port == 0:
        raise ValueError
    return typed.rstrip("/")


def _mail_server(typed: str) -> str:
    found = urlsplit(typed)
    if typed and (found.scheme not in ("smtp", "smtp+starttls", "smtps") or not found.hostname or found.port == 0):
        raise ValueError
    return typed


def _zone(typed: str) -> str:
    return ZoneInfo(typed).key


@dataclass(frozen=True)
class Keys:
    """Secrets that never enter the database: one 32-byte key for each purpose."""

    session: bytes
    audit: bytes
    sealed: bytes
    complaints: bytes


def keys(folder: Path) -> Keys:
    """The keys of this installation, made with mode 0600 at the first start and only read after that."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Keys(**{name: _key(path) for name, path in key_files(folder).items()})


def key_files(folder: Path) -> Mapping[str, Path]:
    """The file of each key, by its name."""
    return {key.name: folder / f"{key.name}-v1.key" for key in fields(Keys)}


def _key(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes()
        if len(key) != 32:
            raise SettingsError(
                f"The key file {path.name} is damaged: restore it from your copy of the keys."
            ) from None
        return key
    with os.fdopen(handle, "wb") as file:
        file.write(key := secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())
    return key
