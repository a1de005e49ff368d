"""Finding one's way: which addresses a page leads to, and which of them are the same page about something else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
#: Not pages but files, or ones that end the visit.
OFF_THE_WAY = re.compile(r"/(copy|leave|static|healthz|files/example)(/|$)")


def kind_of(address: str) -> str:
    """The same for all addresses of one kind of page: ids left out, queries reduced to their names."""
    parts = urlsplit(address)
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair})
    path = re.sub(r"/(why|supports)/(?!\*)[^/]+(/[^/]+)?$", r"/\1/*", ID.sub("*", parts.path))
    return path + "".join(f"?{name}" for name in names)


def leads_to(page: str, found: Iterable[str]) -> list[str]:
    """The pages of the same portal behind some links, in their order, without marks and without languages."""
    home, known = urlsplit(page), dict[str, None]()
    for href in found:
        target = urlsplit(urljoin(page, href))
        here = (target.scheme, target.netloc) == (home.scheme, home.netloc)
        if here and not OFF_THE_WAY.search(target.path) and not re.search("(lang|table)=", target.query):
            known[target._replace(fragment="").geturl()] = None
    return list(known)
