"use strict";
(() => {
  const given = JSON.parse(document.getElementById("given").textContent);
  const served = location.protocol.startsWith("http");
  const rows = given.rows;
  const articles = new Map([...document.querySelectorAll("article")].map((a) => [a.dataset.row, a]));
  const order = [...articles.keys()];
  const found = new Map(); // row → problems told of it
  const RESTING = 600; // milliseconds
  const past = []; // offline: what each row was before a change
  let source = given.source;
  let revision = 0;
  let accepted = null;
  let current = order[0];
  let unsaved = false;
  let waiting = null;
  let checking = false;
  let turn = Promise.resolve();
  let chosen = ""; // the cell whose choice goes on while its field is not left: one step to undo
  let typed = null; // a cell that is being chosen: it is written when the choice rests

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const shown = (article, name) => one(`[data-show=${name}]`, article);
  const dialog = one("dialog");

  function say(code, slots = {}) {
    return given.words[code].replace(/\{(\w+)\}/g, (_, name) => slots[name]);
  }

  function tell(text) {
    one(".status").textContent = text;
  }

  function label(name, code) {
    const pair = (given.lists[name] || []).find(([known]) => known === code);
    return pair ? pair[1] : code;
  }

  // ---- figures: exact decimals as texts

  function times(figure, factor) {
    const digits = (text) => text.replace(".", "");
    const places = (text) => (text.split(".")[1] || "").length;
    const after = places(figure) + places(factor);
    const whole = String(BigInt(digits(figure)) * BigInt(digits(factor))).padStart(after + 1, "0");
    const at = whole.length - after;
    const text = after ? `${whole.slice(0, at)}.${whole.slice(at)}` : whole;
    return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  }

  function signed(figure, sign) {
    return figure && Number(figure) !== 0 && sign === "-" ? `-${figure}` : figure;
  }

  function printedWith(printed, sign) {
    const bare = printed.replace(/^\s*(?:[-−–‐‑▼▽↓]\s*)/, "").replace(/(?:^|\s)(?:tăng|giảm)\s+/i, " ").trim();
    return sign === "-" ? `giảm ${bare}` : bare;
  }

  function signOf(cells) {
    return cells.value.startsWith("-") ? "-" : "+";
  }

  // What follows from a cell that is set: unit and value, the day, what it is compared with.
  function corrected(number, name, value) {
    const cells = rows[number];
    const next = { ...cells };
    const sign = name === "sign" ? value : signOf(cells);
    if (name === "sign") next.printed = printedWith(cells.printed, value);
    else next[name] = value;
    if (name === "printed") return next;
    if (!given.tables.includes(next.table)) return follow(cells, next);
    if (["table", "indicator", "measure", "printed_unit", "sign"].includes(name)) measured(number, next, sign);
    if (next.table === "observations") {
      if (name === "measure" || name === "table") next.comparison = given.comparisons[next.measure] || "";
      if (name === "time_period" || name === "table") next.cutoff = given.ends[next.time_period] || next.cutoff;
      next.obs_status = next.obs_status || "E";
    }
    return next;
  }

  function measured(number, next, sign) {
    const figure = given.figures[number];
    next.unit = next.measure === "level" ? given.own[next.indicator] || next.unit : given.measured[next.measure] || next.unit;
    next.printed_unit = next.printed_unit || next.unit;
    const factor = (given.factors[next.printed_unit] || {})[next.unit];
    if (!figure || !factor) return;
    next.value = signed(times(figure.low, factor), sign);
    next.high = figure.high ? signed(times(figure.high, factor), sign) : "";
    if (next.table === "observations") next.bound = next.bound || figure.bound;
  }

  // A claim is about the figure of its indicator, measure and period: it follows them.
  function follow(cells, next) {
    const key = (row) => `${row.indicator}.${row.measure}@${row.time_period}`;
    if (key(cells) !== key(next)) next.operands = next.operands.split(key(cells)).join(key(next));
    return next;
  }

  function differing(before, after) {
    return Object.fromEntries(Object.entries(after).filter(([name, cell]) => before[name] !== cell));
  }

  // ---- what a row shows

  function number(text) {
    return new Intl.NumberFormat(given.lang, { maximumFractionDigits: 12 }).format(text);
  }

  function worth(cells) {
    if (!cells.value) return label("word", cells.word === "" ? null : cells.word) || cells.printed;
    if (!cells.table) return cells.printed;
    const bound = cells.bound ? `${label("bound", cells.bound)} ` : "";
    const range = cells.high ? `–${number(cells.high)}` : "";
    const whole = cells.total ? `/${number(cells.total)}` : "";
    const symbol = given.symbols[cells.unit] ?? cells.unit;
    const space = symbol.startsWith("%") || !symbol ? "" : "\u00a0";
    return `${bound}${number(cells.value)}${range}${whole}${space}${symbol}`.replace("-", "\u2212");
  }

  function what(cells) {
    const dated = cells.cutoff && cells.cutoff !== given.ends[cells.time_period];
    return [
      label("table", cells.table),
      cells.kind ? label("kind", cells.kind) : cells.measure && label("measure", cells.measure),
      cells.value && cells.word && label("word", cells.word),
      cells.table === "projects" && label("state", cells.state),
      cells.time_period && label("time_period", cells.time_period),
      dated && say("until", { day: cells.cutoff }),
      cells.obs_status && label("obs_status", cells.obs_status),
      cells.confirmed && say("confirmed"),
    ].filter(Boolean).join(" · ");
  }

  function show(number, changed) {
    const cells = rows[number];
    const article = articles.get(number);
    const on = Boolean(cells.accept);
    article.className = on ? "sure" : "open";
    one("label.tick input", article).checked = on;
    shown(article, "tick").textContent = say(on ? "ticked" : "open");
    const mark = document.getElementById(`t${number}`);
    if (mark && mark.tagName === "MARK") mark.className = article.className;
    if (changed) {
      if (cells.indicator) shown(article, "name").textContent = label("indicator", cells.indicator);
      shown(article, "indicator").textContent = cells.indicator;
      shown(article, "value").textContent = worth(cells);
      shown(article, "what").textContent = what(cells);
    }
    fill(article, cells);
  }

  function problems(number) {
    const place = shown(articles.get(number), "found");
    const told = found.get(number) || [];
    articles.get(number).toggleAttribute("data-wrong", told.length > 0);
    place.replaceChildren(...told.map(problem));
  }

  function problem(told) {
    const item = document.createElement("p");
    const parts = ["expected", "found", "mend"].filter((part) => told[part]);
    const details = parts.map((part) => say(part, { text: told[part] })).join("; ");
    const field = given.fields[told.column] || told.column;
    item.textContent = `${field ? `${field}: ` : ""}${told.what}${details ? ` (${details})` : ""}`;
    return item;
  }

  function listed(told) {
    const list = document.createElement("ul");
    list.append(
      ...told.map((each) => {
        const item = document.createElement("li");
        item.append(each.row ? `${say("problem_row", { row: each.row })}: ` : "", ...problem(each).childNodes);
        return item;
      }),
    );
    return list;
  }

  function doubtful(row) {
    return articles.get(row).matches("[data-doubtful],[data-wrong]");
  }

  function count() {
    const on = order.filter((row) => rows[row].accept).length;
    const told = { all: order.length, ticked: on, open: order.length - on };
    for (const [name, amount] of Object.entries(told)) {
      one(`[data-count=${name}]`).textContent = amount;
      one(`[data-of=${name}]`).textContent = amount;
    }
    one("[data-of=doubtful]").textContent = order.filter(doubtful).length;
    return on;
  }

  // A row that is being worked on stays until the filter is chosen anew.
  function filter(anew = false) {
    const kind = one("input[name=filter]:checked").value;
    const kept = {
      all: () => true,
      open: (row) => !rows[row].accept,
      ticked: (row) => Boolean(rows[row].accept),
      doubtful,
    }[kind];
    const held = anew ? null : document.activeElement.closest("article");
    for (const row of order) articles.get(row).hidden = !kept(row) && articles.get(row) !== held;
    for (const section of all("main section")) {
      const own = all("article", section);
      section.hidden = kind !== "all" && own.every((article) => article.hidden);
    }
    one(".none").hidden = order.some((row) => !articles.get(row).hidden);
  }

  // ---- moving

  // One row at a time is a stop of the Tab key.
  function stops(row, index) {
    const article = articles.get(row);
    if (!article) return;
    for (const each of [article, ...all("label.tick input,button.edit", article)]) each.tabIndex = index;
  }

  function focus(row) {
    if (!row) return;
    stops(current, -1);
    stops(row, 0);
    current = row;
    const article = articles.get(row);
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: "nearest" });
    const mark = document.getElementById(`t${row}`);
    for (const each of all("mark.here")) each.classList.remove("here");
    if (mark) mark.classList.add("here");
  }

  function visible() {
    return order.filter((row) => !articles.get(row).hidden);
  }

  function step(by) {
    if (!order.length) return;
    const here = articles.get(current).contains(document.activeElement);
    const rowsShown = visible();
    const at = rowsShown.indexOf(current);
    if (!here && at >= 0) return focus(current);
    focus(rowsShown[Math.min(Math.max(at + by, 0), rowsShown.length - 1)]);
  }

  function nextOpen() {
    const here = articles.get(current).contains(document.activeElement);
    const at = here ? order.indexOf(current) : -1;
    const after = [...order.slice(at + 1), ...order.slice(0, Math.max(at, 0))];
    focus(after.find((row) => !rows[row].accept && !articles.get(row).hidden));
  }

  // ---- the server

  async function ask(name, content) {
    const call = content === undefined
      ? {}
      : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content) };
    try {
      const answer = await fetch(name, { cache: "no-store", ...call });
      return await answer.json();
    } catch {
      tell(say("lost"));
      return null;
    }
  }

  function take(answer) {
    if (!answer) return false;
    if (answer.rows) {
      for (const [row, cells] of Object.entries(answer.rows)) {
        const differs = Object.keys(differing(rows[row], cells)).some((name) => name !== "accept");
        rows[row] = cells;
        if (answer.figures && row in answer.figures) given.figures[row] = answer.figures[row];
        show(row, differs);
      }
      revision = answer.revision;
      accepted = answer.accepted;
      if (answer.source) describe(answer.source);
    }
    if (answer.problems && answer.problems.length) {
      tell(answer.problems.map((told) => problem(told).textContent).join(" "));
    }
    count();
    filter();
    return !(answer.problems && answer.problems.length);
  }

  // One check at a time: the last row that is asked for while one runs is checked after it.
  async function check(row) {
    if (!served) return;
    shown(articles.get(row), "found").textContent = say("checking");
    waiting = row;
    if (checking) return;
    checking = true;
    while (waiting) {
      const own = waiting;
      waiting = null;
      const answer = await ask(`check?row=${own}`);
      if (!answer || waiting) continue;
      spread(answer.problems);
      count();
      if (!found.has(own)) shown(articles.get(own), "found").textContent = say("clean");
    }
    checking = false;
  }

  function spread(told) {
    found.clear();
    for (const each of told) {
      const row = String(each.row ?? "");
      if (articles.has(row)) found.set(row, [...(found.get(row) || []), each]);
    }
    for (const row of order) problems(row);
    filter();
  }

  // ---- changes: one after the other, each on what the one before has left

  function inTurn(work) {
    turn = turn.then(work);
    return turn;
  }

  function later(row, name, value) {
    if (typed && (typed.row !== row || typed.name !== name)) rest();
    clearTimeout(typed && typed.timer);
    typed = { row, name, value, timer: setTimeout(rest, RESTING) };
  }

  function rest() {
    if (!typed) return;
    const { row, name, value, timer } = typed;
    clearTimeout(timer);
    typed = null;
    const again = chosen === `${row} ${name}`;
    chosen = `${row} ${name}`;
    inTurn(() => write(row, differing(rows[row], corrected(row, name, value)), again));
  }

  async function write(row, cells, again = false) {
    if (!Object.keys(cells).length) return;
    if (served) {
      const answer = await ask("row", { revision, row: Number(row), cells, again });
      if (take(answer)) {
        tell(say("saved", { row }));
        check(row);
      } else if (answer) show(row, true);
      return;
    }
    if (!again) past.push([row, { ...rows[row] }]);
    rows[row] = { ...rows[row], ...cells };
    unsaved = true;
    show(row, Object.keys(cells).some((name) => name !== "accept"));
    if (Object.keys(cells).some((name) => name !== "accept")) shown(articles.get(row), "found").textContent = say("unchecked");
    count();
    filter();
    tell(say("noted", { row }));
  }

  function turned(row, name) {
    rest();
    return inTurn(() => write(row, { [name]: rows[row][name] ? "" : "x" }));
  }

  const tick = (row) => turned(row, "accept");
  const confirm = (row) => turned(row, "confirmed");

  function undo() {
    rest();
    return inTurn(undone);
  }

  async function undone() {
    if (served) {
      const answer = await ask("undo", { revision });
      if (take(answer)) {
        tell(say("undone", { row: answer.row }));
        focus(String(answer.row));
        check(String(answer.row));
      }
      return;
    }
    const last = past.pop();
    if (!last) return tell(say("nothing"));
    rows[last[0]] = last[1];
    show(last[0], true);
    count();
    filter();
    focus(last[0]);
    tell(say("undone", { row: last[0] }));
  }

  // ---- correcting

  function fill(article, cells) {
    const form = one("form", article);
    if (!form) return;
    for (const control of all("[name]", form)) {
      if (control.type === "checkbox") control.checked = Boolean(cells.confirmed);
      else if (control.name === "sign") control.value = signOf(cells);
      else choose(control, cells[control.name]);
    }
    for (const field of all("[data-field]", form)) field.hidden = !fits(field.dataset.field, cells.table);
  }

  function choose(control, code) {
    if (control.tagName === "SELECT" && ![...control.options].some((each) => each.value === code)) control.add(new Option(code, code));
    control.value = code;
  }

  function fits(name, table) {
    const tables = {
      kind: ["claims"], word: ["claims"], operands: ["claims"], group: ["projects"], state: ["projects"],
      obs_status: ["observations", "projects"], bound: ["observations"], price_base: ["observations"],
      cutoff: ["observations"], instrument: ["scenarios", "plan"], scope: ["plan"],
      indicator: ["observations", "scenarios", "plan", "claims"], measure: ["observations", "scenarios", "plan", "claims"],
      sign: given.tables,
    }[name];
    return !tables || tables.includes(table) || (!table && ["indicator", "measure"].includes(name));
  }

  function edit(row) {
    const article = articles.get(row);
    if (!one("form", article)) {
      shown(article, "found").after(one("#editor").content.cloneNode(true));
      for (const control of all("form select", article)) {
        control.replaceChildren(...(given.lists[control.name] || []).map(([code, name]) => new Option(name, code)));
      }
    }
    fill(article, rows[row]);
    if (!served) one("[data-field=printed] input", article).readOnly = true;
    one("[data-field=table] select", article).focus({ preventScroll: true });
    one("form", article).scrollIntoView({ block: "nearest" });
  }

  function close(article) {
    rest();
    const form = one("form", article);
    if (form) form.remove();
    focus(article.dataset.row);
  }

  function change(event) {
    const article = event.target.closest("article");
    const { name } = event.target;
    if (event.target.matches("input[name=filter]")) return filter(true);
    if (event.target.dataset.source) return describe({ ...source, [event.target.dataset.source]: event.target.value }, true);
    if (!article) return;
    const row = article.dataset.row;
    if (!name) return tick(row);
    if (name === "confirmed") return confirm(row);
    return later(row, name, event.target.value.trim());
  }

  // The row of sources.csv.
  async function describe(cells, mine = false) {
    const before = source;
    source = cells;
    for (const field of all("[data-source]")) field.value = source[field.dataset.source];
    if (!mine) return;
    if (served) {
      const answer = await ask("source", { revision, cells: differing(before, cells) });
      if (take(answer)) tell(say("saved", { row: source.id }));
    } else unsaved = true;
  }

  // ---- the end: save, or accept

  function csv(names, lines) {
    const cell = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const line = (row) => names.map((name) => cell(row[name] ?? "")).join(",");
    return `\ufeff${[names.join(","), ...lines.map(line)].join("\n")}\n`;
  }

  function download(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function save() {
    download("review.csv", csv(given.columns, order.map((row) => rows[row])));
    if (source !== given.source) download("source.csv", csv(Object.keys(source), [source]));
    unsaved = false;
    tell(say("downloaded", { command: given.command }));
  }

  function outcome(text, told = []) {
    const line = document.createElement("p");
    line.textContent = text;
    one(".outcome").replaceChildren(line, ...(told.length ? [listed(told)] : []));
  }

  async function accept() {
    const on = count();
    const place = one(".place");
    place.hidden = order.every((row) => !rows[row].accept || rows[row].place);
    const select = one("select", place);
    if (!select.options.length) select.replaceChildren(new Option("–", ""), ...given.lists.place.map(([code, name]) => new Option(`${name} (${code})`, code)));
    one("[data-do=take_back]").hidden = !accepted;
    outcome(say("checking"));
    dialog.showModal();
    const answer = await ask(`check?place=${encodeURIComponent(select.value)}`);
    if (!answer) return dialog.close();
    spread(answer.problems);
    const clean = !answer.problems.length;
    outcome(say(clean ? "clean_all" : "wrong_all", { count: on }), answer.problems);
    one("[data-do=take]").disabled = !clean && place.hidden;
  }

  async function enter() {
    const answer = await ask("accept", { revision, place: one(".place select").value });
    if (!answer) return dialog.close();
    take(answer);
    if (answer.problems && answer.problems.length) return outcome(say("wrong_all", { count: count() }), answer.problems);
    const told = Object.entries(answer.counts).map(([file, count]) => say("taken", { count, file }));
    outcome(told.join(" "));
    tell(told.join(" "));
    one("[data-do=take]").disabled = true;
    one("[data-do=take_back]").hidden = false;
  }

  async function takeBack() {
    const answer = await ask("take_back", { revision });
    if (!answer) return dialog.close();
    take(answer);
    if (answer.problems && answer.problems.length) return outcome("", answer.problems);
    one("[data-do=take_back]").hidden = true;
    outcome(say("taken_back"));
    tell(say("taken_back"));
  }

  function finish() {
    rest();
    return inTurn(served ? accept : save);
  }

  const doing = {
    undo, save: finish, accept: finish, take: () => inTurn(enter), take_back: () => inTurn(takeBack),
  };

  function click(event) {
    const button = event.target.closest("button");
    const article = event.target.closest("article");
    if (button && button.dataset.do === "close") return close(article);
    if (button && button.classList.contains("edit")) {
      focus(article.dataset.row);
      return edit(article.dataset.row);
    }
    if (button && doing[button.dataset.do]) return doing[button.dataset.do]();
    if (article && article.dataset.row !== current && !event.target.closest("a,form,input,label")) focus(article.dataset.row);
  }

  const keys = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    n: nextOpen, " ": () => tick(current), Enter: () => edit(current), e: () => edit(current),
    c: () => confirm(current), u: undo, a: finish,
    t: () => { const mark = one(`#t${current} a`); if (mark) mark.focus(); },
    "?": () => { const help = one(".help"); help.open = !help.open; one("summary", help).focus(); },
  };
  all("input[name=filter]").forEach((radio, n) => {
    keys[n + 1] = () => { radio.checked = true; filter(true); step(0); };
  });

  function press(event) {
    if (dialog.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const article = event.target.closest("article");
    if (event.key === "Escape") {
      if (article && one("form", article)) close(article);
      else focus(current);
      return;
    }
    const typing = event.target.matches("select,textarea,input:not([type=checkbox]):not([type=radio])");
    const own = [" ", "Enter"].includes(event.key) && event.target.matches("a,button,summary,input");
    const radio = event.target.matches("input[type=radio]") && event.key.startsWith("Arrow");
    if (typing || own || radio || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  }

  async function begin() {
    document.body.classList.add("works", served ? "from-server" : "from-file");
    for (const part of all("label.tick input,button.edit")) part.hidden = false;
    one("#indicators").replaceChildren(...given.lists.indicator.slice(1).map(([code, name]) => new Option(name, code)));
    for (const list of all("nav details")) list.open = false;
    describe(source);
    count();
    document.addEventListener("change", change);
    document.addEventListener("focusin", () => { rest(); chosen = ""; });
    document.addEventListener("click", click);
    document.addEventListener("keydown", press);
    document.addEventListener("submit", (event) => { if (event.target.closest("article")) event.preventDefault(); });
    one(".place select").addEventListener("change", accept);
    addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
    if (served) {
      take(await ask("state"));
      addEventListener("focus", async () => take(await ask("state")));
    }
    current = order.find((row) => !rows[row].accept) || order[0];
    stops(current, 0);
    if (current) check(current);
  }

  begin();
})();
