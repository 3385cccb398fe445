// Progressive layer of the default theme. Every page is complete without it.
// This part holds what the others use, and the display options.
const tiendo = (() => {
  const base = document.currentScript.src.replace(/[^/]*$/, ''), loads = {}, given = {};
  const lang = document.documentElement.lang, all = {/* words */}, own = all[lang] || all.vi || {};
  return {
    base, lang, own,
    $: (s, e = document) => [...e.querySelectorAll(s)],
    // "Việt Trì", "viet tri" and "VIỆT TRÌ" are one; "d" and "đ" too
    fold: s => s.normalize('NFD').toLowerCase().replace(/[\u0300-\u036f'’‘ʼ´`\u00ad\u200b-\u200d\u2060\ufeff]/g, '').replace(/[đðɖ]/g, 'd').replace(/[^a-z0-9]+/g, ' ').trim(),
    // a text of the catalogue; `one` and `other` are chosen by n
    word: (key, v = {}) => (own[key] || own[`${key}.${v.n === 1 ? 'one' : 'other'}`] || own[`${key}.other`] || '').replace(/\{(\w+)\}/g, (_, k) => typeof v[k] === 'number' ? v[k].toLocaleString(lang) : v[k]),
    // data come as scripts that call `give`, so that they come from file:// too
    give: (key, ...data) => { given[key] = data; },
    need: (path, key) => loads[path] ??= new Promise(done => {
      const script = document.createElement('script');
      script.src = base + path;
      script.onload = () => done(given[key]);
      script.onerror = () => { delete loads[path]; script.remove(); done(); };
      document.head.append(script);
    }),
    make: (name, set = {}, ...inside) => {
      const e = document.createElement(name);
      for (const k in set) e.setAttribute(k, set[k]);
      e.append(...inside);
      return e;
    },
    // words of the data are marked where the page is in another language
    say: text => text.split(/[\ue000\ue001]/).map((part, i) => i % 2 ? tiendo.make('span', { lang: 'vi' }, part) : part),
    // the address keeps what the reader chose
    keep: set => {
      const to = new URL(location);
      for (const k in set) set[k] ? to.searchParams.set(k, set[k]) : to.searchParams.delete(k);
      to.search = to.search.replace(/%2C/g, ',').replace(/%2F/g, '/');
      try { history.replaceState(null, '', to); } catch { /* some browsers forbid it for files */ }
    },
  };
})();
try {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(/* style */'');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
} catch { /* an old browser: what the script adds has no look of its own */ }

(() => {
  const root = document.documentElement, { $, make, word } = tiendo;
  root.classList.add('js');

  // ---- display options, kept on this device
  const read = k => { try { return localStorage.getItem(k) || ''; } catch { return ''; } };
  const keep = (k, v) => { try { v ? localStorage.setItem(k, v) : localStorage.removeItem(k); } catch { /* no storage from file:// in some browsers */ } };
  const options = { theme: { system: '', light: 'light', dark: 'dark' }, size: { normal: '', large: '2', largest: '3' }, contrast: { normal: '', high: 'more' } };
  for (const key in options) {
    const group = make('div', { role: 'group', 'aria-label': word(key) }, make('p', {}, word(key)));
    const set = value => {
      if (value) root.dataset[key] = value; else delete root.dataset[key];
      for (const b of $('button', group)) b.setAttribute('aria-pressed', b.value === value);
    };
    for (const name in options[key]) group.append(make('button', { type: 'button', value: options[key][name] }, word(name)));
    group.onclick = e => { if (e.target.type) { set(e.target.value); keep(key, e.target.value); } };
    set(read(key));
    for (const panel of $('.see > div')) panel.append(group);
  }

  // ---- the menu strip shows the entry of this page; measured when the page is laid out anyway
  requestAnimationFrame(() => {
    for (const entry of $('.nav a[aria-current]')) {
      const list = entry.parentElement.parentElement;
      list.scrollLeft = entry.offsetLeft - list.offsetLeft - 24;
    }
  });
})();
