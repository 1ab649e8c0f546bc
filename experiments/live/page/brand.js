// Your brand in ten numbers: a form, and which number became what.

import { post } from "./api.js";
import { byId, element, tell } from "./words.js";

export class Brand {
  constructor(onmade) {
    this.onmade = onmade; // called with what the server tells of the brand
    this.last = null;
    this.fields = new Map();
    byId("brand-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask();
    });
  }

  begin(questions) {
    const rows = questions.map(({ name, ask, where }) => {
      const id = `brand-${name}`;
      const field = element("input", { id, type: "text", inputMode: "decimal", autocomplete: "off" });
      const problem = element("p", { className: "problem", id: `${id}-problem`, hidden: true });
      problem.setAttribute("role", "alert");
      field.setAttribute("aria-describedby", problem.id);
      this.fields.set(name, { field, problem });
      return element("div", {}, element("label", { className: "field", htmlFor: id }, element("span", { textContent: ask }), field, element("span", { className: "note", textContent: where })), problem);
    });
    byId("brand-fields").replaceChildren(...rows);
  }

  async #ask() {
    const brand = {};
    for (const [name, { field }] of this.fields) {
      const text = field.value.trim();
      // What is no number is sent as it is: the server has the sentence for it.
      if (text) brand[name] = Number.isNaN(Number(text)) ? text : Number(text);
    }
    this.#refuse("");
    try {
      const told = await (await post("brand", { brand })).json();
      this.last = told;
      this.#show(told.became);
      this.onmade(told);
    } catch (problem) {
      this.#refuse(problem.message);
    }
  }

  // The sentence stands beside the number that it is about.
  #refuse(sentence) {
    const about = [...this.fields.keys()].find((name) => new RegExp(`^${name}\\b`).test(sentence)) ?? (/\bfollowers\b/.test(sentence) ? "followers" : null);
    for (const [name, { field, problem }] of this.fields) {
      tell(problem, name === about ? sentence : "");
      field.setAttribute("aria-invalid", String(name === about));
    }
    tell(byId("brand-problem"), about === null ? sentence : "");
    if (sentence && about) this.fields.get(about).field.focus();
  }

  #show({ rows, notes }) {
    const items = rows.map(({ path, label, value, formula }) =>
      element("li", {}, `${label}: `, element("b", { textContent: Number(value.toPrecision(4)).toLocaleString("en", { maximumFractionDigits: 6 }) }), element("span", { className: "note", textContent: `${formula} (${path})` })));
    byId("brand-found").replaceChildren(
      element("h3", { textContent: "Which number became what" }),
      element("ul", {}, ...items),
      ...notes.map((textContent) => element("p", { className: "note", textContent })),
    );
    byId("brand-found").hidden = false;
  }
}
