// The page: two campaigns at most, one clock, and everything that shows them.

import { about, layout } from "./api.js";
import { Brand } from "./brand.js";
import { Campaign, SHARED, only } from "./campaign.js";
import { Charts } from "./charts.js";
import { Clock } from "./clock.js";
import { Controls } from "./controls.js";
import { gestures } from "./gestures.js";
import { anew, costOfOne, costOfTwo, headline } from "./headline.js";
import { Numbers } from "./numbers.js";
import { Person } from "./person.js";
import { Settings } from "./settings.js";
import { Sky } from "./sky.js";
import { Story } from "./story.js";
import { Bottleneck, Pairs } from "./studies.js";
import { byId, element, moment, money, put, tell } from "./words.js";

// Asked before the drawing is prepared, which takes as long.
const beginning = about().then(async (told) => ({ told, first: await about(told.first) }));
beginning.catch(() => {}); // it is told where it is waited for

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const wide = matchMedia("(min-width: 901px)");
const FEW = 300; // people of the first look
const clock = new Clock();
const figures = [byId("view-a"), byId("view-b")];
const skies = figures.map((figure) => new Sky(figure));
const numbers = new Numbers();
const charts = new Charts((tick) => clock.seek(tick));
const bottleneck = new Bottleneck();
const pairs = new Pairs();
const person = new Person((who) => choose(who));
const controls = new Controls(() => start());

const settings = new Settings(() => campaigns.length && charts.begin(campaigns));

let campaigns = [];
let aborting = null;
let places = { network: null, table: null };
let shownTick = -1;
let shownPlaying = null;
let waits = false; // whether the bottleneck waits until the pairs are done
let openings = 0;
let look = null; // the first look: a campaign of few people, until the one asked for is here

// What tests and the curious may look at.
window.live = { clock, skies, looks: 0, get campaigns() { return look ? [] : campaigns; }, get look() { return look; } };

// runs ------------------------------------------------------------------------------------------

async function start(opening = false) {
  aborting?.abort();
  waits = false;
  bottleneck.clear();
  pairs.clear();
  person.clear();
  silence();
  controls.refuse("");
  const own = (aborting = new AbortController());
  const tables = controls.tables();
  const made = tables.map((table) => new Campaign(table));
  const begun = made.map(() => false);
  const change = controls.change();
  figures[1].hidden = made.length < 2;
  made.forEach((campaign, k) => {
    campaign.onnews = (what) => {
      if (own.signal.aborted) return;
      if (what === "status" && !begun[k]) wait(k, doing(campaign.status));
      if (what === "head") {
        begun[k] = true;
        wait(k, "");
        if (!begun.every(Boolean)) return;
        // A caption says what ran, and never what was refused.
        figures[0].querySelector(".caption").textContent = "as it is";
        figures[1].querySelector(".caption").textContent = change;
        controls.used();
        begin(made, own.signal);
      }
      if (what === "frame" && campaigns === made) arrived();
      if (what === "end" && made.every((each) => each.end)) ended(made);
    };
    wait(k, "asking the server …");
  });
  try {
    if (opening && made.length === 1) await glimpse(tables[0], own.signal);
    if (own.signal.aborted) return;
    await Promise.all(made.map((campaign) => campaign.run(own.signal)));
    if (aborting === own) aborting = null;
  } catch (problem) {
    if (problem.name === "AbortError" || own.signal.aborted) return;
    own.abort();
    made.forEach((_, k) => wait(k, campaigns[k] ? "" : "nothing to show"));
    if (look) tell(byId("look"), `A first look: ${FEW} people.`);
    if (!campaigns.length) headline("There is no campaign to show.");
    controls.refuse(problem.message);
    byId("controls").open = true;
  }
}

// A small world at once, while the one that was asked for is made; over when its people are there.
function glimpse(table, signal) {
  if ((table.people ?? 0) <= FEW) return null;
  const small = new Campaign({ ...table, people: FEW });
  return new Promise((resolve) => {
    small.onnews = (what) => {
      if (signal.aborted) return;
      if (what === "status" && !small.head) wait(0, doing(small.status));
      if (what === "head") {
        look = small;
        window.live.looks += 1;
        wait(0, "");
        tell(byId("look"), `A first look: ${FEW} people. The campaign with ${table.people.toLocaleString("en")} is being made.`);
        begin([small], signal);
        resolve();
      }
      if (what === "frame" && campaigns[0] === small) arrived();
    };
    // Where a scenario is not possible with so few, the full campaign is waited for.
    small.run(signal).catch(() => {}).finally(resolve);
  });
}

function doing(status) {
  return status === "compiling" ? "compiling the kernels, once: this may take a minute or two …" : `${status} …`;
}

function wait(k, words) {
  figures[k].querySelector(".wait").textContent = words;
}

// Nothing of one scenario is left standing while another one is opened.
function vacate(words) {
  aborting?.abort();
  campaigns = [];
  look = null;
  tell(byId("look"), "");
  bottleneck.clear();
  pairs.clear();
  person.clear();
  silence();
  for (const sky of skies) sky.clear();
  numbers.clear();
  charts.clear();
  for (const id of ["won", "lost"]) put(byId(id), "0");
  for (const id of ["price", "difference-price", "difference-sentence", "difference-cost", "when", "sample-note"]) put(byId(id), "");
  anew();
  headline(words);
}

// Both worlds are here.
function begin(made, signal) {
  campaigns = made;
  if (made[0] !== look) {
    look = null;
    tell(byId("look"), "");
  }
  anew();
  const { head } = made[0];
  const step = Number(document.querySelector("[name=step]:checked").value);
  made.forEach((campaign, k) => skies[k].show(campaign));
  if (controls.both && Object.keys(controls.set.b).length) byId("hint").hidden = true;
  rings(step);
  clock.horizon = head.horizon;
  clock.now = 0;
  clock.ready = 0;
  clock.busy = 0;
  clock.quiet = (tick) => made.every((each) => each.frames[tick]?.quiet ?? false);
  byId("time").max = head.horizon;
  byId("outcome-name").textContent = byId("step-outcome").textContent = head.outcome;
  byId("question").textContent = head.question;
  document.title = `${head.scenario.replaceAll("_", " ")} · wordofmouth, live`;
  const sampled = head.drawn < head.people;
  put(byId("sample-note"), sampled
    ? `${head.drawn.toLocaleString("en")} of ${head.people.toLocaleString("en")} people are drawn, a random sample; all numbers are those of everybody.`
    : `All ${head.people.toLocaleString("en")} people are drawn, with a sample of their ties.`);
  numbers.begin(head);
  charts.begin(made);
  shownTick = -1;
  clock.play(!calm.matches);
  settle(made, signal);
}

async function settle(made, signal) {
  const { network } = made[0].head;
  try {
    if (places.network !== network) {
      const found = await layout(made[0].table, signal);
      if (campaigns !== made) return;
      places = { network, found };
      for (let k = 0; k < made.length; k++) skies[k].settle(places.found, calm.matches);
    } else {
      made.forEach((_, k) => { if (!skies[k].ties.length) skies[k].settle(places.found, true); });
    }
  } catch (problem) {
    if (problem.name === "AbortError" || campaigns !== made) return;
    places = { network: null };
    byId("sample-note").textContent += ` Who is heard by most stands in the middle (${problem.message})`;
  }
}

function arrived() {
  const ready = Math.min(...campaigns.map((each) => each.ready));
  for (; clock.ready < ready; clock.ready++) clock.busy += !clock.quiet(clock.ready);
  if (calm.matches && !clock.playing && clock.ready === clock.horizon) clock.seek(clock.horizon);
}

function ended(made) {
  if (campaigns !== made) return;
  for (const sky of skies) sky.take();
  rings(Number(document.querySelector("[name=step]:checked").value));
  charts.refresh();
  shownTick = -1;
  if (pairs.busy) waits = true;
  else bottleneck.later(made[0].table);
}

// what is shown ---------------------------------------------------------------------------------

let last = performance.now();
let charted = 0;
function turn(now) {
  const seconds = Math.min((now - last) / 1000, 0.2);
  if (clock.playing) for (const sky of skies) sky.pace(now - last);
  last = now;
  if (campaigns.length) {
    for (let k = 0; k < campaigns.length; k++) {
      if (skies[k].taken < campaigns[k].ready) skies[k].take();
    }
    clock.advance(seconds);
    for (let k = 0; k < campaigns.length; k++) skies[k].draw(clock.now, clock.travel);
    if (charted !== clock.ready && (clock.ready === clock.horizon || clock.ready - charted > clock.horizon / 8 || clock.ready < charted)) {
      charted = clock.ready;
      charts.refresh();
    }
  }
  requestAnimationFrame(turn);
}

clock.onchange = () => {
  if (!campaigns.length) return;
  const { head } = campaigns[0];
  const tick = Math.floor(clock.now);
  if (shownPlaying !== clock.playing) {
    // Not in every frame: what is set anew is painted anew, though it be the same.
    shownPlaying = clock.playing;
    byId("play").setAttribute("aria-label", clock.playing ? "Pause" : "Play");
    byId("play-icon").setAttribute("d", clock.playing ? "M3.5 2.500h3.200v11h-3.200zM9.300 2.500h3.200v11h-3.200z" : "M4 2.500v11l9-5.500z");
  }
  if (tick === shownTick) return;
  shownTick = tick;
  byId("time").value = tick;
  const when = `${moment(tick, head)} · tick ${tick} of ${head.horizon}`;
  put(byId("when"), when);
  byId("time").setAttribute("aria-valuetext", when);
  const frames = campaigns.map((campaign) => campaign.frameAt(clock.now));
  numbers.show(frames[0], frames[1]);
  charts.show(clock.now);
  if (campaigns.length > 1) difference();
  else {
    headline(`${look ? "First look. " : ""}${frames[0]?.sentence || `${head.people.toLocaleString("en")} people, and nobody knows of it yet.`}`);
    put(byId("price"), costOfOne(campaigns[0], clock.now));
  }
  if (!clock.playing) announce();
};

function announce() {
  byId("announcer").textContent = `${byId("when").textContent}. ${byId("sentence").textContent} ${byId("price").textContent}`;
}

const STEPS = ["noticed it", "passed it on", ""];

function rings(step) {
  const two = campaigns.length > 1;
  skies[0].compare(step, two ? campaigns[1] : null, false);
  if (two) skies[1].compare(step, campaigns[0], true);
}

function difference() {
  if (campaigns.length < 2) return;
  const [first, second] = campaigns;
  const step = Number(document.querySelector("[name=step]:checked").value);
  // Of whole ticks, as in the funnel, however far into the next one the picture is.
  const now = Math.floor(clock.now);
  const [won, lost] = [only(step, second, first, now), only(step, first, second, now)];
  const [before, after] = [first.took(step, now), second.took(step, now)];
  const what = STEPS[step] || `converted (${first.head.outcome})`;
  put(byId("won"), won.length.toLocaleString("en"));
  put(byId("lost"), lost.length.toLocaleString("en"));
  const people = (count) => `${count.toLocaleString("en")} ${count === 1 ? "person" : "people"}`;
  const sentence = won.length + lost.length === 0
    ? `In this one world the change has made no difference so far to who ${what}.`
    : `In this one world ${won.length ? people(won.length) : "nobody"} ${what} only because of the change, ${lost.length ? people(lost.length) : "nobody"} only without it: ${after.toLocaleString("en")} against ${before.toLocaleString("en")}.`;
  const cost = costOfTwo(first, second, won.length - lost.length, now);
  put(byId("difference-sentence"), sentence);
  put(byId("difference-price"), cost.brief);
  put(byId("difference-cost"), cost.sentence);
  headline(sentence);
  put(byId("price"), cost.sentence);
}

// people ----------------------------------------------------------------------------------------

function whose() {
  const b = campaigns.length > 1 && document.querySelector("[name=whose]:checked").value === "b";
  return b ? 1 : 0;
}

// Where it was asked in the picture, and there is room for both, the answer comes into view.
async function choose(who, k = whose(), pointed = false) {
  const campaign = campaigns[k];
  if (!campaign) return;
  // To the end of the tick: what is told of them is what the picture shows.
  clock.play(false);
  clock.seek(Math.ceil(clock.now));
  if (who < campaign.people) campaigns.forEach((_, each) => skies[each].choose(who, clock.now));
  silence();
  const card = figures[k].querySelector(".card");
  // That it is asked is read out below the picture; here it is only shown.
  card.setAttribute("aria-busy", "true");
  tell(card, `asking person ${who} …`);
  const told = await person.ask(who, campaign, Math.floor(clock.now), campaigns.length > 1 ? "AB"[k] : "");
  if (told === null) return; // somebody else was asked meanwhile, or nobody
  card.removeAttribute("aria-busy");
  tell(card, told);
  if (pointed && wide.matches) person.reveal(calm.matches);
}

// Nothing is told in the pictures.
function silence() {
  for (const figure of figures) {
    const card = figure.querySelector(".card");
    card.removeAttribute("aria-busy");
    tell(card, "");
  }
}

function nobody() {
  person.clear();
  campaigns.forEach((_, each) => skies[each].choose(-1));
  silence();
}

function neighbour(step) {
  const campaign = campaigns[whose()];
  if (!campaign) return;
  const sharers = campaign.sharers.filter((who) => campaign.times[SHARED][who] <= Math.ceil(clock.now));
  if (!sharers.length) {
    tell(byId("person-problem"), "Nobody has passed it on yet.");
    return;
  }
  const at = sharers.indexOf(person.asked);
  choose(sharers[at < 0 ? (step > 0 ? 0 : sharers.length - 1) : (at + step + sharers.length) % sharers.length]);
}

byId("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  if (byId("person").value !== "") choose(Number(byId("person").value));
});
byId("next").addEventListener("click", () => neighbour(1));
byId("previous").addEventListener("click", () => neighbour(-1));
for (const radio of document.getElementsByName("whose")) {
  radio.addEventListener("change", () => person.asked !== null && choose(person.asked));
}
for (const radio of document.getElementsByName("step")) {
  radio.addEventListener("change", () => {
    rings(Number(radio.value));
    difference();
  });
}
byId("pairs").addEventListener("click", async () => {
  if (campaigns.length < 2) return;
  // The server makes one study at a time: what gives way is taken up again.
  const made = campaigns;
  waits = bottleneck.stop() || waits;
  await pairs.start(made[0].table, made[1].table);
  if (waits && campaigns === made && !pairs.busy) {
    waits = false;
    bottleneck.later(made[0].table);
  }
});

// time and view ---------------------------------------------------------------------------------

byId("play").addEventListener("click", () => clock.play());
byId("back").addEventListener("click", () => clock.step(-1));
byId("forward").addEventListener("click", () => clock.step(1));
byId("time").addEventListener("input", () => {
  clock.playing = false;
  clock.seek(Number(byId("time").value));
});
byId("speed").addEventListener("change", () => (clock.speed = Number(byId("speed").value)));
byId("nearer").addEventListener("click", () => skies[0].zoom(1.4));
byId("farther").addEventListener("click", () => skies[0].zoom(1 / 1.4));
byId("whole").addEventListener("click", () => skies[0].whole());
skies.forEach((sky, k) => {
  sky.onview = (camera) => skies[1 - k].look(camera);
  gestures(sky, clock, (who) => {
    if (campaigns.length > 1) document.querySelector(`[name=whose][value=${"ab"[k]}]`).checked = true;
    choose(who, k, true);
  });
});
byId("hint-away").addEventListener("click", () => {
  byId("hint").hidden = true;
  byId("stage").focus({ preventScroll: true });
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.length === 1 && event.key !== " " && !settings.keys) return;
  const typing = event.target.closest("input, select, textarea");
  const pressing = event.target.closest("button, summary, a");
  const acts = {
    ArrowLeft: () => clock.step(-1), ArrowRight: () => clock.step(1),
    Escape: nobody, n: () => neighbour(1), p: () => neighbour(-1),
    "+": () => skies[0].zoom(1.4), "=": () => skies[0].zoom(1.4), "-": () => skies[0].zoom(1 / 1.4), 0: () => skies[0].whole(),
  };
  if (event.key === " " && !typing && !pressing) clock.play();
  else if (event.key in acts && !typing) acts[event.key]();
  else return;
  event.preventDefault();
});

// the story -------------------------------------------------------------------------------------

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function runs(change) {
  controls.stage(change);
  await start();
  const wanted = change === null ? 1 : 2;
  if (look || campaigns.length !== wanted || !campaigns.every((each) => each.end)) {
    throw new Error("The campaign did not run; what is wrong is said beside the sliders.");
  }
  return campaigns;
}

// The campaign alone, as it is: run if it is not the one that is shown.
async function single() {
  const there = !look && campaigns.length === 1 && campaigns[0].end && !controls.both;
  return there ? campaigns : runs(null);
}

const story = new Story({
  clock,
  run: runs,
  single,
  pause() {
    clock.play(false);
    clock.seek(0);
  },
  end: () => clock.seek(clock.horizon),
  mark: (who) => skies[0].choose(who, clock.now),
  get rewardValue() {
    return 2 * (controls.about?.levers.find(({ path }) => path === "incentives.reward")?.value ?? 0) || 5;
  },
  get reward() {
    return money(this.rewardValue, controls.about?.money ?? "money ");
  },
  get changes() {
    const convert = controls.about.levers.find(({ path }) => path === "transact.convert").value;
    return { reward: { "incentives.reward": this.rewardValue }, seeds: { "publish.seeds": 50 }, convert: { "transact.convert": Math.min(1.5 * convert, 0.95) } };
  },
  // Played in a few seconds, to its end.
  async watch(change) {
    const made = change === null ? await single() : await runs(change);
    const { speed } = clock;
    clock.seek(0);
    clock.speed = 5;
    clock.play(!calm.matches);
    for (let k = 0; k < 60 && clock.playing && campaigns === made; k++) await pause(100);
    clock.speed = speed;
    clock.play(false);
    clock.seek(clock.horizon);
    return made;
  },
  async diagnosis() {
    const made = await single();
    if (!bottleneck.found && !bottleneck.busy) bottleneck.later(made[0].table);
    clock.seek(clock.horizon);
    while (!bottleneck.found && bottleneck.busy) await pause(100);
    if (!bottleneck.found) throw new Error("What holds it back was not found; go on with the next question.");
    return bottleneck.found;
  },
});

// the beginning ---------------------------------------------------------------------------------

async function open(name, seed, asked = () => about(name)) {
  const own = (openings += 1);
  vacate(`Opening ${(name ?? "").replaceAll("_", " ")} …`);
  try {
    const told = await asked();
    if (own !== openings) return; // another one was chosen meanwhile
    byId("question").textContent = told.question;
    controls.begin(told, seed);
    await start(true);
  } catch (problem) {
    if (own !== openings) return;
    headline("There is no campaign to show.");
    controls.refuse(problem.message);
  }
}

const brand = new Brand((told) => {
  const there = [...byId("scenario").options].some((each) => each.value === told.name);
  if (!there) byId("scenario").append(element("option", { value: told.name, textContent: told.name.replaceAll("_", " ") }));
  byId("scenario").value = told.name;
  choice();
});

function choice() {
  const name = byId("scenario").value;
  const mine = brand.last?.name === name ? () => brand.last : undefined;
  open(name, Number(byId("seed").value) || 0, mine);
}

byId("scenario").addEventListener("change", choice);

async function welcome() {
  // The token has become a cookie: it need not stay in the address.
  if (location.search) history.replaceState(null, "", location.pathname);
  if (matchMedia("(max-width: 900px)").matches) byId("controls").open = false;
  requestAnimationFrame(turn);
  try {
    const { told, first } = await beginning;
    byId("scenario").replaceChildren(...told.scenarios.map(({ name, question }) => element("option", { value: name, textContent: name.replaceAll("_", " "), title: question })));
    byId("scenario").value = told.first;
    brand.begin(told.questions);
    await open(told.first, told.seed, () => first);
    if (told.story && campaigns.length) story.begin();
  } catch (problem) {
    controls.refuse(problem.message);
  }
}

welcome();
