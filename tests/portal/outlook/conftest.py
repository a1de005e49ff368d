"""Mei's circle with a plan and too little money for it."""

from __future__ import annotations

import pytest

from portal.app import Coplan
from tests.portal.outlook.people import Purse, with_money
from tests.portal.plans.people import a_circle


@pytest.fixture
def mei(coplan: Coplan) -> Purse:
    return with_money(a_circle(coplan))
