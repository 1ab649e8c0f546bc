// The network, drawn: people as points, what they pass on as light between them.

import { NEVER, OURS } from "./campaign.js";
import { drawsByCard, graphics } from "./graphics.js";
import { Pixels } from "./pixels.js";

const MORPH = 1200; // ms
const card = drawsByCard();
const FEWEST = 350; // lights drawn at once, where frames come late
const LATE = 40; // ms between two frames

export class Sky {
  constructor(figure) {
    this.figure = figure;
    this.box = figure.querySelector(".sky");
    this.canvas = figure.querySelector("canvas.people");
    this.tieCanvas = figure.querySelector("canvas.ties");
    this.labels = figure.querySelector(".labels");
    this.campaign = null;
    this.ties = new Int32Array(0);
    this.compared = { step: -1, other: null, won: true };
    this.chosen = -1;
    this.chain = new Float32Array(0);
    this.camera = { x: 0, y: 0.06, zoom: 1 };
    this.stale = true;
    this.tiesStale = true;
    this.onview = () => {};
    this.frames = 0;
    this.fineness = 1;
    this.slow = 0;
    this.painter = (card && graphics(this)) || new Pixels(this);
    this.lights = this.painter.most;
    // An observer tells a size later, and what is cleared before then has to have one.
    this.#resize();
    new ResizeObserver(() => this.#resize()).observe(this.box);
  }

  // Show a campaign whose world is known; its people keep their places if they are the same.
  show(campaign) {
    const same = this.campaign !== null && this.campaign.head.network === campaign.head.network;
    this.campaign = campaign;
    // What made frames late may be over: the server no longer works, or there are fewer people.
    [this.slow, this.lights] = [0, this.painter.most];
    if (this.fineness < 1) {
      this.fineness = 1;
      this.#resize();
    }
    const drawn = campaign.drawn.length;
    this.times = new Float32Array(4 * drawn).fill(NEVER);
    this.traits = new Float32Array(2 * drawn);
    const mean = campaign.heardBy.reduce((sum, each) => sum + each, 0) / drawn || 1;
    for (let k = 0; k < drawn; k++) {
      this.traits[2 * k] = campaign.roleAtBirth[campaign.drawn[k]];
      this.traits[2 * k + 1] = 0.7 + Math.min(1.05 * Math.sqrt(campaign.heardBy[k] / mean), 4.5);
    }
    this.arcs = new Float32Array(4 * 4096);
    this.arcCount = 0;
    this.arcStart = [0];
    this.taken = 0;
    this.roleTick = 0;
    if (!same) {
      this.#accounts();
      this.#sunflower();
      this.ties = new Int32Array(0);
      this.tiesStale = true;
    }
    this.painter.show();
    this.#otherTimes();
    this.take();
    this.choose(-1);
    this.stale = true;
  }

  // Show nobody.
  clear() {
    this.campaign = null;
    this.ties = new Int32Array(0);
    this.from = this.to = null;
    this.labels.replaceChildren();
    this.painter.clear();
  }

  // Where everybody stands, and a sample of their ties.
  settle({ positions, ties }, calm) {
    this.from = this.now.slice();
    this.to = this.now.slice();
    this.to.set(positions);
    this.ties = ties;
    this.began = performance.now() - (calm ? MORPH : 0);
    this.stale = this.tiesStale = true;
  }

  // Brand and outlets stand above the people.
  #accounts() {
    const { head, drawn } = this.campaign;
    this.names = ["the brand", ...head.accounts.slice(0, 11)];
    this.now = new Float32Array(2 * (drawn.length + this.names.length));
    this.names.forEach((_, k) => {
      const side = k === 0 ? 0 : (k % 2 ? 1 : -1) * Math.ceil(k / 2);
      const apart = Math.min(0.52, 2.4 / this.names.length);
      this.now.set([side * apart, Math.abs(side) % 2 ? 1.06 : 1.17], 2 * (drawn.length + k));
    });
    this.labels.replaceChildren(
      ...this.names.map((name) => {
        const label = document.createElement("span");
        label.textContent = label.title = name;
        return label;
      }),
    );
  }

  // Until the places are known: whoever is heard by most in the middle, the others around them.
  #sunflower() {
    const { drawn, heardBy } = this.campaign;
    const order = Array.from(drawn, (_, k) => k).sort((a, b) => heardBy[b] - heardBy[a]);
    order.forEach((place, rank) => {
      const [far, turn] = [0.98 * Math.sqrt((rank + 0.5) / drawn.length), rank * 2.399963];
      this.now[2 * place] = far * Math.cos(turn);
      this.now[2 * place + 1] = far * Math.sin(turn);
    });
    this.from = this.to = null;
    this.painter.places();
  }

  // Take up the frames that have come since.
  take() {
    const { campaign } = this;
    if (!campaign) return;
    const { place, times, frames } = campaign;
    let [low, high] = [Infinity, -1];
    const firstArc = this.arcCount;
    for (; this.taken < frames.length; this.taken++) {
      const frame = frames[this.taken];
      const [people, senders, messages] = frame.noticed;
      for (let k = 0; k < people.length; k++) {
        const at = place[people[k]];
        if (at < 0 || campaign.head.messages[messages[k]].kind > OURS) continue;
        for (let step = 0; step < 3; step++) this.times[4 * at + step] = times[step][people[k]];
        [low, high] = [Math.min(low, at), Math.max(high, at)];
        const from = senders[k] >= 0 ? place[senders[k]] : this.#accountPlace(senders[k]);
        if (from >= 0) this.#arc(from, at, frame.arcs[k], senders[k] >= 0 ? 1 : 0);
      }
      for (const [, person] of [frame.shares, frame.buys]) {
        for (let k = 0; k < person.length; k++) {
          const at = place[person[k]];
          if (at < 0) continue;
          for (let step = 0; step < 3; step++) this.times[4 * at + step] = times[step][person[k]];
          [low, high] = [Math.min(low, at), Math.max(high, at)];
        }
      }
      this.arcStart.push(this.arcCount);
    }
    this.painter.take(low, high, firstArc, this.arcsGrown);
    this.arcsGrown = false;
    this.stale = true;
  }

  #accountPlace(sender) {
    const which = -1 - sender;
    return which < this.names.length ? this.campaign.drawn.length + which : -1;
  }

  #arc(from, to, lands, kind) {
    if (4 * this.arcCount === this.arcs.length) {
      const larger = new Float32Array(2 * this.arcs.length);
      larger.set(this.arcs);
      this.arcs = larger;
      this.arcsGrown = true;
    }
    this.arcs.set([from, to, lands, kind], 4 * this.arcCount);
    this.arcCount += 1;
  }

  // Ring whoever did a step here and not in the other campaign.
  compare(step, other, won) {
    this.compared = { step: other ? step : -1, other, won };
    this.#otherTimes();
  }

  #otherTimes() {
    const { campaign, compared } = this;
    if (!campaign) return;
    const there = compared.other?.times?.[compared.step];
    campaign.drawn.forEach((person, k) => (this.times[4 * k + 3] = there ? there[person] : NEVER));
    this.painter.take(0, campaign.drawn.length - 1, this.arcCount, false);
    this.stale = true;
  }

  // Mark a person, and the way on which they had it first; -1: nobody.
  choose(person, clock = 0) {
    const { campaign } = this;
    this.chosen = person < 0 || !campaign ? -1 : campaign.place[person];
    const chain = [];
    let here = person;
    for (let k = 0; person >= 0 && k < 60; k++) {
      if (here < 0 || campaign.times[0][here] > clock) break;
      const sender = campaign.firstFrom[here];
      const [to, from] = [campaign.place[here], sender >= 0 ? campaign.place[sender] : this.#accountPlace(sender)];
      if (to >= 0 && from >= 0) chain.push(from, to, 0, 9);
      here = sender;
    }
    this.chain = new Float32Array(chain);
    this.painter.chain();
    this.stale = true;
  }

  // The person whose point is near a place on the canvas; -1: nobody.
  near(x, y, clock) {
    const { campaign, now } = this;
    if (!campaign) return -1;
    const [width, height] = [this.box.clientWidth, this.box.clientHeight];
    const view = this.view();
    let [best, found] = [Infinity, -1];
    for (let k = 0; k < campaign.drawn.length; k++) {
      const dx = ((now[2 * k] - view[0]) * view[2] * 0.5 + 0.5) * width - x;
      const dy = (0.5 - (now[2 * k + 1] - view[1]) * view[3] * 0.5) * height - y;
      // Of two that are as near, whoever is reached.
      const far = dx * dx + dy * dy - (this.times[4 * k] <= clock ? 30 : 0);
      if (far < best && dx * dx + dy * dy < 300) [best, found] = [far, campaign.drawn[k]];
    }
    return found;
  }

  // Shift, and scale of places to the screen's -1..1.
  view() {
    const [width, height] = [this.box.clientWidth || 1, this.box.clientHeight || 1];
    const scale = (Math.min(width, height / 1.12) / 1.06) * this.camera.zoom;
    return [this.camera.x, this.camera.y, scale / width, scale / height];
  }

  // Zoom around a place on the canvas; its middle if none is given.
  zoom(factor, x = this.box.clientWidth / 2, y = this.box.clientHeight / 2) {
    const before = this.#placeAt(x, y);
    this.camera.zoom = Math.min(Math.max(this.camera.zoom * factor, 0.6), 40);
    const after = this.#placeAt(x, y);
    this.camera.x += before[0] - after[0];
    this.camera.y += before[1] - after[1];
    this.#moved();
  }

  pan(dx, dy) {
    const view = this.view();
    this.camera.x -= (2 * dx) / this.box.clientWidth / view[2];
    this.camera.y += (2 * dy) / this.box.clientHeight / view[3];
    this.camera.x = Math.min(Math.max(this.camera.x, -1.2), 1.2);
    this.camera.y = Math.min(Math.max(this.camera.y, -1.2), 1.3);
    this.#moved();
  }

  whole() {
    Object.assign(this.camera, { x: 0, y: 0.06, zoom: 1 });
    this.#moved();
  }

  look(camera) {
    Object.assign(this.camera, camera);
    this.stale = this.tiesStale = true;
  }

  #moved() {
    this.stale = this.tiesStale = true;
    this.onview(this.camera);
  }

  #placeAt(x, y) {
    const view = this.view();
    return [
      ((2 * x) / this.box.clientWidth - 1) / view[2] + view[0],
      (1 - (2 * y) / this.box.clientHeight) / view[3] + view[1],
    ];
  }

  #resize() {
    this.ratio = Math.min(window.devicePixelRatio || 1, this.painter.finest) * this.fineness;
    const [width, height] = [this.box.clientWidth, this.box.clientHeight].map((each) => Math.max(1, Math.round(each * this.ratio)));
    this.painter.resize(width, height);
    this.stale = this.tiesStale = true;
  }

  // Where frames come late fewer lights fly; if that is not enough the picture becomes coarser.
  pace(milliseconds) {
    this.slow = milliseconds > LATE ? this.slow + 1 : Math.max(this.slow - 1, 0);
    if (this.slow < 15) return;
    this.slow = 0;
    if (this.lights > FEWEST) this.lights = Math.max(this.lights / 2, FEWEST);
    else if (this.fineness > 0.7) {
      this.fineness *= 0.8;
      this.#resize();
    }
  }

  // Draw, if anything changed. `travel` is how many ticks what is passed on takes to arrive.
  draw(clock, travel) {
    if (!this.campaign || !this.box.clientWidth) return;
    this.#morph();
    this.#roles(clock);
    if (!this.stale && clock === this.drawnClock) return;
    if (this.tiesStale) {
      this.tiesStale = false;
      this.painter.ties();
      this.#drawLabels();
    }
    this.painter.people(clock, travel);
    this.drawnClock = clock;
    this.stale = false;
    this.frames += 1;
  }

  #morph() {
    if (!this.to) return;
    const part = Math.min((performance.now() - this.began) / MORPH, 1);
    const eased = part * part * (3 - 2 * part);
    for (let k = 0; k < this.now.length; k++) this.now[k] = this.from[k] + eased * (this.to[k] - this.from[k]);
    if (part === 1) {
      this.from = this.to = null;
      this.tiesStale = true;
    }
    this.painter.places();
    this.stale = true;
  }

  #roles(clock) {
    const tick = Math.min(Math.floor(clock), this.campaign.ready);
    if (tick === this.roleTick) return;
    let changed = tick < this.roleTick;
    for (let k = this.roleTick; k < tick && !changed; k++) changed = this.campaign.frames[k].roles[0].length > 0;
    this.roleTick = tick;
    if (!changed) return;
    const role = this.campaign.rolesAt(clock);
    this.campaign.drawn.forEach((person, k) => (this.traits[2 * k] = role[person]));
    this.painter.traits();
    this.stale = true;
  }

  // For the painters ------------------------------------------------------------------------------

  // While people move, no ties.
  get shownTies() {
    return this.to ? [] : this.ties;
  }

  // How much of a tie is seen.
  get faint() {
    return Math.min(0.10 * Math.sqrt(this.camera.zoom), 0.2);
  }

  // From places to the pixels of a canvas of this size.
  pixels(width, height) {
    const view = this.view();
    const [sx, sy] = [view[2] * 0.5 * width, view[3] * 0.5 * height];
    return { sx, sy, ox: width / 2 - view[0] * sx, oy: height / 2 + view[1] * sy };
  }

  // Pixels of a size of 1.
  get unit() {
    const crowd = Math.sqrt(3000 / Math.max(this.campaign.drawn.length, 300));
    const small = Math.min(this.box.clientWidth, this.box.clientHeight) / 560;
    return this.ratio * Math.min(crowd, 1.7) * Math.max(small, 0.6) * 1.25 * Math.sqrt(this.camera.zoom);
  }

  // Ticks that a point glows.
  glow(travel) {
    return Math.max(0.5 * travel, 0.25);
  }

  // Which lights may be on their way, and how strong each is.
  flying(clock, travel) {
    const tick = (time) => Math.min(Math.max(Math.floor(time), 0), this.arcStart.length - 1);
    const begin = this.arcStart[tick(clock - 1.6 * travel)];
    const many = this.arcStart[tick(clock + travel + 1)] - begin;
    // Where much flies at once each is fainter, or all would be white.
    const strength = Math.max(Math.min(Math.sqrt(500 / Math.max(many, 1)), 1), 0.22);
    return { begin, many, strength, every: Math.max(Math.ceil(many / this.lights), 1) };
  }

  #drawLabels() {
    const view = this.view();
    const first = this.campaign.drawn.length;
    // Names stand a step apart; where that is too little for one, a point stands for it.
    const step = Math.min(0.52, 2.4 / this.names.length) * view[2] * 0.5 * this.box.clientWidth;
    [...this.labels.children].forEach((label, k) => {
      const at = 2 * (first + k);
      const x = ((this.now[at] - view[0]) * view[2] * 0.5 + 0.5) * this.box.clientWidth;
      const height = (place) => (0.5 - (this.now[place + 1] - view[1]) * view[3] * 0.5) * this.box.clientHeight;
      // Two rows: where the picture is small the lower one stands lower than its accounts.
      const lower = this.now[at + 1] < this.now[2 * first + 1];
      const y = lower ? Math.max(height(at), height(2 * first) + label.offsetHeight + 2) : height(at);
      label.classList.toggle("point", k > 0 && step < 44);
      label.style.maxWidth = k > 0 && step >= 44 ? `${(1.9 * step).toFixed(0)}px` : "";
      // No name is cut off at the edge.
      const half = label.offsetWidth / 2 + 3;
      const inside = Math.max(Math.min(x, this.box.clientWidth - half), half);
      label.style.transform = `translate(-50%, -50%) translate(${(this.camera.zoom > 1 ? x : inside).toFixed(1)}px, ${y.toFixed(1)}px)`;
    });
  }
}
