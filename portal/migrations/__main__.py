"""Write a revision from the models: ``python -m portal.migrations "Say what changes"``.

``--afresh`` throws all revisions away and writes one first revision: only before anyone has data to keep.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from portal.migrations import HOME
from portal.migrations.comparison import write_revision


def main() -> int:
    """Write one revision, and say where it is."""
    parser = argparse.ArgumentParser(prog="python -m portal.migrations", description=__doc__)
    parser.add_argument("title", nargs="?", default="First shape of the database")
    parser.add_argument("--afresh", action="store_true")
    options = parser.parse_args()
    folder = HOME / "versions"
    folder.mkdir(exist_ok=True)
    if options.afresh:
        for old in folder.glob("[0-9]*.py"):
            old.unlink()
    path = write_revision(options.title, folder)
    if path:
        subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", path], check=False)
    said = f"Written: {path.name}; read it before you commit it." if path else "Models and revisions agree."
    sys.stdout.write(f"{said}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
