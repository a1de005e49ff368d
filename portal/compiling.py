"""Templates as Python: what Jinja writes, without two steps that no template of ours needs.

Nothing a template can call asks for Jinja's context, so calls are plain calls; and what is markup already does not go
through the function that escapes. Together they are a fifth of what a page with hundreds of values costs.
"""

from __future__ import annotations

from collections.abc import Callable

import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst

#: Escapes text without wrapping it: what a template puts out is only joined. Markupsafe keeps this to itself; where a
#: release has it no more, its public function does the same, ten times slower.
as_text: Callable[[str], str] = vars(markupsafe).get("_escape_inner", markupsafe.escape)


class Compiler(CodeGenerator):
    """Jinja's own compiler with plainer calls and outputs."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """A whole template, which knows the escaping of plain text by name."""
        self.writeline("from portal.compiling import as_text as _as_text")
        super().visit_Template(node, frame)

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """The macros of ``macros/`` are made once for all pages: ``templating.OnceForAll``."""
        name = node.template
        if node.with_context and isinstance(name, nodes.Const) and str(name.value).startswith("macros/"):
            self.write(f"environment.get_template({name.value!r}, {self.name!r}).macros(context)")
        else:
            super()._import_common(node, frame)

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
