"""What happens with the payment service after a commit, and every night. The network is never waited for in a
transaction: each job reads, asks, and then writes in units of work of their own."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from portal.jobs import job
from portal.payments import commands, gateway, queries
from portal.payments.model import News
from portal.payments.states import NewsState
from portal.work import OpenWork

LOOKS_BACK = timedelta(days=3)  # a payment page lives for one day; the rest is for nights that were missed


@job("payments.apply_event", many=True)
def apply_event(open_work: OpenWork, news_id: str) -> None:
    """Ask the payment service how the page of a message stands now, and bring our record there."""
    with open_work() as work:
        news = work.session.get(News, UUID(news_id))
        settings = work.house.settings
    if news is None or news.state is NewsState.APPLIED:
        return
    page: gateway.Page | None
    try:
        page = gateway.look_up(settings, news.session_id)
    except gateway.Missing:
        page = None
    with open_work() as work:
        commands.work_through(work, work.session.get_one(News, news.id), page)


@job("payments.close_pages", many=True)
def close_pages(open_work: OpenWork, contribution_id: str) -> None:
    """Close every payment page of a contribution that is no longer asked for."""
    with open_work() as work:
        sessions = [attempt.session_id for attempt in queries.open_attempts(work, UUID(contribution_id))]
        settings = work.house.settings
    for session_id in sessions:
        page = gateway.close(settings, session_id)
        with open_work() as work:
            commands.reconciled(work, page)


@job("payments.reconcile", cron="0 40 15 * * *", many=True)
def reconcile(open_work: OpenWork) -> None:
    """Find what never arrived: messages not worked through, pages still open, payments we know nothing of."""
    with open_work() as work:
        settings, since = work.house.settings, work.now - LOOKS_BACK
        unfinished = select(News.id).where(News.state != NewsState.APPLIED, News.kind.in_(gateway.HEARD))
        waiting = work.session.scalars(unfinished).all()
        sessions = [attempt.session_id for attempt in queries.open_attempts(work)]
    if not gateway.with_standin(settings).stripe_key:
        return
    for news_id in waiting:
        apply_event(open_work, str(news_id))
    pages = {page.session_id: page for page in gateway.pages_since(settings, since)}
    for session_id in sessions:
        if session_id not in pages:
            pages[session_id] = gateway.look_up(settings, session_id)
    for page in pages.values():
        if page.contribution is not None:  # other pages of the same account at the service are not ours
            with open_work() as work:
                commands.reconciled(work, page)
