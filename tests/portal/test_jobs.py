"""Durable jobs: none is lost, also when there are many at once or the worker is killed in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from portal import jobs
from portal.app import Coplan
from portal.settings import JobsMode, Settings
from tests.builders import an_account

PATIENCE = 120  # seconds


def leaving_jobs(settings: Settings, *, letters: int) -> tuple[Coplan, UUID]:
    """A portal whose jobs run in a worker, and somebody for whom letters wait."""
    jobs.prepare(settings)
    coplan = Coplan(replace(settings, jobs=JobsMode.WORKER))
    with coplan.open_work() as work:
        mei = an_account(work, "Mei Chen")
        for number in range(letters):
            work.later("accounts.tell", account_id=mei.id, key=f"letter-{number}")
    return coplan, mei.id


def written(settings: Settings) -> int:
    return len(list(settings.mail_folder.glob("*.eml"))) if settings.mail_folder.exists() else 0


def waiting(coplan: Coplan) -> int:
    with coplan.open_reading() as work:
        return jobs.unfinished(work.session)


def a_worker(settings: Settings) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "COPLAN_DATA": str(settings.data), "COPLAN_JOBS": "worker"}
    command = [sys.executable, "-m", "portal", "worker"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def until(settings: Settings, letters: int) -> float:
    """Wait for so many letters; how long it took, in seconds."""
    began = time.monotonic()
    while written(settings) < letters and time.monotonic() - began < PATIENCE:
        time.sleep(0.05)
    return time.monotonic() - began


def test_many_jobs_at_once_are_done_within_seconds_and_none_is_lost(database: Settings) -> None:
    coplan, _ = leaving_jobs(database, letters=120)
    assert waiting(coplan) == 120
    jobs.launch(coplan.settings, coplan)
    try:
        took = until(database, 120)
        patient_until = time.monotonic() + PATIENCE
        while waiting(coplan) and time.monotonic() < patient_until:
            time.sleep(0.05)
    finally:
        jobs.shut_down()
        coplan.jobs.close()
    assert written(database) == 120
    assert took < 60, "one job after the other, with a wait between"
    assert waiting(coplan) == 0


def test_a_worker_killed_in_the_middle_of_its_jobs_leaves_none_undone(database: Settings) -> None:
    coplan, _ = leaving_jobs(database, letters=60)
    first = a_worker(database)
    until(database, 5)
    first.kill()
    first.wait()
    done = written(database)
    second = a_worker(database)
    try:
        until(database, 60)
    finally:
        second.terminate()
        second.wait(PATIENCE)
        coplan.jobs.close()
    assert 5 <= done < 60, "it was not killed in the middle"
    assert written(database) == 60


def test_what_is_kept_of_jobs_ends_once_they_were_done_long_ago_and_a_job_that_waits_stays(database: Settings) -> None:
    coplan, mei = leaving_jobs(database, letters=3)
    jobs.launch(coplan.settings, coplan)
    patient_until = time.monotonic() + PATIENCE
    while waiting(coplan) and time.monotonic() < patient_until:
        time.sleep(0.05)
    jobs.shut_down()
    with coplan.open_work() as work:
        work.later("accounts.tell", account_id=mei, key="waits")
        now = work.now
    for before, left in ((now - timedelta(days=30), {"SUCCESS", "ENQUEUED"}), (now, {"ENQUEUED"})):
        coplan.jobs.forget_done(before)
        with coplan.database.engine.connect() as connection:
            assert set(connection.scalars(text("SELECT status FROM workflow_status"))) == left
    coplan.jobs.close()


def test_a_job_is_taken_back_with_the_transaction_that_asked_for_it(database: Settings) -> None:
    coplan, mei = leaving_jobs(database, letters=1)
    with coplan.database.engine.connect() as connection:
        before = connection.execute(text("SELECT count(*) FROM workflow_status")).scalar()
    try:
        with coplan.open_work() as work:
            work.later("accounts.tell", account_id=mei, key="never")
            raise LookupError
    except LookupError:
        pass
    with coplan.database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM workflow_status")).scalar() == before
    coplan.jobs.close()
