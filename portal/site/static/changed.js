/* A page that shows how things stand says when that has changed elsewhere. It loads nothing by itself. */
(() => {
  'use strict';
  const d = document, at = d.getElementById('changed');
  if (!at || !window.fetch) return;
  let known = at.dataset.mark, source = null, slow = 0, sending = 0;
  const heard = mark => {
    if (!known) known = mark;
    if (mark !== known && !sending && !at.querySelector('.notice')) at.append(at.querySelector('template').content.cloneNode(true));
  };
  const ask = then => fetch(at.dataset.changes, { headers: { 'Coplan-By-Itself': '1' }, credentials: 'same-origin' })
    .then(r => r.ok && !r.redirected ? r.text() : known).then(then, () => then(known));
  const nowAndThen = () => { if (!slow) slow = setInterval(() => { if (!d.hidden) ask(heard); }, 15000); };
  const close = () => { if (source) source.close(); source = null; };
  /* A browser has few connections to one place: a page that nobody looks at gives its own back. */
  const listen = () => {
    if (d.hidden || source) return;
    if (!window.EventSource) { nowAndThen(); return; }
    source = new EventSource(at.dataset.changes);
    source.addEventListener('changed', e => heard(e.data));
    source.addEventListener('end', () => { close(); nowAndThen(); });
    source.addEventListener('error', () => { if (source && source.readyState === 2) nowAndThen(); });
  };
  /* What one does oneself is no news: the page has shown it, or is about to be another. */
  const sent = e => e.detail && e.detail.ctx && /^POST$/i.test((e.detail.ctx.request || {}).method || '');
  d.addEventListener('htmx:before:request', e => { if (sent(e)) sending += 1; });
  d.addEventListener('htmx:finally:request', e => { if (sent(e)) ask(mark => { known = mark; sending -= 1; }); });
  d.addEventListener('submit', () => { sending += 1; setTimeout(() => { sending -= 1; }, 5000); });
  d.addEventListener('visibilitychange', () => { if (d.hidden) close(); else listen(); });
  ['pagehide', 'leaving'].forEach(end => addEventListener(end, close));
  addEventListener('pageshow', listen);
  listen();
})();
