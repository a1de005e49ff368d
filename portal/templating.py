"""The one environment of the templates: pages, letters and documents, in the language of the reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Any, ClassVar

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup

from budgeting.words import Value, Words
from portal.compiling import Compiler
from portal.language import (
    ROOT,
    Language,
    as_written,
    chosen_in,
    current,
    markup,
    plain,
    retold,
    show,
    show_plain,
    tongue,
    when,
)


def _sentence(make: Callable[[Words, Language], Any]) -> Callable[..., Any]:
    @lru_cache(maxsize=8_000)
    def fixed(text: str, language: Language) -> Any:
        return make(Words(text), language)

    def translate(text: str, /, **values: Value) -> Any:  # a value may be called text too
        language, other = current.get(), retold.get().get(text)
        told = other.text if other else text
        return make(Words(told, values), language) if values else fixed(told, language)

    return translate


def _plural(one: str, many: str, n: int, **values: Value) -> Markup:
    return markup(Words(one, {"n": n, **values}, many, n))


class _Compiled(BytecodeCache):
    """Templates are compiled once in a process, however many portals are made in it (each test makes one)."""

    _kept: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


class Made:
    """The contexts of the templates that one page is written with."""

    def __init__(self) -> None:
        self.contexts: list[Context] = []

    def let_go(self) -> None:
        """Part macros from the contexts they stand in, so that all a page has held is free at once.

        They hold each other; thousands of such objects would otherwise lie about until somebody searches for them.
        """
        for context in self.contexts:
            context.vars.clear()
            context.parent.clear()  # a copy, made for this page
        self.contexts.clear()


_PAGE: ContextVar[Mapping[str, Any]] = ContextVar("page", default=MappingProxyType({}))


@contextmanager
def page(values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What the templates of one page are written with: ``values``, which its macros look at too."""
    made = Made()
    before = _PAGE.set(values)
    try:
        yield {**values, "_made": made}
    finally:
        _PAGE.reset(before)
        made.let_go()


class _AnyPage(Context):
    """Where shared macros stand: what they do not find there they ask of the page that is being written."""

    def resolve_or_missing(self, key: str) -> Any:
        found = super().resolve_or_missing(key)
        return _PAGE.get().get(key, missing) if found is missing else found


class OnceForAll(Template):
    """A template whose macros, if it stands in ``macros/``, are made once for all pages.

    They look only at what holds for a whole page: the reader, the form that was refused. Letters and documents, which
    are no pages, make their own.
    """

    def new_context(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None
    ) -> Context:
        """A context that the page knows of."""
        context = super().new_context(vars, shared, locals)
        made = context.parent.get("_made")
        if made is not None:
            made.contexts.append(context)
        return context

    def macros(self, context: Context) -> TemplateModule:
        """The macros of this template for what is written in ``context``."""
        return (
            self._shared if isinstance(context, _AnyPage) or "_made" in context else self.make_module(context.get_all())
        )

    @cached_property
    def _shared(self) -> TemplateModule:
        return TemplateModule(self, _AnyPage(self.environment, dict(self.globals), self.name, self.blocks))


#: A field that holds something; 1 is what the numbers begin with that count people.
_TYPED = re.compile(
    r'<input (?![^>]*type="(?:hidden|checkbox|radio)")[^>]*value="(?!1")[^"]+"'
    r"|<textarea[^>]*>(?:&#10;)?\s*(?!</|&#10;|\s)"
    r'|<input type="checkbox"[^>]* checked'
)


def _is_wrong(fields: str) -> bool:
    """Whether one of these fields was refused."""
    return 'aria-invalid="true"' in fields


def _speaks_up(fields: str) -> bool:
    """Whether one of these fields was refused or holds something, so that they are not folded away."""
    return _is_wrong(fields) or _TYPED.search(fields) is not None


def environment(folders: Sequence[Path]) -> Environment:
    """The environment for pages, letters and documents; the reader is the context variable ``current``."""
    env = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=1000,
        bytecode_cache=_Compiled(),
    )
    env.template_class = OnceForAll
    env.code_generator_class = Compiler
    env.filters.update(is_wrong=_is_wrong, speaks_up=_speaks_up)
    env.globals.update(
        _=_sentence(markup),
        plain=_sentence(plain),
        ngettext=_plural,
        as_written=as_written,
        show=show,
        show_plain=show_plain,
        when=when,
        language=current.get,
        tongue=tongue,
        chosen_in=chosen_in,
    )
    return env


@cache
def template_folders() -> list[Path]:
    """Every ``templates`` folder of the shell and the slices."""
    homes = (ROOT / "portal", ROOT / "agreements", ROOT / "feedback")
    return sorted({path for home in homes for path in home.rglob("templates") if path.is_dir()})
