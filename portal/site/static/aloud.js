/* Reading aloud, sentence by sentence, where the browser has a voice for the language of the page. */
(() => {
  'use strict';
  const d = document, all = (q, r = d) => [...r.querySelectorAll(q)];
  const speech = window.speechSynthesis, HANS = { 'zh-hans': 'zh-cn', 'zh-hant': 'zh-tw' };
  let reading = null;
  const voice = () => {
    const tag = (d.documentElement.lang || 'en').toLowerCase(), wanted = HANS[tag] || tag;
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
  const readAloud = button => {
    const same = reading && reading.button === button, box = d.getElementById(button.dataset.speak);
    stopReading();
    if (same || !box) return;
    const mine = reading = { button, label: button.textContent }, parts = all('[data-say]', box);
    button.textContent = button.dataset.stopText;
    const next = at => {
      if (reading !== mine) return;
      if (at >= parts.length || !parts[at].isConnected) { stopReading(); return; }
      const heard = parts[at].cloneNode(true);
      all('.why-ask, .why-body', heard).forEach(e => e.remove()); /* how a figure came about is for whoever opens it */
      const says = new SpeechSynthesisUtterance(heard.textContent.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim());
      says.voice = voice();
      if (says.voice) says.lang = says.voice.lang;
      parts[at].setAttribute('data-now', '');
      says.onend = says.onerror = () => { parts[at].removeAttribute('data-now'); next(at + 1); };
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
