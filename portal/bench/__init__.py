"""``coplan bench``: speed and size against their goals, as ratios and times of one run on a throw-away portal."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path


def bench(json_output: bool, soak: bool = False) -> int:
    """Measure and print one line for each figure, or all as JSON; the exit code is 1 when a goal was missed."""
    sys.path.append(str(Path(__file__).parents[2]))  # in a checkout: the tests hold the slow way, as an oracle
    from portal.bench import runs, together

    found = runs.measure(soak)
    with tempfile.TemporaryDirectory(prefix="coplan-together-") as folder:
        found += together.measure(Path(folder) / "data")
    if json_output:
        print(json.dumps([figure.as_json() for figure in found], indent=1))
    else:
        for figure in found:
            print(figure.as_text())
    return 1 if any(figure.met is False for figure in found) else 0
