"""The one environment of the templates: pages, letters and documents, in the language of the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
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
    """What templates make while one page is written; a renderer puts it into the context as ``_made``."""

    def __init__(self) -> None:
        self.modules: dict[str, TemplateModule] = {}
        self.contexts: list[Context] = []

    def let_go(self) -> None:
        """Part macros from the contexts they stand in, so that all a page has held is free at once.

        They hold each other; thousands of such objects would otherwise lie about until somebody searches for them.
        """
        for context in self.contexts:
            context.vars.clear()
            context.parent.clear()  # a copy, made for this page
        self.contexts.clear()
        self.modules.clear()


#: Macros that look at nothing of the page they stand in: made once for all pages.
FOR_ALL = frozenset({"macros/aloud.html", "macros/ui.html", "macros/where.html"})


class OnceAPage(Template):
    """A template whose macros are made once for a page, however many of its parts import them.

    Macros in ``macros/`` look only at what holds for the whole page: the reader, the form that was refused.
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

    def make_module(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None
    ) -> TemplateModule:
        """The macros of this template, those of the same page again."""
        if vars and self.name in FOR_ALL:
            return self.module
        made = vars.get("_made") if vars and self.name and self.name.startswith("macros/") else None
        if made is None:
            return super().make_module(vars, shared, locals)
        if self.name not in made.modules:
            made.modules[self.name] = super().make_module(vars, shared)
        module: TemplateModule = made.modules[self.name]
        return module


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
    env.template_class = OnceAPage
    env.code_generator_class = Compiler
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
