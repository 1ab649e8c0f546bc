// The network drawn by the processor, into an array of pixels: for computers without a graphics card.
//
// A canvas would draw paths (of 300 lines at 12 frames a second) and a driver that computes WebGL
// shades ten thousand points anew each time. Here the ground with its ties, and on it everybody with
// whom nothing happens, is kept as it is from one tick to the next; a frame copies it and adds what moves.

import { CHOSEN, FROM_ACCOUNT, FROM_PERSON, TIE } from "./colours.js";
import { Marks } from "./marks.js";

const bytes = (colour) => colour.map((part) => 255 * part);
const LIGHTS = [[...bytes(FROM_ACCOUNT), 0.30], [...bytes(FROM_PERSON), 0.85]];
const WAY = bytes(CHOSEN);
const CHAIN = 9; // the kind of the way to whoever is chosen
const RESTS = 3.2; // times the glow, after which nobody sees it any more

export class Pixels {
  constructor(sky) {
    this.sky = sky;
    this.finest = 1.25; // every pixel is worked for
    this.most = 1500; // lights drawn at once
    // Nothing is seen through it: what lies behind need not be drawn.
    this.context = sky.canvas.getContext("2d", { alpha: false });
    this.marks = new Marks();
    sky.tieCanvas.hidden = true;
    this.tick = -1;
  }

  show() {
    this.tick = -1;
  }

  clear() {
    this.frame.set(this.night);
    this.context.putImageData(this.image, 0, 0);
  }

  // What a card has to be told: here it is read where it is.
  places() {}
  traits() {}
  chain() {}
  take() {}

  resize(width, height) {
    Object.assign(this.sky.canvas, { width, height });
    this.night = this.#night(width, height);
    this.image = new ImageData(width, height);
    this.frame = new Uint32Array(this.image.data.buffer);
    this.ground = new Uint32Array(width * height);
    this.still = new Uint32Array(width * height);
    this.cover = new Uint8Array(width * height); // how much of a pixel whoever is reached and rests covers
    this.bounds = { width, height };
    this.box = { left: 0, top: 0, right: width, bottom: height };
  }

  // The night that the style sheet has behind the canvas of a graphics card.
  #night(width, height) {
    const style = getComputedStyle(this.sky.box);
    const [edge, dark] = ["--sky-edge", "--sky"].map((name) => style.getPropertyValue(name).trim());
    const context = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
    context.translate(width / 2, 0.45 * height);
    context.scale(width, 1.1 * height);
    const gradient = context.createRadialGradient(0, 0, 0, 0, 0, Math.SQRT1_2);
    gradient.addColorStop(0, edge);
    gradient.addColorStop(0.75, dark);
    context.fillStyle = gradient;
    context.fillRect(-1, -1, 2, 2);
    return new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  }

  ties() {
    const { sky } = this;
    this.tick = -1;
    this.ground.set(this.night);
    const { width, height } = this.bounds;
    const { sx, sy, ox, oy } = sky.pixels(width, height);
    const strong = sky.faint * Math.min(sky.ratio * 0.7, 1);
    const bytes = new Uint8ClampedArray(this.ground.buffer);
    for (let k = 0; k < sky.shownTies.length; k += 2) {
      const [a, b] = [2 * sky.shownTies[k], 2 * sky.shownTies[k + 1]];
      line(bytes, width, height, sky.now[a] * sx + ox, oy - sky.now[a + 1] * sy, sky.now[b] * sx + ox, oy - sky.now[b + 1] * sy, strong);
    }
  }

  people(clock, travel) {
    const { sky } = this;
    const before = this.box;
    this.box = nowhere();
    if (sky.stale || Math.floor(clock) !== this.tick) {
      this.#rest(clock, travel);
      this.box = { left: 0, top: 0, right: this.bounds.width, bottom: this.bounds.height };
    }
    this.frame.set(this.still);
    const lively = this.lively;
    for (let k = 0; k < lively.length; k++) this.#person(lively[k], clock, 0, this.frame, null);
    this.#lights(clock, travel);
    for (let k = 0; k < lively.length; k++) this.#person(lively[k], clock, 1, this.frame, null);
    // Only where something moves, or moved in the frame before.
    const now = { ...this.box };
    stretch(now, before.left, before.top, before.right, before.bottom);
    if (now.right <= now.left) return;
    this.context.putImageData(this.image, 0, 0, now.left, now.top, now.right - now.left, now.bottom - now.top);
  }

  // Everybody to whom nothing happens until the next tick, and who has ceased to glow.
  #rest(clock, travel) {
    const { sky } = this;
    this.tick = Math.floor(clock);
    this.scale = sky.pixels(this.bounds.width, this.bounds.height);
    this.unit = sky.unit;
    this.glow = sky.glow(travel);
    this.still.set(this.ground);
    this.cover.fill(0);
    this.lively = [];
    const [since, until] = [this.tick - RESTS * this.glow, this.tick + 1];
    const { times } = sky;
    const resting = [];
    for (let k = 0; k < sky.campaign.drawn.length; k++) {
      let still = k !== sky.chosen;
      for (let step = 0; step < 4 && still; step++) still = !(times[4 * k + step] > since && times[4 * k + step] <= until);
      (still ? resting : this.lively).push(k);
    }
    for (const layer of [0, 1]) for (const k of resting) this.#person(k, clock, layer, this.still, layer ? this.cover : null);
  }

  // As in `shaders.js`: layer 0 is whoever is not reached, 1 whoever is.
  #person(k, clock, layer, pixels, cover) {
    const { sky, scale } = this;
    const { times, traits, compared } = sky;
    const at = 4 * k;
    const state = times[at + 2] <= clock ? 3 : times[at + 1] <= clock ? 2 : times[at] <= clock ? 1 : 0;
    const chosen = k === sky.chosen;
    if ((state > 0 || chosen) !== (layer === 1)) return;
    const role = traits[2 * k];
    let ring = compared.step >= 0 && times[at + compared.step] <= clock && times[at + 3] > clock ? 1 : 0;
    const fresh = state ? Math.exp(-(clock - times[at + state - 1]) / this.glow) : 0;
    let size = traits[2 * k + 1] * (state > 2 ? 2.5 : state > 1 ? 2.2 : state ? 1.25 : role ? 1.15 : 0.9);
    if (state > 1) size = Math.max(size, 3.4);
    if (ring) size = Math.max(size, 3.2) * 1.25;
    size *= 1 + 0.9 * fresh;
    if (chosen) [ring, size] = [2, Math.max(size, 4) * 1.5];
    const least = state > 1 || ring ? 2.4 * sky.ratio * (ring ? 1.5 : 1) : 0;
    const radius = Math.max(size * this.unit, least) + 1.5;
    const [hx, hy] = [Math.round(2 * (sky.now[2 * k] * scale.sx + scale.ox)), Math.round(2 * (scale.oy - sky.now[2 * k + 1] * scale.sy))];
    const mark = this.marks.get(state, role, ring, radius, Math.round(7 * fresh), hx & 1, hy & 1, compared);
    stamp(pixels, cover, this.bounds, mark, hx >> 1, hy >> 1);
    if (pixels === this.frame) stretch(this.box, (hx >> 1) - mark.reach, (hy >> 1) - mark.reach, (hx >> 1) + mark.reach + 1, (hy >> 1) + mark.reach + 1);
  }

  #lights(clock, travel) {
    const { sky } = this;
    const { begin, many, strength, every } = sky.flying(clock, travel);
    for (let k = begin; k < begin + many; k += every) {
      const [from, to, lands, kind] = sky.arcs.subarray(4 * k, 4 * k + 4);
      const age = (clock - lands) / travel + 1; // 0 sent, 1 landed
      if (age < 0 || age > 2.6) continue;
      const [red, green, blue, strong] = LIGHTS[kind];
      const light = strong * strength * (age < 1 ? 1 : Math.exp(-3 * (age - 1)));
      if (light > 0.02) this.#ribbon(from, to, Math.min(age, 1), light, kind ? 1.6 : 1.1, red, green, blue);
    }
    const { chain } = sky;
    for (let k = 0; k < chain.length; k += 4) this.#ribbon(chain[k], chain[k + 1], CHAIN, 0.72, 1.9, ...WAY);
  }

  // A bent line from sender to receiver: its head runs, its tail fades. That to whoever is chosen stays.
  #ribbon(from, to, head, light, wide, red, green, blue) {
    const { sky, scale } = this;
    const [ax, ay] = [sky.now[2 * from] * scale.sx + scale.ox, scale.oy - sky.now[2 * from + 1] * scale.sy];
    const [cx, cy] = [sky.now[2 * to] * scale.sx + scale.ox, scale.oy - sky.now[2 * to + 1] * scale.sy];
    const [bx, by] = [(ax + cx) / 2 + (cy - ay) * 0.18, (ay + cy) / 2 - (cx - ax) * 0.18];
    const whole = head === CHAIN;
    const [first, last] = whole ? [0, 1] : [Math.max(head - 0.75, 0), head];
    const long = Math.hypot(cx - ax, cy - ay);
    const steps = Math.max(Math.ceil(1.1 * long * (last - first)), 1);
    const half = wide * sky.ratio * 0.9;
    const [left, right, top, bottom] = [Math.min(ax, bx, cx), Math.max(ax, bx, cx), Math.min(ay, by, cy), Math.max(ay, by, cy)];
    stretch(this.box, Math.floor(left - 2 * half), Math.floor(top - 2 * half), Math.ceil(right + 2 * half), Math.ceil(bottom + 2 * half));
    const [bytes, cover] = [this.image.data, this.cover];
    const { width, height } = this.bounds;
    for (let k = 0; k <= steps; k++) {
      const t = first + ((last - first) * k) / steps;
      const s = 1 - t;
      const x = s * s * ax + 2 * s * t * bx + t * t * cx;
      const y = s * s * ay + 2 * s * t * by + t * t * cy;
      // Across the way it goes: to the side on which it is the steeper less.
      const [dx, dy] = [2 * s * (bx - ax) + 2 * t * (cx - bx), 2 * s * (by - ay) + 2 * t * (cy - by)];
      const flat = Math.abs(dx) > Math.abs(dy);
      const slope = Math.hypot(dx, dy) / Math.max(Math.abs(dx), Math.abs(dy), 1e-6);
      const reach = half * slope;
      // Steps are nearer to each other than pixels: each brings its part.
      const part = light * (whole ? 1 : (t - (head - 0.75)) / 0.75) * (Math.max(Math.abs(dx), Math.abs(dy)) * (last - first)) / steps;
      const middle = flat ? y : x;
      const [low, high] = [Math.ceil(middle - reach - 0.5), Math.floor(middle + reach - 0.5)];
      const along = Math.floor(flat ? x : y);
      for (let across = low; across <= high; across++) {
        const [px, py] = flat ? [along, across] : [across, along];
        if (px < 0 || py < 0 || px >= width || py >= height) continue;
        const off = (across + 0.5 - middle) / reach;
        const pixel = py * width + px;
        const soft = part * (1 - off * off) * (1 - cover[pixel] / 255);
        bytes[4 * pixel] += soft * red;
        bytes[4 * pixel + 1] += soft * green;
        bytes[4 * pixel + 2] += soft * blue;
      }
    }
  }
}

const nowhere = () => ({ left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity });

function stretch(box, left, top, right, bottom) {
  box.left = Math.min(box.left, left);
  box.top = Math.min(box.top, top);
  box.right = Math.max(box.right, right);
  box.bottom = Math.max(box.bottom, bottom);
}

// Lay a mark over the pixels, and remember what it covers.
function stamp(pixels, cover, { width, height }, { reach, size, bytes }, x, y) {
  const [left, top] = [x - reach, y - reach];
  const [begin, end] = [Math.max(0, -left), Math.min(size, width - left)];
  for (let row = Math.max(0, -top); row < Math.min(size, height - top); row++) {
    let from = 4 * (row * size + begin);
    let to = (top + row) * width + left + begin;
    for (let column = begin; column < end; column++, from += 4, to++) {
      const over = bytes[from + 3];
      if (!over) continue;
      const [under, rest] = [pixels[to], 256 - over];
      // Little-endian, as every browser's machine is: alpha, blue, green, red; that of the ground stays.
      const red = bytes[from] + (((under & 255) * rest) >> 8);
      const green = bytes[from + 1] + ((((under >> 8) & 255) * rest) >> 8);
      const blue = bytes[from + 2] + ((((under >> 16) & 255) * rest) >> 8);
      pixels[to] = (under & 0xff000000) | (Math.min(blue, 255) << 16) | (Math.min(green, 255) << 8) | Math.min(red, 255);
      if (cover) cover[to] = 255 - (((255 - cover[to]) * rest) >> 8);
    }
  }
}

// A thin straight line: on each step the two pixels it lies between.
function line(bytes, width, height, ax, ay, bx, by, strong) {
  const flat = Math.abs(bx - ax) > Math.abs(by - ay);
  const steps = Math.max(Math.ceil(Math.abs(flat ? bx - ax : by - ay)), 1);
  const [dx, dy] = [(bx - ax) / steps, (by - ay) / steps];
  for (let k = 0; k <= steps; k++) {
    const [x, y] = [ax + k * dx, ay + k * dy];
    const middle = (flat ? y : x) - 0.5;
    const [low, along] = [Math.floor(middle), Math.floor(flat ? x : y)];
    for (let side = 0; side < 2; side++) {
      const [px, py] = flat ? [along, low + side] : [low + side, along];
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const part = strong * (side ? middle - low : 1 - middle + low);
      const at = 4 * (py * width + px);
      for (let colour = 0; colour < 3; colour++) bytes[at + colour] += part * (TIE[colour] - bytes[at + colour]);
    }
  }
}
