// Zoom, pan and choose by wheel, drag, pinch, click and keys, on one canvas.

export function gestures(sky, clock, onchoose) {
  const { canvas, box } = sky;
  const pointers = new Map();
  let moved = 0;
  let apart = 0;
  const at = (event) => {
    const edge = box.getBoundingClientRect();
    return [event.clientX - edge.left, event.clientY - edge.top];
  };
  canvas.addEventListener("wheel", (event) => {
    // Whoever only scrolls past scrolls past.
    if (!event.ctrlKey && document.activeElement !== canvas) return;
    event.preventDefault();
    sky.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), ...at(event));
  }, { passive: false });
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, at(event));
    moved = pointers.size > 1 ? 100 : 0;
    apart = distance(pointers);
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const [x, y] = at(event);
    pointers.set(event.pointerId, [x, y]);
    moved += Math.abs(x - before[0]) + Math.abs(y - before[1]);
    if (pointers.size === 1) {
      if (moved > 4) sky.pan(x - before[0], y - before[1]);
    } else {
      const now = distance(pointers);
      const middle = [...pointers.values()].reduce((sum, each) => [sum[0] + each[0] / pointers.size, sum[1] + each[1] / pointers.size], [0, 0]);
      if (apart > 0) sky.zoom(now / apart, ...middle);
      apart = now;
    }
  });
  const up = (event) => {
    if (pointers.delete(event.pointerId) && event.type === "pointerup" && moved <= 4) {
      const person = sky.near(...at(event), clock.now);
      if (person >= 0) onchoose(person);
    }
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = 40;
    const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (!(event.key in moves)) return;
    event.preventDefault();
    event.stopPropagation();
    sky.pan(...moves[event.key]);
  });
}

function distance(pointers) {
  if (pointers.size < 2) return 0;
  const [a, b] = [...pointers.values()];
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
