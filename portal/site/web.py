"""The thin edge: Litestar addresses in, plain values to the desk, responses out. All work happens in a few threads."""

from __future__ import annotations

import contextvars
import gc
import secrets
import sys
from collections.abc import Sequence
from dataclasses import replace
from os.path import isfile
from typing import Any
from urllib.parse import quote

from litestar import HttpMethod, Litestar, Request, Response, route as litestar_route
from litestar.config.compression import CompressionConfig
from litestar.datastructures import Cookie as WebCookie, UploadFile
from litestar.exceptions import ClientException, HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream
from litestar.static_files import create_static_files_router
from litestar.types import ASGIApp, Receive, Scope, Send

from portal.language import ENGLISH, choose, current
from portal.site.errors import Garbled, error_page
from portal.site.forms import Posted, Upload
from portal.site.guard import known_host, network
from portal.site.headers import with_headers
from portal.site.incoming import Incoming
from portal.site.live import EVENTS, UNBUFFERED, Live
from portal.site.page import Asked, Cookie
from portal.site.render import STATIC, Reply
from portal.site.routing import PUBLIC, Route, Undeclared
from portal.site.serve import Desk
from portal.site.turns import INTERRUPTED, Left, Turns
from portal.work import VISITOR, NotVisible

MOST_FIELDS = 200
MOST_PAIRS = 5_000  #: of a form without a file: reading more would keep everybody else waiting

#: Only static files are compressed: a page holds its form token beside what somebody typed, and the length of such a
#: page, once compressed, would tell strangers about the token (BREACH). Fonts are compressed already.
COMPRESSION = CompressionConfig(backend="gzip", minimum_size=1000, exclude=r"\.woff2$", exclude_opt_key="uncompressed")


def web_app(
    desk: Desk,
    routes: Sequence[Route],
    checkout: str,
    on_startup: list[Any],
    on_shutdown: list[Any],
    more: Sequence[HTTPRouteHandler] = (),
) -> ASGIApp:
    """The ASGI application; Undeclared when any address lacks an access rule.

    ``more``: handlers beside the portal's own, for measuring only; they too must be declared.
    """
    turns: list[Turns] = []  # one while the application runs; it may be started again
    settings = desk.house.settings
    live = Live(desk)
    handlers = [_handler(desk, found, turns, live) for found in routes]

    def begin() -> None:
        turns.append(Turns())

    def stop() -> None:
        turns.pop().stop()

    app = Litestar(
        route_handlers=[
            *handlers,
            *more,
            create_static_files_router("/static", [STATIC], name="static", opt={"declared": True}, cache_control=None),
        ],
        exception_handlers={HTTPException: _nothing_here(desk), Exception: _nothing_here(desk)},
        on_startup=[begin, live.begin, *on_startup],
        on_shutdown=[live.stop, *on_shutdown, stop],
        openapi_config=None,
        debug=False,
        multipart_form_part_limit=MOST_FIELDS,
        compression_config=COMPRESSION,
        logging_config=None,
    )
    _all_declared(app, routes)
    return with_headers(_under_our_name(desk, _static_kept(app)), checkout, settings.secure)


def tune_python() -> None:
    """Leave what start-up made out of every later search for garbage, and interrupt a page less often.

    Nothing that start-up made ever becomes garbage. Threads take turns in any case whenever one waits for the database.
    """
    sys.setswitchinterval(INTERRUPTED)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _all_declared(app: Litestar, routes: Sequence[Route]) -> None:
    """Refuse to start with an address that has neither an access rule nor a place on the public list."""
    for found in app.routes:
        for handler in getattr(found, "route_handlers", [getattr(found, "route_handler", None)]):
            if (
                handler is not None
                and not handler.opt.get("declared")
                and "OPTIONS" not in getattr(handler, "http_methods", ())
            ):
                raise Undeclared(f"{found.path} is served without an access rule")
    if strangers := {r.name for r in routes if r.access is None} - PUBLIC:
        raise Undeclared(f"not on the public list: {sorted(strangers)}")


def _handler(desk: Desk, found: Route, turns: list[Turns], live: Live) -> HTTPRouteHandler:
    async def handle(request: Request[Any, Any, Any]) -> Response[Any]:
        body = await request.body() if found.raw else b""
        posted = Posted({}) if found.raw or found.method == "GET" else await _posted(request)
        incoming = _incoming(desk, found, request, posted, body)
        context = contextvars.copy_context()
        waits = found.method == "GET" and not found.by_itself  # what is sent is carried out; a stream hears it itself
        left = (lambda: _hangs_up(request.receive)) if waits else None
        try:
            reply = await turns[-1].take(lambda: context.run(desk.serve, incoming), incoming.asked.network, left)
        except Left:
            return Response(b"", status_code=503)
        if reply.listen is not None and live.admits(incoming, reply.listen):
            return Stream(live.events(incoming, reply.listen), media_type=EVENTS, headers=UNBUFFERED, status_code=200)
        return _response(desk, reply, incoming)

    methods = [HttpMethod(found.method)]
    if found.method == "GET" and found.name in PUBLIC:  # for monitors and whoever checks links
        methods.append(HttpMethod.HEAD)
    # Litestar reads the annotations of the function it is given
    handle.__annotations__ = {"request": Request, "return": Response}
    return litestar_route(
        found.path,
        http_method=methods,
        name=found.name,
        opt={"declared": True, "uncompressed": True},
        request_max_body_size=found.megabytes * 1_000_000,
        status_code=200,
    )(handle)


async def _hangs_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _posted(request: Request[Any, Any, Any]) -> Posted:
    plain = request.content_type[0] == "application/x-www-form-urlencoded"
    if plain and (await request.body()).count(b"&") >= MOST_PAIRS:
        raise ClientException
    try:
        form = await request.form()
    except (ValueError, LookupError) as problem:  # not UTF-8, no boundary, an unknown charset
        raise ClientException from problem
    fields: dict[str, list[str]] = {}
    files: dict[str, Upload] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files[name] = Upload(value.filename or "", await value.read())
        elif isinstance(value, list):
            fields.setdefault(name, []).extend(str(part) for part in value)
        else:
            fields.setdefault(name, []).append(str(value))
    return Posted(fields, files)


def _incoming(desk: Desk, found: Route, request: Request[Any, Any, Any], posted: Posted, body: bytes) -> Incoming:
    cookies, headers = request.cookies, {name.lower(): value for name, value in request.headers.items()}
    client = request.client.host if request.client else ""
    asked = Asked(
        path=_path(request),
        query=dict(request.query_params),
        htmx=headers.get("hx-request") == "true",
        language=ENGLISH,
        device=headers.get("user-agent", ""),
        gzip="gzip" in headers.get("accept-encoding", ""),
        has=frozenset(headers.get("coplan-has", "").split()),
        network=network(desk.house.settings, client, ",".join(request.headers.getall("x-forwarded-for", []))),
    )
    prefix = _prefix(desk)
    return Incoming(
        route=found,
        params=dict(request.path_params),
        asked=asked,
        posted=posted,
        body=body,
        headers=headers,
        cookies={name.removeprefix(prefix): value for name, value in cookies.items() if name.startswith(prefix)},
        host=headers.get("host", ""),
        token=cookies.get(f"{prefix}sid"),
        visitor=cookies.get(f"{prefix}visitor") or secrets.token_urlsafe(16),
    )


def _path(request: Request[Any, Any, Any]) -> str:
    """The path as it stands in an address: pages of ours lead back to it, whatever somebody put there."""
    return quote(request.url.path, safe="/!$&'()*+,;=:@", errors="surrogatepass")


def _prefix(desk: Desk) -> str:
    return "__Host-" if desk.house.settings.secure else ""


def _response(desk: Desk, reply: Reply, incoming: Incoming) -> Response[bytes]:
    cookies = [] if incoming.route.cookieless else list(reply.cookies)
    shows_forms = bool(reply.body) and not incoming.route.cookieless
    if shows_forms and "visitor" not in incoming.cookies:  # also beside a session: it may have ended
        cookies.append(Cookie("visitor", incoming.visitor, 43_200))
    made = [
        WebCookie(
            key=f"{_prefix(desk)}{cookie.name}",
            value=cookie.value,
            max_age=cookie.seconds,
            path="/",
            httponly=True,
            secure=desk.house.settings.secure,
            samesite="lax",
        )
        for cookie in cookies
    ]
    return Response(
        reply.body, status_code=reply.status, media_type=reply.media_type, headers=dict(reply.headers), cookies=made
    )


def _nothing_here(desk: Desk) -> Any:
    """Addresses we do not have, bodies we cannot read: a page, not JSON."""

    def handle(request: Request[Any, Any, Any], problem: Exception) -> Response[bytes]:
        path = request.url.path
        no_file = path.startswith("/static/") and not isfile(STATIC / path.removeprefix("/static/"))
        status = 404 if no_file else getattr(problem, "status_code", 500)  # whatever a system says to such a name
        language = choose(
            request.query_params.get("lang"),
            request.cookies.get(f"{_prefix(desk)}lang"),
            request.headers.get("accept-language"),
        )
        current.set(language)
        found = NotVisible() if status in (404, 405) else Garbled(status == 413) if 400 <= status < 500 else problem
        page = error_page(found, secrets.token_hex(8), _path(request))
        asked = Asked(_path(request), {}, False, language)
        page = replace(page, values={**page.values, "unasked": True})
        reply = desk.renderer.alone(page, asked, VISITOR, "")
        return Response(reply.body, status_code=page.status, media_type="text/html")

    return handle


def _under_our_name(desk: Desk, app: ASGIApp) -> ASGIApp:
    """Whatever was asked for under a name that is not ours is answered with one plain sentence.

    Whether we are well may be asked under any: whoever looks after the machine asks by its number.
    """

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if str(scope["type"]) == "http" and scope["path"] != "/healthz":
            hosts = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"host"]
            if len(hosts) != 1 or not known_host(desk.house.settings, hosts[0]):
                plain = [(b"content-type", b"text/plain; charset=utf-8")]
                await send({"type": "http.response.start", "status": 400, "headers": plain})
                await send({"type": "http.response.body", "body": b"Unknown host.", "more_body": False})
                return
        await app(scope, receive, send)

    return wrapped


def _static_kept(app: ASGIApp) -> ASGIApp:
    """Static files carry their hash in the address, so a browser may keep them for a year."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        static = str(scope["type"]) == "http" and scope["path"].startswith("/static/")

        async def keep(message: Any) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                message["headers"] = [*message["headers"], (b"cache-control", b"public, max-age=31536000, immutable")]
            await send(message)

        await app(scope, receive, keep if static else send)

    return wrapped
