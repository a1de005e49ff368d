"""Price lists for the tests: a row as published, written as CSV or XLSX in either layout."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "ndis"
YEAR_2025 = "ndis-support-catalogue-2025-26-v1.1.csv"
YEAR_2026 = "ndis-support-catalogue-2026-27-v1.1.csv"
YEAR_2026_BY_STATE = "ndis-support-catalogue-2026-27-v1.1-state-columns.csv"

START = [
    "Support Item Number", "Support Item Name", "Registration Group Number", "Registration Group Name",
    "Support Category Number", "Support Category Number (PACE)", "Support Category Name",
    "Support Category Name (PACE)", "Unit", "Quote", "Start date", "End Date",
]  # fmt: skip
STATES = [" ACT ", " NSW ", " NT ", " QLD ", " SA ", " TAS ", " VIC ", " WA "]
END = [
    "Non-Face-to-Face Support Provision", "Provider Travel", "Short Notice Cancellations.",
    "NDIA Requested Reports", "Irregular SIL Supports", "Type",
]  # fmt: skip
BY_STATE = [*START, *STATES, " Remote ", " Very Remote ", *END]
NATIONAL = [*START, "National", "Remote", "Very Remote", *END]

Row = dict[str, Any]


def a_row(number: str = "01_011_0107_1_1", price: Any = "$70.23", **cells: Any) -> Row:
    """A row as published; ``price`` is the national limit, other cells go by their column with _ for each space."""
    row: Row = {
        "Support Item Number": number,
        "Support Item Name": "Help with washing and dressing - Weekday Daytime",
        "Registration Group Number": "0107",
        "Registration Group Name": "Daily Personal Activities",
        "Support Category Number": "1",
        "Support Category Number (PACE)": "1",
        "Support Category Name": "Assistance with Daily Life (Includes SIL)",
        "Support Category Name (PACE)": "Assistance with Daily Life",
        "Unit": "H",
        "Quote": "No",
        "Start date": "20260701",
        "End Date": "99991231",
        "National": price,
        "Remote": "$98.32",
        "Very Remote": "$105.35",
        "Non-Face-to-Face Support Provision": "Y",
        "Provider Travel": "Y",
        "Short Notice Cancellations.": "Y",
        "NDIA Requested Reports": "N",
        "Irregular SIL Supports": "NA",
        "Type": "Priced Supports",
    }
    row |= dict.fromkeys(STATES, price) | {" Remote ": "$98.32", " Very Remote ": "$105.35"}
    for name, value in cells.items():
        row[name.replace("_", " ")] = value
    return row


def as_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] = NATIONAL, delimiter: str = ",") -> bytes:
    """The rows as a CSV file in UTF-8 with the mark and line ends that the agency writes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str] = NATIONAL,
    sheets: Mapping[str, Sequence[Sequence[Any]]] | None = None,
) -> bytes:
    """The rows as the sheet "Current Support Items" of a workbook, after any other sheets."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, lines in (sheets or {}).items():
        other = workbook.create_sheet(name)
        for line in lines:
            other.append(list(line))
    sheet = workbook.create_sheet("Current Support Items")
    sheet.append(list(columns))
    for row in rows:
        sheet.append([row.get(column) or None for column in columns])
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def published(name: str) -> bytes:
    """A published file, or a skipped test that says why."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the published price list {name} is not beside this checkout")
    return path.read_bytes()
