"""The measured server as a process: ``python -m portal.bench``; started by the bench itself."""

from __future__ import annotations

import os


def main() -> None:
    """Serve until stopped, as ``coplan run`` does."""
    from granian import Granian
    from granian.constants import Interfaces, Loops
    from granian.log import LogLevels

    Granian(
        "portal.bench.server:application",
        address="127.0.0.1",
        port=int(os.environ["PORT"]),
        interface=Interfaces.ASGI,
        loop=Loops.asyncio,
        workers=1,
        factory=True,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
