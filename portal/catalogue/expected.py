"""What a file of rows may be: its limits, and what is said when it is something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgeting.words import Words, words
from portal.catalogue.problem import Unusable

MOST_BYTES = 20_000_000
MOST_ROWS = 20_000  # below the header; the whole published list has about a thousand
MOST_COLUMNS = 200
TITLE_ROWS = 20  # how far down the column names may stand


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as text: ``rows[0]`` is row 1 of the spreadsheet, blank rows included."""

    name: str
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file should be: its limits, and the sentences that say what to do when it is something else."""

    larger: Words
    too_long: Words
    too_wide: Words
    too_large: Words  # inside, once it is unpacked
    empty: Words
    web_page: Words
    other: Words
    most_bytes: int = MOST_BYTES
    most_rows: int = MOST_ROWS
    western: bool = False  # whether letters that are no Unicode are taken for those of older Windows programs

    @property
    def most_lines(self) -> int:
        """Rows with the titles above them."""
        return self.most_rows + TITLE_ROWS


PRICE_LIST = Expected(
    larger=words(
        "This file is larger than {megabytes} MB. Choose the catalogue alone.", megabytes=MOST_BYTES // 1_000_000
    ),
    too_long=words(
        "This file has more than {most} rows, too many for a price list. Choose the catalogue alone.", most=MOST_ROWS
    ),
    too_wide=words("A sheet has more than {most} columns. Keep the catalogue's own columns.", most=MOST_COLUMNS),
    too_large=words("This workbook is far larger inside than a price list, so we did not open it. Download it again."),
    empty=words("This file is empty. Choose the catalogue as it was published."),
    web_page=words("This is a web page, not a price list. Download the catalogue as CSV or XLSX and choose that file."),
    other=words("This is not a CSV or XLSX file. Download the catalogue in one of these forms."),
)


def too_many_rows(row: int, expected: Expected = PRICE_LIST) -> Unusable:
    """The refusal of a list longer than any such list is."""
    return Unusable(expected.too_long, row)
