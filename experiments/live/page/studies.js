// What takes many worlds: the bottleneck, and how sure a difference is.

import { lines } from "./api.js";
import { byId, element, signed, tell, written } from "./words.js";

class Study {
  constructor(name) {
    this.name = name;
    this.aborting = null;
  }

  // Whether it is under way, or about to be.
  get busy() {
    return this.waiting !== undefined || this.aborting !== null;
  }

  // End it, and say whether there was anything to end.
  stop() {
    const { busy } = this;
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.aborting?.abort();
    this.aborting = null;
    byId(`${this.name}-progress`).hidden = true;
    tell(byId(`${this.name}-problem`), "");
    return busy;
  }

  // Ask, show how far it is, and hand on what is found.
  async ask(path, table, onfound) {
    this.stop();
    const progress = byId(`${this.name}-progress`);
    const own = (this.aborting = new AbortController());
    progress.hidden = false;
    progress.removeAttribute("value");
    let found = false;
    try {
      for await (const told of lines(path, table, own.signal)) {
        if (told.of) Object.assign(progress, { max: told.of, value: told.done });
        if (told.found) onfound(told.found);
        found ||= Boolean(told.found);
      }
      if (!found) throw new Error("The server ended before an answer; start wom serve again.");
    } catch (problem) {
      if (problem.name !== "AbortError" && this.aborting === own) this.#wrong(problem.message);
    }
    if (this.aborting !== own) return;
    progress.hidden = true;
    this.aborting = null;
  }

  #wrong(sentence) {
    tell(byId(`${this.name}-problem`), sentence);
    this.onwrong();
  }

  onwrong() {}
}

export class Bottleneck extends Study {
  constructor() {
    super("neck");
  }

  // What was found of another campaign is not left standing beside this one.
  clear() {
    this.stop();
    this.found = null;
    byId("neck-sentence").textContent = "As soon as the campaign has run, every stage is made a little better in turn, in the same worlds.";
    byId("neck-bars").replaceChildren();
  }

  // After a while, in which nothing else was asked for.
  later(table) {
    this.clear();
    byId("neck-sentence").textContent = "Every stage is made a little better in turn, in the same worlds …";
    this.waiting = setTimeout(() => this.ask("diagnose", table, (found) => this.#show(found)), 900);
  }

  onwrong() {
    byId("neck-sentence").textContent = "";
  }

  #show(found) {
    this.found = found;
    byId("neck-sentence").textContent = `${found.bottleneck === null ? "Not sure yet. " : ""}${found.sentence}`;
    const stages = found.stages.filter((each) => !each.idle).slice(0, 7);
    const most = Math.max(...stages.map((each) => each.high ?? each.gain), 1e-9);
    const least = Math.min(...stages.map((each) => each.low ?? each.gain), 0);
    const at = (value) => (100 * (value - least)) / (most - least);
    byId("neck-bars").replaceChildren(
      element("p", { className: "note", textContent: `What 10 % better odds at each stage bring in ${found.outcome}: mean over ${found.replicates} worlds, with 95 % intervals.` }),
      element(
        "ul",
        { className: "gains" },
        ...stages.map((each) => {
          const bar = element("span", { className: "gain" });
          bar.style.left = `${at(Math.min(0, each.gain))}%`;
          bar.style.width = `${at(Math.abs(each.gain) + least)}%`;
          const range = element("span", { className: "range" });
          range.style.left = `${at(each.low ?? each.gain)}%`;
          range.style.width = `${Math.max(at((each.high ?? each.gain) - (each.low ?? each.gain) + least), 0.5)}%`;
          const words = `${signed(each.gain)} (${signed(each.low ?? NaN)} to ${signed(each.high ?? NaN)})`;
          const row = element("li", { title: `${each.stage}: ${words}` }, element("span", { className: "stage-name", textContent: each.label }), element("span", { className: "track" }, bar, range), element("span", { className: "amount", textContent: signed(each.gain) }), element("span", { className: "hidden", textContent: words }));
          row.classList.toggle("first", each.stage === found.bottleneck);
          return row;
        }),
      ),
    );
  }
}

export class Pairs extends Study {
  constructor() {
    super("pairs");
  }

  clear() {
    this.stop();
    byId("pairs-found").replaceChildren();
  }

  start(first, second) {
    byId("pairs-found").replaceChildren();
    const table = { ...first, set_b: second.set };
    return this.ask("compare", table, (found) => this.#show(found));
  }

  #show(found) {
    const rows = found.rows.map(({ label, form, base, mean, low, high }) =>
      element("tr", {}, element("th", { scope: "row", textContent: label }), ...[written(base, form), signed(mean ?? NaN, form), `${signed(low ?? NaN, form)} to ${signed(high ?? NaN, form)}`].map((text) => element("td", { className: "n", textContent: text }))));
    const head = element("tr", {}, ...["", "A", "B − A", "95 % interval"].map((text, k) => element("th", { scope: "col", className: k ? "n" : "", textContent: text })));
    byId("pairs-found").replaceChildren(
      element("p", { className: "finding", textContent: found.sentence }),
      element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)),
    );
  }
}
