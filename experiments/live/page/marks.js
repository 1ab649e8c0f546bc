// What stands for a person, as a small picture in memory: the same shapes as in `shaders.js`.

import { BOUGHT, CHOSEN, LOST, NOTICED, REST, ROLE, SHARED, WON } from "./colours.js";

const FILLS = [REST, NOTICED, SHARED, BOUGHT];
const MOST = 6000; // pictures that are kept

const clamp = (value) => Math.min(Math.max(value, 0), 1);

// Pictures by what they show. A radius is rounded to a quarter of a pixel, a place to half of one:
// so a few hundred pictures stand for ten thousand people, and each is worked out once.
export class Marks {
  constructor() {
    this.made = new Map();
  }

  // `ring`: 0 none, 1 of the comparison, 2 whoever is chosen; `bright` 0..7; `fx`, `fy`: whether half
  // a pixel further.
  get(state, role, ring, radius, bright, fx, fy, compared) {
    const quarter = Math.round(4 * radius);
    const against = compared.step < 0 ? 0 : compared.won ? 1 : 2;
    const key = ((((((quarter * 8 + bright) * 4 + state) * 4 + role) * 3 + ring) * 3 + against) * 2 + fx) * 2 + fy;
    let mark = this.made.get(key);
    if (mark) return mark;
    if (this.made.size > MOST) this.made.clear();
    mark = drawn(state, role, ring, quarter / 4, bright / 7, fx / 2, fy / 2, against);
    this.made.set(key, mark);
    return mark;
  }
}

function drawn(state, role, ring, radius, bright, fx, fy, against) {
  const reach = Math.ceil(radius);
  const size = 2 * reach + 1;
  const bytes = new Uint8Array(4 * size * size); // colours are multiplied by how much they cover
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at += 4) {
      const [x, y] = [column + 0.5 - reach - fx, reach + fy - row - 0.5];
      if (Math.max(Math.abs(x), Math.abs(y)) > radius) continue;
      const [red, green, blue, cover] = colour(x, y, state, role, ring, radius, bright, against);
      if (cover < 0.01) continue;
      bytes.set([255 * red, 255 * green, 255 * blue, 255 * cover], at);
    }
  }
  return { reach, size, bytes };
}

function colour(x, y, state, role, ring, radius, bright, against) {
  const far = Math.hypot(x, y);
  if (state === 0 && ring === 0 && role === 0) {
    const inside = clamp(radius - 1.0 - far) * (against ? 0.3 : 0.5);
    return [...REST.map((part) => part * inside), inside];
  }
  const rings = ring ? Math.min(3.2, radius * 0.42) : role && radius > 3.0 ? 1.6 : 0.0;
  const inner = Math.max(radius - 1.5 - rings, 0.8);
  const shape = state === 3 ? (Math.abs(x) + Math.abs(y)) * 0.80
    : state === 2 ? Math.max(Math.abs(x) * 0.9 + y * 0.55, -y) * 1.18 + inner * 0.12 : far;
  // Where two campaigns are compared, whoever is in both steps back.
  const back = against && !ring ? 0.6 : 1.0;
  const cover = clamp(inner - shape + 0.5) * (state ? 0.95 : role ? 0.8 : 0.5) * back;
  const told = FILLS[state].map((part) => (part + (1 - part) * 0.45 * bright) * cover);
  told.push(cover);
  if (!rings) return told;
  const wide = ring ? 1.9 : role > 1 ? 1.5 : 0.8;
  const on = clamp(wide * 0.5 + 0.5 - Math.abs(far - (radius - 1.5 - wide * 0.5)));
  const tint = ring === 2 ? CHOSEN : ring ? (against === 1 ? WON : LOST) : ROLE;
  const part = on * (ring ? 1.0 : back * (state ? 0.9 : 0.6));
  return [...tint, 1].map((each, k) => told[k] * (1 - part) + each * part);
}
