"""One frozen Settings, read once from the environment, and the keys that live beside the data."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path


class Mode(StrEnum):
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
    def mail_folder(self) -> Path:
        return self.data / "mail"


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raises SettingsError with one sentence when something is missing or cannot be."""
    env = os.environ if environ is None else environ
    data = Path(env.get("COPLAN_DATA") or "var").resolve()
    try:
        mode = Mode(env.get("COPLAN_MODE") or "development")
        jobs = JobsMode(env.get("COPLAN_JOBS") or "embedded")
        port = int(env.get("PORT") or 8000)
        proxies = tuple(map(ip_network, filter(None, (env.get("COPLAN_TRUSTED_PROXIES") or "").split(","))))
    except ValueError as error:
        raise SettingsError(f"A setting has a value that is not known: {error}.") from error
    url = env.get("DATABASE_URL") or f"sqlite:///{data / 'coplan.db'}"
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    base_url = (env.get("COPLAN_BASE_URL") or f"http://127.0.0.1:{port}").rstrip("/")
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
        smtp_url=env.get("SMTP_URL") or None,
        stripe_key=env.get("STRIPE_SECRET_KEY") or None,
        stripe_webhook_secrets=tuple(filter(None, (env.get("STRIPE_WEBHOOK_SECRET") or "").split(","))),
        stripe_api_base=env.get("STRIPE_API_BASE") or None,
        time_zone=env.get("COPLAN_TIME_ZONE") or "Australia/Sydney",
        proxies=proxies,
    )


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
    return Keys(**{name: _key(folder / f"{name}-v1.key") for name in ("session", "audit", "sealed", "complaints")})


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
