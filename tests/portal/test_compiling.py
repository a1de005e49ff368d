"""What a template calls: a macro is given what it says it takes, and text is escaped once, wherever it comes from."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, UndefinedError

from portal import templating

KIT = """
{%- macro field(name, value="", hint=None) -%}<p>{{ name }}|{{ value }}|{{ hint }}</p>{%- endmacro -%}
{%- macro card(title) -%}<b>{{ title }}</b>{{ caller() }}{%- endmacro -%}
{%- macro each(ones) -%}{% for one in ones %}{{ caller(one) }}{% endfor %}{%- endmacro -%}
"""
SHARP = "<i>\"'&"
ESCAPED = "&lt;i&gt;&#34;&#39;&amp;"


def written(source: str, **values: object) -> str:
    env = templating.environment([])
    env.loader = DictLoader({"macros/kit.html": KIT, "page.html": imports(source)})
    with templating.page(values) as known:
        return env.get_template("page.html").render(known)


def imports(source: str) -> str:
    return '{% from "macros/kit.html" import field, card, each with context %}' + source


@pytest.mark.parametrize(
    "call", ["field(a, a, a)", "field(a, hint=a, value=a)", "field(name=a, value=a, hint=a)", "field(*[a, a], hint=a)"]
)
def test_a_macro_escapes_what_it_is_given_once_however_it_is_given(call: str) -> None:
    said = f"<p>{ESCAPED}|{ESCAPED}|{ESCAPED}</p>"
    assert written(f"{{{{ {call} }}}}", a=SHARP) == said
    assert written(f"{{% set kept %}}{{{{ {call} }}}}{{% endset %}}{{{{ kept }}}}", a=SHARP) == said


def test_what_was_not_given_is_what_the_macro_says() -> None:
    assert written("{{ field('x') }}") == "<p>x||None</p>"


def test_a_caller_is_written_inside_and_is_given_what_it_takes() -> None:
    assert written("{% call card(a) %}{{ a }}{% endcall %}", a=SHARP) == f"<b>{ESCAPED}</b>{ESCAPED}"
    assert written("{% call(one) each([a, 1]) %}<{{ one }}>{% endcall %}", a=SHARP) == f"<{ESCAPED}><1>"


@pytest.mark.parametrize("call", ["field(1, 2, 3, 4)", "card('one', 'two')", "field('x', hue=1)", "card('x', hint=1)"])
def test_a_macro_that_is_given_more_than_it_takes_refuses(call: str) -> None:
    with pytest.raises(TypeError):
        written(f"{{{{ {call} }}}}")


def test_a_macro_that_lacks_what_it_needs_refuses() -> None:
    for call in ("field()", "card('x')"):
        with pytest.raises(UndefinedError):
            written(f"{{{{ {call} }}}}")
