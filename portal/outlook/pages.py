"""Alarms that people choose, and how far the money reaches."""

from __future__ import annotations

from portal.outlook import queries as queries
