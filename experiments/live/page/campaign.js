// A campaign as it comes from the server: frames, and for each person when they did what.

import { blocks } from "./api.js";

export const NEVER = 1e9;
// What a person can have done; `times` has a column of each.
export const NOTICED = 0;
export const SHARED = 1;
export const CONVERTED = 2;

const WORLD = 2;
const TICK = 3;
// Kinds of messages up to this one are the campaign's own: no rival's, no complaint.
export const OURS = 2;

export class Campaign {
  constructor(table) {
    this.table = table;
    this.head = null;
    this.end = null;
    this.frames = [];
    this.status = "";
    // Called when there is something new: "status", "head", "frame", "end".
    this.onnews = () => {};
  }

  async run(signal) {
    for await (const block of blocks(this.table, signal)) {
      if (block.kind === WORLD) this.#world(block.bytes);
      else if (block.kind === TICK) this.#tick(block.bytes);
      else this.#told(block.document);
    }
    if (!this.end) throw new Error("The server ended the campaign before its end; start wom serve again.");
  }

  // How many ticks are here.
  get ready() {
    return this.frames.length;
  }

  // The frame that the numbers show at a time, and null before the first.
  frameAt(clock) {
    return this.frames[Math.min(Math.floor(clock), this.ready) - 1] ?? null;
  }

  #told(document) {
    if (document.head) this.head = document;
    else if (document.end) {
      this.end = document;
      this.onnews("end");
    } else {
      this.status = document.status;
      this.onnews("status");
    }
  }

  #world(bytes) {
    const [people, drawn] = new Int32Array(bytes, 0, 2);
    this.people = people;
    this.drawn = new Int32Array(bytes, 8, drawn);
    this.heardBy = new Int32Array(bytes, 8 + 4 * drawn, drawn);
    this.roleAtBirth = new Uint8Array(bytes, 8 + 8 * drawn, people);
    this.times = [0, 1, 2].map(() => new Float32Array(people).fill(NEVER));
    this.firstFrom = new Int32Array(people).fill(-1);
    // Where a person stands among those who are drawn; -1: is not drawn.
    this.place = new Int32Array(people).fill(-1);
    this.drawn.forEach((person, place) => (this.place[person] = place));
    this.sharers = [];
    this.onnews("head");
  }

  #tick(bytes) {
    const sizes = new Int32Array(bytes, 0, 10);
    const [number, series, funnel, known, noticed, shares, buys, roles, words] = sizes;
    let at = 40;
    const reals = (count) => {
      const column = new Float64Array(bytes, at, count);
      at += 8 * count;
      return column;
    };
    const wholes = (columns, count) =>
      Array.from({ length: columns }, () => {
        const column = new Int32Array(bytes, at, count);
        at += 4 * count;
        return column;
      });
    const before = this.frames[number - 1];
    const frame = { number, series: reals(series), funnel: reals(funnel), indicators: reals(known) };
    frame.noticed = wholes(3, noticed);
    frame.shares = wholes(4, shares);
    frame.buys = wholes(4, buys);
    frame.roles = wholes(2, roles);
    frame.sentence = words ? new TextDecoder().decode(new Uint8Array(bytes, at, words)) : "";
    if (!known) frame.indicators = before?.indicators ?? new Float64Array(this.head.indicators.length).fill(NaN);
    frame.quiet = noticed + shares + buys === 0;
    this.#remember(frame);
    this.frames.push(frame);
    this.onnews("frame", frame);
  }

  // What is done in tick k lies between k and k + 1 on the clock, spread so that it flows.
  #remember(frame) {
    const [times, messages] = [this.times, this.head.messages];
    const ours = (message) => messages[message].kind <= OURS;
    const [people, senders, about] = frame.noticed;
    frame.arcs = new Float32Array(people.length);
    people.forEach((person, k) => {
      const when = frame.number + 0.05 + 0.85 * scattered(person, about[k]);
      frame.arcs[k] = when;
      if (ours(about[k]) && times[NOTICED][person] === NEVER) {
        times[NOTICED][person] = when;
        this.firstFrom[person] = senders[k];
      }
    });
    const once = (step, [message, person], later) => {
      for (let k = 0; k < person.length; k++) {
        const who = person[k];
        if (!ours(message[k]) || times[step][who] !== NEVER) continue;
        const after = Math.max(times[NOTICED][who], frame.number) + later;
        times[step][who] = Math.min(after, frame.number + 1);
        if (step === SHARED) this.sharers.push(who);
      }
    };
    once(SHARED, frame.shares, 0.04);
    once(CONVERTED, frame.buys, 0.08);
  }

  // How many did a step by then, here.
  took(step, clock) {
    let count = 0;
    for (const when of this.times[step]) count += when <= clock;
    return count;
  }

  roleAt(person, clock) {
    let role = this.roleAtBirth[person];
    const until = Math.min(Math.floor(clock), this.ready);
    for (let tick = 0; tick < until; tick++) {
      const [who, what] = this.frames[tick].roles;
      for (let k = 0; k < who.length; k++) if (who[k] === person) role = what[k];
    }
    return role;
  }

  rolesAt(clock) {
    const role = this.roleAtBirth.slice();
    const until = Math.min(Math.floor(clock), this.ready);
    for (let tick = 0; tick < until; tick++) {
      const [who, what] = this.frames[tick].roles;
      for (let k = 0; k < who.length; k++) role[who[k]] = what[k];
    }
    return role;
  }
}

// Who did a step in one of two campaigns alone, by a time: rows of people.
export function only(step, here, there, clock) {
  const [ours, theirs] = [here.times[step], there.times[step]];
  const found = [];
  for (let person = 0; person < ours.length; person++) {
    if (ours[person] <= clock && theirs[person] > clock) found.push(person);
  }
  return found;
}

function scattered(person, message) {
  let bits = (person * 2654435761 + message * 40503) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 15), 2246822519) >>> 0;
  return ((bits ^ (bits >>> 13)) >>> 0) / 4294967296;
}
