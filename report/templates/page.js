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
  const reveal = () => {
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

  const place = (number) => {
    const block = number.closest("tr, li, p, dd, h1, h2, h3, figcaption") || number.parentElement;
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

  const open = (number) => {
    const entry = document.getElementById(number.hash.slice(1));
    if (!entry) return;
    const same = opener === number;
    close(false);
    if (same) return;
    opener = number;
    pop = make("div", { className: "pop", tabIndex: -1 });
    pop.setAttribute("role", "dialog");
    fill(entry, number.textContent.trim());
    number.setAttribute("aria-expanded", "true");
    place(number);
    pop.focus({ preventScroll: true });
    pop.scrollIntoView({ block: "nearest" });
  };

  main.querySelectorAll("a.num").forEach((number) => {
    number.setAttribute("aria-haspopup", "dialog");
    number.setAttribute("aria-expanded", "false");
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

  /* Charts give their drawing and their figures */
  const save = (name, type, text) => {
    const link = make("a", { download: name, href: URL.createObjectURL(new Blob([text], { type })) });
    link.click();
    URL.revokeObjectURL(link.href);
  };
  document.querySelectorAll("figure").forEach((figure) => {
    const drawing = figure.querySelector("svg.chart");
    if (!drawing) return;
    const scroll = make("div", { className: "scroll" });
    scroll.setAttribute("role", "group");
    scroll.setAttribute("aria-label", words.chart);
    const reach = () => {
      if (narrow.matches) scroll.tabIndex = 0;
      else scroll.removeAttribute("tabindex");
    };
    narrow.addEventListener("change", reach);
    reach();
    drawing.before(scroll);
    scroll.append(drawing);
    const name = drawing.dataset.name;
    const picture = make("button", { type: "button" }, words.svg);
    picture.addEventListener("click", () => {
      const alone = drawing.cloneNode(true);
      alone.setAttribute("xmlns", "http://www.w3.org/2000/svg");
      save(`${name}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(alone));
    });
    const tools = make("div", { className: "tools" }, picture);
    const data = drawing.dataset.csv;
    drawing.removeAttribute("data-csv");
    if (data) {
      const table = make("button", { type: "button" }, words.csv);
      table.addEventListener("click", () => save(`${name}.csv`, "text/csv", `\ufeff${data}`));
      tools.append(table);
    }
    figure.append(tools);
  });
})();
