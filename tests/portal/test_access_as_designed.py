"""The matrix that ``test_access.py`` holds the table to is the one of the security design, where that is at hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.access.table import Resource
from tests.portal.test_access import HEADS, cells

DESIGN = Path(__file__).resolve().parents[3] / "shared" / "SECURITY.md"
ROWS = {
    "Name, how to communicate": Resource.IDENTITY,
    "Address, phone, photo": Resource.CONTACT,
    "Safety notes, restrictions, DV flag": Resource.SAFETY,
    "Who is in my circle; grants": Resource.CIRCLE,
    "Consent registry": Resource.CONSENTS,
    "Case note, private of the client": Resource.NOTE,
    "Proposal, draft": Resource.DRAFT,
    "Proposal, approved": Resource.PLAN,
    "Request to a provider": Resource.REQUEST,
    "Case note, ordinary": Resource.PROGRESS,
    "Budget, ledger, statements": Resource.BUDGET,
    "Payment of contribution": Resource.PAYMENT,
    "Service agreement": Resource.AGREEMENT,
    "Complaint (client's own)": Resource.COMPLAINT,
    "Complaint as handler": Resource.HANDLING,
    "Feedback": Resource.FEEDBACK,
    "Who looked at my data": Resource.LOOKED,
    "Audit trail": Resource.AUDIT,
    "Accounts, settings": Resource.SETTINGS,
}
#: What the design says in words, in the letters of the matrix; what stands in brackets there is left out.
IN_LETTERS = {
    "R l, unless restricted": "R l",  # a safety restriction goes before everything
    "R l, without others' names if restricted": "R l",
    "R a, flagged need": "R a",
    "R a, W request": "R a, W",
    "R a, W own part a": "R a, W",
    "R c, W comment": "R c, C c",
    "R c, W comment c": "R c, C c",
    "R i own lines": "R i",
    "R if shared": "R i",
    "own invoices only": "R i",
    "own": "–",  # one's own account is a row of its own: ACCOUNT
    "RW l S": "RW S l",
    "RW a S": "RW S a",
    "RW l, unless about them": "RW l",
    "RW if handler, no conflict": "RW i",
    "– unless handler": "–",
    "W R o": "RW o",
    "R sample": "R",
    "R verify": "R",
    "R totals": "R",
    "R totals ≥ 5 answers": "R",
    "R reconciliation, no purpose text": "R",
    "R events without content": "R",
}


def designed() -> dict[str, list[str]]:
    lines = [line for line in DESIGN.read_text().splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: [" ".join(re.sub(r"\(.*?\)", "", cell).split()) for cell in row[1:]] for row in rows}


@pytest.mark.skipif(not DESIGN.exists(), reason="the security design is not beside this folder")
@pytest.mark.parametrize("row", ROWS)
def test_the_matrix_says_cell_by_cell_what_the_design_says(row: str) -> None:
    named = next(found for name, found in designed().items() if name.startswith(row))
    copied = [cells()[ROWS[row], who] for who in HEADS.values()]
    assert [IN_LETTERS.get(cell, cell) for cell in named] == copied
