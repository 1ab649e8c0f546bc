// The programs of the drawing. Where everybody stands is a texture, so that people and what flies
// between them look it up by number and nothing is moved when the places change.

import * as colours from "./colours.js";

// A colour as a program writes it.
const vec3 = (colour) => `vec3(${colour.map((part) => part.toFixed(3)).join(", ")})`;

const PLACES = `
uniform highp sampler2D places;
uniform vec4 view; // shift in places, scale in x and y
vec2 placeOf(int k) { return texelFetch(places, ivec2(k & 255, k >> 8), 0).xy; }
vec4 onScreen(vec2 p) { return vec4((p - view.xy) * view.zw, 0.0, 1.0); }
`;

export const PEOPLE_VERTEX = `#version 300 es
precision highp float;
${PLACES}
layout(location = 0) in vec4 times;  // noticed, shared, converted; in the other campaign
layout(location = 1) in vec2 traits; // role, size
uniform float clock;
uniform float unit;    // pixels of a size
uniform float layer;   // 0: whoever is not reached, 1: whoever is
uniform float ringed;  // which step is compared, -1: none
uniform float glow;    // ticks that a point glows
uniform float least;   // pixels of whoever did more than notice
uniform int chosen;
flat out float state;
flat out float role;
flat out float ring;
flat out float radius;
flat out float bright;
void main() {
  float noticed = step(times.x, clock), shared = step(times.y, clock), bought = step(times.z, clock);
  state = bought > 0.0 ? 3.0 : shared > 0.0 ? 2.0 : noticed;
  role = traits.x;
  ring = 0.0;
  if (ringed >= 0.0) {
    float own = ringed < 0.5 ? times.x : ringed < 1.5 ? times.y : times.z;
    ring = own <= clock && times.w > clock ? 1.0 : 0.0;
  }
  float latest = state > 2.5 ? times.z : state > 1.5 ? times.y : times.x;
  float fresh = state > 0.0 ? exp(-(clock - latest) / glow) : 0.0;
  bright = fresh;
  float size = traits.y * (state > 2.5 ? 2.5 : state > 1.5 ? 2.2 : state > 0.5 ? 1.25 : role > 0.5 ? 1.15 : 0.9);
  if (state > 1.5) size = max(size, 3.4);
  if (ring > 0.5) size = max(size, 3.2) * 1.25;
  size *= 1.0 + 0.9 * fresh;
  if (gl_VertexID == chosen) { ring = 2.0; size = max(size, 4.0) * 1.5; }
  radius = max(size * unit, state > 1.5 || ring > 0.5 ? least * (ring > 0.5 ? 1.5 : 1.0) : 0.0) + 1.5;
  bool here = (state > 0.5 || ring > 1.5) == (layer > 0.5);
  gl_Position = here ? onScreen(placeOf(gl_VertexID)) : vec4(2.0, 2.0, 0.0, 1.0);
  gl_PointSize = 2.0 * radius;
}`;

export const PEOPLE_FRAGMENT = `#version 300 es
precision highp float;
flat in float state;
flat in float role;
flat in float ring;
flat in float radius;
flat in float bright;
uniform vec3 ringColour;
uniform float ringed;
out vec4 colour;
const vec3 REST = ${vec3(colours.REST)}, NOTICED = ${vec3(colours.NOTICED)};
const vec3 SHARED = ${vec3(colours.SHARED)}, BOUGHT = ${vec3(colours.BOUGHT)};
const vec3 ROLE = ${vec3(colours.ROLE)}, CHOSEN = ${vec3(colours.CHOSEN)};
float triangle(vec2 p) { return max(abs(p.x) * 0.9 + p.y * 0.55, -p.y) ; }
void main() {
  vec2 p = (2.0 * gl_PointCoord - 1.0) * radius;
  p.y = -p.y;
  if (state < 0.5 && ring < 0.5 && role < 0.5) {
    // Most people most of the time: the short way.
    float inside = clamp(radius - 1.0 - length(p), 0.0, 1.0) * (ringed >= 0.0 ? 0.3 : 0.5);
    if (inside < 0.01) discard;
    colour = vec4(REST, 1.0) * inside;
    return;
  }
  float rings = ring > 0.5 ? min(3.2, radius * 0.42) : role > 0.5 && radius > 3.0 ? 1.6 : 0.0;
  float inner = max(radius - 1.5 - rings, 0.8);
  float far = state > 2.5 ? (abs(p.x) + abs(p.y)) * 0.80 : state > 1.5 ? triangle(p) * 1.18 + inner * 0.12 : length(p);
  float inside = clamp(inner - far + 0.5, 0.0, 1.0);
  vec3 fill = state > 2.5 ? BOUGHT : state > 1.5 ? SHARED : state > 0.5 ? NOTICED : REST;
  float alpha = state > 0.5 ? 0.95 : role > 0.5 ? 0.8 : 0.5;
  // Where two campaigns are compared, whoever is in both steps back.
  float back = ringed >= 0.0 && ring < 0.5 ? 0.6 : 1.0;
  alpha *= back;
  fill = mix(fill, vec3(1.0), 0.45 * bright);
  vec4 drawn = vec4(fill, 1.0) * inside * alpha;
  if (rings > 0.0) {
    float wide = ring > 0.5 ? 1.9 : role > 1.5 ? 1.5 : 0.8;
    float at = radius - 1.5 - wide * 0.5;
    float on = clamp(wide * 0.5 + 0.5 - abs(length(p) - at), 0.0, 1.0);
    vec3 tint = ring > 1.5 ? CHOSEN : ring > 0.5 ? ringColour : ROLE;
    float strong = ring > 0.5 ? 1.0 : back * (state > 0.5 ? 0.9 : 0.6);
    drawn = mix(drawn, vec4(tint, 1.0), on * strong);
  }
  if (drawn.a < 0.01) discard;
  colour = drawn;
}`;

// A ribbon bent to one side from sender to receiver; its head runs, its tail fades.
export const ARCS_VERTEX = `#version 300 es
precision highp float;
${PLACES}
layout(location = 0) in vec2 along;  // 0..1 along the ribbon, -1 or 1 across
layout(location = 1) in vec4 arc;    // from, to, when it lands, kind
uniform float clock;
uniform float travel;  // ticks that one takes
uniform vec2 size;     // of the screen in pixels
uniform float wide;
out float light;
out float across;
flat out float kind;
vec2 curve(vec2 a, vec2 b, vec2 c, float t) { float s = 1.0 - t; return s * s * a + 2.0 * s * t * b + t * t * c; }
void main() {
  kind = arc.w;
  float age = (clock - arc.z) / travel + 1.0; // 0 sent, 1 landed
  vec2 a = onScreen(placeOf(int(arc.x))).xy * size * 0.5;
  vec2 c = onScreen(placeOf(int(arc.y))).xy * size * 0.5;
  vec2 between = c - a;
  vec2 b = (a + c) * 0.5 + vec2(-between.y, between.x) * 0.18;
  float t = along.x;
  vec2 p = curve(a, b, c, t), q = curve(a, b, c, t + 0.02);
  vec2 ahead = normalize(q - p + vec2(1e-4, 0.0));
  if (kind > 8.5) light = 0.9;
  else {
    float head = clamp(age, 0.0, 1.0);
    float tail = clamp((t - (head - 0.75)) / 0.75, 0.0, 1.0) * step(t, head + 0.01);
    light = age < 0.0 ? 0.0 : tail * (age < 1.0 ? 1.0 : exp(-(age - 1.0) * 3.0)) ;
    if (age > 2.6) light = 0.0;
  }
  across = along.y;
  p += vec2(-ahead.y, ahead.x) * along.y * wide * (kind > 8.5 ? 1.9 : kind > 0.5 ? 1.6 : 1.1);
  // What has not begun or is over shrinks to a point, which is drawn nowhere.
  bool over = kind < 8.5 && (age < 0.0 || age > 2.6);
  gl_Position = over ? vec4(2.0, 2.0, 0.0, 1.0) : vec4(p / (size * 0.5), 0.0, 1.0);
}`;

export const ARCS_FRAGMENT = `#version 300 es
precision highp float;
in float light;
in float across;
flat in float kind;
uniform float strength;
out vec4 colour;
const vec3 CHOSEN = ${vec3(colours.CHOSEN)}, FROM_PERSON = ${vec3(colours.FROM_PERSON)};
const vec3 FROM_ACCOUNT = ${vec3(colours.FROM_ACCOUNT)};
void main() {
  if (light < 0.01) discard;
  float soft = 1.0 - across * across;
  // From the brand or an account: pale; from a person: warm; the way to whoever is asked: white.
  vec3 tint = kind > 8.5 ? CHOSEN : kind > 0.5 ? FROM_PERSON : FROM_ACCOUNT;
  float strong = kind > 8.5 ? 0.8 : strength * (kind > 0.5 ? 0.85 : 0.30);
  colour = vec4(tint * light * strong * soft, 0.0);
}`;
