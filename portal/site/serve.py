"""What every request goes through: who is it, may they, run the handler in one transaction, answer from a fresh one."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from inspect import signature
from typing import Any
from uuid import UUID

from markupsafe import escape
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from budgeting.words import words
from portal.access.table import Action, Resource
from portal.accounts import commands as accounts, events, queries
from portal.accounts.passwords import password_fits
from portal.db import Database
from portal.journal import Event
from portal.language import AS_WRITTEN, current, retold, zone
from portal.once import First, first, remember
from portal.site import guard, tables, taking
from portal.site.errors import Rejected, error_page, kept, left_out, rejected_by
from portal.site.forms import read, written
from portal.site.incoming import Incoming, as_its_page, bound_to, kept_for
from portal.site.looked import unnoted
from portal.site.opening import permit
from portal.site.page import Answer, File, Go, Listen, No, Stay, View
from portal.site.render import Renderer, Reply
from portal.site.routing import Route, opened_with
from portal.site.spoken import OF_THEM, TO_THEM
from portal.site.switching import SWITCH, shown_again
from portal.work import VISITOR, Actor, ActorKind, House, NotVisible, Refusal, Work, utc_now

log = logging.getLogger("coplan")
RETRIES = 5
Rule = tuple[Resource, Action] | None
BEFORE_SET_UP = frozenset({"/set-up", "/healthz"})  #: what answers while there is no administrator yet
SENT_BEFORE = words("You sent this form before. Look at what is there now, then send this again if you still want it.")


class Desk:
    """Serves requests: holds the database, the house and the renderer."""

    def __init__(self, database: Database, house: House, renderer: Renderer) -> None:
        self.database = database
        self.house = house
        self.renderer = renderer
        self._set_up = False  # once somebody is here, nobody need look again

    def serve(self, incoming: Incoming) -> Reply:
        """Answer one request; everything that can go wrong becomes a page in the reader's language."""
        request_id = secrets.token_hex(8)
        actor = VISITOR
        zone.set(self.house.settings.time_zone)
        try:
            incoming = self._in_language_of(as_its_page(incoming), actor)  # as far as known while our records are away
            with self.database.reading() as session:
                actor, incoming = self._identify(session, incoming)
                incoming = self._in_language_of(incoming, actor)
                retold.set(AS_WRITTEN)
                if incoming.route.path not in BEFORE_SET_UP and self._awaits_set_up(session):
                    return self.renderer.go(Go("/set-up"), incoming.asked)
                if not incoming.unsafe:  # who asks, and what they see, in one transaction
                    return self._show(incoming, actor, request_id, incoming.route.run, within=session)
            return self._answer(incoming, actor, request_id)
        except Exception as problem:  # the one place where anything unexpected becomes a plain page
            return self._failed(problem, incoming, actor, request_id)

    def _failed(self, problem: Exception, incoming: Incoming, actor: Actor, request_id: str) -> Reply:
        page = error_page(problem, request_id, incoming.asked.path)
        if page.status >= 500:
            log.error(
                "request %s: %s %s failed", request_id, incoming.route.method, incoming.route.path, exc_info=problem
            )
        if isinstance(problem, NotVisible) and actor.kind is ActorKind.VISITOR and incoming.route.access:
            return self.renderer.to_sign_in(incoming.asked, incoming.unsafe)
        if incoming.unsafe and incoming.route.view is not None:
            signed_out = incoming.route.access is not None and actor.account_id is None
            page = kept(page, problem, incoming.route.form, incoming.posted, signed_out=signed_out)
        outlived = page.values.get("signed_out", False)
        writer = guard.writer_of(incoming.posted) if actor.account_id is None else ""
        bound = (kept_for if outlived else bound_to)(incoming)
        return self.renderer.alone(page, incoming.asked, actor, bound, writer)

    def _awaits_set_up(self, session: Session) -> bool:
        self._set_up = self._set_up or not queries.set_up_pending(session)
        return not self._set_up

    # who, and in which language

    def _identify(self, session: Session, incoming: Incoming) -> tuple[Actor, Incoming]:
        if incoming.route.cookieless:
            return VISITOR, replace(incoming, token=None, visitor="")
        if not incoming.token:
            return VISITOR, incoming
        found = queries.signed_in(session, incoming.token, utc_now())
        if found is None:
            return VISITOR, replace(incoming, token=None)
        actor, stale = found
        if stale and not incoming.by_itself:
            with self.database.writing() as touching:
                accounts.touch(self._work(touching, actor, ""), incoming.token)
        return actor, incoming

    def _in_language_of(self, incoming: Incoming, actor: Actor) -> Incoming:
        found = self.renderer.choose_language(
            incoming.asked.query.get("lang"),
            actor.language,
            incoming.cookies.get("lang"),
            incoming.headers.get("accept-language"),
        )
        current.set(found)
        return replace(incoming, asked=replace(incoming.asked, language=found))

    def _work(self, session: Any, actor: Actor, request_id: str) -> Work:
        return Work(self.house, session, actor, utc_now(), request_id)

    # what they see, and what they do

    def _answer(self, incoming: Incoming, actor: Actor, request_id: str) -> Reply:
        if not incoming.route.raw:
            origin, site = incoming.headers.get("origin"), incoming.headers.get("sec-fetch-site")
            if not guard.same_origin(self.house.settings, incoming.host, origin, site):
                raise guard.Forged
            if incoming.route.cookieless:
                guard.check_key(incoming.posted)
            elif not incoming.route.harmless:
                binds, ours = (bound_to(incoming), kept_for(incoming)), guard.surely_ours(origin, site)
                guard.check_form(self.house.keys.session, binds, incoming.posted, actor.account_id, ours)
        if incoming.posted.one(SWITCH) and incoming.route.view is not None:
            return self._in_another_language(incoming, actor, request_id)
        return self._carry_out(incoming, actor, request_id)

    def _in_another_language(self, incoming: Incoming, actor: Actor, request_id: str) -> Reply:
        """The page of a form in the language just chosen, with all that was typed; nothing of the form is stored."""
        reply = self._show_again(incoming, actor, request_id, shown_again(incoming.posted))  # or nothing is chosen
        if actor.account_id is not None and current.get().tag != actor.language:
            with self.database.writing() as session:
                work = self._work(session, actor, request_id)
                accounts.choose_language(work, queries.account_of(work), current.get().tag)
        return reply

    def _show(
        self,
        incoming: Incoming,
        actor: Actor,
        request_id: str,
        handler: Any,
        rejected: Rejected | None = None,
        say: Any = None,
        within: Session | None = None,
    ) -> Reply:
        with nullcontext(within) if within is not None else self.database.reading() as session:
            work = self._work(session, actor, request_id)
            work.reading = True
            rule = handler.route.access
            page = handler.route.address(dict(incoming.params))
            incoming = replace(incoming, asked=replace(incoming.asked, page=page))
            try:
                self._permit(work, rule, incoming.params)
                about = taking.client_of(incoming.params)
                if about:
                    retold.set(TO_THEM if taking.own(work, about) else OF_THEM)
                answer = self._call(handler, work, incoming)
            except NotVisible:
                session.rollback()
                self._note_refusal(incoming, actor, request_id, rule)
                raise
            reply = self._render(work, answer, incoming, rejected, say)
            noted = [] if actor.account_id is None else self._noted(work, incoming, handler.route, reply)
        if noted:
            with self.database.writing() as session:
                if reply.once:
                    taking.burn(self._work(session, actor, request_id), incoming.asked, bound_to(incoming))
                for event in noted:
                    self._work(session, actor, request_id).record(event)
        if isinstance(answer, View | File) and answer.looked is not None:
            with self.database.writing() as session:
                answer.looked(self._work(session, actor, request_id))
        return reply

    def _render(self, work: Work, answer: Answer, incoming: Incoming, rejected: Rejected | None, say: Any) -> Reply:
        if isinstance(answer, View):
            if (kind := incoming.asked.query.get("as")) and "table" in incoming.asked.query and not incoming.unsafe:
                return self._table(work, answer, incoming, kind)
            return self.renderer.view(work, answer, incoming.asked, bound_to(incoming), rejected, say, incoming.cookies)
        if isinstance(answer, File):
            return self.renderer.file(answer)
        if isinstance(answer, Listen):
            return Reply(200, answer.mark.encode(), "text/plain", listen=answer)
        if isinstance(answer, Go):
            return self.renderer.go(answer, incoming.asked)
        raise TypeError("a page answers with a view, a file or another address")

    def _table(self, work: Work, answer: View, incoming: Incoming, kind: str) -> Reply:
        """One of the tables of a page as a file, for whoever may see the page."""
        found = tables.find(answer.values, incoming.asked.query.get("table", ""))
        if found is None or kind not in tables.KINDS:
            raise NotVisible
        if taking.out_of(work, incoming.route, taking.client_of(incoming.params)) is None:
            return self.renderer.file(tables.file(found, kind, work.day))
        if to := taking.detour(work, incoming.asked, bound_to(incoming)):
            return self.renderer.go(to, incoming.asked)
        made = tables.file(found, kind, work.day, taking.mark(work))
        return replace(self.renderer.file(made), once=True)

    def _carry_out(self, incoming: Incoming, actor: Actor, request_id: str) -> Reply:
        # under a key, so that the table of forms carried out does not tell from which session each one came
        sender = guard.token(self.house.keys.session, f"once|{bound_to(incoming)}")
        key = guard.key_of(incoming.posted)
        try:
            answer, actor = self._write(incoming, actor, request_id, key, sender)
        except NotVisible:
            self._note_refusal(incoming, actor, request_id, incoming.route.access)
            raise
        except Exception as problem:
            rejected = rejected_by(problem, incoming.route.form, incoming.posted)
            if rejected is None or incoming.route.view is None:
                raise
            return self._show_again(incoming, actor, request_id, rejected)
        finally:
            self.house.jobs.run_waiting()
        if isinstance(answer, No):
            rejected = Rejected.of(Refusal(answer.sentence, answer.field), incoming.posted)
            return self._show_again(incoming, actor, request_id, rejected)
        if isinstance(answer, Go):
            return self.renderer.go(answer, incoming.asked)
        if isinstance(answer, Stay):
            if incoming.asked.htmx:
                reply = self._show(incoming, actor, request_id, incoming.route.view, say=answer.say)
                return replace(reply, cookies=(*reply.cookies, *answer.cookies))
            assert incoming.route.view is not None
            address = incoming.route.view.route.address(dict(incoming.params))
            return self.renderer.go(Go(address, answer.say, answer.cookies), incoming.asked)
        if isinstance(answer, File):
            return self.renderer.file(answer)
        if isinstance(answer, View):  # shown once and never again: a receipt code
            with self.database.reading() as session:
                return self._render(self._work(session, actor, request_id), answer, incoming, None, None)
        raise TypeError("a verb answers with another address, the same page, a view or a file")

    def _show_again(self, incoming: Incoming, actor: Actor, request_id: str, rejected: Rejected) -> Reply:
        """The page that holds the form, under its own address, with what was typed in place."""
        view = incoming.route.view
        assert view is not None, "the route declares the page that holds its form"
        path = view.route.address(dict(incoming.params))
        query = {**opened_with(incoming.headers.get("referer", ""), path), **incoming.asked.query}
        asked = replace(incoming.asked, path=path, query=query)
        reply = self._show(replace(incoming, asked=asked), actor, request_id, view, rejected)
        if rejected.form_id and f'name="_form" value="{escape(rejected.form_id)}"'.encode() not in reply.body:
            page = left_out(rejected, written(incoming.route.form, incoming.posted), asked.path)
            return self.renderer.alone(page, asked, actor, bound_to(incoming))
        return reply

    def _write(self, incoming: Incoming, actor: Actor, request_id: str, key: str, sender: str) -> tuple[Answer, Actor]:
        actor = self._step_up(incoming, actor, request_id)
        self._count_files(incoming, actor, request_id)
        prepared = self._prepare(incoming, actor, request_id)
        mark = guard.mark(self.house.keys.session, incoming.asked.path, incoming.posted)
        for attempt in range(RETRIES):
            try:
                with self.database.writing() as session:
                    if key and (before := first(session, sender, key)):
                        if before.mark not in ("", mark):
                            raise Refusal(SENT_BEFORE)
                        at_home = before.address == self._leads_to(Stay(), incoming)
                        return (Stay() if at_home else Go(before.address)), actor
                    work = self._work(session, actor, request_id)
                    self._permit(work, incoming.route.access, incoming.params)
                    answer = self._call(incoming.route.run, work, incoming, prepared)
                    if key and not incoming.route.raw and not isinstance(answer, No):
                        at = work.unnamed().now if incoming.route.cookieless else work.now
                        remember(session, sender, key, First(self._leads_to(answer, incoming), mark), at)
                    return answer, actor
            except IntegrityError as problem:
                if attempt == RETRIES - 1 or not self._sent_twice(key, sender):
                    raise
                log.info("request %s: sent twice (%s)", request_id, type(problem).__name__)
            except DBAPIError as problem:
                if attempt == RETRIES - 1 or getattr(problem.orig, "sqlstate", None) not in ("40001", "40P01"):
                    raise
                time.sleep(0.02 * 2**attempt)
        raise AssertionError("unreachable")

    def _sent_twice(self, key: str, sender: str) -> bool:
        with self.database.reading() as session:
            return bool(key) and first(session, sender, key) is not None

    def _leads_to(self, answer: Answer, incoming: Incoming) -> str:
        if isinstance(answer, Go):
            return answer.url
        if isinstance(answer, View) and answer.again:
            return answer.again
        view = incoming.route.view
        return view.route.address(dict(incoming.params)) if view else incoming.asked.path

    def _step_up(self, incoming: Incoming, actor: Actor, request_id: str) -> Actor:
        """Take a password sent along with a form as a fresh confirmation, counted before anything is written."""
        typed = incoming.posted.one("_password")[:128]
        if not typed or incoming.token is None or actor.account_id is None:
            return actor
        with self.database.reading() as session:
            fits = password_fits(queries.account_of(self._work(session, actor, request_id)).password_hash, typed)
        with self.database.writing() as session:
            work = self._work(session, actor, request_id)
            within = accounts.count_try(work, accounts.SIGN_IN_PERSON, str(actor.account_id))
            if fits and within:
                return replace(actor, stepped_up_at=accounts.confirm(work, incoming.token))
        if within:
            raise Refusal(words("That password does not fit. Try again."), "_password")
        raise Refusal(accounts.TOO_MANY, "_password")

    def _count_files(self, incoming: Incoming, actor: Actor, request_id: str) -> None:
        """Refuse more files in a day than anybody reads, before one is looked into."""
        if any(one.content for one in incoming.posted.files.values()):
            with self.database.writing() as session:
                who = str(actor.account_id or incoming.asked.network)
                if not accounts.count_try(self._work(session, actor, request_id), accounts.FILES_IN, who):
                    raise Refusal(words("You sent many files today. Send this one tomorrow."))

    def _prepare(self, incoming: Incoming, actor: Actor, request_id: str) -> Any:
        """Slow work that needs no write lock (a password hash, a file to read), done before the transaction begins."""
        if (prepare := incoming.route.prepare) is None:
            return None
        with self.database.reading() as session:
            work = self._work(session, actor, request_id)
            self._permit(work, incoming.route.access, incoming.params)
            more = {"incoming": incoming} if "incoming" in signature(prepare).parameters else {}
            return prepare(work, read(incoming.route.form, incoming.posted), **more)

    def _call(self, handler: Any, work: Work, incoming: Incoming, prepared: Any = None) -> Any:
        route: Route = handler.route
        offered = {"work": work, "asked": incoming.asked, "incoming": incoming, "prepared": prepared}
        if "form" in route.wants:
            offered["form"] = read(route.form, incoming.posted)
        named = {name: value for name, value in (offered | dict(incoming.params)).items() if name in route.wants}
        return handler(**named)

    # may they

    def _permit(self, work: Work, rule: Rule, params: Mapping[str, Any]) -> None:
        """The route's own rule: could this reader ever, for this client? Query and command decide on the record."""
        client_id = params.get("client_id")
        permit(work, rule, client_id if isinstance(client_id, UUID) else None)

    # what is kept of reads and refusals

    def _note_refusal(self, incoming: Incoming, actor: Actor, request_id: str, rule: Rule) -> None:
        if actor.account_id is None or rule is None:
            return
        client_id = incoming.params.get("client_id")
        with self.database.writing() as session:
            work = self._work(session, actor, request_id)
            subject = client_id if isinstance(client_id, UUID) else None
            accounts.note_refusal(work, subject, *rule)

    def _noted(self, work: Work, incoming: Incoming, route: Route, reply: Reply) -> list[Event]:
        """What is kept of a page that was shown, or of a file that was taken."""
        client_id, is_file = taking.client_of(incoming.params), "Content-Disposition" in reply.headers
        found: list[Event] = []
        if route.access and client_id and (looked := unnoted(work, client_id, route.access[0])):
            found.append(looked)
        if is_file and (resource := taking.out_of(work, route, client_id)):
            found.append(events.TakenAlong(client_id=client_id, resource=resource))
        elif is_file and route.access and client_id:
            found.append(events.OwnTakenAlong(client_id=client_id, resource=route.access[0]))
        return found
