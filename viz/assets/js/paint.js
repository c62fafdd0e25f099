// Drawing. vis-network calls these between clearing the canvas and drawing its nodes; lines come from the flat lists of links.js.

const land = new Path2D(), coasts = new Path2D(), borders = new Path2D(), edge = new Path2D();
const theme = {};

(function readWorld() {
  const arcs = page.world.arcs.map(points);
  for (const ring of page.world.land) {
    ring.forEach((number, at) => trace(land, number < 0 ? arcs[~number].slice().reverse() : arcs[number], at > 0));
    land.closePath();
  }
  for (const number of page.world.coasts) trace(coasts, arcs[number]);
  for (const number of page.world.borders) trace(borders, arcs[number]);
  trace(edge, points(page.world.outline));
  edge.closePath();
})();

function points(differences) {
  const found = [];
  let x = 0, y = 0;
  for (let at = 0; at < differences.length; at += 2) {
    x += differences[at];
    y += differences[at + 1];
    found.push([x, y]);
  }
  return found;
}

function trace(path, line, goOn = false) {
  line.forEach(([x, y], at) => (at || goOn ? path.lineTo(x, y) : path.moveTo(x, y)));
}

// Colours come from the style sheet, so that dark and light are decided in one place.
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["page", "sea", "edge", "land", "coast", "border", "ink", "quiet", "actor", "actor-rim", "sans", "serif"]) {
    theme[name] = style.getPropertyValue(`--${name}`).trim();
  }
  theme.dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  widths.clear();
}

// The kinds' colours are made for a light ground; on a dark one they are mixed with white.
function colourOf(kind) {
  const hex = kinds[kind].colour;
  if (!theme.dark) return hex;
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgb(${parts.map((part) => Math.round(part + (255 - part) * 0.32)).join(", ")})`;
}

function paintWorld(ctx) {
  const px = pixel();
  ctx.fillStyle = theme.sea;
  ctx.fill(edge);
  ctx.lineJoin = "round";
  ctx.save();
  ctx.clip(edge);
  ctx.fillStyle = theme.land;
  ctx.fill(land);
  ctx.lineWidth = 0.7 * px;
  ctx.strokeStyle = theme.border;
  ctx.stroke(borders);
  ctx.lineWidth = 0.8 * px;
  ctx.strokeStyle = theme.coast;
  ctx.stroke(coasts);
  ctx.restore();
  ctx.lineWidth = px;
  ctx.strokeStyle = theme.edge;
  ctx.stroke(edge);
  paintRow(ctx, px);
}

function paintRow(ctx, px) {
  const row = actors.filter((actor) => actor.how === "row" && actor.tied);
  if (!row.length) return;
  ctx.font = `${12 * px}px ${theme.sans}`;
  ctx.fillStyle = theme.quiet;
  ctx.textAlign = "center";
  ctx.fillText("Without a place on the map", (row[0].x + row[row.length - 1].x) / 2, row[0].y - 26 * px);
}

// How the states look: width and strength of the line, and its dashes in pixels.
const LOOKS = {
  [EFFECT]: { width: 1.15, alpha: 0.62, dash: [] },
  [POSSIBLE]: { width: 1.2, alpha: 0.75, dash: [6, 4] },
  [PLANNED]: { width: 1.9, alpha: 0.9, dash: [0.1, 4.2] },
  [PAST]: { width: 0.8, alpha: 0.24, dash: [] },
};
// Spokes and memberships are many: they make the ground before which single ties stand out.
// Where there are few lines in all, they can be stronger.
const GROUND = { spoke: 0.55, membership: 0.3 };
const FADED = 0.1;

// What is looked at: the actors, links and hubs that stay lit while all else fades; null where nothing is.
function lit() {
  const at = view.hovered ?? view.shown;
  if (!at) return null;
  if (at.actor) {
    const own = linksOf[at.actor.number].filter((link) => link.all);
    return { actor: at.actor, actors: new Set([at.actor.number, ...own.flatMap((link) => [link.left, link.right])]), links: new Set(own), hubs: new Set() };
  }
  if (at.link) return { actors: new Set([at.link.left, at.link.right]), links: new Set([at.link]), hubs: new Set() };
  const hub = at.hub;
  return { actors: new Set([...hub.spokes.values()].filter((spoke) => spoke.state !== NONE).map((spoke) => spoke.actor)), links: new Set(), hubs: new Set([hub]) };
}

// Every line that is drawn now, with its pieces: links of their own, spokes of pacts, and all ties of what is lit.
function visibleLines() {
  const px = pixel(), lighted = lit(), lines = [];
  const only = view.shown ? lighted : null;
  for (const link of links.values()) {
    const bright = lighted?.links.has(link);
    const look = bright ? link.all : link.direct;
    if (!look || (only && !bright)) continue;
    const single = kinds[link.kind].name !== "membership";
    lines.push({
      link, bright, kind: link.kind, state: look.state, ground: single || bright ? 1 : GROUND.membership,
      width: single ? 1 + 0.55 * (Math.sqrt(look.facts) - 1) : 0.8,
      pieces: piecesOf(link, px),
    });
  }
  for (const hub of hubs.values()) {
    const bright = lighted?.hubs.has(hub);
    if (hub.state === NONE || (only && !bright)) continue;
    for (const spoke of hub.spokes.values()) {
      if (spoke.state === NONE) continue;
      lines.push({
        spoke, bright, kind: hub.kind, state: spoke.state, ground: bright ? 1 : GROUND.spoke, width: 0.8,
        pieces: pieces(standOf(actors[spoke.actor]), hub, STRAIGHT, 0, px),
      });
    }
  }
  return lines;
}

// Single ties are bent; memberships are nearly straight, like the spokes of pacts.
function piecesOf(link, px) {
  const bend = kinds[link.kind].name === "membership" ? STRAIGHT : BEND;
  return pieces(standOf(actors[link.left]), standOf(actors[link.right]), bend, link.lane, px);
}

function paintLines(ctx) {
  const any = Boolean(view.hovered ?? view.shown);
  const groups = new Map(), lines = visibleLines();
  view.strength = Math.min(1.7, Math.max(1, 700 / lines.length));
  for (const line of lines) {
    const key = [line.bright ? 1 : 0, line.ground, 3 - Math.min(line.state, 3), line.kind, line.width.toFixed(1)].join();
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  // The faint first, the lit last.
  for (const key of [...groups.keys()].sort()) paintGroup(ctx, groups.get(key), any);
}

// Lines that look alike are one stroke, so that where they cross nothing adds up to a blob.
function paintGroup(ctx, lines, any) {
  const px = pixel(), [{ kind, state, width, ground, bright }] = lines, look = LOOKS[state];
  ctx.save();
  ctx.strokeStyle = colourOf(kind);
  ctx.lineWidth = look.width * width * Math.min(1.5, growth()) * px * (bright ? 1.25 : 1);
  ctx.globalAlpha = (bright ? Math.min(1, look.alpha * 1.3 + 0.35) : look.alpha) * (ground < 1 ? ground * view.strength : 1) * (any && !bright ? FADED : 1);
  ctx.setLineDash(look.dash.map((length) => length * px));
  ctx.lineCap = state === PLANNED ? "round" : "butt";
  strokeAll(ctx, lines.filter((line) => line.pieces.length === 1));
  const round = lines.filter((line) => line.pieces.length > 1);
  if (round.length) {
    ctx.clip(edge);
    strokeAll(ctx, round);
  }
  ctx.restore();
}

function strokeAll(ctx, lines) {
  ctx.beginPath();
  for (const line of lines) {
    for (const [x0, y0, cx, cy, x1, y1] of line.pieces) {
      ctx.moveTo(x0, y0);
      ctx.quadraticCurveTo(cx, cy, x1, y1);
    }
  }
  ctx.stroke();
}

function paintHubs(ctx) {
  const px = pixel(), lighted = lit();
  for (const hub of hubs.values()) {
    if (hub.state === NONE) continue;
    ctx.globalAlpha = lighted && !lighted.hubs.has(hub) ? FADED : hub.state === PAST ? 0.45 : 1;
    ctx.beginPath();
    ctx.arc(hub.x, hub.y, 3.2 * px * growth(), 0, 2 * Math.PI);
    ctx.fillStyle = theme.land;
    ctx.fill();
    ctx.lineWidth = 1.6 * px;
    ctx.strokeStyle = colourOf(hub.kind);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

// vis-network asks this of every node it draws: a disc for a state, a lozenge for an organization.
function drawActor({ ctx, id }) {
  const actor = actorOf.get(id), px = pixel(), size = actor.size * growth() * px;
  const nodeDimensions = { width: 2 * size, height: 2 * size };
  if (!actor.tied) return { nodeDimensions };
  const drawNode = () => {
    const stand = standOf(actor), lighted = view.lighted;
    ctx.globalAlpha = lighted && !lighted.actors.has(actor.number) ? 0.22 : actor.state === PAST ? 0.45 : 1;
    ctx.beginPath();
    if (isOrganization(actor)) lozenge(ctx, stand, size * 1.15);
    else ctx.arc(stand.x, stand.y, size, 0, 2 * Math.PI);
    ctx.fillStyle = actor.measure === undefined ? theme.quiet : theme.actor;
    ctx.fill();
    ctx.lineWidth = 1.2 * px;
    ctx.strokeStyle = theme["actor-rim"];
    ctx.stroke();
  };
  return { drawNode, nodeDimensions };
}

function lozenge(ctx, { x, y }, size) {
  ctx.moveTo(x, y - size);
  ctx.lineTo(x + size, y);
  ctx.lineTo(x, y + size);
  ctx.lineTo(x - size, y);
  ctx.closePath();
}

const actorOf = new Map(actors.map((actor) => [actor.id, actor]));

function paintBefore(ctx) {
  view.lighted = lit();
  paintWorld(ctx);
  paintLines(ctx);
  paintHubs(ctx);
}
