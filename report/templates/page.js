"use strict";
(() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const main = document.getElementById("main");
  const narrow = matchMedia("(max-width: 600px)");
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const small = matchMedia("(max-width: 700px)");
  const words_of = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".pop, .mark, .tools, .perma, .fold-sign").forEach((part) => part.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };

  /* Light and dark */
  const theme = document.querySelector(".theme");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* private window */ }
  });

  /* Contents and language follow the section in view */
  const sections = [...main.querySelectorAll("h2[id]")];
  const links = [...document.querySelectorAll(".contents a[href^='#']")];
  const others = [...document.querySelectorAll(".languages a:not([aria-current])")];
  others.forEach((link) => { link.dataset.file = link.getAttribute("href"); });
  const follow = () => {
    const passed = sections.filter((section) => section.getBoundingClientRect().top < 140);
    const id = passed.length ? passed[passed.length - 1].id : "top";
    links.forEach((link) => {
      if (link.hash === `#${id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    others.forEach((link) => { link.href = id === "top" ? link.dataset.file : `${link.dataset.file}#${id}`; });
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  }, { passive: true });
  follow();
  document.querySelectorAll(".contents-narrow a").forEach((link) =>
    link.addEventListener("click", () => { link.closest("details").open = false; }));

  /* Provenance: the list stays closed, each number opens its own entry */
  const sources = document.getElementById("provenance");
  const target = () => document.getElementById(decodeURIComponent(location.hash.slice(1)) || "top");
  const unfold = (element) => {
    const body = element && element.closest(".fold-body[hidden]");
    if (body) body.dispatchEvent(new Event("beforematch"));
  };
  const reveal = () => {
    unfold(target());
    if (!sources || !sources.contains(target())) return false;
    sources.open = true;
    target().scrollIntoView();
    return true;
  };
  if (sources) sources.open = reveal();
  addEventListener("hashchange", reveal);
  let pop = null;
  let opener = null;

  const close = (back) => {
    if (!pop) return;
    const cell = pop.closest("td.open, th.open");
    pop.remove();
    if (cell) cell.classList.remove("open");
    opener.setAttribute("aria-expanded", "false");
    if (back) opener.focus();
    pop = opener = null;
  };

  const citation = (entry, text) => {
    const line = (item) => [...item.children].map((part) => part.textContent.trim()).join(": ");
    const facts = [...entry.querySelectorAll("dl > div")].map(line);
    return [text, document.title, ...facts].join(". ");
  };

  const copy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = make("textarea", { value: text });
      button.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    button.textContent = words.cited;
  };

  const anchor = (number) =>
    number.closest("tr, li, p, dd, h1, h2, h3, figcaption") || number.parentElement;
  const place = (number) => {
    const drawing = number.closest("svg");
    if (drawing && narrow.matches) {
      drawing.parentElement.after(pop);
      return;
    }
    const block = drawing ? number : anchor(number);
    if (narrow.matches) {
      const cell = number.closest("td, th");
      if (cell) {
        cell.classList.add("open");
        (cell.querySelector(".cell") || cell).append(pop);
      } else if (block.matches("li")) block.append(pop);
      else block.after(pop);
      return;
    }
    main.append(pop);
    const frame = main.getBoundingClientRect();
    const at = number.getBoundingClientRect();
    const middle = at.left + at.width / 2 - frame.left;
    const left = Math.max(0, Math.min(middle - 160, frame.width - pop.offsetWidth));
    pop.style.left = `${left}px`;
    pop.style.top = `${block.getBoundingClientRect().bottom - frame.top + 14}px`;
    pop.style.setProperty("--arrow", `${Math.max(18, Math.min(middle - left, pop.offsetWidth - 18))}px`);
  };

  /* A figure that another was computed from opens in the same place */
  const fill = (entry, text) => {
    pop.setAttribute("aria-label", `${words.provenance} ${text}`);
    pop.replaceChildren(...entry.cloneNode(true).childNodes);
    if (!pop.querySelector(".value")) {
      pop.prepend(make("p", {}, make("span", { className: "value" }, text)));
    }
    const cite = make("button", { type: "button", ariaLive: "polite" }, words.cite);
    cite.addEventListener("click", () => copy(citation(entry, text), cite));
    const shut = make("button", { type: "button", className: "close" }, "×");
    shut.setAttribute("aria-label", words.close);
    shut.addEventListener("click", () => close(true));
    pop.append(make("p", { className: "foot" }, cite), shut);
  };

  const shown = (number) => (number.querySelector("text") || number).textContent.trim();
  const entry_of = (number) => document.getElementById(number.getAttribute("href").slice(1));
  const open = (number) => {
    const entry = entry_of(number);
    if (!entry) return;
    const same = opener === number;
    close(false);
    if (same) return;
    opener = number;
    pop = make("div", { className: "pop", tabIndex: -1 });
    pop.setAttribute("role", "dialog");
    fill(entry, shown(number));
    number.setAttribute("aria-expanded", "true");
    place(number);
    pop.focus({ preventScroll: true });
    pop.scrollIntoView({ block: "nearest" });
  };

  main.querySelectorAll("a.num").forEach((number) => {
    number.setAttribute("aria-haspopup", "dialog");
    number.setAttribute("aria-expanded", "false");
  });
  /* A number under the pointer says what it is */
  main.addEventListener("pointerover", (event) => {
    const number = event.target.closest("a.num:not([data-told])");
    const what = number && entry_of(number) && entry_of(number).querySelector("dd");
    if (!what) return;
    number.dataset.told = "";
    if (number.closest("svg")) {
      const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
      title.textContent = `${number.textContent.trim()}: ${what.textContent.trim()}`;
      number.prepend(title);
    } else number.title = what.textContent.trim();
  });
  document.addEventListener("click", (event) => {
    const number = event.target.closest("main a.num");
    const inner = event.target.closest(".pop a[href^='#']");
    const entry = inner && sources && sources.querySelector(`[id="${CSS.escape(inner.hash.slice(1))}"].prov`);
    if (entry) {
      event.preventDefault();
      fill(entry, inner.textContent.trim());
      pop.focus({ preventScroll: true });
    } else if (inner) close(false);
    else if (number) {
      event.preventDefault();
      open(number);
    } else if (pop && !pop.contains(event.target)) close(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && pop) close(true);
  });
  addEventListener("resize", () => { if (pop && !narrow.matches) place(opener); });

  /* Data tables sort by a column; the third press gives the printed order back.
     A row that only names a group keeps its rows below it */
  const amount = (text) => {
    const clean = text.replace(/−/g, "-").match(/^[^\d-]*(-?\d[\d.,]*)/);
    if (!clean) return null;
    const other = words.decimal === "," ? /\./g : /,/g;
    return parseFloat(clean[1].replace(other, "").replace(",", "."));
  };
  const sorted = (rows, column, up) => {
    const text = (row) => (row.cells[column].querySelector(".cell") || row.cells[column]).innerText.trim();
    const numeric = rows.every((row) => !text(row) || /^[–—]?$/.test(text(row)) || amount(text(row)) !== null);
    const compare = (a, b) => {
      if (!numeric) return text(a).localeCompare(text(b), document.documentElement.lang, { numeric: true });
      const [x, y] = [amount(text(a)), amount(text(b))];
      return x === null || y === null ? (x === null) - (y === null) : x - y;
    };
    return [...rows].sort((a, b) => (up ? compare(a, b) : compare(b, a)));
  };
  const grouped = (rows, column, up) => {
    const groups = [{ head: [], rows: [] }];
    rows.forEach((row) => {
      if (row.matches(".group")) groups.push({ head: [row], rows: [] });
      else groups[groups.length - 1].rows.push(row);
    });
    return groups.flatMap((group) => [...group.head, ...sorted(group.rows, column, up)]);
  };
  document.querySelectorAll(".table.data table").forEach((table) => {
    const printed = [...table.tBodies[0].rows];
    const heads = [...table.querySelectorAll("thead th")];
    heads.forEach((head) => {
      const button = make("button", { type: "button" });
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.title = `${words.sort} ${button.textContent.trim()}`;
      button.addEventListener("click", () => {
        const next = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort")];
        heads.forEach((other) => other.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", next);
        close(false);
        const rows = next === "none" ? printed : grouped(printed, head.cellIndex, next === "ascending");
        table.tBodies[0].append(...rows);
      });
    });
  });

  /* One tab stop a table, a chart, a row of tools; arrows lead to what is nearest that way */
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const nearest = (from, all, [dx, dy]) => {
    const middle = (item) => {
      const box = item.getBoundingClientRect();
      return [box.left + box.width / 2, box.top + box.height / 2];
    };
    const [x, y] = middle(from);
    let best = null;
    let least = Infinity;
    all.forEach((item) => {
      const [along, beside] = (([u, v]) => [(u - x) * dx + (v - y) * dy, Math.abs((u - x) * dy + (v - y) * dx)])(middle(item));
      const far = along + 4 * beside;
      if (along > 2 && along > beside / 2 && far < least) [best, least] = [item, far];
    });
    return best;
  };
  const rove = (box, what) => {
    const all = () => [...box.querySelectorAll(what)].filter((item) =>
      !item.closest(".pop") && !(narrow.matches && item.closest("thead")) && item.getClientRects().length);
    const items = [...box.querySelectorAll(what)];
    if (!items.length) return;
    let stop = items.find((item) => !item.closest("thead")) || items[0];
    items.forEach((item) => { item.tabIndex = item === stop ? 0 : -1; });
    box.addEventListener("focusin", (event) => {
      const item = event.target.closest(what);
      if (!item || item.closest(".pop")) return;
      stop.tabIndex = -1;
      item.tabIndex = 0;
      stop = item;
    });
    box.addEventListener("keydown", (event) => {
      const item = event.target.closest(what);
      if (!item || item.closest(".pop") || event.altKey || event.metaKey) return;
      const list = all();
      const next = { Home: list[0], End: list[list.length - 1] }[event.key]
        || (ARROWS[event.key] && nearest(item, list.filter((other) => other !== item), ARROWS[event.key]));
      if (next) next.focus();
      if (next || ARROWS[event.key]) event.preventDefault();
    });
  };

  /* Tables and charts are copied and saved; each can be linked to */
  const save = (name, type, text) => {
    const link = make("a", { download: name, href: URL.createObjectURL(new Blob([text], { type })) });
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const button = (text, act) => {
    const made = make("button", { type: "button", ariaLive: "polite" }, text);
    made.addEventListener("click", () => act(made));
    return made;
  };
  const link = (id) => {
    const made = make("a", { className: "perma", href: `#${id}` }, "#");
    made.setAttribute("aria-label", words.link);
    made.title = words.link;
    made.addEventListener("click", () => {
      const address = location.href.replace(/#.*$/, "");
      navigator.clipboard && navigator.clipboard.writeText(`${address}#${id}`).catch(() => {});
    });
    return made;
  };
  const tools = (id, name, ...parts) => {
    const made = make("div", { className: "tools" }, ...parts);
    if (id) made.append(link(id));
    made.setAttribute("role", "toolbar");
    made.setAttribute("aria-label", `${words.tools} ${name}`);
    rove(made, "button, a");
    return made;
  };
  const cells = (row) => [...row.cells].flatMap((cell) =>
    [words_of(cell), ...Array(cell.colSpan - 1).fill("")]);
  const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  document.querySelectorAll(".table").forEach((holder) => {
    const table = holder.querySelector("table");
    const rows = () => [...table.rows].filter((row) => !row.hidden).map(cells);
    const name = table.caption ? words_of(table.caption) : words.table;
    table.setAttribute("aria-label", name);
    rove(table, "a.num, th button");
    const copying = button(words.copy, (self) => {
      const before = self.textContent;
      copy(rows().map((row) => row.join("\t")).join("\n"), self);
      setTimeout(() => { self.textContent = before; }, 2000);
    });
    const saving = button(words.save, () =>
      save(`${holder.id}.csv`, "text/csv", `\ufeff${rows().map((row) => row.map(quoted).join(",")).join("\n")}\n`));
    const bar = tools(holder.id, name, copying, saving);
    holder.after(bar);
    if (table.tBodies[0].rows.length < 8) return;
    const field = make("input", { type: "search", placeholder: words.filter });
    field.setAttribute("aria-label", `${words.filter} ${name}`);
    const count = make("output", {});
    field.addEventListener("input", () => {
      close(false);
      const sought = field.value.trim().toLocaleLowerCase();
      const all = [...table.tBodies[0].rows];
      let head = null;
      let left = 0;
      all.forEach((row) => {
        const group = row.matches(".group");
        const fits = words_of(row).toLocaleLowerCase().includes(sought);
        row.hidden = Boolean(sought) && (group || !fits);
        if (group) head = row;
        else if (fits) {
          left += 1;
          if (head) head.hidden = false;
        }
      });
      count.textContent = sought ? `${left} / ${all.filter((row) => !row.matches(".group")).length}` : "";
    });
    bar.before(make("div", { className: "tools filter" }, field, count));
  });

  const read = (text) => [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n)/g)]
    .reduce((lines, [, inside, bare, end]) => {
      lines[lines.length - 1].push(inside === undefined ? bare : inside.replace(/""/g, '"'));
      if (end === "\n") lines.push([]);
      return lines;
    }, [[]]).filter((line) => line.length);
  document.querySelectorAll("figure").forEach((figure) => {
    const drawing = figure.querySelector("svg.chart");
    if (!drawing) return;
    const scroll = make("div", { className: "scroll" });
    drawing.before(scroll);
    scroll.append(drawing);
    rove(drawing, "a.num");
    const name = drawing.dataset.name;
    const picture = button(words.svg, () => {
      const alone = drawing.cloneNode(true);
      alone.setAttribute("xmlns", "http://www.w3.org/2000/svg");
      alone.querySelectorAll("a").forEach((number) => number.removeAttribute("href"));
      save(`${name}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(alone));
    });
    const larger = button(words.larger, (self) => {
      const large = figure.classList.toggle("large");
      self.setAttribute("aria-pressed", String(large));
      if (large) scroll.tabIndex = 0;
      else scroll.removeAttribute("tabindex");
    });
    larger.className = "larger";
    larger.setAttribute("aria-pressed", "false");
    scroll.setAttribute("role", "group");
    scroll.setAttribute("aria-label", words.chart);
    const given = [larger, picture];
    const data = drawing.dataset.csv;
    drawing.removeAttribute("data-csv");
    if (data) given.push(button(words.csv, () => save(`${name}.csv`, "text/csv", `\ufeff${data}`)));
    figure.append(tools(figure.id, words_of(figure.querySelector("figcaption")), ...given));
    if (!data) return;
    const list = make("details", { className: "figures" }, make("summary", {}, words.figures));
    list.addEventListener("toggle", () => {
      if (list.querySelector("table")) return;
      /* what it is, as shown, and its source: the exact ends are for the file */
      const [head, ...rows] = read(data).map((row) => [...row.slice(0, 2), ...row.slice(5)]);
      const line = (row, tag) => make("tr", {}, ...row.map((text, i) =>
        Object.assign(make(tag || (i ? "td" : "th"), { scope: tag ? "col" : i ? "" : "row" }, text))));
      const table = make("table", {}, make("thead", {}, line(head, "th")), make("tbody", {}, ...rows.map((row) => line(row))));
      list.append(make("div", { className: "list", tabIndex: 0 }, table));
    });
    figure.append(list);
  });

  /* Sections: a link to each, a way to the next, and an annex that is folded on small screens */
  const heads = [...main.querySelectorAll("h2[id], h3[id]")];
  heads.forEach((head) => {
    const name = words_of(head);
    if (head.matches("h2")) {
      const next = sections[sections.indexOf(head) + 1];
      if (next) head.after(make("a", { className: "skip next", href: `#${next.id}` }, `${words.next} ${words_of(next)}`));
    }
    if (/^[A-Z]\.(\d+\.)?\s/.test(name)) fold(head, name);
    if (!head.querySelector("a")) head.setAttribute("aria-label", name);
    head.append(" ", link(head.id));
  });
  function fold(head, name) {
    const body = make("div", { className: "fold-body" });
    while (head.nextElementSibling && !head.nextElementSibling.matches("h2, h3, .hint, .sources")) {
      body.append(head.nextElementSibling);
    }
    head.after(body);
    const turn = make("button", { type: "button", className: "fold" }, "+");
    turn.setAttribute("aria-label", name);
    const set = (open) => {
      turn.setAttribute("aria-expanded", String(open));
      turn.textContent = open ? "−" : "+";
      if (open) body.removeAttribute("hidden");
      else body.setAttribute("hidden", "until-found");
    };
    turn.addEventListener("click", () => set(body.hasAttribute("hidden")));
    body.addEventListener("beforematch", () => set(true));
    const fit = () => set(!small.matches);
    small.addEventListener("change", fit);
    fit();
    head.append(" ", turn);
  }
  unfold(target());
  if (location.hash) target()?.scrollIntoView();
})();
