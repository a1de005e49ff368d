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
  /* What stands above the draft is asked for one after the other: of two answers on their way the older one could come last.
     Who changed something stays said while people come and go, until one changes something oneself. */
  let said = false, ended = false, freshening = false, newsAsked = false, newsAgain = false;
  const news = () => {
    if (newsAsked) { newsAgain = true; return; }
    const done = () => { newsAsked = false; if (newsAgain) { newsAgain = false; news(); } };
    newsAsked = true;
    const what = ended || known !== wanted ? 'waiting' : said ? 'shown' : 'here';
    htmx.ajax('GET', at.dataset.news + '?what=' + what, { source: at, target: '#news', swap: 'outerHTML', headers: alone }).then(done, done);
  };
  /* Without network the sheet stays as it is; it is asked for again when there is some. */
  const fresh = () => {
    const before = sheet() && sheet().dataset.mark;
    const came = () => {
      freshening = false;
      if (sheet() && sheet().dataset.mark === before && before !== wanted) { clearTimeout(asking); asking = setTimeout(look, 15000); return; }
      known = wanted;
      said = true;
      news();
    };
    freshening = true;
    return htmx.ajax('GET', at.dataset.page, { source: sheet(), target: '#sheet', swap: 'outerMorph', headers: alone }).then(came, came);
  };
  const look = () => {
    clearTimeout(asking);
    if (sheet() && sheet().dataset.mark === wanted) known = wanted;
    if (known === wanted) return;
    if (busy()) { asking = setTimeout(look, 300); return; }
    if (typing()) news(); else fresh();
  };
  /* What one changed oneself is on the page already, and no news. */
  d.addEventListener('htmx:after:settle', () => {
    if (!freshening && known !== wanted && sheet() && sheet().dataset.mark === wanted) { known = wanted; said = false; news(); }
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
      .then(mark => { if (mark !== wanted) { wanted = mark; if (!sheet() || sheet().dataset.mark !== mark) news(); } })
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
  source.addEventListener('here', news);
  /* It is no draft any more, or one may not see it any more: only the first is news. */
  source.addEventListener('end', () => {
    source.close();
    fetch(at.dataset.news, { headers: alone, credentials: 'same-origin' }).then(r => { if (r.ok && !r.redirected) { ended = true; news(); } }).catch(() => { /* no network */ });
  });
  source.addEventListener('error', () => { if (source.readyState === 2) askNowAndThen(); });
  source.addEventListener('open', () => { news(); look(); });
  addEventListener('online', look);
  ['pagehide', 'leaving'].forEach(end => addEventListener(end, () => source.close()));
})();
