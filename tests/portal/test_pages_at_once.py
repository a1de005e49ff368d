"""Pages of several people that are made at the same time in several threads: each is as it is when made alone."""

from __future__ import annotations

import contextvars
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from jinja2 import DictLoader

from portal import templating
from portal.accounts import commands as accounts
from portal.accounts.model import Account
from portal.app import Coplan
from portal.language import ENGLISH
from portal.site import guard
from portal.site.forms import Posted
from portal.site.incoming import Incoming, bound_to
from portal.site.page import Asked
from portal.site.render import Reply
from tests.builders import a_client, an_account
from tests.person import SENT_BY_A_BROWSER

NAMES = {"Mei Chen": "en", "Amal Haddad": "ar", "Wen Li": "zh-Hans"}
THREADS = 6
ROUNDS = 8


@pytest.fixture(autouse=True)
def _interrupted_often() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


def asked(coplan: Coplan, name: str, language: str) -> list[Incoming]:
    """What this person asks for: pages about themselves, one that is not there, and a form that is refused."""
    with coplan.open_work() as work:
        account = an_account(work, name, language=language)
        client = a_client(work, name, account=account, language=language)
        token = accounts.sign_in(work, work.session.get_one(Account, account.id), "A browser", None)
    about = "/people/{client_id:uuid}/about"

    def one(method: str, path: str) -> Incoming:
        route = next(each for each in coplan.routes if (each.method, each.path) == (method, path))
        params = {"client_id": client.id} if "client_id" in path else {}
        where = Asked(route.address(params), {}, False, ENGLISH)
        headers = {key.lower(): value for key, value in SENT_BY_A_BROWSER.items()}
        host = headers["origin"].removeprefix("http://")
        return Incoming(route, params, where, Posted({}), b"", headers, {}, host, token, "a visitor's mark")

    form = one("POST", about + "/goals")
    key = coplan.house.keys.session
    csrf = f"{guard.token(key, bound_to(form))}.{guard.writer(key, account.id)}"
    said = {"_csrf": csrf, "_key": "the-key-of-this-form", "_form": "goal-new", "text": f"Only {name} says " * 400}
    pages = [one("GET", path) for path in ("/help", about, "/people/{client_id:uuid}/circle", "/account")]
    nowhere = replace(pages[1], params={"client_id": account.id})
    return [*pages, nowhere, replace(form, posted=Posted({name: [text] for name, text in said.items()}))]


def plain(reply: Reply) -> tuple[int, str]:
    """What a page says, without the key that each form has of its own."""
    return reply.status, re.sub(r'(name="_key" value=)"[^"]*"', r"\1", reply.body.decode())


def test_pages_that_are_made_at_once_are_as_those_made_alone(coplan: Coplan) -> None:
    theirs = {name: asked(coplan, name, language) for name, language in NAMES.items()}
    turns = [(name, pages[number]) for number in range(6) for name, pages in theirs.items()] * ROUNDS

    def made(one: Incoming) -> tuple[int, str]:
        return plain(contextvars.Context().run(coplan.desk.serve, one))

    alone = {id(one): made(one) for pages in theirs.values() for one in pages}
    with ThreadPoolExecutor(THREADS) as threads:
        at_once = list(threads.map(lambda turn: made(turn[1]), turns))
    assert {status for status, _ in alone.values()} == {200, 404, 422}
    for (name, one), (status, body) in zip(turns, at_once, strict=True):
        assert (status, body) == alone[id(one)]
        assert not [other for other in NAMES if other != name and other in body]


def test_a_page_that_breaks_off_leaves_nothing_to_the_next() -> None:
    env = templating.environment([])
    macro = "{% macro mine() %}{{ csrf }}{{ secret|default('') }}{% endmacro %}"
    page = '{% from "macros/kit.html" import mine with context %}{{ mine() }}{{ 1 // nothing }}'
    env.loader = DictLoader({"macros/kit.html": macro, "page.html": page})
    template = env.get_template("page.html")
    with pytest.raises(ZeroDivisionError), templating.page({"csrf": "hers", "secret": "hers", "nothing": 0}) as values:
        template.render(values)
    with templating.page({"csrf": "his", "nothing": 1}) as values:
        assert template.render(values) == "his1"
