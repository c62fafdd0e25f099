// Names on the map, in pixels: the important first, none over another, more of them the closer one looks.

const widths = new Map();
const ROOM = 3;

// `open` is a picture of its own, over which nothing lies.
function paintLabels(ctx, { ratio = ctx.canvas.width / ctx.canvas.clientWidth, width = ctx.canvas.clientWidth, height = ctx.canvas.clientHeight, open = false } = {}) {
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.lineJoin = "round";
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const wanted = wantedLabels(width, height);
  const taken = wanted.filter((label) => !label.pact).map(({ x, y, reach }) => [x - reach, y - reach, x + reach, y + reach]);
  if (!open) taken.push(...covered());
  for (const label of wanted) {
    const place = freePlace(ctx, label, taken, width);
    if (!place) continue;
    taken.push(place.box);
    write(ctx, label, place);
  }
  ctx.restore();
}

// The labels that would be written if there were room, the most important first.
function wantedLabels(width, height) {
  const found = [], lighted = view.lighted, size = growth();
  const inside = ({ x, y }) => x > -20 && y > -20 && x < width + 20 && y < height + 20;
  for (const actor of actors) {
    if (!actor.tied || (lighted && !lighted.actors.has(actor.number))) continue;
    const at = view.network.canvasToDOM(standOf(actor));
    const own = lighted?.actor === actor, past = actor.state >= CANCELLED;
    if (inside(at)) found.push({ ...at, key: actor.number, text: shortName(actor), weight: actor.size + (own ? 100 : 0) - (past ? 6 : 0), past, reach: actor.size * size, bold: own });
  }
  for (const hub of hubs) {
    const faded = lighted && !lighted.hubs.has(hub);
    // A number is all that a table has for a title: it says nothing from afar.
    const bare = /^\d+$/.test(hub.fact.label) && !lighted && size < 1.3;
    if (hub.state === NONE || faded || bare || (hub.state >= CANCELLED && !lighted && size < 1.3)) continue;
    const at = view.network.canvasToDOM(hub);
    if (inside(at)) found.push({ ...at, key: -1 - hub.fact.number, text: hub.fact.label, weight: 2.2 + Math.sqrt(hub.spokes.length), reach: 4 * size, pact: true });
  }
  return found.sort((a, b) => b.weight - a.weight || a.key - b.key);
}

// What lies over the map; a name under it would be read in part.
function covered() {
  const map = mapElement.getBoundingClientRect();
  return ["card", "zoom", "time", "views", "evidence"].map(byId).filter((part) => !part.hidden).map((part) => {
    const box = part.getBoundingClientRect();
    return [box.left - map.left, box.top - map.top, box.right - map.left, box.bottom - map.top];
  });
}

function freePlace(ctx, label, taken, across) {
  ctx.font = fontOf(label);
  const key = `${ctx.font} ${label.text}`;
  if (!widths.has(key)) widths.set(key, ctx.measureText(label.text).width);
  const width = widths.get(key), high = 7, gap = label.reach + 3;
  const places = [
    [label.x + gap, label.y], [label.x - width / 2, label.y + gap + high], [label.x - gap - width, label.y], [label.x - width / 2, label.y - gap - high],
  ];
  for (const [x, y] of places) {
    const box = [x - ROOM, y - high, x + width + ROOM, y + high];
    if (box[0] < 0 || box[2] > across) continue;
    // The mark's own box does not stand in the way of its label: the gap keeps them apart.
    if (!taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return { x, y, box };
  }
  return null;
}

function fontOf({ pact, bold }) {
  const size = narrow.matches ? 10.5 : 11.5;
  return pact ? `italic ${size + 0.5}px ${theme.serif}` : `${bold ? 700 : 500} ${size}px ${theme.sans}`;
}

function write(ctx, label, { x, y }) {
  ctx.font = fontOf(label);
  ctx.lineWidth = 3;
  ctx.globalAlpha = 0.85;
  ctx.strokeStyle = theme.land;
  ctx.strokeText(label.text, x, y);
  ctx.globalAlpha = 1;
  ctx.fillStyle = label.pact || label.past ? theme.quiet : theme.ink;
  ctx.fillText(label.text, x, y);
}
