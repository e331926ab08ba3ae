"use strict";
/* What pages are made with: elements, numbers as texts, tables that can be sorted, charts. */
const Page = (() => {
  const COLOURS = ["#2a6fbb", "#d9772b", "#3a9a5b", "#c24b5a", "#7e62b8", "#8a6a4f", "#d268a6",
    "#6f7780", "#a9a832", "#2fa6b3"];
  let charts = [];
  let pending = [];
  const sortedBy = new Map();

  /* ---- small helpers ---- */

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== null) made.setAttribute(name, value);
    }
    made.append(...children.filter(child => child !== null && child !== undefined));
    return made;
  }

  const isNumber = value => typeof value === "number" && Number.isFinite(value);
  const fixed = (value, digits) => isNumber(value) ? value.toFixed(digits) : "–";
  const percent = (value, digits = 2) => isNumber(value) ? (100 * value).toFixed(digits) + " %" : "–";
  const whole = value => isNumber(value) ? value.toLocaleString("en") : "–";
  const megabytes = value => whole(Math.round(value / 1048576)) + " MB";

  function duration(seconds) {
    if (!isNumber(seconds)) return "–";
    if (seconds < 100) return seconds.toFixed(1) + " s";
    const minutes = Math.floor(seconds / 60);
    return minutes < 100
        ? minutes + " min " + Math.round(seconds - 60 * minutes) + " s"
        : Math.floor(minutes / 60) + " h " + (minutes % 60) + " min";
  }

  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  /* The first ten differ most; later ones repeat them, lighter or darker. */
  function colour(index) {
    const base = COLOURS[index % COLOURS.length];
    const round = Math.floor(index / COLOURS.length);
    if (round === 0) return base;
    const towards = round % 2 === 1 ? 255 : 0;
    const share = Math.min(0.7, 0.4 * Math.ceil(round / 2));
    const parts = [1, 3, 5].map(at => parseInt(base.slice(at, at + 2), 16));
    return "rgb(" + parts.map(p => Math.round(p + share * (towards - p))).join(",") + ")";
  }

  const transparent = (rgb, alpha) => rgb.startsWith("#")
      ? rgb + Math.round(255 * alpha).toString(16).padStart(2, "0")
      : rgb.replace("rgb(", "rgba(").replace(")", "," + alpha + ")");

  /* ---- tables ---- */

  /* A column: name, value(row) to sort by, show(row) what is seen, text: on the left, wrap: may be long. */
  function table(id, columns, rows) {
    const body = element("tbody");
    const made = element("table", {id});
    const heads = columns.map((column, index) => {
      const button = element("button", {type: "button"}, column.name);
      button.addEventListener("click", () => {
        const before = sortedBy.get(id);
        const again = before && before.index === index;
        sortedBy.set(id, {index, ascending: again ? !before.ascending : column.text === true});
        fill();
      });
      return element("th", {class: column.text ? "text" : null, scope: "col"}, button);
    });
    function fill() {
      const by = sortedBy.get(id);
      const order = rows.slice();
      if (by) {
        const value = columns[by.index].value;
        const sign = by.ascending ? 1 : -1;
        order.sort((a, b) => {
          const x = value(a), y = value(b);
          if (typeof x === "string") return sign * x.localeCompare(y);
          return sign * ((isNumber(x) ? x : -Infinity) - (isNumber(y) ? y : -Infinity));
        });
      }
      heads.forEach((head, index) => {
        if (by && by.index === index) {
          head.setAttribute("aria-sort", by.ascending ? "ascending" : "descending");
        } else {
          head.removeAttribute("aria-sort");
        }
      });
      body.replaceChildren(...order.map(row => element("tr", {},
          ...columns.map(column => element("td",
              {class: [column.text ? "text" : "", column.wrap ? "wrap" : "", column.mark ? column.mark(row) : ""]
                  .filter(name => name !== "").join(" ") || null},
              column.show ? column.show(row) : String(column.value(row)))))));
    }
    fill();
    made.append(element("thead", {}, element("tr", {}, ...heads)), body);
    return element("div", {class: rows.length > 14 ? "tall" : "scroll", tabindex: "0"}, made);
  }

  function pairs(id, entries) {
    return element("div", {class: "scroll"}, element("table", {id}, element("tbody", {},
        ...entries.map(([name, value]) => element("tr", {},
            element("th", {scope: "row", class: "text key"}, name),
            element("td", {class: "wrap"}, value))))));
  }

  /* ---- charts ---- */

  function chart(id, title, label, configure, height) {
    const canvas = element("canvas", {id, role: "img", "aria-label": label});
    const holder = element("div", {class: "canvas"}, canvas);
    if (height) holder.style.height = height + "px";
    later(() => charts.push(new Chart(canvas, configure())));
    return element("div", {class: "chart"}, element("h3", {}, title), holder);
  }

  /* Runs when the page is in place: what has no size cannot be drawn on. */
  function later(draw) {
    pending.push(draw);
  }

  /* Before a page is made, or made anew. */
  function begin() {
    charts.forEach(old => old.destroy());
    charts = [];
    pending = [];
    Chart.defaults.color = style("--faint");
    Chart.defaults.borderColor = style("--line");
    Chart.defaults.font.family = "system-ui, sans-serif";
  }

  function drawn() {
    pending.forEach(draw => draw());
  }

  /* The parts of a page: id, title, what is in them. */
  function show(parts) {
    document.getElementById("nav").replaceChildren(element("ul", {}, ...parts.map(([id, title]) =>
        element("li", {}, element("a", {href: "#" + id + "-part"}, title)))));
    document.getElementById("main").replaceChildren(...parts.map(([id, title, made]) =>
        element("section", {id: id + "-part"}, element("h2", {}, title), ...made)));
  }

  return {element, isNumber, fixed, percent, whole, megabytes, duration, style, colour, transparent, table, pairs, chart,
    later, begin, drawn, show};
})();
