"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const read = (id) => JSON.parse($(id).textContent);
  const { labels, metrics } = read("registry");
  const table = $("articles").tBodies[0];
  const rows = [...table.rows];
  const reader = $("reader");
  const tip = $("tip");
  const number = (x) => x.toLocaleString("en", { maximumFractionDigits: 3 });

  /** An element with properties and children; strings become text, never markup. */
  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children.filter((child) => child !== null));
    return element;
  };

  const key = (row, column, isNumber) => {
    const cell = row.cells[column];
    if (!isNumber) return cell.textContent.trim().toLocaleLowerCase();
    return cell.dataset.value === undefined ? null : Number(cell.dataset.value);
  };

  /** Sorts by a column; what has no value stays at the end either way. */
  const sort = (header) => {
    const isNumber = header.classList.contains("number");
    const direction = header.ariaSort === "ascending" ? -1 : 1;
    for (const other of header.parentElement.cells) if (other.ariaSort) other.ariaSort = "none";
    header.ariaSort = direction > 0 ? "ascending" : "descending";
    const isMissing = (value) => value === null || value === "";
    const keyed = rows.map((row) => [key(row, header.cellIndex, isNumber), row]);
    keyed.sort(([a], [b]) => {
      if (isMissing(a) || isMissing(b)) return isMissing(a) - isMissing(b);
      return direction * (isNumber ? a - b : a.localeCompare(b));
    });
    table.append(...keyed.map(([, row]) => row));
  };

  const filter = () => {
    const topic = $("topic").value;
    const words = $("words").value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = `${row.cells[0].textContent} ${row.cells[1].textContent} ${row.dataset.id}`.toLocaleLowerCase();
      const hasTopic = topic === "" || row.dataset.topics.split(" ").includes(topic);
      row.hidden = !(hasTopic && words.every((word) => text.includes(word)));
      shown += !row.hidden;
    }
    $("found").textContent = `${number(shown)} shown`;
    for (const paragraph of reader.querySelectorAll(".paragraph")) {
      paragraph.classList.toggle("dim", topic !== "" && paragraph.dataset.topic !== topic);
    }
  };

  /** Topics by probability, one a line. */
  const distribution = (probabilities) =>
    probabilities
      .map((p, i) => [p, labels[i]])
      .sort(([a], [b]) => b - a)
      .map(([p, label]) => `${label} ${p.toFixed(3)}`)
      .join("\n");

  const paragraph = ({ topic, probabilities, pieces, n_cut }) => {
    const text = pieces.map((piece, i) => (i % 2 ? make("u", {}, piece) : piece));
    const name = topic === null ? "no topic" : `${labels[topic]} ${probabilities[topic].toFixed(2)}`;
    const chip = make("button", { type: "button", className: "chip" }, name);
    chip.dataset.tip = probabilities ? distribution(probabilities) : "no word that the model knows";
    const left = n_cut ? make("p", { className: "quiet" }, `… ${number(n_cut)} more characters, in the tables`) : null;
    const element = make("div", { className: "paragraph" }, chip, make("p", { dir: "auto" }, ...text), left);
    element.dataset.topic = topic ?? "";
    if (topic !== null) {
      element.classList.add(`t${topic % 10}`);
      element.style.setProperty("--strength", probabilities[topic]);
    }
    if (probabilities) element.title = distribution(probabilities);
    return element;
  };

  const explained = ({ name, formula, interpretation, reference }) =>
    [interpretation, `${name} = ${formula}`, reference].filter(Boolean).join("\n");

  const values = (article) => {
    const body = make("tbody");
    metrics.forEach((metric, i) => {
      const name = make("span", { className: "name", tabIndex: 0 }, metric.name);
      name.dataset.tip = explained(metric);
      const value = article.metrics[i];
      body.append(
        make("tr", {},
          make("th", { scope: "row" }, name),
          make("td", { className: "number" }, value === null ? "" : number(value)),
          make("td", {}, metric.unit),
          make("td", {}, metric.family)));
    });
    const heads = ["metric", "value", "unit", "family"].map((text) => make("th", { scope: "col" }, text));
    const head = make("thead", {}, make("tr", {}, ...heads));
    return make("details", {}, make("summary", {}, `${metrics.length} metrics`), make("table", {}, head, body));
  };

  const visible = () => [...table.rows].filter((row) => !row.hidden);
  const step = (by) => {
    const shown = visible();
    const next = shown[shown.findIndex((row) => row.classList.contains("open")) + by];
    if (next) location.hash = next.querySelector("a").hash;
  };
  const close = () => {
    const link = table.querySelector("tr.open a");
    history.replaceState(null, "", location.pathname + location.search);
    show();
    (link ?? $("list")).focus();
  };
  const button = (text, action) => {
    const element = make("button", { type: "button" }, text);
    element.addEventListener("click", action);
    return element;
  };

  /** Opens the article that the address names. */
  const show = () => {
    table.querySelector("tr.open")?.classList.remove("open");
    const id = location.hash.slice(1);
    reader.hidden = !/^a\d+$/.test(id) || $(id) === null;
    if (reader.hidden) return reader.replaceChildren();
    const article = read(id);
    const row = table.querySelector(`a[href="#${id}"]`)?.closest("tr");
    row?.classList.add("open");
    const source = [article.outlet, article.date, article.id, article.file].filter(Boolean).join(" · ");
    let section = null;
    const text = article.paragraphs.flatMap((data) => {
      const isNew = data.section !== null && data.section !== section;
      section = data.section;
      return isNew ? [make("h3", { dir: "auto" }, section), paragraph(data)] : [paragraph(data)];
    });
    reader.replaceChildren(
      make("nav", { ariaLabel: "Articles" },
        button("Previous", () => step(-1)), button("Next", () => step(1)), button("Close", close)),
      make("h2", { dir: "auto" }, article.title ?? article.id),
      make("p", { className: "quiet", dir: "auto" }, source),
      ...text,
      values(article));
    filter();
    reader.scrollIntoView();
    reader.focus({ preventScroll: true });
  };

  const explain = (event) => {
    const target = event.target.closest?.("[data-tip]");
    if (!target) return;
    tip.textContent = target.dataset.tip;
    tip.hidden = false;
    target.setAttribute("aria-describedby", "tip");
    const { left, top, bottom } = target.getBoundingClientRect();
    const above = top > tip.offsetHeight + 8;
    tip.style.left = `${Math.max(4, Math.min(left, innerWidth - tip.offsetWidth - 4))}px`;
    tip.style.top = `${above ? top - tip.offsetHeight - 6 : bottom + 6}px`;
  };
  const hide = () => {
    tip.hidden = true;
    document.querySelector("[aria-describedby=tip]")?.removeAttribute("aria-describedby");
  };

  for (const header of $("articles").tHead.rows[0].cells) {
    header.querySelector("button")?.addEventListener("click", () => sort(header));
  }
  $("filter").addEventListener("input", filter);
  $("filter").addEventListener("submit", (event) => event.preventDefault());
  $("topics").addEventListener("click", (event) => {
    const column = event.target.closest("[data-article]");
    if (column) location.hash = `a${column.dataset.article}`;
  });
  for (const name of ["mouseover", "focusin"]) document.addEventListener(name, explain);
  for (const name of ["mouseout", "focusout", "scroll"]) document.addEventListener(name, hide, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!tip.hidden) return hide();
    if (!reader.hidden) close();
  });
  addEventListener("hashchange", show);
  show();
})();
