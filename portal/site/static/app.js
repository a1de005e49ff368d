/* Small comforts on top of pages that work without them. ES2019, no dependencies. */
(() => {
  'use strict';
  const d = document, all = (q, r = d) => [...r.querySelectorAll(q)];
  const STORE = 'coplan-typed';

  /* Focus: whatever the server marked, once. */
  const focusMarked = () => {
    const t = d.querySelector('[data-focus]');
    if (t) { t.removeAttribute('data-focus'); t.focus(); }
  };

  /* What had the focus may go with what comes in its place: then the focus stays near, on the row or at the heading above. */
  let near = [], staying = false;
  d.addEventListener('htmx:before:swap', () => {
    near = [];
    for (let at = d.activeElement; at && at !== d.body; at = at.parentElement) if (at.id) near.push(at.id.replace(/^more-/, 'line-'));
  });
  const there = one => one && one !== d.body && (one.checkVisibility ? one.checkVisibility() : one.offsetParent); // not folded away
  const focusNear = () => {
    const ids = near.splice(0);
    if (there(d.activeElement)) return;
    const at = ids.map(id => d.getElementById(id)).find(there);
    const t = at && (at.matches('tr,form') ? at : at.querySelector('h1,h2,h3') || at);
    if (!t) return;
    if (t.tabIndex < 0) t.tabIndex = -1;
    staying = true;
    t.focus({ preventScroll: true });
    t.scrollIntoView({ block: 'nearest' });
    staying = false;
  };

  /* An address that names a place leads there; what was just said is then told beside it. */
  const focusPlace = () => {
    const at = d.getElementById(location.hash.slice(1)), said = d.querySelector('#said [data-focus]'), aside = d.getElementById('live');
    if (!at || !said || !aside) return;
    said.removeAttribute('data-focus');
    if (at.tabIndex < 0) at.tabIndex = -1;
    at.scrollIntoView();
    at.focus({ preventScroll: true });
    aside.textContent = said.textContent;
  };

  /* Things that are only there when script runs. */
  const wake = () => {
    all('[data-print][hidden],[data-show][hidden]').forEach(b => { b.hidden = false; });
    focusMarked();
  };

  /* On a phone the menu is folded behind one button; on a wide screen it is open, also in browsers whose style cannot. */
  const foldMenu = () => {
    const menu = d.querySelector('details.menu');
    if (!menu || !window.matchMedia) return;
    const wide = matchMedia('(min-width:48rem)');
    const fold = () => { menu.open = wide.matches; };
    fold();
    if (wide.addEventListener) wide.addEventListener('change', fold);
  };

  /* "Are you sure?" for forms with data-confirm. Runs before htmx sees the submit. */
  const ask = (question, yes) => {
    const box = d.getElementById('are-you-sure');
    if (!box || !box.showModal) { if (window.confirm(question)) yes(); return; }
    box.querySelector('h2').textContent = question;
    box.returnValue = 'no';
    box.addEventListener('close', () => { if (box.returnValue === 'yes') yes(); }, { once: true });
    box.showModal();
    box.querySelector('[value=no]').focus();
  };

  /* One send at a time. The server's idempotency key is the real protection. */
  const release = form => {
    form.removeAttribute('data-busy');
    all('[aria-disabled]', form).forEach(b => b.removeAttribute('aria-disabled'));
  };
  addEventListener('submit', e => {
    const form = e.target, button = e.submitter;
    if (/dialog|get/.test(form.method)) return;
    if (form.hasAttribute('data-busy')) { e.preventDefault(); e.stopImmediatePropagation(); return; }
    if (form.dataset.confirm && !form.hasAttribute('data-sure')) {
      e.preventDefault(); e.stopImmediatePropagation();
      ask(form.dataset.confirm, () => {
        form.setAttribute('data-sure', '');
        if (form.requestSubmit) form.requestSubmit(button || undefined); else form.submit();
        form.removeAttribute('data-sure');
      });
      return;
    }
    form.setAttribute('data-busy', '');
    const said = d.getElementById('said');
    if (said && form.hasAttribute('data-hx-post')) said.textContent = '';
    if (button) button.setAttribute('aria-disabled', 'true');
    setTimeout(() => release(form), 8000);
  }, true);
  d.addEventListener('htmx:finally:request', e => {
    const from = e.detail && e.detail.ctx && e.detail.ctx.sourceElement || e.target, form = from && from.closest && from.closest('form');
    if (form) release(form);
  });
  d.addEventListener('htmx:error', e => {
    all('form[data-busy]').forEach(release);
    const away = d.getElementById('unreachable'), request = ((e.detail || {}).ctx || {}).request || {};
    if (away && /^POST$/i.test(request.method || '')) d.getElementById('live').replaceChildren(away.content.cloneNode(true));
  });

  /* Keep typed words over a change of language: this tab only, one page load, never passwords or private pages. */
  const fields = form => [...form.elements].filter(f => f.name && !['hidden', 'password', 'file', 'submit', 'button'].includes(f.type));
  const touched = f => /checkbox|radio/.test(f.type) ? f.checked !== f.defaultChecked
    : f.options ? [...f.options].some(o => o.selected !== o.defaultSelected) : f.value !== f.defaultValue;
  /* A long form about many things sends only those that were changed; the server leaves the others as they are. */
  addEventListener('formdata', e => {
    const form = e.target;
    if (!form.hasAttribute('data-changed-only')) return;
    const thing = name => name.slice(name.indexOf('-') + 1), changed = new Set(form.dataset.changedOnly.split(' '));
    for (const f of form.elements) if (f.name.includes('-') && touched(f)) changed.add(thing(f.name));
    for (const name of new Set(e.formData.keys())) if (name.includes('-') && !changed.has(thing(name))) e.formData.delete(name);
  });
  const keepTyped = () => {
    if (d.body.hasAttribute('data-private')) return;
    const kept = {};
    all('form[id]').forEach(form => {
      const list = fields(form);
      if (!list.some(touched) && !form.hasAttribute('data-typed')) return;
      kept[form.id] = list.map(f => [f.name, f.value, /checkbox|radio/.test(f.type) ? f.checked : null]);
    });
    try { if (Object.keys(kept).length) sessionStorage.setItem(STORE, JSON.stringify(kept)); } catch (_) { /* storage is off: nothing to keep */ }
  };
  const bringBack = () => {
    let kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(STORE)); sessionStorage.removeItem(STORE); } catch (_) { /* nothing kept */ }
    if (!kept || d.body.hasAttribute('data-private')) return;
    Object.keys(kept).forEach(id => {
      const form = d.getElementById(id);
      if (!form || !form.elements) return;
      const waiting = fields(form);
      kept[id].forEach(([name, value, on]) => {
        const at = waiting.findIndex(f => f.name === name && (on === null || f.value === value));
        if (at < 0) return;
        const f = waiting.splice(at, 1)[0];
        if (on !== null) f.checked = on;
        else { if (f.type === 'date' || f.type === 'time') { f.value = value; if (!f.value && value) f.type = 'text'; } f.value = value; }
      });
      let fold = form.closest('details');
      while (fold) { fold.open = true; fold = fold.parentElement.closest('details'); }
    });
  };

  /* Leave quickly: blank, tell the server, be gone. */
  const leave = () => {
    const button = d.querySelector('[data-leave]');
    if (!button) return;
    d.documentElement.hidden = true;
    d.title = '…';
    dispatchEvent(new Event('leaving')); // whoever listens hangs up before the session ends
    const form = button.form;
    try { sessionStorage.clear(); navigator.sendBeacon(form.action, new URLSearchParams(new FormData(form))); } catch (_) { /* leaving matters more */ }
    location.replace(button.dataset.leave);
  };
  let shifts = [];
  addEventListener('keydown', e => {
    if (e.key !== 'Shift') { shifts = []; return; }
    if (e.repeat) return;
    shifts = shifts.filter(t => e.timeStamp - t < 2000).concat(e.timeStamp);
    if (shifts.length >= 3) leave();
  });

  addEventListener('click', e => {
    const t = e.target.closest('[data-leave],[data-print],[data-show],[data-keep]');
    all('details.account[open]').forEach(m => { if (!m.contains(e.target)) m.open = false; });
    if (!t) return;
    if (t.matches('[data-leave]')) { e.preventDefault(); e.stopImmediatePropagation(); leave(); }
    else if (t.matches('[data-print]')) print();
    else if (t.matches('[data-keep]')) keepTyped();
    else if (t.matches('[data-show]')) {
      const f = d.getElementById(t.dataset.show), on = f.type === 'password';
      f.type = on ? 'text' : 'password';
      const words = t.textContent;
      t.textContent = t.dataset.hideText; t.dataset.hideText = words;
    }
  }, true);
  /* How the figures came about is fetched as the paper is, while the browser waits; signed out meanwhile, it is left out. */
  addEventListener('beforeprint', () => {
    const paper = d.querySelector('[data-paper]'), asked = new XMLHttpRequest();
    if (!paper) return;
    asked.open('GET', paper.dataset.paper, false);
    asked.setRequestHeader('HX-Request', 'true');
    try { asked.send(); } catch { return; }
    if (asked.status === 200 && new URL(asked.responseURL).pathname === paper.dataset.paper) paper.innerHTML = asked.responseText;
  });
  addEventListener('keydown', e => {
    if (e.key === 'Escape') all('details.account[open]').forEach(m => { m.open = false; m.querySelector('summary').focus(); });
  });
  addEventListener('change', e => {
    const f = e.target;
    if (f.matches && f.matches('select[data-auto]') && f.form && f.form.requestSubmit) f.form.requestSubmit();
  });

  /* Before a session ends by itself: ask two minutes before. */
  const idle = Number(d.body && d.body.dataset.idle);
  let clock = 0;
  const wind = () => {
    const box = d.getElementById('idle');
    if (!idle || !box || !box.showModal) return;
    clearTimeout(clock);
    clock = setTimeout(() => { if (!box.open) box.showModal(); }, Math.max(idle - 120, 30) * 1000);
  };
  d.addEventListener('submit', e => {
    if (e.target.id !== 'stay' || !window.fetch) return;
    e.preventDefault();
    const box = d.getElementById('idle');
    fetch(e.target.action, { method: 'POST', body: new URLSearchParams(new FormData(e.target)), credentials: 'same-origin', redirect: 'manual' })
      .then(r => { if (r.status >= 400) location.reload(); })
      .catch(() => { /* no network: asked again in time */ })
      .then(() => { release(e.target); box.close(); wind(); });
  });
  d.addEventListener('htmx:after:request', e => {
    const asked = e.detail && e.detail.ctx && e.detail.ctx.request;
    if (!asked || !asked.headers || !asked.headers['Coplan-By-Itself']) wind();
  });

  /* What a form said when it was opened goes along with what is typed, so that a refusal can show what was there before. */
  addEventListener('input', e => {
    const f = e.target, form = f.form;
    if (!form || !f.name || !form.elements.version || !/^(text|search|date|time|textarea)$/.test(f.type)) return;
    const name = '_was.' + f.name;
    if (form.elements[name]) return;
    const was = d.createElement('input');
    was.type = 'hidden'; was.name = name; was.value = f.defaultValue;
    form.append(was);
  });

  /* A swap never takes away what is being typed in another form: it is put back, with the version it was typed on,
     so that the server can tell when somebody else changed the same thing. What one changed oneself a moment ago, from
     that very version, is nobody else's change: then the version that came is right. */
  let held = [];
  const record = form => form.action + JSON.stringify([...form.elements].filter(f => f.type === 'hidden' && !/^_/.test(f.name)).map(f => [f.name, f.value]));
  const alike = (form, ctx) => {
    const [, , was] = told.get(ctx) || [];
    return !!was && ctx.response && ctx.response.status < 400 && was === record(form);
  };
  d.addEventListener('htmx:before:swap', e => {
    const ctx = e.detail && e.detail.ctx, from = ctx && ctx.sourceElement;
    const own = from && from.closest && from.closest('form');
    held = all('form[id]').filter(form => form !== own && fields(form).some(touched)).map(form => [
      form.id, form.elements.version && !alike(form, ctx) && form.elements.version.value, fields(form).filter(touched).map(f => [f.name, f.value, /checkbox|radio/.test(f.type) ? f.checked : null])]);
  });
  const putBack = () => {
    held.forEach(([id, version, list]) => {
      const form = d.getElementById(id);
      if (!form || !form.elements) return;
      if (version && form.elements.version) form.elements.version.value = version;
      list.forEach(([name, value, on]) => {
        const f = fields(form).find(one => one.name === name && (on === null || one.value === value));
        if (!f) return;
        if (on !== null) f.checked = on; else if (f.value !== value) f.value = value;
      });
    });
    held = [];
  };

  /* Rows that are here already are not sent again: the server is told their marks, and leaves out what is the same.
     The row whose form is sent always comes anew, with a key for its next sending. */
  d.addEventListener('htmx:config:request', e => {
    const ctx = e.detail && e.detail.ctx, box = d.getElementById('sheet');
    if (!box || !ctx || !ctx.request) return;
    const from = ctx.sourceElement && ctx.sourceElement.closest && ctx.sourceElement.closest('tr[id]'), own = from && from.id.replace(/^more-/, 'line-');
    ctx.request.headers['Coplan-Has'] = all('tr[data-as]', box).filter(row => row.id !== own).map(row => row.dataset.as).join(' ');
  });
  let same = [];
  const letGo = () => { same.forEach(row => row.removeAttribute('data-stays')); same = []; };
  d.addEventListener('htmx:before:swap', e => {
    const text = e.detail && e.detail.ctx && e.detail.ctx.text || '';
    letGo();  /* the answer before may not have settled yet, or never will: its rows must not stay through this one */
    same = (text.match(/id="line-[^"]*" data-same/g) || []).map(one => d.getElementById(one.slice(4, one.indexOf('"', 4)))).filter(Boolean);
    same.forEach(row => row.setAttribute('data-stays', ''));
  });
  d.addEventListener('htmx:after:swap', () => {
    letGo();
    if (d.querySelector('tr[data-same]')) location.reload();
  });

  /* What was sent and answered shows what the server says now: an empty box for the next words. What was typed after
     sending stays. A browser keeps what was typed in a field over a change of the page, so the field is told. */
  const told = new WeakMap(), sentFields = form => [...form.elements].filter(f => f.name && !['hidden', 'submit', 'button'].includes(f.type));
  const toldOf = form => {
    const count = {};
    return sentFields(form).map(f => {
      const tick = /checkbox|radio/.test(f.type), name = f.name + ' ' + (tick ? f.value : ''), at = count[name] = (count[name] || 0) + 1;
      return [name + ' ' + at, f, tick ? f.checked : f.options ? [...f.options].map(o => o.selected && o.value).join(' ') : f.value];
    });
  };
  d.addEventListener('htmx:before:request', e => {
    const ctx = e.detail && e.detail.ctx, from = ctx && ctx.sourceElement, form = from && from.closest && from.closest('form');
    if (form && form.id && form.method === 'post') told.set(ctx, [form.id, new Map(toldOf(form).map(([name, , said]) => [name, said])), record(form)]);
  });
  d.addEventListener('htmx:after:swap', e => {
    const ctx = e.detail && e.detail.ctx, [id, said] = told.get(ctx) || [], form = id && d.getElementById(id);
    if (!form || !form.elements || !ctx.target || !ctx.target.contains(form)) return;
    const taken = ctx.response && ctx.response.status < 400;
    toldOf(form).forEach(([name, f, now]) => {
      if (said.get(name) !== now || (!taken && /password|file/.test(f.type))) return;
      if (/checkbox|radio/.test(f.type)) f.checked = f.defaultChecked;
      else if (f.options) {
        const own = [...f.options];
        own.forEach(o => { o.selected = o.defaultSelected; });
        if (!f.multiple && !own.some(o => o.defaultSelected)) f.selectedIndex = 0;
      } else if (f.type === 'file') f.value = '';
      else if (f.value !== f.defaultValue) f.value = f.defaultValue;
    });
  });

  window.coplan = { typed: form => fields(form).some(touched) };  // for together.js

  /* What was just said stays readable for a while, then makes room; at once for what is pressed or reached below it. */
  let hush = 0;
  const live = d.getElementById('live');
  if (live) {
    live.addEventListener('click', () => { live.textContent = ''; });
    addEventListener('focusin', e => {
      const a = e.target.getBoundingClientRect(), b = live.getBoundingClientRect();
      if (!staying && live.textContent && a.bottom > b.top && a.top < b.bottom && a.right > b.left && a.left < b.right) live.textContent = '';
    });
  }
  if (live && window.MutationObserver) new MutationObserver(() => {
    clearTimeout(hush);
    if (live.textContent) hush = setTimeout(() => { live.textContent = ''; }, 15000);
  }).observe(live, { childList: true, characterData: true, subtree: true });

  d.addEventListener('htmx:after:settle', () => { putBack(); wake(); focusNear(); });
  const start = () => { foldMenu(); bringBack(); focusPlace(); wake(); wind(); };
  if (d.readyState === 'loading') d.addEventListener('DOMContentLoaded', start); else start();
  addEventListener('pageshow', e => { if (e.persisted) all('form[data-busy]').forEach(release); });
})();
