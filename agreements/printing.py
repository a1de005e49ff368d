"""HTML to an accessible PDF, in a process of its own: no network, no files, limited time and memory.

Run as ``python -m agreements.printing`` it reads HTML from its input and writes the PDF to its output.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

SECONDS = 90
MEMORY = 3 * 1024**3
HOME = Path(__file__).parent
STYLE = HOME / "templates" / "agreements" / "print.css"


class CannotPrint(Exception):
    """The PDF could not be made; the job tries again."""


def pdf(html: str) -> bytes:
    """The PDF of an HTML document; CannotPrint when it takes too long or fails."""
    known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "XDG_CACHE_HOME") if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "agreements.printing"],
            input=html.encode(),
            capture_output=True,
            timeout=SECONDS,
            cwd=HOME.parent,
            env=known,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise CannotPrint("it took too long") from late
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise CannotPrint(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def typeset(html: str) -> bytes:
    """Lay out the document as PDF/UA-1; nothing is fetched from anywhere."""
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    class Nothing(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Refuses every address, also data: and file:."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError("an agreement loads nothing")

    nothing, style = Nothing(), CSS(string=STYLE.read_text("utf-8"))
    content: bytes = HTML(string=html, url_fetcher=nothing).write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
    return content


def finished(content: bytes) -> bytes:
    """Say of each table heading whether it heads a row or a column, and let the tab key follow the structure."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        _mark_headings(document.Root.StructTreeRoot, pikepdf)
        for page in document.pages:
            page.obj.Tabs = pikepdf.Name.S
        document.save(out)
    return out.getvalue()


def _mark_headings(node: Any, pikepdf: Any) -> None:
    for child in _children(node, pikepdf):
        if child.get("/S") == pikepdf.Name.TH:
            row = _children(child.P, pikepdf)
            head = len(row) > 1 and all(cell.get("/S") == pikepdf.Name.TH for cell in row)
            scope = pikepdf.Name.Column if head else pikepdf.Name.Row
            child.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=scope)
        _mark_headings(child, pikepdf)


def _children(node: Any, pikepdf: Any) -> list[Any]:
    found = node.get("/K")
    every = list(found) if isinstance(found, pikepdf.Array) else [found]
    return [one for one in every if isinstance(one, pikepdf.Dictionary)]


def main() -> int:
    """Print what comes in, within the limits."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.buffer.write(finished(typeset(sys.stdin.buffer.read().decode())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
