
// ---- comparing: up to four units beside each other and beside the unit above; the address keeps them
(() => {
  const { $, need, word, own, make, say, keep, offer, base, lang } = tiendo, MOST = 4;
  const place = document.getElementById('so-sanh'), told = make('span', { role: 'status' });
  const bare = name => name.replace(/[\ue000\ue001]/g, ''), small = (text, c = 'sub2') => make('small', { class: c }, ...say(text));
  // What is said of all units, then the line of one: key, name, key of the unit above, period, positions, figures.
  const all = async () => {
    const found = await need(`so-${lang}.js`, 'so');
    if (found) Object.assign(own, found[4]);
    return found || ['', '', []];
  };
  const line = async key => {
    const [folder, firsts] = await all(), i = firsts.split('|').filter(k => k <= key).length - 1;
    const piece = await need(`${folder}/${i}.js`, `so/${i}`);
    return piece?.[0].split('\n').map(l => l.split('\t')).find(l => l[0] === key);
  };
  // A field that offers units.
  const field = (tools, choose) => {
    const { label, units } = tools.dataset, input = make('input', { id: 'dv', autocomplete: 'off' });
    tools.append(make('label', { for: 'dv' }, label), make('span', { class: 'pick' }, input), told);
    offer(input, e => choose(e.href.slice(units.length, -1), e), e => e.href.startsWith(units));
    return input;
  };

  // ---- finds a unit on any part of a long ranking
  for (const tools of $('[data-number]')) {
    const { number, rows, parts, href } = tools.dataset;
    field(tools, async id => {
      const at = (await line(id))?.[4]?.split(',')[number], part = +at ? Math.ceil(at / rows) : parts;
      if (!at) { told.textContent = word('none_here'); return; }
      location.href = href.replace(/index.html$/, `${part > 1 ? `${part}/` : ''}$&`) + `#${+at ? 'u' : 'x'}-${id.replaceAll('/', '-')}`;
    });
  }
  if (!place) return;

  // The page brings what only it has the style for.
  const [mark, bar, ownBar] = $('template', place)[0].content.children, sheet = make('table', { class: mark.className });
  const box = make('div', { class: 'tb', tabindex: 0, role: 'group', 'aria-label': place.dataset.label, hidden: '' }), picked = make('ul', { class: 'picked' });
  let keys = (new URLSearchParams(location.search).get('dv') || '').split(',').slice(0, MOST), turn = 0;
  const link = (href, text) => make(href ? 'a' : 'span', href && { href: `${base}../${href}index.html` }, ...say(text));

  const draw = async (key, name) => {
    const mine = ++turn, [, , stats, periods] = await all(), units = (await Promise.all(keys.map(line))).filter(l => l), [first] = units, above = first?.[2] && await line(first[2]);
    if (mine !== turn) return;
    keys = units.map(l => l[0]);
    const columns = above ? [above, ...units.filter(l => l[0] !== above[0])] : units;
    const cell = (l, s) => {
      const parts = u => (u[5 + s] || '-').split('|'), [text, note, basis] = parts(l), [text1, , basis1, apart] = parts(first);
      const other = l[3] !== first[3], kind = other ? '-' : text[0], figure = text.slice(1) || word('absent'), percent = parseFloat(figure.replace(',', '.'));
      const td = make('td', { 'data-h': bare(l[1]), class: kind === '-' ? 'no' : '' });
      if (kind === '~') td.append(small(word('stated'), 'm'), ' ');
      td.append(...say(other ? word('other_period', { p: periods[l[3]] }) : figure));
      if (kind === '-') return td;
      if (kind === '=' && figure.endsWith('%') && percent <= 100) {
        td.append((l === first ? ownBar : bar).cloneNode(true));
        td.lastChild.firstChild.setAttribute('width', `${percent}%`);
      }
      if (note) td.append(small(note));
      if (l === above ? apart : text1[0] !== '-' && basis !== basis1) td.append(small(l === above ? word('apart', { name: first[1] }) : word('other_base')));
      return td;
    };
    const rows = stats.flatMap(([label, href], s) => columns.some(l => l[5 + s]) ? make('tr', {}, make('th', { scope: 'row' }, link(href, label)), ...columns.map(l => cell(l, s))) : []);
    box.hidden = !first;
    if (first) sheet.replaceChildren(
      make('caption', {}, make('span', {}, ...say(word('caption', { p: periods[first[3]] })))),
      make('thead', {}, make('tr', {}, make('th', { class: 'l' }, word('indicator')), ...columns.map(l => make('th', { scope: 'col' }, link(`${place.dataset.units}${l[0].split('@')[0]}/`, l[1]))))),
      make('tbody', {}, ...rows));
    box.append(sheet);
    picked.replaceChildren(...units.map(([k, n]) => {
      const button = make('button', { type: 'button', 'aria-label': word('remove', { name: bare(n) }) }, ...say(n), ' ✕');
      button.onclick = () => { keys = keys.filter(other => other !== k); draw('removed', n); input.focus(); };
      return make('li', {}, button);
    }));
    if (!key) return;
    keep({ dv: keys.join() });
    told.textContent = word(key, { name: bare(name), n: keys.length });
  };
  const input = field(place, async (id, e) => {
    input.value = '';
    await all();
    if (keys.length >= MOST) { told.textContent = word('full', { n: MOST }); return; }
    keys = [...new Set([...keys, id])].filter(k => k);
    draw('added', e.text);
  });
  place.append(picked);
  place.after(box);
  if (keys[0]) draw();
})();
