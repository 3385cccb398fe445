
// ---- tables: sorted by any column and filtered by name; the address keeps both
(() => {
  const { $, fold, word, make, keep, lang } = tiendo;
  const order = new Intl.Collator('vi', { numeric: true }), asked = new URLSearchParams(location.search);
  const FEW = 8;

  // What a cell says, without old figures, letters of notes and second lines.
  const text = cell => {
    const copy = cell.cloneNode(true);
    for (const e of copy.querySelectorAll('s, sup, small, .sub2, .vh')) e.remove();
    return copy.textContent.trim();
  };
  // 1.234,5 in Vietnamese, 1,234.5 in English; a day as one number; none where there is no figure.
  const number = s => {
    const day = s.match(/^(\d{1,2})\/(\d{1,2})\/(\d{4})/);
    if (day) return day[3] * 1e4 + day[2] * 100 + +day[1];
    const found = s.replace(/^[−–](?=\d)/, '-').match(/^[-+]?\d[\d.,]*/);
    if (!found) return NaN;
    return parseFloat(lang === 'en' ? found[0].replace(/,/g, '') : found[0].replace(/\./g, '').replace(',', '.'));
  };

  $('.tb > table').forEach((table, index) => {
    const body = table.tBodies[0], heads = $('thead th', table), id = index + 1;
    const rows = [...body.rows].filter(r => !r.matches('.sum'));
    // A part of a long ranking is no whole to be sorted.
    if (table.closest('section')?.querySelector('.pages')) return;
    if (rows.length < FEW || rows.some(r => r.cells.length !== heads.length)) return;
    const last = [...body.rows].filter(r => r.matches('.sum'));
    const tools = table.parentElement.previousElementSibling?.matches('.tools') ? table.parentElement.previousElementSibling : null;
    const told = make('span', { role: 'status' });
    let sorted = null;

    const sort = (column, way, quiet) => {
      sorted = way ? [column, way] : null;
      const cells = rows.map(r => text(r.cells[column])), numbers = cells.map(number);
      const isNumber = !cells.some((c, i) => c && isNaN(numbers[i]) && !rows[i].cells[column].matches('.no')) && numbers.some(n => !isNaN(n));
      const sign = way === 'giam' ? -1 : 1;
      const by = (a, b) => {
        if (!way) return a - b;
        const none = i => isNumber ? isNaN(numbers[i]) : !cells[i];
        return none(a) - none(b) || (none(a) ? a - b : sign * (isNumber ? numbers[a] - numbers[b] : order.compare(cells[a], cells[b])) || a - b);
      };
      body.append(...rows.map((_, i) => i).sort(by).map(i => rows[i]), ...last);
      heads.forEach((th, i) => i === column && way ? th.setAttribute('aria-sort', way === 'giam' ? 'descending' : 'ascending') : th.removeAttribute('aria-sort'));
      if (quiet) return;
      keep({ xep: way && `${id}-${column + 1}-${way}` });
      const col = heads[column].textContent;
      told.textContent = way ? word(isNumber ? (way === 'giam' ? 'descending' : 'ascending') : (way === 'giam' ? 'backwards' : 'alphabetical'), { col }) : word('unsorted');
    };
    heads.forEach((th, column) => {
      const button = make('button', { type: 'button' }, ...th.childNodes), first = th.matches('.l') && isNaN(number(text(rows[0].cells[column]))) || !column ? 'tang' : 'giam';
      th.append(button);
      button.onclick = () => {
        const now = sorted?.[0] === column ? sorted[1] : '';
        sort(column, !now ? first : now === first ? (first === 'tang' ? 'giam' : 'tang') : '');
      };
    });

    let filter = () => {};
    if (tools) {
      const input = make('input', { id: `loc-${id}`, type: 'text', autocomplete: 'off' });
      const names = rows.map(r => ' ' + fold(text(r.querySelector('th') || r.cells[0])));
      filter = quiet => {
        const q = fold(input.value);
        let n = 0;
        rows.forEach((r, i) => { n += !(r.hidden = !names[i].includes(' ' + q) && !!q); });
        for (const r of last) r.hidden = !!q;
        told.textContent = q ? word('left', { n }) : quiet ? '' : word('all', { n });
        if (!quiet) keep({ loc: q && `${id}-${input.value.trim()}` });
      };
      input.oninput = () => filter();
      tools.append(make('label', { for: input.id }, word('filter')), input, told);
      if (asked.get('loc')?.startsWith(`${id}-`)) { input.value = asked.get('loc').slice(`${id}-`.length); filter(true); }
    } else {
      told.className = 'vh';
      table.parentElement.after(told);
    }
    const [t, c, way] = (asked.get('xep') || '').split('-');
    if (+t === id && heads[c - 1] && ['giam', 'tang'].includes(way)) sort(c - 1, way, true);
  });

  // Sticky heads never hide what has the focus.
  requestAnimationFrame(() => {
    const tallest = Math.max(0, ...$('thead').map(h => h.offsetHeight));
    if (tallest) document.documentElement.style.scrollPaddingTop = `${tallest + 16}px`;
  });
})();
