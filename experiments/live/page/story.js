// A story of five questions: a guess first, then the campaign itself, and both in one sentence.

import { CONVERTED, NOTICED, OURS, SHARED } from "./campaign.js";
import { amount, costOfTwo } from "./headline.js";
import { byId, element, money, signed, tell } from "./words.js";

const count = (number) => number.toLocaleString("en");
const people = (number) => `${count(number)} ${number === 1 ? "person" : "people"}`;

// Each step: what is asked, what may be guessed, and what happened: which guess it was, and in words.
const STEPS = [
  {
    title: "Who will share?",
    ask: "A brand posts. Most people are strangers to it, a few are fans. Who will most of those be who pass a post on?",
    guesses: { strangers: "mostly strangers", fans: "mostly fans", half: "about as many of both" },
    async reveal(page) {
      const [campaign] = await page.watch(null);
      const [strangers, fans] = [[0, 0], [0, 0]];
      for (let who = 0; who < campaign.people; who++) {
        const group = campaign.roleAtBirth[who] === 0 ? strangers : fans;
        group[0] += campaign.times[NOTICED][who] <= page.clock.horizon;
        group[1] += campaign.times[SHARED][who] <= page.clock.horizon;
      }
      const all = strangers[1] + fans[1];
      if (all === 0) return { was: null, words: "nobody passed it on" };
      const part = strangers[1] / all;
      const of = ([noticed, shared]) => `${count(shared)} of ${count(noticed)}`;
      return { was: part > 0.6 ? "strangers" : part < 0.4 ? "fans" : "half", words: `of the strangers who noticed it ${of(strangers)} passed it on, of the fans ${of(fans)}` };
    },
  },
  {
    title: "How far will it go?",
    ask: "One person passes it on, a friend of theirs passes it on again, and so on. How many people will the longest such chain have?",
    guesses: { one: "1 person", few: "2 or 3 people", some: "4 to 6 people", many: "7 people or more" },
    async reveal(page) {
      const [campaign] = await page.single();
      page.end();
      let [far, last] = [0, -1];
      for (const { shares: [message, person, , hop] } of campaign.frames) {
        hop.forEach((each, k) => {
          if (campaign.head.messages[message[k]].kind <= OURS && each + 1 > far) [far, last] = [each + 1, person[k]];
        });
      }
      if (last < 0) return { was: null, words: "nobody passed it on" };
      page.mark(last);
      return { was: far < 2 ? "one" : far < 4 ? "few" : far < 7 ? "some" : "many", words: `the longest chain has ${people(far)}; the last of them is ringed in the network` };
    },
  },
  {
    title: "What does a reward do?",
    ask: (page) => `Now everybody who passes it on gets a reward of ${page.reward}. In the same world with the same luck: how many more people will pass it on?`,
    guesses: { double: "at least twice as many", more: "some more", same: "as many as before", fewer: "fewer" },
    async reveal(page) {
      const [first, second] = await page.watch({ "incentives.reward": page.rewardValue });
      const [a, b] = [first, second].map((campaign) => campaign.took(SHARED, page.clock.horizon));
      const cost = costOfTwo(first, second, b - a, page.clock.horizon).brief;
      const ratio = a ? b / a : b ? 2 : 1;
      return { was: ratio >= 2 ? "double" : ratio > 1.05 ? "more" : ratio < 0.95 ? "fewer" : "same", words: `${people(b)} passed it on with the reward and ${people(a)} without${cost ? `, ${cost}` : ""}` };
    },
  },
  {
    title: "What holds it back?",
    ask: "Somebody has to see a post, pass it on, click, and in the end do what the campaign is for. At which of these would a little help bring most?",
    guesses: { see: "seeing it", share: "passing it on", click: "clicking and getting there", convert: "the last step" },
    async reveal(page) {
      const found = await page.diagnosis();
      const first = found.stages.find(({ stage }) => stage === found.bottleneck);
      if (!first) return { was: null, words: `it is not sure yet: ${found.replicates} runs are too few to tell` };
      const also = found.stages.filter(({ stage }) => found.rivals.includes(stage)).map(({ act }) => act);
      const unsure = also.length ? `; it is not sure yet, it may also be ${also.join(" or ")}` : "";
      return { was: GROUPS[first.stage] ?? null, words: `10 % better odds at ${first.act} bring ${signed(first.gain)} ${found.outcome} on average of ${found.replicates} runs, more than anywhere else${unsure}` };
    },
  },
  {
    title: "What would you pay for?",
    ask: (page) => `Three changes, each alone. Which one leaves most money, after what it costs? The reward is ${page.reward}.`,
    guesses: { reward: "a reward for passing it on", seeds: "50 people asked to pass on every post", convert: "a better page: half as many again do the last step" },
    async reveal(page, still) {
      const rows = [];
      for (const [name, change] of Object.entries(page.changes)) {
        const [first, second] = await page.run(change);
        if (!still()) return {};
        const end = page.clock.horizon;
        const more = (what) => amount(second, what, end) - amount(first, what, end);
        rows.push({ name, form: first.head.money, won: second.took(CONVERTED, end) - first.took(CONVERTED, end), cost: more("cost"), left: more("revenue") - more("cost") });
        page.end();
      }
      const best = rows.reduce((most, row) => (row.left > most.left ? row : most));
      // What is left standing is the best of them.
      await page.run(page.changes[best.name]);
      page.end();
      const said = rows.map(({ name, form, won, cost, left }) => `${this.guesses[name]}: ${signed(won)} people, cost ${signed(cost, form)}, left ${signed(left, form)}`);
      const words = best.left > 0 ? `${money(best.left, best.form)} more is left with it than without` : "none of the three brings in what it costs";
      return { was: best.left > 0 ? best.name : null, words, list: [...said, "What a better page costs is not counted. This is one world: with other luck it may be otherwise."] };
    },
  },
];

const GROUPS = { publish: "see", notice: "see", share: "share", reshare: "share", click: "click", find: "click", convert: "convert" };

export class Story {
  // `page` runs, shows and marks; see main.js.
  constructor(page) {
    this.page = page;
    this.box = byId("story");
    this.turn = 0; // raised whenever what is under way is no longer waited for
    byId("story-begin").addEventListener("click", () => this.begin());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.on) return;
      event.stopImmediatePropagation();
      this.leave();
    }, true);
  }

  get on() {
    return !this.box.hidden;
  }

  async begin() {
    this.box.hidden = false;
    this.#step(0);
  }

  leave() {
    this.turn += 1;
    this.box.hidden = true;
    byId("story-begin").focus();
  }

  #step(number) {
    const own = (this.turn += 1);
    const step = STEPS[number];
    this.page.pause();
    const title = element("h2", { id: "story-title", tabIndex: -1, textContent: `${number + 1} of ${STEPS.length}: ${step.title}` });
    const ask = typeof step.ask === "function" ? step.ask(this.page) : step.ask;
    const guesses = Object.entries(step.guesses).map(([value, words]) => element("label", {}, element("input", { type: "radio", name: "guess", value }), ` ${words}`));
    const problem = element("p", { className: "problem", hidden: true });
    problem.setAttribute("role", "alert");
    const found = element("p", { className: "finding", id: "story-found" });
    found.setAttribute("role", "status");
    const list = element("ul", { className: "note" });
    const show = element("button", { type: "submit", className: "main", textContent: "Show me" });
    const leave = element("button", { type: "button", textContent: "Leave the story" });
    leave.addEventListener("click", () => this.leave());
    const buttons = element("div", { className: "buttons" }, show, leave);
    const form = element("form", {}, element("fieldset", {}, element("legend", { textContent: "Your guess" }), ...guesses), problem, found, list, buttons);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const guess = form.querySelector("[name=guess]:checked")?.value;
      if (!guess) {
        tell(problem, "Choose an answer first: it is a guess, and may be wrong.");
        return;
      }
      tell(problem, "");
      show.disabled = true;
      for (const radio of form.querySelectorAll("[name=guess]")) radio.disabled = true;
      found.textContent = "The campaign runs …";
      try {
        const { was, words, list: more = [] } = await step.reveal(this.page, () => own === this.turn);
        if (own !== this.turn) return;
        const said = step.guesses[guess];
        found.textContent = was === null ? `You said: ${said}. What happened: ${words}.` : was === guess ? `You said: ${said}, and so it was: ${words}.` : `You said: ${said}. It was: ${step.guesses[was]}; ${words}.`;
        list.replaceChildren(...more.map((textContent) => element("li", { textContent })));
      } catch (problem_) {
        if (own !== this.turn) return;
        found.textContent = "";
        tell(problem, problem_.message);
      }
      const last = number + 1 === STEPS.length;
      const next = element("button", { type: "button", className: "main", textContent: last ? "To the page" : "Next question" });
      next.addEventListener("click", () => (last ? this.leave() : this.#step(number + 1)));
      show.replaceWith(next);
      next.focus({ preventScroll: true });
    });
    this.box.replaceChildren(title, element("p", { textContent: ask }), form);
    title.focus();
    // On a telephone question and picture are seen together.
    if (matchMedia("(max-width: 900px)").matches) this.box.scrollIntoView();
  }
}
