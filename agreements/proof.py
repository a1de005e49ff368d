"""What ``coplan verify`` holds about agreements: texts, signatures and kept copies still fit each other."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import select

from agreements import copies
from agreements.model import Agreement, AgreementText, Signature
from portal.access.scope import unscoped
from portal.invariants import invariant
from portal.work import Work


@invariant("agreement texts")
def changed_texts(work: Work) -> Iterator[str]:
    """Texts whose bytes no longer give the hash that was shown and signed."""
    every = unscoped(select(AgreementText.id, AgreementText.html, AgreementText.sha256), "verify")
    for text_id, html, expected in work.session.execute(every):
        kept = html if isinstance(html, bytes) else str(html).encode()  # SQLite keeps as text what was typed into it
        if sha256(kept).hexdigest() != expected:
            yield f"text {text_id} was changed after it was frozen"


@invariant("signatures")
def loose_signatures(work: Work) -> Iterator[str]:
    """Signatures that name no text of their agreement and round."""
    texts = unscoped(select(AgreementText.agreement_id, AgreementText.round, AgreementText.sha256), "verify")
    known = {tuple(row) for row in work.session.execute(texts)}
    for signature in work.session.scalars(unscoped(select(Signature), "verify")):
        if (signature.agreement_id, signature.round, signature.sha256) not in known:
            yield f"signature {signature.id} is for a text that is not there"


@invariant("agreement copies")
def lost_copies(work: Work) -> Iterator[str]:
    """Kept PDF copies that are gone or are no longer what was kept."""
    every = unscoped(select(Agreement.id, Agreement.print_sha256).where(Agreement.print_sha256.is_not(None)), "verify")
    for agreement_id, digest in work.session.execute(every):
        try:
            copies.take(work.house.settings.files, digest or "")
        except (OSError, ValueError):
            yield f"the copy of agreement {agreement_id} is gone or was changed"
