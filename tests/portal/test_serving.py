"""Starting: a second portal never shares the port of one that runs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path


def test_a_port_that_another_portal_listens_on_is_not_shared(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as the server listens
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        settings = {"COPLAN_DATA": str(tmp_path / "data"), "COPLAN_MODE": "development", "PORT": port}
        started = subprocess.run(
            [sys.executable, "-m", "portal.cli", "run"],
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert started.returncode == 1
    assert port in started.stderr
    assert not (tmp_path / "data" / "coplan.db").exists()
