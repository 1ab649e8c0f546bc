// The clock that both campaigns share: ticks, with all between them.

export class Clock {
  constructor(horizon = 1) {
    this.horizon = horizon;
    this.now = 0;
    this.ready = 0; // ticks that are here; it waits there for more
    this.busy = 0; // of these, those in which something happens
    this.quiet = () => false; // whether nothing happens in a tick
    this.playing = false;
    this.speed = 1;
    this.onchange = () => {};
  }

  // Ticks in a second: what happens takes some twenty seconds, whether there is much or little.
  get pace() {
    return Math.min(Math.max(this.busy / 20, 1.2), 30) * this.speed;
  }

  // Ticks that what is passed on takes to arrive, so that one can see it.
  get travel() {
    return Math.min(Math.max(0.75 * this.pace, 0.5), 8);
  }

  advance(seconds) {
    if (!this.playing) return;
    const until = Math.min(this.ready, this.horizon);
    // Ticks in which nothing happens pass five times as fast.
    const pace = this.quiet(Math.floor(this.now)) ? 5 * this.pace : this.pace;
    this.now = Math.min(this.now + seconds * pace, Math.max(until, this.now));
    if (this.now >= this.horizon) this.playing = false;
    this.onchange();
  }

  play(on = !this.playing) {
    if (!on) this.playing = false;
    if (on && this.now >= this.horizon) this.now = 0;
    this.playing = on;
    this.onchange();
  }

  step(ticks) {
    this.playing = false;
    const whole = ticks > 0 ? Math.floor(this.now) + ticks : Math.ceil(this.now) + ticks;
    this.seek(whole);
  }

  seek(tick) {
    this.now = Math.min(Math.max(tick, 0), Math.min(this.ready, this.horizon));
    this.onchange();
  }
}
