'use strict';
(() => {
  const MOST = 40;
  const pages = [...document.querySelectorAll('main')];
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();

  function show() {
    const asked = location.hash.slice(1);
    const shown = pages.find((page) => page.id === asked) || pages[0];
    for (const page of pages) page.hidden = page !== shown;
    document.documentElement.lang = shown.lang;
  }

  function prepare(search) {
    const entries = JSON.parse(search.querySelector('script').textContent);
    const words = entries.map(([text]) => plain(text));
    const told = search.querySelector('template').content.textContent;
    const list = search.querySelector('ol');
    const status = search.querySelector('[role="status"]');
    search.querySelector('input').addEventListener('input', (event) => {
      const wanted = plain(event.target.value).split(/\s+/).filter(Boolean);
      const found = wanted.length
        ? entries.filter((_, n) => wanted.every((word) => words[n].includes(word))) : [];
      status.textContent = wanted.length ? told.replace('{n}', found.length) : '';
      list.replaceChildren(...found.slice(0, MOST).map(([text, link, place]) => {
        const item = document.createElement('li');
        const anchor = document.createElement('a');
        const where = document.createElement('small');
        anchor.href = link;
        anchor.textContent = text;
        where.textContent = ` ${place}`;
        item.append(anchor, where);
        return item;
      }));
    });
    search.hidden = false;
  }

  document.querySelectorAll('.search').forEach(prepare);
  addEventListener('hashchange', show);
  show();
})();
