"""What no browser sends: bytes that are not text, broken multipart bodies, odd hosts. A clear page, never our error."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st
from litestar.testing import TestClient

from portal.settings import from_environment
from portal.site.guard import known_host
from tests.person import SENT_BY_A_BROWSER, Person

MULTIPART = "multipart/form-data; boundary=cut"
URLENCODED = "application/x-www-form-urlencoded"
PLACES = ("/start", "/start/paste", "/sign-in", "/speak-up")
same_portal = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def send(person: Person, place: str, kind: str, body: bytes) -> httpx.Response:
    person.client.cookies = httpx.Cookies()
    headers = {**SENT_BY_A_BROWSER, "Content-Type": kind}
    answer: httpx.Response = person.client.post(place, content=body, headers=headers, follow_redirects=False)
    return answer


def part(name: bytes, value: bytes, more: bytes = b"") -> bytes:
    head = b'--cut\r\nContent-Disposition: form-data; name="' + name + b'"' + more
    return head + b"\r\n\r\n" + value + b"\r\n--cut--\r\n"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (URLENCODED, b"login=\xff\xfe"),
        (URLENCODED, b"\xc3=1"),
        (URLENCODED + "; charset=nonsense", b"login=%ff"),
        (MULTIPART, part(b"login", b"\xff\xfe")),
        (MULTIPART, part(b"\xff", b"1")),
        (MULTIPART, part(b"file", b"1", b'; filename="\xff"')),
        ("multipart/form-data", b"no boundary"),
    ],
)
def test_bytes_that_are_no_text_get_a_clear_page(person: Person, place: str, kind: str, body: bytes) -> None:
    answer = send(person, place, kind, body)
    assert answer.status_code in (400, 403), answer.text[:300]
    assert answer.headers["content-type"].startswith("text/html")
    assert "on our side" not in answer.text
    assert "content-security-policy" in answer.headers


def test_the_page_for_bytes_that_are_no_text_says_what_to_do(person: Person) -> None:
    answer = send(person, "/start", MULTIPART, part(b"login", b"\xff"))
    assert answer.status_code == 400
    assert "We could not read what was sent" in answer.text


@pytest.mark.parametrize("place", PLACES)
def test_a_form_of_more_fields_than_any_of_ours_is_not_read(person: Person, place: str) -> None:
    """Reading a hundred thousand took most of a second, in which nobody else was answered."""
    answer = send(person, place, URLENCODED, b"&".join([b"a=1"] * 100_000))
    assert answer.status_code == 400
    assert "<main" in answer.text


def test_a_body_that_is_too_large_is_said_to_be(person: Person) -> None:
    answer = send(person, "/start/paste", URLENCODED, b"letter=" + b"a" * 2_000_000)
    assert answer.status_code == 413
    assert "too large" in answer.text


@same_portal
@given(body=st.binary(max_size=300), kind=st.sampled_from([URLENCODED, MULTIPART]))
@example(body=b"%", kind=URLENCODED)
@example(body=b"a=%ff%00", kind=URLENCODED)
@example(body=b"--cut\r\n", kind=MULTIPART)
@example(body=b"--cut\r\n\r\n\r\n--cut--", kind=MULTIPART)
@example(body=b"--cut\r\nContent-Disposition: form-data\r\n\r\n1\r\n--cut--\r\n", kind=MULTIPART)
def test_no_body_is_an_error_of_ours(portal: TestClient[Any], body: bytes, kind: str) -> None:
    assert send(Person(portal), "/start", kind, body).status_code < 500


@pytest.mark.parametrize("address", ["/start?program=%ff", "/supports?q=%c3%28", "/people/%ff", "/%ff", "/?lang=%00"])
def test_an_address_that_is_no_text_is_no_error_of_ours(person: Person, address: str) -> None:
    assert person.open(address).status < 500


@pytest.mark.parametrize("address", ["/%00", "/%00%0a%22%3e", "/people/%7F", "/%D8%A7"])
def test_an_address_leads_back_to_itself_as_it_was_asked_for(person: Person, address: str) -> None:
    page = person.open(address).answer.text
    assert not {"\x00", "\x7f"} & set(page)
    assert person.page.xpath("//a[@hreflang='ar']/@href")[0].lower() == f"{address}?lang=ar".lower()


PRODUCTION = from_environment({"COPLAN_MODE": "production", "COPLAN_BASE_URL": "https://coplan.example"})
HERE = from_environment({"PORT": "8000"})


@pytest.mark.parametrize("host", ["coplan.example", "coplan.example:443", "COPLAN.example:8443"])
def test_our_own_host_is_answered_under(host: str) -> None:
    assert known_host(PRODUCTION, host)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000", "[::1]"])
def test_this_machine_is_answered_under_while_building(host: str) -> None:
    assert known_host(HERE, host)
    assert not known_host(PRODUCTION, host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "coplan.example:",
        "coplan.example:x",
        "coplan.example:80:80",
        "coplan.example:0",
        "coplan.example:65536",
        "coplan.example:-1",
        "coplan.example:٨٠",
        "coplan.example:80@elsewhere.example",
        "elsewhere.example:@coplan.example",
        "coplan.example.elsewhere.example",
        "coplan.example/",
        " coplan.example",
        "coplan.example\n",
        "[coplan.example]",
        "coplan.example]",
    ],
)
def test_a_host_that_is_not_quite_ours_is_refused(host: str) -> None:
    assert not known_host(PRODUCTION, host)


@given(st.text(max_size=40) | st.builds("coplan.example:{}".format, st.text(max_size=8)))
def test_only_our_name_with_a_port_of_digits_is_ours(host: str) -> None:
    name, colon, port = host.partition(":")
    expected = name.lower() == "coplan.example" and (
        not colon or (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65_536)
    )
    assert known_host(PRODUCTION, host) is expected


@pytest.mark.parametrize("sent", [b"%ff%fe", b"\xff", b"%ed%a0%80", b"%00", b"%", b"%c3%28", b"%zz"])
@pytest.mark.parametrize("field", ["login", "password"])
def test_a_real_form_with_bytes_that_are_no_text_is_no_error_of_ours(person: Person, sent: bytes, field: str) -> None:
    form = dict(person.open("/sign-in").form("sign-in").form_values()) | {"login": "a@b", "password": "x"}
    typed = urlencode({field: form.pop(field)}).partition("=")[0].encode()
    body = urlencode(form).encode() + b"&" + typed + b"=" + sent
    assert sent in body
    person.client.cookies = person.cookies
    answer = person.client.post("/sign-in", content=body, headers={**SENT_BY_A_BROWSER, "Content-Type": URLENCODED})
    assert answer.status_code in (400, 422), answer.text[:300]
