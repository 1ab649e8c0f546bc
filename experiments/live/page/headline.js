// The sentence on top and what it cost, at a height that stays while the words change.

import { byId, money, put } from "./words.js";

const SMALLEST = 3; // steps of the type, in the style sheet

let fitted = { width: 0, length: 0 };

// Write the sentence; where it would need more lines than there are, its type is smaller.
export function headline(sentence) {
  const place = byId("sentence");
  put(place, sentence);
  if (place.clientWidth === fitted.width && sentence.length <= fitted.length) return;
  if (place.clientWidth !== fitted.width) place.dataset.fit = 0;
  fitted = { width: place.clientWidth, length: sentence.length };
  for (let step = Number(place.dataset.fit ?? 0); step < SMALLEST && place.scrollHeight > place.clientHeight + 1; ) {
    step += 1;
    place.dataset.fit = step;
  }
}

// Another campaign may be told in fewer words.
export function anew() {
  byId("sentence").dataset.fit = 0;
  fitted = { width: 0, length: 0 };
}

// The latest amount of an indicator in a campaign, by a time; NaN where there is none.
export function amount(campaign, name, clock) {
  const k = campaign.head.indicators.findIndex((each) => each.name === name);
  return campaign.frameAt(clock)?.indicators[k] ?? NaN;
}

// What one campaign has cost and brought in so far.
export function costOfOne(campaign, clock) {
  const form = campaign.head.money;
  const [cost, revenue] = ["cost", "revenue"].map((name) => amount(campaign, name, clock));
  if (Number.isNaN(cost)) return "Cost so far: nothing yet.";
  return `Cost so far: ${money(cost, form)}.${revenue > 0 ? ` Revenue: ${money(revenue, form)}.` : ""}`;
}

// What a change costs more, beside what it wins: in short, and in a sentence.
export function costOfTwo(first, second, gained, clock) {
  const form = first.head.money;
  const [a, b] = [first, second].map((campaign) => amount(campaign, "cost", clock));
  if (Number.isNaN(a + b)) return { brief: "", sentence: "Cost so far: nothing yet." };
  const both = `Cost so far: A ${money(a, form)}, B ${money(b, form)}`;
  const extra = Math.round(100 * (b - a)) / 100;
  if (extra === 0) return { brief: "at no more cost", sentence: `${both}. What the change itself may cost (a better page, say) is not counted.` };
  if (extra < 0) return { brief: `for ${money(-extra, form)} less`, sentence: `${both}: ${money(-extra, form)} less.` };
  const each = gained > 0 ? `, or ${money(extra / gained, form)} for each person won on balance` : ", and on balance nobody is won";
  return { brief: `for ${money(extra, form)} more`, sentence: `${both}: ${money(extra, form)} more${each}.` };
}
