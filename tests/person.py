"""Someone in front of the portal without JavaScript: opens pages, reads them, fills in and sends their forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import lxml.html
from litestar.testing import TestClient

from portal.app import Coplan

ADDRESS = "http://127.0.0.1:8000"
SENT_BY_A_BROWSER = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin", "Origin": ADDRESS}


class Person:
    """A browser's memory of cookies, and the page that is open in it; ``coplan`` is the portal behind the pages."""

    def __init__(self, client: TestClient[Any], coplan: Coplan | None = None) -> None:
        self.client = client
        self.coplan = coplan
        self.cookies = httpx.Cookies()
        self._answer = httpx.Response(200, html="<html><body></body></html>")
        self._address = "/"
        self._just_came = False

    def another(self) -> Person:
        """Somebody else, or the same person at another device."""
        return Person(self.client, self.coplan)

    # the page that is open

    def _arrive(self) -> None:
        if self._just_came:
            self.open("/")

    @property
    def answer(self) -> httpx.Response:
        """The last answer; who has just come in finds what the door leads to."""
        self._arrive()
        return self._answer

    @answer.setter
    def answer(self, answer: httpx.Response) -> None:
        self._answer, self._just_came = answer, False

    @property
    def address(self) -> str:
        """Where they are now."""
        self._arrive()
        return self._address

    @address.setter
    def address(self, address: str) -> None:
        self._address = address

    @property
    def page(self) -> Any:
        """The open page, parsed by lxml."""
        return lxml.html.fromstring(self.answer.text or "<html></html>")

    @property
    def text(self) -> str:
        """What the open page says, its spaces made single and marks of direction left out."""
        words = " ".join(part for part in self.page.xpath("//body//text()[not(ancestor::script)]"))
        return " ".join(words.translate(dict.fromkeys(range(0x2066, 0x206A))).split())

    @property
    def status(self) -> int:
        """The status of the last answer."""
        return self.answer.status_code

    def open(self, address: str, **headers: str) -> Person:
        """Go to an address and follow where it leads; returns the person, to read on."""
        return self._ask("GET", address, headers=headers)

    def follow(self, label: str) -> Person:
        """Follow the link with this text (or text that holds it)."""
        links = [link for link in self.page.xpath("//a[@href]") if label in " ".join(link.text_content().split())]
        assert links, f"no link {label!r} on {self.address}: {self.text[:600]}"
        return self.open(links[0].get("href"))

    # forms

    def form(self, form_id: str) -> Any:
        """The form of this id (its ``id``, or the ``_form`` it carries)."""
        found = self.page.xpath(f"//form[@id='{form_id}' or .//input[@name='_form' and @value='{form_id}']]")
        known = [form.get("id") or form.get("action") for form in self.page.forms]
        assert found, f"no form {form_id!r} on {self.address}, but {known}: {self.text[:600]}"
        return found[0]

    def send(
        self,
        form_id: str,
        *,
        press: str | None = None,
        to: str | None = None,
        htmx: bool = False,
        has: Iterable[str] = (),
        **typed: object,
    ) -> Person:
        """Fill in the named fields of a form, leave the others as they are, and send it.

        A list is several ticked boxes; None leaves a box unticked. ``press`` is the name=value of the button pressed;
        ``to`` is how the address ends to which the pressed button sends the form instead. ``has``: marks of the rows
        that the browser shows already.
        """
        form = self.form(form_id)
        fields = dict.fromkeys(name for name, _ in form.form_values())
        values: dict[str, list[str]] = {name: [v for n, v in form.form_values() if n == name] for name in fields}
        known = {each.get("name") for each in form.xpath(".//*[@name]")}
        for name, value in typed.items():
            assert name in known, f"no field {name!r} in {form_id!r}, but {sorted(map(str, known))}"
            values[name] = [] if value is None else [str(v) for v in value] if isinstance(value, list) else [str(value)]
        if press:
            name, _, value = press.partition("=")
            values[name] = [value]
        headers = {"HX-Request": "true", "Coplan-Has": " ".join(has)} if htmx else {}
        action = urljoin(self.address, form.get("action") or self.address)
        if to:
            (button,) = [each for each in form.xpath(".//button[@formaction]") if each.get("formaction").endswith(to)]
            action = urljoin(self.address, button.get("formaction"))
        if (form.get("method") or "get").lower() == "get":
            query = httpx.QueryParams([(name, one) for name, many in values.items() for one in many])
            return self._ask("GET", f"{action}?{query}", headers=headers)
        return self._ask("POST", action, data=values, headers=headers)

    def upload(self, form_id: str, field: str, name: str, content: bytes, **typed: object) -> Person:
        """Send a form with a file."""
        form = self.form(form_id)
        data = {key: str(value) for key, value in form.form_values() if key != field}
        data.update({key: str(value) for key, value in typed.items()})
        return self._ask("POST", urljoin(self.address, form.get("action")), data=data, files={field: (name, content)})

    def sign_in(self, login: str, password: str) -> Person:
        """Sign in through the door everyone uses."""
        self.open("/sign-in").send("sign-in", login=login, password=password)
        assert urlsplit(self.address).path != "/sign-in", f"could not sign in: {self.text[:400]}"
        return self

    def came_in(self, token: str) -> Person:
        """Be signed in under this token, as after the door; what it leads to is opened when somebody looks at it."""
        self.cookies.set("sid", token, domain=str(urlsplit(ADDRESS).hostname), path="/")
        self._just_came = True
        return self

    def _ask(self, method: str, address: str, **request: Any) -> Person:
        self._just_came = False
        headers = {**SENT_BY_A_BROWSER, "Referer": urljoin(ADDRESS, self._address), **request.pop("headers", {})}
        for _ in range(10):
            address = urljoin(self._address, address)
            self.client.cookies = self.cookies
            self._answer = self.client.request(method, address, headers=headers, follow_redirects=False, **request)
            self.cookies = httpx.Cookies(self.client.cookies)
            self._address = address
            if self._answer.status_code not in (301, 302, 303, 307, 308):
                return self
            method, address, request = "GET", self._answer.headers["location"], {}
        raise AssertionError(f"led round in a circle at {address}")
