// Drawing. vis-network calls these between clearing the canvas and drawing its nodes; lines come from the flat lists of links.js.

const theme = {};


// Shapes of the basemap are texts of path data, of which the canvas makes paths and an SVG file takes the texts.
const world = readWorld();

function readWorld() {
  const arcs = page.world.arcs.map(points);
  const ring = (numbers) => `${numbers.map((number, at) => trace(number < 0 ? arcs[~number].slice().reverse() : arcs[number], at > 0)).join("")}Z`;
  const lines = (numbers) => numbers.map((number) => trace(arcs[number])).join("");
  return {
    land: shape(page.world.land.map(ring).join("")), coasts: shape(lines(page.world.coasts)),
    borders: shape(lines(page.world.borders)), edge: shape(`${trace(points(page.world.outline))}Z`),
  };
}

function shape(text) {
  const path = new Path2D(text);
  path.text = text;
  return path;
}

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

function trace(line, goOn = false) {
  return line.map(([x, y], at) => `${at || goOn ? "L" : "M"}${x} ${y}`).join("");
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
const colourOf = (kind) => (theme.dark ? lightened(kinds[kind].colour) : kinds[kind].colour);

function lightened(hex) {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgb(${parts.map((part) => Math.round(part + (255 - part) * 0.32)).join(", ")})`;
}

function paintWorld(ctx) {
  const px = pixel();
  ctx.fillStyle = theme.sea;
  ctx.fill(world.edge);
  ctx.lineJoin = "round";
  ctx.save();
  ctx.clip(world.edge);
  ctx.fillStyle = theme.land;
  ctx.fill(world.land);
  ctx.lineWidth = 0.7 * px;
  ctx.strokeStyle = theme.border;
  ctx.stroke(world.borders);
  ctx.lineWidth = 0.8 * px;
  ctx.strokeStyle = theme.coast;
  ctx.stroke(world.coasts);
  ctx.restore();
  ctx.lineWidth = px;
  ctx.strokeStyle = theme.edge;
  ctx.stroke(world.edge);
}

function paintRow(ctx, px) {
  const row = actors.filter((actor) => actor.how === "row" && actor.tied);
  if (!row.length || view.share) return;
  ctx.font = `${12 * px}px ${theme.sans}`;
  ctx.fillStyle = theme.quiet;
  ctx.textAlign = "center";
  ctx.fillText(words.noPlace, (row[0].x + row[row.length - 1].x) / 2, row[0].y - 26 * px);
}

// How the states look: width and strength of the line, and its dashes in pixels.
const LOOKS = {
  [EFFECT]: { width: 1.15, alpha: 0.62, dash: [] },
  [POSSIBLE]: { width: 1.2, alpha: 0.75, dash: [6, 4] },
  [PLANNED]: { width: 1.9, alpha: 0.9, dash: [0.1, 4.2] },
  [CANCELLED]: { width: 1.1, alpha: 0.6, dash: [8, 3, 1.5, 3] },
  [ENDED]: { width: 0.8, alpha: 0.2, dash: [] },
};
// Spokes and memberships are many: they make the ground before which single ties stand out.
// Where there are few lines in all, they can be stronger.
const GROUND = { spoke: 0.55, membership: 0.3 };
const FADED = 0.1;
const isGround = kinds.map(({ name }) => name === "membership");

// What is looked at: the actors, links and hubs that stay lit while all else fades; null where nothing is.
function lit() {
  const at = view.hovered ?? view.shown;
  if (!at) return null;
  if (at.actor) {
    const own = linksOf[at.actor.number].filter((link) => link.state !== NONE);
    return { actor: at.actor, actors: new Set([at.actor.number, ...own.flatMap((link) => [link.left, link.right])]), links: new Set(own), hubs: new Set() };
  }
  if (at.link) return { actors: new Set([at.link.left, at.link.right]), links: new Set([at.link]), hubs: new Set() };
  const hub = at.hub;
  return { actors: new Set(hub.spokes.filter((spoke) => spoke.state !== NONE).map((spoke) => spoke.actor)), links: new Set(), hubs: new Set([hub]) };
}

// Call for every line that is drawn now: links of their own, spokes of pacts, and all ties of what is lit.
function eachLine(call) {
  const lighted = lit(), only = view.shown ? lighted : null;
  for (const link of links) {
    const bright = lighted !== null && lighted.links.has(link);
    const state = bright ? link.state : link.direct;
    if (state === NONE || (only && !bright)) continue;
    call({ link, bright, kind: link.kind, state, facts: bright ? link.facts : link.directFacts });
  }
  for (const hub of hubs) {
    const bright = lighted !== null && lighted.hubs.has(hub);
    if (hub.state === NONE || (only && !bright)) continue;
    for (const spoke of hub.spokes) {
      if (spoke.state !== NONE) call({ spoke, bright, kind: hub.kind, state: spoke.state, facts: 1 });
    }
  }
}

// Single ties are bent; memberships and spokes are nearly straight.
function piecesOf(line, px) {
  if (line.spoke) return pieces(standOf(actors[line.spoke.actor]), line.spoke.hub, STRAIGHT, 0, px);
  const { kind, left, right, lane } = line.link;
  return pieces(standOf(actors[left]), standOf(actors[right]), isGround[kind] || view.share > 0.5 ? STRAIGHT : BEND, lane, px);
}

const MOST_FACTS = 12; // more facts make a line no thicker

// Lines that look alike, by a number in the order in which they are drawn: the faint first, the lit last.
function paintLines(ctx) {
  const groups = [];
  let count = 0;
  eachLine((line) => {
    const ground = line.bright ? 2 : line.spoke ? 1 : isGround[line.kind] ? 0 : 2;
    const look = (((line.bright ? 1 : 0) * 3 + ground) * 5 + ENDED - line.state) * kinds.length + line.kind;
    (groups[look * (MOST_FACTS + 1) + Math.min(line.facts, MOST_FACTS)] ??= []).push(line);
    count += 1;
  });
  const strength = Math.min(1.7, Math.max(1, 700 / count)), any = Boolean(view.hovered ?? view.shown);
  // forEach leaves out the numbers that are not there.
  groups.forEach((lines) => paintGroup(ctx, lines, strength, any));
}

const TOGETHER = 24; // lines in one stroke: few enough for the browser to fill it fast, many enough to save calls

function paintGroup(ctx, lines, strength, any) {
  const px = pixel(), [{ kind, state, bright, spoke, facts: told }] = lines, look = LOOKS[state];
  const ground = bright ? 1 : spoke ? GROUND.spoke : isGround[kind] ? GROUND.membership : 1;
  const width = spoke || isGround[kind] ? 0.8 : 1 + 0.55 * (Math.sqrt(Math.min(told, MOST_FACTS)) - 1);
  ctx.save();
  ctx.strokeStyle = colourOf(kind);
  ctx.lineWidth = look.width * width * Math.min(1.5, growth()) * px * (bright ? 1.25 : 1);
  ctx.globalAlpha = (bright ? Math.min(1, look.alpha * 1.3 + 0.35) : look.alpha) * (ground < 1 ? ground * strength : 1) * (any && !bright ? FADED : 1);
  ctx.setLineDash(look.dash.map((length) => length * px));
  ctx.lineCap = state === PLANNED ? "round" : "butt";
  const round = [];
  let open = 0;
  for (const line of lines) {
    const drawn = piecesOf(line, px);
    if (drawn.length > 1) {
      round.push(...drawn);
      continue;
    }
    if (!open) ctx.beginPath();
    addCurve(ctx, drawn[0]);
    open += 1;
    if (open === TOGETHER) {
      ctx.stroke();
      open = 0;
    }
  }
  if (open) ctx.stroke();
  if (round.length) {
    if (!view.share) ctx.clip(world.edge);
    ctx.beginPath();
    for (const piece of round) addCurve(ctx, piece);
    ctx.stroke();
  }
  ctx.restore();
}

function addCurve(ctx, [x0, y0, cx, cy, x1, y1]) {
  ctx.moveTo(x0, y0);
  ctx.quadraticCurveTo(cx, cy, x1, y1);
}

function paintHubs(ctx) {
  const px = pixel(), lighted = lit();
  for (const hub of hubs) {
    if (hub.state === NONE) continue;
    ctx.globalAlpha = lighted && !lighted.hubs.has(hub) ? FADED : hub.state >= CANCELLED ? 0.45 : 1;
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
    ctx.globalAlpha = lighted && !lighted.actors.has(actor.number) ? 0.22 : actor.state >= CANCELLED ? 0.45 : 1;
    if (actor.outer > actor.size) paintDoubt(ctx, actor, stand, px);
    ctx.beginPath();
    if (isOrganization(actor)) lozenge(ctx, stand, size * 1.15);
    else ctx.arc(stand.x, stand.y, size, 0, 2 * Math.PI);
    ctx.fillStyle = actor.measure === null ? theme.quiet : theme.actor;
    ctx.fill();
    ctx.lineWidth = 1.2 * px;
    ctx.strokeStyle = theme["actor-rim"];
    ctx.stroke();
  };
  return { drawNode, nodeDimensions };
}

// How large the actor may be at most, for some settlement of what is doubtful.
function paintDoubt(ctx, actor, stand, px) {
  ctx.beginPath();
  ctx.arc(stand.x, stand.y, (actor.outer + 1.6) * growth() * px, 0, 2 * Math.PI);
  ctx.lineWidth = 1.3 * px;
  ctx.strokeStyle = theme.actor;
  ctx.stroke();
}

function lozenge(ctx, { x, y }, size) {
  ctx.moveTo(x, y - size);
  ctx.lineTo(x + size, y);
  ctx.lineTo(x, y + size);
  ctx.lineTo(x - size, y);
  ctx.closePath();
}

const actorOf = new Map(actors.map((actor) => [actor.id, actor]));

// The basemap changes only with the view: once drawn it is kept as a picture and laid under the lines again.
const kept = { canvas: document.createElement("canvas"), look: "", seen: "" };

function layWorld(ctx) {
  if (view.share >= 1) return;
  if (view.share > 0) {
    ctx.globalAlpha = 1 - view.share;
    paintWorld(ctx);
    ctx.globalAlpha = 1;
    return;
  }
  const { a, e, f } = ctx.getTransform(), { width, height } = ctx.canvas;
  const look = [a, e, f, width, height, theme.dark].join();
  if (look !== kept.look) {
    // A view that is seen for the first time may be one of many on the way to another: it is not worth keeping.
    const again = look === kept.seen;
    kept.seen = look;
    if (!again) {
      paintWorld(ctx);
      return;
    }
    Object.assign(kept.canvas, { width, height });
    const under = kept.canvas.getContext("2d");
    under.setTransform(a, 0, 0, a, e, f);
    paintWorld(under);
    kept.look = look;
  }
  ctx.save();
  ctx.resetTransform();
  ctx.drawImage(kept.canvas, 0, 0);
  ctx.restore();
}

function paintBefore(ctx) {
  view.lighted = lit();
  layWorld(ctx);
  paintRow(ctx, pixel());
  paintLines(ctx);
  paintHubs(ctx);
}
