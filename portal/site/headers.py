"""Security headers on every response, errors and static files included."""

from __future__ import annotations

from litestar.types import ASGIApp, Message, Receive, Scope, Send

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'{checkout}; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; manifest-src 'self'"
)


def headers(checkout: str, https: bool) -> list[tuple[bytes, bytes]]:
    """The headers; ``checkout`` is the one foreign origin a form may lead to (the payment page)."""
    values = {
        "content-security-policy": CSP.format(checkout=f" {checkout}" if checkout else ""),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    }
    if https:
        values["strict-transport-security"] = "max-age=63072000; includeSubDomains"
    return [(name.encode(), value.encode()) for name, value in values.items()]


def with_headers(app: ASGIApp, checkout: str, https: bool) -> ASGIApp:
    """Wrap the whole application, so that no response leaves without them."""
    always = headers(checkout, https)

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def finish(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = list(message.get("headers", []))
                names = {name.lower() for name, _ in sent}
                sent += [(name, value) for name, value in always if name not in names]
                if b"cache-control" not in names:
                    sent.append((b"cache-control", b"no-store"))
                if b"vary" not in names:
                    sent.append((b"vary", b"HX-Request, Cookie, Accept-Language"))
                message["headers"] = sent
            await send(message)

        await app(scope, receive, finish if str(scope["type"]) == "http" else send)

    return wrapped
