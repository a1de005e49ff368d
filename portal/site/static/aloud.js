/* Reading aloud, sentence by sentence, where the browser has a voice for the language of the page. What somebody wrote
   in another language is read by a voice for that, where there is one; a name goes on in the voice of its sentence. */
(() => {
  'use strict';
  const d = document, all = (q, r = d) => [...r.querySelectorAll(q)];
  const speech = window.speechSynthesis, HANS = { 'zh-hans': 'zh-cn', 'zh-hant': 'zh-tw' };
  let reading = null;
  const voice = (lang = d.documentElement.lang) => {
    const tag = (lang || 'en').toLowerCase(), wanted = HANS[tag] || tag;
    const named = speech ? speech.getVoices().map(v => [v.lang.toLowerCase().replace('_', '-'), v]) : [];
    const fits = named.find(([l]) => l === wanted) || named.find(([l]) => l.split('-')[0] === wanted.split('-')[0]);
    return fits ? fits[1] : null;
  };
  const offerVoice = () => { if (voice()) all('[data-speak][hidden]').forEach(b => { b.hidden = false; }); };
  const stopReading = () => {
    if (!reading) return;
    const { button, label } = reading;
    reading = null;
    speech.cancel();
    button.textContent = label;
    all('[data-now]').forEach(e => e.removeAttribute('data-now'));
  };
  /* What is read of an element, without how a figure came about: that is for whoever opens it. */
  const wordsOf = element => {
    const found = [];
    let fresh = true; /* whether what comes next stands in a line of its own */
    const walk = (node, lang) => node.childNodes.forEach(one => {
      const last = found[found.length - 1];
      if (one.nodeType === Node.TEXT_NODE) {
        if (!fresh && last.lang === lang) last.text += one.data;
        else if (one.data.trim()) { found.push({ element, lang, text: one.data }); fresh = false; }
      } else if (one.nodeType === Node.ELEMENT_NODE && !one.matches('.why-ask, .why-body')) {
        const apart = getComputedStyle(one).display !== 'inline';
        fresh = fresh || apart;
        walk(one, one.localName !== 'bdi' && one.lang || lang);
        fresh = fresh || apart;
      }
    });
    walk(element, element.closest('[lang]').lang);
    return found;
  };
  const readAloud = button => {
    const same = reading && reading.button === button, box = d.getElementById(button.dataset.speak);
    stopReading();
    if (same || !box) return;
    const mine = reading = { button, label: button.textContent }, parts = all('[data-say]', box).flatMap(wordsOf);
    button.textContent = button.dataset.stopText;
    const next = at => {
      if (reading !== mine) return;
      if (at >= parts.length || !parts[at].element.isConnected) { stopReading(); return; }
      const { element, lang, text } = parts[at];
      const says = new SpeechSynthesisUtterance(text.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim());
      says.voice = voice(lang) || voice();
      if (says.voice) says.lang = says.voice.lang;
      element.setAttribute('data-now', '');
      says.onend = says.onerror = () => { element.removeAttribute('data-now'); next(at + 1); };
      speech.speak(says);
    };
    next(0);
  };
  addEventListener('click', e => { const b = e.target.closest('[data-speak]'); if (b) readAloud(b); });
  addEventListener('keydown', e => { if (e.key === 'Escape') stopReading(); });
  addEventListener('pagehide', stopReading);
  if (speech && speech.addEventListener) speech.addEventListener('voiceschanged', offerVoice);
  d.addEventListener('htmx:after:settle', offerVoice);
  if (d.readyState === 'loading') d.addEventListener('DOMContentLoaded', offerVoice); else offerVoice();
})();
