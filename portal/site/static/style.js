/* On /style alone: shows what is otherwise seen for a moment, by giving each rule for it a class of its own. */
(function () {
  'use strict';
  const all = document.getElementById('samples'), look = all.dataset.look;
  const signs = { hover: [':hover', '.as-hover'], focus: [':focus-visible', '.as-focus'] };
  const press = 'a[href],button,summary,input,select,textarea,.choice';
  if (signs[look]) {
    const [sign, cls] = signs[look];
    const again = rules => [...rules].forEach(rule => {
      if (rule.cssRules && rule.media) again(rule.cssRules);
      else if (rule.selectorText && rule.selectorText.includes(sign)) document.styleSheets[0].insertRule(rule.cssText.split(sign).join(cls), document.styleSheets[0].cssRules.length);
    });
    again(document.styleSheets[0].cssRules);
    all.querySelectorAll(press).forEach(one => one.classList.add(cls.slice(1)));
  }
  if (look === 'busy') all.querySelectorAll('button').forEach(one => one.setAttribute('aria-disabled', 'true'));
  if (look === 'disabled') all.querySelectorAll('button,input,select,textarea').forEach(one => { one.disabled = true; });
})();
