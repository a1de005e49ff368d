/* Together: what somebody else changes in a draft comes by itself, and never over what is being typed. */
(() => {
  'use strict';
  const d = document, at = d.getElementById('together');
  if (!at || !window.fetch || !window.htmx) return;
  const alone = { 'Coplan-By-Itself': '1' };
  const sheet = () => d.getElementById('sheet');
  let known = sheet() && sheet().dataset.mark, wanted = known, asking = 0, source = null;
  const typing = () => {
    const box = sheet(), on = d.activeElement;
    return !!box && ((on && box.contains(on) && /^(INPUT|SELECT|TEXTAREA)$/.test(on.tagName)) || [...box.querySelectorAll('form')].some(window.coplan.typed));
  };
  const sending = new Set(), sent = e => e.detail && e.detail.ctx && /^POST$/i.test((e.detail.ctx.request || {}).method || '') && e.detail.ctx;
  d.addEventListener('htmx:before:request', e => { if (sent(e)) sending.add(sent(e)); });
  d.addEventListener('htmx:finally:request', e => sending.delete(sent(e)));
  const busy = () => sending.size > 0 || !!(sheet() && sheet().querySelector('form[data-busy]'));
  const news = what => htmx.ajax('GET', at.dataset.news + '?what=' + (what === 'here' && known !== wanted ? 'waiting' : what), { target: '#news', swap: 'outerHTML', headers: alone });
  /* Who is here is asked for one after the other: of two answers on their way the older one could come last. */
  let hereAsked = false, hereAgain = false;
  const here = () => {
    if (hereAsked) { hereAgain = true; return; }
    const done = () => { hereAsked = false; if (hereAgain) { hereAgain = false; here(); } };
    hereAsked = true;
    Promise.resolve(news('here')).then(done, done);
  };
  /* Without network the sheet stays as it is; it is asked for again when there is some. */
  const fresh = () => {
    const before = sheet() && sheet().dataset.mark;
    const came = () => {
      if (sheet() && sheet().dataset.mark === before && before !== wanted) { clearTimeout(asking); asking = setTimeout(look, 15000); return null; }
      known = wanted;
      return news('shown');
    };
    return htmx.ajax('GET', at.dataset.page, { target: '#sheet', swap: 'outerMorph', headers: alone }).then(came, came);
  };
  const look = () => {
    clearTimeout(asking);
    if (sheet() && sheet().dataset.mark === wanted) known = wanted;
    if (known === wanted) return;
    if (busy()) { asking = setTimeout(look, 300); return; }
    if (typing()) news('waiting'); else fresh();
  };
  /* What one changed oneself is on the page already, and no news. */
  d.addEventListener('htmx:after:settle', () => {
    if (known !== wanted && sheet() && sheet().dataset.mark === wanted) { known = wanted; news('here'); }
  });
  const heard = mark => {
    if (mark === wanted) return;
    wanted = mark;
    clearTimeout(asking);
    asking = setTimeout(look, busy() ? 300 : 0);
  };
  const ask = () => {
    if (d.hidden) return;
    fetch(at.dataset.live, { headers: alone, credentials: 'same-origin' })
      .then(r => r.ok && !r.redirected ? r.text() : wanted)
      .then(mark => { if (mark !== wanted) { wanted = mark; if (!sheet() || sheet().dataset.mark !== mark) news('waiting'); } })
      .catch(() => { /* no network: asked again */ });
  };
  const askNowAndThen = () => { if (!at.dataset.slow) { at.dataset.slow = '1'; setInterval(ask, 15000); } };
  addEventListener('click', e => {
    const t = e.target.closest && e.target.closest('[data-fresh]');
    if (t) { e.preventDefault(); fresh(); }
  });
  if (!window.EventSource) { askNowAndThen(); return; }
  source = new EventSource(at.dataset.live);
  source.addEventListener('changed', e => heard(e.data));
  source.addEventListener('here', here);
  /* It is no draft any more, or one may not see it any more: only the first is news. */
  source.addEventListener('end', () => {
    source.close();
    fetch(at.dataset.news, { headers: alone, credentials: 'same-origin' }).then(r => { if (r.ok && !r.redirected) news('waiting'); }).catch(() => { /* no network */ });
  });
  source.addEventListener('error', () => { if (source.readyState === 2) askNowAndThen(); });
  source.addEventListener('open', () => { here(); look(); });
  addEventListener('online', look);
  ['pagehide', 'leaving'].forEach(end => addEventListener(end, () => source.close()));
})();
