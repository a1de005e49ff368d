"""The import of a price list, outside the request that asked for it; running it twice changes nothing."""

from __future__ import annotations

from uuid import UUID

from portal.catalogue import commands
from portal.catalogue.reading import read_catalogue
from portal.jobs import job
from portal.work import OpenWork


@job("catalogue.import_list", many=True)
def import_list(open_work: OpenWork, import_id: str) -> None:
    """Read the file without holding a transaction, then bring it in whole or keep what is wrong with it."""
    with open_work() as work:
        found = commands.begin_import(work, UUID(import_id))
        if found is None:
            return
        name, content = found.file_name, found.content
    reading = read_catalogue(name, content or b"")
    with open_work() as work:
        commands.finish_import(work, UUID(import_id), reading)
