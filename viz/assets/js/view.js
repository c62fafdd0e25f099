// The window onto the map: vis-network holds the actors, moves and scales; sizes on the screen stay in pixels.

const mapElement = byId("map");
const quietly = window.matchMedia("(prefers-reduced-motion: reduce)");
const narrow = window.matchMedia("(max-width: 700px)");
const view = { network: null, shown: null, about: null, hovered: null, fitted: 1, touched: false, name: "map", share: 0 };

// Large ones first, so that a small state beside a large one lies on top.
const inDrawingOrder = () => [...actors].sort((a, b) => b.size - a.size || a.number - b.number);

function openView() {
  const nodes = inDrawingOrder().map(({ id, x, y }) => ({ id, x, y, ctxRenderer: drawActor }));
  view.network = new vis.Network(mapElement, { nodes, edges: [] }, page.options);
  // vis would fit its nodes by itself on the first drawing, over the card.
  view.network.once("initRedraw", placeView);
}

// The view as the page opens: all there is, or what the address names.
function placeView() {
  fitAll(false, false);
  if (location.hash) lookAsWritten();
}

const redraw = () => view.network.redraw();
let asked = false;
// Several wishes within one frame are one drawing.
function redrawSoon() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; redraw(); });
}

const pixel = () => 1 / view.network.getScale();

// How much larger marks are drawn than at the scale that shows all: they grow, but far slower than the land.
const growth = () => Math.min(1.6, Math.max(0.8, (view.network.getScale() / view.fitted) ** 0.38)) * (narrow.matches ? 0.8 : 1);

// Where an actor is drawn, in the map's units: at its place, or some pixels aside where others stand there too.
function standOf(actor) {
  if (!actor.aside) return actor;
  const by = pixel() * growth();
  return { x: actor.x + actor.aside[0] * by, y: actor.y + actor.aside[1] * by, around: actor.around };
}

// The part of the map that nothing lies over, in pixels.
function freeSpace() {
  const width = mapElement.clientWidth, height = mapElement.clientHeight;
  const card = byId("card").getBoundingClientRect();
  const panel = byId("evidence");
  if (narrow.matches) return { left: 12, right: width - 12, top: Math.min(card.bottom, height * 0.4) + 14, bottom: (panel.hidden ? byId("time") : panel).offsetTop - 14 };
  return { left: card.right, right: width - 30 - (panel.hidden ? 0 : panel.clientWidth), top: 16, bottom: byId("time").offsetTop - 10 };
}

// Everything that has a tie. A phone begins with a part of it that can be read: the middle, at twice the scale.
function fitAll(animated = true, whole = true) {
  view.touched = false;
  const { position, scale } = fitting(whole);
  const animation = animated && !quietly.matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
  view.network.moveTo({ position, scale, animation });
}

// The scale and the middle of the window at which all can be seen.
function fitting(whole = true) {
  const tied = actors.filter((actor) => actor.tied), places = tied.length ? tied : actors;
  if (!places.length) return { position: { x: 0, y: 0 }, scale: 1 };
  const xs = places.map((place) => place.x), ys = places.map((place) => place.y);
  const box = { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  const free = freeSpace();
  const width = Math.max(box.right - box.left, 300) * 1.08, height = Math.max(box.bottom - box.top, 300) * 1.1;
  const across = Math.max(80, free.right - free.left) / width, down = Math.max(80, free.bottom - free.top) / height;
  view.fitted = Math.min(across, down);
  const part = narrow.matches && !whole ? Math.min(2, down / view.fitted) : 1;
  const middle = part > 1 ? xs.sort((a, b) => a - b)[xs.length >> 1] : (box.left + box.right) / 2;
  return inFree(middle, (box.top + box.bottom) / 2, view.fitted * part, free);
}

// Bring a point of the map into the middle of the free space.
function moveTo(x, y, scale, animated = true) {
  const animation = animated && !quietly.matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
  view.network.moveTo({ ...inFree(x, y, scale, freeSpace()), animation });
}

function inFree(x, y, scale, free) {
  const right = (free.left + free.right - mapElement.clientWidth) / 2, down = (free.top + free.bottom - mapElement.clientHeight) / 2;
  return { position: { x: x - right / scale, y: y - down / scale }, scale };
}

// Bring what was chosen out from under the panel, if it lies there or outside the window.
function reveal(what) {
  const places = what.link ? [actors[what.link.left], actors[what.link.right]] : what.hub ? [what.hub] : [];
  const free = freeSpace();
  const hidden = places.map(view.network.canvasToDOM, view.network).some(({ x, y }) => x < free.left || x > free.right || y < free.top || y > free.bottom);
  if (!hidden) return;
  const xs = places.map((place) => place.x), ys = places.map((place) => place.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const largest = Math.min(Math.max(80, free.right - free.left - 60) / (right - left || 1), Math.max(80, free.bottom - free.top - 60) / (bottom - top || 1));
  moveTo((left + right) / 2, (top + bottom) / 2, Math.min(view.network.getScale(), largest));
}

function zoomBy(factor) {
  const scale = view.network.getScale() * factor;
  view.touched = true;
  view.network.moveTo({ scale: Math.min(view.fitted * 60, Math.max(view.fitted * 0.6, scale)) });
}

function panBy(right, down) {
  const { x, y } = view.network.getViewPosition();
  view.touched = true;
  view.network.moveTo({ position: { x: x + right * pixel(), y: y + down * pixel() } });
}

// What lies under a point of the screen: an actor, the mark of a pact, or a line, in this order; null for none.
function under(point) {
  const { x, y } = view.network.DOMtoCanvas(point);
  return nearestActor(x, y) ?? nearestHub(x, y) ?? nearestLine(x, y);
}

function nearestActor(x, y) {
  let found = null, best = Infinity;
  for (const actor of actors) {
    if (!actor.tied) continue;
    const stand = standOf(actor);
    const away = Math.hypot(stand.x - x, stand.y - y) - (actor.size * growth() + 4) * pixel();
    if (away < 0 && away < best) [found, best] = [{ actor }, away];
  }
  return found;
}

function nearestHub(x, y) {
  for (const hub of hubs) {
    if (hub.state !== NONE && Math.hypot(hub.x - x, hub.y - y) < 8 * pixel()) return { hub };
  }
  return null;
}

function nearestLine(x, y) {
  const px = pixel();
  let found = null, best = 6 * px;
  eachLine((line) => {
    for (const piece of piecesOf(line, px)) {
      if (!nearBox(piece, x, y, best)) continue;
      const away = distanceTo(piece, x, y);
      if (away < best) [found, best] = [line.spoke ? { hub: line.spoke.hub } : { link: line.link }, away];
    }
  });
  return found;
}
