"""The price lists that come with Coplan."""

from __future__ import annotations

import hashlib

from budgeting.programs import PROGRAMS, shipped
from portal.catalogue import commands
from portal.catalogue.model import Origin
from portal.catalogue.stored import fingerprint
from portal.demonstration.scene import Scene


def fill(scene: Scene) -> None:
    """Bring in the shipped price lists."""
    with scene.acting() as work:
        for program in PROGRAMS:
            for edition in shipped(program).editions:
                digest = hashlib.sha256(fingerprint(edition).encode()).hexdigest()
                commands.import_edition(work, None, edition, digest, True, Origin.SHIPPED)
