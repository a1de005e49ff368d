"""What every unsafe request passes before anything is read: host, origin, form token."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit
from uuid import UUID

from portal.settings import Mode, Settings
from portal.site.forms import Posted

LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver.local", "testserver"})
HOST = re.compile(r"(?P<name>[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:(?P<port>[0-9]{1,5}))?")


class Forged(Exception):
    """The form did not come from one of our own pages, or the page is too old.

    ``ours``: the browser says that a page of ours sent it, so it is only too old, and may be sent again.
    ``of_another``: it is ours, but another person was signed in when it was written.
    """

    def __init__(self, ours: bool = False, of_another: bool = False) -> None:
        super().__init__()
        self.ours = ours
        self.of_another = of_another


def token(key: bytes, bound_to: str) -> str:
    """The form token of one session (or one visitor); it is worthless in any other."""
    return hmac.new(key, f"csrf|{bound_to}".encode(), hashlib.sha256).hexdigest()


def writer(key: bytes, account_id: UUID | None) -> str:
    """What a form carries of the account it was shown to, beside its token; it tells nobody which account that is."""
    return hmac.new(key, f"writer|{account_id or ''}".encode(), hashlib.sha256).hexdigest()[:32]


def writer_of(posted: Posted) -> str:
    """The mark of the account that a form was shown to."""
    return posted.one("_csrf").partition(".")[2][:32]


def signed(key: bytes, purpose: str, text: str) -> str:
    """A short text that only we could have made, for one purpose."""
    return f"{text}.{hmac.new(key, f'{purpose}|{text}'.encode(), hashlib.sha256).hexdigest()[:32]}"


def verified(key: bytes, purpose: str, value: str) -> str | None:
    """The text of a signed value, or None when we did not make it."""
    text, _, _ = value.rpartition(".")
    return text if text and _same(signed(key, purpose, text), value) else None


def mark(key: bytes, address: str, posted: Posted) -> str:
    """What tells a form sent again from another one under the same key; what it said cannot be found from it."""
    said = {name: list(values) for name, values in posted.fields.items() if name not in ("_csrf", "_password")}
    files = {name: (file.name, hashlib.sha256(file.content).hexdigest()) for name, file in posted.files.items()}
    whole = json.dumps([address, said, files], sort_keys=True)
    return hmac.new(key, f"sent|{whole}".encode(), hashlib.sha256).hexdigest()[:32]


def _same(made: str, sent: str) -> bool:
    """Whether two texts are equal, compared as bytes: whatever was sent, it is no error."""
    return hmac.compare_digest(made.encode(), sent.encode(errors="surrogatepass"))


def network(settings: Settings, sender: str, forwarded: str) -> str:
    """Where a request comes from, as tries are counted: one IPv4 address, or the /64 of an IPv6 one.

    ``forwarded`` (X-Forwarded-For) counts only when a trusted proxy sent it; its last stranger is taken, and nothing
    before a hop that is no address, since anybody could have written that. "" if unknown.
    """
    found = _address(sender)
    for hop in reversed(forwarded.split(",")):
        if found is None or not any(found in trusted for trusted in settings.proxies):
            break
        before = _address(hop)
        if before is None:
            break
        found = before
    if found is None:
        return ""
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """One address as proxies write it: bare, with a port behind it, or in brackets."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def known_host(settings: Settings, host: str) -> bool:
    """Whether this is an address we answer under."""
    found = HOST.fullmatch(host)
    if found is None or int(found["port"] or 1) not in range(1, 65_536):
        return False
    name = found["name"].lower()
    own = urlsplit(settings.base_url).hostname
    return name.strip("[]") == own or (settings.mode is not Mode.PRODUCTION and name in LOCAL)


def same_origin(settings: Settings, host: str, origin: str | None, site: str | None) -> bool:
    """Whether an unsafe request was sent by a page of ours, as far as the browser says."""
    if origin is not None and origin != "null":
        scheme, _, sent = origin.partition("://")
        here = settings.mode is not Mode.PRODUCTION and scheme in ("http", "https") and sent == host
        return origin == settings.base_url or here
    return origin is None and site in (None, "same-origin", "none")


def surely_ours(origin: str | None, site: str | None) -> bool:
    """Whether the browser itself says where a request comes from, once ``same_origin`` holds; an old one is silent."""
    return origin is not None or site == "same-origin"


def key_of(posted: Posted) -> str:
    """The key that a form was shown with, as pages of ours make them; what is no letter of one is left out."""
    return re.sub(r"[^\w-]", "", posted.one("_key"), flags=re.ASCII)[:64]


def check_key(posted: Posted, ours: bool = False) -> None:
    """Refuse (Forged) a form without the key it was shown with; where nobody is recognised it serves once."""
    if len(key_of(posted)) < 16:
        raise Forged(ours)


def check_form(
    key: bytes, bound_to: tuple[str, str], posted: Posted, account_id: UUID | None, ours: bool = False
) -> None:
    """Refuse (Forged) a form whose token is not of this session, and one without its key.

    ``bound_to``: the session, and the form that a session left behind; the browser has to say of that one that it is
    ours, and it is sent by whoever wrote it, or by anybody when nobody was signed in.
    """
    sent = posted.one("_csrf").partition(".")[0]
    session, kept = (_same(token(key, one), sent) for one in bound_to)
    if not session:
        mark = writer_of(posted)
        theirs = any(_same(writer(key, one), mark) for one in (account_id, None))
        if not ours:
            raise Forged
        if mark and not theirs:  # who is signed out may sign in as whoever wrote it
            raise Forged(ours=account_id is None, of_another=account_id is not None)
        if not kept:
            raise Forged(ours)
    check_key(posted, ours=True)
