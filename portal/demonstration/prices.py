"""The price lists that come with Coplan, and what the made-up providers ask where they set their own prices."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from budgeting.money import Money
from budgeting.period import Band
from budgeting.programs import PROGRAMS, shipped
from portal.accounts.model import Organisation
from portal.catalogue import commands
from portal.catalogue.model import Origin
from portal.catalogue.stored import fingerprint
from portal.demonstration.scene import Scene

ASKED = (  # made up: provider, support, and the price of an hour by time band
    ("greendoor", "personal_care", {Band.DAY: 9900, Band.SATURDAY: 13400, Band.SUNDAY: 16900, Band.HOLIDAY: 20400}),
    ("greendoor", "cleaning", {Band.DAY: 8900}),
    ("greendoor", "gardening", {Band.DAY: 9200}),
    ("greendoor", "registered_nurse", {Band.DAY: 16500, Band.SATURDAY: 19800}),
)


def fill(scene: Scene) -> None:
    """Bring in the shipped price lists and enter what the provider of care at home asks."""
    with scene.acting() as work:
        for program in PROGRAMS:
            for edition in shipped(program).editions:
                digest = hashlib.sha256(fingerprint(edition).encode()).hexdigest()
                commands.import_edition(work, None, edition, digest, True, Origin.SHIPPED)
    with scene.acting("sam") as work:
        began = work.day - timedelta(days=200)
        for key, support, prices in ASKED:
            provider = work.session.get_one(Organisation, scene.organisation[key])
            for band, cents in prices.items():
                commands.enter_price(work, provider, "support_at_home", support, band, began, Money(cents))
