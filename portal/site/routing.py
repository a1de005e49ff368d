"""Routes: an address, an access rule, a handler. What each request goes through is in ``serve.py``.

    @get("/people/{client_id:uuid}/goals", access=(Resource.STORY, Action.READ))
    def goals(work: Work, client_id: UUID) -> View: ...

    @post("/people/{client_id:uuid}/goals", access=(Resource.STORY, Action.WRITE), form=GoalForm, view=goals)
    def add_goal(work: Work, form: GoalForm, client_id: UUID) -> Go | Stay: ...

A handler takes what it names: ``work``, ``asked``, ``form``, and the parameters of its path. A post names the view that
shows its form again, with the reader's words, when something is refused.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from types import FunctionType, ModuleType
from typing import Any, TypeVar
from urllib.parse import SplitResult, parse_qsl, urlsplit

from portal.access.table import Action, Resource
from portal.site.forms import Empty

Handler = Any  # a page or verb function; after declaration it carries its ``route``
H = TypeVar("H", bound=Callable[..., Any])

#: The only routes that answer people who are not signed in. A test compares this list with the running application.
PUBLIC = frozenset(
    {
        "GET /healthz",
        "GET /",
        "GET /style",
        "GET /sign-in",
        "POST /sign-in",
        "POST /try",
        "GET /set-up",
        "POST /set-up",
        "POST /leave",
        "GET /leave",
        "GET /join",
        "POST /join",
        "GET /join/new",
        "POST /join/new",
        "GET /help",
        "GET /start",
        "POST /start",
        "GET /start/week",
        "POST /start/week",
        "POST /start/week/fields",
        "POST /start/week/{number:int}/remove",
        "POST /start/forget",
        "GET /start/answer",
        "POST /start/paste",
        "POST /start/keep",
        "GET /start/keep",
        "GET /speak-up",
        "POST /speak-up",
        "GET /speak-up/code",
        "POST /speak-up/code",
        "GET /speak-up/sent",
        "GET /receipt",
        "POST /receipt",
        "POST /receipt/reply",
        "GET /rights",
        "GET /brief/{token:str}",
        "GET /calendar/{secret:str}",  # whoever holds the secret; what it shows is decided as for its holder
        "POST /brief/{token:str}",
        "GET /request/{token:str}",
        "POST /request/{token:str}",
        "POST /request/{token:str}/lines/{line_id:uuid}",
        "POST /stripe/webhook",
    }
)


class Undeclared(Exception):
    """A route has no access rule; the portal does not start."""


@dataclass(frozen=True)
class Route:
    """One declared address."""

    method: str
    path: str
    run: Handler
    access: tuple[Resource, Action] | None
    form: type
    view: Handler | None
    prepare: Handler | None  # (work, form[, incoming]) -> anything: slow work done before the write transaction begins
    raw: bool  # the handler reads the request body itself (webhooks); no form, no CSRF
    megabytes: int
    wants: frozenset[str]
    cookieless: bool = False  # nobody is recognised: no cookie is read (but the language) or set, no instant is kept
    harmless: bool = False  # forged it would hurt nobody, so the Origin check is enough (leaving)
    by_itself: bool = False  # an open page asks, not its reader: it does not count as something that they did

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Which addresses it answers; compiled once, for many are held against it."""
        parts = re.sub(r"\{[a-z_]+:uuid\}", "[0-9a-f-]{36}", self.path)
        parts = re.sub(r"\{[a-z_]+:int\}", r"\\d{1,9}", parts)
        return re.compile("^" + re.sub(r"\{[a-z_]+:str\}", "[^/]+", parts) + "$")

    def address(self, params: dict[str, Any]) -> str:
        """The address with its parameters filled in."""
        return re.sub(r"\{([a-z_]+):[a-z]+\}", lambda m: str(params[m[1]]), self.path)


def get(
    path: str, access: tuple[Resource, Action] | None = None, cookieless: bool = False, by_itself: bool = False
) -> Callable[[H], H]:
    """Declare a page. Without ``access`` it must be on the public list; ``cookieless`` pages recognise nobody.

    An open page asks ``by_itself``, without its reader: that never keeps a session from ending.
    """
    return _declare("GET", path, access, Empty, None, None, False, 1, cookieless, by_itself=by_itself)


def post(
    path: str,
    access: tuple[Resource, Action] | None = None,
    form: type = Empty,
    view: Handler | None = None,
    prepare: Handler | None = None,
    raw: bool = False,
    megabytes: int = 1,
    cookieless: bool = False,
    harmless: bool = False,
) -> Callable[[H], H]:
    """Declare a verb's address. ``view`` is the page that holds its form.

    A ``cookieless`` one is protected by the Origin check and by the form's key, which is used once, not by a session.
    """
    if view is None and not raw:
        raise Undeclared(f"POST {path} does not name the page that holds its form")
    return _declare("POST", path, access, form, view, prepare, raw, megabytes, cookieless, harmless)


def _declare(
    method: str,
    path: str,
    access: tuple[Resource, Action] | None,
    form: type,
    view: Handler | None,
    prepare: Handler | None,
    raw: bool,
    megabytes: int,
    cookieless: bool = False,
    harmless: bool = False,
    by_itself: bool = False,
) -> Callable[[H], H]:
    if cookieless and access is not None:
        raise Undeclared(f"{method} {path} recognises nobody, so it can have no access rule")
    if access is None and f"{method} {path}" not in PUBLIC:
        raise Undeclared(f"{method} {path} has no access rule and is not public")

    def declare(run: H) -> H:
        wants = frozenset(inspect.signature(run).parameters)
        how = (view, prepare, raw, megabytes, wants, cookieless, harmless, by_itself)
        route = Route(method, path, run, access, form, *how)
        run.route = route  # type: ignore[attr-defined]  # how routes are collected from a module
        return run

    return declare


def routes_of(*modules: ModuleType) -> list[Route]:
    """Every route declared in these modules; two of one name are refused."""
    found: dict[str, Route] = {}
    for module in modules:
        for value in vars(module).values():
            route = getattr(value, "route", None) if isinstance(value, FunctionType) else None
            if isinstance(route, Route) and value.__module__ == module.__name__:
                if route.name in found:
                    raise Undeclared(f"{route.name} is declared twice")
                found[route.name] = route
    return list(found.values())


def leads_home(target: str, routes: Iterable[Route]) -> bool:
    """Whether an address given to us (``next=``) is one of our own pages."""
    path = target.partition("?")[0]
    plain = target.isprintable() and "\\" not in target
    return (
        plain
        and target.startswith("/")
        and not target.startswith("//")
        and any(r.method == "GET" and r.pattern.fullmatch(path) for r in routes)
    )


def came_from(referer: str) -> SplitResult:
    """The address of the page that a request says it was sent from; empty when it says none, or nonsense."""
    try:
        return urlsplit(referer)
    except ValueError:
        return urlsplit("")


def opened_with(referer: str, path: str) -> dict[str, str]:
    """What the page of a form was asked for with: a form that opens for "?change=2" is there again when refused."""
    came = came_from(referer)
    return dict(parse_qsl(came.query)) if came.path == path and len(came.query) < 2000 else {}
