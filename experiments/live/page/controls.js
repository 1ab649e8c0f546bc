// What is to be run: scenario, people, seed, and the levers, of which the server tells everything.

import { byId, element, money, tell } from "./words.js";

const STOPS = 1000; // of a slider

export class Controls {
  constructor(onchange) {
    this.onchange = onchange;
    this.about = null;
    this.set = { a: {}, b: {} };
    this.rows = [];
    byId("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#changed(0);
    });
    for (const id of ["people", "seed"]) byId(id).addEventListener("change", () => this.#changed());
    byId("both").addEventListener("change", () => {
      this.show();
      this.#changed();
    });
    for (const radio of document.getElementsByName("which")) radio.addEventListener("change", () => this.show());
    byId("reset").addEventListener("click", () => {
      this.set[this.which] = {};
      this.show();
      this.#changed();
    });
  }

  get both() {
    return byId("both").checked;
  }

  // Whose levers the sliders are.
  get which() {
    return this.both && document.querySelector("[name=which]:checked").value === "b" ? "b" : "a";
  }

  // A as it is, and beside it B with a change; alone where there is none.
  stage(change) {
    clearTimeout(this.waiting);
    byId("both").checked = change !== null;
    document.querySelector("[name=which][value=b]").checked = true;
    this.set.b = { ...change };
    this.show();
  }

  // The requests for the campaigns that are shown, one or two.
  tables() {
    const number = (id) => (byId(id).value === "" ? null : Number(byId(id).value));
    const common = { scenario: this.about.name, seed: number("seed") };
    if (this.about.brand) common.brand = this.about.brand;
    if (!this.about.people_fixed) common.people = number("people");
    const tables = [{ ...common, set: { ...this.set.a } }];
    if (this.both) tables.push({ ...common, set: { ...this.set.a, ...this.set.b } });
    return tables;
  }

  // What B changes, in words.
  change() {
    const words = Object.entries(this.set.b).map(([path, value]) => {
      const lever = this.about.levers.find((each) => each.path === path);
      const said = lever?.unit === "money" ? money(value, this.about.money) : value;
      return `${lever ? lever.label.toLowerCase() : path}: ${said}`;
    });
    return words.length ? words.join("; ") : "nothing changed yet: move a slider";
  }

  // What is set now is what runs.
  used() {
    this.ran = { a: { ...this.set.a }, b: { ...this.set.b } };
  }

  begin(about, seed) {
    this.about = about;
    this.set = { a: {}, b: {} };
    this.used();
    byId("people").value = about.people_shown;
    byId("people").max = about.most_people;
    byId("people").disabled = about.people_fixed;
    byId("seed").value = seed;
    const fewer = about.people > about.people_shown;
    tell(byId("people-note"), fewer ? `The scenario itself has ${about.people.toLocaleString("en")} people.` : "");
    this.rows = about.levers.map((lever) => new Row(lever, (value) => this.#set(lever.path, value), about.money));
    byId("levers").replaceChildren(...this.rows.map((row) => row.box));
    this.show();
  }

  // Bring the sliders to where they are set.
  show() {
    const { which, both } = this;
    byId("which").hidden = !both;
    document.body.classList.toggle("both", both);
    for (const row of this.rows) {
      const { path, value } = row.lever;
      const base = which === "b" ? this.set.a[path] ?? value : value;
      row.show(this.set[which][path] ?? base, path in this.set[which], base, which);
    }
  }

  // Say what is wrong where it is wrong.
  refuse(sentence) {
    const row = this.rows.find((each) => sentence?.startsWith(`${each.lever.path} = `));
    for (const each of this.rows) {
      const { path, value } = each.lever;
      const ran = this.ran?.[this.which][path] ?? this.ran?.a[path] ?? value;
      each.refuse(each === row ? sentence : "", ran);
    }
    tell(byId("problem"), row ? "" : sentence);
  }

  #set(path, value) {
    if (value === undefined) delete this.set[this.which][path];
    else this.set[this.which][path] = value;
    this.show();
    this.#changed();
  }

  #changed(wait = 350) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.onchange(), wait);
  }
}

// A question mark that opens what a lever means, where there is something to say.
function help(lever, id) {
  if (!lever.help) return [];
  const meaning = element("p", { className: "meaning", id, textContent: lever.help, hidden: true });
  const button = element("button", { type: "button", className: "help", textContent: "?", title: lever.help });
  button.setAttribute("aria-label", `What is meant by: ${lever.label}`);
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", id);
  button.addEventListener("click", () => {
    meaning.hidden = !meaning.hidden;
    button.setAttribute("aria-expanded", String(!meaning.hidden));
  });
  return [button, meaning];
}

// A lever: label, value, slider, and a way back.
class Row {
  constructor(lever, onset, currency) {
    this.lever = lever;
    const id = `lever-${lever.path.replaceAll(/[^a-z]/g, "-")}`;
    this.undo = element("button", { type: "button", className: "undo", textContent: "↺", hidden: true });
    this.undo.setAttribute("aria-label", `${lever.label}: as it was`);
    this.undo.title = "As it was";
    this.problem = element("p", { className: "problem", id: `${id}-problem`, hidden: true });
    this.problem.setAttribute("role", "alert");
    this.was = element("span", { className: "was" });
    const label = element("label", { htmlFor: id, title: lever.help ?? "" }, lever.label);
    if (lever.kind === "choice") {
      this.field = element("select", { id });
      this.field.append(element("option", { value: "", textContent: "as the calendar says" }));
      this.field.append(...lever.choices.map((each) => element("option", { value: each, textContent: each.replaceAll("_", " ") })));
      this.field.addEventListener("change", () => onset(this.field.value || undefined));
    } else {
      this.field = element("input", { id, type: "number", step: "any", inputMode: "decimal" });
      this.field.addEventListener("change", () =>
        onset(this.field.value === "" ? undefined : Number(this.field.value)));
      this.slider = element("input", { type: "range", min: 0, max: STOPS, step: lever.whole ? STOPS / Math.max(lever.to - lever.from, 1) : 1 });
      this.slider.setAttribute("aria-label", `${lever.label}, slider`);
      this.slider.addEventListener("input", () => {
        this.field.value = this.#value();
        this.#spoken();
      });
      this.slider.addEventListener("change", () => onset(this.#value()));
    }
    this.undo.addEventListener("click", () => {
      this.field.focus();
      onset(undefined);
    });
    const unit = element("span", { className: "unit", textContent: lever.unit === "money" ? currency.slice("money ".length) || lever.unit : lever.unit });
    const line = element("div", { className: "line" }, this.field, unit, this.undo);
    this.box = element("div", { className: `lever ${lever.kind}` }, label, ...help(lever, `${id}-help`), line);
    if (this.slider) this.box.append(this.slider);
    this.box.append(this.was, this.problem);
    this.field.setAttribute("aria-describedby", this.problem.id);
  }

  show(value, isSet, base, which) {
    this.box.classList.toggle("set", isSet);
    this.undo.hidden = !isSet;
    this.field.value = value ?? "";
    if (this.lever.words) this.field.placeholder = this.lever.words;
    const told = base === null ? this.lever.words ?? "as the calendar says" : base;
    this.was.textContent = isSet ? `${which === "b" ? "A" : "was"}: ${told}` : "";
    if (!this.slider) return;
    this.slider.value = value === null ? STOPS : this.#stop(value);
    this.#spoken();
  }

  // What was refused is not said to be in use: what is, stays named.
  refuse(sentence, ran) {
    tell(this.problem, sentence);
    if (sentence) {
      this.box.classList.remove("set");
      this.was.textContent = `not used; in use: ${ran ?? this.lever.words ?? "as the calendar says"}`;
    }
    this.field.setAttribute("aria-invalid", String(Boolean(sentence)));
  }

  #spoken() {
    this.slider.setAttribute("aria-valuetext", `${this.field.value || this.lever.words || ""} ${this.lever.unit}`.trim());
  }

  #stop(value) {
    const { from, to, log } = this.lever;
    const part = log ? Math.log(Math.max(value, from) / from) / Math.log(to / from) : (value - from) / (to - from || 1);
    return Math.round(Math.min(Math.max(part, 0), 1) * STOPS);
  }

  #value() {
    const { from, to, log, whole } = this.lever;
    const part = Number(this.slider.value) / STOPS;
    const value = log ? from * (to / from) ** part : from + (to - from) * part;
    return whole ? Math.round(value) : Number(value.toPrecision(2));
  }
}
