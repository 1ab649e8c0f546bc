// A person's history: what they met, from whom, and the terms of their decision to pass it on.

import { post } from "./api.js";
import { OURS, SHARED } from "./campaign.js";
import { byId, element, moment, percent, signed, tell } from "./words.js";

// The terms of the logit in words; the formula names them so (docs/odd.md).
const TERMS = {
  base: "base of their role",
  contagiousness: "how catching the post is",
  susceptibility: "how easily they share",
  topic: "fit with their interests",
  trust: "how far they believe it",
  reward: "the reward",
  recipient: "a gift for the other",
  status: "being in the spotlight",
  reciprocity: "their bond with the brand",
  generalised: "what others did for them",
  doses: "had it from several",
  first: "had it from the first to share it",
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
    // A number that was typed and not asked for yet stays.
    if (this.asked !== null) byId("person").value = "";
    this.asked = null;
    byId("asking").textContent = "";
    byId("history").replaceChildren();
    tell(byId("person-problem"), "");
  }

  // The beginning of the answer comes into the window, and no more of it than leaves the picture.
  reveal(calm) {
    const { top, bottom } = byId("history").getBoundingClientRect();
    if (top < innerHeight - 120) return;
    const down = Math.min(bottom, top + 0.4 * innerHeight) + 16 - innerHeight;
    scrollBy({ top: down, behavior: calm ? "instant" : "smooth" });
  }

  // The answer in a line; null if another one was asked for before it came.
  async ask(person, campaign, tick, letter) {
    this.aborting?.abort();
    const own = (this.aborting = new AbortController());
    this.asked = person;
    byId("person").value = person;
    tell(byId("person-problem"), "");
    byId("asking").textContent = `asking person ${person} …`;
    byId("history").setAttribute("aria-busy", "true");
    // Whoever goes through many is told of the one with whom they stop.
    await new Promise((resolve) => setTimeout(resolve, 120));
    if (own.signal.aborted) return null;
    try {
      const table = { ...campaign.table, person, tick: Math.max(Math.min(tick, campaign.head.horizon) - 1, 0) };
      const told = await (await post("person", table, own.signal)).json();
      if (tick < 1) Object.assign(told, { met: [], other: [] });
      if (own.signal.aborted) return null;
      this.#show(told, campaign, letter, tick);
      return verdict(told, campaign, tick);
    } catch (problem) {
      if (own.signal.aborted) return null;
      byId("history").replaceChildren();
      tell(byId("person-problem"), problem.message);
      return "";
    } finally {
      if (this.aborting === own) this.#answered();
    }
  }

  #answered() {
    byId("asking").textContent = "";
    byId("history").removeAttribute("aria-busy");
  }

  #show(told, campaign, letter, tick) {
    const { head } = campaign;
    const name = told.name === null ? `Person ${told.person}` : `Person ${told.person} (${told.name})`;
    const became = told.role === told.role_at_birth ? "" : `, a ${told.role_at_birth} at first`;
    const title = element("h3", { textContent: `${name}, ${told.role === "advocate" ? "an" : "a"} ${told.role}${became}${letter ? `, in ${letter}` : ""}` });
    const about = element("p", { className: "note", textContent: `Is heard by ${told.heard_by} people and hears ${told.hears}; trust ${told.trust.toFixed(2)}, bond ${told.bond.toFixed(2)}.` });
    const events = [
      ...told.met.map((met) => [met.tick, this.#met(met, head)]),
      ...told.other.map(({ tick, words }) => [tick, element("p", { className: "did", textContent: `They ${words}.` })]),
    ].sort((a, b) => a[0] - b[0]);
    const when = (tick) => element("span", { className: "when", textContent: `tick ${tick} · ${moment(tick, head)}` });
    const list = element("ol", { className: "events" }, ...events.map(([tick, event]) => element("li", {}, when(tick), event)));
    const around = reached(told, head) ? [] : [element("p", {}, "Nothing of the campaign has reached them yet. ", ...this.#heard(told, campaign, tick))];
    const history = byId("history");
    const held = history.contains(document.activeElement);
    history.replaceChildren(title, about, ...around, ...(events.length ? [list] : []));
    // Whoever followed a link in it goes on reading where it led to, not at the top of the page.
    title.tabIndex = -1;
    if (held) title.focus();
  }

  // Whom they hear, with a way to each of a few: first those who passed it on.
  #heard(told, campaign, tick) {
    const passed = sharersOf(told, campaign, tick);
    const some = [...new Set([...passed, ...told.hears_whom])].slice(0, 6);
    if (!some.length) return [hearing(told, campaign, tick)];
    const links = some.flatMap((who, k) => [k ? ", " : "", this.#sender(who, campaign.head)]);
    const more = told.hears - some.length;
    return [`${hearing(told, campaign, tick)} Ask `, ...links, more > 0 ? `, or one of ${more.toLocaleString("en")} more.` : "."];
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

// What they noticed of the campaign's own, which is what the network shows: a rival's post and a
// complaint are told in the history alone. Null if there is none.
function reached(told, head) {
  const met = told.met.filter(({ message }) => head.messages[message].kind <= OURS);
  return met.length ? met : null;
}

// Of those whom they hear, who has passed it on.
function sharersOf(told, campaign, tick) {
  return told.hears_whom.filter((who) => campaign.times[SHARED][who] <= tick);
}

// Why it may be that nothing has reached them: whom they hear.
function hearing(told, campaign, tick) {
  if (!told.hears) return "They hear nobody, so nobody can pass it on to them.";
  const people = told.hears === 1 ? "one person" : `${told.hears.toLocaleString("en")} people`;
  const passed = sharersOf(told, campaign, tick).length;
  const whole = told.hears_whom.length === told.hears;
  if (passed) {
    const some = told.hears === 1 ? "who has" : `of whom ${whole ? "" : "at least "}${passed.toLocaleString("en")} ${passed === 1 ? "has" : "have"}`;
    return `They hear ${people}, ${some} passed it on, but this person has not noticed it so far.`;
  }
  if (!whole) return `They hear ${people}.`;
  return `They hear ${people}, ${told.hears === 1 ? "who has not" : "none of whom has"} passed it on so far.`;
}

// A person in a line, for the corner of the network.
function verdict(told, campaign, tick) {
  const { head } = campaign;
  const name = `Person ${told.person}, ${told.role}`;
  const met = reached(told, head);
  if (!met) return `${name}: nothing has reached them yet. ${hearing(told, campaign, tick)}`;
  const named = (sender) => (sender >= 0 ? `person ${sender}` : sender === -1 ? "the brand" : head.accounts[-2 - sender] ?? "an account");
  const [first] = met;
  const from = first.posts.length ? ` from ${named(first.posts[0].sender)}` : "";
  const shared = met.find((each) => each.shared);
  const decided = shared?.posts.find((post) => post.chosen)?.why;
  const why = decided?.chance !== undefined ? ` (chance ${percent(decided.chance)})` : shared?.asked ? ` (${shared.asked})` : "";
  const then = shared ? `passed it on${why}` : "never passed it on";
  const bought = met.some((each) => each.converted) ? `; converted (${head.outcome})` : "";
  return `${name}: noticed on ${moment(first.tick, head)}${from}; ${then}${bought}. Why is told below.`;
}
