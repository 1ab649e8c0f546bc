// Three small charts over time: who noticed, what was passed on, what came of it.

import uPlot from "./vendor/uPlot.esm.js";
import { colour } from "./settings.js";
import { byId, element } from "./words.js";

const WHAT = [
  ["People who noticed it", ["reach"]],
  ["Times it was passed on", ["shares", "reshares"]],
  ["", ["conversions"]],
];

export class Charts {
  constructor(onseek) {
    this.onseek = onseek;
    this.plots = [];
    this.clock = 0;
    new ResizeObserver(() => {
      for (const each of this.plots) {
        each.plot.setSize({ width: each.box.clientWidth, height: 108 });
        this.#hand(each);
      }
    }).observe(byId("charts"));
  }

  clear() {
    for (const { plot } of this.plots) plot.destroy();
    this.plots = [];
    byId("charts").replaceChildren();
  }

  begin(campaigns) {
    this.campaigns = campaigns;
    const { head } = campaigns[0];
    this.clear();
    for (const [title, columns] of WHAT) {
      const called = title || capital(head.outcome);
      const box = element("div", { className: "plot" });
      const label = element("p", { className: "plot-title", textContent: called });
      byId("charts").append(element("div", {}, label, box));
      const plot = new uPlot(this.#options(box.clientWidth, head, campaigns.length), this.#data(columns), box);
      plot.over.addEventListener("click", () => {
        if (plot.cursor.idx !== null) this.onseek(plot.cursor.idx + 1);
      });
      const hand = element("div", { className: "hand" });
      plot.over.append(hand);
      this.plots.push({ plot, hand, box, columns, columnsAt: columns.map((name) => head.series.indexOf(name)) });
    }
    this.refresh();
  }

  refresh() {
    for (const each of this.plots) {
      each.plot.setData(this.#data(each.columns));
      this.#hand(each);
    }
  }

  show(clock) {
    if (Math.floor(clock) === Math.floor(this.clock)) return;
    this.clock = clock;
    for (const each of this.plots) this.#hand(each);
  }

  #data(columns) {
    const { horizon, series } = this.campaigns[0].head;
    const places = columns.map((name) => series.indexOf(name));
    const lines = this.campaigns.map(({ frames }) => {
      let total = 0;
      const line = new Array(horizon).fill(null);
      for (const frame of frames) line[frame.number] = total += places.reduce((sum, k) => sum + frame.series[k], 0);
      return line;
    });
    return [Array.from({ length: horizon }, (_, tick) => tick), ...lines];
  }

  #options(width, head, count) {
    const axis = { stroke: colour("--soft"), font: "11px system-ui, sans-serif", grid: { stroke: colour("--grid"), width: 1 }, ticks: { show: false } };
    const hours = [1, 3, 6, 12, 24, 48, 72, 168, 336, 672, 1344, 4032, 8064];
    const incrs = hours.map((each) => each / head.hours_per_tick);
    const days = (_, ticks) =>
      ticks.map((tick) => {
        const hour = Math.round(tick * head.hours_per_tick);
        if (head.start) {
          const date = new Date(Date.parse(`${head.start}T00:00:00Z`) + 3600000 * hour).toISOString();
          return hour % 24 ? date.slice(11, 16) : date.slice(5, 10);
        }
        return hour % 24 ? `${hour} h` : `${hour / 24} d`;
      });
    return {
      width: Math.max(width, 160),
      height: 108,
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      padding: [6, 6, 0, 0],
      scales: { x: { time: false }, y: { range: (_, low, high) => [0, Math.max(high ?? 1, 1)] } },
      axes: [
        { ...axis, size: 20, values: days, incrs, space: 44 },
        { ...axis, size: 46, space: 28, values: (_, marks) => marks.map((each) => each.toLocaleString("en")) },
      ],
      series: [
        {},
        { stroke: colour("--first"), width: 2, points: { show: false } },
        ...(count > 1 ? [{ stroke: colour("--second"), width: 2, dash: [5, 3], points: { show: false } }] : []),
      ],
    };
  }

  // Where the clock is: a line of its own, so that the chart is not drawn again for it.
  #hand({ plot, hand }) {
    hand.style.transform = `translateX(${plot.valToPos(Math.max(this.clock - 1, 0), "x").toFixed(1)}px)`;
  }
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
