// A person's history: what they met, from whom, and the terms of their decision to pass it on.

import { post } from "./api.js";
import { OURS } from "./campaign.js";
import { byId, element, moment, percent, signed, tell } from "./words.js";

// The terms of the logit in words; the formula names them so (docs/odd.md).
const TERMS = {
  base: "base of their role",
  contagiousness: "how catching the post is",
  susceptibility: "how easily they share",
  topic: "fit with their interests",
  trust: "how far they believe it",
  reward: "the reward",
  status: "being in the spotlight",
  reciprocity: "their bond with the brand",
  generalised: "what others did for them",
  doses: "had it from several",
  image: "how a reward looks",
  fatigue: "tired of the posts",
  effort: "the effort",
  boost: "a boost of the stage",
};

export class Person {
  constructor(onask) {
    this.onask = onask; // called with whom to look at
    this.asked = null;
  }

  clear() {
    this.aborting?.abort();
    this.asked = null;
    byId("history").replaceChildren();
    tell(byId("person-problem"), "");
  }

  async ask(person, campaign, tick, letter) {
    this.aborting?.abort();
    const own = (this.aborting = new AbortController());
    this.asked = person;
    byId("person").value = person;
    // Whoever goes through many is told of the one with whom they stop.
    await new Promise((resolve) => setTimeout(resolve, 120));
    if (own.signal.aborted) return "";
    tell(byId("person-problem"), "");
    byId("history").setAttribute("aria-busy", "true");
    try {
      const table = { ...campaign.table, person, tick: Math.max(Math.min(tick, campaign.head.horizon) - 1, 0) };
      const told = await (await post("person", table, own.signal)).json();
      if (tick < 1) Object.assign(told, { met: [], other: [] });
      this.#show(told, campaign, letter);
      return verdict(told, campaign.head);
    } catch (problem) {
      if (problem.name !== "AbortError") {
        byId("history").replaceChildren();
        tell(byId("person-problem"), problem.message);
      }
    } finally {
      if (this.aborting === own) byId("history").removeAttribute("aria-busy");
    }
    return "";
  }

  #show(told, campaign, letter) {
    const { head } = campaign;
    const name = told.name === null ? `Person ${told.person}` : `Person ${told.person} (${told.name})`;
    const became = told.role === told.role_at_birth ? "" : `, a ${told.role_at_birth} at first`;
    const title = element("h3", { textContent: `${name}, ${told.role === "advocate" ? "an" : "a"} ${told.role}${became}${letter ? `, in ${letter}` : ""}` });
    const about = element("p", { className: "note", textContent: `Is heard by ${told.heard_by} people and hears ${told.hears}; trust ${told.trust.toFixed(2)}, bond ${told.bond.toFixed(2)}.` });
    const events = [
      ...told.met.map((met) => [met.tick, this.#met(met, head)]),
      ...told.other.map(({ tick, words }) => [tick, element("p", { className: "did", textContent: `They ${words}.` })]),
    ].sort((a, b) => a[0] - b[0]);
    const when = (tick) => element("span", { className: "when", textContent: `tick ${tick} · ${moment(tick, head.hours_per_tick)}` });
    const list = element("ol", { className: "events" }, ...events.map(([tick, event]) => element("li", {}, when(tick), event)));
    const nothing = element("p", { textContent: "The campaign has not reached them up to now." });
    const history = byId("history");
    const held = history.contains(document.activeElement);
    history.replaceChildren(title, about, events.length ? list : nothing);
    // Whoever followed a link in it goes on reading where it led to, not at the top of the page.
    title.tabIndex = -1;
    if (held) title.focus();
  }

  #met(met, head) {
    const { type, channel, kind } = head.messages[met.message];
    const what = `${type.replaceAll("_", " ")}${channel ? ` on ${channel}` : ""}`;
    const whose = kind === 3 ? "a rival’s " : kind === 4 ? "a complaint, " : "";
    const box = element("div", { className: "met" });
    const line = element("p", { className: "did" });
    line.append(met.first ? "Noticed " : "Met again ", element("b", { textContent: `${whose}${what}` }));
    if (met.posts.length) {
      line.append(", from ");
      met.posts.forEach((post, k) => {
        if (k) line.append(k === met.posts.length - 1 ? " and " : ", ");
        line.append(this.#sender(post.sender, head));
      });
    }
    line.append(".");
    box.append(line);
    if (met.asked) box.append(this.#outcome(true, `Passed it on: ${met.asked}.`));
    else if (met.already) box.append(element("p", { className: "note", textContent: "They had passed it on before, which one does once." }));
    else if (met.posts.length && met.posts.every((post) => !post.why)) box.append(element("p", { className: "note", textContent: "Only who buys may pass this on." }));
    for (const post of met.posts) if (post.why) box.append(this.#why(post, met.posts.length > 1, head));
    const did = [met.clicked && "clicked", met.converted && head.outcome && `converted (${head.outcome})`].filter(Boolean);
    if (did.length) box.append(this.#outcome(true, `They ${did.join(" and ")}.`, "bought"));
    return box;
  }

  #outcome(yes, words, kind = "") {
    return element("p", { className: `outcome ${yes ? "yes" : "no"} ${kind}`, textContent: words });
  }

  #sender(sender, head) {
    if (sender === -1) return "the brand";
    if (sender < 0) return head.accounts[-2 - sender] ?? "an account";
    const link = element("button", { type: "button", className: "link", textContent: `person ${sender}` });
    link.addEventListener("click", () => this.onask(sender));
    return link;
  }

  #why(post, several, head) {
    const { why } = post;
    const box = element("div", { className: "why" });
    if (several) {
      const from = element("p", { className: "note" });
      from.append("From ", this.#sender(post.sender, head), ":");
      box.append(from);
    }
    if (why.rule === "threshold") {
      box.append(this.#outcome(why.yes, `Noticed it from ${why.heard} people so far; the threshold is ${why.threshold}${why.threshold < 1 ? " of those they hear" : ""}. ${why.yes ? "They passed it on." : "Not yet."}`));
      return box;
    }
    const chance = percent(why.chance);
    const chosen = why.yes && !post.chosen ? " Another sender is credited." : "";
    box.append(this.#outcome(why.yes, `${why.yes ? "Passed it on" : "Did not pass it on"}: the chance was ${chance}, and luck drew ${why.luck.toFixed(3)}${why.yes ? ", below it." : ", above it."}${chosen}`));
    // What is without end comes as a word: the bars are as long as the finite ones say.
    const terms = why.terms.map(([name, value]) => [name, Number(value)]);
    const most = Math.max(...terms.map(([, value]) => Math.abs(value)).filter(Number.isFinite), 0.1);
    const rows = terms.map(([name, value]) => {
      const bar = element("span", { className: value < 0 ? "less" : "more" });
      bar.style.width = `${50 * Math.min(Math.abs(value) / most, 1)}%`;
      return element("tr", {}, element("th", { scope: "row", title: name, textContent: TERMS[name] ?? name }), element("td", {}, element("span", { className: "term" }, bar)), element("td", { className: "n", textContent: signed(value) }));
    });
    rows.push(element("tr", { className: "sum" }, element("th", { scope: "row", textContent: "together, in log-odds" }), element("td"), element("td", { className: "n", textContent: signed(Number(why.log_odds)) })));
    const details = element("details", {}, element("summary", { textContent: "Why: the terms of that decision" }), element("table", { className: "terms" }, element("tbody", {}, ...rows)));
    details.open = why.yes;
    box.append(details);
    return box;
  }
}

// A person in a line, for the corner of the network.
function verdict(told, head) {
  const name = `Person ${told.person}, ${told.role}`;
  // A rival's post and a complaint are told below; the network shows the campaign's own.
  const met = told.met.filter(({ message }) => head.messages[message].kind <= OURS);
  if (!met.length) return `${name}: not reached up to now.`;
  const named = (sender) => (sender >= 0 ? `person ${sender}` : sender === -1 ? "the brand" : head.accounts[-2 - sender] ?? "an account");
  const [first] = met;
  const from = first.posts.length ? ` from ${named(first.posts[0].sender)}` : "";
  const shared = met.find((each) => each.shared);
  const decided = shared?.posts.find((post) => post.chosen)?.why;
  const why = decided?.chance !== undefined ? ` (chance ${percent(decided.chance)})` : shared?.asked ? ` (${shared.asked})` : "";
  const then = shared ? `passed it on${why}` : "never passed it on";
  const bought = met.some((each) => each.converted) ? `; converted (${head.outcome})` : "";
  return `${name}: noticed on ${moment(first.tick, head.hours_per_tick)}${from}; ${then}${bought}. Why is told below.`;
}
