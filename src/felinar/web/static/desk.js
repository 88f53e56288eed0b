// The keys of the desk. Every key presses a button or follows a link that is on the page, so nothing needs this script.
"use strict";
(() => {
  const rows = [...document.querySelectorAll("[data-row]")];
  let at = -1;
  let going = false;

  function choose(index, scroll = true) {
    if (!rows.length) return;
    rows[at]?.classList.remove("current");
    at = Math.max(0, Math.min(rows.length - 1, index));
    rows[at].classList.add("current");
    rows[at].setAttribute("tabindex", "-1");
    if (scroll) rows[at].focus({ preventScroll: true });
    if (scroll) rows[at].scrollIntoView({ block: "nearest" });
    remember();
  }

  // After a judgement the same page comes back: the row that was judged is current again.
  const place = "row " + location.pathname;
  function remember() {
    try { sessionStorage.setItem(place, rows[at].id); } catch { /* private window: the first row then */ }
  }
  function recall() {
    const wanted = location.hash.slice(1) || sessionStorage.getItem(place) || "";
    return rows.findIndex((row) => row.id && row.id === wanted);
  }

  const within = (scope, key) => scope?.querySelector(`[data-key="${CSS.escape(key)}"]`);

  // The current row answers first; what belongs to no row answers from the page.
  function press(key) {
    const own = within(rows[at], key);
    const other = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((e) => !e.closest("[data-row]"));
    const target = own || other || (rows.length === 0 ? within(document, key) : null) || only(key);
    target?.click();
    return Boolean(target);
  }
  function only(key) {
    const all = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`);
    return all.length === 1 ? all[0] : null;
  }

  const help = document.getElementById("keys");
  const find = document.querySelector("[data-find]");
  const actions = {
    j: () => choose(at + 1),
    k: () => choose(at - 1),
    Enter: () => rows[at]?.querySelector("a[data-open]")?.click(),
    "/": () => { find?.focus(); find?.select(); },
    "?": () => help?.showModal(),
    g: () => { going = true; setTimeout(() => { going = false; }, 1500); },
    r: () => document.querySelector("[data-reason]")?.focus(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = event.target.closest("input, textarea, select");
    if (field) {
      if (event.key === "Escape") field.blur();
      return;
    }
    if (help?.open || (event.key === "Enter" && event.target.closest("a, button, summary"))) return;
    if (going) {
      going = false;
      const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : null;
    if (action) { event.preventDefault(); action(); }
    else if (event.key.length === 1 && press(event.key)) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-help]")) help?.showModal();
    const row = event.target.closest("[data-row]");
    if (row) choose(rows.indexOf(row), false);
  });

  // Dragging across the timeline fills in the two dates of the form below it, which works without this.
  const chart = document.querySelector("svg[data-brush]"), period = document.querySelector("[data-period]");
  if (chart && period) {
    const [first, last] = chart.dataset.brush.split(" ").map((day) => Date.parse(day));
    const [left, right] = [...chart.querySelectorAll(".tick")].map((tick) => Number(tick.getAttribute("x1"))).sort((a, b) => a - b)
      .filter((x, i, all) => i === 0 || i === all.length - 1);
    const band = document.createElementNS(chart.namespaceURI, "rect");
    band.setAttribute("class", "brush");
    let from = null;
    const at = (event) => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse());
      return Math.max(left, Math.min(right, point.x));
    };
    const day = (x) => new Date(first + Math.round((x - left) / (right - left) * (last - first) / 864e5) * 864e5).toISOString().slice(0, 10);
    chart.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      from = at(event);
      chart.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    chart.addEventListener("pointermove", (event) => {
      if (from === null) return;
      const to = at(event);
      for (const [name, value] of [["x", Math.min(from, to)], ["width", Math.abs(to - from)], ["y", 2], ["height", chart.viewBox.baseVal.height - 20]]) band.setAttribute(name, value);
      chart.append(band);
    });
    chart.addEventListener("pointerup", (event) => {
      const ends = [from, at(event)].sort((a, b) => a - b);
      from = null;
      if (ends[1] - ends[0] < 4) { band.remove(); return; }
      period.elements.from.value = day(ends[0]);
      period.elements.to.value = day(ends[1]);
      period.requestSubmit();
    });
  }

  const back = recall();
  if (back >= 0) choose(back);
})();
