// The network drawn by a graphics card. `pixels.js` draws the same picture where there is none.

import { LOST, TIE, WON } from "./colours.js";
import { attribute, program } from "./gl.js";
import { ARCS_FRAGMENT, ARCS_VERTEX, PEOPLE_FRAGMENT, PEOPLE_VERTEX } from "./shaders.js";

const ROW = 256; // of the texture of places
const STEPS = 10; // of a ribbon
// Drivers that compute what a card would draw. Browsers do not always call this a caveat.
const COMPUTED = /swiftshader|llvmpipe|softpipe|software|basic render/i;

// Whether a card draws here.
export function drawsByCard() {
  const gl = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  if (!gl) return false;
  const told = gl.getExtension("WEBGL_debug_renderer_info");
  const computed = COMPUTED.test(gl.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return !computed;
}

// The painter of a card; null where the canvas gets none, although another one did.
export function graphics(sky) {
  const gl = sky.canvas.getContext("webgl2", { alpha: true, antialias: false, premultipliedAlpha: true });
  return gl && new Graphics(sky, gl);
}

class Graphics {
  constructor(sky, gl) {
    this.sky = sky;
    this.finest = 2; // of a screen with more pixels no more are drawn
    this.most = 60000; // lights drawn at once
    this.gl = gl;
    this.#prepare();
    sky.canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    sky.canvas.addEventListener("webglcontextrestored", () => {
      this.#prepare();
      // The campaign on show has its places already, and a sky tells them only where they change.
      if (sky.now) this.places();
      if (sky.campaign) sky.show(sky.campaign);
    });
  }

  #prepare() {
    const gl = this.gl;
    this.peopleProgram = program(gl, PEOPLE_VERTEX, PEOPLE_FRAGMENT);
    this.arcProgram = program(gl, ARCS_VERTEX, ARCS_FRAGMENT);
    this.texture = gl.createTexture();
    this.timeBuffer = gl.createBuffer();
    this.traitBuffer = gl.createBuffer();
    this.arcBuffer = gl.createBuffer();
    this.chainBuffer = gl.createBuffer();
    const ribbon = new Float32Array(4 * (STEPS + 1));
    for (let k = 0; k <= STEPS; k++) ribbon.set([k / STEPS, -1, k / STEPS, 1], 4 * k);
    this.ribbon = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.ribbon);
    gl.bufferData(gl.ARRAY_BUFFER, ribbon, gl.STATIC_DRAW);
    gl.enable(gl.BLEND);
  }

  show() {
    const { gl, sky } = this;
    this.#fill(this.timeBuffer, sky.times);
    this.#fill(this.traitBuffer, sky.traits);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.arcBuffer);
    gl.bufferData(gl.ARRAY_BUFFER, sky.arcs.byteLength, gl.DYNAMIC_DRAW);
  }

  #fill(buffer, numbers) {
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, buffer);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, numbers, this.gl.DYNAMIC_DRAW);
  }

  clear() {
    const { gl, sky } = this;
    sky.tieCanvas.getContext("2d").clearRect(0, 0, sky.tieCanvas.width, sky.tieCanvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
  }

  places() {
    const { gl, sky } = this;
    const rows = Math.ceil(sky.now.length / 2 / ROW);
    const texels = new Float32Array(2 * rows * ROW);
    texels.set(sky.now);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RG32F, ROW, rows, 0, gl.RG, gl.FLOAT, texels);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  }

  // Only what is new goes to the graphics memory.
  take(low, high, firstArc, grown) {
    const { gl, sky } = this;
    if (high >= low) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.timeBuffer);
      gl.bufferSubData(gl.ARRAY_BUFFER, 16 * low, sky.times, 4 * low, 4 * (high - low + 1));
    }
    if (grown) this.#fill(this.arcBuffer, sky.arcs);
    else if (sky.arcCount > firstArc) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.arcBuffer);
      gl.bufferSubData(gl.ARRAY_BUFFER, 16 * firstArc, sky.arcs, 4 * firstArc, 4 * (sky.arcCount - firstArc));
    }
  }

  traits() {
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.traitBuffer);
    this.gl.bufferSubData(this.gl.ARRAY_BUFFER, 0, this.sky.traits);
  }

  chain() {
    this.#fill(this.chainBuffer, this.sky.chain);
  }

  resize(width, height) {
    for (const canvas of [this.sky.canvas, this.sky.tieCanvas]) Object.assign(canvas, { width, height });
  }

  ties() {
    const { sky } = this;
    const context = sky.tieCanvas.getContext("2d");
    const { width, height } = sky.tieCanvas;
    context.clearRect(0, 0, width, height);
    const { sx, sy, ox, oy } = sky.pixels(width, height);
    context.strokeStyle = `rgba(${TIE.join(", ")}, ${sky.faint})`;
    context.lineWidth = sky.ratio * 0.7;
    context.beginPath();
    for (let k = 0; k < sky.shownTies.length; k += 2) {
      const [a, b] = [2 * sky.shownTies[k], 2 * sky.shownTies[k + 1]];
      context.moveTo(sky.now[a] * sx + ox, oy - sky.now[a + 1] * sy);
      context.lineTo(sky.now[b] * sx + ox, oy - sky.now[b + 1] * sy);
    }
    context.stroke();
  }

  people(clock, travel) {
    const { gl, sky } = this;
    const { width, height } = sky.canvas;
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    this.#points(clock, travel, 0);
    gl.useProgram(this.arcProgram.program);
    const at = this.arcProgram.at;
    gl.uniform1i(at.places, 0);
    gl.uniform4fv(at.view, sky.view());
    gl.uniform1f(at.clock, clock);
    gl.uniform1f(at.travel, travel);
    gl.uniform2f(at.size, width, height);
    gl.uniform1f(at.wide, sky.ratio * 0.9);
    gl.blendFunc(gl.ONE, gl.ONE);
    const { begin, many, strength, every } = sky.flying(clock, travel);
    gl.uniform1f(at.strength, strength);
    this.#ribbons(this.arcBuffer, begin, Math.floor(many / every), every);
    this.#ribbons(this.chainBuffer, 0, sky.chain.length / 4);
    this.#points(clock, travel, 1);
  }

  #points(clock, travel, layer) {
    const { gl, sky } = this;
    const at = this.peopleProgram.at;
    gl.useProgram(this.peopleProgram.program);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.uniform1i(at.places, 0);
    gl.uniform4fv(at.view, sky.view());
    gl.uniform1f(at.clock, clock);
    gl.uniform1f(at.layer, layer);
    gl.uniform1f(at.unit, sky.unit);
    gl.uniform1f(at.ringed, sky.compared.step);
    gl.uniform1f(at.least, 2.4 * sky.ratio);
    gl.uniform1f(at.glow, sky.glow(travel));
    gl.uniform1i(at.chosen, sky.chosen);
    gl.uniform3fv(at.ringColour, sky.compared.won ? WON : LOST);
    attribute(gl, 0, this.timeBuffer, 4, 0, 0);
    attribute(gl, 1, this.traitBuffer, 2, 0, 0);
    gl.drawArrays(gl.POINTS, 0, sky.campaign.drawn.length);
  }

  #ribbons(buffer, first, count, every = 1) {
    if (count <= 0) return;
    const gl = this.gl;
    attribute(gl, 0, this.ribbon, 2, 0, 0);
    attribute(gl, 1, buffer, 4, 16 * first, 1, 16 * every);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 2 * (STEPS + 1), count);
  }
}
