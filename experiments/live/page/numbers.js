// The funnel and the indicators at a time, of one campaign or of two.

import { byId, element, percent, put, written } from "./words.js";

export class Numbers {
  constructor() {
    this.open = new Set();
    this.stages = this.terms = [];
  }

  // Of no campaign.
  clear() {
    this.stages = this.terms = [];
    byId("funnel").tBodies[0].replaceChildren();
    for (const value of byId("kpis").querySelectorAll(".value")) value.textContent = "";
  }

  // Make the rows for a campaign's stages and indicators.
  begin(head) {
    this.head = head;
    this.stages = head.funnel.map(({ stage, label, of }) => {
      const bar = element("span", { className: "bar" });
      const name = element("th", { scope: "row", title: `${stage}; rate: of ${of}` }, bar, element("span", { textContent: label }), " ", element("small", { textContent: stage }));
      const cells = ["n", "n b", "n", "n b"].map((className) => element("td", { className }));
      return { bar, cells, row: element("tr", {}, name, ...cells) };
    });
    byId("funnel").tBodies[0].replaceChildren(...this.stages.map(({ row }) => row));
    const groups = new Map();
    this.terms = head.indicators.map((term) => {
      const key = `kpi-${term.name}`;
      const meaning = element("p", { className: "meaning", id: key, textContent: term.meaning, hidden: !this.open.has(key) });
      const value = element("span", { className: "value" });
      const other = element("span", { className: "value b" });
      const button = element("button", { type: "button", title: term.meaning }, element("span", { className: "name", textContent: term.label }), value, other);
      button.setAttribute("aria-expanded", String(this.open.has(key)));
      button.setAttribute("aria-controls", key);
      button.addEventListener("click", () => {
        meaning.hidden = !meaning.hidden;
        button.setAttribute("aria-expanded", String(!meaning.hidden));
        if (meaning.hidden) this.open.delete(key);
        else this.open.add(key);
      });
      if (!groups.has(term.group)) groups.set(term.group, []);
      groups.get(term.group).push(element("li", {}, button, meaning));
      return { ...term, value, other };
    });
    const shown = new Set(["Reach", "Passing on", "Sales"]);
    const known = [...byId("kpis").querySelectorAll("details")].filter((each) => each.open).map((each) => each.dataset.group);
    byId("kpis").replaceChildren(
      ...[...groups].map(([group, items]) => {
        const details = element("details", {}, element("summary", { textContent: group }), element("ul", {}, ...items));
        details.dataset.group = group;
        details.open = known.length ? known.includes(group) : shown.has(group);
        return details;
      }),
    );
  }

  show(first, second) {
    this.stages.forEach(({ bar, cells }, k) => {
      const [people, , rate] = first ? first.funnel.subarray(3 * k, 3 * k + 3) : [0, 0, NaN];
      put(cells[0], written(people, "count"));
      put(cells[1], second ? written(second.funnel[3 * k], "count") : "");
      put(cells[2], percent(rate));
      put(cells[3], second ? percent(second.funnel[3 * k + 2]) : "");
      const wide = `scaleX(${Math.min(1, people / this.head.people).toFixed(4)})`;
      if (bar.style.transform !== wide) bar.style.transform = wide;
    });
    this.terms.forEach(({ form, value, other }, k) => {
      put(value, first ? written(first.indicators[k], form) : "–");
      put(other, second ? written(second.indicators[k], form) : "");
    });
  }
}
