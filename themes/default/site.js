// Progressive layer of the default theme: display options, and the list of units narrowed to what was searched.
// Every page is complete without it.
(() => {
  const root = document.documentElement, $ = (s, e = document) => [...e.querySelectorAll(s)];
  root.classList.add('js');

  // ---- display options, kept on this device
  const read = k => { try { return localStorage.getItem(k) || ''; } catch { return ''; } };
  const keep = (k, v) => { try { v ? localStorage.setItem(k, v) : localStorage.removeItem(k); } catch { /* no storage from file:// in some browsers */ } };
  for (const button of $('.see button')) {
    const [key, value] = button.dataset.set.split('='), now = read(key);
    if (now) root.dataset[key] = now;
    button.setAttribute('aria-pressed', now === value);
    button.onclick = () => {
      if (value) root.dataset[key] = value; else delete root.dataset[key];
      keep(key, value);
      for (const other of $(`.see button[data-set^="${key}="]`)) other.setAttribute('aria-pressed', other === button);
    };
  }

  // ---- the menu strip shows the entry of this page
  for (const entry of $('.nav a[aria-current]')) entry.parentElement.parentElement.scrollLeft = entry.offsetLeft - 24;

  // ---- lists: "Việt Trì", "viet tri" and "VIỆT TRÌ" are one; "d" and "đ" too
  const fold = s => s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
  const input = document.getElementById('q'), list = document.querySelector('[data-find]');
  if (!input || !list) return;
  const items = $('.cols li', list).map(item => [item, ' ' + fold(item.textContent)]);
  const told = document.createElement('p');
  told.className = 'tools'; told.setAttribute('role', 'status');
  list.before(told);
  const narrow = () => {
    const q = fold(input.value);
    let left = 0;
    for (const [item, words] of items) left += !(item.hidden = q && !words.includes(' ' + q));
    if (list.nextElementSibling) list.nextElementSibling.hidden = !!q;
    for (const group of $('.grp', list)) group.hidden = !group.querySelector('li:not([hidden])');
    told.textContent = q ? list.dataset[left ? 'find' : 'none'].replace('{n}', left).replace('{q}', input.value) : '';
  };
  input.value = new URLSearchParams(location.search).get('q') || '';
  input.oninput = narrow;
  if (input.value) narrow();
})();
