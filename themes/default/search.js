
// ---- search: a combobox as the ARIA Authoring Practices describe it (list autocomplete, manual selection)
(() => {
  const { $, fold, need, word, make, say: words, base, lang } = tiendo;
  const letters = s => fold(s).replace(/y/g, 'i');
  const kinds = /^((?:ui ban nhan dan|ubnd|thanh pho|tp|thi xa|tx|thi tran|tt|dac khu|tinh|quan|huien|phuong|xa|p|q|x|h) )+(?=.)/;

  // A piece of the index: the longest prefix that has one.
  const piece = async q => {
    const index = await need(`tim-${lang}.js`, 'tim');
    if (!index) return;
    const [folder, list] = index, prefixes = index.set ||= new Set(list.split('|'));
    let n = Math.min(8, q.length);
    while (n && !prefixes.has(q.slice(0, n))) n--;
    if (!n) return;
    const prefix = q.slice(0, n), data = await need(`${folder}/s-${prefix}.js`, `tim/${prefix}`);
    if (!data) return;
    data.parsed ||= data[1].split('\n').map(line => {
      const [kind, name, note = '', href = '', others = '', past] = line.split('\t'), words = letters(name).split(' ');
      return {
        kind, note, href, past, text: kind ? `${kind} ${name}` : name,
        words: words.map((_, i) => words.slice(i).join('')),
        others: [...(words[1] ? [words.map(w => w[0]).join('')] : []), ...others.split('|').filter(Boolean)],
      };
    });
    return { entries: data.parsed, total: prefix === q ? data[0] : 0 };
  };

  // How well an entry matches: the less the better.
  const score = (e, q) => {
    const [name, ...later] = e.words, begins = k => k.startsWith(q);
    return name === q ? 0 : e.others.includes(q) ? 1 : begins(name) ? 2 : later.some(begins) ? 3 : e.others.some(begins) ? 4 : 9;
  };

  // The words that no name holds say where: "an khê đà nẵng".
  const find = async text => {
    const said = letters(text).split(' ').filter(Boolean);
    for (let n = said.length; n; n--) {
      const head = said.slice(0, n).join(' '), where = ' ' + said.slice(n).join(' '), kind = head.match(kinds)?.[0].trim();
      const found = new Map();
      let total = 0;
      for (const q of new Set([head, head.replace(kinds, '')])) {
        const key = q.replace(/ /g, ''), part = await piece(key);
        if (!part) continue;
        for (const e of part.entries) {
          const s = score(e, key), better = s - (kind && letters(e.kind) === kind ? .5 : 0);
          if (s < 9 && (` ${letters(e.note)}`).includes(where) && better < (found.get(e) ?? 9)) found.set(e, better);
        }
        if (n === said.length) total = Math.max(total, part.total);
      }
      if (found.size) {
        const list = [...found].sort((a, b) => a[1] - b[1]);
        const exact = list.filter(([e, s]) => s < 1 && !e.past).map(([e]) => e);
        return { list: list.map(([e]) => e), total: Math.max(total, list.length), same: exact.length > 1 && exact.every(e => e.words[0] === exact[0].words[0]) ? exact.length : 0 };
      }
    }
    return { list: [], total: 0, same: 0 };
  };
  const address = e => `${base}../${e.href}index.html`;

  // Makes a field offer what fits; `choose` is told what the reader chose.
  tiendo.offer = (input, choose, fits = () => true) => {
    const { id } = input;
    const list = make('ul', { id: `${id}-goi-y`, role: 'listbox', class: 'opts', 'aria-label': input.labels[0].textContent, hidden: '' });
    const told = make('p', { class: 'vh', role: 'status' });
    input.parentElement.append(list, told);
    input.type = 'text';
    const set = (k, v) => v === null ? input.removeAttribute(k) : input.setAttribute(k, v);
    for (const [k, v] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id, enterkeyhint: 'search' })) set(k, v);
    let shown = [], at = -1, turn = 0, timer;

    const mark = i => {
      at = i;
      $('li', list).forEach((li, k) => li.setAttribute('aria-selected', k === i));
      set('aria-activedescendant', i < 0 ? null : `${id}-${i}`);
      list.children[i]?.scrollIntoView({ block: 'nearest' });
    };
    const close = () => { turn++; shown = []; list.hidden = true; set('aria-expanded', 'false'); mark(-1); };
    // Said once, when the reader pauses.
    const say = text => { clearTimeout(timer); told.textContent = ''; timer = setTimeout(() => { told.textContent = text; }, 500); };
    const open = async () => {
      const mine = ++turn;
      say('');
      if (!letters(input.value)) { close(); return; }
      const { list: found } = await find(input.value);
      if (mine !== turn) return;
      shown = found.filter(fits).slice(0, 8);
      list.replaceChildren(...shown.map((e, i) => make('li', { role: 'option', id: `${id}-${i}`, 'aria-selected': 'false' }, ...words(e.text), ...(e.note ? [' ', make('small', {}, ...words(e.note))] : []))));
      list.hidden = !shown.length;
      set('aria-expanded', String(!!shown.length));
      mark(-1);
      say(shown.length ? word('suggestions', { n: shown.length }) : word('none'));
    };

    input.addEventListener('focus', () => need(`tim-${lang}.js`, 'tim'));
    input.addEventListener('input', open);
    input.addEventListener('blur', close);
    input.addEventListener('keydown', async event => {
      const { key } = event, n = shown.length;
      if (event.isComposing) return;
      if (key === 'ArrowDown' || key === 'ArrowUp') {
        event.preventDefault();
        if (!n) { if (!event.altKey || key === 'ArrowDown') await open(); if (!shown.length) return; }
        const m = shown.length;
        mark(key === 'ArrowDown' ? (at + 1) % m : (at <= 0 ? m : at) - 1);
      } else if (key === 'Enter' && at >= 0) {
        event.preventDefault();
        choose(shown[at], close());
      } else if (key === 'Escape') {
        if (list.hidden) input.value = ''; else event.preventDefault();
        close();
        say('');
      }
    });
    list.addEventListener('pointerdown', event => event.preventDefault());
    list.addEventListener('click', event => {
      const i = [...list.children].indexOf(event.target.closest('li'));
      if (i >= 0) choose(shown[i], close());
    });
  };
  const input = document.getElementById('q');
  if (!input) return;
  tiendo.offer(input, e => { location.href = address(e); });

  // The page of results
  const place = document.getElementById('ket-qua'), q = new URLSearchParams(location.search).get('q')?.trim();
  if (!place || !q) return;
  input.value = q;
  find(q).then(({ list: all, total, same }) => {
    const rows = all.slice(0, 60), n = total;
    const title = !n ? word('nothing', { q }) : same ? word('same', { n: same, q }) : n > rows.length ? word('first', { n, m: rows.length, q }) : word('results', { n, q });
    const row = e => make('li', {}, make('span', {}, make('a', { href: address(e) }, ...words(e.text)), make('small', {}, ...words(e.note))));
    const head = make('h2', { role: 'status' });
    place.append(make('section', {}, make('div', {}, head), make('ul', { class: 'lst' }, ...rows.map(row))));
    head.textContent = title;
  });
})();
