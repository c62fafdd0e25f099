// Where lines run: gentle curves in the map's units, once round the page where that is the shorter way across the Pacific.

const BEND = 0.09; // of a line's length: enough to tell lines with a common end apart
const STRAIGHT = 0.03; // for lines that are many and have a common middle

// The one or two pieces of a line, each [x0, y0, control x, control y, x1, y1]. Two pieces go over the page's edge, each drawn
// beyond it on its own side and cut off there.
function pieces(from, to, bend, lane, pixel) {
  const across = to.x - from.x;
  if (!from.around || !to.around || Math.abs(across) <= (from.around + to.around) / 4) {
    return [curve(from.x, from.y, to.x, to.y, bend, lane, pixel)];
  }
  const turn = across > 0 ? -1 : 1;
  return [
    curve(from.x, from.y, to.x + turn * to.around, to.y, bend, lane, pixel),
    curve(from.x - turn * from.around, from.y, to.x, to.y, bend, lane, pixel),
  ];
}

function curve(x0, y0, x1, y1, bend, lane, pixel) {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  const aside = bend * length + lane * Math.min(22 * pixel, length * 0.5);
  const nx = (y0 - y1) / length, ny = (x1 - x0) / length;
  return [x0, y0, (x0 + x1) / 2 + nx * aside, (y0 + y1) / 2 + ny * aside, x1, y1];
}

function pointOn([x0, y0, cx, cy, x1, y1], t) {
  const u = 1 - t;
  return { x: u * u * x0 + 2 * u * t * cx + t * t * x1, y: u * u * y0 + 2 * u * t * cy + t * t * y1 };
}

// Whether a point is within some distance of the box about a piece: nearly all lines are ruled out by it.
function nearBox([x0, y0, cx, cy, x1, y1], x, y, reach) {
  return x > Math.min(x0, cx, x1) - reach && x < Math.max(x0, cx, x1) + reach && y > Math.min(y0, cy, y1) - reach && y < Math.max(y0, cy, y1) + reach;
}

// How far a point is from a piece of line, by way of straight stretches of it.
function distanceTo(piece, x, y) {
  let best = Infinity, before = pointOn(piece, 0);
  for (let step = 1; step <= 14; step += 1) {
    const here = pointOn(piece, step / 14);
    best = Math.min(best, distanceToStretch(x, y, before, here));
    before = here;
  }
  return best;
}

function distanceToStretch(x, y, a, b) {
  const dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
  const along = square ? Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / square)) : 0;
  return Math.hypot(x - a.x - along * dx, y - a.y - along * dy);
}
