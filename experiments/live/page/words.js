// Numbers as people read them, and small pieces of the page.

export function written(value, form) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (form === "count") return Math.round(value).toLocaleString("en");
  if (form === "rate") return percent(value);
  if (form?.startsWith("money")) return money(value, form);
  return Math.abs(value) < 1000
    ? value.toLocaleString("en", { maximumSignificantDigits: 3 })
    : Math.round(value).toLocaleString("en");
}

// An amount, with the sign of its currency where one is named ("money €"); a word stands apart.
export function money(value, form) {
  const sign = form.slice("money ".length);
  const amount = Math.abs(value).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const apart = /[\p{L}.]$/u.test(sign) ? "\u00a0" : "";
  return `${value < 0 ? "-" : ""}${sign}${apart}${amount}`;
}

export function percent(rate) {
  if (Number.isNaN(rate)) return "–";
  return `${(100 * rate).toLocaleString("en", { maximumSignificantDigits: 2 })} %`;
}

export function signed(value, form) {
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${written(Math.abs(value), form)}`;
}

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export const byId = (id) => document.getElementById(id);

// Write only what changed: what is written again is laid out and painted again.
const WRITTEN = new WeakMap();
export function put(place, text) {
  if (WRITTEN.get(place) === text) return;
  WRITTEN.set(place, text);
  place.textContent = text;
}

// Show a sentence where it belongs, or take it away.
export function tell(place, sentence) {
  place.textContent = sentence ?? "";
  place.hidden = !sentence;
}

// When a tick is: "day 3, 06:00", or its date where the campaign says when it starts.
export function moment(tick, head) {
  const hours = head.hours_per_tick;
  const all = tick * hours;
  if (head.start) {
    const date = new Date(Date.parse(`${head.start}T00:00:00Z`) + 3600000 * all).toISOString();
    return hours >= 24 ? date.slice(0, 10) : `${date.slice(0, 10)}, ${date.slice(11, 16)}`;
  }
  const day = Math.floor(all / 24);
  const hour = Math.floor(all - 24 * day);
  return hours >= 24 ? `day ${day + 1}` : `day ${day + 1}, ${String(hour).padStart(2, "0")}:00`;
}
