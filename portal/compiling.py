"""Templates as Python: what Jinja writes, without three steps that no template of ours needs.

Nothing a template can call asks for Jinja's context, so calls are plain calls, and a macro is a plain function; what is
markup already does not go through the function that escapes. Together they are a fifth of what a page with hundreds of
values costs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import FunctionType
from typing import Any

import markupsafe
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.utils import missing
from markupsafe import Markup

from portal.language import marked

#: Escapes text without wrapping it: what a template puts out is only joined. Markupsafe keeps this to itself; where a
#: release has it no more, its public function does the same, ten times slower.
as_text: Callable[[str], str] = vars(markupsafe).get("_escape_inner", markupsafe.escape)


def macro(
    environment: Environment, body: FunctionType, arguments: Sequence[str], called: bool
) -> Callable[..., Markup]:
    """A macro as a function: ``body`` as Jinja wrote it, taking ``arguments`` and, if it is ``called``, its caller.

    TypeError when it is given more than that.
    """
    if not (arguments or called):  # most callers
        return lambda: marked(body())
    names = body.__code__.co_varnames
    places = dict(zip(arguments, names, strict=False))
    unsaid: list[Any] = [missing] * len(arguments)
    if called and "caller" not in places:
        places["caller"] = names[len(arguments)]
        unsaid.append(environment.undefined("No caller defined", name="caller"))
    body.__defaults__ = tuple(unsaid)

    def run(*values: object, **named: object) -> Markup:
        if len(values) > len(arguments):  # the next would be taken for the caller
            raise TypeError(f"a macro takes {len(arguments)} values, not {len(values)}")
        return marked(body(*values, **{places.get(name, name): value for name, value in named.items()}))

    return run


class Compiler(CodeGenerator):
    """Jinja's own compiler with plainer calls and outputs."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """A whole template, which knows by name what stands above."""
        self.writeline("from portal.compiling import as_text as _as_text, macro as _macro")
        super().visit_Template(node, frame)

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """The macros of ``macros/`` are made once for all pages: ``templating.OnceForAll``."""
        name = node.template
        if node.with_context and isinstance(name, nodes.Const) and str(name.value).startswith("macros/"):
            self.write(f"environment.get_template({name.value!r}, {self.name!r}).macros(context)")
        else:
            super()._import_common(node, frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """What makes a macro of the function above it."""
        if macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            self.fail("a macro says what it takes", macro_ref.node.lineno)
        names = tuple(one.name for one in macro_ref.node.args)
        self.write(f"_macro(environment, macro, {names!r}, {macro_ref.accesses_caller!r})")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """A call of a macro, or of a function that was handed in."""
        self.visit(node.node, frame)
        self.write("(")
        starred = [("*", node.dyn_args), ("**", node.dyn_kwargs)]
        arguments = [("", one) for one in (*node.args, *node.kwargs)]
        arguments += [(stars, one) for stars, one in starred if one is not None]
        for stars, one in arguments:
            self.write(stars)
            self.visit(one, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if self._escapes(frame, finalize):
            self.write("(_out if (_kind := type(_out := (")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if self._escapes(frame, finalize):
            self.write("))) is Markup else _as_text(_out) if _kind is str else escape(_out))")
        else:
            super()._output_child_post(node, frame, finalize)

    @staticmethod
    def _escapes(frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> bool:
        return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile and finalize.src is None
