"""Macros as plain functions: what they are given wrongly is refused, and nothing gets through them unescaped."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, TemplateAssertionError, UndefinedError
from markupsafe import Markup

from portal import templating

MACROS = """
{% macro plain(a, b="-", c=none) %}<i title="{{ a }}">{{ b }}{% if c is not none %}{{ c }}{% endif %}</i>{% endmacro %}
{% macro after(a, b=a) %}{{ b }}{% endmacro %}
{% macro around(a) %}<p>{{ a }}{{ caller() }}</p>{% endmacro %}
{% macro each(rows) %}{% for row in rows %}{{ caller(row) }}{% endfor %}{% endmacro %}
{% macro nested(a) %}{% call around(a ~ "!") %}{{ plain(a, b=a) }}{% endcall %}{% endmacro %}
{% macro put(a) %}{% set kept %}{{ a }}{% endset %}{{ kept }}{{ "%s" | format(a) }}{{ [a, a] | join(a) }}{% endmacro %}
{% macro bare() %}-{% endmacro %}
"""
FORGED = "<b title=\"x\" lang='y'>&amp;</b>"


def written(text: str, values: dict[str, object] | None = None, shared: bool = True) -> str:
    """A small template that uses the macros above, as a page, or as a letter that makes its own."""
    env = templating.environment([])
    env.loader = DictLoader({"macros/m.html": MACROS})
    names = "plain, after, around, each, nested, put, bare"
    template = env.from_string(f'{{% from "macros/m.html" import {names} with context %}}{text}')
    if not shared:
        return template.render(values or {})
    with templating.page(values or {}) as page:
        return template.render(page)


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "{{ plain(v) }}",
        "{{ plain(a=v) }}",
        "{{ plain(v, v, v) }}",
        "{{ plain(c=v, b=v, a=v) }}",
        "{{ plain(*[v, v]) }}{{ plain(**{'a': v, 'c': v}) }}",
        "{{ after(v) }}{{ after(v, b=v) }}",
        "{% call around(v) %}{{ v }}{% endcall %}",
        "{% call(row) each([v, v]) %}{{ row }}{{ plain(row) }}{% endcall %}",
        "{{ nested(v) }}{{ put(v) }}",
        "{{ plain(v ~ v) }}{{ plain(v | upper) }}{{ plain([v]) }}{{ plain({v: v}) }}",
        "{{ _('{name}', name=v) }}{{ plain(_('{name}', name=v)) }}{{ plain(plain(v)) }}",
    ],
)
def test_whatever_way_a_macro_is_given_a_text_it_is_shown_as_text(text: str, shared: bool) -> None:
    shown = written(text, {"v": FORGED}, shared)
    assert "&lt;" in shown
    assert not any(bit in shown.lower() for bit in ("<b ", 'title="x"', "lang='y'", "</b>"))
    assert "&amp;amp;" in shown.lower()


def test_markup_given_to_a_macro_is_not_escaped_again() -> None:
    shown = written("{{ plain(1, v) }}{{ nested(v) }}{{ around(v, caller=bare) }}", {"v": Markup("<u>1</u>")})
    assert "<u>1</u>" in shown
    assert "&amp;lt;" not in shown


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "{{ plain(1, 2, 3, 4) }}",
        "{{ plain(1, nothing=2) }}",
        "{{ plain(1, a=2) }}",
        "{{ bare(1) }}",
        "{{ bare(a=1) }}",
        "{% call bare() %}lost{% endcall %}",
        "{% call plain(1) %}lost{% endcall %}",
        "{% call after(1, 2) %}lost{% endcall %}",
    ],
)
def test_a_macro_that_is_given_what_it_does_not_take_says_so(text: str, shared: bool) -> None:
    with pytest.raises(TypeError):
        written(text, shared=shared)


@pytest.mark.parametrize("text", ["{{ plain() }}", "{{ plain(b=1) }}", "{{ around(1) }}", "{{ each([1]) }}"])
def test_a_macro_that_is_not_given_what_it_shows_says_so(text: str) -> None:
    with pytest.raises(UndefinedError):
        written(text)


@pytest.mark.parametrize("name", ["varargs", "kwargs"])
def test_a_macro_that_does_not_say_what_it_takes_is_not_compiled(name: str) -> None:
    with pytest.raises(TemplateAssertionError):
        templating.environment([]).from_string("{% macro any() %}{{ " + name + " }}{% endmacro %}")
